# SPDX-License-Identifier: BSD-2-Clause
"""What FreeBSD's rc does with an rc.conf, in its order: rc.d/netif, rc.d/bridge, rc.d/routing, rc.d/pf, rc.d/rtadvd (freebsd.md 1).
A step that fails is a Failure, where FreeBSD would go on without it."""

import fnmatch
import ipaddress
import os
import re
import subprocess
import tempfile

from spaces import Failure, program

SH = program("dash") or "/bin/sh"
SED = program("sed")
# network.subr reads ifconfig_* by `eval echo`, unquoted, and evaluates what comes out once more; all else is read as it stands.
READ = r'''
. "$1" || exit 1
for name in $(set | %s -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p'); do
	case $name in
	ifconfig_*) eval "set -- $(eval echo \$$name)"; printf '%%s=%%s\0' "$name" "$*" ;;
	*) eval "printf '%%s=%%s\0' $name \"\$$name\"" ;;
	esac
done''' % SED
DHCP = {"dhcp": "devd", "syncdhcp": "netif", "nosyncdhcp": "devd"}
OTHERS = {"noauto", "wpa", "hostap"}


def source(path, environment=()):
    """The variables of a file that sh reads, in a shell that has nothing else."""
    with tempfile.TemporaryDirectory(prefix="vnetc-netns-%d-" % os.getpid()) as empty:
        done = subprocess.run([SH, "-c", READ, "sh", os.path.abspath(path)], cwd=empty, env={"PATH": "/nonexistent", **dict(environment)},
                              capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0 or done.stderr:
        raise Failure("%s: sh: %s" % (path, done.stderr.strip()))
    return dict(item.split("=", 1) for item in done.stdout.split("\0") if "=" in item)


def mapped(name):
    """get_if_var: the name as part of a variable's."""
    return re.sub(r"[.\-/+]", "_", name)


def yes(value):
    return (value or "").lower() in ("yes", "true", "on", "1")


def add_route(stack, family, words):
    """route(8) add: [-net|-host] TO GATEWAY, with -prefixlen, -reject, -blackhole, or -iface and an interface."""
    where, plain, kind = "route add %s (in %s)" % (" ".join(words), stack.name), [], None
    words = iter(words)
    for word in words:
        if word == "-prefixlen":
            plain[0] += "/" + next(words)
        elif word in ("-iface", "-interface"):
            kind = "dev"
        elif word in ("-reject", "-blackhole"):
            kind = {"-reject": "unreachable", "-blackhole": "blackhole"}[word]
        elif word not in ("-net", "-host"):
            plain.append(word)
    try:
        to, via = plain
        if kind == "dev":
            stack.space.ip(family, "route", "add", to, "dev", via)
            return
        via, _, zone = via.partition("%")
        if to != "default":
            ipaddress.ip_network(to)
        ipaddress.ip_address(via)
        if kind is not None:
            stack.space.ip(family, "route", "add", kind, to)
        else:
            stack.space.add_route(family, to, "via", via, *(["dev", zone] if zone else []))
    except (ValueError, Failure) as why:
        raise Failure("%s: %s" % (where, why)) from None


class Rc:
    """One boot of one stack."""

    def __init__(self, stack, variables, asking, in_jail):
        self.stack, self.variables, self.asking, self.in_jail = stack, variables, asking, in_jail

    def var(self, what, name):
        return self.variables.get(what % mapped(name))

    def boot(self):
        self.clone_up()
        for iface in list(self.stack.interfaces.values()):
            name = self.var("ifconfig_%s_name", iface.name)
            if name:
                self.stack.rename(iface, name)
        for iface in list(self.stack.interfaces.values()):
            self.start(iface)
        self.autobridge("*")
        self.routing()

    def clone_up(self):
        for word in self.variables.get("cloned_interfaces", "").split():
            name, _, flag = word.partition(":")
            if flag not in ("", "sticky", "nosticky"):
                raise Failure("cloned_interfaces: %s" % word)
            if name.startswith("epair") and (name + "a" in self.stack.interfaces or name + "b" in self.stack.interfaces):
                continue
            if name not in self.stack.interfaces:
                self.stack.ifconfig(name, "create", *(self.var("create_args_%s", name) or "").split())

    def start(self, iface):
        """ifn_start"""
        stack, name = self.stack, iface.name
        words = (self.var("ifconfig_%s", name) or "").split()
        leased = [w for w in words if w.lower() in DHCP]
        words = [w for w in words if w.lower() not in DHCP and w.lower() not in OTHERS]
        if words:
            stack.ifconfig(name, *words)
        six = self.ipv6(iface)
        ethers = [a for a in self.aliases(iface) if a[0] in ("ether", "link")]
        for alias in ethers:
            stack.ifconfig(name, *alias)
        description = self.var("ifconfig_%s_descr", name)
        if description:
            stack.ifconfig(name, "description", description)
        if words or six or leased or ethers:
            stack.ifconfig(name, "up")
        if six and "accept_rtadv" in self.var("ifconfig_%s_ipv6", name).split():
            self.asking.rtsol(stack, iface)
        if leased:
            if self.in_jail and DHCP[leased[0].lower()] != "netif":
                raise Failure("%s: %s waits for devd, which a jail has not" % (name, leased[0]))
            self.asking.dhclient(stack, iface)
        for family in ("inet6", "inet"):
            for alias in self.aliases(iface):
                if alias[0] == family and (family == "inet" or six):
                    stack.ifconfig(name, *alias, "alias")
        self.vlans(iface)

    def ipv6(self, iface):
        words = (self.var("ifconfig_%s_ipv6", iface.name) or "").split()
        if not words:
            return False
        self.stack.enable_ipv6(iface)
        if re.match(r"(:|[0-9a-fA-F]+:)", words[0]):
            words.insert(0, "inet6")
        if "accept_rtadv" in words and yes(self.variables.get("ipv6_gateway_enable")):
            words.remove("accept_rtadv")
        self.stack.ifconfig(iface.name, *words)
        return True

    def aliases(self, iface):
        """_aliasN, by number. One that begins with no family is done by a guess, or by nobody: here it is a fault."""
        pattern = re.compile(r"ifconfig_%s_alias(\d+)" % re.escape(mapped(iface.name)))
        found = sorted((int(m.group(1)), v) for m, v in ((pattern.fullmatch(k), v) for k, v in self.variables.items()) if m)
        if [n for n, _ in found] != list(range(len(found))):
            raise Failure("aliases of %s: there is a gap" % iface.name)
        words = [v.split() for _, v in found]
        for alias in words:
            if alias[:1] and alias[0] not in ("inet", "inet6", "ether", "link"):
                raise Failure("an alias of %s begins with %s" % (iface.name, alias[0]))
            if alias[:1] == ["inet6"] and not iface.ipv6:
                raise Failure("%s has an IPv6 alias, and no line for IPv6" % iface.name)
        return words

    def vlans(self, iface):
        """childif_create"""
        for word in (self.var("vlans_%s", iface.name) or "").split():
            child = "%s.%s" % (iface.name, word) if word.isdigit() else word
            words = (self.var("create_args_%s", child) or "").split()
            if not iface.up:
                raise Failure("%s: vlan on %s, which is down" % (child, iface.name))
            if word.isdigit():
                self.stack.ifconfig(child, "create", *words)
            elif re.fullmatch(r"vlan\d+", child):
                self.stack.ifconfig(child, "create", "vlandev", iface.name, *words)
            else:
                made = self.stack.ifconfig("vlan", "create", "vlandev", iface.name, *words)
                self.stack.ifconfig(made, "name", child)
            name = self.var("ifconfig_%s_name", child)
            if name:
                self.stack.ifconfig(child, "name", name)
            self.start(self.stack.get(name or child))

    def autobridge(self, new):
        """rc.d/bridge, for all interfaces or a new one; what is a member already, or cannot be one, it leaves."""
        for bridge in self.variables.get("autobridge_interfaces", "").split():
            for pattern in self.variables.get("autobridge_" + bridge, "").split():
                for name in list(self.stack.interfaces):
                    if fnmatch.fnmatchcase(name, pattern) and fnmatch.fnmatchcase(name, new) and self.stack.interfaces[name].member_of is None:
                        self.stack.ifconfig(bridge, "addm", name)

    def devd(self, name):
        """An interface has come to the host."""
        iface = self.stack.get(name)
        self.start(iface)
        self.autobridge(name)

    def routing(self):
        for prefix, option, family in (("", "", "-4"), ("ipv6_", "-inet6", "-6")):
            for route in self.variables.get(prefix + "static_routes", "").split():
                value = self.var(prefix + "route_%s", route)
                if value is None:
                    raise Failure("%sroute_%s is not there (in %s)" % (prefix, mapped(route), self.stack.name))
                add_route(self.stack, family, value.split())
            default = self.variables.get(prefix + "defaultrouter", "")
            if default and default.lower() != "no":
                add_route(self.stack, family, ["default", default])
        if yes(self.variables.get("gateway_enable")):
            self.stack.space.sysctl("ipv4/ip_forward", 1)
        if yes(self.variables.get("ipv6_gateway_enable")):
            self.stack.space.sysctl("ipv6/conf/all/forwarding", 1)
