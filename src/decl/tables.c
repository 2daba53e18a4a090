/* SPDX-License-Identifier: BSD-2-Clause */
/* The field table: every key of the language, what it takes and what it means. */
#include "decl/tables.h"

#include <string.h>

#include "decl/decl.h"

#define END { .key = NULL }

static const char *const version_words[] = { "1", NULL };
static const char *const no_words[] = { "none", NULL };
static const char *const family_words[] = { "ipv4", "ipv6", NULL };
static const char *const attach_words[] = { "static", "jib", "prestart", NULL };
static const char *const end_words[] = { "a", "b", NULL };
static const char *const lagg_words[] = { "failover", "lacp", "loadbalance", "roundrobin", "broadcast", NULL };
static const char *const proto_words[] = { "tcp", "udp", NULL };
static const char *const option_words[] = { "rxcsum", "-rxcsum", "txcsum", "-txcsum", "rxcsum6", "-rxcsum6", "txcsum6", "-txcsum6",
	"tso", "-tso", "tso4", "-tso4", "tso6", "-tso6", "lro", "-lro", "vlanmtu", "-vlanmtu", "vlanhwtag", "-vlanhwtag", "vlanhwfilter",
	"-vlanhwfilter",
	    "vlanhwcsum", "-vlanhwcsum", "vlanhwtso", "-vlanhwtso", "wol", "-wol", "wol_ucast", "-wol_ucast", "wol_mcast",
	"-wol_mcast", "wol_magic", "-wol_magic", "toe", "-toe", "polling", "-polling", "promisc", "-promisc", NULL };

#define TAG_RANGE .min = 1, .max = 4094
#define MTU_RANGE .min = 576, .max = 16384

/* Rows that several records share; S is the struct that holds them. */
#define DESCRIPTION(S) \
	{ "description", KIND_STR, offsetof(struct S, description), .form = FORM_TEXT, \
	    .doc = "Free text for people, shown in the diagram and the address plan; of an interface also by ifconfig, there " \
	           "with `_` for what rc.conf cannot hold.", \
	    .example = "description: front end" }
#define ADDRESSES \
	{ "addresses", KIND_STRS, offsetof(struct decl_iface, addresses), .form = FORM_IFADDRESS, \
	    .doc = "The interface's addresses. One without a length takes its subnet's; a further one of the same family may be " \
	           "a /32 or /128 alias. `auto` takes the lowest free address of each family of the subnet in which nothing " \
	           "else of it is given (a link-local address is not); `dhcp` (IPv4) and `slaac` (IPv6) leave it to the network.", \
	    .example = "addresses: [192.168.0.11, \"2a01:e34:ec2a:94a0::11\"]" }
#define SUBNETS \
	{ "subnet", KIND_STRS, offsetof(struct decl_iface, subnet), .form = FORM_NAME, \
	    .preset = "that of the bridge or cable, else the subnet that holds the address", \
	    .doc = "The subnet or subnets the interface stands in, where its bridge or cable does not say it.", \
	    .example = "subnet: lan" }
#define IFNAME(what) \
	{ "name", KIND_STR, offsetof(struct decl_iface, name), .form = FORM_IFNAME, .preset = what, \
	    .doc = "What the interface is called on the machine: it is renamed to this. The rest of the file keeps to its key.", \
	    .example = "name: wan0" }
#define MTU \
	{ "mtu", KIND_INT, offsetof(struct decl_iface, mtu), MTU_RANGE, .preset = "the bridge's, else the subnet's, else 1500", \
	    .doc = "The largest packet, in bytes. Both ends of an epair get it, and all that share a bridge should have the " \
	           "same.", \
	    .example = "mtu: 9000" }
#define GROUPS \
	{ "group", KIND_STRS, offsetof(struct decl_iface, group), .form = FORM_GROUP, \
	    .doc = "Interface groups, as `ifconfig group`; pf rules can name them. A group's name does not end in a digit.", \
	    .example = "group: dmz" }
#define MAC \
	{ "mac", KIND_STR, offsetof(struct decl_iface, mac), .form = FORM_MAC, .preset = "`auto`", \
	    .doc = "The MAC address. `auto` derives a lasting one from the names of host, jail and interface; `kernel` leaves " \
	           "it to FreeBSD.", \
	    .example = "mac: 02:00:5e:10:00:01" }
#define OPTIONS \
	{ "options", KIND_WORDS, offsetof(struct decl_iface, options), .words = option_words, \
	    .doc = "Capabilities of the interface to switch on or, with a dash before the word, off, as ifconfig(8) names them.", \
	    .example = "options: [-lro, -tso]" }
#define DEFAULT \
	{ "default", KIND_BOOL, offsetof(struct decl_iface, dflt), .preset = "false", \
	    .doc = "The gateway of this interface's subnet is the default route. Needed only where more than one subnet offers " \
	           "a gateway.", \
	    .example = "default: true" }
