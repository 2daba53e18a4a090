/* SPDX-License-Identifier: BSD-2-Clause */
/* Ethernet (MAC) addresses. */
#ifndef BASE_ETHER_H
#define BASE_ETHER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ether { uint8_t b[6]; };
#define ETHER_TEXT 18

bool ether_parse(const char *, struct ether *);                 /* six pairs of hex digits with ':' */
const char *ether_text(const struct ether *, char out[ETHER_TEXT]);     /* lower case */
bool ether_is_multicast(const struct ether *);
bool ether_is_local(const struct ether *);
bool ether_is_zero(const struct ether *);
/* A locally administered unicast address from a text (SHA-256's first bytes): same text, same address, everywhere. */
struct ether ether_derive(const char *text);
/* jib's and jng's address for the n-th use of an uplink in one call; side 'a' or 'b' (freebsd.md 4.3). */
struct ether ether_jib(const char *name, const struct ether *uplink, unsigned n, char side);
uint16_t bsd_sum(const char *text);                             /* sum(1)'s 16-bit rotating checksum */

#endif
