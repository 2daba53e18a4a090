#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Random topologies, the same for the same seed: random_topology.py SEED prints one. Nearly all are legal; vnetc check says which. They
hold every way to attach a jail, both families, VLANs, private members, translation, cables, machines, leases and routes by hand."""

import json
import random
import sys


class Maker:
    """A network grows: NICs, links with a subnet each, routers between links, leaves; then gateways and what else may be said."""

    def __init__(self, seed):
        self.r = random.Random(seed)
        self.release = self.r.choice(("15.1", "15.1", "15.1", "14.4", "13.2"))
        self.host = {"name": "h%d" % seed, "release": self.release, "interfaces": {}}
        self.subnets, self.bridges, self.epairs, self.jails, self.machines = {}, {}, {}, {}, {}
        self.count = {}
        self.links = []                 # {"subnet", "bridge" or None, "nic", "vlan"}
        self.standing = {}              # node: names of subnets on which it stands
        self.taken = {}                 # subnet: how many addresses are given

    def chance(self, percent):
        return self.r.randrange(100) < percent

    def number(self, what):
        self.count[what] = self.count.get(what, 0) + 1
        return self.count[what]

    def nic(self):
        name = self.r.choice(("re", "igb", "ix", "vtnet")) + str(self.number("nic"))
        self.host["interfaces"][name] = {}
        return name

    # Subnets and addresses.

    def subnet(self, nic=False, **more):
        n = self.number("subnet")
        families = self.r.choice((4, 6, 46, 46, 46))
        prefixes = (["10.%d.0.0/24" % n] if families != 6 else []) + (["2001:db8:%x::/64" % n] if families != 4 else [])
        name = "n%d" % n
        self.subnets[name] = {"prefixes": prefixes, **more}
        self.taken[name] = 9
        return {"subnet": name, "bridge": None, "nic": nic, "number": n, "families": families}

    def address(self, link):
        self.taken[link["subnet"]] += 1
        n = self.taken[link["subnet"]]
        out = (["10.%d.0.%d" % (link["number"], n)] if link["families"] != 6 else [])
        out += ["2001:db8:%x::%x" % (link["number"], n)] if link["families"] != 4 else []
        return out

    # Links.

    def build(self):
        if self.chance(85):
            self.bridge(self.nic() if self.chance(85) else None)
        for _ in range(self.r.randint(1, 3)):
            self.bridge(self.nic() if self.chance(15) else None)
        if self.release == "15.1" and self.chance(35):
            self.filtering()
        if self.chance(25):
            self.children()
        self.routers()
        for link in [x for x in self.links if x["bridge"]]:
            for _ in range(self.r.randint(1, 2)):
                self.leaf(link)
        self.twins()
        self.gateways()
        self.host_side()
        self.extras()

    def bridge(self, nic):
        link = self.subnet(nic=nic)
        name = "bridge%d" % self.number("bridge")
        if nic and self.chance(40):
            name = nic + "bridge"
        elif self.chance(20):
            name = "net%d" % self.count["bridge"]
        self.bridges[name] = {"subnet": link["subnet"], **({"members": [nic]} if nic else {})}
        if not nic and self.chance(10):
            self.bridges[name]["private"] = True
        if not nic and self.chance(10):
            self.bridges[name] = {"subnet": link["subnet"], "netgraph": True}
        link.update(bridge=name, jib=name == "%sbridge" % nic, netgraph="netgraph" in self.bridges[name])
        self.links.append(link)
        return link

    def filtering(self):
        """A bridge that keeps two or three VLANs apart, on a trunk or on nothing."""
        nic = self.nic() if self.chance(60) else None
        name = "bridge%d" % (50 + self.number("filter"))
        links = []
        for _ in range(self.r.randint(2, 3)):
            link = self.subnet(nic=nic, vlan=100 + self.number("vlan"))
            link.update(bridge=name, vlan=self.subnets[link["subnet"]]["vlan"])
            links.append(link)
        self.bridges[name] = {"subnet": [x["subnet"] for x in links], "vlan_filtering": True, **({"members": [nic]} if nic else {})}
        self.links += links

    def children(self):
        """vlan(4) on a NIC or a lagg, each in a bridge of its own."""
        parent = self.nic()
        if self.chance(40):
            self.host["interfaces"]["lagg0"] = {"lagg": {"ports": [parent, self.nic()]}}
            parent = "lagg0"
        for _ in range(self.r.randint(1, 2)):
            tag = 200 + self.number("tag")
            child = "%s.%d" % (parent, tag) if self.chance(70) else "v%d" % tag
            self.host["interfaces"][child] = {"vlan": {"parent": parent, "tag": tag}}
            link = self.subnet(nic=child)
            link["bridge"] = "bridge%d" % (70 + self.number("child"))
            self.bridges[link["bridge"]] = {"subnet": link["subnet"], "members": [child]}
            self.links.append(link)

    # Nodes.

    def interface(self, node, link):
        """An interface of a jail on a link."""
        self.standing.setdefault(node, []).append(link["subnet"])
        iface = {"bridge": link["bridge"], "addresses": self.address(link) if self.chance(60) else "auto"}
        if "vlan" in link:
            iface["subnet"] = link["subnet"]
        elif self.chance(10) and not link.get("netgraph"):
            iface["private"] = True
        if self.chance(15):
            iface["name"] = "if%d" % self.number("name")
        attach = self.r.choice(("static", "static", "prestart"))
        if link.get("jib") and self.chance(50):
            attach = "jib"
            iface.pop("private", None)
        if attach != "static" and not link.get("netgraph"):
            iface["attach"] = attach
        elif self.chance(15) and not link.get("netgraph"):
            iface["end"] = "a"
        return iface

    def jail(self, stem, links, **more):
        name = "%s%s%d" % (stem, self.r.choice(("", "-", "_")), self.number("jail"))
        self.jails[name] = {**more, "interfaces": [self.interface(name, link) for link in links]}
        return name

    def routers(self):
        """So that most links are joined: each router stands on two or three, one of them already joined."""
        joined = [self.links[0]]
        self.router_names = []
        for link in self.links[1:]:
            if self.chance(12):
                continue                # an island
            links = [self.r.choice(joined), link]
            if self.chance(20) and len(joined) > 1:
                links.append(self.r.choice([x for x in joined if x is not links[0]]))
            links = [x for n, x in enumerate(links) if x["subnet"] not in [y["subnet"] for y in links[:n]]]
            if self.machine_can(links) and self.chance(15):
                name = self.machine(links, router=True)
            else:
                name = self.jail("r", links, router=True)
            self.router_names.append(name)
            joined.append(link)
        if len(self.links) > 2 and self.chance(40):
            a, b = self.r.sample(self.links, 2)
            self.router_names.append(self.jail("r", [a, b], router=True if self.chance(70) else ["ipv4"] if self.chance(50) else ["ipv6"]))
        names = [n for n in self.router_names if n in self.jails]
        if len(names) > 1 and self.chance(40):
            self.cable(*self.r.sample(names, 2))

    def of(self, node):
        return self.jails.get(node) or self.machines[node]

    def cable(self, a, b):
        n = self.number("subnet")
        name = "n%d" % n
        self.subnets[name] = {"prefixes": ["10.%d.0.0/31" % n, "2001:db8:%x::/127" % n]}
        ends = [{"jail": node, "addresses": ["10.%d.0.%d" % (n, k), "2001:db8:%x::%d" % (n, k)]} for k, node in enumerate((a, b))]
        self.epairs["epair%d" % (80 + n)] = {"subnet": name, "a": ends[0], "b": ends[1]}
        for node in (a, b):
            self.standing[node].append(name)

    @staticmethod
    def machine_can(links):
        return not any("vlan" in x or x.get("netgraph") for x in links)

    def machine(self, links, **more):
        name = "m%d" % self.number("machine")
        self.machines[name] = {**more, "interfaces": []}
        for link in links:
            self.standing.setdefault(name, []).append(link["subnet"])
            self.machines[name]["interfaces"].append({"bridge": link["bridge"], "tap": "tap%d" % self.number("tap"), "addresses": self.address(link)})
        return name

    def leaf(self, link):
        if self.machine_can([link]) and self.chance(12):
            return self.machine([link])
        links = [link]
        if self.chance(12):
            links = [link] + self.r.sample([x for x in self.links if x is not link], min(1, len(self.links) - 1))
        name = self.jail("leaf", links)
        iface = self.jails[name]["interfaces"][0]
        if self.chance(15) and link["families"] != 6 and isinstance(iface["addresses"], list):
            iface["addresses"] = iface["addresses"] + ["10.%d.0.%d/32" % (link["number"], 200 + self.number("alias"))]
        return name

    def twins(self):
        """A second bridge on the same subnet, joined by a cable."""
        plain = [x for x in self.links if x["bridge"] and "vlan" not in x and not x.get("netgraph")]
        if not plain or not self.chance(30):
            return
        link = self.r.choice(plain)
        other = "twin%d" % self.number("twin")
        self.bridges[other] = {"subnet": link["subnet"], **({"private": True} if self.chance(25) else {})}
        self.epairs["joint%d" % self.count["twin"]] = {"a": {"bridge": link["bridge"], "private": False}, "b": {"bridge": other, "private": False}}
        twin = {**link, "bridge": other, "jib": False}
        for _ in range(2):
            self.jail("twin", [twin])

    # Ways.

    def gateways(self):
        for link in self.links:
            s = self.subnets[link["subnet"]]
            there = [n for n in self.router_names if link["subnet"] in self.standing[n] and self.of(n)["router"] is True]
            if link["nic"] and (self.chance(75) or not there):
                s["gateway"] = (["10.%d.0.254" % link["number"]] if link["families"] != 6 else [])
                if link["families"] != 4:
                    s["gateway"].append("fe80::1" if self.chance(25) else "2001:db8:%x::fe" % link["number"])
            elif there and self.chance(90):
                s["gateway"] = self.r.choice(there)
                if self.chance(35):
                    s["routed"] = True
            elif self.chance(30):
                s["gateway"] = "none"
        for name, jail in self.jails.items():
            mine = [(i, s) for i, s in zip(jail["interfaces"], self.standing[name])]
            self.one_default(name, jail, mine)
            exits = [i for i, s in mine if self.leads(name, s, "10.") and (i.get("default") or len(mine) == 1 or "gateway" not in jail)]
            if name in self.router_names and jail["router"] is True and exits and "gateway" not in jail and self.chance(30):
                jail["nat"] = True

    def leads(self, node, subnet, start):
        """Does a subnet give a node a default route of a family, by how its addresses start?"""
        s = self.subnets[subnet]
        gateway = s.get("gateway", "none")
        if gateway in ("none", node) or not any(p.startswith(start) for p in s["prefixes"]):
            return False
        return not isinstance(gateway, list) or any((":" in g) == (start != "10.") for g in gateway)

    def one_default(self, node, body, ends):
        """Of several default routes of a family one is chosen, or there is none."""
        ways = {start: [i for i, s in ends if self.leads(node, s, start)] for start in ("10.", "2001:")}
        several = [w for w in ways.values() if len(w) > 1]
        if not several:
            return
        chosen = self.r.choice([i for i in several[0] if all(i in w for w in several)] or [None])
        if chosen is not None and "vlan_filtering" not in chosen:
            chosen["default"] = True
        else:
            body["gateway"] = "none"

    def host_side(self):
        if self.chance(30):
            self.host["router"] = True
        ends = []
        for link in self.links:
            bridge = self.bridges.get(link["bridge"])
            if not self.chance(50) or not bridge or link.get("netgraph"):
                continue
            if "vlan" in link:
                bridge.setdefault("addresses", []).extend(self.address(link))
                ends.append((bridge, link["subnet"]))
            else:
                bridge["addresses"] = self.address(link)
                if self.chance(20) and not link["nic"] and not link.get("jib"):
                    bridge["epair"] = True
                ends.append((bridge, link["subnet"]))
        self.one_default("host", self.host, ends)

    def extras(self):
        """Addresses by slaac where somebody advertises; routes by hand."""
        links = {x["subnet"]: x for x in self.links}
        for name, jail in self.jails.items():
            link = links.get(self.standing[name][0])
            if name.startswith("leaf") and len(self.standing[name]) == 1 and self.leads(name, link["subnet"], "2001:") and self.chance(12):
                jail["interfaces"][0]["addresses"] = [a for a in self.address(link) if ":" not in a] + ["slaac"]
        for name, node in [*self.jails.items(), *self.machines.items()]:
            if not self.chance(12):
                continue
            far = [x for x in self.links if x["subnet"] not in self.standing[name]]
            if far:
                prefix = self.r.choice(self.subnets[self.r.choice(far)["subnet"]]["prefixes"])
                near = [n for n in self.router_names if n != name and self.of(n)["router"] is True and any(
                    p.startswith(prefix[:3]) for s in set(self.standing[n]) & set(self.standing[name]) for p in self.subnets[s]["prefixes"])]
                node["routes"] = [{"to": prefix, "via": self.r.choice(["reject", "blackhole", "none"] + near)}]

    def text(self):
        out = ["# random topology"]
        out.append("host: " + json.dumps(self.host))
        for key in ("subnets", "bridges", "epairs", "machines", "jails"):
            items = getattr(self, key)
            if items:
                out.append(key + ":")
                out += ["  %s: %s" % (name, json.dumps(body)) for name, body in items.items()]
        return "\n".join(out) + "\n"


def make(seed, kind=Maker):
    """A topology as YAML."""
    maker = kind(seed)
    maker.build()
    return maker.text()


if __name__ == "__main__":
    sys.stdout.write(make(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
