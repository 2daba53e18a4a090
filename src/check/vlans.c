/* SPDX-License-Identifier: BSD-2-Clause */
/* VLANs: interfaces with a tag, and bridges that filter by it. */
#include <stdlib.h>
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

static const char *
parent_shown(const struct iface *vlan)
{
	return (vlan->parent->key != NULL ? vlan->parent->key : vlan->parent->name);
}

static struct span
tag_at(const struct iface *vlan)
{
	return (vlan->decl != NULL && vlan->decl->vlan != NULL ? vlan->decl->vlan->tag.at : vlan->at);
}

static bool
is_name_of(const struct iface *parent, const char *name, size_t n)
{
	const char *names[] = { parent->key, parent->name, parent->made, parent->created };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] != NULL && strlen(names[i]) == n && strncmp(names[i], name, n) == 0)
			return (true);
	return (false);
}

/* A name of the form PARENT.N promises a parent and a tag. */
static void
name_promises(const struct subject *s, struct diags *ds, const struct iface *vlan, const char *name, struct span at)
{
	const char *dot = strrchr(name, '.'), *right;
	struct diag *d;

	if (dot == NULL || dot[1] == '\0' || dot[1 + strspn(dot + 1, "0123456789")] != '\0')
		return;
	right = arena_printf(s->arena, "%s.%d", parent_shown(vlan), vlan->tag);
	if (strtol(dot + 1, NULL, 10) != vlan->tag) {
		if (diag_told(ds, &rule_duplicate_vlan_tag, tag_at(vlan)))
			return;
		d = diag_add(ds, &rule_vlan_name_mismatch, at, "%s has tag %d, not %s", name, vlan->tag, dot + 1);
		diag_note(ds, d, tag_at(vlan), "its tag");
	} else if (!is_name_of(vlan->parent, name, (size_t)(dot - name))) {
		d = diag_add(ds, &rule_vlan_name_mismatch, at, "%s is on %s, not on %.*s", name, parent_shown(vlan),
		    (int)(dot - name), name);
		diag_note(ds, d, vlan->decl->vlan != NULL ? vlan->decl->vlan->parent.at : vlan->parent->at, "its parent");
	} else
		return;
	diag_help(ds, d, "call it %s", right);
	if (vlan->decl != NULL && span_compare(&vlan->decl->name.at, &at) == 0)
		diag_fix(ds, d, at, "%s", right);
}

static void
vlan_name_mismatch(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			if ((*i)->kind != IF_VLAN || (*i)->parent == NULL || (*i)->decl == NULL || (*v)->kind == VNET_MACHINE)
				continue;
			if ((*i)->key != NULL && (*v)->kind == VNET_HOST)
				name_promises(s, ds, *i, (*i)->key, (*i)->at);
			if (given(&(*i)->decl->name.at) && ((*v)->kind == VNET_HOST || (*i)->key == NULL))
				name_promises(s, ds, *i, (*i)->decl->name.v, (*i)->decl->name.at);
		}
	}
}

const struct check check_vlan_name_mismatch = { &rule_vlan_name_mismatch, CHECK_LINKS, vlan_name_mismatch };

static void
tags_of(const struct subject *s, struct diags *ds, const struct iface *parent)
{
	struct map *tags = map_new(s->arena);

	vec_each (struct iface *const *, c, &parent->children) {
		const struct iface *other = map_put(tags, arena_printf(s->arena, "%d", (*c)->tag), *c), *first = other, *later = *c;
		struct span here, there;
		struct diag *d;

		if (other == NULL || (*c)->tag == 0)
			continue;
		here = tag_at(other);
		there = tag_at(*c);
		if (span_compare(&here, &there) > 0) {
			first = *c;
			later = other;
		}
		d = diag_add(ds, &rule_duplicate_vlan_tag, tag_at(later), "tag %d on %s is already %s", later->tag,
		    parent_shown(later), first->key != NULL ? first->key : first->name);
		diag_note(ds, d, tag_at(first), "the other one");
	}
}

static void
duplicate_vlan_tag(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		vec_each (struct iface *const *, i, &(*v)->ifaces)
			if ((*i)->children.n > 1)
				tags_of(s, ds, *i);
}

const struct check check_duplicate_vlan_tag = { &rule_duplicate_vlan_tag, CHECK_LINKS, duplicate_vlan_tag };

static void
vlan_parent_is_member(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct iface *const *, i, &s->topology->host_interfaces) {
		if ((*i)->member_of == NULL || (*i)->kind != IF_NIC || (*i)->member_of->netgraph)
			continue;
		vec_each (struct iface *const *, c, &(*i)->children) {
			struct diag *d;

			if ((*c)->member_of == NULL && (*c)->link == NULL && (*c)->given_to == NULL)
				continue;
			d = diag_add(ds, check->rule, member_at((*i)->member_of, *i),
			    "%s is in %s, so %s sees nothing before FreeBSD 15", (*i)->key, (*i)->member_of->key, (*c)->key);
			diag_note(ds, d, (*c)->at, "%s is written here", (*c)->key);
			if (s->topology->release.major >= 15)
				diag_note(ds, d, (struct span) { 0 },
				    "from FreeBSD 15 on every tagged frame of %s goes to its vlans, none to %s", (*i)->key,
				    (*i)->member_of->key);
			diag_help(ds, d, "vlans only, and bridge %s.N", (*i)->key);
			break;
		}
	}
}

