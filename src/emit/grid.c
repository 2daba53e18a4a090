/* SPDX-License-Identifier: BSD-2-Clause */
/* A table on its way out. */
#include "emit/grid.h"

#include <string.h>

#include "base/inaddr.h"
#include "base/json.h"
#include "base/width.h"

void
grid_init(struct grid *g, struct arena *a, const struct column *columns, size_t ncolumns)
{
	memset(g, 0, sizeof(*g));
	g->arena = a;
	g->columns = columns;
	g->ncolumns = ncolumns;
}

strings *
grid_row(struct grid *g)
{
	return (*vec_push(g->arena, &g->rows) = NEW_ARRAY(g->arena, strings, g->ncolumns));
}

void
grid_put(struct grid *g, strings *cell, const char *value)
{
	if (value != NULL)
		*vec_push(g->arena, cell) = value;
}

static const char *
cell_shown(struct arena *a, const strings *cell)
{
	struct text t = { .arena = a };
	const char *joined = str_join(a, cell, ", ");

	text_add_shown(&t, joined, strlen(joined));
	return (t.n == 0 ? "-" : text_end(&t));
}

static size_t
width(const char *s)
{
	size_t n = strlen(s), columns = 0, len;
	uint32_t c;

	for (; n > 0; s += len, n -= len) {
		len = utf8_decode(s, n, &c);
		columns += len == 0 ? 1 : (size_t)char_width(c);
		len += len == 0;
	}
	return (columns);
}

static void
put_line(const struct grid *g, const char *const *cells, const size_t *widths, FILE *out)
{
	for (size_t i = 0; i < g->ncolumns; i++) {
		fputs(cells[i], out);
		if (i + 1 < g->ncolumns)
			fprintf(out, "%*s", (int)(widths[i] - width(cells[i]) + 2), "");
	}
	fputc('\n', out);
}

void
grid_text(const struct grid *g, FILE *out)
{
	const char **cells = NEW_ARRAY(g->arena, const char *, (g->rows.n + 1) * g->ncolumns);
	size_t *widths = NEW_ARRAY(g->arena, size_t, g->ncolumns);

	for (size_t i = 0; i < g->ncolumns; i++) {
		cells[i] = g->columns[i].head;
		widths[i] = width(cells[i]);
	}
	for (size_t r = 0; r < g->rows.n; r++)
		for (size_t i = 0; i < g->ncolumns; i++) {
			const char *shown = cell_shown(g->arena, &g->rows.v[r][i]);

			cells[(r + 1) * g->ncolumns + i] = shown;
			if (width(shown) > widths[i])
				widths[i] = width(shown);
		}
	for (size_t r = 0; r <= g->rows.n; r++)
		put_line(g, cells + r * g->ncolumns, widths, out);
}

static void
json_cell(struct json *j, const struct column *column, const strings *cell)
{
	json_key(j, column->key);
	if (!column->list) {
		json_text(j, cell->n > 0 ? cell->v[0] : NULL);
		return;
	}
	json_array_begin(j);
	vec_each (const char *const *, value, cell)
		json_text(j, *value);
	json_array_end(j);
}

void
grid_json(const struct grid *g, FILE *out)
{
	struct json j;

	json_begin(&j, out, true);
	json_array_begin(&j);
	vec_each (strings *const *, row, &g->rows) {
		json_object_begin(&j);
		for (size_t i = 0; i < g->ncolumns; i++)
			json_cell(&j, &g->columns[i], &(*row)[i]);
		json_object_end(&j);
	}
	json_array_end(&j);
	fputc('\n', out);
}

static bool
is_word(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

/* Means something to Markdown where it stands; what would begin a heading or a list does so only at the start of a text. */
static bool
is_markup(const char *text, const char *s)
{
	size_t before = (size_t)(s - text);

	if (strchr("\\`*[]|~$", *s) != NULL)
		return (true);
	if (*s == '_')
		return (before == 0 || !is_word(s[-1]) || !is_word(s[1]));
	if (*s == '.' || *s == ')')
		return (before > 0 && strspn(text, "0123456789") == before);
	return (before == 0 && strchr("#+->=", *s) != NULL);
}

void
markdown_text(struct text *t, const char *text)
{
	for (const char *s = text; *s != '\0'; s++) {
		if (*s == '\n' || *s == '\t' || *s == '\r')
			text_add(t, " ");
		else if (*s == '&')
			text_add(t, "&amp;");
		else if (*s == '<')
			text_add(t, "&lt;");
		else if (is_markup(text, s))
			text_printf(t, "\\%c", *s);
		else
			text_addn(t, s, 1);
	}
}

void
markdown_code(struct text *t, const char *s)
{
	/* A table's cell ends at a bar even inside a code span, where \| stands for it. A backtick would end the span. */
	text_add(t, "`");
	for (; *s != '\0'; s++) {
		if (*s == '|')
			text_add(t, "\\|");
		else
			text_addn(t, *s == '`' || *s == '\n' ? "'" : s, 1);
	}
	text_add(t, "`");
}

static void
markdown_value(struct text *t, const struct column *column, bool links, const char *value)
{
	bool link = links && column->kind == COL_NODE;
	struct inaddr address;

	if (column->kind == COL_CODE || (column->kind == COL_ADDRESS && inaddr_parse(value, &address))) {
		markdown_code(t, value);
		return;
	}
	text_add(t, link ? "[" : "");
	markdown_text(t, value);
	if (link)
		text_printf(t, "](#%s)", value);
}

void
grid_markdown(const struct grid *g, bool links, size_t from, struct text *t)
{
	for (size_t i = from; i < g->ncolumns; i++)
		text_printf(t, "| %s ", g->columns[i].head);
	text_add(t, "|\n");
	for (size_t i = from; i < g->ncolumns; i++)
		text_add(t, "|---");
	text_add(t, "|\n");
	vec_each (strings *const *, row, &g->rows) {
		for (size_t i = from; i < g->ncolumns; i++) {
			text_add(t, "| ");
			for (size_t k = 0; k < (*row)[i].n; k++) {
				text_add(t, k == 0 ? "" : ", ");
				markdown_value(t, &g->columns[i], links, (*row)[i].v[k]);
			}
			text_add(t, " ");
		}
		text_add(t, "|\n");
	}
}
