# SPDX-License-Identifier: BSD-2-Clause
"""What a host and its jails are once the generated files have booted, as plain sentences that any set-up written by hand can be told in: which
bridges with which members, whose addresses, which routes, what is translated, when an epair is made."""

import ipaddress
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "oracle"))

import surroundings             # noqa: E402
from oracle import Oracle       # noqa: E402

PLAIN_DEVICES = {"null", "ptmx", "zfs"}
NETWORK = re.compile(r"(ifconfig|create_args|vlans|autobridge|route|ipv6_route)_.*|(ipv6_)?(static_routes|defaultrouter|gateway_enable)|cloned_interfaces|"
                     r"autobridge_interfaces|kld_list|rtadvd_.*")


def booted(directory, topology):
    """(the machine after its jails have started, stopped and started again, all that the oracle has to tell)"""
    oracle = Oracle(directory, topology)
    findings = oracle.run()
    return oracle.machine, findings


def read(directory, topology):
    """(the facts, what the oracle finds)"""
    machine, findings = booted(directory, topology)
    if machine is None:
        return set(), findings
    with open(topology, encoding="utf-8") as f:
        chosen = set(re.findall(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}", f.read()))
    facts = set()
    for stack in machine.kernel.stacks():
        facts |= {"%s %s" % (stack.name, fact) for fact in of_stack(machine, stack, {m.lower() for m in chosen})}
        facts |= {"%s %s" % (stack.name, fact) for fact in translation(directory, stack.name)}
    for name, jail in machine.jails.items():
        facts |= {"%s %s" % (name, fact) for fact in of_jail(directory, name, jail["conf"])}
    return facts | netgraph(machine), findings


def of_stack(machine, stack, chosen):
    for switch, family in (("gateway_enable", "inet"), ("ipv6_gateway_enable", "inet6")):
        if stack.variables.get(switch) == "YES":
            yield "forwards " + family
    for word in stack.variables.get("cloned_interfaces", "").split():
        if word.startswith("epair"):
            yield "makes %s at boot" % word.partition(":")[0]
    for module in stack.variables.get("kld_list", "").split():
        if module != "speaker":         # what stood there before
            yield "loads " + module
    for name, value in stack.variables.items():
        if not NETWORK.fullmatch(name):
            yield "sets %s=%s" % (name, value)
    for iface in stack.ifaces.values():
        if iface.name != "lo0":
            yield from of_interface(iface, chosen)
    for table in machine.routes.get(stack.name, {}).values():
        for to, via, out in table:
            yield "route %s %s" % ("default" if to.prefixlen == 0 else to, "reject" if via is None else "%s%s" % (via, zone(via, out)))


def zone(via, out):
    return "%%%s" % out.name if out is not None and via.version == 6 and via.is_link_local else ""


def of_interface(iface, chosen):
    if iface.kind == "bridge":
        yield " ".join(["bridge", iface.name] + sorted(m.name + "(private)" * m.private + "(stp)" * m.stp for m in iface.members))
    if iface.kind == "vlan" and iface.parent:
        yield "vlan %s %s %s" % (iface.name, iface.parent.name, iface.tag)
    if iface.ports:
        yield " ".join(["lagg", iface.name] + sorted(p.name for p in iface.ports))
    if iface.created != iface.name and not iface.jib:
        yield "calls %s %s" % (iface.created, iface.name)
    for address in iface.addresses:
        yield "address %s %s" % (iface.name, address)
    if iface.dhcp:
        yield "address %s dhcp" % iface.name
    if iface.accept_rtadv:
        yield "address %s slaac" % iface.name
    if iface.stack.name != "host" and not (iface.addresses or iface.dhcp or iface.accept_rtadv):
        yield "interface " + iface.name
    if iface.mtu != 1500:
        yield "mtu %s %d" % (iface.name, iface.mtu)
    if iface.mac in chosen:
        yield "mac %s %s" % (iface.name, iface.mac)


def of_jail(directory, name, conf):
    for other in conf.get("depend", []):
        yield "starts after " + other
    for parameter in sorted(p for p in conf if p.startswith("allow.")):
        yield "has " + parameter
    number = int(conf.get("devfs_ruleset", ["4"])[0])
    for device in devices(directory, number):
        yield "sees " + device
    for command in conf.get("exec.prestart", []):
        words = command.split()
        if words[0].endswith(("/jib", "/jng")):
            yield "runs %s" % " ".join([os.path.basename(words[0])] + words[1:])
        if words[0] == "/sbin/ifconfig" and words[2:3] == ["create"]:
            yield "makes %s at each start" % words[1]


def devices(directory, number):
    if number <= 5:
        return ["pf"] if number == 5 else []
    path = os.path.join(directory, "devfs.rules")
    shown = surroundings.rulesets(open(path, encoding="utf-8").read() if os.path.exists(path) else "", lambda *_: None).get(number)
    return sorted(shown - PLAIN_DEVICES) if shown is not None else ["what ruleset %d shows" % number]


def netgraph(machine):
    members = {}
    for stack in machine.kernel.stacks():
        for iface in stack.ifaces.values():
            if iface.kind == "ng":
                members.setdefault(iface.netgraph, []).append(iface.name)
    return {" ".join(["host ng_bridge", bridge] + sorted(names)) for bridge, names in members.items()}


def translation(directory, node):
    """nat and rdr, of the host's anchor or of a jail's pf.conf."""
    path = os.path.join(directory, "pf.anchor" if node == "host" else "jails/%s/pf.conf" % node)
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as f:
        text = f.read()
    tables = {name: sorted(re.findall(r"[0-9a-f.:]+/\d+", body), key=ipaddress.ip_network)
              for name, body in re.findall(r"^table (<\w+>) const \{([^}]*)\}", text, re.M)}
    for interface, table in re.findall(r"^nat on (\S+) inet from (<\w+>) to ! <\w+> -> ", text, re.M):
        yield " ".join(["nat", interface, "from"] + tables[table])
    for interface, protocol, port, to, port_to in re.findall(r"^rdr pass on (\S+) inet proto (\S+) from any to \S+ port (\S+) -> (\S+) port (\S+)$", text, re.M):
        yield "rdr %s %s %s to %s %s" % (interface, protocol, port, to, port_to)
