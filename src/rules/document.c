/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules as text for people: plain, as Markdown and as mdoc. */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "rules/document.h"

#define PAGE_DATE "November 24, 2026"
#define MAX_LINES 64            /* of an example */
#define TEXT_WIDTH 78           /* mandoc -T lint objects to text lines over 80 bytes */

static const char *
severity_word(enum severity severity)
{
	switch (severity) {
	case SEV_ERROR:
		return ("error");
	case SEV_WARNING:
		return ("warning");
	case SEV_NOTE:
		return ("note");
	case SEV_OFF:
		break;
	}
	return ("note");
}

const char *
rule_severity_words(const struct rule *rule, char *buf, size_t size)
{
	const char *word = severity_word(rule->severity);

	if (rule->severity == SEV_OFF)
		snprintf(buf, size, "note, told only with -W %s", rule->name);
	else if (rule->error_from != 0)
		snprintf(buf, size, "%s; an error from FreeBSD %d on", word, rule->error_from);
	else if (rule->error_upto != 0)
		snprintf(buf, size, "%s; an error up to FreeBSD %d", word, rule->error_upto);
	else
		snprintf(buf, size, "%s", word);
	return (buf);
}

/* How a text is put out, a line at a time: with something before it, in a notation. */
struct writer {
	FILE *out;
	const char *before;
	void (*put)(const char *, size_t, FILE *);
};

static void
put_plain(const char *s, size_t n, FILE *out)
{
	fwrite(s, 1, n, out);
}

struct line { const char *s; size_t n; };

/* Without the newline; an example is far shorter than MAX_LINES. */
static size_t
split_lines(const char *text, struct line lines[static MAX_LINES])
{
	size_t n = 0;

	while (*text != '\0' && n < MAX_LINES) {
		lines[n].s = text;
		lines[n].n = strcspn(text, "\n");
		text += lines[n].n;
		text += *text == '\n';
		n++;
	}
	return (n);
}

static bool
same_line(const struct line *a, const struct line *b)
{
	return (a->n == b->n && memcmp(a->s, b->s, a->n) == 0);
}

static void
put_line(const struct writer *w, const char *sign, const struct line *line)
{
	fputs(w->before, w->out);
	w->put(sign, strlen(sign), w->out);
	w->put(line->s, line->n, w->out);
	putc('\n', w->out);
}

static void
put_example(const struct writer *w, const char *text)
{
	struct line lines[MAX_LINES];
	size_t n = split_lines(text, lines);

	for (size_t i = 0; i < n; i++)
		put_line(w, "", &lines[i]);
}

/* What the cure changes, with the lines around it: by the longest common subsequence. */
static void
put_cure(const struct writer *w, const char *bad, const char *good)
{
	static const struct line gap = { "...", 3 };
	struct line a[MAX_LINES], b[MAX_LINES], shown[2 * MAX_LINES];
	size_t na = split_lines(bad, a), nb = split_lines(good, b), n = 0;
	unsigned char common[MAX_LINES + 1][MAX_LINES + 1];
	char sign[2 * MAX_LINES] = { 0 };

	memset(common, 0, sizeof(common));
	for (size_t i = na; i-- > 0;)
		for (size_t j = nb; j-- > 0;) {
			if (same_line(&a[i], &b[j]))
				common[i][j] = common[i + 1][j + 1] + 1;
			else
				common[i][j] = common[i + 1][j] > common[i][j + 1] ? common[i + 1][j] : common[i][j + 1];
		}
	for (size_t i = 0, j = 0; i < na || j < nb; n++) {
		if (i < na && j < nb && same_line(&a[i], &b[j])) {
			sign[n] = ' ';
			shown[n] = a[i];
			i++;
			j++;
		} else if (i < na && (j == nb || common[i + 1][j] >= common[i][j + 1])) {
			sign[n] = '-';
			shown[n] = a[i++];
		} else {
			sign[n] = '+';
			shown[n] = b[j++];
		}
	}

	size_t last = 0;                /* of the lines before it, how many are told or passed over */

	for (size_t i = 0; i < n; i++) {
		char before[3] = { sign[i], ' ', '\0' };

		if (sign[i] == ' ' && (i == 0 || sign[i - 1] == ' ') && (i + 1 == n || sign[i + 1] == ' '))
			continue;
		if (last != 0 && last != i)
			put_line(w, "  ", &gap);
		last = i + 1;
		put_line(w, before, &shown[i]);
	}
}

