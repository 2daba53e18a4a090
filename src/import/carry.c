/* SPDX-License-Identifier: BSD-2-Clause */
/* A classic jail sends by the host's routing table. What led out of it leads out of the converted jail: the default gateway on its own link,
 * else the host, which then forwards; static routes by who stands on its links. */
#include <string.h>

#include "import/draft.h"

/* The default route that the jail has today: that of its routing table (fib), else the host's. */
static bool
gateway_today(const struct draft *d, const struct draft_jail *jail, enum family f, struct inaddr *gateway, const char **zone)
{
	const char *value = jail->old->fib <= 0 ? NULL : shell_value(&d->old->host.rc,
	    arena_printf(d->arena, "%sdefaultrouter_fib%d", f == INET ? "" : "ipv6_", jail->old->fib));

	if (value == NULL) {
		*gateway = d->host.dflt[f].addr;
		*zone = d->host.dflt[f].zone;
		return (d->host.dflt[f].given);
	}
	*zone = strchr(value, '%') != NULL ? strchr(value, '%') + 1 : NULL;
	return (inaddr_parse(arena_strndup(d->arena, value, strcspn(value, "%")), gateway) && gateway->family == f);
}

static bool
on_this_link(const struct draft_bridge *b, const char *zone)
{
	if (zone == NULL || strcmp(b->key, zone) == 0)
		return (b->members.n > 0);
	vec_each (const struct draft_member *, m, &b->members)
		if (strcmp(m->name, zone) == 0)
			return (true);
	return (false);
}

/* Is there an address of the jail, on this interface, in whose prefix the other one is? */
static bool
reaches(const struct draft_iface *item, const struct inaddr *addr)
{
	vec_each (const struct draft_address *, a, &item->addresses)
		if (a->word == NULL && a->prefix.addr.family == addr->family && prefix_has(&a->prefix, addr))
			return (true);
	return (false);
}

static bool
has_family(const struct draft_iface *item, enum family f)
{
	vec_each (const struct draft_address *, a, &item->addresses)
		if (a->prefix.addr.family == f)
			return (true);
	return (false);
}

static void
set_default(struct draft_jail *jail, enum family f, const struct inaddr *gateway)
{
	jail->node.dflt[f].given = true;
	jail->node.dflt[f].addr = *gateway;
}

static bool
gateway_on_link(struct draft *d, struct draft_jail *jail, enum family f)
{
	struct inaddr gateway;
	const char *zone;

	if (!gateway_today(d, jail, f, &gateway, &zone))
		return (false);
	vec_each (struct draft_iface *const *, i, &jail->ifaces) {
		bool local = f == INET6 && inaddr_is_link_local(&gateway);

		if (local ? has_family(*i, f) && on_this_link(draft_bridge(d, (*i)->bridge), zone) : reaches(*i, &gateway)) {
			set_default(jail, f, &gateway);
			/* What is new has no name of its own yet: it is called by its bridge. */
			jail->node.dflt[f].zone = local ? (*i)->bridge : NULL;
			return (true);
		}
	}
	return (false);
}

/* Does the host reach more than this link? */
static bool
leads_on(const struct draft *d, const struct draft_bridge *b, enum family f)
{
	if (d->host.dflt[f].given || d->host.forwards[f])
		return (true);
	vec_each (const struct old_route *, r, &d->host.old->routes)
		if (r->to.addr.family == f)
			return (true);
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing)
			for (size_t i = 0; s->node == &d->host && s->bridge != b && i < s->addresses->n; i++)
				if (s->addresses->v[i].word != NULL || s->addresses->v[i].prefix.addr.family == f)
					return (true);
	vec_each (struct draft_iface *const *, i, &d->interfaces)
		if ((*i)->addresses.n > 0 && (draft_leased(&(*i)->addresses, f) || has_family(*i, f)))
			return (true);
	return (false);
}

bool
draft_host_leases(const struct draft *d, enum family f)
{
	vec_each (struct draft_iface *const *, i, &d->interfaces)
		if (draft_leased(&(*i)->addresses, f))
			return (true);
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		if (draft_leased(&(*b)->addresses, f))
			return (true);
	return (false);
}

