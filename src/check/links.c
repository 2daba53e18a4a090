/* SPDX-License-Identifier: BSD-2-Clause */
/* Bridges and cables: who can talk through them at all, and where frames could circle. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* Names by which something on a bridge can be meant in its lists: keys, cables, jails, machines. */
static struct map *
attached_names(const struct subject *s, const struct bridge *bridge)
{
	struct map *names = map_new(s->arena);

	vec_each (struct iface *const *, m, &bridge->members) {
		if ((*m)->key != NULL)
			map_put(names, (*m)->key, *m);
		if ((*m)->cable != NULL)
			map_put(names, (*m)->cable->key, *m);
		if ((*m)->peer != NULL)
			map_put(names, (*m)->peer->vnet->name, *m);
	}
	return (names);
}

static struct span
members_at(const struct bridge *bridge)
{
	return (given(&bridge->decl->members.at) ? bridge->decl->members.at : bridge->at);
}

/* stp names members too; there the fault is a name of nothing, where private would leave an interface open. */
static void
private_not_member(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct v_strs *private_ = &(*b)->decl->private_.list, *stp = &(*b)->decl->stp.list;
		struct map *names;

		if ((*b)->netgraph || private_->n + stp->n == 0)
			continue;
		names = attached_names(s, *b);
		for (size_t i = 0; i < private_->n + stp->n; i++) {
			const struct v_str *name = i < private_->n ? &private_->v[i] : &stp->v[i - private_->n];
			struct diag *d;

			if (map_get(names, name->v) != NULL)
				continue;
			if (i < private_->n)
				d = diag_add(ds, check->rule, name->at, "%s is not attached to %s", str_shown(s->arena, name->v),
				    (*b)->key);
			else
				d = diag_add(ds, &rule_unknown_name, name->at, "no member of %s called %s", (*b)->key,
				    str_shown(s->arena, name->v));
			diag_note(ds, d, members_at(*b), "%s",
			    given(&(*b)->decl->members.at) ? "its members" : "it has no members");
		}
	}
}

const struct check check_private_not_member = { &rule_private_not_member, CHECK_LINKS, private_not_member };

static bool
same_name(const struct v_str *a, const struct v_str *b)
{
	return (given(&a->at) && given(&b->at) && strcmp(a->v, b->v) == 0);
}

static void
cable_to_itself(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct cable *const *, c, &s->topology->cables) {
		const struct decl_iface *a = (*c)->decl->a, *b = (*c)->decl->b;
		const char *where;
		struct span from, to;
		struct diag *d;

		if (a == NULL || b == NULL)
			continue;
		if (same_name(&a->bridge, &b->bridge)) {
			where = b->bridge.v;
			from = a->bridge.at;
			to = b->bridge.at;
		} else if (same_name(&a->jail, &b->jail)) {
			where = b->jail.v;
			from = a->jail.at;
			to = b->jail.at;
		} else if (a->host.v && b->host.v) {
			where = "the host";
			from = a->host.at;
			to = b->host.at;
		} else
			continue;
		d = diag_add(ds, check->rule, to, "both ends of %s are in %s", (*c)->key, where);
		diag_note(ds, d, from, "end a is in it too");
	}
}

const struct check check_cable_to_itself = { &rule_cable_to_itself, CHECK_MODEL, cable_to_itself };

/* Segments in which bridge-loop was told: there is no second word about loops there. */
static bool *
told_loops(const struct subject *s, const struct diags *ds)
{
	bool *told = NEW_ARRAY(s->arena, bool, s->topology->links.n);

	vec_each (struct cable *const *, c, &s->topology->cables)
		if ((*c)->a != NULL && (*c)->a->member_of != NULL && diag_told(ds, &rule_bridge_loop, (*c)->at))
			told[(*c)->a->member_of->link->segment->index] = true;
	return (told);
}

static void
two_uplinks(const struct check *check, const struct subject *s, struct diags *ds)
{
	const bool *told = told_loops(s, ds);

	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct iface *first = NULL;

		if ((*b)->netgraph || told[(*b)->link->segment->index])
			continue;
		vec_each (struct iface *const *, m, &(*b)->members) {
			struct diag *d;

			if ((*m)->kind != IF_NIC || (*m)->managed_elsewhere || (*m)->stp)
				continue;
			if (first == NULL) {
				first = *m;
				continue;
			}
			d = diag_add(ds, check->rule, member_at(*b, *m), "%s joins %s and %s: a loop if both lead to one switch",
			    (*b)->key, first->key, (*m)->key);
			diag_note(ds, d, member_at(*b, first), "%s is a member here", first->key);
			diag_help(ds, d, "stp: true, or a lagg");
			break;
		}
	}
}

const struct check check_two_uplinks = { &rule_two_uplinks, CHECK_LINKS, two_uplinks };

/* What is on a bridge: how many there are, and the only one. */
struct company { size_t n; const struct iface *only; };

static void
count_one(struct company *company, const struct iface *iface)
{
	company->n++;
	company->only = iface;
}

