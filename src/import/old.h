/* SPDX-License-Identifier: BSD-2-Clause */
/* What a host has, as its files say: variables understood as interfaces, routes and jails. Nothing is concluded here. */
#ifndef IMPORT_OLD_H
#define IMPORT_OLD_H

#include "base/ether.h"
#include "base/inaddr.h"
#include "import/jailconf.h"
#include "import/shell.h"

struct old_address {
	struct inaddr addr;
	int len;                        /* -1: not given */
	struct inaddr peer;
	bool has_peer;
	const char *on;                 /* a classic jail's: the interface before the '|'; NULL: none */
	struct span at;
};

struct old_member { const char *name; int untagged; VEC(int) tagged; bool stp, private_; struct span at; };

/* One interface of a network stack. */
struct old_iface {
	const char *name;               /* at the end of the boot */
	const char *created;            /* before it was renamed */
	struct span at;                 /* where it was first spoken of */
	struct span name_at;            /* where it gets its name */
	bool configured;                /* it has an ifconfig_ variable of its own */
	bool cloned;
	bool up, dhcp, slaac;
	struct span up_at;              /* its ifconfig_IF */
	bool has_mac;
	struct ether mac;
	struct span mac_at;
	int mtu;
	strings options, groups;
	const char *description;
	VEC(struct old_address) addresses;
	bool inet6_alias, inet6_main;
	struct span inet6_alias_at;

	bool vlanfilter;                /* of a bridge */
	int defuntagged;                /* the VLAN of members that come later */
	VEC(struct old_member) members;
	strings autobridge;
	const char *laggproto;
	strings ports;
	const char *parent;             /* of a vlan; NULL: it is none */
	int tag;
	struct inaddr tunnel[2];
	bool has_tunnel;
	VEC(struct inaddr) peers;       /* that a route says are at its other end */

	/* Of what the start of a jail makes: "prestart", "jib", "jng", "ngctl"; NULL: it is made at boot, or is there. */
	const char *way;
	bool any_unit;                  /* ifconfig chooses it; the name's is none that there is */
	struct { const char *bridge, *uplink; struct old_member as; } joins;    /* by a command; uplink: the NIC that jib and jng give it */
};

struct old_jail;

/* name: NULL: it is added by the start of a jail. iface: at whose other end it is; NULL: it has a next hop. */
struct old_route {
	const char *name, *iface;
	const struct old_jail *starts;
	struct prefix to;
	struct inaddr via;
	enum { OLD_VIA, OLD_REJECT, OLD_BLACKHOLE } kind;
	struct span at;
};

struct old_rdr { const char *on, *proto; int port, port_to; struct inaddr to; };

/* What rtadvd.conf has of an interface: these prefixes and no others. */
struct old_advertised { const char *on; VEC(struct prefix) prefixes; };

/* A network stack: the host's or a jail's. */
struct old_stack {
	const char *name;               /* "host" or the jail's */
	struct shell rc;
	VEC(struct old_iface *) ifaces; /* in the order in which they are spoken of */
	struct map *by_name;
	bool forwards[FAMILIES];
	VEC(struct old_route) routes;
	struct { bool given; struct inaddr addr; const char *zone; struct span at; } dflt[FAMILIES];      /* zone: of a link-local one; NULL */
	bool pf;                        /* vnetc wrote a file of rules for pf */
	strings nat;                    /* interfaces that they translate on */
	VEC(struct prefix) inside, file_nets;   /* their tables */
	VEC(struct old_rdr) rdr;
	VEC(struct old_advertised) advertised;  /* of an rtadvd.conf that vnetc wrote */
	strings nameservers;            /* of a resolv.conf that vnetc wrote */
	VEC(const struct shell_set *) further;  /* variables of a block that vnetc wrote and that are no network */
};

enum old_hook { OLD_PRESTART, OLD_POSTSTART, OLD_PRESTOP, OLD_POSTSTOP, OLD_HOOKS };
extern const char *const old_hook_names[OLD_HOOKS];     /* "prestart" … */

struct old_command { const char *text; struct span at; bool stays; };     /* stays: no build takes its variable's place */
typedef VEC(struct old_command) old_commands;
struct old_name { const char *name; struct span at; };

enum old_manager { OLD_EZJAIL, OLD_RC_CONF, OLD_JAIL_CONF };

