/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of vnetc show and of the address plan, filled. */
#ifndef EMIT_TABLES_H
#define EMIT_TABLES_H

#include "emit/emit.h"
#include "emit/grid.h"

/* vnet: only that stack's rows; NULL: all. */
struct grid table_fill(struct arena *, const struct plan *, enum table, const struct vnet *);

#endif
