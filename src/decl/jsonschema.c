/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table as a JSON Schema: one definition a record, one property a key. */
#include "decl/jsonschema.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/str.h"
#include "decl/tables.h"
#include "tree/parse.h"

#define DIGITS "0123456789"

/* In a jail's range $n may stand for any part of a text. */
#define OR_NUMBERED "|.*\\$.*"
#define ADDRESS "[0-9A-Fa-f:.]+"
#define NAME "[A-Za-z0-9][A-Za-z0-9_.-]*"

struct writer { struct arena *arena; struct json json; };

/* What a text must look like; NULL: anything. */
static const char *
pattern_of(enum form form)
{
	switch (form) {
	case FORM_ADDRESS:
		return ("^(" ADDRESS "\\+?" OR_NUMBERED ")$");
	case FORM_IFADDRESS:
		return ("^(auto|dhcp|slaac|" ADDRESS "\\+?(/[0-9]{1,3})?\\+?" OR_NUMBERED ")$");
	case FORM_PREFIX:
		return ("^(" ADDRESS "\\+?/[0-9]{1,3}\\+?" OR_NUMBERED ")$");
	case FORM_RANGE:
		return ("^(" ADDRESS "(/[0-9]{1,3}|-" ADDRESS ")?" OR_NUMBERED ")$");
	case FORM_MAC:
		return ("^(auto|kernel|inherit|([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}" OR_NUMBERED ")$");
	case FORM_HOSTNAME:
		return ("^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?" OR_NUMBERED ")$");
	case FORM_RELEASE:
		return ("^[0-9]+(\\.[0-9]+)?(-RELEASE(-p[0-9]+)?)?$");
	case FORM_NAME:
		return ("^(" NAME OR_NUMBERED ")$");
	case FORM_IFNAME:
	case FORM_EPAIR:
		return ("^([A-Za-z][A-Za-z0-9_.-]*" OR_NUMBERED ")$");
	case FORM_GROUP:
		return ("^([A-Za-z]([A-Za-z0-9_.-]{0,13}[A-Za-z_.-])?" OR_NUMBERED ")$");
	case FORM_CLASSIC_IP:
		return ("^([^|]+\\|" ADDRESS "\\+?(/[0-9]{1,3})?\\+?" OR_NUMBERED ")$");
	case FORM_FILE:
		return ("^[^/]");
	case FORM_JAIL:
		return ("^[A-Za-z0-9][A-Za-z0-9_-]*(\\[[0-9]+-[0-9]+\\])?$");
	case FORM_VARIABLE:
		return ("^([A-Za-z_][A-Za-z0-9_]*" OR_NUMBERED ")$");
	case FORM_PARAMETER:
		return ("^([A-Za-z_][A-Za-z0-9_.-]*(=.*)?" OR_NUMBERED ")$");
	case FORM_TEXT:
	case FORM_GATEWAY:
	case FORM_VIA:
	case FORM_TARGET:
	case FORM_END:
	case FORM_COMMAND:
		break;
	}
	return (NULL);
}

/* YAML takes 15.1 for a number and true for a boolean; vnetc reads a text where it wants one. */
static void
text_types(struct json *j)
{
	json_key(j, "type");
	json_array_begin(j);
	json_text(j, "string");
	json_text(j, "number");
	json_text(j, "boolean");
	json_array_end(j);
}

static void
number_members(struct json *j, const struct field *f)
{
	json_key(j, "anyOf");
	json_array_begin(j);
	json_object_begin(j);
	json_member(j, "type", "integer");
	if (f->words != NULL) {
		json_key(j, "enum");
		json_array_begin(j);
		for (const char *const *word = f->words; *word != NULL; word++)
			json_int(j, strtoll(*word, NULL, 10));
		json_array_end(j);
	} else {
		json_member_int(j, "minimum", f->min);
		json_member_int(j, "maximum", f->max);
	}
	json_object_end(j);
	json_object_begin(j);
	json_member(j, "type", "string");
	json_member(j, "pattern", "^(0|[1-9][0-9]*" OR_NUMBERED ")$");
	json_object_end(j);
	json_array_end(j);
}

/* The members of a schema for one scalar of a field. */
static void
scalar_members(struct json *j, const struct field *f)
{
	const char *pattern = f->flags & FIELD_NAMES ? NULL : pattern_of(f->form);

	if (f->kind == KIND_INT || f->kind == KIND_INTS) {
		number_members(j, f);
		return;
	}
	if (f->words != NULL) {
		json_key(j, "enum");
		json_array_begin(j);
		for (const char *const *word = f->words; *word != NULL; word++)
			json_text(j, *word);
		json_array_end(j);
		return;
	}
	text_types(j);
	if (pattern != NULL)
		json_member(j, "pattern", pattern);
}

static void
scalar_schema(struct json *j, const struct field *f)
{
	json_object_begin(j);
	scalar_members(j, f);
	json_object_end(j);
}

