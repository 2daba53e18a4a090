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
	void (*written)(size_t done, size_t files, void *user);         /* told while files are written; NULL: nobody */
	void *user;
};

void outdir_init(struct outdir *, struct arena *);
void outdir_add(struct outdir *, const char *path, const char *text, size_t len);      /* copies nothing; of one path twice the last */

enum out_state { OUT_SAME, OUT_CHANGED, OUT_NEW, OUT_LEFTOVER };
struct out_change { const char *path; enum out_state state; const char *old_text; size_t old_len; const struct outfile *file; };
typedef VEC(struct out_change) out_changes;

/* code: errno, or 0 where the text says all; text: "cannot write PATH: WHY"; of_another: it is another owner's directory. */
struct out_error { int code; const char *text; bool of_another; };

/* What writing would do, sorted by path. The directory's own list of what vnetc wrote (.vnetc, one line a file, the first names
 * the topology) tells leftovers; files that are not in it are never touched or told. owner: the topology's name; a directory with
 * another owner's list is an error, code 0, "DIR was written from OTHER" (rule output-of-another). A missing directory is empty. */
bool outdir_compare(const struct outdir *, const char *dir, const char *owner, out_changes *, struct out_error *);

/* Writes what changed: first the list with old and new paths, then each file to a temporary beside its place (fsync), then all are
 * renamed, leftovers and directories left empty removed, last the list as it is now. A run killed at any point leaves each file old
 * or new, and the next one finishes its work. Unchanged files are not touched; of two builds at once one waits. Links inside the
 * directory are not followed. A file in the way that is not in the list is not replaced: an error says so. */
bool outdir_write(const struct outdir *, const char *dir, const char *owner, out_changes *, struct out_error *);

/* One file, whole or not at all, left alone when it has that content (the lock, graph -o). A link's target is replaced, not the
 * link; a device or a pipe is written to. */
bool file_write(struct arena *, const char *path, const char *text, size_t len, struct out_error *);
/* Reads a regular file of at most max bytes: opened without blocking, checked by fstat; NUL-terminated. NULL and the reason on
 * failure. "-": standard input. */
char *file_read(struct arena *, const char *path, size_t max, size_t *len, struct out_error *);

/* Unified diff of two texts, as diff -u prints it, three lines of context; nothing when equal. color: ANSI. */
void unified_diff(FILE *, const char *from_name, const char *from, size_t from_len, const char *to_name, const char *to,
    size_t to_len, bool color);

#endif
