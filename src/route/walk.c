/* SPDX-License-Identifier: BSD-2-Clause */
/* A packet's walk: from table to table and link to link, until it arrives or is lost. */
#include "route/walk.h"

struct walker {
	struct prover *p;
	struct way *way;
	const struct way *there;        /* what this answers; NULL: nothing */
	enum family f;
	bool source_known;
	size_t pending;                 /* translations that are still to be undone */
	size_t round;                   /* the first hop with the destination at hand: nobody may be passed twice from there */
};

void
way_reset(struct way *way)
{
	struct way empty = { .hops = way->hops, .translations = way->translations };

	empty.hops.n = empty.translations.n = 0;
	*way = empty;
}

static void
lost(struct walker *w, enum stop stop, const struct vnet *at)
{
	w->way->verdict = stop == STOP_UNDESCRIBED || stop == STOP_LEASED ? UNPROVEN : BROKEN;
	w->way->stop = stop;
	w->way->at = at;
}

static struct hop *
add_hop(struct walker *w, struct hop hop)
{
	struct hop *added = vec_push(w->p->arena, &w->way->hops);

	*added = hop;
	return (added);
}

typedef VEC(const struct subnet *) subnet_queue;

static bool
lies_on(const struct subnet *subnet, const struct link *segment)
{
	vec_each (struct link *const *, l, &subnet->links)
		if ((*l)->segment == segment)
			return (true);
	return (false);
}

/* The world beyond the file */

/* A machine beyond a NIC that forwards and has no default route: its way on is not described, the world lies behind it. */
static bool
is_edge(struct walker *w, const struct vnet *vnet)
{
	const struct inaddr any = { .family = w->f };

	if (vnet->kind != VNET_MACHINE || !vnet->forwards[w->f] || table_find(w->p, vnet, &any) != NULL)
		return (false);
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->link != NULL && stands_beyond(*i) && world_of(w->p, (*i)->link) == WORLD_NIC)
			return (true);
	return (false);
}

/* What a router on the way leads to: links with something beyond the file, and further subnets. */
static void
pass_router(struct prover *p, const struct vnet *router, enum family f, struct lead *lead, subnet_queue *queue, bool *seen)
{
	const struct iface *on = NULL;

	vec_each (struct iface *const *, i, &router->ifaces) {
		enum world world = (*i)->link != NULL ? world_of(p, (*i)->link) : WORLD_NONE;

		lead->leads |= world != WORLD_NONE;
		if (world == WORLD_NIC && !stands_beyond(*i) && iface_has_family(*i, f)) {
			lead->choices += on == NULL;
			on = *i;
		}
		/* Beyond a link with a NIC lies the world itself. */
		for (size_t k = 0; world != WORLD_NIC && k < (*i)->subnets.n; k++) {
			const struct subnet *s = (*i)->subnets.v[k];

			if (!seen[s->index] && subnet_has_family(s, f)) {
				seen[s->index] = true;
				*vec_push(p->arena, queue) = s;
			}
		}
	}
	/* By a machine it may come as well, but what the machine knows is not told here. */
	if (on != NULL && lead->router == NULL && router->kind != VNET_MACHINE) {
		lead->router = router;
		lead->iface = on;
	}
}

/* Breadth first over the routers of the file, from the subnet to links that lead out. */
static void
search_lead(struct prover *p, const struct subnet *subnet, enum family f, struct lead *lead)
{
	subnet_queue queue = { 0 };
	bool *seen = NEW_ARRAY(p->arena, bool, p->t->subnets.n), *passed = NEW_ARRAY(p->arena, bool, p->t->vnets.n);
	const struct vnet *gateway = subnet->gateway[f].kind == GW_NODE && subnet->ends.n == 0 ? subnet->gateway[f].node : NULL;

	if (gateway != NULL)
		pass_router(p, gateway, f, lead, &queue, seen);
	seen[subnet->index] = true;
	*vec_push(p->arena, &queue) = subnet;
	for (size_t head = 0; head < queue.n; head++) {
		vec_each (struct link *const *, l, &queue.v[head]->links)
			lead->leads |= world_of(p, *l) != WORLD_NONE;
		vec_each (struct iface *const *, e, &queue.v[head]->ends) {
			const struct vnet *router = (*e)->vnet;

			if (!passed[router->index] && router->forwards[f])
				pass_router(p, router, f, lead, &queue, seen);
			passed[router->index] = true;
		}
	}
}

