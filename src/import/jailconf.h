/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader of jail.conf(5): jails, their parameters, wildcards, variables, includes. */
#ifndef IMPORT_JAILCONF_H
#define IMPORT_JAILCONF_H

#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"

/* One value: literal pieces, and between them names of variables whose values are put in. */
struct jc_piece { const char *text; bool variable; };
struct jc_value { VEC(struct jc_piece) pieces; struct span at; };

struct jc_param {
	const char *name;               /* "exec.start"; of a variable with its '$' */
	bool append;                    /* += */
	VEC(struct jc_value) values;    /* none: NAME; alone */
	struct span at;                 /* the name */
};

struct jc_block {
	const char *name;               /* of the jail, or a pattern: "*" stands for all, "a.*" for a's children, "*.b" for all that are called b */
	bool wildcard;
	bool global;                    /* no block: parameters beside the blocks, a "*" of their own */
	VEC(struct jc_param) params;
	struct span at;
};

/* Fetches what .include names: calls back with each source, in order. */
typedef void jc_include(void *user, const char *pattern, struct span at);

struct jailconf {
	struct arena *arena;
	struct diags *diags;
	VEC(struct jc_block) blocks;    /* in the order read, over all files */
	jc_include *include;            /* NULL: told as not understood */
	void *user;
	unsigned depth;                 /* of includes */
};

void jailconf_init(struct jailconf *, struct arena *, struct diags *);
/* Reads a text; more than one may be read, as includes do. Faults are jail-conf-syntax, at their place. Any bytes are allowed. */
void jailconf_read(struct jailconf *, const struct source *);

/* A jail's parameter after wildcards, += and variables, as jail(8) sees it. */
struct jc_setting {
	const char *name;
	strings values;                 /* a value whose variable is not known is left out, and told */
	VEC(struct span) at;            /* of each value */
	struct span name_at;
};
typedef VEC(struct jc_setting) jc_settings;

/* All settings of the jails that blocks name, in the order read; names of jails: jailconf_jails. */
void jailconf_jails(const struct jailconf *, strings *names);
void jailconf_settings(const struct jailconf *, const char *jail, jc_settings *);
/* NULL: not set. */
const struct jc_setting *jc_find(const jc_settings *, const char *name);

#endif
