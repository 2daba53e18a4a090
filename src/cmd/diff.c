/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc diff: from what is there to what a build would write. */
#include "cmd/commands.h"
#include "cmd/outputs.h"
#include "cmd/places.h"

static const struct cmd_option option_root = { .name = "root", .arg = "DIR", .doc = "compare with a host's file system instead: what vnetc install would change" };
static const struct cmd_option option_native = {
	.name = "jail-conf", .doc = "with --root: all jails by jail.conf.d, also those of ezjail",
};
static const struct cmd_option *const options[] = { &option_output, &option_root, &option_native, NULL };

static void
diff(const char *path, const struct out_change *change, void *user)
{
	const struct invocation *inv = user;
	bool gone = change->state == OUT_LEFTOVER, fresh = change->state == OUT_NEW;

	unified_diff(stdout, fresh ? "/dev/null" : path, fresh ? "" : change->old_text, fresh ? 0 : change->old_len,
	    gone ? "/dev/null" : path, gone ? "" : change->file->text, gone ? 0 : change->file->len, in_color(inv, stdout));
}

/* From what a host has to what vnetc install would put there. */
static int
diff_host(struct invocation *inv, const char *root)
{
	struct outdir files;
	struct places places;
	struct out_error error;
	struct site s;
	int status = topology_compile(inv, operand(inv, 0), STAGE_PLAN);

	if (status != STATUS_DONE) {
		summary(inv, "%s", "");
		return (status);
	}
	if ((status = outputs_collect(inv, &files)) != STATUS_DONE)
		return (status);
	if (!places_find(inv, &files, root, option_given(inv, &option_native), &places, &error) ||
	    !site_compare(&s, inv->arena, root, places.placed.v, places.placed.n, &error))
		return (failure_of(&error));
	vec_each (const struct site_change *, c, &s.changes)
		unified_diff(stdout, c->there ? c->path : "/dev/null", c->there ? c->old_text : "", c->old_len, c->wanted ? c->path : "/dev/null",
		    c->wanted ? c->new_text : "", c->new_len, in_color(inv, stdout));
	fflush(stdout);
	if (s.interrupted)
		fprintf(stderr, "note: an install was interrupted; vnetc install finishes it\n");
	vec_each (const struct site_change *, c, &s.changes)
		if (c->lost)
			fprintf(stderr, "note: %s has lost the lines of vnetc: ezjail-admin (config, restore) writes it anew from its own variables. "
			    "rc.conf.d/jail/vnetc.conf still has the settings; vnetc install puts the lines back\n", c->path);
	vec_each (const char *const *, line, &places.missing)
		fprintf(stderr, "note: %s\n", *line);
	vec_each (const char *const *, line, &places.told)
		fprintf(stderr, "note: %s\n", *line);
	summary(inv, "%s", s.changes.n == 0 ? "" : arena_printf(inv->arena, "%s would change", files_counted(inv->arena, s.changes.n)));
	return (s.changes.n > 0 ? STATUS_DIFFERENT : STATUS_DONE);
}

static int
run(struct invocation *inv)
{
	const char *root = option_value(inv, &option_root);
	struct outputs o;
	int status;

	if (root != NULL)
		return (diff_host(inv, root));
	status = outputs_make(inv, operand(inv, 0), false, &o);

	if (status != STATUS_DONE)
		return (status);
	outputs_each_change(inv, &o, diff, inv);
	summary(inv, "%s", "");
	return (outputs_differ(&o) ? STATUS_DIFFERENT : STATUS_DONE);
}

const struct command command_diff = {
	.name = "diff",
	.args = "[TOPOLOGY]",
	.summary = "show what a build would change",
	.about = "A unified diff from the files that are there to those that vnetc build would write, or vnetc install on a host; exit 3 when\n"
	    "they differ.",
	.options = options,
	.compiles = true,
	.run = run,
};
