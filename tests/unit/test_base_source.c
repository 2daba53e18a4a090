/* SPDX-License-Identifier: BSD-2-Clause */
/* base/source. */
#include <string.h>

#include "base/source.h"
#include "unit.h"

static void
at(const struct source *src, uint32_t off, uint32_t line, uint32_t column)
{
	uint32_t l, c;

	source_position(src, off, &l, &c);
	assert_int_equal(l, line);
	assert_int_equal(c, column);
}

static struct source *
source(struct arena *a, const char *text)
{
	return (source_new(a, "topology.yaml", "/dir/topology.yaml", text, strlen(text), 0));
}

static void
test_positions(void **state)
{
	struct source *src = source(*state, "ab\nc\n\nd");

	assert_int_equal(src->nlines, 4);
	at(src, 0, 1, 1);
	at(src, 1, 1, 2);
	at(src, 2, 1, 3);
	at(src, 3, 2, 1);
	at(src, 4, 2, 2);
	at(src, 5, 3, 1);
	at(src, 6, 4, 1);
	at(src, 7, 4, 2);
	at(src, 1000, 4, 2);
}

static void
test_characters_not_bytes(void **state)
{
	struct source *src = source(*state, "é漢x\xff\xfey");

	at(src, 2, 1, 2);
	at(src, 3, 1, 2);       /* within the character */
	at(src, 5, 1, 3);
	at(src, 6, 1, 4);
	at(src, 7, 1, 5);       /* a byte that is no UTF-8 counts as one */
	at(src, 8, 1, 6);
}

static void
test_line_ends(void **state)
{
	struct source *src = source(*state, "a\r\nb\rc\n");

	assert_int_equal(src->nlines, 4);
	at(src, 3, 2, 1);
	at(src, 5, 3, 1);
	at(src, 7, 4, 1);
}

static void
test_bom_is_skipped(void **state)
{
	struct source *src = source(*state, "\xef\xbb\xbfkey");

	assert_string_equal(src->text, "key");
	assert_int_equal(src->len, 3);
	assert_int_equal(src->skipped, 3);
	at(src, 0, 1, 1);
	assert_int_equal(source(*state, "key")->skipped, 0);
}

static void
test_empty(void **state)
{
	struct source *src = source(*state, "");

	assert_int_equal(src->nlines, 1);
	at(src, 0, 1, 1);
}

static void
test_many_lines(void **state)
{
	struct arena *a = *state;
	char *text = arena_alloc(a, 200001);

	for (int i = 0; i < 200000; i += 2)
		memcpy(text + i, "x\n", 2);
	for (uint32_t i = 0; i < 100000; i += 777)
		at(source(a, text), i * 2, i + 1, 1);
}

static void
test_span_order(void **state)
{
	struct source *one = source(*state, "abc\ndef"), *two = source(*state, "abc");
	struct span a = { .src = one, .off = 5 }, b = { .src = one, .off = 6 }, c = { .src = two }, nowhere = { 0 };

	two->order = 1;
	assert_true(span_compare(&a, &b) < 0);
	assert_true(span_compare(&b, &a) > 0);
	assert_true(span_compare(&a, &a) == 0);
	assert_true(span_compare(&b, &c) < 0);
	assert_true(span_compare(&c, &nowhere) < 0);
	assert_true(span_compare(&nowhere, &a) > 0);
	assert_true(span_compare(&nowhere, &nowhere) == 0);
	assert_int_equal(source_line(&a), 2);
	assert_int_equal(source_line(&nowhere), 0);
	assert_true(given(&a));
	assert_false(given(&nowhere));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_positions),
		TEST(test_characters_not_bytes),
		TEST(test_line_ends),
		TEST(test_bom_is_skipped),
		TEST(test_empty),
		TEST(test_many_lines),
		TEST(test_span_order),
	};

	return (RUN(tests));
}
