/* SPDX-License-Identifier: BSD-2-Clause */
/* Unified diffs: E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), the variant that needs linear space. */
#include <string.h>

#include "base/outdir.h"

#define CONTEXT 3
/* Texts that differ in more lines than this in one place are told as replaced there: less small, still right. */
#define COST 2048

struct line {
	const char *s; /* interned with its newline: equal lines are equal pointers */
	size_t n;
};

struct side {
	const struct line *line;
	bool *changed;
	long n;
};

struct diff {
	struct side a, b;
	long *forward, *backward; /* furthest x on diagonal x - y, from either end */
};

struct split {
	long x, y;
	bool too_far;
};

/* Where a shortest way through the box [x0,x1) × [y0,y1) can be cut in two. The box begins and ends with different lines. */
static struct split
middle(struct diff *d, long x0, long x1, long y0, long y1)
{
	const struct line *a = d->a.line, *b = d->b.line;
	long *fd = d->forward, *bd = d->backward;
	const long dmin = x0 - y1, dmax = x1 - y0, fmid = x0 - y0, bmid = x1 - y1;
	long fmin = fmid, fmax = fmid, bmin = bmid, bmax = bmid;
	const bool odd = ((fmid - bmid) & 1) != 0;

	fd[fmid] = x0;
	bd[bmid] = x1;
	for (long cost = 1;; cost++) {
		if (fmin > dmin)
			fd[--fmin - 1] = -1;
		else
			fmin++;
		if (fmax < dmax)
			fd[++fmax + 1] = -1;
		else
			fmax--;
		for (long k = fmax; k >= fmin; k -= 2) {
			long x = fd[k - 1] < fd[k + 1] ? fd[k + 1] : fd[k - 1] + 1, y = x - k;

			while (x < x1 && y < y1 && a[x].s == b[y].s)
				x++, y++;
			fd[k] = x;
			if (odd && bmin <= k && k <= bmax && bd[k] <= x)
				return ((struct split){ .x = x, .y = y });
		}
		if (bmin > dmin)
			bd[--bmin - 1] = x1 + 1;
		else
			bmin++;
		if (bmax < dmax)
			bd[++bmax + 1] = x1 + 1;
		else
			bmax--;
		for (long k = bmax; k >= bmin; k -= 2) {
			long x = bd[k - 1] < bd[k + 1] ? bd[k - 1] : bd[k + 1] - 1, y = x - k;

			while (x > x0 && y > y0 && a[x - 1].s == b[y - 1].s)
				x--, y--;
			bd[k] = x;
			if (!odd && fmin <= k && k <= fmax && x <= fd[k])
				return ((struct split){ .x = x, .y = y });
		}
		if (cost >= COST)
			return ((struct split){ .too_far = true });
	}
}

static void
mark(struct side *s, long from, long to)
{
	for (; from < to; from++)
		s->changed[from] = true;
}

static void
mark_changes(struct diff *d, long x0, long x1, long y0, long y1)
{
	struct split at;

	for (;;) {
		while (x0 < x1 && y0 < y1 && d->a.line[x0].s == d->b.line[y0].s)
			x0++, y0++;
		while (x0 < x1 && y0 < y1 && d->a.line[x1 - 1].s == d->b.line[y1 - 1].s)
			x1--, y1--;
		if (x0 == x1 || y0 == y1)
			break;
		at = middle(d, x0, x1, y0, y1);
		if (at.too_far)
			break;
		mark_changes(d, x0, at.x, y0, at.y);
		x0 = at.x;
		y0 = at.y;
	}
	mark(&d->a, x0, x1);
	mark(&d->b, y0, y1);
}

static void
split_lines(struct arena *a, struct strtab *known, const char *text, size_t len, struct side *s)
{
	VEC(struct line) lines = { 0 };

	for (size_t i = 0; i < len;) {
		const char *end = memchr(text + i, '\n', len - i);
		size_t n = end == NULL ? len - i : (size_t)(end - text) - i + 1;

		*vec_push(a, &lines) = (struct line){ .s = str_intern(known, text + i, n), .n = n };
		i += n;
	}
	s->line = lines.v;
	s->n = (long)lines.n;
	s->changed = NEW_ARRAY(a, bool, lines.n + 1);
}

struct printer {
	struct arena *arena;
	FILE *f;
	bool color;
};

