/* SPDX-License-Identifier: BSD-2-Clause */
/* Where blocks stand in their rows and where lines meet them. dot gives the order; from there each row is moved to where its lines
 * are straight, downwards and upwards in turn, with the order kept and no two blocks nearer than they may be. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "diagram/scene.h"

enum {
	SWEEPS = 6,
	BAR_END = 8,            /* of a bar that no line meets */
	NEARBY = 60,            /* a straight line is worth so far from the middle */
	PORT_ASIDE = 12,        /* a port may be so far from the middle of its text */
	FAR = INT_MAX / 4,
};

static int
between(int x, int low, int high)
{
	return (x < low ? low : x > high ? high : x);
}

static int
middle(const struct block *b)
{
	return (b->x + b->w / 2);
}

void
spread(struct arena *a, size_t n, const int *want, const int *weight, const int *gap, int low, int high, int *out)
{
	/* With the distances taken off, places only must not decrease: groups of those that would are put at their mean. */
	struct group { long sum, weight; size_t n; } *group = NEW_ARRAY(a, struct group, n);
	size_t groups = 0, i, k;
	long offset = 0, total = 0;

	for (i = 0; i + 1 < n; i++)
		total += gap[i];
	for (i = 0; i < n; i++) {
		group[groups].weight = weight == NULL ? 1 : weight[i];
		group[groups].sum = (want[i] - offset) * group[groups].weight;
		group[groups++].n = 1;
		while (groups > 1 && group[groups - 2].sum * group[groups - 1].weight > group[groups - 1].sum * group[groups - 2].weight) {
			groups--;
			group[groups - 1].sum += group[groups].sum;
			group[groups - 1].weight += group[groups].weight;
			group[groups - 1].n += group[groups].n;
		}
		if (i + 1 < n)
			offset += gap[i];
	}
	for (offset = 0, k = 0, i = 0; k < groups; k++) {
		long count = group[k].weight, sum = group[k].sum;
		long mean = sum >= 0 ? (sum + count / 2) / count : -((-sum + count / 2) / count);

		if (mean > high - total)
			mean = high - total;
		if (mean < low)
			mean = low;
		for (size_t m = 0; m < group[k].n; m++, i++) {
			out[i] = (int)(mean + offset);
			if (i + 1 < n)
				offset += gap[i];
		}
	}
}

void
line_range(const struct line *line, enum side end, int *low, int *high)
{
	const struct block *b = line->end[end];

	*low = *high = line_x(line, end);
	if (end == ABOVE)
		return;
	if (b->kind == BLOCK_ZONE) {
		*low = b->x + BAR_INSET + BAR_END;
		*high = b->x + b->w - BAR_INSET - BAR_END;
	} else if (b->kind == BLOCK_COMB) {
		*low = b->x + b->comb->rail_x[0];
		*high = b->x + b->comb->rail_x[b->comb->columns - 1];
	}
}

/* Where a line's other end would best be seen from this one. */
static int
ideal(const struct line *line, enum side end)
{
	const struct block *b = line->end[end];

	if ((b->kind == BLOCK_ZONE && end == BELOW) || b->kind == BLOCK_COMB || b->kind == BLOCK_WIRE)
		return (middle(b));
	return (line_x(line, end));
}

static void
sort_these(struct line **v, size_t n, enum side side)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0; k--) {
			struct line *line = v[k];
			int x = ideal(v[k - 1], side), y = ideal(line, side);

			if (x < y || (x == y && v[k - 1]->order < line->order))
				break;
			v[k] = v[k - 1];
			v[k - 1] = line;
		}
}

static void
sort_lines(struct block *b, enum side side)
{
	sort_these(b->lines[side].v, b->lines[side].n, side);
}

