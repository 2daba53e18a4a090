/* SPDX-License-Identifier: BSD-2-Clause */
/* Which classic jails stay as they are, and why: what cannot be given a stack of its own without taking something from others is told. */
#include <string.h>

#include "import/draft.h"

#define SCRIPTED_NAME_MAX 11    /* of a jail's name in "ng0_NAME" (freebsd.md 4.2) */

/* What of the host may carry an address. name: as jails call it. */
struct carrier { const char *key, *name; const draft_addresses *addresses; };
typedef VEC(struct carrier) carriers;

static void
find_carriers(const struct draft *d, carriers *all)
{
	vec_each (struct draft_iface *const *, i, &d->interfaces)
		*vec_push(d->arena, all) = (struct carrier){ (*i)->key, (*i)->name != NULL ? (*i)->name : (*i)->key, &(*i)->addresses };
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		*vec_push(d->arena, all) = (struct carrier){ (*b)->key, (*b)->key, &(*b)->addresses };
}

static bool
is_loopback(const char *name)
{
	int unit;

	return (cloner_of(name, &unit)->kind == IF_LO);
}

static bool
holds(const struct carrier *c, const struct inaddr *addr)
{
	vec_each (const struct draft_address *, a, c->addresses)
		if (a->word == NULL && (inaddr_equal(&a->prefix.addr, addr) || (!a->alias && prefix_has(&a->prefix, addr))))
			return (true);
	return (false);
}

/* Of an address that names no interface: whose prefix holds it, else where the default route leads, else the only one that has addresses. */
static const char *
carrier_of(const struct draft *d, const carriers *all, const struct inaddr *addr)
{
	const enum family f = addr->family;
	const char *only = NULL;
	size_t n = 0;

	vec_each (const struct carrier *, c, all)
		if (holds(c, addr))
			return (c->name);
	vec_each (const struct carrier *, c, all)
		if (d->host.dflt[f].given && holds(c, &d->host.dflt[f].addr))
			return (c->name);
	vec_each (const struct carrier *, c, all)
		if (c->addresses->n > 0 && !is_loopback(c->key)) {
			only = c->name;
			n++;
		}
	return (n == 1 ? only : NULL);
}

void
draft_carriers(struct draft *d)
{
	carriers all = { 0 };

	find_carriers(d, &all);
	vec_each (struct draft_jail *const *, j, &d->jails)
		for (size_t i = 0; !(*j)->old->vnet && i < (*j)->old->ip.n; i++) {
			const struct old_address *a = &(*j)->old->ip.v[i];

			*vec_push(d->arena, &(*j)->on) = a->on != NULL ? a->on : carrier_of(d, &all, &a->addr);
		}
}

/* It has nothing but the host's loopback interface. */
static bool
only_loopback(const struct old_jail *old)
{
	vec_each (const struct old_address *, a, &old->ip)
		if (!inaddr_is_loopback(&a->addr))
			return (false);
	return (old->ip.n > 0);
}

static bool
asked_for(const struct import_wishes *wishes, const struct draft_jail *jail)
{
	vec_each (const char *const *, name, &wishes->keep)
		if (old_jail_is(jail->old, *name))
			return (true);
	return (false);
}

/* The first address of a family that has a subnet, else the first, where the host leases none. NULL: there is none. */
static const struct inaddr *
first_address(const struct carrier *c, enum family f)
{
	const struct inaddr *first = NULL;

	vec_each (const struct draft_address *, a, c->addresses) {
		if (a->word != NULL || a->prefix.addr.family != f)
			continue;
		if (a->prefix.len < family_bits(f))
			return (&a->prefix.addr);
		first = first == NULL ? &a->prefix.addr : first;
	}
	return (draft_leased(c->addresses, f) ? NULL : first);
}

/* The first address of an interface is the host's own. A cloned loopback interface is there for the jails. */
static bool
hosts_own(const struct draft *d, const struct inaddr *addr)
{
	carriers all = { 0 };

	find_carriers(d, &all);
	vec_each (const struct carrier *, c, &all) {
		const struct inaddr *first = first_address(c, addr->family);

		if (first != NULL && inaddr_equal(first, addr) && !is_loopback(c->key))
			return (true);
	}
	return (false);
}

