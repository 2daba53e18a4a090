/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines taken apart. What a shell would have to work out (variables, substitutions, conditions, pipes) is left whole. */
#include "import/commands.h"

#include <string.h>

struct splitting {
	struct arena *arena;
	const char *s;
	struct simple_command command;
	const char *from;               /* where the command begins */
	simple_commands *out;
};

static bool
done(struct splitting *p)
{
	static const char *const keywords[] = { "if", "then", "else", "fi", "for", "while", "until", "do", "done", "case", "esac", "!", "eval", "exec",
		".", "source", "set", "cd", NULL };
	const char *end = p->s;

	while (end > p->from && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (p->command.words.n > 0) {
		if (str_in(p->command.words.v[0], keywords) || strchr(p->command.words.v[0], '=') != NULL)
			return (false);
		p->command.text = arena_strndup(p->arena, p->from, (size_t)(end - p->from));
		*vec_push(p->arena, p->out) = p->command;
	}
	p->command = (struct simple_command){ 0 };
	return (true);
}

/* echo 'it was there already' */
static bool
only_said(struct splitting *p)
{
	if (strncmp(p->s, "echo ", 5) != 0)
		return (false);
	while (*p->s != '\0' && strchr("\n;&|", *p->s) == NULL) {
		const char *end = *p->s == '"' || *p->s == '\'' ? strchr(p->s + 1, *p->s) : p->s;

		if (end == NULL || strchr("$`\\<>(", *p->s) != NULL || (*p->s == '"' && strcspn(p->s + 1, "$`\\") < (size_t)(end - p->s - 1)))
			return (false);
		p->s = end + 1;
	}
	return (true);
}

/* After "||": what makes a failure pass. */
static bool
or_true(struct splitting *p)
{
	static const char *const words[] = { "/usr/bin/true", "true", ":" };

	p->s += 2 + strspn(p->s + 2, " \t");
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);

		if (strncmp(p->s, words[i], n) == 0 && (p->s[n] == '\0' || strchr(" \t\n;&", p->s[n]) != NULL)) {
			p->s += n;
			return (true);
		}
	}
	return (only_said(p));
}

/* ">/dev/null", "2>&1", "2> /dev/null". */
static bool
redirection(struct splitting *p)
{
	p->s += strspn(p->s, "012");
	p->s++;
	if (*p->s == '&' && (p->s[1] == '1' || p->s[1] == '2')) {
		p->s += 2;
		return (true);
	}
	p->s += strspn(p->s, " \t");
	if (strncmp(p->s, "/dev/null", 9) != 0)
		return (false);
	p->s += 9;
	return (true);
}

static bool
word(struct splitting *p)
{
	struct text t = { .arena = p->arena };

	while (*p->s != '\0' && strchr(" \t\n;&|>", *p->s) == NULL) {
		if (strchr("$`(){}<*?[\\~", *p->s) != NULL)
			return (false);
		if (*p->s == '"' || *p->s == '\'') {
			const char quote = *p->s++, *end = strchr(p->s, quote);

			if (end == NULL || (quote == '"' && strcspn(p->s, "$`\\") < (size_t)(end - p->s)))
				return (false);
			text_addn(&t, p->s, (size_t)(end - p->s));
			p->s = end + 1;
		} else
			text_addn(&t, p->s++, 1);
	}
	*vec_push(p->arena, &p->command.words) = text_end(&t);
	return (true);
}

static bool
step(struct splitting *p)
{
	size_t digits = strspn(p->s, "012");

	if (p->s[digits] == '>' && p->s[digits + 1] != '>')
		return (redirection(p));
	switch (*p->s) {
	case ' ':
	case '\t':
		p->s++;
		return (true);
	case '\n':
	case ';':
		if (!done(p))
			return (false);
		p->from = ++p->s;
		p->from += strspn(p->from, " \t");
		return (true);
	case '#':
		p->s += strcspn(p->s, "\n");
		return (true);
	case '|':
		return (p->s[1] == '|' && or_true(p));
	case '&':
		if (p->s[1] != '&' || !done(p))
			return (false);
		p->s += 2;
		p->from = p->s + strspn(p->s, " \t");
		return (true);
	case '>':
		return (false);
	default:
		return (word(p));
	}
}

bool
commands_split(struct arena *a, const char *text, simple_commands *out)
{
	struct splitting p = { .arena = a, .s = text, .from = text + strspn(text, " \t"), .out = out };

	*out = (simple_commands){ 0 };
	while (*p.s != '\0')
		if (!step(&p))
			return (false);
	return (done(&p));
}

const char *
command_tool(const struct simple_command *c)
{
	const char *slash = strrchr(c->words.v[0], '/');

	return (slash == NULL ? c->words.v[0] : slash + 1);
}
