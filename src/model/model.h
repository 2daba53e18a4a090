/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: the topology with names resolved to pointers, units and addresses settled. Later passes read it and never change it. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <stdbool.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/ether.h"
#include "base/inaddr.h"
#include "base/str.h"
#include "base/vec.h"
#include "decl/decl.h"

struct auto_cursor;
struct bridge;
struct iface;
struct jail;
struct link;
struct lock;
struct subnet;
struct topology;
struct vnet;

#define IFNAME_MAX 15           /* bytes of an interface's name, IFNAMSIZ less the NUL */
#define EPAIR_UNIT_MAX 32767    /* if_clone.c */

/* A FreeBSD release: 15.1 is {15, 1}. */
struct release { int major, minor; struct span at; };

/* The kinds of interface, FreeBSD's names (model/cloner.c has the table). */
enum ifkind {
	IF_NIC, IF_EPAIR, IF_BRIDGE, IF_NGBRIDGE, IF_VLAN, IF_LAGG, IF_TAP, IF_VMNET, IF_GIF, IF_GRE, IF_WG, IF_TUN, IF_LO, IF_VXLAN, IF_STF,
	IF_IPSEC, IF_PFLOG, IF_PFSYNC, IF_ENC, IF_PPP, IF_NG, IF_WLAN, IF_CARP, IF_DISC,
};

struct cloner {
	const char *name;               /* "epair"; NICs: NULL */
	enum ifkind kind;
	bool ethernet;                  /* may be a bridge's member (if_bridge takes IFT_ETHER, IFT_L2VLAN, IFT_GIF) */
	bool created;                   /* created in cloned_interfaces when it stands under host.interfaces */
	const char *module;             /* what a jail that creates one needs loaded on the host; NULL: none */
};
/* The kind a name means: name of a cloner and a unit, else a NIC. unit -1 for NICs. */
const struct cloner *cloner_of(const char *name, int *unit);

/* mac.c: from the names of host, jail and interface, never from NIC, bridge or unit, so that it survives their change (language.md 5). */
struct ether mac_derived(struct arena *, const char *host, const char *owner, const char *end);

enum attach { ATTACH_NONE, ATTACH_STATIC, ATTACH_JIB, ATTACH_PRESTART, ATTACH_JNG, ATTACH_NGCTL };

struct address {
	struct inaddr addr;
	int len;
	const struct subnet *subnet;    /* NULL: in none that is declared and of no nameless one (link-local) */
	bool automatic;                 /* by "auto" */
	bool alias;                     /* a further address of the family on this interface */
	struct span at;
};

/* Something with a network stack of its own: the host, a vnet jail, a machine. */
enum vnet_kind { VNET_HOST, VNET_JAIL, VNET_MACHINE };

/* An interface of a network stack, members of bridges included. Names are those in the stack where it lives after start. */
struct iface {
	enum ifkind kind;
	int unit;                       /* -1: none */
	const char *key;                /* its name in the file; NULL: it has none (made for a jail) */
	const char *name;               /* last name in the stack where it lives: epair4b, or what name: says */
	const char *made;               /* last name on the host, the one that enters the jail; NULL: made in the jail, or a machine's */
	const char *created;            /* name at its creation: epair4b, bridge10, re0; NULL like made */
	struct vnet *vnet;              /* whose stack */
	int number;                     /* its place in a jail's or machine's list, from 0; -1: elsewhere */
	struct link *link;              /* the segment it stands on as an end; NULL: it only carries (a member, a lagg's port, a parent) */
	struct bridge *member_of;       /* NULL: of none */
	struct iface *peer;             /* the other end of an epair */
	struct iface *parent;           /* of a vlan */
	int tag;                        /* of a vlan */
	VEC(struct iface *) ports;      /* of a lagg */
	VEC(struct iface *) children;   /* vlans on it */
	struct iface *lagg;             /* it is a port of this */
	struct iface *given_to;         /* a host's interface: the jail's interface that it becomes */
	struct bridge *bridge;          /* IF_BRIDGE: the bridge itself; else NULL */
	enum attach attach;             /* how a jail's interface comes to be */
	int hook;                       /* ATTACH_NGCTL: the N of the bridge's hook linkN; 0: none */
	bool cloned;                    /* vnetc creates it in cloned_interfaces */
	bool managed_elsewhere;         /* managed: false */
	bool end_a;                     /* of an epair: this is end a */

