/* SPDX-License-Identifier: BSD-2-Clause */
/* From a picture to blocks: which nodes stand alone between networks, which hang in one, what lies above what, and how large it all is.
 *
 * Networks and nodes alternate from row to row. Rows are distances from the nearest NIC, so that every line joins neighbouring
 * rows and none has to find a way around a block. */
#include "diagram/scene.h"

#include <stdint.h>
#include <string.h>

#include "diagram/theme.h"

enum {
	CARD_MIDDLE = 28,
	ADDRESSES_MOST = 8,     /* of one port, before "+ n" */
	COMB_LEAST = 7,         /* networks below one node that become a comb */
	NIC_TEXT = 20,
	COMB_GAP = 34,
	COMB_ADDRESS = 13,
	LONELY_ROOM = 1000,
};

const char *
clip(struct arena *a, const char *s, size_t most)
{
	size_t n = strlen(s), used = 0, chars, one;
	uint32_t cp;

	if (n <= most)
		return (s);
	for (chars = 0; used < n && chars + 1 < most; chars++) {
		one = utf8_decode(s + used, n - used, &cp);
		used += one == 0 ? 1 : one;
	}
	one = utf8_decode(s + used, n - used, &cp);
	if (used + (one == 0 ? 1 : one) >= n)
		return (s);
	return (arena_printf(a, "%.*s…", (int)used, s));
}

unsigned
hue_of(const struct picture_subnet *subnet)
{
	return (subnet->hue < PICTURE_HUES ? subnet->hue : PICTURE_HUES);
}

unsigned
net_hue(const struct picture *picture, const struct picture_net *net)
{
	if (net->subnets.n == 0)
		return (PICTURE_HUES);
	return (hue_of(&picture->subnets.v[net->subnets.v[0]]));
}

unsigned
port_hue(const struct picture *picture, const struct picture_port *port)
{
	if (port->subnet != PICTURE_NONE)
		return (hue_of(&picture->subnets.v[port->subnet]));
	if (port->net != PICTURE_NONE)
		return (net_hue(picture, &picture->nets.v[port->net]));
	return (PICTURE_HUES);
}

void
port_addresses(struct arena *a, const struct picture_port *port, size_t most, strings *out)
{
	size_t i, n = 0, all = port->v4.n + port->v6.n;

	for (i = 0; i < port->v4.n && (all <= most || n + 1 < most - (port->v6.n > 0)); i++, n++)
		*vec_push(a, out) = clip(a, port->v4.v[i], 48);
	for (i = 0; i < port->v6.n && (all <= most || n + 1 < most); i++, n++)
		*vec_push(a, out) = clip(a, port->v6.v[i], 48);
	if (n < all)
		*vec_push(a, out) = arena_printf(a, "+ %zu", all - n);
	if (port->dhcp)
		*vec_push(a, out) = "DHCP";
	if (port->slaac)
		*vec_push(a, out) = "SLAAC";
}

const char *
port_iface(struct arena *a, const struct picture_port *port)
{
	struct text t = { .arena = a };

	if (port->node_side != NULL)
		text_add(&t, clip(a, port->node_side, 32));
	if (port->nat) {
		text_add(&t, t.n > 0 ? " · " : "");
		text_add(&t, "NAT");
	}
	if (port->note != NULL) {
		text_add(&t, t.n > 0 ? " · " : "");
		text_add(&t, clip(a, port->note, 32));
	}
	return (t.n > 0 ? text_end(&t) : NULL);
}

void
node_own(struct arena *a, const struct picture_node *node, strings *out)
{
	vec_each (const struct picture_own *, own, &node->own) {
		const char *name = own->name == NULL ? NULL : clip(a, own->name, 32);

		if (own->addresses.n == 0 && name != NULL)
			*vec_push(a, out) = name;
		for (size_t i = 0; i < own->addresses.n; i++)
			*vec_push(a, out) = i > 0 || name == NULL ? own->addresses.v[i] : arena_printf(a, "%s %s", name, own->addresses.v[i]);
	}
}

const char *
pair_name(struct arena *a, const char *net_side, const char *node_side)
{
	size_t head, n, m;

	if (net_side == NULL || node_side == NULL)
		return (node_side == NULL ? net_side : node_side);
	n = strlen(net_side);
	m = strlen(node_side);
	for (head = 0; head < n && net_side[head] == node_side[head]; head++)
		continue;
	if (n == m && head < n && net_side[head] == 'a' && node_side[head] == 'b' && strcmp(net_side + head + 1, node_side + head + 1) == 0)
		return (arena_printf(a, "%.*sa/b%s", (int)head, net_side, net_side + head + 1));
	return (arena_printf(a, "%s/%s", net_side, node_side));
}

