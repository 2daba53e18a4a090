/* SPDX-License-Identifier: BSD-2-Clause */
/* libyaml's complaints in plain words, at the place where the reader would mend the text. */
#include <ctype.h>
#include <string.h>

#include "base/str.h"
#include "rules/rules.h"
#include "tree/parse.h"

enum primary { AT_PROBLEM, AT_CONTEXT };

struct phrase {
	const char *problem, *context;          /* libyaml's; context: a part of it, NULL: any */
	enum primary primary;
	const char *words, *second, *help;      /* second: said of the other place; NULL: it is not shown */
};

static const char in_quotes[] = "put the value in quotes";
static const char as_tag[] = "put the value in quotes if the ! belongs to it, else remove it";

static const struct phrase phrases[] = {
	{ "found unexpected ':'", NULL, AT_CONTEXT, "a value cannot end in ':'", NULL, in_quotes },
	{ "mapping values are not allowed in this context", NULL, AT_PROBLEM, "a ':' is not allowed here", NULL,
	    "put the value in quotes if the ':' belongs to it; else check the indentation of this line" },
	{ "found character that cannot start any token", NULL, AT_PROBLEM, "a value cannot begin with this character", NULL,
	    in_quotes },
	{ "could not find expected ':'", NULL, AT_CONTEXT, "a ':' is missing after this key", NULL,
	    "write KEY: VALUE, or - ITEM in a list" },
	{ "did not find expected '-' indicator", NULL, AT_PROBLEM, "a list's item is expected here", "the list begins here",
	    "begin the item with -, or indent the line like the keys that it belongs to" },
	{ "did not find expected key", NULL, AT_PROBLEM, "a key is expected here", "the mapping begins here",
	    "indent the line like the other keys of its mapping" },
	{ "did not find expected ',' or ']'", NULL, AT_PROBLEM, "a ',' or ']' is missing before this", "the list begins here",
	    "close the list with ]" },
	{ "did not find expected ',' or '}'", NULL, AT_PROBLEM, "a ',' or '}' is missing before this", "the mapping begins here",
	    "close the mapping with }" },
	{ "did not find expected node content", NULL, AT_PROBLEM, "a value is expected here", NULL, NULL },
	{ "found unexpected end of stream", NULL, AT_CONTEXT, "this quote is never closed", NULL, "close the quote" },
	{ "found unexpected document indicator", NULL, AT_CONTEXT, "this quote is not closed before the document ends",
	    "it ends here", "close the quote" },
	{ "found unknown escape character", NULL, AT_PROBLEM, "this escape is not known", NULL,
	    "a backslash in double quotes is written \\\\; in single quotes it stands for itself" },
	{ "did not find expected hexdecimal number", NULL, AT_PROBLEM, "this escape is no character", NULL, NULL },
	{ "found invalid Unicode character escape code", NULL, AT_PROBLEM, "this escape is no character", NULL, NULL },
	{ "did not find expected alphabetic or numeric character", "alias", AT_CONTEXT, "a name is missing after *", NULL,
	    "put the value in quotes if the * belongs to it" },
	{ "did not find expected alphabetic or numeric character", "anchor", AT_CONTEXT, "a name is missing after &", NULL,
	    "put the value in quotes if the & belongs to it" },
	{ "block sequence entries are not allowed in this context", NULL, AT_PROBLEM, "a list cannot begin here", NULL,
	    "begin the list on a line of its own" },
	{ "mapping keys are not allowed in this context", NULL, AT_PROBLEM, "a key cannot stand here", NULL, in_quotes },
	{ "did not find expected <document start>", NULL, AT_PROBLEM, "the topology has ended before this", NULL,
	    "make it a key of the mapping above" },
	{ "found incompatible YAML document", NULL, AT_PROBLEM, "this version of YAML is not known", NULL,
	    "remove the %YAML line" },
	{ "found unknown directive name", NULL, AT_CONTEXT, "this directive is not known", NULL, "remove the line" },
	{ "did not find expected comment or line break", "block scalar", AT_PROBLEM, "only a comment may follow here", NULL,
	    "begin the text on the next line" },
	{ "found an indentation indicator equal to 0", NULL, AT_PROBLEM, "the indentation cannot be 0", NULL, NULL },
	{ "", "tag", AT_CONTEXT, "this is no tag", NULL, as_tag },
	{ "", "directive", AT_CONTEXT, "this directive cannot be read", NULL, "remove the line" },
	{ "", "%", AT_CONTEXT, "this directive cannot be read", NULL, "remove the line" },
};

