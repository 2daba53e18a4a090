/* SPDX-License-Identifier: BSD-2-Clause */
/* What the commands of a vnet jail's hooks make on the host (freebsd.md 4, 5.3): epairs with their addresses, bridges, and routes, and what jib,
 * jng and ngctl make. What is understood goes into the host's stack, as if it were made at boot; the rest stays in the hooks, each command
 * a line of its own. */
#include <stdlib.h>
#include <string.h>

#include "import/commands.h"
#include "import/draft.h"
#include "rules/rules.h"

/* A line of a hook. split: into commands; else only a shell knows what it does. */
struct hook_line { const struct old_command *whole; bool split; simple_commands all; };
typedef VEC(struct hook_line) hook_lines;

/* An epair that the jail's start creates, and what it calls its ends; not_ours: it is another's already. */
struct started { const char *pair, *names[2]; bool any_unit, not_ours; struct span at; };

struct hooking {
	struct old_host *old;
	struct old_jail *jail;
	hook_lines lines[OLD_HOOKS];
	VEC(struct started) started;
	VEC(struct prefix) routed;      /* by commands */
	enum old_hook hook;             /* that is looked at */
	struct span at;
};

static bool
jail_takes(const struct old_jail *jail, const char *name)
{
	vec_each (const struct old_name *, n, &jail->interfaces)
		if (strcmp(n->name, name) == 0)
			return (true);
	return (false);
}

/* An interface that the jail gets, or the host's end of one; NULL: it is neither. */
static struct old_iface *
of_jail(const struct hooking *h, const char *name)
{
	struct old_iface *i = old_iface(&h->old->host, name), *other;
	char end;

	if (i == NULL)
		return (NULL);
	vec_each (const struct started *, s, &h->started)
		if (s->not_ours && strncmp(i->created, s->pair, strlen(s->pair)) == 0 && strlen(i->created) == strlen(s->pair) + 1)
			return (NULL);
	if (epair_unit(i->created, &end) < 0)
		return (i->way != NULL && jail_takes(h->jail, i->name) ? i : NULL);
	other = old_iface(&h->old->host, epair_other_end(h->old->arena, i->created));
	return (jail_takes(h->jail, i->name) || (other != NULL && jail_takes(h->jail, other->name)) ? i : NULL);
}

/* The pair among those that the start creates, once. */
static struct started *
start_with(struct hooking *h, const char *pair, struct span at)
{
	struct arena *a = h->old->arena;
	struct started *s;

	vec_each (struct started *, it, &h->started)
		if (strcmp(it->pair, pair) == 0)
			return (it);
	s = vec_push(a, &h->started);
	*s = (struct started){ .pair = pair, .names = { arena_printf(a, "%sa", pair), arena_printf(a, "%sb", pair) }, .at = at };
	return (s);
}

/* E=$(ifconfig epair create) && ifconfig $E name … && ifconfig ${E%a}b name …, as bastille(8) writes it: the ends under names of their own,
 * which no epair(4) has. Any other text as it is. */
static const char *
with_names(struct hooking *h, const char *text, struct span at)
{
	struct arena *a = h->old->arena;
	struct text out = { .arena = a };
	size_t n = strcspn(text, "=");
	const char *variable = arena_strndup(a, text, n), *rest = text + n + (text[n] == '='), *name;
	const char *const forms[] = { arena_printf(a, "${%s%%a}b", variable), arena_printf(a, "${%s}", variable), arena_printf(a, "$%s", variable) };

	rest += strncmp(rest, "$(", 2) == 0 ? 2 : 0;
	rest += strncmp(rest, "/sbin/", 6) == 0 ? 6 : 0;
	if (n == 0 || strncmp(rest, "ifconfig epair create)", 22) != 0)
		return (text);
	rest += 22 + strspn(rest + 22, " ;&");
	name = arena_printf(a, "epair%d", EPAIR_UNIT_MAX - h->old->any_units++);
	start_with(h, name, at)->any_unit = true;
	while (*rest != '\0') {
		size_t form = 0;

		while (form < 3 && strncmp(rest, forms[form], strlen(forms[form])) != 0)
			form++;
		if (form < 3)
			text_printf(&out, "%s%c", name, form == 0 ? 'b' : 'a');
		else
			text_addn(&out, rest, 1);
		rest += form < 3 ? strlen(forms[form]) : 1;
	}
	return (text_end(&out));
}

