/* SPDX-License-Identifier: BSD-2-Clause */
/* base/report: the text form to the byte, JSON lines, what SARIF must hold. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/report.h"
#include "base/str.h"
#include "unit.h"

static const struct rule outside = { .name = "address-outside-subnet", .severity = SEV_ERROR, .summary = "an address is outside",
	.explain = "Why.\n\nCure." };
static const struct rule warn = { .name = "lonely-bridge", .severity = SEV_WARNING, .summary = "a bridge is alone" };
static const struct rule *const rules[] = { &warn, &outside, NULL };

static struct source *
source(struct arena *a, const char *text)
{
	return (source_new(a, "topology.yaml", "topology.yaml", text, strlen(text), 0));
}

/* The span of a word in the text. */
static struct span
at(const struct source *src, const char *word)
{
	const char *p = strstr(src->text, word);

	assert_non_null(p);
	return ((struct span){ .src = src, .off = (uint32_t)(p - src->text), .len = (uint32_t)strlen(word) });
}

static const char *
reported(struct diags *ds, struct report_options o)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	const char *copy;

	assert_non_null(f);
	o.rules = rules;
	o.version = "1.2.3";
	report(ds, &o, f);
	fclose(f);
	copy = arena_strndup(ds->arena, text, n);
	free(text);
	return (copy);
}

/* One diagnostic at a word of a one-line text: what stands under the first line. */
static void
excerpt(struct arena *a, const char *text, const char *word, const char *expected)
{
	struct source *src = source(a, text);
	struct diags ds;
	const char *out;

	diags_init(&ds, a, NULL);
	diag_add(&ds, &warn, at(src, word), "x");
	out = strchr(reported(&ds, (struct report_options){ 0 }), '\n');
	assert_non_null(out);
	assert_string_equal(out + 1, expected);
}

static void
test_as_documented(void **state)
{
	struct source *src = source(*state,
	    "a\n"
	    "b\n"
	    "c\n"
	    "subnets:\n"
	    "  lan: {prefixes: [192.168.0.0/24]}\n"
	    "e\nf\ng\nh\ni\nj\nk\nl\n"
	    "    - {bridge: bridge0, addresses: [192.168.1.17]}\n");
	struct diags ds;
	struct diag *d;

	diags_init(&ds, *state, NULL);
	d = diag_add(&ds, &outside, at(src, "192.168.1.17"), "%s is not in subnet lan", "192.168.1.17");
	diag_note(&ds, d, at(src, "192.168.0.0/24"), "lan is 192.168.0.0/24");
	diag_note(&ds, d, (struct span){ 0 }, "a reason");
	diag_help(&ds, d, "192.168.0.17 is free");
	diag_add(&ds, &warn, (struct span){ 0 }, "nowhere");
	assert_string_equal(reported(&ds, (struct report_options){ 0 }),
	    "topology.yaml:14:37: error: 192.168.1.17 is not in subnet lan [address-outside-subnet]\n"
	    "   14 |     - {bridge: bridge0, addresses: [192.168.1.17]}\n"
	    "      |                                     ^~~~~~~~~~~~\n"
	    "topology.yaml:5:20: note: lan is 192.168.0.0/24\n"
	    "    5 |   lan: {prefixes: [192.168.0.0/24]}\n"
	    "      |                    ^~~~~~~~~~~~~~\n"
	    "note: a reason\n"
	    "help: 192.168.0.17 is free\n"
	    "vnetc: warning: nowhere [lonely-bridge]\n");
	assert_string_equal(strchr(reported(&ds, (struct report_options){ .quiet = true }), '\n'), "\n"
	    "   14 |     - {bridge: bridge0, addresses: [192.168.1.17]}\n"
	    "      |                                     ^~~~~~~~~~~~\n"
	    "topology.yaml:5:20: note: lan is 192.168.0.0/24\n"
	    "    5 |   lan: {prefixes: [192.168.0.0/24]}\n"
	    "      |                    ^~~~~~~~~~~~~~\n"
	    "note: a reason\n"
	    "help: 192.168.0.17 is free\n");
}

