# SPDX-License-Identifier: BSD-2-Clause
"""One topology for two releases: releases.py VNETC FOLDER [--golden]. What the two outputs differ in is what FOLDER/OLD-NEW.diff says, and
nothing else; the release's own name is not counted."""
import difflib
import os
import subprocess
import sys
import tempfile

PAIRS = (("14.4", "15.1"), ("13.2", "14.4"), ("12.4", "13.2"), ("11.4", "12.4"))


def built(vnetc, template, release):
    with tempfile.TemporaryDirectory() as scratch:
        with open(os.path.join(scratch, "topology.yaml"), "w", encoding="utf-8") as file:
            file.write(template.replace("RELEASE", f'"{release}"'))
        subprocess.run([vnetc, "build", "-q", "topology.yaml"], cwd=scratch, stdin=subprocess.DEVNULL, check=True, timeout=120)
        files = {}
        for root, _, names in os.walk(os.path.join(scratch, "generated")):
            for name in names:
                path = os.path.join(root, name)
                if name.startswith(".vnetc"):
                    continue
                with open(path, encoding="utf-8") as file:
                    files[os.path.relpath(path, scratch)] = file.read().replace(f"FreeBSD {release}", "FreeBSD RELEASE").splitlines()
        return files


def difference(old, new):
    lines = []
    for name in sorted(old.keys() | new.keys()):
        lines += difflib.unified_diff(old.get(name, []), new.get(name, []), name, name, n=0, lineterm="")
    return "".join(line + "\n" for line in lines)


def main():
    vnetc, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    with open(os.path.join(folder, "topology.yaml"), encoding="utf-8") as file:
        template = file.read()
    outputs = {release: built(vnetc, template, release) for release in sorted({r for pair in PAIRS for r in pair})}
    faults = 0
    for old, new in PAIRS:
        path = os.path.join(folder, f"{old}-{new}.diff")
        was = difference(outputs[old], outputs[new])
        if "--golden" in sys.argv:
            with open(path, "w", encoding="utf-8") as file:
                file.write(was)
            continue
        with open(path, encoding="utf-8") as file:
            wanted = file.read()
        if was != wanted:
            faults += 1
            print(f"FAILED {old} against {new}:")
            print("".join(difflib.unified_diff(wanted.splitlines(True), was.splitlines(True), "expected", "was")))
    print(f"{len(PAIRS)} pairs of releases, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
