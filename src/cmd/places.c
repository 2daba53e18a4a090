/* SPDX-License-Identifier: BSD-2-Clause */
/* Where on a host each output of a build belongs (language.md 8). */
#include <fnmatch.h>
#include <string.h>

#include "cmd/places.h"
#include "import/jailconf.h"
#include "import/shell.h"
#include "install/block.h"
#include "install/files.h"
#include "model/model.h"

struct finding { struct invocation *inv; struct arena *arena; const char *root; bool native; struct places *out; struct out_error *error; };

const char *
files_counted(struct arena *a, size_t n)
{
	return (arena_printf(a, "%zu %s", n, n == 1 ? "file" : "files"));
}

static struct placed *
place(struct finding *f, const struct outfile *file, const char *path, enum placement how)
{
	struct placed *p = vec_push(f->arena, &f->out->placed);

	*p = (struct placed){ .path = path, .how = how, .text = file->text, .len = file->len };
	return (p);
}

static const char *
below(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	return (strncmp(path, folder, n) == 0 ? path + n : NULL);
}

static void
missing(struct finding *f, const char *text)
{
	vec_each (const char *const *, it, &f->out->missing)
		if (strcmp(*it, text) == 0)
			return;
	*vec_push(f->arena, &f->out->missing) = text;
}

/* As site_read; the first error is kept, so that what cannot be read is not taken for what is not there. */
static const char *
host_file(struct finding *f, const char *path, size_t inside, size_t *len)
{
	struct out_error error;
	const char *text = site_read(f->arena, f->root, path, inside, len, &error);

	if (error.text != NULL && f->error->text == NULL)
		*f->error = error;
	return (text);
}

/* ezjail's file of a jail, by its safename; a jail that is switched off has NAME.norun. NULL: there is none. */
static const char *
ezjail_file(struct finding *f, const char *name)
{
	static const char *const ends[] = { "", ".norun" };
	size_t len;

	for (size_t i = 0; i < 2; i++) {
		const char *path = arena_printf(f->arena, "/usr/local/etc/ezjail/%s%s", name, ends[i]);

		if (host_file(f, path, 0, &len) != NULL)
			return (path);
	}
	return (NULL);
}

/* The header, which the output begins with, and what follows it. */
static void
place_ezjail(struct finding *f, const struct outfile *file, const char *name)
{
	const char *path = ezjail_file(f, name), *end;
	struct placed *p;

	if (path == NULL) {
		missing(f, arena_printf(f->arena, "%s: ezjail has no such jail yet (ezjail-admin create)", name));
		return;
	}
	p = place(f, file, path, PLACE_EZJAIL);
	end = strstr(file->text, "\n#\n");
	if (end == NULL)
		return;
	p->order = arena_strndup(f->arena, file->text, (size_t)(end - file->text) + 1);
	p->text = end + 3;
	p->len = file->len - (size_t)(p->text - file->text);
}

/* jail.conf on the host, while a jail's path is looked for in it. */
struct reading { struct finding *f; struct jailconf jc; struct map *read; };

/* Not what vnetc itself installed: that says what a build says. */
static void
read_conf(struct reading *r, const char *path)
{
	size_t len;
	const char *text = map_put(r->read, path, r) == NULL ? host_file(r->f, path, 0, &len) : NULL;

	if (text != NULL && strstr(text, "Made by vnetc from ") == NULL)
		jailconf_read(&r->jc, source_new(r->f->arena, path, path, text, len, 0));
}

static void
include(void *user, const char *pattern, struct span at)
{
	struct reading *r = user;
	const char *slash = strrchr(pattern, '/'), *dir = slash == NULL ? "/etc" : arena_strndup(r->f->arena, pattern, (size_t)(slash - pattern));
	strings names = { 0 };

	(void)at;
	if (*dir == '/' && good_site_path(dir))
		names = site_list(r->f->arena, r->f->root, dir);
	vec_each (const char *const *, name, &names)
		if (fnmatch(slash == NULL ? pattern : slash + 1, *name, FNM_PERIOD) == 0)
			read_conf(r, arena_printf(r->f->arena, "%s/%s", dir, *name));
}

