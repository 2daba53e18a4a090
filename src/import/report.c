/* SPDX-License-Identifier: BSD-2-Clause */
/* The report of an import: what was read, concluded, not understood; what to do, in which order, and the way back. */
#include <string.h>

#include "import/draft.h"
#include "rules/rules.h"

#define SHOWN 60                /* differences, before the rest is only counted */

struct writer { struct text *t; bool markdown; int step; };

static void
heading(struct writer *w, const char *title)
{
	text_printf(w->t, w->markdown ? "%s## %s\n\n" : "%s%s\n", w->t->n > 0 ? "\n" : "", title);
}

/* What a host's files say may stand in any of these lines. */
static void
shown_line(struct writer *w, const char *text, const char *end)
{
	text_add_shown(w->t, text, strlen(text));
	text_add(w->t, end);
}

static void
item(struct writer *w, const char *text)
{
	text_add(w->t, w->markdown ? "- " : "  ");
	shown_line(w, text, "\n");
}

static void
step(struct writer *w, const char *text)
{
	text_printf(w->t, w->markdown ? "%s%d. " : "%s  %d. ", w->step > 0 && w->markdown ? "\n" : "", w->step + 1);
	shown_line(w, text, "\n");
	w->step++;
}

static void
command(struct writer *w, const char *text)
{
	text_add(w->t, w->markdown ? "   ```sh\n   " : "       ");
	shown_line(w, text, w->markdown ? "\n   ```\n" : "\n");
}

static const char *
place(struct arena *a, const struct span *at)
{
	uint32_t line, column;

	if (at->src == NULL)
		return ("");
	source_position(at->src, at->off, &line, &column);
	return (arena_printf(a, "%s:%u:%u", at->src->name, (unsigned)line, (unsigned)column));
}

static void
below_item(struct writer *w, const char *text)
{
	text_add(w->t, w->markdown ? "  (" : "    ");
	shown_line(w, text, w->markdown ? ")\n" : "\n");
}

static void
what_was_read(struct writer *w, const struct old_host *old)
{
	heading(w, "What was read");
	vec_each (const struct old_file *, f, &old->files)
		item(w, arena_printf(w->t->arena, "%s (%s)", f->name, f->what));
	if (old->files.n == 0)
		item(w, "nothing");
}

static void
what_was_concluded(struct writer *w, const struct draft *d)
{
	struct arena *a = d->arena;

	heading(w, "What was concluded");
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
		item(w, arena_printf(a, "%s%s%s", place(a, &c->at), given(&c->at) ? ": " : "", c->text));
}

static void
faults(struct writer *w, const struct import_report *r, bool understood)
{
	struct arena *a = w->t->arena;
	bool any = false;

	for (size_t i = 0; i < r->found->all.n; i++) {
		const struct diag *d = r->found->all.v[i];

		if ((d->rule != &rule_not_understood) != understood)
			continue;
		if (!any)
			heading(w, understood ? "Faults in what exists" : "What was not understood, and left out");
		any = true;
		item(w, arena_printf(a, "%s: %s%s", place(a, &d->head.at), d->head.text, understood ? arena_printf(a, " [%s]", d->rule->name) : ""));
		vec_each (const struct remark *, note, &d->notes)
			below_item(w, given(&note->at) ? arena_printf(a, "%s: %s", place(a, &note->at), note->text) : note->text);
		if (d->help != NULL && understood)
			below_item(w, arena_printf(a, "help: %s", d->help));
	}
}

static void
differences(struct writer *w, const struct draft *d)
{
	if (d->differences.n == 0)
		return;
	heading(w, "What a build sets otherwise");
	for (size_t i = 0; i < d->differences.n && i < SHOWN; i++)
		item(w, d->differences.v[i]);
	if (d->differences.n > SHOWN)
		item(w, arena_printf(d->arena, "… and %zu more: vnetc diff --root shows all", d->differences.n - SHOWN));
}

static void
topology_faults(struct writer *w, const struct diags *ds)
{
	if (ds == NULL || ds->errors + ds->warnings == 0)
		return;
	heading(w, "What vnetc check says about the topology");
	for (size_t i = 0; i < ds->all.n; i++) {
		const struct diag *d = ds->all.v[i];

		if (d->severity >= SEV_WARNING)
			item(w, arena_printf(w->t->arena, "%s: %s: %s [%s]", place(w->t->arena, &d->head.at), d->severity == SEV_ERROR ? "error" : "warning",
			    d->head.text, d->rule->name));
	}
}

static bool
uses(const struct draft *d, const char *attach)
{
	vec_each (struct draft_jail *const *, j, &d->jails) {
		if ((*j)->attach != NULL && strcmp((*j)->attach, attach) == 0)
			return (true);
		vec_each (struct draft_iface *const *, i, &(*j)->ifaces)
			if ((*i)->attach != NULL && strcmp((*i)->attach, attach) == 0)
				return (true);
	}
	return (false);
}

static void
by_hand(struct writer *w, const struct draft *d)
{
	if (d->remove.n == 0)
		return;
	step(w, "Take these variables out: they are about interfaces that the topology configures otherwise.");
	vec_each (const char *const *, line, &d->remove)
		command(w, *line);
}

static void
what_to_do(struct writer *w, const struct import_report *r)
{
	const struct draft *d = r->draft;
	struct arena *a = d->arena;
	const char *file = r->output != NULL ? r->output : "topology.yaml";
	const struct draft_jail *first = NULL;
	bool changes = d->converted || d->differences.n > 0;

	heading(w, "What to do, in this order");
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (first == NULL && !(*j)->classic && (*j)->ifaces.n > 0)
			first = *j;
	step(w, "Read the topology, mend what is told above, and look at the picture. Nothing on the host has changed so far.");
	command(w, arena_printf(a, "vnetc check %s && vnetc build %s", file, file));
	step(w, "Keep a copy of the boot environment or of the files, and a console at hand: a wrong bridge cuts the network off.");
	command(w, "bectl create before-vnet");
	if (uses(d, "jib"))
		command(w, "install -m 555 /usr/share/examples/jails/jib /usr/local/sbin/jib");
	step(w, "See what would change on the host.");
	command(w, arena_printf(a, "vnetc diff --root / %s", file));
	if (changes) {
		step(w, "Stop the jails, while their old settings are still there: the addresses that they were given go with them.");
		command(w, "service ezjail stop");
	}
	step(w, "Put it there. Files are changed, nothing that runs.");
	command(w, arena_printf(a, "vnetc install %s", file));
	by_hand(w, d);
	if (changes) {
		step(w, "Here the network drops, for some seconds: interfaces and routes are made anew. Do it on the console, or reboot instead.");
		command(w, "service netif restart && service routing restart");
		step(w, "Start the jails, one first.");
		if (first != NULL)
			command(w, arena_printf(a, "service ezjail start %s && jexec %s ifconfig", first->old->called, first->old->called));
		command(w, "service ezjail start");
	}
	step(w, "The way back: every file as it was before, and the network made anew from them.");
	command(w, arena_printf(a, "vnetc install --uninstall %s", file));
	command(w, "service ezjail stop; service netif restart && service routing restart; service ezjail start");
}

void
import_report(struct text *t, const struct import_report *r)
{
	struct writer w = { t, r->markdown, 0 };

	if (r->markdown)
		text_add(t, "# Import\n\n");
	what_was_read(&w, r->draft->old);
	what_was_concluded(&w, r->draft);
	faults(&w, r, false);
	faults(&w, r, true);
	topology_faults(&w, r->of_topology);
	differences(&w, r->draft);
	what_to_do(&w, r);
}
