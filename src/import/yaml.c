/* SPDX-License-Identifier: BSD-2-Clause */
/* The draft as YAML: mappings in flow style where they are short, lined up, quotes where YAML needs them; what all jails have said once. */
#include <string.h>

#include "import/draft.h"

#define COLUMNS 120             /* a flow mapping that would pass it becomes a block */

struct node {
	enum { SCALAR, LIST, MAPPING } kind;
	const char *scalar;
	VEC(struct entry { const char *key; struct node *value; }) items;      /* of a list: key NULL */
	bool of_names;                  /* a mapping's keys are names that the file gives */
};

struct writer { struct arena *a; const struct draft *d; struct text t; };

/* The tree */

static struct node *
scalar(struct arena *a, const char *text)
{
	struct node *n = NEW(a, struct node);

	n->scalar = text;
	return (n);
}

static struct node *
collection(struct arena *a, bool list)
{
	struct node *n = NEW(a, struct node);

	n->kind = list ? LIST : MAPPING;
	return (n);
}

static struct node *
things(struct arena *a)
{
	struct node *n = collection(a, false);

	n->of_names = true;
	return (n);
}

static void
put(struct writer *w, struct node *mapping, const char *key, struct node *value)
{
	*vec_push(w->a, &mapping->items) = (struct entry){ key, value };
}

static void
put_text(struct writer *w, struct node *mapping, const char *key, const char *value)
{
	if (value != NULL)
		put(w, mapping, key, scalar(w->a, value));
}

static void
put_number(struct writer *w, struct node *mapping, const char *key, int value)
{
	if (value != 0)
		put(w, mapping, key, scalar(w->a, arena_printf(w->a, "%d", value)));
}

static void
put_true(struct writer *w, struct node *mapping, const char *key, bool value)
{
	if (value)
		put(w, mapping, key, scalar(w->a, "true"));
}

/* A list; one value alone stands for a list of one. */
static void
put_strings(struct writer *w, struct node *mapping, const char *key, const strings *values, bool always_list)
{
	struct node *list;

	if (values->n == 0)
		return;
	if (values->n == 1 && !always_list) {
		put_text(w, mapping, key, values->v[0]);
		return;
	}
	list = collection(w->a, true);
	vec_each (const char *const *, v, values)
		put(w, list, NULL, scalar(w->a, *v));
	put(w, mapping, key, list);
}

/* Scalars */

static bool
plain_char(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || ((unsigned char)c & 0x80) != 0 ||
	    (c != '\0' && strchr("_./+-%$()=", c) != NULL));
}

static bool
is_mac(const char *s)
{
	struct ether ether;

	return (ether_parse(s, &ether));
}

/* One character inside quotes; how many bytes it takes of s. */
static size_t
write_quoted(struct text *t, const char *s, size_t n)
{
	uint32_t c = 0;
	size_t len = utf8_decode(s, n, &c);

	if (len == 0)
		c = (unsigned char)*s;
	if (*s == '"' || *s == '\\')
		text_add(t, "\\");
	if (len != 0 && !char_is_hidden(c))
		text_addn(t, s, len);
	else if (c < 0x100)
		text_printf(t, "\\x%02x", (unsigned)c);
	else if (c < 0x10000)
		text_printf(t, "\\u%04x", (unsigned)c);
	else
		text_printf(t, "\\U%08x", (unsigned)c);
	return (len == 0 ? 1 : len);
}

static void
write_scalar(struct text *t, const char *s)
{
	bool quote = *s == '\0' || *s == '-' || *s == '%' || *s == '$' || *s == ' ' || *s == '.' || strcmp(s, "null") == 0;
	size_t n = strlen(s);

	if (s[0] == '-' && n > 1 && s[1] >= 'a' && s[1] <= 'z')
		quote = false;
	for (const char *c = s; *c != '\0' && !quote; c++)
		quote = !plain_char(*c) && !(*c == ' ' && c[1] != '\0' && c[1] != '#') && !(*c == ':' && is_mac(s));
	/* A version is text, not a number, for a person who reads it. */
	if (!quote && strspn(s, "0123456789.") == n && strchr(s, '.') != NULL && strchr(s, '.') == strrchr(s, '.'))
		quote = true;
	if (!quote && text_is_shown(s, n)) {
		text_add(t, s);
		return;
	}
	text_add(t, "\"");
	for (size_t i = 0; i < n;)
		i += write_quoted(t, s + i, n - i);
	text_add(t, "\"");
}

