/* SPDX-License-Identifier: BSD-2-Clause */
/* The rules' names, severities and texts. */
#include <stddef.h>
#include <string.h>

#include "rules/rules.h"

/* YAML */
const struct rule rule_not_utf8 = {
	.name = "not-utf8",
	.severity = SEV_ERROR,
	.summary = "a byte sequence that is not UTF-8 (UTF-16/32 too; a UTF-8 BOM is skipped)",
};
const struct rule rule_control_character = {
	.name = "control-character",
	.severity = SEV_ERROR,
	.summary = "C0 but tab/LF/CR, DEL, C1, U+2028/9, bidi controls U+202A–E, U+2066–9, in the text or by escape (\"\\e\", \"\\0\")",
};
const struct rule rule_yaml_syntax = {
	.name = "yaml-syntax",
	.severity = SEV_ERROR,
	.summary = "libyaml's scanner or parser stops",
};
const struct rule rule_tab_indentation = {
	.name = "tab-indentation",
	.severity = SEV_ERROR,
	.summary = "a tab in the indentation of a block line",
};
const struct rule rule_second_document = {
	.name = "second-document",
	.severity = SEV_ERROR,
	.summary = "--- or ... followed by another document",
};
const struct rule rule_empty_topology = {
	.name = "empty-topology",
	.severity = SEV_ERROR,
	.summary = "no document, null, or none of host, bridges, epairs, jails, machines after includes",
};
const struct rule rule_nesting_too_deep = {
	.name = "nesting-too-deep",
	.severity = SEV_ERROR,
	.summary = "depth over 32 (collections), or includes over 16 deep",
};
const struct rule rule_expansion_too_large = {
	.name = "expansion-too-large",
	.severity = SEV_ERROR,
	.summary = "nodes after aliases and merges exceed 20 × the nodes written + 10 000; a file over 16 MiB; a scalar over 64 KiB; more than 16 384 jails after ranges",
};
const struct rule rule_bad_alias = {
	.name = "bad-alias",
	.severity = SEV_ERROR,
	.summary = "*NAME without an earlier &NAME, or inside its own anchor's node, by << too",
};
const struct rule rule_unknown_tag = {
	.name = "unknown-tag",
	.severity = SEV_ERROR,
	.summary = "any tag but the core ones (!!str !!int !!bool !!null !!map !!seq !!float), or a core tag that does not fit the kind",
};
const struct rule rule_duplicate_key = {
	.name = "duplicate-key",
	.severity = SEV_ERROR,
	.summary = "one key twice in a mapping (compared as text; a merged key may be overridden)",
};

/* Keys and values */
const struct rule rule_not_built_yet = {
	.name = "not-built-yet",
	.severity = SEV_ERROR,
	.summary = "a key of the language whose meaning this version does not build",
};
const struct rule rule_unknown_key = {
	.name = "unknown-key",
	.severity = SEV_ERROR,
	.summary = "key not in the table of this mapping; attach, devfs_ruleset … directly under defaults; attach on a bridge",
};
const struct rule rule_missing_key = {
	.name = "missing-key",
	.severity = SEV_ERROR,
	.summary = "a required key is absent (vlan without tag or parent, lagg without ports, routes item without to or via, rdr item without proto, port or to, expect without from or to, a subnet without prefixes, a cable without a or b, a cable end or jail or machine interface that says none of its kinds, a classic jail without ip, peer without tunnel on a gif)",
};
const struct rule rule_wrong_type = {
	.name = "wrong-type",
	.severity = SEV_ERROR,
	.summary = "a list, mapping or scalar where another is demanded; a key that is no scalar; << of no mapping or list of mappings; defaults with keys other than jail and interface gets unknown-key instead. Decided: one scalar (or, for interfaces and members, one mapping) stands for a list of one",
};
const struct rule rule_empty_value = {
	.name = "empty-value",
	.severity = SEV_ERROR,
	.summary = "nothing, ~ or null (quoted, they are text) for a scalar key, for a list, or for a mapping that has a required key (vlan:, lagg:, a subnet, a cable, an item of routes, rdr, expect); [] for prefixes, ports, ip. Decided: a mapping without required keys may be empty (re0:, bridge1:, host:, a jail, jails:); path: [] means the same link",
};
const struct rule rule_unknown_word = {
	.name = "unknown-word",
	.severity = SEV_ERROR,
	.summary = "a word outside the key's list (attach: jibb, attach: jng, options, router families, lagg protocol, proto, group). Decided: booleans are exactly true and false: yes/no/on/off/True/TRUE are refused where a boolean is demanded (as text, a name, they are fine)",
};
const struct rule rule_bad_number = {
	.name = "bad-number",
	.severity = SEV_ERROR,
	.summary = "not plain decimal without sign, leading zero, _, base prefix, point or exponent",
};
const struct rule rule_number_out_of_range = {
	.name = "number-out-of-range",
	.severity = SEV_ERROR,
	.summary = "tag not 1–4094 (vlan, vlans, tagged, untagged, a subnet's vlan), mtu not 576–16384 (bridge, epair; a NIC's own limit is not known), devfs_ruleset not 0–65535, fib not 0–65534, port not 1–65535",
};
const struct rule rule_conflicting_keys = {
	.name = "conflicting-keys",
	.severity = SEV_ERROR,
	.summary = "bridge with interface; interface with epair (decided: epair beside bridge only fixes the unit); end without bridge; two kinds in a cable end (bridge, jail, host); two of vlan, lagg, tunnel on one interface; managed: false with addresses, vlan, lagg, tunnel, mac, mtu; a node's gateway: none with default: true; vnet: false with interfaces, router, nat, rdr, gateway, routes, routing, attach; ip or fib on a vnet jail; path with reach: false; tap and subnet in a machine's interface; a key that a cable's end and the jail's item both give",
};
const struct rule rule_unknown_version = {
	.name = "unknown-version",
	.severity = SEV_ERROR,
	.summary = "version is not 1",
};
const struct rule rule_bad_mac = {
	.name = "bad-mac",
	.severity = SEV_ERROR,
	.summary = "not auto, kernel, on a bridge inherit, or six pairs of hex digits with :; all zero; lowest bit of the first byte set",
};
const struct rule rule_bad_hostname = {
	.name = "bad-hostname",
	.severity = SEV_ERROR,
	.summary = "a label not [A-Za-z0-9-]{1,63}, a dash at its edge, over 255",
};

