/* SPDX-License-Identifier: BSD-2-Clause */
/* A reader of jail.conf(5), after usr.sbin/jail's jaillex.l, jailparse.y and config.c. */
#include "import/jailconf.h"

#include <string.h>

#include "rules/rules.h"

#define INCLUDE_DEPTH 16
#define STEPS_MAX 100000        /* pieces of a jail's values: variables of variables may be many */
#define VALUE_MAX ((size_t)64 << 10)    /* bytes of a value with its variables put in */

enum token { T_END, T_STRING, T_ASSIGN, T_APPEND, T_COMMA, T_SEMICOLON, T_OPEN, T_CLOSE, T_BAD };

struct scan {
	struct jailconf *jc;
	const struct source *src;
	const char *s;
	size_t at, len;
	enum token token;
	struct jc_value value;          /* of T_STRING */
	size_t from;                    /* where the token begins */
	bool quoted;
};

void
jailconf_init(struct jailconf *jc, struct arena *a, struct diags *diags)
{
	*jc = (struct jailconf){ .arena = a, .diags = diags };
}

static struct span
place(const struct scan *sc, size_t from, size_t to)
{
	return ((struct span){ .src = sc->src, .off = (uint32_t)from, .len = (uint32_t)(to > from ? to - from : 1) });
}

static char
peek(const struct scan *sc, size_t ahead)
{
	return (sc->at + ahead < sc->len ? sc->s[sc->at + ahead] : '\0');
}

