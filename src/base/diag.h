/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics: collected here, printed by base/report. Nothing here writes or exits. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/vec.h"

struct map;

enum severity { SEV_OFF, SEV_NOTE, SEV_WARNING, SEV_ERROR };

/* One thing that can be wrong. Its name is the message code, the -W switch, the explain topic and the folder in
 * tests/corpus/check. */
struct rule {
	const char *name;
	enum severity severity;         /* unless the release says otherwise */
	int error_from, error_upto;     /* an error when the host's major is >= / <= this; 0: the release does not matter */
	const char *summary;            /* one line: wrong when */
	const char *explain;            /* why FreeBSD behaves so, and the cure; paragraphs separated by an empty line */
	const char *bad, *good;         /* two topologies: one with just this fault, and its cure; NULL where no text can show it */
};

struct remark { struct span at; const char *text; };            /* at.src NULL: a note without a place */

/* A change of the text that mends the fault, for editors and for the test that applies every suggestion. */
struct fix { struct span at; const char *replacement; };

struct diag {
	const struct rule *rule;
	enum severity severity;
	struct remark head;
	VEC(struct remark) notes;
	const char *help;               /* NULL: none */
	VEC(struct fix) fixes;
	size_t seq;                     /* order of arrival: keeps the sort stable */
};

struct diags {
	struct arena *arena;
	VEC(struct diag *) all;
	unsigned errors, warnings, notes;       /* of what was added, duplicates not counted */
	int release;                    /* major of the host's release, once known; 0 before: the rule's own severity holds */
	const struct severities *severities;    /* the -W switches; NULL: none */
	struct map *seen;               /* rule and place of what was added */
};

void diags_init(struct diags *, struct arena *, const struct severities *);

/* Adds a diagnostic and returns it for notes and help; never NULL. One at the same place (nowhere: with the same text) with the
 * same rule, or one that is switched off, is returned but not kept. Messages: lower case, no full stop (cli.md); what is not
 * printable is escaped. */
struct diag *diag_add(struct diags *, const struct rule *, struct span, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* A further place or reason; a diagnostic's second place. */
void diag_note(struct diags *, struct diag *, struct span, const char *fmt, ...) PRINTF_LIKE(4, 5);
void diag_help(struct diags *, struct diag *, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* A textual mending: replace the span's bytes. A span of length 0 inserts. */
void diag_fix(struct diags *, struct diag *, struct span, const char *fmt, ...) PRINTF_LIKE(4, 5);
/* Whether a diagnostic of the rule was added at the place: where one speaks, others are silent (rules.md). */
bool diag_told(const struct diags *, const struct rule *, struct span);

/* Sorted by source order, line, column, severity (errors first), rule name, arrival (rules.md). */
void diags_sort(struct diags *);

/* The -W switches, in the order given. */
struct severities;
struct severities *severities_new(struct arena *);
/* One switch: "error", "RULE=error|warning|note|off", "no-RULE", "RULE" (on: a note where it is off). rules: all rules, ended by
 * NULL. Returns NULL, or the reason why it is wrong (unknown rule with a "did you mean", an error that cannot be lowered). */
const char *severities_add(struct severities *, struct arena *, const char *argument, const struct rule *const *rules);
enum severity severity_of(const struct rule *, int release, const struct severities *);

#endif
