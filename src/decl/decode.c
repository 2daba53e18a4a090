/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree to a declaration: records, maps and lists, walked by the field table. */
#include <string.h>

#include "decl/decoding.h"
#include "rules/rules.h"

#define JAILS_MAX 131072
/* After so many faults in the jails of one range the rest of them would say nothing new. */
#define RANGE_FAULTS_MAX 1000

/* What every DECL_ITEMS is. */
struct items { struct span at; size_t n, cap; void **v; };

const char *
owner(struct decoder *dec, const struct here *h)
{
	const char *noun = strchr(h->record->name, ' ');
	const char *key = h->record->size == 0 ? NULL : here_item(h)->key;

	if (h->is_defaults && h->record == &record_jail)
		return ("defaults.jail");
	if (h->is_defaults && h->record == &record_jail_interface)
		return ("defaults.interface");
	if (key != NULL)
		return (arena_printf(dec->a, "%s %s", noun == NULL ? h->record->name : noun + 1, str_shown(dec->a, key)));
	if (h->up == NULL || h->up->record == &record_topology || h->up->record == &record_host)
		return (h->record->name);
	return (arena_printf(dec->a, "%s of %s", h->record->name, owner(dec, h->up)));
}

/* Every field's struct begins with its place, a record's field is a pointer. */
bool
field_given(const void *record, const struct field *f)
{
	const char *at = (const char *)record + f->at;
	const struct source *src;
	const void *pointer;

	if (f->kind == KIND_RECORD) {
		memcpy(&pointer, at, sizeof(pointer));
		return (pointer != NULL);
	}
	memcpy(&src, at + offsetof(struct span, src), sizeof(src));
	return (src != NULL);
}

static bool
has_required(const struct record *record)
{
	for (const struct field *f = record->field; f->key != NULL; f++)
		if (f->flags & FIELD_REQUIRED)
			return (true);
	return (false);
}

/* The keys of a mapping. complete: only those that the record does not have yet. */
static void
read_pairs(struct decoder *dec, struct here *h, const struct tree *map, bool complete)
{
	/* All first, so that no suggestion names a key that comes later. */
	vec_each(struct tree_pair *, pair, &map->pairs) {
		const struct field *f = field_find(h->record, pair->key->text);

		if (f == NULL || (complete && field_given(h->out, f)))
			continue;
		h->key[f - h->record->field] = pair->key->at;
		h->key[f - h->record->field].via = via_append(dec->a, pair->key->at.via, h->via);
	}
	vec_each(struct tree_pair *, pair, &map->pairs) {
		const struct field *f = field_find(h->record, pair->key->text);
		struct span key = pair->key->at;
		struct value v;

		key.via = via_append(dec->a, key.via, h->via);
		if (f == NULL) {
			struct diag *d = FAULT(
			    dec, &rule_unknown_key, key, "%s has no key %s", owner(dec, h), str_shown(dec->a, pair->key->text));

			suggest_key(dec, d, h, pair->key->text, key);
			continue;
		}
		if ((f->flags & FIELD_APART) || (complete && field_given(h->out, f)))
			continue;
		v = value_of(dec, h, pair->value, pair->via, key);
		decode_value(dec, h, f, &v);
	}
}

/* One default; what the record gives itself is only completed, name by name. */
static void
read_default(struct decoder *dec, struct here *h, const struct tree_pair *pair, const struct via *via)
{
	const struct field *f = field_find(h->record, pair->key->text);
	const struct via *kept = h->via;
	struct value v;

	if (f == NULL || !default_applies(h, f))
		return;
	if (given(&h->key[f - h->record->field]) && ((f->kind != KIND_RECORD && f->kind != KIND_PAIRS) || !field_given(h->out, f)))
		return;
	if (!values_fit(dec, pair->key->at, pair->value->nodes))
		return;
	h->via = via;
	v = value_of(dec, h, pair->value, pair->via, pair->key->at);
	v.key.via = via_append(dec->a, pair->key->at.via, via);
	decode_value(dec, h, f, &v);
	h->via = kept;
}

