/* SPDX-License-Identifier: BSD-2-Clause */
/* Included files from the file system, below one directory. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "tree/tree.h"

#define READ_FLAGS (O_RDONLY | O_NONBLOCK | O_NOCTTY)

enum { LINKS_MOST = 32, LINK_ROOM = 4096 };

static const char outside[] = "it lies outside the topology's folder";

struct directory { const char *path; int fd; };

/* One path on its way down from the topology's folder. Every step is made by hand, so that no link leads above the folder, not even
 * one that is put there meanwhile, and nothing but an open directory is needed (base/sandbox.h). */
struct descent {
	struct arena *arena;
	const struct directory *dir;
	VEC(int) below;         /* the directories gone through, all open */
	const char *rest;       /* what is left of the path */
	unsigned links;
	const char *why;        /* it goes no further */
};

static int
here(const struct descent *d)
{
	return (d->below.n > 0 ? d->below.v[d->below.n - 1] : d->dir->fd);
}

static void
go_up(struct descent *d)
{
	close(d->below.v[--d->below.n]);
}

/* The path goes on by what the link says. An absolute link may lead into the folder only by the name under which it was given. */
static void
follow(struct descent *d, const char *text, size_t len)
{
	const char *link = arena_strndup(d->arena, text, len);
	size_t n = strlen(d->dir->path);

	if (len == LINK_ROOM || ++d->links > LINKS_MOST) {
		d->why = arena_strdup(d->arena, strerror(len == LINK_ROOM ? ENAMETOOLONG : ELOOP));
		return;
	}
	if (link[0] == '/') {
		if (strncmp(link, d->dir->path, n) != 0 || link[n] != '/') {
			d->why = outside;
			return;
		}
		link += n + 1;
		while (d->below.n > 0)
			go_up(d);
	}
	d->rest = arena_printf(d->arena, "%s/%s", link, d->rest);
}

/* One component further. The file's descriptor when it was the last; -1: not yet, or why says that it goes no further. */
static int
step(struct descent *d)
{
	size_t n = strcspn(d->rest, "/");
	const char *name = arena_strndup(d->arena, d->rest, n);
	char link[LINK_ROOM];
	ssize_t linked;
	bool last;
	int fd;

	d->rest += n + strspn(d->rest + n, "/");
	last = *d->rest == '\0';
	if (n == 0 || strcmp(name, ".") == 0) {
		if (last)
			d->why = "it is a directory";
		return (-1);
	}
	if (strcmp(name, "..") == 0) {
		if (d->below.n == 0)
			d->why = outside;
		else if (last)
			d->why = "it is a directory";
		else
			go_up(d);
		return (-1);
	}
	linked = readlinkat(here(d), name, link, sizeof(link));
	if (linked >= 0) {
		follow(d, link, (size_t)linked);
		return (-1);
	}
	fd = fd_open(here(d), name, READ_FLAGS | O_NOFOLLOW | (last ? 0 : O_DIRECTORY), 0);
	if (fd < 0)
		d->why = arena_strdup(d->arena, strerror(errno));
	else if (!last) {
		*vec_push(d->arena, &d->below) = fd;
		fd = -1;
	}
	return (fd);
}

/* -1: *why. */
static int
open_below(struct arena *a, const struct directory *dir, const char *path, const char **why)
{
	struct descent d = { .arena = a, .dir = dir, .rest = path };
	int fd;

	do
		fd = step(&d);
	while (fd < 0 && d.why == NULL);
	while (d.below.n > 0)
		go_up(&d);
	*why = d.why;
	return (fd);
}

static char *
read_open(struct arena *a, int fd, size_t *len, const char **identity, const char **why)
{
	struct stat st;
	char *text;
	int code;

	if (fstat(fd, &st) != 0) {
		*why = arena_strdup(a, strerror(errno));
		return (NULL);
	}
	if (!S_ISREG(st.st_mode)) {
		*why = S_ISDIR(st.st_mode) ? "it is a directory" : "it is not a regular file";
		return (NULL);
	}
	*identity = arena_printf(a, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
	code = fd_read(a, fd, (size_t)st.st_size, TREE_FILE_MAX, &text, len);
	if (code == 0 || code == EFBIG)
		return (text);
	*why = arena_strdup(a, strerror(code));
	return (NULL);
}

static char *
read_below(void *user, struct arena *a, const char *path, size_t *len, const char **identity, const char **why)
{
	struct directory dir = *(const struct directory *)user;
	char *text = NULL;
	int fd;

	if (dir.fd < 0)
		dir.fd = fd_open(AT_FDCWD, dir.path, READ_FLAGS | O_DIRECTORY, 0);
	if (dir.fd < 0) {
		*why = arena_strdup(a, strerror(errno));
		return (NULL);
	}
	fd = open_below(a, &dir, path, why);
	if (fd >= 0) {
		text = read_open(a, fd, len, identity, why);
		close(fd);
	}
	if (dir.fd != ((const struct directory *)user)->fd)
		close(dir.fd);
	return (text);
}

struct reader
tree_file_reader(struct arena *a, const char *directory, int fd)
{
	struct directory *dir = NEW(a, struct directory);
	char *real;

	if (directory[0] == '\0')
		directory = ".";
	real = realpath(directory, NULL);
	dir->path = arena_strdup(a, real != NULL ? real : directory);
	dir->fd = fd;
	free(real);
	return ((struct reader){ read_below, dir });
}
