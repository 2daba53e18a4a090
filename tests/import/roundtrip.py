# SPDX-License-Identifier: BSD-2-Clause
"""There and back: roundtrip.py VNETC [FIRST+COUNT]

A topology is built, its files are installed on a host that has nothing else, the host is imported, and what is imported is built: the same
files, but for comments, the grouping of lines by what asked for them, and the order of static routes (docs/limits.md). Every third host
has its jails in jail.conf.d, where each is alone: there the order of jails in what ezjail would get is left open as well. VNETC_LONG=1
tries many more."""
import difflib
import multiprocessing.pool
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
import random_host              # noqa: E402

ROUTE = re.compile(r"(ipv6_)?(static_routes|route_\w+)=")
VNETC = os.path.abspath(sys.argv[1])


def vnetc(folder, *words):
    done = subprocess.run([VNETC, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120,
                          check=False)
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def read(path):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
        return stream.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
        stream.write(text)


def outputs(folder):
    """All files of a build that a host reads."""
    found = {}
    for top, _, names in os.walk(folder):
        for name in names:
            path = os.path.relpath(os.path.join(top, name), folder)
            if not path.startswith("topology") and path != ".vnetc":
                found[path] = read(os.path.join(top, name))
    return found


def lay_out(folder, name, release, jails, native):
    """A host with jails and no network of its own."""
    root = os.path.join(folder, "root")
    write(os.path.join(root, "etc/rc.conf"), f'hostname="{name}.example.org"\n')
    write(os.path.join(root, "bin/freebsd-version"), f'USERLAND_VERSION="{release}-RELEASE"\n')
    for jail in jails:
        os.makedirs(os.path.join(root, f"usr/jails/{jail}/etc"))
        safe = re.sub(r"[^A-Za-z0-9]", "_", jail)
        if not native:
            write(os.path.join(root, f"usr/local/etc/ezjail/{safe}"),
                  f'# PROVIDE: standard_ezjail\nexport jail_{safe}_hostname="{jail}"\nexport jail_{safe}_rootdir="/usr/jails/{jail}"\n')
    return root


def lines(text):
    """What is read of a file: no comments, no empty lines, static routes sorted."""
    out, routes = [], []
    for line in text.split("\n"):
        if ROUTE.match(line):
            routes.append(line)
        elif line and not line.startswith("#"):
            out += sorted(routes) + [line]
            routes = []
    return out + sorted(routes)


def compare(wanted, was, native):
    for path in sorted(set(wanted) | set(was)):
        one, other = lines(wanted.get(path, "")), lines(was.get(path, ""))
        if native and path.startswith("rc.conf.d/"):
            one, other = sorted(one), sorted(other)
        if path not in wanted or path not in was:
            yield f"{path} is {'missing' if path in wanted else 'new'}"
        if one != other:
            yield from difflib.unified_diff(one, other, path, path, lineterm="", n=1)


def there_and_back(folder, text, native):
    """What is wrong; None: the topology is not a legal one."""
    write(os.path.join(folder, "there/topology.yaml"), text)
    there, back = os.path.join(folder, "there"), os.path.join(folder, "back")
    status, _, err = vnetc(there, "build", "-q")
    if status != 0:
        return None
    name, release = re.search(r'"name": "(\w+)", "release": "([\d.]+)"', text).groups()
    jails = sorted(os.listdir(os.path.join(there, "generated/jails"))) if os.path.isdir(os.path.join(there, "generated/jails")) else []
    root = lay_out(folder, name, release, jails, native)
    status, _, err = vnetc(there, "install", "--root", root, "--yes", *(["--jail-conf"] if native else []))
    if status != 0:
        return [f"cannot be installed: {err}"]
    os.mkdir(back)
    status, _, err = vnetc(back, "import", "--root", root, "-o", "topology.yaml", "--report-file", "report")
    if status != 0:
        return [f"import ends with {status}: {err}", read(os.path.join(back, "report"))]
    status, _, err = vnetc(back, "build", "-q")
    if status != 0:
        return [f"what is imported does not build: {err}"]
    return list(compare(outputs(os.path.join(there, "generated")), outputs(os.path.join(back, "generated")), native))


def one(seed):
    native = seed % 3 == 2
    with tempfile.TemporaryDirectory(prefix="vnetc-roundtrip-") as folder:
        return seed, native, there_and_back(folder, random_host.make(seed), native)


def main():
    few = "1+600" if os.environ.get("VNETC_LONG") else "1+12"
    first, count = (int(n) for n in (sys.argv[2] if len(sys.argv) > 2 else few).split("+"))
    legal = bad = 0
    with multiprocessing.pool.ThreadPool(2) as pool:
        for seed, native, wrong in pool.imap(one, range(first, first + count)):
            legal += wrong is not None
            bad += bool(wrong)
            if wrong:
                print(f"FAILED seed {seed}{' by jail.conf' if native else ''}:")
                print("\n".join("  " + line for line in wrong[:60]))
    print(f"{legal} of {count} are legal, {bad} differ")
    sys.exit(bad > 0)


main()
