# SPDX-License-Identifier: BSD-2-Clause
"""There and back: roundtrip.py VNETC ROOT [--ezjail | --jail-conf] [FIRST+COUNT | TOPOLOGY …]

A topology is built, its files are installed on a host that has nothing else, the host is imported, and what is imported is built: the same
files, but for comments and the grouping of lines by what asked for them (docs/limits.md). The host that comes of the second build is
imported as the same text. Jails are once ezjail's and once in jail.conf.d, where each is alone and has no order but that of letters: there
the order in which jails stand in the files of ezjail is left open. An option asks for one of the two ways alone.

Without further words: all topologies of ROOT that build, but for the cases of rules, and random ones, six of each kind (random_host.py); with
VNETC_LONG=1 those too, and a thousand. Those that come back otherwise stand in the file known, each with the reason."""
import difflib
import json
import multiprocessing.pool
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import random_host              # noqa: E402

VNETC, ROOT = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
ONE_WAY = {"--ezjail": (False,), "--jail-conf": (True,)}
HERE = os.path.dirname(os.path.abspath(__file__))
LONG = bool(os.environ.get("VNETC_LONG"))


def vnetc(folder, *words):
    done = subprocess.run([VNETC, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                          check=False)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
        return stream.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        stream.write(text)


def outputs(folder):
    """All files of a build that a host reads."""
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(top, name), folder)
            if not path.startswith("topology") and path != ".vnetc":
                found[path] = read(os.path.join(top, name))
    return found


def lay_out(root, host, jails, native):
    """A host with jails and no network of its own."""
    write(os.path.join(root, "etc/rc.conf"), f'hostname="{host["hostname"]}.example.org"\n' if host["hostname"] else "")
    write(os.path.join(root, "bin/freebsd-version"), f'USERLAND_VERSION="{host["release"]}-RELEASE"\n')
    for jail in jails:
        os.makedirs(os.path.join(root, f"usr/jails/{jail}/etc"))
        safe = re.sub(r"[^A-Za-z0-9]", "_", jail)
        if not native:
            write(os.path.join(root, f"usr/local/etc/ezjail/{safe}"),
                  f'# PROVIDE: standard_ezjail\nexport jail_{safe}_hostname="{jail}"\nexport jail_{safe}_rootdir="/usr/jails/{jail}"\n')


def lines(text):
    """What is read of a file: no comments, no empty lines."""
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def compare(wanted, was, native):
    for path in sorted(set(wanted) | set(was)):
        one, other = lines(wanted.get(path, "")), lines(was.get(path, ""))
        if native and path.startswith("rc.conf.d/"):
            one, other = sorted(one), sorted(other)
        if path not in wanted or path not in was:
            yield f"{path} is {'missing' if path in wanted else 'new'}"
        if one != other:
            yield from difflib.unified_diff(one, other, path, path, lineterm="", n=1)


def described(folder, topology):
    """Of a topology that builds: its host's name and release, its jails."""
    graph = json.loads(vnetc(folder, "graph", "--format", "json", topology)[1])
    host = next(node for node in graph["nodes"] if node["kind"] == "host")
    return {"hostname": host["hostname"], "release": graph["release"]}, [n["name"] for n in graph["nodes"] if n["kind"] in ("jail", "classic jail")]


