/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader of shell assignments (POSIX 2.2, 2.3, 2.9.1). */
#include "import/shell.h"

#include <string.h>

#include "install/block.h"
#include "rules/rules.h"

#define GROWTH_MAX ((size_t)16 << 20)   /* bytes that variables put into values, in all */
#define DEPTH 64                /* compound commands within each other */
#define HEREDOCS 8

/* Reads one word at a time. A compound command (if, for, a function) is passed over whole: what it sets depends on what it finds. */
struct scan {
	struct shell *sh;
	const struct source *src;
	const char *s;
	size_t at, len;
	bool careful;                   /* a quote may not run into a line that looks like an assignment: where quotes do not balance */
	bool unbalanced;                /* the text ended inside quotes */
	bool returns;                   /* a line ended with a carriage return, and that was told */
	struct map *set_here;           /* names that this text has set */

	char open[DEPTH];               /* i d c { ( of compound commands */
	size_t depth;
	size_t compound_at;             /* where the outermost began */
	struct { const char *end; bool tabs; } heredoc[HEREDOCS];
	size_t nheredocs;
};

struct word {
	size_t from, to;
	struct text text;
	bool known;                     /* no substitution that only a shell can do */
	bool too_large;                 /* and why not: there was no room for a variable */
	bool quoted;                    /* some of it is */
	size_t equals;                  /* of NAME= or NAME+=: bytes up to and with the '='; 0: it is none */
	bool plus;
	const char *name;
	bool reads_itself;
};

void
shell_init(struct shell *sh, struct arena *a, struct diags *diags)
{
	*sh = (struct shell){ .arena = a, .diags = diags, .now = map_new(a) };
}

void
shell_put(struct shell *sh, const char *name, const char *value, struct span at)
{
	struct shell_set *set = NEW(sh->arena, struct shell_set);

	*set = (struct shell_set){ .name = name, .value = value, .at = at, .value_at = at };
	*vec_push(sh->arena, &sh->sets) = set;
	map_set(sh->now, name, set);
}

const struct shell_set *
shell_find(const struct shell *sh, const char *name)
{
	return (map_get(sh->now, name));
}

const char *
shell_value(const struct shell *sh, const char *name)
{
	const struct shell_set *set = map_get(sh->now, name);

	return (set != NULL ? set->value : NULL);
}

static bool
name_start(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_');
}

static bool
name_char(char c)
{
	return (name_start(c) || (c >= '0' && c <= '9'));
}

static char
peek(const struct scan *sc, size_t ahead)
{
	return (sc->at + ahead < sc->len ? sc->s[sc->at + ahead] : '\0');
}

static bool
ended(const struct scan *sc)
{
	return (sc->at >= sc->len);
}

/* A byte as it stands. A NUL is none that sh could keep. */
static void
plain_byte(struct scan *sc, struct word *w)
{
	if (sc->s[sc->at] == '\0')
		w->known = false;
	else
		text_addn(&w->text, &sc->s[sc->at], 1);
	sc->at++;
}

static struct span
place(const struct scan *sc, size_t from, size_t to)
{
	return ((struct span){ .src = sc->src, .off = (uint32_t)from, .len = (uint32_t)(to > from ? to - from : 1) });
}

static void
not_understood(struct scan *sc, size_t from, size_t to, const char *what)
{
	const char *end = memchr(sc->s + from, '\n', to - from);

	if (end != NULL)
		to = (size_t)(end - sc->s);
	diag_add(sc->sh->diags, &rule_not_understood, place(sc, from, to), "%s", what);
}

/* Does a line begin at off that looks like the next assignment? */
static bool
looks_like_assignment(const struct scan *sc, size_t off)
{
	size_t i = off;

	while (i < sc->len && (sc->s[i] == ' ' || sc->s[i] == '\t'))
		i++;
	if (sc->len - i > 7 && strncmp(sc->s + i, "export ", 7) == 0)
		i += 7;
	if (i >= sc->len || !name_start(sc->s[i]))
		return (false);
	while (i < sc->len && name_char(sc->s[i]))
		i++;
	return (i < sc->len && (sc->s[i] == '=' || (sc->s[i] == '+' && i + 1 < sc->len && sc->s[i + 1] == '=')));
}

