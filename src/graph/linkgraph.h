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
 * that only the graph shows (bridge-loop, subnet-on-two-bridges). Freed with linkgraph_free (cgraph has its own memory). */
struct linkgraph *linkgraph_build(struct arena *, struct diags *, struct topology *);
void linkgraph_free(struct linkgraph *);

/* Walks. The order is that of the topology. */
void linkgraph_each_end(const struct linkgraph *, const struct link *, void (*)(struct iface *, void *), void *);
void linkgraph_dump(const struct linkgraph *, FILE *);

#endif
