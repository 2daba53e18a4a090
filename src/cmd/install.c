/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc install: a build's files put where they belong on a host, and taken away again. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/commands.h"
#include "cmd/outputs.h"
#include "cmd/places.h"

static const struct cmd_option option_root = { .name = "root", .arg = "DIR", .doc = "the host's file system; default: /" };
static const struct cmd_option option_yes = { .name = "yes", .letter = 'y', .doc = "do not ask" };
static const struct cmd_option option_uninstall = { .name = "uninstall", .doc = "take away what was installed: every file as it was" };
static const struct cmd_option option_native = {
	.name = "jail-conf", .doc = "all jails by the base system's jail.conf.d, also those of ezjail",
};
static const struct cmd_option *const options[] = { &option_output, &option_root, &option_yes, &option_native, &option_uninstall, NULL };

static void
show(const struct invocation *inv, const struct site *s)
{
	vec_each (const struct site_change *, c, &s->changes)
		unified_diff(stdout, c->there ? c->path : "/dev/null", c->there ? c->old_text : "", c->old_len, c->wanted ? c->path : "/dev/null",
		    c->wanted ? c->new_text : "", c->new_len, in_color(inv, stdout));
	fflush(stdout);
}

/* STATUS_DONE: yes. */
static int
ask(const struct invocation *inv, const struct site *s, const char *what)
{
	char answer[16];

	if (option_given(inv, &option_yes))
		return (STATUS_DONE);
	if (!isatty(STDIN_FILENO)) {
		usage_error("there is no terminal to ask on; --yes makes the changes");
		return (STATUS_USAGE);
	}
	fprintf(stderr, "%s %s? [y/N] ", what, files_counted(inv->arena, s->changes.n));
	fflush(stderr);
	if (fgets(answer, sizeof(answer), stdin) != NULL && tolower((unsigned char)answer[0]) == 'y')
		return (STATUS_DONE);
	fprintf(stderr, "nothing changed\n");
	return (STATUS_WRONG);
}

static void
tell(const struct invocation *inv, const struct places *p)
{
	if (inv->quiet)
		return;
	vec_each (const char *const *, line, &p->missing)
		fprintf(stderr, "warning: %s: left out\n", *line);
	vec_each (const char *const *, line, &p->told)
		fprintf(stderr, "warning: %s\n", *line);
}

static int
uninstall(struct invocation *inv, const char *root)
{
	struct out_error error;
	struct site s;
	int status;

	if (!site_compare_removal(&s, inv->arena, root, &error))
		return (failure_of(&error));
	if (s.entries.n == 0) {
		summary(inv, "nothing is installed");
		return (STATUS_DONE);
	}
	show(inv, &s);
	if ((status = ask(inv, &s, "restore")) != STATUS_DONE)
		return (status);
	if (!site_commit(&s, true))
		return (failure_of(&error));
	summary(inv, "%s restored", files_counted(inv->arena, s.changes.n));
	return (STATUS_DONE);
}

/* What is installed is what was built and can be looked at. */
static int
built(struct invocation *inv, struct outputs *o)
{
	int status = outputs_make(inv, operand(inv, 0), false, o);

	if (status != STATUS_DONE)
		return (status);
	if (outputs_differ(o)) {
		failure("%s does not hold what %s builds now", o->directory, inv->compilation.name);
		help_line("vnetc build first");
		return (STATUS_DIFFERENT);
	}
	return (STATUS_DONE);
}

static int
install(struct invocation *inv, const char *root)
{
	struct outputs o;
	struct places places;
	struct out_error error;
	struct site s;
	int status = built(inv, &o);

	if (status != STATUS_DONE)
		return (status);
	if (!places_find(inv, &o.files, root, option_given(inv, &option_native), &places, &error) ||
	    !site_compare(&s, inv->arena, root, places.placed.v, places.placed.n, &error))
		return (failure_of(&error));
	tell(inv, &places);
	if (s.changes.n == 0) {
		summary(inv, "nothing to change");
		return (STATUS_DONE);
	}
	show(inv, &s);
	if ((status = ask(inv, &s, "change")) != STATUS_DONE)
		return (status);
	if (!site_commit(&s, false))
		return (failure_of(&error));
	summary(inv, "%s changed; vnetc install --uninstall gives them back", files_counted(inv->arena, s.changes.n));
	return (STATUS_DONE);
}

static int
run(struct invocation *inv)
{
	const char *root = option_value(inv, &option_root);
	struct out_error error;
	bool repaired;

	root = root != NULL ? root : "/";
	if (!site_repair(inv->arena, root, &repaired, &error))
		return (failure_of(&error));
	if (repaired && !inv->quiet)
		fprintf(stderr, "note: an install that was interrupted has been finished or taken back\n");
	return (option_given(inv, &option_uninstall) ? uninstall(inv, root) : install(inv, root));
}

const struct command command_install = {
	.name = "install",
	.args = "[TOPOLOGY]",
	.summary = "put a build's files where they belong on a host",
	.about = "Lines go between markers into files that others write too; files of vnetc's own go beside them. The changes are shown and made\n"
	    "all or not at all, after asking; what was there before is kept in /var/db/vnetc. Nothing that runs is touched.",
	.options = options,
	.compiles = true,
	.run = run,
};
