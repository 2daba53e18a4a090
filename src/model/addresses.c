/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses: in which subnets each interface stands, what it was given by hand, and what "auto" finds. */
#include <string.h>

#include "model/resolving.h"
#include "rules/rules.h"

typedef VEC(struct subnet *) subnet_list;

/* An interface that is being settled. */
struct placing {
	struct iface *iface;
	subnet_list named;              /* subnets said by the interface, else by its link */
	bool own;                       /* said by the interface itself */
	struct span auto_at;            /* given: it wants automatic addresses */
	int wants;                      /* bit per family that auto has still to find */
	struct subnet *from[FAMILIES];
};

/* An address in none of its subnets. It is told once all addresses are known: which are free, and whether the subnet itself is wrong. */
struct stray { struct subnet *subnet; struct inaddr addr; struct span at; };

#define STRAYS_OF_A_WRONG_PREFIX 3      /* so many addresses that agree are believed rather than the subnet */

/* The strays of one subnet and family. */
struct census { size_t n; struct prefix meant; bool disagree; struct diag *told; };

struct auto_cursor { struct inaddr next; size_t range; bool started, exhausted; };

struct work {
	struct resolver *r;
	VEC(struct placing) placings;
	VEC(struct stray) strays;
};

void
link_subnet(struct link *link, struct arena *arena, struct subnet *subnet)
{
	vec_each (struct subnet **, s, &link->subnets)
		if (*s == subnet)
			return;
	*vec_push(arena, &link->subnets) = subnet;
	*vec_push(arena, &subnet->links) = link;
}

static void
stand_in(struct resolver *r, struct iface *iface, struct subnet *subnet)
{
	vec_each (struct subnet **, s, &iface->subnets)
		if (*s == subnet)
			return;
	*vec_push(r->arena, &iface->subnets) = subnet;
	*vec_push(r->arena, &subnet->ends) = iface;
	if (iface->link != NULL)
		link_subnet(iface->link, r->arena, subnet);
}

/* With VLAN filtering an untagged interface is in its subnet's VLAN (language.md 5, VLANs). */
static void
place_in_vlan(struct resolver *r, struct placing *p)
{
	struct iface *iface = p->iface;
	struct bridge *bridge = iface->link != NULL && iface->link->kind == LINK_BRIDGE ? iface->link->bridge : NULL;
	int tag = iface->untagged;

	if (bridge == NULL || !bridge->vlan_filtering)
		return;
	if (tag == 0 && p->own && p->named.n != 0)
		tag = p->named.v[0]->vlan;
	else if (tag == 0 && bridge->decl->subnet.n == 1) {
		struct subnet *only = map_get(r->topology->subnet_by_name, bridge->decl->subnet.v[0].v);

		tag = only != NULL ? only->vlan : 0;
	}
	for (size_t i = 0; tag == 0 && iface->written != NULL && i < iface->written->n; i++) {
		struct inaddr addr;
		const char *v = iface->written->v[i].v;

		if (!inaddr_parse(arena_strndup(r->arena, v, strcspn(v, "/")), &addr))
			continue;
		for (size_t k = 0; k < bridge->decl->subnet.n; k++) {
			struct subnet *s = map_get(r->topology->subnet_by_name, bridge->decl->subnet.v[k].v);

			if (s != NULL && subnet_prefix_of(s, &addr) != NULL)
				tag = s->vlan;
		}
	}
	if (tag == 0)
		return;
	iface->untagged = tag;
	if (iface->peer != NULL)
		iface->peer->untagged = tag;
	iface->link = link_vlan(r, bridge->link, tag, iface->at);
}

static void
name_subnets(struct resolver *r, struct placing *p)
{
	const struct v_strs *written = p->iface->subnet_written;

	for (size_t i = 0; written != NULL && i < written->n; i++) {
		struct subnet *subnet = map_get(r->topology->subnet_by_name, written->v[i].v);

		p->own = true;
		if (subnet == NULL) {
			unknown_name(r, &written->v[i], "subnet", r->topology->subnet_by_name);
			p->iface->broken = p->iface->vnet->broken = true;
		} else
			*vec_push(r->arena, &p->named) = subnet;
	}
	place_in_vlan(r, p);
	if (p->own || p->iface->link == NULL)
		return;
	vec_each (struct subnet **, s, &p->iface->link->subnets)
		if ((*s)->name != NULL)
			*vec_push(r->arena, &p->named) = *s;
}

