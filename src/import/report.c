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

/* No command, but what to look at. */
static void
line(struct writer *w, const char *text)
{
	text_add(w->t, w->markdown ? "   - " : "       ");
	shown_line(w, text, "\n");
}

#define BACKUP "/root/before-vnet.tar"
#define NET "/etc/cron.d/vnetc-back"

/* Who starts the jails: ezjail, the base system, or each its own. */
static void
jails_service(struct writer *w, const struct draft *d, const char *action)
{
	bool has[] = { [OLD_EZJAIL] = false, [OLD_RC_CONF] = false, [OLD_JAIL_CONF] = false };

	vec_each (struct draft_jail *const *, j, &d->jails)
		has[(*j)->old->manager] = true;
	if (has[OLD_EZJAIL])
		command(w, arena_printf(w->t->arena, "service ezjail %s", action));
	if (has[OLD_RC_CONF] || has[OLD_JAIL_CONF])
		command(w, arena_printf(w->t->arena, "service jail %s", action));
}

/* A jail of jail.conf that vnetc install --jail-conf gives a file of its own. */
static bool
gets_own_file(const struct draft *d, const struct draft_jail *jail)
{
	return (jail->old->manager == OLD_JAIL_CONF && !jail->old->inherits && !jail->left_alone && !jail->old->by_vnetc && jail->old->at.src != NULL &&
	    strcmp(jail->old->at.src->name, arena_printf(d->arena, "/etc/jail.conf.d/%s.conf", jail->old->called)) != 0);
}

/* The files that are changed by hand, below "/"; NULL: none. */
static const char *
changed_by_hand(const struct draft *d)
{
	struct map *seen = map_new(d->arena);
	strings files = { 0 };

	vec_each (const struct removal *, r, &d->remove)
		if (r->set->at.src->name[0] == '/' && map_put(seen, r->set->at.src->name, seen) == NULL)
			*vec_push(d->arena, &files) = r->set->at.src->name + 1;
	vec_each (const struct by_hand *, h, &d->by_hand)
		if (h->at.src->name[0] == '/' && map_put(seen, h->at.src->name, seen) == NULL)
			*vec_push(d->arena, &files) = h->at.src->name + 1;
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (gets_own_file(d, *j) && (*j)->old->at.src->name[0] == '/' && map_put(seen, (*j)->old->at.src->name, seen) == NULL)
			*vec_push(d->arena, &files) = (*j)->old->at.src->name + 1;
	return (files.n > 0 ? str_join(d->arena, &files, " ") : NULL);
}

static void
copies(struct writer *w, const struct draft *d)
{
	const char *files = changed_by_hand(d);

	step(w, "Keep a copy of the boot environment, where the root is on ZFS, and of what is changed by hand below.");
	command(w, "bectl create before-vnet");
	if (files != NULL)
		command(w, arena_printf(d->arena, "tar -cpf " BACKUP " -C / %s", files));
	if (uses(d, "jib"))
		command(w, "install -m 555 /usr/share/examples/jails/jib /usr/local/sbin/jib");
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		if ((*b)->netgraph) {
			command(w, "install -m 555 /usr/share/examples/jails/jng /usr/local/sbin/jng");
			break;
		}
}

/* A filter on the host saw what its jails sent and got. */
static bool
host_filters(const struct draft *d)
{
	static const char *const variables[] = { "pf_enable", "firewall_enable", "ipfilter_enable" };
	bool on_nic = false;

	vec_each (struct draft_bridge *const *, b, &d->bridges)
		on_nic |= d->converted && (*b)->members.n > 0 && !(*b)->netgraph;
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++) {
		const char *value = shell_value(&d->old->host.rc, variables[i]);

		if (on_nic && value != NULL && (value[0] == 'Y' || value[0] == 'y'))
			return (true);
	}
	return (false);
}

static void
other_programs(struct writer *w, const struct draft *d)
{
	if (d->by_hand.n > 0) {
		step(w, "Let these lines speak of what is there from now on.");
		vec_each (const struct by_hand *, h, &d->by_hand)
			line(w, arena_printf(d->arena, "%s: %s", place(d->arena, &h->at), h->text));
	}
	if (host_filters(d)) {
		step(w, "The host's packet filter sees no more what jails on a bridge exchange with the network. Filter in the jails, or let it look at "
		    "members of bridges, as releases before 14 do by themselves.");
		command(w, "echo net.link.bridge.pfil_member=1 >> /etc/sysctl.conf");
	}
}

