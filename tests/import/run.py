# SPDX-License-Identifier: BSD-2-Clause
"""Imports hosts: run.py VNETC [--golden] [PART-OF-A-NAME …]

A host is a folder in hosts/: `root` is its file system, `options` further words for vnetc import (after "files" they are all of them).
What comes of it stands beside: `topology.yaml`, `report`, and `status` where it is not 0. A topology with status 0 builds, and of one
that has VNET jails only, importing the host with the build's lines at the end gives the same topology again. Jails that were classic
reached each other and the host by the host's own routes: they still do, and what `reaches` says, a line of FROM TO
each; the oracle finds no fault with the host that they come of."""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "oracle"))
from oracle import examine      # noqa: E402
faults = []

# Here the report asks for more than lines and blocks to be taken out: a loopback interface to be given up, whose bridge then comes in another
# place; quotes to be mended.
BY_HAND = {"bastille", "classic-loopback", "classic-nat", "classic-renamed", "classic-to-jng", "jail-conf-classic", "jail-conf-faults", "quotes-across-lines"}


def vnetc(folder, *words):
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
    done = subprocess.run([VNETC, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120, check=False)
    if done.returncode not in (0, 1, 2, 3, 4):
        raise SystemExit(f"vnetc {' '.join(words)}: exit status {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="surrogateescape")


def read(path, default=""):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return default


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        stream.write(text)


def fail(name, why, wanted="", was=""):
    import difflib
    faults.append(name)
    print(f"FAILED {name}: {why}")
    for line in difflib.unified_diff(wanted.splitlines(), was.splitlines(), "expected", "was", lineterm=""):
        print("  " + line.encode("ascii", "backslashreplace").decode())


def expect(name, path, was, default):
    wanted = read(path, default)
    if was == wanted:
        return
    if not GOLDEN:
        fail(name, f"{os.path.basename(path)} differs", wanted, was)
    elif was == default:
        os.remove(path)
    else:
        write(path, was)
    if GOLDEN:
        print(f"written {os.path.relpath(path, HERE)}")


def words_of(folder, output, report):
    options = shlex.split(read(os.path.join(folder, "options")))
    first = options[1:] if options[:1] == ["files"] else ["--root", "root", *options]
    return ["import", *first, "-o", output, "--report-file", report]


# What is told of faults in what exists, and what stands at the place that is told.
FAULTS = {
    "unbalanced-quote": r"""["']""",
    "variable-set-twice": r"[A-Za-z_]\w*=",
    "plus-equals": r"\w+\+=",
    "jail-conf-syntax": "",
    "unread-variable": r"jail_\w+_(vnet_interfaces|exec_[a-z]+)=",
    "comma-in-vnet-interface": r"\w+,",
    "gap-in-exec": r"jail_\w+_exec_prestart[0-9]+=",
    "named-devfs-ruleset": r"[\"']?devfsrules_",
    "address-on-bridge-member": r"[0-9a-f:.]{3,}",
    "address-without-length": r"[0-9.]{7,}(?![0-9./])",
    "duplicate-mac": r"([0-9a-f]{2}:){5}",
    "interface-name-too-long": r"[\w.]{16,}",
    "cable-to-itself": r"epair[0-9]",
    "member-in-two-bridges": r"\w+",
    "family-not-first": r"(inet6?|ether|link)\b",
    "alias-without-keyword": r"[0-9a-f:.]{3,}",
    "ipv6-never-up": r"[0-9a-f:]{3,}",
    "interface-not-in-jail": r"ifconfig_",
    "member-not-up": r"epair[0-9]+[ab]",
    "jail-defined-twice": r"\w+ *\{",
    "rc-conf-hazard": r"\w+=",
    "unknown-name": r"\w+",
    "bad-classic-ip": r"\S+",
}


def faults_shown(names):
    """Each fault is in some host, and the report names its rule and its place in the old file."""
    missing = dict(FAULTS)
    for name in names:
        folder = os.path.join(HERE, "hosts", name)
        for path, line, column, rule in re.findall(r"^  (/\S+):(\d+):(\d+): .* \[([a-z0-9-]+)\]$", read(os.path.join(folder, "report")), re.MULTILINE):
            lines = read(os.path.join(folder, "root" + path)).split("\n")
            if rule in missing and re.match(missing[rule], lines[int(line) - 1][int(column) - 1:]):
                del missing[rule]
    for rule in missing:
        fail(rule, "no host shows this fault at its place")


def host(name):
    folder = os.path.join(HERE, "hosts", name)
    with tempfile.TemporaryDirectory(prefix="vnetc-import-") as temporary:
        work = os.path.join(temporary, "host")
        os.mkdir(work)
        shutil.copytree(os.path.join(folder, "root"), os.path.join(work, "root"), symlinks=True)
        status, out, err = vnetc(work, *words_of(folder, "topology.yaml", "report"))
        if out or err:
            fail(name, f"something was printed:\n{out}{err}")
        expect(name, os.path.join(folder, "topology.yaml"), read(os.path.join(work, "topology.yaml")), "")
        expect(name, os.path.join(folder, "report"), read(os.path.join(work, "report")), "")
        expect(name, os.path.join(folder, "status"), f"{status}\n", "0\n")
        for top, _, files in os.walk(os.path.join(work, "root")):
            for file in files:
                path = os.path.join(top, file)
                original = os.path.join(folder, os.path.relpath(path, work))
                with open(path, "rb") as one, open(original, "rb") as other:
                    if one.read() != other.read():
                        fail(name, f"{path} was changed")
        if status == 0 and name.startswith("classic"):
            reaches(name, folder, work)
        if status == 0:
            again(name, folder, work)


def reaches(name, folder, work):
    """What converted jails reached they reach."""
    jails = re.findall(r"^  ([\w.-]+):(?! +\{vnet: false)(?! +\{\}$)", read(os.path.join(work, "topology.yaml")).partition("\njails:\n")[2], re.MULTILINE)
    pairs = [(one, other) for one in jails for other in [*jails, "host"] if one != other]
    pairs += [tuple(line.split()) for line in read(os.path.join(folder, "reaches")).splitlines()]
    for one, other in pairs:
        status, out, err = vnetc(work, "path", one, other, "topology.yaml")
        if status != 0 and not re.search(r"has no IPv[46] address", out + err):
            fail(name, f"{one} does not reach {other}:\n{out}{err}")


def take_out(path, number):
    """A block or a statement of jail.conf: in hosts here no braces stand in comments and quotes but those of variables."""
    lines = read(path).split("\n")
    depth = 0
    for at in range(number, len(lines)):
        plain = re.sub(r"\$\{[^}]*\}", "", lines[at])
        depth += plain.count("{") - plain.count("}")
        lines[at] = "#" + lines[at]
        if depth <= 0:
            break
    write(path, "\n".join(lines))


def again(name, folder, work):
    """The topology builds, and the host with that build in it is imported as the same topology."""
    status, _, err = vnetc(work, "build", "-q", "topology.yaml")
    if status != 0:
        fail(name, f"it does not build:\n{err}")
        return
    if name.startswith("classic"):
        for finding in examine(os.path.join(work, "generated"), os.path.join(work, "topology.yaml")):
            fail(name, f"the host that comes of it: {finding}")
    report = read(os.path.join(work, "report"))
    status, _, err = vnetc(work, "install", "--root", "root", "--yes", "topology.yaml")
    if status != 0:
        fail(name, f"it cannot be installed:\n{err}")
        return
    for path, number in re.findall(r"^warning: (/\S+):(\d+): \S+ is in the way", err, re.MULTILINE):
        lines = read(os.path.join(work, "root" + path)).split("\n")
        lines[int(number) - 1] = "#" + lines[int(number) - 1]
        write(os.path.join(work, "root" + path), "\n".join(lines))
    for path, number in re.findall(r"^ +- (/\S+):(\d+):\d+: (?:\S+ \{ … \}|exec\.\w+|vnet\.interface)$", report, re.MULTILINE):
        take_out(os.path.join(work, "root" + path), int(number) - 1)
    if name in BY_HAND or read(os.path.join(folder, "options")).startswith("files"):
        return
    status, _, err = vnetc(work, *words_of(folder, "second.yaml", "report2"))
    first, second = read(os.path.join(work, "topology.yaml")), read(os.path.join(work, "second.yaml"))
    if first != second:
        fail(name, "after install it is imported otherwise", first, second)


def unknown_jail():
    """A name after --keep that no jail has would have a jail converted that was not to be."""
    with tempfile.TemporaryDirectory(prefix="vnetc-import-") as temporary:
        status, out, err = vnetc(temporary, "import", "--root", os.path.join(HERE, "hosts", "classic-keep", "root"), "--keep", "wed", "-o", "topology.yaml")
        if status != 2 or "--keep wed: there is no such jail" not in err or "web" not in err or os.listdir(temporary):
            fail("--keep of an unknown jail", f"exit status {status}:\n{out}{err}")


def no_files():
    """What is no file is told in its place and left out; a link in a jail's root leads nowhere."""
    with tempfile.TemporaryDirectory(prefix="vnetc-import-") as temporary:
        root = os.path.join(temporary, "root")
        shutil.copytree(os.path.join(HERE, "hosts", "post-before", "root"), root)
        path = lambda name: os.path.join(root, name)
        write(os.path.join(temporary, "secret"), 'secret="YES" $(secret)\n')
        os.mkfifo(path("etc/rc.conf.local"))
        os.symlink("/dev/zero", path("etc/jail.conf"))
        os.makedirs(path("etc/jail.conf.d/a.conf"))
        os.symlink("pf.conf", path("etc/pf.conf"))
        os.mkfifo(path("usr/local/etc/ezjail/pipe"))
        os.remove(path("usr/jails/jailname/etc/rc.conf"))
        os.symlink("../../../../../secret", path("usr/jails/jailname/etc/rc.conf"))
        status, out, err = vnetc(temporary, "import", "--root", "root", "-o", "topology.yaml")
        told = re.findall(r"^  (/\S+):1:1: cannot read root(/\S+): (.*); it is left out$", err, re.MULTILINE)
        wanted = [(name, name, why) for name, why in (
            ("/etc/rc.conf.local", "it is not a regular file"), ("/usr/local/etc/ezjail/pipe", "it is not a regular file"),
            ("/etc/jail.conf", "it is not a regular file"), ("/etc/jail.conf.d/a.conf", "Is a directory"),
            ("/etc/pf.conf", "Too many levels of symbolic links"))]
        if status != 0 or out or sorted(told) != sorted(wanted) or "secret" in err or \
                "  /usr/jails/jailname/etc/rc.conf:1:1: cannot read /usr/jails/jailname/etc/rc.conf: a symbolic link stands in the way; it is left out\n" not in err:
            fail("what is no file", f"exit status {status}: {told}\n{out}{err}")
        if read(os.path.join(temporary, "topology.yaml")) != read(os.path.join(HERE, "hosts", "post-before", "topology.yaml")):
            fail("what is no file", "the topology is another")


def main():
    parts = [word for word in sys.argv[2:] if word != "--golden"]
    names = [name for name in sorted(os.listdir(os.path.join(HERE, "hosts"))) if not parts or any(part in name for part in parts)]
    for name in names:
        host(name)
    if not parts:
        faults_shown(names)
    unknown_jail()
    no_files()
    print(f"{len(names)} hosts, {len(faults)} faults")
    sys.exit(1 if faults else 0)


GOLDEN = "--golden" in sys.argv
VNETC = os.path.abspath(sys.argv[1])
main()
