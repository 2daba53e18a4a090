/* SPDX-License-Identifier: BSD-2-Clause */
/* Jails: what they need from the host to run what their keys ask for; variables that are not theirs to set. */
#include <string.h>
#include <strings.h>

#include "check/checks.h"
#include "check/common.h"

static void
jail_without_interface(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct jail *const *, j, &s->topology->jails)
		if ((*j)->vnet != NULL && (*j)->vnet->ifaces.n == 0)
			diag_add(ds, check->rule, (*j)->at, "%s has no network but lo0", (*j)->name);
}

const struct check check_jail_without_interface = { &rule_jail_without_interface, CHECK_LINKS, jail_without_interface };

/* The address of an item that is IPv6 and not on a loopback interface, where nobody else could have it; NULL: it is not. */
static const char *
tentative_in(const struct subject *s, const char *ip)
{
	const char *text = strchr(ip, '|') + 1;
	struct inaddr addr;

	if (strncmp(ip, "lo", 2) == 0 && strspn(ip + 2, "0123456789") == (size_t)(text - ip) - strlen("lo|"))
		return (NULL);
	text = arena_strndup(s->arena, text, strcspn(text, "/"));
	return (inaddr_parse(text, &addr) && addr.family == INET6 ? text : NULL);
}

/* A hook of the administrator's own may wait for what it likes. */
static void
tentative_address(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct jail *const *, j, &s->topology->jails) {
		const struct decl_exec *exec = (*j)->decl->exec;
		struct diag *d;

		if ((*j)->vnet != NULL || (exec != NULL && exec->prestart.n != 0))
			continue;
		vec_each (const struct v_str *, v, &(*j)->ip) {
			const char *address = tentative_in(s, v->v);

			if (address == NULL)
				continue;
			d = diag_add(ds, check->rule, v->at, "services of %s start while %s is still tentative", (*j)->name, address);
			diag_help(ds, d, "exec: {prestart: [sleep 2]}");
			break;
		}
	}
}

const struct check check_tentative_address = { &rule_tentative_address, CHECK_LINKS, tentative_address };

/* Only the rulesets of /etc/defaults are known: 1 to 5, and 5 alone shows /dev/pf (freebsd.md 1.8). */
static void
devfs_ruleset_too_small(const struct check *check, const struct subject *s, struct diags *ds)
{
	vec_each (struct jail *const *, j, &s->topology->jails) {
		const struct vnet *vnet = (*j)->vnet;
		const struct v_pair *pf = rc_conf_get(&(*j)->decl->rc_conf, "pf_enable");
		struct span at = (*j)->decl->devfs_ruleset.at;
		const struct iface *lease = NULL;
		struct diag *d = NULL;

		if (vnet == NULL || (*j)->devfs_ruleset < 1 || (*j)->devfs_ruleset > 5)
			continue;
		vec_each (struct iface *const *, i, &vnet->ifaces)
			if ((*i)->dhcp && lease == NULL)
				lease = *i;
		if (lease != NULL) {
			d = diag_add(ds, check->rule, at, "dhclient in %s cannot open /dev/bpf", (*j)->name);
			diag_note(ds, d, lease->dhcp_at, "dhcp is asked for here");
		} else if ((*j)->devfs_ruleset < 5 && (vnet->nat_default || vnet->nat.n != 0 || vnet->rdr.n != 0)) {
			d = diag_add(ds, check->rule, at, "pf in %s cannot open /dev/pf", (*j)->name);
			diag_note(ds, d, given(&(*j)->decl->nat.at) ? (*j)->decl->nat.at : vnet->rdr.v[0].at, "pf translates here");
		} else if ((*j)->devfs_ruleset < 5 && rc_conf_yes(&(*j)->decl->rc_conf, "pf_enable")) {
			d = diag_add(ds, check->rule, at, "pf in %s cannot open /dev/pf", (*j)->name);
			diag_note(ds, d, pf->name.at, "pf is enabled here");
		}
		if (d != NULL)
			diag_help(ds, d, "leave devfs_ruleset out, vnetc makes one");
	}
}

const struct check check_devfs_ruleset_too_small = { &rule_devfs_ruleset_too_small, CHECK_MODEL, devfs_ruleset_too_small };

