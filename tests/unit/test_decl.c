/* SPDX-License-Identifier: BSD-2-Clause */
/* The declaration: every type, default and range decoded with its place, and every rule about keys, values and names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "decl/tables.h"
#include "told.h"

#define SAYS(text, expected) says_at(text, expected, __FILE__, __LINE__)

static void
says_at(const char *text, const char *expected, const char *file, int line)
{
	struct read r = read_decl(text);

	_assert_string_equal(told(&r), expected, file, line);
	arena_free(r.arena);
}

static const char *
dump(struct read *r)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	const char *copy;

	decl_dump(r->decl, out);
	fclose(out);
	copy = arena_strdup(r->arena, text);
	free(text);
	return (copy);
}

static void
dumps(const char *text, const char *expected)
{
	struct read r = read_decl(text);

	assert_string_equal(told(&r), "");
	assert_string_equal(dump(&r), expected);
	arena_free(r.arena);
}

/* Every key once; what is read is what was written. */
static void
test_every_key(void **state)
{
	struct read r = read_decl(
	    "version: 1\n"
	    "host:\n"
	    "  {name: beastie, release: 15.1, gateway: none, router: [ipv4], nat: re0, rdr: {proto: tcp, port: 80, to: a, port_to: 8080},\n"
	    "   routes: [{to: 10.0.0.0/8, via: reject}], nameservers: 10.0.0.1, routing: none, rc_conf: {sshd_enable: yes, n: 017}, description: no,\n"
	    "   interfaces: {re0: , vlan10: {vlan: {parent: re0, tag: 10}, mac: kernel, mtu: 1500},\n"
	    "     lagg0: {lagg: {ports: [re1, re2], protocol: lacp}, options: [-lro], group: [x, y_]}, gif0: {tunnel: [1.1.1.1, 2.2.2.2], peer: 3.3.3.3},\n"
	    "     wlan0: {managed: false, subnet: s, name: w0, description: d}}}\n"
	    "subnets: {s: {prefixes: 10.0.0.0/24, gateway: h, pool: 10.0.0.1-10.0.0.9, reserve: [10.0.0.3], vlan: 4094, mtu: 576, routed: true, "
	    "rtadv: false, description: x}}\n"
	    "bridges: {b: {subnet: s, members: [re0, {interface: re1, untagged: 1, tagged: [2, 3], stp: true, private: false}], addresses: dhcp, "
	    "epair: true, name: n, mac: inherit, mtu: 9000, stp: [re0], private: true, vlan_filtering: true, netgraph: false, description: x}}\n"
	    "epairs: {c: {a: {bridge: b, private: true}, b: {jail: j, vlans: {7: {addresses: auto}}}, subnet: s, mtu: 1400}}\n"
	    "jails: {j: {interfaces: {bridge: b, epair: epair3, end: a, attach: jib, default: true, addresses: [auto]}, router: true, attach: prestart,\n"
	    "  start_after: k, hostname: j.example, devfs_ruleset: 0, parameters: [allow.raw_sockets, a=b=c], exec: {prestart: x, poststart: [y],\n"
	    "  prestop: [], poststop: z}}, k: {vnet: false, ip: re0|10.0.0.9, fib: 3, parameters: {x: true}}}\n"
	    "machines: {m: {interfaces: [{bridge: b, tap: tap0, addresses: 10.0.0.4}, {subnet: s}], router: false, routes: [], description: x}}\n"
	    "expect: [{from: j, to: [k, outside], path: [], family: ipv6}, {from: a, to: b, reach: false}]\n");

	(void)state;
	assert_string_equal(told(&r), "");
	assert_non_null(r.decl);
	assert_string_equal(r.decl->host->release.v, "15.1");
	assert_string_equal(r.decl->host->description.v, "no");
	assert_string_equal(r.decl->host->rc_conf.v[0].value.v, "yes");
	assert_string_equal(r.decl->host->rc_conf.v[1].value.v, "017");
	assert_true(r.decl->host->router.is_list && r.decl->host->router.v);
	assert_string_equal(r.decl->host->nat.list.v[0].v, "re0");
	assert_int_equal(r.decl->host->rdr.v[0]->port_to.v, 8080);
	assert_string_equal(place(r.arena, &r.decl->host->interfaces.v[1]->vlan->item.at), "5:33 [vlan]");
	assert_string_equal(r.decl->bridges.v[0]->members.v[0]->interface.v, "re0");
	assert_string_equal(place(r.arena, &r.decl->bridges.v[0]->members.v[0]->item.at), "9:36 [re0]");
	assert_int_equal(r.decl->bridges.v[0]->members.v[1]->tagged.v[1].v, 3);
	assert_int_equal(r.decl->epairs.v[0]->b->vlans.v[0]->item.number, 7);
	assert_string_equal(place(r.arena, &r.decl->epairs.v[0]->a->item.at), "10:14 [a]");
	assert_int_equal(r.decl->jails.v[0]->interfaces.n, 1);
	assert_string_equal(r.decl->jails.v[0]->parameters.v[0].name.v, "allow.raw_sockets");
	assert_false(given(&r.decl->jails.v[0]->parameters.v[0].value.at));
	assert_string_equal(r.decl->jails.v[0]->parameters.v[1].name.v, "a");
	assert_string_equal(r.decl->jails.v[0]->parameters.v[1].value.v, "b=c");
	assert_true(given(&r.decl->expect.v[0]->path.at));
	assert_int_equal(r.decl->expect.v[0]->path.n, 0);
	arena_free(r.arena);
}

static void
test_absent(void **state)
{
	struct arena *a = arena_new();
	struct diags d;
	const struct topology_decl *decl;

	(void)state;
	diags_init(&d, a, NULL);
	decl = decode(a, &d, NULL);
	assert_non_null(decl);
	assert_null(decl->host);
	assert_int_equal(decl->jails.n, 0);
	arena_free(a);
	dumps("host:\njails:\nbridges: {b: }\n", "host: @1:1\nbridges: @3:1\n  b @3:11\njails: @2:1\n");
}

static void
test_ways(void **state)
{
	struct read r = read_decl(
	    "host:\n"
	    "  interfaces:\n"
	    "    re0: &nic {options: &o [-lro]}\n"
	    "    re1: {<<: *nic, mtu: 9000}\n"
	    "    re2: {options: *o}\n"
	    "defaults:\n"
	    "  interface: {mtu: 1400}\n"
	    "jails:\n"
	    "  web[1-2]:\n"
	    "    interfaces: [{bridge: b, addresses: [10.0.0.8+]}]\n");
	const struct decl_host *host = r.decl->host;
	const struct decl_iface *web = r.decl->jails.v[1]->interfaces.v[0];

	(void)state;
	assert_string_equal(told(&r), "");
	assert_string_equal(way(r.arena, &host->interfaces.v[1]->options.v[0].at), "3:29 [-lro] merge 4:15 [*nic]");
	assert_string_equal(way(r.arena, &host->interfaces.v[1]->mtu.at), "4:26 [9000]");
	assert_string_equal(way(r.arena, &host->interfaces.v[2]->options.v[0].at), "3:29 [-lro] alias 5:20 [*o]");
	assert_string_equal(r.decl->jails.v[1]->item.key, "web2");
	assert_string_equal(way(r.arena, &r.decl->jails.v[1]->item.at), "9:3 [web[1-2]]");
	assert_string_equal(way(r.arena, &r.decl->jails.v[1]->item.range), "9:3 [web[1-2]]");
	assert_string_equal(way(r.arena, &web->addresses.v[0].at), "10:42 [10.0.0.8+] range 9:3 [web[1-2]]");
	assert_string_equal(web->addresses.v[0].v, "10.0.0.9");
	assert_string_equal(way(r.arena, &web->mtu.at), "7:20 [1400] defaults 10:19 [bridge] range 9:3 [web[1-2]]");
	arena_free(r.arena);
}

