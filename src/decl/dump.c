/* SPDX-License-Identifier: BSD-2-Clause */
/* The declaration as text: what was given, in the order of the field table, each value with its place. */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "decl/decl.h"
#include "decl/tables.h"
#include "tree/tree.h"

struct items { struct span at; size_t n, cap; void **v; };

static void
dump_text(const char *text, FILE *out)
{
	struct json j;
	bool plain = text[0] != '\0' && text[0] != '"';

	for (const char *s = text; *s != '\0'; s++)
		plain &= (unsigned char)*s > 0x20 && *s != 0x7f;
	if (plain) {
		fputs(text, out);
		return;
	}
	json_begin(&j, out, false);
	json_text(&j, text);
}

static void
dump_strings(const struct v_strs *list, int indent, FILE *out)
{
	for (size_t i = 0; i < list->n; i++) {
		fprintf(out, "%*s- ", indent, "");
		dump_text(list->v[i].v, out);
		place_dump(&list->v[i].at, out);
		fputc('\n', out);
	}
}

static void
dump_pairs(const struct v_pairs *pairs, int indent, FILE *out)
{
	for (size_t i = 0; i < pairs->n; i++) {
		fprintf(out, "%*s", indent, "");
		dump_text(pairs->v[i].name.v, out);
		place_dump(&pairs->v[i].name.at, out);
		if (given(&pairs->v[i].value.at)) {
			fputs(" = ", out);
			dump_text(pairs->v[i].value.v, out);
			place_dump(&pairs->v[i].value.at, out);
		}
		fputc('\n', out);
	}
}

static void dump_record(const struct record *, const void *, int indent, FILE *);

static void
dump_items(const struct field *f, const struct items *items, int indent, FILE *out)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct decl_item *item = items->v[i];

		fprintf(out, "%*s", indent, "");
		dump_text(item->key == NULL ? "-" : item->key, out);
		place_dump(&item->at, out);
		if (given(&item->range))
			fprintf(out, " number %" PRId64, item->number);
		fputc('\n', out);
		dump_record(f->record, item, indent + 2, out);
	}
}

/* A value that fits on its key's line. */
static void
dump_scalar(const struct field *f, const void *v, FILE *out)
{
	const struct v_toggle *toggle = v;

	switch (f->kind) {
	case KIND_STR:
	case KIND_WORD:
		fputc(' ', out);
		dump_text(((const struct v_str *)v)->v, out);
		break;
	case KIND_INT:
		fprintf(out, " %" PRId64, ((const struct v_int *)v)->v);
		break;
	case KIND_BOOL:
		fputs(((const struct v_bool *)v)->v ? " true" : " false", out);
		break;
	case KIND_TOGGLE:
		if (!toggle->is_list)
			fputs(toggle->v ? " true" : " false", out);
		break;
	case KIND_STRS:
	case KIND_WORDS:
	case KIND_INTS:
	case KIND_PAIRS:
	case KIND_RECORD:
	case KIND_MAP:
	case KIND_LIST:
		break;
	}
}

static void
dump_below(const struct field *f, const void *v, int indent, FILE *out)
{
	const struct v_ints *ints = v;

	switch (f->kind) {
	case KIND_STRS:
	case KIND_WORDS:
		dump_strings(v, indent, out);
		break;
	case KIND_TOGGLE:
		dump_strings(&((const struct v_toggle *)v)->list, indent, out);
		break;
	case KIND_INTS:
		for (size_t i = 0; i < ints->n; i++) {
			fprintf(out, "%*s- %" PRId64, indent, "", ints->v[i].v);
			place_dump(&ints->v[i].at, out);
			fputc('\n', out);
		}
		break;
	case KIND_PAIRS:
		dump_pairs(v, indent, out);
		break;
	case KIND_MAP:
	case KIND_LIST:
		dump_items(f, v, indent, out);
		break;
	case KIND_STR:
	case KIND_WORD:
	case KIND_BOOL:
	case KIND_INT:
	case KIND_RECORD:
		break;
	}
}

static void
dump_record(const struct record *record, const void *struct_at, int indent, FILE *out)
{
	for (const struct field *f = record->field; f->key != NULL; f++) {
		const char *v = (const char *)struct_at + f->at;
		const struct decl_item *below;
		struct span at;

		if (f->flags & FIELD_APART)
			continue;
		if (f->kind == KIND_RECORD) {
			memcpy(&below, v, sizeof(below));
			if (below == NULL)
				continue;
			fprintf(out, "%*s%s:", indent, "", f->key);
			place_dump(&below->at, out);
			fputc('\n', out);
			dump_record(f->record, below, indent + 2, out);
			continue;
		}
		memcpy(&at, v, sizeof(at));
		if (!given(&at))
			continue;
		fprintf(out, "%*s%s:", indent, "", f->key);
		dump_scalar(f, v, out);
		place_dump(&at, out);
		fputc('\n', out);
		dump_below(f, v, indent + 2, out);
	}
}

void
decl_dump(const struct topology_decl *decl, FILE *out)
{
	dump_record(&record_topology, decl, 0, out);
}
