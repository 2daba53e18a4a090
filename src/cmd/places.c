/* SPDX-License-Identifier: BSD-2-Clause */
/* Where on a host each output of a build belongs (language.md 8). */
#include <string.h>

#include "cmd/homes.h"
#include "cmd/places.h"
#include "import/shell.h"
#include "install/block.h"
#include "install/files.h"
#include "model/model.h"

struct finding { struct arena *arena; const char *root; struct homes homes; struct places *out; struct out_error *error; };

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

static void
tell(struct finding *f, const char *text)
{
	*vec_push(f->arena, &f->out->told) = text;
}

/* The header, which the output begins with, and what follows it. */
static void
place_ezjail(struct finding *f, const struct outfile *file, const struct home *h)
{
	const char *end = strstr(file->text, "\n#\n");
	struct placed *p;

	if (h->manager == MANAGER_NONE)
		missing(f, arena_printf(f->arena, "%s: neither ezjail nor jail.conf has such a jail yet (ezjail-admin create, or --jail-conf)", h->plan->jail->name));
	if (h->manager != MANAGER_EZJAIL)
		return;
	p = place(f, file, h->ezjail, PLACE_EZJAIL);
	if (end == NULL)
		return;
	p->order = arena_strndup(f->arena, file->text, (size_t)(end - file->text) + 1);
	p->text = end + 3;
	p->len = file->len - (size_t)(p->text - file->text);
}

/* What keeps a jail of jail.conf from being what was built; NULL: nothing. */
static const char *
unlike(struct finding *f, const struct home *h)
{
	const char *name = h->plan->jail->name;

	if (h->manager != MANAGER_JAIL_CONF)
		return (NULL);
	if (h->root != NULL && strcmp(h->root, h->plan->path) != 0)
		return (arena_printf(f->arena, "%s: jail.conf has it at %s, what was built says %s (parameters: {path: %s})", name, h->root, h->plan->path, h->root));
	vec_each (const struct jail *const *, before, &h->plan->after) {
		const struct home *other = map_get(f->homes.by_name, (*before)->name);

		if (other->manager != MANAGER_JAIL_CONF && other->manager != MANAGER_NONE)
			return (arena_printf(f->arena, "%s: it is to start after %s, which jail.conf does not have: jail(8) would not start it", name, (*before)->name));
	}
	return (NULL);
}

static void
place_native(struct finding *f, const struct outfile *file, const struct home *h)
{
	const char *why = unlike(f, h);

	if (why != NULL)
		missing(f, why);
	else if (h->manager == MANAGER_JAIL_CONF)
		place(f, file, arena_printf(f->arena, "/etc/%s", file->path), PLACE_FILE);
}

/* A jail's root: what its manager on the host says, else what was built. */
static const char *
jail_root(const struct finding *f, const struct home *h)
{
	const char *root = h->root;
	size_t len;

	if (root == NULL || *root != '/' || strstr(root, "..") != NULL || strchr(root, '\n') != NULL)
		root = h->plan->path;
	len = strlen(root);
	while (len > 1 && root[len - 1] == '/')
		len--;
	return (arena_strndup(f->arena, root, len));
}

static void
place_in_jail(struct finding *f, const struct outfile *file, const struct home *h, const char *slash)
{
	const char *root = jail_root(f, h), *why = unlike(f, h);
	struct placed *p;

	if (why == NULL && !site_has_directory(f->arena, f->root, arena_printf(f->arena, "%s/etc", root), f->error))
		why = arena_printf(f->arena, "%s: %s/etc is not there", h->plan->jail->name, root);
	if (why != NULL) {
		missing(f, why);
		return;
	}
	p = place(f, file, arena_printf(f->arena, "%s/etc%s", root, slash), strcmp(slash, "/rc.conf") == 0 ? PLACE_BLOCK : PLACE_FILE);
	p->inside = strlen(root);
}

/* The same settings for all whom rc.d/jail starts by variables. */
static bool
any_by_variables(const struct finding *f)
{
	vec_each (const struct home *, h, &f->homes.all)
		if (h->manager != MANAGER_JAIL_CONF)
			return (true);
	return (false);
}

