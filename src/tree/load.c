/* SPDX-License-Identifier: BSD-2-Clause */
/* One YAML text to a located tree, from libyaml's events; the only file that knows libyaml. */
#include <stdint.h>
#include <string.h>
#include <yaml.h>

#include "base/str.h"
#include "rules/rules.h"
#include "tree/parse.h"

/* libyaml counts characters; every so many of them their offset is kept. */
#define MARK_STEP 128

struct anchor {
	const char *name;
	struct span at;
	struct tree *node;      /* NULL: dropped, for a fault told already */
	bool open;              /* its node has not ended */
	size_t brought;         /* nodes that its aliases stand for */
};

/* What one << brings; applied when the whole text is known to be small enough. */
struct merge { struct tree *value; const struct via *via; };
struct merged_map { struct tree *map; VEC(struct merge) from; };

/* A collection that has not ended. */
struct frame {
	struct tree *node;
	uint32_t from;                  /* its opening bracket, if it has one */
	struct tree *key;               /* mapping: the key whose value comes next */
	bool begun;                     /* something stands in it */
	bool drop;                      /* mapping: that value is not wanted */
	bool is_merge;                  /* mapping: that value is merged */
	struct map *keys;               /* mapping: text to key */
	struct anchor *anchor;
	struct merged_map *merged;
};

struct parse {
	struct arena *a, *scratch;      /* for the tree; for what only reading it needs */
	struct diags *d;
	const struct source *src;
	struct clean_text clean;
	const uint32_t *marks;          /* offsets of every MARK_STEPth character; NULL: all characters are bytes */
	size_t nchars;
	struct frame stack[TREE_DEPTH];
	unsigned depth;
	struct map *anchors;            /* name to the latest of that name */
	VEC(struct anchor *) all_anchors;
	VEC(struct merged_map *) merged;
	size_t written, aliased;        /* nodes; what aliases stand for, each in full */
	unsigned bad_aliases;
	struct tree *root;
	bool past_document, explicit_end, stop;
};

/* A node, or what stands in its place, on its way to the collection that holds it. */
struct arrival {
	struct tree *node;              /* NULL: dropped */
	struct span at;                 /* where it is used */
	const struct via *via;
};

static size_t
add_nodes(size_t a, size_t b)
{
	return (a > SIZE_MAX / 2 - b ? SIZE_MAX / 2 : a + b);
}

static void
index_marks(struct parse *p)
{
	const char *text = p->clean.text;
	VEC(uint32_t) marks = { 0 };
	size_t n = 0;

	for (uint32_t off = 0; off < p->src->len; off++) {
		if (((unsigned char)text[off] & 0xc0) == 0x80)
			continue;
		if (n++ % MARK_STEP == 0)
			*vec_push(p->scratch, &marks) = off;
	}
	p->nchars = n;
	p->marks = n == p->src->len ? NULL : marks.v;
}

static uint32_t
offset(const struct parse *p, const yaml_mark_t *mark)
{
	const char *text = p->clean.text;
	uint32_t off;

	if (mark->index >= p->nchars)
		return ((uint32_t)p->src->len);
	if (p->marks == NULL)
		return ((uint32_t)mark->index);
	off = p->marks[mark->index / MARK_STEP];
	for (size_t n = mark->index % MARK_STEP; n > 0; n--)
		do
			off++;
		while (((unsigned char)text[off] & 0xc0) == 0x80);
	return (off);
}

static struct span
span(const struct parse *p, uint32_t from, uint32_t to)
{
	return ((struct span){ p->src, from, to > from ? to - from : 0, NULL });
}

