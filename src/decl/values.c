/* SPDX-License-Identifier: BSD-2-Clause */
/* One value into one field: its type, its words, its range; $n and ADDRESS+ replaced by what they stand for. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/inaddr.h"
#include "decl/decoding.h"
#include "rules/rules.h"

struct value
value_of(struct decoder *dec, const struct here *h, const struct tree *tree, const struct via *via, struct span key)
{
	struct value v = { .tree = tree, .at = tree->at, .key = key, .via = via_append(dec->a, via, h->via) };

	v.at.via = v.via;
	return (v);
}

struct span
value_place(const struct value *v)
{
	return (v->at.len == 0 && !v->item ? v->key : v->at);
}

static const char *
kind_words(const struct field *f, bool item)
{
	switch (f->kind) {
	case KIND_STR:
	case KIND_WORD:
		return ("a text");
	case KIND_BOOL:
		return ("true or false");
	case KIND_INT:
		return ("a number");
	case KIND_INTS:
		return (item ? "a number" : "a list");
	case KIND_STRS:
	case KIND_WORDS:
		return (item ? "a text" : "a list");
	case KIND_TOGGLE:
		return (item ? "a text" : "true, false or a list");
	case KIND_PAIRS:
		return (item ? "a text" : f->flags & FIELD_PAIR_LIST ? "a mapping or a list" : "a mapping");
	case KIND_RECORD:
	case KIND_MAP:
		return ("a mapping");
	case KIND_LIST:
		return (item ? "a mapping" : "a list");
	}
	return ("");
}

/* "- fd00::" is a mapping to YAML; false: it is not what stands here. */
static bool
bare_address(struct decoder *dec, struct diag *d, const struct tree *t)
{
	const struct tree_pair *pair = t->kind == TREE_MAP && t->pairs.n == 1 ? t->pairs.v : NULL;
	struct span at;
	size_t n;

	if (pair == NULL || !pair->value->null || !pair->key->plain)
		return (false);
	n = strlen(pair->key->text);
	at = pair->key->at;
	if (n == 0 || pair->key->text[n - 1] != ':' || strspn(pair->key->text, "0123456789abcdefABCDEF:") != n ||
	    at.off + at.len >= at.src->len)
		return (false);
	at.len++;
	diag_help(dec->d, d, "put the IPv6 address in quotes: \"%s:\"", pair->key->text);
	diag_fix(dec->d, d, at, "\"%s:\"", pair->key->text);
	return (true);
}

void
wrong_type(struct decoder *dec, const struct field *f, const struct value *v)
{
	const char *other = v->tree->kind == TREE_MAP ? "a mapping" : v->tree->kind == TREE_SEQ ? "a list" : "a text";
	struct diag *d;

	if (v->item)
		d = FAULT(dec, &rule_wrong_type, value_place(v), "an item of %s is %s, not %s", f->key, kind_words(f, true), other);
	else
		d = FAULT(dec, &rule_wrong_type, value_place(v), "%s is %s, not %s", f->key, kind_words(f, false), other);
	if (!bare_address(dec, d, v->tree))
		diag_help(dec->d, d, "%s", f->example);
}

void
empty_value(struct decoder *dec, const struct field *f, const struct value *v)
{
	struct diag *d;

	if (v->item)
		d = FAULT(dec, &rule_empty_value, value_place(v), "an item of %s has no value", f->key);
	else if (v->tree->kind == TREE_SEQ)
		d = FAULT(dec, &rule_empty_value, value_place(v), "%s is empty", f->key);
	else
		d = FAULT(dec, &rule_empty_value, value_place(v), "%s has no value", f->key);
	diag_help(dec->d, d, "%s", f->example);
}

static void
number_without_range(struct decoder *dec, const struct here *h, const struct value *v, const char *what, const char *cure)
{
	struct diag *d = FAULT(dec, &rule_number_without_range, value_place(v), "%s means nothing in %s", str_shown(dec->a, what),
	    str_shown(dec->a, h->jail->name));

	diag_note(dec->d, d, h->jail->at, "%s is no range", str_shown(dec->a, h->jail->name));
	diag_help(dec->d, d, "%s", cure);
}

