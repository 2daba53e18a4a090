/* SPDX-License-Identifier: BSD-2-Clause */
/* A network's zone: the bar with its names, the jails that stand in it, and between them the lanes of the lines that fall through. */
#include <string.h>

#include "diagram/scene.h"
#include "diagram/theme.h"

enum {
	CARDS_MOST = 120,       /* jails in all that are drawn as cards */
	DROP = 40,              /* from bar to card */
	DROP_MOST = 6,
	DROP_WIDEST = 1500,
	DROP_EVEN = 800,        /* in a wider row cards are only as wide as each needs */
	RAIL_MOST = 48,
	STACK_LEAST = 7,        /* jails of a range that are drawn as a stack; fewer stand side by side */
	STACK_FOOT = 8,
	SUM_LEAST = 4,          /* jails of a zone that an overview sums up */
	SUM_WIDTH = 222, SUM_HEIGHT = 66, SUM_CARDS = 6,
	CARD_LEAST = 120,
	CARD_BASE = 48,         /* height without addresses */
	CARD_ADDRESS = 15,
	ICON = 23,              /* what an icon takes before a name */
	ROW_TEXT = 16,          /* from rail to name */
	ROW_FIELD_GAP = 12,
	ROW_TOP = 10,
	LANE_CLEAR = 14,        /* from a lane to a card or another lane */
};

static void
measure_bar(struct zone *z)
{
	int lead = z->title == NULL ? 0 : style_width(STYLE_BAR, z->title), widest;

	if (z->note != NULL)
		lead += 8 + style_width(STYLE_BAR_NAME, z->note);
	widest = lead;
	z->bar_lead = lead == 0 ? 0 : lead + 12;
	for (size_t i = 0; i < z->bar.n; i++) {
		const struct bar_line *line = &z->bar.v[i];
		int w = z->bar_lead;

		if (line->name != NULL)
			w += style_width(STYLE_BAR_NAME, line->name) + 12;
		for (size_t k = 0; k < line->prefixes.n; k++)
			w += style_width(STYLE_BAR_PREFIX, line->prefixes.v[k]) + 12;
		widest = max(widest, w - 12);
	}
	z->bar_width = widest + 24;
	z->bar_height = BAR_HEIGHT + BAR_LINE * (z->bar.n > 1 ? (int)z->bar.n - 1 : 0);
}

static int
leaf_width(struct scene *s, const struct leaf *leaf)
{
	const struct picture_node *node = leaf->node;
	int w = style_width(STYLE_CARD, clip(s->arena, node->name, 32)) + 24;

	if (node->kind == PICTURE_HOST || node->kind == PICTURE_MACHINE || node->router)
		w += ICON;
	if (node->role != NULL)
		w += 8 + style_width(STYLE_ROLE, clip(s->arena, node->role, 32));
	w = max(w, leaf->iface == NULL ? 0 : style_width(STYLE_IFACE, leaf->iface) + 38);
	for (size_t i = 0; i < leaf->addresses.n; i++)
		w = max(w, style_width(STYLE_ADDRESS, leaf->addresses.v[i]) + 24);
	for (size_t i = 0; i < leaf->own.n; i++)
		w = max(w, style_width(STYLE_ADDRESS, leaf->own.v[i]) + 24);
	for (size_t i = 0; i < node->routes.n; i++)
		w = max(w, style_width(STYLE_ROLE, node->routes.v[i]) + 24);
	return (w);
}

static const char *
leaf_label(struct scene *s, const struct leaf *leaf)
{
	return (leaf->port == NULL || leaf->port->net_side == NULL ? NULL : clip(s->arena, leaf->port->net_side, 24));
}

static int
leaf_lines(const struct leaf *leaf)
{
	return ((int)(leaf->addresses.n + leaf->own.n + leaf->node->routes.n));
}

