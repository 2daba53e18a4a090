/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc completion: what a shell needs to complete vnetc's words, from the command table. */
#include <string.h>

#include "cmd/commands.h"
#include "rules/rules.h"

static const char *const shells[] = { "bash", "zsh", "fish", "tcsh", NULL };

/* What can stand where an option takes a value, or as an operand. */
enum kind { ANYTHING, WORDS, DIRECTORY, FILE_NAME, TOPOLOGY };

struct choice { enum kind kind; const char *words; };

static void
add_word(struct text *t, const char *before, const char *word)
{
	if (t->n > 0)
		text_add(t, " ");
	text_add(t, before);
	text_add(t, word);
}

static const char *
joined(struct arena *a, const char *const *words)
{
	struct text t = { .arena = a };

	for (; *words != NULL; words++)
		add_word(&t, "", *words);
	return (text_end(&t));
}

static const char *
command_names(struct arena *a)
{
	struct text t = { .arena = a };

	for (const struct command *const *c = commands; *c != NULL; c++)
		add_word(&t, "", (*c)->name);
	return (text_end(&t));
}

static const char *
rule_names(struct arena *a)
{
	struct text t = { .arena = a };

	for (const struct rule *const *r = rules; *r != NULL; r++)
		add_word(&t, "", (*r)->name);
	return (text_end(&t));
}

/* What -W is mostly used for: no word with =, which shells take for the end of one. */
static const char *
switches(struct arena *a)
{
	struct text t = { .arena = a };

	add_word(&t, "", "error");
	for (const struct rule *const *r = rules; *r != NULL; r++)
		if ((*r)->severity != SEV_ERROR)
			add_word(&t, (*r)->severity == SEV_OFF ? "" : "no-", (*r)->name);
	return (text_end(&t));
}

/* By what help calls it. */
static struct choice
choice_of(struct arena *a, const char *name, const char *const *words)
{
	if (words != NULL)
		return ((struct choice){ WORDS, joined(a, words) });
	if (strcmp(name, "DIR") == 0)
		return ((struct choice){ DIRECTORY, NULL });
	if (strcmp(name, "FILE") == 0)
		return ((struct choice){ FILE_NAME, NULL });
	if (strcmp(name, "TOPOLOGY") == 0)
		return ((struct choice){ TOPOLOGY, NULL });
	if (strcmp(name, "COMMAND") == 0)
		return ((struct choice){ WORDS, command_names(a) });
	if (strcmp(name, "RULE") == 0)
		return ((struct choice){ WORDS, rule_names(a) });
	if (strcmp(name, "SWITCH") == 0)
		return ((struct choice){ WORDS, switches(a) });
	if (strcmp(name, "FROM") == 0 || strcmp(name, "TO") == 0)
		return ((struct choice){ WORDS, "host outside" });
	return ((struct choice){ ANYTHING, NULL });
}

static struct choice
option_choice(struct arena *a, const struct cmd_option *option)
{
	return (choice_of(a, option->arg, option->words != NULL ? option->words : option->hints));
}

/* Calls for each operand: its number from 1, its name in help, what it can be. */
static void
each_operand(struct arena *a, const struct command *command, void (*visit)(const struct command *, size_t, const char *, struct choice, FILE *))
{
	const char *p = command->args;

	for (size_t i = 1; *p != '\0'; i++) {
		size_t n;
		const char *name;

		p += strspn(p, "[ ");
		n = strcspn(p, "] ");
		name = arena_strndup(a, p, n);
		visit(command, i, name, choice_of(a, name, i == 1 ? command->words : NULL), stdout);
		p += n + strspn(p + n, "] ");
	}
}

struct walk { struct arena *arena; const struct command *command; struct text text; strings seen; };

/* The text gets each word once. */
static void
add_once(struct walk *w, const char *before, const char *word)
{
	const char *whole = arena_printf(w->arena, "%s%s", before, word);

	for (size_t i = 0; i < w->seen.n; i++)
		if (strcmp(w->seen.v[i], whole) == 0)
			return;
	*vec_push(w->arena, &w->seen) = whole;
	add_word(&w->text, "", whole);
}

