/* SPDX-License-Identifier: BSD-2-Clause */
/* The located tree: what the YAML text says, before anybody asks what it means. Scalars keep their text. */
#ifndef TREE_TREE_H
#define TREE_TREE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/str.h"
#include "base/vec.h"

enum tree_kind { TREE_SCALAR, TREE_MAP, TREE_SEQ };

/* Aliases are resolved to the node they name, which is then shared; a pair or item that came by an alias or a merge says so in via
 * (one link; whoever walks down chains it to the links above). */
struct tree_pair { struct tree *key, *value; const struct via *via; };  /* key is a scalar */
struct tree_item { struct tree *value; const struct via *via; };

struct tree {
	enum tree_kind kind;
	struct span at;                 /* scalar: as written, quotes included; mapping, sequence: its first key or item, else its opening bracket */
	const char *text;               /* scalar: its value, NUL-terminated, valid UTF-8, without control characters but tab and newline */
	bool plain;                     /* scalar: written without quotes */
	bool null;                      /* scalar: nothing, ~ or null, unquoted */
	VEC(struct tree_pair) pairs;    /* mapping: in written order, merges after the keys beside them; no key twice */
	VEC(struct tree_item) items;
	size_t nodes;                   /* itself and all below, what aliases and merges bring counted each time */
	unsigned depth;                 /* collections from here down: 0 for a scalar */
};

/* Limits (rules.md: nesting-too-deep, expansion-too-large). */
#define TREE_DEPTH 32u
#define TREE_INCLUDE_DEPTH 16u
#define TREE_FILE_MAX ((size_t)16 << 20)
#define TREE_SCALAR_MAX ((size_t)64 << 10)

/* Where texts come from; the file system for the program, memory for tests and the fuzzer. */
struct reader {
	/* Reads the file; of one larger than TREE_FILE_MAX at least a byte too many, which is told as expansion-too-large. path is
	 * relative to the directory of the topology. NULL: not readable, *why says it.
	 * *identity: equal for two paths that are one file (device and inode as text). */
	char *(*read)(void *user, struct arena *, const char *path, size_t *len, const char **identity, const char **why);
	void *user;
};

struct load {
	struct tree *root;              /* a mapping with all includes joined; NULL when there is none */
	VEC(const struct source *) sources;     /* the topology first, then includes in the order read */
	strings unread;                 /* paths, as for a reader, of includes that could not be read */
};

/* Reads one topology and what it includes (language.md 1). name: as shown in messages; text: what it holds (already read, so that
 * standard input works); reader: for includes. Reports to diags (stage tree); the result holds what was right. */
void tree_load(struct load *, struct arena *, struct diags *, const char *name, const char *text, size_t len, const struct reader *);

/* The value of a key, or NULL. */
const struct tree_pair *tree_get(const struct tree *, const char *key);

/* A value's way to its use: the links it has, then those of the place it was brought to. */
const struct via *via_append(struct arena *, const struct via *inner, const struct via *outer);

/* " @LINE:COLUMN" and the links of its way, as all dumps show a place; a file's name where it is not the topology. */
void place_dump(const struct span *, FILE *);

/* vnetc dump tree */
void tree_dump(const struct tree *, FILE *);

/* The file system below one directory, which no include leaves. fd: the directory, opened; -1: it is opened by its name each time. */
struct reader tree_file_reader(struct arena *, const char *directory, int fd);

#endif
