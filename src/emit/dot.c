/* SPDX-License-Identifier: BSD-2-Clause */
/* topology.dot: the graph for Graphviz's own tools. Vertices are called after what they stand for, not numbered, so that a thing
 * added changes no line but its own. */
#include <string.h>

#include "emit/facts.h"
#include "emit/outfile.h"
#include "emit/registry.h"

/* Text inside a double-quoted string. label: it is a label, and in a record's one these mean something; fact: a plain attribute. */
enum where { IN_FACT, IN_LABEL, IN_RECORD };

static void
escape(struct text *t, enum where where, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\n')
			text_add(t, where == IN_FACT ? " " : "\\n");
		else if (*s == '"' || *s == '\\')
			text_printf(t, "\\%c", *s);
		else if (*s == '&' && where != IN_FACT)
			text_add(t, "&amp;");
		else if (where == IN_RECORD && strchr("{}|<>", *s) != NULL)
			text_printf(t, "\\%c", *s);
		else if ((unsigned char)*s < 0x20 || *s == 0x7f)
			text_add(t, " ");
		else
			text_addn(t, s, 1);
	}
}

/* A vertex's name, quoted: "jail guest4", "link bridge0". */
static const char *
vertex(struct arena *a, const char *what, const char *name)
{
	struct text t = { .arena = a };

	text_printf(&t, "\"%s ", what);
	escape(&t, IN_FACT, name);
	text_add(&t, "\"");
	return (text_end(&t));
}

static const char *
vnet_name(struct arena *a, const struct vnet *vnet)
{
	return (vertex(a, "node", vnet->name));
}

static const char *
link_name(struct arena *a, const struct link *link)
{
	return (vertex(a, "link", link->name));
}

static const char *
carrier_name(struct arena *a, const struct iface *iface)
{
	return (vertex(a, "interface", iface->name));
}

/* The place of an interface in its node's record; a word without the characters that mean something there. */
static const char *
port_name(struct arena *a, const struct iface *iface)
{
	return (safename(a, iface->name));
}

static void
fact(struct text *t, const char *name, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	text_printf(t, ", %s=\"", name);
	escape(t, IN_FACT, value);
	text_add(t, "\"");
}

static void
fact_list(struct text *t, const char *name, const strings *values)
{
	if (values->n > 0)
		fact(t, name, str_join(t->arena, values, " "));
}

/* An end: a stack's interface on a link. Others carry (members, parents, ports) and are drawn only where they lead out. */
static bool
is_end(const struct iface *iface)
{
	return (iface->link != NULL && iface->link->kind != LINK_LOCAL && iface->member_of == NULL);
}

static bool
is_carrier(const struct iface *iface)
{
	return (iface->vnet->kind == VNET_HOST && iface->given_to == NULL && iface->peer == NULL && iface->kind != IF_EPAIR && iface->kind != IF_BRIDGE &&
	    iface->kind != IF_NGBRIDGE && !is_end(iface) && (iface->member_of != NULL || iface->lagg != NULL || iface->children.n > 0));
}

/* A cable between two stacks needs no vertex of its own. */
static bool
is_plain_cable(const struct link *link)
{
	return (link->kind == LINK_CABLE && link->ends.n == 2 && link->ends.v[0]->peer == link->ends.v[1]);
}

/* Interfaces side by side below the name, each with a port that edges to what lies below begin at. */
static void
vnet_label(struct text *t, const struct vnet *vnet)
{
	bool first = true;

	escape(t, IN_RECORD, vnet->shown != NULL ? vnet->shown : vnet->name);
	if (vnet->kind != VNET_JAIL)
		text_printf(t, "\\n%s", vnet_kind_word(vnet->kind));
	if (vnet->router)
		text_add(t, "\\nrouter");
	for (size_t i = 0; i < vnet->ifaces.n; i++) {
		const struct iface *iface = vnet->ifaces.v[i];
		strings addresses = address_texts(t->arena, iface);

		if (!is_end(iface) && addresses.n == 0)
			continue;
		text_printf(t, "%s<%s>", first ? "|{" : "|", port_name(t->arena, iface));
		first = false;
		escape(t, IN_RECORD, iface->name);
		text_add(t, "\\l");
		vec_each (const char *const *, address, &addresses) {
			escape(t, IN_RECORD, *address);
			text_add(t, "\\l");
		}
	}
	text_add(t, first ? "" : "}");
}

static void
vnet_vertex(struct text *t, const struct plan *plan, const struct vnet *vnet)
{
	struct arena *a = t->arena;
	strings forwards = forward_texts(a, vnet), routes = { 0 };
	struct route_list list = routes_of(a, plan, vnet);

	vec_each (const struct route *const *, r, &list)
		*vec_push(a, &routes) = arena_printf(a, "%s via %s", route_destination(a, *r), route_gateway(a, *r));
	text_printf(t, "\t%s [shape=record, label=\"{", vnet_name(a, vnet));
	vnet_label(t, vnet);
	text_add(t, "}\"");
	fact(t, "kind", vnet_kind_word(vnet->kind));
	fact(t, "name", vnet->name);
	fact_list(t, "forwards", &forwards);
	if (routes.n > 0)
		fact(t, "routes", str_join(a, &routes, "; "));
	text_add(t, "];\n");
}

