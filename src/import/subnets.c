/* SPDX-License-Identifier: BSD-2-Clause */
/* Subnets from who stands where: their prefixes, names and gateways. */
#include <stdlib.h>
#include <string.h>

#include "import/draft.h"
#include "import/order.h"

/* The prefix that an address with a real length lies in. */
static bool
has_length(const struct draft_address *a)
{
	return (a->word == NULL && !a->alias && a->prefix.len < family_bits(a->prefix.addr.family) &&
	    !(inaddr_is_link_local(&a->prefix.addr) && a->prefix.addr.family == INET6));
}

struct draft_subnet *
draft_subnet_with(const struct draft *d, const struct prefix *p)
{
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		vec_each (const struct prefix *, have, &(*s)->prefixes)
			if (prefix_equal(have, p))
				return (*s);
	return (NULL);
}

/* The name of a route that leads to a prefix; NULL: there is none. */
static const char *
route_to(struct draft *d, const struct prefix *p)
{
	if (d->route_names == NULL) {
		d->route_names = map_new(d->arena);
		for (size_t k = 0; k <= d->jails.n; k++)
			vec_each (const struct old_route *, r, &draft_node(d, k)->old->routes)
				if (r->name != NULL)
					map_put(d->route_names, prefix_str(d->arena, &r->to), (void *)(uintptr_t)r->name);
	}
	return (map_get(d->route_names, prefix_str(d->arena, p)));
}

/* Called as vnetc calls a route to a subnet without a name: it had none. */
static bool
nameless(struct draft *d, const struct prefix *p, const char *name)
{
	return (name != NULL && strcmp(name, safename(d->arena, arena_printf(d->arena, "net_%s", prefix_str(d->arena, p)))) == 0);
}

/* The routes to the prefixes of one subnet are called NAME, NAME_2 and so on in each family. */
static bool
is_numbered(const char *name, const char *base)
{
	size_t n = strlen(base);

	return (strncmp(name, base, n) == 0 && name[n] == '_' && name[n + 1 + strspn(name + n + 1, "0123456789")] == '\0');
}

/* Routes that lead to them are not called the same: they are not one subnet. */
static bool
named_apart(struct draft *d, const struct draft_subnet *s, const struct prefix *p)
{
	const char *name = route_to(d, p);

	vec_each (const struct prefix *, it, &s->prefixes) {
		const char *other = route_to(d, it);
		bool family = it->addr.family == p->addr.family;

		if (name != NULL && other != NULL && strcmp(name, other) != 0 && !(family && (is_numbered(name, other) || is_numbered(other, name))))
			return (true);
	}
	return (false);
}

static bool
has_family(const struct draft_subnet *s, enum family f)
{
	vec_each (const struct prefix *, p, &s->prefixes)
		if (p->addr.family == f)
			return (true);
	return (false);
}

/* Does the node advertise the prefix there: rtadvd.conf says what of it, without it all? */
static bool
advertised(struct draft *d, const struct draft_standing *s, const struct prefix *p)
{
	strings names = old_words(d->arena, shell_value(&s->node->old->rc, "rtadvd_interfaces"), " \t\n");
	const char *own = standing_name(s);
	bool named = false;

	vec_each (const char *const *, name, &names)
		named |= own != NULL && strcmp(*name, own) == 0;
	if (!named)
		return (false);
	vec_each (const struct old_advertised *, a, &s->node->old->advertised)
		if (strcmp(a->on, own) == 0) {
			vec_each (const struct prefix *, it, &a->prefixes)
				if (prefix_equal(it, p))
					return (true);
			return (false);
		}
	return (true);
}

/* Who takes an address by what one interface advertises stands in one subnet. */
static bool
advertised_together(struct draft *d, const struct draft_link *l, const struct draft_subnet *subnet, const struct prefix *p)
{
	vec_each (const struct draft_standing *, s, &l->standing) {
		bool all = p->addr.family == INET6 && advertised(d, s, p);

		vec_each (const struct prefix *, it, &subnet->prefixes)
			all = all && (it->addr.family == INET || advertised(d, s, it));
		if (all)
			return (true);
	}
	return (false);
}

bool
draft_on_link(const struct draft_link *l, const struct draft_subnet *s)
{
	vec_each (struct draft_subnet *const *, it, &l->subnets)
		if (*it == s)
			return (true);
	return (false);
}