const struct lead *
lead_to(struct prover *p, const struct subnet *subnet, enum family f)
{
	struct lead *lead = &p->leads[f][subnet->index];

	if (lead->known)
		return (lead);
	lead->known = true;
	search_lead(p, subnet, f, lead);
	vec_each (const struct outside_route *, o, &p->routes->outside) {
		const struct iface *iface;

		if (o->subnet != subnet || o->to.addr.family != f)
			continue;
		iface = holder_anywhere(p, &o->via);
		if (iface != NULL && iface->vnet == o->router && world_of(p, link_of(iface)) == WORLD_NIC) {
			lead->router = o->router;
			lead->iface = iface;
			lead->choices = 1;
			break;
		}
	}
	lead->sure = lead->router != NULL && lead->choices == 1;        /* of several nobody says which */
	return (lead);
}

static void walk_on(struct walker *, const struct vnet *, bool own);

static const struct address *
address_of(const struct iface *iface, enum family f)
{
	vec_each (const struct address *, a, &iface->addresses)
		if (a->addr.family == f && !inaddr_is_link_local(&a->addr))
			return (a);
	return (NULL);
}

/* A hop to a router on one of its links with the world. */
static void
hand_to(struct walker *w, const struct vnet *from, const struct iface *in)
{
	const struct address *address = address_of(in, w->f);
	struct hop *hop = add_hop(w, (struct hop) { .node = from, .link = link_of(in), .to = in->vnet, .in = in });

	if (w->way->to.kind == SPOT_NODE && w->way->to.iface == in) {
		hop->next = w->way->to.addr;
		hop->next_known = !w->way->to.stand_in;
	} else if (address != NULL) {
		hop->next = address->addr;
		hop->next_known = true;
	}
}

/* From something that the file does not describe to an interface of a node on a link with it. */
static void
come_in(struct walker *w, const struct iface *in)
{
	hand_to(w, NULL, in);
	if (frames_pass(w->p, in, NULL, w->way)) {
		walk_on(w, in->vnet, false);
		return;
	}
	lost(w, w->way->stop, NULL);
	w->way->link = link_of(in);
}

/* The world has a route to the subnet and comes back by the router that it was told of. */
static void
come_back(struct walker *w, const struct lead *lead)
{
	const struct route *dflt = w->p->routes->of[lead->router->index].dflt[w->f];

	/* The machine to which the router leaves is the one that has the route. */
	if (dflt != NULL && dflt->node != NULL && is_edge(w, dflt->node)) {
		if (w->way->hops.n == 0 || w->way->hops.v[w->way->hops.n - 1].node != dflt->node)
			add_hop(w, (struct hop) { .to = dflt->node });
		hand_to(w, dflt->node, lead->iface);
		walk_on(w, lead->router, false);
	} else
		come_in(w, lead->iface);
}