static struct subnet *
holding(const subnet_list *subnets, const struct inaddr *addr)
{
	vec_each (struct subnet **, s, subnets)
		if (subnet_prefix_of(*s, addr) != NULL)
			return (*s);
	return (NULL);
}

static struct subnet *
declared_holding(const struct topology *t, const struct inaddr *addr)
{
	vec_each (struct subnet *const *, s, &t->subnets)
		if ((*s)->name != NULL && subnet_prefix_of(*s, addr) != NULL)
			return (*s);
	return (NULL);
}

/* An address with a length in no declared subnet makes a nameless one, one for a link and prefix. */
static struct subnet *
nameless(struct resolver *r, struct iface *iface, const struct inaddr *addr, int len, struct span at)
{
	struct prefix prefix = { *addr, len };
	const char *key;
	struct subnet *subnet;

	prefix.addr = prefix_network(&prefix);
	key = arena_printf(r->arena, "%s %s", iface->link != NULL ? iface->link->name : iface->name, prefix_str(r->arena, &prefix));
	subnet = map_get(r->nameless, key);
	if (subnet == NULL) {
		subnet = NEW(r->arena, struct subnet);
		subnet->at = at;
		subnet->rtadv = true;
		subnet->index = r->topology->subnets.n;
		*vec_push(r->arena, &subnet->prefixes) = (struct subnet_prefix) { prefix, at };
		*vec_push(r->arena, &r->topology->subnets) = subnet;
		map_put(r->nameless, key, subnet);
	}
	return (subnet);
}

static bool
has_family_already(const struct iface *iface, enum family family)
{
	vec_each (const struct address *, a, &iface->addresses)
		if (a->addr.family == family)
			return (true);
	return (false);
}

/* A link-local address is in no subnet: what a subnet gives comes beside it. */
static bool
stands_in_any(const struct iface *iface, enum family family)
{
	vec_each (const struct address *, a, &iface->addresses)
		if (a->addr.family == family && !(family == INET6 && inaddr_is_link_local(&a->addr)))
			return (true);
	return (false);
}

static void
outside(struct work *w, struct placing *p, const struct v_str *v, const struct inaddr *addr)
{
	struct resolver *r = w->r;
	struct subnet *subnet = p->named.v[0];
	char text[INADDR_TEXT];
	struct diag *d;

	vec_each (struct subnet **, s, &p->named)
		if (subnet_is_broken(*s))
			return;         /* the prefix that was dropped may be the one that holds it */
	vec_each (struct subnet **, s, &p->named) {
		if (subnet_has_family(*s, addr->family)) {
			subnet = *s;
			break;
		}
	}
	if (!subnet_has_family(subnet, addr->family)) {
		d = diag_add(r->diags, &rule_address_outside_subnet, v->at, "%s has no %s prefix for %s", subnet_shown(r->arena, subnet),
		    family_name(addr->family), inaddr_text(addr, text));
		diag_note(r->diags, d, subnet->at, "%s is written here", subnet_shown(r->arena, subnet));
		return;
	}
	*vec_push(r->arena, &w->strays) = (struct stray) { .subnet = subnet, .addr = *addr, .at = v->at };
}

/* The length that holds: the subnet's, or a further address's own /32 or /128. -1: reported. */
static int
settle_length(struct resolver *r, const struct v_str *v, const struct inaddr *addr, int len, const struct subnet *subnet, bool further)
{
	const struct prefix *prefix = subnet_prefix_of(subnet, addr);
	char text[INADDR_TEXT];
	struct diag *d;

	if (prefix == NULL || len == prefix->len || (len == family_bits(addr->family) && further))
		return (len);
	if (len < 0)
		return (prefix->len);
	d = diag_add(r->diags, &rule_address_length_mismatch, v->at, "%s/%d: %s has /%d", inaddr_text(addr, text), len,
	    subnet_shown(r->arena, subnet), prefix->len);
	vec_each (const struct subnet_prefix *, sp, &subnet->prefixes)
		if (&sp->prefix == prefix)
			diag_note(r->diags, d, sp->at, "%s is %s", subnet_shown(r->arena, subnet), prefix_str(r->arena, prefix));
	diag_help(r->diags, d, "leave the length out");
	diag_fix(r->diags, d, v->at, inaddr_text(addr, text)[0] == ':' || addr->family == INET6 ? "\"%s\"" : "%s", text);
	return (-1);
}