/* Variables */

/* What a variable holds here; NULL: nobody knows. */
static const char *
value_of(struct scan *sc, const char *name)
{
	const struct shell_set *set = map_get(sc->sh->now, name);

	if (set != NULL)
		return (set->value);
	return (sc->sh->empty != NULL && str_in(name, sc->sh->empty) ? "" : NULL);
}

/* Passes over $( … ), ` … ` or ${ … } as far as brackets and quotes tell its end. */
static void
pass_over(struct scan *sc, char open, char close)
{
	size_t depth = 1;

	for (; !ended(sc) && depth > 0; sc->at++) {
		char c = sc->s[sc->at];

		if (c == '\\' && sc->at + 1 < sc->len)
			sc->at++;
		else if (c == close)
			depth--;
		else if (c == open && open != close)
			depth++;
		else if (c == '\n' && close == '`' && sc->careful)
			return;
	}
	if (depth > 0)
		sc->unbalanced = true;
}

/* $NAME, ${NAME}; all other forms are not known. At the '$'. */
static bool
has_room(struct scan *sc, struct word *w, const char *value)
{
	sc->sh->grown += strlen(value);
	if (sc->sh->grown <= GROWTH_MAX)
		return (true);
	w->too_large = true;
	w->known = false;
	return (false);
}

/* ${NAME-WORD}, ${NAME:-WORD}, ${NAME+WORD}, ${NAME:+WORD} of a variable that is known; WORD without anything that a shell would still
 * expand. at: behind the name. False: it is none of these. */
static bool
conditional(struct scan *sc, struct word *w, const char *value, size_t at)
{
	bool colon = at < sc->len && sc->s[at] == ':';
	size_t from = at + colon + 1, to = from;
	char how = from <= sc->len && from > 0 ? sc->s[from - 1] : '\0';
	const char *text;

	if (value == NULL || (how != '-' && how != '+'))
		return (false);
	while (to < sc->len && sc->s[to] != '\0' && strchr("}$`\"'\\\n", sc->s[to]) == NULL)
		to++;
	if (to >= sc->len || sc->s[to] != '}')
		return (false);
	text = arena_strndup(sc->sh->arena, sc->s + from, to - from);
	if (how == '-')
		text = colon && *value == '\0' ? text : value;
	else if (colon && *value == '\0')
		text = "";
	if (has_room(sc, w, text))
		text_add(&w->text, text);
	sc->at = to + 1;
	return (true);
}

static void
dollar(struct scan *sc, struct word *w)
{
	bool braces = peek(sc, 1) == '{';
	size_t from = sc->at + (braces ? 2 : 1), to = from;
	const char *name, *value;

	if (peek(sc, 1) == '(') {
		sc->at += 2;
		pass_over(sc, '(', ')');
		w->known = false;
		return;
	}
	while (to < sc->len && name_char(sc->s[to]))
		to++;
	if (braces && to > from && to < sc->len && name_start(sc->s[from])) {
		name = arena_strndup(sc->sh->arena, sc->s + from, to - from);
		if (w->name != NULL && strcmp(w->name, name) == 0)
			w->reads_itself = true;
		if (conditional(sc, w, value_of(sc, name), to))
			return;
	}
	if (to == from || !name_start(sc->s[from]) || (braces && (to >= sc->len || sc->s[to] != '}'))) {
		/* $1, $?, ${x##y}: not here. A single $ stands for itself. */
		if (!braces && to == from && strchr("@*#?-$!", peek(sc, 1)) == NULL) {
			text_add(&w->text, "$");
			sc->at++;
			return;
		}
		w->known = false;
		sc->at = from;
		if (braces)
			pass_over(sc, '{', '}');
		else if (to > from)
			sc->at = to;
		else if (!ended(sc))
			sc->at++;
		return;
	}
	name = arena_strndup(sc->sh->arena, sc->s + from, to - from);
	value = value_of(sc, name);
	if (w->name != NULL && strcmp(w->name, name) == 0)
		w->reads_itself = true;
	/* A line that goes on in the next one may go on with the name. */
	if (value == NULL || (!braces && to + 2 < sc->len && sc->s[to] == '\\' && sc->s[to + 1] == '\n' && name_char(sc->s[to + 2])))
		w->known = false;
	else if (has_room(sc, w, value))
		text_add(&w->text, value);
	sc->at = to + braces;
}

