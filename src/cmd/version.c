/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc version. */
#include "cmd/commands.h"

static int
run(struct invocation *inv)
{
	(void)inv;
	printf("vnetc %s\n", VNETC_VERSION);
	return (STATUS_DONE);
}

const struct command command_version = {
	.name = "version",
	.args = "",
	.summary = "print the version",
	.run = run,
};
