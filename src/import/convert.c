/* SPDX-License-Identifier: BSD-2-Clause */
/* Classic jails converted: a bridge with the NIC as member, the host's addresses on the bridge, an epair for each jail (the post). */
#include <string.h>

#include "import/draft.h"
#include "rules/rules.h"

struct converting { struct draft *d; const struct import_wishes *wishes; };

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
kept(const struct converting *c, const struct draft_jail *jail)
{
	if (only_loopback(jail->old) || jail->old->by_vnetc)
		return (true);
	vec_each (const char *const *, name, &c->wishes->keep)
		if (strcmp(*name, jail->node.name) == 0 || strcmp(*name, jail->old->called) == 0)
			return (true);
	return (false);
}

static const char *
free_bridge(const struct draft *d)
{
	for (int n = 0;; n++) {
		const char *name = arena_printf(d->arena, "bridge%d", n);
		bool taken = false;

		vec_each (struct draft_bridge *const *, b, &d->bridges)
			taken |= strcmp((*b)->key, name) == 0 || strcmp((*b)->made, name) == 0;
		if (!taken)
			return (name);
	}
}

static struct draft_bridge *
bridge_of_member(const struct draft *d, const char *key)
{
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		vec_each (const struct draft_member *, m, &(*b)->members)
			if (strcmp(m->name, key) == 0)
				return (*b);
	return (NULL);
}

/* A jail's address that the host carries for it today leaves with the jail. */
static bool
of_a_converted_jail(const struct converting *c, const struct inaddr *addr)
{
	vec_each (struct draft_jail *const *, j, &c->d->jails) {
		if ((*j)->old->vnet || kept(c, *j))
			continue;
		vec_each (const struct old_address *, a, &(*j)->old->ip)
			if (inaddr_equal(&a->addr, addr))
				return (true);
	}
	return (false);
}

static void
move_addresses(struct converting *c, struct draft_iface *nic, struct draft_bridge *b)
{
	struct draft *d = c->d;
	struct span at = nic->old != NULL ? nic->old->at : (struct span){ 0 };

	vec_each (const struct draft_address *, a, &nic->addresses) {
		if (a->word == NULL && of_a_converted_jail(c, &a->prefix.addr)) {
			conclude(d, at, "%s is a jail's: the host gives it up", inaddr_str(d->arena, &a->prefix.addr));
			continue;
		}
		*vec_push(d->arena, &b->addresses) = *a;
		conclude(d, at, "the host's %s moves from %s to %s", a->word != NULL ? a->word : prefix_str(d->arena, &a->prefix), nic->key, b->key);
	}
	nic->addresses.n = 0;
	b->mtu = nic->mtu;
	nic->mtu = 0;
	draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
}

/* The bridge that an Ethernet interface of the host joins, made if there is none. */
static struct draft_bridge *
bridge_for_nic(struct converting *c, struct draft_iface *nic)
{
	struct draft *d = c->d;
	struct draft_bridge *b = bridge_of_member(d, nic->key);
	bool jib = strcmp(c->wishes->attach, "jib") == 0;

	if (b != NULL)
		return (b);
	b = draft_bridge_new(d, jib ? arena_printf(d->arena, "%sbridge", nic->key) : free_bridge(d));
	*vec_push(d->arena, &b->members) = (struct draft_member){ .name = nic->key };
	b->links.v[0]->has_nic = true;
	d->converted = true;
	conclude(d, nic->old != NULL ? nic->old->at : (struct span){ 0 }, "%s becomes a member of a new bridge, %s", nic->key, b->key);
	move_addresses(c, nic, b);
	return (b);
}

/* The smallest prefix, /24 or shorter, that holds two addresses. */
static struct prefix
around(const struct prefix *p, const struct inaddr *a)
{
	struct prefix wide = *p;

	while (wide.len > 8 && !prefix_has(&wide, a))
		wide.len--;
	wide.addr = prefix_network(&wide);
	return (wide);
}

/* Its variables have nothing to do any more. */
static void
give_up_loopback(struct draft *d, const char *name)
{
	const char *prefix = arena_printf(d->arena, "ifconfig_%s", name);
	size_t n = strlen(prefix);

	vec_each (struct shell_set *const *, s, &d->old->host.rc.sets) {
		bool list = strcmp((*s)->name, "cloned_interfaces") == 0;

		if (list || (strncmp((*s)->name, prefix, n) == 0 && ((*s)->name[n] == '\0' || (*s)->name[n] == '_')))
			*vec_push(d->arena, &d->remove) = arena_printf(d->arena, "%s:%u: %s%s", (*s)->at.src->name, (unsigned)source_line(&(*s)->at),
			    (*s)->name, list ? arena_printf(d->arena, ": only %s in it", name) : "");
	}
}

