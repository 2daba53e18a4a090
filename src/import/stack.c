/* SPDX-License-Identifier: BSD-2-Clause */
/* The variables of one network stack as interfaces and routes: what rc.d/netif and rc.d/routing would make of them (freebsd.md 1). */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "import/old.h"
#include "model/model.h"
#include "rules/rules.h"

/* What /etc/defaults/rc.conf sets to nothing: lists that files add to. */
static const char *const empty_variables[] = { "cloned_interfaces", "static_routes", "ipv6_static_routes", "kld_list", "gif_interfaces",
	"autobridge_interfaces", "jail_list", "rc_conf_files", NULL };

struct reading {
	struct old_host *old;
	struct old_stack *stack;
	struct map *name_of;            /* variable part to interface name, where they differ */
	struct map *renamed;            /* created name to last name */
};

void
old_stack_init(struct old_host *old, struct old_stack *stack, const char *name)
{
	*stack = (struct old_stack){ .name = name, .by_name = map_new(old->arena) };
	shell_init(&stack->rc, old->arena, old->diags);
	stack->rc.empty = empty_variables;
}

struct old_iface *
old_iface(const struct old_stack *stack, const char *name)
{
	return (map_get(stack->by_name, name));
}

struct old_iface *
old_iface_made(struct old_host *old, struct old_stack *stack, const char *name, struct span at)
{
	struct old_iface *iface = old_iface(stack, name);

	if (iface != NULL)
		return (iface);
	iface = NEW(old->arena, struct old_iface);
	iface->name = iface->created = name;
	iface->at = iface->name_at = at;
	*vec_push(old->arena, &stack->ifaces) = iface;
	map_set(stack->by_name, name, iface);
	return (iface);
}

static struct old_iface *
iface_of(struct reading *r, const char *name, struct span at)
{
	return (old_iface_made(r->old, r->stack, name, at));
}

static void
know(struct reading *r, const char *name)
{
	const char *variable = rc_variable(r->old->arena, name);

	if (strcmp(variable, name) != 0)
		map_set(r->name_of, variable, (void *)(uintptr_t)name);
}

/* The interface that a variable's part means. */
static const char *
named(const struct reading *r, const char *variable)
{
	const char *name = map_get(r->name_of, variable);

	return (name != NULL ? name : variable);
}

static bool
is_yes(const char *value)
{
	return (value != NULL && (strcasecmp(value, "yes") == 0 || strcasecmp(value, "true") == 0 || strcasecmp(value, "on") == 0 ||
	    strcmp(value, "1") == 0));
}

/* The counted and last value of a variable is what netif sees: earlier ones of the name are passed over. */
static bool
counts(const struct reading *r, const struct shell_set *set)
{
	return (shell_find(&r->stack->rc, set->name) == set && set->value != NULL && !old_further(set));
}

static const char *
after(const char *name, const char *prefix)
{
	size_t n = strlen(prefix);

	return (strncmp(name, prefix, n) == 0 && name[n] != '\0' ? name + n : NULL);
}

static void
cloned(struct reading *r)
{
	static const char *const lists[] = { "cloned_interfaces", "gif_interfaces", NULL };

	for (size_t i = 0; lists[i] != NULL; i++) {
		const struct shell_set *set = shell_find(&r->stack->rc, lists[i]);
		strings words = old_words(r->old->arena, set != NULL ? set->value : NULL, " \t\n");

		vec_each (const char *const *, word, &words) {
			const char *name = arena_strndup(r->old->arena, *word, strcspn(*word, ":"));
			int unit;
			bool pair = cloner_of(name, &unit)->kind == IF_EPAIR && unit >= 0 && name[strlen(name) - 1] != 'a' && name[strlen(name) - 1] != 'b';

			for (int end = 0; end < (pair ? 2 : 1); end++) {
				struct old_iface *iface = iface_of(r, pair ? arena_printf(r->old->arena, "%s%c", name, "ab"[end]) : name,
				    old_word_span(set, name));

				iface->cloned = true;
				know(r, iface->name);
			}
		}
	}
}

