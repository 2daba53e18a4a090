/* SPDX-License-Identifier: BSD-2-Clause */
/* Netgraph bridges: an ng_bridge(4) has neither members by ifconfig nor what if_bridge(4) offers them. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static void
no_key(struct diags *ds, const struct bridge *bridge, const struct span *at, const char *key)
{
	struct diag *d;

	if (!given(at))
		return;
	d = diag_add(ds, &rule_netgraph_key, *at, "a netgraph bridge has no %s", key);
	diag_note(ds, d, bridge->decl->netgraph.at, "%s is one", bridge->key);
	diag_help(ds, d, "leave it out, or netgraph: false");
}

static bool
asked(const struct v_toggle *toggle)
{
	return (given(&toggle->at) && toggle->v);
}

static void
bridge_keys(struct diags *ds, const struct bridge *bridge)
{
	const struct decl_bridge *decl = bridge->decl;

	if (asked(&decl->stp))
		no_key(ds, bridge, &decl->stp.at, "stp");
	if (asked(&decl->private_))
		no_key(ds, bridge, &decl->private_.at, "private");
	if (decl->vlan_filtering.v)
		no_key(ds, bridge, &decl->vlan_filtering.at, "vlan_filtering");
	if (given(&decl->epair.at) && strcmp(decl->epair.v, "false") != 0)
		no_key(ds, bridge, &decl->epair.at, "epair");
	no_key(ds, bridge, &decl->mac.at, "mac");
}

static void
bridge_members(const struct subject *s, struct diags *ds, const struct bridge *bridge, const struct map *if_bridges)
{
	const struct decl_bridge *decl = bridge->decl;
	size_t nics = 0;

	for (size_t i = 0; i < decl->members.n; i++) {
		const struct decl_member *m = decl->members.v[i];
		const struct iface *iface = given(&m->interface.at) ? map_get(s->topology->iface_by_key, m->interface.v) : NULL;
		const struct bridge *other;

		no_key(ds, bridge, &m->untagged.at, "untagged");
		no_key(ds, bridge, &m->tagged.at, "tagged");
		if (m->stp.v)
			no_key(ds, bridge, &m->stp.at, "stp");
		if (m->private_.v)
			no_key(ds, bridge, &m->private_.at, "private");
		if (iface == NULL)
			continue;
		other = map_get(if_bridges, m->interface.v);
		if (iface->kind == IF_TAP || iface->kind == IF_VMNET)
			no_key(ds, bridge, &m->interface.at, iface->key);
		else if (nics++ > 0)
			no_key(ds, bridge, &m->interface.at, arena_printf(s->arena, "second NIC %s", iface->key));
		else if (other != NULL)
			no_key(ds, bridge, &m->interface.at, arena_printf(s->arena, "NIC that is in %s too", other->key));
	}
	if (nics == 0 && decl->addresses.n != 0)
		no_key(ds, bridge, &decl->addresses.at, "addresses without a NIC");
}

/* Which if_bridge has an interface of the host, by the interface's key. */
static struct map *
if_bridges(const struct subject *s)
{
	struct map *first = map_new(s->arena);

	vec_each (struct bridge *const *, b, &s->topology->bridges)
		for (size_t i = 0; !(*b)->netgraph && i < (*b)->decl->members.n; i++)
			if (given(&(*b)->decl->members.v[i]->interface.at))
				map_put(first, (*b)->decl->members.v[i]->interface.v, *b);
	return (first);
}

