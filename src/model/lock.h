/* SPDX-License-Identifier: BSD-2-Clause */
/* The lock: what was allocated (epair and bridge units, automatic addresses), under the names of owners (language.md 6). */
#ifndef MODEL_LOCK_H
#define MODEL_LOCK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

struct lock {
	struct arena *arena;
	struct map *old;                /* "guest4/0/epair" -> "4", as read */
	struct map *now;                /* as allocated by this run */
	const struct source *source;    /* of the text read; NULL: none */
};

void lock_init(struct lock *, struct arena *);
/* Reads a lock's text; faults are lock-syntax with their place. */
void lock_read(struct lock *, struct diags *, const char *name, const char *text, size_t len);
const char *lock_old(const struct lock *, const char *owner);           /* NULL: not there */
void lock_set(struct lock *, const char *owner, const char *value);
/* The text of what this run allocated: sorted, one line each; "" when nothing was. */
const char *lock_text(const struct lock *);

#endif
