/* SPDX-License-Identifier: BSD-2-Clause */
/* What a proof says to people: where a way ends, why, and what would mend it. */
#include <string.h>

#include "route/walk.h"

static const char *
spot_shown(struct arena *a, const struct spot *spot, const struct end *end)
{
	switch (spot->kind) {
	case SPOT_NODE:
		return (spot->node->name);
	case SPOT_OUTSIDE:
		return (end->addressed ? end->shown : "outside");
	case SPOT_DEVICE:
	case SPOT_BEHIND:
		break;
	}
	return (spot->stand_in ? arena_printf(a, "a host of %s", subnet_shown(a, spot->subnet)) : inaddr_str(a, &spot->addr));
}

/* "10.0.2.0/24", or the address alone where it lies in no subnet */
static const char *
destination(struct arena *a, const struct way *way)
{
	const struct prefix *prefix = way->to.subnet != NULL ? subnet_prefix_of(way->to.subnet, &way->to.addr) : NULL;

	if (way->to.kind == SPOT_OUTSIDE)
		return ("outside");
	return (prefix != NULL ? prefix_str(a, prefix) : inaddr_str(a, &way->to.addr));
}

/* "guest3, host, guest3": from where a node is passed for the first time. */
static const char *
circle(struct arena *a, const struct way *way)
{
	struct text text = { .arena = a };
	bool in = false;

	vec_each (const struct hop *, h, &way->hops) {
		in |= h->node == way->at;
		if (in)
			text_printf(&text, "%s, ", h->node != NULL ? h->node->name : "outside");
	}
	text_add(&text, way->at->name);
	return (text_end(&text));
}

static const char *
next_shown(struct arena *a, const struct way *way)
{
	return (way->next_known ? inaddr_str(a, &way->next) : way->iface != NULL ? way->iface->name : "a lease");
}

/* "the interface of www", "re0": a member as the file tells it */
static const char *
member_shown(struct arena *a, const struct iface *member)
{
	const struct iface *peer = member->peer;

	if (peer == NULL || member->cable != NULL)
		return (member->cable != NULL ? member->cable->key : member->name);
	return (arena_printf(a, "the interface of %s", peer->vnet->name));
}

static const char *
stop_shown(struct arena *a, const struct way *way, enum family f)
{
	switch (way->stop) {
	case STOP_NO_ROUTE:
	case STOP_NOT_KNOWN_OUTSIDE:
		if (way->to.kind == SPOT_OUTSIDE)
			return (arena_printf(a, "no %s default route", family_name(f)));
		return (arena_printf(a, "no route to %s", destination(a, way)));
	case STOP_REJECTED:
		return (arena_printf(a, "its route to %s %s", way->route->dflt ? "everything" : prefix_str(a, &way->route->to),
		    way->route->kind == ROUTE_REJECT ? "rejects it" : "drops it"));
	case STOP_NO_FORWARDING:
		return (arena_printf(a, "it does not forward %s", family_name(f)));
	case STOP_PRIVATE:
		return (arena_printf(a, "private members of %s do not talk to each other", way->bridge->key));
	case STOP_VLAN:
		return (
		    arena_printf(a, "%s on %s does not carry VLAN %d", member_shown(a, way->iface), way->bridge->key, way->tag));
	case STOP_NOBODY:
		return (
		    arena_printf(a, "nobody on %s has %s", way->link != NULL ? way->link->name : "its links", next_shown(a, way)));
	case STOP_CIRCLE:
		return (arena_printf(a, "packets to %s circle: %s", destination(a, way), circle(a, way)));
	case STOP_TTL:
		return (arena_printf(a, "a packet's time to live ends after %d hops", TTL));
	case STOP_NO_SOURCE:
		return (arena_printf(a, "it has no %s address to send from", family_name(f)));
	case STOP_NO_GATEWAY:
		return ("its subnet has no gateway");
	case STOP_LOST_OUTSIDE:
		return (
		    arena_printf(a, "it leaves by %s, and nothing out there leads to %s", next_shown(a, way), destination(a, way)));
	case STOP_TRANSLATED:
		return ("its nat gives the answer another source");
	case STOP_NO_FAMILY:
	case STOP_UNDESCRIBED:
	case STOP_LEASED:
	case STOP_NONE:
		break;
	}
	return ("");
}

