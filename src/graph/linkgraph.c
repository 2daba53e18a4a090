/* SPDX-License-Identifier: BSD-2-Clause */
/* The link graph: segments are its components over cables, loops its cycles. */
#include <string.h>

#include "graph/cg.h"
#include "graph/linkgraph.h"
#include "rules/rules.h"

struct vertex { Agrec_t header; struct vnet *vnet; struct link *link; bool seen; Agedge_t *from; };
/* An attachment has one interface, a joint between two links both ends of the epair that joins them. */
struct attachment { Agrec_t header; struct iface *iface, *far; };

struct linkgraph {
	struct arena *arena;
	struct topology *topology;
	Agraph_t *graph;
	Agnode_t **of_vnet, **of_link;          /* by index */
	unsigned vertices, edges;
};

static struct vertex *
vertex_of(Agnode_t *node)
{
	return ((struct vertex *)AGDATA(node));
}

static struct attachment *
attachment_of(Agedge_t *edge)
{
	return ((struct attachment *)AGDATA(edge));
}

static bool
add_vertices(struct linkgraph *g)
{
	const struct topology *t = g->topology;

	g->of_vnet = NEW_ARRAY(g->arena, Agnode_t *, t->vnets.n);
	g->of_link = NEW_ARRAY(g->arena, Agnode_t *, t->links.n);
	for (size_t i = 0; i < t->vnets.n + t->links.n; i++) {
		Agnode_t *node = cg_vertex(g->graph, g->vertices++, sizeof(struct vertex));

		if (node == NULL)
			return (false);
		if (i < t->vnets.n) {
			g->of_vnet[i] = node;
			vertex_of(node)->vnet = t->vnets.v[i];
		} else {
			g->of_link[i - t->vnets.n] = node;
			vertex_of(node)->link = t->links.v[i - t->vnets.n];
		}
	}
	return (true);
}

static bool
add_edge(struct linkgraph *g, Agnode_t *a, Agnode_t *b, struct iface *iface, struct iface *far)
{
	Agedge_t *edge = cg_edge(a, b, g->edges++, sizeof(struct attachment));

	if (edge == NULL)
		return (false);
	attachment_of(edge)->iface = iface;
	attachment_of(edge)->far = far;
	return (true);
}

static bool
add_attachments(struct linkgraph *g)
{
	vec_each (struct link *const *, l, &g->topology->links)
		vec_each (struct iface *const *, i, &(*l)->ends)
			if (!add_edge(g, g->of_vnet[(*i)->vnet->index], g->of_link[(*l)->index], *i, NULL))
				return (false);
	return (true);
}

static struct link *
find(struct link *link)
{
	while (link->segment != link)
		link = link->segment = link->segment->segment;
	return (link);
}

/* The representative is the one written first. */
static bool
join(struct link *a, struct link *b)
{
	a = find(a);
	b = find(b);
	if (a == b)
		return (false);
	if (a->index < b->index)
		b->segment = a;
	else
		a->segment = b;
	return (true);
}

/* Breadth first from a link over the joints made so far; leaves in each vertex the edge by which it was reached. */
static void
search(struct linkgraph *g, struct link *from)
{
	struct { size_t n, cap; Agnode_t **v; } queue = { 0 };

	for (size_t i = 0; i < g->topology->links.n; i++)
		vertex_of(g->of_link[i])->seen = false;
	*vec_push(g->arena, &queue) = g->of_link[from->index];
	vertex_of(queue.v[0])->seen = true;
	vertex_of(queue.v[0])->from = NULL;
	for (size_t head = 0; head < queue.n; head++) {
		Agnode_t *node = queue.v[head];

		for (Agedge_t *e = agfstedge(g->graph, node); e != NULL; e = agnxtedge(g->graph, e, node)) {
			Agnode_t *other = aghead(e) == node ? agtail(e) : aghead(e);

			if (attachment_of(e)->far == NULL || vertex_of(other)->seen)
				continue;
			vertex_of(other)->seen = true;
			vertex_of(other)->from = e;
			*vec_push(g->arena, &queue) = other;
		}
	}
}

static const char *
joint_name(const struct iface *end)
{
	return (end->cable != NULL ? end->cable->key : end->name);
}

static struct span
joint_place(const struct iface *end)
{
	return (end->cable != NULL ? end->cable->at : end->at);
}

/* The cable closes a loop unless all of the loop's members run the spanning tree protocol. */
static void
loop(struct linkgraph *g, struct diags *diags, struct iface *a, struct iface *b)
{
	struct text way = { .arena = g->arena };
	VEC(struct iface *) others = { 0 };
	bool safe = a->stp && b->stp;
	struct diag *d;
	Agnode_t *at;

	search(g, a->member_of->link);
	at = g->of_link[b->member_of->link->index];
	text_add(&way, b->member_of->key);
	while (vertex_of(at)->from != NULL) {
		Agedge_t *e = vertex_of(at)->from;
		struct attachment *joint = attachment_of(e);

		safe &= joint->iface->stp && joint->far->stp;
		*vec_push(g->arena, &others) = joint->iface;
		at = aghead(e) == at ? agtail(e) : aghead(e);
		text_printf(&way, ", %s, %s", joint_name(joint->iface), vertex_of(at)->link->bridge->key);
	}
	if (safe)
		return;
	d = diag_add(diags, &rule_bridge_loop, joint_place(a), "frames would circle: %s, %s", text_end(&way), joint_name(a));
	vec_each (struct iface **, o, &others)
		diag_note(diags, d, joint_place(*o), "%s joins %s and %s too", joint_name(*o), (*o)->member_of->key, (*o)->peer->member_of->key);
	diag_help(diags, d, "stp: true on %s and %s, or remove %s", a->member_of->key, b->member_of->key, joint_name(a));
}

