/* SPDX-License-Identifier: BSD-2-Clause */
/* From a topology to the picture of it. */
#include <string.h>

#include "base/ether.h"
#include "base/inaddr.h"
#include "diagram/depict.h"

struct depicting {
	struct arena *a;
	const struct plan *plan;
	const struct topology *topology;
	struct picture *p;
	size_t *net_of;                 /* by link.index */
	VEC(const struct iface *) nics; /* the interfaces that became p->nics */
	const struct source *range;     /* the range of the jail before, and its group */
	uint32_t range_at;
	size_t groups;
};

static void
subnets(struct depicting *d)
{
	vec_each (struct subnet *const *, s, &d->topology->subnets) {
		struct picture_subnet *subnet = vec_push(d->a, &d->p->subnets);

		*subnet = (struct picture_subnet){ .name = (*s)->name, .hue = (unsigned)((*s)->index % PICTURE_HUES) };
		vec_each (const struct subnet_prefix *, prefix, &(*s)->prefixes)
			*vec_push(d->a, &subnet->prefixes) = prefix_str(d->a, &prefix->prefix);
	}
}

static bool
lies_on(const struct subnet *subnet, const struct link *link)
{
	vec_each (struct link *const *, l, &subnet->links)
		if (*l == link)
			return (true);
	return (false);
}

static const char *
net_note(struct depicting *d, const struct link *link)
{
	const struct bridge *bridge = link->kind == LINK_BRIDGE ? link->bridge : NULL;
	strings notes = { 0 };

	if (link->kind == LINK_VLAN)
		*vec_push(d->a, &notes) = arena_printf(d->a, "vlan %d", link->tag);
	if (bridge != NULL && bridge->netgraph)
		*vec_push(d->a, &notes) = "netgraph";
	if (bridge != NULL && bridge->iface != NULL && bridge->iface->mtu != 0)
		*vec_push(d->a, &notes) = arena_printf(d->a, "mtu %d", bridge->iface->mtu);
	return (notes.n > 0 ? str_join(d->a, &notes, ", ") : NULL);
}

/* A wire beyond a NIC is the NIC itself, and a loopback is nobody's network. */
static void
nets(struct depicting *d)
{
	d->net_of = NEW_ARRAY(d->a, size_t, d->topology->links.n);
	vec_each (struct link *const *, l, &d->topology->links) {
		const struct link *link = *l;
		struct picture_net *net;

		d->net_of[link->index] = PICTURE_NONE;
		if (link->kind == LINK_WIRE || link->kind == LINK_LOCAL || (link->kind == LINK_VLAN && link->ends.n == 0))
			continue;
		/* A filtering bridge whose interfaces are all in VLANs is seen in those. */
		if (link->kind == LINK_BRIDGE && link->bridge->vlan_filtering && link->ends.n == 0)
			continue;
		d->net_of[link->index] = d->p->nets.n;
		net = vec_push(d->a, &d->p->nets);
		*net = (struct picture_net){ .kind = PICTURE_BRIDGE, .name = link->name, .note = net_note(d, link) };
		if (link->kind == LINK_BRIDGE) {
			net->name = link->bridge->name;
			net->kind = link->bridge->netgraph ? PICTURE_NETGRAPH : PICTURE_BRIDGE;
		} else if (link->kind == LINK_VLAN)
			net->kind = PICTURE_VLAN;
		else if (link->ends.n == 2)
			net->kind = PICTURE_WIRE;
		vec_each (struct subnet *const *, s, &d->topology->subnets)
			if (lies_on(*s, link))
				*vec_push(d->a, &net->subnets) = (*s)->index;
	}
}

static bool
leads_out(const struct iface *iface)
{
	return (iface->kind == IF_NIC || iface->kind == IF_WLAN);
}

/* The words on the cloud: what the interface's owner calls it, or what its routes say. */
static const char *
beyond(const struct depicting *d, const struct iface *nic)
{
	const struct forwarding *host = &d->plan->routes->of[d->topology->host->index];
	const struct link *link = nic->member_of != NULL ? nic->member_of->link : nic->link;

	if (nic->description != NULL)
		return (nic->description);
	for (enum family family = INET; family <= INET6; family++)
		if (host->dflt[family] != NULL && host->dflt[family]->node == NULL && host->dflt[family]->iface != NULL &&
		    (nic->lagg != NULL || nic->children.n > 0 || host->dflt[family]->iface->link == link ||
		    (nic->member_of != NULL && host->dflt[family]->iface->link->bridge == nic->member_of)))
			return ("Internet");
	return ("Local network");
}