void
decode_defaults(struct decoder *dec, struct here *h, const struct tree_pair *defaults)
{
	const struct tree_pair *vnet;
	const struct via *chain;
	struct via *via;

	if (defaults == NULL)
		return;
	via = NEW(dec->a, struct via);
	*via = (struct via){ VIA_DEFAULTS, here_item(h)->at };
	if (via->at.via == NULL && !given(&here_item(h)->range))
		via->at.via = h->via;
	/* The others depend on which kind of jail it is. */
	vnet = tree_get(defaults->value, "vnet");
	chain = via_append(dec->a, via_append(dec->a, defaults->via, dec->defaults_via), via);
	if (vnet != NULL)
		read_default(dec, h, vnet, chain);
	vec_each(struct tree_pair *, pair, &defaults->value->pairs)
		if (pair != vnet)
			read_default(dec, h, pair, chain);
}

/* A mapping, or nothing where none of its keys is required, into the struct that h->out is. */
static void
read_record(struct decoder *dec, struct here *h, const struct tree *map, const struct tree_pair *defaults)
{
	read_pairs(dec, h, map, false);
	decode_defaults(dec, h, defaults);
	check_record(dec, h);
}

static bool
is_record(struct decoder *dec, const struct field *f, const struct value *v)
{
	if (v->tree->null) {
		if (!has_required(f->record) && !v->item)
			return (true);
		empty_value(dec, f, v);
		return (false);
	}
	if (v->tree->kind != TREE_MAP) {
		wrong_type(dec, f, v);
		return (false);
	}
	return (true);
}

bool
decode_record(struct decoder *dec, struct here *up, const struct field *f, const struct value *v)
{
	struct here h = { .record = f->record, .via = v->via, .jail = up->jail, .up = up };
	void *old;

	if (!is_record(dec, f, v))
		return (false);
	memcpy(&old, up->out + f->at, sizeof(old));
	if (old != NULL) {
		h.out = old;
		read_pairs(dec, &h, v->tree, true);
		return (true);
	}
	h.out = arena_alloc(dec->a, f->record->size);
	here_item(&h)->at = v->key;
	read_record(dec, &h, v->tree, NULL);
	memcpy(up->out + f->at, &h.out, sizeof(h.out));
	return (true);
}

/* What a name of a map makes. */
struct named { const char *name; struct span at, range; int64_t number; };

static void
add_named(struct decoder *dec, struct here *up, const struct field *f, const struct value *v, const struct named *named,
    const struct jail_scope *jail)
{
	struct here h = { .record = f->record, .via = v->via, .jail = jail != NULL ? jail : up->jail, .up = up };
	struct items *items = (struct items *)(void *)(up->out + f->at);
	struct decl_item *item;

	h.out = arena_alloc(dec->a, f->record->size);
	item = here_item(&h);
	item->key = named->name;
	item->at = named->at;
	item->range = named->range;
	item->number = named->number;
	*vec_push(dec->a, items) = h.out;
	read_record(dec, &h, v->tree, f->record == &record_jail ? dec->default_jail : NULL);
}

static const char *
thing_of(const struct field *f)
{
	const char *noun = strchr(f->record->name, ' ');

	return (noun == NULL ? f->record->name : noun + 1);
}

static bool
too_many_jails(struct decoder *dec, struct span at, size_t more)
{
	if (more <= JAILS_MAX && dec->jails <= JAILS_MAX - more) {
		dec->jails += more;
		return (false);
	}
	/* Once: the jails after that are too many by the same mistake. */
	if (!dec->too_many)
		FAULT(dec, &rule_expansion_too_large, at, "more than %d jails", JAILS_MAX);
	dec->too_many = true;
	return (true);
}

static void
add_range(struct decoder *dec, struct here *up, const struct field *f, struct value *v, const char *text)
{
	struct name_range range;
	struct named named = { .at = v->key, .range = v->key };
	struct via *via;
	size_t count, faults = dec->faults;

	if (!read_range_name(dec, text, v->key, &range) ||
	    !check_name(dec, f->form, thing_of(f), range_name(dec, &range, range.first), v->key))
		return;
	count = (size_t)(range.last - range.first) + 1;
	if (too_many_jails(dec, v->key, count) || !values_fit(dec, v->key, count * v->tree->nodes))
		return;
	via = NEW(dec->a, struct via);
	*via = (struct via){ VIA_RANGE, v->key };
	v->via = via_append(dec->a, v->via, via);
	for (size_t i = 0; i < count && dec->faults - faults < RANGE_FAULTS_MAX; i++) {
		struct jail_scope *jail = NEW(dec->a, struct jail_scope);

		named.number = range.first + (int64_t)i;
		named.name = range_name(dec, &range, named.number);
		*jail = (struct jail_scope){ named.name, v->key, true, named.number, i };
		add_named(dec, up, f, v, &named, jail);
	}
}

