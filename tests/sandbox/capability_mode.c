/* SPDX-License-Identifier: BSD-2-Clause */
/* FreeBSD's capability mode on Linux, as strict or stricter: linked into vnetc in place of Capsicum. What is not on the list
 * below ends the process by SIGSYS, and a file is opened below a descriptor only, for reading only, by the kernel's RESOLVE_BENEATH.
 * VNETC_SANDBOX_LOG: a file that gets a line when the mode is entered. VNETC_SANDBOX_ESCAPE: what is forbidden and tried then. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <capsicum_helpers.h>
#include <sys/capsicum.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* One step of the filter: on this system call these instructions follow. */
#define CALL(number, instructions) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, (instructions))
#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define GIVE(verdict) BPF_STMT(BPF_RET | BPF_K, (verdict))
#define ALLOW(number) CALL((number), 1), GIVE(SECCOMP_RET_ALLOW)
/* With a descriptor first, not the working directory. The low half of the argument is the int. */
#define ALLOW_AT(number) \
	CALL((number), 4), LOAD(args[0]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)AT_FDCWD, 0, 1), GIVE(SECCOMP_RET_KILL_PROCESS), \
	    GIVE(SECCOMP_RET_ALLOW)

static bool entered;
static int limited = -1;

static int
open_below(int dirfd, const char *path, int flags, mode_t mode)
{
	struct open_how how = { .flags = (unsigned)flags, .resolve = RESOLVE_BENEATH };

	if (!entered)
		return ((int)syscall(SYS_openat, dirfd, path, flags, mode));
	if ((flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0 || limited < 0)
		raise(SIGSYS);
	return ((int)syscall(SYS_openat2, dirfd, path, &how, sizeof(how)));
}

int
openat(int dirfd, const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	if ((flags & O_CREAT) != 0) {
		va_start(args, flags);
		mode = va_arg(args, mode_t);
		va_end(args);
	}
	return (open_below(dirfd, path, flags, mode));
}

int __openat_2(int, const char *, int);

int
__openat_2(int dirfd, const char *path, int flags)
{
	return (open_below(dirfd, path, flags, 0));
}

int
caph_limit_stream(int fd, int flags)
{
	struct stat st;

	if (flags != (CAPH_LOOKUP | CAPH_READ) || fstat(fd, &st) != 0 || !S_ISDIR(st.st_mode))
		abort();
	limited = fd;
	return (0);
}

int
caph_limit_stdio(void)
{
	return (0);
}

static void
escape(const char *how)
{
	if (strcmp(how, "open") == 0)
		(void)!open("/dev/null", O_RDONLY);
	else if (strcmp(how, "write") == 0)
		(void)!openat(limited, "escaped", O_WRONLY | O_CREAT, 0644);
	else if (strcmp(how, "up") == 0)
		_exit(openat(limited, "../up", O_RDONLY) < 0 && errno == EXDEV ? 0 : 99);
	else if (strcmp(how, "socket") == 0)
		(void)!socket(AF_INET, SOCK_STREAM, 0);
	else if (strcmp(how, "unlink") == 0)
		unlink("topology.yaml");
	else
		execl("/bin/true", "true", (char *)NULL);
	_exit(99);
}

int
cap_enter(void)
{
	static struct sock_filter steps[] = {
		LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0), GIVE(SECCOMP_RET_KILL_PROCESS), LOAD(nr),
		ALLOW(SYS_read), ALLOW(SYS_write), ALLOW(SYS_writev), ALLOW(SYS_close), ALLOW(SYS_lseek), ALLOW(SYS_fstat), ALLOW(SYS_ioctl),
		ALLOW(SYS_brk), ALLOW(SYS_mmap), ALLOW(SYS_munmap), ALLOW(SYS_mremap), ALLOW(SYS_mprotect), ALLOW(SYS_madvise),
		ALLOW(SYS_futex), ALLOW(SYS_sysinfo), ALLOW(SYS_getrandom), ALLOW(SYS_exit), ALLOW(SYS_exit_group),
		/* For the words of abort(3) and raise(3). */
		ALLOW(SYS_getpid), ALLOW(SYS_gettid), ALLOW(SYS_tgkill), ALLOW(SYS_rt_sigprocmask), ALLOW(SYS_rt_sigpending),
		ALLOW_AT(SYS_openat2), ALLOW_AT(SYS_readlinkat), ALLOW_AT(SYS_newfstatat),
		GIVE(SECCOMP_RET_KILL_PROCESS),
	};
	const struct sock_fprog filter = { sizeof(steps) / sizeof(steps[0]), steps };
	const char *log = getenv("VNETC_SANDBOX_LOG"), *how = getenv("VNETC_SANDBOX_ESCAPE");
	FILE *f = log == NULL ? NULL : fopen(log, "a");

	if (f != NULL) {
		fputs("entered\n", f);
		fclose(f);
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) != 0)
		exit(77);
	entered = true;
	if (how != NULL)
		escape(how);
	return (0);
}