static bool
is_blank(char c)
{
	return (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

/* The anchor and tag before a node, which libyaml's marks include; returns where the node itself begins. */
static uint32_t
properties(const struct parse *p, uint32_t from, uint32_t end, struct span *anchor, struct span *tag)
{
	const char *text = p->clean.text;
	uint32_t off = from;

	while (off < end) {
		uint32_t start = off;

		if (text[off] == '&') {
			while (off < end && strchr(" \t\r\n,[]{}", text[off]) == NULL)
				off++;
			*anchor = span(p, start, off);
		} else if (text[off] == '!') {
			bool verbatim = off + 1 < end && text[off + 1] == '<';

			while (off < end && strchr(verbatim ? " \t\r\n>" : " \t\r\n,[]{}", text[off]) == NULL)
				off++;
			if (verbatim && off < end && text[off] == '>')
				off++;
			*tag = span(p, start, off);
		} else if (is_blank(text[off])) {
			off++;
		} else if (text[off] == '#' && off > from) {
			while (off < end && text[off] != '\n' && text[off] != '\r')
				off++;
		} else {
			break;
		}
	}
	return (off);
}

/* The name of what a value belongs to, for messages; NULL: nothing has one. */
static const char *
key_above(const struct parse *p)
{
	for (unsigned i = p->depth; i-- > 0;)
		if (p->stack[i].key != NULL)
			return (p->stack[i].key->text);
	return (NULL);
}

static void
odd_char(struct parse *p, struct span at, uint32_t cp)
{
	const char *key = key_above(p);

	if (key == NULL)
		diag_add(p->d, &rule_control_character, at, "control character U+%04X", (unsigned)cp);
	else
		diag_add(p->d, &rule_control_character, at, "control character U+%04X in %s", (unsigned)cp, str_shown(p->a, key));
}

/* Control characters in a scalar, in the text or by escape. */
static bool
has_odd_char(struct parse *p, struct span at, const char *value, size_t len)
{
	size_t low = 0, high = p->clean.odd.n;
	bool found = false;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (p->clean.odd.v[mid].off < at.off)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < p->clean.odd.n && p->clean.odd.v[low].off < at.off + at.len; low++) {
		struct odd_char *odd = &p->clean.odd.v[low];

		odd_char(p, span(p, odd->off, odd->off + odd->len), odd->cp);
		odd->told = found = true;
	}
	if (found)
		return (true);
	for (size_t i = 0; i < len;) {
		uint32_t cp = 0;
		size_t n;

		if (value[i] >= 0x20 && value[i] < 0x7f) {
			i++;
			continue;
		}
		n = utf8_decode(value + i, len - i, &cp);

		if (n == 0 || is_odd_char(cp) || cp == '\r') {
			odd_char(p, at, cp);
			return (true);
		}
		i += n;
	}
	return (false);
}

static void put(struct parse *, struct arrival);

static bool
tag_fits(const char *tag, enum tree_kind kind)
{
	static const char prefix[] = "tag:yaml.org,2002:";
	static const char *const of_kind[][6] = {
		[TREE_SCALAR] = { "str", "int", "bool", "null", "float", NULL },
		[TREE_MAP] = { "map", NULL },
		[TREE_SEQ] = { "seq", NULL },
	};

	return (strncmp(tag, prefix, sizeof(prefix) - 1) == 0 && str_in(tag + sizeof(prefix) - 1, of_kind[kind]));
}

/* False: a tag that is not used here, told. */
static bool
check_tag(struct parse *p, const char *tag, struct span at, enum tree_kind kind)
{
	struct diag *d;
	struct span fix = at;

	if (tag == NULL || tag_fits(tag, kind))
		return (true);
	d = diag_add(p->d, &rule_unknown_tag, at, "tag %s is not used here",
	    str_shown(p->a, arena_strndup(p->a, p->src->text + at.off, at.len)));
	diag_help(p->d, d, "remove the tag");
	while (fix.off + fix.len < p->src->len && p->src->text[fix.off + fix.len] == ' ')
		fix.len++;
	diag_fix(p->d, d, fix, "%s", "");
	return (false);
}

static struct anchor *
new_anchor(struct parse *p, const yaml_char_t *name, struct span at)
{
	struct anchor *anchor;

	if (name == NULL)
		return (NULL);
	anchor = NEW(p->scratch, struct anchor);
	anchor->name = arena_strdup(p->scratch, (const char *)name);
	anchor->at = at;
	map_set(p->anchors, anchor->name, anchor);
	*vec_push(p->scratch, &p->all_anchors) = anchor;
	return (anchor);
}

static struct span
scalar_span(const struct parse *p, const yaml_event_t *e, uint32_t from, uint32_t to)
{
	const char *text = p->clean.text;
	yaml_scalar_style_t style = e->data.scalar.style;

	if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE || style == YAML_PLAIN_SCALAR_STYLE)
		while (to > from && is_blank(text[to - 1]))
			to--;
	return (span(p, from, to));
}

