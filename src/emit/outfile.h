/* SPDX-License-Identifier: BSD-2-Clause */
/* What the emitters of text files share: adding a finished text, telling why one cannot be written. */
#ifndef EMIT_OUTFILE_H
#define EMIT_OUTFILE_H

#include <stdbool.h>

#include "base/outdir.h"
#include "base/str.h"
#include "plan/plan.h"

void outfile_add(struct outdir *, const char *path, struct text *);
/* Sets *error to "PATH: WHAT cannot be written: WHY"; false, for the caller to return. */
bool outfile_refuse(struct arena *, const char **error, const char *path, const char *what, const char *why);

#endif
