/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for files to change, by kqueue(2): a file and its directory are watched, since editors replace a file by another of its name. */
#undef _POSIX_C_SOURCE /* FreeBSD's sys/event.h needs types that it shows only where no standard is asked for */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/vec.h"
#include "cmd/watcher.h"

#define REST_MS 60              /* how long nothing may happen before a change counts as done */

#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif

/* What a file looked like: an event of the directory says only that something in it changed. What is in a directory does not count. */
struct look { bool there; dev_t device; ino_t inode; off_t size; struct timespec changed; };

struct watched { const char *path; int fd, directory; struct look look; };

struct watcher {
	struct arena *arena;
	int queue;
	VEC(struct watched) files;
};

struct watcher *
watcher_new(struct arena *arena)
{
	struct watcher *w = NEW(arena, struct watcher);

	w->arena = arena;
	w->queue = kqueue();
	return (w->queue < 0 ? NULL : w);
}

static struct look
look_at(const char *path)
{
	struct look look = { 0 };
	struct stat st;

	if (stat(path, &st) == 0)
		look = S_ISDIR(st.st_mode) ? (struct look) { .there = true, .device = st.st_dev, .inode = st.st_ino } : (struct look) { true, st.st_dev, st.st_ino, st.st_size, st.st_mtim };
	return (look);
}

static bool
looks_the_same(const struct look *a, const struct look *b)
{
	return (a->there == b->there && a->device == b->device && a->inode == b->inode && a->size == b->size &&
	    a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec);
}

static bool
register_fd(struct watcher *w, int fd)
{
	struct kevent event;

	EV_SET(&event, (uintptr_t)fd, EVFILT_VNODE, EV_ADD | EV_CLEAR, NOTE_WRITE | NOTE_EXTEND | NOTE_DELETE | NOTE_RENAME | NOTE_ATTRIB, 0, NULL);
	return (kevent(w->queue, &event, 1, NULL, 0, NULL) == 0);
}

/* The file that has the name now; the one before is forgotten with its descriptor. */
static void
follow(struct watcher *w, struct watched *file)
{
	if (file->fd >= 0)
		close(file->fd);
	file->fd = open(file->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (file->fd >= 0 && !register_fd(w, file->fd)) {
		close(file->fd);
		file->fd = -1;
	}
}

bool
watcher_add(struct watcher *w, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *directory = slash == NULL ? "." : slash == path ? "/" : arena_strndup(w->arena, path, (size_t)(slash - path));
	struct watched file = { .fd = -1 };

	vec_each (const struct watched *, f, &w->files)
		if (strcmp(f->path, path) == 0)
			return (true);
	file.path = arena_strdup(w->arena, path);
	file.look = look_at(path);
	file.directory = open(directory, O_RDONLY | O_CLOEXEC);
	if (file.directory < 0 || !register_fd(w, file.directory))
		return (false);
	follow(w, &file);
	*vec_push(w->arena, &w->files) = file;
	return (true);
}

static const char *
whatever_changed(struct watcher *w)
{
	const char *changed = NULL;

	vec_each (struct watched *, f, &w->files) {
		struct look now = look_at(f->path);

		if (looks_the_same(&now, &f->look))
			continue;
		f->look = now;
		follow(w, f);
		changed = f->path;
	}
	return (changed);
}

const char *
watcher_wait(struct watcher *w, const char *changed)
{
	static const struct timespec rest = { 0, REST_MS * 1000000L };
	const char *before = whatever_changed(w);

	if (before != NULL)
		changed = before;
	for (;;) {
		struct kevent event;
		int ready = kevent(w->queue, NULL, 0, &event, 1, changed != NULL ? &rest : NULL);
		const char *now;

		if (ready == 0)
			return (changed);
		if (ready < 0) {
			if (errno == EINTR)
				continue;
			return (NULL);
		}
		now = whatever_changed(w);
		if (now != NULL)
			changed = now;
	}
}

void
watcher_close(struct watcher *w)
{
	vec_each (const struct watched *, f, &w->files) {
		close(f->directory);
		if (f->fd >= 0)
			close(f->fd);
	}
	close(w->queue);
}
