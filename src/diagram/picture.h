/* SPDX-License-Identifier: BSD-2-Clause */
/* What a diagram is drawn from: a flat list of nodes, networks and the ports between them, all of it text that is ready to show. */
#ifndef DIAGRAM_PICTURE_H
#define DIAGRAM_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "base/vec.h"

#define PICTURE_NONE ((size_t)-1)       /* an index that points at nothing */
#define PICTURE_HUES 8                  /* hues a subnet may have; PICTURE_HUES itself: no subnet, grey */

/* A cable is no computer: it joins the two networks of its ports, and is drawn as a line. */
enum picture_node_kind { PICTURE_HOST, PICTURE_JAIL, PICTURE_CLASSIC, PICTURE_MACHINE, PICTURE_CABLE };

/* An interface that leads nowhere in the picture: wg0, lo1. */
struct picture_own { const char *name; strings addresses; };   /* name NULL: it is not said */

struct picture_node {
	enum picture_node_kind kind;
	bool router;                    /* forwards between its ports */
	const char *name;
	const char *key;                /* its name in the file, for ids and anchors; NULL: as name */
	const char *role;               /* small, beside the name: "router jail"; NULL: nothing */
	strings routes;                 /* "default via 10.0.2.1", drawn in the view of layer 3 */
	VEC(struct picture_own) own;
	strings tips;                   /* further lines for the tooltip */
	size_t group;                   /* the same number for all jails of one range, from 1; 0: of none */
};

struct picture_subnet {
	const char *name;               /* NULL: nameless */
	strings prefixes;
	unsigned hue;                   /* 0 .. PICTURE_HUES - 1, or PICTURE_HUES */
};

/* A wire joins exactly two ports, without a switch between them. */
enum picture_net_kind { PICTURE_BRIDGE, PICTURE_NETGRAPH, PICTURE_VLAN, PICTURE_WIRE };

struct picture_net {
	enum picture_net_kind kind;
	const char *name;
	const char *note;               /* small, behind the name: "vlan 10", "mtu 9000"; NULL: nothing */
	VEC(size_t) subnets;
};

/* An interface of the host that leads out of it, or is made of one that does. */
struct picture_nic {
	const char *name;
	const char *note;               /* "vlan 10", "lagg failover"; NULL: nothing */
	const char *beyond;             /* what lies behind it: "Internet"; NULL: it is not drawn */
	bool nat;                       /* what leaves here is translated */
	VEC(size_t) on;                 /* the NICs it is made of: parent of a VLAN, ports of a lagg */
};

/* An attachment. Exactly two of node, net and nic are given:
 *   node and net    an interface of a node on a network
 *   nic and net     a NIC that is a member of a bridge
 *   nic and node    a NIC that belongs to a node; or, with outside, a computer beyond that NIC
 * A node alone: an address that the node has without a network of its own (a classic jail on the host's stack). */
struct picture_port {
	size_t node, net, nic;          /* indexes or PICTURE_NONE */
	size_t subnet;                  /* whose hue it has; PICTURE_NONE: the first of its network */
	bool outside;
	const char *net_side;           /* the interface at the bridge: epair4a; NULL: there is none */
	const char *node_side;          /* the interface in the node: epair4b; NULL: not known */
	const char *note;               /* small, beside the interface: "private"; NULL: nothing */
	strings v4, v6;                 /* addresses as they are to be read */
	bool dhcp, slaac;
	bool nat;                       /* what leaves here is translated */
};

struct picture {
	const char *host;               /* the host's name; NULL: it has none */
	const char *os;                 /* "FreeBSD 15.1"; NULL: not said */
	VEC(struct picture_node) nodes;
	VEC(struct picture_subnet) subnets;
	VEC(struct picture_net) nets;
	VEC(struct picture_nic) nics;
	VEC(struct picture_port) ports;
};

/* An empty port, all its indexes PICTURE_NONE. */
struct picture_port picture_port_none(void);

#endif