/* From outside, which knows the subnets of links with a NIC and those that are routed, nothing else. */
static void
walk_from_outside(struct walker *w)
{
	const struct spot *to = &w->way->to;
	const struct subnet *subnet = to->subnet;
	const struct gateway *gateway = subnet != NULL ? &subnet->gateway[w->f] : NULL;

	if (to->kind == SPOT_OUTSIDE)
		return;
	if (to->kind == SPOT_NODE && link_of(to->iface) != NULL && world_of(w->p, link_of(to->iface)) == WORLD_NIC &&
	    (to->stand_in || (subnet != NULL && lies_on(subnet, link_of(to->iface)->segment)))) {
		if (gateway != NULL && gateway->kind == GW_NODE && gateway->node != to->node && is_edge(w, gateway->node)) {
			add_hop(w, (struct hop) { .to = gateway->node });
			walk_on(w, gateway->node, false);
		} else
			come_in(w, to->iface);
		return;
	}
	if (to->kind == SPOT_DEVICE && subnet != NULL) {
		vec_each (struct link *const *, l, &subnet->links)
			if (world_of(w->p, *l) == WORLD_NIC)
				return;
	}
	if (subnet != NULL && subnet->routed && lead_to(w->p, subnet, w->f)->sure) {
		come_back(w, lead_to(w->p, subnet, w->f));
		return;
	}
	/* Where only something unknown is on the link and holds the gateway's address, that may be the way to the world. */
	if (subnet != NULL && (subnet->routed || (gateway->kind != GW_NODE && subnet->links.n != 0 && world_of(w->p, subnet->links.v[0]) == WORLD_UNKNOWN)))
		lost(w, STOP_UNDESCRIBED, NULL);
	else
		lost(w, STOP_NOT_KNOWN_OUTSIDE, NULL);
}

/* The packet leaves the file by an interface, to an address that nobody in it has. */
static void
leave(struct walker *w, const struct vnet *node, const struct iface *out)
{
	enum world world = world_of(w->p, link_of(out));
	const struct subnet *subnet = w->way->to.subnet;
	const struct lead *lead;

	w->way->link = link_of(out);
	w->way->iface = out;
	if (world == WORLD_NONE) {
		lost(w, STOP_NOBODY, node);
		return;
	}
	if (!frames_pass(w->p, out, NULL, w->way)) {
		lost(w, w->way->stop, node);
		return;
	}
	if (w->way->to.kind == SPOT_OUTSIDE) {
		if (world != WORLD_NIC)
			lost(w, STOP_UNDESCRIBED, node);
		return;
	}
	lead = subnet != NULL ? lead_to(w->p, subnet, w->f) : NULL;
	if (lead != NULL && subnet->routed && lead->sure && link_of(lead->iface)->segment == link_of(out)->segment)
		come_back(w, lead);
	else
		lost(w, lead == NULL || lead->leads ? STOP_UNDESCRIBED : STOP_LOST_OUTSIDE, node);
}

/* Within the file */

/* The source that the sender's routing picks: its first address on the interface, in the next hop's subnet. */
static bool
pick_source(struct walker *w, const struct vnet *node, const struct iface *out, const struct inaddr *next)
{
	const struct address *any = address_of(out, w->f);

	vec_each (const struct address *, a, &out->addresses) {
		const struct prefix own = { a->addr, a->len };

		if (next != NULL && a->addr.family == w->f && !inaddr_is_link_local(&a->addr) && prefix_has(&own, next)) {
			w->way->source = spot_of_address(out, a);
			return (true);
		}
	}
	if (iface_leased(out, w->f)) {
		w->way->source = spot_of_iface(out, w->f);
		return (true);
	}
	for (size_t i = 0; any == NULL && i < node->ifaces.n; i++) {
		if (node->ifaces.v[i]->link != NULL)
			any = address_of(out = node->ifaces.v[i], w->f);
	}
	if (any != NULL)
		w->way->source = spot_of_address(out, any);
	return (any != NULL);
}

/* A sender's own address on the link of somebody's interface. */
static void
source_beside(struct walker *w, const struct vnet *node, const struct iface *other)
{
	for (size_t i = 0; i < node->ifaces.n && !w->source_known; i++) {
		const struct iface *iface = node->ifaces.v[i];

		if (iface->link == NULL || link_of(iface)->segment != link_of(other)->segment || !pick_source(w, node, iface, NULL))
			continue;
		w->way->first_source = w->way->source;
		w->source_known = true;
	}
}