class Trip:
    """One topology, in a folder of its own, by one of the two ways."""

    def __init__(self, folder, native):
        self.folder, self.native = folder, native
        self.words = ["--jail-conf"] if native else []

    def path(self, name):
        return os.path.join(self.folder, name)

    def installed(self, topology, root, host, jails):
        """What a build puts on a host; a reason why not."""
        lay_out(self.path(root), host, jails, self.native)
        status, _, err = vnetc(self.folder, "install", "--root", root, "--yes", *self.words, topology)
        return f"{topology} cannot be installed: {err}" if status != 0 else None

    def imported(self, root, topology):
        os.mkdir(self.path(os.path.dirname(topology)))
        status, _, err = vnetc(self.folder, "import", "--root", root, "-o", topology, "--report-file", "report")
        return f"import ends with {status}: {err}{read(self.path('report'))}" if status != 0 else None

    def go(self, topology):
        """What is wrong; None: the topology is not a legal one."""
        status, _, _ = vnetc(self.folder, "build", "-q", topology)
        if status != 0:
            return None
        host, jails = described(self.folder, topology)
        wrong = self.installed(topology, "root", host, jails) or self.imported("root", "back/topology.yaml")
        if wrong:
            return wrong.split("\n")
        status, _, err = vnetc(self.folder, "build", "-q", "back/topology.yaml")
        if status != 0:
            return [f"what is imported does not build: {err}"]
        found = list(compare(outputs(self.path("there/generated")), outputs(self.path("back/generated")), self.native))
        if found:
            return found
        wrong = self.installed("back/topology.yaml", "root2", host, jails) or self.imported("root2", "again/topology.yaml")
        if wrong:
            return wrong.split("\n")
        one, other = read(self.path("back/topology.yaml")), read(self.path("again/topology.yaml"))
        return list(difflib.unified_diff(one.split("\n"), other.split("\n"), "imported", "imported again", lineterm="", n=1))


def both_ways(name, lay, topology):
    """lay puts the topology and what it needs into a folder."""
    results = []
    for native in ONE_WAY.get(sys.argv[3] if len(sys.argv) > 3 else None, (False, True)):
        with tempfile.TemporaryDirectory(prefix="vnetc-roundtrip-") as folder:
            lay(folder)
            results.append((f"{name}{' by jail.conf' if native else ''}", Trip(folder, native).go(topology)))
        if results[-1][1] is None:
            break
    return results


def seed(number):
    return both_ways(f"seed {number}", lambda folder: write(os.path.join(folder, "there/topology.yaml"), random_host.make(number)), "there/topology.yaml")


def topology_of(path):
    def lay(folder):
        shutil.copytree(os.path.dirname(path), os.path.join(folder, "there"), ignore=shutil.ignore_patterns("generated", "root"))
    return both_ways(os.path.relpath(path, ROOT), lay, os.path.join("there", os.path.basename(path)))


def all_topologies():
    for part in ("examples", "tests"):
        for top, folders, names in os.walk(os.path.join(ROOT, part)):
            folders[:] = sorted(f for f in folders if f not in ("generated", "root", "hosts") and (LONG or f != "check"))
            yield from (os.path.join(top, name) for name in sorted(names) if name.endswith(".yaml"))


def known():
    with open(os.path.join(HERE, "known"), encoding="utf-8") as stream:
        return dict(line.strip().split(": ", 1) for line in stream if ": " in line and not line.startswith("#"))


def work(words):
    if words and not re.fullmatch(r"\d+\+\d+", words[0]):
        return [(topology_of, os.path.abspath(word)) for word in words]
    runs = words or (["1+600", "5000+200", "10000+200"] if LONG else ["1+6", "5001+6", "10000+6"])
    seeds = [(seed, n) for first, count in (map(int, run.split("+")) for run in runs) for n in range(first, first + count)]
    return ([] if words else [(topology_of, path) for path in all_topologies()]) + seeds


def main():
    legal = bad = 0
    items, reasons = work([word for word in sys.argv[3:] if word not in ONE_WAY]), known()
    with multiprocessing.pool.ThreadPool(2) as pool:
        for results in pool.imap(lambda item: item[0](item[1]), items):
            for name, wrong in results:
                legal += wrong is not None
                if wrong is not None and name.split(" by ")[0] in reasons:
                    if not wrong:
                        print(f"{name} comes back the same: it is no longer known otherwise")
                    continue
                bad += bool(wrong)
                if wrong:
                    print(f"FAILED {name}:")
                    print("\n".join("  " + line for line in wrong[:60]), flush=True)
    print(f"{len(items)} topologies, {legal} trips, {bad} differ")
    sys.exit(bad > 0)


main()