/* The way that ends first: the way there may have been left unproven where the answer is certainly lost. */
static const struct way *
broken_way(const struct reach *reach)
{
	if (reach->verdict == BROKEN && reach->there.verdict == BROKEN)
		return (&reach->there);
	if (reach->verdict == BROKEN)
		return (&reach->back);
	return (reach->there.verdict != REACHES ? &reach->there : &reach->back);
}

const char *
reach_why(struct arena *a, const struct reach *reach)
{
	const struct way *way = broken_way(reach);
	bool back = way == &reach->back;
	const char *who;

	if (reach->verdict == REACHES)
		return ("");
	if (way->stop == STOP_NO_FAMILY)
		return (arena_printf(a, "%s has no %s address",
		    (reach->from->families & (1u << reach->family)) == 0 ? reach->from->shown : reach->to->shown,
		    family_name(reach->family)));
	if (way->stop == STOP_LEASED)
		return (arena_printf(a, "%s has a leased address, and no subnet says where it lies", way->iface->vnet->name));
	if (way->stop == STOP_UNDESCRIBED && way->at == NULL && !way->next_known)
		return (arena_printf(a, "%sby which router outside comes to %s is not described", back ? "the answer: " : "",
		    subnet_shown(a, way->to.subnet)));
	if (way->stop == STOP_UNDESCRIBED)
		return (arena_printf(a, "%s leaves by %s, %s", back ? "the answer" : "it", next_shown(a, way),
		    way->next_known ? "which this file does not describe" : "and what lies beyond is not described"));
	who = way->at != NULL ? way->at->name : way->hops.n == 0 ? spot_shown(a, back ? &reach->there.to : &way->source, back ? reach->to : reach->from) :
	    "outside";
	return (arena_printf(a, "%sbroken at %s, %s", back ? "the answer is " : "", who, stop_shown(a, way, reach->family)));
}

/* The route that a person took away, by which the packet would have gone on. */
static const struct given_route *
taken_away(const struct way *way)
{
	if (way->at == NULL || way->to.kind == SPOT_OUTSIDE)
		return (NULL);
	vec_each (const struct given_route *, g, &way->at->routes)
		if (g->kind == VIA_TAKEN_AWAY && prefix_has(&g->to, &way->to.addr))
			return (g);
	return (NULL);
}

/* A person said so: a subnet that is an island, a node or a subnet without a gateway. */
static struct span
gateway_none(const struct way *way, enum family f)
{
	const struct span nowhere = { 0 };

	if (way->to.subnet != NULL && way->to.subnet->island)
		return (way->to.subnet->gateway[f].at);
	if (way->at != NULL && way->at->gateway[f].kind == GW_NO)
		return (way->at->gateway[f].at);
	if (way->source.subnet != NULL && way->source.subnet->gateway[f].kind == GW_NO)
		return (way->source.subnet->gateway[f].at);
	return (nowhere);
}

static struct span
route_place(const struct way *way, enum family f, const char **text)
{
	const struct given_route *away = taken_away(way);
	struct span place = { 0 };

	if (away != NULL) {
		*text = "this takes the route away";
		return (away->at);
	}
	if (way->stop == STOP_NO_ROUTE) {
		*text = "this leaves it without a route";
		return (gateway_none(way, f));
	}
	*text = "by this route";
	return (way->route != NULL ? way->route->why : place);
}

