/* SPDX-License-Identifier: BSD-2-Clause */
/* Subnets: their prefixes, pools and reserves; reading of addresses, prefixes and ranges. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/resolving.h"
#include "rules/rules.h"

/* The length behind a slash: plain decimal. -1: none that is one. */
static int
read_length(const char *s)
{
	if (!isdigit((unsigned char)*s) || (s[0] == '0' && s[1] != '\0') || strlen(s) > 3 || s[strspn(s, "0123456789")] != '\0')
		return (-1);
	return (atoi(s));
}

/* 192.168.000.017 is 192.168.0.17 to people and octal to some programs. */
static const char *
without_zeros(struct arena *a, const char *s)
{
	struct text text = { .arena = a };
	struct inaddr addr;

	for (; *s != '\0' && *s != '/'; s++) {
		bool leading = *s == '0' && isdigit((unsigned char)s[1]) && (text.n == 0 || text.v[text.n - 1] == '.');

		if (!leading)
			text_addn(&text, s, 1);
	}
	return (inaddr_parse(text_end(&text), &addr) ? text_end(&text) : NULL);
}

static struct diag *
bad_address(struct resolver *r, const struct v_str *v, const char *const *words)
{
	struct diag *d = diag_add(r->diags, &rule_bad_address, v->at, "%s is no address", str_shown(r->arena, v->v));
	const char *plain = without_zeros(r->arena, v->v), *word = NULL;
	size_t n = 0;

	while (words != NULL && words[n] != NULL)
		n++;
	if (plain != NULL) {
		diag_help(r->diags, d, "%s without leading zeros", plain);
		diag_fix(r->diags, d, v->at, "%s", plain);
		return (d);
	}
	if (n != 0 && strpbrk(v->v, ".:") == NULL)
		word = str_nearest(v->v, words, n);
	if (word != NULL) {
		diag_help(r->diags, d, "did you mean %s?", word);
		diag_fix(r->diags, d, v->at, "%s", word);
	} else if (strchr(v->v, '%') != NULL)
		diag_help(r->diags, d, "leave the zone out");
	return (d);
}

/* How long a prefix a netmask like 255.255.255.0 stands for; -1: it is none. */
static int
netmask_length(const char *text)
{
	struct inaddr mask;
	int len = 0;

	if (!inaddr_parse(text, &mask) || mask.family != INET)
		return (-1);
	while (len < 32 && (mask.b[len / 8] & 0x80 >> len % 8) != 0)
		len++;
	for (int bit = len; bit < 32; bit++)
		if ((mask.b[bit / 8] & 0x80 >> bit % 8) != 0)
			return (-1);
	return (len);
}

void
suggest_length(struct resolver *r, struct diag *d, struct span at, const char *text, enum family family, const char *written)
{
	int len = family == INET && written != NULL ? netmask_length(written) : -1;

	if (len < 0)
		len = family == INET ? 24 : 64;
	diag_help(r->diags, d, "%s/%d", text, len);
	diag_fix(r->diags, d, at, family == INET6 ? "\"%s/%d\"" : "%s/%d", text, len);
}

bool
read_address(struct resolver *r, const struct v_str *v, struct inaddr *addr, int *len, const char *const *words)
{
	const char *slash = strchr(v->v, '/');
	const char *text = slash == NULL ? v->v : arena_strndup(r->arena, v->v, (size_t)(slash - v->v));

	*len = -1;
	if (!inaddr_parse(text, addr)) {
		bad_address(r, v, words);
		return (false);
	}
	if (slash != NULL) {
		*len = read_length(slash + 1);
		if (*len < 0 || *len > family_bits(addr->family)) {
			struct diag *d = diag_add(r->diags, &rule_bad_prefix, v->at, "%s has no length between 0 and %d", str_shown(r->arena, v->v),
			    family_bits(addr->family));
			suggest_length(r, d, v->at, text, addr->family, slash + 1);
			return (false);
		}
	}
	return (true);
}

