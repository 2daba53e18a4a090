/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the prover share. */
#ifndef ROUTE_WALK_H
#define ROUTE_WALK_H

#include "route/nat.h"
#include "route/reach.h"

#define TTL 64                  /* net.inet.ip.ttl, net.inet6.ip6.hlim */

enum entry_kind { ENTRY_LINK, ENTRY_PEER, ENTRY_GATEWAY, ENTRY_LEASE };
/* A line of a node's routing table. */
struct entry {
	struct prefix to;
	enum entry_kind kind;
	const struct iface *iface;
	const struct route *route;      /* GATEWAY */
	size_t rank;                    /* of two for one prefix the lower holds */
	size_t above;                   /* the next shorter prefix that holds this one; SIZE_MAX: none */
};
struct table { bool built; VEC(struct entry) entries; };

struct holder { struct inaddr addr; const struct iface *iface; };
struct joint { const struct iface *near, *far; };       /* a cable to another bridge */

/* What is on a link beyond the file: something that may be anything (a tap, a tunnel), or the world (a NIC). */
enum world { WORLD_NONE, WORLD_UNKNOWN, WORLD_NIC };

/* By which router the world comes to a subnet; router NULL: by none of the file. sure: it is that one and no other. leads: it could come
 * somehow. */
struct lead { bool known, leads, sure; int choices; const struct vnet *router; const struct iface *iface; };

typedef VEC(struct spot) spots;

struct prover {
	struct arena *arena;
	const struct topology *t;
	const struct routes *routes;
	struct table *tables[FAMILIES];         /* by vnet */
	VEC(struct holder) holders;             /* sorted */
	struct { size_t n, cap; struct joint *v; } *joints;     /* by bridge */
	enum world *world;                      /* by segment's index */
	struct lead *leads[FAMILIES];           /* by subnet */
	struct { bool known; nat_exits all; } *exits;           /* by vnet */
	size_t *seen, stamp;                    /* by bridge, of the search at hand */
	VEC(struct joint) queue;
	VEC(struct prefix) special;             /* what routes name that is no subnet: nodes that differ in it are not alike */
	bool special_known;
	char **classes;                   /* by vnet: who is alike has the same */
	struct map *class_by_key, *meanings;    /* of words for ends */
	spots spots;                            /* of the receiver at hand */
};

/* tables.c */
const struct entry *table_find(struct prover *, const struct vnet *, const struct inaddr *);
/* Who answers for an address on a segment; NULL: nobody of the file. */
const struct iface *holder_find(const struct prover *, const struct inaddr *, const struct link *segment);
/* Anybody who has it. */
const struct iface *holder_anywhere(const struct prover *, const struct inaddr *);
void holders_find(struct prover *);
/* The link on which an interface stands; a bridge's own is its bridge's even without an address; NULL: on none. */
const struct link *link_of(const struct iface *);
bool iface_leased(const struct iface *, enum family);

/* segment.c */
void segments_know(struct prover *, const struct linkgraph *);
enum world world_of(const struct prover *, const struct link *);
/* Do frames pass between two interfaces of one segment, or between one and what lies beyond the file (b NULL)? Where they do not, the way
 * learns why. */
bool frames_pass(struct prover *, const struct iface *a, const struct iface *b, struct way *);
/* How an interface is joined to its bridge; NULL: by being the bridge, or not told. */
const struct iface *member_of_end(const struct iface *);
/* A machine that is reached through a NIC, whichever the bridge has. */
bool stands_beyond(const struct iface *);
bool member_carries(const struct iface *member, int tag);

/* walk.c */
/* Walks to a spot; from a node with its source set or still to be picked. there: what this answers; NULL: nothing. */
void walk(struct prover *, struct way *, const struct spot *from, const struct spot *to, bool source_fixed, const struct way *there);
void way_reset(struct way *);
/* How the world comes to a subnet: by the router that gateways outside were told of, else by the nearest. */
const struct lead *lead_to(struct prover *, const struct subnet *, enum family);

/* circles.c */
/* Reports routing-circle. */
void circles_look(struct arena *, struct diags *, const struct topology *, struct prover *);

/* reach.c */
const struct subnet *subnet_holding(const struct prover *, const struct inaddr *);
struct spot spot_of_iface(const struct iface *, enum family);   /* by lease */
struct spot spot_of_address(const struct iface *, const struct address *);

/* ends.c */
typedef VEC(struct end) ends;
enum end_fault ends_mean(struct prover *, const char *word, ends *);

#endif