static bool
in_word(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_');
}

/* As in a shell: $name is not $n, that is what ${n} is for. */
static size_t
number_mark(const char *s)
{
	if (strncmp(s, "${n}", 4) == 0)
		return (4);
	return (strncmp(s, "$n", 2) == 0 && !in_word(s[2]) ? 2 : 0);
}

static const char *
replace_numbers(struct decoder *dec, const struct here *h, const struct value *v, const char *text)
{
	struct text t = { .arena = dec->a };

	while (*text != '\0') {
		size_t n = strcspn(text, "$"), mark = number_mark(text + n);

		text_addn(&t, text, n);
		text += n;
		if (mark > 0 && h->jail->is_range) {
			text_printf(&t, "%" PRId64, h->jail->number);
		} else if (mark > 0) {
			const char *what = arena_strndup(dec->a, text, mark);

			number_without_range(dec, h, v, what, arena_printf(dec->a, "$%s for a dollar", what));
			text_addn(&t, text, mark);
		} else if (text[0] == '$') {
			text_addn(&t, text, 1);
			mark = text[1] == '$' ? 2 : 1;
		}
		text += mark;
	}
	return (text_end(&t));
}

static bool
counts_up(enum form form)
{
	switch (form) {
	case FORM_ADDRESS:
	case FORM_IFADDRESS:
	case FORM_PREFIX:
	case FORM_RANGE:
	case FORM_GATEWAY:
	case FORM_VIA:
	case FORM_TARGET:
	case FORM_CLASSIC_IP:
		return (true);
	case FORM_TEXT:
	case FORM_NAME:
	case FORM_IFNAME:
	case FORM_MAC:
	case FORM_HOSTNAME:
	case FORM_RELEASE:
	case FORM_EPAIR:
	case FORM_VARIABLE:
	case FORM_FILE:
	case FORM_END:
	case FORM_COMMAND:
	case FORM_JAIL:
	case FORM_GROUP:
	case FORM_PARAMETER:
		break;
	}
	return (false);
}

/* ADDRESS+, ADDRESS+/LEN or ADDRESS/LEN+, after INTERFACE| in a classic jail's. */
static const char *
count_up(struct decoder *dec, const struct here *h, const struct value *v, const char *text)
{
	const char *bar = strrchr(text, '|'), *from = bar == NULL ? text : bar + 1;
	const char *plus = strchr(from, '+'), *slash = strchr(from, '/');
	const char *end, *rest;
	struct inaddr address;

	if (plus == NULL)
		return (text);          /* it stands in the interface's name */
	end = slash != NULL && slash < plus ? slash : plus;
	rest = slash == NULL ? "" : slash < plus ? arena_strndup(dec->a, slash, (size_t)(plus - slash)) : slash;
	if ((plus[1] != '\0' && plus + 1 != slash) || !inaddr_parse(arena_strndup(dec->a, from, (size_t)(end - from)), &address))
		return (text);
	if (!h->jail->is_range)
		number_without_range(dec, h, v, text, "leave the + out");
	else if (!inaddr_add(&address, h->jail->index))
		return (text);
	return (arena_printf(dec->a, "%.*s%s%s", (int)(from - text), text, inaddr_str(dec->a, &address), rest));
}

const char *
value_text(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v)
{
	const char *text = v->tree->text;

	if (h->jail == NULL)
		return (text);
	if (strchr(text, '$') != NULL)
		text = replace_numbers(dec, h, v, text);
	if (counts_up(f->form) && strchr(text, '+') != NULL)
		text = count_up(dec, h, v, text);
	return (text);
}

