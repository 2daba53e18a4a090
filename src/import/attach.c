/* SPDX-License-Identifier: BSD-2-Clause */
/* How a vnet jail's interfaces come to be: static epairs, jib, jng, commands (freebsd.md 4, 5.3). The commands that vnetc writes itself are
 * taken out of its hooks; what remains is the administrator's own. */
#include <stdlib.h>
#include <string.h>

#include "import/commands.h"
#include "import/draft.h"
#include "rules/rules.h"

/* What commands make for one jail, while its interfaces are looked at. */
struct made {
	const char *name, *renamed;     /* renamed: NULL: it keeps its name */
	const char *bridge, *attach, *mac_b, *description;
	bool stp, private_;
	bool any_unit;                  /* ifconfig chose it; the name's is none that there is */
	int untagged, unit, mtu;
	strings groups, options;
};
struct attaching { struct draft *d; const struct old_jail *old; struct draft_jail *jail; VEC(struct made) made; int any_units; };

int
epair_unit(const char *name, char *end)
{
	size_t n = strlen(name);
	char *stop;
	long unit;

	if (n < 7 || strncmp(name, "epair", 5) != 0 || name[5] < '0' || name[5] > '9')
		return (-1);
	unit = strtol(name + 5, &stop, 10);
	if (unit > EPAIR_UNIT_MAX || (*stop != 'a' && *stop != 'b') || stop[1] != '\0')
		return (-1);
	*end = *stop;
	return ((int)unit);
}

static struct made *
made_of(struct attaching *t, const char *name)
{
	struct made *m;

	vec_each (struct made *, it, &t->made)
		if (strcmp(it->name, name) == 0)
			return (it);
	m = vec_push(t->d->arena, &t->made);
	*m = (struct made){ .name = name, .unit = -1 };
	return (m);
}

/* jib addm [-b BRIDGE] NAME IF…, jng bridge … */
static bool
by_tool(struct attaching *t, const strings *w, bool jib)
{
	size_t i = 2;
	const char *suffix = "bridge", *name;
	int n = 0;

	if (w->n < 4 || strcmp(w->v[1], jib ? "addm" : "bridge") != 0)
		return (false);
	if (strcmp(w->v[i], "-b") == 0 && w->n > 5) {
		suffix = w->v[i + 1];
		i += 2;
	}
	name = w->v[i++];
	for (; i < w->n; i++) {
		const char *uplink = w->v[i] + (w->v[i][0] == '!' || w->v[i][0] == '=');
		struct made *m = made_of(t, arena_printf(t->d->arena, jib ? "e%db_%s" : "ng%d_%s", n++, name));
		const char *key = arena_printf(t->d->arena, "%s%s", uplink, suffix);

		m->bridge = key;
		m->attach = jib ? "jib" : "jng";
		if (draft_interface(t->d, uplink) == NULL)
			draft_interface_new(t->d, uplink);
		if (draft_bridge(t->d, key) == NULL) {
			struct draft_member member = { .name = uplink };
			struct draft_bridge *b = draft_bridge_new(t->d, key);

			b->netgraph = !jib;
			*vec_push(t->d->arena, &b->members) = member;
			conclude(t->d, t->old->at, "%s is made by %s when the first jail starts: a bridge with %s as member", key, jib ? "jib" : "jng", uplink);
		}
	}
	return (true);
}

/* ifconfig BRIDGE ifuntagged e0a_NAME N stp e0a_NAME …: what jib does not do for its member. */
static bool
member_words(struct attaching *t, const strings *w)
{
	for (size_t i = 2; i + 1 < w->n; i += 2) {
		const char *word = w->v[i], *member = w->v[i + 1];
		struct made *m = strncmp(member, "e", 1) == 0 && strstr(member, "a_") != NULL ? made_of(t, arena_printf(t->d->arena, "%.*sb%s",
		    (int)strcspn(member, "a"), member, member + strcspn(member, "a") + 1)) : NULL;

		if (m == NULL || m->attach == NULL)
			return (false);
		if (strcmp(word, "stp") == 0)
			m->stp = true;
		else if (strcmp(word, "private") == 0)
			m->private_ = true;
		else if (strcmp(word, "ifuntagged") == 0 && i + 2 < w->n)
			m->untagged = atoi(w->v[i++ + 2]);
		else
			return (false);
	}
	return (true);
}

