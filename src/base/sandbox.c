/* SPDX-License-Identifier: BSD-2-Clause */
/* Capability mode, where there is one. What cannot be limited stays as it is: a kernel without Capsicum runs vnetc as well. */
#ifdef HAVE_CAPSICUM
#undef _POSIX_C_SOURCE /* FreeBSD shows what is its own only where no standard is asked for */
#endif

#include "base/sandbox.h"

#ifdef HAVE_CAPSICUM
#include <sys/capsicum.h>

#include <capsicum_helpers.h>

void
sandbox_enter(int dirfd)
{
	/* What is opened below the directory has its rights: to be looked up and read. */
	if (dirfd >= 0)
		(void)caph_limit_stream(dirfd, CAPH_LOOKUP | CAPH_READ);
	(void)caph_limit_stdio();
	(void)cap_enter();
}
#else
void
sandbox_enter(int dirfd)
{
	(void)dirfd;
}
#endif
