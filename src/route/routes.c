/* SPDX-License-Identifier: BSD-2-Clause */
/* Routes worked out: shortest ways over the routers of the file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "route/nat.h"
#include "route/routes.h"
#include "rules/rules.h"

#define FAR (1 << 20)

/* A node's place in a subnet, in one family. */
struct standing { const struct subnet *subnet; const struct iface *iface; const struct address *address; };       /* address NULL: leased */
typedef VEC(struct standing) standings;
typedef VEC(const struct vnet *) nodes;

struct worker {
	struct arena *arena, *scratch;                  /* for routes; for the work */
	struct diags *diags;
	const struct topology *t;
	struct routes *routes;
	standings *at[FAMILIES];                        /* by vnet: islands left out */
	standings *anywhere[FAMILIES];                  /* by vnet: for what a person wrote, islands too */
	nodes *routers[FAMILIES];                       /* by subnet: who forwards there, with an address in it */
	nodes *forwarders[FAMILIES];                    /* by subnet: who forwards there, by a lease too */
	nodes seekers[FAMILIES];                        /* who may need another way than the default one to a subnet that something carries */
	struct map **names[FAMILIES];                   /* by vnet: of its static routes */
	/* Towards the subnet at hand. */
	int *distance;                                  /* by vnet: routers passed after this one */
	int *nearest;                                   /* by subnet: the least distance of its routers */
	nodes measured;
	VEC(size_t) crossed;                            /* indices of subnets that have a nearest router */
	bool machines;                                  /* some forward */
	bool hopeful;                                   /* machines have learned all subnets */
	bool *sure;                                     /* by vnet: it has a way to the subnet at hand that asks for no such hope */
};

static bool
leased(const struct iface *iface, enum family family)
{
	return (family == INET ? iface->dhcp : iface->slaac);
}

static const struct address *
address_in(const struct iface *iface, const struct subnet *subnet, enum family family)
{
	vec_each (const struct address *, a, &iface->addresses)
		if (a->subnet == subnet && a->addr.family == family)
			return (a);
	return (NULL);
}

bool
vnet_stands_in(const struct vnet *vnet, const struct subnet *subnet, enum family family)
{
	vec_each (struct iface *const *, i, &subnet->ends)
		if ((*i)->vnet == vnet && (address_in(*i, subnet, family) != NULL || leased(*i, family)))
			return (true);
	return (false);
}

static void
find_standings(struct worker *w)
{
	for (int f = 0; f < FAMILIES; f++) {
		w->at[f] = NEW_ARRAY(w->scratch, standings, w->t->vnets.n);
		w->anywhere[f] = NEW_ARRAY(w->scratch, standings, w->t->vnets.n);
		w->routers[f] = NEW_ARRAY(w->scratch, nodes, w->t->subnets.n);
		w->forwarders[f] = NEW_ARRAY(w->scratch, nodes, w->t->subnets.n);
		w->names[f] = NEW_ARRAY(w->scratch, struct map *, w->t->vnets.n);
	}
	vec_each (struct vnet *const *, v, &w->t->vnets) {
		for (size_t k = 0; k < (*v)->ifaces.n * FAMILIES; k++) {
			const struct iface *iface = (*v)->ifaces.v[k / FAMILIES];
			enum family f = k % FAMILIES;

			vec_each (struct subnet *const *, s, &iface->subnets) {
				const struct address *address = address_in(iface, *s, f);

				if ((address == NULL && !leased(iface, f)) || !subnet_has_family(*s, f))
					continue;
				*vec_push(w->scratch, &w->anywhere[f][(*v)->index]) = (struct standing) { *s, iface, address };
				if ((*s)->island)
					continue;
				*vec_push(w->scratch, &w->at[f][(*v)->index]) = (struct standing) { *s, iface, address };
				if (!(*v)->forwards[f])
					continue;
				*vec_push(w->scratch, &w->forwarders[f][(*s)->index]) = *v;
				if (address != NULL)
					*vec_push(w->scratch, &w->routers[f][(*s)->index]) = *v;
			}
		}
	}
}

/* The node's first address of a family on a subnet both share. at: by vnet, where they stand. */
static const struct address *
shared_address(const standings *at, const struct vnet *from, const struct vnet *to, const struct iface **leaves)
{
	vec_each (const struct standing *, theirs, &at[to->index]) {
		if (theirs->address == NULL)
			continue;
		vec_each (const struct standing *, mine, &at[from->index]) {
			if (mine->subnet == theirs->subnet) {
				*leaves = mine->iface;
				return (theirs->address);
			}
		}
	}
	return (NULL);
}

