/* SPDX-License-Identifier: BSD-2-Clause */
/* IPv4 and IPv6 addresses: text (RFC 4291, RFC 5952) and prefix arithmetic. */
#include "base/inaddr.h"

#include <stddef.h>
#include <string.h>

#include "base/str.h"

/* Four decimal numbers up to the end of the string. */
static bool
parse_inet(const char *s, uint8_t b[4])
{
	for (int i = 0; i < 4; i++) {
		const char *start = s;
		unsigned v = 0;

		while (*s >= '0' && *s <= '9' && s - start < 4)
			v = v * 10 + (unsigned)(*s++ - '0');
		if (s == start || s - start > 3 || v > 255 || (*start == '0' && s - start > 1))
			return (false);
		b[i] = (uint8_t)v;
		if (*s != (i < 3 ? '.' : '\0'))
			return (false);
		s++;
	}
	return (true);
}

static bool
parse_inet6(const char *s, uint8_t b[16])
{
	uint8_t part[16];
	int n = 0, gap = -1;

	if (s[0] == ':') {
		if (s[1] != ':')
			return (false);
		gap = 0;
		s += 2;
	}
	while (*s != '\0') {
		const char *start = s;
		unsigned v = 0;

		if (n == 16)
			return (false);
		while (hex_digit(*s) >= 0 && s - start < 5)
			v = v << 4 | (unsigned)hex_digit(*s++);
		if (*s == '.') {
			if (n > 12 || !parse_inet(start, part + n))
				return (false);
			n += 4;
			break;
		}
		if (s == start || s - start > 4)
			return (false);
		part[n++] = (uint8_t)(v >> 8);
		part[n++] = (uint8_t)v;
		if (*s == '\0')
			break;
		if (*s++ != ':')
			return (false);
		if (*s == ':') {
			if (gap >= 0)
				return (false);
			gap = n;
			s++;
		} else if (*s == '\0')
			return (false);
	}
	/* "::" stands for one group or more. */
	if (gap < 0 ? n != 16 : n > 14)
		return (false);
	memset(b, 0, 16);
	if (gap < 0)
		gap = n;
	memcpy(b, part, (size_t)gap);
	memcpy(b + 16 - (n - gap), part + gap, (size_t)(n - gap));
	return (true);
}

bool
inaddr_parse(const char *s, struct inaddr *a)
{
	struct inaddr r;

	memset(&r, 0, sizeof(r));
	if (strchr(s, ':') != NULL) {
		r.family = INET6;
		if (!parse_inet6(s, r.b))
			return (false);
	} else {
		r.family = INET;
		if (!parse_inet(s, r.b))
			return (false);
	}
	*a = r;
	return (true);
}

static bool
is_mapped(const struct inaddr *a)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	return (a->family == INET6 && memcmp(a->b, mapped, sizeof(mapped)) == 0);
}

/* A number without leading zeros; addresses are the dearest texts of a compilation, so printf is kept out of them. */
static char *
put_number(char *out, unsigned value, unsigned base)
{
	char digits[8];
	size_t n = 0;

	do
		digits[n++] = "0123456789abcdef"[value % base];
	while ((value /= base) != 0);
	while (n > 0)
		*out++ = digits[--n];
	return (out);
}

static char *
put_dotted(char *out, const uint8_t b[4])
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			*out++ = '.';
		out = put_number(out, b[i], 10);
	}
	*out = '\0';
	return (out);
}

const char *
inaddr_text(const struct inaddr *a, char out[INADDR_TEXT])
{
	unsigned group[8];
	int zeros = -1, longest = 1;
	char *end = out;

	if (a->family == INET) {
		put_dotted(out, a->b);
		return (out);
	}
	if (is_mapped(a)) {
		memcpy(out, "::ffff:", 7);
		put_dotted(out + 7, a->b + 12);
		return (out);
	}
	for (int i = 0; i < 8; i++)
		group[i] = (unsigned)a->b[2 * i] << 8 | a->b[2 * i + 1];
	for (int i = 0; i < 8; i++) {
		int run = 0;

		while (i + run < 8 && group[i + run] == 0)
			run++;
		if (run > longest) {
			longest = run;
			zeros = i;
		}
	}
	for (int i = 0; i < 8; i++) {
		if (i == zeros) {
			*end++ = ':';
			*end++ = ':';
			i += longest - 1;
			continue;
		}
		if (end > out && end[-1] != ':')
			*end++ = ':';
		end = put_number(end, group[i], 16);
	}
	*end = '\0';
	return (out);
}

const char *
inaddr_str(struct arena *a, const struct inaddr *addr)
{
	char text[INADDR_TEXT];

	return (arena_strdup(a, inaddr_text(addr, text)));
}

const char *
prefix_str(struct arena *a, const struct prefix *p)
{
	char text[INADDR_TEXT];

	return (arena_printf(a, "%s/%d", inaddr_text(&p->addr, text), p->len));
}

/* Family and bytes stand side by side in a key, without the bytes that IPv4 has no use for. */
static size_t
key_length(const struct inaddr *a)
{
	return (offsetof(struct inaddr, b) + (a->family == INET ? 4 : 16));
}

void *
inaddr_get(const struct map *map, const struct inaddr *a)
{
	return (map_get_bytes(map, a, key_length(a)));
}

