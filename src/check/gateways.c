/* SPDX-License-Identifier: BSD-2-Clause */
/* Gateways: whether they are where they must be, and whether who holds them forwards. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static const struct subnet_prefix *
prefix_of_family(const struct subnet *subnet, enum family family)
{
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes)
		if (p->prefix.addr.family == family)
			return (p);
	return (NULL);
}

static bool
is_carried(const struct subnet *subnet)
{
	return (subnet->links.n != 0 || subnet->ends.n != 0);
}

/* The node's own network, for who reads that something is not in it. */
static void
note_networks(const struct subject *s, struct diags *ds, struct diag *d, const struct vnet *vnet, enum family family)
{
	size_t told = 0;

	vec_each (struct iface *const *, i, &vnet->ifaces) {
		vec_each (const struct address *, a, &(*i)->addresses) {
			if (a->addr.family != family || told++ >= 4)
				continue;
			diag_note(ds, d, a->at, "%s has %s/%d", who(vnet), inaddr_str(s->arena, &a->addr), a->len);
		}
	}
	if (told == 0)
		diag_note(ds, d, vnet->at, "%s has no %s address", who(vnet), family_name(family));
}

static bool
on_link(const struct vnet *vnet, const struct inaddr *addr)
{
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		vec_each (struct subnet *const *, n, &(*i)->subnets)
			if (subnet_prefix_of(*n, addr) != NULL)
				return (true);
		vec_each (const struct inaddr *, p, &(*i)->peers)
			if (inaddr_equal(p, addr))
				return (true);
	}
	return (false);
}

static bool
has_lease(const struct vnet *vnet, enum family family)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if (family == INET ? (*i)->dhcp : (*i)->slaac)
			return (true);
	return (false);
}

static void
gateway_outside_subnet(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology *t = s->topology;

	for (int f = 0; f < FAMILIES; f++) {
		vec_each (struct subnet *const *, n, &t->subnets) {
			const struct gateway *g = &(*n)->gateway[f];
			const struct subnet_prefix *p = prefix_of_family(*n, f);
			struct diag *d;

			if (g->kind != GW_ADDRESS || (f == INET6 && inaddr_is_link_local(&g->addr)) ||
			    subnet_prefix_of(*n, &g->addr) != NULL)
				continue;
			d = diag_add(ds, check->rule, g->at, "gateway %s is not in subnet %s", inaddr_str(s->arena, &g->addr),
			    (*n)->name);
			if (p != NULL)
				diag_note(ds, d, p->at, "%s is %s", (*n)->name, prefix_str(s->arena, &p->prefix));
			else
				diag_note(ds, d, (*n)->at, "%s has no %s prefix", (*n)->name, family_name(f));
		}
		vec_each (struct vnet *const *, v, &t->vnets) {
			const struct gateway *g = &(*v)->gateway[f];
			struct diag *d;

			if (g->kind != GW_ADDRESS || (f == INET6 && inaddr_is_link_local(&g->addr)) || has_lease(*v, f) ||
			    on_link(*v, &g->addr))
				continue;
			d = diag_add(ds, check->rule, g->at, "gateway %s is in no subnet of %s", inaddr_str(s->arena, &g->addr),
			    who(*v));
			note_networks(s, ds, d, *v, f);
		}
	}
}

/* In the stage before routes: what it tells keeps those from being worked out, and so everything that would follow from it silent.
 */
const struct check check_gateway_outside_subnet = { &rule_gateway_outside_subnet, CHECK_LINKS, gateway_outside_subnet };

static void
gateway_in_file(const struct subject *s, struct diags *ds, const struct map *all, const struct gateway *g,
    const struct v_strs *written)
{
	const struct holder *holder = g->kind == GW_ADDRESS ? inaddr_get(all, &g->addr) : NULL;
	struct diag *d;

	if (holder == NULL || holder->vnet->kind == VNET_MACHINE || diag_told(ds, &rule_gateway_outside_subnet, g->at))
		return;
	d = diag_add(ds, &rule_gateway_address_in_file, g->at, "gateway %s is %s itself", inaddr_str(s->arena, &g->addr), who(holder->vnet));
	diag_note(ds, d, holder->address->at, "%s has it", who(holder->vnet));
	diag_help(ds, d, "gateway: %s", holder->vnet->name);
	/* In a list of two, the name would stand twice. */
	if (written->n == 1)
		diag_fix(ds, d, g->at, "%s", holder->vnet->name);
}

