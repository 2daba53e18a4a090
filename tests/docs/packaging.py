# SPDX-License-Identifier: BSD-2-Clause
"""The packages hold what is installed, and one version: packaging.py ROOT BUILD MESON…"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

root, build, *meson = sys.argv[1:]
packaging = os.path.join(root, "docs/packaging")
faults = []


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as stream:
        return stream.read()


with tempfile.TemporaryDirectory() as stage:
    done = subprocess.run([*meson, "install", "-C", build, "--no-rebuild", "--destdir", stage], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stdout[-2000:])
    options = subprocess.run([*meson, "introspect", build, "--buildoptions"], capture_output=True, text=True, check=True).stdout
    prefix = re.search(r'"name": "prefix", "value": "([^"]*)"', options)[1]
    top = os.path.join(stage, prefix.lstrip("/"))
    installed = {os.path.relpath(os.path.join(folder, name), top) for folder, _, names in os.walk(stage) for name in names}

# The port's PORTDATA=* names what lies in share/vnetc; manual pages are compressed by the ports.
data = {name for name in installed if name.startswith("share/vnetc/")}
wanted = {re.sub(r"^(share/man/.*)$", r"\1.gz", name) for name in installed - data}
listed = read(packaging, "freebsd/pkg-plist").split()
if not data or "PORTDATA=\t*\n" not in read(packaging, "freebsd/Makefile"):
    faults.append("PORTDATA does not name the data")
faults += [f"pkg-plist lacks {name}" for name in sorted(wanted - set(listed))]
faults += [f"pkg-plist has {name}, which is not installed" for name in sorted(set(listed) - wanted)]
if listed != sorted(listed):
    faults.append("pkg-plist is not sorted")

version = re.search(r"version: '([^']*)'", read(root, "meson.build"))[1]
if f"DISTVERSION=\t{version}\n" not in read(packaging, "freebsd/Makefile"):
    faults.append(f"the port is not of version {version}")
if not read(packaging, "debian/changelog").startswith(f"vnetc ({version}-"):
    faults.append(f"debian/changelog does not begin with version {version}")
if f"\n## {version}\n" not in read(root, "docs/changes.md"):
    faults.append(f"docs/changes.md does not tell of {version}")

# What meson looks for, both packages have.
libraries = {"yaml-0.1": ("libyaml-dev", "libyaml.so"), "jansson": ("libjansson-dev", "libjansson.so"),
             "libcgraph": ("libgraphviz-dev", "libcgraph.so"), "libgvc": ("libgraphviz-dev", "libgvc.so")}
for name in re.findall(r"dependency\('([\w.-]+)'\)", read(root, "meson.build")):
    for package, text in zip(libraries.get(name, (name, name)), (read(packaging, "debian/control"), read(packaging, "freebsd/Makefile"))):
        if package not in text:
            faults.append(f"no package asks for {package}, which the build needs")

# FreeBSD's own make reads the port, without the ports' machinery: what is included has nothing in it.
make = shutil.which("bmake") or (sys.platform.startswith("freebsd") and shutil.which("make"))
if make:
    with tempfile.TemporaryDirectory() as empty:
        with open(os.path.join(empty, "bsd.port.mk"), "w", encoding="utf-8"):
            pass

        def value(name):
            done = subprocess.run([make, "-r", "-m", empty, f"WRKSRC={root}", "LOCALBASE=/usr/local", "-V", "${" + name + "}"],
                                  cwd=os.path.join(packaging, "freebsd"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                faults.append(f"the port's Makefile: {done.stdout.strip()}")
            return done.stdout.split()

        if value("PORTNAME") != ["vnetc"] or value("DISTVERSION") != [version]:
            faults.append(f"the port is {value('PORTNAME')} {value('DISTVERSION')}")
        if not set(value("USES")) >= {"meson", "pkgconfig", "python:build", "tar:xz"}:
            faults.append(f"the port uses {value('USES')}")
        if not all(map(os.path.isfile, value("LICENSE_FILE"))) or not value("LICENSE_FILE"):
            faults.append(f"the port's licence is not {value('LICENSE_FILE')}")
        for depends, what in (("LIB_DEPENDS", r"lib[\w-]+\.so"), ("BUILD_DEPENDS", r"/usr/local/[\w./-]+")):
            faults += [f"{depends}: {word}" for word in value(depends) if not re.fullmatch(what + r":[\w-]+/[\w-]+", word)]
        if len(" ".join(value("COMMENT"))) > 70 or not value("CATEGORIES") or not value("MAINTAINER"):
            faults.append("the port lacks a comment of at most 70 characters, a category or a maintainer")

print("\n".join(faults) or f"{len(installed)} files are packaged" + ("" if make else "; without bmake the port's Makefile is not read"))
sys.exit(1 if faults else 0)