/* Quotes */

/* The closing quote is not where it should be: told at the opening one. */
static void
unbalanced(struct scan *sc, size_t open)
{
	struct diag *d = diag_add(sc->sh->diags, &rule_unbalanced_quote, place(sc, open, open + 1), "this quote is never closed on its line");

	diag_help(sc->sh->diags, d, "sh refuses the whole file at its end: close the quote with %c", sc->s[open]);
}

/* Whether a quote that crosses this newline is a mistake. */
static bool
crosses(struct scan *sc, size_t open)
{
	if (!sc->careful || !looks_like_assignment(sc, sc->at + 1))
		return (false);
	unbalanced(sc, open);
	return (true);
}

static void
single_quotes(struct scan *sc, struct word *w)
{
	size_t open = sc->at++;

	while (!ended(sc) && sc->s[sc->at] != '\'') {
		if (sc->s[sc->at] == '\n' && crosses(sc, open))
			return;
		plain_byte(sc, w);
	}
	if (!ended(sc))
		sc->at++;
	else if (sc->careful)
		unbalanced(sc, open);
	else
		sc->unbalanced = true;
}

static void
double_quotes(struct scan *sc, struct word *w)
{
	size_t open = sc->at++;

	while (!ended(sc) && sc->s[sc->at] != '"') {
		char c = sc->s[sc->at];

		if (c == '\n' && crosses(sc, open))
			return;
		if (c == '\\' && peek(sc, 1) == '\n')
			sc->at += 2;
		else if (c == '\\' && peek(sc, 1) != '\0' && strchr("$`\"\\", peek(sc, 1)) != NULL) {
			text_addn(&w->text, sc->s + sc->at + 1, 1);
			sc->at += 2;
		} else if (c == '$')
			dollar(sc, w);
		else if (c == '`') {
			sc->at++;
			pass_over(sc, '`', '`');
			w->known = false;
		} else
			plain_byte(sc, w);
	}
	if (!ended(sc))
		sc->at++;
	else if (sc->careful)
		unbalanced(sc, open);
	else
		sc->unbalanced = true;
}

/* Words */

/* A carriage return before the end of a line. sh has it in the last value of the line, which nobody means. */
static bool
carriage_return(struct scan *sc)
{
	if (peek(sc, 0) != '\r' || peek(sc, 1) != '\n')
		return (false);
	if (!sc->returns)
		not_understood(sc, sc->at, sc->at + 1, "lines end with a carriage return here, which sh takes into their values; it is left out");
	sc->returns = true;
	return (true);
}

static void
skip_blanks(struct scan *sc)
{
	for (;;) {
		char c = peek(sc, 0);

		if (ended(sc))
			return;
		if (c == '\\' && peek(sc, 1) == '\n')
			sc->at += 2;
		else if (c == ' ' || c == '\t' || carriage_return(sc))
			sc->at++;
		else if (c == '#')
			while (!ended(sc) && sc->s[sc->at] != '\n')
				sc->at++;
		else
			return;
	}
}