static struct block *
new_block(struct scene *s, enum block_kind kind)
{
	struct block *b = NEW(s->arena, struct block);

	b->kind = kind;
	b->number = s->blocks.n;
	b->row = -1;
	*vec_push(s->arena, &s->blocks) = b;
	return (b);
}

static struct line *
new_line(struct scene *s, const struct picture_port *port)
{
	struct line *line = NEW(s->arena, struct line);

	line->port = port;
	line->order = s->lines.n;
	line->track = line->second = -1;
	line->hue = PICTURE_HUES;
	*vec_push(s->arena, &s->lines) = line;
	if (port == NULL)
		return (line);
	line->hue = port_hue(s->picture, port);
	line->label = port->net != PICTURE_NONE && port->node != PICTURE_NONE && port->net_side != NULL ?
	    clip(s->arena, port->net_side, 24) : NULL;
	line->label_width = line->label == NULL ? 0 : style_width(STYLE_IFACE, line->label);
	line->iface = port_iface(s->arena, port);
	port_addresses(s->arena, port, ADDRESSES_MOST, &line->addresses);
	line->text_width = line->iface == NULL ? 0 : style_width(STYLE_IFACE, line->iface);
	for (size_t i = 0; i < line->addresses.n; i++)
		line->text_width = max(line->text_width, style_width(STYLE_ADDRESS, line->addresses.v[i]));
	return (line);
}

/* Which way a line runs is known when its blocks have rows; until then the first end is the node's. */
static struct line *
join(struct scene *s, const struct picture_port *port, struct block *station, struct block *segment)
{
	struct line *line = new_line(s, port);

	line->end[ABOVE] = station;
	line->end[BELOW] = segment;
	*vec_push(s->arena, &station->lines[BELOW]) = line;
	*vec_push(s->arena, &segment->lines[ABOVE]) = line;
	return (line);
}

/* NICs that are made of one another are one block. */
static size_t
family_of(size_t *family, size_t nic)
{
	while (family[nic] != nic)
		nic = family[nic] = family[family[nic]];
	return (nic);
}

static void
build_nics(struct scene *s, struct block **nic_block)
{
	const struct picture *p = s->picture;
	size_t i, k, *family = NEW_ARRAY(s->arena, size_t, p->nics.n);
	int *depth = NEW_ARRAY(s->arena, int, p->nics.n);
	bool changed = true;

	for (i = 0; i < p->nics.n; i++)
		family[i] = i;
	for (i = 0; i < p->nics.n; i++)
		for (k = 0; k < p->nics.v[i].on.n; k++) {
			size_t x = family_of(family, i), y = family_of(family, p->nics.v[i].on.v[k]);

			family[x > y ? x : y] = x > y ? y : x;
		}
	/* A chain of NICs is as long as there are NICs at most; one that bites its tail ends there. */
	for (size_t round = 0; changed && round < p->nics.n; round++)
		for (changed = false, i = 0; i < p->nics.n; i++)
			for (k = 0; k < p->nics.v[i].on.n; k++)
				if (depth[i] <= depth[p->nics.v[i].on.v[k]] && depth[i] < 8) {
					depth[i] = depth[p->nics.v[i].on.v[k]] + 1;
					changed = true;
				}
	for (i = 0; i < p->nics.n; i++) {
		size_t root = family_of(family, i);
		struct nic_box *box;

		if (nic_block[root] == NULL) {
			nic_block[root] = new_block(s, BLOCK_NICS);
			nic_block[root]->nics = NEW(s->arena, struct nics);
		}
		nic_block[i] = nic_block[root];
		box = vec_push(s->arena, &nic_block[i]->nics->boxes);
		box->nic = i;
		box->depth = depth[i];
		box->w = even(style_width(STYLE_NIC, p->nics.v[i].name) + NIC_TEXT);
		if (p->nics.v[i].nat)
			box->w = even(box->w + 6 + style_width(STYLE_NIC_NOTE, "NAT"));
		if (p->nics.v[i].note != NULL)
			box->w = even(box->w + 6 + style_width(STYLE_NIC_NOTE, p->nics.v[i].note));
		if (nic_block[i]->nics->beyond == NULL && p->nics.v[i].beyond != NULL)
			nic_block[i]->nics->beyond = clip(s->arena, p->nics.v[i].beyond, 24);
		nic_block[i]->nics->depth = max(nic_block[i]->nics->depth, depth[i]);
		s->nic_depth = max(s->nic_depth, depth[i]);
	}
}