void
draft_take_prefix(struct draft *d, struct draft_link *l, const struct prefix *p)
{
	struct draft_subnet *s = draft_subnet_with(d, p);

	if (s == NULL) {
		vec_each (struct draft_subnet *const *, it, &l->subnets)
			if (s == NULL && (!has_family(*it, p->addr.family) || advertised_together(d, l, *it, p)) && !named_apart(d, *it, p))
				s = *it;
		if (s == NULL) {
			s = NEW(d->arena, struct draft_subnet);
			s->vlan = l->tag != 0 && l->bridge != NULL ? l->tag : 0;
			*vec_push(d->arena, &d->subnets) = s;
		}
		*vec_push(d->arena, &s->prefixes) = *p;
	}
	if (!draft_on_link(l, s))
		*vec_push(d->arena, &l->subnets) = s;
}

static int
rank(const struct draft *d, const struct draft_link *l)
{
	if (l->bridge != NULL)
		return (1);
	vec_each (const struct draft_standing *, s, &l->standing)
		if (s->node == &d->host && s->iface != NULL && s->iface->key != NULL)
			return (0);
	return (l->standing.n > 1 ? 2 : 3);
}

static void
link_prefixes(struct draft *d, struct draft_link *l)
{
	vec_each (const struct draft_standing *, s, &l->standing)
		vec_each (const struct draft_address *, a, s->addresses)
			if (has_length(a)) {
				struct prefix p = { prefix_network(&a->prefix), a->prefix.len };

				draft_take_prefix(d, l, &p);
			}
}

/* Gateways */

static struct draft_subnet *
subnet_of(const struct draft_link *l, const struct inaddr *a)
{
	vec_each (struct draft_subnet *const *, s, &l->subnets)
		vec_each (const struct prefix *, p, &(*s)->prefixes)
			if (prefix_has(p, a))
				return (*s);
	return (NULL);
}

const char *
draft_holder(const struct draft *d, const struct inaddr *a)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing)
			vec_each (const struct draft_address *, it, s->addresses)
				if (it->word == NULL && inaddr_equal(&it->prefix.addr, a))
					return (s->node->name);
	return (NULL);
}

const char *
standing_name(const struct draft_standing *s)
{
	if (s->vlan != NULL)
		return (s->vlan);
	if (s->bridge != NULL)
		return (draft_bridge_own(s->bridge));
	if (s->iface->old != NULL)
		return (s->iface->old->name);
	return (s->iface->key != NULL ? s->iface->key : s->iface->bridge);
}

/* The subnet of the link whose gateway the default route of this node would be; NULL: it leads elsewhere. A link-local one names the
 * interface, and stands for the first subnet there that has IPv6. */
static struct draft_subnet *
dflt_on(const struct draft_link *l, const struct draft_standing *s, enum family f)
{
	const struct inaddr *a = &s->node->dflt[f].addr;
	const char *zone = s->node->dflt[f].zone, *own = standing_name(s);

	if (!s->node->dflt[f].given)
		return (NULL);
	if (f == INET || !inaddr_is_link_local(a))
		return (subnet_of(l, a));
	if (zone != NULL && own != NULL && strcmp(zone, own) != 0)
		return (NULL);
	vec_each (const struct draft_address *, it, s->addresses)
		if (it->word == NULL && it->prefix.addr.family == INET6 && subnet_of(l, &it->prefix.addr) != NULL)
			return (subnet_of(l, &it->prefix.addr));
	return (NULL);
}

/* How many nodes of the link have this default route there. */
static size_t
votes(const struct draft_link *l, enum family f, const struct draft_subnet *subnet, const struct inaddr *a)
{
	size_t n = 0;

	vec_each (const struct draft_standing *, s, &l->standing)
		n += dflt_on(l, s, f) == subnet && inaddr_equal(&s->node->dflt[f].addr, a);
	return (n);
}

static void
link_gateways(struct draft *d, struct draft_link *l)
{
	for (int f = 0; f < FAMILIES; f++)
		vec_each (const struct draft_standing *, s, &l->standing) {
			const struct inaddr *a = &s->node->dflt[f].addr;
			struct draft_subnet *subnet = dflt_on(l, s, (enum family)f);

			if (subnet == NULL || (subnet->to[f].known && votes(l, (enum family)f, subnet, a) <= votes(l, (enum family)f, subnet, &subnet->to[f].addr)))
				continue;
			subnet->to[f].known = true;
			subnet->to[f].addr = *a;
			subnet->to[f].node = f == INET6 && inaddr_is_link_local(a) ? NULL : draft_holder(d, a);
		}
}

struct draft_node *
draft_node_named(struct draft *d, const char *name)
{
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (strcmp((*j)->node.name, name) == 0)
			return (&(*j)->node);
	return (strcmp(name, "host") == 0 ? &d->host : NULL);
}