#define TUNNEL \
	{ "tunnel", KIND_STRS, offsetof(struct decl_iface, tunnel), FIELD_NONEMPTY | FIELD_PAIR, .form = FORM_ADDRESS, \
	    .doc = "Makes it a tunnel (gif, gre, me, ipsec, vxlan) between two outer addresses: the local one, then the remote " \
	           "one. vxlanN is the network N.", \
	    .example = "tunnel: [192.0.2.1, 198.51.100.1]" }
#define PEER \
	{ "peer", KIND_STRS, offsetof(struct decl_iface, peer), .form = FORM_ADDRESS, \
	    .doc = "The address at the other end, one for each family: of a tunnel as ifconfig takes it, elsewhere by a route to " \
	           "the interface.", \
	    .example = "peer: 10.255.0.2" }
#define VLANS \
	{ "vlans", KIND_MAP, offsetof(struct decl_iface, vlans), FIELD_TAGS, .record = &record_jail_vlan, TAG_RANGE, \
	    .doc = "VLANs on top of this interface: each tag, and the keys of the VLAN's own interface. It is called " \
	           "INTERFACE.TAG and stands on the link BRIDGE/TAG.", \
	    .example = "vlans: {10: {addresses: auto}}" }
#define ATTACH(what) \
	{ "attach", KIND_WORD, offsetof(struct decl_iface, attach), .words = attach_words, .preset = "the jail's", .doc = what, \
	    .example = "attach: prestart" }
#define MEMBER(S) \
	{ "untagged", KIND_INT, offsetof(struct S, untagged), .releases = "15", TAG_RANGE, .preset = "the VLAN of its subnet", \
	    .doc = "On a bridge with `vlan_filtering`: the VLAN that frames without a tag belong to.", \
	    .example = "untagged: 10" }, \
	{ "tagged", KIND_INTS, offsetof(struct S, tagged), .releases = "15", TAG_RANGE, \
	    .preset = "for a NIC all VLANs of the bridge, else none", \
	    .doc = "On a bridge with `vlan_filtering`: the VLANs whose frames pass this member with their tags.", \
	    .example = "tagged: [10, 20]" }, \
	{ "stp", KIND_BOOL, offsetof(struct S, stp), .preset = "false", \
	    .doc = "This member takes part in the bridge's spanning tree, which keeps loops from circling.", \
	    .example = "stp: true" }, \
	{ "private", KIND_BOOL, offsetof(struct S, private_), .preset = "false", \
	    .doc = "This member does not exchange frames with the bridge's other private members.", .example = "private: true" }
#define ROUTER(S) \
	{ "router", KIND_TOGGLE, offsetof(struct S, router), .words = family_words, .preset = "false", \
	    .doc = "It forwards packets between its interfaces: `true` in every family in which it has an address, a list only " \
	           "in those. Nothing forwards that is not told to.", \
	    .example = "router: true" }
#define ROUTES(S) \
	{ "routes", KIND_LIST, offsetof(struct S, routes), .record = &record_route, \
	    .doc = "Static routes besides those that are worked out, or instead of them.", \
	    .example = "routes: [{to: 10.9.0.0/16, via: 10.0.2.9}]" }
#define GATEWAY(S) \
	{ "gateway", KIND_STRS, offsetof(struct S, gateway), .form = FORM_GATEWAY, .preset = "the gateways of its subnets", \
	    .doc = "Where the default route leads, if not where its subnets' gateways say: an address for each family, the name " \
	           "of a node, or `none` for no default route.", \
	    .example = "gateway: 192.168.0.254" }
#define ROUTING(S) \
	{ "routing", KIND_WORD, offsetof(struct S, routing), .words = no_words, .preset = "static routes are worked out", \
	    .doc = "`none`: a daemon on it learns the routes. It gets no worked-out static ones, and proofs assume that it " \
	           "knows them.", \
	    .example = "routing: none" }
#define NAT(S) \
	{ "nat", KIND_TOGGLE, offsetof(struct S, nat), .form = FORM_NAME, .preset = "false", \
	    .doc = "Translates, by pf and for IPv4, what leaves the file's subnets through it. `true` means the interface of " \
	           "its default route; else the exits by name: on the host interfaces, in a jail the bridges or cables it " \
	           "stands on. What stays among the file's subnets is never translated. Needs `router`.", \
	    .example = "nat: true" }
#define RDR(S) \
	{ "rdr", KIND_LIST, offsetof(struct S, rdr), .record = &record_rdr, \
	    .doc = "Ports that arrive at its exit and are redirected, by pf, to a jail or an address. Needs `router`.", \
	    .example = "rdr: [{proto: tcp, port: 80, to: www}]" }
#define NAMESERVERS(S) \
	{ "nameservers", KIND_STRS, offsetof(struct S, nameservers), .form = FORM_ADDRESS, \
	    .doc = "The name servers for its resolv.conf.", .example = "nameservers: [192.168.0.254]" }
#define RC_CONF(S) \
	{ "rc_conf", KIND_PAIRS, offsetof(struct S, rc_conf), .form = FORM_VARIABLE, \
	    .doc = "Further variables for its rc.conf. Values are quoted safely; a variable that vnetc itself writes is an " \
	           "error.", \
	    .example = "rc_conf: {sshd_enable: \"YES\"}" }

