/* SPDX-License-Identifier: BSD-2-Clause */
/* nat and rdr as pf rules in the forms that every supported release loads (freebsd.md 7). */
#include <stdlib.h>
#include <string.h>

#include "plan/planning.h"
#include "route/nat.h"

static int
by_prefix(const void *a, const void *b)
{
	return (prefix_compare(*(const struct prefix *const *)a, *(const struct prefix *const *)b));
}

/* A table is a set: in the order of addresses it does not change where subnets only change places. */
static const char *
prefixes(struct planner *p, const struct vnet *through)
{
	struct text text = { .arena = p->arena };
	VEC(const struct prefix *) all = { 0 };

	vec_each (struct subnet *const *, s, &p->t->subnets) {
		if (through != NULL && ((*s)->island || !nat_covers(p->routes, through, *s)))
			continue;
		vec_each (const struct subnet_prefix *, sp, &(*s)->prefixes)
			if (sp->prefix.addr.family == INET)
				*vec_push(p->arena, &all) = &sp->prefix;
	}
	if (all.n > 1)
		qsort(all.v, all.n, sizeof(all.v[0]), by_prefix);
	vec_each (const struct prefix *const *, prefix, &all)
		text_printf(&text, "%s%s", text.n != 0 ? ", " : "", prefix_str(p->arena, *prefix));
	return (text_end(&text));
}

static void
rdr_rules(struct planner *p, struct stanza *s, const struct vnet *vnet, const char *exit)
{
	vec_each (const struct rdr *, r, &vnet->rdr) {
		const char *proto = r->tcp && r->udp ? "{ tcp, udp }" : r->udp ? "udp" : "tcp";

		stanza_line(p, s, arena_printf(p->arena, "rdr pass on %s inet proto %s from any to (%s:0) port %d -> %s port %d", exit, proto, exit, r->port,
		    inaddr_str(p->arena, &r->to), r->port_to));
	}
}

/* A subnet of the file is never translated towards another (language.md 5, NAT). */
static void
rules(struct planner *p, struct plan_file *file, const struct vnet *vnet, const char *asked)
{
	nat_exits out = { 0 };
	struct stanza *s;
	const char *inside = prefixes(p, vnet), *file_nets = prefixes(p, NULL);

	nat_find_exits(p->arena, p->routes, vnet, &out);
	s = stanza_new(p, file, "subnets behind this node, and all of the topology", asked, vnet->at);
	if (*inside != '\0')
		stanza_line(p, s, arena_printf(p->arena, "table <vnetc_inside> const { %s }", inside));
	if (*file_nets != '\0')
		stanza_line(p, s, arena_printf(p->arena, "table <vnetc_all> const { %s }", file_nets));
	if (vnet->kind == VNET_JAIL)
		stanza_line(p, s, "set skip on lo0");
	s = stanza_new(p, file, "translation", asked, vnet->at);
	vec_each (const struct iface **, i, &out) {
		if (vnet_translates(vnet) && *inside != '\0')
			stanza_line(p, s, arena_printf(p->arena, "nat on %s inet from <vnetc_inside> to ! <vnetc_all> -> (%s:0)", (*i)->name, (*i)->name));
		rdr_rules(p, s, vnet, (*i)->name);
	}
	/* What no rule matches passes, but no state is kept of it, and the answer to what came in untranslated would be translated. The host's
	 * own rules see to that. */
	if (vnet->kind != VNET_JAIL || !vnet_translates(vnet) || *inside == '\0' || out.n == 0)
		return;
	s = stanza_new(p, file, "what comes in for them by its own address is remembered, so that the answer is not translated", asked, vnet->at);
	stanza_line(p, s, "pass in inet from ! <vnetc_all> to <vnetc_inside>");
}

void
plan_pf(struct planner *p, const struct vnet *vnet)
{
	bool jail = vnet->kind == VNET_JAIL;
	struct plan_file *file;

	if (!needs_pf(vnet))
		return;
	file = vec_push(p->arena, &p->plan->others);
	*file = (struct plan_file) {
		.path = jail ? arena_printf(p->arena, "jails/%s/pf.conf", vnet->name) : "pf.anchor",
		.about = jail ? arena_printf(p->arena, "Translation in the jail %s, its /etc/pf.conf.", vnet->name) :
		    "Translation on the host: rules for an anchor of its own pf.conf, which vnetc never writes. It belongs at /usr/local/etc/vnetc/pf.anchor.",
	};
	rules(p, file, vnet, jail ? asked_jail(p, vnet->jail) : asked_key(p, &vnet->at, "host.nat"));
	if (!jail)
		*vec_push(p->arena, &p->plan->todo) = "In the host's `/etc/pf.conf`, among the translation rules: `nat-anchor \"vnetc\"` and "
		    "`rdr-anchor \"vnetc\"`, then `load anchor \"vnetc\" from \"/usr/local/etc/vnetc/pf.anchor\"`; `pf_enable=\"YES\"` in its rc.conf";
}
