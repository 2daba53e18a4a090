/* SPDX-License-Identifier: BSD-2-Clause */
/* Units: those written by hand, those the lock remembers, then the lowest free; and the names that follow from them. */
#include <stdlib.h>
#include <string.h>

#include "model/resolving.h"
#include "rules/rules.h"

#define UNITS (EPAIR_UNIT_MAX + 1)

struct taken_twice { struct diag *diag; const struct pair *pair; int unit; };

/* Who has each unit; NULL: free. lowest: where the search for a free one goes on. */
struct units {
	struct arena *arena;
	struct { const char *owner; struct span at; } *taken;
	int lowest, count;
	VEC(struct taken_twice) twice;
};

static void
units_init(struct resolver *r, struct units *units, int lowest, int count)
{
	*units = (struct units) { .arena = arena_child(r->arena), .lowest = lowest, .count = count };
	units->taken = arena_alloc(units->arena, (size_t)count * sizeof(units->taken[0]));
}

static void
units_forget(struct units *units)
{
	arena_free(units->arena);
}

static int
units_free(struct units *units)
{
	while (units->lowest < units->count && units->taken[units->lowest].owner != NULL)
		units->lowest++;
	return (units->lowest < units->count ? units->lowest : -1);
}

static void
units_take(struct units *units, int unit, const char *owner, struct span at)
{
	units->taken[unit].owner = owner;
	units->taken[unit].at = at;
}

const char *
iface_owner(const struct resolver *r, const struct iface *iface)
{
	if (iface->bridge != NULL)
		return (arena_printf(r->arena, "%s/host", iface->bridge->key));
	if (iface->vnet->kind != VNET_HOST)
		return (iface->decl != NULL && given(&iface->decl->name.at) ?
		    arena_printf(r->arena, "%s/%s", iface->vnet->name, iface->decl->name.v) :
		    iface->parent != NULL && iface->parent->vnet == iface->vnet ?
		    arena_printf(r->arena, "%s/%d.%d", iface->vnet->name, iface->parent->number, iface->tag) :
		    arena_printf(r->arena, "%s/%d", iface->vnet->name, iface->number));
	if (iface->cable != NULL)
		return (arena_printf(r->arena, "%s/host", iface->cable->key));
	if (iface->peer != NULL && iface->peer->member_of != NULL && iface->peer->member_of->host_end == iface)
		return (arena_printf(r->arena, "%s/host", iface->peer->member_of->key));
	return (arena_printf(r->arena, "%s/host", iface->key != NULL ? iface->key : iface->name));
}

/* What the lock remembers for an owner, when it is still free. A displaced one moves, with a note. */
static int
from_lock(struct resolver *r, struct units *units, const char *owner, const char *what, struct span at, struct diag **moved)
{
	const char *old = lock_old(r->lock, arena_printf(r->arena, "%s/%s", owner, what));
	int unit = old == NULL ? -1 : atoi(old);

	*moved = NULL;
	if (unit < 0 || unit >= units->count)
		return (-1);
	if (units->taken[unit].owner == NULL)
		return (unit);
	*moved = diag_add(r->diags, &rule_lock_entry_replaced, at, "%s had %s%d, which %s takes now", owner, what, unit, units->taken[unit].owner);
	diag_note(r->diags, *moved, units->taken[unit].at, "%s is taken here", arena_printf(r->arena, "%s%d", what, unit));
	return (-1);
}

static void
fixed_unit(struct resolver *r, struct units *units, struct pair *pair)
{
	if (pair->fixed < 0)
		return;
	if (units->taken[pair->fixed].owner != NULL) {
		struct diag *d = diag_add(r->diags, &rule_duplicate_epair_unit, pair->at, "epair%d is already taken by %s", pair->fixed,
		    units->taken[pair->fixed].owner);

		diag_note(r->diags, d, units->taken[pair->fixed].at, "it is taken here");
		*vec_push(r->arena, &units->twice) = (struct taken_twice) { d, pair, pair->fixed };
		pair->fixed = -2;
		return;
	}
	units_take(units, pair->fixed, pair->owner, pair->at);
}