/* Names */
const struct rule rule_bad_name = {
	.name = "bad-name",
	.severity = SEV_ERROR,
	.summary = "a jail not [A-Za-z0-9][A-Za-z0-9_-]* (1–63); an interface, bridge, cable or name not [A-Za-z][A-Za-z0-9_.-]*; a bridge that gets an autobridge line (tap, vm or managed member) not [A-Za-z0-9_]+; an ng_bridge or a jail on it with .; a subnet or machine not [A-Za-z0-9][A-Za-z0-9_.-]*; a group that ends in a digit or is over 15; an rc_conf variable not [A-Za-z_][A-Za-z0-9_]*",
};
const struct rule rule_interface_name_too_long = {
	.name = "interface-name-too-long",
	.severity = SEV_ERROR,
	.summary = "over 15 bytes: bridge, rename, vlan as PARENT.TAG, with the name vnetc would make",
};
const struct rule rule_reserved_name = {
	.name = "reserved-name",
	.severity = SEV_ERROR,
	.summary = "jail, machine, subnet: host, outside, none, auto, dhcp, slaac; jail: basejail, newjail, fulljail, flavours, ezjailtemp, ezjail_archives, a name ending .norun; interface, bridge, cable or name: lo0, a word that rc takes out of ifconfig_X values (dhcp noauto syncdhcp nosyncdhcp wpa hostap vnet, any case), DEFAULT, a group word of ifconfig (all, epair, bridge, vlan, lo)",
};
const struct rule rule_numeric_jail_name = {
	.name = "numeric-jail-name",
	.severity = SEV_ERROR,
	.summary = "a jail's name is digits only",
};
const struct rule rule_jib_jail_name = {
	.name = "jib-jail-name",
	.severity = SEV_ERROR,
	.summary = "a jib interface, or netgraph's ngN_NAME, and the jail's name after ezjail's mapping over 11 bytes (10 from the 11th such interface). Decided: web-1 is passed as web_1, so a dash is no fault",
};
const struct rule rule_variable_name_clash = {
	.name = "variable-name-clash",
	.severity = SEV_ERROR,
	.summary = "two interfaces of one vnet, two jails, or two route names equal after the mapping (interfaces: . - / + → _; jails: every non-alphanumeric → _)",
};
const struct rule rule_name_taken = {
	.name = "name-taken",
	.severity = SEV_ERROR,
	.summary = "two things of one network stack want one last name (NIC, bridge, made epair end, cable ends KEYa and KEYb, name, eNa_X, ngN_X, a unit that a bridge or cable reserves); a jail, machine and subnet of one name; a jail inside a range and one beside it, or in two ranges",
};
const struct rule rule_bad_name_range = {
	.name = "bad-name-range",
	.severity = SEV_ERROR,
	.summary = "[A-B] with A > B, A and B of unlike width when A begins with 0 ([01-8]), no numbers, text after ], a second range, over 1000. Decided: [01-08] is right and keeps the zeros; [1-08] is wrong",
};
const struct rule rule_number_without_range = {
	.name = "number-without-range",
	.severity = SEV_WARNING,
	.summary = "$n or ${n}, or an address ending +, in a jail whose name has no range ($$ is a dollar there too)",
};
const struct rule rule_unknown_name = {
	.name = "unknown-name",
	.severity = SEV_ERROR,
	.summary = "a reference to nothing: bridge, subnet, jail or machine (gateway, via, start_after, path, rdr to, a cable's jail), epair, interface by its **key** (member but tapN, vmN; vlan parent, lagg port, tagged member's interface, classic ip, nat exit; a jail's interface unless its name is cloner + unit, which is made in the jail), end of an expectation. A name that is only somebody's name: help says the key",
};
const struct rule rule_machine_kind = {
	.name = "machine-kind",
	.severity = SEV_ERROR,
	.summary = "a machine's interface with neither bridge nor subnet; tap without bridge; a tap that is in two machines; subnet of a subnet on no link with a NIC; nat, attach, rc_conf … get unknown-key",
};

