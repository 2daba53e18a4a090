/* SPDX-License-Identifier: BSD-2-Clause */
/* Interfaces: those of the host, bridges and their members, cables, those of jails and machines; who is joined to what. */
#include <string.h>

#include "model/resolving.h"
#include "rules/rules.h"

struct names { struct arena *arena; VEC(const char *) all; };

static void
add_name(const char *key, void *value, void *user)
{
	struct names *names = user;

	(void)value;
	*vec_push(names->arena, &names->all) = key;
}

void
suggest_near(struct resolver *r, struct diag *d, const struct v_str *v, const struct map *candidates)
{
	struct names names = { .arena = r->arena };
	const char *near;

	map_each(candidates, add_name, &names);
	near = str_nearest(v->v, names.all.v, names.all.n);
	if (near != NULL) {
		diag_help(r->diags, d, "did you mean %s?", near);
		diag_fix(r->diags, d, v->at, "%s", near);
	}
}

/* One mistake is one message: a bridge that is not declared is missing once, however many jails stand on it. */
static void
asked_again(struct resolver *r, struct diag *d, struct span at)
{
	if (span_compare(&at, &d->head.at) == 0)
		return;
	diag_note(r->diags, d, at, "and here");
	if (d->fixes.n != 0)
		diag_fix(r->diags, d, at, "%s", d->fixes.v[0].replacement);
}

struct diag *
unknown_name(struct resolver *r, const struct v_str *v, const char *kind, const struct map *candidates)
{
	const char *key = arena_printf(r->arena, "%s %s", kind, v->v);
	struct diag *d = map_get(r->unknown, key);

	if (d != NULL) {
		asked_again(r, d, v->at);
		return (d);
	}
	d = diag_add(r->diags, &rule_unknown_name, v->at, "no %s called %s", kind, str_shown(r->arena, v->v));
	suggest_near(r, d, v, candidates);
	map_put(r->unknown, key, d);
	return (d);
}

struct link *
link_new(struct resolver *r, enum link_kind kind, const char *name, struct span at)
{
	struct link *link = NEW(r->arena, struct link);

	link->kind = kind;
	link->name = name;
	link->at = at;
	link->segment = link;
	link->index = r->topology->links.n;
	*vec_push(r->arena, &r->topology->links) = link;
	return (link);
}

struct link *
link_vlan(struct resolver *r, struct link *base, int tag, struct span at)
{
	const char *name = arena_printf(r->arena, "%s/%d", base->name, tag);
	struct link *link = map_get(r->vlan_links, name);

	if (link == NULL) {
		link = link_new(r, LINK_VLAN, name, at);
		link->bridge = base->bridge;
		link->nic = base->nic;
		link->tag = tag;
		link->has_nic = base->has_nic;
		map_put(r->vlan_links, name, link);
	}
	return (link);
}

static struct iface *
iface_new(struct resolver *r, enum ifkind kind, struct vnet *vnet, struct span at)
{
	struct iface *iface = NEW(r->arena, struct iface);

	iface->kind = kind;
	iface->unit = -1;
	iface->number = -1;
	iface->vnet = vnet;
	iface->at = at;
	*vec_push(r->arena, &vnet->ifaces) = iface;
	return (iface);
}

static void
iface_declared(struct resolver *r, struct iface *iface, const struct decl_iface *decl)
{
	iface->decl = decl;
	iface->written = &decl->addresses;
	iface->subnet_written = &decl->subnet;
	iface->dflt = decl->dflt.v;
	iface->description = decl->description.v;
	iface->stp = decl->stp.v;
	iface->private_ = decl->private_.v;
	iface->untagged = (int)decl->untagged.v;
	iface->managed_elsewhere = given(&decl->managed.at) && !decl->managed.v;
	for (size_t i = 0; i < decl->tagged.n; i++)
		*vec_push(r->arena, &iface->tagged) = (int)decl->tagged.v[i].v;
	for (size_t i = 0; i < decl->options.n; i++)
		*vec_push(r->arena, &iface->options) = decl->options.v[i];
	for (size_t i = 0; i < decl->group.n; i++)
		*vec_push(r->arena, &iface->groups) = decl->group.v[i];
}

static void
host_interface(struct resolver *r, const struct decl_iface *decl)
{
	int unit;
	const struct cloner *cloner = cloner_of(decl->item.key, &unit);
	enum ifkind kind = decl->vlan != NULL ? IF_VLAN : decl->lagg != NULL ? IF_LAGG : cloner->kind;
	struct iface *iface = iface_new(r, kind, r->topology->host, decl->item.at);

	iface_declared(r, iface, decl);
	iface->unit = unit;
	iface->key = decl->item.key;
	iface->name = given(&decl->name.at) ? decl->name.v : decl->item.key;
	iface->cloned = !iface->managed_elsewhere && (decl->lagg != NULL || (cloner->created && decl->vlan == NULL));
	/* netif makes a vlan when it starts the parent, after all renaming: it is made under its last name (network.subr). */
	iface->created = kind == IF_VLAN && !iface->cloned ? iface->name : decl->item.key;
	iface->made = iface->name;
	if (kind == IF_LAGG && cloner->kind != IF_LAGG)
		iface->unit = -1;               /* laggN and renamed, like a bridge: number.c */
	*vec_push(r->arena, &r->topology->host_interfaces) = iface;
	map_put(r->topology->iface_by_key, iface->key, iface);
}

