/* SPDX-License-Identifier: BSD-2-Clause */
/* Within one segment: what lies beyond the file, and whether frames pass, by private members, VLANs and cables between bridges. */
#include "route/walk.h"

static enum world
world_of_iface(const struct iface *iface)
{
	switch (iface->kind) {
	case IF_NIC:
	case IF_VLAN:
	case IF_LAGG:
	case IF_WLAN:
		return (WORLD_NIC);
	case IF_LO:
	case IF_PFLOG:
	case IF_PFSYNC:
	case IF_ENC:
	case IF_DISC:
		return (WORLD_NONE);
	case IF_TAP:
	case IF_VMNET:
		return (WORLD_UNKNOWN);
	case IF_EPAIR:
	case IF_BRIDGE:
	case IF_NGBRIDGE:
	case IF_GIF:
	case IF_GRE:
	case IF_WG:
	case IF_TUN:
	case IF_VXLAN:
	case IF_STF:
	case IF_IPSEC:
	case IF_PPP:
	case IF_NG:
	case IF_CARP:
		break;
	}
	return (iface->managed_elsewhere ? WORLD_NIC : WORLD_UNKNOWN);
}

bool
member_carries(const struct iface *member, int tag)
{
	if (tag == 0 || !member->member_of->vlan_filtering || member->untagged == tag)
		return (true);
	vec_each (const int *, t, &member->tagged)
		if (*t == tag)
			return (true);
	return (member->tagged.n == 0 && member->kind != IF_EPAIR);      /* what leads out carries all (language.md 5, VLANs) */
}

/* A member that leads to something that the file does not describe. */
static bool
leads_out(const struct iface *member, const struct bridge *bridge)
{
	return (member->member_of == bridge && member->peer == NULL);
}

static enum world
world_of_link(const struct link *link)
{
	enum world world = WORLD_NONE;

	if (link->bridge == NULL)
		return (link->nic != NULL ? world_of_iface(link->nic) : WORLD_NONE);
	vec_each (struct iface *const *, m, &link->bridge->members) {
		enum world of = leads_out(*m, link->bridge) ? world_of_iface(*m) : WORLD_NONE;

		if (of > world && member_carries(*m, link->kind == LINK_VLAN ? link->tag : 0))
			world = of;
	}
	return (world == WORLD_NONE && link->has_nic ? WORLD_UNKNOWN : world);
}

static void
add_joint(struct link *link, struct iface *near, struct iface *far, void *user)
{
	struct prover *p = user;

	(void)link;
	*vec_push(p->arena, &p->joints[near->member_of->index]) = (struct joint) { near, far };
}

void
segments_know(struct prover *p, const struct linkgraph *graph)
{
	p->joints = arena_array(p->arena, p->t->bridges.n, sizeof(*p->joints));
	p->seen = NEW_ARRAY(p->arena, size_t, p->t->bridges.n);
	p->world = NEW_ARRAY(p->arena, enum world, p->t->links.n);
	vec_each (struct bridge *const *, b, &p->t->bridges)
		linkgraph_each_joined(graph, (*b)->link, add_joint, p);
	vec_each (struct link *const *, l, &p->t->links) {
		enum world world = world_of_link(*l);

		if (world > p->world[(*l)->segment->index])
			p->world[(*l)->segment->index] = world;
	}
}

enum world
world_of(const struct prover *p, const struct link *link)
{
	return (p->world[link->segment->index]);
}

const struct iface *
member_of_end(const struct iface *iface)
{
	const struct link *link = link_of(iface);
	const struct iface *base = iface;

	while (base->parent != NULL && base->parent->vnet == base->vnet && base->parent->bridge == NULL)
		base = base->parent;
	if (link->bridge == NULL || base->bridge != NULL)
		return (NULL);
	if (base->peer != NULL && base->peer->member_of == link->bridge)
		return (base->peer);
	return (base->member_of == link->bridge ? base : NULL);
}

bool
stands_beyond(const struct iface *iface)
{
	return (iface->vnet->kind == VNET_MACHINE && iface->decl != NULL && given(&iface->decl->subnet.at) &&
	    !given(&iface->decl->bridge.at));
}

static bool
is_beyond(const struct iface *iface)
{
	return (iface == NULL || stands_beyond(iface));
}

/* What another program makes joins by autobridge, which says nothing but its name (freebsd.md 1.6). */
static bool
is_private(const struct iface *member)
{
	return (member != NULL && member->private_ && !member->managed_elsewhere);
}

/* Does a bridge hand a frame of the VLAN from one member to another? A member that is NULL is the bridge itself. */
static bool
hands_on(const struct bridge *bridge, const struct iface *from, const struct iface *to, int tag, struct way *way)
{
	const struct iface *sides[2] = { from, to };

	if (is_private(from) && is_private(to)) {
		way->stop = STOP_PRIVATE;
		way->bridge = bridge;
		way->iface = to;
		return (false);
	}
	for (int i = 0; i < 2; i++) {
		if (sides[i] != NULL && !member_carries(sides[i], tag)) {
			way->stop = STOP_VLAN;
			way->bridge = bridge;
			way->iface = sides[i];
			way->tag = tag;
			return (false);
		}
	}
	return (true);
}

/* The receiver, if it is on this bridge: an interface, or whatever a member leads out to. */
static bool
arrives(const struct bridge *bridge, const struct iface *from, const struct iface *b, int tag, struct way *way)
{
	if (!is_beyond(b))
		return (link_of(b)->bridge == bridge && hands_on(bridge, from, member_of_end(b), tag, way));
	vec_each (struct iface *const *, m, &bridge->members)
		if (leads_out(*m, bridge) && *m != from && hands_on(bridge, from, *m, tag, way))
			return (true);
	return (false);
}

/* Breadth first over the bridges that cables join. */
static bool
search(struct prover *p, const struct iface *a, const struct iface *b, struct way *way)
{
	const struct link *link = link_of(a);
	int tag = link->kind == LINK_VLAN ? link->tag : 0;

	p->stamp++;
	p->queue.n = 0;
	*vec_push(p->arena, &p->queue) = (struct joint) { .far = member_of_end(a) };
	p->seen[link->bridge->index] = p->stamp;
	for (size_t head = 0; head < p->queue.n; head++) {
		const struct iface *in = p->queue.v[head].far;
		const struct bridge *bridge = head == 0 ? link->bridge : in->member_of;

		if (arrives(bridge, in, b, tag, way))
			return (true);
		for (size_t i = 0; i < p->joints[bridge->index].n; i++) {
			const struct joint *j = &p->joints[bridge->index].v[i];

			if (p->seen[j->far->member_of->index] == p->stamp || !hands_on(bridge, in, j->near, tag, way))
				continue;
			p->seen[j->far->member_of->index] = p->stamp;
			*vec_push(p->arena, &p->queue) = *j;
		}
	}
	return (false);
}

bool
frames_pass(struct prover *p, const struct iface *a, const struct iface *b, struct way *way)
{
	if (is_beyond(a) && is_beyond(b))
		return (true);
	if (is_beyond(a)) {
		const struct iface *swap = a;

		a = b;
		b = swap;
	}
	if (link_of(a)->bridge == NULL)
		return (true);
	/* Where nothing of the file is in the way, it passes: the place of what lies beyond is not always told. */
	if (!search(p, a, b, way) && way->stop != STOP_NONE)
		return (false);
	way->stop = STOP_NONE;
	return (true);
}
