/* SPDX-License-Identifier: BSD-2-Clause */
/* Source texts and places in them. A span is a byte range; line and column are computed when printing. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct via;

struct source {
	const char *name;       /* as shown: relative to the topology's folder, "-" for standard input */
	const char *path;       /* as opened */
	const char *text;       /* NUL-terminated, BOM skipped */
	size_t len;
	uint32_t skipped;       /* bytes of BOM before the text: offsets in the file are this much greater */
	int order;              /* 0: the topology; includes in the order read */
	uint32_t nlines;
	const uint32_t *line;   /* line[i]: offset of line i (from 0) */
};

struct span {
	const struct source *src;       /* NULL: nowhere, "not given" */
	uint32_t off, len;
	const struct via *via;          /* NULL: used where it stands */
};

/* How a value came to where it is used, when it stands elsewhere in the text; a chain. A diagnostic tells the chain as notes. */
struct via {
	enum via_kind { VIA_ALIAS, VIA_MERGE, VIA_DEFAULTS, VIA_RANGE } kind;
	struct span at;                 /* the alias, merge, user of the default or range that brought it here */
};

/* A text as a source; builds the line table. name, path and text must outlive it. */
struct source *source_new(struct arena *, const char *name, const char *path, const char *text, size_t len, int order);

/* Line from 1, column from 1 in characters (code points), as an editor counts. */
void source_position(const struct source *, uint32_t off, uint32_t *line, uint32_t *column);
uint32_t source_line(const struct span *);                             /* 0 when nowhere */

static inline bool given(const struct span *s) { return (s->src != NULL); }
/* Order of two places: source order, offset; nowhere is last. */
int span_compare(const struct span *, const struct span *);

#endif
