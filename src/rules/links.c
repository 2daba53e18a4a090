/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: interfaces that cannot be joined as they are, or join what should be apart. */
#include "rules/rules.h"

const struct rule rule_member_in_two_bridges = {
	.name = "member-in-two-bridges",
	.severity = SEV_ERROR,
	.summary = "an interface is a member of two bridges, or twice of one",
	.explain =
	    "if_bridge(4) takes over all that an interface receives, so an interface is in\n"
	    "one bridge: the second addm fails with EBUSY, one to the same bridge with\n"
	    "EEXIST. Either ends ifconfig(8), and the rest of that bridge's line, further\n"
	    "members and its address, is not carried out.\n"
	    "\n"
	    "To join two bridges lay a cable between them (epairs). To have several\n"
	    "networks on one card use VLANs: re0.10 in one bridge, re0.20 in the other.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n"
	    "  dmz: {prefixes: [192.168.1.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n"
	    "  dmz: {prefixes: [192.168.1.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re1]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_unbridgeable_member = {
	.name = "unbridgeable-member",
	.severity = SEV_ERROR,
	.summary = "a bridge's member is of a kind that if_bridge does not take",
	.explain =
	    "if_bridge.c accepts Ethernet interfaces, vlan(4) and gif(4). Tunnels that\n"
	    "carry IP packets and no Ethernet frames (tun, wg, gre, ppp, stf, ipsec),\n"
	    "loopback and a bridge itself are refused with EINVAL, and so is a vlan(4) made\n"
	    "on a bridge. ifconfig(8) ends there, and the members behind it and the\n"
	    "bridge's address are lost.\n"
	    "\n"
	    "Two bridges are joined by a cable under epairs. Behind a tunnel is another\n"
	    "network: give the tunnel addresses and let the host or a jail route into it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, wg0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0, wg0], addresses: [192.168.0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, wg0: {addresses: [10.9.0.1/24]}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], addresses: [192.168.0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_wifi_member = {
	.name = "wifi-member",
	.severity = SEV_WARNING,
	.summary = "a wireless interface is a bridge's member, which access points do not let through",
	.explain =
	    "A wireless station speaks to its access point under one MAC address. Frames of\n"
	    "the jails behind it bear others, and the access point drops them. The bridge\n"
	    "comes up, the host is on the network, and no jail is. The example in bridge(4)\n"
	    "is the other side: a wlan(4) that is itself the access point (hostap).\n"
	    "\n"
	    "Route instead of bridging: the host, or a router jail, translates the jails'\n"
	    "addresses towards the wireless network (nat). With managed: false the\n"
	    "interface's own lines in rc.conf, those with WPA in them, stay yours. An\n"
	    "access point of your own, run by hostapd(8), may be a member with that key.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {wlan0: {}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, members: [wlan0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge1, addresses: [10.0.2.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  nat: wlan0\n"
	    "  interfaces: {wlan0: {managed: false}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: host}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge1, addresses: [10.0.2.17]}]}\n",
};