/* The host's own address in the jail's subnet, from where it leads on. NULL: there is none. */
static const struct inaddr *
host_beside(const struct draft *d, const struct draft_iface *item, enum family f)
{
	const struct draft_bridge *b = draft_bridge(d, item->bridge);

	vec_each (const struct draft_address *, a, &b->addresses)
		if (a->word == NULL && a->prefix.addr.family == f && a->prefix.len < family_bits(f) && !inaddr_is_link_local(&a->prefix.addr) &&
		    reaches(item, &a->prefix.addr) && leads_on(d, b, f))
			return (&a->prefix.addr);
	return (NULL);
}

static bool
on_link(const struct draft_link *l, enum family f)
{
	vec_each (const struct draft_standing *, s, &l->standing)
		vec_each (const struct draft_address *, a, s->addresses)
			if (a->word == NULL && a->prefix.addr.family == f)
				return (true);
	return (false);
}

/* As a gateway the host is called by its name, which stands for both families; and a router takes no addresses from advertisements. */
static bool
may_forward(const struct draft *d, const struct draft_iface *item, enum family f)
{
	return ((f == INET && !on_link(item->link, INET6)) || !draft_host_leases(d, INET6));
}

/* The host has sent for the jail so far, now it forwards for it. */
static void
gateway_is_host(struct draft *d, struct draft_jail *jail, enum family f)
{
	vec_each (struct draft_iface *const *, i, &jail->ifaces) {
		const struct draft_bridge *b = draft_bridge(d, (*i)->bridge);
		const struct inaddr *host = host_beside(d, *i, f);

		if (host == NULL || !may_forward(d, *i, f))
			continue;
		set_default(jail, f, host);
		if (!d->host.forwards[f])
			conclude(d, jail->old->at, "%s has sent by the host's routes: the host forwards for it from now on, as %s (gateway: none at its "
			    "subnet keeps it apart)", jail->node.name, inaddr_str(d->arena, host));
		d->host.forwards[f] = true;
		vec_each (const struct draft_address *, a, &b->addresses) {
			const enum family other = a->word == NULL ? a->prefix.addr.family : draft_leased(&b->addresses, INET) ? INET : INET6;

			if (other == INET || !draft_host_leases(d, INET6))
				d->host.forwards[other] = true;
		}
		return;
	}
}

static bool
lacks_default(const struct draft_jail *jail, enum family f)
{
	bool any = false;

	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		any |= has_family(*i, f);
	return (any && !jail->node.dflt[f].given);
}

static void
no_gateway(struct draft *d, const struct draft_jail *jail, enum family f)
{
	if (!lacks_default(jail, f))
		return;
	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		if (host_beside(d, *i, f) != NULL && !may_forward(d, *i, f))
			conclude(d, jail->old->at, "%s has sent by the host's routes, and gets no %s gateway: a host that learns addresses by advertisements "
			    "forwards no IPv6", jail->node.name, family_word(f));
	if (!draft_host_leases(d, f))
		return;
	conclude(d, jail->old->at, "nothing tells the default gateway of %s: the host learns its own by %s", jail->node.name, f == INET ? "DHCP" : "advertisements");
	d->no_gateway[f] = true;
}

static void
carry_routes(struct draft *d, struct draft_jail *jail)
{
	vec_each (const struct old_route *, r, &d->host.old->routes) {
		const enum family f = r->to.addr.family;

		if (r->kind != OLD_VIA || (jail->node.dflt[f].given && inaddr_equal(&jail->node.dflt[f].addr, &r->via)))
			continue;
		vec_each (struct draft_iface *const *, i, &jail->ifaces)
			if (reaches(*i, &r->via)) {
				*vec_push(d->arena, &jail->node.routes) = (struct draft_route){ r->to, inaddr_str(d->arena, &r->via) };
				break;
			}
	}
}

void
draft_carry_ways(struct draft *d)
{
	/* A host that has come to forward for one jail may do so for those before it. */
	for (int round = 0; round < 2; round++)
		vec_each (struct draft_jail *const *, j, &d->jails)
			for (int f = 0; f < FAMILIES && (*j)->stays == NULL; f++)
				if (lacks_default(*j, (enum family)f) && !gateway_on_link(d, *j, (enum family)f))
					gateway_is_host(d, *j, (enum family)f);
	vec_each (struct draft_jail *const *, j, &d->jails) {
		if ((*j)->stays != NULL)
			continue;
		for (int f = 0; f < FAMILIES; f++)
			no_gateway(d, *j, (enum family)f);
		carry_routes(d, *j);
	}
}