static void
needs_length(struct resolver *r, struct placing *p, const struct v_str *v, const struct inaddr *addr)
{
	char text[INADDR_TEXT];
	struct diag *d = diag_add(r->diags, &rule_address_without_length, v->at, "%s needs a length here", inaddr_text(addr, text));
	const struct link *link = p->iface->link;

	if (link != NULL && link->bridge != NULL) {
		diag_note(r->diags, d, link->bridge->at, "%s has no subnet to take it from", link->name);
		diag_help(r->diags, d, "%s/%d, or give %s a subnet", text, addr->family == INET ? 24 : 64, link->name);
	} else
		diag_help(r->diags, d, "%s/%d", text, addr->family == INET ? 24 : 64);
	diag_fix(r->diags, d, v->at, addr->family == INET6 ? "\"%s/%d\"" : "%s/%d", text, addr->family == INET ? 24 : 64);
}

static void
add_address(struct resolver *r, struct iface *iface, struct address address, struct subnet *subnet)
{
	struct used_address *used;

	address.alias = has_family_already(iface, address.addr.family);
	address.subnet = subnet;
	*vec_push(r->arena, &iface->addresses) = address;
	if (subnet != NULL)
		stand_in(r, iface, subnet);
	used = inaddr_get(r->topology->used, &address.addr);
	if (used == NULL) {
		used = NEW(r->arena, struct used_address);
		used->addr = address.addr;
		inaddr_put(r->topology->used, &used->addr, used);
	}
	if (used->iface == NULL)        /* new, or so far only known as a gateway */
		*used = (struct used_address) { address.addr, iface, address.at };
}

static void
written_address(struct work *w, struct placing *p, const struct v_str *v)
{
	static const char *const words[] = { "auto", "dhcp", "slaac", NULL };
	struct resolver *r = w->r;
	struct iface *iface = p->iface;
	struct address address = { .at = v->at };
	struct subnet *subnet;
	const char *kind;
	bool further;
	int len;

	if (!read_address(r, v, &address.addr, &len, words))
		return;
	kind = inaddr_unusable(&address.addr);
	if (kind != NULL && !(iface->kind == IF_LO && inaddr_is_loopback(&address.addr))) {
		diag_add(r->diags, &rule_unusable_address, v->at, "%s is %s, no host can be there", inaddr_str(r->arena, &address.addr), kind);
		return;
	}
	if (address.addr.family == INET6 && inaddr_is_link_local(&address.addr)) {
		address.len = len < 0 ? 64 : len;
		add_address(r, iface, address, NULL);
		return;
	}
	further = has_family_already(iface, address.addr.family) && len == family_bits(address.addr.family);
	subnet = p->named.n != 0 ? holding(&p->named, &address.addr) : declared_holding(r->topology, &address.addr);
	if (subnet == NULL && further)
		subnet = declared_holding(r->topology, &address.addr);
	if (subnet == NULL && !further) {
		if (p->named.n != 0) {
			outside(w, p, v, &address.addr);
			return;
		}
		if (len < 0) {
			needs_length(r, p, v, &address.addr);
			return;
		}
		subnet = nameless(r, iface, &address.addr, len, v->at);
	}
	address.len = subnet != NULL ? settle_length(r, v, &address.addr, len, subnet, further) : len;
	if (address.len >= 0)
		add_address(r, iface, address, further && p->named.n != 0 && holding(&p->named, &address.addr) == NULL ? NULL : subnet);
}

/* All that it stands on was right: only then its addresses are judged. */
static bool
trusted(const struct iface *iface)
{
	return (!iface->broken && (iface->link == NULL || !iface->link->broken) &&
	    (iface->parent == NULL || iface->parent->vnet != iface->vnet || !iface->parent->broken));
}

static void
place(struct work *w, struct iface *iface)
{
	struct resolver *r = w->r;
	struct placing p = { .iface = iface };

	/* Before FreeBSD 15 a member could have addresses; from then on it is an error (address-on-bridge-member), and the only one. */
	if (iface->link == NULL && iface->member_of != NULL && iface->written != NULL && iface->written->n != 0) {
		if (r->topology->release.major >= 15)
			return;
		iface->link = iface->member_of->link;
	}
	name_subnets(r, &p);
	if (!trusted(iface))
		return;
	for (size_t i = 0; iface->written != NULL && i < iface->written->n; i++) {
		const struct v_str *v = &iface->written->v[i];

		if (strcmp(v->v, "auto") == 0)
			p.auto_at = v->at;
		else if (strcmp(v->v, "dhcp") == 0) {
			iface->dhcp = true;
			iface->dhcp_at = v->at;
		} else if (strcmp(v->v, "slaac") == 0) {
			iface->slaac = true;
			iface->slaac_at = v->at;
		} else
			written_address(w, &p, v);
	}
	if (p.own || p.named.n == 1)
		vec_each (struct subnet **, s, &p.named)
			stand_in(r, iface, *s);
	else if (iface->subnets.n == 0 && p.named.n != 0 && (iface->dhcp || iface->slaac))
		stand_in(r, iface, p.named.v[0]);
	if (given(&p.auto_at))
		*vec_push(r->arena, &w->placings) = p;
}