/* Jails on a cloned loopback (lo1): a bridge of their own without a NIC, on which the host is the router. */
static struct draft_bridge *
bridge_for_loopback(struct converting *c, const char *name, struct span at)
{
	struct draft *d = c->d;
	struct draft_iface *lo = draft_interface(d, name);
	struct draft_bridge *b;
	struct prefix all = { .len = -1 };
	bool found = false;

	vec_each (struct draft_bridge *const *, it, &d->bridges)
		if ((*it)->name == NULL && (*it)->description != NULL && strcmp((*it)->description, arena_printf(d->arena, "was %s", name)) == 0)
			return (*it);
	b = draft_bridge_new(d, free_bridge(d));
	b->description = arena_printf(d->arena, "was %s", name);
	d->converted = true;
	for (size_t i = 0; lo != NULL && i < lo->addresses.n; i++) {
		const struct draft_address *a = &lo->addresses.v[i];

		if (a->word != NULL || of_a_converted_jail(c, &a->prefix.addr))
			continue;
		*vec_push(d->arena, &b->addresses) = *a;
		found |= a->prefix.addr.family == INET;
		if (a->prefix.addr.family == INET && a->prefix.len < 32)
			all = (struct prefix){ prefix_network(&a->prefix), a->prefix.len };
	}
	vec_each (struct draft_jail *const *, j, &d->jails)
		vec_each (const struct old_address *, a, &(*j)->old->ip)
			if (a->on != NULL && strcmp(a->on, name) == 0 && a->addr.family == INET && !inaddr_is_loopback(&a->addr))
				all = all.len < 0 ? (struct prefix){ prefix_network(&(struct prefix){ a->addr, 24 }), 24 } : around(&all, &a->addr);
	if (!found && all.len >= 0) {
		struct inaddr own = all.addr;

		while (inaddr_next(&own) && of_a_converted_jail(c, &own))
			;
		*vec_push(d->arena, &b->addresses) = (struct draft_address){ { own, all.len }, false, NULL };
		conclude(d, at, "the host becomes the router of %s, as %s", prefix_str(d->arena, &all), inaddr_str(d->arena, &own));
	}
	for (size_t i = 0; i < b->addresses.n && all.len >= 0; i++)
		if (b->addresses.v[i].prefix.addr.family == INET && prefix_has(&all, &b->addresses.v[i].prefix.addr)) {
			b->addresses.v[i].prefix.len = all.len;
			b->addresses.v[i].alias = false;
		}
	for (size_t i = 0; i < d->interfaces.n; i++)
		if (d->interfaces.v[i] == lo) {
			memmove(&d->interfaces.v[i], &d->interfaces.v[i + 1], (d->interfaces.n - i - 1) * sizeof(d->interfaces.v[0]));
			d->interfaces.n--;
			break;
		}
	d->host.forwards[INET] = true;
	give_up_loopback(d, name);
	draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
	conclude(d, at, "jails on %s get a bridge of their own, %s, and the host forwards for them; nat on the host goes on as it is", name, b->key);
	return (b);
}

/* The interface that carries an address that names none: the one whose prefix holds it, else the one of the default route. */
static const char *
interface_for(const struct draft *d, const struct inaddr *addr)
{
	const char *first = NULL;

	vec_each (struct draft_iface *const *, i, &d->interfaces)
		vec_each (const struct draft_address *, a, &(*i)->addresses) {
			if (a->word == NULL && !a->alias && prefix_has(&a->prefix, addr))
				return ((*i)->key);
			first = first == NULL ? (*i)->key : first;
		}
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		vec_each (const struct draft_address *, a, &(*b)->addresses)
			if (a->word == NULL && prefix_has(&a->prefix, addr))
				return ((*b)->key);
	return (first);
}

static struct draft_bridge *
bridge_for(struct converting *c, const char *on, struct span at, const struct draft_jail *jail)
{
	struct draft *d = c->d;
	struct draft_bridge *b = draft_bridge(d, on);
	struct draft_iface *nic;
	int unit;
	const struct cloner *cloner = cloner_of(on, &unit);

	if (b != NULL)
		return (b);
	if (cloner->kind == IF_LO)
		return (bridge_for_loopback(c, on, at));
	nic = draft_interface(d, on);
	if (nic == NULL)
		nic = draft_interface_new(d, on);
	if (!cloner->ethernet && cloner->kind != IF_NIC) {
		diag_add(d->diags, &rule_unbridgeable_member, at, "%s cannot be a member of a bridge: %s cannot be converted", on, jail->node.name);
		return (NULL);
	}
	return (bridge_for_nic(c, nic));
}

