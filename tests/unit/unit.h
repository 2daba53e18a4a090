/* SPDX-License-Identifier: BSD-2-Clause */
/* What every unit test includes: cmocka and what it needs before it, and an arena for each test. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static inline int
arena_setup(void **state)
{
	*state = arena_new();
	return (0);
}

static inline int
arena_teardown(void **state)
{
	arena_free(*state);
	return (0);
}

/* A test whose *state is a fresh arena. */
#define TEST(f) cmocka_unit_test_setup_teardown(f, arena_setup, arena_teardown)
#define RUN(tests) cmocka_run_group_tests((tests), NULL, NULL)

#endif
