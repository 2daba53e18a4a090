/* SPDX-License-Identifier: BSD-2-Clause */
/* The kinds of interface that ifconfig(8) can create, a table. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static const struct cloner nic = { NULL, IF_NIC, true, false, NULL };

/* ethernet: what if_bridge(4) takes as a member: IFT_ETHER, IFT_L2VLAN, IFT_GIF (freebsd.md 2.4). */
static const struct cloner cloners[] = {
	{ "bridge", IF_BRIDGE, false, true, "if_bridge" },
	{ "epair", IF_EPAIR, true, true, "if_epair" },
	{ "vlan", IF_VLAN, true, true, "if_vlan" },
	{ "lagg", IF_LAGG, true, true, "if_lagg" },
	{ "tap", IF_TAP, true, true, "if_tuntap" },
	{ "vmnet", IF_VMNET, true, true, "if_tuntap" },
	{ "vm", IF_VMNET, true, false, NULL },
	{ "gif", IF_GIF, true, true, "if_gif" },
	{ "gre", IF_GRE, false, true, "if_gre" },
	{ "me", IF_GRE, false, true, "if_me" },
	{ "wg", IF_WG, false, true, "if_wg" },
	{ "tun", IF_TUN, false, true, "if_tuntap" },
	{ "lo", IF_LO, false, true, NULL },
	{ "vxlan", IF_VXLAN, true, true, "if_vxlan" },
	{ "stf", IF_STF, false, true, "if_stf" },
	{ "ipsec", IF_IPSEC, false, true, "if_ipsec" },
	{ "pflog", IF_PFLOG, false, true, "pflog" },
	{ "pfsync", IF_PFSYNC, false, true, "pfsync" },
	{ "enc", IF_ENC, false, true, "if_enc" },
	{ "disc", IF_DISC, false, true, "if_disc" },
	{ "edsc", IF_DISC, true, true, "if_edsc" },
	{ "ppp", IF_PPP, false, false, NULL },
	{ "ng", IF_NG, false, false, NULL },
	{ "ngeth", IF_NG, true, false, NULL },
	{ "wlan", IF_WLAN, true, false, NULL },
};

const struct cloner *
cloner_of(const char *name, int *unit)
{
	size_t letters = strcspn(name, "0123456789");
	const char *digits = name + letters;

	*unit = -1;
	if (letters == 0 || *digits == '\0' || digits[strspn(digits, "0123456789")] != '\0' || strlen(digits) > 5)
		return (&nic);
	if (digits[0] == '0' && digits[1] != '\0')
		return (&nic);
	for (size_t i = 0; i < sizeof(cloners) / sizeof(cloners[0]); i++) {
		if (strlen(cloners[i].name) == letters && memcmp(cloners[i].name, name, letters) == 0) {
			*unit = atoi(digits);
			return (&cloners[i]);
		}
	}
	return (&nic);
}
