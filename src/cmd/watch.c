/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc watch: builds again whenever the topology or a file that it includes changes. */
#include <errno.h>
#include <string.h>

#include "base/outdir.h"
#include "cmd/commands.h"
#include "cmd/watcher.h"

static const struct cmd_option *const options[] = { &option_output, &option_format, NULL };

static bool
differs(struct arena *a, const char *path, const struct source *source)
{
	struct out_error error = { 0 };
	size_t len = 0;
	const char *text = file_read(a, path, TREE_FILE_MAX, &len, &error);

	return (text == NULL || len != source->skipped + source->len || memcmp(text + source->skipped, source->text, source->len) != 0);
}

/* What could not be read may come: where directories are missing, the first of them that comes is a change too. */
static bool
watch_unread(struct watcher *w, struct invocation *once, const char *path)
{
	const struct reader reader = tree_file_reader(once->arena, once->directory, -1);
	const char *identity, *why;
	size_t len;

	for (size_t n = strcspn(path, "/");; n += 1 + strcspn(path + n + 1, "/")) {
		if (!watcher_add(w, path_join(once->arena, once->directory, arena_strndup(once->arena, path, n))))
			return (false);
		if (path[n] == '\0')
			return (reader.read(reader.user, once->arena, path, &len, &identity, &why) != NULL);
	}
}

/* An included file is known only when it has been read: one that has changed before it was watched is told. */
static bool
watch_sources(struct watcher *w, struct invocation *once, const char **changed)
{
	const struct load *load = &once->compilation.load;

	if (!watcher_add(w, once->path))
		return (false);
	for (size_t i = 1; i < load->sources.n; i++) {
		const char *path = path_join(once->arena, once->directory, load->sources.v[i]->path);

		if (!watcher_add(w, path))
			return (false);
		if (differs(once->arena, path, load->sources.v[i]))
			*changed = path;
	}
	vec_each (const char *const *, path, &load->unread)
		if (watch_unread(w, once, *path))
			*changed = path_join(once->arena, once->directory, *path);
	return (true);
}

/* One build in an arena of its own, as vnetc build would do it. changed: an included file that is another by now; NULL: none. */
static bool
build_once(struct watcher *w, const struct invocation *inv, const char **changed)
{
	struct arena *arena = arena_new();
	struct invocation once = *inv;
	bool good;

	once.arena = arena;
	memset(&once.compilation, 0, sizeof(once.compilation));
	command_build.run(&once);
	*changed = NULL;
	good = watch_sources(w, &once, changed);
	if (*changed != NULL)
		*changed = arena_strdup(inv->arena, *changed);
	fflush(stdout);
	compilation_free(&once.compilation);
	arena_free(arena);
	return (good);
}

static int
run(struct invocation *inv)
{
	const char *path = operand(inv, 0) != NULL ? operand(inv, 0) : "topology.yaml", *changed = NULL;
	bool told = inv->quiet;
	struct watcher *w;

	if (strcmp(path, "-") == 0)
		return (usage_error("standard input does not change: name a file to watch"));
	w = watcher_new(inv->arena);
	/* Watched before it is read: a change while it is being built is not missed. */
	if (w == NULL || !watcher_add(w, path))
		return (failure("cannot watch %s: %s", path, strerror(errno)));
	for (bool good = true; good;) {
		good = build_once(w, inv, &changed);
		if (!good)
			break;
		if (!told)
			fprintf(stderr, "watching %s; interrupt to end\n", path);
		told = true;
		changed = watcher_wait(w, changed);
		if (changed == NULL)
			break;
		if (!inv->quiet)
			fprintf(stderr, "\n%s changed\n", changed);
	}
	watcher_close(w);
	return (failure("cannot watch: %s", strerror(errno)));
}

const struct command command_watch = {
	.name = "watch",
	.args = "[TOPOLOGY]",
	.summary = "check and build again whenever a file of the topology changes",
	.about = "The topology and all files that it includes are watched. Diagnostics come as check prints them, outputs as build writes\n"
	    "them; a topology that is wrong leaves the outputs as they are. It ends when it is interrupted.",
	.options = options,
	.compiles = true,
	.run = run,
};
