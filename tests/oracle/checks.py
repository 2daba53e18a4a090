# SPDX-License-Identifier: BSD-2-Clause
"""What must hold of a machine that has booted, and of what its topology asked for."""

import ipaddress
import re

from written import as_list


def all_ifaces(machine):
    return [i for s in machine.kernel.stacks() for i in s.ifaces.values()]


def state(machine, say):
    """Rules of freebsd.md about the state that the files bring about."""
    for iface in all_ifaces(machine):
        where = "%s in %s" % (iface.name, iface.stack.name)
        if iface.member_of and (iface.addresses or iface.dhcp or iface.accept_rtadv):
            say(where, "a member of %s has an address" % iface.member_of.name)
        if iface.member_of and not iface.up:
            say(where, "a member of %s is down" % iface.member_of.name)
        if iface.kind == "bridge" and not iface.up:
            say(where, "the bridge is down")
        if iface.kind == "bridge" and iface.inet6() and not iface.link_local:
            say(where, "IPv6 on a bridge without auto_linklocal")
        if iface.inet6() and not iface.has_ipv6_line:
            say(where, "IPv6 without an ipv6 line")
        if iface.stack.name != "host" and iface.name != "lo0" and not iface.up:
            say(where, "it is down")
        if iface.lagg and (iface.addresses or not iface.up):
            say(where, "a port of %s has an address or is down" % iface.lagg.name)
        if iface.peer and iface.peer.mtu != iface.mtu:
            say(where, "MTU %d, its other end %d" % (iface.mtu, iface.peer.mtu))
        if iface.peer and iface.kind == "epair" and idle(iface):
            say(where, "the end is neither a member nor has it an address")
    duplicates(machine, say)
    for stack in machine.kernel.stacks():
        machine.unused_variables(stack, stack.name)


def idle(end):
    return end.stack.name == "host" and not (end.member_of or end.addresses or end.dhcp or end.accept_rtadv or end.up)


def duplicates(machine, say):
    addresses, macs = {}, {}
    for iface in all_ifaces(machine):
        for address in iface.addresses:
            if iface.name == "lo0" or address.ip.is_link_local:
                continue
            if address.ip in addresses:
                say("%s in %s" % (iface.name, iface.stack.name), "%s is %s's" % (address.ip, addresses[address.ip]))
            addresses[address.ip] = "%s in %s" % (iface.name, iface.stack.name)
        if iface.mac and iface.kind != "vlan":
            if iface.mac in macs:
                say("%s in %s" % (iface.name, iface.stack.name), "MAC %s is %s's" % (iface.mac, macs[iface.mac]))
            macs[iface.mac] = "%s in %s" % (iface.name, iface.stack.name)


class Segments:
    """Who hears whom: broadcast domains of the machine, VLANs apart."""

    def __init__(self, machine):
        self.machine = machine
        self.parent = {}
        for iface in all_ifaces(machine):
            key = self.port(iface)
            self.find(key)
            if iface.kind == "epair" and iface.peer and not iface.member_of and not iface.peer.member_of:
                self.union(key, self.port(iface.peer))
            if iface.kind == "ng":
                self.union(key, ("ng_bridge", iface.netgraph))
                for nic in machine.kernel.host.ifaces.values():
                    if nic.kind in ("nic", "lagg") and iface.netgraph.startswith(nic.name):
                        self.union(self.port(nic), ("ng_bridge", iface.netgraph))
            if iface.member_of:
                # Inside a filtering bridge the VLANs are apart; a member's other end hears its untagged one.
                vlan = iface.untagged or 0 if iface.member_of.vlanfilter else 0
                self.union(self.port(iface), (iface.member_of, vlan))
                for tag in iface.tagged if iface.member_of.vlanfilter else ():
                    self.union((iface, tag), (iface.member_of, tag))
                if iface.kind == "epair":
                    self.union(self.port(iface), self.port(iface.peer))
                    for tag in iface.tagged:
                        self.union((iface, tag), (iface.peer, tag))
            if iface.kind == "vlan" and iface.parent:
                self.union(key, (iface.parent, iface.tag))
                if iface.parent.peer and iface.parent.peer.member_of:
                    self.union((iface.parent, iface.tag), (iface.parent.peer, iface.tag))

    @staticmethod
    def port(iface):
        return (iface, 0)

    def find(self, key):
        self.parent.setdefault(key, key)
        while self.parent[key] != key:
            key = self.parent[key]
        return key

    def union(self, a, b):
        self.parent[self.find(a)] = self.find(b)

    def same(self, a, b):
        return self.find(self.port(a)) == self.find(self.port(b))

    def leads_out(self, iface):
        """A NIC, or what stands for something that the model does not hold, is on the segment."""
        root = self.find(self.port(iface))
        for other in all_ifaces(self.machine):
            if other.kind in ("nic", "tap", "vmnet", "wlan", "ng", "lagg", "gif", "tun", "wg", "ppp", "gre", "vxlan", "ipsec") and (
                    self.find(self.port(other)) == root or any(self.find((other, t)) == root for t in other.tagged)):
                return True
            if other.kind == "vlan" and other.parent and other.parent.kind in ("nic", "lagg") and self.find(self.port(other)) == root:
                return True
        return False


