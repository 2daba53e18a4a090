/* SPDX-License-Identifier: BSD-2-Clause */
/* Names: how long they are, what they mean elsewhere, and who had them first. */
#include <ctype.h>
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* Bridges that jib serves: their length is what jib-uplink-name speaks of. */
static bool *
served_by_jib(const struct subject *s)
{
	bool *jib = NEW_ARRAY(s->arena, bool, s->topology->bridges.n);

	vec_each (struct iface *const *, i, &s->topology->host->ifaces)
		if ((*i)->attach == ATTACH_JIB && (*i)->member_of != NULL && (*i)->member_of->uplink != NULL)
			jib[(*i)->member_of->index] = true;
	return (jib);
}

/* A name that somebody wrote or that follows from one; what jib and netgraph name after the jail is jib-jail-name's. */
static bool
name_counts(const struct iface *iface, const bool *jib)
{
	if (iface->bridge != NULL)
		return (!iface->bridge->netgraph && !jib[iface->bridge->index]);
	if (iface->vnet->kind == VNET_MACHINE)
		return (false);
	return (iface->attach == ATTACH_NONE || iface->name != iface->made || iface->cable != NULL);
}

/* Cut to what fits, and another last character where that is somebody's name already. */
static const char *
shortened(const struct subject *s, const struct vnet *vnet, const char *name, size_t max)
{
	char *cut = arena_strndup(s->arena, name, strlen(name) < max ? strlen(name) : max);
	size_t n = strlen(cut);
	bool taken;

	while (n > 1 && strchr("._-", cut[n - 1]) != NULL)
		cut[--n] = '\0';
	for (char other = '2'; other <= '9'; other++) {
		taken = false;
		vec_each (struct iface *const *, i, &vnet->ifaces)
			taken |= strcmp((*i)->name, cut) == 0;
		if (!taken)
			break;
		cut[n - 1] = other;
	}
	return (cut);
}

static void
suggest_shorter(const struct subject *s, struct diags *ds, struct diag *d, const struct iface *iface)
{
	const struct tree *root = s->topology->decl->root;
	const char *name = iface->name;
	char tag[16];

	if ((iface->decl != NULL && given(&iface->decl->name.at)) || (iface->bridge != NULL && given(&iface->bridge->decl->name.at)))
		suggest_name(ds, d, NULL, name_at(iface), name, shortened(s, iface->vnet, name, IFNAME_MAX));
	else if (iface->cable != NULL) {
		diag_note(ds, d, (struct span){ 0 }, "a cable's ends are called by its key, with a and b added");
		suggest_name(ds, d, root, iface->cable->at, iface->cable->key,
		    shortened(s, iface->vnet, iface->cable->key, IFNAME_MAX - 1));
	} else if (iface->kind == IF_VLAN) {
		snprintf(tag, sizeof(tag), "vlan%d", iface->tag);
		suggest_name(ds, d, root, name_at(iface), name, shortened(s, iface->vnet, tag, IFNAME_MAX));
	} else if (iface->bridge != NULL)
		suggest_name(ds, d, root, name_at(iface), name, shortened(s, iface->vnet, name, IFNAME_MAX));
	else
		diag_help(ds, d, "a shorter one");
}

static void
too_long(const struct subject *s, struct diags *ds, const struct iface *iface)
{
	const char *name = iface->name;
	struct span at = name_at(iface);
	struct diag *d = diag_add(ds, &rule_interface_name_too_long, at, "%s has %zu bytes, an interface name at most %d",
	    str_shown(s->arena, name), strlen(name), IFNAME_MAX);

	if (iface->parent != NULL && (iface->decl == NULL || !given(&iface->decl->name.at)) && iface->key == NULL) {
		diag_note(ds, d, name_at(iface->parent), "it is %s, a dot and the tag", str_shown(s->arena, iface->parent->name));
		diag_help(ds, d, "a shorter one: name: vlan%d", iface->tag);
	} else
		suggest_shorter(s, ds, d, iface);
}

static void
interface_name_too_long(const struct check *check, const struct subject *s, struct diags *ds)
{
	const bool *jib = served_by_jib(s);

	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		vec_each (struct iface *const *, i, &(*v)->ifaces)
			if (strlen((*i)->name) > IFNAME_MAX && name_counts(*i, jib))
				too_long(s, ds, *i);
}

