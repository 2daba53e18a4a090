/* SPDX-License-Identifier: BSD-2-Clause */
/* The scene written as SVG: grounds first, then zones, then lines and what stands on them, so that nothing is drawn over a text. */
#include <string.h>

#include "diagram/draw.h"
#include "diagram/theme.h"

enum { LEGEND_MOST = 10 };

struct legend_item { enum { ITEM_BAR, ITEM_WIRE, ITEM_PORT, ITEM_CARD, ITEM_STACK } kind; const char *class, *text; };

static bool
has_node(const struct scene *s, enum picture_node_kind kind, bool router)
{
	for (size_t i = 0; i < s->picture->nodes.n; i++)
		if (s->picture->nodes.v[i].kind == kind && s->picture->nodes.v[i].router == router)
			return (true);
	return (false);
}

static bool
has_stack(const struct scene *s)
{
	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->kind == BLOCK_ZONE && s->blocks.v[i]->zone->mode == ZONE_DROP)
			vec_each (const struct pile *, pile, &s->blocks.v[i]->zone->piles)
				if (pile->n > 1)
					return (true);
	return (false);
}

static bool
has_cable(const struct scene *s)
{
	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->kind == BLOCK_WIRE && s->blocks.v[i]->wire->text != NULL)
			return (true);
	return (false);
}

static size_t
legend_items(const struct scene *s, struct legend_item item[LEGEND_MOST])
{
	bool l3 = s->options->view == PICTURE_L3, pairs = false, netgraph = false, bars = false;
	size_t n = 0;

	for (size_t i = 0; i < s->picture->ports.n && !pairs; i++)
		pairs = s->picture->ports.v[i].net_side != NULL && s->picture->ports.v[i].node_side != NULL &&
		    strncmp(s->picture->ports.v[i].net_side, "epair", 5) == 0;
	for (size_t i = 0; i < s->picture->nets.n; i++) {
		netgraph |= s->picture->nets.v[i].kind == PICTURE_NETGRAPH;
		bars |= l3 || s->picture->nets.v[i].kind != PICTURE_WIRE;
	}
	if (bars)
		item[n++] = (struct legend_item){ ITEM_BAR, "", l3 ? "subnet" : netgraph ? "bridge, netgraph bridge" : "bridge" };
	if (has_cable(s))
		item[n++] = (struct legend_item){ ITEM_WIRE, "", "cable without a bridge" };
	if (pairs)
		item[n++] = (struct legend_item){ ITEM_PORT, "", "epair (…a on the bridge, …b in the jail)" };
	if (has_node(s, PICTURE_JAIL, false))
		item[n++] = (struct legend_item){ ITEM_CARD, "card", "jail" };
	if (has_stack(s))
		item[n++] = (struct legend_item){ ITEM_STACK, "card", "jails of a range" };
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
	struct legend_item item[LEGEND_MOST];
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
			case ITEM_WIRE:
				svg_rect_hue(svg, x, y - 5, 26, 10, 5, "bar ", 'p', PICTURE_HUES);
				break;
			case ITEM_PORT:
				text_printf(&svg->out, "<path class=\"e e%d\" d=\"M%d %dh24\"/>\n", PICTURE_HUES, x, y);
				svg_port(svg, x + 24, y, PICTURE_HUES);
				break;
			case ITEM_CARD:
				svg_rect(svg, x, y - 7, 24, 14, 4, item[i].class);
				break;
			case ITEM_STACK:
				svg_rect(svg, x + STACK_BEHIND, y - 4, 20, 11, 3, item[i].class);
				svg_rect(svg, x, y - 8, 20, 11, 3, item[i].class);
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
		svg_link_begin(&pen->svg, way[i].href, NULL);
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
	text_printf(&svg->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"graphics-document document\" "
	    "aria-roledescription=\"network diagram\" aria-labelledby=\"%st\" aria-describedby=\"%sd\">\n<title id=\"%st\">Network of ", s->width, s->height, s->width, s->height, prefix, prefix, prefix);
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
	text_add(&svg->out, "<g role=\"group\" aria-label=\"legend\">\n");
	legend(s, svg, s->legend_y);
	svg_group_end(svg);
	draw_ways(&pen);
	text_add(&svg->out, "</svg>\n");
	*len = svg->out.n;
	return (text_end(&svg->out));
}
