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

#include "tree/tree.h"

struct directory { const char *path; bool anywhere; };

static bool
leaves_by_name(const char *path)
{
	return (strcmp(path, "..") == 0 || strncmp(path, "../", 3) == 0);
}

/* A link may lead out of the directory although the name does not. */
static bool
leaves_by_link(const char *directory, const char *full)
{
	char *inside = realpath(directory, NULL), *real = realpath(full, NULL);
	size_t n = inside == NULL ? 0 : strlen(inside);
	bool leaves = inside != NULL && real != NULL &&
	    !(strncmp(real, inside, n) == 0 && (real[n] == '/' || strcmp(inside, "/") == 0));

	free(inside);
	free(real);
	return (leaves);
}

/* All of an open file, up to one byte too many; NULL: errno says why. */
static char *
read_whole(struct arena *a, int fd, off_t size, size_t *len)
{
	size_t max = TREE_FILE_MAX + 1, cap = size > 0 && (uintmax_t)size < max ? (size_t)size + 1 : 65536;
	char *text = arena_alloc(a, cap + 1);

	for (*len = 0; *len < max;) {
		size_t room = (cap < max ? cap : max) - *len;
		ssize_t n;

		if (room == 0) {
			text = arena_grow(a, text, cap + 1, cap * 2 + 1);
			cap *= 2;
			continue;
		}
		n = read(fd, text + *len, room);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return (NULL);
		if (n == 0)
			break;
		*len += (size_t)n;
	}
	text[*len] = '\0';
	return (text);
}

static char *
read_below(void *user, struct arena *a, const char *path, size_t *len, const char **identity, const char **why)
{
	const struct directory *dir = user;
	const char *full = arena_printf(a, "%s/%s", dir->path, path);
	struct stat st;
	char *text = NULL;
	int fd;

	if (!dir->anywhere && (leaves_by_name(path) || leaves_by_link(dir->path, full))) {
		*why = "it lies outside the topology's folder";
		return (NULL);
	}
	fd = open(full, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0) {
		*why = arena_strdup(a, strerror(errno));
		return (NULL);
	}
	if (fstat(fd, &st) != 0) {
		*why = arena_strdup(a, strerror(errno));
	} else if (!S_ISREG(st.st_mode)) {
		*why = S_ISDIR(st.st_mode) ? "it is a directory" : "it is not a regular file";
	} else {
		*identity = arena_printf(a, "%ju:%ju", (uintmax_t)st.st_dev, (uintmax_t)st.st_ino);
		text = read_whole(a, fd, st.st_size, len);
		if (text == NULL)
			*why = arena_strdup(a, strerror(errno));
	}
	close(fd);
	return (text);
}

struct reader
tree_file_reader(struct arena *a, const char *directory, bool anywhere)
{
	struct directory *dir = NEW(a, struct directory);

	dir->path = arena_strdup(a, directory[0] == '\0' ? "." : directory);
	dir->anywhere = anywhere;
	return ((struct reader){ read_below, dir });
}
