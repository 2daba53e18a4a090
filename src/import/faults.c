/* SPDX-License-Identifier: BSD-2-Clause */
/* Faults in what exists, told by vnetc's rules at their place in the old files. What a topology shows by itself is left to its check. */
#include <string.h>

#include "import/old.h"
#include "model/model.h"
#include "rules/rules.h"

static void
name_length(struct old_host *old, const char *name, struct span at)
{
	size_t n = strlen(name);

	if (n > IFNAME_MAX)
		diag_add(old->diags, &rule_interface_name_too_long, at, "%s has %zu bytes, an interface name at most %d", name, n, IFNAME_MAX);
}

static void
lengths(struct old_host *old, const struct old_iface *i)
{
	vec_each (const struct old_address *, a, &i->addresses)
		if (a->len < 0 && !inaddr_is_loopback(&a->addr)) {
			struct diag *d = diag_add(old->diags, &rule_address_without_length, a->at, "%s of %s has no length", inaddr_str(old->arena, &a->addr), i->name);

			diag_help(old->diags, d, "%s/%d", inaddr_str(old->arena, &a->addr), a->addr.family == INET ? 24 : 64);
		}
}

static void
never_up(struct old_host *old, const struct old_iface *i)
{
	struct diag *d;

	if (!i->inet6_alias || i->inet6_main || i->slaac || strncmp(i->name, "lo", 2) == 0)
		return;
	d = diag_add(old->diags, &rule_ipv6_never_up, i->inet6_alias_at, "%s has no ifconfig_%s_ipv6: IPv6 stays switched off on it", i->name,
	    rc_variable(old->arena, i->name));
	diag_help(old->diags, d, "ifconfig_%s_ipv6=\"inet6 …\" for the first address", rc_variable(old->arena, i->name));
}

static void
stack_faults(struct old_host *old, const struct old_stack *stack)
{
	vec_each (struct old_iface *const *, i, &stack->ifaces) {
		name_length(old, (*i)->name, (*i)->name_at);
		lengths(old, *i);
		never_up(old, *i);
	}
}

/* Members of bridges */

static void
members(struct old_host *old)
{
	struct map *seen = map_new(old->arena);

	vec_each (struct old_iface *const *, b, &old->host.ifaces)
		vec_each (const struct old_member *, m, &(*b)->members) {
			const struct old_iface *i = old_iface(&old->host, m->name);
			const struct old_member *first = map_put(seen, m->name, (void *)(uintptr_t)m);
			char end = i != NULL && strlen(i->created) > 6 ? i->created[strlen(i->created) - 1] : '\0';

			if (first != NULL) {
				struct diag *d = diag_add(old->diags, &rule_member_in_two_bridges, m->at, "%s is already a member of a bridge", m->name);

				diag_note(old->diags, d, first->at, "it is one here");
			}
			if (i == NULL)
				continue;
			if (i->addresses.n > 0 || i->dhcp || i->slaac) {
				struct diag *d = diag_add(old->diags, &rule_address_on_bridge_member, i->addresses.n > 0 ? i->addresses.v[0].at : i->at,
				    "%s is a member of %s and cannot hold %s (from FreeBSD 15)", i->name, (*b)->name,
				    i->addresses.n > 0 ? inaddr_str(old->arena, &i->addresses.v[0].addr) : i->dhcp ? "dhcp" : "slaac");

				diag_note(old->diags, d, m->at, "it becomes one here");
			} else if (i->cloned && !i->up && (end == 'a' || end == 'b')) {
				struct diag *d = diag_add(old->diags, &rule_member_not_up, m->at, "nothing brings %s up", m->name);

				diag_help(old->diags, d, "ifconfig_%s=\"up\"", rc_variable(old->arena, m->name));
			}
		}
}

/* A pair's end that the host gives an address and the jail the same again is one interface. */
static void
macs(struct old_host *old, const struct old_stack *stack, struct map *seen)
{
	vec_each (struct old_iface *const *, i, &stack->ifaces) {
		char text[ETHER_TEXT];
		const struct old_iface *first;
		struct diag *d;

		if (!(*i)->has_mac)
			continue;
		first = map_put(seen, arena_strdup(old->arena, ether_text(&(*i)->mac, text)), *i);
		if (first == NULL || (strcmp(first->name, (*i)->name) == 0 && old_iface(&old->host, first->name) == first))
			continue;
		d = diag_add(old->diags, &rule_duplicate_mac, (*i)->mac_at, "%s is already %s's", text, first->name);
		diag_note(old->diags, d, first->mac_at, "it is given here first");
	}
}

static void
hazards(struct old_host *old)
{
	static const struct { const char *variable, *what; } all[] = {
		{ "ifconfig_DEFAULT", "also reaches bridges and epairs that have no variable of their own" },
		{ "ipv6_activate_all_interfaces", "gives members of bridges a link-local address" },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct shell_set *set = shell_find(&old->host.rc, all[i].variable);

		if (set != NULL && set->value != NULL && *set->value != '\0' && (i == 0 || set->value[0] == 'Y' || set->value[0] == 'y'))
			diag_add(old->diags, &rule_rc_conf_hazard, set->at, "%s: %s", all[i].variable, all[i].what);
	}
}

void
old_faults(struct old_host *old)
{
	struct map *addresses = map_new(old->arena);

	stack_faults(old, &old->host);
	members(old);
	macs(old, &old->host, addresses);
	hazards(old);
	vec_each (struct old_jail *const *, j, &old->jails) {
		stack_faults(old, &(*j)->stack);
		macs(old, &(*j)->stack, addresses);
		vec_each (const struct old_name *, n, &(*j)->interfaces)
			name_length(old, n->name, n->at);
	}
}