static void
boolean_members(struct json *j)
{
	json_key(j, "type");
	json_array_begin(j);
	json_text(j, "boolean");
	json_text(j, "string");
	json_array_end(j);
	json_member(j, "pattern", "^(true|false)$");
}

static void
reference(struct writer *w, const struct record *record)
{
	json_object_begin(&w->json);
	json_member(&w->json, "$ref", arena_printf(w->arena, "#/definitions/%s", record->id));
	json_object_end(&w->json);
}

static bool
has_required(const struct record *record)
{
	for (const struct field *f = record->field; f->key != NULL; f++)
		if (f->flags & FIELD_REQUIRED)
			return (true);
	return (false);
}

/* Whether nothing at all may stand for a record: "re0:" is "re0: {}". An item of a list is never nothing. */
static bool
may_be_empty(const struct record *record)
{
	bool used = false;

	for (const struct record *const *r = records; *r != NULL; r++)
		for (const struct field *f = (*r)->field; f->key != NULL; f++) {
			if (f->record == record && (f->kind == KIND_LIST || (f->flags & FIELD_REQUIRED)))
				return (false);
			used |= f->record == record;
		}
	return (used && !has_required(record));
}

/* Beside "$ref" a description would not count. */
static void
record_members(struct writer *w, const struct field *f)
{
	json_key(&w->json, "allOf");
	json_array_begin(&w->json);
	reference(w, f->record);
	json_array_end(&w->json);
}

static void
array_of_scalars(struct json *j, const struct field *f)
{
	json_object_begin(j);
	json_member(j, "type", "array");
	if (f->flags & FIELD_NONEMPTY)
		json_member_int(j, "minItems", f->flags & FIELD_PAIR ? 2 : 1);
	if (f->flags & FIELD_PAIR)
		json_member_int(j, "maxItems", 2);
	json_key(j, "items");
	scalar_schema(j, f);
	json_object_end(j);
}

static void
object_type(struct json *j, bool or_nothing)
{
	if (!or_nothing) {
		json_member(j, "type", "object");
		return;
	}
	json_key(j, "type");
	json_array_begin(j);
	json_text(j, "object");
	json_text(j, "null");
	json_array_end(j);
}

/* Names to the schema that is written next. */
static void
names_members(struct json *j, const struct field *f)
{
	const char *pattern = f->flags & FIELD_TAGS ? "^([1-9][0-9]*" OR_NUMBERED ")$" : pattern_of(f->form);

	object_type(j, true);
	if (pattern != NULL) {
		json_key(j, "propertyNames");
		json_object_begin(j);
		json_member(j, "pattern", pattern);
		json_object_end(j);
	}
	json_key(j, "additionalProperties");
}

static void
pairs_members(struct json *j, const struct field *f)
{
	bool list = (f->flags & FIELD_PAIR_LIST) != 0;

	if (list) {
		json_key(j, "anyOf");
		json_array_begin(j);
		json_object_begin(j);
	}
	names_members(j, f);
	json_object_begin(j);
	text_types(j);
	json_object_end(j);
	if (!list)
		return;
	json_object_end(j);
	array_of_scalars(j, f);
	scalar_schema(j, f);
	json_array_end(j);
}

static void
list_item(struct writer *w, const struct field *f)
{
	struct json *j = &w->json;

	if (f->record->scalar_key == NULL) {
		reference(w, f->record);
		return;
	}
	json_object_begin(j);
	json_key(j, "anyOf");
	json_array_begin(j);
	scalar_schema(j, field_find(f->record, f->record->scalar_key));
	reference(w, f->record);
	json_array_end(j);
	json_object_end(j);
}

static void
list_members(struct writer *w, const struct field *f)
{
	struct json *j = &w->json;

	json_key(j, "anyOf");
	json_array_begin(j);
	json_object_begin(j);
	json_member(j, "type", "array");
	json_key(j, "items");
	list_item(w, f);
	json_object_end(j);
	list_item(w, f);
	json_array_end(j);
}

static void
type_members(struct writer *w, const struct field *f)
{
	struct json *j = &w->json;

	switch (f->kind) {
	case KIND_STR:
	case KIND_WORD:
	case KIND_INT:
		scalar_members(j, f);
		break;
	case KIND_BOOL:
		boolean_members(j);
		break;
	case KIND_STRS:
	case KIND_WORDS:
	case KIND_INTS:
		json_key(j, "anyOf");
		json_array_begin(j);
		if (!(f->flags & FIELD_PAIR))
			scalar_schema(j, f);
		array_of_scalars(j, f);
		json_array_end(j);
		break;
	case KIND_TOGGLE:
		json_key(j, "anyOf");
		json_array_begin(j);
		json_object_begin(j);
		boolean_members(j);
		json_object_end(j);
		scalar_schema(j, f);
		array_of_scalars(j, f);
		json_array_end(j);
		break;
	case KIND_PAIRS:
		pairs_members(j, f);
		break;
	case KIND_RECORD:
		record_members(w, f);
		break;
	case KIND_MAP:
		names_members(j, f);
		reference(w, f->record);
		break;
	case KIND_LIST:
		list_members(w, f);
		break;
	}
}

