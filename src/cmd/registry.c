/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of commands, and what is written from it: usage, help. */
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/commands.h"

#define ENTRY(name) &command_##name,
const struct command *const commands[] = { COMMANDS(ENTRY) NULL };

static const char *const color_words[] = { "auto", "always", "never", NULL };
static const char *const format_words[] = { "text", "json", "sarif", NULL };

static const struct cmd_option option_directory = {
	.name = "directory", .letter = 'C', .arg = "DIR", .repeats = true, .doc = "go to DIR first",
};
static const struct cmd_option option_quiet = {
	.name = "quiet", .letter = 'q', .doc = "errors only: no warnings, notes or summary",
};
static const struct cmd_option option_color = {
	.name = "color", .arg = "WHEN", .words = color_words, .doc = "colour",
};
static const struct cmd_option option_help = {
	.name = "help", .letter = 'h', .doc = "print this",
};
static const struct cmd_option option_warn = {
	.name = "warn", .letter = 'W', .arg = "SWITCH", .repeats = true,
	.doc = "error: warnings are errors; RULE=error, RULE=warning, RULE=note, RULE=off or no-RULE: that rule; RULE: on",
};
static const struct cmd_option option_all = {
	.name = "all", .doc = "print every diagnostic, however many",
};
const struct cmd_option option_format = {
	.name = "format", .arg = "FORMAT", .words = format_words,
	.doc = "how diagnostics are written, text on standard error, the others on standard output",
};
const struct cmd_option option_output = {
	.name = "output", .letter = 'o', .arg = "DIR", .doc = "the outputs' directory; default: generated/ beside the topology",
};

const struct cmd_option *const common_options[] = { &option_directory, &option_quiet, &option_color, &option_help, NULL };
const struct cmd_option *const compile_options[] = { &option_warn, &option_all, NULL };

const struct command *
command_find(const char *name)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if (strcmp((*c)->name, name) == 0)
			return (*c);
	return (NULL);
}

static void
each_of(const struct cmd_option *const *list, void (*visit)(const struct cmd_option *, void *), void *user)
{
	for (; list != NULL && *list != NULL; list++)
		visit(*list, user);
}

void
option_each(const struct command *command, void (*visit)(const struct cmd_option *, void *), void *user)
{
	if (command != NULL) {
		each_of(command->options, visit, user);
		if (command->compiles)
			each_of(compile_options, visit, user);
	}
	each_of(common_options, visit, user);
}

struct wanted { const char *name; char letter; const struct cmd_option *found; };

static void
compare(const struct cmd_option *option, void *user)
{
	struct wanted *w = user;

	if (w->found == NULL && (w->name != NULL ? strcmp(option->name, w->name) == 0 : option->letter == w->letter))
		w->found = option;
}

const struct cmd_option *
option_find(const struct command *command, const char *name, char letter)
{
	struct wanted w = { name, letter, NULL };

	option_each(command, compare, &w);
	return (w.found);
}

const char *
words_shown(struct arena *a, const char *const *words)
{
	struct text t = { .arena = a };

	for (size_t i = 0; words[i] != NULL; i++) {
		if (i > 0)
			text_add(&t, words[i + 1] == NULL ? " or " : ", ");
		text_add(&t, words[i]);
	}
	return (text_end(&t));
}

void
print_usage(const struct command *command, FILE *out)
{
	fprintf(out, "usage: vnetc %s [OPTIONS]%s%s\n", command->name, command->args[0] != '\0' ? " " : "", command->args);
}

#define HELP_COLUMNS 100
#define HELP_INDENT 26

/* A paragraph of words beside what stands before it in the first line. */
static void
print_wrapped(const char *text, FILE *out)
{
	size_t column = HELP_INDENT;

	while (*text != '\0') {
		size_t n = strcspn(text, " ");

		if (column > HELP_INDENT && column + 1 + n > HELP_COLUMNS) {
			fprintf(out, "\n%*s", HELP_INDENT, "");
			column = HELP_INDENT;
		} else if (column > HELP_INDENT) {
			fputc(' ', out);
			column++;
		}
		fprintf(out, "%.*s", (int)n, text);
		column += n;
		text += n + strspn(text + n, " ");
	}
	fputc('\n', out);
}

static void
option_help_line(const struct cmd_option *option, void *user)
{
	struct arena *a = arena_new();
	const char *left = arena_printf(a, option->letter != '\0' ? "-%c, --%s%s%s" : "%c   --%s%s%s",
	    option->letter != '\0' ? option->letter : ' ', option->name, option->arg != NULL ? " " : "", option->arg != NULL ? option->arg : "");

	fprintf(user, "  %-22s  ", left);
	print_wrapped(option->words == NULL ? option->doc : arena_printf(a, "%s: %s", option->doc, words_shown(a, option->words)), user);
	arena_free(a);
}

void
print_help(const struct command *command, FILE *out)
{
	print_usage(command, out);
	fprintf(out, "\nvnetc %s: %s.\n", command->name, command->summary);
	if (command->about != NULL)
		fprintf(out, "%s\n", command->about);
	fprintf(out, "\nOptions:\n");
	option_each(command, option_help_line, out);
}

void
print_general_help(FILE *out)
{
	fprintf(out, "usage: vnetc COMMAND [OPTIONS] [TOPOLOGY]\n\n"
	    "vnetc compiles a network of FreeBSD VNET jails, described in one YAML file (default: topology.yaml;\n"
	    "- is standard input), to rc.conf, ezjail and jail.conf settings and a diagram.\n\nCommands:\n");
	for (const struct command *const *c = commands; *c != NULL; c++)
		fprintf(out, "  %-10s  %s\n", (*c)->name, (*c)->summary);
	fprintf(out, "\nOptions of every command:\n");
	option_each(NULL, option_help_line, out);
	fprintf(out, "\nExit status: 0 done, 1 the topology is wrong, 2 wrong usage, 3 a difference was found,\n"
	    "4 a file could not be read or written.\n");
}
