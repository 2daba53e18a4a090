/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc init: a commented topology to start from. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "cmd/commands.h"
#include "cmd/examples.h"

static const struct cmd_option option_example = {
	.name = "example", .arg = "NAME", .words = example_names, .doc = "another than the starter",
};
static const struct cmd_option *const options[] = { &option_example, NULL };

/* In examples/ the schema lies elsewhere than where the reader will put it. */
static const char *
adapted(struct arena *a, const char *text)
{
	static const char mark[] = "$schema=";
	const char *schema = strstr(text, mark), *end;

	if (schema == NULL || schema > text + strcspn(text, "\n"))
		return (text);
	schema += sizeof(mark) - 1;
	end = schema + strcspn(schema, "\n");
	return (arena_printf(a, "%.*svnetc.schema.json%s", (int)(schema - text), text, end));
}

/* Only where nothing stands, not even a link. */
static int
write_new(const char *path, const char *text)
{
	int fd = fd_open(AT_FDCWD, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644), why, closed;

	if (fd < 0 && errno == EEXIST) {
		failure("%s is there already", path);
		help_line("vnetc init never overwrites: name another directory");
		return (STATUS_FAILED);
	}
	if (fd < 0)
		return (failure("cannot write %s: %s", path, strerror(errno)));
	why = fd_write(fd, text, strlen(text));
	if (why == 0)
		why = fd_sync(fd);
	closed = fd_close(fd);
	if (why == 0)
		why = closed;
	if (why == 0)
		return (STATUS_DONE);
	unlink(path);
	return (failure("cannot write %s: %s", path, strerror(why)));
}

/* The directory and those above it. */
static int
make_directory(struct arena *a, const char *path)
{
	char *copy = arena_strdup(a, path);

	for (char *p = copy + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			return (failure("cannot make %s: %s", copy, strerror(errno)));
		*p = '/';
	}
	if (mkdir(copy, 0777) != 0 && errno != EEXIST)
		return (failure("cannot make %s: %s", path, strerror(errno)));
	return (STATUS_DONE);
}

static int
run(struct invocation *inv)
{
	const char *directory = operand(inv, 0), *example = option_value(inv, &option_example), *topology = "";
	int status = STATUS_DONE;

	if (example == NULL)
		example = "starter";
	if (directory == NULL)
		directory = ".";
	else
		status = make_directory(inv->arena, directory);
	for (const struct example_file *f = example_files; f->example != NULL && status == STATUS_DONE; f++) {
		const char *path = path_join(inv->arena, directory, f->name);

		if (strcmp(f->example, example) != 0)
			continue;
		status = write_new(path, adapted(inv->arena, f->text));
		if (status == STATUS_DONE && !inv->quiet)
			fprintf(stderr, "%s written\n", shown_whole(inv->arena, path));
		if (strcmp(path, "topology.yaml") != 0 && strcmp(f->name, "topology.yaml") == 0)
			topology = arena_printf(inv->arena, " %s", path);
	}
	if (status == STATUS_DONE && !inv->quiet)
		help_line("edit it, then: vnetc check%s; editors complete it after: vnetc schema > vnetc.schema.json", topology);
	return (status);
}

const struct command command_init = {
	.name = "init",
	.args = "[DIR]",
	.summary = "write a commented topology to start from",
	.about = "It is called topology.yaml, in DIR or here. Nothing is ever overwritten. Editors check and complete it by vnetc lsp, or, as its\n"
	    "first line says, by the schema beside it: vnetc schema > vnetc.schema.json.",
	.options = options,
	.run = run,
};