static void
on_scalar(struct parse *p, const yaml_event_t *e)
{
	uint32_t from = offset(p, &e->start_mark), to = offset(p, &e->end_mark);
	const char *value = (const char *)e->data.scalar.value, *tag = (const char *)e->data.scalar.tag;
	size_t len = e->data.scalar.length;
	struct span anchor_at = span(p, from, from), tag_at = anchor_at;
	struct tree *t = NEW(p->a, struct tree);
	struct anchor *anchor;
	bool right;

	from = properties(p, from, to, &anchor_at, &tag_at);
	t->kind = TREE_SCALAR;
	t->at = scalar_span(p, e, from, to);
	t->nodes = 1;
	t->plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && (tag == NULL || strcmp(tag, YAML_STR_TAG) != 0);
	right = check_tag(p, tag, tag_at, TREE_SCALAR);
	if (len > TREE_SCALAR_MAX) {
		diag_add(
		    p->d, &rule_expansion_too_large, t->at, "a value of %zu bytes, at most %zu are read", len, TREE_SCALAR_MAX);
		right = false;
	} else if (has_odd_char(p, t->at, value, len)) {
		right = false;
	} else {
		t->text = arena_strndup(p->a, value, len);
		t->null = t->plain && (len == 0 || strcmp(t->text, "~") == 0 || strcmp(t->text, "null") == 0);
	}
	anchor = new_anchor(p, e->data.scalar.anchor, anchor_at);
	if (anchor != NULL)
		anchor->node = right ? t : NULL;
	put(p, (struct arrival){ right ? t : NULL, t->at, NULL });
}

static void
on_alias(struct parse *p, const yaml_event_t *e)
{
	struct span at = span(p, offset(p, &e->start_mark), offset(p, &e->end_mark));
	const char *name = (const char *)e->data.alias.anchor;
	struct anchor *anchor = map_get(p->anchors, name);
	struct tree *node = NULL;
	struct via *via;
	struct diag *d;

	if (anchor == NULL) {
		strings names = { 0 };
		const char *near;

		d = diag_add(p->d, &rule_bad_alias, at, "no anchor called %s", str_shown(p->a, name));
		/* Nobody reads the hundredth suggestion, and looking through all anchors for each would take its time. */
		for (size_t i = 0; p->bad_aliases < 20 && i < p->all_anchors.n; i++)
			*vec_push(p->a, &names) = p->all_anchors.v[i]->name;
		p->bad_aliases++;
		near = str_nearest(name, names.v, names.n);
		if (near != NULL) {
			diag_note(p->d, d, ((struct anchor *)map_get(p->anchors, near))->at, "%s is here", near);
			diag_help(p->d, d, "did you mean *%s?", near);
			diag_fix(p->d, d, at, "*%s", near);
		}
	} else if (anchor->open) {
		d = diag_add(p->d, &rule_bad_alias, at, "%s contains itself", str_shown(p->a, name));
		diag_note(p->d, d, anchor->at, "%s begins here", name);
	} else if ((node = anchor->node) != NULL) {
		p->aliased = add_nodes(p->aliased, node->nodes);
		anchor->brought = add_nodes(anchor->brought, node->nodes);
		if (p->depth + node->depth > TREE_DEPTH) {
			diag_add(p->d, &rule_nesting_too_deep, at, "nested more than %u deep", TREE_DEPTH);
			node = NULL;
		}
	}
	via = NEW(p->a, struct via);
	*via = (struct via){ VIA_ALIAS, at };
	put(p, (struct arrival){ node, at, via });
}

