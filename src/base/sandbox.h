/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run gives up once all that it needs is open. */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

/* From now on nothing is opened by a path, no program started, no network used: only what is open is read and written, and below
 * dirfd (-1: no directory) files are read. Capsicum on FreeBSD; elsewhere, and in kernels without it, nothing happens. */
void sandbox_enter(int dirfd);

#endif
