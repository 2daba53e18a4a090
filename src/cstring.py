# SPDX-License-Identifier: BSD-2-Clause
"""Text as a C string literal, a line of source for each line of text."""


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