static const struct iface *
leaves_by(const struct worker *w, const struct vnet *vnet, const struct inaddr *via)
{
	const struct iface *only = NULL;

	vec_each (const struct standing *, s, &w->anywhere[via->family][vnet->index])
		if (subnet_prefix_of(s->subnet, via) != NULL)
			return (s->iface);
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		vec_each (const struct inaddr *, p, &(*i)->peers)
			if (inaddr_equal(p, via))
				return (*i);
		/* A link-local gateway is on the interface with default: true, else on the only one of the family. */
		if (inaddr_is_link_local(via) && (*i)->link != NULL && iface_has_family(*i, via->family) && (only == NULL || (*i)->dflt))
			only = *i;
	}
	return (inaddr_is_link_local(via) ? only : NULL);
}

/* Default routes */

struct candidate { struct route route; const struct subnet *by; struct span at; };
typedef VEC(struct candidate) candidates;

static void
behind_nobody(struct worker *w, const struct subnet *subnet)
{
	struct diag *d;
	bool node = false, no = true;

	if (subnet->name == NULL || subnet->links.n != 0 || subnet->ends.n != 0)
		return;
	for (int f = 0; f < FAMILIES; f++) {
		node |= subnet->gateway[f].kind == GW_NODE;
		no &= subnet->gateway[f].kind == GW_NO || subnet->gateway[f].kind == GW_NONE_GIVEN;
	}
	if (node || subnet->island || (no && subnet->decl->gateway.n != 0))
		return;
	d = diag_add(w->diags, &rule_gateway_behind_nobody, subnet->at, "%s lies on no link: its gateway must be a node", subnet->name);
	diag_help(w->diags, d, "gateway: JAIL, or put %s on a bridge", subnet->name);
}

/* The named gateway must have an address in the subnet, of each family that it can serve; none at all is an error. */
static void
gateway_on_subnet(struct worker *w, const struct subnet *subnet)
{
	const struct gateway *gateway = NULL;
	struct diag *d;

	if (subnet->links.n == 0 && subnet->ends.n == 0)
		return;
	for (int f = 0; f < FAMILIES; f++) {
		if (subnet->gateway[f].kind != GW_NODE || !subnet_has_family(subnet, f))
			continue;
		if (vnet_stands_in(subnet->gateway[f].node, subnet, f))
			return;
		gateway = &subnet->gateway[f];
	}
	if (gateway == NULL || gateway->node->broken)
		return;
	d = diag_add(w->diags, &rule_gateway_not_on_subnet, gateway->at, "%s has no address in %s", gateway->node->name,
	    subnet_shown(w->arena, subnet));
	diag_note(w->diags, d, gateway->node->at, "%s is written here", gateway->node->name);
	if (subnet->links.n != 0)
		diag_help(w->diags, d, "give %s an interface on %s", gateway->node->name, subnet->links.v[0]->name);
}

/* A link-local gateway is written as an address even where a node of the file has it: its name would mean another address. */
static void
find_link_local(struct route *route)
{
	const struct iface *holder;

	if (!inaddr_is_link_local(&route->via) || route->iface == NULL || route->iface->link == NULL)
		return;
	holder = link_holder(route->iface->link, &route->via);
	if (holder != NULL && holder != route->iface)
		route->node = holder->vnet;
}

/* The default route that a subnet's gateway gives a node; false: none. */
static bool
by_subnet(const struct vnet *vnet, const struct standing *s, enum family f, struct route *route)
{
	const struct gateway *gateway = &s->subnet->gateway[f];
	const struct address *address;

	*route = (struct route) { .dflt = true, .iface = s->iface, .why = gateway->at };
	if (gateway->kind == GW_ADDRESS) {
		route->via = gateway->addr;
		vec_each (const struct address *, a, &s->iface->addresses)
			if (inaddr_equal(&a->addr, &gateway->addr))
				return (false);
		find_link_local(route);
		return (true);
	}
	if (gateway->kind != GW_NODE || gateway->node == vnet)
		return (false);
	address = vnet_address_in(gateway->node, s->subnet, f, NULL);
	if (address == NULL)
		return (false);
	route->via = address->addr;
	route->node = gateway->node;
	return (true);
}

