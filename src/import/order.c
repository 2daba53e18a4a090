/* SPDX-License-Identifier: BSD-2-Clause */
/* Many lists made one. */
#include "import/order.h"

#include <stdlib.h>

#define LARGEST 2048            /* things that are put in order: what is known of them takes room by the square */

void
order_list(struct order *o, enum order_weight weight)
{
	o->last = ORDER_NONE;
	o->weight = weight;
	o->list++;
}

void
order_init(struct order *o, struct arena *a, size_t n)
{
	*o = (struct order){ .arena = a, .n = n, .seen = NEW_ARRAY(a, size_t, n) };
	order_list(o, ORDER_SURE);
}

void
order_next(struct order *o, size_t it)
{
	size_t before = o->last;

	if (o->seen[it] == o->list)
		return;
	o->seen[it] = o->list;
	o->last = it;
	if (before == ORDER_NONE)
		return;
	vec_each (struct follows *, f, &o->all)
		if (f->one == before && f->other == it) {
			f->said += o->weight;
			return;
		}
	*vec_push(o->arena, &o->all) = (struct follows){ before, it, o->all.n, o->weight };
}

/* Does one stand before the other by what is accepted so far? */
static bool
is_before(const struct order *o, const bool *before, size_t one, size_t other)
{
	size_t *stack = NEW_ARRAY(o->arena, size_t, o->n), depth = 0;
	bool *seen = NEW_ARRAY(o->arena, bool, o->n);

	stack[depth++] = one;
	seen[one] = true;
	while (depth > 0) {
		size_t at = stack[--depth];

		if (at == other)
			return (true);
		for (size_t k = 0; k < o->n; k++)
			if (before[at * o->n + k] && !seen[k]) {
				seen[k] = true;
				stack[depth++] = k;
			}
	}
	return (false);
}

static int
by_weight(const void *a, const void *b)
{
	const struct follows *x = a, *y = b;

	return (x->said != y->said ? (x->said < y->said) - (x->said > y->said) : (x->at > y->at) - (x->at < y->at));
}

static bool *
accepted(const struct order *o)
{
	bool *before = NEW_ARRAY(o->arena, bool, o->n * o->n);
	struct follows *sorted = NEW_ARRAY(o->arena, struct follows, o->all.n);

	for (size_t i = 0; i < o->all.n; i++)
		sorted[i] = o->all.v[i];
	if (o->all.n > 1)
		qsort(sorted, o->all.n, sizeof(sorted[0]), by_weight);
	for (size_t i = 0; i < o->all.n; i++)
		if (!is_before(o, before, sorted[i].other, sorted[i].one))
			before[sorted[i].one * o->n + sorted[i].other] = true;
	return (before);
}

const size_t *
order_done(const struct order *o)
{
	size_t *done = NEW_ARRAY(o->arena, size_t, o->n);
	bool *placed = NEW_ARRAY(o->arena, bool, o->n), *before = o->n <= LARGEST ? accepted(o) : NULL;

	for (size_t n = 0; n < o->n; n++) {
		size_t next = ORDER_NONE;

		for (size_t i = 0; i < o->n && next == ORDER_NONE; i++) {
			bool free = !placed[i];

			for (size_t k = 0; k < o->n && free && before != NULL; k++)
				free = placed[k] || !before[k * o->n + i];
			if (free)
				next = i;
		}
		placed[next] = true;
		done[n] = next;
	}
	return (done);
}