/* The path that jail.conf on the host gives a jail; NULL: none, or none that could be followed. rc.d/jail looks in this order. */
static const char *
conf_path(struct finding *f, const char *jail)
{
	const char *const files[] = { arena_printf(f->arena, "/etc/jail.%s.conf", jail), arena_printf(f->arena, "/etc/jail.conf.d/%s.conf", jail), "/etc/jail.conf" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct reading r = { .f = f, .read = map_new(f->arena) };
		const struct jc_setting *path;
		struct diags quiet;
		jc_settings all;
		strings names = { 0 };
		bool defined = false;

		diags_init(&quiet, f->arena, NULL);
		jailconf_init(&r.jc, f->arena, &quiet);
		r.jc.include = include;
		r.jc.user = &r;
		read_conf(&r, files[i]);
		jailconf_jails(&r.jc, &names);
		vec_each (const char *const *, name, &names)
			defined |= strcmp(*name, jail) == 0;
		if (!defined)
			continue;
		jailconf_settings(&r.jc, jail, &all);
		path = jc_find(&all, "path");
		if (path != NULL && path->values.n > 0 && good_site_path(path->values.v[path->values.n - 1]))
			return (path->values.v[path->values.n - 1]);
	}
	return (NULL);
}

/* jail_NAME_rootdir of rc.conf. */
static const char *
rc_conf_path(struct finding *f, const char *safe)
{
	static const char *const files[] = { "/etc/rc.conf", "/etc/rc.conf.local" };
	struct diags quiet;
	struct shell sh;

	diags_init(&quiet, f->arena, NULL);
	shell_init(&sh, f->arena, &quiet);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		size_t len;
		const char *text = host_file(f, files[i], 0, &len);

		if (text != NULL)
			shell_read(&sh, source_new(f->arena, files[i], files[i], text, len, 0));
	}
	return (shell_value(&sh, arena_printf(f->arena, "jail_%s_rootdir", safe)));
}

/* What was built for it. */
static const char *
built_path(const struct finding *f, const char *jail)
{
	vec_each (const struct jail_plan *, jp, &f->inv->compilation.plan->jails)
		if (strcmp(jp->jail->name, jail) == 0)
			return (jp->path);
	return (NULL);
}

/* A jail's root: what ezjail's file, rc.conf or jail.conf on the host says, else what was built. NULL: jail.conf and the build, of which this is to be
 * a part, do not agree. */
static const char *
jail_root(struct finding *f, const char *jail)
{
	const char *safe = safename(f->arena, jail), *path = f->native ? NULL : ezjail_file(f, safe), *root = NULL, *built = built_path(f, jail);
	size_t len;
	const char *text = path != NULL ? host_file(f, path, 0, &len) : NULL;

	if (text != NULL) {
		struct diags quiet;
		struct shell sh;

		diags_init(&quiet, f->arena, NULL);
		shell_init(&sh, f->arena, &quiet);
		shell_read(&sh, source_new(f->arena, path, path, text, len, 0));
		root = shell_value(&sh, arena_printf(f->arena, "jail_%s_rootdir", safe));
	} else if (f->native || (root = rc_conf_path(f, safe)) == NULL)
		root = conf_path(f, jail);
	if (root != NULL && f->native && strcmp(root, built) != 0) {
		missing(f, arena_printf(f->arena, "%s: jail.conf has it at %s, what was built says %s (parameters: {path: %s})", jail, root, built, root));
		return (NULL);
	}
	if (root == NULL || *root != '/' || strstr(root, "..") != NULL || strchr(root, '\n') != NULL)
		root = built;
	len = strlen(root);
	while (len > 1 && root[len - 1] == '/')
		len--;
	return (arena_strndup(f->arena, root, len));
}