static bool
by_node(struct worker *w, const struct vnet *vnet, enum family f, struct route *route)
{
	const struct gateway *gateway = &vnet->gateway[f];
	const struct address *address;

	*route = (struct route) { .dflt = true, .given = true, .why = gateway->at };
	if (gateway->kind == GW_ADDRESS) {
		route->via = gateway->addr;
		route->iface = leaves_by(w, vnet, &gateway->addr);
		find_link_local(route);
		return (true);
	}
	if (gateway->kind != GW_NODE)
		return (false);
	address = shared_address(w->anywhere[f], vnet, gateway->node, &route->iface);
	if (address == NULL) {
		bool other = false;
		struct diag *d;

		for (int k = 0; k < FAMILIES; k++)
			other |= shared_address(w->anywhere[k], vnet, gateway->node, &route->iface) != NULL;
		if (other || vnet->broken || gateway->node->broken)
			return (false);
		d = diag_add(w->diags, &rule_route_via_off_link, gateway->at, "%s cannot reach %s directly", vnet->name, gateway->node->name);
		diag_note(w->diags, d, gateway->node->at, "%s is written here", gateway->node->name);
		return (false);
	}
	route->via = address->addr;
	route->node = gateway->node;
	return (true);
}

static void
two_defaults(struct worker *w, const struct vnet *vnet, const candidates *found, enum family f)
{
	struct diag *d = diag_add(w->diags, &rule_two_default_routes, vnet->at, "%s has two default routes, by %s and by %s", vnet->name,
	    subnet_shown(w->arena, found->v[0].by), subnet_shown(w->arena, found->v[1].by));

	vec_each (const struct candidate *, c, found)
		diag_note(w->diags, d, c->at, "by %s", subnet_shown(w->arena, c->by));
	if (vnet->kind == VNET_MACHINE)
		diag_help(w->diags, d, "routes: [{to: %s, via: GATEWAY}] says which", f == INET ? "0.0.0.0/0" : "\"::/0\"");
	else
		diag_help(w->diags, d, "default: true on one interface");
}

static void
no_gateway(struct worker *w, const struct vnet *vnet, const struct iface *iface)
{
	const struct subnet *subnet = iface->subnets.n != 0 ? iface->subnets.v[0] : NULL;
	struct diag *d;

	if (vnet->broken || iface->managed_elsewhere)
		return;
	d = diag_add(w->diags, &rule_default_without_gateway, iface->decl != NULL && given(&iface->decl->dflt.at) ? iface->decl->dflt.at : iface->at,
	    "%s has no gateway for %s to use", subnet != NULL ? subnet_shown(w->arena, subnet) : iface->name, vnet->name);
	if (subnet != NULL)
		diag_note(w->diags, d, subnet->at, "%s is written here", subnet_shown(w->arena, subnet));
}

/* A gateway that does not forward is told as that (gateway-not-router): it is not also one too many. */
static bool
is_choice(const candidates *found, enum family f)
{
	size_t sound = 0;

	vec_each (const struct candidate *, c, found) {
		const struct gateway *gateway = &c->by->gateway[f];

		sound += gateway->kind != GW_NODE || gateway->node->forwards[f] ? 1 : 0;
	}
	return (sound > 1);
}

/* The same gateway by a second interface is no second way. */
static bool
offered(const candidates *found, const struct subnet *subnet)
{
	vec_each (const struct candidate *, c, found)
		if (c->by == subnet)
			return (true);
	return (false);
}

/* A machine says its default route by a route: nothing is written for it, and it has no key for a gateway. */
static bool
has_own_default(const struct vnet *vnet, enum family f)
{
	vec_each (const struct given_route *, g, &vnet->routes)
		if (g->to.len == 0 && g->to.addr.family == f)
			return (true);
	return (false);
}

static struct route *
kept(struct worker *w, const struct route *route)
{
	struct route *copy = NEW(w->arena, struct route);

	*copy = *route;
	return (copy);
}

static void
work_out_default(struct worker *w, const struct vnet *vnet, enum family f)
{
	struct forwarding *forwarding = &w->routes->of[vnet->index];
	candidates found = { 0 }, wanted = { 0 };
	const struct iface *lease = NULL;
	struct route route;

	if (vnet->gateway[f].kind != GW_NONE_GIVEN) {
		if (by_node(w, vnet, f, &route))
			forwarding->dflt[f] = kept(w, &route);
		return;
	}
	if (has_own_default(vnet, f))
		return;
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		if (!leased(*i, f) || (*i)->link == NULL)
			continue;
		if (lease == NULL || (*i)->dflt)
			lease = *i;
	}
	vec_each (const struct standing *, s, &w->at[f][vnet->index]) {
		struct candidate c = { .by = s->subnet, .at = s->subnet->gateway[f].at };

		if (leased(s->iface, f) || (!s->iface->dflt && offered(&found, s->subnet)) || !by_subnet(vnet, s, f, &c.route))
			continue;
		*vec_push(w->scratch, &found) = c;
		if (s->iface->dflt)
			*vec_push(w->scratch, &wanted) = c;
	}
	if (wanted.n != 0) {
		if (wanted.n > 1)
			two_defaults(w, vnet, &wanted, f);
		forwarding->dflt[f] = kept(w, &wanted.v[0].route);
	} else if (lease != NULL) {
		forwarding->lease[f] = lease;
		vec_each (struct subnet *const *, sub, &lease->subnets)
			if ((*sub)->gateway[f].kind == GW_NODE && (*sub)->gateway[f].node != vnet)
				forwarding->lease_node[f] = (*sub)->gateway[f].node;
	} else if (found.n != 0) {
		if (is_choice(&found, f))
			two_defaults(w, vnet, &found, f);
		forwarding->dflt[f] = kept(w, &found.v[0].route);
	}
}

