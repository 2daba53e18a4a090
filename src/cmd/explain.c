/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc explain: what a rule means, why, an example that breaks it and its cure. */
#include <string.h>

#include "cmd/commands.h"
#include "rules/document.h"

#define FEW 8           /* rules that fit on a line */

static const char *
severity_word(enum severity severity)
{
	static const char *const words[] = { [SEV_OFF] = "off", [SEV_NOTE] = "note", [SEV_WARNING] = "warning", [SEV_ERROR] = "error" };

	return (words[severity]);
}

static int
unknown_rule(struct invocation *inv, const char *name)
{
	strings names = { 0 }, holding = { 0 };

	for (const struct rule *const *r = rules; *r != NULL; r++) {
		*vec_push(inv->arena, &names) = (*r)->name;
		if (strstr((*r)->name, name) != NULL)
			*vec_push(inv->arena, &holding) = (*r)->name;
	}
	usage_error("there is no rule %s", str_shown(inv->arena, name));
	return (suggest(name, names.v, names.n, holding.n > 0 && holding.n <= FEW ?
	    str_join(inv->arena, &holding, ", ") : "vnetc explain lists the rules"));
}

static int
run(struct invocation *inv)
{
	const char *name = operand(inv, 0);

	if (name == NULL) {
		for (const struct rule *const *r = rules; *r != NULL; r++)
			printf("%-28s  %-7s  %s\n", (*r)->name, severity_word((*r)->severity), (*r)->summary);
		return (STATUS_DONE);
	}
	if (rule_find(name) == NULL)
		return (unknown_rule(inv, name));
	rule_explain(rule_find(name), stdout);
	return (STATUS_DONE);
}

const struct command command_explain = {
	.name = "explain",
	.args = "[RULE]",
	.summary = "say what a rule means, why, and the usual cure",
	.about = "RULE is the name in brackets at the end of a diagnostic. Without one, all rules are listed, one a line.",
	.run = run,
};
