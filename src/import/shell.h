/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader of shell assignments, as rc.conf and ezjail's files have them. Nothing is executed: what is no assignment is told and left out. */
#ifndef IMPORT_SHELL_H
#define IMPORT_SHELL_H

#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

/* One assignment, in the order read. */
struct shell_set {
	const char *name;
	const char *value;              /* all quotes taken, known variables put in; NULL: it holds what only a shell can know */
	struct span at;                 /* the name */
	struct span value_at;           /* the value as written, quotes included */
	bool exported;
	bool grows;                     /* it reads its own earlier value, or says += */
	const struct shell_set *before; /* what it grew from; NULL: nothing */
};

/* Variables of one shell: files read one after the other, each seeing what the earlier ones set. */
struct shell {
	struct arena *arena;
	struct diags *diags;
	VEC(struct shell_set *) sets;
	struct map *now;                /* name to the last struct shell_set */
	size_t grown;                   /* bytes that variables put into values so far: a few lines could ask for more than there is */
	const char *const *empty;       /* variables that are set and empty before any file is read, ended by NULL; NULL: none */
};

void shell_init(struct shell *, struct arena *, struct diags *);
/* Reads a text. Tells unbalanced-quote, variable-set-twice (within this text), plus-equals and not-understood. Any bytes are allowed. */
void shell_read(struct shell *, const struct source *);
/* One more assignment, found otherwise: at is its place and its value's. */
void shell_put(struct shell *, const char *name, const char *value, struct span at);
/* The last assignment of a variable; NULL: there is none. */
const struct shell_set *shell_find(const struct shell *, const char *name);
/* Its value; NULL: not set, or not known. */
const char *shell_value(const struct shell *, const char *name);

#endif
