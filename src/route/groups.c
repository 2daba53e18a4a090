/* SPDX-License-Identifier: BSD-2-Clause */
/* Ends that are alike: nodes that no route, link or other node tells apart are proved once. */
#include <stdlib.h>

#include "route/walk.h"

/* What a word was found to mean. */
struct meaning { enum end_fault fault; struct end_groups *groups; };

struct end_groups *
ends_none(struct prover *p)
{
	struct end_groups *groups = NEW(p->arena, struct end_groups);

	groups->by_key = map_new(p->arena);
	return (groups);
}

static void
add_group(struct prover *p, struct end_groups *out, const struct end_group *add, struct span at)
{
	struct end_group *into = map_get(out->by_key, add->key);

	if (into == NULL) {
		into = NEW(p->arena, struct end_group);
		*into = *add;
		into->index = out->all.n;
		into->first.at = into->second.at = at;
		map_put(out->by_key, into->key, into);
		*vec_push(p->arena, &out->all) = into;
		return;
	}
	if (into->n == 1) {
		into->second = add->first;
		into->second.at = at;
	}
	into->n += add->n;
}

const struct end_group *
ends_alike(const struct end_groups *groups, const struct end_group *group)
{
	return (map_get(groups->by_key, group->key));
}

static int
compare_prefixes(const void *a, const void *b)
{
	return (prefix_compare(a, b));
}

static void
know_special(struct prover *p)
{
	size_t n = 0;

	if (p->special_known)
		return;
	p->special_known = true;
	vec_each (struct vnet *const *, v, &p->t->vnets)
		for (int f = 0; f < FAMILIES; f++)
			vec_each (const struct route *, r, &p->routes->of[(*v)->index].routes[f])
				if (r->subnet == NULL)
					*vec_push(p->arena, &p->special) = r->to;
	if (p->special.n == 0)
		return;
	qsort(p->special.v, p->special.n, sizeof(p->special.v[0]), compare_prefixes);
	for (size_t i = 0; i < p->special.n; i++)
		if (n == 0 || !prefix_equal(&p->special.v[n - 1], &p->special.v[i]))
			p->special.v[n++] = p->special.v[i];
	p->special.n = n;
}

static void
iface_key(struct prover *p, const struct iface *iface, struct text *key)
{
	const struct iface *member = member_of_end(iface);
	const struct link *link = iface->link;

	text_printf(key, "link%zu%s%s%s", link->index, member != NULL ? " member" : "", member != NULL && member->private_ ? " private" : "",
	    member == NULL || member_carries(member, link->kind == LINK_VLAN ? link->tag : 0) ? "" : " no vlan");
	text_printf(key, "%s%s%s", iface->dhcp ? " dhcp" : "", iface->slaac ? " slaac" : "", iface->managed_elsewhere ? " managed" : "");
	vec_each (struct subnet *const *, s, &iface->subnets)
		text_printf(key, " stands%zu", (*s)->index);
	vec_each (const struct address *, a, &iface->addresses) {
		const struct subnet *subnet = a->subnet != NULL ? a->subnet : subnet_holding(p, &a->addr);

		text_printf(key, " %s.%d/%d", a->subnet != NULL ? "in" : "alias", a->addr.family, a->len);
		if (subnet != NULL)
			text_printf(key, " %zu", subnet->index);
		for (size_t i = 0; i < p->special.n; i++)
			if (prefix_has(&p->special.v[i], &a->addr))
				text_printf(key, "+%zu", i);
	}
	vec_each (const struct inaddr *, peer, &iface->peers)
		text_printf(key, " peer %s", inaddr_str(p->arena, peer));
}

static void
route_key(struct prover *p, const struct vnet *vnet, const struct route *route, struct text *key)
{
	size_t out = 0;

	while (out < vnet->ifaces.n && vnet->ifaces.v[out] != route->iface)
		out++;
	text_printf(key, ";%s %d %s %zu", route->dflt ? "default" : prefix_str(p->arena, &route->to), (int)route->kind,
	    inaddr_str(p->arena, &route->via), out);
}

