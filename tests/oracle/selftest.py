#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The oracle must be able to fail: a good output is broken in many ways, one at a time, and each must be found, by its own words.
selftest.py VNETC EXAMPLES TOPOLOGIES."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from oracle import examine      # noqa: E402

# What is broken, in which file, the pattern and its replacement (the first match), and what the finding must say.
FIGURE_3 = (
    ("a quote left open", "rc.conf", r'^(ifconfig_re0="up)"', r"\1", "no plain assignment"),
    ("a command substitution", "rc.conf", r'^(ifconfig_re0=")up', r"\1$(reboot) up", "no plain assignment"),
    ("a bare command", "ezjail/guest4", r"\Z", "touch stolen\n", "no plain assignment"),
    ("a glob in a value", "rc.conf", r'^(ifconfig_re0=")up', r"\1* up", "rc reads ifconfig_re0"),
    ("a variable set twice", "rc.conf", r'^(ifconfig_re0=.*\n)', r"\1\1", "a second time"),
    ("cloned_interfaces replaced", "rc.conf", r'\$\{cloned_interfaces\} ', "", "replaces what stood there"),
    ("static_routes replaced", "rc.conf", r'\$\{static_routes\} ', "", "replaces what stood there"),
    ("a missing :sticky", "rc.conf", r"epair1:sticky", "epair1", "not sticky"),
    ("an epair forgotten", "rc.conf", r" epair4:sticky", "", "does not exist"),
    ("a bridge before epairs", "rc.conf", r"( epair1:sticky.*)( bridge0:sticky)", r"\2\1", "epairs come before bridges"),
    ("a unit too high", "rc.conf", r" epair4:sticky", " epair40000:sticky", "no such unit"),
    ("a leading zero", "rc.conf", r" epair4:sticky", " epair04:sticky", "no such unit"),
    ("the family after the members", "rc.conf", r'^(ifconfig_bridge0=")inet (\S+) addm re0', r"\1addm re0 inet \2", "after the first word"),
    ("two families in one value", "rc.conf", r'^(ifconfig_epair1a="ether \S+) up', r"\1 inet 10.9.9.1/24 up", "after the first word"),
    ("no prefix length", "jails/guest1/rc.conf", r"192\.168\.0\.11/24", "192.168.0.11", "no prefix length"),
    ("an address without its family", "jails/guest1/rc.conf", r'="inet 192', '="192', "without its family"),
    ("IPv6 by alias alone", "jails/guest1/rc.conf", r"_ipv6=", "_alias0=", "without an ipv6 line"),
    ("no auto_linklocal on a bridge", "rc.conf", r" auto_linklocal", "", "without auto_linklocal"),
    ("an address on a member", "rc.conf", r'^ifconfig_re0="up', 'ifconfig_re0="inet 192.168.0.9/24 up', "address"),
    ("a member that nobody makes", "rc.conf", r"addm re0 ", "addm re0 addm tap4 ", "does not exist"),
    ("an a-end left down", "rc.conf", r"^ifconfig_epair1a=.*\n", "", "is down"),
    ("a NIC left down", "rc.conf", r"^ifconfig_re0=.*\n", "", "is down"),
    ("a member in two bridges", "rc.conf", r'^(ifconfig_bridge1=")', r"\1addm epair1a ", "it is a member of"),
    ("a jail on the wrong bridge", "rc.conf", r"addm (epair1a)(.*\n(?:.*\n)*?ifconfig_bridge1=\")", r"\2addm \1 ", "guest1"),
    ("the inner interface's name mistaken", "jails/guest2/rc.conf", r"^ifconfig_epair2b=", "ifconfig_epair2a=", "is for nothing"),
    ("an address typed wrong", "jails/guest2/rc.conf", r"192\.168\.0\.12", "192.168.0.21", "lacks 192.168.0.12"),
    ("an address twice", "jails/guest2/rc.conf", r"192\.168\.0\.12", "192.168.0.11", "192.168.0.11 is epair1b"),
    ("a MAC twice", "rc.conf", r'^(ifconfig_epair1a="(ether \S+) up"\nifconfig_epair1b=").*"', r'\1\2"', "MAC"),
    ("another prefix length", "jails/guest2/rc.conf", r"192\.168\.0\.12/24", "192.168.0.12/25", "not /24"),
    ("a router that does not forward", "jails/guest3/rc.conf", r"^gateway_enable=.*\n", "", "does not forward"),
    ("a default route to nobody", "jails/guest4/rc.conf", r'^(defaultrouter=").*"', r'\g<1>10.0.2.77"', "nobody's"),
    ("a default route off link", "jails/guest4/rc.conf", r'^(defaultrouter=").*"', r'\g<1>10.0.9.1"', "on no link"),
    ("a route without its value", "rc.conf", r"^route_backend=.*\n", "", "is not there"),
    ("an unexported variable", "ezjail/guest1", r"^export (jail_guest1_vnet_interface)", r"\1", "never sees it"),
    ("an ip that is not empty", "ezjail/guest1", r'_ip=""', '_ip="re0|192.168.0.11"', "ezjail alone"),
    ("a comma between interfaces", "ezjail/guest3", r"epair3b epair4b", "epair3b, epair4b", "vnet.interface"),
    ("a hole in the numbering of hooks", "ezjail/guest1", r"exec_prestop1", "exec_prestop3", "exec.prestop"),
    ("the override lost", "rc.conf.d/jail/vnetc.conf", r"^jail_guest1_vnet_interface=.*\n", "", "ezjail-admin rewrote"),
    ("the override exported elsewhere", "rc.conf.d/jail/vnetc.conf", r"epair1b", "epair2b", "rc.conf.d"),
    ("ezjail's order forgotten", "ezjail/guest4", r"^# REQUIRE:.*\n", "", "it requires"),
    ("an order that nothing provides", "ezjail/guest4", r"^# REQUIRE:.*", "# REQUIRE: guest9", "nothing provides"),
    ("depend on nobody", "jail.conf.d/guest4.conf", r'depend = "guest3"', 'depend = "guest9"', "is not there"),
    ("a jail.conf without its end", "jail.conf.d/guest4.conf", r"^\}\n", "", "expected"),
    ("a dollar in jail.conf", "jail.conf.d/guest4.conf", r'path = "/usr', 'path = "$x/usr', "expanded"),
    ("the interface not given back", "jail.conf.d/guest1.conf", r".*-vnet guest1.*\n", "", "started again"),
    ("services killed", "jail.conf.d/guest1.conf", r".*rc\.shutdown.*\n", "", "killed"),
    ("the network taken before the services stop", "jail.conf.d/guest1.conf", r"(.*rc\.shutdown.*\n)(.*-vnet guest1.*\n)", r"\2\1", "after the network has gone"),
    ("another jail's interface", "jail.conf.d/guest2.conf", r'"epair2b"', '"epair1b"', "epair1b"),
    ("a jail left out", "jail.conf.d/guest5.conf", None, None, "guest5"),
    ("DHCP in a jail", "jails/guest1/rc.conf", r'^(ifconfig_epair1b=").*"', r'\1DHCP"', "waits for devd"),
    ("a control character", "rc.conf", r"^# re0", "# re0\x1b[2J", "control character"),
)


