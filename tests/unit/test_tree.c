/* SPDX-License-Identifier: BSD-2-Clause */
/* The located tree: places to the byte, and every rule about the text itself. */
#define _XOPEN_SOURCE 700 /* realpath */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "told.h"

#define SAYS(text, expected) says_at(text, sizeof(text) - 1, expected, __FILE__, __LINE__)

static void
says_at(const char *text, size_t len, const char *expected, const char *file, int line)
{
	struct read r = read_bytes(text, len, NULL);

	_assert_string_equal(told(&r), expected, file, line);
	arena_free(r.arena);
}

static void
says_with(const char *text, struct memory_file *files, const char *expected)
{
	struct read r = read_bytes(text, strlen(text), files);

	assert_string_equal(told(&r), expected);
	arena_free(r.arena);
}

static const char *
dump(struct read *r)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	const char *copy;

	tree_dump(r->load.root, out);
	fclose(out);
	copy = arena_strdup(r->arena, text);
	free(text);
	return (copy);
}

static void
dumps(const char *text, struct memory_file *files, const char *expected)
{
	struct read r = read_bytes(text, strlen(text), files);

	assert_string_equal(told(&r), "");
	assert_string_equal(dump(&r), expected);
	arena_free(r.arena);
}

static void
test_scalars(void **state)
{
	struct read r = read_tree("host:\n  a: plain text \n  b: 'it''s'\n  c: \"x\\ty\"\n  d: |\n    one\n    two\n\n  e: ~\n  f:\n  g: 'null'\n  h: !!str null\n  "
	                          "i: a\n    b\n");
	const struct tree *host = at_path(r.load.root, "host");

	(void)state;
	assert_string_equal(told(&r), "");
	assert_string_equal(place(r.arena, &at_path(host, "a")->at), "2:6 [plain text]");
	assert_string_equal(at_path(host, "b")->text, "it's");
	assert_string_equal(place(r.arena, &at_path(host, "b")->at), "3:6 ['it''s']");
	assert_false(at_path(host, "b")->plain);
	assert_string_equal(at_path(host, "c")->text, "x\ty");
	assert_string_equal(at_path(host, "d")->text, "one\ntwo\n");
	assert_string_equal(place(r.arena, &at_path(host, "d")->at), "5:6 [|\n    one\n    two]");
	assert_true(at_path(host, "e")->null);
	assert_true(at_path(host, "f")->null);
	assert_string_equal(place(r.arena, &at_path(host, "f")->at), "10:5 []");
	assert_false(at_path(host, "g")->null);
	assert_false(at_path(host, "h")->null);
	assert_string_equal(place(r.arena, &at_path(host, "h")->at), "12:12 [null]");
	assert_string_equal(at_path(host, "i")->text, "a b");
	arena_free(r.arena);
}

static void
test_wide_characters(void **state)
{
	struct read r = read_tree("\xef\xbb\xbfhost: {name: \"b\xc3\xbc\xe4\xb8\xad\xf0\x9f\x98\x80\", x: [\xc3\xa9, z]}\r\n# \xe2\x82\xac\r\njails:\r\n  \xc3\xa4: b\r\n");
	const struct tree *root = r.load.root;

	(void)state;
	assert_string_equal(told(&r), "");
	assert_string_equal(place(r.arena, &at_path(root, "host name")->at), "1:14 [\"b\xc3\xbc\xe4\xb8\xad\xf0\x9f\x98\x80\"]");
	assert_string_equal(place(r.arena, &at_path(root, "host x")->at), "1:26 [\xc3\xa9]");
	assert_string_equal(place(r.arena, &at_path(root, "host x 1")->at), "1:29 [z]");
	assert_string_equal(place(r.arena, &tree_get(root, "jails")->key->at), "3:1 [jails]");
	assert_string_equal(place(r.arena, &at_path(root, "jails \xc3\xa4")->at), "4:6 [b]");
	arena_free(r.arena);
}