static bool
alnum(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

/* What an unquoted word may hold. */
static bool
bare(char c)
{
	return (c != '\0' && (alnum(c) || strchr("_!%&()-.:<>?@[]^`|~+*/", c) != NULL || ((unsigned char)c & 0x80) != 0));
}

static void
skip(struct scan *sc)
{
	while (sc->at < sc->len) {
		char c = sc->s[sc->at];

		if (c == '#' || (c == '/' && peek(sc, 1) == '/')) {
			while (sc->at < sc->len && sc->s[sc->at] != '\n')
				sc->at++;
		} else if (c == '/' && peek(sc, 1) == '*') {
			size_t from = sc->at;

			for (sc->at += 2; sc->at < sc->len && !(sc->s[sc->at] == '*' && peek(sc, 1) == '/'); sc->at++)
				;
			if (sc->at >= sc->len)
				diag_add(sc->jc->diags, &rule_jail_conf_syntax, place(sc, from, from + 2), "this comment has no end");
			sc->at = sc->at + 2 < sc->len ? sc->at + 2 : sc->len;
		} else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
			sc->at++;
		else
			return;
	}
}

static void
piece(struct scan *sc, struct text *t, bool variable)
{
	struct jc_piece *p;

	if (t->n == 0 && !variable)
		return;
	p = vec_push(sc->jc->arena, &sc->value.pieces);
	p->text = text_end(t);
	p->variable = variable;
	*t = (struct text){ .arena = sc->jc->arena };
}

static bool
in_braces(char c)
{
	return (c != '\0' && strchr("{}\"\n", c) == NULL);
}

/* $NAME or ${NAME}. At the '$'; false: it is a '$' by itself. */
static bool
variable(struct scan *sc, struct text *t)
{
	size_t from = sc->at + 1;
	bool braces = peek(sc, 1) == '{';
	struct text name = { .arena = sc->jc->arena };

	from += braces;
	sc->at = from;
	while (sc->at < sc->len && (braces ? in_braces(sc->s[sc->at]) : alnum(sc->s[sc->at]) || sc->s[sc->at] == '_'))
		sc->at++;
	if (!braces && sc->at > from && sc->s[from] >= '0' && sc->s[from] <= '9')
		sc->at = from;
	if (sc->at == from || (braces && peek(sc, 0) != '}')) {
		text_addn(t, sc->s + from - 1 - braces, sc->at - from + 1 + braces);
		return (false);
	}
	piece(sc, t, false);
	text_addn(&name, sc->s + from, sc->at - from);
	piece(sc, &name, true);
	sc->at += braces;
	return (true);
}

/* A backslash, in quotes of both kinds or a bare word: C's escapes, octal and hexadecimal. At the '\\'. */
static void
escape(struct scan *sc, struct text *t)
{
	static const char letters[] = "abfnrtv", means[] = "\a\b\f\n\r\t\v";
	char c = peek(sc, 1), byte;
	const char *letter = c != '\0' ? strchr(letters, c) : NULL;
	unsigned n = 0, digits = 0;

	sc->at += sc->at + 1 < sc->len ? 2 : 1;
	if (c == '\n')
		return;
	if (c >= '0' && c <= '7') {
		for (sc->at--; digits < 3 && peek(sc, 0) >= '0' && peek(sc, 0) <= '7'; digits++)
			n = n * 8 + (unsigned)(sc->s[sc->at++] - '0');
		byte = (char)(n & 0xff);
	} else if (c == 'x' && hex_digit(peek(sc, 0)) >= 0) {
		for (; digits < 2 && hex_digit(peek(sc, 0)) >= 0; digits++)
			n = n * 16 + (unsigned)hex_digit(sc->s[sc->at++]);
		byte = (char)n;
	} else
		byte = letter != NULL ? means[letter - letters] : c;
	if (byte != '\0')
		text_addn(t, &byte, 1);
}

static void
quotes(struct scan *sc, struct text *t, char quote)
{
	size_t open = sc->at++;

	for (; sc->at < sc->len && sc->s[sc->at] != quote;) {
		char c = sc->s[sc->at];

		if (c == '\\')
			escape(sc, t);
		else if (c == '$' && quote == '"')
			variable(sc, t);
		else {
			if (c != '\0')
				text_addn(t, &sc->s[sc->at], 1);
			sc->at++;
		}
	}
	if (sc->at < sc->len)
		sc->at++;
	else
		diag_add(sc->jc->diags, &rule_unbalanced_quote, place(sc, open, open + 1), "this quote is never closed");
}

/* Strings that touch are one: a"b"c. */
static void
string(struct scan *sc)
{
	struct text t = { .arena = sc->jc->arena };

	sc->token = T_STRING;
	for (;;) {
		char c = peek(sc, 0);

		if (sc->at >= sc->len)
			break;
		if (c == '"' || c == '\'') {
			sc->quoted = true;
			quotes(sc, &t, c);
		} else if (c == '$')
			variable(sc, &t);
		else if (c == '\\')
			escape(sc, &t);
		else if (bare(c) && !(c == '/' && (peek(sc, 1) == '/' || peek(sc, 1) == '*')) && !(c == '+' && peek(sc, 1) == '=')) {
			text_addn(&t, &sc->s[sc->at], 1);
			sc->at++;
		} else
			break;
	}
	piece(sc, &t, false);
	sc->value.at = place(sc, sc->from, sc->at);
}

static void
next(struct scan *sc)
{
	static const struct { char c; enum token token; } marks[] = {
		{ '=', T_ASSIGN }, { ',', T_COMMA }, { ';', T_SEMICOLON }, { '{', T_OPEN }, { '}', T_CLOSE },
	};
	char c;

	skip(sc);
	sc->from = sc->at;
	sc->value = (struct jc_value){ 0 };
	sc->quoted = false;
	if (sc->at >= sc->len) {
		sc->token = T_END;
		return;
	}
	c = sc->s[sc->at];
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (c == marks[i].c) {
			sc->at++;
			sc->token = marks[i].token;
			return;
		}
	if (c == '+' && peek(sc, 1) == '=') {
		sc->at += 2;
		sc->token = T_APPEND;
	} else if (bare(c) || c == '"' || c == '\'' || c == '$' || c == '\\')
		string(sc);
	else {
		sc->at++;
		sc->token = T_BAD;
	}
}

/* Passes over the rest of a statement. */
static void
resume(struct scan *sc)
{
	while (sc->token != T_END && sc->token != T_SEMICOLON && sc->token != T_CLOSE && sc->token != T_OPEN)
		next(sc);
	if (sc->token == T_SEMICOLON)
		next(sc);
}

static void
wrong(struct scan *sc, const char *wanted)
{
	static const char *const names[] = {
		[T_END] = "the end of the file", [T_STRING] = "a word", [T_ASSIGN] = "=", [T_APPEND] = "+=", [T_COMMA] = "a comma",
		[T_SEMICOLON] = "a semicolon", [T_OPEN] = "{", [T_CLOSE] = "}", [T_BAD] = "a character that has to be quoted",
	};

	diag_add(sc->jc->diags, &rule_jail_conf_syntax, place(sc, sc->from, sc->at), "%s was expected here, not %s", wanted, names[sc->token]);
}

/* The text of a name: of variables the reader sees "$NAME" as one piece. */
static const char *
name_of(struct scan *sc)
{
	struct text t = { .arena = sc->jc->arena };

	vec_each (const struct jc_piece *, p, &sc->value.pieces) {
		if (p->variable)
			text_add(&t, "$");
		text_add(&t, p->text);
	}
	return (text_end(&t));
}

/* "*", or a name of which one part between dots is. */
static bool
is_wildcard(const char *name)
{
	for (size_t n; *name != '\0'; name += n + (name[n] == '.'))
		if ((n = strcspn(name, ".")) == 1 && *name == '*')
			return (true);
	return (false);
}

static struct jc_block *
block_new(struct jailconf *jc, const char *name, struct span at)
{
	struct jc_block *b = vec_push(jc->arena, &jc->blocks);

	*b = (struct jc_block){ .name = name, .at = at, .wildcard = is_wildcard(name) };
	return (b);
}

/* The values of "NAME = v, v;", after the operator. */
static void
values(struct scan *sc, struct jc_param *p)
{
	for (;;) {
		if (sc->token != T_STRING) {
			wrong(sc, "a value");
			return;
		}
		*vec_push(sc->jc->arena, &p->values) = sc->value;
		next(sc);
		if (sc->token != T_COMMA)
			return;
		next(sc);
	}
}

/* The rest of a statement whose name has been read, into block number at. */
static void
parameter(struct scan *sc, size_t block, const char *name, struct span at)
{
	struct jc_param p = { .name = name, .at = at };

	if (sc->token == T_ASSIGN || sc->token == T_APPEND) {
		p.append = sc->token == T_APPEND;
		next(sc);
		values(sc, &p);
	}
	*vec_push(sc->jc->arena, &sc->jc->blocks.v[block].params) = p;
	if (sc->token != T_SEMICOLON && sc->token != T_CLOSE)
		wrong(sc, "a semicolon");
	if (sc->token != T_CLOSE)
		resume(sc);
}

/* From a "{" to what follows its "}". */
static void
skip_block(struct scan *sc)
{
	size_t depth = 0;

	do {
		depth += sc->token == T_OPEN;
		depth -= sc->token == T_CLOSE;
		next(sc);
	} while (depth > 0 && sc->token != T_END);
}

static void
block(struct scan *sc, const char *name, struct span at)
{
	size_t number = sc->jc->blocks.n;

	block_new(sc->jc, name, at);
	next(sc);
	while (sc->token != T_END && sc->token != T_CLOSE) {
		const char *word;
		struct span word_at;

		if (sc->token == T_SEMICOLON) {
			next(sc);
			continue;
		}
		if (sc->token != T_STRING) {
			wrong(sc, "a parameter");
			next(sc);
			resume(sc);
			continue;
		}
		word = name_of(sc);
		word_at = sc->value.at;
		next(sc);
		if (sc->token == T_OPEN) {
			diag_add(sc->jc->diags, &rule_jail_conf_syntax, word_at, "a jail cannot be defined inside another");
			skip_block(sc);
			continue;
		}
		parameter(sc, number, word, word_at);
	}
	if (sc->token == T_END)
		diag_add(sc->jc->diags, &rule_jail_conf_syntax, at, "the block of %s has no end", name);
	else
		next(sc);
}

static void
include(struct scan *sc, struct span at)
{
	struct jailconf *jc = sc->jc;
	const char *pattern;

	if (sc->token != T_STRING) {
		wrong(sc, "a file");
		resume(sc);
		return;
	}
	pattern = name_of(sc);
	next(sc);
	if (jc->include == NULL || jc->depth >= INCLUDE_DEPTH)
		diag_add(jc->diags, &rule_not_understood, at, jc->include == NULL ? "%s is not read" : "%s: includes are nested too deep", pattern);
	else {
		jc->depth++;
		jc->include(jc->user, pattern, at);
		jc->depth--;
	}
	if (sc->token != T_SEMICOLON)
		wrong(sc, "a semicolon");
	resume(sc);
}

/* Parameters beside the blocks belong to a "*" of their own, which stands where they stand (config.c). */
static size_t
global_block(struct scan *sc, struct span at)
{
	struct jailconf *jc = sc->jc;

	if (jc->blocks.n == 0 || !jc->blocks.v[jc->blocks.n - 1].global)
		block_new(jc, "*", at)->global = true;
	return (jc->blocks.n - 1);
}

void
jailconf_read(struct jailconf *jc, const struct source *src)
{
	struct scan sc = { .jc = jc, .src = src, .s = src->text, .len = src->len };

	next(&sc);
	while (sc.token != T_END) {
		const char *word;
		struct span at;

		if (sc.token == T_SEMICOLON) {
			next(&sc);
			continue;
		}
		if (sc.token != T_STRING) {
			wrong(&sc, "a jail or a parameter");
			next(&sc);
			if (sc.token != T_OPEN)
				resume(&sc);
			continue;
		}
		word = name_of(&sc);
		at = sc.value.at;
		next(&sc);
		if (strcmp(word, ".include") == 0)
			include(&sc, at);
		else if (sc.token == T_OPEN)
			block(&sc, word, at);
		else
			parameter(&sc, global_block(&sc, at), word, at);
	}
}

/* What a jail gets */

/* A "*" stands for one part of a name, at the end for one or more. */
static bool
matches(const char *jail, const char *pattern)
{
	for (;;) {
		size_t n = strcspn(jail, "."), m = strcspn(pattern, ".");
		bool any = m == 1 && *pattern == '*';

		if (any && pattern[m] == '\0')
			return (true);
		if (!any && (n != m || memcmp(jail, pattern, n) != 0))
			return (false);
		if (jail[n] == '\0' || pattern[m] == '\0')
			return (jail[n] == pattern[m]);
		jail += n + 1;
		pattern += m + 1;
	}
}

void
jailconf_jails(const struct jailconf *jc, strings *names)
{
	struct map *seen = map_new(jc->arena);

	vec_each (const struct jc_block *, b, &jc->blocks)
		if (!b->wildcard && b->name[0] != '\0' && map_put(seen, b->name, seen) == NULL)
			*vec_push(jc->arena, names) = b->name;
}

const struct jc_setting *
jc_find(const jc_settings *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].name, name) == 0)
			return (&all->v[i]);
	return (NULL);
}

