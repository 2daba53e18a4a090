#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Ratios of one run: vnetc against a bare libyaml parse of the same file, against its own smaller self, and against netplan.
bench.py VNETC PARSE [SIZE...]

Instructions are counted by valgrind's cachegrind where it is installed; times are wall clock, the best of three, or of one beyond two seconds."""
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
NETPLAN = shutil.which("netplan")
# Counting is twenty times slower than the program, and a build waits for the disk at every file: up to so many jails.
COUNTED = int(os.environ.get("VNETC_BENCH_COUNTED", "100000"))
BUILT = int(os.environ.get("VNETC_BENCH_BUILT", "1000"))
NETPLANNED = 1000


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
        if took > 2:
            break
    return best


def instructions(*words, cwd, clean=None):
    if not VALGRIND:
        return None
    if clean:
        shutil.rmtree(os.path.join(cwd, clean), ignore_errors=True)
    done = subprocess.run([VALGRIND, "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", *words], cwd=cwd,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return int(re.search(rb"I +refs: +([0-9,]+)", done.stderr).group(1).replace(b",", b""))


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


def counted(m, some, floor):
    if not m.get(some):
        return "-"
    return "%.2f (%.1f M : %.1f M)" % (m[some] / m[floor], m[some] / 1e6, m[floor] / 1e6)


def measure(vnetc, parse, root, size, ranges):
    folder = os.path.join(root, f"{size}{'r' if ranges else ''}")
    os.makedirs(folder)
    with open(os.path.join(folder, "topology.yaml"), "w", encoding="ascii") as f:
        f.write("\n".join(topology(size, ranges=ranges)) + "\n")
    file = "topology.yaml"
    m = {"jails": size, "ranges": ranges}
    m["parse s"], m["check s"] = seconds(parse, file, cwd=folder), seconds(vnetc, "check", "-q", cwd=folder)
    m["kib"] = peak(vnetc, "check", "-q", cwd=folder)
    if size <= COUNTED:
        m["parse i"], m["check i"] = instructions(parse, file, cwd=folder), instructions(vnetc, "check", "-q", cwd=folder)
    if size <= BUILT and not ranges:
        m["build s"] = seconds(vnetc, "build", "-q", cwd=folder, clean="generated")
        m["copy s"] = seconds(parse, file, "generated", "copy", cwd=folder, clean="copy")
        m["durable s"] = seconds(parse, file, "generated", "copy", "durable", cwd=folder, clean="copy")
        if size <= COUNTED:
            m["copy i"] = instructions(parse, file, "generated", "copy", cwd=folder, clean="copy")
            m["build i"] = instructions(vnetc, "build", "-q", cwd=folder, clean="generated")
        before = {p: os.stat(p).st_ino for p in files(os.path.join(folder, "generated"))}
        with open(os.path.join(folder, "topology.yaml"), "w", encoding="ascii") as f:
            f.write("\n".join(topology(size, changed=3)) + "\n")
        run(vnetc, "build", "-q", cwd=folder)
        after = {p: os.stat(p).st_ino for p in files(os.path.join(folder, "generated"))}
        m["files"], m["rewritten"] = len(after), sum(before.get(p) != inode for p, inode in after.items())
    return m


def netplan(root, size):
    """Seconds of `netplan generate` for as many interfaces with two addresses each; it writes below its --root-dir only."""
    folder = os.path.join(root, "netplan")
    os.makedirs(os.path.join(folder, "etc", "netplan"))
    lines = ["network:", "  version: 2", "  renderer: networkd", "  ethernets:"]
    for i in range(size):
        lines.append(f'    eth{i}: {{addresses: ["10.{i // 250}.{i % 250}.1/24", "fd00::{i + 1:x}/64"]}}')
    file = os.path.join(folder, "etc", "netplan", "bench.yaml")
    with open(file, "w", encoding="ascii") as f:
        f.write("\n".join(lines) + "\n")
    os.chmod(file, 0o600)
    return seconds(NETPLAN, "generate", "--root-dir", folder, cwd=folder)


def files(root):
    return [os.path.join(folder, name) for folder, _, names in os.walk(root) for name in names]


def main():
    vnetc, parse = (os.path.abspath(word) for word in sys.argv[1:3])
    sizes = [int(word) for word in sys.argv[3:]] or [10, 100, 1000, 10000, 100000]
    root = tempfile.mkdtemp(prefix="vnetc-bench-")
    slow = None
    try:
        rows = [measure(vnetc, parse, root, size, False) for size in sizes]
        rows += [measure(vnetc, parse, root, size, True) for size in sizes if size in (1000, 10000)]
        if NETPLAN:
            slow = netplan(root, NETPLANNED)
    finally:
        shutil.rmtree(root, ignore_errors=True)
    print("| jails | check : parse, instructions | time | build : parse and copy, instructions | time | time, copy durable | check | build | peak KiB "
          "| KiB a jail | rewritten when one jail changes |")
    print("|" + "---|" * 11)
    for m in rows:
        grown = (m["kib"] - rows[0]["kib"]) / max(1, m["jails"] - rows[0]["jails"])
        print("| %d%s | %s | %s | %s | %s | %s | %.3f s | %s | %d | %.1f | %s |" % (
            m["jails"], " by ranges" if m["ranges"] else "", counted(m, "check i", "parse i"), ratio(m["check s"], m["parse s"]),
            counted(m, "build i", "copy i"), ratio(m.get("build s"), m.get("copy s")), ratio(m.get("build s"), m.get("durable s")), m["check s"],
            "%.2f s" % m["build s"] if "build s" in m else "-", m["kib"], grown,
            "%d of %d" % (m["rewritten"], m["files"]) if "files" in m else "-"))
    plain = [m for m in rows if not m["ranges"]]
    for small, big in zip(plain, plain[1:]):
        print("growth %d to %d jails: check x%s in instructions, x%s in time; build x%s in time" % (small["jails"], big["jails"],
              ratio(big.get("check i"), small.get("check i")), ratio(big["check s"], small["check s"]), ratio(big.get("build s"), small.get("build s"))))
    for m in plain:
        if slow is not None and m["jails"] == NETPLANNED:
            print("netplan generate, %d interfaces: %.2f s, x%s of check, x%s of build" % (NETPLANNED, slow, ratio(slow, m["check s"]),
                  ratio(slow, m["build s"])))
    if slow is None:
        print("netplan: not installed, not compared")


main()
