/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of an ifconfig_ variable (freebsd.md 1.4): what ifconfig(8) and network.subr make of them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "import/old.h"
#include "model/model.h"
#include "rules/rules.h"

#define RANGE_MAX 2048          /* netif_ipexpand_max of /etc/defaults/rc.conf */

/* quiet: what is not understood is counted, and not told. ends: of a vxlan, so far. */
struct words {
	struct old_host *old;
	struct old_iface *iface;
	const struct shell_set *set;
	strings w;
	size_t i;
	bool quiet;
	int unknown, ends;
};

strings
old_words(struct arena *a, const char *text, const char *separators)
{
	strings words = { 0 };

	while (text != NULL && *(text += strspn(text, separators)) != '\0') {
		size_t n = strcspn(text, separators);

		*vec_push(a, &words) = arena_strndup(a, text, n);
		text += n;
	}
	return (words);
}

struct span
old_word_span(const struct shell_set *set, const char *word)
{
	struct span at = set->value_at;
	const char *s = at.src->text + at.off;
	size_t n = strlen(word);

	for (size_t i = 0; n > 0 && i + n <= at.len; i++)
		if (memcmp(s + i, word, n) == 0 && (i == 0 || strchr(" \t\n\"'=,|", s[i - 1]) != NULL) &&
		    (i + n >= at.len || strchr(" \t\n\"',|:/%", s[i + n]) != NULL))
			return ((struct span){ .src = at.src, .off = at.off + (uint32_t)i, .len = (uint32_t)n });
	return (set->before != NULL ? old_word_span(set->before, word) : set->at);
}

static const char *
next(struct words *w)
{
	return (w->i < w->w.n ? w->w.v[w->i++] : NULL);
}

static const char *
peek(const struct words *w)
{
	return (w->i < w->w.n ? w->w.v[w->i] : NULL);
}

/* ADDR, ADDR/LEN or ADDR%ZONE. */
static bool
address(struct arena *a, const char *word, struct old_address *out)
{
	size_t n = strcspn(word, "/%");
	const char *slash = strchr(word, '/');
	char *end;
	long len;

	*out = (struct old_address){ .len = -1 };
	if (!inaddr_parse(arena_strndup(a, word, n), &out->addr))
		return (false);
	if (slash == NULL)
		return (true);
	len = strtol(slash + 1, &end, 10);
	if (end == slash + 1 || *end != '\0' || len < 0 || len > family_bits(out->addr.family))
		return (false);
	out->len = (int)len;
	return (true);
}

/* 192.168.0.17-20/32 or 2001:db8::11-1f/64 of an alias: the first address, and how many follow it. */
struct range { unsigned more; size_t last; };

static bool
read_range(struct arena *a, const char *word, struct old_address *first, struct range *out)
{
	const char *dash = strchr(word, '-'), *from = dash, *colon;
	bool inet6 = strchr(word, ':') != NULL;
	const int base = inet6 ? 16 : 10;
	long low, high;
	char *end;
	size_t before = 0, behind = 0;

	if (dash == NULL)
		return (false);
	while (from > word && hex_digit(from[-1]) >= 0)
		from--;
	low = strtol(from, NULL, base);
	high = strtol(dash + 1, &end, base);
	if (from == dash || end == dash + 1 || high < low || high > (inet6 ? 0xffff : 255) || high - low > RANGE_MAX ||
	    !address(a, arena_printf(a, "%.*s%s", (int)(dash - word), word, end), first))
		return (false);
	for (const char *s = word; s < from; s++)
		before += *s == (inet6 ? ':' : '.');
	for (const char *s = end; *s != '\0' && *s != '/'; s++)
		behind += *s == ':';
	colon = strstr(word, "::");
	out->more = (unsigned)(high - low);
	out->last = !inet6 ? before : colon != NULL && colon < dash ? 15 - 2 * behind : 2 * before + 1;
	return (true);
}

int
old_mask_length(const char *word)
{
	struct inaddr mask;
	uint32_t bits = 0;
	int n = 0;

	if (strncmp(word, "0x", 2) == 0)
		bits = (uint32_t)strtoul(word + 2, NULL, 16);
	else if (inaddr_parse(word, &mask) && mask.family == INET)
		bits = (uint32_t)mask.b[0] << 24 | (uint32_t)mask.b[1] << 16 | (uint32_t)mask.b[2] << 8 | mask.b[3];
	else
		return (-1);
	while (n < 32 && (bits >> (31 - n) & 1) != 0)
		n++;
	return (n < 32 && (bits << n) != 0 ? -1 : n);
}

