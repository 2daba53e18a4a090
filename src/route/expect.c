/* SPDX-License-Identifier: BSD-2-Clause */
/* Expectations proved: every pair of nodes, in every family that both have; nodes that are alike are proved once. */
#include <stdlib.h>
#include <string.h>

#include "route/expect.h"
#include "route/reach.h"
#include "rules/rules.h"

#define HOPS_TOLD 16

typedef VEC(const struct vnet *) nodes;

struct expecting {
	struct arena *arena;
	struct diags *diags;
	const struct topology *t;
	struct prover *prover;
	struct reach reach;
};

/* One expectation, its names resolved. */
struct expectation {
	const struct decl_expect *decl;
	struct end_groups *from, *to;
	nodes path;
	bool reach;
	unsigned families;              /* asked for, a bit each */
};

static void
unknown(struct expecting *x, const struct v_str *v, const char *kinds, const char *near)
{
	struct diag *d = diag_add(x->diags, &rule_unknown_name, v->at, "no %s called %s", kinds, str_shown(x->arena, v->v));

	if (near == NULL)
		return;
	diag_help(x->diags, d, "did you mean %s?", near);
	if (v->at.len == strlen(v->v))
		diag_fix(x->diags, d, v->at, "%s", near);
}

/* The ends that one side names. False: one of them means nothing, or nobody is there. */
static bool
find_ends(struct expecting *x, const struct v_strs *words, bool wanted, struct end_groups **out)
{
	bool fine = true;

	*out = ends_none(x->prover);
	for (size_t i = 0; i < words->n; i++) {
		const struct v_str *v = &words->v[i];

		switch (ends_add(x->prover, v->v, v->at, *out)) {
		case END_UNKNOWN:
			unknown(x, v, "jail, machine or subnet", ends_nearest(x->prover, v->v));
			fine = false;
			break;
		case END_LINK_LOCAL:
			diag_add(x->diags, &rule_bad_address, v->at, "%s means something on one link only: name the node", v->v);
			fine = false;
			break;
		case END_NOBODY:
			if (wanted)
				diag_add(x->diags, &rule_expectation_failed, v->at, "nothing can be proved of %s: nobody is there", v->v);
			fine &= !wanted;
			break;
		case END_FINE:
			break;
		}
	}
	return (fine);
}

static bool
find_path(struct expecting *x, const struct v_strs *words, nodes *out)
{
	bool fine = true;

	for (size_t i = 0; i < words->n; i++) {
		const struct vnet *vnet = topology_node(x->t, words->v[i].v);
		VEC(const char *) names = { 0 };

		*vec_push(x->arena, out) = vnet;
		if (vnet != NULL)
			continue;
		fine = false;
		vec_each (struct vnet *const *, v, &x->t->vnets)
			*vec_push(x->arena, &names) = (*v)->name;
		unknown(x, &words->v[i], "jail or machine", str_nearest(words->v[i].v, names.v, names.n));
	}
	return (fine);
}

/* Did the packet pass exactly the routers that were expected, the answer the same ones from behind? */
static bool
path_is(const struct way *way, const nodes *path, bool back)
{
	size_t passed = way->hops.n > 1 ? way->hops.n - 1 : 0;

	if (passed != path->n)
		return (false);
	for (size_t i = 0; i < passed; i++)
		if (way->hops.v[i + 1].node != path->v[back ? passed - 1 - i : i])
			return (false);
	return (true);
}

static const char *
by_path(struct expecting *x, const struct way *way)
{
	const char *path = way_path(x->arena, way);

	return (*path != '\0' ? arena_printf(x->arena, "by %s", path) : "directly");
}

static const char *
by_nodes(struct expecting *x, const nodes *path)
{
	struct text text = { .arena = x->arena };

	for (size_t i = 0; i < path->n; i++)
		text_printf(&text, "%s%s", i > 0 ? ", " : "by ", path->v[i]->name);
	return (path->n != 0 ? text_end(&text) : "directly");
}

static void
tell_way(struct expecting *x, struct diag *d, const struct way *way, const char *name)
{
	struct span nowhere = { 0 };

	for (size_t i = 0; i < way->hops.n && i < HOPS_TOLD; i++)
		diag_note(x->diags, d, nowhere, "%s: %s", name, hop_shown(x->arena, &x->reach, way, i));
	if (way->hops.n > HOPS_TOLD)
		diag_note(x->diags, d, nowhere, "%s: and %zu hops more", name, way->hops.n - HOPS_TOLD);
}