static void
build_far(struct scene *s, struct block **nic_block)
{
	for (size_t i = 0; i < s->picture->ports.n; i++) {
		const struct picture_port *p = &s->picture->ports.v[i];
		const struct picture_node *node;
		struct far_card *far;
		int w;

		if (!p->outside || p->nic == PICTURE_NONE || p->node == PICTURE_NONE)
			continue;
		node = &s->picture->nodes.v[p->node];
		far = vec_push(s->arena, &nic_block[p->nic]->nics->far);
		far->port = p;
		port_addresses(s->arena, p, ADDRESSES_MOST, &far->addresses);
		node_own(s->arena, node, &far->addresses);
		w = style_width(STYLE_CARD, clip(s->arena, node->name, 48)) + 46;
		if (node->role != NULL)
			w += 8 + style_width(STYLE_ROLE, clip(s->arena, node->role, 48));
		for (size_t k = 0; k < far->addresses.n; k++)
			w = max(w, style_width(STYLE_ADDRESS, far->addresses.v[k]) + 24);
		far->w = even(max(w, 120));
		far->h = 36 + 15 * (int)far->addresses.n;
	}
}

static void
list_ports(struct scene *s)
{
	const struct picture *p = s->picture;

	s->first_port = NEW_ARRAY(s->arena, size_t, p->nodes.n);
	s->next_port = NEW_ARRAY(s->arena, size_t, p->ports.n);
	for (size_t i = 0; i < p->nodes.n; i++)
		s->first_port[i] = PICTURE_NONE;
	for (size_t i = p->ports.n; i-- > 0;) {
		size_t node = p->ports.v[i].node;

		if (node == PICTURE_NONE)
			continue;
		s->next_port[i] = s->first_port[node];
		s->first_port[node] = i;
	}
}

/* A node stands alone between networks when it is on several, on a cable, or has a NIC of its own. */
static void
find_core(const struct scene *s, const size_t *ends, bool *core, size_t *stands)
{
	const struct picture *p = s->picture;

	for (size_t i = 0; i < p->ports.n; i++) {
		const struct picture_port *port = &p->ports.v[i];

		if (port->node == PICTURE_NONE || port->outside || (port->net == PICTURE_NONE && port->nic == PICTURE_NONE))
			continue;
		if (++stands[port->node] > 1 || port->net == PICTURE_NONE ||
		    p->nodes.v[port->node].kind == PICTURE_CABLE || (p->nets.v[port->net].kind == PICTURE_WIRE && ends[port->net] == 2))
			core[port->node] = true;
	}
}

static void
zone_of_net(struct scene *s, struct block *b, size_t net)
{
	const struct picture_net *n = &s->picture->nets.v[net];
	struct zone *z = b->zone = NEW(s->arena, struct zone);
	bool bare = s->options->view == PICTURE_L3;

	z->net = n;
	z->hue = net_hue(s->picture, n);
	z->title = bare ? NULL : clip(s->arena, n->name, 48);
	z->note = bare || n->note == NULL ? NULL : clip(s->arena, n->note, 48);
	for (size_t i = 0; i < n->subnets.n; i++) {
		const struct picture_subnet *subnet = &s->picture->subnets.v[n->subnets.v[i]];
		struct bar_line *line = vec_push(s->arena, &z->bar);
		size_t k;

		line->name = subnet->name == NULL ? NULL : clip(s->arena, subnet->name, 48);
		line->hue = hue_of(subnet);
		for (k = 0; k < subnet->prefixes.n && (k < 3 || subnet->prefixes.n == 4); k++)
			*vec_push(s->arena, &line->prefixes) = subnet->prefixes.v[k];
		if (k < subnet->prefixes.n)
			*vec_push(s->arena, &line->prefixes) = arena_printf(s->arena, "+ %zu", subnet->prefixes.n - k);
	}
	if (bare && z->bar.n == 0)
		z->title = clip(s->arena, n->name, 48);
}

static void
add_leaf(struct scene *s, struct block *b, const struct picture_node *node, const struct picture_port *port)
{
	struct leaf *leaf = vec_push(s->arena, &b->zone->leaves);

	leaf->node = node;
	leaf->port = port;
	leaf->hue = port == NULL ? PICTURE_HUES : port_hue(s->picture, port);
	node_own(s->arena, node, &leaf->own);
	if (port == NULL)
		return;
	leaf->iface = port_iface(s->arena, port);
	port_addresses(s->arena, port, ADDRESSES_MOST, &leaf->addresses);
}

