/* SPDX-License-Identifier: BSD-2-Clause */
/* IPv4 and IPv6 addresses, prefixes and ranges: reading, writing, arithmetic. IPv6 is read as RFC 4291, written as RFC 5952. */
#ifndef BASE_INADDR_H
#define BASE_INADDR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum family { INET, INET6 };                    /* ifconfig's words; also an index */
#define FAMILIES 2

struct inaddr { enum family family; uint8_t b[16]; };           /* network order; IPv4 in the first four bytes, the rest zero */
struct prefix { struct inaddr addr; int len; };                 /* len in bits */
struct inrange { struct inaddr first, last; };                  /* both included */

#define INADDR_TEXT 46                          /* room for any address as text, NUL included */

/* "INET" is dotted decimal without leading zeros, exactly four numbers. No zone, no length. */
bool inaddr_parse(const char *, struct inaddr *);
const char *inaddr_text(const struct inaddr *, char out[INADDR_TEXT]);
const char *inaddr_str(struct arena *, const struct inaddr *);
const char *prefix_str(struct arena *, const struct prefix *);                 /* ADDR/LEN */
int inaddr_compare(const struct inaddr *, const struct inaddr *);               /* IPv4 before IPv6, then by value */
bool inaddr_equal(const struct inaddr *, const struct inaddr *);
struct map;
/* Maps by address; the key is kept, not copied. */
void *inaddr_get(const struct map *, const struct inaddr *);
void *inaddr_put(struct map *, const struct inaddr *, void *value);
int family_bits(enum family);                   /* 32, 128 */
const char *family_name(enum family);           /* "IPv4", "IPv6" */
const char *family_word(enum family);           /* "inet", "inet6" */

struct inaddr prefix_network(const struct prefix *);            /* host bits cleared */
struct inaddr prefix_last(const struct prefix *);               /* host bits set */
bool prefix_has(const struct prefix *, const struct inaddr *);
bool prefix_overlaps(const struct prefix *, const struct prefix *);
bool prefix_within(const struct prefix *inner, const struct prefix *outer);
bool prefix_equal(const struct prefix *, const struct prefix *);
int prefix_compare(const struct prefix *, const struct prefix *);               /* by address, then shorter first */
bool inaddr_next(struct inaddr *);              /* +1; false (unchanged) past the last address of the family */
bool inaddr_prev(struct inaddr *);
bool inaddr_add(struct inaddr *, uint64_t);     /* false on overflow */

bool inaddr_is_link_local(const struct inaddr *);               /* fe80::/10; 169.254/16 */
bool inaddr_is_loopback(const struct inaddr *);                 /* 127/8; ::1 */
/* Why a host or subnet cannot have this address: "the unspecified address", "a loopback address", "a multicast address",
 * "a reserved address" (240/4), "the limited broadcast address", "an IPv4-mapped address"; NULL when it can. */
const char *inaddr_unusable(const struct inaddr *);

#endif
