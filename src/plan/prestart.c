/* SPDX-License-Identifier: BSD-2-Clause */
/* An epair made by ifconfig commands when its jail starts: exec.prestart and exec.poststop (freebsd.md 5.1, 5.3). */
#include <string.h>

#include "plan/planning.h"

const char *
end_words(struct planner *p, const struct iface *end, bool up)
{
	struct text text = { .arena = p->arena };
	const char *words = link_words(p, end);
	char ether[ETHER_TEXT];

	if (end->mac_kind == MAC_DERIVED || end->mac_kind == MAC_GIVEN)
		text_printf(&text, " ether %s", ether_text(&end->mac, ether));
	if (*words != '\0')
		text_printf(&text, " %s", words);
	if (up)
		text_add(&text, " up");
	return (text_end(&text));
}

static void
prestart(struct planner *p, struct jail_plan *jp, const char *program, const char *words)
{
	plan_hook(p, jp, HOOK_PRESTART, arena_printf(p->arena, "/sbin/%s %s", program, words));
}

/* What a start that failed has left behind is destroyed first, under whatever name it had got to. */
static void
destroyed_first(struct planner *p, struct jail_plan *jp, const struct iface *outer)
{
	if (strcmp(outer->made, outer->created) != 0)
		prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s destroy 2>/dev/null || true", outer->made));
	prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s destroy 2>/dev/null || true", outer->created));
}

static void
renamed(struct planner *p, struct jail_plan *jp, const struct iface *end)
{
	if (strcmp(end->made, end->created) != 0)
		prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s name %s", end->created, end->made));
}

static void
joins(struct planner *p, struct jail_plan *jp, const struct iface *outer)
{
	const struct bridge *bridge = outer->member_of;
	struct text words = { .arena = p->arena };

	text_printf(&words, "%s addm %s%s", bridge->name, outer->made, vlan_words(p, bridge, outer));
	if (outer->stp)
		text_printf(&words, " stp %s", outer->made);
	if (outer->private_)
		text_printf(&words, " private %s", outer->made);
	prestart(p, jp, "ifconfig", text_end(&words));
}

/* The kernel keeps IPv6 off an interface until it is told otherwise; netif is not here to do it (freebsd.md 1.4). */
static void
addressed(struct planner *p, struct jail_plan *jp, const struct iface *outer)
{
	bool inet6 = false;

	vec_each (const struct address *, a, &outer->addresses) {
		const char *before = a->addr.family == INET6 && !inet6 ? " -ifdisabled" : "";

		prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s %s %s/%d%s%s", outer->made, family_word(a->addr.family),
		    inaddr_str(p->arena, &a->addr), a->len, before, a->alias ? " alias" : ""));
		inet6 |= a->addr.family == INET6;
	}
}

static void
add_route(struct planner *p, struct jail_plan *jp, enum family f, const char *value)
{
	prestart(p, jp, "route", arena_printf(p->arena, "-q add %s%s", f == INET ? "" : "-inet6 ", value));
}

/* rc.d/routing ran before there was this interface, and its routes go when it goes. */
static void
routed(struct planner *p, struct jail_plan *jp, const struct iface *outer)
{
	const struct forwarding *forwarding = &p->routes->of[outer->vnet->index];

	vec_each (const struct inaddr *, peer, &outer->peers)
		add_route(p, jp, peer->family, arena_printf(p->arena, "-host %s -iface %s", inaddr_str(p->arena, peer), outer->made));
	for (int f = 0; f < FAMILIES; f++) {
		vec_each (const struct route *, r, &forwarding->routes[f])
			if (r->iface == outer)
				add_route(p, jp, f, route_value(p, r));
		if (forwarding->dflt[f] != NULL && forwarding->dflt[f]->iface == outer)
			add_route(p, jp, f, arena_printf(p->arena, "default %s", next_hop(p, forwarding->dflt[f])));
	}
}

void
plan_prestart(struct planner *p, struct jail_plan *jp, const struct iface *inner)
{
	const struct iface *outer = inner->peer;
	const char *words = end_words(p, inner, false);

	destroyed_first(p, jp, outer);
	prestart(p, jp, "ifconfig", arena_printf(p->arena, "epair%d create", outer->unit));
	renamed(p, jp, outer);
	renamed(p, jp, inner);
	prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s%s", outer->made, end_words(p, outer, true)));
	if (outer->cable != NULL && outer->description != NULL)
		prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s description '%s'", outer->made,
		    plain_description(p->arena, outer->description)));
	if (*words != '\0')
		prestart(p, jp, "ifconfig", arena_printf(p->arena, "%s%s", inner->made, words));
	if (outer->member_of != NULL)
		joins(p, jp, outer);
	else {
		addressed(p, jp, outer);
		routed(p, jp, outer);
	}
	plan_hook(p, jp, HOOK_POSTSTOP, arena_printf(p->arena, "/sbin/ifconfig %s destroy", outer->made));
}
