/* SPDX-License-Identifier: BSD-2-Clause */
/* base/inaddr. */
#include <string.h>

#include "base/inaddr.h"
#include "unit.h"

static struct inaddr
addr(const char *s)
{
	struct inaddr a;

	if (!inaddr_parse(s, &a))
		fail_msg("%s is no address", s);
	return (a);
}

static struct prefix
prefix(const char *s, int len)
{
	return ((struct prefix){ .addr = addr(s), .len = len });
}

static void
is(const struct inaddr *a, const char *expected)
{
	char text[INADDR_TEXT];

	assert_string_equal(inaddr_text(a, text), expected);
}

static void
test_read_and_written(void **state)
{
	static const struct { const char *in, *out; } cases[] = {
		{ "0.0.0.0", "0.0.0.0" },
		{ "192.168.0.17", "192.168.0.17" },
		{ "255.255.255.255", "255.255.255.255" },
		{ "::", "::" },
		{ "::1", "::1" },
		{ "1::", "1::" },
		{ "2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a" },
		{ "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1" },
		/* The longest run, the leftmost of two, never a single group (RFC 5952 4.2). */
		{ "1:0:0:2:0:0:0:3", "1:0:0:2::3" },
		{ "1:0:0:2:3:0:0:4", "1::2:3:0:0:4" },
		{ "1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8" },
		{ "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0" },
		{ "::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8" },
		{ "0:0:3:4:5:6:0:0", "::3:4:5:6:0:0" },
		{ "1:2:3:4:5:6:0:0", "1:2:3:4:5:6::" },
		{ "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
		{ "::ffff:1.2.3.4", "::ffff:1.2.3.4" },
		{ "::FFFF:102:304", "::ffff:1.2.3.4" },
		{ "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304" },
		{ "64:ff9b::1.2.3.4", "64:ff9b::102:304" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct inaddr a = addr(cases[i].in), again;

		is(&a, cases[i].out);
		again = addr(cases[i].out);
		assert_true(inaddr_equal(&a, &again));
		assert_string_equal(inaddr_str(*state, &a), cases[i].out);
	}
}

static void
test_refused(void **state)
{
	static const char *const cases[] = { "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.1.1.1", "1.2.3.999",
		"1.2.3.0004", "01.2.3.4", "1.2.3.04", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4/24", "1.2.3.-4", "+1.2.3.4", "0x1.2.3.4", "1.2.3.4a",
		":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8:", ":1:2:3:4:5:6:7:8", "1::2::3", "1:::2",
		"1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", "12345::", "g::", "::1%em0", "fe80::1/64", "::1.2.3",
		"::1.2.3.4.5", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::01.2.3.4", "[::1]", "::1 " };
	struct inaddr a = { .family = INET6, .b = { 42 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (inaddr_parse(cases[i], &a))
			fail_msg("%s was read as an address", cases[i]);
		assert_int_equal(a.b[0], 42);
	}
}

static void
test_unused_bytes_are_zero(void **state)
{
	struct inaddr a;

	(void)state;
	memset(&a, 0xff, sizeof(a));
	assert_true(inaddr_parse("1.2.3.4", &a));
	for (int i = 4; i < 16; i++)
		assert_int_equal(a.b[i], 0);
}

static void
test_order(void **state)
{
	static const char *const sorted[] = { "0.0.0.0", "9.255.255.255", "10.0.0.1", "10.0.0.2", "255.0.0.0", "::", "::1", "2001::", "ff02::1" };
	const size_t n = sizeof(sorted) / sizeof(sorted[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			struct inaddr a = addr(sorted[i]), b = addr(sorted[k]);

			assert_int_equal(inaddr_compare(&a, &b), (i > k) - (i < k));
			assert_int_equal(inaddr_equal(&a, &b), i == k);
		}
	}
}

static void
test_network_and_last(void **state)
{
	static const struct { const char *addr; int len; const char *network, *last; } cases[] = {
		{ "192.168.1.77", 24, "192.168.1.0", "192.168.1.255" },
		{ "192.168.1.77", 26, "192.168.1.64", "192.168.1.127" },
		{ "192.168.1.77", 31, "192.168.1.76", "192.168.1.77" },
		{ "192.168.1.77", 32, "192.168.1.77", "192.168.1.77" },
		{ "192.168.1.77", 0, "0.0.0.0", "255.255.255.255" },
		{ "2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::", "2001:db8:1:2:ffff:ffff:ffff:ffff" },
		{ "2001:db8:1:2:3:4:5:6", 127, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:7" },
		{ "2001:db8:1:2:3:4:5:6", 10, "2000::", "203f:ffff:ffff:ffff:ffff:ffff:ffff:ffff" },
		{ "::1", 128, "::1", "::1" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct prefix p = prefix(cases[i].addr, cases[i].len);
		struct inaddr network = prefix_network(&p), last = prefix_last(&p);

		is(&network, cases[i].network);
		is(&last, cases[i].last);
		assert_true(prefix_has(&p, &network));
		assert_true(prefix_has(&p, &last));
		/* The neighbours are outside. */
		if (inaddr_prev(&network))
			assert_false(prefix_has(&p, &network));
		if (inaddr_next(&last))
			assert_false(prefix_has(&p, &last));
	}
	assert_string_equal(prefix_str(*state, &(struct prefix){ .addr = addr("10.0.0.0"), .len = 8 }), "10.0.0.0/8");
}

static void
test_prefix_relations(void **state)
{
	struct prefix wide = prefix("10.0.0.0", 8), narrow = prefix("10.1.2.0", 24), other = prefix("11.0.0.0", 8), six = prefix("::", 0);
	struct prefix zero = prefix("0.0.0.0", 0), same = prefix("10.0.0.0", 8), longer = prefix("10.0.0.0", 9);
	struct inaddr v6 = addr("a00::");

	(void)state;
	assert_true(prefix_overlaps(&wide, &narrow));
	assert_true(prefix_overlaps(&narrow, &wide));
	assert_false(prefix_overlaps(&wide, &other));
	assert_false(prefix_overlaps(&wide, &six));
	assert_true(prefix_overlaps(&zero, &narrow));
	assert_true(prefix_within(&narrow, &wide));
	assert_false(prefix_within(&wide, &narrow));
	assert_true(prefix_within(&wide, &same));
	assert_false(prefix_within(&narrow, &other));
	assert_true(prefix_equal(&wide, &same));
	assert_false(prefix_equal(&wide, &longer));
	assert_true(prefix_compare(&wide, &longer) < 0);
	assert_true(prefix_compare(&longer, &narrow) < 0);
	assert_true(prefix_compare(&six, &wide) > 0);
	assert_false(prefix_has(&wide, &v6));
}

static void
test_arithmetic(void **state)
{
	struct inaddr a = addr("10.0.0.255");

	(void)state;
	assert_true(inaddr_next(&a));
	is(&a, "10.0.1.0");
	assert_true(inaddr_prev(&a));
	is(&a, "10.0.0.255");
	assert_true(inaddr_add(&a, 0x10001));
	is(&a, "10.1.1.0");
	a = addr("255.255.255.255");
	assert_false(inaddr_next(&a));
	is(&a, "255.255.255.255");
	a = addr("0.0.0.1");
	assert_true(inaddr_add(&a, UINT32_MAX - 1));
	is(&a, "255.255.255.255");
	a = addr("0.0.0.1");
	assert_false(inaddr_add(&a, UINT32_MAX));
	assert_false(inaddr_add(&a, UINT64_MAX));
	is(&a, "0.0.0.1");
	a = addr("0.0.0.0");
	assert_false(inaddr_prev(&a));
	is(&a, "0.0.0.0");
	a = addr("2001:db8::ffff:ffff:ffff:ffff");
	assert_true(inaddr_next(&a));
	is(&a, "2001:db8:0:1::");
	assert_true(inaddr_add(&a, UINT64_MAX));
	is(&a, "2001:db8:0:1:ffff:ffff:ffff:ffff");
	a = addr("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
	assert_false(inaddr_next(&a));
	a = addr("::");
	assert_false(inaddr_prev(&a));
}

static void
test_kinds(void **state)
{
	static const struct { const char *addr, *why; } cases[] = {
		{ "0.0.0.0", "the unspecified address" }, { "0.0.0.1", "a reserved address" }, { "127.0.0.1", "a loopback address" },
		{ "127.255.255.255", "a loopback address" }, { "224.0.0.1", "a multicast address" }, { "239.1.2.3", "a multicast address" },
		{ "240.0.0.1", "a reserved address" }, { "255.255.255.254", "a reserved address" },
		{ "255.255.255.255", "the limited broadcast address" }, { "10.0.0.0", NULL }, { "223.255.255.255", NULL },
		{ "128.0.0.1", NULL }, { "169.254.1.1", NULL }, { "::", "the unspecified address" }, { "::1", "a loopback address" },
		{ "::2", NULL }, { "ff02::1", "a multicast address" }, { "::ffff:1.2.3.4", "an IPv4-mapped address" }, { "fe80::1", NULL },
		{ "fd00::1", NULL }, { "2001:db8::1", NULL },
	};
	static const struct { const char *addr; bool is; } local[] = { { "169.254.0.1", true }, { "169.253.0.1", false },
		{ "10.254.0.1", false }, { "fe80::", true }, { "febf::1", true }, { "fec0::1", false }, { "fe7f::1", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct inaddr a = addr(cases[i].addr);
		const char *why = inaddr_unusable(&a);

		if (cases[i].why == NULL)
			assert_null(why);
		else {
			assert_non_null(why);
			assert_string_equal(why, cases[i].why);
		}
	}
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++) {
		struct inaddr a = addr(local[i].addr);

		assert_int_equal(inaddr_is_link_local(&a), local[i].is);
	}
	assert_string_equal(family_name(INET6), "IPv6");
	assert_string_equal(family_word(INET), "inet");
	assert_int_equal(family_bits(INET6), 128);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_read_and_written),
		TEST(test_refused),
		TEST(test_unused_bytes_are_zero),
		TEST(test_order),
		TEST(test_network_and_last),
		TEST(test_prefix_relations),
		TEST(test_arithmetic),
		TEST(test_kinds),
	};

	return (RUN(tests));
}
