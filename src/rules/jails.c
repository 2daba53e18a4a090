/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: how a jail gets its interfaces, and what its own configuration may say. */
#include "rules/rules.h"

const struct rule rule_jib_without_nic = {
	.name = "jib-without-nic",
	.severity = SEV_ERROR,
	.summary = "jib is asked for on a bridge that is not named after a network card",
	.explain =
	    "jib addm NAME re0 puts the jail on a bridge called re0bridge, with -b X on one\n"
	    "called re0X: it takes no bridge's name, it makes one from the card's. It also\n"
	    "brings the card up and reads its MAC address, so the card must exist even\n"
	    "where it is no member. On a bridge called bridge0 jib would make a second\n"
	    "bridge beside it and try to take the card there.\n"
	    "\n"
	    "Call the bridge re0bridge (its key, or its name), or let attach be prestart,\n"
	    "which works on every bridge.",
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
	    "    attach: jib\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_jib_uplink_name = {
	.name = "jib-uplink-name",
	.severity = SEV_ERROR,
	.summary = "the card's name has a dot or is too long for jib or jng",
	.explain =
	    "jib keeps a counter in a shell variable named after the uplink and maps\n"
	    "nothing: with re0.10 the shell stops at \"Bad substitution\" after the epair was\n"
	    "made, which then is left over. jng uses the raw name where ng_ether(4) has\n"
	    "turned the dot into an underscore. The bridge's name is UPLINK and a suffix,\n"
	    "together at most 15 bytes: with the usual suffix, bridge, nine are left for\n"
	    "the card.\n"
	    "\n"
	    "Give the VLAN a name without a dot, such as vlan10, or let attach be prestart.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    re0.10: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0.10bridge: {subnet: lan, members: [re0.10]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re0.10bridge, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces:\n"
	    "    re0: {}\n"
	    "    vlan10: {vlan: {parent: re0, tag: 10}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  vlan10bridge: {subnet: lan, members: [vlan10]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: vlan10bridge, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_jib_bridge_name = {
	.name = "jib-bridge-name",
	.severity = SEV_ERROR,
	.summary = "jib would look for another bridge than the one asked for",
	.explain =
	    "jib knows a bridge only as UPLINK and suffix. A bridge called re0bridge that\n"
	    "has re1 as its card would get jails whose MAC addresses come from re0, and\n"
	    "should it be missing once, jib would build it with re0. All jib interfaces of\n"
	    "one jail are made by one call, which has one -b, so their bridges must have\n"
	    "the same suffix. A card that is in a bridge already cannot join a second: addm\n"
	    "fails with EBUSY, and the jail does not start.\n"
	    "\n"
	    "Name the bridge after its own card, or let attach be prestart.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re1]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}, re1: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re1bridge: {subnet: lan, members: [re1]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re1bridge, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_key_needs_other_attach = {
	.name = "key-needs-other-attach",
	.severity = SEV_ERROR,
	.summary = "a key or a cable asks for something that its attach cannot do",
	.explain =
	    "jib takes the next free epair when the jail starts, puts its end a into the\n"
	    "bridge and derives both MAC addresses from the card's and the jail's name; jng\n"
	    "makes an ng_eiface(4) in the same way. A mac, an epair, an end or a cable\n"
	    "chosen here would have no effect. name is no such key: it renames the\n"
	    "interface inside the jail and works with all.\n"
	    "\n"
	    "prestart makes a cable too, but one jail must make it: of a cable between two\n"
	    "jails the one that stops would take the other's end away. Nor can it ask for a\n"
	    "lease at the host's end. Such a cable is static.\n"
	    "\n"
	    "Let attach be prestart, which makes the pair when the jail starts and leaves\n"
	    "all of this to you, or leave the key out.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: jib\n"
	    "    interfaces:\n"
	    "      - {bridge: re0bridge, addresses: [192.168.0.17], epair: epair17}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www:\n"
	    "    attach: prestart\n"
	    "    interfaces:\n"
	    "      - {bridge: re0bridge, addresses: [192.168.0.17], epair: epair17}\n",
};

