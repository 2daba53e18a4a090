/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc import: a topology from what a host has. */
#include <stdio.h>
#include <string.h>

#include "base/report.h"
#include "cmd/commands.h"
#include "import/draft.h"
#include "rules/rules.h"

static const char *const attach_words[] = { "static", "jib", "jng", "prestart", NULL };
static const char *const report_words[] = { "text", "markdown", NULL };

static const struct cmd_option option_root = { .name = "root", .arg = "DIR", .doc = "a host's file system: all files at their usual places" };
static const struct cmd_option option_rc_conf = { .name = "rc-conf", .arg = "FILE", .repeats = true, .doc = "the host's rc.conf" };
static const struct cmd_option option_ezjail = { .name = "ezjail", .arg = "DIR", .doc = "the directory of ezjail's files" };
static const struct cmd_option option_jail_conf = { .name = "jail-conf", .arg = "FILE", .repeats = true, .doc = "a jail.conf" };
static const struct cmd_option option_jail = { .name = "jail", .arg = "NAME=RCCONF", .repeats = true, .doc = "a jail's own rc.conf" };
static const struct cmd_option option_attach = {
	.name = "attach", .arg = "WAY", .words = attach_words, .doc = "how converted jails get their interfaces (default: static)",
};
static const struct cmd_option option_keep = { .name = "keep", .arg = "NAME", .repeats = true, .doc = "a classic jail that stays as it is" };
static const struct cmd_option option_file = { .name = "output", .letter = 'o', .arg = "FILE", .doc = "the topology; default: standard output" };
static const struct cmd_option option_report = {
	.name = "report", .arg = "FORM", .words = report_words, .doc = "how the report is written",
};
static const struct cmd_option option_report_file = { .name = "report-file", .arg = "FILE", .doc = "the report; default: standard error" };
static const struct cmd_option *const options[] = { &option_root, &option_rc_conf, &option_ezjail, &option_jail_conf, &option_jail, &option_attach,
	&option_keep, &option_file, &option_report, &option_report_file, NULL };

static strings
all_values(const struct invocation *inv, const struct cmd_option *option)
{
	strings values = { 0 };

	for (size_t i = 0; i < inv->given.n; i++)
		if (inv->given.v[i].option == option)
			*vec_push(inv->arena, &values) = inv->given.v[i].value;
	return (values);
}

static int
read_places(const struct invocation *inv, struct old_places *places)
{
	strings jails = all_values(inv, &option_jail);

	places->root = option_value(inv, &option_root);
	places->rc_conf = all_values(inv, &option_rc_conf);
	places->jail_conf = all_values(inv, &option_jail_conf);
	places->ezjail = option_value(inv, &option_ezjail);
	vec_each (const char *const *, j, &jails) {
		const char *equals = strchr(*j, '=');

		if (equals == NULL || equals == *j)
			return (usage_error("--jail takes NAME=RCCONF, not %s", str_shown(inv->arena, *j)));
		*vec_push(inv->arena, &places->jails) = (struct jail_file){ arena_strndup(inv->arena, *j, (size_t)(equals - *j)), equals + 1 };
	}
	if (places->root == NULL && places->rc_conf.n + places->jail_conf.n + places->jails.n == 0 && places->ezjail == NULL) {
		usage_error("import needs something to read");
		help_line("vnetc import --root / reads this host");
		return (STATUS_USAGE);
	}
	return (STATUS_DONE);
}

/* A name after --keep that no jail has is a mistake worth stopping for: the jail would be converted. */
static int
check_keep(const struct invocation *inv, const struct old_host *old, const strings *keep)
{
	vec_each (const char *const *, k, keep) {
		strings names = { 0 };
		bool known = false;

		vec_each (struct old_jail *const *, j, &old->jails) {
			known |= old_jail_is(*j, *k);
			*vec_push(inv->arena, &names) = (*j)->name;
		}
		if (!known) {
			usage_error("--keep %s: there is no such jail", str_shown(inv->arena, *k));
			return (suggest(*k, names.v, names.n, NULL));
		}
	}
	return (STATUS_DONE);
}

static int
write_to(const struct invocation *inv, const char *path, FILE *otherwise, const char *text, size_t len)
{
	struct out_error error = { 0 };

	if (path == NULL || strcmp(path, "-") == 0)
		fwrite(text, 1, len, otherwise);
	else if (!file_write(inv->arena, path, text, len, &error))
		return (failure_of(&error));
	return (STATUS_DONE);
}

/* The topology that was written, compiled as vnetc check would. */
static void
check_topology(struct invocation *inv, const char *name, const char *yaml)
{
	struct compilation *c = &inv->compilation;

	c->arena = inv->arena;
	c->severities = inv->severities;
	c->name = name;
	c->text = yaml;
	c->len = strlen(yaml);
	c->reader = tree_file_reader(inv->arena, ".", -1);
	compile(c, STAGE_PLAN);
	diags_sort(&c->diags);
}

static int
run(struct invocation *inv)
{
	struct old_places places = { 0 };
	struct import_wishes wishes = { .attach = option_value(inv, &option_attach), .keep = all_values(inv, &option_keep) };
	const char *output = option_value(inv, &option_file), *form = option_value(inv, &option_report), *why = NULL, *yaml;
	struct import_report report = { .markdown = form != NULL && strcmp(form, "markdown") == 0, .output = output };
	struct text t = { .arena = inv->arena };
	struct old_host old;
	struct diags diags;
	struct draft *draft;
	int status = read_places(inv, &places), written;

	if (status != STATUS_DONE)
		return (status);
	if (wishes.attach == NULL)
		wishes.attach = "static";
	diags_init(&diags, inv->arena, inv->severities);
	if (!old_read(&old, inv->arena, &diags, &places, &why))
		return (failure("%s", why));
	if ((status = check_keep(inv, &old, &wishes.keep)) != STATUS_DONE)
		return (status);
	diags.release = old.release != NULL && old.release[0] == '1' ? (old.release[1] - '0') + 10 : 15;
	old_faults(&old);
	draft = draft_make(inv->arena, &diags, &old, &wishes);
	yaml = draft_settle(draft);
	check_topology(inv, output != NULL ? output : "topology.yaml", yaml);
	diags_sort(&diags);
	report.draft = draft;
	report.found = &diags;
	report.of_topology = &inv->compilation.diags;
	import_report(&t, &report);
	status = write_to(inv, output, stdout, yaml, strlen(yaml));
	fflush(stdout);
	written = inv->quiet && option_value(inv, &option_report_file) == NULL ? STATUS_DONE :
	    write_to(inv, option_value(inv, &option_report_file), stderr, text_end(&t), t.n);
	if (status != STATUS_DONE || written != STATUS_DONE)
		return (STATUS_FAILED);
	return (inv->compilation.diags.errors > 0 ? STATUS_WRONG : STATUS_DONE);
}

const struct command command_import = {
	.name = "import",
	.args = "",
	.summary = "write a topology from what a host has",
	.about = "Reads rc.conf, ezjail's files, jail.conf and each jail's own rc.conf; nothing is executed. A host with vnet jails comes back as\n"
	    "the topology that generates it; classic jails are converted. The report says what was concluded, what was not understood, and\n"
	    "what to do in which order.",
	.options = options,
	.run = run,
};
