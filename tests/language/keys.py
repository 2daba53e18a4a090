# SPDX-License-Identifier: BSD-2-Clause
"""Each key of the language, and each kind of value that it takes, is used by some topology that compiles: keys.py VNETC SCHEMA REFERENCE
FOLDER ... A key of a record counts where a topology of the corpus or an example holds it in that record; those that are there to be wrong
do not count. What kinds a key takes is what the reference says of it: one or a list, each of its words, and the forms of FORMS."""
import json
import os
import re
import subprocess
import sys

import yaml

NAME = r"[A-Za-z][\w.-]*(\[\d+-\d+\])?"
ADDRESS = r"[0-9A-Fa-f]*[.:][0-9A-Fa-f.:]*"
LENGTH = r"/\d+"
ANY = {"a value": r"[\s\S]+"}
# What the reference says -> the kinds of value behind the words, by what they look like.
FORMS = {
    "an address with or without a length, `auto`, `dhcp` or `slaac`": {
        "IPv4 without a length": r"[\d.]+", "IPv4 with a length": r"[\d.]+" + LENGTH, "IPv6 without a length": r"[0-9a-f]*:[0-9a-f:]*",
        "IPv6 with a length": r"[0-9a-f]*:[0-9a-f:]*" + LENGTH},
    "an address, a name or `none`": {"an address": ADDRESS, "a name": r"(?!none$)" + NAME},
    "an address, a name, `reject`, `blackhole` or `none`": {"an address": ADDRESS, "a name": r"(?!(none|reject|blackhole)$)" + NAME},
    "an address, a prefix or FIRST-LAST": {"an address": ADDRESS, "a prefix": ADDRESS + LENGTH, "a range": ADDRESS + "-" + ADDRESS},
    "an address or a name": {"an address": ADDRESS, "a name": NAME},
    "a jail, machine, subnet, address, `host` or `outside`": {"a name": r"(?!(host|outside)$)" + NAME, "an address": ADDRESS},
    "an address": {"IPv4": r"[\d.]+", "IPv6": r"[0-9a-f]*:[0-9a-f:]*"},
    "a list of two: addresses": {"two of IPv4": r"[\d.]+", "two of IPv6": r"[0-9a-f]*:[0-9a-f:]*"},
    "a prefix": {"IPv4": r"[\d.]+" + LENGTH, "IPv6": r"[0-9a-f:]+" + LENGTH},
    "`auto`, `kernel`, on a bridge `inherit`, or six pairs of hex digits with `:`": {"an Ethernet address": r"([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}"},
    "a release: `14`, `14.4`, `15.1-RELEASE-p1`": {"major": r"\d+", "major and minor": r"\d+\.\d+", "with a patch": r"\d+\.\d+-RELEASE-p\d+"},
    "`true`, `false` or `epairN`": {"a unit": r"epair\d+"},
    "`epairN`, or a name where the key says so": {"a unit": r"epair\d+", "a name": r"(?!epair\d+$)" + NAME},
    "a mapping, name to value, or a list of NAME or NAME=VALUE": {"a mapping": r"\{\}", "a name": r"[\w.]+", "a name and a value": r"[\w.]+=.*"},
    "INTERFACE|ADDRESS": {"IPv4": r"[\w.]+\|[\d.]+(/\d+)?", "IPv6": r"[\w.]+\|[0-9a-f:]*:[0-9a-f:]*(/\d+)?"},
}
# Words that are examples, or stand for something else.
NO_WORDS = {"epairN", ":", "14", "14.4", "15.1-RELEASE-p1"}
# Words that a key's neighbours exclude.
NOT_HERE = {
    ("machine-interface", "addresses", "auto"): "a machine is not configured by vnetc",
    ("machine-interface", "addresses", "dhcp"): "so is its lease",
    ("machine-interface", "addresses", "slaac"): "so is its lease",
    ("host-interface", "mac", "inherit"): "a bridge's",
    ("cable-end", "mac", "inherit"): "a bridge's",
    ("jail-interface", "mac", "inherit"): "a bridge's",
    ("cable-end", "attach", "jib"): "jib makes no cable",
    ("cable-end", "host", "false"): "beside bridge or jail it cannot stand, and alone it says nothing",
}


class Loader(yaml.SafeLoader):
    """Scalars stay texts, as vnetc reads them by the key."""


Loader.yaml_implicit_resolvers = {"<": [("tag:yaml.org,2002:merge", re.compile(r"^<<$"))]}


def topologies(folders):
    for folder in folders:
        for root, _, names in os.walk(folder):
            if "generated" in root.split(os.sep) or "/bad" in root:
                continue
            for name in names:
                if name.endswith(".yaml") and not name.startswith("bad"):
                    yield os.path.join(root, name)


