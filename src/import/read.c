/* SPDX-License-Identifier: BSD-2-Clause */
/* Which files are read, and the jails that they describe (freebsd.md 1, 3, 5.2). */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/outdir.h"
#include "import/old.h"
#include "install/block.h"
#include "install/files.h"
#include "model/model.h"
#include "rules/rules.h"

#define LARGEST ((size_t)4 << 20)
#define OWN_LINES "lines that vnetc wrote"

const char *const old_hook_names[OLD_HOOKS] = {
	[OLD_PRESTART] = "prestart", [OLD_POSTSTART] = "poststart", [OLD_PRESTOP] = "prestop", [OLD_POSTSTOP] = "poststop",
};

/* A jail while its variables are being collected. */
struct gathering {
	struct old_host *old;
	const struct old_places *places;
	struct arena *arena;
	const char *why;
	VEC(struct ezfile { const char *name; struct shell sh; const struct source *src; bool disabled; }) ezjail;
	VEC(struct jailconf *) confs;
	struct map *included;           /* paths that an .include has read */
	struct jailconf *current;
};

/* Files */

static const char *
rooted(struct gathering *g, const char *path)
{
	const char *root = g->places->root;
	size_t n = strlen(root);

	while (n > 0 && root[n - 1] == '/')
		n--;
	return (arena_printf(g->arena, "%.*s%s", (int)n, root, path));
}

/* As shown: below the root without it. */
static const char *
shown(const struct gathering *g, const char *path)
{
	size_t n = g->places->root != NULL ? strlen(g->places->root) : 0;

	while (n > 0 && g->places->root[n - 1] == '/')
		n--;
	return (n > 0 && strncmp(path, g->places->root, n) == 0 && path[n] == '/' ? path + n : path);
}

/* Nobody could read a text there: a device, a pipe, a socket, a directory, a link that leads in circles or out of a jail. */
static bool
no_text(const struct out_error *error)
{
	return (error->code == EINVAL || error->code == EISDIR || error->code == ELOOP || error->code == EMLINK || error->code == ENXIO ||
	    error->code == EOPNOTSUPP || error->code == EFBIG);
}

/* What was read at a path, as a source. text NULL: the error tells why not; then NULL, and where it is not just missing, it is told. */
static const struct source *
taken(struct gathering *g, const char *path, const char *what, const char *text, size_t len, const struct out_error *error)
{
	if (text == NULL && no_text(error)) {
		const struct source *src = source_new(g->arena, shown(g, path), path, "", 0, g->old->sources++);

		diag_add(g->old->diags, &rule_not_understood, (struct span){ .src = src, .off = 0, .len = 1 }, "%s; it is left out", error->text);
		return (NULL);
	}
	if (text == NULL) {
		if (error->text != NULL && error->code != ENOENT && error->code != ENOTDIR)
			g->why = error->text;
		return (NULL);
	}
	*vec_push(g->arena, &g->old->files) = (struct old_file){ shown(g, path), what };
	g->old->vnetc |= strstr(text, "Made by vnetc from ") != NULL;
	return (source_new(g->arena, shown(g, path), path, text, len, g->old->sources++));
}

/* NULL: not there, or g->why says why not. */
static const struct source *
load(struct gathering *g, const char *path, const char *what, bool needed)
{
	struct out_error error;
	size_t len;
	const char *text = file_read(g->arena, path, LARGEST, &len, &error);

	if (text == NULL && needed) {
		g->why = error.text;
		return (NULL);
	}
	return (taken(g, path, what, text, len, &error));
}

static int
by_text(const void *a, const void *b)
{
	return (strcmp(*(const char *const *)a, *(const char *const *)b));
}

/* Names in a directory, sorted; none where it is missing. Backups of editors and packages are passed over. */
static strings
listed(struct gathering *g, const char *path)
{
	DIR *dir = opendir(path);
	strings names = { 0 };
	const struct dirent *e;

	if (dir == NULL)
		return (names);
	while ((e = readdir(dir)) != NULL) {
		size_t n = strlen(e->d_name);

		if (e->d_name[0] != '.' && e->d_name[n - 1] != '~' && fnmatch("*.orig", e->d_name, 0) != 0 && fnmatch("*.bak", e->d_name, 0) != 0 &&
		    fnmatch("*.sample", e->d_name, 0) != 0)
			*vec_push(g->arena, &names) = arena_strdup(g->arena, e->d_name);
	}
	closedir(dir);
	if (names.n > 1)
		qsort(names.v, names.n, sizeof(names.v[0]), by_text);
	return (names);
}

static bool
is_directory(const char *path)
{
	struct stat st;

	return (stat(path, &st) == 0 && S_ISDIR(st.st_mode));
}

static void
read_rc(struct gathering *g, struct shell *sh, const char *path, bool needed)
{
	const struct source *src = load(g, path, "variables", needed);

	if (src != NULL)
		shell_read(sh, src);
}

/* rc.conf.d/SERVICE, or rc.conf.d/SERVICE/FILE. */
static void
read_rc_directory(struct gathering *g, const char *path)
{
	strings names = listed(g, path);

	vec_each (const char *const *, name, &names) {
		const char *file = arena_printf(g->arena, "%s/%s", path, *name);
		strings inner = { 0 };

		if (!is_directory(file)) {
			read_rc(g, &g->old->host.rc, file, false);
			continue;
		}
		inner = listed(g, file);
		vec_each (const char *const *, n, &inner)
			read_rc(g, &g->old->host.rc, arena_printf(g->arena, "%s/%s", file, *n), false);
	}
}