/* The length of the host's prefix that holds the address, else the usual one of the family. */
static struct draft_address
with_length(struct converting *c, struct draft_bridge *b, const struct old_address *a, bool first)
{
	struct draft *d = c->d;

	vec_each (const struct draft_standing *, s, &b->links.v[0]->standing)
		vec_each (const struct draft_address *, have, s->addresses)
			if (have->word == NULL && !have->alias && have->prefix.len < family_bits(have->prefix.addr.family) && prefix_has(&have->prefix, &a->addr)) {
				if (a->len == family_bits(a->addr.family) && have->prefix.len != a->len && first)
					conclude(d, a->at, "%s gets the length of its subnet, /%d", inaddr_str(d->arena, &a->addr), have->prefix.len);
				return ((struct draft_address){ { a->addr, have->prefix.len }, false, NULL });
			}
	if (a->len > 0 && a->len < family_bits(a->addr.family))
		return ((struct draft_address){ { a->addr, a->len }, false, NULL });
	conclude(d, a->at, "no address of the host tells how long the prefix of %s is: /%d is a guess", inaddr_str(d->arena, &a->addr),
	    a->addr.family == INET ? 24 : 64);
	return ((struct draft_address){ { a->addr, a->addr.family == INET ? 24 : 64 }, false, NULL });
}

static struct draft_iface *
item_on(struct draft *d, struct draft_jail *jail, struct draft_bridge *b)
{
	struct draft_iface *item;

	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		if ((*i)->bridge != NULL && strcmp((*i)->bridge, b->key) == 0)
			return (*i);
	item = NEW(d->arena, struct draft_iface);
	item->bridge = b->key;
	item->unit = -1;
	item->link = b->links.v[0];
	*vec_push(d->arena, &jail->ifaces) = item;
	draft_stand(d, item->link, &jail->node, item, NULL, &item->addresses);
	return (item);
}

/* The default route of the jail: the host's, where the jail stands on the same link; the host itself behind a loopback. */
static void
carry_gateway(struct converting *c, struct draft_jail *jail, const struct draft_bridge *b, enum family f)
{
	struct draft *d = c->d;

	vec_each (const struct draft_address *, a, &b->addresses) {
		const struct inaddr *gateway = &d->host.dflt[f].addr;

		if (jail->node.dflt[f].given || a->word != NULL || a->prefix.addr.family != f)
			continue;
		if (b->members.n == 0) {
			jail->node.dflt[f].given = true;
			jail->node.dflt[f].addr = a->prefix.addr;
		} else if (d->host.dflt[f].given && (prefix_has(&a->prefix, gateway) || inaddr_is_link_local(gateway))) {
			jail->node.dflt[f].given = true;
			jail->node.dflt[f].addr = *gateway;
		}
	}
}

static void
one_address(struct converting *c, struct draft_jail *jail, const struct old_address *a)
{
	struct draft *d = c->d;
	const char *on = a->on != NULL ? a->on : interface_for(d, &a->addr);
	struct draft_bridge *b;
	struct draft_iface *item;
	struct draft_address address;
	bool first = true;

	if (inaddr_is_loopback(&a->addr)) {
		conclude(d, a->at, "%s of %s is dropped: a vnet jail has a loopback interface of its own", inaddr_str(d->arena, &a->addr), jail->node.name);
		return;
	}
	if (on == NULL) {
		diag_add(d->diags, &rule_not_understood, a->at, "nothing tells which interface carries %s", inaddr_str(d->arena, &a->addr));
		return;
	}
	if ((b = bridge_for(c, on, a->at, jail)) == NULL)
		return;
	item = item_on(d, jail, b);
	vec_each (const struct draft_address *, have, &item->addresses)
		first &= have->prefix.addr.family != a->addr.family;
	address = with_length(c, b, a, first);
	*vec_push(d->arena, &item->addresses) = address;
	carry_gateway(c, jail, b, a->addr.family);
}

