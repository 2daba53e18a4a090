/* SPDX-License-Identifier: BSD-2-Clause */
/* The draft held against its own build: what vnetc would number, derive or work out in another way than the host has it is written down;
 * what still differs is told. */
#include <string.h>
#include <strings.h>

#include "decl/decl.h"
#include "import/settling.h"
#include "model/lock.h"
#include "tree/tree.h"

/* Numbers */

#define ROUNDS 200              /* each node may need one: what is written down for one changes what is worked out for others */

struct pair { int unit; bool fixed; const char **written; };
typedef VEC(struct pair) pairs;

static void
pair_add(struct draft *d, pairs *all, int unit, bool fixed, const char **written)
{
	if (unit >= 0)
		*vec_push(d->arena, all) = (struct pair){ unit, fixed, written };
}

/* In the order in which units are given out: jails, cables, the host's own ends. */
static void
collect_pairs(struct draft *d, pairs *all)
{
	vec_each (struct draft_jail *const *, j, &d->jails)
		vec_each (struct draft_iface *const *, i, &(*j)->ifaces)
			if ((*i)->bridge != NULL)
				pair_add(d, all, (*i)->unit, false, &(*i)->epair);
	vec_each (struct draft_cable *const *, c, &d->cables)
		pair_add(d, all, (*c)->unit, strncmp((*c)->key, "epair", 5) == 0, NULL);
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		pair_add(d, all, (*b)->epair_unit, false, &(*b)->epair);
}

/* The first pair that would get another unit than it has; NULL: none. */
static struct pair *
misnumbered(struct draft *d, pairs *all)
{
	bool *taken = arena_alloc(d->arena, EPAIR_UNIT_MAX + 2);
	int next = 1;

	vec_each (const struct pair *, p, all)
		if (p->fixed)
			taken[p->unit] = true;
	vec_each (struct pair *, p, all) {
		if (p->fixed)
			continue;
		while (next <= EPAIR_UNIT_MAX && taken[next])
			next++;
		/* The unit of a cable with a name cannot be told. */
		if (p->unit != next && p->written != NULL)
			return (p);
		taken[next] = true;
	}
	return (NULL);
}

static void
settle_units(struct draft *d)
{
	pairs all = { 0 };
	struct pair *p;

	collect_pairs(d, &all);
	while ((p = misnumbered(d, &all)) != NULL)
		p->fixed = true;
	vec_each (struct pair *, it, &all)
		if (it->written != NULL)
			*it->written = it->fixed ? arena_printf(d->arena, "epair%d", it->unit) : NULL;
	vec_each (struct draft_bridge *const *, b, &d->bridges)
		if ((*b)->epair_unit >= 0 && (*b)->epair == NULL)
			(*b)->epair = "true";
}

/* What a build would give */

static bool
compiles(struct settling *s, const char *yaml)
{
	struct reader reader = { 0 };
	struct diags diags;
	struct lock lock;
	struct load load;
	struct topology_decl *decl;
	struct arena *a = s->d->arena;

	diags_init(&diags, a, NULL);
	tree_load(&load, a, &diags, "topology.yaml", yaml, strlen(yaml), &reader);
	if (diags.errors > 0)
		return (false);
	decl = decode(a, &diags, load.root);
	if (diags.errors > 0)
		return (false);
	lock_init(&lock, a);
	s->t = resolve(a, &diags, decl, "topology.yaml", &lock);
	if (diags.errors > 0)
		return (false);
	s->routes = routes_work_out(a, &diags, s->t);
	if (diags.errors > 0)
		return (false);
	s->plan = plan_make(a, &diags, s->t, s->routes);
	return (diags.errors == 0);
}

/* Where no address is set, a bridge takes its first member's if the kernel was told so; else, where vnetc wrote the host's files, the kernel was
 * to choose it. */
static void
settle_mac(struct settling *s, const char **found, const struct iface *iface, bool *written)
{
	bool inherits = s->d->old->inherit_mac && iface->bridge != NULL;
	char text[ETHER_TEXT];

	if (*written || (*found == NULL ? !(s->d->old->vnetc || inherits) || iface->mac_kind != MAC_DERIVED :
	    iface->mac_kind == MAC_DERIVED && strcasecmp(*found, ether_text(&iface->mac, text)) == 0))
		return;
	if (*found == NULL)
		*found = inherits ? "inherit" : "kernel";
	*written = s->changed = true;
}