/* The end of NAME= or NAME+= at the beginning of a word. */
static void
find_name(struct scan *sc, struct word *w)
{
	size_t i = sc->at;

	if (ended(sc) || !name_start(sc->s[i]))
		return;
	while (i < sc->len && name_char(sc->s[i]))
		i++;
	if (i >= sc->len || (sc->s[i] != '=' && !(sc->s[i] == '+' && i + 1 < sc->len && sc->s[i + 1] == '=')))
		return;
	w->plus = sc->s[i] == '+';
	w->name = arena_strndup(sc->sh->arena, sc->s + sc->at, i - sc->at);
	w->equals = i + 1 + w->plus - sc->at;
	sc->at += w->equals;
}

/* A ~ that sh replaces by a home directory: at the beginning of a value, and after a colon in it. */
static bool
tilde(const struct scan *sc, const struct word *w)
{
	return (w->equals != 0 && sc->s[sc->at] == '~' && (sc->at == w->from + w->equals || sc->s[sc->at - 1] == ':'));
}

/* Ends at a blank or an operator. assignment: NAME= is taken off. */
static void
read_word(struct scan *sc, struct word *w, bool assignment)
{
	*w = (struct word){ .from = sc->at, .text = { .arena = sc->sh->arena }, .known = true };
	if (assignment)
		find_name(sc, w);
	while (!ended(sc)) {
		char c = sc->s[sc->at];

		if (strchr(" \t\n;&|<>()", c) != NULL && c != '\0')
			break;
		if (carriage_return(sc))
			break;
		if (tilde(sc, w))
			w->known = false;
		if (c == '\\' && peek(sc, 1) == '\n')
			sc->at += 2;
		else if (c == '\\' && sc->at + 1 < sc->len) {
			text_addn(&w->text, sc->s + sc->at + 1, 1);
			w->quoted = true;
			sc->at += 2;
		} else if (c == '\'' || c == '"') {
			w->quoted = true;
			if (c == '"')
				double_quotes(sc, w);
			else
				single_quotes(sc, w);
		} else if (c == '`') {
			sc->at++;
			pass_over(sc, '`', '`');
			w->known = false;
		} else if (c == '$')
			dollar(sc, w);
		else
			plain_byte(sc, w);
	}
	w->to = sc->at;
}

/* Assignments */

static bool
holds_control(const char *s)
{
	for (; *s != '\0'; s++)
		if (((unsigned char)*s < 0x20 && *s != '\t' && *s != '\n') || *s == 0x7f)
			return (true);
	return (false);
}

/* What vnetc's block sets again is meant to. */
static bool
block_between(const struct scan *sc, const struct shell_set *before, const struct shell_set *set)
{
	const char *block = strstr(sc->s + before->at.off, BLOCK_BEGIN);

	return (block != NULL && (size_t)(block - sc->s) < set->at.off);
}

static void
twice(struct scan *sc, const struct shell_set *set)
{
	const struct shell_set *before = map_get(sc->set_here, set->name);

	if (before != NULL && !set->grows && !block_between(sc, before, set) && (before->value == NULL || set->value == NULL || strcmp(before->value, set->value) != 0)) {
		struct diag *d = diag_add(sc->sh->diags, &rule_variable_set_twice, set->at, "%s is set twice, the last one counts", set->name);

		diag_note(sc->sh->diags, d, before->at, "it is set here first");
	}
	map_set(sc->set_here, set->name, (void *)(uintptr_t)set);
}

static void
assign(struct scan *sc, struct word *w, bool exported)
{
	struct shell *sh = sc->sh;
	struct shell_set *set = NEW(sh->arena, struct shell_set);
	struct text text = w->text;
	const char *value = text_end(&text), *before = value_of(sc, w->name);

	set->name = w->name;
	set->at = place(sc, w->from, w->from + w->equals - 1 - w->plus);
	set->value_at = place(sc, w->from + w->equals, w->to);
	set->exported = exported;
	set->grows = w->reads_itself || w->plus;
	set->before = set->grows ? map_get(sh->now, w->name) : NULL;
	if (w->plus) {
		struct diag *d = diag_add(sh->diags, &rule_plus_equals, set->at, "sh knows no +=, it takes %s+=… for a command", w->name);

		diag_help(sh->diags, d, "%s=\"${%s} …\"", w->name, w->name);
		if (before != NULL && has_room(sc, w, before))
			value = arena_printf(sh->arena, "%s%s", before, value);
	}
	if (w->known && !holds_control(value))
		set->value = value;
	else
		not_understood(sc, w->from, w->to, arena_printf(sh->arena, w->too_large ? "variables put more into %s than is read" :
		    w->known ? "%s holds a control character" : "the value of %s is known only to a running shell", w->name));
	twice(sc, set);
	*vec_push(sh->arena, &sh->sets) = set;
	map_set(sh->now, set->name, set);
}

