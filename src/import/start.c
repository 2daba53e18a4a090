/* SPDX-License-Identifier: BSD-2-Clause */
/* What the commands of a jail's start (exec.start) do to its network, as variables of its rc.conf: a build has it there. */
#include <string.h>

#include "import/commands.h"
#include "import/old.h"
#include "model/model.h"
#include "rules/rules.h"

struct starting { struct old_host *old; struct old_jail *jail; const struct old_command *command; bool rc; };

static void
set(struct starting *s, const char *variable, const char *value)
{
	shell_put(&s->jail->stack.rc, variable, value, s->command->at);
}

/* The first address of its family is the interface's, others are aliases. */
static void
address(struct starting *s, const char *name, const char *value)
{
	struct arena *a = s->old->arena;
	const char *variable = arena_printf(a, "ifconfig_%s%s", rc_variable(a, name), strncmp(value, "inet6 ", 6) == 0 ? "_ipv6" : "");
	const char *before = shell_value(&s->jail->stack.rc, variable);
	bool plain = strncmp(value, "inet", 4) != 0;

	for (int n = 0; before != NULL && *before != '\0' && strcmp(before, "up") != 0; n++) {
		if (strcmp(before, value) == 0)
			return;
		variable = arena_printf(a, "ifconfig_%s_alias%d", rc_variable(a, name), n);
		before = shell_value(&s->jail->stack.rc, variable);
	}
	set(s, variable, plain && strstr(variable, "_alias") != NULL ? arena_printf(a, "inet %s", value) : value);
}

/* ifconfig IF WORDS; lo0 is rc's affair. */
static bool
by_ifconfig(struct starting *s, const strings *w)
{
	struct arena *a = s->old->arena;
	struct text t = { .arena = a };
	const char *first = w->n > 2 ? w->v[2] : "up";

	if (w->n < 2 || w->v[1][0] == '-')
		return (false);
	if (strcmp(w->v[1], "lo0") == 0)
		return (true);
	if (strcmp(first, "name") == 0 && w->n == 4) {
		set(s, arena_printf(a, "ifconfig_%s_name", rc_variable(a, w->v[1])), w->v[3]);
		return (true);
	}
	for (size_t i = 2; i < w->n; i++)
		if (strcmp(w->v[i], "up") != 0 || w->n == 3)
			text_printf(&t, "%s%s", t.n > 0 ? " " : "", w->v[i]);
	address(s, w->v[1], t.n > 0 ? text_end(&t) : "up");
	return (true);
}

static bool
default_route(struct starting *s, const char *via)
{
	const char *variable = strchr(via, ':') != NULL ? "ipv6_defaultrouter" : "defaultrouter", *before = shell_value(&s->jail->stack.rc, variable);

	if (before == NULL || *before == '\0')
		set(s, variable, via);
	return (before == NULL || *before == '\0' || strcmp(before, via) == 0);
}

/* route add default G, route add -net N G. */
static bool
by_route(struct starting *s, const strings *w)
{
	struct arena *a = s->old->arena;
	struct text t = { .arena = a };
	const char *list, *before, *name, *to = NULL;
	bool add = false, inet6 = false;
	strings rest = { 0 };

	for (size_t i = 1; i < w->n; i++) {
		inet6 |= strcmp(w->v[i], "-6") == 0 || strcmp(w->v[i], "-inet6") == 0 || strchr(w->v[i], ':') != NULL;
		if (strcmp(w->v[i], "add") == 0 && !add)
			add = true;
		else if (!str_in(w->v[i], (const char *const[]){ "-n", "-q", "-4", "-6", "-inet", "-inet6", NULL }))
			*vec_push(a, &rest) = w->v[i];
	}
	if (!add)
		return (false);
	if (rest.n > 1 && strcmp(rest.v[0], "-net") == 0 && str_in(rest.v[1], (const char *const[]){ "default", "0.0.0.0/0", "::/0", NULL })) {
		rest.v++;
		rest.n--;
	}
	if (rest.n == 2 && str_in(rest.v[0], (const char *const[]){ "default", "0.0.0.0/0", "::/0", "0/0", NULL }))
		return (default_route(s, rest.v[1]));
	list = inet6 ? "ipv6_static_routes" : "static_routes";
	before = shell_value(&s->jail->stack.rc, list);
	for (size_t i = 0; i < rest.n; i++)
		to = to == NULL && rest.v[i][0] != '-' ? rest.v[i] : to;
	if (to == NULL)
		return (false);
	name = arena_printf(a, "net_%s", safename(a, to));
	for (size_t i = 0; i < rest.n; i++)
		text_printf(&t, "%s%s", t.n > 0 ? " " : "", rest.v[i]);
	set(s, list, arena_printf(a, "%s%s%s", before != NULL ? before : "", before != NULL ? " " : "", name));
	set(s, arena_printf(a, "%sroute_%s", inet6 ? "ipv6_" : "", name), text_end(&t));
	return (true);
}