/* Addresses */
const struct rule rule_bad_address = {
	.name = "bad-address",
	.severity = SEV_ERROR,
	.summary = "not IPv4 of four decimal numbers without leading zeros, nor RFC 4291 IPv6; a zone outside gateway/via; a word that is none of the key's (dchp)",
};
const struct rule rule_bad_prefix = {
	.name = "bad-prefix",
	.severity = SEV_ERROR,
	.summary = "a prefix without length, length over 32/128, or not an address",
};
const struct rule rule_prefix_host_bits = {
	.name = "prefix-host-bits",
	.severity = SEV_ERROR,
	.summary = "bits right of the length are set (prefixes, pool, routes' to)",
};
const struct rule rule_prefix_overlap = {
	.name = "prefix-overlap",
	.severity = SEV_ERROR,
	.summary = "two prefixes of different subnets (nameless ones, /32 and /128 aliases excepted), or of one, share addresses and lie on different links or are declared twice",
};
const struct rule rule_unusable_address = {
	.name = "unusable-address",
	.severity = SEV_ERROR,
	.summary = "address or subnet prefix: unspecified or /0, loopback, multicast, 240/4, 255.255.255.255, v4-mapped; link-local as a prefix",
};
const struct rule rule_address_outside_subnet = {
	.name = "address-outside-subnet",
	.severity = SEV_ERROR,
	.summary = "an address without length in none, or with a length only in prefixes of other links' subnets; where subnets are named (interface, bridge, cable) an address in none of them unless it is a further one with /32 or /128; link-local IPv6 is exempt. Decided: on a link without subnets an address with a length makes a nameless one and is right",
};
const struct rule rule_address_length_mismatch = {
	.name = "address-length-mismatch",
	.severity = SEV_ERROR,
	.summary = "a written length differs from the subnet's, unless it is a further address of that family on the interface with /32 or /128",
};
const struct rule rule_address_without_length = {
	.name = "address-without-length",
	.severity = SEV_ERROR,
	.summary = "no length and no subnet to take it from",
};
const struct rule rule_duplicate_address = {
	.name = "duplicate-address",
	.severity = SEV_ERROR,
	.summary = "one address at two places of one subnet, or twice on an interface (a literal reserve is none)",
};
const struct rule rule_edge_address = {
	.name = "edge-address",
	.severity = SEV_ERROR,
	.summary = "IPv4 host part all zero or all one in /1–/30 (addresses, gateways, via; not a /32 alias beside a longer prefix)",
};
const struct rule rule_subnet_router_anycast = {
	.name = "subnet-router-anycast",
	.severity = SEV_WARNING,
	.summary = "IPv6 interface identifier 0, length under 127",
};
const struct rule rule_pool_outside_subnet = {
	.name = "pool-outside-subnet",
	.severity = SEV_ERROR,
	.summary = "a part of pool or reserve lies in no prefix of its subnet. Decided: both are lists of ADDRESS, FIRST-LAST or PREFIX",
};
const struct rule rule_pool_exhausted = {
	.name = "pool-exhausted",
	.severity = SEV_ERROR,
	.summary = "auto finds none free, per family",
};
const struct rule rule_auto_without_subnet = {
	.name = "auto-without-subnet",
	.severity = SEV_ERROR,
	.summary = "auto on an interface with no subnet; on a bridge with two or more that share a family when the interface has no subnet; on an interface where every family is given already (beside dhcp without an IPv6 prefix, beside slaac without an IPv4 one)",
};
const struct rule rule_same_subnet_twice = {
	.name = "same-subnet-twice",
	.severity = SEV_WARNING,
	.summary = "a node has two interfaces that stand in one subnet, or two without address on one bridge (not one with only /32 or /128 aliases)",
};
const struct rule rule_address_on_bridge_member = {
	.name = "address-on-bridge-member",
	.severity = SEV_WARNING,
	.error_from = 15,
	.summary = "address, auto, dhcp or slaac on a bridge's member: NIC, vlan, lagg, a cable's end bridge, vnet: false jail's ip by it. Netgraph bridges excepted: there the address belongs on the NIC",
};
const struct rule rule_slaac_prefix_length = {
	.name = "slaac-prefix-length",
	.severity = SEV_WARNING,
	.summary = "slaac on a subnet whose IPv6 prefix is not /64 or which has none",
};
const struct rule rule_bad_classic_ip = {
	.name = "bad-classic-ip",
	.severity = SEV_ERROR,
	.summary = "an ip item that is not IFACE|ADDRESS",
};
const struct rule rule_dhcp_without_server = {
	.name = "dhcp-without-server",
	.severity = SEV_WARNING,
	.summary = "dhcp (slaac) on a link with no NIC, tap, managed interface or machine (slaac: nor a router of the file with rtadv)",
};