void *
inaddr_put(struct map *map, const struct inaddr *a, void *value)
{
	return (map_put_bytes(map, a, key_length(a), value));
}

int
family_bits(enum family f)
{
	return (f == INET ? 32 : 128);
}

const char *
family_name(enum family f)
{
	return (f == INET ? "IPv4" : "IPv6");
}

const char *
family_word(enum family f)
{
	return (f == INET ? "inet" : "inet6");
}

static int
family_bytes(enum family f)
{
	return (family_bits(f) / 8);
}

int
inaddr_compare(const struct inaddr *a, const struct inaddr *b)
{
	int c;

	if (a->family != b->family)
		return (a->family == INET ? -1 : 1);
	c = memcmp(a->b, b->b, (size_t)family_bytes(a->family));
	return ((c > 0) - (c < 0));
}

bool
inaddr_equal(const struct inaddr *a, const struct inaddr *b)
{
	return (inaddr_compare(a, b) == 0);
}

/* The bits of byte i that are within a prefix of len bits. */
static uint8_t
mask_byte(int len, int i)
{
	int bits = len - 8 * i;

	if (bits <= 0)
		return (0);
	return (bits >= 8 ? 0xff : (uint8_t)(0xff << (8 - bits)));
}

struct inaddr
prefix_network(const struct prefix *p)
{
	struct inaddr a = p->addr;

	for (int i = 0; i < family_bytes(a.family); i++)
		a.b[i] &= mask_byte(p->len, i);
	return (a);
}

struct inaddr
prefix_last(const struct prefix *p)
{
	struct inaddr a = p->addr;

	for (int i = 0; i < family_bytes(a.family); i++)
		a.b[i] |= (uint8_t)~mask_byte(p->len, i);
	return (a);
}

bool
prefix_has(const struct prefix *p, const struct inaddr *a)
{
	if (p->addr.family != a->family)
		return (false);
	for (int i = 0; i < family_bytes(a->family); i++)
		if (((p->addr.b[i] ^ a->b[i]) & mask_byte(p->len, i)) != 0)
			return (false);
	return (true);
}

bool
prefix_overlaps(const struct prefix *a, const struct prefix *b)
{
	return (a->len <= b->len ? prefix_has(a, &b->addr) : prefix_has(b, &a->addr));
}

bool
prefix_within(const struct prefix *inner, const struct prefix *outer)
{
	return (inner->len >= outer->len && prefix_has(outer, &inner->addr));
}

bool
prefix_equal(const struct prefix *a, const struct prefix *b)
{
	return (prefix_compare(a, b) == 0);
}

int
prefix_compare(const struct prefix *a, const struct prefix *b)
{
	int c = inaddr_compare(&a->addr, &b->addr);

	return (c != 0 ? c : (a->len > b->len) - (a->len < b->len));
}

bool
inaddr_add(struct inaddr *a, uint64_t n)
{
	struct inaddr r = *a;
	unsigned carry = 0;

	for (int i = family_bytes(a->family) - 1; i >= 0; i--) {
		unsigned sum = r.b[i] + (unsigned)(n & 0xff) + carry;

		r.b[i] = (uint8_t)sum;
		carry = sum >> 8;
		n >>= 8;
	}
	if (carry != 0 || n != 0)
		return (false);
	*a = r;
	return (true);
}

bool
inaddr_next(struct inaddr *a)
{
	return (inaddr_add(a, 1));
}

bool
inaddr_prev(struct inaddr *a)
{
	struct inaddr r = *a;

	for (int i = family_bytes(a->family) - 1; i >= 0; i--) {
		if (r.b[i]-- != 0) {
			*a = r;
			return (true);
		}
	}
	return (false);
}

bool
inaddr_is_link_local(const struct inaddr *a)
{
	if (a->family == INET)
		return (a->b[0] == 169 && a->b[1] == 254);
	return (a->b[0] == 0xfe && (a->b[1] & 0xc0) == 0x80);
}

bool
inaddr_is_loopback(const struct inaddr *a)
{
	static const uint8_t one[16] = { [15] = 1 };

	return (a->family == INET ? a->b[0] == 127 : memcmp(a->b, one, 16) == 0);
}

const char *
inaddr_unusable(const struct inaddr *a)
{
	static const uint8_t zero[16];

	if (a->family == INET) {
		if (memcmp(a->b, zero, 4) == 0)
			return ("the unspecified address");
		if (inaddr_is_loopback(a))
			return ("a loopback address");
		if (a->b[0] >= 224 && a->b[0] < 240)
			return ("a multicast address");
		if (memcmp(a->b, "\xff\xff\xff\xff", 4) == 0)
			return ("the limited broadcast address");
		/* 0/8 as well: ip(4) drops it unless net.inet.ip.allow_net0 says otherwise. */
		if (a->b[0] >= 240 || a->b[0] == 0)
			return ("a reserved address");
		return (NULL);
	}
	if (memcmp(a->b, zero, 16) == 0)
		return ("the unspecified address");
	if (inaddr_is_loopback(a))
		return ("a loopback address");
	if (a->b[0] == 0xff)
		return ("a multicast address");
	if (is_mapped(a))
		return ("an IPv4-mapped address");
	return (NULL);
}