static void
write_flow(struct text *t, const struct node *n)
{
	if (n->kind == SCALAR) {
		write_scalar(t, n->scalar);
		return;
	}
	text_add(t, n->kind == LIST ? "[" : "{");
	for (size_t i = 0; i < n->items.n; i++) {
		if (i > 0)
			text_add(t, ", ");
		if (n->items.v[i].key != NULL) {
			write_scalar(t, n->items.v[i].key);
			text_add(t, ": ");
		}
		write_flow(t, n->items.v[i].value);
	}
	text_add(t, n->kind == LIST ? "]" : "}");
}

static size_t
columns(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return (n);
}

/* Two things or more that have keys of their own read better one a line. */
static bool
one_a_line(const struct node *n)
{
	size_t filled = 0;

	vec_each (const struct entry *, e, &n->items)
		filled += e->value->kind == MAPPING && e->value->items.n > 0;
	return (n->items.n > 1 && filled > 0 && (n->kind == LIST || n->of_names));
}

static bool
has_lines(const struct node *n)
{
	if (one_a_line(n))
		return (true);
	vec_each (const struct entry *, e, &n->items)
		if (has_lines(e->value))
			return (true);
	return (false);
}

/* As flow, when it is short enough and not too deep to be read; NULL otherwise. */
static const char *
flow(struct writer *w, const struct node *n, size_t room)
{
	struct text t = { .arena = w->a };
	const char *s;

	if (has_lines(n))
		return (NULL);
	write_flow(&t, n);
	s = text_end(&t);
	return (n->kind == SCALAR || columns(s) <= room ? s : NULL);
}

static void write_block(struct writer *w, const struct node *n, size_t indent);

static void
indentation(struct writer *w, size_t indent)
{
	text_printf(&w->t, "%*s", (int)indent, "");
}

/* "KEY: value" after the indentation; pad: the room for "KEY:". */
static void
write_entry(struct writer *w, const struct entry *e, size_t indent, size_t pad)
{
	struct text key = { .arena = w->a };
	const char *name, *line;
	size_t length;

	write_scalar(&key, e->key);
	text_add(&key, ":");
	name = text_end(&key);
	length = columns(name) > pad ? columns(name) : pad;
	line = flow(w, e->value, COLUMNS - indent - length - 1);
	if (line != NULL) {
		text_printf(&w->t, "%s%*s %s\n", name, (int)(length - columns(name)), "", line);
		return;
	}
	text_printf(&w->t, "%s\n", name);
	write_block(w, e->value, indent + 2);
}

/* Mappings that follow each other, each in a line, have their values below each other: the room for the keys of those that begin here. */
static size_t
lined_up(struct writer *w, const struct node *n, size_t from, size_t indent, size_t *end)
{
	size_t pad = 0, i;

	for (i = from; i < n->items.n; i++) {
		const struct entry *e = &n->items.v[i];
		size_t length = columns(e->key) + 1;

		if (e->value->kind != MAPPING || length >= 24 || flow(w, e->value, COLUMNS - indent - length - 1) == NULL)
			break;
		pad = length > pad ? length : pad;
	}
	*end = i > from ? i : from + 1;
	return (pad);
}

static void
write_item(struct writer *w, const struct node *item, size_t indent)
{
	const char *line = flow(w, item, COLUMNS - indent - 2);

	text_add(&w->t, "- ");
	if (line != NULL)
		text_printf(&w->t, "%s\n", line);
	for (size_t i = 0; line == NULL && i < item->items.n; i++) {
		if (i > 0)
			indentation(w, indent + 2);
		write_entry(w, &item->items.v[i], indent + 2, 0);
	}
}