/* Links, bridges, VLANs */
const struct rule rule_member_in_two_bridges = {
	.name = "member-in-two-bridges",
	.severity = SEV_ERROR,
	.summary = "an interface is member of two bridges, or twice of one",
};
const struct rule rule_unbridgeable_member = {
	.name = "unbridgeable-member",
	.severity = SEV_ERROR,
	.summary = "a member that is a bridge, a vlan on a bridge, managed with a name of these kinds, or by its key tunN wgN loN pppN greN stfN ipsecN pflogN enc0 ngN",
};
const struct rule rule_wifi_member = {
	.name = "wifi-member",
	.severity = SEV_WARNING,
	.summary = "wlanN as member, unless managed: false (hostapd's) or wlanmode hostap in rc_conf",
};
const struct rule rule_lagg_port_in_use = {
	.name = "lagg-port-in-use",
	.severity = SEV_ERROR,
	.summary = "a lagg's port has addresses, is a bridge's member, another lagg's port, a vlan's parent, or given to a jail",
};
const struct rule rule_private_not_member = {
	.name = "private-not-member",
	.severity = SEV_ERROR,
	.summary = "private names what is not attached to this bridge",
};
const struct rule rule_interface_not_free = {
	.name = "interface-not-free",
	.severity = SEV_ERROR,
	.summary = "interface: X while X is a bridge, an epair's end, a member, a vlan's parent, a lagg's port, managed, holds host addresses, is the host's nat or rdr exit, or another jail has it",
};
const struct rule rule_cable_to_itself = {
	.name = "cable-to-itself",
	.severity = SEV_ERROR,
	.summary = "both ends in one bridge, one jail, or both the host",
};
const struct rule rule_cable_end_mismatch = {
	.name = "cable-end-mismatch",
	.severity = SEV_ERROR,
	.summary = "a jail's item epair: X alone and no end of X says that jail, or both ends, or two items claim one end. Decided: the end jail: NAME is enough by itself; the item may give keys that the end does not (the same key twice: conflicting-keys)",
};
const struct rule rule_bad_epair_unit = {
	.name = "bad-epair-unit",
	.severity = SEV_ERROR,
	.summary = "not epairN, N with leading zero or over 32767",
};
const struct rule rule_duplicate_epair_unit = {
	.name = "duplicate-epair-unit",
	.severity = SEV_ERROR,
	.summary = "a unit fixed twice, or a cable's epairN taken by a fixed one",
};
const struct rule rule_bridge_loop = {
	.name = "bridge-loop",
	.severity = SEV_ERROR,
	.summary = "cables and member NICs give a cycle of bridges (a bridge joined to itself, two cables between two bridges) and not every joined member has stp (true on its bridge, its name in the list, or stp on the member)",
};
const struct rule rule_two_uplinks = {
	.name = "two-uplinks",
	.severity = SEV_WARNING,
	.summary = "two or more NICs (no vlan, tap, lagg, managed wlan) in one bridge without stp on all but one of them",
};
const struct rule rule_subnet_on_two_bridges = {
	.name = "subnet-on-two-bridges",
	.severity = SEV_ERROR,
	.summary = "a subnet on two links (bridges, cables, host or jail interfaces by subnet, or by an address in it) that no cable joins; BRIDGE/TAG of vlans and of a filtering bridge are links of their own; a machine's subnet: NAME is none",
};
const struct rule rule_lonely_bridge = {
	.name = "lonely-bridge",
	.severity = SEV_WARNING,
	.summary = "fewer than two of: members (tap and vm ones too), jail ends, machines, cable ends, host addresses or epair, VLANs on it. Silent for a bridge with a NIC and no jail in a file that has none (guests of bhyve come later)",
};
const struct rule rule_unused_epair = {
	.name = "unused-epair",
	.severity = SEV_WARNING,
	.summary = "a cable end in a bridge with nothing else, or in a host or jail without address, dhcp, slaac or vlans. Silent where the jail has exec hooks",
};
const struct rule rule_vlan_name_mismatch = {
	.name = "vlan-name-mismatch",
	.severity = SEV_WARNING,
	.summary = "a key or name PARENT.N whose tag is another, or PARENT neither key nor name of its parent (eth1.10 on igb1 called eth1 is right)",
};
const struct rule rule_duplicate_vlan_tag = {
	.name = "duplicate-vlan-tag",
	.severity = SEV_ERROR,
	.summary = "one tag twice on one parent (also vlans of a jail interface)",
};
const struct rule rule_vlan_parent_is_member = {
	.name = "vlan-parent-is-member",
	.severity = SEV_WARNING,
	.error_upto = 14,
	.summary = "a NIC is a bridge member and parent of a vlan that anything uses",
};
const struct rule rule_needs_freebsd_15 = {
	.name = "needs-freebsd-15",
	.severity = SEV_WARNING,
	.error_upto = 14,
	.summary = "vlan_filtering: true; untagged, tagged; a vlan whose parent is a bridge",
};
const struct rule rule_uplink_offload = {
	.name = "uplink-offload",
	.severity = SEV_OFF,
	.summary = "a NIC is a member (or parent of a member vlan) without -lro -tso -txcsum (-vlanhwtag -vlanhwfilter)",
};
const struct rule rule_netgraph_key = {
	.name = "netgraph-key",
	.severity = SEV_ERROR,
	.summary = "on a bridge with netgraph: true: stp, private, vlan_filtering, epair, mac, untagged/tagged/stp/private of a member; vlan with it as parent; a tapN, vmN or second NIC among its members; addresses without a NIC; a cable's end on it; a NIC that is also in an if_bridge",
};
const struct rule rule_vlan_key_without_filtering = {
	.name = "vlan-key-without-filtering",
	.severity = SEV_ERROR,
	.summary = "untagged or tagged on an interface of, or a vlan (subnet) on, a bridge without vlan_filtering; vlan_filtering where two untagged subnets of one link have no vlan",
};
const struct rule rule_cloner_name = {
	.name = "cloner-name",
	.severity = SEV_WARNING,
	.summary = "a key under host.interfaces that is cloner + unit with neither kind key, addresses nor use (gif0: without tunnel, vlan2: without vlan: a bare clone) unless a bridge member, classic ip or jail uses it",
};