/* Names of both ends: epairNa and epairNb, or of a cable KEYa and KEYb; inside a jail what name: says. */
static void
name_pair(struct resolver *r, struct pair *pair, int unit)
{
	struct iface *ends[2] = { pair->a, pair->b };

	for (int i = 0; i < 2; i++) {
		struct iface *end = ends[i];
		bool named = end->decl != NULL && given(&end->decl->name.at);

		end->unit = unit;
		end->created = arena_printf(r->arena, "epair%d%c", unit, "ab"[i]);
		end->made = end->created;
		if (pair->cable != NULL && pair->fixed == -1)
			end->made = arena_printf(r->arena, "%s%c", pair->cable->key, "ab"[i]);
		if (named && end->vnet->kind == VNET_HOST && pair->cable != NULL)
			end->made = end->decl->name.v;
		end->name = named && (end->vnet->kind == VNET_JAIL || pair->cable != NULL) ? end->decl->name.v : end->made;
	}
	if (pair->cable != NULL)
		pair->cable->unit = unit;
}

static void
suggest_units(struct resolver *r, struct units *units)
{
	int unit = units_free(units);

	for (size_t i = 0; unit >= 0 && i < units->twice.n; i++) {
		const struct taken_twice *t = &units->twice.v[i];
		const char *name = arena_printf(r->arena, "epair%d", unit);

		diag_help(r->diags, t->diag, "%s is free", name);
		fix_name(r->diags, t->diag, t->pair->cable != NULL ? r->decl->root : NULL, t->pair->at,
		    arena_printf(r->arena, "epair%d", t->unit), name);
	}
}

static void
number_epairs(struct resolver *r)
{
	struct units units;

	units_init(r, &units, 1, UNITS);
	/* A name epairN under host.interfaces takes its unit too. */
	vec_each (struct iface **, i, &r->topology->host_interfaces)
		if ((*i)->kind == IF_EPAIR && (*i)->unit >= 0 && (*i)->unit < UNITS)
			units_take(&units, (*i)->unit, (*i)->key, (*i)->at);
	vec_each (struct pair *, p, &r->pairs)
		fixed_unit(r, &units, p);
	vec_each (struct pair *, p, &r->pairs) {
		struct diag *moved;
		int unit = p->fixed >= 0 ? -1 : from_lock(r, &units, p->owner, "epair", p->at, &moved);

		if (unit >= 0)
			units_take(&units, unit, p->owner, p->at);
		p->a->unit = p->fixed >= 0 ? p->fixed : unit;
	}
	suggest_units(r, &units);
	vec_each (struct pair *, p, &r->pairs) {
		int unit = p->a->unit;

		if (unit < 0) {
			unit = units_free(&units);
			if (unit < 0) {
				diag_add(r->diags, &rule_bad_epair_unit, p->at, "all %d epairs are taken", UNITS);
				unit = EPAIR_UNIT_MAX;
			}
			units_take(&units, unit, p->owner, p->at);
		}
		name_pair(r, p, unit);
		if (p->fixed < 0) {
			char text[16];

			snprintf(text, sizeof(text), "%d", unit);
			lock_set(r->lock, arena_printf(r->arena, "%s/epair", p->owner), text);
		}
	}
	units_forget(&units);
}

static void
number_bridges(struct resolver *r)
{
	struct topology *t = r->topology;
	struct units units;

	units_init(r, &units, 0, UNITS);
	vec_each (struct bridge **, b, &t->bridges)
		if ((*b)->unit >= 0 && (*b)->unit < UNITS)
			units_take(&units, (*b)->unit, (*b)->key, (*b)->at);
	vec_each (struct bridge **, b, &t->bridges) {
		const char *owner = arena_printf(r->arena, "%s/host", (*b)->key);
		struct diag *moved;
		int unit = (*b)->unit >= 0 || (*b)->netgraph ? -1 : from_lock(r, &units, owner, "bridge", (*b)->at, &moved);

		if (unit >= 0) {
			(*b)->unit = unit;
			units_take(&units, unit, owner, (*b)->at);
			lock_set(r->lock, arena_printf(r->arena, "%s/bridge", owner), arena_printf(r->arena, "%d", unit));
		}
	}
	vec_each (struct bridge **, b, &t->bridges) {
		if ((*b)->netgraph) {
			(*b)->made = (*b)->iface->created = (*b)->name;
			continue;
		}
		if ((*b)->unit < 0) {
			const char *owner = arena_printf(r->arena, "%s/host", (*b)->key);

			(*b)->unit = units_free(&units);
			units_take(&units, (*b)->unit, owner, (*b)->at);
			lock_set(r->lock, arena_printf(r->arena, "%s/bridge", owner), arena_printf(r->arena, "%d", (*b)->unit));
		}
		(*b)->made = (*b)->iface->created = arena_printf(r->arena, "bridge%d", (*b)->unit);
		(*b)->iface->unit = (*b)->unit;
	}
	units_forget(&units);
}