static void
take_apart(struct hooking *h)
{
	for (int hook = 0; hook < OLD_HOOKS; hook++)
		vec_each (const struct old_command *, c, &h->jail->hooks[hook]) {
			struct hook_line *line = vec_push(h->old->arena, &h->lines[hook]);

			line->whole = c;
			line->split = commands_split(h->old->arena, hook == OLD_PRESTART ? with_names(h, c->text, c->at) : c->text, &line->all);
		}
}

/* Epairs that the start creates */

static bool
creates(const struct hooking *h, const struct simple_command *c)
{
	char end;

	return (strcmp(command_tool(c), "ifconfig") == 0 && c->words.n > 2 && strcmp(c->words.v[2], "create") == 0 &&
	    epair_unit(arena_printf(h->old->arena, "%sa", c->words.v[1]), &end) >= 0);
}

static void
created(struct hooking *h, const struct simple_command *c, struct span at)
{
	const strings *w = &c->words;

	if (creates(h, c)) {
		start_with(h, w->v[1], at);
		return;
	}
	for (size_t k = 2; k + 1 < w->n && strcmp(command_tool(c), "ifconfig") == 0; k++)
		for (size_t i = 0; strcmp(w->v[k], "name") == 0 && i < h->started.n * 2; i++)
			if (strcmp(h->started.v[i / 2].names[i % 2], w->v[1]) == 0)
				h->started.v[i / 2].names[i % 2] = w->v[k + 1];
}

/* Into the host's stack, where the jail takes an end. One that is also created at boot is made then. */
static void
make_pair(struct hooking *h, struct started *s)
{
	if (!jail_takes(h->jail, s->names[0]) && !jail_takes(h->jail, s->names[1]))
		return;
	for (size_t k = 0; k < 2; k++) {
		const char *name = arena_printf(h->old->arena, "%s%c", s->pair, "ab"[k]);
		struct old_iface *i = old_iface_made(h->old, &h->old->host, name, s->at);

		if (i->way != NULL) {
			diag_add(h->old->diags, &rule_not_understood, s->at, "the start of another jail creates %s too", s->pair);
			s->not_ours = true;
			return;
		}
		i->way = i->cloned ? NULL : "prestart";
		i->cloned = true;
		i->any_unit = s->any_unit;
		if (strcmp(s->names[k], name) != 0)
			old_iface_renamed(&h->old->host, i, s->names[k], s->at);
	}
}

static void
pairs_created(struct hooking *h)
{
	vec_each (const struct hook_line *, line, &h->lines[OLD_PRESTART])
		vec_each (const struct simple_command *, c, &line->all)
			if (line->split)
				created(h, c, line->whole->at);
	vec_each (struct started *, s, &h->started)
		make_pair(h, s);
}

/* Commands about what the jail takes */

static struct old_iface *
by_way(struct hooking *h, const char *name, const char *way, const char *bridge, const char *uplink)
{
	struct old_iface *i = old_iface_made(h->old, &h->old->host, name, h->at);

	i->way = way;
	i->joins.bridge = bridge;
	i->joins.uplink = uplink;
	i->joins.as.at = h->at;
	return (i);
}

/* jib addm [-b BRIDGE] NAME IF…, jng bridge … */
static bool
by_tool(struct hooking *h, const strings *w, bool jib)
{
	const char *suffix = "bridge", *name;
	size_t i = 2;
	int n = 0;

	if (h->hook != OLD_PRESTART)
		return (w->n == 3 && str_in(w->v[1], (const char *const[]){ "destroy", "shutdown", NULL }));
	if (w->n < 4 || strcmp(w->v[1], jib ? "addm" : "bridge") != 0)
		return (false);
	if (strcmp(w->v[i], "-b") == 0 && w->n > 5) {
		suffix = w->v[i + 1];
		i += 2;
	}
	name = w->v[i++];
	for (; i < w->n; i++) {
		const char *uplink = w->v[i] + (w->v[i][0] == '!' || w->v[i][0] == '=');

		by_way(h, arena_printf(h->old->arena, jib ? "e%db_%s" : "ng%d_%s", n++, name), jib ? "jib" : "jng",
		    arena_printf(h->old->arena, "%s%s", uplink, suffix), uplink);
	}
	return (true);
}

