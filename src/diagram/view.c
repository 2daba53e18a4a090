/* SPDX-License-Identifier: BSD-2-Clause */
/* Views: what a picture does not show is taken out of it before anything is measured. */
#include <string.h>

#include "diagram/scene.h"

#define NEIGHBOURS 6            /* further networks of a node that are shown beside the chosen one */

struct picture_port
picture_port_none(void)
{
	struct picture_port port;

	memset(&port, 0, sizeof(port));
	port.node = port.net = port.nic = port.subnet = PICTURE_NONE;
	return (port);
}

static bool
stands_on(const struct picture_port *p)
{
	return (p->node != PICTURE_NONE && !p->outside && (p->net != PICTURE_NONE || p->nic != PICTURE_NONE));
}

/* Routes are drawn in the view of layer 3 only; elsewhere they are still told. */
static void
routes_to_tips(struct picture_node *node, struct arena *a)
{
	strings tips = { 0, 0, NULL };

	if (node->routes.n == 0)
		return;
	for (size_t i = 0; i < node->routes.n; i++)
		*vec_push(a, &tips) = node->routes.v[i];
	for (size_t i = 0; i < node->tips.n; i++)
		*vec_push(a, &tips) = node->tips.v[i];
	node->tips = tips;
	memset(&node->routes, 0, sizeof(node->routes));
}

static void
blank(struct picture *out, struct arena *a, const struct picture *in, enum picture_view view)
{
	size_t i;

	for (i = 0; i < in->nodes.n; i++) {
		struct picture_node *node = vec_push(a, &out->nodes);

		*node = in->nodes.v[i];
		if (view != PICTURE_L3)
			routes_to_tips(node, a);
		memset(&node->own, 0, sizeof(node->own));
		vec_each (const struct picture_own *, own, &in->nodes.v[i].own) {
			struct picture_own *copy = vec_push(a, &node->own);

			*copy = *own;
			if (view == PICTURE_L2)
				copy->addresses.n = 0;
			else if (view == PICTURE_L3)
				copy->name = NULL;
		}
		if (view == PICTURE_L2)
			memset(&node->tips, 0, sizeof(node->tips));
	}
	for (i = 0; i < in->subnets.n; i++) {
		struct picture_subnet *subnet = vec_push(a, &out->subnets);

		*subnet = in->subnets.v[i];
		if (view == PICTURE_L2)
			subnet->prefixes.n = 0;
	}
	for (i = 0; i < in->ports.n; i++) {
		struct picture_port *port = vec_push(a, &out->ports);

		*port = in->ports.v[i];
		if (view == PICTURE_L2) {
			port->v4.n = port->v6.n = 0;
			port->dhcp = port->slaac = port->nat = false;
		} else if (view == PICTURE_L3)
			port->net_side = port->node_side = port->note = NULL;
	}
	out->nets = in->nets;
	out->nics = in->nics;
}

