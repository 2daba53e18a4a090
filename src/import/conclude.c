/* SPDX-License-Identifier: BSD-2-Clause */
/* From what the host's files say to a draft of the topology that generates it. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "import/draft.h"
#include "rules/rules.h"

void
conclude(struct draft *d, struct span at, const char *fmt, ...)
{
	struct conclusion *c = vec_push(d->arena, &d->conclusions);
	va_list args;

	c->at = at;
	va_start(args, fmt);
	c->text = arena_vprintf(d->arena, fmt, args);
	va_end(args);
}

struct draft_node *
draft_node(struct draft *d, size_t number)
{
	return (number == 0 ? &d->host : &d->jails.v[number - 1]->node);
}

struct draft_bridge *
draft_bridge(const struct draft *d, const char *key)
{
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		if (strcmp((*b)->key, key) == 0 || ((*b)->name != NULL && strcmp((*b)->name, key) == 0))
			return (*b);
	return (NULL);
}

const char *
draft_bridge_own(const struct draft_bridge *b)
{
	return (b->netgraph && b->members.n > 0 ? b->members.v[0].name : b->key);
}

struct draft_bridge *
draft_bridge_new(struct draft *d, const char *key)
{
	struct draft_bridge *b = NEW(d->arena, struct draft_bridge);

	b->key = b->made = key;
	b->epair_unit = -1;
	*vec_push(d->arena, &d->bridges) = b;
	draft_link_new(d, key, b, 0);
	return (b);
}

struct draft_iface *
draft_interface(const struct draft *d, const char *key)
{
	vec_each (struct draft_iface *const *, i, &d->interfaces)
		if (strcmp((*i)->key, key) == 0 || ((*i)->name != NULL && strcmp((*i)->name, key) == 0))
			return (*i);
	return (NULL);
}

struct draft_iface *
draft_interface_new(struct draft *d, const char *key)
{
	struct draft_iface *i = NEW(d->arena, struct draft_iface);

	i->key = key;
	i->unit = -1;
	*vec_push(d->arena, &d->interfaces) = i;
	return (i);
}

bool
draft_leased(const draft_addresses *all, enum family f)
{
	vec_each (const struct draft_address *, a, all)
		if (a->word != NULL && strcmp(a->word, f == INET ? "dhcp" : "slaac") == 0)
			return (true);
	return (false);
}

struct draft_link *
draft_link_new(struct draft *d, const char *name, struct draft_bridge *bridge, int tag)
{
	struct draft_link *l = NEW(d->arena, struct draft_link);

	l->name = name;
	l->bridge = bridge;
	l->tag = tag;
	*vec_push(d->arena, &d->links) = l;
	if (bridge != NULL)
		*vec_push(d->arena, &bridge->links) = l;
	return (l);
}

void
draft_stand(struct draft *d, struct draft_link *link, struct draft_node *node, struct draft_iface *iface, struct draft_bridge *bridge, draft_addresses *addresses)
{
	*vec_push(d->arena, &link->standing) = (struct draft_standing){ .node = node, .iface = iface, .bridge = bridge, .addresses = addresses };
}

void
draft_take(struct draft *d, struct draft_iface *to, const struct old_iface *from)
{
	char ether[ETHER_TEXT];

	to->mtu = from->mtu;
	to->options = from->options;
	to->groups = from->groups;
	to->description = from->description;
	if (from->has_mac)
		to->mac = arena_strdup(d->arena, ether_text(&from->mac, ether));
	to->laggproto = from->laggproto;
	to->ports = from->ports;
	to->has_tunnel = from->has_tunnel;
	memcpy(to->tunnel, from->tunnel, sizeof(to->tunnel));
	vec_each (const struct old_address *, a, &from->addresses)
		if (a->has_peer)
			*vec_push(d->arena, &to->peers) = a->peer;
	vec_each (const struct inaddr *, peer, &from->peers)
		*vec_push(d->arena, &to->peers) = *peer;
}

/* Without a length ifconfig took that of the address's class. */
static int
length_of(const struct old_address *a)
{
	if (a->len >= 0)
		return (a->len);
	if (a->addr.family == INET6)
		return (64);
	return (a->addr.b[0] < 128 ? 8 : a->addr.b[0] < 192 ? 16 : 24);
}