/* ngctl's steps for an ng_bridge(4) without a NIC, as vnetc writes them: an interface made at a link of the bridge, then its name. */
static bool
by_ngctl(struct hooking *h, const strings *w)
{
	struct arena *a = h->old->arena;

	if (w->n > 4 && strcmp(w->v[1], "mkpeer") == 0 && strcmp(w->v[3], "eiface") == 0) {
		const char *bridge = arena_strndup(a, w->v[2], strcspn(w->v[2], ":"));

		by_way(h, arena_printf(a, "%s:%s", bridge, w->v[4]), "ngctl", bridge, NULL)->created = w->v[4];
		return (true);
	}
	if (w->n == 4 && strcmp(w->v[1], "name") == 0) {
		struct old_iface *i = old_iface(&h->old->host, w->v[2]);

		if (i != NULL)
			old_iface_renamed(&h->old->host, i, w->v[3], h->at);
		return (i != NULL);
	}
	return (w->n > 1 && str_in(w->v[1], (const char *const[]){ "info", "shutdown", "msg", NULL }));
}

/* A member's own end in the jail, where jib made it: e0a_NAME's is e0b_NAME. */
static struct old_iface *
member(const struct hooking *h, const char *name)
{
	size_t n = strcspn(name, "a");
	struct old_iface *i = of_jail(h, name);

	if (i == NULL && name[0] == 'e' && strncmp(name + n, "a_", 2) == 0)
		i = of_jail(h, arena_printf(h->old->arena, "%.*sb%s", (int)n, name, name + n + 1));
	return (i);
}

/* Does the command speak of members that are the jail's? */
static bool
about_members(const struct hooking *h, const strings *w)
{
	for (size_t i = 3; i < w->n; i++)
		if (member(h, w->v[i]) != NULL)
			return (true);
	return (false);
}

/* A NIC that joins a bridge by the way is a member from the boot on. */
static void
joins_too(struct hooking *h, const char *bridge, const char *name)
{
	struct old_iface *b = old_iface(&h->old->host, bridge);

	for (size_t i = 0; b != NULL && i < b->members.n; i++)
		if (strcmp(b->members.v[i].name, name) == 0)
			return;
	if (b != NULL)
		*vec_push(h->old->arena, &b->members) = (struct old_member){ .name = name, .at = h->at };
}

/* ifconfig BRIDGE addm epairNa WORDS, ifconfig BRIDGE ifuntagged e0a_NAME N stp e0a_NAME … */
static bool
joins(struct hooking *h, const strings *w)
{
	const char *bridge = w->v[1];
	struct old_iface *last = NULL;

	if (!about_members(h, w))
		return (false);
	for (size_t i = 2; i < w->n; i++) {
		const char *word = w->v[i], *value = i + 1 < w->n ? w->v[i + 1] : NULL;
		struct old_iface *m = value != NULL ? member(h, value) : NULL;

		if (strcmp(word, "up") == 0)
			continue;
		if (value == NULL)
			return (false);
		i++;
		if (strcmp(word, "addm") == 0) {
			if (m == NULL)
				joins_too(h, bridge, value);
			else
				m->joins.bridge = bridge;
			last = m;
		} else if (m != NULL && strcmp(word, "stp") == 0)
			m->joins.as.stp = true;
		else if (m != NULL && strcmp(word, "private") == 0)
			m->joins.as.private_ = true;
		else if (m != NULL && strcmp(word, "ifuntagged") == 0 && i + 1 < w->n)
			m->joins.as.untagged = atoi(w->v[++i]);
		else if (last != NULL && strcmp(word, "untagged") == 0)
			last->joins.as.untagged = atoi(value);
		else if (last == NULL || strcmp(word, "tagged") != 0 || !old_vlan_list(h->old->arena, &last->joins.as, value))
			return (false);
		if (m != NULL)
			m->joins.as.at = h->at;
	}
	return (true);
}