static void
place_of_jail(struct finding *f, const struct outfile *file)
{
	const char *rest, *end;

	if ((rest = below(file->path, "ezjail/")) != NULL)
		place_ezjail(f, file, map_get(f->homes.by_ezjail, rest));
	else if ((rest = below(file->path, "jail.conf.d/")) != NULL && (end = strrchr(rest, '.')) != NULL)
		place_native(f, file, map_get(f->homes.by_native, arena_strndup(f->arena, rest, (size_t)(end - rest))));
	else if ((rest = below(file->path, "jails/")) != NULL && (end = strchr(rest, '/')) != NULL)
		place_in_jail(f, file, map_get(f->homes.by_name, arena_strndup(f->arena, rest, (size_t)(end - rest))), end);
}

static void
place_output(struct finding *f, const struct outfile *file)
{
	static const struct { const char *output, *path; enum placement how; } fixed[] = {
		{ "rc.conf", "/etc/rc.conf", PLACE_BLOCK }, { "devfs.rules", "/etc/devfs.rules", PLACE_BLOCK },
		{ "loader.conf", "/boot/loader.conf", PLACE_BLOCK }, { "rtadvd.conf", "/etc/rtadvd.conf", PLACE_BLOCK },
		{ "pf.anchor", "/usr/local/etc/vnetc/pf.anchor", PLACE_FILE },
	};

	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (strcmp(file->path, fixed[i].output) == 0)
			place(f, file, fixed[i].path, fixed[i].how);
	if (strcmp(file->path, "rc.conf.d/jail/vnetc.conf") == 0 && any_by_variables(f))
		place(f, file, "/usr/local/etc/rc.conf.d/jail/vnetc.conf", PLACE_FILE);
	place_of_jail(f, file);
}

/* Lines of the host's own about an interface that the build configures, which it does not set again: they would be read as well. */
static void
in_the_way(struct finding *f, const struct placed *p)
{
	struct diags quiet;
	struct shell ours, theirs;
	size_t len;
	struct out_error unread;        /* which site_compare tells */
	const char *old = site_read(f->arena, f->root, p->path, p->inside, &len, &unread);

	if (old == NULL || !blocks_sound(old, len, NULL))
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
			tell(f, arena_printf(f->arena, "%s:%u: %s is in the way: it is about an interface that vnetc configures; take it out", p->path,
			    (unsigned)source_line(&(*set)->at), (*set)->name));
	}
}

/* Two blocks of one jail would be taken together, or the wrong one; a file that nothing reads starts no jail (freebsd.md 5.2). */
static void
around_own_files(struct finding *f)
{
	bool any = false;

	vec_each (const struct home *, h, &f->homes.all) {
		if (h->manager != MANAGER_JAIL_CONF || unlike(f, h) != NULL)
			continue;
		any = true;
		if (given(&h->block))
			tell(f, arena_printf(f->arena, "%s:%u: %s { … } is in the way: the jail is to have /etc/jail.conf.d/%s.conf alone; take it out", h->block.src->name,
			    (unsigned)source_line(&h->block), h->plan->native.name, h->plan->native.name));
	}
	if (any && !f->homes.reads_own_files)
		tell(f, "/etc/jail.conf does not read the jails' files: it has to hold the line .include \"/etc/jail.conf.d/*.conf\";");
}

bool
places_find(struct invocation *inv, const struct outdir *files, const char *root, bool native, struct places *out, struct out_error *error)
{
	struct finding f = { .arena = inv->arena, .root = root, .out = out, .error = error };

	*out = (struct places){ 0 };
	if (!homes_find(&f.homes, inv->arena, root, inv->compilation.plan, native, error))
		return (false);
	vec_each (const struct outfile *, file, &files->files)
		place_output(&f, file);
	vec_each (const struct placed *, p, &out->placed)
		if (p->how == PLACE_BLOCK && strcmp(strrchr(p->path, '/'), "/rc.conf") == 0)
			in_the_way(&f, p);
	around_own_files(&f);
	return (error->text == NULL);
}
