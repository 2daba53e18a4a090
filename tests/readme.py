# SPDX-License-Identifier: BSD-2-Clause
"""The README says what is: its first block is what CI runs, its files are there, and it is short: readme.py ROOT"""
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
if len(text.splitlines()) > 100:
    faults.append("it is longer than two screens")
for link in re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r"`((?:examples|schema|docs)/[^` ]*)`", text):
    if not os.path.exists(os.path.join(root, link)):
        faults.append(f"{link} is not there")
print("\n".join(faults) or "README.md holds")
sys.exit(1 if faults else 0)
