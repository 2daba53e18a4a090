/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the planner share. */
#ifndef PLAN_PLANNING_H
#define PLAN_PLANNING_H

#include "plan/plan.h"

struct planner {
	struct arena *arena;
	struct diags *diags;
	const struct topology *t;
	const struct routes *routes;
	struct plan *plan;
};

/* A stanza at the end of a file. */
struct stanza *stanza_new(struct planner *, struct plan_file *, const char *title, const char *asked, struct span why);
/* The stanza of that title if the file has it, so that both families of one thing stand together; else a new one. shared: also one that
 * something else asked for. */
struct stanza *stanza_of(struct planner *, struct plan_file *, const char *title, const char *asked, struct span why, bool shared);
void stanza_set(struct planner *, struct stanza *, const char *name, const char *value);
void stanza_append(struct planner *, struct stanza *, const char *name, const char *value);
void stanza_line(struct planner *, struct stanza *, const char *line);

/* Where something was asked for: "topology.yaml: jails.guest4.interfaces[0]". It names the place by its keys and not by a line number, so
 * that a line added above changes nothing. */
const char *asked_iface(struct planner *, const struct iface *);
const char *asked_jail(struct planner *, const struct jail *);
const char *asked_bridge(struct planner *, const struct bridge *);
const char *asked_key(struct planner *, const struct span *, const char *path);

/* interfaces.c: the ifconfig_* lines of one interface, for the rc.conf of the stack where it is configured */
void plan_interface(struct planner *, struct stanza *, const struct iface *);
/* mtu, options and groups of an interface, as words for ifconfig; "" when there are none. */
const char *link_words(struct planner *, const struct iface *);
/* What a member of a bridge is told beside addm: its VLANs, or "". */
const char *vlan_words(struct planner *, const struct bridge *, const struct iface *member);
const char *tagged_list(struct planner *, const struct bridge *, const struct iface *member);
/* The host's end of a cable that a jail's start makes: it has no lines in rc.conf, and no routes either. */
bool comes_with_jail(const struct iface *);
/* Is it a member that its bridge's line can name: one that exists when the line runs (freebsd.md 1.4)? */
bool certain_member(const struct iface *);

/* Does ifconfig take a peer's address beside its own (IFF_POINTOPOINT)? */
bool point_to_point(const struct iface *);

/* routing.c: forwarding, routes, rtadvd. "-net 10.0.2.0/24 10.0.1.2", with the zone where one is needed. */
const char *route_value(struct planner *, const struct route *);
const char *next_hop(struct planner *, const struct route *);
void plan_routing(struct planner *, struct plan_file *, const struct vnet *, const char *asked);

/* rtadvd.c: where hosts of the file take addresses by SLAAC and this node is the gateway, it advertises the prefix. */
void plan_advertising(struct planner *, struct plan_file *, const struct vnet *, const char *asked);

/* host.c, guest.c, jails.c, pf.c */
void plan_host(struct planner *);
void plan_guest(struct planner *, struct jail_plan *);
void plan_classic_guest(struct planner *, struct jail_plan *);
/* rc_conf: variables that a person adds. */
void plan_further_variables(struct planner *, struct plan_file *, const struct v_pairs *, const char *asked);
void plan_jail(struct planner *, const struct jail *);
/* prestart.c: a jail's interface made by ifconfig commands when it starts, as hooks of the jail. */
void plan_prestart(struct planner *, struct jail_plan *, const struct iface *inner);
/* A command of the host's, in both ways to a jail. */
void plan_hook(struct planner *, struct jail_plan *, enum hook, const char *command);
/* Ethernet address, mtu, options and groups as ifconfig words with a blank before each; "up" as well. */
const char *end_words(struct planner *, const struct iface *end, bool up);
void plan_devfs(struct planner *);
/* nat and rdr of a node: an anchor for the host, a pf.conf for a jail. */
void plan_pf(struct planner *, const struct vnet *);
bool needs_pf(const struct vnet *);
bool runs_pf(const struct vnet *);
bool needs_bpf(const struct vnet *);

#endif
