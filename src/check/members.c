/* SPDX-License-Identifier: BSD-2-Clause */
/* What an interface of the host is used for: a member, a port, a parent, a jail's, the host's own; and which two do not go
 * together. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* What is no member by its kind; NULL: it may be one. */
static const char *
unbridgeable(const struct subject *s, const char *name, struct span *at, const char **help)
{
	const struct topology *t = s->topology;
	const struct bridge *bridge = map_get(t->bridge_by_key, name);
	const struct iface *iface = map_get(t->iface_by_key, name);
	int unit;

	*help = NULL;
	if (bridge != NULL) {
		*at = bridge->at;
		*help = "join bridges by a cable under epairs";
		return ("a bridge");
	}
	if (iface == NULL || bridgeable(iface))
		return (NULL);
	*at = iface->at;
	if (iface->kind == IF_VLAN) {
		*help = "join bridges by a cable under epairs";
		return ("a vlan on a bridge");
	}
	*help = arena_printf(s->arena, "route to %s", name);
	name = cloner_of(name, &unit)->name;
	return (arena_printf(s->arena, "%s %s interface", strchr("aeiou", name[0]) != NULL || strcmp(name, "ng") == 0 ? "an" : "a",
	    name));
}

static void
unbridgeable_member(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		for (size_t i = 0; i < (*b)->decl->members.n; i++) {
			const struct v_str *member = &(*b)->decl->members.v[i]->interface;
			const char *kind, *help;
			struct span at;
			struct diag *d;

			if (!given(&member->at) || (kind = unbridgeable(s, member->v, &at, &help)) == NULL)
				continue;
			d = diag_add(ds, check->rule, member->at, "%s cannot be a member of a bridge", kind);
			diag_note(ds, d, at, "%s is written here", member->v);
			diag_help(ds, d, "%s", help);
		}
	}
}

const struct check check_unbridgeable_member = { &rule_unbridgeable_member, CHECK_MODEL, unbridgeable_member };

/* Of what autobridge adds, nothing else can be said in the bridge's line. */
static void
autobridge_options(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		int untagged = 0;

		vec_each (struct iface *const *, m, &(*b)->members) {
			const struct iface *member = *m;
			const char *lost = member->private_ ? "private" : member->stp ? "stp" : member->tagged.n != 0 ? "tagged" : NULL;
			struct diag *d;

			if (!member->managed_elsewhere || member->member_of != *b || (*b)->netgraph)
				continue;
			if (lost == NULL && (*b)->vlan_filtering && untagged != 0 && member->untagged != untagged)
				lost = "untagged";
			if (untagged == 0)
				untagged = member->untagged;
			if (lost == NULL && (!(*b)->vlan_filtering || member->untagged != 0))
				continue;
			d = lost == NULL ? diag_add(ds, check->rule, member->at, "%s is in no VLAN of %s when autobridge has added it", member->name,
			    (*b)->key) : diag_add(ds, check->rule, member->at, "%s is added by autobridge, which does not say %s", member->name, lost);
			diag_note(ds, d, (*b)->at, "%s is written here", (*b)->key);
			if (member->kind == IF_TAP)
				diag_help(ds, d, "host.interfaces: {%s: {}}, so that it is made at boot", member->name);
		}
	}
}

const struct check check_autobridge_options = { &rule_autobridge_options, CHECK_LINKS, autobridge_options };

static void
tunnel_kind(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const struct iface *iface = *i;
			struct diag *d;

			if (iface->decl == NULL || !given(&iface->decl->tunnel.at) || iface->kind == IF_GIF || iface->kind == IF_GRE ||
			    iface->kind == IF_VXLAN || iface->kind == IF_IPSEC)
				continue;
			d = diag_add(ds, check->rule, iface->decl->tunnel.at, "%s is no tunnel", iface->key != NULL ? iface->key : iface->name);
			diag_note(ds, d, iface->at, "%s is written here", iface->key != NULL ? iface->key : iface->name);
			diag_help(ds, d, iface->kind == IF_WG ? "wg(8) gives it its peers" : "call it gif0, and name: %s",
			    iface->key != NULL ? iface->key : iface->name);
		}
	}
}

const struct check check_tunnel_kind = { &rule_tunnel_kind, CHECK_MODEL, tunnel_kind };

/* A membership as it was written: in a bridge's list, or by a machine's tap. */
struct membership { const struct bridge *bridge; struct span at; bool by_tap; };

static void
join_bridge(const struct subject *s, struct diags *ds, struct map *members, const char *name, struct membership membership)
{
	struct membership *mine = NEW(s->arena, struct membership);
	const struct membership *other, *first, *later;
	struct diag *d;

	*mine = membership;
	other = map_put(members, name, mine);
	if (other == NULL || diag_told(ds, &rule_unbridgeable_member, membership.at))
		return;
	/* A tap in the list of the very bridge that its machine is on is the same thing said twice; a NIC of both kinds is
	 * netgraph-key's. */
	if ((other->bridge == mine->bridge && other->by_tap != mine->by_tap) || other->bridge->netgraph != mine->bridge->netgraph)
		return;
	first = span_compare(&other->at, &mine->at) <= 0 ? other : mine;
	later = first == other ? mine : other;
	d = diag_add(ds, &rule_member_in_two_bridges, later->at, "%s is already a member of %s", name, first->bridge->key);
	diag_note(ds, d, first->at, "it joins %s here", first->bridge->key);
}

