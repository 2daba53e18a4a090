/* SPDX-License-Identifier: BSD-2-Clause */
/* Quoting for sh, jail.conf and comments. */
#include "emit/sh.h"

#include <string.h>

#define COLUMNS 78

static bool
is_alnum(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

bool
only_chars(const char *s, const char *extra)
{
	if (*s == '\0')
		return (false);
	for (; *s != '\0'; s++)
		if (!is_alnum(*s) && strchr(extra, *s) == NULL)
			return (false);
	return (true);
}

static bool
has_control(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return (true);
	return (false);
}

/* Variables that network.subr, rc.d/routing and rc.d/bridge split, glob or evaluate a second time. */
static bool
is_evaluated(const char *name)
{
	static const char *const prefixes[] = {
		"ifconfig_", "ipv6_ifconfig_", "create_args_", "vlans_", "wlans_", "cloned_interfaces", "gif_interfaces", "ipv4_addrs_",
		"ipv6_prefix_", "network_interfaces", "ipv6_network_interfaces", "static_routes", "ipv6_static_routes", "route_",
		"ipv6_route_", "defaultrouter", "ipv6_defaultrouter", "autobridge_", "kld_list", NULL
	};

	for (size_t i = 0; prefixes[i] != NULL; i++)
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return (true);
	return (false);
}

static bool
is_name(const char *name)
{
	return (only_chars(name, "_") && !(*name >= '0' && *name <= '9'));
}

static const char *
value_fault(const char *name, const char *value)
{
	/* autobridge_X is a list of glob patterns by its meaning. */
	bool patterns = strncmp(name, "autobridge_", strlen("autobridge_")) == 0;

	if (has_control(value))
		return ("its value holds a control character");
	if (*value != '\0' && is_evaluated(name) && !only_chars(value, patterns ? "_.,:/@+=% -*?[]" : "_.,:/@+=% -"))
		return ("its value holds a character that rc would interpret");
	return (NULL);
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
	for (; *value != '\0'; value++) {
		if (strchr("\"\\$`", *value) != NULL)
			text_add(t, "\\");
		text_addn(t, value, 1);
	}
	text_add(t, "\"\n");
	return (NULL);
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

	if (has_control(value))
		return (NULL);
	for (; *value != '\0'; value++) {
		if (strchr("\"\\$", *value) != NULL)
			text_add(&t, "\\");
		text_addn(&t, value, 1);
	}
	return (text_end(&t));
}

const char *
jailconf_parameter(struct arena *a, const char *parameter)
{
	struct text t = { .arena = a };
	size_t n = strcspn(parameter, "=");
	const char *name = arena_strndup(a, parameter, n), *value;

	if (!only_chars(name, "_.") || has_control(parameter))
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
