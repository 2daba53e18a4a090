/* SPDX-License-Identifier: BSD-2-Clause */
/* Where on a host each output of a build belongs. */
#ifndef CMD_PLACES_H
#define CMD_PLACES_H

#include "cmd/cmd.h"
#include "install/site.h"

struct places {
	VEC(struct placed) placed;
	strings missing;                /* "NAME: why its files have no place yet" */
	strings told;                   /* what of the host's own files does not go with what is put there, a sentence each */
};

/* Each jail's settings go where the jail lives; native: by jail.conf.d also those of ezjail, and those that are not there yet. False: *error says what could not be read. */
bool places_find(struct invocation *, const struct outdir *, const char *root, bool native, struct places *, struct out_error *);
/* "3 files" */
const char *files_counted(struct arena *, size_t);

#endif
