# SPDX-License-Identifier: BSD-2-Clause
"""What a jail needs of the host besides interfaces: device rulesets, modules, and the files of pf that name its interfaces."""

import os
import re

# /etc/defaults/devfs.rules of FreeBSD 14.0, as far as it is asked about here: each ruleset with its actions in order. disk stands for what
# no jail may see.
DEFAULT_RULESETS = {
    "devfsrules_hide_all": (1, [("hide", None)]),
    "devfsrules_unhide_basic": (2, [("unhide", "null")]),
    "devfsrules_unhide_login": (3, [("unhide", "ptmx")]),
    "devfsrules_jail": (4, [("include", "devfsrules_hide_all"), ("include", "devfsrules_unhide_basic"), ("include", "devfsrules_unhide_login"),
                            ("unhide", "zfs")]),
    "devfsrules_jail_vnet": (5, [("include", "devfsrules_jail"), ("unhide", "pf")])}
DEVICES = ("null", "ptmx", "zfs", "pf", "bpf", "disk")
INCLUDE_DEPTH = 1       # vfs.devfs.rule_depth: an include inside an included ruleset is not followed
MODULES = {"vlan": "if_vlan", "bridge": "if_bridge", "gif": "if_gif", "gre": "if_gre", "wg": "if_wg", "vxlan": "if_vxlan", "lagg": "if_lagg",
           "tun": "if_tuntap", "tap": "if_tuntap", "epair": "if_epair", "stf": "if_stf", "ipsec": "ipsec", "pflog": "pflog", "pfsync": "pfsync"}


def shows(rules, by_name, depth=INCLUDE_DEPTH, shown=frozenset(DEVICES)):
    """The devices that are left to see: all of them, until a rule hides them."""
    for action, what in rules:
        if action == "hide":
            shown = frozenset()
        elif action == "unhide":
            shown |= {what}
        elif depth > 0:
            shown = shows(by_name[what], by_name, depth - 1, shown)
    return shown


def rulesets(text, say):
    """number -> devices shown, of /etc/devfs.rules with vnetc's lines in it."""
    by_name = {name: rules for name, (_, rules) in DEFAULT_RULESETS.items()}
    numbers = {number: rules for number, rules in DEFAULT_RULESETS.values()}
    current = None
    for line in text.split("\n"):
        head = re.fullmatch(r"\[([a-z_0-9]+)=(\d+)\]", line)
        include = re.fullmatch(r"add include \$([a-z_0-9]+)", line)
        path = re.fullmatch(r"add path '?([a-z0-9*]+)'? unhide", line)
        if head:
            if int(head.group(2)) in numbers or head.group(1) in by_name:
                say("devfs.rules", "%s is there already" % line)
            current = numbers[int(head.group(2))] = by_name[head.group(1)] = []
        elif include and current is not None and include.group(1) in by_name:
            current.append(("include", include.group(1)))
        elif path and current is not None:
            current.append(("unhide", path.group(1).rstrip("*")))
        elif line and not line.startswith("#"):
            say("devfs.rules", "not understood: %s" % line)
    shown = {number: shows(rules, by_name) for number, rules in numbers.items()}
    for number, devices in shown.items():
        if number >= 100 and "disk" in devices:
            say("devfs.rules", "ruleset %d hides nothing" % number)
    return shown


def check(directory, machine, topology, say):
    path = os.path.join(directory, "devfs.rules")
    text = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
    numbers = rulesets(text, say)
    loaded = (machine.host_variables.get("kld_list") or "").split()
    for name, jail in machine.jails.items():
        if "vnet" not in jail["conf"]:
            continue
        where, variables = "jail %s" % name, jail["variables"]
        number = int(jail["conf"].get("devfs_ruleset", ["4"])[0])
        written = topology and "devfs_ruleset" in topology.jails.get(name, {})
        shown = numbers.get(number)
        if shown is None and not written:
            say(where, "nothing defines devfs ruleset %d" % number)
        needed = {"pf"} if variables.get("pf_enable") == "YES" else set()
        stack = machine.kernel.jails.get(name)
        if stack and any(i.dhcp for i in stack.ifaces.values()):
            needed.add("bpf")
        for device in sorted(needed - (shown or set())):
            if not written:
                say(where, "devfs ruleset %d hides /dev/%s" % (number, device))
        modules(variables, loaded, where, say)
        if any(c.split()[0].endswith(("/jng", "/ngctl")) for c in jail["conf"].get("exec.prestart", [])) and "ng_ether" not in loaded:
            say(where, "ng_ether is not loaded, and nothing loads it by itself")
        pf_conf(directory, name, stack, where, say)


def modules(variables, loaded, where, say):
    wanted = {"pf"} if variables.get("pf_enable") == "YES" else set()
    for word in variables.get("cloned_interfaces", "").split():
        kind = re.match(r"[a-z]+", word).group()
        if kind in MODULES and word not in ("lo7", "tap9"):
            wanted.add(MODULES[kind])
    if any(v.startswith("vlans_") for v in variables):
        wanted.add("if_vlan")
    for module in sorted(wanted - set(loaded)):
        say(where, "%s is not loaded on the host, and a jail cannot load it" % module)


def pf_conf(directory, name, stack, where, say):
    path = os.path.join(directory, "jails", name, "pf.conf")
    if not os.path.exists(path):
        if stack and stack.variables.get("pf_enable") == "YES" and "/etc/pf.conf" in stack.variables.get("pf_rules", ""):
            say(where, "pf without its pf.conf")
        return
    with open(path, encoding="utf-8") as f:
        text = f.read()
    for interface in set(re.findall(r"\bon ([A-Za-z][\w.\-]*)|\(([A-Za-z][\w.\-]*)(?::0)?\)", text)):
        interface = "".join(interface)
        if stack is not None and interface not in stack.ifaces:
            say(where, "pf.conf names %s, which it does not have" % interface)
    if re.search(r"->\s*[A-Za-z]\w*\s*$", text, re.M):
        say(where, "pf.conf has a bare interface as an address: it must exist when pf loads")