static void
interface_tunnel(struct resolver *r, struct iface *iface)
{
	const struct decl_iface *decl = iface->decl;
	int len;

	if (decl->tunnel.n == 2)
		iface->has_tunnel = read_address(r, &decl->tunnel.v[0], &iface->tunnel[0], &len, NULL) &&
		    read_address(r, &decl->tunnel.v[1], &iface->tunnel[1], &len, NULL);
	for (size_t i = 0; i < decl->peer.n; i++) {
		struct inaddr peer;

		if (read_address(r, &decl->peer.v[i], &peer, &len, NULL))
			*vec_push(r->arena, &iface->peers) = peer;
	}
}

/* What an interface of the host is made of: parent, ports, ends of a tunnel. */
static void
host_interface_parts(struct resolver *r, struct iface *iface)
{
	const struct decl_iface *decl = iface->decl;
	struct topology *t = r->topology;

	if (decl->vlan != NULL) {
		iface->tag = (int)decl->vlan->tag.v;
		if (given(&decl->vlan->parent.at)) {
			struct bridge *bridge = map_get(t->bridge_by_key, decl->vlan->parent.v);

			iface->parent = bridge != NULL ? bridge->iface : map_get(t->iface_by_key, decl->vlan->parent.v);
			if (iface->parent == NULL)
				unknown_name(r, &decl->vlan->parent, "interface", t->iface_by_key);
			else
				*vec_push(r->arena, &iface->parent->children) = iface;
		}
	}
	for (size_t i = 0; decl->lagg != NULL && i < decl->lagg->ports.n; i++) {
		struct iface *port = map_get(t->iface_by_key, decl->lagg->ports.v[i].v);

		if (port == NULL) {
			struct diag *d = unknown_name(r, &decl->lagg->ports.v[i], "interface", t->iface_by_key);

			diag_help(r->diags, d, "declare it: host.interfaces: {%s: {}}", str_shown(r->arena, decl->lagg->ports.v[i].v));
			continue;
		}
		if (port->lagg == NULL)
			port->lagg = iface;
		*vec_push(r->arena, &iface->ports) = port;
	}
	interface_tunnel(r, iface);
}

/* An interface of the host on the way down to what it is made of: its parent, then its ports. */
struct making { struct iface *iface; size_t next; bool open, done; };

/* Takes the reference away that would make an interface of itself. */
static void
cut_circle(struct resolver *r, struct making *m, size_t part)
{
	struct iface *iface = m->iface;
	const struct v_str *name = part == 0 ? &iface->decl->vlan->parent : NULL;
	struct diag *d;

	if (part == 0)
		iface->parent = NULL;
	for (size_t i = 0; name == NULL; i++)
		if (strcmp(iface->decl->lagg->ports.v[i].v, iface->ports.v[part - 1]->key) == 0)
			name = &iface->decl->lagg->ports.v[i];
	d = diag_add(r->diags, &rule_unknown_name, name->at, "%s would be made of itself", iface->key);
	diag_note(r->diags, d, iface->at, "%s is written here", iface->key);
}

/* One way down, without recursion: a chain is as long as the file is. */
static void
make_down(struct resolver *r, struct map *makings, struct making *first)
{
	VEC(struct making *) way = { 0 };

	*vec_push(r->arena, &way) = first;
	first->open = true;
	while (way.n != 0) {
		struct making *m = way.v[way.n - 1], *below;
		const struct iface *part = NULL;
		size_t at = m->next++;

		if (at == 0)
			part = m->iface->parent;
		else if (at <= m->iface->ports.n)
			part = m->iface->ports.v[at - 1];
		else {
			m->open = false;
			m->done = true;
			way.n--;
			continue;
		}
		below = part == NULL || part->bridge != NULL ? NULL : map_get(makings, part->key);
		if (below == NULL || below->done)
			continue;
		if (below->open) {
			cut_circle(r, m, at);
			continue;
		}
		below->open = true;
		*vec_push(r->arena, &way) = below;
	}
}

static void
host_interface_circles(struct resolver *r)
{
	const struct topology *t = r->topology;
	struct making *makings = NEW_ARRAY(r->arena, struct making, t->host_interfaces.n);
	struct map *by_key = map_new(r->arena);

	for (size_t i = 0; i < t->host_interfaces.n; i++) {
		makings[i].iface = t->host_interfaces.v[i];
		map_put(by_key, makings[i].iface->key, &makings[i]);
	}
	for (size_t i = 0; i < t->host_interfaces.n; i++)
		if (!makings[i].done)
			make_down(r, by_key, &makings[i]);
}

