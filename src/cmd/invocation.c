/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of a command line: command, options, operands. */
#include <string.h>
#include <unistd.h>
#include <errno.h>

#include "cmd/cmd.h"
#include "cmd/commands.h"
#include "rules/rules.h"

bool
option_given(const struct invocation *inv, const struct cmd_option *option)
{
	for (size_t i = 0; i < inv->given.n; i++)
		if (inv->given.v[i].option == option)
			return (true);
	return (false);
}

const char *
option_value(const struct invocation *inv, const struct cmd_option *option)
{
	for (size_t i = inv->given.n; i > 0; i--)
		if (inv->given.v[i - 1].option == option)
			return (inv->given.v[i - 1].value);
	return (NULL);
}

const char *
operand(const struct invocation *inv, size_t n)
{
	return (n < inv->operands.n ? inv->operands.v[n] : NULL);
}

struct names { struct arena *arena; strings names; };

static void
collect_name(const struct cmd_option *option, void *user)
{
	struct names *n = user;

	*vec_push(n->arena, &n->names) = arena_printf(n->arena, "--%s", option->name);
}

static int
unknown_option(const struct invocation *inv, const char *word)
{
	struct names n = { inv->arena, { 0 } };
	const char *help = "options of a command stand after it: vnetc COMMAND [OPTIONS] [TOPOLOGY]";

	option_each(inv->command, collect_name, &n);
	usage_error("%s has no option %s", inv->command != NULL ? inv->command->name : "vnetc", str_shown(inv->arena, word));
	if (inv->command != NULL)
		help = arena_printf(inv->arena, "vnetc %s --help lists its options", inv->command->name);
	return (suggest(word, n.names.v, n.names.n, help));
}

static size_t
words_count(const char *const *words)
{
	size_t n = 0;

	while (words[n] != NULL)
		n++;
	return (n);
}

/* Takes an option and its value; a status other than 0 ends the run. */
static int
take(struct invocation *inv, const struct cmd_option *option, const char *shown, const char *value)
{
	struct given_option *given;

	if (option->arg != NULL && value == NULL)
		return (usage_error(
		    "%s needs %s", shown, option->words != NULL ? words_shown(inv->arena, option->words) : option->arg));
	if (option->arg == NULL && value != NULL)
		return (usage_error("%s takes no value", shown));
	if (option->words != NULL && !str_in(value, option->words)) {
		usage_error("%s takes %s, not %s", shown, words_shown(inv->arena, option->words), str_shown(inv->arena, value));
		return (suggest(value, option->words, words_count(option->words), NULL));
	}
	given = vec_push(inv->arena, &inv->given);
	given->option = option;
	given->value = value;
	return (STATUS_DONE);
}

/* --name, --name=value, --name value. *next: the word after it, NULL when there is none; taken: set to NULL. */
static int
long_option(struct invocation *inv, const char *word, const char **next)
{
	const char *equals = strchr(word, '='), *value = NULL;
	const char *shown = equals == NULL ? word : arena_strndup(inv->arena, word, (size_t)(equals - word));
	const struct cmd_option *option = option_find(inv->command, shown + 2, '\0');

	if (option == NULL)
		return (unknown_option(inv, shown));
	if (equals != NULL)
		value = equals + 1;
	else if (option->arg != NULL) {
		value = *next;
		*next = NULL;
	}
	return (take(inv, option, shown, value));
}

/* -l, -lVALUE, -l VALUE, -abc. */
static int
short_options(struct invocation *inv, const char *word, const char **next)
{
	int status = STATUS_DONE;

	for (const char *p = word + 1; *p != '\0' && status == STATUS_DONE; p++) {
		const char shown[3] = { '-', *p, '\0' }, *value = NULL;
		const struct cmd_option *option = option_find(inv->command, NULL, *p);

		if (option == NULL)
			return (unknown_option(inv, word[2] == '\0' ? word : arena_strdup(inv->arena, shown)));
		if (option->arg == NULL) {
			status = take(inv, option, shown, NULL);
			continue;
		}
		if (p[1] != '\0')
			value = p + 1;
		else {
			value = *next;
			*next = NULL;
		}
		return (take(inv, option, shown, value));
	}
	return (status);
}

