/* SPDX-License-Identifier: BSD-2-Clause */
/* Formatting: what vsnprintf does, quickly for the formats that nearly all texts have. */
#ifndef BASE_FORMAT_H
#define BASE_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

#include "base/arena.h"

/* Writes at most size bytes, the NUL included; returns the length of the whole text. */
size_t format(char *out, size_t size, const char *fmt, va_list ap) PRINTF_LIKE(3, 0);

#endif