/* ether, mtu, group, name, options, up, from the word at number i on. */
static bool
end_words(struct attaching *t, struct made *m, const strings *w, size_t i)
{
	for (; i < w->n; i++) {
		const char *word = w->v[i], *value = i + 1 < w->n ? w->v[i + 1] : NULL;

		if (old_option_word(word))
			*vec_push(t->d->arena, &m->options) = word;
		else if (str_in(word, (const char *const[]){ "up", "-alias", "0.0.0.0", NULL }))
			continue;
		else if (value == NULL)
			return (false);
		else if (i++, strcmp(word, "ether") == 0 || strcmp(word, "link") == 0)
			m->mac_b = value;
		else if (strcmp(word, "name") == 0)
			m->renamed = value;
		else if (strcmp(word, "mtu") == 0)
			m->mtu = atoi(value);
		else if (strcmp(word, "group") == 0)
			*vec_push(t->d->arena, &m->groups) = value;
		else if (strncmp(word, "descr", 5) == 0)
			m->description = value;
		else
			return (false);
	}
	return (true);
}

/* ifconfig epairN create WORDS: they are the a end's. */
static bool
pair_made(struct attaching *t, const strings *w)
{
	for (char end = 'b'; end >= 'a'; end--) {
		struct made *m = made_of(t, arena_printf(t->d->arena, "%s%c", w->v[1], end));

		m->attach = "prestart";
		m->unit = epair_unit(m->name, &(char){ 0 });
		if (end == 'a')
			return (end_words(t, m, w, 3));
	}
	return (false);
}

/* ifconfig BRIDGE addm epairNa WORDS. */
static bool
pair_joins(struct attaching *t, const strings *w)
{
	struct made *m = NULL;
	char end;

	for (size_t i = 2; i < w->n; i++) {
		const char *word = w->v[i], *value = i + 1 < w->n ? w->v[i + 1] : NULL;

		if (strcmp(word, "up") == 0)
			continue;
		if (value == NULL)
			return (false);
		if (strcmp(word, "addm") == 0 && epair_unit(value, &end) >= 0) {
			m = made_of(t, value);
			m->bridge = w->v[1];
		} else if (m != NULL && strcmp(word, "untagged") == 0)
			m->untagged = atoi(value);
		else if (m != NULL && strcmp(word, "stp") == 0 && strcmp(value, m->name) == 0)
			m->stp = true;
		else if (m != NULL && strcmp(word, "private") == 0 && strcmp(value, m->name) == 0)
			m->private_ = true;
		else
			return (false);
		i++;
	}
	return (m != NULL);
}

/* What a command renamed, by the name that it was made by. */
static strings
first_names(struct attaching *t, const strings *w)
{
	strings out = { 0 };

	for (size_t i = 0; i < w->n; i++) {
		const char *word = w->v[i];

		vec_each (const struct made *, m, &t->made)
			if (i > 0 && m->renamed != NULL && strcmp(m->renamed, word) == 0)
				word = m->name;
		*vec_push(t->d->arena, &out) = word;
	}
	return (out);
}

/* ifconfig epairN create · epairNa WORDS up · BRIDGE addm epairNa … · BRIDGE deletem epairNa · epairNa destroy. */
static bool
by_ifconfig(struct attaching *t, const strings *words)
{
	const strings plain = first_names(t, words), *w = &plain;
	const char *name = w->n > 1 ? w->v[1] : "";
	char end;
	int unit = epair_unit(name, &end);

	if (w->n < 3)
		return (false);
	if (strcmp(w->v[2], "create") == 0 && epair_unit(arena_printf(t->d->arena, "%sa", name), &end) >= 0)
		return (pair_made(t, w));
	if (unit >= 0 && w->n == 3 && str_in(w->v[2], (const char *const[]){ "destroy", "down", NULL }))
		return (true);
	if (unit >= 0 && strcmp(w->v[2], "-vnet") == 0)
		return (true);
	if (w->n == 4 && strcmp(w->v[2], "deletem") == 0 && epair_unit(w->v[3], &end) >= 0)
		return (true);
	if (w->n >= 4 && strcmp(w->v[2], "addm") == 0 && epair_unit(w->v[3], &end) >= 0)
		return (pair_joins(t, w));
	if (unit < 0 && w->n >= 4 && draft_bridge(t->d, name) != NULL)
		return (member_words(t, w));
	if (unit < 0 && strncmp(name, "ng", 2) != 0 && strncmp(name, "e0a_", 4) != 0)
		return (false);
	return (end_words(t, made_of(t, unit < 0 && name[0] == 'e' ? arena_printf(t->d->arena, "e0b_%s", name + 4) : name), w, 2));
}

