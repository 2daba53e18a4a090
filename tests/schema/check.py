# SPDX-License-Identifier: BSD-2-Clause
"""The JSON Schema takes what vnetc reads and refuses what it does not: check.py SCHEMA TOPOLOGY..."""
import json
import re
import sys

import jsonschema
import yaml


class Core(yaml.SafeLoader):
    """YAML 1.2's core schema, as editors read it: no is a text, 010 is not octal."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
        ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
        ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
        ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
        ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
        ("merge", r"^<<$", "<")):
    Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))


def as_json(value):
    """Keys are texts in JSON."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else json.dumps(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value


def load(text, loader=Core):
    return as_json(yaml.load(text, Loader=loader))


GOOD = [
    "{}",
    "host:\nbridges: {bridge0: }\njails:\n",
    "version: 1\nhost: {name: 010, release: 15.1, router: [ipv4], nat: re0, description: no}",
    "host: {release: '14.4-RELEASE-p1', gateway: [192.168.0.1, 'fe80::1'], nat: [re0, re1], router: false}",
    "host: {rc_conf: {sshd_enable: YES, tries: 3, ratio: 1.5}, rdr: {proto: tcp, port: 80, to: www}}",
    "host: {interfaces: {re0: , vlan10: {vlan: {parent: re0, tag: 10}}, lagg0: {lagg: {ports: re1}}, gif0: {tunnel: [1.1.1.1, 2.2.2.2], peer: 10.0.0.2}}}",
    "bridges: {bridge0: {members: re0}, b: {members: [re0, {interface: re1, tagged: 2, stp: true}], stp: [re0], epair: true}, c: {epair: epair9}}",
    "subnets: {lan: {prefixes: 10.0.0.0/8, gateway: none, pool: [10.0.0.1, 10.1.0.0/16, 10.2.0.1-10.2.0.9], vlan: 4094}}",
    "epairs: {c: {a: {bridge: b}, b: {jail: j, vlans: {10: {addresses: auto}}}}, d: {a: {host: true}, b: {bridge: b}}}",
    "jails: {'web[01-08]': {hostname: 'w$n', devfs_ruleset: 1$n, interfaces: [{bridge: b$n, addresses: [10.0.0.21+, 10.0.1.1+/24, 'fd00::1+']}]}}",
    "jails: {j: {interfaces: {bridge: b, mac: 02:00:00:00:00:01, options: [-lro], group: dmz, end: a, attach: jib}, parameters: [allow.raw_sockets, a=b]}}",
    "jails: {old: {vnet: false, ip: 're0|192.168.0.17', fib: 1, parameters: {allow.x: true}, exec: {prestart: /bin/true}}}",
    "machines: {m: {interfaces: [{bridge: b, tap: tap0}, {subnet: lan, addresses: 10.0.0.1}], router: true, routes: []}}",
    "expect: [{from: a, to: [b, c], path: [], reach: true, family: ipv6}]",
    "expect: {from: 'web[1-8]', to: outside}",
    "defaults: {jail: {attach: static}, interface: {mtu: 1400}}\ninclude: jails.yaml",
    "bridges: {b: &b {subnet: lan}, c: {<<: *b, mtu: 1500}}",
]

