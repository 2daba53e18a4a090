/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the resolver share: the state of one resolve() and its steps, in the order in which they run. */
#ifndef MODEL_RESOLVING_H
#define MODEL_RESOLVING_H

#include "model/lock.h"
#include "model/model.h"

/* Two ends of an epair that waits for its unit. */
struct pair { struct iface *a, *b; int fixed; const char *owner; struct cable *cable; struct span at; };

/* Who has an address of topology.used; iface NULL: a gateway outside the file, or a classic jail. */
struct used_address { struct inaddr addr; const struct iface *iface; struct span at; };

struct resolver {
	struct arena *arena;
	struct diags *diags;
	const struct topology_decl *decl;
	struct topology *topology;
	struct lock *lock;
	VEC(struct pair) pairs;         /* in order of allocation */
	struct map *vlan_links;         /* "LINK/TAG" -> struct link */
	struct map *nameless;           /* "LINK PREFIX" -> struct subnet */
	struct map *unknown;            /* "KIND NAME" -> struct diag: what names nothing, told once */
};

/* release.c */
void resolve_release(struct resolver *);
/* subnets.c: prefixes, pools, reserves; gateways wait for the nodes */
void resolve_subnets(struct resolver *);
/* interfaces.c: who exists and what is joined to what */
void resolve_interfaces(struct resolver *);
/* number.c: units and last names */
void resolve_units(struct resolver *);
/* addresses.c: where each interface stands, its addresses, the automatic ones last */
void resolve_addresses(struct resolver *);
/* mac.c: MAC addresses and MTUs */
void resolve_macs(struct resolver *);
/* nodes.c: forwarding, gateways, routes, nat, start order */
void resolve_nodes(struct resolver *);

struct link *link_new(struct resolver *, enum link_kind, const char *name, struct span at);
/* The VLAN of a link; made when it is asked for first. */
struct link *link_vlan(struct resolver *, struct link *, int tag, struct span at);
void link_subnet(struct link *, struct arena *, struct subnet *);

/* "guest4/0": how the lock and derived MACs name an interface's owner. */
const char *iface_owner(const struct resolver *, const struct iface *);

/* Proposes the nearest of the candidates, if one is near. */
void suggest_near(struct resolver *, struct diag *, const struct v_str *, const struct map *candidates);
/* Says that a reference names nothing, with the nearest of the names that would do. kind: "bridge". */
struct diag *unknown_name(struct resolver *, const struct v_str *, const char *kind, const struct map *candidates);

/* An address with or without /LEN; len -1 when there is none. False: reported as bad-address. */
bool read_address(struct resolver *, const struct v_str *, struct inaddr *, int *len, const char *const *words);
bool read_prefix(struct resolver *, const struct v_str *, struct prefix *);
/* N bytes of a value from OFF on as a value of its own, with its own place: an end of a range, a half of INTERFACE|ADDRESS. */
struct v_str value_part(struct resolver *, const struct v_str *, size_t off, size_t n);
/* ADDRESS/24 or /64, or the length of the netmask that was written behind it (NULL: nothing was). */
void suggest_length(struct resolver *, struct diag *, struct span, const char *address, enum family, const char *written);
/* ADDRESS, FIRST-LAST or PREFIX. */
bool read_range(struct resolver *, const struct v_str *, struct inrange *);

#endif
