/* SPDX-License-Identifier: BSD-2-Clause */
/* A topology and what it includes, joined to one tree: mappings name by name, expectations one after another. */
#include <string.h>

#include "base/str.h"
#include "rules/rules.h"
#include "tree/parse.h"

/* How a key that two files give is joined; one that has no section is given twice. */
enum how { JOIN_NAMES, JOIN_LISTS, JOIN_VERSION };
struct section { const char *key; enum how how; const struct section *below; };

static const struct section host_sections[] = {
	{ "interfaces", JOIN_NAMES, NULL },
	{ "rc_conf", JOIN_NAMES, NULL },
	{ NULL, JOIN_NAMES, NULL },
};
static const struct section defaults_sections[] = {
	{ "jail", JOIN_NAMES, NULL },
	{ "interface", JOIN_NAMES, NULL },
	{ NULL, JOIN_NAMES, NULL },
};
static const struct section top_sections[] = {
	{ "version", JOIN_VERSION, NULL },
	{ "defaults", JOIN_NAMES, defaults_sections },
	{ "host", JOIN_NAMES, host_sections },
	{ "subnets", JOIN_NAMES, NULL },
	{ "bridges", JOIN_NAMES, NULL },
	{ "epairs", JOIN_NAMES, NULL },
	{ "jails", JOIN_NAMES, NULL },
	{ "machines", JOIN_NAMES, NULL },
	{ "expect", JOIN_LISTS, NULL },
	{ NULL, JOIN_NAMES, NULL },
};

/* A mapping made of those of several files. */
struct joint { struct tree *map; struct map *slots; const struct section *sections; };
struct slot { size_t index; struct joint *joint; struct tree *list; };

struct file {
	const char *path, *identity;
	const char *why;                /* not readable; NULL: read */
	struct file *parent;
	struct span from;               /* the include that led here first */
	bool open;                      /* its own includes are being read */
};

struct loading {
	struct load *out;
	struct arena *a;
	struct diags *d;
	const struct reader *reader;
	struct map *by_path, *by_identity;
	struct joint *top;
};

const struct via *
via_append(struct arena *a, const struct via *inner, const struct via *outer)
{
	struct via *copy;

	if (inner == NULL || outer == NULL)
		return (inner == NULL ? outer : inner);
	copy = NEW(a, struct via);
	*copy = *inner;
	copy->at.via = via_append(a, inner->at.via, outer);
	return (copy);
}

const struct tree_pair *
tree_get(const struct tree *t, const char *key)
{
	if (t != NULL && t->kind == TREE_MAP)
		vec_each(struct tree_pair *, pair, &t->pairs)
			if (strcmp(pair->key->text, key) == 0)
				return (pair);
	return (NULL);
}

static struct joint *
joint_new(struct loading *l, const struct section *sections)
{
	struct joint *j = NEW(l->a, struct joint);

	j->map = NEW(l->a, struct tree);
	*j->map = (struct tree){ .kind = TREE_MAP, .nodes = 1, .depth = 1 };
	j->slots = map_new(l->a);
	j->sections = sections;
	return (j);
}

static void
grown(struct tree *t, const struct tree *value)
{
	t->nodes += value->nodes + (t->kind == TREE_MAP);
	if (value->depth >= t->depth)
		t->depth = value->depth + 1;
}

static void joint_add(struct loading *, struct joint *, const struct tree_pair *);

/* All of a mapping; via: how the mapping itself came there. */
static void
joint_add_all(struct loading *l, struct joint *j, const struct tree *map, const struct via *via)
{
	if (j->map->at.src == NULL)
		j->map->at = map->at;
	vec_each(struct tree_pair *, pair, &map->pairs) {
		struct tree_pair moved = *pair;

		if (via != NULL) {
			moved.via = via_append(l->a, pair->via, via);
			moved.key = NEW(l->a, struct tree);
			*moved.key = *pair->key;
			moved.key->at.via = via_append(l->a, pair->key->at.via, via);
		}
		joint_add(l, j, &moved);
	}
}

