/* SPDX-License-Identifier: BSD-2-Clause */
/* What of other programs names an interface whose addresses a conversion has moved, or an address that the host has no more. */
#include <ctype.h>
#include <string.h>

#include "import/draft.h"

static bool
of_a_word(char c)
{
	return (isalnum((unsigned char)c) || c == '.' || c == '_' || c == ':');
}

/* Does a word stand in the text, by itself? */
static bool
names(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++)
		if (memcmp(text + i, word, n) == 0 && (i == 0 || !of_a_word(text[i - 1])) &&
		    (i + n == len || !of_a_word(text[i + n]) || (text[i + n] == ':' && isalpha((unsigned char)text[i + n + 1]))))
			return (true);
	return (false);
}

static void
told(struct draft *d, struct span at, const char *text)
{
	*vec_push(d->arena, &d->by_hand) = (struct by_hand){ at, text };
}

/* The host has no more what a converted jail has taken along. */
static void
taken_along(struct draft *d, struct span at, const char *line, size_t len)
{
	vec_each (struct draft_jail *const *, j, &d->jails)
		for (size_t i = 0; (*j)->stays == NULL && i < (*j)->old->ip.n; i++) {
			const char *addr = inaddr_str(d->arena, &(*j)->old->ip.v[i].addr);

			if (!inaddr_is_loopback(&(*j)->old->ip.v[i].addr) && names(line, len, addr))
				told(d, at, arena_printf(d->arena, "%s is %s's own: no program of the host can listen there", addr, (*j)->node.name));
		}
}

static void
in_file(struct draft *d, const struct old_other *other)
{
	const char *text = other->src->text;

	for (const char *line = text; *line != '\0';) {
		size_t whole = strcspn(line, "\n"), len = strcspn(line, "#\n");
		struct span at = { .src = other->src, .off = (uint32_t)(line - text), .len = (uint32_t)whole };

		vec_each (const struct draft_moved *, m, &d->moved)
			if (names(line, len, m->from))
				told(d, at, arena_printf(d->arena, "%s: what passed it passes %s", m->from, m->to));
		if (other->listens)
			taken_along(d, at, line, len);
		line += whole + (line[whole] == '\n');
	}
}

/* Variables that are the topology's own affair. */
static bool
of_the_network(const char *name)
{
	static const char *const all[] = { "ifconfig_", "ipv4_addrs_", "ipv6_ifconfig_", "vlans_", "create_args_", "cloned_interfaces", "gif_interfaces",
		"autobridge_", "static_routes", "route_", "ipv6_route_", "ipv6_static_routes", "defaultrouter", "ipv6_defaultrouter", "jail_",
		"network_interfaces", "ipv6_network_interfaces", NULL };

	for (size_t i = 0; all[i] != NULL; i++)
		if (strncmp(name, all[i], strlen(all[i])) == 0)
			return (true);
	return (false);
}

static void
in_variables(struct draft *d)
{
	vec_each (struct shell_set *const *, s, &d->old->host.rc.sets) {
		if ((*s)->value == NULL || of_the_network((*s)->name) || shell_find(&d->old->host.rc, (*s)->name) != *s)
			continue;
		vec_each (const struct draft_moved *, m, &d->moved)
			if (names((*s)->value, strlen((*s)->value), m->from))
				told(d, (*s)->at, arena_printf(d->arena, "%s=\"%s\": %s is %s now", (*s)->name, (*s)->value, m->from, m->to));
	}
}

void
draft_others(struct draft *d)
{
	in_variables(d);
	vec_each (const struct old_other *, other, &d->old->others)
		in_file(d, other);
}
