/* SPDX-License-Identifier: BSD-2-Clause */
/* The scene written as SVG: grounds first, then zones, then lines and what stands on them, so that nothing is drawn over a text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagram/scene.h"
#include "diagram/svg.h"
#include "diagram/theme.h"

enum {
	CORNER = 7,             /* radius of a line's turn */
	CARD_ICON = 12, LEAF_ICON = 22,
	NODE_TEXT_MOST = 48, LEAF_TEXT_MOST = 32,
	CLOUD_FOOT = 44,        /* from the frame up to the cloud */
};

struct pen { struct svg svg; struct scene *s; };

/* What the picture says of a port, whole, for the tooltip. */
static void
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

static void
tell_node(struct text *t, const struct picture_node *node)
{
	text_add(t, node->name);
	if (node->role != NULL)
		text_printf(t, ", %s", node->role);
}

static void
tell_more(struct text *t, const struct picture_node *node)
{
	for (size_t i = 0; i < node->routes.n; i++)
		text_printf(t, "\n%s", node->routes.v[i]);
	for (size_t i = 0; i < node->tips.n; i++)
		text_printf(t, "\n%s", node->tips.v[i]);
}

static const char *
key_of(const struct picture_node *node)
{
	return (node->key != NULL ? node->key : node->name);
}

static bool
link_node(struct pen *pen, const struct picture_node *node)
{
	if (pen->s->options->anchors == NULL)
		return (false);
	svg_link_begin(&pen->svg, arena_printf(pen->s->arena, "%s%s", pen->s->options->anchors, svg_anchor(pen->s->arena, key_of(node))));
	return (true);
}

static const char *
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

static bool
has_icon(const struct picture_node *node)
{
	return (node->kind == PICTURE_HOST || node->kind == PICTURE_MACHINE || node->router);
}

/* 16 by 16, its corner there. */
static void
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

static void
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
	for (size_t i = 0; i < node->routes.n; i++, y += 15)
		svg_text(svg, x + 12, y, STYLE_ROLE, SVG_NO_HUE, ANCHOR_START, node->routes.v[i]);
}

static void
begin_leaf(struct pen *pen, const struct leaf *leaf, bool focus)
{
	struct text t = { .arena = pen->s->arena };

	tell_node(&t, leaf->node);
	if (leaf->port != NULL)
		tell_port(&t, pen->s->picture, leaf->port);
	tell_more(&t, leaf->node);
	svg_group_begin(&pen->svg, svg_id(&pen->svg, "j", key_of(leaf->node)), focus && pen->s->options->anchors == NULL, text_end(&t));
}

static void
draw_path(struct pen *pen, unsigned hue, const char *d)
{
	text_printf(&pen->svg.out, "<path class=\"e e%u\" d=\"%s\"/>\n", hue, d);
}

static void
draw_drop(struct pen *pen, const struct block *b, const struct leaf *leaf, int x, int y)
{
	const struct zone *z = b->zone;
	struct svg *svg = &pen->svg;
	int bar = b->y + z->bar_y + z->bar_height;
	char d[64];

	begin_leaf(pen, leaf, true);
	if (leaf->port != NULL && z->net != NULL) {
		snprintf(d, sizeof(d), "M%d %dV%d", x + PORT_INSET, bar, y);
		draw_path(pen, leaf->hue, d);
		if (leaf->port->net_side != NULL)
			svg_text(svg, x + PORT_INSET + LABEL_GAP, bar + 14, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START,
			    clip(pen->s->arena, leaf->port->net_side, 24));
	}
	svg_rect(svg, x, y, z->card_width, z->card_height, 7, node_class(leaf->node));
	if (leaf->port != NULL && z->net != NULL)
		svg_port(svg, x + PORT_INSET, y, leaf->hue);
	svg_text(svg, x + PORT_INSET + 10, y + 14, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, leaf->iface);
	draw_leaf_text(pen, leaf, x, y, z->ifaces ? 33 : 19);
	svg_group_end(svg);
}

static void
draw_railed(struct pen *pen, const struct block *b, const struct leaf *leaf, int rail, int y, int height)
{
	const struct zone *z = b->zone;
	struct svg *svg = &pen->svg;
	int x = rail + z->stub, middle = y + height / 2;
	char d[64];

	begin_leaf(pen, leaf, true);
	if (leaf->port != NULL) {
		snprintf(d, sizeof(d), "M%d %dH%d", rail, middle, x);
		draw_path(pen, leaf->hue, d);
		if (leaf->port->net_side != NULL)
			svg_text(svg, rail + 8, middle - 4, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, clip(pen->s->arena, leaf->port->net_side, 24));
	}
	svg_rect(svg, x, y, z->card_width, height, 7, node_class(leaf->node));
	if (leaf->port != NULL)
		svg_port(svg, x, middle, leaf->hue);
	svg_text(svg, x + 12, y + 14, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, leaf->iface);
	draw_leaf_text(pen, leaf, x, y, z->ifaces ? 33 : 19);
	svg_group_end(svg);
}

