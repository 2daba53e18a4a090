/* SPDX-License-Identifier: BSD-2-Clause */
/* The page around the diagram: page.html filled with the drawing, the nodes, and proofs of who reaches whom. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "diagram/html.h"
#include "diagram/svg.h"
#include "route/reach.h"

/* Groups of nodes that are proved against each other; two families make 2 × 200 × 200 proofs. */
#define PAGE_GROUPS 200

struct page {
	struct arena *arena;
	const struct plan *plan;
	struct prover *prover;
	VEC(struct end) all;            /* nodes in order, outside last */
	VEC(size_t) group_of;           /* by place in all */
	struct end_groups *groups;
	struct json json;
	size_t proofs;
};

/* JSON inside <script>: no "<" may stand in it. */
static const char *
without_tags(struct arena *arena, const char *text, size_t len)
{
	struct text out = { .arena = arena };
	const char *end = text + len;

	while (text < end) {
		const char *tag = memchr(text, '<', (size_t)(end - text));

		text_addn(&out, text, (size_t)((tag != NULL ? tag : end) - text));
		if (tag == NULL)
			break;
		text_add(&out, "\\u003c");
		text = tag + 1;
	}
	return (text_end(&out));
}

static const char *
element_id(struct arena *arena, const char *kind, const char *name)
{
	struct svg ids;

	svg_init(&ids, arena, NULL);
	return (svg_id(&ids, kind, name));
}

static void
node_ids(struct page *p, const struct vnet *vnet)
{
	json_text(&p->json, element_id(p->arena, "j", vnet->name));
	json_text(&p->json, element_id(p->arena, "n", vnet->name));
}

static const char *
iface_fact(struct page *p, const struct iface *iface)
{
	struct text text = { .arena = p->arena };

	text_add(&text, iface->name);
	vec_each (const struct address *, a, &iface->addresses)
		text_printf(&text, " %s/%d", inaddr_str(p->arena, &a->addr), a->len);
	if (iface->dhcp)
		text_add(&text, " dhcp");
	if (iface->slaac)
		text_add(&text, " slaac");
	return (text_end(&text));
}

static void
write_node(struct page *p, size_t i)
{
	const struct end *end = &p->all.v[i];

	json_object_begin(&p->json);
	json_member(&p->json, "name", end->node != NULL && end->node->kind == VNET_HOST ? end->node->shown : end->shown);
	json_member_int(&p->json, "group", (int64_t)p->group_of.v[i]);
	json_key(&p->json, "ids");
	json_array_begin(&p->json);
	if (end->node != NULL)
		node_ids(p, end->node);
	json_array_end(&p->json);
	json_key(&p->json, "facts");
	json_array_begin(&p->json);
	for (size_t k = 0; end->node != NULL && k < end->node->ifaces.n; k++) {
		const struct iface *iface = end->node->ifaces.v[k];

		if (iface->link != NULL || iface->addresses.n != 0)
			json_text(&p->json, iface_fact(p, iface));
	}
	json_array_end(&p->json);
	json_object_end(&p->json);
}