/* Settings while variables are still in them. */
struct raw { const char *name; struct span at; VEC(const struct jc_value *) values; };
struct gathered { struct arena *arena; VEC(struct raw) all; struct map *by_name; unsigned steps; };

/* A parameter and its opposite, "allow.mount" and "allow.nomount", are one: the name without its "no". */
static const char *
without_no(struct arena *a, const char *name)
{
	const char *dot = strrchr(name, '.'), *last = dot != NULL ? dot + 1 : name;

	if (strncmp(last, "no", 2) == 0)
		return (arena_printf(a, "%.*s%s", (int)(last - name), name, last + 2));
	return (strncmp(name, "no", 2) == 0 ? name + 2 : name);
}

static struct raw *
raw_find(const struct gathered *g, const char *name)
{
	uintptr_t at = (uintptr_t)map_get(g->by_name, without_no(g->arena, name));

	return (at == 0 ? NULL : &g->all.v[at - 1]);
}

static void
gather(struct gathered *g, const struct jc_block *b)
{
	vec_each (const struct jc_param *, p, &b->params) {
		struct raw *raw = raw_find(g, p->name);

		if (raw == NULL) {
			raw = vec_push(g->arena, &g->all);
			*raw = (struct raw){ 0 };
			map_set(g->by_name, without_no(g->arena, p->name), (void *)(uintptr_t)g->all.n);
		}
		raw->name = p->name;
		raw->at = p->at;
		if (!p->append)
			raw->values.n = 0;
		vec_each (const struct jc_value *, v, &p->values)
			*vec_push(g->arena, &raw->values) = v;
	}
}