const struct rule rule_lagg_port_in_use = {
	.name = "lagg-port-in-use",
	.severity = SEV_ERROR,
	.summary = "a port of a lagg is used for something else as well",
	.explain =
	    "lagg(4) takes its ports whole: what they receive comes in through the lagg,\n"
	    "and frames sent by a port alone would leave with the wrong address. A port\n"
	    "therefore has no addresses and is no bridge's member, no parent of a vlan(4),\n"
	    "no port of another lagg and no jail's interface.\n"
	    "\n"
	    "Put all of that on the lagg itself; it is an Ethernet interface like any other\n"
	    "and may be a bridge's member.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {addresses: [192.168.0.10/24]}\n"
	    "    re1: {}\n"
	    "    lagg0: {lagg: {protocol: failover, ports: [re0, re1]}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [lagg0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re1: {}\n"
	    "    lagg0: {lagg: {protocol: failover, ports: [re0, re1]}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [lagg0], addresses: [192.168.0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_private_not_member = {
	.name = "private-not-member",
	.severity = SEV_ERROR,
	.summary = "private names something that is not attached to this bridge",
	.explain =
	    "A private port of if_bridge(4) does not hear other private ports: two guests\n"
	    "marked so reach the rest of the bridge but not each other. ifconfig bridge0\n"
	    "private X wants X among the members; otherwise it fails, and the guests that\n"
	    "were to be kept apart are not.\n"
	    "\n"
	    "Name members of this bridge, or jails with an interface on it. Across two\n"
	    "bridges nothing needs to be private: only a router joins them.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], private: [www, db]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], private: [www, mail]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_interface_not_free = {
	.name = "interface-not-free",
	.severity = SEV_ERROR,
	.summary = "an interface is to be given to a jail and is in use elsewhere",
	.explain =
	    "vnet.interface moves an interface into the jail's network stack: it vanishes\n"
	    "from the host and loses its addresses. What relied on it there, a bridge, a\n"
	    "vlan(4), a lagg(4), the host's own addresses or its nat, would fail as soon as\n"
	    "the jail starts; two jails that both want it race for it, and one does not\n"
	    "start.\n"
	    "\n"
	    "Give the jail a bridge instead (bridge: NAME makes an epair for it), or an\n"
	    "interface of its own.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{interface: re0, subnet: dmz, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{interface: re1, subnet: dmz, addresses: auto}]}\n",
};

const struct rule rule_cable_to_itself = {
	.name = "cable-to-itself",
	.severity = SEV_ERROR,
	.summary = "both ends of a cable are in the same place",
	.explain =
	    "An epair(4) is a cable with two ends. With both in one bridge every broadcast\n"
	    "comes back by the other end, is sent out again, and never stops; with both in\n"
	    "one jail, or both at the host, it connects nothing with anything.\n"
	    "\n"
	    "Give one end another bridge or jail. For an interface of the host on a bridge,\n"
	    "bridges.NAME.addresses or epair: true is enough.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: lan}\n"
	    "epairs:\n"
	    "  trunk: {a: {bridge: bridge0}, b: {bridge: bridge0}}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: lan}\n"
	    "epairs:\n"
	    "  trunk: {a: {bridge: bridge0}, b: {bridge: bridge1}}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_cable_end_mismatch = {
	.name = "cable-end-mismatch",
	.severity = SEV_ERROR,
	.summary = "a jail names a cable of which no end is in that jail",
	.explain =
	    "An item epair: NAME among a jail's interfaces fixes the place of a cable's end\n"
	    "in the jail's list, so exactly one end of that cable has to say jail: with\n"
	    "this jail. If none does, or both do, or two items claim one end,\n"
	    "vnet.interface would name an interface that is somewhere else, and the jail\n"
	    "would not start.\n"
	    "\n"
	    "An end that says jail: NAME is enough by itself; the item may be left out.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "epairs:\n"
	    "  epair17:\n"
	    "    a: {bridge: bridge0}\n"
	    "    b: {host: true, addresses: [192.168.0.17]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{epair: epair17}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "epairs:\n"
	    "  epair17:\n"
	    "    a: {bridge: bridge0}\n"
	    "    b: {jail: www, addresses: [192.168.0.17]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{epair: epair17}]}\n",
};

const struct rule rule_bad_epair_unit = {
	.name = "bad-epair-unit",
	.severity = SEV_ERROR,
	.summary = "a value is no epair that FreeBSD can create",
	.explain =
	    "epair(4) numbers its pairs from 0 to 32767, and a number is written without\n"
	    "leading zeros: if_clone.c answers epair01 with EINVAL. The pair is named here,\n"
	    "epair17, not one of its ends: epair17a and epair17b come with it.\n"
	    "\n"
	    "A pair that is not created has no ends; the bridge would stop at its addm and\n"
	    "the jail at vnet.interface.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, epair: epair017, addresses: [192.168.0.17]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, epair: epair17, addresses: [192.168.0.17]}\n",
};

