/* SPDX-License-Identifier: BSD-2-Clause */
/* One interface as rc.conf lines: how network.subr and ifconfig(8) read them (freebsd.md 1.1 to 1.5). */
#include <ctype.h>
#include <string.h>

#include "plan/planning.h"

const char *
plain_description(struct arena *arena, const char *description)
{
	struct text text = { .arena = arena };

	for (const unsigned char *s = (const unsigned char *)description; *s != '\0'; s++) {
		bool plain = isalnum(*s) && *s < 0x80;

		if ((*s & 0xc0) == 0x80)
			continue;       /* the rest of a character that already became _ */
		text_addn(&text, plain || strchr("_.,:/@+= -", *s) != NULL ? (const char *)s : "_", 1);
	}
	return (text_end(&text));
}

static void
word(struct text *text, const char *w)
{
	if (*w == '\0')
		return;
	if (text->n != 0)
		text_add(text, " ");
	text_add(text, w);
}

const char *
link_words(struct planner *p, const struct iface *iface)
{
	struct text text = { .arena = p->arena };

	/* A lagg has its ports' MTU, and before FreeBSD 12 refuses to be told one. */
	if (iface->mtu != 0 && iface->kind != IF_LAGG)
		word(&text, arena_printf(p->arena, "mtu %d", iface->mtu));
	vec_each (const struct v_str *, o, &iface->options)
		word(&text, o->v);
	vec_each (const struct v_str *, g, &iface->groups)
		word(&text, arena_printf(p->arena, "group %s", g->v));
	return (text_end(&text));
}

bool
certain_member(const struct iface *member)
{
	if (member->managed_elsewhere || member->attach == ATTACH_JIB || member->attach == ATTACH_PRESTART)
		return (false);
	return (member->attach != ATTACH_JNG && member->attach != ATTACH_NGCTL);
}

bool
comes_with_jail(const struct iface *iface)
{
	return (iface != NULL && iface->vnet->kind == VNET_HOST && iface->attach == ATTACH_PRESTART);
}

/* "10,20" of the VLANs that a member carries tagged: its own list, or for what leads out all of the bridge's. */
const char *
tagged_list(struct planner *p, const struct bridge *bridge, const struct iface *member)
{
	struct text text = { .arena = p->arena };

	vec_each (const int *, tag, &member->tagged)
		text_printf(&text, "%s%d", text.n != 0 ? "," : "", *tag);
	if (member->tagged.n != 0 || member->kind == IF_EPAIR)
		return (text_end(&text));
	vec_each (struct link *const *, l, &p->t->links)
		if ((*l)->kind == LINK_VLAN && (*l)->bridge == bridge && (*l)->tag != member->untagged)
			text_printf(&text, "%s%d", text.n != 0 ? "," : "", (*l)->tag);
	return (text_end(&text));
}

/* " untagged 10 tagged 20,30" of a member of a bridge that filters VLANs, or "". */
const char *
vlan_words(struct planner *p, const struct bridge *bridge, const struct iface *member)
{
	const char *tagged = tagged_list(p, bridge, member);

	if (!bridge->vlan_filtering)
		return ("");
	return (
	    arena_printf(p->arena, "%s%s%s", member->untagged != 0 ? arena_printf(p->arena, " untagged %d", member->untagged) : "",
		*tagged != '\0' ? " tagged " : "", tagged));
}

/* addm words of a bridge. Members that exist for certain come in the line; one that is missing would end it (freebsd.md 1.4). */
static void
member_words(struct planner *p, struct text *text, const struct bridge *bridge)
{
	vec_each (struct iface *const *, m, &bridge->members) {
		if (certain_member(*m))
			word(text, arena_printf(p->arena, "addm %s%s", (*m)->name, vlan_words(p, bridge, *m)));
	}
	vec_each (struct iface *const *, m, &bridge->members) {
		if (!certain_member(*m))
			continue;
		if ((*m)->stp)
			word(text, arena_printf(p->arena, "stp %s", (*m)->name));
		if ((*m)->private_)
			word(text, arena_printf(p->arena, "private %s", (*m)->name));
	}
}

/* The VLAN of the members that autobridge adds: it cannot tell them apart, so all are in one, by a default that stands behind the members
 * of the line and does not reach them (freebsd.md 2.4). 0: none. */
static int
added_later(const struct bridge *bridge)
{
	vec_each (struct iface *const *, m, &bridge->members)
		if ((*m)->managed_elsewhere && (*m)->untagged != 0)
			return ((*m)->untagged);
	return (0);
}