# What is wrong, and the key at which the complaint is; None: the whole.
WRONG = [
    ("[]", None),
    ("version: 2", "version"),
    ("jail: {}", None),
    ("host: {nam: x}", "host"),
    ("host: [x]", "host"),
    ("host: {name: [x]}", "name"),
    ("host: {name: a_b}", "name"),
    ("host: {release: fifteen}", "release"),
    ("host: {router: yes}", "router"),
    ("host: {routing: static}", "routing"),
    ("host: {routes: [{to: 10.0.0.0/8}]}", "routes"),
    ("host: {routes: [{to: 10.0.0.0, via: x}]}", "routes"),
    ("host: {rdr: {proto: icmp, port: 80, to: x}}", "rdr"),
    ("host: {rdr: {proto: tcp, port: 65536, to: x}}", "rdr"),
    ("host: {rc_conf: {a-b: 1}}", "rc_conf"),
    ("host: {rc_conf: {a: [1]}}", "rc_conf"),
    ("host: {interfaces: {0x: {}}}", "interfaces"),
    ("host: {interfaces: {re0: {managed: maybe}}}", "managed"),
    ("host: {interfaces: {vlan1: {vlan: {parent: re0}}}}", "vlan"),
    ("host: {interfaces: {vlan1: {vlan: }}}", "vlan"),
    ("host: {interfaces: {vlan1: {vlan: {parent: re0, tag: 4095}}}}", "tag"),
    ("host: {interfaces: {lagg0: {lagg: {ports: []}}}}", "ports"),
    ("host: {interfaces: {gif0: {tunnel: [1.1.1.1]}}}", "tunnel"),
    ("host: {interfaces: {re0: {options: [-lroo]}}}", "options"),
    ("host: {interfaces: {re0: {mac: inherited}}}", "mac"),
    ("host: {interfaces: {re0: {group: dmz1}}}", "group"),
    ("subnets: {lan: }", "lan"),
    ("subnets: {lan: {gateway: none}}", "lan"),
    ("subnets: {lan: {prefixes: []}}", "prefixes"),
    ("subnets: {lan: {prefixes: 10.0.0.0}}", "prefixes"),
    ("subnets: {lan: {prefixes: 10.0.0.0/8, mtu: 100}}", "mtu"),
    ("bridges: {b: {member: [re0]}}", "b"),
    ("bridges: {b: {attach: jib}}", "b"),
    ("bridges: {b: {members: [{stp: true}]}}", "members"),
    ("bridges: {b: {vlan_filtering: on}}", "vlan_filtering"),
    ("epairs: {c: {a: {bridge: b}}}", "c"),
    ("epairs: {c: {a: , b: {bridge: b}}}", "a"),
    ("jails: [a]", "jails"),
    ("jails: {a.b: {}}", "jails"),
    ("jails: {'web[1-': {}}", "jails"),
    ("jails: {j: {attach: jng}}", "attach"),
    ("jails: {j: {interfaces: [x]}}", "interfaces"),
    ("jails: {j: {interfaces: [{bridge: b, addresses: dchp}]}}", "interfaces"),
    ("jails: {j: {interfaces: {bridge: b, vlans: {x: {}}}}}", "interfaces"),
    ("jails: {j: {vnet: false, ip: 10.0.0.1}}", "ip"),
    ("jails: {j: {fib: '01'}}", "fib"),
    ("jails: {j: {devfs_ruleset: 65536}}", "devfs_ruleset"),
    ("jails: {j: {exec: {start: x}}}", "exec"),
    ("machines: {m: {nat: true}}", "m"),
    ("expect: [{from: a}]", "expect"),
    ("expect: [{from: a, to: b, family: inet}]", "expect"),
    ("defaults: {attach: jib}", "defaults"),
    ("include: /etc/x.yaml", "include"),
]


def places(errors):
    """Where the complaints are, those within alternatives too."""
    for error in errors:
        yield list(error.absolute_path)
        yield from places(error.context)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    faults = []

    def refused(name, topology):
        for error in validator.iter_errors(topology):
            faults.append(f"{name}: {'.'.join(map(str, error.path))}: {error.message}")

    for text in GOOD:
        for loader in (Core, yaml.SafeLoader):
            refused(text, load(text, loader))
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as file:
            refused(name, load(file.read()))
    for text, key in WRONG:
        errors = list(validator.iter_errors(load(text)))
        if not errors:
            faults.append(f"{text}: accepted")
        elif key is not None and not any(key in path for path in places(errors)):
            faults.append(f"{text}: refused at {list(places(errors))}, not at {key}")
    every_property_speaks(schema, faults)
    print("\n".join(faults) if faults else f"{len(GOOD) + len(sys.argv) - 2} accepted, {len(WRONG)} refused")
    return 1 if faults else 0


def every_property_speaks(schema, faults):
    """Each property has a description and an example that is itself valid."""
    for name, record in [("", schema), *schema["definitions"].items()]:
        for key, value in record["properties"].items():
            where = f"{name}.{key}"
            if not value.get("description") or not value.get("examples"):
                faults.append(f"{where}: no description or example")
            only = jsonschema.Draft7Validator({**value, "definitions": schema["definitions"]})
            faults.extend(f"{where}: its example: {error.message}" for example in value.get("examples", []) for error in only.iter_errors(example))
            if "default" in value:
                faults.extend(f"{where}: its default: {error.message}" for error in only.iter_errors(value["default"]))


if __name__ == "__main__":
    sys.exit(main())