/* Marks far into a text with wide characters: past every step of the table that turns characters into bytes. */
static void
test_far_places(void **state)
{
	struct arena *a = arena_new();
	struct text t = { .arena = a };
	struct read r;

	(void)state;
	text_add(&t, "host:\n");
	for (int i = 0; i < 1000; i++)
		text_printf(&t, "  k%d: [\xc3\xbc%d, \"\xf0\x9f\x98\x80\"]\n", i, i);
	r = read_tree(text_end(&t));
	for (int i = 0; i < 1000; i += 37) {
		assert_string_equal(place(a, &at_path(r.load.root, arena_printf(a, "host k%d 0", i))->at),
		    arena_printf(a, "%d:%d [\xc3\xbc%d]", i + 2, i < 10 ? 8 : i < 100 ? 9 : 10, i));
		assert_string_equal(at_path(r.load.root, arena_printf(a, "host k%d 1", i))->text, "\xf0\x9f\x98\x80");
	}
	arena_free(r.arena);
	arena_free(a);
}

static void
test_collections(void **state)
{
	struct read r = read_tree("host: &h # c\n\n  a: []\n  b: { }\n  c:\n  - - x\n    - y\n  - z: 1\n\n\njails: !!map {k: &q [1]}\n");
	const struct tree *root = r.load.root;

	(void)state;
	assert_string_equal(told(&r), "");
	assert_string_equal(place(r.arena, &at_path(root, "host")->at), "3:3 [a]");
	assert_string_equal(place(r.arena, &at_path(root, "host a")->at), "3:6 [[]");
	assert_string_equal(place(r.arena, &at_path(root, "host b")->at), "4:6 [{]");
	assert_string_equal(place(r.arena, &at_path(root, "host c")->at), "6:7 [x]");
	assert_string_equal(place(r.arena, &at_path(root, "host c 1")->at), "8:5 [z]");
	assert_string_equal(place(r.arena, &at_path(root, "jails")->at), "11:15 [k]");
	assert_string_equal(place(r.arena, &at_path(root, "jails k")->at), "11:22 [1]");
	assert_int_equal(root->depth, 4);
	assert_int_equal(at_path(root, "jails")->nodes, 4);
	arena_free(r.arena);
}

/* The key beside << wins, of several merges the first; each link of the way is kept. */
static void
test_aliases_and_merges(void **state)
{
	(void)state;
	dumps("host:\n"
	      "  a: &a {x: 1, y: &y [2]}\n"
	      "  b: &b {x: 9, z: *y}\n"
	      "  c: {<<: *a, x: 3}\n"
	      "  d: {<<: [*b, *a], <<: *a}\n"
	      "  e: &e {<<: *b}\n"
	      "  f: {<<: *e}\n"
	      "  g: {<<: {p: 1}, q: 2}\n"
	      "  h: &k key\n"
	      "  *k : v\n",
	    NULL,
	    "host @1:1: mapping @2:3\n"
	    "  a @2:3: mapping @2:10\n"
	    "    x @2:10: 1 @2:13\n"
	    "    y @2:16: list @2:23\n"
	    "      - 2 @2:23\n"
	    "  b @3:3: mapping @3:10\n"
	    "    x @3:10: 9 @3:13\n"
	    "    z @3:16: list @2:23 (alias at 3:19)\n"
	    "      - 2 @2:23\n"
	    "  c @4:3: mapping @4:7\n"
	    "    x @4:15: 3 @4:18\n"
	    "    y @2:16 (merge at 4:11): list @2:23 (merge at 4:11)\n"
	    "      - 2 @2:23\n"
	    "  d @5:3: mapping @5:7\n"
	    "    x @3:10 (merge at 5:12): 9 @3:13 (merge at 5:12)\n"
	    "    z @3:16 (merge at 5:12): list @2:23 (alias at 3:19) (merge at 5:12)\n"
	    "      - 2 @2:23\n"
	    "    y @2:16 (merge at 5:16): list @2:23 (merge at 5:16)\n"
	    "      - 2 @2:23\n"
	    "  e @6:3: mapping @6:10\n"
	    "    x @3:10 (merge at 6:14): 9 @3:13 (merge at 6:14)\n"
	    "    z @3:16 (merge at 6:14): list @2:23 (alias at 3:19) (merge at 6:14)\n"
	    "      - 2 @2:23\n"
	    "  f @7:3: mapping @7:7\n"
	    "    x @3:10 (merge at 6:14) (merge at 7:11): 9 @3:13 (merge at 6:14) (merge at 7:11)\n"
	    "    z @3:16 (merge at 6:14) (merge at 7:11): list @2:23 (alias at 3:19) (merge at 6:14) (merge at 7:11)\n"
	    "      - 2 @2:23\n"
	    "  g @8:3: mapping @8:7\n"
	    "    q @8:19: 2 @8:22\n"
	    "    p @8:12: 1 @8:15\n"
	    "  h @9:3: key @9:9\n"
	    "  key @10:3: v @10:8\n");
}