def routes(machine, say, outside_allowed=True):
    """Every next hop is a neighbour that is there and forwards, or leads outside."""
    segments = Segments(machine)
    for stack in machine.kernel.stacks():
        for to, via, out in machine.routes.get(stack.name, {4: [], 6: []})[4] + machine.routes.get(stack.name, {4: [], 6: []})[6]:
            where = "%s: route to %s" % (stack.name, to)
            if via is None or out is None:
                continue
            owners = [i for i in all_ifaces(machine) if any(a.ip == via for a in i.addresses) and i.stack is not stack]
            if not owners:
                if not segments.leads_out(out) and not via.is_link_local:
                    say(where, "%s is nobody's, and nothing leads outside there" % via)
                continue
            if not segments.same(out, owners[0]):
                say(where, "%s is not on the segment of %s" % (via, out.name))
            switch = "gateway_enable" if to.version == 4 else "ipv6_gateway_enable"
            if owners[0].stack.variables.get(switch) != "YES":
                say(where, "%s, which has %s, does not forward" % (owners[0].stack.name, via))


# Against the topology's text.

def outer_bridge(iface):
    if getattr(iface, "netgraph", None):
        return iface.netgraph
    end = iface.peer
    return end.member_of.name if end is not None and end.member_of is not None else None


def interface_items(topology, jail_name):
    """The jail's written interfaces that come from the host, in the order of vnet.interface; cables that name the jail come last."""
    items, named = [], set()
    for item in topology.jails[jail_name]["interfaces"]:
        if "epair" in item and "bridge" not in item:
            named.add(item["epair"])
            item = {**cable_end(topology, item["epair"], jail_name), **item}
        items.append(item)
    for key in topology.epairs:
        end = cable_end(topology, key, jail_name)
        if key not in named and end:
            items.append(end)
    return items


def cable_end(topology, key, jail_name):
    """The keys of a written cable's end in a jail, its subnet among them; {} where it has none there."""
    cable = topology.epairs.get(key) or {}
    for name in "ab":
        end = cable.get(name) or {}
        if end.get("jail") == jail_name:
            return {**{k: cable[k] for k in ("subnet", "mtu") if k in cable}, **end}
    return {}


def against_topology(machine, topology, say):
    for name, jail in topology.jails.items():
        where = "jail %s" % name
        if name not in machine.jails:
            say(where, "the topology has it, the outputs do not")
            continue
        conf = machine.jails[name]["conf"]
        if jail.get("vnet") == "false":
            if "vnet" in conf:
                say(where, "a classic jail has vnet")
            continue
        if "vnet" not in conf:
            say(where, "no vnet")
            continue
        if conf.get("host.hostname") != [jail.get("hostname", name)]:
            say(where, "host name %s" % conf.get("host.hostname"))
        for before in as_list(jail.get("start_after")):
            if before not in conf.get("depend", []):
                say(where, "it does not depend on %s" % before)
        if jail.get("devfs_ruleset") and conf.get("devfs_ruleset") != [jail["devfs_ruleset"]]:
            say(where, "devfs_ruleset %s" % conf.get("devfs_ruleset"))
        forwards(machine, name, jail, where, say)
        jail_interfaces(machine, topology, name, where, say)
    for name in set(machine.jails) - set(topology.jails):
        say("jail %s" % name, "the outputs have it, the topology does not")
    bridges(machine, topology, say)


def forwards(machine, name, jail, where, say):
    stack = machine.kernel.jails.get(name)
    if stack is None:
        return
    router = jail.get("router")
    families = {"inet": "gateway_enable", "inet6": "ipv6_gateway_enable"}
    for family, switch in families.items():
        on = stack.variables.get(switch) == "YES"
        has = any((a.version == 6) == (family == "inet6") for i in stack.ifaces.values() if i.name != "lo0" for a in i.addresses)
        wanted = router == "true" and has or isinstance(router, list) and family in router
        if on and router in (None, "false"):
            say(where, "%s though it is no router" % switch)
        elif wanted and not on:
            say(where, "a router without %s" % switch)


