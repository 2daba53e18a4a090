/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc show: addresses, interfaces, routes, jails. */
#include "emit/tables.h"

#include <stdlib.h>
#include <string.h>

#include "emit/facts.h"

const char *const table_names[TABLES] = {
	[TABLE_ADDRESSES] = "addresses", [TABLE_INTERFACES] = "interfaces", [TABLE_ROUTES] = "routes", [TABLE_JAILS] = "jails"
};

#define COLUMNS_OF(array) (array), sizeof(array) / sizeof((array)[0])

/* One line of the table of addresses, before it is sorted. */
struct place {
	bool known;
	struct inaddr addr;
	const char *address, *subnet, *node, *interface, *how;
	size_t seq;
};
typedef VEC(struct place) places;

static int
place_compare(const void *va, const void *vb)
{
	const struct place *a = va, *b = vb;
	int c;

	if (a->known != b->known)
		return (a->known ? -1 : 1);
	if (a->known && (c = inaddr_compare(&a->addr, &b->addr)) != 0)
		return (c);
	return (a->seq < b->seq ? -1 : a->seq > b->seq);
}

static struct place *
place_add(struct arena *a, places *all, const char *address, const char *node, const char *interface)
{
	struct place *p = vec_push(a, all);

	*p = (struct place){ .address = address, .node = node, .interface = interface, .seq = all->n };
	return (p);
}

static void
iface_places(struct arena *a, places *all, const struct iface *iface)
{
	const char *node = iface->vnet->name;

	vec_each (const struct address *, address, &iface->addresses) {
		struct place *p = place_add(a, all, prefix_str(a, &(struct prefix){ address->addr, address->len }), node, iface->name);

		p->known = true;
		p->addr = address->addr;
		p->subnet = address->subnet != NULL ? subnet_shown(a, address->subnet) : NULL;
		p->how = address->automatic ? "automatic" : address->alias ? "alias" : NULL;
	}
	for (int slaac = 0; slaac < 2; slaac++) {
		struct place *p;

		if (slaac ? !iface->slaac : !iface->dhcp)
			continue;
		p = place_add(a, all, slaac ? "slaac" : "dhcp", node, iface->name);
		p->subnet = iface->subnets.n > 0 ? subnet_shown(a, iface->subnets.v[0]) : NULL;
	}
}

static void
classic_places(struct arena *a, places *all, const struct jail_plan *jail)
{
	vec_each (const char *const *, item, &jail->ip) {
		const char *bar = strchr(*item, '|');
		const char *text = bar != NULL ? bar + 1 : *item;
		struct place *p;

		p = place_add(a, all, text, jail->jail->name, bar != NULL ? arena_strndup(a, *item, (size_t)(bar - *item)) : NULL);
		p->known = inaddr_parse(arena_strndup(a, text, strcspn(text, "/")), &p->addr);
		p->how = "classic jail";
	}
}

/* Gateways that the file only names: somebody else's addresses, but taken all the same. */
static void
gateway_places(struct arena *a, places *all, const struct topology *topology)
{
	vec_each (struct subnet *const *, subnet, &topology->subnets)
		for (int family = INET; family < FAMILIES; family++) {
			const struct gateway *gateway = &(*subnet)->gateway[family];
			struct place *p;

			if (gateway->kind != GW_ADDRESS)
				continue;
			p = place_add(a, all, inaddr_str(a, &gateway->addr), NULL, NULL);
			p->known = true;
			p->addr = gateway->addr;
			p->subnet = subnet_shown(a, *subnet);
			p->how = "gateway outside this file";
		}
}

static struct grid
fill_addresses(struct arena *a, const struct plan *plan, const struct vnet *only)
{
	static const struct column columns[] = {
		{ "Address", "address", COL_CODE, false }, { "Subnet", "subnet", COL_TEXT, false }, { "Node", "node", COL_NODE, false },
		{ "Interface", "interface", COL_CODE, false }, { "Remark", "remark", COL_TEXT, false },
	};
	places all = { 0 };
	struct grid g;

	vec_each (struct vnet *const *, vnet, &plan->topology->vnets)
		if (only == NULL || only == *vnet)
			vec_each (struct iface *const *, iface, &(*vnet)->ifaces)
				iface_places(a, &all, *iface);
	if (only == NULL) {
		vec_each (const struct jail_plan *, jail, &plan->jails)
			classic_places(a, &all, jail);
		gateway_places(a, &all, plan->topology);
	}
	if (all.n > 1)
		qsort(all.v, all.n, sizeof(all.v[0]), place_compare);
	grid_init(&g, a, COLUMNS_OF(columns));
	vec_each (const struct place *, p, &all) {
		strings *row = grid_row(&g);

		grid_put(&g, &row[0], p->address);
		grid_put(&g, &row[1], p->subnet);
		grid_put(&g, &row[2], p->node);
		grid_put(&g, &row[3], p->interface);
		grid_put(&g, &row[4], p->how);
	}
	return (g);
}