static void
test_caret_keeps_its_place(void **state)
{
	excerpt(*state, "\t- name: web\n", "web", "    1 | \t- name: web\n      | \t        ^~~\n");
	excerpt(*state, "漢字: web\n", "web", "    1 | 漢字: web\n      |       ^~~\n");
	excerpt(*state, "e\xcc\x81: web\n", "web", "    1 | e\xcc\x81: web\n      |    ^~~\n");
	excerpt(*state, "x: 漢字\n", "漢字", "    1 | x: 漢字\n      |    ^~~~\n");
	excerpt(*state, "a\x01\xff: web\n", "web", "    1 | a\\x01\\xff: web\n      |            ^~~\n");
	excerpt(*state, "a\xe2\x80\xae: web\n", "web", "    1 | a\\u{202e}: web\n      |            ^~~\n");
	excerpt(*state, "x: web", "web", "    1 | x: web\n      |    ^~~\n");
	/* Not past the end of its line. */
	excerpt(*state, "x: web\r\ny: z\r\n", "web\r\ny: z", "    1 | x: web\n      |    ^~~\n");
	excerpt(*state, "x: web\n", "\n", "    1 | x: web\n      |       ^\n");
	excerpt(*state, "\nx\n", "\n", "    1 |\n      | ^\n");
}

static void
test_long_lines_are_cut(void **state)
{
	struct arena *a = *state;
	char line[1001];
	const char *out, *expected;

	for (int i = 0; i < 1000; i++)
		line[i] = (char)('a' + i % 26);
	line[1000] = '\0';
	memcpy(line + 500, "WORD", 4);
	expected = arena_printf(a, "    1 | …%.158s…\n      | %61s^~~~\n", line + 440, "");
	excerpt(a, line, "WORD", expected);
	/* From the start where the place is near it. */
	memcpy(line + 10, "HEAD", 4);
	expected = arena_printf(a, "    1 | %.159s…\n      | %10s^~~~\n", line, "");
	excerpt(a, line, "HEAD", expected);
	memcpy(line + 996, "LAST", 4);
	expected = arena_printf(a, "    1 | …%s\n      | %61s^~~~\n", line + 936, "");
	excerpt(a, line, "LAST", expected);
	/* 160 columns are whole. */
	line[160] = '\0';
	memcpy(line + 156, "WHOL", 4);
	out = arena_printf(a, "    1 | %s\n      | %156s^~~~\n", line, "");
	excerpt(a, line, "WHOL", out);
}

static void
test_wide_line_numbers(void **state)
{
	struct arena *a = *state;
	struct text t = { .arena = a };
	struct source *src;
	struct diags ds;

	for (int i = 1; i < 123456; i++)
		text_add(&t, "\n");
	text_add(&t, "word\n");
	src = source(a, text_end(&t));
	diags_init(&ds, a, NULL);
	diag_add(&ds, &warn, at(src, "word"), "x");
	assert_string_equal(reported(&ds, (struct report_options){ 0 }),
	    "topology.yaml:123456:1: warning: x [lonely-bridge]\n123456 | word\n       | ^~~~\n");
}

