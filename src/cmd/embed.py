# SPDX-License-Identifier: BSD-2-Clause
"""Writes the topologies of examples/ as C, and which files that read: embed.py EXAMPLES OUTPUT DEPFILE."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from cstring import c_string

HEAD = """/* SPDX-License-Identifier: BSD-2-Clause */
/* Written by embed.py from examples/. */
#include "cmd/examples.h"

"""


def main():
    root, output, depfile = sys.argv[1:]
    examples, read = {}, [root]
    for name in sorted(os.listdir(root)) if os.path.isdir(root) else []:
        folder = os.path.join(root, name)
        if not os.path.isfile(os.path.join(folder, "topology.yaml")):
            continue
        read.append(folder)
        files = sorted(f for f in os.listdir(folder) if f.endswith(".yaml"))
        for file in files:
            read.append(os.path.join(folder, file))
            with open(read[-1], encoding="utf-8", newline="") as stream:
                examples.setdefault(name, []).append((file, stream.read()))
    with open(output, "w", encoding="utf-8") as out:
        out.write(HEAD)
        out.write("const char *const example_names[] = {\n")
        for name in examples:
            out.write('\t"%s",\n' % name)
        out.write("\tNULL,\n};\n\nconst struct example_file example_files[] = {\n")
        for name, files in examples.items():
            for file, text in files:
                out.write('\t{ "%s", "%s",\n%s,\n\t    %d },\n' % (name, file, c_string(text), len(text.encode())))
        out.write("\t{ NULL, NULL, NULL, 0 },\n};\n")
    with open(depfile, "w", encoding="utf-8") as out:
        out.write("%s: %s\n" % (output, " ".join(path.replace(" ", "\\ ") for path in read)))


main()