static void
read_ezjail(struct gathering *g, const char *path)
{
	strings names = listed(g, path);

	vec_each (const char *const *, name, &names) {
		const char *file = arena_printf(g->arena, "%s/%s", path, *name), *dot = strchr(*name, '.');
		const struct source *src;
		struct ezfile *ez;

		if (is_directory(file) || (src = load(g, file, "ezjail", false)) == NULL)
			continue;
		if (dot != NULL && strcmp(dot, ".norun") != 0) {
			diag_add(g->old->diags, &rule_not_understood, (struct span){ .src = src, .off = 0, .len = 1 },
			    "ezjail does not start files with a dot in their names: %s is left out", *name);
			continue;
		}
		ez = vec_push(g->arena, &g->ezjail);
		*ez = (struct ezfile){ .name = dot != NULL ? arena_strndup(g->arena, *name, (size_t)(dot - *name)) : *name, .src = src, .disabled = dot != NULL };
		shell_init(&ez->sh, g->arena, g->old->diags);
		shell_read(&ez->sh, src);
	}
}

/* .include "/etc/jail.conf.d/x*.conf" */
static void
include(void *user, const char *pattern, struct span at)
{
	struct gathering *g = user;
	const char *slash = strrchr(pattern, '/');
	const char *dir = slash == NULL ? "/etc" : arena_strndup(g->arena, pattern, (size_t)(slash - pattern));
	const char *last = slash == NULL ? pattern : slash + 1;
	const char *real = *dir == '/' && g->places->root != NULL ? rooted(g, dir) : dir;
	strings names = listed(g, real);
	bool any = false;

	g->old->includes_own_files |= strcmp(dir, "/etc/jail.conf.d") == 0;
	vec_each (const char *const *, name, &names) {
		const char *path = arena_printf(g->arena, "%s/%s", real, *name);
		const struct source *src;

		if (fnmatch(last, *name, 0) != 0 || is_directory(path) || map_put(g->included, path, g) != NULL ||
		    (src = load(g, path, "jail.conf", false)) == NULL)
			continue;
		any = true;
		jailconf_read(g->current, src);
	}
	if (!any && strpbrk(last, "*?[") == NULL)
		diag_add(g->old->diags, &rule_not_understood, at, "%s is not there", pattern);
}

static void
read_jail_conf(struct gathering *g, const char *path, bool needed)
{
	const struct source *src;
	struct jailconf *jc;

	if (map_get(g->included, path) != NULL || (src = load(g, path, "jail.conf", needed)) == NULL)
		return;
	jc = NEW(g->arena, struct jailconf);
	jailconf_init(jc, g->arena, g->old->diags);
	jc->include = include;
	jc->user = g;
	*vec_push(g->arena, &g->confs) = jc;
	g->current = jc;
	jailconf_read(jc, src);
}

static void
read_root(struct gathering *g)
{
	static const char *const directories[] = { "/etc/rc.conf.d", "/usr/local/etc/rc.conf.d", NULL };
	strings names;

	read_rc(g, &g->old->host.rc, rooted(g, "/etc/rc.conf"), false);
	read_rc(g, &g->old->host.rc, rooted(g, "/etc/rc.conf.local"), false);
	for (size_t i = 0; directories[i] != NULL; i++)
		read_rc_directory(g, rooted(g, directories[i]));
	read_ezjail(g, rooted(g, "/usr/local/etc/ezjail"));
	read_jail_conf(g, rooted(g, "/etc/jail.conf"), false);
	names = listed(g, rooted(g, "/etc/jail.conf.d"));
	vec_each (const char *const *, name, &names)
		if (fnmatch("*.conf", *name, 0) == 0)
			read_jail_conf(g, rooted(g, arena_printf(g->arena, "/etc/jail.conf.d/%s", *name)), false);
	/* bastille(8) writes one of its own a jail. */
	names = listed(g, rooted(g, "/usr/local/bastille/jails"));
	vec_each (const char *const *, name, &names)
		read_jail_conf(g, rooted(g, arena_printf(g->arena, "/usr/local/bastille/jails/%s/jail.conf", *name)), false);
	names = listed(g, rooted(g, "/etc"));
	vec_each (const char *const *, name, &names)
		if (fnmatch("jail.*.conf", *name, 0) == 0)
			read_jail_conf(g, rooted(g, arena_printf(g->arena, "/etc/%s", *name)), false);
}

/* NAME="VALUE", a line each; what is set last counts. */
static void
read_tunables(struct gathering *g, const char *path)
{
	static const char name[] = "net.link.bridge.inherit_mac=";
	const struct source *src = load(g, rooted(g, path), "tunables", false);

	for (const char *line = src != NULL ? src->text : ""; *line != '\0'; line += strcspn(line, "\n"), line += *line == '\n') {
		line += strspn(line, " \t");
		if (strncmp(line, name, sizeof(name) - 1) == 0)
			g->old->inherit_mac = line[sizeof(name) - 1 + (line[sizeof(name) - 1] == '"')] == '1';
	}
}

/* What other programs of the host are told about its interfaces: looked through for names, not understood. */
static void
read_others(struct gathering *g)
{
	static const struct { const char *path, *variable, *what; bool listens; } files[] = {
		{ "/etc/pf.conf", "pf_rules", "rules of pf", false }, { "/etc/ipfw.rules", "firewall_script", "rules of ipfw", false },
		{ "/etc/ipf.rules", "ipfilter_rules", "rules of ipfilter", false }, { "/etc/ssh/sshd_config", NULL, "sshd", true },
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const char *path = files[i].variable != NULL ? shell_value(&g->old->host.rc, files[i].variable) : NULL;
		const struct source *src = load(g, rooted(g, path != NULL && *path == '/' ? path : files[i].path), files[i].what, false);

		if (src != NULL)
			*vec_push(g->arena, &g->old->others) = (struct old_other){ src, files[i].listens };
	}
}