/* All that is neither an address nor an Ethernet address. */
static void
plain_words(struct planner *p, struct text *text, const struct iface *iface)
{
	if (iface->bridge != NULL && iface->bridge->vlan_filtering)
		word(text, "vlanfilter");
	if (iface->kind == IF_LAGG && iface->decl != NULL && iface->decl->lagg != NULL) {
		word(text, arena_printf(p->arena, "laggproto %s", given(&iface->decl->lagg->protocol.at) ? iface->decl->lagg->protocol.v : "failover"));
		vec_each (struct iface *const *, port, &iface->ports)
			word(text, arena_printf(p->arena, "laggport %s", (*port)->name));
	}
	if (iface->bridge == NULL)
		word(text, link_words(p, iface));
	else
		member_words(p, text, iface->bridge);
	if (iface->bridge != NULL && iface->bridge->vlan_filtering && added_later(iface->bridge) != 0)
		word(text, arena_printf(p->arena, "defuntagged %d", added_later(iface->bridge)));
	/* A bridge takes its first member's MTU; its own is said after them and changes theirs (freebsd.md 2.1, 10). */
	if (iface->bridge != NULL)
		word(text, link_words(p, iface));
}

bool
point_to_point(const struct iface *iface)
{
	switch (iface->kind) {
	case IF_GIF:
	case IF_GRE:
	case IF_TUN:
	case IF_IPSEC:
	case IF_PPP:
	case IF_NG:
		return (true);
	case IF_NIC:
	case IF_EPAIR:
	case IF_BRIDGE:
	case IF_NGBRIDGE:
	case IF_VLAN:
	case IF_LAGG:
	case IF_TAP:
	case IF_VMNET:
	case IF_WG:
	case IF_LO:
	case IF_VXLAN:
	case IF_STF:
	case IF_PFLOG:
	case IF_PFSYNC:
	case IF_ENC:
	case IF_WLAN:
	case IF_CARP:
	case IF_DISC:
		break;
	}
	return (false);
}

static const char *
inet_words(struct planner *p, const struct iface *iface, const struct address *a)
{
	const char *peer = "";

	/* Elsewhere ifconfig would take a second address for the broadcast address; there the peer is a route: routing.c. */
	if (!a->alias && point_to_point(iface))
		vec_each (const struct inaddr *, other, &iface->peers)
			if (other->family == a->addr.family)
				peer = arena_printf(p->arena, " %s", inaddr_str(p->arena, other));
	return (arena_printf(p->arena, "%s %s/%d%s", family_word(a->addr.family), inaddr_str(p->arena, &a->addr), a->len, peer));
}

static const struct address *
first_of(const struct iface *iface, enum family family, bool link_local)
{
	vec_each (const struct address *, a, &iface->addresses)
		if (a->addr.family == family && (family == INET || inaddr_is_link_local(&a->addr) == link_local))
			return (a);
	return (NULL);
}

/* The address with which ifconfig_IF_ipv6 begins: one must be there whenever the interface has any IPv6 (freebsd.md 1.4). */
static const struct address *
main_inet6(const struct iface *iface)
{
	const struct address *a = first_of(iface, INET6, false);

	if (iface->slaac)
		return (NULL);
	return (a != NULL ? a : first_of(iface, INET6, true));
}

static void
set_inet6(struct planner *p, struct stanza *stanza, const struct iface *iface, const char *variable)
{
	const struct address *a = main_inet6(iface);
	struct text text = { .arena = p->arena };

	if (iface->slaac)
		word(&text, "inet6 accept_rtadv");
	else if (a != NULL)
		word(&text, inet_words(p, iface, a));
	else
		return;
	/* A bridge gets no link-local address by itself, and neighbour discovery needs one. */
	if (iface->kind == IF_BRIDGE)
		word(&text, "auto_linklocal");
	stanza_set(p, stanza, arena_printf(p->arena, "ifconfig_%s_ipv6", variable), text_end(&text));
}

static void
set_aliases(struct planner *p, struct stanza *stanza, const struct iface *iface, const char *variable, const struct address *in_main)
{
	const struct address *in_ipv6 = main_inet6(iface);
	int n = 0;

	vec_each (const struct address *, a, &iface->addresses) {
		if (a != in_main && a != in_ipv6)
			stanza_set(p, stanza, arena_printf(p->arena, "ifconfig_%s_alias%d", variable, n++), inet_words(p, iface, a));
	}
}

/* An Ethernet address takes the place of the address family in an ifconfig line, so that an IPv4 address beside it moves to an alias: the
 * MAC is then set before any address is. A bridge, a lagg and a vlan get theirs at creation instead. In a jail it is set only of what is made
 * there: of the rest the host has. */
static bool
sets_ether(const struct iface *iface)
{
	bool here = iface->vnet->kind == VNET_HOST || (iface->vnet->kind == VNET_JAIL && iface->made == NULL);

	return (here && (iface->mac_kind == MAC_DERIVED || iface->mac_kind == MAC_GIVEN));
}

static bool
ether_at_creation(const struct iface *iface)
{
	return (iface->kind == IF_BRIDGE || iface->kind == IF_LAGG || iface->kind == IF_TAP || iface->kind == IF_VXLAN);
}

