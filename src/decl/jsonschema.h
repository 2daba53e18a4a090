/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table as a JSON Schema, for editors. */
#ifndef DECL_JSONSCHEMA_H
#define DECL_JSONSCHEMA_H

#include <stdio.h>

/* Draft-07, which yaml-language-server knows best. It accepts what vnetc reads; what only vnetc can know (names that exist, keys
 * that exclude each other) it leaves to vnetc. */
void schema_write(FILE *);

#endif
