# SPDX-License-Identifier: BSD-2-Clause
"""Writes the topologies of examples/ as C, and which files that read: embed.py EXAMPLES OUTPUT DEPFILE."""
import os
import sys

HEAD = """/* SPDX-License-Identifier: BSD-2-Clause */
/* Written by embed.py from examples/. */
#include "cmd/examples.h"

"""


def c_string(text):
    lines = []
    for line in text.splitlines(keepends=True):
        out = ""
        for byte in line.encode():
            char = chr(byte)
            if char in '"\\':
                out += "\\" + char
            elif char == "\n":
                out += "\\n"
            elif 32 <= byte < 127 and char != "?":
                out += char
            else:
                out += "\\%03o" % byte
        lines.append('\t    "%s"' % out)
    return "\n".join(lines) or '\t    ""'


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