const struct check check_vlan_parent_is_member = { &rule_vlan_parent_is_member, CHECK_LINKS, vlan_parent_is_member };

/* netif makes a vlan when it starts the parent, and of a parent that another program makes vnetc writes no line. */
static void
vlan_parent_unmanaged(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct iface *const *, i, &s->topology->host_interfaces) {
		const struct iface *vlan = *i;
		struct diag *d;

		if (vlan->decl->vlan == NULL || vlan->parent == NULL || vlan->managed_elsewhere || !vlan->parent->managed_elsewhere)
			continue;
		d = diag_add(ds, check->rule, vlan->decl->vlan->parent.at, "another program makes %s, so nothing makes %s", vlan->parent->key, vlan->key);
		diag_note(ds, d, vlan->parent->at, "%s is written here", vlan->parent->key);
		diag_help(ds, d, "%s: {managed: false} in its place, if that program makes it too", vlan->key);
	}
}

const struct check check_vlan_parent_unmanaged = { &rule_vlan_parent_unmanaged, CHECK_LINKS, vlan_parent_unmanaged };

/* untagged or tagged as it was written for what is on a bridge. */
struct port_key { const char *key; struct span at; };

static size_t
port_keys(const struct v_int *untagged, const struct v_ints *tagged, struct port_key keys[2])
{
	size_t n = 0;

	if (given(&untagged->at))
		keys[n++] = (struct port_key) { "untagged", untagged->at };
	if (given(&tagged->at))
		keys[n++] = (struct port_key) { "tagged", tagged->at };
	return (n);
}

static void
needs_15(const struct subject *s, struct diags *ds, struct span at, const char *key)
{
	const struct release *release = &s->topology->release;
	struct diag *d =
	    diag_add(ds, &rule_needs_freebsd_15, at, "%s needs FreeBSD 15, the host has %s", key, release_shown(s->arena, release));

	diag_note(ds, d, release->at, "the host's release");
	diag_help(ds, d, "a bridge for each vlan");
}

static void
without_filtering(struct diags *ds, const struct bridge *bridge, struct span at, const char *key)
{
	struct diag *d =
	    diag_add(ds, &rule_vlan_key_without_filtering, at, "%s means nothing on %s without vlan_filtering", key, bridge->key);

	diag_note(ds, d, bridge->at, "%s is written here", bridge->key);
	diag_help(ds, d, "vlan_filtering: true");
}

/* Keys of a port: nothing without filtering, and filtering is nothing before 15. */
static void
port(const struct subject *s, struct diags *ds, const struct bridge *bridge, const struct v_int *untagged,
    const struct v_ints *tagged)
{
	struct port_key keys[2];
	size_t n = port_keys(untagged, tagged, keys);

	for (size_t i = 0; i < n && !bridge->vlan_filtering && !bridge->netgraph; i++) {
		if (s->topology->release.major < 15)
			needs_15(s, ds, keys[i].at, keys[i].key);
		else
			without_filtering(ds, bridge, keys[i].at, keys[i].key);
	}
}

/* A bridge for each VLAN: there the subnet's tag is the one of the member that brings it. */
static bool
brings_tag(const struct bridge *bridge, int tag)
{
	vec_each (struct iface *const *, m, &bridge->members)
		if ((*m)->kind == IF_VLAN && (*m)->tag == tag)
			return (true);
	return (false);
}

static void
subnets_of_bridge(struct diags *ds, const struct bridge *bridge)
{
	const struct subnet *first = NULL;

	vec_each (struct subnet *const *, n, &bridge->link->subnets) {
		struct diag *d;

		if ((*n)->decl == NULL)
			continue;
		if (!bridge->vlan_filtering && (*n)->vlan != 0 && !brings_tag(bridge, (*n)->vlan))
			without_filtering(ds, bridge, (*n)->decl->vlan.at, "vlan");
		if (!bridge->vlan_filtering || (*n)->vlan != 0)
			continue;
		if (first != NULL) {
			d = diag_add(ds, &rule_vlan_key_without_filtering, (*n)->at,
			    "vlan_filtering needs a vlan for each subnet, %s and %s on %s have none", first->name, (*n)->name,
			    bridge->key);
			diag_note(ds, d, bridge->decl->vlan_filtering.at, "%s filters here", bridge->key);
		}
		first = *n;
	}
}

static void
bridge_keys(const struct subject *s, struct diags *ds, const struct bridge *bridge)
{
	const struct decl_bridge *decl = bridge->decl;

	if (bridge->netgraph)
		return;
	if (bridge->vlan_filtering && s->topology->release.major < 15)
		needs_15(s, ds, decl->vlan_filtering.at, "vlan_filtering");
	for (size_t i = 0; i < decl->members.n; i++)
		port(s, ds, bridge, &decl->members.v[i]->untagged, &decl->members.v[i]->tagged);
	subnets_of_bridge(ds, bridge);
}