static void
draw_row(struct pen *pen, const struct block *b, const struct leaf *leaf, int rail, int y, bool stripe)
{
	const struct zone *z = b->zone;
	struct svg *svg = &pen->svg;
	char d[64];

	begin_leaf(pen, leaf, false);
	if (stripe)
		svg_rect(svg, rail + 8, y, z->column_width - 8, ROW_HEIGHT, 3, "st");
	if (leaf->port != NULL) {
		snprintf(d, sizeof(d), "M%d %dh8", rail, y + 9);
		draw_path(pen, leaf->hue, d);
	}
	for (int f = 0; f < FIELDS; f++) {
		const char *text = zone_row_field(pen->s, leaf, f);
		enum style style = f == FIELD_NAME ? STYLE_ROW : f == FIELD_IFACE ? STYLE_IFACE : STYLE_ROW_ADDRESS;
		bool linked = f == FIELD_NAME && link_node(pen, leaf->node);

		svg_text(svg, rail + z->field[f], y + 13, style, f < FIELD_V4 ? SVG_NO_HUE : (int)leaf->hue, ANCHOR_START, text);
		if (linked)
			svg_link_end(svg);
	}
	svg_group_end(svg);
}

/* Networks have pages of their own where not all is drawn here. */
static bool
has_page(const struct scene *s, const struct picture_net *net)
{
	if (s->options->stem == NULL)
		return (false);
	return (s->options->view == PICTURE_OVERVIEW || (s->only != NULL && strcmp(s->only, net->name) != 0));
}

static void
draw_sum(struct pen *pen, const struct block *b, const struct summary *sum, int x, int y)
{
	const struct zone *z = b->zone;
	const struct leaf *leaf = &z->leaves.v[sum->first];
	struct svg *svg = &pen->svg;
	int bar = b->y + z->bar_y + z->bar_height;
	struct text t = { .arena = pen->s->arena };
	bool linked;
	char d[64];

	text_add(&t, sum->count);
	text_printf(&t, "\n%s", leaf->node->name);
	if (sum->n > 1)
		text_printf(&t, "\n%s", z->leaves.v[sum->first + sum->n - 1].node->name);
	if (sum->n == 1 && leaf->port != NULL)
		tell_port(&t, pen->s->picture, leaf->port);
	else if (sum->addresses != NULL)
		text_printf(&t, "\n%s", sum->addresses);
	svg_group_begin(svg, svg_id(svg, "j", key_of(leaf->node)), true, text_end(&t));
	snprintf(d, sizeof(d), "M%d %dV%d", x + PORT_INSET - 2, bar, y);
	if (z->net != NULL)
		draw_path(pen, leaf->hue, d);
	if (sum->n > 1) {
		svg_rect(svg, x + 8, y + 8, z->card_width, z->card_height, 8, "card");
		svg_rect(svg, x + 4, y + 4, z->card_width, z->card_height, 8, "card");
	}
	linked = z->net != NULL && has_page(pen->s, z->net);
	if (linked)
		svg_link_begin(svg, diagram_page_name(pen->s->arena, pen->s->options->stem, z->net->name, sum->first / PICTURE_PAGE_JAILS));
	svg_rect(svg, x, y, z->card_width, z->card_height, 8, sum->n > 1 ? "card" : node_class(leaf->node));
	if (z->net != NULL)
		svg_port(svg, x + PORT_INSET - 2, y, leaf->hue);
	svg_text(svg, x + 12, y + 22, STYLE_CARD, SVG_NO_HUE, ANCHOR_START, sum->count);
	svg_text(svg, x + 12, y + 38, STYLE_ROLE, SVG_NO_HUE, ANCHOR_START, sum->names);
	svg_text(svg, x + 12, y + 54, STYLE_ADDRESS, (int)leaf->hue, ANCHOR_START, sum->addresses);
	if (linked)
		svg_link_end(svg);
	svg_group_end(svg);
}

static void
draw_bar(struct pen *pen, const struct block *b)
{
	const struct zone *z = b->zone;
	struct svg *svg = &pen->svg;
	int x = b->x + BAR_INSET, y = b->y + z->bar_y, w = b->w - 2 * BAR_INSET;
	bool linked = z->net != NULL && has_page(pen->s, z->net);

	if (linked)
		svg_link_begin(svg, diagram_page_name(pen->s->arena, pen->s->options->stem, z->net->name, 0));
	svg_rect_hue(svg, x, y, w, z->bar_height, 5, "bar ", 'p', z->hue);
	for (size_t i = 1; i < z->bar.n; i++)
		if (z->bar.v[i].hue != z->hue)
			svg_rect_hue(svg, x + 4, y + BAR_HEIGHT - 2 + BAR_LINE * (int)(i - 1), w - 8, BAR_LINE - 1, 3, "bar ", 'p', z->bar.v[i].hue);
	for (size_t i = 0; i < z->bar.n || i == 0; i++) {
		const struct bar_line *line = z->bar.n > i ? &z->bar.v[i] : NULL;
		bool begun = false;

		if (i == 0 && z->title != NULL) {
			svg_text_begin(svg, x + 10, y + 15, STYLE_BAR, ANCHOR_START, z->title);
			svg_text_more(svg, 8, STYLE_BAR_NAME, z->note);
			begun = true;
		}
		if (line != NULL) {
			int left = x + 10 + (i == 0 ? 0 : z->bar_lead), top = y + 15 + BAR_LINE * (int)i;
			size_t k = 0;

			if (!begun && line->name != NULL)
				svg_text_begin(svg, left, top, STYLE_BAR_NAME, ANCHOR_START, line->name);
			else if (!begun && line->prefixes.n > 0)
				svg_text_begin(svg, left, top, STYLE_BAR_PREFIX, ANCHOR_START, line->prefixes.v[k++]);
			else if (begun)
				svg_text_more(svg, 12, STYLE_BAR_NAME, line->name);
			begun = begun || line->name != NULL || line->prefixes.n > 0;
			for (; k < line->prefixes.n; k++)
				svg_text_more(svg, 12, STYLE_BAR_PREFIX, line->prefixes.v[k]);
		}
		if (begun)
			svg_text_end(svg);
	}
	if (linked)
		svg_link_end(svg);
}

