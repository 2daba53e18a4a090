/* SPDX-License-Identifier: BSD-2-Clause */
/* Files below a root: opened without being led astray by links, written beside their place. */
#ifndef INSTALL_FILES_H
#define INSTALL_FILES_H

#include "install/site.h"

#define STATE "/var/db/vnetc"
#define RECORD_HEAD "vnetc installed 1\n"

/* ROOT and a path that begins with '/'. */
const char *path_below(struct arena *, const char *root, const char *path);
/* A path that begins with '/', stays below, and stands in one line: the record and the journal are read from disk. */
bool good_site_path(const char *);
/* Where the file is kept that stood at a path before vnetc. */
const char *original_of(struct arena *, const char *path);
/* The record as it will be. */
const char *site_record(const struct site *, size_t *len);

/* The directory that a path stands in, opened; -1 and errno. make: directories that are missing are made, their paths added to made. A link
 * may lead on only before the jail's root, and only where the root is "/": elsewhere it would lead out of the root. */
int open_parent(struct arena *, const char *root, const char *path, size_t inside, bool make, strings *made);
const char *last_component(const char *path);
bool file_failed(struct arena *, struct out_error *, const char *verb, const char *path, int code);
/* Does a flag of the file, as schg or uappnd (chflags(1)), forbid that another takes its place? */
bool file_held_fast(struct arena *, const char *root, const char *path, size_t inside);
/* Writes a file and makes it durable; mode and owner as the file of that name has them, else 0644. 0 or errno. */
int write_beside(int dirfd, const char *temporary, const char *name, const char *text, size_t len);

#endif
