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


def make(seed):
    """A topology as YAML."""
    return random_topology.make(seed, Maker)


if __name__ == "__main__":
    sys.stdout.write(make(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