static void
draw_zone(struct pen *pen, const struct block *b)
{
	const struct zone *z = b->zone;
	struct svg *svg = &pen->svg;
	int bar = b->y + z->bar_y + z->bar_height;
	struct text t = { .arena = pen->s->arena };

	text_add(&t, z->net != NULL ? z->net->name : z->title);
	if (z->net != NULL && z->net->note != NULL)
		text_printf(&t, ", %s", z->net->note);
	text_printf(&t, ": %zu %s", z->leaves.n + b->lines[ABOVE].n + b->lines[BELOW].n + (z->cable != NULL),
	    z->net == NULL ? "nodes" : "ports");
	for (size_t i = 0; z->net != NULL && i < z->net->subnets.n; i++) {
		const struct picture_subnet *subnet = &pen->s->picture->subnets.v[z->net->subnets.v[i]];

		text_printf(&t, "\n%s", subnet->name == NULL ? "" : subnet->name);
		for (size_t k = 0; k < subnet->prefixes.n; k++)
			text_printf(&t, "%s%s", subnet->name == NULL && k == 0 ? "" : " ", subnet->prefixes.v[k]);
	}
	svg_group_begin(svg, svg_id(svg, "br", z->net != NULL ? z->net->name : "none"), true, text_end(&t));
	svg_rect_hue(svg, b->x, b->y, b->w, b->h, 10, "z ", 'z', z->hue);
	draw_bar(pen, b);
	for (size_t c = 0; c < z->columns; c++) {
		size_t first = c * z->rows, n = z->leaves.n - first < z->rows ? z->leaves.n - first : z->rows;
		int x = b->x + z->column_x[c], foot = 0;

		switch (z->mode) {
		case ZONE_DROP:
			draw_drop(pen, b, &z->leaves.v[c], x, bar + z->drop);
			continue;
		case ZONE_SUM:
			draw_sum(pen, b, &z->sums.v[c], x, bar + z->drop);
			continue;
		case ZONE_RAIL:
			foot = z->row_y[n - 1] + z->row_h[n - 1] / 2 + 2;
			break;
		case ZONE_ROWS:
			foot = 10 + (int)(n - 1) * ROW_HEIGHT + 11;
			break;
		}
		if (z->net != NULL)
			svg_rect_hue(svg, x - 2, bar - 2, 4, foot + 2, 2, "", 'p', z->hue);
		for (size_t i = 0; i < n; i++)
			if (z->mode == ZONE_RAIL)
				draw_railed(pen, b, &z->leaves.v[first + i], x, bar + z->row_y[i], z->row_h[i]);
			else
				draw_row(pen, b, &z->leaves.v[first + i], x, bar + 10 + (int)i * ROW_HEIGHT, i % 2 == 1);
	}
	svg_group_end(svg);
}

static int
upper_y(const struct scene *s, const struct line *line)
{
	const struct block *b = line->end[ABOVE];

	switch (b->kind) {
	case BLOCK_NICS:
		for (size_t i = 0; i < b->nics->boxes.n; i++)
			for (size_t k = 0; k < b->nics->boxes.v[i].lines.n; k++)
				if (b->nics->boxes.v[i].lines.v[k] == line)
					return (s->frame_y + NIC_STEP * b->nics->boxes.v[i].depth + NIC_HEIGHT / 2);
		break;
	case BLOCK_ZONE:
		return (b->y + b->zone->bar_y + b->zone->bar_height);
	case BLOCK_WIRE:
		return (b->wire->text != NULL ? b->y + b->h : b->y + b->h / 2);
	case BLOCK_CARD:
		return (b->node->kind == PICTURE_CABLE ? b->y + b->h / 2 : b->y + b->h);
	case BLOCK_COMB:
		break;
	}
	return (b->y + b->h);
}

static int
lower_y(const struct line *line)
{
	const struct block *b = line->end[BELOW];

	if (b->kind == BLOCK_ZONE)
		return (b->y + b->zone->bar_y);
	if (b->kind == BLOCK_WIRE)
		return (b->wire->text != NULL ? b->y : b->y + b->h / 2);
	if (b->kind == BLOCK_CARD && b->node->kind == PICTURE_CABLE)
		return (b->y + b->h / 2);
	return (b->y);
}

/* From x down to a track, along it, and down to where the next piece begins. */
static void
add_turn(struct text *t, int from, int to, int y)
{
	int r = min(abs(to - from) / 2, CORNER), sign = to > from ? 1 : -1;

	text_printf(t, "V%dq0 %d %d %dH%dq%d 0 %d %d", y - r, r, sign * r, r, to - sign * r, sign * r, sign * r, r);
}

