/* SPDX-License-Identifier: BSD-2-Clause */
/* All or nothing: new files are written beside their places, a journal names them, and from then on the change is made, by this run or by
 * the next one. Before the journal is there nothing has changed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fd.h"
#include "install/files.h"

#define JOURNAL_HEAD "vnetc journal 1\n"

/* One line of the journal: "R INSIDE PATH" rename, "D INSIDE PATH" remove, "M PATH" remove a directory that is empty, "U" no record remains. */
struct action { char what; size_t inside; const char *path; };
typedef VEC(struct action) actions;

static const char *
temporary_of(struct arena *a, const char *path)
{
	return (arena_printf(a, ".vnetc.new.%.200s", last_component(path)));
}

/* A file of vnetc's own state, whole or not at all. */
static int
write_state(struct arena *a, const char *root, const char *path, const char *text, size_t len, strings *made)
{
	int dir = open_parent(a, root, path, 0, true, made), code;
	const char *temporary = temporary_of(a, path);

	if (dir < 0)
		return (errno);
	code = write_beside(dir, temporary, last_component(path), text, len);
	if (code == 0 && renameat(dir, temporary, dir, last_component(path)) != 0)
		code = errno;
	if (code == 0)
		code = fd_sync(dir);
	close(dir);
	return (code);
}

static void
remove_state(struct arena *a, const char *root, const char *path)
{
	int dir = open_parent(a, root, path, 0, false, NULL);

	if (dir < 0)
		return;
	unlinkat(dir, last_component(path), 0);
	fd_sync(dir);
	close(dir);
}

static int
lock_state(struct arena *a, const char *root, strings *made)
{
	int dir = open_parent(a, root, STATE "/lock", 0, true, made), fd;

	if (dir < 0)
		return (-1);
	fd = fd_open_locked(dir, "lock", 0600);
	close(dir);
	return (fd);
}

/* The journal */

static const char *
journal_text(struct arena *a, const actions *all)
{
	struct text t = { .arena = a };

	text_add(&t, JOURNAL_HEAD);
	vec_each (const struct action *, it, all)
		text_printf(&t, "%c %zu %s\n", it->what, it->inside, it->path);
	return (text_end(&t));
}

static bool
read_journal(struct arena *a, char *text, size_t len, actions *all)
{
	if (strlen(text) != len || strncmp(text, JOURNAL_HEAD, strlen(JOURNAL_HEAD)) != 0)
		return (false);
	for (char *line = text + strlen(JOURNAL_HEAD), *end; *line != '\0'; line = end + 1) {
		struct action act = { .what = line[0] };
		char *rest;

		if ((end = strchr(line, '\n')) == NULL || line[1] != ' ')
			return (false);
		*end = '\0';
		act.inside = (size_t)strtoul(line + 2, &rest, 10);
		if (*rest != ' ' || !good_site_path(rest + 1) || strchr("RDMU", act.what) == NULL || act.inside > strlen(rest + 1))
			return (false);
		act.path = rest + 1;
		*vec_push(a, all) = act;
	}
	return (true);
}

/* Each step may have been made already by a run that was killed after it. 0 or errno. */
static int
apply_one(struct arena *a, const char *root, const struct action *act)
{
	int dir = open_parent(a, root, act->path, act->inside, false, NULL), code = 0;
	const char *name = last_component(act->path);

	if (dir < 0)
		return (errno == ENOENT && act->what != 'R' ? 0 : errno);
	switch (act->what) {
	case 'R':
		if (renameat(dir, temporary_of(a, act->path), dir, name) != 0 && errno != ENOENT)
			code = errno;
		break;
	case 'D':
		if (unlinkat(dir, name, 0) != 0 && errno != ENOENT)
			code = errno;
		break;
	default:
		/* A directory into which somebody else wrote, or on which something is mounted, stays. */
		if (unlinkat(dir, name, AT_REMOVEDIR) != 0 && errno != ENOTEMPTY && errno != EEXIST && errno != EBUSY && errno != ENOTDIR &&
		    errno != ENOENT)
			code = errno;
		break;
	}
	if (code == 0)
		code = fd_sync(dir);
	close(dir);
	return (code);
}