static void
write_block(struct writer *w, const struct node *n, size_t indent)
{
	size_t pad = 0, end = 0;

	for (size_t i = 0; i < n->items.n; i++) {
		if (n->kind == MAPPING && i == end)
			pad = lined_up(w, n, i, indent, &end);
		indentation(w, indent);
		if (n->kind == MAPPING)
			write_entry(w, &n->items.v[i], indent, pad);
		else
			write_item(w, n->items.v[i].value, indent);
	}
}

/* The draft as a tree */

/* The main address of each family first, then aliases in their order. */
static draft_addresses
main_first(struct writer *w, const draft_addresses *addresses)
{
	const struct draft_address *main[FAMILIES] = { NULL, NULL };
	draft_addresses sorted = { 0 };

	vec_each (const struct draft_address *, a, addresses)
		if (a->word == NULL && main[a->prefix.addr.family] == NULL && !(a->prefix.addr.family == INET6 && inaddr_is_link_local(&a->prefix.addr)))
			main[a->prefix.addr.family] = a;
	for (int f = 0; f < FAMILIES; f++)
		if (main[f] != NULL)
			*vec_push(w->a, &sorted) = *main[f];
	vec_each (const struct draft_address *, a, addresses)
		if (a->word != NULL || a != main[a->prefix.addr.family])
			*vec_push(w->a, &sorted) = *a;
	return (sorted);
}

static void
put_addresses(struct writer *w, struct node *m, const draft_addresses *sorted, const struct draft_link *link)
{
	strings all = { 0 };

	vec_each (const struct draft_address *, a, sorted) {
		bool declared = false;

		for (size_t i = 0; link != NULL && i < link->subnets.n && a->word == NULL; i++)
			vec_each (const struct prefix *, p, &link->subnets.v[i]->prefixes)
				declared |= link->subnets.v[i]->declared && p->len == a->prefix.len && prefix_has(p, &a->prefix.addr);
		*vec_push(w->a, &all) = a->word != NULL ? a->word : declared ? inaddr_str(w->a, &a->prefix.addr) : prefix_str(w->a, &a->prefix);
	}
	put_strings(w, m, "addresses", &all, false);
}

static void
put_member_words(struct writer *w, struct node *m, int untagged, const int *tagged, size_t ntagged, bool stp, bool private_)
{
	put_number(w, m, "untagged", untagged);
	if (ntagged > 0) {
		struct node *list = collection(w->a, true);

		for (size_t i = 0; i < ntagged; i++)
			put(w, list, NULL, scalar(w->a, arena_printf(w->a, "%d", tagged[i])));
		put(w, m, "tagged", list);
	}
	put_true(w, m, "stp", stp);
	put_true(w, m, "private", private_);
}

/* What interfaces of all kinds may say. */
static void
put_iface(struct writer *w, struct node *m, const struct draft_iface *i, int mtu_of_link)
{
	char local[INADDR_TEXT], remote[INADDR_TEXT];
	draft_addresses addresses = main_first(w, &i->addresses);
	strings peers = { 0 };

	put_text(w, m, "name", i->name);
	if (i->parent != NULL) {
		struct node *vlan = collection(w->a, false);

		put_text(w, vlan, "parent", i->parent);
		put_number(w, vlan, "tag", i->tag);
		put(w, m, "vlan", vlan);
	}
	if (i->ports.n > 0) {
		struct node *lagg = collection(w->a, false);

		if (i->laggproto != NULL && strcmp(i->laggproto, "failover") != 0)
			put_text(w, lagg, "protocol", i->laggproto);
		put_strings(w, lagg, "ports", &i->ports, true);
		put(w, m, "lagg", lagg);
	}
	if (i->has_tunnel) {
		strings ends = { 0 };

		*vec_push(w->a, &ends) = arena_strdup(w->a, inaddr_text(&i->tunnel[0], local));
		*vec_push(w->a, &ends) = arena_strdup(w->a, inaddr_text(&i->tunnel[1], remote));
		put_strings(w, m, "tunnel", &ends, true);
	}
	put_strings(w, m, "subnet", &i->subnet, false);
	put_addresses(w, m, &addresses, i->link);
	vec_each (const struct inaddr *, p, &i->peers)
		*vec_push(w->a, &peers) = inaddr_str(w->a, p);
	put_strings(w, m, "peer", &peers, false);
	if (i->mac_written)
		put_text(w, m, "mac", i->mac);
	if (i->mtu != mtu_of_link)
		put_number(w, m, "mtu", i->mtu);
	put_strings(w, m, "group", &i->groups, false);
	put_strings(w, m, "options", &i->options, true);
	put_true(w, m, "default", i->dflt);
	put_member_words(w, m, i->untagged, i->tagged.v, i->tagged.n, i->stp, i->private_);
	if (i->unmanaged)
		put(w, m, "managed", scalar(w->a, "false"));
	put_text(w, m, "description", i->description);
}