static void
settle_macs(struct settling *s)
{
	vec_each (struct draft_jail *const *, j, &s->d->jails) {
		const struct vnet *vnet = topology_node(s->t, (*j)->node.name);

		for (size_t i = 0; vnet != NULL && i < (*j)->ifaces.n; i++)
			vec_each (struct iface *const *, iface, &vnet->ifaces)
				if ((*iface)->number == (int)i && (*iface)->cable == NULL)
					settle_mac(s, &(*j)->ifaces.v[i]->mac, *iface, &(*j)->ifaces.v[i]->mac_written);
	}
	vec_each (struct draft_cable *const *, c, &s->d->cables)
		vec_each (struct cable *const *, cable, &s->t->cables)
			if (strcmp((*cable)->key, (*c)->key) == 0 && (*cable)->a != NULL && (*cable)->b != NULL) {
				settle_mac(s, &(*c)->ends[0].mac, (*cable)->a, &(*c)->ends[0].mac_written);
				settle_mac(s, &(*c)->ends[1].mac, (*cable)->b, &(*c)->ends[1].mac_written);
			}
	vec_each (struct draft_bridge *const *, b, &s->d->bridges) {
		const struct bridge *bridge = topology_bridge(s->t, (*b)->key);

		if (bridge != NULL && !(*b)->netgraph)
			settle_mac(s, &(*b)->mac, bridge->iface, &(*b)->mac_written);
	}
}

static const struct jail_plan *
plan_of(const struct settling *s, const char *name)
{
	vec_each (const struct jail_plan *, jp, &s->plan->jails)
		if (strcmp(jp->jail->name, name) == 0)
			return (jp);
	return (NULL);
}

static void
settle_jail(struct settling *s, struct draft_jail *jail)
{
	const struct jail_plan *jp = plan_of(s, jail->node.name);
	int ruleset = jail->old->devfs_ruleset;

	if (jp == NULL)
		return;
	if (ruleset >= 0 && jail->devfs_ruleset < 0 && jp->devfs_ruleset != ruleset && (jail->old->ruleset_by_vnetc || jp->devfs_ruleset >= 0 || ruleset != 4)) {
		jail->devfs_ruleset = ruleset;
		s->changed = true;
	}
	vec_each (const char *const *, name, &jail->starts_after) {
		bool known = false;

		vec_each (const struct jail *const *, before, &jp->after)
			known |= strcmp((*before)->name, *name) == 0;
		vec_each (const char *const *, written, &jail->start_after)
			known |= strcmp(*written, *name) == 0;
		if (known || plan_of(s, *name) == NULL)
			continue;
		*vec_push(s->d->arena, &jail->start_after) = *name;
		s->changed = true;
	}
}

/* What still differs */

struct built { struct arena *a; struct map *value; strings names; };

static void
built_file(struct built *b, const struct plan_file *file)
{
	vec_each (const struct stanza *, stanza, &file->stanzas)
		vec_each (const struct setting *, set, &stanza->settings) {
			const char *before = set->name != NULL ? map_get(b->value, set->name) : NULL;

			if (set->name == NULL)
				continue;
			if (before == NULL)
				*vec_push(b->a, &b->names) = set->name;
			map_set(b->value, set->name, (void *)(uintptr_t)(set->append && before != NULL ?
			    arena_printf(b->a, "%s %s", before, set->value) : set->value));
		}
}

static bool
is_list(const char *name)
{
	static const char *const lists[] = { "cloned_interfaces", "static_routes", "ipv6_static_routes", "kld_list", "autobridge_interfaces", NULL };

	return (str_in(name, lists));
}

/* A value without what makes no difference: families that stand for themselves, "up", ":sticky"; without MACs where asked. */
static strings
essence(struct arena *a, const char *value, bool macs)
{
	static const char *const words[] = { "inet", "inet6", "up", "alias", "-net", "auto_linklocal", NULL };
	strings all = old_words(a, value, " \t\n"), kept = { 0 };

	for (size_t i = 0; i < all.n; i++) {
		const char *w = arena_strndup(a, all.v[i], strlen(all.v[i]) > 7 && strcmp(all.v[i] + strlen(all.v[i]) - 7, ":sticky") == 0 ?
		    strlen(all.v[i]) - 7 : strlen(all.v[i]));

		if (!macs && strcmp(w, "ether") == 0 && i + 1 < all.n)
			i++;
		else if (!str_in(w, words))
			*vec_push(a, &kept) = strcasecmp(w, "DHCP") == 0 ? "SYNCDHCP" : w;
	}
	return (kept);
}