static struct grid
fill_interfaces(struct arena *a, const struct plan *plan, const struct vnet *only)
{
	static const struct column columns[] = {
		{ "Node", "node", COL_NODE, false }, { "Interface", "interface", COL_CODE, false }, { "Kind", "kind", COL_TEXT, false },
		{ "On", "on", COL_CODE, false }, { "Other end", "peer", COL_CODE, false }, { "MAC", "mac", COL_CODE, false },
		{ "MTU", "mtu", COL_TEXT, false }, { "Addresses", "addresses", COL_CODE, true },
		{ "Description", "description", COL_TEXT, false },
	};
	struct grid g;

	grid_init(&g, a, COLUMNS_OF(columns));
	vec_each (struct vnet *const *, vnet, &plan->topology->vnets) {
		if (only != NULL && only != *vnet)
			continue;
		vec_each (struct iface *const *, i, &(*vnet)->ifaces) {
			strings *row = grid_row(&g);

			grid_put(&g, &row[0], (*vnet)->name);
			grid_put(&g, &row[1], (*i)->name);
			grid_put(&g, &row[2], ifkind_word((*i)->kind));
			grid_put(&g, &row[3], stands_on(*i));
			grid_put(&g, &row[4], peer_text(a, *i));
			grid_put(&g, &row[5], mac_text(a, *i));
			grid_put(&g, &row[6], mtu_text(a, *i));
			row[7] = address_texts(a, *i);
			grid_put(&g, &row[8], (*i)->description);
		}
	}
	return (g);
}

static struct grid
fill_routes(struct arena *a, const struct plan *plan, const struct vnet *only)
{
	static const struct column columns[] = {
		{ "Node", "node", COL_NODE, false }, { "Destination", "destination", COL_CODE, false },
		{ "Gateway", "gateway", COL_CODE, false }, { "Interface", "interface", COL_CODE, false },
		{ "To", "subnet", COL_TEXT, false }, { "By", "by", COL_TEXT, false }, { "Family", "family", COL_TEXT, false },
		{ "Origin", "origin", COL_TEXT, false },
	};
	struct grid g;

	grid_init(&g, a, COLUMNS_OF(columns));
	vec_each (struct vnet *const *, vnet, &plan->topology->vnets) {
		struct route_list routes;

		if (only != NULL && only != *vnet)
			continue;
		routes = routes_of(a, plan, *vnet);
		vec_each (const struct route *const *, route, &routes) {
			const struct route *r = *route;
			strings *row = grid_row(&g);

			grid_put(&g, &row[0], (*vnet)->name);
			grid_put(&g, &row[1], route_destination(a, r));
			grid_put(&g, &row[2], route_gateway(a, r));
			grid_put(&g, &row[3], r->iface != NULL ? r->iface->name : NULL);
			grid_put(&g, &row[4], r->subnet != NULL ? subnet_shown(a, r->subnet) : NULL);
			grid_put(&g, &row[5], r->node != NULL ? r->node->name : r->kind == ROUTE_VIA ? "outside" : NULL);
			grid_put(&g, &row[6], family_name(r->dflt ? r->via.family : r->to.addr.family));
			grid_put(&g, &row[7], r->given ? "given" : "worked out");
		}
	}
	return (g);
}

static void
jail_cells(struct arena *a, struct grid *g, strings *row, const struct jail_plan *jail)
{
	const struct vnet *vnet = jail->jail->vnet;

	grid_put(g, &row[0], jail->jail->name);
	grid_put(g, &row[1], jail->hostname);
	grid_put(g, &row[2], jail->vnet ? "vnet" : "classic");
	if (vnet != NULL) {
		vec_each (struct iface *const *, iface, &vnet->ifaces) {
			strings addresses = address_texts(a, *iface);

			grid_put(g, &row[3], (*iface)->name);
			vec_each (const char *const *, address, &addresses)
				grid_put(g, &row[4], *address);
		}
		row[5] = forward_texts(a, vnet);
	}
	vec_each (const char *const *, ip, &jail->ip)
		grid_put(g, &row[4], *ip);
	vec_each (const struct jail *const *, before, &jail->after)
		grid_put(g, &row[6], (*before)->name);
	if (jail->devfs_ruleset >= 0)
		grid_put(g, &row[7], arena_printf(a, "%d", jail->devfs_ruleset));
}

static struct grid
fill_jails(struct arena *a, const struct plan *plan, const struct vnet *only)
{
	static const struct column columns[] = {
		{ "Jail", "jail", COL_NODE, false }, { "Host name", "hostname", COL_TEXT, false }, { "Kind", "kind", COL_TEXT, false },
		{ "Interfaces", "interfaces", COL_CODE, true }, { "Addresses", "addresses", COL_CODE, true },
		{ "Forwards", "forwards", COL_TEXT, true }, { "Starts after", "after", COL_NODE, true },
		{ "devfs ruleset", "devfs_ruleset", COL_TEXT, false },
	};
	struct grid g;

	grid_init(&g, a, COLUMNS_OF(columns));
	vec_each (const struct jail_plan *, jail, &plan->jails)
		if (only == NULL || jail->jail->vnet == only)
			jail_cells(a, &g, grid_row(&g), jail);
	return (g);
}

struct grid
table_fill(struct arena *a, const struct plan *plan, enum table table, const struct vnet *only)
{
	switch (table) {
	case TABLE_INTERFACES:
		return (fill_interfaces(a, plan, only));
	case TABLE_ROUTES:
		return (fill_routes(a, plan, only));
	case TABLE_JAILS:
		return (fill_jails(a, plan, only));
	case TABLE_ADDRESSES:
	case TABLES:
		break;
	}
	return (fill_addresses(a, plan, only));
}

void
emit_table(const struct plan *plan, enum table table, enum table_format format, FILE *out)
{
	struct arena *a = arena_new();
	struct grid g = table_fill(a, plan, table, NULL);
	struct text t = { .arena = a };

	switch (format) {
	case TABLE_TEXT:
		grid_text(&g, out);
		break;
	case TABLE_MARKDOWN:
		grid_markdown(&g, false, 0, &t);
		fputs(text_end(&t), out);
		break;
	case TABLE_JSON:
		grid_json(&g, out);
		break;
	}
	arena_free(a);
}
