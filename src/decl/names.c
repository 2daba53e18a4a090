/* SPDX-License-Identifier: BSD-2-Clause */
/* What things may be called: character sets, reserved names, host names, MAC addresses. */
#include <string.h>

#include "base/ether.h"
#include "decl/decoding.h"
#include "rules/rules.h"

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

#define JAIL_MAX 63
#define GROUP_MAX 15
#define HOSTNAME_MAX 255
#define LABEL_MAX 63

struct alphabet { const char *first, *rest; };

static struct alphabet
alphabet_of(enum form form)
{
	switch (form) {
	case FORM_JAIL:
		return ((struct alphabet){ LETTERS DIGITS, LETTERS DIGITS "_-" });
	case FORM_IFNAME:
		return ((struct alphabet){ LETTERS, LETTERS DIGITS "_.-" });
	case FORM_GROUP:
		return ((struct alphabet){ LETTERS, LETTERS DIGITS "_-." });
	case FORM_VARIABLE:
		return ((struct alphabet){ LETTERS "_", LETTERS DIGITS "_" });
	case FORM_PARAMETER:
		return ((struct alphabet){ LETTERS "_", LETTERS DIGITS "_." });
	case FORM_NAME:
	case FORM_TEXT:
	case FORM_ADDRESS:
	case FORM_IFADDRESS:
	case FORM_PREFIX:
	case FORM_RANGE:
	case FORM_MAC:
	case FORM_HOSTNAME:
	case FORM_RELEASE:
	case FORM_GATEWAY:
	case FORM_VIA:
	case FORM_TARGET:
	case FORM_EPAIR:
	case FORM_FILE:
	case FORM_END:
	case FORM_COMMAND:
	case FORM_CLASSIC_IP:
		break;
	}
	return ((struct alphabet){ LETTERS DIGITS, LETTERS DIGITS "_.-" });
}

static bool
has_char(const char *set, char c)
{
	return (c != '\0' && strchr(set, c) != NULL);
}

/* A name of the same look that would be right; NULL: none comes to mind. */
static const char *
mended(struct decoder *dec, const struct alphabet *set, const char *name, size_t max)
{
	struct text t = { .arena = dec->a };

	while (*name != '\0' && !has_char(set->first, *name))
		name++;
	for (; *name != '\0'; name++) {
		if (has_char(set->rest, *name))
			text_addn(&t, name, 1);
		else if (((unsigned char)*name & 0xc0) != 0x80)
			text_add(&t, "_");
	}
	return (t.n == 0 || t.n > max ? NULL : text_end(&t));
}

static const char *
article(const char *thing)
{
	return (has_char("aeiou", thing[0]) ? "an" : "a");
}

static const char *
shown_char(struct decoder *dec, const char *s)
{
	struct text t = { .arena = dec->a };

	if (*s == ' ')
		return ("a space");
	text_add_char(&t, s, strlen(s));
	return (text_end(&t));
}

/* False: NAME has a character that it may not have, told. */
static bool
check_characters(struct decoder *dec, enum form form, const char *thing, const char *name, struct span at)
{
	struct alphabet set = alphabet_of(form);
	const char *bad = name, *shown, *cure;
	struct diag *d;

	if (name[0] == '\0') {
		FAULT(dec, &rule_bad_name, at, "an empty text is no name for %s %s", article(thing), thing);
		return (false);
	}
	if (has_char(set.first, name[0]))
		for (bad++; has_char(set.rest, *bad); bad++)
			;
	if (*bad == '\0')
		return (true);
	shown = str_shown(dec->a, name);
	if (form == FORM_JAIL && *bad == '.' && bad > name)
		d = FAULT(dec, &rule_bad_name, at, "%s is no name for a jail: a dot makes %s a child jail of %s", shown, shown,
		    str_shown(dec->a, arena_strndup(dec->a, name, (size_t)(strrchr(name, '.') - name))));
	else if (bad == name && has_char(set.rest, *bad))
		d = FAULT(dec, &rule_bad_name, at, "%s is no name for %s %s: it cannot begin with %s", shown, article(thing), thing,
		    shown_char(dec, bad));
	else
		d = FAULT(dec, &rule_bad_name, at, "%s is no name for %s %s: %s is not allowed", shown, article(thing), thing,
		    shown_char(dec, bad));
	cure = mended(dec, &set, name, form == FORM_JAIL ? JAIL_MAX : 1000);
	if (cure != NULL)
		suggest_name(dec->d, d, dec->root, at, name, cure);
	return (false);
}

/* What a name means already; NULL: nothing. */
static const char *
meaning_of_node(enum form form, const char *name)
{
	static const char *const words[][2] = {
		{ "host", "the machine that the jails run on" },
		{ "outside", "the world beyond the file's gateways" },
		{ "none", "no gateway at all" },
		{ "auto", "an automatic address" },
		{ "dhcp", "an address by DHCP" },
		{ "slaac", "an address by router advertisement" },
	};
	static const char *const ezjail[] = { "basejail", "newjail", "fulljail", "flavours", "ezjailtemp", "ezjail_archives",
		NULL };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], name) == 0)
			return (words[i][1]);
	return (form == FORM_JAIL && str_in(name, ezjail) ? "a directory of ezjail's own" : NULL);
}

