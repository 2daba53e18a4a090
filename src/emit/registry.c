/* SPDX-License-Identifier: BSD-2-Clause */
/* Every emitter. */
#include "emit/registry.h"

const struct emitter *const emitters[] = {
#define LIST(name) &emit_##name,
	EMITTERS(LIST)
#undef LIST
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