/* Lines that were drawn before end a little before this one where it crosses them. */
static void
draw_halo(struct pen *pen, int from, int to, int y)
{
	int sign = to > from ? 1 : -1;

	if (abs(to - from) > 4 * CORNER)
		text_printf(&pen->svg.out, "<path class=\"halo\" d=\"M%d %dH%d\"/>\n", from + sign * CORNER, y, to - sign * CORNER);
}

static void
draw_line(struct pen *pen, const struct line *line)
{
	int from = line_x(line, ABOVE), to = line_x(line, BELOW), top = upper_y(pen->s, line), foot = lower_y(line), row = line->end[ABOVE]->row;
	struct text d = { .arena = pen->s->arena };
	const struct block *b;

	text_printf(&d, "M%d %d", from, top);
	if (line->track >= 0) {
		int bend = line->second >= 0 ? line->bend : to;

		draw_halo(pen, from, bend, track_y(pen->s, row, line->track));
		add_turn(&d, from, bend, track_y(pen->s, row, line->track));
		if (line->second >= 0) {
			draw_halo(pen, bend, to, track_y(pen->s, row, line->second));
			add_turn(&d, bend, to, track_y(pen->s, row, line->second));
		}
	}
	text_printf(&d, "V%d", foot);
	draw_path(pen, line->hue, text_end(&d));
	if (line->label == NULL)
		return;
	/* The interface's name stands at the bar, right of the line unless the bar ends there. */
	b = line->end[BELOW];
	if (b->kind == BLOCK_ZONE) {
		bool flip = line->at[BELOW] + LABEL_GAP + line->label_width > b->w - BAR_INSET;

		svg_text(&pen->svg, to + (flip ? -LABEL_GAP : LABEL_GAP), foot - 5, STYLE_IFACE, SVG_NO_HUE, flip ? ANCHOR_END : ANCHOR_START,
		    line->label);
	} else if (line->end[ABOVE]->kind == BLOCK_ZONE)
		svg_text(&pen->svg, from + LABEL_GAP, top + 14, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, line->label);
}

static void
draw_section(struct pen *pen, const struct block *b, enum side side, int top, int bottom)
{
	for (size_t i = 0; i < b->lines[side].n; i++) {
		const struct line *line = b->lines[side].v[i];
		int x = line_x(line, side == ABOVE ? BELOW : ABOVE), n = (int)line->addresses.n, y;

		if (line->port == NULL)
			continue;
		svg_port(&pen->svg, x, side == ABOVE ? top : bottom, line->hue);
		x -= line->aside;
		y = side == ABOVE ? top + 15 : bottom - 10 - LINE_TEXT * (n - (line->iface == NULL));
		if (side == ABOVE && line->iface != NULL) {
			svg_text(&pen->svg, x, y, STYLE_IFACE, SVG_NO_HUE, ANCHOR_MIDDLE, line->iface);
			y += LINE_TEXT;
		}
		for (int k = 0; k < n; k++, y += LINE_TEXT)
			svg_text(&pen->svg, x, y, STYLE_ADDRESS, (int)line->hue, ANCHOR_MIDDLE, line->addresses.v[k]);
		if (side == BELOW)
			svg_text(&pen->svg, x, y, STYLE_IFACE, SVG_NO_HUE, ANCHOR_MIDDLE, line->iface);
	}
}

static void
draw_card(struct pen *pen, const struct block *b)
{
	struct svg *svg = &pen->svg;
	const struct picture_node *node = b->node;
	const struct card *c = b->card;
	struct text t = { .arena = pen->s->arena };
	int y = b->y + c->top;
	bool linked;

	tell_node(&t, node);
	for (size_t i = 0; i < pen->s->picture->ports.n; i++)
		if (pen->s->picture->ports.v[i].node != PICTURE_NONE && &pen->s->picture->nodes.v[pen->s->picture->ports.v[i].node] == node)
			tell_port(&t, pen->s->picture, &pen->s->picture->ports.v[i]);
	tell_more(&t, node);
	svg_group_begin(svg, svg_id(svg, "n", key_of(node)), pen->s->options->anchors == NULL, text_end(&t));
	for (int side = ABOVE; side <= BELOW; side++)
		for (size_t i = 0; i < b->lines[side].n; i++)
			draw_line(pen, b->lines[side].v[i]);
	if (node->kind == PICTURE_CABLE) {
		if (b->lines[ABOVE].n > 1 || b->lines[BELOW].n > 1)
			svg_rect_hue(svg, b->x, b->y + 2, b->w, 4, 2, "", 'p', b->lines[b->lines[ABOVE].n > 1 ? ABOVE : BELOW].v[0]->hue);
		svg_group_end(svg);
		return;
	}
	svg_rect(svg, b->x, b->y, b->w, b->h, 9, node_class(node));
	if (c->top > LINE_TEXT)
		text_printf(&svg->out, "<path class=\"sep\" d=\"M%d %dh%d\"/>\n", b->x + 10, y, b->w - 20);
	if (c->bottom > LINE_TEXT)
		text_printf(&svg->out, "<path class=\"sep\" d=\"M%d %dh%d\"/>\n", b->x + 10, y + c->middle, b->w - 20);
	draw_icon(pen, node, b->x + CARD_ICON, y + 6);
	linked = link_node(pen, node);
	svg_text_begin(svg, b->x + (has_icon(node) ? CARD_NAME : CARD_ICON), y + 19, STYLE_NODE, ANCHOR_START, clip(pen->s->arena, node->name, NODE_TEXT_MOST));
	if (node->role != NULL)
		svg_text_more(svg, 8, STYLE_ROLE, clip(pen->s->arena, node->role, NODE_TEXT_MOST));
	svg_text_end(svg);
	if (linked)
		svg_link_end(svg);
	for (size_t i = 0; i < node->routes.n; i++)
		svg_text(svg, b->x + (has_icon(node) ? CARD_NAME : CARD_ICON), y + 33 + LINE_TEXT * (int)i, STYLE_ROLE, SVG_NO_HUE, ANCHOR_START,
		    node->routes.v[i]);
	draw_section(pen, b, ABOVE, b->y, b->y + c->top);
	draw_section(pen, b, BELOW, y + c->middle, b->y + b->h);
	svg_group_end(svg);
}

