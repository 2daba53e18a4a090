/* SPDX-License-Identifier: BSD-2-Clause */
/* Epairs of the host: where each end of one is, and those that are cables in the topology: with the host, between jails, between bridges, or
 * with a name. */
#include <stdlib.h>
#include <string.h>

#include "import/draft.h"
#include "import/order.h"
#include "rules/rules.h"

int
epair_unit(const char *name, char *end)
{
	size_t n = strlen(name);
	char *stop;
	long unit;

	if (n < 7 || strncmp(name, "epair", 5) != 0 || name[5] < '0' || name[5] > '9')
		return (-1);
	unit = strtol(name + 5, &stop, 10);
	if (unit > EPAIR_UNIT_MAX || (*stop != 'a' && *stop != 'b') || stop[1] != '\0')
		return (-1);
	*end = *stop;
	return ((int)unit);
}

const char *
epair_other_end(struct arena *a, const char *end)
{
	size_t n = strlen(end) - 1;

	return (arena_printf(a, "%.*s%c", (int)n, end, end[n] == 'a' ? 'b' : 'a'));
}

/* Its bridge, by the host's variables. */
static void
as_member(struct draft *d, struct pair_end *e)
{
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		for (size_t i = 0; (*b)->old != NULL && i < (*b)->old->members.n; i++)
			if (strcmp((*b)->old->members.v[i].name, e->name) == 0) {
				e->bridge = *b;
				e->member = &(*b)->old->members.v[i];
			}
}

struct pair_end
draft_pair_end(struct draft *d, const char *name)
{
	struct pair_end e = { .name = name, .created = name, .old = old_iface(&d->old->host, name) };
	char letter;

	if (e.old != NULL) {
		e.name = e.old->name;
		e.created = e.old->created;
	}
	as_member(d, &e);
	if (e.bridge == NULL && e.old != NULL && e.old->joins.bridge != NULL && epair_unit(e.created, &letter) >= 0) {
		e.bridge = draft_bridge(d, e.old->joins.bridge);
		e.member = &e.old->joins.as;
		if (e.bridge == NULL)
			diag_add(d->diags, &rule_unknown_name, e.member->at, "no bridge called %s", e.old->joins.bridge);
	}
	vec_each (struct old_jail *const *, j, &d->old->jails)
		vec_each (const struct old_name *, n, &(*j)->interfaces)
			if (strcmp(n->name, e.name) == 0 || strcmp(n->name, e.created) == 0)
				e.jail = *j;
	return (e);
}

bool
draft_other_end(struct draft *d, const struct pair_end *end, struct pair_end *other)
{
	char letter;

	if (epair_unit(end->created, &letter) < 0)
		return (false);
	*other = draft_pair_end(d, epair_other_end(d->arena, end->created));
	return (true);
}

const char *
draft_end_name(const struct draft *d, const struct draft_cable *c, size_t i)
{
	return (arena_printf(d->arena, "%s%c", c->key, "ab"[i]));
}

/* The key that an end tells; NULL: it was given a name of its own, or one that belongs to another pair. */
static const char *
told_key(struct draft *d, const struct pair_end ends[2], size_t i)
{
	size_t n = strlen(ends[i].name);
	char letter;
	int unit = epair_unit(ends[i].name, &letter);

	if (n < 2 || ends[i].name[n - 1] != "ab"[i] || (unit >= 0 && unit != epair_unit(ends[i].created, &letter)))
		return (NULL);
	return (arena_strndup(d->arena, ends[i].name, n - 1));
}

/* A jail's end has on the host the name that the cable gives it; others may have any. */
static const char *
cable_key(struct draft *d, const struct pair_end ends[2])
{
	const char *keys[2] = { told_key(d, ends, 0), told_key(d, ends, 1) };
	size_t first = ends[1].jail != NULL && ends[0].jail == NULL;

	if (keys[first] != NULL)
		return (keys[first]);
	if (keys[!first] != NULL)
		return (keys[!first]);
	if (ends[0].old != NULL && ends[0].old->any_unit)
		return (arena_printf(d->arena, "cable%zu", d->cables.n + 1));
	return (arena_strndup(d->arena, ends[0].created, strlen(ends[0].created) - 1));
}

