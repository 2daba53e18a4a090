/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the tree's own files: one text to one tree, before includes are joined. */
#ifndef TREE_PARSE_H
#define TREE_PARSE_H

#include "tree/tree.h"

/* A control character found in the text itself. */
struct odd_char { uint32_t off, len, cp; bool told; };

struct clean_text {
	const char *text;               /* as long as the source; control characters are replaced */
	VEC(struct odd_char) odd;       /* in the order of the text */
};

/* Looks for what no topology may hold. False: not UTF-8 (reported), nothing else can be said about the text. */
bool text_check(struct clean_text *, struct arena *, struct diags *, const struct source *);
/* Whether rules.md's control-character speaks of this code point. A carriage return is not one: a text may hold it, a value may
 * not. */
bool is_odd_char(uint32_t);

/* Reads one text: everything but includes. NULL when there is nothing in it, or nothing that can be used. */
struct tree *tree_parse(struct arena *, struct diags *, const struct source *);

/* The document's faults of syntax, told from libyaml's error. off_problem, off_context: byte offsets; context NULL:
 * none. */
struct syntax_error {
	const char *problem, *context;
	uint32_t off_problem, off_context;
	bool unclosed;                  /* the bracket at off_context */
};
void syntax_report(struct arena *, struct diags *, const struct source *, const struct syntax_error *);

/* "a list", "a mapping", "a text" */
const char *tree_kind_words(const struct tree *);

#endif