/* A machine without a route: the world may lie behind it. */
static void
no_route(struct walker *w, const struct vnet *node)
{
	const struct subnet *subnet = w->way->to.subnet;

	if (is_edge(w, node)) {
		if (w->way->to.kind == SPOT_OUTSIDE) {
			add_hop(w, (struct hop) { .node = node });
			return;
		}
		if (subnet != NULL && subnet->routed && lead_to(w->p, subnet, w->f)->sure) {
			source_beside(w, node, lead_to(w->p, subnet, w->f)->iface);
			hand_to(w, node, lead_to(w->p, subnet, w->f)->iface);
			walk_on(w, lead_to(w->p, subnet, w->f)->router, false);
			return;
		}
	}
	lost(w, STOP_NO_ROUTE, node);
}

static const nat_exits *
exits_of(struct prover *p, const struct vnet *vnet)
{
	if (!p->exits[vnet->index].known && vnet_translates(vnet))
		nat_find_exits(p->arena, p->routes, vnet, &p->exits[vnet->index].all);
	p->exits[vnet->index].known = true;
	return (&p->exits[vnet->index].all);
}

/* Would the node translate what leaves here: from a subnet behind it, to an address in no subnet of the file? */
static bool
would_translate(struct walker *w, const struct vnet *node, const struct iface *out)
{
	const struct subnet *from = w->way->source.subnet;

	if (w->f != INET || w->way->to.subnet != NULL || from == NULL || from->island)
		return (false);
	vec_each (const struct iface *const *, e, exits_of(w->p, node))
		if (*e == out)
			return (nat_covers(w->p->routes, node, from));
	return (false);
}

static bool
passed_by(const struct way *way, const struct vnet *node)
{
	vec_each (const struct hop *, h, &way->hops)
		if (h->node == node)
			return (true);
	return (false);
}

/* False: an answer that would come from an address to which nobody sent anything. */
static bool
translate(struct walker *w, const struct vnet *node, struct hop *hop)
{
	const struct address *own = address_of(hop->out, INET);

	if (!would_translate(w, node, hop->out))
		return (true);
	if (w->there != NULL)
		return (passed_by(w->there, node) || w->there->to.node == node);
	if (own != NULL && w->way->source.iface == hop->out && inaddr_equal(&own->addr, &w->way->source.addr))
		return (true);
	*vec_push(w->p->arena, &w->way->translations) = (struct translation) { node, w->way->source };
	w->way->source = own != NULL ? spot_of_address(hop->out, own) : spot_of_iface(hop->out, INET);
	hop->translated = true;
	hop->leased = w->way->source.stand_in;
	hop->source = w->way->source.addr;
	return (true);
}

/* The router that a lease brings: the gateway of the subnet where it was given. False: nothing says which. */
static bool
leased_gateway(const struct iface *iface, enum family f, struct inaddr *next)
{
	vec_each (struct subnet *const *, s, &iface->subnets) {
		const struct gateway *gateway = &(*s)->gateway[f];
		const struct address *address = gateway->kind == GW_NODE ? vnet_address_in(gateway->node, *s, f, NULL) : NULL;

		if (gateway->kind == GW_ADDRESS || address != NULL) {
			*next = address != NULL ? address->addr : gateway->addr;
			return (true);
		}
	}
	return (false);
}

