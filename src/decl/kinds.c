/* SPDX-License-Identifier: BSD-2-Clause */
/* What the keys of one record demand of each other: those that must be there, those that cannot stand together. */
#include <inttypes.h>
#include <string.h>

#include "decl/decoding.h"
#include "rules/rules.h"

static const char *const classic_has_not[] = { "interfaces", "router", "nat", "rdr", "gateway", "routes", "routing", "attach",
	NULL };
static const char *const classic_only[] = { "ip", "fib", NULL };

static struct span
key_at(const struct here *h, const char *key)
{
	return (h->key[field_find(h->record, key) - h->record->field]);
}

/* Whether a key is written; its value may have failed. */
static bool
wrote(const struct here *h, const char *key)
{
	struct span at = key_at(h, key);

	return (given(&at));
}

static bool
has(const struct here *h, const char *key)
{
	const struct field *f = field_find(h->record, key);

	return (wrote(h, key) || h->meant[f - h->record->field] || field_given(h->out, f));
}

static void
told_at_later(struct decoder *dec, struct span a, struct span b, const char *text)
{
	bool swap = span_compare(&a, &b) > 0;
	struct diag *d = FAULT(dec, &rule_conflicting_keys, swap ? a : b, "%s", text);

	diag_note(dec->d, d, swap ? b : a, "the other is here");
	diag_help(dec->d, d, "keep one");
}

/* True: both are written, told. */
static bool
conflict(struct decoder *dec, const struct here *h, const char *a, const char *b)
{
	if (!wrote(h, a) || !wrote(h, b))
		return (false);
	told_at_later(dec, key_at(h, a), key_at(h, b), arena_printf(dec->a, "%s and %s cannot stand together", a, b));
	return (true);
}

/* Of several that exclude each other; true: two are written, told. */
static bool
two_of(struct decoder *dec, const struct here *h, const char *const *keys)
{
	for (; *keys != NULL; keys++)
		for (const char *const *other = keys + 1; *other != NULL; other++)
			if (conflict(dec, h, *keys, *other))
				return (true);
	return (false);
}

static bool
conflicts_of_jail_interface(struct decoder *dec, const struct here *h)
{
	struct diag *d;

	if (conflict(dec, h, "bridge", "interface") || conflict(dec, h, "interface", "epair") ||
	    conflict(dec, h, "interface", "end"))
		return (true);
	if (!wrote(h, "end") || has(h, "bridge") || !wrote(h, "epair"))
		return (false);
	d = FAULT(dec, &rule_conflicting_keys, key_at(h, "end"), "end and epair cannot stand together without bridge");
	diag_note(dec->d, d, key_at(h, "epair"), "the other is here");
	diag_help(dec->d, d, "the cable's own ends say which of them is in the jail");
	return (true);
}

static bool
conflicts_of_host_interface(struct decoder *dec, const struct here *h)
{
	static const char *const made_of[] = { "vlan", "lagg", "tunnel", NULL };
	static const char *const configured[] = { "addresses", "vlan", "lagg", "tunnel", "mac", "mtu", NULL };
	const struct decl_iface *iface = (const struct decl_iface *)(const void *)h->out;
	bool any = two_of(dec, h, made_of);

	if (!given(&iface->managed.at) || iface->managed.v)
		return (any);
	for (const char *const *key = configured; *key != NULL; key++)
		if (wrote(h, *key)) {
			told_at_later(dec, key_at(h, *key), key_at(h, "managed"),
			    arena_printf(dec->a, "%s and managed: false cannot stand together", *key));
			any = true;
		}
	return (any);
}