static void
member_in_two_bridges(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *members = map_new(s->arena);

	(void)check;
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		for (size_t i = 0; i < (*b)->decl->members.n; i++) {
			const struct v_str *member = &(*b)->decl->members.v[i]->interface;

			if (given(&member->at))
				join_bridge(s, ds, members, member->v, (struct membership) { *b, member->at, false });
		}
	}
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		for (size_t i = 0; (*v)->kind == VNET_MACHINE && i < (*v)->ifaces.n; i++) {
			const struct iface *iface = (*v)->ifaces.v[i];
			const struct bridge *bridge = iface->link != NULL ? iface->link->bridge : NULL;

			if (bridge != NULL && iface->peer != NULL)
				join_bridge(s, ds, members, iface->decl->tap.v,
				    (struct membership) { bridge, iface->decl->tap.at, true });
		}
	}
}

const struct check check_member_in_two_bridges = { &rule_member_in_two_bridges, CHECK_MODEL, member_in_two_bridges };

static bool
is_access_point(const struct topology *t)
{
	const struct v_pairs *pairs = rc_conf_of(t, t->host);

	for (size_t i = 0; pairs != NULL && i < pairs->n; i++)
		if (strstr(pairs->v[i].value.v, "hostap") != NULL)
			return (true);
	return (false);
}

static void
wifi_member(const struct check *check, const struct subject *s, struct diags *ds)
{
	bool access_point = is_access_point(s->topology);

	vec_each (struct iface *const *, i, &s->topology->host_interfaces) {
		struct diag *d;

		if ((*i)->kind != IF_WLAN || (*i)->member_of == NULL || (*i)->managed_elsewhere || access_point)
			continue;
		d = diag_add(ds, check->rule, member_at((*i)->member_of, *i),
		    "%s in a bridge: the access point drops frames of other MACs", (*i)->key);
		diag_help(ds, d, "a router jail or nat on %s", (*i)->key);
	}
}

const struct check check_wifi_member = { &rule_wifi_member, CHECK_MODEL, wifi_member };

static struct span
parent_at(const struct iface *vlan)
{
	return (vlan->decl != NULL && vlan->decl->vlan != NULL ? vlan->decl->vlan->parent.at : vlan->at);
}

/* A port is told for each of its other uses, at that use. */
static void
port_told(struct diags *ds, const struct iface *port, const struct iface *lagg, const struct v_str *entry,
    struct span at, bool member, const char *what)
{
	struct diag *d = diag_add(ds, &rule_lagg_port_in_use, at, "%s is a port of %s and cannot %s", port->key, lagg->key, what);

	diag_note(ds, d, entry->at, "it is a port here");
	diag_help(ds, d, "use %s instead", lagg->key);
	if (member)
		diag_fix(ds, d, at, "%s", lagg->key);
}

static void
port_in_use(const struct subject *s, struct diags *ds, const struct iface *port, const struct iface *lagg,
    const struct v_str *entry)
{
	struct arena *a = s->arena;
	struct span at;
	const char *address = address_shown(a, port, &at);

	if (address != NULL)
		port_told(ds, port, lagg, entry, at, false, arena_printf(a, "hold %s", address));
	if (port->member_of != NULL)
		port_told(ds, port, lagg, entry, member_at(port->member_of, port), true,
		    arena_printf(a, "be a member of %s", port->member_of->key));
	vec_each (struct iface *const *, c, &port->children)
		port_told(ds, port, lagg, entry, parent_at(*c), false, arena_printf(a, "be the parent of %s", (*c)->key));
	if (port->given_to != NULL)
		port_told(ds, port, lagg, entry, port->given_to->decl->interface.at, false,
		    arena_printf(a, "be an interface of %s", port->given_to->vnet->name));
}

static void
lagg_port_in_use(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *ports = map_new(s->arena);

	(void)check;
	vec_each (struct iface *const *, lagg, &s->topology->host_interfaces) {
		for (size_t i = 0; (*lagg)->decl->lagg != NULL && i < (*lagg)->decl->lagg->ports.n; i++) {
			struct v_str *entry = &(*lagg)->decl->lagg->ports.v[i], *other;
			const struct iface *port = map_get(s->topology->iface_by_key, entry->v);

			if (port == NULL)
				continue;
			other = map_put(ports, entry->v, entry);
			if (other == NULL)
				port_in_use(s, ds, port, *lagg, entry);
			else
				port_told(ds, port, port->lagg, other, entry->at, false,
				    arena_printf(s->arena, "be a port of %s", (*lagg)->key));
		}
	}
}

const struct check check_lagg_port_in_use = { &rule_lagg_port_in_use, CHECK_MODEL, lagg_port_in_use };