static int
mtu_of(const struct draft *d, const char *bridge)
{
	const struct draft_bridge *b = bridge != NULL ? draft_bridge(d, bridge) : NULL;

	return (b != NULL ? b->mtu : 0);
}

static void
put_vlans(struct writer *w, struct node *m, const struct draft_iface *i)
{
	struct node *vlans = things(w->a);

	vec_each (struct draft_iface *const *, v, &i->vlans) {
		struct node *vlan = collection(w->a, false);
		struct draft_iface copy = **v;

		copy.parent = NULL;
		put_iface(w, vlan, &copy, 0);
		put(w, vlans, arena_printf(w->a, "%d", (*v)->tag), vlan);
	}
	if (vlans->items.n > 0)
		put(w, m, "vlans", vlans);
}

static struct node *
jail_interface(struct writer *w, const struct draft_iface *i)
{
	struct node *m = collection(w->a, false);

	put_text(w, m, "bridge", i->bridge);
	put_text(w, m, "interface", i->interface);
	put_text(w, m, "epair", i->epair);
	put_text(w, m, "end", i->end);
	put_text(w, m, "attach", i->attach);
	put_iface(w, m, i, mtu_of(w->d, i->bridge));
	put_vlans(w, m, i);
	return (m);
}

/* router, gateway, routes, nat, rdr */
static void
put_node(struct writer *w, struct node *m, const struct draft_node *node, const bool has[FAMILIES])
{
	strings families = { 0 };

	if (node->forwards[INET] || node->forwards[INET6]) {
		if (node->forwards[INET] == has[INET] && node->forwards[INET6] == has[INET6])
			put_true(w, m, "router", true);
		else {
			for (int f = 0; f < FAMILIES; f++)
				if (node->forwards[f])
					*vec_push(w->a, &families) = f == INET ? "ipv4" : "ipv6";
			put_strings(w, m, "router", &families, true);
		}
	}
	if (node->nat_exits.n > 0)
		put_strings(w, m, "nat", &node->nat_exits, true);
	else
		put_true(w, m, "nat", node->nat);
	if (node->rdr.n > 0) {
		struct node *list = collection(w->a, true);

		vec_each (const struct old_rdr *, r, &node->rdr) {
			struct node *item = collection(w->a, false);

			put_text(w, item, "proto", r->proto);
			put_number(w, item, "port", r->port);
			put_text(w, item, "to", inaddr_str(w->a, &r->to));
			if (r->port_to != r->port)
				put_number(w, item, "port_to", r->port_to);
			put(w, list, NULL, item);
		}
		put(w, m, "rdr", list);
	}
	put_strings(w, m, "gateway", &node->gateway, false);
	if (node->routes.n > 0) {
		struct node *list = collection(w->a, true);

		vec_each (const struct draft_route *, r, &node->routes) {
			struct node *item = collection(w->a, false);

			put_text(w, item, "to", prefix_str(w->a, &r->to));
			put_text(w, item, "via", r->via);
			put(w, list, NULL, item);
		}
		put(w, m, "routes", list);
	}
	put_strings(w, m, "nameservers", &node->nameservers, true);
}

