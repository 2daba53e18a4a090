/* SPDX-License-Identifier: BSD-2-Clause */
/* Every rule: what can be wrong in a topology. Whoever finds a fault names one of these; the texts are in this folder, a file a topic. */
#ifndef RULES_RULES_H
#define RULES_RULES_H

#include "base/diag.h"

/* YAML */
extern const struct rule rule_not_utf8;
extern const struct rule rule_control_character;
extern const struct rule rule_yaml_syntax;
extern const struct rule rule_tab_indentation;
extern const struct rule rule_second_document;
extern const struct rule rule_empty_topology;
extern const struct rule rule_nesting_too_deep;
extern const struct rule rule_expansion_too_large;
extern const struct rule rule_bad_alias;
extern const struct rule rule_unknown_tag;
extern const struct rule rule_duplicate_key;

/* Keys and values */
extern const struct rule rule_unknown_key;
extern const struct rule rule_missing_key;
extern const struct rule rule_wrong_type;
extern const struct rule rule_empty_value;
extern const struct rule rule_unknown_word;
extern const struct rule rule_bad_number;
extern const struct rule rule_number_out_of_range;
extern const struct rule rule_conflicting_keys;
extern const struct rule rule_unknown_version;
extern const struct rule rule_bad_mac;
extern const struct rule rule_bad_hostname;

/* Names */
extern const struct rule rule_bad_name;
extern const struct rule rule_interface_name_too_long;
extern const struct rule rule_reserved_name;
extern const struct rule rule_numeric_jail_name;
extern const struct rule rule_jib_jail_name;
extern const struct rule rule_variable_name_clash;
extern const struct rule rule_name_taken;
extern const struct rule rule_bad_name_range;
extern const struct rule rule_number_without_range;
extern const struct rule rule_unknown_name;
extern const struct rule rule_machine_kind;

/* Addresses */
extern const struct rule rule_bad_address;
extern const struct rule rule_bad_prefix;
extern const struct rule rule_prefix_host_bits;
extern const struct rule rule_prefix_overlap;
extern const struct rule rule_unusable_address;
extern const struct rule rule_address_outside_subnet;
extern const struct rule rule_address_length_mismatch;
extern const struct rule rule_address_without_length;
extern const struct rule rule_duplicate_address;
extern const struct rule rule_edge_address;
extern const struct rule rule_subnet_router_anycast;
extern const struct rule rule_pool_outside_subnet;
extern const struct rule rule_pool_exhausted;
extern const struct rule rule_auto_without_subnet;
extern const struct rule rule_same_subnet_twice;
extern const struct rule rule_address_on_bridge_member;
extern const struct rule rule_slaac_prefix_length;
extern const struct rule rule_bad_classic_ip;
extern const struct rule rule_dhcp_without_server;

/* Links, bridges and VLANs */
extern const struct rule rule_member_in_two_bridges;
extern const struct rule rule_unbridgeable_member;
extern const struct rule rule_wifi_member;
extern const struct rule rule_lagg_port_in_use;
extern const struct rule rule_private_not_member;
extern const struct rule rule_interface_not_free;
extern const struct rule rule_cable_to_itself;
extern const struct rule rule_cable_end_mismatch;
extern const struct rule rule_bad_epair_unit;
extern const struct rule rule_duplicate_epair_unit;
extern const struct rule rule_bridge_loop;
extern const struct rule rule_two_uplinks;
extern const struct rule rule_subnet_on_two_bridges;
extern const struct rule rule_lonely_bridge;
extern const struct rule rule_unused_epair;
extern const struct rule rule_vlan_name_mismatch;
extern const struct rule rule_duplicate_vlan_tag;
extern const struct rule rule_vlan_parent_is_member;
extern const struct rule rule_vlan_parent_unmanaged;
extern const struct rule rule_needs_freebsd_15;
extern const struct rule rule_uplink_offload;
extern const struct rule rule_netgraph_key;
extern const struct rule rule_vlan_key_without_filtering;
extern const struct rule rule_interface_in_no_vlan;
extern const struct rule rule_autobridge_options;
extern const struct rule rule_tunnel_kind;
extern const struct rule rule_cloner_name;