static void
attach_card(struct arena *a, struct block *b, enum side side)
{
	size_t n = b->lines[side].n;
	struct line **v = b->lines[side].v;
	int *want, *gap, slack = b->w - 2 * CARD_EDGE, left = CARD_EDGE, low, high;

	if (n == 0)
		return;
	sort_lines(b, side);
	want = NEW_ARRAY(a, int, n);
	gap = NEW_ARRAY(a, int, n);
	for (size_t i = 0; i < n; i++)
		slack -= v[i]->text_width + CARD_TEXT;
	for (size_t i = 0; i < n; i++) {
		int share = slack * (int)(i + 1) / (int)n - slack * (int)i / (int)n;
		int w = v[i]->text_width + CARD_TEXT;

		want[i] = left + (w + share) / 2;
		left += w + share;
		if (i + 1 < n)
			gap[i] = (w + v[i + 1]->text_width + CARD_TEXT + 1) / 2;
	}
	low = CARD_EDGE + (v[0]->text_width + CARD_TEXT) / 2;
	high = b->w - CARD_EDGE - (v[n - 1]->text_width + CARD_TEXT + 1) / 2;
	/* A port leaves its column's middle only where that makes its line straight. */
	for (size_t i = 0; i < n; i++) {
		int from, to, x;

		line_range(v[i], side, &from, &to);
		x = between(b->x + want[i], from, to) - b->x;
		if (x >= low && x <= high)
			want[i] = x;
	}
	spread(a, n, want, NULL, gap, low, high, want);
	for (size_t i = 0; i < n; i++) {
		int from, to, by;

		line_range(v[i], side, &from, &to);
		by = between(b->x + want[i], from, to) - b->x - want[i];
		v[i]->aside = abs(by) <= PORT_ASIDE ? by : 0;
		v[i]->at[side == ABOVE ? BELOW : ABOVE] = want[i] + v[i]->aside;
	}
}

static void
attach_bar(struct arena *a, struct block *b)
{
	size_t n = b->lines[ABOVE].n;
	struct line **v = b->lines[ABOVE].v;
	int *want, *gap, *at, low = BAR_INSET + BAR_END, high = b->w - BAR_INSET - BAR_END, last;

	if (n == 0)
		return;
	sort_lines(b, ABOVE);
	want = NEW_ARRAY(a, int, n);
	gap = NEW_ARRAY(a, int, n);
	at = NEW_ARRAY(a, int, n);
	for (size_t i = 0; i < n; i++) {
		want[i] = line_x(v[i], ABOVE) - b->x;
		gap[i] = max(LINE_CLEAR + LABEL_GAP, v[i]->label_width == 0 ? 0 : v[i]->label_width + 2 * LABEL_GAP);
	}
	spread(a, n, want, NULL, gap, low, high, at);
	/* The last name stands left of its line when the bar ends there, if it does not meet the one before. */
	last = v[n - 1]->label_width + 2 * LABEL_GAP;
	if (n > 1 && at[n - 1] + LABEL_GAP + v[n - 1]->label_width > b->w - BAR_INSET && at[n - 1] - at[n - 2] < last + gap[n - 2])
		spread(a, n, want, NULL, gap, low, b->w - BAR_INSET - last + LABEL_GAP, at);
	for (size_t i = 0; i < n; i++)
		v[i]->at[BELOW] = at[i];
}

/* A cable: in its middle, or side by side when both ends are above or below. */
static void
attach_cable(struct block *b)
{
	for (int side = ABOVE; side <= BELOW; side++) {
		size_t n = b->lines[side].n;

		sort_lines(b, side);
		for (size_t i = 0; i < n; i++)
			b->lines[side].v[i]->at[side == ABOVE ? BELOW : ABOVE] = b->w / 2 + (n == 1 ? 0 : i == 0 ? -16 : 16);
	}
}

static int
parent_of(const struct scene *s, const struct nic_box *box)
{
	return (s->picture->nics.v[box->nic].on.n == 0 ? -1 : (int)s->picture->nics.v[box->nic].on.v[0]);
}

static bool
box_before(const struct scene *s, const struct nic_box *a, const struct nic_box *b)
{
	int x, y;

	if ((a->lines.n > 0) != (b->lines.n > 0))
		return (a->lines.n > 0);
	if (a->lines.n == 0)
		return (false);
	if (a->depth != b->depth)
		return (a->depth < b->depth);
	x = parent_of(s, a);
	y = parent_of(s, b);
	if (x != y)
		return (x < y);
	return (ideal(a->lines.v[0], BELOW) < ideal(b->lines.v[0], BELOW));
}