/* The scalar of a field or of a list's item; NULL: reported. */
static const char *
scalar(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v)
{
	if (v->tree->kind != TREE_SCALAR) {
		wrong_type(dec, f, v);
		return (NULL);
	}
	if (v->tree->null) {
		empty_value(dec, f, v);
		return (NULL);
	}
	return (value_text(dec, h, f, v));
}

static bool
check_form(struct decoder *dec, const struct here *h, const struct field *f, const char *text, struct span at)
{
	if (f->form == FORM_IFNAME)
		return (check_name(dec, f->form, "interface", text, at));
	if (f->form == FORM_GROUP)
		return (check_name(dec, f->form, "group", text, at));
	if (f->form == FORM_HOSTNAME)
		return (check_hostname(dec, text, at));
	if (f->form == FORM_MAC)
		return (check_mac(dec, h->record == &record_bridge, text, at));
	return (true);
}

static bool
check_word(struct decoder *dec, const struct field *f, const char *text, struct span at)
{
	struct diag *d;

	if (f->words == NULL || str_in(text, f->words))
		return (true);
	d = FAULT(dec, &rule_unknown_word, at, "%s is no %s", str_shown(dec->a, text),
	    strcmp(f->key, "options") == 0 ? "option" : strcmp(f->key, "router") == 0 ? "family" : f->key);
	suggest_word(dec, d, f, text, at);
	return (false);
}

bool
read_number(struct decoder *dec, const struct field *f, const char *what, const char *text, struct span at, int64_t *out)
{
	size_t n = strlen(text), zeros = strspn(text, "+0_");
	struct diag *d;

	if (n == 0 || strspn(text, "0123456789") != n || (text[0] == '0' && n > 1)) {
		struct text plain = { .arena = dec->a };

		d = FAULT(dec, &rule_bad_number, at, "%s is not a number", str_shown(dec->a, text));
		for (const char *s = text + zeros; *s != '\0'; s++)
			if (*s != '_')
				text_addn(&plain, s, 1);
		text = text_end(&plain);
		if (n > 20 || text[0] == '\0' || strspn(text, "0123456789") != strlen(text))
			return (false);
		diag_help(dec->d, d, "write %s", text);
		diag_fix(dec->d, d, at, "%s", text);
		return (false);
	}
	*out = n > 18 ? INT64_MAX : (int64_t)strtoll(text, NULL, 10);
	if (*out < f->min || *out > f->max) {
		FAULT(dec, &rule_number_out_of_range, at, "%s %s is not between %" PRId64 " and %" PRId64, what,
		    str_shown(dec->a, text), f->min, f->max);
		return (false);
	}
	return (true);
}

static bool
read_string(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_str *out)
{
	const char *text = scalar(dec, h, f, v);

	if (text == NULL || !check_word(dec, f, text, v->at) || !check_form(dec, h, f, text, v->at))
		return (false);
	*out = (struct v_str){ v->at, text };
	return (true);
}

static bool
read_int(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_int *out)
{
	const char *text = scalar(dec, h, f, v);
	int64_t n;

	if (text == NULL || !read_number(dec, f, f->key, text, v->at, &n))
		return (false);
	*out = (struct v_int){ v->at, n };
	return (true);
}