/* Nodes of the page, the core nodes beside them, and their other networks, empty. */
static void
choose(struct picture *out, struct arena *a, const struct picture *in, size_t net, size_t page)
{
	size_t i, leaf = 0, *stands, *keep_node, *keep_net, *keep_nic;

	stands = NEW_ARRAY(a, size_t, in->nodes.n);
	keep_node = NEW_ARRAY(a, size_t, in->nodes.n);
	keep_net = NEW_ARRAY(a, size_t, in->nets.n);
	keep_nic = NEW_ARRAY(a, size_t, in->nics.n);
	for (i = 0; i < in->ports.n; i++)
		if (stands_on(&in->ports.v[i]))
			stands[in->ports.v[i].node]++;
	keep_net[net] = 1;
	/* The host's own port is the first on the first page, as it is in the zone. */
	for (i = 0; i < in->ports.n; i++) {
		const struct picture_port *p = &in->ports.v[i];

		if (p->net == net && p->node != PICTURE_NONE && stands[p->node] == 1 && in->nodes.v[p->node].kind == PICTURE_HOST) {
			leaf = 1;
			if (page == 0)
				keep_node[p->node] = 1;
		}
	}
	for (i = 0; i < in->ports.n; i++) {
		const struct picture_port *p = &in->ports.v[i];

		if (p->net != net)
			continue;
		if (p->nic != PICTURE_NONE)
			keep_nic[p->nic] = 1;
		if (p->node == PICTURE_NONE)
			continue;
		if (stands[p->node] > 1)
			keep_node[p->node] = stands[p->node] > NEIGHBOURS + 1 ? 1 : 2;
		else if (in->nodes.v[p->node].kind != PICTURE_HOST && leaf++ / PICTURE_PAGE_JAILS == page)
			keep_node[p->node] = 1;
	}
	for (i = 0; i < in->ports.n; i++) {
		const struct picture_port *p = &in->ports.v[i];

		if (p->node == PICTURE_NONE || keep_node[p->node] != 2)
			continue;
		if (p->net != PICTURE_NONE)
			keep_net[p->net] = 1;
		if (p->nic != PICTURE_NONE)
			keep_nic[p->nic] = 1;
	}
	/* What a NIC is made of may be written after it. */
	for (size_t changed = 1; changed > 0;)
		for (changed = 0, i = 0; i < in->nics.n; i++)
			for (size_t k = 0; keep_nic[i] && k < in->nics.v[i].on.n; k++)
				if (!keep_nic[in->nics.v[i].on.v[k]])
					changed = keep_nic[in->nics.v[i].on.v[k]] = 1;

	for (i = 0; i < in->nodes.n; i++)
		if (keep_node[i]) {
			keep_node[i] = out->nodes.n;
			*vec_push(a, &out->nodes) = in->nodes.v[i];
			routes_to_tips(&out->nodes.v[keep_node[i]], a);
		} else
			keep_node[i] = PICTURE_NONE;
	for (i = 0; i < in->nets.n; i++)
		if (keep_net[i]) {
			keep_net[i] = out->nets.n;
			*vec_push(a, &out->nets) = in->nets.v[i];
		} else
			keep_net[i] = PICTURE_NONE;
	for (i = 0; i < in->nics.n; i++)
		if (keep_nic[i]) {
			keep_nic[i] = out->nics.n;
			*vec_push(a, &out->nics) = in->nics.v[i];
		} else
			keep_nic[i] = PICTURE_NONE;
	for (i = 0; i < out->nics.n; i++) {
		struct picture_nic *nic = &out->nics.v[i], old = *nic;

		memset(&nic->on, 0, sizeof(nic->on));
		for (size_t k = 0; k < old.on.n; k++)
			*vec_push(a, &nic->on) = keep_nic[old.on.v[k]];
	}
	out->subnets = in->subnets;
	for (i = 0; i < in->ports.n; i++) {
		const struct picture_port *p = &in->ports.v[i];
		struct picture_port *q;
		size_t node = p->node == PICTURE_NONE ? PICTURE_NONE : keep_node[p->node];
		size_t at = p->net == PICTURE_NONE ? PICTURE_NONE : keep_net[p->net];
		size_t nic = p->nic == PICTURE_NONE ? PICTURE_NONE : keep_nic[p->nic];

		if ((p->node != PICTURE_NONE && node == PICTURE_NONE) || (p->net != PICTURE_NONE && at == PICTURE_NONE) ||
		    (p->nic != PICTURE_NONE && nic == PICTURE_NONE))
			continue;
		q = vec_push(a, &out->ports);
		*q = *p;
		q->node = node;
		q->net = at;
		q->nic = nic;
	}
}

const struct picture *
view_apply(struct arena *a, const struct picture *in, const struct picture_options *options)
{
	struct picture *out = NEW(a, struct picture);

	out->host = in->host;
	out->os = in->os;
	switch (options->view) {
	case PICTURE_FULL:
	case PICTURE_L2:
	case PICTURE_L3:
	case PICTURE_OVERVIEW:
		blank(out, a, in, options->view);
		break;
	case PICTURE_ONE_NET:
		choose(out, a, in, options->net, options->page);
		break;
	}
	return (out);
}

size_t
view_leaves(struct arena *a, const struct picture *picture, size_t net)
{
	size_t n = 0, *stands = NEW_ARRAY(a, size_t, picture->nodes.n);

	for (size_t i = 0; i < picture->ports.n; i++)
		if (stands_on(&picture->ports.v[i]))
			stands[picture->ports.v[i].node]++;
	for (size_t i = 0; i < picture->ports.n; i++)
		if (picture->ports.v[i].net == net && picture->ports.v[i].node != PICTURE_NONE && stands[picture->ports.v[i].node] == 1)
			n++;
	return (n);
}
