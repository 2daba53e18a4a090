/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses: who has them, whether a host can, and whether subnets keep apart. */
#include <stdlib.h>
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* Says which address is free, and lets an editor put it there. len: as written behind the address; -1: none. */
static void
free_help(const struct subject *s, struct diags *ds, struct diag *d, const struct subnet *subnet, const struct address *address,
    const char *written)
{
	const char *slash = strchr(written, '/');
	struct inaddr addr;
	const char *text;

	if (subnet == NULL || !topology_free_address(s->topology, subnet, address->addr.family, &addr))
		return;
	text = inaddr_str(s->arena, &addr);
	diag_help(ds, d, "%s is free", text);
	if (address->at.via == NULL)
		diag_fix(ds, d, address->at, addr.family == INET6 ? "\"%s%s\"" : "%s%s", text, slash != NULL ? slash : "");
}

/* What was written at the place of an address; "" where it was not written as an address. */
static const char *
written_at(const struct iface *iface, const struct span *at)
{
	for (size_t i = 0; iface->written != NULL && i < iface->written->n; i++)
		if (span_compare(&iface->written->v[i].at, at) == 0)
			return (iface->written->v[i].v);
	return ("");
}

static const struct subnet_prefix *
written_prefix(const struct subnet *subnet, const struct inaddr *addr)
{
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes)
		if (p->prefix.addr.family == addr->family && prefix_has(&p->prefix, addr))
			return (p);
	return (NULL);
}

/* One use of an address: an interface's, or a classic jail's, which has no interface of its own. */
struct use { const char *who; const struct iface *iface; const struct address *address; struct span at; };

/* What stands twice under one name has its addresses twice: the name is the fault. */
static bool
name_is_twice(const struct diags *ds, const struct use *use)
{
	return (use->iface != NULL &&
	    (diag_told(ds, &rule_name_taken, use->iface->vnet->at) || diag_told(ds, &rule_name_taken, name_at(use->iface))));
}

static void
told_duplicate(const struct subject *s, struct diags *ds, const char *text, const struct use *a, const struct use *b)
{
	const struct use *first = span_compare(&a->at, &b->at) <= 0 ? a : b, *later = first == a ? b : a;
	const char *written = later->iface != NULL ? written_at(later->iface, &later->at) : "";
	struct diag *d;

	if (name_is_twice(ds, first) || name_is_twice(ds, later))
		return;
	d = diag_add(ds, &rule_duplicate_address, later->at, "%s is already %s's", text, first->who);
	if (span_compare(&first->at, &later->at) == 0) {
		/* One text for all jails of a range. */
		if (later->address != NULL && !later->address->automatic) {
			diag_help(ds, d, "%s+ counts up", written);
			diag_fix(ds, d, later->at, later->address->addr.family == INET6 ? "\"%s+\"" : "%s+", written);
		}
		return;
	}
	diag_note(ds, d, first->at, "%s has it", first->who);
	if (later->address != NULL)
		free_help(s, ds, d, later->address->subnet, later->address, written);
}

static void
use_address(const struct subject *s, struct diags *ds, struct map *uses, const char *where, const char *text, struct use use)
{
	struct use *mine = NEW(s->arena, struct use), *other;

	*mine = use;
	other = map_put(uses, where, mine);
	if (other != NULL)
		told_duplicate(s, ds, text, other, mine);
}

/* A classic jail's address is the host's for as long as the jail runs: it meets all others, in whatever subnet they are. */
static void
classic_addresses(const struct subject *s, struct diags *ds, struct map *all)
{
	vec_each (struct jail *const *, j, &s->topology->jails) {
		vec_each (const struct v_str *, v, &(*j)->ip) {
			const char *bar = strchr(v->v, '|'), *text;
			struct inaddr addr;

			if (bar == NULL || !inaddr_parse(arena_strndup(s->arena, bar + 1, strcspn(bar + 1, "/")), &addr) ||
			    (addr.family == INET && addr.b[0] == 127))
				continue;
			text = inaddr_str(s->arena, &addr);
			use_address(s, ds, all, text, text, (struct use) { (*j)->name, NULL, NULL, v->at });
		}
	}
}

