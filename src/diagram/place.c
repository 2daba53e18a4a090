/* SPDX-License-Identifier: BSD-2-Clause */
/* Graphviz orders the blocks of each row: dot gets boxes of the right width, edges and no text, and is asked for their x only.
 *
 * Names and attributes are `char *` in one release of Graphviz and `const char *` in another: writable arrays are both. Lengths
 * are whole inches, one a px, so that no locale's decimal point and no rounding comes between us and dot. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gvc.h>

#include "diagram/diagram.h"
#include "diagram/scene.h"

enum {
	POINTS = 72,            /* of an inch */
	DOT_MOST = 4000,        /* blocks and lines that are worth dot's time; above it the written order is kept */
	DOT_QUICK = 400,        /* above it dot may not search for as long as it likes */
	FARTHEST = 100000000,   /* px; farther is no place */
};

#ifdef HAVE_DOT_PLUGIN
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
#endif

struct dot {
	struct scene *scene;
	GVC_t *gvc;
	Agraph_t *graph;
	Agnode_t **node;        /* by block */
};

static void
set_default(Agraph_t *graph, int kind, const char *name, const char *value)
{
	char key[16], text[16];

	snprintf(key, sizeof(key), "%s", name);
	snprintf(text, sizeof(text), "%s", value);
	agattr(graph, kind, key, text);
}

static void
set_int(void *object, const char *name, int value)
{
	char key[16], text[16], none[] = "";

	snprintf(key, sizeof(key), "%s", name);
	snprintf(text, sizeof(text), "%d", value);
	agsafeset(object, key, text, none);
}

static Agnode_t *
add_node(Agraph_t *graph, size_t number)
{
	char name[32];

	snprintf(name, sizeof(name), "n%zu", number);
	return (agnode(graph, name, 1));
}

bool
diagram_opens_nothing(void)
{
#ifdef HAVE_DOT_PLUGIN
	return (true);
#else
	return (false);
#endif
}

static GVC_t *
new_context(void)
{
#ifdef HAVE_DOT_PLUGIN
	/* Neither this array nor the library is written to, whatever their types say. */
	lt_symlist_t builtins[] = {
		{ "gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library },
		{ NULL, NULL },
	};

	return (gvContextPlugins(builtins, 0));
#else
	return (gvContext());
#endif
}

static void
build(struct dot *d)
{
	struct scene *s = d->scene;
	char name[] = "g";
	Agnode_t *top;
	bool *seen = NEW_ARRAY(s->arena, bool, s->blocks.n);
	struct block **stack = NEW_ARRAY(s->arena, struct block *, s->blocks.n);

	d->graph = agopen(name, Agdirected, NULL);
	set_default(d->graph, AGRAPH, "splines", "false");
	set_default(d->graph, AGRAPH, "ranksep", "1");
	set_default(d->graph, AGNODE, "shape", "box");
	set_default(d->graph, AGNODE, "fixedsize", "true");
	set_default(d->graph, AGNODE, "label", "");
	set_default(d->graph, AGNODE, "height", "1");
	set_default(d->graph, AGNODE, "width", "1");
	set_default(d->graph, AGEDGE, "minlen", "1");
	set_default(d->graph, AGEDGE, "weight", "1");
	set_int(d->graph, "nodesep", BLOCK_GAP);
	if (s->blocks.n > DOT_QUICK) {
		set_int(d->graph, "nslimit", 2);
		set_int(d->graph, "mclimit", 1);
	}
	d->node = NEW_ARRAY(s->arena, Agnode_t *, s->blocks.n);
	for (size_t row = 0; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++) {
			struct block *b = s->row[row].v[i];

			if (b->lines[ABOVE].n + b->lines[BELOW].n == 0)
				continue;
			d->node[b->number] = add_node(d->graph, b->number);
			set_int(d->node[b->number], "width", b->w);
		}
	for (size_t i = 0; i < s->lines.n; i++) {
		const struct line *line = s->lines.v[i];

		if (line->end[BELOW]->row >= 0 && line->end[ABOVE]->row >= 0)
			agedge(d->graph, d->node[line->end[ABOVE]->number], d->node[line->end[BELOW]->number], NULL, 1);
	}
	/* Each part that nothing joins to the others hangs from one point, by a line as long as its first row is deep. */
	top = add_node(d->graph, s->blocks.n);
	for (size_t row = 0; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++) {
			struct block *b = s->row[row].v[i];
			size_t depth = 0;
			Agedge_t *edge;

			if (seen[b->number] || d->node[b->number] == NULL)
				continue;
			edge = agedge(d->graph, top, d->node[b->number], NULL, 1);
			set_int(edge, "minlen", b->row + 1);
			set_int(edge, "weight", 0);
			seen[b->number] = true;
			stack[depth++] = b;
			while (depth > 0) {
				b = stack[--depth];
				for (int side = ABOVE; side <= BELOW; side++)
					for (size_t k = 0; k < b->lines[side].n; k++) {
						struct block *other = b->lines[side].v[k]->end[side];

						if (!seen[other->number]) {
							seen[other->number] = true;
							stack[depth++] = other;
						}
					}
			}
		}
}

/* What Graphviz says last of a failure; at this level of errors it keeps messages instead of printing them. */
static const char *
why(struct scene *s, const char *what)
{
	char *said = aglasterr();
	const char *text;
	size_t n;

	if (said == NULL)
		return (what);
	n = strlen(said);
	while (n > 0 && (said[n - 1] == '\n' || said[n - 1] == ' '))
		n--;
	text = n == 0 ? what : arena_printf(s->arena, "%s: %.*s", what, (int)n, said);
	free(said);
	return (text);
}

static const char *
layout(struct dot *d)
{
	struct scene *s = d->scene;
	char engine[] = "dot";

	if (gvLayout(d->gvc, d->graph, engine) != 0)
		return (why(s, "Graphviz cannot lay the diagram out"));
	for (size_t row = 0; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++) {
			struct block *b = s->row[row].v[i];
			double x;

			if (d->node[b->number] == NULL)
				continue;
			x = ND_coord(d->node[b->number]).x / POINTS;
			if (!isfinite(x) || fabs(x) > FARTHEST)
				return (why(s, "Graphviz gave no place to a part of the diagram"));
			b->hint = x;
		}
	return (NULL);
}

static void
keep_order(struct scene *s)
{
	for (size_t row = 0; row < s->rows; row++) {
		int left = 0;

		for (size_t i = 0; i < s->row[row].n; i++) {
			struct block *b = s->row[row].v[i];

			b->hint = left + b->w / 2;
			left += b->w + BLOCK_GAP;
		}
	}
}

const char *
place(struct scene *s)
{
	struct dot d = { .scene = s };
	agerrlevel_t old;
	const char *error;

	if (s->blocks.n + s->lines.n > DOT_MOST) {
		keep_order(s);
		return (NULL);
	}
	d.gvc = new_context();
	if (d.gvc == NULL)
		return ("Graphviz cannot be started");
	old = agseterr(AGMAX);
	build(&d);
	error = layout(&d);
	gvFreeLayout(d.gvc, d.graph);
	agclose(d.graph);
	gvFreeContext(d.gvc);
	agseterr(old);
	return (error);
}