/* vlans_PARENT: "10 dmz". */
static void
vlans(struct reading *r)
{
	vec_each (struct shell_set *const *, s, &r->stack->rc.sets) {
		const char *variable = after((*s)->name, "vlans_");
		strings words = old_words(r->old->arena, variable != NULL && counts(r, *s) ? (*s)->value : NULL, " \t\n");

		vec_each (const char *const *, word, &words) {
			const char *parent = named(r, variable);
			bool number = (*word)[strspn(*word, "0123456789")] == '\0';
			const char *name = number ? arena_printf(r->old->arena, "%s.%s", parent, *word) : *word;
			struct old_iface *iface;

			iface_of(r, parent, (*s)->at);
			iface = iface_of(r, name, old_word_span(*s, *word));
			iface->parent = parent;
			if (number)
				iface->tag = atoi(*word);
			else if (strncmp(name, "vlan", 4) == 0)
				iface->tag = atoi(name + 4);
			know(r, name);
		}
	}
}

/* What was only spoken of by the name that an interface gets is that interface. */
static void
forget_mention(struct old_stack *stack, const struct old_iface *renamed)
{
	const struct old_iface *mention = old_iface(stack, renamed->name);
	size_t kept = 0;

	if (mention == NULL || mention == renamed || mention->cloned)
		return;
	vec_each (struct old_iface *const *, i, &stack->ifaces)
		if (*i != mention)
			stack->ifaces.v[kept++] = *i;
	stack->ifaces.n = kept;
}

void
old_iface_renamed(struct old_stack *stack, struct old_iface *iface, const char *name, struct span at)
{
	iface->name = name;
	iface->name_at = at;
	forget_mention(stack, iface);
	map_set(stack->by_name, name, iface);
}

/* ifconfig_X_name: all that follows uses the new name. */
static void
renames(struct reading *r)
{
	vec_each (struct shell_set *const *, s, &r->stack->rc.sets) {
		const char *rest = after((*s)->name, "ifconfig_");
		size_t n = rest != NULL ? strlen(rest) : 0;
		struct old_iface *iface;
		const char *old_name;

		if (n <= 5 || strcmp(rest + n - 5, "_name") != 0 || !counts(r, *s) || *(*s)->value == '\0')
			continue;
		old_name = named(r, arena_strndup(r->old->arena, rest, n - 5));
		iface = iface_of(r, old_name, (*s)->at);
		iface->created = old_name;
		old_iface_renamed(r->stack, iface, (*s)->value, old_word_span(*s, (*s)->value));
		know(r, iface->name);
	}
}

enum suffix { S_MAIN, S_IPV6, S_ALIAS, S_ALIASES, S_DESCR, S_NAME };

/* The suffix of an ifconfig_ variable, cut off: what is left names the interface. */
static const char *
cut_suffix(struct arena *a, const char *rest, enum suffix *kind)
{
	static const struct { const char *text; enum suffix kind; } ends[] = {
		{ "_ipv6", S_IPV6 }, { "_aliases", S_ALIASES }, { "_descr", S_DESCR }, { "_name", S_NAME },
	};
	size_t n = strlen(rest), digits = n;

	*kind = S_MAIN;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t m = strlen(ends[i].text);

		if (n > m && strcmp(rest + n - m, ends[i].text) == 0) {
			*kind = ends[i].kind;
			return (arena_strndup(a, rest, n - m));
		}
	}
	while (digits > 0 && rest[digits - 1] >= '0' && rest[digits - 1] <= '9')
		digits--;
	if (digits < n && digits > 6 && strncmp(rest + digits - 6, "_alias", 6) == 0) {
		*kind = S_ALIAS;
		return (arena_strndup(a, rest, digits - 6));
	}
	return (rest);
}

static void
one_ifconfig(struct reading *r, const struct shell_set *set, const char *rest)
{
	enum suffix kind;
	const char *name = named(r, cut_suffix(r->old->arena, rest, &kind));
	struct old_iface *iface;

	if (strcmp(name, "DEFAULT") == 0 || kind == S_NAME)
		return;
	iface = iface_of(r, name, set->at);
	switch (kind) {
	case S_MAIN:
		iface->configured = true;
		iface->up_at = set->at;
		old_ifconfig(r->old, iface, set, false, false);
		/* netif brings up what it has configured. */
		iface->up |= *set->value != '\0';
		break;
	case S_IPV6:
		old_ifconfig(r->old, iface, set, false, true);
		break;
	case S_ALIAS:
	case S_ALIASES:
		old_ifconfig(r->old, iface, set, true, false);
		break;
	case S_DESCR:
		iface->description = set->value;
		break;
	case S_NAME:
		break;
	}
}

