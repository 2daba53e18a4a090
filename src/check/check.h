/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks: faults that no pass has to find for its own work. One const struct and one function each, listed in registry.c. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/diag.h"
#include "model/model.h"
#include "plan/plan.h"
#include "route/routes.h"

enum check_stage { CHECK_MODEL, CHECK_LINKS, CHECK_ROUTES, CHECK_PLAN };

/* What a check may look at; what its stage does not have yet is NULL. */
struct subject { struct arena *arena; const struct topology *topology; const struct routes *routes; const struct plan *plan; };

struct check { const struct rule *rule; enum check_stage stage; void (*run)(const struct check *, const struct subject *, struct diags *); };

extern const struct check *const checks[];      /* ends with NULL */

/* Runs all checks of a stage. */
void checks_run(enum check_stage, const struct subject *, struct diags *);

#endif
