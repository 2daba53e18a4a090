/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc help: all commands, or one. */
#include "cmd/commands.h"

static int
run(struct invocation *inv)
{
	const char *name = operand(inv, 0);

	if (name == NULL) {
		print_general_help(stdout);
		return (STATUS_DONE);
	}
	if (command_find(name) == NULL)
		return (unknown_command(inv, name));
	print_help(command_find(name), stdout);
	return (STATUS_DONE);
}

const struct command command_help = {
	.name = "help",
	.args = "[COMMAND]",
	.summary = "list the commands, or explain one",
	.run = run,
};