/* What a jail or an interface gives itself wins; mappings are completed name by name, lists replaced. */
static void
test_defaults_applied(void **state)
{
	struct read r = read_decl(
	    "defaults:\n"
	    "  jail: {attach: jib, gateway: none, rc_conf: {a: 1, b: 2}, exec: {prestart: x, poststop: y}, nameservers: [10.0.0.1], ip: z}\n"
	    "  interface: {bridge: b, mtu: 1400, default: true, end: a, vlans: {5: {}}}\n"
	    "jails:\n"
	    "  own: {attach: static, rc_conf: {b: 3}, exec: {prestart: z}, nameservers: [10.0.0.2], gateway: 10.0.0.9,\n"
	    "    interfaces: [{bridge: c, mtu: 9000}, {interface: wg0}, {}, {epair: q}]}\n"
	    "  bare:\n"
	    "  classic: {vnet: false, ip: re0|10.0.0.1}\n"
	    "epairs:\n"
	    "  q: {a: {jail: own, mac: kernel}, b: {bridge: b}}\n");
	const struct decl_jail *own = r.decl->jails.v[0], *bare = r.decl->jails.v[1], *classic = r.decl->jails.v[2];
	const struct decl_iface *end = r.decl->epairs.v[0]->a;

	(void)state;
	assert_string_equal(told(&r), "");
	assert_string_equal(own->attach.v, "static");
	assert_int_equal(own->rc_conf.n, 2);
	assert_string_equal(own->rc_conf.v[0].value.v, "3");
	assert_string_equal(way(r.arena, &own->rc_conf.v[1].value.at), "2:51 [1] defaults 5:3 [own]");
	assert_string_equal(own->exec->prestart.v[0].v, "z");
	assert_string_equal(own->exec->poststop.v[0].v, "y");
	assert_int_equal(own->nameservers.n, 1);
	assert_string_equal(own->nameservers.v[0].v, "10.0.0.2");
	assert_false(given(&own->ip.at));
	assert_string_equal(own->interfaces.v[0]->bridge.v, "c");
	assert_int_equal(own->interfaces.v[0]->mtu.v, 9000);
	assert_true(own->interfaces.v[0]->dflt.v);
	assert_false(given(&own->interfaces.v[0]->end.at));
	assert_false(given(&own->interfaces.v[1]->bridge.at));
	assert_int_equal(own->interfaces.v[1]->mtu.v, 1400);
	assert_string_equal(own->interfaces.v[2]->bridge.v, "b");
	assert_string_equal(own->interfaces.v[2]->end.v, "a");
	/* A cable's end has them itself, not the item that only places it. */
	assert_false(given(&own->interfaces.v[3]->mtu.at));
	assert_string_equal(way(r.arena, &end->mtu.at), "3:31 [1400] defaults 10:7 [a]");
	assert_string_equal(end->mac.v, "kernel");
	assert_int_equal(end->vlans.n, 1);
	assert_false(given(&end->bridge.at));
	assert_false(given(&r.decl->epairs.v[0]->b->mtu.at));
	assert_string_equal(bare->attach.v, "jib");
	assert_string_equal(way(r.arena, &bare->attach.at), "2:18 [jib] defaults 7:3 [bare]");
	assert_string_equal(bare->exec->prestart.v[0].v, "x");
	assert_false(given(&classic->attach.at));
	assert_false(given(&classic->gateway.at));
	assert_string_equal(classic->ip.v[0].v, "re0|10.0.0.1");
	assert_int_equal(classic->rc_conf.n, 2);
	arena_free(r.arena);
}

static void
test_ranges(void **state)
{
	struct read r = read_decl(
	    "jails:\n"
	    "  web[08-10]:\n"
	    "    hostname: w$n.x${n}y\n"
	    "    description: a$$n $name $ ${m} $\n"
	    "    devfs_ruleset: 1$n\n"
	    "    rc_conf: {\"v_${n}\": \"$n\"}\n"
	    "    interfaces:\n"
	    "      - {bridge: b, addresses: [10.0.0.254+/24, 10.1.0.1/24+, \"fd00::ff+\"], vlans: {\"1$n\": {}}}\n"
	    "    start_after: a[1-3]\n"
	    "expect:\n"
	    "  - {from: [\"web[08-10]\", x], to: host}\n");
	const struct decl_jail *jail = r.decl->jails.v[2];

	(void)state;
	assert_string_equal(told(&r), "");
	assert_int_equal(r.decl->jails.n, 3);
	assert_string_equal(r.decl->jails.v[0]->item.key, "web08");
	assert_string_equal(jail->item.key, "web10");
	assert_int_equal(jail->item.number, 10);
	assert_string_equal(jail->hostname.v, "w10.x10y");
	assert_string_equal(jail->description.v, "a$n $name $ ${m} $");
	assert_int_equal(jail->devfs_ruleset.v, 110);
	assert_string_equal(jail->rc_conf.v[0].name.v, "v_10");
	assert_string_equal(jail->rc_conf.v[0].value.v, "10");
	assert_string_equal(jail->interfaces.v[0]->addresses.v[0].v, "10.0.1.0/24");
	assert_string_equal(jail->interfaces.v[0]->addresses.v[1].v, "10.1.0.3/24");
	assert_string_equal(jail->interfaces.v[0]->addresses.v[2].v, "fd00::101");
	assert_int_equal(jail->interfaces.v[0]->vlans.v[0]->item.number, 110);
	assert_int_equal(jail->start_after.n, 3);
	assert_string_equal(jail->start_after.v[2].v, "a3");
	assert_int_equal(r.decl->expect.v[0]->from.n, 4);
	assert_string_equal(r.decl->expect.v[0]->from.v[0].v, "web08");
	assert_string_equal(place(r.arena, &r.decl->expect.v[0]->from.v[2].at), "11:13 [\"web[08-10]\"]");
	arena_free(r.arena);
}

static void
test_range_faults(void **state)
{
	(void)state;
	SAYS("jails: {\"w[8-1]\": }\n",
	    "bad-name-range 1:9 [\"w[8-1]\"] w[8-1] is no range\n"
	    "  help did you mean w[1-8]?\n"
	    "  fix 1:9 [\"w[8-1]\"] -> \"w[1-8]\"\n");
	SAYS("jails:\n"
	     "  w[01-8]:\n"
	     "  v[1-08]:\n",
	    "bad-name-range 2:3 [w[01-8]] w[01-8] is no range\n"
	    "  help did you mean w[1-8]?\n"
	    "  fix 2:3 [w[01-8]] -> w[1-8]\n"
	    "bad-name-range 3:3 [v[1-08]] v[1-08] is no range\n"
	    "  help did you mean v[01-08]?\n"
	    "  fix 3:3 [v[1-08]] -> v[01-08]\n");
	SAYS("jails:\n"
	     "  w[1-]:\n"
	     "  w[a-b]:\n"
	     "  w[1-2]x:\n"
	     "  w[1-2][3-4]:\n"
	     "  w[1-1001]:\n"
	     "  w[1-9999999999]:\n"
	     "  a.b[1-2]:\n",
	    "bad-name-range 2:3 [w[1-]] w[1-] is no range\n"
	    "  help a range is written web[1-8], with at most 1000 numbers\n"
	    "bad-name-range 3:3 [w[a-b]] w[a-b] is no range\n"
	    "  help a range is written web[1-8], with at most 1000 numbers\n"
	    "bad-name-range 4:3 [w[1-2]x] w[1-2]x is no range\n"
	    "  help a range is written web[1-8], with at most 1000 numbers\n"
	    "bad-name-range 5:3 [w[1-2][3-4]] w[1-2][3-4] is no range\n"
	    "  help a range is written web[1-8], with at most 1000 numbers\n"
	    "bad-name-range 6:3 [w[1-1001]] w[1-1001] is no range\n"
	    "  help a range is written web[1-8], with at most 1000 numbers\n"
	    "bad-name-range 7:3 [w[1-9999999999]] w[1-9999999999] is no range\n"
	    "  help a range is written web[1-8], with at most 1000 numbers\n"
	    "bad-name 8:3 [a.b[1-2]] a.b1 is no name for a jail: a dot makes a.b1 a child jail of a\n"
	    "  help a_b[1-2] would do\n"
	    "  fix 8:3 [a.b[1-2]] -> a_b[1-2]\n");
	SAYS("jails: {}\n"
	     "expect: {from: \"w[2-1]\", to: x}\n",
	    "bad-name-range 2:16 [\"w[2-1]\"] w[2-1] is no range\n"
	    "  help did you mean w[1-2]?\n"
	    "  fix 2:16 [\"w[2-1]\"] -> \"w[1-2]\"\n");
	/* Once, however many jails the range makes. */
	SAYS("jails:\n"
	     "  w[8-11]: {attach: jibb, devfs_ruleset: 6553$n}\n",
	    "unknown-word 2:21 [jibb] jibb is no attach\n"
	    "  help did you mean jib?\n"
	    "  fix 2:21 [jibb] -> jib\n"
	    "number-out-of-range 2:42 [6553$n] devfs_ruleset 65538 is not between 0 and 65535\n");
}