/* What to write instead of a variable or parameter that vnetc writes; NULL: no key of its own. */
static const char *
key_for(const char *name)
{
	static const struct {
		const char *begin, *key;
	} keys[] = {
		{ "cloned_interfaces", "host.interfaces, bridges or epairs" },
		{ "ifconfig_", "the keys of the interface" },
		{ "create_args_", "the keys of the interface" },
		{ "vlans_", "vlan or vlans" },
		{ "autobridge_", "members" },
		{ "defaultrouter", "gateway" },
		{ "ipv6_defaultrouter", "gateway" },
		{ "gateway_enable", "router" },
		{ "ipv6_gateway_enable", "router" },
		{ "static_routes", "routes" },
		{ "ipv6_static_routes", "routes" },
		{ "route_", "routes" },
		{ "ipv6_route_", "routes" },
		{ "rtadvd_", "rtadv" },
		{ "pf_", "nat and rdr" },
		{ "gif_", "tunnel" },
		{ "vnet.interface", "interfaces" },
		{ "host.hostname", "hostname" },
		{ "exec.", "exec" },
		{ "depend", "start_after" },
		{ "ip4.addr", "interfaces" },
		{ "ip6.addr", "interfaces" },
		{ "devfs_ruleset", "devfs_ruleset" },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strncmp(name, keys[i].begin, strlen(keys[i].begin)) == 0)
			return (keys[i].key);
	return (NULL);
}

static struct diag *
owned(const struct subject *s, struct diags *ds, const struct v_str *name)
{
	const char *key = key_for(name->v);
	struct diag *d = diag_add(ds, &rule_rc_conf_owned, name->at, "vnetc writes %s itself", str_shown(s->arena, name->v));

	if (key != NULL)
		diag_help(ds, d, "use %s instead", key);
	return (d);
}

/* The variables of a file are those of its stanzas, but for the stanza that holds what a person added. */
static void
variables_of(const struct subject *s, struct diags *ds, const struct plan_file *file, const struct v_pairs *added)
{
	struct map *names;

	if (added == NULL || added->n == 0)
		return;
	names = map_new(s->arena);
	vec_each (struct stanza *, st, &file->stanzas)
		for (size_t i = 0; span_compare(&st->why, &added->at) != 0 && i < st->settings.n; i++)
			if (st->settings.v[i].name != NULL)
				map_put(names, st->settings.v[i].name, st);
	for (size_t i = 0; i < added->n; i++) {
		const struct stanza *st = map_get(names, added->v[i].name.v);

		if (st != NULL)
			diag_note(ds, owned(s, ds, &added->v[i].name), st->why, "it comes from this");
	}
}

/* A jail's root may be elsewhere; rc.conf and jail.conf take it as it stands. */
static bool
other_root(const struct v_pair *p)
{
	const char *value = given(&p->value.at) ? p->value.v : "";

	return (strcmp(p->name.v, "path") == 0 && value[0] == '/' && value[1] != '\0' && strstr(value, "/..") == NULL && strstr(value, "//") == NULL);
}

static void
parameters_of(const struct subject *s, struct diags *ds, const struct jail *jail)
{
	static const char *const names[] = { "vnet", "vnet.interface", "path", "host.hostname", "devfs_ruleset", "depend", "ip4.addr", "ip6.addr",
		"exec.clean", "exec.system_user", "exec.jail_user", "exec.prestart", "exec.start", "exec.poststart", "exec.prestop", "exec.stop",
		"exec.poststop", "exec.fib", NULL };

	for (size_t i = 0; i < jail->decl->parameters.n; i++) {
		const struct v_str *name = &jail->decl->parameters.v[i].name;

		if (str_in(name->v, names) && !other_root(&jail->decl->parameters.v[i]))
			diag_note(ds, owned(s, ds, name), jail->at, "it writes it for %s", jail->name);
	}
}

static void
rc_conf_owned(const struct check *check, const struct subject *s, struct diags *ds)
{
	const struct topology *t = s->topology;

	(void)check;
	if (t->decl->host != NULL)
		variables_of(s, ds, &s->plan->host, &t->decl->host->rc_conf);
	vec_each (const struct jail_plan *, p, &s->plan->jails) {
		variables_of(s, ds, &p->rc_conf, &p->jail->decl->rc_conf);
		parameters_of(s, ds, p->jail);
	}
}

const struct check check_rc_conf_owned = { &rule_rc_conf_owned, CHECK_PLAN, rc_conf_owned };

/* What harms what: a variable of the host, and why. */
struct hazard { const char *why; struct span what; };

static const struct iface *
first_by(const struct topology *t, enum attach attach)
{
	vec_each (struct iface *const *, i, &t->host->ifaces)
		if ((*i)->attach == attach)
			return (*i);
	return (NULL);
}