static void
test_text_faults(void **state)
{
	(void)state;
	SAYS("host: {}\njails: caf\xe9\n", "not-utf8 2:11 [\xe9] byte E9 is not UTF-8\n  help save the file as UTF-8\n");
	SAYS("\xff\xfeh\0o\0", "not-utf8 1:1 [\xff] byte FF is not UTF-8\n  help save the file as UTF-8\n");
	SAYS("host: {}\n# \xed\xa0\x80\n", "not-utf8 2:3 [\xed] byte ED is not UTF-8\n  help save the file as UTF-8\n");
	SAYS("host:\n  name: a\x07""b\n  x: \"\\e\"\n  \"y\\0\": 1\n# \xe2\x80\xae\n",
	    "control-character 2:10 [\x07] control character U+0007 in name\n"
	    "control-character 3:6 [\"\\e\"] control character U+001B in x\n"
	    "control-character 4:3 [\"y\\0\"] control character U+0000 in host\n"
	    "control-character 5:3 [\xe2\x80\xae] control character U+202E\n");
	SAYS("host: {a: [x, \"\\r\"], b: \"\\N\", c: \"\\u2066\"}\n",
	    "control-character 1:15 [\"\\r\"] control character U+000D in a\n"
	    "control-character 1:25 [\"\\N\"] control character U+0085 in b\n"
	    "control-character 1:34 [\"\\u2066\"] control character U+2066 in c\n");
	SAYS("host: {a: \"x\0y\"}\n", "control-character 1:13 [] control character U+0000 in a\n");
	SAYS("host: {}\n\x0cjails: {}\n", "control-character 2:1 [\x0c] control character U+000C\n");
}

static void
test_tabs(void **state)
{
	(void)state;
	SAYS("host:\n\tname: x\n\trelease: 15\n",
	    "tab-indentation 2:1 [\t] a tab indents this line\n  help indent with spaces\n"
	    "tab-indentation 3:1 [\t] a tab indents this line\n  help indent with spaces\n");
	SAYS("host:\n  name: x\n  \trelease: 15\n", "tab-indentation 3:3 [\t] a tab indents this line\n  help indent with spaces\n");
	SAYS("host:\n  name: |\n\tx\n", "tab-indentation 3:1 [\t] a tab indents this line\n  help indent with spaces\n");
	/* Where YAML allows them. */
	SAYS("host:\t{\n\tname:\t\"x\"\n\t}\njails: {}\t# c\n", "");
	SAYS("host: {}\n  \t\njails: {}\n", "tab-indentation 2:3 [\t] a tab indents this line\n  help indent with spaces\n");
}

