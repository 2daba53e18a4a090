/* SPDX-License-Identifier: BSD-2-Clause */
/* Given routes, routers and what they translate. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static void
duplicate_route(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		struct map *first = map_new(s->arena);

		vec_each (struct given_route *, r, &(*v)->routes) {
			const char *to = prefix_str(s->arena, &r->to);
			const struct given_route *other = map_put(first, to, r), *later = r;
			struct diag *d;

			if (other == NULL)
				continue;
			if (span_compare(&other->at, &r->at) > 0) {
				later = other;
				other = r;
			}
			d = diag_add(ds, check->rule, later->at, "%s has two routes", to);
			diag_note(ds, d, other->at, "the other one");
		}
	}
}

const struct check check_duplicate_route = { &rule_duplicate_route, CHECK_ROUTES, duplicate_route };

/* The prefixes that a node is on, each with the interface by which, and the lengths there are. */
struct networks { struct map *by; bool lengths[FAMILIES][129]; };

static void
connected(const struct subject *s, const struct vnet *vnet, struct networks *networks)
{
	*networks = (struct networks) { .by = map_new(s->arena) };
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		vec_each (struct subnet *const *, n, &(*i)->subnets) {
			vec_each (const struct subnet_prefix *, p, &(*n)->prefixes) {
				map_put(networks->by, prefix_str(s->arena, &p->prefix), *i);
				networks->lengths[p->prefix.addr.family][p->prefix.len] = true;
			}
		}
	}
}

/* The interface by which a node is on a prefix or on one that holds it. */
static const struct iface *
connected_to(const struct subject *s, const struct networks *networks, const struct prefix *to)
{
	for (struct prefix wider = *to; wider.len > 0; wider.len--) {
		const struct iface *found;

		if (!networks->lengths[to->addr.family][wider.len])
			continue;
		wider.addr = prefix_network(&wider);
		found = map_get(networks->by, prefix_str(s->arena, &wider));
		if (found != NULL)
			return (found);
	}
	return (NULL);
}

static void
route_to_connected(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		struct networks networks;

		if ((*v)->routes.n == 0)
			continue;
		connected(s, *v, &networks);
		vec_each (const struct given_route *, r, &(*v)->routes) {
			const struct iface *by = connected_to(s, &networks, &r->to);
			struct diag *d;

			if (by == NULL)
				continue;
			d = diag_add(ds, check->rule, r->at, "%s is on %s itself", who(*v), prefix_str(s->arena, &r->to));
			diag_note(ds, d, by->at, "by %s", way_shown(by));
		}
	}
}

const struct check check_route_to_connected = { &rule_route_to_connected, CHECK_ROUTES, route_to_connected };

/* Something of the route's destination is the node itself, or lies behind it on no link. */
static bool
is_destination(const struct subject *s, const struct vnet *node, const struct prefix *to)
{
	vec_each (struct iface *const *, i, &node->ifaces)
		vec_each (const struct address *, a, &(*i)->addresses)
			if (a->addr.family == to->addr.family && prefix_has(to, &a->addr))
				return (true);
	vec_each (struct subnet *const *, n, &s->topology->subnets) {
		const struct gateway *g = &(*n)->gateway[to->addr.family];

		if ((*n)->links.n != 0 || (*n)->ends.n != 0 || g->kind != GW_NODE || g->node != node)
			continue;
		vec_each (const struct subnet_prefix *, p, &(*n)->prefixes)
			if (prefix_overlaps(&p->prefix, to))
				return (true);
	}
	return (false);
}

static void
via_not_router(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *holders = address_holders(s);

	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (const struct given_route *, r, &(*v)->routes) {
			const struct holder *holder =
			    r->kind == VIA_ADDRESS && r->node == NULL ? inaddr_get(holders, &r->via) : NULL;
			const struct vnet *node = holder != NULL ? holder->vnet : r->node;
			struct diag *d;

			if (node == NULL || node == *v || node->broken || node->forwards[r->to.addr.family] ||
			    is_destination(s, node, &r->to))
				continue;
			d = diag_add(ds, check->rule, r->via_at, "%s does not forward", who(node));
			written_here(s, ds, d, node);
			diag_help(ds, d, "router: true on %s", node->name);
		}
	}
}

const struct check check_via_not_router = { &rule_via_not_router, CHECK_ROUTES, via_not_router };

static bool
is_tunnel(const struct iface *iface)
{
	switch (iface->kind) {
	case IF_GIF:
	case IF_GRE:
	case IF_WG:
	case IF_TUN:
	case IF_VXLAN:
	case IF_STF:
	case IF_IPSEC:
	case IF_PPP:
		return (true);
	case IF_NIC:
	case IF_EPAIR:
	case IF_BRIDGE:
	case IF_NGBRIDGE:
	case IF_VLAN:
	case IF_LAGG:
	case IF_TAP:
	case IF_VMNET:
	case IF_LO:
	case IF_PFLOG:
	case IF_PFSYNC:
	case IF_ENC:
	case IF_NG:
	case IF_WLAN:
	case IF_CARP:
	case IF_DISC:
		break;
	}
	return (false);
}

