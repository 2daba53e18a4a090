/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's FreeBSD release, read from host.release. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/resolving.h"
#include "rules/rules.h"

/* Newest minor known of each major; 15 is the newest supported (freebsd.md 2.6). */
static const struct release newest[] = { { 15, 1, { 0 } }, { 14, 5, { 0 } }, { 13, 5, { 0 } }, { 12, 4, { 0 } }, { 11, 4, { 0 } } };

static bool
number(const char **p, int *value)
{
	const char *s = *p;

	if (!isdigit((unsigned char)*s) || (s[0] == '0' && isdigit((unsigned char)s[1])))
		return (false);
	for (*value = 0; isdigit((unsigned char)*s) && *value < 1000; s++)
		*value = *value * 10 + (*s - '0');
	*p = s;
	return (true);
}

static bool
read_release(const char *text, struct release *release)
{
	const char *p = text;
	int patch;

	if (!number(&p, &release->major))
		return (false);
	release->minor = -1;
	if (*p == '.') {
		p++;
		if (!number(&p, &release->minor))
			return (false);
		if (strncmp(p, "-RELEASE", 8) == 0) {
			p += 8;
			if (strncmp(p, "-p", 2) == 0) {
				p += 2;
				if (!number(&p, &patch))
					return (false);
			}
		}
	}
	return (*p == '\0');
}

void
resolve_release(struct resolver *r)
{
	const struct decl_host *host = r->decl->host;
	struct release *release = &r->topology->release;

	*release = newest[0];
	if (host != NULL && given(&host->release.at)) {
		struct release written = { 0 };

		if (!read_release(host->release.v, &written) || written.major < 11 || written.major > newest[0].major) {
			struct diag *d = diag_add(r->diags, &rule_unknown_release, host->release.at,
			    "vnetc writes for FreeBSD 11.0 to %d, not %s", newest[0].major, str_shown(r->arena, host->release.v));
			diag_help(r->diags, d, "\"%d.%d\"", newest[0].major, newest[0].minor);
			diag_fix(r->diags, d, host->release.at, "\"%d.%d\"", newest[0].major, newest[0].minor);
		} else {
			for (size_t i = 0; written.minor < 0 && i < sizeof(newest) / sizeof(newest[0]); i++)
				if (newest[i].major == written.major)
					written.minor = newest[i].minor;
			written.at = host->release.at;
			*release = written;
		}
	}
	r->diags->release = release->major;
}