/* Who advertises itself on a link is the gateway of those who take addresses by SLAAC there. */
static void
advertisers(struct draft *d, struct draft_link *l)
{
	vec_each (const struct draft_standing *, s, &l->standing)
		vec_each (const struct draft_address *, a, s->addresses) {
			struct draft_subnet *subnet = a->word == NULL && a->prefix.addr.family == INET6 ? subnet_of(l, &a->prefix.addr) : NULL;
			struct prefix p = { prefix_network(&a->prefix), a->prefix.len };

			if (subnet == NULL || subnet->to[INET6].known || !advertised(d, s, &p))
				continue;
			subnet->to[INET6].known = true;
			subnet->to[INET6].addr = a->prefix.addr;
			subnet->to[INET6].node = s->node->name;
		}
}

/* The first address of a node in a subnet; NULL: it has none. */
static const struct inaddr *
address_of(const struct draft *d, const char *node, const struct draft_subnet *subnet, enum family f)
{
	vec_each (struct draft_link *const *, l, &d->links)
		for (size_t i = 0; draft_on_link(*l, subnet) && i < (*l)->standing.n; i++)
			vec_each (const struct draft_address *, a, (*l)->standing.v[i].addresses)
				if (strcmp((*l)->standing.v[i].node->name, node) == 0 && a->word == NULL && a->prefix.addr.family == f &&
				    subnet_of(*l, &a->prefix.addr) == subnet)
					return (&a->prefix.addr);
	return (NULL);
}

/* A node's name is its gateway in each family in which it has an address there: is it meant so? */
static bool
in_all_families(struct draft *d, const struct draft_subnet *s, const char *node)
{
	for (int f = 0; f < FAMILIES; f++) {
		if (s->to[f].known ? s->to[f].node == NULL || strcmp(s->to[f].node, node) != 0 :
		    address_of(d, node, s, (enum family)f) != NULL && !draft_node_named(d, node)->forwards[f])
			return (false);
	}
	return (true);
}

void
draft_write_gateway(struct draft *d, struct draft_subnet *s)
{
	const struct inaddr *address;
	const char *node = NULL;

	for (int f = 0; f < FAMILIES; f++) {
		if (!s->to[f].known)
			continue;
		if (s->to[f].node == NULL)
			*vec_push(d->arena, &s->gateway) = inaddr_str(d->arena, &s->to[f].addr);
		else if (node == NULL)
			node = s->to[f].node;
	}
	if (node == NULL)
		return;
	s->gateway.n = 0;
	if (!in_all_families(d, s, node)) {
		/* It stands at those who send by it. */
		for (int f = 0; f < FAMILIES; f++) {
			s->to[f].known &= s->to[f].node == NULL;
			if (s->to[f].known)
				*vec_push(d->arena, &s->gateway) = inaddr_str(d->arena, &s->to[f].addr);
		}
		return;
	}
	*vec_push(d->arena, &s->gateway) = node;
	for (int f = 0; f < FAMILIES; f++)
		if (!s->to[f].known && (address = address_of(d, node, s, (enum family)f)) != NULL) {
			s->to[f].known = true;
			s->to[f].addr = *address;
			s->to[f].node = node;
		}
}

/* Names */

bool
draft_name_free(const struct draft *d, const char *name)
{
	static const char *const words[] = { "host", "outside", "none", "auto", "dhcp", "slaac", NULL };

	if (str_in(name, words))
		return (false);
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		if ((*s)->name != NULL && strcmp((*s)->name, name) == 0)
			return (false);
	vec_each (struct draft_jail *const *, j, &d->jails)
		if (strcmp((*j)->node.name, name) == 0)
			return (false);
	return (true);
}

static const char *
unique(const struct draft *d, const char *base)
{
	const char *name = base;

	for (int n = 2; !draft_name_free(d, name); n++)
		name = arena_printf(d->arena, "%s%d", base, n);
	return (name);
}

/* Can a subnet be called as a route is? */
static bool
can_name(const char *name)
{
	return ((name[0] < '0' || name[0] > '9') && strncmp(name, "fd", 2) != 0);
}

/* A route's name is more than its prefix in other letters. */
bool
draft_tells_name(struct draft *d, const struct prefix *p, const char *name)
{
	return (can_name(name) && !nameless(d, p, name));
}

/* Also that of a route that is called after its prefix: where the subnet has to be written, the route keeps its name. */
static const char *
route_name(struct draft *d, const struct draft_subnet *s)
{
	vec_each (const struct prefix *, p, &s->prefixes) {
		const char *name = route_to(d, p);

		if (name != NULL && can_name(name) && draft_name_free(d, name))
			return (name);
	}
	return (NULL);
}

