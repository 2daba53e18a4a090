/* SPDX-License-Identifier: BSD-2-Clause */
/* Many lists made one. */
#include "import/order.h"

#define LARGEST 2048            /* things that are put in order: what is known of them takes room by the square */

void
order_init(struct order *o, struct arena *a, size_t n)
{
	*o = (struct order){ .arena = a, .n = n, .last = ORDER_NONE };
	if (n <= LARGEST)
		o->before = NEW_ARRAY(a, bool, n * n);
}

void
order_list(struct order *o)
{
	o->last = ORDER_NONE;
}

/* Does it stand before the other by what is known so far? seen: where the search has been. */
static bool
is_before(const struct order *o, size_t one, size_t other, bool *seen)
{
	size_t *stack = NEW_ARRAY(o->arena, size_t, o->n), depth = 0;

	stack[depth++] = one;
	seen[one] = true;
	while (depth > 0) {
		size_t at = stack[--depth];

		if (at == other)
			return (true);
		for (size_t k = 0; k < o->n; k++)
			if (o->before[at * o->n + k] && !seen[k]) {
				seen[k] = true;
				stack[depth++] = k;
			}
	}
	return (false);
}

void
order_next(struct order *o, size_t it)
{
	if (o->before == NULL || it == o->last)
		return;
	if (o->last != ORDER_NONE && !o->before[o->last * o->n + it] && !is_before(o, it, o->last, NEW_ARRAY(o->arena, bool, o->n)))
		o->before[o->last * o->n + it] = true;
	o->last = it;
}

const size_t *
order_done(const struct order *o)
{
	size_t *done = NEW_ARRAY(o->arena, size_t, o->n);
	bool *placed = NEW_ARRAY(o->arena, bool, o->n);

	for (size_t n = 0; n < o->n; n++) {
		size_t next = ORDER_NONE;

		for (size_t i = 0; i < o->n && next == ORDER_NONE; i++) {
			bool free = !placed[i];

			for (size_t k = 0; k < o->n && free && o->before != NULL; k++)
				free = placed[k] || !o->before[k * o->n + i];
			if (free)
				next = i;
		}
		placed[next] = true;
		done[n] = next;
	}
	return (done);
}