static void
test_number_without_range(void **state)
{
	(void)state;
	SAYS("jails: {j: {description: a$n$$n, exec: {prestart: \"echo ${n} $name\"}, interfaces: {bridge: b, addresses: "
	     "10.0.0.1+/24}, attach: static}}\n",
	    "number-without-range 1:26 [a$n$$n] $n means nothing in j\n"
	    "  note 1:9 [j] j is no range\n"
	    "  help $$n for a dollar\n"
	    "number-without-range 1:51 [\"echo ${n} $name\"] ${n} means nothing in j\n"
	    "  note 1:9 [j] j is no range\n"
	    "  help $${n} for a dollar\n"
	    "number-without-range 1:106 [10.0.0.1+/24] 10.0.0.1+/24 means nothing in j\n"
	    "  note 1:9 [j] j is no range\n"
	    "  help leave the + out\n");
	/* Elsewhere a dollar is a dollar. */
	SAYS("host: {description: \"$n $$\"}\n"
	     "subnets: {s: {prefixes: 10.0.0.0/24, description: \"C++ 10.0.0.1+\"}}\n",
	    "");
}

static void
test_unknown_keys(void **state)
{
	(void)state;
	SAYS("host: {nam: x, adresses: y, foo: z}\n"
	     "jail: {}\n",
	    "unknown-key 1:8 [nam] the host has no key nam\n"
	    "  help did you mean name?\n"
	    "  fix 1:8 [nam] -> name\n"
	    "unknown-key 1:16 [adresses] the host has no key adresses\n"
	    "  help the keys are name, release, interfaces, gateway, router, nat, rdr, routes, nameservers, routing, "
	    "rc_conf, description\n"
	    "unknown-key 1:29 [foo] the host has no key foo\n"
	    "  help the keys are name, release, interfaces, gateway, router, nat, rdr, routes, nameservers, routing, "
	    "rc_conf, description\n"
	    "unknown-key 2:1 [jail] the topology has no key jail\n"
	    "  help did you mean jails?\n"
	    "  fix 2:1 [jail] -> jails\n");
	SAYS("host: {name: x, nme: y}\n",
	    "unknown-key 1:17 [nme] the host has no key nme\n"
	    "  help the keys are name, release, interfaces, gateway, router, nat, rdr, routes, nameservers, routing, "
	    "rc_conf, description\n");
	SAYS("host:\n"
	     "bridges: {b: {attach: jib, ip: x, interfaces: re0}}\n",
	    "unknown-key 2:15 [attach] bridge b has no key attach\n"
	    "  help attach is a key of an end, a jail, an interface\n"
	    "unknown-key 2:28 [ip] bridge b has no key ip\n"
	    "  help did you mean addresses?\n"
	    "  fix 2:28 [ip] -> addresses\n"
	    "unknown-key 2:35 [interfaces] bridge b has no key interfaces\n"
	    "  help did you mean members?\n"
	    "  fix 2:35 [interfaces] -> members\n");
	SAYS("host:\n"
	     "defaults: {attach: jib, devfs_ruleset: 4, mtu: 1500, foo: 1}\n",
	    "unknown-key 2:12 [attach] defaults has no key attach\n"
	    "  help attach belongs under defaults.jail\n"
	    "unknown-key 2:25 [devfs_ruleset] defaults has no key devfs_ruleset\n"
	    "  help devfs_ruleset belongs under defaults.jail\n"
	    "unknown-key 2:43 [mtu] defaults has no key mtu\n"
	    "  help mtu belongs under defaults.interface\n"
	    "unknown-key 2:54 [foo] defaults has no key foo\n"
	    "  help the keys are jail, interface\n");
	SAYS("host: {interfaces: {vlan1: {vlan: {parent: re0, tag: 1, id: 2}}}}\n",
	    "unknown-key 1:57 [id] a vlan of interface vlan1 has no key id\n"
	    "  help the keys are parent, tag\n");
	SAYS("host:\n"
	     "machines: {m: {nat: true, rc_conf: {}, interfaces: {bridge: b, mac: auto}}}\n",
	    "unknown-key 2:16 [nat] machine m has no key nat\n"
	    "  help nat is a key of the host, a jail\n"
	    "unknown-key 2:27 [rc_conf] machine m has no key rc_conf\n"
	    "  help rc_conf is a key of the host, a jail\n"
	    "unknown-key 2:64 [mac] an interface of machine m has no key mac\n"
	    "  help mac is a key of an interface, a bridge, an end\n");
	SAYS("jails: {j: {interfaces: {bridge: b, routes: []}, routes: {to: x, via: y, dev: z}}}\n"
	     "expect: {from: a, to: b, reaches: true}\n",
	    "unknown-key 1:37 [routes] an interface of jail j has no key routes\n"
	    "  help routes is a key of the host, a jail, a machine\n"
	    "unknown-key 1:74 [dev] a route of jail j has no key dev\n"
	    "  help the keys are to, via\n"
	    "unknown-key 2:26 [reaches] an expectation has no key reaches\n"
	    "  help did you mean reach?\n"
	    "  fix 2:26 [reaches] -> reach\n");
}

static void
test_missing_keys(void **state)
{
	(void)state;
	SAYS("host: {interfaces: {vlan1: {vlan: {}}, lagg0: {lagg: {protocol: lacp}}, gif0: {peer: 1.1.1.1}}, routes: [{to: "
	     "x}, {via: y}], rdr: {port: 80}}\n",
	    "missing-key 1:29 [vlan] a vlan of interface vlan1 needs parent and tag\n"
	    "  help parent: re0, tag: 10\n"
	    "missing-key 1:48 [lagg] a lagg of interface lagg0 needs ports\n"
	    "  help ports: [em0, em1]\n"
	    "missing-key 1:73 [gif0] interface gif0 needs tunnel\n"
	    "  help tunnel: [LOCAL, REMOTE]\n"
	    "missing-key 1:107 [to] a route needs via\n"
	    "  help via: 10.0.2.9\n"
	    "missing-key 1:116 [via] a route needs to\n"
	    "  help to: 10.9.0.0/16\n"
	    "missing-key 1:132 [port] a redirection needs proto and to\n"
	    "  help proto: tcp, to: www\n");
	SAYS("host:\n"
	     "subnets: {s: {}}\n"
	     "epairs: {c: {a: {bridge: x}}, d: {a: {host: false}, b: {addresses: auto}}}\n"
	     "expect: [{path: []}]\n",
	    "missing-key 2:11 [s] subnet s needs prefixes\n"
	    "  help prefixes: [192.168.0.0/24, \"fd00:0:0:1::/64\"]\n"
	    "missing-key 3:10 [c] cable c needs b\n"
	    "  help b: {jail: guest3}\n"
	    "missing-key 3:35 [a] an end of cable d needs bridge, jail or host\n"
	    "  help bridge: NAME, jail: NAME or host: true\n"
	    "missing-key 3:53 [b] an end of cable d needs bridge, jail or host\n"
	    "  help bridge: NAME, jail: NAME or host: true\n"
	    "missing-key 4:11 [path] an expectation needs from and to\n"
	    "  help from: guest4, to: outside\n");
	SAYS("jails: {j: {interfaces: [{addresses: auto}, {}]}, k: {vnet: false}}\n"
	     "machines: {m: {interfaces: {addresses: 10.0.0.1}}}\n"
	     "bridges: {b: {members: {stp: true}}}\n",
	    "missing-key 1:27 [addresses] an interface of jail j needs bridge, interface or epair\n"
	    "  help bridge: NAME\n"
	    "missing-key 1:45 [{] an interface of jail j needs bridge, interface or epair\n"
	    "  help bridge: NAME\n"
	    "missing-key 1:51 [k] jail k needs ip\n"
	    "  help ip: \"INTERFACE|ADDRESS\"\n"
	    "missing-key 2:29 [addresses] an interface of machine m needs bridge or subnet\n"
	    "  help bridge: NAME and tap: tapN, or subnet: NAME\n"
	    "missing-key 3:25 [stp] a member of bridge b needs interface\n"
	    "  help interface: ix1\n");
	/* A key that is there but wrong is not missing. */
	SAYS("host:\n"
	     "subnets: {s: {prefixes: }}\n"
	     "jails: {j: {interfaces: {bridge: [x]}}}\n",
	    "empty-value 2:15 [prefixes] prefixes has no value\n"
	    "  help prefixes: [192.168.0.0/24, \"fd00:0:0:1::/64\"]\n"
	    "wrong-type 3:35 [x] bridge is a text, not a list\n"
	    "  help bridge: bridge0\n");
}