static const struct field topology_fields[] = {
	{ "version", KIND_INT, offsetof(struct topology_decl, version), .words = version_words, .min = 0, .max = INT32_MAX,
	    .preset = "1",
	    .doc = "The version of the language. There is only one so far.", .example = "version: 1" },
	{ "include", KIND_STRS, 0, FIELD_APART, .form = FORM_FILE,
	    .doc = "Files that are read first, in order, relative to this one. Mappings join name by name, expectations follow "
	           "each other; a name given twice is an error.",
	    .example = "include: [jails.yaml]" },
	{ "defaults", KIND_RECORD, 0, FIELD_APART, .record = &record_defaults,
	    .doc = "Values for all jails, and for all interfaces of jails, that do not give their own.",
	    .example = "defaults: {jail: {attach: prestart}}" },
	{ "host", KIND_RECORD, offsetof(struct topology_decl, host), .record = &record_host,
	    .doc = "The machine that the jails run on.",
	    .example = "host: {name: beastie, interfaces: {re0: {}}}" },
	{ "subnets", KIND_MAP, offsetof(struct topology_decl, subnets), .form = FORM_NAME, .record = &record_subnet,
	    .doc = "The address space: each subnet's prefixes, gateway and pool.",
	    .example = "subnets: {lan: {prefixes: 192.168.0.0/24}}" },
	{ "bridges", KIND_MAP, offsetof(struct topology_decl, bridges), .form = FORM_IFNAME, .record = &record_bridge,
	    .doc = "The bridges of the host. A bridge whose key is not bridgeN is made with a free unit and renamed to its key.",
	    .example = "bridges: {bridge0: {subnet: lan, members: [re0]}}" },
	{ "epairs", KIND_MAP, offsetof(struct topology_decl, epairs), .form = FORM_IFNAME, .record = &record_cable,
	    .doc = "Cables written out: between two bridges, two jails, or the host and either. Most cables need no entry, an "
	           "interface's `bridge` makes them.",
	    .example = "epairs: {epair9: {a: {bridge: bridge0}, b: {bridge: bridge1}}}" },
	{ "jails", KIND_MAP, offsetof(struct topology_decl, jails), FIELD_RANGES, .form = FORM_JAIL, .record = &record_jail,
	    .doc = "The jails. A name like `web[1-8]` makes eight, `web[01-08]` keeps the zeros; below it `$n` is the number, and "
	           "an address that ends in `+` counts up from the first jail to the last.",
	    .example = "jails: {guest1: {interfaces: [{bridge: bridge0}]}}" },
	{ "machines", KIND_MAP, offsetof(struct topology_decl, machines), .form = FORM_NAME, .record = &record_machine,
	    .doc = "Computers that are there but are not configured by vnetc: virtual machines, the router of the LAN.",
	    .example = "machines: {router: {interfaces: {subnet: lan, addresses: 192.168.0.254}}}" },
	{ "expect", KIND_LIST, offsetof(struct topology_decl, expect), .record = &record_expect,
	    .doc = "What must reach what, and what must not: proven from the file at every check and build.",
	    .example = "expect: [{from: lan, to: backend}]" },
	END,
};
const struct record record_topology = { "the topology", sizeof(struct topology_decl), NULL, topology_fields,
	"One file, one mapping. Every key may be missing.",
	"topology" };

static const struct field defaults_fields[] = {
	{ "jail", KIND_RECORD, 0, FIELD_APART, .record = &record_jail, .doc = "Keys for every jail that does not give its own.",
	    .example = "jail: {attach: prestart}" },
	{ "interface", KIND_RECORD, 0, FIELD_APART, .record = &record_jail_interface,
	    .doc = "Keys for every interface of a jail that does not give its own.", .example = "interface: {mtu: 9000}" },
	END,
};
const struct record record_defaults = { "defaults", 0, NULL, defaults_fields,
	"Values for jails and for jails' interfaces that do not give their own. Mappings (`exec`, `rc_conf`) are completed name "
	"by name; a list replaces, it is not joined. A key that a jail or an interface cannot have beside its own is left out "
	"there.",
	"defaults" };

static const struct field host_fields[] = {
	{ "name", KIND_STR, offsetof(struct decl_host, name), .form = FORM_HOSTNAME,
	    .doc = "The host's name. MAC addresses are derived from it, so that two hosts on one LAN do not clash; needed where a "
	           "bridge has a NIC.",
	    .example = "name: beastie" },
	{ "release", KIND_STR, offsetof(struct decl_host, release), .form = FORM_RELEASE, .preset = "the newest supported release",
	    .doc = "The FreeBSD release that the outputs are written for.", .example = "release: \"15.1\"" },
	{ "interfaces", KIND_MAP, offsetof(struct decl_host, interfaces), .form = FORM_IFNAME, .record = &record_host_interface,
	    .doc = "The host's interfaces by their names. A name made of a cloner's name and a unit (`lo1`, `gif0`, `vlan2`) is "
	           "created, every other is a NIC that exists.",
	    .example = "interfaces: {re0: {}}" },
	GATEWAY(decl_host),
	ROUTER(decl_host),
	NAT(decl_host),
	RDR(decl_host),
	ROUTES(decl_host),
	NAMESERVERS(decl_host),
	ROUTING(decl_host),
	RC_CONF(decl_host),
	DESCRIPTION(decl_host),
	END,
};
const struct record record_host = { "the host", sizeof(struct decl_host), NULL, host_fields,
	"The machine that the jails run on. In the rest of the file it is called `host`, whatever its name.",
	"host" };

