/* SPDX-License-Identifier: BSD-2-Clause */
/* A set of output files: collected in memory, then written safely, listed or compared. */
#ifndef BASE_OUTDIR_H
#define BASE_OUTDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

struct outfile { const char *path; const char *text; size_t len; };    /* path relative to the directory, '/' separated */

struct outdir {
	struct arena *arena;
	VEC(struct outfile) files;
	struct map *by_path;
};

void outdir_init(struct outdir *, struct arena *);
void outdir_add(struct outdir *, const char *path, const char *text, size_t len);      /* a path once; copies nothing */

enum out_state { OUT_SAME, OUT_CHANGED, OUT_NEW, OUT_LEFTOVER };
struct out_change { const char *path; enum out_state state; const char *old_text; size_t old_len; const struct outfile *file; };
typedef VEC(struct out_change) out_changes;

struct out_error { int code; const char *text; };       /* code: errno, or 0 where the text says all; text: "cannot write PATH: WHY" */

/* What writing would do, sorted by path. The directory's own list of what vnetc wrote (.vnetc, one line a file, the first
 * names the topology) tells leftovers; files that are not in it are never touched or told. owner: the topology's name; a directory that another
 * owner's list stands in gives an error with "DIR was written from OTHER" (rule output-of-another). A missing directory is an empty one. */
bool outdir_compare(const struct outdir *, const char *dir, const char *owner, out_changes *, struct out_error *);

/* Writes what changed: each file to a temporary beside its place, fsync, then all renamed; leftovers removed; the list written last
 * but before removals such that a killed run loses and forgets nothing; unchanged files untouched. Links inside the directory are not followed
 * (O_NOFOLLOW, openat). A file in the way that the list does not know is not replaced: an error says so. Modes 0644, directories 0755. */
bool outdir_write(const struct outdir *, const char *dir, const char *owner, out_changes *, struct out_error *);

/* One file, whole or not at all (the lock, graph -o). */
bool file_write(struct arena *, const char *path, const char *text, size_t len, struct out_error *);
/* Reads a regular file of at most max bytes: opened without blocking, checked by fstat. NULL and the reason on failure. "-": standard input. */
char *file_read(struct arena *, const char *path, size_t max, size_t *len, struct out_error *);

/* Unified diff of two texts, as diff -u prints it, three lines of context; nothing when equal. color: ANSI. */
void unified_diff(FILE *, const char *from_name, const char *from, size_t from_len, const char *to_name, const char *to, size_t to_len, bool color);

#endif
