/* SPDX-License-Identifier: BSD-2-Clause */
/* Routing tables with longest-prefix match, and who has which address. */
#include <stdlib.h>
#include <string.h>

#include "route/walk.h"

const struct link *
link_of(const struct iface *iface)
{
	return (iface->link != NULL ? iface->link : iface->bridge != NULL ? iface->bridge->link : NULL);
}

bool
iface_leased(const struct iface *iface, enum family family)
{
	return (family == INET ? iface->dhcp : iface->slaac);
}

static void
add_entry(struct prover *p, struct table *t, struct entry entry)
{
	entry.rank = t->entries.n;
	*vec_push(p->arena, &t->entries) = entry;
}

/* What stands on a link with the node. */
static void
add_connected(struct prover *p, struct table *t, const struct iface *iface, enum family f)
{
	vec_each (const struct address *, a, &iface->addresses) {
		struct prefix to = { a->addr, a->len };

		if (a->addr.family != f || a->len == family_bits(f) || inaddr_is_link_local(&a->addr))
			continue;
		to.addr = prefix_network(&to);
		add_entry(p, t, (struct entry) { .to = to, .kind = ENTRY_LINK, .iface = iface });
	}
	vec_each (const struct inaddr *, peer, &iface->peers)
		if (peer->family == f)
			add_entry(p, t, (struct entry) { .to = { *peer, family_bits(f) }, .kind = ENTRY_PEER, .iface = iface });
	if (!iface_leased(iface, f))
		return;
	vec_each (struct subnet *const *, s, &iface->subnets)
		vec_each (const struct subnet_prefix *, sp, &(*s)->prefixes)
			if (sp->prefix.addr.family == f)
				add_entry(p, t, (struct entry) { .to = sp->prefix, .kind = ENTRY_LINK, .iface = iface });
}

static void
add_default(struct prover *p, struct table *t, const struct vnet *vnet, enum family f)
{
	const struct forwarding *forwarding = &p->routes->of[vnet->index];
	struct entry entry = { .to = { .addr = { .family = f } }, .kind = ENTRY_LEASE };

	if (forwarding->dflt[f] != NULL) {
		entry.kind = ENTRY_GATEWAY;
		entry.route = forwarding->dflt[f];
		entry.iface = entry.route->iface;
	} else if (forwarding->lease[f] != NULL)
		entry.iface = forwarding->lease[f];
	else
		vec_each (struct iface *const *, i, &vnet->ifaces)
			if ((*i)->managed_elsewhere && (*i)->dflt)
				entry.iface = *i;
	if (entry.route != NULL || entry.iface != NULL)
		add_entry(p, t, entry);
}

static int
compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;
	int c = prefix_compare(&a->to, &b->to);

	return (c != 0 ? c : a->rank < b->rank ? -1 : a->rank > b->rank);
}

/* Sorted, shorter prefixes first, each knows the one around it: the last that begins at or before an address, or one around that, is the
 * longest that holds it. */
static void
order_entries(struct table *t)
{
	size_t n = 0;

	if (t->entries.n == 0)
		return;
	qsort(t->entries.v, t->entries.n, sizeof(t->entries.v[0]), compare_entries);
	for (size_t i = 0; i < t->entries.n; i++)
		if (n == 0 || !prefix_equal(&t->entries.v[n - 1].to, &t->entries.v[i].to))
			t->entries.v[n++] = t->entries.v[i];
	t->entries.n = n;
	for (size_t i = 0; i < n; i++) {
		size_t above = i == 0 ? SIZE_MAX : i - 1;

		while (above != SIZE_MAX && !prefix_has(&t->entries.v[above].to, &t->entries.v[i].to.addr))
			above = t->entries.v[above].above;
		t->entries.v[i].above = above;
	}
}

static const struct table *
table_of(struct prover *p, const struct vnet *vnet, enum family f)
{
	const struct forwarding *forwarding = &p->routes->of[vnet->index];
	struct table *t = &p->tables[f][vnet->index];

	if (t->built)
		return (t);
	t->built = true;
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->link != NULL)
			add_connected(p, t, *i, f);
	vec_each (const struct route *, r, &forwarding->routes[f])
		add_entry(p, t, (struct entry) { .to = r->to, .kind = ENTRY_GATEWAY, .iface = r->iface, .route = r });
	vec_each (const struct route *, r, &forwarding->learned[f])
		add_entry(p, t, (struct entry) { .to = r->to, .kind = ENTRY_GATEWAY, .iface = r->iface, .route = r });
	add_default(p, t, vnet, f);
	order_entries(t);
	return (t);
}

const struct entry *
table_find(struct prover *p, const struct vnet *vnet, const struct inaddr *addr)
{
	const struct table *t = table_of(p, vnet, addr->family);
	size_t low = 0, high = t->entries.n, at;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (inaddr_compare(&t->entries.v[middle].to.addr, addr) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	at = low == 0 ? SIZE_MAX : low - 1;
	while (at != SIZE_MAX && !prefix_has(&t->entries.v[at].to, addr))
		at = t->entries.v[at].above;
	return (at == SIZE_MAX ? NULL : &t->entries.v[at]);
}

static int
compare_holders(const void *pa, const void *pb)
{
	const struct holder *a = pa, *b = pb;

	return (inaddr_compare(&a->addr, &b->addr));
}

/* A jail without a network stack of its own has its addresses on interfaces of the host. */
static void
add_classic(struct prover *p, const struct jail *jail)
{
	vec_each (const struct v_str *, v, &jail->ip) {
		const char *bar = strchr(v->v, '|');
		const struct bridge *bridge;
		struct holder holder;

		if (bar == NULL || !inaddr_parse(bar + 1, &holder.addr))
			continue;
		bridge = topology_bridge(p->t, arena_strndup(p->arena, v->v, (size_t)(bar - v->v)));
		holder.iface = bridge != NULL ? bridge->iface : map_get(p->t->iface_by_key, arena_strndup(p->arena, v->v, (size_t)(bar - v->v)));
		if (holder.iface != NULL && link_of(holder.iface) != NULL)
			*vec_push(p->arena, &p->holders) = holder;
	}
}

void
holders_find(struct prover *p)
{
	vec_each (struct vnet *const *, v, &p->t->vnets)
		vec_each (struct iface *const *, i, &(*v)->ifaces)
			vec_each (const struct address *, a, &(*i)->addresses)
				if ((*i)->link != NULL)
					*vec_push(p->arena, &p->holders) = (struct holder) { a->addr, *i };
	vec_each (struct jail *const *, j, &p->t->jails)
		add_classic(p, *j);
	if (p->holders.n != 0)
		qsort(p->holders.v, p->holders.n, sizeof(p->holders.v[0]), compare_holders);
}

/* The first of those who have an address; holders.n: nobody has. */
static size_t
first_holder(const struct prover *p, const struct inaddr *addr)
{
	size_t low = 0, high = p->holders.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (inaddr_compare(&p->holders.v[middle].addr, addr) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (low);
}

const struct iface *
holder_find(const struct prover *p, const struct inaddr *addr, const struct link *segment)
{
	for (size_t i = first_holder(p, addr); i < p->holders.n && inaddr_equal(&p->holders.v[i].addr, addr); i++)
		if (link_of(p->holders.v[i].iface)->segment == segment)
			return (p->holders.v[i].iface);
	return (NULL);
}

const struct iface *
holder_anywhere(const struct prover *p, const struct inaddr *addr)
{
	size_t i = first_holder(p, addr);

	return (i < p->holders.n && inaddr_equal(&p->holders.v[i].addr, addr) ? p->holders.v[i].iface : NULL);
}