const struct rule rule_duplicate_epair_unit = {
	.name = "duplicate-epair-unit",
	.severity = SEV_ERROR,
	.summary = "one epair is asked for at two places",
	.explain =
	    "Each pair is created once and has two ends: one for the bridge, one for the\n"
	    "jail. A second jail with the same pair would find its end gone, moved into the\n"
	    "first.\n"
	    "\n"
	    "Take the next free number, which the message names, or leave epair out: a free\n"
	    "one is chosen then and kept in the lock file.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, epair: epair17, addresses: [192.168.0.17]}\n"
	    "  mail:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, epair: epair17, addresses: [192.168.0.18]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, epair: epair17, addresses: [192.168.0.17]}\n"
	    "  mail:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, epair: epair18, addresses: [192.168.0.18]}\n",
};

const struct rule rule_bridge_loop = {
	.name = "bridge-loop",
	.severity = SEV_ERROR,
	.summary = "cables join bridges in a circle",
	.explain =
	    "Ethernet frames have no hop limit. In a circle of bridges the first broadcast,\n"
	    "the ARP request for the gateway, goes round for ever and is copied at each\n"
	    "bridge; within moments the host does little else. The spanning tree protocol\n"
	    "finds such circles and blocks one link of each; if_bridge(4) speaks it on\n"
	    "members with the stp flag.\n"
	    "\n"
	    "Within one host a second cable between two bridges is no gain: remove it. If\n"
	    "the circle is wanted, set stp on every bridge of it; with the classic protocol\n"
	    "a port then waits 15 seconds before it forwards.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: lan}\n"
	    "epairs:\n"
	    "  trunk1: {a: {bridge: bridge0}, b: {bridge: bridge1}}\n"
	    "  trunk2: {a: {bridge: bridge0}, b: {bridge: bridge1}}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], stp: true}\n"
	    "  bridge1: {subnet: lan, stp: true}\n"
	    "epairs:\n"
	    "  trunk1: {a: {bridge: bridge0}, b: {bridge: bridge1}}\n"
	    "  trunk2: {a: {bridge: bridge0}, b: {bridge: bridge1}}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_two_uplinks = {
	.name = "two-uplinks",
	.severity = SEV_WARNING,
	.summary = "two network cards are in one bridge without spanning tree",
	.explain =
	    "If both cards lead to the same switch, the bridge closes a circle, and\n"
	    "broadcasts go round in it until a cable is pulled. A switch may then shut the\n"
	    "port down, and with it the only way to the host. Whether they do lead there,\n"
	    "the file does not say.\n"
	    "\n"
	    "For two cables to one switch use a lagg(4) and make that the member. If the\n"
	    "cards lead to two separate networks that the host is to join, or if the switch\n"
	    "speaks spanning tree, set stp: true on the bridge.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0, re1]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re1: {}\n"
	    "    lagg0: {lagg: {protocol: failover, ports: [re0, re1]}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [lagg0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_subnet_on_two_bridges = {
	.name = "subnet-on-two-bridges",
	.severity = SEV_ERROR,
	.summary = "one subnet lies on two links that nothing joins",
	.explain =
	    "All hosts of a subnet expect to reach each other without a router: they ask by\n"
	    "ARP or NDP, and these questions do not leave the bridge. On two separate\n"
	    "bridges the two halves of the subnet would never see each other, and no router\n"
	    "can help, because none is ever asked.\n"
	    "\n"
	    "Give each bridge a subnet of its own, with a router between them. If it is\n"
	    "meant to be one network, join the bridges with a cable under epairs. Each VLAN\n"
	    "of a filtering bridge is a link of its own here.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: lan}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_lonely_bridge = {
	.name = "lonely-bridge",
	.severity = SEV_WARNING,
	.summary = "a bridge has fewer than two interfaces that could talk to each other",
	.explain =
	    "A bridge with one jail and nothing else carries no frame from anybody to\n"
	    "anybody. That is harmless, and nearly always a member, an address of the host\n"
	    "or a second jail has been forgotten: the jail on it would be up and reach\n"
	    "nobody.\n"
	    "\n"
	    "Add what is missing, or remove the bridge.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: auto}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_unused_epair = {
	.name = "unused-epair",
	.severity = SEV_WARNING,
	.summary = "a cable leads nowhere",
	.explain =
	    "One end of this cable stands in a bridge that has nothing else, or in a host\n"
	    "or jail where it gets no address, no dhcp, no slaac and no VLANs. The pair\n"
	    "would be created, brought up, and carry nothing but the host's own neighbour\n"
	    "discovery.\n"
	    "\n"
	    "Give the end an address, or remove the cable. An interface that a program in\n"
	    "the jail configures itself (a DHCP relay, a packet capture) is told by a hook\n"
	    "under exec; then this is silent.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "epairs:\n"
	    "  epair1: {a: {bridge: bridge0}, b: {host: true}}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "epairs:\n"
	    "  epair1: {a: {bridge: bridge0}, b: {host: true, addresses: [192.168.0.10]}}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_vlan_name_mismatch = {
	.name = "vlan-name-mismatch",
	.severity = SEV_WARNING,
	.summary = "a VLAN is called PARENT.N and has another tag or another parent",
	.explain =
	    "FreeBSD itself calls VLAN 10 on re0 re0.10: vlans_re0=\"10\" in rc.conf makes\n"
	    "exactly that name (rc.conf(5)). With tag 20 under that name everything works,\n"
	    "and everybody who reads ifconfig's output, a switch's configuration or a\n"
	    "packet capture is misled.\n"
	    "\n"
	    "Correct the tag or the parent, or take a name that says what the VLAN is for:\n"
	    "dmz.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.10: {vlan: {parent: re0, tag: 20}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.20: {vlan: {parent: re0, tag: 20}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0.20]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_duplicate_vlan_tag = {
	.name = "duplicate-vlan-tag",
	.severity = SEV_ERROR,
	.summary = "one tag is used twice on one parent",
	.explain =
	    "vlan(4) decides by the tag alone to which of its interfaces an arriving frame\n"
	    "belongs, so a parent has one interface for each tag: creating the second fails\n"
	    "with EEXIST. Its lines in rc.conf would then configure nothing, and a bridge\n"
	    "that has it as a member stops there.\n"
	    "\n"
	    "Give it its own tag, or use the interface that exists.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.10: {vlan: {parent: re0, tag: 10}}\n"
	    "    dmz0: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0.10]}\n"
	    "  bridge1: {subnet: dmz, members: [dmz0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.10: {vlan: {parent: re0, tag: 10}}\n"
	    "    dmz0: {vlan: {parent: re0, tag: 20}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0.10]}\n"
	    "  bridge1: {subnet: dmz, members: [dmz0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_vlan_parent_is_member = {
	.name = "vlan-parent-is-member",
	.severity = SEV_WARNING,
	.error_upto = 14,
	.summary = "a network card is a bridge's member and the parent of a VLAN",
	.explain =
	    "Up to FreeBSD 14 a bridge receives first: a tagged frame that arrives on its\n"
	    "member is handed on to vlan(4) only when it is addressed to the card's own MAC\n"
	    "address, or to that of another member. A host with an address on re0.10 may\n"
	    "work; jails behind a second bridge with re0.10 in it, whose addresses are\n"
	    "others, see nothing. In FreeBSD 15 every tagged frame goes to vlan(4) as soon\n"
	    "as the card has a VLAN, so it works there and is only told.\n"
	    "\n"
	    "Use the card for VLANs alone and put re0.1, re0.10 and so on into the bridges;\n"
	    "the switch's port then sends the formerly untagged network with a tag.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  release: \"14.4\"\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.10: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  release: \"14.4\"\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.1: {vlan: {parent: re0, tag: 1}}\n"
	    "    re0.10: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0.1]}\n"
	    "  bridge1: {subnet: dmz, members: [re0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_vlan_parent_unmanaged = {
	.name = "vlan-parent-unmanaged",
	.severity = SEV_ERROR,
	.summary = "a VLAN's parent is made by another program, the VLAN by nobody",
	.explain =
	    "netif makes a vlan while it starts the parent, by vlans_PARENT. Of an interface\n"
	    "with managed: false vnetc writes no line, so that the vlan would not come to be,\n"
	    "and a bridge with it in its addm list would stop there: the members after it and\n"
	    "the bridge's address would be missing. On the tap of a guest a vlan has been seen\n"
	    "to carry nothing besides.\n"
	    "\n"
	    "Put the VLAN on a network card. If the other program makes the vlan as well, or\n"
	    "the host's own rc.conf has it, write managed: false in the place of vlan.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    tap0: {managed: false}\n"
	    "    vlan20: {vlan: {parent: tap0, tag: 20}}\n"
	    "subnets:\n"
	    "  home: {prefixes: [192.168.20.0/24], gateway: 192.168.20.1}\n"
	    "bridges:\n"
	    "  bridge20: {subnet: home, members: [vlan20]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge20, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    em0: {}\n"
	    "    vlan20: {vlan: {parent: em0, tag: 20}}\n"
	    "subnets:\n"
	    "  home: {prefixes: [192.168.20.0/24], gateway: 192.168.20.1}\n"
	    "bridges:\n"
	    "  bridge20: {subnet: home, members: [vlan20]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge20, addresses: auto}]}\n",
};

