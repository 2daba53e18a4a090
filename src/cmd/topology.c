/* SPDX-License-Identifier: BSD-2-Clause */
/* A topology read, compiled and its diagnostics reported. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>

#include "base/fd.h"
#include "base/report.h"
#include "base/sandbox.h"
#include "cmd/cmd.h"
#include "rules/rules.h"

const char *
path_join(struct arena *a, const char *directory, const char *name)
{
	size_t n = strlen(directory);

	if (strcmp(directory, ".") == 0)
		return (name);
	return (arena_printf(a, "%s%s%s", directory, n > 0 && directory[n - 1] == '/' ? "" : "/", name));
}

static const char *
last_component(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash == NULL ? path : slash + 1);
}

static const char *
directory_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return (".");
	return (slash == path ? "/" : arena_strndup(a, path, (size_t)(slash - path)));
}

const char *
stem_of(struct arena *a, const char *name)
{
	const char *dot = strrchr(name, '.');
	bool yaml = dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);

	return (yaml ? arena_strndup(a, name, (size_t)(dot - name)) : name);
}

static int
read_topology(struct invocation *inv, const char *path)
{
	struct compilation *c = &inv->compilation;
	struct out_error error = { 0 };

	inv->path = path != NULL ? path : "topology.yaml";
	inv->directory = ".";
	c->arena = inv->arena;
	c->severities = inv->severities;
	c->name = "-";
	if (strcmp(inv->path, "-") != 0) {
		inv->directory = directory_of(inv->arena, inv->path);
		c->name = last_component(inv->path);
		c->lock_name = arena_printf(inv->arena, "%s.lock", stem_of(inv->arena, c->name));
		inv->lock_path = path_join(inv->arena, inv->directory, c->lock_name);
	}
	if (inv->confined)
		inv->directory_fd = fd_open(AT_FDCWD, inv->directory, O_RDONLY | O_DIRECTORY, 0);
	c->reader = tree_file_reader(inv->arena, inv->directory, inv->confined ? inv->directory_fd : -1);
	c->text = file_read(inv->arena, inv->path, TREE_FILE_MAX, &c->len, &error);
	if (c->text == NULL) {
		failure_of(&error);
		if (path == NULL && error.code == ENOENT)
			help_line("name the topology, or let vnetc init write one");
		return (STATUS_FAILED);
	}
	if (inv->lock_path == NULL)
		return (STATUS_DONE);
	c->lock_text = file_read(inv->arena, inv->lock_path, TREE_FILE_MAX, &c->lock_len, &error);
	if (c->lock_text == NULL && error.code != ENOENT)
		return (failure_of(&error));
	return (STATUS_DONE);
}

static enum report_format
format_of(const struct invocation *inv)
{
	const char *word = option_value(inv, &option_format);

	if (word == NULL || strcmp(word, "text") == 0)
		return (REPORT_TEXT);
	return (strcmp(word, "json") == 0 ? REPORT_JSON : REPORT_SARIF);
}

FILE *
listing(const struct invocation *inv)
{
	return (format_of(inv) == REPORT_TEXT ? stdout : stderr);
}

int
topology_compile(struct invocation *inv, const char *path, enum stage last)
{
	struct compilation *c = &inv->compilation;
	struct report_options options = { .rules = rules, .version = VNETC_VERSION };
	FILE *out;
	int status = read_topology(inv, path);
	bool good;

	if (status != STATUS_DONE)
		return (status);
	if (inv->confined)
		sandbox_enter(inv->directory_fd);
	c->begins = progress_stage;
	c->user = inv;
	good = compile(c, last);
	progress_end(inv);
	options.format = format_of(inv);
	out = options.format == REPORT_TEXT ? stderr : stdout;
	options.color = options.format == REPORT_TEXT && in_color(inv, out);
	options.all = option_given(inv, option_find(inv->command, "all", '\0'));
	options.quiet = inv->quiet;
	report(&c->diags, &options, out);
	return (good ? STATUS_DONE : STATUS_WRONG);
}

int
topology_compile_confined(struct invocation *inv, const char *path, enum stage last)
{
	inv->confined = true;
	return (topology_compile(inv, path, last));
}

void
summary(const struct invocation *inv, const char *fmt, ...)
{
	const char *counts = report_counts(inv->arena, &inv->compilation.diags), *said;
	va_list args;

	va_start(args, fmt);
	said = shown_whole(inv->arena, arena_vprintf(inv->arena, fmt, args));
	va_end(args);
	if (inv->quiet || (counts[0] == '\0' && said[0] == '\0'))
		return;
	fflush(stdout);
	fprintf(stderr, "%s%s%s\n", counts, counts[0] != '\0' && said[0] != '\0' ? "; " : "", said);
}
