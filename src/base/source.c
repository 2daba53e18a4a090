/* SPDX-License-Identifier: BSD-2-Clause */
/* Source texts: the line table, and lines and columns worked out from it. */
#include "base/source.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

struct source *
source_new(struct arena *a, const char *name, const char *path, const char *text, size_t len, int order)
{
	struct source *src = NEW(a, struct source);
	VEC(uint32_t) lines = { 0 };

	if (len > UINT32_MAX - 8)
		len = UINT32_MAX - 8;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
		src->skipped = 3;
	}
	src->name = name;
	src->path = path;
	src->text = text;
	src->len = len;
	src->order = order;
	*vec_push(a, &lines) = 0;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == len || text[i + 1] != '\n')))
			*vec_push(a, &lines) = (uint32_t)(i + 1);
	}
	src->line = lines.v;
	src->nlines = (uint32_t)lines.n;
	return (src);
}

static uint32_t
line_of(const struct source *src, uint32_t off)
{
	uint32_t low = 0, high = src->nlines;

	while (high - low > 1) {
		uint32_t mid = low + (high - low) / 2;

		if (src->line[mid] <= off)
			low = mid;
		else
			high = mid;
	}
	return (low);
}

void
source_position(const struct source *src, uint32_t off, uint32_t *line, uint32_t *column)
{
	uint32_t l, at, count = 1;

	if (off > src->len)
		off = (uint32_t)src->len;
	l = line_of(src, off);
	for (at = src->line[l]; at < off; count++) {
		uint32_t cp;
		size_t n = utf8_decode(src->text + at, src->len - at, &cp);

		at += n == 0 ? 1 : (uint32_t)n;
	}
	/* A place within a character is that character's. */
	if (at > off)
		count--;
	*line = l + 1;
	*column = count;
}

uint32_t
source_line(const struct span *s)
{
	if (s->src == NULL)
		return (0);
	return (line_of(s->src, s->off) + 1);
}

int
span_compare(const struct span *a, const struct span *b)
{
	if (a->src == NULL || b->src == NULL)
		return ((a->src == NULL) - (b->src == NULL));
	if (a->src->order != b->src->order)
		return (a->src->order < b->src->order ? -1 : 1);
	return ((a->off > b->off) - (a->off < b->off));
}
