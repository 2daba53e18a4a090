/* SPDX-License-Identifier: BSD-2-Clause */
/* Columns of a terminal. */
#ifndef BASE_WIDTH_H
#define BASE_WIDTH_H

#include <stdint.h>

int char_width(uint32_t);       /* of a code point: 0 (combining), 1 or 2 (CJK, emoji) */

#endif