/* default: true must lead somewhere, and two leases of a family cannot both. */
static void
check_defaults(struct worker *w, const struct vnet *vnet)
{
	const struct iface *leases[FAMILIES] = { NULL, NULL };

	vec_each (struct iface *const *, i, &vnet->ifaces) {
		bool leads = (*i)->dhcp || (*i)->slaac;

		for (int f = 0; f < FAMILIES; f++) {
			struct route route;

			if (leased(*i, f) && leases[f] != NULL && !(*i)->dflt && !leases[f]->dflt && vnet->gateway[f].kind == GW_NONE_GIVEN) {
				struct diag *d = diag_add(w->diags, &rule_two_default_routes, vnet->at, "%s has two default routes, by the leases on %s and %s",
				    vnet->name, leases[f]->name, (*i)->name);

				diag_help(w->diags, d, "default: true on one interface");
			}
			if (leased(*i, f))
				leases[f] = *i;
			/* The node's own gateway: default: true says on which interface a link-local one is. */
			leads |= (vnet->gateway[f].kind == GW_ADDRESS || vnet->gateway[f].kind == GW_NODE) && iface_has_family(*i, f);
			vec_each (const struct standing *, s, &w->at[f][vnet->index])
				leads |= s->iface == *i && by_subnet(vnet, s, f, &route);
		}
		if ((*i)->dflt && !leads && (*i)->link != NULL)
			no_gateway(w, vnet, *i);
	}
}

/* Static routes */

static bool
is_at(const struct worker *w, const struct vnet *vnet, const struct inaddr *addr, enum family f)
{
	vec_each (const struct standing *, s, &w->anywhere[f][vnet->index])
		if (s->address != NULL && inaddr_equal(&s->address->addr, addr))
			return (true);
	return (false);
}

/* Whether a machine's own routes lead to the subnet by that router: none are worked out for it. */
static bool
goes_by(const struct worker *w, const struct vnet *machine, const struct subnet *subnet, enum family f, const struct vnet *router)
{
	const struct route *dflt = w->routes->of[machine->index].dflt[f];
	const struct given_route *best = NULL;

	vec_each (const struct subnet_prefix *, p, &subnet->prefixes)
		vec_each (const struct given_route *, g, &machine->routes)
			if (p->prefix.addr.family == f && g->to.addr.family == f && prefix_within(&p->prefix, &g->to) &&
			    (best == NULL || g->to.len > best->to.len))
				best = g;
	if (best != NULL)
		return (best->kind == VIA_ADDRESS && (best->node != NULL ? best->node == router : is_at(w, router, &best->via, f)));
	return (dflt != NULL && (dflt->node != NULL ? dflt->node == router : is_at(w, router, &dflt->via, f)));
}

static void
reached(struct worker *w, const struct vnet *vnet, int distance)
{
	if (w->distance[vnet->index] != FAR)
		return;
	w->distance[vnet->index] = distance;
	*vec_push(w->scratch, &w->measured) = vnet;
}

static void
forget_measures(struct worker *w)
{
	vec_each (const struct vnet **, v, &w->measured)
		w->distance[(*v)->index] = FAR;
	vec_each (const size_t *, i, &w->crossed)
		w->nearest[*i] = FAR;
	w->measured.n = w->crossed.n = 0;
}

/* How many routers a packet passes after each router on its way to the subnet. Routers are met in order of distance, so the first that is met
 * on a subnet is its nearest one, and reaches all its others but machines whose own routes lead elsewhere. */