const struct check check_interface_name_too_long = { &rule_interface_name_too_long, CHECK_MODEL, interface_name_too_long };

static void
jib_jail_name(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct jail *const *, j, &s->topology->jails) {
		for (size_t k = 0; (*j)->vnet != NULL && k < (*j)->vnet->ifaces.n; k++) {
			const struct iface *i = (*j)->vnet->ifaces.v[k];
			const char *name = i->attach == ATTACH_JIB && i->peer != NULL ? i->peer->made : i->made;
			bool netgraph = by_netgraph(i);
			struct diag *d;

			if ((i->attach != ATTACH_JIB && !netgraph) || name == NULL || strlen(name) <= IFNAME_MAX)
				continue;
			d = diag_add(ds, check->rule, (*j)->at, "%s would have %zu bytes, at most %d fit",
			    str_shown(s->arena, name), strlen(name), IFNAME_MAX);
			if (netgraph)
				diag_note(ds, d, i->decl->bridge.at, "netgraph names interfaces after the jail");
			else
				diag_note(ds, d, attach_at(i), "jib names interfaces after the jail");
			diag_help(ds, d, "%s%.*s", netgraph ? "call it " : "attach: prestart, or call it ",
			    (int)(IFNAME_MAX + strlen((*j)->safename) - strlen(name)), (*j)->safename);
			if (!netgraph)
				use_prestart(ds, d, i);
			break;
		}
	}
}

const struct check check_jib_jail_name = { &rule_jib_jail_name, CHECK_MODEL, jib_jail_name };

/* rc.d/bridge puts a bridge's name into a variable's as it is (freebsd.md 1.3), and netgraph reads a dot as a path. */
static void
bridge_names(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct iface *later = NULL;
		const char *name = (*b)->name, *bad;
		struct diag *d;

		vec_each (struct iface *const *, m, &(*b)->members)
			if ((*m)->managed_elsewhere && later == NULL)
				later = *m;
		bad = (*b)->netgraph ? strchr(name, '.') : later != NULL ? strpbrk(name, ".-") : NULL;
		if (bad == NULL)
			continue;
		d = diag_add(ds, check->rule, bridge_name_at(*b), "%s is no name for a bridge %s: %c is not allowed", name,
		    (*b)->netgraph ? "of netgraph" : "that gets members later", *bad);
		if (!(*b)->netgraph)
			diag_note(ds, d, member_at(*b, later), "%s comes later, by autobridge_%s", later->key, name);
		suggest_name(ds, d, given(&(*b)->decl->name.at) ? NULL : s->topology->decl->root, bridge_name_at(*b), name,
		    safename(s->arena, name));
	}
}

const struct check check_bad_name = { &rule_bad_name, CHECK_MODEL, bridge_names };

/* One name of something in a network stack, or in the file. */
struct naming { const char *name, *thing; struct span at; const struct iface *iface; };

/* The names of one stack, by the name itself and by what the shell makes of it. */
struct stack { struct map *names, *variables; };

static void
told_twice(const struct subject *s, struct diags *ds, const struct naming *a, const struct naming *b)
{
	const struct naming *first = span_compare(&a->at, &b->at) <= 0 ? a : b, *later = first == a ? b : a;
	struct diag *d =
	    diag_add(ds, &rule_name_taken, later->at, "%s is already %s", str_shown(s->arena, later->name), first->thing);

	diag_note(ds, d, first->at, "%s is %s here", str_shown(s->arena, first->name), first->thing);
}

static void
one_variable(const struct subject *s, struct diags *ds, const struct naming *a, const struct naming *b, const char *variable)
{
	const struct naming *first = span_compare(&a->at, &b->at) <= 0 ? a : b, *later = first == a ? b : a;
	struct diag *d;

	if (diag_told(ds, &rule_name_taken, later->at))
		return;
	d = diag_add(ds, &rule_variable_name_clash, later->at, "%s and %s are both %s to the shell",
	    str_shown(s->arena, first->name), str_shown(s->arena, later->name), str_shown(s->arena, variable));
	diag_note(ds, d, first->at, "%s is %s", str_shown(s->arena, first->name), first->thing);
}

