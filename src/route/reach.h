/* SPDX-License-Identifier: BSD-2-Clause */
/* Who reaches whom, proved by walking packets hop by hop, there and back (language.md 7). */
#ifndef ROUTE_REACH_H
#define ROUTE_REACH_H

#include "graph/linkgraph.h"
#include "route/routes.h"

/* Whom an address belongs to. */
enum spot_kind {
	SPOT_NODE,                      /* a node of the file */
	SPOT_DEVICE,                    /* something on a subnet's link that the file does not describe */
	SPOT_BEHIND,                    /* something in a subnet that nothing carries: it lies behind its gateway */
	SPOT_OUTSIDE,                   /* beyond the file */
};
struct spot {
	enum spot_kind kind;
	const struct vnet *node;        /* NODE; BEHIND: the gateway */
	const struct iface *iface;      /* NODE: the interface that has the address */
	const struct subnet *subnet;    /* NULL: in none */
	struct inaddr addr;
	bool stand_in;                  /* the address is not known (a lease): addr is one of its subnet */
	bool nowhere;                   /* and no subnet says where it would be */
};

enum verdict { REACHES, BROKEN, UNPROVEN };

/* Why a packet goes no further. */
enum stop {
	STOP_NONE, STOP_NO_ROUTE, STOP_REJECTED, STOP_NO_FORWARDING, STOP_PRIVATE, STOP_VLAN, STOP_NOBODY, STOP_CIRCLE, STOP_TTL, STOP_NO_SOURCE,
	STOP_NO_GATEWAY, STOP_NOT_KNOWN_OUTSIDE, STOP_LOST_OUTSIDE, STOP_TRANSLATED, STOP_NO_FAMILY,
	STOP_UNDESCRIBED, STOP_LEASED,          /* these two prove nothing */
};

/* A packet handed on once. */
struct hop {
	const struct vnet *node;        /* who hands it on; NULL: something that the file does not describe */
	const struct iface *out;        /* by which interface; NULL: not known */
	const struct route *route;      /* by which route; NULL: directly */
	struct inaddr next;             /* to which address on the link */
	bool next_known;
	const struct link *link;        /* over which link; NULL: not known */
	const struct vnet *to;          /* who takes it; NULL: something that the file does not describe */
	const struct iface *in;
	bool translated;                /* there: it leaves with another source; back: who takes it restores the destination */
	bool leased;                    /* that source is a lease, not known */
	struct inaddr source;           /* that source; back: the destination restored */
};

struct translation { const struct vnet *node; struct spot was; };

/* One direction. */
struct way {
	VEC(struct hop) hops;
	VEC(struct translation) translations;
	struct spot source, to;         /* source: as who receives it sees it */
	struct spot first_source;       /* as it was sent */
	enum verdict verdict;
	enum stop stop;
	/* of the stop, what concerns it */
	const struct vnet *at;          /* NULL: outside the file */
	const struct iface *iface;
	const struct bridge *bridge;
	const struct link *link;
	const struct route *route;
	struct inaddr next;
	bool next_known;
	int tag;
};

/* One side of a proof. */
struct end {
	const char *shown;              /* "guest4", "10.0.2.77", "outside" */
	enum spot_kind kind;
	const struct vnet *node;        /* NODE, BEHIND */
	const struct subnet *subnet;    /* NODE: only its addresses there, NULL: any; DEVICE, BEHIND: which */
	unsigned families;              /* a bit for each that it has */
	const struct iface *fixed_at[FAMILIES];         /* NODE: exactly this address; NULL: not fixed */
	struct inaddr fixed[FAMILIES];  /* NODE, where fixed_at; DEVICE, BEHIND, OUTSIDE: the address, or one to look up by */
	bool addressed;                 /* DEVICE, BEHIND, OUTSIDE: the address was asked for */
	struct span at;                 /* where it was asked for */
};

struct reach {
	const struct end *from, *to;
	enum family family;
	enum verdict verdict;
	bool back_is_known;             /* the way back was walked */
	struct way there, back;
};

/* What proofs share: tables of routes, who has which address, what lies beyond each link. */
struct prover;
struct prover *prover_new(struct arena *, const struct topology *, const struct linkgraph *, const struct routes *);

/* Walks a packet of the family from one end to the other, and its answer back. Of several addresses that the receiver has one that is
 * reached is enough; those on a link with the sender come first. The result's vectors may be used again. */
void reach_prove(struct prover *, const struct end *from, const struct end *to, enum family, struct reach *);

/* Ends that no proof can tell apart are one group: a proof of one holds for all. */
struct end_group { const char *key; struct end first, second; size_t n, index; };      /* second: another one, where n > 1 */
struct end_groups { VEC(struct end_group *) all; struct map *by_key; };
struct end_groups *ends_none(struct prover *);
/* The group of another list to which one of this kind belongs; NULL: none. */
const struct end_group *ends_alike(const struct end_groups *, const struct end_group *);

/* Adds what a word means: a jail, a machine, host, a subnet, an address, outside (language.md 7). at: where it stands. */
enum end_fault { END_FINE, END_UNKNOWN, END_LINK_LOCAL, END_NOBODY };
enum end_fault ends_add(struct prover *, const char *word, struct span at, struct end_groups *);
/* The nearest name that would do; NULL: none is near. */
const char *ends_nearest(struct prover *, const char *word);

/* The pair that stands for all pairs of two groups; false: there is none but a node with itself. */
bool ends_pair(const struct end_group *from, const struct end_group *to, const struct end **a, const struct end **b);

/* How many pairs that is. */
size_t ends_pairs(const struct end_group *from, const struct end_group *to);

/* Words about a proof, lower case, no full stop. */
/* "broken at guest3, no route to 10.0.2.0/24", "it leaves by 192.168.0.254, which this file does not describe"; "" when it reaches */
const char *reach_why(struct arena *, const struct reach *);
/* The place to look at, and what is there; nowhere when there is none. */
struct span reach_place(struct arena *, const struct reach *, const char **text);
/* One key that would mend it; NULL: none is known. */
const char *reach_cure(struct prover *, const struct reach *);
/* "guest1 192.168.0.11 by epair1b on bridge0 to 192.168.0.13 of guest3" */
const char *hop_shown(struct arena *, const struct reach *, const struct way *, size_t n);
const char *way_path(struct arena *, const struct way *);      /* "guest3, host"; "" for none */

#endif
