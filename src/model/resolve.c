/* SPDX-License-Identifier: BSD-2-Clause */
/* The resolver: a declaration's names become pointers, its open places units and addresses. */
#include <ctype.h>
#include <string.h>

#include "model/resolving.h"

const char *
safename(struct arena *arena, const char *name)
{
	char *safe = arena_strdup(arena, name);

	for (char *p = safe; *p != '\0'; p++)
		if (!isalnum((unsigned char)*p) || (unsigned char)*p >= 0x80)
			*p = '_';
	return (safe);
}

const char *
rc_variable(struct arena *arena, const char *name)
{
	char *mapped = arena_strdup(arena, name);

	for (char *p = mapped; (p = strpbrk(p, ".-/+")) != NULL; p++)
		*p = '_';
	return (mapped);
}

struct vnet *
topology_node(const struct topology *t, const char *name)
{
	return (map_get(t->node_by_name, name));
}

struct bridge *
topology_bridge(const struct topology *t, const char *key)
{
	return (map_get(t->bridge_by_key, key));
}

struct subnet *
topology_subnet(const struct topology *t, const char *name)
{
	return (map_get(t->subnet_by_name, name));
}

struct topology *
resolve(struct arena *arena, struct diags *diags, const struct topology_decl *decl, const char *file, struct lock *lock)
{
	struct topology *t = NEW(arena, struct topology);
	struct resolver r = { .arena = arena, .diags = diags, .decl = decl, .topology = t, .lock = lock };

	r.vlan_links = map_new(arena);
	r.nameless = map_new(arena);
	r.unknown = map_new(arena);
	t->arena = arena;
	t->file = file;
	t->decl = decl;
	t->used = map_new(arena);
	t->node_by_name = map_new(arena);
	t->bridge_by_key = map_new(arena);
	t->subnet_by_name = map_new(arena);
	t->iface_by_key = map_new(arena);
	t->cable_by_key = map_new(arena);
	t->jail_by_name = map_new(arena);
	if (decl->host != NULL && given(&decl->host->name.at))
		t->host_name = decl->host->name.v;
	t->host = NEW(arena, struct vnet);
	*t->host = (struct vnet) {
		.kind = VNET_HOST, .name = "host", .shown = t->host_name != NULL ? t->host_name : "host",
		.at = decl->host != NULL ? decl->host->item.at : decl->item.at,
	};
	*vec_push(arena, &t->vnets) = t->host;
	map_put(t->node_by_name, "host", t->host);

	resolve_release(&r);
	resolve_subnets(&r);
	resolve_interfaces(&r);
	resolve_units(&r);
	resolve_addresses(&r);
	resolve_macs(&r);
	resolve_nodes(&r);
	return (t);
}
