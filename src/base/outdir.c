/* SPDX-License-Identifier: BSD-2-Clause */
/* Output files: compared with a directory, written to it so that each file is old or new at any instant, never in between. */
#define _XOPEN_SOURCE 700 /* realpath */

#include "base/outdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

#define LIST ".vnetc"
#define LIST_HEAD "vnetc 1 "
#define LOCK ".vnetc.lock"
#define TEMP ".vnetc.tmp."
#define LARGEST ((size_t)64 * 1024 * 1024)
#define READ_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
#define DIR_FLAGS (O_RDONLY | O_DIRECTORY)

/* Files and descriptors */

static bool
failed(struct arena *a, struct out_error *e, int code, const char *verb, const char *path, const char *why)
{
	struct text t = { .arena = a };

	text_printf(&t, "cannot %s ", verb);
	text_add_shown(&t, path, strlen(path));
	text_add(&t, ": ");
	text_add(&t, why != NULL ? why : strerror(code));
	e->code = code;
	e->text = text_end(&t);
	return (false);
}

static bool
said(struct arena *a, struct out_error *e, const char *path, const char *what)
{
	struct text t = { .arena = a };

	text_add_shown(&t, path, strlen(path));
	text_printf(&t, " %s", what);
	e->code = 0;
	e->text = text_end(&t);
	return (false);
}

/* The set */

void
outdir_init(struct outdir *o, struct arena *a)
{
	*o = (struct outdir){ .arena = a, .by_path = map_new(a) };
}

void
outdir_add(struct outdir *o, const char *path, const char *text, size_t len)
{
	struct outfile file = { .path = path, .text = text, .len = len };
	/* The place in files, from 1: the vector moves while it grows. */
	uintptr_t at = (uintptr_t)map_get(o->by_path, path);

	if (at != 0) {
		o->files.v[at - 1] = file;
		return;
	}
	*vec_push(o->arena, &o->files) = file;
	map_set(o->by_path, path, (void *)(uintptr_t)o->files.n);
}

/* A directory with what is known of it. */
struct site {
	const struct outdir *o;
	struct arena *arena;
	const char *dir, *owner;
	struct out_error *error;
	int fd;                 /* of the directory; -1: not there */
	int lock;
	const char *list_text;  /* NULL: no list yet */
	strings listed;
	struct map *is_listed;  /* of the paths, and with a '/' at the end of every directory they stand in */
	const char *parent;     /* the directory inside that was used last stays open: files come sorted */
	int parent_fd;
	bool parent_changed;
	strings made;           /* directories made by this build */
	struct map *removed;    /* leftovers gone so far */
	unsigned temporaries;
};

static const char *
inside(const struct site *s, const char *path)
{
	size_t n = strlen(s->dir);

	return (arena_printf(s->arena, "%s%s%s", s->dir, n > 0 && s->dir[n - 1] == '/' ? "" : "/", path));
}

static bool
site_failed(struct site *s, int code, const char *verb, const char *path, const char *why)
{
	return (failed(s->arena, s->error, code, verb, inside(s, path), why));
}

static bool
wanted(const struct site *s, const char *path)
{
	return (map_get(s->o->by_path, path) != NULL);
}

/* A path that stays inside, has no name of vnetc's own, and stands in one line. The list is read from disk: it may say anything. */
static bool
good_path(const char *path)
{
	const char *c = path;

	for (;;) {
		size_t n = strcspn(c, "/");

		if (n == 0 || (n == 1 && c[0] == '.') || (n == 2 && c[0] == '.' && c[1] == '.') ||
		    strncmp(c, LIST, strlen(LIST)) == 0)
			return (false);
		for (size_t i = 0; i < n; i++)
			if ((unsigned char)c[i] < 0x20 || c[i] == 0x7f)
				return (false);
		if (c[n] == '\0')
			return (true);
		c += n + 1;
	}
}

static const char *
base_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash == NULL ? path : slash + 1);
}

