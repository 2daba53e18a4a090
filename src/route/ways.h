/* SPDX-License-Identifier: BSD-2-Clause */
/* What is odd about ways that nobody asked for: answers that come by other routers, large frames that a link between does not take. */
#ifndef ROUTE_WAYS_H
#define ROUTE_WAYS_H

#include "graph/linkgraph.h"
#include "route/routes.h"

/* Walks between subnets, one host of each. Reports asymmetric-path and mtu-narrows; and
 * routing-circle of what goes elsewhere. */
void ways_look(struct arena *, struct diags *, const struct topology *, const struct linkgraph *, const struct routes *);

#endif
