/* SPDX-License-Identifier: BSD-2-Clause */
/* What the emitters of text files share. */
#include "emit/outfile.h"

void
outfile_add(struct outdir *out, const char *path, struct text *t)
{
	const char *text = text_end(t);

	outdir_add(out, path, text, t->n);
}

bool
outfile_refuse(struct arena *a, const char **error, const char *path, const char *what, const char *why)
{
	*error = arena_printf(a, "%s: %s cannot be written: %s", path, str_shown(a, what), why);
	return (false);
}
