/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts in memory loaded and decoded, and what was told about them as one string to compare. */
#ifndef TESTS_TOLD_H
#define TESTS_TOLD_H

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "decl/decl.h"
#include "tree/tree.h"

/* Files that includes may name; ends with path NULL. same: one file under two names. */
struct memory_file { const char *path, *text, *same; };

struct read {
	struct arena *arena;
	struct diags diags;
	struct load load;
	struct topology_decl *decl;
};

static inline char *
memory_read(void *user, struct arena *a, const char *path, size_t *len, const char **identity, const char **why)
{
	const struct memory_file *f = user;

	for (; f->path != NULL; f++) {
		if (strcmp(f->path, path) != 0)
			continue;
		*identity = f->same != NULL ? f->same : f->path;
		*len = strlen(f->text);
		return (arena_strdup(a, f->text));
	}
	*why = "No such file or directory";
	return (NULL);
}

static inline struct read
read_bytes(const char *text, size_t len, struct memory_file *files)
{
	struct read r = { .arena = arena_new() };
	struct reader reader = { memory_read, files };

	diags_init(&r.diags, r.arena, NULL);
	tree_load(&r.load, r.arena, &r.diags, "topology.yaml", text, len, files == NULL ? NULL : &reader);
	return (r);
}

static inline struct read
read_tree(const char *text)
{
	return (read_bytes(text, strlen(text), NULL));
}

static inline struct read
read_decl(const char *text)
{
	struct read r = read_tree(text);

	if (r.diags.errors == 0)
		r.decl = decode(r.arena, &r.diags, r.load.root);
	return (r);
}

/* "LINE:COLUMN [what stands there]", the file's name before it where it is not the topology. */
static inline const char *
place(struct arena *a, const struct span *at)
{
	uint32_t line, column;

	if (at->src == NULL)
		return ("nowhere");
	source_position(at->src, at->off, &line, &column);
	return (arena_printf(a, "%s%s%u:%u [%.*s]", at->src->order == 0 ? "" : at->src->name, at->src->order == 0 ? "" : ":",
	    (unsigned)line, (unsigned)column, (int)at->len, at->src->text + at->off));
}

/* A place and how it came to its use: "1:2 [x] alias 3:4 [*a]". */
static inline const char *
way(struct arena *a, const struct span *at)
{
	static const char *const words[] = { "alias", "merge", "defaults", "range" };
	struct text t = { .arena = a };

	text_add(&t, place(a, at));
	for (const struct via *via = at->via; via != NULL; via = via->at.via)
		text_printf(&t, " %s %s", words[via->kind], place(a, &via->at));
	return (text_end(&t));
}

/* Everything that was told, a line each: RULE PLACE MESSAGE, then notes, help and fixes. */
static inline const char *
told(struct read *r)
{
	struct text t = { .arena = r->arena };

	diags_sort(&r->diags);
	for (size_t i = 0; i < r->diags.all.n; i++) {
		const struct diag *d = r->diags.all.v[i];

		text_printf(&t, "%s %s %s\n", d->rule->name, place(r->arena, &d->head.at), d->head.text);
		for (size_t j = 0; j < d->notes.n; j++)
			text_printf(&t, "  note %s %s\n", place(r->arena, &d->notes.v[j].at), d->notes.v[j].text);
		if (d->help != NULL)
			text_printf(&t, "  help %s\n", d->help);
		for (size_t j = 0; j < d->fixes.n; j++)
			text_printf(&t, "  fix %s -> %s\n", place(r->arena, &d->fixes.v[j].at), d->fixes.v[j].replacement);
	}
	return (text_end(&t));
}

/* The node that a path of keys and numbers leads to. */
static inline const struct tree *
at_path(const struct tree *t, const char *path)
{
	char word[64];

	while (t != NULL && *path != '\0') {
		size_t n = strcspn(path, " ");

		memcpy(word, path, n);
		word[n] = '\0';
		path += n + strspn(path + n, " ");
		if (t->kind == TREE_SEQ) {
			size_t i = (size_t)atoi(word);

			t = i < t->items.n ? t->items.v[i].value : NULL;
		} else {
			const struct tree_pair *pair = tree_get(t, word);

			t = pair == NULL ? NULL : pair->value;
		}
	}
	return (t);
}

#endif
