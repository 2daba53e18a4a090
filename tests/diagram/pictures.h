/* SPDX-License-Identifier: BSD-2-Clause */
/* Pictures to test the diagram with: the figures of the documentation, a large one, and as many others as there are seeds. */
#ifndef PICTURES_H
#define PICTURES_H

#include "diagram/picture.h"

/* figure-1, figure-2, figure-3, large, everything, empty; or the number of a seed; or JAILSxBRIDGES, or ROUTERSrBRIDGES. NULL: none of these. */
const struct picture *picture_named(struct arena *, const char *name);

#endif