/* The host's card is the first of its network, wherever the host was written. */
static void
fill_zones(struct scene *s, struct block **net_block, const bool *core)
{
	const struct picture *p = s->picture;

	for (int host = 1; host >= 0; host--)
		for (size_t i = 0; i < p->ports.n; i++) {
			const struct picture_port *port = &p->ports.v[i];
			const struct picture_node *node;

			if (port->node == PICTURE_NONE || port->net == PICTURE_NONE || port->outside || core[port->node])
				continue;
			node = &p->nodes.v[port->node];
			if ((node->kind == PICTURE_HOST) == (host == 1))
				add_leaf(s, net_block[port->net], node, port);
		}
}

/* Nodes without a network: classic jails on the host's stack, and those that stand on nothing. */
static void
build_islands(struct scene *s, const bool *core, const size_t *stands)
{
	const struct picture *p = s->picture;
	const struct picture_port **only = NEW_ARRAY(s->arena, const struct picture_port *, p->nodes.n);
	struct block *islands[2] = { NULL, NULL };
	bool *outside = NEW_ARRAY(s->arena, bool, p->nodes.n);

	for (size_t i = 0; i < p->ports.n; i++) {
		const struct picture_port *port = &p->ports.v[i];

		if (port->node == PICTURE_NONE)
			continue;
		outside[port->node] |= port->outside;
		if (port->net == PICTURE_NONE && port->nic == PICTURE_NONE && only[port->node] == NULL)
			only[port->node] = port;
	}
	for (size_t i = 0; i < p->nodes.n; i++) {
		const struct picture_node *node = &p->nodes.v[i];
		int which = node->kind == PICTURE_CLASSIC;

		/* The frame itself stands for a host without ports. */
		if (core[i] || stands[i] > 0 || outside[i] || node->kind == PICTURE_HOST)
			continue;
		if (islands[which] == NULL) {
			islands[which] = new_block(s, BLOCK_ZONE);
			islands[which]->zone = NEW(s->arena, struct zone);
			islands[which]->zone->hue = PICTURE_HUES;
			islands[which]->zone->title = which ? "the host's stack" : "no network";
			islands[which]->zone->note = which ? "classic jails" : NULL;
		}
		add_leaf(s, islands[which], node, only[i]);
	}
}

/* Many networks below one node, each with nothing else above it, are stacked beside rails instead of standing in one long row. */
static void
build_combs(struct scene *s)
{
	size_t n = s->blocks.n;

	for (size_t i = 0; i < n; i++) {
		struct block *b = s->blocks.v[i], *comb;
		struct line *trunk;
		size_t alone = 0, kept = 0;

		if (b->kind != BLOCK_CARD || b->node->kind == PICTURE_CABLE)
			continue;
		for (size_t k = 0; k < b->lines[BELOW].n; k++) {
			const struct block *net = b->lines[BELOW].v[k]->end[BELOW];

			alone += net->kind == BLOCK_ZONE && net->lines[ABOVE].n == 1;
		}
		if (alone < COMB_LEAST)
			continue;
		comb = new_block(s, BLOCK_COMB);
		comb->comb = NEW(s->arena, struct comb);
		for (size_t k = 0; k < b->lines[BELOW].n; k++) {
			struct line *line = b->lines[BELOW].v[k];
			struct block *net = line->end[BELOW];

			if (net->kind == BLOCK_ZONE && net->lines[ABOVE].n == 1) {
				net->zone->cable = line;
				net->lines[ABOVE].n = 0;
				line->end[ABOVE] = comb;
				*vec_push(s->arena, &comb->comb->zones) = net;
			} else
				b->lines[BELOW].v[kept++] = line;
		}
		b->lines[BELOW].n = kept;
		trunk = join(s, NULL, b, comb);
		trunk->hue = PICTURE_HUES;
	}
}

static bool
is_own_nic(const struct line *line)
{
	const struct block *wire = line->end[BELOW];

	return (wire->kind == BLOCK_WIRE && wire->wire->net == NULL && line->end[ABOVE]->kind == BLOCK_CARD);
}

