/* SPDX-License-Identifier: BSD-2-Clause */
/* The lock alone: what is read and kept comes back the same when it is read again. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/lock.h"

struct copying { struct lock *lock; };

static void
keep(const char *key, void *value, void *user)
{
	lock_set(((struct copying *)user)->lock, key, value);
}

void
fuzz_lock(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct copying copying;
	struct lock lock, again;
	struct diags ds;
	const char *text;

	diags_init(&ds, a, NULL);
	lock_init(&lock, a);
	lock_read(&lock, &ds, "t.lock", arena_strndup(a, (const char *)data, size), size);
	if (ds.errors == 0) {
		copying.lock = &lock;
		map_each(lock.old, keep, &copying);
		text = lock_text(&lock);
		lock_init(&again, a);
		lock_read(&again, &ds, "t.lock", text, strlen(text));
		copying.lock = &again;
		map_each(again.old, keep, &copying);
		if (ds.errors != 0 || strcmp(text, lock_text(&again)) != 0)
			abort();
	}
	arena_free(a);
}