/* Cards of a rail are as high as the highest beside them. */
static void
measure_rail(struct scene *s, struct zone *z)
{
	int y = ZONE_PAD, least = z->card_height, lines = 0;

	for (size_t i = 0; i < z->leaves.n; i++)
		lines = max(lines, leaf_lines(&z->leaves.v[i]));
	z->row_y = NEW_ARRAY(s->arena, int, z->rows + 1);
	z->row_h = NEW_ARRAY(s->arena, int, z->rows);
	for (size_t row = 0; row < z->rows; row++) {
		int most = 0;

		for (size_t i = row; i < z->leaves.n; i += z->rows)
			most = max(most, leaf_lines(&z->leaves.v[i]));
		z->row_y[row] = y;
		z->row_h[row] = least - CARD_ADDRESS * (lines - most);
		y += z->row_h[row] + RAIL_GAP;
	}
	z->row_y[z->rows] = y;
}

static bool
same_text(const char *a, const char *b)
{
	return (a == b || (a != NULL && b != NULL && strcmp(a, b) == 0));
}

/* A row says all there is to say of it. */
static bool
fits_row(const struct leaf *leaf)
{
	const struct picture_node *node = leaf->node;
	const struct picture_port *p = leaf->port;

	return (node->kind == PICTURE_JAIL && node->group != 0 && !node->router && node->role == NULL && leaf->own.n == 0 && p != NULL &&
	    p->v4.n + p->dhcp <= 1 && p->v6.n + p->slaac <= 1);
}

/* They differ in nothing but what a row shows. */
static bool
alike(const struct leaf *a, const struct leaf *b)
{
	if (a->node->group != b->node->group || a->hue != b->hue || a->port->nat != b->port->nat || !same_text(a->port->note, b->port->note) ||
	    a->node->routes.n != b->node->routes.n)
		return (false);
	for (size_t i = 0; i < a->node->routes.n; i++)
		if (!same_text(a->node->routes.v[i], b->node->routes.v[i]))
			return (false);
	return (true);
}

/* Jails from this one on that are one stack; 1: it stands alone. */
static size_t
stack_size(const struct zone *z, size_t first)
{
	const struct leaf *v = z->leaves.v;
	size_t n = 1;

	if (!fits_row(&v[first]))
		return (1);
	while (first + n < z->leaves.n && fits_row(&v[first + n]) && alike(&v[first], &v[first + n]))
		n++;
	return (n < STACK_LEAST ? 1 : n);
}

static void
pile_up(struct scene *s, struct zone *z, bool stacks)
{
	z->piles.n = 0;
	for (size_t i = 0, n; i < z->leaves.n; i += n) {
		struct pile *pile = vec_push(s->arena, &z->piles);

		n = stacks ? stack_size(z, i) : 1;
		*pile = (struct pile){ .first = i, .n = n };
	}
}

/* Widths and heights of what stands alone. */
static void
measure_cards(struct scene *s, struct zone *z)
{
	int lines = 0;

	z->card_width = CARD_LEAST;
	z->stub = 0;
	z->ifaces = 0;
	for (size_t i = 0; i < z->piles.n; i++) {
		const struct leaf *leaf = &z->leaves.v[z->piles.v[i].first];
		int label = style_width(STYLE_IFACE, leaf_label(s, leaf));

		if (z->piles.v[i].n > 1)
			continue;
		z->piles.v[i].w = even(max(CARD_LEAST, max(leaf_width(s, leaf), label + 28)));
		z->stub = max(z->stub, label);
		z->card_width = max(z->card_width, z->piles.v[i].w);
		z->ifaces |= leaf->iface != NULL;
		lines = max(lines, leaf_lines(leaf));
	}
	z->card_height = CARD_BASE - (z->ifaces ? 0 : LINE_TEXT) + CARD_ADDRESS * lines;
	z->stub += LINE_TEXT;
}

