/* SPDX-License-Identifier: BSD-2-Clause */
/* MAC addresses and MTUs. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static const struct v_str *
mac_written(const struct iface *iface)
{
	if (iface->bridge != NULL)
		return (&iface->bridge->decl->mac);
	return (iface->decl != NULL ? &iface->decl->mac : NULL);
}

static void
global_mac(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const struct v_str *written = mac_written(*i);
			struct ether local = (*i)->mac;
			char text[ETHER_TEXT];
			struct diag *d;

			if ((*i)->mac_kind != MAC_GIVEN || ether_is_local(&(*i)->mac) ||
			    ((*i)->kind == IF_NIC && (*v)->kind == VNET_HOST) || (*v)->kind == VNET_MACHINE || written == NULL)
				continue;
			local.b[0] |= 2;
			d = diag_add(ds, check->rule, written->at, "%s belongs to a manufacturer", written->v);
			diag_help(ds, d, "%s", ether_text(&local, text));
			diag_fix(ds, d, written->at, "\"%s\"", text);
		}
	}
}

const struct check check_global_mac = { &rule_global_mac, CHECK_MODEL, global_mac };

static bool
has_own_mac(const struct iface *iface, bool derived)
{
	return (iface->vnet->kind != VNET_MACHINE && iface->given_to == NULL &&
	    (iface->mac_kind == MAC_GIVEN || (derived && iface->mac_kind == MAC_DERIVED)));
}

static struct span
mac_at(const struct iface *iface)
{
	const struct v_str *written = mac_written(iface);

	return (iface->mac_kind == MAC_GIVEN && written != NULL && given(&written->at) ? written->at : iface->at);
}

/* Whom an address is for: the host's end of a jail's epair is the jail's. */
static const struct iface *
owner_of(const struct iface *iface)
{
	return (iface->key == NULL && iface->cable == NULL && iface->peer != NULL && iface->vnet->kind == VNET_HOST ? iface->peer
														   : iface);
}

/* Addresses are derived from names: where one name stands twice, that is the fault. */
static bool
name_told(const struct diags *ds, const struct iface *iface)
{
	const struct iface *owner = owner_of(iface);

	return (iface->mac_kind == MAC_DERIVED &&
	    (diag_told(ds, &rule_name_taken, owner->vnet->at) || diag_told(ds, &rule_name_taken, name_at(owner))));
}

static void
told_mac(const struct subject *s, struct diags *ds, const struct iface *a, const struct iface *b)
{
	struct span here = mac_at(a), there = mac_at(b);
	const struct iface *first = span_compare(&here, &there) <= 0 ? a : b, *later = first == a ? b : a;
	char text[ETHER_TEXT];
	struct diag *d;

	if (name_told(ds, a) || name_told(ds, b))
		return;
	d = diag_add(ds, &rule_duplicate_mac, mac_at(later), "%s is already %s", ether_text(&later->mac, text),
	    first->bridge != NULL ? arena_printf(s->arena, "%s's", first->bridge->key) : whose(s->arena, owner_of(first)->vnet));
	if (span_compare(&here, &there) != 0)
		diag_note(ds, d, mac_at(first), "%s has it", iface_shown(s->arena, first));
	if (later->mac_kind == MAC_GIVEN) {
		diag_help(ds, d, "mac: auto");
		diag_fix(ds, d, mac_at(later), "auto");
	}
}

static void
duplicate_mac(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *owners = map_new(s->arena);
	/* Without host.name the derived ones are not what they will be. */
	bool derived = !diag_told(ds, &rule_missing_host_name, s->topology->host->at);

	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const struct iface *other;
			char text[ETHER_TEXT];

			if (!has_own_mac(*i, derived))
				continue;
			other = map_put(owners, arena_strdup(s->arena, ether_text(&(*i)->mac, text)), *i);
			if (other != NULL)
				told_mac(s, ds, other, *i);
		}
	}
}

const struct check check_duplicate_mac = { &rule_duplicate_mac, CHECK_MODEL, duplicate_mac };

/* A MAC address that is made from names and speaks on the link: the bridge's, or that of a member's other end. */
static bool
derives(const struct bridge *bridge)
{
	if (bridge->iface->mac_kind == MAC_DERIVED && !bridge->netgraph)
		return (true);
	vec_each (struct iface *const *, m, &bridge->members)
		if (!by_netgraph(*m) && (*m)->peer != NULL && (*m)->peer->member_of == NULL && (*m)->peer->mac_kind == MAC_DERIVED)
			return (true);
	return (false);
}

