/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of contents: which pass follows which. */
#include "check/check.h"
#include "compile.h"
#include "route/expect.h"
#include "route/ways.h"
#include "rules/rules.h"

const char *const stage_names[STAGES] = { "tree", "decl", "model", "links", "routes", "expectations", "plan" };

static void
check(struct compilation *c, enum check_stage stage)
{
	const struct subject subject = { c->arena, c->topology, c->routes, c->plan };

	checks_run(stage, &subject, &c->diags);
}

static void
tree_pass(struct compilation *c)
{
	tree_load(&c->load, c->arena, &c->diags, c->name, c->text, c->len, &c->reader);
}

static void
decl_pass(struct compilation *c)
{
	c->decl = decode(c->arena, &c->diags, c->load.root);
}

static void
model_pass(struct compilation *c)
{
	lock_init(&c->lock, c->arena);
	if (c->lock_text != NULL)
		lock_read(&c->lock, &c->diags, c->lock_name, c->lock_text, c->lock_len);
	c->topology = resolve(c->arena, &c->diags, c->decl, c->name, &c->lock);
	check(c, CHECK_MODEL);
}

static void
links_pass(struct compilation *c)
{
	c->graph = linkgraph_build(c->arena, &c->diags, c->topology);
	check(c, CHECK_LINKS);
}

static void
routes_pass(struct compilation *c)
{
	c->routes = routes_work_out(c->arena, &c->diags, c->topology);
	check(c, CHECK_ROUTES);
}

static void
expectations_pass(struct compilation *c)
{
	expectations_prove(c->arena, &c->diags, c->topology, c->graph, c->routes);
	ways_look(c->arena, &c->diags, c->topology, c->graph, c->routes);
}

static void
plan_pass(struct compilation *c)
{
	c->plan = plan_make(c->arena, &c->diags, c->topology, c->routes);
	check(c, CHECK_PLAN);
}

static void (*const passes[STAGES])(struct compilation *) = {
	[STAGE_TREE] = tree_pass,
	[STAGE_DECL] = decl_pass,
	[STAGE_MODEL] = model_pass,
	[STAGE_LINKS] = links_pass,
	[STAGE_ROUTES] = routes_pass,
	[STAGE_EXPECTATIONS] = expectations_pass,
	[STAGE_PLAN] = plan_pass,
};

bool
compile(struct compilation *c, enum stage last)
{
	diags_init(&c->diags, c->arena, c->severities);
	for (enum stage stage = STAGE_TREE; stage <= last && c->diags.errors == 0; stage++)
		if (passes[stage] != NULL) {
			if (c->begins != NULL)
				c->begins(c, stage, c->user);
			passes[stage](c);
		}
	return (c->diags.errors == 0);
}

void
compilation_free(struct compilation *c)
{
	if (c->graph != NULL)
		linkgraph_free(c->graph);
	c->graph = NULL;
}
