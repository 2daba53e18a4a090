/* SPDX-License-Identifier: BSD-2-Clause */
/* What we use of libcgraph, with one face over its releases: names are char * in all of them, attribute values const only in newer ones. */
#ifndef GRAPH_CG_H
#define GRAPH_CG_H

#include <cgraph.h>

/* An undirected multigraph without a name. NULL: out of memory. */
Agraph_t *cg_open(void);
/* A new vertex, named by its number and never by a user's text; its record is at the front (AGDATA). */
Agnode_t *cg_vertex(Agraph_t *, unsigned number, size_t record_size);
/* A new edge, parallel ones allowed. */
Agedge_t *cg_edge(Agnode_t *, Agnode_t *, unsigned number, size_t record_size);

#endif