/* sysrc takes out whole assignments of one line. */
static bool
sysrc_takes(const struct shell_set *set)
{
	const char *text = set->at.src->text + set->at.off;
	size_t n = strlen(set->name);

	if (strncmp(text, set->name, n) != 0 || text[n] != '=' || (set->at.off > 0 && text[-1] != '\n'))
		return (false);
	text += n + 1;
	return (*text != '"' && *text != '\'' ? strchr(text, '\\') == NULL : memchr(text + 1, *text, strcspn(text + 1, "\n")) != NULL);
}

/* Do all words of a list go? Then the assignment goes. */
static bool
goes_whole(const struct draft *d, const struct shell_set *list)
{
	size_t n = 0;

	vec_each (const struct removal *, r, &d->remove)
		n += r->only != NULL && r->set == list;
	return (list->before == NULL && n == old_words(d->arena, list->value, " \t\n").n);
}

static void
removals(struct writer *w, const struct draft *d)
{
	struct map *gone = map_new(d->arena);

	if (d->remove.n == 0)
		return;
	step(w, "Take these variables out: they are about interfaces and routes that a build sets itself.");
	vec_each (const struct removal *, r, &d->remove) {
		const struct span *at = &r->set->at;
		const char *name = r->set->name, *only = r->only != NULL && goes_whole(d, r->set) ? NULL : r->only;

		if (map_put(gone, arena_printf(d->arena, "%s %s", place(d->arena, at), only != NULL ? only : ""), gone) != NULL)
			continue;
		if (!sysrc_takes(r->set))
			line(w, arena_printf(d->arena, "%s: %s%s", place(d->arena, at), name, only != NULL ? arena_printf(d->arena, ": %s in it", only) : ""));
		else if (only != NULL)
			command(w, arena_printf(d->arena, "sysrc -f %s %s-=%s", at->src->name, name, only));
		else
			command(w, arena_printf(d->arena, "sysrc -f %s -x %s", at->src->name, name));
	}
}

/* Two blocks of one jail would be taken together; what is in jail.conf.d is read where jail.conf says so (freebsd.md 5.2). */
static void
blocks_of_jail_conf(struct writer *w, const struct draft *d)
{
	bool any = false, included = false;

	vec_each (struct draft_jail *const *, j, &d->jails) {
		const struct old_jail *old = (*j)->old;

		if (!gets_own_file(d, *j))
			continue;
		if (!any)
			step(w, "Take the blocks of these jails out: each has a file of its own in /etc/jail.conf.d from now on, which jail.conf has to include.");
		any = true;
		included |= strstr(old->at.src->text, "jail.conf.d/") != NULL;
		line(w, arena_printf(d->arena, "%s: %s { … }", place(d->arena, &old->at), old->called));
	}
	if (any && !included)
		command(w, "echo '.include \"/etc/jail.conf.d/*.conf\";' >> /etc/jail.conf");
	if (d->old->common.n > 0)
		step(w, "Take these out, too: what stands for all jails holds for those of jail.conf.d as well, and would be done twice.");
	vec_each (const struct old_name *, c, &d->old->common)
		line(w, arena_printf(d->arena, "%s: %s", place(d->arena, &c->at), c->name));
}

/* Beside ezjail a build's jail.conf.d is not installed. */
static void
two_managers(struct writer *w, const struct draft *d)
{
	strings names = { 0 };

	vec_each (struct draft_jail *const *, j, &d->jails)
		if ((*j)->old->manager == OLD_JAIL_CONF && !(*j)->old->inherits && !(*j)->left_alone)
			*vec_push(d->arena, &names) = (*j)->node.name;
	if (names.n == 0)
		return;
	step(w, "vnetc install puts ezjail's settings there, or with --jail-conf those of jail.conf.d. Of these jails, which jail.conf has, copy the files.");
	vec_each (const char *const *, name, &names)
		command(w, arena_printf(d->arena, "cp generated/jail.conf.d/%s.conf /etc/jail.conf.d/", *name));
}

static void
switch_over(struct writer *w, const struct draft *d)
{
	struct arena *a = d->arena;
	const char *restore = changed_by_hand(d) != NULL ? "tar -xpf " BACKUP " -C / && " : "";

	step(w, "Without a console at hand: a net that takes all of it back when nobody has been there a quarter of an hour after a boot. It "
	    "reboots once more then.");
	command(w, arena_printf(a, "echo '@reboot root sleep 900 && rm " NET " && /usr/local/bin/vnetc install --uninstall --yes && %s"
	    "/sbin/shutdown -r now' > " NET, restore));
	step(w, "Here the network drops, for as long as a boot takes. Only a boot leaves nothing of the old settings behind: service netif restart "
	    "would leave IPv6 addresses and dhclient where they are.");
	command(w, "shutdown -r now");
}

