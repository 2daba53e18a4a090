/* SPDX-License-Identifier: BSD-2-Clause */
/* What was probably meant by a key or word that is not known. */
#include <string.h>

#include "decl/decoding.h"

/* Words that other tools have for the same; the first that the record has is meant. */
static const char *const other_keys[][2] = {
	{ "ip", "addresses" },
	{ "ips", "addresses" },
	{ "ip4", "addresses" },
	{ "ip6", "addresses" },
	{ "inet", "addresses" },
	{ "inet6", "addresses" },
	{ "gateway4", "gateway" },
	{ "gateway6", "gateway" },
	{ "defaultrouter", "gateway" },
	{ "default_gateway", "gateway" },
	{ "default_route", "gateway" },
	{ "ether", "mac" },
	{ "macaddress", "mac" },
	{ "mac_address", "mac" },
	{ "hwaddr", "mac" },
	{ "lladdr", "mac" },
	{ "cidr", "prefixes" },
	{ "network", "prefixes" },
	{ "networks", "subnets" },
	{ "subnets", "subnet" },
	{ "interfaces", "members" },
	{ "ports", "members" },
	{ "addm", "members" },
	{ "forward", "router" },
	{ "forwarding", "router" },
	{ "ip_forward", "router" },
	{ "dns", "nameservers" },
	{ "resolvers", "nameservers" },
	{ "id", "tag" },
	{ "vid", "tag" },
	{ "link", "parent" },
	{ "depend", "start_after" },
	{ "depends", "start_after" },
	{ "depends_on", "start_after" },
	{ "mode", "protocol" },
	{ "laggproto", "protocol" },
	{ "laggport", "ports" },
	{ "comment", "description" },
	{ "vms", "machines" },
	{ "hosts", "machines" },
	{ "cables", "epairs" },
	{ "expectations", "expect" },
	{ "tests", "expect" },
	{ "port_forward", "rdr" },
	{ "destination", "to" },
	{ "dest", "to" },
	{ "nexthop", "via" },
	{ "gateway", "via" },
	{ "source", "from" },
	{ "src", "from" },
	{ "dst", "to" },
	{ "snat", "nat" },
	{ "masquerade", "nat" },
	{ "range", "pool" },
	{ "ranges", "pool" },
	{ "exclude", "reserve" },
	{ "params", "parameters" },
	{ "hooks", "exec" },
};

