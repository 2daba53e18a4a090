# SPDX-License-Identifier: BSD-2-Clause
"""Writes page.html as C, in pieces around its places to fill: embed.py PAGE OUTPUT."""
import base64
import hashlib
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from cstring import c_string


def main():
    page, output = sys.argv[1:]
    with open(page, encoding="utf-8", newline="") as stream:
        text = stream.read()
    script = re.search(r"<script>(.*?)</script>", text, re.DOTALL).group(1)
    text = text.replace("@HASH@", base64.b64encode(hashlib.sha256(script.encode()).digest()).decode())
    with open(output, "w", encoding="utf-8") as out:
        out.write("/* SPDX-License-Identifier: BSD-2-Clause */\n/* Written by embed.py from page.html. */\n#include \"diagram/html.h\"\n\n")
        out.write("const struct page_piece page_pieces[] = {\n")
        for piece in re.split(r"(@[A-Z]+@)", text):
            place = re.fullmatch("@([A-Z]+)@", piece)
            if place:
                out.write("\t{ PAGE_%s, NULL },\n" % place.group(1))
            else:
                out.write("\t{ PAGE_TEXT,\n%s },\n" % c_string(piece))
        out.write("\t{ PAGE_END, NULL },\n};\n")


main()
