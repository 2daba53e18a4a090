/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: faults in the files of a host, found by vnetc import at their place in them. */
#include "rules/rules.h"

const struct rule rule_unbalanced_quote = {
	.name = "unbalanced-quote",
	.severity = SEV_ERROR,
	.summary = "a quote in a file of the host is never closed",
	.explain =
	    "rc.conf and ezjail's files are read by sh. A quote that is not closed takes in\n"
	    "all that follows, up to the next quote or the end of the file; at the end sh\n"
	    "stops with \"Unterminated quoted string\", and every script that reads the file\n"
	    "stops with it. sh -n FILE shows it without harm.\n"
	    "\n"
	    "Close the quote on its line. vnetc import goes on at the next line that looks\n"
	    "like an assignment.",
};

const struct rule rule_variable_set_twice = {
	.name = "variable-set-twice",
	.severity = SEV_WARNING,
	.summary = "a variable is set twice in one file, and the last value counts",
	.explain =
	    "sh keeps the last value. Of two lines cloned_interfaces=… the first\n"
	    "has no effect at all, and its interfaces are never made.\n"
	    "\n"
	    "Join the values in one line, or let the later one add to the earlier:\n"
	    "cloned_interfaces=\"${cloned_interfaces} bridge0\".",
};

const struct rule rule_plus_equals = {
	.name = "plus-equals",
	.severity = SEV_WARNING,
	.summary = "NAME+=VALUE in a file that sh reads",
	.explain =
	    "+= belongs to sysrc(8) and to jail.conf(5). FreeBSD's sh has no such\n"
	    "assignment: it takes the word for the name of a command and does not find it,\n"
	    "so the value is never added.\n"
	    "\n"
	    "Write NAME=\"${NAME} VALUE\". vnetc import reads the line as it was meant.",
};

const struct rule rule_not_understood = {
	.name = "not-understood",
	.severity = SEV_WARNING,
	.summary = "a line of the host's files is beyond what vnetc import reads",
	.explain =
	    "vnetc import reads assignments and jail.conf; it executes nothing. What a\n"
	    "command does, which branch of an if is taken, and what $(…) would print is\n"
	    "known only to a running shell, so such lines are left out, and told. So are\n"
	    "words of ifconfig(8) and route(8) for which a topology has no place.\n"
	    "\n"
	    "Look at the line: if it is about the network, add to the topology by hand what\n"
	    "it does, or keep it under rc_conf or exec.",
};

const struct rule rule_jail_conf_syntax = {
	.name = "jail-conf-syntax",
	.severity = SEV_ERROR,
	.summary = "a jail.conf is not what jail(8) can read",
	.explain =
	    "jail.conf(5) has parameters that end in semicolons, and blocks NAME { … }. jail(8)\n"
	    "refuses the whole file at the first error, and none of its jails start.\n"
	    "\n"
	    "vnetc import leaves out the statement and goes on after it.",
};

const struct rule rule_unread_variable = {
	.name = "unread-variable",
	.severity = SEV_WARNING,
	.summary = "a jail's variable that nothing reads",
	.explain =
	    "rc.d/jail reads jail_NAME_vnet_interface, without an s, and of the hooks only\n"
	    "numbered ones: jail_NAME_exec_prestart0, 1 and so on. The comments of jib and\n"
	    "jng, and older manual pages, say otherwise.\n"
	    "\n"
	    "Rename the variable.",
};

const struct rule rule_comma_in_vnet_interface = {
	.name = "comma-in-vnet-interface",
	.severity = SEV_ERROR,
	.summary = "interfaces in jail_NAME_vnet_interface are separated by a comma",
	.explain =
	    "rc.d/jail splits jail_NAME_vnet_interface at blanks. A comma stays part of the\n"
	    "name before it, no interface has such a name, and the jail does not start. In\n"
	    "jail.conf it is the other way round: there commas separate.\n"
	    "\n"
	    "Separate the names by blanks.",
};

