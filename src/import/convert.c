/* SPDX-License-Identifier: BSD-2-Clause */
/* Classic jails converted: a bridge with the NIC as member, the host's addresses on the bridge, an epair for each jail (the post). */
#include <string.h>

#include "import/draft.h"
#include "rules/rules.h"

struct converting { struct draft *d; const struct import_wishes *wishes; draft_addresses given_up; };

/* Bytes of a NIC's name in "NICbridge", which jib and jng make (freebsd.md 4.2), and of a jail's in "e0a_NAME". */
enum { SCRIPTED_NIC_MAX = 9, SCRIPTED_JAIL_MAX = 11 };

static bool
attached_by(const struct converting *c, const char *way)
{
	return (strcmp(c->wishes->attach, way) == 0);
}

/* Can jib and jng make a bridge with this NIC? */
static bool
scripted(const struct converting *c, const struct draft_iface *nic, const char *name)
{
	int unit;
	bool jng = attached_by(c, "jng") && cloner_of(nic->key, &unit)->kind == IF_NIC;

	return ((attached_by(c, "jib") || jng) && strchr(name, '.') == NULL && strlen(name) <= SCRIPTED_NIC_MAX);
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

/* A jail's address that the host carries for it today leaves with a jail that is converted; a classic one of the topology brings it itself. */
static bool
of_a_jail(const struct converting *c, const struct inaddr *addr)
{
	vec_each (struct draft_jail *const *, j, &c->d->jails) {
		if ((*j)->old->vnet || (*j)->left_alone)
			continue;
		vec_each (const struct old_address *, a, &(*j)->old->ip)
			if (inaddr_equal(&a->addr, addr))
				return (true);
	}
	return (false);
}

/* Who leases by MAC address sees that of the bridge. */
static void
move_lease(struct draft *d, struct span at, const struct draft_iface *nic, const struct draft_bridge *b, const char *word)
{
	conclude(d, at, "the host's %s moves from %s to %s", word, nic->key, b->key);
	conclude(d, at, strcmp(word, "dhcp") == 0 ? "the server sees the MAC address of %s: a lease that is reserved for that of %s has to be given to it" :
	    "the address is made from the MAC address of %s: it is another than %s had", b->key, nic->key);
}

static void
move_addresses(struct converting *c, struct draft_iface *nic, struct draft_bridge *b)
{
	struct draft *d = c->d;
	struct span at = nic->old != NULL ? nic->old->at : (struct span){ 0 };
	const char *name = nic->name != NULL ? nic->name : nic->key;

	vec_each (const struct draft_address *, a, &nic->addresses) {
		*vec_push(d->arena, &b->addresses) = *a;
		if (b->netgraph)
			continue;
		if (a->word != NULL)
			move_lease(d, at, nic, b, a->word);
		else
			conclude(d, at, "the host's %s moves from %s to %s", prefix_str(d->arena, &a->prefix), nic->key, b->key);
	}
	nic->addresses.n = 0;
	draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
	if (b->netgraph)
		return;
	*vec_push(d->arena, &d->moved) = (struct draft_moved){ name, b->key };
	b->mtu = nic->mtu;
	nic->mtu = 0;
	for (int f = 0; f < FAMILIES; f++)
		if (d->host.dflt[f].zone != NULL && strcmp(d->host.dflt[f].zone, name) == 0)
			d->host.dflt[f].zone = b->key;
}

/* The bridge that an Ethernet interface of the host joins, made if there is none. */
static struct draft_bridge *
bridge_for_nic(struct converting *c, struct draft_iface *nic)
{
	struct draft *d = c->d;
	struct draft_bridge *b = bridge_of_member(d, nic->key);
	const char *name = nic->name != NULL ? nic->name : nic->key;

	if (b != NULL)
		return (b);
	b = draft_bridge_new(d, scripted(c, nic, name) ? arena_printf(d->arena, "%sbridge", name) : free_bridge(d));
	b->netgraph = scripted(c, nic, name) && attached_by(c, "jng");
	*vec_push(d->arena, &b->members) = (struct draft_member){ .name = nic->key };
	b->links.v[0]->has_nic = true;
	d->converted = true;
	conclude(d, nic->old != NULL ? nic->old->at : (struct span){ 0 }, b->netgraph ? "jng makes a netgraph bridge on %s, %s: the host's addresses stay" :
	    "%s becomes a member of a new bridge, %s", nic->key, b->key);
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

/* Is it a word of this value, perhaps with a ":sticky" behind it? */
static bool
lists(struct arena *a, const char *value, const char *name)
{
	strings words = old_words(a, value, " \t\n");
	size_t n = strlen(name);

	vec_each (const char *const *, w, &words)
		if (strncmp(*w, name, n) == 0 && ((*w)[n] == '\0' || (*w)[n] == ':'))
			return (true);
	return (false);
}

/* Is it one of an interface's variables? */
static bool
sets_up(struct arena *a, const char *variable, const char *name)
{
	const char *part = rc_variable(a, name), *prefix = arena_printf(a, "ifconfig_%s", part);
	size_t n = strlen(prefix);

	return ((strncmp(variable, prefix, n) == 0 && (variable[n] == '\0' || variable[n] == '_')) ||
	    strcmp(variable, arena_printf(a, "ipv4_addrs_%s", part)) == 0);
}

/* Its variables have nothing to do any more: those of the name that it was made by, and of its own. */
static void
give_up_loopback(struct draft *d, const char *made, const char *name)
{
	vec_each (struct shell_set *const *, s, &d->old->host.rc.sets) {
		bool list = strcmp((*s)->name, "cloned_interfaces") == 0 && lists(d->arena, (*s)->value, made);

		if (list || sets_up(d->arena, (*s)->name, made) || sets_up(d->arena, (*s)->name, name))
			*vec_push(d->arena, &d->remove) = (struct removal){ *s, list ? made : NULL };
	}
}

/* The bridge that has taken a loopback interface's place; NULL: it has none. */
static struct draft_bridge *
bridge_that_was(const struct draft *d, const char *name)
{
	vec_each (struct draft_bridge *const *, it, &d->bridges)
		if ((*it)->name == NULL && (*it)->description != NULL && strcmp((*it)->description, arena_printf(d->arena, "was %s", name)) == 0)
			return (*it);
	return (NULL);
}

/* The subnet of one family on a loopback interface that becomes a bridge: as the host's addresses there say, and as large as its jails need. */
static struct prefix
subnet_of_loopback(struct converting *c, const struct draft_iface *lo, const char *name, enum family f)
{
	struct prefix all = { .len = -1 };

	for (size_t i = 0; lo != NULL && i < lo->addresses.n; i++) {
		const struct draft_address *a = &lo->addresses.v[i];

		if (a->word == NULL && a->prefix.addr.family == f && a->prefix.len < family_bits(f))
			all = (struct prefix){ prefix_network(&a->prefix), a->prefix.len };
	}
	vec_each (struct draft_jail *const *, j, &c->d->jails)
		for (size_t i = 0; i < (*j)->on.n; i++) {
			const struct inaddr *addr = &(*j)->old->ip.v[i].addr;
			const int usual = f == INET ? 24 : 64;
			const char *on = (*j)->on.v[i];

			if (addr->family != f || inaddr_is_loopback(addr) || on == NULL || (lo != NULL ? draft_interface(c->d, on) != lo : strcmp(on, name) != 0))
				continue;
			all = all.len < 0 ? (struct prefix){ prefix_network(&(struct prefix){ *addr, usual }), usual } : around(&all, addr);
		}
	return (all);
}

/* The host's addresses on a loopback interface go to its bridge; without one it takes the first that is free. */
static void
route_for_loopback(struct converting *c, struct draft_bridge *b, const struct draft_iface *lo, const char *name, enum family f, struct span at)
{
	struct draft *d = c->d;
	const struct prefix all = subnet_of_loopback(c, lo, name, f);
	size_t first = b->addresses.n;

	for (size_t i = 0; lo != NULL && i < lo->addresses.n; i++)
		if (lo->addresses.v[i].word == NULL && lo->addresses.v[i].prefix.addr.family == f)
			*vec_push(d->arena, &b->addresses) = lo->addresses.v[i];
	/* A router takes no addresses from advertisements. */
	if (all.len < 0 || (f == INET6 && draft_host_leases(d, f)))
		return;
	d->host.forwards[f] = true;
	if (b->addresses.n == first) {
		struct inaddr own = all.addr;

		while (inaddr_next(&own) && of_a_jail(c, &own))
			;
		*vec_push(d->arena, &b->addresses) = (struct draft_address){ { own, all.len }, false, NULL };
		conclude(d, at, "the host becomes the router of %s, as %s", prefix_str(d->arena, &all), inaddr_str(d->arena, &own));
	}
	for (size_t i = first; i < b->addresses.n; i++)
		if (prefix_has(&all, &b->addresses.v[i].prefix.addr)) {
			b->addresses.v[i].prefix.len = all.len;
			b->addresses.v[i].alias = false;
		}
}

/* Jails on a cloned loopback (lo1): a bridge of their own without a NIC, on which the host is the router. */
static struct draft_bridge *
bridge_for_loopback(struct converting *c, const char *on, struct span at)
{
	struct draft *d = c->d;
	struct draft_iface *lo = draft_interface(d, on);
	const char *name = lo == NULL ? on : lo->name != NULL ? lo->name : lo->key;
	struct draft_bridge *b = draft_bridge_new(d, free_bridge(d));

	b->description = arena_printf(d->arena, "was %s", name);
	*vec_push(d->arena, &d->moved) = (struct draft_moved){ name, b->key };
	d->converted = true;
	for (int f = 0; f < FAMILIES; f++)
		route_for_loopback(c, b, lo, name, (enum family)f, at);
	for (size_t i = 0; i < d->interfaces.n; i++)
		if (d->interfaces.v[i] == lo) {
			memmove(&d->interfaces.v[i], &d->interfaces.v[i + 1], (d->interfaces.n - i - 1) * sizeof(d->interfaces.v[0]));
			d->interfaces.n--;
			break;
		}
	give_up_loopback(d, lo != NULL ? lo->key : name, name);
	draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
	conclude(d, at, "jails on %s get a bridge of their own, %s, and the host forwards for them", name, b->key);
	return (b);
}

static struct draft_bridge *
bridge_for(struct converting *c, const char *on, struct span at)
{
	struct draft *d = c->d;
	struct draft_bridge *b = draft_bridge(d, on);
	struct draft_iface *nic = draft_interface(d, on);
	int unit;

	if (b != NULL || (b = bridge_that_was(d, on)) != NULL)
		return (b);
	if (cloner_of(nic != NULL ? nic->key : on, &unit)->kind == IF_LO)
		return (bridge_for_loopback(c, on, at));
	return (bridge_for_nic(c, nic != NULL ? nic : draft_interface_new(d, on)));
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
	vec_each (const struct draft_address *, had, &c->given_up)
		if (inaddr_equal(&had->prefix.addr, &a->addr) && had->prefix.len < family_bits(a->addr.family))
			return ((struct draft_address){ had->prefix, false, NULL });
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

static void
one_address(struct converting *c, struct draft_jail *jail, const struct old_address *a, const char *on)
{
	struct draft *d = c->d;
	struct draft_bridge *b;
	struct draft_iface *item;
	struct draft_address address;
	bool first = true;

	if (inaddr_is_loopback(&a->addr)) {
		conclude(d, a->at, "%s of %s is dropped: a vnet jail has a loopback interface of its own, on which nobody else hears it", inaddr_str(d->arena, &a->addr), jail->node.name);
		return;
	}
	b = bridge_for(c, on, a->at);
	item = item_on(d, jail, b);
	vec_each (const struct draft_address *, have, &item->addresses)
		first &= have->prefix.addr.family != a->addr.family;
	address = with_length(c, b, a, first);
	*vec_push(d->arena, &item->addresses) = address;
}

static void
stays_classic(struct converting *c, struct draft_jail *jail)
{
	struct draft *d = c->d;

	jail->classic = true;
	jail->fib = jail->old->fib;
	if (*jail->stays != '\0')
		conclude(d, jail->old->at, "%s stays classic: %s", jail->node.name, jail->stays);
	for (size_t i = 0; i < jail->old->ip.n; i++) {
		const struct old_address *a = &jail->old->ip.v[i];
		const char *on = jail->on.v[i];
		const struct draft_iface *nic = on != NULL ? draft_interface(d, on) : NULL;
		const struct draft_bridge *b = nic != NULL ? bridge_of_member(d, nic->key) : on != NULL ? bridge_that_was(d, on) : NULL;

		if (on == NULL)
			diag_add(d->diags, &rule_not_understood, a->at, "nothing tells which interface carries %s: the topology leaves %s alone",
			    inaddr_str(d->arena, &a->addr), jail->node.name);
		if (b != NULL && b->netgraph)
			b = NULL;
		if (jail->left_alone) {
			if (b != NULL && a->on != NULL)
				*vec_push(d->arena, &d->by_hand) = (struct by_hand){ a->at, arena_printf(d->arena, "the topology leaves %s alone: %s, its interface, "
				    "is %s from now on", jail->node.name, on, b->key) };
			continue;
		}
		if (b != NULL)
			conclude(d, a->at, "%s of %s moves with the host's addresses to %s", inaddr_str(d->arena, &a->addr), jail->node.name, b->key);
		*vec_push(d->arena, &jail->ip) = arena_printf(d->arena, "%s|%s%s", b != NULL ? b->key : nic != NULL ? nic->key : on, inaddr_str(d->arena, &a->addr),
		    a->len >= 0 ? arena_printf(d->arena, "/%d", a->len) : "");
	}
}

/* jng serves netgraph bridges: on others plain commands do, of all of a jail's interfaces or of these. */
static void
commands_beside_jng(struct draft *d, struct draft_jail *jail)
{
	size_t others = 0;

	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		others += !draft_bridge(d, (*i)->bridge)->netgraph;
	if (others == jail->ifaces.n)
		jail->attach = "prestart";
	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		if (others < jail->ifaces.n && !draft_bridge(d, (*i)->bridge)->netgraph)
			(*i)->attach = "prestart";
}

/* jib serves bridges that are called as it calls them: elsewhere plain commands do. */
static void
choose_attach(struct converting *c, struct draft_jail *jail)
{
	struct draft *d = c->d;
	const char *why = NULL;

	if (attached_by(c, "static") || jail->ifaces.n == 0)
		return;
	vec_each (struct draft_iface *const *, i, &jail->ifaces) {
		const struct draft_bridge *b = draft_bridge(d, (*i)->bridge);
		const struct draft_iface *nic = b->members.n > 0 ? draft_interface(d, b->members.v[0].name) : NULL;

		if (nic == NULL)
			why = "needs a NIC";
		else if (strcmp(b->key, arena_printf(d->arena, "%sbridge", nic->name != NULL ? nic->name : nic->key)) != 0)
			why = arena_printf(d->arena, "cannot serve %s", b->key);
	}
	if (attached_by(c, "jib") && strlen(jail->old->called) > SCRIPTED_JAIL_MAX)
		why = arena_printf(d->arena, "needs a name of at most %d characters", SCRIPTED_JAIL_MAX);
	if (attached_by(c, "jng"))
		commands_beside_jng(d, jail);
	else
		jail->attach = attached_by(c, "jib") && why != NULL ? "prestart" : c->wishes->attach;
	if (why != NULL && !attached_by(c, "prestart"))
		conclude(d, jail->old->at, "%s %s: %s is attached by commands instead", c->wishes->attach, why, jail->node.name);
}

static void
convert(struct converting *c, struct draft_jail *jail)
{
	struct draft *d = c->d;

	for (size_t i = 0; i < jail->old->ip.n; i++)
		one_address(c, jail, &jail->old->ip.v[i], jail->on.v[i]);
	for (int hook = 0; hook < OLD_HOOKS; hook++)
		vec_each (const struct old_command *, h, &jail->old->hooks[hook])
			*vec_push(d->arena, &jail->exec[hook]) = h->text;
	if (jail->old->fib > 0)
		conclude(d, jail->old->at, "the routing table (fib %d) of %s is dropped: a vnet jail has routing tables of its own", jail->old->fib, jail->node.name);
	choose_attach(c, jail);
	if (jail->ifaces.n > 0)
		conclude(d, jail->old->at, "%s becomes a vnet jail", jail->node.name);
}

static bool
carries_jails(const struct converting *c, const struct draft_iface *nic)
{
	vec_each (struct draft_jail *const *, j, &c->d->jails)
		for (size_t i = 0; (*j)->stays == NULL && i < (*j)->on.n; i++)
			if ((*j)->on.v[i] != NULL && !inaddr_is_loopback(&(*j)->old->ip.v[i].addr) && draft_interface(c->d, (*j)->on.v[i]) == nic)
				return (true);
	return (false);
}

/* Bridges are numbered as the host's interfaces stand, not as jails come. */
static void
bridges_in_order(struct converting *c)
{
	for (size_t k = 0; k < c->d->interfaces.n; k++) {
		struct draft_iface *nic = c->d->interfaces.v[k];
		int unit;

		if (cloner_of(nic->key, &unit)->kind != IF_LO && carries_jails(c, nic))
			bridge_for_nic(c, nic);
	}
}

static void
give_up_of(struct converting *c, draft_addresses *all, const struct old_iface *old)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct draft_address a = all->v[i];

		if (a.word != NULL || !of_a_jail(c, &a.prefix.addr)) {
			all->v[n++] = a;
			continue;
		}
		*vec_push(c->d->arena, &c->given_up) = a;
		conclude(c->d, old != NULL ? old->at : (struct span){ 0 }, "%s is a jail's: the host gives it up", inaddr_str(c->d->arena, &a.prefix.addr));
	}
	all->n = n;
}

static void
give_up(struct converting *c)
{
	vec_each (struct draft_iface *const *, i, &c->d->interfaces)
		give_up_of(c, &(*i)->addresses, (*i)->old);
	vec_each (struct draft_bridge *const *, b, &c->d->bridges)
		give_up_of(c, &(*b)->addresses, (*b)->old);
}

void
draft_classic_jails(struct draft *d, const struct import_wishes *wishes)
{
	struct converting c = { d, wishes, { 0 } };

	draft_carriers(d);
	vec_each (struct draft_jail *const *, j, &d->jails)
		(*j)->stays = (*j)->old->vnet ? "" : draft_keeps(d, *j, wishes);
	give_up(&c);
	bridges_in_order(&c);

	vec_each (struct draft_jail *const *, j, &d->jails)
		if ((*j)->stays == NULL)
			convert(&c, *j);
	draft_carry_ways(d);
	vec_each (struct draft_jail *const *, j, &d->jails)
		if ((*j)->stays != NULL && !(*j)->old->vnet)
			stays_classic(&c, *j);
	draft_others(d);
}
