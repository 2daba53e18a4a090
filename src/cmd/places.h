/* SPDX-License-Identifier: BSD-2-Clause */
/* Where on a host each output of a build belongs. */
#ifndef CMD_PLACES_H
#define CMD_PLACES_H

#include "cmd/cmd.h"
#include "install/site.h"

struct places {
	VEC(struct placed) placed;
	strings missing;                /* "NAME: why its files have no place yet" */
	strings in_the_way;             /* "FILE:LINE: VARIABLE" of the host's own lines about interfaces that the build configures */
};

/* native: jails by jail.conf.d instead of ezjail's files. False: *error says what could not be read. */
bool places_find(struct invocation *, const struct outdir *, const char *root, bool native, struct places *, struct out_error *);
/* "3 files" */
const char *files_counted(struct arena *, size_t);

#endif
