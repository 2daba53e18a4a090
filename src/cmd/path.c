/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc path: whether one reaches another, hop by hop there and back. */
#include <string.h>

#include "base/json.h"
#include "cmd/commands.h"
#include "route/reach.h"

static const char *const format_words[] = { "text", "json", NULL };
static const struct cmd_option option_proof = {
	.name = "format", .arg = "FORMAT", .words = format_words, .doc = "how the proof is written",
};
static const struct cmd_option *const options[] = { &option_proof, NULL };

struct proving {
	struct invocation *inv;
	struct prover *prover;
	bool as_json;
	struct json json;
	struct reach reach;
	size_t pairs;
	bool all;                       /* so far all reach */
};

static const char *const verdicts[] = { [REACHES] = "reaches", [BROKEN] = "broken", [UNPROVEN] = "unproven" };

/* The ends that a word of the command line means. */
static int
find_ends(struct proving *p, const char *word, struct end_groups *out)
{
	const struct span nowhere = { 0 };
	const char *near;

	switch (ends_add(p->prover, word, nowhere, out)) {
	case END_UNKNOWN:
		usage_error("no jail, machine or subnet called %s", str_shown(p->inv->arena, word));
		near = ends_nearest(p->prover, word);
		return (suggest(word, &near, near != NULL, NULL));
	case END_LINK_LOCAL:
		return (usage_error("%s means something on one link only: name the node", word));
	case END_NOBODY:
		return (usage_error("nobody is at %s", str_shown(p->inv->arena, word)));
	case END_FINE:
		break;
	}
	return (STATUS_DONE);
}

static void
text_way(struct proving *p, const struct way *way, const char *name)
{
	for (size_t i = 0; i < way->hops.n; i++)
		printf("  %-5s  %s\n", i == 0 ? name : "", hop_shown(p->inv->arena, &p->reach, way, i));
}

static void
text_pair(struct proving *p, size_t alike)
{
	struct arena *a = p->inv->arena;
	const struct reach *r = &p->reach;
	const char *path = way_path(a, &r->there), *cure = reach_cure(p->prover, r);

	if (p->pairs > 0)
		putchar('\n');
	if (r->verdict == REACHES)
		printf("%s reaches %s over %s%s%s\n", r->from->shown, r->to->shown, family_name(r->family), *path != '\0' ? " by " : " directly", path);
	else if (r->verdict == BROKEN)
		printf("%s does not reach %s over %s: %s\n", r->from->shown, r->to->shown, family_name(r->family), reach_why(a, r));
	else
		printf("whether %s reaches %s over %s is not proven: %s\n", r->from->shown, r->to->shown, family_name(r->family), reach_why(a, r));
	text_way(p, &r->there, "there");
	text_way(p, &r->back, "back");
	if (cure != NULL)
		printf("  %-5s  %s\n", "help", cure);
	if (alike > 1)
		printf("  %zu pairs of nodes are alike in this\n", alike);
}

static void
json_way(struct proving *p, const struct way *way, const char *name)
{
	struct arena *a = p->inv->arena;
	struct json *j = &p->json;

	json_key(j, name);
	json_array_begin(j);
	for (size_t i = 0; i < way->hops.n; i++) {
		const struct hop *h = &way->hops.v[i];

		json_object_begin(j);
		json_member(j, "node", h->node != NULL ? h->node->name : NULL);
		json_member(j, "interface", h->out != NULL ? h->out->name : NULL);
		json_member(j, "link", h->link != NULL ? h->link->name : NULL);
		json_member(j, "address", h->next_known ? inaddr_str(a, &h->next) : NULL);
		json_member(j, "to", h->to != NULL ? h->to->name : NULL);
		json_member(j, "to_interface", h->in != NULL ? h->in->name : NULL);
		json_member(j, "translated", !h->translated ? NULL : h->leased ? "lease" : inaddr_str(a, &h->source));
		json_object_end(j);
	}
	json_array_end(j);
}

static void
json_pair(struct proving *p, size_t alike)
{
	struct arena *a = p->inv->arena;
	const struct reach *r = &p->reach;
	struct json *j = &p->json;

	json_object_begin(j);
	json_member(j, "from", r->from->shown);
	json_member(j, "to", r->to->shown);
	json_member(j, "family", r->family == INET ? "ipv4" : "ipv6");
	json_member(j, "verdict", verdicts[r->verdict]);
	json_member(j, "why", r->verdict == REACHES ? NULL : reach_why(a, r));
	json_member(j, "help", reach_cure(p->prover, r));
	json_member_int(j, "alike", (int64_t)alike);
	json_way(p, &r->there, "there");
	json_way(p, &r->back, "back");
	json_object_end(j);
}

static void
prove_groups(struct proving *p, const struct end_group *from, const struct end_group *to)
{
	const struct end *a, *b;
	unsigned families;

	if (!ends_pair(from, to, &a, &b))
		return;
	families = a->families & b->families;
	for (int f = 0; f < FAMILIES; f++) {
		/* Without a family in common the first says so. */
		if (families != 0 ? (families & (1u << f)) == 0 : f != INET)
			continue;
		reach_prove(p->prover, a, b, f, &p->reach);
		p->all &= p->reach.verdict == REACHES;
		if (p->as_json)
			json_pair(p, ends_pairs(from, to));
		else
			text_pair(p, ends_pairs(from, to));
		p->pairs++;
	}
}

static void
prove(struct proving *p, const struct end_groups *from, const struct end_groups *to)
{
	p->all = true;
	if (p->as_json) {
		json_begin(&p->json, stdout, true);
		json_array_begin(&p->json);
	}
	vec_each (struct end_group *const *, a, &from->all)
		vec_each (struct end_group *const *, b, &to->all)
			prove_groups(p, *a, *b);
	if (p->as_json)
		json_array_end(&p->json);
	else if (p->pairs == 0)
		printf("%s and %s are one\n", operand(p->inv, 0), operand(p->inv, 1));
}

static int
run(struct invocation *inv)
{
	struct proving p = { .inv = inv };
	int status = topology_compile_confined(inv, operand(inv, 2), STAGE_ROUTES);
	const char *format = option_value(inv, &option_proof);
	struct end_groups *from, *to;

	if (status == STATUS_DONE) {
		p.prover = prover_new(inv->arena, inv->compilation.topology, inv->compilation.graph, inv->compilation.routes);
		p.as_json = format != NULL && strcmp(format, "json") == 0;
		from = ends_none(p.prover);
		to = ends_none(p.prover);
		if ((status = find_ends(&p, operand(inv, 0), from)) != STATUS_DONE || (status = find_ends(&p, operand(inv, 1), to)) != STATUS_DONE)
			return (status);
		prove(&p, from, to);
		status = p.all ? STATUS_DONE : STATUS_WRONG;
	}
	if (status != STATUS_FAILED)
		summary(inv, "%s", "");
	return (status);
}

const struct command command_path = {
	.name = "path",
	.args = "FROM TO [TOPOLOGY]",
	.summary = "prove whether one reaches another, hop by hop",
	.about = "FROM and TO are jails, machines, host, subnets, addresses, or outside. Exit status 1: it does not reach,\n"
	    "or it is not proven that it does.",
	.options = options,
	.compiles = true,
	.run = run,
};