const char *
zone_row_field(struct scene *s, const struct leaf *leaf, int field, bool bare)
{
	const struct picture_port *p = leaf->port;
	const strings *list;
	const char *extra;

	if (field == FIELD_NAME)
		return (clip(s->arena, leaf->node->name, 40));
	if (p == NULL)
		return (NULL);
	if (field == FIELD_IFACE) {
		const char *pair = pair_name(s->arena, p->net_side, p->node_side);

		if (bare)
			return (pair);
		if (pair == NULL)
			return (p->nat ? "NAT" : p->note);
		return (p->nat || p->note != NULL ?
		    arena_printf(s->arena, "%s%s%s%s", pair, p->nat ? " · NAT" : "", p->note == NULL ? "" : " · ", p->note == NULL ? "" : p->note) :
		    pair);
	}
	list = field == FIELD_V4 ? &p->v4 : &p->v6;
	extra = field == FIELD_V4 ? (p->dhcp ? "DHCP" : NULL) : p->slaac ? "SLAAC" : NULL;
	if (list->n == 0)
		return (extra);
	if (list->n == 1 && extra == NULL)
		return (clip(s->arena, list->v[0], 48));
	return (arena_printf(s->arena, "%s + %zu", clip(s->arena, list->v[0], 48), list->n - 1 + (extra != NULL)));
}

/* As many columns of n things as make them about wide by high. */
static void
columns_of(size_t n, int width, int height, long wide, long high, size_t *columns, size_t *rows)
{
	for (*columns = 1; *columns < n; ++*columns) {
		*rows = (n + *columns - 1) / *columns;
		if ((long)*columns * width * high >= wide * (long)*rows * height)
			break;
	}
	*rows = (n + *columns - 1) / *columns;
	*columns = (n + *rows - 1) / *rows;
}

/* Where the fields of n rows begin, the first at lead. */
static void
measure_fields(struct scene *s, const struct leaf *v, size_t n, bool bare, int lead, int *field)
{
	int width[FIELDS] = { 0 };

	for (size_t i = 0; i < n; i++)
		for (int f = 0; f < FIELDS; f++)
			width[f] = max(width[f], style_width(f == FIELD_NAME ? STYLE_ROW : f == FIELD_IFACE ? STYLE_IFACE : STYLE_ROW_ADDRESS,
			    zone_row_field(s, &v[i], f, bare)));
	field[0] = lead;
	for (int f = 0; f < FIELDS; f++)
		field[f + 1] = field[f] + (width[f] == 0 ? 0 : width[f] + ROW_FIELD_GAP);
}

static void
measure_rows(struct scene *s, struct zone *z)
{
	measure_fields(s, z->leaves.v, z->leaves.n, false, ROW_TEXT, z->field);
	z->column_width = z->field[FIELDS];
	columns_of(z->leaves.n, z->column_width + COLUMN_GAP, ROW_HEIGHT, 3, 2, &z->columns, &z->rows);
}

/* web1 and web2, or node-09 and node-10: the same but for a number that is one higher. */
static bool
follows(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), i = n, k = m;
	unsigned long x, y;

	while (i > 0 && n - i < 9 && a[i - 1] >= '0' && a[i - 1] <= '9')
		i--;
	while (k > 0 && m - k < 9 && b[k - 1] >= '0' && b[k - 1] <= '9')
		k--;
	if (i == n || k == m || i != k || strncmp(a, b, i) != 0)
		return (false);
	for (x = 0; a[i] != '\0'; i++)
		x = x * 10 + (unsigned long)(a[i] - '0');
	for (y = 0; b[k] != '\0'; k++)
		y = y * 10 + (unsigned long)(b[k] - '0');
	return (y == x + 1);
}

/* The first and the last of n names. */
static const char *
range_names(struct scene *s, const struct zone *z, size_t first, size_t n)
{
	const struct leaf *v = &z->leaves.v[first];
	bool dense = true;

	for (size_t i = 1; i < n && dense; i++)
		dense = follows(v[i - 1].node->name, v[i].node->name);
	return (arena_printf(s->arena, dense ? "%s – %s" : "%s … %s", clip(s->arena, v[0].node->name, 24), clip(s->arena, v[n - 1].node->name, 24)));
}