/* Routes and forwarding */
const struct rule rule_gateway_outside_subnet = {
	.name = "gateway-outside-subnet",
	.severity = SEV_ERROR,
	.summary = "a subnet's gateway address in none of its prefixes; a node's in no subnet of the node nor the peer of one of its interfaces (fe80::/10 exempt). Silent for a node's gateway where the node has dhcp (slaac) of that family: a lease may bring the net",
};
const struct rule rule_gateway_address_in_file = {
	.name = "gateway-address-in-file",
	.severity = SEV_ERROR,
	.summary = "a subnet's or node's gateway, by address, is an address of host or of a jail (its own included). A machine's address is right: the same as its name",
};
const struct rule rule_gateway_not_on_subnet = {
	.name = "gateway-not-on-subnet",
	.severity = SEV_ERROR,
	.summary = "the named gateway has no address in the subnet (per family that it must serve: none at all); for a subnet that nothing carries: the gateway is no node, or shares no link with any router",
};
const struct rule rule_gateway_not_router = {
	.name = "gateway-not-router",
	.severity = SEV_ERROR,
	.summary = "the named gateway does not forward a family the subnet has and WHO has there. Decided: also for a subnet that nothing carries (it lies behind WHO) unless WHO's own interfaces hold its addresses",
};
const struct rule rule_two_gateways = {
	.name = "two-gateways",
	.severity = SEV_ERROR,
	.summary = "two gateways of one family in one list",
};
const struct rule rule_gateway_family_missing = {
	.name = "gateway-family-missing",
	.severity = SEV_NOTE,
	.summary = "a subnet has a prefix of a family, a gateway of the other only, and uses it",
};
const struct rule rule_two_default_routes = {
	.name = "two-default-routes",
	.severity = SEV_ERROR,
	.summary = "a node gets a default route of one family from two of: subnets' gateways, dhcp leases (IPv4), slaac (IPv6), and neither default: true nor the node's gateway decides; or default: true twice for one family. Decided: beside one dhcp (slaac) no subnet's gateway counts, so that is no fault; two dhcp are",
};
const struct rule rule_default_without_gateway = {
	.name = "default-without-gateway",
	.severity = SEV_ERROR,
	.summary = "default: true where no subnet of the interface has a gateway and it has neither dhcp nor slaac nor is managed, or the node is that gateway",
};
const struct rule rule_route_via_off_link = {
	.name = "route-via-off-link",
	.severity = SEV_ERROR,
	.summary = "via (not reject, blackhole, none) lies in no subnet of the node and is no peer, is its own address or name, is of another family than to; a named via shares no subnet with it. Silent where the node has dhcp of that family",
};
const struct rule rule_duplicate_route = {
	.name = "duplicate-route",
	.severity = SEV_ERROR,
	.summary = "one to twice in one node (via: none counts)",
};
const struct rule rule_route_to_connected = {
	.name = "route-to-connected",
	.severity = SEV_WARNING,
	.summary = "to equals or lies in a subnet the node is on",
};
const struct rule rule_via_not_router = {
	.name = "via-not-router",
	.severity = SEV_ERROR,
	.summary = "via is a node of this file that does not forward that family, nor holds an address in to, nor is the gateway of a subnet that nothing carries in to",
};
const struct rule rule_bad_zone = {
	.name = "bad-zone",
	.severity = SEV_ERROR,
	.summary = "%IF anywhere: link-local gateways and via are written without zone; a link-local via or node's gateway on a node with two links of IPv6 and no default: true to tell which",
};
const struct rule rule_nat_without_router = {
	.name = "nat-without-router",
	.severity = SEV_ERROR,
	.summary = "nat or rdr on a node that does not forward IPv4",
};
const struct rule rule_nat_without_exit = {
	.name = "nat-without-exit",
	.severity = SEV_ERROR,
	.summary = "nat: true on a node with no IPv4 default route, dhcp or managed exit; nat: IF with neither IPv4 address, dhcp nor managed: false there; an exit that the node has not (unknown-name) or that a jail took",
};
const struct rule rule_idle_router = {
	.name = "idle-router",
	.severity = SEV_WARNING,
	.summary = "router on a node with interfaces in fewer than two subnets. Silent where it has a nat exit, a tunnel, a managed interface, a host route of its own or is the gateway of a subnet that nothing carries; a lease (dhcp, slaac) is a subnet",
};
const struct rule rule_slaac_on_router = {
	.name = "slaac-on-router",
	.severity = SEV_ERROR,
	.summary = "slaac on a node that forwards IPv6",
};
const struct rule rule_start_cycle = {
	.name = "start-cycle",
	.severity = SEV_ERROR,
	.summary = "start_after and the router jails of default routes give a cycle, or a jail names itself. Decided: only the next hop of a default route counts, never a static route's via; host and machines are never waited for",
};
const struct rule rule_return_route_outside = {
	.name = "return-route-outside",
	.severity = SEV_NOTE,
	.summary = "a subnet behind a router of this file is left by a gateway outside it (or an unconfigured machine), without nat; silent for routed: true",
};
const struct rule rule_gateway_without_way_out = {
	.name = "gateway-without-way-out",
	.severity = SEV_WARNING,
	.summary = "a subnet's gateway is an address that no node has, and its link has no NIC, tap, managed member or tunnel",
};
const struct rule rule_gateway_behind_nobody = {
	.name = "gateway-behind-nobody",
	.severity = SEV_ERROR,
	.summary = "a subnet that nothing carries has no gateway, or one by address",
};
const struct rule rule_gateway_beside_dhcp = {
	.name = "gateway-beside-dhcp",
	.severity = SEV_WARNING,
	.summary = "a gateway, or default: true, for a family that dhcp (slaac) brings on another interface of that node",
};
const struct rule rule_rdr_fault = {
	.name = "rdr-fault",
	.severity = SEV_ERROR,
	.summary = "to no jail, machine or address of the file, or none with IPv4, or reached by no way through this node; proto and port twice on one exit; port_to without port; no nat exit and no default route",
};
const struct rule rule_routing_without_daemon = {
	.name = "routing-without-daemon",
	.severity = SEV_WARNING,
	.summary = "routing: none on a node whose rc_conf enables no daemon known (routed, route6d, bird, frr, quagga, openbgpd, ospfd) or that does not stand on two subnets",
};