/* USERLAND_VERSION of freebsd-version(1), a script whose variables can be read like any other. */
static void
read_release(struct gathering *g)
{
	const char *path = rooted(g, "/bin/freebsd-version");
	struct out_error error;
	struct diags quiet;
	struct shell sh;
	size_t len;
	const char *text = file_read(g->arena, path, LARGEST, &len, &error), *version;

	if (text == NULL)
		return;
	diags_init(&quiet, g->arena, NULL);
	shell_init(&sh, g->arena, &quiet);
	shell_read(&sh, source_new(g->arena, shown(g, path), path, text, len, 0));
	version = shell_value(&sh, "USERLAND_VERSION");
	if (version == NULL || *version < '0' || *version > '9')
		return;
	g->old->release = arena_strndup(g->arena, version, strspn(version, "0123456789."));
	*vec_push(g->arena, &g->old->files) = (struct old_file){ shown(g, path), "the release" };
}

/* Does it stand in a file or a block that vnetc wrote: after its head line? */
bool
old_by_vnetc(const struct span *at)
{
	const char *head = at->src != NULL ? strstr(at->src->text, "Made by vnetc from ") : NULL, *end = head != NULL ? strstr(head, BLOCK_END) : NULL;

	return (head != NULL && at->off > (size_t)(head - at->src->text) && (end == NULL || at->off < (size_t)(end - at->src->text)));
}

bool
old_further(const struct shell_set *set)
{
	static const char title[] = "# further variables (";
	const char *text, *from;

	if (!old_by_vnetc(&set->at))
		return (false);
	text = set->at.src->text;
	for (from = text + set->at.off; from > text + 1 && !(from[-1] == '\n' && from[-2] == '\n'); from--)
		;
	return (strncmp(from, title, sizeof(title) - 1) == 0);
}

/* Jails */

/* What rc.d/jail takes from jail_X where a jail has none of its own. */
static bool
for_all(const char *variable)
{
	static const char *const names[] = { "interface", "parameters", "devfs_ruleset", "vnet_interface", "fib", NULL };

	return (str_in(variable, names) || (strncmp(variable, "exec_", 5) == 0 && strchr("0123456789", variable[strlen(variable) - 1]) != NULL));
}

/* A variable jail_NAME_X; rc.conf overrides what ezjail's file exports (freebsd.md 3.1). */
static const struct shell_set *
jail_set(const struct gathering *g, const struct ezfile *ez, const char *jail, const char *variable)
{
	const char *name = arena_printf(g->arena, "jail_%s_%s", safename(g->arena, jail), variable);
	const struct shell_set *set = shell_find(&g->old->host.rc, name);

	if (set == NULL && ez != NULL)
		set = shell_find(&ez->sh, name);
	/* jail_X stands for all jails whose own is empty. */
	if (set == NULL || (set->value != NULL && *set->value == '\0')) {
		const struct shell_set *all = for_all(variable) ? shell_find(&g->old->host.rc, arena_printf(g->arena, "jail_%s", variable)) : NULL;

		set = all != NULL ? all : set;
	}
	return (set);
}

static const char *
jail_value(const struct gathering *g, const struct ezfile *ez, const char *jail, const char *variable)
{
	const struct shell_set *set = jail_set(g, ez, jail, variable);

	return (set != NULL ? set->value : NULL);
}

/* IFACE|ADDRESS[/LEN] or ADDRESS. */
static void
classic_address(struct gathering *g, struct old_jail *jail, const char *item, const char *on, struct span at)
{
	const char *bar = strchr(item, '|'), *text = bar != NULL ? bar + 1 : item;
	struct old_address a = { .len = -1, .on = bar != NULL ? arena_strndup(g->arena, item, (size_t)(bar - item)) : on, .at = at };
	const char *first = arena_strndup(g->arena, text, strcspn(text, "/ "));

	if (*text == '\0')
		return;
	if (!inaddr_parse(first, &a.addr)) {
		diag_add(g->old->diags, &rule_bad_classic_ip, at, "%s is not INTERFACE|ADDRESS", item);
		return;
	}
	if (text[strlen(first)] == '/')
		a.len = atoi(text + strlen(first) + 1);
	if (a.len > family_bits(a.addr.family) && strchr(text + strlen(first), '.') == NULL)
		diag_add(g->old->diags, &rule_bad_classic_ip, at, "%s: an %s address has no length of %d", item, family_word(a.addr.family), a.len);
	if (a.len < -1 || a.len > family_bits(a.addr.family))
		a.len = -1;
	*vec_push(g->arena, &jail->ip) = a;
}

static void
jail_ruleset(struct gathering *g, struct old_jail *jail, const char *value, struct span at)
{
	char *end;
	long n;

	if (value == NULL || *value == '\0' || strcmp(value, "devfsrules_jail") == 0)
		return;
	n = strtol(value, &end, 10);
	if (*end == '\0' && n >= 0 && n <= 65535) {
		jail->devfs_ruleset = (int)n;
		jail->ruleset_by_vnetc = old_by_vnetc(&at);
	} else {
		struct diag *d = diag_add(g->old->diags, &rule_named_devfs_ruleset, at, "rc.d/jail takes a number, %s is left out by it", value);

		diag_help(g->old->diags, d, "its number in /etc/devfs.rules");
	}
}

