/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that stand for several: web[1-8], and with its zeros kept web[01-08]. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "decl/decoding.h"
#include "rules/rules.h"

#define RANGE_MAX 1000
/* rules.md, expansion-too-large: a thousand jails of one range are a thousand copies of what stands below it
 * and of the defaults. */
#define VALUES_MAX ((size_t)2 << 20)
#define DIGITS_MAX 9

bool
is_range(const char *name)
{
	return (strchr(name, '[') != NULL);
}

/* What was probably meant; NULL: no idea. */
static const char *
mended(struct decoder *dec, const char *prefix, size_t len, const char *first, int nfirst, const char *last, int nlast)
{
	int64_t a = strtoll(first, NULL, 10), b = strtoll(last, NULL, 10);

	if (a > b)
		return (arena_printf(dec->a, "%.*s[%.*s-%.*s]", (int)len, prefix, nlast, last, nfirst, first));
	if (nfirst != nlast && b - a < RANGE_MAX)
		return (arena_printf(dec->a, "%.*s[%0*" PRId64 "-%.*s]", (int)len, prefix, nlast, a, nlast, last));
	return (NULL);
}

bool
read_range_name(struct decoder *dec, const char *name, struct span at, struct name_range *out)
{
	const char *open = strchr(name, '['), *first = open + 1, *last, *cure = NULL;
	size_t nfirst = strspn(first, "0123456789"), nlast = 0;
	struct diag *d;

	*out = (struct name_range){ .prefix = arena_strndup(dec->a, name, (size_t)(open - name)) };
	if (nfirst > 0 && nfirst <= DIGITS_MAX && first[nfirst] == '-') {
		last = first + nfirst + 1;
		nlast = strspn(last, "0123456789");
		if (nlast > 0 && nlast <= DIGITS_MAX && strcmp(last + nlast, "]") == 0) {
			bool zeros = (first[0] == '0' || last[0] == '0') && nfirst != nlast;

			out->first = strtoll(first, NULL, 10);
			out->last = strtoll(last, NULL, 10);
			out->width = first[0] == '0' ? (int)nfirst : 0;
			if (!zeros && out->first <= out->last && out->last - out->first < RANGE_MAX)
				return (true);
			cure = mended(dec, name, (size_t)(open - name), first, (int)nfirst, last, (int)nlast);
		}
	}
	d = FAULT(dec, &rule_bad_name_range, at, "%s is no range", str_shown(dec->a, name));
	if (cure != NULL) {
		diag_help(dec->d, d, "did you mean %s?", str_shown(dec->a, cure));
		if (at.src->text[at.off] == '"' || at.src->text[at.off] == '\'')
			cure = arena_printf(dec->a, "\"%s\"", cure);
		diag_fix(dec->d, d, at, "%s", cure);
	} else {
		diag_help(dec->d, d, "a range is written web[1-8], with at most %d numbers", RANGE_MAX);
	}
	return (false);
}

const char *
range_name(struct decoder *dec, const struct name_range *range, int64_t number)
{
	return (arena_printf(dec->a, "%s%0*" PRId64, range->prefix, range->width, number));
}

bool
values_fit(struct decoder *dec, struct span at, size_t values)
{
	if (values <= VALUES_MAX && dec->values <= VALUES_MAX - values) {
		dec->values += values;
		return (true);
	}
	if (!dec->too_many)
		FAULT(dec, &rule_expansion_too_large, at, "ranges and defaults stand for more than %zu values", VALUES_MAX);
	dec->too_many = true;
	return (false);
}