static bool
in_ranges(const struct range_at *ranges, size_t n, const struct inaddr *addr, struct inaddr *last)
{
	for (size_t i = 0; i < n; i++) {
		if (ranges[i].range.first.family == addr->family && inaddr_compare(&ranges[i].range.first, addr) <= 0 &&
		    inaddr_compare(addr, &ranges[i].range.last) <= 0) {
			*last = ranges[i].range.last;
			return (true);
		}
	}
	return (false);
}

/* Network and broadcast of IPv4 up to /30, the subnet-router anycast address of IPv6 up to /126. */
static bool
is_edge(const struct prefix *prefix, const struct inaddr *addr)
{
	struct inaddr first = prefix_network(prefix), last = prefix_last(prefix);

	if (prefix->len >= family_bits(addr->family) - 1)
		return (false);
	return (inaddr_equal(&first, addr) || (addr->family == INET && inaddr_equal(&last, addr)));
}

static size_t
search_ranges(const struct subnet *subnet, enum family family, size_t n, struct inrange *range)
{
	size_t found = 0, pools = 0;

	vec_each (const struct range_at *, p, &subnet->pool) {
		if (p->range.first.family != family)
			continue;
		pools++;
		if (found++ == n) {
			*range = p->range;
			return (1);
		}
	}
	if (pools != 0)
		return (0);
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes) {
		if (p->prefix.addr.family == family && found++ == n) {
			*range = (struct inrange) { prefix_network(&p->prefix), prefix_last(&p->prefix) };
			return (1);
		}
	}
	return (0);
}

/* The lowest free address. Addresses are only ever taken, so the search goes on where the last one ended; it steps over taken
 * addresses and whole reserved ranges, never over free ones, so that a /64 costs no more than what is taken in it. */
bool
topology_free_address(const struct topology *t, const struct subnet *subnet, enum family family, struct inaddr *found)
{
	struct auto_cursor *c = &t->cursors[subnet->index * FAMILIES + family];
	struct inrange range;

	while (!c->exhausted) {
		struct inaddr last;

		if (search_ranges(subnet, family, c->range, &range) == 0) {
			c->exhausted = true;
			break;
		}
		if (!c->started) {
			c->next = range.first;
			c->started = true;
		}
		for (;;) {
			const struct prefix *prefix = subnet_prefix_of(subnet, &c->next);

			if (inaddr_compare(&c->next, &range.last) > 0)
				break;
			if (in_ranges(subnet->reserve.v, subnet->reserve.n, &c->next, &last))
				c->next = last;
			else if (prefix != NULL && !is_edge(prefix, &c->next) && inaddr_get(t->used, &c->next) == NULL) {
				*found = c->next;
				return (true);
			}
			if (!inaddr_next(&c->next))
				break;
		}
		c->range++;
		c->started = false;
	}
	return (false);
}

/* The address with the same host part in a prefix of the subnet: what was probably meant, where it is free. */
static bool
same_host(const struct topology *t, const struct subnet *subnet, const struct inaddr *written, struct inaddr *found)
{
	struct inaddr last;

	vec_each (const struct subnet_prefix *, p, &subnet->prefixes) {
		const struct prefix *prefix = &p->prefix;

		if (prefix->addr.family != written->family)
			continue;
		*found = *written;
		for (int bit = 0; bit < prefix->len; bit++) {
			uint8_t mask = (uint8_t)(0x80 >> bit % 8);

			found->b[bit / 8] = (uint8_t)((found->b[bit / 8] & ~mask) | (prefix->addr.b[bit / 8] & mask));
		}
		if (!is_edge(prefix, found) && !in_ranges(subnet->reserve.v, subnet->reserve.n, found, &last) &&
		    inaddr_get(t->used, found) == NULL)
			return (true);
	}
	return (false);
}

