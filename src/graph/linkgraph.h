/* SPDX-License-Identifier: BSD-2-Clause */
/* The link graph over libcgraph: vertices are network stacks and links, edges are attachments; C records are bound to both. */
#ifndef GRAPH_LINKGRAPH_H
#define GRAPH_LINKGRAPH_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "model/model.h"

struct linkgraph;

/* Builds the graph of a topology and finds what lies in one broadcast domain: sets link.segment. Reports the faults of the stage links
 * that only the graph shows (bridge-loop, subnet-on-two-bridges). Freed with linkgraph_free (cgraph has memory of its own;
 * where that runs out, it is as if the arena's did). */
struct linkgraph *linkgraph_build(struct arena *, struct diags *, struct topology *);
void linkgraph_free(struct linkgraph *);                /* NULL is allowed */

/* The links that cables lead to from one, in order of the cables; the cable's end on the other side comes with each. */
void linkgraph_each_joined(const struct linkgraph *, const struct link *, void (*)(struct link *, struct iface *near, struct iface *far, void *), void *);

/* vnetc dump links */
void linkgraph_dump(const struct linkgraph *, FILE *);

#endif