static void
duplicate_address(const struct check *check, const struct subject *s, struct diags *ds)
{
	struct map *uses = map_new(s->arena), *all = map_new(s->arena);

	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			vec_each (const struct address *, a, &(*i)->addresses) {
				const char *text = inaddr_str(s->arena, &a->addr), *where;
				struct use use = { who(*v), *i, a, a->at }, *kept = NEW(s->arena, struct use);

				if (a->subnet != NULL)
					where = arena_printf(s->arena, "%zu %s", a->subnet->index, text);
				else
					where = arena_printf(s->arena, "%s %s", (*i)->link != NULL ? (*i)->link->name : (*i)->name,
					    text);
				use_address(s, ds, uses, where, text, use);
				*kept = use;
				map_put(all, text, kept);
			}
		}
	}
	classic_addresses(s, ds, all);
}

const struct check check_duplicate_address = { &rule_duplicate_address, CHECK_MODEL, duplicate_address };

/* Neither the network nor the broadcast address of IPv4 can be a host's, up to /30. */
static void
edge(const struct subject *s, struct diags *ds, const struct subnet *subnet, const struct address *address, const char *written)
{
	const struct subnet_prefix *p = subnet == NULL ? NULL : written_prefix(subnet, &address->addr);
	struct inaddr first, last;
	const char *shown;
	struct diag *d;

	if (p == NULL || address->addr.family != INET || p->prefix.len > 30)
		return;
	first = prefix_network(&p->prefix);
	last = prefix_last(&p->prefix);
	shown = subnet_shown(s->arena, subnet);
	if (inaddr_equal(&address->addr, &first))
		d = diag_add(ds, &rule_edge_address, address->at, "%s is the network %s itself", inaddr_str(s->arena, &first),
		    shown);
	else if (inaddr_equal(&address->addr, &last))
		d = diag_add(ds, &rule_edge_address, address->at, "%s is the broadcast address of %s", inaddr_str(s->arena, &last),
		    shown);
	else
		return;
	if (subnet->name != NULL)
		diag_note(ds, d, p->at, "%s is %s", subnet->name, prefix_str(s->arena, &p->prefix));
	/* A gateway is somebody's already: a free address would be nobody's. */
	if (written != NULL)
		free_help(s, ds, d, subnet, address, written);
}

static void
edge_gateways(const struct subject *s, struct diags *ds)
{
	vec_each (struct subnet *const *, n, &s->topology->subnets) {
		const struct gateway *g = &(*n)->gateway[INET];

		if (g->kind == GW_ADDRESS)
			edge(s, ds, *n, &(struct address) { .addr = g->addr, .at = g->at }, NULL);
	}
}

/* Of the node's subnets, the one in which an address lies. */
static const struct subnet *
subnet_towards(const struct vnet *vnet, const struct inaddr *addr)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		vec_each (struct subnet *const *, n, &(*i)->subnets)
			if (subnet_prefix_of(*n, addr) != NULL)
				return (*n);
	return (NULL);
}

static void
edge_next_hops(const struct subject *s, struct diags *ds, const struct vnet *vnet)
{
	const struct gateway *g = &vnet->gateway[INET];

	if (g->kind == GW_ADDRESS)
		edge(s, ds, subnet_towards(vnet, &g->addr), &(struct address) { .addr = g->addr, .at = g->at }, NULL);
	vec_each (const struct given_route *, r, &vnet->routes)
		if (r->kind == VIA_ADDRESS && r->node == NULL && r->via.family == INET)
			edge(s, ds, subnet_towards(vnet, &r->via), &(struct address) { .addr = r->via, .at = r->via_at }, NULL);
}

