/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings: interned once, compared by pointer; maps from strings; nearness of words; builders on the arena. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"

/* A table of names: string to pointer, over uthash, in the arena. Walk order is the order of insertion. */
struct map;
struct map *map_new(struct arena *);                                   /* keys are kept, not copied */
void *map_get(const struct map *, const char *key);                    /* NULL: not there */
void *map_put(struct map *, const char *key, void *value);             /* keeps the first: returns the one already there, else NULL */
void map_set(struct map *, const char *key, void *value);              /* replaces */
/* The same for keys that are no strings. */
void *map_get_bytes(const struct map *, const void *key, size_t len);
void *map_put_bytes(struct map *, const void *key, size_t len, void *value);
size_t map_count(const struct map *);
void map_each(const struct map *, void (*)(const char *key, void *value, void *user), void *user);

/* Interning: equal strings give equal pointers within one table. */
struct strtab;
struct strtab *strtab_new(struct arena *);
const char *str_intern(struct strtab *, const char *, size_t len);

typedef VEC(const char *) strings;

int hex_digit(char);                                                   /* 0 to 15; -1: none */
bool str_in(const char *word, const char *const *list);                /* list ends with NULL */
const char *str_join(struct arena *, const strings *, const char *separator);

/* The word of the list that is nearest to what was written (Damerau-Levenshtein, at most a third of its length wrong), or NULL.
 * Ties: the first in the list. */
const char *str_nearest(const char *word, const char *const *list, size_t n);

/* A text put together piece by piece. */
struct text { struct arena *arena; size_t n, cap; char *v; };
void text_add(struct text *, const char *);
void text_addn(struct text *, const char *, size_t);
void text_printf(struct text *, const char *fmt, ...) PRINTF_LIKE(2, 3);
const char *text_end(struct text *);                                   /* the string, NUL-terminated; "" when nothing was added */

/* One code point of at most n bytes at s (RFC 3629, strict): its length in bytes, or 0 when there is none. */
size_t utf8_decode(const char *s, size_t n, uint32_t *);
/* A code point that must not reach a terminal as it is: controls, bidi marks, invisible formatting, noncharacters. */
bool char_is_hidden(uint32_t);
/* Is all of it UTF-8 without such characters? */
bool text_is_shown(const char *, size_t n);
/* Adds text with what is not printable UTF-8 as \xNN or \u{NNNN}: all of it; its first character (returns the bytes read). */
void text_add_shown(struct text *, const char *, size_t n);
size_t text_add_char(struct text *, const char *, size_t n);

/* A value shown in a message: bytes outside printable UTF-8, controls and bidi marks as \xNN or \u{NNNN}; longer than
 * 60 bytes is cut with "…" (rules.md). */
const char *str_shown(struct arena *, const char *);

#endif