/* Jails, machines and subnets share one set of names. */
static void
take_node(const struct subject *s, struct diags *ds, struct map *names, const struct decl_item *item, const char *thing)
{
	struct naming *mine = NEW(s->arena, struct naming), *other;

	*mine = (struct naming) { item->key, thing, item->at, NULL };
	other = map_put(names, item->key, mine);
	if (other != NULL)
		told_twice(s, ds, other, mine);
}

static void
nodes_and_subnets(const struct subject *s, struct diags *ds)
{
	const struct topology_decl *t = s->topology->decl;
	struct map *names = map_new(s->arena);

	for (size_t i = 0; i < t->subnets.n; i++)
		take_node(s, ds, names, &t->subnets.v[i]->item, "a subnet");
	for (size_t i = 0; i < t->jails.n; i++)
		take_node(s, ds, names, &t->jails.v[i]->item, "a jail");
	for (size_t i = 0; i < t->machines.n; i++)
		take_node(s, ds, names, &t->machines.v[i]->item, "a machine");
}

static void
take_name(const struct subject *s, struct diags *ds, struct stack *stack, const struct iface *iface, const char *name,
    const char *thing)
{
	struct naming *mine = NEW(s->arena, struct naming), *other;
	const char *variable = rc_variable(s->arena, name);

	*mine = (struct naming) { name, thing, name == iface->name ? name_at(iface) : iface->at, iface };
	other = map_put(stack->names, name, mine);
	if (other != NULL && other->iface != iface)
		told_twice(s, ds, other, mine);
	other = map_put(stack->variables, variable, mine);
	if (other != NULL && other->iface != iface && strcmp(other->name, name) != 0)
		one_variable(s, ds, other, mine, variable);
}

static const char *
thing_of(const struct subject *s, const struct iface *iface)
{
	if (iface->bridge != NULL)
		return ("a bridge");
	if (iface->cable != NULL)
		return (arena_printf(s->arena, "an end of %s", iface->cable->key));
	if (iface->vnet->kind == VNET_HOST && iface->key == NULL && iface->peer != NULL)
		return (arena_printf(s->arena, "an interface of %s", who(iface->peer->vnet)));
	return (arena_printf(s->arena, "an interface of %s", who(iface->vnet)));
}

/* All that has a name on the host: what stands there, and what is made there for jails. */
static void
names_on_host(const struct subject *s, struct diags *ds)
{
	struct stack stack = { map_new(s->arena), map_new(s->arena) };

	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const char *thing = thing_of(s, *i);

			/* What a jail takes whole is the host's already; netgraph's has one name at both ends. */
			if ((*v)->kind == VNET_MACHINE || ((*v)->kind == VNET_JAIL && ((*i)->key != NULL || by_netgraph(*i))))
				continue;
			if ((*i)->created != NULL)
				take_name(s, ds, &stack, *i, (*i)->created, thing);
			if ((*i)->made != NULL)
				take_name(s, ds, &stack, *i, (*i)->made, thing);
		}
	}
}

static void
names_in_jail(const struct subject *s, struct diags *ds, const struct vnet *jail)
{
	struct stack stack = { map_new(s->arena), map_new(s->arena) };

	vec_each (struct iface *const *, i, &jail->ifaces) {
		const struct iface *home = (*i)->key != NULL ? map_get(s->topology->iface_by_key, (*i)->key) : NULL;

		/* The same interface of the host twice is interface-not-free. */
		if (!jail->broken && (home == NULL || home->given_to == *i))
			take_name(s, ds, &stack, *i, (*i)->name, thing_of(s, *i));
	}
}

static void
jail_variables(const struct subject *s, struct diags *ds)
{
	struct map *variables = map_new(s->arena);

	vec_each (struct jail *const *, j, &s->topology->jails) {
		struct naming *mine = NEW(s->arena, struct naming), *other;

		*mine = (struct naming) { (*j)->name, "a jail", (*j)->at, NULL };
		other = map_put(variables, (*j)->safename, mine);
		if (other != NULL && strcmp(other->name, mine->name) != 0)
			one_variable(s, ds, other, mine, (*j)->safename);
	}
}

/* One walk finds both: the same name, and different names that are one variable. */
static void
name_clashes(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	nodes_and_subnets(s, ds);
	names_on_host(s, ds);
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		if ((*v)->kind == VNET_JAIL)
			names_in_jail(s, ds, *v);
	jail_variables(s, ds);
}

const struct check check_name_taken = { &rule_name_taken, CHECK_MODEL, name_clashes };
