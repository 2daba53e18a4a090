/* SPDX-License-Identifier: BSD-2-Clause */
/* The drawing as blocks in rows and lines between neighbouring rows. All lengths are px; a block's insides are counted from its corner. */
#ifndef DIAGRAM_SCENE_H
#define DIAGRAM_SCENE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/vec.h"
#include "diagram/diagram.h"
#include "diagram/picture.h"

enum {
	MARGIN = 16,
	FRAME_PAD = 24,
	HEADER = 46,                    /* from the frame's top to the first row */
	ROW_GAP = 34,
	TRACK = 10,                     /* between two lines that run side by side */
	BLOCK_GAP = 32,                 /* between blocks of a row */
	LINE_CLEAR = 8,                 /* between lines that are not the same */
	LABEL_GAP = 6,                  /* from a line to its name */
	ZONE_PAD = 14,
	ZONE_FOOT = 18,
	BAR_INSET = 12,                 /* of the bar in its zone */
	BAR_HEIGHT = 22,
	BAR_LINE = 15,                  /* each further line of a bar */
	PORT_INSET = 16,                /* of a card's port from its left edge */
	CARD_GAP = 16,
	RAIL_INSET = 20,                /* of the first rail in its zone */
	RAIL_GAP = 12,                  /* between cards of a rail */
	COLUMN_GAP = 24,
	ROW_HEIGHT = 17,
	STACK_HEAD = 34,                /* from a stack's top to its rows */
	STACK_BEHIND = 4,               /* of each card behind it */
	LEGEND_LINE = 20,
	LINE_TEXT = 14,                 /* a line of text in a core card */
	CARD_TEXT = 22,                 /* added to a port's text for its column in a core card */
	CARD_EDGE = 8,                  /* left and right of the columns */
	CARD_NAME = 36,                 /* where the name begins, behind the icon */
	NIC_STEP = 34,                  /* from a NIC to the one made of it */
	NIC_HEIGHT = 20,
	NIC_GAP = 12,
	NIC_LINE = 16,                  /* between the lines of one NIC */
	CLOUD_WIDTH = 114,              /* with room for CLOUD_TEXT */
	CLOUD_TEXT = 84,
	FAR_FOOT = 44,                  /* from a computer beyond the NIC to the frame */
	FAR_BUS = 26,                   /* of the line that computers beyond hang on, above the frame */
	LEGEND_GAP = 24,
};

static inline int
max(int a, int b)
{
	return (a > b ? a : b);
}

static inline int
min(int a, int b)
{
	return (a < b ? a : b);
}

/* The next even number: halves of it are whole. */
static inline int
even(int n)
{
	return (n + (n & 1));
}

enum side { ABOVE, BELOW };

struct block;
struct svg;

/* A port, or what joins a node to its comb, between two blocks of neighbouring rows. */
struct line {
	const struct picture_port *port;        /* NULL: a comb's trunk */
	size_t order;                           /* as written */
	struct block *end[2];                   /* the block above, the block below */
	int at[2];                              /* where it meets them, from their left edges */
	unsigned hue;
	int track;                              /* in the gap between the rows; -1: straight */
	int second, bend;                       /* a further track, and the x at which it changes to it; -1: none */
	const char *label;                      /* the interface at the network's side; NULL: none */
	int label_width;
	const char *iface;                      /* the interface in the node; NULL: none */
	strings addresses;
	int text_width;                         /* of the widest of both */
	int aside;                              /* how far the port is from the middle of its text */
};

enum block_kind { BLOCK_NICS, BLOCK_CARD, BLOCK_ZONE, BLOCK_WIRE, BLOCK_COMB };

struct block {
	enum block_kind kind;
	size_t number;                          /* in the scene */
	int row;                                /* -1: not placed by itself (in a comb) */
	int x, y, w, h;
	double hint;                            /* what dot says of its centre */
	VEC(struct line *) lines[2];            /* to the row above, to the row below */
	const struct picture_node *node;        /* BLOCK_CARD */
	struct card *card;
	struct zone *zone;                      /* BLOCK_ZONE */
	struct nics *nics;                      /* BLOCK_NICS */
	struct comb *comb;                      /* BLOCK_COMB */
	struct wire *wire;                      /* BLOCK_WIRE */
};

struct card { int top, middle, bottom; };       /* heights of its sections */

struct nic_box { size_t nic; int depth, x, w; VEC(struct line *) lines; };      /* x: its middle */
struct far_card { const struct picture_port *port; int x, w, h; strings addresses; };
struct nics {
	VEC(struct nic_box) boxes;
	VEC(struct far_card) far;               /* computers beyond */
	const char *beyond;                     /* text of the cloud; NULL: no cloud */
	int cloud;                              /* its width */
	int depth;                              /* of the deepest box */
	int middle;                             /* of the cloud */
	int far_height;
};

struct wire {
	const struct picture_net *net;          /* NULL: a NIC in its owner's hands */
	const char *text;                       /* NULL: nothing to read, only the line passes */
	unsigned hue;
};

struct leaf {
	const struct picture_node *node;
	const struct picture_port *port;        /* NULL: it stands on nothing */
	unsigned hue;
	strings addresses, own;
	const char *iface;
};

enum { FIELD_NAME, FIELD_IFACE, FIELD_V4, FIELD_V6, FIELDS };