struct old_jail {
	const char *name;               /* in the topology: with its dashes, where something tells of them */
	const char *called;             /* by jail(8) */
	enum old_manager manager;
	bool disabled;                  /* ezjail: NAME.norun */
	struct span at;
	const char *hostname, *path;
	bool vnet, inherits;            /* inherits: ip4 = inherit, it shares all addresses */
	bool by_vnetc;                  /* vnetc wrote its settings */
	struct span vnet_at;
	VEC(struct old_address) ip;
	VEC(struct old_name) interfaces;        /* vnet.interface */
	old_commands hooks[OLD_HOOKS];
	old_commands start, stop;       /* exec.start, exec.stop */
	int devfs_ruleset, fib;         /* -1: not given */
	bool ruleset_by_vnetc;
	strings parameters;
	strings after;                  /* by jail(8)'s names */
	struct old_stack stack;
};

/* A file of another program that may name interfaces; listens: and addresses on which it listens. */
struct old_other { const struct source *src; bool listens; };

/* What was read, for the report. */
struct old_file { const char *name, *what; };

struct old_host {
	struct arena *arena;
	struct diags *diags;
	struct old_stack host;
	VEC(struct old_jail *) jails;
	const char *hostname, *release; /* NULL: not known */
	VEC(struct old_file) files;
	VEC(struct old_other) others;
	VEC(struct old_name) common;    /* commands and interfaces that jail.conf gives to all jails */
	bool includes_own_files;        /* jail.conf reads jail.conf.d */
	int sources, any_units;
	bool inherit_mac;               /* bridges take the MAC address of their first member */
	bool vnetc;                     /* something of it was written by vnetc */
};

struct jail_file { const char *jail, *path; };

/* Where to read. A path NULL or a list empty: not there. */
struct old_places {
	const char *root;               /* NULL: none; its files are read at their usual places */
	strings rc_conf, jail_conf;
	const char *ezjail;             /* a directory */
	VEC(struct jail_file) jails;
};

/* Reads all of it. False: *why says what could not be read. */
bool old_read(struct old_host *, struct arena *, struct diags *, const struct old_places *, const char **why);

/* Is it a jail's name: in the topology, to jail(8), or as ezjail-admin takes it? */
bool old_jail_is(const struct old_jail *, const char *name);

/* stack.c: from variables to interfaces and routes; names: of interfaces known from elsewhere (jails, members). */
void old_stack_init(struct old_host *, struct old_stack *, const char *name);
void old_stack_read(struct old_host *, struct old_stack *, const strings *names);
struct old_iface *old_iface(const struct old_stack *, const char *name);        /* NULL: not there */
struct old_iface *old_iface_made(struct old_host *, struct old_stack *, const char *name, struct span at);      /* where it is not there */
void old_iface_renamed(struct old_stack *, struct old_iface *, const char *name, struct span at);
/* stack.c: the words of a route; a route that says who is at the other end of an interface; a default route. False: they are not understood. */
bool old_route_words(struct arena *, const strings *words, bool inet6, struct old_route *);
bool old_peer(struct old_host *, struct old_stack *, const struct old_route *);
bool old_default_route(struct arena *, struct old_stack *, const char *via, struct span at);
/* ifconfig.c: the words of one ifconfig_ variable into an interface. alias: of an _alias variable. */
void old_ifconfig(struct old_host *, struct old_iface *, const struct shell_set *, bool alias, bool inet6);
/* 10,20-22: false where it is no list of VLANs. */
bool old_vlan_list(struct arena *, struct old_member *, const char *text);
/* The words of a command, which stands in a variable. False: one of them is not understood, and none is taken. */
bool old_ifconfig_command(struct old_host *, struct old_iface *, const struct shell_set *, const strings *words);

/* 255.255.255.0 or 0xffffff00 as a length; -1: it is none. */
int old_mask_length(const char *word);

/* Does it stand in a file or a block that vnetc wrote? */
bool old_by_vnetc(const struct span *);
/* Does it stand under what vnetc wrote of rc_conf? Then it is no part of the network, whatever its name. */
bool old_further(const struct shell_set *);

/* A capability that ifconfig switches on or, with a dash before it, off. */
bool old_option_word(const char *);

/* A word of a value as a place. */
struct span old_word_span(const struct shell_set *, const char *word);
/* Calls for each word of a text, separated by any of the separators. */
strings old_words(struct arena *, const char *text, const char *separators);

/* hooks.c: what the commands of a vnet jail's hooks make on the host, into the host's stack; others stay in the hooks. */
void old_hooks(struct old_host *, struct old_jail *);
/* start.c: what the commands of a vnet jail's start set, into its variables, before they are read; others are told. */
void old_start(struct old_host *, struct old_jail *);

/* faults.c: what is wrong with it, by rules, at the place in the old files. */
void old_faults(struct old_host *);

#endif
