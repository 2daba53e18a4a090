/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for files to change, by inotify(7): directories are watched, since editors replace a file by another of its name. */
#include <sys/inotify.h>

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "base/vec.h"
#include "cmd/watcher.h"

#define REST_MS 60              /* how long nothing may happen before a change counts as done */

struct watched { int directory; const char *name, *path; };

struct watcher {
	struct arena *arena;
	int fd;
	VEC(struct watched) files;
};

struct watcher *
watcher_new(struct arena *arena)
{
	struct watcher *w = NEW(arena, struct watcher);

	w->arena = arena;
	w->fd = inotify_init1(IN_CLOEXEC);
	return (w->fd < 0 ? NULL : w);
}

bool
watcher_add(struct watcher *w, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *directory = slash == NULL ? "." : slash == path ? "/" : arena_strndup(w->arena, path, (size_t)(slash - path));
	struct watched file = { .name = slash == NULL ? path : slash + 1, .path = path };

	vec_each (const struct watched *, f, &w->files)
		if (strcmp(f->path, path) == 0)
			return (true);
	/* The same directory gives the same number. */
	file.directory = inotify_add_watch(w->fd, directory, IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE);
	if (file.directory < 0)
		return (false);
	file.path = arena_strdup(w->arena, path);
	file.name = arena_strdup(w->arena, file.name);
	*vec_push(w->arena, &w->files) = file;
	return (true);
}

/* Which of the files the events at hand are about; NULL with errno 0: none. */
static const char *
read_events(struct watcher *w)
{
	union { struct inotify_event event; char bytes[8192]; } buffer;
	const char *changed = NULL;
	ssize_t n;

	do
		n = read(w->fd, buffer.bytes, sizeof(buffer.bytes));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return (NULL);
	for (ssize_t at = 0; at < n;) {
		struct inotify_event event;

		memcpy(&event, buffer.bytes + at, sizeof(event));
		vec_each (const struct watched *, f, &w->files)
			if (event.wd == f->directory && event.len > 0 && strcmp(buffer.bytes + at + sizeof(event), f->name) == 0)
				changed = f->path;
		at += (ssize_t)(sizeof(event) + event.len);
	}
	errno = 0;
	return (changed);
}

const char *
watcher_wait(struct watcher *w, const char *changed)
{
	for (;;) {
		struct pollfd fd = { .fd = w->fd, .events = POLLIN };
		int ready = poll(&fd, 1, changed != NULL ? REST_MS : -1);
		const char *now;

		if (ready == 0)
			return (changed);
		if (ready < 0) {
			if (errno == EINTR)
				continue;
			return (NULL);
		}
		now = read_events(w);
		if (now == NULL && errno != 0)
			return (NULL);
		if (now != NULL)
			changed = now;
	}
}

void
watcher_close(struct watcher *w)
{
	close(w->fd);
}
