# SPDX-License-Identifier: BSD-2-Clause
"""The order of work at boot: rc.d/netif, rc.d/bridge, rc.d/routing on the host, then jails one by one with their hooks, then the
same inside each (freebsd.md 1.1 to 1.8, 3.3, 5.1)."""

import fnmatch
import ipaddress
import re
import shlex

from kernel import Iface, Kernel, Stack

KEYWORDS = {"dhcp", "syncdhcp", "nosyncdhcp", "noauto", "wpa", "hostap"}


def mapped(name):
    return re.sub(r"[.\-/+]", "_", name)


class Machine:
    """One host with its jails. jails: name -> {"conf": keys of jail.conf, "variables": its rc.conf}."""

    def __init__(self, release, nics, host_variables, jails, say):
        self.kernel = Kernel(release, say)
        self.say = say
        self.nics, self.jails = nics, jails
        self.host_variables = host_variables
        self.routes = {}

    def variable(self, stack, name):
        if name in stack.variables:
            stack.used.add(name)
        return stack.variables.get(name)

    # rc.d/netif

    def boot_host(self):
        host = self.kernel.host
        host.variables = self.host_variables
        for nic in self.nics:
            host.add(Iface(nic, "nic", host))
        self.network(host, "rc.conf")

    def network(self, stack, where):
        bridges = []
        for word in (self.variable(stack, "cloned_interfaces") or "").split():
            name, _, flag = word.partition(":")
            if name in ("lo7", "tap9"):                 # what stood there before
                continue
            if name.startswith("bridge"):
                bridges.append(name)
            elif bridges and name.startswith("epair"):
                self.say(where, "%s is configured after it joined %s: epairs come before bridges" % (name, " or ".join(bridges)))
            if stack.name == "host" and flag != "sticky":
                self.say(where, "%s is destroyed by service netif restart: it is not sticky" % name)
            made = self.kernel.create(stack, name, where)
            args = self.variable(stack, "create_args_" + name)
            if made and args is not None:
                self.kernel.ifconfig(stack, made[0].name, self.without_keywords(args.split()), where)
        for iface in stack.ordered():
            name = self.variable(stack, "ifconfig_%s_name" % mapped(iface.name))
            if name:
                self.kernel.rename(iface, name, where)
        for iface in stack.ordered():
            self.start(stack, iface, where)
        self.autobridge(stack, where)
        self.routing(stack, where)

    @staticmethod
    def without_keywords(words):
        return [w for w in words if w.lower() not in KEYWORDS]

    def start(self, stack, iface, where):
        name, configured = mapped(iface.name), False
        where = "%s: %s" % (where, iface.name)
        value = self.variable(stack, "ifconfig_" + name)
        words = (value or "").split()
        given = {w.lower() for w in words} & KEYWORDS
        if "dhcp" in given and stack.name != "host":
            self.say(where, "DHCP in a jail waits for devd, which is not there")
        iface.dhcp = bool(given & {"dhcp", "syncdhcp"})
        if iface.dhcp and iface.member_of:
            self.say(where, "DHCP on a member of %s" % iface.member_of.name)
        words = self.without_keywords(words)
        if words:
            configured |= self.kernel.ifconfig(stack, iface.name, words, where)
        configured |= iface.dhcp
        value = self.variable(stack, "ifconfig_%s_ipv6" % name)
        if value:
            iface.has_ipv6_line = True
            if value.split()[0] != "inet6":
                self.say(where, "its ipv6 line does not begin with inet6")
            configured |= self.kernel.ifconfig(stack, iface.name, value.split(), where)
        self.variable(stack, "ifconfig_%s_descr" % name)
        if configured:
            iface.up = True
        self.aliases(stack, iface, name, where)
        self.children(stack, iface, name, where)

    def aliases(self, stack, iface, name, where):
        found, n = {"inet6": [], "inet": [], "ether": []}, 0
        numbers = sorted(int(m.group(1)) for m in (re.fullmatch(r"ifconfig_%s_alias(\d+)" % re.escape(name), v) for v in stack.variables) if m)
        if numbers != list(range(len(numbers))):
            self.say(where, "its aliases are not numbered from 0 without a gap")
        for n in numbers:
            words = self.variable(stack, "ifconfig_%s_alias%d" % (name, n)).split()
            if not words or words[0] not in found:
                self.say(where, "alias %d begins with no family" % n)
                continue
            if words[0] == "inet6" and not iface.has_ipv6_line:
                self.say(where, "alias %d is IPv6, and without an ipv6 line netif leaves it out" % n)
            found[words[0]].append(words)
        for family in ("ether", "inet6", "inet"):
            for words in found[family]:
                self.kernel.ifconfig(stack, iface.name, words, where)
                iface.up = True

    def children(self, stack, iface, name, where):
        for word in (self.variable(stack, "vlans_" + name) or "").split():
            child = "%s.%s" % (iface.name, word) if word.isdigit() else word
            self.kernel.check_name(child, where)
            if child in stack.ifaces:
                self.say(where, "%s exists already" % child)
                continue
            vlan = Iface(child, "vlan", stack)
            vlan.parent, vlan.mtu = iface, iface.mtu
            if word.isdigit():
                vlan.tag = int(word)
            stack.add(vlan)
            args = self.variable(stack, "create_args_" + mapped(child))
            if args:
                self.kernel.ifconfig(stack, child, args.split(), where)
            if not vlan.tag or not 0 < vlan.tag < 4095:
                self.say(where, "%s has no tag" % child)
            if iface.kind == "bridge" and self.kernel.major < 15:
                self.say(where, "a vlan on a bridge needs FreeBSD 15")
            if not iface.up:
                self.say(where, "%s is a vlan on %s, which is down" % (child, iface.name))
            if self.variable(stack, "ifconfig_%s_name" % mapped(child)):
                self.say(where, "%s is made after all renaming: ifconfig_%s_name has no effect" % (child, mapped(child)))
            self.start(stack, vlan, where)

    # rc.d/bridge: what is there when it runs; never an error.

    def autobridge(self, stack, where):
        for name in (self.variable(stack, "autobridge_interfaces") or "").split():
            patterns = self.variable(stack, "autobridge_" + name)
            if not re.fullmatch(r"[A-Za-z0-9_]+", name) or name not in stack.ifaces:
                self.say(where, "autobridge: %s is no bridge that it can name" % name)
                continue
            for pattern in (patterns or "").split():
                for iface in [i for i in stack.ifaces.values() if fnmatch.fnmatchcase(i.name, pattern)]:
                    if iface.member_of is None:
                        self.kernel.ifconfig(stack, name, ["addm", iface.name], where)

    # rc.d/routing

    def routing(self, stack, where):
        table = self.routes[stack.name] = {4: [], 6: []}
        for family, prefix in ((4, ""), (6, "ipv6_")):
            for name in (self.variable(stack, prefix + "static_routes") or "").split():
                if name in ("mine", "mine6"):
                    continue
                value = self.variable(stack, "%sroute_%s" % (prefix, mapped(name)))
                if value is None:
                    self.say(where, "%sroute_%s is not there" % (prefix, mapped(name)))
                    continue
                self.add_route(stack, table[family], family, value.split(), "%s: route %s" % (where, name))
            value = self.variable(stack, prefix + "defaultrouter")
            if value:
                self.add_route(stack, table[family], family, ["default", value], "%s: default route" % where)
            for switch in ("gateway_enable", "ipv6_gateway_enable"):
                self.variable(stack, switch)

    def add_route(self, stack, table, family, words, where):
        try:
            flags = [w for w in words if w in ("-reject", "-blackhole", "-net", "-host")]
            plain = [w for w in words if w not in flags]
            if "-prefixlen" in plain:
                at = plain.index("-prefixlen")
                plain[0] += "/" + plain[at + 1]
                del plain[at:at + 2]
            if len(plain) != 2:
                raise ValueError("not understood: %s" % " ".join(words))
            default = ipaddress.ip_network("0.0.0.0/0" if family == 4 else "::/0")
            to = default if plain[0] == "default" else ipaddress.ip_network(plain[0])
            via, _, zone = plain[1].partition("%")
            via = ipaddress.ip_address(via)
        except ValueError as why:
            self.say(where, str(why))
            return
        if to.version != family or via.version != family:
            self.say(where, "the wrong family")
        if any(old[0] == to for old in table):
            self.say(where, "%s has a route already" % to)
        if flags and flags[0] in ("-reject", "-blackhole") or "-reject" in flags or "-blackhole" in flags:
            table.append((to, None, None))
            return
        out = self.on_link(stack, via, zone, where)
        table.append((to, via, out))

    def on_link(self, stack, via, zone, where):
        if via.is_link_local and via.version == 6:
            if zone not in stack.ifaces:
                self.say(where, "%s%%%s: no interface of that name" % (via, zone))
            elif not stack.ifaces[zone].has_ipv6_line and not stack.ifaces[zone].link_local:
                self.say(where, "%s has no IPv6" % zone)
            return stack.ifaces.get(zone)
        for iface in stack.ifaces.values():
            for address in iface.addresses:
                if via in address.network:
                    if via == address.ip:
                        self.say(where, "%s is the node itself" % via)
                    return iface
        if not any(i.dhcp or i.accept_rtadv for i in stack.ifaces.values()):
            self.say(where, "%s is on no link of %s" % (via, stack.name))
        return None

    # Jails.

    def start_jail(self, name, note=""):
        conf, where = self.jails[name]["conf"], "jail %s%s" % (name, note)
        if "vnet" not in conf:
            return
        for command in conf.get("exec.prestart", []):
            self.command(command, name, where)
        stack = Stack(name)
        stack.variables = self.jails[name]["variables"]
        for interface in conf.get("vnet.interface", []):
            iface = self.kernel.host.ifaces.get(interface)
            if iface is None:
                self.say(where, "vnet.interface %s does not exist on the host" % interface)
                continue
            if iface.addresses:
                self.say(where, "%s has addresses of the host" % interface)
            self.kernel.move(iface, stack, where)
        self.kernel.jails[name] = stack
        self.network(stack, "jails/%s/rc.conf%s" % (name, note))

    def stop_jail(self, name, note=""):
        conf, where = self.jails[name]["conf"], "jail %s%s" % (name, note)
        stack = self.kernel.jails.get(name)
        if stack is None:
            return
        self.shut_down = False
        for command in conf.get("exec.prestop", []):
            self.command(command, name, where, stack)
        for command in conf.get("exec.stop", []):
            self.shut_down |= "rc.shutdown" in command
        if not self.shut_down:
            self.say(where, "its services are killed, not shut down")
        # What is still inside stays in a dying vnet, out of everybody's sight, until something destroys it.
        del self.kernel.jails[name]
        self.kernel.jails["dying"] = stack
        for command in conf.get("exec.poststop", []):
            self.command(command, name, where)
        del self.kernel.jails["dying"]

    def command(self, command, jail, where, stack=None):
        where = "%s: %s" % (where, command)
        tolerant = bool(re.search(r"\|\| (true|:)$", command))
        plain = re.sub(r"( 2>/dev/null| >/dev/null 2>&1)?( \|\| (true|:))?$", "", command)
        words = plain.split() if "ngctl" in plain else shlex.split(plain)
        kernel = self.kernel
        if words[:1] == ["/usr/sbin/jexec"]:
            if words[1:2] != [jail] or stack is None:
                self.say(where, "jexec into another jail, or into one that does not run")
            elif words[2:4] == ["/bin/sh", "/etc/rc.shutdown"]:
                self.shut_down = True
                if not stack.ifaces.keys() - {"lo0"} and self.jails[jail]["conf"].get("vnet.interface"):
                    self.say(where, "its services stop after the network has gone")
            elif words[2:3] == ["/sbin/ifconfig"]:
                kernel.ifconfig(stack, words[3], words[4:], where)
        elif words[:1] == ["/sbin/ifconfig"]:
            self.ifconfig_command(words[1], words[2:], jail, where, stack, tolerant)
        elif words[:3] == ["/sbin/route", "-q", "add"]:
            self.route_command(words[3:], where)
        elif words[:2] == ["/usr/local/sbin/jib", "addm"]:
            kernel.jib_addm(words[2:], where)
        elif words[:2] == ["/usr/local/sbin/jib", "destroy"]:
            kernel.destroy_of(r"e\d+a_" + re.escape(words[2]))
        elif words[:2] == ["/usr/local/sbin/jng", "bridge"]:
            kernel.jng_bridge(words[2:], where)
        elif words[:2] == ["/usr/local/sbin/jng", "shutdown"]:
            kernel.destroy_of(r"ng\d+_" + re.escape(words[2]))
        elif words[:1] == ["/usr/sbin/ngctl"]:
            kernel.ngctl(command, where)
        elif words[:1] and words[0].split("/")[-1] in ("ifconfig", "jib", "jng", "jexec", "ngctl") and not words[0].startswith("/"):
            self.say(where, "no absolute path")

    def route_command(self, words, where):
        """A route of the host; those by an interface that is gone have gone with it."""
        family = 6 if words[:1] == ["-inet6"] else 4
        there = self.kernel.host.ifaces.values()
        table = self.routes["host"]
        for each in table:
            table[each] = [r for r in table[each] if r[2] is None or r[2] in there]
        self.add_route(self.kernel.host, table[family], family, words[1:] if family == 6 else words, where)

    def ifconfig_command(self, name, rest, jail, where, stack, tolerant):
        kernel = self.kernel
        if rest[:1] == ["create"]:
            kernel.create(kernel.host, name, where)
        elif rest[:1] == ["destroy"]:
            iface = next((s.ifaces[name] for s in kernel.stacks() if name in s.ifaces), None)
            if iface is not None:
                kernel.destroy(iface)
            elif not tolerant:
                self.say(where, "%s does not exist" % name)
        elif rest[:1] == ["-vnet"]:
            if rest[1:] != [jail] or stack is None or name not in stack.ifaces:
                self.say(where, "%s is not in the jail" % name)
            else:
                kernel.move(stack.ifaces[name], kernel.host, where)
        elif rest[:1] == ["name"]:
            if name in kernel.host.ifaces:
                kernel.rename(kernel.host.ifaces[name], rest[1], where)
        else:
            kernel.ifconfig(kernel.host, name, rest, where)

    # What must be so once everything runs.

    def unused_variables(self, stack, where):
        for name in sorted(set(stack.variables) - stack.used):
            if re.match(r"(ifconfig|create_args|vlans|autobridge|route|ipv6_route)_", name):
                self.say(where, "%s is for nothing that is there" % name)
