/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: what the topology is expected to do, and does not. */
#include "rules/rules.h"

const struct rule rule_expectation_failed = {
	.name = "expectation-failed",
	.severity = SEV_ERROR,
	.summary = "something reaches, or does not reach, what the file expects otherwise",
	.explain =
	    "Each expectation is proved on the finished network before anything is written:\n"
	    "from the sender's own routing table hop by hop to the receiver, and back, in\n"
	    "every family that both have. Addresses, VLANs, private members, forwarding,\n"
	    "the longest matching route and nat count. path wants exactly the routers it\n"
	    "lists, [] none.\n"
	    "\n"
	    "outside is one unknown router on every link with a network card. It knows the\n"
	    "subnets of those links and those with routed: true, nothing else. A way that\n"
	    "leaves by it towards another subnet of this file may come back or not, so it\n"
	    "proves neither. The message says where the way breaks and why; mend the\n"
	    "network there, or correct the expectation.",
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
	    "  guest3:\n"
	    "    router: true\n"
	    "    interfaces:\n"
	    "      - {bridge: bridge0, addresses: [192.168.0.13]}\n"
	    "      - {bridge: bridge1, addresses: [10.0.2.1]}\n"
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "expect:\n"
	    "  - {from: guest4, to: outside}\n",
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
	    "  guest4: {interfaces: [{bridge: bridge1, addresses: auto}]}\n"
	    "expect:\n"
	    "  - {from: guest4, to: outside}\n",
};

const struct rule rule_contradicting_expectations = {
	.name = "contradicting-expectations",
	.severity = SEV_ERROR,
	.summary = "the same is expected to be reached and not to be reached",
	.explain =
	    "Two expectations have equal ends, and one says reach: false. No network can\n"
	    "meet both, so one of them is a remnant, and nobody but its author knows which.\n"
	    "\n"
	    "Remove it.",
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
	    "  mail: {interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]}\n"
	    "expect:\n"
	    "  - {from: www, to: mail}\n"
	    "  - {from: www, to: mail, reach: false}\n",
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
	    "  mail: {interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]}\n"
	    "expect:\n"
	    "  - {from: www, to: mail}\n",
};