def compiles(vnetc, path):
    done = subprocess.run([vnetc, "check", "-q", os.path.basename(path)], cwd=os.path.dirname(path), stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False)
    return done.returncode == 0


def definition_of(rule):
    """The record that a schema names, be it wrapped in alternatives."""
    if "$ref" in rule:
        return rule["$ref"].rsplit("/", 1)[1]
    for part in rule.get("anyOf", []) + rule.get("allOf", []) + rule.get("oneOf", []):
        if definition_of(part):
            return definition_of(part)
    return None


def scalars(value):
    if isinstance(value, list):
        return [text for item in value for text in scalars(item)]
    return ["{}" if isinstance(value, dict) else value]


class Seen:
    """What the topologies hold: keys by record, and their values."""

    def __init__(self, schema):
        self.schema = schema
        self.values = {}

    def walk(self, record, value):
        properties = self.schema["properties"] if record == "" else self.schema["definitions"][record]["properties"]
        for key, below in value.items() if isinstance(value, dict) else ():
            if key not in properties:
                continue
            self.values.setdefault((record, key), []).append(below)
            rule = properties[key]
            entries = rule.get("additionalProperties")
            if isinstance(entries, dict) and definition_of(entries):
                for entry in below.values() if isinstance(below, dict) else ():
                    self.walk(definition_of(entries), entry)
            elif definition_of(rule) or any(isinstance(part.get("items"), dict) and definition_of(part["items"]) for part in rule.get("anyOf", [])):
                name = definition_of(rule) or next(definition_of(part["items"]) for part in rule["anyOf"] if "items" in part)
                for entry in below if isinstance(below, list) else [below]:
                    self.walk(name, entry)


def reference(path):
    """(record, key) -> what it takes, in the reference's words."""
    takes, record, key = {}, "", None
    with open(path, encoding="utf-8") as file:
        for line in file:
            section, heading = re.match(r'<a id="([a-z-]+)"></a>', line), re.match(r"### `(.*)`", line)
            if section:
                record = "" if section.group(1) == "topology" else section.group(1)
            elif heading:
                key = heading.group(1)
            elif line.startswith("* takes: "):
                takes[record, key] = line[len("* takes: "):].strip()
    return takes


def kinds(takes):
    """label -> whether a value is of that kind."""
    wanted = {}
    if re.search(r", or a list|or a list of|one or a list of|a list of mappings, or one", takes):
        wanted["one"] = lambda value: not isinstance(value, list)
        wanted["a list"] = lambda value: isinstance(value, list)
    one = next((form for form in sorted(FORMS, key=len, reverse=True) if takes == form or takes.startswith(form + ", or a list")), None)
    for label, pattern in FORMS[one].items() if one else ():
        wanted[label] = lambda value, p=pattern: any(re.fullmatch(p, text) for text in scalars(value))
    for word in re.findall(r"`([^`]+)`", takes):
        if word not in NO_WORDS:
            wanted[word] = lambda value, w=word: w in scalars(value)
    return wanted


def missing(seen, keys, takes):
    """What no topology holds. ifconfig's words are one list for all that have them."""
    every_option = [v for (_, key), values in seen.values.items() if key == "options" for v in values]
    for record, key in keys:
        values = seen.values.get((record, key), [])
        if not values:
            yield record, key, "no topology uses it"
        elif (record, key) not in takes:
            yield record, key, "the reference does not say what it takes"
        else:
            for label, holds in kinds(takes[record, key]).items():
                of = every_option if key == "options" and label not in ("one", "a list") else values
                if not any(holds(value) for value in of) and (record, key, label) not in NOT_HERE:
                    yield record, key, f"no topology gives it {label}"


def main():
    vnetc = os.path.abspath(sys.argv[1])
    with open(sys.argv[2], encoding="utf-8") as file:
        schema = json.load(file)
    takes = reference(sys.argv[3])
    seen, count = Seen(schema), 0
    for path in topologies(sys.argv[4:]):
        if not compiles(vnetc, path):
            continue        # there for what vnetc says of it, or a part of another
        with open(path, encoding="utf-8", errors="replace") as file:
            try:
                seen.walk("", yaml.load(file, Loader=Loader))
                count += 1
            except yaml.YAMLError:
                continue
    keys = {("", key) for key in schema["properties"]}
    keys |= {(name, key) for name, record in schema["definitions"].items() for key in record["properties"]}
    faults = sorted(missing(seen, sorted(keys), takes))
    for record, key, what in faults:
        print(f"FAILED {record or 'the file'}.{key}: {what}")
    total = sum(len(kinds(takes.get(key, ""))) or 1 for key in keys)
    print(f"{len(keys)} keys with {total} kinds of value in {count} topologies, {len(faults)} missing")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
