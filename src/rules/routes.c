/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: a way through the network that ends nowhere, or that nobody forwards on. */
#include "rules/rules.h"

const struct rule rule_gateway_outside_subnet = {
	.name = "gateway-outside-subnet",
	.severity = SEV_ERROR,
	.summary = "a gateway's address lies in no network that its users stand in",
	.explain =
	    "A next hop must be a neighbour: route(8) answers \"Network is unreachable\" when\n"
	    "no interface has a prefix that holds it. rc.d/routing goes on after that, so\n"
	    "the machine comes up without a default route and without a complaint that\n"
	    "anybody sees. Exempt are a point-to-point partner (peer) and IPv6's link-local\n"
	    "addresses, which every link has.\n"
	    "\n"
	    "Correct the address, or the subnet's prefixes.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.1.254}\n"
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

const struct rule rule_gateway_address_in_file = {
	.name = "gateway-address-in-file",
	.severity = SEV_ERROR,
	.summary = "a gateway is given by address and is the host or a jail of this file",
	.explain =
	    "By its address a gateway is somebody outside the file, of whom nothing is\n"
	    "known. The host and the jails are known: whether they forward, in which\n"
	    "families, what they must have a route to, and that their jails start after\n"
	    "them. That is worked out only where the gateway is named, and a number in two\n"
	    "places is sooner or later changed in one of them.\n"
	    "\n"
	    "Write the name of the jail, or host. It stands for that node's address in the\n"
	    "subnet.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: 10.0.2.1, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_gateway_not_on_subnet = {
	.name = "gateway-not-on-subnet",
	.severity = SEV_ERROR,
	.summary = "the gateway that a subnet names has no address in it",
	.explain =
	    "Hosts of a subnet reach their gateway as a neighbour, so it needs an interface\n"
	    "on the same link and an address of the family there. Without one there is\n"
	    "nothing to write behind defaultrouter, and the subnet would have no way out.\n"
	    "\n"
	    "Give that node an interface on the bridge, with an address. A subnet that no\n"
	    "link carries (behind a tunnel, or a prefix routed to you) lies behind its\n"
	    "gateway; that one must be a node that some router of the file shares a link\n"
	    "with.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_gateway_not_router = {
	.name = "gateway-not-router",
	.severity = SEV_ERROR,
	.summary = "the gateway of a subnet does not forward",
	.explain =
	    "A FreeBSD machine drops packets that are not for itself unless\n"
	    "net.inet.ip.forwarding (with IPv6 net.inet6.ip6.forwarding) is 1. rc.d/routing\n"
	    "sets these from gateway_enable and ipv6_gateway_enable, and without them to 0,\n"
	    "whatever /etc/sysctl.conf said earlier. Each vnet jail has its own:\n"
	    "gateway_enable on the host does nothing for a router jail, nor the other way\n"
	    "round.\n"
	    "\n"
	    "Say router: true at the gateway, or list its families.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_two_gateways = {
	.name = "two-gateways",
	.severity = SEV_ERROR,
	.summary = "a subnet has two gateways of one family",
	.explain =
	    "A routing table has one default route for each family; a second route add\n"
	    "default fails with EEXIST, and which of two gateways a machine uses would\n"
	    "depend on the order of lines. Two routers that stand in for each other share\n"
	    "one address (carp(4)), and that one is the gateway.\n"
	    "\n"
	    "Keep one. A second router that leads elsewhere belongs into routes, with the\n"
	    "networks behind it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [192.168.0.0/24]\n"
	    "    gateway: [192.168.0.253, 192.168.0.254]\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [192.168.0.0/24]\n"
	    "    gateway: [192.168.0.254]\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_gateway_family_missing = {
	.name = "gateway-family-missing",
	.severity = SEV_NOTE,
	.summary = "a subnet has both families and a gateway for one of them only",
	.explain =
	    "IPv4 and IPv6 have routing tables of their own. With a gateway of one family\n"
	    "the other has no default route here: its hosts reach their own subnet, and\n"
	    "what this file describes, and nothing else. That may be meant, as with\n"
	    "addresses from fd00::/8 that are for inside use.\n"
	    "\n"
	    "If it is not, name the other gateway too. In many networks it is the router's\n"
	    "link-local address, fe80::1, written without a zone.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [192.168.0.0/24, \"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: 192.168.0.254\n"
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
	    "    prefixes: [192.168.0.0/24, \"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: [192.168.0.254, \"2a01:e34:ec2a:94a0::1\"]\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
};

const struct rule rule_gateway_missing = {
	.name = "gateway-missing",
	.severity = SEV_WARNING,
	.summary = "a subnet names no gateway, though a router with a way out stands in it",
	.explain =
	    "A node gets its default route from the gateway of a subnet it stands in. Where\n"
	    "none is named it has none: static routes lead it to the other subnets of this\n"
	    "file, and every packet to anywhere else ends at once with \"no route to host\".\n"
	    "\n"
	    "Name the router as the subnet's gateway. If a node is to have no way out,\n"
	    "gateway: none on it, or on the whole subnet, says so. A node with routes of its\n"
	    "own is not told of.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_two_default_routes = {
	.name = "two-default-routes",
	.severity = SEV_ERROR,
	.summary = "a node has two possible default routes of one family",
	.explain =
	    "A node in two subnets that each have a gateway could leave by either, and so\n"
	    "could one with two leases. rc.conf has one defaultrouter and one\n"
	    "ipv6_defaultrouter; which of them is right is a question of intent. The wrong\n"
	    "choice shows as replies that leave by the other network and are dropped there\n"
	    "by a filter that checks sources.\n"
	    "\n"
	    "Say default: true on the interface that is to carry it, or give the node its\n"
	    "gateway. What lies behind the other gateway gets a route of its own under\n"
	    "routes.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re1]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.17]}\n"
	    "      - {bridge: bridge1, addresses: [192.168.1.17]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re1]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.17], default: true}\n"
	    "      - {bridge: bridge1, addresses: [192.168.1.17]}\n",
};

const struct rule rule_default_without_gateway = {
	.name = "default-without-gateway",
	.severity = SEV_ERROR,
	.summary = "the default route is to go by an interface whose subnet has no gateway",
	.explain =
	    "default: true says by which interface the default route goes; the next hop\n"
	    "comes from the gateway of its subnet, or from dhcp or slaac. Here there is\n"
	    "none of them, or the node itself is that gateway and cannot be its own next\n"
	    "hop.\n"
	    "\n"
	    "Give the subnet its gateway, or move default: true to the interface that has\n"
	    "one.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.17], default: true}\n",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], default: true}\n",
};

