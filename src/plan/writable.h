/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be written into the files that sh, rc and jail(8) read: the checks ask before a build, the emitters hold it. */
#ifndef PLAN_WRITABLE_H
#define PLAN_WRITABLE_H

#include <stdbool.h>

bool is_alnum(char);
/* Every byte is a letter, a digit or one of extra. "" is not. */
bool only_chars(const char *, const char *extra);
/* The first byte that neither a line of sh nor one of jail.conf can hold; NULL: there is none. */
const char *control_in(const char *);
/* A variable that network.subr, rc.d/routing and rc.d/bridge split, glob or evaluate a second time (freebsd.md 1.1). */
bool rc_evaluates(const char *variable);
/* The first byte that the variable cannot hold; NULL: the value can be written. Where rc evaluates, only inert bytes can. */
const char *variable_fault(const char *variable, const char *value);

#endif
