/* SPDX-License-Identifier: BSD-2-Clause */
/* What vnetc import reads: shell assignments as sh(1) has them, jail.conf as jail(8)'s lexer and parser do; feature by feature. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "import/jailconf.h"
#include "import/shell.h"

struct reading { struct arena *a; struct diags diags; struct text out; };

static struct reading
reading_new(void)
{
	struct reading r = { .a = arena_new() };

	r.out.arena = r.a;
	return (r);
}

static const struct source *
source_of(struct reading *r, const char *text)
{
	return (source_new(r->a, "t", "t", arena_strdup(r->a, text), strlen(text), 0));
}

/* What was told, by its rules. */
static void
rules_told(struct reading *r)
{
	vec_each (struct diag *const *, d, &r->diags.all)
		text_printf(&r->out, "[%s]", (*d)->rule->name);
}

/* NAME=value of what every variable is in the end, | between them; ? stands for a value that nobody knows. */
static void
shell_is(const char *text, const char *expected, const char *file, int line)
{
	static const char *const empty[] = { "cloned_interfaces", NULL };
	struct reading r = reading_new();
	struct shell sh;

	diags_init(&r.diags, r.a, NULL);
	shell_init(&sh, r.a, &r.diags);
	sh.empty = empty;
	shell_read(&sh, source_of(&r, text));
	vec_each (struct shell_set *const *, set, &sh.sets)
		if (shell_find(&sh, (*set)->name) == *set)
			text_printf(&r.out, "%s%s%s=%s", r.out.n > 0 ? "|" : "", (*set)->exported ? "!" : "", (*set)->name,
			    (*set)->value != NULL ? (*set)->value : "?");
	rules_told(&r);
	_assert_string_equal(text_end(&r.out), expected, file, line);
	arena_free(r.a);
}

#define SHELL(text, expected) shell_is(text, expected, __FILE__, __LINE__)

static void
included(void *user, const char *pattern, struct span at)
{
	struct reading *r = user;

	(void)at;
	text_printf(&r->out, "<%s>", pattern);
}

/* NAME=value,value of one jail's settings, | between them. */
static void
jail_is(const char *text, const char *jail, const char *expected, const char *file, int line)
{
	struct reading r = reading_new();
	struct jailconf jc;
	jc_settings all;
	bool first = true;

	diags_init(&r.diags, r.a, NULL);
	jailconf_init(&jc, r.a, &r.diags);
	jc.include = included;
	jc.user = &r;
	jailconf_read(&jc, source_of(&r, text));
	jailconf_settings(&jc, jail, &all);
	vec_each (const struct jc_setting *, s, &all) {
		text_printf(&r.out, "%s%s%s", first ? "" : "|", s->name, s->values.n > 0 ? "=" : "");
		for (size_t i = 0; i < s->values.n; i++)
			text_printf(&r.out, "%s%s", i > 0 ? "," : "", s->values.v[i]);
		first = false;
	}
	rules_told(&r);
	_assert_string_equal(text_end(&r.out), expected, file, line);
	arena_free(r.a);
}

#define JAIL(text, expected) jail_is(text, "j", expected, __FILE__, __LINE__)

static void
shell_quotes(void **state)
{
	(void)state;
	SHELL("a=b", "a=b");
	SHELL("a=\"b c\"", "a=b c");
	SHELL("a='b c'", "a=b c");
	SHELL("a='b'\"c\"d", "a=bcd");
	SHELL("a='$b \\n \"'", "a=$b \\n \"");
	SHELL("a=\"\\$b \\\\ \\\" \\` \\n '\"", "a=$b \\ \" ` \\n '");
	SHELL("a=b\\ c", "a=b c");
	SHELL("a=", "a=");
	SHELL("a=\"\"", "a=");
	SHELL("a=\"b\nc\"", "a=b\nc");
	SHELL("a=\"b\nc=d\n", "a=b|c=d[unbalanced-quote]");
	SHELL("a = b", "[not-understood]");
}

static void
shell_lines(void **state)
{
	(void)state;
	SHELL("a=b\\\nc", "a=bc");
	SHELL("a=\"b \\\nc\"", "a=b c");
	SHELL("a='b\\\nc'", "a=b\\\nc");
	SHELL("a=b; c=d", "a=b|c=d");
	SHELL("a=b c=d", "a=b|c=d");
	SHELL("a=b # c=d\n#e=f\n", "a=b");
	SHELL("a=b#c", "a=b#c");
	SHELL("a=\"b # c\"", "a=b # c");
	SHELL("a=b\r\nc=d\r\n", "a=b|c=d[not-understood]");
	SHELL("readonly a=b\nc=$a", "a=b|c=b");
	SHELL("export a=b\nexport c\n", "!a=b");
	SHELL("export a=b c=d", "!a=b|!c=d");
	SHELL("a=b\na=c", "a=c[variable-set-twice]");
}