	VEC(struct subnet *) subnets;   /* where it stands */
	VEC(struct address) addresses;  /* in written order, settled ("auto" replaced) */
	bool dhcp, slaac;
	struct span dhcp_at, slaac_at;
	bool dflt;                      /* default: true */

	enum mac_kind { MAC_KERNEL, MAC_DERIVED, MAC_GIVEN, MAC_INHERIT, MAC_JIB } mac_kind;
	struct ether mac;               /* DERIVED, GIVEN; JIB where the uplink's address is known */
	int mtu;                        /* 0: not given anywhere */
	struct span mtu_at;
	VEC(struct v_str) options;
	VEC(struct v_str) groups;
	const char *description;        /* NULL: none */
	struct inaddr tunnel[2];        /* local, remote */
	bool has_tunnel;
	VEC(struct inaddr) peers;       /* point-to-point partner, one a family */

	bool stp, private_;             /* as a member */
	int untagged;                   /* as a member of a filtering bridge: VLAN; 0: not said */
	VEC(int) tagged;

	const struct decl_iface *decl;  /* what was written; NULL: nothing */
	const struct v_strs *written, *subnet_written;  /* addresses and subnets as written, wherever they stand; NULL: nowhere */
	struct cable *cable;            /* the written cable whose end this is */
	bool broken;                    /* what it stands on was reported and left out: nothing is said of its addresses */
	struct span at;                 /* where it was asked for */
};

/* A layer 2 segment, or one VLAN of it. */
enum link_kind { LINK_BRIDGE, LINK_CABLE, LINK_WIRE, LINK_VLAN, LINK_LOCAL };
struct link {
	enum link_kind kind;
	const char *name;               /* bridge0, bridge0/10, cable's key, re0 (the network beyond it) */
	struct bridge *bridge;          /* LINK_BRIDGE, LINK_VLAN on a bridge */
	struct iface *nic;              /* LINK_WIRE: the interface that leads out */
	int tag;                        /* LINK_VLAN */
	VEC(struct subnet *) subnets;   /* those said of it */
	VEC(struct iface *) ends;       /* interfaces that stand on it, in written order */
	bool has_nic;                   /* something beyond the file may be on it: a NIC, tap, managed member, machine's segment */
	bool broken;                    /* a subnet of it was reported and left out */
	struct link *segment;           /* the representative of all links that cables join into one broadcast domain; itself when alone */
	struct span at;
	size_t index;
};

struct gateway { enum { GW_NONE_GIVEN, GW_NO, GW_ADDRESS, GW_NODE } kind; struct inaddr addr; struct vnet *node; struct span at; };

struct subnet_prefix { struct prefix prefix; struct span at; };
struct range_at { struct inrange range; struct span at; };

struct subnet {
	const char *name;               /* NULL: nameless, made by an address with a length */
	VEC(struct subnet_prefix) prefixes;
	struct gateway gateway[FAMILIES];
	bool island;                    /* gateway: none */
	VEC(struct range_at) pool, reserve;
	int vlan, mtu;                  /* 0: none */
	bool routed, rtadv;
	const char *description;
	VEC(struct link *) links;       /* on which it lies; more than one only where cables join them */
	VEC(struct iface *) ends;       /* interfaces that stand in it, in written order */
	const struct decl_subnet *decl;
	struct span at;
	size_t index;                   /* in topology.subnets */
};

struct bridge {
	const char *key, *name;         /* in the file; last name on the machine */
	const char *made;               /* bridgeN */
	int unit;
	struct iface *iface;            /* the bridge as the host's interface; stands on the link when it has addresses, dhcp, slaac */
	struct iface *host_end;         /* epair: the host's end b; NULL */
	VEC(struct iface *) members;    /* NICs and the like as written, then ends of jails, cables, host; those managed elsewhere by autobridge */
	struct iface *uplink;           /* jib, jng: the host's Ethernet interface whose name this one's begins with; NULL: none */
	const char *suffix;             /* what follows the uplink's name */
	struct link *link;              /* untagged */
	bool netgraph, vlan_filtering;
	const struct decl_bridge *decl;
	struct span at;
	size_t index;
};

struct cable { const char *key; int unit; struct iface *a, *b; const struct decl_cable *decl; struct span at; };

enum via_kind_of { VIA_ADDRESS, VIA_REJECT, VIA_BLACKHOLE, VIA_TAKEN_AWAY };
struct given_route { struct prefix to; enum via_kind_of kind; struct inaddr via; struct vnet *node; struct iface *iface; struct span at, via_at; };