const struct rule rule_route_via_off_link = {
	.name = "route-via-off-link",
	.severity = SEV_ERROR,
	.summary = "a route's next hop is no neighbour of the node",
	.explain =
	    "The via of a route must be an address that the node can ask for on one of its\n"
	    "links, or the partner of a point-to-point interface. route(8) refuses any\n"
	    "other with \"Network is unreachable\"; rc.d/routing adds the routes of\n"
	    "static_routes before the default route, so not even that one could help. It\n"
	    "must be of the family of to, and not the node itself.\n"
	    "\n"
	    "Write the neighbour that is nearest on the way; that one needs a route further\n"
	    "on, not this node.",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 10.9.0.0/16, via: 10.0.2.1}\n",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 10.9.0.0/16, via: 192.168.0.253}\n",
};

const struct rule rule_duplicate_route = {
	.name = "duplicate-route",
	.severity = SEV_ERROR,
	.summary = "a node has two routes to one destination",
	.explain =
	    "A routing table has one entry for a prefix: the second route add fails with\n"
	    "EEXIST and is lost, and which of them comes second depends on the order of\n"
	    "lines.\n"
	    "\n"
	    "Keep one. A part of the destination may go another way: the route with the\n"
	    "longer prefix wins there. via: none, which takes a worked-out route away,\n"
	    "counts as a route too.",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 10.9.0.0/16, via: 192.168.0.253}\n"
	    "      - {to: 10.9.0.0/16, via: 192.168.0.252}\n",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 10.9.0.0/16, via: 192.168.0.253}\n"
	    "      - {to: 10.9.128.0/17, via: 192.168.0.252}\n",
};