/* Whom the packet goes to on the link. False: it is lost. */
static bool
next_hop(struct walker *w, const struct vnet *node, const struct entry *entry, struct hop *hop)
{
	const struct route *route = entry->route;

	*hop = (struct hop) { .node = node, .out = entry->iface, .route = route, .next = w->way->to.addr, .next_known = !w->way->to.stand_in };
	w->way->route = route;
	if (route != NULL && route->kind != ROUTE_VIA) {
		lost(w, STOP_REJECTED, node);
		return (false);
	}
	if (entry->kind == ENTRY_GATEWAY) {
		hop->next = route->via;
		hop->next_known = true;
		if (hop->out == NULL)   /* on the net that a lease brings */
			hop->out = w->p->routes->of[node->index].lease[w->f];
	} else if (entry->kind == ENTRY_LEASE)
		hop->next_known = leased_gateway(entry->iface, w->f, &hop->next);
	w->way->next = hop->next;
	w->way->next_known = hop->next_known;
	if (hop->out == NULL || hop->out->link == NULL) {
		lost(w, STOP_NOBODY, node);
		return (false);
	}
	hop->link = hop->out->link;
	return (true);
}

/* Who takes the packet; NULL: nobody in the file. */
static const struct iface *
taker(struct walker *w, const struct entry *entry, const struct hop *hop)
{
	const struct spot *to = &w->way->to;
	bool direct = entry->kind == ENTRY_LINK || entry->kind == ENTRY_PEER;

	if (direct && to->kind == SPOT_NODE)
		return (link_of(to->iface) != NULL && link_of(to->iface)->segment == hop->link->segment ? to->iface : NULL);
	return (hop->next_known ? holder_find(w->p, &hop->next, hop->link->segment) : NULL);
}

/* One hop. Whom it leads to, where it does not end the walk. */
static const struct vnet *
step(struct walker *w, const struct vnet *node, const struct entry *entry)
{
	const struct iface *in;
	struct hop *hop, next;

	if (!next_hop(w, node, entry, &next))
		return (NULL);
	if (!w->source_known && !pick_source(w, node, next.out, next.next_known ? &next.next : NULL)) {
		lost(w, STOP_NO_SOURCE, node);
		return (NULL);
	}
	if (!w->source_known)
		w->way->first_source = w->way->source;
	w->source_known = true;
	if (!translate(w, node, &next)) {
		/* What came in by a way that is not known may have passed here. */
		lost(w, w->there->verdict == UNPROVEN ? STOP_UNDESCRIBED : STOP_TRANSLATED, node);
		return (NULL);
	}
	hop = add_hop(w, next);
	in = taker(w, entry, &next);
	if (in != NULL) {
		hop->to = in->vnet;
		hop->in = in;
		if (frames_pass(w->p, next.out, in, w->way))
			return (in->vnet);
		lost(w, w->way->stop, node);
		w->way->link = next.link;
		return (NULL);
	}
	if (entry->kind == ENTRY_LINK && w->way->to.kind == SPOT_DEVICE && world_of(w->p, next.link) != WORLD_NONE &&
	    lies_on(w->way->to.subnet, next.link->segment)) {
		if (!frames_pass(w->p, next.out, NULL, w->way))
			lost(w, w->way->stop, node);
		return (NULL);
	}
	if (entry->kind == ENTRY_LINK) {
		w->way->link = next.link;
		lost(w, STOP_NOBODY, node);
	} else
		leave(w, node, next.out);
	return (NULL);
}

/* Has the packet arrived? Where a translation is undone, it goes on with another destination. */
static bool
arrived(struct walker *w, const struct vnet *node, bool own)
{
	struct way *way = w->way;

	if (way->to.node != node || (way->to.kind != SPOT_NODE && way->to.kind != SPOT_BEHIND))
		return (false);
	if (way->to.kind == SPOT_BEHIND) {
		if (!own && !node->forwards[w->f])
			return (false);
		add_hop(w, (struct hop) { .node = node });
		return (true);
	}
	if (w->pending == 0 || w->there->translations.v[w->pending - 1].node != node)
		return (true);
	way->to = w->there->translations.v[--w->pending].was;
	w->round = way->hops.n;
	if (way->hops.n != 0) {
		way->hops.v[way->hops.n - 1].translated = true;
		way->hops.v[way->hops.n - 1].leased = way->to.stand_in;
		way->hops.v[way->hops.n - 1].source = way->to.addr;
	}
	return (way->to.node == node && way->to.kind == SPOT_NODE);
}

