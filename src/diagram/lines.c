/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines between rows: each is straight, or turns twice in the gap between the rows, on a track that crosses no other line's turn. */
#include <stdlib.h>

#include "diagram/scene.h"

struct jog { struct line *line; int from, to; size_t wait; bool done; };
struct track { VEC(struct jog *) jogs; };

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
	const struct jog *a = x, *b = y;
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
	return (a != b && abs(a->from - b->to) < LINE_CLEAR);
}

static bool
fits(const struct track *track, const struct jog *j)
{
	for (size_t i = 0; i < track->jogs.n; i++)
		if (left_of(track->jogs.v[i]) <= right_of(j) + LINE_CLEAR && left_of(j) <= right_of(track->jogs.v[i]) + LINE_CLEAR)
			return (false);
	return (true);
}

static int
route_gap(struct scene *s, size_t row)
{
	VEC(struct jog) jogs = { 0, 0, NULL };
	VEC(struct track) tracks = { 0, 0, NULL };
	size_t left;

	for (size_t i = 0; i < s->row[row].n; i++)
		for (size_t k = 0; k < s->row[row].v[i]->lines[BELOW].n; k++) {
			struct line *line = s->row[row].v[i]->lines[BELOW].v[k];

			line->track = -1;
			if (line_x(line, ABOVE) != line_x(line, BELOW))
				*vec_push(s->arena, &jogs) =
				    (struct jog){ .line = line, .from = line_x(line, ABOVE), .to = line_x(line, BELOW) };
		}
	if (jogs.n == 0)
		return (0);
	qsort(jogs.v, jogs.n, sizeof(*jogs.v), by_turn);
	for (left = jogs.n; left > 0; left--) {
		struct jog *j = NULL;
		size_t track = 0;

		for (size_t i = 0; i < jogs.n; i++) {
			bool free = !jogs.v[i].done;

			for (size_t k = 0; free && k < jogs.n; k++)
				free = jogs.v[k].done || !above(&jogs.v[k], &jogs.v[i]);
			if (free) {
				j = &jogs.v[i];
				break;
			}
		}
		for (size_t i = 0; j == NULL; i++)
			if (!jogs.v[i].done)
				j = &jogs.v[i];
		for (size_t k = 0; k < jogs.n; k++)
			if (jogs.v[k].done && above(&jogs.v[k], j) && (size_t)jogs.v[k].line->track + 1 > track)
				track = (size_t)jogs.v[k].line->track + 1;
		while (track < tracks.n && !fits(&tracks.v[track], j))
			track++;
		while (track >= tracks.n)
			*vec_push(s->arena, &tracks) = (struct track){ { 0, 0, NULL } };
		*vec_push(s->arena, &tracks.v[track].jogs) = j;
		j->line->track = (int)track;
		j->done = true;
	}
	return ((int)tracks.n);
}

void
route_lines(struct scene *s)
{
	for (size_t row = 0; row < s->rows; row++)
		s->gap_tracks[row] = route_gap(s, row);
}