static const struct field host_interface_fields[] = {
	ADDRESSES,
	SUBNETS,
	IFNAME("its key"),
	DESCRIPTION(decl_iface),
	{ "mtu", KIND_INT, offsetof(struct decl_iface, mtu), .min = 576, .max = 65535,
	    .preset = "the bridge's, else the subnet's, else the driver's",
	    .doc = "The largest packet in bytes.", .example = "mtu: 9000" },
	GROUPS,
	{ "mac", KIND_STR, offsetof(struct decl_iface, mac), .form = FORM_MAC, .preset = "the NIC's own; of a made one FreeBSD's choice",
	    .doc = "The MAC address. `auto` derives a lasting one from the names of host and interface; `kernel` leaves it to "
	           "FreeBSD.",
	    .example = "mac: 02:00:5e:10:00:01" },
	OPTIONS,
	DEFAULT,
	{ "vlan", KIND_RECORD, offsetof(struct decl_iface, vlan), .record = &record_vlan,
	    .doc = "Makes it a VLAN of another interface.",
	    .example = "vlan: {parent: re0, tag: 10}" },
	{ "lagg", KIND_RECORD, offsetof(struct decl_iface, lagg), .record = &record_lagg,
	    .doc = "Makes it a bundle of other interfaces.",
	    .example = "lagg: {ports: [em0, em1]}" },
	TUNNEL,
	PEER,
	{ "managed", KIND_BOOL, offsetof(struct decl_iface, managed), .preset = "true",
	    .doc = "`false`: another program makes and configures it (mpd5's ng0, hostapd's wlan0). It gets no lines, but may be "
	           "a member of a bridge, an exit of `nat`, or carry the default route.",
	    .example = "managed: false" },
	END,
};
const struct record record_host_interface = { "an interface", sizeof(struct decl_iface), NULL, host_interface_fields,
	"One of the host's interfaces.",
	"host-interface" };

static const struct field vlan_fields[] = {
	{ "parent", KIND_STR, offsetof(struct decl_vlan, parent), FIELD_REQUIRED, .form = FORM_NAME,
	    .doc = "The interface, or the bridge with `vlan_filtering`, that it is a VLAN of.", .example = "parent: re0" },
	{ "tag", KIND_INT, offsetof(struct decl_vlan, tag), FIELD_REQUIRED, TAG_RANGE, .doc = "The VLAN's tag.",
	    .example = "tag: 10" },
	END,
};
const struct record record_vlan = { "a vlan", sizeof(struct decl_vlan), NULL, vlan_fields,
	"What makes a host's interface a VLAN.",
	"vlan" };

static const struct field lagg_fields[] = {
	{ "protocol", KIND_WORD, offsetof(struct decl_lagg, protocol), .words = lagg_words, .preset = "failover",
	    .doc = "How the ports share the work, as lagg(4) names it.", .example = "protocol: lacp" },
	{ "ports", KIND_STRS, offsetof(struct decl_lagg, ports), FIELD_REQUIRED | FIELD_NONEMPTY, .form = FORM_NAME,
	    .doc = "The interfaces that are bundled. They hold no addresses of their own.", .example = "ports: [em0, em1]" },
	END,
};
const struct record record_lagg = { "a lagg", sizeof(struct decl_lagg), NULL, lagg_fields,
	"What makes a host's interface a bundle, lagg(4).",
	"lagg" };

static const struct field subnet_fields[] = {
	{ "prefixes", KIND_STRS, offsetof(struct decl_subnet, prefixes), FIELD_REQUIRED | FIELD_NONEMPTY, .form = FORM_PREFIX,
	    .doc = "Its prefixes, of either family.", .example = "prefixes: [192.168.0.0/24, \"fd00:0:0:1::/64\"]" },
	{ "gateway", KIND_STRS, offsetof(struct decl_subnet, gateway), .form = FORM_GATEWAY,
	    .doc = "Where its default route leads: an address for each family, the name of a node, or `none` for an island, into "
	           "which and out of which nothing is worked out.",
	    .example = "gateway: guest3" },
	{ "pool", KIND_STRS, offsetof(struct decl_subnet, pool), .form = FORM_RANGE, .preset = "the whole prefix",
	    .doc = "Where automatic addresses are taken from: addresses, prefixes, or ranges FIRST-LAST.",
	    .example = "pool: 192.168.0.100-192.168.0.199" },
	{ "reserve", KIND_STRS, offsetof(struct decl_subnet, reserve), .form = FORM_RANGE,
	    .doc = "What automatic addresses keep away from: addresses, prefixes, or ranges FIRST-LAST.",
	    .example = "reserve: 192.168.0.1-192.168.0.9" },
	{ "vlan", KIND_INT, offsetof(struct decl_subnet, vlan), .releases = "15", TAG_RANGE,
	    .doc = "Its tag on bridges with `vlan_filtering`.", .example = "vlan: 10" },
	{ "mtu", KIND_INT, offsetof(struct decl_subnet, mtu), MTU_RANGE, .preset = "1500",
	    .doc = "The largest packet in bytes on its interfaces, where neither they nor their bridge say otherwise.",
	    .example = "mtu: 9000" },
	{ "routed", KIND_BOOL, offsetof(struct decl_subnet, routed), .preset = "false",
	    .doc = "The world beyond the file's gateways has a route to it.", .example = "routed: true" },
	{ "rtadv", KIND_BOOL, offsetof(struct decl_subnet, rtadv), .preset = "true",
	    .doc = "`false`: its gateway does not advertise itself, although interfaces use `slaac`.", .example = "rtadv: false" },
	DESCRIPTION(decl_subnet),
	END,
};
const struct record record_subnet = { "a subnet", sizeof(struct decl_subnet), NULL, subnet_fields,
	"Address space that lies on one link.",
	"subnet" };

