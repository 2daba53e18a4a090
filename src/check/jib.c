/* SPDX-License-Identifier: BSD-2-Clause */
/* jib, jng and netgraph bridges: what these scripts name, choose and refuse themselves. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* Walks the interfaces that jib makes: of vnet jails, with the bridge on which they are. */
static const struct bridge *
jib_bridge(const struct iface *iface)
{
	return (
	    iface->attach == ATTACH_JIB && iface->vnet->kind == VNET_JAIL && iface->peer != NULL ? iface->peer->member_of : NULL);
}

/* A member that is not known may have been the NIC. */
static bool
members_known(const struct subject *s, const struct bridge *bridge)
{
	const struct decl_bridge *decl = bridge->decl;

	for (size_t i = 0; i < decl->members.n; i++)
		if (given(&decl->members.v[i]->interface.at) &&
		    map_get(s->topology->iface_by_key, decl->members.v[i]->interface.v) == NULL)
			return (false);
	return (true);
}

static void
without_nic(const struct subject *s, struct diags *ds, const struct iface *iface, const struct bridge *bridge)
{
	const struct iface *nic = uplink_member(bridge);
	struct diag *d;

	if (bridge->uplink != NULL || !members_known(s, bridge))
		return;
	d = diag_add(ds, &rule_jib_without_nic, attach_at(iface),
	    "jib needs a bridge called UPLINK+SUFFIX, %s begins with no interface of the host", bridge->name);
	diag_note(ds, d, bridge_name_at(bridge), "%s is on it", iface->vnet->name);
	if (nic != NULL)
		diag_help(ds, d, "attach: prestart, or call it %sbridge", nic->name);
	else
		diag_help(ds, d, "attach: prestart");
	use_prestart(ds, d, iface);
}

static void
uplink_name(struct diags *ds, const struct iface *iface, const struct bridge *bridge)
{
	const struct iface *uplink = bridge->uplink;
	struct diag *d;

	if (uplink == NULL)
		return;
	if (strchr(uplink->name, '.') != NULL) {
		d = diag_add(ds, &rule_jib_uplink_name, attach_at(iface), "jib dies on %s", uplink->name);
		diag_note(ds, d, bridge_name_at(bridge), "%s begins with it", bridge->name);
		if (uplink->kind == IF_VLAN)
			diag_help(ds, d, "call the vlan vlan%d", uplink->tag);
	} else if (strlen(bridge->name) > IFNAME_MAX) {
		d = diag_add(ds, &rule_jib_uplink_name, attach_at(iface), "%s has %zu bytes, at most %d", bridge->name,
		    strlen(bridge->name), IFNAME_MAX);
		diag_note(ds, d, bridge_name_at(bridge), "%s is on it", iface->vnet->name);
	}
}

static void
bridge_name(struct diags *ds, const struct iface *iface, const struct bridge *bridge)
{
	const struct iface *nic = uplink_member(bridge);
	struct diag *d;

	if (nic == NULL || bridge->uplink == NULL || nic == bridge->uplink || bridge->uplink->member_of == bridge ||
	    diag_told(ds, &rule_jib_uplink_name, attach_at(iface)))
		return;
	d = diag_add(ds, &rule_jib_bridge_name, attach_at(iface), "jib would put %s into a second bridge %sbridge", nic->name,
	    nic->name);
	diag_note(ds, d, bridge_name_at(bridge), "%s has %s and begins with %s", bridge->name, nic->name, bridge->uplink->name);
	diag_help(ds, d, "call it %sbridge", nic->name);
}

/* All of a jail's uplinks go into one call, which has one suffix. */
static void
one_call(struct diags *ds, const struct vnet *jail)
{
	const struct bridge *first = NULL;

	vec_each (struct iface *const *, i, &jail->ifaces) {
		const struct bridge *bridge = jib_bridge(*i);
		struct span at = attach_at(*i);
		struct diag *d;

		if (bridge == NULL || bridge->uplink == NULL || diag_told(ds, &rule_jib_uplink_name, at))
			continue;
		if (first == NULL)
			first = bridge;
		if (strcmp(first->suffix, bridge->suffix) == 0)
			continue;
		d = diag_add(ds, &rule_jib_bridge_name, at, "%s would need two calls: %s and %s", jail->name, first->suffix,
		    bridge->suffix);
		diag_note(ds, d, bridge_name_at(first), "%s has the one suffix", first->name);
		diag_note(ds, d, bridge_name_at(bridge), "%s has the other", bridge->name);
		diag_help(ds, d, "call it %s%s", bridge->uplink->name, first->suffix);
	}
}

