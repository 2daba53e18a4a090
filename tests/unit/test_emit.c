/* SPDX-License-Identifier: BSD-2-Clause */
/* The emitters over plans built by hand: quoting, the files of sh and jail(8), the graph, the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <graphviz/cgraph.h>

#include "emit/emit.h"
#include "emit/grid.h"
#include "emit/sh.h"

/* Two stacks and two links: host with re0 in bridge0, router jail web-1 on it and before bridge1, classic jail old. */
struct fixture {
	struct arena *a;
	struct topology topology;
	struct routes routes;
	struct plan plan;
	struct vnet host, vnet;
	struct jail web, old;
	struct link link;
	struct bridge bridge;
	struct subnet lan;
	struct iface re0, bridge0, epair1a, epair1b;
};

static struct address
address(const char *text, int len, const struct subnet *subnet)
{
	struct address address = { .len = len, .subnet = subnet };

	assert_true(inaddr_parse(text, &address.addr));
	return (address);
}

static void
build_model(struct fixture *f)
{
	struct arena *a = f->a;
	struct subnet_prefix *p;

	f->topology = (struct topology){ .arena = a, .file = "topology.yaml", .release = { .major = 15, .minor = 1 }, .host_name = "beastie" };
	f->host = (struct vnet){ .kind = VNET_HOST, .name = "host", .shown = "beastie", .index = 0 };
	f->vnet = (struct vnet){ .kind = VNET_JAIL, .name = "web-1", .shown = "web-1", .jail = &f->web, .index = 1, .router = true,
	    .forwards = { true, false } };
	f->web = (struct jail){ .name = "web-1", .safename = "web_1", .hostname = "www.example.org", .vnet = &f->vnet, .index = 0 };
	f->old = (struct jail){ .name = "old", .safename = "old", .hostname = "old", .index = 1 };
	f->lan = (struct subnet){ .name = "lan" };
	p = vec_push(a, &f->lan.prefixes);
	assert_true(inaddr_parse("192.168.0.0", &p->prefix.addr));
	p->prefix.len = 24;
	f->lan.gateway[INET].kind = GW_ADDRESS;
	assert_true(inaddr_parse("192.168.0.254", &f->lan.gateway[INET].addr));
	f->bridge = (struct bridge){ .key = "bridge0", .name = "bridge0", .made = "bridge0", .link = &f->link, .iface = &f->bridge0 };
	f->link = (struct link){ .kind = LINK_BRIDGE, .name = "bridge0", .bridge = &f->bridge, .has_nic = true };
	*vec_push(a, &f->link.subnets) = &f->lan;
	*vec_push(a, &f->lan.links) = &f->link;
	f->re0 = (struct iface){ .kind = IF_NIC, .name = "re0", .made = "re0", .vnet = &f->host, .member_of = &f->bridge };
	f->bridge0 = (struct iface){ .kind = IF_BRIDGE, .name = "bridge0", .vnet = &f->host, .link = &f->link, .bridge = &f->bridge };
	f->epair1a = (struct iface){ .kind = IF_EPAIR, .name = "epair1a", .vnet = &f->host, .member_of = &f->bridge, .peer = &f->epair1b, .end_a = true };
	f->epair1b = (struct iface){ .kind = IF_EPAIR, .name = "epair1b", .vnet = &f->vnet, .link = &f->link, .peer = &f->epair1a,
	    .mac_kind = MAC_GIVEN, .mac = { { 2, 0, 0, 0, 0, 1 } }, .mtu = 9000, .description = "to \"web\" | <b>&\\ {x}" };
	*vec_push(a, &f->bridge0.addresses) = address("192.168.0.10", 24, &f->lan);
	*vec_push(a, &f->epair1b.addresses) = address("192.168.0.11", 24, &f->lan);
	*vec_push(a, &f->epair1b.addresses) = address("fd00:b::11", 64, NULL);
	*vec_push(a, &f->bridge.members) = &f->re0;
	*vec_push(a, &f->bridge.members) = &f->epair1a;
	*vec_push(a, &f->host.ifaces) = &f->re0;
	*vec_push(a, &f->host.ifaces) = &f->epair1a;
	*vec_push(a, &f->host.ifaces) = &f->bridge0;
	*vec_push(a, &f->vnet.ifaces) = &f->epair1b;
	*vec_push(a, &f->topology.vnets) = &f->host;
	*vec_push(a, &f->topology.vnets) = &f->vnet;
	*vec_push(a, &f->topology.jails) = &f->web;
	*vec_push(a, &f->topology.jails) = &f->old;
	*vec_push(a, &f->topology.bridges) = &f->bridge;
	*vec_push(a, &f->topology.links) = &f->link;
	*vec_push(a, &f->topology.subnets) = &f->lan;
	f->topology.host = &f->host;
}

