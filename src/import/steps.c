/* SPDX-License-Identifier: BSD-2-Clause */
/* What a person must do with an imported host, in which order, with the commands, the moment when the network drops, and the way back. */
#include <string.h>

#include "emit/sh.h"
#include "import/reporting.h"

#define BACKUP "/root/before-vnet.tar"
#define TIMER "/etc/cron.d/vnetc-back"
#define JAIL_CONF "/etc/jail.conf"
#define SYSCTL_CONF "/etc/sysctl.conf"

/* What has to be made anew: nothing, the jails that are started by other files, or the host's network too. */
enum reach { REACH_NOTHING, REACH_JAILS, REACH_NETWORK };

struct steps {
	struct report_writer *w;
	const struct draft *d;
	struct arena *arena;
	enum reach reach;
	strings by_hand;                /* files that are changed by hand */
	int number;
	bool fenced;                    /* between two fences of Markdown */
};

static void
fence(struct steps *s, bool open)
{
	if (s->w->markdown && s->fenced != open)
		text_add(s->w->t, open ? "    ```sh\n" : "    ```\n");
	s->fenced = open;
}

static void
step(struct steps *s, const char *text)
{
	fence(s, false);
	if (s->w->markdown && s->number > 0)
		text_add(s->w->t, "\n");
	report_line(s->w, arena_printf(s->arena, s->w->markdown ? "%d. " : "  %d. ", ++s->number), text);
}

static void
command(struct steps *s, const char *text)
{
	fence(s, true);
	report_line(s->w, s->w->markdown ? "    " : "       ", text);
}

/* No command, but what to look at. */
static void
point(struct steps *s, const char *text)
{
	fence(s, false);
	report_line(s->w, s->w->markdown ? "    - " : "       - ", text);
}

static void
point_at(struct steps *s, const struct span *at, const char *text)
{
	point(s, arena_printf(s->arena, "%s: %s", report_place(s->arena, at), text));
}

static const char *
word(const struct steps *s, const char *text)
{
	return (sh_word(s->arena, text));
}

/* What the host has */

static bool
any_attached(const struct draft *d, const char *attach)
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

static bool
any_netgraph(const struct draft *d)
{
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		if ((*b)->netgraph)
			return (true);
	return (false);
}

/* A jail of jail.conf that gets a file of its own. */
static bool
gets_own_file(const struct steps *s, const struct draft_jail *jail)
{
	return (jail->old->manager == OLD_JAIL_CONF && !jail->old->inherits && !jail->left_alone && !jail->old->by_vnetc && jail->old->at.src != NULL &&
	    strcmp(jail->old->at.src->name, arena_printf(s->arena, "/etc/jail.conf.d/%s.conf", jail->old->called)) != 0);
}

static bool
any_own_file(const struct steps *s)
{
	vec_each (struct draft_jail *const *, j, &s->d->jails)
		if (gets_own_file(s, *j))
			return (true);
	return (false);
}

static bool
was_read(const struct draft *d, const char *name)
{
	vec_each (const struct old_file *, f, &d->old->files)
		if (strcmp(f->name, name) == 0)
			return (true);
	return (false);
}

