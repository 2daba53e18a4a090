/* SPDX-License-Identifier: BSD-2-Clause */
/* Descriptors: system calls begun again after a signal, whole texts read and written. All give 0 or errno unless they say otherwise. */
#ifndef BASE_FD_H
#define BASE_FD_H

#include <sys/types.h>

#include "base/arena.h"

/* openat(2), with O_CLOEXEC. -1 and errno. */
int fd_open(int dirfd, const char *path, int flags, mode_t mode);
/* Makes or opens a file and locks it. Who waited may hold one that its owner removed or renamed meanwhile, and tries again. A link,
 * and what is no file or has another name too, is replaced: it is never written to. -1 and errno. */
int fd_open_locked(int dirfd, const char *name, mode_t mode);
/* What stands in the way of a regular file, in words; NULL: nothing does. */
const char *fd_in_the_way(int dirfd, const char *name);
/* All of it up to the end, with a NUL behind. hint: the size expected. EFBIG: more than max bytes, of which max and
 * some more are read. */
int fd_read(struct arena *, int fd, size_t hint, size_t max, char **text, size_t *len);
/* All of it; ENOSPC where write(2) takes nothing and says nothing. */
int fd_write(int fd, const char *text, size_t len);
/* fsync(2); 0 on file systems that cannot, and for directories of those. */
int fd_sync(int fd);
/* Never to be called twice: after EINTR the descriptor is gone on Linux and FreeBSD, and 0 is the answer. */
int fd_close(int fd);

#endif