const struct rule rule_route_to_connected = {
	.name = "route-to-connected",
	.severity = SEV_WARNING,
	.summary = "a route leads to a subnet that the node stands on itself",
	.explain =
	    "The prefix of an interface is in the routing table from the moment the\n"
	    "interface has its address. A route to the same prefix fails with EEXIST; one\n"
	    "to a part of it sends neighbours' packets to a router, which sends them back\n"
	    "to the link and an ICMP redirect with them.\n"
	    "\n"
	    "Remove the route. If the addresses really lie behind that router, the\n"
	    "interface's prefix is too large.",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 192.168.0.128/25, via: 192.168.0.253}\n",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 192.168.1.128/25, via: 192.168.0.253}\n",
};

const struct rule rule_via_not_router = {
	.name = "via-not-router",
	.severity = SEV_ERROR,
	.summary = "a route's next hop is a node of this file that does not forward",
	.explain =
	    "The next hop is known here, and it would drop what is not for itself:\n"
	    "forwarding (net.inet.ip.forwarding, net.inet6.ip6.forwarding) is off in every\n"
	    "network stack until gateway_enable or ipv6_gateway_enable of that very host or\n"
	    "jail turns it on.\n"
	    "\n"
	    "Say router: true there, or route by another neighbour.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: none}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 10.9.0.0/16, via: guest3}\n"
	    "  guest3:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: none}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n"
	    "    routes:\n"
	    "      - {to: 10.9.0.0/16, via: guest3}\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_bad_zone = {
	.name = "bad-zone",
	.severity = SEV_ERROR,
	.summary = "a link-local next hop has a zone, or it is not clear on which link it is",
	.explain =
	    "Every link has its own fe80::/10, so FreeBSD wants the interface beside a\n"
	    "link-local gateway: ipv6_defaultrouter=\"fe80::1%epair1b\". That name is another\n"
	    "on every machine, for host and jails alike, so it is never written in the\n"
	    "file: each node's own interface is added.\n"
	    "\n"
	    "Write fe80::1. On a node with two links of IPv6 the link must be said:\n"
	    "default: true on the interface that leads there.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [\"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: \"fe80::1%re0\"\n"
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
	    "    gateway: \"fe80::1\"\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
};