static void
stays_classic(struct converting *c, struct draft_jail *jail)
{
	struct draft *d = c->d;

	jail->classic = true;
	jail->fib = jail->old->fib;
	if (jail->old->inherits)
		conclude(d, jail->old->at, "%s shares all of the host's addresses: there is nothing to convert", jail->node.name);
	if (only_loopback(jail->old))
		conclude(d, jail->old->at, "%s has nothing but the host's loopback interface: it stays classic", jail->node.name);
	vec_each (const struct old_address *, a, &jail->old->ip) {
		const char *on = a->on != NULL ? a->on : interface_for(d, &a->addr);
		const struct draft_bridge *b = on != NULL ? bridge_of_member(d, on) : NULL;

		if (on == NULL)
			continue;
		if (b != NULL)
			conclude(d, a->at, "%s of %s, which stays classic, moves with the host's addresses to %s", inaddr_str(d->arena, &a->addr), jail->node.name, b->key);
		*vec_push(d->arena, &jail->ip) = arena_printf(d->arena, "%s|%s%s", b != NULL ? b->key : on, inaddr_str(d->arena, &a->addr),
		    a->len >= 0 ? arena_printf(d->arena, "/%d", a->len) : "");
	}
}

static void
convert(struct converting *c, struct draft_jail *jail)
{
	struct draft *d = c->d;
	bool jib = strcmp(c->wishes->attach, "jib") == 0, nic = true;

	vec_each (const struct old_address *, a, &jail->old->ip)
		one_address(c, jail, a);
	for (int hook = 0; hook < OLD_HOOKS; hook++)
		vec_each (const struct old_command *, h, &jail->old->hooks[hook])
			*vec_push(d->arena, &jail->exec[hook]) = h->text;
	if (jail->old->fib > 0)
		conclude(d, jail->old->at, "the routing table (fib %d) of %s is dropped: a vnet jail has routing tables of its own", jail->old->fib, jail->node.name);
	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		nic &= draft_bridge(d, (*i)->bridge)->members.n > 0;
	if (strcmp(c->wishes->attach, "static") != 0 && jail->ifaces.n > 0)
		jail->attach = jib && !nic ? "prestart" : c->wishes->attach;
	if (jib && !nic)
		conclude(d, jail->old->at, "jib needs a NIC: %s is attached by commands instead", jail->node.name);
	if (jail->ifaces.n > 0)
		conclude(d, jail->old->at, "%s becomes a vnet jail", jail->node.name);
}

/* Bridges are numbered as the host's interfaces stand, not as jails come. */
static void
bridges_in_order(struct converting *c)
{
	for (size_t k = 0; k < c->d->interfaces.n; k++) {
		struct draft_iface *nic = c->d->interfaces.v[k];
		int unit;
		const struct cloner *cloner = cloner_of(nic->key, &unit);
		bool used = false;

		if (cloner->kind == IF_LO || (!cloner->ethernet && cloner->kind != IF_NIC))
			continue;
		vec_each (struct draft_jail *const *, j, &c->d->jails)
			for (size_t i = 0; !(*j)->old->vnet && !kept(c, *j) && i < (*j)->old->ip.n; i++) {
				const struct old_address *a = &(*j)->old->ip.v[i];
				const char *on = a->on != NULL ? a->on : interface_for(c->d, &a->addr);

				used |= on != NULL && !inaddr_is_loopback(&a->addr) && strcmp(on, nic->key) == 0;
			}
		if (used)
			bridge_for_nic(c, nic);
	}
}

/* What a bridge already carries for a jail leaves with it too. */
static void
give_up(struct converting *c)
{
	vec_each (struct draft_bridge *const *, b, &c->d->bridges) {
		size_t n = 0;

		for (size_t i = 0; i < (*b)->addresses.n; i++) {
			const struct draft_address *a = &(*b)->addresses.v[i];

			if (a->word == NULL && of_a_converted_jail(c, &a->prefix.addr))
				conclude(c->d, (*b)->old != NULL ? (*b)->old->at : (struct span){ 0 }, "%s is a jail's: the host gives it up",
				    inaddr_str(c->d->arena, &a->prefix.addr));
			else
				(*b)->addresses.v[n++] = *a;
		}
		(*b)->addresses.n = n;
	}
}

void
draft_classic_jails(struct draft *d, const struct import_wishes *wishes)
{
	struct converting c = { d, wishes };

	give_up(&c);
	bridges_in_order(&c);

	vec_each (struct draft_jail *const *, j, &d->jails)
		if (!(*j)->old->vnet && !(*j)->old->inherits && !kept(&c, *j))
			convert(&c, *j);
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (!(*j)->old->vnet && ((*j)->old->inherits || kept(&c, *j)))
			stays_classic(&c, *j);
}
