#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A rebuild writes the files that change and no others: rebuild.py VNETC"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from topology import topology           # noqa: E402


def built(vnetc, folder, changed=None):
    """What stands in the output directory: path to inode, time and text."""
    with open(os.path.join(folder, "topology.yaml"), "w", encoding="ascii") as f:
        f.write("\n".join(topology(100, changed)) + "\n")
    subprocess.run([vnetc, "build", "-q"], cwd=folder, check=True)
    found = {}
    for top, _, names in os.walk(os.path.join(folder, "generated")):
        for name in names:
            path = os.path.join(top, name)
            status = os.stat(path)
            with open(path, "rb") as f:
                found[path] = (status.st_ino, status.st_mtime_ns), f.read()
    return found


def differing(before, after, part):
    return {path for path in before.keys() | after.keys() if path not in before or path not in after or before[path][part] != after[path][part]}


def main():
    vnetc = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        first = built(vnetc, folder)
        again = built(vnetc, folder)
        assert not differing(first, again, 0), "nothing changed and was written: %s" % sorted(differing(first, again, 0))
        after = built(vnetc, folder, 3)
        written, changed = differing(again, after, 0), differing(again, after, 1)
        assert changed and any("/jail3/" in path for path in changed), "jail3 has another address and the same files"
        assert written == changed, "written without a change: %s" % sorted(written - changed)
        assert not any("/jail5/" in path for path in written), "jail5 did not change"
        print("%d of %d files written" % (len(written), len(after)))


main()
