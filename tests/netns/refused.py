#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The model of ifconfig(8), route(8) and rc refuses loudly what FreeBSD would refuse, and what it does not know; and takes what is right."""
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from ifconfig import Interface, Stack                       # noqa: E402
from machine import rtadvd_conf                             # noqa: E402
from rc import Rc, add_route                                # noqa: E402
from spaces import Failure, Space, Wires, why_not           # noqa: E402

READY = ("bridge0 create", "epair0 create", "epair1 create", "lagg0 create", "gif0 create", "bridge0 addm epair0a up")
RIGHT = ("epair1a inet 10.0.0.1/24", "epair1a inet 10.0.0.2 netmask 24 alias", "epair1a ether 58:9c:fc:00:00:01", "epair1a mtu 1400 up",
         "bridge0 addm epair1a", "bridge0 private epair0a", "bridge0 stp epair0a", "epair1a -lro -tso4", "epair1b name inner", "epair1a description x",
         "lagg0 laggproto lacp laggport epair1a", "gif0 tunnel 192.0.2.1 192.0.2.2", "vlan5 create", "epair1a.7 create", "epair1a destroy")
WRONG = ("epair1a bogus", "epair1a inet 10.0.0.1", "epair1a inet 10.0.0.1/33", "epair1a inet 10.0.0.1/24 x", "epair1a inet fd00::1/64", "epair1a inet6 fd00::1/64",
         "epair1a inet6 10.0.0.1/24", "epair1a inet 10.0.0.1/24 10.0.0.2", "epair1a ether 58:9c", "epair1a ether 01:00:00:00:00:01", "epair1a ether", "epair1a mtu",
         "epair1a mtu x", "epair1a up bogus", "epair1a private epair0a", "bridge0 private epair1a", "bridge0 addm epair0a", "bridge0 addm epair9a", "bridge0 addm lo0",
         "bridge0 addm bridge0", "bridge0 deletem epair1a", "bridge0 addm", "epair1a addm epair0a", "bridge0 tunnel 192.0.2.1 192.0.2.2", "gif0 tunnel 192.0.2.1",
         "gif0 tunnel 192.0.2.1 x", "lagg0 laggproto bogus", "lagg0 laggport epair9a", "lagg0 laggport epair0a", "epair1a name bridge0", "epair1a name a23456789012345x",
         "epair1a name a/b", "epair9a up", "nic0 create", "epair0 create", "vlan5 create vlandev epair1a", "vlan5 create vlan 5", "vlan5 create vlan 4095 vlandev epair1a",
         "epair1a.0 create", "bridge0.5 create", "bridge0 vlanfilter", "bridge0 addm epair1a untagged 5", "epair1a accept_rtadv", "re0 destroy", "epair1a group g0",
         "epair1a alias 10.0.0.1/24 bogus", "epair1a inet 10.0.0.1/24 alias vhid 1")
ROUTES = ("default", "default 10.0.0", "-net 10.1.0.0/33 10.0.0.2", "-net 10.1.0.0/16 10.0.0.2 x", "-bogus 10.1.0.0/16 10.0.0.2", "-net 10.1.0.0/16 192.0.2.9", "10.0.0.1/24 10.0.0.2")
VARIABLES = ({"cloned_interfaces": "bogus0"}, {"cloned_interfaces": "lo1:bogus"}, {"ifconfig_re0": "inet 10.0.0.1/24 bogus"}, {"ifconfig_re0_alias1": "inet 10.0.0.1/24"},
             {"ifconfig_re0_alias0": "10.0.0.1/24"}, {"ifconfig_re0_alias0": "inet6 fd00::1/64"}, {"static_routes": "a"}, {"defaultrouter": "bogus"},
             {"vlans_re0": "5"}, {"autobridge_interfaces": "bridge9", "autobridge_bridge9": "re*"}, {"ifconfig_re0_name": "lo0"})
ADVERTISED = ('re0:noifprefix:addr="fd00::":prefixlen#64:', 're0:noifprefix:addr="fd00::":rltime#0:', 're0:addr="fd00::":', "re0:noifprefix:", 're0:noifprefix:addr="fd00::":prefixlen0#64:')


def refused(function, *words):
    try:
        function(*words)
    except Failure:
        return True
    return False


class Host:
    """A stack with some interfaces, for one line."""

    def __init__(self, release=14):
        self.wires = Wires()
        self.stack = Stack("host", Space("host"), self.wires, release)
        nic = Interface("re0", "nic")
        nic.hidden = self.wires.end_for(self.stack.space, "re0")
        self.stack.add(nic)

    def __enter__(self):
        for line in READY:
            self.line(line)
        return self

    def __exit__(self, *_):
        self.stack.space.close()
        self.wires.close()

    def line(self, text):
        self.stack.ifconfig(*text.split())


def main():
    why = why_not()
    if why is not None:
        print("skipped: %s" % why)
        return 77
    wrong = []
    for line in RIGHT + WRONG:
        with Host() as host:
            if refused(host.line, line) != (line in WRONG):
                wrong.append("ifconfig %s is %s" % (line, "taken" if line in WRONG else "refused"))
    for line in ROUTES:
        with Host() as host:
            host.line("epair1a inet 10.0.0.1/24 up")
            host.line("epair1b up")
            if not refused(add_route, host.stack, "-4", line.split()):
                wrong.append("route add %s is taken" % line)
    for variables in VARIABLES:
        with Host() as host:
            if not refused(Rc(host.stack, variables, None, False).boot):
                wrong.append("rc.conf with %s is taken" % variables)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", encoding="ascii") as f:
        for text in ADVERTISED:
            f.seek(0)
            f.truncate()
            f.write(text + "\n")
            f.flush()
            if refused(rtadvd_conf, f.name) != (text != ADVERTISED[0]):
                wrong.append("rtadvd.conf with %s" % text)
    print("%d lines taken, %d refused; %s" % (len(RIGHT) + 1, len(WRONG) + len(ROUTES) + len(VARIABLES) + len(ADVERTISED) - 1, "; ".join(wrong) or "as FreeBSD would"))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
