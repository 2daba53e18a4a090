# SPDX-License-Identifier: BSD-2-Clause
"""The topology's expectations, proved once more: packets walk hop by hop over what the generated files brought about."""

import ipaddress
import re

from checks import Segments
from written import as_list


class Walk:
    def __init__(self, machine):
        self.machine = machine
        self.segments = Segments(machine)

    def way(self, stack, to):
        """(next hop or None, interface) by longest prefix; None: no route."""
        best = None
        for iface in stack.ifaces.values():
            for address in iface.addresses:
                if to in address.network and (best is None or address.network.prefixlen > best[0]):
                    best = (address.network.prefixlen, None, iface)
        for network, via, out in self.machine.routes.get(stack.name, {4: [], 6: []})[to.version]:
            if to in network and (best is None or network.prefixlen > best[0]):
                best = (network.prefixlen, via, out)
        return best and best[1:]

    def neighbour(self, out, address):
        """Who answers to an address on the segment of an interface."""
        for stack in self.machine.kernel.stacks():
            for iface in stack.ifaces.values():
                if any(a.ip == address for a in iface.addresses) and self.segments.same(out, iface) and not self.apart(out, iface):
                    return stack
        return None

    @staticmethod
    def apart(a, b):
        """Two private members of one bridge hear nothing of each other."""
        ends = [i.peer for i in (a, b) if i.peer]
        return len(ends) == 2 and all(e.private for e in ends) and ends[0].member_of is ends[1].member_of

    def walk(self, stack, to):
        """The routers passed, or None when it does not arrive."""
        passed = []
        for _ in range(64):
            if stack.owns(to):
                return passed[:-1]
            if passed and stack.variables.get("gateway_enable" if to.version == 4 else "ipv6_gateway_enable") != "YES":
                return None
            way = self.way(stack, to)
            if way is None or way[1] is None:
                return None
            stack = self.neighbour(way[1], way[0] or to)
            if stack is None:
                return None
            passed.append(stack.name)
        return None

    def source(self, stack, to):
        way = self.way(stack, to)
        if way is None or way[1] is None:
            return None
        addresses = [a for a in way[1].addresses if a.version == to.version]
        near = [a for a in addresses if (way[0] or to) in a.network]
        return (near or addresses or [None])[0]

    def there_and_back(self, sender, to):
        """The path there when packets arrive both ways, else None."""
        source = self.source(sender, to)
        there = self.walk(sender, to)
        owner = next((s for s in self.machine.kernel.stacks() if s.owns(to)), None)
        if there is None or source is None or owner is None or self.walk(owner, source.ip) is None:
            return None
        return there


def ends(machine, topology, name):
    """Stacks that a name of an expectation stands for; None: the model does not hold it."""
    stacks = {s.name: s for s in machine.kernel.stacks()}
    if name in stacks:
        return [stacks[name]], None
    match = re.fullmatch(r"(.*)\[(\d+)-(\d+)\]", name)
    if match:
        names = ["%s%s" % (match.group(1), str(i).zfill(len(match.group(2))) if match.group(2)[0] == "0" else i)
                 for i in range(int(match.group(2)), int(match.group(3)) + 1)]
        return ([stacks[n] for n in names], None) if all(n in stacks for n in names) else None
    if name in topology.subnets:
        prefixes = [ipaddress.ip_network(p) for p in as_list(topology.subnets[name].get("prefixes"))]
        inside = [s for s in stacks.values() if any(a.ip in p for i in s.ifaces.values() for a in i.addresses for p in prefixes)]
        hosts = [s for s in inside if "YES" not in (s.variables.get("gateway_enable"), s.variables.get("ipv6_gateway_enable"))]
        return hosts or inside, prefixes
    return None


def targets(stack, prefixes, version):
    found = [a.ip for i in stack.ifaces.values() if i.name != "lo0" for a in i.addresses if a.version == version and not a.ip.is_link_local]
    inside = [ip for ip in found if prefixes and any(ip in p for p in prefixes)]
    return (inside or found)[:1]


def expectations(machine, topology, say):
    if topology.machines or any(jail.get("routing") == "none" for jail in topology.jails.values()):
        return                          # they answer too, and no output is theirs; what a daemon learns is in no output either
    walk = Walk(machine)
    for item in topology.expect:
        for sender_name in as_list(item["from"]):
            for target_name in as_list(item["to"]):
                senders, receivers = ends(machine, topology, sender_name), ends(machine, topology, target_name)
                if senders and receivers:
                    prove(walk, item, senders[0], receivers, "expect from %s to %s" % (sender_name, target_name), say)


def prove(walk, item, senders, receivers, where, say):
    wanted = item.get("reach", "true") == "true"
    for sender in senders:
        for receiver in receivers[0]:
            if sender is receiver:
                continue
            for version in (4, 6):
                if item.get("family") and item["family"] != "ipv%d" % version:
                    continue
                if not targets(sender, None, version):
                    continue
                for address in targets(receiver, receivers[1], version):
                    path = walk.there_and_back(sender, address)
                    if (path is not None) != wanted:
                        say(where, "%s %s %s" % (sender.name, "does not reach" if wanted else "reaches", address))
                    elif path is not None and "path" in item and path != as_list(item["path"]):
                        say(where, "%s reaches %s by %s" % (sender.name, address, path))
