# SPDX-License-Identifier: BSD-2-Clause
"""Each key of the language is used by some topology that compiles: keys.py SCHEMA FOLDER ... A key of a record counts where a topology of
the corpus or an example holds it in that record; those that are there to be wrong do not count."""
import json
import os
import re
import sys

import yaml


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


def definition_of(rule):
    """The record that a schema names, be it wrapped in alternatives."""
    if "$ref" in rule:
        return rule["$ref"].rsplit("/", 1)[1]
    for part in rule.get("anyOf", []) + rule.get("allOf", []) + rule.get("oneOf", []):
        if definition_of(part):
            return definition_of(part)
    return None


def walk(schema, record, value, seen):
    properties = schema["properties"] if record == "" else schema["definitions"][record]["properties"]
    for key, below in value.items() if isinstance(value, dict) else ():
        if key not in properties:
            continue
        seen.add((record, key))
        rule = properties[key]
        entries = rule.get("additionalProperties")
        if isinstance(entries, dict) and definition_of(entries):
            for entry in below.values() if isinstance(below, dict) else ():
                walk(schema, definition_of(entries), entry, seen)
        elif definition_of(rule) or any(isinstance(part.get("items"), dict) and definition_of(part["items"]) for part in rule.get("anyOf", [])):
            name = definition_of(rule) or next(definition_of(part["items"]) for part in rule["anyOf"] if "items" in part)
            for entry in below if isinstance(below, list) else [below]:
                walk(schema, name, entry, seen)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    seen, count = set(), 0
    for path in topologies(sys.argv[2:]):
        with open(path, encoding="utf-8", errors="replace") as file:
            try:
                walk(schema, "", yaml.load(file, Loader=Loader), seen)
                count += 1
            except yaml.YAMLError:
                continue        # there for what vnetc says of it
    keys = {("", key) for key in schema["properties"]}
    keys |= {(name, key) for name, record in schema["definitions"].items() for key in record["properties"]}
    missing = sorted(keys - seen)
    for record, key in missing:
        print(f"FAILED {record or 'the file'}.{key}: no topology uses it")
    print(f"{len(keys)} keys in {count} topologies, {len(missing)} missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
