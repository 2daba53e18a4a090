/* SPDX-License-Identifier: BSD-2-Clause */
/* ezjail/SAFENAME: what belongs into a jail's file below /usr/local/etc/ezjail. */
#include "emit/jailvars.h"
#include "emit/outfile.h"
#include "emit/registry.h"
#include "emit/sh.h"

/* rcorder reads the first unbroken run of these lines and nothing after it, so they stand first in the file. */
static void
rcorder_header(struct text *t, const struct jail_plan *jail)
{
	text_printf(t, "# PROVIDE: %s\n", jail->ezjail.name);
	if (jail->after.n > 0) {
		text_add(t, "# REQUIRE:");
		vec_each (const struct jail *const *, before, &jail->after)
			text_printf(t, " %s", (*before)->safename);
		text_add(t, "\n");
	}
	text_add(t, "#\n");
}

static bool
emit(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	vec_each (const struct jail_plan *, jail, &plan->jails) {
		struct text t = { .arena = a };
		const char *path = arena_printf(a, "ezjail/%s", jail->ezjail.name), *why, *what;

		rcorder_header(&t, jail);
		sh_head(&t, arena_printf(a, "ezjail: how jail %s is started; belongs into /usr/local/etc/ezjail/%s, after the lines that "
		    "ezjail-admin wrote there. The header above takes the place of the one in that file: rcorder reads only the first.",
		    jail->jail->name, jail->ezjail.name), plan->topology->file);
		sh_comment_wrapped(&t, "ezjail-admin config rewrites that file without these lines; rc.conf.d/jail/vnetc.conf holds the same "
		    "settings where it cannot.");
		text_add(&t, "\n");
		sh_title(&t, jail->jail->name, jail->asked);
		if ((why = jailvars(&t, SH_EXPORT, jail, &what)) != NULL)
			return (outfile_refuse(a, error, path, what, why));
		outfile_add(out, path, &t);
	}
	return (true);
}

const struct emitter emit_ezjail = { "ezjail", "the lines for each jail's file of ezjail", emit };
