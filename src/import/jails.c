/* SPDX-License-Identifier: BSD-2-Clause */
/* The order of jails. Those of jail.conf start in the order of jail_list. Those of files of their own (jail.conf.d) come in the order of letters;
 * what a build numbers or lists in the order of jails tells the one that was meant. */
#include <stdlib.h>
#include <string.h>

#include "import/draft.h"
#include "import/order.h"

/* A jail's unit or hook; of: what it was counted in: all epairs, or one netgraph bridge. */
struct numbered { const char *of; int number; size_t jail; };
struct jail_order { const struct old_host *old; struct order order; VEC(struct numbered) numbers; };

static bool
by_jail_conf(const struct old_host *old)
{
	vec_each (struct old_jail *const *, j, &old->jails)
		if ((*j)->manager != OLD_JAIL_CONF)
			return (false);
	return (true);
}

static bool
own_files(const struct old_host *old)
{
	const struct source *first = NULL;
	bool several = false;

	vec_each (struct old_jail *const *, j, &old->jails) {
		several |= first != NULL && (*j)->at.src != first;
		first = (*j)->at.src;
	}
	return (several);
}

static void
jails_called(struct jail_order *o, const char *name)
{
	for (size_t k = 0; k < o->old->jails.n; k++)
		if (strcmp(o->old->jails.v[k]->called, name) == 0)
			order_next(&o->order, k);
}

/* The name that an interface was made by. */
static const char *
created(const struct jail_order *o, const char *name)
{
	const struct old_iface *i = old_iface(&o->old->host, name);

	return (i != NULL ? i->created : name);
}

static bool
is_member(const struct old_host *old, const char *name)
{
	vec_each (struct old_iface *const *, i, &old->host.ifaces)
		vec_each (const struct old_member *, m, &(*i)->members)
			if (strcmp(m->name, name) == 0)
				return (true);
	return (false);
}

static void
jails_with(struct jail_order *o, const char *end)
{
	for (size_t k = 0; k < o->old->jails.n; k++)
		vec_each (const struct old_name *, n, &o->old->jails.v[k]->interfaces)
			if (strcmp(created(o, n->name), end) == 0)
				order_next(&o->order, k);
}

/* The list of what is made at boot has the epairs by which jails stand on bridges in the order of jails, whatever their units. Cables come after
 * them in an order of their own. */
static void
made_at_boot(struct jail_order *o)
{
	struct arena *a = o->old->arena;
	strings words = old_words(a, shell_value(&o->old->host.rc, "cloned_interfaces"), " \t\n");

	order_list(&o->order, ORDER_SURE);
	vec_each (const char *const *, w, &words)
		for (int end = 0; end < 2; end++) {
			const char *pair = arena_strndup(a, *w, strcspn(*w, ":"));
			const struct old_iface *peer = old_iface(&o->old->host, arena_printf(a, "%s%c", pair, "ba"[end]));

			if (peer != NULL && is_member(o->old, peer->name))
				jails_with(o, arena_printf(a, "%s%c", pair, "ab"[end]));
		}
}

static void
numbers_of(struct jail_order *o, size_t k)
{
	const struct old_jail *jail = o->old->jails.v[k];
	char end;
	int unit;

	vec_each (const struct old_name *, n, &jail->interfaces) {
		const struct old_iface *i = old_iface(&o->old->host, n->name);

		if ((unit = epair_unit(created(o, n->name), &end)) >= 0)
			*vec_push(o->old->arena, &o->numbers) = (struct numbered){ "epair", unit, k };
		else if (i != NULL && i->way != NULL && strncmp(i->created, "link", 4) == 0)
			*vec_push(o->old->arena, &o->numbers) = (struct numbered){ i->joins.bridge, atoi(i->created + 4), k };
	}
}

static int
by_number(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;
	int of = strcmp(x->of, y->of);

	return (of != 0 ? of : x->number != y->number ? (x->number > y->number) - (x->number < y->number) : (x->jail > y->jail) - (x->jail < y->jail));
}

/* A hook cannot be chosen, the unit of an epair can. */
static void
numbered_in_order(struct jail_order *o)
{
	for (size_t k = 0; k < o->old->jails.n; k++)
		numbers_of(o, k);
	if (o->numbers.n > 1)
		qsort(o->numbers.v, o->numbers.n, sizeof(o->numbers.v[0]), by_number);
	for (size_t i = 0; i < o->numbers.n; i++) {
		const struct numbered *n = &o->numbers.v[i];

		if (i == 0 || strcmp(n[-1].of, n->of) != 0)
			order_list(&o->order, strcmp(n->of, "epair") == 0 ? ORDER_HINT : ORDER_SURE);
		order_next(&o->order, n->jail);
	}
}

const size_t *
draft_jail_order(const struct old_host *old)
{
	struct jail_order o = { .old = old };
	strings words;

	order_init(&o.order, old->arena, old->jails.n);
	if (!by_jail_conf(old))
		return (order_done(&o.order));
	words = old_words(old->arena, shell_value(&old->host.rc, "jail_list"), " \t\n");
	vec_each (const char *const *, w, &words)
		jails_called(&o, *w);
	if (own_files(old)) {
		made_at_boot(&o);
		numbered_in_order(&o);
	}
	return (order_done(&o.order));
}
