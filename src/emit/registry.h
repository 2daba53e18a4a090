/* SPDX-License-Identifier: BSD-2-Clause */
/* Every emitter, in the order in which they write. */
#ifndef EMIT_REGISTRY_H
#define EMIT_REGISTRY_H

#include "emit/emit.h"

#define EMITTERS(X) \
	X(rcconf) \
	X(ezjail) \
	X(rcconfd) \
	X(jailconf) \
	X(dot) \
	X(markdown)

#define DECLARE(name) extern const struct emitter emit_##name;
EMITTERS(DECLARE)
#undef DECLARE

#endif
