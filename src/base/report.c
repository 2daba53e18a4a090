/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics written out in one of three forms. */
#include "base/report.h"

#include <string.h>

#include "base/json.h"
#include "base/str.h"
#include "base/width.h"

#define OF_A_RULE 20
#define IN_ALL 200
#define FURTHER_PLACES 8        /* of one diagnostic */
#define EXCERPT 160
#define LEAD 60         /* columns kept before the place when a line is too long to show */
#define VIA_MAX 8

static const char *const severity_word[] = { "off", "note", "warning", "error" };

struct place {
	uint32_t line, column;
};

/* Working out a column walks its line. Diagnostics come sorted, so the walk goes on from the last place where it can: a file that
 * is one long line would else cost its length for each of them. */
struct places {
	const struct source *src;
	uint32_t off;
	struct place at;
};

static struct place
place_of(struct places *ps, const struct source *src, uint32_t off)
{
	if (off > src->len)
		off = (uint32_t)src->len;
	if (ps->src == src && off >= ps->off && (ps->at.line == src->nlines || off < src->line[ps->at.line])) {
		while (ps->off < off) {
			uint32_t c;
			size_t n = utf8_decode(src->text + ps->off, src->len - ps->off, &c);

			if (n == 0)
				n = 1;
			if (off - ps->off < n)
				break;
			ps->off += (uint32_t)n;
			ps->at.column++;
		}
		return (ps->at);
	}
	ps->src = src;
	ps->off = off;
	source_position(src, off, &ps->at.line, &ps->at.column);
	/* Within a character: go on from its start. */
	for (uint32_t k = 1, c; k < 4 && k <= off; k++)
		if (utf8_decode(src->text + off - k, src->len - off + k, &c) > k)
			ps->off = off - k;
	return (ps->at);
}

/* Text */

struct painter {
	struct text out;
	struct places heads, notes;
	bool color;
};

enum paint { PLAIN, BOLD, RED, MAGENTA, CYAN, GREEN };

static void
paint(struct painter *p, enum paint which)
{
	static const char *const codes[] = { "\033[0m", "\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1;32m" };

	if (p->color)
		text_add(&p->out, codes[which]);
}

static enum paint
severity_paint(enum severity s)
{
	switch (s) {
	case SEV_ERROR:
		return (RED);
	case SEV_WARNING:
		return (MAGENTA);
	case SEV_NOTE:
		return (CYAN);
	case SEV_OFF:
		break;
	}
	return (PLAIN);
}

struct cell {
	uint32_t off;
	unsigned len, width; /* width as shown, escapes written out */
};

/* At most this many characters on either side of the place are looked at, however long the line is. */
#define AROUND EXCERPT

struct line {
	const struct source *src;
	struct cell cells[2 * AROUND + 1];
	size_t n, caret; /* caret: the cell of the place, n when it is past the last */
	bool more_before, more_after;
};

static struct cell
cell_at(const struct source *src, uint32_t off)
{
	const char *s = src->text + off;
	uint32_t c;
	size_t n = utf8_decode(s, src->len - off, &c);
	unsigned width;

	if (n == 0)
		return ((struct cell){ .off = off, .len = 1, .width = 4 });
	if (c == '\t')
		width = 1;
	else if (char_is_hidden(c))
		width = c < 0x80 ? 4 : c > 0xfffff ? 10 : c > 0xffff ? 9 : 8;
	else
		width = (unsigned)char_width(c);
	return ((struct cell){ .off = off, .len = (unsigned)n, .width = width });
}

static uint32_t
char_before(const struct source *src, uint32_t start, uint32_t off)
{
	uint32_t at = off - 1, c;

	while (at > start && off - at < 4 && ((unsigned char)src->text[at] & 0xc0) == 0x80)
		at--;
	return (at + utf8_decode(src->text + at, src->len - at, &c) == off ? at : off - 1);
}

static void
line_around(struct line *l, const struct source *src, uint32_t off, uint32_t line)
{
	uint32_t start = src->line[line - 1], end = line < src->nlines ? src->line[line] : (uint32_t)src->len, at;
	size_t before = 0;

	while (end > start && (src->text[end - 1] == '\n' || src->text[end - 1] == '\r'))
		end--;
	if (off > end)
		off = end;
	for (at = off; at > start && before < AROUND; before++)
		at = char_before(src, start, at);
	l->src = src;
	l->more_before = at > start;
	l->n = 0;
	l->caret = SIZE_MAX;
	while (at < end && l->n < sizeof(l->cells) / sizeof(l->cells[0])) {
		struct cell c = cell_at(src, at);

		if (l->caret == SIZE_MAX && at + c.len > off)
			l->caret = l->n;
		l->cells[l->n++] = c;
		at += c.len;
	}
	if (l->caret == SIZE_MAX)
		l->caret = l->n;
	l->more_after = at < end;
}