static bool
translates(const struct vnet *vnet, const struct iface *iface)
{
	vec_each (struct iface *const *, exit, &vnet->nat)
		if (*exit == iface)
			return (true);
	return (false);
}

/* The NIC of an interface, with those that it is made of before it. */
static size_t
nic_of(struct depicting *d, const struct iface *iface)
{
	struct picture_nic nic = { .name = iface->name };

	for (size_t i = 0; i < d->nics.n; i++)
		if (d->nics.v[i] == iface)
			return (i);
	if (iface->parent != NULL && iface->parent->bridge == NULL)
		*vec_push(d->a, &nic.on) = nic_of(d, iface->parent);
	vec_each (struct iface *const *, port, &iface->ports)
		*vec_push(d->a, &nic.on) = nic_of(d, *port);
	if (iface->kind == IF_VLAN)
		nic.note = arena_printf(d->a, "vlan %d", iface->tag);
	else if (iface->lagg == NULL && iface->ports.n > 0 && iface->decl != NULL && iface->decl->lagg != NULL)
		nic.note = given(&iface->decl->lagg->protocol.at) ? iface->decl->lagg->protocol.v : "failover";
	if (leads_out(iface))
		nic.beyond = beyond(d, iface);
	nic.nat = iface->vnet != NULL && translates(iface->vnet, iface);
	*vec_push(d->a, &d->nics) = iface;
	*vec_push(d->a, &d->p->nics) = nic;
	return (d->nics.n - 1);
}

static struct picture_port *
port_new(struct depicting *d, size_t node, size_t net, size_t nic)
{
	struct picture_port *port = vec_push(d->a, &d->p->ports);

	*port = picture_port_none();
	port->node = node;
	port->net = net;
	port->nic = nic;
	return (port);
}

/* NICs and the like among the members; ends of epairs and taps of machines come with the nodes that they lead to. */
static void
members(struct depicting *d)
{
	vec_each (struct bridge *const *, bridge, &d->topology->bridges) {
		vec_each (struct iface *const *, m, &(*bridge)->members) {
			size_t net = d->net_of[(*bridge)->link->index];
			struct picture_port *port;

			if ((*m)->peer != NULL)
				continue;
			if (net != PICTURE_NONE) {
				port = port_new(d, PICTURE_NONE, net, nic_of(d, *m));
				port->note = (*m)->private_ ? "private" : NULL;
			}
			/* Of a filtering bridge it carries the VLANs too. */
			vec_each (struct link *const *, link, &d->topology->links)
				if ((*link)->kind == LINK_VLAN && (*link)->bridge == *bridge && d->net_of[(*link)->index] != PICTURE_NONE)
					port_new(d, PICTURE_NONE, d->net_of[(*link)->index], nic_of(d, *m));
		}
	}
}

static void
addresses(struct depicting *d, struct picture_port *port, const struct vnet *vnet, const struct iface *iface)
{
	vec_each (const struct address *, address, &iface->addresses) {
		const struct prefix prefix = { address->addr, address->len };

		*vec_push(d->a, address->addr.family == INET ? &port->v4 : &port->v6) = prefix_str(d->a, &prefix);
	}
	port->dhcp = iface->dhcp;
	port->slaac = iface->slaac;
	port->nat = translates(vnet, iface);
	port->note = iface->peer != NULL && iface->peer->private_ ? "private" : NULL;
	if (iface->subnets.n > 0)
		port->subnet = iface->subnets.v[0]->index;
}

/* The NIC behind which a machine stands that is on a subnet, not on a bridge. */
static const struct iface *
nic_before(const struct iface *iface)
{
	const struct link *link = iface->link;

	if (iface->vnet->kind != VNET_MACHINE || iface->peer != NULL || iface->decl == NULL || given(&iface->decl->bridge.at))
		return (NULL);
	if (link->kind == LINK_WIRE)
		return (link->nic);
	if (link->bridge != NULL)
		vec_each (struct iface *const *, m, &link->bridge->members)
			if (leads_out(*m) || (*m)->kind == IF_LAGG || (*m)->kind == IF_VLAN)
				return (*m);
	return (NULL);
}