struct rdr { bool tcp, udp; int port, port_to; struct inaddr to; struct vnet *node; struct span at; };

struct vnet {
	enum vnet_kind kind;
	const char *name;               /* in the file: guest4, host */
	const char *shown;              /* for people: host.name, or name */
	struct jail *jail;
	VEC(struct iface *) ifaces;     /* in order of configuration */
	bool forwards[FAMILIES];
	bool router;                    /* router: was asked for */
	struct gateway gateway[FAMILIES];
	VEC(struct given_route) routes;
	bool routing_none;              /* a daemon inside learns routes */
	VEC(struct iface *) nat;        /* exits; empty: none */
	bool nat_default;               /* nat: true */
	VEC(struct rdr) rdr;
	strings nameservers;
	bool broken;                    /* something of it was reported and left out: nothing is proved of it */
	const struct decl_machine *machine;     /* VNET_MACHINE */
	struct span at;
	size_t index;                   /* in topology.vnets */
};

struct jail {
	const char *name;               /* key */
	const char *safename;           /* ezjail's: every non-alphanumeric is _ */
	const char *hostname;
	struct vnet *vnet;              /* NULL: a classic jail */
	VEC(struct jail *) after;       /* start_after, resolved */
	int devfs_ruleset;              /* -1: not given */
	VEC(struct v_str) ip;           /* classic: IFACE|ADDRESS, checked */
	strings nameservers;            /* classic; of others the vnet has them */
	const struct decl_jail *decl;
	struct span at;
	size_t index;
};

struct topology {
	struct arena *arena;
	const char *file;               /* the topology's name as shown */
	struct release release;
	struct vnet *host;              /* vnets.v[0] */
	const char *host_name;          /* host.name or NULL */
	VEC(struct vnet *) vnets;       /* host, jails as written, machines as written */
	VEC(struct jail *) jails;       /* classic ones too, as written */
	VEC(struct bridge *) bridges;
	VEC(struct cable *) cables;     /* those under epairs */
	VEC(struct link *) links;
	VEC(struct subnet *) subnets;   /* declared, then nameless */
	VEC(struct iface *) host_interfaces;    /* under host.interfaces, as written */
	const struct topology_decl *decl;
	struct map *used;               /* by address: given by hand, a gateway's or classic jail's, or allocated */
	struct auto_cursor *cursors;    /* by subnet index and family: where the search for a free address goes on */
	struct map *node_by_name, *bridge_by_key, *subnet_by_name, *iface_by_key, *cable_by_key, *jail_by_name;
};

/* Resolves a declaration. lock: what earlier builds allocated (may be empty); it receives what this one allocated. */
struct topology *resolve(struct arena *, struct diags *, const struct topology_decl *, const char *file, struct lock *);

/* vnetc dump model */
void topology_dump(const struct topology *, FILE *);

/* Lookups by the names of the file; NULL: not there. */
struct vnet *topology_node(const struct topology *, const char *name);         /* jail, machine, host */
struct bridge *topology_bridge(const struct topology *, const char *key);
struct subnet *topology_subnet(const struct topology *, const char *name);

/* The prefix of the family in which the address lies, of a subnet's; NULL: none. */
const struct prefix *subnet_prefix_of(const struct subnet *, const struct inaddr *);
/* A prefix of it was reported and left out. */
bool subnet_is_broken(const struct subnet *);
bool subnet_has_family(const struct subnet *, enum family);
/* "lan", or the prefix of a nameless one */
const char *subnet_shown(struct arena *, const struct subnet *);
/* The first address of a family that the node has in the subnet, or NULL. */
const struct address *vnet_address_in(const struct vnet *, const struct subnet *, enum family, const struct iface **);
bool iface_has_family(const struct iface *, enum family);
/* May if_bridge(4) have it as a member, by its kind? */
bool bridgeable(const struct iface *);
/* The interface on the link that has the address; NULL: none. */
const struct iface *link_holder(const struct link *, const struct inaddr *);
/* The address of the subnet that auto would give next. False: there is none left. */
bool topology_free_address(const struct topology *, const struct subnet *, enum family, struct inaddr *);

/* ezjail's safename: every byte that is not alphanumeric becomes _ (freebsd.md 3.2). */
const char *safename(struct arena *, const char *);
/* rc.subr's variable part of an interface's or route's name: . - / + become _ (freebsd.md 1.3). */
const char *rc_variable(struct arena *, const char *);

#endif