/* NICs without lines stand above the middle of what is made of them, the cloud above all. */
static void
place_parents(struct block *b)
{
	struct nics *n = b->nics;
	struct nic_box *v = n->boxes.v;
	int low = INT_MAX, high = INT_MIN, left, right;

	for (int depth = n->depth; depth >= 0; depth--) {
		int width = -NIC_GAP, sum = 0, count = 0;

		for (size_t i = 0; i < n->boxes.n; i++) {
			if (v[i].depth == depth + 1) {
				sum += v[i].x;
				count++;
			}
			if (v[i].depth == depth && v[i].lines.n == 0)
				width += v[i].w + NIC_GAP;
		}
		right = (count > 0 ? sum / count : b->w / 2) - width / 2;
		for (size_t i = 0; i < n->boxes.n; i++)
			if (v[i].depth == depth && v[i].lines.n > 0)
				right = max(right, v[i].x + v[i].w / 2 + NIC_GAP);
		for (size_t i = 0; i < n->boxes.n; i++)
			if (v[i].depth == depth && v[i].lines.n == 0) {
				v[i].x = right + v[i].w / 2;
				right += v[i].w + NIC_GAP;
			}
	}
	for (size_t i = 0; i < n->boxes.n; i++)
		if (v[i].depth == 0) {
			low = min(low, v[i].x);
			high = max(high, v[i].x);
		}
	n->middle = b->w / 2;
	if (n->far.n == 0 && low <= high)
		n->middle = between(low + (high - low) / 2, n->cloud / 2, b->w - n->cloud / 2);
	left = n->middle - (n->beyond != NULL ? n->cloud : 40) / 2;
	right = 2 * n->middle - left;
	for (size_t i = 0; i < n->far.n; i++)
		if (i % 2 == 0) {
			n->far.v[i].x = right + CARD_GAP;
			right += CARD_GAP + n->far.v[i].w;
		} else {
			left -= CARD_GAP + n->far.v[i].w;
			n->far.v[i].x = left;
		}
}

/* NICs made of one another spread, as far as there is room beside them, to above what they lead to. */
static void
stretch_nics(struct scene *s, size_t at)
{
	struct block *b = s->row[0].v[at];
	struct nic_box *v = b->nics->boxes.v;
	size_t n = 0;
	int *want, *gap, low = b->x, high = b->x + b->w, left, right;

	for (size_t row = 1; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++) {
			low = min(low, s->row[row].v[i]->x);
			high = max(high, s->row[row].v[i]->x + s->row[row].v[i]->w);
		}
	if (at > 0)
		low = s->row[0].v[at - 1]->x + s->row[0].v[at - 1]->w + BLOCK_GAP;
	if (at + 1 < s->row[0].n)
		high = s->row[0].v[at + 1]->x - BLOCK_GAP;
	while (n < b->nics->boxes.n && v[n].lines.n > 0)
		n++;
	/* With computers beyond, or shallow and deep ones side by side, the block keeps its shape. */
	if (n < 2 || b->nics->far.n > 0)
		return;
	want = NEW_ARRAY(s->arena, int, n);
	gap = NEW_ARRAY(s->arena, int, n);
	for (size_t i = 0; i < n; i++) {
		int from, to;

		line_range(v[i].lines.v[0], BELOW, &from, &to);
		want[i] = between(b->x + v[i].x, from, to);
		if (i + 1 < n)
			gap[i] = (v[i].w + v[i + 1].w) / 2 + NIC_GAP;
	}
	spread(s->arena, n, want, NULL, gap, low + v[0].w / 2, high - v[n - 1].w / 2, want);
	left = min(want[0] - v[0].w / 2, b->x);
	right = max(want[n - 1] + v[n - 1].w / 2, b->x + b->w);
	if (v[0].depth == 0 && want[0] - b->nics->cloud / 2 >= low && want[0] - b->nics->cloud / 2 < left)
		left = want[0] - b->nics->cloud / 2;
	for (size_t i = 0; i < n; i++)
		v[i].x = want[i] - left;
	b->x = left;
	b->w = right - left;
	b->w += b->w & 1;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < v[i].lines.n; k++)
			v[i].lines.v[k]->at[ABOVE] = v[i].x + NIC_LINE * (int)k - NIC_LINE * (int)(v[i].lines.n - 1) / 2;
	place_parents(b);
}

/* Columns for those that have lines, in the order of what they lead to; the others above the middle of what is made of them. */
static void
attach_nics(struct scene *s, struct block *b)
{
	struct nics *n = b->nics;
	struct nic_box *v = n->boxes.v;
	int total = -NIC_GAP, left;
	size_t i, k;

	for (i = 0; i < n->boxes.n; i++)
		sort_these(v[i].lines.v, v[i].lines.n, BELOW);
	for (i = 1; i < n->boxes.n; i++)
		for (k = i; k > 0 && box_before(s, &v[k], &v[k - 1]); k--) {
			struct nic_box box = v[k];

			v[k] = v[k - 1];
			v[k - 1] = box;
		}
	for (i = 0; i < n->boxes.n; i++)
		if (v[i].lines.n > 0)
			total += v[i].w + NIC_GAP;
	left = (b->w - total) / 2;
	for (i = 0; i < n->boxes.n; i++)
		if (v[i].lines.n > 0) {
			v[i].x = left + v[i].w / 2;
			for (k = 0; k < v[i].lines.n; k++)
				v[i].lines.v[k]->at[ABOVE] = v[i].x + NIC_LINE * (int)k - NIC_LINE * (int)(v[i].lines.n - 1) / 2;
			left += v[i].w + NIC_GAP;
		}
	place_parents(b);
}