/* All that is set of one interface in one value: where an address stands, in the main variable or in an alias, makes no difference. */
static const char *
whole(struct arena *a, const char *name, const char *main, const char *(*find)(const void *, const char *), const void *in)
{
	struct text t = { .arena = a };

	if (strncmp(name, "ifconfig_", 9) != 0)
		return (main);
	if (main != NULL)
		text_add(&t, main);
	for (int n = 0; n < 64; n++) {
		const char *value = find(in, arena_printf(a, "%s_alias%d", name, n));

		if (value != NULL)
			text_printf(&t, " %s", value);
	}
	return (main == NULL && t.n == 0 ? NULL : text_end(&t));
}

static const char *
in_shell(const void *sh, const char *name)
{
	return (shell_value(sh, name));
}

static const char *
in_built(const void *map, const char *name)
{
	return (map_get(map, name));
}

static bool
is_alias(const char *name)
{
	const char *alias = strstr(name, "_alias");

	return (strncmp(name, "ifconfig_", 9) == 0 && alias != NULL && alias[6 + strspn(alias + 6, "0123456789")] == '\0');
}

static bool
same_words(const strings *a, const strings *b, bool subset)
{
	if (!subset && a->n != b->n)
		return (false);
	for (size_t i = 0; i < a->n; i++) {
		bool found = false;

		for (size_t k = 0; k < b->n && !found; k++)
			found = strcmp(a->v[i], b->v[subset ? k : i]) == 0;
		if (!found)
			return (false);
	}
	return (true);
}

/* Is an interface among those that a build creates, by a list of its own? */
static bool
creates(const struct built *b, const char *word)
{
	const char *name = arena_strndup(b->a, word, strcspn(word, ":"));

	vec_each (const char *const *, variable, &b->names) {
		strings made = { 0 };

		if (strcmp(*variable, "cloned_interfaces") == 0 || strncmp(*variable, "vlans_", 6) == 0)
			made = essence(b->a, map_get(b->value, *variable), true);
		vec_each (const char *const *, w, &made)
			if (strcmp(*w, name) == 0)
				return (true);
	}
	return (false);
}

static bool
is_route(const struct draft_node *node, const char *word)
{
	const char *name = arena_strndup(node->old->rc.arena, word, strcspn(word, ":"));

	vec_each (const struct old_route *, r, &node->old->routes)
		if (r->name != NULL && strcmp(r->name, name) == 0)
			return (true);
	return (false);
}

static void
remove_route(struct draft *d, const struct draft_node *node, const struct built *b, const char *list, const char *word)
{
	const char *variable = arena_printf(d->arena, "%sroute_%s", strncmp(list, "ipv6_", 5) == 0 ? "ipv6_" : "",
	    rc_variable(d->arena, arena_strndup(d->arena, word, strcspn(word, ":"))));
	const struct shell_set *set = shell_find(&node->old->rc, variable);

	if (set != NULL && map_get(b->value, variable) == NULL && !old_by_vnetc(&set->at))
		*vec_push(d->arena, &d->remove) = (struct removal){ set, NULL };
}

/* A build adds to lists: what is in them of old would be there twice. Words that an assignment took over go from the one that has them. */
static void
remove_from_lists(struct draft *d, const struct draft_node *node, const struct built *b)
{
	static const char *const lists[] = { "cloned_interfaces", "static_routes", "ipv6_static_routes", NULL };

	for (size_t i = 0; lists[i] != NULL; i++)
		for (const struct shell_set *set = shell_find(&node->old->rc, lists[i]); set != NULL; set = set->before) {
			strings words = old_words(d->arena, set->value, " \t\n");
			strings before = old_words(d->arena, set->before != NULL ? set->before->value : NULL, " \t\n");

			/* What a jail's commands set stands in no assignment. */
			if (old_by_vnetc(&set->at) || set->at.off == set->value_at.off)
				continue;
			vec_each (const char *const *, w, &words) {
				const strings one = { .v = (const char **)(uintptr_t)w, .n = 1 };

				if ((i == 0 ? !creates(b, *w) : !is_route(node, *w)) || same_words(&one, &before, true))
					continue;
				*vec_push(d->arena, &d->remove) = (struct removal){ set, *w };
				if (i > 0)
					remove_route(d, node, b, lists[i], *w);
			}
		}
}

