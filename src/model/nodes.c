/* SPDX-License-Identifier: BSD-2-Clause */
/* Network stacks: what they forward, their gateways, given routes, translation, start order. */
#include <string.h>

#include "model/resolving.h"
#include "rules/rules.h"

static bool
vnet_has_family(const struct vnet *vnet, enum family family)
{
	vec_each (struct iface *const *, i, &vnet->ifaces)
		if (iface_has_family(*i, family))
			return (true);
	return (false);
}

static void
resolve_router(struct vnet *vnet, const struct v_toggle *router)
{
	vnet->router = given(&router->at) && router->v;
	for (int f = 0; vnet->router && f < FAMILIES; f++) {
		bool asked = !router->is_list;

		for (size_t i = 0; i < router->list.n; i++)
			asked |= strcmp(router->list.v[i].v, f == INET ? "ipv4" : "ipv6") == 0;
		vnet->forwards[f] = asked && vnet_has_family(vnet, f);
	}
}

/* A machine's address says the same as its name. */
static struct vnet *
machine_at(const struct resolver *r, const struct inaddr *addr)
{
	struct used_address *used = inaddr_get(r->topology->used, addr);

	return (used != NULL && used->iface != NULL && used->iface->vnet->kind == VNET_MACHINE ? used->iface->vnet : NULL);
}

/* One word of gateway: an address, the name of a node, none. */
static void
resolve_gateway(struct resolver *r, const struct v_str *v, struct gateway gateway[FAMILIES])
{
	struct vnet *node = map_get(r->topology->node_by_name, v->v);
	struct inaddr addr;
	int len;

	if (strcmp(v->v, "none") == 0 || node != NULL) {
		for (int f = 0; f < FAMILIES; f++) {
			if (gateway[f].kind != GW_NONE_GIVEN)
				continue;
			gateway[f].kind = node != NULL ? GW_NODE : GW_NO;
			gateway[f].node = node;
			gateway[f].at = v->at;
		}
		return;
	}
	if (strpbrk(v->v, ".:") == NULL && !inaddr_parse(v->v, &addr)) {
		unknown_name(r, v, "node", r->topology->node_by_name);
		return;
	}
	if (strchr(v->v, '%') != NULL)
		return;         /* bad-zone says it */
	if (!read_address(r, v, &addr, &len, NULL))
		return;
	if (gateway[addr.family].kind != GW_NONE_GIVEN && gateway[addr.family].kind != GW_NODE)
		return;         /* two-gateways says it */
	node = machine_at(r, &addr);
	gateway[addr.family] = (struct gateway) { .kind = node != NULL ? GW_NODE : GW_ADDRESS, .addr = addr, .node = node, .at = v->at };
}

static void
resolve_gateways(struct resolver *r, const struct v_strs *written, struct gateway gateway[FAMILIES])
{
	for (size_t i = 0; i < written->n; i++)
		resolve_gateway(r, &written->v[i], gateway);
}

/* What the node has towards an address: the interface whose subnet, or whose peer, holds it. */
static struct iface *
towards(const struct vnet *vnet, const struct inaddr *addr)
{
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		vec_each (struct subnet *const *, s, &(*i)->subnets)
			if (subnet_prefix_of(*s, addr) != NULL)
				return (*i);
		vec_each (const struct inaddr *, p, &(*i)->peers)
			if (inaddr_equal(p, addr))
				return (*i);
	}
	return (NULL);
}

/* Beside the default route that is worked out, a second one fails at boot: File exists. A machine has no key for its own. */
static bool
is_default_route(struct resolver *r, const struct vnet *vnet, const struct decl_route *decl)
{
	const char *to = decl->to.v, *via = decl->via.v;
	struct diag *d;

	if (vnet->kind == VNET_MACHINE || (strcmp(to, "default") != 0 && strcmp(to, "0.0.0.0/0") != 0 && strcmp(to, "::/0") != 0))
		return (false);
	d = diag_add(r->diags, &rule_unusable_address, decl->to.at, "%s is the default route, which the key gateway gives", to);
	diag_help(r->diags, d, "gateway: %s", strcmp(via, "reject") == 0 || strcmp(via, "blackhole") == 0 ? "none" : str_shown(r->arena, via));
	return (true);
}

