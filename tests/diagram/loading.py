# SPDX-License-Identifier: BSD-2-Clause
"""Draws the examples with a vnetc that loads Graphviz's layout as a plugin: loading.py VNETC LINKED EXAMPLES. The drawings are
those of LINKED, into which it is linked. Without its plugins Graphviz's fault is told as a diagnostic, and nothing is written."""
import glob
import os
import subprocess
import sys
import tempfile

vnetc, linked, examples = sys.argv[1:]
faults = drawn = 0


def fault(what):
    global faults
    faults += 1
    print(what)


def graph(program, topology, *words, **environment):
    return subprocess.run([program, "graph", *words, topology], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, timeout=60,
                          env=dict(os.environ, **environment))


for topology in sorted(glob.glob(os.path.join(examples, "*", "topology.yaml"))):
    done, expected = graph(vnetc, topology), graph(linked, topology).stdout
    drawn += 1
    if done.returncode != 0 or not expected or done.stdout != expected:
        fault(f"{topology}: status {done.returncode}, {'another' if done.stdout else 'no'} drawing\n{done.stderr.decode()}")

with tempfile.TemporaryDirectory() as empty:
    picture = os.path.join(empty, "picture.svg")
    done = graph(vnetc, os.path.join(examples, "figure-3", "topology.yaml"), "-o", picture, GVBINDIR=empty)
    if done.returncode == 0 or b"vnetc: " not in done.stderr or os.path.exists(picture):
        fault(f"without plugins: status {done.returncode}, picture {os.path.exists(picture)}\n{done.stderr.decode()}")
print(f"{drawn} drawings, {faults} faults")
sys.exit(faults != 0 or drawn == 0)