/* "" for what stands in the directory itself. */
static const char *
parent_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash == NULL ? "" : arena_strndup(a, path, (size_t)(slash - path)));
}

static int
leave_parent(struct site *s)
{
	int code = 0;

	if (s->parent == NULL)
		return (0);
	if (s->parent_changed)
		code = fd_sync(s->parent_fd);
	fd_close(s->parent_fd);
	s->parent = NULL;
	s->parent_changed = false;
	return (code);
}

/* What stands where a directory was looked for. */
enum found { FOUND, MISSING, IN_THE_WAY, LINK, BROKEN };

struct way {
	enum found found;
	const char *at; /* the component that is no directory */
	int code;
};

/* Opens the directory a path stands in, component by component and never through a link; it is then s->parent_fd. */
static struct way
enter(struct site *s, const char *path, bool make)
{
	const char *dir = parent_of(s->arena, path), *c = dir;
	struct way way = { .found = FOUND };
	struct stat st;
	int fd;

	if (s->fd < 0)
		return ((struct way){ .found = MISSING });
	if (s->parent != NULL && strcmp(s->parent, dir) == 0)
		return (way);
	leave_parent(s);
	fd = fd_open(s->fd, ".", DIR_FLAGS, 0);
	if (fd < 0)
		return ((struct way){ .found = BROKEN, .at = dir, .code = errno });
	while (*c != '\0') {
		size_t n = strcspn(c, "/");
		const char *name = arena_strndup(s->arena, c, n);
		int next;

		way.at = arena_strndup(s->arena, dir, (size_t)(c - dir) + n);
		next = fd_open(fd, name, DIR_FLAGS | O_NOFOLLOW, 0);
		if (next < 0 && errno == ENOENT && make) {
			if (mkdirat(fd, name, 0755) == 0) {
				*vec_push(s->arena, &s->made) = way.at;
				next = fd_open(fd, name, DIR_FLAGS | O_NOFOLLOW, 0);
				fd_sync(fd);
			} else if (errno == EEXIST)
				next = fd_open(fd, name, DIR_FLAGS | O_NOFOLLOW, 0);
		}
		if (next < 0) {
			way.code = errno;
			way.found = BROKEN;
			if (way.code == ENOENT && !make)
				way.found = MISSING;
			else if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(st.st_mode))
				way.found = S_ISLNK(st.st_mode) ? LINK : IN_THE_WAY;
			fd_close(fd);
			return (way);
		}
		fd_close(fd);
		fd = next;
		c += n + (c[n] == '/');
	}
	s->parent = dir;
	s->parent_fd = fd;
	return (way);
}

static bool
way_failed(struct site *s, const struct way *way, const char *verb, const char *path)
{
	if (way->found == LINK)
		return (site_failed(s, ELOOP, verb, path, arena_printf(s->arena, "%s is a symbolic link", way->at)));
	if (way->found == IN_THE_WAY)
		return (site_failed(s, ENOTDIR, verb, path, arena_printf(s->arena, "%s is not a directory", way->at)));
	return (site_failed(s, way->code, verb, path, NULL));
}

/* The list */

