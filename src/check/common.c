/* SPDX-License-Identifier: BSD-2-Clause */
/* What checks share: names for messages, places in the text, and small questions to the model. */
#include "check/common.h"

#include <string.h>
#include <strings.h>

const char *
who(const struct vnet *vnet)
{
	return (vnet->kind == VNET_HOST ? "the host" : vnet->name);
}

const char *
whose(struct arena *arena, const struct vnet *vnet)
{
	return (arena_printf(arena, "%s's", who(vnet)));
}

const char *
way_shown(const struct iface *iface)
{
	if (iface->key != NULL)
		return (iface->key);
	if (iface->cable != NULL)
		return (iface->cable->key);
	if (iface->member_of != NULL)
		return (iface->member_of->key);
	return (iface->link != NULL ? iface->link->name : iface->name);
}

const char *
iface_shown(struct arena *arena, const struct iface *iface)
{
	const struct vnet *vnet = iface->vnet;

	if (iface->key != NULL)
		return (iface->key);
	if (iface->parent != NULL)
		return (iface->name);
	/* The host's end of a jail's epair has no other name for the reader. */
	if (iface->member_of != NULL && iface->peer != NULL && iface->cable == NULL)
		vnet = iface->peer->vnet;
	return (arena_printf(arena, "%s on %s", who(vnet), way_shown(iface)));
}

const char *
address_shown(struct arena *arena, const struct iface *iface, struct span *at)
{
	if (iface->written == NULL || iface->written->n == 0)
		return (NULL);
	*at = iface->written->v[0].at;
	return (str_shown(arena, iface->written->v[0].v));
}

const char *
release_shown(struct arena *arena, const struct release *release)
{
	return (arena_printf(arena, "%d.%d", release->major, release->minor));
}

struct span
bridge_name_at(const struct bridge *bridge)
{
	return (given(&bridge->decl->name.at) ? bridge->decl->name.at : bridge->at);
}

struct span
name_at(const struct iface *iface)
{
	if (iface->bridge != NULL)
		return (bridge_name_at(iface->bridge));
	if (iface->decl != NULL && given(&iface->decl->name.at))
		return (iface->decl->name.at);
	return (iface->cable != NULL ? iface->cable->at : iface->at);
}

struct span
member_at(const struct bridge *bridge, const struct iface *iface)
{
	for (size_t i = 0; iface->key != NULL && i < bridge->decl->members.n; i++) {
		const struct v_str *name = &bridge->decl->members.v[i]->interface;

		if (given(&name->at) && strcmp(name->v, iface->key) == 0)
			return (name->at);
	}
	if (iface->peer != NULL && iface->peer->vnet->kind == VNET_MACHINE && iface->peer->decl != NULL)
		return (iface->peer->decl->tap.at);
	if (iface->decl != NULL && given(&iface->decl->bridge.at))
		return (iface->decl->bridge.at);
	return (iface->at);
}

struct span
attach_at(const struct iface *iface)
{
	const struct jail *jail = iface->vnet->jail;

	if (iface->decl != NULL && given(&iface->decl->attach.at))
		return (iface->decl->attach.at);
	if (jail != NULL && given(&jail->decl->attach.at))
		return (jail->decl->attach.at);
	return (iface->at);
}

void
use_prestart(struct diags *ds, struct diag *d, const struct iface *iface)
{
	struct span at = attach_at(iface);

	if (at.via == NULL && span_compare(&at, &iface->at) != 0)
		diag_fix(ds, d, at, "prestart");
}

struct span
default_at(const struct iface *iface)
{
	const struct bridge *bridge = iface->bridge;

	if (iface->decl != NULL && given(&iface->decl->dflt.at))
		return (iface->decl->dflt.at);
	if (bridge == NULL && iface->parent != NULL)
		bridge = iface->parent->bridge;
	if (bridge == NULL && iface->peer != NULL)
		bridge = iface->peer->member_of;
	return (bridge != NULL && given(&bridge->decl->dflt.at) ? bridge->decl->dflt.at : iface->at);
}

