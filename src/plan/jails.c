/* SPDX-License-Identifier: BSD-2-Clause */
/* Jails as jail(8) sees them: interfaces, hooks, devfs rulesets, the order of starting (freebsd.md 3 and 5). */
#include <string.h>
#include <strings.h>

#include "plan/planning.h"

/* Numbers of vnetc's own devfs rulesets; /etc/defaults has 1 to 5, jib's and jng's comments use 11. 5, which shows pf, is not in FreeBSD 12
 * and includes 4 alone in some of 13 and 14: see ruleset(). */
#define RULESET_BPF 100
#define RULESET_BPF_PF 101
#define RULESET_PF 102

void
plan_hook(struct planner *p, struct jail_plan *jp, enum hook hook, const char *command)
{
	*vec_push(p->arena, &jp->ezjail.hooks[hook]) = command;
	*vec_push(p->arena, &jp->native.hooks[hook]) = command;
}

/* A command that names the jail; ezjail's jail is called by its safename. */
static void
named(struct planner *p, struct jail_plan *jp, enum hook hook, const char *before, const char *after)
{
	struct jail_dialect *dialects[2] = { &jp->ezjail, &jp->native };

	for (int i = 0; i < 2; i++)
		*vec_push(p->arena, &dialects[i]->hooks[hook]) = arena_printf(p->arena, "%s%s%s", before, dialects[i]->name, after);
}

static void
own_hooks(struct planner *p, struct jail_plan *jp, enum hook hook, const struct v_strs *commands)
{
	for (size_t i = 0; i < commands->n; i++)
		plan_hook(p, jp, hook, commands->v[i].v);
}

static bool
given_back(const struct iface *iface)
{
	return (iface->attach == ATTACH_STATIC && iface->made != NULL);
}

/* A jail that is down keeps its vnet until its last connection is gone, up to a minute, and its interfaces with it. So they are taken
 * back before it stops; its services must have stopped by then, while they still had a network (freebsd.md 5.3). A command that fails
 * would keep the jail from stopping, hence "|| true". */
static void
give_back(struct planner *p, struct jail_plan *jp)
{
	bool any = false;

	vec_each (struct iface *const *, i, &jp->jail->vnet->ifaces)
		any |= given_back(*i);
	if (!any)
		return;
	jp->exec_stop = "";
	named(p, jp, HOOK_PRESTOP, "/usr/sbin/jexec ", " /bin/sh /etc/rc.shutdown jail || true");
	vec_each (struct iface *const *, i, &jp->jail->vnet->ifaces) {
		const struct iface *iface = *i;

		if (!given_back(iface))
			continue;
		if (strcmp(iface->name, iface->made) != 0)
			named(p, jp, HOOK_PRESTOP, "/usr/sbin/jexec ",
			    arena_printf(p->arena, " /sbin/ifconfig %s name %s || true", iface->name, iface->made));
		named(p, jp, HOOK_PRESTOP, arena_printf(p->arena, "/sbin/ifconfig %s -vnet ", iface->made), " || true");
	}
}

/* What jib does not know of its member: VLANs, spanning tree, private (freebsd.md 2.4). */
static void
after_jib(struct planner *p, struct jail_plan *jp)
{
	vec_each (struct iface *const *, i, &jp->jail->vnet->ifaces) {
		const struct iface *outer = (*i)->peer;
		struct text words = { .arena = p->arena };

		if ((*i)->attach != ATTACH_JIB || outer == NULL || outer->member_of == NULL)
			continue;
		if (outer->member_of->vlan_filtering && outer->untagged != 0)
			text_printf(&words, " ifuntagged %s %d", outer->name, outer->untagged);
		if (outer->member_of->vlan_filtering && outer->tagged.n != 0)
			text_printf(&words, " iftagged %s %s", outer->name, tagged_list(p, outer->member_of, outer));
		if (outer->stp)
			text_printf(&words, " stp %s", outer->name);
		if (outer->private_)
			text_printf(&words, " private %s", outer->name);
		if (words.n != 0)
			plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/sbin/ifconfig %s%s", outer->member_of->name, text_end(&words)));
	}
}