static void
resolve_route(struct resolver *r, struct vnet *vnet, const struct decl_route *decl)
{
	struct given_route route = { .at = decl->to.at, .via_at = decl->via.at, .kind = VIA_ADDRESS };
	const char *via = decl->via.v;
	int len;

	if (!given(&decl->to.at) || !given(&decl->via.at) || is_default_route(r, vnet, decl) || !read_prefix(r, &decl->to, &route.to))
		return;
	if (strcmp(via, "reject") == 0)
		route.kind = VIA_REJECT;
	else if (strcmp(via, "blackhole") == 0)
		route.kind = VIA_BLACKHOLE;
	else if (strcmp(via, "none") == 0)
		route.kind = VIA_TAKEN_AWAY;
	else if ((route.node = map_get(r->topology->node_by_name, via)) == NULL) {
		if (strpbrk(via, ".:") == NULL) {
			unknown_name(r, &decl->via, "node", r->topology->node_by_name);
			return;
		}
		if (strchr(via, '%') != NULL || !read_address(r, &decl->via, &route.via, &len, NULL))
			return;         /* bad-zone says the first */
		route.iface = towards(vnet, &route.via);
	}
	*vec_push(r->arena, &vnet->routes) = route;
}

/* An exit of nat: on the host an interface or bridge by its key, in a jail the bridge or cable that it stands on. */
static struct iface *
nat_exit(const struct resolver *r, const struct vnet *vnet, const char *key)
{
	struct bridge *bridge = map_get(r->topology->bridge_by_key, key);

	if (vnet->kind == VNET_HOST && bridge != NULL)
		return (bridge->host_end != NULL ? bridge->host_end : bridge->iface);
	if (vnet->kind == VNET_HOST) {
		struct iface *iface = map_get(r->topology->iface_by_key, key);
		struct cable *cable = map_get(r->topology->cable_by_key, key);

		if (iface == NULL && cable != NULL)
			iface = cable->a != NULL && cable->a->vnet == vnet && cable->a->member_of == NULL ? cable->a : cable->b;
		return (iface != NULL && iface->given_to == NULL && iface->vnet == vnet ? iface : NULL);
	}
	vec_each (struct iface *const *, i, &vnet->ifaces) {
		if (bridge != NULL && (*i)->link != NULL && (*i)->link->bridge == bridge)
			return (*i);
		if (((*i)->cable != NULL && strcmp((*i)->cable->key, key) == 0) || ((*i)->key != NULL && strcmp((*i)->key, key) == 0))
			return (*i);
	}
	return (NULL);
}

static void
resolve_nat(struct resolver *r, struct vnet *vnet, const struct v_toggle *nat)
{
	vnet->nat_default = given(&nat->at) && nat->v && !nat->is_list;
	for (size_t i = 0; i < nat->list.n; i++) {
		struct iface *iface = nat_exit(r, vnet, nat->list.v[i].v);

		if (iface == NULL) {
			struct diag *d = diag_add(r->diags, &rule_unknown_name, nat->list.v[i].at, "no interface of %s called %s", vnet->name,
			    str_shown(r->arena, nat->list.v[i].v));

			diag_note(r->diags, d, vnet->at, "%s is written here", vnet->name);
			continue;
		}
		*vec_push(r->arena, &vnet->nat) = iface;
	}
}

static void
resolve_rdr(struct resolver *r, struct vnet *vnet, const struct decl_rdr *decl)
{
	struct rdr rdr = { .at = decl->item.at, .port = (int)decl->port.v };
	int len;

	if (!given(&decl->proto.at) || !given(&decl->port.at) || !given(&decl->to.at))
		return;
	rdr.tcp = strstr(decl->proto.v, "tcp") != NULL;
	rdr.udp = strstr(decl->proto.v, "udp") != NULL;
	rdr.port_to = given(&decl->port_to.at) ? (int)decl->port_to.v : rdr.port;
	rdr.node = map_get(r->topology->node_by_name, decl->to.v);
	if (rdr.node == NULL) {
		if (strpbrk(decl->to.v, ".:") == NULL) {
			unknown_name(r, &decl->to, "jail", r->topology->node_by_name);
			return;
		}
		if (!read_address(r, &decl->to, &rdr.to, &len, NULL))
			return;
	} else {
		vec_each (struct iface *const *, i, &rdr.node->ifaces)
			vec_each (const struct address *, a, &(*i)->addresses)
				if (a->addr.family == INET && rdr.to.b[0] == 0)
					rdr.to = a->addr;
	}
	*vec_push(r->arena, &vnet->rdr) = rdr;
}

static void
resolve_nameservers(struct resolver *r, strings *servers, const struct v_strs *written)
{
	struct inaddr addr;
	int len;

	for (size_t i = 0; i < written->n; i++)
		if (read_address(r, &written->v[i], &addr, &len, NULL))
			*vec_push(r->arena, servers) = inaddr_str(r->arena, &addr);
}