static bool
conflicts_of_jail(struct decoder *dec, const struct here *h)
{
	const struct decl_jail *jail = (const struct decl_jail *)(const void *)h->out;
	bool classic = given(&jail->vnet.at) && !jail->vnet.v, any = false;
	struct diag *d;

	if (wrote(h, "vnet") && !given(&jail->vnet.at))
		return (false);
	for (const char *const *key = classic ? classic_has_not : classic_only; *key != NULL; key++) {
		if (!wrote(h, *key))
			continue;
		any = true;
		if (classic)
			d = FAULT(dec, &rule_conflicting_keys, key_at(h, *key), "a classic jail has no %s", *key);
		else
			d = FAULT(dec, &rule_conflicting_keys, key_at(h, *key), "only a classic jail has %s", *key);
		if (given(&jail->vnet.at))
			diag_note(dec->d, d, jail->vnet.at, "vnet is %s here", classic ? "false" : "true");
		diag_help(dec->d, d, classic ? "leave %s out, or vnet: false" : "leave %s out, or write vnet: false", *key);
	}
	return (any);
}

/* What only a jail's interface has, and what only an end with addresses has. */
static bool
conflicts_of_cable_end(struct decoder *dec, const struct here *h)
{
	static const char *const ends[] = { "bridge", "jail", "host", NULL };
	static const char *const of_jail[] = { "attach", "vlans", NULL }, *const of_node[] = { "peer", "default", NULL };
	bool any = two_of(dec, h, ends);

	for (const char *const *key = of_jail; *key != NULL; key++)
		any |= conflict(dec, h, *key, "bridge") || conflict(dec, h, *key, "host");
	for (const char *const *key = of_node; *key != NULL; key++)
		any |= conflict(dec, h, *key, "bridge");
	return (any);
}

static bool
conflicts_of_expect(struct decoder *dec, const struct here *h)
{
	const struct decl_expect *expect = (const struct decl_expect *)(const void *)h->out;

	if (!wrote(h, "path") || !given(&expect->reach.at) || expect->reach.v)
		return (false);
	told_at_later(dec, key_at(h, "path"), key_at(h, "reach"), "path and reach: false cannot stand together");
	return (true);
}

static bool
conflicts(struct decoder *dec, const struct here *h)
{
	if (h->record == &record_jail_interface)
		return (conflicts_of_jail_interface(dec, h));
	if (h->record == &record_cable_end)
		return (conflicts_of_cable_end(dec, h));
	if (h->record == &record_host_interface)
		return (conflicts_of_host_interface(dec, h));
	if (h->record == &record_machine_interface)
		return (conflict(dec, h, "tap", "subnet"));
	if (h->record == &record_jail)
		return (conflicts_of_jail(dec, h));
	if (h->record == &record_expect)
		return (conflicts_of_expect(dec, h));
	return (false);
}

static void
missing(struct decoder *dec, const struct here *h, const char *keys, const char *cure)
{
	struct diag *d = FAULT(dec, &rule_missing_key, here_item(h)->at, "%s needs %s", owner(dec, h), keys);

	diag_help(dec->d, d, "%s", cure);
}

static void
check_required(struct decoder *dec, const struct here *h)
{
	const char *keys = NULL, *cure = NULL;

	for (const struct field *f = h->record->field; f->key != NULL; f++) {
		if (!(f->flags & FIELD_REQUIRED) || has(h, f->key))
			continue;
		keys = keys == NULL ? f->key : arena_printf(dec->a, "%s and %s", keys, f->key);
		cure = cure == NULL ? f->example : arena_printf(dec->a, "%s, %s", cure, f->example);
	}
	if (keys != NULL)
		missing(dec, h, keys, cure);
}

static bool
is_gif(const char *name)
{
	return (strncmp(name, "gif", 3) == 0 && name[3] != '\0' && strspn(name + 3, "0123456789") == strlen(name + 3));
}