/* A lagg whose key is not laggN is made with the lowest free unit and renamed. Nothing refers to the unit, so the lock has no need of it. */
static void
number_laggs(struct resolver *r)
{
	struct units units;

	units_init(r, &units, 0, UNITS);
	vec_each (struct iface **, i, &r->topology->host_interfaces)
		if ((*i)->kind == IF_LAGG && (*i)->unit >= 0 && (*i)->unit < UNITS)
			units_take(&units, (*i)->unit, (*i)->key, (*i)->at);
	vec_each (struct iface **, i, &r->topology->host_interfaces) {
		if ((*i)->kind != IF_LAGG || (*i)->unit >= 0 || !(*i)->cloned)
			continue;
		(*i)->unit = units_free(&units);
		units_take(&units, (*i)->unit, (*i)->key, (*i)->at);
		(*i)->created = arena_printf(r->arena, "lagg%d", (*i)->unit);
		if ((*i)->given_to != NULL)
			(*i)->given_to->created = (*i)->created;
	}
	units_forget(&units);
}

/* jib's and netgraph's interfaces are named after the jail, in list order; jng numbers its own first (freebsd.md 4.1, 4.5). */
static void
name_after_jail(struct resolver *r, struct jail *jail)
{
	static const enum attach order[] = { ATTACH_JIB, ATTACH_JNG, ATTACH_NGCTL };
	int netgraph = 0, jib = 0;

	for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++) {
		vec_each (struct iface **, i, &jail->vnet->ifaces) {
			struct iface *b = *i;

			if (b->attach != order[k] || b->peer == NULL)
				continue;
			b->unit = order[k] == ATTACH_JIB ? jib++ : netgraph++;
			if (order[k] == ATTACH_JIB) {
				b->created = b->made = arena_printf(r->arena, "e%db_%s", b->unit, jail->safename);
				b->peer->created = b->peer->made = b->peer->name = arena_printf(r->arena, "e%da_%s", b->unit, jail->safename);
			} else {
				b->created = b->made = arena_printf(r->arena, "ng%d_%s", b->unit, jail->safename);
				b->peer->created = b->peer->made = b->peer->name = b->made;
			}
			b->peer->unit = b->unit;
			b->name = b->decl != NULL && given(&b->decl->name.at) ? b->decl->name.v : b->made;
		}
	}
}

/* The hook linkN of an ng_bridge(4) on which a jail's ng_eiface(4) is made by ngctl: kept in the lock, since the jails that are running
 * keep theirs when another is added. */
static void
number_hooks(struct resolver *r, struct bridge *bridge)
{
	struct units units;

	if (!bridge->netgraph || bridge->members.n == 0 || bridge->members.v[0]->attach != ATTACH_NGCTL)
		return;
	units_init(r, &units, 1, (int)bridge->members.n * 2 + 64);
	for (int known = 1; known >= 0; known--) {
		vec_each (struct iface **, m, &bridge->members) {
			struct iface *inner = (*m)->peer;
			const char *owner = inner != NULL ? iface_owner(r, inner) : NULL;
			struct diag *moved;

			if (inner == NULL || inner->hook != 0)
				continue;
			inner->hook = known ? from_lock(r, &units, owner, "link", inner->at, &moved) : units_free(&units);
			if (inner->hook < 1) {
				inner->hook = 0;
				continue;
			}
			units_take(&units, inner->hook, owner, inner->at);
			lock_set(r->lock, arena_printf(r->arena, "%s/link", owner), arena_printf(r->arena, "%d", inner->hook));
		}
	}
	units_forget(&units);
}

/* Whatever is still without a name: VLANs inside jails, machines' interfaces, and what an error left behind. */
static void
name_the_rest(struct resolver *r, struct vnet *vnet)
{
	vec_each (struct iface **, i, &vnet->ifaces) {
		struct iface *iface = *i;

		if (iface->name == NULL && iface->kind == IF_VLAN && iface->parent != NULL)
			iface->name = arena_printf(r->arena, "%s.%d", iface->parent->name, iface->tag);
		else if (iface->name == NULL && vnet->kind == VNET_MACHINE)
			iface->name = iface->peer != NULL ? iface->peer->name : arena_printf(r->arena, "if%d", iface->number);
		else if (iface->name == NULL)
			iface->name = "epair";
	}
}

void
resolve_units(struct resolver *r)
{
	number_epairs(r);
	number_bridges(r);
	number_laggs(r);
	vec_each (struct jail **, j, &r->topology->jails)
		if ((*j)->vnet != NULL)
			name_after_jail(r, *j);
	vec_each (struct bridge **, b, &r->topology->bridges)
		number_hooks(r, *b);
	vec_each (struct vnet **, v, &r->topology->vnets)
		name_the_rest(r, *v);
}