static void
link_vertex(struct text *t, const struct link *link)
{
	struct arena *a = t->arena;
	const struct bridge *bridge = link->kind == LINK_BRIDGE ? link->bridge : NULL;
	strings subnets = subnet_texts(a, (const struct subnet *const *)link->subnets.v, link->subnets.n);

	text_printf(t, "\t%s [shape=%s, label=\"", link_name(a, link), link->kind == LINK_WIRE ? "ellipse" : "box");
	escape(t, IN_LABEL, bridge != NULL ? bridge->name : link->name);
	vec_each (struct subnet *const *, subnet, &link->subnets) {
		if ((*subnet)->name != NULL) {
			text_add(t, "\\n");
			escape(t, IN_LABEL, (*subnet)->name);
		}
		vec_each (const struct subnet_prefix *, p, &(*subnet)->prefixes)
			text_printf(t, "\\n%s", prefix_str(a, &p->prefix));
	}
	text_add(t, "\"");
	fact(t, "kind", link_kind_word(link->kind));
	fact(t, "name", bridge != NULL ? bridge->name : link->name);
	fact_list(t, "subnets", &subnets);
	if (link->tag != 0)
		fact(t, "tag", arena_printf(a, "%d", link->tag));
	if (bridge != NULL && bridge->iface != NULL) {
		strings addresses = address_texts(a, bridge->iface);

		fact(t, "mtu", mtu_text(a, bridge->iface));
		fact(t, "mac", mac_text(a, bridge->iface));
		fact_list(t, "addresses", &addresses);
	}
	text_add(t, "];\n");
}

static void
iface_facts(struct text *t, const struct iface *iface)
{
	strings addresses = address_texts(t->arena, iface);

	fact(t, "kind", ifkind_word(iface->kind));
	fact(t, "mac", mac_text(t->arena, iface));
	fact(t, "mtu", mtu_text(t->arena, iface));
	fact_list(t, "addresses", &addresses);
	fact(t, "description", iface->description);
}

static void
carrier_vertex(struct text *t, const struct iface *iface)
{
	text_printf(t, "\t%s [shape=oval, label=\"", carrier_name(t->arena, iface));
	escape(t, IN_LABEL, iface->name);
	text_add(t, "\"");
	fact(t, "name", iface->name);
	iface_facts(t, iface);
	text_add(t, "];\n");
}

/* What stands nearer to the outside comes first, so that dot draws it higher: a node above the link that it is the gateway of. */
static bool
node_is_above(const struct iface *iface)
{
	vec_each (struct subnet *const *, subnet, &iface->link->subnets)
		for (int family = INET; family < FAMILIES; family++)
			if ((*subnet)->gateway[family].kind == GW_NODE && (*subnet)->gateway[family].node == iface->vnet)
				return (true);
	return (false);
}

static void
names_at_ends(struct text *t, const char *tail, const char *head)
{
	if (tail != NULL) {
		text_add(t, "taillabel=\"");
		escape(t, IN_LABEL, tail);
		text_add(t, "\"");
	}
	if (head != NULL) {
		text_add(t, tail != NULL ? ", headlabel=\"" : "headlabel=\"");
		escape(t, IN_LABEL, head);
		text_add(t, "\"");
	}
}

static void
end_edge(struct text *t, const struct vnet *vnet, const struct iface *iface)
{
	struct arena *a = t->arena;
	const char *inner = iface->name, *outer = iface->peer != NULL ? iface->peer->name : NULL;

	if (node_is_above(iface)) {
		text_printf(t, "\t%s:%s:s -- %s [", vnet_name(a, vnet), port_name(a, iface), link_name(a, iface->link));
		names_at_ends(t, inner, outer);
	} else {
		text_printf(t, "\t%s -- %s [", link_name(a, iface->link), vnet_name(a, vnet));
		names_at_ends(t, outer, inner);
	}
	iface_facts(t, iface);
	text_add(t, "];\n");
}

static void
cable_edge(struct text *t, const struct link *link)
{
	const struct iface *a = link->ends.v[0], *b = link->ends.v[1];

	text_printf(t, "\t%s:%s:s -- %s [", vnet_name(t->arena, a->vnet), port_name(t->arena, a), vnet_name(t->arena, b->vnet));
	names_at_ends(t, a->name, b->name);
	iface_facts(t, a);
	text_add(t, "];\n");
}

/* The vertex at which what an interface carries is drawn: its own, or that of the network beyond it. NULL: none. */
static const char *
place_name(struct arena *a, const struct iface *iface)
{
	if (iface->given_to != NULL)
		iface = iface->given_to;
	if (is_carrier(iface))
		return (carrier_name(a, iface));
	return (is_end(iface) && iface->link->kind == LINK_WIRE ? link_name(a, iface->link) : NULL);
}

