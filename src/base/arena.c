/* SPDX-License-Identifier: BSD-2-Clause */
/* The arena: a list of big chunks, each handed out from its start. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/format.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#endif

/* Under the address sanitizer what is not handed out is poisoned, with a gap after each piece: overruns are found. */
#if defined(ARENA_ASAN)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define GAP 16
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

#define ALIGN _Alignof(max_align_t)
#define CHUNK ((size_t)64 * 1024)
#define CHUNK_MAX ((size_t)4 * 1024 * 1024)

struct chunk {
	struct chunk *next;
	size_t size, used;
	bool zeroed;            /* what is not handed out yet */
	max_align_t data[];
};

struct arena {
	struct chunk *chunks; /* the first is the one being handed out */
	size_t next_size;
	size_t handed_out;
	struct arena *parent, *children, *sibling;
};

static arena_oom_hook *oom_hook;
static void *oom_user;
static long fail_after = -1;

void
arena_on_oom(arena_oom_hook *hook, void *user)
{
	oom_hook = hook;
	oom_user = user;
}

void
arena_fail_after(long n)
{
	fail_after = n;
}

_Noreturn void
arena_out_of_memory(void)
{
	if (oom_hook != NULL)
		oom_hook(oom_user);
	fputs("vnetc: error: out of memory\n", stderr);
	exit(4);
}

static bool
must_fail(void)
{
	if (fail_after < 0)
		return (false);
	if (fail_after == 0)
		return (true);
	fail_after--;
	return (false);
}

struct arena *
arena_new(void)
{
	struct arena *a = must_fail() ? NULL : calloc(1, sizeof(*a));

	if (a == NULL)
		arena_out_of_memory();
	a->next_size = CHUNK;
	return (a);
}

struct arena *
arena_child(struct arena *parent)
{
	struct arena *a = arena_new();

	a->parent = parent;
	a->sibling = parent->children;
	parent->children = a;
	return (a);
}

void
arena_free(struct arena *a)
{
	struct chunk *c, *next;

	if (a == NULL)
		return;
	while (a->children != NULL)
		arena_free(a->children);
	if (a->parent != NULL) {
		struct arena **link = &a->parent->children;

		while (*link != a)
			link = &(*link)->sibling;
		*link = a->sibling;
	}
	for (c = a->chunks; c != NULL; c = next) {
		next = c->next;
		UNPOISON(c->data, c->size);
		free(c);
	}
	free(a);
}

static size_t
rounded(size_t size)
{
	return ((size + ALIGN - 1) / ALIGN * ALIGN + GAP);
}

static char *
chunk_at(struct chunk *c, size_t off)
{
	return ((char *)c->data + off);
}

/* A chunk with room for size bytes. A big piece gets one of its own, put second, so that the rest of the first is not lost. */
static struct chunk *
chunk_for(struct arena *a, size_t room)
{
	struct chunk *c = a->chunks;
	bool own;
	size_t size;

	if (c != NULL && c->size - c->used >= room)
		return (c);
	own = room > a->next_size / 4;
	size = own ? room : a->next_size;
	/* A big piece is often a table of which little is used: the system's own zeroes cost nothing until they are touched. */
	if (size > PTRDIFF_MAX - sizeof(*c) || (c = own ? calloc(1, sizeof(*c) + size) : malloc(sizeof(*c) + size)) == NULL)
		arena_out_of_memory();
	*c = (struct chunk){ .size = size, .zeroed = own };
	POISON(c->data, size);
	if (own && a->chunks != NULL) {
		c->next = a->chunks->next;
		a->chunks->next = c;
	} else {
		c->next = a->chunks;
		a->chunks = c;
	}
	if (!own && a->next_size < CHUNK_MAX)
		a->next_size *= 2;
	return (c);
}

static char *
hand_out(struct arena *a, size_t size, bool zero)
{
	struct chunk *c;
	char *p;

	if (must_fail() || size > PTRDIFF_MAX / 2)
		arena_out_of_memory();
	c = chunk_for(a, rounded(size));
	p = chunk_at(c, c->used);
	c->used += rounded(size);
	a->handed_out += size;
	UNPOISON(p, size);
	if (zero && !c->zeroed)
		memset(p, 0, size);
	return (p);
}

void *
arena_alloc(struct arena *a, size_t size)
{
	return (hand_out(a, size, true));
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	if (size != 0 && n > PTRDIFF_MAX / 2 / size)
		arena_out_of_memory();
	return (arena_alloc(a, n * size));
}

/* The last piece of one of the first two chunks (the second may be a growing array's own) can grow where it stands. */
static bool
grow_in_place(struct chunk *c, char *old, size_t oldsize, size_t newsize)
{
	if (c == NULL || c->used < rounded(oldsize) || chunk_at(c, c->used - rounded(oldsize)) != old ||
	    c->size - c->used < rounded(newsize) - rounded(oldsize))
		return (false);
	c->used += rounded(newsize) - rounded(oldsize);
	UNPOISON(old, newsize);
	if (!c->zeroed)
		memset(old + oldsize, 0, newsize - oldsize);
	return (true);
}

void *
arena_grow(struct arena *a, void *old, size_t oldsize, size_t newsize)
{
	void *p;

	if (old == NULL)
		return (arena_alloc(a, newsize));
	if (newsize <= oldsize)
		return (old);
	if (newsize > PTRDIFF_MAX / 2)
		arena_out_of_memory();
	if (a->chunks != NULL &&
	    (grow_in_place(a->chunks, old, oldsize, newsize) || grow_in_place(a->chunks->next, old, oldsize, newsize))) {
		a->handed_out += newsize - oldsize;
		return (old);
	}
	p = arena_alloc(a, newsize);
	memcpy(p, old, oldsize);
	return (p);
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = hand_out(a, n + 1, false);

	if (n > 0)
		memcpy(p, s, n);
	p[n] = '\0';
	return (p);
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return (arena_strndup(a, s, strlen(s)));
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *p, small[512];
	size_t n;

	va_copy(again, ap);
	n = format(small, sizeof(small), fmt, again);
	va_end(again);
	if (n < sizeof(small))
		return (arena_strndup(a, small, n));
	p = arena_alloc(a, n + 1);
	format(p, n + 1, fmt, ap);
	return (p);
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *p;

	va_start(ap, fmt);
	p = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return (p);
}

size_t
arena_used(const struct arena *a)
{
	return (a->handed_out);
}