static bool
starts(struct starting *s, const struct simple_command *c)
{
	const char *tool = command_tool(c);
	const strings *w = &c->words;
	bool rc = (strcmp(tool, "sh") == 0 && w->n == 2 && strcmp(w->v[1], "/etc/rc") == 0) || strcmp(w->v[0], "/etc/rc") == 0;

	s->rc |= rc;
	return (rc || (s->jail->vnet && strcmp(tool, "ifconfig") == 0 && by_ifconfig(s, w)) ||
	    (s->jail->vnet && strcmp(tool, "route") == 0 && by_route(s, w)));
}

static bool
stops(struct starting *s, const struct simple_command *c)
{
	const strings *w = &c->words;

	(void)s;
	for (size_t i = 0; i < w->n && i < 2; i++)
		if (strcmp(w->v[i], "/etc/rc.shutdown") == 0)
			return (true);
	return (strcmp(command_tool(c), "ifconfig") == 0 && w->n == 3 && str_in(w->v[2], (const char *const[]){ "down", "destroy", NULL }));
}

static void
left_out(struct starting *s, const char *text, const char *when, const char *instead)
{
	struct diag *d;

	if (s->command->stays)
		return;
	d = diag_add(s->old->diags, &rule_not_understood, s->command->at, "%s also runs \"%s\" when it %s: left out", s->jail->name,
	    str_shown(s->old->arena, text), when);
	diag_note(s->old->diags, d, (struct span){ 0 }, "%s", instead);
}

static void
each(struct starting *s, bool (*take)(struct starting *, const struct simple_command *), const char *when, const char *instead)
{
	simple_commands all;
	struct text left = { .arena = s->old->arena };

	if (!commands_split(s->old->arena, s->command->text, &all)) {
		left_out(s, s->command->text, when, instead);
		return;
	}
	vec_each (const struct simple_command *, c, &all)
		if (!take(s, c))
			text_printf(&left, "%s%s", left.n > 0 ? "; " : "", c->text);
	if (s->command->stays && all.n > 0 && left.n == 0)
		diag_add(s->old->diags, &rule_not_understood, s->command->at, "%s would do this twice: a build sets it in its rc.conf, take it out here",
		    s->jail->name);
	if (left.n > 0)
		left_out(s, text_end(&left), when, instead);
}

void
old_start(struct old_host *old, struct old_jail *jail)
{
	struct starting s = { .old = old, .jail = jail };

	if (jail->inherits)
		return;
	vec_each (const struct old_command *, c, &jail->start) {
		s.command = c;
		each(&s, starts, "starts", "a jail that vnetc writes starts by /bin/sh /etc/rc: its own rc.d or rc.local can run it");
	}
	if (!s.rc && jail->manager == OLD_JAIL_CONF)
		diag_add(old->diags, &rule_not_understood, jail->start.n > 0 ? jail->start.v[0].at : jail->at,
		    "%s does not start by /etc/rc, one that vnetc writes does", jail->name);
	vec_each (const struct old_command *, c, &jail->stop) {
		s.command = c;
		each(&s, stops, "stops", "a jail that vnetc writes stops by /etc/rc.shutdown");
	}
}
