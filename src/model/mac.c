/* SPDX-License-Identifier: BSD-2-Clause */
/* MAC addresses: given, derived from names, or left to others; and MTUs. */
#include <string.h>

#include "model/resolving.h"

struct ether
mac_derived(struct arena *a, const char *host, const char *owner, const char *end)
{
	return (ether_derive(arena_printf(a, "vnetc/%s/%s/%s", host, owner, end)));
}

static struct ether
derived(struct resolver *r, const char *owner, const char *end)
{
	return (mac_derived(r->arena, r->topology->host_name != NULL ? r->topology->host_name : "", owner, end));
}

/* Takes what mac: says; false where it leaves it to "auto". */
static bool
given_mac(struct iface *iface, const struct v_str *mac)
{
	if (!given(&mac->at) || strcmp(mac->v, "auto") == 0)
		return (false);
	if (strcmp(mac->v, "kernel") == 0)
		iface->mac_kind = MAC_KERNEL;
	else if (strcmp(mac->v, "inherit") == 0)
		iface->mac_kind = MAC_INHERIT;
	else if (ether_parse(mac->v, &iface->mac))
		iface->mac_kind = MAC_GIVEN;
	return (true);
}

static void
pair_macs(struct resolver *r, const struct pair *pair)
{
	struct iface *ends[2] = { pair->a, pair->b };

	for (int i = 0; i < 2; i++) {
		struct iface *end = ends[i], *other = ends[!i];

		if (end->decl != NULL && given_mac(end, &end->decl->mac))
			continue;
		end->mac_kind = MAC_DERIVED;
		if (end->vnet->kind == VNET_JAIL)
			end->mac = derived(r, iface_owner(r, end), "jail");
		else if (other->vnet->kind == VNET_JAIL)
			end->mac = derived(r, iface_owner(r, other), "host");
		else
			end->mac = derived(r, pair->owner, i == 0 ? "a" : "b");
	}
}

static void
other_macs(struct resolver *r, struct iface *iface)
{
	if (iface->bridge != NULL) {
		if (!given_mac(iface, &iface->bridge->decl->mac)) {
			iface->mac_kind = MAC_DERIVED;
			iface->mac = derived(r, iface->bridge->key, "bridge");
		}
	} else if (iface->attach == ATTACH_JIB || iface->attach == ATTACH_JNG) {
		iface->mac_kind = MAC_JIB;
	} else if (iface->attach == ATTACH_NGCTL && iface->vnet->kind == VNET_JAIL) {
		if (!given_mac(iface, &iface->decl->mac)) {
			iface->mac_kind = MAC_DERIVED;
			iface->mac = derived(r, iface_owner(r, iface), "jail");
		}
	} else if (iface->kind != IF_EPAIR && iface->decl != NULL && given(&iface->decl->mac.at)) {
		/* A NIC has its own address, and what is made of NICs theirs: only a written "auto" derives one. */
		if (!given_mac(iface, &iface->decl->mac)) {
			iface->mac_kind = MAC_DERIVED;
			iface->mac = derived(r, iface_owner(r, iface), "interface");
		}
	}
}

static void
take_mtu(struct iface *iface, const struct v_int *mtu)
{
	if (iface->mtu == 0 && given(&mtu->at)) {
		iface->mtu = (int)mtu->v;
		iface->mtu_at = mtu->at;
	}
}

static void
subnet_mtu(struct iface *iface, const struct link *link)
{
	vec_each (struct subnet *const *, s, &iface->subnets)
		if ((*s)->decl != NULL)
			take_mtu(iface, &(*s)->decl->mtu);
	if (link == NULL)
		return;
	vec_each (struct subnet *const *, s, &link->subnets)
		if ((*s)->decl != NULL)
			take_mtu(iface, &(*s)->decl->mtu);
}

/* Was the value written under defaults? */
static bool
by_default(const struct span *at)
{
	for (const struct via *via = at->via; via != NULL; via = via->at.via)
		if (via->kind == VIA_DEFAULTS)
			return (true);
	return (false);
}

/* The interface's own, else the bridge's, else the subnet's, else that of the defaults. */
static void
own_mtu(struct iface *iface)
{
	struct bridge *bridge = iface->bridge != NULL ? iface->bridge : iface->member_of;
	const struct v_int *own = iface->decl != NULL ? &iface->decl->mtu : NULL;
	bool last = own != NULL && by_default(&own->at);

	if (bridge == NULL && iface->peer != NULL)
		bridge = iface->peer->member_of;
	if (own != NULL && !last)
		take_mtu(iface, own);
	if (bridge != NULL)
		take_mtu(iface, &bridge->decl->mtu);
	if (iface->cable != NULL)
		take_mtu(iface, &iface->cable->decl->mtu);
	subnet_mtu(iface, bridge != NULL ? bridge->link : NULL);
	if (last)
		take_mtu(iface, own);
}

/* A lagg takes its first port's MTU and refuses ports of another: they get the lagg's. */
static void
port_mtu(struct iface *port)
{
	if (port->lagg == NULL || port->mtu != 0)
		return;
	port->mtu = port->lagg->mtu;
	port->mtu_at = port->lagg->mtu_at;
}

/* Both ends of an epair have one MTU: the one that a person wrote at either end. */
static void
peer_mtu(struct iface *iface)
{
	struct iface *peer = iface->peer;

	if (peer == NULL || peer->decl == NULL || !given(&peer->decl->mtu.at) || (iface->decl != NULL && given(&iface->decl->mtu.at)))
		return;
	iface->mtu = peer->mtu;
	iface->mtu_at = peer->mtu_at;
}

void
resolve_macs(struct resolver *r)
{
	vec_each (struct pair *, p, &r->pairs)
		pair_macs(r, p);
	vec_each (struct vnet **, v, &r->topology->vnets) {
		vec_each (struct iface **, i, &(*v)->ifaces) {
			other_macs(r, *i);
			own_mtu(*i);
		}
	}
	vec_each (struct vnet **, v, &r->topology->vnets)
		vec_each (struct iface **, i, &(*v)->ifaces)
			peer_mtu(*i);
	vec_each (struct iface **, i, &r->topology->host_interfaces)
		port_mtu(*i);
}
