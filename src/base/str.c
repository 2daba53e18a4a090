/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings: maps, interning, nearness, UTF-8, builders. */
#include "base/str.h"

#include <string.h>

#include "base/format.h"

/* uthash in the arena: each function that adds has an `a` in scope. */
#define uthash_malloc(n) arena_alloc(a, (n))
#define uthash_free(p, n) ((void)(p))
#define HASH_FUNCTION(key, len, hash) HASH_SFH(key, len, hash)
#include <uthash.h>

/* Most maps stay at a few entries. */
#undef HASH_INITIAL_NUM_BUCKETS
#define HASH_INITIAL_NUM_BUCKETS 4U
#undef HASH_INITIAL_NUM_BUCKETS_LOG2
#define HASH_INITIAL_NUM_BUCKETS_LOG2 2U

struct entry {
	const char *key;
	void *value;
	UT_hash_handle hh;
};

struct map {
	struct arena *arena;
	struct entry *entries;
};

struct map *
map_new(struct arena *a)
{
	struct map *m = NEW(a, struct map);

	m->arena = a;
	return (m);
}

static struct entry *
map_find(const struct map *m, const char *key, size_t len)
{
	struct entry *e;

	HASH_FIND(hh, m->entries, key, len, e);
	return (e);
}

static struct entry *
map_add(struct map *m, const char *key, size_t len, void *value)
{
	struct arena *a = m->arena;
	struct entry *e = NEW(a, struct entry);

	e->key = key;
	e->value = value;
	HASH_ADD_KEYPTR(hh, m->entries, e->key, len, e);
	return (e);
}

void *
map_get(const struct map *m, const char *key)
{
	return (map_get_bytes(m, key, strlen(key)));
}

void *
map_get_bytes(const struct map *m, const void *key, size_t len)
{
	const struct entry *e = map_find(m, key, len);

	return (e == NULL ? NULL : e->value);
}

void *
map_put(struct map *m, const char *key, void *value)
{
	return (map_put_bytes(m, key, strlen(key), value));
}

void *
map_put_bytes(struct map *m, const void *key, size_t len, void *value)
{
	const struct entry *e = map_find(m, key, len);

	if (e != NULL)
		return (e->value);
	map_add(m, key, len, value);
	return (NULL);
}

void
map_set(struct map *m, const char *key, void *value)
{
	size_t len = strlen(key);
	struct entry *e = map_find(m, key, len);

	if (e != NULL)
		e->value = value;
	else
		map_add(m, key, len, value);
}

size_t
map_count(const struct map *m)
{
	return (HASH_COUNT(m->entries));
}

void
map_each(const struct map *m, void (*f)(const char *key, void *value, void *user), void *user)
{
	for (struct entry *e = m->entries; e != NULL; e = e->hh.next)
		f(e->key, e->value, user);
}

struct strtab {
	struct map map;
};

struct strtab *
strtab_new(struct arena *a)
{
	struct strtab *t = NEW(a, struct strtab);

	t->map.arena = a;
	return (t);
}

const char *
str_intern(struct strtab *t, const char *s, size_t len)
{
	struct entry *e;

	/* uthash compares with memcmp, which may not be given NULL. */
	if (len == 0)
		s = "";
	e = map_find(&t->map, s, len);
	if (e == NULL)
		e = map_add(&t->map, arena_strndup(t->map.arena, s, len), len, NULL);
	return (e->key);
}

int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (c - 'A' + 10);
	return (-1);
}

bool
str_in(const char *word, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(word, *list) == 0)
			return (true);
	return (false);
}

const char *
str_join(struct arena *a, const strings *list, const char *separator)
{
	struct text t = { .arena = a };

	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			text_add(&t, separator);
		text_add(&t, list->v[i]);
	}
	return (text_end(&t));
}

#define NEAR_MAX 128