/* Where networks hang from NICs, a node that has nothing but NICs of its own hangs beside them, not below. */
static void
lift_nic_owners(struct scene *s)
{
	bool beside = false;
	size_t kept = 0;

	for (size_t i = 0; i < s->lines.n; i++)
		beside |= s->lines.v[i]->end[ABOVE]->kind == BLOCK_NICS && s->lines.v[i]->end[BELOW]->kind == BLOCK_ZONE;
	for (size_t i = 0; i < s->lines.n; i++) {
		struct line *line = s->lines.v[i], *upper;
		struct block *b = line->end[ABOVE];
		bool only = beside && is_own_nic(line);

		for (size_t k = 0; only && k < b->lines[BELOW].n; k++)
			only = is_own_nic(b->lines[BELOW].v[k]);
		if (!only) {
			s->lines.v[kept++] = line;
			continue;
		}
		/* The NIC's line to the wire was joined first, and is the node's from here on. */
		upper = line->end[BELOW]->lines[ABOVE].v[0];
		upper->end[BELOW] = b;
		*vec_push(s->arena, &b->lines[ABOVE]) = upper;
		line->end[BELOW]->lines[ABOVE].n = 0;
	}
	s->lines.n = kept;
	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->kind == BLOCK_CARD && s->blocks.v[i]->lines[ABOVE].n > 0)
			s->blocks.v[i]->lines[BELOW].n = 0;
}

/* Breadth first from the blocks that have row 0 or were given one; a block in a comb is not placed by itself. */
static void
flood(struct block **queue, size_t head, size_t tail)
{
	while (head < tail) {
		struct block *b = queue[head++];

		for (int side = ABOVE; side <= BELOW; side++)
			for (size_t i = 0; i < b->lines[side].n; i++) {
				struct line *line = b->lines[side].v[i];
				struct block *other = line->end[ABOVE] == b ? line->end[BELOW] : line->end[ABOVE];

				if (other->row < 0) {
					other->row = b->row + 1;
					queue[tail++] = other;
				}
			}
	}
}

static bool
in_comb(const struct block *b)
{
	return (b->kind == BLOCK_ZONE && b->zone->cable != NULL);
}

static void
find_rows(struct scene *s)
{
	struct block **queue = NEW_ARRAY(s->arena, struct block *, s->blocks.n);
	size_t n = 0;

	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->kind == BLOCK_NICS) {
			s->blocks.v[i]->row = 0;
			queue[n++] = s->blocks.v[i];
		}
	flood(queue, 0, n);
	/* What no NIC reaches hangs from the host, from a bridge, from one end of a cable, in this order of preference. */
	for (int want = 0; want < 3; want++)
		for (size_t i = 0; i < s->blocks.n; i++) {
			struct block *b = s->blocks.v[i];
			bool host = b->kind == BLOCK_CARD && b->node->kind == PICTURE_HOST;

			if (b->row >= 0 || in_comb(b) || (b->kind == BLOCK_WIRE && b->lines[ABOVE].n == 0))
				continue;
			if (want == 0 ? !host : want == 1 ? b->kind != BLOCK_ZONE : false)
				continue;
			b->row = b->kind == BLOCK_ZONE ? 1 : 2;
			queue[0] = b;
			flood(queue, 0, 1);
		}
}

/* Nothing joins it to anything that is placed by itself. */
static bool
is_lonely(const struct block *b)
{
	return (b->kind == BLOCK_ZONE && b->lines[ABOVE].n == 0 && b->lines[BELOW].n == 0);
}

/* Rows without a block are left out; lines are turned so that their first end is the upper one. */
static void
settle_rows(struct scene *s)
{
	int *used, last = 0, next = 1;
	size_t lonely = 0;

	for (size_t i = 0; i < s->blocks.n; i++) {
		lonely += is_lonely(s->blocks.v[i]);
		if (is_lonely(s->blocks.v[i]))
			s->blocks.v[i]->row = -1;
		last = max(last, s->blocks.v[i]->row);
	}
	used = NEW_ARRAY(s->arena, int, (size_t)last + 1);
	for (size_t i = 0; i < s->blocks.n; i++)
		if (s->blocks.v[i]->row > 0)
			used[s->blocks.v[i]->row] = 1;
	for (int row = 1; row <= last; row++)
		if (used[row])
			used[row] = next++;
	s->rows = (size_t)next;
	s->row = arena_alloc(s->arena, (s->rows + lonely) * sizeof(*s->row));
	s->gap_tracks = NEW_ARRAY(s->arena, int, s->rows + lonely);
	s->row_y = NEW_ARRAY(s->arena, int, s->rows + lonely);
	s->row_h = NEW_ARRAY(s->arena, int, s->rows + lonely);
	for (size_t i = 0; i < s->blocks.n; i++) {
		struct block *b = s->blocks.v[i];

		if (b->row < 0)
			continue;
		b->row = used[b->row];
		*vec_push(s->arena, &s->row[b->row]) = b;
		b->lines[ABOVE].n = b->lines[BELOW].n = 0;
	}
	for (size_t i = 0; i < s->lines.n; i++) {
		struct line *line = s->lines.v[i];
		struct block *upper = line->end[ABOVE], *lower = line->end[BELOW];

		if (in_comb(lower))
			continue;
		if (upper->row > lower->row) {
			line->end[ABOVE] = lower;
			line->end[BELOW] = upper;
		}
		*vec_push(s->arena, &line->end[ABOVE]->lines[BELOW]) = line;
		*vec_push(s->arena, &line->end[BELOW]->lines[ABOVE]) = line;
	}
}