/* Something that another program makes: it needs no declaration (language.md 4, bridges). */
static struct iface *
dynamic_member(struct resolver *r, const char *name, struct span at)
{
	int unit;
	const struct cloner *cloner = cloner_of(name, &unit);
	struct iface *iface = map_get(r->topology->iface_by_key, name);

	if (iface != NULL)
		return (iface);
	if (cloner->kind != IF_TAP && cloner->kind != IF_VMNET)
		return (NULL);
	iface = iface_new(r, cloner->kind, r->topology->host, at);
	iface->unit = unit;
	iface->key = iface->name = iface->made = iface->created = name;
	iface->managed_elsewhere = true;
	map_put(r->topology->iface_by_key, name, iface);
	return (iface);
}

bool
bridgeable(const struct iface *iface)
{
	int unit;

	if (iface->kind == IF_VLAN)
		return (iface->parent == NULL || iface->parent->bridge == NULL);
	return (iface->kind == IF_LAGG || iface->key == NULL || cloner_of(iface->key, &unit)->ethernet);
}

static void
bridge_member(struct resolver *r, struct bridge *bridge, const struct decl_member *decl)
{
	struct topology *t = r->topology;
	struct iface *iface = dynamic_member(r, decl->interface.v, decl->interface.at);

	if (!given(&decl->interface.at) || map_get(t->bridge_by_key, decl->interface.v) != NULL)
		return;         /* a bridge as a member is the check unbridgeable-member's */
	if (iface == NULL) {
		struct diag *d = unknown_name(r, &decl->interface, "interface", t->iface_by_key);

		if (d->help == NULL)
			diag_help(r->diags, d, "declare it: host.interfaces: {%s: {}}", str_shown(r->arena, decl->interface.v));
		return;
	}
	if (!bridgeable(iface))
		return;         /* so is this */
	if (iface->member_of == NULL) {
		iface->member_of = bridge;
		iface->stp |= decl->stp.v;
		iface->private_ |= decl->private_.v;
		if (given(&decl->untagged.at))
			iface->untagged = (int)decl->untagged.v;
		for (size_t i = 0; i < decl->tagged.n; i++)
			*vec_push(r->arena, &iface->tagged) = (int)decl->tagged.v[i].v;
	}
	*vec_push(r->arena, &bridge->members) = iface;
	bridge->link->has_nic = true;
}

static void
bridge_new(struct resolver *r, const struct decl_bridge *decl)
{
	struct topology *t = r->topology;
	struct bridge *bridge = NEW(r->arena, struct bridge);
	int unit;
	const struct cloner *cloner = cloner_of(decl->item.key, &unit);

	bridge->key = decl->item.key;
	bridge->unit = cloner->kind == IF_BRIDGE ? unit : -1;
	bridge->name = given(&decl->name.at) ? decl->name.v : bridge->key;
	bridge->netgraph = decl->netgraph.v;
	bridge->vlan_filtering = decl->vlan_filtering.v;
	bridge->decl = decl;
	bridge->at = decl->item.at;
	bridge->index = t->bridges.n;
	bridge->link = link_new(r, LINK_BRIDGE, bridge->key, bridge->at);
	bridge->link->bridge = bridge;
	bridge->iface = NEW(r->arena, struct iface);
	*bridge->iface = (struct iface) {
		.kind = bridge->netgraph ? IF_NGBRIDGE : IF_BRIDGE, .unit = bridge->unit, .number = -1, .key = bridge->key, .name = bridge->name,
		.made = bridge->name, .vnet = t->host, .bridge = bridge, .cloned = !bridge->netgraph, .at = bridge->at,
		.description = decl->description.v,
	};
	*vec_push(r->arena, &t->bridges) = bridge;
	map_put(t->bridge_by_key, bridge->key, bridge);
}

/* The host's Ethernet interface whose last name a bridge's begins with: jib's and jng's way of naming bridges (freebsd.md 4.1). */
static void
bridge_uplink(struct resolver *r, struct bridge *bridge)
{
	vec_each (struct iface **, i, &r->topology->host_interfaces) {
		size_t n = strlen((*i)->name);

		if (((*i)->kind == IF_NIC || (*i)->kind == IF_VLAN || (*i)->kind == IF_LAGG) && strncmp(bridge->name, (*i)->name, n) == 0 &&
		    bridge->name[n] != '\0' && (bridge->uplink == NULL || n > strlen(bridge->uplink->name))) {
			bridge->uplink = *i;
			bridge->suffix = bridge->name + n;
		}
	}
}

/* Two ends that are joined; they get their names with their unit. */
static void
pair_up(struct resolver *r, struct iface *a, struct iface *b, const char *owner, int fixed, struct cable *cable, struct span at)
{
	a->peer = b;
	b->peer = a;
	a->end_a = true;
	a->cable = b->cable = cable;
	*vec_push(r->arena, &r->pairs) = (struct pair) { a, b, fixed, owner, cable, at };
}