static void
tell_stray(struct resolver *r, const struct stray *stray)
{
	const struct subnet *subnet = stray->subnet;
	const char *shown = subnet_shown(r->arena, subnet), *text;
	struct diag *d = diag_add(r->diags, &rule_address_outside_subnet, stray->at, "%s is not in subnet %s",
	    inaddr_str(r->arena, &stray->addr), shown);
	struct inaddr addr;

	vec_each (const struct subnet_prefix *, sp, &subnet->prefixes)
		if (sp->prefix.addr.family == stray->addr.family)
			diag_note(r->diags, d, sp->at, "%s is %s", shown, prefix_str(r->arena, &sp->prefix));
	if (!same_host(r->topology, subnet, &stray->addr, &addr) && !topology_free_address(r->topology, subnet, stray->addr.family, &addr))
		return;
	text = inaddr_str(r->arena, &addr);
	diag_help(r->diags, d, "%s is free", text);
	diag_fix(r->diags, d, stray->at, addr.family == INET6 ? "\"%s\"" : "%s", text);
}

/* The only prefix that a subnet has of a family; NULL: it has several. */
static const struct subnet_prefix *
only_prefix(const struct subnet *subnet, enum family family)
{
	const struct subnet_prefix *only = NULL;

	vec_each (const struct subnet_prefix *, sp, &subnet->prefixes) {
		if (sp->prefix.addr.family != family)
			continue;
		if (only != NULL)
			return (NULL);
		only = sp;
	}
	return (only);
}

/* Whether a subnet's gateway or pool lies in its prefix: then it was meant as it is written. */
static bool
confirmed(const struct subnet *subnet, const struct prefix *prefix)
{
	struct inaddr gateway;

	for (size_t i = 0; subnet->decl != NULL && i < subnet->decl->gateway.n; i++)
		if (inaddr_parse(subnet->decl->gateway.v[i].v, &gateway) && prefix_has(prefix, &gateway))
			return (true);
	vec_each (const struct range_at *, p, &subnet->pool)
		if (prefix_has(prefix, &p->range.first))
			return (true);
	return (false);
}

/* For each subnet and family whether its addresses are all strays of one other prefix. */
static struct census *
count_strays(const struct work *w)
{
	const struct topology *t = w->r->topology;
	struct census *all = NEW_ARRAY(w->r->arena, struct census, t->subnets.n * FAMILIES);

	vec_each (const struct stray *, s, &w->strays) {
		struct census *c = &all[s->subnet->index * FAMILIES + s->addr.family];
		const struct subnet_prefix *only = only_prefix(s->subnet, s->addr.family);

		if (c->n++ == 0 && only != NULL) {
			c->meant = (struct prefix) { s->addr, only->prefix.len };
			c->meant.addr = prefix_network(&c->meant);
			c->disagree = confirmed(s->subnet, &only->prefix);
		}
		if (only == NULL || !prefix_has(&c->meant, &s->addr))
			c->disagree = true;
	}
	vec_each (struct vnet *const *, v, &t->vnets)
		vec_each (struct iface *const *, i, &(*v)->ifaces)
			vec_each (const struct address *, a, &(*i)->addresses)
				if (a->subnet != NULL && !a->automatic)
					all[a->subnet->index * FAMILIES + a->addr.family].disagree = true;
	return (all);
}

/* Where all addresses of a subnet are strays and agree, its prefix is the mistake: told once, there, with the first few of them. */
static void
tell_wrong_prefix(struct resolver *r, const struct stray *stray, struct census *c)
{
	const struct subnet *subnet = stray->subnet;
	const struct subnet_prefix *wrong = only_prefix(subnet, stray->addr.family);
	const char *text = prefix_str(r->arena, &c->meant);

	if (c->told == NULL) {
		c->told = diag_add(r->diags, &rule_address_outside_subnet, wrong->at, "%s is %s, and none of its %zu addresses is in it",
		    subnet_shown(r->arena, subnet), prefix_str(r->arena, &wrong->prefix), c->n);
		diag_help(r->diags, c->told, "%s holds them all", text);
		diag_fix(r->diags, c->told, wrong->at, stray->addr.family == INET6 ? "\"%s\"" : "%s", text);
	}
	if (c->told->notes.n < STRAYS_OF_A_WRONG_PREFIX)
		diag_note(r->diags, c->told, stray->at, "%s is in %s", inaddr_str(r->arena, &stray->addr), text);
}