static void
measure(struct worker *w, const struct subnet *subnet, enum family f)
{
	forget_measures(w);
	if (subnet->links.n != 0 || subnet->ends.n != 0) {
		vec_each (const struct vnet **, v, &w->forwarders[f][subnet->index])
			reached(w, *v, 0);
	} else if (subnet->gateway[f].kind == GW_NODE)
		reached(w, subnet->gateway[f].node, 0);
	for (size_t head = 0; head < w->measured.n; head++) {
		const struct vnet *router = w->measured.v[head];
		int distance = w->distance[router->index];

		vec_each (const struct standing *, s, &w->at[f][router->index]) {
			size_t on = s->subnet->index;

			if (s->address == NULL)
				continue;       /* nobody can name it as a next hop there */
			if (w->nearest[on] == FAR) {
				w->nearest[on] = distance;
				*vec_push(w->scratch, &w->crossed) = on;
			} else if (w->hopeful || !w->machines)
				continue;
			vec_each (const struct vnet **, n, &w->routers[f][on])
				if (w->hopeful || (*n)->kind != VNET_MACHINE || goes_by(w, *n, subnet, f, router))
					reached(w, *n, distance + 1);
		}
	}
}

static bool
is_router_on(const struct worker *w, const struct vnet *vnet, const struct subnet *subnet, enum family f)
{
	vec_each (const struct vnet **, n, &w->routers[f][subnet->index])
		if (*n == vnet)
			return (true);
	return (false);
}

/* The router that a node's default route leads to; NULL: none of the file. */
static const struct vnet *
default_node(const struct worker *w, const struct vnet *vnet, enum family f)
{
	const struct forwarding *forwarding = &w->routes->of[vnet->index];

	return (forwarding->dflt[f] != NULL ? forwarding->dflt[f]->node : forwarding->lease_node[f]);
}

/* A node on one subnet with one router, by which its default route leads, sends all to it. */
static void
find_seekers(struct worker *w, enum family f)
{
	vec_each (struct vnet *const *, v, &w->t->vnets) {
		const standings *at = &w->at[f][(*v)->index];
		const struct vnet *dflt = default_node(w, *v, f);
		bool simple = at->n == 1 && dflt != NULL && dflt != *v && w->routers[f][at->v[0].subnet->index].n == 1 &&
		    is_router_on(w, dflt, at->v[0].subnet, f);

		if (at->n != 0 && !simple && (*v)->kind != VNET_MACHINE)
			*vec_push(w->scratch, &w->seekers[f]) = *v;
	}
}

/* Does the router of the node's default route stand beside it, and none beside it lead to the subnet in fewer steps? */
static bool
default_is_best(const struct worker *w, const struct vnet *vnet, enum family f)
{
	const struct vnet *dflt = default_node(w, vnet, f);
	bool beside = false;

	if (dflt == NULL || dflt == vnet || w->distance[dflt->index] == FAR)
		return (false);
	vec_each (const struct standing *, s, &w->at[f][vnet->index]) {
		if (w->nearest[s->subnet->index] < w->distance[dflt->index])
			return (false);
		beside = beside || is_router_on(w, dflt, s->subnet, f);
	}
	return (beside);
}

/* The neighbour by which the way to the subnet is shortest: the destination's gateway among equals, then the one written first. */
static const struct vnet *
next_hop(struct worker *w, const struct vnet *vnet, const struct subnet *subnet, enum family f, int *distance)
{
	const struct vnet *best = NULL, *gateway = subnet->gateway[f].kind == GW_NODE ? subnet->gateway[f].node : NULL;

	*distance = FAR;
	vec_each (const struct standing *, s, &w->at[f][vnet->index]) {
		vec_each (const struct vnet **, n, &w->routers[f][s->subnet->index]) {
			int d = w->distance[(*n)->index];

			if (*n == vnet || d == FAR)
				continue;
			if (d < *distance || (d == *distance && best != gateway && (*n == gateway || (*n)->index < best->index))) {
				*distance = d;
				best = *n;
			}
		}
		/* A subnet that nothing carries lies behind its gateway, be it a router by itself or not. */
		if (subnet->links.n == 0 && gateway != NULL && gateway != vnet && vnet_address_in(gateway, s->subnet, f, NULL) != NULL) {
			*distance = 0;
			best = gateway;
		}
	}
	return (best);
}

static const struct given_route *
given_for(const struct vnet *vnet, const struct prefix *to)
{
	vec_each (const struct given_route *, g, &vnet->routes)
		if (prefix_equal(&g->to, to))
			return (g);
	return (NULL);
}

/* The name rc knows a static route by: letters, digits and _ (freebsd.md 1.3, 1.7). */
static const char *
route_name(struct worker *w, const struct vnet *vnet, enum family f, const struct route *route)
{
	const char *text = route->subnet != NULL && route->subnet->name != NULL ? route->subnet->name :
	    arena_printf(w->arena, "net_%s", prefix_str(w->arena, &route->to));
	const char *base = safename(w->arena, text), *name = base;
	struct map **names = &w->names[f][vnet->index];

	if (*names == NULL)
		*names = map_new(w->scratch);
	for (int n = 2; map_put(*names, name, w) != NULL; n++)
		name = arena_printf(w->arena, "%s_%d", base, n);
	return (name);
}

