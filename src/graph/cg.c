/* SPDX-License-Identifier: BSD-2-Clause */
/* The small face over libcgraph. */
#include <stdio.h>

#include "graph/cg.h"

Agraph_t *
cg_open(void)
{
	char name[] = "vnetc";

	return (agopen(name, Agundirected, NULL));
}

static void *
bind(void *object, size_t size)
{
	char record[] = "vnetc";

	return (agbindrec(object, record, (unsigned)size, 1));
}

Agnode_t *
cg_vertex(Agraph_t *graph, unsigned number, size_t record_size)
{
	char name[16];
	Agnode_t *node;

	snprintf(name, sizeof(name), "n%u", number);
	node = agnode(graph, name, 1);
	if (node != NULL)
		bind(node, record_size);
	return (node);
}

Agedge_t *
cg_edge(Agnode_t *a, Agnode_t *b, unsigned number, size_t record_size)
{
	char name[16];
	Agedge_t *edge;

	snprintf(name, sizeof(name), "e%u", number);
	edge = agedge(agraphof(a), a, b, name, 1);
	if (edge != NULL)
		bind(edge, record_size);
	return (edge);
}