/* ngctl's steps for an ng_bridge(4) without a NIC, as vnetc writes them. */
static bool
by_ngctl(struct attaching *t, const strings *w)
{
	if (w->n > 4 && strcmp(w->v[1], "mkpeer") == 0 && strcmp(w->v[3], "eiface") == 0) {
		const char *key = arena_strndup(t->d->arena, w->v[2], strcspn(w->v[2], ":"));

		if (draft_bridge(t->d, key) == NULL)
			draft_bridge_new(t->d, key)->netgraph = true;
		made_of(t, arena_printf(t->d->arena, "ng? %s %s", key, w->v[4]))->bridge = key;
		return (true);
	}
	if (w->n == 4 && strcmp(w->v[1], "name") == 0) {
		const char *hook = strchr(w->v[2], ':');
		struct made *m;

		if (hook == NULL)
			return (false);
		m = made_of(t, arena_printf(t->d->arena, "ng? %.*s %s", (int)(hook - w->v[2]), w->v[2], hook + 1));
		m->name = w->v[3];
		m->attach = "ngctl";
		return (true);
	}
	return (w->n > 1 && str_in(w->v[1], (const char *const[]){ "info", "shutdown", "msg", NULL }));
}

/* One of the commands that vnetc writes, or a plain form of them. */
static bool
take_simple(struct attaching *t, const struct simple_command *c, enum old_hook hook)
{
	const char *tool = command_tool(c);
	const strings *w = &c->words;

	/* sh jib addm …: the example is not executable where it lies. */
	if (strcmp(tool, "sh") == 0 && w->n > 2 && strchr(w->v[1], '/') != NULL) {
		struct simple_command inner = { c->text, { w->n - 1, w->n - 1, w->v + 1 } };

		return (take_simple(t, &inner, hook));
	}
	if (strcmp(tool, "jib") == 0 || strcmp(tool, "jng") == 0)
		return (hook == OLD_PRESTART ? by_tool(t, w, strcmp(tool, "jib") == 0)
					     : w->n == 3 && str_in(w->v[1], (const char *const[]) { "destroy", "shutdown", NULL }));
	if (strcmp(tool, "ngctl") == 0)
		return (by_ngctl(t, w));
	if (hook == OLD_PRESTOP && strcmp(tool, "jexec") == 0 && w->n > 3)
		return (strstr(c->text, "/etc/rc.shutdown") != NULL || (w->n == 6 && strcmp(w->v[4], "name") == 0 && strstr(w->v[2], "ifconfig") != NULL));
	if (hook == OLD_PRESTOP && strcmp(tool, "ifconfig") == 0 && w->n >= 3 && strcmp(w->v[2], "-vnet") == 0)
		return (true);
	return (strcmp(tool, "ifconfig") == 0 && by_ifconfig(t, w));
}

/* E=$(ifconfig epair create) && ifconfig $E name … && ifconfig ${E%a}b name …, as bastille(8) writes it: the ends under names of their own,
 * which no epair(4) has. Any other text as it is. */