static void
jib_names(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const struct bridge *bridge = jib_bridge(*i);

			if (bridge == NULL)
				continue;
			without_nic(s, ds, *i, bridge);
			uplink_name(ds, *i, bridge);
			bridge_name(ds, *i, bridge);
		}
		one_call(ds, *v);
	}
}

const struct check check_jib_without_nic = { &rule_jib_without_nic, CHECK_MODEL, jib_names };

/* What jib or jng decides, and the interface's own word about it. */
static const struct span *
chosen(const struct decl_iface *decl, const char **key)
{
	if (given(&decl->epair.at)) {
		*key = "epair";
		return (&decl->epair.at);
	}
	if (given(&decl->end.at)) {
		*key = "end";
		return (&decl->end.at);
	}
	if (given(&decl->mac.at) && strcmp(decl->mac.v, "auto") != 0 && strcmp(decl->mac.v, "kernel") != 0) {
		*key = "mac";
		return (&decl->mac.at);
	}
	return (NULL);
}

static const char *
maker(enum attach attach)
{
	return (attach == ATTACH_JIB ? "jib" : attach == ATTACH_JNG ? "jng" : "netgraph");
}

static void
own_keys(struct diags *ds, const struct iface *iface)
{
	const char *key;
	const struct span *at = chosen(iface->decl, &key);
	struct diag *d;

	if (at == NULL)
		return;
	d = diag_add(ds, &rule_key_needs_other_attach, *at, "%s chooses %s itself", maker(iface->attach), key);
	if (iface->attach == ATTACH_JIB) {
		diag_note(ds, d, attach_at(iface), "attach is written here");
		diag_help(ds, d, "attach: prestart, or static");
		use_prestart(ds, d, iface);
	} else
		diag_note(ds, d, iface->peer->member_of->decl->netgraph.at, "%s is a netgraph bridge", iface->peer->member_of->key);
}

/* A cable that is not made at boot needs one jail that makes it, and an other end that plain commands can set up. */
static void
cable_attach(struct diags *ds, const struct iface *iface, const char *word, struct span at)
{
	const struct decl_iface *decl = iface->decl;
	const struct iface *other = iface->peer;
	bool jib = strcmp(word, "jib") == 0, lone = other != NULL && other->vnet->kind != VNET_JAIL;
	const char *leases = lone && other->dhcp ? "dhcp" : lone && other->slaac ? "slaac" : NULL;
	struct span place = given(&decl->jail.at) ? decl->jail.at : iface->at;
	struct diag *d;

	if (other == NULL || (lone && !jib && leases == NULL))
		return;
	if (jib)
		d = diag_add(ds, &rule_key_needs_other_attach, place, "jib makes no cable");
	else if (lone)
		d = diag_add(ds, &rule_key_needs_other_attach, place, "%s at the other end of %s is asked for at boot, before %s starts", leases,
		    iface->cable->key, iface->vnet->name);
	else
		d = diag_add(ds, &rule_key_needs_other_attach, place, "a cable between two jails cannot be made by one of them");
	diag_note(ds, d, at, "attach is written here");
	if (!lone)
		diag_note(ds, d, other->at, "%s would lose it whenever %s stops", other->vnet->name, iface->vnet->name);
	if (lone && leases == NULL) {
		diag_help(ds, d, "attach: prestart, or static");
		use_prestart(ds, d, iface);
	} else
		diag_help(ds, d, "attach: static, at this end");
}

