/* SPDX-License-Identifier: BSD-2-Clause */
/* How a vnet jail's interfaces come to be: static epairs, jib, jng, commands (freebsd.md 4, 5.3), in a bridge or as cables. */
#include <string.h>

#include "import/draft.h"
#include "rules/rules.h"

struct attaching { struct draft *d; const struct old_jail *old; struct draft_jail *jail; };

/* Commands that are the administrator's own: of a vnet jail what hooks.c left; of a classic one those that vnetc wrote. */
static void
own_hooks(struct attaching *t)
{
	for (int hook = 0; hook < OLD_HOOKS && (t->old->vnet || t->old->by_vnetc); hook++)
		vec_each (const struct old_command *, c, &t->old->hooks[hook])
			*vec_push(t->d->arena, &t->jail->exec[hook]) = c->text;
}

/* VLANs of an interface, on the link LINK/TAG of what it stands in; of a bridge that keeps them apart those are its own links. */
static void
vlans_inside(struct attaching *t, struct draft_iface *item)
{
	struct draft_bridge *b = item->link->bridge;

	vec_each (struct old_iface *const *, i, &t->old->stack.ifaces) {
		struct draft_iface *vlan;

		if ((*i)->parent == NULL || item->old == NULL || strcmp((*i)->parent, item->old->name) != 0)
			continue;
		vlan = NEW(t->d->arena, struct draft_iface);
		vlan->unit = -1;
		vlan->tag = (*i)->tag;
		draft_take(t->d, vlan, *i);
		draft_take_addresses(t->d, &vlan->addresses, *i);
		if (strcmp((*i)->name, arena_printf(t->d->arena, "%s.%d", item->old->name, vlan->tag)) != 0)
			vlan->name = (*i)->name;
		*vec_push(t->d->arena, &item->vlans) = vlan;
		vlan->link = b != NULL && b->vlan_filtering ? draft_vlan_link(t->d, b, vlan->tag) :
		    draft_link_new(t->d, arena_printf(t->d->arena, "%s/%d", b != NULL ? b->key : item->old->name, vlan->tag), NULL, vlan->tag);
		draft_stand(t->d, vlan->link, &t->jail->node, vlan, NULL, &vlan->addresses);
	}
}

/* What the host sets of an interface that a jail takes, where the jail itself does not. */
static void
as_made(struct draft_iface *item, const struct old_iface *made)
{
	if (item->mtu == 0)
		item->mtu = made->mtu;
	if (item->groups.n == 0)
		item->groups = made->groups;
	if (item->options.n == 0)
		item->options = made->options;
	if (item->description == NULL)
		item->description = made->description;
}

static void
on_link(struct attaching *t, struct draft_iface *item, struct draft_link *link)
{
	item->link = link;
	draft_stand(t->d, link, &t->jail->node, item, NULL, &item->addresses);
}

/* The VLAN follows from the subnet. */
static void
on_bridge(struct attaching *t, struct draft_iface *item, const struct pair_end *outer)
{
	const struct old_member *m = outer->member;

	item->bridge = outer->bridge->key;
	item->stp = m->stp;
	item->private_ = m->private_;
	item->untagged = outer->bridge->vlan_filtering ? 0 : m->untagged;
	vec_each (const int *, tag, &m->tagged)
		*vec_push(t->d->arena, &item->tagged) = *tag;
	on_link(t, item, draft_bridge_link(t->d, outer));
}

/* The bridge that jib and jng make, or ngctl where there is none. */
static struct draft_bridge *
bridge_of_tool(struct attaching *t, const struct old_iface *made)
{
	const char *key = made->joins.bridge, *uplink = made->joins.uplink;
	struct draft_bridge *b = draft_bridge(t->d, key);

	if (uplink != NULL && draft_interface(t->d, uplink) == NULL)
		draft_interface_new(t->d, uplink);
	if (b != NULL)
		return (b);
	b = draft_bridge_new(t->d, key);
	b->netgraph = strcmp(made->way, "jib") != 0;
	if (uplink != NULL) {
		*vec_push(t->d->arena, &b->members) = (struct draft_member){ .name = uplink };
		conclude(t->d, t->old->at, "%s is made by %s when the first jail starts: a bridge with %s as member", key, made->way, uplink);
	}
	return (b);
}

static void
by_tool(struct attaching *t, struct draft_iface *item)
{
	const struct old_iface *made = item->made;
	struct pair_end outer = { .bridge = bridge_of_tool(t, made), .member = &made->joins.as };

	as_made(item, made);
	if (strcmp(made->way, "jib") == 0)
		item->attach = made->way;
	on_bridge(t, item, &outer);
}