static void
others_on_it(const struct subject *s, struct diags *ds)
{
	const struct topology *t = s->topology;

	vec_each (struct cable *const *, c, &t->cables) {
		const struct iface *ends[] = { (*c)->a, (*c)->b };

		for (size_t i = 0; i < 2; i++)
			if (ends[i] != NULL && ends[i]->member_of != NULL && ends[i]->member_of->netgraph)
				no_key(ds, ends[i]->member_of, &ends[i]->decl->bridge.at,
				    arena_printf(s->arena, "end of %s", (*c)->key));
	}
	vec_each (struct iface *const *, i, &t->host_interfaces) {
		const struct bridge *parent = (*i)->parent != NULL ? (*i)->parent->bridge : NULL;

		if (parent != NULL && parent->netgraph && (*i)->decl->vlan != NULL)
			no_key(ds, parent, &(*i)->decl->vlan->parent.at, "vlan");
	}
	vec_each (struct vnet *const *, v, &t->vnets) {
		for (size_t i = 0; (*v)->kind == VNET_MACHINE && i < (*v)->ifaces.n; i++) {
			const struct iface *iface = (*v)->ifaces.v[i];

			if (iface->link != NULL && iface->link->bridge != NULL && iface->link->bridge->netgraph)
				no_key(ds, iface->link->bridge, &iface->decl->tap.at, iface->decl->tap.v);
		}
	}
}

static void
netgraph_key(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct map *with = if_bridges(s);

	(void)check;
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		if (!(*b)->netgraph)
			continue;
		bridge_keys(ds, *b);
		bridge_members(s, ds, *b, with);
	}
	others_on_it(s, ds);
}

const struct check check_netgraph_key = { &rule_netgraph_key, CHECK_LINKS, netgraph_key };

/* The NIC of a bridge that jng serves. */
static const struct iface *
jng_nic(const struct bridge *bridge)
{
	return (bridge->netgraph && bridge->members.n != 0 && bridge->members.v[0]->kind == IF_NIC ? bridge->members.v[0] : NULL);
}

static void
jng_uplink(const struct subject *s, struct diags *ds, const struct bridge *bridge, const struct iface *nic)
{
	size_t n = strlen(nic->name) + strlen("bridge");
	const char *made = arena_printf(s->arena, "%sbridge", nic->name);
	struct diag *d;

	if (strchr(nic->name, '.') != NULL)
		d = diag_add(ds, &rule_jib_uplink_name, member_at(bridge, nic), "jng dies on %s", nic->name);
	else if (n > IFNAME_MAX)
		d = diag_add(ds, &rule_jib_uplink_name, member_at(bridge, nic), "%s has %zu bytes, at most %d", made, n,
		    IFNAME_MAX);
	else
		return;
	diag_note(ds, d, bridge_name_at(bridge), "%s is a netgraph bridge", bridge->key);
}

static void
netgraph_bridge_name(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct iface *nic = jng_nic(*b);
		const char *made;
		struct diag *d;

		if (nic == NULL)
			continue;
		jng_uplink(s, ds, *b, nic);
		made = arena_printf(s->arena, "%sbridge", nic->name);
		if (strcmp(made, (*b)->name) == 0 || diag_told(ds, &rule_jib_uplink_name, member_at(*b, nic)))
			continue;
		d = diag_add(ds, check->rule, bridge_name_at(*b), "jng makes %s, not %s", made, (*b)->name);
		diag_note(ds, d, member_at(*b, nic), "%s is its NIC", nic->key);
		diag_help(ds, d, "name: %s", made);
		fix_name(ds, d, given(&(*b)->decl->name.at) ? NULL : s->topology->decl->root, bridge_name_at(*b), (*b)->name, made);
	}
}

const struct check check_netgraph_bridge_name = { &rule_netgraph_bridge_name, CHECK_MODEL, netgraph_bridge_name };

static void
jng_virtio(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct iface *nic = jng_nic(*b);
		struct diag *d;

		if (nic == NULL || strncmp(nic->key, "vtnet", 5) != 0 || nic->key[5 + strspn(nic->key + 5, "0123456789")] != '\0')
			continue;
		d = diag_add(ds, check->rule, (*b)->decl->netgraph.at, "vtnet with netgraph panics when a jail stops (14.3)");
		diag_note(ds, d, member_at(*b, nic), "%s is a member here", nic->key);
	}
}

const struct check check_jng_virtio = { &rule_jng_virtio, CHECK_MODEL, jng_virtio };
