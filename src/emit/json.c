/* SPDX-License-Identifier: BSD-2-Clause */
/* The graph as JSON; docs/graph-json.md describes it. */
#include "base/json.h"

#include "emit/emit.h"
#include "emit/facts.h"

static void
member_strings(struct json *j, const char *key, const strings *values)
{
	json_key(j, key);
	json_array_begin(j);
	vec_each (const char *const *, value, values)
		json_text(j, *value);
	json_array_end(j);
}

static void
member_number(struct json *j, const char *key, int value)
{
	json_key(j, key);
	if (value == 0)
		json_none(j);
	else
		json_int(j, value);
}

static void
interface(struct json *j, struct arena *a, const struct iface *iface)
{
	strings addresses = address_texts(a, iface);
	strings subnets = subnet_texts(a, (const struct subnet *const *)iface->subnets.v, iface->subnets.n);

	json_object_begin(j);
	json_member(j, "name", iface->name);
	json_member(j, "kind", ifkind_word(iface->kind));
	json_member(j, "created_as", iface->created);
	json_key(j, "link");
	if (iface->link != NULL)
		json_int(j, (int64_t)iface->link->index);
	else
		json_none(j);
	json_member(j, "member_of", iface->member_of != NULL ? iface->member_of->name : NULL);
	json_key(j, "peer");
	if (iface->peer != NULL && iface->peer->vnet != NULL) {
		json_object_begin(j);
		json_member(j, "node", iface->peer->vnet->name);
		json_member(j, "interface", iface->peer->name);
		json_object_end(j);
	} else
		json_none(j);
	json_member(j, "parent", iface->parent != NULL ? iface->parent->name : NULL);
	member_number(j, "tag", iface->tag);
	json_member(j, "mac", mac_text(a, iface));
	member_number(j, "mtu", iface->mtu);
	member_strings(j, "addresses", &addresses);
	member_strings(j, "subnets", &subnets);
	json_member(j, "description", iface->description);
	json_object_end(j);
}

static void
route(struct json *j, struct arena *a, const struct route *r)
{
	json_object_begin(j);
	json_member(j, "destination", route_destination(a, r));
	json_member(j, "gateway", route_gateway(a, r));
	json_member(j, "interface", r->iface != NULL ? r->iface->name : NULL);
	json_member(j, "node", r->node != NULL ? r->node->name : NULL);
	json_member(j, "subnet", r->subnet != NULL ? subnet_shown(a, r->subnet) : NULL);
	json_member_bool(j, "given", r->given);
	json_object_end(j);
}

static void
node(struct json *j, struct arena *a, const struct plan *plan, const struct vnet *vnet)
{
	strings forwards = forward_texts(a, vnet);
	struct route_list routes = routes_of(a, plan, vnet);

	json_object_begin(j);
	json_member(j, "name", vnet->name);
	json_member(j, "kind", vnet_kind_word(vnet->kind));
	json_member(j, "hostname", vnet->jail != NULL ? vnet->jail->hostname : vnet->kind == VNET_HOST ? plan->topology->host_name : NULL);
	member_strings(j, "forwards", &forwards);
	json_key(j, "interfaces");
	json_array_begin(j);
	vec_each (struct iface *const *, iface, &vnet->ifaces)
		interface(j, a, *iface);
	json_array_end(j);
	json_key(j, "routes");
	json_array_begin(j);
	vec_each (const struct route *const *, r, &routes)
		route(j, a, *r);
	json_array_end(j);
	json_object_end(j);
}

static void
classic_jail(struct json *j, const struct jail_plan *jail)
{
	json_object_begin(j);
	json_member(j, "name", jail->jail->name);
	json_member(j, "kind", "classic jail");
	json_member(j, "hostname", jail->hostname);
	member_strings(j, "ip", &jail->ip);
	json_object_end(j);
}

static void
subnet(struct json *j, struct arena *a, const struct subnet *s)
{
	json_object_begin(j);
	json_member(j, "name", subnet_shown(a, s));
	json_key(j, "prefixes");
	json_array_begin(j);
	vec_each (const struct subnet_prefix *, p, &s->prefixes)
		json_text(j, prefix_str(a, &p->prefix));
	json_array_end(j);
	json_key(j, "gateways");
	json_array_begin(j);
	for (int family = INET; family < FAMILIES; family++)
		if (s->gateway[family].kind == GW_ADDRESS || s->gateway[family].kind == GW_NODE) {
			json_object_begin(j);
			json_member(j, "family", family_name((enum family)family));
			json_member(j, "address", s->gateway[family].kind == GW_ADDRESS ? gateway_text(a, &s->gateway[family]) : NULL);
			json_member(j, "node", s->gateway[family].kind == GW_NODE ? gateway_text(a, &s->gateway[family]) : NULL);
			json_object_end(j);
		}
	json_array_end(j);
	member_number(j, "vlan", s->vlan);
	json_member(j, "description", s->description);
	json_object_end(j);
}

static void
link_(struct json *j, struct arena *a, const struct link *link)
{
	strings subnets = subnet_texts(a, (const struct subnet *const *)link->subnets.v, link->subnets.n);

	json_object_begin(j);
	json_member_int(j, "id", (int64_t)link->index);
	json_member(j, "name", link->name);
	json_member(j, "kind", link_kind_word(link->kind));
	json_member(j, "bridge", link->bridge != NULL ? link->bridge->name : NULL);
	member_number(j, "tag", link->tag);
	json_member_bool(j, "leads_outside", link->has_nic);
	member_strings(j, "subnets", &subnets);
	json_key(j, "ends");
	json_array_begin(j);
	vec_each (struct iface *const *, end, &link->ends) {
		json_object_begin(j);
		json_member(j, "node", (*end)->vnet->name);
		json_member(j, "interface", (*end)->name);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static void
graph(struct json *j, struct arena *a, const struct plan *plan)
{
	const struct topology *topology = plan->topology;

	json_object_begin(j);
	json_member_int(j, "version", 1);
	json_member(j, "topology", topology->file);
	json_member(j, "release", release_text(a, &topology->release));
	json_key(j, "nodes");
	json_array_begin(j);
	vec_each (struct vnet *const *, vnet, &topology->vnets)
		node(j, a, plan, *vnet);
	vec_each (const struct jail_plan *, jail, &plan->jails)
		if (!jail->vnet)
			classic_jail(j, jail);
	json_array_end(j);
	json_key(j, "links");
	json_array_begin(j);
	vec_each (struct link *const *, link, &topology->links)
		link_(j, a, *link);
	json_array_end(j);
	json_key(j, "subnets");
	json_array_begin(j);
	vec_each (struct subnet *const *, s, &topology->subnets)
		subnet(j, a, *s);
	json_array_end(j);
	json_object_end(j);
}

void
emit_graph_json(const struct plan *plan, FILE *out)
{
	struct arena *a = arena_new();
	struct json j;

	json_begin(&j, out, true);
	graph(&j, a, plan);
	fputc('\n', out);
	arena_free(a);
}
