# SPDX-License-Identifier: BSD-2-Clause
"""Follows the report of each host to the letter: follow.py VNETC HOSTS [PART-OF-A-NAME …]

The commands of its steps are run on a copy of the host, by a shell for which /etc and the like lie in the copy; what changes nothing in files
(service, shutdown, ifconfig …) only says that it was called. What a step points at is changed by hand. When all steps but the last are done,
nothing is in the way any more. Then the way back gives back every byte, and so does the timer in its place. shellcheck finds nothing in the commands."""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
VNETC, HOSTS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SHELLCHECK = shutil.which("shellcheck")
TIMER = "etc/cron.d/vnetc-back"
faults = []

# sysrc(8) as the report uses it: a variable of one line taken out, or a word of its value.
SYSRC = r"""#!%s
import re, sys
if sys.argv[3] == "-x":
    path, name, word = sys.argv[2], sys.argv[4], None
else:
    path, (name, word) = sys.argv[2], sys.argv[3].split("-=", 1)
with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
    lines = stream.readlines()
found = [line for line in lines if line.startswith(name + "=")]
if not found:
    sys.exit("sysrc: unknown variable '%%s'" %% name)
for at, line in enumerate(lines):
    if line.startswith(name + "="):
        lines[at] = "" if word is None else re.sub(r"(?<=[\s\"'=])%%s(?=[\s\"'])" %% re.escape(word), "", line)
with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
    stream.writelines(lines)
""" % sys.executable

NOTHING = ("bectl", "ifconfig", "jexec", "netstat", "route", "service", "shutdown", "sleep", "sysctl")


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
        return stream.read()


def write(path, text, mode=None):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        stream.write(text)
    if mode:
        os.chmod(path, mode)


def tree(root):
    found = {}
    for top, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(top, name)
            found[os.path.relpath(path, root)] = os.readlink(path) if os.path.islink(path) else "" if os.path.isdir(path) else read(path)
    return found