static void
test_wrong_types(void **state)
{
	(void)state;
	SAYS("host: [x]\n"
	     "bridges: {b: x}\n"
	     "jails: [a]\n"
	     "subnets: x\n",
	    "wrong-type 1:8 [x] host is a mapping, not a list\n"
	    "  help host: {name: beastie, interfaces: {re0: {}}}\n"
	    "wrong-type 2:14 [x] b is a mapping, not a text\n"
	    "wrong-type 3:9 [a] jails is a mapping, not a list\n"
	    "  help jails: {guest1: {interfaces: [{bridge: bridge0}]}}\n"
	    "wrong-type 4:10 [x] subnets is a mapping, not a text\n"
	    "  help subnets: {lan: {prefixes: 192.168.0.0/24}}\n");
	SAYS("host: {name: [x], router: {}, routes: x, rc_conf: [a], nameservers: {a: b}, description: {a: b}, interfaces: "
	     "{vlan1: {vlan: 3}}}\n",
	    "wrong-type 1:15 [x] name is a text, not a list\n"
	    "  help name: beastie\n"
	    "wrong-type 1:27 [{] router is true, false or a list, not a mapping\n"
	    "  help router: true\n"
	    "wrong-type 1:39 [x] routes is a list, not a text\n"
	    "  help routes: [{to: 10.9.0.0/16, via: 10.0.2.9}]\n"
	    "wrong-type 1:52 [a] rc_conf is a mapping, not a list\n"
	    "  help rc_conf: {sshd_enable: \"YES\"}\n"
	    "wrong-type 1:70 [a] nameservers is a list, not a mapping\n"
	    "  help nameservers: [192.168.0.254]\n"
	    "wrong-type 1:91 [a] description is a text, not a mapping\n"
	    "  help description: front end\n"
	    "wrong-type 1:125 [3] vlan is a mapping, not a text\n"
	    "  help vlan: {parent: re0, tag: 10}\n");
	SAYS("jails: {j: {interfaces: [x], hostname: {a: b}, devfs_ruleset: [4], attach: {x: y}, parameters: {x: [1]}, "
	     "start_after: [[x]], exec: [x]}}\n",
	    "wrong-type 1:26 [x] an item of interfaces is a mapping, not a text\n"
	    "  help interfaces: [{bridge: bridge0, addresses: auto}]\n"
	    "wrong-type 1:41 [a] hostname is a text, not a mapping\n"
	    "  help hostname: www.example.org\n"
	    "wrong-type 1:64 [4] devfs_ruleset is a number, not a list\n"
	    "  help devfs_ruleset: 5\n"
	    "wrong-type 1:77 [x] attach is a text, not a mapping\n"
	    "  help attach: prestart\n"
	    "wrong-type 1:101 [1] x is a text, not a list\n"
	    "  help parameters: [allow.raw_sockets]\n"
	    "wrong-type 1:121 [x] an item of start_after is a text, not a list\n"
	    "  help start_after: [db]\n"
	    "wrong-type 1:133 [x] exec is a mapping, not a list\n"
	    "  help exec: {prestart: [/usr/local/sbin/hook]}\n");
	SAYS("host: {nameservers:\n"
	     "  - fd00::\n"
	     "}\n",
	    "yaml-syntax 2:3 [-] a value is expected here\n"
	    "  help put the IPv6 address in quotes: \"fd00::\"\n"
	    "  fix 2:5 [fd00::] -> \"fd00::\"\n");
	SAYS("host:\n"
	     "  nameservers:\n"
	     "    - fd00::\n"
	     "    - 2001:db8:\n"
	     "    - x: y\n",
	    "wrong-type 3:7 [fd00:] an item of nameservers is a text, not a mapping\n"
	    "  help put the IPv6 address in quotes: \"fd00::\"\n"
	    "  fix 3:7 [fd00::] -> \"fd00::\"\n"
	    "wrong-type 4:7 [2001:db8] an item of nameservers is a text, not a mapping\n"
	    "  help nameservers: [192.168.0.254]\n"
	    "wrong-type 5:7 [x] an item of nameservers is a text, not a mapping\n"
	    "  help nameservers: [192.168.0.254]\n");
	SAYS("host: {interfaces: {gif0: {tunnel: [1.1.1.1]}, gif1: {tunnel: 1.1.1.1}, gif2: {tunnel: [a, b, c]}}}\n"
	     "defaults: []\n",
	    "wrong-type 1:37 [1.1.1.1] tunnel is a list of two, not of 1\n"
	    "  help tunnel: [192.0.2.1, 198.51.100.1]\n"
	    "wrong-type 1:63 [1.1.1.1] tunnel is a list of two, not of 1\n"
	    "  help tunnel: [192.0.2.1, 198.51.100.1]\n"
	    "wrong-type 1:89 [a] tunnel is a list of two, not of 3\n"
	    "  help tunnel: [192.0.2.1, 198.51.100.1]\n"
	    "wrong-type 2:11 [[] defaults is a mapping, not a list\n"
	    "  help defaults: {jail: {attach: prestart}}\n");
	SAYS("defaults: {jail: [x], interface: 3}\n"
	     "host:\n",
	    "wrong-type 1:19 [x] jail is a mapping, not a list\n"
	    "  help jail: {attach: prestart}\n"
	    "wrong-type 1:34 [3] interface is a mapping, not a text\n"
	    "  help interface: {mtu: 9000}\n");
}