static void
add_route(struct worker *w, struct forwarding *forwarding, enum family f, struct route route)
{
	route.name = route_name(w, forwarding->vnet, f, &route);
	*vec_push(w->arena, &forwarding->routes[f]) = route;
}

static void
work_out_subnet(struct worker *w, const struct vnet *vnet, const struct subnet *subnet, enum family f)
{
	struct forwarding *forwarding = &w->routes->of[vnet->index];
	const struct vnet *dflt = default_node(w, vnet, f);
	const struct address *address;
	const struct iface *iface;
	const struct vnet *hop;
	int distance;

	if (vnet->kind == VNET_MACHINE || vnet_stands_in(vnet, subnet, f) || (w->hopeful && w->sure[vnet->index]))
		return;
	hop = next_hop(w, vnet, subnet, f, &distance);
	w->sure[vnet->index] = hop != NULL;
	if (hop == NULL || (dflt != NULL && w->distance[dflt->index] == distance && (dflt->forwards[f] || dflt == hop)))
		return;
	address = shared_address(w->at[f], vnet, hop, &iface);
	if (address == NULL)
		return;
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes) {
		struct route route = { .to = p->prefix, .via = address->addr, .node = hop, .iface = iface, .subnet = subnet, .why = subnet->at };

		if (p->prefix.addr.family != f || given_for(vnet, &p->prefix) != NULL)
			continue;
		if (vnet->routing_none)
			*vec_push(w->arena, &forwarding->learned[f]) = route;
		else
			add_route(w, forwarding, f, route);
	}
}

static void
ways_to(struct worker *w, const struct subnet *subnet, enum family f)
{
	measure(w, subnet, f);
	/* What nothing carries lies behind its gateway, whether that is a router or not: then everybody looks. */
	if (subnet->links.n == 0) {
		vec_each (struct vnet *const *, v, &w->t->vnets)
			if (w->at[f][(*v)->index].n != 0)
				work_out_subnet(w, *v, subnet, f);
		return;
	}
	vec_each (const struct vnet **, v, &w->seekers[f]) {
		if (default_is_best(w, *v, f))
			w->sure[(*v)->index] = true;
		else
			work_out_subnet(w, *v, subnet, f);
	}
}

static void
off_link(struct worker *w, const struct vnet *vnet, const struct given_route *g, const char *what)
{
	struct diag *d = diag_add(w->diags, &rule_route_via_off_link, g->via_at, "%s %s", vnet->name, what);

	vec_each (struct iface *const *, i, &vnet->ifaces)
		vec_each (const struct address *, a, &(*i)->addresses)
			if (a->addr.family == g->to.addr.family && !a->automatic)
				diag_note(w->diags, d, a->at, "%s has %s/%d", vnet->name, inaddr_str(w->arena, &a->addr), a->len);
}

static void
given_route(struct worker *w, const struct vnet *vnet, const struct given_route *g)
{
	enum family f = g->to.addr.family;
	struct route route = { .to = g->to, .given = true, .why = g->at, .kind = ROUTE_VIA, .via = g->via, .node = g->node };

	vec_each (struct subnet *const *, s, &w->t->subnets)
		vec_each (const struct subnet_prefix *, p, &(*s)->prefixes)
			if (prefix_equal(&p->prefix, &g->to))
				route.subnet = *s;
	switch (g->kind) {
	case VIA_TAKEN_AWAY:
		return;
	case VIA_REJECT:
		route.kind = ROUTE_REJECT;
		break;
	case VIA_BLACKHOLE:
		route.kind = ROUTE_BLACKHOLE;
		break;
	case VIA_ADDRESS:
		if (g->node == vnet) {
			off_link(w, vnet, g, "routes to itself");
			return;
		}
		if (g->node != NULL) {
			const struct address *address = shared_address(w->anywhere[f], vnet, g->node, &route.iface);

			if (address == NULL) {
				if (!vnet->broken && !g->node->broken)
					off_link(w, vnet, g, arena_printf(w->arena, "cannot reach %s directly", g->node->name));
				return;
			}
			route.via = address->addr;
			break;
		}
		if (g->via.family != f) {
			off_link(w, vnet, g, arena_printf(w->arena, "cannot use this route: %s is %s, %s %s", prefix_str(w->arena, &g->to), family_name(f),
			    inaddr_str(w->arena, &g->via), family_name(g->via.family)));
			return;
		}
		vec_each (struct iface *const *, i, &vnet->ifaces) {
			vec_each (const struct address *, a, &(*i)->addresses) {
				if (inaddr_equal(&a->addr, &g->via)) {
					off_link(w, vnet, g, "routes to itself");
					return;
				}
			}
		}
		route.iface = leaves_by(w, vnet, &g->via);
		if (route.iface == NULL && w->routes->of[vnet->index].lease[f] == NULL && !vnet->broken) {
			off_link(w, vnet, g, arena_printf(w->arena, "cannot reach %s directly", inaddr_str(w->arena, &g->via)));
			return;
		}
		break;
	}
	if (vnet->kind == VNET_MACHINE && g->to.len == 0 && route.kind == ROUTE_VIA) {
		route.dflt = true;
		w->routes->of[vnet->index].dflt[f] = kept(w, &route);
		return;
	}
	add_route(w, &w->routes->of[vnet->index], f, route);
}