/* An interface that leads nowhere in the picture (lo1, a jail's own wg0) stands in the card of a node that is drawn for another. */
static bool
stands_in_card(struct depicting *d, size_t node, const struct iface *iface)
{
	struct picture_own *own;
	bool other = false;

	vec_each (struct iface *const *, i, &iface->vnet->ifaces)
		other |= *i != iface && (*i)->link != NULL && d->net_of[(*i)->link->index] != PICTURE_NONE;
	if (!other || d->net_of[iface->link->index] != PICTURE_NONE)
		return (false);
	own = vec_push(d->a, &d->p->nodes.v[node].own);
	*own = (struct picture_own){ .name = iface->name };
	vec_each (const struct address *, a, &iface->addresses)
		*vec_push(d->a, &own->addresses) = arena_printf(d->a, "%s/%d", inaddr_str(d->a, &a->addr), a->len);
	return (true);
}

static void
node_port(struct depicting *d, size_t node, const struct iface *iface)
{
	const struct vnet *vnet = iface->vnet;
	const struct link *link = iface->link;
	const struct iface *nic = NULL;
	struct picture_port *port;

	if (link == NULL || (link->kind == LINK_LOCAL && iface->addresses.n == 0))
		return;
	if ((nic = nic_before(iface)) != NULL) {
		port = port_new(d, node, PICTURE_NONE, nic_of(d, nic));
		port->outside = true;
	} else if (link->kind == LINK_WIRE && link->nic != NULL && (vnet->kind == VNET_HOST || link->nic->given_to == iface))
		port = port_new(d, node, PICTURE_NONE, nic_of(d, link->nic));
	else if (stands_in_card(d, node, iface))
		return;
	else
		port = port_new(d, node, d->net_of[link->index], PICTURE_NONE);
	if (vnet->kind != VNET_MACHINE)
		port->node_side = iface->name;
	if (port->net != PICTURE_NONE && iface->peer != NULL && iface->peer->member_of != NULL)
		port->net_side = iface->peer->name;
	addresses(d, port, vnet, iface);
}

/* A cable with a bridge at each end. */
static void
joins(struct depicting *d)
{
	vec_each (struct cable *const *, c, &d->topology->cables) {
		const struct iface *end[2] = { (*c)->a, (*c)->b };
		size_t at = d->p->nodes.n;

		if (end[0] == NULL || end[1] == NULL || end[0]->member_of == NULL || end[1]->member_of == NULL ||
		    d->net_of[end[0]->member_of->link->index] == PICTURE_NONE || d->net_of[end[1]->member_of->link->index] == PICTURE_NONE)
			continue;
		*vec_push(d->a, &d->p->nodes) = (struct picture_node){ .kind = PICTURE_CABLE, .name = (*c)->key };
		for (size_t i = 0; i < 2; i++)
			port_new(d, at, d->net_of[end[i]->member_of->link->index], PICTURE_NONE)->net_side = end[i]->name;
	}
}

static const char *
role_of(const struct vnet *vnet)
{
	bool forwards = vnet->forwards[INET] || vnet->forwards[INET6] || vnet->router, nat = vnet->nat.n > 0 || vnet->nat_default;

	switch (vnet->kind) {
	case VNET_HOST:
		return (!forwards ? NULL : nat ? "router, NAT" : "router");
	case VNET_JAIL:
		return (!forwards ? NULL : nat ? "router jail, NAT" : "router jail");
	case VNET_MACHINE:
		break;
	}
	return (forwards ? "router" : "machine");
}

static void
add_routes(struct depicting *d, struct picture_node *node, const struct vnet *vnet)
{
	const struct forwarding *f = &d->plan->routes->of[vnet->index];

	for (enum family family = INET; family <= INET6; family++) {
		if (f->dflt[family] != NULL && f->dflt[family]->kind == ROUTE_VIA)
			*vec_push(d->a, &node->routes) = arena_printf(d->a, "default via %s", inaddr_str(d->a, &f->dflt[family]->via));
		vec_each (const struct route *, r, &f->routes[family])
			if (!r->dflt && r->kind == ROUTE_VIA)
				*vec_push(d->a, &node->tips) = arena_printf(d->a, "%s via %s", prefix_str(d->a, &r->to), inaddr_str(d->a, &r->via));
	}
}

