/* SPDX-License-Identifier: BSD-2-Clause */
/* What no topology may hold: bytes that are not UTF-8, control characters, marks that turn the direction of writing. */
#include <string.h>

#include "base/str.h"
#include "rules/rules.h"
#include "tree/parse.h"

/* More of them in one text is one mistake. */
#define ODD_MAX 1000

bool
is_odd_char(uint32_t c)
{
	if (c < 0x20)
		return (c != '\t' && c != '\n' && c != '\r');
	return ((c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || c == 0xfffe || c == 0xffff);
}

bool
text_check(struct clean_text *out, struct arena *a, struct diags *d, const struct source *src)
{
	char *copy = NULL;

	*out = (struct clean_text){ .text = src->text };
	for (uint32_t off = 0; off < src->len;) {
		uint32_t cp;
		size_t n;

		if ((unsigned char)src->text[off] >= 0x20 && (unsigned char)src->text[off] < 0x7f) {
			off++;
			continue;
		}
		n = utf8_decode(src->text + off, src->len - off, &cp);
		if (n == 0) {
			struct diag *dg = diag_add(d, &rule_not_utf8, (struct span){ src, off, 1, NULL }, "byte %02X is not UTF-8",
			    (unsigned char)src->text[off]);

			diag_help(d, dg, "save the file as UTF-8");
			return (false);
		}
		if (is_odd_char(cp)) {
			if (copy == NULL)
				copy = arena_strndup(a, src->text, src->len);
			/* libyaml stops at most of them; in their place it reads letters, so that other faults are found too. */
			memset(copy + off, '_', n);
			if (out->odd.n < ODD_MAX)
				*vec_push(a, &out->odd) = (struct odd_char){ off, (uint32_t)n, cp, false };
		}
		off += (uint32_t)n;
	}
	if (copy != NULL)
		out->text = copy;
	return (true);
}