struct span
reach_place(struct arena *a, const struct reach *reach, const char **text)
{
	const struct way *way = broken_way(reach);
	struct span place = { 0 };

	switch (way->stop) {
	case STOP_PRIVATE:
	case STOP_VLAN:
	case STOP_LEASED:
		*text = way->stop == STOP_LEASED ? "it is leased" : arena_printf(a, "%s, as a member of %s", member_shown(a, way->iface), way->bridge->key);
		return (way->iface->at);
	case STOP_NO_ROUTE:
	case STOP_UNDESCRIBED:
	case STOP_LOST_OUTSIDE:
	case STOP_REJECTED:
		place = route_place(way, reach->family, text);
		break;
	case STOP_NOT_KNOWN_OUTSIDE:
		if (way->to.subnet != NULL) {
			*text = arena_printf(a, "%s is written here", subnet_shown(a, way->to.subnet));
			place = way->to.subnet->at;
		}
		break;
	case STOP_NOBODY:
		*text = way->route != NULL ? "by this route" : arena_printf(a, "%s is written here", way->link != NULL ? way->link->name : "the link");
		place = way->route != NULL ? way->route->why : way->link != NULL ? way->link->at : place;
		break;
	case STOP_NONE:
	case STOP_NO_FORWARDING:
	case STOP_CIRCLE:
	case STOP_TTL:
	case STOP_NO_SOURCE:
	case STOP_NO_GATEWAY:
	case STOP_TRANSLATED:
	case STOP_NO_FAMILY:
		break;
	}
	if (!given(&place) && way->at != NULL) {
		*text = arena_printf(a, "%s is written here", way->at->name);
		place = way->at->at;
	}
	return (place);
}

/* A router of the file on a link with the node, that stands in the subnet. */
static const struct address *
neighbour(const struct vnet *node, const struct subnet *subnet, enum family f)
{
	vec_each (struct iface *const *, mine, &node->ifaces) {
		vec_each (struct subnet *const *, s, &(*mine)->subnets) {
			vec_each (struct iface *const *, e, &(*s)->ends) {
				const struct address *address = vnet_address_in((*e)->vnet, *s, f, NULL);

				if ((*e)->vnet != node && (*e)->vnet->forwards[f] && address != NULL && vnet_stands_in((*e)->vnet, subnet, f))
					return (address);
			}
		}
	}
	return (NULL);
}

static const struct vnet *
router_in(const struct subnet *subnet, enum family f)
{
	vec_each (struct iface *const *, e, &subnet->ends)
		if ((*e)->vnet->forwards[f] && vnet_stands_in((*e)->vnet, subnet, f))
			return ((*e)->vnet);
	return (NULL);
}

/* Where there is no route. */
static const char *
route_cure(struct prover *p, const struct way *way, enum family f)
{
	const struct subnet *to = way->to.subnet, *from = way->source.subnet;
	const struct given_route *away = taken_away(way);
	const struct address *via;
	const struct subnet *island = to != NULL && to->island ? to : from != NULL && from->island ? from : NULL;

	if (away != NULL)
		return (arena_printf(
		    p->arena, "remove the route to %s via none of %s", prefix_str(p->arena, &away->to), way->at->name));
	if (island != NULL && router_in(island, f) != NULL)
		return (arena_printf(p->arena, "gateway: %s on %s", router_in(island, f)->name, subnet_shown(p->arena, island)));
	via = to != NULL ? neighbour(way->at, to, f) : NULL;
	if (via != NULL)
		return (arena_printf(p->arena, "routes: [{to: %s, via: %s}] on %s", destination(p->arena, way),
		    inaddr_str(p->arena, &via->addr), way->at->name));
	if (from != NULL && from->gateway[f].kind == GW_NONE_GIVEN && router_in(from, f) != NULL && router_in(from, f) != way->at)
		return (arena_printf(p->arena, "gateway: %s on %s", router_in(from, f)->name, subnet_shown(p->arena, from)));
	return (NULL);
}

