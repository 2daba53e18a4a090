# SPDX-License-Identifier: BSD-2-Clause
"""The host with its jails, made from the generated files alone: booted, jails started and stopped, by ezjail's files or those of
jail(8), in their order (freebsd.md 3, 5)."""

import ipaddress
import os
import re
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "oracle"))

import filters                  # noqa: E402
import jailconf                 # noqa: E402
import rcjail                   # noqa: E402
from hooks import Hooks         # noqa: E402
from ifconfig import Interface, Stack       # noqa: E402
from netgraph import Netgraph, jib          # noqa: E402
from rc import Rc, add_route, source, yes  # noqa: E402
from spaces import Failure, Space, Wires    # noqa: E402


def last_wins(text):
    """Of a key that is set twice jail(8) takes the last, as where a parameter overrides what rc.d/jail always writes."""
    lines, last = text.split("\n"), {}
    for n, line in enumerate(lines):
        match = re.match(r"\t([\w.]+)(;| ?= ?)", line)
        if match:
            last[match.group(1)] = n
    return "\n".join(line for n, line in enumerate(lines) if not re.match(r"\t([\w.]+)(;| ?= ?)", line) or n in last.values())


def rtadvd_conf(path):
    """rtadvd.conf(5), as much of it as stands for prefixes: interface -> those that are advertised there instead of its own."""
    found = {}
    if not os.path.exists(path):
        return found
    with open(path, encoding="utf-8") as f:
        lines = [line for line in f.read().replace("\\\n", "").split("\n") if line.strip() and not line.startswith("#")]
    for line in lines:
        name, *capabilities = re.findall(r'(?:"[^"]*"|[^":])+', line)
        addresses, lengths, own = {}, {}, True
        for capability in capabilities:
            address, length = re.fullmatch(r'addr(\d*)="([^"]*)"', capability), re.fullmatch(r"prefixlen(\d*)#(\d+)", capability)
            if address:
                addresses[address.group(1)] = address.group(2)
            elif length:
                lengths[length.group(1)] = length.group(2)
            elif capability == "noifprefix":
                own = False
            else:
                raise Failure("%s: %s is not known here" % (path, capability))
        if own or not addresses or set(lengths) - set(addresses) or name in found:
            raise Failure("%s: %s is not understood" % (path, line))
        found[name] = [ipaddress.ip_network("%s/%s" % (a, lengths.get(n, "64"))) for n, a in addresses.items()]
    return found


class Jail:
    def __init__(self, name, safename):
        self.name, self.safename = name, safename
        self.stack, self.rc, self.conf, self.called = None, None, {}, None


