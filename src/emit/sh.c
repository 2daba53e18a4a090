/* SPDX-License-Identifier: BSD-2-Clause */
/* Quoting for sh, jail.conf and comments. */
#include "emit/sh.h"

#include <string.h>

#define COLUMNS 78

static bool
is_name(const char *name)
{
	return (only_chars(name, "_") && !(*name >= '0' && *name <= '9'));
}

static const char *
value_fault(const char *name, const char *value)
{
	const char *fault = variable_fault(name, value);

	if (fault == NULL)
		return (NULL);
	return (control_in(fault) == fault ? "its value holds a control character" : "its value holds a character that rc would interpret");
}

/* With a backslash before each of the special characters. */
static void
add_escaped(struct text *t, const char *value, const char *special)
{
	for (;;) {
		size_t n = strcspn(value, special);

		text_addn(t, value, n);
		value += n;
		if (*value == '\0')
			return;
		text_add(t, "\\");
		text_addn(t, value++, 1);
	}
}

const char *
sh_assign(struct text *t, unsigned flags, const char *name, const char *value)
{
	const char *fault;

	if (!is_name(name))
		return ("it is no name of a shell variable");
	if ((fault = value_fault(name, value)) != NULL)
		return (fault);
	text_printf(t, "%s%s=\"", flags & SH_EXPORT ? "export " : "", name);
	if (flags & SH_APPEND)
		text_printf(t, "${%s} ", name);
	add_escaped(t, value, "\"\\$`");
	text_add(t, "\"\n");
	return (NULL);
}

const char *
sh_word(struct arena *a, const char *s)
{
	struct text t = { .arena = a };
	bool shown = text_is_shown(s, strlen(s));

	if (*s != '\0' && only_chars(s, "_-+=./:,@%"))
		return (s);
	text_add(&t, shown ? "'" : "$'");
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			text_add(&t, shown ? "'\\''" : "\\'");
		else if (!shown && (*s == '\\' || (unsigned char)*s < 0x20 || (unsigned char)*s >= 0x7f))
			text_printf(&t, "\\%03o", (unsigned)(unsigned char)*s);
		else
			text_addn(&t, s, 1);
	}
	text_add(&t, "'");
	return (text_end(&t));
}

void
sh_comment(struct text *t, const char *s)
{
	size_t n = strlen(s);

	text_add(t, n == 0 ? "#" : "# ");
	text_add_shown(t, s, n);
	/* pf.conf and rtadvd.conf join a line that ends in a backslash with the next, comment or not. */
	if (n > 0 && s[n - 1] == '\\')
		text_add(t, " ");
	text_add(t, "\n");
}

static size_t
columns(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] & 0xc0) != 0x80)
			count++;
	return (count);
}

void
sh_comment_wrapped(struct text *t, const char *s)
{
	while (*s != '\0') {
		struct text line = { .arena = t->arena };
		size_t width = 1;

		do {
			size_t n = strcspn(s, " ");

			if (line.n > 0)
				text_add(&line, " ");
			text_addn(&line, s, n);
			width += columns(s, n) + 1;
			s += n + strspn(s + n, " ");
		} while (*s != '\0' && width + columns(s, strcspn(s, " ")) + 1 <= COLUMNS);
		sh_comment(t, text_end(&line));
	}
}

void
sh_head(struct text *t, const char *about, const char *topology)
{
	if (about != NULL)
		sh_comment_wrapped(t, about);
	sh_comment_wrapped(t, arena_printf(t->arena, "Made by vnetc from %s; edits here are lost: change the topology and build again.", topology));
}

void
sh_title(struct text *t, const char *title, const char *asked)
{
	if (title != NULL && asked != NULL)
		sh_comment(t, arena_printf(t->arena, "%s (%s)", title, asked));
	else if (title != NULL || asked != NULL)
		sh_comment(t, title != NULL ? title : asked);
}

const char *
jailconf_escape(struct arena *a, const char *value)
{
	struct text t = { .arena = a };

	if (control_in(value) != NULL)
		return (NULL);
	add_escaped(&t, value, "\"\\$");
	return (text_end(&t));
}

const char *
jailconf_parameter(struct arena *a, const char *parameter)
{
	struct text t = { .arena = a };
	size_t n = strcspn(parameter, "=");
	const char *name = arena_strndup(a, parameter, n), *value;

	if (!only_chars(name, "_.") || control_in(parameter) != NULL)
		return (NULL);
	if (parameter[n] == '\0')
		return (name);
	value = parameter + n + 1;
	/* Outside quotes // begins a comment. */
	if (only_chars(value, "_.:/@%+,-") && strstr(value, "//") == NULL)
		return (arena_printf(a, "%s=%s", name, value));
	/* rc.d/jail splits at blanks and globs, so whatever is not plain is written as jail.conf's octal escape. */
	text_printf(&t, "%s=\"", name);
	for (; *value != '\0'; value++) {
		if (is_alnum(*value) || strchr("_.:/@%+,-", *value) != NULL || ((unsigned char)*value & 0x80) != 0)
			text_addn(&t, value, 1);
		else
			text_printf(&t, "\\%03o", (unsigned)(unsigned char)*value);
	}
	text_add(&t, "\"");
	return (text_end(&t));
}