static void
add_valued(const struct cmd_option *option, void *user)
{
	struct walk *w = user;

	if (option->arg == NULL)
		return;
	if (option->letter != '\0')
		add_once(w, "-", (const char[]){ option->letter, '\0' });
	add_once(w, "--", option->name);
}

/* All options that take a value, of whatever command, with blanks or what stands for them between. */
static const char *
valued_options(struct arena *a, const char *between)
{
	struct walk w = { .arena = a, .text = { .arena = a } };
	struct text t = { .arena = a };

	for (const struct command *const *c = commands; *c != NULL; c++)
		option_each(*c, add_valued, &w);
	for (const char *p = text_end(&w.text); *p != '\0'; p++)
		text_addn(&t, *p == ' ' ? between : p, *p == ' ' ? strlen(between) : 1);
	return (text_end(&t));
}

static void
add_option(const struct cmd_option *option, void *user)
{
	struct walk *w = user;

	if (option->letter != '\0')
		add_once(w, "-", (const char[]){ option->letter, '\0' });
	add_once(w, "--", option->name);
}

static const char *
option_names(struct arena *a, const struct command *command)
{
	struct walk w = { .arena = a, .text = { .arena = a } };

	option_each(command, add_option, &w);
	return (text_end(&w.text));
}

/* Inside single quotes of a shell; a ] is left out, where zsh would take it for the end. */
static const char *
quoted(struct arena *a, const char *s)
{
	struct text t = { .arena = a };

	for (; *s != '\0'; s++) {
		if (*s == '\'')
			text_add(&t, "'\\''");
		else if (*s != '[' && *s != ']')
			text_addn(&t, s, 1);
	}
	return (text_end(&t));
}

/*
 * bash
 */

static void
bash_choice(struct choice choice, FILE *out)
{
	static const char *const by_kind[] = {
		[ANYTHING] = ":", [WORDS] = "", [DIRECTORY] = "_vnetc_files -d", [FILE_NAME] = "_vnetc_files -f", [TOPOLOGY] = "_vnetc_topologies",
	};

	if (choice.kind == WORDS)
		fprintf(out, "_vnetc_words '%s'", choice.words);
	else
		fputs(by_kind[choice.kind], out);
	fputs(" ;;\n", out);
}

static void
bash_option(const struct cmd_option *option, void *user)
{
	struct walk *w = user;

	if (option->arg == NULL)
		return;
	printf("\t%s/--%s", w->command->name, option->name);
	if (option->letter != '\0')
		printf(" | %s/-%c", w->command->name, option->letter);
	fputs(") ", stdout);
	bash_choice(option_choice(w->arena, option), stdout);
}

static void
bash_operand(const struct command *command, size_t n, const char *name, struct choice choice, FILE *out)
{
	(void)name;
	fprintf(out, "\t%s/%zu) ", command->name, n);
	bash_choice(choice, out);
}