static void
place_in_jail(struct finding *f, const struct outfile *file, const char *rest)
{
	const char *slash = strchr(rest, '/'), *jail = arena_strndup(f->arena, rest, (size_t)(slash - rest));
	const char *root = jail_root(f, jail);
	struct placed *p;

	if (root == NULL)
		return;
	if (!site_has_directory(f->arena, f->root, arena_printf(f->arena, "%s/etc", root), f->error)) {
		missing(f, arena_printf(f->arena, "%s: %s/etc is not there", jail, root));
		return;
	}
	p = place(f, file, arena_printf(f->arena, "%s/etc%s", root, slash), strcmp(slash, "/rc.conf") == 0 ? PLACE_BLOCK : PLACE_FILE);
	p->inside = strlen(root);
}

static void
place_output(struct finding *f, const struct outfile *file)
{
	static const struct { const char *output, *path; enum placement how; } fixed[] = {
		{ "rc.conf", "/etc/rc.conf", PLACE_BLOCK }, { "devfs.rules", "/etc/devfs.rules", PLACE_BLOCK },
		{ "loader.conf", "/boot/loader.conf", PLACE_BLOCK }, { "rtadvd.conf", "/etc/rtadvd.conf", PLACE_BLOCK },
		{ "pf.anchor", "/usr/local/etc/vnetc/pf.anchor", PLACE_FILE },
	};
	const char *rest;

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (strcmp(file->path, fixed[i].output) == 0)
			place(f, file, fixed[i].path, fixed[i].how);
	if ((rest = below(file->path, "ezjail/")) != NULL && !f->native)
		place_ezjail(f, file, rest);
	else if (strcmp(file->path, "rc.conf.d/jail/vnetc.conf") == 0 && !f->native)
		place(f, file, "/usr/local/etc/rc.conf.d/jail/vnetc.conf", PLACE_FILE);
	else if ((rest = below(file->path, "jail.conf.d/")) != NULL && f->native) {
		if (jail_root(f, arena_strndup(f->arena, rest, strcspn(rest, "."))) != NULL)
			place(f, file, arena_printf(f->arena, "/etc/%s", file->path), PLACE_FILE);
	} else if ((rest = below(file->path, "jails/")) != NULL)
		place_in_jail(f, file, rest);
}

/* Lines of the host's own about an interface that the build configures, which it does not set again: they would be read as well. */
static void
in_the_way(struct finding *f, const struct placed *p)
{
	struct diags quiet;
	struct shell ours, theirs;
	size_t len;
	const char *old = host_file(f, p->path, p->inside, &len);

	if (old == NULL)
		return;
	if (!blocks_sound(old, len, NULL))
		return;
	diags_init(&quiet, f->arena, NULL);
	shell_init(&ours, f->arena, &quiet);
	shell_read(&ours, source_new(f->arena, "", "", p->text, p->len, 0));
	old = blocks_removed(f->arena, old, len, &len);
	shell_init(&theirs, f->arena, &quiet);
	shell_read(&theirs, source_new(f->arena, p->path, p->path, old, len, 0));
	vec_each (struct shell_set *const *, set, &theirs.sets) {
		const char *rest = below((*set)->name, "ifconfig_");
		bool about = false;

		if (rest == NULL || shell_find(&ours, (*set)->name) != NULL || (*set)->value == NULL || *(*set)->value == '\0')
			continue;
		vec_each (struct shell_set *const *, own, &ours.sets) {
			const char *other = below((*own)->name, "ifconfig_");
			size_t n = other != NULL ? strlen(other) : 0;

			about |= n > 0 && strncmp(rest, other, n) == 0 && rest[n] == '_';
		}
		if (about)
			*vec_push(f->arena, &f->out->in_the_way) = arena_printf(f->arena, "%s:%u: %s", p->path, (unsigned)source_line(&(*set)->at), (*set)->name);
	}
}

bool
places_find(struct invocation *inv, const struct outdir *files, const char *root, bool native, struct places *out, struct out_error *error)
{
	struct finding f;

	*out = (struct places){ 0 };
	*error = (struct out_error){ 0 };
	f = (struct finding){ inv, inv->arena, root, native, out, error };
	vec_each (const struct outfile *, file, &files->files)
		place_output(&f, file);
	vec_each (const struct placed *, p, &out->placed)
		if (p->how == PLACE_BLOCK && strcmp(strrchr(p->path, '/'), "/rc.conf") == 0)
			in_the_way(&f, p);
	return (error->text == NULL);
}