/* The preset's value where it is one and not a sentence: "`auto`", "true", "1500". */
static void
default_member(struct writer *w, const struct field *f)
{
	struct json *j = &w->json;
	const char *preset = f->preset;
	size_t n = preset == NULL ? 0 : strlen(preset);

	if (n == 0)
		return;
	if (strcmp(preset, "true") == 0 || strcmp(preset, "false") == 0) {
		json_member_bool(j, "default", preset[0] == 't');
	} else if (strspn(preset, DIGITS) == n) {
		json_member_int(j, "default", strtoll(preset, NULL, 10));
	} else if (f->words != NULL && str_in(preset, f->words)) {
		json_member(j, "default", preset);
	} else if (n > 2 && preset[0] == '`' && strchr(preset + 1, '`') == preset + n - 1) {
		json_member(j, "default", arena_strndup(w->arena, preset + 1, n - 2));
	}
}

static void
write_value(struct json *j, const struct tree *t)
{
	switch (t->kind) {
	case TREE_SCALAR:
		if (t->plain && (strcmp(t->text, "true") == 0 || strcmp(t->text, "false") == 0))
			json_bool(j, t->text[0] == 't');
		else if (t->plain && strspn(t->text, DIGITS) == strlen(t->text))
			json_int(j, strtoll(t->text, NULL, 10));
		else
			json_text(j, t->text);
		break;
	case TREE_MAP:
		json_object_begin(j);
		vec_each(struct tree_pair *, pair, &t->pairs) {
			json_key(j, pair->key->text);
			write_value(j, pair->value);
		}
		json_object_end(j);
		break;
	case TREE_SEQ:
		json_array_begin(j);
		vec_each(struct tree_item *, item, &t->items)
			write_value(j, item->value);
		json_array_end(j);
		break;
	}
}

/* The example is a line of YAML: KEY: VALUE. */
static void
example_member(struct writer *w, const struct field *f)
{
	struct diags none;
	const struct tree *t;

	diags_init(&none, w->arena, NULL);
	t = tree_parse(w->arena, &none, source_new(w->arena, f->key, f->key, f->example, strlen(f->example), 0));
	if (t == NULL || t->kind != TREE_MAP || t->pairs.n != 1)
		return;
	json_key(&w->json, "examples");
	json_array_begin(&w->json);
	write_value(&w->json, t->pairs.v[0].value);
	json_array_end(&w->json);
}

static void
property(struct writer *w, const struct field *f)
{
	struct text doc = { .arena = w->arena };

	text_add(&doc, f->doc);
	if (f->preset != NULL)
		text_printf(&doc, "\nDefault: %s.", f->preset);
	if (f->releases != NULL)
		text_printf(&doc, "\nFrom FreeBSD %s on.", f->releases);
	json_key(&w->json, f->key);
	json_object_begin(&w->json);
	json_member(&w->json, "description", text_end(&doc));
	type_members(w, f);
	default_member(w, f);
	example_member(w, f);
	json_object_end(&w->json);
}

/* The members of a record's schema. */
static void
record_object(struct writer *w, const struct record *record)
{
	struct json *j = &w->json;

	json_member(j, "description", record->doc);
	object_type(j, may_be_empty(record));
	json_key(j, "properties");
	json_object_begin(j);
	for (const struct field *f = record->field; f->key != NULL; f++)
		property(w, f);
	json_object_end(j);
	if (has_required(record)) {
		json_key(j, "required");
		json_array_begin(j);
		for (const struct field *f = record->field; f->key != NULL; f++)
			if (f->flags & FIELD_REQUIRED)
				json_text(j, f->key);
		json_array_end(j);
	}
	json_member_bool(j, "additionalProperties", false);
}

void
schema_write(FILE *out)
{
	struct writer w = { .arena = arena_new() };
	struct json *j = &w.json;

	json_begin(j, out, true);
	json_object_begin(j);
	json_member(j, "$schema", "http://json-schema.org/draft-07/schema#");
	json_member(j, "title", "vnetc topology");
	record_object(&w, &record_topology);
	json_key(j, "definitions");
	json_object_begin(j);
	for (const struct record *const *r = records; *r != NULL; r++) {
		if (*r == &record_topology)
			continue;
		json_key(j, (*r)->id);
		json_object_begin(j);
		record_object(&w, *r);
		json_object_end(j);
	}
	json_object_end(j);
	json_object_end(j);
	fputc('\n', out);
	arena_free(w.arena);
}
