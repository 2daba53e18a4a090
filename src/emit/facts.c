/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts of the model as words. */
#include "emit/facts.h"

const char *
ifkind_word(enum ifkind kind)
{
	static const char *const words[] = {
		[IF_NIC] = "nic", [IF_EPAIR] = "epair", [IF_BRIDGE] = "bridge", [IF_NGBRIDGE] = "ng_bridge", [IF_VLAN] = "vlan",
		[IF_LAGG] = "lagg", [IF_TAP] = "tap", [IF_VMNET] = "vmnet", [IF_GIF] = "gif", [IF_GRE] = "gre", [IF_WG] = "wg",
		[IF_TUN] = "tun", [IF_LO] = "lo", [IF_VXLAN] = "vxlan", [IF_STF] = "stf", [IF_IPSEC] = "ipsec", [IF_PFLOG] = "pflog",
		[IF_PFSYNC] = "pfsync", [IF_ENC] = "enc", [IF_PPP] = "ppp", [IF_NG] = "ng_eiface", [IF_WLAN] = "wlan", [IF_CARP] = "carp",
		[IF_DISC] = "disc"
	};

	return (words[kind]);
}

const char *
link_kind_word(enum link_kind kind)
{
	static const char *const words[] = {
		[LINK_BRIDGE] = "bridge", [LINK_CABLE] = "cable", [LINK_WIRE] = "wire", [LINK_VLAN] = "vlan", [LINK_LOCAL] = "local"
	};

	return (words[kind]);
}

const char *
vnet_kind_word(enum vnet_kind kind)
{
	static const char *const words[] = { [VNET_HOST] = "host", [VNET_JAIL] = "jail", [VNET_MACHINE] = "machine" };

	return (words[kind]);
}

const char *
release_text(struct arena *a, const struct release *release)
{
	return (arena_printf(a, "%d.%d", release->major, release->minor));
}

const char *
mac_text(struct arena *a, const struct iface *iface)
{
	char text[ETHER_TEXT];

	switch (iface->mac_kind) {
	case MAC_DERIVED:
	case MAC_GIVEN:
	case MAC_JIB:
		if (ether_is_zero(&iface->mac))
			return (NULL);
		return (arena_strdup(a, ether_text(&iface->mac, text)));
	case MAC_KERNEL:
	case MAC_INHERIT:
		break;
	}
	return (NULL);
}

const char *
mtu_text(struct arena *a, const struct iface *iface)
{
	return (iface->mtu == 0 ? NULL : arena_printf(a, "%d", iface->mtu));
}

const char *
stands_on(const struct iface *iface)
{
	if (iface->member_of != NULL)
		return (iface->member_of->name);
	if (iface->link == NULL || iface->bridge != NULL)
		return (NULL);
	/* A bridge is called by its last name, which is what ifconfig shows. */
	return (iface->link->kind == LINK_BRIDGE ? iface->link->bridge->name : iface->link->name);
}

const char *
peer_text(struct arena *a, const struct iface *iface)
{
	const struct iface *peer = iface->peer;

	if (peer == NULL || peer->name == NULL)
		return (NULL);
	if (peer->vnet == NULL || peer->vnet == iface->vnet || peer->vnet->kind == VNET_HOST)
		return (peer->name);
	return (arena_printf(a, "%s %s", peer->vnet->name, peer->name));
}

strings
address_texts(struct arena *a, const struct iface *iface)
{
	strings list = { 0 };

	vec_each (const struct address *, address, &iface->addresses)
		*vec_push(a, &list) = prefix_str(a, &(struct prefix){ address->addr, address->len });
	if (iface->dhcp)
		*vec_push(a, &list) = "dhcp";
	if (iface->slaac)
		*vec_push(a, &list) = "slaac";
	return (list);
}

strings
subnet_texts(struct arena *a, const struct subnet *const *subnets, size_t n)
{
	strings list = { 0 };

	for (size_t i = 0; i < n; i++)
		*vec_push(a, &list) = subnet_shown(a, subnets[i]);
	return (list);
}

strings
forward_texts(struct arena *a, const struct vnet *vnet)
{
	strings list = { 0 };

	for (int family = INET; family < FAMILIES; family++)
		if (vnet->forwards[family])
			*vec_push(a, &list) = family_name((enum family)family);
	return (list);
}

struct route_list
routes_of(struct arena *a, const struct plan *plan, const struct vnet *vnet)
{
	const struct forwarding *of = &plan->routes->of[vnet->index];
	struct route_list list = { 0 };

	for (int family = INET; family < FAMILIES; family++) {
		vec_each (const struct route *, r, &of->routes[family])
			*vec_push(a, &list) = r;
		if (of->dflt[family] != NULL)
			*vec_push(a, &list) = of->dflt[family];
	}
	return (list);
}

const char *
route_destination(struct arena *a, const struct route *route)
{
	return (route->dflt ? "default" : prefix_str(a, &route->to));
}

const char *
route_gateway(struct arena *a, const struct route *route)
{
	const char *via;

	switch (route->kind) {
	case ROUTE_REJECT:
		return ("reject");
	case ROUTE_BLACKHOLE:
		return ("blackhole");
	case ROUTE_VIA:
		break;
	}
	via = inaddr_str(a, &route->via);
	if (route->via.family == INET6 && inaddr_is_link_local(&route->via) && route->iface != NULL)
		return (arena_printf(a, "%s%%%s", via, route->iface->name));
	return (via);
}

const char *
gateway_text(struct arena *a, const struct gateway *gateway)
{
	switch (gateway->kind) {
	case GW_ADDRESS:
		return (inaddr_str(a, &gateway->addr));
	case GW_NODE:
		return (gateway->node->name);
	case GW_NONE_GIVEN:
	case GW_NO:
		break;
	}
	return (NULL);
}