static void
build_routes(struct fixture *f)
{
	struct route *r = NEW_ARRAY(f->a, struct route, 2);

	f->routes.topology = &f->topology;
	f->routes.of = NEW_ARRAY(f->a, struct forwarding, f->topology.vnets.n);
	for (size_t i = 0; i < f->topology.vnets.n; i++)
		f->routes.of[i].vnet = f->topology.vnets.v[i];
	r[0] = (struct route){ .dflt = true, .iface = &f->epair1b, .via = f->lan.gateway[INET].addr };
	r[1] = (struct route){ .dflt = true, .iface = &f->epair1b, .given = true };
	assert_true(inaddr_parse("fe80::1", &r[1].via));
	f->routes.of[1].dflt[INET] = &r[0];
	f->routes.of[1].dflt[INET6] = &r[1];
}

static void
set(struct arena *a, struct stanza *stanza, const char *name, const char *value, bool append)
{
	*vec_push(a, &stanza->settings) = (struct setting){ name, value, append };
}

static void
build_plan(struct fixture *f)
{
	struct arena *a = f->a;
	struct stanza *s;
	struct jail_plan *j;
	struct plan_file *other;

	f->plan = (struct plan){ .topology = &f->topology, .routes = &f->routes,
	    .host = { .path = "rc.conf", .about = "rc.conf: the host's network.", .shell = true } };
	s = vec_push(a, &f->plan.host.stanzas);
	*s = (struct stanza){ .title = "what is created", .asked = "topology.yaml: bridges" };
	set(a, s, "cloned_interfaces", "epair1:sticky bridge0:sticky", true);
	set(a, s, "ifconfig_bridge0", "inet 192.168.0.10/24 addm re0 addm epair1a up", false);
	j = vec_push(a, &f->plan.jails);
	*j = (struct jail_plan){ .jail = &f->web, .ezjail = { .name = "web_1" }, .native = { .name = "web-1" }, .path = "/usr/jails/web-1",
	    .hostname = "www.example.org", .vnet = true, .fib = -1, .exec_start = "/bin/sh /etc/rc", .exec_stop = "/bin/sh /etc/rc.shutdown jail",
	    .devfs_ruleset = 5, .asked = "topology.yaml: jails.web-1",
	    .rc_conf = { .path = "jails/web-1/rc.conf", .about = "rc.conf of web-1.", .shell = true } };
	*vec_push(a, &j->vnet_interfaces) = "epair1b";
	*vec_push(a, &j->vnet_interfaces) = "epair2b";
	*vec_push(a, &j->after) = &f->old;
	*vec_push(a, &j->parameters) = "allow.raw_sockets=1";
	*vec_push(a, &j->parameters) = "persist";
	*vec_push(a, &j->ezjail.hooks[HOOK_PRESTOP]) = "/sbin/ifconfig epair1b -vnet web_1";
	*vec_push(a, &j->ezjail.hooks[HOOK_PRESTOP]) = "logger \"bye $USER\"";
	*vec_push(a, &j->native.hooks[HOOK_PRESTOP]) = "/sbin/ifconfig epair1b -vnet web-1";
	*vec_push(a, &j->native.hooks[HOOK_PRESTOP]) = "logger \"bye $USER\"";
	s = vec_push(a, &j->rc_conf.stanzas);
	*s = (struct stanza){ .title = "epair1b on bridge0" };
	set(a, s, "ifconfig_epair1b", "inet 192.168.0.11/24", false);
	j = vec_push(a, &f->plan.jails);
	*j = (struct jail_plan){ .jail = &f->old, .ezjail = { .name = "old" }, .native = { .name = "old" }, .path = "/usr/jails/old",
	    .hostname = "old", .fib = 2, .devfs_ruleset = -1 };
	*vec_push(a, &j->ip) = "re0|192.168.0.17";
	*vec_push(a, &j->ip) = "re0|fd00::17";
	other = vec_push(a, &f->plan.others);
	*other = (struct plan_file){ .path = "jails/web-1/pf.conf", .about = "pf.conf of web-1." };
	s = vec_push(a, &other->stanzas);
	set(a, s, NULL, "ext_if = \"epair1b\"", false);
	*vec_push(a, &f->plan.todo) = "Create the jails.";
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return (-1);
	f->a = arena_new();
	build_model(f);
	build_routes(f);
	build_plan(f);
	*state = f;
	return (0);
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	arena_free(f->a);
	free(f);
	return (0);
}