/* The N of epairN, or -1 with an error. */
static int
epair_unit(struct resolver *r, const struct v_str *v)
{
	int unit;
	const char *digits = strncmp(v->v, "epair", 5) == 0 ? v->v + 5 : NULL;
	const char *why = "it is not epairN";
	struct diag *d;

	if (digits != NULL && *digits != '\0' && digits[strspn(digits, "0123456789")] == '\0') {
		if (digits[0] == '0' && digits[1] != '\0')
			why = "its unit begins with 0";
		else if (cloner_of(v->v, &unit)->kind != IF_EPAIR || unit > EPAIR_UNIT_MAX)
			why = "its unit is over 32767";
		else
			return (unit);
	}
	d = diag_add(r->diags, &rule_bad_epair_unit, v->at, "%s is no epair: %s", str_shown(r->arena, v->v), why);
	if (digits != NULL && digits[0] == '0' && strlen(digits) <= strlen("00000")) {
		digits += strspn(digits, "0");
		diag_help(r->diags, d, "epair%s", *digits != '\0' ? digits : "0");
		diag_fix(r->diags, d, v->at, "epair%s", *digits != '\0' ? digits : "0");
	} else if (digits == NULL && strspn(v->v, "0123456789") == strlen(v->v) && v->v[0] != '0' && strlen(v->v) <= strlen("9999")) {
		diag_help(r->diags, d, "epair%s", v->v);
		diag_fix(r->diags, d, v->at, "epair%s", v->v);
	} else
		diag_help(r->diags, d, "epair1");
	return (-1);
}

static enum attach
attach_of(const struct v_str *own, const struct v_str *jail)
{
	const char *word = given(&own->at) ? own->v : given(&jail->at) ? jail->v : "static";

	return (strcmp(word, "jib") == 0 ? ATTACH_JIB : strcmp(word, "prestart") == 0 ? ATTACH_PRESTART : ATTACH_STATIC);
}

/* jng serves a netgraph bridge whose one member is a NIC, ngctl every other (language.md 5, Netgraph). */
static enum attach
netgraph_attach(const struct bridge *bridge)
{
	return (bridge->members.n != 0 && bridge->members.v[0]->kind == IF_NIC ? ATTACH_JNG : ATTACH_NGCTL);
}

static void
jail_on_bridge(struct resolver *r, struct jail *jail, struct iface *b, const struct decl_iface *decl)
{
	struct bridge *bridge = map_get(r->topology->bridge_by_key, decl->bridge.v);
	struct iface *a;
	int fixed = -1;

	if (bridge == NULL) {
		unknown_name(r, &decl->bridge, "bridge", r->topology->bridge_by_key);
		b->broken = jail->vnet->broken = true;
		return;
	}
	b->link = bridge->link;
	b->attach = bridge->netgraph ? netgraph_attach(bridge) : attach_of(&decl->attach, &jail->decl->attach);
	a = iface_new(r, b->kind, r->topology->host, b->at);
	a->link = NULL;
	a->member_of = bridge;
	a->attach = b->attach;
	a->stp = b->stp;
	a->private_ = b->private_;
	a->untagged = b->untagged;
	a->tagged.v = b->tagged.v;
	a->tagged.n = b->tagged.n;
	*vec_push(r->arena, &bridge->members) = a;
	if (bridge->netgraph) {
		a->kind = b->kind = IF_NG;
		a->peer = b;
		b->peer = a;
		return;
	}
	if (b->attach == ATTACH_JIB) {
		a->peer = b;
		b->peer = a;
		a->end_a = true;
		return;
	}
	if (given(&decl->epair.at))
		fixed = epair_unit(r, &decl->epair);
	if (given(&decl->end.at) && strcmp(decl->end.v, "a") == 0)
		pair_up(r, b, a, iface_owner(r, b), fixed, NULL, given(&decl->epair.at) ? decl->epair.at : b->at);
	else
		pair_up(r, a, b, iface_owner(r, b), fixed, NULL, given(&decl->epair.at) ? decl->epair.at : b->at);
}

/* interface: X – an interface of the host given whole, or one like wg0 that is made in the jail. */
static void
jail_takes_interface(struct resolver *r, struct jail *jail, struct iface *iface, const struct decl_iface *decl)
{
	struct topology *t = r->topology;
	struct iface *home = map_get(t->iface_by_key, decl->interface.v);
	int unit;
	const struct cloner *cloner = cloner_of(decl->interface.v, &unit);

	iface->key = decl->interface.v;
	if (home != NULL) {
		iface->kind = home->kind;
		iface->unit = home->unit;
		iface->made = home->made;
		iface->created = home->created;
		iface->attach = ATTACH_STATIC;
		iface->name = given(&decl->name.at) ? decl->name.v : home->made;
		if (home->given_to == NULL)
			home->given_to = iface;
		iface->tag = home->tag;
		iface->parent = home->parent;
		return;
	}
	if (map_get(t->bridge_by_key, decl->interface.v) != NULL) {
		iface->name = decl->interface.v;        /* interface-not-free says it */
		return;
	}
	if (cloner->kind == IF_NIC) {
		struct diag *d = unknown_name(r, &decl->interface, "interface", t->iface_by_key);

		if (d->help == NULL)
			diag_help(r->diags, d, "declare it: host.interfaces: {%s: {}}", str_shown(r->arena, decl->interface.v));
		iface->name = decl->interface.v;
		iface->broken = jail->vnet->broken = true;
		return;
	}
	iface->kind = cloner->kind;
	iface->unit = unit;
	iface->name = given(&decl->name.at) ? decl->name.v : decl->interface.v;
}