/* One walk over bridges and what is on them finds both: keys that need 15, and keys that need filtering. */
static void
vlan_keys(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct bridge *const *, b, &s->topology->bridges)
		bridge_keys(s, ds, *b);
	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			const struct bridge *bridge = (*i)->member_of;

			if (bridge == NULL && (*i)->peer != NULL)
				bridge = (*i)->peer->member_of;
			if (bridge != NULL && (*i)->decl != NULL)
				port(s, ds, bridge, &(*i)->decl->untagged, &(*i)->decl->tagged);
			if ((*i)->kind == IF_VLAN && (*i)->parent != NULL && (*i)->parent->bridge != NULL && (*i)->decl != NULL &&
			    (*i)->decl->vlan != NULL && !(*i)->parent->bridge->netgraph && s->topology->release.major < 15)
				needs_15(s, ds, (*i)->decl->vlan->parent.at,
				    arena_printf(s->arena, "a vlan on %s", (*i)->parent->bridge->key));
		}
	}
}

const struct check check_needs_freebsd_15 = { &rule_needs_freebsd_15, CHECK_LINKS, vlan_keys };

static void
in_no_vlan(const struct check *check, struct diags *ds, const struct bridge *bridge, const struct iface *iface, const char *who)
{
	struct diag *d = diag_add(ds, check->rule, iface->at, "%s filters VLANs, and %s is in none of them", bridge->key, who);

	diag_note(ds, d, bridge->decl->vlan_filtering.at, "%s filters here", bridge->key);
	diag_help(ds, d, "vlan on its subnet, or untagged");
}

static bool
subnets_told(const struct diags *ds, const struct bridge *bridge)
{
	vec_each (struct subnet *const *, n, &bridge->link->subnets)
		if (diag_told(ds, &rule_vlan_key_without_filtering, (*n)->at))
			return (true);
	return (false);
}

/* Members that lead out carry all VLANs of the bridge by themselves. */
static void
interface_in_no_vlan(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct bridge *const *, b, &s->topology->bridges) {
		const struct bridge *bridge = *b;

		if (!bridge->vlan_filtering || bridge->netgraph || subnets_told(ds, bridge))
			continue;
		vec_each (struct iface *const *, m, &bridge->members) {
			const struct iface *member = *m, *inner = member->peer != NULL ? member->peer : member;
			bool leads_out = member->kind == IF_NIC || member->kind == IF_LAGG || member->kind == IF_VLAN || member->kind == IF_WLAN;

			/* What another program makes it may also put into a VLAN: autobridge-options. */
			if (!leads_out && !member->managed_elsewhere && member->untagged == 0 && member->tagged.n == 0)
				in_no_vlan(check, ds, bridge, inner, inner != member && inner->vnet->kind != VNET_HOST ? inner->vnet->name : member->name);
		}
		if (bridge->iface->addresses.n != 0 || bridge->iface->dhcp || bridge->iface->slaac)
			in_no_vlan(check, ds, bridge, bridge->iface, "the host");
	}
}

const struct check check_interface_in_no_vlan = { &rule_interface_in_no_vlan, CHECK_LINKS, interface_in_no_vlan };

static bool
has_option(const struct iface *iface, const char *word)
{
	vec_each (const struct v_str *, o, &iface->options)
		if (strcmp(o->v, word) == 0)
			return (true);
	return (false);
}

/* The words that are missing among an interface's options, as a list to write. */
static const char *
missing_options(const struct subject *s, const struct iface *iface, const char *const *words)
{
	strings missing = { 0 };

	for (; *words != NULL; words++)
		if (!has_option(iface, *words))
			*vec_push(s->arena, &missing) = *words;
	return (missing.n == 0 ? NULL : str_join(s->arena, &missing, ", "));
}

static void
uplink_offload(const struct check *check, const struct subject *s, struct diags *ds)
{
	static const char *const link[] = { "-lro", "-tso", "-txcsum", NULL };
	static const char *const tags[] = { "-vlanhwtag", "-vlanhwfilter", NULL };

	vec_each (struct iface *const *, i, &s->topology->host_interfaces) {
		const char *words;
		struct diag *d = NULL;

		if ((*i)->kind != IF_NIC)
			continue;
		if ((*i)->member_of != NULL && (words = missing_options(s, *i, link)) != NULL) {
			d = diag_add(ds, check->rule, (*i)->at, "%s may lose its link when %s gets its first member", (*i)->key,
			    (*i)->member_of->key);
			diag_help(ds, d, "options: [%s]", words);
		}
		vec_each (struct iface *const *, c, &(*i)->children) {
			if (d != NULL || (*c)->member_of == NULL || (words = missing_options(s, *i, tags)) == NULL)
				continue;
			d = diag_add(ds, check->rule, (*i)->at, "%s may filter tags of %s", (*i)->key, (*c)->key);
			diag_help(ds, d, "options: [%s]", words);
		}
	}
}

const struct check check_uplink_offload = { &rule_uplink_offload, CHECK_LINKS, uplink_offload };