static void
put_further(struct writer *w, struct node *m, const struct old_stack *old)
{
	struct node *vars = collection(w->a, false);

	vec_each (const struct shell_set *const *, s, &old->further)
		put_text(w, vars, (*s)->name, (*s)->value);
	if (vars->items.n > 0)
		put(w, m, "rc_conf", vars);
}

static void
families_of(const struct draft *d, const struct draft_node *node, bool has[FAMILIES])
{
	has[INET] = has[INET6] = false;
	vec_each (struct draft_link *const *, l, &d->links)
		vec_each (const struct draft_standing *, s, &(*l)->standing)
			for (size_t i = 0; s->node == node && i < s->addresses->n; i++) {
				const struct draft_address *a = &s->addresses->v[i];

				if (a->word == NULL)
					has[a->prefix.addr.family] = true;
				else
					has[strcmp(a->word, "dhcp") == 0 ? INET : INET6] = true;
			}
}

static struct node *
host(struct writer *w)
{
	const struct draft *d = w->d;
	struct node *m = collection(w->a, false), *interfaces = things(w->a);
	bool has[FAMILIES];

	put_text(w, m, "name", d->host_name);
	put_text(w, m, "release", d->release);
	families_of(d, &d->host, has);
	put_node(w, m, &d->host, has);
	vec_each (struct draft_iface *const *, i, &d->interfaces) {
		struct node *item = collection(w->a, false);
		const struct draft_bridge *on = NULL;

		vec_each (struct draft_bridge *const *, b, &d->bridges)
			vec_each (const struct draft_member *, member, &(*b)->members)
				if (strcmp(member->name, (*i)->key) == 0)
					on = *b;
		put_iface(w, item, *i, on != NULL ? on->mtu : 0);
		put(w, interfaces, (*i)->key, item);
	}
	if (interfaces->items.n > 0)
		put(w, m, "interfaces", interfaces);
	put_further(w, m, d->host.old);
	return (m);
}

static struct node *
subnets(struct writer *w)
{
	struct node *all = collection(w->a, false);

	vec_each (struct draft_subnet *const *, s, &w->d->subnets) {
		struct node *m = collection(w->a, false);
		strings prefixes = { 0 };

		if (!(*s)->declared)
			continue;
		for (int f = 0; f < FAMILIES; f++)
			vec_each (const struct prefix *, p, &(*s)->prefixes)
				if (p->addr.family == (enum family)f)
					*vec_push(w->a, &prefixes) = prefix_str(w->a, p);
		put_strings(w, m, "prefixes", &prefixes, false);
		put_strings(w, m, "gateway", &(*s)->gateway, false);
		put_number(w, m, "vlan", (*s)->vlan);
		put(w, all, (*s)->name, m);
	}
	return (all);
}

/* Members with nothing said of them are a plain list. */
static void
put_members(struct writer *w, struct node *m, const struct draft_bridge *b)
{
	struct node *list = collection(w->a, true);

	vec_each (const struct draft_member *, it, &b->members) {
		struct node *item = collection(w->a, false);

		put_text(w, item, "interface", it->name);
		put_member_words(w, item, it->untagged, it->tagged.v, it->tagged.n, it->stp, it->private_);
		put(w, list, NULL, item->items.n > 1 ? item : scalar(w->a, it->name));
	}
	if (list->items.n > 0)
		put(w, m, "members", list);
}

/* What all members are, or the end of the host's own epair alone, which has no place of its own. */
static void
put_toggle(struct writer *w, struct node *m, const char *key, bool all, bool host_end)
{
	put_true(w, m, key, all);
	if (!host_end)
		return;
	put(w, m, key, collection(w->a, true));
	put(w, m->items.v[m->items.n - 1].value, NULL, scalar(w->a, "host"));
}

