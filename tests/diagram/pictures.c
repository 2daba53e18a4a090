/* SPDX-License-Identifier: BSD-2-Clause */
/* Pictures to test the diagram with. */
#include "pictures.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct maker { struct arena *a; struct picture *p; uint64_t seed; };

static uint32_t
chance(struct maker *m, uint32_t below)
{
	m->seed = m->seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return ((uint32_t)(m->seed >> 33) % below);
}

static size_t
node(struct maker *m, enum picture_node_kind kind, const char *name, bool router, const char *role)
{
	struct picture_node *n = vec_push(m->a, &m->p->nodes);

	memset(n, 0, sizeof(*n));
	n->kind = kind;
	n->name = name;
	n->router = router;
	n->role = role;
	return (m->p->nodes.n - 1);
}

static size_t
subnet(struct maker *m, const char *name, unsigned hue, const char *v4, const char *v6)
{
	struct picture_subnet *s = vec_push(m->a, &m->p->subnets);

	memset(s, 0, sizeof(*s));
	s->name = name;
	s->hue = hue;
	if (v4 != NULL)
		*vec_push(m->a, &s->prefixes) = v4;
	if (v6 != NULL)
		*vec_push(m->a, &s->prefixes) = v6;
	return (m->p->subnets.n - 1);
}

static size_t
net(struct maker *m, enum picture_net_kind kind, const char *name, size_t first_subnet)
{
	struct picture_net *n = vec_push(m->a, &m->p->nets);

	memset(n, 0, sizeof(*n));
	n->kind = kind;
	n->name = name;
	if (first_subnet != PICTURE_NONE)
		*vec_push(m->a, &n->subnets) = first_subnet;
	return (m->p->nets.n - 1);
}

static size_t
nic(struct maker *m, const char *name, const char *beyond)
{
	struct picture_nic *n = vec_push(m->a, &m->p->nics);

	memset(n, 0, sizeof(*n));
	n->name = name;
	n->beyond = beyond;
	return (m->p->nics.n - 1);
}

static struct picture_port *
port(struct maker *m, size_t on_node, size_t on_net, size_t on_nic, const char *net_side, const char *node_side, const char *v4, const char *v6)
{
	struct picture_port *p = vec_push(m->a, &m->p->ports);

	*p = picture_port_none();
	p->node = on_node;
	p->net = on_net;
	p->nic = on_nic;
	p->net_side = net_side;
	p->node_side = node_side;
	if (v4 != NULL)
		*vec_push(m->a, &p->v4) = v4;
	if (v6 != NULL)
		*vec_push(m->a, &p->v6) = v6;
	return (p);
}

#define NONE PICTURE_NONE

static void
host_is(struct maker *m, const char *name, const char *os)
{
	m->p->host = name;
	m->p->os = os;
}

static void
figure_1(struct maker *m)
{
	size_t lan = subnet(m, "lan", 0, "192.168.0.0/24", "2a01:e34:ec2a:94a0::/64"), re0, b;

	host_is(m, "beastie", "FreeBSD 15.1");
	re0 = nic(m, "re0", "Local network");
	b = net(m, PICTURE_BRIDGE, "bridge0", lan);
	port(m, NONE, b, re0, NULL, NULL, NULL, NULL);
	port(m, node(m, PICTURE_HOST, "beastie", false, NULL), b, NONE, NULL, "bridge0", "192.168.0.10/24", "2a01:e34:ec2a:94a0::10/64");
	port(m, node(m, PICTURE_JAIL, "guest1", false, NULL), b, NONE, "epair1a", "epair1b", "192.168.0.11/24", "2a01:e34:ec2a:94a0::11/64");
	port(m, node(m, PICTURE_JAIL, "guest2", false, NULL), b, NONE, "epair2a", "epair2b", "192.168.0.12/24", "2a01:e34:ec2a:94a0::12/64");
	port(m, node(m, PICTURE_JAIL, "guest3", false, NULL), b, NONE, "epair3a", "epair3b", "192.168.0.13/24", "2a01:e34:ec2a:94a0::13/64");
}

