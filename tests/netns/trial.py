# SPDX-License-Identifier: BSD-2-Clause
"""One topology: built, booted in namespaces, its pings compared with what `vnetc path` claims."""

import concurrent.futures
import ipaddress
import itertools
import json
import os
import re
import shutil
import subprocess
import time

import filters
from machine import Machine
from pinger import ROUNDS, End, Pings
from spaces import Failure
from world import World
from written import Topology, as_list, load

TOO_MANY = 150  # nodes
ALONE = 12      # so many jails are restarted each for itself
MANY = 8        # of more nodes than that in a subnet only some are asked: the kernel's neighbour table has 1,024 places for all of them


class Skip(Exception):
    """Not tried here, and why."""


def vnetc(program, *words):
    """(exit status, what it printed); a crash is a Failure."""
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=120)
    if done.returncode not in (0, 1):
        raise Failure("vnetc %s: exit status %d: %s" % (" ".join(words), done.returncode, done.stderr.strip()))
    return done.returncode, done.stdout, done.stderr


def told_in(directory):
    """Routes that the outside must have, from the address plan: prefix -> (who must have it, via)."""
    with open(os.path.join(directory, "topology.md"), encoding="utf-8") as f:
        text = f.read()
    section = text.partition("## What to do on the outside")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [`\[]*([^`\]|]*)[^|]* \| `([^`]+)` \| `([^`]+)` \|", section, re.M)
    return {ipaddress.ip_network(prefix): (who.strip(), ipaddress.ip_address(via)) for who, prefix, via in rows}


def copied(path, to):
    """A topology with all that lies beside it, so that no lock is written there."""
    os.makedirs(to)
    for name in os.listdir(os.path.dirname(path) or "."):
        if name.endswith((".yaml", ".lock")):
            shutil.copy(os.path.join(os.path.dirname(path), name), to)
    return os.path.join(to, os.path.basename(path))


class Trial:
    def __init__(self, program, path, scratch):
        self.program, self.scratch = program, scratch
        self.path = copied(path, os.path.join(scratch, "topology"))
        self.directory = os.path.join(scratch, "generated")
        self.machine = self.world = None
        self.ends = []

    def build(self):
        status, _, errors = vnetc(self.program, "build", "-q", "-o", self.directory, self.path)
        if status != 0:
            raise Failure("it does not compile: %s" % errors.strip())
        self.graph = json.loads(vnetc(self.program, "graph", "--format", "json", self.path)[1])
        if len(self.graph["nodes"]) > TOO_MANY:
            raise Skip("%d nodes are too many for namespaces" % len(self.graph["nodes"]))
        self.topology = Topology(self.path)
        if any(j.get("routing") == "none" for j in self.topology.jails.values()) or self.topology.host.get("routing") == "none":
            raise Skip("a daemon learns routes there, and none runs here")

    def boot(self, start=None):
        release = int(re.match(r"\d+", self.graph["release"]).group())
        routed = {name for name, s in self.topology.subnets.items() if s.get("routed") == "true"}
        # An administrator's own commands are his: they are not run.
        own = {c for j in self.topology.jails.values() for commands in (j.get("exec") or {}).values() for c in as_list(commands)}
        self.machine = Machine(self.directory, self.scratch, release, self, own)
        by_others = {name for name, s in self.topology.subnets.items() if s.get("rtadv") == "false"}
        self.world = World(self.machine, self.graph, routed, told_in(self.directory), by_others)
        for name in self.world.nics():
            self.machine.add_nic(name)
        if any(f in ("pf.conf", "pf.anchor") for _, _, files in os.walk(self.directory) for f in files):
            why = filters.why_not(self.world.outside)
            if why is not None:
                raise Skip("it translates, and %s" % why)
        self.machine.boot_host()
        self.world.build()
        self.order = self.machine.start_all(start or self.machine.by_ezjail)
        self.settle()

    # What rc asks of the links.

    def dhclient(self, stack, iface):
        self.world.lease(stack, iface)

    def rtsol(self, stack, iface):
        self.world.solicit(stack, iface)

    def settle(self):
        """Advertisements go out; spanning trees settle."""
        if any(i.stp for i in self.machine.host.interfaces.values()):
            time.sleep(5)
        self.world.finish()

    def close(self):
        self.forget_ends()
        for thing in (self.world, self.machine):
            if thing is not None:
                thing.close()

    # Who is asked.

    def nodes(self):
        """Names of nodes, of many alike in a subnet the first and last few."""
        nodes = {n["name"]: n for n in self.graph["nodes"]}
        left_out = set()
        for subnet in self.graph["subnets"]:
            quiet = [n for n, node in nodes.items() if node["kind"] == "jail" and not node["forwards"] and len(node["interfaces"]) == 1
                     and subnet["name"] in node["interfaces"][0]["subnets"]]
            if len(quiet) > MANY:
                left_out |= set(quiet[MANY // 2:-MANY // 2])
        return [n for n in nodes if n not in left_out] + ["outside"]

    def find_ends(self):
        """An End and the addresses by which it is asked, for each node; both as the namespaces have them."""
        self.forget_ends()
        self.addresses = {}
        for name in self.nodes():
            sources = None
            if name == "outside":
                space, sources = self.world.outside, self.world.address
                found = list(sources.values())
            elif name in self.machine.jails and self.machine.jails[name].stack is None:
                space = self.machine.host.space
                conf = self.machine.jails[name].conf
                found = [ipaddress.ip_interface(v.rpartition("|")[2]).ip for k in ("ip4.addr", "ip6.addr") for v in conf.get(k, [])]
                sources = {a.version: a for a in reversed(found)}
            else:
                space = self.space_of(name)
                found = addresses_in(space)
            self.ends.append(End(name, space, sources))
            self.addresses[name] = found

    def space_of(self, name):
        if name == "host":
            return self.machine.host.space
        return self.machine.jails[name].stack.space if name in self.machine.jails else self.world.spaces[name]

    def forget_ends(self):
        for end in self.ends:
            end.close()
        self.ends = []

    # What is claimed, and what is so.

    def claims(self, path=None):
        """(from, to or an address, version) -> proof: all pairs of nodes, and each address of those that have several of a family."""
        self.find_ends()
        # Who shares a stack is not asked: a classic jail is at its host's addresses.
        pairs = [(a.name, b.name) for a, b in itertools.permutations(self.ends, 2) if a.space is not b.space]
        classic = {n["name"] for n in self.graph["nodes"] if n["kind"] == "classic jail"}
        for a, b in list(pairs):
            for version in (4, 6):
                several = [x for x in self.addresses[b] if x.version == version and x in self.world.given]
                pairs += [(a, str(x)) for x in several if len(several) > 1]
            if b in classic and len(self.addresses[b]) > len({x.version for x in self.addresses[b]}):
                pairs.remove((a, b))            # vnetc takes only one of its addresses for it
        self.pairs = set(pairs)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = pool.map(lambda pair: vnetc(self.program, "path", "--format", "json", *pair, path or self.path)[1], pairs)
            return {(*pair, 4 if proof["family"] == "ipv4" else 6): proof for pair, text in zip(pairs, answers) for proof in json.loads(text)}

    def compare(self, claims, patience=ROUNDS):
        """Pings all pairs. What disagrees, and how many were asked, claimed to reach, claimed broken, unproven."""
        self.find_ends()
        pings, single = Pings(), {}
        for a in self.ends:
            for b in self.ends:
                for address in self.addresses[b.name] if a.space is not b.space else ():
                    for to in (b.name, str(address)):
                        key = (a.name, to, address.version)
                        single[key] = key not in single
                        if key[:2] in self.pairs:
                            pings.add(a, address, key, key in claims and claims[key]["verdict"] == "reaches")
        pings.run(patience)
        wrong, count = [], {"pings": len(pings.asked), "reaches": 0, "broken": 0, "unproven": 0}
        for key, claim in claims.items():
            count[claim["verdict"]] += 1
            text = "%s to %s, IPv%d: vnetc says %s" % (*key, claim["verdict"] + (" (%s)" % claim["why"] if claim["why"] else ""))
            if claim["verdict"] != "unproven" and (key in pings.answered) != (claim["verdict"] == "reaches"):
                wrong.append("%s, the ping %s" % (text, "answers" if key in pings.answered else "does not"))
            elif claim["verdict"] == "reaches" and single.get(key) and counted(claim) and pings.answered[key] != len(claim["back"]) - 1:
                wrong.append("%s and the answer passes %d routers; it passes %d" % (text, len(claim["back"]) - 1, pings.answered[key]))
        for key in pings.answered.keys() - claims.keys():
            wrong.append("%s to %s, IPv%d: vnetc says nothing, the ping answers" % key)
        return wrong, count

    def advertised(self):
        """rtadvd.conf leaves out what is not to be advertised: an interface makes addresses in its own subnets only, or where some other
        program advertises. What is wrong."""
        wrong, others = [], list(self.world.by_others)
        for node in self.graph["nodes"]:
            taking = [i for i in node.get("interfaces", []) if "slaac" in i["addresses"] and i["subnets"]]
            for iface in taking if node["kind"] in ("host", "jail") else ():
                own = [ipaddress.ip_network(p) for s in iface["subnets"] + others for p in self.world.subnets[s]["prefixes"]]
                wrong += ["%s has %s on %s, in no subnet that is its own" % (node["name"], a, iface["name"])
                          for a in addresses_in(self.space_of(node["name"]), iface["name"]) if a.version == 6 and not any(a in p for p in own)]
        return wrong

    # The same, in other ways.

    def restart(self):
        """Each jail alone, while the others run; then all are stopped, and started by the other way."""
        confs, _ = self.machine.by_ezjail()
        for name in self.order[:ALONE]:
            self.machine.stop_jail(self.machine.jails[name])
            self.machine.start_jail(self.machine.jails[name], confs[name])
        self.machine.stop_all(self.order)
        self.order = self.machine.start_all(self.machine.by_jail_conf)
        self.settle()

    def tell_all(self):
        """The outside does what vnetc's notes say. The topology that says so; None: there is nothing to tell."""
        # A machine of the file in the middle has its own routes, in the file or not at all.
        amid = {n["name"] for n in self.graph["nodes"]} - set(self.world.edges)
        missing = sorted({self.world.subnet_of(p) for p, (who, _) in self.world.told.items() if who not in amid} - self.world.routed)
        if not missing:
            return None
        text = load(self.path)
        for name in missing:
            self.world.route_to(name)
            text["subnets"][name]["routed"] = "true"
        other = os.path.join(self.scratch, "told", os.path.basename(self.path))
        os.makedirs(os.path.dirname(other))
        with open(other, "w", encoding="utf-8") as f:
            json.dump(text, f)
        lock = self.path[:-len(".yaml")] + ".lock"
        if os.path.exists(lock):
            shutil.copy(lock, os.path.dirname(other))
        return other


def counted(claim):
    """Does vnetc say which routers the answer passes? Through the world it need not come by the way that vnetc shows."""
    return claim["back"] and (all(hop["node"] for hop in claim["back"]) or "outside" in (claim["from"], claim["to"]))


def addresses_in(space, *interface):
    found = []
    for iface in json.loads(space.ip("-j", "addr", "show", *interface)):
        for address in iface["addr_info"]:
            if address["scope"] == "global" and iface["ifname"] not in ("lo0", "world"):
                found.append(ipaddress.ip_address(address["local"]))
    return found