static void
gateway_address_in_file(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology *t = s->topology;
	const struct map *all = address_holders(s);

	(void)check;
	for (int f = 0; f < FAMILIES; f++) {
		vec_each (struct subnet *const *, n, &t->subnets)
			if ((*n)->decl != NULL)
				gateway_in_file(s, ds, all, &(*n)->gateway[f], &(*n)->decl->gateway);
		if (t->decl->host != NULL)
			gateway_in_file(s, ds, all, &t->host->gateway[f], &t->decl->host->gateway);
		vec_each (struct jail *const *, j, &t->jails)
			if ((*j)->vnet != NULL)
				gateway_in_file(s, ds, all, &(*j)->vnet->gateway[f], &(*j)->decl->gateway);
	}
}

const struct check check_gateway_address_in_file = { &rule_gateway_address_in_file, CHECK_LINKS, gateway_address_in_file };

/* Of one list the gateways of each family: an address is of its own, a name of both that no address has. */
static void
one_of_each(const struct subject *s, struct diags *ds, const struct v_strs *written, const char *name)
{
	const struct v_str *first[FAMILIES] = { NULL, NULL }, *named = NULL;

	for (size_t i = 0; i < written->n; i++) {
		const struct v_str *v = &written->v[i], *other;
		struct inaddr addr;
		bool is_address = inaddr_parse(arena_strndup(s->arena, v->v, strcspn(v->v, "%")), &addr);
		struct diag *d;

		if (is_address) {
			other = first[addr.family];
			if (other == NULL)
				first[addr.family] = v;
		} else {
			other = named;
			named = v;
		}
		if (other == NULL)
			continue;
		if (is_address)
			d = diag_add(ds, &rule_two_gateways, v->at, "%s has two %s gateways", name, family_name(addr.family));
		else
			d = diag_add(ds, &rule_two_gateways, v->at, "%s has two gateways: %s and %s", name, other->v, v->v);
		diag_note(ds, d, other->at, "the first");
	}
}

static void
two_gateways(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology_decl *t = s->topology->decl;

	(void)check;
	for (size_t i = 0; i < t->subnets.n; i++)
		one_of_each(s, ds, &t->subnets.v[i]->gateway, t->subnets.v[i]->item.key);
	for (size_t i = 0; i < t->jails.n; i++)
		one_of_each(s, ds, &t->jails.v[i]->gateway, t->jails.v[i]->item.key);
	if (t->host != NULL)
		one_of_each(s, ds, &t->host->gateway, "the host");
}

const struct check check_two_gateways = { &rule_two_gateways, CHECK_LINKS, two_gateways };

static void
with_zone(const struct subject *s, struct diags *ds, const struct v_str *v)
{
	const char *percent = given(&v->at) ? strchr(v->v, '%') : NULL, *plain;
	struct inaddr addr;
	struct diag *d;

	if (percent == NULL)
		return;
	plain = arena_strndup(s->arena, v->v, (size_t)(percent - v->v));
	d = diag_add(ds, &rule_bad_zone, v->at, "%s: write %s", str_shown(s->arena, v->v), str_shown(s->arena, plain));
	if (!inaddr_parse(plain, &addr))
		return;
	diag_help(ds, d, "%s", plain);
	diag_fix(ds, d, v->at, "\"%s\"", plain);
}

/* On a node with several links of IPv6 a link-local next hop may be on any of them. */
static void
which_link(const struct subject *s, struct diags *ds, const struct vnet *vnet, const struct inaddr *via, struct span at)
{
	const struct iface *found[4];
	size_t n = 0;
	struct diag *d;

	if (via->family != INET6 || !inaddr_is_link_local(via))
		return;
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		if ((*i)->link == NULL || !iface_has_family(*i, INET6))
			continue;
		if ((*i)->dflt)
			return;
		if (n < sizeof(found) / sizeof(found[0]))
			found[n] = *i;
		n++;
	}
	if (n < 2)
		return;
	d = diag_add(ds, &rule_bad_zone, at, "which interface of %s leads to %s?", who(vnet), inaddr_str(s->arena, via));
	for (size_t i = 0; i < n && i < sizeof(found) / sizeof(found[0]); i++)
		diag_note(ds, d, found[i]->at, "%s has IPv6 on %s", who(vnet), way_shown(found[i]));
	diag_help(ds, d, "default: true on one interface");
}

static void
zones_of(const struct subject *s, struct diags *ds, const struct v_strs *gateways, struct decl_route *const *routes, size_t n)
{
	for (size_t i = 0; gateways != NULL && i < gateways->n; i++)
		with_zone(s, ds, &gateways->v[i]);
	for (size_t i = 0; i < n; i++)
		with_zone(s, ds, &routes[i]->via);
}

