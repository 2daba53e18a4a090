/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading and writing the lock. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/inaddr.h"
#include "model/lock.h"
#include "rules/rules.h"

static const char head[] = "# Allocated by vnetc and kept so that outputs stay the same; commit it.\nversion: 1\n";

void
lock_init(struct lock *lock, struct arena *arena)
{
	*lock = (struct lock) { .arena = arena, .old = map_new(arena), .now = map_new(arena) };
}

static bool
is_marker(const char *line)
{
	return (strncmp(line, "<<<<<<<", 7) == 0 || strncmp(line, ">>>>>>>", 7) == 0 || strncmp(line, "=======", 7) == 0 ||
	    strncmp(line, "|||||||", 7) == 0);
}

static bool
inert(const char *key)
{
	for (const unsigned char *c = (const unsigned char *)key; *c != '\0'; c++)
		if (*c <= 0x20 || *c == 0x7f)
			return (false);
	return (true);
}

/* "OWNER/PART/WHAT": three parts that are not empty, none with a blank. */
static bool
is_owner(const char *key)
{
	const char *first = strchr(key, '/'), *last = strrchr(key, '/');

	return (first != NULL && first != key && last > first + 1 && strchr(first + 1, '/') == last && last[1] != '\0' &&
	    strpbrk(key, "\"'") == NULL && inert(key));
}

static bool
is_value(const char *key, const char *value)
{
	const char *what = strrchr(key, '/') + 1;
	struct inaddr addr;

	if (strcmp(what, "ipv4") == 0)
		return (inaddr_parse(value, &addr) && addr.family == INET);
	if (strcmp(what, "ipv6") == 0)
		return (inaddr_parse(value, &addr) && addr.family == INET6);
	if (strcmp(what, "epair") != 0 && strcmp(what, "bridge") != 0 && strcmp(what, "link") != 0)
		return (false);
	return (*value != '\0' && strlen(value) <= 5 && value[strspn(value, "0123456789")] == '\0' &&
	    (value[0] != '0' || value[1] == '\0') && atoi(value) <= 32767);
}

static void
fault(struct lock *lock, struct diags *diags, struct span at, const char *what, const char *help)
{
	struct diag *d = diag_add(diags, &rule_lock_syntax, at, "%s: %s", lock->source->name, what);

	diag_help(diags, d, "%s", help);
}

static void
read_line(struct lock *lock, struct diags *diags, char *line, struct span at)
{
	static const char afresh[] = "delete the file to allocate afresh";
	char *value, *end = line + strlen(line);

	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	if (is_marker(line)) {
		fault(lock, diags, at, "merge markers are left in it", "keep both sides, build drops what does not fit");
		return;
	}
	if (*line == '\0' || *line == '#')
		return;
	value = strstr(line, ": ");
	if (value == NULL) {
		fault(lock, diags, at, "a line is not OWNER: VALUE", afresh);
		return;
	}
	*value = '\0';
	value += 2 + strspn(value + 2, " ");
	if (*value == '"' && end > value + 1 && end[-1] == '"') {
		end[-1] = '\0';
		value++;
	}
	if (strcmp(line, "version") == 0) {
		if (strcmp(value, "1") != 0)
			fault(lock, diags, at, "this vnetc reads version 1", afresh);
	} else if (!is_owner(line))
		fault(lock, diags, at, "a key is not OWNER/PART/WHAT", afresh);
	else if (!is_value(line, value))
		fault(lock, diags, at, "a value is none", afresh);
	else if (map_put(lock->old, line, value) != NULL)
		fault(lock, diags, at, "a key is given twice", "keep one of the lines");
}

void
lock_read(struct lock *lock, struct diags *diags, const char *name, const char *text, size_t len)
{
	const struct source *source = source_new(lock->arena, name, name, text, len, 1 << 20);

	lock->source = source;
	if (memchr(source->text, '\0', source->len) != NULL) {
		fault(lock, diags, (struct span) { source, 0, 0, NULL }, "it is not a text", "delete the file to allocate afresh");
		return;
	}
	for (uint32_t i = 0; i < source->nlines; i++) {
		uint32_t off = source->line[i];
		size_t n = (i + 1 < source->nlines ? source->line[i + 1] : source->len) - off;

		while (n > 0 && (source->text[off + n - 1] == '\n' || source->text[off + n - 1] == '\r'))
			n--;
		read_line(lock, diags, arena_strndup(lock->arena, source->text + off, n), (struct span) { source, off, (uint32_t)n, NULL });
	}
}

const char *
lock_old(const struct lock *lock, const char *owner)
{
	return (map_get(lock->old, owner));
}

void
lock_set(struct lock *lock, const char *owner, const char *value)
{
	map_set(lock->now, owner, arena_strdup(lock->arena, value));
}

struct entry { const char *key, *value; };
struct entries { size_t n; struct entry *v; };

static void
collect(const char *key, void *value, void *user)
{
	struct entries *entries = user;

	entries->v[entries->n++] = (struct entry) { key, value };
}

static int
by_key(const void *a, const void *b)
{
	return (strcmp(((const struct entry *)a)->key, ((const struct entry *)b)->key));
}

const char *
lock_text(const struct lock *lock)
{
	struct text text = { .arena = lock->arena };
	struct entries entries = { .n = 0, .v = NEW_ARRAY(lock->arena, struct entry, map_count(lock->now)) };

	if (map_count(lock->now) == 0)
		return ("");
	map_each(lock->now, collect, &entries);
	qsort(entries.v, entries.n, sizeof(entries.v[0]), by_key);
	text_add(&text, head);
	for (size_t i = 0; i < entries.n; i++) {
		bool quoted = strchr(entries.v[i].value, ':') != NULL;

		text_printf(&text, "%s: %s%s%s\n", entries.v[i].key, quoted ? "\"" : "", entries.v[i].value, quoted ? "\"" : "");
	}
	return (text_end(&text));
}