static void
edge_address(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	edge_gateways(s, ds);
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces)
			vec_each (const struct address *, a, &(*i)->addresses)
				if (!(a->alias && a->len == 32))
					edge(s, ds, a->subnet, a, written_at(*i, &a->at));
		edge_next_hops(s, ds, *v);
	}
}

const struct check check_edge_address = { &rule_edge_address, CHECK_MODEL, edge_address };

static void
subnet_router_anycast(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			vec_each (const struct address *, a, &(*i)->addresses) {
				const struct subnet_prefix *p = a->subnet == NULL ? NULL : written_prefix(a->subnet, &a->addr);
				struct diag *d;

				if (p == NULL || a->addr.family != INET6 || p->prefix.len > 126 ||
				    !inaddr_equal(&p->prefix.addr, &a->addr))
					continue;
				d = diag_add(ds, check->rule, a->at, "%s is the subnet-router anycast address of %s",
				    inaddr_str(s->arena, &a->addr), subnet_shown(s->arena, a->subnet));
				if (a->subnet->name != NULL)
					diag_note(ds, d, p->at, "%s is %s", a->subnet->name, prefix_str(s->arena, &p->prefix));
				free_help(s, ds, d, a->subnet, a, written_at(*i, &a->at));
			}
		}
	}
}

const struct check check_subnet_router_anycast = { &rule_subnet_router_anycast, CHECK_MODEL, subnet_router_anycast };

/* A prefix that was written, with the subnet it is of. */
struct owned { const struct subnet_prefix *prefix; const struct subnet *subnet; };

static int
owned_compare(const void *pa, const void *pb)
{
	const struct owned *a = pa, *b = pb;
	int c = prefix_compare(&a->prefix->prefix, &b->prefix->prefix);

	return (c != 0 ? c : span_compare(&a->prefix->at, &b->prefix->at));
}

static const struct link *
segment_of(const struct subnet *subnet)
{
	return (subnet->links.n == 0 ? NULL : subnet->links.v[0]->segment);
}

/* outer holds all of inner. A larger prefix behind a gateway leaves room for a nearer one: the longer prefix wins. */
static bool
in_conflict(const struct owned *outer, const struct owned *inner)
{
	const struct link *a = segment_of(outer->subnet), *b = segment_of(inner->subnet);

	if (outer->subnet == inner->subnet || prefix_equal(&outer->prefix->prefix, &inner->prefix->prefix))
		return (true);
	return (a != NULL && a != b);
}

static void
told_overlap(const struct subject *s, struct diags *ds, const struct owned *a, const struct owned *b)
{
	const struct owned *first = span_compare(&a->prefix->at, &b->prefix->at) <= 0 ? a : b, *later = first == a ? b : a;
	struct diag *d = diag_add(ds, &rule_prefix_overlap, later->prefix->at, "%s of %s overlaps %s of %s",
	    prefix_str(s->arena, &later->prefix->prefix), later->subnet->name, prefix_str(s->arena, &first->prefix->prefix),
	    first->subnet->name);

	diag_note(ds, d, first->prefix->at, "%s is %s", first->subnet->name, prefix_str(s->arena, &first->prefix->prefix));
}

/* Sorted, prefixes that hold a prefix come before it: those that are still open lie on a stack no deeper than a prefix is long. */
static void
prefix_overlap(const struct check *check, const struct subject *s, struct diags *ds)
{
	VEC(struct owned) all = { 0 };
	struct owned open[129];
	size_t depth = 0;

	(void)check;
	vec_each (struct subnet *const *, n, &s->topology->subnets)
		for (size_t i = 0; (*n)->name != NULL && i < (*n)->prefixes.n; i++)
			*vec_push(s->arena, &all) = (struct owned) { &(*n)->prefixes.v[i], *n };
	if (all.n != 0)
		qsort(all.v, all.n, sizeof(all.v[0]), owned_compare);
	vec_each (const struct owned *, o, &all) {
		while (depth > 0 && !prefix_overlaps(&open[depth - 1].prefix->prefix, &o->prefix->prefix))
			depth--;
		for (size_t i = depth; i > 0; i--) {
			if (in_conflict(&open[i - 1], o)) {
				told_overlap(s, ds, &open[i - 1], o);
				break;
			}
		}
		if (depth == 0 || !prefix_equal(&open[depth - 1].prefix->prefix, &o->prefix->prefix))
			open[depth++] = *o;
	}
}

