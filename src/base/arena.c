/* SPDX-License-Identifier: BSD-2-Clause */
/* The arena: a list of big chunks, each handed out from its start. */
#include "base/arena.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	max_align_t data[];
};

struct arena {
	struct chunk *chunks; /* the first is the one being handed out */
	size_t next_size;
	size_t handed_out;
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

void
arena_free(struct arena *a)
{
	struct chunk *c, *next;

	if (a == NULL)
		return;
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
	if (size > PTRDIFF_MAX - sizeof(*c) || (c = calloc(1, sizeof(*c) + size)) == NULL)
		arena_out_of_memory();
	c->size = size;
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

void *
arena_alloc(struct arena *a, size_t size)
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
	return (p);
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
	char *p = arena_alloc(a, n + 1);

	if (n > 0)
		memcpy(p, s, n);
	return (p);
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return (arena_strndup(a, s, strlen(s)));
}

/* Most texts are names and small numbers put together. Formats of %s, %d, %u and %zu alone need no printf, which is the dearest part of
 * a compilation; out NULL: only counted. Returns the length; -1: another format. */
static int
plain_format(char *out, const char *fmt, va_list ap)
{
	int n = 0;

	while (*fmt != '\0') {
		char digits[24], *d = digits + sizeof(digits);
		const char *s = fmt;
		size_t len = strcspn(fmt, "%");

		if (len > 0)
			fmt += len;
		else {
			unsigned long long value = 0;
			bool negative = false;

			fmt++;
			if (*fmt == 's') {
				s = va_arg(ap, const char *);
				if (s == NULL)
					return (-1);
				len = strlen(s);
			} else if (*fmt == 'd') {
				int i = va_arg(ap, int);

				negative = i < 0;
				value = negative ? 0ull - (unsigned long long)i : (unsigned long long)i;
			} else if (*fmt == 'u') {
				value = va_arg(ap, unsigned);
			} else if (fmt[0] == 'z' && fmt[1] == 'u') {
				value = va_arg(ap, size_t);
				fmt++;
			} else
				return (-1);
			if (*fmt != 's') {
				do
					*--d = (char)('0' + value % 10);
				while ((value /= 10) != 0);
				if (negative)
					*--d = '-';
				s = d;
				len = (size_t)(digits + sizeof(digits) - d);
			}
			fmt++;
		}
		if (len > (size_t)(INT_MAX - n))
			return (-1);
		if (out != NULL)
			memcpy(out + n, s, len);
		n += (int)len;
	}
	return (n);
}

char *
arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	va_list again;
	char *p, small[256];
	int n;

	va_copy(again, ap);
	n = plain_format(NULL, fmt, again);
	va_end(again);
	if (n >= 0) {
		p = arena_alloc(a, (size_t)n + 1);
		plain_format(p, fmt, ap);
		return (p);
	}
	va_copy(again, ap);
	n = vsnprintf(small, sizeof(small), fmt, again);
	va_end(again);
	if (n < 0)
		arena_out_of_memory();
	if ((size_t)n < sizeof(small))
		return (arena_strndup(a, small, (size_t)n));
	p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
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