/* MAC and MTU */
const struct rule rule_global_mac = {
	.name = "global-mac",
	.severity = SEV_WARNING,
	.summary = "given by hand without the local bit (on a NIC of host.interfaces: silent)",
};
const struct rule rule_duplicate_mac = {
	.name = "duplicate-mac",
	.severity = SEV_ERROR,
	.summary = "one MAC twice in the file, given or derived (bridge, epair ends, jail interfaces; kernel and a bridge's inherit are none)",
};
const struct rule rule_jib_mac_clash = {
	.name = "jib-mac-clash",
	.severity = SEV_ERROR,
	.summary = "two jib or jng names with one uplink and equal BSD sum (after ezjail's mapping)",
};
const struct rule rule_mtu_mismatch = {
	.name = "mtu-mismatch",
	.severity = SEV_WARNING,
	.error_upto = 13,
	.summary = "mtu differs among a bridge, its NICs, both ends of its epairs and cables (unset: the bridge's, else 1500)",
};
const struct rule rule_ipv6_small_mtu = {
	.name = "ipv6-small-mtu",
	.severity = SEV_ERROR,
	.summary = "mtu under 1280 where an IPv6 address, auto or slaac is",
};
const struct rule rule_vlan_mtu = {
	.name = "vlan-mtu",
	.severity = SEV_ERROR,
	.summary = "a vlan's mtu over its parent's",
};
const struct rule rule_jib_mtu = {
	.name = "jib-mtu",
	.severity = SEV_WARNING,
	.error_upto = 13,
	.summary = "a jib interface, or one on a netgraph bridge, with mtu (interface, bridge, subnet, uplink) not 1500",
};
const struct rule rule_missing_host_name = {
	.name = "missing-host-name",
	.severity = SEV_ERROR,
	.summary = "a bridge has a NIC (vlan, lagg count), a MAC is derived on its link (no mac, not jib, netgraph, kernel), and host.name is absent",
};