static const struct field bridge_fields[] = {
	{ "subnet", KIND_STRS, offsetof(struct decl_bridge, subnet), .form = FORM_NAME,
	    .doc = "The subnet or subnets that lie on the bridge.", .example = "subnet: lan" },
	{ "members", KIND_LIST, offsetof(struct decl_bridge, members), .record = &record_member,
	    .doc = "The host's interfaces that join it, by their keys. `tapN` and `vmN`, which other programs make, need no "
	           "declaration; jails join by their own interfaces and are not listed.",
	    .example = "members: [re0]" },
	{ "addresses", KIND_STRS, offsetof(struct decl_bridge, addresses), .form = FORM_IFADDRESS,
	    .doc = "The host's own addresses on the bridge.", .example = "addresses: [192.168.0.10]" },
	{ "epair", KIND_STR, offsetof(struct decl_bridge, epair), .form = FORM_EPAIR, .preset = "false",
	    .doc = "The host joins by a cable of its own: end a is the member, end b has the addresses. `epairN` fixes the unit.",
	    .example = "epair: true" },
	{ "name", KIND_STR, offsetof(struct decl_bridge, name), .form = FORM_IFNAME, .preset = "its key",
	    .doc = "What the bridge is called on the machine.", .example = "name: socbr0" },
	{ "mac", KIND_STR, offsetof(struct decl_bridge, mac), .form = FORM_MAC, .preset = "`auto`",
	    .doc = "The MAC address. `auto` derives a lasting one; `kernel` leaves it to FreeBSD; `inherit` takes the first "
	           "member's.",
	    .example = "mac: inherit" },
	{ "mtu", KIND_INT, offsetof(struct decl_bridge, mtu), MTU_RANGE, .preset = "the subnet's, else 1500",
	    .doc = "The largest packet in bytes, for the bridge and all that joins it.", .example = "mtu: 9000" },
	{ "stp", KIND_TOGGLE, offsetof(struct decl_bridge, stp), .form = FORM_NAME, .preset = "false",
	    .doc = "Spanning tree: on all members, or on those of a list, by their keys.", .example = "stp: true" },
	{ "private", KIND_TOGGLE, offsetof(struct decl_bridge, private_), FIELD_NAMES, .form = FORM_NAME, .preset = "false",
	    .doc = "Members that do not exchange frames with each other: all of them, or those of a list, by the names of "
	           "interfaces, cables and jails; a range of jails may stand there.",
	    .example = "private: true" },
	{ "vlan_filtering", KIND_BOOL, offsetof(struct decl_bridge, vlan_filtering), .preset = "false", .releases = "15",
	    .doc = "The bridge keeps VLANs apart: interfaces are untagged in their subnet's VLAN, NICs carry all of the bridge's "
	           "VLANs tagged, and the host's own addresses sit on BRIDGE.VLAN.",
	    .example = "vlan_filtering: true" },
	{ "netgraph", KIND_BOOL, offsetof(struct decl_bridge, netgraph), .preset = "false",
	    .doc = "Makes it an ng_bridge(4), whose jails get ng_eiface(4) interfaces instead of epairs.",
	    .example = "netgraph: true" },
	DESCRIPTION(decl_bridge),
	{ "default", KIND_BOOL, offsetof(struct decl_bridge, dflt), .preset = "false",
	    .doc = "The gateway of the bridge's subnet is the host's default route.", .example = "default: true" },
	END,
};
const struct record record_bridge = { "a bridge", sizeof(struct decl_bridge), NULL, bridge_fields,
	"A bridge of the host, if_bridge(4) or ng_bridge(4).",
	"bridge" };

static const struct field member_fields[] = {
	{ "interface", KIND_STR, offsetof(struct decl_member, interface), FIELD_REQUIRED, .form = FORM_NAME,
	    .doc = "The interface of the host, by its key.", .example = "interface: ix1" },
	MEMBER(decl_member),
	END,
};
const struct record record_member = { "a member", sizeof(struct decl_member), "interface", member_fields,
	"A bridge's member: an interface's name, or a mapping where more is to be said of it.",
	"member" };