static int
by_text(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

static bool
read_list(struct site *s)
{
	const char *what;
	int fd, code;
	char *text, *end;
	size_t len;
	struct stat st;

	s->is_listed = map_new(s->arena);
	if (s->fd < 0)
		return (true);
	fd = fd_open(s->fd, LIST, READ_FLAGS, 0);
	if (fd < 0) {
		code = errno;
		return (code == ENOENT || site_failed(s, code, "read", LIST, fd_in_the_way(s->fd, LIST)));
	}
	code = fstat(fd, &st) != 0 ? errno : S_ISREG(st.st_mode) ? 0 : EINVAL;
	if (code == 0)
		code = fd_read(s->arena, fd, (size_t)st.st_size, LARGEST, &text, &len);
	fd_close(fd);
	if (code != 0)
		return (site_failed(s, code, "read", LIST, fd_in_the_way(s->fd, LIST)));
	if (strncmp(text, LIST_HEAD, strlen(LIST_HEAD)) != 0 || strlen(text) != len || text[len - 1] != '\n')
		return (said(s->arena, s->error, inside(s, LIST), "is not a list that vnetc wrote"));
	s->list_text = arena_strdup(s->arena, text);
	text += strlen(LIST_HEAD);
	end = strchr(text, '\n');
	*end = '\0';
	if (strcmp(text, s->owner) != 0) {
		s->error->of_another = true;
		what = arena_printf(s->arena, "was written from %s", str_shown(s->arena, text));
		return (said(s->arena, s->error, s->dir, what));
	}
	for (text = end + 1; *text != '\0'; text = end + 1) {
		end = strchr(text, '\n');
		*end = '\0';
		if (!good_path(text))
			return (said(s->arena, s->error, inside(s, LIST), "is not a list that vnetc wrote"));
		if (map_put(s->is_listed, text, text) != NULL)
			continue;
		*vec_push(s->arena, &s->listed) = text;
		for (const char *slash = strchr(text, '/'); slash != NULL; slash = strchr(slash + 1, '/'))
			map_put(s->is_listed, arena_strndup(s->arena, text, (size_t)(slash - text) + 1), text);
	}
	return (true);
}

/* The list's text for what is wanted, and with the paths listed so far where both is set. */
static const char *
list_text(struct site *s, bool both)
{
	struct text t = { .arena = s->arena };
	strings paths = { 0 };

	for (size_t i = 0; i < s->o->files.n; i++)
		*vec_push(s->arena, &paths) = s->o->files.v[i].path;
	for (size_t i = 0; both && i < s->listed.n; i++)
		if (!wanted(s, s->listed.v[i]))
			*vec_push(s->arena, &paths) = s->listed.v[i];
	if (paths.n > 1)
		qsort(paths.v, paths.n, sizeof(paths.v[0]), by_text);
	text_printf(&t, LIST_HEAD "%s\n", s->owner);
	for (size_t i = 0; i < paths.n; i++) {
		text_add(&t, paths.v[i]);
		text_add(&t, "\n");
	}
	return (text_end(&t));
}

/* Comparing */

/* A listed file stands where a directory is wanted, and goes. */
static bool
will_make_way(const struct site *s, const struct way *way)
{
	return (way->found == IN_THE_WAY && map_get(s->is_listed, way->at) != NULL && !wanted(s, way->at));
}

static bool
look(struct site *s, const struct outfile *f, struct out_change *c)
{
	struct way way;
	struct stat st;
	char *text;
	size_t len;
	int fd, code;

	*c = (struct out_change){ .path = f->path, .state = OUT_NEW, .file = f };
	if (!good_path(f->path))
		return (site_failed(s, EINVAL, "write", f->path, "it is no name for an output"));
	way = enter(s, f->path, false);
	if (way.found == MISSING || will_make_way(s, &way))
		return (true);
	if (way.found != FOUND)
		return (way_failed(s, &way, "write", f->path));
	fd = fd_open(s->parent_fd, base_of(f->path), READ_FLAGS, 0);
	if (fd < 0) {
		const char *why;

		code = errno;
		if (code == ENOENT)
			return (true);
		why = fd_in_the_way(s->parent_fd, base_of(f->path));
		return (site_failed(s, code, why != NULL ? "write" : "read", f->path, why));
	}
	if (fstat(fd, &st) != 0) {
		code = errno;
		fd_close(fd);
		return (site_failed(s, code, "read", f->path, NULL));
	}
	if (!S_ISREG(st.st_mode)) {
		fd_close(fd);
		/* A directory of leftovers goes with them. */
		if (S_ISDIR(st.st_mode) && map_get(s->is_listed, arena_printf(s->arena, "%s/", f->path)) != NULL)
			return (true);
		return (site_failed(s, EINVAL, "write", f->path, fd_in_the_way(s->parent_fd, base_of(f->path))));
	}
	code = fd_read(s->arena, fd, (size_t)st.st_size, LARGEST, &text, &len);
	fd_close(fd);
	if (code != 0)
		return (site_failed(s, code, "read", f->path, NULL));
	c->old_text = text;
	c->old_len = len;
	c->state = len == f->len && (len == 0 || memcmp(text, f->text, len) == 0) ? OUT_SAME : OUT_CHANGED;
	if (c->state == OUT_CHANGED && map_get(s->is_listed, f->path) == NULL)
		return (site_failed(s, EEXIST, "write", f->path, "a file of that name is there and vnetc did not write it"));
	return (true);
}

/* A listed path that is wanted no more. *there: it is a file still. */
static bool
look_leftover(struct site *s, const char *path, struct out_change *c, bool *there)
{
	struct way way = enter(s, path, false);
	struct stat st;
	char *text;
	int fd, code;

	*there = false;
	*c = (struct out_change){ .path = path, .state = OUT_LEFTOVER };
	if (way.found == MISSING || way.found == IN_THE_WAY)
		return (true);
	if (way.found != FOUND)
		return (way_failed(s, &way, "remove", path));
	if (fstatat(s->parent_fd, base_of(path), &st, AT_SYMLINK_NOFOLLOW) != 0)
		return (errno == ENOENT || site_failed(s, errno, "remove", path, NULL));
	if (S_ISLNK(st.st_mode))
		return (site_failed(s, ELOOP, "remove", path, "it is a symbolic link"));
	if (!S_ISREG(st.st_mode))
		return (true);
	fd = fd_open(s->parent_fd, base_of(path), READ_FLAGS, 0);
	if (fd < 0)
		return (site_failed(s, errno, "read", path, NULL));
	code = fd_read(s->arena, fd, (size_t)st.st_size, LARGEST, &text, &c->old_len);
	fd_close(fd);
	if (code != 0)
		return (site_failed(s, code, "read", path, NULL));
	c->old_text = text;
	*there = true;
	return (true);
}

static int
by_path(const void *a, const void *b)
{
	return (strcmp(((const struct out_change *)a)->path, ((const struct out_change *)b)->path));
}

/* Reads the list and compares; the site's fd is open or -1. */
static bool
compare(struct site *s, out_changes *changes)
{
	struct out_change c;
	bool there, ok = true;

	*changes = (out_changes){ 0 };
	s->list_text = NULL;
	s->listed = (strings){ 0 };
	if (!read_list(s))
		return (false);
	for (size_t i = 0; ok && i < s->o->files.n; i++)
		if ((ok = look(s, &s->o->files.v[i], &c)))
			*vec_push(s->arena, changes) = c;
	for (size_t i = 0; ok && i < s->listed.n; i++)
		if (!wanted(s, s->listed.v[i]) && (ok = look_leftover(s, s->listed.v[i], &c, &there)) && there)
			*vec_push(s->arena, changes) = c;
	leave_parent(s);
	if (ok && changes->n > 1)
		qsort(changes->v, changes->n, sizeof(changes->v[0]), by_path);
	return (ok);
}

static bool
site_open(struct site *s, const struct outdir *o, const char *dir, const char *owner, struct out_error *error)
{
	struct text t = { .arena = o->arena };

	/* One line, the same text when read back. */
	text_add_shown(&t, owner, strlen(owner));
	*error = (struct out_error){ 0 };
	*s = (struct site){ .o = o, .arena = o->arena, .dir = dir, .owner = text_end(&t), .error = error, .lock = -1 };
	s->removed = map_new(s->arena);
	s->fd = fd_open(AT_FDCWD, dir, DIR_FLAGS, 0);
	if (s->fd < 0 && errno != ENOENT)
		return (failed(s->arena, error, errno, "read", dir, NULL));
	return (true);
}

static void
site_close(struct site *s)
{
	leave_parent(s);
	if (s->lock >= 0) {
		unlinkat(s->fd, LOCK, 0);
		fd_close(s->lock);
	}
	if (s->fd >= 0)
		fd_close(s->fd);
}

bool
outdir_compare(const struct outdir *o, const char *dir, const char *owner, out_changes *changes, struct out_error *error)
{
	struct site s;
	bool ok;

	if (!site_open(&s, o, dir, owner, error))
		return (false);
	ok = compare(&s, changes);
	site_close(&s);
	return (ok);
}

/* Writing */

/* 0 or errno; nothing is left behind on failure. */
static int
write_temporary(int dirfd, const char *name, const char *text, size_t len)
{
	int fd = fd_open(dirfd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0644), code, closed;

	if (fd < 0)
		return (errno);
	code = fd_write(fd, text, len);
	if (code == 0)
		code = fd_sync(fd);
	closed = fd_close(fd);
	if (code == 0)
		code = closed;
	if (code != 0)
		unlinkat(dirfd, name, 0);
	return (code);
}

static bool
put_list(struct site *s, const char *text)
{
	int code;

	if (s->list_text != NULL && strcmp(s->list_text, text) == 0)
		return (true);
	code = write_temporary(s->fd, TEMP "list", text, strlen(text));
	if (code == 0 && renameat(s->fd, TEMP "list", s->fd, LIST) != 0) {
		code = errno;
		unlinkat(s->fd, TEMP "list", 0);
	}
	if (code == 0)
		code = fd_sync(s->fd);
	if (code != 0)
		return (site_failed(s, code, "write", LIST, NULL));
	s->list_text = text;
	return (true);
}

/* What a killed build left half-written in the directory a path stands in. */
static void
sweep(struct site *s, const char *path)
{
	struct dirent *entry;
	DIR *d;
	int fd;

	if (enter(s, path, false).found != FOUND)
		return;
	fd = fd_open(s->parent_fd, ".", DIR_FLAGS, 0);
	if (fd < 0)
		return;
	d = fdopendir(fd);
	if (d == NULL) {
		fd_close(fd);
		return;
	}
	while ((entry = readdir(d)) != NULL)
		if (strncmp(entry->d_name, TEMP, strlen(TEMP)) == 0)
			unlinkat(s->parent_fd, entry->d_name, 0);
	closedir(d);
}

static void
sweep_all(struct site *s)
{
	struct map *swept = map_new(s->arena);
	const char *path;

	sweep(s, "");
	map_set(swept, "", s);
	for (size_t i = 0; i < s->listed.n + s->o->files.n; i++) {
		path = i < s->listed.n ? s->listed.v[i] : s->o->files.v[i - s->listed.n].path;
		if (map_put(swept, parent_of(s->arena, path), s) == NULL)
			sweep(s, path);
	}
	leave_parent(s);
}

/* Removes the directories above a path that is gone, as far as they are empty. */
static bool
prune(struct site *s, const char *path)
{
	bool ok = true, more = true;

	leave_parent(s);
	for (path = parent_of(s->arena, path); ok && more && *path != '\0'; path = parent_of(s->arena, path)) {
		struct way way = enter(s, path, false);

		/* One that is gone already may have been the last in the next. */
		more = way.found == FOUND || way.found == MISSING;
		if (way.found == BROKEN)
			ok = way_failed(s, &way, "remove", path);
		else if (way.found == FOUND && unlinkat(s->parent_fd, base_of(path), AT_REMOVEDIR) != 0 && errno != ENOENT) {
			more = false;
			/* EBUSY: another file system begins there. */
			if (errno != ENOTEMPTY && errno != EEXIST && errno != ENOTDIR && errno != EBUSY)
				ok = site_failed(s, errno, "remove", path, NULL);
		}
		leave_parent(s);
	}
	return (ok);
}

static bool
remove_leftover(struct site *s, const char *path)
{
	struct way way;
	struct stat st;

	if (map_put(s->removed, path, s) != NULL)
		return (true);
	way = enter(s, path, false);
	if (way.found == LINK || way.found == BROKEN)
		return (way_failed(s, &way, "remove", path));
	if (way.found == FOUND && fstatat(s->parent_fd, base_of(path), &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)) {
		if (unlinkat(s->parent_fd, base_of(path), 0) != 0 && errno != ENOENT)
			return (site_failed(s, errno, "remove", path, NULL));
		s->parent_changed = true;
	}
	return (prune(s, path));
}

/* A leftover file where a directory must come, or the other way round, goes before anything is written. */
static bool
make_way(struct site *s)
{
	struct map *in_the_way = map_new(s->arena);

	for (size_t i = 0; i < s->o->files.n; i++) {
		const char *path = s->o->files.v[i].path;

		while (*(path = parent_of(s->arena, path)) != '\0')
			if (map_get(s->is_listed, path) != NULL)
				map_set(in_the_way, path, s);
	}
	/* Those gone already as well: a killed build may have left their directories. */
	for (size_t i = 0; i < s->listed.n; i++) {
		const char *listed = s->listed.v[i];
		bool goes;

		if (wanted(s, listed))
			continue;
		goes = map_get(in_the_way, listed) != NULL;
		for (const char *path = parent_of(s->arena, listed); !goes && *path != '\0'; path = parent_of(s->arena, path))
			goes = wanted(s, path);
		if (goes && !remove_leftover(s, listed))
			return (false);
	}
	return (true);
}

struct pending {
	const char *path, *temporary;
};

typedef VEC(struct pending) pendings;

static bool
write_temporaries(struct site *s, const out_changes *changes, pendings *written)
{
	for (size_t i = 0; i < changes->n; i++) {
		const struct out_change *c = &changes->v[i];
		struct pending p = { .path = c->path };
		struct way way;
		int code;

		if (c->state != OUT_NEW && c->state != OUT_CHANGED)
			continue;
		way = enter(s, c->path, true);
		if (way.found != FOUND)
			return (way_failed(s, &way, "write", c->path));
		p.temporary = arena_printf(s->arena, TEMP "%u", s->temporaries++);
		code = write_temporary(s->parent_fd, p.temporary, c->file->text, c->file->len);
		if (code != 0)
			return (site_failed(s, code, "write", c->path, NULL));
		*vec_push(s->arena, written) = p;
		if (s->o->written != NULL)
			s->o->written(written->n, changes->n, s->o->user);
	}
	return (true);
}

static bool
rename_all(struct site *s, const pendings *written, size_t *done)
{
	int code;

	for (*done = 0; *done < written->n; ++*done) {
		const struct pending *p = &written->v[*done];
		struct way way = enter(s, p->path, false);

		if (way.found != FOUND)
			return (way_failed(s, &way, "write", p->path));
		if (renameat(s->parent_fd, p->temporary, s->parent_fd, base_of(p->path)) != 0)
			return (site_failed(s, errno, "write", p->path, NULL));
		s->parent_changed = true;
	}
	code = leave_parent(s);
	if (code != 0)
		return (failed(s->arena, s->error, code, "write", s->dir, NULL));
	return (true);
}

static void
drop_temporaries(struct site *s, const pendings *written, size_t from)
{
	for (size_t i = from; i < written->n; i++)
		if (enter(s, written->v[i].path, false).found == FOUND)
			unlinkat(s->parent_fd, written->v[i].temporary, 0);
	leave_parent(s);
}

/* Back to what was there before the first file was renamed. The error told is the first one. */
static void
take_back(struct site *s, const char *old_list)
{
	struct out_error first = *s->error;

	for (size_t i = s->made.n; i > 0; i--) {
		if (enter(s, s->made.v[i - 1], false).found == FOUND)
			unlinkat(s->parent_fd, base_of(s->made.v[i - 1]), AT_REMOVEDIR);
		leave_parent(s);
	}
	if (old_list != NULL)
		put_list(s, old_list);
	else
		unlinkat(s->fd, LIST, 0);
	*s->error = first;
}

static bool
site_write(struct site *s, const out_changes *changes)
{
	const char *old_list = s->list_text;
	pendings written = { 0 };
	size_t done = 0;
	bool ok;

	/* First the list knows old and new: whenever the build is killed, the next one knows what is vnetc's. */
	if (!put_list(s, list_text(s, true)) || !make_way(s))
		return (false);
	ok = write_temporaries(s, changes, &written);
	if (!ok) {
		drop_temporaries(s, &written, 0);
		take_back(s, old_list);
		return (false);
	}
	ok = rename_all(s, &written, &done);
	if (!ok) {
		drop_temporaries(s, &written, done);
		return (false);
	}
	for (size_t i = 0; i < s->listed.n; i++)
		if (!wanted(s, s->listed.v[i]) && !remove_leftover(s, s->listed.v[i]))
			return (false);
	return (put_list(s, list_text(s, false)));
}

/* The directory and those above it. made: those that were not there, outermost first. */
static int
make_directory(struct arena *a, const char *dir, strings *made)
{
	size_t n = strlen(dir);

	for (size_t i = 1; i <= n; i++) {
		const char *path;

		if (dir[i] != '/' && dir[i] != '\0')
			continue;
		path = arena_strndup(a, dir, i);
		if (mkdir(path, 0755) == 0)
			*vec_push(a, made) = path;
		else if (errno != EEXIST && (i == n || (errno != EACCES && errno != EROFS && errno != EISDIR)))
			return (errno);
	}
	return (0);
}

static bool
nothing_to_do(struct site *s, const out_changes *changes)
{
	struct stat st;

	for (size_t i = 0; i < changes->n; i++)
		if (changes->v[i].state != OUT_SAME)
			return (false);
	/* A lock that is there: another build is at work, or was killed and left temporaries. */
	return (s->fd >= 0 && s->list_text != NULL && strcmp(s->list_text, list_text(s, false)) == 0 &&
	    fstatat(s->fd, LOCK, &st, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT);
}

bool
outdir_write(const struct outdir *o, const char *dir, const char *owner, out_changes *changes, struct out_error *error)
{
	struct site s;
	strings made = { 0 };
	bool ok;
	int code;

	if (!site_open(&s, o, dir, owner, error))
		return (false);
	ok = compare(&s, changes);
	if (!ok || nothing_to_do(&s, changes)) {
		site_close(&s);
		return (ok);
	}
	if (s.fd < 0) {
		code = make_directory(o->arena, dir, &made);
		if (code == 0 && (s.fd = fd_open(AT_FDCWD, dir, DIR_FLAGS, 0)) < 0)
			code = errno;
		ok = code == 0 || failed(o->arena, error, code, "write", dir, NULL);
	}
	if (ok && (s.lock = fd_open_locked(s.fd, LOCK, 0644)) < 0) {
		const char *why;

		code = errno;
		why = fd_in_the_way(s.fd, LOCK);
		ok = why != NULL ? site_failed(&s, code, "write", LOCK, why) : failed(o->arena, error, code, "write", dir, NULL);
	}
	if (ok) {
		/* Another build may have been here while this one waited. */
		ok = compare(&s, changes);
		if (ok) {
			sweep_all(&s);
			ok = site_write(&s, changes);
		}
	}
	site_close(&s);
	for (size_t i = made.n; !ok && i > 0; i--)
		rmdir(made.v[i - 1]);
	return (ok);
}

/* Single files */

static bool
same_text(struct arena *a, int dirfd, const char *name, const char *text, size_t len)
{
	int fd = fd_open(dirfd, name, READ_FLAGS, 0);
	struct stat st;
	char *old;
	size_t old_len;
	bool same;

	if (fd < 0)
		return (false);
	same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0 && (uintmax_t)st.st_size == len &&
	    fd_read(a, fd, len, len, &old, &old_len) == 0 && old_len == len && memcmp(old, text, len) == 0;
	fd_close(fd);
	return (same);
}

/* The temporary is locked and has the file's name in its own: one that a killed run left is used again, never heaped up. */
static int
replace(int dirfd, const char *temporary, const char *name, const char *text, size_t len, const struct stat *old)
{
	int fd = fd_open_locked(dirfd, temporary, 0644), code, closed;

	if (fd < 0)
		return (errno);
	code = ftruncate(fd, 0) != 0 || (old != NULL && fchmod(fd, old->st_mode & 0777) != 0) ? errno : fd_write(fd, text, len);
	if (code == 0)
		code = fd_sync(fd);
	if (code == 0 && renameat(dirfd, temporary, dirfd, name) != 0)
		code = errno;
	if (code != 0)
		unlinkat(dirfd, temporary, 0);
	closed = fd_close(fd);
	return (code != 0 ? code : closed);
}

/* A device, a pipe: nothing to be put in its place. */
static int
write_directly(const char *path, const char *text, size_t len)
{
	int fd = fd_open(AT_FDCWD, path, O_WRONLY | O_NOCTTY, 0), code, closed;

	if (fd < 0)
		return (errno);
	code = fd_write(fd, text, len);
	closed = fd_close(fd);
	return (code != 0 ? code : closed);
}

bool
file_write(struct arena *a, const char *path, const char *text, size_t len, struct out_error *error)
{
	const char *target = path, *dir, *base;
	char *real;
	struct stat st, old;
	bool there;
	int fd, code = 0;

	*error = (struct out_error){ 0 };
	there = stat(path, &old) == 0;
	if (there) {
		if (!S_ISREG(old.st_mode)) {
			code = write_directly(path, text, len);
			return (code == 0 || failed(a, error, code, "write", path, NULL));
		}
		/* A link's target is replaced, not the link. */
		if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode)) {
			real = realpath(path, NULL);
			if (real == NULL)
				return (failed(a, error, errno, "write", path, NULL));
			target = arena_strdup(a, real);
			free(real);
		}
	} else if (errno != ENOENT || (lstat(path, &st) == 0 && S_ISLNK(st.st_mode)))
		return (failed(a, error, errno != 0 ? errno : ENOENT, "write", path, NULL));
	base = base_of(target);
	dir = base == target ? "." : arena_strndup(a, target, (size_t)(base - target));
	if (*base == '\0')
		return (failed(a, error, ENOENT, "write", path, NULL));
	fd = fd_open(AT_FDCWD, dir, DIR_FLAGS, 0);
	if (fd < 0)
		return (failed(a, error, errno, "write", path, NULL));
	if (!same_text(a, fd, base, text, len)) {
		code = replace(fd, arena_printf(a, TEMP "%.200s", base), base, text, len, there ? &old : NULL);
		if (code == 0)
			code = fd_sync(fd);
	}
	fd_close(fd);
	return (code == 0 || failed(a, error, code, "write", path, NULL));
}

char *
file_read(struct arena *a, const char *path, size_t max, size_t *len, struct out_error *error)
{
	bool input = strcmp(path, "-") == 0;
	const char *shown = input ? "standard input" : path;
	int fd = STDIN_FILENO, code = 0;
	struct stat st = { 0 };
	char *text = NULL;

	*error = (struct out_error){ 0 };
	*len = 0;
	if (!input) {
		fd = fd_open(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
		if (fd < 0 || fstat(fd, &st) != 0)
			code = errno;
		else if (S_ISDIR(st.st_mode))
			code = EISDIR;
		else if (!S_ISREG(st.st_mode)) {
			failed(a, error, EINVAL, "read", shown, "it is not a regular file");
			fd_close(fd);
			return (NULL);
		}
	}
	if (code == 0)
		code = fd_read(a, fd, st.st_size > 0 ? (size_t)st.st_size : 0, max, &text, len);
	if (!input && fd >= 0)
		fd_close(fd);
	if (code == 0)
		return (text);
	failed(a, error, code, "read", shown, code == EFBIG ? arena_printf(a, "it is larger than %zu bytes", max) : NULL);
	*len = 0;
	return (NULL);
}
