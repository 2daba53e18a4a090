/* SPDX-License-Identifier: BSD-2-Clause */
/* Expectations: what a topology says must reach what, proved (language.md 7). */
#ifndef ROUTE_EXPECT_H
#define ROUTE_EXPECT_H

#include "graph/linkgraph.h"
#include "route/routes.h"

/* Proves all expectations. Reports those that fail, that contradict each other, and names in them that nothing has. */
void expectations_prove(struct arena *, struct diags *, const struct topology *, const struct linkgraph *, const struct routes *);

#endif