const char *
tree_kind_words(const struct tree *t)
{
	switch (t->kind) {
	case TREE_SCALAR:
		return (t->null ? "nothing" : "a text");
	case TREE_MAP:
		return ("a mapping");
	case TREE_SEQ:
		return ("a list");
	}
	return ("");
}

static const struct phrase *
phrase_of(const struct syntax_error *e)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		const struct phrase *p = &phrases[i];

		if ((p->problem[0] == '\0' || strcmp(p->problem, e->problem) == 0) &&
		    (p->context == NULL || (e->context != NULL && strstr(e->context, p->context) != NULL)))
			return (p);
	}
	return (NULL);
}

static bool
is_break(char c)
{
	return (c == '\n' || c == '\r');
}

static uint32_t
line_start(const struct source *src, uint32_t off)
{
	while (off > 0 && !is_break(src->text[off - 1]))
		off--;
	return (off);
}

static uint32_t
line_end(const struct source *src, uint32_t off)
{
	while (off < src->len && !is_break(src->text[off]))
		off++;
	return (off);
}

/* The first tab among a line's leading blanks; false: none, or nothing follows them. */
static bool
leading_tab(const struct source *src, uint32_t start, uint32_t *tab)
{
	uint32_t off = start;
	bool found = false;

	for (; off < src->len && (src->text[off] == ' ' || src->text[off] == '\t'); off++)
		if (src->text[off] == '\t' && !found) {
			found = true;
			*tab = off;
		}
	return (found && off < src->len && !is_break(src->text[off]));
}

static void
tab_report(struct diags *d, const struct source *src, uint32_t off)
{
	struct diag *dg = diag_add(d, &rule_tab_indentation, (struct span){ src, off, 1, NULL }, "a tab indents this line");

	diag_help(d, dg, "indent with spaces");
}

/* The line libyaml stopped at, and the later ones that it would have stopped at. */
static bool
tabs_report(struct diags *d, const struct source *src, const struct syntax_error *e)
{
	uint32_t tab, line = line_start(src, e->off_problem);

	if (e->context != NULL && strstr(e->context, "flow") != NULL)
		return (false);
	if (!leading_tab(src, line, &tab)) {
		/* A line of nothing but blanks, where libyaml takes no tab either. */
		if (e->off_problem >= src->len || src->text[e->off_problem] != '\t')
			return (false);
		tab_report(d, src, e->off_problem);
	}
	for (; line < src->len; line = line_end(src, line) + 1)
		if (leading_tab(src, line, &tab))
			tab_report(d, src, tab);
	return (true);
}

/* An address like fd00:: without quotes on the line; false: none. */
static bool
bare_colons(const struct source *src, uint32_t off, struct span *word)
{
	uint32_t start = line_start(src, off), end = line_end(src, off);
	unsigned quotes = 0;

	for (uint32_t i = start; i + 1 < end; i++) {
		uint32_t from = i, to = i + 2;

		if (src->text[i] == '"' || src->text[i] == '\'')
			quotes++;
		if (src->text[i] != ':' || src->text[i + 1] != ':' || quotes % 2 != 0)
			continue;
		if (to < end && strchr(" \t,]}", src->text[to]) == NULL)
			continue;
		while (from > start && (isxdigit((unsigned char)src->text[from - 1]) || src->text[from - 1] == ':'))
			from--;
		*word = (struct span){ src, from, to - from, NULL };
		return (true);
	}
	return (false);
}

/* From a place to the end of the word that begins there. */
static struct span
one_word(const struct source *src, uint32_t off)
{
	uint32_t to = off;

	while (to < src->len && strchr(" \t\r\n,]}", src->text[to]) == NULL)
		to++;
	return ((struct span){ src, off, to - off, NULL });
}

/* A key whose colon has no space behind it, as a line begins: router:true is one word to YAML, and what follows fails. */
static bool
glued_colon(const struct source *src, uint32_t off, struct span *word)
{
	uint32_t from = line_start(src, off), to;

	while (from < src->len && (src->text[from] == ' ' || src->text[from] == '-'))
		from++;
	for (to = from; to < src->len && (isalpha((unsigned char)src->text[to]) || src->text[to] == '_'); to++)
		;
	if (to - from < 2 || to + 1 >= src->len || src->text[to] != ':' || !isgraph((unsigned char)src->text[to + 1]) ||
	    src->text[to + 1] == ':')
		return (false);
	*word = one_word(src, from);
	return (true);
}