/* The place of the break, the ways hop by hop, how many more pairs are alike. */
static void
tell_proof(struct expecting *x, struct diag *d, const struct end_group *from, const struct end_group *to)
{
	const char *text;
	struct span place = reach_place(x->arena, &x->reach, &text), nowhere = { 0 };

	if (given(&place))
		diag_note(x->diags, d, place, "%s", text);
	tell_way(x, d, &x->reach.there, "there");
	tell_way(x, d, &x->reach.back, "back");
	if (ends_pairs(from, to) > 1)
		diag_note(x->diags, d, nowhere, "%zu pairs of nodes are alike in this", ends_pairs(from, to));
}

static const char *
family_told(struct expecting *x, unsigned families)
{
	return ((families & (families - 1)) != 0 ? arena_printf(x->arena, " over %s", family_name(x->reach.family)) : "");
}

/* Is this proof what was expected? */
static bool
as_expected(const struct reach *reach, const struct expectation *e)
{
	if (!e->reach)
		return (reach->verdict == BROKEN);
	if (reach->verdict != REACHES)
		return (false);
	return (!given(&e->decl->path.at) || (path_is(&reach->there, &e->path, false) && path_is(&reach->back, &e->path, true)));
}

/* Would the expectation hold in the other family? */
static bool
fine_in(struct expecting *x, const struct expectation *e, enum family other)
{
	struct reach reach = { 0 };

	reach_prove(x->prover, x->reach.from, x->reach.to, other, &reach);
	return (as_expected(&reach, e));
}

/* What reaches, or does not, other than expected. families: those that were to be proved. */
static void
fail(struct expecting *x, const struct expectation *e, const struct end_group *from, const struct end_group *to, unsigned families)
{
	const char *a = x->reach.from->shown, *b = x->reach.to->shown, *family = family_told(x, families), *cure = NULL;
	struct span at = e->reach ? x->reach.to->at : e->decl->reach.at;
	struct diag *d;

	if (x->reach.verdict == BROKEN || x->reach.verdict == UNPROVEN) {
		if (x->reach.verdict == BROKEN)
			d = diag_add(x->diags, &rule_expectation_failed, at, "%s does not reach %s%s: %s", a, b, family, reach_why(x->arena, &x->reach));
		else
			d = diag_add(x->diags, &rule_expectation_failed, at, "of %s and %s%s neither is proven: %s", a, b, family, reach_why(x->arena, &x->reach));
		cure = reach_cure(x->prover, &x->reach);
	} else if (!e->reach)
		d = diag_add(x->diags, &rule_expectation_failed, at, "%s reaches %s%s %s", a, b, family, by_path(x, &x->reach.there));
	else if (!path_is(&x->reach.there, &e->path, false))
		d = diag_add(x->diags, &rule_expectation_failed, e->decl->path.at, "%s reaches %s%s %s, not %s", a, b, family, by_path(x, &x->reach.there),
		    by_nodes(x, &e->path));
	else
		d = diag_add(x->diags, &rule_expectation_failed, e->decl->path.at, "%s reaches %s%s %s, but the answer comes %s", a, b, family,
		    by_path(x, &x->reach.there), by_path(x, &x->reach.back));
	tell_proof(x, d, from, to);
	if (cure != NULL)
		diag_help(x->diags, d, "%s", cure);
	else if (*family != '\0' && e->reach && fine_in(x, e, x->reach.family == INET ? INET6 : INET))
		diag_help(x->diags, d, "family: %s, if only that is meant", x->reach.family == INET ? "ipv6" : "ipv4");
}

/* One pair stands for all of two groups. False: told. */
static bool
prove_groups(struct expecting *x, const struct expectation *e, const struct end_group *from, const struct end_group *to)
{
	const struct end *a, *b;
	unsigned families;

	if (!ends_pair(from, to, &a, &b))
		return (true);
	families = a->families & b->families & e->families;
	for (int f = 0; f < FAMILIES; f++) {
		bool only = families == 0 && e->reach && (e->families & (1u << f)) != 0;

		if ((families & (1u << f)) == 0 && !only)
			continue;
		reach_prove(x->prover, a, b, f, &x->reach);
		if (as_expected(&x->reach, e))
			continue;
		fail(x, e, from, to, families);
		return (false);
	}
	return (true);
}

