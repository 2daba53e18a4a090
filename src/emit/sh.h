/* SPDX-License-Identifier: BSD-2-Clause */
/* Quoting for sh, jail.conf and comments: what can be written safely, and how. */
#ifndef EMIT_SH_H
#define EMIT_SH_H

#include <stdbool.h>

#include "base/str.h"
#include "plan/plan.h"
#include "plan/writable.h"

/* Functions that return a string write nothing when it is not NULL: it says why the value cannot be written. */

enum sh_flags { SH_EXPORT = 1, SH_APPEND = 2 };

/* NAME="VALUE". Of variables that rc.subr reads through eval and an unquoted echo (freebsd.md 1.1) only inert characters are written. */
const char *sh_assign(struct text *, unsigned flags, const char *name, const char *value);

/* A word of a command for a person to paste: quoted where it must be; what is not printable as $'\\OOO'. */
const char *sh_word(struct arena *, const char *);

/* One line "# TEXT"; what is not printable is escaped. "" gives "#". */
void sh_comment(struct text *, const char *);
/* The same, in lines of at most 78 columns. */
void sh_comment_wrapped(struct text *, const char *);
/* The head of every file: what it is, what made it, that edits are lost. about NULL: none. */
void sh_head(struct text *, const char *about, const char *topology);
/* "# TITLE (ASKED)"; nothing when both are NULL. */
void sh_title(struct text *, const char *title, const char *asked);

/* A value as jail(8) reads it inside double quotes: ", \ and $ escaped; no quotes around. NULL: it holds a control character. */
const char *jailconf_escape(struct arena *, const char *);
/* A jail(8) parameter "NAME" or "NAME=VALUE" as one word without blanks and glob characters, for jail_X_parameters and jail.conf alike.
 * NULL: it cannot be written. */
const char *jailconf_parameter(struct arena *, const char *);

#endif