/* One call makes all jib interfaces of a jail, one uplink each, in list order (freebsd.md 4.1). */
static void
by_jib(struct planner *p, struct jail_plan *jp, enum attach attach)
{
	const char *tool = attach == ATTACH_JIB ? "jib" : "jng";
	struct text uplinks = { .arena = p->arena };
	const char *option = "";

	vec_each (struct iface *const *, i, &jp->jail->vnet->ifaces) {
		const struct bridge *bridge = (*i)->peer != NULL ? (*i)->peer->member_of : NULL;

		if ((*i)->attach != attach || bridge == NULL || bridge->uplink == NULL)
			continue;
		text_printf(&uplinks, " %s", bridge->uplink->name);
		if (strcmp(bridge->suffix, "bridge") != 0)
			option = arena_printf(p->arena, " -b %s", bridge->suffix);
	}
	if (uplinks.n == 0)
		return;
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/usr/local/sbin/%s %s%s %s%s", tool, attach == ATTACH_JIB ? "addm" : "bridge", option,
	    jp->jail->safename, text_end(&uplinks)));
	if (attach == ATTACH_JIB)
		after_jib(p, jp);
	plan_hook(p, jp, HOOK_POSTSTOP, arena_printf(p->arena, "/usr/local/sbin/%s %s %s", tool, attach == ATTACH_JIB ? "destroy" : "shutdown",
	    jp->jail->safename));
}

/* Without a NIC there is nothing for jng: ngctl makes an ng_bridge(4) that stays, and on its hook linkN an ng_eiface(4), whose interface
 * is named by the kernel and renamed. Quotes and $ have no place in these commands: sh and jail.conf read them first. */
static void
by_ngctl(struct planner *p, struct jail_plan *jp, const struct iface *inner)
{
	const char *bridge = inner->peer->member_of->name, *name = inner->made;

	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/usr/sbin/ngctl info %s: >/dev/null 2>&1 || { echo mkpeer bridge b link0; "
	    "echo name .:b %s; echo msg %s: setpersistent; } | /usr/sbin/ngctl -f -", bridge, bridge, bridge));
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/usr/sbin/ngctl shutdown %s: 2>/dev/null || true", name));
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/usr/sbin/ngctl mkpeer %s: eiface link%d ether", bridge, inner->hook));
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/usr/sbin/ngctl name %s:link%d %s", bridge, inner->hook, name));
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/usr/sbin/ngctl msg %s: getifname | /usr/bin/sed -n s/^Args:.//p | "
	    "/usr/bin/xargs -I %% /sbin/ifconfig %% name %s", name, name));
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/sbin/ifconfig %s%s", name, end_words(p, inner, true)));
	/* jng shutdown, where there is one, has taken it already: it goes by the names of interfaces. */
	plan_hook(p, jp, HOOK_POSTSTOP, arena_printf(p->arena, "/usr/sbin/ngctl shutdown %s: 2>/dev/null || true", name));
}

static void
vnet_interfaces(struct planner *p, struct jail_plan *jp)
{
	vec_each (struct iface *const *, i, &jp->jail->vnet->ifaces)
		if ((*i)->made != NULL)
			*vec_push(p->arena, &jp->vnet_interfaces) = (*i)->made;
}

bool
needs_pf(const struct vnet *vnet)
{
	return (vnet->nat_default || vnet->nat.n != 0 || vnet->rdr.n != 0);
}

bool
needs_bpf(const struct vnet *vnet)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->dhcp)
			return (true);
	return (false);
}

