/* SPDX-License-Identifier: BSD-2-Clause */
/* Routes worked out: default and static routes of every network stack, and what gateways outside the file must know (language.md 5). */
#ifndef ROUTE_ROUTES_H
#define ROUTE_ROUTES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "model/model.h"

enum route_kind { ROUTE_VIA, ROUTE_REJECT, ROUTE_BLACKHOLE };

struct route {
	bool dflt;
	struct prefix to;               /* unless dflt */
	enum route_kind kind;
	struct inaddr via;
	const struct vnet *node;        /* who has via; NULL: outside the file */
	const struct iface *iface;      /* by which it leaves; its name is the zone of a link-local via; NULL: not known */
	const struct subnet *subnet;    /* the subnet it leads to, where it is one */
	const char *name;               /* of a static route: the subnet's name or the prefix, unique in the stack and family, safe for rc */
	bool given;                     /* by routes: or gateway: of the node, not worked out */
	struct span why;
};

struct forwarding {                     /* of one network stack */
	const struct vnet *vnet;
	VEC(struct route) routes[FAMILIES];     /* static ones, worked out or given, in order of subnets, then given ones that lead elsewhere */
	VEC(struct route) learned[FAMILIES];    /* what routing: none leaves to a daemon inside: nobody writes them, proofs assume them */
	struct route *dflt[FAMILIES];           /* NULL: none, or by a lease */
	const struct iface *lease[FAMILIES];    /* the interface whose lease brings the default route; NULL: none */
	const struct vnet *lease_node[FAMILIES];        /* the gateway of the lease's subnet, where it is a node of the file; else NULL */
};

/* A route that somebody outside the file must have. */
struct outside_route {
	struct prefix to;
	struct inaddr via;
	const struct vnet *router;      /* who has via */
	const struct subnet *subnet;    /* to's */
	const char *who;                /* the gateway's address, or "the router that leases to guest3" */
};

struct routes {
	const struct topology *topology;
	struct forwarding *of;          /* by vnet.index */
	VEC(struct outside_route) outside;
};

/* Works out all routes. Reports the faults that stand in its way: two-default-routes, default-without-gateway, gateway-not-on-subnet,
 * gateway-behind-nobody, route-via-off-link; and the note return-route-outside. */
struct routes *routes_work_out(struct arena *, struct diags *, const struct topology *);

/* vnetc dump routes */
void routes_dump(const struct routes *, FILE *);

/* Does something of this family stand in the subnet with the node: an address, or a lease on an interface there? */
bool vnet_stands_in(const struct vnet *, const struct subnet *, enum family);

#endif
