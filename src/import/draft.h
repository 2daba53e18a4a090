/* SPDX-License-Identifier: BSD-2-Clause */
/* The topology that is being concluded from what a host has, until it is written as YAML. */
#ifndef IMPORT_DRAFT_H
#define IMPORT_DRAFT_H

#include "import/old.h"
#include "model/model.h"

struct draft_link;

struct draft_address { struct prefix prefix; bool alias; const char *word; };   /* word: dhcp, slaac; then nothing else counts */
typedef VEC(struct draft_address) draft_addresses;

struct draft_member { const char *name; int untagged; VEC(int) tagged; bool stp, private_; };

/* An interface of the host, a jail's item, or a cable's end. */
struct draft_iface {
	const char *key;                /* host: its key */
	const char *bridge, *interface, *epair, *end, *attach, *name;
	bool host;                      /* a cable's end with the host */
	const char *jail;               /* a cable's end */
	draft_addresses addresses;
	strings subnet;                 /* written where the link does not say it */
	strings groups, options;
	const char *description, *mac;
	bool mac_written;               /* it is not the one that vnetc derives */
	int mtu, untagged;
	VEC(int) tagged;
	bool dflt, stp, private_, unmanaged;
	const char *parent;             /* vlan */
	int tag;
	const char *laggproto;
	strings ports;
	struct inaddr tunnel[2];
	bool has_tunnel;
	VEC(struct inaddr) peers;
	VEC(struct draft_iface *) vlans;        /* in a jail; tag says which */

	int unit;                       /* of the epair it is an end of; -1: of none */
	const struct old_iface *old;    /* in the stack where it lives; NULL: it has no variables */
	const struct old_iface *made;   /* the same on the host before a jail took it */
	struct draft_link *link;
	bool in_cable;                  /* written under epairs */
	struct draft_iface *cable;      /* of a jail's item: the end of which it keeps the place */
};

struct draft_bridge {
	const char *key, *name, *made;  /* name: NULL: the key */
	VEC(struct draft_member) members;
	draft_addresses addresses;
	const char *epair;              /* "true", "epairN"; NULL: none */
	int epair_unit;                 /* -1: none */
	const char *mac, *description;
	bool mac_written;
	int mtu;
	bool vlan_filtering, netgraph, dflt;
	struct draft_toggles { bool stp, private_; } all, host_end_is; /* of all members; of the host's own epair */
	VEC(struct draft_link *) links; /* the bridge's own; of a filtering one each VLAN's */
	const struct old_iface *old, *host_end;
	strings groups;
};

/* created: its end a at first. */
struct draft_cable { const char *key, *created; int unit; struct draft_iface ends[2]; struct draft_link *link; };

struct draft_subnet {
	const char *name;
	VEC(struct prefix) prefixes;
	strings gateway;
	struct { bool known; struct inaddr addr; const char *node; } to[FAMILIES];
	int vlan;
	bool declared;                  /* written; else its addresses carry their lengths */
};

/* A segment, and who stands on it. */
struct draft_standing {
	struct draft_node *node;
	struct draft_iface *iface;
	struct draft_bridge *bridge;
	const char *vlan;               /* the host on one VLAN of the bridge: that interface's name */
	draft_addresses *addresses;
};
struct draft_link {
	const char *name;
	struct draft_bridge *bridge;
	int tag;
	bool has_nic;
	VEC(struct draft_standing) standing;
	VEC(struct draft_subnet *) subnets;
};

struct draft_route { struct prefix to; const char *via; };

/* What host and jails share. */
struct draft_node {
	const char *name;
	const struct old_stack *old;
	bool by_vnetc;                  /* vnetc wrote its files */
	bool forwards[FAMILIES];
	struct { bool given; struct inaddr addr; const char *zone; } dflt[FAMILIES];    /* found, or carried over to a converted jail */
	strings gateway;
	VEC(struct draft_route) routes;
	bool nat;
	strings nat_exits, nameservers;
	VEC(struct old_rdr) rdr;
};

