/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: what keeps the results from being written. */
#include "rules/rules.h"

const struct rule rule_output_of_another = {
	.name = "output-of-another",
	.severity = SEV_ERROR,
	.summary = "the output directory was written from another topology",
	.explain =
	    "Each build leaves its mark in the directory that it writes, and removes files\n"
	    "there that it no longer needs. In the directory of another topology it would\n"
	    "remove and replace that one's files.\n"
	    "\n"
	    "Choose another directory with -o. If the topology was renamed, remove the old\n"
	    "directory, or keep the name that the files were made from.",
};

const struct rule rule_graphviz = {
	.name = "graphviz",
	.severity = SEV_ERROR,
	.summary = "Graphviz could not lay the diagram out",
	.explain =
	    "The order of jails and bridges in the diagram comes from Graphviz's dot\n"
	    "layout, which is called as a library, not as another program. When it fails\n"
	    "there is no picture, and no part of the build is written.\n"
	    "\n"
	    "The message repeats what the library said. dot -V shows which Graphviz is\n"
	    "installed; where the layout is loaded at run time, dot -c renews the list of\n"
	    "plugins after an upgrade. The network itself may be right all the same: check\n"
	    "does not draw.",
};
