#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The commands that enter the sandbox say there what they say outside, and nothing leads out of it. sandbox.py VNETC SANDBOXED EXAMPLES"""
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

VNETC, SANDBOXED, EXAMPLES = (os.path.abspath(path) for path in sys.argv[1:4])
CONFINED = [["check"], ["check", "--format", "json"], ["show", "addresses"], ["show", "routes", "--format", "markdown"], ["path", "outside", "host"],
            ["dump", "tree"], ["dump", "plan"], ["graph"], ["graph", "--view", "l3"], ["graph", "--format", "html"], ["graph", "--format", "json"],
            ["graph", "--format", "dot", "-o", "-"]]
FREE = [["explain"], ["version"], ["graph", "-o", "there.svg"], ["build"]]
SMALL = "host: {name: box, release: '15.1', interfaces: {re0: {addresses: [192.0.2.1/24]}}}\n"


class Sandbox(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="vnetc-sandbox-")
        self.addCleanup(shutil.rmtree, self.root)
        self.log = os.path.join(self.root, "log")

    def write(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="ascii") as f:
            f.write(text)

    def run_in(self, program, words, **more):
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "VNETC_SANDBOX_LOG": self.log, **more.pop("env", {})}
        done = subprocess.run([program, *words], env=environment, capture_output=True, check=False, timeout=120, **more)
        if done.returncode == 77:
            print("skipped: this kernel has no seccomp")
            sys.exit(77)
        return done.returncode, done.stdout, done.stderr

    def entered(self):
        there = os.path.exists(self.log)
        if there:
            os.remove(self.log)
        return there

    def same(self, words, confined, cwd=None, **more):
        """Both ways the same; what it said."""
        cwd = cwd or self.root
        outside = self.run_in(VNETC, words, cwd=cwd, **more)
        self.assertFalse(self.entered())
        inside = self.run_in(SANDBOXED, words, cwd=cwd, **more)
        self.assertEqual(outside, inside, words)
        self.assertEqual(self.entered(), confined, words)
        return inside

    def test_examples(self):
        for name in sorted(os.listdir(EXAMPLES)):
            if os.path.exists(os.path.join(EXAMPLES, name, "topology.yaml")):
                for words in CONFINED:
                    with self.subTest(example=name, words=words):
                        self.same(words, True, cwd=os.path.join(EXAMPLES, name))

    def test_free_commands(self):
        self.write("topology.yaml", SMALL)
        self.run_in(VNETC, ["build"], cwd=self.root)
        for words in FREE:
            self.same(words, False)

    def test_includes(self):
        self.write("net/topology.yaml", "include: [parts/host.yaml, link.yaml, absolute.yaml]\n")
        self.write("net/parts/host.yaml", "include: more/subnets.yaml\n" + SMALL)
        self.write("net/parts/more/subnets.yaml", "subnets: {lan: {prefixes: [192.0.2.0/24]}}\n")
        self.write("net/parts/bridges.yaml", "bridges: {bridge0: {}}\n")
        self.write("net/parts/jails.yaml", "jails: {www: {interfaces: [{bridge: bridge0}]}}\n")
        os.symlink("parts/more/../bridges.yaml", os.path.join(self.root, "net", "link.yaml"))
        os.symlink(os.path.join(os.path.realpath(self.root), "net", "parts", "jails.yaml"), os.path.join(self.root, "net", "absolute.yaml"))
        for words, where in ((["check"], "net"), (["check", "net/topology.yaml"], "."), (["-C", "net", "dump", "decl"], "."),
                             (["check", os.path.join(self.root, "net/topology.yaml")], "/")):
            status, out, err = self.same(words, True, cwd=os.path.join(self.root, where))
            self.assertEqual(status, 0, out + err)

    def test_includes_that_leave(self):
        self.write("out.yaml", SMALL)
        self.write("net/sub/x.yaml", SMALL)
        os.symlink("../out.yaml", os.path.join(self.root, "net", "link.yaml"))
        os.symlink("/", os.path.join(self.root, "net", "slash"))
        os.symlink("sub/../../out.yaml", os.path.join(self.root, "net", "crooked.yaml"))
        for name in ("link.yaml", "../out.yaml", "slash/etc/passwd", "crooked.yaml", "/etc/passwd", "sub", "not-there.yaml"):
            self.write("net/topology.yaml", "include: %s\n" % name)
            status, _, err = self.same(["check", "net/topology.yaml"], True)
            self.assertEqual(status, 1)
            self.assertIn(b"[include-unreadable]", err)

    def test_standard_input(self):
        self.write("part.yaml", "subnets: {lan: {prefixes: [192.0.2.0/24]}}\n")
        self.assertEqual(self.same(["check", "-"], True, input=b"include: part.yaml\n" + SMALL.encode())[0], 0)

    def test_wrong_topologies(self):
        for text in ("a: [", "host: {name: 7, bogus: x}\n", "\x00", "jails: {www: {interfaces: [{bridge: nowhere}]}}\n"):
            self.write("topology.yaml", text)
            for words in (["check"], ["check", "--format", "sarif"], ["dump", "tree"], ["graph"]):
                self.same(words, True)

    def test_it_holds(self):
        self.write("topology.yaml", SMALL)
        for how in ("open", "write", "socket", "unlink", "exec"):
            self.assertEqual(self.run_in(SANDBOXED, ["check"], cwd=self.root, env={"VNETC_SANDBOX_ESCAPE": how})[0], -signal.SIGSYS, how)
        self.assertEqual(self.run_in(SANDBOXED, ["check"], cwd=self.root, env={"VNETC_SANDBOX_ESCAPE": "up"})[0], 0)
        self.assertTrue(os.path.exists(os.path.join(self.root, "topology.yaml")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
