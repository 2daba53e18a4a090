# SPDX-License-Identifier: BSD-2-Clause
"""What the tests of the command line share: a folder of its own for each, vnetc run in it, files and trees."""
import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VNETC = os.path.abspath(os.environ.get("VNETC", os.path.join(ROOT, "build", "src", "vnetc")))
DONE, WRONG, USAGE, DIFFERENT, FAILED = range(5)

FIGURE_3 = os.path.join(ROOT, "examples", "figure-3", "topology.yaml")

SMALL = """\
host: {name: box, release: "15.1", interfaces: {re0: {}}}
subnets:
  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}
bridges:
  bridge0: {subnet: lan, members: [re0], addresses: [192.168.0.10]}
jails:
  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.11]}]}
  db: {interfaces: [{bridge: bridge0, addresses: auto}]}
"""
FAULTY = SMALL.replace("192.168.0.11", "192.168.1.11") + \
    "  www2: {interfaces: [{bridge: bridge9}], start_after: [wwww], description: \"tab\\there ☃\"}\n"
WRONG_ONE = SMALL.replace("192.168.0.11", "192.168.1.11")


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="vnetc-cli-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def write(self, name, text):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        return path

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as stream:
            return stream.read()

    def vnetc(self, *words, status=DONE, stdin="", cwd=None, env=None, prefix=()):
        """Runs vnetc, holds its exit status (None: it may find faults), returns (standard output, standard error)."""
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
        environment.update(env or {})
        done = subprocess.run([*prefix, VNETC, *words], cwd=cwd or self.dir, env=environment, input=stdin.encode(),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)
        out, err = done.stdout.decode(), done.stderr.decode()
        self.assertIn(done.returncode, [status] if status is not None else [DONE, WRONG], f"vnetc {' '.join(words)}\n{out}{err}")
        return out, err

    def tree(self, name="."):
        """Every file below a folder with its bytes."""
        files = {}
        for folder, _, names in os.walk(self.path(name)):
            for file in names:
                path = os.path.join(folder, file)
                with open(path, "rb") as stream:
                    files[os.path.relpath(path, self.path(name))] = stream.read()
        return files

    def times(self, name):
        return {file: os.stat(self.path(name, file)).st_mtime_ns for file in self.tree(name)}


def main():
    unittest.main(verbosity=2)
