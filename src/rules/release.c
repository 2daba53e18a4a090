/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: which FreeBSD the lines are written for. */
#include "rules/rules.h"

const struct rule rule_unknown_release = {
	.name = "unknown-release",
	.severity = SEV_ERROR,
	.summary = "the release is none that lines can be written for",
	.explain =
	    "Between releases ifconfig's words, defaults and limits have changed, so what\n"
	    "is written depends on the release. Known are FreeBSD 11.0 up to the newest 15;\n"
	    "a major alone, 15, means its newest known minor release. What a later one will\n"
	    "want nobody knows yet, and earlier ones start their vnet jails in other ways.\n"
	    "\n"
	    "Write what freebsd-version(1) prints: 15.1, 15.1-RELEASE and 15.1-RELEASE-p1\n"
	    "are all right. Quote it, so that other readers of YAML do not take it for a\n"
	    "number.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  release: \"10.4\"\n"
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
	    "  release: \"15.1\"\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};

const struct rule rule_legacy_release = {
	.name = "legacy-release",
	.severity = SEV_WARNING,
	.summary = "the release is one that the FreeBSD project no longer supports",
	.explain =
	    "Security advisories are issued for supported releases only: all of 13 ended in\n"
	    "April 2026, 14.3 in June and 15.0 in September of that year. Lines are written\n"
	    "in the forms that the old release knows. Without host.release the newest\n"
	    "supported one is assumed, not that of the machine at hand.\n"
	    "\n"
	    "Before 12.0 the GENERIC kernel has no VIMAGE: a host with 11.x needs a kernel\n"
	    "built with options VIMAGE, or no vnet jail starts. Upgrade with\n"
	    "freebsd-update(8), and then say so at host.release.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  release: \"13.5\"\n"
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
	    "  release: \"14.4\"\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
};
