#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Builds every example and every topology of this folder, and has the oracle read what comes out: walk.py VNETC EXAMPLES TOPOLOGIES."""

import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from oracle import examine      # noqa: E402


def found(examples, topologies):
    """(name, folder to copy or None, topology)"""
    for name in sorted(os.listdir(examples)):
        topology = os.path.join(examples, name, "topology.yaml")
        if os.path.isfile(topology):
            yield "examples/" + name, os.path.join(examples, name), topology
    for name in sorted(os.listdir(topologies)):
        if name.endswith(".yaml"):
            yield name, None, os.path.join(topologies, name)


def examine_one(vnetc, folder, topology):
    with tempfile.TemporaryDirectory() as scratch:
        copy = os.path.join(scratch, "copy")
        if folder:
            shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("generated"))
        else:
            os.makedirs(copy)
            shutil.copy(topology, os.path.join(copy, "topology.yaml"))
        built = subprocess.run([vnetc, "build", "-q", "topology.yaml"], cwd=copy, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)
        if built.returncode:
            return ["vnetc build: %s" % built.stderr.decode(errors="replace")]
        return examine(os.path.join(copy, "generated"), os.path.join(copy, "topology.yaml"))


def main(argv):
    if len(argv) != 4:
        print("usage: walk.py VNETC EXAMPLES TOPOLOGIES", file=sys.stderr)
        return 2
    faults, examples = 0, 0
    for name, folder, topology in found(argv[2], argv[3]):
        examples += folder is not None
        for finding in examine_one(os.path.abspath(argv[1]), folder, topology):
            faults += 1
            print("%s: %s" % (name, finding))
    if examples == 0:
        print("no example in %s" % argv[2])
    return 1 if faults or examples == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
