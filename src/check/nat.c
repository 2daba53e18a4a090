/* SPDX-License-Identifier: BSD-2-Clause */
/* Translation: nat and rdr of the host and of jails. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static bool
translates(const struct vnet *vnet)
{
	return (vnet->nat_default || vnet->nat.n != 0);
}

/* Where nat is written, else the first rdr. */
static struct span
translation_at(const struct topology *t, const struct vnet *vnet)
{
	const struct v_toggle *nat = nat_written(t, vnet);

	return (translates(vnet) && nat != NULL ? nat->at : vnet->rdr.v[0].at);
}

/* Nodes of which gateway-not-router has said that they do not forward. */
static bool *
told_routers(const struct subject *s, const struct diags *ds)
{
	bool *told = NEW_ARRAY(s->arena, bool, s->topology->vnets.n);

	vec_each (struct subnet *const *, n, &s->topology->subnets)
		if ((*n)->gateway[INET].kind == GW_NODE && diag_told(ds, &rule_gateway_not_router, (*n)->gateway[INET].at))
			told[(*n)->gateway[INET].node->index] = true;
	return (told);
}

static void
nat_without_router(const struct check *check, const struct subject *s, struct diags *ds)
{
	const bool *told = told_routers(s, ds);

	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		struct diag *d;

		if ((*v)->forwards[INET] || (!translates(*v) && (*v)->rdr.n == 0) || told[(*v)->index])
			continue;
		d = diag_add(ds, check->rule, translation_at(s->topology, *v), "%s does not forward, there is nothing to translate",
		    who(*v));
		not_a_router(s, ds, d, *v);
	}
}

const struct check check_nat_without_router = { &rule_nat_without_router, CHECK_ROUTES, nat_without_router };

static bool
has_default(const struct subject *s, const struct vnet *vnet)
{
	const struct forwarding *forwarding = &s->routes->of[vnet->index];

	if (forwarding->dflt[INET] != NULL || forwarding->lease[INET] != NULL)
		return (true);
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->managed_elsewhere && (*i)->dflt)
			return (true);
	return (false);
}

static bool
can_be_exit(const struct iface *iface)
{
	return (iface->managed_elsewhere || iface_has_family(iface, INET));
}

/* An interface that nat could name: it leads to a NIC by itself, or by a bridge that has one. */
static void
exit_help(struct diags *ds, struct diag *d, const struct vnet *vnet)
{
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		const struct link *link = (*i)->link;

		if (link != NULL && can_be_exit(*i) &&
		    (link->bridge != NULL ? uplink_member(link->bridge) != NULL : link->has_nic)) {
			diag_help(ds, d, "nat: %s", way_shown(*i));
			return;
		}
	}
}

static void
nat_without_exit(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		const struct v_toggle *nat = nat_written(s->topology, *v);
		struct diag *d;

		if ((*v)->nat_default && !has_default(s, *v)) {
			d = diag_add(ds, check->rule, nat->at, "%s has no way out to translate to", who(*v));
			exit_help(ds, d, *v);
		}
		for (size_t i = 0; i < (*v)->nat.n && i < nat->list.n; i++) {
			if (can_be_exit((*v)->nat.v[i]))
				continue;
			d = diag_add(ds, check->rule, nat->list.v[i].at,
			    "%s has no way out to translate to: it has no IPv4 address on %s", who(*v), nat->list.v[i].v);
			exit_help(ds, d, *v);
		}
	}
}

const struct check check_nat_without_exit = { &rule_nat_without_exit, CHECK_ROUTES, nat_without_exit };

/* By the node's own networks, by a static route, or by a default route that stays in the file. */
static bool
has_way(const struct subject *s, const struct vnet *vnet, const struct inaddr *to)
{
	const struct forwarding *forwarding = &s->routes->of[vnet->index];

	vec_each (struct iface *const *, i, &vnet->ifaces)
		vec_each (struct subnet *const *, n, &(*i)->subnets)
			if (subnet_prefix_of(*n, to) != NULL)
				return (true);
	vec_each (const struct route *, r, &forwarding->routes[to->family])
		if (r->kind == ROUTE_VIA && prefix_has(&r->to, to))
			return (true);
	return (forwarding->dflt[to->family] != NULL && forwarding->dflt[to->family]->node != NULL);
}

static bool
is_unset(const struct inaddr *addr)
{
	static const struct inaddr none;

	return (memcmp(addr->b, none.b, sizeof(none.b)) == 0);
}

static void
rdr_target(const struct subject *s, struct diags *ds, const struct vnet *vnet, const struct rdr *r, const struct decl_rdr *decl,
    const struct map *holders)
{
	struct diag *d;

	if (r->node != NULL ? is_unset(&r->to) : r->to.family != INET) {
		d = diag_add(ds, &rule_rdr_fault, decl->to.at, "rdr: %s has no IPv4 address", decl->to.v);
		if (r->node != NULL)
			written_here(s, ds, d, r->node);
		return;
	}
	if (inaddr_get(holders, &r->to) == NULL) {
		diag_add(ds, &rule_rdr_fault, decl->to.at, "rdr: nobody in the file has %s", decl->to.v);
		return;
	}
	if (!has_way(s, vnet, &r->to)) {
		d = diag_add(ds, &rule_rdr_fault, decl->to.at, "rdr: no way leads from %s to %s", who(vnet), decl->to.v);
		if (r->node != NULL)
			written_here(s, ds, d, r->node);
	}
}

static void
rdr_once(const struct subject *s, struct diags *ds, struct map *taken, struct rdr *r, const char *proto)
{
	const struct rdr *other = map_put(taken, arena_printf(s->arena, "%s %d", proto, r->port), r);
	struct diag *d;

	if (other == NULL)
		return;
	d = diag_add(ds, &rule_rdr_fault, r->at, "rdr: port %d of %s goes elsewhere already", r->port, proto);
	diag_note(ds, d, other->at, "the other item");
}

static void
rdr_fault(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *holders = address_holders(s);

	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		struct decl_rdr *const *decl = NULL;
		struct map *taken;
		struct diag *d;

		if ((*v)->rdr.n == 0)
			continue;
		taken = map_new(s->arena);
		decl = (*v)->jail != NULL ? (*v)->jail->decl->rdr.v : s->topology->decl->host->rdr.v;
		if (!translates(*v) && !has_default(s, *v)) {
			d = diag_add(ds, check->rule, (*v)->rdr.v[0].at,
			    "rdr: %s has neither nat nor a default route, nothing arrives", who(*v));
			written_here(s, ds, d, *v);
		}
		for (size_t i = 0; i < (*v)->rdr.n; i++) {
			struct rdr *r = &(*v)->rdr.v[i];

			rdr_target(s, ds, *v, r, decl[i], holders);
			if (r->tcp)
				rdr_once(s, ds, taken, r, "tcp");
			if (r->udp)
				rdr_once(s, ds, taken, r, "udp");
		}
	}
}

const struct check check_rdr_fault = { &rule_rdr_fault, CHECK_ROUTES, rdr_fault };
