/* SPDX-License-Identifier: BSD-2-Clause */
/* Emitters: a plan written as files. They decide nothing. */
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/outdir.h"
#include "plan/plan.h"

struct emitter {
	const char *name, *summary;
	bool (*emit)(const struct plan *, struct arena *, struct outdir *, const char **error);     /* false: *error says why */
};

extern const struct emitter *const emitters[];          /* ends with NULL */

/* All outputs of a build into a set of files. */
bool emit_all(const struct plan *, struct arena *, struct outdir *, const char **error);

#endif
