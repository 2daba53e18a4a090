/* SPDX-License-Identifier: BSD-2-Clause */
/* The place of a cursor: collections that are open there, by indentation and brackets, then the field table along their keys. */
#include <string.h>

#include "base/vec.h"
#include "cmd/lsp_place.h"

/* An open collection. */
struct frame { bool flow, list; size_t indent; const char *key; size_t key_len; };

struct scan {
	struct arena *arena;
	const char *text;
	size_t at, end;
	VEC(struct frame) frames;
	size_t flows;                   /* open brackets */
	size_t word;                    /* where the word at hand begins */
};

static struct frame *
top(struct scan *s)
{
	return (s->frames.n != 0 ? &s->frames.v[s->frames.n - 1] : NULL);
}

static void
push(struct scan *s, bool flow, bool list, size_t indent)
{
	*vec_push(s->arena, &s->frames) = (struct frame) { .flow = flow, .list = list, .indent = indent };
	s->flows += flow;
}

static void
pop(struct scan *s)
{
	if (s->frames.n != 0 && top(s)->flow)
		s->flows--;
	if (s->frames.n != 0)
		s->frames.n--;
}

static bool
is_blank(char c)
{
	return (c == ' ' || c == '\t');
}

/* A key at this column: of the mapping that is open there, else of a new one. */
static void
block_key(struct scan *s, size_t column, size_t off, size_t len)
{
	while (s->frames.n != 0 && (top(s)->indent > column || (top(s)->list && top(s)->indent == column)))
		pop(s);
	if (s->frames.n == 0 || top(s)->list || top(s)->indent < column)
		push(s, false, false, column);
	top(s)->key = s->text + off;
	top(s)->key_len = len;
}

static void
block_item(struct scan *s, size_t column)
{
	while (s->frames.n != 0 && top(s)->indent > column)
		pop(s);
	if (s->frames.n == 0 || !top(s)->list)
		push(s, false, true, column);
}

/* The length of a key before ":" that begins here; 0: none. */
static size_t
key_here(const struct scan *s, size_t at)
{
	size_t i = at;
	char quote = s->text[at] == '"' || s->text[at] == '\'' ? s->text[at] : '\0';

	if (quote != '\0')
		for (i++; i < s->end && s->text[i] != quote && s->text[i] != '\n'; i++)
			;
	while (i < s->end && s->text[i] != ':' && s->text[i] != '\n' && s->text[i] != '#' && strchr("{}[],", s->text[i]) == NULL)
		i++;
	if (i >= s->end || s->text[i] != ':' || (i + 1 < s->end && !is_blank(s->text[i + 1]) && s->text[i + 1] != '\n'))
		return (0);
	return (i - at);
}

/* Opens what the beginning of a block line opens: items and a key. */
static void
line_start(struct scan *s, size_t line)
{
	for (;;) {
		size_t column, n;

		while (s->at < s->end && is_blank(s->text[s->at]))
			s->at++;
		column = s->at - line;
		s->word = s->at;
		if (s->at >= s->end) {
			/* An empty line: what is not further in than the cursor stays open. */
			while (s->frames.n != 0 && top(s)->indent > column)
				pop(s);
			if (s->frames.n != 0 && !top(s)->list && top(s)->indent == column)
				top(s)->key = NULL;
			return;
		}
		if (s->text[s->at] == '\n' || s->text[s->at] == '#')
			return;
		if (s->text[s->at] == '-' && (s->at + 1 >= s->end || is_blank(s->text[s->at + 1]))) {
			block_item(s, column);
			s->at++;
			continue;
		}
		n = key_here(s, s->at);
		if (n == 0) {
			while (s->frames.n != 0 && top(s)->indent > column)
				pop(s);
			if (s->frames.n != 0 && !top(s)->list && top(s)->indent == column)
				top(s)->key = NULL;
			return;
		}
		block_key(s, column, s->at, n);
		s->at += n + 1;
		s->word = s->at;
		return;
	}
}

