/* SPDX-License-Identifier: BSD-2-Clause */
/* How the drawing looks: the kinds of text, the classes of shapes and the one style element with all colours. */
#ifndef DIAGRAM_THEME_H
#define DIAGRAM_THEME_H

#include "base/str.h"

enum style {
	STYLE_TITLE, STYLE_OS, STYLE_CLOUD, STYLE_NIC, STYLE_NIC_NOTE, STYLE_CARD, STYLE_NODE, STYLE_ROW, STYLE_ROLE, STYLE_IFACE,
	STYLE_ADDRESS, STYLE_ROW_ADDRESS, STYLE_BAR, STYLE_BAR_NAME, STYLE_BAR_PREFIX, STYLE_LEGEND, STYLE_WAY,
};

const char *style_class(enum style);
int style_width(enum style, const char *);      /* px, rounded up */

/* The style element; hues is a bit set of those that the drawing uses. */
void theme_write(struct text *, unsigned hues);

#endif