static const char *
creation_words(struct planner *p, const struct iface *iface)
{
	struct text text = { .arena = p->arena };
	char ether[ETHER_TEXT], inner[INADDR_TEXT], outer[INADDR_TEXT];

	if (iface->kind == IF_VLAN && iface->parent != NULL)
		word(&text, strcmp(iface->created != NULL ? iface->created : iface->name, arena_printf(p->arena, "%s.%d", iface->parent->name, iface->tag)) == 0 ? "" :
		    arena_printf(p->arena, "vlan %d", iface->tag));
	/* vxlan(4) takes its ends by other words, and its unit is the network's identifier. */
	if (iface->has_tunnel && iface->kind == IF_VXLAN)
		word(&text, arena_printf(p->arena, "vxlanid %d vxlanlocal %s vxlanremote %s", iface->unit, inaddr_text(&iface->tunnel[0], inner),
		    inaddr_text(&iface->tunnel[1], outer)));
	else if (iface->has_tunnel)
		word(&text, arena_printf(p->arena, "%s tunnel %s %s", family_word(iface->tunnel[0].family), inaddr_text(&iface->tunnel[0], inner),
		    inaddr_text(&iface->tunnel[1], outer)));
	if (sets_ether(iface) && ether_at_creation(iface))
		word(&text, arena_printf(p->arena, "ether %s", ether_text(&iface->mac, ether)));
	return (text_end(&text));
}

/* vlans_PARENT="10 dmz": by number where the name is PARENT.TAG, else by name. */
static void
set_vlans(struct planner *p, struct stanza *stanza, const struct iface *iface, const char *variable)
{
	struct text text = { .arena = p->arena };

	vec_each (struct iface *const *, c, &iface->children) {
		const struct iface *child = *c;
		const char *created = child->created != NULL ? child->created : child->name;
		const char *usual = arena_printf(p->arena, "%s.%d", iface->name, child->tag);

		if (child->managed_elsewhere || child->parent != iface)
			continue;
		word(&text, strcmp(created, usual) == 0 ? arena_printf(p->arena, "%d", child->tag) : created);
	}
	if (text.n != 0)
		stanza_set(p, stanza, arena_printf(p->arena, "vlans_%s", variable), text_end(&text));
}

static void
set_autobridge(struct planner *p, struct stanza *stanza, const struct bridge *bridge)
{
	struct text text = { .arena = p->arena };

	vec_each (struct iface *const *, m, &bridge->members)
		if ((*m)->managed_elsewhere)
			word(&text, (*m)->name);
	if (text.n == 0)
		return;
	stanza_append(p, stanza, "autobridge_interfaces", bridge->name);
	stanza_set(p, stanza, arena_printf(p->arena, "autobridge_%s", bridge->name), text_end(&text));
}

static void
set_main(struct planner *p, struct stanza *stanza, const struct iface *iface, const char *variable)
{
	bool ether_first = sets_ether(iface) && !ether_at_creation(iface);
	const struct address *inet = ether_first ? NULL : first_of(iface, INET, false);
	struct text text = { .arena = p->arena };
	char ether[ETHER_TEXT];

	if (ether_first)
		word(&text, arena_printf(p->arena, "ether %s", ether_text(&iface->mac, ether)));
	if (inet != NULL)
		word(&text, inet_words(p, iface, inet));
	plain_words(p, &text, iface);
	/* The jail's end of an epair is left as it is until the jail takes it. */
	if (iface->vnet->kind == VNET_HOST)
		word(&text, "up");
	if (iface->dhcp)
		word(&text, "SYNCDHCP");
	if (iface->vnet->kind == VNET_JAIL && text.n == 0 && main_inet6(iface) == NULL && !iface->slaac)
		word(&text, "up");
	if (text.n != 0)
		stanza_set(p, stanza, arena_printf(p->arena, "ifconfig_%s", variable), text_end(&text));
	set_inet6(p, stanza, iface, variable);
	set_aliases(p, stanza, iface, variable, inet);
}

void
plan_interface(struct planner *p, struct stanza *stanza, const struct iface *iface)
{
	bool on_host = iface->vnet->kind == VNET_HOST;
	const char *before = on_host || iface->made == NULL ? iface->created : iface->made;
	const char *creation = on_host || iface->made == NULL ? creation_words(p, iface) : "";
	const char *variable = rc_variable(p->arena, iface->name);

	if (before == NULL)     /* made in the jail: a vlan under its last name, everything else under its key */
		before = iface->key != NULL && iface->kind != IF_VLAN ? iface->key : iface->name;
	if (*creation != '\0')
		stanza_set(p, stanza, arena_printf(p->arena, "create_args_%s", rc_variable(p->arena, before)), creation);
	if (strcmp(before, iface->name) != 0)
		stanza_set(p, stanza, arena_printf(p->arena, "ifconfig_%s_name", rc_variable(p->arena, before)), iface->name);
	set_vlans(p, stanza, iface, variable);
	set_main(p, stanza, iface, variable);
	if (iface->description != NULL)
		stanza_set(p, stanza, arena_printf(p->arena, "ifconfig_%s_descr", variable), plain_description(p->arena, iface->description));
	if (iface->bridge != NULL)
		set_autobridge(p, stanza, iface->bridge);
}
