/* SPDX-License-Identifier: BSD-2-Clause */
/* Files below a root. */
#include "install/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"

#define LARGEST ((size_t)16 << 20)
#define DIRECTORY_FLAGS (O_RDONLY | O_DIRECTORY)

const char *
path_below(struct arena *a, const char *root, const char *path)
{
	size_t n = strlen(root);

	while (n > 0 && root[n - 1] == '/')
		n--;
	return (arena_printf(a, "%.*s%s", (int)n, root, path));
}

bool
good_site_path(const char *path)
{
	if (*path != '/')
		return (false);
	for (const char *c = path; *c != '\0';) {
		size_t n = strcspn(++c, "/");

		if (n == 0 || (n == 1 && c[0] == '.') || (n == 2 && c[0] == '.' && c[1] == '.'))
			return (false);
		for (size_t i = 0; i < n; i++)
			if ((unsigned char)c[i] < 0x20 || c[i] == 0x7f)
				return (false);
		c += n;
	}
	return (true);
}

const char *
original_of(struct arena *a, const char *path)
{
	struct text t = { .arena = a };

	text_add(&t, STATE "/original/");
	for (const char *c = path + 1; *c != '\0'; c++) {
		if (*c == '/' || *c == '%')
			text_printf(&t, "%%%02x", (unsigned)(unsigned char)*c);
		else
			text_addn(&t, c, 1);
	}
	return (text_end(&t));
}

const char *
last_component(const char *path)
{
	return (strrchr(path, '/') + 1);
}

bool
file_failed(struct arena *a, struct out_error *e, const char *verb, const char *path, int code)
{
	e->code = code;
	e->text = arena_printf(a, "cannot %s %s: %s", verb, str_shown(a, path),
	    code == ELOOP || code == EMLINK ? "a symbolic link stands in the way" : code == EINVAL ? "it is not a regular file" : strerror(code));
	return (false);
}

int
open_parent(struct arena *a, const char *root, const char *path, size_t inside, bool make, strings *made)
{
	bool real = strcmp(root, "/") == 0;
	int fd = fd_open(AT_FDCWD, *root == '\0' ? "/" : root, DIRECTORY_FLAGS, 0);
	const char *c = path + 1, *slash;

	while (fd >= 0 && (slash = strchr(c, '/')) != NULL) {
		const char *name = arena_strndup(a, c, (size_t)(slash - c)), *whole = arena_strndup(a, path, (size_t)(slash - path));
		/* What a jail's own root may have made is never trusted. */
		int flags = DIRECTORY_FLAGS | (real && (inside == 0 || (size_t)(slash - path) <= inside) ? 0 : O_NOFOLLOW);
		int next = fd_open(fd, name, flags, 0), code;

		if (next < 0 && errno == ENOENT && make && inside == 0 && mkdirat(fd, name, 0755) == 0) {
			if (made != NULL)
				*vec_push(a, made) = whole;
			next = fd_open(fd, name, flags, 0);
		}
		code = errno;
		/* O_DIRECTORY tells of a link as ENOTDIR on some systems. */
		if (next < 0 && code == ENOTDIR) {
			struct stat st;

			if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode))
				code = ELOOP;
		}
		close(fd);
		fd = next;
		errno = code;
		c = slash + 1;
	}
	return (fd);
}

char *
site_read(struct arena *a, const char *root, const char *path, size_t inside, size_t *len, struct out_error *error)
{
	int dir = open_parent(a, root, path, inside, false, NULL), fd, code = 0;
	struct stat st;
	char *text = NULL;

	*error = (struct out_error){ 0 };
	*len = 0;
	fd = dir < 0 ? -1 : fd_open(dir, last_component(path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
	if (fd < 0)
		code = errno;
	else if (fstat(fd, &st) != 0)
		code = errno;
	else if (!S_ISREG(st.st_mode))
		code = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	else
		code = fd_read(a, fd, (size_t)st.st_size, LARGEST, &text, len);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	if (text == NULL && code != ENOENT)
		file_failed(a, error, "read", path, code);
	return (text);
}

bool
site_has_directory(struct arena *a, const char *root, const char *path, struct out_error *error)
{
	int dir = open_parent(a, root, arena_printf(a, "%s/x", path), 0, false, NULL);

	if (dir >= 0)
		close(dir);
	else if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP && errno != EMLINK)
		file_failed(a, error, "read", path, errno);
	return (dir >= 0);
}

static int
by_name(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

strings
site_list(struct arena *a, const char *root, const char *path)
{
	int fd = open_parent(a, root, arena_printf(a, "%s/x", path), 0, false, NULL);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	strings names = { 0 };
	const struct dirent *e;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return (names);
	}
	while ((e = readdir(dir)) != NULL)
		if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
			*vec_push(a, &names) = arena_strdup(a, e->d_name);
	closedir(dir);
	if (names.n > 1)
		qsort(names.v, names.n, sizeof(names.v[0]), by_name);
	return (names);
}

bool
file_held_fast(struct arena *a, const char *root, const char *path, size_t inside)
{
	int dir = open_parent(a, root, path, inside, false, NULL), fd;
	bool held;

	if (dir < 0)
		return (false);
	/* Without leave to write, which nobody needs who may write in the directory, it would be EACCES. */
	fd = fd_open(dir, last_component(path), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0);
	held = fd < 0 && errno == EPERM;
	if (fd >= 0)
		close(fd);
	close(dir);
	return (held);
}

int
write_beside(int dirfd, const char *temporary, const char *name, const char *text, size_t len)
{
	struct stat st;
	bool there = fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
	int fd, code, closed;

	unlinkat(dirfd, temporary, 0);
	fd = fd_open(dirfd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
	if (fd < 0)
		return (errno);
	code = fd_write(fd, text, len);
	if (code == 0)
		code = fd_sync(fd);
	/* Whoever may not give files away keeps what may be kept. */
	if (code == 0 && there && fchown(fd, st.st_uid, st.st_gid) != 0 && errno != EPERM)
		code = errno;
	if (code == 0 && fchmod(fd, there ? st.st_mode & 07777 : 0644) != 0)
		code = errno;
	closed = fd_close(fd);
	return (code != 0 ? code : closed);
}