static void
other_attach(struct diags *ds, const struct iface *iface)
{
	const struct decl_iface *decl = iface->decl;
	struct span at = attach_at(iface);
	bool own = given(&decl->attach.at);
	const char *word = own ? decl->attach.v : iface->vnet->jail->decl->attach.v;
	struct diag *d;

	if (iface->attach == ATTACH_JIB || by_netgraph(iface))
		own_keys(ds, iface);
	if (by_netgraph(iface) && own && strcmp(word, "jib") == 0) {
		d = diag_add(ds, &rule_key_needs_other_attach, at, "%s makes the interfaces of a netgraph bridge, not jib",
		    maker(iface->attach));
		diag_note(ds, d, iface->peer->member_of->decl->netgraph.at, "%s is a netgraph bridge", iface->peer->member_of->key);
		diag_help(ds, d, "leave attach out");
	}
	if (iface->cable != NULL && iface->parent == NULL && word != NULL && strcmp(word, "static") != 0)
		cable_attach(ds, iface, word, at);
}

static void
key_needs_other_attach(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		for (size_t i = 0; (*v)->kind == VNET_JAIL && i < (*v)->ifaces.n; i++)
			if ((*v)->ifaces.v[i]->decl != NULL)
				other_attach(ds, (*v)->ifaces.v[i]);
}

const struct check check_key_needs_other_attach = { &rule_key_needs_other_attach, CHECK_MODEL, key_needs_other_attach };

/* jib adds the sum of the jail's name to the uplink's address: equal sums on one uplink are one address (freebsd.md 4.3). */
static void
jib_mac_clash(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *sums = map_new(s->arena);

	vec_each (struct jail *const *, j, &s->topology->jails) {
		uint16_t sum = bsd_sum((*j)->safename);

		for (size_t k = 0; (*j)->vnet != NULL && k < (*j)->vnet->ifaces.n; k++) {
			const struct iface *i = (*j)->vnet->ifaces.v[k];
			const struct bridge *bridge = i->peer != NULL ? i->peer->member_of : NULL;
			struct jail *other;
			struct diag *d;
			bool later;

			if ((i->attach != ATTACH_JIB && i->attach != ATTACH_JNG) || bridge == NULL || bridge->uplink == NULL)
				continue;
			other = map_put(sums,
			    arena_printf(s->arena, "%s %s %u", maker(i->attach), bridge->uplink->name, (unsigned)sum), *j);
			if (other == NULL || other == *j || strcmp(other->safename, (*j)->safename) == 0)
				continue;
			later = span_compare(&other->at, &(*j)->at) <= 0;
			d = diag_add(ds, check->rule, later ? (*j)->at : other->at, "%s gives %s and %s the same MAC",
			    maker(i->attach), later ? other->name : (*j)->name, later ? (*j)->name : other->name);
			diag_note(ds, d, later ? other->at : (*j)->at, "the other jail");
			diag_help(ds, d, i->attach == ATTACH_JIB ? "rename one, or attach: prestart" : "rename one");
			if (i->attach == ATTACH_JIB)
				use_prestart(ds, d, i);
		}
	}
}

const struct check check_jib_mac_clash = { &rule_jib_mac_clash, CHECK_MODEL, jib_mac_clash };

/* Neither script nor netgraph sets an MTU; an Ethernet's own is 1500. */
static void
jib_mtu(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		for (size_t k = 0; (*v)->kind == VNET_JAIL && k < (*v)->ifaces.n; k++) {
			const struct iface *i = (*v)->ifaces.v[k], *with = i;
			const struct bridge *bridge = i->peer != NULL ? i->peer->member_of : NULL;
			struct diag *d;

			if ((i->attach != ATTACH_JIB && !by_netgraph(i)) || bridge == NULL)
				continue;
			if ((i->mtu == 0 || i->mtu == 1500) && bridge->uplink != NULL)
				with = bridge->uplink;
			if (with->mtu == 0 || with->mtu == 1500 || diag_told(ds, &rule_jib_without_nic, attach_at(i)))
				continue;
			d = diag_add(ds, check->rule, i->attach == ATTACH_JIB ? attach_at(i) : i->decl->bridge.at,
			    "%s does not set the mtu of %s", maker(i->attach), (*v)->name);
			diag_note(ds, d, with->mtu_at, "it would be %d", with->mtu);
			if (i->attach == ATTACH_JIB) {
				diag_help(ds, d, "attach: prestart");
				use_prestart(ds, d, i);
			}
		}
	}
}

const struct check check_jib_mtu = { &rule_jib_mtu, CHECK_MODEL, jib_mtu };