static void
test_syntax(void **state)
{
	(void)state;
	SAYS("host: {gateway: [fd00::]}\n",
	    "yaml-syntax 1:18 [fd00::] a value cannot end in ':'\n  help put the IPv6 address in quotes: \"fd00::\"\n  fix 1:18 [fd00::] -> \"fd00::\"\n");
	SAYS("host: {\xc3\xa4: 1, gateway: 2001:db8::}\n",
	    "yaml-syntax 1:23 [2001:db8::] a value cannot end in ':'\n"
	    "  help put the IPv6 address in quotes: \"2001:db8::\"\n  fix 1:23 [2001:db8::] -> \"2001:db8::\"\n");
	SAYS("host:\n  gateway: fd00::\n",
	    "yaml-syntax 2:17 [:] a ':' is not allowed here\n  help put the IPv6 address in quotes: \"fd00::\"\n  fix 2:12 [fd00::] -> \"fd00::\"\n");
	SAYS("expect: {from: web[1-8], to: x}\n",
	    "yaml-syntax 1:19 [[] a ',' or '}' is missing before this\n  note 1:9 [{] the mapping begins here\n"
	    "  help put the name in quotes: \"web[1-8]\"\n  fix 1:16 [web[1-8]] -> \"web[1-8]\"\n");
	SAYS("host:\n  description: the shop: open\n",
	    "yaml-syntax 2:24 [:] a ':' is not allowed here\n"
	    "  help put the value in quotes if the ':' belongs to it; else check the indentation of this line\n");
	SAYS("host: {a: [1, 2}\n", "yaml-syntax 1:16 [}] a ',' or ']' is missing before this\n  note 1:11 [[] the list begins here\n  help close the list with ]\n");
	SAYS("host: {a: 1\n", "yaml-syntax 1:7 [{] this bracket is never closed\n  help close it with }\n");
	SAYS("host: \"x\njails: {}\n", "yaml-syntax 1:7 [\"x] this quote is never closed\n  help close the quote\n");
	SAYS("host: @x\n", "yaml-syntax 1:7 [@] a value cannot begin with this character\n  help put the value in quotes\n");
	SAYS("host: {}\nbridges\njails: {}\n",
	    "yaml-syntax 2:1 [bridges] a ':' is missing after this key\n  help write KEY: VALUE, or - ITEM in a list\n");
	SAYS("host:\n    a: 1\n  b: 2\n",
	    "yaml-syntax 3:3 [b] a key is expected here\n  note 1:1 [h] the mapping begins here\n  help indent the line like the other keys of its mapping\n");
	SAYS("host: 'it's'\n",
	    "yaml-syntax 1:11 [s] a key is expected here\n  note 1:1 [h] the mapping begins here\n"
	    "  help put the whole value in quotes; a ' within single quotes is written ''\n");
	SAYS("host: *\n", "yaml-syntax 1:7 [*] a name is missing after *\n  help put the value in quotes if the * belongs to it\n");
	SAYS("host: !<x y\n", "yaml-syntax 1:7 [!<x] this is no tag\n  help put the value in quotes if the ! belongs to it, else remove it\n");
	SAYS("%YAML 3.0\n---\nhost: {}\n", "yaml-syntax 1:1 [%] this version of YAML is not known\n  help remove the %YAML line\n");
	SAYS("%FOO\n---\nhost: {}\n", "yaml-syntax 1:1 [%FOO] this directive is not known\n  help remove the line\n");
	SAYS("{host: {}}\nx: 1\n", "yaml-syntax 2:1 [x] the topology has ended before this\n  help make it a key of the mapping above\n");
}

