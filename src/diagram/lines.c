/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines between rows: each is straight, or turns twice in the gap between the rows, on a track that crosses no other line's turn. */
#include <stdlib.h>

#include "diagram/scene.h"

/* One run along a track: from where the line comes down to where it goes on down. */
struct jog {
	struct line *line;
	int from, to;
	bool done, second;
	size_t waits;           /* for so many that must turn above it */
};
struct track { VEC(struct jog *) jogs; };
struct gap { struct arena *arena; VEC(struct jog *) jogs; VEC(struct track) tracks; VEC(int) straight; };

static int
left_of(const struct jog *j)
{
	return (j->from < j->to ? j->from : j->to);
}

static int
right_of(const struct jog *j)
{
	return (j->from < j->to ? j->to : j->from);
}

/* Those that turn right come first from the right, those that turn left from the left: side by side they do not cross. */
static int
by_turn(const void *x, const void *y)
{
	const struct jog *const *p = x, *const *q = y, *a = *p, *b = *q;
	bool right = a->to > a->from, other = b->to > b->from;

	if (right != other)
		return (right ? -1 : 1);
	if (a->from != b->from)
		return ((a->from > b->from) == right ? -1 : 1);
	return (a->line->order < b->line->order ? -1 : 1);
}

/* A line that comes down where another goes on down must turn above it. */
static bool
above(const struct jog *a, const struct jog *b)
{
	if (a->line == b->line)
		return (!a->second && b->second);
	return (abs(a->from - b->to) < LINE_CLEAR);
}

static bool
fits(const struct track *track, const struct jog *j)
{
	for (size_t i = 0; i < track->jogs.n; i++)
		if (left_of(track->jogs.v[i]) <= right_of(j) + LINE_CLEAR && left_of(j) <= right_of(track->jogs.v[i]) + LINE_CLEAR)
			return (false);
	return (true);
}

static struct jog *
add_jog(struct gap *g, struct line *line, int from, int to)
{
	struct jog *j = NEW(g->arena, struct jog);

	j->line = line;
	j->from = from;
	j->to = to;
	*vec_push(g->arena, &g->jogs) = j;
	return (j);
}

static bool
is_clear(const struct gap *g, int x)
{
	for (size_t i = 0; i < g->jogs.n; i++)
		if (abs(g->jogs.v[i]->from - x) < LINE_CLEAR || abs(g->jogs.v[i]->to - x) < LINE_CLEAR)
			return (false);
	for (size_t i = 0; i < g->straight.n; i++)
		if (abs(g->straight.v[i] - x) < LINE_CLEAR)
			return (false);
	return (true);
}

/* Lines that each must turn above another in a ring: one of them changes tracks, at the clear place nearest to its middle. */
static void
bend(struct gap *g, struct jog *j)
{
	int middle = j->from + (j->to - j->from) / 2, x = middle;
	struct jog *rest;

	for (int by = 1; !is_clear(g, x); by++)
		x = middle + (by % 2 == 0 ? by / 2 : -(by / 2));
	rest = add_jog(g, j->line, x, j->to);
	rest->second = true;
	j->to = x;
	j->line->bend = x;
}

static size_t
count_waits(const struct gap *g, const struct jog *j)
{
	size_t n = 0;

	for (size_t i = 0; i < g->jogs.n; i++)
		n += !g->jogs.v[i]->done && above(g->jogs.v[i], j);
	return (n);
}

static void
put(struct gap *g, struct jog *j)
{
	size_t track = 0;

	for (size_t i = 0; i < g->jogs.n; i++) {
		const struct jog *other = g->jogs.v[i];
		int at = other->second ? other->line->second : other->line->track;

		if (other->done && above(other, j) && (size_t)at + 1 > track)
			track = (size_t)at + 1;
	}
	while (track < g->tracks.n && !fits(&g->tracks.v[track], j))
		track++;
	while (track >= g->tracks.n)
		*vec_push(g->arena, &g->tracks) = (struct track){ { 0, 0, NULL } };
	*vec_push(g->arena, &g->tracks.v[track].jogs) = j;
	if (j->second)
		j->line->second = (int)track;
	else
		j->line->track = (int)track;
	j->done = true;
	for (size_t i = 0; i < g->jogs.n; i++)
		if (!g->jogs.v[i]->done && above(j, g->jogs.v[i]))
			g->jogs.v[i]->waits--;
}

static int
route_gap(struct scene *s, size_t row)
{
	struct gap gap = { .arena = s->arena }, *g = &gap;
	size_t left;

	for (size_t i = 0; i < s->row[row].n; i++)
		for (size_t k = 0; k < s->row[row].v[i]->lines[BELOW].n; k++) {
			struct line *line = s->row[row].v[i]->lines[BELOW].v[k];

			line->track = line->second = -1;
			if (line_x(line, ABOVE) != line_x(line, BELOW))
				add_jog(g, line, line_x(line, ABOVE), line_x(line, BELOW));
			else
				*vec_push(s->arena, &g->straight) = line_x(line, ABOVE);
		}
	if (g->jogs.n == 0)
		return (0);
	qsort(g->jogs.v, g->jogs.n, sizeof(*g->jogs.v), by_turn);
	for (size_t i = 0; i < g->jogs.n; i++)
		g->jogs.v[i]->waits = count_waits(g, g->jogs.v[i]);
	for (left = g->jogs.n; left > 0; left--) {
		struct jog *j = NULL;

		for (size_t i = 0; i < g->jogs.n && j == NULL; i++)
			if (!g->jogs.v[i]->done && g->jogs.v[i]->waits == 0)
				j = g->jogs.v[i];
		for (size_t i = 0; j == NULL; i++)
			if (!g->jogs.v[i]->done && !g->jogs.v[i]->second) {
				j = g->jogs.v[i];
				bend(g, j);
				left++;
				for (size_t k = 0; k < g->jogs.n; k++)
					if (!g->jogs.v[k]->done)
						g->jogs.v[k]->waits = count_waits(g, g->jogs.v[k]);
			}
		put(g, j);
	}
	return ((int)g->tracks.n);
}

void
route_lines(struct scene *s)
{
	for (size_t row = 0; row < s->rows; row++)
		s->gap_tracks[row] = route_gap(s, row);
}
