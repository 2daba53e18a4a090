# SPDX-License-Identifier: BSD-2-Clause
"""What the documents lead to is there, their blocks are run, and the gallery shows every example: links.py ROOT DOCUMENT-THAT-IS-RUN…"""
import glob
import os
import re
import sys

root, *run = sys.argv[1:]
# Made from tables, and held by tests/language/reference.py and tests/rules; a drawing.
OTHERWISE = {"docs/reference.md", "docs/rules.md", "docs/architecture.md"}
faults = []


def read(name):
    with open(os.path.join(root, name), encoding="utf-8") as stream:
        return stream.read()


def anchors(text):
    """As GitHub and GitLab make them, and those written out."""
    found = set(re.findall(r'<a id="([^"]+)"', text))
    for title in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        title = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title)
        found.add(re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-"))
    return found


documents = ["README.md"] + sorted(os.path.relpath(path, root) for path in glob.glob(os.path.join(root, "docs", "**", "*.md"), recursive=True))
for document in documents:
    if re.search(r"^```", read(document), re.MULTILINE) and document not in run and document not in OTHERWISE:
        faults.append(f"{document}: its blocks are not run")
    text = re.sub(r"^```.*?^```$", "", read(document), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = os.path.normpath(os.path.join(os.path.dirname(document), path)) if path else document
        if not os.path.exists(os.path.join(root, path)):
            faults.append(f"{document}: {target} is not there")
        elif anchor and path.endswith(".md") and anchor not in anchors(read(path)):
            faults.append(f"{document}: {path} has no heading {anchor}")
    for path in re.findall(r"`((?:docs|examples|schema|src|tests)/[\w./-]*\w)`", text):
        if not path.endswith("NAME") and not os.path.exists(os.path.join(root, path)):
            faults.append(f"{document}: {path} is not there")

gallery = read("docs/gallery.md")
for example in sorted(os.listdir(os.path.join(root, "examples"))):
    if os.path.exists(os.path.join(root, "examples", example, "topology.yaml")) and f"(../examples/{example}/generated/topology.svg)" not in gallery:
        faults.append(f"docs/gallery.md does not show {example}")

print("\n".join(faults) or f"{len(documents)} documents lead somewhere")
sys.exit(1 if faults else 0)
