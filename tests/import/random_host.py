#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Random topologies with what tests/netns cannot build: random_host.py SEED prints one. Beside bridges, routers and VLANs they hold NICs with
addresses, tunnels, interfaces given whole, VLANs inside jails, classic jails, hooks, parameters, variables, redirected ports and whatever
else a host's files can tell."""
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "netns"))
import random_topology          # noqa: E402


class Maker(random_topology.Maker):
    def build(self):
        super().build()
        self.own_nic()
        for body in self.host["interfaces"].values():
            self.words(body)
        for bridge in self.bridges.values():
            self.bridge_words(bridge)
        for name, jail in list(self.jails.items()):
            self.jail_words(name, jail)
        self.given_whole()
        self.made_inside()
        self.tunnel()
        self.classic()
        self.started_after()
        if self.chance(20):
            self.host["nameservers"] = ["192.0.2.53", "2001:db8:53::1"]
        if self.chance(20):
            self.host["rc_conf"] = {"sshd_enable": "YES", "syslogd_flags": "-ss -b 127.0.0.1"}

    def own_nic(self):
        """A NIC of the host that is in no bridge."""
        if not self.chance(40):
            return
        n = self.number("subnet")
        word = self.r.choice(("static", "static", "dhcp", "slaac"))
        has = any(self.leads("host", s, "10.") or self.leads("host", s, "2001:") for s in self.subnets)
        if word != "static" and (has or self.host.get("router")):
            word = "static"
        addresses = ["10.%d.0.1/24" % n, "2001:db8:%x::1/64" % n] + (["10.%d.0.2/32" % n] if self.chance(40) else [])
        self.host["interfaces"][self.nic()] = {"addresses": addresses if word == "static" else word}

    def words(self, body):
        if self.chance(15):
            body["description"] = self.r.choice(("uplink", "to the world, floor 2", "a-b_c:1"))
        if self.chance(10) and "vlan" not in body and "lagg" not in body:
            body["options"] = self.r.sample(["-lro", "-tso", "-txcsum", "-rxcsum"], 2)
        if self.chance(10):
            body["group"] = ["outer"]

    def bridge_words(self, bridge):
        if bridge.get("netgraph"):
            return
        if self.chance(15):
            bridge["description"] = "segment %d" % self.number("description")
        if self.chance(10) and not bridge.get("members") and "vlan_filtering" not in bridge:
            bridge["mtu"] = self.r.choice((1400, 9000))
        if self.chance(10):
            bridge["mac"] = self.r.choice(("kernel", "02:00:5e:10:%02x:01" % self.number("mac")))
        if self.chance(10) and "vlan_filtering" not in bridge:
            bridge["stp"] = True

    def jail_words(self, name, jail):
        for iface in jail["interfaces"]:
            link = self.bridges.get(iface["bridge"], {})
            if link.get("netgraph"):
                continue
            if self.chance(8):
                iface["description"] = "port of %s" % name
            if self.chance(8):
                iface["group"] = "inner"
            if self.chance(6) and iface.get("attach") != "jib":
                iface["mac"] = self.r.choice(("kernel", "02:00:5e:20:%02x:01" % self.number("mac")))
            if self.chance(8) and iface.get("attach") in (None, "static"):
                iface["epair"] = "epair%d" % (200 + self.number("fixed"))
            if self.chance(6) and iface.get("attach") in (None, "static") and "vlan_filtering" not in link and "name" not in iface:
                iface["vlans"] = {str(300 + self.number("inner")): {"addresses": ["10.%d.0.1/24" % (200 + self.count["inner"])]}}
        if self.chance(15):
            jail["hostname"] = "%s.example.org" % name.replace("_", "-")
        if self.chance(10):
            jail["parameters"] = {"allow.raw_sockets": "1", "children.max": "2"}
        if self.chance(10):
            jail["exec"] = {"prestart": ["/usr/local/sbin/hook up"], "poststop": ["/usr/local/sbin/hook down", "logger gone"]}
        if self.chance(10):
            jail["nameservers"] = ["192.0.2.53"]
        if self.chance(12):
            jail["rc_conf"] = {"nginx_enable": "YES", "nginx_flags": "-c '/usr/local/etc/my nginx.conf'"}
        if self.chance(8):
            jail["devfs_ruleset"] = 5
        behind = [n for n in self.jails if n.startswith("leaf") and any(
            self.subnets[s].get("gateway") == name and self.subnets[s]["prefixes"][0].startswith("10.") for s in self.standing[n])]
        if jail.get("nat") and behind and self.chance(60):
            jail["rdr"] = [{"proto": self.r.choice(("tcp", "udp")), "port": 80, "to": self.r.choice(behind), "port_to": 8080}]

    def given_whole(self):
        if not self.chance(25):
            return
        nic, n = self.nic(), self.number("subnet")
        self.jails["whole%d" % n] = {"interfaces": [{"interface": nic, "addresses": ["10.%d.0.1/24" % n]}]}

    def made_inside(self):
        if not self.chance(25) or not self.jails:
            return
        n = self.number("subnet")
        jail = self.jails[self.r.choice(sorted(self.jails))]
        jail["interfaces"].append({"interface": self.r.choice(("wg0", "lo1", "tun0")), "addresses": ["10.%d.0.1/32" % n]})

    def tunnel(self):
        if not self.chance(20):
            return
        n = self.number("subnet")
        self.host["interfaces"]["gif0"] = {"tunnel": ["192.0.2.1", "198.51.100.1"], "addresses": ["10.%d.0.1/32" % n], "peer": "10.%d.0.2" % n}

    def classic(self):
        if not self.chance(25):
            return
        n = self.number("subnet")
        self.jails["classic%d" % n] = {"vnet": False, "ip": ["lo0|127.0.0.%d" % (n + 10)], **({"fib": 1} if self.chance(30) else {})}

    def started_after(self):
        names = list(self.jails)
        if len(names) > 2 and self.chance(30):
            late, early = self.r.sample(names, 2)
            if names.index(early) < names.index(late) and late.startswith("leaf"):
                self.jails[late]["start_after"] = [early]