/* Jails, attach, ezjail */
const struct rule rule_jib_without_nic = {
	.name = "jib-without-nic",
	.severity = SEV_ERROR,
	.summary = "a jib interface whose bridge's last name begins with no Ethernet interface of host.interfaces (last names; member or not; vlan and lagg count)",
};
const struct rule rule_jib_uplink_name = {
	.name = "jib-uplink-name",
	.severity = SEV_ERROR,
	.summary = "the UPLINK of jib, or jng's NIC, has a dot, or UPLINK+SUFFIX (ng: NIC+bridge) exceeds 15 bytes",
};
const struct rule rule_jib_bridge_name = {
	.name = "jib-bridge-name",
	.severity = SEV_ERROR,
	.summary = "jib where the bridge's NIC member is another than the UPLINK its name begins with; two jib interfaces of one jail with unlike suffixes (one call has one -b). Decided: SUFFIX bridge gives no -b",
};
const struct rule rule_key_needs_other_attach = {
	.name = "key-needs-other-attach",
	.severity = SEV_ERROR,
	.summary = "mac (an address), epair, end or a cable with attach: jib; the same on a netgraph bridge; attach: jib on an interface whose bridge has netgraph: true. Decided: name is a rename inside the jail and is right with both",
};
const struct rule rule_jng_virtio = {
	.name = "jng-virtio",
	.severity = SEV_WARNING,
	.summary = "a netgraph bridge on vtnetN",
};
const struct rule rule_jail_without_interface = {
	.name = "jail-without-interface",
	.severity = SEV_WARNING,
	.summary = "a vnet jail with no interface",
};
const struct rule rule_devfs_ruleset_too_small = {
	.name = "devfs-ruleset-too-small",
	.severity = SEV_WARNING,
	.summary = "a written devfs_ruleset 1–5 (those of /etc/defaults; others are not known: no warning; 0 shows every device) with dhcp in the jail; 1–4 with nat, rdr, or pf_enable in its rc_conf",
};
const struct rule rule_rc_conf_owned = {
	.name = "rc-conf-owned",
	.severity = SEV_ERROR,
	.summary = "a variable vnetc itself writes there (cloned_interfaces, ifconfig_IF of its interfaces, defaultrouter, gateway_enable, static_routes, route_X, rtadvd_enable and rtadvd_interfaces where it writes them, gif lines of a tunnel …); for a jail's parameters: vnet, vnet.interface, path, host.hostname, devfs_ruleset, exec.*, depend, ip4.addr, ip6.addr",
};
const struct rule rule_rc_conf_hazard = {
	.name = "rc-conf-hazard",
	.severity = SEV_WARNING,
	.summary = "rc_conf of the host: ifconfig_DEFAULT; ipv6_activate_all_interfaces: YES with a bridge; jail_parallel_start: YES where start order matters; network_interfaces not auto; kern_securelevel 1 with jng, 3 with pf in a jail. Of any: ifconfig_lo0 without 127.0.0.1",
};
const struct rule rule_netgraph_bridge_name = {
	.name = "netgraph-bridge-name",
	.severity = SEV_ERROR,
	.summary = "a netgraph bridge with one NIC whose key or name is not NIC + bridge",
};

/* Release */
const struct rule rule_unknown_release = {
	.name = "unknown-release",
	.severity = SEV_ERROR,
	.summary = "not MAJOR, MAJOR.MINOR (with or without -RELEASE, -RELEASE-pN), or under 11.0, or a major above 15. A major alone is its newest minor known",
};
const struct rule rule_legacy_release = {
	.name = "legacy-release",
	.severity = SEV_WARNING,
	.summary = "below the oldest supported (freebsd.md 2.6: 14.4): 14.3 and older; with 11.x the message adds that the kernel needs options VIMAGE. 15.0, past its end, counts too",
};

/* Expectations */
const struct rule rule_expectation_failed = {
	.name = "expectation-failed",
	.severity = SEV_ERROR,
	.summary = "the proof differs from reach (default true): true needs every pair of nodes in every family both have (with path exactly that one, both directions working), false needs that no pair reaches; a way that leaves by outside and may come back proves neither. outside is reached only where its return is known: a subnet on a link with a NIC, routed: true, nat",
};
const struct rule rule_contradicting_expectations = {
	.name = "contradicting-expectations",
	.severity = SEV_ERROR,
	.summary = "equal from and to, reach true and false",
};

/* Include and lock */
const struct rule rule_include_unreadable = {
	.name = "include-unreadable",
	.severity = SEV_ERROR,
	.summary = "missing, not a regular file (FIFO, device, directory: opened without blocking, checked by fstat), no permission; an absolute path (decided)",
};
const struct rule rule_include_cycle = {
	.name = "include-cycle",
	.severity = SEV_ERROR,
	.summary = "a file includes itself, by device and inode",
};
const struct rule rule_duplicate_definition = {
	.name = "duplicate-definition",
	.severity = SEV_ERROR,
	.summary = "one name in two files under one section; one scalar key of host in two; defaults.jail or defaults.interface the same key in two; version may repeat",
};
const struct rule rule_lock_syntax = {
	.name = "lock-syntax",
	.severity = SEV_ERROR,
	.summary = "the lock beside the topology is no lock: YAML, key, value or version wrong, not a regular file, not readable, merge markers",
};
const struct rule rule_lock_entry_replaced = {
	.name = "lock-entry-replaced",
	.severity = SEV_NOTE,
	.summary = "an entry no longer fits, or two claim one unit or address",
};
const struct rule rule_output_of_another = {
	.name = "output-of-another",
	.severity = SEV_ERROR,
	.summary = "-o holds files that another topology's build wrote",
};