/* All that a proof can see of a node, but for its name and addresses. A router, or who translates, is only like itself. */
static const char *
node_key(struct prover *p, const struct vnet *vnet)
{
	const struct forwarding *forwarding = &p->routes->of[vnet->index];
	struct text key = { .arena = p->arena };

	if (vnet->forwards[INET] || vnet->forwards[INET6] || vnet_translates(vnet) || vnet->routing_none)
		return (arena_printf(p->arena, "node%zu", vnet->index));
	text_printf(&key, "%d", (int)vnet->kind);
	for (size_t i = 0; i < vnet->ifaces.n; i++) {
		if (vnet->ifaces.v[i]->link == NULL)
			continue;
		text_printf(&key, ";%zu ", i);
		iface_key(p, vnet->ifaces.v[i], &key);
	}
	for (int f = 0; f < FAMILIES; f++) {
		vec_each (const struct route *, r, &forwarding->routes[f])
			route_key(p, vnet, r, &key);
		if (forwarding->dflt[f] != NULL)
			route_key(p, vnet, forwarding->dflt[f], &key);
		text_printf(&key, ";%s", forwarding->lease[f] != NULL ? forwarding->lease[f]->name : "");
	}
	return (text_end(&key));
}

static const char *
class_of(struct prover *p, const struct vnet *vnet)
{
	char **class = &p->classes[vnet->index];

	if (*class == NULL) {
		const char *key = node_key(p, vnet);

		*class = map_get(p->class_by_key, key);
		if (*class == NULL)
			map_put(p->class_by_key, key, *class = arena_printf(p->arena, "node %zu", vnet->index));
	}
	return (*class);
}

static const char *
end_key(struct prover *p, const struct end *end)
{
	struct text key = { .arena = p->arena };

	text_printf(&key, "%d %u ", (int)end->kind, end->families);
	if (end->subnet != NULL)
		text_printf(&key, "only%zu ", end->subnet->index);
	for (int f = 0; f < FAMILIES; f++)
		if (end->fixed_at[f] != NULL || end->addressed)
			text_printf(&key, "%s ", inaddr_str(p->arena, &end->fixed[f]));
	if (end->kind == SPOT_NODE)
		text_add(&key, end->fixed_at[INET] != NULL || end->fixed_at[INET6] != NULL ? "fixed" : class_of(p, end->node));
	return (text_end(&key));
}

static struct end_groups *
group(struct prover *p, const ends *list)
{
	struct end_groups *out = ends_none(p);

	know_special(p);
	vec_each (const struct end *, e, list) {
		const struct end_group one = { .first = *e, .n = 1, .key = end_key(p, e) };

		add_group(p, out, &one, e->at);
	}
	return (out);
}

enum end_fault
ends_add(struct prover *p, const char *word, struct span at, struct end_groups *out)
{
	struct meaning *meaning = map_get(p->meanings, word);

	if (meaning == NULL) {
		ends list = { 0 };

		meaning = NEW(p->arena, struct meaning);
		meaning->fault = ends_mean(p, word, &list);
		meaning->groups = group(p, &list);
		map_put(p->meanings, word, meaning);
	}
	vec_each (struct end_group *const *, g, &meaning->groups->all)
		add_group(p, out, *g, at);
	return (meaning->fault);
}

static bool
same_node(const struct end *a, const struct end *b)
{
	return (a->kind == SPOT_NODE && b->kind == SPOT_NODE && a->node == b->node);
}

bool
ends_pair(const struct end_group *from, const struct end_group *to, const struct end **a, const struct end **b)
{
	*a = &from->first;
	*b = &to->first;
	if (!same_node(*a, *b))
		return (true);
	if (to->n > 1 && !same_node(*a, &to->second)) {
		*b = &to->second;
		return (true);
	}
	*a = &from->second;
	return (from->n > 1 && !same_node(*a, *b));
}

size_t
ends_pairs(const struct end_group *from, const struct end_group *to)
{
	size_t fewer = from->n < to->n ? from->n : to->n;

	/* Of a group with itself each node is one pair less. */
	return (from->n * to->n - (same_node(&from->first, &to->first) ? fewer : 0));
}
