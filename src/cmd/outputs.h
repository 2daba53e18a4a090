/* SPDX-License-Identifier: BSD-2-Clause */
/* What a build of a topology writes, compared with what is there. */
#ifndef CMD_OUTPUTS_H
#define CMD_OUTPUTS_H

#include "cmd/cmd.h"

struct outputs {
	const char *directory;
	struct outdir files;
	out_changes changes;            /* of the directory */
	struct out_change lock;         /* of the lock; path NULL: there is none */
	struct outfile lock_file;
	size_t same, changed, missing, leftover;        /* of the directory's files */
};

/* Compiles the topology and compares. owner of the directory: the topology's name. Returns the status; on faults the summary
 * has been written, with "nothing written" when the command writes. */
int outputs_make(struct invocation *, const char *path, bool writes, struct outputs *);
/* Says why the directory could not be read or written; STATUS_FAILED. */
int outputs_failure(const struct invocation *, const struct outputs *, const struct out_error *);
/* Says why the diagram could not be drawn; STATUS_FAILED. */
int drawing_failure(const char *error);
/* All output files of the compiled topology. */
int outputs_collect(struct invocation *, struct outdir *);
bool outputs_differ(const struct outputs *);
/* Calls for each change (nothing that stays the same), the lock last, with the path as seen from here. */
void outputs_each_change(const struct invocation *, const struct outputs *, void (*)(const char *, const struct out_change *, void *), void *);

#endif
