/* SPDX-License-Identifier: BSD-2-Clause */
/* As much of kqueue(2) as vnetc watch uses, over inotify(7): kqueue.c. */
#ifndef TEST_SYS_EVENT_H
#define TEST_SYS_EVENT_H

#include <stdint.h>
#include <time.h>

enum { EVFILT_VNODE = -4, EV_ADD = 0x0001, EV_CLEAR = 0x0020 };
enum { NOTE_DELETE = 0x01, NOTE_WRITE = 0x02, NOTE_EXTEND = 0x04, NOTE_ATTRIB = 0x08, NOTE_LINK = 0x10, NOTE_RENAME = 0x20 };

struct kevent {
	uintptr_t ident;
	short filter;
	unsigned short flags;
	unsigned int fflags;
	int64_t data;
	void *udata;
};

#define EV_SET(event, i, fi, fl, ff, d, u) \
	(*(event) = (struct kevent) { .ident = (i), .filter = (fi), .flags = (fl), .fflags = (ff), .data = (d), .udata = (u) })

int kqueue(void);
int kevent(int queue, const struct kevent *changes, int nchanges, struct kevent *events, int nevents, const struct timespec *timeout);

#endif
