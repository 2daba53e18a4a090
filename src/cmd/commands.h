/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands, one a line and one a file, in the order in which help lists them. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/cmd.h"

#define COMMANDS(X) \
	X(init) \
	X(check) \
	X(build) \
	X(diff) \
	X(graph) \
	X(show) \
	X(path) \
	X(explain) \
	X(import) \
	X(install) \
	X(schema) \
	X(watch) \
	X(lsp) \
	X(dump) \
	X(completion) \
	X(version) \
	X(help)

#define DECLARE_COMMAND(name) extern const struct command command_##name;
COMMANDS(DECLARE_COMMAND)

#endif