/* A cable's end and the jail's item that places it are one interface: the item's keys fill what the end leaves open. */
static const struct decl_iface *
end_with_item(struct resolver *r, const struct decl_iface *end, const struct decl_iface *item)
{
	struct decl_iface *both = NEW(r->arena, struct decl_iface);

	*both = *end;
#define FILL(field) if (!given(&both->field.at)) both->field = item->field
	FILL(addresses);
	FILL(subnet);
	FILL(name);
	FILL(description);
	FILL(mac);
	FILL(group);
	FILL(options);
	FILL(mtu);
	FILL(dflt);
	FILL(peer);
	FILL(vlans);
	FILL(attach);
#undef FILL
	return (both);
}

static struct iface *cable_end_of_jail(struct resolver *, struct jail *, const struct decl_iface *item);

static void
jail_vlans(struct resolver *r, struct iface *parent, const struct decl_iface *decl)
{
	for (size_t i = 0; i < decl->vlans.n; i++) {
		const struct decl_iface *d = decl->vlans.v[i];
		struct iface *vlan = iface_new(r, IF_VLAN, parent->vnet, d->item.at);

		iface_declared(r, vlan, d);
		vlan->parent = parent;
		vlan->tag = (int)d->item.number;
		vlan->name = given(&d->name.at) ? d->name.v : NULL;      /* PARENT.TAG, once the parent has its name */
		*vec_push(r->arena, &parent->children) = vlan;
	}
}

static void
jail_interface(struct resolver *r, struct jail *jail, const struct decl_iface *decl, size_t number)
{
	struct iface *iface;

	if (given(&decl->epair.at) && !given(&decl->bridge.at)) {
		iface = cable_end_of_jail(r, jail, decl);
		if (iface == NULL) {
			jail->vnet->broken = true;
			return;
		}
		iface->number = (int)number;
		decl = iface->decl;
	} else {
		iface = iface_new(r, IF_EPAIR, jail->vnet, decl->item.at);
		iface_declared(r, iface, decl);
		iface->number = (int)number;
		if (given(&decl->bridge.at))
			jail_on_bridge(r, jail, iface, decl);
		else if (given(&decl->interface.at))
			jail_takes_interface(r, jail, iface, decl);
	}
	interface_tunnel(r, iface);
	jail_vlans(r, iface, decl);
}

static void
jail_new(struct resolver *r, const struct decl_jail *decl)
{
	struct topology *t = r->topology;
	struct jail *jail = NEW(r->arena, struct jail);

	jail->name = decl->item.key;
	jail->safename = safename(r->arena, jail->name);
	jail->hostname = given(&decl->hostname.at) ? decl->hostname.v : jail->name;
	jail->devfs_ruleset = given(&decl->devfs_ruleset.at) ? (int)decl->devfs_ruleset.v : -1;
	jail->decl = decl;
	jail->at = decl->item.at;
	jail->index = t->jails.n;
	*vec_push(r->arena, &t->jails) = jail;
	map_put(t->jail_by_name, jail->name, jail);
	if (given(&decl->vnet.at) && !decl->vnet.v) {
		for (size_t i = 0; i < decl->ip.n; i++)
			*vec_push(r->arena, &jail->ip) = decl->ip.v[i];
		return;
	}
	jail->vnet = NEW(r->arena, struct vnet);
	*jail->vnet = (struct vnet) { .kind = VNET_JAIL, .name = jail->name, .shown = jail->name, .jail = jail, .at = jail->at, .index = t->vnets.n };
	*vec_push(r->arena, &t->vnets) = jail->vnet;
	map_put(t->node_by_name, jail->name, jail->vnet);
}

static void
cable_new(struct resolver *r, const struct decl_cable *decl)
{
	struct cable *cable = NEW(r->arena, struct cable);
	int unit;

	cable->key = decl->item.key;
	cable->unit = cloner_of(cable->key, &unit)->kind == IF_EPAIR ? unit : -1;
	cable->decl = decl;
	cable->at = decl->item.at;
	*vec_push(r->arena, &r->topology->cables) = cable;
	map_put(r->topology->cable_by_key, cable->key, cable);
}

static bool
end_is_jail(const struct decl_iface *end, const struct jail *jail)
{
	return (end != NULL && given(&end->jail.at) && strcmp(end->jail.v, jail->name) == 0);
}

static struct iface *
cable_end_new(struct resolver *r, struct cable *cable, bool a, struct vnet *vnet, const struct decl_iface *decl)
{
	struct iface *iface = iface_new(r, IF_EPAIR, vnet, decl->item.at);

	iface_declared(r, iface, decl);
	iface->cable = cable;
	iface->attach = vnet->kind == VNET_JAIL ? ATTACH_STATIC : ATTACH_NONE;
	if (a)
		cable->a = iface;
	else
		cable->b = iface;
	return (iface);
}

