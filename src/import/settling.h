/* SPDX-License-Identifier: BSD-2-Clause */
/* A draft while it is held against its own build. */
#ifndef IMPORT_SETTLING_H
#define IMPORT_SETTLING_H

#include "import/draft.h"
#include "plan/plan.h"
#include "route/routes.h"

struct settling {
	struct draft *d;
	struct topology *t;
	struct routes *routes;
	struct plan *plan;
	bool changed;
};

/* routing.c: what has to be written of default routes and translation before anything can be built. */
void settle_ways(struct draft *);
/* translation.c: the exits of a node, by the rules of pf that vnetc wrote for it. */
void settle_nat(struct draft *, struct draft_node *);
/* A gateway, or none, of each subnet that would be translated otherwise. */
void settle_tables(struct settling *);
/* Is it in some table of what is translated? */
bool draft_translated(struct draft *, const struct draft_subnet *);
/* What is worked out otherwise than the host has it. */
void settle_forwarding(struct settling *);

#endif
