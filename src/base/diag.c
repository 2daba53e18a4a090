/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagnostics: collecting, dropping what was told before, sorting; the -W switches. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

void
diags_init(struct diags *ds, struct arena *a, const struct severities *severities)
{
	*ds = (struct diags){ .arena = a, .severities = severities, .seen = map_new(a) };
}

/* A message is one line that a terminal can be given: what came from the topology is made harmless here, once. */
static const char *message(struct arena *, const char *, va_list) PRINTF_LIKE(2, 0);

static const char *
message(struct arena *a, const char *fmt, va_list ap)
{
	struct text t = { .arena = a };
	const char *s = arena_vprintf(a, fmt, ap);
	size_t n = strlen(s), i;

	for (i = 0; i < n && s[i] >= 0x20 && s[i] < 0x7f; i++)
		;
	if (i == n)
		return (s);
	text_add_shown(&t, s, n);
	return (text_end(&t));
}

/* What is told once: a rule and a place, or without a place a rule and a text. Compared as bytes, so it has no gaps. */
struct told { const struct rule *rule; const struct source *src; uint64_t off; };

static bool
seen_before(struct diags *ds, const struct diag *d)
{
	const struct span *at = &d->head.at;
	struct told *told;

	if (at->src == NULL)
		return (map_put(ds->seen, arena_printf(ds->arena, "%s %s", d->rule->name, d->head.text), ds->seen) != NULL);
	told = NEW(ds->arena, struct told);
	*told = (struct told){ d->rule, at->src, at->off };
	return (map_put_bytes(ds->seen, told, sizeof(*told), ds->seen) != NULL);
}

bool
diag_told(const struct diags *ds, const struct rule *rule, struct span at)
{
	const struct told told = { rule, at.src, at.off };

	return (at.src != NULL && map_get_bytes(ds->seen, &told, sizeof(told)) != NULL);
}

struct diag *
diag_add(struct diags *ds, const struct rule *rule, struct span at, const char *fmt, ...)
{
	struct diag *d = NEW(ds->arena, struct diag);
	va_list ap;

	d->rule = rule;
	d->severity = severity_of(rule, ds->release, ds->severities);
	d->head.at = at;
	va_start(ap, fmt);
	d->head.text = message(ds->arena, fmt, ap);
	va_end(ap);
	if (d->severity == SEV_OFF || seen_before(ds, d))
		return (d);
	d->seq = ds->all.n;
	*vec_push(ds->arena, &ds->all) = d;
	switch (d->severity) {
	case SEV_ERROR:
		ds->errors++;
		break;
	case SEV_WARNING:
		ds->warnings++;
		break;
	case SEV_NOTE:
		ds->notes++;
		break;
	case SEV_OFF:
		break;
	}
	return (d);
}

void
diag_note(struct diags *ds, struct diag *d, struct span at, const char *fmt, ...)
{
	struct remark *r = vec_push(ds->arena, &d->notes);
	va_list ap;

	r->at = at;
	va_start(ap, fmt);
	r->text = message(ds->arena, fmt, ap);
	va_end(ap);
}

void
diag_help(struct diags *ds, struct diag *d, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	d->help = message(ds->arena, fmt, ap);
	va_end(ap);
}

/* A text that stands for something else in each jail of a range ($n, ADDRESS+): what was made of it is not to be written there. */
static bool
is_pattern(const struct span *at)
{
	const struct via *v = at->via;

	while (v != NULL && v->kind != VIA_RANGE)
		v = v->at.via;
	return (v != NULL && (memchr(at->src->text + at->off, '$', at->len) != NULL ||
	    memchr(at->src->text + at->off, '+', at->len) != NULL));
}

void
diag_fix(struct diags *ds, struct diag *d, struct span at, const char *fmt, ...)
{
	struct fix *f;
	va_list ap;

	if (is_pattern(&at))
		return;
	f = vec_push(ds->arena, &d->fixes);
	f->at = at;
	va_start(ap, fmt);
	f->replacement = arena_vprintf(ds->arena, fmt, ap);
	va_end(ap);
}

