/* SPDX-License-Identifier: BSD-2-Clause */
/* Growing arrays: doubling, so that a push costs the same however long the array is. */
#include "base/vec.h"

#include <stdint.h>

#define FIRST_BYTES ((size_t)32)

void *
vec_reserve(struct arena *a, void *v, size_t size, size_t n, size_t *cap)
{
	size_t more;

	if (n < *cap)
		return (v);
	/* Most arrays stay at one or two elements, so big elements begin with one. */
	more = *cap != 0 ? *cap * 2 : size >= FIRST_BYTES ? 1 : FIRST_BYTES / size;
	/* A size that cannot be is left to arena_grow, which has the one way out of memory. */
	v = arena_grow(a, v, *cap * size, more > SIZE_MAX / size / 2 ? SIZE_MAX : more * size);
	*cap = more;
	return (v);
}