static void
test_empty_values(void **state)
{
	(void)state;
	SAYS("host: {name: , release: ~, router: null, nameservers: , routes: , nat: , rc_conf: , description: \"\", "
	     "interfaces: {vlan1: {vlan: , mtu: }}}\n",
	    "empty-value 1:8 [name] name has no value\n"
	    "  help name: beastie\n"
	    "empty-value 1:25 [~] release has no value\n"
	    "  help release: \"15.1\"\n"
	    "empty-value 1:36 [null] router has no value\n"
	    "  help router: true\n"
	    "empty-value 1:42 [nameservers] nameservers has no value\n"
	    "  help nameservers: [192.168.0.254]\n"
	    "empty-value 1:57 [routes] routes has no value\n"
	    "  help routes: [{to: 10.9.0.0/16, via: 10.0.2.9}]\n"
	    "empty-value 1:67 [nat] nat has no value\n"
	    "  help nat: true\n"
	    "empty-value 1:123 [vlan] vlan has no value\n"
	    "  help vlan: {parent: re0, tag: 10}\n"
	    "empty-value 1:131 [mtu] mtu has no value\n"
	    "  help mtu: 9000\n");
	SAYS("host:\n"
	     "subnets: {s: , t: {prefixes: [], pool: []}}\n"
	     "epairs: {c: }\n"
	     "expect: [~]\n",
	    "empty-value 2:11 [s] s has no value\n"
	    "  help subnets: {lan: {prefixes: 192.168.0.0/24}}\n"
	    "empty-value 2:30 [[] prefixes is empty\n"
	    "  help prefixes: [192.168.0.0/24, \"fd00:0:0:1::/64\"]\n"
	    "empty-value 3:10 [c] c has no value\n"
	    "  help epairs: {epair9: {a: {bridge: bridge0}, b: {bridge: bridge1}}}\n"
	    "empty-value 4:10 [~] an item of expect has no value\n"
	    "  help expect: [{from: lan, to: backend}]\n");
	SAYS("host:\n"
	     "  routes:\n"
	     "    -\n"
	     "  nameservers: [~, \"null\"]\n"
	     "  rc_conf: {a: }\n"
	     "jails: {j: {interfaces: [~], vnet: false, ip: []}}\n",
	    "empty-value 3:6 [] an item of routes has no value\n"
	    "  help routes: [{to: 10.9.0.0/16, via: 10.0.2.9}]\n"
	    "empty-value 4:17 [~] an item of nameservers has no value\n"
	    "  help nameservers: [192.168.0.254]\n"
	    "empty-value 5:13 [a] a has no value\n"
	    "  help rc_conf: {sshd_enable: \"YES\"}\n"
	    "conflicting-keys 6:13 [interfaces] a classic jail has no interfaces\n"
	    "  note 6:36 [false] vnet is false here\n"
	    "  help leave interfaces out, or vnet: false\n"
	    "empty-value 6:26 [~] an item of interfaces has no value\n"
	    "  help interfaces: [{bridge: bridge0, addresses: auto}]\n"
	    "empty-value 6:47 [[] ip is empty\n"
	    "  help ip: [\"re0|192.168.0.17\"]\n");
}

static void
test_unknown_words(void **state)
{
	(void)state;
	SAYS("jails: {j: {attach: jng, router: [ipv4, ipv5, inet], interfaces: {bridge: b, end: c, options: [-lroo, mtu], "
	     "attach: zzz}}}\n",
	    "unknown-word 1:21 [jng] jng is no attach\n"
	    "  help netgraph: true on the bridge\n"
	    "unknown-word 1:41 [ipv5] ipv5 is no family\n"
	    "  help did you mean ipv4?\n"
	    "  fix 1:41 [ipv5] -> ipv4\n"
	    "unknown-word 1:47 [inet] inet is no family\n"
	    "  help did you mean ipv4?\n"
	    "  fix 1:47 [inet] -> ipv4\n"
	    "unknown-word 1:83 [c] c is no end\n"
	    "  help one of a, b\n"
	    "unknown-word 1:96 [-lroo] -lroo is no option\n"
	    "  help did you mean -lro?\n"
	    "  fix 1:96 [-lroo] -> -lro\n"
	    "unknown-word 1:103 [mtu] mtu is no option\n"
	    "unknown-word 1:117 [zzz] zzz is no attach\n"
	    "  help one of static, jib, prestart\n");
	SAYS("host: {interfaces: {lagg0: {lagg: {ports: x, protocol: 802.3ad}}}, routing: static, rdr: {proto: tpc, port: 1, "
	     "to: x}}\n",
	    "unknown-word 1:56 [802.3ad] 802.3ad is no protocol\n"
	    "  help did you mean lacp?\n"
	    "  fix 1:56 [802.3ad] -> lacp\n"
	    "unknown-word 1:77 [static] static is no routing\n"
	    "  help it can only be none\n"
	    "unknown-word 1:98 [tpc] tpc is no proto\n"
	    "  help did you mean tcp?\n"
	    "  fix 1:98 [tpc] -> tcp\n");
	SAYS("bridges: {b: {stp: yes, private: \"yes\", vlan_filtering: True, netgraph: 1, default: off}}\n"
	     "expect: {from: a, to: b, family: inet6, reach: FALSE}\n",
	    "unknown-word 1:20 [yes] yes is neither true nor false\n"
	    "  help write true\n"
	    "  fix 1:20 [yes] -> true\n"
	    "unknown-word 1:57 [True] True is neither true nor false\n"
	    "  help write true\n"
	    "  fix 1:57 [True] -> true\n"
	    "unknown-word 1:73 [1] 1 is neither true nor false\n"
	    "unknown-word 1:85 [off] off is neither true nor false\n"
	    "  help write false\n"
	    "  fix 1:85 [off] -> false\n"
	    "unknown-word 2:34 [inet6] inet6 is no family\n"
	    "  help did you mean ipv6?\n"
	    "  fix 2:34 [inet6] -> ipv6\n"
	    "unknown-word 2:48 [FALSE] FALSE is neither true nor false\n"
	    "  help write false\n"
	    "  fix 2:48 [FALSE] -> false\n");
}

static void
test_numbers(void **state)
{
	(void)state;
	SAYS("subnets: {s: {prefixes: x, vlan: 010}, t: {prefixes: x, vlan: 0x10}, u: {prefixes: x, vlan: +1_0}, v: "
	     "{prefixes: x, vlan: 1.5}, w: {prefixes: x, vlan: 1e3}, x: {prefixes: x, vlan: -1}}\n"
	     "host:\n",
	    "bad-number 1:34 [010] 010 is not a number\n"
	    "  help write 10\n"
	    "  fix 1:34 [010] -> 10\n"
	    "bad-number 1:63 [0x10] 0x10 is not a number\n"
	    "bad-number 1:93 [+1_0] +1_0 is not a number\n"
	    "  help write 10\n"
	    "  fix 1:93 [+1_0] -> 10\n"
	    "bad-number 1:123 [1.5] 1.5 is not a number\n"
	    "bad-number 1:152 [1e3] 1e3 is not a number\n"
	    "bad-number 1:181 [-1] -1 is not a number\n");
	SAYS("subnets: {s: {prefixes: x, vlan: 0, mtu: 575}, t: {prefixes: x, vlan: 4095, mtu: 16385}, u: {prefixes: x, vlan: "
	     "99999999999999999999}}\n"
	     "host: {rdr: {proto: tcp, port: 0, port_to: 65536, to: x}}\n",
	    "number-out-of-range 1:34 [0] vlan 0 is not between 1 and 4094\n"
	    "number-out-of-range 1:42 [575] mtu 575 is not between 576 and 16384\n"
	    "number-out-of-range 1:71 [4095] vlan 4095 is not between 1 and 4094\n"
	    "number-out-of-range 1:82 [16385] mtu 16385 is not between 576 and 16384\n"
	    "number-out-of-range 1:113 [99999999999999999999] vlan 99999999999999999999 is not between 1 and 4094\n"
	    "number-out-of-range 2:32 [0] port 0 is not between 1 and 65535\n"
	    "number-out-of-range 2:44 [65536] port_to 65536 is not between 1 and 65535\n");
	SAYS("jails: {j: {devfs_ruleset: 65536, interfaces: {bridge: b, untagged: 0, tagged: [1, 4095, x], vlans: {0: {}, "
	     "010: {}, 12: {}}}}, k: {vnet: false, ip: x, fib: 65535}}\n",
	    "number-out-of-range 1:28 [65536] devfs_ruleset 65536 is not between 0 and 65535\n"
	    "number-out-of-range 1:69 [0] untagged 0 is not between 1 and 4094\n"
	    "number-out-of-range 1:84 [4095] tagged 4095 is not between 1 and 4094\n"
	    "bad-number 1:90 [x] x is not a number\n"
	    "number-out-of-range 1:102 [0] tag 0 is not between 1 and 4094\n"
	    "bad-number 1:109 [010] 010 is not a number\n"
	    "  help write 10\n"
	    "  fix 1:109 [010] -> 10\n"
	    "number-out-of-range 1:158 [65535] fib 65535 is not between 0 and 65534\n");
}