/* Where one of several keys has to say what a thing is. */
static void
check_kind(struct decoder *dec, const struct here *h)
{
	const struct decl_iface *iface = (const struct decl_iface *)(const void *)h->out;
	const struct decl_jail *jail = (const struct decl_jail *)(const void *)h->out;

	if (h->record == &record_jail_interface) {
		if (!has(h, "bridge") && !has(h, "interface") && !has(h, "epair"))
			missing(dec, h, "bridge, interface or epair", "bridge: NAME");
	} else if (h->record == &record_cable_end) {
		if (!has(h, "bridge") && !has(h, "jail") && (!has(h, "host") || (given(&iface->host.at) && !iface->host.v)))
			missing(dec, h, "bridge, jail or host", "bridge: NAME, jail: NAME or host: true");
	} else if (h->record == &record_machine_interface) {
		if (!has(h, "bridge") && !has(h, "subnet") && !has(h, "tap"))
			missing(dec, h, "bridge or subnet", "bridge: NAME and tap: tapN, or subnet: NAME");
	} else if (h->record == &record_host_interface) {
		if (is_gif(iface->item.key) && has(h, "peer") && !has(h, "tunnel"))
			missing(dec, h, "tunnel", "tunnel: [LOCAL, REMOTE]");
	} else if (h->record == &record_jail) {
		if (given(&jail->vnet.at) && !jail->vnet.v && !has(h, "ip"))
			missing(dec, h, "ip", "ip: \"INTERFACE|ADDRESS\"");
	}
}

void
check_record(struct decoder *dec, const struct here *h)
{
	if (conflicts(dec, h))
		return;
	check_required(dec, h);
	check_kind(dec, h);
}

bool
default_applies(const struct here *h, const struct field *f)
{
	static const char *const kinds[] = { "bridge", "interface", "epair", "end", NULL };
	const struct decl_jail *jail = (const struct decl_jail *)(const void *)h->out;

	if (h->record == &record_jail) {
		bool classic = given(&jail->vnet.at) && !jail->vnet.v;

		return (!str_in(f->key, classic ? classic_has_not : classic_only));
	}
	if (h->record == &record_cable_end)
		return (!str_in(f->key, kinds));
	/* A cable's end is an interface of its own: there the defaults are applied. */
	if (wrote(h, "epair") && !wrote(h, "bridge"))
		return (false);
	return (!str_in(f->key, kinds) || !(wrote(h, "bridge") || wrote(h, "interface") || wrote(h, "epair")));
}

static bool
by_default(const struct span *at)
{
	for (const struct via *via = at->via; via != NULL; via = via->at.via)
		if (via->kind == VIA_DEFAULTS)
			return (true);
	return (false);
}

/* A node's "gateway: none" against "default: true" on one of its interfaces. Of a default and what the node says itself, the node's
 * own holds. */
static void
check_no_gateway(struct decoder *dec, struct v_strs *gateway, struct v_bool *dflt)
{
	for (size_t i = 0; i < gateway->n && given(&dflt->at) && dflt->v; i++) {
		if (strcmp(gateway->v[i].v, "none") != 0)
			continue;
		if (by_default(&dflt->at))
			*dflt = (struct v_bool){ 0 };
		else if (by_default(&gateway->v[i].at))
			*gateway = (struct v_strs){ 0 };
		else
			told_at_later(dec, gateway->v[i].at, dflt->at, "gateway: none and default: true cannot stand together");
		return;
	}
}

/* A jail with what is needed to read the defaults of its cables' ends. */
struct jail_entry { struct decl_jail *jail; struct jail_scope scope; };

static struct map *
jails_by_name(struct decoder *dec, const struct topology_decl *t)
{
	struct map *map = map_new(dec->a);
	uint64_t index = 0;

	for (size_t i = 0; i < t->jails.n; i++) {
		struct decl_jail *jail = t->jails.v[i];
		struct jail_entry *e = NEW(dec->a, struct jail_entry);
		bool range = given(&jail->item.range);

		index = range && i > 0 && span_compare(&jail->item.range, &t->jails.v[i - 1]->item.range) == 0 ? index + 1 : 0;
		e->jail = jail;
		e->scope = (struct jail_scope){ jail->item.key, jail->item.at, range, jail->item.number, index };
		map_put(map, jail->item.key, e);
	}
	return (map);
}