struct draft_link *
draft_bridge_link(struct draft *d, const struct pair_end *e)
{
	return (draft_vlan_link(d, e->bridge, e->bridge->vlan_filtering ? e->member->untagged : 0));
}

static void
outer_end(struct draft *d, struct draft_cable *c, size_t i, const struct pair_end *e)
{
	struct draft_iface *end = &c->ends[i];

	end->old = end->made = e->old;
	if (strcmp(e->name, draft_end_name(d, c, i)) != 0)
		end->name = e->name;
	if (e->old != NULL)
		draft_take(d, end, e->old);
	if (e->bridge != NULL) {
		end->bridge = e->bridge->key;
		end->untagged = e->member->untagged;
		end->stp = e->member->stp;
		end->private_ = e->member->private_;
		vec_each (const int *, tag, &e->member->tagged)
			*vec_push(d->arena, &end->tagged) = *tag;
		end->link = draft_bridge_link(d, e);
		return;
	}
	end->host = true;
	end->link = c->link;
	if (e->old != NULL)
		draft_take_addresses(d, &end->addresses, e->old);
	draft_stand(d, c->link, &d->host, end, NULL, &end->addresses);
}

struct draft_cable *
draft_cable(struct draft *d, const struct pair_end ends[2])
{
	const char *key = cable_key(d, ends);
	struct draft_cable *c;
	char letter;

	vec_each (struct draft_cable *const *, it, &d->cables)
		if (strcmp((*it)->created, ends[0].created) == 0)
			return (*it);
	c = NEW(d->arena, struct draft_cable);
	c->key = key;
	c->created = ends[0].created;
	c->unit = ends[0].old != NULL && ends[0].old->any_unit ? -1 : epair_unit(c->created, &letter);
	c->link = draft_link_new(d, key, NULL, 0);
	for (size_t i = 0; i < 2; i++) {
		c->ends[i].unit = -1;
		c->ends[i].in_cable = true;
		if (ends[i].jail == NULL)
			outer_end(d, c, i, &ends[i]);
	}
	*vec_push(d->arena, &d->cables) = c;
	return (c);
}

/* What is created at boot, each where it stands last. */
static strings
cloned_names(struct draft *d)
{
	strings words = old_words(d->arena, shell_value(&d->old->host.rc, "cloned_interfaces"), " \t\n"), names = { 0 };
	struct map *last = map_new(d->arena);

	for (size_t i = 0; i < words.n; i++) {
		words.v[i] = arena_strndup(d->arena, words.v[i], strcspn(words.v[i], ":"));
		map_set(last, words.v[i], &words.v[i]);
	}
	for (size_t i = 0; i < words.n; i++)
		if (map_get(last, words.v[i]) == &words.v[i])
			*vec_push(d->arena, &names) = words.v[i];
	return (names);
}

static bool
renamed(const struct pair_end *e)
{
	return (strcmp(e->name, e->created) != 0);
}

static bool
leads_nowhere(const struct pair_end *e)
{
	return (e->bridge == NULL && e->old->addresses.n == 0 && !e->old->up);
}

static size_t
jail_number(const struct draft *d, const struct old_jail *jail)
{
	size_t k = 0;

	while (k < d->jails.n && d->jails.v[k]->old != jail)
		k++;
	return (k);
}

/* Where vnetc wrote the host's files, pairs are created for jails in their order, then cables: one that stands after a cable, or out of that
 * order, is a cable too. */
void
draft_cables_by_place(struct draft *d)
{
	strings names = cloned_names(d);
	size_t last = 0;
	bool begun = false;

	d->cabled = map_new(d->arena);
	for (size_t i = 0; d->old->vnetc && i < names.n; i++) {
		struct pair_end ends[2] = { draft_pair_end(d, arena_printf(d->arena, "%sa", names.v[i])) };
		size_t number;

		/* A name that another pair has by now is no longer this one's. */
		if (!draft_other_end(d, &ends[0], &ends[1]) || ends[0].old == NULL || ends[0].old != old_iface(&d->old->host, ends[0].name) || ends[1].old == NULL)
			continue;
		if (ends[0].jail == NULL && ends[1].jail == NULL) {
			begun |= !leads_nowhere(&ends[0]) && !leads_nowhere(&ends[1]);
			continue;
		}
		number = jail_number(d, ends[0].jail != NULL ? ends[0].jail : ends[1].jail);
		begun |= number < last || renamed(&ends[0]) || renamed(&ends[1]) || (ends[0].bridge == NULL && ends[1].bridge == NULL);
		last = number;
		if (begun)
			map_set(d->cabled, ends[0].created, d);
	}
}

