# SPDX-License-Identifier: BSD-2-Clause
"""pf's translation rules as vnetc writes them, done by nftables. Another rule than those is a Failure."""

import re

from spaces import Failure, program

NFT = program("nft")
TABLE = re.compile(r"table <(\w+)> const \{ ([\d./, ]+) \}")
NAT = re.compile(r"nat on (\S+) inet from <(\w+)> to ! <(\w+)> -> \((\S+):0\)")
RDR = re.compile(r"rdr pass on (\S+) inet proto (tcp|udp|\{ tcp, udp \}) from any to \((\S+):0\) port (\d+) -> ([\d.]+) port (\d+)")
PASS = re.compile(r"pass in inet from ! <(\w+)> to <(\w+)>")


def why_not(space):
    """Why the kernel or the system has no translation; None: it has."""
    if NFT is None:
        return "nft of nftables is not installed"
    try:
        space.run([NFT, "-f", "-"], "table ip trial {\nchain c {\ntype nat hook postrouting priority 100\nip daddr 192.0.2.1 snat to 192.0.2.2\n}\n}\n")
        space.run([NFT, "delete", "table", "ip", "trial"])
    except Failure as why:
        return str(why)
    return None


def load(stack, path):
    """Loads a pf.conf, or an anchor, in a stack."""
    out, back, tables, skipping = [], [], {}, False
    # The host's own pf.conf is not vnetc's; it is taken to keep states of what it lets in, as every pass rule does.
    stateful = stack.name == "host"
    with open(path, encoding="utf-8") as f:
        lines = [line.strip() for line in f]
    for line in lines:
        table, nat, rdr, passing = (pattern.fullmatch(line) for pattern in (TABLE, NAT, RDR, PASS))
        if line == "" or line.startswith("#"):
            continue
        if table and not (out or back):
            tables[table.group(1)] = table.group(2)
        elif line == "set skip on lo0" and not (out or back):
            skipping = True
        elif passing and {passing.group(1), passing.group(2)} <= set(tables):
            stateful = True
        elif nat and nat.group(1) == nat.group(4):
            match = 'oifname "%s" ip saddr { %s } ip daddr != { %s }' % (nat.group(1), tables[nat.group(2)], tables[nat.group(3)])
            out.append((match, first_address(stack, nat.group(1))))
        elif rdr and rdr.group(1) == rdr.group(3):
            match = 'iifname "%s" ip daddr %s %s dport %s' % (rdr.group(1), first_address(stack, rdr.group(1)),
                                                             "meta l4proto { tcp, udp } th" if rdr.group(2)[0] == "{" else rdr.group(2), rdr.group(4))
            back.append("%s dnat to %s:%s" % (match, rdr.group(5), rdr.group(6)))
        else:
            raise Failure("%s: no rule that is known here: %s" % (path, line))
    if stack.name != "host" and not skipping:
        raise Failure("%s: lo0 is not skipped" % path)
    rules = ["table ip vnetc {"]
    # pf translates an answer too, when no state is there for it, and then nobody knows it again. A state there is for what was translated,
    # and for what a pass rule let in; what no rule matches passes without one. Linux knows them all, and would let the answer go as it is.
    rules += ["chain orphans {", "type filter hook postrouting priority 90"]
    for match, _ in out:
        rules += [match + " ct state invalid drop"] + ([match + " ct direction reply ct status & dnat == 0 drop"] if not stateful else [])
    rules += ["}", "chain out {", "type nat hook postrouting priority 100"] + ["%s snat to %s" % (match, a) for match, a in out if a] + ["}"]
    rules += ["chain in {", "type nat hook prerouting priority -100"] + back + ["}", "}"]
    stack.space.run([NFT, "-f", "-"], "\n".join(rules) + "\n")


def first_address(stack, name):
    """(IF:0)"""
    fours = [a.ip for a in stack.get(name).addresses if a.version == 4]
    return fours[0] if fours else None
