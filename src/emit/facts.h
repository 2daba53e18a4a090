/* SPDX-License-Identifier: BSD-2-Clause */
/* Facts of the model as words, for the outputs that people and programs read. */
#ifndef EMIT_FACTS_H
#define EMIT_FACTS_H

#include "base/str.h"
#include "plan/plan.h"

const char *ifkind_word(enum ifkind);                                  /* "nic", "epair" … */
const char *link_kind_word(enum link_kind);
const char *vnet_kind_word(enum vnet_kind);
const char *release_text(struct arena *, const struct release *);      /* "15.1" */
const char *mac_text(struct arena *, const struct iface *);            /* NULL: FreeBSD or jib chooses it */
const char *mtu_text(struct arena *, const struct iface *);            /* NULL: not given */
const char *stands_on(const struct iface *);                           /* its link's or bridge's name; NULL: nothing's, or it is the bridge */
const char *peer_text(struct arena *, const struct iface *);           /* "epair4a", in another stack "guest4 epair4b"; NULL: none */
strings address_texts(struct arena *, const struct iface *);           /* with lengths, then "dhcp", "slaac" */
strings subnet_texts(struct arena *, const struct subnet *const *, size_t n);
strings forward_texts(struct arena *, const struct vnet *);            /* "IPv4", "IPv6" */
/* A stack's routes in the order in which rc.d/routing adds them: of each family the static ones, then the default. */
struct route_list { size_t n, cap; const struct route **v; };
struct route_list routes_of(struct arena *, const struct plan *, const struct vnet *);
const char *route_destination(struct arena *, const struct route *);   /* "default", "10.0.2.0/24" */
const char *route_gateway(struct arena *, const struct route *);       /* "10.0.1.2", "fe80::1%epair1b", "reject", "blackhole" */
const char *gateway_text(struct arena *, const struct gateway *);      /* an address or a node's name; NULL: none */

#endif