static void
push_address(struct draft *d, draft_addresses *to, const struct old_address *a, bool alias)
{
	*vec_push(d->arena, to) = (struct draft_address){ { a->addr, length_of(a) }, alias, NULL };
}

void
draft_take_addresses(struct draft *d, draft_addresses *to, const struct old_iface *from)
{
	const struct old_address *first[FAMILIES] = { NULL, NULL };

	vec_each (const struct old_address *, a, &from->addresses)
		if (first[a->addr.family] == NULL)
			first[a->addr.family] = a;
	for (int f = 0; f < FAMILIES; f++)
		if (first[f] != NULL)
			push_address(d, to, first[f], false);
	vec_each (const struct old_address *, a, &from->addresses)
		if (a != first[a->addr.family])
			push_address(d, to, a, a->len == family_bits(a->addr.family));
	if (from->dhcp)
		*vec_push(d->arena, to) = (struct draft_address){ .word = "dhcp" };
	if (from->slaac)
		*vec_push(d->arena, to) = (struct draft_address){ .word = "slaac" };
}

/* Bridges and host interfaces */

static enum ifkind
kind_of(const char *name)
{
	int unit;

	return (cloner_of(name, &unit)->kind);
}

static bool
is_bridge(const struct old_iface *i)
{
	return ((kind_of(i->created) == IF_BRIDGE && i->parent == NULL) || i->members.n > 0 || i->autobridge.n > 0);
}

/* An end of an epair, whatever it is called by now, or one that jib makes. */
static bool
is_pair_end(const struct draft *d, const char *name)
{
	const struct old_iface *i = old_iface(&d->old->host, name);
	char end;

	if (epair_unit(i != NULL ? i->created : name, &end) >= 0)
		return (true);
	return (name[0] == 'e' && name[1] >= '0' && name[1] <= '9' &&
	    (strncmp(name + 2, "a_", 2) == 0 || strncmp(name + 2, "b_", 2) == 0));
}

static bool
is_tap(const char *name)
{
	enum ifkind kind = kind_of(name);

	return (kind == IF_TAP || kind == IF_VMNET);
}

/* A tap that is not made at boot is made by another program. */
static bool
comes_and_goes(const struct draft *d, const char *name)
{
	const struct old_iface *i = old_iface(&d->old->host, name);

	return (is_tap(name) && (i == NULL || !i->cloned));
}

struct draft_link *
draft_vlan_link(struct draft *d, struct draft_bridge *b, int tag)
{
	vec_each (struct draft_link *const *, l, &b->links)
		if ((*l)->tag == tag)
			return (*l);
	return (draft_link_new(d, arena_printf(d->arena, "%s/%d", b->key, tag), b, tag));
}

static void
bridge_members(struct draft *d, struct draft_bridge *b, const struct old_iface *old)
{
	vec_each (const struct old_member *, m, &old->members) {
		struct draft_member member = { .name = m->name, .untagged = m->untagged, .stp = m->stp, .private_ = m->private_ };

		if (is_pair_end(d, m->name))
			continue;
		if (!comes_and_goes(d, m->name))
			b->links.v[0]->has_nic = true;
		vec_each (const int *, tag, &m->tagged) {
			*vec_push(d->arena, &member.tagged) = *tag;
			draft_vlan_link(d, b, *tag)->has_nic = true;
		}
		*vec_push(d->arena, &b->members) = member;
	}
	vec_each (const char *const *, name, &old->autobridge) {
		if (strpbrk(*name, "*?[") != NULL)
			conclude(d, old->at, "%s takes in whatever is called %s as it appears (autobridge): not part of a topology, left out", b->key, *name);
		else {
			struct draft_iface *i;

			*vec_push(d->arena, &b->members) = (struct draft_member){ .name = *name, .untagged = old->defuntagged };
			if (is_tap(*name))
				continue;
			i = draft_interface(d, *name);
			if (i == NULL)
				i = draft_interface_new(d, *name);
			i->unmanaged = true;
		}
	}
}