/* The host's default route leads there, or the only NIC. */
static bool
leads_out(const struct draft *d, const struct draft_link *link)
{
	size_t nics = 0;

	for (int f = 0; f < FAMILIES; f++)
		if (d->host.dflt[f].given && subnet_of(link, &d->host.dflt[f].addr) != NULL)
			return (true);
	vec_each (struct draft_link *const *, l, &d->links)
		nics += (*l)->has_nic && (*l)->subnets.n > 0;
	return (nics == 1);
}

static const char *
name_by_link(struct draft *d, const struct draft_link *l)
{
	const char *key = l->bridge != NULL ? l->bridge->name != NULL ? l->bridge->name : l->bridge->key : l->name;
	int unit;

	if (l->has_nic && l->tag == 0 && leads_out(d, l) && draft_name_free(d, "lan"))
		return ("lan");
	if (l->tag != 0)
		return (unique(d, arena_printf(d->arena, "vlan%d", l->tag)));
	if (l->bridge != NULL && cloner_of(key, &unit)->kind == IF_BRIDGE && unit >= 0)
		return (unique(d, arena_printf(d->arena, "net%d", unit)));
	return (unique(d, arena_printf(d->arena, "net_%s", safename(d->arena, key))));
}

static void
name_subnets(struct draft *d)
{
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		(*s)->name = route_name(d, *s);
	draft_unseen(d);
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
			if ((*s)->name == NULL)
				(*s)->name = name_by_link(d, *l);
}

static bool
routed_to(struct draft *d, const struct draft_subnet *s)
{
	vec_each (const struct prefix *, p, &s->prefixes)
		if (route_to(d, p) != NULL)
			return (true);
	return (false);
}

static bool
without_name(struct draft *d, const struct draft_subnet *s)
{
	bool any = false;

	vec_each (const struct prefix *, p, &s->prefixes) {
		if (route_to(d, p) != NULL && !nameless(d, p, route_to(d, p)))
			return (false);
		any |= route_to(d, p) != NULL;
	}
	return (any && s->gateway.n == 0);
}

/* Written out where more than one node or a gateway is there, or a route's name tells of it. */
static void
declare(struct draft *d)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
			(*s)->declared |= !without_name(d, *s) &&
			    ((*l)->bridge != NULL || (*l)->standing.n > 1 || (*s)->gateway.n > 0 || routed_to(d, *s));
}

/* A main address without a length has that of the subnet that has it. Where vnetc wrote it none is missing, and the subnet had no name. */
static void
settle_length(struct draft_address *a, struct draft_subnet *subnet, bool by_vnetc)
{
	vec_each (const struct prefix *, p, &subnet->prefixes) {
		if (!prefix_has(p, &a->prefix.addr))
			continue;
		if (by_vnetc) {
			subnet->declared &= p->len == a->prefix.len;
			continue;
		}
		a->prefix.len = p->len;
		a->alias = false;
	}
}

static void
settle_lengths(struct draft *d)
{
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing) {
			bool seen[FAMILIES] = { false, false };

			vec_each (struct draft_address *, a, s->addresses) {
				enum family f = a->prefix.addr.family;

				if (a->word != NULL)
					continue;
				for (size_t i = 0; a->prefix.len == family_bits(f) && !seen[f] && i < (*l)->subnets.n; i++)
					settle_length(a, (*l)->subnets.v[i], s->node->by_vnetc);
				seen[f] = true;
			}
		}
}

/* One after the other. */
static void
in_order(struct draft *d, struct order *o, const struct draft_subnet *s)
{
	for (size_t i = 0; s != NULL && i < d->subnets.n; i++)
		if (d->subnets.v[i] == s)
			order_next(o, i);
}

static int
by_line(const void *a, const void *b)
{
	return (span_compare(&(*(const struct old_route *const *)a)->at, &(*(const struct old_route *const *)b)->at));
}

/* Those of IPv6 stand beside the route by IPv4 into the same subnet where there is one, out of their own order. What the start of each jail
 * adds is a list of its own. */