const struct check check_prefix_overlap = { &rule_prefix_overlap, CHECK_LINKS, prefix_overlap };

/* What an interface is on a subnet or link by: one with nothing but aliases of one address is no second way. */
static bool
stands(const struct iface *iface)
{
	bool aliases = iface->addresses.n != 0 && !iface->dhcp && !iface->slaac;

	vec_each (const struct address *, a, &iface->addresses)
		aliases = aliases && a->len == family_bits(a->addr.family);
	return (iface->link != NULL && !aliases);
}

static void
twice_on(struct arena *arena, struct diags *ds, struct map *map, const char *key, const char *shown, struct iface *iface)
{
	const struct iface *other = map_put(map, key, iface), *first = other, *later = iface;
	const char *ways = "two interfaces";
	struct diag *d;

	if (other == NULL || other == iface || other->link->segment != iface->link->segment)
		return;         /* on two segments subnet-on-two-bridges speaks */
	if (span_compare(&first->at, &later->at) > 0) {
		first = iface;
		later = other;
	}
	if (strcmp(way_shown(first), way_shown(later)) != 0)
		ways = arena_printf(arena, "%s and %s", way_shown(first), way_shown(later));
	else if (strcmp(way_shown(first), shown) != 0)
		ways = arena_printf(arena, "two interfaces on %s", way_shown(first));
	d = diag_add(ds, &rule_same_subnet_twice, later->at, "%s is on %s twice, by %s", who(iface->vnet), shown, ways);
	diag_note(ds, d, first->at, "%s is on it by this one too", who(iface->vnet));
}

static void
same_subnet_twice(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		struct map *subnets, *links;

		if ((*v)->kind == VNET_MACHINE || (*v)->ifaces.n < 2)
			continue;
		subnets = map_new(s->arena);
		links = map_new(s->arena);
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			struct span at;

			if (!stands(*i) ||
			    (address_shown(s->arena, *i, &at) != NULL && diag_told(ds, &rule_address_on_bridge_member, at)))
				continue;
			vec_each (struct subnet *const *, n, &(*i)->subnets)
				twice_on(s->arena, ds, subnets, arena_printf(s->arena, "%zu", (*n)->index),
				    subnet_shown(s->arena, *n), *i);
			if ((*i)->subnets.n == 0 && !has_addresses(*i) && (*i)->link->bridge != NULL)
				twice_on(s->arena, ds, links, (*i)->link->name, (*i)->link->name, *i);
		}
	}
}

const struct check check_same_subnet_twice = { &rule_same_subnet_twice, CHECK_LINKS, same_subnet_twice };

static void
slaac_prefix_length(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const struct subnet_prefix *other = NULL;
			const struct subnet *of = NULL;
			bool found = false;
			struct diag *d;

			if (!(*i)->slaac || (*i)->subnets.n == 0)
				continue;
			vec_each (struct subnet *const *, n, &(*i)->subnets) {
				found |= subnet_is_broken(*n);
				vec_each (const struct subnet_prefix *, p, &(*n)->prefixes) {
					if (p->prefix.addr.family != INET6)
						continue;
					found |= p->prefix.len == 64;
					other = other == NULL ? p : other;
					of = of == NULL ? *n : of;
				}
			}
			if (found)
				continue;
			if (other == NULL) {
				of = (*i)->subnets.v[0];
				d = diag_add(ds, check->rule, (*i)->slaac_at, "slaac needs a /64, %s has no IPv6 prefix",
				    subnet_shown(s->arena, of));
				diag_note(ds, d, of->at, "%s is written here", subnet_shown(s->arena, of));
			} else {
				d = diag_add(ds, check->rule, (*i)->slaac_at, "slaac needs a /64, %s has /%d",
				    subnet_shown(s->arena, of), other->prefix.len);
				diag_note(ds, d, other->at, "%s is %s", subnet_shown(s->arena, of),
				    prefix_str(s->arena, &other->prefix));
			}
		}
	}
}