static void
resolve_host(struct resolver *r, const struct decl_host *decl)
{
	struct vnet *host = r->topology->host;

	if (decl == NULL)
		return;
	resolve_router(host, &decl->router);
	resolve_gateways(r, &decl->gateway, host->gateway);
	host->routing_none = given(&decl->routing.at) && strcmp(decl->routing.v, "none") == 0;
	for (size_t i = 0; i < decl->routes.n; i++)
		resolve_route(r, host, decl->routes.v[i]);
	resolve_nat(r, host, &decl->nat);
	for (size_t i = 0; i < decl->rdr.n; i++)
		resolve_rdr(r, host, decl->rdr.v[i]);
	resolve_nameservers(r, &host->nameservers, &decl->nameservers);
}

static void
resolve_start_after(struct resolver *r, struct jail *jail)
{
	const struct v_strs *written = &jail->decl->start_after;

	for (size_t i = 0; i < written->n; i++) {
		struct jail *other = map_get(r->topology->jail_by_name, written->v[i].v);

		if (other == NULL)
			unknown_name(r, &written->v[i], "jail", r->topology->jail_by_name);
		else
			*vec_push(r->arena, &jail->after) = other;
	}
}

/* A classic jail's item: IFACE|ADDRESS. */
static void
resolve_classic(struct resolver *r, struct jail *jail)
{
	vec_each (const struct v_str *, v, &jail->ip) {
		const char *bar = strchr(v->v, '|');
		struct inaddr addr;
		struct v_str part;
		int len;

		if (bar == NULL || bar == v->v || bar[1] == '\0') {
			struct diag *d = diag_add(r->diags, &rule_bad_classic_ip, v->at, "%s is not INTERFACE|ADDRESS", str_shown(r->arena, v->v));

			diag_help(r->diags, d, "re0|192.168.0.17");
			continue;
		}
		part = value_part(r, v, (size_t)(bar + 1 - v->v), strlen(bar + 1));
		read_address(r, &part, &addr, &len, NULL);
		part = value_part(r, v, 0, (size_t)(bar - v->v));
		if (strcmp(part.v, "lo0") != 0 && map_get(r->topology->iface_by_key, part.v) == NULL &&
		    map_get(r->topology->bridge_by_key, part.v) == NULL) {
			struct diag *d = unknown_name(r, &part, "interface or bridge", r->topology->iface_by_key);

			if (d->fixes.n == 0)
				suggest_near(r, d, &part, r->topology->bridge_by_key);
		}
	}
}

static void
resolve_jail(struct resolver *r, struct jail *jail)
{
	const struct decl_jail *decl = jail->decl;
	struct vnet *vnet = jail->vnet;

	resolve_start_after(r, jail);
	if (vnet == NULL) {
		resolve_classic(r, jail);
		resolve_nameservers(r, &jail->nameservers, &decl->nameservers);
		return;
	}
	resolve_router(vnet, &decl->router);
	resolve_gateways(r, &decl->gateway, vnet->gateway);
	vnet->routing_none = given(&decl->routing.at) && strcmp(decl->routing.v, "none") == 0;
	for (size_t i = 0; i < decl->routes.n; i++)
		resolve_route(r, vnet, decl->routes.v[i]);
	resolve_nat(r, vnet, &decl->nat);
	for (size_t i = 0; i < decl->rdr.n; i++)
		resolve_rdr(r, vnet, decl->rdr.v[i]);
	resolve_nameservers(r, &vnet->nameservers, &decl->nameservers);
}

void
resolve_nodes(struct resolver *r)
{
	struct topology *t = r->topology;

	vec_each (struct subnet **, s, &t->subnets) {
		if ((*s)->decl == NULL)
			continue;
		resolve_gateways(r, &(*s)->decl->gateway, (*s)->gateway);
		(*s)->island = (*s)->gateway[INET].kind == GW_NO && (*s)->gateway[INET6].kind == GW_NO;
	}
	resolve_host(r, r->decl->host);
	vec_each (struct jail **, j, &t->jails)
		resolve_jail(r, *j);
	vec_each (struct vnet **, v, &t->vnets) {
		if ((*v)->machine == NULL)
			continue;
		resolve_router(*v, &(*v)->machine->router);
		for (size_t i = 0; i < (*v)->machine->routes.n; i++)
			resolve_route(r, *v, (*v)->machine->routes.v[i]);
	}
}