const struct rule rule_jng_virtio = {
	.name = "jng-virtio",
	.severity = SEV_WARNING,
	.summary = "a netgraph bridge uses a virtio network card",
	.explain =
	    "With ng_ether(4) on a vtnet(4) card, a panic of the host when a jail stops has\n"
	    "been reported for FreeBSD 14.3 (PR 238326). A workaround from there is to shut\n"
	    "the jail's node down before the jail, in exec_prestop.\n"
	    "\n"
	    "In a virtual machine an if_bridge does the same work: remove netgraph: true.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {vtnet0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  vtnet0bridge: {subnet: lan, members: [vtnet0], netgraph: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: vtnet0bridge, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {vtnet0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  vtnet0bridge: {subnet: lan, members: [vtnet0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: vtnet0bridge, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_jail_without_interface = {
	.name = "jail-without-interface",
	.severity = SEV_WARNING,
	.summary = "a jail with its own network stack has no interface in it",
	.explain =
	    "A vnet jail sees the interfaces that were moved into it and its own lo0, and\n"
	    "nothing of the host's. Without any it starts, and reaches itself only. That\n"
	    "may be meant, for a jail that only computes.\n"
	    "\n"
	    "Give it an interface on a bridge, or say vnet: false and give it an address of\n"
	    "the host.",
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
	    "  mail: {}\n",
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

const struct rule rule_tentative_address = {
	.name = "tentative-address",
	.severity = SEV_WARNING,
	.summary = "services of a classic jail start before its IPv6 address may be used",
	.explain =
	    "jail(8) adds the addresses of a jail without vnet to the host's interface and\n"
	    "runs the jail's /etc/rc at once. An IPv6 address is tentative until duplicate\n"
	    "address detection (DAD) has waited net.inet6.ip6.dad_count seconds for somebody\n"
	    "to object; until then no socket can be bound to it. In a jail with one address\n"
	    "of a family any is that address, so even a service that listens on all of them\n"
	    "fails: Can't assign requested address.\n"
	    "\n"
	    "A jail with vnet: true has a netif of its own, which sleeps for that long. For a\n"
	    "classic one wait in exec.prestart, which runs after the addresses are there. An\n"
	    "address of a loopback interface is never tentative. Where the host has\n"
	    "net.inet6.ip6.dad_count=0, switch the warning off: -W no-tentative-address.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {addresses: [\"2001:db8::10/64\"]}}\n"
	    "jails:\n"
	    "  www: {vnet: false, ip: [\"re0|2001:db8::17\"]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {addresses: [\"2001:db8::10/64\"]}}\n"
	    "jails:\n"
	    "  www: {vnet: false, ip: [\"re0|2001:db8::17\"], exec: {prestart: [sleep 2]}}\n",
};

const struct rule rule_devfs_ruleset_too_small = {
	.name = "devfs-ruleset-too-small",
	.severity = SEV_WARNING,
	.summary = "the devfs ruleset hides a device that the jail needs",
	.explain =
	    "The rulesets of /etc/defaults/devfs.rules are 1 to 5, where 4 is that of jails\n"
	    "and 5, devfsrules_jail_vnet, adds /dev/pf. None of them shows bpf(4), without\n"
	    "which dhclient(8) cannot work; without /dev/pf pfctl(8) cannot load rules, nat\n"
	    "included. The jail would start, and this part of it fail in its own boot\n"
	    "messages, which few people read.\n"
	    "\n"
	    "Leave devfs_ruleset out: a ruleset that shows what the jail needs is then\n"
	    "chosen, or written to devfs.rules. A ruleset of your own with another number\n"
	    "is not looked into.",
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
	    "    devfs_ruleset: 4\n"
	    "    interfaces: [{bridge: bridge0, addresses: dhcp}]\n",
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
	    "    interfaces: [{bridge: bridge0, addresses: dhcp}]\n",
};

const struct rule rule_rc_conf_owned = {
	.name = "rc-conf-owned",
	.severity = SEV_ERROR,
	.summary = "rc_conf or parameters sets something that is worked out from the topology",
	.explain =
	    "rc.conf is a shell script, in which the last assignment wins. A second\n"
	    "defaultrouter or ifconfig_epair1b would silently replace the one that belongs\n"
	    "to the diagram, and a second cloned_interfaces all bridges and epairs at once.\n"
	    "The same holds for those parameters of jail(8) that decide about a jail's\n"
	    "network, path and start.\n"
	    "\n"
	    "Say it with the topology's own key; the message names it. Every other variable\n"
	    "may stand under rc_conf.",
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
	    "    rc_conf: {defaultrouter: 192.168.0.253}\n",
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
	    "    gateway: 192.168.0.253\n",
};

const struct rule rule_rc_conf_hazard = {
	.name = "rc-conf-hazard",
	.severity = SEV_WARNING,
	.summary = "a variable under rc_conf reaches further than it seems and harms this network",
	.explain =
	    "ifconfig_DEFAULT holds for every interface without a variable of its own,\n"
	    "bridges and both ends of epairs among them: dhclient would run on each.\n"
	    "ipv6_activate_all_interfaces gives link-local addresses to members of bridges,\n"
	    "which FreeBSD 15 takes for addresses on a member. jail_parallel_start starts\n"
	    "jails without waiting for the router among them.\n"
	    "\n"
	    "network_interfaces other than auto is deprecated and changes how\n"
	    "cloned_interfaces is read. kern_securelevel from 1 keeps netgraph's modules\n"
	    "from being loaded later, from 3 pf's rules in jails from being changed. An\n"
	    "ifconfig_lo0 must contain inet 127.0.0.1/8, because rc adds it only where the\n"
	    "variable is not set. Remove the variable, or give these settings to the\n"
	    "interfaces that are meant.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "  rc_conf: {ifconfig_DEFAULT: SYNCDHCP}\n"
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
	    "  bridge0: {subnet: lan, members: [re0], addresses: dhcp}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_unwritable_value = {
	.name = "unwritable-value",
	.severity = SEV_ERROR,
	.summary = "rc_conf, parameters or exec holds what the files cannot carry",
	.explain =
	    "rc.conf is a shell script and jail.conf has its own quoting. vnetc quotes what\n"
	    "a shell would expand, so that $, quotes and backslashes arrive as they were\n"
	    "written. Two things have no safe form: control characters, line ends and tabs\n"
	    "among them; and in variables that rc reads a second time (ifconfig_X, route_X,\n"
	    "kld_list and their like) whatever a shell would interpret, because rc gives\n"
	    "them to eval and to an echo without quotes. network.subr would run a $( ) in\n"
	    "them at boot and replace a * by the names of files.\n"
	    "\n"
	    "Leave the character out. Several commands of a hook are a list, a command a\n"
	    "line; a long one belongs into a script that the hook calls.",
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
	    "    exec:\n"
	    "      prestart: |\n"
	    "        /usr/local/sbin/hook one\n"
	    "        /usr/local/sbin/hook two\n",
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
	    "    exec:\n"
	    "      prestart:\n"
	    "        - /usr/local/sbin/hook one\n"
	    "        - /usr/local/sbin/hook two\n",
};

const struct rule rule_netgraph_bridge_name = {
	.name = "netgraph-bridge-name",
	.severity = SEV_ERROR,
	.summary = "a netgraph bridge is not called after its network card",
	.explain =
	    "jng bridge NAME re0 hangs the jail on the ng_bridge(4) node re0bridge and\n"
	    "makes it when it is missing: the name cannot be chosen. Under another name the\n"
	    "topology and the machine would speak of two different bridges.\n"
	    "\n"
	    "Call the bridge re0bridge, by its key or by its name. A netgraph bridge\n"
	    "without a network card may be called as you like, since it is not made by jng.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], netgraph: true}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0], netgraph: true, name: re0bridge}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};