const struct check check_slaac_prefix_length = { &rule_slaac_prefix_length, CHECK_MODEL, slaac_prefix_length };

/* A jail of the file that serves leases, as far as its rc_conf tells. */
static bool
serves(const struct topology *t, const struct vnet *vnet, bool slaac)
{
	static const char *const dhcp[] = { "dhcpd_enable", "kea_enable", "dnsmasq_enable", "dhcprelay_enable",
		"dhcp_relay_enable" };
	static const char *const advertising[] = { "rtadvd_enable", "radvd_enable", "dnsmasq_enable" };
	const char *const *names = slaac ? advertising : dhcp;
	size_t n = slaac ? sizeof(advertising) / sizeof(advertising[0]) : sizeof(dhcp) / sizeof(dhcp[0]);

	for (size_t i = 0; i < n; i++)
		if (rc_conf_yes(rc_conf_of(t, vnet), names[i]))
			return (true);
	return (vnet->kind == VNET_MACHINE);
}

static bool
advertised(const struct iface *iface)
{
	vec_each (struct subnet *const *, n, &iface->subnets)
		if ((*n)->rtadv && (*n)->gateway[INET6].kind == GW_NODE)
			return (true);
	return (false);
}

static void
no_server(struct diags *ds, const struct iface *iface, struct span at, const char *what)
{
	const struct link *link = iface->link;
	struct diag *d = diag_add(ds, &rule_dhcp_without_server, at, "nobody on %s answers %s", link->name, what);

	diag_note(ds, d, link->at, "%s is written here", link->name);
	if (link->bridge != NULL)
		diag_help(ds, d, "an address, or a NIC in %s", link->bridge->key);
	else
		diag_help(ds, d, "an address");
}

static void
dhcp_without_server(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology *t = s->topology;
	const bool *out = segments_leading_out(s);
	bool *serving[2] = { NEW_ARRAY(s->arena, bool, t->links.n), NEW_ARRAY(s->arena, bool, t->links.n) };

	(void)check;
	vec_each (struct vnet *const *, v, &t->vnets) {
		for (int slaac = 0; slaac < 2; slaac++) {
			if (!serves(t, *v, slaac))
				continue;
			vec_each (struct iface *const *, i, &(*v)->ifaces)
				if ((*i)->link != NULL)
					serving[slaac][(*i)->link->segment->index] = true;
		}
	}
	vec_each (struct vnet *const *, v, &t->vnets) {
		for (size_t k = 0; (*v)->kind != VNET_MACHINE && k < (*v)->ifaces.n; k++) {
			const struct iface *i = (*v)->ifaces.v[k];
			size_t segment = i->link == NULL ? 0 : i->link->segment->index;

			if (i->link == NULL || out[segment] ||
			    (i->link->bridge != NULL && diag_told(ds, &rule_lonely_bridge, i->link->bridge->at)))
				continue;
			if (i->dhcp && !serving[0][segment])
				no_server(ds, i, i->dhcp_at, "dhcp");
			if (i->slaac && !serving[1][segment] && !advertised(i))
				no_server(ds, i, i->slaac_at, "slaac");
		}
	}
}

const struct check check_dhcp_without_server = { &rule_dhcp_without_server, CHECK_LINKS, dhcp_without_server };
