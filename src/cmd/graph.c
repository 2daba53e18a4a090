/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc graph: the diagram or the graph, on standard output or in a file. */
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "emit/emit.h"

static const char *const format_words[] = { "svg", "dot", "json", "html", NULL };
static const struct cmd_option option_kind = {
	.name = "format", .arg = "FORMAT", .words = format_words, .doc = "what is written",
};
static const struct cmd_option option_file = { .name = "output", .letter = 'o', .arg = "FILE", .doc = "write to FILE" };
static const struct cmd_option *const options[] = { &option_kind, &option_file, NULL };

/* The formats that are there. */
static const struct writer { const char *format; void (*write)(const struct plan *, FILE *); } writers[] = {
	{ "dot", emit_graph_dot },
	{ "json", emit_graph_json },
};

static const struct writer *
writer_named(const char *format)
{
	for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++)
		if (strcmp(writers[i].format, format) == 0)
			return &writers[i];
	return NULL;
}

static int
write_file(struct invocation *inv, const struct writer *writer, const char *path)
{
	struct out_error error = { 0 };
	char *text = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&text, &len);
	int status = STATUS_DONE;

	if (memory == NULL)
		return failure("out of memory");
	writer->write(inv->compilation.plan, memory);
	if (fclose(memory) != 0)
		status = failure("out of memory");
	else if (!file_write(inv->arena, path, text, len, &error))
		status = failure_of(&error);
	free(text);
	return status;
}

static int
run(struct invocation *inv)
{
	const char *format = option_value(inv, &option_kind), *path = option_value(inv, &option_file);
	const struct writer *writer = writer_named(format != NULL ? format : "svg");
	int status;

	if (writer == NULL)
		return usage_error("graph --format %s is not built in", format != NULL ? format : "svg");
	status = topology_compile(inv, operand(inv, 0), STAGE_PLAN);
	if (status == STATUS_DONE && path != NULL && strcmp(path, "-") != 0)
		status = write_file(inv, writer, path);
	else if (status == STATUS_DONE)
		writer->write(inv->compilation.plan, stdout);
	if (status != STATUS_FAILED)
		summary(inv, "%s", "");
	return status;
}

const struct command command_graph = {
	.name = "graph",
	.args = "[TOPOLOGY]",
	.summary = "draw the network",
	.options = options,
	.compiles = true,
	.run = run,
};
