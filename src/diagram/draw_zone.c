/* SPDX-License-Identifier: BSD-2-Clause */
/* Networks: the zone, its bar, and the jails that stand in it as cards, rows or sums. */
#include <stdio.h>
#include <string.h>

#include "diagram/draw.h"
#include "diagram/theme.h"

static void
draw_drop(struct pen *pen, const struct block *b, const struct pile *pile, int x, int y)
{
	const struct leaf *leaf = &b->zone->leaves.v[pile->first];
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
	svg_rect(svg, x, y, pile->w, pile->h, 7, node_class(leaf->node));
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
			svg_text(svg, rail + LABEL_GAP, middle - 4, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, clip(pen->s->arena, leaf->port->net_side, 24));
	}
	svg_rect(svg, x, y, z->card_width, height, 7, node_class(leaf->node));
	if (leaf->port != NULL)
		svg_port(svg, x, middle, leaf->hue);
	svg_text(svg, x + 12, y + 14, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, leaf->iface);
	draw_leaf_text(pen, leaf, x, y, z->ifaces ? 33 : 19);
	svg_group_end(svg);
}

/* The fields of a row are counted from x; stripe: how wide its ground is, 0: it has none. In a stack no line of its own leads to it. */
static void
draw_row(struct pen *pen, const struct leaf *leaf, const int *field, int x, int y, int stripe, bool stacked)
{
	struct svg *svg = &pen->svg;
	char d[64];

	begin_leaf(pen, leaf, false);
	if (stripe > 0)
		svg_rect(svg, x + 8, y, stripe, ROW_HEIGHT, 3, "st");
	if (leaf->port != NULL && !stacked) {
		snprintf(d, sizeof(d), "M%d %dh8", x, y + 9);
		draw_path(pen, leaf->hue, d);
	}
	for (int f = 0; f < FIELDS; f++) {
		const char *text = zone_row_field(pen->s, leaf, f, stacked);
		enum style style = f == FIELD_NAME ? STYLE_ROW : f == FIELD_IFACE ? STYLE_IFACE : STYLE_ROW_ADDRESS;
		bool linked = f == FIELD_NAME && link_node(pen, leaf->node);

		svg_text(svg, x + field[f], y + 13, style, f < FIELD_V4 ? SVG_NO_HUE : (int)leaf->hue, ANCHOR_START, text);
		if (linked)
			svg_link_end(svg);
	}
	svg_group_end(svg);
}

/* A card of the size with two behind it. */
static void
draw_cards(struct pen *pen, int x, int y, int w, int h)
{
	for (int behind = 2; behind >= 0; behind--)
		svg_rect(&pen->svg, x + STACK_BEHIND * behind, y + STACK_BEHIND * behind, w, h, 8, "card");
}

static void
draw_stack(struct pen *pen, const struct block *b, const struct pile *pile, int x, int y)
{
	const struct leaf *v = &b->zone->leaves.v[pile->first];
	struct svg *svg = &pen->svg;
	int bar = b->y + b->zone->bar_y + b->zone->bar_height, w = pile->w - 2 * STACK_BEHIND;
	char d[64];

	svg_group_begin(svg, svg_id(svg, "s", key_of(v->node)), "jails", pen->s->options->anchors == NULL,
	    arena_printf(pen->s->arena, "%s, %s", pile->names, pile->count));
	snprintf(d, sizeof(d), "M%d %dV%d", x + PORT_INSET, bar, y);
	draw_path(pen, v->hue, d);
	svg_text(svg, x + PORT_INSET + LABEL_GAP, bar + 14, STYLE_IFACE, SVG_NO_HUE, ANCHOR_START, pile->label);
	draw_cards(pen, x, y, w, pile->h - 2 * STACK_BEHIND);
	svg_port(svg, x + PORT_INSET, y, v->hue);
	svg_text_begin(svg, x + 12, y + 22, STYLE_CARD, ANCHOR_START, pile->names);
	svg_text_more(svg, 8, STYLE_ROLE, pile->count);
	svg_text_end(svg);
	for (size_t i = 0; i < v->node->routes.n; i++)
		svg_text(svg, x + 12, y + 36 + LINE_TEXT * (int)i, STYLE_ROLE, SVG_NO_HUE, ANCHOR_START, v->node->routes.v[i]);
	y += STACK_HEAD + LINE_TEXT * (int)v->node->routes.n;
	text_printf(&svg->out, "<path class=\"sep\" d=\"M%d %dh%d\"/>\n", x + 10, y - 4, w - 20);
	for (size_t i = 0; i < pile->n; i++) {
		size_t column = i / pile->rows, row = i % pile->rows;

		draw_row(pen, &v[i], pile->field, x + pile->field[FIELDS] * (int)column, y + ROW_HEIGHT * (int)row,
		    row % 2 == 0 ? pile->field[FIELDS] - 16 : 0, true);
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
	svg_group_begin(svg, svg_id(svg, "j", key_of(leaf->node)), NULL, true, text_end(&t));
	snprintf(d, sizeof(d), "M%d %dV%d", x + PORT_INSET - 2, bar, y);
	if (z->net != NULL)
		draw_path(pen, leaf->hue, d);
	linked = z->net != NULL && has_page(pen->s, z->net);
	if (linked)
		svg_link_begin(svg, diagram_page_name(pen->s->arena, pen->s->options->stem, z->net->name, sum->first / PICTURE_PAGE_JAILS),
		    NULL);
	if (sum->n > 1)
		draw_cards(pen, x, y, z->card_width, z->card_height);
	else
		svg_rect(svg, x, y, z->card_width, z->card_height, 8, node_class(leaf->node));
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
		svg_link_begin(svg, diagram_page_name(pen->s->arena, pen->s->options->stem, z->net->name, 0), z->net->name);
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

void
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
	svg_group_begin(svg, svg_id(svg, "br", z->net != NULL ? z->net->name : "none"), "network", true, text_end(&t));
	svg_rect_hue(svg, b->x, b->y, b->w, b->h, 10, "z ", 'z', z->hue);
	draw_bar(pen, b);
	for (size_t c = 0; c < z->columns; c++) {
		size_t first = c * z->rows, n = z->leaves.n - first < z->rows ? z->leaves.n - first : z->rows;
		int x = b->x + z->column_x[c], foot = 0;

		switch (z->mode) {
		case ZONE_DROP:
			if (z->piles.v[c].n > 1)
				draw_stack(pen, b, &z->piles.v[c], x, bar + z->drop);
			else
				draw_drop(pen, b, &z->piles.v[c], x, bar + z->drop);
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
				draw_row(pen, &z->leaves.v[first + i], z->field, x, bar + 10 + (int)i * ROW_HEIGHT, i % 2 == 1 ? z->column_width - 8 : 0, false);
	}
	svg_group_end(svg);
}
