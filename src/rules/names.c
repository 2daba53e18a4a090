/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: a name that FreeBSD, the shell or ezjail would refuse or misunderstand. */
#include "rules/rules.h"

const struct rule rule_bad_name = {
	.name = "bad-name",
	.severity = SEV_ERROR,
	.summary = "a name has a character that does not work where it is used",
	.explain =
	    "Names become parts of shell variables and of file names. network.subr turns\n"
	    ". - / + of an interface's name into _ when it looks for ifconfig_NAME and\n"
	    "knows no other character; rc.d/bridge turns none at all, so a bridge that gets\n"
	    "an autobridge line has only letters, digits and underscores. A jail's name is\n"
	    "letters, digits, _ and -: to jail(8) a dot makes web.1 the child 1 of a jail\n"
	    "web, and ezjail skips configuration files with a dot in their name.\n"
	    "\n"
	    "An interface's name begins with a letter. A group's name does not end in a\n"
	    "digit, as ifconfig(8) says, and has at most 15 bytes. Write an underscore, or\n"
	    "a dash where it is allowed, instead.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web.1: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web_1: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_interface_name_too_long = {
	.name = "interface-name-too-long",
	.severity = SEV_ERROR,
	.summary = "an interface's name is longer than 15 bytes",
	.explain =
	    "The kernel keeps an interface's name in IFNAMSIZ bytes (net/if.h): 16, of\n"
	    "which the last is the terminating zero. ifconfig(8) refuses to rename an\n"
	    "interface to a longer one, and every later line of rc.conf would then speak of\n"
	    "an interface that does not exist.\n"
	    "\n"
	    "Names that are put together count whole: a VLAN is called PARENT.TAG, the ends\n"
	    "of a cable KEYa and KEYb, and the message shows what such a name is made of.\n"
	    "Shorten the key, or give a short name beside it.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  backoffice-bridge: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: backoffice-bridge, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: backoffice-bridge, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  backoffice: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: backoffice, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: backoffice, addresses: auto}]}\n",
};

const struct rule rule_reserved_name = {
	.name = "reserved-name",
	.severity = SEV_ERROR,
	.summary = "a name already means something else to this file, to FreeBSD or to ezjail",
	.explain =
	    "host, outside, none, auto, dhcp and slaac are words of the topology language.\n"
	    "ezjail-admin refuses jails called basejail, newjail, fulljail, flavours,\n"
	    "ezjailtemp and ezjail_archives, because its own directories have these names,\n"
	    "and a configuration that ends in .norun is one that is switched off.\n"
	    "\n"
	    "An interface called dhcp or wpa could not be told from the words that\n"
	    "/etc/network.subr takes out of ifconfig variables, one called DEFAULT would\n"
	    "own ifconfig_DEFAULT, which holds for every interface without lines of its\n"
	    "own, and all, epair, bridge, vlan and lo are groups to ifconfig(8). Choose\n"
	    "another name.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  basejail: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  base: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_numeric_jail_name = {
	.name = "numeric-jail-name",
	.severity = SEV_ERROR,
	.summary = "a jail's name consists of digits only",
	.explain =
	    "jail(8), jls(8) and jexec(8) take a jail by its name or by its number, its\n"
	    "jid. The kernel refuses a name that is a number, unless it is the jail's own\n"
	    "jid, and nobody knows that one before the jail runs. At boot the jail would\n"
	    "not start.\n"
	    "\n"
	    "Put a letter before it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  17: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  j17: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_jib_jail_name = {
	.name = "jib-jail-name",
	.severity = SEV_ERROR,
	.summary = "a jail's name is too long for the interface that jib or jng makes for it",
	.explain =
	    "jib, from /usr/share/examples/jails, calls the ends of its epairs e0a_NAME and\n"
	    "e0b_NAME, jng calls its interfaces ng0_NAME. A name has 15 bytes at most, so\n"
	    "11 are left for the jail's; from the eleventh such interface of a jail on, 10.\n"
	    "\n"
	    "jib ends with \"File name too long\" at the rename, the jail does not start and\n"
	    "the epair stays behind. jng cuts the name off silently; vnet.interface then\n"
	    "names an interface that does not exist, and jng shutdown does not find it. A\n"
	    "dash is no fault: ezjail maps web-1 to web_1 before jib sees it. Shorten the\n"
	    "jail's name, or let attach be static or prestart, where epairs have their own\n"
	    "names.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  webserver-prod:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  re0bridge: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web-prod:\n"
	    "    attach: jib\n"
	    "    interfaces: [{bridge: re0bridge, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_variable_name_clash = {
	.name = "variable-name-clash",
	.severity = SEV_ERROR,
	.summary = "two names become one and the same shell variable",
	.explain =
	    "A variable's name in rc.conf has only letters, digits and underscores.\n"
	    "network.subr therefore maps . - / + in interface names to _, and rc.d/jail and\n"
	    "ezjail map every character of a jail's name that is no letter or digit. re0.10\n"
	    "and re0_10 share ifconfig_re0_10, web-1 and web_1 share jail_web_1_hostname\n"
	    "and all the others.\n"
	    "\n"
	    "In rc.conf the last assignment wins: both would be configured with the lines\n"
	    "of one, and two jails would share one configuration file. Rename one of them.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web-1: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  web_1: {interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web-1: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n"
	    "  web-2: {interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]}\n",
};

