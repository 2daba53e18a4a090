/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: what the frames of a link must agree on. */
#include "rules/rules.h"

const struct rule rule_global_mac = {
	.name = "global-mac",
	.severity = SEV_WARNING,
	.summary = "a MAC address given by hand is one that belongs to a manufacturer",
	.explain =
	    "The second lowest bit of a MAC address's first byte tells who gives it out: 0\n"
	    "the manufacturer, who has bought the first three bytes from the IEEE, 1 the\n"
	    "administrator. An address of the first kind may exist on a card somewhere, and\n"
	    "it then may turn up on your own LAN some day.\n"
	    "\n"
	    "Set the bit: addresses that begin with 02, 06, 0a or 0e are yours to give.\n"
	    "Without mac a locally administered one is derived from names.",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], mac: \"00:1b:21:0a:0b:0c\"}\n",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], mac: \"02:1b:21:0a:0b:0c\"}\n",
};

const struct rule rule_duplicate_mac = {
	.name = "duplicate-mac",
	.severity = SEV_ERROR,
	.summary = "two interfaces have the same MAC address",
	.explain =
	    "A bridge learns behind which member a MAC address lives. With two of one\n"
	    "address it learns it anew with every frame, and each guest gets half of the\n"
	    "other's traffic. IPv6 link-local addresses are made from the MAC address, so\n"
	    "duplicate address detection takes them from one of the two. FreeBSD's own\n"
	    "choice is not free of it: from 15 on only 16 bits of an epair's address vary\n"
	    "from one to the other.\n"
	    "\n"
	    "Leave mac out: derived addresses are checked against each other over the whole\n"
	    "file.",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], mac: \"02:00:00:00:00:17\"}\n"
	    "  mail:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.18], mac: \"02:00:00:00:00:17\"}\n",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], mac: \"02:00:00:00:00:17\"}\n"
	    "  mail:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.18], mac: \"02:00:00:00:00:18\"}\n",
};

const struct rule rule_jib_mac_clash = {
	.name = "jib-mac-clash",
	.severity = SEV_ERROR,
	.summary = "jib or jng would give two jails the same MAC address",
	.explain =
	    "jib and jng make a MAC address from the last three bytes of the uplink's and a\n"
	    "16-bit checksum of the jail's name (that of sum(1), though the script's\n"
	    "comment says CRC). Two names with equal sums on one uplink get one address,\n"
	    "and the names need not look alike: www11 and www30 have the same sum. Both\n"
	    "jails start, and each gets half of the other's traffic.\n"
	    "\n"
	    "Rename one of them, or let attach be prestart or static, where addresses are\n"
	    "derived otherwise and checked.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "defaults:\n"
	    "  jail: {attach: jib}\n"
	    "jails:\n"
	    "  www11: {interfaces: [{bridge: re0bridge, addresses: [192.168.0.11]}]}\n"
	    "  www30: {interfaces: [{bridge: re0bridge, addresses: [192.168.0.30]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "defaults:\n"
	    "  jail: {attach: prestart}\n"
	    "jails:\n"
	    "  www11: {interfaces: [{bridge: re0bridge, addresses: [192.168.0.11]}]}\n"
	    "  www30: {interfaces: [{bridge: re0bridge, addresses: [192.168.0.30]}]}\n",
};

const struct rule rule_mtu_mismatch = {
	.name = "mtu-mismatch",
	.severity = SEV_WARNING,
	.error_upto = 13,
	.summary = "interfaces of one link have different MTUs",
	.explain =
	    "All on one link must be able to receive what any of them sends: nobody\n"
	    "fragments between members of a bridge, and a frame that is too large is\n"
	    "dropped without a word. Small packets pass and large ones do not, so a login\n"
	    "works and hangs at the first listing.\n"
	    "\n"
	    "The first member gives a bridge its MTU. Up to FreeBSD 13 adding a member with\n"
	    "another one fails with EINVAL, and the rest of the bridge's line is lost;\n"
	    "FreeBSD 15 changes the member's MTU to the bridge's. The other end of an epair\n"
	    "is changed by neither, so inside the jail the old value stays. Give mtu on the\n"
	    "bridge or the subnet only: it then reaches every end.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], mtu: 9000}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17], mtu: 1500}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], mtu: 9000}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_ipv6_small_mtu = {
	.name = "ipv6-small-mtu",
	.severity = SEV_ERROR,
	.summary = "an interface with IPv6 has an MTU below 1280",
	.explain =
	    "IPv6 asks of every link that it carries 1280 bytes (RFC 8200, section 5);\n"
	    "routers do not fragment, so it has no way to live with less. The kernel does\n"
	    "not run IPv6 on an interface with a smaller MTU (nd6.c), and the addresses are\n"
	    "of no use.\n"
	    "\n"
	    "Raise mtu to 1280 or more, or leave IPv6 off this link.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [\"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: \"2a01:e34:ec2a:94a0::1\"\n"
	    "    mtu: 1200\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [\"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: \"2a01:e34:ec2a:94a0::1\"\n"
	    "    mtu: 1280\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
};

