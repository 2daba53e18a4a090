# SPDX-License-Identifier: BSD-2-Clause
"""What vnetc path proves, tried by real packets: reach.py VNETC [SEED [COUNT]].

Random topologies are built of Linux network namespaces, veth pairs and bridges, with the routes that vnetc worked out; every node pings
every address, and each answer, or its lack, must be what vnetc proved. Linux stands in for FreeBSD where both do the same: longest
prefixes, forwarding, ARP on the own link only, isolated bridge ports for private members. Skipped where namespaces are not allowed."""
import json
import os
import random
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time

SKIPPED = 77
FAR = {4: "198.51.100.1", 6: "2001:db8:ffff:ffff::1"}   # what stands for the world in vnetc as well
SYSCTLS = {
    "net/ipv4/conf/all/rp_filter": 0, "net/ipv4/conf/default/rp_filter": 0, "net/ipv4/conf/all/arp_ignore": 1,
    "net/ipv4/conf/all/accept_redirects": 0, "net/ipv4/conf/default/accept_redirects": 0, "net/ipv4/conf/all/send_redirects": 0,
    "net/ipv4/conf/default/send_redirects": 0, "net/ipv6/conf/all/accept_dad": 0, "net/ipv6/conf/default/accept_dad": 0,
    "net/ipv6/conf/all/accept_ra": 0, "net/ipv6/conf/default/accept_ra": 0, "net/ipv6/conf/all/accept_redirects": 0,
    "net/ipv6/conf/default/accept_redirects": 0, "net/ipv6/conf/all/disable_ipv6": 0, "net/ipv6/conf/default/disable_ipv6": 0,
}