static void
take_address(struct words *w, const struct old_address *address_, bool alias)
{
	struct old_address a = *address_;
	const char *word;

	a.at = old_word_span(w->set, w->w.v[w->i - 1]);
	while ((word = peek(w)) != NULL) {
		const char *value = w->i + 1 < w->w.n ? w->w.v[w->i + 1] : NULL;
		struct old_address peer;

		if (value != NULL && (strcmp(word, "netmask") == 0 || strcmp(word, "prefixlen") == 0)) {
			a.len = word[0] == 'n' ? old_mask_length(value) : atoi(value);
			if (a.len > family_bits(a.addr.family))
				a.len = -1;
			w->i += 2;
		} else if (value != NULL && (strcmp(word, "broadcast") == 0 || strcmp(word, "vhid") == 0))
			w->i += 2;
		else if (strcmp(word, "alias") == 0)
			w->i++;
		else if (address(w->old->arena, word, &peer) && peer.addr.family == a.addr.family) {
			a.peer = peer.addr;
			a.has_peer = true;
			w->i++;
		} else
			break;
	}
	if (a.addr.family == INET6 && alias) {
		w->iface->inet6_alias = true;
		w->iface->inet6_alias_at = a.at;
	} else if (a.addr.family == INET6)
		w->iface->inet6_main = true;
	/* Once more makes no difference. */
	vec_each (const struct old_address *, before, &w->iface->addresses)
		if (inaddr_equal(&before->addr, &a.addr) && before->len == a.len)
			return;
	*vec_push(w->old->arena, &w->iface->addresses) = a;
}

/* A range of an alias as addresses: the first has its length, of IPv4 the others are /32 where no netmask is given (network.subr). */
static bool
take_range(struct words *w)
{
	struct range range = { 0 };
	struct old_address a;
	bool masked;

	if (peek(w) == NULL || !read_range(w->old->arena, peek(w), &a, &range))
		return (false);
	w->i++;
	masked = peek(w) != NULL && strcmp(peek(w), "netmask") == 0;
	if (a.len < 0)
		a.len = a.addr.family == INET ? 32 : 64;
	take_address(w, &a, true);
	a = w->iface->addresses.v[w->iface->addresses.n - 1];
	if (a.addr.family == INET && !masked)
		a.len = 32;
	for (unsigned n = 0; n < range.more; n++) {
		if (++a.addr.b[range.last] == 0)
			a.addr.b[range.last - 1]++;
		*vec_push(w->old->arena, &w->iface->addresses) = a;
	}
	return (true);
}

static void
unknown_word(struct words *w, const char *word)
{
	w->unknown++;
	if (!w->quiet)
		diag_add(w->old->diags, &rule_not_understood, old_word_span(w->set, word), "%s of %s is not understood", word, w->iface->name);
}

/* 10,20-22: false where it is no list of VLANs. */
bool
old_vlan_list(struct arena *a, struct old_member *m, const char *text)
{
	strings items = old_words(a, text, ",");

	vec_each (const char *const *, item, &items) {
		char *end;
		long from = strtol(*item, &end, 10), to = *end == '-' ? strtol(end + 1, &end, 10) : from;

		if (*end != '\0' || from < 1 || to > 4094 || from > to)
			return (false);
		for (; from <= to; from++)
			*vec_push(a, &m->tagged) = (int)from;
	}
	return (items.n > 0);
}

static struct old_member *
member_of(struct old_iface *iface, const char *name)
{
	vec_each (struct old_member *, m, &iface->members)
		if (strcmp(m->name, name) == 0)
			return (m);
	return (NULL);
}

