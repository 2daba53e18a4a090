/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for files to change: inotify(7) on Linux, kqueue(2) on FreeBSD. */
#ifndef CMD_WATCHER_H
#define CMD_WATCHER_H

#include <stdbool.h>

#include "base/arena.h"

struct watcher;

/* NULL: the system refuses, errno says why. Its memory is the arena's. */
struct watcher *watcher_new(struct arena *);
/* Watches a file, whether it is there or not; once is enough. Its directory must be there. False: errno says why. */
bool watcher_add(struct watcher *, const char *path);
/* Waits until one of the files was changed, made, replaced or removed, and then until they rest for a moment (a save is several
 * steps). Changes since watcher_add count, so that none is missed while the caller works. changed: one that did already, so that only
 * the rest is waited for; NULL: none. Returns the file's path; NULL: errno says why. */
const char *watcher_wait(struct watcher *, const char *changed);
void watcher_close(struct watcher *);

#endif