/* Is what follows "ifconfig_" an interface, as variables have it, perhaps with a suffix? */
static bool
is_about(const char *rest, const char *iface)
{
	size_t n = strlen(iface);

	return (n > 0 && strncmp(rest, iface, n) == 0 && (rest[n] == '_' || rest[n] == '\0'));
}

static void
compare_stack(struct settling *s, const struct draft_node *node, const struct plan_file *file)
{
	struct draft *d = s->d;
	struct built b = { d->arena, map_new(d->arena), { 0 } };
	int macs = 0;

	built_file(&b, file);
	vec_each (const char *const *, name, &b.names) {
		const char *now = whole(d->arena, *name, map_get(b.value, *name), in_built, b.value);
		const char *before = whole(d->arena, *name, shell_value(&node->old->rc, *name), in_shell, &node->old->rc);
		strings new_words = essence(d->arena, now, true), old = essence(d->arena, before, true), bare = essence(d->arena, now, false);

		if (is_alias(*name) || (before == NULL && new_words.n == 0))
			continue;
		if (before != NULL && same_words(&new_words, &old, is_list(*name)))
			continue;
		if (same_words(&bare, &old, false) && (strncmp(*name, "ifconfig_", 9) == 0 || strncmp(*name, "create_args_", 12) == 0)) {
			macs++;
			continue;
		}
		if (before == NULL)
			*vec_push(d->arena, &d->differences) = arena_printf(d->arena, "%s: %s=\"%s\" is new", node->name, *name, now);
		else
			*vec_push(d->arena, &d->differences) = arena_printf(d->arena, "%s: %s=\"%s\", was \"%s\"", node->name, *name, now, before);
	}
	if (macs > 0)
		*vec_push(d->arena, &d->differences) = arena_printf(d->arena,
		    "%s: %d %s a lasting MAC address where the kernel chose one", node->name, macs, macs == 1 ? "interface gets" : "interfaces get");
	remove_from_lists(d, node, &b);
	/* What stands in the old files about interfaces that are now vnetc's, and is not set again. */
	vec_each (struct shell_set *const *, set, &node->old->rc.sets) {
		const char *rest = strncmp((*set)->name, "ifconfig_", 9) == 0 ? (*set)->name + 9 : strncmp((*set)->name, "ipv4_addrs_", 11) == 0 ? (*set)->name + 11 : NULL;
		bool about = false;

		if (rest == NULL || map_get(b.value, (*set)->name) != NULL || shell_find(&node->old->rc, (*set)->name) != *set)
			continue;
		vec_each (const char *const *, name, &b.names)
			about |= strncmp(*name, "ifconfig_", 9) == 0 && is_about(rest, *name + 9);
		vec_each (struct old_iface *const *, i, &node->old->ifaces)
			about |= (*i)->way != NULL && is_about(rest, rc_variable(d->arena, (*i)->name));
		if (about)
			*vec_push(d->arena, &d->remove) = (struct removal){ *set, NULL };
	}
}

static void
compare(struct settling *s)
{
	compare_stack(s, &s->d->host, &s->plan->host);
	vec_each (struct draft_jail *const *, j, &s->d->jails) {
		const struct jail_plan *jp = plan_of(s, (*j)->node.name);

		if (jp != NULL && jp->rc_conf.path != NULL && (*j)->old->vnet)
			compare_stack(s, &(*j)->node, &jp->rc_conf);
	}
}

const char *
draft_settle(struct draft *d)
{
	struct settling s = { .d = d };
	const char *yaml;

	settle_units(d);
	settle_ways(d);
	vec_each (struct draft_iface *const *, i, &d->interfaces)
		(*i)->mac_written = (*i)->mac != NULL;
	yaml = draft_yaml(d->arena, d);
	for (int round = 0; round < ROUNDS && compiles(&s, yaml); round++) {
		s.changed = false;
		settle_macs(&s);
		settle_forwarding(&s);
		vec_each (struct draft_jail *const *, j, &d->jails)
			settle_jail(&s, *j);
		if (!s.changed) {
			compare(&s);
			break;
		}
		yaml = draft_yaml(d->arena, d);
	}
	return (yaml);
}