class Host:
    def __init__(self, work, name):
        self.work, self.name, self.root = work, name, os.path.join(work, "root")
        shutil.copytree(os.path.join(HOSTS, name, "root"), self.root, symlinks=True)
        for path in ("root", "etc/cron.d", "usr/local/sbin", "usr/share/examples/jails"):
            os.makedirs(os.path.join(self.root, path), exist_ok=True)
        for tool in ("jib", "jng"):
            write(os.path.join(self.root, "usr/share/examples/jails", tool), f"# {tool}\n")
        write(os.path.join(self.root, "etc/sysctl.conf"), "# as it comes\n")
        for tool in NOTHING:
            write(os.path.join(work, "bin", tool), f'#!/bin/sh\necho "{tool} $*" >> {shlex.quote(work)}/called\n', 0o755)
        write(os.path.join(work, "bin/sysrc"), SYSRC, 0o755)
        write(os.path.join(work, "bin/vnetc"), f'#!/bin/sh\ncommand=$1; shift\ncase "$command $*" in install*--yes*) set -- --root {shlex.quote(self.root)} "$@";; '
              f'install*) set -- --root {shlex.quote(self.root)} --yes "$@";; esac\nexec {shlex.quote(VNETC)} "$command" "$@"\n', 0o755)
        self.before = tree(self.root)

    def fail(self, why):
        faults.append(self.name)
        print(f"FAILED {self.name}: {why}")

    def sh(self, command, wanted=(0,)):
        """As root in a shell of the host."""
        for path in ("/usr/local/bin/vnetc", "/sbin/shutdown"):
            command = command.replace(path, os.path.basename(path))
        command = re.sub(r"(?<![\w./\"-])/(?=(?:etc|root|usr|boot)/)", self.root + "/", command)
        command = re.sub(r"(-C|--root) /(?= |$)", rf"\1 {self.root}", command)
        environment = {"PATH": os.path.join(self.work, "bin") + ":" + os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        done = subprocess.run(["/bin/sh", "-c", command], cwd=self.work, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=120, check=False)
        out = done.stdout.decode(errors="replace")
        if done.returncode not in wanted:
            self.fail(f"{command}\n  ends with {done.returncode}:\n{out}")
        return out

    def by_hand(self, path, number, what):
        """A block or a statement of jail.conf goes, a variable goes, another line is looked at."""
        original = read(os.path.join(HOSTS, self.name, "root" + path)).split("\n")[number - 1]
        path = self.root + path
        lines = read(path).split("\n")
        at = lines.index(original)
        block = what.endswith(" { … }") or re.fullmatch(r"exec\.\w+|vnet\.interface", what)
        depth = 0
        while block:
            plain = re.sub(r"\$\{[^}]*\}", "", lines[at])
            depth += plain.count("{") - plain.count("}")
            lines[at] = "#" + lines[at]
            at += 1
            if depth <= 0:
                break
        if not block:
            lines[at] = "#" + lines[at]
        write(path, "\n".join(lines))

    def follow(self, step):
        for line in step:
            point = re.match(r"    - (/[^:]+):(\d+):\d+: (.*)", line)
            if point:
                self.by_hand(point[1], int(point[2]), point[3])
            elif line.startswith("    ") and not re.match(r"    (```|- )", line):
                self.sh(line.strip(), (0, 3) if "vnetc diff" in line else (0,))

    def back(self, how):
        now = tree(self.root)
        for path in {"root/before-vnet.tar", "usr/local/sbin/jib", "usr/local/sbin/jng"} - set(self.before):
            now.pop(path, None)
        for path in sorted(set(now) | set(self.before)):
            if now.get(path) != self.before.get(path):
                self.fail(f"{how}: {path} is {'not as it was' if path in now and path in self.before else 'left' if path in now else 'gone'}")


def steps_of(report):
    """Each step's lines."""
    return [step.split("\n") for step in re.split(r"^\d+\. ", report.partition("## What to do, in this order\n")[2], flags=re.MULTILINE)[1:]]


def check_commands(host, steps):
    """But for a jail called done, which shellcheck takes for a loop's end."""
    commands = "\n".join(line.strip() for step in steps for line in step if re.match(r"    [^-`]", line))
    if not SHELLCHECK:
        return
    done = subprocess.run([SHELLCHECK, "-s", "sh", "-e", "SC1010", "-"], input=commands, capture_output=True, text=True, check=False)
    if done.returncode:
        host.fail(done.stdout)


def follow(name):
    with tempfile.TemporaryDirectory(prefix="vnetc-follow-") as work:
        host = Host(work, name)
        options = read(os.path.join(HOSTS, name, "options")).strip() if os.path.exists(os.path.join(HOSTS, name, "options")) else ""
        host.sh(f"vnetc import --root / {options} -o topology.yaml --report markdown --report-file report.md")
        steps = steps_of(read(os.path.join(work, "report.md")))
        check_commands(host, steps)
        for step in steps[:-1]:
            host.follow(step)
            if f"    rm /{TIMER}" in step:
                break
            if os.path.exists(os.path.join(host.root, TIMER)) and not os.path.exists(os.path.join(work, "timer")):
                shutil.copytree(host.root, os.path.join(work, "timer"), symlinks=True)
        left = host.sh("vnetc diff --root / topology.yaml")
        if re.search("in the way|does not read", left):
            host.fail(f"it remains:\n{left}")
        host.follow(steps[-1])
        host.back("the way back")
        if os.path.exists(os.path.join(work, "timer")) != any("@reboot" in line for step in steps for line in step):
            host.fail("the timer was not tried")
        if os.path.exists(os.path.join(work, "timer")):
            shutil.rmtree(host.root)
            shutil.move(os.path.join(work, "timer"), host.root)
            host.sh(read(os.path.join(host.root, TIMER)).replace("@reboot root ", "", 1))
            host.back("the timer")
            if not read(os.path.join(work, "called")).endswith("shutdown -r now\n"):
                host.fail("the timer does not boot")


def main():
    parts = sys.argv[3:]
    names = [name for name in sorted(os.listdir(HOSTS)) if not parts or any(part in name for part in parts)]
    names = [name for name in names if not os.path.exists(os.path.join(HOSTS, name, "status"))]
    names = [name for name in names if not os.path.exists(os.path.join(HOSTS, name, "options")) or not read(os.path.join(HOSTS, name, "options")).startswith("files")]
    for name in names:
        follow(name)
    print(f"{len(names)} hosts, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