static const char *
file_of(const struct outdir *out, const char *path)
{
	vec_each (const struct outfile *, file, &out->files)
		if (strcmp(file->path, path) == 0) {
			assert_int_equal(strlen(file->text), file->len);
			return (file->text);
		}
	fail_msg("%s was not written", path);
	return (NULL);
}

static struct outdir
written(struct fixture *f)
{
	struct outdir out;
	const char *error = NULL;

	outdir_init(&out, f->a);
	if (!emit_all(&f->plan, f->a, &out, &error))
		fail_msg("%s", error);
	return (out);
}

static const char *
assigned(struct fixture *f, unsigned flags, const char *name, const char *value)
{
	struct text t = { .arena = f->a };

	return (sh_assign(&t, flags, name, value) == NULL ? text_end(&t) : NULL);
}

static void
test_assignments(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(assigned(f, 0, "a", ""), "a=\"\"\n");
	assert_string_equal(assigned(f, SH_EXPORT, "jail_x_ip", ""), "export jail_x_ip=\"\"\n");
	assert_string_equal(assigned(f, SH_APPEND, "static_routes", "lab dmz"), "static_routes=\"${static_routes} lab dmz\"\n");
	assert_string_equal(assigned(f, 0, "sshd_flags", "-o \"X $y\" `z` \\ 'w' #"), "sshd_flags=\"-o \\\"X \\$y\\\" \\`z\\` \\\\ 'w' #\"\n");
	assert_null(assigned(f, 0, "sshd_flags", "a\nb"));
	assert_null(assigned(f, 0, "sshd_flags", "a\033b"));
	assert_null(assigned(f, 0, "", "x"));
	assert_null(assigned(f, 0, "1a", "x"));
	assert_null(assigned(f, 0, "a-b", "x"));
	assert_null(assigned(f, 0, "a;reboot", "x"));
}

static void
test_evaluated_values_hold_no_syntax(void **state)
{
	struct fixture *f = *state;
	const char *bad = "*?[]$`\"';&|<>()\\!#{}~^\t\n";

	assert_non_null(assigned(f, 0, "ifconfig_re0_descr", "a-z A_9 .,:/@+=%"));
	for (const char *c = bad; *c != '\0'; c++) {
		const char value[] = { 'a', ' ', *c, 'b', '\0' };

		assert_null(assigned(f, 0, "ifconfig_re0", value));
		assert_null(assigned(f, 0, "ifconfig_re0_alias0", value));
		assert_null(assigned(f, 0, "create_args_wlan0", value));
		assert_null(assigned(f, 0, "cloned_interfaces", value));
		assert_null(assigned(f, 0, "route_lab", value));
		assert_null(assigned(f, 0, "ipv6_route_lab", value));
		assert_null(assigned(f, 0, "vlans_re0", value));
		assert_null(assigned(f, 0, "ipv6_defaultrouter", value));
	}
	assert_non_null(assigned(f, 0, "autobridge_bridge0", "tap* vm?"));
	assert_null(assigned(f, 0, "autobridge_bridge0", "tap*;reboot"));
}