class CableMaker(Maker):
    """The same with cables: to the host and to bridges, made at boot or by the start of their jails; with peers; with VLANs."""

    def build(self):
        super().build()
        for _ in range(self.r.randint(1, 4)):
            self.r.choice((self.to_host, self.to_host, self.to_bridge, self.to_bridge, self.to_vlans, self.peers, self.to_nowhere))()

    def key(self):
        n = self.number("cable")
        return self.r.choice(("cord%d" % n, "w%d-" % n, "epair%d" % (300 + n)))

    def node(self):
        """Where its end goes: a jail of its own, or one that is there."""
        vnet = [name for name, jail in self.jails.items() if jail.get("vnet") is not False]
        if vnet and self.chance(40):
            return self.r.choice(vnet)
        name = "cab%s%d" % (self.r.choice(("", "-", "_")), self.number("cab"))
        self.jails[name] = {"interfaces": []}
        return name

    def end(self, key, name, body, start=True):
        """The jail's end; often its place in the list is kept, and says more."""
        end = {"jail": name, **body}
        if start:
            end["attach"] = self.r.choice(("static", "prestart", "prestart"))
        if self.chance(12):
            end["mac"] = self.r.choice(("kernel", "02:00:5e:30:%02x:01" % self.number("mac")))
        if self.chance(30):
            self.jails[name]["interfaces"].insert(self.r.randint(0, len(self.jails[name]["interfaces"])),
                                                  {"epair": key, **({"name": "in%d" % self.number("in")} if self.chance(40) else {})})
        return end

    def cable_of(self, key, one, other, **more):
        a, b = (one, other) if self.chance(75) else (other, one)
        self.epairs[key] = {**more, "a": a, "b": b}

    def outer_words(self, body):
        if self.chance(20):
            body["name"] = "out%d" % self.number("out")
        if self.chance(15):
            body["group"] = ["dmz"]
        if self.chance(15):
            body["description"] = "to the %d. cellar, left" % self.number("description")
        if self.chance(12):
            body["mac"] = self.r.choice(("kernel", "02:00:5e:40:%02x:01" % self.number("mac")))

    def to_host(self):
        key, name, n = self.key(), self.node(), self.number("subnet")
        families = self.r.choice((4, 6, 46, 46))
        both = [["10.%d.0.%d/30" % (n, k)] * (families != 6) + ["2001:db8:%x::%d/64" % (n, k)] * (families != 4) for k in (1, 2)]
        outer = {"host": True, "addresses": both[0] + (["10.%d.1.1/32" % n] if families != 6 and self.chance(20) else [])}
        more = {"mtu": 1400} if self.chance(20) else {}
        self.outer_words(outer)
        if self.chance(60):
            more["subnet"] = "n%d" % n
            prefixes = ["10.%d.0.0/30" % n] * (families != 6) + ["2001:db8:%x::/64" % n] * (families != 4)
            self.subnets["n%d" % n] = {"prefixes": prefixes, **({"gateway": "host"} if self.host.get("router") and name.startswith("cab") else {})}
        self.standing.setdefault(name, []).append("n%d" % n)
        self.cable_of(key, outer, self.end(key, name, {"addresses": both[1]}), **more)

    def to_bridge(self):
        plain = [x for x in self.links if x["bridge"] and "vlan" not in x and not x.get("netgraph")]
        if not plain:
            return
        key, name, link = self.key(), self.node(), self.r.choice(plain)
        outer = {"bridge": link["bridge"], **({"private": True} if self.chance(15) else {}), **({"stp": True} if self.chance(10) else {})}
        self.outer_words(outer)
        self.standing.setdefault(name, []).append(link["subnet"])
        self.cable_of(key, outer, self.end(key, name, {"addresses": self.address(link)}))

    def to_vlans(self):
        """All VLANs of a bridge that keeps them apart, or one of them without a tag."""
        tagged = [x for x in self.links if "vlan" in x]
        if not tagged:
            return
        key, name, link = self.key(), self.node(), self.r.choice(tagged)
        links = [x for x in tagged if x["bridge"] == link["bridge"]]
        self.standing.setdefault(name, []).extend(x["subnet"] for x in links)
        if self.chance(50):
            outer, body = {"bridge": link["bridge"], "untagged": link["vlan"]}, {"subnet": link["subnet"], "addresses": self.address(link)}
        else:
            outer = {"bridge": link["bridge"], "tagged": [x["vlan"] for x in links]}
            body = {"vlans": {str(x["vlan"]): {"subnet": x["subnet"], "addresses": self.address(x)} for x in links}}
        self.cable_of(key, outer, self.end(key, name, body))

    def peers(self):
        key, name, n = self.key(), self.node(), self.number("subnet")
        one = {"addresses": ["10.%d.0.1/32" % n], "peer": "10.%d.0.2" % n}
        other = {"addresses": ["10.%d.0.2/32" % n], "peer": "10.%d.0.1" % n}
        if self.chance(50):
            self.cable_of(key, {"host": True, **one}, self.end(key, name, other))
            return
        second = self.node()
        if second != name:
            self.cable_of(key, self.end(key, second, one, start=False), self.end(key, name, other, start=False))

    def to_nowhere(self):
        plain = [name for name, bridge in self.bridges.items() if "vlan_filtering" not in bridge and not bridge.get("netgraph")]
        if plain:
            self.cable_of(self.key(), {"bridge": self.r.choice(plain)}, {"host": True})