void
rule_explain(const struct rule *rule, FILE *out)
{
	const struct writer w = { out, "    ", put_plain };
	char severity[80];

	fprintf(out, "%s: %s\n%s\n\n%s\n", rule->name, rule_severity_words(rule, severity, sizeof(severity)), rule->summary, rule->explain);
	if (rule->bad != NULL) {
		fputs("\nAn example that fails:\n\n", out);
		put_example(&w, rule->bad);
	}
	if (rule->bad != NULL && rule->good != NULL) {
		fputs("\nIts cure:\n\n", out);
		put_cure(&w, rule->bad, rule->good);
	}
}

/*
 * Markdown
 */

/* Running text, with what CommonMark and GFM would take for markup escaped. */
static void
md_text(const char *text, FILE *out)
{
	bool at_start = true;

	for (const char *p = text; *p != '\0'; p++) {
		bool inner = p > text && isalnum((unsigned char)p[-1]) && isalnum((unsigned char)p[1]);

		if (strchr("\\`*<>[]|&~$", *p) != NULL || (*p == '_' && !inner) || (at_start && strchr("#+-=", *p) != NULL) ||
		    (*p == '.' && at_start))
			putc('\\', out);
		putc(*p, out);
		at_start = *p == '\n';
	}
}

/* A sentence from a phrase: capital and full stop. */
static void
md_sentence(const char *phrase, FILE *out)
{
	char first[2] = { (char)toupper((unsigned char)*phrase), '\0' };

	md_text(first, out);
	md_text(phrase + 1, out);
	putc('.', out);
}

static void
md_rule(const struct rule *rule, FILE *out)
{
	const struct writer w = { out, "", put_plain };
	char severity[80];

	fprintf(out, "### %s\n\n**%s.** ", rule->name, rule_severity_words(rule, severity, sizeof(severity)));
	md_sentence(rule->summary, out);
	fputs("\n\n", out);
	md_text(rule->explain, out);
	fputs("\n\n", out);
	if (rule->bad != NULL) {
		fputs("An example that fails:\n\n```yaml\n", out);
		put_example(&w, rule->bad);
		fputs("```\n\n", out);
	}
	if (rule->bad != NULL && rule->good != NULL) {
		fputs("Its cure:\n\n```diff\n", out);
		put_cure(&w, rule->bad, rule->good);
		fputs("```\n\n", out);
	}
}

static void
md_index(FILE *out)
{
	const struct rule_topic *topic = rule_topics;

	for (const struct rule *const *r = rules; *r != NULL; r++) {
		bool new_topic = topic->title != NULL && topic->first == *r;

		if (new_topic)
			fprintf(out, "%s- %s: ", r == rules ? "" : "\n", topic++->title);
		fprintf(out, "%s[%s](#%s)", new_topic ? "" : ",\n  ", (*r)->name, (*r)->name);
	}
	fputs("\n\n", out);
}

void
rules_write_markdown(FILE *out)
{
	const struct rule_topic *topic = rule_topics;

	fputs("# Rules: what can be wrong in a topology\n\n"
	    "<!-- Generated from src/rules; edits here are lost. -->\n\n"
	    "Each rule has a name: it stands in brackets behind a message, `vnetc explain RULE` prints what is here, and\n"
	    "`-W` switches it.\n\n"
	    "- An *error* stops the build: nothing is written.\n"
	    "- A *warning* is written as asked, and FreeBSD will probably disappoint.\n"
	    "- A *note* says what is to be known, or done elsewhere.\n\n"
	    "`-W error` makes errors of all warnings, `-W RULE=error` of one; `-W no-RULE` switches a warning or a note off.\n"
	    "An error cannot be lowered. Where a severity depends on the release, `host.release` decides.\n\n", out);
	md_index(out);
	for (const struct rule *const *r = rules; *r != NULL; r++) {
		if (topic->title != NULL && topic->first == *r) {
			fprintf(out, "## %s\n\n%s\n\n", topic->title, topic->about);
			topic++;
		}
		md_rule(*r, out);
	}
}

