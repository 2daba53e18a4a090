/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands: what one is, the table of all, and what they share. Only this layer prints. */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/outdir.h"
#include "base/str.h"
#include "base/vec.h"
#include "compile.h"

/* Exit status (cli.md). */
enum status { STATUS_DONE, STATUS_WRONG, STATUS_USAGE, STATUS_DIFFERENT, STATUS_FAILED };

/* An option. Usage, help, suggestions, completion and the manual page's test come from these. */
struct cmd_option {
	const char *name;               /* --name */
	char letter;                    /* -l; 0: none */
	const char *arg;                /* what it takes, in capitals; NULL: nothing */
	const char *const *words;       /* all that arg can be, ended by NULL; NULL: anything */
	const char *const *hints;       /* some of what arg can be, for completion where words is NULL; NULL: none */
	bool repeats;                   /* every use counts, not only the last */
	const char *doc;
};

struct invocation;

struct command {
	const char *name;
	const char *args;               /* operands in capitals, optional ones in brackets: "STAGE [TOPOLOGY]" */
	const char *summary;            /* one line, no full stop */
	const char *about;              /* what its help says further; NULL: nothing */
	const char *const *words;       /* all that the first operand can be; NULL: anything */
	const struct cmd_option *const *options;        /* its own, ended by NULL; NULL: none */
	bool compiles;                  /* takes -W and --all */
	int (*run)(struct invocation *);        /* the exit status */
};

extern const struct command *const commands[];          /* ends with NULL */
extern const struct cmd_option *const common_options[]; /* of every command, ended by NULL */
extern const struct cmd_option *const compile_options[]; /* of those that compile, ended by NULL */

const struct command *command_find(const char *name);   /* NULL: there is none */
/* "usage: vnetc check [OPTIONS] [TOPOLOGY]"; the whole help of a command; of vnetc. */
void print_usage(const struct command *, FILE *);
void print_help(const struct command *, FILE *);
void print_general_help(FILE *);
/* The option by name or by letter among those of a command; command NULL: the common ones. */
const struct cmd_option *option_find(const struct command *, const char *name, char letter);
/* Calls for each option of a command, its own first. */
void option_each(const struct command *, void (*)(const struct cmd_option *, void *), void *);
/* "text, json or sarif" */
const char *words_shown(struct arena *, const char *const *words);

struct given_option { const struct cmd_option *option; const char *value; };

/* One run of a command: its words, and what it compiled. */
struct invocation {
	struct arena *arena;
	const struct command *command;
	VEC(struct given_option) given;
	strings operands;
	struct severities *severities;
	bool quiet;
	bool in_progress;               /* a line of progress stands on the terminal */

	/* topology_compile fills these */
	const char *path;               /* of the topology as given; "-": standard input */
	const char *directory;          /* where it lies */
	bool confined;                  /* nothing is opened by a path after the topology is read: base/sandbox.h holds the run to that */
	int directory_fd;               /* where it lies, opened, when confined; -1: it cannot be */
	const char *lock_path;          /* NULL: it has none */
	struct compilation compilation;
};

/* Reads the words of a command line and runs its command; returns the exit status. Never exits. */
int vnetc_run(struct arena *, int argc, char *const *argv);

bool option_given(const struct invocation *, const struct cmd_option *);
const char *option_value(const struct invocation *, const struct cmd_option *);        /* the last given; NULL: none */
const char *operand(const struct invocation *, size_t n);                              /* NULL: not given */

extern const struct cmd_option option_format;           /* --format of diagnostics */
extern const struct cmd_option option_output;           /* -o DIR */

/* All of a text, with what must not reach a terminal escaped. */
const char *shown_whole(struct arena *, const char *);

/* Says what went wrong on standard error, "vnetc: …", and returns the status. */
int usage_error(const char *fmt, ...) PRINTF_LIKE(1, 2);
int failure(const char *fmt, ...) PRINTF_LIKE(1, 2);
int failure_of(const struct out_error *);
int unknown_command(const struct invocation *, const char *name);
/* "did you mean X?" with the nearest of n words; where none is near: otherwise (NULL: nothing). Returns STATUS_USAGE. */
int suggest(const char *word, const char *const *words, size_t n, const char *otherwise);
void help_line(const char *fmt, ...) PRINTF_LIKE(1, 2);
/* Whether a stream gets colour. */
bool in_color(const struct invocation *, FILE *);

/* Compiles a topology (NULL: topology.yaml) up to a stage and reports its diagnostics. Returns the status so far. */
int topology_compile(struct invocation *, const char *path, enum stage last);
/* The same in the sandbox, which is entered before the topology is parsed and never left. */
int topology_compile_confined(struct invocation *, const char *path, enum stage last);
/* The closing line on standard error: what was counted, then what is said here ("" for nothing). */
void summary(const struct invocation *, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The stream for what a command lists: standard output, unless diagnostics for machines stand there. */
FILE *listing(const struct invocation *);

/* Tell on a terminal how far long work is; short work is done without a word. What else is printed comes after progress_end. */
void progress_stage(const struct compilation *, enum stage, void *invocation);
void progress_files(struct invocation *, const char *what, size_t files);
void progress_written(size_t done, size_t files, void *invocation);
void progress_end(struct invocation *);

/* The name without .yaml or .yml: dmz.yaml has dmz.lock. */
const char *stem_of(struct arena *, const char *name);
/* DIR/NAME, or NAME alone where DIR is ".". */
const char *path_join(struct arena *, const char *directory, const char *name);

#endif