static void
bridge_from(struct draft *d, const struct old_iface *old)
{
	struct draft_bridge *b = draft_bridge_new(d, old->name);
	char ether[ETHER_TEXT];

	b->made = old->created;
	b->old = old;
	b->mtu = old->mtu;
	b->groups = old->groups;
	b->description = old->description;
	b->vlan_filtering = old->vlanfilter;
	if (old->has_mac)
		b->mac = arena_strdup(d->arena, ether_text(&old->mac, ether));
	bridge_members(d, b, old);
	/* VLANs in the order of what a NIC carries, then in that in which the host stands on them. */
	vec_each (struct old_iface *const *, i, &d->old->host.ifaces)
		if ((*i)->parent != NULL && strcmp((*i)->parent, old->name) == 0)
			draft_vlan_link(d, b, (*i)->tag);
	draft_take_addresses(d, &b->addresses, old);
	if (b->addresses.n > 0)
		draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
}

/* Is it an interface of the host that the topology has to know? */
static bool
worth(const struct draft *d, const struct old_iface *i)
{
	return (strcmp(i->name, "lo0") != 0 && i->way == NULL && !is_bridge(i) && !is_pair_end(d, i->name));
}

static void
host_interface(struct draft *d, const struct old_iface *old)
{
	struct draft_iface *i = draft_interface(d, old->name);

	if (i == NULL)
		i = draft_interface_new(d, old->name);
	if (strcmp(old->created, old->name) != 0) {
		/* The key of a NIC is the name that it has by itself. */
		i->key = old->created;
		i->name = old->name;
	}
	i->old = i->made = old;
	if (kind_of(old->created) == IF_WLAN && draft_is_station(d, old->name)) {
		i->unmanaged = true;
		conclude(d, old->at, "%s is a wireless station: how it gets on is no part of a topology", old->name);
		return;
	}
	draft_take(d, i, old);
	draft_take_addresses(d, &i->addresses, old);
	if (old->parent != NULL) {
		i->parent = old->parent;
		i->tag = old->tag;
	}
}

/* The address of the host on one VLAN of a filtering bridge stands in bridgeN.TAG; one with another name is an interface of its own. */
static bool
vlan_of_bridge(struct draft *d, const struct old_iface *old)
{
	struct draft_bridge *b = old->parent != NULL ? draft_bridge(d, old->parent) : NULL;
	draft_addresses *own;
	struct draft_link *l;

	if (b == NULL || strcmp(old->name, arena_printf(d->arena, "%s.%d", old->parent, old->tag)) != 0)
		return (false);
	own = NEW(d->arena, draft_addresses);
	draft_take_addresses(d, own, old);
	l = draft_vlan_link(d, b, old->tag);
	draft_stand(d, l, &d->host, NULL, b, own);
	l->standing.v[l->standing.n - 1].vlan = old->name;
	return (true);
}

/* In the order in which their own variables stand. */
static int
by_place(const void *a, const void *b)
{
	const struct old_iface *x = (*(struct draft_iface *const *)a)->old, *y = (*(struct draft_iface *const *)b)->old;

	return (span_compare(x->configured ? &x->up_at : &x->at, y->configured ? &y->up_at : &y->at));
}

/* What members, parents, ports and classic jails speak of exists, even where no variable does. */
static void
spoken_of(struct draft *d, const char *name, struct span at)
{
	if (draft_interface(d, name) != NULL || draft_bridge(d, name) != NULL || is_pair_end(d, name) || comes_and_goes(d, name) || strcmp(name, "lo0") == 0)
		return;
	if (kind_of(name) != IF_NIC && kind_of(name) != IF_WLAN && strchr(name, '.') == NULL) {
		struct diag *diag = diag_add(d->diags, &rule_unknown_name, at, "no interface called %s: nothing creates it", name);

		diag_help(d->diags, diag, "cloned_interfaces=\"… %s\"", name);
	}
	draft_interface_new(d, name);
}