static void
shell_variables(void **state)
{
	(void)state;
	SHELL("a=b; c=\"$a ${a}\" d='$a'", "a=b|c=b b|d=$a");
	SHELL("a=b; a=\"${a} c\"", "a=b c");
	SHELL("cloned_interfaces=\"${cloned_interfaces} x\"", "cloned_interfaces= x");
	SHELL("a=b; a+=c", "a=bc[plus-equals]");
	SHELL("a=\"$b\"", "a=?[not-understood]");
	SHELL("a=$1", "a=?[not-understood]");
	SHELL("a=\"5 $ 6$\"", "a=5 $ 6$");
}

/* POSIX 2.6.2, of variables that are known. */
static void
shell_conditional(void **state)
{
	(void)state;
	SHELL("a=b; c=${a:-y}${a-y}", "a=b|c=bb");
	SHELL("a=; c=${a:-y}; d=x${a-y}", "a=|c=y|d=x");
	SHELL("a=b; c=${a:+y}${a+z}", "a=b|c=yz");
	SHELL("a=; c=x${a:+y}; d=${a+z}", "a=|c=x|d=z");
	SHELL("a=\"${cloned_interfaces:-none yet}\"", "a=none yet");
	SHELL("a=\"${a:-b}\"", "a=?[not-understood]");
	SHELL("a=b; c=${a:-$d}", "a=b|c=?[not-understood]");
	SHELL("a=b; c=${a:=d}${a##x}", "a=b|c=?[not-understood]");
	SHELL("a=b; c=${a:-", "a=b|c=?[not-understood]");
}

static void
shell_commands(void **state)
{
	(void)state;
	SHELL("a=$(hostname)\nb=c", "a=?|b=c[not-understood]");
	SHELL("a=`hostname`\nb=c", "a=?|b=c[not-understood]");
	SHELL("if true; then\na=b\nfi\nc=d", "c=d[not-understood]");
	SHELL("case x in\nx) a=b;;\nesac\nc=d", "c=d[not-understood]");
	SHELL("for i in 1 2; do a=$i; done\nc=d", "c=d[not-understood]");
	SHELL("while x; do a=b; done\nuntil for i in 1; do x; done; do y; done\nc=d", "c=d[not-understood][not-understood]");
	SHELL("f() { a=b; }\nc=d", "c=d[not-understood]");
	SHELL("(a=b)\nc=d", "c=d[not-understood]");
	SHELL("cat <<E\na=b\nE\nc=d", "c=d[not-understood]");
	SHELL("cat <<-'E F'\na=b\n\tE F\nc=d", "c=d[not-understood]");
	SHELL("true && a=b\nc=d", "c=d[not-understood]");
	SHELL("a=b command\nc=d", "c=d[not-understood]");
	SHELL(". /etc/other\nc=d", "c=d[not-understood]");
}

static void
jail_words(void **state)
{
	(void)state;
	JAIL("j { path = /a; vnet; }", "path=/a|vnet");
	JAIL("j{path=/a;vnet;}", "path=/a|vnet");
	JAIL("j { path = \"/a b\" ; }", "path=/a b");
	JAIL("j { a = x, \"y\", 'z'; }", "a=x,y,z");
	JAIL("j { a = x; a += y; a += z, w; }", "a=x,y,z,w");
	JAIL("j { a=x; a+=y; }", "a=x,y");
	JAIL("j { a = x; a = y; }", "a=y");
	JAIL("j { a = x\"y z\"'w'; }", "a=xy zw");
	JAIL("j { a = \"\"; }", "a=");
	JAIL("j { a = x }", "a=x");
}

static void
jail_quotes(void **state)
{
	(void)state;
	JAIL("j { a = \"x\\ty\\\"z\\101\\x42\\x4g\"; }", "a=x\ty\"zAB\x04g");
	JAIL("j { a = 'x\\ty\\'z\\101\\x42 $b'; }", "a=x\ty'zAB $b");
	JAIL("j { a = x\\;y\\{; }", "a=x;y{");
	JAIL("j { a = \"x\\\ny\"; }", "a=xy");
	JAIL("j { a = \"x\ny\"; }", "a=x\ny");
	JAIL("j { a = \"x; }", "a=x; }[unbalanced-quote][jail-conf-syntax][jail-conf-syntax]");
}

static void
jail_comments(void **state)
{
	(void)state;
	JAIL("# a { b; }\nj { // c;\n a; /* b; } */ d; /**/ e; /* ** / */ }", "a|d|e");
	JAIL("j { a = /b//c;\n d; }", "a=/b[jail-conf-syntax]");
	JAIL("j { a = \"/b//c#d/*e*/\"; }", "a=/b//c#d/*e*/");
	JAIL("j { a; } /* no end", "a[jail-conf-syntax]");
}