static void
figure_2(struct maker *m)
{
	size_t front = subnet(m, "front", 0, "10.0.1.0/24", "fd00:0:0:1::/64"), back = subnet(m, "back", 1, "10.0.2.0/24", "fd00:0:0:2::/64");
	size_t re0, b0, b1, host;

	host_is(m, "beastie", "FreeBSD 15.1");
	re0 = nic(m, "re0", "Local network");
	b0 = net(m, PICTURE_BRIDGE, "bridge0", front);
	b1 = net(m, PICTURE_BRIDGE, "bridge1", back);
	host = node(m, PICTURE_HOST, "beastie", true, "router");
	port(m, host, NONE, re0, NULL, "re0", "192.168.0.10/24", "2a01:e34:ec2a:94a0::10/64");
	port(m, host, b0, NONE, "epair0a", "epair0b", "10.0.1.1/24", "fd00:0:0:1::1/64");
	port(m, host, b1, NONE, "epair10a", "epair10b", "10.0.2.1/24", "fd00:0:0:2::1/64");
	port(m, node(m, PICTURE_JAIL, "guest1", false, NULL), b0, NONE, "epair1a", "epair1b", "10.0.1.11/24", "fd00:0:0:1::11/64");
	port(m, node(m, PICTURE_JAIL, "guest2", false, NULL), b0, NONE, "epair2a", "epair2b", "10.0.1.12/24", "fd00:0:0:1::12/64");
	port(m, node(m, PICTURE_JAIL, "guest3", false, NULL), b1, NONE, "epair3a", "epair3b", "10.0.2.13/24", "fd00:0:0:2::13/64");
	port(m, node(m, PICTURE_JAIL, "guest4", false, NULL), b1, NONE, "epair4a", "epair4b", "10.0.2.14/24", "fd00:0:0:2::14/64");
}

static void
figure_3(struct maker *m)
{
	size_t lan = subnet(m, "lan", 0, "192.168.0.0/24", "2a01:e34:ec2a:94a0::/64"), back = subnet(m, "backend", 1, "10.0.2.0/24", "fd00:0:0:2::/64");
	size_t re0, b0, b1, guest3, n;

	host_is(m, "beastie", "FreeBSD 15.1");
	re0 = nic(m, "re0", "Local network");
	b0 = net(m, PICTURE_BRIDGE, "bridge0", lan);
	b1 = net(m, PICTURE_BRIDGE, "bridge1", back);
	port(m, NONE, b0, re0, NULL, NULL, NULL, NULL);
	port(m, node(m, PICTURE_HOST, "beastie", false, NULL), b0, NONE, NULL, "bridge0", "192.168.0.10/24", "2a01:e34:ec2a:94a0::10/64");
	port(m, node(m, PICTURE_JAIL, "guest1", false, NULL), b0, NONE, "epair1a", "epair1b", "192.168.0.11/24", "2a01:e34:ec2a:94a0::11/64");
	port(m, node(m, PICTURE_JAIL, "guest2", false, NULL), b0, NONE, "epair2a", "epair2b", "192.168.0.12/24", "2a01:e34:ec2a:94a0::12/64");
	guest3 = node(m, PICTURE_JAIL, "guest3", true, "router jail");
	*vec_push(m->a, &m->p->nodes.v[guest3].routes) = "default via 192.168.0.254";
	port(m, guest3, b0, NONE, "epair3a", "epair3b", "192.168.0.13/24", "2a01:e34:ec2a:94a0::13/64");
	port(m, guest3, b1, NONE, "epair30a", "epair30b", "10.0.2.1/24", "fd00:0:0:2::1/64");
	n = node(m, PICTURE_JAIL, "guest4", false, NULL);
	*vec_push(m->a, &m->p->nodes.v[n].routes) = "default via 10.0.2.1";
	port(m, n, b1, NONE, "epair4a", "epair4b", "10.0.2.14/24", "fd00:0:0:2::14/64");
	n = node(m, PICTURE_JAIL, "guest5", false, NULL);
	*vec_push(m->a, &m->p->nodes.v[n].routes) = "default via 10.0.2.1";
	port(m, n, b1, NONE, "epair5a", "epair5b", "10.0.2.15/24", "fd00:0:0:2::15/64");
}

static void
jib(struct maker *m, size_t b, const char *name, const char *v4, const char *v6)
{
	port(m, node(m, PICTURE_JAIL, name, false, NULL), b, NONE, arena_printf(m->a, "e0a_%.11s", name), arena_printf(m->a, "e0b_%.11s", name), v4, v6);
}

