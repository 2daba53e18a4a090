/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything that vnetc makes of a topology, in memory: all passes, dumps, reports, emitters, diagrams. A line %LOCK begins the lock, a
 * line %FILE what every include reads. What must hold for any input is asserted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/report.h"
#include "compile.h"
#include "diagram/depict.h"
#include "diagram/diagram.h"
#include "diagram/html.h"
#include "emit/emit.h"
#include "fuzz.h"
#include "rules/rules.h"

#define JAILS_DRAWN 60

static void
must(bool holds, const char *what, const char *more)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s: %s\n", what, more);
	abort();
}

struct part { const char *text; size_t len; };

/* Cuts the text at a line of its own; what follows goes to rest. */
static struct part
cut(struct arena *a, struct part *whole, const char *line)
{
	size_t n = strlen(line);

	for (size_t i = 0; i + n <= whole->len; i++) {
		if (memcmp(whole->text + i, line, n) == 0 && (i == 0 || whole->text[i - 1] == '\n')) {
			struct part rest = { arena_strndup(a, whole->text + i + n, whole->len - i - n), whole->len - i - n };

			whole->len = i;
			return (rest);
		}
	}
	return ((struct part){ NULL, 0 });
}

static char *
read_file(void *user, struct arena *a, const char *path, size_t *len, const char **identity, const char **why)
{
	const struct part *file = user;

	if (file->text == NULL) {
		*why = "it is not there";
		return (NULL);
	}
	*len = file->len;
	*identity = arena_strdup(a, path);
	return (arena_strndup(a, file->text, file->len));
}

/* One line, printable; tabs indent commands of other programs. */
static void
text_is_clean(const char *path, const char *text, size_t len)
{
	must(len == 0 || text[len - 1] == '\n', "the last line ends", path);
	for (size_t i = 0; i < len; i++)
		must((unsigned char)text[i] >= 0x20 || text[i] == '\n' || text[i] == '\t', "no control characters", path);
}

static bool
is_shell(const char *path)
{
	size_t n = strlen(path);

	return (strncmp(path, "ezjail/", 7) == 0 || strncmp(path, "rc.conf.d/", 10) == 0 || (n >= 7 && strcmp(path + n - 7, "rc.conf") == 0));
}

/* A comment, nothing, or NAME="VALUE" in which nothing is left to expand but ${NAME} at its start. */
static void
line_is_inert(const char *path, const char *line, size_t n)
{
	size_t name = 0, at;

	if (n == 0 || line[0] == '#')
		return;
	if (n > 7 && strncmp(line, "export ", 7) == 0) {
		line += 7;
		n -= 7;
	}
	while (name < n && (strchr("_", line[name]) != NULL || (line[name] >= '0' && line[name] <= '9') || ((line[name] | 32) >= 'a' && (line[name] | 32) <= 'z')))
		name++;
	must(name > 0 && n >= name + 3 && line[name] == '=' && line[name + 1] == '"' && line[n - 1] == '"', "an assignment", path);
	at = name + 2;
	if (n > at + name + 3 && strncmp(line + at, "${", 2) == 0 && strncmp(line + at + 2, line, name) == 0)
		at += name + 4;
	for (; at < n - 1; at++) {
		if (line[at] == '\\')
			must(++at < n - 1, "a whole escape", path);
		else
			must(strchr("\"$`", line[at]) == NULL, "nothing to expand", path);
	}
}

static void
check_files(const struct outdir *files)
{
	vec_each (const struct outfile *, file, &files->files) {
		text_is_clean(file->path, file->text, file->len);
		for (size_t at = 0, n; is_shell(file->path) && at < file->len; at += n + 1) {
			n = strcspn(file->text + at, "\n");
			line_is_inert(file->path, file->text + at, n);
		}
	}
}

static void
draw(struct arena *a, const struct compilation *c)
{
	const struct picture *picture = depict(a, c->plan);
	const char *error = NULL, *svg;
	size_t len = 0;

	for (enum picture_view view = PICTURE_FULL; view <= PICTURE_OVERVIEW; view++) {
		const struct picture_options options = { .view = view, .stem = "t", .anchors = "t.md#" };

		svg = diagram_svg(a, picture, &options, &len, &error);
		must(svg != NULL, "it can be drawn", error != NULL ? error : "");
		must(strstr(svg, "<script") == NULL, "no script", "svg");
		if (view == PICTURE_FULL)
			diagram_html(a, c->plan, c->graph, svg, &len);
	}
}

static void
emit(struct arena *a, const struct compilation *c, FILE *out, bool drawing)
{
	struct outdir files;
	const char *error = NULL;

	outdir_init(&files, a);
	must(emit_all(c->plan, a, &files, &error), "what is accepted can be written", error != NULL ? error : "");
	check_files(&files);
	emit_graph_dot(c->plan, out);
	emit_graph_json(c->plan, out);
	for (int table = 0; table < TABLES; table++)
		for (int format = TABLE_TEXT; format <= TABLE_JSON; format++)
			emit_table(c->plan, (enum table)table, (enum table_format)format, out);
	if (drawing && c->topology->jails.n <= JAILS_DRAWN && c->topology->bridges.n <= JAILS_DRAWN)
		draw(a, c);
}

static void
dump(struct compilation *c, FILE *out)
{
	if (c->load.root != NULL)
		tree_dump(c->load.root, out);
	if (c->plan != NULL)
		plan_dump(c->plan, out);
	for (enum report_format format = REPORT_TEXT; format <= REPORT_SARIF; format++) {
		const struct report_options options = { .format = format, .all = true, .rules = rules, .version = "0" };

		report(&c->diags, &options, out);
	}
}

void
fuzz_pipeline(const uint8_t *data, size_t size, bool drawing)
{
	struct arena *a = arena_new();
	struct part text = { arena_strndup(a, (const char *)data, size), size }, file = cut(a, &text, "%FILE\n"), lock = cut(a, &text, "%LOCK\n");
	struct compilation c = { .arena = a, .name = "t.yaml", .text = text.text, .len = text.len, .reader = { read_file, &file },
		.lock_name = "t.lock", .lock_text = lock.text, .lock_len = lock.len };
	char *said = NULL;
	size_t said_len = 0;
	FILE *out = open_memstream(&said, &said_len);

	if (out == NULL)
		abort();
	if (compile(&c, STAGE_PLAN))
		emit(a, &c, out, drawing);
	dump(&c, out);
	fclose(out);
	free(said);
	compilation_free(&c);
	arena_free(a);
}