def jail_interfaces(machine, topology, name, where, say):
    stack = machine.kernel.jails.get(name)
    if stack is None:
        return
    arrived = [i for i in stack.ordered() if i.name != "lo0" and i.kind != "vlan" or i.name in machine.jails[name]["conf"].get("vnet.interface", [])]
    items = [i for i in interface_items(topology, name) if not made_inside(topology, i)]
    arrived = arrived[:len(machine.jails[name]["conf"].get("vnet.interface", []))]
    if len(arrived) != len(items):
        say(where, "%d interfaces, the topology has %d" % (len(arrived), len(items)))
        return
    for iface, item in zip(arrived, items):
        if "bridge" in item and outer_bridge(iface) != topology.bridge_name(item["bridge"]):
            say(where, "%s is in %s, not in %s" % (iface.name, outer_bridge(iface), topology.bridge_name(item["bridge"])))
        if item.get("name") and iface.name != item["name"]:
            say(where, "%s is not called %s" % (iface.name, item["name"]))
        if item.get("mac") and re.match(r"[0-9a-f]{2}:", item["mac"].lower()) and iface.mac != item["mac"].lower():
            say(where, "%s has the MAC %s" % (iface.name, iface.mac))
        if item.get("mtu") and iface.mtu != int(item["mtu"]) and not iface.jib:
            say(where, "%s has the MTU %d" % (iface.name, iface.mtu))
        addresses(topology, iface, as_list(item.get("addresses")), subnets_of(topology, item), where, say)


def made_inside(topology, item):
    return "interface" in item and item["interface"] not in (topology.host.get("interfaces") or {})


def subnets_of(topology, item):
    names = as_list(item.get("subnet")) or as_list((topology.bridges.get(item.get("bridge")) or {}).get("subnet"))
    return [topology.subnets[n] for n in names if n in topology.subnets]


def addresses(topology, iface, written, subnets, where, say):
    has = {a.ip: a for a in iface.addresses}
    given = [w for w in written if w not in ("auto", "dhcp", "slaac")]
    for text in given:
        ip = ipaddress.ip_address(text.split("/")[0])
        if ip not in has:
            say(where, "%s lacks %s" % (iface.name, text))
            continue
        length = int(text.split("/")[1]) if "/" in text else length_of(ip, subnets or topology.subnets.values())
        if length is not None and has[ip].network.prefixlen != length:
            say(where, "%s has %s, not /%d" % (iface.name, has[ip], length))
    if ("dhcp" in written) != iface.dhcp:
        say(where, "%s: dhcp %s" % (iface.name, iface.dhcp))
    if ("slaac" in written) != iface.accept_rtadv:
        say(where, "%s: slaac %s" % (iface.name, iface.accept_rtadv))
    extra = set(has) - {ipaddress.ip_address(t.split("/")[0]) for t in given}
    if extra and "auto" not in written:
        say(where, "%s has %s, which nobody asked for" % (iface.name, ", ".join(map(str, extra))))
    for ip in extra:
        if not any(ip in ipaddress.ip_network(p) for s in subnets or topology.subnets.values() for p in as_list(s.get("prefixes"))):
            say(where, "%s has %s, which is in no subnet of its" % (iface.name, ip))
    if "auto" in written and subnets:
        for version in (4, 6):
            offered = any(ipaddress.ip_network(p).version == version for s in subnets for p in as_list(s.get("prefixes")))
            leased = "dhcp" in written and version == 4 or "slaac" in written and version == 6
            if offered and not leased and not any(ip.version == version for ip in has):
                say(where, "%s has no automatic IPv%d address" % (iface.name, version))


def length_of(ip, subnets):
    for subnet in subnets:
        for prefix in as_list(subnet.get("prefixes")):
            network = ipaddress.ip_network(prefix)
            if ip in network:
                return network.prefixlen
    return None


def bridges(machine, topology, say):
    for key, bridge in topology.bridges.items():
        name = topology.bridge_name(key)
        if bridge.get("netgraph") == "true":
            continue
        iface = machine.kernel.host.ifaces.get(name)
        if iface is None:
            say("bridge %s" % key, "there is no %s" % name)
            continue
        members = {m.name for m in iface.members}
        for member in as_list(bridge.get("members")):
            member = member["interface"] if isinstance(member, dict) else member
            last = ((topology.host.get("interfaces") or {}).get(member) or {}).get("name", member)
            if last not in members:
                say("bridge %s" % key, "%s is no member" % last)
        for machine_name, body in topology.machines.items():
            for item in as_list((body or {}).get("interfaces")):
                if item.get("bridge") == key and item.get("tap") and item["tap"] not in members:
                    say("bridge %s" % key, "%s of %s is no member" % (item["tap"], machine_name))
        wanted = as_list(bridge.get("addresses"))
        if not wanted:
            continue
        subnets = [topology.subnets[n] for n in as_list(bridge.get("subnet")) if n in topology.subnets]
        holder = iface
        if bridge.get("epair") not in (None, "false"):
            holder = next((m.peer for m in iface.members if m.peer and m.peer.stack.name == "host" and m.peer.addresses), iface)
        elif bridge.get("vlan_filtering") == "true":
            # On VLANs the host's addresses sit on vlan(4) interfaces of the bridge.
            for vlan in [i for i in machine.kernel.host.ifaces.values() if i.parent is iface]:
                holder = vlan if vlan.addresses and len(wanted) and not iface.addresses else holder
        addresses(topology, holder, wanted, subnets, "bridge %s" % key, say)