static void
large(struct maker *m)
{
	size_t dmz = subnet(m, "dmz", 0, "203.0.113.0/26", "2001:db8:1234:5678::/64"), app = subnet(m, "application", 1, "10.20.30.0/24", "fd12:3456:789a:20::/64");
	size_t db = subnet(m, "database-zone", 2, "10.20.40.0/24", "fd12:3456:789a:40::/64"), b0, b1, b2, gw, ix0;

	host_is(m, "jails01.example.net", "FreeBSD 15.1");
	ix0 = nic(m, "ix0", "Internet");
	b0 = net(m, PICTURE_BRIDGE, "bridge0", dmz);
	b1 = net(m, PICTURE_BRIDGE, "bridge1", app);
	b2 = net(m, PICTURE_BRIDGE, "bridge2", db);
	port(m, NONE, b0, ix0, NULL, NULL, NULL, NULL);
	port(m, node(m, PICTURE_HOST, "jails01", false, NULL), b0, NONE, NULL, "bridge0", "203.0.113.2/26", "2001:db8:1234:5678::2/64");
	jib(m, b0, "www", "203.0.113.10/26", "2001:db8:1234:5678:a1b2:c3d4:e5f6:1000/64");
	jib(m, b0, "mail", "203.0.113.11/26", "2001:db8:1234:5678:a1b3:c3d4:e5f6:1001/64");
	jib(m, b0, "nameserver", "203.0.113.12/26", "2001:db8:1234:5678:a1b4:c3d4:e5f6:1002/64");
	jib(m, b0, "vpn-concentrat", "203.0.113.13/26", "2001:db8:1234:5678:a1b5:c3d4:e5f6:1003/64");
	gw = node(m, PICTURE_JAIL, "gateway-primary", true, "router jail");
	port(m, gw, b0, NONE, "epair1a", "epair1b", "203.0.113.3/26", "2001:db8:1234:5678::3/64");
	port(m, gw, b1, NONE, "epair2a", "epair2b", "10.20.30.1/24", "fd12:3456:789a:20::1/64");
	gw = node(m, PICTURE_JAIL, "gateway-database", true, "router jail");
	port(m, gw, b1, NONE, "epair3a", "epair3b", "10.20.30.2/24", "fd12:3456:789a:20::2/64");
	port(m, gw, b2, NONE, "epair4a", "epair4b", "10.20.40.1/24", "fd12:3456:789a:40::1/64");
	jib(m, b1, "app-frontend-01", "10.20.30.10/24", "fd12:3456:789a:20::10/64");
	jib(m, b1, "app-frontend-02", "10.20.30.11/24", "fd12:3456:789a:20::11/64");
	jib(m, b1, "app-worker-0001", "10.20.30.12/24", "fd12:3456:789a:20::12/64");
	jib(m, b1, "session-cache", "10.20.30.13/24", "fd12:3456:789a:20::13/64");
	jib(m, b1, "message-queue", "10.20.30.14/24", "fd12:3456:789a:20::14/64");
	jib(m, b1, "object-storage", "10.20.30.15/24", "fd12:3456:789a:20::15/64");
	jib(m, b2, "postgres-primary", "10.20.40.10/24", "fd12:3456:789a:40::10/64");
	jib(m, b2, "postgres-replica", "10.20.40.11/24", "fd12:3456:789a:40::11/64");
	jib(m, b2, "backup", "10.20.40.12/24", "fd12:3456:789a:40::12/64");
	jib(m, b2, "metrics", "10.20.40.13/24", "fd12:3456:789a:40::13/64");
}