/* Networks that nothing joins to the others stand below them, as many in a row as there is room for. */
static void
add_lonely(struct scene *s)
{
	int room = LONELY_ROOM, left = 0;

	for (size_t row = 0; row < s->rows; row++) {
		int w = 0;

		for (size_t i = 0; i < s->row[row].n; i++)
			w += s->row[row].v[i]->w + BLOCK_GAP;
		room = max(room, w);
	}
	for (size_t i = 0; i < s->blocks.n; i++) {
		struct block *b = s->blocks.v[i];

		if (!is_lonely(b) || in_comb(b))
			continue;
		zone_arrange(s, b);
		if (left == 0 || left + b->w > room) {
			s->rows++;
			left = 0;
		}
		b->row = (int)s->rows - 1;
		*vec_push(s->arena, &s->row[b->row]) = b;
		left += b->w + BLOCK_GAP;
	}
}

/* Ports of NICs stand as far from each other as the NICs do, so that their lines can be straight. */
static int
nic_width(const struct line *line)
{
	const struct block *above = line->end[ABOVE];

	if (above->kind == BLOCK_WIRE && above->wire->net == NULL && above->lines[ABOVE].n > 0)
		above = above->lines[ABOVE].v[0]->end[ABOVE];
	return (above->kind == BLOCK_NICS ? above->w + BLOCK_GAP - CARD_TEXT : 0);
}

static void
measure_card(struct scene *s, struct block *b)
{
	struct card *c = b->card = NEW(s->arena, struct card);
	strings own = { 0, 0, NULL };
	int *section[2] = { &c->top, &c->bottom }, width;

	if (b->node->kind == PICTURE_CABLE) {
		b->w = b->lines[ABOVE].n > 1 || b->lines[BELOW].n > 1 ? 48 : 8;
		b->h = 8;
		return;
	}
	width = CARD_NAME + style_width(STYLE_NODE, clip(s->arena, b->node->name, 48)) + 12;
	if (b->node->role != NULL)
		width += 8 + style_width(STYLE_ROLE, clip(s->arena, b->node->role, 48));
	c->middle = CARD_MIDDLE;
	for (size_t i = 0; i < b->node->routes.n; i++) {
		width = max(width, CARD_NAME + style_width(STYLE_ROLE, b->node->routes.v[i]) + 12);
		c->middle += LINE_TEXT;
	}
	node_own(s->arena, b->node, &own);
	for (size_t i = 0; i < own.n; i++) {
		width = max(width, CARD_NAME + style_width(STYLE_ADDRESS, own.v[i]) + 12);
		c->middle += LINE_TEXT;
	}
	for (int side = ABOVE; side <= BELOW; side++) {
		int columns = 2 * CARD_EDGE, lines = 0;

		for (size_t i = 0; i < b->lines[side].n; i++) {
			struct line *line = b->lines[side].v[i];

			if (b->lines[side].n > 1)
				line->text_width = max(line->text_width, nic_width(line));
			columns += line->text_width + CARD_TEXT;
			lines = max(lines, (int)line->addresses.n + (line->iface != NULL));
		}
		width = max(width, columns);
		*section[side] = lines > 0 ? LINE_TEXT * lines + 8 : b->lines[side].n > 0 ? 4 : 0;
	}
	b->w = even(max(width, 140));
	b->h = c->top + c->middle + c->bottom;
}

