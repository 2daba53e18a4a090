/* SPDX-License-Identifier: BSD-2-Clause */
/* base/str and base/width. */
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "base/width.h"
#include "unit.h"

static void
add_key(const char *key, void *value, void *user)
{
	(void)value;
	text_add(user, key);
	text_add(user, " ");
}

static void
test_map(void **state)
{
	struct arena *a = *state;
	struct map *m = map_new(a);
	struct text t = { .arena = a };
	int one, two;

	assert_null(map_get(m, "x"));
	assert_int_equal(map_count(m), 0);
	assert_null(map_put(m, "zebra", &one));
	assert_ptr_equal(map_put(m, "zebra", &two), &one);
	assert_ptr_equal(map_get(m, "zebra"), &one);
	map_set(m, "zebra", &two);
	assert_ptr_equal(map_get(m, "zebra"), &two);
	map_set(m, "ant", &one);
	assert_null(map_put(m, "", &two));
	assert_ptr_equal(map_get(m, ""), &two);
	assert_null(map_put(m, "bee", &two));
	assert_int_equal(map_count(m), 4);
	map_each(m, add_key, &t);
	assert_string_equal(text_end(&t), "zebra ant  bee ");
}

static void
test_map_many(void **state)
{
	struct arena *a = *state;
	struct map *m = map_new(a);

	for (int i = 0; i < 20000; i++)
		assert_null(map_put(m, arena_printf(a, "name%d", i), arena_printf(a, "%d", i)));
	for (int i = 0; i < 20000; i++) {
		char key[32], value[32];

		snprintf(key, sizeof(key), "name%d", i);
		snprintf(value, sizeof(value), "%d", i);
		assert_string_equal(map_get(m, key), value);
	}
	assert_null(map_get(m, "name20000"));
}

static void
test_intern(void **state)
{
	struct strtab *t = strtab_new(*state);
	char one[] = "bridge0", two[] = "bridge0x";
	const char *p = str_intern(t, one, 7);

	assert_string_equal(p, "bridge0");
	assert_ptr_not_equal(p, one);
	assert_ptr_equal(str_intern(t, two, 7), p);
	assert_ptr_not_equal(str_intern(t, two, 8), p);
	assert_string_equal(str_intern(t, NULL, 0), "");
	assert_ptr_equal(str_intern(t, "", 0), str_intern(t, NULL, 0));
	memset(one, 'x', 7);
	assert_string_equal(p, "bridge0");
}

static void
test_lists(void **state)
{
	static const char *const words[] = { "on", "off", NULL };
	strings list = { 0 };

	assert_true(str_in("off", words));
	assert_false(str_in("of", words));
	assert_string_equal(str_join(*state, &list, ", "), "");
	*vec_push(*state, &list) = "a";
	assert_string_equal(str_join(*state, &list, ", "), "a");
	*vec_push(*state, &list) = "b";
	assert_string_equal(str_join(*state, &list, ", "), "a, b");
}

