/* SPDX-License-Identifier: BSD-2-Clause */
/* What is installed on a host, compared with what is wanted. The record of it is /var/db/vnetc/installed. */
#include "install/site.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "install/block.h"
#include "install/files.h"

static const char *const placement_words[] = { [PLACE_BLOCK] = "block", [PLACE_EZJAIL] = "ezjail", [PLACE_FILE] = "file" };

/* The record */

static bool
bad_record(struct site *s)
{
	s->error->code = 0;
	s->error->text = "the record " STATE "/installed is not one that vnetc wrote";
	return (false);
}

/* "HOW EXISTED INSIDE PATH", or "directory PATH". */
static bool
read_entry(struct site *s, const char *line)
{
	struct site_entry e = { 0 };
	char *end;
	size_t n;

	if (strncmp(line, "directory /", 11) == 0) {
		e.directory = true;
		e.path = line + 10;
		*vec_push(s->arena, &s->entries) = e;
		return (good_site_path(e.path) || bad_record(s));
	}
	for (e.how = PLACE_BLOCK; e.how < PLACE_FILE && strncmp(line, placement_words[e.how], strlen(placement_words[e.how])) != 0; e.how++)
		;
	n = strlen(placement_words[e.how]);
	if (strncmp(line, placement_words[e.how], n) != 0 || line[n] != ' ' || (line[n + 1] != '0' && line[n + 1] != '1') || line[n + 2] != ' ')
		return (bad_record(s));
	e.existed = line[n + 1] == '1';
	e.inside = (size_t)strtoul(line + n + 3, &end, 10);
	if (*end != ' ' || !good_site_path(end + 1) || e.inside > strlen(end + 1))
		return (bad_record(s));
	e.path = end + 1;
	*vec_push(s->arena, &s->entries) = e;
	return (true);
}

static bool
read_record(struct site *s)
{
	size_t len;
	char *text = site_read(s->arena, s->root, STATE "/installed", 0, &len, s->error);

	if (text == NULL)
		return (s->error->text == NULL);
	s->record = arena_strndup(s->arena, text, len);
	if (strlen(text) != len || strncmp(text, RECORD_HEAD, strlen(RECORD_HEAD)) != 0)
		return (bad_record(s));
	for (char *line = text + strlen(RECORD_HEAD), *end; *line != '\0'; line = end + 1) {
		end = strchr(line, '\n');
		if (end == NULL)
			return (bad_record(s));
		*end = '\0';
		if (!read_entry(s, line))
			return (false);
	}
	return (true);
}

const char *
site_record(const struct site *s, size_t *len)
{
	struct text t = { .arena = s->arena };

	text_add(&t, RECORD_HEAD);
	vec_each (const struct site_entry *, e, &s->entries) {
		if (e->directory)
			text_printf(&t, "directory %s\n", e->path);
		else
			text_printf(&t, "%s %d %zu %s\n", placement_words[e->how], e->existed, e->inside, e->path);
	}
	*len = t.n;
	return (text_end(&t));
}

static struct site_entry *
entry_of(struct site *s, const char *path)
{
	vec_each (struct site_entry *, e, &s->entries)
		if (!e->directory && strcmp(e->path, path) == 0)
			return (e);
	return (NULL);
}

/* Comparing */

static bool
no_pairs(struct site *s, const char *path)
{
	s->error->code = 0;
	s->error->text = arena_printf(s->arena, "%s: the lines \"" BLOCK_BEGIN "\" and \"" BLOCK_END "\" do not come in pairs; nothing was changed", path);
	return (false);
}

/* ezjail-admin config writes a file anew from its own variables and keeps only comments: the markers stay, the settings go. */
static bool
lines_lost(struct site *s, const struct placed *p, const char *old, size_t old_len)
{
	size_t blocks;

	if (p->how != PLACE_EZJAIL || entry_of(s, p->path) == NULL)
		return (false);
	return (!blocks_sound(old, old_len, &blocks) || blocks == 0 ||
	    strstr(blocks_content(s->arena, old, old_len), "export jail_") == NULL);
}

static const char *
wanted_text(struct site *s, const struct placed *p, const char *old, size_t old_len, size_t *len)
{
	const char *text = old;

	switch (p->how) {
	case PLACE_BLOCK:
		return (block_added(s->arena, old, old_len, p->text, p->len, BLOCK_IN_PLACE, len));
	case PLACE_EZJAIL:
		/* What stands last in ezjail's file counts; rcorder reads only what stands first. */
		text = blocks_removed(s->arena, old, old_len, len);
		text = block_added(s->arena, text, *len, p->text, p->len, BLOCK_LAST, len);
		return (block_added(s->arena, text, *len, p->order, strlen(p->order), BLOCK_TOP, len));
	case PLACE_FILE:
		break;
	}
	*len = p->len;
	return (p->text);
}

