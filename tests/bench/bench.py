#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Ratios of one run: vnetc against a bare libyaml parse of the same file, and against its own smaller self. bench.py VNETC PARSE [SIZE...]

Instructions are counted by valgrind's callgrind where it is installed; times are wall clock, the best of three."""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from topology import topology           # noqa: E402

VALGRIND = shutil.which("valgrind")
NETPLAN = shutil.which("netplan") or "/usr/libexec/netplan/generate"
# Instructions by callgrind, up to so many jails: it is fifty times slower than the program.
COUNTED = int(os.environ.get("VNETC_BENCH_COUNTED", "1000"))


def run(*words, cwd):
    subprocess.run(words, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def seconds(*words, cwd, clean=None):
    best = None
    for _ in range(3):
        if clean:
            shutil.rmtree(os.path.join(cwd, clean), ignore_errors=True)
        begin = time.monotonic()
        run(*words, cwd=cwd)
        took = time.monotonic() - begin
        best = took if best is None else min(best, took)
        if took > 20:
            break
    return best


def instructions(*words, cwd, clean=None):
    if not VALGRIND:
        return None
    if clean:
        shutil.rmtree(os.path.join(cwd, clean), ignore_errors=True)
    done = subprocess.run([VALGRIND, "--tool=callgrind", "--callgrind-out-file=/dev/null", *words], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return int(re.search(rb"Collected\s*:\s*(\d+)", done.stderr).group(1))


def peak(*words, cwd):
    """KiB at most; the child is asked, not all children so far."""
    pid = os.fork()
    if pid == 0:
        os.chdir(cwd)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(words[0], words)
    return os.wait4(pid, 0)[2].ru_maxrss


def ratio(a, b):
    return "%.1f" % (a / b) if a and b else "-"


def millions(n):
    return "%.1f M" % (n / 1e6) if n else "-"


def measure(vnetc, parse, root, size):
    folder = os.path.join(root, str(size))
    os.makedirs(folder)
    with open(os.path.join(folder, "topology.yaml"), "w", encoding="ascii") as f:
        f.write("\n".join(topology(size)) + "\n")
    file = "topology.yaml"
    m = {"jails": size}
    m["parse s"], m["check s"] = seconds(parse, file, cwd=folder), seconds(vnetc, "check", "-q", cwd=folder)
    m["build s"] = seconds(vnetc, "build", "-q", cwd=folder, clean="generated")
    m["copy s"] = seconds(parse, file, "generated", "copy", cwd=folder, clean="copy")
    m["kib"] = peak(vnetc, "check", "-q", cwd=folder)
    if size <= COUNTED:
        m["parse i"], m["check i"] = instructions(parse, file, cwd=folder), instructions(vnetc, "check", "-q", cwd=folder)
        m["copy i"] = instructions(parse, file, "generated", "copy", cwd=folder, clean="copy")
        m["build i"] = instructions(vnetc, "build", "-q", cwd=folder, clean="generated")
    # One jail changed.
    before = {p: os.stat(p).st_ino for p in files(os.path.join(folder, "generated"))}
    with open(os.path.join(folder, "topology.yaml"), "w", encoding="ascii") as f:
        f.write("\n".join(topology(size, changed=3)) + "\n")
    run(vnetc, "build", "-q", cwd=folder)
    after = {p: os.stat(p).st_ino for p in files(os.path.join(folder, "generated"))}
    m["files"], m["rewritten"] = len(after), sum(before.get(p) != inode for p, inode in after.items())
    return m


def files(root):
    return [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]


def main():
    vnetc, parse = (os.path.abspath(word) for word in sys.argv[1:3])
    sizes = [int(word) for word in sys.argv[3:]] or [10, 100, 1000]
    root = tempfile.mkdtemp(prefix="vnetc-bench-")
    try:
        rows = [measure(vnetc, parse, root, size) for size in sizes]
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print("| jails | check : parse, instructions | time | build : parse and write, instructions | time | check | build | peak KiB | KiB a jail | rewritten when one jail changes |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for m in rows:
        grown = (m["kib"] - rows[0]["kib"]) / max(1, m["jails"] - rows[0]["jails"])
        print("| %d | %s (%s : %s) | %s | %s | %s | %.2f s | %.2f s | %d | %.1f | %d of %d |" % (
            m["jails"], ratio(m.get("check i"), m.get("parse i")), millions(m.get("check i")), millions(m.get("parse i")), ratio(m["check s"], m["parse s"]),
            ratio(m.get("build i"), m.get("copy i")), ratio(m["build s"], m["copy s"]), m["check s"], m["build s"], m["kib"], grown, m["rewritten"], m["files"]))
    for small, big in zip(rows, rows[1:]):
        print("growth %d to %d jails: check x%s in time, x%s in instructions; build x%s in time" % (small["jails"], big["jails"],
              ratio(big["check s"], small["check s"]), ratio(big.get("check i"), small.get("check i")), ratio(big["build s"], small["build s"])))
    if not os.path.exists(NETPLAN):
        print("netplan: not installed, not compared")


main()