/* Is there a jail.conf only because a line is to be added to it? */
static bool
makes_jail_conf(const struct steps *s)
{
	return (any_own_file(s) && !s->d->old->includes_own_files && !was_read(s->d, JAIL_CONF));
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
changed(struct steps *s, const char *file)
{
	if (file[0] != '/')
		return;
	vec_each (const char *const *, known, &s->by_hand)
		if (strcmp(*known, file) == 0)
			return;
	*vec_push(s->arena, &s->by_hand) = file;
}

static void
collect_changed(struct steps *s)
{
	const struct draft *d = s->d;

	vec_each (const struct removal *, r, &d->remove)
		changed(s, r->set->at.src->name);
	vec_each (const struct by_hand *, h, &d->by_hand)
		changed(s, h->at.src->name);
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (gets_own_file(s, *j))
			changed(s, (*j)->old->at.src->name);
	if (!any_own_file(s))
		return;
	vec_each (const struct old_name *, c, &d->old->common)
		changed(s, c->at.src->name);
	if (!d->old->includes_own_files && was_read(d, JAIL_CONF))
		changed(s, JAIL_CONF);
}

/* The steps */

/* The subnets of a family on links where the host leases its address: there is the gateway that no file tells. */
static void
leased_subnets(struct steps *s, enum family f)
{
	vec_each (struct draft_link *const *, l, &s->d->links)
		for (size_t i = 0; (*l)->bridge != NULL && draft_leased(&(*l)->bridge->addresses, f) && i < (*l)->subnets.n; i++)
			vec_each (const struct prefix *, p, &(*l)->subnets.v[i]->prefixes)
				if (p->addr.family == f)
					point(s, arena_printf(s->arena, "subnets: {%s: {gateway: …}}, for %s", (*l)->subnets.v[i]->name, prefix_str(s->arena, p)));
}

static void
what_is_missing(struct steps *s)
{
	const struct draft *d = s->d;

	if (!d->no_gateway[INET] && !d->no_gateway[INET6])
		return;
	step(s, "Write into the topology what no file tells: the default gateway, as gateway: ADDRESS of the jails' subnet.");
	for (int f = 0; f < FAMILIES; f++)
		if (d->no_gateway[f]) {
			command(s, f == INET ? "route -n get default" : "route -n get -inet6 default");
			leased_subnets(s, (enum family)f);
		}
}

static const char *
files_below_root(const struct steps *s)
{
	strings words = { 0 };

	vec_each (const char *const *, f, &s->by_hand)
		*vec_push(s->arena, &words) = word(s, *f + 1);
	return (str_join(s->arena, &words, " "));
}

static void
copies(struct steps *s)
{
	step(s, s->by_hand.n > 0 ? "Keep the boot environment, where the root is on ZFS, and a copy of what is changed by hand below." :
	    "Keep the boot environment, where the root is on ZFS.");
	command(s, "bectl create before-vnet");
	if (s->by_hand.n > 0)
		command(s, arena_printf(s->arena, "tar -cpf " BACKUP " -C / %s", files_below_root(s)));
}

static void
tools(struct steps *s)
{
	const char *const used[] = { any_attached(s->d, "jib") ? "jib" : NULL, any_netgraph(s->d) ? "jng" : NULL };

	for (size_t i = 0; i < sizeof(used) / sizeof(used[0]); i++) {
		if (used[i] == NULL)
			continue;
		step(s, arena_printf(s->arena, "%s makes interfaces of jails: it has to be in its place.", used[i]));
		command(s, arena_printf(s->arena, "[ -x /usr/local/sbin/%s ] || install -m 555 /usr/share/examples/jails/%s /usr/local/sbin/%s", used[i], used[i],
		    used[i]));
	}
}

static void
other_programs(struct steps *s)
{
	if (s->d->by_hand.n > 0) {
		step(s, "Let these lines speak of what is there from now on.");
		vec_each (const struct by_hand *, h, &s->d->by_hand)
			point_at(s, &h->at, h->text);
	}
	if (host_filters(s->d)) {
		step(s, "The host's packet filter sees no more what jails on a bridge exchange with the network. Filter in the jails, or let it look at "
		    "members of bridges, as releases before 14 do by themselves.");
		command(s, "echo net.link.bridge.pfil_member=1 >> " SYSCTL_CONF);
	}
}

/* Who starts the jails: ezjail, the base system, or each its own. */
static void
jails_service(struct steps *s, const char *action)
{
	bool has[] = { [OLD_EZJAIL] = false, [OLD_RC_CONF] = false, [OLD_JAIL_CONF] = false };

	vec_each (struct draft_jail *const *, j, &s->d->jails)
		has[(*j)->old->manager] = true;
	if (has[OLD_EZJAIL])
		command(s, arena_printf(s->arena, "service ezjail %s", action));
	if (has[OLD_RC_CONF] || has[OLD_JAIL_CONF])
		command(s, arena_printf(s->arena, "service jail %s", action));
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
removals(struct steps *s)
{
	struct map *gone = map_new(s->arena);

	if (s->d->remove.n == 0)
		return;
	step(s, "Take these variables out: they are about interfaces and routes that a build sets itself.");
	vec_each (const struct removal *, r, &s->d->remove) {
		const struct span *at = &r->set->at;
		const char *name = r->set->name, *only = r->only != NULL && goes_whole(s->d, r->set) ? NULL : r->only, *file = word(s, at->src->name);

		if (map_put(gone, arena_printf(s->arena, "%s %s", report_place(s->arena, at), only != NULL ? only : ""), gone) != NULL)
			continue;
		if (!sysrc_takes(r->set))
			point_at(s, at, only != NULL ? arena_printf(s->arena, "%s: %s in it", name, only) : name);
		else if (only != NULL)
			command(s, arena_printf(s->arena, "sysrc -f %s %s", file, word(s, arena_printf(s->arena, "%s-=%s", name, only))));
		else
			command(s, arena_printf(s->arena, "sysrc -f %s -x %s", file, name));
	}
}

/* Two blocks of one jail would be taken together; what is in jail.conf.d is read where jail.conf says so (freebsd.md 5.2). */
static void
blocks_of_jail_conf(struct steps *s)
{
	const struct draft *d = s->d;

	if (!any_own_file(s))
		return;
	step(s, "Take the blocks of these jails out: each has a file of its own in /etc/jail.conf.d now, which jail.conf has to include.");
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (gets_own_file(s, *j))
			point_at(s, &(*j)->old->at, arena_printf(s->arena, "%s { … }", (*j)->old->called));
	if (!d->old->includes_own_files)
		command(s, "echo '.include \"/etc/jail.conf.d/*.conf\";' >> " JAIL_CONF);
	if (d->old->common.n == 0)
		return;
	step(s, "Take these out, too: what stands for all jails holds for those of jail.conf.d as well, and would be done twice.");
	vec_each (const struct old_name *, c, &d->old->common)
		point_at(s, &c->at, c->name);
}

static void
switch_over(struct steps *s)
{
	const char *restore = s->by_hand.n > 0 ? "tar -xpf " BACKUP " -C / && " : "", *remove = makes_jail_conf(s) ? "rm -f " JAIL_CONF " && " : "";

	step(s, "Without a console at hand: a timer that takes all of it back, and boots once more, unless it is removed within a quarter of an hour after "
	    "the boot.");
	command(s, arena_printf(s->arena, "echo '@reboot root sleep 900 && rm " TIMER " && /usr/local/bin/vnetc install --uninstall --yes && %s%s"
	    "/sbin/shutdown -r now' > " TIMER, restore, remove));
	step(s, "Here the network drops, for as long as a boot takes. Only a boot leaves nothing of the old settings behind: service netif restart "
	    "would leave IPv6 addresses and dhclient where they are.");
	command(s, "shutdown -r now");
}

static const struct draft_jail *
first_vnet_jail(const struct draft *d)
{
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (!(*j)->classic && (*j)->ifaces.n > 0 && !(*j)->old->disabled)
			return (*j);
	return (NULL);
}

static void
look_at_it(struct steps *s)
{
	const struct draft_jail *first = first_vnet_jail(s->d);

	step(s, s->d->converted ? "Look: is everything there? A program in a jail that listens on 127.0.0.1 was heard on the jail's address; now only the "
	    "jail itself hears it." : "Look: is everything there?");
	command(s, "ifconfig && netstat -rn");
	if (first != NULL) {
		const char *name = word(s, first->old->called);

		command(s, arena_printf(s->arena, "jexec %s ifconfig", name));
		for (int f = 0; f < FAMILIES; f++)
			if (first->node.dflt[f].given && !inaddr_is_link_local(&first->node.dflt[f].addr)) {
				command(s, arena_printf(s->arena, "jexec %s ping -c 3 %s", name, inaddr_str(s->arena, &first->node.dflt[f].addr)));
				break;
			}
	}
	if (s->reach != REACH_NETWORK)
		return;
	step(s, "Then the timer goes.");
	command(s, "rm " TIMER);
}

static void
way_back(struct steps *s)
{
	step(s, s->reach == REACH_NETWORK ? "The way back, at any time: every file as it was before, and the network made anew from them." :
	    "The way back, at any time: every file as it was before.");
	if (s->reach != REACH_NOTHING)
		jails_service(s, "stop");
	if (s->reach == REACH_NETWORK)
		command(s, "rm -f " TIMER);
	command(s, "vnetc install --uninstall");
	if (s->by_hand.n > 0)
		command(s, "tar -xpf " BACKUP " -C /");
	if (makes_jail_conf(s))
		command(s, "rm -f " JAIL_CONF);
	if (s->reach == REACH_JAILS)
		jails_service(s, "start");
	if (s->reach == REACH_NETWORK)
		command(s, "shutdown -r now");
}

void
report_steps(struct report_writer *w, const struct import_report *r)
{
	const struct draft *d = r->draft;
	struct steps s = { .w = w, .d = d, .arena = d->arena };
	const char *file = word(&s, r->output != NULL ? r->output : "topology.yaml");

	collect_changed(&s);
	s.reach = d->converted || d->differences.n > 0 ? REACH_NETWORK : s.by_hand.n > 0 ? REACH_JAILS : REACH_NOTHING;
	if (host_filters(d))
		changed(&s, SYSCTL_CONF);
	report_heading(w, "What to do, in this order");
	what_is_missing(&s);
	step(&s, "Read the topology, mend what is told above, and look at the picture. Nothing on the host has changed so far.");
	command(&s, arena_printf(s.arena, "vnetc check %s && vnetc build %s", file, file));
	if (d->converted) {
		step(&s, "The kernel has to know VNET, as GENERIC does since 12.0: this prints 1.");
		command(&s, "sysctl -n kern.features.vimage");
	}
	if (s.reach != REACH_NOTHING) {
		copies(&s);
		tools(&s);
	}
	step(&s, "See what would change on the host.");
	command(&s, arena_printf(s.arena, "vnetc diff --root / %s", file));
	other_programs(&s);
	if (s.reach != REACH_NOTHING) {
		step(&s, "Stop the jails, while their old settings are still there: the addresses that they were given go with them.");
		jails_service(&s, "stop");
	}
	removals(&s);
	step(&s, "Put it there. Files are changed, nothing that runs.");
	command(&s, arena_printf(s.arena, "vnetc install %s", file));
	blocks_of_jail_conf(&s);
	if (s.reach == REACH_JAILS) {
		step(&s, "Start the jails again.");
		jails_service(&s, "start");
	}
	if (s.reach == REACH_NETWORK)
		switch_over(&s);
	if (s.reach != REACH_NOTHING)
		look_at_it(&s);
	way_back(&s);
	fence(&s, false);
}