static unsigned
width_between(const struct line *l, size_t from, size_t to)
{
	unsigned width = 0;

	for (size_t i = from; i < to; i++)
		width += l->cells[i].width;
	return (width);
}

/* Which cells are shown: all where they fit, else a window with the place in it. */
static void
window(const struct line *l, size_t *first, size_t *last)
{
	unsigned room = EXCERPT, width;
	bool cut_before, cut_after;
	size_t from = 0, to;

	if (!l->more_before && !l->more_after && width_between(l, 0, l->n) <= EXCERPT) {
		*first = 0;
		*last = l->n;
		return;
	}
	if (l->more_before || width_between(l, 0, l->caret) > EXCERPT - LEAD) {
		width = 0;
		for (from = l->caret; from > 0 && width + l->cells[from - 1].width <= LEAD; from--)
			width += l->cells[from - 1].width;
	}
	cut_before = l->more_before || from > 0;
	if (cut_before)
		room--;
	width = 0;
	for (to = from; to < l->n && width + l->cells[to].width <= room; to++)
		width += l->cells[to].width;
	cut_after = l->more_after || to < l->n;
	while (cut_after && to > from && width + 1 > room)
		width -= l->cells[--to].width;
	*first = from;
	*last = to;
}

static void
snippet(struct painter *p, const struct span *at, uint32_t line)
{
	struct line l;
	size_t first, last, i;
	uint32_t end = at->off + at->len;
	int digits = 5;

	line_around(&l, at->src, at->off, line);
	window(&l, &first, &last);
	for (uint32_t n = line; n >= 100000; n /= 10)
		digits++;
	text_printf(&p->out, "%*u |%s", digits, (unsigned)line, l.n > 0 ? " " : "");
	if (first > 0 || l.more_before)
		text_add(&p->out, "…");
	for (i = first; i < last; i++) {
		const char *s = at->src->text + l.cells[i].off;

		if (*s == '\t')
			text_add(&p->out, "\t");
		else
			text_add_char(&p->out, s, l.cells[i].len);
	}
	if (last < l.n || l.more_after)
		text_add(&p->out, "…");
	text_printf(&p->out, "\n%*s | %s", digits, "", first > 0 || l.more_before ? " " : "");
	for (i = first; i < l.caret && i < last; i++) {
		if (at->src->text[l.cells[i].off] == '\t')
			text_add(&p->out, "\t");
		else
			text_addn(&p->out, "          ", l.cells[i].width); /* ten: the widest */
	}
	paint(p, GREEN);
	text_add(&p->out, "^");
	for (bool caret = true; i < last && l.cells[i].off < end; i++) {
		for (unsigned w = caret ? 1 : 0; w < l.cells[i].width; w++)
			text_add(&p->out, "~");
		caret = false;
	}
	paint(p, PLAIN);
	text_add(&p->out, "\n");
}

static void
remark(struct painter *p, struct places *ps, enum severity severity, const struct remark *r, const char *rule)
{
	struct place at = { 0 };

	paint(p, BOLD);
	if (r->at.src != NULL) {
		at = place_of(ps, r->at.src, r->at.off);
		text_add_shown(&p->out, r->at.src->name, strlen(r->at.src->name));
		text_printf(&p->out, ":%u:%u: ", (unsigned)at.line, (unsigned)at.column);
	} else if (rule != NULL)
		text_add(&p->out, "vnetc: ");
	paint(p, severity_paint(severity));
	text_printf(&p->out, "%s: ", severity_word[severity]);
	paint(p, rule != NULL ? BOLD : PLAIN);
	text_add(&p->out, r->text);
	paint(p, PLAIN);
	if (rule != NULL)
		text_printf(&p->out, " [%s]", rule);
	text_add(&p->out, "\n");
	if (r->at.src != NULL)
		snippet(p, &r->at, at.line);
}