/* One end of a cable. The jail's list keeps its place by naming the cable there. */
static void
by_cable(struct attaching *t, struct draft_iface *item, const struct pair_end ends[2], size_t own)
{
	struct draft *d = t->d;
	struct draft_cable *c = draft_cable(d, ends);
	struct draft_iface *end = &c->ends[own];
	const struct pair_end *other = &ends[!own];
	const char *name = item->old != NULL ? item->old->name : ends[own].name;

	if (end->jail != NULL) {
		diag_add(d->diags, &rule_not_understood, t->old->at, "%s of %s is one that %s has already", ends[own].name, t->jail->node.name, end->jail);
		t->jail->ifaces.n--;
		return;
	}
	*end = *item;
	end->unit = -1;
	end->name = strcmp(name, draft_end_name(d, c, own)) != 0 ? name : NULL;
	end->jail = t->jail->node.name;
	end->in_cable = true;
	on_link(t, end, other->bridge != NULL ? c->ends[!own].link : c->link);
	vlans_inside(t, end);
	*item = (struct draft_iface){ .epair = c->key, .unit = -1, .in_cable = true, .cable = end };
}

/* A MAC address that vnetc derives for an end of one of the jail's interfaces? */
static bool
derived(const struct attaching *t, const struct old_iface *i, const char *end)
{
	const char *host = t->d->host_name != NULL ? t->d->host_name : "";
	size_t n = t->old->interfaces.n + t->old->stack.ifaces.n;

	for (size_t k = 0; k < n + t->old->stack.ifaces.n && i != NULL && i->has_mac; k++) {
		const char *which = k < n ? arena_printf(t->d->arena, "%zu", k) : t->old->stack.ifaces.v[k - n]->name;
		struct ether mac = mac_derived(t->d->arena, host, arena_printf(t->d->arena, "%s/%s", t->jail->node.name, which), end);

		if (memcmp(&mac, &i->mac, sizeof(mac)) == 0)
			return (true);
	}
	return (false);
}

/* Has the other end something of its own, which a jail's interface in a bridge cannot say of it? */
static bool
says_more(const struct attaching *t, const struct pair_end *inner, const struct pair_end *outer)
{
	const struct old_iface *old = outer->old;

	if (old == NULL || inner->old == NULL)
		return (false);
	if (old->groups.n > 0 || old->options.n > 0)
		return (true);
	if (!t->old->by_vnetc)
		return (false);
	return (old->description != NULL || (derived(t, inner->old, "jail") && !derived(t, old, "host") &&
	    (old->has_mac || old->way != NULL || old_by_vnetc(&old->up_at))));
}

/* An epair: in a bridge where nothing but that has to be said of its other end, else a cable. */
static void
by_pair(struct attaching *t, struct draft_iface *item, const struct pair_end ends[2], size_t own)
{
	struct draft *d = t->d;
	const struct pair_end *inner = &ends[own], *outer = &ends[!own];
	bool any_unit = inner->old != NULL && inner->old->any_unit, renamed = strcmp(inner->name, inner->created) != 0 || strcmp(outer->name, outer->created) != 0;
	char letter;

	item->unit = any_unit ? -1 : epair_unit(inner->created, &letter);
	if (inner->old != NULL)
		as_made(item, inner->old);
	if (outer->jail == NULL)
		item->attach = inner->old != NULL ? inner->old->way : NULL;
	else if (own == 0 && inner->old != NULL && inner->old->way != NULL)
		conclude(d, inner->old->at, "%.*s leads to another jail: it is made at boot", (int)strlen(inner->created) - 1, inner->created);
	/* Both ends of an epair have one MTU. */
	if (outer->old != NULL && item->mtu == 0)
		item->mtu = outer->old->mtu;
	if (outer->bridge == NULL || (renamed && !any_unit) || map_get(d->cabled, ends[0].created) != NULL || says_more(t, inner, outer)) {
		by_cable(t, item, ends, own);
		return;
	}
	if (outer->old != NULL && outer->old->way != NULL) {
		if (item->description == NULL)
			item->description = outer->old->description;
		if (!t->old->by_vnetc && (outer->old->has_mac || renamed))
			conclude(d, outer->old->at, "the host's end of %s keeps neither the name nor the MAC address that commands give it", inner->name);
	}
	if (own == 0)
		item->end = "a";
	if (strcmp(inner->name, inner->created) != 0 && item->name == NULL)
		item->name = inner->name;
	on_bridge(t, item, outer);
	vlans_inside(t, item);
}

static void
given_whole(struct attaching *t, struct draft_iface *item, const char *name)
{
	struct draft *d = t->d;

	item->interface = name;
	/* A card that the host's own files do not speak of. */
	if (draft_interface(d, name) == NULL && strchr(name, '.') == NULL)
		draft_interface_new(d, name);
	on_link(t, item, draft_link_new(d, name, NULL, 0));
	item->link->has_nic = true;
	vlans_inside(t, item);
}

