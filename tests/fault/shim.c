/* SPDX-License-Identifier: BSD-2-Clause */
/* Preloaded into vnetc: the Nth call of a kind fails, kills the process, or finds a directory replaced by a link.
 * VNETC_FAULT=KIND:N:WHAT, KIND open, read, write, fsync, rename, mkdir, unlink, close, alloc or any (all but alloc); WHAT an errno, -errno (that
 * call and all later ones), kill, or swap=DIRECTORY=TARGET. VNETC_FAULT_LOG: a file that gets the number of calls of each kind. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { OPEN, READ, WRITE, FSYNC, RENAME, MKDIR, UNLINK, CLOSE, ALLOC, KINDS, ANY = KINDS };

static const char *const names[KINDS + 1] = { "open", "read", "write", "fsync", "rename", "mkdir", "unlink", "close", "alloc", "any" };
static unsigned long counts[KINDS], file_calls;
static int wanted = -1;
static unsigned long at;
static const char *what;

__attribute__((constructor)) static void
start(void)
{
	char *fault = getenv("VNETC_FAULT"), *colon, *end;

	if (fault == NULL || (colon = strchr(fault, ':')) == NULL)
		return;
	for (int k = 0; k <= KINDS; k++)
		if (strncmp(fault, names[k], (size_t)(colon - fault)) == 0 && names[k][colon - fault] == '\0')
			wanted = k;
	at = strtoul(colon + 1, &end, 10);
	what = *end == ':' ? end + 1 : "5";
}

__attribute__((destructor)) static void
stop(void)
{
	const char *path = getenv("VNETC_FAULT_LOG");
	char line[64];
	int fd;

	wanted = -1;
	if (path == NULL || (fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600)) < 0)
		return;
	for (int k = 0; k <= KINDS; k++) {
		int n = snprintf(line, sizeof(line), "%s %lu\n", names[k], k == ANY ? file_calls : counts[k]);

		if (syscall(SYS_write, fd, line, (size_t)n) < 0)
			break;
	}
}

static void
swap(const char *spec)
{
	const char *equals = strchr(spec, '=');
	char directory[512], aside[600];

	snprintf(directory, sizeof(directory), "%.*s", (int)(equals - spec), spec);
	snprintf(aside, sizeof(aside), "%s.aside", directory);
	if (syscall(SYS_renameat, AT_FDCWD, directory, AT_FDCWD, aside) == 0)
		syscall(SYS_symlinkat, equals + 1, AT_FDCWD, directory);
}

static bool
fails(enum kind kind)
{
	unsigned long n = ++counts[kind], *of = &n;
	long code;

	if (kind != ALLOC) {
		file_calls++;
		if (wanted == ANY)
			of = &file_calls;
	}
	if (wanted != (int)kind && (wanted != ANY || kind == ALLOC))
		return (false);
	if (*of < at || (*of > at && *what != '-'))
		return (false);
	if (strcmp(what, "kill") == 0)
		raise(SIGKILL);
	if (strncmp(what, "swap=", 5) == 0) {
		swap(what + 5);
		return (false);
	}
	code = strtol(what, NULL, 10);
	errno = (int)(code < 0 ? -code : code);
	return (true);
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	int mode;

	va_start(ap, flags);
	mode = flags & O_CREAT ? va_arg(ap, int) : 0;
	va_end(ap);
	return (fails(OPEN) ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

int
openat(int dirfd, const char *path, int flags, ...)
{
	va_list ap;
	int mode;

	va_start(ap, flags);
	mode = flags & O_CREAT ? va_arg(ap, int) : 0;
	va_end(ap);
	return (fails(OPEN) ? -1 : (int)syscall(SYS_openat, dirfd, path, flags, mode));
}

ssize_t
read(int fd, void *buf, size_t n)
{
	return (fails(READ) ? -1 : syscall(SYS_read, fd, buf, n));
}

/* Half of it first: what is written in pieces must be whole in the end. */
ssize_t
write(int fd, const void *buf, size_t n)
{
	if (fd > 2 && fails(WRITE))
		return (-1);
	return (syscall(SYS_write, fd, buf, fd > 2 && wanted == WRITE && n > 1 ? n / 2 : n));
}

int
fsync(int fd)
{
	return (fails(FSYNC) ? -1 : (int)syscall(SYS_fsync, fd));
}

int
renameat(int from, const char *old, int to, const char *new)
{
	return (fails(RENAME) ? -1 : (int)syscall(SYS_renameat, from, old, to, new));
}

int
mkdir(const char *path, mode_t mode)
{
	return (fails(MKDIR) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

int
mkdirat(int dirfd, const char *path, mode_t mode)
{
	return (fails(MKDIR) ? -1 : (int)syscall(SYS_mkdirat, dirfd, path, mode));
}

int
unlink(const char *path)
{
	return (fails(UNLINK) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int
unlinkat(int dirfd, const char *path, int flags)
{
	return (fails(UNLINK) ? -1 : (int)syscall(SYS_unlinkat, dirfd, path, flags));
}

/* As the kernel does it: the descriptor is gone, whatever is returned. */
int
close(int fd)
{
	bool bad = fails(CLOSE);
	int saved = errno, result = (int)syscall(SYS_close, fd);

	if (bad)
		errno = saved;
	return (bad ? -1 : result);
}

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);

void *
malloc(size_t n)
{
	return (fails(ALLOC) ? NULL : __libc_malloc(n));
}

void *
calloc(size_t n, size_t size)
{
	return (fails(ALLOC) ? NULL : __libc_calloc(n, size));
}

void *
realloc(void *p, size_t n)
{
	return (fails(ALLOC) ? NULL : __libc_realloc(p, n));
}