static struct iface *
cable_end_of_jail(struct resolver *r, struct jail *jail, const struct decl_iface *item)
{
	struct cable *cable = map_get(r->topology->cable_by_key, item->epair.v);
	const struct decl_iface *end;
	bool a, b;
	struct diag *d;

	if (cable == NULL) {
		d = unknown_name(r, &item->epair, "epair", r->topology->cable_by_key);
		if (d->help == NULL)
			diag_help(r->diags, d, "for a fixed unit write bridge beside epair");
		return (NULL);
	}
	a = end_is_jail(cable->decl->a, jail);
	b = end_is_jail(cable->decl->b, jail);
	if (a == b || (a && cable->a != NULL) || (b && cable->b != NULL)) {
		d = diag_add(r->diags, &rule_cable_end_mismatch, item->epair.at,
		    !a && !b ? "no end of %s is in %s" : a && b ? "both ends of %s are in %s" : "the end of %s in %s is placed twice", cable->key,
		    jail->name);
		diag_note(r->diags, d, cable->at, "%s is written here", cable->key);
		if (!a && !b)
			diag_help(r->diags, d, "b: {jail: %s}", jail->name);
		return (NULL);
	}
	end = end_with_item(r, a ? cable->decl->a : cable->decl->b, item);
	return (cable_end_new(r, cable, a, jail->vnet, end));
}

/* The ends that no jail's list has placed: on bridges, on the host, and in jails after their lists. */
static void
cable_end(struct resolver *r, struct cable *cable, bool a)
{
	const struct decl_iface *decl = a ? cable->decl->a : cable->decl->b;
	struct topology *t = r->topology;
	struct iface *iface;

	if (decl == NULL || (a ? cable->a : cable->b) != NULL)
		return;
	if (given(&decl->bridge.at)) {
		struct bridge *bridge = map_get(t->bridge_by_key, decl->bridge.v);

		if (bridge == NULL) {
			unknown_name(r, &decl->bridge, "bridge", t->bridge_by_key);
			return;
		}
		iface = cable_end_new(r, cable, a, t->host, decl);
		iface->member_of = bridge;
		*vec_push(r->arena, &bridge->members) = iface;
	} else if (given(&decl->jail.at)) {
		struct jail *jail = map_get(t->jail_by_name, decl->jail.v);

		if (jail == NULL || jail->vnet == NULL) {
			unknown_name(r, &decl->jail, jail == NULL ? "jail" : "vnet jail", t->jail_by_name);
			return;
		}
		iface = cable_end_new(r, cable, a, jail->vnet, decl);
		iface->number = (int)jail->vnet->ifaces.n - 1;
		interface_tunnel(r, iface);
		jail_vlans(r, iface, decl);
	} else if (decl->host.v)
		interface_tunnel(r, cable_end_new(r, cable, a, t->host, decl));
}

/* A cable whose one end is in a jail may be made when that jail starts; one between two jails would end with the first that stops. */
static void
cable_attach(struct cable *cable)
{
	const struct iface *inner = cable->b->vnet->kind == VNET_JAIL ? cable->b : cable->a;

	if (inner->vnet->kind == VNET_JAIL && inner->peer->vnet->kind != VNET_JAIL &&
	    attach_of(&inner->decl->attach, &inner->vnet->jail->decl->attach) == ATTACH_PRESTART)
		cable->a->attach = cable->b->attach = ATTACH_PRESTART;
}

/* Both ends are known: on which link they stand. */
static void
cable_joined(struct resolver *r, struct cable *cable)
{
	struct iface *ends[2] = { cable->a, cable->b };
	struct link *link = NULL;

	if (cable->a == NULL || cable->b == NULL) {
		for (size_t i = 0; i < 2; i++)
			if (ends[i] != NULL)
				ends[i]->broken = ends[i]->vnet->broken = true;
		return;
	}
	pair_up(r, cable->a, cable->b, arena_printf(r->arena, "%s/cable", cable->key), cable->unit, cable, cable->at);
	cable_attach(cable);
	if (cable->a->member_of == NULL && cable->b->member_of == NULL)
		link = link_new(r, LINK_CABLE, cable->key, cable->at);
	for (size_t i = 0; i < 2; i++) {
		struct bridge *bridge = ends[!i]->member_of;

		if (ends[i]->member_of == NULL)
			ends[i]->link = link != NULL ? link : bridge->link;
	}
	for (size_t i = 0; i < cable->decl->subnet.n; i++) {
		struct subnet *subnet = map_get(r->topology->subnet_by_name, cable->decl->subnet.v[i].v);

		if (subnet == NULL) {
			unknown_name(r, &cable->decl->subnet.v[i], "subnet", r->topology->subnet_by_name);
			cable->a->broken = cable->b->broken = true;
		} else if (link != NULL)
			link_subnet(link, r->arena, subnet);
	}
}

