/* SPDX-License-Identifier: BSD-2-Clause */
/* jail.conf.d/NAME.conf: the same jail for the base system's own jail(8). */
#include <string.h>

#include "emit/outfile.h"
#include "emit/registry.h"
#include "emit/sh.h"

struct writer {
	struct text t;
	const char *what;               /* the first key whose value could not be written; NULL: none */
};

static void
quote(struct writer *w, const char *key, const char *value)
{
	const char *escaped = jailconf_escape(w->t.arena, value);

	if (escaped != NULL)
		text_printf(&w->t, "\"%s\"", escaped);
	else if (w->what == NULL)
		w->what = key;
}

/* op is "=" or "+=". */
static void
statement(struct writer *w, const char *key, const char *op, const char *value)
{
	text_printf(&w->t, "\t%s %s ", key, op);
	quote(w, key, value);
	text_add(&w->t, ";\n");
}

static void
list(struct writer *w, const char *key, const strings *values)
{
	if (values->n == 0)
		return;
	text_printf(&w->t, "\t%s = ", key);
	for (size_t i = 0; i < values->n; i++) {
		text_add(&w->t, i == 0 ? "" : ", ");
		quote(w, key, values->v[i]);
	}
	text_add(&w->t, ";\n");
}

/* IFACE|ADDRESS goes to the key of its family. */
static void
classic_addresses(struct writer *w, const strings *ip)
{
	strings of[2] = { { 0 }, { 0 } };

	vec_each (const char *const *, item, ip) {
		const char *bar = strchr(*item, '|');

		*vec_push(w->t.arena, &of[strchr(bar != NULL ? bar : *item, ':') != NULL]) = *item;
	}
	list(w, "ip4.addr", &of[0]);
	list(w, "ip6.addr", &of[1]);
}

static void
parameters(struct writer *w, const strings *words)
{
	vec_each (const char *const *, p, words) {
		const char *word = jailconf_parameter(w->t.arena, *p);

		if (word != NULL)
			text_printf(&w->t, "\t%s;\n", word);
		else if (w->what == NULL)
			w->what = *p;
	}
}

static void
jail_block(struct writer *w, const struct jail_plan *jail)
{
	static const char *const hooks[HOOKS] = {
		[HOOK_PRESTART] = "exec.prestart", [HOOK_POSTSTART] = "exec.poststart",
		[HOOK_PRESTOP] = "exec.prestop", [HOOK_POSTSTOP] = "exec.poststop"
	};
	strings depend = { 0 };

	text_printf(&w->t, "%s {\n", jail->native.name);
	if (jail->vnet) {
		text_add(&w->t, "\tvnet;\n");
		list(w, "vnet.interface", &jail->vnet_interfaces);
	} else {
		classic_addresses(w, &jail->ip);
		if (jail->fib >= 0)
			text_printf(&w->t, "\texec.fib = %d;\n", jail->fib);
	}
	statement(w, "path", "=", jail->path);
	statement(w, "host.hostname", "=", jail->hostname);
	vec_each (const struct jail *const *, before, &jail->after)
		*vec_push(w->t.arena, &depend) = (*before)->name;
	list(w, "depend", &depend);
	text_add(&w->t, "\tmount.devfs;\n");
	if (jail->devfs_ruleset >= 0)
		text_printf(&w->t, "\tdevfs_ruleset = %d;\n", jail->devfs_ruleset);
	/* The users give commands the PATH of login.conf: cleaned, it is /bin:/usr/bin, where jib finds no ifconfig. */
	text_add(&w->t, "\texec.clean;\n\texec.system_user = \"root\";\n\texec.jail_user = \"root\";\n");
	for (int hook = 0; hook < HOOKS; hook++)
		vec_each (const char *const *, command, &jail->native.hooks[hook])
			statement(w, hooks[hook], "+=", *command);
	if (jail->exec_start != NULL)
		statement(w, "exec.start", "=", jail->exec_start);
	if (jail->exec_stop != NULL)
		statement(w, "exec.stop", "=", jail->exec_stop);
	parameters(w, &jail->parameters);
	text_add(&w->t, "}\n");
}

static void
head(struct text *t, const struct plan *plan, const struct jail_plan *jail)
{
	struct arena *a = t->arena;
	const char *name = jail->native.name;

	sh_head(t, arena_printf(a, "jail.conf: jail %s for the base system's jail(8); belongs at /etc/jail.conf.d/%s.conf.", name, name),
	    plan->topology->file);
	if (plan->topology->release.major >= 14) {
		sh_comment_wrapped(t, "So that jails wait for those they depend on, /etc/jail.conf must hold the line");
		text_add(t, "#\t.include \"/etc/jail.conf.d/*.conf\";\n");
	} else
		sh_comment_wrapped(t, "Releases before 14 may not read that directory: put these lines into /etc/jail.conf there.");
	sh_comment_wrapped(t, "Not beside ezjail: where ezjail has a jail of this name, its settings win without a word.");
}

static bool
emit(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	vec_each (const struct jail_plan *, jail, &plan->jails) {
		struct writer w = { .t = { .arena = a } };
		const char *path = arena_printf(a, "jail.conf.d/%s.conf", jail->native.name);

		if (!only_chars(jail->native.name, "_-"))
			return (outfile_refuse(a, error, path, jail->native.name, "it is no name of a jail"));
		head(&w.t, plan, jail);
		text_add(&w.t, "\n");
		sh_title(&w.t, jail->jail->name, jail->asked);
		jail_block(&w, jail);
		if (w.what != NULL)
			return (outfile_refuse(a, error, path, w.what, "its value holds what jail.conf cannot"));
		outfile_add(out, path, &w.t);
	}
	return (true);
}

const struct emitter emit_jailconf = { "jailconf", "each jail for the base system's jail(8)", emit };
