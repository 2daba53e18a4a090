/* SPDX-License-Identifier: BSD-2-Clause */
/* The variables jail_SAFENAME_X that rc.d/jail makes a jail.conf of (freebsd.md 3.3). */
#ifndef EMIT_JAILVARS_H
#define EMIT_JAILVARS_H

#include "base/str.h"
#include "plan/plan.h"

/* Writes one jail's variables, a line each. flags: SH_EXPORT for ezjail's files. NULL, or why not; *what then is the variable. */
const char *jailvars(struct text *, unsigned flags, const struct jail_plan *, const char **what);

#endif