static void
host_interfaces(struct draft *d)
{
	size_t unmanaged = d->interfaces.n;

	vec_each (struct old_iface *const *, i, &d->old->host.ifaces)
		if (worth(d, *i) && draft_interface(d, (*i)->name) == NULL && !vlan_of_bridge(d, *i) && !comes_and_goes(d, (*i)->name))
			host_interface(d, *i);
	if (d->interfaces.n > unmanaged + 1)
		qsort(&d->interfaces.v[unmanaged], d->interfaces.n - unmanaged, sizeof(d->interfaces.v[0]), by_place);
	vec_each (struct old_iface *const *, i, &d->old->host.ifaces) {
		vec_each (const struct old_member *, m, &(*i)->members)
			spoken_of(d, m->name, m->at);
		vec_each (const char *const *, p, &(*i)->ports)
			spoken_of(d, *p, (*i)->at);
	}
	vec_each (struct old_jail *const *, j, &d->old->jails)
		vec_each (const struct old_address *, a, &(*j)->ip)
			if (a->on != NULL)
				spoken_of(d, a->on, a->at);
}

/* A lagg and its ports have one MTU, which is written at the lagg. */
static void
lagg_mtu(struct draft *d)
{
	vec_each (struct draft_iface *const *, i, &d->interfaces) {
		int mtu = (*i)->mtu;
		bool same = true;

		vec_each (const char *const *, port, &(*i)->ports) {
			const struct draft_iface *p = draft_interface(d, *port);

			mtu = mtu == 0 && p != NULL ? p->mtu : mtu;
			same &= p == NULL || p->mtu == 0 || p->mtu == mtu;
		}
		if ((*i)->ports.n == 0 || mtu == 0 || !same)
			continue;
		(*i)->mtu = mtu;
		vec_each (const char *const *, port, &(*i)->ports) {
			struct draft_iface *p = draft_interface(d, *port);

			if (p != NULL)
				p->mtu = 0;
		}
	}
}

/* References are by key: a parent or port that was renamed has another name in its variables. */
static const char *
key_of(const struct draft *d, const char *name)
{
	const struct draft_bridge *b = draft_bridge(d, name);

	vec_each (struct draft_iface *const *, i, &d->interfaces)
		if ((*i)->name != NULL && strcmp((*i)->name, name) == 0)
			return ((*i)->key);
	return (b != NULL ? b->key : name);
}

static void
refer_by_key(struct draft *d)
{
	vec_each (struct draft_iface *const *, i, &d->interfaces) {
		if ((*i)->parent != NULL)
			(*i)->parent = key_of(d, (*i)->parent);
		for (size_t k = 0; k < (*i)->ports.n; k++)
			(*i)->ports.v[k] = key_of(d, (*i)->ports.v[k]);
	}
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		vec_each (struct draft_member *, m, &(*b)->members)
			m->name = key_of(d, m->name);
	vec_each (struct draft_jail *const *, j, &d->jails)
		vec_each (struct draft_iface *const *, i, &(*j)->ifaces)
			if ((*i)->interface != NULL)
				(*i)->interface = key_of(d, (*i)->interface);
}