/* pf by nat or rdr, or because its rc_conf says so: it needs the same of the host (freebsd.md 1.8). */
bool
runs_pf(const struct vnet *vnet)
{
	if (needs_pf(vnet))
		return (true);
	for (size_t i = 0; vnet->jail != NULL && i < vnet->jail->decl->rc_conf.n; i++) {
		const struct v_pair *pair = &vnet->jail->decl->rc_conf.v[i];

		if (strcmp(pair->name.v, "pf_enable") == 0)
			return (strcasecmp(pair->value.v, "yes") == 0 || strcasecmp(pair->value.v, "true") == 0 ||
			    strcasecmp(pair->value.v, "on") == 0 || strcmp(pair->value.v, "1") == 0);
	}
	return (false);
}

static int
devfs_ruleset(const struct jail *jail)
{
	bool pf = runs_pf(jail->vnet), bpf = needs_bpf(jail->vnet);

	if (jail->devfs_ruleset >= 0)
		return (jail->devfs_ruleset);
	if (bpf)
		return (pf ? RULESET_BPF_PF : RULESET_BPF);
	return (pf ? RULESET_PF : -1);
}

static const struct jail_plan *
first_with(const struct planner *p, int number)
{
	vec_each (const struct jail_plan *, jp, &p->plan->jails)
		if (jp->vnet && jp->jail->devfs_ruleset < 0 && jp->devfs_ruleset == number)
			return (jp);
	return (NULL);
}

/* devfs(5) follows an include once and not those inside it (devfs_rule.c, vfs.devfs.rule_depth): devfsrules_jail alone would hide
 * nothing, so what it includes is included here. */
static void
ruleset(struct planner *p, struct plan_file *file, int number, const char *name, const char *const *paths)
{
	static const char *const bases[] = { "hide_all", "unhide_basic", "unhide_login", "jail" };
	const struct jail_plan *why = first_with(p, number);
	struct stanza *s;

	if (why == NULL)
		return;
	s = stanza_new(p, file, arena_printf(p->arena, "for %s", why->jail->name), why->asked, why->why);
	stanza_line(p, s, arena_printf(p->arena, "[%s=%d]", name, number));
	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		stanza_line(p, s, arena_printf(p->arena, "add include $devfsrules_%s", bases[i]));
	for (; *paths != NULL; paths++)
		stanza_line(p, s, arena_printf(p->arena, "add path '%s' unhide", *paths));
}

void
plan_devfs(struct planner *p)
{
	static const char *const bpf[] = { "bpf*", NULL }, *const pf[] = { "pf", NULL }, *const both_of_them[] = { "pf", "bpf*", NULL };
	struct plan_file *file;

	if (first_with(p, RULESET_BPF) == NULL && first_with(p, RULESET_BPF_PF) == NULL && first_with(p, RULESET_PF) == NULL)
		return;
	file = vec_push(p->arena, &p->plan->others);
	*file = (struct plan_file) {
		.path = "devfs.rules",
		.about = "Device rulesets that jails of this topology need. They belong in /etc/devfs.rules; then: service devfs restart.",
	};
	ruleset(p, file, RULESET_BPF, "vnetc_bpf", bpf);
	ruleset(p, file, RULESET_PF, "vnetc_pf", pf);
	ruleset(p, file, RULESET_BPF_PF, "vnetc_bpf_pf", both_of_them);
}

/* After the router jails of its default routes, also where a lease brings one, for rc asks once, at boot; and what a person asked for
 * (language.md 4, start_after). */
static void
start_order(struct planner *p, struct jail_plan *jp)
{
	const struct jail *jail = jp->jail;

	vec_each (struct jail *const *, a, &jail->after)
		*vec_push(p->arena, &jp->after) = *a;
	for (int f = 0; jail->vnet != NULL && f < FAMILIES; f++) {
		const struct forwarding *forwarding = &p->routes->of[jail->vnet->index];
		const struct vnet *node = forwarding->dflt[f] != NULL ? forwarding->dflt[f]->node : forwarding->lease_node[f];
		const struct jail *router = node != NULL ? node->jail : NULL;
		bool known = router == NULL;

		vec_each (const struct jail *const *, a, &jp->after)
			known |= *a == router;
		if (!known)
			*vec_push(p->arena, &jp->after) = router;
	}
}

