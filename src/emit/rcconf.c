/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of stanzas: rc.conf of the host and of each jail, and what else the plan made line by line. */
#include <string.h>

#include "emit/outfile.h"
#include "emit/registry.h"
#include "emit/sh.h"

/* A line of a file that sh does not read: as it stands, or NAME=VALUE. */
static const char *
plain_line(struct text *t, const struct setting *s)
{
	const char *line = s->name == NULL ? s->value : arena_printf(t->arena, "%s=%s", s->name, s->value);

	if (s->append)
		return ("only a shell file can append to a variable");
	for (const char *c = line; *c != '\0'; c++)
		if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7f)
			return ("the line holds a control character");
	text_printf(t, "%s\n", line);
	return (NULL);
}

static bool
emit_file(const struct plan *plan, const struct plan_file *file, struct arena *a, struct outdir *out, const char **error)
{
	struct text t = { .arena = a };

	sh_head(&t, file->about, plan->topology->file);
	vec_each (const struct stanza *, stanza, &file->stanzas) {
		text_add(&t, "\n");
		sh_title(&t, stanza->title, stanza->asked);
		vec_each (const struct setting *, s, &stanza->settings) {
			const char *why;

			if (file->shell && s->name != NULL)
				why = sh_assign(&t, s->append ? SH_APPEND : 0, s->name, s->value);
			else
				why = plain_line(&t, s);
			if (why != NULL)
				return (outfile_refuse(a, error, file->path, s->name != NULL ? s->name : s->value, why));
		}
	}
	outfile_add(out, file->path, &t);
	return (true);
}

static bool
emit(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	if (!emit_file(plan, &plan->host, a, out, error))
		return (false);
	vec_each (const struct jail_plan *, jail, &plan->jails)
		if (jail->rc_conf.path != NULL && !emit_file(plan, &jail->rc_conf, a, out, error))
			return (false);
	vec_each (const struct plan_file *, file, &plan->others)
		if (!emit_file(plan, file, a, out, error))
			return (false);
	return (true);
}

const struct emitter emit_rcconf = { "rcconf", "rc.conf of the host and of each jail, and the files beside them", emit };