static void
test_documents(void **state)
{
	(void)state;
	SAYS("---\nhost: {}\n...\n", "");
	SAYS("host: {}\n---\njails: {}\n",
	    "second-document 2:1 [---] a second document begins here\n  note 1:1 [host] the first document begins here\n"
	    "  help put it in a file of its own and include it\n");
	SAYS("host: {}\n...\njails: {}\n",
	    "second-document 3:1 [j] a second document begins here\n  note 1:1 [host] the first document begins here\n"
	    "  help put it in a file of its own and include it\n");
	SAYS("", "empty-topology 1:1 [] topology.yaml describes nothing\n  help vnetc init writes a starter\n");
	SAYS("# nothing\n", "empty-topology 1:1 [] topology.yaml describes nothing\n  help vnetc init writes a starter\n");
	SAYS("~\n", "empty-topology 1:1 [] topology.yaml describes nothing\n  help vnetc init writes a starter\n");
	SAYS("version: 1\nsubnets: {}\n", "empty-topology 1:1 [version] topology.yaml describes nothing\n  help vnetc init writes a starter\n");
	SAYS("- host\n", "wrong-type 1:3 [host] a topology is a mapping, not a list\n");
	SAYS("host\n", "wrong-type 1:1 [host] a topology is a mapping, not a text\n");
}

static void
test_anchors(void **state)
{
	(void)state;
	SAYS("host: {a: &net 1, b: *nett, c: *x}\n",
	    "bad-alias 1:22 [*nett] no anchor called nett\n  note 1:11 [&net] net is here\n  help did you mean *net?\n  fix 1:22 [*nett] -> *net\n"
	    "bad-alias 1:32 [*x] no anchor called x\n");
	SAYS("host: &h\n  a: {<<: *h}\n  b: *h\n",
	    "bad-alias 2:11 [*h] h contains itself\n  note 1:7 [&h] h begins here\n"
	    "bad-alias 3:6 [*h] h contains itself\n  note 1:7 [&h] h begins here\n");
	/* An anchor may be set anew. */
	SAYS("host: {a: &x 1, b: *x, c: &x 2, d: *x}\n", "");
}

static void
test_tags(void **state)
{
	(void)state;
	SAYS("host: !!map {a: !!int 1, b: !!seq [], c: !!null ~, d: !!float 1.5, e: !!bool true}\n", "");
	SAYS("host: {a: !x 1, b: !!set {}, c: !!seq y, d: ! z}\n",
	    "unknown-tag 1:11 [!x] tag !x is not used here\n  help remove the tag\n  fix 1:11 [!x ] -> \n"
	    "unknown-tag 1:20 [!!set] tag !!set is not used here\n  help remove the tag\n  fix 1:20 [!!set ] -> \n"
	    "unknown-tag 1:33 [!!seq] tag !!seq is not used here\n  help remove the tag\n  fix 1:33 [!!seq ] -> \n"
	    "unknown-tag 1:45 [!] tag ! is not used here\n  help remove the tag\n  fix 1:45 [! ] -> \n");
	SAYS("host: !a!b 1\n", "unknown-tag 1:7 [!a!b] tag !a!b is not used here\n  help remove the tag\n");
}

static void
test_keys(void **state)
{
	(void)state;
	SAYS("host: {a: 1, b: 2, \"a\": 3}\n", "duplicate-key 1:20 [\"a\"] a is given twice\n  note 1:8 [a] it is first given here\n");
	SAYS("host: {[x]: 1, {y: z}: 2}\n? {}\n: 1\n",
	    "wrong-type 1:9 [x] a key is a text, not a list\nwrong-type 1:17 [y] a key is a text, not a mapping\n"
	    "wrong-type 2:3 [{] a key is a text, not a mapping\n");
	SAYS("host:\n  ? \n  : 1\n", "empty-value 2:4 [] a key is empty\n");
	SAYS("host: {<<: 1}\njails: {<<: [{}, 2]}\nbridges: {<<: ~}\n",
	    "wrong-type 1:12 [1] << is a mapping or a list of mappings, not a text\n"
	    "wrong-type 2:18 [2] << is a mapping or a list of mappings, not a text\n"
	    "wrong-type 3:15 [~] << is a mapping or a list of mappings, not nothing\n");
	/* Many keys do not take their time by pairs. */
	SAYS("host: {a: {b: 1}, a: {c: 2}, a: 3}\n",
	    "duplicate-key 1:19 [a] a is given twice\n  note 1:8 [a] it is first given here\n"
	    "duplicate-key 1:30 [a] a is given twice\n  note 1:8 [a] it is first given here\n");
}

