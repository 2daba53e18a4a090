/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: an address or a prefix that cannot be, or cannot be where it stands. */
#include "rules/rules.h"

const struct rule rule_bad_address = {
	.name = "bad-address",
	.severity = SEV_ERROR,
	.summary = "a value is no IPv4 or IPv6 address",
	.explain =
	    "An IPv4 address is four decimal numbers from 0 to 255 without leading zeros:\n"
	    "inet_aton(3) reads 017 as octal, fifteen, where most people mean seventeen. An\n"
	    "IPv6 address is written as in RFC 4291, section 2.2. A zone such as %re0\n"
	    "belongs to neither; where a link-local gateway needs one, it is added.\n"
	    "\n"
	    "Among an interface's addresses also the words auto, dhcp and slaac may stand.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.017]}]}\n",
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

const struct rule rule_bad_prefix = {
	.name = "bad-prefix",
	.severity = SEV_ERROR,
	.summary = "a value is no prefix: an address, a slash and a length",
	.explain =
	    "A prefix names a network: its first address and the number of bits that all\n"
	    "its addresses share, 0 to 32 with IPv4 and 0 to 128 with IPv6. Without a\n"
	    "length it could be any size; classes A, B and C have not decided that for\n"
	    "thirty years (RFC 4632).\n"
	    "\n"
	    "Write the length: 192.168.0.0/24.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0], gateway: 192.168.0.254}\n"
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

const struct rule rule_prefix_host_bits = {
	.name = "prefix-host-bits",
	.severity = SEV_ERROR,
	.summary = "a prefix has bits set behind its length",
	.explain =
	    "192.168.0.17/24 is the address of a host together with its network; the\n"
	    "network itself is 192.168.0.0/24. Where a network is declared, in prefixes,\n"
	    "pool or the to of a route, it is not clear which of the two was slipped: the\n"
	    "address, or the length.\n"
	    "\n"
	    "Write the network's first address; the message gives it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.17/24], gateway: 192.168.0.254}\n"
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

const struct rule rule_prefix_overlap = {
	.name = "prefix-overlap",
	.severity = SEV_ERROR,
	.summary = "prefixes of two networks share addresses",
	.explain =
	    "A network stack decides by prefix whether a neighbour is on the same link and\n"
	    "can be asked for by ARP or NDP, or lies behind a router. When two separate\n"
	    "links share addresses, this has two answers: packets for half of one network\n"
	    "leave through the other, and nobody replies there.\n"
	    "\n"
	    "Nothing fails at boot; some connections do, later. Make one of the prefixes\n"
	    "smaller, or move it. Two links that are one network belong together by a cable\n"
	    "under epairs.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [192.168.0.128/25]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [192.168.1.128/25]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_unusable_address = {
	.name = "unusable-address",
	.severity = SEV_ERROR,
	.summary = "an address or subnet lies where no host can have one",
	.explain =
	    "Some parts of the address space are not for hosts: 0.0.0.0 and :: mean no\n"
	    "address, 127.0.0.0/8 and ::1 stay within one network stack (every vnet jail\n"
	    "has its own lo0), 224.0.0.0/4 and ff00::/8 are multicast, 240.0.0.0/4 is\n"
	    "reserved (RFC 1112), and ::ffff:0:0/96 holds IPv4 addresses written as IPv6.\n"
	    "For the last of these rc.d/routing installs a reject route before any route of\n"
	    "yours.\n"
	    "\n"
	    "Link-local addresses, fe80::/10, every IPv6 interface has by itself, so they\n"
	    "are no subnet of yours. Take a prefix of your own: RFC 1918 has three for\n"
	    "IPv4, RFC 4193 has fd00::/8 for IPv6.\n"
	    "\n"
	    "A route to 0.0.0.0/0 or ::/0 is the default route, which rc.conf has a\n"
	    "variable of its own for; beside it the second one fails at boot: File exists.\n"
	    "Name its next hop by the key gateway, of a subnet or of a node.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [127.0.0.17]}]}\n",
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

const struct rule rule_address_outside_subnet = {
	.name = "address-outside-subnet",
	.severity = SEV_ERROR,
	.summary = "an address lies outside the subnet its interface stands in",
	.explain =
	    "A neighbour with another prefix does not answer: for 192.168.1.17 on a link of\n"
	    "192.168.0.0/24 nobody there sends an ARP reply, since the others would look\n"
	    "for it behind their router. The jail would start, be up, and reach nothing.\n"
	    "\n"
	    "It is a slip of one digit, or the wrong bridge. An address that is meant to\n"
	    "lie beside the subnet, an alias for a service, is written as a further address\n"
	    "with /32 or /128.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.1.17]}]}\n",
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

const struct rule rule_address_length_mismatch = {
	.name = "address-length-mismatch",
	.severity = SEV_ERROR,
	.summary = "an address is written with another length than its subnet has",
	.explain =
	    "All members of a link need the same idea of how far it reaches. With a longer\n"
	    "prefix than its neighbours a jail sends to a router what lies beside it, with\n"
	    "a shorter one it asks by ARP for hosts that lie behind the router. Part of the\n"
	    "traffic works, which makes this hard to find later.\n"
	    "\n"
	    "Leave the length out: it is taken from the subnet. A further address of the\n"
	    "same family may have /32 or /128; that is how ifconfig(8) wants an alias in a\n"
	    "prefix that the interface already has.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17/16]}]}\n",
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

const struct rule rule_address_without_length = {
	.name = "address-without-length",
	.severity = SEV_ERROR,
	.summary = "an address has no length, and no subnet that would give it one",
	.explain =
	    "ifconfig(8) used to fall back on the classes A, B and C. FreeBSD 14 warns, and\n"
	    "FreeBSD 15 refuses with \"setting interface address without mask is no longer\n"
	    "supported\" (af_inet.c); only loopback and point-to-point interfaces may do\n"
	    "without. The interface would stay without an address.\n"
	    "\n"
	    "Write the length, or give the bridge a subnet; then every address on it takes\n"
	    "the length from there.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "bridges:\n"
	    "  bridge0: {members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "bridges:\n"
	    "  bridge0: {members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17/24]}]}\n",
};

const struct rule rule_duplicate_address = {
	.name = "duplicate-address",
	.severity = SEV_ERROR,
	.summary = "one address is given twice",
	.explain =
	    "Two hosts with one IPv4 address answer the same ARP question, and their\n"
	    "neighbours believe whoever spoke last: connections break off and come back at\n"
	    "random. With IPv6, duplicate address detection (RFC 4862) marks the second as\n"
	    "duplicated, and it is not used at all.\n"
	    "\n"
	    "The message names an address that is free. With addresses: auto free ones are\n"
	    "chosen and kept in the lock file.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  mail: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  mail: {interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]}\n",
};

const struct rule rule_edge_address = {
	.name = "edge-address",
	.severity = SEV_ERROR,
	.summary = "an address is its subnet's first, the network, or its last, the broadcast address",
	.explain =
	    "In an IPv4 subnet the address with all host bits zero stands for the network\n"
	    "itself and the one with all of them one for everybody in it (RFC 1122). A host\n"
	    "with the broadcast address is not asked for by ARP: what is sent to it goes to\n"
	    "all.\n"
	    "\n"
	    "Take an address in between. /31 (RFC 3021) and /32 have neither and may be\n"
	    "used whole; IPv6 has no broadcast.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.255]}]}\n",
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

const struct rule rule_subnet_router_anycast = {
	.name = "subnet-router-anycast",
	.severity = SEV_WARNING,
	.summary = "an IPv6 address ends in all zeros, which means every router of its subnet",
	.explain =
	    "The address of a subnet with nothing but zeros behind the prefix is the\n"
	    "subnet-router anycast address: every router on the link has to answer to it\n"
	    "(RFC 4291, section 2.6.1). As one host's own address it competes with them,\n"
	    "and other systems may refuse to talk to it.\n"
	    "\n"
	    "Take ::1 for a router and any other for a host. On /127 between two routers,\n"
	    "zero is an address like any other (RFC 6164).",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [\"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: \"2a01:e34:ec2a:94a0::1\"\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [\"2a01:e34:ec2a:94a0::\"]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [\"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: \"2a01:e34:ec2a:94a0::1\"\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [\"2a01:e34:ec2a:94a0::17\"]}]\n",
};

const struct rule rule_pool_outside_subnet = {
	.name = "pool-outside-subnet",
	.severity = SEV_ERROR,
	.summary = "a part of pool or reserve lies outside the subnet",
	.explain =
	    "pool says from which addresses of the subnet automatic ones are taken, reserve\n"
	    "which of them stay free for others, a DHCP server's range for instance.\n"
	    "Addresses that the subnet does not have can be neither; most often the subnet\n"
	    "was renumbered and these lists were not.\n"
	    "\n"
	    "Both take addresses, ranges FIRST-LAST and prefixes.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], pool: [10.0.3.100-10.0.3.199]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], pool: [10.0.2.100-10.0.2.199]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_pool_exhausted = {
	.name = "pool-exhausted",
	.severity = SEV_ERROR,
	.summary = "no address is left for one that asks for an automatic one",
	.explain =
	    "addresses: auto takes the lowest free address of the subnet's pool, or of its\n"
	    "whole prefix where no pool is given. Not free are the network and broadcast\n"
	    "addresses, the gateway, all that reserve names and every address written by\n"
	    "hand anywhere in the file.\n"
	    "\n"
	    "Enlarge the prefix or the pool, or shorten reserve. Addresses that jails\n"
	    "already have are kept by the lock file.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/30]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db[1-3]: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/29]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db[1-3]: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_auto_without_subnet = {
	.name = "auto-without-subnet",
	.severity = SEV_ERROR,
	.summary = "an automatic address is asked for, and it is not clear from which subnet",
	.explain =
	    "An automatic address comes from the subnet that the interface stands in: its\n"
	    "own, or that of its bridge or cable. Here there is none, or there are two with\n"
	    "the same family and the interface does not say which, or every family of the\n"
	    "subnet is already served by an address, dhcp or slaac, so that nothing is left\n"
	    "to give.\n"
	    "\n"
	    "Name the subnet at the bridge or at the interface.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
};

const struct rule rule_same_subnet_twice = {
	.name = "same-subnet-twice",
	.severity = SEV_WARNING,
	.summary = "a node has two interfaces in one subnet",
	.explain =
	    "A routing table has one entry for a prefix. With two interfaces in one subnet\n"
	    "everything leaves through the first, whatever address it bears, while both\n"
	    "interfaces may answer ARP for either: replies come back another way than the\n"
	    "request went, and switches and stateful filters dislike that. The second\n"
	    "interface is not a spare; it does not take over when the first fails.\n"
	    "\n"
	    "For two addresses give one interface both, the further one with /32. For\n"
	    "redundancy join the cards of the host in a lagg(4).",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17]}\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.18]}\n",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17, 192.168.0.18/32]}\n",
};

const struct rule rule_address_on_bridge_member = {
	.name = "address-on-bridge-member",
	.severity = SEV_WARNING,
	.error_from = 15,
	.summary = "an interface that is a bridge's member has an address of its own",
	.explain =
	    "A member hands its frames to the bridge. An address on it half works: ARP and\n"
	    "IPv6's link-local addresses go astray, which is why bridge(4) has always\n"
	    "advised to put the address on the bridge itself. bridge(4) and the release\n"
	    "notes of FreeBSD 15 say that net.link.bridge.member_ifaddrs is 0 from there\n"
	    "on: the kernel then refuses with EINVAL to add a member that has an address,\n"
	    "or to give one to a member. The sysctl itself is to go in FreeBSD 16. Where it\n"
	    "is still 1, the kernel logs a warning.\n"
	    "\n"
	    "At boot the failing addm ends ifconfig(8), and with it the rest of the\n"
	    "bridge's line: further members, and the address of the bridge. dhcp and slaac\n"
	    "are addresses too. Move the address to the bridge; the network card keeps\n"
	    "nothing but up.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {addresses: [192.168.0.10]}}\n"
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
	    "  bridge0: {subnet: lan, members: [re0], addresses: [192.168.0.10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_slaac_prefix_length = {
	.name = "slaac-prefix-length",
	.severity = SEV_WARNING,
	.summary = "slaac is asked for in a subnet whose IPv6 prefix is not a /64",
	.explain =
	    "Stateless autoconfiguration joins the prefix of a router's advertisement with\n"
	    "an interface identifier of 64 bits (RFC 4862, RFC 4291 section 2.5.1). With\n"
	    "any other length the two do not make 128 bits, and the host ignores the\n"
	    "prefix: the interface keeps its link-local address and gets no other.\n"
	    "\n"
	    "Make the prefix a /64, or give addresses by hand or by auto.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [\"2a01:e34:ec2a:94a0::/80\"]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: slaac}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [\"2a01:e34:ec2a:94a0::/64\"]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: slaac}]}\n",
};

const struct rule rule_bad_classic_ip = {
	.name = "bad-classic-ip",
	.severity = SEV_ERROR,
	.summary = "an address of a classic jail does not say its interface",
	.explain =
	    "A jail without a network stack of its own (vnet: false) borrows addresses of\n"
	    "the host. Each is written as INTERFACE|ADDRESS, the form that rc.conf's\n"
	    "jail_NAME_ip and jail(8)'s ip4.addr know: the address is put on that interface\n"
	    "when the jail starts and taken away when it stops.\n"
	    "\n"
	    "Without the interface the address must exist beforehand, and the jail does not\n"
	    "start when it does not.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {addresses: [192.168.0.10/24]}}\n"
	    "jails:\n"
	    "  www: {vnet: false, ip: [\"192.168.0.17\"]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {addresses: [192.168.0.10/24]}}\n"
	    "jails:\n"
	    "  www: {vnet: false, ip: [\"re0|192.168.0.17\"]}\n",
};

const struct rule rule_dhcp_without_server = {
	.name = "dhcp-without-server",
	.severity = SEV_WARNING,
	.summary = "dhcp or slaac is asked for on a link where nobody answers",
	.explain =
	    "The link has no network card, no tap of a guest and no machine, so no DHCP\n"
	    "server can be on it, and for slaac no router of this file advertises there\n"
	    "either. dhclient(8) in the jail would ask for a minute and give up; with\n"
	    "SYNCDHCP, the form that works in a jail, the jail's start waits as long.\n"
	    "\n"
	    "Give addresses, or auto, or put a network card into the bridge. A jail that is\n"
	    "itself the DHCP server of the link is not known here; then this warning may be\n"
	    "switched off.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: [10.0.2.1]}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: dhcp}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: [10.0.2.1]}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};
