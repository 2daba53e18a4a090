/* SPDX-License-Identifier: BSD-2-Clause */
/* Translation: its exits, and the subnets behind them. */
#include "route/nat.h"

bool
vnet_translates(const struct vnet *vnet)
{
	return (vnet->nat_default || vnet->nat.n != 0);
}

void
nat_find_exits(struct arena *arena, const struct routes *routes, const struct vnet *vnet, nat_exits *exits)
{
	const struct forwarding *forwarding = &routes->of[vnet->index];

	vec_each (struct iface *const *, i, &vnet->nat)
		*vec_push(arena, exits) = *i;
	if (exits->n != 0)
		return;
	if (forwarding->dflt[INET] != NULL) {
		if (forwarding->dflt[INET]->iface != NULL)
			*vec_push(arena, exits) = forwarding->dflt[INET]->iface;
		return;
	}
	if (forwarding->lease[INET] != NULL) {
		*vec_push(arena, exits) = forwarding->lease[INET];
		return;
	}
	/* The default route may be another program's, with the interface that carries it. */
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		if ((*i)->managed_elsewhere && (*i)->dflt) {
			*vec_push(arena, exits) = *i;
			return;
		}
	}
}

/* As nat_find_exits, of one interface. */
static bool
is_exit(const struct forwarding *forwarding, const struct iface *iface)
{
	const struct route *dflt = forwarding->dflt[INET];

	vec_each (struct iface *const *, i, &forwarding->vnet->nat)
		if (*i == iface)
			return (true);
	if (forwarding->vnet->nat.n != 0)
		return (false);
	return ((dflt != NULL ? dflt->iface : forwarding->lease[INET]) == iface || (iface->managed_elsewhere && iface->dflt));
}

/* From a node the default routes of the file lead by this one. */
static bool
leads_by(const struct routes *routes, const struct vnet *at, const struct vnet *vnet)
{
	for (size_t passed = 0; at != NULL && passed <= routes->topology->vnets.n; passed++) {
		const struct route *dflt = routes->of[at->index].dflt[INET];

		if (at == vnet)
			return (true);
		at = dflt != NULL ? dflt->node : NULL;
	}
	return (false);
}

bool
nat_covers(const struct routes *routes, const struct vnet *vnet, const struct subnet *subnet)
{
	const struct gateway *gateway = &subnet->gateway[INET];

	if (gateway->kind == GW_NODE)
		return (leads_by(routes, gateway->node, vnet));
	if (gateway->kind != GW_NONE_GIVEN || subnet->island)
		return (false);
	/* No gateway is said of it: by those who stand in it. */
	vec_each (struct iface *const *, i, &subnet->ends)
		if ((*i)->vnet == vnet ? !is_exit(&routes->of[vnet->index], *i) : leads_by(routes, (*i)->vnet, vnet))
			return (true);
	return (false);
}
