/* SPDX-License-Identifier: BSD-2-Clause */
/* The declaration: the topology as it was written, typed by the field table, names still names. A value whose at.src is NULL was not given. */
#ifndef DECL_DECL_H
#define DECL_DECL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/vec.h"

struct tree;

struct v_str { struct span at; const char *v; };
struct v_int { struct span at; int64_t v; };
struct v_bool { struct span at; bool v; };
struct v_strs { struct span at; size_t n, cap; struct v_str *v; };      /* a list, or one scalar that stands for it */
struct v_ints { struct span at; size_t n, cap; struct v_int *v; };
struct v_toggle { struct span at; bool is_list, v; struct v_strs list; };  /* true, false or a list (a list: v is true) */
struct v_pair { struct v_str name, value; };
struct v_pairs { struct span at; size_t n, cap; struct v_pair *v; };    /* name: value, or (parameters) a list of NAME or NAME=VALUE */

/* One item of a map (name: keys) or list. Every record begins with this. */
struct decl_item {
	struct span at;                 /* where it is written: the key, or an item's first key */
	const char *key;                /* map: its name (of a range: the one name it made); list: NULL */
	struct span range;              /* map: the range that made it; not given without one */
	int64_t number;                 /* the range's number; of vlans: the tag */
};
#define DECL_ITEMS(type) struct { struct span at; size_t n, cap; struct type **v; }

struct decl_vlan { struct decl_item item; struct v_str parent; struct v_int tag; };
struct decl_lagg { struct decl_item item; struct v_str protocol; struct v_strs ports; };

/* An interface of the host, of a jail, of a machine, or a cable's end: one struct, four records (tables.c) that allow different keys. */
struct decl_iface {
	struct decl_item item;
	struct v_strs addresses, subnet;
	struct v_str name, description, mac;
	struct v_strs group, options;
	struct v_int mtu;
	struct v_bool dflt;             /* default */
	struct decl_vlan *vlan;
	struct decl_lagg *lagg;
	struct v_strs tunnel, peer;
	struct v_bool managed;
	DECL_ITEMS(decl_iface) vlans;   /* jail: TAG -> keys */
	struct v_int untagged;
	struct v_ints tagged;
	struct v_bool stp, private_;
	/* what it is */
	struct v_str bridge, interface, epair, jail, tap;
	struct v_bool host;             /* a cable's end: host: true */
	struct v_str end, attach;
};

struct decl_route { struct decl_item item; struct v_str to, via; };
struct decl_rdr { struct decl_item item; struct v_str proto; struct v_int port; struct v_str to; struct v_int port_to; };

struct decl_host {
	struct decl_item item;
	struct v_str name, release, routing, description;
	DECL_ITEMS(decl_iface) interfaces;
	struct v_strs gateway, nameservers;
	struct v_toggle router, nat;
	DECL_ITEMS(decl_rdr) rdr;
	DECL_ITEMS(decl_route) routes;
	struct v_pairs rc_conf;
};

struct decl_subnet {
	struct decl_item item;
	struct v_strs prefixes, gateway, pool, reserve;
	struct v_int vlan, mtu;
	struct v_bool routed, rtadv;
	struct v_str description;
};

struct decl_member { struct decl_item item; struct v_str interface; struct v_int untagged; struct v_ints tagged; struct v_bool stp, private_; };

struct decl_bridge {
	struct decl_item item;
	struct v_strs subnet, addresses;
	DECL_ITEMS(decl_member) members;
	struct v_str epair;             /* "true", "false" or epairN */
	struct v_str name, mac, description;
	struct v_int mtu;
	struct v_toggle stp, private_;
	struct v_bool vlan_filtering, netgraph, dflt;
};

struct decl_cable { struct decl_item item; struct decl_iface *a, *b; struct v_strs subnet; struct v_int mtu; };

struct decl_exec { struct decl_item item; struct v_strs prestart, poststart, prestop, poststop; };

struct decl_jail {
	struct decl_item item;
	DECL_ITEMS(decl_iface) interfaces;
	struct v_toggle router, nat;
	struct v_strs gateway, start_after, nameservers, ip;
	DECL_ITEMS(decl_route) routes;
	DECL_ITEMS(decl_rdr) rdr;
	struct v_str routing, attach, hostname, description;
	struct v_int devfs_ruleset, fib;
	struct v_pairs parameters, rc_conf;
	struct decl_exec *exec;
	struct v_bool vnet;
};

struct decl_machine {
	struct decl_item item;
	DECL_ITEMS(decl_iface) interfaces;
	struct v_toggle router;
	DECL_ITEMS(decl_route) routes;
	struct v_str description;
};

struct decl_expect { struct decl_item item; struct v_strs from, to, path; struct v_bool reach; struct v_str family; };

struct topology_decl {
	struct decl_item item;
	const struct tree *root;        /* what it was decoded from, for suggestions that rename; NULL: nothing */
	struct v_int version;
	struct decl_host *host;         /* NULL: absent */
	DECL_ITEMS(decl_subnet) subnets;
	DECL_ITEMS(decl_bridge) bridges;
	DECL_ITEMS(decl_cable) epairs;
	DECL_ITEMS(decl_jail) jails;    /* ranges are expanded: one item a jail */
	DECL_ITEMS(decl_machine) machines;
	DECL_ITEMS(decl_expect) expect;
};

/* Decodes a tree. Values that fail are reported (stage decl) and left out. Defaults are applied, ranges expanded: "$n" and "ADDRESS+" are
 * replaced by what they stand for. Never NULL; an absent root gives an empty declaration. */
struct topology_decl *decode(struct arena *, struct diags *, const struct tree *root);

/* Proposes another name for the thing whose name stands at the place, there and wherever the file refers to it. root: NULL where
 * nothing refers to it. */
void suggest_name(struct diags *, struct diag *, const struct tree *root, struct span at, const char *old, const char *new);
/* The same where the help says more. */
void fix_name(struct diags *, struct diag *, const struct tree *root, struct span at, const char *old, const char *new);

/* vnetc dump decl */
void decl_dump(const struct topology_decl *, FILE *);

#endif