static void
list_add_all(struct loading *l, struct tree *list, struct tree *from, const struct via *via)
{
	/* One expectation stands for a list of one. */
	if (from->kind != TREE_SEQ) {
		*vec_push(l->a, &list->items) = (struct tree_item){ from, via };
		grown(list, from);
		return;
	}
	vec_each(struct tree_item *, item, &from->items) {
		*vec_push(l->a, &list->items) = (struct tree_item){ item->value, via_append(l->a, item->via, via) };
		grown(list, item->value);
	}
}

static void
given_twice(struct loading *l, const struct tree *key, const struct tree *first)
{
	struct diag *d = diag_add(l->d, &rule_duplicate_definition, key->at, "%s is already given in %s",
	    str_shown(l->a, key->text), first->at.src->name);

	diag_note(l->d, d, first->at, "it is first given here");
}

static void
join_names(struct loading *l, struct joint *j, struct slot *slot, const struct section *section, const struct tree_pair *pair)
{
	struct tree_pair *there = &j->map->pairs.v[slot->index];

	if (pair->value->null)
		return;
	if (there->value->null) {
		*there = *pair;
		return;
	}
	if (there->value->kind != TREE_MAP || pair->value->kind != TREE_MAP) {
		const struct tree *wrong = there->value->kind != TREE_MAP ? there->value : pair->value;

		diag_add(l->d, &rule_wrong_type, wrong->at, "%s is a mapping, not %s", section->key, tree_kind_words(wrong));
		return;
	}
	if (slot->joint == NULL) {
		slot->joint = joint_new(l, section->below);
		joint_add_all(l, slot->joint, there->value, there->via);
		there->value = slot->joint->map;
		there->via = NULL;
	}
	joint_add_all(l, slot->joint, pair->value, pair->via);
}

static void
join_lists(struct loading *l, struct joint *j, struct slot *slot, const struct tree_pair *pair)
{
	struct tree_pair *there = &j->map->pairs.v[slot->index];

	if (pair->value->null)
		return;
	if (there->value->null) {
		*there = *pair;
		return;
	}
	if (slot->list == NULL) {
		slot->list = NEW(l->a, struct tree);
		*slot->list = (struct tree){ .kind = TREE_SEQ, .at = there->value->at, .nodes = 1, .depth = 1 };
		list_add_all(l, slot->list, there->value, there->via);
		there->value = slot->list;
		there->via = NULL;
	}
	list_add_all(l, slot->list, pair->value, pair->via);
}

static const struct section *
section_find(const struct section *sections, const char *key)
{
	for (; sections != NULL && sections->key != NULL; sections++)
		if (strcmp(sections->key, key) == 0)
			return (sections);
	return (NULL);
}

static void
joint_add(struct loading *l, struct joint *j, const struct tree_pair *pair)
{
	const struct section *section;
	struct tree_pair *there;
	struct slot *slot = map_get(j->slots, pair->key->text);

	if (slot == NULL) {
		slot = NEW(l->a, struct slot);
		slot->index = j->map->pairs.n;
		map_set(j->slots, pair->key->text, slot);
		*vec_push(l->a, &j->map->pairs) = *pair;
		grown(j->map, pair->value);
		return;
	}
	there = &j->map->pairs.v[slot->index];
	section = section_find(j->sections, pair->key->text);
	if (section == NULL) {
		given_twice(l, pair->key, there->key);
		return;
	}
	switch (section->how) {
	case JOIN_NAMES:
		join_names(l, j, slot, section, pair);
		break;
	case JOIN_LISTS:
		join_lists(l, j, slot, pair);
		break;
	case JOIN_VERSION:
		/* The same in every file; of two the odd one is kept, for the rule that refuses it. */
		if (pair->value->kind != TREE_SCALAR || strcmp(pair->value->text, "1") != 0)
			*there = *pair;
		break;
	}
}