static int
diag_compare(const void *pa, const void *pb)
{
	const struct diag *a = *(const struct diag *const *)pa, *b = *(const struct diag *const *)pb;
	int c = span_compare(&a->head.at, &b->head.at);

	if (c == 0)
		c = (a->severity < b->severity) - (a->severity > b->severity);
	if (c == 0)
		c = strcmp(a->rule->name, b->rule->name);
	if (c == 0)
		c = (a->seq > b->seq) - (a->seq < b->seq);
	return (c);
}

void
diags_sort(struct diags *ds)
{
	if (ds->all.n > 1)
		qsort(ds->all.v, ds->all.n, sizeof(ds->all.v[0]), diag_compare);
}

struct setting {
	const struct rule *rule; /* NULL: -W error */
	enum severity severity;
};

struct severities {
	struct arena *arena;
	bool error;            /* -W error */
	struct map *particular; /* rule name to its last setting */
};

struct severities *
severities_new(struct arena *a)
{
	struct severities *s = NEW(a, struct severities);

	s->arena = a;
	s->particular = map_new(a);
	return (s);
}

static const struct rule *
rule_named(const char *name, const struct rule *const *rules)
{
	for (; *rules != NULL; rules++)
		if (strcmp((*rules)->name, name) == 0)
			return (*rules);
	return (NULL);
}

static const char *
unknown_rule(struct arena *a, const char *name, const struct rule *const *rules)
{
	strings names = { 0 };
	const char *near;

	for (; *rules != NULL; rules++)
		*vec_push(a, &names) = (*rules)->name;
	near = str_nearest(name, names.v, names.n);
	if (near == NULL)
		return (arena_printf(a, "there is no rule %s", str_shown(a, name)));
	return (arena_printf(a, "there is no rule %s; did you mean %s?", str_shown(a, name), near));
}

const char *
severities_add(struct severities *s, struct arena *a, const char *argument, const struct rule *const *rules)
{
	static const char *const words[] = { "off", "note", "warning", "error", NULL };
	const char *equals = strchr(argument, '='), *name = argument;
	const struct rule *rule;
	struct setting *set;
	enum severity severity;

	if (strcmp(argument, "error") == 0) {
		s->error = true;
		return (NULL);
	}
	if (equals != NULL) {
		name = arena_strndup(a, argument, (size_t)(equals - argument));
		for (severity = SEV_OFF; severity <= SEV_ERROR && strcmp(words[severity], equals + 1) != 0; severity++)
			;
		if (severity > SEV_ERROR)
			return (arena_printf(a, "%s is none of error, warning, note, off", str_shown(a, equals + 1)));
		rule = rule_named(name, rules);
	} else if ((rule = rule_named(name, rules)) != NULL) {
		/* The name alone switches on. */
		severity = rule->severity == SEV_OFF ? SEV_NOTE : rule->severity;
	} else {
		if (strncmp(name, "no-", 3) == 0)
			name += 3;
		rule = rule_named(name, rules);
		severity = SEV_OFF;
	}
	if (rule == NULL)
		return (unknown_rule(a, name, rules));
	if (rule->severity == SEV_ERROR && severity != SEV_ERROR)
		return (arena_printf(a, "%s is an error and cannot be %s", rule->name,
		    severity == SEV_OFF ? "switched off" : "lowered"));
	set = NEW(s->arena, struct setting);
	set->rule = rule;
	set->severity = severity;
	map_set(s->particular, rule->name, set);
	return (NULL);
}

enum severity
severity_of(const struct rule *rule, int release, const struct severities *s)
{
	const struct setting *set;

	if (rule->severity == SEV_ERROR)
		return (SEV_ERROR);
	if (release != 0 && ((rule->error_from != 0 && release >= rule->error_from) ||
	    (rule->error_upto != 0 && release <= rule->error_upto)))
		return (SEV_ERROR);
	if (s == NULL)
		return (rule->severity);
	set = map_get(s->particular, rule->name);
	if (set != NULL)
		return (set->severity);
	if (s->error && rule->severity == SEV_WARNING)
		return (SEV_ERROR);
	return (rule->severity);
}