static const struct field cable_fields[] = {
	{ "a", KIND_RECORD, offsetof(struct decl_cable, a), FIELD_REQUIRED, .record = &record_cable_end,
	    .doc = "The cable's end a.",
	    .example = "a: {bridge: bridge0}" },
	{ "b", KIND_RECORD, offsetof(struct decl_cable, b), FIELD_REQUIRED, .record = &record_cable_end,
	    .doc = "The cable's end b.",
	    .example = "b: {jail: guest3}" },
	{ "subnet", KIND_STRS, offsetof(struct decl_cable, subnet), .form = FORM_NAME,
	    .doc = "The subnet or subnets that lie on a cable between two nodes.", .example = "subnet: transfer" },
	{ "mtu", KIND_INT, offsetof(struct decl_cable, mtu), MTU_RANGE, .preset = "the bridge's, else the subnet's, else 1500",
	    .doc = "The largest packet in bytes, for both ends.", .example = "mtu: 9000" },
	END,
};
const struct record record_cable = { "a cable", sizeof(struct decl_cable), NULL, cable_fields,
	"An epair(4) written out. One whose key is not epairN is made with a free unit and its ends are renamed KEYa and KEYb.",
	"cable" };

static const struct field cable_end_fields[] = {
	{ "bridge", KIND_STR, offsetof(struct decl_iface, bridge), .form = FORM_NAME, .doc = "The end is a member of this bridge.",
	    .example = "bridge: bridge0" },
	{ "jail", KIND_STR, offsetof(struct decl_iface, jail), .form = FORM_NAME, .doc = "The end is in this jail.",
	    .example = "jail: guest3" },
	{ "host", KIND_BOOL, offsetof(struct decl_iface, host), .doc = "`true`: the end is the host's own.",
	    .example = "host: true" },
	ADDRESSES,
	SUBNETS,
	IFNAME("the cable's key and `a` or `b`"),
	DESCRIPTION(decl_iface),
	MTU,
	GROUPS,
	MAC,
	OPTIONS,
	DEFAULT,
	PEER,
	VLANS,
	ATTACH("How the cable comes to the jail of this end: `static`, or `prestart` where the other end is not in a jail."),
	MEMBER(decl_iface),
	END,
};
const struct record record_cable_end = { "an end", sizeof(struct decl_iface), NULL, cable_end_fields,
	"Where one end of a cable is: on a bridge, in a jail, or with the host; and the keys of an interface.",
	"cable-end" };

static const struct field jail_interface_fields[] = {
	{ "bridge", KIND_STR, offsetof(struct decl_iface, bridge), .form = FORM_NAME,
	    .doc = "The bridge it stands on. An epair is made: end a joins the bridge, end b enters the jail.",
	    .example = "bridge: bridge0" },
	{ "interface", KIND_STR, offsetof(struct decl_iface, interface), .form = FORM_NAME,
	    .doc = "An interface of the host that is given to the jail whole. One like `wg0` that the host does not have is made "
	           "in the jail.",
	    .example = "interface: igb1" },
	{ "epair", KIND_STR, offsetof(struct decl_iface, epair), .form = FORM_EPAIR,
	    .doc = "Alone: a cable of `epairs`, whose place in the list this fixes. Beside `bridge`: the unit of the epair that "
	           "is made.",
	    .example = "epair: epair17" },
	{ "end", KIND_WORD, offsetof(struct decl_iface, end), .form = FORM_END, .words = end_words, .preset = "b",
	    .doc = "The end of the epair that enters the jail.", .example = "end: a" },
	ADDRESSES,
	SUBNETS,
	IFNAME("the end of the epair"),
	DESCRIPTION(decl_iface),
	MTU,
	GROUPS,
	MAC,
	OPTIONS,
	DEFAULT,
	TUNNEL,
	PEER,
	VLANS,
	ATTACH("How this interface comes to the jail, where it differs from the jail's `attach`."),
	MEMBER(decl_iface),
	END,
};
const struct record record_jail_interface = { "an interface", sizeof(struct decl_iface), NULL, jail_interface_fields,
	"One of a jail's interfaces: by `bridge`, `interface` or `epair`.",
	"jail-interface" };

static const struct field jail_vlan_fields[] = {
	ADDRESSES,
	SUBNETS,
	IFNAME("INTERFACE.TAG"),
	DESCRIPTION(decl_iface),
	MTU,
	GROUPS,
	DEFAULT,
	END,
};
const struct record record_jail_vlan = { "a vlan", sizeof(struct decl_iface), NULL, jail_vlan_fields,
	"A VLAN on a jail's interface. It stands on the link BRIDGE/TAG.",
	"jail-vlan" };