static void
add_tips(struct depicting *d, struct picture_node *node, const struct vnet *vnet)
{
	char mac[ETHER_TEXT];

	vec_each (struct iface *const *, iface, &vnet->ifaces) {
		if ((*iface)->link != NULL && !ether_is_zero(&(*iface)->mac))
			*vec_push(d->a, &node->tips) = arena_printf(d->a, "%s %s", (*iface)->name, ether_text(&(*iface)->mac, mac));
		if ((*iface)->link != NULL && (*iface)->description != NULL)
			*vec_push(d->a, &node->tips) = arena_printf(d->a, "%s: %s", (*iface)->name, (*iface)->description);
	}
}

/* Jails of one range follow each other. */
static size_t
group_of(struct depicting *d, const struct jail *jail)
{
	const struct span *range = &jail->decl->item.range;

	if (!given(range))
		return (0);
	if (range->src != d->range || range->off != d->range_at)
		d->groups++;
	d->range = range->src;
	d->range_at = range->off;
	return (d->groups);
}

static void
node(struct depicting *d, const struct vnet *vnet)
{
	static const enum picture_node_kind kinds[] = {
		[VNET_HOST] = PICTURE_HOST, [VNET_JAIL] = PICTURE_JAIL, [VNET_MACHINE] = PICTURE_MACHINE,
	};
	size_t at = d->p->nodes.n;
	struct picture_node *n = vec_push(d->a, &d->p->nodes);
	const char *description = NULL;

	*n = (struct picture_node){ .kind = kinds[vnet->kind], .name = vnet->shown, .key = vnet->name, .role = role_of(vnet) };
	n->router = vnet->forwards[INET] || vnet->forwards[INET6];
	if (vnet->jail != NULL) {
		n->group = group_of(d, vnet->jail);
		description = vnet->jail->decl->description.v;
	} else if (vnet->machine != NULL)
		description = vnet->machine->description.v;
	else if (d->topology->decl->host != NULL)
		description = d->topology->decl->host->description.v;
	if (description != NULL)
		*vec_push(d->a, &n->tips) = description;
	add_routes(d, n, vnet);
	add_tips(d, n, vnet);
	vec_each (struct iface *const *, iface, &vnet->ifaces)
		node_port(d, at, *iface);
	/* The frame is the host's already. */
	if (vnet->kind == VNET_HOST && (d->p->ports.n == 0 || d->p->ports.v[d->p->ports.n - 1].node != at))
		d->p->nodes.n--;
}

static void
classic(struct depicting *d, const struct jail_plan *jail)
{
	size_t at = d->p->nodes.n;

	*vec_push(d->a, &d->p->nodes) = (struct picture_node){ .kind = PICTURE_CLASSIC, .name = jail->jail->name };
	vec_each (const char *const *, item, &jail->ip) {
		const char *bar = strchr(*item, '|'), *address = bar != NULL ? bar + 1 : *item;
		struct picture_port *port = port_new(d, at, PICTURE_NONE, PICTURE_NONE);

		port->node_side = bar != NULL ? arena_strndup(d->a, *item, (size_t)(bar - *item)) : NULL;
		*vec_push(d->a, strchr(address, ':') != NULL ? &port->v6 : &port->v4) = address;
	}
}

struct picture *
depict(struct arena *a, const struct plan *plan)
{
	struct depicting d = { .a = a, .plan = plan, .topology = plan->topology, .p = NEW(a, struct picture) };
	const struct release *release = &plan->topology->release;

	d.p->host = plan->topology->host->shown;
	d.p->os = arena_printf(a, "FreeBSD %d.%d", release->major, release->minor);
	subnets(&d);
	nets(&d);
	members(&d);
	vec_each (struct vnet *const *, vnet, &plan->topology->vnets)
		node(&d, *vnet);
	joins(&d);
	vec_each (const struct jail_plan *, jail, &plan->jails)
		if (!jail->vnet)
			classic(&d, jail);
	return (d.p);
}

size_t
depicted_bridge(const struct plan *plan, const struct picture *p, const char *key)
{
	const struct bridge *bridge = topology_bridge(plan->topology, key);

	for (size_t i = 0; bridge != NULL && i < p->nets.n; i++)
		if (strcmp(p->nets.v[i].name, bridge->name) == 0)
			return (i);
	return (PICTURE_NONE);
}
