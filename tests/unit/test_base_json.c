/* SPDX-License-Identifier: BSD-2-Clause */
/* base/json. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "unit.h"

static void
written(bool pretty, void (*write)(struct json *), const char *expected)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	struct json j;

	assert_non_null(f);
	json_begin(&j, f, pretty);
	write(&j);
	fclose(f);
	assert_string_equal(text, expected);
	free(text);
}

static void
all_kinds(struct json *j)
{
	json_object_begin(j);
	json_member(j, "s", "x");
	json_member(j, "none", NULL);
	json_member_int(j, "i", INT64_MIN);
	json_member_bool(j, "b", true);
	json_key(j, "empty");
	json_array_begin(j);
	json_array_end(j);
	json_key(j, "a");
	json_array_begin(j);
	json_int(j, 1);
	json_none(j);
	json_bool(j, false);
	json_object_begin(j);
	json_object_end(j);
	json_array_begin(j);
	json_text(j, "y");
	json_array_end(j);
	json_array_end(j);
	json_object_end(j);
}

static void
test_compact(void **state)
{
	(void)state;
	written(false, all_kinds,
	    "{\"s\":\"x\",\"none\":null,\"i\":-9223372036854775808,\"b\":true,\"empty\":[],\"a\":[1,null,false,{},[\"y\"]]}");
}

static void
test_pretty(void **state)
{
	(void)state;
	written(true, all_kinds,
	    "{\n"
	    "  \"s\": \"x\",\n"
	    "  \"none\": null,\n"
	    "  \"i\": -9223372036854775808,\n"
	    "  \"b\": true,\n"
	    "  \"empty\": [],\n"
	    "  \"a\": [\n"
	    "    1,\n"
	    "    null,\n"
	    "    false,\n"
	    "    {},\n"
	    "    [\n"
	    "      \"y\"\n"
	    "    ]\n"
	    "  ]\n"
	    "}");
}

static void
escapes(struct json *j)
{
	json_array_begin(j);
	json_text(j, "\"\\/\b\n\t\x7f");
	json_text(j, "é漢😀");
	json_text(j, "\xe2\x80\xae\xc2\x9b\xf3\xa0\x80\x81"); /* bidi, C1, a tag */
	json_text(j, "\xff\xc3");
	json_array_end(j);
}

static void
test_escapes(void **state)
{
	(void)state;
	written(false, escapes,
	    "[\"\\\"\\\\/\\u0008\\n\\t\\u007f\",\"é漢😀\",\"\\u202e\\u009b\\udb40\\udc01\",\"\\\\xff\\\\xc3\"]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_compact),
		TEST(test_pretty),
		TEST(test_escapes),
	};

	return (RUN(tests));
}
