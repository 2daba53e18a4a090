/* SPDX-License-Identifier: BSD-2-Clause */
/* The readers of a host's files: shell assignments and jail.conf, any bytes. */
#include <string.h>

#include "fuzz.h"
#include "import/jailconf.h"
#include "import/shell.h"

static const struct source *
source_of(struct arena *a, const uint8_t *data, size_t size)
{
	char *text = arena_alloc(a, size + 1);

	if (size > 0)
		memcpy(text, data, size);
	return (source_new(a, "t", "t", text, size, 0));
}

void
fuzz_shell(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct diags ds;
	struct shell sh;

	diags_init(&ds, a, NULL);
	shell_init(&sh, a, &ds);
	shell_read(&sh, source_of(a, data, size));
	arena_free(a);
}

void
fuzz_jailconf(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct diags ds;
	struct jailconf jc;
	strings jails = { 0 };

	diags_init(&ds, a, NULL);
	jailconf_init(&jc, a, &ds);
	jailconf_read(&jc, source_of(a, data, size));
	jailconf_jails(&jc, &jails);
	for (size_t i = 0; i < jails.n && i < 16; i++) {
		jc_settings settings;

		jailconf_settings(&jc, jails.v[i], &settings);
	}
	arena_free(a);
}