static char
lower(char c)
{
	return (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
}

static size_t
min2(size_t a, size_t b)
{
	return (a < b ? a : b);
}

/* Insertions, deletions, replacements and swaps of neighbours (letter case aside); anything past limit is limit + 1. */
static size_t
distance(const char *a, size_t na, const char *b, size_t nb, size_t limit)
{
	size_t rows[3][NEAR_MAX + 1];
	size_t *two = rows[0], *one = rows[1], *now = rows[2], *turn;

	for (size_t j = 0; j <= nb; j++)
		one[j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t best = now[0] = i;

		for (size_t j = 1; j <= nb; j++) {
			size_t d = one[j - 1] + (lower(a[i - 1]) != lower(b[j - 1]));

			d = min2(d, min2(one[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
				d = min2(d, two[j - 2] + 1);
			now[j] = d;
			best = min2(best, d);
		}
		if (best > limit)
			return (limit + 1);
		turn = two;
		two = one;
		one = now;
		now = turn;
	}
	return (one[nb]);
}

const char *
str_nearest(const char *word, const char *const *list, size_t n)
{
	const char *nearest = NULL;
	size_t len = strlen(word), found = 0;

	if (len > NEAR_MAX)
		return (NULL);
	for (size_t i = 0; i < n; i++) {
		size_t other = strlen(list[i]), longer = len > other ? len : other, shorter = min2(len, other);
		size_t limit = longer / 3, d;

		if (nearest != NULL) {
			if (found == 0)
				break;
			limit = min2(limit, found - 1);
		}
		if (other > NEAR_MAX || longer - shorter > limit)
			continue;
		d = distance(word, len, list[i], other, limit);
		if (d <= limit) {
			nearest = list[i];
			found = d;
		}
	}
	return (nearest);
}

static void
text_room(struct text *t, size_t more)
{
	size_t cap = t->cap == 0 ? 64 : t->cap;

	while (cap < t->n + more + 1)
		cap *= 2;
	if (cap > t->cap) {
		t->v = arena_grow(t->arena, t->v, t->cap, cap);
		t->cap = cap;
	}
}

void
text_addn(struct text *t, const char *s, size_t n)
{
	text_room(t, n);
	if (n > 0)
		memcpy(t->v + t->n, s, n);
	t->n += n;
	t->v[t->n] = '\0';
}

void
text_add(struct text *t, const char *s)
{
	text_addn(t, s, strlen(s));
}

void
text_printf(struct text *t, const char *fmt, ...)
{
	va_list ap;
	size_t room, n;

	text_room(t, 0);
	room = t->cap - t->n;
	va_start(ap, fmt);
	n = format(t->v + t->n, room, fmt, ap);
	va_end(ap);
	if (n >= room) {
		text_room(t, n);
		va_start(ap, fmt);
		format(t->v + t->n, n + 1, fmt, ap);
		va_end(ap);
	}
	t->n += n;
}

const char *
text_end(struct text *t)
{
	return (t->v == NULL ? "" : t->v);
}

size_t
utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	const unsigned char *u = (const unsigned char *)s;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len;
	uint32_t c;

	if (n == 0)
		return (0);
	if (u[0] < 0x80) {
		*cp = u[0];
		return (1);
	}
	if (u[0] >= 0xc2 && u[0] <= 0xdf)
		len = 2;
	else if (u[0] >= 0xe0 && u[0] <= 0xef)
		len = 3;
	else if (u[0] >= 0xf0 && u[0] <= 0xf4)
		len = 4;
	else
		return (0);
	if (n < len)
		return (0);
	c = u[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return (0);
		c = c << 6 | (u[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return (0);
	*cp = c;
	return (len);
}

bool
char_is_hidden(uint32_t c)
{
	static const struct { uint32_t first, last; } hidden[] = { { 0, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x61c, 0x61c },
		{ 0x180e, 0x180e }, { 0x200b, 0x200b }, { 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfdd0, 0xfdef },
		{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f } };

	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return (true);
	return ((c & 0xfffe) == 0xfffe);
}

bool
text_is_shown(const char *s, size_t n)
{
	uint32_t c;

	for (size_t i = 0, len; i < n; i += len)
		if ((len = utf8_decode(s + i, n - i, &c)) == 0 || char_is_hidden(c))
			return (false);
	return (true);
}

size_t
text_add_char(struct text *t, const char *s, size_t n)
{
	uint32_t c = 0;
	size_t len = utf8_decode(s, n, &c);

	if (len == 0) {
		text_printf(t, "\\x%02x", (unsigned char)*s);
		return (1);
	}
	if (!char_is_hidden(c))
		text_addn(t, s, len);
	else if (c < 0x80)
		text_printf(t, "\\x%02x", (unsigned)c);
	else
		text_printf(t, "\\u{%04x}", (unsigned)c);
	return (len);
}

void
text_add_shown(struct text *t, const char *s, size_t n)
{
	for (size_t i = 0; i < n;) {
		size_t plain = 0;       /* most of what is shown, and taken over as it is */

		while (i + plain < n && s[i + plain] >= 0x20 && s[i + plain] < 0x7f)
			plain++;
		text_addn(t, s + i, plain);
		i += plain;
		if (i < n)
			i += text_add_char(t, s + i, n - i);
	}
}

#define SHOWN_MAX 60

const char *
str_shown(struct arena *a, const char *s)
{
	struct text t = { .arena = a };
	size_t n = strlen(s), cut = n;

	if (n > SHOWN_MAX) {
		/* Cut before the character that does not fit. */
		cut = SHOWN_MAX;
		while (cut > SHOWN_MAX - 4 && ((unsigned char)s[cut] & 0xc0) == 0x80)
			cut--;
	}
	text_add_shown(&t, s, cut);
	if (cut < n)
		text_add(&t, "…");
	return (text_end(&t));
}