/* A bridge that the start creates: from the boot on it is there for all jails. */
static struct old_iface *
bridge_of_start(struct hooking *h, const strings *w)
{
	struct old_iface *i = old_iface(&h->old->host, w->v[1]);
	int unit;

	if (strcmp(w->v[2], "create") == 0 && h->hook == OLD_PRESTART && cloner_of(w->v[1], &unit)->kind == IF_BRIDGE && unit >= 0) {
		i = old_iface_made(h->old, &h->old->host, w->v[1], h->at);
		if (!i->cloned)
			i->way = "prestart";
		i->cloned = true;
	}
	return (i != NULL && i->way != NULL && cloner_of(i->created, &unit)->kind == IF_BRIDGE ? i : NULL);
}

/* The words of a command but for what was looked at before: create, and what it is called. */
static strings
own_words(struct hooking *h, const strings *w)
{
	strings words = { 0 };

	for (size_t i = 2; i < w->n; i++)
		if (strcmp(w->v[i], "name") == 0 && i + 1 < w->n)
			i++;
		else if (i > 2 || strcmp(w->v[i], "create") != 0)
			*vec_push(h->old->arena, &words) = w->v[i];
	return (words);
}

/* ifconfig epairN create · epairNa WORDS up · BRIDGE addm epairNa … · BRIDGE deletem epairNa · epairNa destroy. */
static bool
by_ifconfig(struct hooking *h, const struct simple_command *c)
{
	const strings *w = &c->words;
	struct shell_set place = { .at = h->at, .value_at = h->at };
	struct old_iface *i;
	strings words;

	if (w->n < 3)
		return (false);
	i = member(h, creates(h, c) ? arena_printf(h->old->arena, "%sa", w->v[1]) : w->v[1]);
	if (strcmp(w->v[2], "-vnet") == 0)
		return (h->hook == OLD_PRESTOP || i != NULL);
	if (i == NULL && w->n == 4 && strcmp(w->v[2], "deletem") == 0)
		return (member(h, w->v[3]) != NULL);
	if (i == NULL && h->hook == OLD_PRESTART && joins(h, w))
		return (true);
	if (i == NULL)
		i = bridge_of_start(h, w);
	if (i == NULL)
		return (false);
	if (w->n == 3 && str_in(w->v[2], (const char *const[]){ "destroy", "down", NULL }))
		return (true);
	words = own_words(h, w);
	return (h->hook == OLD_PRESTART && old_ifconfig_command(h->old, i, &place, &words));
}

/* Does a way lead over an epair that the jail's start makes? */
static bool
leads_over(const struct hooking *h, const struct inaddr *via)
{
	vec_each (struct old_iface *const *, i, &h->old->host.ifaces)
		for (size_t k = 0; k < (*i)->addresses.n && of_jail(h, (*i)->created) != NULL; k++) {
			const struct old_address *a = &(*i)->addresses.v[k];
			struct prefix p = { a->addr, a->len };

			if (a->len >= 0 && a->addr.family == via->family && prefix_has(&p, via))
				return (true);
		}
	return (false);
}

