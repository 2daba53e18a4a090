/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc show: what was worked out, as tables. */
#include <string.h>

#include "cmd/commands.h"
#include "emit/emit.h"

static const char *const shown[] = { "addresses", "interfaces", "routes", "jails", NULL };
static const char *const format_words[] = { "text", "json", "markdown", NULL };
static const struct cmd_option option_table = {
	.name = "format", .arg = "FORMAT", .words = format_words, .doc = "how the table is written",
};
static const struct cmd_option *const options[] = { &option_table, NULL };

static enum table
table_named(const char *name)
{
	enum table table = TABLE_ADDRESSES;

	while (strcmp(table_names[table], name) != 0)
		table++;
	return (table);
}

static enum table_format
table_format_of(const struct invocation *inv)
{
	const char *word = option_value(inv, &option_table);

	if (word == NULL || strcmp(word, "text") == 0)
		return (TABLE_TEXT);
	return (strcmp(word, "json") == 0 ? TABLE_JSON : TABLE_MARKDOWN);
}

static int
run(struct invocation *inv)
{
	int status = topology_compile_confined(inv, operand(inv, 1), STAGE_PLAN);

	if (status == STATUS_DONE)
		emit_table(inv->compilation.plan, table_named(operand(inv, 0)), table_format_of(inv), stdout);
	if (status != STATUS_FAILED)
		summary(inv, "%s", "");
	return (status);
}

const struct command command_show = {
	.name = "show",
	.args = "WHAT [TOPOLOGY]",
	.summary = "print addresses, interfaces, routes or jails as a table",
	.words = shown,
	.options = options,
	.compiles = true,
	.run = run,
};
