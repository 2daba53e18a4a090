/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands between networks: lines, core cards, NICs and what is beyond them, cables, combs. */
#include <stdio.h>
#include <stdlib.h>

#include "diagram/draw.h"
#include "diagram/theme.h"

enum {
	CORNER = 7,             /* radius of a line's turn */
	CARD_ICON = 12,
	CLOUD_FOOT = 44,        /* from the frame up to the cloud */
};

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

void
draw_card(struct pen *pen, const struct block *b)
{
	struct svg *svg = &pen->svg;
	const struct picture *p = pen->s->picture;
	const struct picture_node *node = b->node;
	const struct card *c = b->card;
	struct text t = { .arena = pen->s->arena };
	strings own = { 0, 0, NULL };
	int y = b->y + c->top, left = b->x + (has_icon(node) ? CARD_NAME : CARD_ICON);
	bool linked;

	tell_node(&t, node);
	for (size_t i = pen->s->first_port[node - p->nodes.v]; i != PICTURE_NONE; i = pen->s->next_port[i])
		tell_port(&t, p, &p->ports.v[i]);
	tell_more(&t, node);
	svg_group_begin(svg, svg_id(svg, "n", key_of(node)), node_word(node), pen->s->options->anchors == NULL, text_end(&t));
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
	svg_text_begin(svg, left, y + 19, STYLE_NODE, ANCHOR_START, clip(pen->s->arena, node->name, NODE_TEXT_MOST));
	if (node->role != NULL)
		svg_text_more(svg, 8, STYLE_ROLE, clip(pen->s->arena, node->role, NODE_TEXT_MOST));
	svg_text_end(svg);
	if (linked)
		svg_link_end(svg);
	node_own(pen->s->arena, node, &own);
	for (size_t i = 0; i < own.n; i++)
		svg_text(svg, left, y + 33 + LINE_TEXT * (int)i, STYLE_ADDRESS, PICTURE_HUES, ANCHOR_START, own.v[i]);
	for (size_t i = 0; i < node->routes.n; i++)
		svg_text(svg, left, y + 33 + LINE_TEXT * (int)(own.n + i), STYLE_ROLE, SVG_NO_HUE, ANCHOR_START, node->routes.v[i]);
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

/* A line of its own falls from the middle of this NIC. */
static bool
has_middle_line(const struct nic_box *box)
{
	for (size_t i = 0; i < box->lines.n; i++)
		if (box->lines.v[i]->at[ABOVE] == box->x)
			return (true);
	return (false);
}

/* From a NIC, or from the line that falls from it, down to one that is made of it. */
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
				else if (has_middle_line(parent))
					snprintf(d, sizeof(d), "M%d %dH%dV%d", from, foot - 7, to, foot);
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

void
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
	svg_group_begin(svg, svg_id(svg, "nic", pen->s->picture->nics.v[only == NULL ? 0 : only->nic].name), "interface", true, text_end(&t));
	for (size_t i = 0; i < b->lines[BELOW].n; i++)
		if (b->lines[BELOW].v[i]->end[BELOW]->kind != BLOCK_CARD)
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

void
draw_wire(struct pen *pen, const struct block *b)
{
	struct svg *svg = &pen->svg;
	const struct wire *w = b->wire;

	if (w->net == NULL || (w->text == NULL && b->lines[ABOVE].n < 2))
		return;
	svg_group_begin(svg, svg_id(svg, "net", w->net->name == NULL ? "" : w->net->name), "cable", true, w->net->name == NULL ? "cable" : w->net->name);
	if (w->text == NULL)
		svg_rect_hue(svg, b->x, b->y + 2, b->w, 4, 2, "", 'p', w->hue);
	else {
		svg_rect_hue(svg, b->x, b->y, b->w, b->h, 10, "bar ", 'p', w->hue);
		svg_text(svg, b->x + b->w / 2, b->y + 14, STYLE_BAR_NAME, SVG_NO_HUE, ANCHOR_MIDDLE, w->text);
	}
	svg_group_end(svg);
}

void
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
	svg_group_begin(svg, svg_id(svg, "comb", b->lines[ABOVE].v[0]->end[ABOVE]->node->name), NULL, false,
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