static void
attach(struct scene *s, struct block *b)
{
	switch (b->kind) {
	case BLOCK_NICS:
		attach_nics(s, b);
		break;
	case BLOCK_CARD:
		if (b->node->kind == PICTURE_CABLE) {
			attach_cable(b);
			break;
		}
		attach_card(s->arena, b, ABOVE);
		attach_card(s->arena, b, BELOW);
		break;
	case BLOCK_ZONE:
		attach_bar(s->arena, b);
		break;
	case BLOCK_WIRE:
		attach_cable(b);
		break;
	case BLOCK_COMB:
		for (size_t i = 0; i < b->lines[ABOVE].n; i++) {
			struct line *line = b->lines[ABOVE].v[i];
			int low, high;

			line_range(line, BELOW, &low, &high);
			line->at[BELOW] = between(line_x(line, ABOVE), low, high) - b->x;
		}
		break;
	}
}

/* A place nearby at which one line is straight is better than the middle at which none is. */
static int
nearest_straight(const struct block *b, enum side side, int middle_x)
{
	int best = middle_x, away = NEARBY;

	for (size_t i = 0; i < b->lines[side].n; i++) {
		const struct line *line = b->lines[side].v[i];
		int x = ideal(line, side) - (line->at[side == ABOVE ? BELOW : ABOVE] - b->w / 2);

		if (abs(x - middle_x) < away) {
			away = abs(x - middle_x);
			best = x;
		}
	}
	return (best);
}

/* Where the middle of a block should be for the sake of its lines on that side. */
static int
wanted(const struct block *b, enum side side)
{
	size_t n = b->lines[side].n;
	long sum = 0;
	int low = INT_MAX, high = INT_MIN, x;

	if (n == 0)
		return (middle(b));
	for (size_t i = 0; i < n; i++) {
		x = ideal(b->lines[side].v[i], side);

		if (b->kind == BLOCK_NICS)
			x -= b->lines[side].v[i]->at[ABOVE] - b->w / 2;
		low = min(low, x);
		high = max(high, x);
		sum += x;
	}
	x = b->kind == BLOCK_NICS ? (int)(sum / (long)n) : low + (high - low) / 2;
	return (b->kind == BLOCK_CARD ? nearest_straight(b, side, x) : x);
}

/* How much it matters that a block stands where it is wanted: lines meet a bar anywhere, but a cable or a single port only there. */
static int
weight_of(const struct block *b, enum side side)
{
	if (b->kind == BLOCK_WIRE || (b->kind == BLOCK_CARD && b->node->kind == PICTURE_CABLE))
		return (8);
	return (b->kind == BLOCK_CARD && b->lines[side].n == 1 ? 4 : 1);
}

static void
settle(struct scene *s, size_t row, enum side side)
{
	size_t n = s->row[row].n;
	struct block **v = s->row[row].v;
	int *want = NEW_ARRAY(s->arena, int, n), *gap = NEW_ARRAY(s->arena, int, n), *weight = NEW_ARRAY(s->arena, int, n);

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (v[i]->kind == BLOCK_ZONE)
			zone_arrange(s, v[i]);
	for (size_t i = 0; i < n; i++) {
		want[i] = wanted(v[i], side);
		weight[i] = weight_of(v[i], side);
		if (i + 1 < n)
			gap[i] = (v[i]->w + v[i + 1]->w) / 2 + BLOCK_GAP;
	}
	spread(s->arena, n, want, weight, gap, -FAR, FAR, want);
	for (size_t i = 0; i < n; i++) {
		v[i]->x = want[i] - v[i]->w / 2;
		attach(s, v[i]);
	}
}

