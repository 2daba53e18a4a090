/* SPDX-License-Identifier: BSD-2-Clause */
/* The compilation: which pass follows which. */
#ifndef COMPILE_H
#define COMPILE_H

#include <stdbool.h>

#include "base/diag.h"
#include "decl/decl.h"
#include "graph/linkgraph.h"
#include "model/lock.h"
#include "model/model.h"
#include "plan/plan.h"
#include "route/routes.h"
#include "tree/tree.h"

enum stage { STAGE_TREE, STAGE_DECL, STAGE_MODEL, STAGE_LINKS, STAGE_ROUTES, STAGE_EXPECTATIONS, STAGE_PLAN, STAGES };
extern const char *const stage_names[STAGES];           /* "tree", "decl", "model", "links", "routes", "expectations", "plan" */

struct compilation {
	/* given by the caller */
	struct arena *arena;
	const char *name;               /* the topology's name as shown: its last component, or "-" */
	const char *text;
	size_t len;
	struct reader reader;           /* for includes */
	const char *lock_name, *lock_text;      /* lock_text NULL: there is none */
	size_t lock_len;
	const struct severities *severities;
	void (*begins)(const struct compilation *, enum stage, void *user);     /* told of each pass before it runs; NULL: nobody */
	void *user;

	/* what the passes made; NULL from the first pass that did not run */
	struct diags diags;
	struct load load;
	struct topology_decl *decl;
	struct lock lock;
	struct topology *topology;
	struct linkgraph *graph;
	struct routes *routes;
	struct plan *plan;
};

/* Runs the passes up to and including a stage; stops after the first stage in which errors were counted. True: no errors. */
bool compile(struct compilation *, enum stage last);
/* Frees what is not the arena's (the graph). The arena is the caller's. */
void compilation_free(struct compilation *);

#endif
