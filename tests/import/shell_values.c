/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reader of shell assignments takes from a file: NAME=value of each variable, or NAME alone where it knows no value, each ended by a
 * NUL; then what it told, a line of RULE:LINE:COLUMN each. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/outdir.h"
#include "import/shell.h"

int
main(int argc, char **argv)
{
	struct arena *a = arena_new();
	struct out_error error;
	struct diags diags;
	struct shell sh;
	size_t len;
	const char *text = argc == 2 ? file_read(a, argv[1], (size_t)1 << 20, &len, &error) : NULL;

	if (text == NULL)
		return (2);
	diags_init(&diags, a, NULL);
	shell_init(&sh, a, &diags);
	shell_read(&sh, source_new(a, argv[1], argv[1], text, len, 0));
	vec_each (struct shell_set *const *, set, &sh.sets)
		if (shell_find(&sh, (*set)->name) == *set)
			printf("%s%s%s%c", (*set)->name, (*set)->value != NULL ? "=" : "", (*set)->value != NULL ? (*set)->value : "", '\0');
	vec_each (struct diag *const *, d, &diags.all) {
		uint32_t line, column;

		source_position((*d)->head.at.src, (*d)->head.at.off, &line, &column);
		printf("%s:%u:%u\n", (*d)->rule->name, (unsigned)line, (unsigned)column);
	}
	arena_free(a);
	return (0);
}