struct map *
address_holders(const struct subject *s)
{
	struct map *all = map_new(s->arena);

	vec_each (struct vnet *const *, v, &s->topology->vnets) {
		vec_each (struct iface *const *, i, &(*v)->ifaces) {
			vec_each (const struct address *, a, &(*i)->addresses) {
				struct holder *holder;

				if (a->addr.family == INET6 && inaddr_is_link_local(&a->addr))
					continue;
				holder = NEW(s->arena, struct holder);
				*holder = (struct holder) { *v, *i, a };
				inaddr_put(all, &a->addr, holder);
			}
		}
	}
	return (all);
}

struct span
router_at(const struct topology *t, const struct vnet *vnet)
{
	const struct v_toggle *router = NULL;

	if (vnet->jail != NULL)
		router = &vnet->jail->decl->router;
	else if (vnet->machine != NULL)
		router = &vnet->machine->router;
	else if (t->decl->host != NULL)
		router = &t->decl->host->router;
	return (router != NULL && given(&router->at) ? router->at : vnet->at);
}

static bool
is_written(const struct subject *s, const struct vnet *vnet)
{
	return (vnet->kind != VNET_HOST || s->topology->decl->host != NULL);
}

void
written_here(const struct subject *s, struct diags *ds, struct diag *d, const struct vnet *vnet)
{
	if (is_written(s, vnet))
		diag_note(ds, d, vnet->at, "%s is written here", who(vnet));
}

void
not_a_router(const struct subject *s, struct diags *ds, struct diag *d, const struct vnet *vnet)
{
	if (!is_written(s, vnet)) {
		diag_help(ds, d, "host: {router: true}");
		return;
	}
	diag_note(ds, d, router_at(s->topology, vnet), vnet->router ? "%s forwards only this" : "%s has no router", who(vnet));
	diag_help(ds, d, "router: true");
}

const struct v_toggle *
nat_written(const struct topology *t, const struct vnet *vnet)
{
	if (vnet->jail != NULL)
		return (&vnet->jail->decl->nat);
	return (vnet->kind == VNET_HOST && t->decl->host != NULL ? &t->decl->host->nat : NULL);
}

bool
is_uplink(const struct iface *iface)
{
	return (iface->kind == IF_NIC || iface->kind == IF_VLAN || iface->kind == IF_LAGG);
}

const struct iface *
uplink_member(const struct bridge *bridge)
{
	vec_each (struct iface *const *, m, &bridge->members)
		if (is_uplink(*m))
			return (*m);
	return (NULL);
}

bool
by_netgraph(const struct iface *iface)
{
	return (iface->attach == ATTACH_JNG || iface->attach == ATTACH_NGCTL);
}

bool
has_addresses(const struct iface *iface)
{
	return (iface->addresses.n != 0 || iface->dhcp || iface->slaac);
}

bool *
segments_leading_out(const struct subject *s)
{
	bool *out = NEW_ARRAY(s->arena, bool, s->topology->links.n);

	vec_each (struct link *const *, l, &s->topology->links) {
		bool tunnel = (*l)->kind == LINK_WIRE && (*l)->nic != NULL && !is_uplink((*l)->nic);

		out[(*l)->segment->index] |= (*l)->has_nic || tunnel;
	}
	return (out);
}

const struct v_pairs *
rc_conf_of(const struct topology *t, const struct vnet *vnet)
{
	if (vnet->jail != NULL)
		return (&vnet->jail->decl->rc_conf);
	return (vnet->kind == VNET_HOST && t->decl->host != NULL ? &t->decl->host->rc_conf : NULL);
}

const struct v_pair *
rc_conf_get(const struct v_pairs *pairs, const char *name)
{
	for (size_t i = 0; pairs != NULL && i < pairs->n; i++)
		if (strcmp(pairs->v[i].name.v, name) == 0)
			return (&pairs->v[i]);
	return (NULL);
}

bool
rc_conf_yes(const struct v_pairs *pairs, const char *name)
{
	static const char *const words[] = { "yes", "true", "on", "1" };
	const struct v_pair *pair = rc_conf_get(pairs, name);

	for (size_t i = 0; pair != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(pair->value.v, words[i]) == 0)
			return (true);
	return (false);
}
