/* SPDX-License-Identifier: BSD-2-Clause */
/* Subnets from who stands where: their prefixes, names and gateways. */
#include <stdlib.h>
#include <string.h>

#include "import/draft.h"

/* The prefix that an address with a real length lies in. */
static bool
has_length(const struct draft_address *a)
{
	return (a->word == NULL && !a->alias && a->prefix.len < family_bits(a->prefix.addr.family) &&
	    !(inaddr_is_link_local(&a->prefix.addr) && a->prefix.addr.family == INET6));
}

static struct draft_subnet *
subnet_with(const struct draft *d, const struct prefix *p)
{
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		vec_each (const struct prefix *, have, &(*s)->prefixes)
			if (prefix_equal(have, p))
				return (*s);
	return (NULL);
}

static bool
has_family(const struct draft_subnet *s, enum family f)
{
	vec_each (const struct prefix *, p, &s->prefixes)
		if (p->addr.family == f)
			return (true);
	return (false);
}

static bool
on_link(const struct draft_link *l, const struct draft_subnet *s)
{
	vec_each (struct draft_subnet *const *, it, &l->subnets)
		if (*it == s)
			return (true);
	return (false);
}

/* One prefix of a link into its subnets: one of each family makes a subnet. */
static void
take_prefix(struct draft *d, struct draft_link *l, const struct prefix *p)
{
	struct draft_subnet *s = subnet_with(d, p);

	if (s == NULL) {
		vec_each (struct draft_subnet *const *, it, &l->subnets)
			if (s == NULL && !has_family(*it, p->addr.family))
				s = *it;
		if (s == NULL) {
			s = NEW(d->arena, struct draft_subnet);
			s->vlan = l->tag != 0 && l->bridge != NULL ? l->tag : 0;
			*vec_push(d->arena, &d->subnets) = s;
		}
		*vec_push(d->arena, &s->prefixes) = *p;
	}
	if (!on_link(l, s))
		*vec_push(d->arena, &l->subnets) = s;
}

static int
rank(const struct draft *d, const struct draft_link *l)
{
	if (l->bridge != NULL)
		return (1);
	vec_each (const struct draft_standing *, s, &l->standing)
		if (s->node == &d->host && s->iface != NULL && s->iface->key != NULL)
			return (0);
	return (l->standing.n > 1 ? 2 : 3);
}

static void
link_prefixes(struct draft *d, struct draft_link *l)
{
	vec_each (const struct draft_standing *, s, &l->standing)
		vec_each (const struct draft_address *, a, s->addresses)
			if (has_length(a)) {
				struct prefix p = { prefix_network(&a->prefix), a->prefix.len };

				take_prefix(d, l, &p);
			}
}

/* Gateways */

static struct draft_subnet *
subnet_of(const struct draft_link *l, const struct inaddr *a)
{
	vec_each (struct draft_subnet *const *, s, &l->subnets)
		vec_each (const struct prefix *, p, &(*s)->prefixes)
			if (prefix_has(p, a))
				return (*s);
	return (NULL);
}

static const char *
holder_of(const struct draft *d, const struct inaddr *a)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing)
			vec_each (const struct draft_address *, it, s->addresses)
				if (it->word == NULL && inaddr_equal(&it->prefix.addr, a))
					return (s->node->name);
	return (NULL);
}

/* How many nodes of the link have this default route. */
static size_t
votes(const struct draft_link *l, enum family f, const struct inaddr *a)
{
	size_t n = 0;

	vec_each (const struct draft_standing *, s, &l->standing)
		n += s->node->dflt[f].given && inaddr_equal(&s->node->dflt[f].addr, a);
	return (n);
}

static void
link_gateways(struct draft *d, struct draft_link *l)
{
	for (int f = 0; f < FAMILIES; f++) {
		size_t best = 0;

		vec_each (const struct draft_standing *, s, &l->standing) {
			const struct inaddr *a = &s->node->dflt[f].addr;
			struct draft_subnet *subnet = s->node->dflt[f].given ? subnet_of(l, a) : NULL;
			size_t n = subnet != NULL ? votes(l, (enum family)f, a) : 0;

			if (n <= best)
				continue;
			best = n;
			subnet->to[f].known = true;
			subnet->to[f].addr = *a;
			subnet->to[f].node = holder_of(d, a);
		}
	}
}

