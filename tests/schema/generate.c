/* SPDX-License-Identifier: BSD-2-Clause */
/* Writes what is generated from the field table: generate schema|reference|manual. */
#include <stdio.h>
#include <string.h>

#include "decl/jsonschema.h"
#include "decl/reference.h"

int
main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "schema") == 0) {
		schema_write(stdout);
	} else if (argc == 2 && strcmp(argv[1], "reference") == 0) {
		reference_write(stdout);
	} else if (argc == 2 && strcmp(argv[1], "manual") == 0) {
		manual_write(stdout);
	} else {
		fputs("usage: generate schema|reference|manual\n", stderr);
		return (2);
	}
	return (fflush(stdout) == 0 && !ferror(stdout) ? 0 : 4);
}