class Wider(Maker):
    """With keys that the others never have."""

    def build(self):
        super().build()
        for further in (self.of_host, self.of_interfaces, self.of_subnets, self.of_bridges, self.of_jails):
            further()

    def of_host(self):
        if self.chance(20):
            self.host["description"] = "a host"
        if self.chance(20):
            self.host.setdefault("routes", []).append({"to": "203.0.113.0/24", "via": self.r.choice(("reject", "blackhole"))})
        if self.chance(20):
            self.host["interfaces"]["ng7"] = {"managed": False}
        if self.chance(20):
            self.host["interfaces"]["vxlan9"] = {"tunnel": ["192.0.2.9", "198.51.100.9"]}
            self.bridges["bridge90"] = {"members": ["vxlan9"]}
        if self.chance(20):
            self.host["interfaces"]["tap90"] = {}
            self.bridges["bridge91"] = {"members": [{"interface": "tap90", "stp": True, "private": True}], "mac": "inherit"}

    def of_interfaces(self):
        for name, body in self.host["interfaces"].items():
            if "lagg" in body:
                body["lagg"]["protocol"] = self.r.choice(("failover", "lacp", "loadbalance"))
            elif name[:2] in ("re", "ig", "ix", "vt") and "." not in name and self.chance(10) and not self.is_port(name):
                body["name"] = "up%d" % self.number("renamed")
            if name.startswith("v2") and self.chance(30):
                body["name"] = "child%d" % self.number("renamed")

    def is_port(self, name):
        """jib and netgraph call their bridges by the NIC's name; a lagg has its ports by theirs."""
        return name + "bridge" in self.bridges or any(name in body.get("lagg", {}).get("ports", []) for body in self.host["interfaces"].values())

    def of_subnets(self):
        for body in self.subnets.values():
            if self.chance(10):
                body["description"] = "a subnet"
            if self.chance(10) and body["prefixes"][0].endswith("/24"):
                body["reserve"] = [body["prefixes"][0][:-4] + "40"]
            if self.chance(8) and len(body["prefixes"]) == 2:
                body["rtadv"] = False

    def of_bridges(self):
        for name, body in self.bridges.items():
            if self.chance(15) and name.startswith("net") and not body.get("netgraph"):
                body["name"] = "seg%d" % self.number("segment")
            if self.chance(15) and not body.get("netgraph") and "vlan_filtering" not in body and body.get("members"):
                body["members"] = [{"interface": m, "stp": True} if isinstance(m, str) else m for m in body["members"]]

    def of_jails(self):
        for name, jail in self.jails.items():
            if self.chance(10):
                jail["description"] = "the jail %s" % name
            if self.chance(10):
                jail["exec"] = {**jail.get("exec", {}), "poststart": ["/usr/local/sbin/hook started"], "prestop": ["/usr/local/sbin/hook stops"]}
            if self.chance(10) and "parameters" not in jail:
                jail["parameters"] = ["allow.raw_sockets", "securelevel=2"]
            if jail.get("router") and self.chance(10):
                jail["routing"] = "none"
            if jail.get("nat") is True and len(jail["interfaces"]) == 1 and "bridge" in jail["interfaces"][0]:
                jail["nat"] = [jail["interfaces"][0]["bridge"]]


def make(seed):
    """A topology as YAML; from 5000 on with cables, from 10000 on with further keys."""
    return random_topology.make(seed, Wider if seed >= 10000 else CableMaker if seed >= 5000 else Maker)


if __name__ == "__main__":
    sys.stdout.write(make(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