static void
print_line(const struct printer *p, char sign, const struct line *l)
{
	bool newline = l->n > 0 && l->s[l->n - 1] == '\n';
	size_t n = l->n - newline;

	if (p->color && sign != ' ')
		fputs(sign == '-' ? "\033[31m" : "\033[32m", p->f);
	putc(sign, p->f);
	if (p->color) {
		/* For a terminal, not for patch(1): nothing in the text may steer it. */
		struct text t = { .arena = p->arena };

		for (size_t i = 0; i < n;) {
			if (l->s[i] == '\t') {
				text_add(&t, "\t");
				i++;
			} else
				i += text_add_char(&t, l->s + i, n - i);
		}
		fputs(text_end(&t), p->f);
	} else
		fwrite(l->s, 1, n, p->f);
	if (p->color && sign != ' ')
		fputs("\033[0m", p->f);
	putc('\n', p->f);
	if (!newline)
		fputs("\\ No newline at end of file\n", p->f);
}

/* A count of 1 is left out; an empty range stands after the line before it. */
static void
print_range(FILE *f, char sign, long from, long to)
{
	if (to - from == 1)
		fprintf(f, " %c%ld", sign, from + 1);
	else
		fprintf(f, " %c%ld,%ld", sign, to == from ? from : from + 1, to - from);
}

static void
print_hunk(const struct printer *p, const struct diff *d, long x0, long x1, long y0, long y1)
{
	fputs(p->color ? "\033[36m@@" : "@@", p->f);
	print_range(p->f, '-', x0, x1);
	print_range(p->f, '+', y0, y1);
	fputs(p->color ? " @@\033[0m\n" : " @@\n", p->f);
	while (x0 < x1 || y0 < y1) {
		if (x0 < x1 && d->a.changed[x0])
			print_line(p, '-', &d->a.line[x0++]);
		else if (y0 < y1 && d->b.changed[y0])
			print_line(p, '+', &d->b.line[y0++]);
		else {
			print_line(p, ' ', &d->a.line[x0++]);
			y0++;
		}
	}
}

static void
print_name(const struct printer *p, const char *mark_, const char *name)
{
	struct text t = { .arena = p->arena };

	text_add_shown(&t, name, strlen(name));
	fprintf(p->f, "%s%s %s%s\n", p->color ? "\033[1m" : "", mark_, text_end(&t), p->color ? "\033[0m" : "");
}

static void
print_hunks(const struct printer *p, const struct diff *d)
{
	long x = 0, y = 0;

	while (x < d->a.n || y < d->b.n) {
		long x0, y0, same = 0;

		if (!d->a.changed[x] && !d->b.changed[y]) {
			x++, y++;
			continue;
		}
		x0 = x < CONTEXT ? 0 : x - CONTEXT;
		y0 = y - (x - x0);
		/* To where more lines in a row are the same than two contexts hold. */
		while (same <= 2 * CONTEXT && (x < d->a.n || y < d->b.n)) {
			if (d->a.changed[x]) {
				x++;
				same = 0;
			} else if (d->b.changed[y]) {
				y++;
				same = 0;
			} else {
				x++, y++;
				same++;
			}
		}
		same = same > CONTEXT ? same - CONTEXT : 0;
		print_hunk(p, d, x0, x - same, y0, y - same);
	}
}

void
unified_diff(FILE *f, const char *from_name, const char *from, size_t from_len, const char *to_name, const char *to, size_t to_len,
    bool color)
{
	struct printer p = { .f = f, .color = color };
	struct strtab *known;
	struct diff d = { 0 };
	size_t diagonals;

	if (from_len == to_len && (from_len == 0 || memcmp(from, to, from_len) == 0))
		return;
	p.arena = arena_new();
	known = strtab_new(p.arena);
	split_lines(p.arena, known, from, from_len, &d.a);
	split_lines(p.arena, known, to, to_len, &d.b);
	/* Diagonals run from -b.n to a.n, and one on either side is looked at. */
	diagonals = (size_t)(d.a.n + d.b.n) + 3;
	d.forward = NEW_ARRAY(p.arena, long, diagonals) + d.b.n + 1;
	d.backward = NEW_ARRAY(p.arena, long, diagonals) + d.b.n + 1;
	mark_changes(&d, 0, d.a.n, 0, d.b.n);
	print_name(&p, "---", from_name);
	print_name(&p, "+++", to_name);
	print_hunks(&p, &d);
	arena_free(p.arena);
}