struct placed { size_t subnet, at; struct route route; };

static int
by_destination(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	return (x->subnet != y->subnet ? (x->subnet > y->subnet) - (x->subnet < y->subnet) : (x->at > y->at) - (x->at < y->at));
}

/* Given routes into subnets of the file between those that were worked out: who writes out what would be worked out gets the same. */
static void
put_in_order(struct worker *w, struct forwarding *forwarding, enum family f)
{
	size_t n = forwarding->routes[f].n;
	struct placed *placed = NEW_ARRAY(w->scratch, struct placed, n);

	for (size_t i = 0; i < n; i++) {
		const struct route *r = &forwarding->routes[f].v[i];

		placed[i] = (struct placed) { r->subnet != NULL ? r->subnet->index : SIZE_MAX, i, *r };
	}
	if (n > 1)
		qsort(placed, n, sizeof(placed[0]), by_destination);
	for (size_t i = 0; i < n; i++)
		forwarding->routes[f].v[i] = placed[i].route;
}

/* What gateways outside must know */

static void
tell_outside(struct worker *w, const struct subnet *subnet, const struct subnet_prefix *p, struct outside_route needed)
{
	struct diag *d;

	needed.to = p->prefix;
	needed.subnet = subnet;
	*vec_push(w->arena, &w->routes->outside) = needed;
	if (subnet->routed)
		return;
	d = diag_add(w->diags, &rule_return_route_outside, p->at, "%s needs a route: %s via %s", needed.who, prefix_str(w->arena, &needed.to),
	    inaddr_str(w->arena, &needed.via));
	diag_help(w->diags, d, "routed: true on %s once it has it", subnet_shown(w->arena, subnet));
}

/* A machine's routes are all in the file; its default route leads elsewhere. */
static bool
has_route(const struct vnet *machine, const struct prefix *to)
{
	vec_each (const struct given_route *, g, &machine->routes)
		if (g->to.len != 0 && g->kind == VIA_ADDRESS && prefix_within(to, &g->to))
			return (true);
	return (false);
}

/* Follows the default routes from the subnet's own gateway until one leads out of the file. */
static void
return_route(struct worker *w, const struct subnet *subnet, const struct subnet_prefix *p)
{
	enum family f = p->prefix.addr.family;
	const struct vnet *router = subnet->gateway[f].kind == GW_NODE ? subnet->gateway[f].node : NULL;

	for (size_t passed = 0; router != NULL && passed <= w->t->vnets.n; passed++) {
		const struct forwarding *forwarding = &w->routes->of[router->index];
		const struct route *dflt = forwarding->dflt[f];
		struct outside_route needed = { .router = router };
		const struct iface *out = dflt != NULL ? dflt->iface : forwarding->lease[f];

		if (!router->forwards[f] || (f == INET && vnet_translates(router)) || out == NULL)
			return;
		if (dflt != NULL && dflt->node != NULL && dflt->node->kind != VNET_MACHINE) {
			router = dflt->node;
			continue;
		}
		/* Who stands in it needs no route there. */
		if (dflt != NULL && (prefix_has(&p->prefix, &dflt->via) || (dflt->node != NULL && has_route(dflt->node, &p->prefix))))
			return;
		vec_each (const struct address *, a, &out->addresses) {
			if (a->addr.family == f && !inaddr_is_link_local(&a->addr) && (dflt == NULL || a->subnet == NULL ||
			    inaddr_is_link_local(&dflt->via) || subnet_prefix_of(a->subnet, &dflt->via) != NULL)) {
				needed.via = a->addr;
				needed.who = dflt != NULL ? dflt->node != NULL ? dflt->node->name : inaddr_str(w->arena, &dflt->via) :
				    arena_printf(w->arena, "the router that leases to %s", router->name);
				tell_outside(w, subnet, p, needed);
				return;
			}
		}
		return;
	}
}