/* Commands */

static bool
is_word(const struct word *w, const char *text)
{
	return (!w->quoted && w->known && w->equals == 0 && w->text.n == strlen(text) && strncmp(w->text.v, text, w->text.n) == 0);
}

/* A word that can be the name of a variable. */
static bool
is_name(const struct word *w)
{
	for (size_t i = 0; i < w->text.n; i++)
		if (!name_char(w->text.v[i]))
			return (false);
	return (w->known && w->text.n > 0 && name_start(w->text.v[0]));
}

static bool
push(struct scan *sc, char c, size_t from)
{
	if (sc->depth == 0)
		sc->compound_at = from;
	if (sc->depth == DEPTH)
		return (false);
	sc->open[sc->depth++] = c;
	return (true);
}

static void
pop(struct scan *sc, char c)
{
	if (sc->depth == 0 || sc->open[sc->depth - 1] != c)
		return;
	if (--sc->depth == 0)
		not_understood(sc, sc->compound_at, sc->at, "only a running shell knows what this does; it is left out");
}

/* A reserved word where a command may begin. *more: a command follows. */
static bool
reserved(struct scan *sc, const struct word *w, bool *more)
{
	static const struct { const char *word; char open, close; bool more; } words[] = {
		{ "if", 'i', 0, true }, { "while", 'd', 0, true }, { "until", 'd', 0, true }, { "for", 'd', 0, false }, { "do", 0, 0, true },
		{ "case", 'c', 0, false }, { "{", '{', 0, true }, { "then", 0, 0, true }, { "else", 0, 0, true }, { "elif", 0, 0, true },
		{ "!", 0, 0, true }, { "fi", 0, 'i', false }, { "done", 0, 'd', false }, { "esac", 0, 'c', false }, { "}", 0, '{', false },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!is_word(w, words[i].word))
			continue;
		if (words[i].open != 0)
			push(sc, words[i].open, w->from);
		if (words[i].close != 0)
			pop(sc, words[i].close);
		*more = words[i].more;
		return (true);
	}
	return (false);
}

/* << and <<-: the lines up to the delimiter are no commands. At the "<<". */
static void
heredoc(struct scan *sc)
{
	bool tabs = peek(sc, 2) == '-';
	struct word w;

	sc->at += tabs ? 3 : 2;
	skip_blanks(sc);
	read_word(sc, &w, false);
	if (w.to == w.from || sc->nheredocs == HEREDOCS)
		return;
	sc->heredoc[sc->nheredocs].end = text_end(&w.text);
	sc->heredoc[sc->nheredocs++].tabs = tabs;
}

static void
skip_heredocs(struct scan *sc)
{
	for (size_t i = 0; i < sc->nheredocs; i++) {
		size_t n = strlen(sc->heredoc[i].end);

		while (!ended(sc)) {
			const char *line = sc->s + sc->at, *newline = memchr(line, '\n', sc->len - sc->at);
			size_t len = newline != NULL ? (size_t)(newline - line) : sc->len - sc->at;

			sc->at += len + (newline != NULL);
			while (sc->heredoc[i].tabs && len > 0 && *line == '\t') {
				line++;
				len--;
			}
			if (len == n && memcmp(line, sc->heredoc[i].end, n) == 0)
				break;
		}
	}
	sc->nheredocs = 0;
}