/* ipv4_addrs_X="10.0.0.1/24 10.0.0.2/32". */
static void
old_addresses(struct reading *r, const struct shell_set *set, const char *rest)
{
	struct shell_set copy = *set;
	struct text t = { .arena = r->old->arena };
	strings words = old_words(r->old->arena, set->value, " \t\n");

	vec_each (const char *const *, word, &words)
		text_printf(&t, "%sinet %s", t.n > 0 ? " " : "", *word);
	copy.value = text_end(&t);
	old_ifconfig(r->old, iface_of(r, named(r, rest), set->at), &copy, true, false);
}

static void
interfaces(struct reading *r)
{
	vec_each (struct shell_set *const *, s, &r->stack->rc.sets) {
		const char *rest;

		if (!counts(r, *s))
			continue;
		if ((rest = after((*s)->name, "ifconfig_")) != NULL)
			one_ifconfig(r, *s, rest);
		else if ((rest = after((*s)->name, "ipv4_addrs_")) != NULL)
			old_addresses(r, *s, rest);
		else if ((rest = after((*s)->name, "create_args_")) != NULL)
			old_ifconfig(r->old, iface_of(r, named(r, rest), (*s)->at), *s, true, false);
		else if ((rest = after((*s)->name, "autobridge_")) != NULL && strcmp(rest, "interfaces") != 0) {
			strings words = old_words(r->old->arena, (*s)->value, " \t\n");

			vec_each (const char *const *, word, &words)
				*vec_push(r->old->arena, &iface_of(r, named(r, rest), (*s)->at)->autobridge) = *word;
		}
	}
}

/* Routes */

/* An address, with a zone that is passed over. */
static bool
next_hop(struct arena *a, const char *word, struct inaddr *out)
{
	return (inaddr_parse(arena_strndup(a, word, strcspn(word, "%")), out));
}

/* "-net 10.0.2.0/24 10.0.1.2", "-host A G", "10.0.2.0/24 G", "N -netmask M G", "P -prefixlen 64 G", "-host A -iface IF", at the end -reject or -blackhole. */
bool
old_route_words(struct arena *a, const strings *words, bool inet6, struct old_route *route)
{
	const char *to = NULL, *via = NULL;
	bool by_iface = false;
	int len = -1;

	for (size_t i = 0; i < words->n; i++) {
		const char *w = words->v[i];

		if (strcmp(w, "-reject") == 0 || strcmp(w, "-blackhole") == 0)
			route->kind = w[1] == 'r' ? OLD_REJECT : OLD_BLACKHOLE;
		else if (strcmp(w, "-host") == 0)
			len = inet6 ? 128 : 32;
		else if (strcmp(w, "-iface") == 0 || strcmp(w, "-interface") == 0)
			by_iface = true;
		else if ((strcmp(w, "-prefixlen") == 0 || strcmp(w, "-netmask") == 0) && i + 1 < words->n) {
			len = w[1] == 'n' ? old_mask_length(words->v[++i]) : atoi(words->v[++i]);
			if (len < 0)
				return (false);
		} else if (strcmp(w, "-net") == 0 || strcmp(w, "-inet") == 0 || strcmp(w, "-inet6") == 0 || strcmp(w, "-gateway") == 0)
			continue;
		else if (w[0] == '-' || (to != NULL && via != NULL))
			return (false);
		else if (to == NULL)
			to = w;
		else
			via = w;
	}
	if (to == NULL || via == NULL || !inaddr_parse(arena_strndup(a, to, strcspn(to, "/")), &route->to.addr))
		return (false);
	if (by_iface)
		route->iface = via;
	else if (!next_hop(a, via, &route->via))
		return (false);
	route->to.len = strchr(to, '/') != NULL ? atoi(strchr(to, '/') + 1) : len >= 0 ? len : family_bits(route->to.addr.family);
	if (route->to.len < 0 || route->to.len > family_bits(route->to.addr.family))
		return (false);
	route->to.addr = prefix_network(&route->to);
	return (true);
}

