/* SPDX-License-Identifier: BSD-2-Clause */
/* Every check, in the order in which they run: within a stage, who speaks comes before whom it silences (rules.md). */
#include "check/checks.h"
#include "rules/rules.h"

const struct check *const checks[] = {
	&check_key_needs_other_attach,
	&check_jib_without_nic,
	&check_jib_mac_clash,
	&check_jib_mtu,
	&check_netgraph_bridge_name,
	&check_jng_virtio,
	&check_interface_name_too_long,
	&check_jib_jail_name,
	&check_bad_name,
	&check_name_taken,
	&check_unbridgeable_member,
	&check_member_in_two_bridges,
	&check_wifi_member,
	&check_lagg_port_in_use,
	&check_interface_not_free,
	&check_address_on_bridge_member,
	&check_cable_to_itself,
	&check_duplicate_address,
	&check_edge_address,
	&check_subnet_router_anycast,
	&check_slaac_prefix_length,
	&check_global_mac,
	&check_missing_host_name,
	&check_duplicate_mac,
	&check_mtu_mismatch,
	&check_ipv6_small_mtu,
	&check_vlan_mtu,
	&check_devfs_ruleset_too_small,
	&check_rc_conf_hazard,
	&check_unwritable_value,
	&check_legacy_release,
	&check_prefix_overlap,
	&check_same_subnet_twice,
	&check_netgraph_key,
	&check_private_not_member,
	&check_two_uplinks,
	&check_lonely_bridge,
	&check_dhcp_without_server,
	&check_unused_epair,
	&check_autobridge_options,
	&check_tunnel_kind,
	&check_cloner_name,
	&check_duplicate_vlan_tag,
	&check_vlan_name_mismatch,
	&check_vlan_parent_is_member,
	&check_vlan_parent_unmanaged,
	&check_needs_freebsd_15,
	&check_interface_in_no_vlan,
	&check_uplink_offload,
	&check_jail_without_interface,
	&check_tentative_address,
	&check_gateway_outside_subnet,
	&check_gateway_address_in_file,
	&check_two_gateways,
	&check_bad_zone,
	&check_gateway_not_router,
	&check_gateway_family_missing,
	&check_gateway_missing,
	&check_gateway_without_way_out,
	&check_gateway_beside_dhcp,
	&check_duplicate_route,
	&check_route_to_connected,
	&check_via_not_router,
	&check_nat_without_router,
	&check_nat_without_exit,
	&check_rdr_fault,
	&check_idle_router,
	&check_slaac_on_router,
	&check_routing_without_daemon,
	&check_start_cycle,
	&check_rc_conf_owned,
	&check_unused_subnet,
	&check_description_altered,
	NULL,
};

/* Of a release that is not known nothing is said that depends on it. */
static bool
release_unknown(const struct topology *t, const struct diags *diags)
{
	return (t->decl->host != NULL && diag_told(diags, &rule_unknown_release, t->decl->host->release.at));
}

void
checks_run(enum check_stage stage, const struct subject *subject, struct diags *diags)
{
	bool unknown = release_unknown(subject->topology, diags);
	struct subject own = *subject;

	for (const struct check *const *c = checks; *c != NULL; c++) {
		bool depends = (*c)->rule->error_from != 0 || (*c)->rule->error_upto != 0;

		if ((*c)->stage != stage || (unknown && depends))
			continue;
		/* What a check makes up it alone needs; diagnostics have copies. */
		own.arena = arena_child(subject->arena);
		(*c)->run(*c, &own, diags);
		arena_free(own.arena);
	}
}
