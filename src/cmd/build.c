/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc build: every output and the lock, written, listed or compared. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/outputs.h"

static const struct cmd_option option_dry = { .name = "dry-run", .letter = 'n', .doc = "write nothing, list what would change" };
static const struct cmd_option option_check = {
	.name = "check", .doc = "write nothing; exit 3 when a file differs, is missing or is left over",
};
static const struct cmd_option *const options[] = { &option_output, &option_dry, &option_check, &option_format, NULL };

static void
list(const char *path, const struct out_change *change, void *user)
{
	static const char *const words[] = { [OUT_SAME] = "same", [OUT_CHANGED] = "changed", [OUT_NEW] = "missing", [OUT_LEFTOVER] = "leftover" };

	fprintf(user, "%-8s %s\n", words[change->state], path);
}

static void
part(struct text *t, size_t n, const char *what)
{
	if (n == 0)
		return;
	if (t->n == 0)
		text_printf(t, "%zu %s", n, n == 1 ? "file" : "files");
	else
		text_printf(t, ", %zu", n);
	text_printf(t, " %s", what);
}

static void
conclude(const struct invocation *inv, const struct outputs *o, const char *written, const char *removed)
{
	struct text t = { .arena = inv->arena };
	size_t n = strlen(o->directory);

	part(&t, o->changed + o->missing, written);
	part(&t, o->same, "unchanged");
	part(&t, o->leftover, removed);
	if (t.n > 0)
		text_printf(&t, " in %s%s", o->directory, o->directory[n - 1] == '/' ? "" : "/");
	if (o->lock.path != NULL && o->lock.state != OUT_SAME)
		text_printf(&t, "%s%s %s", t.n > 0 ? "; " : "", o->lock.path, o->lock.state == OUT_LEFTOVER ? removed : written);
	summary(inv, "%s", text_end(&t));
}

/* The lock goes first: what was given out is remembered before anything shows it, so that a build that is killed between them is
 * repeated with the same numbers. */
static int
write_all(struct invocation *inv, struct outputs *o)
{
	struct out_error error = { 0 };
	out_changes written = { 0 };
	bool done;

	if (o->lock.path != NULL && (o->lock.state == OUT_NEW || o->lock.state == OUT_CHANGED) &&
	    !file_write(inv->arena, o->lock.path, o->lock_file.text, o->lock_file.len, &error))
		return (failure_of(&error));
	o->files.written = progress_written;
	o->files.user = inv;
	done = outdir_write(&o->files, o->directory, inv->compilation.name, &written, &error);
	progress_end(inv);
	if (!done)
		return (outputs_failure(inv, o, &error));
	if (o->lock.path != NULL && o->lock.state == OUT_LEFTOVER && unlink(o->lock.path) != 0 && errno != ENOENT)
		return (failure("cannot remove %s: %s", o->lock.path, strerror(errno)));
	conclude(inv, o, "written", "removed");
	return (STATUS_DONE);
}

static int
run(struct invocation *inv)
{
	bool check = option_given(inv, &option_check), dry = option_given(inv, &option_dry);
	struct outputs o;
	int status;

	status = outputs_make(inv, operand(inv, 0), !check && !dry, &o);
	if (status != STATUS_DONE)
		return (status);
	if (!check && !dry)
		return (write_all(inv, &o));
	outputs_each_change(inv, &o, list, listing(inv));
	conclude(inv, &o, check ? "to be written" : "would be written", check ? "left over" : "would be removed");
	return (check && outputs_differ(&o) ? STATUS_DIFFERENT : STATUS_DONE);
}

const struct command command_build = {
	.name = "build",
	.args = "[TOPOLOGY]",
	.summary = "write every output",
	.about = "The outputs go to generated/ beside the topology, or to DIR; numbers given out go to topology.lock beside it. Files that\n"
	    "vnetc did not write are never touched; files that did not change are not written again; what an earlier build wrote\n"
	    "and this one does not is removed.",
	.options = options,
	.compiles = true,
	.run = run,
};
