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
from written import Topology

TOO_MANY = 150  # nodes
MANY = 12       # of more nodes than that in a subnet only some are asked: the kernel's neighbour table has 1,024 places for all of them


class Skip(Exception):
    """Not tried here, and why."""


def vnetc(program, *words):
    """(exit status, what it printed); a crash is a Failure."""
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False, timeout=120)
    if done.returncode not in (0, 1):
        raise Failure("vnetc %s: exit status %d: %s" % (" ".join(words), done.returncode, done.stderr.strip()))
    return done.returncode, done.stdout, done.stderr


def told_in(directory):
    """Routes that the outside must have: (prefix, via), from the address plan."""
    with open(os.path.join(directory, "topology.md"), encoding="utf-8") as f:
        text = f.read()
    section = text.partition("## What to do on the outside")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [^|]* \| `([^`]+)` \| `([^`]+)` \|", section, re.M)
    return [(ipaddress.ip_network(prefix), ipaddress.ip_address(via)) for prefix, via in rows]


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
        self.machine = Machine(self.directory, self.scratch, release, [], self)
        self.world = World(self.machine, self.graph, routed, told_in(self.directory))
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
        self.world.advertise()

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
        """(from, to, version) -> verdict, for all pairs of nodes."""
        pairs = list(itertools.permutations(self.nodes(), 2))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = pool.map(lambda pair: vnetc(self.program, "path", "--format", "json", *pair, path or self.path)[1], pairs)
            found = {}
            for (a, b), text in zip(pairs, answers):
                for proof in json.loads(text):
                    found[a, b, 4 if proof["family"] == "ipv4" else 6] = proof
        return found

    def compare(self, claims, patience=ROUNDS):
        """Pings all pairs. What disagrees, and how many there were: asked, claimed to reach, claimed broken, unproven."""
        self.find_ends()
        pings = Pings()
        for a in self.ends:
            for b in self.ends:
                for address in self.addresses[b.name] if a is not b else ():
                    claim = claims.get((a.name, b.name, address.version))
                    expected = claim is not None and claim["verdict"] == "reaches"
                    pings.add(a, address, (a.name, b.name, address.version), expected)
        pings.run(patience)
        wrong, count = [], {"reaches": 0, "broken": 0, "unproven": 0}
        for key, claim in claims.items():
            count[claim["verdict"]] += 1
            answered = key in pings.answered
            if claim["verdict"] != "unproven" and answered != (claim["verdict"] == "reaches"):
                wrong.append("%s to %s, IPv%d: vnetc says %s%s, the ping %s" % (*key, claim["verdict"], " (%s)" % claim["why"] if claim["why"] else "",
                                                                               "answers" if answered else "does not"))
        return wrong, {"pings": len(pings.asked), **count}


def addresses_in(space):
    found = []
    for iface in json.loads(space.ip("-j", "addr", "show")):
        for address in iface["addr_info"]:
            if address["scope"] == "global" and iface["ifname"] not in ("lo0", "lo", "world"):
                found.append(ipaddress.ip_address(address["local"]))
    return found
