/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc dump: what one pass of the compilation made. */
#include <string.h>

#include "cmd/commands.h"

static const char *const dumped[] = { "tree", "decl", "model", "links", "routes", "plan", NULL };

static enum stage
stage_named(const char *name)
{
	enum stage stage = STAGE_TREE;

	while (strcmp(stage_names[stage], name) != 0)
		stage++;
	return (stage);
}

/* What stands after errors is dumped too: it is what the next pass would have got. */
static void
dump(const struct compilation *c, enum stage stage)
{
	switch (stage) {
	case STAGE_TREE:
		if (c->load.root != NULL)
			tree_dump(c->load.root, stdout);
		break;
	case STAGE_DECL:
		if (c->decl != NULL)
			decl_dump(c->decl, stdout);
		break;
	case STAGE_MODEL:
		if (c->topology != NULL)
			topology_dump(c->topology, stdout);
		break;
	case STAGE_LINKS:
		if (c->graph != NULL)
			linkgraph_dump(c->graph, stdout);
		break;
	case STAGE_ROUTES:
		if (c->routes != NULL)
			routes_dump(c->routes, stdout);
		break;
	case STAGE_PLAN:
		if (c->plan != NULL)
			plan_dump(c->plan, stdout);
		break;
	case STAGE_EXPECTATIONS:
	case STAGES:
		break;
	}
}

static int
run(struct invocation *inv)
{
	enum stage stage = stage_named(operand(inv, 0));
	int status = topology_compile_confined(inv, operand(inv, 1), stage);

	if (status == STATUS_FAILED)
		return (status);
	dump(&inv->compilation, stage);
	summary(inv, "%s", "");
	return (status);
}

const struct command command_dump = {
	.name = "dump",
	.args = "STAGE [TOPOLOGY]",
	.summary = "print what one pass of the compilation made",
	.about = "The passes are tree (YAML with places), decl (typed by the language), model (names resolved, numbers settled),\n"
	    "links (who is joined to what), routes and plan (what is set where).",
	.words = dumped,
	.compiles = true,
	.run = run,
};
