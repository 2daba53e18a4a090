/* SPDX-License-Identifier: BSD-2-Clause */
/* How the rows come to stand on the page: heights of the gaps, the frame, the host's name, the legend's room. */
#include "diagram/scene.h"
#include "diagram/theme.h"

enum {
	FIRST_TRACK = 17,       /* below the row's foot */
	HEADER_TRACK = 40,      /* below the frame's top, under the host's name */
	HEADER_INSET = 18,
	CLOUD_ROOM = 84,        /* above the frame, margin not counted */
	THIN_GAP = 17,          /* beside a row of nothing but lines passing */
	FRAME_FOOT = 22,
	FRAME_LEAST = 240,
	LEGEND_LEAST = 440,
};

static bool
is_thin(const struct scene *s, size_t row)
{
	for (size_t i = 0; i < s->row[row].n; i++)
		if (s->row[row].v[i]->kind != BLOCK_WIRE || s->row[row].v[i]->wire->text != NULL || s->row[row].v[i]->lines[ABOVE].n > 1)
			return (false);
	return (s->row[row].n > 0);
}

static int
gap_height(const struct scene *s, size_t row)
{
	int tracks = s->gap_tracks[row];

	if (row == 0)
		return (HEADER - NIC_HEIGHT / 2 + (tracks == 0 ? 0 : HEADER_TRACK + FIRST_TRACK - HEADER + TRACK * (tracks - 1)));
	if (tracks == 0 && (is_thin(s, row) || (row + 1 < s->rows && is_thin(s, row + 1))))
		return (row == 1 && is_thin(s, row) ? 0 : THIN_GAP);
	return (ROW_GAP + (tracks > 1 ? TRACK * (tracks - 1) : 0));
}

int
track_y(const struct scene *s, int row, int track)
{
	if (row == 0)
		return (s->frame_y + HEADER_TRACK + NIC_STEP * s->nic_depth + TRACK * track);
	return (s->row_y[row] + s->row_h[row] + FIRST_TRACK + TRACK * track);
}

/* Room that the host's name cannot have: NICs and the lines under them. */
static bool
is_free(const struct scene *s, int from, int to)
{
	for (size_t i = 0; i < s->row[0].n; i++) {
		const struct block *b = s->row[0].v[i];

		for (size_t k = 0; k < b->nics->boxes.n; k++) {
			const struct nic_box *box = &b->nics->boxes.v[k];
			int x = b->x + box->x;

			if (x - box->w / 2 - LINE_CLEAR < to && x + box->w / 2 + LINE_CLEAR > from)
				return (false);
		}
		if (s->nic_depth > 0 && b->x < to && b->x + b->w > from)
			return (false);
	}
	return (true);
}

/* The host's name stands left, or right, or where there is room for it between the NICs. */
static void
place_header(struct scene *s, int width)
{
	int left = s->frame_x + HEADER_INSET, right = s->frame_x + s->frame_w - HEADER_INSET - width;

	s->header_x = left;
	if (is_free(s, left, left + width))
		return;
	s->header_x = right;
	if (is_free(s, right, right + width))
		return;
	for (size_t i = 0; i < s->row[0].n; i++) {
		const struct block *b = s->row[0].v[i];

		for (size_t k = 0; k < b->nics->boxes.n; k++) {
			const struct nic_box *box = &b->nics->boxes.v[k];

			s->header_x = b->x + box->x + box->w / 2 + LINE_CLEAR;
			if (s->header_x < right && is_free(s, s->header_x, s->header_x + width))
				return;
		}
	}
	s->header_x = s->frame_x + s->frame_w;
	s->frame_w += width + HEADER_INSET;
}

static void
place_columns(struct scene *s)
{
	int left = 0, right = 0, header = 0, least;
	bool first = true;

	for (size_t i = 0; i < s->blocks.n; i++) {
		const struct block *b = s->blocks.v[i];

		if (b->row < 0)
			continue;
		if (first || b->x < left)
			left = b->x;
		if (first || b->x + b->w > right)
			right = b->x + b->w;
		first = false;
	}
	if (s->picture->host != NULL)
		header += style_width(STYLE_TITLE, clip(s->arena, s->picture->host, 64));
	if (s->picture->os != NULL)
		header += (header > 0 ? 10 : 0) + style_width(STYLE_OS, clip(s->arena, s->picture->os, 64));
	least = max(FRAME_LEAST, header + 2 * HEADER_INSET);
	s->frame_x = MARGIN;
	s->frame_w = max(right - left + 2 * FRAME_PAD, least);
	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->row >= 0)
			s->blocks.v[i]->x += MARGIN + (s->frame_w - (right - left)) / 2 - left;
	place_header(s, header);
}

void
place_page(struct scene *s)
{
	int y, far = 0;
	bool cloud = false;

	place_columns(s);
	for (size_t i = 0; i < s->row[0].n; i++) {
		const struct nics *n = s->row[0].v[i]->nics;

		cloud |= n->beyond != NULL || n->far.n > 0;
		far = max(far, n->far_height);
	}
	s->frame_y = MARGIN + (cloud ? CLOUD_ROOM : s->row[0].n > 0 ? NIC_HEIGHT / 2 : 0);
	if (far > 0)
		s->frame_y = max(s->frame_y, MARGIN + far + FAR_FOOT);
	s->row_h[0] = s->row[0].n > 0 ? NIC_HEIGHT / 2 + NIC_STEP * s->nic_depth : NIC_HEIGHT / 2;
	s->row_y[0] = s->frame_y;
	y = s->frame_y + s->row_h[0];
	for (size_t i = 0; i < s->row[0].n; i++)
		s->row[0].v[i]->y = s->frame_y;
	for (size_t row = 1; row < s->rows; row++) {
		y += gap_height(s, row - 1);
		s->row_y[row] = y;
		for (size_t i = 0; i < s->row[row].n; i++) {
			s->row[row].v[i]->y = y;
			s->row_h[row] = max(s->row_h[row], s->row[row].v[i]->h);
		}
		y += s->row_h[row];
	}
	s->frame_h = (s->rows > 1 ? y + FRAME_FOOT : y + HEADER) - s->frame_y;
	s->width = s->frame_x + max(s->frame_w, LEGEND_LEAST) + MARGIN;
	s->legend_y = s->frame_y + s->frame_h + MARGIN;
	s->height = legend(s, NULL, s->legend_y) + MARGIN - 4;
	if (s->only != NULL && s->options->stem != NULL)
		s->height += LEGEND_LINE;
}