/* An address of a classic jail. The file refers to an interface by its key, jail(8) by its last name. */
static const char *
classic_address(struct planner *p, const char *item, const char *bar)
{
	const char *key = arena_strndup(p->arena, item, (size_t)(bar - item));
	const struct iface *iface = map_get(p->t->iface_by_key, key);
	const struct bridge *bridge = topology_bridge(p->t, key);

	return (arena_printf(p->arena, "%s%s", iface != NULL ? iface->name : bridge != NULL ? bridge->name : key, bar));
}

/* jail(8) has a list of addresses for each family: IPv4 comes first. */
static void
classic(struct planner *p, struct jail_plan *jp)
{
	for (int f = 0; f < FAMILIES; f++)
		vec_each (struct v_str *, v, &jp->jail->ip) {
			const char *bar = strchr(v->v, '|');

			if (bar != NULL && (strchr(bar, ':') != NULL) == (f == INET6))
				*vec_push(p->arena, &jp->ip) = classic_address(p, v->v, bar);
		}
	jp->fib = given(&jp->jail->decl->fib.at) ? (int)jp->jail->decl->fib.v : -1;
	jp->devfs_ruleset = jp->jail->devfs_ruleset;
}

void
plan_jail(struct planner *p, const struct jail *jail)
{
	struct jail_plan *jp = vec_push(p->arena, &p->plan->jails);
	const struct decl_exec *exec = jail->decl->exec;

	*jp = (struct jail_plan) {
		.jail = jail, .path = arena_printf(p->arena, "/usr/jails/%s", jail->name), .hostname = jail->hostname, .vnet = jail->vnet != NULL,
		.fib = -1, .exec_start = "/bin/sh /etc/rc", .exec_stop = "/bin/sh /etc/rc.shutdown jail", .why = jail->at,
		.asked = asked_jail(p, jail),
	};
	jp->ezjail.name = jail->safename;
	jp->native.name = jail->name;
	start_order(p, jp);
	if (exec != NULL) {     /* at stop an administrator's commands come first, while all that vnetc made is there */
		own_hooks(p, jp, HOOK_PRESTOP, &exec->prestop);
		own_hooks(p, jp, HOOK_POSTSTOP, &exec->poststop);
	}
	if (jail->vnet == NULL) {
		classic(p, jp);
		plan_classic_guest(p, jp);
	} else {
		jp->devfs_ruleset = devfs_ruleset(jail);
		vnet_interfaces(p, jp);
		by_jib(p, jp, ATTACH_JIB);
		by_jib(p, jp, ATTACH_JNG);
		vec_each (struct iface *const *, i, &jail->vnet->ifaces) {
			if ((*i)->attach == ATTACH_PRESTART && (*i)->peer != NULL)
				plan_prestart(p, jp, *i);
			else if ((*i)->attach == ATTACH_NGCTL && (*i)->peer != NULL)
				by_ngctl(p, jp, *i);
		}
		plan_guest(p, jp);
	}
	if (exec != NULL) {
		own_hooks(p, jp, HOOK_PRESTART, &exec->prestart);
		own_hooks(p, jp, HOOK_POSTSTART, &exec->poststart);
	}
	if (jail->vnet != NULL)
		give_back(p, jp);
	for (size_t i = 0; i < jail->decl->parameters.n; i++) {
		const struct v_pair *pair = &jail->decl->parameters.v[i];

		if (strcmp(pair->name.v, "path") == 0 && given(&pair->value.at)) {
			jp->path = pair->value.v;
			continue;
		}
		*vec_push(p->arena, &jp->parameters) = given(&pair->value.at) ? arena_printf(p->arena, "%s=%s", pair->name.v, pair->value.v) : pair->name.v;
	}
}