static void
jail_variables(void **state)
{
	(void)state;
	JAIL("$r = /jails; j { path = \"$r/$name\"; }", "path=/jails/j");
	JAIL("$r = /jails; path = ${r}/${name}; j { vnet; }", "path=/jails/j|vnet");
	JAIL("j { $n = 5; a = \"epair${n}b\", e$n; }", "a=epair5b,e5");
	JAIL("j { a = '$n'; }", "a=$n");
	JAIL("j { a = \"5$ $1 $\"; }", "a=5$ $1 $");
	JAIL("j { path = /x; a = \"${path}/y\"; exec.start = ${host.hostname}; host.hostname = h; }", "path=/x|a=/x/y|exec.start=h|host.hostname=h");
	JAIL("j { a = \"$nothing\"; }", "a[not-understood]");
	JAIL("* { $r = /jails; path = \"$r/${name}\"; } j { $r = \"/x y\"; }", "path=/x y/j");
	JAIL("$a.b = 1; j { c = ${a.b}x; d = \"${a.b}\"; e = $a.b; }", "c=1x|d=1|e[not-understood]");
	JAIL("j { $l = x, y; a = $l; b = \"<$l>\"; a += $l; }", "a=x,y,x,y|b[not-understood]");
	JAIL("j { $l = x, y; $m = $l, z; $n = 5; a = 0, $m, $n; }", "a=0,x,y,z,5");
	JAIL("j { $l = x; $l += y; a = \"$l\"; $l += z; }", "a=x,y,z");
	JAIL("j { a = \"\\$name ${name}$name\"'$name'; }", "a=$name jj$name");
	JAIL("j { a = \"${name\"; b; }", "a=${name|b");
	JAIL("j { $e; a = \"$e\"; $f = \"\"; b = \"<$f>\"; }", "a|b=<>[not-understood]");
	JAIL("j { $a = \"$b\"; $b = \"$a\"; c = \"$a\"; }", "c[not-understood]");
}

static void
jail_blocks(void **state)
{
	(void)state;
	JAIL("a = 1; j { b = 2; } a = 3;", "a=3|b=2");
	JAIL("j { vnet; allow.mount; allow.nomount; a = false; }", "vnet|allow.nomount|a=false");
	JAIL("j { noallow.mount; allow.mount = true; persist; nopersist; }", "allow.mount=true|nopersist");
	JAIL("j { a = 1;; b; ; }", "a=1|b");
	JAIL("j\n{\na\n=\n1\n,\n2\n;\n}\n", "a=1,2");
	JAIL("\"j\" { \"a b\" = 'c' \"d\"; }", "a b=c[jail-conf-syntax]");
	JAIL("j { a = b'c''d'\"e\"f; }", "a=bcdef");
	JAIL("j { a=b#c\n; d = e//f\n; g = h/*i*/j; }", "a=b|d=e|g=h[jail-conf-syntax]");
	JAIL("j { a = 1 }\nk { b }", "a=1");
	JAIL("j { a = /*x*/ \"/*y*/\" // z\n; }", "a=/*y*/");
	jail_is("*.j { b; } k.* { c; } * { a; } k.j { d; }", "k.j", "b|c|a|d", __FILE__, __LINE__);
	jail_is("*.j { b; } k.*.j { c; } k.* { e; } *.*.j { f; } k.l.j { d; }", "k.l.j", "c|e|f|d", __FILE__, __LINE__);
	jail_is("*.j { b; } *x { c; } j { d; }", "j", "d", __FILE__, __LINE__);
	JAIL("* { a = 1; } j { a += 2; } k { a = 3; }", "a=1,2");
	JAIL("j { a = 1; } * { a = 2; }", "a=2");
	JAIL("j { a; } j { b; }", "a|b");
	jail_is("a.* { x; } a.b { y; } a { z; }", "a.b", "x|y", __FILE__, __LINE__);
	jail_is("a.* { x; } a { z; }", "a", "z", __FILE__, __LINE__);
	JAIL("j { k { a; } b; }", "b[jail-conf-syntax]");
	JAIL("j { a = ; b; }", "a|b[jail-conf-syntax]");
	JAIL("j { a = 1 b = 2; c; }", "a=1|c[jail-conf-syntax]");
	JAIL("j { a;", "a[jail-conf-syntax]");
	JAIL(".include \"/etc/jail.conf.d/*.conf\"; j { a; }", "</etc/jail.conf.d/*.conf>a");
	JAIL(".include '/etc/a[0-9]?.conf'; j { a; }", "</etc/a[0-9]?.conf>a");
	JAIL("j { a; } .include /etc/x.conf; .include \"y\"'z*';", "</etc/x.conf><yz*>a");
	JAIL(".include; j { a; }", "a[jail-conf-syntax]");
	JAIL("j { .include x; a; }", ".include|a[jail-conf-syntax]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shell_quotes),
		cmocka_unit_test(shell_lines),
		cmocka_unit_test(shell_variables),
		cmocka_unit_test(shell_conditional),
		cmocka_unit_test(shell_commands),
		cmocka_unit_test(jail_words),
		cmocka_unit_test(jail_quotes),
		cmocka_unit_test(jail_comments),
		cmocka_unit_test(jail_variables),
		cmocka_unit_test(jail_blocks),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