const struct rule rule_nat_without_router = {
	.name = "nat-without-router",
	.severity = SEV_ERROR,
	.summary = "nat or rdr stands on a node that does not forward IPv4",
	.explain =
	    "nat rewrites what others send through this node, rdr what they send to it for\n"
	    "others. Without gateway_enable=\"YES\" nothing passes through: pf would be\n"
	    "loaded with rules that no packet ever reaches.\n"
	    "\n"
	    "Say router: true, or router: [ipv4].",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  nat: re0\n"
	    "  interfaces: {re0: {addresses: dhcp}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  nat: re0\n"
	    "  interfaces: {re0: {addresses: dhcp}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: host}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_nat_without_exit = {
	.name = "nat-without-exit",
	.severity = SEV_ERROR,
	.summary = "nat has no interface with an IPv4 address to translate to",
	.explain =
	    "nat on IF inet from NET to any -> (IF:0): pf(4) replaces the sender by an IPv4\n"
	    "address of the interface where the packet leaves. nat: true means the\n"
	    "interface of the default route, so there must be one; a named interface needs\n"
	    "an address, dhcp, or another program that brings one (managed: false), and it\n"
	    "must not have been given to a jail.\n"
	    "\n"
	    "Name the interface that leads out, or give it its address.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  nat: re0\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: host}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  nat: re0\n"
	    "  interfaces: {re0: {addresses: dhcp}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: host}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_idle_router = {
	.name = "idle-router",
	.severity = SEV_WARNING,
	.summary = "a node forwards and has only one network to forward in",
	.explain =
	    "A router stands between two networks. With interfaces in one subnet\n"
	    "gateway_enable only opens a door: the machine passes on what a neighbour sends\n"
	    "through it, and sends ICMP redirects. Mostly the second interface has been\n"
	    "forgotten, or router: true is left from an earlier plan.\n"
	    "\n"
	    "Add the interface, or remove router. Tunnels, nat and routes of its own count\n"
	    "as a second side.",
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
	    "    router: true\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
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
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_slaac_on_router = {
	.name = "slaac-on-router",
	.severity = SEV_ERROR,
	.summary = "a node that forwards IPv6 is to take its address by slaac",
	.explain =
	    "A router sends advertisements and does not obey them (RFC 4861, RFC 4862):\n"
	    "with ipv6_gateway_enable=\"YES\" network.subr ignores accept_rtadv, and the\n"
	    "interface is left without an address and the node without a default route.\n"
	    "\n"
	    "Give it an address and a gateway. A node that routes IPv4 only says router:\n"
	    "[ipv4], and its slaac works.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [192.168.0.0/24, \"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: [192.168.0.254, \"2a01:e34:ec2a:94a0::1\"]\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13, slaac]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan:\n"
	    "    prefixes: [192.168.0.0/24, \"2a01:e34:ec2a:94a0::/64\"]\n"
	    "    gateway: [192.168.0.254, \"2a01:e34:ec2a:94a0::1\"]\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: [ipv4]\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13, slaac]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_start_cycle = {
	.name = "start-cycle",
	.severity = SEV_ERROR,
	.summary = "jails wait for each other to start",
	.explain =
	    "A jail starts after those in start_after and after the router jail that its\n"
	    "default route leads to. ezjail passes its files to rcorder(8), and jail(8)\n"
	    "follows depend; a circle has no beginning: rcorder breaks it at a place of its\n"
	    "own choosing, jail(8) refuses the jails in it.\n"
	    "\n"
	    "Take one of the waits away. The host and machines are never waited for, and a\n"
	    "static route's via is not either.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  db:\n"
	    "    start_after: www\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]\n"
	    "  www:\n"
	    "    start_after: db\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  db:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]\n"
	    "  www:\n"
	    "    start_after: db\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_return_route_outside = {
	.name = "return-route-outside",
	.severity = SEV_NOTE,
	.summary = "a router outside this file needs a route back to a subnet behind a router in it",
	.explain =
	    "A packet from behind a router jail leaves by the gateway of the LAN with its\n"
	    "own sender. The answer comes to that gateway, which knows the LAN and not the\n"
	    "subnet behind the jail, and sends it towards the Internet instead of back.\n"
	    "Neither end sees more than a timeout.\n"
	    "\n"
	    "Nothing on this machine can mend that: enter the route that the message shows\n"
	    "on the gateway, and say routed: true at the subnet once it is there. The other\n"
	    "way is nat on the router jail, which lends its own address to what passes.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_routing_circle = {
	.name = "routing-circle",
	.severity = SEV_WARNING,
	.summary = "routers hand packets on in a circle",
	.explain =
	    "Each router takes the other's way for the right one, so a packet goes back and\n"
	    "forth until its hop limit is used up: sixty times over the same links, for each\n"
	    "packet that somebody sends there. It happens with default routes that point at\n"
	    "each other, and with a subnet that lies behind a router (a tunnel, a prefix that\n"
	    "was routed to it) which itself has no route for it: its default route leads\n"
	    "back to who sent the packet.\n"
	    "\n"
	    "Give the router behind which the subnet lies a route: by the next hop beyond it,\n"
	    "or, for what is in use only in parts, by blackhole or reject, beside which\n"
	    "longer prefixes still count. A router is not told of whose way beyond is not in\n"
	    "the file: with routing: none, with an interface that another program configures\n"
	    "(managed: false), or without a tunnel that has addresses here.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  transfer: {prefixes: [10.0.1.0/24], gateway: host, routed: true}\n"
	    "  office: {prefixes: [10.9.0.0/16], gateway: vpn, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], addresses: [192.168.0.10]}\n"
	    "  bridge1: {subnet: transfer, addresses: [10.0.1.1]}\n"
	    "jails:\n"
	    "  vpn:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.2]}\n"
	    "      - {interface: wg0, addresses: [10.99.0.1/24]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  transfer: {prefixes: [10.0.1.0/24], gateway: host, routed: true}\n"
	    "  office: {prefixes: [10.9.0.0/16], gateway: vpn, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], addresses: [192.168.0.10]}\n"
	    "  bridge1: {subnet: transfer, addresses: [10.0.1.1]}\n"
	    "jails:\n"
	    "  vpn:\n"
	    "    router: true\n"
	    "    routes: [{to: 10.9.0.0/16, via: 10.99.0.2}]\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.2]}\n"
	    "      - {interface: wg0, addresses: [10.99.0.1/24]}\n",
};

const struct rule rule_asymmetric_path = {
	.name = "asymmetric-path",
	.severity = SEV_NOTE,
	.summary = "an answer comes back by other routers than the question went",
	.explain =
	    "The network works: every router on both ways forwards. But a firewall that\n"
	    "keeps states sees half of each connection. pf on the router of the answer has\n"
	    "no state for it: a SYN+ACK that no SYN came before matches no \"pass\" rule with\n"
	    "flags S/SA, the default, and is blocked. A break is also harder to find where\n"
	    "ping takes one way and its answer another.\n"
	    "\n"
	    "Let one router be the gateway of both subnets, or give routes that agree.\n"
	    "Looked for where several routers join the same subnets, between a host of each\n"
	    "of the first 64.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  front: {prefixes: [10.0.1.0/24], gateway: east}\n"
	    "  back: {prefixes: [10.0.2.0/24], gateway: west}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: front}\n"
	    "  bridge2: {subnet: back}\n"
	    "jails:\n"
	    "  east:\n"
	    "    router: true\n"
	    "    gateway: none\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.1]}\n"
	    "      - {bridge: bridge2, addresses: [10.0.2.1]}\n"
	    "  west:\n"
	    "    router: true\n"
	    "    gateway: none\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.2]}\n"
	    "      - {bridge: bridge2, addresses: [10.0.2.2]}\n"
	    "  web: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  db: {interfaces: [{bridge: bridge2, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  front: {prefixes: [10.0.1.0/24], gateway: east}\n"
	    "  back: {prefixes: [10.0.2.0/24], gateway: east}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: front}\n"
	    "  bridge2: {subnet: back}\n"
	    "jails:\n"
	    "  east:\n"
	    "    router: true\n"
	    "    gateway: none\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.1]}\n"
	    "      - {bridge: bridge2, addresses: [10.0.2.1]}\n"
	    "  west:\n"
	    "    router: true\n"
	    "    gateway: none\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge1, addresses: [10.0.1.2]}\n"
	    "      - {bridge: bridge2, addresses: [10.0.2.2]}\n"
	    "  web: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  db: {interfaces: [{bridge: bridge2, addresses: auto}]}\n",
};

const struct rule rule_gateway_without_way_out = {
	.name = "gateway-without-way-out",
	.severity = SEV_WARNING,
	.summary = "a subnet's gateway is an address that nobody on its link can have",
	.explain =
	    "By address a gateway is somebody outside the file. This link has nothing that\n"
	    "leads outside: no network card, no tap of a guest, no interface of another\n"
	    "program, no tunnel. So no neighbour will ever answer ARP or NDP for it, and\n"
	    "its users have a default route into the void.\n"
	    "\n"
	    "Name the node that is the gateway, put a network card into the bridge, or\n"
	    "leave the gateway out if the subnet is to be closed.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: 10.0.2.1}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: 10.0.2.1}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, members: [re0]}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_gateway_behind_nobody = {
	.name = "gateway-behind-nobody",
	.severity = SEV_ERROR,
	.summary = "a subnet lies on no link and names no node that it lies behind",
	.explain =
	    "A subnet that no bridge, cable or interface stands in is somewhere behind a\n"
	    "node: beyond its tunnel, or routed to it by a provider. Its gateway says\n"
	    "behind whom, and every other node gets a route there. Without a name there is\n"
	    "no next hop for these routes; an address alone is somebody outside the file,\n"
	    "of whom nothing can be worked out.\n"
	    "\n"
	    "Write gateway: JAIL (or host, or a machine), or put the subnet on a bridge.\n"
	    "With gateway: none it is an island that nothing leads to.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  vpn: {prefixes: [10.9.0.0/24]}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    nat: bridge0\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.13]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  vpn: {prefixes: [10.9.0.0/24], gateway: guest3}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    nat: bridge0\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.13]}]\n",
};

const struct rule rule_gateway_beside_dhcp = {
	.name = "gateway-beside-dhcp",
	.severity = SEV_WARNING,
	.summary = "a gateway is given where dhcp or slaac brings its own",
	.explain =
	    "dhclient-script(8) sets the default route from the lease, and rtsold(8) and\n"
	    "the kernel set IPv6's from a router's advertisement. A gateway that is given\n"
	    "for the same family besides is written at boot and then replaced, or the other\n"
	    "way round, depending on which comes later; after a lease is renewed it may be\n"
	    "another than before.\n"
	    "\n"
	    "Keep one of the two: an address by hand on that interface, or no gateway here.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re1]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: dhcp}\n"
	    "      - {bridge: bridge1, addresses: [192.168.1.17], default: true}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: 192.168.1.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: dmz, members: [re1]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: dhcp}\n"
	    "      - {bridge: bridge1, addresses: [192.168.1.17]}\n",
};

const struct rule rule_rdr_fault = {
	.name = "rdr-fault",
	.severity = SEV_ERROR,
	.summary = "a redirection leads nowhere, or says two things of one port",
	.explain =
	    "rdr pass on IF inet proto tcp from any to (IF:0) port 80 -> 10.0.2.17 port\n"
	    "8080: pf(4) takes the first rule that matches and never looks at a second one\n"
	    "for the same protocol, port and exit. The target must be a jail, a machine or\n"
	    "an address of this file with IPv4, and its packets must find their way through\n"
	    "this node. port_to says to which port, so it needs port.\n"
	    "\n"
	    "The exits are those of nat, else the interface of the default route; there\n"
	    "must be one. Give each port one target.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  nat: re0\n"
	    "  rdr:\n"
	    "    - {proto: tcp, port: 80, to: guest4}\n"
	    "    - {proto: tcp, port: 80, to: guest5}\n"
	    "  interfaces: {re0: {addresses: dhcp}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: host}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  guest5: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  router: true\n"
	    "  nat: re0\n"
	    "  rdr:\n"
	    "    - {proto: tcp, port: 80, to: guest4}\n"
	    "    - {proto: tcp, port: 8080, to: guest5}\n"
	    "  interfaces: {re0: {addresses: dhcp}}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: host}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend, addresses: [10.0.2.1]}\n"
	    "jails:\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  guest5: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_routing_without_daemon = {
	.name = "routing-without-daemon",
	.severity = SEV_WARNING,
	.summary = "a node is to learn its routes, and nothing there runs a routing daemon",
	.explain =
	    "routing: none leaves all static routes out, because a daemon on that node\n"
	    "learns them: routed(8), route6d(8), bird, frr, quagga or openbgpd. No variable\n"
	    "in its rc_conf enables one, or the node stands on one subnet and has nothing\n"
	    "to learn. Reachability is worked out as if it had all the routes, so a proof\n"
	    "is worth only as much as that daemon.\n"
	    "\n"
	    "Write its variable under rc_conf, or remove routing: none.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    routing: none\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  backend: {prefixes: [10.0.2.0/24], gateway: guest3, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  guest3:\n"
	    "    router: true\n"
	    "    routing: none\n"
	    "    rc_conf: {routed_enable: \"YES\"}\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};
