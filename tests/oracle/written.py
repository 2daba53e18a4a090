# SPDX-License-Identifier: BSD-2-Clause
"""What a topology says, worked out from its text without the compiler: the few plain facts that its outputs must show."""

import copy
import ipaddress
import os
import re

import miniyaml
from kernel import kind_of


def load(path, seen=()):
    """The topology with its includes joined."""
    with open(path, encoding="utf-8") as f:
        top = miniyaml.load(f.read()) or {}
    joined = {}
    for name in as_list(top.pop("include", None)):
        other = os.path.join(os.path.dirname(path), name)
        if os.path.realpath(other) not in seen:
            join(joined, load(other, seen + (os.path.realpath(path),)))
    join(joined, top)
    return joined


def join(into, more):
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            into[key] = {**into[key], **value}
        elif key == "expect" and key in into:
            into[key] = into[key] + value
        else:
            into[key] = value


def as_list(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def numbered(value, number, step):
    """"$n" and "ADDRESS+" of a range's jail."""
    if isinstance(value, dict):
        return {k: numbered(v, number, step) for k, v in value.items()}
    if isinstance(value, list):
        return [numbered(v, number, step) for v in value]
    if not isinstance(value, str):
        return value
    value = re.sub(r"\$\$|\$n|\$\{n\}", lambda m: "$" if m.group() == "$$" else number, value)
    match = re.fullmatch(r"([0-9a-fA-F:.]+)\+((?:/\d+)?)", value)
    if match:
        value = str(ipaddress.ip_address(match.group(1)) + step) + match.group(2)
    return value


class Topology:
    def __init__(self, path):
        top = load(path)
        self.host = top.get("host") or {}
        self.release = int(re.match(r"\d+", str(self.host.get("release", "15"))).group())
        self.bridges = {k: v or {} for k, v in (top.get("bridges") or {}).items()}
        self.subnets = {k: v or {} for k, v in (top.get("subnets") or {}).items()}
        self.epairs = {k: v or {} for k, v in (top.get("epairs") or {}).items()}
        self.machines = top.get("machines") or {}
        self.expect = top.get("expect") or []
        defaults = top.get("defaults") or {}
        self.jails = self.expand(top.get("jails") or {}, defaults.get("jail") or {}, defaults.get("interface") or {})

    @staticmethod
    def expand(written, jail_defaults, interface_defaults):
        jails = {}
        for name, body in written.items():
            match = re.fullmatch(r"(.*)\[(\d+)-(\d+)\]", name)
            numbers = range(int(match.group(2)), int(match.group(3)) + 1) if match else [None]
            for step, number in enumerate(numbers):
                jail = copy.deepcopy({**jail_defaults, **(body or {})})
                key = name
                if match:
                    text = str(number).zfill(len(match.group(2))) if match.group(2).startswith("0") else str(number)
                    key, jail = match.group(1) + text, numbered(jail, text, step)
                jail["interfaces"] = [{**interface_defaults, **(i or {})} for i in as_list(jail.get("interfaces"))]
                jails[key] = jail
        return jails

    def host_interfaces(self):
        """Last names of the host's NICs: what is under host.interfaces and no cloner makes, in written order."""
        names = []
        for key, body in (self.host.get("interfaces") or {}).items():
            body = body or {}
            if kind_of(key) is None and not body.get("vlan") and not body.get("lagg"):
                names.append(key)
        return names

    def elsewhere(self):
        """Names of interfaces that other programs make: taps of machines, what is managed: false."""
        declared = self.host.get("interfaces") or {}
        names = [k for k, v in declared.items() if (v or {}).get("managed") == "false"]
        for machine in self.machines.values():
            names += [i["tap"] for i in as_list((machine or {}).get("interfaces")) if "tap" in i]
        for bridge in self.bridges.values():
            names += [m for m in map(member_name, as_list(bridge.get("members"))) if re.fullmatch(r"(tap|vm)\d+", m)]
        return [name for name in names if (declared.get(name, {"managed": "false"}) or {}).get("managed") == "false"]

    def bridge_name(self, key):
        return (self.bridges.get(key) or {}).get("name", key)


def member_name(member):
    return member["interface"] if isinstance(member, dict) else member