/* On the line where a scalar begins that should have been a key, else on the one before the place where it failed. */
static bool
glued_report(struct arena *a, struct diags *d, const struct source *src, const struct syntax_error *e)
{
	uint32_t before = line_start(src, e->off_problem), key;
	struct span word;
	struct diag *dg;

	while (before > 0 && (is_break(src->text[before - 1]) || src->text[before - 1] == ' '))
		before--;
	if (strcmp(e->problem, "could not find expected ':'") == 0 ? !glued_colon(src, e->off_context, &word) :
	    strcmp(e->problem, "mapping values are not allowed in this context") != 0 || before == 0 ||
	    !glued_colon(src, before - 1, &word))
		return (false);
	key = (uint32_t)((const char *)memchr(src->text + word.off, ':', word.len) - (src->text + word.off)) + 1;
	dg = diag_add(d, &rule_yaml_syntax, word, "a space is missing behind %s", str_shown(a, arena_strndup(a, src->text + word.off, key)));
	diag_help(d, dg, "%s %s", str_shown(a, arena_strndup(a, src->text + word.off, key)),
	    str_shown(a, arena_strndup(a, src->text + word.off + key, word.len - key)));
	diag_fix(d, dg, (struct span){ src, word.off + key, 0, NULL }, " ");
	return (true);
}

/* A range like web[1-8] without quotes inside brackets, where YAML reads its own bracket as syntax. */
static bool
bare_range(const struct source *src, uint32_t off, struct span *word)
{
	uint32_t from = off, to = off;

	if (off >= src->len || src->text[off] != '[')
		return (false);
	while (from > 0 && (isalnum((unsigned char)src->text[from - 1]) || strchr("_-", src->text[from - 1]) != NULL))
		from--;
	while (to < src->len && !is_break(src->text[to]) && src->text[to] != ']')
		to++;
	if (from == off || to >= src->len || src->text[to] != ']')
		return (false);
	*word = (struct span){ src, from, to + 1 - from, NULL };
	return (true);
}

static struct span
one_char(const struct source *src, uint32_t off)
{
	uint32_t cp;

	return ((struct span){ src, off, (uint32_t)utf8_decode(src->text + off, src->len - off, &cp), NULL });
}

static void
quote_help(struct arena *a, struct diags *d, struct diag *dg, const char *what, struct span word)
{
	const char *text = arena_strndup(a, word.src->text + word.off, word.len);

	diag_help(d, dg, "put the %s in quotes: \"%s\"", what, str_shown(a, text));
	diag_fix(d, dg, word, "\"%s\"", text);
}

void
syntax_report(struct arena *a, struct diags *d, const struct source *src, const struct syntax_error *e)
{
	const struct phrase *p = phrase_of(e);
	struct span at = one_char(src, e->off_problem), other, word;
	struct diag *dg;

	if (strcmp(e->problem, "found undefined tag handle") == 0) {
		at = one_word(src, e->off_problem);
		dg = diag_add(d, &rule_unknown_tag, at, "tag %s is not used here",
		    str_shown(a, arena_strndup(a, src->text + at.off, at.len)));
		diag_help(d, dg, "remove the tag");
		return;
	}
	if (tabs_report(d, src, e) || glued_report(a, d, src, e))
		return;
	if (e->unclosed && p != NULL && p->primary == AT_PROBLEM) {
		dg = diag_add(d, &rule_yaml_syntax, one_char(src, e->off_context), "this bracket is never closed");
		diag_help(d, dg, "close it with %c", src->text[e->off_context] == '[' ? ']' : '}');
		return;
	}
	if (p == NULL) {
		dg = diag_add(d, &rule_yaml_syntax, at, "%s", e->problem);
		if (e->context != NULL)
			diag_note(d, dg, one_char(src, e->off_context), "%s", e->context);
		return;
	}
	other = one_char(src, e->off_context);
	if (p->primary == AT_CONTEXT) {
		other = at;
		at = one_word(src, e->off_context);
	}
	dg = diag_add(d, &rule_yaml_syntax, at, "%s", p->words);
	if (p->second != NULL)
		diag_note(d, dg, other, "%s", p->second);
	if (bare_colons(src, e->off_problem, &word))
		quote_help(a, d, dg, "IPv6 address", word);
	else if (bare_range(src, e->off_problem, &word))
		quote_help(a, d, dg, "name", word);
	else if (strcmp(e->problem, "did not find expected key") == 0 &&
	    line_start(src, e->off_problem) + strspn(src->text + line_start(src, e->off_problem), " ") < e->off_problem)
		diag_help(d, dg, "put the whole value in quotes; a ' within single quotes is written ''");
	else if (p->help != NULL)
		diag_help(d, dg, "%s", p->help);
}
