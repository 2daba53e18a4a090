/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a cursor stands in a topology that is being written: read from the text alone, since half a line is no YAML. */
#ifndef CMD_LSP_PLACE_H
#define CMD_LSP_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "decl/tables.h"

struct place {
	const struct record *record;    /* whose keys stand here; NULL: nobody's */
	const struct field *field;      /* whose value is being written; NULL: a key is */
	bool name;                      /* the key is a name that the reader gives (of a bridge, a jail) */
	size_t off, len;                /* the word at the cursor */
	const char *word;
};

/* The place of a byte of the text. */
void place_find(struct arena *, const char *text, size_t len, size_t cursor, struct place *);

#endif