static void
bash(struct arena *a)
{
	printf("# bash completion of vnetc, by vnetc completion bash\n\n"
	    "_vnetc_words()\n{\n\tmapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$word\")\n}\n\n"
	    "_vnetc_files()\n{\n\tcompopt -o filenames\n\tmapfile -t COMPREPLY < <(compgen \"$@\" -- \"$word\")\n}\n\n"
	    "_vnetc_topologies()\n{\n\tcompopt -o filenames\n"
	    "\tmapfile -t COMPREPLY < <(compgen -f -X '!*.yaml' -- \"$word\"; compgen -f -X '!*.yml' -- \"$word\"; compgen -d -- \"$word\")\n}\n\n"
	    "_vnetc()\n{\n"
	    "\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' n=0 i\n\n"
	    "\t# --name=value comes in three words.\n"
	    "\t[ \"$word\" != = ] || word=''\n"
	    "\t[ \"$before\" != = ] || before=${COMP_WORDS[COMP_CWORD - 2]}\n"
	    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	    "\t\tcase ${COMP_WORDS[i]} in\n"
	    "\t\t%s)\n\t\t\t[ \"${COMP_WORDS[i + 1]}\" != = ] || ((i += 1))\n\t\t\t((i += 1)) ;;\n"
	    "\t\t-?*) ;;\n"
	    "\t\t*)\n\t\t\tif [ -z \"$command\" ]; then command=${COMP_WORDS[i]}; fi\n\t\t\t((n += 1)) ;;\n"
	    "\t\tesac\n\tdone\n\n\tCOMPREPLY=()\n\tcase $command/$before in\n", valued_options(a, " | "));
	for (const struct command *const *c = commands; *c != NULL; c++) {
		struct walk w = { .arena = a, .command = *c };

		option_each(*c, bash_option, &w);
	}
	fputs("\t/-C | /--directory) _vnetc_files -d ;;\n\t/--color) _vnetc_words 'auto always never' ;;\n\t*)\n\t\tcase $word in\n\t\t-*) _vnetc_option ;;\n"
	    "\t\t*) _vnetc_operand ;;\n\t\tesac ;;\n\tesac\n}\n\n_vnetc_option()\n{\n\tcase $command in\n", stdout);
	for (const struct command *const *c = commands; *c != NULL; c++)
		printf("\t%s) _vnetc_words '%s' ;;\n", (*c)->name, option_names(a, *c));
	printf("\t'') _vnetc_words '%s --version' ;;\n\tesac\n}\n\n_vnetc_operand()\n{\n\tcase $command/$n in\n\t/0) _vnetc_words '%s' ;;\n",
	    option_names(a, NULL), command_names(a));
	for (const struct command *const *c = commands; *c != NULL; c++)
		each_operand(a, *c, bash_operand);
	fputs("\tesac\n}\n\ncomplete -F _vnetc vnetc\n", stdout);
}

/*
 * zsh
 */

static const char *
zsh_choice(struct arena *a, const char *name, struct choice choice)
{
	struct text t = { .arena = a };

	switch (choice.kind) {
	case WORDS:
		for (const char *p = choice.words; *p != '\0'; p++)
			text_printf(&t, *p == ':' ? "\\%c" : "%c", *p);
		return (arena_printf(a, ":%s:(%s)", name, text_end(&t)));
	case DIRECTORY:
		return (arena_printf(a, ":%s:_files -/", name));
	case FILE_NAME:
		return (arena_printf(a, ":%s:_files", name));
	case TOPOLOGY:
		return (arena_printf(a, ":%s:_files -g \"*.(yaml|yml)\"", name));
	case ANYTHING:
		break;
	}
	return (arena_printf(a, ":%s: ", name));
}

static void
zsh_option(const struct cmd_option *option, void *user)
{
	struct walk *w = user;
	const char *value = "", *equals = "", *doc = quoted(w->arena, option->doc), *repeats = option->repeats ? "*" : "";

	if (option->arg != NULL) {
		value = zsh_choice(w->arena, option->arg, option_choice(w->arena, option));
		equals = "=";
	}
	if (option->letter != '\0')
		printf(" \\\n\t\t\t'%s-%c%s[%s]%s'", repeats, option->letter, option->arg != NULL ? "+" : "", doc, value);
	printf(" \\\n\t\t\t'%s--%s%s[%s]%s'", repeats, option->name, equals, doc, value);
}

static void
zsh_operand(const struct command *command, size_t n, const char *name, struct choice choice, FILE *out)
{
	struct arena *a = arena_new();

	(void)command;
	fprintf(out, " \\\n\t\t\t'%zu%s'", n, zsh_choice(a, name, choice));
	arena_free(a);
}

