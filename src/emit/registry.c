/* SPDX-License-Identifier: BSD-2-Clause */
/* Every emitter. */
#include "emit/registry.h"

const struct emitter *const emitters[] = {
	&emit_rcconf,
	&emit_ezjail,
	&emit_rcconfd,
	&emit_jailconf,
	&emit_dot,
	&emit_markdown,
	NULL
};

bool
emit_all(const struct plan *plan, struct arena *a, struct outdir *out, const char **error)
{
	for (size_t i = 0; emitters[i] != NULL; i++)
		if (!emitters[i]->emit(plan, a, out, error))
			return (false);
	return (true);
}
