/* SPDX-License-Identifier: BSD-2-Clause */
/* A host's file system as the place where outputs are installed: compared, changed all or nothing, given back. */
#ifndef INSTALL_SITE_H
#define INSTALL_SITE_H

#include "base/outdir.h"

enum placement { PLACE_BLOCK, PLACE_EZJAIL, PLACE_FILE };       /* a block; a block at the end and one at the top; a file of its own */

/* One thing to be installed. */
struct placed {
	const char *path;               /* below the root, beginning with '/' */
	enum placement how;
	const char *text;
	size_t len;
	const char *order;              /* PLACE_EZJAIL: the lines for rcorder */
	size_t inside;                  /* bytes of the path that lead to a jail's root: below it no link is followed; 0: not in a jail */
};

struct site_change {
	const char *path;
	enum placement how;
	size_t inside;
	bool there, wanted;             /* before and after */
	bool recorded;                  /* an earlier run installed at the path */
	const char *old_text, *new_text;
	size_t old_len, new_len;
	bool lost;                      /* it had vnetc's lines, and somebody took them out */
};

/* What an earlier run installed at a path. */
struct site_entry {
	const char *path;
	enum placement how;
	size_t inside;
	bool existed;                   /* before vnetc */
	bool directory;                 /* made by vnetc */
};

struct site {
	struct arena *arena;
	const char *root;
	struct out_error *error;
	VEC(struct site_change) changes;        /* what differs, sorted by path */
	VEC(struct site_entry) entries;         /* the record of what is installed, as it will be */
	strings missing;                /* places that are not there: jails that are not made yet */
	bool interrupted;               /* an earlier run was killed: site_repair finishes it */
	const char *record;             /* as it was when it was compared; NULL: there was none */
	int lock;
};

/* Functions return false with *error filled. A site's root: "/" or what stands for it. */

/* Compares what is wanted with what is there. Writes nothing. */
bool site_compare(struct site *, struct arena *, const char *root, const struct placed *, size_t n, struct out_error *);
/* The same for taking all away that earlier runs installed. */
bool site_compare_removal(struct site *, struct arena *, const char *root, struct out_error *);
/* Finishes what a run that was killed had begun; before the other functions. *did: there was something. */
bool site_repair(struct arena *, const char *root, bool *did, struct out_error *);
/* Makes the changes, all or none: every new file is written beside its place first, then a journal, then all are renamed. What was there
 * before vnetc first changed it is kept in /var/db/vnetc/original. removal: nothing of vnetc remains. What somebody else changed since it
 * was compared is not overwritten: an error, and nothing is changed. */
bool site_commit(struct site *, bool removal);
/* A regular file below the root; NULL: it is not there, or *error says why it cannot be read. */
char *site_read(struct arena *, const char *root, const char *path, size_t inside, size_t *len, struct out_error *);
/* Names in a directory below the root, sorted, "." and ".." left out; none where it is not there or cannot be read. */
strings site_list(struct arena *, const char *root, const char *path);
/* Is there such a directory? What keeps that from being known is told in *error, which is left alone otherwise. */
bool site_has_directory(struct arena *, const char *root, const char *path, struct out_error *error);

#endif