static struct node *
bridges(struct writer *w)
{
	struct node *all = collection(w->a, false);

	vec_each (struct draft_bridge *const *, b, &w->d->bridges) {
		struct node *m = collection(w->a, false);
		strings names = { 0 };
		draft_addresses addresses = { 0 };

		put_true(w, m, "netgraph", (*b)->netgraph);
		vec_each (struct draft_link *const *, l, &(*b)->links)
			vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
				if ((*s)->declared)
					*vec_push(w->a, &names) = (*s)->name;
		put_strings(w, m, "subnet", &names, false);
		put_text(w, m, "name", (*b)->name);
		put_members(w, m, *b);
		put_text(w, m, "epair", (*b)->epair);
		vec_each (struct draft_link *const *, l, &(*b)->links) {
			draft_addresses there = { 0 };

			vec_each (const struct draft_standing *, s, &(*l)->standing)
				for (size_t i = 0; s->bridge == *b && s->iface == NULL && i < s->addresses->n; i++)
					*vec_push(w->a, &there) = s->addresses->v[i];
			there = main_first(w, &there);
			vec_each (const struct draft_address *, a, &there)
				*vec_push(w->a, &addresses) = *a;
		}
		if ((*b)->links.n == 1)
			put_addresses(w, m, &addresses, (*b)->links.v[0]);
		else {
			struct draft_link joined = { 0 };

			vec_each (struct draft_link *const *, l, &(*b)->links)
				vec_each (struct draft_subnet *const *, s, &(*l)->subnets)
					*vec_push(w->a, &joined.subnets) = *s;
			put_addresses(w, m, &addresses, &joined);
		}
		if ((*b)->mac_written)
			put_text(w, m, "mac", (*b)->mac);
		put_number(w, m, "mtu", (*b)->mtu);
		put_toggle(w, m, "stp", (*b)->all.stp, (*b)->host_end_is.stp);
		put_toggle(w, m, "private", (*b)->all.private_, (*b)->host_end_is.private_);
		put_true(w, m, "vlan_filtering", (*b)->vlan_filtering);
		put_true(w, m, "default", (*b)->dflt);
		put_text(w, m, "description", (*b)->description);
		put(w, all, (*b)->key, m);
	}
	return (all);
}

static struct node *
cable_end(struct writer *w, const struct draft_iface *i)
{
	struct node *m = collection(w->a, false);

	put_text(w, m, "bridge", i->bridge);
	put_text(w, m, "jail", i->jail);
	put_true(w, m, "host", i->host);
	put_text(w, m, "attach", i->attach);
	put_iface(w, m, i, mtu_of(w->d, i->bridge));
	put_vlans(w, m, i);
	return (m);
}

static struct node *
cables(struct writer *w)
{
	struct node *all = collection(w->a, false);

	vec_each (struct draft_cable *const *, c, &w->d->cables) {
		struct node *m = collection(w->a, false);
		strings names = { 0 };

		vec_each (struct draft_subnet *const *, s, &(*c)->link->subnets)
			if ((*s)->declared)
				*vec_push(w->a, &names) = (*s)->name;
		put_strings(w, m, "subnet", &names, false);
		put(w, m, "a", cable_end(w, &(*c)->ends[0]));
		put(w, m, "b", cable_end(w, &(*c)->ends[1]));
		put(w, all, (*c)->key, m);
	}
	return (all);
}

static void
put_exec(struct writer *w, struct node *m, const struct draft_jail *jail)
{
	struct node *exec = collection(w->a, false);

	for (int hook = 0; hook < OLD_HOOKS; hook++)
		put_strings(w, exec, old_hook_names[hook], &jail->exec[hook], true);
	if (exec->items.n > 0)
		put(w, m, "exec", exec);
}