static const char *
end_name(struct decoder *dec, const char *cable, const char *jail)
{
	return (arena_printf(dec->a, "%s %s", cable, jail));
}

/* The interfaces that are a cable alone, by the cable's and the jail's name. */
static struct map *
cable_items(struct decoder *dec, const struct topology_decl *t)
{
	struct map *map = map_new(dec->a);

	vec_each(struct decl_jail **, jail, &t->jails)
		vec_each(struct decl_iface **, item, &(*jail)->interfaces)
			if (given(&(*item)->epair.at) && !given(&(*item)->bridge.at))
				map_put(map, end_name(dec, (*item)->epair.v, (*jail)->item.key), *item);
	return (map);
}

/* A key of both, as in struct decl_iface. */
static bool
is_shared(const struct field *f)
{
	return (strcmp(f->key, "bridge") != 0 && field_find(&record_jail_interface, f->key) != NULL);
}

static void
check_cable_end(struct decoder *dec, struct here *cable, struct decl_iface *end, struct map *items, struct map *jails)
{
	struct here h = { .record = &record_cable_end, .out = (char *)end, .up = cable };
	const struct jail_entry *jail;
	const struct decl_iface *item;

	if (end == NULL)
		return;
	if (!given(&end->jail.at))
		return;
	item = map_get(items, end_name(dec, here_item(cable)->key, end->jail.v));
	jail = map_get(jails, end->jail.v);
	for (const struct field *f = record_cable_end.field; f->key != NULL; f++) {
		struct span at, other;

		if (!is_shared(f) || item == NULL || !field_given(item, f))
			continue;
		memcpy(&other, (const char *)item + f->at, sizeof(other));
		if (!field_given(end, f)) {
			/* What the item gives is not to be had from the defaults. */
			h.key[f - record_cable_end.field] = other;
			continue;
		}
		memcpy(&at, h.out + f->at, sizeof(at));
		told_at_later(dec, at, other,
		    arena_printf(dec->a, "%s cannot be given by both the cable's end and the jail's interface", f->key));
	}
	for (const struct field *f = record_cable_end.field; f->key != NULL; f++)
		if (field_given(end, f))
			memcpy(&h.key[f - record_cable_end.field], h.out + f->at, sizeof(struct span));
	if (jail != NULL)
		h.jail = &jail->scope;
	decode_defaults(dec, &h, dec->default_interface);
	if (jail != NULL)
		check_no_gateway(dec, &jail->jail->gateway, &end->dflt);
}

void
check_topology(struct decoder *dec, struct topology_decl *t)
{
	struct map *jails = jails_by_name(dec, t), *items = cable_items(dec, t);

	if (given(&t->version.at) && t->version.v != 1)
		FAULT(dec, &rule_unknown_version, t->version.at, "this vnetc reads version 1, not %" PRId64, t->version.v);
	vec_each(struct decl_cable **, cable, &t->epairs) {
		struct here h = { .record = &record_cable, .out = (char *)*cable };
		struct decl_iface *ends[] = { (*cable)->a, (*cable)->b };

		for (size_t i = 0; i < 2; i++) {
			check_cable_end(dec, &h, ends[i], items, jails);
			if (ends[i] != NULL && t->host != NULL && given(&ends[i]->host.at) && ends[i]->host.v)
				check_no_gateway(dec, &t->host->gateway, &ends[i]->dflt);
		}
	}
	vec_each(struct decl_jail **, jail, &t->jails)
		vec_each(struct decl_iface **, iface, &(*jail)->interfaces)
			check_no_gateway(dec, &(*jail)->gateway, &(*iface)->dflt);
	if (t->host == NULL)
		return;
	vec_each(struct decl_iface **, iface, &t->host->interfaces)
		check_no_gateway(dec, &t->host->gateway, &(*iface)->dflt);
	vec_each(struct decl_bridge **, bridge, &t->bridges)
		check_no_gateway(dec, &t->host->gateway, &(*bridge)->dflt);
}
