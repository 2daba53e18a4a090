/* SPDX-License-Identifier: BSD-2-Clause */
/* An order that is put together from lists, each of which names some of the things in their order. */
#ifndef IMPORT_ORDER_H
#define IMPORT_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define ORDER_NONE ((size_t)-1)

/* Of n things, by their numbers. */
struct order { struct arena *arena; size_t n, last; bool *before; };

void order_init(struct order *, struct arena *, size_t n);
/* A new list begins. What contradicts earlier lists is passed over. */
void order_list(struct order *);
void order_next(struct order *, size_t);
/* The numbers in their order; what no list speaks of stays where it is as far as it can. */
const size_t *order_done(const struct order *);

#endif