/* What YAML 1.1 took for true and false. 1: true, 0: false, -1: neither. */
static int
old_boolean(const char *text)
{
	static const char *const yes[] = { "yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "y", "Y", NULL };
	static const char *const no[] = { "no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "n", "N", NULL };

	return (str_in(text, yes) ? 1 : str_in(text, no) ? 0 : -1);
}

static void
no_boolean(struct decoder *dec, const char *text, struct span at)
{
	struct diag *d = FAULT(dec, &rule_unknown_word, at, "%s is neither true nor false", str_shown(dec->a, text));
	int meant = old_boolean(text);

	if (meant < 0)
		return;
	diag_help(dec->d, d, "write %s", meant ? "true" : "false");
	diag_fix(dec->d, d, at, "%s", meant ? "true" : "false");
}

static bool
read_bool(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_bool *out)
{
	const char *text = scalar(dec, h, f, v);

	if (text == NULL)
		return (false);
	if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0) {
		no_boolean(dec, text, v->at);
		return (false);
	}
	*out = (struct v_bool){ v->at, text[0] == 't' };
	return (true);
}

/* An item of a list of texts; a range of names stands for all it makes. */
static void
read_item(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_strs *out)
{
	struct name_range range;
	struct v_str one;

	if (!read_string(dec, h, f, v, &one))
		return;
	if (!(f->flags & FIELD_NAMES) || !is_range(one.v)) {
		*vec_push(dec->a, out) = one;
		return;
	}
	if (!read_range_name(dec, one.v, one.at, &range) || !values_fit(dec, one.at, (size_t)(range.last - range.first) + 1))
		return;
	for (int64_t n = range.first; n <= range.last; n++)
		*vec_push(dec->a, out) = (struct v_str){ one.at, range_name(dec, &range, n) };
}

static struct value
item_of(struct decoder *dec, const struct here *h, const struct value *list, const struct tree_item *item)
{
	struct here above = *h;
	struct value v;

	above.via = list->via;
	v = value_of(dec, &above, item->value, item->via, list->key);
	v.item = true;
	return (v);
}

/* A list, or one scalar that stands for it. False: neither, reported. */
static bool
is_list(struct decoder *dec, const struct field *f, const struct value *v)
{
	if (v->tree->kind == TREE_MAP) {
		wrong_type(dec, f, v);
		return (false);
	}
	if (v->tree->null || (v->tree->kind == TREE_SEQ && v->tree->items.n == 0 && (f->flags & FIELD_NONEMPTY))) {
		empty_value(dec, f, v);
		return (false);
	}
	return (true);
}

static bool
read_strings(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_strs *out)
{
	if (!is_list(dec, f, v))
		return (false);
	if (v->tree->kind == TREE_SCALAR)
		read_item(dec, h, f, v, out);
	vec_each(struct tree_item *, item, &v->tree->items) {
		struct value one = item_of(dec, h, v, item);

		read_item(dec, h, f, &one, out);
	}
	if ((f->flags & FIELD_PAIR) && v->tree->items.n != 2) {
		struct diag *d = FAULT(dec, &rule_wrong_type, value_place(v), "%s is a list of two, not of %zu", f->key,
		    v->tree->kind == TREE_SCALAR ? (size_t)1 : v->tree->items.n);

		diag_help(dec->d, d, "%s", f->example);
		return (false);
	}
	out->at = v->at;
	return (true);
}

static bool
read_ints(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_ints *out)
{
	struct v_int one;

	if (!is_list(dec, f, v))
		return (false);
	out->at = v->at;
	if (v->tree->kind == TREE_SCALAR && read_int(dec, h, f, v, &one))
		*vec_push(dec->a, out) = one;
	vec_each(struct tree_item *, item, &v->tree->items) {
		struct value i = item_of(dec, h, v, item);

		if (read_int(dec, h, f, &i, &one))
			*vec_push(dec->a, out) = one;
	}
	return (true);
}

static bool
read_toggle(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_toggle *out)
{
	if (v->tree->kind == TREE_SCALAR && !v->tree->null) {
		const char *text = value_text(dec, h, f, v);

		if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
			*out = (struct v_toggle){ .at = v->at, .v = text[0] == 't' };
			return (true);
		}
		if (v->tree->plain && old_boolean(text) >= 0) {
			no_boolean(dec, text, v->at);
			return (false);
		}
	}
	if (!read_strings(dec, h, f, v, &out->list))
		return (false);
	out->at = v->at;
	out->is_list = true;
	out->v = out->list.n > 0;
	return (true);
}