static void
test_nearest(void **state)
{
	static const char *const words[] = { "jails", "bridges", "address", "addresses", "mtu", "mac", "vlan_filtering", "mat" };
	const size_t n = sizeof(words) / sizeof(words[0]);
	char longest[400];

	(void)state;
	assert_string_equal(str_nearest("jial", (const char *const[]){ "jail" }, 1), "jail");   /* a swap is one */
	assert_string_equal(str_nearest("jals", words, n), "jails");                    /* missing */
	assert_string_equal(str_nearest("brridges", words, n), "bridges");              /* too many */
	assert_string_equal(str_nearest("adress", words, n), "address");                /* the nearer of two */
	assert_string_equal(str_nearest("adresses", words, n), "addresses");
	assert_string_equal(str_nearest("vlanfiltering", words, n), "vlan_filtering");
	assert_string_equal(str_nearest("MTU", words, n), "mtu");
	assert_string_equal(str_nearest("mad", words, n), "mac");                       /* a tie: the first */
	assert_null(str_nearest("router", words, n));
	assert_null(str_nearest("mxx", words, n));                                      /* two of three wrong */
	assert_null(str_nearest("jaxxs", words, n));                                    /* two of five */
	assert_null(str_nearest("", words, n));
	assert_null(str_nearest("jails", words, 0));
	memset(longest, 'j', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_null(str_nearest(longest, words, n));
}

static void
test_text(void **state)
{
	struct text t = { .arena = *state };

	assert_string_equal(text_end(&t), "");
	text_add(&t, "a");
	text_addn(&t, "bcd", 2);
	text_printf(&t, "%d", 7);
	assert_string_equal(text_end(&t), "abc7");
	for (int i = 0; i < 1000; i++)
		text_printf(&t, "%04d", i);
	assert_int_equal(strlen(text_end(&t)), 4004);
	assert_string_equal(text_end(&t) + 4000, "0999");
}

static void
test_utf8(void **state)
{
	static const struct { const char *s; size_t n; uint32_t c; } cases[] = {
		{ "a", 1, 'a' }, { "\xc3\xa9", 2, 0xe9 }, { "\xe2\x82\xac", 3, 0x20ac }, { "\xf0\x9f\x98\x80", 4, 0x1f600 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff }, { "\xc2\x80", 2, 0x80 }, { "\xe0\xa0\x80", 3, 0x800 },
		{ "\xf0\x90\x80\x80", 4, 0x10000 },
		/* Overlong, surrogate, too great, cut short, continuation alone. */
		{ "\xc0\x80", 0, 0 }, { "\xc1\xbf", 0, 0 }, { "\xe0\x9f\xbf", 0, 0 }, { "\xf0\x8f\xbf\xbf", 0, 0 },
		{ "\xed\xa0\x80", 0, 0 }, { "\xf4\x90\x80\x80", 0, 0 }, { "\xf5\x80\x80\x80", 0, 0 }, { "\xe2\x82", 0, 0 },
		{ "\xe2\x82x", 0, 0 }, { "\x80", 0, 0 }, { "\xff", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t c = 0;

		assert_int_equal(utf8_decode(cases[i].s, strlen(cases[i].s), &c), cases[i].n);
		if (cases[i].n > 0)
			assert_int_equal(c, cases[i].c);
	}
}

static void
test_shown(void **state)
{
	struct arena *a = *state;
	const char *s;

	assert_string_equal(str_shown(a, "192.168.0.1"), "192.168.0.1");
	assert_string_equal(str_shown(a, "é漢"), "é漢");
	assert_string_equal(str_shown(a, "a\x1b[31m\n"), "a\\x1b[31m\\x0a");
	assert_string_equal(str_shown(a, "\xff\xc3"), "\\xff\\xc3");
	assert_string_equal(str_shown(a, "x\xe2\x80\xaey"), "x\\u{202e}y");
	assert_string_equal(str_shown(a, "\xc2\x9b"), "\\u{009b}");
	/* 60 bytes stay, 61 are cut; never within a character. */
	s = arena_printf(a, "%060d", 1);
	assert_string_equal(str_shown(a, s), s);
	s = str_shown(a, arena_printf(a, "%061d", 1));
	assert_int_equal(strlen(s), 63);
	assert_string_equal(s + 60, "…");
	s = str_shown(a, arena_printf(a, "%059dé!", 1));
	assert_int_equal(strlen(s), 62);
	assert_string_equal(s + 58, "1…");
}

static void
test_width(void **state)
{
	(void)state;
	assert_int_equal(char_width('a'), 1);
	assert_int_equal(char_width(0xe9), 1);
	assert_int_equal(char_width(0x301), 0);         /* combining acute */
	assert_int_equal(char_width(0x200d), 0);        /* joiner */
	assert_int_equal(char_width(0x6f22), 2);        /* 漢 */
	assert_int_equal(char_width(0xac00), 2);        /* 가 */
	assert_int_equal(char_width(0xff21), 2);        /* fullwidth A */
	assert_int_equal(char_width(0xff71), 1);        /* halfwidth katakana */
	assert_int_equal(char_width(0x1f600), 2);
	assert_int_equal(char_width(0x20000), 2);
	assert_int_equal(char_width(0x10ffff), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_map),
		TEST(test_map_many),
		TEST(test_intern),
		TEST(test_lists),
		TEST(test_nearest),
		TEST(test_text),
		TEST(test_utf8),
		TEST(test_shown),
		TEST(test_width),
	};

	return (RUN(tests));
}