/* Words about bridges. False: it is none of them. */
static bool
bridge_word(struct words *w, const char *word)
{
	struct old_iface *iface = w->iface;
	struct old_member *m;
	const char *value = peek(w);

	if (strcmp(word, "vlanfilter") == 0) {
		iface->vlanfilter = true;
		return (true);
	}
	if (value == NULL || !str_in(word, (const char *const[]){ "addm", "stp", "private", "untagged", "tagged", "defuntagged", NULL }))
		return (false);
	w->i++;
	if (strcmp(word, "addm") == 0) {
		m = vec_push(w->old->arena, &iface->members);
		*m = (struct old_member){ .name = value, .at = old_word_span(w->set, value) };
	} else if (strcmp(word, "stp") == 0 || strcmp(word, "private") == 0) {
		if ((m = member_of(iface, value)) == NULL)
			unknown_word(w, value);
		else if (word[0] == 's')
			m->stp = true;
		else
			m->private_ = true;
	} else if (strcmp(word, "defuntagged") == 0)
		iface->defuntagged = atoi(value);
	else if (iface->members.n == 0)
		unknown_word(w, word);
	else if (strcmp(word, "untagged") == 0)
		iface->members.v[iface->members.n - 1].untagged = atoi(value);
	else if (!old_vlan_list(w->old->arena, &iface->members.v[iface->members.n - 1], value))
		unknown_word(w, value);
	return (true);
}

/* Words with a value. */
static bool
valued_word(struct words *w, const char *word)
{
	struct old_iface *iface = w->iface;
	const char *value = peek(w);

	if (value == NULL)
		return (false);
	if (strcmp(word, "mtu") == 0)
		iface->mtu = atoi(value);
	else if (strcmp(word, "group") == 0)
		*vec_push(w->old->arena, &iface->groups) = value;
	else if (strcmp(word, "laggproto") == 0)
		iface->laggproto = value;
	else if (strcmp(word, "laggport") == 0)
		*vec_push(w->old->arena, &iface->ports) = value;
	else if (strcmp(word, "vlan") == 0)
		iface->tag = atoi(value);
	else if (strcmp(word, "vlandev") == 0)
		iface->parent = value;
	else if (strcmp(word, "description") == 0 || strcmp(word, "descr") == 0) {
		struct text t = { .arena = w->old->arena };
		bool quoted = *value == '"' || *value == '\'';

		for (; value != NULL; value = peek(w)) {
			size_t n = strlen(value);

			text_printf(&t, "%s%s", t.n > 0 ? " " : "", value);
			w->i++;
			if (!quoted || (n > 1 && strchr("\"'", value[n - 1]) != NULL))
				break;
		}
		iface->description = quoted && t.n > 1 ? arena_strndup(w->old->arena, t.v + 1, t.n - 2) : text_end(&t);
		return (true);
	} else if (strcmp(word, "ether") == 0 || strcmp(word, "link") == 0 || strcmp(word, "lladdr") == 0) {
		if (!ether_parse(value, &iface->mac))
			return (false);
		iface->has_mac = true;
		iface->mac_at = old_word_span(w->set, value);
	} else
		return (false);
	w->i++;
	return (true);
}

static bool
tunnel_word(struct words *w)
{
	struct old_address a, b;

	if (w->i + 1 >= w->w.n || !address(w->old->arena, w->w.v[w->i], &a) || !address(w->old->arena, w->w.v[w->i + 1], &b))
		return (false);
	w->iface->tunnel[0] = a.addr;
	w->iface->tunnel[1] = b.addr;
	w->iface->has_tunnel = true;
	w->i += 2;
	return (true);
}

/* vxlan(4) has words of its own for the ends of its tunnel; the network's number is its unit. A topology has no words for the others. */
static bool
vxlan_word(struct words *w, const char *word)
{
	static const char *const valued[] = { "vxlanid", "vxlanlocal", "vxlanremote", "vxlangroup", "vxlanlocalport", "vxlanremoteport", "vxlantimeout",
		"vxlanmaxaddr", "vxlandev", "vxlanttl", NULL };
	const char *value = peek(w);
	bool local = strcmp(word, "vxlanlocal") == 0;
	struct old_address a;
	int unit;

	if (value == NULL || !str_in(word, valued))
		return (false);
	w->i++;
	if ((local || strcmp(word, "vxlanremote") == 0) && address(w->old->arena, value, &a)) {
		w->iface->tunnel[!local] = a.addr;
		w->iface->has_tunnel = ++w->ends == 2;
	} else if (strcmp(word, "vxlanid") != 0 || cloner_of(w->iface->created, &unit)->kind != IF_VXLAN || atoi(value) != unit)
		unknown_word(w, word);
	return (true);
}

