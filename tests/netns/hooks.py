# SPDX-License-Identifier: BSD-2-Clause
"""A jail's commands, run by a real sh. The programs of FreeBSD that they call are stubs that ask this process, which does what
ifconfig(8), jib, jng, ngctl(8) and jexec(8) would (freebsd.md 4, 5)."""

import fcntl
import os
import re
import subprocess

from rc import SH
from spaces import Failure, program

TOOLS = ("ifconfig", "jexec", "route", "ngctl", "jib", "jng")
STUB = r'''#!/bin/sh
{ printf '%%s\037' "${0##*/}" "$@"; case $* in "-f -") printf '\036'; %s '\n' '\036' ;; esac; echo; } >&3
IFS= read -r status <&4
IFS= read -r text <&4
[ -z "$text" ] || printf '%%s\n' "$text" | %s '\036' '\n'
[ "$status" = 0 ] || echo "${0##*/} failed" >&2
exit "$status"
''' % (program("tr"), program("tr"))
PATHS = re.compile(r"(?<![\w/.])/(?:usr/local/sbin|usr/sbin|usr/bin|sbin|bin)/(\w+)")


def high(fd):
    """A descriptor out of the way of 3 and 4."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(fd)
    return moved


class Hooks:
    """answer(words, input lines) does what a program would and returns what it prints; a Failure is an exit status of 1.
    left_out: commands that are not run."""

    def __init__(self, directory, answer, left_out=()):
        self.directory, self.answer, self.left_out = directory, answer, left_out
        os.makedirs(directory, exist_ok=True)
        for tool in TOOLS:
            path = os.path.join(directory, tool)
            with open(path, "w", encoding="ascii") as f:
                f.write(STUB)
            os.chmod(path, 0o755)

    def replaced(self, command):
        def one(match):
            name = match.group(1)
            if name in TOOLS:
                return os.path.join(self.directory, name)
            if name in ("sed", "xargs"):
                return program(name)
            if match.group() == "/bin/sh":
                return match.group()
            raise Failure("%s: %s is not known here" % (command, match.group()))
        return PATHS.sub(one, command)

    def run(self, command):
        if command in self.left_out:
            return
        script = self.replaced(command)
        (ask, asked), (answered, answer) = (tuple(map(high, os.pipe())) for _ in range(2))

        def places():
            os.dup2(asked, 3)
            os.dup2(answered, 4)
        with subprocess.Popen([SH, "-c", script], env={"PATH": "/nonexistent"}, pass_fds=(3, 4), preexec_fn=places,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as shell:
            os.close(asked)
            os.close(answered)
            reasons = []
            with os.fdopen(ask, encoding="utf-8") as requests, os.fdopen(answer, "w", encoding="utf-8") as answers:
                for line in requests:
                    words, _, text = line.rstrip("\n").partition("\036")
                    try:
                        printed, status = self.answer(words.split("\037")[:-1], text.split("\036")) or "", 0
                    except Failure as why:
                        printed, status = "", 1
                        reasons.append(str(why))
                    answers.write("%d\n%s\n" % (status, printed.replace("\n", "\036")))
                    answers.flush()
            errors = shell.stderr.read()
        if shell.returncode != 0:
            raise Failure("%s: exit status %d; %s" % (command, shell.returncode, "; ".join(reasons) or errors.strip()))
