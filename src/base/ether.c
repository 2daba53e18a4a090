/* SPDX-License-Identifier: BSD-2-Clause */
/* Ethernet addresses: text, those vnetc makes up, and those jib and jng will. */
#include "base/ether.h"

#include <string.h>

#include "base/str.h"

bool
ether_parse(const char *s, struct ether *e)
{
	struct ether r;

	for (int i = 0; i < 6; i++) {
		int high = hex_digit(s[0]), low = high < 0 ? -1 : hex_digit(s[1]);

		if (low < 0 || s[2] != (i < 5 ? ':' : '\0'))
			return (false);
		r.b[i] = (uint8_t)(high << 4 | low);
		s += 3;
	}
	*e = r;
	return (true);
}

const char *
ether_text(const struct ether *e, char out[ETHER_TEXT])
{
	static const char digits[] = "0123456789abcdef";

	for (int i = 0; i < 6; i++) {
		out[3 * i] = digits[e->b[i] >> 4];
		out[3 * i + 1] = digits[e->b[i] & 0x0f];
		out[3 * i + 2] = i < 5 ? ':' : '\0';
	}
	return (out);
}

bool
ether_is_multicast(const struct ether *e)
{
	return ((e->b[0] & 0x01) != 0);
}

bool
ether_is_local(const struct ether *e)
{
	return ((e->b[0] & 0x02) != 0);
}

bool
ether_is_zero(const struct ether *e)
{
	static const struct ether zero;

	return (memcmp(e->b, zero.b, sizeof(zero.b)) == 0);
}

/* SHA-256 (FIPS 180-4). */
static const uint32_t sha_k[64] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb,
	0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f,
	0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };

static uint32_t
rotr(uint32_t x, int n)
{
	return (x >> n | x << (32 - n));
}

/* One round; the words keep their places and change their parts from round to round, so that nothing is moved. */
static inline void
sha_round(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g, uint32_t *h, uint32_t k)
{
	uint32_t one = *h + k + (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + ((e & f) ^ (~e & g));

	*d += one;
	*h = one + (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void
sha_block(uint32_t h[8], const uint8_t b[64])
{
	uint32_t w[64], v[8];

	for (int i = 0; i < 16; i++)
		w[i] = (uint32_t)b[4 * i] << 24 | (uint32_t)b[4 * i + 1] << 16 | (uint32_t)b[4 * i + 2] << 8 | b[4 * i + 3];
	for (int i = 16; i < 64; i++) {
		uint32_t x = w[i - 15], y = w[i - 2];

		w[i] = w[i - 16] + (rotr(x, 7) ^ rotr(x, 18) ^ x >> 3) + w[i - 7] + (rotr(y, 17) ^ rotr(y, 19) ^ y >> 10);
	}
	memcpy(v, h, sizeof(v));
	for (int i = 0; i < 64; i += 8) {
		sha_round(v[0], v[1], v[2], &v[3], v[4], v[5], v[6], &v[7], sha_k[i] + w[i]);
		sha_round(v[7], v[0], v[1], &v[2], v[3], v[4], v[5], &v[6], sha_k[i + 1] + w[i + 1]);
		sha_round(v[6], v[7], v[0], &v[1], v[2], v[3], v[4], &v[5], sha_k[i + 2] + w[i + 2]);
		sha_round(v[5], v[6], v[7], &v[0], v[1], v[2], v[3], &v[4], sha_k[i + 3] + w[i + 3]);
		sha_round(v[4], v[5], v[6], &v[7], v[0], v[1], v[2], &v[3], sha_k[i + 4] + w[i + 4]);
		sha_round(v[3], v[4], v[5], &v[6], v[7], v[0], v[1], &v[2], sha_k[i + 5] + w[i + 5]);
		sha_round(v[2], v[3], v[4], &v[5], v[6], v[7], v[0], &v[1], sha_k[i + 6] + w[i + 6]);
		sha_round(v[1], v[2], v[3], &v[4], v[5], v[6], v[7], &v[0], sha_k[i + 7] + w[i + 7]);
	}
	for (int i = 0; i < 8; i++)
		h[i] += v[i];
}

static void
sha256(const char *text, size_t n, uint8_t out[32])
{
	uint32_t h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
	uint8_t last[128] = { 0 };
	uint64_t bits = (uint64_t)n * 8;
	size_t rest = n % 64, end;

	for (size_t i = 0; i + 64 <= n; i += 64) {
		memcpy(last, text + i, 64);
		sha_block(h, last);
	}
	memset(last, 0, sizeof(last));
	memcpy(last, text + n - rest, rest);
	last[rest] = 0x80;
	end = rest < 56 ? 64 : 128;
	for (int i = 0; i < 8; i++)
		last[end - 1 - (size_t)i] = (uint8_t)(bits >> 8 * i);
	for (size_t i = 0; i < end; i += 64)
		sha_block(h, last + i);
	for (int i = 0; i < 32; i++)
		out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}

struct ether
ether_derive(const char *text)
{
	uint8_t hash[32];
	struct ether e;

	sha256(text, strlen(text), hash);
	memcpy(e.b, hash, sizeof(e.b));
	e.b[0] = (uint8_t)((e.b[0] & 0xfc) | 0x02);
	return (e);
}

uint16_t
bsd_sum(const char *text)
{
	unsigned c = 0;

	for (; *text != '\0'; text++)
		c = ((c >> 1 | (c & 1) << 15) + (unsigned char)*text) & 0xffff;
	return ((uint16_t)c);
}

struct ether
ether_jib(const char *name, const struct ether *uplink, unsigned n, char side)
{
	unsigned sum = bsd_sum(name), p;
	bool b = side == 'b';
	struct ether e;

	/* The digit differs from the uplink's own, or a pair could get the uplink's address. */
	switch (uplink->b[0] & 0x0f) {
	case 0x2:
		p = b ? 0xe : 0xa;
		break;
	case 0xe:
		p = b ? 0x6 : 0x2;
		break;
	default:
		p = b ? 0xe : 0x2;
		break;
	}
	e.b[0] = (uint8_t)((n & 0x0f) << 4 | p);
	e.b[1] = (uint8_t)(sum >> 8);
	e.b[2] = (uint8_t)sum;
	memcpy(e.b + 3, uplink->b + 3, 3);
	return (e);
}
