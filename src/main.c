/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc: from the words of the command line to an exit status. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"

/* A standard descriptor that is closed would be the next file opened, and messages would land in an output. */
static void
fill_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= 2);
	if (fd > 2)
		close(fd);
}

/* A reader that went away is told by the exit status, as any other failure to write. The signal of it waits: stdio may have forgotten
 * why it could not write when that is asked. */
static void
hold_sigpipe(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

static bool
reader_went_away(void)
{
	sigset_t set;

	return (sigpending(&set) == 0 && sigismember(&set, SIGPIPE) == 1);
}

int
main(int argc, char *argv[])
{
	struct arena *arena;
	int status;

	fill_descriptors();
	hold_sigpipe();
#ifdef SIGXFSZ
	/* A file that may not grow is an error of the write, not the end of the program in the middle of one. */
	signal(SIGXFSZ, SIG_IGN);
#endif
	arena = arena_new();
	status = vnetc_run(arena, argc, argv);
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout)) {
		if (errno != EPIPE && !reader_went_away())
			failure("cannot write to standard output%s%s", errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
		status = STATUS_FAILED;
	}
	arena_free(arena);
	exit(status);
}