static struct remark
via_remark(struct arena *a, const struct via *v)
{
	struct remark r = { .at = v->at, .text = "used here" };
	struct text t = { .arena = a };
	const char *s;

	switch (v->kind) {
	case VIA_ALIAS:
		s = v->at.src == NULL ? "" : v->at.src->text + v->at.off;
		if (*s != '*' || v->at.len < 2)
			break;
		text_add(&t, "used here, through alias ");
		text_add_shown(&t, s, v->at.len);
		r.text = text_end(&t);
		break;
	case VIA_MERGE:
		r.text = "merged here";
		break;
	case VIA_DEFAULTS:
		r.text = "the default is used here";
		break;
	case VIA_RANGE:
		r.text = "in this range";
		break;
	}
	return (r);
}

typedef VEC(struct remark) remarks;

/* The notes of a diagnostic, then how its value came to where it is used. */
static remarks
all_notes(struct arena *a, const struct diag *d)
{
	remarks all = { 0 };
	const struct via *v = d->head.at.via;

	for (size_t i = 0; i < d->notes.n; i++)
		*vec_push(a, &all) = d->notes.v[i];
	for (int i = 0; v != NULL && i < VIA_MAX; i++, v = v->at.via)
		*vec_push(a, &all) = via_remark(a, v);
	return (all);
}

static void
text_diag(struct painter *p, struct arena *a, const struct diag *d, bool all)
{
	remarks notes = all_notes(a, d);
	size_t placed = 0;

	remark(p, &p->heads, d->severity, &d->head, d->rule->name);
	for (size_t i = 0; i < notes.n; i++) {
		placed += notes.v[i].at.src != NULL ? 1 : 0;
		if (all || notes.v[i].at.src == NULL || placed <= FURTHER_PLACES)
			remark(p, &p->notes, SEV_NOTE, &notes.v[i], NULL);
	}
	if (!all && placed > FURTHER_PLACES)
		text_printf(&p->out, "… and %zu more place%s\n", placed - FURTHER_PLACES, placed == FURTHER_PLACES + 1 ? "" : "s");
	if (d->help != NULL) {
		paint(p, GREEN);
		text_add(&p->out, "help: ");
		paint(p, PLAIN);
		text_printf(&p->out, "%s\n", d->help);
	}
}

struct tally {
	const char *rule;
	unsigned shown, hidden;
};

static void
report_text(struct diags *ds, const struct report_options *o, FILE *f)
{
	struct painter p = { .out = { .arena = ds->arena }, .color = o->color };
	struct map *tallies = map_new(ds->arena);
	VEC(struct tally *) hidden = { 0 };
	unsigned shown = 0;

	for (size_t i = 0; i < ds->all.n; i++) {
		const struct diag *d = ds->all.v[i];
		struct tally *t;

		if (o->quiet && d->severity != SEV_ERROR)
			continue;
		t = map_get(tallies, d->rule->name);
		if (t == NULL) {
			t = NEW(ds->arena, struct tally);
			t->rule = d->rule->name;
			map_put(tallies, t->rule, t);
		}
		if (!o->all && (t->shown == OF_A_RULE || shown == IN_ALL)) {
			if (t->hidden++ == 0)
				*vec_push(ds->arena, &hidden) = t;
			continue;
		}
		t->shown++;
		shown++;
		p.out.n = 0;
		text_diag(&p, ds->arena, d, o->all);
		fwrite(p.out.v, 1, p.out.n, f);
	}
	for (size_t i = 0; i < hidden.n; i++)
		fprintf(f, "… and %u more (%s)\n", hidden.v[i]->hidden, hidden.v[i]->rule);
}

/* JSON lines */

struct machine {
	struct json j;
	struct range_places {
		struct places start, end;
	} heads, others;
};

/* The end is the first place after the span. */
static void
json_place(struct machine *m, struct range_places *ps, const struct span *at)
{
	static const char *const keys[] = { "file", "line", "column", "end_line", "end_column" };
	struct place start, end;

	if (at->src == NULL) {
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			json_member(&m->j, keys[i], NULL);
		return;
	}
	start = place_of(&ps->start, at->src, at->off);
	end = place_of(&ps->end, at->src, at->off + at->len);
	json_member(&m->j, keys[0], at->src->name);
	json_member_int(&m->j, keys[1], start.line);
	json_member_int(&m->j, keys[2], start.column);
	json_member_int(&m->j, keys[3], end.line);
	json_member_int(&m->j, keys[4], end.column);
}

