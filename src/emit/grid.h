/* SPDX-License-Identifier: BSD-2-Clause */
/* A table on its way out: as aligned text, Markdown or JSON. */
#ifndef EMIT_GRID_H
#define EMIT_GRID_H

#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

struct column {
	const char *head, *key;         /* for people; for JSON */
	/* In Markdown: prose; a code span; a code span where it is an address, else prose; a name that may be linked to its section. */
	enum { COL_TEXT, COL_CODE, COL_ADDRESS, COL_NODE } kind;
	bool list;                      /* JSON: an array, always */
};

struct grid {
	struct arena *arena;
	const struct column *columns;
	size_t ncolumns;
	VEC(strings *) rows;            /* each ncolumns cells; a cell is none, one or several values */
};

void grid_init(struct grid *, struct arena *, const struct column *, size_t ncolumns);
/* A new row's cells, empty. */
strings *grid_row(struct grid *);
/* Adds a value to a cell; NULL adds nothing. */
void grid_put(struct grid *, strings *cell, const char *value);

void grid_text(const struct grid *, FILE *);
void grid_json(const struct grid *, FILE *);
/* links: names of nodes lead to #NAME. from: the first column shown. */
void grid_markdown(const struct grid *, bool links, size_t from, struct text *);

/* Text that Markdown shows as it is. */
void markdown_text(struct text *, const char *);
/* A code span, safe inside a table. */
void markdown_code(struct text *, const char *);

#endif
