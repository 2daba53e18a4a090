/* SPDX-License-Identifier: BSD-2-Clause */
/* kqueue(2) for Linux, for EVFILT_VNODE alone: it lets watcher_kqueue.c run where there is no FreeBSD. As on FreeBSD, a directory tells
 * that a name in it came, went or changed, not that a file in it was written to. */
#include <sys/event.h>
#include <sys/inotify.h>
#include <sys/stat.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int
kqueue(void)
{
	return (inotify_init1(IN_CLOEXEC));
}

static int
vnode_add(int queue, int fd)
{
	char path[64];
	struct stat st;

	if (fstat(fd, &st) != 0)
		return (-1);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return (inotify_add_watch(queue, path, S_ISDIR(st.st_mode) ? IN_CREATE | IN_DELETE | IN_MOVE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB :
	    IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF) < 0 ? -1 : 0);
}

/* Whose event it is, is not told: the caller looks at all its files. */
int
kevent(int queue, const struct kevent *changes, int nchanges, struct kevent *events, int nevents, const struct timespec *timeout)
{
	struct pollfd waiting = { .fd = queue, .events = POLLIN };
	_Alignas(struct inotify_event) char buffer[4096];
	int ready;

	for (int i = 0; i < nchanges; i++) {
		if (changes[i].filter != EVFILT_VNODE || changes[i].flags != (EV_ADD | EV_CLEAR)) {
			errno = EINVAL;
			return (-1);
		}
		if (vnode_add(queue, (int)changes[i].ident) != 0)
			return (-1);
	}
	if (nevents == 0)
		return (0);
	ready = poll(&waiting, 1, timeout == NULL ? -1 : (int)(timeout->tv_sec * 1000 + timeout->tv_nsec / 1000000));
	if (ready <= 0)
		return (ready);
	if (read(queue, buffer, sizeof(buffer)) < 0)
		return (-1);
	events[0] = (struct kevent) { .filter = EVFILT_VNODE };
	return (1);
}