static void
draw_cloud(struct pen *pen, const struct nics *n, int x, int y)
{
	int more = n->cloud - CLOUD_WIDTH;

	text_printf(&pen->svg.out,
	    "<path class=\"cl\" d=\"M%d %dh%da14 14 0 0 0 0 -28a16 16 0 0 0 -14 -8a%d 22 0 0 0 -%d -2a18 18 0 0 0 -28 8a15 15 0 0 0 0 30z\"/>\n",
	    x - (n->cloud - 32) / 2, y, 80 + more, 22 + more / 2, 38 + more);
	svg_text(&pen->svg, x, y - 10, STYLE_CLOUD, SVG_NO_HUE, ANCHOR_MIDDLE, n->beyond);
}

/* From a NIC down to one that is made of it. */
static void
draw_made_of(struct pen *pen, const struct block *b)
{
	const struct nics *n = b->nics;
	char d[96];

	for (size_t i = 0; i < n->boxes.n; i++) {
		const struct nic_box *box = &n->boxes.v[i];

		for (size_t k = 0; k < pen->s->picture->nics.v[box->nic].on.n; k++)
			for (size_t m = 0; m < n->boxes.n; m++) {
				const struct nic_box *parent = &n->boxes.v[m];
				int from = b->x + parent->x, to = b->x + box->x, top = pen->s->frame_y + NIC_STEP * parent->depth + NIC_HEIGHT / 2;
				int foot = pen->s->frame_y + NIC_STEP * box->depth - NIC_HEIGHT / 2;

				if (parent->nic != pen->s->picture->nics.v[box->nic].on.v[k])
					continue;
				if (from == to)
					snprintf(d, sizeof(d), "M%d %dV%d", from, top, foot);
				else
					snprintf(d, sizeof(d), "M%d %dV%dH%dV%d", from, top, foot - 7, to, foot);
				draw_path(pen, PICTURE_HUES, d);
			}
	}
}

static void
draw_far(struct pen *pen, const struct block *b, const struct far_card *far)
{
	struct svg *svg = &pen->svg;
	const struct picture_node *node = &pen->s->picture->nodes.v[far->port->node];
	unsigned hue = port_hue(pen->s->picture, far->port);
	struct leaf leaf = { .node = node, .port = far->port, .hue = hue, .addresses = far->addresses };
	int x = b->x + far->x, y = pen->s->frame_y - FAR_FOOT - far->h;
	char d[64];

	begin_leaf(pen, &leaf, true);
	snprintf(d, sizeof(d), "M%d %dV%d", x + far->w / 2, y + far->h, pen->s->frame_y - FAR_BUS);
	draw_path(pen, hue, d);
	svg_rect(svg, x, y, far->w, far->h, 7, node_class(node));
	svg_port(svg, x + far->w / 2, y + far->h, hue);
	draw_leaf_text(pen, &leaf, x, y, 20);
	svg_group_end(svg);
}