/* By bridge. Ends of VLANs count for the bridge that carries them; a member and its other end are one. */
static struct company *
companies(const struct subject *s)
{
	const struct topology *t = s->topology;
	struct company *all = NEW_ARRAY(s->arena, struct company, t->bridges.n);

	vec_each (struct bridge *const *, b, &t->bridges)
		vec_each (struct iface *const *, m, &(*b)->members)
			count_one(&all[(*b)->index], *m);
	vec_each (struct link *const *, l, &t->links) {
		vec_each (struct iface *const *, i, &(*l)->ends) {
			const struct iface *base = (*i)->parent != NULL && (*i)->parent->bridge == NULL ? (*i)->parent : *i;
			bool counted = base->member_of != NULL || (base->peer != NULL && base->peer->member_of == (*l)->bridge);

			if ((*l)->bridge != NULL && !counted)
				count_one(&all[(*l)->bridge->index], *i);
		}
	}
	return (all);
}

static const char *
company_shown(const struct subject *s, const struct iface *only)
{
	if (only->cable != NULL)
		return (arena_printf(s->arena, "an end of %s", only->cable->key));
	if (only->peer != NULL && only->member_of != NULL)
		return (who(only->peer->vnet));
	return (only->key != NULL && only->bridge == NULL ? only->key : who(only->vnet));
}

static bool
member_told(const struct bridge *bridge, const struct subject *s, const struct diags *ds)
{
	vec_each (struct iface *const *, m, &bridge->members) {
		struct span at;

		if (address_shown(s->arena, *m, &at) != NULL && diag_told(ds, &rule_address_on_bridge_member, at))
			return (true);
	}
	return (false);
}

static void
lonely_bridge(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct company *all = companies(s);

	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct company *c = &all[(*b)->index];

		if (c->n >= 2 || (s->topology->jails.n == 0 && uplink_member(*b) != NULL) || member_told(*b, s, ds))
			continue;
		if (c->n == 0)
			diag_add(ds, check->rule, (*b)->at, "nothing can talk through %s: nothing is on it", (*b)->key);
		else
			diag_add(ds, check->rule, (*b)->at, "nothing can talk through %s: only %s is on it", (*b)->key,
			    company_shown(s, c->only));
	}
}

const struct check check_lonely_bridge = { &rule_lonely_bridge, CHECK_LINKS, lonely_bridge };

static bool
has_hooks(const struct jail *jail)
{
	const struct decl_exec *exec = jail == NULL ? NULL : jail->decl->exec;

	return (exec != NULL && exec->prestart.n + exec->poststart.n + exec->prestop.n + exec->poststop.n != 0);
}

/* An end that nothing is behind. */
static bool
leads_nowhere(const struct company *all, const struct iface *end)
{
	if (end->member_of != NULL)
		return (all[end->member_of->index].n == 1);
	return (!has_addresses(end) && end->children.n == 0 && !has_hooks(end->vnet->jail));
}

static bool
lonely_told(const struct iface *end, const struct diags *ds)
{
	return (end->member_of != NULL && diag_told(ds, &rule_lonely_bridge, end->member_of->at));
}

static void
unused_epair(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct company *all = companies(s);

	vec_each (struct cable *const *, c, &s->topology->cables) {
		const struct iface *a = (*c)->a, *b = (*c)->b, *end;
		struct diag *d;

		if (a == NULL || b == NULL || lonely_told(a, ds) || lonely_told(b, ds))
			continue;
		end = leads_nowhere(all, a) ? a : leads_nowhere(all, b) ? b : NULL;
		if (end == NULL)
			continue;
		d = diag_add(ds, check->rule, (*c)->at, "%s leads nowhere", (*c)->key);
		if (end->member_of != NULL)
			diag_note(ds, d, end->at, "there is nothing else on %s", end->member_of->key);
		else
			diag_note(ds, d, end->at, "%s has no address on this end", who(end->vnet));
	}
}

const struct check check_unused_epair = { &rule_unused_epair, CHECK_LINKS, unused_epair };

/* Interfaces of the host that classic jails have addresses on. */
static struct map *
used_by_classic(const struct subject *s)
{
	struct map *used = map_new(s->arena);

	vec_each (struct jail *const *, j, &s->topology->jails)
		vec_each (const struct v_str *, v, &(*j)->ip)
			map_put(used, arena_strndup(s->arena, v->v, strcspn(v->v, "|")), *j);
	return (used);
}

static bool
is_nat_exit(const struct topology *t, const struct iface *iface)
{
	vec_each (struct iface *const *, i, &t->host->nat)
		if (*i == iface)
			return (true);
	return (false);
}

static void
cloner_name(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct map *classic = used_by_classic(s);

	vec_each (struct iface *const *, i, &s->topology->host_interfaces) {
		struct diag *d;

		if (!(*i)->cloned || (*i)->lagg != NULL || (*i)->decl->lagg != NULL || (*i)->has_tunnel || has_addresses(*i) ||
		    (*i)->member_of != NULL || (*i)->given_to != NULL || (*i)->children.n != 0 || is_nat_exit(s->topology, *i) ||
		    map_get(classic, (*i)->key) != NULL)
			continue;
		d = diag_add(ds, check->rule, (*i)->at, "%s is created and used by nobody", (*i)->key);
		diag_help(ds, d, "managed: false, if another program makes it");
	}
}

const struct check check_cloner_name = { &rule_cloner_name, CHECK_LINKS, cloner_name };
