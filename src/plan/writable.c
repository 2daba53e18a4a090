/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes that sh, rc and jail(8) take as they are. */
#include "plan/writable.h"

#include <stddef.h>
#include <string.h>

bool
is_alnum(char c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
}

/* The first byte that is none of those; NULL: there is none. */
static const char *
other_than(const char *s, const char *extra)
{
	for (; *s != '\0'; s++)
		if (!is_alnum(*s) && strchr(extra, *s) == NULL)
			return (s);
	return (NULL);
}

bool
only_chars(const char *s, const char *extra)
{
	return (*s != '\0' && other_than(s, extra) == NULL);
}

const char *
control_in(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return (s);
	return (NULL);
}

bool
rc_evaluates(const char *variable)
{
	static const char *const prefixes[] = {
		"ifconfig_", "ipv6_ifconfig_", "create_args_", "vlans_", "wlans_", "cloned_interfaces", "gif_interfaces", "ipv4_addrs_",
		"ipv6_prefix_", "network_interfaces", "ipv6_network_interfaces", "static_routes", "ipv6_static_routes", "route_",
		"ipv6_route_", "defaultrouter", "ipv6_defaultrouter", "autobridge_", "kld_list", NULL
	};

	for (size_t i = 0; prefixes[i] != NULL; i++)
		if (strncmp(variable, prefixes[i], strlen(prefixes[i])) == 0)
			return (true);
	return (false);
}

const char *
variable_fault(const char *variable, const char *value)
{
	/* autobridge_X is a list of glob patterns by its meaning. */
	bool patterns = strncmp(variable, "autobridge_", strlen("autobridge_")) == 0;
	const char *control = control_in(value);

	if (control != NULL || !rc_evaluates(variable))
		return (control);
	return (other_than(value, patterns ? "_.,:/@+=% -*?[]" : "_.,:/@+=% -"));
}
