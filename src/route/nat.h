/* SPDX-License-Identifier: BSD-2-Clause */
/* Translation: where a node translates, and whose packets (language.md 5, NAT). */
#ifndef ROUTE_NAT_H
#define ROUTE_NAT_H

#include "route/routes.h"

typedef VEC(const struct iface *) nat_exits;

bool vnet_translates(const struct vnet *);
/* The interfaces where a node translates what leaves: those that nat names, else the one of its IPv4 default route. */
void nat_find_exits(struct arena *, const struct routes *, const struct vnet *, nat_exits *);
/* Does the way from the subnet to the world lead through this node? Its own subnets' does where it is their gateway; of one without a
 * gateway where the node stands in it otherwise than by an exit, or the default route of somebody in it leads by the node. */
bool nat_covers(const struct routes *, const struct vnet *, const struct subnet *);

#endif
