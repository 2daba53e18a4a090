/* SPDX-License-Identifier: BSD-2-Clause */
/* From a topology to the picture of it: which of its things are drawn, and the words beside them. */
#ifndef DIAGRAM_DEPICT_H
#define DIAGRAM_DEPICT_H

#include "diagram/picture.h"
#include "plan/plan.h"

struct picture *depict(struct arena *, const struct plan *);

/* The net that a bridge became, by its key; PICTURE_NONE: there is no such bridge. */
size_t depicted_bridge(const struct plan *, const struct picture *, const char *key);

#endif
