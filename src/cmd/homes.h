/* SPDX-License-Identifier: BSD-2-Clause */
/* Where each jail of a build lives on a host: who starts it, where its root is. */
#ifndef CMD_HOMES_H
#define CMD_HOMES_H

#include "base/outdir.h"
#include "plan/plan.h"

enum manager { MANAGER_NONE, MANAGER_EZJAIL, MANAGER_RC_CONF, MANAGER_JAIL_CONF };

struct home {
	const struct jail_plan *plan;
	enum manager manager;           /* NONE: the jail is not there yet */
	const char *ezjail;             /* ezjail's file */
	const char *root;               /* as its manager has it; NULL: it says none, or none that could be followed */
	struct span block;              /* of jail.conf, where it does not stand in the jail's own file of jail.conf.d; else not given */
};

struct homes {
	VEC(struct home) all;           /* in the order of the plan */
	struct map *by_name, *by_ezjail, *by_native;    /* struct home by the jail's name, and as its managers write it */
	bool reads_own_files;           /* jail.conf includes jail.conf.d, or jail_list names jails */
};

/* native: jail.conf has them all. False: *error says what could not be read. */
bool homes_find(struct homes *, struct arena *, const char *root, const struct plan *, bool native, struct out_error *error);

#endif