bool
read_prefix(struct resolver *r, const struct v_str *v, struct prefix *prefix)
{
	const char *slash = strchr(v->v, '/');
	const char *text = slash == NULL ? v->v : arena_strndup(r->arena, v->v, (size_t)(slash - v->v));
	struct inaddr network;
	struct diag *d;

	if (!inaddr_parse(text, &prefix->addr)) {
		diag_add(r->diags, &rule_bad_prefix, v->at, "%s is no prefix", str_shown(r->arena, v->v));
		return (false);
	}
	prefix->len = slash == NULL ? -1 : read_length(slash + 1);
	if (prefix->len < 0 || prefix->len > family_bits(prefix->addr.family)) {
		d = diag_add(r->diags, &rule_bad_prefix, v->at, "%s is no prefix", str_shown(r->arena, v->v));
		suggest_length(r, d, v->at, text, prefix->addr.family, slash != NULL ? slash + 1 : NULL);
		return (false);
	}
	network = prefix_network(prefix);
	if (!inaddr_equal(&network, &prefix->addr)) {
		prefix->addr = network;
		d = diag_add(r->diags, &rule_prefix_host_bits, v->at, "%s is not the start of its network", str_shown(r->arena, v->v));
		diag_help(r->diags, d, "%s", prefix_str(r->arena, prefix));
		diag_fix(r->diags, d, v->at, network.family == INET6 ? "\"%s\"" : "%s", prefix_str(r->arena, prefix));
		return (false);
	}
	return (true);
}

struct v_str
value_part(struct resolver *r, const struct v_str *v, size_t off, size_t n)
{
	uint32_t quote = v->at.len == strlen(v->v) + 2 ? 1 : 0;
	struct v_str part = { .at = v->at, .v = arena_strndup(r->arena, v->v + off, n) };

	if (v->at.len == strlen(v->v) + 2 * quote) {
		part.at.off += quote + (uint32_t)off;
		part.at.len = (uint32_t)n;
	}
	return (part);
}

static void
suggest_turned(struct resolver *r, struct diag *d, struct span at, const struct inrange *range)
{
	const char *first = inaddr_str(r->arena, &range->last), *last = inaddr_str(r->arena, &range->first);

	diag_help(r->diags, d, "%s-%s", first, last);
	diag_fix(r->diags, d, at, range->first.family == INET6 ? "\"%s-%s\"" : "%s-%s", first, last);
}

bool
read_range(struct resolver *r, const struct v_str *v, struct inrange *range)
{
	const char *dash = strchr(v->v, '-');
	struct prefix prefix;
	struct v_str part;
	int len;

	if (strchr(v->v, '/') != NULL) {
		if (!read_prefix(r, v, &prefix))
			return (false);
		range->first = prefix.addr;
		range->last = prefix_last(&prefix);
		return (true);
	}
	if (dash == NULL) {
		if (!read_address(r, v, &range->first, &len, NULL))
			return (false);
		range->last = range->first;
		return (true);
	}
	part = value_part(r, v, 0, (size_t)(dash - v->v));
	if (!read_address(r, &part, &range->first, &len, NULL))
		return (false);
	part = value_part(r, v, (size_t)(dash + 1 - v->v), strlen(dash + 1));
	if (!read_address(r, &part, &range->last, &len, NULL))
		return (false);
	if (range->first.family != range->last.family || inaddr_compare(&range->first, &range->last) > 0) {
		struct diag *d = diag_add(r->diags, &rule_bad_address, v->at, "%s is no range: its first address comes after its last",
		    str_shown(r->arena, v->v));
		if (range->first.family == range->last.family)
			suggest_turned(r, d, v->at, range);
		return (false);
	}
	return (true);
}

