/* SPDX-License-Identifier: BSD-2-Clause */
/* rc.conf.d/jail/vnetc.conf: the settings of all ezjail jails where ezjail-admin does not rewrite them. */
#include "emit/jailvars.h"
#include "emit/outfile.h"
#include "emit/registry.h"
#include "emit/sh.h"

static bool
emit(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	static const char path[] = "rc.conf.d/jail/vnetc.conf";
	struct text t = { .arena = a };

	if (plan->jails.n == 0)
		return (true);
	sh_head(&t, "rc.conf.d: the settings of the files in ezjail/ once more; belongs at /usr/local/etc/rc.conf.d/jail/vnetc.conf, which "
	    "rc.d/jail reads after ezjail's own files and ezjail-admin never rewrites.", plan->topology->file);
	vec_each (const struct jail_plan *, jail, &plan->jails) {
		const char *why, *what;

		text_add(&t, "\n");
		sh_title(&t, jail->jail->name, jail->asked);
		if ((why = jailvars(&t, 0, jail, &what)) != NULL)
			return (outfile_refuse(a, error, path, what, why));
	}
	outfile_add(out, path, &t);
	return (true);
}

const struct emitter emit_rcconfd = { "rcconfd", "the same settings where ezjail-admin cannot lose them", emit };