static const struct field jail_fields[] = {
	{ "interfaces", KIND_LIST, offsetof(struct decl_jail, interfaces), .record = &record_jail_interface,
	    .doc = "Its interfaces, in order.",
	    .example = "interfaces: [{bridge: bridge0, addresses: auto}]" },
	ROUTER(decl_jail),
	GATEWAY(decl_jail),
	ROUTES(decl_jail),
	ROUTING(decl_jail),
	NAT(decl_jail),
	RDR(decl_jail),
	{ "attach", KIND_WORD, offsetof(struct decl_jail, attach), .words = attach_words, .preset = "static",
	    .doc = "How its interfaces come about. `static`: at boot, from rc.conf, handed back when the jail stops. `prestart`: "
	           "by ifconfig commands when the jail starts, destroyed when it stops. `jib`: the same, by the script in "
	           "/usr/share/examples/jails. A cable between two jails is always static, and jib makes none.",
	    .example = "attach: prestart" },
	{ "start_after", KIND_STRS, offsetof(struct decl_jail, start_after), FIELD_NAMES, .form = FORM_JAIL,
	    .doc = "Jails that start before it, besides the one that its default route leads through.",
	    .example = "start_after: [db]" },
	{ "hostname", KIND_STR, offsetof(struct decl_jail, hostname), .form = FORM_HOSTNAME, .preset = "the jail's name",
	    .doc = "The host name inside.", .example = "hostname: www.example.org" },
	{ "devfs_ruleset", KIND_INT, offsetof(struct decl_jail, devfs_ruleset), .min = 0, .max = 65535,
	    .preset = "4, or one that vnetc writes where the jail needs bpf or pf",
	    .doc = "The devfs(8) rule set of its /dev.", .example = "devfs_ruleset: 5" },
	{ "parameters", KIND_PAIRS, offsetof(struct decl_jail, parameters), FIELD_PAIR_LIST, .form = FORM_PARAMETER,
	    .doc = "Further jail(8) parameters: a mapping, or a list of NAME or NAME=VALUE. What vnetc itself writes is an error, but "
	        "for path, where the jail's root is not /usr/jails/NAME.",
	    .example = "parameters: [allow.raw_sockets]" },
	{ "exec", KIND_RECORD, offsetof(struct decl_jail, exec), .record = &record_exec,
	    .doc = "An administrator's own commands around its start and stop.",
	    .example = "exec: {prestart: [/usr/local/sbin/hook]}" },
	NAMESERVERS(decl_jail),
	RC_CONF(decl_jail),
	DESCRIPTION(decl_jail),
	{ "vnet", KIND_BOOL, offsetof(struct decl_jail, vnet), .preset = "true",
	    .doc = "`false`: a classic jail, which shares the host's network stack by the addresses of `ip`.",
	    .example = "vnet: false" },
	{ "ip", KIND_STRS, offsetof(struct decl_jail, ip), FIELD_NONEMPTY, .form = FORM_CLASSIC_IP,
	    .doc = "A classic jail's addresses, INTERFACE|ADDRESS.", .example = "ip: [\"re0|192.168.0.17\"]" },
	{ "fib", KIND_INT, offsetof(struct decl_jail, fib), .min = 0, .max = 65534, .preset = "0",
	    .doc = "A classic jail's routing table.",
	    .example = "fib: 1" },
	END,
};
const struct record record_jail = { "a jail", sizeof(struct decl_jail), NULL, jail_fields,
	"A jail with a network stack of its own, unless `vnet: false`.",
	"jail" };

static const struct field exec_fields[] = {
	{ "prestart", KIND_STRS, offsetof(struct decl_exec, prestart), .form = FORM_COMMAND,
	    .doc = "Commands on the host before the jail is made, after vnetc's own.",
	    .example = "prestart: [/usr/local/sbin/hook up]" },
	{ "poststart", KIND_STRS, offsetof(struct decl_exec, poststart), .form = FORM_COMMAND,
	    .doc = "Commands on the host after the jail has started, after vnetc's own.",
	    .example = "poststart: [/usr/local/sbin/hook started]" },
	{ "prestop", KIND_STRS, offsetof(struct decl_exec, prestop), .form = FORM_COMMAND,
	    .doc = "Commands on the host before the jail stops, before vnetc's own.",
	    .example = "prestop: [/usr/local/sbin/hook stopping]" },
	{ "poststop", KIND_STRS, offsetof(struct decl_exec, poststop), .form = FORM_COMMAND,
	    .doc = "Commands on the host after the jail is gone, before vnetc's own.",
	    .example = "poststop: [/usr/local/sbin/hook down]" },
	END,
};
const struct record record_exec = { "exec", sizeof(struct decl_exec), NULL, exec_fields,
	"Commands of an administrator around a jail's start and stop, numbered together with vnetc's own.",
	"exec" };

static const struct field machine_fields[] = {
	{ "interfaces", KIND_LIST, offsetof(struct decl_machine, interfaces), .record = &record_machine_interface,
	    .doc = "Where it is: on a bridge by its tap, or in a subnet beyond a NIC.",
	    .example = "interfaces: {bridge: bridge0, tap: tap0, addresses: 10.0.2.9}" },
	ROUTER(decl_machine),
	ROUTES(decl_machine),
	DESCRIPTION(decl_machine),
	END,
};
const struct record record_machine = { "a machine", sizeof(struct decl_machine), NULL, machine_fields,
	"A computer that is there but not configured by vnetc. It may be a gateway, a next hop, or an end of an expectation, and "
	"it is drawn.",
	"machine" };

