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

bool
nat_covers(const struct routes *routes, const struct vnet *vnet, const struct subnet *subnet)
{
	const struct vnet *at = subnet->gateway[INET].kind == GW_NODE ? subnet->gateway[INET].node : NULL;

	for (size_t passed = 0; at != NULL && passed <= routes->topology->vnets.n; passed++) {
		const struct route *dflt = routes->of[at->index].dflt[INET];

		if (at == vnet)
			return (true);
		at = dflt != NULL ? dflt->node : NULL;
	}
	return (false);
}
