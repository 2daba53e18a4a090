# SPDX-License-Identifier: BSD-2-Clause
"""The README says what is: its first block is what CI runs, its topology that of the example, its files are there: readme.py ROOT"""
import os
import re
import sys

root = sys.argv[1]


def read(name):
    with open(os.path.join(root, name), encoding="utf-8") as stream:
        return stream.read()


text = read("README.md")
faults = []
blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
if blocks[0] != ("sh", "sh setup.sh\nmeson test -C build\n"):
    faults.append("the first block is not the two commands")
for command in blocks[0][1].splitlines():
    if command not in read(".ci/run"):
        faults.append(f".ci/run does not run {command}")
topology = read("examples/figure-3/topology.yaml")
if next(body for kind, body in blocks if kind == "yaml") != topology[topology.index("version:"):]:
    faults.append("the topology is not that of examples/figure-3")
for link in re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r"`((?:examples|schema|docs)/[^` ]*)`", text):
    if not os.path.exists(os.path.join(root, link)):
        faults.append(f"{link} is not there")
print("\n".join(faults) or "README.md holds")
sys.exit(1 if faults else 0)