static void
routes_in_order(struct draft *d, struct order *o, const struct old_stack *old)
{
	const struct old_route **sorted = NEW_ARRAY(d->arena, const struct old_route *, old->routes.n);
	const struct draft_subnet **to = NEW_ARRAY(d->arena, const struct draft_subnet *, old->routes.n);

	for (size_t i = 0; i < old->routes.n; i++)
		sorted[i] = &old->routes.v[i];
	if (old->routes.n > 1)
		qsort(sorted, old->routes.n, sizeof(sorted[0]), by_line);
	for (size_t i = 0; i < old->routes.n; i++)
		to[i] = draft_subnet_with(d, &sorted[i]->to);
	for (int f = 0; f < FAMILIES; f++) {
		order_list(o, ORDER_HINT);
		for (size_t i = 0; i < old->routes.n; i++) {
			if (i > 0 && sorted[i]->starts != sorted[i - 1]->starts)
				order_list(o, ORDER_HINT);
			if (sorted[i]->to.addr.family == (enum family)f && (f == INET || i == 0 || to[i] != to[i - 1]))
				in_order(d, o, to[i]);
		}
	}
}

/* Static routes are written in the order of subnets: it is kept. */
static void
order_subnets(struct draft *d)
{
	struct draft_subnet **sorted = NEW_ARRAY(d->arena, struct draft_subnet *, d->subnets.n);
	const size_t *numbers;
	struct order o;

	order_init(&o, d->arena, d->subnets.n);
	for (size_t k = 0; k <= d->jails.n; k++)
		routes_in_order(d, &o, draft_node(d, k)->old);
	numbers = order_done(&o);
	for (size_t i = 0; i < d->subnets.n; i++)
		sorted[i] = d->subnets.v[numbers[i]];
	if (d->subnets.n > 0)
		memcpy(d->subnets.v, sorted, d->subnets.n * sizeof(sorted[0]));
}

/* Does a route lead there that has no name? */
static bool
led_to_by_commands(struct draft *d, const struct draft_subnet *s)
{
	for (size_t k = 0; k <= d->jails.n; k++)
		vec_each (const struct old_route *, r, &draft_node(d, k)->old->routes)
			if (r->name == NULL && draft_subnet_with(d, &r->to) == s)
				return (true);
	return (false);
}

/* Subnets without a name come last: one to which such a route leads before others has to have one. */
static void
declare_before_others(struct draft *d)
{
	bool others = false;

	for (size_t i = d->subnets.n; i-- > 0;) {
		struct draft_subnet *s = d->subnets.v[i];

		s->declared |= others && !without_name(d, s) && led_to_by_commands(d, s);
		others |= s->declared;
	}
}

/* On a bridge that keeps VLANs apart the subnet says which one an interface is in; where there is none, it is written. */
static void
say_subnets(struct draft *d)
{
	vec_each (struct draft_link *const *, l, &d->links)
		for (size_t i = 0; (*l)->bridge != NULL && (*l)->bridge->vlan_filtering && i < (*l)->standing.n; i++) {
			struct draft_iface *iface = (*l)->standing.v[i].iface;

			if (iface == NULL)
				continue;
			vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
				*vec_push(d->arena, &iface->subnet) = (*s)->name;
			if ((*l)->subnets.n == 0 && iface->tag == 0 && !iface->in_cable)
				iface->untagged = (*l)->tag;
		}
}

/* A subnet or who stands in a VLAN tells of it. */
static bool
is_told(const struct draft_link *l)
{
	return (l->tag != 0 && (l->subnets.n > 0 || l->standing.n > 0));
}

/* A NIC carries all VLANs of its bridge but the one in which it is untagged: only another list is written. */
static void
say_tags(struct draft_bridge *b)
{
	vec_each (struct draft_member *, m, &b->members) {
		size_t vlans = 0, known = 0;

		vec_each (struct draft_link *const *, l, &b->links) {
			vlans += is_told(*l) && (*l)->tag != m->untagged;
			vec_each (const int *, tag, &m->tagged)
				known += is_told(*l) && *tag == (*l)->tag && *tag != m->untagged;
		}
		if (known == vlans && m->tagged.n == vlans)
			m->tagged.n = 0;
	}
}

void
draft_subnets(struct draft *d)
{
	for (int r = 0; r < 4; r++)
		vec_each (struct draft_link *const *, l, &d->links)
			if (rank(d, *l) == r)
				link_prefixes(d, *l);
	vec_each (struct draft_link *const *, l, &d->links)
		link_gateways(d, *l);
	vec_each (struct draft_link *const *, l, &d->links)
		advertisers(d, *l);
	vec_each (struct draft_subnet *const *, s, &d->subnets)
		draft_write_gateway(d, *s);
	name_subnets(d);
	declare(d);
	settle_lengths(d);
	order_subnets(d);
	declare_before_others(d);
	say_subnets(d);
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		say_tags(*b);
}