/* route [-q] [-n] add WORDS; at stop its deletion, for it goes with the interface. */
static bool
by_route(struct hooking *h, const strings *w)
{
	struct arena *a = h->old->arena;
	struct old_route route = { .at = h->at, .starts = h->jail };
	bool inet6 = false, add = h->hook == OLD_PRESTART;
	strings rest = { 0 };
	size_t i = 1;

	while (i < w->n && str_in(w->v[i], (const char *const[]){ "-q", "-n", NULL }))
		i++;
	if (i >= w->n || strcmp(w->v[i], add ? "add" : "delete") != 0)
		return (false);
	while (++i < w->n) {
		inet6 |= str_in(w->v[i], (const char *const[]){ "-6", "-inet6", NULL }) || strchr(w->v[i], ':') != NULL;
		if (!str_in(w->v[i], (const char *const[]){ "-4", "-6", NULL }))
			*vec_push(a, &rest) = w->v[i];
	}
	if (rest.n > 1 && strcmp(rest.v[rest.n - 2], "default") == 0)
		return (add && inaddr_parse(arena_strndup(a, rest.v[rest.n - 1], strcspn(rest.v[rest.n - 1], "%")), &route.via) &&
		    (inaddr_is_link_local(&route.via) || leads_over(h, &route.via)) &&
		    old_default_route(a, &h->old->host, rest.v[rest.n - 1], h->at));
	if (!old_route_words(a, &rest, inet6, &route))
		return (false);
	if (!add) {
		vec_each (const struct prefix *, p, &h->routed)
			if (prefix_equal(p, &route.to))
				return (true);
		return (false);
	}
	if (route.iface != NULL ? of_jail(h, route.iface) == NULL || !old_peer(h->old, &h->old->host, &route) : !leads_over(h, &route.via))
		return (false);
	if (route.iface == NULL)
		*vec_push(a, &h->old->host.routes) = route;
	*vec_push(a, &h->routed) = route.to;
	return (true);
}

/* One of the commands that vnetc writes, or a plain form of them. */
static bool
take_simple(struct hooking *h, const struct simple_command *c)
{
	const char *tool = command_tool(c);
	const strings *w = &c->words;

	/* sh jib addm …: the example is not executable where it lies. */
	if (strcmp(tool, "sh") == 0 && w->n > 2 && strchr(w->v[1], '/') != NULL) {
		struct simple_command inner = { c->text, { w->n - 1, w->n - 1, w->v + 1 } };

		return (take_simple(h, &inner));
	}
	if (strcmp(tool, "jib") == 0 || strcmp(tool, "jng") == 0)
		return (by_tool(h, w, strcmp(tool, "jib") == 0));
	if (strcmp(tool, "ngctl") == 0)
		return (by_ngctl(h, w));
	if (h->hook == OLD_PRESTOP && strcmp(tool, "jexec") == 0 && w->n > 3)
		return (strstr(c->text, "/etc/rc.shutdown") != NULL || (w->n == 6 && strcmp(w->v[4], "name") == 0 && strstr(w->v[2], "ifconfig") != NULL));
	return ((strcmp(tool, "ifconfig") == 0 && by_ifconfig(h, c)) || (strcmp(tool, "route") == 0 && by_route(h, w)));
}

/* What of a line is none of vnetc's; all of it as it was written. */
static void
take_line(struct hooking *h, const struct hook_line *line, old_commands *left)
{
	struct simple_command whole = { line->whole->text, old_words(h->old->arena, line->whole->text, " \t") };
	strings kept = { 0 };

	h->at = line->whole->at;
	vec_each (const struct simple_command *, c, &line->all)
		if (line->split && !take_simple(h, c))
			*vec_push(h->old->arena, &kept) = c->text;
	/* Of those that take a shell only ngctl's are ours. */
	if (!line->split && whole.words.n > 0 && strcmp(command_tool(&whole), "ngctl") == 0 && by_ngctl(h, &whole.words))
		return;
	if (!line->split || kept.n == line->all.n)
		*vec_push(h->old->arena, left) = *line->whole;
	else
		vec_each (const char *const *, text, &kept)
			*vec_push(h->old->arena, left) = (struct old_command){ .text = *text, .at = h->at };
}

void
old_hooks(struct old_host *old, struct old_jail *jail)
{
	struct hooking h = { .old = old, .jail = jail };

	if (!jail->vnet)
		return;
	take_apart(&h);
	pairs_created(&h);
	for (int hook = 0; hook < OLD_HOOKS; hook++) {
		old_commands left = { 0 };

		h.hook = (enum old_hook)hook;
		if (hook == OLD_POSTSTART)
			continue;
		vec_each (const struct hook_line *, line, &h.lines[hook])
			take_line(&h, line, &left);
		jail->hooks[hook] = left;
	}
}