/* PATH as seen from the topology's folder, when FILE in another file's folder means it: "." and ".." worked out by name. */
static const char *
resolve(struct arena *a, const char *from, const char *path)
{
	const char *slash = strrchr(from, '/');
	const char *whole = slash == NULL ? path : arena_printf(a, "%.*s/%s", (int)(slash - from), from, path);
	VEC(const char *) parts = { 0 };
	struct text t = { .arena = a };

	while (*whole != '\0') {
		size_t n = strcspn(whole, "/");
		const char *part = arena_strndup(a, whole, n);

		whole += n + strspn(whole + n, "/");
		if (n == 0 || strcmp(part, ".") == 0)
			continue;
		if (strcmp(part, "..") == 0 && parts.n > 0 && strcmp(parts.v[parts.n - 1], "..") != 0)
			parts.n--;
		else
			*vec_push(a, &parts) = part;
	}
	for (size_t i = 0; i < parts.n; i++)
		text_printf(&t, "%s%s", i == 0 ? "" : "/", parts.v[i]);
	return (text_end(&t));
}

static void load_file(struct loading *, struct file *, const char *text, size_t len, unsigned depth);

static void
unreadable(struct loading *l, struct span at, const char *path, const char *why)
{
	diag_add(l->d, &rule_include_unreadable, at, "cannot read %s: %s", str_shown(l->a, path), why);
}

static void
cycle(struct loading *l, const struct file *file, struct file *self, struct span at)
{
	strings by = { 0 };
	const struct file *f;
	struct diag *d;

	for (f = self; f != file; f = f->parent)
		*vec_push(l->a, &by) = f->path;
	for (size_t i = 0; i < by.n / 2; i++) {
		const char *other = by.v[i];

		by.v[i] = by.v[by.n - 1 - i];
		by.v[by.n - 1 - i] = other;
	}
	if (by.n == 0)
		d = diag_add(l->d, &rule_include_cycle, at, "%s includes itself", file->path);
	else
		d = diag_add(l->d, &rule_include_cycle, at, "%s includes itself by %s", file->path, str_join(l->a, &by, ", "));
	for (f = self; f != file; f = f->parent)
		diag_note(l->d, d, f->from, "%s is included here", f->path);
}

static void
include_one(struct loading *l, struct file *self, const char *name, struct span at, unsigned depth)
{
	const char *path, *identity = NULL, *why = NULL;
	struct file *file, *same;
	size_t len = 0;
	char *text = NULL;

	if (name[0] == '/' || name[0] == '\0') {
		unreadable(l, at, name, name[0] == '/' ? "its path is absolute" : "it has no name");
		return;
	}
	path = resolve(l->a, self->path, name);
	file = map_get(l->by_path, path);
	if (file == NULL) {
		file = NEW(l->a, struct file);
		*file = (struct file){ .path = path, .parent = self, .from = at };
		if (depth == TREE_INCLUDE_DEPTH) {
			diag_add(l->d, &rule_nesting_too_deep, at, "includes are nested more than %u deep", TREE_INCLUDE_DEPTH);
			return;
		}
		if (l->reader == NULL)
			why = "files are not read here";
		else
			text = l->reader->read(l->reader->user, l->a, path, &len, &identity, &why);
		file->why = text != NULL ? NULL : why != NULL ? why : "it is not there";
		if (file->why != NULL)
			*vec_push(l->a, &l->out->unread) = path;
		map_set(l->by_path, path, file);
		same = text == NULL || identity == NULL ? NULL : map_put(l->by_identity, identity, file);
		if (same != NULL) {
			map_set(l->by_path, path, same);
			file = same;
			text = NULL;
		}
	}
	if (file->why != NULL)
		unreadable(l, at, name, file->why);
	else if (file->open)
		cycle(l, file, self, at);
	else if (text != NULL)
		load_file(l, file, text, len, depth + 1);
}