static const char *
meaning_of_interface(struct decoder *dec, const char *name)
{
	static const char *const taken_out[] = { "dhcp", "noauto", "syncdhcp", "nosyncdhcp", "wpa", "hostap", "vnet", NULL };
	static const char *const groups[] = { "all", "epair", "bridge", "vlan", "lo", NULL };
	char *lower;

	if (strcmp(name, "lo0") == 0)
		return ("the loopback interface");
	if (strcmp(name, "DEFAULT") == 0)
		return ("rc.conf's ifconfig_DEFAULT, which holds for every other interface");
	if (str_in(name, groups))
		return ("a group of interfaces to ifconfig");
	lower = arena_strdup(dec->a, name);
	for (char *s = lower; *s != '\0'; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
	return (str_in(lower, taken_out) ? "a word of its own to rc.conf's ifconfig lines" : NULL);
}

bool
check_name(struct decoder *dec, enum form form, const char *thing, const char *name, struct span at)
{
	size_t n = strlen(name);
	const char *meaning = NULL, *shown;
	struct diag *d;

	if (!check_characters(dec, form, thing, name, at))
		return (false);
	shown = str_shown(dec->a, name);
	if (form == FORM_JAIL && n > JAIL_MAX) {
		FAULT(dec, &rule_bad_name, at, "%s is no name for a jail: it has %zu characters, at most %d are allowed", shown, n,
		    JAIL_MAX);
		return (false);
	}
	if (form == FORM_GROUP && n > GROUP_MAX) {
		FAULT(dec, &rule_bad_name, at, "%s is no name for a group: it has %zu characters, at most %d are allowed", shown, n,
		    GROUP_MAX);
		return (false);
	}
	if (form == FORM_GROUP && has_char(DIGITS, name[n - 1])) {
		d = FAULT(dec, &rule_bad_name, at, "%s is no name for a group: it cannot end in a digit", shown);
		suggest_name(dec->d, d, dec->root, at, name,
		    arena_printf(dec->a, "%.*s_", n < GROUP_MAX ? (int)n : GROUP_MAX - 1, name));
		return (false);
	}
	if (form == FORM_JAIL || form == FORM_NAME)
		meaning = meaning_of_node(form, name);
	else if (form == FORM_IFNAME)
		meaning = meaning_of_interface(dec, name);
	if (meaning != NULL) {
		FAULT(dec, &rule_reserved_name, at, "%s means something else: %s", shown, meaning);
		return (false);
	}
	if (form == FORM_JAIL && strspn(name, DIGITS) == n) {
		d = FAULT(dec, &rule_numeric_jail_name, at, "jail(8) would take %s for a jail id", shown);
		suggest_name(dec->d, d, dec->root, at, name, arena_printf(dec->a, "j%s", name));
		return (false);
	}
	return (true);
}

bool
check_hostname(struct decoder *dec, const char *name, struct span at)
{
	const char *why = NULL, *label = name;

	if (strlen(name) > HOSTNAME_MAX)
		why = "it is longer than 255 characters";
	while (why == NULL) {
		size_t n = strcspn(label, "."), good = strspn(label, LETTERS DIGITS "-");

		if (n == 0)
			why = "a part of it is empty";
		else if (n > LABEL_MAX)
			why = "a part of it is longer than 63 characters";
		else if (good < n)
			why = arena_printf(dec->a, "%s is not allowed", shown_char(dec, label + good));
		else if (label[0] == '-' || label[n - 1] == '-')
			why = "a part of it begins or ends with a dash";
		if (label[n] == '\0')
			break;
		label += n + 1;
	}
	if (why == NULL)
		return (true);
	FAULT(dec, &rule_bad_hostname, at, "%s is no host name: %s", str_shown(dec->a, name), why);
	return (false);
}

static const char mac_example[] = "mac: 02:00:5e:10:00:01, or auto";

bool
check_mac(struct decoder *dec, bool bridge, const char *text, struct span at)
{
	const char *shown = str_shown(dec->a, text);
	char other[ETHER_TEXT];
	struct ether ether;
	struct diag *d;

	if (strcmp(text, "auto") == 0 || strcmp(text, "kernel") == 0 || (bridge && strcmp(text, "inherit") == 0))
		return (true);
	if (!ether_parse(text, &ether)) {
		char *colons = arena_strdup(dec->a, text);

		d = FAULT(dec, &rule_bad_mac, at, "%s is no MAC address", shown);
		for (char *s = colons; *s != '\0'; s++)
			if (*s == '-')
				*s = ':';
		if (ether_parse(colons, &ether)) {
			diag_help(dec->d, d, "write %s", colons);
			diag_fix(dec->d, d, at, "%s", colons);
		} else {
			diag_help(dec->d, d, "%s", mac_example);
		}
		return (false);
	}
	if (ether_is_zero(&ether)) {
		d = FAULT(dec, &rule_bad_mac, at, "%s is no MAC address of an interface", shown);
		diag_help(dec->d, d, "%s", mac_example);
		return (false);
	}
	if (ether_is_multicast(&ether)) {
		d = FAULT(dec, &rule_bad_mac, at, "%s is a multicast address", shown);
		ether.b[0] = (uint8_t)((ether.b[0] & 0xfe) | 0x02);
		diag_help(dec->d, d, "%s is not", ether_text(&ether, other));
		diag_fix(dec->d, d, at, "%s", other);
		return (false);
	}
	return (true);
}