/* Words that rc takes for itself, in any case of letters. */
static bool
rc_word(struct words *w, const char *word)
{
	if (strcasecmp(word, "DHCP") == 0 || strcasecmp(word, "SYNCDHCP") == 0 || strcasecmp(word, "NOSYNCDHCP") == 0)
		w->iface->dhcp = true;
	else if (strcasecmp(word, "up") == 0)
		w->iface->up = true;
	else if (strcmp(word, "accept_rtadv") == 0 || strcmp(word, "-ifdisabled") == 0)
		w->iface->slaac |= word[0] == 'a';
	else
		return (strcasecmp(word, "NOAUTO") == 0 || strcmp(word, "auto_linklocal") == 0 || strcmp(word, "create") == 0);
	return (true);
}

bool
old_option_word(const char *word)
{
	static const char *const words[] = { "rxcsum", "txcsum", "rxcsum6", "txcsum6", "tso", "tso4", "tso6", "lro", "vlanmtu", "vlanhwtag",
		"vlanhwfilter", "vlanhwcsum", "vlanhwtso", "wol", "wol_ucast", "wol_mcast", "wol_magic", "toe", "polling", "promisc", NULL };

	return (str_in(word + (word[0] == '-'), words));
}

/* A second address family, or one that is not the first word: ifconfig refuses it. Told once a value. */
static void
late_family(struct words *w, const char *word, size_t at)
{
	struct diag *d;

	if (at == 0)
		return;
	d = diag_add(w->old->diags, &rule_family_not_first, old_word_span(w->set, word), "ifconfig takes %s only as the first word", word);
	diag_help(w->old->diags, d, "put it first, or into ifconfig_%s_alias0", w->iface->name);
}

static void
all_words(struct words *w, bool alias, bool inet6)
{
	const char *word;
	bool family = false;

	while ((word = next(w)) != NULL) {
		size_t at = w->i - 1;
		struct old_address a;

		if (strcmp(word, "inet") == 0 || strcmp(word, "inet6") == 0 || strcmp(word, "ether") == 0 || strcmp(word, "link") == 0) {
			bool tunnel = peek(w) != NULL && strcmp(peek(w), "tunnel") == 0;

			if (!tunnel && !alias)
				late_family(w, word, at);
			family = true;
			if (word[0] == 'e' || word[0] == 'l') {
				if (!valued_word(w, word))
					unknown_word(w, word);
			} else if (peek(w) != NULL && address(w->old->arena, peek(w), &a)) {
				w->i++;
				take_address(w, &a, alias);
			} else if (alias)
				take_range(w);
		} else if (strcmp(word, "tunnel") == 0) {
			if (!tunnel_word(w))
				unknown_word(w, word);
		} else if (address(w->old->arena, word, &a)) {
			/* Without its family: IPv4 is what ifconfig takes it for; netif adds inet6 only in _ipv6. */
			if (alias && !family)
				diag_add(w->old->diags, &rule_alias_without_keyword, old_word_span(w->set, word), "%s needs %s before it%s", word,
				    family_word(a.addr.family), a.addr.family == INET6 ? ": netif leaves it out without a word" : "");
			else if (a.addr.family == INET6 && !inet6)
				late_family(w, word, 1);
			take_address(w, &a, alias);
		} else if (!rc_word(w, word) && !bridge_word(w, word) && !valued_word(w, word) && !vxlan_word(w, word)) {
			if (old_option_word(word))
				*vec_push(w->old->arena, &w->iface->options) = word;
			else
				unknown_word(w, word);
		}
	}
	if (inet6)
		w->iface->inet6_main = true;
}

void
old_ifconfig(struct old_host *old, struct old_iface *iface, const struct shell_set *set, bool alias, bool inet6)
{
	struct words w = { .old = old, .iface = iface, .set = set, .w = old_words(old->arena, set->value, " \t\n") };

	all_words(&w, alias, inet6);
}

bool
old_ifconfig_command(struct old_host *old, struct old_iface *iface, const struct shell_set *set, const strings *words)
{
	struct old_iface copy = *iface;
	struct words w = { .old = old, .iface = &copy, .set = set, .w = *words, .quiet = true };

	all_words(&w, false, false);
	if (w.unknown == 0)
		*iface = copy;
	return (w.unknown == 0);
}
