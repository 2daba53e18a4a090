/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: what stands in other files than the topology itself. */
#include "rules/rules.h"

const struct rule rule_include_unreadable = {
	.name = "include-unreadable",
	.severity = SEV_ERROR,
	.summary = "a file named under include cannot be read",
	.explain =
	    "The name is taken relative to the file that names it, so that a folder of\n"
	    "topologies can be moved as a whole; absolute paths are refused for the same\n"
	    "reason. Only regular files are read: a directory, a device or a FIFO could\n"
	    "keep the build waiting for ever.\n"
	    "\n"
	    "The message ends with the system's own reason. Check the spelling, the\n"
	    "permissions, and whether the file was committed.",
};

const struct rule rule_include_cycle = {
	.name = "include-cycle",
	.severity = SEV_ERROR,
	.summary = "a file includes itself, through others perhaps",
	.explain =
	    "Included files are read first, so a circle has no first one. Files are told\n"
	    "apart by device and inode, not by name: a symbolic link does not hide a\n"
	    "circle. A file that is reached twice by different ways, without a circle, is\n"
	    "read once and is no fault.\n"
	    "\n"
	    "Put what both files need into a third that includes neither.",
};

const struct rule rule_duplicate_definition = {
	.name = "duplicate-definition",
	.severity = SEV_ERROR,
	.summary = "two files define one thing",
	.explain =
	    "Mappings of included files are joined name by name, and each bridge, jail,\n"
	    "subnet or key of host comes from one file. If the later one won, the order of\n"
	    "includes would decide what a network looks like. version may stand in every\n"
	    "file, and the lists under expect follow each other.\n"
	    "\n"
	    "Remove one of the two; the message shows both places. What several topologies\n"
	    "share belongs into a file that all of them include, what differs into their\n"
	    "own.",
};

const struct rule rule_lock_syntax = {
	.name = "lock-syntax",
	.severity = SEV_ERROR,
	.summary = "the lock file beside the topology is damaged",
	.explain =
	    "topology.lock records the epair units and automatic addresses that were given\n"
	    "out, so that a change in one place does not renumber the rest. If it cannot be\n"
	    "read, allocating afresh would rename interfaces under running jails, so\n"
	    "nothing is built and the file is left as it is.\n"
	    "\n"
	    "It comes about by hand, by an interrupted copy, or by a merge that git(1)\n"
	    "could not do alone. Between git's marks keep the lines of both sides: what no\n"
	    "longer fits is dropped at the next build, with a note. Or take the version\n"
	    "from history. To delete the file means to number afresh.",
};

const struct rule rule_lock_entry_replaced = {
	.name = "lock-entry-replaced",
	.severity = SEV_NOTE,
	.summary = "an epair unit or an address recorded in the lock is another now",
	.explain =
	    "What is written in the topology goes before what the lock recorded. When a\n"
	    "unit or an address is given by hand that was given out automatically, when a\n"
	    "subnet or its pool has changed, or when a merge brought two owners for one,\n"
	    "the owner in the lock gets a new one, and this note says which.\n"
	    "\n"
	    "After the next boot that jail has the new address or interface. Tell the DNS,\n"
	    "filters and people that know the old one, or give the old value by hand to\n"
	    "keep it.",
};
