/* SPDX-License-Identifier: BSD-2-Clause */
/* Subnets in which nobody has an address. Where vnetc wrote the host's files they are seen all the same: a route is called as the subnet that
 * it leads to, and the tables of pf hold every prefix by IPv4. */
#include <string.h>

#include "import/draft.h"

static bool
has_subnet(const struct draft_link *l, enum family f)
{
	vec_each (struct draft_subnet *const *, s, &l->subnets)
		vec_each (const struct prefix *, p, &(*s)->prefixes)
			if (p->addr.family == f)
				return (true);
	return (false);
}

static bool
is_leased(const struct draft_link *l, enum family f)
{
	vec_each (const struct draft_standing *, s, &l->standing)
		if (draft_leased(s->addresses, f))
			return (true);
	return (false);
}

/* The link where it can be: one that leases addresses, else a bridge with nobody on it. */
static struct draft_link *
free_link(const struct draft *d, enum family f, bool leased)
{
	vec_each (struct draft_link *const *, l, &d->links)
		if (!has_subnet(*l, f) && (leased ? is_leased(*l, f) : (*l)->bridge != NULL && (*l)->standing.n == 0))
			return (*l);
	return (NULL);
}

/* The node by which routes lead there, and which itself has none by a node of the file; NULL: there is none, or more than one. outside: some
 * lead by an address that nobody has. */
static struct draft_node *
last_before(struct draft *d, const struct prefix *p, bool *outside)
{
	struct draft_node *last = NULL;

	*outside = false;
	for (size_t k = 0; k <= d->jails.n; k++)
		vec_each (const struct old_route *, r, &draft_node(d, k)->old->routes) {
			const char *holder = draft_holder(d, &r->via), *next = NULL;
			struct draft_node *by;

			if (r->kind != OLD_VIA || !prefix_equal(&r->to, p))
				continue;
			*outside |= holder == NULL;
			by = holder != NULL ? draft_node_named(d, holder) : NULL;
			for (size_t i = 0; by != NULL && i < by->old->routes.n; i++)
				if (prefix_equal(&by->old->routes.v[i].to, p) && by->old->routes.v[i].kind == OLD_VIA)
					next = draft_holder(d, &by->old->routes.v[i].via);
			if (by == NULL || next != NULL)
				continue;
			if (!by->forwards[p->addr.family] || (last != NULL && last != by))
				return (NULL);
			last = by;
		}
	return (last);
}

/* Behind an address that nobody has stands a machine: on a bridge of its own, where one is left. Else it lies behind the last node. */
static bool
place(struct draft *d, struct draft_subnet *s, const struct prefix *p)
{
	bool outside;
	struct draft_node *last = last_before(d, p, &outside);
	struct draft_link *l = outside || last == NULL ? free_link(d, p->addr.family, false) : NULL;

	if (l != NULL) {
		s->vlan = l->tag;
		*vec_push(d->arena, &l->subnets) = s;
	} else if (last != NULL)
		*vec_push(d->arena, &s->gateway) = last->name;
	return (l != NULL || last != NULL);
}

static struct draft_subnet *
called(const struct draft *d, const char *name)
{
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		if ((*s)->name != NULL && strcmp((*s)->name, name) == 0)
			return (*s);
	return (NULL);
}

static void
led_to(struct draft *d, const struct old_route *r)
{
	struct draft_subnet *s = called(d, r->name);

	if (s == NULL) {
		s = NEW(d->arena, struct draft_subnet);
		if (!draft_name_free(d, r->name) || !place(d, s, &r->to))
			return;
		s->name = r->name;
		s->declared = true;
		*vec_push(d->arena, &d->subnets) = s;
	}
	*vec_push(d->arena, &s->prefixes) = r->to;
}

static bool
is_seen(const struct draft *d, const struct prefix *p)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing)
			vec_each (const struct draft_address *, a, s->addresses)
				if (a->word == NULL && prefix_has(p, &a->prefix.addr))
					return (true);
	return (draft_subnet_with(d, p) != NULL);
}

static void
in_a_table(struct draft *d, const struct prefix *p)
{
	struct draft_link *l;

	if (is_seen(d, p))
		return;
	if ((l = free_link(d, INET, true)) == NULL)
		l = free_link(d, INET, false);
	if (l != NULL)
		draft_take_prefix(d, l, p);
}

/* A route that vnetc called after its prefix leads to a subnet without a name, whatever another one is called. */
static bool
has_name(struct draft *d, const struct old_route *route)
{
	for (size_t k = 0; k <= d->jails.n; k++)
		vec_each (const struct old_route *, r, &draft_node(d, k)->old->routes)
			if (prefix_equal(&r->to, &route->to) && r->name != NULL && !draft_tells_name(d, &r->to, r->name))
				return (false);
	return (route->name != NULL);
}

void
draft_unseen(struct draft *d)
{
	for (size_t k = 0; k <= d->jails.n; k++) {
		const struct draft_node *node = draft_node(d, k);

		for (size_t i = 0; node->by_vnetc && i < node->old->routes.n; i++) {
			const struct old_route *r = &node->old->routes.v[i];

			if (!is_seen(d, &r->to) && has_name(d, r))
				led_to(d, r);
		}
	}
	for (size_t k = 0; k <= d->jails.n; k++)
		vec_each (const struct prefix *, p, &draft_node(d, k)->old->file_nets)
			in_a_table(d, p);
}
