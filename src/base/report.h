/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics written out: text with snippet and caret, JSON lines, SARIF 2.1.0. */
#ifndef BASE_REPORT_H
#define BASE_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"

enum report_format { REPORT_TEXT, REPORT_JSON, REPORT_SARIF };

struct report_options {
	enum report_format format;
	bool color;
	bool all;                               /* no limit (else 20 of a rule, 200 in all, rules.md) */
	bool quiet;                             /* text: errors only, no warnings and notes */
	const struct rule *const *rules;        /* for SARIF's rule metadata; ended by NULL */
	const char *version;
};

/* Sorts and writes all diagnostics in cli.md's form; the summary line is the command's. */
void report(struct diags *, const struct report_options *, FILE *);

/* "3 errors, 1 warning" or "" when there is neither. */
const char *report_counts(struct arena *, const struct diags *);

#endif
