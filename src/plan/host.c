/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's rc.conf: what is created, how it is configured, where packets go. */
#include <string.h>

#include "plan/planning.h"

static void
add_word(struct text *text, const char *name)
{
	text_printf(text, "%s%s:sticky", text->n != 0 ? " " : "", name);
}

/* An epair that is made at boot: neither end comes and goes with its jail. */
static bool
made_at_boot(const struct iface *end)
{
	return (end->kind == IF_EPAIR && end->unit >= 0 && end->peer != NULL && end->peer->kind == IF_EPAIR &&
	    certain_member(end) && certain_member(end->peer));
}

static const char *
pair_name(struct planner *p, const struct iface *end)
{
	return (arena_printf(p->arena, "epair%d", end->unit));
}

/* Epairs before bridges, so that each end is configured before it joins (freebsd.md 1.1); ":sticky" keeps `service netif restart` from
 * destroying what running jails have. The order is that of jails, cables, bridges. */
static void
cloned_interfaces(struct planner *p)
{
	const struct topology *t = p->t;
	struct text words = { .arena = p->arena };
	struct stanza *s;

	vec_each (struct iface *const *, i, &t->host_interfaces)
		if ((*i)->cloned)
			add_word(&words, (*i)->created);
	vec_each (struct jail *const *, j, &t->jails) {
		if ((*j)->vnet == NULL)
			continue;
		vec_each (struct iface *const *, i, &(*j)->vnet->ifaces)
			if ((*i)->cable == NULL && made_at_boot(*i))
				add_word(&words, pair_name(p, *i));
	}
	vec_each (struct cable *const *, c, &t->cables)
		if ((*c)->a != NULL && (*c)->b != NULL && made_at_boot((*c)->a))
			add_word(&words, pair_name(p, (*c)->a));
	vec_each (struct bridge *const *, b, &t->bridges)
		if ((*b)->host_end != NULL)
			add_word(&words, pair_name(p, (*b)->host_end));
	vec_each (struct bridge *const *, b, &t->bridges)
		if (!(*b)->netgraph)
			add_word(&words, (*b)->made);
	if (words.n == 0)
		return;
	s = stanza_new(p, &p->plan->host, "what is created at boot, beside what is created already", NULL, t->host->at);
	stanza_append(p, s, "cloned_interfaces", text_end(&words));
}

/* Modules that a jail cannot load for itself (freebsd.md 1.8), by name: none waits for another, and a jail more leaves the others where they are. */
struct module { const char *name; const struct span *why; };
typedef VEC(struct module) modules;

static void
need_module(struct planner *p, modules *all, const char *name, const struct span *why)
{
	size_t at = 0;

	if (name == NULL)
		return;
	while (at < all->n && strcmp(all->v[at].name, name) < 0)
		at++;
	if (at < all->n && strcmp(all->v[at].name, name) == 0)
		return;
	vec_push(p->arena, all);
	memmove(&all->v[at + 1], &all->v[at], (all->n - 1 - at) * sizeof(all->v[0]));
	all->v[at] = (struct module) { name, why };
}

static void
kernel_modules(struct planner *p)
{
	modules all = { 0 };

	vec_each (struct vnet *const *, v, &p->t->vnets) {
		bool jail = (*v)->kind == VNET_JAIL;

		need_module(p, &all, jail && runs_pf(*v) ? "pf" : NULL, &(*v)->at);
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			bool inside = jail && (*i)->made == NULL;
			int unit;

			if (inside && ((*i)->kind == IF_VLAN || (*i)->key != NULL))
				need_module(p, &all, (*i)->kind == IF_VLAN ? "if_vlan" : cloner_of((*i)->key, &unit)->module, &(*i)->at);
			need_module(p, &all, (*i)->kind == IF_NGBRIDGE ? "ng_ether" : NULL, &(*i)->at);
		}
	}
	vec_each (const struct module *, m, &all) {
		struct stanza *s = stanza_new(p, &p->plan->host, arena_printf(p->arena, "%s must be loaded before the jails start", m->name), NULL, *m->why);

		stanza_append(p, s, "kld_list", m->name);
	}
}

