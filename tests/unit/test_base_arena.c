/* SPDX-License-Identifier: BSD-2-Clause */
/* base/arena and base/vec. */
#include <string.h>

#include "base/vec.h"
#include "unit.h"

static void
test_zeroed_and_aligned(void **state)
{
	struct arena *a = *state;

	for (size_t size = 0; size < 300; size++) {
		unsigned char *p = arena_alloc(a, size);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xff, size);
	}
}

static void
test_pieces_do_not_overlap(void **state)
{
	struct arena *a = *state;
	char *p[2000];

	for (int i = 0; i < 2000; i++) {
		p[i] = arena_alloc(a, 1 + (size_t)i % 997);
		memset(p[i], i % 251, 1 + (size_t)i % 997);
	}
	for (int i = 0; i < 2000; i++)
		for (size_t k = 0; k < 1 + (size_t)i % 997; k++)
			assert_int_equal((unsigned char)p[i][k], i % 251);
}

static void
test_large_piece_keeps_the_chunk(void **state)
{
	struct arena *a = *state;
	char *before = arena_alloc(a, 16), *large = arena_alloc(a, 10 * 1000 * 1000), *after = arena_alloc(a, 16);

	large[10 * 1000 * 1000 - 1] = 'x';
	assert_true(after > before && after - before < 1000);
}

static void
test_grow_last_in_place(void **state)
{
	struct arena *a = *state;
	char *p = arena_alloc(a, 10), *q;

	strcpy(p, "123456789");
	q = arena_grow(a, p, 10, 1000);
	assert_ptr_equal(p, q);
	assert_string_equal(q, "123456789");
	for (int i = 10; i < 1000; i++)
		assert_int_equal(q[i], 0);
}

static void
test_grow_moves_when_not_last(void **state)
{
	struct arena *a = *state;
	char *p = arena_alloc(a, 10), *other, *q;

	strcpy(p, "123456789");
	other = arena_alloc(a, 10);
	strcpy(other, "untouched");
	q = arena_grow(a, p, 10, 1000);
	assert_ptr_not_equal(p, q);
	memset(q + 10, 'x', 990);
	assert_string_equal(p, "123456789");
	assert_string_equal(other, "untouched");
	assert_memory_equal(q, "123456789", 10);
}

static void
test_grow_from_nothing_and_to_less(void **state)
{
	struct arena *a = *state;
	char *p = arena_grow(a, NULL, 0, 10);

	assert_non_null(p);
	assert_ptr_equal(arena_grow(a, p, 10, 5), p);
}

static void
test_printf_short_and_long(void **state)
{
	struct arena *a = *state;
	char *s = arena_printf(a, "%d%s", 42, "x");

	assert_string_equal(s, "42x");
	for (int n = 250; n < 260; n++) {
		s = arena_printf(a, "%*s|", n, "");
		assert_int_equal(strlen(s), n + 1);
		assert_int_equal(s[n], '|');
	}
}

static void
test_strndup(void **state)
{
	struct arena *a = *state;

	assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(a, NULL, 0), "");
	assert_string_equal(arena_strdup(a, "abc"), "abc");
}

static void
test_used_counts(void **state)
{
	struct arena *a = *state;
	size_t before = arena_used(a);

	arena_alloc(a, 100);
	assert_int_equal(arena_used(a) - before, 100);
}

static jmp_buf out;

static void
leave(void *user)
{
	++*(int *)user;
	longjmp(out, 1);
}

static void
test_fails_at_the_nth(void **state)
{
	int hits = 0;
	volatile int made = 0;

	arena_on_oom(leave, &hits);
	arena_fail_after(3);
	if (setjmp(out) == 0) {
		for (;;) {
			arena_alloc(*state, 8);
			made++;
		}
	}
	arena_fail_after(-1);
	assert_int_equal(made, 3);
	assert_int_equal(hits, 1);
	/* The arena goes on working. */
	assert_non_null(arena_alloc(*state, 8));
	arena_on_oom(NULL, NULL);
}

static void
test_impossible_sizes_fail(void **state)
{
	int hits = 0;

	arena_on_oom(leave, &hits);
	if (setjmp(out) == 0)
		arena_alloc(*state, SIZE_MAX);
	assert_int_equal(hits, 1);
	if (setjmp(out) == 0)
		NEW_ARRAY(*state, uint64_t, SIZE_MAX / 4);
	assert_int_equal(hits, 2);
	if (setjmp(out) == 0)
		arena_grow(*state, arena_alloc(*state, 8), 8, SIZE_MAX);
	assert_int_equal(hits, 3);
	arena_on_oom(NULL, NULL);
}

static void
test_vec(void **state)
{
	struct arena *a = *state;
	VEC(int) numbers = { 0 };
	int expected = 0;

	vec_each(int *, n, &numbers)
		fail();
	for (int i = 0; i < 10000; i++) {
		*vec_push(a, &numbers) = i;
		if (i % 100 == 0)
			arena_alloc(a, 1);
	}
	assert_int_equal(numbers.n, 10000);
	vec_each(int *, n, &numbers)
		assert_int_equal(*n, expected++);
	assert_int_equal(expected, 10000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_zeroed_and_aligned),
		TEST(test_pieces_do_not_overlap),
		TEST(test_large_piece_keeps_the_chunk),
		TEST(test_grow_last_in_place),
		TEST(test_grow_moves_when_not_last),
		TEST(test_grow_from_nothing_and_to_less),
		TEST(test_printf_short_and_long),
		TEST(test_strndup),
		TEST(test_used_counts),
		TEST(test_fails_at_the_nth),
		TEST(test_impossible_sizes_fail),
		TEST(test_vec),
	};

	arena_free(NULL);
	return (RUN(tests));
}
