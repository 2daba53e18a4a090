/* SPDX-License-Identifier: BSD-2-Clause */
/* Forwarding and routes of one network stack as rc.conf lines (freebsd.md 1.7). */
#include <string.h>

#include "plan/planning.h"

/* A link-local next hop needs the interface's name as it is in that stack. */
const char *
next_hop(struct planner *p, const struct route *route)
{
	const char *via = inaddr_str(p->arena, &route->via);

	if (inaddr_is_link_local(&route->via) && route->via.family == INET6 && route->iface != NULL)
		return (arena_printf(p->arena, "%s%%%s", via, route->iface->name));
	return (via);
}

const char *
route_value(struct planner *p, const struct route *route)
{
	const char *network = inaddr_str(p->arena, &route->to.addr);
	const char *to = route->to.addr.family == INET ? arena_printf(p->arena, "-net %s/%d", network, route->to.len) :
	    arena_printf(p->arena, "%s -prefixlen %d", network, route->to.len);

	if (route->kind == ROUTE_VIA)
		return (arena_printf(p->arena, "%s %s", to, next_hop(p, route)));
	return (arena_printf(p->arena, "%s %s -%s", to, route->to.addr.family == INET ? "127.0.0.1" : "::1",
	    route->kind == ROUTE_REJECT ? "reject" : "blackhole"));
}

/* A peer on an interface that is not point-to-point is reached by a route to the interface; it stands before those that lead through it. */
static void
peer_routes(struct planner *p, struct plan_file *file, const struct vnet *vnet)
{
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		const struct iface *iface = *i;

		if (point_to_point(iface) || iface->managed_elsewhere || iface->given_to != NULL || comes_with_jail(iface))
			continue;
		vec_each (const struct inaddr *, peer, &iface->peers) {
			const char *prefix = peer->family == INET ? "" : "ipv6_", *address = inaddr_str(p->arena, peer);
			const char *name = safename(p->arena, arena_printf(p->arena, "peer_%s", address));
			struct stanza *s = stanza_new(p, file, arena_printf(p->arena, "%s is at the other end of %s", address, iface->name),
			    asked_iface(p, iface), iface->at);

			stanza_append(p, s, arena_printf(p->arena, "%sstatic_routes", prefix), name);
			stanza_set(p, s, arena_printf(p->arena, "%sroute_%s", prefix, name), arena_printf(p->arena, "-host %s -iface %s",
			    address, iface->name));
		}
	}
}

static void
static_routes(struct planner *p, struct plan_file *file, const struct forwarding *forwarding, enum family f, const char *asked)
{
	const char *prefix = f == INET ? "" : "ipv6_";

	vec_each (const struct route *, r, &forwarding->routes[f]) {
		const char *title = r->kind != ROUTE_VIA ? arena_printf(p->arena, "no way to %s", prefix_str(p->arena, &r->to)) :
		    arena_printf(p->arena, "the way to %s%s%s", r->subnet != NULL && r->subnet->name != NULL ? r->subnet->name :
		    prefix_str(p->arena, &r->to), r->node != NULL ? " by " : "", r->node != NULL ? r->node->name : "");
		struct stanza *s;

		if (comes_with_jail(r->iface))
			continue;
		s = stanza_of(p, file, title, r->given || r->subnet == NULL || r->subnet->name == NULL ? asked :
		    asked_key(p, &r->subnet->at, arena_printf(p->arena, "subnets.%s", r->subnet->name)), r->why, true);

		stanza_append(p, s, arena_printf(p->arena, "%sstatic_routes", prefix), r->name);
		stanza_set(p, s, arena_printf(p->arena, "%sroute_%s", prefix, r->name), route_value(p, r));
	}
}

static void
default_routes(struct planner *p, struct plan_file *file, const struct forwarding *forwarding, const char *asked)
{
	for (int f = 0; f < FAMILIES; f++) {
		const struct route *r = forwarding->dflt[f];
		const struct iface *iface = r != NULL ? r->iface : NULL;
		const char *where = asked;
		struct stanza *s;

		if (r == NULL || comes_with_jail(iface))
			continue;
		if (!r->given && iface != NULL)
			vec_each (struct subnet *const *, sub, &iface->subnets)
				if ((*sub)->name != NULL && (*sub)->gateway[f].kind != GW_NONE_GIVEN)
					where = asked_key(p, &(*sub)->at, arena_printf(p->arena, "subnets.%s.gateway", (*sub)->name));
		s = stanza_of(p, file, r->node != NULL ? arena_printf(p->arena, "everything else by %s", r->node->name) : "everything else", where, r->why, false);
		stanza_set(p, s, f == INET ? "defaultrouter" : "ipv6_defaultrouter", next_hop(p, r));
	}
}

void
plan_routing(struct planner *p, struct plan_file *file, const struct vnet *vnet, const char *asked)
{
	const struct forwarding *forwarding = &p->routes->of[vnet->index];

	if (vnet->forwards[INET] || vnet->forwards[INET6]) {
		struct stanza *s = stanza_new(p, file, arena_printf(p->arena, "%s forwards", vnet->shown), asked, vnet->at);

		if (vnet->forwards[INET])
			stanza_set(p, s, "gateway_enable", "YES");
		if (vnet->forwards[INET6])
			stanza_set(p, s, "ipv6_gateway_enable", "YES");
	}
	peer_routes(p, file, vnet);
	static_routes(p, file, forwarding, INET, asked);
	static_routes(p, file, forwarding, INET6, asked);
	default_routes(p, file, forwarding, asked);
	plan_advertising(p, file, vnet, asked);
}
