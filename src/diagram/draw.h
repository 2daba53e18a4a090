/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that write the drawing share: the pen, and words and shapes that stand in several places. */
#ifndef DIAGRAM_DRAW_H
#define DIAGRAM_DRAW_H

#include "diagram/scene.h"
#include "diagram/svg.h"

struct pen { struct svg svg; struct scene *s; };

enum { LEAF_TEXT_MOST = 32, NODE_TEXT_MOST = 48 };      /* characters of a name, before it is cut */

/* Blocks, where they stand. */
void draw_zone(struct pen *, const struct block *);
void draw_comb(struct pen *, const struct block *);
void draw_card(struct pen *, const struct block *);
void draw_nics(struct pen *, const struct block *);
void draw_wire(struct pen *, const struct block *);

/* All that the picture says of a port or node, for the tooltip. */
void tell_port(struct text *, const struct picture *, const struct picture_port *);
void tell_node(struct text *, const struct picture_node *);
void tell_more(struct text *, const struct picture_node *);

const char *key_of(const struct picture_node *);
const char *node_word(const struct picture_node *);     /* what it is, for a screen reader */
const char *node_class(const struct picture_node *);
bool has_icon(const struct picture_node *);
void draw_icon(struct pen *, const struct picture_node *, int x, int y);        /* 16 by 16, its corner there */
bool link_node(struct pen *, const struct picture_node *);                      /* begins a link to where the node is told of; false: there is none */
void begin_leaf(struct pen *, const struct leaf *, bool focus);                 /* a group */
void draw_leaf_text(struct pen *, const struct leaf *, int x, int y, int name_y);
void draw_path(struct pen *, unsigned hue, const char *d);

#endif