static void
tell_strays(struct work *w)
{
	struct census *all = w->strays.n != 0 ? count_strays(w) : NULL;

	vec_each (const struct stray *, s, &w->strays) {
		struct census *c = &all[s->subnet->index * FAMILIES + s->addr.family];

		if (c->n >= STRAYS_OF_A_WRONG_PREFIX && !c->disagree)
			tell_wrong_prefix(w->r, s, c);
		else
			tell_stray(w->r, s);
	}
}

/* Which subnet gives the address of each family. */
static void
auto_wants(struct work *w, struct placing *p)
{
	struct resolver *r = w->r;
	const struct link *link = p->iface->link;
	const char *where = link != NULL ? link->name : p->iface->name;
	struct diag *d;

	if (p->named.n == 0) {
		if (p->own || p->iface->member_of != NULL)
			return;         /* of a member address-on-bridge-member says it */
		d = diag_add(r->diags, &rule_auto_without_subnet, p->auto_at, "auto needs a subnet, %s has none", where);
		if (link != NULL)
			diag_note(r->diags, d, link->at, "%s is written here", where);
		diag_help(r->diags, d, "give %s a subnet", where);
		return;
	}
	vec_each (struct subnet **, s, &p->named)
		if (subnet_is_broken(*s))
			return;
	for (int f = 0; f < FAMILIES; f++) {
		if (stands_in_any(p->iface, f) || (f == INET && p->iface->dhcp) || (f == INET6 && p->iface->slaac))
			continue;
		vec_each (struct subnet **, s, &p->named) {
			if (!subnet_has_family(*s, f))
				continue;
			if (p->from[f] == NULL)
				p->from[f] = *s;
			else if (!p->own) {
				d = diag_add(r->diags, &rule_auto_without_subnet, p->auto_at, "auto needs a subnet, %s has %s and %s", where,
				    p->from[f]->name, (*s)->name);
				if (link != NULL)
					diag_note(r->diags, d, link->at, "%s is written here", where);
				diag_help(r->diags, d, "subnet: %s", p->from[f]->name);
				p->wants = 0;
				return;
			}
		}
		if (p->from[f] != NULL)
			p->wants |= 1 << f;
	}
	if (p->wants == 0)
		diag_add(r->diags, &rule_auto_without_subnet, p->auto_at, "auto has nothing left to give on %s", where);
}

static const char *
auto_owner(struct resolver *r, const struct placing *p, enum family family)
{
	return (arena_printf(r->arena, "%s/%s", iface_owner(r, p->iface), family == INET ? "ipv4" : "ipv6"));
}

static void
auto_take(struct resolver *r, struct placing *p, enum family family, const struct inaddr *addr)
{
	const struct prefix *prefix = subnet_prefix_of(p->from[family], addr);
	struct address address = { .addr = *addr, .len = prefix->len, .automatic = true, .at = p->auto_at };

	add_address(r, p->iface, address, p->from[family]);
	lock_set(r->lock, auto_owner(r, p, family), inaddr_str(r->arena, addr));
	p->wants &= ~(1 << family);
}

/* Why a remembered address no longer fits; NULL: it does. */
static const char *
misfit(struct resolver *r, const struct placing *p, enum family family, const struct inaddr *addr)
{
	const struct subnet *subnet = p->from[family];
	const struct prefix *prefix = subnet_prefix_of(subnet, addr);
	struct used_address *used = inaddr_get(r->topology->used, addr);
	struct inaddr last;
	struct inrange range;
	bool pooled = false;

	if (prefix == NULL)
		return (arena_printf(r->arena, "it is not in %s", subnet->name));
	if (used != NULL)
		return (used->iface != NULL ? arena_printf(r->arena, "%s has it", iface_owner(r, used->iface)) : "it is taken");
	if (is_edge(prefix, addr))
		return ("no host can have it");
	if (in_ranges(subnet->reserve.v, subnet->reserve.n, addr, &last))
		return ("it is reserved");
	for (size_t i = 0; search_ranges(subnet, family, i, &range) != 0; i++)
		pooled |= inaddr_compare(&range.first, addr) <= 0 && inaddr_compare(addr, &range.last) <= 0;
	return (pooled ? NULL : "it is not in the pool");
}

static void
auto_from_lock(struct resolver *r, struct placing *p, enum family family)
{
	const char *owner = auto_owner(r, p, family), *old = lock_old(r->lock, owner), *why;
	struct inaddr addr;

	if (old == NULL || !inaddr_parse(old, &addr))
		return;
	why = misfit(r, p, family, &addr);
	if (why == NULL)
		auto_take(r, p, family, &addr);
	else
		diag_add(r->diags, &rule_lock_entry_replaced, p->auto_at, "%s had %s and gets another address: %s", owner, old, why);
}