static void
test_comments_stay_comments(void **state)
{
	struct fixture *f = *state;
	struct text t = { .arena = f->a };

	sh_title(&t, "evil\nreboot", "a\rb");
	sh_title(&t, NULL, NULL);
	sh_comment(&t, "ends in a backslash\\");
	sh_comment(&t, "");
	sh_comment_wrapped(&t, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
	assert_string_equal(text_end(&t), "# evil\\x0areboot (a\\x0db)\n# ends in a backslash\\ \n#\n"
	    "# one two three four five six seven eight nine ten eleven twelve thirteen\n# fourteen\n");
}

static void
test_jailconf_values(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(jailconf_escape(f->a, "a \"b\" $c \\d 'e'"), "a \\\"b\\\" \\$c \\\\d 'e'");
	assert_null(jailconf_escape(f->a, "a\nb"));
	assert_string_equal(jailconf_parameter(f->a, "persist"), "persist");
	assert_string_equal(jailconf_parameter(f->a, "allow.mount.zfs=1"), "allow.mount.zfs=1");
	assert_string_equal(jailconf_parameter(f->a, "host.domainname=a b*$\"\\;"), "host.domainname=\"a\\040b\\052\\044\\042\\134\\073\"");
	assert_string_equal(jailconf_parameter(f->a, "x=http://y"), "x=\"http://y\"");
	assert_string_equal(jailconf_parameter(f->a, "x="), "x=\"\"");
	assert_null(jailconf_parameter(f->a, "a b=1"));
	assert_null(jailconf_parameter(f->a, "=1"));
	assert_null(jailconf_parameter(f->a, "a;b"));
	assert_null(jailconf_parameter(f->a, "a=b\nc"));
}

static void
test_rc_conf(void **state)
{
	struct fixture *f = *state;
	struct outdir out = written(f);

	assert_string_equal(file_of(&out, "rc.conf"),
	    "# rc.conf: the host's network.\n"
	    "# Made by vnetc from topology.yaml; edits here are lost: change the topology\n"
	    "# and build again.\n"
	    "\n"
	    "# what is created (topology.yaml: bridges)\n"
	    "cloned_interfaces=\"${cloned_interfaces} epair1:sticky bridge0:sticky\"\n"
	    "ifconfig_bridge0=\"inet 192.168.0.10/24 addm re0 addm epair1a up\"\n");
	assert_non_null(strstr(file_of(&out, "jails/web-1/rc.conf"), "\n# epair1b on bridge0\nifconfig_epair1b=\"inet 192.168.0.11/24\"\n"));
	assert_non_null(strstr(file_of(&out, "jails/web-1/pf.conf"), "\next_if = \"epair1b\"\n"));
}

static void
test_ezjail(void **state)
{
	static const char lines[] =
	    "jail_web_1_ip=\"\"\n"
	    "jail_web_1_vnet_enable=\"YES\"\n"
	    "jail_web_1_vnet_interface=\"epair1b epair2b\"\n"
	    "jail_web_1_hostname=\"www.example.org\"\n"
	    "jail_web_1_exec_prestop0=\"/sbin/ifconfig epair1b -vnet web_1\"\n"
	    "jail_web_1_exec_prestop1=\"logger \\\\\\\"bye \\\\\\$USER\\\\\\\"\"\n"
	    "jail_web_1_exec_start=\"/bin/sh /etc/rc\"\n"
	    "jail_web_1_exec_stop=\"/bin/sh /etc/rc.shutdown jail\"\n"
	    "jail_web_1_devfs_ruleset=\"5\"\n"
	    "jail_web_1_parameters=\"allow.raw_sockets=1 persist\"\n";
	struct fixture *f = *state;
	struct outdir out = written(f);
	const char *ezjail = file_of(&out, "ezjail/web_1"), *body = strstr(ezjail, "export "), *line = lines;
	const char *confd = file_of(&out, "rc.conf.d/jail/vnetc.conf");

	assert_memory_equal(ezjail, "# PROVIDE: web_1\n# REQUIRE: old\n#\n", 34);
	assert_non_null(strstr(confd, lines));
	assert_null(strstr(confd, "export"));
	for (; *line != '\0'; line = strchr(line, '\n') + 1) {
		size_t n = strcspn(line, "\n") + 1;

		assert_memory_equal(body, "export ", 7);
		assert_memory_equal(body + 7, line, n);
		body += 7 + n;
	}
	assert_string_equal(body, "");
	assert_non_null(strstr(file_of(&out, "ezjail/old"), "\nexport jail_old_ip=\"re0|192.168.0.17,re0|fd00::17\"\nexport jail_old_fib=\"2\"\n"));
	assert_null(strstr(file_of(&out, "ezjail/old"), "vnet_interface=\""));
	assert_null(strstr(file_of(&out, "ezjail/old"), "# REQUIRE"));
}

static void
test_jail_conf(void **state)
{
	struct fixture *f = *state;
	struct outdir out = written(f);
	const char *text = file_of(&out, "jail.conf.d/web-1.conf");

	assert_non_null(strstr(text, "\t.include \"/etc/jail.conf.d/*.conf\";\n"));
	assert_string_equal(strstr(text, "web-1 {"),
	    "web-1 {\n"
	    "\tvnet;\n"
	    "\tvnet.interface = \"epair1b\", \"epair2b\";\n"
	    "\tpath = \"/usr/jails/web-1\";\n"
	    "\thost.hostname = \"www.example.org\";\n"
	    "\tdepend = \"old\";\n"
	    "\tmount.devfs;\n"
	    "\tdevfs_ruleset = 5;\n"
	    "\texec.clean;\n"
	    "\texec.system_user = \"root\";\n"
	    "\texec.jail_user = \"root\";\n"
	    "\texec.prestop += \"/sbin/ifconfig epair1b -vnet web-1\";\n"
	    "\texec.prestop += \"logger \\\"bye \\$USER\\\"\";\n"
	    "\texec.start = \"/bin/sh /etc/rc\";\n"
	    "\texec.stop = \"/bin/sh /etc/rc.shutdown jail\";\n"
	    "\tallow.raw_sockets=1;\n"
	    "\tpersist;\n"
	    "}\n");
	assert_non_null(strstr(file_of(&out, "jail.conf.d/old.conf"),
	    "old {\n\tip4.addr = \"re0|192.168.0.17\";\n\tip6.addr = \"re0|fd00::17\";\n\texec.fib = 2;\n\tpath"));
}

static void
refused(struct fixture *f, const char *part)
{
	struct outdir out;
	const char *error = NULL;

	outdir_init(&out, f->a);
	assert_false(emit_all(&f->plan, f->a, &out, &error));
	assert_non_null(error);
	if (strstr(error, part) == NULL)
		fail_msg("%s does not say %s", error, part);
}

/* Each fault of a plan in turn: nothing unsafe is written, and the message names the file and the setting. */
static void
test_unsafe_plans_are_refused(void **state)
{
	struct fixture *f = *state;
	struct jail_plan *jail = &f->plan.jails.v[0], saved = *jail;
	struct setting *setting = &f->plan.host.stanzas.v[0].settings.v[1], kept = *setting;

	setting->value = "inet 192.168.0.10/24 descr `reboot`";
	refused(f, "rc.conf: ifconfig_bridge0");
	*setting = kept;
	setting->name = "a b";
	refused(f, "rc.conf: a b");
	*setting = kept;
	f->plan.others.v[0].stanzas.v[0].settings.v[0].value = "a\nb";
	refused(f, "jails/web-1/pf.conf: ");
	f->plan.others.v[0].stanzas.v[0].settings.v[0].value = "a";
	f->plan.others.v[0].stanzas.v[0].settings.v[0].append = true;
	refused(f, "jails/web-1/pf.conf: ");
	f->plan.others.v[0].stanzas.v[0].settings.v[0].append = false;
	jail->vnet_interfaces.v[0] = "epair1b, ";
	refused(f, "ezjail/web_1: jail_web_1_vnet_interface");
	jail->vnet_interfaces.v[0] = "epair1b";
	jail->ezjail.hooks[HOOK_PRESTOP].v[0] = "a\nb";
	refused(f, "ezjail/web_1: jail_web_1_exec_prestop0");
	jail->ezjail.hooks[HOOK_PRESTOP].v[0] = "a";
	jail->native.hooks[HOOK_PRESTOP].v[0] = "a\nb";
	refused(f, "jail.conf.d/web-1.conf: exec.prestop");
	jail->native.hooks[HOOK_PRESTOP].v[0] = "a";
	jail->ezjail.name = "web-1";
	refused(f, "ezjail/web-1: jail_web-1_ip");
	jail->ezjail = saved.ezjail;
	jail->native.name = "web 1";
	refused(f, "jail.conf.d/web 1.conf");
	jail->native = saved.native;
	jail->parameters.v[0] = "a b";
	refused(f, "ezjail/web_1: jail_web_1_parameters");
	jail->parameters.v[0] = "persist";
	f->plan.jails.v[1].ip.v[0] = "re0|1.2.3.4 *";
	refused(f, "ezjail/old: jail_old_ip");
}

static void
test_dot_is_read_by_graphviz(void **state)
{
	struct fixture *f = *state;
	struct outdir out;
	Agraph_t *g;
	Agnode_t *n;
	char name[] = "node web-1", label[] = "label", addresses[] = "addresses", description[] = "description", bridge[] = "link bridge0";

	f->vnet.shown = "a\"b{c|d}<e>&f\\g\nh\\";
	f->bridge.name = "b\\";
	out = written(f);
	g = agmemread(file_of(&out, "topology.dot"));
	assert_non_null(g);
	assert_int_equal(agnnodes(g), 5);
	assert_int_equal(agnedges(g), 4);
	n = agnode(g, name, 0);
	assert_non_null(n);
	assert_string_equal(agget(n, label), "{a\"b\\{c\\|d\\}\\<e\\>&amp;f\\\\g\\nh\\\\\\nrouter|{<epair1b>epair1b\\l192.168.0.11/24\\lfd00:b::11/64\\l}}");
	assert_non_null(agnode(g, bridge, 0));
	assert_string_equal(agget(agfstedge(g, n), addresses), "192.168.0.11/24 fd00:b::11/64");
	assert_string_equal(agget(agfstedge(g, n), description), "to \"web\" | <b>&\\\\ {x}");
	agclose(g);
}

static void
test_markdown(void **state)
{
	struct fixture *f = *state;
	struct outdir out = written(f);
	const char *text = file_of(&out, "topology.md");

	assert_non_null(strstr(text, "![The network](topology.svg)\n"));
	assert_non_null(strstr(text, "\n<a id=\"web-1\"></a>\n\n### web-1\n"));
	assert_non_null(strstr(text, "| [web-1](#web-1) | www.example.org | vnet | `epair1b` | `192.168.0.11/24`, `fd00:b::11/64` | IPv4 | [old](#old) | 5 |\n"));
	assert_non_null(strstr(text, "`02:00:00:00:00:01` | 9000 | `192.168.0.11/24`, `fd00:b::11/64` | to \"web\" \\| &lt;b>&amp;\\\\ {x} |\n"));
	assert_non_null(strstr(text, "`re0\\|192.168.0.17`"));
	assert_non_null(strstr(text, "`fe80::1%epair1b`"));
	assert_non_null(strstr(text, "## What to do by hand\n\n1. Create the jails.\n"));
	assert_non_null(strstr(text, "| `192.168.0.254` | lan |  |  | gateway outside this file |\n"));
}

static void
test_markdown_text(void **state)
{
	static const struct { const char *text, *markdown; } cases[] = {
		{ "plain, even a_b-c (d).", "plain, even a_b-c (d)." },
		{ "_a_ *b* `c` [d](e) <f> ~g~ $h$ |i| \\", "\\_a\\_ \\*b\\* \\`c\\` \\[d\\](e) &lt;f> \\~g\\~ \\$h\\$ \\|i\\| \\\\" },
		{ "# a", "\\# a" }, { "- a", "\\- a" }, { "12. a", "12\\. a" }, { "a\nb", "a b" }, { "a & b &lt;", "a &amp; b &amp;lt;" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text t = { .arena = f->a };

		markdown_text(&t, cases[i].text);
		assert_string_equal(text_end(&t), cases[i].markdown);
	}
}

static const char *
streamed(struct fixture *f, void (*write)(const struct plan *, FILE *))
{
	char *text = NULL;
	size_t n;
	FILE *out = open_memstream(&text, &n);
	const char *copy;

	assert_non_null(out);
	write(&f->plan, out);
	assert_int_equal(fclose(out), 0);
	copy = arena_strndup(f->a, text, n);
	free(text);
	return (copy);
}

static void show_text(const struct plan *plan, FILE *out) { emit_table(plan, TABLE_ADDRESSES, TABLE_TEXT, out); }
static void show_json(const struct plan *plan, FILE *out) { emit_table(plan, TABLE_JAILS, TABLE_JSON, out); }
static void show_markdown(const struct plan *plan, FILE *out) { emit_table(plan, TABLE_ROUTES, TABLE_MARKDOWN, out); }

static void
test_tables(void **state)
{
	struct fixture *f = *state;
	const char *json;

	assert_string_equal(streamed(f, show_text),
	    "Address          Subnet  Node   Interface  Remark\n"
	    "192.168.0.10/24  lan     host   bridge0    -\n"
	    "192.168.0.11/24  lan     web-1  epair1b    -\n"
	    "192.168.0.17     -       old    re0        classic jail\n"
	    "192.168.0.254    lan     -      -          gateway outside this file\n"
	    "fd00::17         -       old    re0        classic jail\n"
	    "fd00:b::11/64    -       web-1  epair1b    -\n");
	assert_string_equal(streamed(f, show_markdown),
	    "| Node | Destination | Gateway | Interface | To | By | Family | Origin |\n"
	    "|---|---|---|---|---|---|---|---|\n"
	    "| web-1 | `default` | `192.168.0.254` | `epair1b` |  | outside | IPv4 | worked out |\n"
	    "| web-1 | `default` | `fe80::1%epair1b` | `epair1b` |  | outside | IPv6 | given |\n");
	json = streamed(f, show_json);
	assert_non_null(strstr(json, "\"hostname\": \"www.example.org\""));
	assert_non_null(strstr(json, "\"devfs_ruleset\": null"));
}

static void
test_graph_json(void **state)
{
	struct fixture *f = *state;
	const char *json = streamed(f, emit_graph_json);

	assert_non_null(strstr(json, "\"release\": \"15.1\""));
	assert_non_null(strstr(json, "\"description\": \"to \\\"web\\\" | <b>&\\\\ {x}\""));
	assert_non_null(strstr(json, "\"gateway\": \"fe80::1%epair1b\""));
	assert_non_null(strstr(json, "\"kind\": \"classic jail\""));
}

static void
test_same_input_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct outdir one = written(f), two = written(f);

	assert_int_equal(one.files.n, two.files.n);
	for (size_t i = 0; i < one.files.n; i++)
		assert_string_equal(file_of(&two, one.files.v[i].path), one.files.v[i].text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		CASE(test_assignments), CASE(test_evaluated_values_hold_no_syntax), CASE(test_comments_stay_comments),
		CASE(test_jailconf_values), CASE(test_rc_conf), CASE(test_ezjail), CASE(test_jail_conf), CASE(test_unsafe_plans_are_refused),
		CASE(test_dot_is_read_by_graphviz), CASE(test_markdown), CASE(test_markdown_text), CASE(test_tables), CASE(test_graph_json),
		CASE(test_same_input_same_bytes),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