static void
prove(struct expecting *x, const struct decl_expect *decl)
{
	struct expectation e = { .decl = decl, .reach = !given(&decl->reach.at) || decl->reach.v, .families = (1u << INET) | (1u << INET6) };
	bool from = find_ends(x, &decl->from, e.reach, &e.from), to = find_ends(x, &decl->to, e.reach, &e.to), path = find_path(x, &decl->path, &e.path);

	if (!from || !to || !path)
		return;
	if (given(&decl->family.at))
		e.families = 1u << (strcmp(decl->family.v, "ipv4") == 0 ? INET : INET6);
	vec_each (struct end_group *const *, a, &e.from->all)
		vec_each (struct end_group *const *, b, &e.to->all)
			if (!prove_groups(x, &e, *a, *b))
				return;
}

/* Contradictions */

/* The expectations with equal ends: the first of each meaning. */
struct meant { const struct decl_expect *of[2][FAMILIES + 1]; };

static int
compare_words(const void *a, const void *b)
{
	return (strcmp(((const struct v_str *)a)->v, ((const struct v_str *)b)->v));
}

static void
add_words(struct expecting *x, struct text *key, const struct v_strs *words)
{
	struct v_str *sorted = NEW_ARRAY(x->arena, struct v_str, words->n);

	for (size_t i = 0; i < words->n; i++)
		sorted[i] = words->v[i];
	if (words->n != 0)
		qsort(sorted, words->n, sizeof(*sorted), compare_words);
	for (size_t i = 0; i < words->n; i++)
		if (i == 0 || strcmp(sorted[i - 1].v, sorted[i].v) != 0)
			text_printf(key, " %s", sorted[i].v);
	text_add(key, "\n");
}

/* Whether another, earlier one says the opposite; both are then left unproved. */
static bool
contradicts(struct expecting *x, struct map *all, const struct decl_expect *decl, struct map *silent)
{
	struct text key = { .arena = x->arena };
	int reach = !given(&decl->reach.at) || decl->reach.v, family = !given(&decl->family.at) ? FAMILIES : strcmp(decl->family.v, "ipv4") == 0 ? INET : INET6;
	struct meant *meant;

	add_words(x, &key, &decl->from);
	add_words(x, &key, &decl->to);
	meant = map_get(all, text_end(&key));
	if (meant == NULL) {
		meant = NEW(x->arena, struct meant);
		map_put(all, text_end(&key), meant);
	}
	if (meant->of[reach][family] == NULL)
		meant->of[reach][family] = decl;
	for (int f = 0; f <= FAMILIES; f++) {
		const struct decl_expect *other = meant->of[!reach][f];
		struct diag *d;

		if (other == NULL || (f != family && f != FAMILIES && family != FAMILIES))
			continue;
		d = diag_add(x->diags, &rule_contradicting_expectations, decl->item.at, "this contradicts line %u of %s",
		    (unsigned)source_line(&other->item.at), other->item.at.src->name);
		diag_note(x->diags, d, other->item.at, "the other one");
		map_put(silent, arena_printf(x->arena, "%p", (const void *)other), x);
		return (true);
	}
	return (false);
}

void
expectations_prove(struct arena *arena, struct diags *diags, const struct topology *topology, const struct linkgraph *graph,
    const struct routes *routes)
{
	struct expecting x = { .diags = diags, .t = topology };
	const struct topology_decl *decl = topology->decl;
	struct map *all, *silent;

	if (decl->expect.n == 0)
		return;
	x.arena = arena = arena_child(arena);
	all = map_new(arena);
	silent = map_new(arena);
	x.prover = prover_new(arena, topology, graph, routes);
	for (size_t i = 0; i < decl->expect.n; i++)
		if (contradicts(&x, all, decl->expect.v[i], silent))
			map_put(silent, arena_printf(arena, "%p", (const void *)decl->expect.v[i]), &x);
	for (size_t i = 0; i < decl->expect.n; i++)
		if (map_get(silent, arena_printf(arena, "%p", (const void *)decl->expect.v[i])) == NULL)
			prove(&x, decl->expect.v[i]);
	arena_free(arena);
}