static void
machine_interface(struct resolver *r, struct vnet *vnet, const struct decl_iface *decl, size_t number)
{
	struct iface *iface = iface_new(r, IF_NIC, vnet, decl->item.at);
	struct topology *t = r->topology;

	iface_declared(r, iface, decl);
	iface->number = (int)number;
	iface->name = given(&decl->name.at) ? decl->name.v : NULL;
	if (given(&decl->bridge.at)) {
		struct bridge *bridge = map_get(t->bridge_by_key, decl->bridge.v);

		if (bridge == NULL) {
			unknown_name(r, &decl->bridge, "bridge", t->bridge_by_key);
			iface->broken = vnet->broken = true;
			return;
		}
		iface->link = bridge->link;
		if (given(&decl->tap.at)) {
			struct iface *tap = dynamic_member(r, decl->tap.v, decl->tap.at);

			if (tap == NULL)
				unknown_name(r, &decl->tap, "tap", t->iface_by_key);
			else if (tap->peer != NULL) {
				struct diag *d = diag_add(r->diags, &rule_machine_kind, decl->tap.at, "%s is already the tap of %s", tap->name,
				    tap->peer->vnet->name);
				diag_note(r->diags, d, tap->peer->at, "it is given here");
				iface->broken = true;
			} else {
				tap->peer = iface;
				iface->peer = tap;
				if (tap->member_of == NULL) {
					tap->member_of = bridge;
					*vec_push(r->arena, &bridge->members) = tap;
				}
			}
		} else
			bridge->link->has_nic = true;
	} else if (given(&decl->tap.at)) {
		struct diag *d = diag_add(r->diags, &rule_machine_kind, decl->tap.at, "%s has a tap that is in no bridge", vnet->name);

		diag_help(r->diags, d, "bridge: BRIDGE beside it");
		iface->broken = vnet->broken = true;
	}
}

static void
machine_new(struct resolver *r, const struct decl_machine *decl)
{
	struct topology *t = r->topology;
	struct vnet *vnet = NEW(r->arena, struct vnet);

	*vnet = (struct vnet) {
		.kind = VNET_MACHINE, .name = decl->item.key, .shown = decl->item.key, .machine = decl, .at = decl->item.at, .index = t->vnets.n,
	};
	*vec_push(r->arena, &t->vnets) = vnet;
	map_put(t->node_by_name, vnet->name, vnet);
	for (size_t i = 0; i < decl->interfaces.n; i++)
		machine_interface(r, vnet, decl->interfaces.v[i], i);
}

static const struct v_strs *
joined(struct resolver *r, const struct v_strs *a, const struct v_strs *b)
{
	struct v_strs *both;

	if (a == NULL || a->n == 0 || b->n == 0)
		return (a == NULL || a->n == 0 ? b : a);
	both = NEW(r->arena, struct v_strs);
	both->at = a->at;
	for (size_t i = 0; i < a->n; i++)
		*vec_push(r->arena, both) = a->v[i];
	for (size_t i = 0; i < b->n; i++)
		*vec_push(r->arena, both) = b->v[i];
	return (both);
}

/* A member of a netgraph bridge keeps its addresses: ng_ether(4) lets the host's own packets through the bridge. */
static void
members_with_addresses(const struct bridge *bridge)
{
	vec_each (struct iface *const *, m, &bridge->members)
		if ((*m)->decl != NULL && (*m)->decl->addresses.n != 0)
			(*m)->link = bridge->link;
}

/* The host on a bridge: its addresses sit on the bridge, on an epair of its own, on the NIC (netgraph), or on VLANs of the bridge. */
static void
host_on_bridge(struct resolver *r, struct bridge *bridge)
{
	const struct decl_bridge *decl = bridge->decl;
	struct topology *t = r->topology;
	struct iface *end = bridge->iface;

	if (given(&decl->epair.at) && strcmp(decl->epair.v, "false") != 0) {
		struct iface *a = iface_new(r, IF_EPAIR, t->host, decl->epair.at);
		int fixed = strcmp(decl->epair.v, "true") == 0 ? -1 : epair_unit(r, &decl->epair);

		end = iface_new(r, IF_EPAIR, t->host, decl->epair.at);
		a->member_of = bridge;
		*vec_push(r->arena, &bridge->members) = a;
		bridge->host_end = end;
		end->link = bridge->link;
		pair_up(r, a, end, arena_printf(r->arena, "%s/host", bridge->key), fixed, NULL, decl->epair.at);
	} else if (bridge->netgraph) {
		end = bridge->members.n != 0 && bridge->members.v[0]->kind == IF_NIC ? bridge->members.v[0] : NULL;
		members_with_addresses(bridge);
	}
	if (end != NULL && (decl->addresses.n != 0 || end == bridge->host_end)) {
		end->link = bridge->link;
		end->written = bridge->netgraph ? joined(r, end->written, &decl->addresses) : &decl->addresses;
		end->subnet_written = NULL;
		end->dflt |= decl->dflt.v;
	}
	*vec_push(r->arena, &t->host->ifaces) = bridge->iface;
}

/* An interface of the host that stands by itself: on the network beyond it, or nowhere. */
static void
host_on_wire(struct resolver *r, struct iface *iface)
{
	bool leads_out = iface->kind == IF_NIC || iface->kind == IF_VLAN || iface->kind == IF_LAGG || iface->kind == IF_WLAN;
	struct iface *end = iface->given_to != NULL ? iface->given_to : iface;

	if (iface->member_of != NULL || iface->lagg != NULL || iface->link != NULL)
		return;
	if (iface->parent != NULL && iface->parent->bridge != NULL) {
		end->link = link_vlan(r, iface->parent->bridge->link, iface->tag, iface->at);
		return;
	}
	if (end == iface && iface->decl->addresses.n == 0 && iface->decl->subnet.n == 0 && !iface->managed_elsewhere)
		return;
	end->link = link_new(r, iface->kind == IF_LO ? LINK_LOCAL : LINK_WIRE, iface->key, iface->at);
	end->link->nic = iface;
	end->link->has_nic = leads_out || iface->managed_elsewhere;
}