class Topology:
    """A random network, as YAML for vnetc and as a list of what to build."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.nodes = {"host": {"ifaces": [], "router": self.chance(30)}}
        self.bridges = {}
        self.subnets = {}
        self.cables = []
        self.make_bridges()
        self.make_nodes()
        self.make_gateways()
        self.make_routes()

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def make_bridges(self):
        self.nic = self.chance(60)
        for i in range(self.random.randint(2, 4)):
            self.bridges[f"bridge{i}"] = {"subnet": f"n{i}", "private": self.chance(15), "members": []}
            families = [4, 6] if self.chance(60) else [4] if self.chance(80) else [6]
            self.subnets[f"n{i}"] = {"number": i, "families": families, "gateway": None, "routed": self.nic and i > 0 and self.chance(40),
                                     "next": 10}
        for name in list(self.bridges):
            if self.chance(25):
                twin = name + "t"
                self.bridges[twin] = {"subnet": self.bridges[name]["subnet"], "private": self.chance(30), "members": []}
                self.cables.append({"name": "c" + twin, "bridges": (name, twin)})

    def address(self, subnet):
        s = self.subnets[subnet]
        s["next"] += 1
        out = []
        if s.get("cable"):
            end = s["next"] % 2
            out.append((4, f"10.255.{s['number']}.{end}", 31))
            out.append((6, f"fd00:0:0:ff{s['number']:02x}::{end}", 127))
            return out
        if 4 in s["families"]:
            out.append((4, f"10.0.{s['number']}.{s['next']}", 24))
        if 6 in s["families"]:
            out.append((6, f"fd00:0:0:{s['number']:x}::{s['next']:x}", 64))
        if len(out) == 2 and self.chance(10):
            del out[self.random.randrange(2)]
        return out

    def attach(self, node, bridge):
        subnet = self.bridges[bridge]["subnet"]
        if any(i["subnet"] == subnet for i in self.nodes[node]["ifaces"]):
            return
        self.nodes[node]["ifaces"].append({"bridge": bridge, "subnet": subnet, "addresses": self.address(subnet)})

    def make_nodes(self):
        bridges = list(self.bridges)
        for bridge in bridges:
            if self.chance(40):
                self.attach("host", bridge)
            for k in range(self.random.randint(1, 2)):
                self.nodes[f"{bridge[6:]}leaf{k}"] = {"ifaces": [], "router": False, "machine": self.chance(15)}
                self.attach(f"{bridge[6:]}leaf{k}", bridge)
                if self.chance(15):
                    self.attach(f"{bridge[6:]}leaf{k}", self.random.choice(bridges))
        for k in range(self.random.randint(1, 3)):
            name = f"r{k}"
            self.nodes[name] = {"ifaces": [], "router": True, "machine": self.chance(15)}
            for bridge in self.random.sample(bridges, min(len(bridges), self.random.randint(2, 3))):
                self.attach(name, bridge)
        routers = [n for n in self.nodes if n.startswith("r") and not self.nodes[n]["machine"]]
        if len(routers) > 1 and self.chance(50):
            a, b = routers[0], routers[1]
            number = len(self.subnets)
            self.subnets["ptp"] = {"number": number, "families": [4, 6], "gateway": None, "routed": False, "next": 11, "cable": True}
            self.cables.append({"name": "wire", "jails": (a, b)})
            for node in (a, b):
                self.nodes[node]["ifaces"].append({"cable": "wire", "subnet": "ptp", "addresses": self.address("ptp")})

    def make_gateways(self):
        for name, s in self.subnets.items():
            if s.get("cable"):
                continue
            there = [n for n, d in self.nodes.items() if d["router"] and any(i["subnet"] == name for i in d["ifaces"])]
            if self.nic and name == "n0" and self.chance(80):
                s["gateway"] = [f"10.0.{s['number']}.254"] if 4 in s["families"] else []
                s["gateway"] += [f"fd00:0:0:{s['number']:x}::fe"] if 6 in s["families"] else []
            elif self.chance(12):
                s["gateway"] = ["none"]
            elif there and self.chance(85):
                s["gateway"] = [self.random.choice(there)]
        for node, d in self.nodes.items():
            ways = [i for i in d["ifaces"] if self.subnets[i["subnet"]]["gateway"] not in (None, ["none"], [node])]
            if len(ways) > 1 and not d.get("machine"):
                self.random.choice(ways)["default"] = True

    def make_routes(self):
        for node, d in self.nodes.items():
            d["routes"] = []
            if self.chance(80):
                continue
            subnet = self.random.choice([s for s in self.subnets if s != "ptp"])
            s = self.subnets[subnet]
            to = f"10.0.{s['number']}.0/24" if 4 in s["families"] else f"fd00:0:0:{s['number']:x}::/64"
            if any(i["subnet"] == subnet for i in d["ifaces"]):
                continue
            near = [n for n, o in self.nodes.items() if n != node and o["router"]
                    and any(i["subnet"] == j["subnet"] for i in o["ifaces"] for j in d["ifaces"])]
            d["routes"].append((to, self.random.choice(["none", "blackhole", "reject"] + near)))
        self.make_alias()

    def make_alias(self):
        """A further address with /32 of some node, and routes to it here and there."""
        owner = self.random.choice([n for n in self.nodes if n != "host" and self.nodes[n]["ifaces"]])
        i = self.nodes[owner]["ifaces"][0]
        direct = next((a for f, a, _ in i["addresses"] if f == 4), None)
        if direct is None or "cable" in i or self.chance(50):
            return
        i["addresses"].append((4, "10.99.0.1", 32))
        for node, d in self.nodes.items():
            if node != owner and any(j["subnet"] == i["subnet"] for j in d["ifaces"]) and self.chance(70):
                d["routes"].append(("10.99.0.1/32", direct))

    def yaml(self):
        out = ["host:", "  name: beastie", f"  router: {str(self.nodes['host']['router']).lower()}"]
        if self.nic:
            out.append("  interfaces: {re0: {}}")
        self.routes_yaml(out, self.nodes["host"], "  ")
        out.append("subnets:")
        for name, s in self.subnets.items():
            n = s["number"]
            if s.get("cable"):
                out.append(f"  {name}: {{prefixes: [10.255.{n}.0/31, \"fd00:0:0:ff{n:02x}::/127\"]}}")
                continue
            prefixes = ([f"10.0.{n}.0/24"] if 4 in s["families"] else []) + ([f'"fd00:0:0:{n:x}::/64"'] if 6 in s["families"] else [])
            gateway = ", gateway: [" + ", ".join(f'"{g}"' for g in s["gateway"]) + "]" if s["gateway"] else ""
            out.append(f"  {name}: {{prefixes: [{', '.join(prefixes)}]{gateway}, routed: {str(s['routed']).lower()}}}")
        out.append("bridges:")
        own = {i["bridge"]: i for i in self.nodes["host"]["ifaces"]}
        for name, b in self.bridges.items():
            addresses = ", addresses: [" + ", ".join(f'"{a}"' for _, a, _ in own[name]["addresses"]) + "]" if name in own else ""
            default = ", default: true" if name in own and own[name].get("default") else ""
            nic = ", members: [re0]" if self.nic and name == "bridge0" else ""
            out.append(f"  {name}: {{subnet: {b['subnet']}, private: {str(b['private']).lower()}{addresses}{default}{nic}}}")
        if self.cables:
            out.append("epairs:")
        for c in self.cables:
            kind = "bridge" if "bridges" in c else "jail"
            a, b = c["bridges"] if "bridges" in c else c["jails"]
            out.append(f"  {c['name']}: {{{'subnet: ptp, ' if kind == 'jail' else ''}a: {{{kind}: {a}}}, b: {{{kind}: {b}}}}}")
        for section, machine in (("jails", False), ("machines", True)):
            nodes = {n: d for n, d in self.nodes.items() if n != "host" and bool(d.get("machine")) == machine}
            if nodes:
                out.append(section + ":")
            for n, d in nodes.items():
                out.append(f"  {n}:")
                out.append(f"    router: {str(d['router']).lower()}")
                self.routes_yaml(out, d, "    ")
                out.append("    interfaces:")
                for k, i in enumerate(d["ifaces"]):
                    where = f"epair: {i['cable']}" if "cable" in i else f"bridge: {i['bridge']}"
                    tap = f", tap: tap{list(self.nodes).index(n) * 10 + k}" if machine else ""
                    default = ", default: true" if i.get("default") else ""
                    addresses = ", ".join(f'"{a}/32"' if n == 32 else f'"{a}"' for _, a, n in i["addresses"])
                    out.append(f"      - {{{where}{tap}{default}, addresses: [{addresses}]}}")
        return "\n".join(out) + "\n"

    @staticmethod
    def routes_yaml(out, d, indent):
        if d["routes"]:
            out.append(indent + "routes: [" + ", ".join(f'{{to: "{to}", via: {via}}}' for to, via in d["routes"]) + "]")


class Node:
    """A process in a network namespace of its own that does what it is told."""

    def __init__(self, name):
        here, there = socket.socketpair()
        self.name = name
        self.pid = os.fork()
        if self.pid == 0:
            here.close()
            self.serve(there.makefile("rw"))
        there.close()
        self.line = here.makefile("rw")
        self.line.readline()

    def serve(self, line):
        import ctypes
        if ctypes.CDLL(None, use_errno=True).unshare(0x40000000) != 0:
            os._exit(1)
        for name, value in SYSCTLS.items():
            try:
                with open("/proc/sys/" + name, "w", encoding="ascii") as out:
                    out.write(str(value))
            except OSError:
                pass
        print("ready", file=line, flush=True)
        for text in line:
            what = json.loads(text)
            if what[0] == "end":
                break
            result = getattr(self, "do_" + what[0])(*what[1:])
            print(json.dumps(result), file=line, flush=True)
        os._exit(0)

    def ask(self, *what):
        print(json.dumps(what), file=self.line, flush=True)

    def answer(self):
        return json.loads(self.line.readline())

    def do(self, *what):
        self.ask(*what)
        return self.answer()

    @staticmethod
    def do_run(commands):
        for command in commands:
            done = subprocess.run(command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            if done.returncode != 0:
                return f"{command}: {done.stdout.decode()}"
        return None

    @staticmethod
    def do_forward(family):
        name = "net/ipv4/ip_forward" if family == 4 else "net/ipv6/conf/all/forwarding"
        with open("/proc/sys/" + name, "w", encoding="ascii") as out:
            out.write("1")

    @staticmethod
    def do_ping(addresses, sources):
        """Which of the addresses answer."""
        sockets = {}
        for family, kind, proto in ((4, socket.AF_INET, socket.IPPROTO_ICMP), (6, socket.AF_INET6, socket.IPPROTO_ICMPV6)):
            sockets[family] = socket.socket(kind, socket.SOCK_RAW, proto)
            if str(family) in sources:
                sockets[family].bind((sources[str(family)], 0))
        got = set()
        for _ in range(2):
            for number, (family, address) in enumerate(addresses):
                if number in got:
                    continue
                body = struct.pack("!HH8s", os.getpid() & 0xffff, number, b"vnetc...")
                head = struct.pack("!BBH", 8 if family == 4 else 128, 0, 0)
                if family == 4:
                    total = sum(struct.unpack("!8H", head + body))
                    total = (total & 0xffff) + (total >> 16)
                    head = struct.pack("!BBH", 8, 0, ~((total & 0xffff) + (total >> 16)) & 0xffff)
                try:
                    sockets[family].sendto(head + body, (address, 0))
                except OSError:
                    pass
            end = time.monotonic() + 0.5
            while len(got) < len(addresses) and (left := end - time.monotonic()) > 0:
                for ready in select.select(list(sockets.values()), [], [], left)[0]:
                    packet = ready.recv(2048)
                    if ready is sockets[4]:
                        packet = packet[(packet[0] & 15) * 4:]
                    if packet[0] in (0, 129) and len(packet) >= 8 and struct.unpack("!H", packet[4:6])[0] == os.getpid() & 0xffff:
                        got.add(struct.unpack("!H", packet[6:8])[0])
        return sorted(got)

    def end(self):
        self.ask("end")
        os.waitpid(self.pid, 0)
        self.line.close()


class Network:
    """The topology, built."""

    def __init__(self, topology, graph):
        self.topology = topology
        self.nodes = {name: Node(name) for name in list(topology.nodes) + ["outside"] * topology.nic}
        self.count = 0
        self.build_links()
        self.build_routes(graph)

    def run(self, name, *commands):
        wrong = self.nodes[name].do("run", commands)
        if wrong:
            raise RuntimeError(f"{name}: {wrong}")

    def cable(self, a, b):
        """Two ends, one in each node; their names."""
        self.count += 1
        one, two = f"v{self.count}a", f"v{self.count}b"
        subprocess.run(f"ip link add {one} type veth peer name {two}; ip link set {one} netns {self.nodes[a].pid};"
                       f"ip link set {two} netns {self.nodes[b].pid}", shell=True, check=True)
        self.run(a, f"ip link set {one} up")
        self.run(b, f"ip link set {two} up")
        return one, two

    def member(self, bridge, port, private):
        self.run("host", f"ip link set {port} master {bridge}", *([f"bridge link set dev {port} isolated on"] if private else []))

    def addresses(self, name, device, addresses):
        self.run(name, *(f"ip -{f} addr add {a}/{n} dev {device} {'nodad' if f == 6 else ''}" for f, a, n in addresses))

    def build_links(self):
        t = self.topology
        for name in self.nodes:
            self.run(name, "ip link set lo up")
        for name, b in t.bridges.items():
            self.run("host", f"ip link add {name} type bridge forward_delay 0 mcast_snooping 0", f"ip link set {name} up")
        for c in t.cables:
            if "bridges" in c:
                for bridge, port in zip(c["bridges"], self.cable("host", "host")):
                    self.member(bridge, port, t.bridges[bridge]["private"])
            else:
                for node, port in zip(c["jails"], self.cable(*c["jails"])):
                    self.addresses(node, port, next(i["addresses"] for i in t.nodes[node]["ifaces"] if i.get("cable")))
        for node, d in t.nodes.items():
            for i in d["ifaces"]:
                if "cable" in i:
                    continue
                if node == "host":
                    self.addresses("host", i["bridge"], i["addresses"])
                    continue
                port, inner = self.cable("host", node)
                # A machine's tap joins by autobridge, which cannot say private.
                self.member(i["bridge"], port, t.bridges[i["bridge"]]["private"] and not d.get("machine"))
                self.addresses(node, inner, i["addresses"])
        if t.nic:
            port, self.outer = self.cable("host", "outside")
            self.member("bridge0", port, t.bridges["bridge0"]["private"])
            for family, n in ((4, 24), (6, 64)):
                if family in t.subnets["n0"]["families"]:
                    self.addresses("outside", self.outer, [(family, "10.0.0.254" if family == 4 else "fd00:0:0:0::fe", n)])
                self.addresses("outside", "lo", [(family, FAR[family], 32 if family == 4 else 128)])

    def build_routes(self, graph):
        t = self.topology
        for node in graph["nodes"]:
            for family in node["forwards"]:
                self.nodes[node["name"]].do("forward", 4 if "4" in family else 6)
            for r in node["routes"]:
                to = r["destination"] if r["destination"] != "default" else "0.0.0.0/0" if "." in r["gateway"] else "::/0"
                family = 6 if ":" in to else 4
                if r["gateway"] in ("reject", "blackhole"):
                    kind = "unreachable" if r["gateway"] == "reject" else "blackhole"
                    self.run(node["name"], f"ip -{family} route add {kind} {to}")
                else:
                    self.run(node["name"], f"ip -{family} route add {to} via {r['gateway']}")
        for family in (4, 6):
            if t.nic:
                self.nodes["outside"].do("forward", family)
        self.unsure = set()     # subnets by whose routers the world comes to them is vnetc's choice
        for name, s in t.subnets.items():
            if s["routed"]:
                self.route_outside(graph, name, s)

    def route_outside(self, graph, name, s):
        nodes = {n["name"]: n for n in graph["nodes"]}
        for family in s["families"]:
            at = s["gateway"][0] if s["gateway"] else None
            for _ in range(20):
                default = next((r for r in nodes.get(at, {}).get("routes", []) if r["destination"] == "default"
                                and (":" in r["gateway"]) == (family == 6)), None)
                if at is None or default is None or default["node"] is None:
                    break
                at = default["node"]
            near = [a for i in self.topology.nodes.get(at, {}).get("ifaces", []) if i["subnet"] == "n0" for f, a, _ in i["addresses"] if f == family]
            if not near:
                self.unsure.add(name)
                continue
            to = f"10.0.{s['number']}.0/24" if family == 4 else f"fd00:0:0:{s['number']:x}::/64"
            self.run("outside", f"ip -{family} route add {to} via {near[0]}")

    def targets(self):
        t = self.topology
        return [(f, a) for d in t.nodes.values() for i in d["ifaces"] for f, a, _ in i["addresses"]] + [(f, FAR[f]) for f in (4, 6) if t.nic]

    def pings(self):
        """(from, address) of every answer."""
        targets = self.targets()
        for name, node in self.nodes.items():
            node.ask("ping", targets, {str(f): FAR[f] for f in (4, 6)} if name == "outside" else {})
        return {(name, targets[n][1]) for name, node in self.nodes.items() for n in node.answer()}

    def end(self):
        for node in self.nodes.values():
            node.end()


def vnetc(program, folder, *words):
    done = subprocess.run([program, *words, "-q", os.path.join(folder, "topology.yaml")], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def pairs(topology, network):
    """(from, family, address, whose) of all that share a family."""
    owners = {a: n for n, d in topology.nodes.items() for i in d["ifaces"] for _, a, _ in i["addresses"]}
    for name in network.nodes:
        families = {f for i in topology.nodes.get(name, {"ifaces": []})["ifaces"] for f, _, _ in i["addresses"]}
        for family, address in network.targets():
            owner = owners.get(address, "outside")
            if owner != name and (name == "outside" or family in families):
                yield name, family, address, owner


def compare(program, folder, seed):
    """Faults found; None: this seed makes no legal topology."""
    topology = Topology(seed)
    with open(os.path.join(folder, "topology.yaml"), "w", encoding="utf-8") as out:
        out.write(topology.yaml())
    status, text, errors = vnetc(program, folder, "graph", "--format", "json")
    if status != 0:
        return None if status == 1 else [f"seed {seed}: {errors}"]
    network = Network(topology, json.loads(text))
    faults, proofs, answers = [], [], set()
    try:
        for name, family, address, owner in pairs(topology, network):
            status, text, errors = vnetc(program, folder, "path", "--format", "json", name, address)
            if status not in (0, 1) or not text:
                faults.append(f"seed {seed}: path {name} {address}: {errors}")
                continue
            proof = json.loads(text)[0]
            through = any(h["node"] is None for h in proof["there"] + proof["back"])
            if proof["verdict"] != "unproven" and not (network.unsure and (through or "outside" in (name, owner))):
                proofs.append((name, address, owner, proof))
        wanted = {(name, address) for name, address, _, proof in proofs if proof["verdict"] == "reaches"}
        for _ in range(6):      # a loaded machine answers late
            answers |= network.pings()
            if wanted <= answers:
                break
    finally:
        network.end()
    for name, address, owner, proof in proofs:
        if ((name, address) in wanted) != ((name, address) in answers):
            faults.append(f"seed {seed}: {name} to {address} of {owner}: vnetc says {proof['verdict']} ({proof['why']}), "
                          f"packets {'arrive' if (name, address) in answers else 'do not'}")
    print(f"seed {seed}: {len(wanted)} of {len(proofs)} reach, {len(faults)} faults", flush=True)
    return faults


def main():
    program = os.path.abspath(sys.argv[1])
    if os.environ.get("VNETC_NETNS") != "inside":
        allowed = all(shutil.which(tool) for tool in ("unshare", "ip", "bridge")) and subprocess.run(
            ["unshare", "-rn", "ip", "link", "add", "name", "try0", "type", "bridge"], stderr=subprocess.DEVNULL, check=False).returncode == 0
        if not allowed:
            print("network namespaces are not allowed here")
            sys.exit(SKIPPED)
        os.environ["VNETC_NETNS"] = "inside"
        os.execvp("unshare", ["unshare", "-rn", sys.executable, os.path.abspath(__file__), program, *sys.argv[2:]])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    faults = []
    with tempfile.TemporaryDirectory(prefix="vnetc-netns-") as folder:
        while count > 0:
            found = compare(program, folder, seed)
            seed += 1
            if found is not None:
                count -= 1
                faults += found
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


main()
