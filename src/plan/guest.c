/* SPDX-License-Identifier: BSD-2-Clause */
/* A jail's own rc.conf and what lies beside it. */
#include <string.h>

#include "plan/planning.h"

void
plan_further_variables(struct planner *p, struct plan_file *file, const struct v_pairs *pairs, const char *asked)
{
	struct stanza *s;

	if (pairs->n == 0)
		return;
	s = stanza_new(p, file, "further variables", asked, pairs->at);
	for (size_t i = 0; i < pairs->n; i++) {
		/* A list that other lines of rc.conf add to. */
		if (strcmp(pairs->v[i].name.v, "kld_list") == 0)
			stanza_append(p, s, pairs->v[i].name.v, pairs->v[i].value.v);
		else
			stanza_set(p, s, pairs->v[i].name.v, pairs->v[i].value.v);
	}
}

static void
guest_file(struct planner *p, struct jail_plan *jp, const char *what)
{
	jp->rc_conf.path = arena_printf(p->arena, "jails/%s/rc.conf", jp->jail->name);
	jp->rc_conf.shell = true;
	jp->rc_conf.about = arena_printf(p->arena, "%s of the jail %s. It belongs at the end of its own /etc/rc.conf (on the host: %s/etc/rc.conf).",
	    what, jp->jail->name, jp->path);
}

static void
further(struct planner *p, struct jail_plan *jp)
{
	plan_further_variables(p, &jp->rc_conf, &jp->jail->decl->rc_conf, arena_printf(p->arena, "%s.rc_conf", jp->asked));
}

static void
resolv_conf(struct planner *p, const struct jail_plan *jp, const strings *servers)
{
	struct plan_file *file;
	struct stanza *s;

	if (servers->n == 0)
		return;
	file = vec_push(p->arena, &p->plan->others);
	*file = (struct plan_file) {
		.path = arena_printf(p->arena, "jails/%s/resolv.conf", jp->jail->name),
		.about = arena_printf(p->arena, "The name servers of the jail %s, its /etc/resolv.conf.", jp->jail->name),
	};
	s = stanza_new(p, file, NULL, jp->asked, jp->jail->at);
	vec_each (const char *const *, n, servers)
		stanza_line(p, s, arena_printf(p->arena, "nameserver %s", *n));
}

/* A classic jail has no network of its own to configure; what else was asked for is written all the same. */
void
plan_classic_guest(struct planner *p, struct jail_plan *jp)
{
	if (jp->jail->decl->rc_conf.n != 0) {
		guest_file(p, jp, "Further variables");
		further(p, jp);
	}
	resolv_conf(p, jp, &jp->jail->nameservers);
}

void
plan_guest(struct planner *p, struct jail_plan *jp)
{
	const struct jail *jail = jp->jail;
	const struct vnet *vnet = jail->vnet;
	struct plan_file *file = &jp->rc_conf;
	struct text created = { .arena = p->arena };
	struct stanza *s;

	guest_file(p, jp, "The network");
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if ((*i)->made == NULL && (*i)->kind != IF_VLAN && (*i)->attach == ATTACH_NONE)
			text_printf(&created, "%s%s", created.n != 0 ? " " : "", (*i)->key != NULL ? (*i)->key : (*i)->name);
	if (created.n != 0) {
		s = stanza_new(p, file, "what is created in the jail", jp->asked, jail->at);
		stanza_append(p, s, "cloned_interfaces", text_end(&created));
	}
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		const struct iface *iface = *i;
		const char *where = iface->link != NULL ? iface->link->name : NULL;

		if (iface->managed_elsewhere)
			continue;
		s = stanza_new(p, file, where == NULL ? iface->name : iface->link->kind == LINK_CABLE && iface->peer != NULL ?
		    arena_printf(p->arena, "towards %s", iface->peer->vnet->shown) : arena_printf(p->arena, "on %s", where), asked_iface(p, iface), iface->at);
		plan_interface(p, s, iface);
	}
	plan_routing(p, file, vnet, jp->asked);
	plan_pf(p, vnet);
	if (needs_pf(vnet)) {
		s = stanza_new(p, file, "translation", jp->asked, jail->at);
		stanza_set(p, s, "pf_enable", "YES");
		stanza_set(p, s, "pf_rules", "/etc/pf.conf");
	}
	further(p, jp);
	resolv_conf(p, jp, &vnet->nameservers);
}