/* One of each thing that a picture can say. */
static void
everything(struct maker *m)
{
	size_t lan = subnet(m, "lan", 0, "192.0.2.0/24", "2001:db8:0:1::/64"), dmz = subnet(m, "dmz", 1, "10.1.0.0/24", NULL);
	size_t iot = subnet(m, "iot", 2, "10.2.0.0/24", "fd00:2::/64"), p2p = subnet(m, NULL, 3, "10.9.0.0/31", NULL);
	size_t storage = subnet(m, "storage", 4, "10.4.0.0/24", "fd00:4::/64");
	size_t igb0, igb1, lagg0, v20, re1, b0, b1, b2, ng, wire, host, gw, fw, n;
	struct picture_port *p;

	host_is(m, "chassis.example.org", "FreeBSD 15.1");
	igb0 = nic(m, "igb0", "Internet");
	igb1 = nic(m, "igb1", "Internet");
	lagg0 = nic(m, "lagg0", NULL);
	m->p->nics.v[lagg0].note = "failover";
	*vec_push(m->a, &m->p->nics.v[lagg0].on) = igb0;
	*vec_push(m->a, &m->p->nics.v[lagg0].on) = igb1;
	v20 = nic(m, "vlan20", NULL);
	m->p->nics.v[v20].note = "vlan 20";
	*vec_push(m->a, &m->p->nics.v[v20].on) = lagg0;
	re1 = nic(m, "re1", "Storage network");
	b0 = net(m, PICTURE_BRIDGE, "bridge0", lan);
	b1 = net(m, PICTURE_BRIDGE, "bridge1", dmz);
	m->p->nets.v[b1].note = "mtu 9000";
	*vec_push(m->a, &m->p->nets.v[b1].subnets) = iot;
	ng = net(m, PICTURE_NETGRAPH, "re1bridge", storage);
	m->p->nets.v[ng].note = "netgraph";
	b2 = net(m, PICTURE_BRIDGE, "bridge2", NONE);
	wire = net(m, PICTURE_WIRE, "epair9", p2p);
	m->p->nics.v[lagg0].nat = true;
	port(m, NONE, b0, lagg0, NULL, NULL, NULL, NULL);
	port(m, NONE, b1, v20, NULL, NULL, NULL, NULL);
	port(m, NONE, ng, re1, NULL, NULL, NULL, NULL);
	host = node(m, PICTURE_HOST, "chassis", false, NULL);
	p = port(m, host, b0, NONE, NULL, "bridge0", NULL, NULL);
	p->dhcp = p->slaac = true;
	gw = node(m, PICTURE_JAIL, "gw", true, "router jail");
	p = port(m, gw, b0, NONE, "epair1a", "epair1b", "192.0.2.2/24", "2001:db8:0:1::2/64");
	p->nat = true;
	port(m, gw, b1, NONE, "epair2a", "epair2b", "10.1.0.1/24", NULL);
	p = port(m, gw, b1, NONE, "epair3a", "epair3b", "10.2.0.1/24", "fd00:2::1/64");
	p->subnet = iot;
	port(m, gw, wire, NONE, NULL, "epair9a", "10.9.0.0/31", NULL);
	fw = node(m, PICTURE_JAIL, "inner", true, "router jail");
	port(m, fw, wire, NONE, NULL, "epair9b", "10.9.0.1/31", NULL);
	port(m, fw, b2, NONE, "epair10a", "epair10b", NULL, NULL);
	port(m, node(m, PICTURE_JAIL, "web", false, NULL), b1, NONE, "epair4a", "epair4b", "10.1.0.11/24", NULL);
	p = port(m, node(m, PICTURE_JAIL, "camera", false, NULL), b1, NONE, "epair5a", "epair5b", "10.2.0.12/24", "fd00:2::12/64");
	p->subnet = iot;
	p->note = "private";
	port(m, node(m, PICTURE_MACHINE, "win11", false, "bhyve"), b1, NONE, "tap0", NULL, "10.1.0.20/24", NULL);
	n = node(m, PICTURE_CABLE, "epair12", false, NULL);
	port(m, n, ng, NONE, "epair12a", NULL, NULL, NULL);
	port(m, n, net(m, PICTURE_BRIDGE, "bridge3", storage), NONE, "epair12b", NULL, NULL, NULL);
	port(m, node(m, PICTURE_JAIL, "lonely", false, NULL), b2, NONE, "epair11a", "epair11b", NULL, NULL);
	p = port(m, node(m, PICTURE_MACHINE, "pfsense", true, "edge router"), NONE, igb0, NULL, NULL, "192.0.2.254/24", "2001:db8:0:1::1/64");
	p->outside = true;
	p->subnet = lan;
	p = port(m, node(m, PICTURE_MACHINE, "printer", false, NULL), NONE, igb0, NULL, NULL, "192.0.2.77/24", NULL);
	p->outside = true;
	p->subnet = lan;
	port(m, node(m, PICTURE_JAIL, "nas", false, NULL), ng, NONE, "ng0_nas", "ng0_nas", "10.4.0.2/24", "fd00:4::2/64");
	n = node(m, PICTURE_CLASSIC, "oldmail", false, NULL);
	port(m, n, NONE, NONE, NULL, "lagg0", "192.0.2.17/24", NULL);
	n = node(m, PICTURE_JAIL, "island", false, "no interface");
	*vec_push(m->a, &m->p->nodes.v[n].tips) = "a jail <without> \"network\" & friends";
	n = node(m, PICTURE_JAIL, "passthru", false, NULL);
	port(m, n, NONE, nic(m, "em0", NULL), NULL, "em0", "172.16.0.2/24", NULL);
}