static void
decode_named(struct decoder *dec, struct here *up, const struct field *f, struct value *v, const char *text)
{
	struct named named = { .name = text, .at = v->key };
	struct jail_scope *jail = NULL;

	if ((f->flags & FIELD_RANGES) && is_range(text)) {
		add_range(dec, up, f, v, text);
		return;
	}
	if (f->flags & FIELD_TAGS) {
		if (!read_number(dec, f, "tag", text, v->key, &named.number))
			return;
	} else if (!check_name(dec, f->form, thing_of(f), text, v->key)) {
		return;
	}
	if (f->record == &record_jail) {
		if (too_many_jails(dec, v->key, 1))
			return;
		jail = NEW(dec->a, struct jail_scope);
		*jail = (struct jail_scope){ .name = text, .at = v->key };
	}
	add_named(dec, up, f, v, &named, jail);
}

bool
decode_map(struct decoder *dec, struct here *up, const struct field *f, const struct value *v)
{
	struct span *at = (struct span *)(void *)(up->out + f->at);

	if (!v->tree->null && v->tree->kind != TREE_MAP) {
		wrong_type(dec, f, v);
		return (false);
	}
	*at = v->key;
	vec_each(struct tree_pair *, pair, &v->tree->pairs) {
		struct here map = *up;
		struct value item, name;

		map.via = v->via;
		item = value_of(dec, &map, pair->value, pair->via, pair->key->at);
		item.key.via = via_append(dec->a, pair->key->at.via, v->via);
		name = (struct value){ .tree = pair->key, .at = item.key, .key = item.key };
		if (!pair->value->null && pair->value->kind != TREE_MAP) {
			FAULT(dec, &rule_wrong_type, value_place(&item), "%s is a mapping, not %s",
			    str_shown(dec->a, pair->key->text), pair->value->kind == TREE_SEQ ? "a list" : "a text");
			continue;
		}
		if (pair->value->null && has_required(f->record)) {
			struct diag *d = FAULT(
			    dec, &rule_empty_value, value_place(&item), "%s has no value", str_shown(dec->a, pair->key->text));

			diag_help(dec->d, d, "%s", f->example);
			continue;
		}
		decode_named(dec, up, f, &item, value_text(dec, up, f, &name));
	}
	return (true);
}

static void
add_item(struct decoder *dec, struct here *up, const struct field *f, const struct value *v)
{
	struct here h = { .record = f->record, .via = v->via, .jail = up->jail, .up = up };
	struct items *items = (struct items *)(void *)(up->out + f->at);
	const struct field *scalar = f->record->scalar_key == NULL ? NULL : field_find(f->record, f->record->scalar_key);

	if (v->tree->kind == TREE_SCALAR && !v->tree->null && scalar != NULL) {
		h.out = arena_alloc(dec->a, f->record->size);
		here_item(&h)->at = v->at;
		h.key[scalar - f->record->field] = v->at;
		if (decode_value(dec, &h, scalar, v))
			*vec_push(dec->a, items) = h.out;
		return;
	}
	if (!is_record(dec, f, v))
		return;
	h.out = arena_alloc(dec->a, f->record->size);
	here_item(&h)->at = v->at;
	*vec_push(dec->a, items) = h.out;
	read_record(dec, &h, v->tree, f->record == &record_jail_interface ? dec->default_interface : NULL);
}

bool
decode_list(struct decoder *dec, struct here *up, const struct field *f, const struct value *v)
{
	struct items *items = (struct items *)(void *)(up->out + f->at);

	if (v->tree->null) {
		empty_value(dec, f, v);
		return (false);
	}
	if (v->tree->kind == TREE_SCALAR && f->record->scalar_key == NULL) {
		wrong_type(dec, f, v);
		return (false);
	}
	items->at = v->key;
	if (v->tree->kind != TREE_SEQ) {
		add_item(dec, up, f, v);
		return (true);
	}
	vec_each(struct tree_item *, item, &v->tree->items) {
		struct here list = *up;
		struct value one;

		list.via = v->via;
		one = value_of(dec, &list, item->value, item->via, v->key);
		one.item = true;
		add_item(dec, up, f, &one);
	}
	return (true);
}

