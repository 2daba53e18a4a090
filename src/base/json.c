/* SPDX-License-Identifier: BSD-2-Clause */
/* The JSON writer (RFC 8259): what it writes is always UTF-8, whatever it is given. */
#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/str.h"

#define DEPTH ((int)(sizeof(((struct json *)NULL)->first) / sizeof(bool)))

void
json_begin(struct json *j, FILE *out, bool pretty)
{
	*j = (struct json){ .out = out, .pretty = pretty, .first = { true } };
}

static void
new_line(struct json *j)
{
	if (!j->pretty)
		return;
	putc('\n', j->out);
	for (int i = 0; i < j->depth; i++)
		fputs("  ", j->out);
}

/* What stands between the last value and the next. */
static void
before(struct json *j)
{
	if (j->after_key)
		j->after_key = false;
	else if (j->depth > 0) {
		if (!j->first[j->depth])
			putc(',', j->out);
		j->first[j->depth] = false;
		new_line(j);
	}
}

static void
open_with(struct json *j, char c)
{
	before(j);
	putc(c, j->out);
	assert(j->depth + 1 < DEPTH);
	j->first[++j->depth] = true;
}

static void
close_with(struct json *j, char c)
{
	bool empty = j->first[j->depth];

	assert(j->depth > 0);
	j->depth--;
	if (!empty)
		new_line(j);
	putc(c, j->out);
}

void
json_object_begin(struct json *j)
{
	open_with(j, '{');
}

void
json_object_end(struct json *j)
{
	close_with(j, '}');
}

void
json_array_begin(struct json *j)
{
	open_with(j, '[');
}

void
json_array_end(struct json *j)
{
	close_with(j, ']');
}

static void
write_char(FILE *f, uint32_t c)
{
	if (c == '\n')
		fputs("\\n", f);
	else if (c == '\t')
		fputs("\\t", f);
	else if (c >= 0x10000)
		fprintf(f, "\\u%04x\\u%04x", 0xd800 + (unsigned)((c - 0x10000) >> 10), 0xdc00 + (unsigned)((c - 0x10000) & 0x3ff));
	else
		fprintf(f, "\\u%04x", (unsigned)c);
}

static void
quoted(FILE *f, const char *s)
{
	size_t n = strlen(s), len;

	putc('"', f);
	for (size_t i = 0; i < n; i += len) {
		uint32_t c;

		len = utf8_decode(s + i, n - i, &c);
		if (len == 0) {
			/* A byte that is no UTF-8 cannot stand in JSON at all. */
			fprintf(f, "\\\\x%02x", (unsigned char)s[i]);
			len = 1;
		} else if (c == '"' || c == '\\')
			fprintf(f, "\\%c", (char)c);
		else if (char_is_hidden(c))
			write_char(f, c);
		else
			fwrite(s + i, 1, len, f);
	}
	putc('"', f);
}

void
json_key(struct json *j, const char *key)
{
	before(j);
	quoted(j->out, key);
	fputs(j->pretty ? ": " : ":", j->out);
	j->after_key = true;
}

void
json_text(struct json *j, const char *s)
{
	if (s == NULL) {
		json_none(j);
		return;
	}
	before(j);
	quoted(j->out, s);
}

void
json_int(struct json *j, int64_t n)
{
	before(j);
	fprintf(j->out, "%" PRId64, n);
}

void
json_bool(struct json *j, bool b)
{
	before(j);
	fputs(b ? "true" : "false", j->out);
}

void
json_none(struct json *j)
{
	before(j);
	fputs("null", j->out);
}

void
json_member(struct json *j, const char *key, const char *value)
{
	json_key(j, key);
	json_text(j, value);
}

void
json_member_int(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

void
json_member_bool(struct json *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}