static void
on_start(struct parse *p, const yaml_event_t *e, enum tree_kind kind, const yaml_char_t *name, const yaml_char_t *tag)
{
	uint32_t from = offset(p, &e->start_mark);
	struct span anchor_at = span(p, from, from), tag_at = anchor_at;
	struct frame *f;

	from = properties(p, from, (uint32_t)p->src->len, &anchor_at, &tag_at);
	check_tag(p, (const char *)tag, tag_at, kind);
	if (p->depth == TREE_DEPTH) {
		diag_add(p->d, &rule_nesting_too_deep, span(p, from, from + 1), "nested more than %u deep", TREE_DEPTH);
		p->stop = true;
		return;
	}
	f = &p->stack[p->depth++];
	*f = (struct frame){ .node = NEW(p->a, struct tree), .from = from };
	f->node->kind = kind;
	f->node->at = span(p, from, from + 1 <= p->src->len ? from + 1 : from);
	f->node->nodes = 1;
	f->node->depth = 1;
	f->anchor = new_anchor(p, name, anchor_at);
	if (f->anchor != NULL)
		f->anchor->open = true;
}

static void
on_end(struct parse *p)
{
	struct frame *f = &p->stack[--p->depth];

	if (f->anchor != NULL) {
		f->anchor->open = false;
		f->anchor->node = f->node;
	}
	if (f->merged != NULL)
		*vec_push(p->scratch, &p->merged) = f->merged;
	put(p, (struct arrival){ f->node, f->node->at, NULL });
}

static void
wrong_key(struct parse *p, const struct arrival *v)
{
	if (v->node->kind != TREE_SCALAR)
		diag_add(p->d, &rule_wrong_type, v->at, "a key is a text, not %s", tree_kind_words(v->node));
	else
		diag_add(p->d, &rule_empty_value, v->at, "a key is empty");
}

static void
put_key(struct parse *p, struct frame *f, const struct arrival *v)
{
	struct tree *key = v->node, *first;
	struct diag *d;

	f->drop = f->is_merge = false;
	f->key = key;
	if (key == NULL || key->kind != TREE_SCALAR || (key->null && key->text[0] == '\0')) {
		if (key != NULL)
			wrong_key(p, v);
		f->drop = true;
		f->key = NEW(p->a, struct tree);
		*f->key = (struct tree){ .at = v->at, .text = "a mapping" };
		return;
	}
	/* A key by alias is read where it is used. */
	if (v->via != NULL) {
		f->key = NEW(p->a, struct tree);
		*f->key = *key;
		f->key->at = v->at;
	}
	if (key->plain && v->via == NULL && strcmp(key->text, "<<") == 0) {
		f->is_merge = true;
		return;
	}
	if (f->keys == NULL)
		f->keys = map_new(p->scratch);
	first = map_put(f->keys, f->key->text, f->key);
	if (first != NULL) {
		d = diag_add(p->d, &rule_duplicate_key, v->at, "%s is given twice", str_shown(p->a, key->text));
		diag_note(p->d, d, first->at, "it is first given here");
		f->drop = true;
	}
}

static void
put_merge(struct parse *p, struct frame *f, const struct arrival *v)
{
	const struct tree *bad = v->node->kind == TREE_SCALAR ? v->node : NULL;
	struct span at = v->at;

	if (v->node->kind == TREE_SEQ)
		vec_each(struct tree_item *, item, &v->node->items)
			if (bad == NULL && item->value->kind != TREE_MAP) {
				bad = item->value;
				at = item->via == NULL ? bad->at : item->via->at;
			}
	if (bad != NULL) {
		diag_add(p->d, &rule_wrong_type, at, "<< is a mapping or a list of mappings, not %s", tree_kind_words(bad));
		return;
	}
	if (f->merged == NULL) {
		f->merged = NEW(p->scratch, struct merged_map);
		f->merged->map = f->node;
	}
	*vec_push(p->scratch, &f->merged->from) = (struct merge){ v->node, v->via };
	f->node->nodes = add_nodes(f->node->nodes, v->node->nodes);
	if (v->node->depth > f->node->depth)
		f->node->depth = v->node->depth;
}