static const char *const other_words[][2] = {
	{ "inet", "ipv4" },
	{ "inet4", "ipv4" },
	{ "inet6", "ipv6" },
	{ "4", "ipv4" },
	{ "6", "ipv6" },
	{ "v4", "ipv4" },
	{ "v6", "ipv6" },
	{ "ip4", "ipv4" },
	{ "ip6", "ipv6" },
	{ "ip", "ipv4" },
	{ "active-backup", "failover" },
	{ "802.3ad", "lacp" },
	{ "balance-rr", "roundrobin" },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A key that is there already was not meant. */
static bool
is_free(const struct here *h, const struct field *f)
{
	return (f != NULL && !given(&h->key[f - h->record->field]));
}

static const char *
nearest_key(struct decoder *dec, const struct here *h, const char *key)
{
	strings keys = { 0 };

	for (size_t i = 0; i < COUNT(other_keys); i++)
		if (strcmp(other_keys[i][0], key) == 0 && is_free(h, field_find(h->record, other_keys[i][1])))
			return (other_keys[i][1]);
	for (const struct field *f = h->record->field; f->key != NULL; f++)
		if (is_free(h, f))
			*vec_push(dec->a, &keys) = f->key;
	return (str_nearest(key, keys.v, keys.n));
}

/* "a jail, an interface": the records that have such a key; NULL: none. */
static const char *
elsewhere(struct decoder *dec, const char *key)
{
	strings names = { 0 };

	for (const struct record *const *r = records; *r != NULL; r++) {
		bool twice = false;

		for (size_t i = 0; i < names.n; i++)
			twice |= strcmp(names.v[i], (*r)->name) == 0;
		if (!twice && *r != &record_defaults && field_find(*r, key) != NULL)
			*vec_push(dec->a, &names) = (*r)->name;
	}
	return (names.n == 0 ? NULL : str_join(dec->a, &names, ", "));
}

/* "bridge:bridge0" is a key to YAML, and so is "dhcp" to who thinks of it as a switch. */
static bool
no_key_at_all(struct decoder *dec, struct diag *d, struct here *h, const char *key, struct span at)
{
	static const char *const leases[] = { "auto", "dhcp", "slaac", NULL };
	const char *colon = strchr(key, ':');
	const struct field *f = field_find(h->record, colon == NULL ? "addresses" : arena_strndup(dec->a, key, (size_t)(colon - key)));

	if (f == NULL || (colon == NULL && !str_in(key, leases)))
		return (false);
	h->meant[f - h->record->field] = true;
	if (colon == NULL) {
		diag_help(dec->d, d, "addresses: %s", key);
	} else {
		diag_help(dec->d, d, "a space behind the colon: %s: %s", f->key, str_shown(dec->a, colon + 1));
		diag_fix(dec->d, d, at, "%s: %s", f->key, colon + 1);
	}
	return (true);
}

void
suggest_key(struct decoder *dec, struct diag *d, struct here *h, const char *key, struct span at)
{
	bool defaults = h->record == &record_defaults, jail = field_find(&record_jail, key) != NULL;
	const char *near;
	strings keys = { 0 };

	if (defaults && (jail || field_find(&record_jail_interface, key) != NULL)) {
		diag_help(dec->d, d, "%s belongs under defaults.%s", key, jail ? "jail" : "interface");
		return;
	}
	if (no_key_at_all(dec, d, h, key, at))
		return;
	near = nearest_key(dec, h, key);
	if (near != NULL) {
		diag_help(dec->d, d, "did you mean %s?", near);
		diag_fix(dec->d, d, at, "%s", near);
		h->meant[field_find(h->record, near) - h->record->field] = true;
		return;
	}
	near = elsewhere(dec, key);
	if (near != NULL) {
		diag_help(dec->d, d, "%s is a key of %s", key, near);
		return;
	}
	for (const struct field *f = h->record->field; f->key != NULL; f++)
		*vec_push(dec->a, &keys) = f->key;
	diag_help(dec->d, d, "the keys are %s", str_join(dec->a, &keys, ", "));
}

void
suggest_word(struct decoder *dec, struct diag *d, const struct field *f, const char *word, struct span at)
{
	const char *near = NULL;
	strings words = { 0 };

	if (strcmp(f->key, "attach") == 0 && (strcmp(word, "jng") == 0 || strcmp(word, "netgraph") == 0)) {
		diag_help(dec->d, d, "netgraph: true on the bridge");
		return;
	}
	for (const char *const *w = f->words; *w != NULL; w++)
		*vec_push(dec->a, &words) = *w;
	for (size_t i = 0; i < COUNT(other_words) && near == NULL; i++)
		if (strcmp(other_words[i][0], word) == 0 && str_in(other_words[i][1], f->words))
			near = other_words[i][1];
	if (near == NULL)
		near = str_nearest(word, words.v, words.n);
	if (near != NULL) {
		diag_help(dec->d, d, "did you mean %s?", near);
		diag_fix(dec->d, d, at, "%s", near);
	} else if (words.n == 1) {
		diag_help(dec->d, d, "it can only be %s", words.v[0]);
	} else if (words.n <= 8) {
		diag_help(dec->d, d, "one of %s", str_join(dec->a, &words, ", "));
	}
}

/* What stands under these refers to nothing. */
static const char *const free_texts[] = { "description", "exec", "group", "hostname", "include", "name", "nameservers", "parameters",
	"rc_conf", NULL };

static void
rename_mentions(struct diags *ds, struct diag *d, const struct tree *tree, const struct span *but, const char *old, const char *new)
{
	if (tree->kind == TREE_SCALAR && strcmp(tree->text, old) == 0 && span_compare(&tree->at, but) != 0)
		diag_fix(ds, d, tree->at, "%s", new);
	vec_each (const struct tree_pair *, p, &tree->pairs)
		if (p->via == NULL && !str_in(p->key->text, free_texts))
			rename_mentions(ds, d, p->value, but, old, new);
	vec_each (const struct tree_item *, i, &tree->items)
		if (i->via == NULL)
			rename_mentions(ds, d, i->value, but, old, new);
}

/* Where the text is a range, old and new are a name that it makes: the range with what became of the rest of the name. */
static const char *
of_range(struct arena *a, const struct span *at, const char *old, const char *new)
{
	const char *text = at->src->text + at->off, *bracket = memchr(text, '[', at->len);
	size_t quote = at->len > 1 && (*text == '"' || *text == '\'') ? 1 : 0, before, number;

	if (bracket == NULL)
		return (new);
	before = (size_t)(bracket - text) - quote;
	number = strlen(old) - (before < strlen(old) ? before : strlen(old));
	if (number > strlen(new))
		return (new);
	return (arena_printf(a, "%.*s%.*s%.*s", (int)quote, text, (int)(strlen(new) - number), new, (int)(at->len - quote - before),
	    bracket));
}

void
suggest_name(struct diags *ds, struct diag *d, const struct tree *root, struct span at, const char *old, const char *new)
{
	new = of_range(ds->arena, &at, old, new);
	diag_help(ds, d, "%s would do", new);
	fix_name(ds, d, root, at, old, new);
}

void
fix_name(struct diags *ds, struct diag *d, const struct tree *root, struct span at, const char *old, const char *new)
{
	at.via = NULL;
	diag_fix(ds, d, at, "%s", new);
	if (root != NULL)
		rename_mentions(ds, d, root, &at, old, new);
}
