/* SPDX-License-Identifier: BSD-2-Clause */
/* Default routes and static routes: what subnets' gateways leave open, or vnetc would work out otherwise, is written down. */
#include <stdlib.h>
#include <string.h>

#include "import/settling.h"

/* A default route that the gateway of a subnet gives to who stands there. */
struct offer { struct draft_standing *by; struct inaddr gateway; };
typedef VEC(struct offer) offers;

/* What a node has and is offered, in each family. */
struct choice {
	struct draft *d;
	struct draft_node *node;
	offers offers[FAMILIES];
	bool lease[FAMILIES];
};

static bool
stands_in(const struct draft_standing *s, const struct draft_subnet *subnet, enum family f)
{
	vec_each (const struct draft_address *, a, s->addresses)
		vec_each (const struct prefix *, p, &subnet->prefixes)
			if (a->word == NULL && a->prefix.addr.family == f && prefix_has(p, &a->prefix.addr))
				return (true);
	return (false);
}

static void
offers_on(struct choice *c, const struct draft_link *l, struct draft_standing *s, enum family f)
{
	vec_each (struct draft_subnet *const *, sub, &l->subnets) {
		const char *holder = (*sub)->to[f].node;

		if ((*sub)->to[f].known && (holder == NULL || strcmp(holder, c->node->name) != 0) && stands_in(s, *sub, f))
			*vec_push(c->d->arena, &c->offers[f]) = (struct offer){ s, (*sub)->to[f].addr };
	}
}

static bool
fits(const struct choice *c, const struct offer *o, enum family f)
{
	const char *zone = c->node->dflt[f].zone;

	return (c->node->dflt[f].given && inaddr_equal(&o->gateway, &c->node->dflt[f].addr) && (zone == NULL || strcmp(zone, standing_name(o->by)) == 0));
}

/* Would the node have the default route that it has, with default: true on this interface; NULL: on none? */
static bool
right_by(const struct choice *c, enum family f, const struct draft_standing *by)
{
	const struct offer *only = NULL;
	size_t n = 0;

	vec_each (const struct offer *, o, &c->offers[f])
		if (by != NULL && o->by == by) {
			only = o;
			n++;
		}
	if (n == 0) {
		if (c->lease[f])
			return (!c->node->dflt[f].given);
		n = c->offers[f].n;
		only = n > 0 ? &c->offers[f].v[0] : NULL;
	}
	return (n == 0 ? !c->node->dflt[f].given : n == 1 && fits(c, only, f));
}

static bool
chosen_by_default(const struct choice *c)
{
	for (int f = 0; f < FAMILIES; f++)
		vec_each (const struct offer *, o, &c->offers[f]) {
			const struct draft_standing *s = o->by;

			/* Of a filtering bridge the host's default: true means all VLANs. */
			if (s->bridge != NULL && s->bridge->vlan_filtering)
				continue;
			if (!right_by(c, INET, s) || !right_by(c, INET6, s))
				continue;
			*(s->iface != NULL ? &s->iface->dflt : &s->bridge->dflt) = true;
			return (true);
		}
	return (false);
}

/* The node's own gateways: all that it has, a node by its name, and none for a family in which it has no default route although one is
 * offered. */
static void
write_gateways(struct draft *d, struct draft_node *node, bool none)
{
	const char *holder = NULL;

	node->gateway.n = 0;
	for (int f = 0; f < FAMILIES; f++) {
		const char *name = node->dflt[f].given ? draft_holder(d, &node->dflt[f].addr) : NULL;

		if (!node->dflt[f].given || (name != NULL && holder != NULL && strcmp(name, holder) == 0))
			continue;
		*vec_push(d->arena, &node->gateway) = name != NULL ? name : inaddr_str(d->arena, &node->dflt[f].addr);
		holder = name;
	}
	if (none)
		*vec_push(d->arena, &node->gateway) = "none";
}

/* The only interface of the family, as vnetc takes it for a link-local gateway; else default: true says which one it is. */
static void
link_local_on(struct draft *d, struct draft_node *node)
{
	const char *zone = node->dflt[INET6].zone;
	struct draft_standing *chosen = NULL;
	size_t n = 0;

	if (!node->dflt[INET6].given || zone == NULL)
		return;
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (struct draft_standing *, s, &(*l)->standing) {
			bool has = draft_leased(s->addresses, INET6);

			vec_each (const struct draft_address *, a, s->addresses)
				has |= a->word == NULL && a->prefix.addr.family == INET6;
			if (s->node != node || !has)
				continue;
			n++;
			if (strcmp(standing_name(s), zone) == 0)
				chosen = s;
		}
	if (n > 1 && chosen != NULL)
		*(chosen->iface != NULL ? &chosen->iface->dflt : &chosen->bridge->dflt) = true;
}