static void
test_conflicts(void **state)
{
	(void)state;
	SAYS("jails: {j: {interfaces: [{bridge: b, interface: x}, {epair: y, interface: z}, {end: a, interface: q}, {epair: "
	     "c, end: b}, {epair: epair1, bridge: b, end: a}]}}\n",
	    "conflicting-keys 1:38 [interface] bridge and interface cannot stand together\n"
	    "  note 1:27 [bridge] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:64 [interface] interface and epair cannot stand together\n"
	    "  note 1:54 [epair] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:88 [interface] interface and end cannot stand together\n"
	    "  note 1:80 [end] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:114 [end] end and epair cannot stand together without bridge\n"
	    "  note 1:104 [epair] the other is here\n"
	    "  help the cable's own ends say which of them is in the jail\n");
	SAYS("host:\n"
	     "epairs: {c: {a: {bridge: b, jail: j}, b: {host: true, jail: k}}}\n",
	    "conflicting-keys 2:29 [jail] bridge and jail cannot stand together\n"
	    "  note 2:18 [bridge] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 2:55 [jail] jail and host cannot stand together\n"
	    "  note 2:43 [host] the other is here\n"
	    "  help keep one\n");
	SAYS("host: {interfaces: {x0: {vlan: {parent: a, tag: 1}, lagg: {ports: b}}, y0: {tunnel: [a, b], vlan: {parent: a, "
	     "tag: 1}}, z0: {managed: false, mtu: 1500, addresses: auto}, q0: {mac: auto, managed: false}}}\n",
	    "conflicting-keys 1:53 [lagg] vlan and lagg cannot stand together\n"
	    "  note 1:26 [vlan] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:93 [vlan] vlan and tunnel cannot stand together\n"
	    "  note 1:77 [tunnel] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:142 [mtu] mtu and managed: false cannot stand together\n"
	    "  note 1:126 [managed] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:153 [addresses] addresses and managed: false cannot stand together\n"
	    "  note 1:126 [managed] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 1:187 [managed] mac and managed: false cannot stand together\n"
	    "  note 1:176 [mac] the other is here\n"
	    "  help keep one\n");
	SAYS("jails: {j: {vnet: false, ip: x, router: true, interfaces: [], attach: jib}, k: {ip: x}, l: {vnet: true, fib: "
	     "1}}\n",
	    "conflicting-keys 1:33 [router] a classic jail has no router\n"
	    "  note 1:19 [false] vnet is false here\n"
	    "  help leave router out, or vnet: false\n"
	    "conflicting-keys 1:47 [interfaces] a classic jail has no interfaces\n"
	    "  note 1:19 [false] vnet is false here\n"
	    "  help leave interfaces out, or vnet: false\n"
	    "conflicting-keys 1:63 [attach] a classic jail has no attach\n"
	    "  note 1:19 [false] vnet is false here\n"
	    "  help leave attach out, or vnet: false\n"
	    "conflicting-keys 1:81 [ip] only a classic jail has ip\n"
	    "  help leave ip out, or write vnet: false\n"
	    "conflicting-keys 1:105 [fib] only a classic jail has fib\n"
	    "  note 1:99 [true] vnet is true here\n"
	    "  help leave fib out, or write vnet: false\n");
	SAYS("host: {gateway: none, interfaces: {re0: {default: true}}}\n"
	     "bridges: {b: {default: true}}\n"
	     "jails: {j: {interfaces: [{bridge: b, default: true}], gateway: [none]}}\n",
	    "conflicting-keys 1:51 [true] gateway: none and default: true cannot stand together\n"
	    "  note 1:17 [none] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 2:24 [true] gateway: none and default: true cannot stand together\n"
	    "  note 1:17 [none] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 3:65 [none] gateway: none and default: true cannot stand together\n"
	    "  note 3:47 [true] the other is here\n"
	    "  help keep one\n");
	SAYS("host:\n"
	     "expect: [{from: a, to: b, path: [c], reach: false}]\n"
	     "machines: {m: {interfaces: {bridge: b, tap: tap0, subnet: s}}}\n",
	    "conflicting-keys 2:38 [reach] path and reach: false cannot stand together\n"
	    "  note 2:27 [path] the other is here\n"
	    "  help keep one\n"
	    "conflicting-keys 3:51 [subnet] tap and subnet cannot stand together\n"
	    "  note 3:40 [tap] the other is here\n"
	    "  help keep one\n");
	SAYS("jails: {j: {interfaces: [{epair: c, mtu: 1500, mac: auto}]}}\n"
	     "epairs: {c: {a: {jail: j, mtu: 1400}, b: {bridge: b}}}\n",
	    "conflicting-keys 2:32 [1400] mtu cannot be given by both the cable's end and the jail's interface\n"
	    "  note 1:42 [1500] the other is here\n"
	    "  help keep one\n");
}

static void
test_version(void **state)
{
	(void)state;
	SAYS("version: 2\n"
	     "host:\n",
	    "unknown-version 1:10 [2] this vnetc reads version 1, not 2\n");
	SAYS("version: \"1\"\n"
	     "host:\n",
	    "");
	SAYS("version: 1.0\n"
	     "host:\n",
	    "bad-number 1:10 [1.0] 1.0 is not a number\n");
	SAYS("version: 01\n"
	     "host:\n",
	    "bad-number 1:10 [01] 01 is not a number\n"
	    "  help write 1\n"
	    "  fix 1:10 [01] -> 1\n");
}

static void
test_macs(void **state)
{
	(void)state;
	SAYS("bridges: {a: {mac: inherit}, b: {mac: 02:00:00:00:00}, c: {mac: 02-00-00-00-00-01}, d: {mac: "
	     "01:00:5E:00:00:01}, e: {mac: 00:00:00:00:00:00}, f: {mac: ff:ff:ff:ff:ff:ff}}\n"
	     "jails: {j: {interfaces: {bridge: b, mac: inherit}}, k: {interfaces: {bridge: b, mac: 02:00:00:00:00:AA}}}\n",
	    "bad-mac 1:39 [02:00:00:00:00] 02:00:00:00:00 is no MAC address\n"
	    "  help mac: 02:00:5e:10:00:01, or auto\n"
	    "bad-mac 1:65 [02-00-00-00-00-01] 02-00-00-00-00-01 is no MAC address\n"
	    "  help write 02:00:00:00:00:01\n"
	    "  fix 1:65 [02-00-00-00-00-01] -> 02:00:00:00:00:01\n"
	    "bad-mac 1:94 [01:00:5E:00:00:01] 01:00:5E:00:00:01 is a multicast address\n"
	    "  help 02:00:5e:00:00:01 is not\n"
	    "  fix 1:94 [01:00:5E:00:00:01] -> 02:00:5e:00:00:01\n"
	    "bad-mac 1:123 [00:00:00:00:00:00] 00:00:00:00:00:00 is no MAC address of an interface\n"
	    "  help mac: 02:00:5e:10:00:01, or auto\n"
	    "bad-mac 1:152 [ff:ff:ff:ff:ff:ff] ff:ff:ff:ff:ff:ff is a multicast address\n"
	    "  help fe:ff:ff:ff:ff:ff is not\n"
	    "  fix 1:152 [ff:ff:ff:ff:ff:ff] -> fe:ff:ff:ff:ff:ff\n"
	    "bad-mac 2:42 [inherit] inherit is no MAC address\n"
	    "  help mac: 02:00:5e:10:00:01, or auto\n");
}