static void
jail_interfaces(struct gathering *g, struct old_jail *jail, const struct shell_set *set)
{
	strings words = old_words(g->arena, set != NULL ? set->value : NULL, " \t\n");

	vec_each (const char *const *, word, &words) {
		struct span at = old_word_span(set, *word);
		strings parts = old_words(g->arena, *word, ",");

		if (strchr(*word, ',') != NULL) {
			struct diag *d = diag_add(g->old->diags, &rule_comma_in_vnet_interface, at,
			    "rc.d/jail splits vnet_interface at blanks only: the comma stays in %s", *word);

			diag_help(g->old->diags, d, "separate interfaces by blanks");
		}
		vec_each (const char *const *, part, &parts)
			*vec_push(g->arena, &jail->interfaces) = (struct old_name){ *part, at };
	}
}

/* rc.d/jail puts values between double quotes of a jail.conf as they are (freebsd.md 3.3): what jail(8) makes of them. */
static const char *
as_jail_reads(struct gathering *g, const struct shell_set *set)
{
	struct text t = { .arena = g->arena };
	const char *s = set != NULL ? set->value : NULL;

	if (s == NULL)
		return (NULL);
	for (; *s != '\0'; s++) {
		if (*s == '"')
			diag_add(g->old->diags, &rule_not_understood, set->value_at, "a double quote ends the value of %s in the jail.conf that is made of it", set->name);
		if (*s == '\\' && s[1] != '\0')
			s++;
		text_addn(&t, s, 1);
	}
	return (text_end(&t));
}

static void
variable_command(struct gathering *g, const struct shell_set *set, old_commands *out)
{
	if (set != NULL && set->value != NULL && *set->value != '\0')
		*vec_push(g->arena, out) = (struct old_command){ as_jail_reads(g, set), set->value_at, false };
}

static void
after_start(struct gathering *g, const struct shell_set *set, struct old_jail *jail)
{
	size_t before = jail->start.n;

	variable_command(g, set, &jail->start);
	if (jail->start.n > before)
		jail->start.v[before].stays = true;
}

/* exec_prestart0, 1, … : 0 may be missing, the first hole after it ends the list (freebsd.md 3.3). */
static void
jail_hooks(struct gathering *g, const struct ezfile *ez, struct old_jail *jail, enum old_hook hook)
{
	bool hole = false;

	for (int n = 0; n < 100; n++) {
		const char *variable = arena_printf(g->arena, "exec_%s%d", old_hook_names[hook], n);
		const struct shell_set *set = jail_set(g, ez, jail->called, variable);

		if (set == NULL) {
			hole |= n > 0;
			continue;
		}
		if (hole) {
			diag_add(g->old->diags, &rule_gap_in_exec, set->at, "%s is never run: the numbers before it have a gap", set->name);
			return;
		}
		variable_command(g, set, &jail->hooks[hook]);
	}
}

/* "# REQUIRE: a b" of the file's first run of such lines, as rcorder reads it. */
static void
rcorder(struct gathering *g, struct old_jail *jail, const struct source *src)
{
	bool begun = false;

	for (const char *line = src->text; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		bool ours = strncmp(line, "# PROVIDE:", 10) == 0 || strncmp(line, "# REQUIRE:", 10) == 0 || strncmp(line, "# BEFORE:", 9) == 0 ||
		    strncmp(line, "# KEYWORD:", 10) == 0;

		if (strncmp(line, "# REQUIRE:", 10) == 0) {
			strings words = old_words(g->arena, arena_strndup(g->arena, line + 10, n - 10), " \t");

			vec_each (const char *const *, w, &words)
				*vec_push(g->arena, &jail->after) = *w;
		}
		if (begun && !ours)
			return;
		begun |= ours;
		line += n + (line[n] == '\n');
	}
}

bool
old_jail_is(const struct old_jail *jail, const char *name)
{
	return (strcmp(jail->name, name) == 0 || strcmp(jail->called, name) == 0 ||
	    (jail->manager == OLD_EZJAIL && strcmp(jail->called, safename(jail->stack.rc.arena, name)) == 0));
}

static struct old_jail *
jail_new(struct gathering *g, const char *called, enum old_manager manager, struct span at)
{
	struct old_jail *jail = NEW(g->arena, struct old_jail);

	jail->name = jail->called = called;
	jail->manager = manager;
	jail->at = at;
	jail->devfs_ruleset = jail->fib = -1;
	old_stack_init(g->old, &jail->stack, called);
	*vec_push(g->arena, &g->old->jails) = jail;
	return (jail);
}

/* A name with its dashes: ezjail's safename has none, the host name or the root directory may. */
static void
full_name(struct gathering *g, struct old_jail *jail)
{
	const char *slash = jail->path != NULL ? strrchr(jail->path, '/') : NULL;
	const char *names[] = { slash != NULL ? slash + 1 : NULL, jail->hostname };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] != NULL && strcmp(safename(g->arena, names[i]), jail->called) == 0 && strchr(names[i], '.') == NULL)
			jail->name = names[i];
	vec_each (const struct jail_file *, f, &g->places->jails)
		if (strcmp(safename(g->arena, f->jail), jail->called) == 0)
			jail->name = f->jail;
	jail->stack.name = jail->name;
}

static const char *
parameter_text(struct gathering *g, const struct jc_setting *s)
{
	return (s->values.n == 0 ? s->name : arena_printf(g->arena, "%s=%s", s->name, str_join(g->arena, &s->values, ",")));
}