static const char *
title_of(struct planner *p, const struct iface *iface)
{
	const struct iface *peer = iface->peer;

	if (iface->bridge != NULL)
		return (iface->bridge->name);
	if (iface->given_to != NULL)
		return (arena_printf(p->arena, "%s, which %s takes", iface->name, iface->given_to->vnet->name));
	if (iface->member_of != NULL && peer != NULL && peer->vnet->kind == VNET_JAIL)
		return (arena_printf(p->arena, "%s on %s", peer->vnet->name, iface->member_of->name));
	if (iface->member_of != NULL && peer != NULL && peer->kind == IF_EPAIR)
		return (arena_printf(p->arena, "%s in %s", iface->name, iface->member_of->name));
	if (iface->member_of != NULL)
		return (arena_printf(p->arena, "%s, a member of %s", iface->name, iface->member_of->name));
	if (peer != NULL && peer->member_of != NULL)
		return (arena_printf(p->arena, "the host on %s", peer->member_of->name));
	if (iface->lagg != NULL)
		return (arena_printf(p->arena, "%s, a port of %s", iface->name, iface->lagg->name));
	if (peer != NULL && peer->vnet->kind == VNET_JAIL)
		return (arena_printf(p->arena, "the host's end towards %s", peer->vnet->name));
	return (iface->name);
}

/* The jail's end while it is still on the host: its MAC, which it keeps when it moves (freebsd.md 2.3), and its name. */
static void
inner_end(struct planner *p, struct stanza *s, const struct iface *end)
{
	char ether[ETHER_TEXT];

	if (strcmp(end->created, end->made) != 0)
		stanza_set(p, s, arena_printf(p->arena, "ifconfig_%s_name", rc_variable(p->arena, end->created)), end->made);
	if (end->mac_kind == MAC_DERIVED || end->mac_kind == MAC_GIVEN)
		stanza_set(p, s, arena_printf(p->arena, "ifconfig_%s", rc_variable(p->arena, end->made)),
		    arena_printf(p->arena, "ether %s", ether_text(&end->mac, ether)));
}

/* An interface of the host that a jail takes whole: only its name and what it is made of are the host's business. */
static void
given_away(struct planner *p, const struct iface *iface)
{
	struct iface plain = *iface;
	struct stanza *s;

	plain.addresses.n = 0;
	plain.dhcp = plain.slaac = false;
	if (iface->given_to->mac_kind == MAC_GIVEN || iface->given_to->mac_kind == MAC_DERIVED) {
		plain.mac_kind = iface->given_to->mac_kind;
		plain.mac = iface->given_to->mac;
	}
	s = stanza_new(p, &p->plan->host, title_of(p, iface), asked_iface(p, iface), iface->at);
	plan_interface(p, s, &plain);
}

static void
host_interfaces(struct planner *p)
{
	vec_each (struct iface *const *, i, &p->t->host->ifaces) {
		const struct iface *iface = *i;
		struct stanza *s;

		if (iface->managed_elsewhere || comes_with_jail(iface) ||
		    (iface->member_of != NULL && !certain_member(iface) && iface->kind == IF_EPAIR))
			continue;
		if (iface->kind == IF_NG || (iface->kind == IF_NGBRIDGE))
			continue;
		if (iface->given_to != NULL) {
			given_away(p, iface);
			continue;
		}
		s = stanza_new(p, &p->plan->host, title_of(p, iface), asked_iface(p, iface), iface->at);
		plan_interface(p, s, iface);
		if (iface->peer != NULL && iface->peer->vnet->kind == VNET_JAIL && made_at_boot(iface))
			inner_end(p, s, iface->peer);
	}
}

/* A cable from jail to jail has no end on the host, but is made there. */
static void
cables_between_jails(struct planner *p)
{
	vec_each (struct cable *const *, c, &p->t->cables) {
		const struct iface *a = (*c)->a, *b = (*c)->b;
		struct stanza *s;

		if (a == NULL || b == NULL || a->vnet->kind != VNET_JAIL || b->vnet->kind != VNET_JAIL || !made_at_boot(a))
			continue;
		s = stanza_new(p, &p->plan->host, arena_printf(p->arena, "between %s and %s", a->vnet->name, b->vnet->name), asked_iface(p, a), (*c)->at);
		inner_end(p, s, a);
		inner_end(p, s, b);
	}
}

