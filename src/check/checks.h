/* SPDX-License-Identifier: BSD-2-Clause */
/* All checks by name, for the registry; a check that tells several rules bears the first one's name. */
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

#include "check/check.h"

extern const struct check check_key_needs_other_attach, check_jib_without_nic, check_jib_mac_clash, check_jib_mtu,
    check_netgraph_bridge_name, check_jng_virtio;
extern const struct check check_interface_name_too_long, check_jib_jail_name, check_bad_name, check_name_taken;
extern const struct check check_unbridgeable_member, check_member_in_two_bridges, check_wifi_member, check_lagg_port_in_use,
    check_interface_not_free, check_address_on_bridge_member, check_cable_to_itself;
extern const struct check check_duplicate_address, check_edge_address, check_subnet_router_anycast, check_slaac_prefix_length;
extern const struct check check_global_mac, check_missing_host_name, check_duplicate_mac, check_mtu_mismatch,
    check_ipv6_small_mtu, check_vlan_mtu;
extern const struct check check_devfs_ruleset_too_small, check_rc_conf_hazard, check_legacy_release;
extern const struct check check_prefix_overlap, check_same_subnet_twice, check_dhcp_without_server, check_netgraph_key,
    check_private_not_member, check_two_uplinks, check_lonely_bridge, check_unused_epair, check_cloner_name,
    check_interface_in_no_vlan, check_autobridge_options, check_tunnel_kind,
    check_vlan_name_mismatch, check_duplicate_vlan_tag, check_vlan_parent_is_member, check_vlan_parent_unmanaged, check_needs_freebsd_15,
    check_uplink_offload, check_jail_without_interface, check_tentative_address;
extern const struct check check_gateway_outside_subnet, check_gateway_address_in_file, check_two_gateways, check_bad_zone;
extern const struct check check_gateway_not_router, check_gateway_family_missing, check_gateway_missing, check_gateway_without_way_out,
    check_gateway_beside_dhcp, check_duplicate_route, check_route_to_connected, check_via_not_router, check_nat_without_router,
    check_nat_without_exit, check_rdr_fault, check_idle_router, check_slaac_on_router, check_routing_without_daemon,
    check_start_cycle;
extern const struct check check_rc_conf_owned, check_unused_subnet, check_description_altered, check_unwritable_value;

#endif
