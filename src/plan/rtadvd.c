/* SPDX-License-Identifier: BSD-2-Clause */
/* Router advertisements. Without a file rtadvd(8) advertises every prefix that its interface has, with its own times and the interface's
 * link-local address: all that is needed but where one of the prefixes is not to be advertised. */
#include <string.h>

#include "plan/planning.h"

struct advertised { const struct iface *iface; VEC(const struct prefix *) prefixes; };
typedef VEC(struct advertised) advertisements;

/* Somebody takes an address by slaac there, and this node is the gateway. */
static const struct iface *
advertises(const struct vnet *vnet, const struct subnet *subnet)
{
	const struct iface *by = NULL;
	bool wanted = false;

	if (subnet->gateway[INET6].kind != GW_NODE || subnet->gateway[INET6].node != vnet || !subnet->rtadv)
		return (NULL);
	vec_each (struct iface *const *, i, &subnet->ends)
		wanted |= (*i)->slaac;
	return (wanted && vnet_address_in(vnet, subnet, INET6, &by) != NULL ? by : NULL);
}

static void
collect_on(struct planner *p, const struct vnet *vnet, const struct iface *iface, advertisements *all)
{
	struct advertised a = { .iface = iface };

	vec_each (struct subnet *const *, s, &iface->subnets) {
		if (advertises(vnet, *s) != iface)
			continue;
		vec_each (const struct subnet_prefix *, sp, &(*s)->prefixes)
			if (sp->prefix.addr.family == INET6)
				*vec_push(p->arena, &a.prefixes) = &sp->prefix;
	}
	if (a.prefixes.n > 0)
		*vec_push(p->arena, all) = a;
}

/* In the order of interfaces, however subnets stand. */
static void
collect(struct planner *p, const struct vnet *vnet, advertisements *all)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		collect_on(p, vnet, *i, all);
}

/* rtadvd would advertise a prefix that it shall not. Of a /128, an alias, nobody makes an address. */
static bool
has_others(const struct advertised *a)
{
	vec_each (const struct address *, address, &a->iface->addresses) {
		bool known = address->addr.family != INET6 || inaddr_is_link_local(&address->addr) || address->len == family_bits(INET6);

		vec_each (const struct prefix *const *, prefix, &a->prefixes)
			known |= (*prefix)->len == address->len && prefix_has(*prefix, &address->addr);
		if (!known)
			return (true);
	}
	return (false);
}

/* rtadvd.conf(5), in the form of getcap(3): addr, then addr0 and so on. */
static const char *
entry(struct planner *p, const struct advertised *a)
{
	struct text text = { .arena = p->arena };

	text_printf(&text, "%s:noifprefix:", a->iface->name);
	for (size_t i = 0; i < a->prefixes.n; i++) {
		const struct prefix *prefix = a->prefixes.v[i];
		const char *number = i == 0 ? "" : arena_printf(p->arena, "%zu", i - 1);

		text_printf(&text, "addr%s=\"%s\":prefixlen%s#%d:", number, inaddr_str(p->arena, &prefix->addr), number, prefix->len);
	}
	return (text_end(&text));
}

static void
config(struct planner *p, const struct vnet *vnet, const advertisements *all, const char *asked)
{
	bool jail = vnet->kind == VNET_JAIL;
	struct plan_file *file = NULL;

	vec_each (const struct advertised *, a, all) {
		if (!has_others(a))
			continue;
		if (file == NULL) {
			file = vec_push(p->arena, &p->plan->others);
			*file = (struct plan_file) {
				.path = jail ? arena_printf(p->arena, "jails/%s/rtadvd.conf", vnet->name) : "rtadvd.conf",
				.about = jail ? arena_printf(p->arena, "Router advertisements of the jail %s, its /etc/rtadvd.conf.", vnet->name) :
				    "Router advertisements of the host. It belongs in /etc/rtadvd.conf.",
			};
		}
		stanza_line(p, stanza_new(p, file, arena_printf(p->arena, "%s has further prefixes, which are not advertised", a->iface->name), asked,
		    vnet->at), entry(p, a));
	}
}

void
plan_advertising(struct planner *p, struct plan_file *file, const struct vnet *vnet, const char *asked)
{
	struct text interfaces = { .arena = p->arena };
	advertisements all = { 0 };
	struct stanza *s;

	if (!vnet->forwards[INET6])
		return;
	collect(p, vnet, &all);
	if (all.n == 0)
		return;
	vec_each (const struct advertised *, a, &all)
		text_printf(&interfaces, "%s%s", interfaces.n != 0 ? " " : "", a->iface->name);
	s = stanza_new(p, file, "router advertisements for those who take addresses by slaac", asked, vnet->at);
	stanza_set(p, s, "rtadvd_enable", "YES");
	stanza_set(p, s, "rtadvd_interfaces", text_end(&interfaces));
	config(p, vnet, &all, asked);
}