static void
missing_host_name(const struct check *check, const struct subject *s, struct diags *ds)
{
	if (s->topology->host_name != NULL)
		return;
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct iface *nic = NULL;
		struct diag *d;

		vec_each (struct iface *const *, m, &(*b)->members)
			if (nic == NULL && is_uplink(*m) && (*m)->member_of == *b)
				nic = *m;
		if (nic == NULL || !derives(*b))
			continue;
		d = diag_add(ds, check->rule, s->topology->host->at, "host.name is needed: MAC addresses on %s are derived from it",
		    (*b)->key);
		diag_note(ds, d, member_at(*b, nic), "%s joins it to other hosts", nic->key);
		diag_help(ds, d, "host: {name: HOSTNAME}");
		return;
	}
}

const struct check check_missing_host_name = { &rule_missing_host_name, CHECK_MODEL, missing_host_name };

#define MTU_DEFAULT 1500

static int
mtu_of(const struct iface *iface)
{
	return (iface->mtu != 0 ? iface->mtu : MTU_DEFAULT);
}

static struct span
mtu_at(const struct iface *iface, struct span otherwise)
{
	return (given(&iface->mtu_at) ? iface->mtu_at : otherwise);
}

static void
differs(const struct subject *s, struct diags *ds, const struct iface *iface, const struct iface *from, struct span at)
{
	struct span there = mtu_at(from, from->bridge != NULL ? from->bridge->at : from->at);
	struct diag *d = diag_add(ds, &rule_mtu_mismatch, mtu_at(iface, at), "%s has mtu %d, %s %d", iface_shown(s->arena, iface),
	    mtu_of(iface), iface_shown(s->arena, from), mtu_of(from));

	diag_note(ds, d, there, "%s has mtu %d%s", iface_shown(s->arena, from), mtu_of(from),
	    given(&from->mtu_at) ? " by this" : "");
	if (from->bridge != NULL)
		diag_help(ds, d, "mtu on the bridge only");
}

/* Who has no mtu of its own takes the bridge's (freebsd.md 2.1); so only one that was written can differ. */
static void
mtu_mismatch(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		vec_each (struct iface *const *, m, &(*b)->members) {
			const struct iface *written = (*m)->mtu != 0 ? *m : (*m)->peer;

			if ((*b)->netgraph || (*m)->member_of != *b || (*m)->attach == ATTACH_JIB || written == NULL ||
			    written->mtu == 0 || written->vnet->kind == VNET_MACHINE)
				continue;
			if (written->mtu != mtu_of((*b)->iface))
				differs(s, ds, (*m)->key == NULL && (*m)->peer != NULL ? (*m)->peer : *m, (*b)->iface,
				    member_at(*b, *m));
		}
	}
	vec_each (struct cable *const *, c, &s->topology->cables) {
		const struct iface *a = (*c)->a, *b = (*c)->b;

		if (a != NULL && b != NULL && a->mtu != 0 && b->mtu != 0 && a->mtu != b->mtu)
			differs(s, ds, b, a, (*c)->at);
	}
}

const struct check check_mtu_mismatch = { &rule_mtu_mismatch, CHECK_MODEL, mtu_mismatch };

static void
ipv6_small_mtu(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		for (size_t k = 0; (*v)->kind != VNET_MACHINE && k < (*v)->ifaces.n; k++) {
			const struct iface *i = (*v)->ifaces.v[k];
			struct span at = i->slaac_at;
			struct diag *d;

			if (i->mtu == 0 || i->mtu >= 1280 || !iface_has_family(i, INET6))
				continue;
			vec_each (const struct address *, a, &i->addresses)
				if (a->addr.family == INET6)
					at = a->at;
			d = diag_add(ds, check->rule, i->mtu_at, "IPv6 needs an mtu of 1280, %s has %d", iface_shown(s->arena, i),
			    i->mtu);
			diag_note(ds, d, at, "it has IPv6 by this");
		}
	}
}

const struct check check_ipv6_small_mtu = { &rule_ipv6_small_mtu, CHECK_MODEL, ipv6_small_mtu };

static void
vlan_mtu(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			struct diag *d;

			if ((*i)->kind != IF_VLAN || (*i)->parent == NULL || (*i)->mtu <= mtu_of((*i)->parent))
				continue;
			d = diag_add(ds, check->rule, (*i)->mtu_at, "%s has mtu %d, its parent %d", iface_shown(s->arena, *i),
			    (*i)->mtu, mtu_of((*i)->parent));
			diag_note(ds, d, mtu_at((*i)->parent, (*i)->parent->at), "%s is its parent",
			    iface_shown(s->arena, (*i)->parent));
		}
	}
}

const struct check check_vlan_mtu = { &rule_vlan_mtu, CHECK_MODEL, vlan_mtu };