/*
 * mdoc
 */

static void
mdoc_char(char c, bool literal, FILE *out)
{
	switch (c) {
	case '\\':
		fputs("\\e", out);
		break;
	case '~':
		fputs("\\(ti", out);
		break;
	case '^':
		fputs("\\(ha", out);
		break;
	case '`':
		fputs("\\(ga", out);
		break;
	case '\'':
		fputs(literal ? "\\(aq" : "'", out);
		break;
	case '-':
		fputs(literal ? "\\-" : "-", out);
		break;
	default:
		putc(c, out);
	}
}

static bool
ends_sentence(const char *word, size_t n)
{
	while (n > 1 && strchr(")\"'", word[n - 1]) != NULL)
		n--;
	return (n > 1 && strchr(".!?", word[n - 1]) != NULL);
}

/* The end of a macro's line: marks behind the word as arguments of their own, the rest of a word joined to it. */
static void
mdoc_rest(const char *rest, size_t n, FILE *out)
{
	if (n > 0 && strchr(".,:;)", rest[0]) == NULL) {
		fputs(" Ns ", out);
		for (size_t i = 0; i < n; i++)
			mdoc_char(rest[i], false, out);
	} else
		for (size_t i = 0; i < n; i++)
			fprintf(out, " %c", rest[i]);
	putc('\n', out);
}

static const char os[] = "FreeBSD";
static const size_t os_len = sizeof(os) - 1;

static bool
is_os(const char *word, size_t n)
{
	return (n >= os_len && memcmp(word, os, os_len) == 0);
}

/* The length of a page's name, as in jail(8); 0: the word is none. */
static size_t
page_name(const char *word, size_t n)
{
	size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_.-");

	return (len + 3 <= n && word[len] == '(' && isdigit((unsigned char)word[len + 1]) && word[len + 2] == ')' ? len : 0);
}

/* A word that mdoc has a macro for, the system with its release or a page of the manual, on a line of its own. Returns the bytes taken. */
static size_t
mdoc_macro(const char *text, size_t n, FILE *out)
{
	size_t name;

	if (is_os(text, n)) {
		fputs(".Fx", out);
		if (n == os_len && (text[n] == ' ' || text[n] == '\n') && isdigit((unsigned char)text[n + 1])) {
			const char *release = text + n + 1;
			size_t len = strspn(release, "0123456789.");

			if (release[len - 1] == '.')
				len--;
			fprintf(out, " %.*s", (int)len, release);
			n += 1 + strcspn(release, " \n");
			mdoc_rest(release + len, (size_t)(text + n - release) - len, out);
		} else
			mdoc_rest(text + os_len, n - os_len, out);
		return (n);
	}
	name = page_name(text, n);
	fprintf(out, ".Xr %.*s %c", (int)name, text, text[name + 1]);
	mdoc_rest(text + name + 3, n - name - 3, out);
	return (n);
}

/* Running text: a sentence begins a line, as mdoc wants it; what roff would take for a request is protected. */
static void
mdoc_text(const char *text, FILE *out)
{
	size_t column = 0;
	bool new_line = true;

	while (*text != '\0') {
		if (strncmp(text, "\n\n", 2) == 0) {
			fputs(new_line ? ".Pp\n" : "\n.Pp\n", out);
			new_line = true;
			text += 2;
			continue;
		}
		if (*text == ' ' || *text == '\n') {
			text++;
			continue;
		}

		size_t n = strcspn(text, " \n");

		if (is_os(text, n) || page_name(text, n) > 0) {
			if (!new_line)
				putc('\n', out);
			text += mdoc_macro(text, n, out);
			new_line = true;
			continue;
		}
		if (!new_line && column + 1 + n > TEXT_WIDTH) {
			putc('\n', out);
			new_line = true;
		}
		if (!new_line)
			putc(' ', out);
		if (new_line) {
			column = 0;
			if (strchr(".'", *text) != NULL)
				fputs("\\&", out);
		}
		for (size_t i = 0; i < n; i++)
			mdoc_char(text[i], i == 0 && n > 1, out);
		/* a dot by itself ends no sentence */
		if (n == 1 && strchr(".!?", *text) != NULL)
			fputs("\\&", out);
		column += n + 1;
		new_line = ends_sentence(text, n);
		if (new_line)
			putc('\n', out);
		text += n;
	}
	if (!new_line)
		putc('\n', out);
}