struct routes *
routes_work_out(struct arena *arena, struct diags *diags, const struct topology *topology)
{
	struct worker w = { .arena = arena, .scratch = arena_child(arena), .diags = diags, .t = topology };

	vec_each (struct vnet *const *, v, &topology->vnets)
		w.machines |= (*v)->kind == VNET_MACHINE && ((*v)->forwards[INET] || (*v)->forwards[INET6]);
	w.routes = NEW(arena, struct routes);
	w.routes->topology = topology;
	w.routes->of = NEW_ARRAY(arena, struct forwarding, topology->vnets.n);
	w.distance = NEW_ARRAY(w.scratch, int, topology->vnets.n);
	w.nearest = NEW_ARRAY(w.scratch, int, topology->subnets.n);
	w.sure = NEW_ARRAY(w.scratch, bool, topology->vnets.n);
	for (size_t i = 0; i < topology->vnets.n; i++)
		w.distance[i] = FAR;
	for (size_t i = 0; i < topology->subnets.n; i++)
		w.nearest[i] = FAR;
	find_standings(&w);
	vec_each (struct subnet *const *, s, &topology->subnets) {
		behind_nobody(&w, *s);
		gateway_on_subnet(&w, *s);
	}
	vec_each (struct vnet *const *, v, &topology->vnets) {
		w.routes->of[(*v)->index].vnet = *v;
		for (int f = 0; f < FAMILIES; f++)
			work_out_default(&w, *v, f);
		check_defaults(&w, *v);
	}
	for (int f = 0; f < FAMILIES; f++) {
		find_seekers(&w, f);
		vec_each (struct subnet *const *, s, &topology->subnets) {
			if ((*s)->island || !subnet_has_family(*s, f))
				continue;
			/* First by ways that are known to lead there, then, for those who have none, by machines that have yet to learn it. */
			for (int hope = 0; hope < (w.machines ? 2 : 1); hope++) {
				w.hopeful = hope != 0;
				ways_to(&w, *s, f);
			}
		}
	}
	vec_each (struct vnet *const *, v, &topology->vnets) {
		vec_each (const struct given_route *, g, &(*v)->routes)
			given_route(&w, *v, g);
		for (int f = 0; f < FAMILIES && (*v)->routes.n != 0; f++)
			put_in_order(&w, &w.routes->of[(*v)->index], (enum family)f);
	}
	vec_each (struct subnet *const *, s, &topology->subnets)
		vec_each (const struct subnet_prefix *, p, &(*s)->prefixes)
			if (!(*s)->island)
				return_route(&w, *s, p);
	arena_free(w.scratch);
	return (w.routes);
}

static void
dump_route(struct arena *arena, const struct route *r, FILE *out)
{
	fprintf(out, "\t%s ", r->dflt ? "default" : prefix_str(arena, &r->to));
	if (r->kind == ROUTE_VIA)
		fprintf(out, "via %s", inaddr_str(arena, &r->via));
	else
		fprintf(out, "%s", r->kind == ROUTE_REJECT ? "reject" : "blackhole");
	if (r->node != NULL)
		fprintf(out, " of %s", r->node->name);
	if (r->iface != NULL)
		fprintf(out, " by %s", r->iface->name);
	if (r->name != NULL)
		fprintf(out, " as %s", r->name);
	fprintf(out, "%s\n", r->given ? " given" : "");
}

void
routes_dump(const struct routes *routes, FILE *out)
{
	struct arena *arena = routes->topology->arena;

	vec_each (struct vnet *const *, v, &routes->topology->vnets) {
		const struct forwarding *forwarding = &routes->of[(*v)->index];

		fprintf(out, "%s\n", (*v)->kind == VNET_HOST ? (*v)->shown : (*v)->name);
		for (int f = 0; f < FAMILIES; f++) {
			vec_each (const struct route *, r, &forwarding->routes[f])
				dump_route(arena, r, out);
			if (forwarding->dflt[f] != NULL)
				dump_route(arena, forwarding->dflt[f], out);
			if (forwarding->lease[f] != NULL)
				fprintf(out, "\t%s default by a lease on %s\n", family_word(f), forwarding->lease[f]->name);
		}
	}
	vec_each (const struct outside_route *, o, &routes->outside)
		fprintf(out, "outside: %s needs %s via %s\n", o->who, prefix_str(arena, &o->to), inaddr_str(arena, &o->via));
}