/* Jails that must wait for another. */
static const struct jail *
first_waiting(const struct topology *t, const char **on)
{
	vec_each (struct jail *const *, j, &t->jails) {
		if ((*j)->after.n != 0) {
			*on = (*j)->after.v[0]->name;
			return (*j);
		}
		for (size_t i = 0; (*j)->vnet != NULL && i < (*j)->vnet->ifaces.n; i++) {
			vec_each (struct subnet *const *, n, &(*j)->vnet->ifaces.v[i]->subnets) {
				for (int f = 0; f < FAMILIES; f++) {
					const struct gateway *g = &(*n)->gateway[f];

					if (g->kind != GW_NODE || g->node->jail == NULL || g->node->jail == *j)
						continue;
					*on = g->node->name;
					return (*j);
				}
			}
		}
	}
	return (NULL);
}

static const struct jail *
first_with_pf(const struct topology *t)
{
	vec_each (struct jail *const *, j, &t->jails)
		if ((*j)->vnet != NULL && ((*j)->vnet->nat_default || (*j)->vnet->nat.n != 0 || (*j)->vnet->rdr.n != 0 ||
		    rc_conf_yes(&(*j)->decl->rc_conf, "pf_enable")))
			return (*j);
	return (NULL);
}

static const char *
securelevel(const struct topology *t, const char *value, struct span *what)
{
	const struct iface *jng = first_by(t, ATTACH_JNG);
	const struct jail *pf = first_with_pf(t);

	if (strcmp(value, "3") == 0 && pf != NULL) {
		*what = pf->at;
		return ("pf in jails cannot change its rules");
	}
	if (value[0] >= '1' && value[0] <= '3' && value[1] == '\0' && jng != NULL) {
		*what = jng->at;
		return ("jng cannot load netgraph's modules");
	}
	return (NULL);
}

static const char *
host_hazard(const struct subject *s, const struct v_pair *pair, struct span *what)
{
	const struct topology *t = s->topology;
	const char *name = pair->name.v, *value = pair->value.v, *on = NULL;
	bool yes = strcasecmp(value, "YES") == 0;

	*what = (struct span) { 0 };
	if (strcmp(name, "ifconfig_DEFAULT") == 0) {
		*what = t->bridges.n != 0 ? t->bridges.v[0]->at : t->host->at;
		return ("also reaches bridges and epairs");
	}
	if (strcmp(name, "ipv6_activate_all_interfaces") == 0 && yes && t->bridges.n != 0) {
		*what = t->bridges.v[0]->at;
		return ("gives members a link-local address");
	}
	if (strcmp(name, "jail_parallel_start") == 0 && yes) {
		const struct jail *waiting = first_waiting(t, &on);

		if (waiting != NULL) {
			*what = waiting->at;
			return (arena_printf(s->arena, "jails would not wait for %s", on));
		}
	}
	if (strcmp(name, "network_interfaces") == 0 && strcasecmp(value, "auto") != 0)
		return ("interfaces it does not list are not configured");
	if (strcmp(name, "kern_securelevel") == 0)
		return (securelevel(t, value, what));
	return (NULL);
}

static void
hazards_of(const struct subject *s, struct diags *ds, const struct vnet *vnet)
{
	const struct v_pairs *pairs = rc_conf_of(s->topology, vnet);

	for (size_t i = 0; pairs != NULL && i < pairs->n; i++) {
		const struct v_pair *pair = &pairs->v[i];
		struct span what = { 0 };
		const char *why = vnet->kind == VNET_HOST ? host_hazard(s, pair, &what) : NULL;
		struct diag *d;

		if (strcmp(pair->name.v, "ifconfig_lo0") == 0 && strstr(pair->value.v, "127.0.0.1") == NULL)
			why = "lo0 would lose 127.0.0.1";
		if (why == NULL)
			continue;
		d = diag_add(ds, &rule_rc_conf_hazard, pair->name.at, "%s: %s", str_shown(s->arena, pair->name.v), why);
		if (given(&what))
			diag_note(ds, d, what, "this is what it harms");
		diag_help(ds, d, "remove it");
	}
}

static void
rc_conf_hazard(const struct check *check, const struct subject *s, struct diags *ds)
{
	(void)check;
	vec_each (struct vnet *const *, v, &s->topology->vnets)
		hazards_of(s, ds, *v);
}

const struct check check_rc_conf_hazard = { &rule_rc_conf_hazard, CHECK_MODEL, rc_conf_hazard };