static const char *
first_address(const struct leaf *leaf, bool v4)
{
	const strings *list;

	if (leaf->port == NULL)
		return (NULL);
	list = v4 ? &leaf->port->v4 : &leaf->port->v6;
	return (list->n == 0 ? NULL : list->v[0]);
}

static const char *
without_length(struct arena *a, const char *address)
{
	const char *slash = strchr(address, '/');

	return (slash == NULL ? address : arena_strndup(a, address, (size_t)(slash - address)));
}

static void
add_summary(struct scene *s, struct zone *z, size_t first, size_t n)
{
	struct summary *sum = vec_push(s->arena, &z->sums);
	const struct leaf *head = &z->leaves.v[first], *tail = &z->leaves.v[first + n - 1];
	const char *from, *to;
	size_t jails = 0, i;

	sum->first = first;
	sum->n = n;
	for (i = 0; i < n; i++)
		jails += z->leaves.v[first + i].node->kind != PICTURE_MACHINE && z->leaves.v[first + i].node->kind != PICTURE_HOST;
	sum->count = n == 1 ? clip(s->arena, head->node->name, 24) : arena_printf(s->arena, "%zu %s", n, jails == n ? "jails" : jails == 0 ? "machines" : "nodes");
	sum->names = n == 1 ? head->node->role : range_names(s, z, first, n);
	from = first_address(head, true);
	to = first_address(tail, true);
	if (from == NULL || to == NULL) {
		from = first_address(head, false);
		to = first_address(tail, false);
	}
	if (from != NULL && to != NULL)
		sum->addresses = n == 1 ? from :
		    arena_printf(s->arena, "%s – %s", without_length(s->arena, from), without_length(s->arena, to));
}

/* One card a range of jails, when that gives only few; else one for all. */
static void
measure_sums(struct scene *s, struct zone *z)
{
	size_t i, n, cards = 0;

	z->card_width = SUM_WIDTH;
	z->card_height = SUM_HEIGHT;
	for (i = 0; i < z->leaves.n; i += n) {
		for (n = 1; i + n < z->leaves.n && z->leaves.v[i].node->group == z->leaves.v[i + n].node->group &&
		    z->leaves.v[i + n].node->kind != PICTURE_HOST && z->leaves.v[i].node->kind != PICTURE_HOST; n++)
			continue;
		cards++;
	}
	n = z->leaves.v[0].node->kind == PICTURE_HOST ? 1 : 0;
	if (cards > SUM_CARDS) {
		if (n == 1)
			add_summary(s, z, 0, 1);
		if (z->leaves.n > n)
			add_summary(s, z, n, z->leaves.n - n);
	} else
		for (i = 0; i < z->leaves.n; i += n) {
			for (n = 1; i + n < z->leaves.n && z->leaves.v[i].node->group == z->leaves.v[i + n].node->group &&
			    z->leaves.v[i + n].node->kind != PICTURE_HOST && z->leaves.v[i].node->kind != PICTURE_HOST; n++)
				continue;
			add_summary(s, z, i, n);
		}
	for (i = 0; i < z->sums.n; i++) {
		const struct summary *sum = &z->sums.v[i];

		z->card_width = max(z->card_width, style_width(STYLE_CARD, sum->count) + 24);
		z->card_width = max(z->card_width, style_width(STYLE_ROLE, sum->names) + 24);
		z->card_width = max(z->card_width, style_width(STYLE_ADDRESS, sum->addresses) + 24);
	}
	z->card_width = even(z->card_width);
}

