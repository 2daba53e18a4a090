/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of a person's own that the files cannot carry: what the emitters would refuse is told here, with its place. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"
#include "plan/writable.h"

static const char *
byte_shown(const struct subject *s, const char *c)
{
	static const char *const names[] = { ['\t'] = "a tab", ['\n'] = "a line end", [' '] = "a blank" };
	size_t i = (unsigned char)*c;
	struct text t = { .arena = s->arena };

	if (i < sizeof(names) / sizeof(names[0]) && names[i] != NULL)
		return (names[i]);
	text_add_char(&t, c, strlen(c));
	return (text_end(&t));
}

static void
variables(const struct subject *s, struct diags *ds, const struct v_pairs *pairs)
{
	for (size_t i = 0; pairs != NULL && i < pairs->n; i++) {
		const struct v_pair *pair = &pairs->v[i];
		const char *fault = variable_fault(pair->name.v, pair->value.v);

		if (fault == NULL)
			continue;
		if (control_in(fault) == fault)
			diag_add(ds, &rule_unwritable_value, pair->value.at, "rc.conf cannot hold %s", byte_shown(s, fault));
		else
			diag_add(ds, &rule_unwritable_value, pair->value.at, "rc would interpret %s in %s", byte_shown(s, fault),
			    str_shown(s->arena, pair->name.v));
	}
}

static void
parameters(const struct subject *s, struct diags *ds, const struct v_pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++) {
		const char *value = pairs->v[i].value.v, *fault = value == NULL ? NULL : control_in(value);        /* NULL: NAME alone */

		if (fault != NULL)
			diag_add(ds, &rule_unwritable_value, pairs->v[i].value.at, "jail.conf cannot hold %s", byte_shown(s, fault));
	}
}

static void
commands(const struct subject *s, struct diags *ds, const struct v_strs *hook)
{
	for (size_t i = 0; i < hook->n; i++) {
		const char *fault = control_in(hook->v[i].v);

		if (fault != NULL)
			diag_add(ds, &rule_unwritable_value, hook->v[i].at, "a command cannot hold %s", byte_shown(s, fault));
	}
}

static void
unwritable_value(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	variables(s, ds, rc_conf_of(s->topology, s->topology->host));
	vec_each (struct jail *const *, j, &s->topology->jails) {
		const struct decl_jail *decl = (*j)->decl;

		variables(s, ds, &decl->rc_conf);
		parameters(s, ds, &decl->parameters);
		if (decl->exec == NULL)
			continue;
		commands(s, ds, &decl->exec->prestart);
		commands(s, ds, &decl->exec->poststart);
		commands(s, ds, &decl->exec->prestop);
		commands(s, ds, &decl->exec->poststop);
	}
}

const struct check check_unwritable_value = { &rule_unwritable_value, CHECK_MODEL, unwritable_value };
