/* SPDX-License-Identifier: BSD-2-Clause */
/* The ends of proofs: what a word means. */
#include <string.h>

#include "route/walk.h"

static bool
iface_addressed(const struct iface *iface, enum family f, const struct subnet *subnet)
{
	vec_each (const struct address *, a, &iface->addresses)
		if (a->addr.family == f && !inaddr_is_link_local(&a->addr) && (subnet == NULL || a->subnet == subnet))
			return (true);
	return (iface_leased(iface, f) && (subnet == NULL || spot_of_iface(iface, f).subnet == subnet));
}

static struct end
node_end(const struct vnet *vnet, const char *word)
{
	struct end end = { .shown = word, .kind = SPOT_NODE, .node = vnet };

	for (int f = 0; f < FAMILIES; f++)
		vec_each (struct iface *const *, i, &vnet->ifaces)
			if ((*i)->link != NULL && iface_addressed(*i, f, NULL))
				end.families |= 1u << f;
	return (end);
}

/* An address that lies in no subnet of the file and that no given route names: what every default route leads to. */
static struct inaddr
outside_address(const struct prover *p, enum family f)
{
	static const char *const texts[FAMILIES][3] = {
		{ "198.51.100.1", "203.0.113.1", "8.8.8.8" }, { "2001:db8:ffff:ffff::1", "2001:4860:4860::8888", "2620:fe::fe" },
	};
	struct inaddr addr = { .family = f };

	for (size_t k = 0; k < 3; k++) {
		bool taken = false;

		inaddr_parse(texts[f][k], &addr);
		vec_each (struct subnet *const *, s, &p->t->subnets)
			taken |= subnet_prefix_of(*s, &addr) != NULL;
		vec_each (struct vnet *const *, v, &p->t->vnets)
			vec_each (const struct given_route *, g, &(*v)->routes)
				taken |= g->to.len > 8 && prefix_has(&g->to, &addr);
		if (!taken)
			break;
	}
	return (addr);
}

static bool
has_family_outside(const struct prover *p, enum family f)
{
	vec_each (struct subnet *const *, s, &p->t->subnets) {
		if (!subnet_has_family(*s, f))
			continue;
		if ((*s)->routed)
			return (true);
		vec_each (struct link *const *, l, &(*s)->links)
			if (world_of(p, *l) != WORLD_NONE)
				return (true);
	}
	vec_each (struct vnet *const *, v, &p->t->vnets)
		vec_each (struct iface *const *, i, &(*v)->ifaces)
			if ((*i)->link != NULL && world_of(p, (*i)->link) != WORLD_NONE && (iface_leased(*i, f) || (*i)->managed_elsewhere))
				return (true);
	return (false);
}

static struct end
outside_end(const struct prover *p, const char *word)
{
	struct end end = { .shown = word, .kind = SPOT_OUTSIDE };

	for (int f = 0; f < FAMILIES; f++) {
		end.fixed[f] = outside_address(p, f);
		if (has_family_outside(p, f))
			end.families |= 1u << f;
	}
	return (end);
}

/* What is in a subnet and not described: on its link where something beyond the file is, or behind its gateway where nothing carries it. */
static bool
undescribed_end(const struct prover *p, const struct subnet *subnet, const char *word, struct end *end)
{
	*end = (struct end) { .shown = word, .kind = SPOT_DEVICE, .subnet = subnet };
	vec_each (const struct subnet_prefix *, sp, &subnet->prefixes) {
		enum family f = sp->prefix.addr.family;

		if ((end->families & (1u << f)) == 0)
			end->fixed[f] = sp->prefix.addr;
		end->families |= 1u << f;
	}
	vec_each (struct link *const *, l, &subnet->links)
		if (world_of(p, *l) != WORLD_NONE)
			return (true);
	end->kind = SPOT_BEHIND;
	for (int f = 0; f < FAMILIES; f++) {
		if (subnet->gateway[f].kind == GW_NODE && end->node == NULL)
			end->node = subnet->gateway[f].node;
		else if (subnet->gateway[f].kind != GW_NODE)
			end->families &= ~(1u << f);
	}
	return (subnet->links.n == 0 && subnet->ends.n == 0 && end->node != NULL);
}

