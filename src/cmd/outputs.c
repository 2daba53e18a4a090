/* SPDX-License-Identifier: BSD-2-Clause */
/* What a build of a topology writes, compared with what is there. */
#include <string.h>

#include "cmd/outputs.h"
#include "diagram/depict.h"
#include "diagram/diagram.h"
#include "emit/emit.h"
#include "rules/rules.h"

static bool
draw_all(struct invocation *inv, struct outdir *files, const char **error)
{
	const struct picture_options options = { .stem = "topology", .anchors = "topology.md#" };
	diagram_pages pages = { 0 };

	if (!diagram_all(inv->arena, depict(inv->arena, inv->compilation.plan), &options, &pages, error))
		return (false);
	vec_each (const struct diagram_page *, page, &pages)
		outdir_add(files, page->name, page->svg, page->len);
	return (true);
}

int
outputs_collect(struct invocation *inv, struct outdir *files)
{
	const char *error = NULL;
	bool drawn;

	outdir_init(files, inv->arena);
	if (!emit_all(inv->compilation.plan, inv->arena, files, &error))
		return (failure("%s", error));
	progress_files(inv, "drawing", files->files.n);
	drawn = draw_all(inv, files, &error);
	progress_end(inv);
	return (drawn ? STATUS_DONE : drawing_failure(error));
}

int
drawing_failure(const char *error)
{
	return (failure("error: %s [%s]", error, rule_graphviz.name));
}

int
outputs_failure(const struct invocation *inv, const struct outputs *o, const struct out_error *error)
{
	if (!error->of_another)
		return (failure_of(error));
	failure("error: %s [%s]", error->text, rule_output_of_another.name);
	help_line("-o %s-%s", strcmp(o->directory, ".") == 0 ? "generated" : o->directory, stem_of(inv->arena, inv->compilation.name));
	return (STATUS_FAILED);
}

static void
compare_lock(struct invocation *inv, struct outputs *o)
{
	const struct compilation *c = &inv->compilation;
	const char *text;

	if (inv->lock_path == NULL)
		return;
	text = lock_text(&c->lock);
	o->lock_file = (struct outfile){ inv->lock_path, text, strlen(text) };
	if (text[0] == '\0' && c->lock_text == NULL)
		return;
	o->lock.path = inv->lock_path;
	o->lock.file = &o->lock_file;
	o->lock.old_text = c->lock_text;
	o->lock.old_len = c->lock_len;
	if (c->lock_text == NULL)
		o->lock.state = OUT_NEW;
	else if (text[0] == '\0')
		o->lock.state = OUT_LEFTOVER;
	else if (o->lock_file.len == c->lock_len && memcmp(text, c->lock_text, c->lock_len) == 0)
		o->lock.state = OUT_SAME;
	else
		o->lock.state = OUT_CHANGED;
}

static void
count(struct outputs *o)
{
	for (size_t i = 0; i < o->changes.n; i++) {
		switch (o->changes.v[i].state) {
		case OUT_SAME:
			o->same++;
			break;
		case OUT_CHANGED:
			o->changed++;
			break;
		case OUT_NEW:
			o->missing++;
			break;
		case OUT_LEFTOVER:
			o->leftover++;
			break;
		}
	}
}

int
outputs_make(struct invocation *inv, const char *path, bool writes, struct outputs *o)
{
	const char *given = option_value(inv, &option_output);
	struct out_error error = { 0 };
	int status = topology_compile(inv, path, STAGE_PLAN);
	bool compared;

	*o = (struct outputs){ 0 };
	if (status != STATUS_DONE) {
		if (status == STATUS_WRONG)
			summary(inv, "%s", writes ? "nothing written" : "");
		return (status);
	}
	o->directory = given != NULL ? given : path_join(inv->arena, inv->directory, "generated");
	if ((status = outputs_collect(inv, &o->files)) != STATUS_DONE)
		return (status);
	progress_files(inv, "comparing", o->files.files.n);
	compared = outdir_compare(&o->files, o->directory, inv->compilation.name, &o->changes, &error);
	progress_end(inv);
	if (!compared)
		return (outputs_failure(inv, o, &error));
	count(o);
	compare_lock(inv, o);
	return (STATUS_DONE);
}

bool
outputs_differ(const struct outputs *o)
{
	return (o->changed + o->missing + o->leftover > 0 || (o->lock.path != NULL && o->lock.state != OUT_SAME));
}

void
outputs_each_change(const struct invocation *inv, const struct outputs *o,
    void (*visit)(const char *, const struct out_change *, void *), void *user)
{
	for (size_t i = 0; i < o->changes.n; i++)
		if (o->changes.v[i].state != OUT_SAME)
			visit(shown_whole(inv->arena, path_join(inv->arena, o->directory, o->changes.v[i].path)), &o->changes.v[i], user);
	if (o->lock.path != NULL && o->lock.state != OUT_SAME)
		visit(shown_whole(inv->arena, o->lock.path), &o->lock, user);
}