static void
add_pair(struct decoder *dec, const struct field *f, struct v_pairs *out, struct map *names, struct v_pair *pair)
{
	struct span *first;
	struct diag *d;

	if (!check_name(dec, f->form, f->form == FORM_PARAMETER ? "parameter" : "variable", pair->name.v, pair->name.at))
		return;
	first = NEW(dec->a, struct span);
	*first = pair->name.at;
	first = map_put(names, pair->name.v, first);
	if (first == NULL) {
		*vec_push(dec->a, out) = *pair;
	} else if (first->off != pair->name.at.off && first->via == pair->name.at.via) {
		/* What a default brings beside the record's own is no duplicate. */
		d = FAULT(dec, &rule_duplicate_key, pair->name.at, "%s is given twice", str_shown(dec->a, pair->name.v));
		diag_note(dec->d, d, *first, "it is first given here");
	}
}

/* NAME or NAME=VALUE */
static void
read_pair_item(
    struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_pairs *out, struct map *names)
{
	const char *text = scalar(dec, h, f, v), *equals;
	struct v_pair pair = { .name = { v->at, text } };

	if (text == NULL)
		return;
	equals = strchr(text, '=');
	if (equals != NULL) {
		pair.name.v = arena_strndup(dec->a, text, (size_t)(equals - text));
		pair.value = (struct v_str){ v->at, equals + 1 };
	}
	add_pair(dec, f, out, names, &pair);
}

static bool
read_named_pairs(struct decoder *dec, const struct here *h, const struct field *f, const struct value *v, struct v_pairs *out)
{
	struct map *names = map_new(dec->a);
	bool list = v->tree->kind != TREE_MAP && !v->tree->null;

	if (list && !(f->flags & FIELD_PAIR_LIST)) {
		wrong_type(dec, f, v);
		return (false);
	}
	/* What the record has itself, when this comes from the defaults; a list is not joined. */
	if (given(&out->at) && list)
		return (true);
	for (size_t i = 0; i < out->n; i++)
		map_put(names, out->v[i].name.v, &out->v[i].name.at);
	if (!given(&out->at))
		out->at = v->key;
	if (list && v->tree->kind == TREE_SCALAR)
		read_pair_item(dec, h, f, v, out, names);
	vec_each(struct tree_item *, item, &v->tree->items) {
		struct value one = item_of(dec, h, v, item);

		read_pair_item(dec, h, f, &one, out, names);
	}
	vec_each(struct tree_pair *, pair, &v->tree->pairs) {
		struct here above = *h;
		struct value one, name;
		struct v_pair made;
		struct field named = *f;

		above.via = v->via;
		one = value_of(dec, &above, pair->value, pair->via, pair->key->at);
		one.key.via = via_append(dec->a, pair->key->at.via, v->via);
		name = (struct value){ .tree = pair->key, .at = one.key, .key = one.key };
		named.key = pair->key->text;
		named.kind = KIND_STR;
		made.name = (struct v_str){ one.key, value_text(dec, h, f, &name) };
		made.value = (struct v_str){ one.at, scalar(dec, h, &named, &one) };
		if (made.value.v != NULL)
			add_pair(dec, f, out, names, &made);
	}
	return (true);
}

bool
decode_value(struct decoder *dec, struct here *h, const struct field *f, const struct value *v)
{
	void *out = h->out + f->at;

	switch (f->kind) {
	case KIND_STR:
	case KIND_WORD:
		return (read_string(dec, h, f, v, out));
	case KIND_BOOL:
		return (read_bool(dec, h, f, v, out));
	case KIND_INT:
		return (read_int(dec, h, f, v, out));
	case KIND_STRS:
	case KIND_WORDS:
		return (read_strings(dec, h, f, v, out));
	case KIND_INTS:
		return (read_ints(dec, h, f, v, out));
	case KIND_TOGGLE:
		return (read_toggle(dec, h, f, v, out));
	case KIND_PAIRS:
		return (read_named_pairs(dec, h, f, v, out));
	case KIND_RECORD:
		return (decode_record(dec, h, f, v));
	case KIND_MAP:
		return (decode_map(dec, h, f, v));
	case KIND_LIST:
		return (decode_list(dec, h, f, v));
	}
	return (false);
}