static void
include_all(struct loading *l, struct file *self, const struct tree_pair *pair, unsigned depth)
{
	const struct tree *value = pair->value;
	struct tree_item one = { pair->value, NULL };
	const struct tree_item *item = value->kind == TREE_SEQ ? value->items.v : &one;
	size_t n = value->kind == TREE_SEQ ? value->items.n : 1;

	for (size_t i = 0; i < n; i++, item++) {
		struct span at = item->value->at;
		struct diag *d;

		at.via = via_append(l->a, item->via, pair->via);
		if (item->value->kind != TREE_SCALAR) {
			diag_add(l->d, &rule_wrong_type, at, "include is a list of files, not %s", tree_kind_words(item->value));
		} else if (item->value->null) {
			d = diag_add(l->d, &rule_empty_value, at.len == 0 ? pair->key->at : at, "include has no value");
			diag_help(l->d, d, "include: [FILE]");
		} else {
			include_one(l, self, item->value->text, at, depth);
		}
	}
}

/* The topology itself is a file that an include may name. */
static void
identify(struct loading *l, struct file *self)
{
	const char *identity = NULL, *why;
	size_t len;

	if (l->reader != NULL && strcmp(self->path, "-") != 0 &&
	    l->reader->read(l->reader->user, l->a, self->path, &len, &identity, &why) != NULL && identity != NULL)
		map_put(l->by_identity, identity, self);
}

static void
load_file(struct loading *l, struct file *self, const char *text, size_t len, unsigned depth)
{
	const struct source *src;
	const struct tree_pair *include;
	struct tree *root;

	text = arena_strndup(l->a, text, len < TREE_FILE_MAX ? len : TREE_FILE_MAX);
	src = source_new(l->a, self->path, self->path, text, len < TREE_FILE_MAX ? len : TREE_FILE_MAX, (int)l->out->sources.n);
	*vec_push(l->a, &l->out->sources) = src;
	if (len > TREE_FILE_MAX) {
		diag_add(l->d, &rule_expansion_too_large, (struct span){ src, 0, 0, NULL }, "%s is larger than %zu MiB", self->path,
		    TREE_FILE_MAX >> 20);
		return;
	}
	root = tree_parse(l->a, l->d, src);
	if (root == NULL || root->null)
		return;
	if (root->kind != TREE_MAP) {
		diag_add(l->d, &rule_wrong_type, root->at, "a topology is a mapping, not %s", tree_kind_words(root));
		return;
	}
	include = tree_get(root, "include");
	if (include != NULL) {
		if (self->parent == NULL)
			identify(l, self);
		self->open = true;
		include_all(l, self, include, depth);
		self->open = false;
	}
	if (l->top->map->at.src == NULL || self->parent == NULL)
		l->top->map->at = root->at;
	vec_each(struct tree_pair *, pair, &root->pairs)
		if (pair != include)
			joint_add(l, l->top, pair);
}

static void
check_empty(struct loading *l, const struct tree *root)
{
	static const char *const things[] = { "host", "bridges", "epairs", "jails", "machines" };
	const struct source *src = l->out->sources.v[0];
	struct span at = root->at.src != NULL ? root->at : (struct span){ src, 0, 0, NULL };
	struct diag *d;

	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		if (tree_get(root, things[i]) != NULL)
			return;
	d = diag_add(l->d, &rule_empty_topology, at, "%s describes nothing", src->name);
	diag_help(l->d, d, "vnetc init writes a starter");
}

void
tree_load(
    struct load *out, struct arena *a, struct diags *d, const char *name, const char *text, size_t len, const struct reader *reader)
{
	struct loading l = { .out = out, .a = a, .d = d, .reader = reader, .by_path = map_new(a), .by_identity = map_new(a) };
	const char *slash = strrchr(name, '/');
	struct file *self = NEW(a, struct file);
	unsigned errors = d->errors;

	*out = (struct load){ 0 };
	l.top = joint_new(&l, top_sections);
	self->path = slash == NULL ? name : slash + 1;
	map_set(l.by_path, self->path, self);
	load_file(&l, self, text, len, 0);
	if (d->errors == errors)
		check_empty(&l, l.top->map);
	if (l.top->map->pairs.n > 0)
		out->root = l.top->map;
}