/* Cables and lanes come to stand over the port below them, as far as their neighbours allow. */
static void
straighten(struct scene *s, size_t row)
{
	struct block **v = s->row[row].v;

	for (size_t i = 0; i < s->row[row].n; i++) {
		int low = i == 0 ? -FAR : v[i - 1]->x + v[i - 1]->w + BLOCK_GAP;
		int high = i + 1 == s->row[row].n ? FAR : v[i + 1]->x - BLOCK_GAP - v[i]->w;

		if (v[i]->kind == BLOCK_ZONE)
			zone_straighten(v[i]);
		if (v[i]->kind == BLOCK_WIRE && v[i]->lines[BELOW].n == 1)
			v[i]->x = between(line_x(v[i]->lines[BELOW].v[0], BELOW) - v[i]->w / 2, low, high);
	}
}

/* A part of the drawing that no line joins to the rest. */
struct part { size_t number; int left; VEC(struct block *) blocks; };

static void
gather(struct scene *s, struct part *part, struct block *b, bool *seen)
{
	seen[b->number] = true;
	*vec_push(s->arena, &part->blocks) = b;
	part->left = b->x;
	for (size_t i = 0; i < part->blocks.n; i++) {
		b = part->blocks.v[i];
		part->left = min(part->left, b->x);
		for (int side = ABOVE; side <= BELOW; side++)
			for (size_t k = 0; k < b->lines[side].n; k++) {
				struct block *other = b->lines[side].v[k]->end[side];

				if (seen[other->number])
					continue;
				seen[other->number] = true;
				*vec_push(s->arena, &part->blocks) = other;
			}
	}
}

static int
by_left(const void *x, const void *y)
{
	const struct part *a = x, *b = y;

	if (a->left != b->left)
		return (a->left < b->left ? -1 : 1);
	return (a->number < b->number ? -1 : 1);
}

/* Parts that nothing joins are moved together, from left to right, as near as their rows allow. */
static void
close_up(struct scene *s)
{
	VEC(struct part) parts = { 0, 0, NULL };
	bool *seen = NEW_ARRAY(s->arena, bool, s->blocks.n);
	int *edge = NEW_ARRAY(s->arena, int, s->rows);

	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->row >= 0 && !seen[i]) {
			struct part *part = vec_push(s->arena, &parts);

			memset(part, 0, sizeof(*part));
			part->number = parts.n;
			gather(s, part, s->blocks.v[i], seen);
		}
	if (parts.n == 0)
		return;
	qsort(parts.v, parts.n, sizeof(*parts.v), by_left);
	for (size_t i = 0; i < parts.n; i++) {
		const struct part *part = &parts.v[i];
		int shift = -part->left;

		for (size_t k = 0; k < part->blocks.n; k++)
			shift = max(shift, edge[part->blocks.v[k]->row] - part->blocks.v[k]->x);
		for (size_t k = 0; k < part->blocks.n; k++) {
			struct block *b = part->blocks.v[k];

			b->x += shift;
			edge[b->row] = max(edge[b->row], b->x + b->w + BLOCK_GAP);
		}
	}
}

static int
by_hint(const void *x, const void *y)
{
	const struct block *const *a = x, *const *b = y;

	if ((*a)->hint != (*b)->hint)
		return ((*a)->hint < (*b)->hint ? -1 : 1);
	return ((*a)->number < (*b)->number ? -1 : 1);
}

void
arrange(struct scene *s)
{
	size_t row;

	for (row = 0; row < s->rows; row++) {
		if (s->row[row].n == 0)
			continue;
		qsort(s->row[row].v, s->row[row].n, sizeof(*s->row[row].v), by_hint);
		for (size_t i = 0; i < s->row[row].n; i++) {
			struct block *b = s->row[row].v[i];

			b->x = (int)b->hint - b->w / 2;
			for (int side = ABOVE; side <= BELOW; side++)
				for (size_t k = 0; k < b->lines[side].n; k++)
					b->lines[side].v[k]->at[side == ABOVE ? BELOW : ABOVE] = b->w / 2;
		}
	}
	for (int sweep = 0; sweep < SWEEPS; sweep++) {
		for (row = 0; row < s->rows; row++)
			settle(s, row, ABOVE);
		for (row = s->rows; row-- > 0;)
			settle(s, row, BELOW);
	}
	for (row = 1; row < s->rows; row++)
		settle(s, row, ABOVE);
	for (row = 1; row < s->rows; row++)
		straighten(s, row);
	settle(s, 0, BELOW);
	for (size_t i = 0; i < s->row[0].n; i++)
		stretch_nics(s, i);
	for (row = 1; row < s->rows; row++)
		for (size_t i = 0; i < s->row[row].n; i++)
			attach(s, s->row[row].v[i]);
	close_up(s);
}