static void
test_hostnames(void **state)
{
	(void)state;
	SAYS("host: {name: a_b}\n"
	     "jails: {a: {hostname: -x.y}, b: {hostname: x..y}, c: {hostname: \"x y\"}, d: {hostname: "
	     "\"llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.x\"}, e: {hostname: a.b-c.D9}, f: {hostname: "
	     "\"x.\"}}\n",
	    "bad-hostname 1:14 [a_b] a_b is no host name: _ is not allowed\n"
	    "bad-hostname 2:23 [-x.y] -x.y is no host name: a part of it begins or ends with a dash\n"
	    "bad-hostname 2:44 [x..y] x..y is no host name: a part of it is empty\n"
	    "bad-hostname 2:65 [\"x y\"] x y is no host name: a space is not allowed\n"
	    "bad-hostname 2:87 [\"llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll.x\"] "
	    "llllllllllllllllllllllllllllllllllllllllllllllllllllllllllll… is no host name: a part of it is longer than 63 "
	    "characters\n"
	    "bad-hostname 2:197 [\"x.\"] x. is no host name: a part of it is empty\n");
}

static void
test_names(void **state)
{
	(void)state;
	SAYS("jails: {a.b: , a b: , _x: , \"\": , \"a\\tb\": , "
	     "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj: , ä: , -x: }\n",
	    "bad-name 1:9 [a.b] a.b is no name for a jail: a dot makes a.b a child jail of a\n"
	    "  help a_b would do\n"
	    "  fix 1:9 [a.b] -> a_b\n"
	    "bad-name 1:16 [a b] a b is no name for a jail: a space is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 1:16 [a b] -> a_b\n"
	    "bad-name 1:23 [_x] _x is no name for a jail: it cannot begin with _\n"
	    "  help x would do\n"
	    "  fix 1:23 [_x] -> x\n"
	    "bad-name 1:29 [\"\"] an empty text is no name for a jail\n"
	    "bad-name 1:35 [\"a\\tb\"] a\\x09b is no name for a jail: \\x09 is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 1:35 [\"a\\tb\"] -> a_b\n"
	    "bad-name 1:45 [jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj] "
	    "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj… is no name for a jail: it has 64 characters, at "
	    "most 63 are allowed\n"
	    "bad-name 1:113 [ä] ä is no name for a jail: ä is not allowed\n"
	    "bad-name 1:118 [-x] -x is no name for a jail: it cannot begin with -\n"
	    "  help x would do\n"
	    "  fix 1:118 [-x] -> x\n");
	SAYS("bridges: {0b: , b!: , \"b.1-x_\": , a/b: {name: 1x}}\n"
	     "subnets: {.x: {prefixes: y}, 1.x-_: {prefixes: y}}\n"
	     "machines: {\"m m\": }\n"
	     "epairs: {1c: {a: {host: true}, b: {bridge: x}}}\n",
	    "bad-name 1:11 [0b] 0b is no name for a bridge: it cannot begin with 0\n"
	    "  help b would do\n"
	    "  fix 1:11 [0b] -> b\n"
	    "bad-name 1:17 [b!] b! is no name for a bridge: ! is not allowed\n"
	    "  help b_ would do\n"
	    "  fix 1:17 [b!] -> b_\n"
	    "bad-name 1:35 [a/b] a/b is no name for a bridge: / is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 1:35 [a/b] -> a_b\n"
	    "bad-name 2:11 [.x] .x is no name for a subnet: it cannot begin with .\n"
	    "  help x would do\n"
	    "  fix 2:11 [.x] -> x\n"
	    "bad-name 3:12 [\"m m\"] m m is no name for a machine: a space is not allowed\n"
	    "  help m_m would do\n"
	    "  fix 3:12 [\"m m\"] -> m_m\n"
	    "bad-name 4:10 [1c] 1c is no name for a cable: it cannot begin with 1\n"
	    "  help c would do\n"
	    "  fix 4:10 [1c] -> c\n");
	SAYS("host: {interfaces: {re0: {group: [dmz1, ok, gggggggggggggggg, 1x, \"a b\"], name: a b}}, rc_conf: {a-b: 1, 1x: "
	     "2, _ok: 3}}\n"
	     "jails: {j: {parameters: {allow.x: 1, \"a b\": 2}}, k: {parameters: [a.b, \"c d=e\", a.b]}}\n",
	    "bad-name 1:35 [dmz1] dmz1 is no name for a group: it cannot end in a digit\n"
	    "  help dmz1_ would do\n"
	    "  fix 1:35 [dmz1] -> dmz1_\n"
	    "bad-name 1:45 [gggggggggggggggg] gggggggggggggggg is no name for a group: it has 16 characters, at most 15 are "
	    "allowed\n"
	    "bad-name 1:63 [1x] 1x is no name for a group: it cannot begin with 1\n"
	    "  help x would do\n"
	    "  fix 1:63 [1x] -> x\n"
	    "bad-name 1:67 [\"a b\"] a b is no name for a group: a space is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 1:67 [\"a b\"] -> a_b\n"
	    "bad-name 1:81 [a b] a b is no name for an interface: a space is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 1:81 [a b] -> a_b\n"
	    "bad-name 1:98 [a-b] a-b is no name for a variable: - is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 1:98 [a-b] -> a_b\n"
	    "bad-name 1:106 [1x] 1x is no name for a variable: it cannot begin with 1\n"
	    "  help x would do\n"
	    "  fix 1:106 [1x] -> x\n"
	    "bad-name 2:38 [\"a b\"] a b is no name for a parameter: a space is not allowed\n"
	    "  help a_b would do\n"
	    "  fix 2:38 [\"a b\"] -> a_b\n"
	    "bad-name 2:72 [\"c d=e\"] c d is no name for a parameter: a space is not allowed\n"
	    "  help c_d would do\n"
	    "  fix 2:72 [\"c d=e\"] -> c_d\n"
	    "duplicate-key 2:81 [a.b] a.b is given twice\n"
	    "  note 2:67 [a.b] it is first given here\n");
}

static void
test_reserved_names(void **state)
{
	(void)state;
	SAYS("jails: {host: , outside: , none: , auto: , dhcp: , slaac: , basejail: , newjail: , fulljail: , flavours: , "
	     "ezjailtemp: , ezjail_archives: }\n",
	    "reserved-name 1:9 [host] host means something else: the machine that the jails run on\n"
	    "reserved-name 1:17 [outside] outside means something else: the world beyond the file's gateways\n"
	    "reserved-name 1:28 [none] none means something else: no gateway at all\n"
	    "reserved-name 1:36 [auto] auto means something else: an automatic address\n"
	    "reserved-name 1:44 [dhcp] dhcp means something else: an address by DHCP\n"
	    "reserved-name 1:52 [slaac] slaac means something else: an address by router advertisement\n"
	    "reserved-name 1:61 [basejail] basejail means something else: a directory of ezjail's own\n"
	    "reserved-name 1:73 [newjail] newjail means something else: a directory of ezjail's own\n"
	    "reserved-name 1:84 [fulljail] fulljail means something else: a directory of ezjail's own\n"
	    "reserved-name 1:96 [flavours] flavours means something else: a directory of ezjail's own\n"
	    "reserved-name 1:108 [ezjailtemp] ezjailtemp means something else: a directory of ezjail's own\n"
	    "reserved-name 1:122 [ezjail_archives] ezjail_archives means something else: a directory of ezjail's own\n");
	SAYS("host: {interfaces: {lo0: , vlan: , DHCP: , noauto: }}\n"
	     "bridges: {DEFAULT: , all: , b: {name: epair}}\n"
	     "machines: {host: }\n"
	     "subnets: {auto: {prefixes: x}}\n"
	     "epairs: {WPA: {a: {host: true}, b: {bridge: x}}}\n",
	    "reserved-name 1:21 [lo0] lo0 means something else: the loopback interface\n"
	    "reserved-name 1:28 [vlan] vlan means something else: a group of interfaces to ifconfig\n"
	    "reserved-name 1:36 [DHCP] DHCP means something else: a word of its own to rc.conf's ifconfig lines\n"
	    "reserved-name 1:44 [noauto] noauto means something else: a word of its own to rc.conf's ifconfig lines\n"
	    "reserved-name 2:11 [DEFAULT] DEFAULT means something else: rc.conf's ifconfig_DEFAULT, which holds for every "
	    "other interface\n"
	    "reserved-name 2:22 [all] all means something else: a group of interfaces to ifconfig\n"
	    "reserved-name 2:39 [epair] epair means something else: a group of interfaces to ifconfig\n"
	    "reserved-name 3:12 [host] host means something else: the machine that the jails run on\n"
	    "reserved-name 4:11 [auto] auto means something else: an automatic address\n"
	    "reserved-name 5:10 [WPA] WPA means something else: a word of its own to rc.conf's ifconfig lines\n");
	SAYS("jails: {17: , 1a: , \"9[1-2]\": }\n",
	    "numeric-jail-name 1:9 [17] jail(8) would take 17 for a jail id\n"
	    "  help j17 would do\n"
	    "  fix 1:9 [17] -> j17\n"
	    "numeric-jail-name 1:21 [\"9[1-2]\"] jail(8) would take 91 for a jail id\n"
	    "  help \"j9[1-2]\" would do\n"
	    "  fix 1:21 [\"9[1-2]\"] -> \"j9[1-2]\"\n");
}