/* One simple command of a list: assignments, or anything else. */
struct command {
	VEC(struct word) assignments;
	bool exports, fixes;            /* "export" or "readonly" leads it */
	bool other;                     /* it has a word that is no assignment, or an operator that makes its effect uncertain */
	size_t from, to;
};

static void
finish(struct scan *sc, struct command *c)
{
	if (c->to > c->from && sc->depth == 0) {
		if (c->other)
			not_understood(sc, c->from, c->to, "this is a command, not an assignment; it is left out");
		else
			vec_each (struct word *, w, &c->assignments)
				assign(sc, w, c->exports);
	}
	*c = (struct command){ 0 };
}

/* An operator or the end of a line. False: none stands here. */
static bool
operator(struct scan *sc, struct command *c)
{
	char ch = peek(sc, 0);

	switch (ch) {
	case '\n':
	case ';':
		finish(sc, c);
		if (ch == ';' && peek(sc, 1) == ';' && sc->depth == 0)
			not_understood(sc, sc->at, sc->at + 2, "sh takes ;; in case only, and refuses the whole file");
		sc->at++;
		if (ch == '\n')
			skip_heredocs(sc);
		return (true);
	case '&':
	case '|':
		/* What follows && and || may or may not run. */
		c->other = true;
		sc->at++;
		c->to = sc->at;
		return (true);
	case '<':
	case '>':
		c->other = true;
		if (ch == '<' && peek(sc, 1) == '<')
			heredoc(sc);
		else
			sc->at++;
		c->to = sc->at;
		return (true);
	case '(':
		if (peek(sc, 1) == ')')
			sc->at += 2;            /* a function's name stands before it, its body follows */
		else {
			push(sc, '(', c->to > c->from ? c->from : sc->at);
			sc->at++;
		}
		*c = (struct command){ 0 };
		return (true);
	case ')':
		*c = (struct command){ 0 };
		sc->at++;
		pop(sc, '(');
		return (true);
	default:
		return (false);
	}
}

static void
commands(struct scan *sc)
{
	struct command c = { 0 };
	bool first = true;

	while (!sc->unbalanced) {
		struct word w;
		bool more;

		skip_blanks(sc);
		if (ended(sc))
			break;
		if (operator(sc, &c)) {
			first |= c.to == c.from || sc->s[sc->at - 1] == '&' || sc->s[sc->at - 1] == '|';
			continue;
		}
		read_word(sc, &w, true);
		if (w.to == w.from) {
			/* A byte that no word can begin with. */
			sc->at++;
			continue;
		}
		if (first && w.equals == 0 && reserved(sc, &w, &more)) {
			first = more;
			continue;
		}
		if (c.to == c.from)
			c.from = w.from;
		c.to = w.to;
		if (w.equals != 0)
			*vec_push(sc->sh->arena, &c.assignments) = w;
		else if (first && c.assignments.n == 0 && is_word(&w, "export"))
			c.exports = true;
		else if (first && c.assignments.n == 0 && is_word(&w, "readonly"))
			c.fixes = true;
		else if (!((c.exports || c.fixes) && is_name(&w)))
			c.other = true;         /* "export NAME" alone changes no value */
		first = false;
	}
	finish(sc, &c);
	if (sc->depth > 0 && !sc->unbalanced)
		not_understood(sc, sc->compound_at, sc->len, "this has no end; what follows is left out");
}

static struct scan
scan_new(struct shell *sh, const struct source *src, bool careful)
{
	return ((struct scan) {
	    .sh = sh, .src = src, .s = src->text, .len = src->len, .careful = careful, .set_here = map_new(sh->arena) });
}

void
shell_read(struct shell *sh, const struct source *src)
{
	struct diags quiet;
	struct shell trial;
	struct scan sc;

	/* First as sh would; where that ends inside quotes, once more with an eye on where the quote is missing. */
	diags_init(&quiet, sh->arena, NULL);
	shell_init(&trial, sh->arena, &quiet);
	sc = scan_new(&trial, src, false);
	commands(&sc);
	sc = scan_new(sh, src, sc.unbalanced);
	commands(&sc);
}
