/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

int
fd_open(int dirfd, const char *path, int flags, mode_t mode)
{
	int fd;

	do
		fd = openat(dirfd, path, flags | O_CLOEXEC, mode);
	while (fd < 0 && errno == EINTR);
	return (fd);
}

static void
wait_for_lock(int fd)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	/* Where a filesystem has no locks, two builds at once are the user's own care. */
	while (fcntl(fd, F_SETLKW, &lock) != 0 && errno == EINTR)
		;
}

enum held { HELD, RENAMED, ANOTHERS };

/* Is what is open the file of that name, and of no other name? */
static enum held
held(int fd, int dirfd, const char *name)
{
	struct stat open_one, named;

	if (fstat(fd, &open_one) != 0 || fstatat(dirfd, name, &named, AT_SYMLINK_NOFOLLOW) != 0 || open_one.st_dev != named.st_dev ||
	    open_one.st_ino != named.st_ino)
		return (RENAMED);
	return (S_ISREG(open_one.st_mode) && open_one.st_nlink == 1 ? HELD : ANOTHERS);
}

/* errno stays where there is none. */
static bool
remove_link(int dirfd, const char *name)
{
	struct stat st;
	int code = errno;
	bool removed = fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode) && unlinkat(dirfd, name, 0) == 0;

	errno = code;
	return (removed);
}

int
fd_open_locked(int dirfd, const char *name, mode_t mode)
{
	for (;;) {
		int fd = fd_open(dirfd, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode);
		enum held what;

		if (fd < 0) {
			if (!remove_link(dirfd, name))
				return (-1);
			continue;
		}
		wait_for_lock(fd);
		what = held(fd, dirfd, name);
		if (what == HELD)
			return (fd);
		fd_close(fd);
		if (what == ANOTHERS && unlinkat(dirfd, name, 0) != 0 && errno != ENOENT)
			return (-1);
	}
}

const char *
fd_in_the_way(int dirfd, const char *name)
{
	struct stat st;

	if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || S_ISREG(st.st_mode))
		return (NULL);
	if (S_ISDIR(st.st_mode))
		return ("a directory of that name is there");
	return (S_ISLNK(st.st_mode) ? "it is a symbolic link" : "it is not a regular file");
}

int
fd_read(struct arena *a, int fd, size_t hint, size_t max, char **text, size_t *len)
{
	size_t cap = (hint < max ? hint : max) + 2, n = 0;
	char *s = arena_alloc(a, cap);
	int code = 0;

	while (code == 0) {
		ssize_t got;

		if (n + 1 == cap) {
			s = arena_grow(a, s, cap, cap * 2);
			cap *= 2;
		}
		got = read(fd, s + n, cap - n - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return (errno);
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > max)
			code = EFBIG;
	}
	s[n] = '\0';
	*text = s;
	*len = n;
	return (code);
}

int
fd_write(int fd, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, text, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return (n < 0 ? errno : ENOSPC);
		text += n;
		len -= (size_t)n;
	}
	return (0);
}

int
fd_sync(int fd)
{
	while (fsync(fd) != 0) {
		if (errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
			return (0);
		if (errno != EINTR)
			return (errno);
	}
	return (0);
}

int
fd_close(int fd)
{
	return (close(fd) != 0 && errno != EINTR ? errno : 0);
}