static void
put(struct parse *p, struct arrival v)
{
	struct frame *f;

	if (v.via == NULL)
		p->written++;
	if (p->depth == 0) {
		p->root = v.node;
			return;
	}
	f = &p->stack[p->depth - 1];
	if (!f->begun)
		f->node->at = v.at;
	f->begun = true;
	if (f->node->kind == TREE_MAP && f->key == NULL) {
		put_key(p, f, &v);
		return;
	}
	if (v.node != NULL && f->node->kind == TREE_MAP && f->is_merge) {
		put_merge(p, f, &v);
	} else if (v.node != NULL && !f->drop) {
		f->node->nodes = add_nodes(f->node->nodes, v.node->nodes);
		if (v.node->depth >= f->node->depth)
			f->node->depth = v.node->depth + 1;
		if (f->node->kind == TREE_SEQ) {
			*vec_push(p->a, &f->node->items) = (struct tree_item){ v.node, v.via };
		} else {
			f->node->nodes = add_nodes(f->node->nodes, 1);
			*vec_push(p->a, &f->node->pairs) = (struct tree_pair){ f->key, v.node, v.via };
		}
	}
	f->key = NULL;
}

static void
merge_one(const struct parse *p, struct tree *into, struct map *keys, const struct tree *from, const struct via *via)
{
	vec_each(struct tree_pair *, pair, &from->pairs) {
		struct tree *key = pair->key;

		if (map_put(keys, key->text, key) != NULL)
			continue;
		if (via != NULL) {
			key = NEW(p->a, struct tree);
			*key = *pair->key;
			key->at.via = via_append(p->a, key->at.via, via);
		}
		*vec_push(p->a, &into->pairs) = (struct tree_pair){ key, pair->value, via_append(p->a, pair->via, via) };
	}
}

static const struct via *
as_merge(struct arena *a, const struct via *via)
{
	struct via *copy;

	if (via == NULL)
		return (NULL);
	copy = NEW(a, struct via);
	*copy = (struct via){ VIA_MERGE, via->at };
	return (copy);
}

/* The mappings in the order in which they ended: what one merges is complete before it. */
static void
apply_merges(struct parse *p)
{
	vec_each(struct merged_map **, m, &p->merged) {
		struct tree *map = (*m)->map;
		struct map *keys = map_new(p->scratch);

		vec_each(struct tree_pair *, pair, &map->pairs)
			map_put(keys, pair->key->text, pair->key);
		vec_each(struct merge *, from, &(*m)->from) {
			const struct via *via = as_merge(p->a, from->via);

			if (from->value->kind == TREE_MAP) {
				merge_one(p, map, keys, from->value, via);
				continue;
			}
			vec_each(struct tree_item *, item, &from->value->items)
				merge_one(p, map, keys, item->value, via_append(p->a, as_merge(p->a, item->via), via));
		}
	}
}

/* False: aliases and merges stand for more than anybody would write. */
static bool
within_budget(struct parse *p)
{
	size_t limit = 20 * p->written + 10000, all = p->root == NULL ? 0 : p->root->nodes;
	const struct anchor *worst = NULL;

	if (p->aliased <= limit && all <= limit)
		return (true);
	vec_each(struct anchor **, anchor, &p->all_anchors)
		if (worst == NULL || (*anchor)->brought > worst->brought)
			worst = *anchor;
	if (worst != NULL)
		diag_add(p->d, &rule_expansion_too_large, worst->at, "aliases expand to more than %zu values", limit);
	return (false);
}

