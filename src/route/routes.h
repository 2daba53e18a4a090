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
	const struct iface *iface;      /* by which it leaves; its name is the zone of a link-local via */
	const struct subnet *subnet;    /* the subnet it leads to, where it is one */
	const char *name;               /* of the static route: the subnet's name or the prefix, unique in the stack and family, safe for rc */
	bool given;                     /* by routes: or gateway: of the node, not worked out */
	struct span why;
};

struct forwarding {                     /* of one network stack */
	const struct vnet *vnet;
	VEC(struct route) routes[FAMILIES];     /* static ones in order of subnets, the default last (rc.d/routing's order) */
	const struct route *dflt[FAMILIES];     /* NULL: none, or by a lease */
};

/* A route that somebody outside the file must have. */
struct outside_route { struct prefix to; struct inaddr via; const struct subnet *subnet, *on; const struct inaddr *gateway; const char *who; };

struct routes {
	const struct topology *topology;
	struct forwarding *of;          /* by vnet.index */
	VEC(struct outside_route) outside;
};

struct routes *routes_work_out(struct arena *, struct diags *, const struct topology *);
void routes_dump(const struct routes *, FILE *);

#endif