/* Edges between the host's interfaces, and from those that stand on no link themselves. */
static void
carrier_edges(struct text *t, const struct iface *iface)
{
	struct arena *a = t->arena;
	const char *place = place_name(a, iface);

	if (iface->kind == IF_EPAIR && iface->end_a && iface->peer != NULL && iface->member_of != NULL && iface->peer->member_of != NULL) {
		text_printf(t, "\t%s -- %s [", link_name(a, iface->member_of->link), link_name(a, iface->peer->member_of->link));
		names_at_ends(t, iface->name, iface->peer->name);
		iface_facts(t, iface);
		text_add(t, "];\n");
	}
	if (is_carrier(iface) && iface->member_of != NULL) {
		text_printf(t, "\t%s -- %s [", carrier_name(a, iface), link_name(a, iface->member_of->link));
		names_at_ends(t, NULL, iface->name);
		text_add(t, "];\n");
	}
	if (place != NULL && iface->lagg != NULL && place_name(a, iface->lagg) != NULL)
		text_printf(t, "\t%s -- %s [style=dashed];\n", place, place_name(a, iface->lagg));
	if (place != NULL && iface->parent != NULL && place_name(a, iface->parent) != NULL)
		text_printf(t, "\t%s -- %s [style=dashed, label=\"%d\"];\n", place_name(a, iface->parent), place, iface->tag);
}

static void
vertices(struct text *t, const struct plan *plan)
{
	const struct topology *topology = plan->topology;

	for (size_t i = 0; i < topology->host->ifaces.n; i++)
		if (is_carrier(topology->host->ifaces.v[i]))
			carrier_vertex(t, topology->host->ifaces.v[i]);
	vec_each (struct link *const *, link, &topology->links)
		if ((*link)->kind != LINK_LOCAL && !is_plain_cable(*link))
			link_vertex(t, *link);
	vec_each (struct vnet *const *, vnet, &topology->vnets)
		vnet_vertex(t, plan, *vnet);
	vec_each (const struct jail_plan *, jail, &plan->jails) {
		if (jail->vnet)
			continue;
		text_printf(t, "\t%s [shape=box, label=\"", vertex(t->arena, "node", jail->jail->name));
		escape(t, IN_LABEL, jail->jail->name);
		text_add(t, "\"");
		fact(t, "kind", "classic jail");
		fact_list(t, "addresses", &jail->ip);
		text_add(t, "];\n");
	}
}

static void
edges(struct text *t, const struct plan *plan)
{
	const struct topology *topology = plan->topology;

	for (size_t i = 0; i < topology->host->ifaces.n; i++)
		carrier_edges(t, topology->host->ifaces.v[i]);
	vec_each (struct link *const *, link, &topology->links) {
		if ((*link)->kind == LINK_VLAN && (*link)->bridge != NULL)
			text_printf(t, "\t%s -- %s [style=dashed, label=\"%d\"];\n", link_name(t->arena, (*link)->bridge->link), link_name(t->arena, *link),
			    (*link)->tag);
		if (is_plain_cable(*link))
			cable_edge(t, *link);
	}
	vec_each (struct vnet *const *, vnet, &topology->vnets)
		for (size_t i = 0; i < (*vnet)->ifaces.n; i++)
			if (is_end((*vnet)->ifaces.v[i]) && !is_plain_cable((*vnet)->ifaces.v[i]->link))
				end_edge(t, *vnet, (*vnet)->ifaces.v[i]);
	vec_each (const struct jail_plan *, jail, &plan->jails)
		if (!jail->vnet)
			text_printf(t, "\t%s -- %s [style=dotted];\n", vnet_name(t->arena, topology->host), vertex(t->arena, "node", jail->jail->name));
}

static void
graph(struct text *t, const struct plan *plan)
{
	const char *name = plan->topology->host_name != NULL ? plan->topology->host_name : plan->topology->file;
	struct text made = { .arena = t->arena };

	text_add_shown(&made, plan->topology->file, strlen(plan->topology->file));
	text_printf(t, "// topology.dot: the network as a graph, for Graphviz: dot -Tsvg topology.dot\n"
	    "// Made by vnetc from %s; edits here are lost: change the topology and build again.\n", text_end(&made));
	text_add(t, "graph topology {\n\tgraph [label=\"");
	escape(t, IN_LABEL, name);
	text_add(t, "\", labelloc=t, ranksep=0.9, nodesep=0.4, fontname=\"Helvetica\"];\n"
	    "\tnode [fontname=\"Helvetica\", fontsize=10];\n\tedge [fontname=\"Helvetica\", fontsize=8];\n");
	vertices(t, plan);
	edges(t, plan);
	text_add(t, "}\n");
}

void
emit_graph_dot(const struct plan *plan, FILE *out)
{
	struct arena *a = arena_new();
	struct text t = { .arena = a };

	graph(&t, plan);
	fputs(text_end(&t), out);
	arena_free(a);
}

static bool
emit(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	struct text t = { .arena = a };

	(void)error;
	graph(&t, plan);
	outfile_add(out, "topology.dot", &t);
	return (true);
}

const struct emitter emit_dot = { "dot", "the graph for Graphviz", emit };