static const char *
with_names(struct attaching *t, const char *text)
{
	struct arena *a = t->d->arena;
	struct text out = { .arena = a };
	size_t n = strcspn(text, "=");
	const char *variable = arena_strndup(a, text, n), *rest = text + n + (text[n] == '='), *name;
	const char *const forms[] = { arena_printf(a, "${%s%%a}b", variable), arena_printf(a, "${%s}", variable), arena_printf(a, "$%s", variable) };

	rest += strncmp(rest, "$(", 2) == 0 ? 2 : 0;
	rest += strncmp(rest, "/sbin/", 6) == 0 ? 6 : 0;
	if (n == 0 || strncmp(rest, "ifconfig epair create)", 22) != 0)
		return (text);
	rest += 22 + strspn(rest + 22, " ;&");
	name = arena_printf(a, "epair%d", EPAIR_UNIT_MAX - t->any_units++);
	for (char end = 'a'; end <= 'b'; end++) {
		struct made *m = made_of(t, arena_printf(a, "%s%c", name, end));

		m->attach = "prestart";
		m->any_unit = true;
	}
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

/* A line of a hook, command by command; what is none of vnetc's stays, each command a line of its own. */
static void
take_command(struct attaching *t, struct old_command *c, enum old_hook hook)
{
	simple_commands all;
	strings left = { 0 };

	if (!commands_split(t->d->arena, hook == OLD_PRESTART ? with_names(t, c->text) : c->text, &all)) {
		struct simple_command whole = { c->text, old_words(t->d->arena, c->text, " \t") };

		/* Of those that take a shell only ngctl's are ours. */
		c->taken = whole.words.n > 0 && strcmp(command_tool(&whole), "ngctl") == 0 && by_ngctl(t, &whole.words);
		if (!c->taken)
			*vec_push(t->d->arena, &t->jail->exec[hook]) = c->text;
		return;
	}
	vec_each (const struct simple_command *, one, &all)
		if (hook == OLD_POSTSTART || !take_simple(t, one, hook))
			*vec_push(t->d->arena, &left) = one->text;
	c->taken = left.n == 0;
	if (left.n == all.n)
		*vec_push(t->d->arena, &t->jail->exec[hook]) = c->text;
	else
		vec_each (const char *const *, text, &left)
			*vec_push(t->d->arena, &t->jail->exec[hook]) = *text;
}

static void
commands(struct attaching *t)
{
	for (int hook = 0; hook < OLD_HOOKS; hook++)
		for (size_t i = 0; i < t->old->hooks[hook].n; i++)
			take_command(t, &t->old->hooks[hook].v[i], (enum old_hook)hook);
}

/* What vnetc wrote of a classic jail are the administrator's own commands. */
static void
own_hooks(struct attaching *t)
{
	for (int hook = 0; hook < OLD_HOOKS && t->old->by_vnetc; hook++)
		vec_each (const struct old_command *, c, &t->old->hooks[hook])
			*vec_push(t->d->arena, &t->jail->exec[hook]) = c->text;
}

/* Where the other end of an epair is. */
struct other { struct draft_bridge *bridge; const struct old_member *member; const struct old_jail *jail; const struct old_iface *host; };

static const char *
other_end(struct draft *d, const struct old_iface *made, const char *name)
{
	const char *created = made != NULL ? made->created : name;
	char end;
	const struct old_iface *peer;
	const char *text;

	if (epair_unit(created, &end) < 0)
		return (NULL);
	text = arena_printf(d->arena, "%.*s%c", (int)strlen(created) - 1, created, end == 'a' ? 'b' : 'a');
	peer = old_iface(&d->old->host, text);
	return (peer != NULL ? peer->name : text);
}

static struct other
find_other(struct draft *d, const char *name)
{
	struct other o = { 0 };

	vec_each (struct draft_bridge *const *, b, &d->bridges)
		for (size_t i = 0; (*b)->old != NULL && i < (*b)->old->members.n; i++)
			if (strcmp((*b)->old->members.v[i].name, name) == 0) {
				o.bridge = *b;
				o.member = &(*b)->old->members.v[i];
			}
	vec_each (struct old_jail *const *, j, &d->old->jails)
		vec_each (const struct old_name *, n, &(*j)->interfaces)
			if (strcmp(n->name, name) == 0)
				o.jail = *j;
	o.host = old_iface(&d->old->host, name);
	return (o);
}

/* KEYa and KEYb: a cable that was named. */
static const char *
cable_key(struct draft *d, const char *name, const char *other)
{
	size_t n = strlen(name);
	char end;

	if (epair_unit(name, &end) >= 0)
		return (arena_strndup(d->arena, name, n - 1));
	return (n > 1 && strlen(other) == n && strncmp(name, other, n - 1) == 0 ? arena_strndup(d->arena, name, n - 1) : NULL);
}

static struct draft_cable *
find_cable(struct draft *d, const char *key)
{
	vec_each (struct draft_cable *const *, c, &d->cables)
		if (strcmp((*c)->key, key) == 0)
			return (*c);
	return (NULL);
}

/* Copies what a jail's item says to its cable's end. */
static void
into_cable(struct attaching *t, struct draft_iface *item, const char *name, const char *other_name, const struct other *o)
{
	struct draft *d = t->d;
	const char *key = cable_key(d, name, other_name);
	const char *created = item->made != NULL ? item->made->created : name;
	bool is_a = created[strlen(created) - 1] == 'a';
	struct draft_cable *c;
	struct draft_iface *mine, *theirs;
	char end;

	if (key == NULL)
		key = arena_strndup(d->arena, created, strlen(created) - 1);
	if ((c = find_cable(d, key)) == NULL) {
		c = NEW(d->arena, struct draft_cable);
		c->key = key;
		c->unit = epair_unit(created, &end);
		c->link = draft_link_new(d, key, NULL, 0);
		*vec_push(d->arena, &d->cables) = c;
	}
	mine = is_a ? &c->a : &c->b;
	theirs = is_a ? &c->b : &c->a;
	*mine = *item;
	mine->jail = t->jail->node.name;
	mine->in_cable = true;
	mine->link = c->link;
	draft_stand(d, c->link, &t->jail->node, mine, NULL, &mine->addresses);
	if (o->bridge != NULL) {
		theirs->bridge = o->bridge->key;
		theirs->stp = o->member->stp;
		theirs->private_ = o->member->private_;
		if (o->host != NULL)
			draft_take(d, theirs, o->host);
		mine->link = theirs->link = o->bridge->links.v[0];
	} else if (o->jail == NULL) {
		theirs->host = true;
		theirs->made = theirs->old = o->host;
		if (o->host != NULL) {
			draft_take(d, theirs, o->host);
			draft_take_addresses(d, &theirs->addresses, o->host);
		}
		theirs->link = c->link;
		draft_stand(d, c->link, &d->host, theirs, NULL, &theirs->addresses);
	}
	/* The place in the jail's list is kept by naming the cable there. */
	*item = (struct draft_iface){ .epair = key, .unit = -1, .in_cable = true };
}

static void
vlans_inside(struct attaching *t, struct draft_iface *item)
{
	vec_each (struct old_iface *const *, i, &t->old->stack.ifaces) {
		struct draft_iface *vlan;

		if ((*i)->parent == NULL || item->old == NULL || strcmp((*i)->parent, item->old->name) != 0)
			continue;
		vlan = NEW(t->d->arena, struct draft_iface);
		vlan->unit = -1;
		vlan->tag = (*i)->tag;
		draft_take(t->d, vlan, *i);
		draft_take_addresses(t->d, &vlan->addresses, *i);
		if (strcmp((*i)->name, arena_printf(t->d->arena, "%s.%d", item->old->name, vlan->tag)) != 0)
			vlan->name = (*i)->name;
		*vec_push(t->d->arena, &item->vlans) = vlan;
		vlan->link = draft_link_new(t->d, arena_printf(t->d->arena, "%s/%d", item->bridge != NULL ? item->bridge : item->old->name, vlan->tag), NULL, vlan->tag);
		draft_stand(t->d, vlan->link, &t->jail->node, vlan, NULL, &vlan->addresses);
	}
}

static void
on_bridge(struct attaching *t, struct draft_iface *item, struct draft_bridge *b)
{
	item->bridge = b->key;
	item->link = draft_vlan_link(t->d, b, b->vlan_filtering ? item->untagged : 0);
	draft_stand(t->d, item->link, &t->jail->node, item, NULL, &item->addresses);
	/* The VLAN follows from the subnet. */
	if (b->vlan_filtering)
		item->untagged = 0;
}

static void
one_interface(struct attaching *t, const struct old_name *name)
{
	struct draft *d = t->d;
	struct draft_iface *item = NEW(d->arena, struct draft_iface);
	const char *other_name;
	struct other o = { 0 };
	const struct made *made = NULL;
	const char *first = name->name;
	char end = 'b';

	item->unit = -1;
	item->made = old_iface(&d->old->host, name->name);
	item->old = old_iface(&t->old->stack, name->name);
	if (item->old != NULL) {
		draft_take(d, item, item->old);
		draft_take_addresses(d, &item->addresses, item->old);
		if (strcmp(item->old->name, name->name) != 0)
			item->name = item->old->name;
	}
	if (item->mac == NULL && item->made != NULL && item->made->has_mac) {
		char ether[ETHER_TEXT];

		item->mac = arena_strdup(d->arena, ether_text(&item->made->mac, ether));
	}
	vec_each (const struct made *, m, &t->made)
		if (m->attach != NULL && strcmp(m->renamed != NULL ? m->renamed : m->name, name->name) == 0)
			made = m;
	if (made != NULL)
		first = made->name;
	if (made != NULL && made->renamed != NULL && item->name == NULL)
		item->name = made->renamed;
	*vec_push(d->arena, &t->jail->ifaces) = item;
	other_name = other_end(d, item->made, first);
	if (made != NULL && made->bridge == NULL && other_name != NULL)
		vec_each (const struct made *, m, &t->made)
			if (strcmp(m->name, other_name) == 0 && m->bridge != NULL) {
				item->stp = m->stp;
				item->private_ = m->private_;
				item->untagged = m->untagged;
				if (item->description == NULL)
					item->description = m->description;
				if (item->mtu == 0)
					item->mtu = m->mtu;
				if (m->renamed != NULL || m->mac_b != NULL)
					conclude(d, name->at, "the host's end of %s keeps neither the name nor the MAC address that commands give it", name->name);
				o.bridge = draft_bridge(d, m->bridge);
				if (o.bridge == NULL)
					diag_add(d->diags, &rule_unknown_name, t->old->at, "no bridge called %s", m->bridge);
			}
	if (made != NULL) {
		item->unit = epair_unit(first, &end);
		if (made->any_unit)
			item->unit = -1;
		item->attach = str_in(made->attach, (const char *const[]){ "jng", "ngctl", NULL }) ? NULL : made->attach;
		item->mac = made->mac_b;
		if (item->mtu == 0)
			item->mtu = made->mtu;
		item->stp |= made->stp;
		item->private_ |= made->private_;
		if (item->untagged == 0)
			item->untagged = made->untagged;
		if (item->groups.n == 0)
			item->groups = made->groups;
		if (item->options.n == 0)
			item->options = made->options;
		if (item->description == NULL)
			item->description = made->description;
		if (o.bridge == NULL && made->bridge != NULL)
			o.bridge = draft_bridge(d, made->bridge);
		if (end == 'a')
			item->end = "a";
		if (o.bridge != NULL)
			on_bridge(t, item, o.bridge);
	} else if (other_name != NULL) {
		o = find_other(d, other_name);
		if (item->made == NULL || !item->made->cloned)
			diag_add(d->diags, &rule_not_understood, name->at, "nothing that vnetc import understands creates %s of %s: where its other end is, is not known",
			    name->name, t->jail->node.name);
		item->unit = epair_unit(item->made != NULL ? item->made->created : name->name, &end);
		if (o.bridge != NULL && item->made != NULL && strcmp(item->made->name, item->made->created) != 0) {
			into_cable(t, item, name->name, other_name, &o);
			return;
		}
		if (o.bridge == NULL) {
			into_cable(t, item, name->name, other_name, &o);
			return;
		}
		item->stp = o.member->stp;
		item->private_ = o.member->private_;
		item->untagged = o.member->untagged;
		vec_each (const int *, tag, &o.member->tagged)
			*vec_push(d->arena, &item->tagged) = *tag;
		if (end == 'a')
			item->end = "a";
		on_bridge(t, item, o.bridge);
	} else {
		item->interface = name->name;
		/* A card that the host's own files do not speak of. */
		if (draft_interface(d, name->name) == NULL && strchr(name->name, '.') == NULL)
			draft_interface_new(d, name->name);
		item->link = draft_link_new(d, name->name, NULL, 0);
		item->link->has_nic = true;
		draft_stand(d, item->link, &t->jail->node, item, NULL, &item->addresses);
	}
	vlans_inside(t, item);
}

/* wg0, gif0, lo1: what the jail makes for itself. */
static void
made_inside(struct attaching *t)
{
	VEC(struct draft_iface *) all = { 0 };
	size_t k = 0;

	/* Between those that the jail is given, where its rc.conf configures it. */
	vec_each (struct old_iface *const *, i, &t->old->stack.ifaces) {
		struct draft_iface *item;

		if (!(*i)->cloned || (*i)->parent != NULL)
			continue;
		for (; k < t->jail->ifaces.n; k++) {
			const struct old_iface *own = old_iface(&t->old->stack, t->old->interfaces.v[k].name);

			if (own != NULL && given(&own->up_at) && given(&(*i)->up_at) && span_compare(&(*i)->up_at, &own->up_at) < 0)
				break;
			*vec_push(t->d->arena, &all) = t->jail->ifaces.v[k];
		}
		item = NEW(t->d->arena, struct draft_iface);
		item->unit = -1;
		item->interface = (*i)->created;
		item->old = *i;
		if (strcmp((*i)->name, (*i)->created) != 0)
			item->name = (*i)->name;
		draft_take(t->d, item, *i);
		draft_take_addresses(t->d, &item->addresses, *i);
		*vec_push(t->d->arena, &all) = item;
		item->link = draft_link_new(t->d, (*i)->name, NULL, 0);
		draft_stand(t->d, item->link, &t->jail->node, item, NULL, &item->addresses);
	}
	for (; k < t->jail->ifaces.n; k++)
		*vec_push(t->d->arena, &all) = t->jail->ifaces.v[k];
	t->jail->ifaces.n = 0;
	vec_each (struct draft_iface *const *, i, &all)
		*vec_push(t->d->arena, &t->jail->ifaces) = *i;
}

/* Interfaces that the jail's rc.conf configures but the jail does not get: the most common mistake (freebsd.md 6.23). */
static void
not_given(struct attaching *t)
{
	vec_each (struct old_iface *const *, i, &t->old->stack.ifaces) {
		bool known = strcmp((*i)->name, "lo0") == 0 || (*i)->cloned || (*i)->parent != NULL || !((*i)->configured || (*i)->inet6_main);
		struct diag *d;

		vec_each (const struct old_name *, n, &t->old->interfaces)
			known |= old_iface(&t->old->stack, n->name) == *i || strcmp(n->name, (*i)->name) == 0;
		if (known)
			continue;
		d = diag_add(t->d->diags, &rule_interface_not_in_jail, (*i)->at, "%s configures %s, which it does not get", t->jail->node.name, (*i)->name);
		if (t->old->interfaces.n > 0)
			diag_note(t->d->diags, d, t->old->interfaces.v[0].at, "it gets %s", t->old->interfaces.v[0].name);
	}
}

void
draft_vnet_jails(struct draft *d)
{
	for (size_t k = 0; k < d->jails.n; k++) {
		struct attaching t = { .d = d, .jail = d->jails.v[k], .old = d->jails.v[k]->old };
		const char *attach = NULL;
		bool all = true;

		if (!t.old->vnet) {
			own_hooks(&t);
			continue;
		}
		commands(&t);
		vec_each (const struct old_name *, n, &t.old->interfaces)
			one_interface(&t, n);
		made_inside(&t);
		not_given(&t);
		/* One way for all its interfaces is said once. */
		vec_each (struct draft_iface *const *, i, &t.jail->ifaces) {
			/* A cable cannot be made by jib. */
			if ((*i)->bridge == NULL) {
				all &= !(*i)->in_cable;
				continue;
			}
			all &= (*i)->attach != NULL && (attach == NULL || strcmp(attach, (*i)->attach) == 0);
			attach = (*i)->attach != NULL ? (*i)->attach : attach;
		}
		if (attach == NULL || !all)
			continue;
		t.jail->attach = attach;
		vec_each (struct draft_iface *const *, i, &t.jail->ifaces)
			(*i)->attach = NULL;
	}
}
