/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules as text for people: one of them, the reference, the manual page. */
#ifndef RULES_DOCUMENT_H
#define RULES_DOCUMENT_H

#include <stdio.h>

#include "rules/rules.h"

/* A rule's severity in words, with what depends on the release: "warning; an error up to FreeBSD 13". */
const char *rule_severity_words(const struct rule *, char *buf, size_t size);

/* What vnetc explain RULE prints. */
void rule_explain(const struct rule *, FILE *);

/* docs/rules.md. */
void rules_write_markdown(FILE *);
/* vnetc-rules(7). */
void rules_write_mdoc(FILE *);

#endif
