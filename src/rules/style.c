/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: what does no harm and is still worth a look. */
#include "rules/rules.h"

const struct rule rule_unused_subnet = {
	.name = "unused-subnet",
	.severity = SEV_WARNING,
	.summary = "a subnet is declared and nothing stands in it",
	.explain =
	    "No bridge, cable, interface or machine is in this subnet, and no node is the\n"
	    "gateway that it lies behind. It has no effect on what is written, apart from\n"
	    "the diagram and the address plan, where it promises something that is not\n"
	    "there; often a bridge's subnet: has another spelling in mind.\n"
	    "\n"
	    "Use it, name its gateway, or remove it.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "  dmz: {prefixes: [192.168.1.0/24], gateway: none}\n"
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

const struct rule rule_description_altered = {
	.name = "description-altered",
	.severity = SEV_NOTE,
	.summary = "a description has characters that rc.conf would not pass on unharmed",
	.explain =
	    "/etc/network.subr reads ifconfig_IF_descr through eval and an unquoted echo:\n"
	    "runs of blanks become one, an asterisk becomes the names of files, a quote or\n"
	    "a semicolon may end the command. Letters, digits, blanks and _ . , : / @ + = -\n"
	    "are safe; every other character becomes an underscore there.\n"
	    "\n"
	    "The diagram and the address plan show the description as it is written. Choose\n"
	    "plain words if ifconfig's output is to show it too.",
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
	    "      - bridge: bridge0\n"
	    "        addresses: [192.168.0.17]\n"
	    "        description: Olga's shop\n",
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
	    "      - bridge: bridge0\n"
	    "        addresses: [192.168.0.17]\n"
	    "        description: the shop of Olga\n",
};