/* A word of jail_NAME_parameters, which rc.d/jail writes into a jail.conf as it is: what jail(8) makes of it. */
static const char *
parameter_word(struct gathering *g, const char *word)
{
	const char *text = arena_printf(g->arena, "x { %s; }", word);
	struct jailconf jc;
	struct diags quiet;
	jc_settings all;

	diags_init(&quiet, g->arena, NULL);
	jailconf_init(&jc, g->arena, &quiet);
	jailconf_read(&jc, source_new(g->arena, "", "", text, strlen(text), 0));
	jailconf_settings(&jc, "x", &all);
	return (quiet.all.n == 0 && all.n == 1 ? parameter_text(g, &all.v[0]) : word);
}

static void
by_variables(struct gathering *g, const struct ezfile *ez, const char *called, struct span at)
{
	struct old_jail *jail = jail_new(g, called, ez != NULL ? OLD_EZJAIL : OLD_RC_CONF, at);
	const struct shell_set *ip = jail_set(g, ez, called, "ip"), *set;
	const char *fib = jail_value(g, ez, called, "fib"), *on = jail_value(g, ez, called, "interface");
	strings items = old_words(g->arena, ip != NULL ? ip->value : NULL, ", \t\n"), parameters;

	jail->disabled = ez != NULL && ez->disabled;
	jail->hostname = jail_value(g, ez, called, "hostname");
	jail->path = jail_value(g, ez, called, "rootdir");
	full_name(g, jail);
	vec_each (const char *const *, item, &items)
		classic_address(g, jail, *item, on, old_word_span(ip, *item));
	for (int n = 0; items.n > 0 && (set = jail_set(g, ez, called, arena_printf(g->arena, "ip_multi%d", n))) != NULL; n++) {
		strings more = old_words(g->arena, set->value, ", \t\n");

		vec_each (const char *const *, item, &more)
			classic_address(g, jail, *item, on, old_word_span(set, *item));
	}
	/* It is the empty ip that makes a vnet jail (freebsd.md 3.3); without any interface it is one without a network. */
	jail_interfaces(g, jail, jail_set(g, ez, called, "vnet_interface"));
	jail->vnet = items.n == 0;
	if (ip != NULL)
		jail->vnet_at = ip->at;
	jail->by_vnetc = ip != NULL && old_by_vnetc(&ip->at);
	for (int hook = 0; hook < OLD_HOOKS; hook++)
		jail_hooks(g, ez, jail, (enum old_hook)hook);
	variable_command(g, jail_set(g, ez, called, "exec_start"), &jail->start);
	for (int n = 0; n < 100; n++)
		after_start(g, jail_set(g, ez, called, arena_printf(g->arena, "exec_afterstart%d", n)), jail);
	variable_command(g, jail_set(g, ez, called, "exec_stop"), &jail->stop);
	if ((set = jail_set(g, ez, called, "devfs_ruleset")) != NULL)
		jail_ruleset(g, jail, set->value, set->value_at);
	if (fib != NULL && *fib != '\0')
		jail->fib = atoi(fib);
	parameters = old_words(g->arena, jail_value(g, ez, called, "parameters"), " \t\n;");
	vec_each (const char *const *, word, &parameters)
		*vec_push(g->arena, &jail->parameters) = parameter_word(g, *word);
	if (ez != NULL)
		rcorder(g, jail, ez->src);
}

/* Variables that look as if they did something (freebsd.md 3.3). */
static void
unread(struct gathering *g, const struct shell *sh)
{
	static const char *const ends[] = { "_vnet_interfaces", "_exec_prestart", "_exec_poststart", "_exec_prestop", "_exec_poststop", NULL };

	vec_each (struct shell_set *const *, s, &sh->sets)
		for (size_t i = 0; ends[i] != NULL && strncmp((*s)->name, "jail_", 5) == 0; i++) {
			size_t n = strlen((*s)->name), m = strlen(ends[i]);
			struct diag *d;

			if (n <= m + 5 || strcmp((*s)->name + n - m, ends[i]) != 0)
				continue;
			d = diag_add(g->old->diags, &rule_unread_variable, (*s)->at, "nothing reads %s", (*s)->name);
			if (i == 0)
				diag_help(g->old->diags, d, "%.*s, without the s", (int)n - 1, (*s)->name);
			else
				diag_help(g->old->diags, d, "%s0: they are numbered", (*s)->name);
		}
}

/* jail.conf */

static const char *
setting(const jc_settings *all, const char *name)
{
	const struct jc_setting *s = jc_find(all, name);

	return (s != NULL && s->values.n > 0 ? s->values.v[s->values.n - 1] : NULL);
}

static void
conf_commands(struct gathering *g, const jc_settings *all, const char *name, old_commands *out)
{
	const struct jc_setting *s = jc_find(all, name);

	for (size_t i = 0; s != NULL && i < s->values.n; i++)
		*vec_push(g->arena, out) = (struct old_command){ s->values.v[i], s->at.v[i], false };
}

static void
conf_addresses(struct gathering *g, struct old_jail *jail, const jc_settings *all, const char *name)
{
	const struct jc_setting *s = jc_find(all, name);

	for (size_t i = 0; s != NULL && i < s->values.n; i++)
		classic_address(g, jail, s->values.v[i], setting(all, "interface"), s->at.v[i]);
}

/* Parameters that the topology has keys for, or that vnetc writes itself. */
static bool
known_parameter(const char *name)
{
	static const char *const names[] = { "vnet", "vnet.interface", "path", "host.hostname", "depend", "mount.devfs", "devfs_ruleset", "exec.clean",
		"exec.system_user", "exec.jail_user", "exec.start", "command", "exec.stop", "ip4.addr", "ip6.addr", "ip4", "ip6", "interface", "exec.fib",
		"name", "exec.prestart", "exec.poststart", "exec.prestop", "exec.poststop", NULL };

	return (str_in(name, names));
}

