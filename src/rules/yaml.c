/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules: what makes the text itself unreadable, before any of it is about a network. */
#include "rules/rules.h"

const struct rule rule_not_utf8 = {
	.name = "not-utf8",
	.severity = SEV_ERROR,
	.summary = "a byte of the file is not UTF-8",
	.explain =
	    "A topology is read as UTF-8 (RFC 3629), the encoding that YAML itself\n"
	    "prescribes. Names and descriptions of the file go into rc.conf, jail.conf and\n"
	    "the diagram, and a byte that means one letter in ISO 8859-1 and another in\n"
	    "KOI8-R would be read differently by each of them.\n"
	    "\n"
	    "It comes about when an editor saves in an older encoding, or as UTF-16, which\n"
	    "some call Unicode. A byte order mark before UTF-8 is skipped and does no harm.\n"
	    "iconv(1) converts: iconv -f ISO-8859-1 -t UTF-8 old.yaml > topology.yaml.",
};

const struct rule rule_control_character = {
	.name = "control-character",
	.severity = SEV_ERROR,
	.summary = "a control character or an invisible direction mark stands in the text",
	.explain =
	    "The values of a topology travel far: rc.conf's ifconfig variables go through\n"
	    "eval in /etc/network.subr, messages go to a terminal that obeys escape\n"
	    "sequences, and the diagram is XML, which cannot hold most control characters\n"
	    "at all. Marks that turn the direction of writing let a line look like another\n"
	    "than it is.\n"
	    "\n"
	    "It makes no difference whether the character was typed or written as an escape\n"
	    "in double quotes, such as \"\\e\" or \"\\0\". Tabs and line ends are allowed where\n"
	    "YAML allows them. Remove the character; an editor that shows invisible\n"
	    "characters, or cat -v, finds it.",
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
	    "    description: \"the \\e[1mweb\\e[0m server\"\n"
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
	    "    description: \"the web server\"\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_yaml_syntax = {
	.name = "yaml-syntax",
	.severity = SEV_ERROR,
	.summary = "the file is not well-formed YAML",
	.explain =
	    "The reader of YAML stopped, and what follows the place cannot be understood.\n"
	    "Three causes are the most frequent: a bracket or a quote that is not closed, a\n"
	    "colon followed by a blank inside a value, and lines of one list or mapping\n"
	    "that are not equally far indented.\n"
	    "\n"
	    "IPv6 brings a fourth: inside [ ] and { } YAML takes a colon before a comma or\n"
	    "a bracket for its own sign, so an address that ends in :: must be quoted\n"
	    "there: \"fd00::\". Quoting a value is always right: within double quotes nothing\n"
	    "but the backslash and the quote itself is special, within single quotes only\n"
	    "the quote.",
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
	    "    description: web: the shop\n"
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
	    "    description: \"web: the shop\"\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_tab_indentation = {
	.name = "tab-indentation",
	.severity = SEV_ERROR,
	.summary = "a line is indented with a tab",
	.explain =
	    "YAML forbids tabs in indentation (YAML 1.2.2, section 6.1): how far a tab\n"
	    "reaches depends on the editor, and here the depth of a line decides to what it\n"
	    "belongs.\n"
	    "\n"
	    "Indent with blanks; two a level are usual. expand -t 2 mends a whole file.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "jails:\n"
	    "\twww: {interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]}\n",
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

const struct rule rule_second_document = {
	.name = "second-document",
	.severity = SEV_ERROR,
	.summary = "the file holds more than one YAML document",
	.explain =
	    "In YAML a line --- begins a document and a line ... ends one, so that a file\n"
	    "may carry several. A topology is one document. To read only the first would\n"
	    "leave out half of the network without a word, and how the two belong together\n"
	    "only their author knows.\n"
	    "\n"
	    "Remove the line if all of it is one network. If a part is to be used by\n"
	    "several topologies, put it into a file of its own and name it under include.",
	.bad =
	    "host:\n"
	    "  name: beastie\n"
	    "  interfaces: {re0: {}}\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}\n"
	    "bridges:\n"
	    "  bridge0: {subnet: lan, members: [re0]}\n"
	    "---\n"
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

const struct rule rule_empty_topology = {
	.name = "empty-topology",
	.severity = SEV_ERROR,
	.summary = "the file describes nothing",
	.explain =
	    "A topology needs at least one of host, bridges, epairs, jails and machines, in\n"
	    "the file or in what it includes. Without any of them nothing could be\n"
	    "generated, and an empty rc.conf would silently take the place of one that\n"
	    "works. Often the file named on the command line is not the one meant, or every\n"
	    "line of it is a comment.\n"
	    "\n"
	    "vnetc init writes a starter to go on from.",
	.bad =
	    "version: 1\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n",
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

const struct rule rule_nesting_too_deep = {
	.name = "nesting-too-deep",
	.severity = SEV_ERROR,
	.summary = "lists and mappings are nested more than 32 deep, or includes more than 16",
	.explain =
	    "The deepest place that the topology language has lies some ten levels down, so\n"
	    "depth beyond 32 is an accident, mostly of a generating program or of brackets,\n"
	    "and a limit keeps such a file from using up the stack. Files that include\n"
	    "files that include files are followed 16 deep.\n"
	    "\n"
	    "Look at the place for brackets that are opened and never closed.",
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
	    "    nameservers:\n"
	    "      [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[192.168.0.254]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n"
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
	    "    nameservers:\n"
	    "      [192.168.0.254]\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_expansion_too_large = {
	.name = "expansion-too-large",
	.severity = SEV_ERROR,
	.summary = "aliases, ranges or the file itself grow beyond every network",
	.explain =
	    "An alias such as *a stands for a copy of all that its anchor holds. Lists of\n"
	    "aliases to lists of aliases grow tenfold a line, and a few lines may fill the\n"
	    "memory of any machine. What aliases and merges give is therefore counted: 20\n"
	    "times the values written, and 10 000 more, are allowed.\n"
	    "\n"
	    "A file may have 16 MiB, one value 64 KiB, and ranges such as web[1-8] may make\n"
	    "131 072 jails in all. Real networks stay far below each of these; write out\n"
	    "what the aliases stand for, or split the file.",
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
	    "      prestart: &a [ls, ls, ls, ls, ls, ls, ls, ls, ls, ls, ls, ls]\n"
	    "      poststart: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
	    "      prestop: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
	    "      poststop: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n",
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
	    "      prestart: &a [ls, ls, ls, ls, ls, ls, ls, ls, ls, ls, ls, ls]\n"
	    "      poststart: *a\n",
};

const struct rule rule_bad_alias = {
	.name = "bad-alias",
	.severity = SEV_ERROR,
	.summary = "an alias has no anchor before it, or stands inside its own",
	.explain =
	    "*NAME repeats what &NAME marked earlier in the same file. YAML reads from top\n"
	    "to bottom, so the anchor must come before its alias; anchors do not reach from\n"
	    "one file into another that is included. An alias within the very value that\n"
	    "its anchor marks would contain itself without end.\n"
	    "\n"
	    "Mostly the name is misspelt, or the anchored part was moved below its first\n"
	    "use.",
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
	    "    nameservers: &resolvers [192.168.0.254]\n"
	    "  mail:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]\n"
	    "    nameservers: *resolver\n",
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
	    "    nameservers: &resolvers [192.168.0.254]\n"
	    "  mail:\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]\n"
	    "    nameservers: *resolvers\n",
};

const struct rule rule_unknown_tag = {
	.name = "unknown-tag",
	.severity = SEV_ERROR,
	.summary = "a value carries a tag that is not used here",
	.explain =
	    "In YAML a word that begins with an exclamation mark tells a program how to\n"
	    "read the value behind it. Other programs have their own (!vault, !include,\n"
	    "!Ref); here each key already says what its value is, and an unknown tag means\n"
	    "that the file expects work from its reader which nobody would do.\n"
	    "\n"
	    "Remove the tag and write the value itself. To read another file use the key\n"
	    "include. A value that is to begin with an exclamation mark needs quotes.",
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
	    "    description: !upper the web server\n"
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
	    "    description: the web server\n"
	    "    interfaces: [{bridge: bridge0, addresses: [192.168.0.17]}]\n",
};

const struct rule rule_duplicate_key = {
	.name = "duplicate-key",
	.severity = SEV_ERROR,
	.summary = "a key stands twice in one mapping",
	.explain =
	    "Many readers of YAML let the last one win without a word. A jail pasted in and\n"
	    "not renamed would replace the one of that name above it, and one jail less\n"
	    "would start.\n"
	    "\n"
	    "Rename one of the two, or join what they hold. A key beside a merge (<<) may\n"
	    "override what the merge brings; that is no duplicate.",
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
	    "  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.18]}]}\n",
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
