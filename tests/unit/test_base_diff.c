/* SPDX-License-Identifier: BSD-2-Clause */
/* unified_diff: its form, and that applying what it prints to the one text gives the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/outdir.h"
#include "unit.h"

static const char *
diff(struct arena *a, const char *from, const char *to, bool color)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	const char *copy;

	assert_non_null(f);
	unified_diff(f, "old", from, strlen(from), "new", to, strlen(to), color);
	fclose(f);
	copy = arena_strndup(a, text, n);
	free(text);
	return (copy);
}

static void
test_form(void **state)
{
	static const struct { const char *from, *to, *diff; } cases[] = {
		{ "", "", "" },
		{ "a\nb\n", "a\nb\n", "" },
		{ "", "a\n", "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n" },
		{ "a\nb\n", "", "--- old\n+++ new\n@@ -1,2 +0,0 @@\n-a\n-b\n" },
		{ "a\n", "a", "--- old\n+++ new\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n" },
		{ "a\nx", "b\nx", "--- old\n+++ new\n@@ -1,2 +1,2 @@\n-a\n+b\n x\n\\ No newline at end of file\n" },
		{ "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
		    "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n" },
		/* Six lines between two changes join them, seven part them. */
		{ "a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
		    "--- old\n+++ new\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n" },
		{ "a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
		    "--- old\n+++ new\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(diff(*state, cases[i].from, cases[i].to, false), cases[i].diff);
}

static void
test_color_keeps_the_terminal_safe(void **state)
{
	const char *out = diff(*state, "\x1b]0;x\a\n", "a\tb\n", true);

	assert_non_null(strstr(out, "\033[31m-\\x1b]0;x\\x07\033[0m\n"));
	assert_non_null(strstr(out, "\033[32m+a\tb\033[0m\n"));
	assert_non_null(strstr(diff(*state, "\x1b]0;x\a\n", "a\n", false), "-\x1b]0;x\a\n"));
}

/* Applies a diff, strictly; also counts the lines it changes. */
static const char *
applied(struct arena *a, const char *from, const char *d, unsigned *changes)
{
	struct text out = { .arena = a };
	long line = 0;

	*changes = 0;
	if (*d == '\0')
		return (from);
	d = strchr(strchr(d, '\n') + 1, '\n') + 1;
	while (*d != '\0') {
		size_t n = strcspn(d, "\n") + 1;
		size_t len = strncmp(d + n, "\\ No newline", 12) == 0 ? n - 2 : n - 1;

		if (*d == '@') {
			long first = strtol(d + 4, NULL, 10), count = 1;
			const char *comma = strchr(d, ',');

			if (comma != NULL && comma < strchr(d, '+'))
				count = strtol(comma + 1, NULL, 10);
			for (first -= count > 0; line < first; line++) {
				size_t skipped = strcspn(from, "\n") + 1;

				text_addn(&out, from, skipped);
				from += skipped;
			}
		} else if (*d != '\\') {
			if (*d != '+') {
				assert_memory_equal(from, d + 1, len);
				from += len;
				line++;
			}
			if (*d != '-')
				text_addn(&out, d + 1, len);
			*changes += *d != ' ';
		}
		d += n;
	}
	text_add(&out, from);
	return (text_end(&out));
}

static unsigned
next(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245 + 12345;
	return ((*seed >> 16) % n);
}

/* Lines in the longest common part, by the table: what a smallest diff leaves unchanged. */
static unsigned
common(const char *x, size_t nx, const char *y, size_t ny)
{
	static unsigned table[65][65];

	for (size_t i = 1; i <= nx; i++)
		for (size_t k = 1; k <= ny; k++) {
			unsigned one = table[i - 1][k], two = table[i][k - 1];

			table[i][k] = x[i - 1] == y[k - 1] ? table[i - 1][k - 1] + 1 : one > two ? one : two;
		}
	return (table[nx][ny]);
}

static void
test_random_texts(void **state)
{
	struct arena *a = *state;
	unsigned seed = 1;

	for (int round = 0; round < 3000; round++) {
		unsigned letters = 1 + next(&seed, 6), changes;
		size_t n[2] = { next(&seed, 60), next(&seed, 60) };
		char line[2][64];
		const char *text[2], *got;

		for (int side = 0; side < 2; side++) {
			struct text t = { .arena = a };

			for (size_t i = 0; i < n[side]; i++) {
				line[side][i] = (char)('a' + next(&seed, letters));
				text_addn(&t, &line[side][i], 1);
				text_add(&t, "\n");
			}
			text[side] = text_end(&t);
		}
		got = applied(a, text[0], diff(a, text[0], text[1], false), &changes);
		assert_string_equal(got, text[1]);
		assert_int_equal(changes, n[0] + n[1] - 2 * common(line[0], n[0], line[1], n[1]));
	}
}

static void
test_large_and_different(void **state)
{
	struct arena *a = *state;
	struct text one = { .arena = a }, two = { .arena = a };
	unsigned seed = 2, changes;

	for (int i = 0; i < 30000; i++) {
		text_printf(&one, "%u\n", next(&seed, 50));
		text_printf(&two, "%u\n", next(&seed, 50));
	}
	assert_string_equal(applied(a, text_end(&one), diff(a, text_end(&one), text_end(&two), false), &changes), text_end(&two));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_form),
		TEST(test_color_keeps_the_terminal_safe),
		TEST(test_random_texts),
		TEST(test_large_and_different),
	};

	return (RUN(tests));
}
