/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks between markers in files that belong to somebody else: put there, replaced, taken out again to the last byte. */
#ifndef INSTALL_BLOCK_H
#define INSTALL_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

#define BLOCK_BEGIN "# vnetc begin"      /* of a line; what follows in it is for people */
#define BLOCK_END "# vnetc end"

/* Where a block stands. The first one of ezjail's files is the order of starting, which rcorder reads only at the top. */
enum block_place { BLOCK_TOP, BLOCK_IN_PLACE, BLOCK_LAST };

/* Whether the markers come in pairs; blocks NULL is allowed. */
bool blocks_sound(const char *text, size_t len, size_t *blocks);
/* The text without any block, byte for byte as it was before they were put there. */
const char *blocks_removed(struct arena *, const char *text, size_t len, size_t *out_len);
/* The text with one block more. content: whole lines. IN_PLACE: where a block stands now, else at the end; text then still has that one. */
const char *block_added(struct arena *, const char *text, size_t len, const char *content, size_t content_len, enum block_place, size_t *out_len);
/* All that stands inside blocks. */
const char *blocks_content(struct arena *, const char *text, size_t len);

#endif