static void
test_defaults(void **state)
{
	(void)state;
	/* Wrong by themselves, also where nobody uses them. */
	SAYS("defaults: {jail: {atach: jib, fib: x, description: \"$n\"}, interface: {mtu: 1, addresses: 10.0.0.1+}}\n"
	     "host:\n",
	    "unknown-key 1:19 [atach] defaults.jail has no key atach\n"
	    "  help did you mean attach?\n"
	    "  fix 1:19 [atach] -> attach\n"
	    "bad-number 1:36 [x] x is not a number\n"
	    "number-out-of-range 1:76 [1] mtu 1 is not between 576 and 16384\n");
	/* Once, with the jail that uses it. */
	SAYS("defaults: {jail: {attach: jibb}}\n"
	     "jails: {a: , b: }\n",
	    "unknown-word 1:27 [jibb] jibb is no attach\n"
	    "  help did you mean jib?\n"
	    "  fix 1:27 [jibb] -> jib\n");
	/* No conflict comes from a default. */
	SAYS("defaults: {jail: {attach: jib, router: true, ip: x, gateway: none}, interface: {bridge: b, epair: x, end: a, "
	     "default: true}}\n"
	     "jails: {a: {vnet: false, ip: y}, b: {interfaces: {interface: wg0}}, c: {gateway: 10.0.0.1, interfaces: "
	     "{default: true}}, d: {interfaces: {epair: q}}}\n"
	     "epairs: {q: {a: {jail: d}, b: {bridge: b}}}\n",
	    "");
}

static void
test_expansion(void **state)
{
	struct arena *a = arena_new();
	struct text t = { .arena = a };

	(void)state;
	text_add(&t, "jails: {");
	for (int i = 0; i < 132; i++)
		text_printf(&t, "\"w%dx[1-1000]\": , ", 100 + i);
	text_add(&t, "}\n");
	SAYS(text_end(&t), "expansion-too-large 1:2498 [\"w231x[1-1000]\"] more than 131072 jails\n");
	arena_free(a);
}

static void
test_too_much(void **state)
{
	struct arena *a = arena_new();
	struct text t = { .arena = a };
	struct read r;

	(void)state;
	text_add(&t, "jails:\n");
	for (int i = 0; i < 132; i++)
		text_printf(&t, "  w%dx[1-1000]:\n", 100 + i);
	r = read_decl(text_end(&t));
	assert_string_equal(told(&r), "expansion-too-large 133:3 [w231x[1-1000]] more than 131072 jails\n");
	assert_int_equal(r.decl->jails.n, 131000);
	arena_free(r.arena);
	t = (struct text){ .arena = a };
	text_add(&t, "jails:\n  w[1-1000]:\n    start_after: [");
	for (int i = 0; i < 2200; i++)
		text_add(&t, "x,");
	text_add(&t, "]\n");
	r = read_decl(text_end(&t));
	assert_string_equal(told(&r), "expansion-too-large 2:3 [w[1-1000]] ranges and defaults stand for more than 2097152 values\n");
	arena_free(r.arena);
	arena_free(a);
}

/* A mapping in which a record's keys can stand. */
static const char *
frame_of(const struct record *record)
{
	static const struct { const struct record *record; const char *frame; } frames[] = {
		{ &record_topology, "{%s}" },
		{ &record_defaults, "{defaults: {%s}}" },
		{ &record_host, "{host: {%s}}" },
		{ &record_host_interface, "{host: {interfaces: {re0: {%s}}}}" },
		{ &record_vlan, "{host: {interfaces: {vlan1: {vlan: {%s}}}}}" },
		{ &record_lagg, "{host: {interfaces: {lagg0: {lagg: {%s}}}}}" },
		{ &record_subnet, "{subnets: {s: {%s}}}" },
		{ &record_bridge, "{bridges: {b: {%s}}}" },
		{ &record_member, "{bridges: {b: {members: [{%s}]}}}" },
		{ &record_cable, "{epairs: {c: {%s}}}" },
		{ &record_cable_end, "{epairs: {c: {a: {%s}}}}" },
		{ &record_jail, "{jails: {j: {%s}}}" },
		{ &record_jail_interface, "{jails: {j: {interfaces: [{%s}]}}}" },
		{ &record_jail_vlan, "{jails: {j: {interfaces: [{vlans: {1: {%s}}}]}}}" },
		{ &record_exec, "{jails: {j: {exec: {%s}}}}" },
		{ &record_machine, "{machines: {m: {%s}}}" },
		{ &record_machine_interface, "{machines: {m: {interfaces: [{%s}]}}}" },
		{ &record_route, "{host: {routes: [{%s}]}}" },
		{ &record_rdr, "{host: {rdr: [{%s}]}}" },
		{ &record_expect, "{expect: [{%s}]}" },
	};

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++)
		if (frames[i].record == record)
			return (frames[i].frame);
	return (NULL);
}

/* An example is one of its key, and decodes, but for what else its record needs. */
static void
check_example(const struct record *record, const struct field *f)
{
	static const char *const other_keys[] = { "missing-key", "conflicting-keys", "empty-topology", "include-unreadable", NULL };
	const char *frame = frame_of(record), *mark = strstr(frame, "%s");
	struct arena *a = arena_new();
	struct read r = read_tree(arena_printf(a, "%.*s%s%s\n", (int)(mark - frame), frame, f->example, mark + 2));

	r.decl = decode(r.arena, &r.diags, r.load.root);
	for (size_t i = 0; i < r.diags.all.n; i++)
		if (!str_in(r.diags.all.v[i]->rule->name, other_keys))
			fail_msg("%s.%s: %s", record->id, f->key, told(&r));
	assert_int_equal(strncmp(f->example, f->key, strlen(f->key)), 0);
	assert_int_equal(f->example[strlen(f->key)], ':');
	arena_free(r.arena);
	arena_free(a);
}

static void
test_tables(void **state)
{
	(void)state;
	for (const struct record *const *r = records; *r != NULL; r++) {
		size_t n = 0;

		assert_non_null(frame_of(*r));
		assert_true((*r)->doc[strlen((*r)->doc) - 1] == '.');
		for (const struct field *f = (*r)->field; f->key != NULL; f++, n++) {
			assert_ptr_equal(field_find(*r, f->key), f);
			assert_true(f->doc[strlen(f->doc) - 1] == '.');
			assert_true((f->kind == KIND_RECORD || f->kind == KIND_MAP || f->kind == KIND_LIST) == (f->record != NULL));
			assert_true((f->kind != KIND_INT && f->kind != KIND_INTS) || f->max > f->min);
			check_example(*r, f);
		}
		assert_true(n < FIELDS_MAX);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_key),
		cmocka_unit_test(test_absent),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_defaults_applied),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_range_faults),
		cmocka_unit_test(test_number_without_range),
		cmocka_unit_test(test_unknown_keys),
		cmocka_unit_test(test_missing_keys),
		cmocka_unit_test(test_wrong_types),
		cmocka_unit_test(test_empty_values),
		cmocka_unit_test(test_unknown_words),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_conflicts),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_macs),
		cmocka_unit_test(test_hostnames),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_reserved_names),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_expansion),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_tables),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