/* Several values are one only where they are a list of words; mount's lines are not. */
static bool
one_value(const struct jc_setting *s)
{
	if (s->values.n < 2)
		return (true);
	vec_each (const char *const *, v, &s->values)
		if (strpbrk(*v, " \t\n,") != NULL)
			return (false);
	return (true);
}

static void
conf_parameters(struct gathering *g, struct old_jail *jail, const jc_settings *all)
{
	vec_each (const struct jc_setting *, s, all) {
		if (known_parameter(s->name))
			continue;
		if (!one_value(s))
			vec_each (const struct span *, at, &s->at)
				diag_add(g->old->diags, &rule_not_understood, *at, "%s of %s has several values, and parameters of a topology take one: left out", s->name,
				    jail->name);
		else
			*vec_push(g->arena, &jail->parameters) = parameter_text(g, s);
	}
}

/* What stands in jail.conf for all jails and would also hold for a jail.conf.d/NAME.conf that it includes. */
static void
for_all_jails(struct gathering *g, const struct jailconf *jc)
{
	vec_each (const struct jc_block *, b, &jc->blocks)
		for (size_t i = 0; b->wildcard && i < b->params.n; i++) {
			const struct jc_param *p = &b->params.v[i];

			if (strcmp(p->name, "vnet.interface") == 0 || strncmp(p->name, "exec.pre", 8) == 0 || strncmp(p->name, "exec.post", 9) == 0 ||
			    strcmp(p->name, "exec.created") == 0 || (strcmp(p->name, "exec.start") == 0 && p->append))
				*vec_push(g->arena, &g->old->common) = (struct old_name){ p->name, p->at };
		}
}

static void
by_conf(struct gathering *g, const struct jailconf *jc, const char *name)
{
	const struct jc_setting *s;
	struct old_jail *jail;
	jc_settings all;
	struct span at = { 0 };

	jailconf_settings(jc, name, &all);
	vec_each (const struct jc_block *, b, &jc->blocks)
		if (!b->wildcard && strcmp(b->name, name) == 0)
			at = b->at;
	vec_each (struct old_jail *const *, j, &g->old->jails)
		if (strcmp((*j)->called, safename(g->arena, name)) == 0) {
			struct diag *d;

			if (g->old->vnetc && (*j)->vnet)
				return;
			d = diag_add(g->old->diags, &rule_jail_defined_twice, at, "%s has variables too, which win: this block is not read by rc.d/jail", name);
			diag_note(g->old->diags, d, (*j)->at, "they are here");
			return;
		}
	jail = jail_new(g, name, OLD_JAIL_CONF, at);
	jail->by_vnetc = old_by_vnetc(&at);
	jail->hostname = setting(&all, "host.hostname");
	jail->path = setting(&all, "path");
	s = jc_find(&all, "vnet");
	jail->vnet = s != NULL && (s->values.n == 0 || !str_in(s->values.v[0], (const char *const[]){ "inherit", "disable", "0", NULL }));
	if (s != NULL)
		jail->vnet_at = s->name_at;
	if ((s = jc_find(&all, "vnet.interface")) != NULL)
		for (size_t i = 0; i < s->values.n; i++)
			*vec_push(g->arena, &jail->interfaces) = (struct old_name){ s->values.v[i], s->at.v[i] };
	conf_addresses(g, jail, &all, "ip4.addr");
	conf_addresses(g, jail, &all, "ip6.addr");
	jail->inherits = !jail->vnet && jail->ip.n == 0;
	for (int hook = 0; hook < OLD_HOOKS; hook++)
		conf_commands(g, &all, arena_printf(g->arena, "exec.%s", old_hook_names[hook]), &jail->hooks[hook]);
	conf_commands(g, &all, "exec.start", &jail->start);
	conf_commands(g, &all, "command", &jail->start);
	conf_commands(g, &all, "exec.stop", &jail->stop);
	if ((s = jc_find(&all, "devfs_ruleset")) != NULL && s->values.n > 0)
		jail_ruleset(g, jail, s->values.v[0], s->at.v[0]);
	if (setting(&all, "exec.fib") != NULL)
		jail->fib = atoi(setting(&all, "exec.fib"));
	if ((s = jc_find(&all, "depend")) != NULL)
		jail->after = s->values;
	if (jail->path != NULL && strcmp(jail->path, arena_printf(g->arena, "/usr/jails/%s", jail->name)) != 0)
		*vec_push(g->arena, &jail->parameters) = arena_printf(g->arena, "path=%s", jail->path);
	conf_parameters(g, jail, &all);
}

/* Without a root among the variables rc.d/jail takes the block of jail.conf. */
static bool
in_jail_conf(const struct gathering *g, const char *name)
{
	vec_each (struct jailconf *const *, jc, &g->confs)
		vec_each (const struct jc_block *, b, &(*jc)->blocks)
			if (!b->wildcard && strcmp(safename(g->arena, b->name), name) == 0)
				return (true);
	return (false);
}

