/* SPDX-License-Identifier: BSD-2-Clause */
/* Routes of several nodes that together lead round: what goes outside, or to what lies behind a node, comes back to who sent it on. */
#include "route/walk.h"
#include "route/ways.h"
#include "rules/rules.h"

struct circling {
	struct arena *arena;
	struct diags *diags;
	struct prover *prover;
	size_t *seen, stamp;            /* by vnet: walks that came by */
	bool *told;                     /* by vnet: it is in a circle of default routes, which was told */
	VEC(const struct route *) way;  /* of the walk at hand, with whose it is */
	VEC(const struct vnet *) nodes;
};

/* By which route a node hands on what goes to an address, if to a node of the file that hands it on in turn. */
static const struct route *
handed_on(const struct circling *c, const struct vnet *vnet, const struct inaddr *to)
{
	const struct entry *entry = vnet->routing_none || vnet->broken ? NULL : table_find(c->prover, vnet, to);
	const struct route *route = entry != NULL && entry->kind == ENTRY_GATEWAY ? entry->route : NULL;

	return (route != NULL && route->kind == ROUTE_VIA && route->node != NULL && route->node->forwards[to->family] ? route : NULL);
}

/* Walks until it ends or comes by a node again. SIZE_MAX: it ends; else where in the way the circle begins. */
static size_t
walk_round(struct circling *c, const struct vnet *from, const struct inaddr *to)
{
	const struct route *route;

	c->way.n = c->nodes.n = 0;
	c->stamp++;
	for (const struct vnet *at = from; (route = handed_on(c, at, to)) != NULL; at = route->node) {
		if (c->seen[at->index] == c->stamp) {
			for (size_t i = 0; i < c->nodes.n; i++)
				if (c->nodes.v[i] == at)
					return (i);
		}
		c->seen[at->index] = c->stamp;
		*vec_push(c->arena, &c->way) = route;
		*vec_push(c->arena, &c->nodes) = at;
	}
	return (SIZE_MAX);
}

/* what: "what leaves this file", "what goes to 10.9.0.0/24". */
static void
tell(struct circling *c, size_t begin, const char *what, struct span at, const char *cure)
{
	const struct vnet *first = c->nodes.v[begin];
	bool known = true;
	struct diag *d;

	for (size_t i = begin; i < c->nodes.n; i++)
		known &= c->told[c->nodes.v[i]->index];
	if (known)
		return;
	d = diag_add(c->diags, &rule_routing_circle, at, "%s goes round between %s and %s", what, first->shown,
	    c->nodes.v[begin + 1 < c->nodes.n ? begin + 1 : begin]->shown);
	for (size_t i = begin; i < c->nodes.n; i++)
		if (span_compare(&c->way.v[i]->why, &at) != 0)
			diag_note(c->diags, d, c->way.v[i]->why, "%s hands it to %s", c->nodes.v[i]->shown, c->way.v[i]->node->shown);
	diag_help(c->diags, d, "%s", cure);
}

static void
outside(struct circling *c, const struct topology *t, enum family f)
{
	struct inaddr nowhere = { .family = f };

	vec_each (struct vnet *const *, v, &t->vnets) {
		size_t begin = (*v)->forwards[f] ? walk_round(c, *v, &nowhere) : SIZE_MAX;

		if (begin == SIZE_MAX)
			continue;
		tell(c, begin, "what leaves this file", c->way.v[begin]->why, arena_printf(c->arena, "a gateway that leads out for one of them, or "
		    "gateway: none on %s", c->nodes.v[begin]->name));
		for (size_t i = begin; i < c->nodes.n; i++)
			c->told[c->nodes.v[i]->index] = true;
	}
}

/* Its way beyond is all in the file: a tunnel that it configures, and none that another program does. */
static bool
known_beyond(const struct vnet *vnet)
{
	bool tunnel = false;

	vec_each (struct iface *const *, i, &vnet->ifaces) {
		bool wired = (*i)->kind == IF_NIC || (*i)->kind == IF_VLAN || (*i)->kind == IF_LAGG || (*i)->kind == IF_WLAN;

		if ((*i)->managed_elsewhere)
			return (false);
		tunnel |= !wired && (*i)->link != NULL && (*i)->link->kind == LINK_WIRE && (*i)->addresses.n != 0;
	}
	return (tunnel);
}

/* A subnet that nothing carries lies behind its gateway, which must know what to do with it. */
static void
behind(struct circling *c, const struct topology *t, enum family f)
{
	vec_each (struct subnet *const *, s, &t->subnets) {
		const struct vnet *gateway = (*s)->gateway[f].kind == GW_NODE ? (*s)->gateway[f].node : NULL;

		if ((*s)->links.n != 0 || (*s)->ends.n != 0 || gateway == NULL || !known_beyond(gateway))
			continue;
		vec_each (const struct subnet_prefix *, sp, &(*s)->prefixes) {
			const char *shown = prefix_str(c->arena, &sp->prefix);
			struct inaddr last;
			size_t begin;

			if (sp->prefix.addr.family != f)
				continue;
			last = prefix_last(&sp->prefix);
			begin = walk_round(c, gateway, &last);
			if (begin != SIZE_MAX)
				tell(c, begin, arena_printf(c->arena, "what goes to %s", shown), sp->at, arena_printf(c->arena,
				    "routes: [{to: \"%s\", via: blackhole}] on %s, or the next hop behind it", shown, gateway->name));
		}
	}
}

void
circles_look(struct arena *arena, struct diags *diags, const struct topology *t, struct prover *prover)
{
	struct circling c = { .arena = arena, .diags = diags, .prover = prover };

	c.seen = NEW_ARRAY(arena, size_t, t->vnets.n);
	for (int f = 0; f < FAMILIES; f++) {
		c.told = NEW_ARRAY(arena, bool, t->vnets.n);
		outside(&c, t, f);
		behind(&c, t, f);
	}
}