static void
settle_gateway(struct draft *d, struct draft_node *node)
{
	struct choice c = { .d = d, .node = node };
	bool none = false;

	node->gateway.n = 0;
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (struct draft_standing *, s, &(*l)->standing)
			for (int f = 0; f < FAMILIES && s->node == node; f++) {
				*(s->iface != NULL ? &s->iface->dflt : &s->bridge->dflt) = false;
				if (draft_leased(s->addresses, (enum family)f))
					c.lease[f] = true;
				else
					offers_on(&c, *l, s, (enum family)f);
			}
	if ((right_by(&c, INET, NULL) && right_by(&c, INET6, NULL)) || chosen_by_default(&c))
		return;
	for (int f = 0; f < FAMILIES; f++)
		none |= !node->dflt[f].given && !c.lease[f] && c.offers[f].n > 0;
	write_gateways(d, node, none);
	link_local_on(d, node);
}

static void
each_node(struct draft *d, void (*settle)(struct draft *, struct draft_node *))
{
	for (size_t k = 0; k <= d->jails.n; k++)
		settle(d, draft_node(d, k));
}

void
settle_ways(struct draft *d)
{
	each_node(d, settle_nat);
	each_node(d, settle_gateway);
}

/* After a build */

static void
settle_defaults(struct settling *s, struct draft_node *node, const struct forwarding *forwarding)
{
	bool none = false, other = false;

	for (int f = 0; f < FAMILIES; f++) {
		const struct route *r = forwarding->dflt[f];

		if (node->dflt[f].given)
			other |= r == NULL || !inaddr_equal(&r->via, &node->dflt[f].addr);
		else
			none |= r != NULL;
	}
	if ((!other && !none) || node->gateway.n > 0)
		return;
	write_gateways(s->d, node, none);
	link_local_on(s->d, node);
	s->changed = true;
}

static bool
same_route(const struct route *r, const struct old_route *old)
{
	if (!prefix_equal(&r->to, &old->to))
		return (false);
	return (old->kind == OLD_VIA ? r->kind == ROUTE_VIA && inaddr_equal(&r->via, &old->via) :
	    r->kind == (old->kind == OLD_REJECT ? ROUTE_REJECT : ROUTE_BLACKHOLE));
}

static bool
route_written(const struct draft_node *node, const struct prefix *to)
{
	vec_each (const struct draft_route *, r, &node->routes)
		if (prefix_equal(&r->to, to))
			return (true);
	return (false);
}

/* By the name of the node that has the next hop, where one has it. */
static void
write_route(struct settling *s, struct draft_node *node, const struct old_route *old)
{
	const char *holder = draft_holder(s->d, &old->via);

	if (old->kind == OLD_VIA)
		holder = holder != NULL ? holder : inaddr_str(s->d->arena, &old->via);
	else
		holder = old->kind == OLD_REJECT ? "reject" : "blackhole";
	*vec_push(s->d->arena, &node->routes) = (struct draft_route){ old->to, holder };
	s->changed = true;
}

/* A name stands for the first address that is shared: where the next hop is another, it is written itself. */
static void
settle_next_hop(struct settling *s, struct draft_node *node, const struct forwarding *forwarding, const struct old_route *old)
{
	const char *via = inaddr_str(s->d->arena, &old->via);
	bool another = false;

	vec_each (const struct route *, r, &forwarding->routes[old->to.addr.family])
		another |= r->given && prefix_equal(&r->to, &old->to) && !same_route(r, old);
	vec_each (struct draft_route *, r, &node->routes)
		if (another && old->kind == OLD_VIA && prefix_equal(&r->to, &old->to) && strcmp(r->via, via) != 0) {
			r->via = via;
			s->changed = true;
		}
}

static void
settle_routes(struct settling *s, struct draft_node *node, const struct forwarding *forwarding)
{
	vec_each (const struct old_route *, old, &node->old->routes) {
		bool known = route_written(node, &old->to);

		vec_each (const struct route *, r, &forwarding->routes[old->to.addr.family])
			known |= same_route(r, old);
		settle_next_hop(s, node, forwarding, old);
		if (known)
			continue;
		write_route(s, node, old);
	}
}

/* A route is worked out that the host does not have. Where vnetc wrote the host's files that was meant so; elsewhere it was forgotten, and
 * the report tells of the new one. */
static bool
not_there(const struct draft_node *node, const struct route *r)
{
	if (r->given)
		return (false);
	vec_each (const struct old_route *, old, &node->old->routes)
		if (prefix_equal(&old->to, &r->to))
			return (false);
	return (true);
}