static void
many(struct maker *m, unsigned jails, unsigned bridges)
{
	size_t ix0, host, *b = NEW_ARRAY(m->a, size_t, bridges);

	host_is(m, "bighost", "FreeBSD 15.1");
	ix0 = nic(m, "ix0", "Internet");
	host = node(m, PICTURE_HOST, "bighost", bridges > 1, bridges > 1 ? "routing · pf" : NULL);
	for (unsigned i = 0; i < bridges; i++)
		b[i] = net(m, PICTURE_BRIDGE, arena_printf(m->a, "bridge%u", i), subnet(m, arena_printf(m->a, "net%u", i), i % PICTURE_HUES,
		    arena_printf(m->a, "10.%u.0.0/16", i), arena_printf(m->a, "fd00:0:%x::/64", i)));
	if (bridges == 1) {
		port(m, NONE, b[0], ix0, NULL, NULL, NULL, NULL);
		port(m, host, b[0], NONE, NULL, "bridge0", "10.0.0.1/16", "fd00::1/64");
	} else {
		port(m, host, NONE, ix0, NULL, "ix0", "203.0.113.2/24", "2001:db8::2/64");
		for (unsigned i = 0; i < bridges; i++)
			port(m, host, b[i], NONE, arena_printf(m->a, "epair%ua", 10000 + i), arena_printf(m->a, "epair%ub", 10000 + i),
			    arena_printf(m->a, "10.%u.0.1/16", i), arena_printf(m->a, "fd00:0:%x::1/64", i));
	}
	for (unsigned i = 0; i < jails; i++) {
		unsigned k = i % bridges, n = i / bridges + 10;

		port(m, node(m, PICTURE_JAIL, arena_printf(m->a, "jail-%05u", i), false, NULL), b[k], NONE, arena_printf(m->a, "epair%ua", i),
		    arena_printf(m->a, "epair%ub", i), arena_printf(m->a, "10.%u.%u.%u/16", k, n / 250, n % 250),
		    arena_printf(m->a, "fd00:0:%x::%x/64", k, n));
	}
}

/* Routers between bridges, each on two or three; nothing else. */
static void
mesh(struct maker *m, unsigned routers, unsigned bridges)
{
	size_t *b = NEW_ARRAY(m->a, size_t, bridges);

	host_is(m, "mesh", NULL);
	for (unsigned i = 0; i < bridges; i++)
		b[i] = net(m, PICTURE_BRIDGE, arena_printf(m->a, "bridge%u", i), subnet(m, arena_printf(m->a, "net%u", i), i % PICTURE_HUES,
		    arena_printf(m->a, "10.%u.%u.0/24", i / 256, i % 256), NULL));
	port(m, NONE, b[0], nic(m, "ix0", "Internet"), NULL, NULL, NULL, NULL);
	for (unsigned i = 0; i < routers; i++) {
		size_t r = node(m, PICTURE_JAIL, arena_printf(m->a, "router%u", i), true, NULL);

		for (unsigned k = 2 + chance(m, 2); k > 0; k--)
			port(m, r, b[chance(m, bridges)], NONE, arena_printf(m->a, "epair%ua", 4 * i + k), arena_printf(m->a, "epair%ub", 4 * i + k),
			    arena_printf(m->a, "10.0.%u.%u/24", i / 250, i % 250), NULL);
	}
}

