/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: a key, or the form of its value, that the language does not have. */
#include "rules/rules.h"

const struct rule rule_unknown_key = {
	.name = "unknown-key",
	.severity = SEV_ERROR,
	.summary = "a key does not exist at this place",
	.explain =
	    "A key that nobody reads would be a wish that is silently not granted: member\n"
	    "instead of members, and the bridge comes up without its network card. So every\n"
	    "key must be known where it stands.\n"
	    "\n"
	    "If the word is right, look at the place: the keys of a jail's interface stand\n"
	    "in its item of interfaces, what holds for all jails belongs under\n"
	    "defaults.jail and what holds for their interfaces under defaults.interface. A\n"
	    "variable of rc.conf(5) belongs under rc_conf, a parameter of jail(8) under\n"
	    "parameters.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, member: [re0]}\n"
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

const struct rule rule_missing_key = {
	.name = "missing-key",
	.severity = SEV_ERROR,
	.summary = "a key that cannot be guessed is missing",
	.explain =
	    "A few things mean nothing without one of their keys: a vlan(4) needs its\n"
	    "parent and its tag, a lagg(4) its ports, a route its destination and its next\n"
	    "hop, a cable both ends, a jail's interface the bridge, interface or cable it\n"
	    "stands on. ifconfig(8) and route(8) would refuse to make half of one, and the\n"
	    "rest of the line would be lost with it.\n"
	    "\n"
	    "Add the key; the message shows the shortest form that is complete.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    vlan10: {vlan: {parent: re0}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [vlan10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    vlan10: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [vlan10]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_wrong_type = {
	.name = "wrong-type",
	.severity = SEV_ERROR,
	.summary = "a list, a mapping or a single value stands where another of them is needed",
	.explain =
	    "YAML knows three shapes: single values, lists (- a, or [a, b]) and mappings\n"
	    "(key: value, or {key: value}). Each key takes one of them. One value may stand\n"
	    "for a list of one, so members: re0 is right; otherwise nothing is converted,\n"
	    "because a guess here moves whole parts of a network to another place.\n"
	    "\n"
	    "The usual slips: jails and bridges are mappings from a name to its keys and\n"
	    "not lists, and an IPv6 address without quotes that ends in :: is a mapping to\n"
	    "YAML. Put such an address in quotes.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  - www\n",
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

const struct rule rule_empty_value = {
	.name = "empty-value",
	.severity = SEV_ERROR,
	.summary = "a key has no value",
	.explain =
	    "In YAML an empty value is null. For a bridge or a network card without further\n"
	    "keys that is fine: re0: says that re0 exists. Where a value is needed, nothing\n"
	    "could be written but a variable with an empty value, and rc.conf(5) has its\n"
	    "own meaning for some of these: an empty ifconfig_epair1b keeps\n"
	    "ifconfig_DEFAULT away from the interface.\n"
	    "\n"
	    "Write the value, or remove the key. A value that is really the word null needs\n"
	    "quotes.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: }]}\n",
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

const struct rule rule_unknown_word = {
	.name = "unknown-word",
	.severity = SEV_ERROR,
	.summary = "a word is none of those that the key takes",
	.explain =
	    "Some keys take one of a few words: attach is static, jib or prestart, lagg's\n"
	    "protocols are ifconfig(8)'s, and a switch is true or false. Other words are\n"
	    "not guessed. Above all yes, no, on and off are refused where a switch is\n"
	    "meant: to readers of YAML 1.1 they are truth values, to those of YAML 1.2 they\n"
	    "are text, and rc.conf's YES is a third thing.\n"
	    "\n"
	    "As a name or a text such a word is fine: a jail may be called no.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, routed: yes}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254, routed: true}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_bad_number = {
	.name = "bad-number",
	.severity = SEV_ERROR,
	.summary = "a number is not written in plain decimal digits",
	.explain =
	    "Numbers are digits: no sign, no leading zero, no point, no underscore, no 0x.\n"
	    "010 is ten to one reader of YAML and eight to another. A VLAN tag that is off\n"
	    "by two leads into somebody else's network.\n"
	    "\n"
	    "Write the number as you would dial it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    dmz: {vlan: {parent: re0, tag: 010}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [dmz]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    dmz: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [dmz]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_number_out_of_range = {
	.name = "number-out-of-range",
	.severity = SEV_ERROR,
	.summary = "a number lies outside what FreeBSD takes for this key",
	.explain =
	    "VLAN tags go from 1 to 4094: IEEE 802.1Q keeps 0 and 4095 for itself, and\n"
	    "vlan(4) refuses both. An mtu here is 576 to 16384; what a network card can do\n"
	    "beyond that only its driver knows. A devfs ruleset is 0 to 65535, where 0\n"
	    "means to jail(8) that no ruleset is applied, a fib 0 to 65534, a port 1 to\n"
	    "65535.\n"
	    "\n"
	    "At boot ifconfig(8) would end with an error and leave the interface without\n"
	    "all that stands on its line.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    dmz: {vlan: {parent: re0, tag: 4095}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [dmz]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    dmz: {vlan: {parent: re0, tag: 4094}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [dmz]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_conflicting_keys = {
	.name = "conflicting-keys",
	.severity = SEV_ERROR,
	.summary = "two keys exclude each other",
	.explain =
	    "Each of the two is fine, but together they say two things about one: an\n"
	    "interface cannot be the end of an epair on a bridge and a network card given\n"
	    "whole; one made by a vlan(4) is not a lagg(4) as well; an interface that\n"
	    "another program manages gets no addresses here.\n"
	    "\n"
	    "A classic jail (vnet: false) shares the host's network stack: rc.d/jail writes\n"
	    "either vnet and vnet.interface, or ip4.addr, ip6.addr and exec.fib, never\n"
	    "both. So it has no interfaces, routes, gateway, nat or attach of its own, and\n"
	    "ip and fib belong to it alone. Keep one of the two.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces: [{bridge: bridge0, interface: re1, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_unknown_version = {
	.name = "unknown-version",
	.severity = SEV_ERROR,
	.summary = "the file is written for another version of the language",
	.explain =
	    "version names the version of the topology language, not that of the network;\n"
	    "there is one so far, 1. A file that says another was written for a vnetc that\n"
	    "knows more, and its keys may mean something else there.\n"
	    "\n"
	    "Write version: 1, or leave the key out: that means the same.",
	.bad =
	    "version: 2\n"
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
	    "version: 1\n"
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

const struct rule rule_bad_mac = {
	.name = "bad-mac",
	.severity = SEV_ERROR,
	.summary = "a value is no MAC address that an interface can have",
	.explain =
	    "A MAC address is six pairs of hexadecimal digits with colons between them. The\n"
	    "lowest bit of the first byte marks groups (IEEE 802): an address with it set,\n"
	    "such as 01:00:5e:00:00:01, belongs to many and can be no single interface's\n"
	    "own. All zeros is no address either.\n"
	    "\n"
	    "An address of your own has the second lowest bit of its first byte set, which\n"
	    "marks it as locally administered: 02, 06, 0a and 0e are the usual beginnings.\n"
	    "Left out, mac is derived from the names of host, jail and interface and stays\n"
	    "the same for ever.",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], mac: \"03:00:5e:10:00:11\"}\n",
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
	    "      - {bridge: bridge0, addresses: [192.168.0.17], mac: \"02:00:5e:10:00:11\"}\n",
};

const struct rule rule_bad_hostname = {
	.name = "bad-hostname",
	.severity = SEV_ERROR,
	.summary = "a host name has characters or a length that host names do not allow",
	.explain =
	    "A host name is made of labels of letters, digits and dashes with dots between\n"
	    "them; a label has 1 to 63 bytes and no dash at its ends, the whole at most 255\n"
	    "(RFC 952, RFC 1123). Underscores belong to other records of the DNS, not to\n"
	    "hosts.\n"
	    "\n"
	    "The name goes into rc.conf, jail.conf and from there into mail, logs and\n"
	    "certificates, where a wrong one is refused long after boot and far from its\n"
	    "cause. The name of a jail itself may have an underscore; only its hostname may\n"
	    "not.",
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
	    "    hostname: web_1.example.org\n"
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
	    "    hostname: web-1.example.org\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};