/* All jails that variables describe, in the order in which they are first spoken of: vnetc's own file has the topology's order. */
static void
jails_of_variables(struct gathering *g)
{
	struct map *seen = map_new(g->arena);

	vec_each (struct shell_set *const *, s, &g->old->host.rc.sets) {
		const char *name = (*s)->name, *end;
		const struct ezfile *ez = NULL;

		if (strncmp(name, "jail_", 5) != 0)
			continue;
		end = strstr(name + 5, "_ip");
		if (end == NULL || end[3] != '\0')
			end = strstr(name + 5, "_rootdir");
		if (end == NULL || (end[1] == 'r' && end[8] != '\0'))
			continue;
		/* rc.d/jail makes a jail of those that have both. */
		name = arena_strndup(g->arena, name + 5, (size_t)(end - name - 5));
		if (end[1] == 'r' && shell_value(&g->old->host.rc, arena_printf(g->arena, "jail_%s_hostname", name)) == NULL)
			continue;
		vec_each (const struct ezfile *, e, &g->ezjail)
			if (strcmp(e->name, name) == 0)
				ez = e;
		if (ez == NULL && in_jail_conf(g, name) && shell_value(&g->old->host.rc, arena_printf(g->arena, "jail_%s_rootdir", name)) == NULL)
			continue;
		if (map_put(seen, name, seen) == NULL)
			by_variables(g, ez, name, (*s)->at);
	}
	vec_each (const struct ezfile *, e, &g->ezjail)
		if (map_put(seen, e->name, seen) == NULL) {
			const struct shell_set *ip = shell_find(&e->sh, arena_printf(g->arena, "jail_%s_ip", e->name));

			by_variables(g, e, e->name, ip != NULL ? ip->at : (struct span){ .src = e->src, .off = 0, .len = 1 });
		}
}

/* Their own files */

/* A jail's root may hold any link, to any place: none is followed there. */
static const struct source *
of_jail(struct gathering *g, const struct old_jail *jail, const char *file, const char *what)
{
	const char *root = jail->path != NULL && jail->path[0] == '/' ? jail->path : arena_printf(g->arena, "/usr/jails/%s", jail->name), *path, *text;
	struct out_error error;
	size_t len = strlen(root);

	while (len > 1 && root[len - 1] == '/')
		len--;
	path = arena_printf(g->arena, "%.*s%s", (int)len, root, file);
	if (!good_site_path(path)) {
		error = (struct out_error){ EINVAL, arena_printf(g->arena, "%s leads nobody knows where", root), false };
		return (taken(g, rooted(g, path), what, NULL, 0, &error));
	}
	text = site_read(g->arena, g->places->root, path, len, &len, &error);
	return (taken(g, rooted(g, path), what, text, len, &error));
}

/* table <vnetc_inside> const { 10.0.2.0/24, … } */
static void
own_table(struct gathering *g, struct old_stack *stack, const strings *words)
{
	bool inside = strcmp(words->v[1], "<vnetc_inside>") == 0;

	for (size_t i = 3; i < words->n; i++) {
		const char *slash = strchr(words->v[i], '/');
		struct prefix p = { .len = slash != NULL ? atoi(slash + 1) : -1 };

		if (slash == NULL || p.len < 0 || p.len > 32 || !inaddr_parse(arena_strndup(g->arena, words->v[i], (size_t)(slash - words->v[i])), &p.addr))
			continue;
		if (inside)
			*vec_push(g->arena, &stack->inside) = p;
		else
			*vec_push(g->arena, &stack->file_nets) = p;
	}
}

/* epair3b:noifprefix:addr="fd00:3::":prefixlen#64:addr0="fd00:33::":prefixlen0#64: */
static void
own_advertised(struct gathering *g, struct old_stack *stack, const char *entry)
{
	struct old_advertised *a = vec_push(g->arena, &stack->advertised);

	*a = (struct old_advertised){ .on = arena_strndup(g->arena, entry, strcspn(entry, ":")) };
	for (const char *at = entry; (at = strstr(at, "=\"")) != NULL;) {
		size_t n = strcspn(at += 2, "\"");
		const char *len = strchr(at, '#');
		struct prefix p;

		if (len == NULL || !inaddr_parse(arena_strndup(g->arena, at, n), &p.addr))
			return;
		p.len = atoi(len + 1);
		*vec_push(g->arena, &a->prefixes) = p;
	}
}

/* Lines of pf.conf, rtadvd.conf and resolv.conf that vnetc itself writes; those of others are their owners' affair. */
static void
own_lines(struct gathering *g, struct old_stack *stack, const struct source *src)
{
	if (src == NULL)
		return;
	if (strstr(src->text, "Made by vnetc from ") == NULL) {
		g->old->files.n--;
		return;
	}
	stack->pf |= strstr(src->path, "/pf.") != NULL;
	for (const char *line = src->text; *line != '\0';) {
		size_t n = strcspn(line, "\n");
		strings w = old_words(g->arena, arena_strndup(g->arena, line, n), " \t");
		struct old_rdr rdr = { .on = w.n > 3 ? w.v[3] : NULL };

		if (w.n > 2 && strcmp(w.v[0], "table") == 0)
			own_table(g, stack, &w);
		else if (w.n == 1 && strstr(w.v[0], ":noifprefix:") != NULL)
			own_advertised(g, stack, w.v[0]);
		else if (w.n == 2 && strcmp(w.v[0], "nameserver") == 0)
			*vec_push(g->arena, &stack->nameservers) = w.v[1];
		else if (w.n > 3 && strcmp(w.v[0], "nat") == 0 && strcmp(w.v[1], "on") == 0)
			*vec_push(g->arena, &stack->nat) = w.v[2];
		else if (w.n > 6 && strcmp(w.v[0], "rdr") == 0 && strcmp(w.v[2], "on") == 0) {
			for (size_t i = 3; i + 1 < w.n; i++) {
				if (strcmp(w.v[i], "proto") == 0)
					rdr.proto = strcmp(w.v[i + 1], "{") == 0 ? "both" : w.v[i + 1];
				else if (strcmp(w.v[i], "port") == 0)
					*(rdr.to.b[0] == 0 ? &rdr.port : &rdr.port_to) = atoi(w.v[i + 1]);
				else if (strcmp(w.v[i], "->") == 0)
					inaddr_parse(w.v[i + 1], &rdr.to);
			}
			*vec_push(g->arena, &stack->rdr) = rdr;
		}
		line += n + (line[n] == '\n');
	}
}