static struct node *
jail_node(struct writer *w, const struct draft_jail *jail)
{
	struct node *m = collection(w->a, false), *list = collection(w->a, true);
	bool has[FAMILIES];

	if (jail->classic) {
		put(w, m, "vnet", scalar(w->a, "false"));
		put_strings(w, m, "ip", &jail->ip, true);
		put_number(w, m, "fib", jail->fib > 0 ? jail->fib : 0);
	}
	put_text(w, m, "hostname", jail->hostname);
	families_of(w->d, &jail->node, has);
	if (jail->classic)
		put_strings(w, m, "nameservers", &jail->node.nameservers, true);
	else
		put_node(w, m, &jail->node, has);
	put_text(w, m, "attach", jail->attach);
	put_strings(w, m, "start_after", &jail->start_after, true);
	if (jail->devfs_ruleset >= 0)
		put(w, m, "devfs_ruleset", scalar(w->a, arena_printf(w->a, "%d", jail->devfs_ruleset)));
	put_strings(w, m, "parameters", &jail->parameters, true);
	put_exec(w, m, jail);
	put_further(w, m, jail->node.old);
	vec_each (struct draft_iface *const *, i, &jail->ifaces)
		/* A cable's end that says its jail is enough, unless the jail's list needs its place. */
		if (!((*i)->in_cable && jail->ifaces.n == 1))
			put(w, list, NULL, jail_interface(w, *i));
	if (list->items.n > 0)
		put(w, m, "interfaces", list);
	return (m);
}

/* What all jails say */

static bool
equal(const struct node *one, const struct node *other)
{
	if (one->kind != other->kind || one->items.n != other->items.n)
		return (false);
	if (one->kind == SCALAR)
		return (strcmp(one->scalar, other->scalar) == 0);
	for (size_t i = 0; i < one->items.n; i++)
		if ((one->kind == MAPPING && strcmp(one->items.v[i].key, other->items.v[i].key) != 0) || !equal(one->items.v[i].value, other->items.v[i].value))
			return (false);
	return (true);
}

static struct node *
value_of(const struct node *mapping, const char *key)
{
	vec_each (const struct entry *, e, &mapping->items)
		if (strcmp(e->key, key) == 0)
			return (e->value);
	return (NULL);
}

static void
take_key(struct node *mapping, const char *key)
{
	size_t kept = 0;

	for (size_t i = 0; i < mapping->items.n; i++)
		if (strcmp(mapping->items.v[i].key, key) != 0)
			mapping->items.v[kept++] = mapping->items.v[i];
	mapping->items.n = kept;
}

/* Every jail has the value. */
static bool
all_have(const struct node *jails, const char *key, const struct node *value)
{
	vec_each (const struct entry *, e, &jails->items) {
		const struct node *own = value_of(e->value, key);

		if (own == NULL || !equal(own, value))
			return (false);
	}
	return (jails->items.n > 1);
}

/* Out of the jails into the defaults; classic ones among them have other keys. */
static struct node *
defaults(struct writer *w, struct node *jails)
{
	static const char *const keys[] = { "attach", "devfs_ruleset", "nameservers", "parameters", "exec", "rc_conf" };
	struct node *all = collection(w->a, false), *m = collection(w->a, false);

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && jails->items.n > 0; i++) {
		struct node *value = value_of(jails->items.v[0].value, keys[i]);

		if (value == NULL || !all_have(jails, keys[i], value))
			continue;
		put(w, m, keys[i], value);
		vec_each (const struct entry *, e, &jails->items)
			take_key(e->value, keys[i]);
	}
	if (m->items.n > 0)
		put(w, all, "jail", m);
	return (all);
}

static void
section(struct writer *w, const char *name, const struct node *content)
{
	if (content->items.n == 0)
		return;
	text_printf(&w->t, "\n%s:\n", name);
	write_block(w, content, 2);
}

const char *
draft_yaml(struct arena *a, const struct draft *d)
{
	struct writer w = { .a = a, .d = d, .t = { .arena = a } };
	struct node *jails = collection(a, false);

	vec_each (struct draft_jail *const *, j, &d->jails)
		if (!((*j)->classic && (*j)->ip.n == 0))
			put(&w, jails, (*j)->node.name, jail_node(&w, *j));
	text_add(&w.t, "version: 1\n");
	section(&w, "host", host(&w));
	section(&w, "subnets", subnets(&w));
	section(&w, "bridges", bridges(&w));
	section(&w, "epairs", cables(&w));
	section(&w, "defaults", defaults(&w, jails));
	section(&w, "jails", jails);
	return (text_end(&w.t));
}
