/* SPDX-License-Identifier: BSD-2-Clause */
/* Growing arrays over the arena: struct { size_t n, cap; T *v; } declared in place with VEC(T). */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type) struct { size_t n, cap; type *v; }

void *vec_reserve(struct arena *, void *v, size_t size, size_t n, size_t *cap);    /* room for one more after n */

/* Appends one element: *vec_push(arena, &vec) = value */
#define vec_push(a, vec) \
	((vec)->v = vec_reserve((a), (vec)->v, sizeof(*(vec)->v), (vec)->n, &(vec)->cap), &(vec)->v[(vec)->n++])

/* Walks a vector by pointer: vec_each(struct thing *, t, &things) { … } ; elements are visited in place,
 * and the body must not push to the same vector. */
#define vec_each(type, it, vec) for (type it = (vec)->v; it != NULL && it < (vec)->v + (vec)->n; it++)

#endif
