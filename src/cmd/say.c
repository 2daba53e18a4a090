/* SPDX-License-Identifier: BSD-2-Clause */
/* What vnetc itself says on standard error: wrong usage, failures, help. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"

const char *
shown_whole(struct arena *a, const char *s)
{
	struct text t = { .arena = a };

	text_add_shown(&t, s, strlen(s));
	return (text_end(&t));
}

static void PRINTF_LIKE(2, 0)
say(const char *before, const char *fmt, va_list args)
{
	struct arena *a = arena_new();
	const char *said = arena_vprintf(a, fmt, args);

	fflush(stdout);
	fprintf(stderr, "%s%s\n", before, shown_whole(a, said));
	arena_free(a);
}

int
usage_error(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("vnetc: ", fmt, args);
	va_end(args);
	return (STATUS_USAGE);
}

int
failure(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("vnetc: ", fmt, args);
	va_end(args);
	return (STATUS_FAILED);
}

int
failure_of(const struct out_error *error)
{
	return (failure("%s", error->text));
}

void
help_line(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say("help: ", fmt, args);
	va_end(args);
}

int
suggest(const char *word, const char *const *words, size_t n, const char *otherwise)
{
	const char *near = str_nearest(word, words, n);

	if (near != NULL)
		help_line("did you mean %s?", near);
	else if (otherwise != NULL)
		help_line("%s", otherwise);
	return (STATUS_USAGE);
}

bool
in_color(const struct invocation *inv, FILE *stream)
{
	const char *when = option_value(inv, option_find(NULL, "color", '\0')), *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != NULL && strcmp(when, "auto") != 0)
		return (strcmp(when, "always") == 0);
	return ((no_color == NULL || no_color[0] == '\0') && (term == NULL || strcmp(term, "dumb") != 0) && isatty(fileno(stream)));
}