static void
bad_zone(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology_decl *t = s->topology->decl;

	(void)check;
	for (size_t i = 0; i < t->subnets.n; i++)
		zones_of(s, ds, &t->subnets.v[i]->gateway, NULL, 0);
	if (t->host != NULL)
		zones_of(s, ds, &t->host->gateway, t->host->routes.v, t->host->routes.n);
	for (size_t i = 0; i < t->jails.n; i++)
		zones_of(s, ds, &t->jails.v[i]->gateway, t->jails.v[i]->routes.v, t->jails.v[i]->routes.n);
	for (size_t i = 0; i < t->machines.n; i++)
		zones_of(s, ds, NULL, t->machines.v[i]->routes.v, t->machines.v[i]->routes.n);
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		if ((*v)->gateway[INET6].kind == GW_ADDRESS)
			which_link(s, ds, *v, &(*v)->gateway[INET6].addr, (*v)->gateway[INET6].at);
		vec_each (const struct given_route *, r, &(*v)->routes)
			if (r->kind == VIA_ADDRESS && r->node == NULL)
				which_link(s, ds, *v, &r->via, r->via_at);
	}
}

const struct check check_bad_zone = { &rule_bad_zone, CHECK_LINKS, bad_zone };

/* Does the node have addresses of a family anywhere: a subnet that nothing carries lies behind it by them. */
static bool
has_family(const struct vnet *vnet, enum family family)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if (iface_has_family(*i, family))
			return (true);
	return (false);
}

/* The node's own addresses lie in the subnet: it need not forward to be all of it. */
static bool
holds(const struct vnet *vnet, const struct subnet *subnet)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		vec_each (const struct address *, a, &(*i)->addresses)
			if (subnet_prefix_of(subnet, &a->addr) != NULL)
				return (true);
	return (false);
}

static void
does_not_forward(const struct subject *s, struct diags *ds, const struct gateway *g, enum family f, const char *of)
{
	struct diag *d = diag_add(ds, &rule_gateway_not_router, g->at, "%s is the gateway of %s and does not forward %s",
	    who(g->node), of, family_name(f));

	not_a_router(s, ds, d, g->node);
}

static void
gateway_not_router(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	for (int f = 0; f < FAMILIES; f++) {
		vec_each (struct subnet *const *, n, &s->topology->subnets) {
			const struct gateway *g = &(*n)->gateway[f];

			if (g->kind != GW_NODE || !subnet_has_family(*n, f) || g->node->forwards[f] || g->node->broken ||
			    diag_told(ds, &rule_gateway_not_on_subnet, g->at))
				continue;
			if (is_carried(*n) ? vnet_stands_in(g->node, *n, f) : has_family(g->node, f) && !holds(g->node, *n))
				does_not_forward(s, ds, g, f, (*n)->name);
		}
		vec_each (struct vnet *const *, v, &s->topology->vnets) {
			const struct gateway *g = &(*v)->gateway[f];
			const struct route *route = s->routes->of[(*v)->index].dflt[f];

			if (g->kind == GW_NODE && route != NULL && route->node == g->node && !g->node->forwards[f])
				does_not_forward(s, ds, g, f, who(*v));
		}
	}
}

const struct check check_gateway_not_router = { &rule_gateway_not_router, CHECK_ROUTES, gateway_not_router };

static bool
used_with(const struct subnet *subnet, enum family family)
{
	vec_each (struct iface *const *, i, &subnet->ends)
		vec_each (const struct address *, a, &(*i)->addresses)
			if (a->subnet == subnet && a->addr.family == family)
				return (true);
	return (false);
}

static void
gateway_family_missing(const struct check *check, const struct subject *s, struct diags *ds)
{
	for (int f = 0; f < FAMILIES; f++) {
		vec_each (struct subnet *const *, n, &s->topology->subnets) {
			const struct gateway *other = &(*n)->gateway[!f];
			const struct subnet_prefix *p = prefix_of_family(*n, f);
			struct diag *d;

			if ((*n)->gateway[f].kind != GW_NONE_GIVEN || p == NULL ||
			    (other->kind != GW_ADDRESS && other->kind != GW_NODE) || !used_with(*n, f))
				continue;
			d = diag_add(ds, check->rule, other->at, "%s has no %s gateway", (*n)->name, family_name(f));
			diag_note(ds, d, p->at, "%s has %s", (*n)->name, prefix_str(s->arena, &p->prefix));
		}
	}
}

const struct check check_gateway_family_missing = { &rule_gateway_family_missing, CHECK_ROUTES, gateway_family_missing };

static bool
has_way_out(const struct subject *s, const struct vnet *vnet, enum family family)
{
	const struct forwarding *forwarding = &s->routes->of[vnet->index];

	if (forwarding->dflt[family] != NULL || forwarding->lease[family] != NULL)
		return (true);
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->managed_elsewhere && (*i)->dflt)
			return (true);
	vec_each (const struct route *, r, &forwarding->routes[family])
		if (r->to.len == 0)
			return (true);
	return (false);
}

