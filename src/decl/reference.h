/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table as a chapter to read. */
#ifndef DECL_REFERENCE_H
#define DECL_REFERENCE_H

#include <stdio.h>

#include "decl/tables.h"

/* docs/reference.md: Markdown, a section a record, a heading a key. */
void reference_write(FILE *);

/* What a key takes, in words: "a number from 1 to 4094". */
struct arena;
const char *field_type(struct arena *, const struct field *);

#endif