/* Epairs that no jail has: the host's own way to a bridge, or a cable. */

static void
host_end(struct draft *d, const struct pair_end *outer, const struct old_iface *inner)
{
	struct draft_bridge *b = outer->bridge;
	char letter;

	b->epair_unit = epair_unit(outer->created, &letter);
	b->epair = arena_printf(d->arena, "epair%d", b->epair_unit);
	b->host_end = inner;
	b->host_end_is = (struct draft_toggles){ outer->member->stp, outer->member->private_ };
	draft_take_addresses(d, &b->addresses, inner);
	draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
	conclude(d, inner->at, "the host joins %s by its own epair%d", b->key, b->epair_unit);
}

static void
free_pair(struct draft *d, const struct pair_end ends[2])
{
	const struct pair_end *a = &ends[0], *b = &ends[1];
	int n = (int)strlen(a->created) - 1;

	if (a->bridge != NULL && a->bridge == b->bridge)
		diag_add(d->diags, &rule_cable_to_itself, a->old->at, "both ends of %.*s are in %s", n, a->created, a->bridge->key);
	else if (leads_nowhere(a) || leads_nowhere(b))
		conclude(d, a->old->at, "%.*s leads nowhere, no jail takes it: left out", n, a->created);
	else if (a->bridge == NULL && b->bridge == NULL)
		conclude(d, a->old->at, "both ends of %.*s are the host's: left out", n, a->created);
	else if (a->bridge != NULL && b->bridge == NULL && a->bridge->epair == NULL && b->old->addresses.n > 0 && !renamed(a) && !renamed(b))
		host_end(d, a, b->old);
	else
		draft_cable(d, ends);
}

static int
by_unit(const void *a, const void *b)
{
	const struct draft_cable *x = *(struct draft_cable *const *)a, *y = *(struct draft_cable *const *)b;

	return ((x->unit > y->unit) - (x->unit < y->unit));
}

/* A build creates cables in their order, after what jails have, and gives units in it to those that have a name. */
static void
order_cables(struct draft *d)
{
	struct draft_cable **sorted = NEW_ARRAY(d->arena, struct draft_cable *, d->cables.n);
	strings names = cloned_names(d);
	struct map *by_end = map_new(d->arena);
	const size_t *numbers;
	struct order o;
	char letter;

	if (d->cables.n == 0)
		return;
	qsort(d->cables.v, d->cables.n, sizeof(d->cables.v[0]), by_unit);
	for (size_t k = 0; k < d->cables.n; k++)
		map_set(by_end, d->cables.v[k]->created, &d->cables.v[k]);
	order_init(&o, d->arena, d->cables.n);
	vec_each (const char *const *, name, &names) {
		struct draft_cable **c = map_get(by_end, arena_printf(d->arena, "%sa", *name));

		if (c != NULL)
			order_next(&o, (size_t)(c - d->cables.v));
	}
	order_list(&o, ORDER_HINT);
	for (size_t k = 0; k < d->cables.n; k++)
		if (epair_unit(draft_end_name(d, d->cables.v[k], 0), &letter) < 0)
			order_next(&o, k);
	numbers = order_done(&o);
	for (size_t k = 0; k < d->cables.n; k++)
		sorted[k] = d->cables.v[numbers[k]];
	memcpy(d->cables.v, sorted, d->cables.n * sizeof(sorted[0]));
}

void
draft_free_pairs(struct draft *d)
{
	char letter;

	vec_each (struct old_iface *const *, i, &d->old->host.ifaces) {
		struct pair_end ends[2];

		if (epair_unit((*i)->created, &letter) < 0 || letter != 'a')
			continue;
		ends[0] = draft_pair_end(d, (*i)->name);
		if (draft_other_end(d, &ends[0], &ends[1]) && ends[1].old != NULL && ends[0].jail == NULL && ends[1].jail == NULL)
			free_pair(d, ends);
	}
	order_cables(d);
}
