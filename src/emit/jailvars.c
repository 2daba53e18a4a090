/* SPDX-License-Identifier: BSD-2-Clause */
/* The variables jail_SAFENAME_X that rc.d/jail makes a jail.conf of. */
#include "emit/jailvars.h"

#include <string.h>

#include "emit/sh.h"

struct writer {
	struct text *t;
	unsigned flags;
	const struct jail_plan *jail;
	const char *why, *what;         /* the first fault, and its variable */
};

static void
assign(struct writer *w, const char *variable, const char *value)
{
	const char *name = arena_printf(w->t->arena, "jail_%s_%s", w->jail->ezjail.name, variable);
	const char *why = sh_assign(w->t, w->flags, name, value);

	if (why != NULL && w->why == NULL) {
		w->why = why;
		w->what = name;
	}
}

static void
refuse(struct writer *w, const char *variable, const char *why)
{
	if (w->why != NULL)
		return;
	w->why = why;
	w->what = arena_printf(w->t->arena, "jail_%s_%s", w->jail->ezjail.name, variable);
}

/* rc.d/jail puts the value between double quotes of a jail.conf as it is, so it is escaped for that here. */
static void
assign_quoted(struct writer *w, const char *variable, const char *value)
{
	const char *escaped = jailconf_escape(w->t->arena, value);

	if (escaped == NULL)
		refuse(w, variable, "its value holds a control character");
	else
		assign(w, variable, escaped);
}

/* Values that rc.d/jail splits without quoting. */
static void
assign_words(struct writer *w, const char *variable, const strings *words, const char *separator, const char *extra)
{
	vec_each (const char *const *, word, words)
		if (!only_chars(*word, extra))
			refuse(w, variable, "it holds a character that rc.d/jail would interpret");
	assign(w, variable, str_join(w->t->arena, words, separator));
}

static void
assign_parameters(struct writer *w)
{
	strings words = { 0 };

	vec_each (const char *const *, p, &w->jail->parameters) {
		const char *word = jailconf_parameter(w->t->arena, *p);

		if (word == NULL)
			refuse(w, "parameters", "it holds what is no jail(8) parameter");
		else
			*vec_push(w->t->arena, &words) = word;
	}
	if (words.n > 0)
		assign(w, "parameters", str_join(w->t->arena, &words, " "));
}

static void
assign_hooks(struct writer *w)
{
	static const char *const names[HOOKS] = {
		[HOOK_PRESTART] = "exec_prestart", [HOOK_POSTSTART] = "exec_poststart",
		[HOOK_PRESTOP] = "exec_prestop", [HOOK_POSTSTOP] = "exec_poststop"
	};

	for (int hook = 0; hook < HOOKS; hook++) {
		const strings *commands = &w->jail->ezjail.hooks[hook];

		for (size_t i = 0; i < commands->n; i++)
			assign_quoted(w, arena_printf(w->t->arena, "%s%zu", names[hook], i), commands->v[i]);
	}
}

const char *
jailvars(struct text *t, unsigned flags, const struct jail_plan *jail, const char **what)
{
	struct writer w = { .t = t, .flags = flags, .jail = jail };

	if (jail->vnet) {
		/* It is the empty ip that makes it a vnet jail; vnet_enable is read by nothing and written for people. */
		assign(&w, "ip", "");
		assign(&w, "vnet_enable", "YES");
		if (jail->vnet_interfaces.n > 0)
			assign_words(&w, "vnet_interface", &jail->vnet_interfaces, " ", "_.+/-");
	} else {
		assign_words(&w, "ip", &jail->ip, ",", "_.:|/+-");
		if (jail->fib >= 0)
			assign(&w, "fib", arena_printf(t->arena, "%d", jail->fib));
	}
	/* ezjail-admin gives a new jail its own name. */
	if (jail->hostname != NULL && strcmp(jail->hostname, jail->jail->name) != 0)
		assign_quoted(&w, "hostname", jail->hostname);
	assign_hooks(&w);
	if (jail->exec_start != NULL)
		assign_quoted(&w, "exec_start", jail->exec_start);
	if (jail->exec_stop != NULL)
		assign_quoted(&w, "exec_stop", jail->exec_stop);
	if (jail->devfs_ruleset >= 0)
		assign(&w, "devfs_ruleset", arena_printf(t->arena, "%d", jail->devfs_ruleset));
	assign_parameters(&w);
	*what = w.what;
	return (w.why);
}