/* Who advertises itself on a link is the gateway of those who take addresses by SLAAC there. */
static void
advertisers(struct draft *d, struct draft_link *l)
{
	vec_each (const struct draft_standing *, s, &l->standing) {
		strings names = old_words(d->arena, shell_value(&s->node->old->rc, "rtadvd_interfaces"), " \t\n");
		const char *own = s->bridge != NULL ? s->bridge->key : s->iface->old != NULL ? s->iface->old->name : NULL;

		vec_each (const char *const *, name, &names)
			vec_each (const struct draft_address *, a, s->addresses) {
				struct draft_subnet *subnet = a->word == NULL && a->prefix.addr.family == INET6 ? subnet_of(l, &a->prefix.addr) : NULL;

				if (own == NULL || strcmp(own, *name) != 0 || subnet == NULL || subnet->to[INET6].known)
					continue;
				subnet->to[INET6].known = true;
				subnet->to[INET6].addr = a->prefix.addr;
				subnet->to[INET6].node = s->node->name;
			}
	}
}

static void
write_gateway(struct draft *d, struct draft_subnet *s)
{
	const char *node = NULL;

	for (int f = 0; f < FAMILIES; f++) {
		if (!s->to[f].known)
			continue;
		if (s->to[f].node == NULL)
			*vec_push(d->arena, &s->gateway) = inaddr_str(d->arena, &s->to[f].addr);
		else if (node == NULL)
			node = s->to[f].node;
	}
	/* A node's name stands for both families, an address for one. */
	if (node != NULL) {
		s->gateway.n = 0;
		*vec_push(d->arena, &s->gateway) = node;
	}
}

/* Names */

static bool
name_free(const struct draft *d, const char *name)
{
	static const char *const words[] = { "host", "outside", "none", "auto", "dhcp", "slaac", NULL };

	if (str_in(name, words))
		return (false);
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		if ((*s)->name != NULL && strcmp((*s)->name, name) == 0)
			return (false);
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (strcmp((*j)->node.name, name) == 0)
			return (false);
	return (true);
}

static const char *
unique(const struct draft *d, const char *base)
{
	const char *name = base;

	for (int n = 2; !name_free(d, name); n++)
		name = arena_printf(d->arena, "%s%d", base, n);
	return (name);
}

/* A route that leads to one of its prefixes has a name, unless that is only the prefix in other letters. */
static const char *
route_name(const struct draft *d, const struct draft_subnet *s, const struct old_stack *stack)
{
	vec_each (const struct old_route *, r, &stack->routes)
		vec_each (const struct prefix *, p, &s->prefixes)
			if (prefix_equal(p, &r->to) && (r->name[0] < '0' || r->name[0] > '9') && strncmp(r->name, "fd", 2) != 0 && name_free(d, r->name))
				return (r->name);
	return (NULL);
}

/* The host's default route leads there, or the only NIC. */
static bool
leads_out(const struct draft *d, const struct draft_link *link)
{
	size_t nics = 0;

	for (int f = 0; f < FAMILIES; f++)
		if (d->host.dflt[f].given && subnet_of(link, &d->host.dflt[f].addr) != NULL)
			return (true);
	vec_each (struct draft_link *const *, l, &d->links)
		nics += (*l)->has_nic && (*l)->subnets.n > 0;
	return (nics == 1);
}

static const char *
name_by_link(struct draft *d, const struct draft_link *l)
{
	const char *key = l->bridge != NULL ? l->bridge->name != NULL ? l->bridge->name : l->bridge->key : l->name;
	int unit;

	if (l->has_nic && l->tag == 0 && leads_out(d, l) && name_free(d, "lan"))
		return ("lan");
	if (l->tag != 0)
		return (unique(d, arena_printf(d->arena, "vlan%d", l->tag)));
	if (l->bridge != NULL && cloner_of(key, &unit)->kind == IF_BRIDGE && unit >= 0)
		return (unique(d, arena_printf(d->arena, "net%d", unit)));
	return (unique(d, arena_printf(d->arena, "net_%s", safename(d->arena, key))));
}