/* For what the host, or another jail, has an interface already; NULL: it is free. */
static const char *
used_for(const struct subject *s, const struct iface *home, const struct iface *jails, struct span *at)
{
	struct arena *a = s->arena;
	const char *address = address_shown(a, home, at);

	if (address != NULL)
		return (arena_printf(a, "the host has %s on it", address));
	if (home->member_of != NULL) {
		*at = member_at(home->member_of, home);
		return (arena_printf(a, "a member of %s", home->member_of->key));
	}
	if (home->lagg != NULL) {
		*at = home->lagg->at;
		return (arena_printf(a, "a port of %s", home->lagg->key));
	}
	if (home->children.n != 0) {
		*at = parent_at(home->children.v[0]);
		return (arena_printf(a, "the parent of %s", home->children.v[0]->key));
	}
	if (home->managed_elsewhere) {
		*at = home->at;
		return ("another program makes it");
	}
	if (home->given_to != NULL && home->given_to != jails) {
		*at = home->given_to->decl->interface.at;
		return (arena_printf(a, "%s has it", home->given_to->vnet->name));
	}
	return (NULL);
}

static void
not_free(const struct subject *s, struct diags *ds, const struct iface *iface)
{
	const struct v_str *name = &iface->decl->interface;
	const struct topology *t = s->topology;
	const struct iface *home = map_get(t->iface_by_key, name->v);
	const struct bridge *bridge = map_get(t->bridge_by_key, name->v);
	const struct cable *cable = map_get(t->cable_by_key, name->v);
	const char *what = NULL;
	struct span at;
	struct diag *d;

	if (bridge != NULL) {
		what = "it is a bridge";
		at = bridge->at;
	} else if (cable != NULL) {
		what = "it is a cable";
		at = cable->at;
	} else if (home != NULL)
		what = used_for(s, home, iface, &at);
	if (what == NULL || diag_told(ds, &rule_lagg_port_in_use, name->at))
		return;
	d = diag_add(ds, &rule_interface_not_free, name->at, "%s is already in use: %s", name->v, what);
	if (span_compare(&at, &name->at) != 0)
		diag_note(ds, d, at, "this uses it");
	if (bridge != NULL || (home != NULL && home->member_of != NULL))
		diag_help(ds, d, "bridge: %s", bridge != NULL ? name->v : home->member_of->key);
	else if (cable != NULL)
		diag_help(ds, d, "epair: %s", name->v);
}

static void
interface_not_free(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		for (size_t i = 0; (*v)->kind == VNET_JAIL && i < (*v)->ifaces.n; i++)
			if ((*v)->ifaces.v[i]->decl != NULL && given(&(*v)->ifaces.v[i]->decl->interface.at))
				not_free(s, ds, (*v)->ifaces.v[i]);
}

const struct check check_interface_not_free = { &rule_interface_not_free, CHECK_MODEL, interface_not_free };

static void
on_member(const struct subject *s, struct diags *ds, const struct iface *iface, struct span at, const char *address, bool classic)
{
	const struct bridge *bridge = iface->member_of;
	struct span entry = member_at(bridge, iface);
	struct diag *d;

	if (diag_told(ds, &rule_unbridgeable_member, entry) || diag_told(ds, &rule_member_in_two_bridges, entry) ||
	    diag_told(ds, &rule_lagg_port_in_use, at))
		return;
	d = diag_add(ds, &rule_address_on_bridge_member, at, "%s is a member of %s and cannot hold %s (from FreeBSD 15)",
	    iface->cable != NULL ? arena_printf(s->arena, "this end of %s", iface->cable->key) : iface->key, bridge->key, address);
	diag_note(ds, d, entry, "it is a member here");
	if (classic) {
		diag_help(ds, d, "%s|%s", bridge->key, address);
		diag_fix(ds, d, at, "\"%s|%s\"", bridge->key, address);
	} else
		diag_help(ds, d, "put %s under bridges.%s.addresses", address, bridge->key);
}

/* A classic jail's addresses are the host's, on the interface it names. */
static void
classic_on_member(const struct subject *s, struct diags *ds, const struct jail *jail)
{
	vec_each (const struct v_str *, v, &jail->ip) {
		size_t n = strcspn(v->v, "|");
		const struct iface *iface = map_get(s->topology->iface_by_key, arena_strndup(s->arena, v->v, n));

		if (v->v[n] == '|' && iface != NULL && iface->member_of != NULL && !iface->member_of->netgraph)
			on_member(s, ds, iface, v->at, str_shown(s->arena, v->v + n + 1), true);
	}
}

static void
address_on_bridge_member(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct iface *const *, i, &s->topology->host->ifaces) {
		struct span at;
		const char *address = address_shown(s->arena, *i, &at);

		if (address != NULL && (*i)->member_of != NULL && !(*i)->member_of->netgraph)
			on_member(s, ds, *i, at, address, false);
	}
	vec_each (struct jail *const *, j, &s->topology->jails)
		classic_on_member(s, ds, *j);
}

const struct check check_address_on_bridge_member = { &rule_address_on_bridge_member, CHECK_MODEL, address_on_bridge_member };
