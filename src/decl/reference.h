/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table as a chapter to read. */
#ifndef DECL_REFERENCE_H
#define DECL_REFERENCE_H

#include <stdio.h>

/* docs/reference.md: Markdown, a section a record, a heading a key. */
void reference_write(FILE *);

#endif
