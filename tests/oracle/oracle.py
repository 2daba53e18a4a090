#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Reads a generated directory as FreeBSD would, and tells what would go wrong. oracle.py DIR [TOPOLOGY]; exit status 1 when there
is anything to tell. What it models is written in its modules; what it knows of FreeBSD is not vnetc's code."""

import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import checks                   # noqa: E402
import jailconf                 # noqa: E402
import rcjail                   # noqa: E402
import reach                    # noqa: E402
import surroundings             # noqa: E402
from boot import Machine        # noqa: E402
from kernel import Iface, kind_of       # noqa: E402
from shfiles import ShellFile, shell_files    # noqa: E402
from written import Topology    # noqa: E402

# Keys that only one of the two ways to a jail.conf has, and what follows from that.
ONLY_RC_D_JAIL = {"exec.consolelog", "mount.fdescfs", "mount.procfs", "allow.mount", "allow.set_hostname", "allow.sysvipc", "enforce_statfs", "allow.raw_sockets"}
ONLY_NATIVE = {"depend"}


class Oracle:
    def __init__(self, directory, topology_path=None):
        self.directory = directory
        self.findings = []
        self.machine = None
        self.topology = Topology(topology_path) if topology_path else None

    def say(self, where, text):
        finding = "%s: %s" % (where, text)
        if finding not in self.findings:
            self.findings.append(finding)

    def run(self):
        self.files = {}
        for path in shell_files(self.directory):
            rel = os.path.relpath(path, self.directory)
            self.files[rel] = ShellFile(path)
            for finding in self.files[rel].findings:
                self.say(rel, finding[len(path) + 2:])
        if "rc.conf" not in self.files:
            self.say("rc.conf", "it is not there")
            return self.findings
        self.natives = self.native_jails()
        self.ezjail()
        self.owned_by_others()
        self.boot()
        return self.findings

    def read(self, rel):
        with open(os.path.join(self.directory, rel), encoding="utf-8") as f:
            return f.read()

    def listed(self, rel):
        path = os.path.join(self.directory, rel)
        return sorted(os.listdir(path)) if os.path.isdir(path) else []

    # What vnetc may not take over.

    def owned_by_others(self):
        host = self.files["rc.conf"]
        for name in ("cloned_interfaces", "static_routes", "ipv6_static_routes", "kld_list", "autobridge_interfaces"):
            if name in host.variables and name not in host.appended:
                self.say("rc.conf", "%s replaces what stood there" % name)
        for name in ("ifconfig_DEFAULT", "ipv6_activate_all_interfaces", "network_interfaces", "jail_list", "jail_parallel_start"):
            if name in host.variables and not (self.topology and name in (self.topology.host.get("rc_conf") or {})):
                self.say("rc.conf", "%s is not vnetc's business" % name)

    # The two ways to a jail.

    def native_jails(self):
        jails = {}
        for name in self.listed("jail.conf.d"):
            rel = "jail.conf.d/" + name
            try:
                parsed = jailconf.parse(self.read(rel))
            except (ValueError, IndexError) as why:
                self.say(rel, str(why))
                continue
            if list(parsed) != [name[:-len(".conf")]]:
                self.say(rel, "it defines %s" % ", ".join(parsed))
            jails.update(parsed)
        for name, jail in jails.items():
            for before in jail.get("depend", []):
                if before not in jails:
                    self.say("jail.conf.d/%s.conf" % name, "it depends on %s, which is not there" % before)
        return jails

    def ezjail(self):
        confd = self.files.get("rc.conf.d/jail/vnetc.conf")
        provides, requires = {}, {}
        for name in self.natives:
            safename = re.sub(r"[^A-Za-z0-9]", "_", name)
            rel = "ezjail/" + safename
            if rel not in self.files:
                self.say(rel, "it is not there")
                continue
            provides[safename], requires[safename] = rcjail.rcorder_header(self.read(rel))
            self.ezjail_jail(name, safename, self.files[rel], confd.variables if confd else {})
        for rel in self.files:
            if rel.startswith("ezjail/") and rel[len("ezjail/"):] not in provides:
                self.say(rel, "it has no file in jail.conf.d")
            if rel.startswith("ezjail/") and "." in rel:
                self.say(rel, "ezjail starts no file with a dot")
        self.order(provides, requires)

    def ezjail_jail(self, name, safename, ezjail, confd):
        rel = "ezjail/" + safename
        if set(ezjail.variables) != ezjail.exported:
            self.say(rel, "not exported, so rc.d/jail never sees it: %s" % ", ".join(sorted(set(ezjail.variables) - ezjail.exported)))
        strange = [v for v in ezjail.variables if not v.startswith("jail_%s_" % safename)]
        if strange:
            self.say(rel, "it sets %s" % ", ".join(strange))
        base = rcjail.created_by_ezjail(name, safename)
        conversions = {
            "ezjail alone": {**base, **ezjail.variables},
            "ezjail and rc.conf.d": {**base, **ezjail.variables, **confd},
            "rc.conf.d over a file that ezjail-admin rewrote": {**base, **confd},
        }
        for how, environment in conversions.items():
            try:
                converted = jailconf.parse(rcjail.jail_conf_text(safename, environment))[safename]
            except (ValueError, IndexError) as why:
                self.say(rel, "%s: %s" % (how, why))
                continue
            self.compare(rel, how, name, safename, converted, self.natives[name])

    def compare(self, rel, how, name, safename, converted, native):
        for key in sorted(set(converted) | set(native)):
            if key in ONLY_NATIVE or key in ONLY_RC_D_JAIL and key not in native:
                continue
            ours, theirs = self.plain(native.get(key)), self.plain(converted.get(key))
            if not same_but_for_name(ours, theirs, name, safename):
                self.say(rel, "%s: %s is %s, natively %s" % (how, key, theirs, ours))

    @staticmethod
    def plain(values):
        if values is None:
            return None
        plain = []
        for value in values:
            match = re.fullmatch(r"([^|]*\|)?([0-9a-fA-F:.]+)", value or "")
            if match and (":" in value or value.count(".") == 3):
                value += "/128" if ":" in match.group(2) else "/32"
            plain.append(value)
        return [v for v in plain if v != ""]

    def order(self, provides, requires):
        """rcorder over ezjail's files: everything required is provided, no cycle; the same order as depend gives."""
        for safename, names in requires.items():
            if provides[safename] != [safename]:
                self.say("ezjail/" + safename, "it provides %s" % provides[safename])
            for name in names:
                if name not in provides:
                    self.say("ezjail/" + safename, "it requires %s, which nothing provides" % name)
        for name, jail in self.natives.items():
            safename = re.sub(r"[^A-Za-z0-9]", "_", name)
            depend = [re.sub(r"[^A-Za-z0-9]", "_", d) for d in jail.get("depend", [])]
            if sorted(depend) != sorted(requires.get(safename, depend)):
                self.say("ezjail/" + safename, "it requires %s, natively it depends on %s" % (requires[safename], depend))
        if len(self.start_order()) != len(self.natives):
            self.say("ezjail", "jails wait for each other in a circle")

    def start_order(self):
        done, left = [], dict(self.natives)
        while left:
            ready = [n for n, j in left.items() if not set(j.get("depend", [])) & set(left)]
            if not ready:
                break
            done.append(ready[0])
            del left[ready[0]]
        return done

    # The boot.

    def nics(self, host):
        if self.topology:
            return self.topology.host_interfaces()
        names = set(re.findall(r"(?:addm|laggport) (\S+)", " ".join(v for n, v in host.items() if n.startswith("ifconfig_"))))
        names |= {n[len("ifconfig_"):] for n in host if re.fullmatch(r"ifconfig_[a-z]+\d+", n)}
        renamed = {v for n, v in host.items() if re.fullmatch(r"ifconfig_\w+_name", n)}
        return sorted(n for n in names if kind_of(n) is None and n not in renamed and re.fullmatch(r"[a-z]+\d+", n))

    def boot(self):
        host = self.files["rc.conf"].variables
        jails = {}
        for name, conf in self.natives.items():
            own = self.files.get("jails/%s/rc.conf" % name)
            if own is None and "vnet" in conf:
                self.say("jails/%s/rc.conf" % name, "it is not there")
            jails[name] = {"conf": conf, "variables": dict(own.variables) if own else {}}
        release = self.topology.release if self.topology else 15
        machine = self.machine = Machine(release, self.nics(host), dict(host), jails, self.say)
        if self.topology:
            for name in self.topology.elsewhere():
                if name not in machine.nics:
                    machine.kernel.host.add(Iface(name, kind_of(name) or "tap", machine.kernel.host))
                    machine.kernel.host.ifaces[name].up = True
        machine.boot_host()
        order = self.start_order()
        for name in order:
            machine.start_jail(name)
        checks.state(machine, self.say)
        checks.routes(machine, self.say)
        surroundings.check(self.directory, machine, self.topology, self.say)
        if self.topology:
            checks.against_topology(machine, self.topology, self.say)
            reach.expectations(machine, self.topology, self.say)
        for name in order:
            machine.stop_jail(name, ", stopped")
            machine.start_jail(name, ", started again")
        checks.state(machine, self.say)


def same_but_for_name(ours, theirs, name, safename):
    if ours is None or theirs is None or len(ours) != len(theirs):
        return (ours or None) == (theirs or None)
    for a, b in zip(ours, theirs):
        if a == b:
            continue
        if a is None or b is None:
            return False
        words_a, words_b = a.split(" "), b.split(" ")
        if len(words_a) != len(words_b) or any(x != y and (x, y) != (name, safename) for x, y in zip(words_a, words_b)):
            return False
    return True


def examine(directory, topology_path=None):
    return Oracle(directory, topology_path).run()


def main(argv):
    if len(argv) not in (2, 3):
        print("usage: oracle.py DIR [TOPOLOGY]", file=sys.stderr)
        return 2
    findings = examine(*argv[1:])
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
