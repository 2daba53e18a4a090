/* SPDX-License-Identifier: BSD-2-Clause */
/* The page: the diagram in one HTML file that needs nothing else, with search, zoom, and the paths that the prover found. */
#ifndef DIAGRAM_HTML_H
#define DIAGRAM_HTML_H

#include <stddef.h>

#include "graph/linkgraph.h"
#include "plan/plan.h"

/* page.html in pieces: text, and places to fill. */
enum page_place { PAGE_TEXT, PAGE_TITLE, PAGE_SVG, PAGE_DATA, PAGE_END };
struct page_piece { enum page_place place; const char *text; };
extern const struct page_piece page_pieces[];

/* The whole page around a drawing that diagram_svg made without anchors. Proofs are made for groups of nodes that no proof can tell apart;
 * where there are more than 200 of these the page has none, and says so. */
const char *diagram_html(struct arena *, const struct plan *, const struct linkgraph *, const char *svg, size_t *len);

#endif