static void
auto_find(struct resolver *r, struct placing *p, enum family family)
{
	struct subnet *subnet = p->from[family];
	struct inaddr addr;
	struct diag *d;

	if (topology_free_address(r->topology, subnet, family, &addr)) {
		auto_take(r, p, family, &addr);
		return;
	}
	d = diag_add(r->diags, &rule_pool_exhausted, p->auto_at, "%s has no free %s address for %s", subnet->name, family_name(family),
	    p->iface->vnet->name);
	if (subnet->pool.n != 0)
		diag_note(r->diags, d, subnet->pool.v[0].at, "its pool");
	else
		vec_each (struct subnet_prefix *, sp, &subnet->prefixes)
			if (sp->prefix.addr.family == family)
				diag_note(r->diags, d, sp->at, "%s is %s", subnet->name, prefix_str(r->arena, &sp->prefix));
	diag_help(r->diags, d, subnet->pool.n != 0 ? "enlarge the pool" : "enlarge the prefix");
}

static void
take_text(struct resolver *r, const char *text, struct span at)
{
	struct used_address *used;
	struct inaddr addr;

	if (!inaddr_parse(text, &addr))
		return;
	used = NEW(r->arena, struct used_address);
	*used = (struct used_address) { addr, NULL, at };
	inaddr_put(r->topology->used, &used->addr, used);
}

static void
take_gateways(struct resolver *r, const struct v_strs *gateways)
{
	vec_each (const struct v_str *, v, gateways)
		take_text(r, v->v, v->at);
}

/* Gateways outside the file and classic jails are nobody's interfaces, and their addresses taken all the same. */
static void
take_others(struct resolver *r)
{
	if (r->decl->host != NULL)
		take_gateways(r, &r->decl->host->gateway);
	for (size_t i = 0; i < r->decl->jails.n; i++)
		take_gateways(r, &r->decl->jails.v[i]->gateway);
	vec_each (struct subnet **, s, &r->topology->subnets)
		if ((*s)->decl != NULL)
			take_gateways(r, &(*s)->decl->gateway);
	vec_each (struct jail **, j, &r->topology->jails) {
		vec_each (const struct v_str *, v, &(*j)->ip) {
			const char *bar = strchr(v->v, '|');

			if (bar != NULL)
				take_text(r, arena_strndup(r->arena, bar + 1, strcspn(bar + 1, "/")), v->at);
		}
	}
}

/* The host's addresses on a filtering bridge sit on bridgeN.VLAN: an interface for each VLAN in which it has one. */
static void
split_host_vlans(struct resolver *r, struct bridge *bridge)
{
	struct topology *t = r->topology;
	const struct v_strs *written = &bridge->decl->addresses;
	struct v_strs *untagged = NEW(r->arena, struct v_strs);

	if (!bridge->vlan_filtering || bridge->iface->link == NULL)
		return;
	untagged->at = written->at;
	for (size_t i = 0; i < written->n; i++) {
		struct subnet *subnet = NULL;
		struct inaddr addr;
		struct iface *svi = NULL;
		struct v_strs *mine;

		for (size_t k = 0; k < bridge->decl->subnet.n; k++) {
			struct subnet *s = map_get(t->subnet_by_name, bridge->decl->subnet.v[k].v);
			bool parsed = inaddr_parse(arena_strndup(r->arena, written->v[i].v, strcspn(written->v[i].v, "/")), &addr);

			if (s != NULL && (parsed ? subnet_prefix_of(s, &addr) != NULL : bridge->decl->subnet.n == 1))
				subnet = s;
		}
		if (subnet == NULL || subnet->vlan == 0) {
			*vec_push(r->arena, untagged) = written->v[i];
			continue;
		}
		vec_each (struct iface **, c, &bridge->iface->children)
			if ((*c)->tag == subnet->vlan)
				svi = *c;
		if (svi == NULL) {
			svi = NEW(r->arena, struct iface);
			*svi = (struct iface) {
				.kind = IF_VLAN, .unit = -1, .number = -1, .vnet = t->host, .parent = bridge->iface, .tag = subnet->vlan,
				.at = written->v[i].at, .written = NEW(r->arena, struct v_strs), .dflt = bridge->decl->dflt.v,
			};
			svi->name = svi->made = svi->created = arena_printf(r->arena, "%s.%d", bridge->name, subnet->vlan);
			svi->link = link_vlan(r, bridge->link, subnet->vlan, svi->at);
			link_subnet(svi->link, r->arena, subnet);
			*vec_push(r->arena, &t->host->ifaces) = svi;
			*vec_push(r->arena, &bridge->iface->children) = svi;
		}
		if (svi->decl != NULL)
			continue;       /* written out under host.interfaces: its addresses stand there */
		mine = NEW(r->arena, struct v_strs);
		*mine = *svi->written;
		*vec_push(r->arena, mine) = written->v[i];
		svi->written = mine;
	}
	bridge->iface->written = untagged;
	if (untagged->n == 0)
		bridge->iface->link = NULL;
}