const struct rule rule_needs_freebsd_15 = {
	.name = "needs-freebsd-15",
	.severity = SEV_ERROR,
	.summary = "a bridge is to filter VLANs, which FreeBSD can do from 15 on",
	.explain =
	    "VLAN filtering came to if_bridge(4) with FreeBSD 15, and with it the member's\n"
	    "words untagged and tagged and a vlan(4) whose parent is a bridge. ifconfig(8)\n"
	    "of an earlier release does not know vlanfilter: it ends at this word, and the\n"
	    "bridge has neither members nor address.\n"
	    "\n"
	    "Before 15 build one bridge for each VLAN, with re0.10, re0.20 and so on as its\n"
	    "members. If the host does run 15, say so at host.release.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  release: \"14.4\"\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, vlan: 10}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254, vlan: 20}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: [lan, dmz], members: [re0], vlan_filtering: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, subnet: lan, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge0, subnet: dmz, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  release: \"15.1\"\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, vlan: 10}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254, vlan: 20}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: [lan, dmz], members: [re0], vlan_filtering: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, subnet: lan, addresses: auto}]}\n"
	    "  mail: {interfaces: [{bridge: bridge0, subnet: dmz, addresses: auto}]}\n",
};

const struct rule rule_uplink_offload = {
	.name = "uplink-offload",
	.severity = SEV_OFF,
	.summary = "a bridge will switch off offloading on its network card, which may reset the link",
	.explain =
	    "A bridge can use only what all its members can: it always disables LRO, and\n"
	    "TSO and transmit checksums unless every member has them (bridge(4)). The set\n"
	    "is worked out anew whenever a member comes or goes, that is with every jail\n"
	    "that starts or stops, and a driver may reinitialise the card to change it; the\n"
	    "link is then down for a moment.\n"
	    "\n"
	    "Switching these off from the start leaves nothing to change later: options:\n"
	    "[-lro, -tso, -txcsum]. For a card whose VLANs are bridged, -vlanhwtag and\n"
	    "-vlanhwfilter are common practice too. This note is told only on request,\n"
	    "since most networks never notice.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {options: [-lro, -tso, -txcsum]}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_netgraph_key = {
	.name = "netgraph-key",
	.severity = SEV_ERROR,
	.summary = "a netgraph bridge is asked for something that only if_bridge can do",
	.explain =
	    "ng_bridge(4) is another bridge than if_bridge(4): it has no spanning tree, no\n"
	    "private ports, no VLAN filtering and no MAC address, and it is no interface,\n"
	    "so it can carry no vlan(4) and no addresses: those stay on its network card.\n"
	    "Its jails get ng_eiface(4) interfaces and no epairs, so cables, tap interfaces\n"
	    "of guests and a second card have no hook on it. A card that is in an\n"
	    "if_bridge(4) as well would have two masters.\n"
	    "\n"
	    "Leave the key out, or make the bridge an if_bridge by removing netgraph: true.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0], netgraph: true, stp: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0], netgraph: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_vlan_key_without_filtering = {
	.name = "vlan-key-without-filtering",
	.severity = SEV_ERROR,
	.summary = "a VLAN is asked for on a bridge that does not filter VLANs",
	.explain =
	    "Without the bridge's vlanfilter switch if_bridge(4) passes frames on whatever\n"
	    "their tag: untagged and tagged of a member, and the tag of a subnet on it,\n"
	    "would separate nobody from anybody. With the switch the contrary holds: frames\n"
	    "are dropped unless they are permitted, so two untagged subnets on one link\n"
	    "need a tag each, or nothing keeps them apart.\n"
	    "\n"
	    "Set vlan_filtering: true on the bridge, from FreeBSD 15 on, or leave the tags\n"
	    "out.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, vlan: 10}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, vlan: 10}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], vlan_filtering: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_interface_in_no_vlan = {
	.name = "interface-in-no-vlan",
	.severity = SEV_ERROR,
	.summary = "an interface of a bridge that filters VLANs is in none of them",
	.explain =
	    "With vlanfilter if_bridge(4) of FreeBSD 15 drops every frame that comes in\n"
	    "without a tag by a member that has no untagged VLAN, and every frame with a tag\n"
	    "that is not in the member's list; and sends to a member only what is in one of\n"
	    "them. So a member that is in no VLAN gets nothing through in either direction.\n"
	    "Neither do addresses on the bridge itself: what comes in has got a tag by then,\n"
	    "and what the host sends has none. The host's belong on bridgeN.VLAN.\n"
	    "\n"
	    "Give the subnet its vlan, from which everything follows, or say untagged or\n"
	    "tagged on the interface.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], vlan_filtering: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, vlan: 10}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], vlan_filtering: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_autobridge_options = {
	.name = "autobridge-options",
	.severity = SEV_WARNING,
	.summary = "a member that another program makes cannot be told this at boot",
	.explain =
	    "What another program makes, tap0 of a virtual machine or an access point's\n"
	    "wlan0, is not there when the bridge's line runs; rc.d/bridge adds it later by\n"
	    "autobridge, and autobridge adds and says nothing else. So stp, private and\n"
	    "tagged of it would be lost, and on a bridge that filters VLANs all such members\n"
	    "are untagged in one VLAN, by defuntagged; where none is said they are in none,\n"
	    "and nothing passes until that program puts them into one.\n"
	    "\n"
	    "Declare a tap under host.interfaces: then it is made at boot, the machine opens\n"
	    "it, and the bridge's line holds all that is said of it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0:\n"
	    "    subnet: lan\n"
	    "    members: [re0, {interface: tap0, private: true}]\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, tap0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0:\n"
	    "    subnet: lan\n"
	    "    members: [re0, {interface: tap0, private: true}]\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_tunnel_kind = {
	.name = "tunnel-kind",
	.severity = SEV_ERROR,
	.summary = "a tunnel on an interface that is none",
	.explain =
	    "Outer addresses are something of gif(4), gre(4), me(4), vxlan(4) and ipsec(4).\n"
	    "wg(4) has its peers and keys from wg(8), tun(4) from the program that opens it,\n"
	    "and a NIC has none; ifconfig would refuse the words, and the line with them.\n"
	    "\n"
	    "Name the interface after its kind: gif0, gre0, vxlan7.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    office: {tunnel: [192.0.2.1, 198.51.100.1], addresses: [10.255.0.1/30]}\n"
	    "bridges:\n"
	    "  bridge0: {addresses: [10.0.2.254/24]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [10.0.2.1/24]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    gif0: {name: office, tunnel: [192.0.2.1, 198.51.100.1], addresses: [10.255.0.1/30]}\n"
	    "bridges:\n"
	    "  bridge0: {addresses: [10.0.2.254/24]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [10.0.2.1/24]}]}\n",
};

const struct rule rule_cloner_name = {
	.name = "cloner-name",
	.severity = SEV_WARNING,
	.summary = "an interface is created that nobody uses",
	.explain =
	    "A name made of the name of a cloner and a unit, gif0, lo1 or vlan2, means\n"
	    "under host.interfaces that cloned_interfaces is to create it. Here nothing is\n"
	    "said of it: no tunnel, no parent and tag, no address, no bridge and no jail\n"
	    "that has it. An empty interface would be there after boot and stay down.\n"
	    "\n"
	    "Say what it is. If another program makes it (mpd5, openvpn, hostapd), write\n"
	    "managed: false, so that it is not created twice.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, vlan2: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, vlan2: {managed: false}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};