/* Higher than wide: it stands beside others. */
static void
measure_stack(struct scene *s, const struct zone *z, struct pile *pile)
{
	const struct leaf *v = &z->leaves.v[pile->first], *last = &v[pile->n - 1];
	const struct picture_node *node = v->node;
	const char *also = v->port->note != NULL ? clip(s->arena, v->port->note, 32) : NULL;
	int pitch;

	pile->names = range_names(s, z, pile->first, pile->n);
	pile->count = arena_printf(s->arena, "%zu jails%s%s%s", pile->n, v->port->nat ? " · NAT" : "", also == NULL ? "" : " · ",
	    also == NULL ? "" : also);
	if (v->port->net_side != NULL && last->port->net_side != NULL)
		pile->label = arena_printf(s->arena, "%s … %s", leaf_label(s, v), leaf_label(s, last));
	measure_fields(s, v, pile->n, true, ROW_FIELD_GAP, pile->field);
	pitch = pile->field[FIELDS];
	columns_of(pile->n, pitch, ROW_HEIGHT, 2, 3, &pile->columns, &pile->rows);
	pile->w = max(CARD_LEAST, pitch * (int)pile->columns);
	pile->w = max(pile->w, style_width(STYLE_CARD, pile->names) + 8 + style_width(STYLE_ROLE, pile->count) + 24);
	pile->w = max(pile->w, PORT_INSET + LABEL_GAP + style_width(STYLE_IFACE, pile->label));
	for (size_t i = 0; i < node->routes.n; i++)
		pile->w = max(pile->w, style_width(STYLE_ROLE, node->routes.v[i]) + 24);
	pile->w = even(pile->w) + 2 * STACK_BEHIND;
	pile->h = STACK_HEAD + LINE_TEXT * (int)node->routes.n + ROW_HEIGHT * (int)pile->rows + STACK_FOOT + 2 * STACK_BEHIND;
}

static int
highest(const struct zone *z)
{
	int h = 0;

	for (size_t i = 0; i < z->piles.n; i++)
		h = max(h, z->piles.v[i].h);
	return (h);
}

/* One row of cards, a range in it as one stack if it is long. false: they are too many or too wide for that. */
static bool
measure_drop(struct scene *s, struct block *b, bool stacks)
{
	struct zone *z = b->zone;
	int width = 2 * ZONE_PAD - CARD_GAP + 60 * (int)b->lines[BELOW].n;

	pile_up(s, z, stacks);
	measure_cards(s, z);
	for (size_t i = 0; i < z->piles.n; i++) {
		struct pile *pile = &z->piles.v[i];

		pile->h = z->card_height;
		if (pile->n > 1)
			measure_stack(s, z, pile);
		else if ((int)z->piles.n * z->card_width <= DROP_EVEN)
			pile->w = z->card_width;
		width += pile->w + CARD_GAP;
	}
	return (z->piles.n == 0 || (z->piles.n <= DROP_MOST && width <= DROP_WIDEST));
}

void
zone_measure(struct scene *s, struct block *b)
{
	struct zone *z = b->zone;
	bool uplinks = b->lines[ABOVE].n > 0;
	size_t n = z->leaves.n;

	measure_bar(z);
	z->drop = z->net == NULL ? ZONE_PAD : DROP;
	z->bar_y = uplinks ? ZONE_PAD + BAR_INSET : ZONE_PAD;
	b->h = z->bar_y + z->bar_height;
	z->mode = ZONE_ROWS;
	if (s->options->view == PICTURE_OVERVIEW) {
		z->mode = n < SUM_LEAST ? ZONE_DROP : ZONE_SUM;
		measure_drop(s, b, false);
	} else if (n == 0 || s->jails <= CARDS_MOST) {
		if ((s->only == NULL && measure_drop(s, b, true)) || measure_drop(s, b, false))
			z->mode = ZONE_DROP;
		else if (n <= RAIL_MOST)
			z->mode = ZONE_RAIL;
	}
	switch (z->mode) {
	case ZONE_DROP:
		z->columns = z->piles.n;
		z->rows = 1;
		b->h += n == 0 ? (b->lines[BELOW].n > 0 ? LEGEND_LINE + LABEL_GAP : ZONE_PAD) : z->drop + highest(z) + ZONE_FOOT;
		break;
	case ZONE_SUM:
		measure_sums(s, z);
		z->drop = z->net == NULL ? ZONE_PAD : DROP - 12;
		z->columns = z->sums.n;
		z->rows = 1;
		z->column_width = z->card_width + 8;
		b->h += z->drop + z->card_height + 8 + ZONE_FOOT;
		break;
	case ZONE_RAIL:
		z->column_width = z->stub + z->card_width;
		columns_of(n, z->column_width + COLUMN_GAP, z->card_height + RAIL_GAP, 3, 2, &z->columns, &z->rows);
		measure_rail(s, z);
		b->h += z->row_y[z->rows] - RAIL_GAP + ZONE_FOOT;
		break;
	case ZONE_ROWS:
		measure_rows(s, z);
		b->h += ROW_TOP + (int)z->rows * ROW_HEIGHT + ZONE_FOOT + 3;
		break;
	}
	z->column_x = NEW_ARRAY(s->arena, int, z->columns);
}