/* What a jail makes for itself (wg0, gif0, lo1), and VLANs inside jails. */
static void
jail_links(struct resolver *r, struct jail *jail)
{
	vec_each (struct iface **, i, &jail->vnet->ifaces) {
		struct iface *iface = *i;

		if (iface->link != NULL || (iface->cable != NULL && iface->parent == NULL))
			continue;
		if (iface->kind == IF_VLAN && iface->parent != NULL && iface->parent->vnet == jail->vnet) {
			if (iface->parent->link != NULL)
				iface->link = link_vlan(r, iface->parent->link, iface->tag, iface->at);
		} else if (iface->made == NULL && iface->peer == NULL && iface->decl != NULL && given(&iface->decl->interface.at) &&
		    !jail->vnet->broken) {
			iface->link = link_new(r, iface->kind == IF_LO ? LINK_LOCAL : LINK_WIRE,
			    arena_printf(r->arena, "%s/%s", jail->name, iface->name), iface->at);
			iface->link->nic = iface;
		}
	}
}

static void
bridge_subnets(struct resolver *r, struct bridge *bridge)
{
	for (size_t i = 0; i < bridge->decl->subnet.n; i++) {
		const struct v_str *name = &bridge->decl->subnet.v[i];
		struct subnet *subnet = map_get(r->topology->subnet_by_name, name->v);

		if (subnet == NULL) {
			unknown_name(r, name, "subnet", r->topology->subnet_by_name);
			bridge->link->broken = true;
		} else if (bridge->vlan_filtering && subnet->vlan != 0)
			link_subnet(link_vlan(r, bridge->link, subnet->vlan, bridge->at), r->arena, subnet);
		else
			link_subnet(bridge->link, r->arena, subnet);
	}
}

/* stp and private of a bridge: true, or some of its members, by their keys, cables or jails. */
static bool
toggled(const struct v_toggle *toggle, const struct iface *member)
{
	const char *names[] = { member->key, member->cable != NULL ? member->cable->key : NULL, member->peer != NULL ? member->peer->vnet->name : NULL };

	if (!given(&toggle->at) || !toggle->is_list)
		return (given(&toggle->at) && toggle->v);
	for (size_t i = 0; i < toggle->list.n; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (names[k] != NULL && strcmp(names[k], toggle->list.v[i].v) == 0)
				return (true);
	return (false);
}

static void
bridge_toggles(struct bridge *bridge)
{
	vec_each (struct iface **, m, &bridge->members) {
		if ((*m)->member_of != bridge)
			continue;
		(*m)->stp |= toggled(&bridge->decl->stp, *m);
		(*m)->private_ |= toggled(&bridge->decl->private_, *m);
	}
}

void
resolve_interfaces(struct resolver *r)
{
	const struct topology_decl *decl = r->decl;
	struct topology *t = r->topology;

	for (size_t i = 0; decl->host != NULL && i < decl->host->interfaces.n; i++)
		host_interface(r, decl->host->interfaces.v[i]);
	for (size_t i = 0; i < decl->bridges.n; i++)
		bridge_new(r, decl->bridges.v[i]);
	vec_each (struct iface **, i, &t->host_interfaces)
		host_interface_parts(r, *i);
	host_interface_circles(r);
	vec_each (struct bridge **, b, &t->bridges) {
		for (size_t i = 0; i < (*b)->decl->members.n; i++)
			bridge_member(r, *b, (*b)->decl->members.v[i]);
		bridge_uplink(r, *b);
	}
	for (size_t i = 0; i < decl->epairs.n; i++)
		cable_new(r, decl->epairs.v[i]);
	for (size_t i = 0; i < decl->jails.n; i++)
		jail_new(r, decl->jails.v[i]);
	vec_each (struct jail **, j, &t->jails)
		for (size_t i = 0; (*j)->vnet != NULL && i < (*j)->decl->interfaces.n; i++)
			jail_interface(r, *j, (*j)->decl->interfaces.v[i], i);
	for (size_t i = 0; i < decl->machines.n; i++)
		machine_new(r, decl->machines.v[i]);
	vec_each (struct cable **, c, &t->cables) {
		cable_end(r, *c, true);
		cable_end(r, *c, false);
		cable_joined(r, *c);
	}
	vec_each (struct bridge **, b, &t->bridges) {
		bridge_subnets(r, *b);
		host_on_bridge(r, *b);
		bridge_toggles(*b);
	}
	vec_each (struct iface **, i, &t->host_interfaces)
		host_on_wire(r, *i);
	vec_each (struct jail **, j, &t->jails)
		if ((*j)->vnet != NULL)
			jail_links(r, *j);
}