/* One address at the other end of an interface. */
bool
old_peer(struct old_host *old, struct old_stack *stack, const struct old_route *route)
{
	struct old_iface *iface = old_iface(stack, route->iface);

	if (iface == NULL || route->to.len != family_bits(route->to.addr.family))
		return (false);
	*vec_push(old->arena, &iface->peers) = route->to.addr;
	return (true);
}

bool
old_default_route(struct arena *a, struct old_stack *stack, const char *via, struct span at)
{
	struct inaddr addr;

	if (!next_hop(a, via, &addr))
		return (false);
	stack->dflt[addr.family].given = true;
	stack->dflt[addr.family].addr = addr;
	stack->dflt[addr.family].zone = strchr(via, '%') != NULL ? strchr(via, '%') + 1 : NULL;
	stack->dflt[addr.family].at = at;
	return (true);
}

static void
default_route(struct reading *r, const char *variable, enum family family)
{
	const struct shell_set *set = shell_find(&r->stack->rc, variable);
	const char *value = set != NULL ? set->value : NULL;

	if (value == NULL || *value == '\0' || strcasecmp(value, "NO") == 0)
		return;
	if ((strchr(value, ':') != NULL) != (family == INET6) || !old_default_route(r->old->arena, r->stack, value, old_word_span(set, value)))
		diag_add(r->old->diags, &rule_not_understood, set->value_at, "%s is no address of a gateway", value);
}

static bool
one_route(struct reading *r, const struct shell_set *set, bool inet6, struct old_route *route)
{
	strings words = old_words(r->old->arena, set->value, " \t\n");

	if (!old_route_words(r->old->arena, &words, inet6, route))
		return (false);
	if (route->iface != NULL)
		return (old_peer(r->old, r->stack, route));
	*vec_push(r->old->arena, &r->stack->routes) = *route;
	return (true);
}

static void
routes(struct reading *r)
{
	for (int f = 0; f < FAMILIES; f++) {
		const char *prefix = f == INET ? "" : "ipv6_";
		const struct shell_set *list = shell_find(&r->stack->rc, arena_printf(r->old->arena, "%sstatic_routes", prefix));
		strings names = old_words(r->old->arena, list != NULL ? list->value : NULL, " \t\n");

		vec_each (const char *const *, name, &names) {
			const char *plain = arena_strndup(r->old->arena, *name, strcspn(*name, ":"));
			const char *variable = arena_printf(r->old->arena, "%sroute_%s", prefix, rc_variable(r->old->arena, plain));
			const struct shell_set *set = shell_find(&r->stack->rc, variable);
			struct old_route route = { .name = plain };

			if (set == NULL || set->value == NULL) {
				struct diag *d = diag_add(r->old->diags, &rule_not_understood, old_word_span(list, *name), "there is no %s", variable);

				diag_help(r->old->diags, d, "%s=\"…\", or take %s out of this list", variable, *name);
				continue;
			}
			route.at = set->at;
			if (!one_route(r, set, f == INET6, &route))
				diag_add(r->old->diags, &rule_not_understood, set->value_at, "the route %s is not understood", plain);
		}
	}
	default_route(r, "defaultrouter", INET);
	default_route(r, "ipv6_defaultrouter", INET6);
	r->stack->forwards[INET] = is_yes(shell_value(&r->stack->rc, "gateway_enable"));
	r->stack->forwards[INET6] = is_yes(shell_value(&r->stack->rc, "ipv6_gateway_enable"));
}

void
old_stack_read(struct old_host *old, struct old_stack *stack, const strings *names)
{
	struct reading r = { old, stack, map_new(old->arena), NULL };

	vec_each (const char *const *, name, names)
		know(&r, *name);
	cloned(&r);
	vlans(&r);
	renames(&r);
	/* A renamed interface may be a parent: its VLANs are known by the last name. */
	vlans(&r);
	interfaces(&r);
	routes(&r);
}