static void
test_limits(void **state)
{
	struct arena *a = arena_new();
	struct text t = { .arena = a };
	struct read r;

	(void)state;
	SAYS("host: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n", "");
	SAYS("host: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n", "nesting-too-deep 1:38 [[] nested more than 32 deep\n");
	/* Depth that aliases build up. */
	SAYS("host: {a: &a [[[[[[[[[[[[1]]]]]]]]]]]], b: &b [[[[[[[[[[[*a]]]]]]]]]]], c: [[[[[[[[*b]]]]]]]]}\n",
	    "nesting-too-deep 1:84 [*b] nested more than 32 deep\n");
	text_add(&t, "host:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 9; i++)
		text_printf(&t, "  a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1,
		    i - 1, i - 1, i - 1);
	r = read_tree(text_end(&t));
	assert_string_equal(told(&r), "expansion-too-large 9:7 [&a7] aliases expand to more than 10620 values\n");
	assert_null(r.load.root);
	arena_free(r.arena);
	t = (struct text){ .arena = a };
	text_add(&t, "host: {a: \"");
	for (int i = 0; i < 65537; i++)
		text_add(&t, "x");
	text_add(&t, "\"}\n");
	r = read_tree(text_end(&t));
	assert_int_equal(r.diags.all.n, 1);
	assert_string_equal(r.diags.all.v[0]->rule->name, "expansion-too-large");
	arena_free(r.arena);
	r = read_bytes(arena_alloc(a, TREE_FILE_MAX + 1), TREE_FILE_MAX + 1, NULL);
	assert_string_equal(told(&r), "expansion-too-large 1:1 [] topology.yaml is larger than 16 MiB\n");
	arena_free(r.arena);
	arena_free(a);
}

static void
test_includes(void **state)
{
	struct memory_file files[] = {
		{ "sub/a.yaml", "include: [b.yaml, ../c.yaml]\njails: {a: {}}\nexpect: [{from: a}]\nversion: 1\n", NULL },
		{ "sub/b.yaml", "host: {name: x, interfaces: {re1: {}}, rc_conf: {a: 1}}\njails: {b: {}}\n", NULL },
		{ "c.yaml", "jails:\nexpect: {from: c}\nversion: 1\n", NULL },
		{ "link.yaml", "jails: {never: {}}\n", "c.yaml" },
		{ NULL, NULL, NULL },
	};

	(void)state;
	dumps("include: [sub/a.yaml, ./c.yaml, link.yaml]\nhost: {interfaces: {re0: {}}, rc_conf: {b: 2}}\njails: {d: {}}\nexpect: [{from: d}]\n", files,
	    "host @sub/b.yaml:1:1: mapping @sub/b.yaml:1:8\n"
	    "  name @sub/b.yaml:1:8: x @sub/b.yaml:1:14\n"
	    "  interfaces @sub/b.yaml:1:17: mapping @sub/b.yaml:1:30\n"
	    "    re1 @sub/b.yaml:1:30: {} @sub/b.yaml:1:35\n"
	    "    re0 @2:21: {} @2:26\n"
	    "  rc_conf @sub/b.yaml:1:40: mapping @sub/b.yaml:1:50\n"
	    "    a @sub/b.yaml:1:50: 1 @sub/b.yaml:1:53\n"
	    "    b @2:41: 2 @2:44\n"
	    "jails @sub/b.yaml:2:1: mapping @sub/b.yaml:2:9\n"
	    "  b @sub/b.yaml:2:9: {} @sub/b.yaml:2:12\n"
	    "  a @sub/a.yaml:2:9: {} @sub/a.yaml:2:12\n"
	    "  d @3:9: {} @3:12\n"
	    "expect @c.yaml:2:1: list @c.yaml:2:10\n"
	    "  - mapping @c.yaml:2:10\n"
	    "    from @c.yaml:2:10: c @c.yaml:2:16\n"
	    "  - mapping @sub/a.yaml:3:11\n"
	    "    from @sub/a.yaml:3:11: a @sub/a.yaml:3:17\n"
	    "  - mapping @4:11\n"
	    "    from @4:11: d @4:17\n"
	    "version @c.yaml:3:1: 1 @c.yaml:3:10\n");
}

static void
test_include_faults(void **state)
{
	struct memory_file files[] = {
		{ "topology.yaml", "", NULL },
		{ "self.yaml", "include: self.yaml\n", NULL },
		{ "a.yaml", "include: b.yaml\n", NULL },
		{ "b.yaml", "include: a.yaml\njails: {b: {}}\n", NULL },
		{ "top.yaml", "include: topology.yaml\n", NULL },
		{ "jails.yaml", "jails: {b: {}}\nhost: {name: x}\ndefaults: {jail: {attach: jib}}\n", NULL },
		{ "broken.yaml", "jails: [\n", NULL },
		{ NULL, NULL, NULL },
	};

	(void)state;
	says_with("include: [nowhere.yaml, /etc/passwd, ~, {a: b}, '']\nhost: {}\n", files,
	    "include-unreadable 1:11 [nowhere.yaml] cannot read nowhere.yaml: No such file or directory\n"
	    "include-unreadable 1:25 [/etc/passwd] cannot read /etc/passwd: its path is absolute\n"
	    "empty-value 1:38 [~] include has no value\n  help include: [FILE]\n"
	    "wrong-type 1:42 [a] include is a list of files, not a mapping\n"
	    "include-unreadable 1:49 [''] cannot read : it has no name\n");
	says_with("include:\nhost: {}\n", files, "empty-value 1:1 [include] include has no value\n  help include: [FILE]\n");
	says_with("include: self.yaml\nhost: {}\n", files, "include-cycle self.yaml:1:10 [self.yaml] self.yaml includes itself\n");
	says_with("include: [top.yaml]\nhost: {}\n", files,
	    "include-cycle top.yaml:1:10 [topology.yaml] topology.yaml includes itself by top.yaml\n"
	    "  note 1:11 [top.yaml] top.yaml is included here\n");
	says_with("include: [a.yaml]\n", files,
	    "include-cycle b.yaml:1:10 [a.yaml] a.yaml includes itself by b.yaml\n  note a.yaml:1:10 [b.yaml] b.yaml is included here\n");
	says_with("include: [jails.yaml]\njails: {b: {}}\nhost: {name: y}\ndefaults: {jail: {attach: static}}\n", files,
	    "duplicate-definition 2:9 [b] b is already given in jails.yaml\n  note jails.yaml:1:9 [b] it is first given here\n"
	    "duplicate-definition 3:8 [name] name is already given in jails.yaml\n  note jails.yaml:2:8 [name] it is first given here\n"
	    "duplicate-definition 4:19 [attach] attach is already given in jails.yaml\n  note jails.yaml:3:19 [attach] it is first given here\n");
	says_with("include: [jails.yaml]\njails: [c]\n", files, "wrong-type 2:9 [c] jails is a mapping, not a list\n");
	says_with("include: broken.yaml\nhost: {}\n", files, "yaml-syntax broken.yaml:1:8 [[] this bracket is never closed\n  help close it with ]\n");
}

static char *
deeper(void *user, struct arena *a, const char *path, size_t *len, const char **identity, const char **why)
{
	char *text = arena_printf(a, "include: %sx\n", path);

	(void)user;
	(void)why;
	*len = strlen(text);
	*identity = path;
	return (text);
}

static void
test_include_depth(void **state)
{
	struct read r = { .arena = arena_new() };
	struct reader reader = { deeper, NULL };

	(void)state;
	diags_init(&r.diags, r.arena, NULL);
	tree_load(&r.load, r.arena, &r.diags, "-", "include: y\nhost: {}\n", 20, &reader);
	assert_string_equal(told(&r), "nesting-too-deep yxxxxxxxxxxxxxxx:1:10 [yxxxxxxxxxxxxxxxx] includes are nested more than 16 deep\n");
	assert_int_equal(r.load.sources.n, 17);
	arena_free(r.arena);
}

static void
put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
test_file_reader(void **state)
{
	char dir[] = "/tmp/vnetc-tree-XXXXXX";
	struct arena *a = arena_new();
	const char *names[] = { "in.yaml", "fifo", "sub", "link.yaml", "loop.yaml", "again.yaml", "real.yaml", "through", "sub/up.yaml", "out.yaml" };
	const size_t n = sizeof(names) / sizeof(names[0]);
	static const struct { const char *path, *why; } refused[] = {
		{ "fifo", "it is not a regular file" },
		{ "sub", "it is a directory" },
		{ "through", "it is a directory" },
		{ "gone", "No such file or directory" },
		{ "in.yaml/x", "Not a directory" },
		{ "loop.yaml", "Too many levels of symbolic links" },
		{ "../out.yaml", "it lies outside the topology's folder" },
		{ "link.yaml", "it lies outside the topology's folder" },
	};
	const char *const links[] = { "again.yaml", "real.yaml", "through/in.yaml", "sub/up.yaml", "through/through/sub/up.yaml" };
	const char *identity = NULL, *other = NULL, *why = NULL;
	struct reader reader;
	char *text, *real;
	size_t len;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(mkdir(arena_printf(a, "%s/d", dir), 0755), 0);
	for (size_t i = 0; i < n; i++)
		names[i] = arena_printf(a, "%s/%s%s", dir, i < n - 1 ? "d/" : "", names[i]);
	put_file(names[0], "host: {}\n");
	put_file(names[n - 1], "jails: {}\n");
	assert_int_equal(mkfifo(names[1], 0600), 0);
	assert_int_equal(mkdir(names[2], 0755), 0);
	assert_int_equal(symlink("../out.yaml", names[3]), 0);
	assert_int_equal(symlink("loop.yaml", names[4]), 0);
	assert_int_equal(symlink("./sub/../in.yaml", names[5]), 0);
	real = realpath(names[0], NULL);
	assert_non_null(real);
	assert_int_equal(symlink(real, names[6]), 0);
	free(real);
	assert_int_equal(symlink("sub/..", names[7]), 0);
	assert_int_equal(symlink("../in.yaml", names[8]), 0);
	reader = tree_file_reader(a, arena_printf(a, "%s/d", dir), -1);
	text = reader.read(reader.user, a, "in.yaml", &len, &identity, &why);
	assert_string_equal(text, "host: {}\n");
	assert_int_equal(len, 9);
	assert_non_null(reader.read(reader.user, a, "./in.yaml", &len, &other, &why));
	assert_string_equal(identity, other);
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		assert_null(reader.read(reader.user, a, refused[i].path, &len, &identity, &why));
		assert_string_equal(why, refused[i].why);
	}
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		assert_string_equal(reader.read(reader.user, a, links[i], &len, &identity, &why), "host: {}\n");
	for (size_t i = n; i > 0; i--)
		assert_int_equal(remove(names[i - 1]), 0);
	assert_int_equal(rmdir(arena_printf(a, "%s/d", dir)), 0);
	assert_int_equal(rmdir(dir), 0);
	arena_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_scalars),
		cmocka_unit_test(test_wide_characters),
		cmocka_unit_test(test_far_places),
		cmocka_unit_test(test_collections),
		cmocka_unit_test(test_aliases_and_merges),
		cmocka_unit_test(test_text_faults),
		cmocka_unit_test(test_tabs),
		cmocka_unit_test(test_syntax),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_includes),
		cmocka_unit_test(test_include_faults),
		cmocka_unit_test(test_include_depth),
		cmocka_unit_test(test_file_reader),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