static void
draw_nics(struct pen *pen, const struct block *b)
{
	struct svg *svg = &pen->svg;
	const struct nics *n = b->nics;
	int frame = pen->s->frame_y, middle = b->x + n->middle, left = middle, right = middle;
	const struct nic_box *only = NULL;
	struct text t = { .arena = pen->s->arena };
	size_t tops = 0;
	char d[96];

	for (size_t i = 0; i < n->boxes.n; i++) {
		const struct nic_box *box = &n->boxes.v[i];

		text_printf(&t, "%s%s", t.n > 0 ? "\n" : "", pen->s->picture->nics.v[box->nic].name);
		if (pen->s->picture->nics.v[box->nic].note != NULL)
			text_printf(&t, ", %s", pen->s->picture->nics.v[box->nic].note);
		if (pen->s->picture->nics.v[box->nic].nat)
			text_add(&t, ", NAT");
		if (box->depth == 0) {
			tops++;
			only = box;
		}
	}
	if (n->beyond != NULL)
		text_printf(&t, "\n%s", n->beyond);
	svg_group_begin(svg, svg_id(svg, "nic", pen->s->picture->nics.v[only == NULL ? 0 : only->nic].name), true, text_end(&t));
	for (size_t i = 0; i < b->lines[BELOW].n; i++)
		draw_line(pen, b->lines[BELOW].v[i]);
	draw_made_of(pen, b);
	/* From the cloud to each NIC in the frame; computers beyond hang on the same line. */
	for (size_t i = 0; i < n->boxes.n; i++) {
		const struct nic_box *box = &n->boxes.v[i];
		int x = b->x + box->x;

		if (box->depth != 0 || (n->beyond == NULL && n->far.n == 0))
			continue;
		if (x == middle)
			snprintf(d, sizeof(d), "M%d %dV%d", x, frame - (n->beyond != NULL ? CLOUD_FOOT : FAR_BUS), frame - NIC_HEIGHT / 2);
		else
			snprintf(d, sizeof(d), "M%d %dV%dH%dV%d", middle, frame - (n->beyond != NULL ? CLOUD_FOOT : FAR_BUS), frame - FAR_BUS, x,
			    frame - NIC_HEIGHT / 2);
		draw_path(pen, tops == 1 && box->lines.n == 1 ? box->lines.v[0]->hue : PICTURE_HUES, d);
	}
	for (size_t i = 0; i < n->far.n; i++) {
		int x = b->x + n->far.v[i].x + n->far.v[i].w / 2;

		left = min(left, x);
		right = max(right, x);
	}
	if (left < right) {
		snprintf(d, sizeof(d), "M%d %dH%d", left, frame - FAR_BUS, right);
		draw_path(pen, port_hue(pen->s->picture, n->far.v[0].port), d);
	}
	for (size_t i = 0; i < n->far.n; i++)
		draw_far(pen, b, &n->far.v[i]);
	if (n->beyond != NULL)
		draw_cloud(pen, n, middle, frame - CLOUD_FOOT);
	for (size_t i = 0; i < n->boxes.n; i++) {
		const struct nic_box *box = &n->boxes.v[i];
		const struct picture_nic *nic;
		int y = frame + NIC_STEP * box->depth;

		nic = &pen->s->picture->nics.v[box->nic];
		svg_rect(svg, b->x + box->x - box->w / 2, y - NIC_HEIGHT / 2, box->w, NIC_HEIGHT, 5, "nic");
		if (nic->note == NULL && !nic->nat)
			svg_text(svg, b->x + box->x, y + 4, STYLE_NIC, SVG_NO_HUE, ANCHOR_MIDDLE, nic->name);
		else {
			svg_text_begin(svg, b->x + box->x, y + 4, STYLE_NIC, ANCHOR_MIDDLE, nic->name);
			svg_text_more(svg, 6, STYLE_NIC_NOTE, nic->note);
			svg_text_more(svg, 6, STYLE_NIC_NOTE, nic->nat ? "NAT" : NULL);
			svg_text_end(svg);
		}
	}
	svg_group_end(svg);
}

static void
draw_wire(struct pen *pen, const struct block *b)
{
	struct svg *svg = &pen->svg;
	const struct wire *w = b->wire;

	if (w->net == NULL || (w->text == NULL && b->lines[ABOVE].n < 2))
		return;
	svg_group_begin(svg, svg_id(svg, "net", w->net->name == NULL ? "" : w->net->name), true, w->net->name == NULL ? "cable" : w->net->name);
	if (w->text == NULL)
		svg_rect_hue(svg, b->x, b->y + 2, b->w, 4, 2, "", 'p', w->hue);
	else {
		svg_rect_hue(svg, b->x, b->y, b->w, b->h, 10, "bar ", 'p', w->hue);
		svg_text(svg, b->x + b->w / 2, b->y + 14, STYLE_BAR_NAME, SVG_NO_HUE, ANCHOR_MIDDLE, w->text);
	}
	svg_group_end(svg);
}

static void
draw_comb(struct pen *pen, const struct block *b)
{
	const struct comb *c = b->comb;
	const struct scene *s = pen->s;
	struct svg *svg = &pen->svg;
	int left, right;
	char d[96];

	for (size_t i = 0; i < c->zones.n; i++) {
		c->zones.v[i]->x += b->x;
		c->zones.v[i]->y += b->y;
		draw_zone(pen, c->zones.v[i]);
	}
	svg_group_begin(svg, svg_id(svg, "comb", b->lines[ABOVE].v[0]->end[ABOVE]->node->name), false,
	    arena_printf(s->arena, "%s on %zu networks", b->lines[ABOVE].v[0]->end[ABOVE]->node->name, c->zones.n));
	left = right = line_x(b->lines[ABOVE].v[0], BELOW);
	for (size_t i = 0; i < c->columns; i++) {
		const struct block *last = c->zones.v[(i + 1) * c->rows > c->zones.n ? c->zones.n - 1 : (i + 1) * c->rows - 1];
		int x = b->x + c->rail_x[i];

		left = min(left, x);
		right = max(right, x);
		snprintf(d, sizeof(d), "M%d %dV%d", x, b->y, last->y + last->zone->bar_y + BAR_HEIGHT / 2);
		draw_path(pen, PICTURE_HUES, d);
	}
	if (left < right) {
		snprintf(d, sizeof(d), "M%d %dH%d", left, b->y, right);
		draw_path(pen, PICTURE_HUES, d);
	}
	for (size_t i = 0; i < c->zones.n; i++) {
		const struct block *zone = c->zones.v[i];
		const struct line *line = zone->zone->cable;
		int x = b->x + c->rail_x[i / c->rows], y = zone->y + zone->zone->bar_y + BAR_HEIGHT / 2;

		snprintf(d, sizeof(d), "M%d %dH%d", x, y, zone->x + BAR_INSET);
		draw_path(pen, line->hue, d);
		svg_text(svg, x + LABEL_GAP, y - 5, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START,
		    pair_name(s->arena, line->port->net_side, line->port->node_side));
		for (size_t k = 0; k < line->addresses.n; k++)
			svg_text(svg, x + LABEL_GAP, y + 13 + 13 * (int)k, STYLE_ROW_ADDRESS, (int)line->hue, ANCHOR_START, line->addresses.v[k]);
	}
	svg_group_end(svg);
}