static bool
apply(struct arena *a, const char *root, const actions *all, struct out_error *error)
{
	vec_each (const struct action *, act, all) {
		int code = apply_one(a, root, act);

		if (code != 0)
			return (file_failed(a, error, "change", act->path, code));
	}
	return (true);
}

/* The directory of vnetc's state and those above it, where it made them; last of all. */
static void
remove_directories(struct arena *a, const char *root, const strings *directories)
{
	for (size_t i = directories->n; i > 0; i--)
		apply_one(a, root, &(struct action){ 'M', 0, directories->v[i - 1] });
}

/* What becomes of the state when a journal has been carried out. */
static void
conclude(struct arena *a, const char *root, const actions *all)
{
	strings directories = { 0 };

	vec_each (const struct action *, act, all)
		if (act->what == 'U')
			*vec_push(a, &directories) = act->path;
	remove_state(a, root, STATE "/journal");
	if (directories.n == 0)
		return;
	remove_state(a, root, STATE "/lock");
	remove_directories(a, root, &directories);
}

/* A list of temporaries that were to be written, and of directories ("d PATH") for them, and then nothing happened. */
static void
drop_staged(struct arena *a, const char *root, char *text)
{
	strings directories = { 0 };
	char *end;

	for (char *line = text; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		char *rest;
		size_t inside = (size_t)strtoul(line, &rest, 10);
		int dir;

		*end = '\0';
		if (line[0] == 'd' && line[1] == ' ' && good_site_path(line + 2))
			*vec_push(a, &directories) = line + 2;
		if (*rest != ' ' || !good_site_path(rest + 1) || inside > strlen(rest + 1))
			continue;
		if ((dir = open_parent(a, root, rest + 1, inside, false, NULL)) < 0)
			continue;
		unlinkat(dir, temporary_of(a, rest + 1), 0);
		close(dir);
	}
	remove_directories(a, root, &directories);
	remove_state(a, root, STATE "/staged");
}

/* A removal that was killed just before its end. */
static void
drop_remnants(struct arena *a, const char *root)
{
	strings directories = { 0 };

	*vec_push(a, &directories) = STATE;
	*vec_push(a, &directories) = STATE "/original";
	remove_state(a, root, STATE "/lock");
	remove_directories(a, root, &directories);
}

bool
site_repair(struct arena *a, const char *root, bool *did, struct out_error *error)
{
	size_t len;
	char *text;
	actions all = { 0 };
	int lock = -1;

	*did = false;
	*error = (struct out_error){ 0 };
	if (!site_has_directory(a, root, STATE, error))
		return (error->text == NULL || error->code == EACCES);
	if ((lock = lock_state(a, root, NULL)) < 0)
		return (errno == EACCES || errno == EROFS || file_failed(a, error, "lock", STATE, errno));
	text = site_read(a, root, STATE "/journal", 0, &len, error);
	if (text != NULL) {
		*did = true;
		if (!read_journal(a, text, len, &all)) {
			error->text = STATE "/journal is not one that vnetc wrote";
			close(lock);
			return (false);
		}
		if (!apply(a, root, &all, error)) {
			close(lock);
			return (false);
		}
		remove_state(a, root, STATE "/staged");
		conclude(a, root, &all);
	} else if (error->text == NULL) {
		if ((text = site_read(a, root, STATE "/staged", 0, &len, error)) != NULL) {
			*did = true;
			drop_staged(a, root, text);
		}
		if (error->text == NULL && site_read(a, root, STATE "/installed", 0, &len, error) == NULL && error->text == NULL)
			drop_remnants(a, root);
	}
	close(lock);
	return (error->text == NULL);
}

/* Committing */

