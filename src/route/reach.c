/* SPDX-License-Identifier: BSD-2-Clause */
/* Who reaches whom: the way there, the way back, and the verdict of both. */
#include "route/walk.h"

struct spot
spot_of_address(const struct iface *iface, const struct address *address)
{
	return ((struct spot) {
	    .kind = SPOT_NODE, .node = iface->vnet, .iface = iface, .subnet = address->subnet, .addr = address->addr });
}

struct spot
spot_of_iface(const struct iface *iface, enum family f)
{
	struct spot spot = { .kind = SPOT_NODE, .node = iface->vnet, .iface = iface, .addr = { .family = f }, .stand_in = true, .nowhere = true };

	vec_each (struct subnet *const *, s, &iface->subnets) {
		vec_each (const struct subnet_prefix *, sp, &(*s)->prefixes) {
			if (sp->prefix.addr.family == f && spot.nowhere) {
				spot.subnet = *s;
				spot.addr = sp->prefix.addr;
				spot.nowhere = false;
			}
		}
	}
	return (spot);
}

struct prover *
prover_new(struct arena *arena, const struct topology *topology, const struct linkgraph *graph, const struct routes *routes)
{
	struct prover *p = NEW(arena, struct prover);

	p->arena = arena;
	p->t = topology;
	p->routes = routes;
	for (int f = 0; f < FAMILIES; f++) {
		p->tables[f] = NEW_ARRAY(arena, struct table, topology->vnets.n);
		p->leads[f] = NEW_ARRAY(arena, struct lead, topology->subnets.n);
	}
	p->exits = arena_array(arena, topology->vnets.n, sizeof(*p->exits));
	p->classes = NEW_ARRAY(arena, char *, topology->vnets.n);
	p->class_by_key = map_new(arena);
	p->meanings = map_new(arena);
	segments_know(p, graph);
	holders_find(p);
	return (p);
}

const struct subnet *
subnet_holding(const struct prover *p, const struct inaddr *addr)
{
	vec_each (struct subnet *const *, s, &p->t->subnets)
		if (subnet_prefix_of(*s, addr) != NULL)
			return (*s);
	return (NULL);
}

static struct spot
fixed_spot(const struct prover *p, const struct end *end, enum family f)
{
	struct spot spot = {
		.kind = end->kind, .node = end->node, .iface = end->fixed_at[f], .subnet = end->subnet, .addr = end->fixed[f],
		.stand_in = end->kind != SPOT_NODE && !end->addressed,
	};

	if (end->kind == SPOT_NODE)
		spot.subnet = subnet_holding(p, &spot.addr);
	return (spot);
}

static bool
spot_is_listed(const spots *list, const struct iface *iface, const struct subnet *subnet)
{
	vec_each (const struct spot *, s, list)
		if (s->iface == iface && s->subnet == subnet)
			return (true);
	return (false);
}

/* The addresses at which a node can be reached; of several in one subnet on one interface the first. */
static void
node_spots(struct prover *p, const struct end *end, enum family f, spots *out)
{
	vec_each (struct iface *const *, i, &end->node->ifaces) {
		if ((*i)->link == NULL)
			continue;
		vec_each (const struct address *, a, &(*i)->addresses) {
			if (a->addr.family != f || inaddr_is_link_local(&a->addr) || (end->subnet != NULL && a->subnet != end->subnet))
				continue;
			if (a->subnet == NULL || !spot_is_listed(out, *i, a->subnet))
				*vec_push(p->arena, out) = spot_of_address(*i, a);
		}
		if (iface_leased(*i, f)) {
			struct spot spot = spot_of_iface(*i, f);

			if (end->subnet == NULL || spot.subnet == end->subnet)
				*vec_push(p->arena, out) = spot;
		}
	}
}

/* Is the interface on a link with the sender? */
static bool
is_near(const struct prover *p, const struct end *from, const struct iface *iface)
{
	const struct link *segment = link_of(iface)->segment;

	switch (from->kind) {
	case SPOT_NODE:
		vec_each (struct iface *const *, i, &from->node->ifaces)
			if ((*i)->link != NULL && (*i)->link->segment == segment)
				return (true);
		return (false);
	case SPOT_DEVICE:
	case SPOT_BEHIND:
		vec_each (struct link *const *, l, &from->subnet->links)
			if ((*l)->segment == segment)
				return (true);
		return (false);
	case SPOT_OUTSIDE:
		return (world_of(p, segment) == WORLD_NIC);
	}
	return (false);
}

static void
prove_spot(struct prover *p, const struct end *from, const struct spot *to, struct reach *out)
{
	bool fixed = from->kind != SPOT_NODE || from->fixed_at[out->family] != NULL;
	struct spot start = fixed ? fixed_spot(p, from, out->family) : (struct spot) { .kind = SPOT_NODE, .node = from->node };

	walk(p, &out->there, &start, to, fixed, NULL);
	way_reset(&out->back);
	out->verdict = out->there.verdict;
	/* What may have arrived can still be without an answer. */
	out->back_is_known = out->verdict != BROKEN && (out->there.source.kind != SPOT_NODE || out->there.source.iface != NULL);
	if (!out->back_is_known)
		return;
	walk(p, &out->back, to, &out->there.source, true, &out->there);
	if (out->back.verdict != REACHES && out->verdict != BROKEN)
		out->verdict = out->back.verdict == BROKEN ? BROKEN : UNPROVEN;
}

static void
prove_nothing(struct reach *out, enum stop stop, const struct vnet *at)
{
	out->verdict = out->there.verdict = BROKEN;
	out->there.stop = stop;
	out->there.at = at;
}

void
reach_prove(struct prover *p, const struct end *from, const struct end *to, enum family f, struct reach *out)
{
	size_t best = SIZE_MAX, last = SIZE_MAX;
	enum verdict found = BROKEN;

	out->from = from;
	out->to = to;
	out->family = f;
	out->back_is_known = false;
	out->verdict = REACHES;
	way_reset(&out->there);
	way_reset(&out->back);
	p->spots.n = 0;
	if ((from->families & to->families & (1u << f)) == 0) {
		prove_nothing(out, STOP_NO_FAMILY, NULL);
		return;
	}
	if (from->kind == SPOT_NODE && to->kind == SPOT_NODE && from->node == to->node)
		return;         /* by its own loopback */
	if (to->kind == SPOT_NODE && to->fixed_at[f] == NULL)
		node_spots(p, to, f, &p->spots);
	else
		*vec_push(p->arena, &p->spots) = fixed_spot(p, to, f);
	if (p->spots.n == 0)
		prove_nothing(out, STOP_NO_FAMILY, NULL);
	for (int pass = 0; pass < 2 && found != REACHES; pass++) {
		for (size_t i = 0; i < p->spots.n && found != REACHES; i++) {
			bool first = p->spots.n == 1 || is_near(p, from, p->spots.v[i].iface);

			if (first != (pass == 0))
				continue;
			prove_spot(p, from, &p->spots.v[i], out);
			last = i;
			if (best == SIZE_MAX || out->verdict == REACHES || (out->verdict == UNPROVEN && found == BROKEN)) {
				best = i;
				found = out->verdict;
			}
		}
	}
	if (best != last)
		prove_spot(p, from, &p->spots.v[best], out);
}