static bool
any_attach(const struct topology *t, enum attach attach)
{
	vec_each (struct jail *const *, j, &t->jails)
		for (size_t i = 0; (*j)->vnet != NULL && i < (*j)->vnet->ifaces.n; i++)
			if ((*j)->vnet->ifaces.v[i]->attach == attach)
				return (true);
	return (false);
}

/* inherit_mac is a tunable of the kernel: a bridge takes the address of its first member unless it was given one (freebsd.md 1.9). */
static void
loader(struct planner *p)
{
	vec_each (struct bridge *const *, b, &p->t->bridges) {
		struct plan_file *file;

		if ((*b)->iface->mac_kind != MAC_INHERIT)
			continue;
		file = vec_push(p->arena, &p->plan->others);
		*file = (struct plan_file) {
			.path = "loader.conf", .about = "Tunables that the topology needs. They belong in /boot/loader.conf; the next boot reads them.",
		};
		stanza_line(p, stanza_new(p, file, arena_printf(p->arena, "%s takes its first member's MAC", (*b)->name), asked_bridge(p, *b), (*b)->at),
		    "net.link.bridge.inherit_mac=\"1\"");
		return;
	}
}

/* What stands in rc.conf already of a NIC that becomes a member would be read as well, and from FreeBSD 15 on ends the bridge's line. */
static void
tell_of_old_lines(struct planner *p)
{
	vec_each (struct bridge *const *, b, &p->t->bridges) {
		vec_each (struct iface *const *, m, &(*b)->members) {
			const struct iface *member = *m;

			if (member->kind != IF_NIC || member->managed_elsewhere || (*b)->netgraph || (*b)->decl->addresses.n == 0)
				continue;
			*vec_push(p->arena, &p->plan->todo) = arena_printf(p->arena, "Take `ifconfig_%s_ipv6` and `ifconfig_%s_alias…` out of the host's own "
			    "lines, if they are there: its addresses are %s's now", rc_variable(p->arena, member->created), rc_variable(p->arena, member->created),
			    (*b)->name);
		}
	}
}

static void
tell_by_hand(struct planner *p)
{
	const struct vnet *host = p->t->host;
	static const struct { enum attach attach; const char *tool; } tools[] = { { ATTACH_JIB, "jib" }, { ATTACH_JNG, "jng" } };

	if (host->nameservers.n != 0)
		*vec_push(p->arena, &p->plan->todo) = arena_printf(p->arena, "Name servers of the host, in `/etc/resolv.conf`: %s",
		    str_join(p->arena, &host->nameservers, ", "));
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (any_attach(p->t, tools[i].attach))
			*vec_push(p->arena, &p->plan->todo) = arena_printf(p->arena,
			    "Once: `install -m 555 /usr/share/examples/jails/%s /usr/local/sbin/%s`", tools[i].tool, tools[i].tool);
}

void
plan_host(struct planner *p)
{
	struct plan_file *file = &p->plan->host;
	const char *asked = asked_key(p, &p->t->host->at, "host");

	file->path = "rc.conf";
	file->shell = true;
	file->about = "The network of the host. It belongs at the end of /etc/rc.conf, or in a file of its own that is read after it; "
	    "cloned_interfaces and static_routes are added to, not replaced.";
	cloned_interfaces(p);
	kernel_modules(p);
	host_interfaces(p);
	cables_between_jails(p);
	plan_routing(p, file, p->t->host, asked);
	if (p->t->decl->host != NULL)
		plan_further_variables(p, file, &p->t->decl->host->rc_conf, arena_printf(p->arena, "%s.rc_conf", asked));
	plan_pf(p, p->t->host);
	loader(p);
	tell_of_old_lines(p);
	tell_by_hand(p);
}
