/* SPDX-License-Identifier: BSD-2-Clause */
/* Jails of a build looked for on a host: among ezjail's files, in rc.conf, in jail.conf. */
#include <fnmatch.h>
#include <string.h>

#include "cmd/homes.h"
#include "import/jailconf.h"
#include "import/shell.h"
#include "install/files.h"

struct looking {
	struct arena *arena;
	const char *root;
	struct out_error *error;
	bool native;
	struct shell rc;                /* rc.conf, rc.conf.local */
	struct jailconf *conf;          /* jail.conf with what it includes */
	struct map *read;               /* files of the jail.conf that is read now */
	bool includes;                  /* it includes jail.conf.d */
};

/* As site_read; the first error is kept, so that what cannot be read is not taken for what is not there. */
static const char *
host_file(struct looking *l, const char *path, size_t *len)
{
	struct out_error error;
	const char *text = site_read(l->arena, l->root, path, 0, len, &error);

	if (error.text != NULL && l->error->text == NULL)
		*l->error = error;
	return (text);
}

static void
read_shell(struct looking *l, struct shell *sh, const char *path)
{
	size_t len;
	const char *text = host_file(l, path, &len);

	if (text != NULL)
		shell_read(sh, source_new(l->arena, path, path, text, len, 0));
}

static void
shell_new(struct looking *l, struct shell *sh)
{
	struct diags *quiet = NEW(l->arena, struct diags);

	diags_init(quiet, l->arena, NULL);
	shell_init(sh, l->arena, quiet);
}

/* ezjail's file of a jail, by its safename; a jail that is switched off has NAME.norun. NULL: there is none. */
static const char *
ezjail_file(struct looking *l, const char *name)
{
	static const char *const ends[] = { "", ".norun" };
	size_t len;

	for (size_t i = 0; i < 2; i++) {
		const char *path = arena_printf(l->arena, "/usr/local/etc/ezjail/%s%s", name, ends[i]);

		if (host_file(l, path, &len) != NULL)
			return (path);
	}
	return (NULL);
}

static const char *
rootdir(struct looking *l, const struct shell *sh, const char *name)
{
	return (shell_value(sh, arena_printf(l->arena, "jail_%s_rootdir", name)));
}

/* jail.conf */

/* Not what vnetc itself installed: that says what a build says. */
static void
read_conf(struct looking *l, struct jailconf *jc, const char *path)
{
	size_t len;
	const char *text = map_put(l->read, path, l) == NULL ? host_file(l, path, &len) : NULL;

	if (text != NULL && strstr(text, "Made by vnetc from ") == NULL)
		jailconf_read(jc, source_new(l->arena, path, path, text, len, 0));
}

struct including { struct looking *l; struct jailconf *jc; };

static void
include(void *user, const char *pattern, struct span at)
{
	const struct including *in = user;
	struct looking *l = in->l;
	const char *slash = strrchr(pattern, '/'), *dir = slash == NULL ? "/etc" : arena_strndup(l->arena, pattern, (size_t)(slash - pattern));
	strings names = { 0 };

	(void)at;
	l->includes |= strcmp(dir, "/etc/jail.conf.d") == 0;
	if (*dir == '/' && good_site_path(dir))
		names = site_list(l->arena, l->root, dir);
	vec_each (const char *const *, name, &names)
		if (fnmatch(slash == NULL ? pattern : slash + 1, *name, FNM_PERIOD) == 0)
			read_conf(l, in->jc, arena_printf(l->arena, "%s/%s", dir, *name));
}

static struct jailconf *
conf_new(struct looking *l, const char *path)
{
	struct jailconf *jc = NEW(l->arena, struct jailconf);
	struct including *in = NEW(l->arena, struct including);
	struct diags *quiet = NEW(l->arena, struct diags);

	*in = (struct including){ l, jc };
	diags_init(quiet, l->arena, NULL);
	jailconf_init(jc, l->arena, quiet);
	jc->include = include;
	jc->user = in;
	l->read = map_new(l->arena);
	read_conf(l, jc, path);
	return (jc);
}

static const struct jc_block *
block_of(const struct jailconf *jc, const char *jail)
{
	vec_each (const struct jc_block *, b, &jc->blocks)
		if (!b->wildcard && !b->global && strcmp(b->name, jail) == 0)
			return (b);
	return (NULL);
}

/* Looks where rc.d/jail does, in its order: the block of a jail, and the path that stands for it. */
static bool
in_jail_conf(struct looking *l, struct home *h)
{
	const char *name = h->plan->native.name, *own = arena_printf(l->arena, "/etc/jail.conf.d/%s.conf", name);
	size_t len;

	for (int i = 0; i < 3; i++) {
		const struct jailconf *jc = i == 0 ? conf_new(l, arena_printf(l->arena, "/etc/jail.%s.conf", name)) : i == 1 ? conf_new(l, own) : l->conf;
		const struct jc_block *block = block_of(jc, name);
		const struct jc_setting *path;
		jc_settings all;

		if (block == NULL)
			continue;
		if (strcmp(block->at.src->name, own) != 0)
			h->block = block->at;
		jailconf_settings(jc, name, &all);
		path = jc_find(&all, "path");
		if (path != NULL && path->values.n > 0 && good_site_path(path->values.v[path->values.n - 1]))
			h->root = path->values.v[path->values.n - 1];
		return (true);
	}
	return (host_file(l, own, &len) != NULL);
}

static void
look(struct looking *l, struct home *h)
{
	const char *safe = h->plan->ezjail.name;

	if (!l->native && (h->ezjail = ezjail_file(l, safe)) != NULL) {
		struct shell sh;

		shell_new(l, &sh);
		read_shell(l, &sh, h->ezjail);
		h->manager = MANAGER_EZJAIL;
		h->root = rootdir(l, &sh, safe);
	} else if (!l->native && (h->root = rootdir(l, &l->rc, safe)) != NULL)
		h->manager = MANAGER_RC_CONF;
	else if (in_jail_conf(l, h) || l->native)
		h->manager = MANAGER_JAIL_CONF;
}

bool
homes_find(struct homes *homes, struct arena *a, const char *root, const struct plan *plan, bool native, struct out_error *error)
{
	struct looking l = { .arena = a, .root = root, .error = error, .native = native };
	const char *list;

	*homes = (struct homes){ .by_name = map_new(a), .by_ezjail = map_new(a), .by_native = map_new(a) };
	*error = (struct out_error){ 0 };
	shell_new(&l, &l.rc);
	read_shell(&l, &l.rc, "/etc/rc.conf");
	read_shell(&l, &l.rc, "/etc/rc.conf.local");
	l.conf = conf_new(&l, "/etc/jail.conf");
	list = shell_value(&l.rc, "jail_list");
	homes->reads_own_files = l.includes || (list != NULL && list[strspn(list, " \t\n")] != '\0');
	vec_each (const struct jail_plan *, jp, &plan->jails) {
		struct home *h = vec_push(a, &homes->all);

		*h = (struct home){ .plan = jp };
		look(&l, h);
	}
	vec_each (struct home *, h, &homes->all) {
		map_put(homes->by_name, h->plan->jail->name, h);
		map_put(homes->by_ezjail, h->plan->ezjail.name, h);
		map_put(homes->by_native, h->plan->native.name, h);
	}
	return (error->text == NULL);
}