/* Style */
const struct rule rule_unused_subnet = {
	.name = "unused-subnet",
	.severity = SEV_WARNING,
	.summary = "no bridge, cable, interface or machine stands in it, and it has no gateway node to lie behind",
};
const struct rule rule_description_altered = {
	.name = "description-altered",
	.severity = SEV_NOTE,
	.summary = "a description has bytes outside [A-Za-z0-9_.,:/@+= -] (the diagram shows it whole)",
};

const struct rule *const rules[] = {
	&rule_not_utf8,
	&rule_control_character,
	&rule_yaml_syntax,
	&rule_tab_indentation,
	&rule_second_document,
	&rule_empty_topology,
	&rule_nesting_too_deep,
	&rule_expansion_too_large,
	&rule_bad_alias,
	&rule_unknown_tag,
	&rule_duplicate_key,
	&rule_not_built_yet,
	&rule_unknown_key,
	&rule_missing_key,
	&rule_wrong_type,
	&rule_empty_value,
	&rule_unknown_word,
	&rule_bad_number,
	&rule_number_out_of_range,
	&rule_conflicting_keys,
	&rule_unknown_version,
	&rule_bad_mac,
	&rule_bad_hostname,
	&rule_bad_name,
	&rule_interface_name_too_long,
	&rule_reserved_name,
	&rule_numeric_jail_name,
	&rule_jib_jail_name,
	&rule_variable_name_clash,
	&rule_name_taken,
	&rule_bad_name_range,
	&rule_number_without_range,
	&rule_unknown_name,
	&rule_machine_kind,
	&rule_bad_address,
	&rule_bad_prefix,
	&rule_prefix_host_bits,
	&rule_prefix_overlap,
	&rule_unusable_address,
	&rule_address_outside_subnet,
	&rule_address_length_mismatch,
	&rule_address_without_length,
	&rule_duplicate_address,
	&rule_edge_address,
	&rule_subnet_router_anycast,
	&rule_pool_outside_subnet,
	&rule_pool_exhausted,
	&rule_auto_without_subnet,
	&rule_same_subnet_twice,
	&rule_address_on_bridge_member,
	&rule_slaac_prefix_length,
	&rule_bad_classic_ip,
	&rule_dhcp_without_server,
	&rule_member_in_two_bridges,
	&rule_unbridgeable_member,
	&rule_wifi_member,
	&rule_lagg_port_in_use,
	&rule_private_not_member,
	&rule_interface_not_free,
	&rule_cable_to_itself,
	&rule_cable_end_mismatch,
	&rule_bad_epair_unit,
	&rule_duplicate_epair_unit,
	&rule_bridge_loop,
	&rule_two_uplinks,
	&rule_subnet_on_two_bridges,
	&rule_lonely_bridge,
	&rule_unused_epair,
	&rule_vlan_name_mismatch,
	&rule_duplicate_vlan_tag,
	&rule_vlan_parent_is_member,
	&rule_needs_freebsd_15,
	&rule_uplink_offload,
	&rule_netgraph_key,
	&rule_vlan_key_without_filtering,
	&rule_cloner_name,
	&rule_gateway_outside_subnet,
	&rule_gateway_address_in_file,
	&rule_gateway_not_on_subnet,
	&rule_gateway_not_router,
	&rule_two_gateways,
	&rule_gateway_family_missing,
	&rule_two_default_routes,
	&rule_default_without_gateway,
	&rule_route_via_off_link,
	&rule_duplicate_route,
	&rule_route_to_connected,
	&rule_via_not_router,
	&rule_bad_zone,
	&rule_nat_without_router,
	&rule_nat_without_exit,
	&rule_idle_router,
	&rule_slaac_on_router,
	&rule_start_cycle,
	&rule_return_route_outside,
	&rule_gateway_without_way_out,
	&rule_gateway_behind_nobody,
	&rule_gateway_beside_dhcp,
	&rule_rdr_fault,
	&rule_routing_without_daemon,
	&rule_global_mac,
	&rule_duplicate_mac,
	&rule_jib_mac_clash,
	&rule_mtu_mismatch,
	&rule_ipv6_small_mtu,
	&rule_vlan_mtu,
	&rule_jib_mtu,
	&rule_missing_host_name,
	&rule_jib_without_nic,
	&rule_jib_uplink_name,
	&rule_jib_bridge_name,
	&rule_key_needs_other_attach,
	&rule_jng_virtio,
	&rule_jail_without_interface,
	&rule_devfs_ruleset_too_small,
	&rule_rc_conf_owned,
	&rule_rc_conf_hazard,
	&rule_netgraph_bridge_name,
	&rule_unknown_release,
	&rule_legacy_release,
	&rule_expectation_failed,
	&rule_contradicting_expectations,
	&rule_include_unreadable,
	&rule_include_cycle,
	&rule_duplicate_definition,
	&rule_lock_syntax,
	&rule_lock_entry_replaced,
	&rule_output_of_another,
	&rule_unused_subnet,
	&rule_description_altered,
	NULL,
};

const struct rule *
rule_find(const char *name)
{
	for (const struct rule *const *r = rules; *r != NULL; r++)
		if (strcmp((*r)->name, name) == 0)
			return *r;
	return NULL;
}
