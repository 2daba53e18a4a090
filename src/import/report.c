/* SPDX-License-Identifier: BSD-2-Clause */
/* The report of an import: what was read, concluded, not understood. */
#include <string.h>

#include "import/reporting.h"
#include "rules/rules.h"

#define SHOWN 60                /* differences, before the rest is only counted */

void
report_heading(struct report_writer *w, const char *title)
{
	text_printf(w->t, w->markdown ? "%s## %s\n\n" : "%s%s\n", w->t->n > 0 ? "\n" : "", title);
}

void
report_line(struct report_writer *w, const char *before, const char *text)
{
	text_add(w->t, before);
	text_add_shown(w->t, text, strlen(text));
	text_add(w->t, "\n");
}

static void
item(struct report_writer *w, const char *text)
{
	report_line(w, w->markdown ? "- " : "  ", text);
}

const char *
report_place(struct arena *a, const struct span *at)
{
	uint32_t line, column;

	if (at->src == NULL)
		return ("");
	source_position(at->src, at->off, &line, &column);
	return (arena_printf(a, "%s:%u:%u", at->src->name, (unsigned)line, (unsigned)column));
}

static void
below_item(struct report_writer *w, const char *text)
{
	report_line(w, w->markdown ? "  - " : "    ", text);
}

static void
what_was_read(struct report_writer *w, const struct old_host *old)
{
	report_heading(w, "What was read");
	vec_each (const struct old_file *, f, &old->files)
		item(w, arena_printf(w->t->arena, "%s (%s)", f->name, f->what));
	if (old->files.n == 0)
		item(w, "nothing");
}

static void
what_was_concluded(struct report_writer *w, const struct draft *d)
{
	struct arena *a = d->arena;

	report_heading(w, "What was concluded");
	item(w, arena_printf(a, "%zu %s, %zu %s, %zu %s", d->bridges.n, d->bridges.n == 1 ? "bridge" : "bridges", d->subnets.n,
	    d->subnets.n == 1 ? "subnet" : "subnets", d->jails.n, d->jails.n == 1 ? "jail" : "jails"));
	if (d->host_name == NULL)
		item(w, "the host's name is not known: MAC addresses are derived from it, so put name: under host");
	if (d->release == NULL)
		item(w, "the release is not known: the newest is taken, put release: under host");
	vec_each (struct draft_subnet *const *, s, &d->subnets) {
		if (!(*s)->declared)
			continue;
		item(w, arena_printf(a, "subnet %s is %s%s%s", (*s)->name, prefix_str(a, &(*s)->prefixes.v[0]), (*s)->gateway.n > 0 ? ", its gateway " : ", without a gateway",
		    (*s)->gateway.n > 0 ? str_join(a, &(*s)->gateway, ", ") : ""));
	}
	vec_each (const struct conclusion *, c, &d->conclusions)
		item(w, arena_printf(a, "%s%s%s", report_place(a, &c->at), given(&c->at) ? ": " : "", c->text));
}

static void
faults(struct report_writer *w, const struct import_report *r, bool understood)
{
	struct arena *a = w->t->arena;
	bool any = false;

	for (size_t i = 0; i < r->found->all.n; i++) {
		const struct diag *d = r->found->all.v[i];

		if ((d->rule != &rule_not_understood) != understood)
			continue;
		if (!any)
			report_heading(w, understood ? "Faults in what exists" : "What was not understood, and left out");
		any = true;
		item(w, arena_printf(a, "%s: %s%s", report_place(a, &d->head.at), d->head.text, understood ? arena_printf(a, " [%s]", d->rule->name) : ""));
		vec_each (const struct remark *, note, &d->notes)
			below_item(w, given(&note->at) ? arena_printf(a, "%s: %s", report_place(a, &note->at), note->text) : note->text);
		if (d->help != NULL && understood)
			below_item(w, arena_printf(a, "help: %s", d->help));
	}
}

static void
differences(struct report_writer *w, const struct draft *d)
{
	if (d->differences.n == 0)
		return;
	report_heading(w, "What a build sets otherwise");
	for (size_t i = 0; i < d->differences.n && i < SHOWN; i++)
		item(w, d->differences.v[i]);
	if (d->differences.n > SHOWN)
		item(w, arena_printf(d->arena, "… and %zu more: vnetc diff --root shows all", d->differences.n - SHOWN));
}

static void
topology_faults(struct report_writer *w, const struct diags *ds)
{
	if (ds == NULL || ds->errors + ds->warnings == 0)
		return;
	report_heading(w, "What vnetc check says about the topology");
	for (size_t i = 0; i < ds->all.n; i++) {
		const struct diag *d = ds->all.v[i];

		if (d->severity >= SEV_WARNING)
			item(w, arena_printf(w->t->arena, "%s: %s: %s [%s]", report_place(w->t->arena, &d->head.at), d->severity == SEV_ERROR ? "error" : "warning",
			    d->head.text, d->rule->name));
	}
}

void
import_report(struct text *t, const struct import_report *r)
{
	struct report_writer w = { .t = t, .markdown = r->markdown };

	if (r->markdown)
		text_add(t, "# Import\n\n");
	what_was_read(&w, r->draft->old);
	what_was_concluded(&w, r->draft);
	faults(&w, r, false);
	faults(&w, r, true);
	topology_faults(&w, r->of_topology);
	differences(&w, r->draft);
	report_steps(&w, r);
}