static bool
join_cables(struct linkgraph *g, struct diags *diags)
{
	vec_each (struct cable *const *, c, &g->topology->cables) {
		struct iface *a = (*c)->a, *b = (*c)->b;

		if (a == NULL || b == NULL || a->member_of == NULL || b->member_of == NULL || a->member_of == b->member_of)
			continue;       /* both ends in one bridge: cable-to-itself says it */
		if (!join(a->member_of->link, b->member_of->link))
			loop(g, diags, a, b);
		if (!add_edge(g, g->of_link[a->member_of->link->index], g->of_link[b->member_of->link->index], a, b))
			return (false);
	}
	return (true);
}

/* VLANs of one tag on two bridges are one where the bridges are. */
static void
join_vlans(struct linkgraph *g)
{
	struct map *first = map_new(g->arena);

	vec_each (struct link *const *, l, &g->topology->links) {
		struct link *other;

		if ((*l)->kind != LINK_VLAN || (*l)->bridge == NULL)
			continue;
		other = map_put(first, arena_printf(g->arena, "%zu/%d", find((*l)->bridge->link)->index, (*l)->tag), *l);
		if (other != NULL)
			join(other, *l);
	}
}

/* Where a link was said to carry a subnet. */
static struct span
carried_at(const struct subnet *subnet, const struct link *link)
{
	const struct v_strs *lists[2] = { link->bridge != NULL ? &link->bridge->decl->subnet : NULL, NULL };

	vec_each (struct iface *const *, i, &link->ends) {
		if ((*i)->cable != NULL && lists[1] == NULL)
			lists[1] = &(*i)->cable->decl->subnet;
	}
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; lists[k] != NULL && subnet->name != NULL && i < lists[k]->n; i++)
			if (strcmp(lists[k]->v[i].v, subnet->name) == 0)
				return (lists[k]->v[i].at);
	vec_each (struct iface *const *, i, &link->ends) {
		const struct v_strs *own = (*i)->subnet_written;

		for (size_t k = 0; own != NULL && subnet->name != NULL && k < own->n; k++)
			if (strcmp(own->v[k].v, subnet->name) == 0)
				return (own->v[k].at);
		vec_each (const struct address *, a, &(*i)->addresses)
			if (a->subnet == subnet)
				return (a->at);
	}
	return (link->at);
}

static void
one_segment(struct linkgraph *g, struct diags *diags, const struct subnet *subnet)
{
	for (size_t i = 1; i < subnet->links.n; i++) {
		const struct link *first = subnet->links.v[0], *other = subnet->links.v[i];
		struct span here = carried_at(subnet, first), there = carried_at(subnet, other);
		struct diag *d;

		if (first->segment == other->segment)
			continue;
		if (span_compare(&here, &there) > 0) {
			struct span swap = here;

			here = there;
			there = swap;
		}
		d = diag_add(diags, &rule_subnet_on_two_bridges, there, "%s is on %s and %s, which are separate segments",
		    subnet_shown(g->arena, subnet), first->name, other->name);
		diag_note(diags, d, here, "the other one");
		diag_help(diags, d, "a subnet each, or a cable between them");
	}
}

struct linkgraph *
linkgraph_build(struct arena *arena, struct diags *diags, struct topology *topology)
{
	struct linkgraph *g = NEW(arena, struct linkgraph);

	g->arena = arena;
	g->topology = topology;
	g->graph = cg_open();
	if (g->graph == NULL || !add_vertices(g) || !add_attachments(g) || !join_cables(g, diags)) {
		linkgraph_free(g);
		arena_out_of_memory();
	}
	join_vlans(g);
	vec_each (struct link **, l, &topology->links)
		(*l)->segment = find(*l);
	vec_each (struct link **, l, &topology->links)
		(*l)->segment->has_nic |= (*l)->has_nic;
	vec_each (struct link **, l, &topology->links)
		(*l)->has_nic = (*l)->segment->has_nic;
	vec_each (struct subnet **, s, &topology->subnets)
		one_segment(g, diags, *s);
	return (g);
}

void
linkgraph_free(struct linkgraph *g)
{
	if (g != NULL && g->graph != NULL) {
		agclose(g->graph);
		g->graph = NULL;
	}
}

void
linkgraph_each_joined(const struct linkgraph *g, const struct link *link,
    void (*each)(struct link *, struct iface *near, struct iface *far, void *), void *user)
{
	Agnode_t *node = g->of_link[link->index];

	for (Agedge_t *e = agfstedge(g->graph, node); e != NULL; e = agnxtedge(g->graph, e, node)) {
		struct attachment *joint = attachment_of(e);

		if (joint->far == NULL)
			continue;
		if (joint->iface->member_of->link == link)
			each(joint->far->member_of->link, joint->iface, joint->far, user);
		else
			each(joint->iface->member_of->link, joint->far, joint->iface, user);
	}
}

static void
dump_joined(struct link *link, struct iface *near, struct iface *far, void *user)
{
	fprintf(user, "\t%s - %s to %s\n", near->name, far->name, link->name);
}

void
linkgraph_dump(const struct linkgraph *g, FILE *out)
{
	vec_each (struct link *const *, l, &g->topology->links) {
		fprintf(out, "link %s", (*l)->name);
		if ((*l)->segment != *l)
			fprintf(out, " in one segment with %s", (*l)->segment->name);
		fprintf(out, "%s\n", (*l)->has_nic ? ", leads out" : "");
		linkgraph_each_joined(g, *l, dump_joined, out);
		vec_each (struct iface *const *, i, &(*l)->ends)
			fprintf(out, "\t%s of %s\n", (*i)->name, (*i)->vnet->name);
	}
}