static int
stage(struct site *s, const char *path, size_t inside, const char *text, size_t len, strings *made)
{
	int dir = open_parent(s->arena, s->root, path, inside, true, made), code;

	if (dir < 0)
		return (errno);
	code = write_beside(dir, temporary_of(s->arena, path), last_component(path), text, len);
	if (code == 0)
		code = fd_sync(dir);
	close(dir);
	return (code);
}

/* The directories that a path will need and that are not there yet, outermost first. */
static void
list_missing(const struct site *s, const char *path, struct map *seen, struct text *t)
{
	for (const char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		const char *directory = arena_strndup(s->arena, path, (size_t)(slash - path));

		if (map_put(seen, directory, t) == NULL && !site_has_directory(s->arena, s->root, directory, s->error))
			text_printf(t, "d %s\n", directory);
	}
}

static const char *
staged_text(const struct site *s)
{
	struct text t = { .arena = s->arena };
	struct map *seen = map_new(s->arena);

	vec_each (const struct site_change *, c, &s->changes) {
		if (c->wanted && c->inside == 0)
			list_missing(s, c->path, seen, &t);
		if (c->wanted)
			text_printf(&t, "%zu %s\n", c->inside, c->path);
	}
	text_printf(&t, "0 " STATE "/installed\n");
	return (text_end(&t));
}

/* What stands at the place for the first time in vnetc's life is kept. */
static bool
keep_originals(struct site *s, strings *made)
{
	vec_each (const struct site_change *, c, &s->changes) {
		int code;

		if (!c->there || c->recorded)
			continue;
		code = write_state(s->arena, s->root, original_of(s->arena, c->path), c->old_text, c->old_len, made);
		if (code != 0)
			return (file_failed(s->arena, s->error, "keep a copy of", c->path, code));
	}
	return (true);
}

static void
add_directories(struct site *s, const strings *made)
{
	vec_each (const char *const *, path, made)
		*vec_push(s->arena, &s->entries) = (struct site_entry){ .path = *path, .directory = true };
}

/* What a removal leaves nothing of: the originals, the record, directories that vnetc made. */
static void
leave_nothing(struct site *s, actions *all)
{
	VEC(const char *) last = { 0 };

	vec_each (const struct site_entry *, e, &s->entries)
		if (!e->directory)
			*vec_push(s->arena, all) = (struct action){ 'D', 0, original_of(s->arena, e->path) };
	*vec_push(s->arena, all) = (struct action){ 'D', 0, STATE "/installed" };
	*vec_push(s->arena, all) = (struct action){ 'M', 0, STATE "/original" };
	for (size_t i = s->entries.n; i > 0; i--) {
		const struct site_entry *e = &s->entries.v[i - 1];

		if (e->directory && strncmp(STATE, e->path, strlen(e->path)) == 0)
			*vec_push(s->arena, &last) = e->path;
		else if (e->directory && strcmp(e->path, STATE "/original") != 0)
			*vec_push(s->arena, all) = (struct action){ 'M', 0, e->path };
	}
	/* Outermost first: remove_directories goes from the last. */
	for (size_t i = last.n; i > 0; i--)
		*vec_push(s->arena, all) = (struct action){ 'U', 0, last.v[i - 1] };
	if (last.n == 0)
		*vec_push(s->arena, all) = (struct action){ 'U', 0, STATE };
}

static bool
still_recorded(const struct site *s, const char *path)
{
	vec_each (const struct site_entry *, e, &s->entries)
		if (!e->directory && strcmp(e->path, path) == 0)
			return (true);
	return (false);
}

static bool
stage_all(struct site *s, bool removal, actions *all, strings *made)
{
	const char *record;
	size_t len;
	int code;

	vec_each (const struct site_change *, c, &s->changes) {
		if (c->wanted && (code = stage(s, c->path, c->inside, c->new_text, c->new_len, made)) != 0)
			return (file_failed(s->arena, s->error, "write", c->path, code));
		*vec_push(s->arena, all) = (struct action){ c->wanted ? 'R' : 'D', c->inside, c->path };
	}
	if (removal) {
		leave_nothing(s, all);
		return (true);
	}
	vec_each (const struct site_change *, c, &s->changes)
		if (!still_recorded(s, c->path))
			*vec_push(s->arena, all) = (struct action){ 'D', 0, original_of(s->arena, c->path) };
	add_directories(s, made);
	record = site_record(s, &len);
	if ((code = stage(s, STATE "/installed", 0, record, len, NULL)) != 0)
		return (file_failed(s->arena, s->error, "write", STATE "/installed", code));
	*vec_push(s->arena, all) = (struct action){ 'R', 0, STATE "/installed" };
	return (true);
}