NAMES_AND_ATTACH = (
    ("a pair left from a failed start", "jail.conf.d/mail_2.conf", r".*create.*\n", "", "does not exist"),
    ("a pair left behind at the stop", "jail.conf.d/mail_2.conf", r"\texec\.prestart.*destroy .*\n((?:.*\n)*?)\texec\.poststop.*\n", r"\1", "exists already"),
    ("a relative command", "jail.conf.d/mail_2.conf", r'"/sbin/ifconfig (epair\d+ create)', r'"ifconfig \1', "no absolute path"),
    ("a name not given back", "jail.conf.d/web-1.conf", r".*ifconfig lan0 name.*\n", "", "is not in the jail"),
    ("jexec into a jail that is called otherwise", "jail.conf.d/web-1.conf", r"jexec web-1", "jexec web_1", "another jail"),
    ("a name of 16 bytes", "rc.conf", r'^(ifconfig_bridge1_name=")storage', r"\1storage_89abcdef", "more than 15 bytes"),
    ("a private member that is not", "rc.conf", r" private \S+", "", "does not exist|reaches"),
    ("the inner MTU forgotten", "jails/web-1/rc.conf", r" mtu 9000", "", "its other end"),
    ("an escape lost on the way to jail.conf", "ezjail/web_1", r"\\\\\\\$JNAME", "$JNAME", "plain assignment|expanded"),
    ("a blank in a parameter", "ezjail/web_1", r"\\\\040", " ", "ezjail alone"),
    ("an alias numbered from 1", "jails/web-1/rc.conf", r"_alias0=", "_alias1=", "without a gap"),
)