/* A bridge that has another name than it was made by: its key where the unit is the one that it would get by itself. */
static void
bridge_units(struct draft *d)
{
	bool taken[256] = { false };
	int unit, next = 0;

	vec_each (struct draft_bridge *const *, b, &d->bridges)
		if (strcmp((*b)->made, (*b)->key) == 0 && cloner_of((*b)->key, &unit)->kind == IF_BRIDGE && unit >= 0 && unit < 256)
			taken[unit] = true;
	vec_each (struct draft_bridge *const *, b, &d->bridges) {
		const char *name = (*b)->key;

		if (strcmp((*b)->made, name) == 0 || cloner_of((*b)->made, &unit)->kind != IF_BRIDGE)
			continue;
		while (next < 256 && taken[next])
			next++;
		if (unit == next) {
			taken[next] = true;
			continue;
		}
		(*b)->key = (*b)->made;
		(*b)->name = name;
		vec_each (struct draft_jail *const *, j, &d->jails)
			vec_each (struct draft_iface *const *, i, &(*j)->ifaces)
				if ((*i)->bridge != NULL && strcmp((*i)->bridge, name) == 0)
					(*i)->bridge = (*b)->key;
		vec_each (struct draft_cable *const *, c, &d->cables)
			for (int i = 0; i < 2; i++)
				if ((*c)->ends[i].bridge != NULL && strcmp((*c)->ends[i].bridge, name) == 0)
					(*c)->ends[i].bridge = (*b)->key;
	}
}

static void
bridge_stands(struct draft *d, struct draft_bridge *b)
{
	vec_each (const struct draft_standing *, s, &b->links.v[0]->standing)
		if (s->addresses == &b->addresses)
			return;
	draft_stand(d, b->links.v[0], &d->host, NULL, b, &b->addresses);
}

/* Standing of the host's own interfaces: those that carry addresses. */
static void
host_stands(struct draft *d)
{
	vec_each (struct draft_iface *const *, i, &d->interfaces) {
		struct draft_bridge *b = NULL;

		vec_each (struct draft_bridge *const *, it, &d->bridges)
			vec_each (const struct draft_member *, m, &(*it)->members)
				if (strcmp(m->name, (*i)->key) == 0)
					b = *it;
		if (b != NULL)
			b->links.v[0]->has_nic = true;
		if ((*i)->addresses.n == 0)
			continue;
		/* A netgraph bridge leaves the host's addresses on the NIC; an if_bridge takes them over. */
		if (b != NULL) {
			if (!b->netgraph)
				conclude(d, (*i)->old != NULL ? (*i)->old->at : d->host.old->rc.sets.v[0]->at, "%s is a member of %s: its addresses move to the bridge", (*i)->key, b->key);
			vec_each (const struct draft_address *, a, &(*i)->addresses)
				*vec_push(d->arena, &b->addresses) = *a;
			(*i)->addresses.n = 0;
			bridge_stands(d, b);
			continue;
		}
		b = (*i)->parent != NULL ? draft_bridge(d, (*i)->parent) : NULL;
		(*i)->link = b != NULL ? draft_vlan_link(d, b, (*i)->tag) : draft_link_new(d, (*i)->key, NULL, 0);
		(*i)->link->has_nic |= b == NULL && !(*i)->has_tunnel && kind_of((*i)->key) != IF_LO && kind_of((*i)->key) != IF_WG;
		draft_stand(d, (*i)->link, &d->host, *i, NULL, &(*i)->addresses);
	}
}

/* What all members of a bridge are is said once. */
struct members { VEC(bool *) stp, private_; };

static void
member_of(struct draft *d, struct members *all, bool *stp, bool *private_)
{
	*vec_push(d->arena, &all->stp) = stp;
	*vec_push(d->arena, &all->private_) = private_;
}

static bool
said_once(bool **flags, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!*flags[i])
			return (false);
	for (size_t i = 0; i < n && n > 1; i++)
		*flags[i] = false;
	return (n > 1);
}

static void
toggles(struct draft *d, struct draft_bridge *b)
{
	struct members all = { 0 };

	vec_each (struct draft_member *, m, &b->members)
		if (!comes_and_goes(d, m->name))
			member_of(d, &all, &m->stp, &m->private_);
	vec_each (struct draft_jail *const *, j, &d->jails)
		vec_each (struct draft_iface *const *, i, &(*j)->ifaces)
			if ((*i)->bridge != NULL && strcmp((*i)->bridge, b->key) == 0)
				member_of(d, &all, &(*i)->stp, &(*i)->private_);
	vec_each (struct draft_cable *const *, c, &d->cables)
		for (int i = 0; i < 2; i++)
			if ((*c)->ends[i].bridge != NULL && strcmp((*c)->ends[i].bridge, b->key) == 0)
				member_of(d, &all, &(*c)->ends[i].stp, &(*c)->ends[i].private_);
	if (b->epair_unit >= 0)
		member_of(d, &all, &b->host_end_is.stp, &b->host_end_is.private_);
	b->all.stp = said_once(all.stp.v, all.stp.n);
	b->all.private_ = said_once(all.private_.v, all.private_.n);
}