static const char *
shared_with(const struct draft *d, const struct draft_jail *jail, const struct inaddr *addr)
{
	vec_each (struct draft_jail *const *, j, &d->jails)
		for (size_t i = 0; *j != jail && !(*j)->old->vnet && i < (*j)->old->ip.n; i++)
			if (inaddr_equal(&(*j)->old->ip.v[i].addr, addr))
				return ((*j)->node.name);
	return (NULL);
}

/* Frames of jails have MAC addresses of their own, which a station's access point drops. */
bool
draft_is_station(const struct draft *d, const char *on)
{
	const char *mode = shell_value(&d->old->host.rc, arena_printf(d->arena, "create_args_%s", on));

	return (mode == NULL || strstr(mode, "hostap") == NULL);
}

/* Why an address cannot go with its jail, nor be in a topology beside that of another. NULL: it can. */
static const char *
belongs_to_another(const struct draft *d, const struct draft_jail *jail, const struct inaddr *addr)
{
	struct arena *a = d->arena;
	const char *other;

	if (hosts_own(d, addr))
		return (arena_printf(a, "%s is the host's own address; with one of its own it can be converted", inaddr_str(a, addr)));
	if ((other = shared_with(d, jail, addr)) != NULL)
		return (arena_printf(a, "it shares %s with %s; with one of its own it can be converted", inaddr_str(a, addr), other));
	return (NULL);
}

/* Why an address has to stay on the interface that carries it. NULL: it need not. */
static const char *
carrier_keeps(const struct draft *d, const struct inaddr *addr, const char *on)
{
	const struct draft_iface *iface = on != NULL ? draft_interface(d, on) : NULL;
	const struct cloner *cloner;
	int unit;

	if (on == NULL)
		return (arena_printf(d->arena, "nothing tells which interface carries %s", inaddr_str(d->arena, addr)));
	cloner = cloner_of(iface != NULL ? iface->key : on, &unit);
	if (cloner->kind != IF_LO && cloner->kind != IF_NIC && cloner->kind != IF_BRIDGE && !cloner->ethernet)
		return (arena_printf(d->arena, "%s cannot be a member of a bridge", on));
	if (cloner->kind == IF_WLAN && draft_is_station(d, on))
		return (arena_printf(d->arena, "%s in a bridge: its access point drops frames of other MACs", on));
	return (NULL);
}

/* Why its addresses keep it classic; what no topology could say of them leaves it alone. NULL: they do not. */
static const char *
addresses_keep(const struct draft *d, struct draft_jail *jail)
{
	const char *why = NULL;

	for (size_t i = 0; i < jail->old->ip.n; i++) {
		const struct inaddr *addr = &jail->old->ip.v[i].addr;
		const char *anothers = inaddr_is_loopback(addr) ? NULL : belongs_to_another(d, jail, addr);
		const char *stuck = inaddr_is_loopback(addr) ? NULL : carrier_keeps(d, addr, jail->on.v[i]);

		jail->left_alone |= anothers != NULL || (stuck != NULL && jail->on.v[i] == NULL);
		if (why == NULL)
			why = stuck != NULL ? stuck : anothers;
	}
	return (why);
}

const char *
draft_keeps(struct draft *d, struct draft_jail *jail, const struct import_wishes *wishes)
{
	const struct old_jail *old = jail->old;
	const char *why;

	if (old->by_vnetc)
		return ("");
	why = addresses_keep(d, jail);
	if (asked_for(wishes, jail))
		return ("so it was asked for");
	if (old->inherits)
		return ("it shares all of the host's addresses");
	if (only_loopback(old))
		return ("it has nothing but the host's loopback interface");
	if (why == NULL && strcmp(wishes->attach, "jng") == 0 && strlen(old->called) > SCRIPTED_NAME_MAX)
		return (arena_printf(d->arena, "jng needs a name of at most %d characters", SCRIPTED_NAME_MAX));
	return (why);
}
