/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan: what is to be set where, in order, each with the place that asked for it. Emitters decide nothing: they write this. */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/str.h"
#include "model/model.h"
#include "route/routes.h"

/* One line. name NULL: value is a whole line as it stands (pf.conf, rtadvd.conf …). */
struct setting {
	const char *name, *value;
	bool append;                    /* adds to what stands there: NAME="${NAME} VALUE" */
};

struct stanza {
	const char *title;              /* what it is, for people: "guest4 on bridge1"; NULL: none */
	const char *asked;              /* where it was asked for: "topology.yaml: jails.guest4.interfaces[0]"; NULL: nowhere */
	struct span why;                /* the same as a place */
	VEC(struct setting) settings;
};

/* A file of stanzas. */
struct plan_file {
	const char *path;               /* in the output directory: "rc.conf", "jails/guest4/rc.conf" */
	const char *about;              /* one sentence for its head: what it is and where it belongs */
	bool shell;                     /* read by sh: settings are NAME="VALUE" */
	VEC(struct stanza) stanzas;
};

enum hook { HOOK_PRESTART, HOOK_POSTSTART, HOOK_PRESTOP, HOOK_POSTSTOP, HOOKS };

/* A jail as jail(8) sees it; by ezjail its name is the safename, natively its own, and commands name it so. */
struct jail_dialect {
	const char *name;
	strings hooks[HOOKS];           /* commands, in order; safe inside double quotes of jail.conf and sh */
};

struct jail_plan {
	const struct jail *jail;
	struct jail_dialect ezjail, native;
	const char *path;               /* root directory */
	const char *hostname;
	bool vnet;
	strings vnet_interfaces;        /* names on the host at the moment of the start */
	strings ip;                     /* classic: IFACE|ADDRESS */
	int fib;                        /* classic; -1: none */
	const char *exec_start, *exec_stop;
	int devfs_ruleset;              /* -1: what the jail's manager takes by itself */
	strings parameters;             /* NAME or NAME=VALUE */
	VEC(const struct jail *) after; /* jails that start before it */
	struct span why;
	const char *asked;
	struct plan_file rc_conf;       /* of the jail itself */
};

struct plan {
	const struct topology *topology;
	const struct routes *routes;
	struct plan_file host;          /* rc.conf */
	VEC(struct jail_plan) jails;    /* in start order of the file: as written */
	VEC(struct plan_file) others;   /* pf.conf, rtadvd.conf, resolv.conf of jails; devfs.rules loader.conf pf.anchor */
	strings todo;                   /* what the administrator does by hand, a sentence each (Markdown) */
};

struct plan *plan_make(struct arena *, struct diags *, const struct topology *, const struct routes *);
/* A description as rc.conf can carry it: other bytes than those of freebsd.md 1.1 become _. */
const char *plain_description(struct arena *, const char *);

void plan_dump(const struct plan *, FILE *);

#endif
