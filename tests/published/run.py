# SPDX-License-Identifier: BSD-2-Clause
"""Networks that others published, written in the language: run.py VNETC DOCUMENT [--golden]. Each compiles, its plan is the file beside it, and what
the files bring about in the oracle's model is what by-hand tells of its author's lines.

by-hand is never rewritten by --golden: it comes from the author's text. A line "  FACT" holds there and here, "- FACT" only there, "+ FACT" only
here; after each run of differences a line "= WHY"."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import facts    # noqa: E402


def run(vnetc, *arguments, cwd):
    return subprocess.run([vnetc, *arguments, "topology.yaml"], cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60, check=False)


def plan(vnetc, folder, golden):
    done = run(vnetc, "dump", "plan", cwd=folder)
    path = os.path.join(folder, "plan")
    if done.returncode == 0 and golden:
        with open(path, "wb") as file:
            file.write(done.stdout)
    if done.returncode != 0:
        yield "exit status %d\n%s" % (done.returncode, done.stderr.decode(errors="replace"))
        return
    with open(path, "rb") as file:
        if done.stdout != file.read():
            yield "another plan"


def by_hand(folder):
    """({mark: facts}, faults of form)"""
    told, faults, open_run = {" ": set(), "-": set(), "+": set()}, [], None
    with open(os.path.join(folder, "by-hand"), encoding="utf-8") as file:
        for number, line in enumerate(file.read().split("\n")[:-1], 1):
            mark, fact = line[:1], line[2:]
            if open_run and mark not in "-+=":
                faults.append("by-hand, line %d: nobody says why" % open_run)
            if mark == "=":
                faults += [] if open_run and len(fact) > 10 else ["by-hand, line %d: the reason of nothing, or no reason" % number]
                open_run = None
            elif mark in told and line[1:2] == " " and fact:
                faults += ["by-hand, line %d: told twice" % number] if any(fact in facts for facts in told.values()) else []
                told[mark].add(fact)
                open_run = None if mark == " " else number
            elif mark != "#":
                faults.append("by-hand, line %d: not understood" % number)
    return told, faults + (["by-hand, line %d: nobody says why" % open_run] if open_run else [])


def compared(vnetc, folder):
    told, faults = by_hand(folder)
    yield from faults
    with tempfile.TemporaryDirectory() as scratch:
        shutil.copy(os.path.join(folder, "topology.yaml"), scratch)
        done = run(vnetc, "build", "-q", cwd=scratch)
        if done.returncode:
            yield "build: exit status %d" % done.returncode
            return
        found, findings = facts.read(os.path.join(scratch, "generated"), os.path.join(scratch, "topology.yaml"))
    yield from findings
    for fact in sorted(found - told[" "] - told["+"]):
        yield "not in by-hand: %s" % fact
    for fact in sorted((told[" "] | told["+"]) - found):
        yield "not so here: %s" % fact
    for fact in sorted(told["-"] & found):
        yield "so here too: %s" % fact


def documented(folder, rows):
    """The topology names its source; the document's row names it too, and says as by-hand does how much of it was read."""
    name = os.path.basename(folder)
    with open(os.path.join(folder, "topology.yaml"), encoding="utf-8") as file:
        head = re.sub(r"\n# ?", " ", re.match(r"(#.*\n)+", file.read()).group())
    with open(os.path.join(folder, "by-hand"), encoding="utf-8") as file:
        read = re.match(r"# Read: (whole|extract|part)\b", file.readline())
    if "Published as " not in head:
        yield "its topology names no source"
    if not read:
        yield "by-hand does not begin with how much was read"
    elif name not in rows:
        yield "the document has no row for it"
    elif rows[name][-1] != read.group(1):
        yield "by-hand says that the %s was read, the document %s" % (read.group(1), rows[name][-1])


def main():
    vnetc, golden, faults = os.path.abspath(sys.argv[1]), "--golden" in sys.argv, 0
    with open(sys.argv[2], encoding="utf-8") as file:
        rows = {m.group(1): m.group(2).split(" | ") for m in re.finditer(r"^\| `([\w-]+)`:? ?(.*) \|$", file.read(), re.M)}
    names = sorted(n for n in os.listdir(HERE) if os.path.isfile(os.path.join(HERE, n, "topology.yaml")))
    for name in names:
        folder = os.path.join(HERE, name)
        for fault in [*plan(vnetc, folder, golden), *compared(vnetc, folder), *documented(folder, rows)]:
            faults += 1
            print("FAILED %s: %s" % (name, fault))
    for name in sorted(set(rows) - set(names)):
        faults += 1
        print("FAILED %s: in the document, but not here" % name)
    print("%d published networks, %d faults" % (len(names), faults))
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main())
