/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table as a chapter to read. */
#ifndef DECL_REFERENCE_H
#define DECL_REFERENCE_H

#include <stdio.h>

#include "base/arena.h"
#include "decl/tables.h"

/* What a key takes, in words, as Markdown. */
const char *field_type(struct arena *, const struct field *);

/* docs/reference.md: Markdown, a section a record, a heading a key. */
void reference_write(FILE *);
/* docs/vnetc.yaml.5: the same in mdoc. */
void manual_write(FILE *);

#endif
