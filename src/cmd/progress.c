/* SPDX-License-Identifier: BSD-2-Clause */
/* Progress of long work: a line on a terminal that is overwritten and taken away again. Never in a pipe, never for short work. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"

#define MANY_JAILS 1000         /* below, a topology is compiled in the twinkling of an eye */
#define MANY_FILES 200
#define FILES_A_STEP 64

static bool
wanted(const struct invocation *inv)
{
	const char *term = getenv("TERM");

	return (!inv->quiet && term != NULL && strcmp(term, "dumb") != 0 && isatty(STDERR_FILENO));
}

static void PRINTF_LIKE(2, 3)
show(struct invocation *inv, const char *fmt, ...)
{
	va_list args;

	if (!wanted(inv))
		return;
	va_start(args, fmt);
	fputs("\r\033[K", stderr);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fflush(stderr);
	inv->in_progress = true;
}

void
progress_end(struct invocation *inv)
{
	if (inv->in_progress)
		fputs("\r\033[K", stderr);
	inv->in_progress = false;
}

void
progress_stage(const struct compilation *c, enum stage stage, void *user)
{
	if (c->topology != NULL && c->topology->jails.n >= MANY_JAILS)
		show(user, "%zu jails: %s", c->topology->jails.n, stage_names[stage]);
}

void
progress_files(struct invocation *inv, const char *what, size_t files)
{
	if (files >= MANY_FILES)
		show(inv, "%s: %zu files", what, files);
}

void
progress_written(size_t done, size_t files, void *user)
{
	if (files >= MANY_FILES && done % FILES_A_STEP == 0)
		show(user, "writing: %zu of %zu files", done, files);
}