VLANS = (
    ("a member in another VLAN", "rc.conf", r"(addm epair3a untagged )10", r"\g<1>20", "segment|reach"),
    ("VLANs that do not leave", "rc.conf", r"(addm em0) tagged 10,20", r"\1", "nothing leads outside"),
    ("no vlanfilter", "rc.conf", r'="vlanfilter ', '="', "without vlanfilter"),
    ("a vlan without its tag", "rc.conf", r"^create_args_dmz40=.*\n", "", "has no tag"),
    ("a vlan that nobody makes", "rc.conf", r"^(vlans_lagg0=\"30) dmz40", r"\1", "does not exist"),
    ("a lagg's port left down", "rc.conf", r"^ifconfig_ix0=.*\n", "", "is down"),
    ("a lagg's port in a bridge", "rc.conf", r"addm lagg0\.30", "addm ix0", "cannot be in a bridge"),
    ("a MTU set on a member", "rc.conf", r"cloned_interfaces=(.*) epair6:sticky(.*)\"", r'cloned_interfaces=\1\2 epair6:sticky"', "epairs come before bridges"),
)

JIB = (
    ("an uplink that is none", "jail.conf.d/b.conf", r"jib addm b re1", "jib addm b re7", "does not exist"),
    ("a name that jib refuses", "jail.conf.d/a-1.conf", r"jib addm a_1", "jib addm a-1", "refuses"),
    ("pairs that are not destroyed", "jail.conf.d/b.conf", r".*jib destroy.*\n", "", "started again"),
    ("an interface that jib does not make", "jail.conf.d/b.conf", r'"e0b_b"', '"e1b_b"', "does not exist"),
)

LEASES = (
    ("a ruleset that hides bpf", "devfs.rules", r"^add path 'bpf\*' unhide\n", "", "hides /dev/bpf"),
    ("a ruleset that nothing defines", "devfs.rules", r"=100\]", "=177]", "nothing defines"),
    ("pf hidden", "jail.conf.d/gw.conf", r"devfs_ruleset = \d+", "devfs_ruleset = 4", "hides /dev/pf"),
    ("a ruleset that hides nothing", "devfs.rules", r"^add include \$devfsrules_hide_all\n", "", "hides nothing"),
    ("pf not loaded", "rc.conf", r"^kld_list=.*\n", "", "pf is not loaded"),
    ("kld_list replaced", "rc.conf", r"\$\{kld_list\} ", "", "replaces what stood there"),
    ("pf on another's interface", "jails/gw/pf.conf", r"nat on epair1b", "nat on epair3b", "epair3b"),
    ("an address on a member by DHCP", "rc.conf", r'^(ifconfig_vtnet0=")up', r"\1up SYNCDHCP", "member"),
    ("a lease asked for by devd", "jails/pc/rc.conf", r"SYNCDHCP", "DHCP", "waits for devd"),
    ("a zone of the host's", "jails/gw/rc.conf", r"%epair1b", "%bridge0", "no interface of that name"),
    ("autobridge that takes no tap", "rc.conf", r"^autobridge_bridge1=.*\n", "", "tap4"),
)

