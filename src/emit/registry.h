/* SPDX-License-Identifier: BSD-2-Clause */
/* Every emitter by name; registry.c lists them. */
#ifndef EMIT_REGISTRY_H
#define EMIT_REGISTRY_H

#include "emit/emit.h"

extern const struct emitter emit_rcconf, emit_ezjail, emit_rcconfd, emit_jailconf, emit_dot, emit_markdown;

#endif