static void
put_literal(const char *s, size_t n, FILE *out)
{
	for (size_t i = 0; i < n; i++)
		mdoc_char(s[i], true, out);
}

static void
mdoc_rule(const struct rule *rule, FILE *out)
{
	const struct writer w = { out, "\\&", put_literal };
	char severity[80], sentence[128];

	fprintf(out, ".It Sy %s\n", rule->name);
	rule_severity_words(rule, severity, sizeof(severity));
	snprintf(sentence, sizeof(sentence), "%c%s.", toupper((unsigned char)severity[0]), severity + 1);
	mdoc_text(sentence, out);
	snprintf(sentence, sizeof(sentence), "%c%s.", toupper((unsigned char)rule->summary[0]), rule->summary + 1);
	mdoc_text(sentence, out);
	fputs(".Pp\n", out);
	mdoc_text(rule->explain, out);
	if (rule->bad != NULL) {
		fputs(".Pp\nAn example that fails:\n.Bd -literal -offset indent\n", out);
		put_example(&w, rule->bad);
		fputs(".Ed\n", out);
	}
	if (rule->bad != NULL && rule->good != NULL) {
		fputs(".Pp\nIts cure:\n.Bd -literal -offset indent\n", out);
		put_cure(&w, rule->bad, rule->good);
		fputs(".Ed\n", out);
	}
}

void
rules_write_mdoc(FILE *out)
{
	const struct rule_topic *topic = rule_topics;

	fputs(".\\\" SPDX-License-Identifier: BSD-2-Clause\n"
	    ".\\\" Generated from src/rules; edits here are lost.\n"
	    ".Dd " PAGE_DATE "\n"
	    ".Dt VNETC-RULES 7\n"
	    ".Os\n"
	    ".Sh NAME\n"
	    ".Nm vnetc-rules\n"
	    ".Nd what can be wrong in a network topology\n"
	    ".Sh DESCRIPTION\n"
	    "Each rule has a name.\n"
	    "It stands in brackets behind a message of\n"
	    ".Xr vnetc 1 ,\n"
	    "and\n"
	    ".Ic vnetc explain Ar rule\n"
	    "prints what is here.\n"
	    ".Pp\n"
	    "An error stops the build, and nothing is written.\n"
	    "A warning is written as asked, and\n"
	    ".Fx\n"
	    "will probably disappoint.\n"
	    "A note says what is to be known, or done elsewhere.\n"
	    "The option\n"
	    ".Fl W Cm error\n"
	    "makes errors of all warnings,\n"
	    ".Fl W Ar rule Ns Cm =error\n"
	    "of one;\n"
	    ".Fl W Cm no- Ns Ar rule\n"
	    "switches a warning or a note off.\n"
	    "An error cannot be lowered.\n"
	    "Where a severity depends on the release, the key\n"
	    ".Cm host.release\n"
	    "decides.\n"
	    ".Sh RULES\n", out);
	for (const struct rule *const *r = rules; *r != NULL; r++) {
		if (topic->title != NULL && topic->first == *r) {
			if (r != rules)
				fputs(".El\n", out);
			fprintf(out, ".Ss %s\n", topic->title);
			mdoc_text(topic->about, out);
			fputs(".Bl -tag -width Ds\n", out);
			topic++;
		}
		mdoc_rule(*r, out);
	}
	fputs(".El\n"
	    ".Sh SEE ALSO\n"
	    ".Xr vnetc 1 ,\n"
	    ".Xr vnetc.yaml 5\n", out);
}