int
unknown_command(const struct invocation *inv, const char *name)
{
	strings names = { 0 };

	for (const struct command *const *c = commands; *c != NULL; c++)
		*vec_push(inv->arena, &names) = (*c)->name;
	usage_error("there is no command %s", str_shown(inv->arena, name));
	return (suggest(name, names.v, names.n, "vnetc help lists the commands"));
}

/* How many operands a command needs and takes, from its args. */
static void
operands_of(const char *args, size_t *least, size_t *most)
{
	*least = *most = 0;
	for (const char *p = args; *p != '\0';) {
		size_t n = strcspn(p, " ");

		if (*p != '[')
			++*least;
		++*most;
		p += n;
		p += strspn(p, " ");
	}
}

static int
check_operands(const struct invocation *inv)
{
	const struct command *command = inv->command;
	const char *first = operand(inv, 0);
	size_t least, most;

	operands_of(command->args, &least, &most);
	if (inv->operands.n < least) {
		usage_error("%s needs %s", command->name,
		    first == NULL && command->words != NULL ? words_shown(inv->arena, command->words) : command->args);
		print_usage(command, stderr);
		return (STATUS_USAGE);
	}
	if (inv->operands.n > most) {
		usage_error("%s is one word too many", str_shown(inv->arena, inv->operands.v[most]));
		print_usage(command, stderr);
		return (STATUS_USAGE);
	}
	if (command->words != NULL && first != NULL && !str_in(first, command->words)) {
		usage_error("%s takes %s, not %s", command->name, words_shown(inv->arena, command->words), str_shown(inv->arena, first));
		return (suggest(first, command->words, words_count(command->words), NULL));
	}
	return (STATUS_DONE);
}

static int
read_words(struct invocation *inv, int argc, char *const *argv)
{
	bool options = true;
	int status = STATUS_DONE;

	for (int i = 1; i < argc && status == STATUS_DONE; i++) {
		const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL, *had = next;

		if (options && strcmp(word, "--") == 0)
			options = false;
		else if (options && word[0] == '-' && word[1] == '-')
			status = long_option(inv, word, &next);
		else if (options && word[0] == '-' && word[1] != '\0')
			status = short_options(inv, word, &next);
		else if (inv->command == NULL) {
			inv->command = command_find(word);
			status = inv->command != NULL ? STATUS_DONE : unknown_command(inv, word);
		}
		else
			*vec_push(inv->arena, &inv->operands) = word;
		if (next != had)
			i++;
	}
	return (status);
}

/* What the options of every command ask for. */
static int
apply_common(struct invocation *inv)
{
	const struct cmd_option *directory = option_find(NULL, "directory", '\0'), *warn = option_find(&command_check, "warn", '\0');

	inv->severities = severities_new(inv->arena);
	inv->quiet = option_given(inv, option_find(NULL, "quiet", '\0'));
	for (size_t i = 0; i < inv->given.n; i++) {
		const struct given_option *given = &inv->given.v[i];

		if (given->option == directory && chdir(given->value) != 0)
			return (failure("cannot go to %s: %s", str_shown(inv->arena, given->value), strerror(errno)));
		if (given->option == warn) {
			const char *wrong = severities_add(inv->severities, inv->arena, given->value, rules);

			if (wrong != NULL)
				return (usage_error("-W %s: %s", str_shown(inv->arena, given->value), wrong));
		}
	}
	return (STATUS_DONE);
}

int
vnetc_run(struct arena *arena, int argc, char *const *argv)
{
	struct invocation inv = { .arena = arena };
	int status;

	if (argc == 2 && (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0))
		inv.command = &command_version;
	else if ((status = read_words(&inv, argc, argv)) != STATUS_DONE)
		return (status);
	if (option_given(&inv, option_find(NULL, "help", '\0'))) {
		if (inv.command != NULL)
			print_help(inv.command, stdout);
		else
			print_general_help(stdout);
		return (STATUS_DONE);
	}
	if (inv.command == NULL) {
		print_general_help(stderr);
		return (STATUS_USAGE);
	}
	if ((status = check_operands(&inv)) != STATUS_DONE || (status = apply_common(&inv)) != STATUS_DONE)
		return (status);
	status = inv.command->run(&inv);
	compilation_free(&inv.compilation);
	return (status);
}