static bool
is_word(char c)
{
	return (c != '\0' && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-", c) != NULL);
}

/* Each whole word becomes the mark. */
static const char *
replace_word(struct arena *arena, const char *sentence, const char *word, const char *mark)
{
	struct text out = { .arena = arena };
	size_t n = strlen(word);

	for (const char *s = sentence; *s != '\0';) {
		if (strncmp(s, word, n) == 0 && !is_word(s[n]) && (s == sentence || !is_word(s[-1]))) {
			text_add(&out, mark);
			s += n;
		} else
			text_addn(&out, s++, 1);
	}
	return (text_end(&out));
}

/* A proof holds for every two nodes of its groups: the names and addresses of the two it was made with become marks. */
static const char *
for_all(struct page *p, const struct reach *r, const char *sentence)
{
	const struct end *both[2] = { r->from, r->to };
	const char *const marks[2] = { "\001", "\002" };

	for (int i = 0; i < 2; i++) {
		const struct vnet *node = both[i]->node;

		for (size_t k = 0; node != NULL && k < node->ifaces.n; k++)
			vec_each (const struct address *, a, &node->ifaces.v[k]->addresses)
				sentence = replace_word(p->arena, sentence, inaddr_str(p->arena, &a->addr), marks[i]);
		sentence = replace_word(p->arena, sentence, both[i]->shown, marks[i]);
	}
	return (sentence);
}

static const char *
hop_words(struct page *p, const struct reach *r, const struct hop *hop)
{
	const char *from = hop->node == NULL ? "outside" : hop->node->kind == VNET_HOST ? hop->node->shown : hop->node->name;
	const char *to = hop->to == NULL ? "outside" : hop->to->kind == VNET_HOST ? hop->to->shown : hop->to->name;

	if (hop->node != NULL && (hop->node == r->from->node || hop->node == r->to->node))
		from = hop->node == r->from->node ? "\001" : "\002";
	if (hop->to != NULL && (hop->to == r->from->node || hop->to == r->to->node))
		to = hop->to == r->from->node ? "\001" : "\002";
	return (arena_printf(p->arena, "%s%s%s to %s%s", from, hop->link != NULL ? " on " : "",
	    hop->link != NULL ? hop->link->name : "", to, hop->translated ? ", translated" : ""));
}

static void
write_way(struct page *p, const struct reach *r, const char *name, const struct way *way)
{
	json_key(&p->json, name);
	json_array_begin(&p->json);
	vec_each (const struct hop *, hop, &way->hops)
		json_text(&p->json, hop_words(p, r, hop));
	json_array_end(&p->json);
}

static void
write_through(struct page *p, const struct reach *r)
{
	json_key(&p->json, "through");
	json_array_begin(&p->json);
	vec_each (const struct hop *, hop, &r->there.hops) {
		if (hop->link != NULL) {
			json_text(&p->json, element_id(p->arena, "br", hop->link->name));
			json_text(&p->json, element_id(p->arena, "net", hop->link->name));
		}
		if (hop->to != NULL && hop->to != r->to->node)
			node_ids(p, hop->to);
	}
	json_array_end(&p->json);
}

static void
write_proof(struct page *p, const struct reach *r)
{
	const char *cure = reach_cure(p->prover, r), *why = reach_why(p->arena, r);

	json_object_begin(&p->json);
	json_member_int(&p->json, "verdict", r->verdict == REACHES ? 0 : r->verdict == BROKEN ? 1 : 2);
	json_member(&p->json, "why", for_all(p, r, why));
	json_member(&p->json, "cure", cure != NULL ? for_all(p, r, cure) : NULL);
	write_way(p, r, "there", &r->there);
	write_way(p, r, "back", &r->back);
	write_through(p, r);
	json_object_end(&p->json);
}

/* All proofs, and in numbers which two groups have which: the proof's place, or -1 where not both have the family. */
static void
write_proofs(struct page *p)
{
	size_t n = p->groups->all.n <= PAGE_GROUPS ? p->groups->all.n : 0;
	long *numbers = NEW_ARRAY(p->arena, long, n * n * FAMILIES);
	struct reach reach = { 0 };

	json_key(&p->json, "proofs");
	json_array_begin(&p->json);
	for (size_t i = 0; i < n * n * FAMILIES; i++) {
		const struct end *a, *b;
		enum family f = i % FAMILIES;

		numbers[i] = -1;
		if (!ends_pair(p->groups->all.v[i / FAMILIES / n], p->groups->all.v[i / FAMILIES % n], &a, &b) || (a->families & b->families & (1u << f)) == 0)
			continue;
		reach_prove(p->prover, a, b, f, &reach);
		write_proof(p, &reach);
		numbers[i] = (long)p->proofs++;
	}
	json_array_end(&p->json);
	json_key(&p->json, "groups");
	json_array_begin(&p->json);
	for (size_t i = 0; i < n * n * FAMILIES; i++) {
		if (i % (n * FAMILIES) == 0)
			json_array_begin(&p->json);
		if (i % FAMILIES == 0)
			json_array_begin(&p->json);
		json_int(&p->json, numbers[i]);
		if (i % FAMILIES == FAMILIES - 1)
			json_array_end(&p->json);
		if (i % (n * FAMILIES) == n * FAMILIES - 1)
			json_array_end(&p->json);
	}
	json_array_end(&p->json);
}

static void
add_end(struct page *p, const char *name)
{
	struct end_groups *own = ends_none(p->prover);
	const struct span nowhere = { 0 };

	ends_add(p->prover, name, nowhere, own);
	ends_add(p->prover, name, nowhere, p->groups);
	*vec_push(p->arena, &p->all) = own->all.v[0]->first;
	*vec_push(p->arena, &p->group_of) = ends_alike(p->groups, own->all.v[0])->index;
}

static const char *
page_data(struct page *p)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	const char *safe;

	if (out == NULL)
		return ("{}");
	json_begin(&p->json, out, false);
	json_object_begin(&p->json);
	json_key(&p->json, "nodes");
	json_array_begin(&p->json);
	for (size_t i = 0; i < p->all.n; i++)
		write_node(p, i);
	json_array_end(&p->json);
	json_member_int(&p->json, "outside", (int64_t)p->all.n - 1);
	write_proofs(p);
	json_object_end(&p->json);
	fclose(out);
	safe = without_tags(p->arena, text, len);
	free(text);
	return (safe);
}

static void
escaped(struct text *out, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '<' || *s == '>' || *s == '&' || *s == '"')
			text_printf(out, "&#%d;", *s);
		else
			text_addn(out, s, 1);
	}
}

const char *
diagram_html(struct arena *arena, const struct plan *plan, const struct linkgraph *graph, const char *svg, size_t *len)
{
	struct page p = { .arena = arena, .plan = plan };
	struct text out = { .arena = arena };

	p.prover = prover_new(arena, plan->topology, graph, plan->routes);
	p.groups = ends_none(p.prover);
	vec_each (struct vnet *const *, v, &plan->topology->vnets)
		add_end(&p, (*v)->name);
	add_end(&p, "outside");
	for (const struct page_piece *piece = page_pieces; piece->place != PAGE_END; piece++) {
		switch (piece->place) {
		case PAGE_TEXT:
			text_add(&out, piece->text);
			break;
		case PAGE_TITLE:
			text_add(&out, "Network of ");
			escaped(&out, plan->topology->host->shown);
			break;
		case PAGE_SVG:
			text_add(&out, svg);
			break;
		case PAGE_DATA:
			text_add(&out, page_data(&p));
			break;
		case PAGE_END:
			break;
		}
	}
	*len = out.n;
	return (text_end(&out));
}