/* Every node with an address in the subnet that does not forward; all of them where all do. */
static void
subnet_ends(struct prover *p, const struct subnet *subnet, const char *word, ends *out)
{
	unsigned *families = NEW_ARRAY(p->arena, unsigned, p->t->vnets.n);
	bool *listed = NEW_ARRAY(p->arena, bool, p->t->vnets.n), quiet = false;
	VEC(const struct vnet *) nodes = { 0 };
	struct end undescribed;

	vec_each (struct iface *const *, i, &subnet->ends) {
		const struct vnet *vnet = (*i)->vnet;

		for (int f = 0; f < FAMILIES; f++)
			if ((*i)->link != NULL && iface_addressed(*i, f, subnet))
				families[vnet->index] |= 1u << f;
		if (families[vnet->index] != 0 && !listed[vnet->index])
			*vec_push(p->arena, &nodes) = vnet;
		listed[vnet->index] |= families[vnet->index] != 0;
	}
	vec_each (const struct vnet **, v, &nodes)
		for (int f = 0; f < FAMILIES; f++)
			quiet |= (families[(*v)->index] & (1u << f)) != 0 && !(*v)->forwards[f];
	vec_each (const struct vnet **, v, &nodes) {
		struct end end = { .shown = (*v)->name, .kind = SPOT_NODE, .node = *v, .subnet = subnet, .families = families[(*v)->index] };

		for (int f = 0; f < FAMILIES; f++)
			if (quiet && (*v)->forwards[f])
				end.families &= ~(1u << f);
		if (end.families != 0)
			*vec_push(p->arena, out) = end;
	}
	if (nodes.n == 0 && undescribed_end(p, subnet, word, &undescribed))
		*vec_push(p->arena, out) = undescribed;
}

/* A classic jail's addresses are the host's, its routes too. */
static struct end
classic_end(struct prover *p, const struct jail *jail)
{
	struct end end = { .shown = jail->name, .kind = SPOT_NODE, .node = p->t->host };

	vec_each (const struct v_str *, v, &jail->ip) {
		const char *bar = strchr(v->v, '|');
		struct inaddr addr;

		if (bar == NULL || !inaddr_parse(bar + 1, &addr) || (end.families & (1u << addr.family)) != 0)
			continue;
		end.fixed_at[addr.family] = holder_anywhere(p, &addr);
		end.fixed[addr.family] = addr;
		if (end.fixed_at[addr.family] != NULL)
			end.families |= 1u << addr.family;
	}
	return (end);
}

static void
address_ends(struct prover *p, const struct inaddr *addr, const char *word, ends *out)
{
	enum family f = addr->family;
	const struct iface *holder = holder_anywhere(p, addr);
	struct end end = { .shown = word, .kind = SPOT_OUTSIDE, .families = 1u << f };

	if (holder != NULL) {
		end.kind = SPOT_NODE;
		end.node = holder->vnet;
		end.fixed_at[f] = holder;
	} else
		vec_each (struct subnet *const *, s, &p->t->subnets)
			if (subnet_prefix_of(*s, addr) != NULL && !undescribed_end(p, *s, word, &end))
				return;
	end.families &= 1u << f;
	end.addressed = true;
	end.fixed[f] = *addr;
	*vec_push(p->arena, out) = end;
}

enum end_fault
ends_mean(struct prover *p, const char *word, ends *out)
{
	const struct vnet *vnet = topology_node(p->t, word);
	const struct subnet *subnet = topology_subnet(p->t, word);
	const struct jail *jail = map_get(p->t->jail_by_name, word);
	struct inaddr addr;

	if (strcmp(word, "outside") == 0)
		*vec_push(p->arena, out) = outside_end(p, word);
	else if (vnet != NULL)
		*vec_push(p->arena, out) = node_end(vnet, word);
	else if (jail != NULL)
		*vec_push(p->arena, out) = classic_end(p, jail);
	else if (subnet != NULL)
		subnet_ends(p, subnet, word, out);
	else if (!inaddr_parse(word, &addr))
		return (END_UNKNOWN);
	else if (inaddr_is_link_local(&addr))
		return (END_LINK_LOCAL);
	else
		address_ends(p, &addr, word, out);
	return (out->n != 0 ? END_FINE : END_NOBODY);
}

const char *
ends_nearest(struct prover *p, const char *word)
{
	strings names = { 0 };

	vec_each (struct jail *const *, j, &p->t->jails)
		*vec_push(p->arena, &names) = (*j)->name;
	vec_each (struct vnet *const *, v, &p->t->vnets)
		if ((*v)->kind != VNET_JAIL)
			*vec_push(p->arena, &names) = (*v)->name;
	vec_each (struct subnet *const *, s, &p->t->subnets)
		if ((*s)->name != NULL)
			*vec_push(p->arena, &names) = (*s)->name;
	*vec_push(p->arena, &names) = "outside";
	return (str_nearest(word, names.v, names.n));
}
