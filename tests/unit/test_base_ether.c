/* SPDX-License-Identifier: BSD-2-Clause */
/* base/ether. */
#include <string.h>

#include "base/ether.h"
#include "unit.h"

static void
is(const struct ether *e, const char *expected)
{
	char text[ETHER_TEXT];

	assert_string_equal(ether_text(e, text), expected);
}

static struct ether
ether(const char *s)
{
	struct ether e;

	assert_true(ether_parse(s, &e));
	return (e);
}

static void
test_text(void **state)
{
	static const char *const wrong[] = { "", "02", "02:00:00:00:00", "02:00:00:00:00:0", "02:00:00:00:00:000", "02:00:00:00:00:00:00",
		"2:0:0:0:0:1", "02-00-00-00-00-01", "02:00:00:00:00:0g", "g2:00:00:00:00:00", " 02:00:00:00:00:01", "02:00:00:00:00:01 ",
		"020000000001", ":02:00:00:00:00:01" };
	struct ether e = ether("0E:20:9a:C0:4f:c0");

	(void)state;
	is(&e, "0e:20:9a:c0:4f:c0");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		if (ether_parse(wrong[i], &e))
			fail_msg("%s was read as an address", wrong[i]);
	is(&e, "0e:20:9a:c0:4f:c0");
}

static void
test_bits(void **state)
{
	struct ether multicast = ether("01:00:5e:00:00:01"), local = ether("02:00:00:00:00:01"), own = ether("58:9c:fc:00:00:01");
	struct ether zero = ether("00:00:00:00:00:00");

	(void)state;
	assert_true(ether_is_multicast(&multicast));
	assert_false(ether_is_multicast(&local));
	assert_true(ether_is_local(&local));
	assert_false(ether_is_local(&own));
	assert_true(ether_is_zero(&zero));
	assert_false(ether_is_zero(&own));
}

/* Against SHA-256 from elsewhere, at the lengths where its padding changes. */
static void
test_derive(void **state)
{
	static const struct { size_t n; const char *address; } cases[] = {
		{ 0, "e2:b0:c4:42:98:fc" }, { 55, "9e:43:90:f8:d3:0c" }, { 56, "b2:54:39:a4:ac:6f" }, { 63, "7e:3e:74:a0:5d:7d" },
		{ 64, "fe:e0:54:fe:7a:e0" }, { 119, "32:eb:a5:1c:31:3a" }, { 120, "2e:3d:33:54:32:c7" }, { 1000, "42:ed:ec:e4:2d:63" },
	};
	struct ether e = ether_derive("abc");
	char text[1001];

	(void)state;
	is(&e, "ba:78:16:bf:8f:01");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(text, 'a', cases[i].n);
		text[cases[i].n] = '\0';
		e = ether_derive(text);
		is(&e, cases[i].address);
		assert_true(ether_is_local(&e));
		assert_false(ether_is_multicast(&e));
	}
}

static void
test_jib(void **state)
{
	struct ether uplink = ether("00:0c:29:c0:4f:c0"), e;

	(void)state;
	assert_int_equal(bsd_sum("bastille2"), 0x209a);
	assert_int_equal(bsd_sum(""), 0);
	assert_int_equal(bsd_sum("a"), 'a');
	e = ether_jib("bastille2", &uplink, 0, 'b');
	is(&e, "0e:20:9a:c0:4f:c0");
	e = ether_jib("bastille2", &uplink, 0, 'a');
	is(&e, "02:20:9a:c0:4f:c0");
	e = ether_jib("bastille2", &uplink, 3, 'a');
	is(&e, "32:20:9a:c0:4f:c0");
	uplink = ether("02:0c:29:c0:4f:c0");
	e = ether_jib("bastille2", &uplink, 0, 'a');
	is(&e, "0a:20:9a:c0:4f:c0");
	e = ether_jib("bastille2", &uplink, 0, 'b');
	is(&e, "0e:20:9a:c0:4f:c0");
	uplink = ether("0e:0c:29:c0:4f:c0");
	e = ether_jib("bastille2", &uplink, 1, 'a');
	is(&e, "12:20:9a:c0:4f:c0");
	e = ether_jib("bastille2", &uplink, 1, 'b');
	is(&e, "16:20:9a:c0:4f:c0");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_text),
		TEST(test_bits),
		TEST(test_derive),
		TEST(test_jib),
	};

	return (RUN(tests));
}