/* Is a file as it was when it was compared? text NULL: it was not there. */
static bool
unchanged(struct site *s, const char *path, size_t inside, const char *text, size_t len)
{
	size_t now_len;
	const char *now = site_read(s->arena, s->root, path, inside, &now_len, s->error);

	if (s->error->text != NULL)
		return (false);
	if ((now == NULL) == (text == NULL) && (now == NULL || (now_len == len && memcmp(now, text, len) == 0)))
		return (true);
	s->error->code = 0;
	s->error->text = arena_printf(s->arena, "%s was changed by another program meanwhile; nothing was changed, run it again", str_shown(s->arena, path));
	return (false);
}

/* While an answer was awaited others may have written: what was shown is no longer what would happen. */
static bool
as_compared(struct site *s)
{
	if (!unchanged(s, STATE "/installed", 0, s->record, s->record != NULL ? strlen(s->record) : 0))
		return (false);
	vec_each (const struct site_change *, c, &s->changes)
		if (!unchanged(s, c->path, c->inside, c->there ? c->old_text : NULL, c->old_len))
			return (false);
	return (true);
}

/* One that cannot be replaced would be found only amid the others. */
static bool
all_replaceable(struct site *s)
{
	vec_each (const struct site_change *, c, &s->changes)
		if (c->there && file_held_fast(s->arena, s->root, c->path, c->inside)) {
			s->error->code = EPERM;
			s->error->text = arena_printf(s->arena, "cannot change %s: a flag of the file forbids it (schg? chflags(1)); nothing was changed",
			    str_shown(s->arena, c->path));
			return (false);
		}
	return (true);
}

static bool
commit(struct site *s, bool removal, strings *made)
{
	const char *staged = staged_text(s), *journal;
	actions all = { 0 };
	int code;

	if (s->error->text != NULL)
		return (false);
	if ((code = write_state(s->arena, s->root, STATE "/staged", staged, strlen(staged), made)) != 0)
		return (file_failed(s->arena, s->error, "write", STATE "/staged", code));
	if ((!removal && !keep_originals(s, made)) || !stage_all(s, removal, &all, made)) {
		drop_staged(s->arena, s->root, arena_strdup(s->arena, staged));
		return (false);
	}
	journal = journal_text(s->arena, &all);
	code = write_state(s->arena, s->root, STATE "/journal", journal, strlen(journal), NULL);
	if (code != 0) {
		/* It may be in its place and only not known to be durable. */
		remove_state(s->arena, s->root, STATE "/journal");
		drop_staged(s->arena, s->root, arena_strdup(s->arena, staged));
		return (file_failed(s->arena, s->error, "write", STATE "/journal", code));
	}
	if (!apply(s->arena, s->root, &all, s->error))
		return (false);
	remove_state(s->arena, s->root, STATE "/staged");
	conclude(s->arena, s->root, &all);
	return (true);
}

bool
site_commit(struct site *s, bool removal)
{
	strings made = { 0 };
	bool good;

	*s->error = (struct out_error){ 0 };
	if ((s->lock = lock_state(s->arena, s->root, &made)) < 0)
		return (file_failed(s->arena, s->error, "lock", STATE, errno));
	good = as_compared(s) && all_replaceable(s);
	if (good)
		good = commit(s, removal, &made);
	else if (made.n > 0) {
		remove_state(s->arena, s->root, STATE "/lock");
		remove_directories(s->arena, s->root, &made);
	}
	close(s->lock);
	return (good);
}
