/* SPDX-License-Identifier: BSD-2-Clause */
/* What is right and yet not what its writer expects: subnets that nobody uses, descriptions that rc.conf cannot carry. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static void
unused_subnet(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct subnet *const *, n, &s->topology->subnets) {
		bool behind = false;

		for (int f = 0; f < FAMILIES; f++)
			behind |= (*n)->gateway[f].kind == GW_NODE;
		if ((*n)->name != NULL && (*n)->links.n == 0 && (*n)->ends.n == 0 && !behind)
			diag_add(ds, check->rule, (*n)->at, "subnet %s is used nowhere", (*n)->name);
	}
}

const struct check check_unused_subnet = { &rule_unused_subnet, CHECK_PLAN, unused_subnet };

static void
altered(const struct subject *s, struct diags *ds, const struct v_str *description)
{
	const char *plain;

	if (!given(&description->at))
		return;
	plain = plain_description(s->arena, description->v);
	if (strcmp(plain, description->v) != 0)
		diag_add(ds, &rule_description_altered, description->at, "ifconfig shows %s as %s",
		    str_shown(s->arena, description->v), str_shown(s->arena, plain));
}

/* Only descriptions of interfaces and bridges reach ifconfig. */
static void
description_altered(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct bridge *const *, b, &s->topology->bridges)
		if (!(*b)->netgraph)
			altered(s, ds, &(*b)->decl->description);
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		for (size_t i = 0; (*v)->kind != VNET_MACHINE && i < (*v)->ifaces.n; i++)
			if ((*v)->ifaces.v[i]->decl != NULL)
				altered(s, ds, &(*v)->ifaces.v[i]->decl->description);
}

const struct check check_description_altered = { &rule_description_altered, CHECK_PLAN, description_altered };
