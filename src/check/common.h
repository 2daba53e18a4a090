/* SPDX-License-Identifier: BSD-2-Clause */
/* What checks share: how things are called in messages, where they were written, and what follows from the model in a line. */
#ifndef CHECK_COMMON_H
#define CHECK_COMMON_H

#include <stdbool.h>

#include "check/check.h"
#include "rules/rules.h"

/* "the host", guest4 */
const char *who(const struct vnet *);
/* "guest4's", "the host's" */
const char *whose(struct arena *, const struct vnet *);
/* An interface as the reader knows it: re0, bridge0, "guest4 on bridge1". */
const char *iface_shown(struct arena *, const struct iface *);
/* What carries it: bridge1, cable1, re0. */
const char *way_shown(const struct iface *);
/* dhcp, slaac or the first address that was written for it; at: where. NULL: it has none. */
const char *address_shown(struct arena *, const struct iface *, struct span *at);
/* "15.1" */
const char *release_shown(struct arena *, const struct release *);

/* Where its last name stands: "name", else the key that names it. */
struct span name_at(const struct iface *);
struct span bridge_name_at(const struct bridge *);
/* The entry that makes it a member: of members, of a machine, or where its other end was asked for. */
struct span member_at(const struct bridge *, const struct iface *);
/* "attach" of the interface, else of its jail; else where the interface was asked for. */
struct span attach_at(const struct iface *);
/* The cure that helps wherever jib is the trouble, for an editor: attach: prestart. */
void use_prestart(struct diags *, struct diag *, const struct iface *);
/* "default" of the interface or of its bridge. */
struct span default_at(const struct iface *);
/* "router" of the node, else its name. */
struct span router_at(const struct topology *, const struct vnet *);
/* The second place of a diagnostic about a node: where it is written. The host may be written nowhere. */
void written_here(const struct subject *, struct diags *, struct diag *, const struct vnet *);
/* Second place and cure where a node should forward. */
void not_a_router(const struct subject *, struct diags *, struct diag *, const struct vnet *);
const struct v_toggle *nat_written(const struct topology *, const struct vnet *);

/* NIC, VLAN or lagg: what a bridge reaches the world by. */
bool is_uplink(const struct iface *);
/* The first of a bridge's members that is one; NULL: none. */
const struct iface *uplink_member(const struct bridge *);
/* Its jail's interface is made by jng or ngctl. */
bool by_netgraph(const struct iface *);
/* Somebody has an address: who, and where it was given. */
struct holder { const struct vnet *vnet; const struct iface *iface; const struct address *address; };
/* By address (inaddr_get); link-local ones, which say nothing without their link, are left out. Of two the first counts. */
struct map *address_holders(const struct subject *);

/* Addresses of its own, by hand or by a lease. */
bool has_addresses(const struct iface *);
/* By index of a segment's representative: something on it may be beyond the file (NIC, tap, managed member, tunnel). */
bool *segments_leading_out(const struct subject *);
/* The value of a variable in rc_conf, or NULL. */
const struct v_pair *rc_conf_get(const struct v_pairs *, const char *name);
const struct v_pairs *rc_conf_of(const struct topology *, const struct vnet *);  /* NULL: a machine's, or none */
/* The variable is switched on as rc.subr's checkyesno reads it. */
bool rc_conf_yes(const struct v_pairs *, const char *name);

#endif
