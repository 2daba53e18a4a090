# SPDX-License-Identifier: BSD-2-Clause
"""What is around the host: `outside`, one router on every link with a NIC, and the topology's machines, for which nothing is
generated; their addresses and routes come from the topology's graph (vnetc graph --format json)."""

import ipaddress
import re
import socket
import struct
import time

from ifconfig import Interface
from spaces import Failure, Space, cable

OUTSIDE = {4: ("198.51.100.1", "203.0.113.1", "8.8.8.8"), 6: ("2001:db8:ffff:ffff::1", "2001:4860:4860::8888", "2620:fe::fe")}


def addresses(node):
    """Those that a node has for certain."""
    return [ipaddress.ip_interface(a).ip for i in node.get("interfaces", []) for a in i["addresses"] if a not in ("dhcp", "slaac")]


class World:
    """graph: the topology as JSON; routed: names of subnets to which the world has a route; told: prefix -> (who, via) that vnetc tells;
    by_others: subnets that another program of their gateway advertises."""

    def __init__(self, machine, graph, routed, told, by_others=()):
        self.machine, self.graph, self.routed, self.told, self.by_others = machine, graph, routed, told, by_others
        self.nodes = {n["name"]: n for n in graph["nodes"]}
        self.links = {link["id"]: link for link in graph["links"]}
        self.subnets = {s["name"]: s for s in graph["subnets"]}
        self.used = {a for n in graph["nodes"] for a in addresses(n)}
        self.given = set(self.used)     # the file's, of its nodes
        self.used |= {ipaddress.ip_address(g["address"]) for s in graph["subnets"] for g in s["gateways"] if g["address"]}
        self.spaces = {}                # of machines and outside, by name
        self.routers = {}               # (machine with the world behind it, version): its address there
        self.outside = self.spaces["outside"] = Space("outside")
        self.address = {version: self.unknown(version) for version in (4, 6)}
        self.count = 0
        self.begin()

    def begin(self):
        """The outside and the machines, not joined to anything but each other."""
        self.outside.sysctl("ipv4/ip_forward", 1)
        self.outside.sysctl("ipv6/conf/all/forwarding", 1)
        self.outside.sysctl("ipv6/conf/lo0/disable_ipv6", 0)
        for version in (4, 6):
            self.outside.ip("addr", "add", self.address[version], "dev", "lo0")
        for name in self.nodes:
            if self.nodes[name]["kind"] == "machine":
                self.spaces[name] = Space(name)
        self.joined = set()             # links that the outside has joined
        self.near = []                  # networks on which it stands
        self.stands = {}                # (link, network): its address there, if any
        self.edges = self.find_edges()
        for name, versions in self.edges.items():
            self.join_edge(name, versions)

    def close(self):
        for space in self.spaces.values():
            space.close()

    # Addresses.

    def prefixes(self, link):
        return [(s, ipaddress.ip_network(p)) for s in link["subnets"] for p in self.subnets[s]["prefixes"]]

    def unknown(self, version):
        """An address outside: in no subnet, on no way but the default one."""
        known = [ipaddress.ip_network(p) for s in self.graph["subnets"] for p in s["prefixes"]]
        known += [ipaddress.ip_network(r["destination"]) for n in self.graph["nodes"] for r in n.get("routes", []) if r["destination"] != "default"]
        for text in OUTSIDE[version]:
            address = ipaddress.ip_address(text)
            if not any(n.version == version and n.prefixlen > 8 and address in n for n in known):
                return address
        raise Failure("every address outside is known inside")

    def free(self, network):
        """The highest address that nobody has; None where all are taken."""
        for n in range(min(network.num_addresses, 4096) - (2 if network.version == 4 and network.prefixlen < 31 else 1), -1, -1):
            address = network[network.num_addresses - min(network.num_addresses, 4096) + n]
            if address not in self.used and (address != network.network_address or network.prefixlen >= network.max_prefixlen - 1):
                self.used.add(address)
                return address
        return None

    def gateway(self, subnet, version):
        """(address, node) of a subnet's gateway."""
        for g in self.subnets[subnet]["gateways"]:
            if g["family"] == "IPv%d" % version:
                return (ipaddress.ip_address(g["address"]), None) if g["address"] else (None, g["node"])
        return None, None

    def address_of(self, node, network):
        return next((a for a in addresses(self.nodes[node]) if a in network), None)

    # NICs and taps, before anything boots.

    def nics(self):
        """Names of the host's interfaces that are simply there, with those that other programs make."""
        return [i["created_as"] or i["name"] for i in self.nodes["host"]["interfaces"] if i["kind"] in ("nic", "wlan") or i["kind"] == "ng"]

    # Links with a NIC.

    def outlet(self, link):
        """(hub, tag): where the network beyond a link can be joined."""
        host, found = self.machine.host.interfaces, []
        if link["bridge"] is None:
            for end in link["ends"]:
                there = {i["name"]: i for i in self.nodes[end["node"]]["interfaces"]}
                iface, tag = there[end["interface"]], 0
                if iface["created_as"] is None and iface["parent"] in there:        # a vlan that its jail makes
                    iface, tag = there[iface["parent"]], iface["tag"]
                names = [n for n in (iface["name"], iface["created_as"]) if n in host]
                if names and self.nodes[end["node"]]["kind"] in ("host", "jail"):
                    found.append((host[names[0]], tag))
        else:
            for iface in self.nodes["host"]["interfaces"]:
                member = host.get(iface["name"])
                if member is None or iface["member_of"] != link["bridge"] or iface["kind"] not in ("nic", "vlan", "lagg", "wlan", "ng"):
                    continue
                if link["kind"] != "vlan" or member.untagged == link["tag"]:
                    found.append((member, 0))
                elif member.member_of is None or member.member_of.switch is None or link["tag"] in member.tagged:
                    found.append((member, link["tag"]))
        for iface, tag in found:
            while iface is not None and iface.kind in ("vlan", "lagg"):
                if iface.kind == "vlan":
                    iface, tag = iface.parent, iface.tag
                else:
                    iface = iface.ports[0]
            if hasattr(iface, "hub"):
                return iface.hub, tag
        return None

    def find_edges(self):
        """Machines beyond a NIC that forward and have no default route: the world lies behind them. name -> families"""
        found = {}
        for node in self.graph["nodes"]:
            beyond = [i for i in node.get("interfaces", []) if i["peer"] is None and i["link"] is not None and self.links[i["link"]]["leads_outside"]]
            if node["kind"] != "machine" or not beyond:
                continue
            for version in (4, 6):
                ways = [r for r in node["routes"] if r["destination"] == "default" and (":" in r["gateway"]) == (version == 6)]
                if "IPv%d" % version in node["forwards"] and not ways:
                    found.setdefault(node["name"], set()).add(version)
        return found

    def build(self):
        """The host has booted: its NICs lead somewhere, its taps to somebody."""
        for link in self.graph["links"]:
            self.join_outside(link)
        for name, node in self.nodes.items():
            if node["kind"] == "machine":
                self.build_machine(node)
        for iface in self.nodes["host"]["interfaces"]:
            if iface["kind"] in ("tap", "vmnet") and iface["name"] not in self.machine.host.interfaces:
                self.tap(iface["name"], self.machine.wires.space, self.machine.wires.name())
    def finish(self):
        """Jails run: the world learns its routes, and routers tell of themselves."""
        for name in self.routed:
            self.route_to(name)
        self.advertise()

    def route_to(self, subnet):
        """The world has a route to a subnet: by whom vnetc says, else by whom packets come out of it."""
        for prefix in map(ipaddress.ip_network, self.subnets[subnet]["prefixes"]):
            who, via = self.told.get(prefix) or (None, self.way_in(subnet, prefix.version))
            if who in self.edges:
                self.tell(self.spaces[who], prefix, via)
                via = self.routers.get((who, prefix.version))
            if via is not None and any(via in network for network in self.near):
                self.tell(self.outside, prefix, via)

    def subnet_of(self, prefix):
        return next((s["name"] for s in self.graph["subnets"] if str(prefix) in s["prefixes"]), None)

    def way_in(self, subnet, version):
        """The address by which the world reaches a subnet of which vnetc tells nothing: that of the last router on the way out."""
        router, way, passed = self.gateway(subnet, version)[1], None, 0
        while router is not None and self.nodes[router]["kind"] != "machine" and passed < len(self.nodes):
            ways = [r for r in self.nodes[router]["routes"] if r["destination"] == "default" and (":" in r["gateway"]) == (version == 6)]
            ways += [{"interface": i["name"], "node": None} for i in self.nodes[router]["interfaces"] if ("dhcp", "slaac")[version == 6] in i["addresses"]]
            way, passed = (router, ways[0]["interface"]) if ways else None, passed + 1
            router = ways[0]["node"] if ways else None
        if way is None:                 # there is none; but if only one router can be it
            family = "IPv%d" % version
            found = [(n, a) for n, node in self.nodes.items() if family in node.get("forwards", ()) and node["kind"] != "machine"
                     for a in addresses(node) if a.version == version and any(a in network for network in self.near)]
            return found[0][1] if len({n for n, _ in found}) == 1 else None
        stack = self.machine.host if way[0] == "host" else self.machine.jails[way[0]].stack
        return next((a.ip for a in stack.get(way[1]).addresses if a.version == version and not a.ip.is_link_local), None)

    def join_edge(self, name, versions):
        self.count += 1
        here, there = "edge%d" % self.count, "world"
        cable(self.outside, here, self.spaces[name], there)
        for version in versions:
            network = ipaddress.ip_network("100.127.%d.0/30" % self.count if version == 4 else "fd7f:ffff:%x::/64" % self.count)
            for space, iface, n in ((self.outside, here, 1), (self.spaces[name], there, 2)):
                space.sysctl("ipv6/conf/%s/disable_ipv6" % iface, 0)
                space.ip("addr", "add", "%s/%d" % (network[n], network.prefixlen), "dev", iface)
                space.ip("link", "set", iface, "up")
            self.spaces[name].add_route("-%d" % version, "default", "via", network[1])
            self.routers[name, version] = network[2]
            self.near.append(network)

    def join_outside(self, link):
        """Makes the outside a router on a link with a NIC, as soon as its interfaces are there."""
        where = self.outlet(link) if link["leads_outside"] and link["id"] not in self.joined else None
        if where is None:
            return
        self.joined.add(link["id"])
        name = "o%d" % link["id"]
        self.machine.wires.join(*where, self.outside, name)
        self.outside.sysctl("ipv6/conf/%s/disable_ipv6" % name, 0)
        self.outside.ip("link", "set", name, "up")
        theirs = self.gateways_on(link)
        for address in sorted(a for a in theirs if a.is_link_local and a.version == 6):
            self.outside.ip("addr", "add", "%s/64" % address, "dev", name)
        for subnet, network in self.prefixes(link):
            self.stand_in(link, name, subnet, network, sorted(a for a in theirs if a in network))

    def stand_in(self, link, name, subnet, network, gateways):
        """The outside's addresses in a subnet of a link: those that others take for their gateway, or any."""
        _, node = self.gateway(subnet, network.version)
        if node is not None and network.version in self.edges.get(node, ()):
            self.outside.add_route("-%d" % network.version, network, "via", self.routers[node, network.version])
            return
        if not gateways:
            gateways = [a for a in [self.free(network)] if a is not None]
        self.near.append(network)
        self.stands[link["id"], network] = gateways[:1]
        for address in gateways:
            self.outside.ip("addr", "add", "%s/%d" % (address, network.prefixlen), "dev", name)

    def gateways_on(self, link):
        """Addresses of no node's that somebody on a link takes for a router."""
        found = {self.gateway(s, p.version)[0] for s, p in self.prefixes(link)} - {None}
        for node in self.graph["nodes"]:
            here = {i["name"] for i in node.get("interfaces", []) if i["link"] == link["id"]}
            for route in node.get("routes", []):
                if route["interface"] in here and route["node"] is None and route["gateway"] not in ("reject", "blackhole", None):
                    found.add(ipaddress.ip_address(route["gateway"].partition("%")[0]))
        return found

    @staticmethod
    def tell(space, prefix, via):
        if not space.ip("-%d" % via.version, "route", "show", "exact", prefix):         # a link of its own is nearer
            space.add_route("-%d" % via.version, prefix, "via", via)

    # Machines.

    def tap(self, name, space, far):
        """A program opens a tap: it is there, up, and devd tells rc.d/bridge."""
        host = self.machine.host
        made = name in host.interfaces          # in cloned_interfaces
        if made:
            self.machine.wires.space.ip("link", "set", host.interfaces[name].hidden, "down", "netns", space.path(), "name", far)
        else:
            cable(host.space, name, space, far)
            host.add(Interface(name, "tap"))
        space.ip("link", "set", far, "up")
        host.ifconfig(name, "up")
        if not made:
            self.machine.rc.devd(name)

    def build_machine(self, node):
        space = self.spaces[node["name"]]
        for iface in node["interfaces"]:
            name, link = iface["name"], self.links.get(iface["link"])
            if iface["peer"] is not None:
                self.tap(iface["peer"]["interface"], space, name)
            elif link is not None and link["leads_outside"] and self.outlet(link):
                self.machine.wires.join(*self.outlet(link), space, name)
            else:
                raise Failure("machine %s: %s stands nowhere" % (node["name"], name))
            space.sysctl("ipv6/conf/%s/disable_ipv6" % name, 0)
            for text in iface["addresses"]:
                if text == "slaac":
                    space.sysctl("ipv6/conf/%s/accept_ra" % name, 1)
                elif text != "dhcp":
                    space.ip("addr", "add", text, "dev", name)
            space.ip("link", "set", name, "up")
            if "dhcp" in iface["addresses"]:
                self.lease_in(space, name, link)
        for family in node["forwards"]:
            space.sysctl("ipv4/ip_forward" if family == "IPv4" else "ipv6/conf/all/forwarding", 1)
        for route in node["routes"]:
            to, via = route["destination"], route["gateway"]
            family = "-6" if ":" in to + via else "-4"
            if via in ("reject", "blackhole"):
                space.ip(family, "route", "add", "unreachable" if via == "reject" else via, to)
            else:
                via, _, zone = via.partition("%")
                space.ip(family, "route", "add", to, "via", via, *(["dev", zone] if zone else []))

    # Leases.

    def link_of(self, stack, iface):
        node = next(i for i in self.nodes[stack.name]["interfaces"] if i["name"] == iface.name)
        if "LOWER_UP" not in stack.space.ip("link", "show", "dev", iface.name):
            raise Failure("%s in %s has no carrier" % (iface.name, stack.name))
        self.join_outside(self.links[node["link"]])
        return self.links[node["link"]]

    def lease(self, stack, iface):
        """dhclient: an address of the link's subnet, and its gateway."""
        iface.leased = True
        iface.addresses.append(self.lease_in(stack.space, iface.name, self.link_of(stack, iface)))

    def solicit(self, stack, iface):
        """rtsol: whoever advertises on the link does it now; its address is there, or it goes on without."""
        link = self.link_of(stack, iface)
        if link["leads_outside"] and not any(p.version == 6 for _, p in self.prefixes(link)):
            self.of_others(link, 6)
        self.advertise(link)
        for _ in range(20):
            if " scope global " in stack.space.ip("-6", "addr", "show", "dev", iface.name):
                break
            time.sleep(0.02)

    def of_others(self, link, version):
        """A prefix of the outside's on a link of which the topology knows none."""
        self.count += 1
        network = ipaddress.ip_network("100.126.%d.0/24" % self.count if version == 4 else "fd7e:ffff:%x::/64" % self.count)
        self.used.add(network[1])
        link["subnets"].append(str(network))
        self.subnets[str(network)] = {"name": str(network), "prefixes": [str(network)], "gateways": [
            {"family": "IPv%d" % version, "address": str(network[1]), "node": None}]}
        if link["id"] in self.joined:
            self.stand_in(link, "o%d" % link["id"], str(network), network, [network[1]])
        return network

    def lease_in(self, space, name, link):
        network = next((p for _, p in self.prefixes(link) if p.version == 4), None) or self.of_others(link, 4)
        subnet = next(s for s, p in self.prefixes(link) if p == network)
        address = ipaddress.ip_interface("%s/%d" % (self.free(network), network.prefixlen))
        via, node = self.gateway(subnet, 4)
        if via is None and node is not None:
            via = self.address_of(node, network)
        elif via is None:               # the server's business: itself, where it leads outside
            via = next(iter(self.stands.get((link["id"], network), [])), None)
        space.ip("addr", "add", address, "dev", name)
        if via is not None:
            space.ip("route", "add", "default", "via", via)
        return address

    # Router advertisements.

    def advertise_for(self, node, subnet):
        """What a program does of which vnetc is not told: it advertises a subnet in a gateway that is a machine, or has rtadv: false."""
        networks = [p for p in map(ipaddress.ip_network, self.subnets[subnet]["prefixes"]) if p.version == 6]
        jail = self.machine.jails.get(node)
        stack = self.machine.host if node == "host" else jail.stack if jail is not None else None
        space = self.spaces.get(node) or (stack.space if stack is not None else None)
        for iface in self.nodes[node]["interfaces"] if space and networks else ():
            if subnet in iface["subnets"]:
                advertise(space, iface["name"], networks)

    def advertise(self, only=None):
        """rtadvd(8) of each that runs it, and the outside on its links, once: the prefixes of the interface."""
        for stack, names in self.machine.advertising.items():
            for name, networks in names.items():
                if only is None or any(e == {"node": stack.name, "interface": name} for e in only["ends"]):
                    advertise(stack.space, name, networks or [a.network for a in stack.get(name).addresses if a.version == 6])
        for subnet in self.subnets:
            node = self.gateway(subnet, 6)[1]
            if node is not None and (subnet in self.by_others or self.nodes[node]["kind"] == "machine"):
                self.advertise_for(node, subnet)
        for link in self.graph["links"]:
            networks = [p for s, p in self.prefixes(link) if p.version == 6 and self.gateway(s, 6)[0] is not None]
            if networks and link["id"] in self.joined and only in (None, link):
                advertise(self.outside, "o%d" % link["id"], networks)


def advertise(space, interface, networks):
    """One router advertisement to all nodes (RFC 4861), from the interface's link-local address."""
    for _ in range(100):                # the address comes with the carrier
        source = re.search(r"inet6 (fe80::\S+)/", space.ip("-6", "-o", "addr", "show", "dev", interface))
        if source is not None:
            break
        time.sleep(0.02)
    else:
        raise Failure("rtadvd on %s in %s: no link-local address" % (interface, space.name))
    packet = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0)
    for network in networks:
        packet += struct.pack("!BBBBIII16s", 3, 4, network.prefixlen, 0xc0 if network.prefixlen == 64 else 0x80, 86400, 14400, 0, network.network_address.packed)
    with space.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as s:
        with space:
            index = socket.if_nametoindex(interface)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        s.bind((source.group(1), 0, 0, index))
        s.sendto(packet, ("ff02::1", 0, 0, index))