/* A machine beyond a NIC stands on the link of its subnet that has one. */
static void
machines_beyond(struct resolver *r)
{
	vec_each (struct vnet **, v, &r->topology->vnets) {
		for (size_t i = 0; (*v)->kind == VNET_MACHINE && i < (*v)->ifaces.n; i++) {
			struct iface *iface = (*v)->ifaces.v[i];

			if (iface->link != NULL || iface->decl == NULL || iface->decl->subnet.n == 0)
				continue;
			for (size_t k = 0; k < iface->subnets.n && iface->link == NULL; k++)
				vec_each (struct link **, l, &iface->subnets.v[k]->links)
					if ((*l)->has_nic && iface->link == NULL)
						iface->link = *l;
			if (iface->link == NULL && !(*v)->broken)
				diag_add(r->diags, &rule_machine_kind, iface->decl->subnet.at, "%s is on a subnet that no NIC of the host leads to",
				    (*v)->name);
		}
	}
}

void
resolve_addresses(struct resolver *r)
{
	struct topology *t = r->topology;
	struct work w = { .r = r };

	take_others(r);
	vec_each (struct bridge **, b, &t->bridges)
		split_host_vlans(r, *b);
	for (size_t v = 0; v < t->vnets.n; v++)
		for (size_t i = 0; i < t->vnets.v[v]->ifaces.n; i++)
			place(&w, t->vnets.v[v]->ifaces.v[i]);
	machines_beyond(r);
	t->cursors = NEW_ARRAY(r->arena, struct auto_cursor, t->subnets.n * FAMILIES);
	vec_each (struct placing *, p, &w.placings)
		auto_wants(&w, p);
	vec_each (struct placing *, p, &w.placings)
		for (int f = 0; f < FAMILIES; f++)
			if ((p->wants & (1 << f)) != 0)
				auto_from_lock(r, p, f);
	vec_each (struct placing *, p, &w.placings)
		for (int f = 0; f < FAMILIES; f++)
			if ((p->wants & (1 << f)) != 0)
				auto_find(r, p, f);
	tell_strays(&w);
	vec_each (struct vnet **, v, &t->vnets)
		vec_each (struct iface **, i, &(*v)->ifaces)
			if ((*i)->link != NULL)
				*vec_push(r->arena, &(*i)->link->ends) = *i;
}

static const struct address *
iface_address_in(const struct iface *iface, const struct subnet *subnet, enum family family, const struct iface **by)
{
	vec_each (const struct address *, a, &iface->addresses) {
		if (a->subnet == subnet && a->addr.family == family) {
			if (by != NULL)
				*by = iface;
			return (a);
		}
	}
	return (NULL);
}

const struct address *
vnet_address_in(const struct vnet *vnet, const struct subnet *subnet, enum family family, const struct iface **by)
{
	/* The host has an interface for every epair: of two lists the shorter, where it knows which interface is the first. */
	if (subnet->ends.n < vnet->ifaces.n) {
		const struct iface *only = NULL;
		size_t n = 0;

		vec_each (struct iface *const *, i, &subnet->ends) {
			if ((*i)->vnet == vnet) {
				only = *i;
				n++;
			}
		}
		if (n < 2)
			return (only == NULL ? NULL : iface_address_in(only, subnet, family, by));
	}
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		const struct address *a = iface_address_in(*i, subnet, family, by);

		if (a != NULL)
			return (a);
	}
	return (NULL);
}

const struct iface *
link_holder(const struct link *link, const struct inaddr *addr)
{
	vec_each (struct iface *const *, i, &link->ends)
		vec_each (const struct address *, a, &(*i)->addresses)
			if (inaddr_equal(&a->addr, addr))
				return (*i);
	return (NULL);
}

bool
iface_has_family(const struct iface *iface, enum family family)
{
	return (has_family_already(iface, family) || (family == INET ? iface->dhcp : iface->slaac));
}
