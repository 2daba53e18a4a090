/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's release, where it is past its time, and the file's style. */
#include <string.h>

#include "check/checks.h"
#include "check/common.h"

/* Oldest supported: 14.4; of 15 the first minor is past its end (freebsd.md 2.6). */
static bool
is_supported(const struct release *release)
{
	return (release->major >= 15 ? release->minor >= 1 : release->major == 14 && release->minor >= 4);
}

static void
legacy_release(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct release *release = &s->topology->release;

	if (!given(&release->at) || is_supported(release))
		return;
	diag_add(ds, check->rule, release->at, "FreeBSD %s is no longer supported: written in that release's forms%s",
	    release_shown(s->arena, release), release->major == 11 ? "; its kernel needs options VIMAGE" : "");
}

const struct check check_legacy_release = { &rule_legacy_release, CHECK_MODEL, legacy_release };
