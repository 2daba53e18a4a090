/* SPDX-License-Identifier: BSD-2-Clause */
/* An order that is put together from lists, each of which names some of the things in their order. */
#ifndef IMPORT_ORDER_H
#define IMPORT_ORDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/vec.h"

#define ORDER_NONE ((size_t)-1)

/* Of n things, by their numbers. */
struct follows { size_t one, other, at; unsigned said; };       /* at: its number; said: what the lists that say so weigh together */
struct order { struct arena *arena; size_t n, last, *seen, list; unsigned weight; VEC(struct follows) all; };

void order_init(struct order *, struct arena *, size_t n);
enum order_weight { ORDER_HINT = 1, ORDER_SURE = 1 << 16 };
/* A new list begins. Where lists contradict each other, what weighs more counts, then what was said first. */
void order_list(struct order *, enum order_weight);
/* What the list has named before does not count again. */
void order_next(struct order *, size_t);
/* The numbers in their order; what no list speaks of stays where it is as far as it can. */
const size_t *order_done(const struct order *);

#endif