static int
width_of(const struct zone *z, size_t column)
{
	return (z->mode == ZONE_DROP ? z->piles.v[column].w : z->column_width);
}

/* What one thing in the zone's row of columns and lanes needs before it, after another. A column begins at its left edge, or
 * at its rail; a lane is its line, with the name of the interface to the right of it. column: the next one. */
static int
step(const struct zone *z, size_t column, bool was_lane, int label, bool lane)
{
	bool rails = z->mode == ZONE_RAIL || z->mode == ZONE_ROWS;
	int text = label == 0 ? 0 : LABEL_GAP + label + LABEL_GAP;

	if (!was_lane)
		return (width_of(z, column - 1) + (lane || rails ? COLUMN_GAP : CARD_GAP));
	if (lane)
		return (max(COLUMN_GAP, text + LABEL_GAP));
	return (rails ? max(COLUMN_GAP, text + LABEL_GAP) : max(COLUMN_GAP, text - PORT_INSET + LABEL_GAP));
}

static int
by_far_end(const struct line *a, const struct line *b)
{
	int x = line_x(a, BELOW), y = line_x(b, BELOW);

	if (x != y)
		return (x < y ? -1 : 1);
	return (a->order < b->order ? -1 : 1);
}

/* Lanes of a zone without columns fall where their lines end. */
static void
spread_lanes(struct scene *s, struct block *b)
{
	size_t n = b->lines[BELOW].n;
	struct line **v = b->lines[BELOW].v;
	int *want = NEW_ARRAY(s->arena, int, n), *gap = NEW_ARRAY(s->arena, int, n);

	for (size_t i = 0; i < n; i++) {
		want[i] = line_x(v[i], BELOW) - b->x;
		gap[i] = step(b->zone, 0, true, v[i]->label_width, true);
	}
	spread(s->arena, n, want, NULL, gap, RAIL_INSET, b->w - RAIL_INSET - v[n - 1]->label_width - LABEL_GAP, want);
	for (size_t i = 0; i < n; i++)
		v[i]->at[ABOVE] = want[i];
}

