/* SPDX-License-Identifier: BSD-2-Clause */
/* Every allocation of a whole compilation fails in turn: arena STEP FILE. The hook is called, nothing else happens, and the next compilation
 * is as good as new. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"
#include "diagram/depict.h"
#include "diagram/diagram.h"
#include "emit/emit.h"

static jmp_buf out;

static void
no_memory(void *user)
{
	++*(unsigned long *)user;
	longjmp(out, 1);
}

/* The bytes of all outputs. */
static size_t
build(struct compilation *c, const char *text)
{
	const struct picture_options options = { .stem = "topology" };
	const char *error = NULL;
	diagram_pages pages = { 0 };
	struct outdir files;
	size_t n = 0;

	c->arena = arena_new();
	c->name = "topology.yaml";
	c->text = text;
	c->len = strlen(text);
	if (!compile(c, STAGE_PLAN))
		return (0);
	outdir_init(&files, c->arena);
	if (!emit_all(c->plan, c->arena, &files, &error) || !diagram_all(c->arena, depict(c->arena, c->plan), &options, &pages, &error))
		return (0);
	vec_each (const struct outfile *, file, &files.files)
		n += file->len;
	vec_each (const struct diagram_page *, page, &pages)
		n += page->len;
	return (n);
}

int
main(int argc, char *argv[])
{
	static char text[65536];
	static struct compilation c;
	static volatile unsigned long failed;
	static unsigned long told;
	FILE *f = argc > 2 ? fopen(argv[2], "r") : NULL;
	long step = argc > 1 ? strtol(argv[1], NULL, 10) : 1;
	volatile size_t whole, bytes = 0;

	if (f == NULL || fread(text, 1, sizeof(text) - 1, f) == 0)
		return (2);
	fclose(f);
	whole = build(&c, text);
	compilation_free(&c);
	arena_free(c.arena);
	if (whole == 0)
		return (2);
	arena_on_oom(no_memory, &told);
	for (volatile long n = 0; bytes == 0; n += step) {
		memset(&c, 0, sizeof(c));
		arena_fail_after(n);
		if (setjmp(out) == 0)
			bytes = build(&c, text);
		else
			failed++;
		arena_fail_after(-1);
		compilation_free(&c);
		arena_free(c.arena);
	}
	printf("%lu allocations failed, each told; then %zu bytes, as before: %s\n", failed, bytes, bytes == whole ? "yes" : "no");
	return (bytes == whole && told == failed ? 0 : 1);
}