static void
second_document(struct parse *p, struct span at)
{
	struct diag *d = diag_add(p->d, &rule_second_document, at, "a second document begins here");

	if (p->root != NULL)
		diag_note(p->d, d, p->root->at, "the first document begins here");
	diag_help(p->d, d, "put it in a file of its own and include it");
	p->stop = true;
}

static void
on_event(struct parse *p, const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (p->past_document)
			second_document(p, span(p, offset(p, &e->start_mark), offset(p, &e->end_mark)));
		break;
	case YAML_DOCUMENT_END_EVENT:
		p->past_document = true;
		p->explicit_end = !e->data.document_end.implicit;
		break;
	case YAML_SCALAR_EVENT:
		on_scalar(p, e);
		break;
	case YAML_ALIAS_EVENT:
		on_alias(p, e);
		break;
	case YAML_MAPPING_START_EVENT:
		on_start(p, e, TREE_MAP, e->data.mapping_start.anchor, e->data.mapping_start.tag);
		break;
	case YAML_SEQUENCE_START_EVENT:
		on_start(p, e, TREE_SEQ, e->data.sequence_start.anchor, e->data.sequence_start.tag);
		break;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		on_end(p);
		break;
	case YAML_STREAM_END_EVENT:
		p->stop = true;
		break;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
		break;
	}
}

static void
on_error(struct parse *p, const yaml_parser_t *yp)
{
	struct syntax_error e = { .problem = yp->problem };

	/* The arena has the one way out of memory. */
	if (yp->error == YAML_MEMORY_ERROR)
		(void)arena_alloc(p->a, SIZE_MAX);
	/* What stood in a control character's place is no fault of its own. */
	if (p->clean.odd.n > 0)
		return;
	e.off_problem = offset(p, &yp->problem_mark);
	e.off_context = offset(p, &yp->context_mark);
	e.context = yp->context;
	/* What the text ends in the middle of. */
	if (p->depth > 0 && e.off_problem >= p->src->len && strchr("[{", p->src->text[p->stack[p->depth - 1].from]) != NULL) {
		e.unclosed = true;
		e.off_context = p->stack[p->depth - 1].from;
	}
	if (p->past_document && p->explicit_end && yp->error == YAML_PARSER_ERROR)
		second_document(p, span(p, e.off_problem, e.off_problem + 1));
	else
		syntax_report(p->a, p->d, p->src, &e);
}

struct tree *
tree_parse(struct arena *a, struct diags *d, const struct source *src)
{
	struct parse p = { .a = a, .scratch = arena_child(a), .d = d, .src = src };
	yaml_parser_t yp;

	p.anchors = map_new(p.scratch);
	if (!text_check(&p.clean, a, d, src)) {
		arena_free(p.scratch);
		return (NULL);
	}
	index_marks(&p);
	if (!yaml_parser_initialize(&yp))
		(void)arena_alloc(a, SIZE_MAX);
	yaml_parser_set_encoding(&yp, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&yp, (const unsigned char *)p.clean.text, src->len);
	while (!p.stop) {
		yaml_event_t e;

		if (!yaml_parser_parse(&yp, &e)) {
			on_error(&p, &yp);
			break;
		}
		on_event(&p, &e);
		yaml_event_delete(&e);
	}
	yaml_parser_delete(&yp);
	/* After a fault of syntax what was read so far is still worth looking at. */
	while (p.depth > 0) {
		p.stack[p.depth - 1].key = NULL;
		on_end(&p);
	}
	for (size_t i = 0; i < p.clean.odd.n; i++)
		if (!p.clean.odd.v[i].told)
			odd_char(
			    &p, span(&p, p.clean.odd.v[i].off, p.clean.odd.v[i].off + p.clean.odd.v[i].len), p.clean.odd.v[i].cp);
	if (within_budget(&p))
		apply_merges(&p);
	else
		p.root = NULL;
	arena_free(p.scratch);
	return (p.root);
}
