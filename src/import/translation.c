/* SPDX-License-Identifier: BSD-2-Clause */
/* What the rules of pf that vnetc wrote tell: the exits of nat and rdr, and by their tables whose gateways lead to whom. */
#include <string.h>

#include "import/settling.h"
#include "route/nat.h"

/* The exits */

static bool
is_there(const struct draft_standing *s, const char *exit)
{
	const char *name = standing_name(s);

	return ((name != NULL && strcmp(name, exit) == 0) || (s->bridge != NULL && s->bridge->name != NULL && strcmp(s->bridge->name, exit) == 0));
}

/* What the topology calls the interface: on the host its key, in a jail the bridge or cable that it stands on. */
static const char *
key_of(const struct draft *d, const struct draft_standing *s, const char *exit)
{
	if (s->bridge != NULL)
		return (s->bridge->key);
	vec_each (struct draft_cable *const *, c, &d->cables)
		if (s->iface == &(*c)->ends[0] || s->iface == &(*c)->ends[1])
			return ((*c)->key);
	return (s->iface->bridge != NULL ? s->iface->bridge : s->iface->key != NULL ? s->iface->key : exit);
}

/* Does the node's default route lead by it? */
static bool
has_default(const struct draft_node *node, const struct draft_standing *s)
{
	vec_each (const struct draft_address *, a, s->addresses)
		if (a->word != NULL ? strcmp(a->word, "dhcp") == 0 : node->dflt[INET].given && prefix_has(&a->prefix, &node->dflt[INET].addr))
			return (true);
	return (false);
}

/* An interface of the host that no variable speaks of: another program makes it, and where nothing else leads out, the default route leads
 * by it. */
static bool
made_elsewhere(struct draft *d, const char *exit)
{
	struct draft_iface *i = draft_interface(d, exit);

	if (i == NULL)
		i = draft_interface_new(d, exit);
	i->unmanaged = true;
	i->dflt = !d->host.dflt[INET].given && !draft_host_leases(d, INET);
	return (i->dflt);
}

static void
exit_of(struct draft *d, struct draft_node *node, const char *exit)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing)
			if (s->node == node && is_there(s, exit)) {
				node->nat |= has_default(node, s);
				*vec_push(d->arena, &node->nat_exits) = key_of(d, s, exit);
				return;
			}
	if (node != &d->host)
		return;
	node->nat |= made_elsewhere(d, exit);
	*vec_push(d->arena, &node->nat_exits) = exit;
}

static void
add_exit(struct arena *a, strings *exits, const char *exit)
{
	vec_each (const char *const *, e, exits)
		if (strcmp(*e, exit) == 0)
			return;
	*vec_push(a, exits) = exit;
}

/* Each port stands there once for each exit. */
static void
take_rdr(struct draft *d, struct draft_node *node)
{
	const struct old_stack *old = node->old;

	vec_each (const struct old_rdr *, r, &old->rdr)
		if (strcmp(r->on, old->rdr.v[0].on) == 0)
			*vec_push(d->arena, &node->rdr) = *r;
}

/* The interface of the default route alone is no list. A file of vnetc's without any rule comes of nat with nothing inside; one that has
 * something inside and no nat comes of rdr, which by itself takes the way of the default route. */
void
settle_nat(struct draft *d, struct draft_node *node)
{
	const struct old_stack *old = node->old;
	strings exits = { 0 };
	bool rdr_only = old->nat.n == 0 && old->rdr.n > 0;

	vec_each (const char *const *, exit, &old->nat)
		add_exit(d->arena, &exits, *exit);
	vec_each (const struct old_rdr *, r, &old->rdr)
		add_exit(d->arena, &exits, r->on);
	take_rdr(d, node);
	node->nat = old->pf && exits.n == 0;
	vec_each (const char *const *, exit, &exits)
		exit_of(d, node, *exit);
	if (node->nat && node->nat_exits.n == 1) {
		node->nat_exits.n = 0;
		node->nat = !rdr_only;
	}
}

/* The tables */

static bool
is_inside(const struct draft_node *node, const struct draft_subnet *s)
{
	vec_each (const struct prefix *, p, &s->prefixes)
		vec_each (const struct prefix *, inside, &node->old->inside)
			if (prefix_equal(p, inside))
				return (true);
	return (false);
}

bool
draft_translated(struct draft *d, const struct draft_subnet *s)
{
	for (size_t k = 0; k <= d->jails.n; k++)
		if (is_inside(draft_node(d, k), s))
			return (true);
	return (false);
}