struct legend_item { enum { ITEM_BAR, ITEM_PORT, ITEM_CARD } kind; const char *class, *text; };

static bool
has_node(const struct scene *s, enum picture_node_kind kind, bool router)
{
	for (size_t i = 0; i < s->picture->nodes.n; i++)
		if (s->picture->nodes.v[i].kind == kind && s->picture->nodes.v[i].router == router)
			return (true);
	return (false);
}

static size_t
legend_items(const struct scene *s, struct legend_item item[8])
{
	bool l3 = s->options->view == PICTURE_L3, pairs = false, netgraph = false;
	size_t n = 0;

	for (size_t i = 0; i < s->picture->ports.n && !pairs; i++)
		pairs = s->picture->ports.v[i].net_side != NULL && s->picture->ports.v[i].node_side != NULL &&
		    strncmp(s->picture->ports.v[i].net_side, "epair", 5) == 0;
	for (size_t i = 0; i < s->picture->nets.n; i++)
		netgraph |= s->picture->nets.v[i].kind == PICTURE_NETGRAPH;
	if (s->picture->nets.n > 0)
		item[n++] = (struct legend_item){ ITEM_BAR, "", l3 ? "subnet" : netgraph ? "bridge, netgraph bridge" : "bridge" };
	if (pairs)
		item[n++] = (struct legend_item){ ITEM_PORT, "", "epair (…a on the bridge, …b in the jail)" };
	if (has_node(s, PICTURE_JAIL, false))
		item[n++] = (struct legend_item){ ITEM_CARD, "card", "jail" };
	if (has_node(s, PICTURE_JAIL, true))
		item[n++] = (struct legend_item){ ITEM_CARD, "dev", "router jail" };
	if (has_node(s, PICTURE_CLASSIC, false))
		item[n++] = (struct legend_item){ ITEM_CARD, "card old", "classic jail" };
	if (has_node(s, PICTURE_HOST, false) || has_node(s, PICTURE_HOST, true))
		item[n++] = (struct legend_item){ ITEM_CARD, "host", "host" };
	if (has_node(s, PICTURE_MACHINE, false) || has_node(s, PICTURE_MACHINE, true))
		item[n++] = (struct legend_item){ ITEM_CARD, "card far", "machine, not configured here" };
	return (n);
}

int
legend(const struct scene *s, struct svg *svg, int y)
{
	struct legend_item item[8];
	size_t n = legend_items(s, item);
	int x = MARGIN + 4;

	for (size_t i = 0; i < n; i++) {
		int width = 32 + style_width(STYLE_LEGEND, item[i].text);

		if (i > 0 && x + width > s->width - MARGIN) {
			x = MARGIN + 4;
			y += LEGEND_LINE;
		}
		if (svg != NULL) {
			switch (item[i].kind) {
			case ITEM_BAR:
				svg_rect_hue(svg, x, y - 5, 26, 10, 3, "bar ", 'p', PICTURE_HUES);
				break;
			case ITEM_PORT:
				text_printf(&svg->out, "<path class=\"e e%d\" d=\"M%d %dh24\"/>\n", PICTURE_HUES, x, y);
				svg_port(svg, x + 24, y, PICTURE_HUES);
				break;
			case ITEM_CARD:
				svg_rect(svg, x, y - 7, 24, 14, 4, item[i].class);
				break;
			}
			svg_text(svg, x + 32, y + 4, STYLE_LEGEND, SVG_NO_HUE, ANCHOR_START, item[i].text);
		}
		x += width + LEGEND_GAP;
	}
	return (y);
}

/* Ways to the other pages, below the legend. */
static void
draw_ways(struct pen *pen)
{
	const struct scene *s = pen->s;
	struct { const char *text, *href; } way[3];
	size_t n = 0;
	int x = MARGIN + 4;

	if (s->only == NULL || s->options->stem == NULL)
		return;
	way[n].text = "overview";
	way[n++].href = arena_printf(s->arena, "%s.svg", s->options->stem);
	if (s->options->page > 0) {
		way[n].text = arena_printf(s->arena, "page %zu", s->options->page);
		way[n++].href = diagram_page_name(s->arena, s->options->stem, s->only, s->options->page - 1);
	}
	if (s->options->page + 1 < s->pages) {
		way[n].text = arena_printf(s->arena, "page %zu of %zu", s->options->page + 2, s->pages);
		way[n++].href = diagram_page_name(s->arena, s->options->stem, s->only, s->options->page + 1);
	}
	for (size_t i = 0; i < n; i++) {
		svg_link_begin(&pen->svg, way[i].href);
		svg_text(&pen->svg, x, s->height - MARGIN + 4, STYLE_WAY, SVG_NO_HUE, ANCHOR_START, way[i].text);
		svg_link_end(&pen->svg);
		x += style_width(STYLE_WAY, way[i].text) + LEGEND_GAP;
	}
}

