/* SPDX-License-Identifier: BSD-2-Clause */
/* Ways between subnets: a host of each stands for it. */
#include "route/walk.h"
#include "route/ways.h"
#include "rules/rules.h"

#define HOSTS_MAX 64            /* of one matter: 64 × 63 ways in a family */
#define MTU_DEFAULT 1500

typedef VEC(struct end) hosts;

struct looking {
	struct arena *arena;
	struct diags *diags;
	const struct topology *t;
	struct prover *prover;
	struct reach reach;
};

/* The first node that stands in the subnet and does not forward. False: there is none. */
static bool
host_of(const struct subnet *subnet, enum family f, struct end *host)
{
	vec_each (struct iface *const *, i, &subnet->ends) {
		const struct vnet *vnet = (*i)->vnet;

		if (vnet->forwards[f] || vnet->broken || (*i)->link == NULL || vnet_address_in(vnet, subnet, f, NULL) == NULL)
			continue;
		*host = (struct end) { .shown = vnet->name, .kind = SPOT_NODE, .node = vnet, .subnet = subnet, .families = 1u << f };
		return (true);
	}
	return (false);
}

static size_t
root(size_t *of, size_t i)
{
	while (of[i] != i)
		i = of[i] = of[of[i]];
	return (i);
}

/* Where routers and subnets form no circle there is one way between two subnets, and answers take it too. cyclic: by root. */
static void
find_circles(const struct looking *l, enum family f, size_t *of, bool *cyclic)
{
	size_t routers = l->t->subnets.n, *last = NEW_ARRAY(l->arena, size_t, routers);

	for (size_t i = 0; i < routers + l->t->vnets.n; i++)
		of[i] = i;
	vec_each (struct vnet *const *, v, &l->t->vnets) {
		for (size_t k = 0; (*v)->forwards[f] && k < (*v)->ifaces.n; k++) {
			vec_each (const struct address *, address, &(*v)->ifaces.v[k]->addresses) {
				size_t a, b = root(of, routers + (*v)->index);

				if (address->addr.family != f || address->subnet == NULL || last[address->subnet->index] == (*v)->index + 1)
					continue;
				last[address->subnet->index] = (*v)->index + 1;
				a = root(of, address->subnet->index);
				cyclic[b] |= cyclic[a] || a == b;
				of[a] = b;
			}
		}
	}
}

/* Did the answer come by the same routers, from behind? Ways that pass by what the file does not describe are not judged. */
static bool
answers_alike(const struct reach *reach)
{
	size_t n = reach->there.hops.n;
	bool alike = n == reach->back.hops.n;

	for (size_t i = 1; i < n; i++) {
		if (reach->there.hops.v[i].node == NULL)
			return (true);
		alike = alike && reach->there.hops.v[i].node == reach->back.hops.v[n - i].node;
	}
	for (size_t i = 1; i < reach->back.hops.n; i++)
		if (reach->back.hops.v[i].node == NULL)
			return (true);
	return (alike);
}

static void
asymmetric(struct looking *l, const struct end *a, const struct end *b)
{
	const struct hop *answer = l->reach.back.hops.v, *first = l->reach.there.hops.v;
	struct span at = answer->route != NULL ? answer->route->why : b->node->at;
	const char *there = way_path(l->arena, &l->reach.there), *back = way_path(l->arena, &l->reach.back);
	struct diag *d;

	d = diag_add(l->diags, &rule_asymmetric_path, at, "%s reaches %s %s%s, and the answer comes %s%s", a->shown, b->shown,
	    *there != '\0' ? "by " : "directly", there, *back != '\0' ? "by " : "directly", back);
	if (first->route != NULL && first->route->why.src != NULL)
		diag_note(l->diags, d, first->route->why, "by this %s goes there", a->shown);
	diag_help(l->diags, d, "one gateway for both ways, where a firewall on them keeps states");
}

