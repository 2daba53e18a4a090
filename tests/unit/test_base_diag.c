/* SPDX-License-Identifier: BSD-2-Clause */
/* base/diag: duplicates, order, severities. */
#include <string.h>

#include "base/diag.h"
#include "base/report.h"
#include "unit.h"

static const struct rule bad = { .name = "bad-name", .severity = SEV_ERROR };
static const struct rule unused = { .name = "unused-bridge", .severity = SEV_WARNING };
static const struct rule told = { .name = "told", .severity = SEV_NOTE };
static const struct rule offload = { .name = "uplink-offload", .severity = SEV_OFF };
static const struct rule from_15 = { .name = "address-on-member", .severity = SEV_WARNING, .error_from = 15 };
static const struct rule upto_13 = { .name = "mtu-mismatch", .severity = SEV_WARNING, .error_upto = 13 };
static const struct rule no_rule = { .name = "no-rule", .severity = SEV_WARNING };
static const struct rule *const rules[] = { &bad, &unused, &told, &offload, &from_15, &upto_13, &no_rule, NULL };

static struct source *
source(struct arena *a)
{
	static const char text[] = "one\ntwo\nthree\n";

	return (source_new(a, "t.yaml", "t.yaml", text, strlen(text), 0));
}

static void
test_same_rule_same_place_once(void **state)
{
	struct source *src = source(*state), *other = source(*state);
	struct span at = { .src = src, .off = 4, .len = 3 };
	struct diags ds;
	struct diag *d;

	diags_init(&ds, *state, NULL);
	diag_add(&ds, &bad, at, "first");
	d = diag_add(&ds, &bad, at, "again");
	diag_note(&ds, d, at, "not kept");
	assert_int_equal(ds.all.n, 1);
	assert_int_equal(ds.errors, 1);
	assert_string_equal(ds.all.v[0]->head.text, "first");
	assert_int_equal(ds.all.v[0]->notes.n, 0);
	diag_add(&ds, &unused, at, "another rule");
	at.off = 8;
	diag_add(&ds, &bad, at, "another place");
	at.src = other;
	diag_add(&ds, &bad, at, "another file");
	assert_int_equal(ds.all.n, 4);
	assert_int_equal(ds.errors, 3);
	assert_int_equal(ds.warnings, 1);
	assert_true(diag_told(&ds, &bad, at));
	assert_false(diag_told(&ds, &told, at));
}

static void
test_nowhere_compares_text(void **state)
{
	struct diags ds;

	diags_init(&ds, *state, NULL);
	diag_add(&ds, &bad, (struct span){ 0 }, "%s", "x");
	diag_add(&ds, &bad, (struct span){ 0 }, "y");
	diag_add(&ds, &bad, (struct span){ 0 }, "x");
	assert_int_equal(ds.all.n, 2);
}

static void
test_off_is_returned_not_kept(void **state)
{
	struct diags ds;
	struct diag *d;

	diags_init(&ds, *state, NULL);
	d = diag_add(&ds, &offload, (struct span){ 0 }, "x");
	assert_non_null(d);
	diag_help(&ds, d, "x");
	assert_int_equal(ds.all.n, 0);
	assert_int_equal(ds.notes + ds.warnings + ds.errors, 0);
}

static void
test_order(void **state)
{
	struct source *src = source(*state), *include = source(*state);
	struct diags ds;
	static const char *const expected[] = { "c", "d", "e", "b", "a", "f", "g" };

	include->order = 1;
	diags_init(&ds, *state, NULL);
	diag_add(&ds, &bad, (struct span){ 0 }, "f");
	diag_add(&ds, &bad, (struct span){ .src = include }, "a");
	diag_add(&ds, &unused, (struct span){ .src = src, .off = 8 }, "b");
	diag_add(&ds, &bad, (struct span){ .src = src, .off = 2 }, "c");
	diag_add(&ds, &told, (struct span){ .src = src, .off = 4 }, "e");
	diag_add(&ds, &unused, (struct span){ .src = src, .off = 4 }, "d");
	diag_add(&ds, &bad, (struct span){ 0 }, "g");
	diags_sort(&ds);
	assert_int_equal(ds.all.n, 7);
	for (size_t i = 0; i < ds.all.n; i++)
		assert_string_equal(ds.all.v[i]->head.text, expected[i]);
}

static void
test_messages_are_harmless(void **state)
{
	struct diags ds;
	struct diag *d;

	diags_init(&ds, *state, NULL);
	d = diag_add(&ds, &bad, (struct span){ 0 }, "%s is bad", "\x1b]0;x\xe2\x80\xae");
	diag_note(&ds, d, (struct span){ 0 }, "%s", "a\nb");
	diag_help(&ds, d, "%s", "\xff");
	diag_fix(&ds, d, (struct span){ 0 }, "%s", "a\nb");
	assert_string_equal(d->head.text, "\\x1b]0;x\\u{202e} is bad");
	assert_string_equal(d->notes.v[0].text, "a\\x0ab");
	assert_string_equal(d->help, "\\xff");
	assert_string_equal(d->fixes.v[0].replacement, "a\nb");
}

