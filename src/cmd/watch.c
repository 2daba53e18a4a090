/* SPDX-License-Identifier: BSD-2-Clause */
/* vnetc watch: builds again whenever the topology or a file that it includes changes. */
#include <errno.h>
#include <string.h>

#include "cmd/commands.h"
#include "cmd/watcher.h"

static const struct cmd_option *const options[] = { &option_output, &option_format, NULL };

static bool
watch_sources(struct watcher *w, struct invocation *once)
{
	const struct load *load = &once->compilation.load;

	if (!watcher_add(w, once->path))
		return (false);
	for (size_t i = 1; i < load->sources.n; i++)
		if (!watcher_add(w, path_join(once->arena, once->directory, load->sources.v[i]->path)))
			return (false);
	return (true);
}

/* One build in an arena of its own, as vnetc build would do it. */
static bool
build_once(struct watcher *w, const struct invocation *inv)
{
	struct arena *arena = arena_new();
	struct invocation once = *inv;
	bool good;

	once.arena = arena;
	memset(&once.compilation, 0, sizeof(once.compilation));
	command_build.run(&once);
	good = watch_sources(w, &once);
	fflush(stdout);
	compilation_free(&once.compilation);
	arena_free(arena);
	return (good);
}

static int
run(struct invocation *inv)
{
	const char *path = operand(inv, 0) != NULL ? operand(inv, 0) : "topology.yaml", *changed = NULL;
	struct watcher *w;

	if (strcmp(path, "-") == 0)
		return (usage_error("standard input does not change: name a file to watch"));
	w = watcher_new(inv->arena);
	/* Watched before it is read: a change while it is being built is not missed. */
	if (w == NULL || !watcher_add(w, path))
		return (failure("cannot watch %s: %s", path, strerror(errno)));
	for (bool good = true; good;) {
		good = build_once(w, inv);
		if (!good)
			break;
		if (!inv->quiet && changed == NULL)
			fprintf(stderr, "watching %s; interrupt to end\n", path);
		changed = watcher_wait(w);
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