static void
look_at_it(struct writer *w, const struct draft *d)
{
	const struct draft_jail *first = NULL;
	struct arena *a = d->arena;

	vec_each (struct draft_jail *const *, j, &d->jails)
		if (first == NULL && !(*j)->classic && (*j)->ifaces.n > 0 && !(*j)->old->disabled)
			first = *j;
	step(w, d->converted ? "Is it there? Then the net goes. A program in a jail that listens on 127.0.0.1 was heard on the jail's address; now only the "
	    "jail itself hears it." : "Is it there? Then the net goes.");
	command(w, "ifconfig && netstat -rn");
	if (first != NULL) {
		command(w, arena_printf(a, "jexec %s ifconfig", first->old->called));
		for (int f = 0; f < FAMILIES; f++)
			if (first->node.dflt[f].given && !inaddr_is_link_local(&first->node.dflt[f].addr)) {
				command(w, arena_printf(a, "jexec %s ping -c 3 %s", first->old->called, inaddr_str(a, &first->node.dflt[f].addr)));
				break;
			}
	}
	command(w, "rm " NET);
}

/* The subnets of a family on links where the host leases its address: there is the gateway that no file tells. */
static void
leased_subnets(struct writer *w, const struct draft *d, enum family f)
{
	vec_each (struct draft_link *const *, l, &d->links)
		for (size_t i = 0; (*l)->bridge != NULL && draft_leased(&(*l)->bridge->addresses, f) && i < (*l)->subnets.n; i++)
			vec_each (const struct prefix *, p, &(*l)->subnets.v[i]->prefixes)
				if (p->addr.family == f)
					line(w, arena_printf(d->arena, "subnets: {%s: {gateway: …}}, for %s", (*l)->subnets.v[i]->name, prefix_str(d->arena, p)));
}

static void
what_is_missing(struct writer *w, const struct draft *d)
{
	if (!d->no_gateway[INET] && !d->no_gateway[INET6])
		return;
	step(w, "Write into the topology what no file tells: the default gateway, as gateway: ADDRESS of the jails' subnet.");
	for (int f = 0; f < FAMILIES; f++)
		if (d->no_gateway[f]) {
			command(w, f == INET ? "route -n get default" : "route -n get -inet6 default");
			leased_subnets(w, d, (enum family)f);
		}
}

static bool
only_native(const struct draft *d)
{
	vec_each (struct draft_jail *const *, j, &d->jails)
		if ((*j)->old->manager != OLD_JAIL_CONF)
			return (false);
	return (d->jails.n > 0);
}

static void
what_to_do(struct writer *w, const struct import_report *r)
{
	const struct draft *d = r->draft;
	struct arena *a = d->arena;
	const char *file = r->output != NULL ? r->output : "topology.yaml", *native = only_native(d) ? "--jail-conf " : "";
	bool changes = d->converted || d->differences.n > 0;

	heading(w, "What to do, in this order");
	what_is_missing(w, d);
	step(w, "Read the topology, mend what is told above, and look at the picture. Nothing on the host has changed so far.");
	command(w, arena_printf(a, "vnetc check %s && vnetc build %s", file, file));
	if (d->converted) {
		step(w, "The kernel has to know VNET, as GENERIC does since 12.0: this prints 1.");
		command(w, "sysctl -n kern.features.vimage");
	}
	if (changes)
		copies(w, d);
	step(w, "See what would change on the host.");
	command(w, arena_printf(a, "vnetc diff --root / %s%s", native, file));
	other_programs(w, d);
	if (changes) {
		step(w, "Stop the jails, while their old settings are still there: the addresses that they were given go with them.");
		jails_service(w, d, "stop");
	}
	removals(w, d);
	if (only_native(d))
		blocks_of_jail_conf(w, d);
	step(w, "Put it there. Files are changed, nothing that runs.");
	command(w, arena_printf(a, "vnetc install %s%s", native, file));
	if (!only_native(d))
		two_managers(w, d);
	if (changes) {
		switch_over(w, d);
		look_at_it(w, d);
	}
	step(w, "The way back, at any time: every file as it was before, and the network made anew from them.");
	if (changes)
		jails_service(w, d, "stop");
	if (changes)
		command(w, "rm -f " NET);
	command(w, "vnetc install --uninstall");
	if (!changes)
		return;
	if (changed_by_hand(d) != NULL)
		command(w, "tar -xpf " BACKUP " -C /");
	command(w, "shutdown -r now");
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
