/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree as text: one line a node, each with its place and how it came there. */
#include <string.h>

#include "base/json.h"
#include "tree/tree.h"

static void
dump_position(const struct span *at, FILE *out)
{
	uint32_t line, column;

	source_position(at->src, at->off, &line, &column);
	if (at->src->order != 0)
		fprintf(out, "%s:", at->src->name);
	fprintf(out, "%u:%u", (unsigned)line, (unsigned)column);
}

void
place_dump(const struct span *at, FILE *out)
{
	static const char *const words[] = {
		[VIA_ALIAS] = "alias",
		[VIA_MERGE] = "merge",
		[VIA_DEFAULTS] = "defaults",
		[VIA_RANGE] = "range",
	};

	if (at->src == NULL)
		return;
	fputs(" @", out);
	dump_position(at, out);
	for (const struct via *via = at->via; via != NULL; via = via->at.via) {
		fprintf(out, " (%s at ", words[via->kind]);
		dump_position(&via->at, out);
		fputc(')', out);
	}
}

static void
dump_text(const struct tree *t, FILE *out)
{
	struct json j;

	if (t->null && t->text[0] == '\0') {
		fputs("nothing", out);
	} else if (t->plain && strchr(t->text, '\n') == NULL) {
		fputs(t->text, out);
	} else {
		json_begin(&j, out, false);
		json_text(&j, t->text);
	}
}

static void dump_node(const struct tree *, const struct via *, int indent, FILE *);

static void
dump_below(const struct tree *t, int indent, FILE *out)
{
	vec_each(struct tree_pair *, pair, &t->pairs) {
		fprintf(out, "%*s", indent, "");
		dump_text(pair->key, out);
		place_dump(&pair->key->at, out);
		fputs(":", out);
		dump_node(pair->value, pair->via, indent, out);
	}
	vec_each(struct tree_item *, item, &t->items) {
		fprintf(out, "%*s-", indent, "");
		dump_node(item->value, item->via, indent, out);
	}
}

static void
dump_node(const struct tree *t, const struct via *via, int indent, FILE *out)
{
	struct span at = t->at;

	at.via = via;
	fputc(' ', out);
	switch (t->kind) {
	case TREE_SCALAR:
		dump_text(t, out);
		break;
	case TREE_MAP:
		fputs(t->pairs.n == 0 ? "{}" : "mapping", out);
		break;
	case TREE_SEQ:
		fputs(t->items.n == 0 ? "[]" : "list", out);
		break;
	}
	place_dump(&at, out);
	fputc('\n', out);
	dump_below(t, indent + 2, out);
}

void
tree_dump(const struct tree *t, FILE *out)
{
	if (t == NULL)
		return;
	dump_below(t, 0, out);
}