static void
look_for_asymmetry(struct looking *l, enum family f)
{
	size_t n = l->t->subnets.n + l->t->vnets.n, *of = NEW_ARRAY(l->arena, size_t, n);
	bool *cyclic = NEW_ARRAY(l->arena, bool, n);
	hosts all = { 0 };

	find_circles(l, f, of, cyclic);
	vec_each (struct subnet *const *, s, &l->t->subnets) {
		struct end host;

		if (all.n < HOSTS_MAX && cyclic[root(of, (*s)->index)] && host_of(*s, f, &host))
			*vec_push(l->arena, &all) = host;
	}
	for (size_t i = 0; i < all.n; i++) {
		for (size_t k = i + 1; k < all.n; k++) {
			if (all.v[i].node == all.v[k].node)
				continue;
			reach_prove(l->prover, &all.v[i], &all.v[k], f, &l->reach);
			if (l->reach.verdict == REACHES && !answers_alike(&l->reach))
				asymmetric(l, &all.v[i], &all.v[k]);
		}
	}
}

static int
mtu_of(const struct iface *iface)
{
	if (iface == NULL || iface->mtu != 0)
		return (iface != NULL ? iface->mtu : 0);
	switch (iface->kind) {
	case IF_NIC:
	case IF_EPAIR:
	case IF_BRIDGE:
	case IF_NGBRIDGE:
	case IF_VLAN:
	case IF_LAGG:
	case IF_TAP:
	case IF_VMNET:
	case IF_NG:
		return (MTU_DEFAULT);
	case IF_GIF:
	case IF_GRE:
	case IF_WG:
	case IF_TUN:
	case IF_LO:
	case IF_VXLAN:
	case IF_STF:
	case IF_IPSEC:
	case IF_PFLOG:
	case IF_PFSYNC:
	case IF_ENC:
	case IF_PPP:
	case IF_WLAN:
	case IF_CARP:
	case IF_DISC:
		break;
	}
	return (0);               /* not told */
}

/* A link between that takes less than either end was given. */
static void
narrows(struct looking *l, const struct end *a, const struct end *b)
{
	const struct way *way = &l->reach.there;
	const struct iface *first = way->hops.v[0].out, *last = way->hops.n != 0 ? way->hops.v[way->hops.n - 1].in : NULL;
	int wanted = mtu_of(first) < mtu_of(last) ? mtu_of(first) : mtu_of(last);

	for (size_t i = 1; i + 1 < way->hops.n; i++) {
		const struct iface *out = way->hops.v[i].out;
		struct diag *d;

		if (mtu_of(out) == 0 || mtu_of(out) >= wanted)
			continue;
		d = diag_add(l->diags, &rule_mtu_narrows, given(&out->mtu_at) ? out->mtu_at : out->link->at,
		    "what %s sends to %s with an mtu of %d must pass %s, whose mtu is %d", a->shown, b->shown, wanted, out->link->name, mtu_of(out));
		diag_note(l->diags, d, first->mtu_at, "mtu of %s", a->shown);
		diag_note(l->diags, d, last->mtu_at, "mtu of %s", b->shown);
		diag_help(l->diags, d, "mtu: %d on %s", wanted, out->link->name);
		return;
	}
}

/* Only between hosts that a person gave a greater mtu than what is usual. */
static void
look_for_narrows(struct looking *l, enum family f)
{
	hosts all = { 0 };

	vec_each (struct subnet *const *, s, &l->t->subnets) {
		const struct iface *iface;
		struct end host;

		if (all.n == HOSTS_MAX || !host_of(*s, f, &host))
			continue;
		vnet_address_in(host.node, *s, f, &iface);
		if (iface->mtu > MTU_DEFAULT)
			*vec_push(l->arena, &all) = host;
	}
	for (size_t i = 0; i < all.n; i++) {
		for (size_t k = i + 1; k < all.n; k++) {
			if (all.v[i].node == all.v[k].node)
				continue;
			reach_prove(l->prover, &all.v[i], &all.v[k], f, &l->reach);
			if (l->reach.verdict == REACHES)
				narrows(l, &all.v[i], &all.v[k]);
		}
	}
}

void
ways_look(struct arena *arena, struct diags *diags, const struct topology *topology, const struct linkgraph *graph, const struct routes *routes)
{
	struct looking l = { .arena = arena_child(arena), .diags = diags, .t = topology };

	l.prover = prover_new(l.arena, topology, graph, routes);
	circles_look(l.arena, diags, topology, l.prover);
	for (int f = 0; f < FAMILIES; f++) {
		look_for_asymmetry(&l, f);
		look_for_narrows(&l, f);
	}
	arena_free(l.arena);
}