struct draft_jail {
	struct draft_node node;
	VEC(struct draft_iface *) ifaces;
	const char *attach;
	const char *hostname;
	strings start_after, starts_after;      /* to be written; found */
	strings parameters;
	int devfs_ruleset, fib;         /* to be written; -1: not */
	strings exec[OLD_HOOKS];
	bool classic;
	const char *stays;              /* why; NULL: it is converted */
	bool left_alone;                /* not in the topology: no topology could say it */
	strings ip;
	strings on;                     /* a classic one's interfaces, one for each of its addresses; NULL: nothing tells it */
	const struct old_jail *old;
};

/* A variable that stands in the way of what will be installed. only: this word goes from it, a list. */
struct removal { const struct shell_set *set; const char *only; };
/* A line that a person has to look at, and why. */
struct by_hand { struct span at; const char *text; };
/* An interface of the host whose part another one takes. */
struct draft_moved { const char *from, *to; };

/* What was concluded, for the report. */
struct conclusion { struct span at; const char *text; };

struct draft {
	struct arena *arena;
	struct diags *diags;
	const struct old_host *old;
	const char *host_name, *release;
	struct draft_node host;
	VEC(struct draft_iface *) interfaces;
	VEC(struct draft_subnet *) subnets;
	VEC(struct draft_bridge *) bridges;
	VEC(struct draft_cable *) cables;
	VEC(struct draft_jail *) jails;
	VEC(struct draft_link *) links;
	bool converted;                 /* something classic was converted */
	bool no_gateway[FAMILIES];      /* nothing tells that of converted jails */
	struct map *cabled;             /* pairs that are cables by their place, by their end a */
	struct map *route_names;        /* by prefix; NULL: not looked up yet */
	VEC(struct conclusion) conclusions;
	strings differences;            /* what a build does otherwise than the files that were read */
	VEC(struct removal) remove;
	VEC(struct by_hand) by_hand;
	VEC(struct draft_moved) moved;
};

/* What is to be done with classic jails. */
struct import_wishes { const char *attach; strings keep; };

/* Concludes a topology from what was read. */
struct draft *draft_make(struct arena *, struct diags *, const struct old_host *, const struct import_wishes *);
/* The topology as YAML, as a person would write it. */
const char *draft_yaml(struct arena *, const struct draft *);
/* Compiles it and compares what it builds with what was read: numbers, addresses and routes that would come out otherwise are written
 * into it, what remains goes to its differences. Returns the YAML. */
const char *draft_settle(struct draft *);

/* What the parts share. */
struct draft_node *draft_node(struct draft *, size_t number);   /* 0: the host; else a jail's, from 1 */
void conclude(struct draft *, struct span at, const char *fmt, ...) PRINTF_LIKE(3, 4);
struct draft_bridge *draft_bridge(const struct draft *, const char *key);       /* by key or last name; NULL: there is none */
/* The interface that has the host's addresses: the bridge itself; with netgraph the NIC. */
const char *draft_bridge_own(const struct draft_bridge *);
struct draft_bridge *draft_bridge_new(struct draft *, const char *key);
struct draft_iface *draft_interface(const struct draft *, const char *key);      /* by key or last name; NULL: there is none */
struct draft_iface *draft_interface_new(struct draft *, const char *key);
struct draft_link *draft_link_new(struct draft *, const char *name, struct draft_bridge *, int tag);
/* A bridge's link of a VLAN, made where there is none; tag 0: the bridge's own. */
struct draft_link *draft_vlan_link(struct draft *, struct draft_bridge *, int tag);
void draft_stand(struct draft *, struct draft_link *, struct draft_node *, struct draft_iface *, struct draft_bridge *, draft_addresses *);
/* An interface's variables into it: all that is neither a place nor an address. */
void draft_take(struct draft *, struct draft_iface *, const struct old_iface *);
/* By DHCP (IPv4) or advertisements (IPv6)? */
bool draft_leased(const draft_addresses *, enum family);
void draft_take_addresses(struct draft *, draft_addresses *, const struct old_iface *);