/* NICs with a line are columns; what they are made of stands above the middle of its own. */
static void
measure_nics(struct scene *s, struct block *b)
{
	struct nics *n = b->nics;
	int half[2] = { 0, 0 };

	b->w = 0;
	for (size_t i = 0; i < n->boxes.n; i++)
		n->boxes.v[i].w = max(n->boxes.v[i].w, NIC_LINE * (int)n->boxes.v[i].lines.n);
	for (int depth = 0; depth <= n->depth; depth++) {
		int w = 0;

		for (size_t i = 0; i < n->boxes.n; i++)
			if (n->boxes.v[i].depth == depth || n->boxes.v[i].lines.n > 0)
				w += n->boxes.v[i].w + NIC_GAP;
		b->w = max(b->w, w - NIC_GAP);
	}
	n->cloud = CLOUD_WIDTH;
	if (n->beyond != NULL) {
		n->cloud += even(max(0, style_width(STYLE_CLOUD, n->beyond) - CLOUD_TEXT));
		b->w = max(b->w, n->cloud);
	}
	/* Computers beyond stand to the right and left of the cloud by turns, so that it stays in the middle. */
	for (size_t i = 0; i < n->far.n; i++) {
		half[i % 2] += n->far.v[i].w + CARD_GAP;
		n->far_height = max(n->far_height, n->far.v[i].h);
	}
	if (n->far.n > 0)
		b->w = max(b->w, (n->beyond != NULL ? n->cloud : 40) + 2 * max(half[0], half[1]));
	b->w = even(b->w);
	b->h = NIC_HEIGHT / 2 + NIC_STEP * s->nic_depth;
}

static void
measure_wire(struct scene *s, struct block *b)
{
	struct wire *w = b->wire;

	/* Both ends above: the cable is a bar below them, long enough for two lines. */
	b->w = b->lines[ABOVE].n > 1 ? 48 : 8;
	b->h = 8;
	w->text = NULL;
	w->hue = b->lines[ABOVE].n > 0 ? b->lines[ABOVE].v[0]->hue : PICTURE_HUES;
	if (w->net == NULL)
		return;
	w->hue = net_hue(s->picture, w->net);
	{
		struct text t = { .arena = s->arena };
		bool bare = s->options->view == PICTURE_L3;

		if (!bare && w->net->name != NULL)
			text_add(&t, clip(s->arena, w->net->name, 32));
		for (size_t i = 0; i < w->net->subnets.n && i < 2; i++) {
			const struct picture_subnet *subnet = &s->picture->subnets.v[w->net->subnets.v[i]];

			if (subnet->name != NULL) {
				text_add(&t, t.n > 0 ? " · " : "");
				text_add(&t, clip(s->arena, subnet->name, 32));
			}
			for (size_t k = 0; k < subnet->prefixes.n && k < 2; k++) {
				text_add(&t, t.n > 0 ? " · " : "");
				text_add(&t, subnet->prefixes.v[k]);
			}
		}
		if (t.n == 0)
			return;
		w->text = text_end(&t);
	}
	b->w = even(max(b->w, style_width(STYLE_BAR_NAME, w->text) + 24));
	b->h = 20;
}

/* As many columns as make it about half again as wide as high. */
static void
measure_comb(struct scene *s, struct block *b)
{
	struct comb *c = b->comb;
	size_t n = c->zones.n, i;
	int stub = 0, w = 0, *pitch = NEW_ARRAY(s->arena, int, n);
	long area = 0;

	for (i = 0; i < n; i++) {
		struct block *z = c->zones.v[i];
		const struct line *line = z->zone->cable;
		int label = line->port == NULL ? 0 :
		    style_width(STYLE_IFACE, pair_name(s->arena, line->port->net_side, line->port->node_side));

		zone_measure(s, z);
		zone_arrange(s, z);
		for (size_t k = 0; k < line->addresses.n; k++)
			label = max(label, style_width(STYLE_ROW_ADDRESS, line->addresses.v[k]));
		stub = max(stub, label);
		w = max(w, z->w);
		/* The node's addresses stand beside the zone and may be higher than it. */
		pitch[i] = max(z->h, z->zone->bar_y + BAR_HEIGHT + COMB_ADDRESS * (int)line->addresses.n) + ZONE_FOOT;
		area += pitch[i];
	}
	for (i = 0; i < n; i++) {
		c->zones.v[i]->zone->bar_width = w - 2 * BAR_INSET;
		zone_arrange(s, c->zones.v[i]);
	}
	c->stub = stub + 2 * LABEL_GAP;
	w += c->stub + COMB_GAP;
	for (c->columns = 1; c->columns < n && (long)c->columns * w * 2 < 3 * (area / (long)c->columns); c->columns++)
		continue;
	c->rows = (n + c->columns - 1) / c->columns;
	c->columns = (n + c->rows - 1) / c->rows;
	c->rail_x = NEW_ARRAY(s->arena, int, c->columns);
	b->w = 0;
	b->h = 0;
	for (i = 0; i < c->columns; i++) {
		int widest = 0, y = ROW_GAP - 8;

		c->rail_x[i] = b->w + 2;
		for (size_t k = i * c->rows; k < n && k < (i + 1) * c->rows; k++) {
			struct block *z = c->zones.v[k];

			z->x = c->rail_x[i] + c->stub;
			z->y = y;
			y += pitch[k];
			widest = max(widest, z->w);
		}
		b->w += c->stub + widest + COMB_GAP;
		b->h = max(b->h, y - ZONE_FOOT);
	}
	b->w = even(b->w - COMB_GAP + 4);
}