static void
test_via(void **state)
{
	struct source *src = source(*state, "x: &A bad\ny: *A\nz: {<<: m}\nd: u\nr: [1-8]\n");
	struct via range = { .kind = VIA_RANGE, .at = at(src, "1-8") };
	struct via preset = { .kind = VIA_DEFAULTS, .at = at(src, "u") };
	struct via merge = { .kind = VIA_MERGE, .at = at(src, "<<") };
	struct via alias = { .kind = VIA_ALIAS, .at = at(src, "*A") };
	struct span bad = at(src, "bad");
	struct diags ds;
	struct diag *d;

	preset.at.via = &range;
	merge.at.via = &preset;
	alias.at.via = &merge;
	bad.via = &alias;
	diags_init(&ds, *state, NULL);
	d = diag_add(&ds, &warn, bad, "x");
	diag_help(&ds, d, "y");
	assert_string_equal(reported(&ds, (struct report_options){ 0 }),
	    "topology.yaml:1:7: warning: x [lonely-bridge]\n"
	    "    1 | x: &A bad\n"
	    "      |       ^~~\n"
	    "topology.yaml:2:4: note: used here, through alias *A\n"
	    "    2 | y: *A\n"
	    "      |    ^~\n"
	    "topology.yaml:3:5: note: merged here\n"
	    "    3 | z: {<<: m}\n"
	    "      |     ^~\n"
	    "topology.yaml:4:4: note: the default is used here\n"
	    "    4 | d: u\n"
	    "      |    ^\n"
	    "topology.yaml:5:5: note: in this range\n"
	    "    5 | r: [1-8]\n"
	    "      |     ^~~\n"
	    "help: y\n");
}

static unsigned
count(const char *text, const char *what)
{
	unsigned n = 0;

	for (; (text = strstr(text, what)) != NULL; text += strlen(what))
		n++;
	return (n);
}

static void
test_limits(void **state)
{
	struct arena *a = *state;
	struct diags ds;
	struct rule many[15];
	const char *out;

	diags_init(&ds, a, NULL);
	for (int i = 0; i < 25; i++)
		diag_add(&ds, &warn, (struct span){ 0 }, "w%d", i);
	diag_add(&ds, &outside, (struct span){ 0 }, "e");
	out = reported(&ds, (struct report_options){ 0 });
	assert_int_equal(count(out, "[lonely-bridge]\n"), 20);
	assert_int_equal(count(out, "[address-outside-subnet]\n"), 1);
	assert_non_null(strstr(out, "[lonely-bridge]\n… and 5 more (lonely-bridge)\n"));
	assert_int_equal(count(reported(&ds, (struct report_options){ .all = true }), "[lonely-bridge]\n"), 25);
	assert_int_equal(count(reported(&ds, (struct report_options){ .format = REPORT_JSON }), "\n"), 26);
	diags_init(&ds, a, NULL);
	for (int r = 0; r < 15; r++) {
		many[r] = (struct rule){ .name = arena_printf(a, "rule-%02d", r), .severity = SEV_ERROR };
		for (int i = 0; i < 20; i++)
			diag_add(&ds, &many[r], (struct span){ 0 }, "%d", i);
	}
	out = reported(&ds, (struct report_options){ 0 });
	assert_int_equal(count(out, "vnetc: error: "), 200);
	assert_int_equal(count(out, "… and 20 more (rule-"), 5);
	assert_string_equal(out + strlen(out) - strlen("… and 20 more (rule-14)\n"), "… and 20 more (rule-14)\n");
}

static void
test_color(void **state)
{
	struct source *src = source(*state, "x: web\n");
	struct diags ds;

	diags_init(&ds, *state, NULL);
	diag_add(&ds, &warn, at(src, "web"), "x");
	assert_null(strchr(reported(&ds, (struct report_options){ 0 }), '\033'));
	assert_non_null(strstr(reported(&ds, (struct report_options){ .color = true }), "\033[1;35mwarning: "));
}