static void
zsh(struct arena *a)
{
	struct walk w = { .arena = a };

	fputs("#compdef vnetc\n# zsh completion of vnetc, by vnetc completion zsh\n\n_vnetc() {\n\tlocal curcontext=$curcontext state line\n"
	    "\tlocal -a commands\n\ttypeset -A opt_args\n\n\t_arguments -C -s", stdout);
	option_each(NULL, zsh_option, &w);
	fputs(" \\\n\t\t\t'--version[print the version]' \\\n\t\t\t'1:COMMAND:->command' \\\n\t\t\t'*::argument:->argument' && return\n\n"
	    "\tcase $state in\n\tcommand)\n\t\tcommands=(\n", stdout);
	for (const struct command *const *c = commands; *c != NULL; c++)
		printf("\t\t\t'%s:%s'\n", (*c)->name, quoted(a, (*c)->summary));
	fputs("\t\t)\n\t\t_describe -t commands command commands\n\t\t;;\n\targument)\n\t\tcase $words[1] in\n", stdout);
	for (const struct command *const *c = commands; *c != NULL; c++) {
		printf("\t\t%s)\n\t\t\t_arguments -s", (*c)->name);
		w.command = *c;
		option_each(*c, zsh_option, &w);
		each_operand(a, *c, zsh_operand);
		fputs("\n\t\t\t;;\n", stdout);
	}
	fputs("\t\tesac\n\t\t;;\n\tesac\n}\n\n[ \"$funcstack[1]\" = _vnetc ] && _vnetc \"$@\" || compdef _vnetc vnetc\n", stdout);
}

/*
 * fish
 */

static const char *
fish_choice(struct arena *a, struct choice choice)
{
	switch (choice.kind) {
	case WORDS:
		return (arena_printf(a, " -f -a '%s'", choice.words));
	case DIRECTORY:
		return (" -f -a '(__fish_complete_directories)'");
	case FILE_NAME:
		return (" -F");
	case TOPOLOGY:
		return (" -f -a '(__fish_complete_suffix .yaml)'");
	case ANYTHING:
		break;
	}
	return (" -f");
}

static void
fish_option(const struct cmd_option *option, void *user)
{
	struct walk *w = user;

	printf("complete -c vnetc -n '__vnetc_at %s'", w->command != NULL ? w->command->name : "\"\"");
	if (option->letter != '\0')
		printf(" -s %c", option->letter);
	printf(" -l %s%s%s -d '%s'\n", option->name, option->arg != NULL ? " -r" : "",
	    option->arg != NULL ? fish_choice(w->arena, option_choice(w->arena, option)) : "", quoted(w->arena, option->doc));
}

static void
fish_operand(const struct command *command, size_t n, const char *name, struct choice choice, FILE *out)
{
	struct arena *a = arena_new();

	(void)name;
	if (choice.kind != ANYTHING)
		fprintf(out, "complete -c vnetc -n '__vnetc_at %s %zu'%s\n", command->name, n, fish_choice(a, choice));
	arena_free(a);
}

static void
fish(struct arena *a)
{
	struct walk w = { .arena = a };

	printf("# fish completion of vnetc, by vnetc completion fish\n\n"
	    "# __vnetc_at COMMAND [N]: the line is one of that command (\"\": of none yet), and its Nth operand is next.\n"
	    "function __vnetc_at\n\tset -l words\n\tset -l value 0\n\tfor word in (commandline -opc)[2..-1]\n"
	    "\t\tif test $value = 1\n\t\t\tset value 0\n\t\telse if contains -- $word %s\n\t\t\tset value 1\n"
	    "\t\telse if not string match -q -- '-?*' $word\n\t\t\tset -a words $word\n\t\tend\n\tend\n"
	    "\tif test -z \"$argv[1]\"\n\t\ttest (count $words) = 0\n\t\treturn\n\tend\n"
	    "\ttest \"$words[1]\" = \"$argv[1]\"; or return 1\n\ttest -z \"$argv[2]\"; or test (count $words) = $argv[2]\nend\n\ncomplete -c vnetc -f\n",
	    valued_options(a, " "));
	option_each(NULL, fish_option, &w);
	fputs("complete -c vnetc -n '__vnetc_at \"\"' -l version -d 'print the version'\n", stdout);
	for (const struct command *const *c = commands; *c != NULL; c++)
		printf("complete -c vnetc -n '__vnetc_at \"\"' -a %s -d '%s'\n", (*c)->name, quoted(a, (*c)->summary));
	for (const struct command *const *c = commands; *c != NULL; c++) {
		w.command = *c;
		option_each(*c, fish_option, &w);
		each_operand(a, *c, fish_operand);
	}
}