/* The defaults are right or wrong by themselves, also where nobody uses them. What a user of them has told already is not told
 * again. */
static void
check_default(struct decoder *dec, struct here *defaults, const struct tree_pair *pair, const struct record *record)
{
	static const struct field jail = { "jail", KIND_RECORD, .record = &record_jail, .example = "jail: {attach: prestart}" };
	static const struct field interface = { "interface", KIND_RECORD, .record = &record_jail_interface,
		.example = "interface: {mtu: 9000}" };
	const struct jail_scope scope = { .name = "defaults", .is_range = true, .number = 1 };
	struct here h = { .record = record, .jail = &scope, .up = defaults, .is_defaults = true };
	struct value v = value_of(dec, defaults, pair->value, pair->via, pair->key->at);

	if (!is_record(dec, record == &record_jail ? &jail : &interface, &v) || v.tree->kind != TREE_MAP)
		return;
	h.via = v.via;
	h.out = arena_alloc(dec->a, record->size);
	here_item(&h)->at = v.key;
	read_pairs(dec, &h, v.tree, false);
}

/* Only what means something: it is gone through for every jail and interface. */
static const struct tree_pair *
known_defaults(struct decoder *dec, const struct tree_pair *pair, const struct record *record)
{
	struct tree_pair *copy;
	struct tree *known;

	if (pair == NULL || pair->value->kind != TREE_MAP)
		return (NULL);
	known = NEW(dec->a, struct tree);
	*known = *pair->value;
	memset(&known->pairs, 0, sizeof(known->pairs));
	vec_each(struct tree_pair *, one, &pair->value->pairs)
		if (field_find(record, one->key->text) != NULL)
			*vec_push(dec->a, &known->pairs) = *one;
	copy = NEW(dec->a, struct tree_pair);
	*copy = *pair;
	copy->value = known;
	return (copy);
}

static void
find_defaults(struct decoder *dec, const struct tree_pair *defaults)
{
	if (defaults == NULL || defaults->value->kind != TREE_MAP)
		return;
	dec->defaults_via = defaults->via;
	dec->default_jail = known_defaults(dec, tree_get(defaults->value, "jail"), &record_jail);
	dec->default_interface = known_defaults(dec, tree_get(defaults->value, "interface"), &record_jail_interface);
}

static void
check_defaults(struct decoder *dec, struct here *top, const struct tree_pair *pair)
{
	static const struct field field = { "defaults", KIND_RECORD, .record = &record_defaults,
		.example = "defaults: {jail: {attach: prestart}}" };
	struct here h = { .record = &record_defaults, .up = top, .is_defaults = true };
	const struct tree_pair *jail, *interface;
	struct value v;

	if (pair == NULL)
		return;
	v = value_of(dec, top, pair->value, pair->via, pair->key->at);
	if (!is_record(dec, &field, &v))
		return;
	h.via = v.via;
	read_pairs(dec, &h, v.tree, false);
	jail = tree_get(v.tree, "jail");
	interface = tree_get(v.tree, "interface");
	if (jail != NULL)
		check_default(dec, &h, jail, &record_jail);
	if (interface != NULL)
		check_default(dec, &h, interface, &record_jail_interface);
}

struct topology_decl *
decode(struct arena *a, struct diags *d, const struct tree *root)
{
	struct topology_decl *decl = NEW(a, struct topology_decl);
	struct decoder dec = { .a = a, .d = d, .root = root };
	struct here top = { .record = &record_topology, .out = (char *)decl };
	const struct tree_pair *defaults = tree_get(root, "defaults");

	if (root == NULL || root->kind != TREE_MAP)
		return (decl);
	decl->item.at = root->at;
	decl->root = root;
	find_defaults(&dec, defaults);
	read_pairs(&dec, &top, root, false);
	check_defaults(&dec, &top, defaults);
	check_topology(&dec, decl);
	return (decl);
}