/* The switches, separated by blanks, then the severity of a rule with a release. */
static void
test_severities(void **state)
{
	static const struct { const char *switches; const struct rule *rule; int release; enum severity is; } cases[] = {
		{ "", &bad, 14, SEV_ERROR },
		{ "", &unused, 14, SEV_WARNING },
		{ "", &told, 14, SEV_NOTE },
		{ "", &offload, 14, SEV_OFF },
		{ "", &from_15, 14, SEV_WARNING },
		{ "", &from_15, 15, SEV_ERROR },
		{ "", &from_15, 16, SEV_ERROR },
		{ "", &from_15, 0, SEV_WARNING },
		{ "", &upto_13, 13, SEV_ERROR },
		{ "", &upto_13, 12, SEV_ERROR },
		{ "", &upto_13, 14, SEV_WARNING },
		{ "", &upto_13, 0, SEV_WARNING },
		{ "error", &unused, 14, SEV_ERROR },
		{ "error", &told, 14, SEV_NOTE },
		{ "error", &offload, 14, SEV_OFF },
		{ "error unused-bridge=warning", &unused, 14, SEV_WARNING },
		{ "unused-bridge=warning error", &unused, 14, SEV_WARNING },
		{ "error no-unused-bridge", &unused, 14, SEV_OFF },
		{ "unused-bridge=error unused-bridge=note", &unused, 14, SEV_NOTE },
		{ "unused-bridge=note unused-bridge=error", &unused, 14, SEV_ERROR },
		{ "unused-bridge=off", &unused, 14, SEV_OFF },
		{ "uplink-offload", &offload, 14, SEV_NOTE },
		{ "uplink-offload=error", &offload, 14, SEV_ERROR },
		{ "told=error", &told, 14, SEV_ERROR },
		{ "bad-name=error", &bad, 14, SEV_ERROR },
		{ "no-address-on-member", &from_15, 14, SEV_OFF },
		{ "no-address-on-member", &from_15, 15, SEV_ERROR },
		{ "mtu-mismatch=note", &upto_13, 13, SEV_ERROR },
		{ "mtu-mismatch=note", &upto_13, 14, SEV_NOTE },
		{ "error", &from_15, 14, SEV_ERROR },
		{ "no-rule", &no_rule, 14, SEV_WARNING },
		{ "no-no-rule", &no_rule, 14, SEV_OFF },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct severities *s = severities_new(*state);
		char *words = arena_strdup(*state, cases[i].switches), *word, *rest = words;

		while ((word = strtok_r(rest, " ", &rest)) != NULL)
			assert_null(severities_add(s, *state, word, rules));
		if (severity_of(cases[i].rule, cases[i].release, s) != cases[i].is)
			fail_msg("-W %s, %s on %d: %d, not %d", cases[i].switches, cases[i].rule->name, cases[i].release,
			    (int)severity_of(cases[i].rule, cases[i].release, s), (int)cases[i].is);
	}
	assert_int_equal(severity_of(&unused, 14, NULL), SEV_WARNING);
}

static void
test_wrong_switches(void **state)
{
	struct severities *s = severities_new(*state);

	assert_string_equal(severities_add(s, *state, "unsued-bridge=off", rules),
	    "there is no rule unsued-bridge; did you mean unused-bridge?");
	assert_string_equal(severities_add(s, *state, "no-bad-nmae", rules), "there is no rule bad-nmae; did you mean bad-name?");
	assert_string_equal(severities_add(s, *state, "something-else", rules), "there is no rule something-else");
	assert_string_equal(severities_add(s, *state, "unused-bridge=of", rules), "of is none of error, warning, note, off");
	assert_string_equal(severities_add(s, *state, "no-bad-name", rules), "bad-name is an error and cannot be switched off");
	assert_string_equal(severities_add(s, *state, "bad-name=warning", rules), "bad-name is an error and cannot be lowered");
	assert_int_equal(severity_of(&unused, 14, s), SEV_WARNING);
}

static void
test_switches_reach_diagnostics(void **state)
{
	struct severities *s = severities_new(*state);
	struct diags ds;

	assert_null(severities_add(s, *state, "error", rules));
	diags_init(&ds, *state, s);
	ds.release = 14;
	diag_add(&ds, &unused, (struct span){ 0 }, "x");
	diag_add(&ds, &upto_13, (struct span){ 0 }, "x");
	ds.release = 13;
	diag_add(&ds, &upto_13, (struct span){ 0 }, "y");
	assert_int_equal(ds.errors, 3);
	assert_int_equal(ds.warnings, 0);
}

static void
test_counts(void **state)
{
	struct diags ds;

	diags_init(&ds, *state, NULL);
	assert_string_equal(report_counts(*state, &ds), "");
	diag_add(&ds, &told, (struct span){ 0 }, "a");
	assert_string_equal(report_counts(*state, &ds), "");
	diag_add(&ds, &unused, (struct span){ 0 }, "a");
	assert_string_equal(report_counts(*state, &ds), "1 warning");
	diag_add(&ds, &bad, (struct span){ 0 }, "a");
	assert_string_equal(report_counts(*state, &ds), "1 error, 1 warning");
	diag_add(&ds, &bad, (struct span){ 0 }, "b");
	diag_add(&ds, &unused, (struct span){ 0 }, "b");
	assert_string_equal(report_counts(*state, &ds), "2 errors, 2 warnings");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_same_rule_same_place_once),
		TEST(test_nowhere_compares_text),
		TEST(test_off_is_returned_not_kept),
		TEST(test_order),
		TEST(test_messages_are_harmless),
		TEST(test_severities),
		TEST(test_wrong_switches),
		TEST(test_switches_reach_diagnostics),
		TEST(test_counts),
	};

	return (RUN(tests));
}
