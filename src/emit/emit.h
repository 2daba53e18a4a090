/* SPDX-License-Identifier: BSD-2-Clause */
/* Emitters: a plan written as files. They decide nothing. */
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/outdir.h"
#include "plan/plan.h"

struct emitter {
	const char *name, *summary;
	bool (*emit)(const struct plan *, struct arena *, struct outdir *, const char **error);     /* false: *error says why */
};

extern const struct emitter *const emitters[];          /* ends with NULL */

/* All outputs of a build into a set of files. */
bool emit_all(const struct plan *, struct arena *, struct outdir *, const char **error);

/* The graph on a stream: for Graphviz, and as JSON (docs/graph-json.md). */
void emit_graph_dot(const struct plan *, FILE *);
void emit_graph_json(const struct plan *, FILE *);

/* vnetc show */
enum table { TABLE_ADDRESSES, TABLE_INTERFACES, TABLE_ROUTES, TABLE_JAILS, TABLES };
enum table_format { TABLE_TEXT, TABLE_MARKDOWN, TABLE_JSON };
extern const char *const table_names[TABLES];           /* "addresses", "interfaces", "routes", "jails" */
void emit_table(const struct plan *, enum table, enum table_format, FILE *);

#endif