static void
one_interface(struct attaching *t, const struct old_name *name)
{
	struct draft *d = t->d;
	struct draft_iface *item = NEW(d->arena, struct draft_iface);
	struct pair_end own = draft_pair_end(d, name->name), other;
	char letter;

	item->unit = -1;
	item->made = own.old;
	item->old = old_iface(&t->old->stack, name->name);
	if (item->old != NULL) {
		draft_take(d, item, item->old);
		draft_take_addresses(d, &item->addresses, item->old);
		if (strcmp(item->old->name, name->name) != 0)
			item->name = item->old->name;
	}
	if (item->mac == NULL && item->made != NULL && item->made->has_mac) {
		char ether[ETHER_TEXT];

		item->mac = arena_strdup(d->arena, ether_text(&item->made->mac, ether));
	}
	*vec_push(d->arena, &t->jail->ifaces) = item;
	if (own.old != NULL && own.old->addresses.n > 0)
		conclude(d, own.old->addresses.v[0].at, "%s loses its address when %s takes it", name->name, t->jail->node.name);
	if (draft_other_end(d, &own, &other)) {
		size_t is_b = epair_unit(own.created, &letter) >= 0 && letter == 'b';

		if (own.old == NULL || !own.old->cloned)
			diag_add(d->diags, &rule_not_understood, name->at, "nothing that vnetc import understands creates %s of %s: where its other end is, is not known",
			    name->name, t->jail->node.name);
		by_pair(t, item, is_b ? (struct pair_end[2]){ other, own } : (struct pair_end[2]){ own, other }, is_b);
	} else if (own.old != NULL && own.old->way != NULL) {
		by_tool(t, item);
		vlans_inside(t, item);
	} else
		given_whole(t, item, name->name);
}

/* wg0, gif0, lo1: what the jail makes for itself. */
static void
made_inside(struct attaching *t)
{
	VEC(struct draft_iface *) all = { 0 };
	size_t k = 0;

	/* Between those that the jail is given, where its rc.conf configures it. */
	vec_each (struct old_iface *const *, i, &t->old->stack.ifaces) {
		struct draft_iface *item;

		if (!(*i)->cloned || (*i)->parent != NULL)
			continue;
		for (; k < t->jail->ifaces.n; k++) {
			const struct old_iface *own = old_iface(&t->old->stack, t->old->interfaces.v[k].name);

			if (own != NULL && given(&own->up_at) && given(&(*i)->up_at) && span_compare(&(*i)->up_at, &own->up_at) < 0)
				break;
			*vec_push(t->d->arena, &all) = t->jail->ifaces.v[k];
		}
		item = NEW(t->d->arena, struct draft_iface);
		item->unit = -1;
		item->interface = (*i)->created;
		item->old = *i;
		if (strcmp((*i)->name, (*i)->created) != 0)
			item->name = (*i)->name;
		draft_take(t->d, item, *i);
		draft_take_addresses(t->d, &item->addresses, *i);
		*vec_push(t->d->arena, &all) = item;
		item->link = draft_link_new(t->d, (*i)->name, NULL, 0);
		draft_stand(t->d, item->link, &t->jail->node, item, NULL, &item->addresses);
	}
	for (; k < t->jail->ifaces.n; k++)
		*vec_push(t->d->arena, &all) = t->jail->ifaces.v[k];
	t->jail->ifaces.n = 0;
	vec_each (struct draft_iface *const *, i, &all)
		*vec_push(t->d->arena, &t->jail->ifaces) = *i;
}

/* Interfaces that the jail's rc.conf configures but the jail does not get: the most common mistake (freebsd.md 6.23). */
static void
not_given(struct attaching *t)
{
	vec_each (struct old_iface *const *, i, &t->old->stack.ifaces) {
		bool known = strcmp((*i)->name, "lo0") == 0 || (*i)->cloned || (*i)->parent != NULL || !((*i)->configured || (*i)->inet6_main);
		struct diag *d;

		vec_each (const struct old_name *, n, &t->old->interfaces)
			known |= old_iface(&t->old->stack, n->name) == *i || strcmp(n->name, (*i)->name) == 0;
		if (known)
			continue;
		d = diag_add(t->d->diags, &rule_interface_not_in_jail, (*i)->at, "%s configures %s, which it does not get", t->jail->node.name, (*i)->name);
		if (t->old->interfaces.n > 0)
			diag_note(t->d->diags, d, t->old->interfaces.v[0].at, "it gets %s", t->old->interfaces.v[0].name);
	}
}

/* One way for all its interfaces is said once. */
static void
said_once(struct draft_jail *jail)
{
	const char *attach = NULL;
	bool all = true;

	vec_each (struct draft_iface *const *, i, &jail->ifaces) {
		const struct draft_iface *it = (*i)->cable != NULL ? (*i)->cable : *i;

		if (it->bridge == NULL && !it->in_cable)
			continue;
		all &= it->attach != NULL && (attach == NULL || strcmp(attach, it->attach) == 0);
		attach = it->attach != NULL ? it->attach : attach;
	}
	if (attach == NULL || !all)
		return;
	jail->attach = attach;
	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		*((*i)->cable != NULL ? &(*i)->cable->attach : &(*i)->attach) = NULL;
}

void
draft_vnet_jails(struct draft *d)
{
	draft_cables_by_place(d);
	for (size_t k = 0; k < d->jails.n; k++) {
		struct attaching t = { .d = d, .jail = d->jails.v[k], .old = d->jails.v[k]->old };

		own_hooks(&t);
		if (!t.old->vnet)
			continue;
		vec_each (const struct old_name *, n, &t.old->interfaces)
			one_interface(&t, n);
		made_inside(&t);
		not_given(&t);
		said_once(t.jail);
	}
}