/*
 * tcsh, whose patterns know the word before but not the command: of options with one name, all words together.
 */

static const char *
tcsh_choice(struct arena *a, struct choice choice)
{
	switch (choice.kind) {
	case WORDS:
		return (arena_printf(a, "(%s)", choice.words));
	case DIRECTORY:
		return ("d");
	case FILE_NAME:
		return ("f");
	case TOPOLOGY:
		return ("f:*.{yaml,yml}");
	case ANYTHING:
		break;
	}
	return ("n");
}

struct gathered { struct walk walk; const char *name; const struct cmd_option *first; };

static void
gather_words(const struct cmd_option *option, void *user)
{
	struct gathered *g = user;
	const char *const *words = option->words != NULL ? option->words : option->hints;

	if (strcmp(option->name, g->name) != 0)
		return;
	if (g->first == NULL)
		g->first = option;
	for (; words != NULL && *words != NULL; words++)
		add_once(&g->walk, "", *words);
}

static void
tcsh_operand(const struct command *command, size_t n, const char *name, struct choice choice, FILE *out)
{
	struct arena *a = arena_new();

	(void)name;
	if (n == 1 && choice.kind != TOPOLOGY)
		fprintf(out, " \\\n\t'n/%s/%s/'", command->name, tcsh_choice(a, choice));
	arena_free(a);
}

static void
add_long_name(const struct cmd_option *option, void *user)
{
	add_once(user, "", option->name);
}

static void
tcsh(struct arena *a)
{
	struct walk w = { .arena = a, .text = { .arena = a } };

	fputs("# tcsh completion of vnetc, by vnetc completion tcsh\n\ncomplete vnetc", stdout);
	for (const struct command *const *c = commands; *c != NULL; c++)
		option_each(*c, add_long_name, &w);
	for (size_t i = 0; i < w.seen.n; i++) {
		struct gathered g = { .walk = { .arena = a, .text = { .arena = a } }, .name = w.seen.v[i] };
		const char *what;

		for (const struct command *const *c = commands; *c != NULL; c++)
			option_each(*c, gather_words, &g);
		if (g.first->arg == NULL)
			continue;
		what = g.walk.text.n > 0 ? arena_printf(a, "(%s)", text_end(&g.walk.text)) : tcsh_choice(a, option_choice(a, g.first));
		printf(" \\\n\t'n/--%s/%s/'", g.name, what);
		if (g.walk.text.n > 0)
			printf(" \\\n\t'c/--%s=/%s/'", g.name, what);
		if (g.first->letter != '\0')
			printf(" \\\n\t'n/-%c/%s/'", g.first->letter, what);
	}
	printf(" \\\n\t'c/--/(%s version)/' \\\n\t'p/1/(%s)/'", text_end(&w.text), command_names(a));
	for (const struct command *const *c = commands; *c != NULL; c++)
		each_operand(a, *c, tcsh_operand);
	printf(" \\\n\t'p/*/f:*.{yaml,yml}/'\n");
}

static int
run(struct invocation *inv)
{
	static void (*const writers[])(struct arena *) = { bash, zsh, fish, tcsh };

	for (size_t i = 0; shells[i] != NULL; i++)
		if (strcmp(operand(inv, 0), shells[i]) == 0)
			writers[i](inv->arena);
	return (STATUS_DONE);
}

const struct command command_completion = {
	.name = "completion",
	.args = "SHELL",
	.summary = "print what a shell completes vnetc's words by",
	.about = "Installed packages have it in its place. Else, for this session of bash: eval \"$(vnetc completion bash)\"",
	.words = shells,
	.run = run,
};