/* cables.c: where an end of an epair is: in a bridge as a member, in a jail, else the host's own. */
struct pair_end {
	const char *name, *created;     /* on the host, at last and at first */
	const struct old_iface *old;    /* its variables there; NULL: it has none */
	struct draft_bridge *bridge;
	const struct old_member *member;
	const struct old_jail *jail;
};
/* "epair12a": 12, and which end. -1: it is none. */
int epair_unit(const char *name, char *end);
/* "epair12a": "epair12b", and the other way round. */
const char *epair_other_end(struct arena *, const char *end);
struct pair_end draft_pair_end(struct draft *, const char *name);
/* False: it is no end of an epair. */
bool draft_other_end(struct draft *, const struct pair_end *, struct pair_end *other);
/* The link on which one stands by an end in a bridge. */
struct draft_link *draft_bridge_link(struct draft *, const struct pair_end *);
/* The cable of a pair, a first; made, with its ends outside jails, where there is none yet. */
struct draft_cable *draft_cable(struct draft *, const struct pair_end ends[2]);
/* KEYa or KEYb: what an end is called by itself. */
const char *draft_end_name(const struct draft *, const struct draft_cable *, size_t end);
/* Which pairs are cables by where they stand among what is created at boot. */
void draft_cables_by_place(struct draft *);
/* Epairs that no jail has, and the order of all cables. */
void draft_free_pairs(struct draft *);

/* jails.c: the numbers of jails in the order in which a topology has them. */
const size_t *draft_jail_order(const struct old_host *);
/* attach.c: vnet jails and how their interfaces come to be. */
void draft_vnet_jails(struct draft *);
/* keep.c: why a classic jail stays one. NULL: it is converted; "": it was asked for, or there is nothing to say. */
const char *draft_keeps(struct draft *, struct draft_jail *, const struct import_wishes *);
/* Is a wireless interface one that joins an access point? */
bool draft_is_station(const struct draft *, const char *name);
/* Which interface carries each address of the classic jails. */
void draft_carriers(struct draft *);
/* carry.c: the ways out that converted jails had by the host's routing table. */
void draft_carry_ways(struct draft *);
/* Does the host take addresses by DHCP (IPv4) or from advertisements (IPv6) anywhere? */
bool draft_host_leases(const struct draft *, enum family);
/* others.c: what of other programs names what was moved. */
void draft_others(struct draft *);
/* convert.c: classic jails. */
void draft_classic_jails(struct draft *, const struct import_wishes *);
/* subnets.c: subnets, their names and gateways, from who stands where. */
void draft_subnets(struct draft *);
/* One prefix of a link into its subnets: one of each family makes a subnet, and what an interface advertises together. */
void draft_take_prefix(struct draft *, struct draft_link *, const struct prefix *);
bool draft_name_free(const struct draft *, const char *name);
/* Is the name of a route to this prefix that of a subnet? */
bool draft_tells_name(struct draft *, const struct prefix *, const char *name);
/* unseen.c: subnets in which nobody has an address. */
void draft_unseen(struct draft *);
/* The subnet that has this prefix; NULL: none. */
struct draft_subnet *draft_subnet_with(const struct draft *, const struct prefix *);
bool draft_on_link(const struct draft_link *, const struct draft_subnet *);
/* By what is known of the ways that lead out of it. */
void draft_write_gateway(struct draft *, struct draft_subnet *);
/* The host or a jail; NULL: neither. */
struct draft_node *draft_node_named(struct draft *, const char *name);
/* What an interface is called where it stands; NULL: nothing tells. */
const char *standing_name(const struct draft_standing *);
/* The node that has an address; NULL: none of them. */
const char *draft_holder(const struct draft *, const struct inaddr *);

/* report.c */
struct import_report { bool markdown; const struct draft *draft; const struct diags *found, *of_topology; const char *output; };
void import_report(struct text *, const struct import_report *);

#endif
