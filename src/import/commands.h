/* SPDX-License-Identifier: BSD-2-Clause */
/* A command line of a jail's start or stop as the simple commands that it runs. */
#ifndef IMPORT_COMMANDS_H
#define IMPORT_COMMANDS_H

#include "base/str.h"

/* text: as written, redirections and "|| true" included; words: without them, quotes taken. */
struct simple_command { const char *text; strings words; };
typedef VEC(struct simple_command) simple_commands;

/* Commands one after the other: separated by ';', '&&' or ends of lines, each perhaps ending in "|| true" or sent to /dev/null. False: it
 * takes a shell to know what it does. */
bool commands_split(struct arena *, const char *text, simple_commands *);
/* "/sbin/ifconfig": "ifconfig". */
const char *command_tool(const struct simple_command *);

#endif