const struct rule rule_name_taken = {
	.name = "name-taken",
	.severity = SEV_ERROR,
	.summary = "two things want the same name",
	.explain =
	    "Within one network stack a name belongs to one interface: a rename to a name\n"
	    "in use fails, and an interface that moves into a jail which already has one of\n"
	    "its name is refused with EEXIST. Names that are made count too: the ends KEYa\n"
	    "and KEYb of a cable, jib's e0b_NAME, and the bridge or epair unit that a\n"
	    "bridge or cable has for its key.\n"
	    "\n"
	    "Jails, machines and subnets share one set of names in the file, so that a\n"
	    "gateway or an expectation that names one of them means exactly one. Jails that\n"
	    "a range such as web[1-8] makes are counted as if they were written out.",
	.bad =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  backend: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
	.good =
	    "host: {name: beastie}\n"
	    "subnets:\n"
	    "  backend: {prefixes: [10.0.2.0/24]}\n"
	    "bridges:\n"
	    "  bridge1: {subnet: backend}\n"
	    "jails:\n"
	    "  db: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "  app: {interfaces: [{bridge: bridge1, addresses: auto}]}\n",
};

const struct rule rule_bad_name_range = {
	.name = "bad-name-range",
	.severity = SEV_ERROR,
	.summary = "a range in a jail's name cannot be counted",
	.explain =
	    "web[1-8] makes eight jails, web1 to web8, and web[01-08] keeps the zeros. Both\n"
	    "ends are numbers, the first is not above the last, and where the first has a\n"
	    "leading zero both have the same width. A name has one range, at its end, of at\n"
	    "most 1000.\n"
	    "\n"
	    "The numbers end in names of jails, of files and of interfaces, so a range that\n"
	    "could be read in two ways is not read at all. Inside { } quote the name, since\n"
	    "YAML takes the bracket for its own there.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web[8-1]: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web[1-8]: {interfaces: [{bridge: bridge0, addresses: auto}]}\n",
};

const struct rule rule_number_without_range = {
	.name = "number-without-range",
	.severity = SEV_WARNING,
	.summary = "$n, or an address that counts up, stands in a jail that is no range",
	.explain =
	    "In a jail called web[1-8], $n (or ${n}) is the number of each and\n"
	    "192.168.0.21+ an address that counts up with it. A jail without a range is one\n"
	    "jail: there is nothing to count, and the sign is taken as it stands, or the\n"
	    "address without its plus.\n"
	    "\n"
	    "Remove the sign, or give the jail its range. A dollar that is meant is written\n"
	    "$$.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web: {interfaces: [{bridge: bridge0, addresses: [192.168.0.21+]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  web[1-2]: {interfaces: [{bridge: bridge0, addresses: [192.168.0.21+]}]}\n",
};

const struct rule rule_unknown_name = {
	.name = "unknown-name",
	.severity = SEV_ERROR,
	.summary = "a name refers to something that the file does not have",
	.explain =
	    "Bridges, subnets, jails, machines, cables and the host's interfaces are\n"
	    "referred to by their key, the word they stand under in this file, not by the\n"
	    "name they have on the machine. A member that does not exist is no small\n"
	    "matter: ifconfig(8) ends at the first addm that fails, so the members behind\n"
	    "it are not added and the bridge's address, which is set last, never is.\n"
	    "\n"
	    "Correct the spelling, or declare the thing: a network card under\n"
	    "host.interfaces needs no more than its name. tapN and vmN among a bridge's\n"
	    "members need no declaration, since other programs make them later.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge1, addresses: [192.168.0.17]}]}\n",
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

const struct rule rule_machine_kind = {
	.name = "machine-kind",
	.severity = SEV_ERROR,
	.summary = "a machine's interface does not say clearly where it stands",
	.explain =
	    "A machine is a computer that is only told of: a bhyve(8) guest, the router of\n"
	    "the LAN. Its interface stands on a bridge of this host, through the tap(4)\n"
	    "that its hypervisor opens (bridge, with tap), or in a subnet beyond one of the\n"
	    "host's network cards (subnet). A tap is a member of its bridge by that alone\n"
	    "and belongs to one machine; without a bridge it would lead nowhere.\n"
	    "\n"
	    "Give the interface its bridge, or name a subnet that lies on a link with a\n"
	    "network card.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "machines:\n"
	    "  vm1: {interfaces: [{tap: tap0, addresses: [192.168.0.31]}]}\n",
	.good =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "machines:\n"
	    "  vm1: {interfaces: [{bridge: bridge0, tap: tap0, addresses: [192.168.0.31]}]}\n",
};