static const struct field machine_interface_fields[] = {
	{ "bridge", KIND_STR, offsetof(struct decl_iface, bridge), .form = FORM_NAME,
	    .doc = "The bridge it is on, by a tap of the host.",
	    .example = "bridge: bridge0" },
	{ "tap", KIND_STR, offsetof(struct decl_iface, tap), .form = FORM_IFNAME,
	    .doc = "The tap that another program makes for it; a member of its bridge by that alone.", .example = "tap: tap0" },
	{ "subnet", KIND_STRS, offsetof(struct decl_iface, subnet), .form = FORM_NAME,
	    .doc = "The subnet it is in, beyond a NIC of the host.",
	    .example = "subnet: lan" },
	ADDRESSES,
	END,
};
const struct record record_machine_interface = { "an interface", sizeof(struct decl_iface), NULL, machine_interface_fields,
	"One of a machine's interfaces: by `bridge` or `subnet`.",
	"machine-interface" };

static const struct field route_fields[] = {
	{ "to", KIND_STR, offsetof(struct decl_route, to), FIELD_REQUIRED, .form = FORM_PREFIX, .doc = "The destination.",
	    .example = "to: 10.9.0.0/16" },
	{ "via", KIND_STR, offsetof(struct decl_route, via), FIELD_REQUIRED, .form = FORM_VIA,
	    .doc = "The next hop: an address or the name of a node; `reject` or `blackhole` to drop what goes there; `none` to "
	           "take away a route that would be worked out.",
	    .example = "via: 10.0.2.9" },
	END,
};
const struct record record_route = { "a route", sizeof(struct decl_route), NULL, route_fields,
	"A static route.",
	"route" };

static const struct field rdr_fields[] = {
	{ "proto", KIND_WORD, offsetof(struct decl_rdr, proto), FIELD_REQUIRED, .words = proto_words, .doc = "The protocol.",
	    .example = "proto: tcp" },
	{ "port", KIND_INT, offsetof(struct decl_rdr, port), FIELD_REQUIRED, .min = 1, .max = 65535,
	    .doc = "The port that is redirected.",
	    .example = "port: 80" },
	{ "to", KIND_STR, offsetof(struct decl_rdr, to), FIELD_REQUIRED, .form = FORM_TARGET,
	    .doc = "The jail or address it goes to.", .example = "to: www" },
	{ "port_to", KIND_INT, offsetof(struct decl_rdr, port_to), .min = 1, .max = 65535, .preset = "the same port",
	    .doc = "The port it goes to.",
	    .example = "port_to: 8080" },
	END,
};
const struct record record_rdr = { "a redirection", sizeof(struct decl_rdr), NULL, rdr_fields,
	"A port that arrives at the exit and is redirected inwards.",
	"rdr" };

static const struct field expect_fields[] = {
	{ "from", KIND_STRS, offsetof(struct decl_expect, from), FIELD_REQUIRED | FIELD_NONEMPTY | FIELD_NAMES, .form = FORM_END,
	    .doc = "The senders: jails, machines, `host`, subnets, addresses, `outside`.", .example = "from: guest4" },
	{ "to", KIND_STRS, offsetof(struct decl_expect, to), FIELD_REQUIRED | FIELD_NONEMPTY | FIELD_NAMES, .form = FORM_END,
	    .doc = "The receivers, likewise.", .example = "to: outside" },
	{ "path", KIND_STRS, offsetof(struct decl_expect, path), FIELD_NAMES, .form = FORM_NAME, .preset = "any way",
	    .doc = "The exact list of routers passed; `[]` means the same link.", .example = "path: [guest3]" },
	{ "reach", KIND_BOOL, offsetof(struct decl_expect, reach), .preset = "true",
	    .doc = "Whether they reach each other: there and back, in each family that both have.", .example = "reach: false" },
	{ "family", KIND_WORD, offsetof(struct decl_expect, family), .words = family_words,
	    .preset = "each family that both ends have",
	    .doc = "Only this family.", .example = "family: ipv6" },
	END,
};
const struct record record_expect = { "an expectation", sizeof(struct decl_expect), NULL, expect_fields,
	"What must hold of the network. It is proven from the routes, bridges and translations of the file; firewalls do not "
	"count.",
	"expect" };

const struct record *const records[] = { &record_topology, &record_defaults, &record_host, &record_host_interface, &record_vlan,
	&record_lagg, &record_subnet, &record_bridge, &record_member, &record_cable, &record_cable_end, &record_jail,
	&record_jail_interface, &record_jail_vlan,
	&record_exec, &record_machine, &record_machine_interface, &record_route, &record_rdr, &record_expect, NULL };

const struct field *
field_find(const struct record *record, const char *key)
{
	for (const struct field *f = record->field; f->key != NULL; f++)
		if (f->key[0] == key[0] && strcmp(f->key, key) == 0)
			return (f);
	return (NULL);
}
