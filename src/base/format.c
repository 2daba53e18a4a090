/* SPDX-License-Identifier: BSD-2-Clause */
/* Most texts are names and small numbers put together, and printf would be the dearest part of a compilation. */
#include "base/format.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A text that goes on being counted when its room is used up. */
struct sink { char *out; size_t room, n; };

static void
put(struct sink *sink, const char *s, size_t len)
{
	if (sink->n < sink->room)
		memcpy(sink->out + sink->n, s, len < sink->room - sink->n ? len : sink->room - sink->n);
	sink->n += len;
}

static void
put_number(struct sink *sink, unsigned long long value, bool negative)
{
	char digits[24], *d = digits + sizeof(digits);

	do
		*--d = (char)('0' + value % 10);
	while ((value /= 10) != 0);
	if (negative)
		*--d = '-';
	put(sink, d, (size_t)(digits + sizeof(digits) - d));
}

/* %s, %d, %u, %zu and %%; false: something else. */
static bool
plain(struct sink *sink, const char *fmt, va_list ap)
{
	for (; *fmt != '\0'; fmt++) {
		const char *s;
		int i;

		if (*fmt != '%') {
			if (sink->n < sink->room)
				sink->out[sink->n] = *fmt;
			sink->n++;
			continue;
		}
		switch (*++fmt) {
		case 's':
			s = va_arg(ap, const char *);
			if (s == NULL)
				return (false);
			put(sink, s, strlen(s));
			break;
		case 'd':
			i = va_arg(ap, int);
			put_number(sink, i < 0 ? 0ull - (unsigned long long)i : (unsigned long long)i, i < 0);
			break;
		case 'u':
			put_number(sink, va_arg(ap, unsigned), false);
			break;
		case 'z':
			if (*++fmt != 'u')
				return (false);
			put_number(sink, va_arg(ap, size_t), false);
			break;
		case '%':
			put(sink, "%", 1);
			break;
		default:
			return (false);
		}
	}
	return (true);
}

size_t
format(char *out, size_t size, const char *fmt, va_list ap)
{
	struct sink sink = { out, size - 1, 0 };
	va_list again;
	int n;

	va_copy(again, ap);
	if (plain(&sink, fmt, again)) {
		out[sink.n < sink.room ? sink.n : sink.room] = '\0';
		va_end(again);
		return (sink.n);
	}
	va_end(again);
	n = vsnprintf(out, size, fmt, ap);
	if (n < 0)
		arena_out_of_memory();
	return ((size_t)n);
}