struct lacking { struct draft_node *node; const struct route *route; };
typedef VEC(struct lacking) lackings;

static void
find_lacking(struct settling *s, lackings *all)
{
	for (size_t k = 0; k <= s->d->jails.n; k++) {
		struct draft_node *node = draft_node(s->d, k);
		const struct vnet *vnet = topology_node(s->t, node->name);

		/* A jail that was classic until now had all routes of the host. */
		if (k > 0 && s->d->jails.v[k - 1]->stays == NULL)
			continue;
		for (int f = 0; f < FAMILIES && vnet != NULL; f++)
			vec_each (const struct route *, r, &s->routes->of[vnet->index].routes[f])
				if (not_there(node, r))
					*vec_push(s->d->arena, all) = (struct lacking){ node, r };
	}
}

/* What was written down before a subnet's gateway was known may be worked out now. */
static void
start_over(struct draft *d)
{
	for (size_t k = 0; k <= d->jails.n; k++)
		if (draft_node(d, k)->by_vnetc)
			draft_node(d, k)->routes.n = 0;
	each_node(d, settle_gateway);
}

static bool
in_subnet(const struct draft_subnet *s, const struct inaddr *a)
{
	vec_each (const struct prefix *, p, &s->prefixes)
		if (prefix_has(p, a))
			return (true);
	return (false);
}

static bool
touches(const struct draft_subnet *s, const struct prefix *to, const struct inaddr *via)
{
	vec_each (const struct prefix *, p, &s->prefixes)
		if (prefix_equal(p, to))
			return (true);
	return (in_subnet(s, via));
}

/* No route of the host leads into it or out of it, and routes would be worked out: it is an island. */
static bool
is_island(struct draft *d, const struct draft_subnet *s, const lackings *all)
{
	bool wanted = false;

	if (!s->declared || s->gateway.n > 0 || draft_translated(d, s))
		return (false);
	vec_each (const struct lacking *, l, all)
		wanted |= touches(s, &l->route->to, &l->route->via);
	for (size_t k = 0; k <= d->jails.n && wanted; k++) {
		const struct draft_node *node = draft_node(d, k);

		vec_each (const struct old_route *, r, &node->old->routes)
			wanted &= !touches(s, &r->to, &r->via);
		for (int f = 0; f < FAMILIES; f++)
			wanted &= !node->dflt[f].given || !in_subnet(s, &node->dflt[f].addr);
	}
	return (wanted);
}

static void
settle_lacking(struct settling *s)
{
	lackings all = { 0 };
	bool islands = false;

	if (!s->d->old->vnetc)
		return;
	find_lacking(s, &all);
	vec_each (struct draft_subnet *const *, sub, &s->d->subnets)
		if (is_island(s->d, *sub, &all)) {
			*vec_push(s->d->arena, &(*sub)->gateway) = "none";
			islands = s->changed = true;
		}
	if (islands)
		start_over(s->d);
	for (size_t i = 0; i < all.n && !islands; i++) {
		struct draft_node *node = all.v[i].node;

		if (route_written(node, &all.v[i].route->to))
			continue;
		*vec_push(s->d->arena, &node->routes) = (struct draft_route){ all.v[i].route->to, "none" };
		s->changed = true;
	}
}

/* A build writes those that lead to no subnet as they stand among routes:, which is their order on the host. */
static void
sort_routes(struct draft_node *node)
{
	size_t n = node->routes.n, done = 0;

	vec_each (const struct old_route *, old, &node->old->routes)
		for (size_t i = done; i < n; i++)
			if (prefix_equal(&node->routes.v[i].to, &old->to)) {
				struct draft_route it = node->routes.v[i];

				memmove(&node->routes.v[done + 1], &node->routes.v[done], (i - done) * sizeof(it));
				node->routes.v[done++] = it;
			}
}

static void
settle_node(struct settling *s, struct draft_node *node)
{
	const struct vnet *vnet = topology_node(s->t, node->name);

	if (vnet == NULL)
		return;
	settle_defaults(s, node, &s->routes->of[vnet->index]);
	settle_routes(s, node, &s->routes->of[vnet->index]);
}

void
settle_forwarding(struct settling *s)
{
	settle_tables(s);
	if (s->changed)
		start_over(s->d);
	for (size_t k = 0; k <= s->d->jails.n && !s->changed; k++)
		settle_node(s, draft_node(s->d, k));
	if (!s->changed)
		settle_lacking(s);
	for (size_t k = 0; k <= s->d->jails.n; k++)
		sort_routes(draft_node(s->d, k));
}
