/* SPDX-License-Identifier: BSD-2-Clause */
/* Diagrams: a picture drawn as SVG, in one page or several. */
#ifndef DIAGRAM_DIAGRAM_H
#define DIAGRAM_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"
#include "diagram/picture.h"

enum picture_view {
	PICTURE_FULL,           /* everything */
	PICTURE_L2,             /* bridges and cables, no addresses */
	PICTURE_L3,             /* subnets, addresses and routes, no interfaces */
	PICTURE_OVERVIEW,       /* jails summed up, one card a network */
	PICTURE_ONE_NET,        /* one network with all that stands on it */
};

struct picture_options {
	enum picture_view view;
	size_t net;             /* PICTURE_ONE_NET: which */
	size_t page;            /* PICTURE_ONE_NET: which page, from 0, when its jails do not fit on one */
	const char *id_prefix;  /* before every id, to embed several drawings in one document; NULL: nothing */
	const char *anchors;    /* nodes' names link to this followed by their key: "topology.md#"; NULL: no links */
	const char *stem;       /* networks link to STEM-NAME.svg, pages to each other; NULL: no links */
};

#define PICTURE_PAGE_JAILS 1024         /* jails on one page of PICTURE_ONE_NET */

/* The drawing, NUL-terminated, its length in *len. NULL: it could not be laid out, *error says why. */
const char *diagram_svg(struct arena *, const struct picture *, const struct picture_options *, size_t *len, const char **error);

/* Pages that PICTURE_ONE_NET of this network has; at least 1. */
size_t diagram_net_pages(struct arena *, const struct picture *, size_t net);
/* The name of such a page's file: STEM-NET.svg, STEM-NET-2.svg. */
const char *diagram_page_name(struct arena *, const char *stem, const char *net, size_t page);

struct diagram_page { const char *name; const char *svg; size_t len; };
typedef VEC(struct diagram_page) diagram_pages;

/* The whole set: STEM.svg; and when one drawing would be too large to read (past 1,500 jails or 8,000 px wide) STEM.svg is the
 * overview and STEM-NET.svg, STEM-NET-2.svg … are its networks. options->stem is the stem, its view, net and page are not used.
 * false: *error says why. */
bool diagram_all(struct arena *, const struct picture *, const struct picture_options *, diagram_pages *, const char **error);

/* Whether Graphviz has its layout linked in. If not, it loads it when it draws, by a path. */
bool diagram_opens_nothing(void);

#endif