static void
flow_char(struct scan *s, char c)
{
	size_t n;

	if (c == '{' || c == '[') {
		push(s, true, c == '[', 0);
		s->word = s->at + 1;
	} else if ((c == '}' || c == ']') && s->flows > 0) {
		pop(s);
		s->word = s->at + 1;
	} else if (c == ',' && s->flows > 0) {
		if (!top(s)->list)
			top(s)->key = NULL;
		s->word = s->at + 1;
	} else if (c == ':' && s->flows > 0 && !top(s)->list && top(s)->key == NULL &&
	    (s->at + 1 >= s->end || is_blank(s->text[s->at + 1]))) {
		while (s->word < s->at && is_blank(s->text[s->word]))
			s->word++;
		n = s->at - s->word;
		top(s)->key = s->text + s->word;
		top(s)->key_len = n;
		s->word = s->at + 1;
	}
}

static void
skip_quoted(struct scan *s)
{
	char quote = s->text[s->at];

	for (s->at++; s->at < s->end && s->text[s->at] != quote; s->at++)
		if (quote == '"' && s->text[s->at] == '\\')
			s->at++;
}

static void
scan(struct scan *s)
{
	while (s->at < s->end) {
		size_t line = s->at;

		if (s->flows == 0)
			line_start(s, line);
		for (; s->at < s->end && s->text[s->at] != '\n'; s->at++) {
			char c = s->text[s->at];

			if (c == '#' && (s->at == line || is_blank(s->text[s->at - 1]))) {
				while (s->at < s->end && s->text[s->at] != '\n')
					s->at++;
				break;
			}
			if (c == '"' || c == '\'')
				skip_quoted(s);
			else
				flow_char(s, c);
		}
		if (s->at < s->end) {
			s->at++;
			if (s->at >= s->end && s->flows == 0)
				line_start(s, s->at);
		}
	}
}

/* Down the field table along the keys of open collections. */
static void
follow(struct scan *s, struct place *place)
{
	const struct record *record = &record_topology;
	const struct field *field = NULL;
	bool named = false;             /* the field is a map, and a name of it is given */

	for (size_t i = 0; i < s->frames.n; i++) {
		const struct frame *f = &s->frames.v[i];
		bool last = i + 1 == s->frames.n;
		char key[128];

		if (f->list) {
			if (field != NULL && field->kind == KIND_LIST) {
				record = field->record;
				field = last ? field : NULL;
				if (last && record != NULL && record->scalar_key == NULL) {
					place->record = record;
					return;
				}
			}
			continue;
		}
		if (field != NULL && (field->kind == KIND_RECORD || field->kind == KIND_LIST || (field->kind == KIND_MAP && named))) {
			record = field->record;
			field = NULL;
			named = false;
		}
		if (f->key == NULL || f->key_len >= sizeof(key)) {
			place->name = field != NULL && field->kind == KIND_MAP;
			place->record = field == NULL ? record : NULL;
			return;
		}
		if (field != NULL && field->kind == KIND_MAP) {
			named = true;
			continue;
		}
		memcpy(key, f->key, f->key_len);
		key[f->key_len] = '\0';
		field = record != NULL ? field_find(record, key) : NULL;
		if (field == NULL)
			return;
	}
	if (field != NULL && (field->kind == KIND_RECORD || (field->kind == KIND_MAP && named)))
		place->record = field->record;
	else if (s->frames.n == 0)
		place->record = &record_topology;
	else {
		place->field = field;
		place->record = record;
	}
}

void
place_find(struct arena *arena, const char *text, size_t len, size_t cursor, struct place *place)
{
	struct scan s = { .arena = arena, .text = text, .end = cursor };
	size_t end = cursor;

	*place = (struct place) { 0 };
	scan(&s);
	if (s.word > cursor)
		s.word = cursor;
	while (s.word < cursor && (is_blank(text[s.word]) || text[s.word] == '\n'))
		s.word++;
	while (end < len && strchr(" \t\n,:{}[]#", text[end]) == NULL)
		end++;
	place->off = s.word;
	place->len = end - s.word;
	place->word = arena_strndup(arena, text + s.word, place->len);
	follow(&s, place);
}