/* Columns from left to right; each lane goes into the gap between two of them that is nearest to where its line ends. */
void
zone_arrange(struct scene *s, struct block *b)
{
	struct zone *z = b->zone;
	bool rails = z->mode == ZONE_RAIL || z->mode == ZONE_ROWS;
	size_t lanes = b->lines[BELOW].n, column = 0, lane = 0;
	struct line **v = b->lines[BELOW].v;
	int x, end = ZONE_PAD, label = 0, least, shift, last = 0, old = b->x + b->w / 2;
	bool was_lane = false, first = true;

	/* Few lines, mostly in order already. */
	for (size_t i = 1; i < lanes; i++)
		for (size_t k = i; k > 0 && by_far_end(v[k], v[k - 1]) < 0; k--) {
			struct line *line = v[k];

			v[k] = v[k - 1];
			v[k - 1] = line;
		}
	while (column < z->columns || lane < lanes) {
		int column_at, lane_at, after;
		bool take_lane;

		column_at = first ? (rails ? RAIL_INSET : ZONE_PAD) : last + step(z, column, was_lane, label, false);
		lane_at = first ? RAIL_INSET : last + step(z, column, was_lane, label, true);
		if (column == z->columns)
			take_lane = true;
		else if (lane == lanes)
			take_lane = false;
		else {
			int want = line_x(v[lane], BELOW) - b->x;

			/* The next chance for this lane is behind the column. */
			after = column_at + width_of(z, column) + CARD_GAP;
			take_lane = want - lane_at <= after - want;
		}
		x = take_lane ? lane_at : column_at;
		if (take_lane) {
			v[lane]->at[ABOVE] = x;
			label = v[lane++]->label_width;
			end = max(end, x + (label == 0 ? 0 : LABEL_GAP + label));
		} else {
			end = max(end, x + width_of(z, column));
			z->column_x[column++] = x;
		}
		last = x;
		was_lane = take_lane;
		first = false;
	}
	least = z->bar_width + 2 * BAR_INSET;
	/* Names of the lines from above stand right of them, a single one left where the bar ends. */
	if (b->lines[ABOVE].n == 1)
		least = max(least, 2 * (b->lines[ABOVE].v[0]->label_width + LABEL_GAP + 8));
	for (size_t i = 0, sum = 0; i < b->lines[ABOVE].n; i++) {
		sum += (size_t)(b->lines[ABOVE].v[i]->label_width + 2 * LABEL_GAP + 4);
		least = max(least, (int)sum + 2 * BAR_INSET + 16);
	}
	b->w = even(max(end + ZONE_PAD, least));
	b->x = old - b->w / 2;
	if (z->columns == 0 && lanes > 0) {
		spread_lanes(s, b);
		return;
	}
	shift = (b->w - (end + ZONE_PAD)) / 2;
	for (column = 0; column < z->columns; column++)
		z->column_x[column] += shift;
	for (lane = 0; lane < lanes; lane++)
		v[lane]->at[ABOVE] += shift;
}

/* How far a lane can go either way without meeting a column, a name or the zone's edge. */
static void
lane_room(const struct block *b, size_t lane, int *low, int *high)
{
	const struct zone *z = b->zone;
	bool rails = z->mode == ZONE_RAIL || z->mode == ZONE_ROWS;
	struct line **v = b->lines[BELOW].v;
	int x = v[lane]->at[ABOVE], label = v[lane]->label_width == 0 ? 0 : LABEL_GAP + v[lane]->label_width;

	*low = RAIL_INSET;
	*high = b->w - max(label + BAR_INSET, RAIL_INSET);
	for (size_t i = 0; i < z->columns; i++) {
		int left = z->column_x[i], right = left + width_of(z, i);

		if (left < x)
			*low = max(*low, right + LANE_CLEAR);
		else
			*high = min(*high, left - max(label + LABEL_GAP - (rails ? 0 : PORT_INSET), LANE_CLEAR));
	}
	if (lane > 0)
		*low = max(*low, v[lane - 1]->at[ABOVE] + max(LANE_CLEAR, v[lane - 1]->label_width + 2 * LABEL_GAP));
	if (lane + 1 < b->lines[BELOW].n)
		*high = min(*high, v[lane + 1]->at[ABOVE] - max(LANE_CLEAR, label + LABEL_GAP));
}

void
zone_straighten(struct block *b)
{
	for (size_t i = 0; i < b->lines[BELOW].n; i++) {
		struct line *line = b->lines[BELOW].v[i];
		int x = line_x(line, BELOW) - b->x, low, high;

		lane_room(b, i, &low, &high);
		if (x >= low && x <= high)
			line->at[ABOVE] = x;
	}
}