static void
json_diag(struct machine *m, struct arena *a, const struct diag *d)
{
	struct json *j = &m->j;
	remarks notes = all_notes(a, d);

	json_object_begin(j);
	json_member(j, "rule", d->rule->name);
	json_member(j, "severity", severity_word[d->severity]);
	json_member(j, "message", d->head.text);
	json_place(m, &m->heads, &d->head.at);
	json_key(j, "notes");
	json_array_begin(j);
	for (size_t i = 0; i < notes.n; i++) {
		json_object_begin(j);
		json_member(j, "message", notes.v[i].text);
		json_place(m, &m->others, &notes.v[i].at);
		json_object_end(j);
	}
	json_array_end(j);
	json_member(j, "help", d->help);
	json_key(j, "fixes");
	json_array_begin(j);
	for (size_t i = 0; i < d->fixes.n; i++) {
		const struct fix *x = &d->fixes.v[i];

		if (x->at.src == NULL)
			continue;
		json_object_begin(j);
		json_place(m, &m->others, &x->at);
		json_member_int(j, "offset", (int64_t)x->at.off + x->at.src->skipped);
		json_member_int(j, "length", x->at.len);
		json_member(j, "replacement", x->replacement);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
}

static void
report_json(struct diags *ds, FILE *f)
{
	struct machine m = { 0 };

	for (size_t i = 0; i < ds->all.n; i++) {
		json_begin(&m.j, f, false);
		json_diag(&m, ds->arena, ds->all.v[i]);
		putc('\n', f);
	}
}

/* SARIF 2.1.0 */

static void
sarif_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_object_begin(j);
	json_member(j, "text", text);
	json_object_end(j);
}

/* A relative URI reference (RFC 3986): '/' stays, a ':' could be read as a scheme's. */
static const char *
uri_of(struct arena *a, const char *name)
{
	struct text t = { .arena = a };

	for (; *name != '\0'; name++) {
		unsigned char c = (unsigned char)*name;

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c) != NULL)
			text_addn(&t, name, 1);
		else
			text_printf(&t, "%%%02X", c);
	}
	return (text_end(&t));
}

static void
sarif_artifact(struct json *j, struct arena *a, const struct source *src)
{
	json_key(j, "artifactLocation");
	json_object_begin(j);
	json_member(j, "uri", uri_of(a, src->name));
	json_object_end(j);
}

static void
sarif_region(struct machine *m, struct range_places *ps, const char *key, const struct span *at)
{
	struct place start = place_of(&ps->start, at->src, at->off), end = place_of(&ps->end, at->src, at->off + at->len);

	json_key(&m->j, key);
	json_object_begin(&m->j);
	json_member_int(&m->j, "startLine", start.line);
	json_member_int(&m->j, "startColumn", start.column);
	json_member_int(&m->j, "endLine", end.line);
	json_member_int(&m->j, "endColumn", end.column);
	json_object_end(&m->j);
}

static void
sarif_place(struct machine *m, struct range_places *ps, struct arena *a, const struct span *at)
{
	if (at->src == NULL)
		return;
	json_key(&m->j, "physicalLocation");
	json_object_begin(&m->j);
	sarif_artifact(&m->j, a, at->src);
	sarif_region(m, ps, "region", at);
	json_object_end(&m->j);
}

static void
sarif_rules(struct json *j, const struct rule *const *rules)
{
	json_key(j, "rules");
	json_array_begin(j);
	for (; rules != NULL && *rules != NULL; rules++) {
		const struct rule *r = *rules;
		const char *summary = r->summary != NULL ? r->summary : r->name;
		const char *explain = r->explain != NULL ? r->explain : summary;

		json_object_begin(j);
		json_member(j, "id", r->name);
		sarif_text(j, "shortDescription", summary);
		sarif_text(j, "fullDescription", explain);
		sarif_text(j, "help", explain);
		json_key(j, "defaultConfiguration");
		json_object_begin(j);
		json_member_bool(j, "enabled", r->severity != SEV_OFF);
		json_member(j, "level", r->severity == SEV_OFF ? severity_word[SEV_NOTE] : severity_word[r->severity]);
		json_object_end(j);
		json_object_end(j);
	}
	json_array_end(j);
}