static const char *
plural(struct arena *a, size_t n, const char *one, const char *many)
{
	return (arena_printf(a, "%zu %s", n, n == 1 ? one : many));
}

static const char *
describe(const struct scene *s)
{
	const struct picture *p = s->picture;
	struct text t = { .arena = s->arena };
	size_t routers = 0, machines = 0, nets = 0;

	for (size_t i = 0; i < p->nodes.n; i++) {
		routers += p->nodes.v[i].router;
		machines += p->nodes.v[i].kind == PICTURE_MACHINE;
	}
	for (size_t i = 0; i < p->nets.n; i++)
		nets += p->nets.v[i].kind != PICTURE_WIRE;
	text_printf(&t, "Host %s: %s, %s", p->host == NULL ? "without a name" : p->host, plural(s->arena, nets, "network", "networks"),
	    plural(s->arena, s->jails, "jail", "jails"));
	if (routers > 0)
		text_printf(&t, ", %s", plural(s->arena, routers, "router", "routers"));
	if (machines > 0)
		text_printf(&t, ", %s", plural(s->arena, machines, "machine", "machines"));
	for (size_t i = 0; i < p->nets.n && i < 20; i++) {
		const struct picture_net *net = &p->nets.v[i];
		size_t ports = 0;

		for (size_t k = 0; k < p->ports.n; k++)
			ports += p->ports.v[k].net == i && p->ports.v[k].node != PICTURE_NONE;
		if (net->kind != PICTURE_WIRE)
			text_printf(&t, "; %s joins %s", net->name, plural(s->arena, ports, "node", "nodes"));
	}
	text_add(&t, ".");
	return (text_end(&t));
}

static unsigned
used_hues(const struct scene *s)
{
	unsigned used = 1U << PICTURE_HUES;

	for (size_t i = 0; i < s->picture->subnets.n; i++)
		used |= 1U << hue_of(&s->picture->subnets.v[i]);
	return (used);
}

static void
draw_header(struct pen *pen)
{
	const struct picture *p = pen->s->picture;
	struct svg *svg = &pen->svg;
	int y = pen->s->frame_y + 24;

	if (p->host == NULL) {
		svg_text(svg, pen->s->header_x, y, STYLE_OS, SVG_NO_HUE, ANCHOR_START, p->os == NULL ? NULL : clip(pen->s->arena, p->os, 64));
		return;
	}
	svg_text_begin(svg, pen->s->header_x, y, STYLE_TITLE, ANCHOR_START, clip(pen->s->arena, p->host, 64));
	svg_text_more(svg, 10, STYLE_OS, p->os == NULL ? NULL : clip(pen->s->arena, p->os, 64));
	svg_text_end(svg);
}

const char *
draw(struct scene *s, size_t *len)
{
	static const char *const views[] = {
		[PICTURE_FULL] = "", [PICTURE_L2] = ", layer 2", [PICTURE_L3] = ", layer 3", [PICTURE_OVERVIEW] = ", overview", [PICTURE_ONE_NET] = "",
	};
	struct pen pen = { .s = s };
	struct svg *svg = &pen.svg;
	const char *prefix, *net = "";

	svg_init(svg, s->arena, s->options->id_prefix);
	prefix = svg->id_prefix;
	if (s->only != NULL)
		net = arena_printf(s->arena, ", %s", s->only);
	if (s->pages > 1)
		net = arena_printf(s->arena, "%s, page %zu of %zu", net, s->options->page + 1, s->pages);
	text_printf(&svg->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
	    "aria-labelledby=\"%st %sd\">\n<title id=\"%st\">Network of ", s->width, s->height, s->width, s->height, prefix, prefix, prefix);
	svg_escape(&svg->out, s->picture->host == NULL ? "the host" : s->picture->host);
	text_add(&svg->out, views[s->options->view]);
	svg_escape(&svg->out, net);
	text_printf(&svg->out, "</title>\n<desc id=\"%sd\">", prefix);
	svg_escape(&svg->out, describe(s));
	text_add(&svg->out, "</desc>\n");
	theme_write(&svg->out, used_hues(s));
	svg_rect(svg, 0, 0, s->width, s->height, 0, "bg");
	svg_rect(svg, s->frame_x, s->frame_y, s->frame_w, s->frame_h, 14, "frame");
	draw_header(&pen);
	for (size_t row = 1; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++)
			if (s->row[row].v[i]->kind == BLOCK_ZONE)
				draw_zone(&pen, s->row[row].v[i]);
			else if (s->row[row].v[i]->kind == BLOCK_COMB)
				draw_comb(&pen, s->row[row].v[i]);
	for (size_t row = 0; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++)
			if (s->row[row].v[i]->kind == BLOCK_NICS)
				draw_nics(&pen, s->row[row].v[i]);
			else if (s->row[row].v[i]->kind == BLOCK_CARD)
				draw_card(&pen, s->row[row].v[i]);
			else if (s->row[row].v[i]->kind == BLOCK_WIRE)
				draw_wire(&pen, s->row[row].v[i]);
	legend(s, svg, s->legend_y);
	draw_ways(&pen);
	text_add(&svg->out, "</svg>\n");
	*len = svg->out.n;
	return (text_end(&svg->out));
}
