# SPDX-License-Identifier: BSD-2-Clause
"""Each key of the schema stands in the reference with what it takes, its default (or that it must be given), its releases and an example,
and each example compiles: reference.py VNETC SCHEMA REFERENCE SKELETONS. An example is one line; the skeleton is a topology with a place
for it, of its record or of its very key."""
import json
import os
import re
import subprocess
import sys
import tempfile

SECTION = re.compile(r'^<a id="([a-z-]+)"></a>$')
KEY = re.compile(r"^### `(.*)`$")
PARTS = (re.compile(r"^\* takes: \S"), re.compile(r"^\* (default: \S|must be given$)"), re.compile(r"^\* releases: \S"), re.compile(r"^```yaml$"))
BESIDE = {"jails.yaml": "jails: {inside: {}}\n"}


def examples(text):
    """(record, key, example) for each key of the reference."""
    record = key = None
    lines = iter(text.splitlines())
    for line in lines:
        if SECTION.match(line):
            record = SECTION.match(line).group(1)
        elif KEY.match(line):
            key = KEY.match(line).group(1)
        elif line == "```yaml":
            yield record, key, next(lines)


def incomplete(schema, text):
    """(record, key) of the schema that the reference does not tell whole."""
    told, record, key = {}, None, None
    for line in text.splitlines():
        if SECTION.match(line):
            record = SECTION.match(line).group(1)
        elif KEY.match(line):
            key = KEY.match(line).group(1)
        told.setdefault((record, key), set()).update(i for i, part in enumerate(PARTS) if part.match(line))
    keys = {("topology", key) for key in schema["properties"]}
    keys |= {(name, key) for name, record in schema["definitions"].items() for key in record["properties"]}
    return sorted(key for key in keys if len(told.get(key, ())) != len(PARTS))


def skeletons(text):
    """(record, key or None) -> topology."""
    found = {}
    for part in re.split(r"^== ", text, flags=re.M)[1:]:
        head, _, body = part.partition("\n")
        record, *keys = head.split()
        for key in keys or [None]:
            found[record, key] = body
    return found


def compiles(vnetc, scratch, topology):
    path = os.path.join(scratch, "topology.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(topology)
    done = subprocess.run([vnetc, "check", "topology.yaml"], cwd=scratch, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60, check=False)
    return done.returncode == 0, done.stdout.decode(errors="replace")


def main():
    vnetc = os.path.abspath(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        schema = json.load(file)
    with open(sys.argv[3], encoding="utf-8") as file:
        text = file.read()
    wanted = list(examples(text))
    with open(sys.argv[4], encoding="utf-8") as file:
        places = skeletons(file.read())
    faults = 0
    for record, key in incomplete(schema, text):
        faults += 1
        print(f"FAILED {record}.{key}: not with type, default, releases and an example")
    with tempfile.TemporaryDirectory() as scratch:
        for name, text in BESIDE.items():
            with open(os.path.join(scratch, name), "w", encoding="utf-8") as file:
                file.write(text)
        for record, key, example in wanted:
            skeleton = places.get((record, key), places.get((record, None)))
            if skeleton is None:
                said = "no skeleton"
            else:
                good, said = compiles(vnetc, scratch, skeleton.replace("@", example, 1))
                if good:
                    continue
            faults += 1
            print(f"FAILED {record}.{key}: {example}\n{said}", end="")
    print(f"{len(wanted)} examples, {faults} faults")
    return 1 if faults or not wanted else 0


if __name__ == "__main__":
    sys.exit(main())