/* What stands below the bar as one card: a leaf, or n jails of one range, which are alike, as a stack with a row for each. */
struct pile {
	size_t first, n;
	int w, h;
	size_t columns, rows;
	int field[FIELDS + 1];                  /* where the fields of a row begin, from the card's edge or the column before */
	const char *label, *names, *count;      /* the interfaces at the network's side; NULL: none */
};

/* Jails of a zone told by one card. */
struct summary { size_t first, n; const char *count, *names, *addresses; };

enum zone_mode { ZONE_DROP, ZONE_RAIL, ZONE_ROWS, ZONE_SUM };

struct bar_line { const char *name; strings prefixes; unsigned hue; };
struct zone {
	const struct picture_net *net;          /* NULL: nodes that stand on none */
	const char *title;                      /* in bold on the bar */
	const char *note;
	unsigned hue;
	VEC(struct bar_line) bar;
	int drop;                               /* from the bar to its cards */
	int bar_lead;                           /* from the bar's text to the subnet's name */
	int bar_width, bar_height, bar_y;
	enum zone_mode mode;
	VEC(struct leaf) leaves;
	VEC(struct pile) piles;                 /* ZONE_DROP: one a column */
	VEC(struct summary) sums;
	size_t columns, rows;
	int column_width, card_width, card_height, stub, ifaces;
	int field[FIELDS + 1];                  /* where the fields of a row begin, from its rail */
	int *column_x;
	int *row_y, *row_h;                     /* of a rail's cards, below the bar */
	struct line *cable;                     /* in a comb: the line that it hangs on */
};

struct comb {
	VEC(struct block *) zones;
	int *rail_x;                            /* one a column */
	size_t columns, rows;
	int stub;
};

struct scene {
	struct arena *arena;
	const struct picture *picture;
	const struct picture_options *options;
	size_t *first_port, *next_port;         /* by node and by port: the ports of a node, as written; PICTURE_NONE ends them */
	size_t jails;
	const char *only;                       /* name of the network that alone is shown; NULL: all are */
	size_t pages;                           /* it takes so many */
	VEC(struct block *) blocks;
	VEC(struct line *) lines;
	size_t rows;
	VEC(struct block *) *row;               /* by row, from left to right */
	int *gap_tracks;                        /* tracks in the gap below each row */
	int *row_y, *row_h;
	int width, height;                      /* of the drawing */
	int frame_x, frame_y, frame_w, frame_h;
	int header_x, legend_y;                 /* the host's name; the middle of the legend's first line */
	int nic_depth;
};

/* Blocks and lines of a picture, rows and sizes; nothing has a place yet. */
void scene_build(struct scene *, struct arena *, const struct picture *, const struct picture_options *);

/* The picture as this view shows it: fields blanked, one network chosen. */
const struct picture *view_apply(struct arena *, const struct picture *, const struct picture_options *);
/* Nodes that stand on this network and no other, in the order in which pages number them. */
size_t view_leaves(struct arena *, const struct picture *, size_t net);

/* Sizes of a zone, of its parts and of the block that it is; and where its columns and the lanes between them are. */
void zone_measure(struct scene *, struct block *);
void zone_arrange(struct scene *, struct block *);
/* Moves lanes, as far as there is room between the columns, to where their lines are straight. */
void zone_straighten(struct block *);

/* What a row says of a jail in one of its fields; bare: not what the jails of a stack have in common. NULL: nothing. */
const char *zone_row_field(struct scene *, const struct leaf *, int field, bool bare);

/* Lets dot order the blocks: sets their hints. NULL, or why it failed. */
const char *place(struct scene *);

/* Gives every block its x, every line its ends, by the hints. */
void arrange(struct scene *);
/* Gives every line its track. */
void route_lines(struct scene *);
/* Gives every row its y and the page its size. */
void place_page(struct scene *);
/* The y of a track in the gap below a row. */
int track_y(const struct scene *, int row, int track);
/* How far a line's end can move within its block, absolute. */
void line_range(const struct line *, enum side end, int *low, int *high);
static inline int
line_x(const struct line *line, enum side end)
{
	return (line->end[end]->x + line->at[end]);
}

/* Places that are as near to the wanted ones as their distances allow, in order: n ≥ 1 of them, gap[i] from i to i + 1, all
 * within low and high as far as they fit; weight NULL: all the same. out may be want. */
void spread(struct arena *, size_t n, const int *want, const int *weight, const int *gap, int low, int high, int *out);

/* The scene as SVG. */
const char *draw(struct scene *, size_t *len);
/* Writes the legend, its first line's middle at y; svg NULL: only measures. Returns the middle of its last line. */
int legend(const struct scene *, struct svg *, int y);

/* What ports, addresses and interfaces say. */
void port_addresses(struct arena *, const struct picture_port *, size_t most, strings *);
const char *port_iface(struct arena *, const struct picture_port *);
void node_own(struct arena *, const struct picture_node *, strings *); /* its interfaces that lead nowhere, an address a line */
const char *pair_name(struct arena *, const char *net_side, const char *node_side);     /* epair4a/b */
const char *clip(struct arena *, const char *, size_t most);            /* cut to so many characters, with … */
unsigned hue_of(const struct picture_subnet *);
unsigned port_hue(const struct picture *, const struct picture_port *);
unsigned net_hue(const struct picture *, const struct picture_net *);

#endif