/* Routes and forwarding */
extern const struct rule rule_gateway_outside_subnet;
extern const struct rule rule_gateway_address_in_file;
extern const struct rule rule_gateway_not_on_subnet;
extern const struct rule rule_gateway_not_router;
extern const struct rule rule_two_gateways;
extern const struct rule rule_gateway_family_missing;
extern const struct rule rule_gateway_missing;
extern const struct rule rule_two_default_routes;
extern const struct rule rule_default_without_gateway;
extern const struct rule rule_route_via_off_link;
extern const struct rule rule_duplicate_route;
extern const struct rule rule_route_to_connected;
extern const struct rule rule_via_not_router;
extern const struct rule rule_bad_zone;
extern const struct rule rule_nat_without_router;
extern const struct rule rule_nat_without_exit;
extern const struct rule rule_idle_router;
extern const struct rule rule_slaac_on_router;
extern const struct rule rule_start_cycle;
extern const struct rule rule_return_route_outside;
extern const struct rule rule_asymmetric_path;
extern const struct rule rule_routing_circle;
extern const struct rule rule_gateway_without_way_out;
extern const struct rule rule_gateway_behind_nobody;
extern const struct rule rule_gateway_beside_dhcp;
extern const struct rule rule_rdr_fault;
extern const struct rule rule_routing_without_daemon;

/* MAC addresses and MTU */
extern const struct rule rule_global_mac;
extern const struct rule rule_duplicate_mac;
extern const struct rule rule_jib_mac_clash;
extern const struct rule rule_mtu_mismatch;
extern const struct rule rule_ipv6_small_mtu;
extern const struct rule rule_vlan_mtu;
extern const struct rule rule_mtu_narrows;
extern const struct rule rule_jib_mtu;
extern const struct rule rule_missing_host_name;

/* Jails, attach and ezjail */
extern const struct rule rule_jib_without_nic;
extern const struct rule rule_jib_uplink_name;
extern const struct rule rule_jib_bridge_name;
extern const struct rule rule_key_needs_other_attach;
extern const struct rule rule_jng_virtio;
extern const struct rule rule_jail_without_interface;
extern const struct rule rule_tentative_address;
extern const struct rule rule_devfs_ruleset_too_small;
extern const struct rule rule_rc_conf_owned;
extern const struct rule rule_rc_conf_hazard;
extern const struct rule rule_unwritable_value;
extern const struct rule rule_netgraph_bridge_name;

/* Release */
extern const struct rule rule_unknown_release;
extern const struct rule rule_legacy_release;

/* Expectations */
extern const struct rule rule_expectation_failed;
extern const struct rule rule_contradicting_expectations;

/* Include and lock */
extern const struct rule rule_include_unreadable;
extern const struct rule rule_include_cycle;
extern const struct rule rule_duplicate_definition;
extern const struct rule rule_lock_syntax;
extern const struct rule rule_lock_entry_replaced;

/* Output */
extern const struct rule rule_output_of_another;
extern const struct rule rule_graphviz;

/* What exists already: files of a host, read by import */
extern const struct rule rule_unbalanced_quote;
extern const struct rule rule_variable_set_twice;
extern const struct rule rule_plus_equals;
extern const struct rule rule_not_understood;
extern const struct rule rule_jail_conf_syntax;
extern const struct rule rule_unread_variable;
extern const struct rule rule_comma_in_vnet_interface;
extern const struct rule rule_gap_in_exec;
extern const struct rule rule_named_devfs_ruleset;
extern const struct rule rule_family_not_first;
extern const struct rule rule_alias_without_keyword;
extern const struct rule rule_ipv6_never_up;
extern const struct rule rule_interface_not_in_jail;
extern const struct rule rule_member_not_up;
extern const struct rule rule_jail_defined_twice;

/* Style */
extern const struct rule rule_unused_subnet;
extern const struct rule rule_description_altered;

/* All rules, in the order of the reference; ends with NULL. */
extern const struct rule *const rules[];

const struct rule *rule_find(const char *name);

/* The reference's headings. A topic has the rules from its first to the next topic's. */
struct rule_topic {
	const char *title;
	const char *about;              /* one sentence */
	const struct rule *first;
};
extern const struct rule_topic rule_topics[];           /* ends with title NULL */

#endif