NETGRAPH = (
    ("ng_ether not loaded", "rc.conf", r"^kld_list=.*\n", "", "ng_ether"),
    ("a hook used twice", "jail.conf.d/WIFI.conf", r"eiface link\d+", "eiface link1", "in use|no node"),
    ("an interface not named", "jail.conf.d/WIFI.conf", r".*getifname.*\n", "", "does not exist"),
    ("a node left behind", "jail.conf.d/WIFI.conf", r"\texec\.prestart.*shutdown.*\n((?:.*\n)*?)\texec\.poststop.*shutdown.*\n", r"\1", "in use"),
)

CABLES = (
    ("IPv6 left switched off", "jail.conf.d/edge-1.conf", r" -ifdisabled", "", "without an ipv6 line"),
    ("a cable that keeps its first name", "jail.conf.d/edge-1.conf", r".*epair2b name upb.*\n", "", "does not exist"),
    ("a route before its address", "jail.conf.d/edge-1.conf", r"(.*toedge inet 10.*\n)((?:.*\n)*?)(.*-net 10\.9\.0\.0/24.*\n)", r"\2\3\1", "is on no link"),
    ("a route forgotten", "jail.conf.d/edge-1.conf", r".*-net 10\.77\.0\.0/30.*\n", "", "ezjail"),
    ("a cable left behind at the stop", "jail.conf.d/db.conf", r"\texec\.prestart.*destroy .*\n((?:.*\n)*?)\texec\.poststop.*\n", r"\1", "that exists"),
)

BASES = (("figure-3", True, FIGURE_3), ("names-and-attach", False, NAMES_AND_ATTACH), ("vlans", False, VLANS), ("jib", False, JIB),
         ("leases", False, LEASES), ("netgraph", False, NETGRAPH), ("cables-at-start", False, CABLES))


def broken(directory, where, pattern, replacement):
    path = os.path.join(directory, where)
    if pattern is None:
        os.remove(path)
        return True
    with open(path, encoding="utf-8") as f:
        text = f.read()
    changed = re.sub(pattern, replacement, text, count=1, flags=re.M)
    with open(path, "w", encoding="utf-8") as f:
        f.write(changed)
    return changed != text


def built(vnetc, topology, scratch):
    """A fresh output of a topology: (directory, topology)."""
    copy = os.path.join(scratch, "topology.yaml")
    shutil.copy(topology, copy)
    subprocess.run([vnetc, "build", "-q", "topology.yaml"], cwd=scratch, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=120)
    return os.path.join(scratch, "generated"), copy


def broken_ones(directory, topology, breaks):
    yield from ("unbroken: %s" % f for f in examine(directory, topology))
    for what, where, pattern, replacement, expected in breaks:
        with tempfile.TemporaryDirectory() as scratch:
            copy = os.path.join(scratch, "generated")
            shutil.copytree(directory, copy)
            if not broken(copy, where, pattern, replacement):
                yield "%s: %s holds nothing to break" % (what, where)
                continue
            findings = examine(copy, topology)
            if not any(word in finding for finding in findings for word in expected.split("|")):
                yield "%s: not found; %s" % (what, findings or "nothing was")


def main(argv):
    if len(argv) != 4:
        print("usage: selftest.py VNETC EXAMPLES TOPOLOGIES", file=sys.stderr)
        return 2
    failures, count = 0, 0
    for name, is_example, breaks in BASES:
        topology = os.path.join(argv[2], name, "topology.yaml") if is_example else os.path.join(argv[3], name + ".yaml")
        count += len(breaks)
        with tempfile.TemporaryDirectory() as scratch:
            for failure in broken_ones(*built(os.path.abspath(argv[1]), topology, scratch), breaks):
                failures += 1
                print("%s: %s" % (name, failure))
    print("%d ways to break an output, %d faults" % (count, failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
