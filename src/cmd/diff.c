/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc diff: from what is there to what a build would write. */
#include "cmd/commands.h"
#include "cmd/outputs.h"

static const struct cmd_option *const options[] = { &option_output, NULL };

static void
diff(const char *path, const struct out_change *change, void *user)
{
	const struct invocation *inv = user;
	bool gone = change->state == OUT_LEFTOVER, fresh = change->state == OUT_NEW;

	unified_diff(stdout, fresh ? "/dev/null" : path, fresh ? "" : change->old_text, fresh ? 0 : change->old_len,
	    gone ? "/dev/null" : path, gone ? "" : change->file->text, gone ? 0 : change->file->len, in_color(inv, stdout));
}

static int
run(struct invocation *inv)
{
	struct outputs o;
	int status = outputs_make(inv, operand(inv, 0), false, &o);

	if (status != STATUS_DONE)
		return status;
	outputs_each_change(inv, &o, diff, inv);
	summary(inv, "%s", "");
	return outputs_differ(&o) ? STATUS_DIFFERENT : STATUS_DONE;
}

const struct command command_diff = {
	.name = "diff",
	.args = "[TOPOLOGY]",
	.summary = "show what a build would change",
	.about = "A unified diff from the files that are there to those that vnetc build would write; exit 3 when they differ.",
	.options = options,
	.compiles = true,
	.run = run,
};
