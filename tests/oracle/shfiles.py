# SPDX-License-Identifier: BSD-2-Clause
"""Files that sh reads: each line must be an inert assignment, and a real shell must agree on what it assigns and do nothing else."""

import os
import re
import shutil
import subprocess
import tempfile

SH = shutil.which("dash") or "/bin/sh"
ENV = shutil.which("env") or "/usr/bin/env"
LINE = re.compile(r'(export )?([A-Za-z_][A-Za-z0-9_]*)="((?:[^"\\$`\x00-\x08\x0a-\x1f\x7f]|\\["\\$`]|\$\{\2\}(?= ))*)"')
# What stood in the environment or in the host's own rc.conf before.
CANARIES = {
    "cloned_interfaces": "lo7 tap9", "static_routes": "mine", "ipv6_static_routes": "mine6", "kld_list": "speaker",
    "canary": "alive $(reboot) `reboot`", "jail_list": "other", "gateway_enable_": "x",
}
# Commands that a text breaking out of its quotes would find.
TRAPS = ("reboot", "ifconfig", "touch", "rm", "sysctl", "id", "ls", "echo", "printf", "route", "service", "sh", "cat")


# What a text was found to do; the self test reads most files again and again.
KNOWN = {}


class ShellFile:
    """variables: name -> value after the file was read over CANARIES; appended: names that keep what stood there."""

    def __init__(self, path):
        self.path = path
        self.variables = {}
        self.exported = set()
        self.appended = set()
        self.findings = []
        self.read()

    def complain(self, text):
        self.findings.append("%s: %s" % (self.path, text))

    def read(self):
        with open(self.path, encoding="utf-8", newline="\n") as f:
            text = f.read()
        if not text.endswith("\n"):
            self.complain("the last line has no end")
        for number, line in enumerate(text.split("\n"), 1):
            if any(ord(c) < 32 and c != "\t" or ord(c) == 127 for c in line):
                self.complain("line %d holds a control character" % number)
            if line == "" or line.startswith("#"):
                continue
            match = LINE.fullmatch(line)
            if not match:
                self.complain("line %d is no plain assignment: %s" % (number, line))
                continue
            export, name, value = match.groups()
            if export:
                self.exported.add(name)
            old = "${%s} " % name
            if name in self.variables and not value.startswith(old):
                self.complain("line %d sets %s a second time" % (number, name))
            if old in value and not value.startswith(old):
                self.complain("line %d: %s stands in the middle of its own value" % (number, name))
            if value.startswith(old):
                self.appended.add(name)
                value = self.variables.get(name, CANARIES.get(name, "")) + value[len(old) - 1:]
            self.variables[name] = re.sub(r'\\(["\\$`])', r"\1", value)
        if text not in KNOWN:
            before = len(self.findings)
            self.run()
            KNOWN[text] = [finding[len(self.path):] for finding in self.findings[before:]]
        else:
            self.findings += [self.path + finding for finding in KNOWN[text]]

    def shell(self, script, directory, extra=()):
        environment = dict(CANARIES, PATH=os.path.join(directory, "traps"))
        return subprocess.run([SH, "-c", script, "sh", os.path.abspath(self.path), ENV, *extra], env=environment, cwd=os.path.join(directory, "cwd"),
                              stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)

    def run(self):
        """Runs sh -n, then reads the file in a real shell, with everything exported and with only what the file exports."""
        with tempfile.TemporaryDirectory() as directory:
            os.makedirs(os.path.join(directory, "cwd"))
            os.makedirs(os.path.join(directory, "traps"))
            sprung = os.path.join(directory, "sprung")
            for trap in TRAPS:
                name = os.path.join(directory, "traps", trap)
                with open(name, "w", encoding="ascii") as f:
                    f.write("#!/bin/sh\n: > '%s'\n" % sprung)
                os.chmod(name, 0o755)
            checked = subprocess.run([SH, "-n", self.path], capture_output=True, check=False, timeout=60)
            if checked.returncode or checked.stderr:
                self.complain("sh -n: %s" % checked.stderr.decode(errors="replace").strip())
                return
            everything = self.shell('e=$2; set -a; . "$1"; exec "$e" -0', directory)
            exported = self.shell('e=$2; . "$1"; exec "$e" -0', directory)
            if os.listdir(os.path.join(directory, "cwd")):
                self.complain("reading it makes files")
            globbed = self.shell(EVALUATE, directory, sorted(n for n in self.variables if n.startswith("ifconfig_")))
            if os.path.exists(sprung):
                self.complain("reading it runs a command")
            for result in (everything, exported, globbed):
                if result.returncode or result.stderr:
                    self.complain("sh: %s" % result.stderr.decode(errors="replace").strip())
        self.compare(environment_of(everything.stdout), environment_of(exported.stdout))
        self.compare_evaluated(globbed.stdout)

    def compare(self, everything, exported):
        before = dict(CANARIES)
        for name in sorted(set(everything) | set(before) | set(self.variables)):
            if name in ("PATH", "PWD", "OLDPWD", "_", "SHLVL", "e"):
                continue
            expected = self.variables.get(name, before.get(name))
            if everything.get(name) != expected:
                self.complain("sh has %s=%r, not %r" % (name, everything.get(name), expected))
        for name in self.variables:
            if (name in exported and name not in before) != (name in self.exported):
                self.complain("%s is not exported as it says" % name)

    def compare_evaluated(self, output):
        """network.subr reads ifconfig_X by `eval echo`, unquoted: blanks are squeezed and the rest must stay."""
        names = sorted(n for n in self.variables if n.startswith("ifconfig_"))
        lines = output.decode(errors="replace").split("\n")[:-1]
        for name, line in zip(names, lines):
            if line != " ".join(self.variables[name].split()):
                self.complain("rc reads %s as %r" % (name, line))
        if len(lines) != len(names):
            self.complain("rc reads %d ifconfig_ values, not %d" % (len(lines), len(names)))


DECOYS = ("a", "b", "up", "inet", "web", "to", "epair1a", "x.y", "1", "10.0.0.1")
EVALUATE = r'''. "$1"; shift 2; for d in %s; do : > $d; done
for n; do v=$(eval echo \${$n-}); eval echo $v; done''' % " ".join(DECOYS)


def environment_of(output):
    return dict(item.split("=", 1) for item in output.decode(errors="replace").split("\0") if "=" in item)


def shell_files(directory):
    """Paths below a generated directory of all files that sh reads."""
    found = []
    for where, _, names in sorted(os.walk(directory)):
        rel = os.path.relpath(where, directory)
        for name in sorted(names):
            if name == "rc.conf" or rel == "ezjail" or rel.split(os.sep)[0] == "rc.conf.d":
                found.append(os.path.join(where, name))
    return found