/* Do default routes lead from one node to the other? */
static bool
leads_to(struct draft *d, const struct draft_node *from, const struct draft_node *to)
{
	for (size_t passed = 0; from != NULL && from != to && passed <= d->jails.n; passed++) {
		const char *holder = from->dflt[INET].given ? draft_holder(d, &from->dflt[INET].addr) : NULL;

		from = holder != NULL ? draft_node_named(d, holder) : NULL;
	}
	return (from == to);
}

/* With this gateway the subnet would be in the tables in which it is, and in no other. */
static bool
agrees(struct draft *d, const struct draft_subnet *s, const struct draft_node *gateway)
{
	for (size_t k = 0; k <= d->jails.n; k++) {
		const struct draft_node *node = draft_node(d, k);

		if (node->old->pf && leads_to(d, gateway, node) != is_inside(node, s))
			return (false);
	}
	return (true);
}

/* How many routes of the host and its jails lead there by this node. */
static size_t
routes_by(struct draft *d, const struct draft_subnet *s, const struct draft_node *gateway)
{
	size_t n = 0;

	for (size_t k = 0; k <= d->jails.n; k++)
		vec_each (const struct old_route *, r, &draft_node(d, k)->old->routes) {
			const char *holder = r->kind == OLD_VIA && draft_subnet_with(d, &r->to) == s ? draft_holder(d, &r->via) : NULL;

			n += holder != NULL && strcmp(holder, gateway->name) == 0;
		}
	return (n);
}

static const struct inaddr *
address_in(const struct draft_standing *s, const struct draft_subnet *subnet)
{
	vec_each (const struct draft_address *, a, s->addresses)
		vec_each (const struct prefix *, p, &subnet->prefixes)
			if (a->word == NULL && a->prefix.addr.family == INET && prefix_has(p, &a->prefix.addr))
				return (&a->prefix.addr);
	return (NULL);
}

/* The router of the subnet by whom the tables come out as they are, of several the one by whom most routes lead. */
static bool
gateway_by_tables(struct draft *d, struct draft_subnet *subnet)
{
	const struct draft_node *best = NULL;

	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing) {
			const struct inaddr *address = draft_on_link(*l, subnet) && s->node->forwards[INET] ? address_in(s, subnet) : NULL;

			if (address == NULL || !agrees(d, subnet, s->node) || (best != NULL && routes_by(d, subnet, s->node) <= routes_by(d, subnet, best)))
				continue;
			best = s->node;
			subnet->to[INET].known = true;
			subnet->to[INET].addr = *address;
			subnet->to[INET].node = s->node->name;
		}
	if (best == NULL)
		return (false);
	draft_write_gateway(d, subnet);
	subnet->declared = true;
	return (subnet->gateway.n > 0);
}

/* What a build makes of it by IPv4, which is all that is translated; NULL: nothing. */
static const struct subnet *
built_subnet(const struct settling *s, const struct draft_subnet *draft)
{
	vec_each (struct subnet *const *, sub, &s->t->subnets)
		vec_each (const struct subnet_prefix *, sp, &(*sub)->prefixes)
			vec_each (const struct prefix *, p, &draft->prefixes)
				if (p->addr.family == INET && prefix_equal(&sp->prefix, p))
					return (*sub);
	return (NULL);
}

/* Would a build translate it for others than those who do? */
static bool
translated_otherwise(const struct settling *s, const struct draft_subnet *draft)
{
	const struct subnet *subnet = built_subnet(s, draft);

	for (size_t k = 0; subnet != NULL && k <= s->d->jails.n; k++) {
		const struct draft_node *node = draft_node(s->d, k);
		const struct vnet *vnet = topology_node(s->t, node->name);

		if (vnet != NULL && node->old->pf && (!subnet->island && nat_covers(s->routes, vnet, subnet)) != is_inside(node, draft))
			return (true);
	}
	return (false);
}

/* It is in no table, and no router of it is the cause: an island, whoever has a way out of it by a gateway of his own. */
static void
make_island(struct draft *d, struct draft_subnet *s)
{
	for (int f = 0; f < FAMILIES; f++)
		s->to[f].known = false;
	s->gateway.n = 0;
	*vec_push(d->arena, &s->gateway) = "none";
	s->declared = true;
}

void
settle_tables(struct settling *s)
{
	vec_each (struct draft_subnet *const *, sub, &s->d->subnets) {
		if (!translated_otherwise(s, *sub))
			continue;
		if ((*sub)->gateway.n == 0 && gateway_by_tables(s->d, *sub))
			s->changed = true;
		else if (!draft_translated(s->d, *sub)) {
			make_island(s->d, *sub);
			s->changed = true;
		}
	}
}
