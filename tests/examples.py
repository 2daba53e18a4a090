# SPDX-License-Identifier: BSD-2-Clause
"""Holds the examples: examples.py VNETC EXAMPLES [--golden]. Each topology compiles without a warning, and what a build writes is
what is committed beside it. --golden builds them instead."""
import os
import subprocess
import sys


def main():
    vnetc, root = map(os.path.abspath, sys.argv[1:3])
    golden = "--golden" in sys.argv
    faults, held = 0, 0
    for name in sorted(os.listdir(root)):
        topology = os.path.join(root, name, "topology.yaml")
        if not os.path.isfile(topology):
            continue
        # From the root, so that messages name the files as a reader would.
        shown = os.path.join(os.path.basename(root), name, "topology.yaml")
        runs = [["check", "-W", "error", shown], ["build", shown] if golden else ["build", "--check", shown]]
        for words in runs:
            done = subprocess.run([vnetc, *words], cwd=os.path.dirname(root), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=60, check=False)
            if done.returncode != 0:
                faults += 1
                print(f"FAILED vnetc {' '.join(words)}: exit status {done.returncode}")
                print(done.stdout.decode(errors="replace"), end="")
                break
        else:
            held += 1
        with open(topology, encoding="utf-8") as stream:
            head = stream.readline()
        if head != "# yaml-language-server: $schema=../../schema/vnetc.schema.json\n":
            faults += 1
            print(f"FAILED {shown}: its first line does not name the schema")
    print(f"{held} examples held, {faults} faults")
    sys.exit(1 if faults or not held else 0)


main()
