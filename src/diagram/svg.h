/* SPDX-License-Identifier: BSD-2-Clause */
/* Writing SVG: elements with integer coordinates, all text of the reader's escaped. */
#ifndef DIAGRAM_SVG_H
#define DIAGRAM_SVG_H

#include "base/str.h"
#include "diagram/theme.h"

struct svg {
	struct text out;
	struct map *ids;                /* those given so far */
	const char *id_prefix;
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };

#define SVG_NO_HUE (-1)

void svg_init(struct svg *, struct arena *, const char *id_prefix);

/* Text for content and attributes: markup escaped, control and other hidden characters and broken UTF-8 replaced. */
void svg_escape(struct text *, const char *);

/* An id from KIND-NAME that no element has yet: what is not alphanumeric, dot or hyphen becomes _XX. */
const char *svg_id(struct svg *, const char *kind, const char *name);
/* A name as part of a file's name: what is not alphanumeric, dot, hyphen or underscore becomes _XX. */
const char *svg_file_name(struct arena *, const char *);
/* A name behind the # of a link: %XX where RFC 3986 asks for it. */
const char *svg_anchor(struct arena *, const char *);

void svg_rect(struct svg *, int x, int y, int w, int h, int rx, const char *classes);
void svg_rect_hue(struct svg *, int x, int y, int w, int h, int rx, const char *class, char hue_class, unsigned hue);
void svg_port(struct svg *, int x, int y, unsigned hue);       /* centred there */
/* Text; hue SVG_NO_HUE: the colour of its style. Nothing is written for an empty one. */
void svg_text(struct svg *, int x, int y, enum style, int hue, enum anchor, const char *);
/* Text in parts: begin, first part, further parts after a distance, end. */
void svg_text_begin(struct svg *, int x, int y, enum style, enum anchor, const char *);
void svg_text_more(struct svg *, int dx, enum style, const char *);
void svg_text_end(struct svg *);
/* A group with its title. what: the word for it that a screen reader says, NULL: its own for a group; focus: it can be reached by keyboard. */
void svg_group_begin(struct svg *, const char *id, const char *what, bool focus, const char *title);
void svg_group_end(struct svg *);
/* label: what a screen reader says instead of the texts in it; NULL: it says those. */
void svg_link_begin(struct svg *, const char *href, const char *label);
void svg_link_end(struct svg *);

#endif