static const char *
pick_name(struct maker *m, unsigned n)
{
	static const char *const stems[] = { "www", "mail", "database", "git-repository", "x", "nameserver", "proxy", "a-rather-long-name-for-a-jail", "bücher" };
	static const char *const hostile[] = { "<script>alert(1)</script>", "a&b\"c'd", "日本語のジェイル名", "emoji-🐡🐡🐡", "a_20b", "a b", "שלום", "]]>",
	    "an-exceedingly-long-name-that-goes-on-and-on-and-on-until-nobody-wants-to-read-it-any-further-and-then-some-more" };

	if (chance(m, 40) == 0)
		return (hostile[chance(m, sizeof(hostile) / sizeof(*hostile))]);
	return (arena_printf(m->a, "%s%u", stems[chance(m, sizeof(stems) / sizeof(*stems))], n));
}

static void
pick_addresses(struct maker *m, struct picture_port *p, size_t on, unsigned n)
{
	unsigned kind = chance(m, 12);

	if (kind < 10)
		*vec_push(m->a, &p->v4) = arena_printf(m->a, "10.%u.%u.%u/16", (unsigned)on, chance(m, 256), n % 256);
	if (kind % 2 == 0)
		*vec_push(m->a, &p->v6) = chance(m, 5) == 0 ? arena_printf(m->a, "fd00:db8:aaaa:bbbb:%x:%x:%x:%x/64", 0x1000 + n, 0x2000 + n, 0x2700 + n, n) :
		    arena_printf(m->a, "fd00:db8:%x::%x/64", (unsigned)on, n);
	if (kind == 11)
		p->dhcp = true;
	if (kind == 9)
		p->slaac = true;
	for (unsigned i = chance(m, 20) == 0 ? chance(m, 14) : 0; i > 0; i--)
		*vec_push(m->a, &p->v4) = arena_printf(m->a, "10.%u.77.%u/32", (unsigned)on, i);
	p->nat = chance(m, 25) == 0;
	if (chance(m, 25) == 0)
		p->note = "private";
}

static void
interfaces(struct maker *m, struct picture_port *p, const char *name, unsigned n)
{
	switch (chance(m, 5)) {
	case 0:
		p->net_side = arena_printf(m->a, "e0a_%.10s", strcmp(name, "bücher") < 0 ? name : "buch");
		p->node_side = arena_printf(m->a, "e0b_%.10s", strcmp(name, "bücher") < 0 ? name : "buch");
		break;
	case 1:
		p->node_side = arena_printf(m->a, "ng0_%u", n);
		break;
	default:
		p->net_side = arena_printf(m->a, "epair%ua", n);
		p->node_side = arena_printf(m->a, "epair%ub", n);
	}
}

static void
owns(struct maker *m, size_t at, const char *name, const char *address)
{
	struct picture_own *own = vec_push(m->a, &m->p->nodes.v[at].own);

	*own = (struct picture_own){ .name = name };
	*vec_push(m->a, &own->addresses) = address;
}

/* Jails of one range, all the same or, now and then, one that differs. */
static void
range(struct maker *m, size_t group, size_t on, size_t unit)
{
	unsigned jails = 2 + chance(m, 40), odd = chance(m, 3) == 0 ? chance(m, 40) : jails;
	bool six = chance(m, 2) == 0, dhcp = chance(m, 5) == 0, route = chance(m, 2) == 0;

	for (unsigned i = 0; i < jails; i++) {
		size_t n = node(m, PICTURE_JAIL, arena_printf(m->a, "range%zu-%02u", group, i), false, NULL);
		struct picture_port *p = port(m, n, on, NONE, arena_printf(m->a, "epair%zua", unit + i), arena_printf(m->a, "epair%zub", unit + i),
		    dhcp ? NULL : arena_printf(m->a, "10.77.%zu.%u/16", group, i), six ? arena_printf(m->a, "fd00:77:%zu::%x/64", group, i) : NULL);

		m->p->nodes.v[n].group = group;
		p->dhcp = dhcp;
		if (route)
			*vec_push(m->a, &m->p->nodes.v[n].routes) = "default via 10.0.0.1";
		if (i == odd && chance(m, 2) == 0)
			owns(m, n, "wg0", "10.99.0.1/24");
		else if (i == odd)
			p->note = "private";
	}
}

