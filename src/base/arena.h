/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory: everything of one compilation lives in one arena and is freed with it, never by hand. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PRINTF_LIKE(fmt, args)
#endif

struct arena;

/* What happens when memory runs out: by default one line on standard error and exit(4), the only exit below cmd/. A hook that
 * returns is an error; tests and the fuzzer leave it by longjmp. */
typedef void arena_oom_hook(void *user);

struct arena *arena_new(void);
struct arena *arena_child(struct arena *);                /* for what is needed for a while; freed with its parent at the latest */
void arena_free(struct arena *);                          /* frees all that came from it; NULL is allowed */
void arena_on_oom(arena_oom_hook *, void *user);          /* NULL: the default again */
void arena_fail_after(long n);                            /* for tests: n more allocations, then all fail; -1: never */
void *arena_alloc(struct arena *, size_t);                /* zeroed, aligned for any type, never NULL; size 0 is allowed */
void *arena_array(struct arena *, size_t n, size_t size); /* the same for n of a size */
void *arena_grow(struct arena *, void *old, size_t oldsize, size_t newsize);    /* like realloc; in place when old was the last */
char *arena_strndup(struct arena *, const char *, size_t);
char *arena_strdup(struct arena *, const char *);
char *arena_printf(struct arena *, const char *fmt, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *, const char *fmt, va_list) PRINTF_LIKE(2, 0);
_Noreturn void arena_out_of_memory(void);                 /* for what a library's own memory was not enough */
size_t arena_used(const struct arena *);                  /* bytes handed out so far */

#define NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_array((a), (n), sizeof(type)))

#endif
