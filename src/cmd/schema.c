/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc schema: the language as a JSON Schema, for editors. */
#include "cmd/commands.h"
#include "decl/jsonschema.h"

static int
run(struct invocation *inv)
{
	(void)inv;
	schema_write(stdout);
	return (STATUS_DONE);
}

const struct command command_schema = {
	.name = "schema",
	.args = "",
	.summary = "print the JSON Schema of topologies, for editors",
	.about = "With \"# yaml-language-server: $schema=vnetc.schema.json\" as its first line, a topology is completed and checked as it is typed.",
	.run = run,
};
