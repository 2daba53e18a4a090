/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc check: diagnostics only. */
#include "cmd/commands.h"

static const struct cmd_option *const options[] = { &option_format, NULL };

static int
run(struct invocation *inv)
{
	int status = topology_compile_confined(inv, operand(inv, 0), STAGE_PLAN);

	if (status != STATUS_FAILED)
		summary(inv, "%s", "");
	return (status);
}

const struct command command_check = {
	.name = "check",
	.args = "[TOPOLOGY]",
	.summary = "say what is wrong with a topology",
	.about = "Nothing is written. What is right is silent.",
	.options = options,
	.compiles = true,
	.run = run,
};
