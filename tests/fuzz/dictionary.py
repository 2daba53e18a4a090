# SPDX-License-Identifier: BSD-2-Clause
"""The fuzzer's dictionary out of the field table, as `vnetc schema` tells it: keys, words and examples. dictionary.py VNETC FILE"""
import json
import subprocess
import sys

words = {"%LOCK\n", "%FILE\n", "\n  ", "\n- ", "<<: *a", "&a ", "*a", "!!str ", "[1-9]", "$n", "+", "~", "|\n", "{", "}", "[", "]", ": ", "none", "auto", "dhcp", "slaac", "host",
         "outside", "epair1", "bridge0", "re0", "lo1", "tap0", "wg0", "/24", "/64", "fe80::1", "10.0.0.1", "fd00::1", "0.0.0.0/0", "::/0", "/0/epair: ", "/host/bridge: ", "/0/ipv4: "}
# Of the files that import reads.
words |= {"ifconfig_", "_alias0=", "_ipv6=", "cloned_interfaces=", "${cloned_interfaces}", "static_routes=", "route_", "$(", "${", "<<EOF\n", "export ", "jail_www_", "vnet;", "vnet.interface", "exec.prestart",
          "exec.poststop", "ip4.addr = ", "path = ", " += ", ".include ", "* {", "/*", "*/", "//", "addm ", "inet ", "inet6 ", "netmask ", "epair0a"}


def walk(node):
    if isinstance(node, dict):
        words.update(key + ": " for key in node.get("properties", {}))
        words.update(str(word) for word in node.get("enum", []))
        words.update(json.dumps(example).replace('"', "") for example in node.get("examples", []))
        for value in node.values():
            walk(value)
    elif isinstance(node, list):
        for value in node:
            walk(value)


walk(json.loads(subprocess.run([sys.argv[1], "schema"], stdout=subprocess.PIPE, check=True).stdout))
with open(sys.argv[2], "w", encoding="ascii") as f:
    for word in sorted(words):
        f.write('"%s"\n' % "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "\\x%02x" % ord(c) for c in word if ord(c) < 256))