/* All fixes of a diagnostic are one change of the text, told file by file. */
static void
sarif_fixes(struct machine *m, struct arena *a, const struct diag *d)
{
	struct json *j = &m->j;
	bool any = false;

	for (size_t i = 0; i < d->fixes.n; i++)
		any = any || d->fixes.v[i].at.src != NULL;
	if (!any)
		return;
	json_key(j, "fixes");
	json_array_begin(j);
	json_object_begin(j);
	if (d->help != NULL)
		sarif_text(j, "description", d->help);
	json_key(j, "artifactChanges");
	json_array_begin(j);
	for (size_t i = 0; i < d->fixes.n; i++) {
		const struct source *src = d->fixes.v[i].at.src;
		bool told = src == NULL;

		for (size_t k = 0; k < i; k++)
			told = told || d->fixes.v[k].at.src == src;
		if (told)
			continue;
		json_object_begin(j);
		sarif_artifact(j, a, src);
		json_key(j, "replacements");
		json_array_begin(j);
		for (size_t k = i; k < d->fixes.n; k++) {
			if (d->fixes.v[k].at.src != src)
				continue;
			json_object_begin(j);
			sarif_region(m, &m->others, "deletedRegion", &d->fixes.v[k].at);
			sarif_text(j, "insertedContent", d->fixes.v[k].replacement);
			json_object_end(j);
		}
		json_array_end(j);
		json_object_end(j);
	}
	json_array_end(j);
	json_object_end(j);
	json_array_end(j);
}

static void
sarif_result(struct machine *m, struct arena *a, const struct diag *d, const struct rule *const *rules)
{
	struct json *j = &m->j;
	remarks notes = all_notes(a, d);

	json_object_begin(j);
	json_member(j, "ruleId", d->rule->name);
	for (size_t i = 0; rules != NULL && rules[i] != NULL; i++) {
		if (rules[i] == d->rule) {
			json_member_int(j, "ruleIndex", (int64_t)i);
			break;
		}
	}
	json_member(j, "level", severity_word[d->severity]);
	sarif_text(j, "message", d->help == NULL ? d->head.text : arena_printf(a, "%s\nhelp: %s", d->head.text, d->help));
	json_key(j, "locations");
	json_array_begin(j);
	if (d->head.at.src != NULL) {
		json_object_begin(j);
		sarif_place(m, &m->heads, a, &d->head.at);
		json_object_end(j);
	}
	json_array_end(j);
	if (notes.n > 0) {
		json_key(j, "relatedLocations");
		json_array_begin(j);
		for (size_t i = 0; i < notes.n; i++) {
			json_object_begin(j);
			json_member_int(j, "id", (int64_t)i);
			sarif_place(m, &m->others, a, &notes.v[i].at);
			sarif_text(j, "message", notes.v[i].text);
			json_object_end(j);
		}
		json_array_end(j);
	}
	sarif_fixes(m, a, d);
	json_object_end(j);
}

static void
report_sarif(struct diags *ds, const struct report_options *o, FILE *f)
{
	struct machine m = { 0 };
	struct json *j = &m.j;

	json_begin(j, f, true);
	json_object_begin(j);
	json_member(j, "$schema", "https://json.schemastore.org/sarif-2.1.0.json");
	json_member(j, "version", "2.1.0");
	json_key(j, "runs");
	json_array_begin(j);
	json_object_begin(j);
	json_key(j, "tool");
	json_object_begin(j);
	json_key(j, "driver");
	json_object_begin(j);
	json_member(j, "name", "vnetc");
	if (o->version != NULL)
		json_member(j, "version", o->version);
	sarif_rules(j, o->rules);
	json_object_end(j);
	json_object_end(j);
	json_member(j, "columnKind", "unicodeCodePoints");
	json_key(j, "results");
	json_array_begin(j);
	for (size_t i = 0; i < ds->all.n; i++)
		sarif_result(&m, ds->arena, ds->all.v[i], o->rules);
	json_array_end(j);
	json_object_end(j);
	json_array_end(j);
	json_object_end(j);
	putc('\n', f);
}

void
report(struct diags *ds, const struct report_options *o, FILE *f)
{
	diags_sort(ds);
	switch (o->format) {
	case REPORT_TEXT:
		report_text(ds, o, f);
		break;
	case REPORT_JSON:
		report_json(ds, f);
		break;
	case REPORT_SARIF:
		report_sarif(ds, o, f);
		break;
	}
}

const char *
report_counts(struct arena *a, const struct diags *ds)
{
	struct text t = { .arena = a };

	if (ds->errors > 0)
		text_printf(&t, "%u error%s", ds->errors, ds->errors == 1 ? "" : "s");
	if (ds->warnings > 0)
		text_printf(&t, "%s%u warning%s", t.n > 0 ? ", " : "", ds->warnings, ds->warnings == 1 ? "" : "s");
	return (text_end(&t));
}