static void
test_json_lines(void **state)
{
	struct source *src = source(*state, "\xef\xbb\xbf漢: \"we\"\nx: y\n");
	struct diags ds;
	struct diag *d;

	diags_init(&ds, *state, NULL);
	d = diag_add(&ds, &outside, at(src, "\"we\"\nx"), "\"quoted\" é");
	diag_note(&ds, d, at(src, "y"), "here");
	diag_note(&ds, d, (struct span){ 0 }, "anywhere");
	diag_help(&ds, d, "cure");
	diag_fix(&ds, d, at(src, "we"), "web");
	diag_add(&ds, &warn, (struct span){ 0 }, "nowhere");
	assert_string_equal(reported(&ds, (struct report_options){ .format = REPORT_JSON }),
	    "{\"rule\":\"address-outside-subnet\",\"severity\":\"error\",\"message\":\"\\\"quoted\\\" é\",\"file\":\"topology.yaml\","
	    "\"line\":1,\"column\":4,\"end_line\":2,\"end_column\":2,\"notes\":["
	    "{\"message\":\"here\",\"file\":\"topology.yaml\",\"line\":2,\"column\":4,\"end_line\":2,\"end_column\":5},"
	    "{\"message\":\"anywhere\",\"file\":null,\"line\":null,\"column\":null,\"end_line\":null,\"end_column\":null}],"
	    "\"help\":\"cure\",\"fixes\":[{\"file\":\"topology.yaml\",\"line\":1,\"column\":5,\"end_line\":1,\"end_column\":7,"
	    "\"offset\":9,\"length\":2,\"replacement\":\"web\"}]}\n"
	    "{\"rule\":\"lonely-bridge\",\"severity\":\"warning\",\"message\":\"nowhere\",\"file\":null,\"line\":null,\"column\":null,"
	    "\"end_line\":null,\"end_column\":null,\"notes\":[],\"help\":null,\"fixes\":[]}\n");
}

/* Columns are worked out by going on from the last place: many on one line, out of order, must still be right. */
static void
test_columns_on_one_long_line(void **state)
{
	struct arena *a = *state;
	struct text t = { .arena = a };
	struct source *src;
	struct diags ds;
	const char *out;

	for (int i = 0; i < 5000; i++)
		text_add(&t, "é,");
	src = source(a, text_end(&t));
	diags_init(&ds, a, NULL);
	for (uint32_t i = 5000; i > 0; i--)
		diag_add(&ds, &warn, (struct span){ .src = src, .off = 3 * (i - 1), .len = 2 }, "x");
	out = reported(&ds, (struct report_options){ .format = REPORT_JSON });
	for (int i = 0; i < 5000; i++) {
		char expected[64];
		const char *found = strstr(out, "\"column\":");

		assert_non_null(found);
		snprintf(expected, sizeof(expected), "\"column\":%d,\"end_line\":1,\"end_column\":%d,", 2 * i + 1, 2 * i + 2);
		assert_memory_equal(found, expected, strlen(expected));
		out = strchr(found, '\n') + 1;
	}
}

static void
test_sarif(void **state)
{
	struct source *src = source(*state, "x: y\n");
	struct diags ds;
	struct diag *d;
	const char *out;

	src->name = "a b/ü:1.yaml";
	diags_init(&ds, *state, NULL);
	d = diag_add(&ds, &outside, at(src, "y"), "wrong");
	diag_note(&ds, d, at(src, "x"), "here");
	diag_help(&ds, d, "cure");
	diag_fix(&ds, d, at(src, "y"), "z");
	diag_fix(&ds, d, at(src, "x"), "w");
	out = reported(&ds, (struct report_options){ .format = REPORT_SARIF });
	assert_non_null(strstr(out, "\"version\": \"2.1.0\""));
	assert_non_null(strstr(out, "\"columnKind\": \"unicodeCodePoints\""));
	assert_non_null(strstr(out, "\"ruleId\": \"address-outside-subnet\",\n          \"ruleIndex\": 1,"));
	assert_int_equal(count(out, "\"uri\": \"a%20b/%C3%BC%3A1.yaml\""), 3);
	assert_int_equal(count(out, "\"artifactChanges\""), 1);
	assert_int_equal(count(out, "\"deletedRegion\""), 2);
	assert_non_null(strstr(out, "\"text\": \"wrong\\nhelp: cure\""));
	assert_int_equal(count(out, "\"id\": "), 3); /* two rules, one related place */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_as_documented),
		TEST(test_caret_keeps_its_place),
		TEST(test_long_lines_are_cut),
		TEST(test_wide_line_numbers),
		TEST(test_via),
		TEST(test_limits),
		TEST(test_color),
		TEST(test_json_lines),
		TEST(test_columns_on_one_long_line),
		TEST(test_sarif),
	};

	return (RUN(tests));
}
