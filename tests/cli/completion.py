# SPDX-License-Identifier: BSD-2-Clause
"""Words completed by the shells themselves, on a terminal of their own: completion.py VNETC"""
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

vnetc = os.path.abspath(sys.argv[1])
BEGIN = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "set +o history; bind 'set enable-bracketed-paste off'; source ./bash"),
    "zsh": (["zsh", "-f", "-i"], "PS1='$ '; autoload -Uz compinit; compinit -u -d ./dump; source ./zsh"),
    "fish": (["fish", "--private", "--no-config", "-i"], "source ./fish"),
    "tcsh": (["tcsh", "-f"], "source ./tcsh"),
}
# What is typed, with a tab for the key, and what vnetc gets.
CASES = [
    ("bui\t", "build"),
    ("explai\ttwo-def\t", "explain two-default-routes"),
    ("build --che\t", "build --check"),
    ("show addr\t", "show addresses"),
    ("graph --format ht\t", "graph --format html"),
    ("graph --view over\t", "graph --view overview"),
    ("graph --color=alw\t", "graph --color=always"),
    ("check top\t", "check topology.yaml"),
    ("build -o gen\t", "build -o generated/"),
    ("help comp\t", "help completion"),
    ("completion fi\t", "completion fish"),
]
# Those that know which command an option belongs to.
EXACT = [
    ("-C generated bui\t", "-C generated build"),
    ("-C gen\t", "-C generated/"),
    ("show --format mark\t", "show --format markdown"),
    ("show --format text rou\t", "show --format text routes"),
    ("check -W no-retu\t", "check -W no-return-route-outside"),
]


class Terminal:
    def __init__(self, words, folder):
        self.seen = ""
        pid, self.fd = pty.fork()
        if pid == 0:
            os.chdir(folder)
            os.execvpe(words[0], words, {"PATH": f"{folder}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": folder, "TERM": "vt100", "LC_ALL": "C.UTF-8"})
        self.pid = pid

    def type(self, text):
        os.write(self.fd, text.encode())

    def wait(self, pattern, seconds):
        """Reads until the pattern is there; without one, until all is quiet."""
        end, quiet = time.monotonic() + seconds, 0.25
        while time.monotonic() < end:
            match = pattern and re.search(pattern, self.seen)
            if match:
                self.seen = self.seen[match.end():]
                return match
            ready, _, _ = select.select([self.fd], [], [], quiet)
            if not ready and pattern is None:
                return None
            if ready:
                try:
                    self.seen += os.read(self.fd, 65536).decode(errors="replace")
                except OSError:
                    return None
        return None

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def try_shell(shell, folder):
    words, begin = BEGIN[shell]
    terminal = Terminal(words, folder)
    faults = []
    terminal.wait(None, 20)
    terminal.type(f"{begin}; vnetc ready\r")
    if not terminal.wait(r"GOT<ready>", 60):
        terminal.close()
        return [f"{shell}: does not begin: {terminal.seen!r}"]
    for typed, wanted in CASES + (EXACT if shell != "tcsh" else []):
        terminal.wait(None, 5)
        for part in re.findall(r"[^\t]+\t?", f"vnetc {typed}"):
            terminal.type(part)
            terminal.wait(None, 5)
        terminal.type("\r")
        got = terminal.wait(r"GOT<([^>\n]*)>", 30)
        if got is None or got[1].rstrip("/ ") != wanted.rstrip("/"):
            faults.append(f"{shell}: {typed!r} becomes {got[1] if got else terminal.seen!r}, not {wanted!r}")
    terminal.type("exit\r")
    terminal.close()
    return faults


def main():
    faults, tried = [], []
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/bin")
        os.makedirs(f"{folder}/generated")
        with open(f"{folder}/topology.yaml", "w", encoding="utf-8"):
            pass
        with open(f"{folder}/bin/vnetc", "w", encoding="utf-8") as stream:
            stream.write('#!/bin/sh\necho "GOT<$*>"\n')
        os.chmod(f"{folder}/bin/vnetc", 0o755)
        for shell in BEGIN:
            written = subprocess.run([vnetc, "completion", shell], capture_output=True, text=True, check=True).stdout
            with open(f"{folder}/{shell}", "w", encoding="utf-8") as stream:
                stream.write(written)
            if shutil.which(shell):
                tried.append(shell)
                faults += try_shell(shell, folder)
    print("\n".join(faults))
    print("tried:", *tried)
    return 1 if faults else 0 if tried else 77


sys.exit(main())