/* What the world would have to know. */
static const char *
outside_cure(struct prover *p, const struct way *way, enum family f)
{
	const struct subnet *subnet = way->to.subnet;
	const struct lead *lead = subnet != NULL ? lead_to(p, subnet, f) : NULL;

	if (lead == NULL || lead->router == NULL || subnet->routed)
		return (NULL);
	if (f == INET && way->stop == STOP_NOT_KNOWN_OUTSIDE && !vnet_translates(lead->router) && nat_covers(p->routes, lead->router, subnet))
		return (arena_printf(p->arena, "nat: true on %s, or routed: true on %s once it has a route", lead->router->name,
		    subnet_shown(p->arena, subnet)));
	return (arena_printf(p->arena, "routed: true on %s once %s has a route", subnet_shown(p->arena, subnet),
	    way->next_known && way->stop != STOP_NOT_KNOWN_OUTSIDE ? inaddr_str(p->arena, &way->next) : "it"));
}

const char *
reach_cure(struct prover *p, const struct reach *reach)
{
	const struct way *way = broken_way(reach);

	switch (way->stop) {
	case STOP_NO_FORWARDING:
		return (arena_printf(p->arena, "router: true on %s", way->at->name));
	case STOP_NO_ROUTE:
		return (route_cure(p, way, reach->family));
	case STOP_NOT_KNOWN_OUTSIDE:
	case STOP_UNDESCRIBED:
	case STOP_LOST_OUTSIDE:
		if (taken_away(way) != NULL)
			return (route_cure(p, way, reach->family));
		return (outside_cure(p, way, reach->family));
	case STOP_VLAN:
		return (arena_printf(p->arena, "tagged: [%d] on %s", way->tag, member_shown(p->arena, way->iface)));
	case STOP_NONE:
	case STOP_REJECTED:
	case STOP_PRIVATE:
	case STOP_NOBODY:
	case STOP_CIRCLE:
	case STOP_TTL:
	case STOP_NO_SOURCE:
	case STOP_NO_GATEWAY:
	case STOP_TRANSLATED:
	case STOP_NO_FAMILY:
	case STOP_LEASED:
		break;
	}
	return (NULL);
}

const char *
hop_shown(struct arena *a, const struct reach *reach, const struct way *way, size_t n)
{
	const struct hop *hop = &way->hops.v[n];
	bool last = n + 1 == way->hops.n, back = way == &reach->back;
	const struct end *from = back ? reach->to : reach->from, *to = back ? reach->from : reach->to;
	const struct spot *first = back ? &reach->there.to : &way->first_source;
	struct text text = { .arena = a };

	text_add(&text, hop->node != NULL ? hop->node->name : n == 0 ? spot_shown(a, first, from) : "outside");
	if (n == 0 && first->kind == SPOT_NODE && !first->stand_in)
		text_printf(&text, " %s", inaddr_str(a, &first->addr));
	if (hop->out != NULL)
		text_printf(&text, " by %s", hop->out->name);
	if (hop->link != NULL)
		text_printf(&text, " on %s", hop->link->name);
	if (hop->next_known)
		text_printf(&text, " to %s%s%s", inaddr_str(a, &hop->next), hop->to != NULL ? " of " : "", hop->to != NULL ? hop->to->name : "");
	else
		text_printf(&text, " to %s", hop->to != NULL ? hop->to->name : last ? spot_shown(a, &way->to, to) : "outside");
	if (last && hop->next_known && hop->to == NULL && way->verdict == REACHES && way->to.kind == SPOT_OUTSIDE)
		text_add(&text, ", outside");
	if (hop->translated)
		text_printf(&text, ", %s %s", back ? "translated back to" : "translated to", hop->leased ? "a leased address" : inaddr_str(a, &hop->source));
	return (text_end(&text));
}

const char *
way_path(struct arena *a, const struct way *way)
{
	struct text text = { .arena = a };

	for (size_t i = 1; i < way->hops.n; i++)
		text_printf(&text, "%s%s", i > 1 ? ", " : "", way->hops.v[i].node != NULL ? way->hops.v[i].node->name : "outside");
	return (text_end(&text));
}
