/* SPDX-License-Identifier: BSD-2-Clause */
/* topology.md: the address plan for people. */
#include <string.h>

#include "emit/facts.h"
#include "emit/outfile.h"
#include "emit/registry.h"
#include "emit/tables.h"

/* An anchor of its own beside the one that a renderer may make: with it #NAME leads here everywhere, whatever the letters. */
static void
anchored_heading(struct text *t, const char *level, const char *id, const char *shown)
{
	text_printf(t, "\n<a id=\"%s\"></a>\n\n%s ", id, level);
	markdown_text(t, shown);
	text_add(t, "\n");
}

static void
codes(struct text *t, const strings *values)
{
	for (size_t i = 0; i < values->n; i++) {
		text_add(t, i == 0 ? "" : ", ");
		markdown_code(t, values->v[i]);
	}
}

static void
head(struct text *t, const struct plan *plan)
{
	const struct topology *topology = plan->topology;
	struct text file = { .arena = t->arena };

	text_add_shown(&file, topology->file, strlen(topology->file));
	text_add(t, "# Address plan of ");
	markdown_text(t, topology->host_name != NULL ? topology->host_name : text_end(&file));
	text_add(t, "\n\nMade by vnetc from ");
	markdown_code(t, text_end(&file));
	text_printf(t, " for FreeBSD %s; edits here are lost: change the topology and build again.\n\n![The network](topology.svg)\n",
	    release_text(t->arena, &topology->release));
}

static void
section(struct text *t, const char *heading, const struct grid *g, size_t from)
{
	if (g->rows.n == 0)
		return;
	if (heading != NULL)
		text_printf(t, "\n## %s\n\n", heading);
	grid_markdown(g, true, from, t);
}

static void
bridges(struct text *t, const struct plan *plan)
{
	static const struct column columns[] = {
		{ "Bridge", "bridge", COL_CODE, false }, { "Subnets", "subnets", COL_TEXT, true }, { "Members", "members", COL_CODE, true },
		{ "Addresses of the host", "addresses", COL_CODE, true }, { "MTU", "mtu", COL_TEXT, false },
		{ "MAC", "mac", COL_CODE, false },
	};
	struct grid g;

	grid_init(&g, t->arena, columns, sizeof(columns) / sizeof(columns[0]));
	vec_each (struct bridge *const *, b, &plan->topology->bridges) {
		strings *row = grid_row(&g);

		grid_put(&g, &row[0], (*b)->name);
		row[1] = subnet_texts(t->arena, (const struct subnet *const *)(*b)->link->subnets.v, (*b)->link->subnets.n);
		vec_each (struct iface *const *, member, &(*b)->members)
			grid_put(&g, &row[2], (*member)->name);
		if ((*b)->iface == NULL)
			continue;
		row[3] = address_texts(t->arena, (*b)->iface);
		grid_put(&g, &row[4], mtu_text(t->arena, (*b)->iface));
		grid_put(&g, &row[5], mac_text(t->arena, (*b)->iface));
	}
	section(t, "All bridges", &g, 0);
}

static void
subnets(struct text *t, const struct plan *plan)
{
	static const struct column columns[] = {
		{ "Subnet", "subnet", COL_TEXT, false }, { "Prefixes", "prefixes", COL_CODE, true }, { "Gateway", "gateway", COL_ADDRESS, true },
		{ "On", "links", COL_CODE, true }, { "Remark", "description", COL_TEXT, false },
	};
	struct grid g;

	grid_init(&g, t->arena, columns, sizeof(columns) / sizeof(columns[0]));
	vec_each (struct subnet *const *, s, &plan->topology->subnets) {
		strings *row = grid_row(&g);
		const char *gateway[FAMILIES];

		grid_put(&g, &row[0], (*s)->name != NULL ? (*s)->name : "(no name)");
		vec_each (const struct subnet_prefix *, p, &(*s)->prefixes)
			grid_put(&g, &row[1], prefix_str(t->arena, &p->prefix));
		for (int family = INET; family < FAMILIES; family++)
			gateway[family] = gateway_text(t->arena, &(*s)->gateway[family]);
		grid_put(&g, &row[2], gateway[INET]);
		if (gateway[INET] == NULL || gateway[INET6] == NULL || strcmp(gateway[INET], gateway[INET6]) != 0)
			grid_put(&g, &row[2], gateway[INET6]);
		vec_each (struct link *const *, link, &(*s)->links)
			grid_put(&g, &row[3], (*link)->name);
		grid_put(&g, &row[4], (*s)->description);
	}
	section(t, "All subnets", &g, 0);
}

/* "WHAT: `a`, `b`" at the end of a list; nothing without values. */
static void
fact(struct arena *a, strings *facts, const char *what, const strings *values)
{
	struct text t = { .arena = a };

	if (values->n == 0)
		return;
	text_printf(&t, "%s: ", what);
	codes(&t, values);
	*vec_push(a, facts) = text_end(&t);
}

static void
fact_list(struct text *t, const strings *facts)
{
	text_add(t, facts->n > 0 ? "\n" : "");
	vec_each (const char *const *, item, facts)
		text_printf(t, "- %s\n", *item);
}

static void
node_tables(struct text *t, const struct plan *plan, const struct vnet *vnet)
{
	struct grid interfaces = table_fill(t->arena, plan, TABLE_INTERFACES, vnet);
	struct grid routes = table_fill(t->arena, plan, TABLE_ROUTES, vnet);

	if (interfaces.rows.n > 0) {
		text_add(t, "\n");
		grid_markdown(&interfaces, true, 1, t);
	}
	if (routes.rows.n > 0) {
		text_add(t, "\n");
		grid_markdown(&routes, true, 1, t);
	}
}