static void
jail_files(struct gathering *g, struct old_jail *jail)
{
	static const char *const own[] = { "pf.conf", "rtadvd.conf", "resolv.conf", NULL };
	const struct source *src;

	vec_each (const struct jail_file *, f, &g->places->jails)
		if (strcmp(safename(g->arena, f->jail), safename(g->arena, jail->called)) == 0) {
			const char *slash = strrchr(f->path, '/'), *dir = slash != NULL ? arena_strndup(g->arena, f->path, (size_t)(slash - f->path)) : ".";

			read_rc(g, &jail->stack.rc, f->path, true);
			for (size_t i = 0; own[i] != NULL; i++)
				own_lines(g, &jail->stack, load(g, arena_printf(g->arena, "%s/%s", dir, own[i]), OWN_LINES, false));
			return;
		}
	if (g->places->root == NULL)
		return;
	if ((src = of_jail(g, jail, "/etc/rc.conf", "variables")) != NULL)
		shell_read(&jail->stack.rc, src);
	for (size_t i = 0; own[i] != NULL; i++)
		own_lines(g, &jail->stack, of_jail(g, jail, arena_printf(g->arena, "/etc/%s", own[i]), OWN_LINES));
}

/* Variables that vnetc wrote and that are none of the network's: rc_conf of the topology. */
static void
further(struct gathering *g, struct old_stack *stack)
{
	static const char *const network[] = { "ifconfig_", "ipv6_", "create_args_", "vlans_", "autobridge_", "route_", "jail_", "cloned_interfaces",
		"static_routes", "defaultrouter", "gateway_enable", "kld_list", "rtadvd_", "pf_enable", "pf_rules", NULL };

	vec_each (struct shell_set *const *, s, &stack->rc.sets) {
		bool is_network = !old_by_vnetc(&(*s)->at);

		for (size_t i = 0; network[i] != NULL && !is_network && !old_further(*s); i++)
			is_network = strncmp((*s)->name, network[i], strlen(network[i])) == 0;
		if (!is_network && (*s)->value != NULL && shell_find(&stack->rc, (*s)->name) == *s)
			*vec_push(g->arena, &stack->further) = *s;
	}
}

/* Interfaces of the host that only jails speak of. */
static void
names_in_jails(struct gathering *g, strings *names)
{
	vec_each (struct old_jail *const *, j, &g->old->jails) {
		vec_each (const struct old_name *, n, &(*j)->interfaces)
			*vec_push(g->arena, names) = n->name;
		vec_each (const struct old_address *, a, &(*j)->ip)
			if (a->on != NULL)
				*vec_push(g->arena, names) = a->on;
	}
}

bool
old_read(struct old_host *old, struct arena *a, struct diags *diags, const struct old_places *places, const char **why)
{
	struct gathering g = { .old = old, .places = places, .arena = a, .included = map_new(a) };
	strings names = { 0 };

	*old = (struct old_host){ .arena = a, .diags = diags };
	old_stack_init(old, &old->host, "host");
	if (places->root != NULL) {
		if (!is_directory(places->root)) {
			*why = arena_printf(a, "%s is no directory", places->root);
			return (false);
		}
		read_release(&g);
		read_root(&g);
		own_lines(&g, &old->host, load(&g, rooted(&g, "/usr/local/etc/vnetc/pf.anchor"), OWN_LINES, false));
		own_lines(&g, &old->host, load(&g, rooted(&g, "/etc/rtadvd.conf"), OWN_LINES, false));
		read_tunables(&g, "/boot/loader.conf");
		read_tunables(&g, "/boot/loader.conf.local");
		read_others(&g);
	}
	vec_each (const char *const *, path, &places->rc_conf) {
		const char *slash = strrchr(*path, '/'), *dir = slash != NULL ? arena_strndup(a, *path, (size_t)(slash - *path)) : ".";

		read_rc(&g, &old->host.rc, *path, true);
		own_lines(&g, &old->host, load(&g, arena_printf(a, "%s/pf.anchor", dir), OWN_LINES, false));
		own_lines(&g, &old->host, load(&g, arena_printf(a, "%s/rtadvd.conf", dir), OWN_LINES, false));
	}
	if (places->ezjail != NULL)
		read_ezjail(&g, places->ezjail);
	vec_each (const char *const *, path, &places->jail_conf)
		read_jail_conf(&g, *path, true);
	old->hostname = shell_value(&old->host.rc, "hostname");
	jails_of_variables(&g);
	vec_each (struct jailconf *const *, jc, &g.confs) {
		strings jails = { 0 };

		jailconf_jails(*jc, &jails);
		vec_each (const char *const *, name, &jails)
			by_conf(&g, *jc, *name);
		for_all_jails(&g, *jc);
	}
	unread(&g, &old->host.rc);
	vec_each (const struct ezfile *, e, &g.ezjail)
		unread(&g, &e->sh);
	names_in_jails(&g, &names);
	old_stack_read(old, &old->host, &names);
	further(&g, &old->host);
	vec_each (struct old_jail *const *, j, &old->jails) {
		old_hooks(old, *j);
		jail_files(&g, *j);
		old_start(old, *j);
		old_stack_read(old, &(*j)->stack, &names);
		further(&g, &(*j)->stack);
	}
	if (g.why != NULL) {
		*why = g.why;
		return (false);
	}
	return (true);
}
