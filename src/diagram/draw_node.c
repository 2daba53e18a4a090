/* SPDX-License-Identifier: BSD-2-Clause */
/* What is written of a node wherever it stands: its tooltip, its icon, its name and addresses. */
#include "diagram/draw.h"
#include "diagram/theme.h"

enum { LEAF_ICON = 22 };

void
tell_port(struct text *t, const struct picture *p, const struct picture_port *port)
{
	const char *before = "";

	text_add(t, "\n");
	if (port->node_side != NULL) {
		text_add(t, port->node_side);
		before = " ";
	}
	if (port->net != PICTURE_NONE && p->nets.v[port->net].name != NULL) {
		text_printf(t, "%son %s", before, p->nets.v[port->net].name);
		before = " ";
	}
	if (port->net_side != NULL && port->node != PICTURE_NONE) {
		text_printf(t, "%sby %s", before, port->net_side);
		before = " ";
	}
	if (port->note != NULL) {
		text_printf(t, "%s(%s)", before, port->note);
		before = " ";
	}
	if (port->nat)
		text_printf(t, "%sNAT", before);
	for (size_t i = 0; i < port->v4.n; i++)
		text_printf(t, "\n%s", port->v4.v[i]);
	for (size_t i = 0; i < port->v6.n; i++)
		text_printf(t, "\n%s", port->v6.v[i]);
	if (port->dhcp)
		text_add(t, "\nDHCP");
	if (port->slaac)
		text_add(t, "\nSLAAC");
}

void
tell_node(struct text *t, const struct picture_node *node)
{
	text_add(t, node->name);
	if (node->role != NULL)
		text_printf(t, ", %s", node->role);
}

void
tell_more(struct text *t, const struct picture_node *node)
{
	strings own = { 0, 0, NULL };

	node_own(t->arena, node, &own);
	for (size_t i = 0; i < own.n; i++)
		text_printf(t, "\n%s", own.v[i]);
	for (size_t i = 0; i < node->routes.n; i++)
		text_printf(t, "\n%s", node->routes.v[i]);
	for (size_t i = 0; i < node->tips.n; i++)
		text_printf(t, "\n%s", node->tips.v[i]);
}

const char *
key_of(const struct picture_node *node)
{
	return (node->key != NULL ? node->key : node->name);
}

bool
link_node(struct pen *pen, const struct picture_node *node)
{
	if (pen->s->options->anchors == NULL)
		return (false);
	svg_link_begin(&pen->svg, arena_printf(pen->s->arena, "%s%s", pen->s->options->anchors, svg_anchor(pen->s->arena, key_of(node))),
	    node->role == NULL ? NULL : arena_printf(pen->s->arena, "%s, %s", node->name, node->role));
	return (true);
}

const char *
node_word(const struct picture_node *node)
{
	static const char *const words[] = {
		[PICTURE_HOST] = "host", [PICTURE_JAIL] = "jail", [PICTURE_CLASSIC] = "classic jail", [PICTURE_MACHINE] = "machine",
		[PICTURE_CABLE] = "cable",
	};

	return (words[node->kind]);
}

const char *
node_class(const struct picture_node *node)
{
	switch (node->kind) {
	case PICTURE_HOST:
		return ("host");
	case PICTURE_JAIL:
		return (node->router ? "dev" : "card");
	case PICTURE_CLASSIC:
		return ("card old");
	case PICTURE_MACHINE:
	case PICTURE_CABLE:
		break;
	}
	return (node->router ? "dev far" : "card far");
}

bool
has_icon(const struct picture_node *node)
{
	return (node->kind == PICTURE_HOST || node->kind == PICTURE_MACHINE || node->router);
}

void
draw_icon(struct pen *pen, const struct picture_node *node, int x, int y)
{
	struct text *t = &pen->svg.out;

	if (node->kind == PICTURE_HOST)
		text_printf(t, "<path class=\"ic\" d=\"M%d %dh16v6h-16zM%d %dh16v6h-16zM%d %dh1M%d %dh1\"/>\n", x, y + 1, x, y + 9, x + 3, y + 4,
		    x + 3, y + 12);
	else if (node->router)
		text_printf(t, "<path class=\"ic\" d=\"M%d %da8 8 0 1 0 16 0a8 8 0 1 0 -16 0M%d %dh9m-3 -2l3 2l-3 2M%d %dh-9m3 -2l-3 2l3 2\"/>\n", x,
		    y + 8, x + 4, y + 5, x + 12, y + 11);
	else if (node->kind == PICTURE_MACHINE)
		text_printf(t, "<path class=\"ic\" d=\"M%d %dh16v10h-16zM%d %dv3M%d %dh8\"/>\n", x, y + 1, x + 8, y + 11, x + 4, y + 15);
}

void
draw_leaf_text(struct pen *pen, const struct leaf *leaf, int x, int y, int name_y)
{
	struct svg *svg = &pen->svg;
	const struct picture_node *node = leaf->node;
	int left = x + 12;
	bool linked;

	if (has_icon(node)) {
		draw_icon(pen, node, left, y + name_y - 13);
		left += LEAF_ICON;
	}
	linked = link_node(pen, node);
	svg_text_begin(svg, left, y + name_y, STYLE_CARD, ANCHOR_START, clip(pen->s->arena, node->name, LEAF_TEXT_MOST));
	if (node->role != NULL)
		svg_text_more(svg, 8, STYLE_ROLE, clip(pen->s->arena, node->role, LEAF_TEXT_MOST));
	svg_text_end(svg);
	if (linked)
		svg_link_end(svg);
	y += name_y + 17;
	for (size_t i = 0; i < leaf->addresses.n; i++, y += 15)
		svg_text(svg, x + 12, y, STYLE_ADDRESS, (int)leaf->hue, ANCHOR_START, leaf->addresses.v[i]);
	for (size_t i = 0; i < leaf->own.n; i++, y += 15)
		svg_text(svg, x + 12, y, STYLE_ADDRESS, PICTURE_HUES, ANCHOR_START, leaf->own.v[i]);
	for (size_t i = 0; i < node->routes.n; i++, y += 15)
		svg_text(svg, x + 12, y, STYLE_ROLE, SVG_NO_HUE, ANCHOR_START, node->routes.v[i]);
}

void
begin_leaf(struct pen *pen, const struct leaf *leaf, bool focus)
{
	struct text t = { .arena = pen->s->arena };

	tell_node(&t, leaf->node);
	if (leaf->port != NULL)
		tell_port(&t, pen->s->picture, leaf->port);
	tell_more(&t, leaf->node);
	svg_group_begin(&pen->svg, svg_id(&pen->svg, "j", key_of(leaf->node)), focus ? node_word(leaf->node) : NULL, focus && pen->s->options->anchors == NULL, text_end(&t));
}

void
draw_path(struct pen *pen, unsigned hue, const char *d)
{
	text_printf(&pen->svg.out, "<path class=\"e e%u\" d=\"%s\"/>\n", hue, d);
}