static void
node_facts(struct arena *a, strings *facts, const struct vnet *vnet)
{
	strings forwards = forward_texts(a, vnet), exits = { 0 };

	if (forwards.n > 0)
		*vec_push(a, facts) = arena_printf(a, "forwards %s", str_join(a, &forwards, " and "));
	vec_each (struct iface *const *, exit, &vnet->nat)
		*vec_push(a, &exits) = (*exit)->name;
	fact(a, facts, "translates addresses (NAT) on", &exits);
	fact(a, facts, "name servers", &vnet->nameservers);
}

static void
described(struct text *t, const struct v_str *description)
{
	if (description->v == NULL || *description->v == '\0')
		return;
	text_add(t, "\n");
	markdown_text(t, description->v);
	text_add(t, "\n");
}

static void
jail_section(struct text *t, const struct plan *plan, const struct jail_plan *jail)
{
	struct arena *a = t->arena;
	strings hostname = { 0 }, after = { 0 }, facts = { 0 };

	anchored_heading(t, "###", jail->jail->name, jail->jail->name);
	if (jail->jail->decl != NULL)
		described(t, &jail->jail->decl->description);
	if (jail->hostname != NULL && strcmp(jail->hostname, jail->jail->name) != 0)
		*vec_push(a, &hostname) = jail->hostname;
	fact(a, &facts, "host name", &hostname);
	if (!jail->vnet) {
		*vec_push(a, &facts) = "a classic jail: it shares the host's network";
		fact(a, &facts, "addresses", &jail->ip);
	}
	vec_each (const struct jail *const *, before, &jail->after)
		*vec_push(a, &after) = (*before)->name;
	fact(a, &facts, "starts after", &after);
	fact(a, &facts, "parameters", &jail->parameters);
	if (jail->jail->vnet != NULL)
		node_facts(a, &facts, jail->jail->vnet);
	fact_list(t, &facts);
	if (jail->jail->vnet != NULL)
		node_tables(t, plan, jail->jail->vnet);
}

static void
host_section(struct text *t, const struct plan *plan)
{
	const struct topology *topology = plan->topology;
	strings facts = { 0 };

	anchored_heading(t, "###", "host", topology->host_name != NULL ?
	    arena_printf(t->arena, "%s (the host)", topology->host_name) : "host");
	if (topology->decl != NULL && topology->decl->host != NULL)
		described(t, &topology->decl->host->description);
	node_facts(t->arena, &facts, topology->host);
	fact_list(t, &facts);
	node_tables(t, plan, topology->host);
}

static void
machine_section(struct text *t, const struct plan *plan, const struct vnet *machine)
{
	strings facts = { 0 };

	anchored_heading(t, "###", machine->name, machine->name);
	if (machine->machine != NULL)
		described(t, &machine->machine->description);
	*vec_push(t->arena, &facts) = "a machine that vnetc does not configure";
	node_facts(t->arena, &facts, machine);
	fact_list(t, &facts);
	node_tables(t, plan, machine);
}

static void
nodes(struct text *t, const struct plan *plan)
{
	text_add(t, "\n## Node by node\n");
	host_section(t, plan);
	vec_each (const struct jail_plan *, jail, &plan->jails)
		jail_section(t, plan, jail);
	vec_each (struct vnet *const *, vnet, &plan->topology->vnets)
		if ((*vnet)->kind == VNET_MACHINE)
			machine_section(t, plan, *vnet);
}

static void
outside(struct text *t, const struct plan *plan)
{
	static const struct column columns[] = {
		{ "Who", "who", COL_ADDRESS, false }, { "Destination", "destination", COL_CODE, false }, { "Via", "via", COL_CODE, false },
		{ "Which is", "router", COL_NODE, false }, { "For", "subnet", COL_TEXT, false },
	};
	struct arena *a = t->arena;
	struct grid g;

	grid_init(&g, a, columns, sizeof(columns) / sizeof(columns[0]));
	vec_each (const struct outside_route *, r, &plan->routes->outside) {
		strings *row = grid_row(&g);

		grid_put(&g, &row[0], r->who);
		grid_put(&g, &row[1], prefix_str(a, &r->to));
		grid_put(&g, &row[2], inaddr_str(a, &r->via));
		grid_put(&g, &row[3], r->router != NULL ? r->router->name : NULL);
		grid_put(&g, &row[4], r->subnet != NULL ? subnet_shown(a, r->subnet) : NULL);
	}
	if (g.rows.n == 0)
		return;
	text_add(t, "\n## What to do on the outside\n\nRoutes that gateways outside this file need, or answers do not come back:\n\n");
	grid_markdown(&g, true, 0, t);
}

static void
by_hand(struct text *t, const struct plan *plan)
{
	if (plan->todo.n == 0)
		return;
	text_add(t, "\n## What to do by hand\n\n");
	for (size_t i = 0; i < plan->todo.n; i++)
		text_printf(t, "%zu. %s\n", i + 1, plan->todo.v[i]);
}

static bool
emit(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	struct text t = { .arena = a };
	struct grid jails = table_fill(a, plan, TABLE_JAILS, NULL), addresses = table_fill(a, plan, TABLE_ADDRESSES, NULL);

	(void)error;
	head(&t, plan);
	section(&t, "All jails", &jails, 0);
	subnets(&t, plan);
	bridges(&t, plan);
	section(&t, "All addresses", &addresses, 0);
	outside(&t, plan);
	by_hand(&t, plan);
	nodes(&t, plan);
	outfile_add(out, "topology.md", &t);
	return (true);
}

const struct emitter emit_markdown = { "markdown", "the address plan for people", emit };