static void
change(struct site *s, const struct site_change *c)
{
	if (c->there == c->wanted && (!c->there || (c->old_len == c->new_len && memcmp(c->old_text, c->new_text, c->new_len) == 0)))
		return;
	*vec_push(s->arena, &s->changes) = *c;
}

static bool
compare_one(struct site *s, const struct placed *p)
{
	struct site_change c = { .path = p->path, .how = p->how, .inside = p->inside, .wanted = true };
	struct site_entry *entry = entry_of(s, p->path);

	*s->error = (struct out_error){ 0 };
	c.old_text = site_read(s->arena, s->root, p->path, p->inside, &c.old_len, s->error);
	if (c.old_text == NULL && s->error->text != NULL)
		return (false);
	c.there = c.old_text != NULL;
	c.recorded = entry != NULL;
	if (c.there && p->how != PLACE_FILE && !blocks_sound(c.old_text, c.old_len, NULL))
		return (no_pairs(s, p->path));
	if (c.there)
		c.lost = lines_lost(s, p, c.old_text, c.old_len);
	c.new_text = wanted_text(s, p, c.there ? c.old_text : "", c.old_len, &c.new_len);
	change(s, &c);
	if (entry == NULL)
		*vec_push(s->arena, &s->entries) = (struct site_entry){ .path = p->path, .how = p->how, .inside = p->inside, .existed = c.there };
	return (true);
}

/* What an earlier run installed and is wanted no more goes: its block, or the file, which becomes what it was. */
static bool
compare_gone(struct site *s, const struct site_entry *e)
{
	struct site_change c = { .path = e->path, .how = e->how, .inside = e->inside, .recorded = true };

	*s->error = (struct out_error){ 0 };
	c.old_text = site_read(s->arena, s->root, e->path, e->inside, &c.old_len, s->error);
	if (c.old_text == NULL)
		return (s->error->text == NULL);
	c.there = true;
	if (e->how == PLACE_FILE) {
		c.new_text = e->existed ? site_read(s->arena, s->root, original_of(s->arena, e->path), 0, &c.new_len, s->error) : NULL;
		if (e->existed && c.new_text == NULL && s->error->text != NULL)
			return (false);
		c.wanted = c.new_text != NULL;
	} else {
		if (!blocks_sound(c.old_text, c.old_len, NULL))
			return (no_pairs(s, e->path));
		c.new_text = blocks_removed(s->arena, c.old_text, c.old_len, &c.new_len);
		/* A file that was not there, and into which nobody else wrote. */
		c.wanted = e->existed || c.new_len > 0;
	}
	change(s, &c);
	return (true);
}

static int
by_path(const void *a, const void *b)
{
	return (strcmp(((const struct site_change *)a)->path, ((const struct site_change *)b)->path));
}

static void
begin(struct site *s, struct arena *a, const char *root, struct out_error *error)
{
	struct stat st;

	*s = (struct site){ .arena = a, .root = root, .error = error, .lock = -1 };
	*error = (struct out_error){ 0 };
	s->interrupted = stat(path_below(a, root, STATE "/journal"), &st) == 0 || stat(path_below(a, root, STATE "/staged"), &st) == 0;
}

bool
site_compare(struct site *s, struct arena *a, const char *root, const struct placed *placed, size_t n, struct out_error *error)
{
	size_t old_entries, kept = 0;
	struct map *wanted = map_new(a);

	begin(s, a, root, error);
	if (!read_record(s))
		return (false);
	old_entries = s->entries.n;
	for (size_t i = 0; i < n; i++) {
		map_set(wanted, placed[i].path, s);
		if (!compare_one(s, &placed[i]))
			return (false);
	}
	for (size_t i = 0; i < s->entries.n; i++) {
		const struct site_entry e = s->entries.v[i];

		if (i < old_entries && !e.directory && map_get(wanted, e.path) == NULL) {
			if (!compare_gone(s, &e))
				return (false);
			continue;
		}
		s->entries.v[kept++] = e;
	}
	s->entries.n = kept;
	*error = (struct out_error){ 0 };
	if (s->changes.n > 1)
		qsort(s->changes.v, s->changes.n, sizeof(s->changes.v[0]), by_path);
	return (true);
}

bool
site_compare_removal(struct site *s, struct arena *a, const char *root, struct out_error *error)
{
	begin(s, a, root, error);
	if (!read_record(s))
		return (false);
	vec_each (const struct site_entry *, e, &s->entries)
		if (!e->directory && !compare_gone(s, e))
			return (false);
	*error = (struct out_error){ 0 };
	if (s->changes.n > 1)
		qsort(s->changes.v, s->changes.n, sizeof(s->changes.v[0]), by_path);
	return (true);
}