static void
resolve_prefixes(struct resolver *r, struct subnet *subnet)
{
	const struct v_strs *written = &subnet->decl->prefixes;

	for (size_t i = 0; i < written->n; i++) {
		struct subnet_prefix p = { .at = written->v[i].at };
		const char *kind;

		if (!read_prefix(r, &written->v[i], &p.prefix))
			continue;
		kind = inaddr_unusable(&p.prefix.addr);
		if (p.prefix.len == 0)
			kind = "everything";
		else if (p.prefix.addr.family == INET6 && inaddr_is_link_local(&p.prefix.addr))
			kind = "a link-local prefix";
		if (kind != NULL) {
			diag_add(r->diags, &rule_unusable_address, p.at, "%s is %s, no subnet can be there", prefix_str(r->arena, &p.prefix), kind);
			continue;
		}
		*vec_push(r->arena, &subnet->prefixes) = p;
	}
}

static bool
range_within(const struct subnet *subnet, const struct inrange *range)
{
	const struct prefix *prefix = subnet_prefix_of(subnet, &range->first);

	return (prefix != NULL && prefix_has(prefix, &range->last));
}

/* Pool and reserve: two lists of one form. */
static void
resolve_ranges(struct resolver *r, struct subnet *subnet, const struct v_strs *written, bool pool)
{
	for (size_t i = 0; i < written->n; i++) {
		struct range_at range = { .at = written->v[i].at };

		if (!read_range(r, &written->v[i], &range.range))
			continue;
		if (subnet_is_broken(subnet))
			continue;
		if (!range_within(subnet, &range.range)) {
			struct diag *d = diag_add(r->diags, &rule_pool_outside_subnet, range.at, "%s is not in subnet %s",
			    str_shown(r->arena, written->v[i].v), subnet->name);
			vec_each (struct subnet_prefix *, p, &subnet->prefixes)
				diag_note(r->diags, d, p->at, "%s has %s", subnet->name, prefix_str(r->arena, &p->prefix));
			continue;
		}
		if (pool)
			*vec_push(r->arena, &subnet->pool) = range;
		else
			*vec_push(r->arena, &subnet->reserve) = range;
	}
}

void
resolve_subnets(struct resolver *r)
{
	struct topology *t = r->topology;

	for (size_t i = 0; i < r->decl->subnets.n; i++) {
		const struct decl_subnet *decl = r->decl->subnets.v[i];
		struct subnet *subnet = NEW(r->arena, struct subnet);

		subnet->name = decl->item.key;
		subnet->at = decl->item.at;
		subnet->decl = decl;
		subnet->index = t->subnets.n;
		subnet->vlan = (int)decl->vlan.v;
		subnet->mtu = (int)decl->mtu.v;
		subnet->routed = decl->routed.v;
		subnet->rtadv = !given(&decl->rtadv.at) || decl->rtadv.v;
		subnet->description = decl->description.v;
		resolve_prefixes(r, subnet);
		resolve_ranges(r, subnet, &decl->pool, true);
		resolve_ranges(r, subnet, &decl->reserve, false);
		*vec_push(r->arena, &t->subnets) = subnet;
		map_put(t->subnet_by_name, subnet->name, subnet);
	}
}

bool
subnet_is_broken(const struct subnet *subnet)
{
	return (subnet->decl != NULL && subnet->prefixes.n != subnet->decl->prefixes.n);
}

const struct prefix *
subnet_prefix_of(const struct subnet *subnet, const struct inaddr *addr)
{
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes)
		if (p->prefix.addr.family == addr->family && prefix_has(&p->prefix, addr))
			return (&p->prefix);
	return (NULL);
}

bool
subnet_has_family(const struct subnet *subnet, enum family family)
{
	vec_each (const struct subnet_prefix *, p, &subnet->prefixes)
		if (p->prefix.addr.family == family)
			return (true);
	return (false);
}

const char *
subnet_shown(struct arena *arena, const struct subnet *subnet)
{
	if (subnet->name != NULL)
		return (subnet->name);
	return (subnet->prefixes.n != 0 ? prefix_str(arena, &subnet->prefixes.v[0].prefix) : "a subnet");
}
