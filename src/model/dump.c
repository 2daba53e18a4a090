/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc dump model. */
#include "model/model.h"

static const char *
kind_word(enum ifkind kind)
{
	static const char *const words[] = {
		[IF_NIC] = "nic", [IF_EPAIR] = "epair", [IF_BRIDGE] = "bridge", [IF_NGBRIDGE] = "ng_bridge", [IF_VLAN] = "vlan", [IF_LAGG] = "lagg",
		[IF_TAP] = "tap", [IF_VMNET] = "vmnet", [IF_GIF] = "gif", [IF_GRE] = "gre", [IF_WG] = "wg", [IF_TUN] = "tun", [IF_LO] = "lo",
		[IF_VXLAN] = "vxlan", [IF_STF] = "stf", [IF_IPSEC] = "ipsec", [IF_PFLOG] = "pflog", [IF_PFSYNC] = "pfsync", [IF_ENC] = "enc",
		[IF_PPP] = "ppp", [IF_NG] = "netgraph", [IF_WLAN] = "wlan", [IF_CARP] = "carp", [IF_DISC] = "disc",
	};

	return (words[kind]);
}

static void
dump_gateway(const struct gateway gateway[FAMILIES], FILE *out)
{
	char text[INADDR_TEXT];

	for (int f = 0; f < FAMILIES; f++) {
		switch (gateway[f].kind) {
		case GW_NONE_GIVEN:
			break;
		case GW_NO:
			fprintf(out, "\t%s gateway none\n", family_word(f));
			break;
		case GW_ADDRESS:
			fprintf(out, "\t%s gateway %s\n", family_word(f), inaddr_text(&gateway[f].addr, text));
			break;
		case GW_NODE:
			fprintf(out, "\t%s gateway %s\n", family_word(f), gateway[f].node->name);
			break;
		}
	}
}

static void
dump_subnet(struct arena *arena, const struct subnet *subnet, FILE *out)
{
	fprintf(out, "subnet %s\n", subnet_shown(arena, subnet));
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes)
		fprintf(out, "\tprefix %s\n", prefix_str(arena, &p->prefix));
	dump_gateway(subnet->gateway, out);
	if (subnet->vlan != 0)
		fprintf(out, "\tvlan %d\n", subnet->vlan);
	vec_each (struct link *const *, l, &subnet->links)
		fprintf(out, "\ton %s\n", (*l)->name);
}

static void
dump_iface(struct arena *arena, const struct iface *iface, FILE *out)
{
	char ether[ETHER_TEXT];

	fprintf(out, "\t%s %s", kind_word(iface->kind), iface->name);
	if (iface->created != NULL && iface->created != iface->name)
		fprintf(out, " created %s", iface->created);
	if (iface->made != NULL && iface->made != iface->name && iface->made != iface->created)
		fprintf(out, " on the host %s", iface->made);
	if (iface->member_of != NULL)
		fprintf(out, " member of %s", iface->member_of->key);
	if (iface->peer != NULL)
		fprintf(out, " peer %s", iface->peer->name);
	if (iface->parent != NULL)
		fprintf(out, " vlan %d of %s", iface->tag, iface->parent->name);
	if (iface->link != NULL)
		fprintf(out, " on %s", iface->link->name);
	if (iface->mac_kind == MAC_DERIVED || iface->mac_kind == MAC_GIVEN)
		fprintf(out, " ether %s", ether_text(&iface->mac, ether));
	if (iface->mtu != 0)
		fprintf(out, " mtu %d", iface->mtu);
	fputc('\n', out);
	if (iface->dhcp)
		fprintf(out, "\t\tdhcp\n");
	if (iface->slaac)
		fprintf(out, "\t\tslaac\n");
	vec_each (const struct address *, a, &iface->addresses)
		fprintf(out, "\t\t%s %s/%d%s%s%s\n", family_word(a->addr.family), inaddr_str(arena, &a->addr), a->len,
		    a->subnet != NULL ? " in " : "", a->subnet != NULL ? subnet_shown(arena, a->subnet) : "", a->automatic ? " by auto" : "");
}

static void
dump_vnet(struct arena *arena, const struct vnet *vnet, FILE *out)
{
	static const char *const kinds[] = { "host", "jail", "machine" };

	fprintf(out, "%s %s\n", kinds[vnet->kind], vnet->kind == VNET_HOST ? vnet->shown : vnet->name);
	for (int f = 0; f < FAMILIES; f++)
		if (vnet->forwards[f])
			fprintf(out, "\tforwards %s\n", family_word(f));
	dump_gateway(vnet->gateway, out);
	vec_each (const struct given_route *, g, &vnet->routes) {
		fprintf(out, "\troute %s via ", prefix_str(arena, &g->to));
		fprintf(out, "%s\n", g->kind == VIA_REJECT ? "reject" : g->kind == VIA_BLACKHOLE ? "blackhole" : g->kind == VIA_TAKEN_AWAY ? "none" :
		    g->node != NULL ? g->node->name : inaddr_str(arena, &g->via));
	}
	vec_each (struct iface *const *, i, &vnet->ifaces)
		dump_iface(arena, *i, out);
}

void
topology_dump(const struct topology *t, FILE *out)
{
	fprintf(out, "release %d.%d\n", t->release.major, t->release.minor);
	vec_each (struct subnet *const *, s, &t->subnets)
		dump_subnet(t->arena, *s, out);
	vec_each (struct link *const *, l, &t->links) {
		fprintf(out, "link %s%s\n", (*l)->name, (*l)->has_nic ? " leads out" : "");
		vec_each (struct subnet *const *, s, &(*l)->subnets)
			fprintf(out, "\tsubnet %s\n", subnet_shown(t->arena, *s));
		vec_each (struct iface *const *, i, &(*l)->ends)
			fprintf(out, "\tend %s %s\n", (*i)->vnet->name, (*i)->name);
	}
	vec_each (struct vnet *const *, v, &t->vnets)
		dump_vnet(t->arena, *v, out);
	vec_each (struct jail *const *, j, &t->jails)
		if ((*j)->vnet == NULL)
			fprintf(out, "classic jail %s\n", (*j)->name);
}
