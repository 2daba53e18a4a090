/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks between markers. A block begins with its marker's line and ends after the end marker's; where the text before it had no newline
 * at its end, the marker says so, and the newline goes with the block. */
#include "install/block.h"

#include <string.h>

#define NO_NEWLINE ", the line above had no end"
#define HEAD BLOCK_BEGIN ": edits in here are lost"

struct found { size_t from, to; size_t content, content_end; };        /* of one block: all of it, and what is inside */

static bool
starts(const char *text, size_t len, size_t at, const char *word)
{
	size_t n = strlen(word);

	return (len - at >= n && memcmp(text + at, word, n) == 0);
}

static size_t
line_end(const char *text, size_t len, size_t at)
{
	const char *newline = memchr(text + at, '\n', len - at);

	return (newline != NULL ? (size_t)(newline - text) + 1 : len);
}

/* The next block from a place on. 1: there is one, 0: none, -1: its end is missing, or it begins twice. */
static int
find(const char *text, size_t len, size_t at, struct found *f)
{
	bool open = false;

	while (at < len) {
		size_t end = line_end(text, len, at);

		if (starts(text, len, at, BLOCK_BEGIN)) {
			const char *rest = text + at + strlen(HEAD);
			bool had_none = starts(text, len, at, HEAD) && starts(text, len, (size_t)(rest - text), NO_NEWLINE);

			if (open)
				return (-1);
			open = true;
			f->from = at - (had_none && at > 0 ? 1 : 0);
			f->content = end;
		} else if (starts(text, len, at, BLOCK_END)) {
			if (!open)
				return (-1);
			f->content_end = at;
			f->to = end;
			return (1);
		}
		at = end;
	}
	return (open ? -1 : 0);
}

bool
blocks_sound(const char *text, size_t len, size_t *blocks)
{
	struct found f;
	size_t at = 0, n = 0;
	int found;

	while ((found = find(text, len, at, &f)) == 1) {
		n++;
		at = f.to;
	}
	if (blocks != NULL)
		*blocks = n;
	return (found == 0);
}

const char *
blocks_removed(struct arena *a, const char *text, size_t len, size_t *out_len)
{
	struct text t = { .arena = a };
	struct found f;
	size_t at = 0;

	while (find(text, len, at, &f) == 1) {
		text_addn(&t, text + at, f.from - at);
		at = f.to;
	}
	text_addn(&t, text + at, len - at);
	*out_len = t.n;
	return (text_end(&t));
}

const char *
blocks_content(struct arena *a, const char *text, size_t len)
{
	struct text t = { .arena = a };
	struct found f;
	size_t at = 0;

	for (; find(text, len, at, &f) == 1; at = f.to)
		text_addn(&t, text + f.content, f.content_end - f.content);
	return (text_end(&t));
}

const char *
block_added(struct arena *a, const char *text, size_t len, const char *content, size_t content_len, enum block_place place, size_t *out_len)
{
	struct text t = { .arena = a };
	struct found f = { .from = len, .to = len };
	bool replaces = place == BLOCK_IN_PLACE && find(text, len, 0, &f) == 1;
	size_t before = place == BLOCK_TOP ? 0 : replaces ? f.from : len;
	bool no_newline;

	text_addn(&t, text, before);
	no_newline = before > 0 && text[before - 1] != '\n';
	text_printf(&t, "%s" HEAD "%s\n", no_newline ? "\n" : "", no_newline ? NO_NEWLINE : "");
	text_addn(&t, content, content_len);
	text_add(&t, BLOCK_END "\n");
	text_addn(&t, text + (replaces ? f.to : before), len - (replaces ? f.to : before));
	*out_len = t.n;
	return (text_end(&t));
}
