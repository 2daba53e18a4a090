/* SPDX-License-Identifier: BSD-2-Clause */
/* The order in which jails start: whether there is one. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* One jail waits for another, by start_after or because its default route leads by it. */
struct wait { const struct jail *on; struct span at; bool written; };
typedef VEC(struct wait) waits;

enum visit { UNSEEN, OPEN, DONE };

/* A walk in depth over who waits for whom. way[i] waits for way[i + 1] by its wait number next[i] - 1. */
struct walk {
	const struct subject *s;
	struct diags *ds;
	waits *of;                      /* by jail */
	enum visit *state;
	bool *told;
	size_t *way, *next, depth;
};

static void
find_waits(struct walk *w)
{
	const struct topology *t = w->s->topology;

	vec_each (struct jail *const *, j, &t->jails) {
		waits *of = &w->of[(*j)->index];

		for (size_t i = 0; i < (*j)->after.n && i < (*j)->decl->start_after.n; i++)
			*vec_push(w->s->arena, of) = (struct wait) { (*j)->after.v[i], (*j)->decl->start_after.v[i].at, true };
		for (int f = 0; (*j)->vnet != NULL && f < FAMILIES; f++) {
			const struct forwarding *forwarding = &w->s->routes->of[(*j)->vnet->index];
			const struct route *dflt = forwarding->dflt[f];
			const struct vnet *router = dflt != NULL ? dflt->node : forwarding->lease_node[f];

			if (router != NULL && router->jail != NULL)
				*vec_push(w->s->arena, of) = (struct wait) { router->jail, dflt != NULL ? dflt->why : forwarding->lease[f]->at, false };
		}
	}
}

static const struct wait *
wait_at(const struct walk *w, size_t depth)
{
	return (&w->of[w->way[depth]].v[w->next[depth] - 1]);
}

static const char *
jail_at(const struct walk *w, size_t depth)
{
	return (w->s->topology->jails.v[w->way[depth]]->name);
}

/* The walk has come back to a jail that it is still in. */
static void
told_cycle(struct walk *w, size_t from)
{
	struct text text = { .arena = w->s->arena };
	size_t primary = from;
	struct diag *d;

	for (size_t i = from; i < w->depth; i++) {
		const struct wait *wait = wait_at(w, i), *best = wait_at(w, primary);

		if (w->told[w->way[i]])
			return;
		if (wait->written != best->written ? wait->written : span_compare(&wait->at, &best->at) > 0)
			primary = i;
		if (i == from + 8)
			text_add(&text, ", …");
		else if (i < from + 8)
			text_printf(&text, i == from ? "%s starts after %s" : ", %s after %s", jail_at(w, i),
			    wait->on->index == w->way[i] ? "itself" : wait->on->name);
	}
	d = diag_add(w->ds, &rule_start_cycle, wait_at(w, primary)->at, "%s", text_end(&text));
	for (size_t i = from; i < w->depth; i++) {
		const struct wait *wait = wait_at(w, i);

		w->told[w->way[i]] = true;
		if (i != primary)
			diag_note(w->ds, d, wait->at, wait->written ? "%s starts after %s" : "the default route of %s leads by %s",
			    jail_at(w, i), wait->on->name);
	}
}

static void
enter(struct walk *w, size_t jail)
{
	w->state[jail] = OPEN;
	w->way[w->depth] = jail;
	w->next[w->depth++] = 0;
}

static void
walk_from(struct walk *w, size_t start)
{
	enter(w, start);
	while (w->depth > 0) {
		size_t jail = w->way[w->depth - 1], on;

		if (w->next[w->depth - 1] == w->of[jail].n) {
			w->state[jail] = DONE;
			w->depth--;
			continue;
		}
		on = w->of[jail].v[w->next[w->depth - 1]++].on->index;
		if (w->state[on] == UNSEEN)
			enter(w, on);
		else if (w->state[on] == OPEN) {
			size_t from = w->depth - 1;

			while (w->way[from] != on)
				from--;
			told_cycle(w, from);
		}
	}
}

static void
start_cycle(const struct check *check, const struct subject *s, struct diags *ds)
{
	size_t n = s->topology->jails.n;
	struct walk w = { .s = s, .ds = ds };

	(void)check;
	w.of = arena_alloc(s->arena, n * sizeof(*w.of));
	w.state = NEW_ARRAY(s->arena, enum visit, n);
	w.told = NEW_ARRAY(s->arena, bool, n);
	w.way = NEW_ARRAY(s->arena, size_t, n + 1);
	w.next = NEW_ARRAY(s->arena, size_t, n + 1);
	find_waits(&w);
	for (size_t i = 0; i < n; i++)
		if (w.state[i] == UNSEEN)
			walk_from(&w, i);
}

const struct check check_start_cycle = { &rule_start_cycle, CHECK_ROUTES, start_cycle };