static bool
passed_twice(const struct walker *w, const struct vnet *node)
{
	for (size_t i = w->round; i < w->way->hops.n; i++)
		if (w->way->hops.v[i].node == node)
			return (true);
	return (false);
}

static void
walk_on(struct walker *w, const struct vnet *node, bool own)
{
	while (node != NULL) {
		const struct entry *entry;

		if (arrived(w, node, own))
			return;
		if (!own && !node->forwards[w->f]) {
			lost(w, STOP_NO_FORWARDING, node);
			return;
		}
		if (passed_twice(w, node) || w->way->hops.n >= TTL) {
			lost(w, w->way->hops.n >= TTL ? STOP_TTL : STOP_CIRCLE, node);
			return;
		}
		if (w->way->to.nowhere && w->way->to.kind == SPOT_NODE) {
			lost(w, STOP_LEASED, node);
			w->way->iface = w->way->to.iface;
			return;
		}
		entry = table_find(w->p, node, &w->way->to.addr);
		if (entry == NULL) {
			no_route(w, node);
			return;
		}
		node = step(w, node, entry);
		own = false;
	}
}

/* From something on a subnet's link that the file does not describe: on the link directly, else by the subnet's gateway. */
static void
walk_from_device(struct walker *w, const struct subnet *subnet)
{
	const struct spot *to = &w->way->to;
	const struct gateway *gateway = &subnet->gateway[w->f];
	const struct iface *in = NULL;
	const struct lead *lead;

	if (to->subnet == subnet && (to->kind == SPOT_DEVICE || (to->kind == SPOT_NODE && lies_on(subnet, link_of(to->iface)->segment)))) {
		if (to->kind == SPOT_NODE)
			come_in(w, to->iface);
		return;
	}
	if (gateway->kind == GW_NODE) {
		if (vnet_address_in(gateway->node, subnet, w->f, &in) == NULL)
			lost(w, STOP_NO_GATEWAY, NULL);
		else
			come_in(w, in);
		return;
	}
	if (gateway->kind != GW_ADDRESS) {
		lost(w, STOP_NO_GATEWAY, NULL);
		return;
	}
	w->way->next = gateway->addr;
	w->way->next_known = true;
	if (to->kind == SPOT_OUTSIDE)
		return;
	lead = to->subnet != NULL ? lead_to(w->p, to->subnet, w->f) : NULL;
	if (lead != NULL && to->subnet->routed && lead->sure && lies_on(subnet, link_of(lead->iface)->segment))
		come_back(w, lead);
	else
		lost(w, lead == NULL || lead->leads ? STOP_UNDESCRIBED : STOP_LOST_OUTSIDE, NULL);
}

void
walk(struct prover *p, struct way *way, const struct spot *from, const struct spot *to, bool source_fixed, const struct way *there)
{
	struct walker w = { .p = p, .way = way, .there = there, .f = to->addr.family, .source_known = source_fixed || from->kind != SPOT_NODE };

	way_reset(way);
	way->to = *to;
	way->source = way->first_source = *from;
	w.pending = there != NULL ? there->translations.n : 0;
	switch (from->kind) {
	case SPOT_NODE:
		walk_on(&w, from->node, true);
		break;
	case SPOT_BEHIND:
		add_hop(&w, (struct hop) { .to = from->node });
		walk_on(&w, from->node, false);
		break;
	case SPOT_DEVICE:
		/* A gateway that the file does not describe is the outside itself. */
		if (from->subnet->gateway[w.f].kind == GW_ADDRESS && inaddr_equal(&from->subnet->gateway[w.f].addr, &from->addr))
			walk_from_outside(&w);
		else
			walk_from_device(&w, from->subnet);
		break;
	case SPOT_OUTSIDE:
		walk_from_outside(&w);
		break;
	}
}
