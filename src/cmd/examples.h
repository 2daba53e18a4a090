/* SPDX-License-Identifier: BSD-2-Clause */
/* The topologies of examples/, carried in the program; embed.py writes them. */
#ifndef CMD_EXAMPLES_H
#define CMD_EXAMPLES_H

#include <stddef.h>

struct example_file { const char *example, *name, *text; size_t len; };

extern const char *const example_names[];               /* ends with NULL */
extern const struct example_file example_files[];       /* ends with example NULL */

#endif