const struct rule rule_vlan_mtu = {
	.name = "vlan-mtu",
	.severity = SEV_ERROR,
	.summary = "a VLAN's MTU is larger than that of its parent",
	.explain =
	    "A VLAN's frames travel in its parent's, four bytes longer for the tag.\n"
	    "if_vlan.c refuses an MTU above the parent's with EINVAL; ifconfig(8) ends\n"
	    "there, and the VLAN is left without the addresses on its line.\n"
	    "\n"
	    "Raise the parent's mtu first, or lower the VLAN's.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {mtu: 1500}\n"
	    "    vlan10: {vlan: {parent: re0, tag: 10}, mtu: 9000, addresses: [10.0.10.1/24]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {mtu: 9000}\n"
	    "    vlan10: {vlan: {parent: re0, tag: 10}, mtu: 9000, addresses: [10.0.10.1/24]}\n",
};

const struct rule rule_mtu_narrows = {
	.name = "mtu-narrows",
	.severity = SEV_WARNING,
	.summary = "two hosts have a large MTU, a link on the way between them a smaller one",
	.explain =
	    "TCP takes the size of its segments from both ends, and neither knows of the\n"
	    "link between. Its router answers each packet that is too large with ICMP\n"
	    "\"fragmentation needed\" (packet too big with IPv6, which is never fragmented on\n"
	    "the way). Where a firewall drops that, connections open and then hang with the\n"
	    "first full segment; where it arrives, the large frames are of no use.\n"
	    "\n"
	    "Give the link between the same mtu, or both ends the smaller one. Told only\n"
	    "where both ends were given an mtu over 1500, of hosts in the first 64 subnets.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  left: {prefixes: [10.0.1.0/24], gateway: east, mtu: 9000}\n"
	    "  middle: {prefixes: [10.0.3.0/24]}\n"
	    "  right: {prefixes: [10.0.2.0/24], gateway: west, mtu: 9000}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: left}\n"
	    "  bridge2: {subnet: right}\n"
	    "  bridge3: {subnet: middle}\n"
	    "jails:\n"
	    "  east:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.1]}\n"
	    "      - {bridge: bridge3, addresses: [10.0.3.1]}\n"
	    "  west:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge2, addresses: [10.0.2.1]}\n"
	    "      - {bridge: bridge3, addresses: [10.0.3.2]}\n"
	    "  nas: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  backup: {interfaces: [{bridge: bridge2, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  left: {prefixes: [10.0.1.0/24], gateway: east, mtu: 9000}\n"
	    "  middle: {prefixes: [10.0.3.0/24], mtu: 9000}\n"
	    "  right: {prefixes: [10.0.2.0/24], gateway: west, mtu: 9000}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: left}\n"
	    "  bridge2: {subnet: right}\n"
	    "  bridge3: {subnet: middle}\n"
	    "jails:\n"
	    "  east:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.1]}\n"
	    "      - {bridge: bridge3, addresses: [10.0.3.1]}\n"
	    "  west:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge2, addresses: [10.0.2.1]}\n"
	    "      - {bridge: bridge3, addresses: [10.0.3.2]}\n"
	    "  nas: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  backup: {interfaces: [{bridge: bridge2, addresses: auto}]}\n",
};

const struct rule rule_jib_mtu = {
	.name = "jib-mtu",
	.severity = SEV_WARNING,
	.error_upto = 13,
	.summary = "an MTU other than 1500 is wanted where jib or jng makes the interface",
	.explain =
	    "jib never sets an MTU: its epairs are born with 1500. Up to FreeBSD 13 adding\n"
	    "one to a bridge with another MTU fails, and the jail does not start. FreeBSD\n"
	    "15 adapts the end in the bridge and not the one in the jail, so the jail would\n"
	    "send small frames and drop large ones unless its own rc.conf says mtu.\n"
	    "\n"
	    "Let attach be prestart, where both ends get the MTU before they join the\n"
	    "bridge.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0], mtu: 9000}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0], mtu: 9000}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: prestart\n"
	    "    interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_missing_host_name = {
	.name = "missing-host-name",
	.severity = SEV_ERROR,
	.summary = "MAC addresses are derived for a LAN, and the host has no name to derive them from",
	.explain =
	    "MAC addresses are derived from the host's name and the jail's, so that they\n"
	    "stay the same when networks, bridges or network cards change. Without the\n"
	    "host's name two hosts on one LAN with a jail www each would give both the same\n"
	    "address. Where no frame leaves the machine the name does not matter.\n"
	    "\n"
	    "Write host: {name: NAME}, best the name that hostname(1) prints. The file then\n"
	    "builds the same everywhere, wherever it is run.",
	.bad =
	    "host:\n"
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
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};
