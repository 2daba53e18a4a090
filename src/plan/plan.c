/* SPDX-License-Identifier: BSD-2-Clause */
/* The planner: which part follows which; stanzas; the places that asked for them. */
#include <string.h>

#include "plan/planning.h"

struct stanza *
stanza_new(struct planner *p, struct plan_file *file, const char *title, const char *asked, struct span why)
{
	struct stanza *stanza = vec_push(p->arena, &file->stanzas);

	*stanza = (struct stanza) { .title = title, .asked = asked, .why = why };
	return (stanza);
}

struct stanza *
stanza_of(struct planner *p, struct plan_file *file, const char *title, const char *asked, struct span why, bool shared)
{
	/* Only routes ask, and theirs are the last ones of a file. */
	for (size_t i = file->stanzas.n; i-- > 0;) {
		struct stanza *s = &file->stanzas.v[i];

		if (s->title != NULL && strcmp(s->title, title) == 0 && s->asked != NULL && (shared || strcmp(s->asked, asked) == 0))
			return (s);
	}
	return (stanza_new(p, file, title, asked, why));
}

void
stanza_set(struct planner *p, struct stanza *stanza, const char *name, const char *value)
{
	*vec_push(p->arena, &stanza->settings) = (struct setting) { name, value, false };
}

void
stanza_append(struct planner *p, struct stanza *stanza, const char *name, const char *value)
{
	*vec_push(p->arena, &stanza->settings) = (struct setting) { name, value, true };
}

void
stanza_line(struct planner *p, struct stanza *stanza, const char *line)
{
	*vec_push(p->arena, &stanza->settings) = (struct setting) { NULL, line, false };
}

const char *
asked_key(struct planner *p, const struct span *at, const char *path)
{
	return (arena_printf(p->arena, "%s: %s", given(at) ? at->src->name : p->t->file, path));
}

/* A jail made by a range is written as the range. */
static const char *
written_key(struct planner *p, const struct decl_item *item)
{
	if (given(&item->range))
		return (arena_strndup(p->arena, item->range.src->text + item->range.off, item->range.len));
	return (item->key);
}

const char *
asked_jail(struct planner *p, const struct jail *jail)
{
	return (asked_key(p, &jail->at, arena_printf(p->arena, "jails.%s", written_key(p, &jail->decl->item))));
}

const char *
asked_bridge(struct planner *p, const struct bridge *bridge)
{
	return (asked_key(p, &bridge->at, arena_printf(p->arena, "bridges.%s", bridge->key)));
}

const char *
asked_iface(struct planner *p, const struct iface *iface)
{
	const struct iface *inner = iface->vnet->kind != VNET_JAIL && iface->peer != NULL && iface->peer->vnet->kind == VNET_JAIL ? iface->peer : iface;

	if (inner->cable != NULL)
		return (asked_key(p, &inner->cable->at, arena_printf(p->arena, "epairs.%s", inner->cable->key)));
	if (inner->vnet->kind == VNET_JAIL) {
		const struct iface *top = inner;

		while (top->number < 0 && top->parent != NULL)
			top = top->parent;
		return (asked_key(p, &top->at,
		    arena_printf(
			p->arena, "jails.%s.interfaces[%d]", written_key(p, &inner->vnet->jail->decl->item), top->number)));
	}
	if (inner->bridge != NULL)
		return (asked_bridge(p, inner->bridge));
	if (inner->member_of != NULL && inner->key == NULL)
		return (asked_bridge(p, inner->member_of));
	if (inner->peer != NULL && inner->peer->member_of != NULL)
		return (asked_bridge(p, inner->peer->member_of));
	if (inner->parent != NULL && inner->parent->bridge != NULL && inner->decl == NULL)
		return (asked_bridge(p, inner->parent->bridge));
	return (
	    asked_key(p, &inner->at, arena_printf(p->arena, "host.interfaces.%s", inner->key != NULL ? inner->key : inner->name)));
}

struct plan *
plan_make(struct arena *arena, struct diags *diags, const struct topology *topology, const struct routes *routes)
{
	struct planner p = { .arena = arena, .diags = diags, .t = topology, .routes = routes };

	p.plan = NEW(arena, struct plan);
	p.plan->topology = topology;
	p.plan->routes = routes;
	plan_host(&p);
	vec_each (struct jail *const *, j, &topology->jails)
		plan_jail(&p, *j);
	plan_devfs(&p);
	return (p.plan);
}

static void
dump_file(const struct plan_file *file, FILE *out)
{
	if (file->path == NULL)
		return;
	fprintf(out, "file %s\n", file->path);
	vec_each (const struct stanza *, s, &file->stanzas) {
		uint32_t line = source_line(&s->why);

		fprintf(out, "\t# %s", s->title != NULL ? s->title : "");
		if (s->asked != NULL)
			fprintf(out, " (%s)", s->asked);
		if (line != 0)
			fprintf(out, " line %u", (unsigned)line);
		fputc('\n', out);
		vec_each (const struct setting *, set, &s->settings) {
			if (set->name == NULL)
				fprintf(out, "\t%s\n", set->value);
			else
				fprintf(out, "\t%s %s %s\n", set->name, set->append ? "+=" : "=", set->value);
		}
	}
}

static void
dump_strings(const char *what, const strings *list, FILE *out)
{
	vec_each (const char *const *, s, list)
		fprintf(out, "\t%s %s\n", what, *s);
}

static void
dump_jail(const struct jail_plan *jail, FILE *out)
{
	static const char *const hooks[HOOKS] = { "prestart", "poststart", "prestop", "poststop" };

	fprintf(out, "jail %s (%s)\n", jail->native.name, jail->asked);
	fprintf(out, "\tpath %s\n\thostname %s\n", jail->path, jail->hostname);
	dump_strings("vnet.interface", &jail->vnet_interfaces, out);
	dump_strings("ip", &jail->ip, out);
	if (jail->devfs_ruleset >= 0)
		fprintf(out, "\tdevfs_ruleset %d\n", jail->devfs_ruleset);
	vec_each (const struct jail *const *, a, &jail->after)
		fprintf(out, "\tafter %s\n", (*a)->name);
	for (int h = 0; h < HOOKS; h++)
		dump_strings(hooks[h], &jail->native.hooks[h], out);
	fprintf(out, "\tstart %s\n\tstop %s\n", jail->exec_start, jail->exec_stop);
	dump_strings("parameter", &jail->parameters, out);
}

void
plan_dump(const struct plan *plan, FILE *out)
{
	dump_file(&plan->host, out);
	vec_each (const struct jail_plan *, j, &plan->jails) {
		dump_jail(j, out);
		dump_file(&j->rc_conf, out);
	}
	vec_each (const struct plan_file *, f, &plan->others)
		dump_file(f, out);
	dump_strings("by hand:", &plan->todo, out);
}