/* gateway: none, routing: none or routes of its own: somebody has thought about how this node goes on. */
static bool
routed_by_hand(const struct vnet *vnet, enum family family)
{
	vec_each (const struct given_route *, g, &vnet->routes)
		if (g->to.addr.family == family)
			return (true);
	return (vnet->routing_none || vnet->gateway[family].kind != GW_NONE_GIVEN);
}

/* Of a subnet without any gateway: a node that cannot leave it, and a router of it that could take its packets on. */
static void
left_inside(const struct subject *s, const struct subnet *subnet, enum family family, const struct vnet **inside, const struct vnet **router)
{
	*inside = *router = NULL;
	vec_each (struct iface *const *, i, &subnet->ends) {
		const struct vnet *vnet = (*i)->vnet;

		if (!vnet_stands_in(vnet, subnet, family) || vnet->broken)
			continue;
		if (has_way_out(s, vnet, family)) {
			if (*router == NULL && vnet->forwards[family])
				*router = vnet;
		} else if (*inside == NULL && !vnet->forwards[family] && !routed_by_hand(vnet, family))
			*inside = vnet;
	}
}

static void
gateway_missing(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct subnet *const *, n, &s->topology->subnets) {
		for (int f = 0; f < FAMILIES; f++) {
			const struct vnet *inside, *router;
			struct diag *d;

			if ((*n)->name == NULL || (*n)->gateway[INET].kind != GW_NONE_GIVEN || (*n)->gateway[INET6].kind != GW_NONE_GIVEN)
				continue;
			left_inside(s, *n, f, &inside, &router);
			if (inside == NULL || router == NULL)
				continue;
			d = diag_add(ds, check->rule, (*n)->at, "%s has no gateway: nothing leads from %s to what is not in this file", (*n)->name,
			    who(inside));
			written_here(s, ds, d, inside);
			diag_help(ds, d, "gateway: %s", router->name);
		}
	}
}

const struct check check_gateway_missing = { &rule_gateway_missing, CHECK_ROUTES, gateway_missing };

static void
gateway_without_way_out(const struct check *check, const struct subject *s, struct diags *ds)
{
	const bool *out = segments_leading_out(s);

	for (int f = 0; f < FAMILIES; f++) {
		vec_each (struct subnet *const *, n, &s->topology->subnets) {
			const struct gateway *g = &(*n)->gateway[f];
			const struct link *link = (*n)->links.n != 0 ? (*n)->links.v[0] : NULL;
			struct diag *d;

			/* A link-local gateway may be a node of the file, which its name could not say. */
			if (g->kind != GW_ADDRESS || link == NULL || out[link->segment->index] || link_holder(link, &g->addr) != NULL ||
			    (link->bridge != NULL && diag_told(ds, &rule_lonely_bridge, link->bridge->at)))
				continue;
			d = diag_add(ds, check->rule, g->at, "nobody on %s can hold the gateway %s", (*n)->name,
			    inaddr_str(s->arena, &g->addr));
			diag_note(ds, d, link->at, "%s lies on %s, which has no way out", (*n)->name, link->name);
			if (link->bridge != NULL)
				diag_help(ds, d, "gateway: the name of a node on it, or a NIC in %s", link->bridge->key);
			else
				diag_help(ds, d, "gateway: the name of a node on it");
		}
	}
}

const struct check check_gateway_without_way_out = { &rule_gateway_without_way_out, CHECK_ROUTES, gateway_without_way_out };

/* The gateway that a person wanted for a family in which a lease brings another. */
static void
beside_lease(const struct subject *s, struct diags *ds, const struct vnet *vnet, enum family f)
{
	const struct route *route = s->routes->of[vnet->index].dflt[f];
	const struct iface *lease = NULL;
	struct span at = { 0 };
	struct diag *d;

	if (route == NULL || diag_told(ds, &rule_two_default_routes, vnet->at))
		return;
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((f == INET ? (*i)->dhcp : (*i)->slaac) && *i != route->iface && lease == NULL)
			lease = *i;
	if (lease == NULL)
		return;
	if (vnet->gateway[f].kind != GW_NONE_GIVEN)
		at = vnet->gateway[f].at;
	else if (route->iface != NULL && route->iface->dflt)
		at = default_at(route->iface);
	if (!given(&at))
		return;
	d = diag_add(ds, &rule_gateway_beside_dhcp, at, "%s on %s may replace the default route %s",
	    f == INET ? "dhclient" : "slaac", way_shown(lease), inaddr_str(s->arena, &route->via));
	diag_note(ds, d, f == INET ? lease->dhcp_at : lease->slaac_at, "the lease");
}

static void
gateway_beside_dhcp(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		for (int f = 0; f < FAMILIES; f++)
			beside_lease(s, ds, *v, f);
}

const struct check check_gateway_beside_dhcp = { &rule_gateway_beside_dhcp, CHECK_ROUTES, gateway_beside_dhcp };