class Machine:
    """directory: what vnetc built; scratch: a directory for stubs; asking.dhclient(stack, interface)
    and asking.rtsol(stack, interface) are what is done to get a lease, and an advertisement."""

    def __init__(self, directory, scratch, release, asking, own_commands=()):
        self.directory, self.release, self.asking = directory, release, asking
        self.wires = Wires()
        self.host = Stack("host", Space("host"), self.wires, release)
        self.variables = source(self.path("rc.conf"))
        self.netgraph = Netgraph(self.host, self.variables.get("kld_list", "").split())
        self.hooks = Hooks(os.path.join(scratch, "stubs"), self.answer, own_commands)
        names = sorted(os.listdir(self.path("jails"))) if os.path.isdir(self.path("jails")) else []
        classic = [n[:-len(".conf")] for n in sorted(os.listdir(self.path("jail.conf.d")))] if os.path.isdir(self.path("jail.conf.d")) else []
        self.jails = {n: Jail(n, re.sub(r"[^A-Za-z0-9]", "_", n)) for n in sorted({*names, *classic})}
        self.dying = []
        self.advertising = {}           # stack: {interface on which it advertises itself: prefixes, None: those that it has}

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def close(self):
        for stack in [self.host] + [j.stack for j in self.jails.values() if j.stack] + self.dying:
            stack.space.close()
        self.wires.close()

    def add_nic(self, name, kind="nic"):
        iface = Interface(self.host.free(name), kind)
        iface.hidden = self.wires.end_for(self.host.space, name)
        iface.hub = self.wires.hub()
        self.wires.plug(iface.hidden, iface.hub)
        return self.host.add(iface)

    def boot_host(self):
        self.rc = Rc(self.host, self.variables, self.asking, False)
        self.rc.boot()
        if os.path.exists(self.path("pf.anchor")):      # what its comment asks the administrator for
            filters.load(self.host, self.path("pf.anchor"))
        self.advertise(self.host, self.variables, self.path("rtadvd.conf"))

    def advertise(self, stack, variables, path):
        if yes(variables.get("rtadvd_enable")):
            if not yes(variables.get("ipv6_gateway_enable")):
                raise Failure("rtadvd in %s, which does not forward" % stack.name)
            named = rtadvd_conf(path)
            self.advertising[stack] = {stack.get(name).name: named.pop(name, None) for name in variables["rtadvd_interfaces"].split()}
            if named:
                raise Failure("%s: %s in %s, where rtadvd does not advertise" % (path, " ".join(named), stack.name))

    # Which jails there are, what is known of each, and in which order they start.

    def by_ezjail(self):
        """ezjail's files, in rcorder(8)'s order, over what ezjail-admin wrote, under rc.conf.d."""
        over = source(self.path("rc.conf.d", "jail", "vnetc.conf"))
        provides, requires, confs = {}, {}, {}
        for jail in self.jails.values():
            path = self.path("ezjail", jail.safename)
            with open(path, encoding="utf-8") as f:
                provides[jail.safename], requires[jail.safename] = rcjail.rcorder_header(f.read())
            values = {**rcjail.created_by_ezjail(jail.name, jail.safename), **source(path), **over}
            confs[jail.name] = jailconf.parse(last_wins(rcjail.jail_conf_text(jail.safename, values)))[jail.safename]
            jail.called = jail.safename
        by_safename = {j.safename: j.name for j in self.jails.values()}
        who = {word: by_safename[s] for s, words in provides.items() for word in words if word != "standard_ezjail"}
        return confs, self.ordered({n: [who[w] for w in requires[j.safename] if w in who] for n, j in self.jails.items()})

    def by_jail_conf(self):
        """/etc/jail.conf.d, all included in /etc/jail.conf, so that depend works."""
        confs = {}
        for jail in self.jails.values():
            with open(self.path("jail.conf.d", jail.name + ".conf"), encoding="utf-8") as f:
                confs.update(jailconf.parse(f.read()))
            jail.called = jail.name
        for name, conf in confs.items():
            for other in conf.get("depend", []):
                if other not in confs:
                    raise Failure("jail %s depends on undefined jail %s" % (name, other))
        return confs, self.ordered({n: confs[n].get("depend", []) for n in confs})

    @staticmethod
    def ordered(after):
        order, doing = [], []

        def put(name):
            if name in doing:
                raise Failure("jails wait for each other: %s" % " ".join(doing))
            if name not in order:
                doing.append(name)
                for other in after[name]:
                    put(other)
                doing.pop()
                order.append(name)
        for name in sorted(after):
            put(name)
        return order

    # Starting and stopping.

    def start_all(self, way):
        confs, order = way()
        for name in order:
            self.start_jail(self.jails[name], confs[name])
        return order

    def start_jail(self, jail, conf):
        jail.conf = conf
        jail.borrowed = [name for name in conf.get("vnet.interface", []) if name in self.host.interfaces]
        for command in conf.get("exec.prestart", []):
            self.hooks.run(command)
        if "vnet" not in conf:
            jail.aliases = [self.classic_address(v) for key in ("ip4.addr", "ip6.addr") for v in conf.get(key, []) if "|" in v]
            return
        jail.stack = Stack(jail.name, Space(jail.name), self.wires, self.release)
        for name in conf.get("vnet.interface", []):
            self.host.move(self.host.get(name), jail.stack)
        variables = source(self.path("jails", jail.name, "rc.conf"))
        self.needs(jail, variables)
        jail.rc = Rc(jail.stack, variables, self.asking, True)
        if "/bin/sh /etc/rc" in conf.get("exec.start", []):
            jail.rc.boot()
            rules = self.path("jails", jail.name, os.path.basename(variables.get("pf_rules", "/etc/pf.conf")))
            if yes(variables.get("pf_enable")) and os.path.exists(rules):       # another's rules are not known here
                filters.load(jail.stack, rules)
            self.advertise(jail.stack, variables, self.path("jails", jail.name, "rtadvd.conf"))
        for command in conf.get("exec.poststart", []):
            self.hooks.run(command)

    def classic_address(self, value):
        """jail(8) makes the address of a classic jail an alias of the host's interface for as long as it runs."""
        name, address = value.split("|")
        if "/" not in address:
            address += "/128" if ":" in address else "/32"
        if ":" in address:
            self.host.enable_ipv6(self.host.get(name))
        self.host.ifconfig(name, "inet6" if ":" in address else "inet", address, "alias")
        return name, address

    def needs(self, jail, variables):
        """What a jail cannot do for itself: load modules, and see devices that its ruleset hides (freebsd.md 1.8)."""
        loaded = set(self.variables.get("kld_list", "").split())
        rules = jail.conf.get("devfs_ruleset", ["4"])[0]
        shown = self.devices(rules)
        if yes(variables.get("pf_enable")) and ("pf" not in loaded or "pf" not in shown):
            raise Failure("jail %s: pf is not loaded, or ruleset %s does not show it" % (jail.name, rules))
        if any("DHCP" in v for k, v in variables.items() if k.startswith("ifconfig_")) and "bpf" not in shown:
            raise Failure("jail %s: dhclient sees no bpf by ruleset %s" % (jail.name, rules))
        wanted = {"if_" + re.match(r"[a-z]+", w).group() for w in variables.get("cloned_interfaces", "").split() if not w.startswith("lo")}
        wanted |= {"if_vlan"} if any(k.startswith("vlans_") for k in variables) else set()
        if wanted - loaded:
            raise Failure("jail %s: not loaded on the host: %s" % (jail.name, " ".join(sorted(wanted - loaded))))

    def devices(self, ruleset):
        """Of pf and bpf those that a ruleset shows."""
        shown, texts = {"5": {"pf"}}.get(ruleset, set()), {}
        if os.path.exists(self.path("devfs.rules")):
            with open(self.path("devfs.rules"), encoding="utf-8") as f:
                for match in re.finditer(r"^\[(\w+)=(\d+)\]\n((?:add .*\n)*)", f.read(), re.M):
                    texts[match.group(1)] = texts[match.group(2)] = match.group(3)
        text = texts.get(ruleset, "")
        for name in re.findall(r"include \$(\w+)", text):
            shown = shown | ({"pf"} if name == "devfsrules_jail_vnet" else self.devices(name) if name in texts else set())
        return shown | set(re.findall(r"add path '?(bpf|pf)\b", text))

    def stop_all(self, order):
        for name in reversed(order):
            self.stop_jail(self.jails[name])

    def stop_jail(self, jail):
        if jail.stack is None:
            for name, address in jail.aliases:
                self.host.delete_address(self.host.get(name), address)
            return
        self.shut_down = False
        for command in jail.conf.get("exec.prestop", []):
            self.hooks.run(command)
        self.shut_down |= any("rc.shutdown" in command for command in jail.conf.get("exec.stop", []))
        if not self.shut_down:
            raise Failure("jail %s: its services are killed, not shut down" % jail.name)
        # While anything refers to it the vnet stays, and with it all interfaces that nobody took back or destroys now.
        stack, jail.stack = jail.stack, None
        self.advertising.pop(stack, None)
        self.dying.append(stack)
        for command in jail.conf.get("exec.poststop", []):
            self.hooks.run(command)
        for name in jail.conf.get("vnet.interface", []):
            if any(i.name == name for i in stack.interfaces.values()):
                raise Failure("jail %s: %s stays in it for as long as it is dying" % (jail.name, name))
        for name in jail.borrowed:
            if name not in self.host.interfaces:
                raise Failure("jail %s: %s does not come back" % (jail.name, name))
        self.dying.remove(stack)
        for iface in stack.interfaces.values():
            stack.unplug(iface)
        stack.space.close()

    # What a jail's commands call.

    def running(self, called):
        for jail in self.jails.values():
            if jail.stack is not None and jail.called == called:
                return jail
        raise Failure("jail \"%s\" not found" % called)

    def answer(self, words, lines):
        tool, words = words[0], words[1:]
        if tool == "ifconfig":
            return self.ifconfig(words)
        if tool == "jexec":
            jail = self.running(words[0])
            if [os.path.basename(w) for w in words[1:3]] == ["sh", "rc.shutdown"]:
                self.shut_down = True
                if [n for n in jail.conf.get("vnet.interface", []) if n in self.host.interfaces]:
                    raise Failure("jail %s: its services stop when its network has gone" % jail.name)
            elif os.path.basename(words[1]) == "ifconfig":
                return jail.stack.ifconfig(*words[2:])
            else:
                raise Failure("jexec %s is not known here" % " ".join(words))
        elif tool == "route":
            self.route(words)
        elif tool == "jib":
            jib(self.host, words)
        elif tool == "jng":
            self.netgraph.jng(words)
        elif tool == "ngctl":
            return self.netgraph.ngctl(words, lines)
        return ""

    def route(self, words):
        """route -q add [-inet6] …, on the host."""
        if words[:2] != ["-q", "add"]:
            raise Failure("route %s is not known here" % " ".join(words))
        add_route(self.host, "-6" if "-inet6" in words else "-4", [w for w in words[2:] if w != "-inet6"])

    def ifconfig(self, words):
        if words[1:2] == ["-vnet"]:
            stack = self.running(words[2]).stack
            stack.move(stack.get(words[0]), self.host)
            return ""
        if words[1:2] == ["vnet"]:
            self.host.move(self.host.get(words[0]), self.running(words[2]).stack)
            return ""
        return self.host.ifconfig(*words)