static void
seeded(struct maker *m)
{
	static const unsigned jails_most[] = { 4, 12, 40, 90, 200 };
	unsigned bridges = 1 + chance(m, 6), routers = chance(m, 8), jails = chance(m, jails_most[chance(m, 5)]), unit = 0, n;
	unsigned nics = chance(m, 4), machines = chance(m, 3), host_on = 0;
	size_t host = NONE, *b = NEW_ARRAY(m->a, size_t, bridges), *all = NEW_ARRAY(m->a, size_t, routers + jails + 1), have = 0;

	if (chance(m, 12) == 0)
		bridges += 8;
	b = NEW_ARRAY(m->a, size_t, bridges);
	host_is(m, chance(m, 9) == 0 ? NULL : arena_printf(m->a, "h%u.example.org", chance(m, 100)), chance(m, 5) == 0 ? NULL : "FreeBSD 15.1");
	for (unsigned i = 0; i < bridges; i++) {
		enum picture_net_kind kind = chance(m, 6) == 0 ? PICTURE_NETGRAPH : PICTURE_BRIDGE;

		b[i] = net(m, kind, arena_printf(m->a, "bridge%u", i), chance(m, 10) == 0 ? NONE :
		    subnet(m, chance(m, 8) == 0 ? NULL : arena_printf(m->a, "%s%u", chance(m, 2) ? "dmz" : "storage-backend", i), i % PICTURE_HUES,
		    arena_printf(m->a, "10.%u.0.0/16", i), chance(m, 3) == 0 ? NULL : arena_printf(m->a, "fd00:db8:%x::/64", i)));
		if (kind == PICTURE_NETGRAPH)
			m->p->nets.v[b[i]].note = "netgraph";
		while (chance(m, 6) == 0)
			*vec_push(m->a, &m->p->nets.v[b[i]].subnets) = subnet(m, arena_printf(m->a, "more%u", unit++), chance(m, 9), "172.16.0.0/12", NULL);
	}
	if (chance(m, 4) > 0) {
		host = node(m, PICTURE_HOST, "the-host", chance(m, 2) == 0, chance(m, 2) ? "pf" : NULL);
		for (unsigned i = 0; i < bridges; i++)
			if (chance(m, 3) == 0 || (bridges > 8 && chance(m, 4) > 0)) {
				struct picture_port *p = port(m, host, b[i], NONE, NULL, NULL, NULL, NULL);

				interfaces(m, p, "the-host", unit++);
				pick_addresses(m, p, i, 1);
				host_on++;
			}
	}
	for (unsigned i = 0; i < nics; i++) {
		size_t c = nic(m, arena_printf(m->a, "re%u", i), chance(m, 5) == 0 ? NULL : i == 0 ? "Internet" : "Local network"), parent = c;

		m->p->nics.v[c].nat = chance(m, 8) == 0;
		for (unsigned k = chance(m, 4) == 0 ? 1 + chance(m, 3) : 0; k > 0; k--) {
			c = nic(m, arena_printf(m->a, "vlan%u", 10 * i + k), NULL);
			m->p->nics.v[c].note = chance(m, 2) ? "vlan 10" : NULL;
			*vec_push(m->a, &m->p->nics.v[c].on) = parent;
			port(m, NONE, b[chance(m, bridges)], c, NULL, NULL, NULL, NULL);
		}
		c = parent;
		switch (chance(m, 5)) {
		case 0:
			if (host != NONE) {
				struct picture_port *p = port(m, host, NONE, c, NULL, m->p->nics.v[c].name, NULL, NULL);

				pick_addresses(m, p, 99, 2);
			}
			break;
		case 1:
			break;
		case 2:
			port(m, NONE, b[chance(m, bridges)], c, NULL, NULL, NULL, NULL);
			/* FALLTHROUGH */
		default:
			port(m, NONE, b[chance(m, bridges)], c, NULL, NULL, NULL, NULL);
		}
	}
	for (unsigned i = 0; i < routers + jails; i++) {
		bool router = i < routers;
		const char *name = router ? arena_printf(m->a, "router%u", i) : pick_name(m, i);
		unsigned on = router ? 1 + chance(m, 4) : chance(m, 12) == 0 ? 2 : chance(m, 40) == 0 ? 0 : 1;

		n = (unsigned)node(m, PICTURE_JAIL, name, router, router ? "router jail" : chance(m, 15) == 0 ? "web server" : NULL);
		all[have++] = n;
		if (chance(m, 30) == 0)
			*vec_push(m->a, &m->p->nodes.v[n].tips) = "a <b> & \"c\"\x01 \xff";
		if (chance(m, 3) == 0)
			*vec_push(m->a, &m->p->nodes.v[n].routes) = "default via 10.0.0.1";
		for (unsigned k = 0; k < on; k++) {
			size_t at = b[chance(m, bridges)];
			struct picture_port *p = port(m, n, at, NONE, NULL, NULL, NULL, NULL);

			interfaces(m, p, name, unit++);
			pick_addresses(m, p, at, i + 3);
		}
	}
	for (unsigned i = chance(m, 3) == 0 ? 1 + chance(m, 3) : 0; i > 0 && have > 1; i--) {
		size_t x = chance(m, (uint32_t)have), y = chance(m, (uint32_t)have), w;

		if (x == y)
			continue;
		w = net(m, PICTURE_WIRE, arena_printf(m->a, "cable%u", unit++), chance(m, 2) ? NONE : subnet(m, NULL, chance(m, 8), "10.9.0.0/31", NULL));
		pick_addresses(m, port(m, all[x], w, NONE, NULL, arena_printf(m->a, "epair%ua", unit), NULL, NULL), 9, 0);
		pick_addresses(m, port(m, all[y], w, NONE, NULL, arena_printf(m->a, "epair%ub", unit), NULL, NULL), 9, 1);
	}
	if (bridges > 1 && chance(m, 4) == 0) {
		size_t cable = node(m, PICTURE_CABLE, "join", false, NULL), x = chance(m, bridges);

		port(m, cable, b[x], NONE, "epair9000a", NULL, NULL, NULL);
		port(m, cable, b[(x + 1) % bridges], NONE, "epair9000b", NULL, NULL, NULL);
	}
	for (unsigned i = 0; i < machines; i++) {
		struct picture_port *p;

		n = (unsigned)node(m, PICTURE_MACHINE, arena_printf(m->a, "vm%u", i), chance(m, 3) == 0, chance(m, 2) ? "bhyve" : NULL);
		if (nics > 0 && chance(m, 2) == 0) {
			p = port(m, n, NONE, chance(m, (uint32_t)m->p->nics.n), NULL, NULL, NULL, NULL);
			p->outside = true;
		} else
			p = port(m, n, b[chance(m, bridges)], NONE, arena_printf(m->a, "tap%u", i), NULL, NULL, NULL);
		pick_addresses(m, p, 50, i);
	}
	if (chance(m, 6) == 0)
		port(m, node(m, PICTURE_CLASSIC, "classic", false, NULL), NONE, NONE, NULL, "re0", "192.0.2.5/24", NULL);
	for (size_t i = chance(m, 3) == 0 ? 1 + chance(m, 3) : 0; i > 0; i--)
		range(m, i, b[chance(m, bridges)], 2000 + 100 * i);
	for (size_t i = chance(m, 4) == 0 ? 2 : 0; i > 0; i--)
		owns(m, chance(m, (uint32_t)m->p->nodes.n), chance(m, 2) == 0 ? "wg0" : "lo1", i == 1 ? "10.99.0.1/24" : "fd00:99::1/64");
	(void)host_on;
}

const struct picture *
picture_named(struct arena *a, const char *name)
{
	static const struct { const char *name; void (*make)(struct maker *); } known[] = {
		{ "figure-1", figure_1 }, { "figure-2", figure_2 }, { "figure-3", figure_3 }, { "large", large }, { "everything", everything },
	};
	struct maker m = { .a = a, .p = NEW(a, struct picture) };
	unsigned jails, bridges;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(name, known[i].name) == 0) {
			known[i].make(&m);
			return (m.p);
		}
	if (strcmp(name, "empty") == 0)
		return (m.p);
	if (sscanf(name, "%ux%u", &jails, &bridges) == 2 && bridges > 0) {
		many(&m, jails, bridges);
		return (m.p);
	}
	if (sscanf(name, "%ur%u", &jails, &bridges) == 2 && bridges > 0) {
		mesh(&m, jails, bridges);
		return (m.p);
	}
	if (!isdigit((unsigned char)*name))
		return (NULL);
	m.seed = strtoull(name, NULL, 10) * 2654435761u + 12345;
	chance(&m, 2);
	seeded(&m);
	return (m.p);
}
