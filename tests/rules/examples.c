/* SPDX-License-Identifier: BSD-2-Clause */
/* Prints what src/rules knows: the reference, the manual page, one rule, or all examples into a folder. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "rules/document.h"

static int
put_file(const char *dir, const char *name, const char *what, const char *text)
{
	char path[4096];
	FILE *out;

	if (text == NULL)
		return (0);
	snprintf(path, sizeof(path), "%s/%s.%s.yaml", dir, name, what);
	out = fopen(path, "w");
	if (out == NULL || fputs(text, out) == EOF || fclose(out) == EOF) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return (1);
	}
	return (0);
}

/* One line a rule on standard output: name, severity, error_from, error_upto, examples. */
static int
put_examples(const char *dir)
{
	int failed = 0;

	for (const struct rule *const *r = rules; *r != NULL; r++) {
		printf("%s %d %d %d %s\n", (*r)->name, (int)(*r)->severity, (*r)->error_from, (*r)->error_upto, (*r)->bad != NULL ? "yes" : "no");
		failed |= put_file(dir, (*r)->name, "bad", (*r)->bad);
		failed |= put_file(dir, (*r)->name, "good", (*r)->good);
	}
	return (failed);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "markdown") == 0)
		rules_write_markdown(stdout);
	else if (strcmp(what, "mdoc") == 0)
		rules_write_mdoc(stdout);
	else if (strcmp(what, "explain") == 0 && argc > 2 && rule_find(argv[2]) != NULL)
		rule_explain(rule_find(argv[2]), stdout);
	else if (strcmp(what, "examples") == 0 && argc > 2)
		return (put_examples(argv[2]));
	else {
		fputs("usage: examples markdown | mdoc | explain RULE | examples DIR\n", stderr);
		return (2);
	}
	return (0);
}