static void
name_subnets(struct draft *d)
{
	vec_each (struct draft_subnet *const *, s, &d->subnets) {
		(*s)->name = route_name(d, *s, d->host.old);
		vec_each (struct draft_jail *const *, j, &d->jails)
			if ((*s)->name == NULL)
				(*s)->name = route_name(d, *s, (*j)->node.old);
	}
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
			if ((*s)->name == NULL)
				(*s)->name = name_by_link(d, *l);
}

static bool
routed_to(const struct draft *d, const struct draft_subnet *s)
{
	for (size_t k = 0; k <= d->jails.n; k++) {
		const struct old_stack *stack = k == 0 ? d->host.old : d->jails.v[k - 1]->node.old;

		vec_each (const struct old_route *, r, &stack->routes)
			vec_each (const struct prefix *, p, &s->prefixes)
				if (prefix_equal(p, &r->to))
					return (true);
	}
	return (false);
}

/* Written out where more than one node or a gateway is there, or a route's name tells of it. */
static void
declare(struct draft *d)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
			(*s)->declared |= (*l)->bridge != NULL || (*l)->standing.n > 1 || (*s)->gateway.n > 0 || routed_to(d, *s);
}

/* Missing lengths are those of the subnet that has the address. */
static void
settle_lengths(struct draft *d)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing) {
			bool seen[FAMILIES] = { false, false };

			vec_each (struct draft_address *, a, s->addresses) {
				enum family f = a->prefix.addr.family;

				if (a->word != NULL)
					continue;
				if (a->prefix.len == family_bits(f) && !seen[f])
					vec_each (struct draft_subnet *const *, sub, &(*l)->subnets)
						vec_each (const struct prefix *, p, &(*sub)->prefixes)
							if (prefix_has(p, &a->prefix.addr)) {
								a->prefix.len = p->len;
								a->alias = false;
							}
				seen[f] = true;
			}
		}
}

/* Static routes are written in the order of subnets: a host that has them in another order keeps it. */
static void
order_by_routes(struct draft *d)
{
	for (size_t round = 0; round < d->subnets.n; round++)
		for (size_t k = 0; k <= d->jails.n; k++) {
			const struct old_stack *stack = k == 0 ? d->host.old : d->jails.v[k - 1]->node.old;
			size_t last = 0;
			bool any = false;

			vec_each (const struct old_route *, r, &stack->routes) {
				struct draft_subnet *s = subnet_with(d, &r->to);
				size_t at = 0;

				if (s == NULL)
					continue;
				while (d->subnets.v[at] != s)
					at++;
				if (any && at < last && r->to.addr.family == INET) {
					/* After the one before it. */
					for (; at < last; at++)
						d->subnets.v[at] = d->subnets.v[at + 1];
					d->subnets.v[last] = s;
				} else
					last = at;
				any = true;
			}
		}
}

/* On a bridge that keeps VLANs apart the subnet says which one an interface is in. */
static void
say_subnets(struct draft *d)
{
	vec_each (struct draft_link *const *, l, &d->links)
		for (size_t i = 0; (*l)->bridge != NULL && (*l)->bridge->vlan_filtering && i < (*l)->standing.n; i++)
			vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
				if ((*l)->standing.v[i].iface != NULL)
					*vec_push(d->arena, &(*l)->standing.v[i].iface->subnet) = (*s)->name;
}

/* A NIC carries all VLANs of its bridge: only another list is written. */
static void
say_tags(struct draft_bridge *b)
{
	vec_each (struct draft_member *, m, &b->members) {
		size_t vlans = 0, known = 0;

		vec_each (struct draft_link *const *, l, &b->links) {
			vlans += (*l)->tag != 0;
			vec_each (const int *, tag, &m->tagged)
				known += *tag == (*l)->tag;
		}
		if (known == vlans && m->tagged.n == vlans)
			m->tagged.n = 0;
	}
}

void
draft_subnets(struct draft *d)
{
	for (int r = 0; r < 4; r++)
		vec_each (struct draft_link *const *, l, &d->links)
			if (rank(d, *l) == r)
				link_prefixes(d, *l);
	vec_each (struct draft_link *const *, l, &d->links)
		link_gateways(d, *l);
	vec_each (struct draft_link *const *, l, &d->links)
		advertisers(d, *l);
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		write_gateway(d, *s);
	name_subnets(d);
	declare(d);
	settle_lengths(d);
	order_by_routes(d);
	say_subnets(d);
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		say_tags(*b);
}
