/* SPDX-License-Identifier: BSD-2-Clause */
/* A report while it is written. */
#ifndef IMPORT_REPORTING_H
#define IMPORT_REPORTING_H

#include "import/draft.h"

struct report_writer { struct text *t; bool markdown; };

void report_heading(struct report_writer *, const char *title);
/* What a host's files say may stand in any line. */
void report_line(struct report_writer *, const char *before, const char *text);
/* "FILE:LINE:COLUMN" */
const char *report_place(struct arena *, const struct span *);

/* steps.c: what to do, in which order, and the way back. */
void report_steps(struct report_writer *, const struct import_report *);

#endif