/* Subnets that a node is on; a lease without a declared one is a subnet too. only: the last found. */
static size_t
count_subnets(const struct subject *s, const struct vnet *vnet, const char **only)
{
	struct map *seen = map_new(s->arena);

	vec_each (struct iface *const *, i, &vnet->ifaces) {
		vec_each (struct subnet *const *, n, &(*i)->subnets) {
			*only = subnet_shown(s->arena, *n);
			map_put(seen, arena_printf(s->arena, "%zu", (*n)->index), *n);
		}
		if ((*i)->subnets.n == 0 && ((*i)->dhcp || (*i)->slaac)) {
			*only = way_shown(*i);
			map_put(seen, arena_printf(s->arena, "lease on %s", (*i)->name), *i);
		}
	}
	return (map_count(seen));
}

/* Networks beyond a router that the file does not show. */
static bool
leads_elsewhere(const struct vnet *vnet)
{
	if (vnet->nat_default || vnet->nat.n != 0 || vnet->kind == VNET_MACHINE)
		return (true);
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->managed_elsewhere || (*i)->has_tunnel || is_tunnel(*i))
			return (true);
	vec_each (const struct given_route *, r, &vnet->routes)
		if (r->to.len == family_bits(r->to.addr.family))
			return (true);
	return (false);
}

static void
idle_router(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology *t = s->topology;
	bool *behind = NEW_ARRAY(s->arena, bool, t->vnets.n);

	/* Who is gateway of what nothing carries is not idle; of who lacks the interface, gateway-not-on-subnet has spoken. */
	vec_each (struct subnet *const *, n, &t->subnets)
		for (int f = 0; f < FAMILIES; f++)
			if ((*n)->gateway[f].kind == GW_NODE && (((*n)->links.n == 0 && (*n)->ends.n == 0) ||
			    diag_told(ds, &rule_gateway_not_on_subnet, (*n)->gateway[f].at)))
				behind[(*n)->gateway[f].node->index] = true;
	vec_each (struct vnet *const *, v, &t->vnets) {
		const char *only = NULL;
		size_t n;

		if (!(*v)->router || behind[(*v)->index] || leads_elsewhere(*v))
			continue;
		n = count_subnets(s, *v, &only);
		if (n == 1)
			diag_add(ds, check->rule, router_at(t, *v), "%s forwards, but is only on %s", who(*v), only);
		else if (n == 0)
			diag_add(ds, check->rule, router_at(t, *v), "%s forwards, but is on no subnet", who(*v));
	}
}

const struct check check_idle_router = { &rule_idle_router, CHECK_ROUTES, idle_router };

static void
slaac_on_router(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		for (size_t k = 0; (*v)->kind != VNET_MACHINE && k < (*v)->ifaces.n; k++) {
			const struct iface *i = (*v)->ifaces.v[k];
			struct diag *d;

			if (!i->slaac || !(*v)->forwards[INET6])
				continue;
			d = diag_add(ds, check->rule, i->slaac_at, "a router takes no address by slaac");
			diag_note(ds, d, router_at(s->topology, *v), "%s forwards IPv6", who(*v));
			diag_help(ds, d, "router: [ipv4], or an address");
		}
	}
}

const struct check check_slaac_on_router = { &rule_slaac_on_router, CHECK_ROUTES, slaac_on_router };

static void
routing_without_daemon(const struct check *check, const struct subject *s, struct diags *ds)
{
	static const char *const daemons[] = { "routed_enable", "route6d_enable", "bird_enable", "frr_enable", "quagga_enable",
		"zebra_enable", "openbgpd_enable", "openospfd_enable", "ospfd_enable", "openrip_enable" };
	const struct topology *t = s->topology;

	vec_each (struct vnet *const *, v, &t->vnets) {
		const struct v_pairs *pairs = rc_conf_of(t, *v);
		const char *only = "no subnet";
		struct span at = (*v)->jail != NULL ? (*v)->jail->decl->routing.at : (*v)->at;
		bool runs = false;
		struct diag *d;

		if (!(*v)->routing_none)
			continue;
		if ((*v)->kind == VNET_HOST)
			at = t->decl->host->routing.at;
		for (size_t i = 0; i < sizeof(daemons) / sizeof(daemons[0]); i++)
			runs |= rc_conf_yes(pairs, daemons[i]);
		if (!runs) {
			d = diag_add(ds, check->rule, (*v)->at, "%s learns no routes: nothing in its rc_conf runs a daemon",
			    who(*v));
			diag_note(ds, d, at, "a daemon is to bring its routes");
			diag_help(ds, d, "rc_conf: {routed_enable: \"YES\"}");
		} else if (count_subnets(s, *v, &only) < 2 && !leads_elsewhere(*v)) {
			d = diag_add(ds, check->rule, (*v)->at, "%s learns no routes: it is only on %s", who(*v), only);
			diag_note(ds, d, at, "a daemon is to bring its routes");
		}
	}
}

const struct check check_routing_without_daemon = { &rule_routing_without_daemon, CHECK_ROUTES, routing_without_daemon };