const struct rule rule_gap_in_exec = {
	.name = "gap-in-exec",
	.severity = SEV_WARNING,
	.summary = "numbers of a jail's exec_prestartN, exec_poststopN … have a gap",
	.explain =
	    "rc.d/jail counts from 0 (which may be missing) and stops at the first number\n"
	    "that is not set. What comes after a gap is never run.\n"
	    "\n"
	    "Number them without gaps.",
};

const struct rule rule_named_devfs_ruleset = {
	.name = "named-devfs-ruleset",
	.severity = SEV_WARNING,
	.summary = "jail_NAME_devfs_ruleset is a name, not a number",
	.explain =
	    "rc.d/jail passes the ruleset to jail(8) by number. Of names it knows only\n"
	    "devfsrules_jail, which is 4; another one is left out with a warning, and the\n"
	    "jail gets ruleset 4, without the devices that were meant.\n"
	    "\n"
	    "Write the number that stands beside the name in /etc/devfs.rules.",
};

const struct rule rule_family_not_first = {
	.name = "family-not-first",
	.severity = SEV_ERROR,
	.summary = "an address family stands in the middle of an ifconfig_ value",
	.explain =
	    "ifconfig(8) takes one address family, and only as its first word: in\n"
	    "\"addm re0 inet 10.0.0.1/24\" and in \"ether 02:… inet 10.0.0.2/24\" it stops with\n"
	    "\"bad value\", and what follows is not done.\n"
	    "\n"
	    "Put the family first; a second one goes to ifconfig_IF_ipv6 or to an alias.",
};

const struct rule rule_alias_without_keyword = {
	.name = "alias-without-keyword",
	.severity = SEV_WARNING,
	.summary = "a value of ifconfig_IF_aliasN begins with an address, not with inet or inet6",
	.explain =
	    "Each alias has to say its family. Without it netif takes an IPv4 address with\n"
	    "a warning, and leaves an IPv6 address out without a word.\n"
	    "\n"
	    "Write inet or inet6 before the address.",
};

const struct rule rule_ipv6_never_up = {
	.name = "ipv6-never-up",
	.severity = SEV_WARNING,
	.summary = "an interface has IPv6 aliases but no ifconfig_IF_ipv6",
	.explain =
	    "IPv6 is switched off on every interface (IFDISABLED) until netif finds\n"
	    "ifconfig_IF_ipv6 for it. With aliases alone it never does, and the addresses\n"
	    "are not usable.\n"
	    "\n"
	    "Make the first address ifconfig_IF_ipv6=\"inet6 ADDRESS/LENGTH\".",
};

const struct rule rule_interface_not_in_jail = {
	.name = "interface-not-in-jail",
	.severity = SEV_ERROR,
	.summary = "a jail's rc.conf configures an interface that the jail does not get",
	.explain =
	    "An interface keeps its name when it moves into a jail: the jail's rc.conf must\n"
	    "speak of epair17b if jail_NAME_vnet_interface says epair17b. Variables for any\n"
	    "other name do nothing, and the jail has no address.\n"
	    "\n"
	    "Use one name on both sides.",
};

const struct rule rule_member_not_up = {
	.name = "member-not-up",
	.severity = SEV_WARNING,
	.summary = "an epair's end is a member of a bridge and nothing brings it up",
	.explain =
	    "netif brings up the interfaces that it configures, and leaves one without a\n"
	    "variable down. A member that is down passes no frames.\n"
	    "\n"
	    "ifconfig_epair1a=\"up\" is enough.",
};

const struct rule rule_jail_defined_twice = {
	.name = "jail-defined-twice",
	.severity = SEV_WARNING,
	.summary = "a jail has both variables (of ezjail or rc.conf) and a block in jail.conf",
	.explain =
	    "Where jail_NAME_rootdir and jail_NAME_hostname are set, rc.d/jail makes its own\n"
	    "configuration of the variables and never looks at the block in jail.conf.\n"
	    "\n"
	    "Keep one of the two.",
};
