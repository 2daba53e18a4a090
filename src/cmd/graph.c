/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc graph: the diagram or the graph, on standard output or in a file. */
#include <stdlib.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/outputs.h"
#include "diagram/depict.h"
#include "diagram/diagram.h"
#include "diagram/html.h"
#include "emit/emit.h"

static const char *const format_words[] = { "svg", "dot", "json", "html", NULL };
static const struct cmd_option option_kind = {
	.name = "format", .arg = "FORMAT", .words = format_words, .doc = "what is written",
};
static const char *const view_words[] = { "full", "l2", "l3", "overview", "bridge:", NULL };
static const struct cmd_option option_view = {
	.name = "view", .arg = "VIEW", .hints = view_words, .doc = "of svg: full (default), l2 (no addresses), l3 (no interfaces), overview, or bridge:NAME",
};
static const struct cmd_option option_file = { .name = "output", .letter = 'o', .arg = "FILE", .doc = "write to FILE" };
static const struct cmd_option *const options[] = { &option_kind, &option_view, &option_file, NULL };

static const struct view { const char *name; enum picture_view view; } views[] = {
	{ "full", PICTURE_FULL }, { "l2", PICTURE_L2 }, { "l3", PICTURE_L3 }, { "overview", PICTURE_OVERVIEW },
};

#define BRIDGE "bridge:"

/* The status; wrong words are told before anything is compiled. */
static int
read_view(const struct invocation *inv, struct picture_options *picture)
{
	const char *word = option_value(inv, &option_view), *names[] = { "full", "l2", "l3", "overview", BRIDGE };

	picture->view = PICTURE_FULL;
	if (word == NULL)
		return (STATUS_DONE);
	if (strncmp(word, BRIDGE, strlen(BRIDGE)) == 0) {
		picture->view = PICTURE_ONE_NET;
		return (STATUS_DONE);
	}
	for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		if (strcmp(views[i].name, word) == 0) {
			picture->view = views[i].view;
			return (STATUS_DONE);
		}
	}
	usage_error("--view takes full, l2, l3, overview or bridge:NAME, not %s", str_shown(inv->arena, word));
	return (suggest(word, names, sizeof(names) / sizeof(names[0]), NULL));
}

static int
unknown_bridge(const struct invocation *inv, const char *name)
{
	strings names = { 0 };

	vec_each (struct bridge *const *, bridge, &inv->compilation.topology->bridges)
		*vec_push(inv->arena, &names) = (*bridge)->key;
	usage_error("there is no bridge %s", str_shown(inv->arena, name));
	return (suggest(name, names.v, names.n, NULL));
}

static int
draw(struct invocation *inv, struct picture_options *options_of, bool as_page, FILE *out)
{
	const struct picture *picture = depict(inv->arena, inv->compilation.plan);
	const char *error = NULL, *svg;
	size_t len = 0;

	if (options_of->view == PICTURE_ONE_NET) {
		const char *name = option_value(inv, &option_view) + strlen(BRIDGE);

		options_of->net = depicted_bridge(inv->compilation.plan, picture, name);
		if (options_of->net == PICTURE_NONE)
			return (unknown_bridge(inv, name));
	}
	svg = diagram_svg(inv->arena, picture, options_of, &len, &error);
	if (svg == NULL)
		return (drawing_failure(error));
	if (as_page)
		svg = diagram_html(inv->arena, inv->compilation.plan, inv->compilation.graph, svg, &len);
	fwrite(svg, 1, len, out);
	return (STATUS_DONE);
}

static int
write_graph(struct invocation *inv, const char *format, struct picture_options *picture, FILE *out)
{
	if (strcmp(format, "svg") == 0 || strcmp(format, "html") == 0)
		return (draw(inv, picture, strcmp(format, "html") == 0, out));
	if (strcmp(format, "dot") == 0)
		emit_graph_dot(inv->compilation.plan, out);
	else
		emit_graph_json(inv->compilation.plan, out);
	return (STATUS_DONE);
}

/* Whole or not at all: the file gets what was written to memory. */
static int
write_file(struct invocation *inv, const char *format, struct picture_options *picture, const char *path)
{
	struct out_error error = { 0 };
	char *text = NULL;
	size_t len = 0;
	FILE *memory = open_memstream(&text, &len);
	int status;

	if (memory == NULL)
		return (failure("out of memory"));
	status = write_graph(inv, format, picture, memory);
	if (fclose(memory) != 0)
		status = failure("out of memory");
	if (status == STATUS_DONE && !file_write(inv->arena, path, text, len, &error))
		status = failure_of(&error);
	free(text);
	return (status);
}

static int
run(struct invocation *inv)
{
	const char *format = option_value(inv, &option_kind), *path = option_value(inv, &option_file);
	struct picture_options picture = { 0 };
	int status;

	if (format == NULL)
		format = "svg";
	if ((status = read_view(inv, &picture)) != STATUS_DONE)
		return (status);
	if (path != NULL && strcmp(path, "-") == 0)
		path = NULL;
	if (path == NULL && diagram_opens_nothing())
		status = topology_compile_confined(inv, operand(inv, 0), STAGE_PLAN);
	else
		status = topology_compile(inv, operand(inv, 0), STAGE_PLAN);
	if (status == STATUS_DONE && path != NULL)
		status = write_file(inv, format, &picture, path);
	else if (status == STATUS_DONE)
		status = write_graph(inv, format, &picture, stdout);
	if (status == STATUS_DONE || status == STATUS_WRONG)
		summary(inv, "%s", "");
	return (status);
}

const struct command command_graph = {
	.name = "graph",
	.args = "[TOPOLOGY]",
	.summary = "draw the network, or write it for other programs",
	.options = options,
	.compiles = true,
	.run = run,
};