/* What a variable in a value stands for; NULL: nothing that is set. */
static const struct raw *
meant(const struct gathered *g, const char *variable)
{
	const struct raw *raw = raw_find(g, arena_printf(g->arena, "$%s", variable));

	return (raw != NULL ? raw : raw_find(g, variable));
}

/* A value with its variables; false: one of them is not known or a list, which jail(8) puts in no other value, or it grows beyond all measure. */
static bool
expand(struct gathered *g, const char *jail, const struct jc_value *v, struct text *out, unsigned depth)
{
	vec_each (const struct jc_piece *, p, &v->pieces) {
		const struct raw *raw;

		if (out->n > VALUE_MAX || g->steps++ > STEPS_MAX)
			return (false);
		if (!p->variable) {
			text_add(out, p->text);
			continue;
		}
		raw = meant(g, p->text);
		if (raw == NULL && strcmp(p->text, "name") == 0)
			text_add(out, jail);
		else if (raw == NULL || raw->values.n != 1 || depth >= INCLUDE_DEPTH || !expand(g, jail, raw->values.v[0], out, depth + 1))
			return (false);
	}
	return (true);
}

/* One value of a setting. A list that is all of it comes as its values. */
static void
put_value(const struct jailconf *jc, struct gathered *g, const char *jail, const struct jc_value *v, struct jc_setting *s, unsigned depth)
{
	const struct raw *list = v->pieces.n == 1 && v->pieces.v[0].variable && depth < INCLUDE_DEPTH ? meant(g, v->pieces.v[0].text) : NULL;
	struct text t = { .arena = jc->arena };

	if (list != NULL && list->values.n > 1 && g->steps++ < STEPS_MAX) {
		vec_each (const struct jc_value *const *, it, &list->values)
			put_value(jc, g, jail, *it, s, depth + 1);
		return;
	}
	if (!expand(g, jail, v, &t, 0)) {
		diag_add(jc->diags, &rule_not_understood, v->at, "a variable in %s of %s is not known, or a list", s->name, jail);
		return;
	}
	*vec_push(jc->arena, &s->values) = text_end(&t);
	*vec_push(jc->arena, &s->at) = v->at;
}

static void
put(const struct jailconf *jc, struct gathered *g, const char *jail, const struct raw *raw, jc_settings *out)
{
	struct jc_setting *s = vec_push(jc->arena, out);

	*s = (struct jc_setting){ .name = raw->name, .name_at = raw->at };
	vec_each (const struct jc_value *const *, v, &raw->values)
		put_value(jc, g, jail, *v, s, 0);
}

void
jailconf_settings(const struct jailconf *jc, const char *jail, jc_settings *out)
{
	struct gathered g = { .arena = jc->arena, .by_name = map_new(jc->arena) };

	*out = (jc_settings){ 0 };
	/* In the order of the file: a wildcard after the jail's own block overrides it, as jail(8) does. */
	vec_each (const struct jc_block *, b, &jc->blocks)
		if (b->wildcard ? matches(jail, b->name) : strcmp(b->name, jail) == 0)
			gather(&g, b);
	vec_each (const struct raw *, raw, &g.all)
		if (raw->name[0] != '$')
			put(jc, &g, jail, raw, out);
}