void
scene_build(struct scene *s, struct arena *a, const struct picture *picture, const struct picture_options *options)
{
	const struct picture *p;
	struct block **node_block, **net_block, **nic_block;
	bool *core;
	size_t *stands, *ends;

	memset(s, 0, sizeof(*s));
	s->arena = a;
	s->options = options;
	if (options->view == PICTURE_ONE_NET)
		s->only = picture->nets.v[options->net].name;
	s->pages = options->view == PICTURE_ONE_NET ? diagram_net_pages(a, picture, options->net) : 1;
	s->picture = p = view_apply(a, picture, options);
	node_block = NEW_ARRAY(a, struct block *, p->nodes.n);
	net_block = NEW_ARRAY(a, struct block *, p->nets.n);
	nic_block = NEW_ARRAY(a, struct block *, p->nics.n);
	core = NEW_ARRAY(a, bool, p->nodes.n);
	stands = NEW_ARRAY(a, size_t, p->nodes.n);
	ends = NEW_ARRAY(a, size_t, p->nets.n);

	for (size_t i = 0; i < p->nodes.n; i++)
		s->jails += p->nodes.v[i].kind == PICTURE_JAIL || p->nodes.v[i].kind == PICTURE_CLASSIC;
	for (size_t i = 0; i < p->ports.n; i++)
		if (p->ports.v[i].net != PICTURE_NONE)
			ends[p->ports.v[i].net] += p->ports.v[i].node != PICTURE_NONE ? 1 : 3;
	list_ports(s);
	find_core(s, ends, core, stands);

	build_nics(s, nic_block);
	build_far(s, nic_block);
	for (size_t i = 0; i < p->nodes.n; i++)
		if (core[i]) {
			node_block[i] = new_block(s, BLOCK_CARD);
			node_block[i]->node = &p->nodes.v[i];
		}
	for (size_t i = 0; i < p->nets.n; i++) {
		bool wire = p->nets.v[i].kind == PICTURE_WIRE && ends[i] == 2;

		net_block[i] = new_block(s, wire ? BLOCK_WIRE : BLOCK_ZONE);
		if (wire) {
			net_block[i]->wire = NEW(a, struct wire);
			net_block[i]->wire->net = &p->nets.v[i];
		} else
			zone_of_net(s, net_block[i], i);
	}
	fill_zones(s, net_block, core);
	for (size_t i = 0; i < p->ports.n; i++) {
		const struct picture_port *port = &p->ports.v[i];
		struct line *line = NULL;

		if (port->outside)
			continue;
		if (port->nic != PICTURE_NONE && port->net != PICTURE_NONE)
			line = join(s, port, nic_block[port->nic], net_block[port->net]);
		else if (port->nic != PICTURE_NONE && port->node != PICTURE_NONE) {
			struct block *b = new_block(s, BLOCK_WIRE);

			b->wire = NEW(a, struct wire);
			line = join(s, port, nic_block[port->nic], b);
			join(s, port, node_block[port->node], b);
		} else if (port->node != PICTURE_NONE && port->net != PICTURE_NONE && core[port->node])
			join(s, port, node_block[port->node], net_block[port->net]);
		if (line != NULL) {
			struct nics *n = nic_block[port->nic]->nics;

			for (size_t k = 0; k < n->boxes.n; k++)
				if (n->boxes.v[k].nic == port->nic)
					*vec_push(a, &n->boxes.v[k].lines) = line;
		}
	}
	build_combs(s);
	lift_nic_owners(s);
	find_rows(s);
	build_islands(s, core, stands);
	settle_rows(s);
	for (size_t i = 0; i < s->blocks.n; i++) {
		struct block *b = s->blocks.v[i];

		switch (b->kind) {
		case BLOCK_NICS:
			measure_nics(s, b);
			break;
		case BLOCK_CARD:
			measure_card(s, b);
			break;
		case BLOCK_ZONE:
			if (!in_comb(b))
				zone_measure(s, b);
			break;
		case BLOCK_WIRE:
			measure_wire(s, b);
			break;
		case BLOCK_COMB:
			measure_comb(s, b);
			break;
		}
	}
	add_lonely(s);
}