/* Nodes */

static void
node_from(struct draft_node *node, const char *name, const struct old_stack *old)
{
	*node = (struct draft_node){ .name = name, .old = old, .nameservers = old->nameservers };
	for (int f = 0; f < FAMILIES; f++)
		node->forwards[f] = old->forwards[f];
	for (int f = 0; f < FAMILIES; f++) {
		node->dflt[f].given = old->dflt[f].given;
		node->dflt[f].addr = old->dflt[f].addr;
		node->dflt[f].zone = old->dflt[f].zone;
	}
}

static void
jail_from(struct draft *d, const struct old_jail *old)
{
	struct draft_jail *jail = NEW(d->arena, struct draft_jail);

	node_from(&jail->node, old->name, &old->stack);
	jail->node.by_vnetc = old->by_vnetc;
	jail->old = old;
	jail->devfs_ruleset = jail->fib = -1;
	jail->parameters = old->parameters;
	if (old->hostname != NULL && strcmp(old->hostname, old->name) != 0)
		jail->hostname = old->hostname;
	if (old->disabled)
		conclude(d, old->at, "%s is switched off (.norun): it is part of the topology all the same", old->name);
	*vec_push(d->arena, &d->jails) = jail;
}

/* Who starts before whom, by the topology's names; standard_ezjail and the like mean no jail. */
static void
start_order(struct draft *d)
{
	struct map *jails = map_new(d->arena);

	vec_each (struct draft_jail *const *, j, &d->jails) {
		map_set(jails, (*j)->old->called, *j);
		map_set(jails, (*j)->node.name, *j);
	}
	vec_each (struct draft_jail *const *, j, &d->jails)
		vec_each (const char *const *, name, &(*j)->old->after) {
			const struct draft_jail *other = map_get(jails, *name);

			if (other == NULL || other == *j)
				continue;
			if (other->left_alone)
				conclude(d, (*j)->old->at, "%s starts after %s no more, which the topology leaves alone", (*j)->node.name, other->node.name);
			else
				*vec_push(d->arena, &(*j)->starts_after) = other->node.name;
		}
}

/* The short name of the host: MAC addresses are derived from it. */
static const char *
short_name(struct draft *d)
{
	const char *name = d->old->hostname;

	if (name == NULL || *name == '\0')
		return (NULL);
	return (arena_strndup(d->arena, name, strcspn(name, ".")));
}

struct draft *
draft_make(struct arena *a, struct diags *diags, const struct old_host *old, const struct import_wishes *wishes)
{
	struct draft *d = NEW(a, struct draft);
	const size_t *order = draft_jail_order(old);

	*d = (struct draft){ .arena = a, .diags = diags, .old = old, .release = old->release };
	d->host_name = short_name(d);
	node_from(&d->host, "host", &old->host);
	d->host.by_vnetc = old->vnetc;
	for (size_t k = 0; k < old->jails.n; k++)
		jail_from(d, old->jails.v[order[k]]);
	vec_each (struct old_iface *const *, i, &old->host.ifaces)
		if (is_bridge(*i))
			bridge_from(d, *i);
	host_interfaces(d);
	lagg_mtu(d);
	draft_vnet_jails(d);
	draft_free_pairs(d);
	draft_classic_jails(d, wishes);
	bridge_units(d);
	refer_by_key(d);
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		toggles(d, *b);
	host_stands(d);
	draft_subnets(d);
	start_order(d);
	return (d);
}
