# SPDX-License-Identifier: BSD-2-Clause
"""Classic hosts converted: classic.py VNETC [FIRST+COUNT | SEED]

Random classic hosts (random_classic.py) are imported, and what comes of it is installed on them as the report says: the variables and blocks
that it names are taken out, then vnetc install. A model of rc.d/netif, rc.d/routing, rc.d/jail and the kernel (tests/oracle) boots the host.
Then it holds that: every jail is there; a converted one has the addresses that it had, with the length of the subnet that the host has
there, but for those of the loopback interface, which the report tells, and the way out that the host had; a classic one has what it had; the host has
every address and route of its own; no address is there twice. The installed host is imported as the same topology.

Without further words 40 hosts; with VNETC_LONG=1 six hundred. A single SEED leaves its host and what became of it to be looked at."""
import difflib
import ipaddress
import multiprocessing.pool
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "oracle"))
import checks                   # noqa: E402
import jailconf                 # noqa: E402
import rcjail                   # noqa: E402
from boot import Machine        # noqa: E402
from random_classic import Host, MAXLEN       # noqa: E402

VNETC = os.path.abspath(sys.argv[1])


def read(path, default=""):
    try:
        with open(path, encoding="utf-8") as stream:
            return stream.read()
    except FileNotFoundError:
        return default


def write(path, text):
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)


def vnetc(folder, *words):
    done = subprocess.run([VNETC, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)
    return done.returncode, done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")


READ = """while [ $# -gt 0 ]; do
	_n=$1; shift
	( set -a; while [ $_n -gt 0 ]; do [ ! -f "$1" ] || . "$1"; shift; _n=$((_n - 1)); done; exec /usr/bin/env -0 )
	shift $_n
	printf '=\\0'
done"""


def variables(*lists):
    """What sh has after it has read the files of a list one after the other, for each list."""
    words = [word for paths in lists for word in (str(len(paths)), *paths)]
    done = subprocess.run(["/bin/sh", "-c", READ, "sh", *words], env={}, stdout=subprocess.PIPE, timeout=60, check=True)
    found = [{}]
    for item in done.stdout.decode().split("\0")[:-1]:
        name, _, value = item.partition("=")
        if not name:
            found.append({})
        elif name not in ("PWD", "_n"):
            found[-1][name] = value
    return found[:-1]


class Trial:
    def __init__(self, folder, host):
        self.folder, self.host, self.wrong = folder, host, []
        self.root = os.path.join(folder, "root")
        self.native = host.manager != "ezjail"

    def say(self, where, text):
        finding = "%s: %s" % (where, text)
        if finding not in self.wrong:
            self.wrong.append(finding)

    def path(self, name):
        return os.path.join(self.folder, name)

    # The way there

    def go(self):
        words = ["--root", "root"]
        self.host.lay_out(self.root)
        keep = [word for name in self.host.keep for word in ("--keep", name if not self.native else self.host.conf_name(self.host.named(name)))]
        status, out = vnetc(self.folder, "import", *words, "--attach", self.host.attach, *keep, "-o", "topology.yaml", "--report-file", "report")
        self.report = read(self.path("report"))
        if status != 0:
            wrong = re.findall(r"^ .*: error: .*", self.report, re.MULTILINE)
            self.say("import", "exit status %d: %s" % (status, "\n".join([out, *wrong])))
            return
        status, out = vnetc(self.folder, "build", "-q", "topology.yaml")
        if status != 0:
            self.say("build", out)
            return
        before, after = self.report.split("vnetc install topology.yaml", 1)
        for line in before.split("\n"):
            self.by_hand(line)
        status, out = vnetc(self.folder, "install", *words, "--yes", "topology.yaml")
        if status != 0:
            self.say("install", out)
            return
        for line in after.split("\n"):
            self.by_hand(line)
        status, out = vnetc(self.folder, "diff", *words, "topology.yaml")
        if status != 0 or "is in the way" in out:
            self.say("diff", out)
            return
        self.boot()
        self.facts()
        self.again()

    def again(self):
        """The host as it is now: the same topology, or one that builds the same."""
        os.mkdir(self.path("again"))
        status, out = vnetc(self.folder, "import", "--root", "root", "-o", "again/topology.yaml", "--report-file", "again/report")
        if status != 0:
            wrong = re.findall(r"^ .*: error: .*", read(self.path("again/report")), re.MULTILINE)
            self.say("import again", "exit status %d: %s" % (status, "\n".join([out, *wrong])))
            return
        if read(self.path("topology.yaml")) == read(self.path("again/topology.yaml")):
            return
        status, out = vnetc(self.folder, "build", "-q", "again/topology.yaml")
        if status != 0:
            self.say("build again", out)
        one, other = self.lines("generated"), self.lines("again/generated")
        if one != other:
            self.say("build again", "\n".join(difflib.unified_diff(one, other, "build", "build again", lineterm="", n=0)))

    def lines(self, folder):
        """What a build says: jails that have files of their own have no order, nor have bridges of netgraph."""
        found = []
        for top, _, names in os.walk(self.path(folder)):
            for name in names:
                if not name.startswith((".vnetc", "topology")):
                    where = os.path.relpath(os.path.join(top, name), self.path(folder))
                    found += ["%s: %s" % (where, line) for line in read(os.path.join(top, name)).split("\n") if line and not line.startswith("#")]
        return sorted(found)

    def by_hand(self, line):
        """A step of the report."""
        if match := re.fullmatch(r" +sysrc -f (/\S+) -x (\w+)", line):
            path, name = self.root + match.group(1), match.group(2)
            write(path, re.sub(r'^%s="[^"]*"\n' % name, "", read(path), flags=re.MULTILINE))
        elif match := re.fullmatch(r" +sysrc -f (/\S+) (\w+)-=(\S+)", line):
            path, name, word = self.root + match.group(1), match.group(2), match.group(3)
            write(path, re.sub(r'^(%s=".*?) ?\b%s\b' % (name, re.escape(word)), r"\1", read(path), flags=re.MULTILINE))
        elif match := re.fullmatch(r" +- (/\S+):(\d+):\d+: \S+ \{ … \}", line):
            path, lines = self.root + match.group(1), read(self.root + match.group(1)).split("\n")
            at = int(match.group(2)) - 1
            end = lines.index("}", at)
            lines[at:end + 1] = ["#"] * (end + 1 - at)
            write(path, "\n".join(lines))
        elif match := re.fullmatch(r" +- (/\S+):(\d+):\d+: the topology leaves \S+ alone: (\S+), its interface, is (\S+) from now on", line):
            path, lines = self.root + match.group(1), read(self.root + match.group(1)).split("\n")
            at = int(match.group(2)) - 1
            lines[at] = lines[at].replace(match.group(3) + "|", match.group(4) + "|")
            write(path, "\n".join(lines))
        elif match := re.fullmatch(r" +echo '(\.include .*)' >> (/\S+)", line):
            write(self.root + match.group(2), read(self.root + match.group(2)) + match.group(1) + "\n")

    # The boot

    def conf_of(self, jail, environment):
        if self.native:
            name = self.host.conf_name(jail)
            own = read(os.path.join(self.root, "etc/jail.conf.d/%s.conf" % name))
            text = own if re.search(r"^%s \{" % name, own, re.MULTILINE) else read(os.path.join(self.root, "etc/jail.conf"))
            text = re.sub(r"^\.include .*$", "", text, flags=re.MULTILINE)
            # The model's reader knows no parameters beside the blocks.
            return jailconf.parse(text[re.search(r"^%s \{" % name, text, re.MULTILINE).start():])[name]
        return jailconf.parse(rcjail.jail_conf_text(jail.safe, environment))[jail.safe]

    def boot(self):
        jails, files = {}, []
        for jail in self.host.jails:
            files.append(["usr/local/etc/ezjail/" + jail.safe, "usr/local/etc/rc.conf.d/jail/vnetc.conf"])
            files.append([self.host.jail_rc_conf(jail)])
        host, *found = variables(*([os.path.join(self.root, path) for path in paths] for paths in (["etc/rc.conf"], *files)))
        for jail, environment, own in zip(self.host.jails, found[::2], found[1::2]):
            try:
                jails[self.called(jail)] = {"conf": self.conf_of(jail, environment), "variables": own}
            except (ValueError, IndexError, KeyError, AttributeError) as why:
                self.say(jail.name, "it is lost: %r" % why)
        self.machine = Machine(int(self.host.release.split(".", maxsplit=1)[0]), self.host.nics, host, jails, self.say)
        self.machine.boot_host()
        for name in jails:
            self.machine.start_jail(name)
        checks.state(self.machine, self.say)
        checks.routes(self.machine, self.say)

    def called(self, jail):
        return jail.safe if not self.native else self.host.conf_name(jail)

    # What has to hold

    def facts(self):
        self.host_keeps()
        for jail in self.host.jails:
            entry = self.machine.jails.get(self.called(jail))
            if entry is None:
                continue
            stack = self.machine.kernel.jails.get(self.called(jail))
            stays = jail.shared or jail.name in self.host.keep
            if stays != (stack is None) and not (self.host.attach == "jng" and len(self.called(jail)) > 11):
                self.say(jail.name, "it %s" % ("has to stay classic" if stays else "stays classic"))
            if stack is None:
                self.classic(jail, entry["conf"])
            else:
                self.converted(jail, stack)

    def there(self, stack):
        return {a.ip: (a.network.prefixlen, iface) for iface in stack.ifaces.values() if iface.name != "lo0" for a in iface.addresses}

    def brought(self, address):
        """It is that of a jail that has a network of its own now, or that brings it when it starts."""
        for jail in self.host.jails:
            name = self.called(jail)
            values = [v for key in ("ip4.addr", "ip6.addr") for v in self.machine.jails.get(name, {"conf": {}})["conf"].get(key, []) if "|" in v]
            if any(address == item[1] for item in jail.items) and (
                    name in self.machine.kernel.jails or any(ipaddress.ip_interface(v.partition("|")[2]).ip == address for v in values)):
                return True
        return False

    def host_keeps(self):
        stack = self.machine.kernel.host
        have = self.there(stack)
        for carrier in self.host.carriers:
            for version in (4, 6):
                for address, length in carrier.own[version]:
                    if address not in have:
                        self.say("host", "%s of %s is lost" % (address, carrier.name))
                    elif have[address][0] != length:
                        self.say("host", "%s/%d has length %d" % (address, length, have[address][0]))
            for address in carrier.aliases:
                if address not in have and not self.brought(address):
                    self.say("host", "%s of %s, of a classic jail, is lost" % (address, carrier.name))
        for version in (4, 6):
            if carrier_lease := [c.lease[version] for c in self.host.carriers if c.lease[version]]:
                leased = [i for i in stack.ifaces.values() if (i.dhcp if version == 4 else i.accept_rtadv)]
                if len(leased) != len(carrier_lease):
                    self.say("host", "%d interfaces have %s, not %d" % (len(leased), carrier_lease[0], len(carrier_lease)))
            routes = self.machine.routes["host"][version]
            default = [via for to, via, _ in routes if to.prefixlen == 0]
            if default != ([self.host.gateway[version]] if self.host.gateway[version] else []):
                self.say("host", "its default routes are %s" % default)
            wanted = {(to, via) for to, via in self.host.routes if to.version == version}
            if {(to, via) for to, via, _ in routes if to.prefixlen > 0} != wanted:
                self.say("host", "its routes are %s" % routes)

    def classic(self, jail, conf):
        was = sorted([str(item[1]) for item in jail.items] + jail.loopback)
        now = [value.rpartition("|")[2].partition("/")[0] for key in ("ip4.addr", "ip6.addr") for value in conf.get(key, [])]
        if sorted(now) != was:
            self.say(jail.name, "its addresses are %s, were %s" % (now, was))
        for value in conf.get("ip4.addr", []) + conf.get("ip6.addr", []):
            name = value.rpartition("|")[0]
            iface = self.machine.kernel.host.ifaces.get(name)
            if name and (iface is None or iface.member_of):
                self.say(jail.name, "%s: %s" % (value, "there is no such interface" if iface is None else "it is a member of a bridge"))

    def converted(self, jail, stack):
        have = self.there(stack)
        if set(have) != {item[1] for item in jail.items}:
            self.say(jail.name, "its addresses are %s" % ", ".join(map(str, have)))
            return
        for address in jail.loopback:
            if "%s of %s is dropped" % (address, self.shown(jail)) not in self.report:
                self.say(jail.name, "nothing tells that %s is dropped" % address)
        for carrier, address, length, _ in jail.items:
            self.length(jail, carrier, address, length, have[address][0])
        for version in (4, 6):
            self.way_out(jail, stack, version, have)

    def shown(self, jail):
        """As the topology calls it."""
        return jail.name if not self.native and "." not in jail.name else self.called(jail)

    def length(self, jail, carrier, address, length, now):
        nets = [net.prefixlen for net in carrier.nets[address.version] if address in net]
        if nets and not carrier.loopback:
            wanted = nets[0]
        elif carrier.loopback:
            wanted = now if now < MAXLEN[address.version] else 24
        else:
            wanted = length if length and length < MAXLEN[address.version] else 24 if address.version == 4 else 64
        if now != wanted:
            self.say(jail.name, "%s has length %d, not %d" % (address, now, wanted))

    def way_out(self, jail, stack, version, have):
        mine = [(address, length) for address, (length, _) in have.items() if address.version == version]
        default = [(via, out) for to, via, out in self.machine.routes[self.called(jail)][version] if to.prefixlen == 0]
        gateway = self.host.gateway[version]
        if not mine or gateway is None:
            return
        nets = [ipaddress.ip_interface("%s/%d" % each).network for each in mine]
        if gateway.is_link_local:
            on_link = any(item[0] is self.host.zone and item[1].version == 6 for item in jail.items)
        else:
            on_link = any(gateway in net for net in nets)
        of_host = [a for a in self.there(self.machine.kernel.host) if any(a in net for net in nets)]
        # Where the host leases an IPv6 address it is no router.
        leased = any(c.lease[6] for c in self.host.carriers)
        if on_link and [via for via, _ in default] != [gateway]:
            self.say(jail.name, "its default routes are %s, the host's leads to %s" % (default, gateway))
        elif not on_link and of_host and not leased and (len(default) != 1 or default[0][0] not in of_host):
            self.say(jail.name, "its default routes are %s, the host has %s there" % (default, ", ".join(map(str, of_host))))


def seed(number, folder=None):
    host = Host(number)
    if folder is not None:
        trial = Trial(folder, host)
        trial.go()
        return number, trial
    with tempfile.TemporaryDirectory(prefix="vnetc-classic-") as temporary:
        trial = Trial(temporary, host)
        trial.go()
    return number, trial


def main():
    word = sys.argv[2] if len(sys.argv) > 2 else "1+600" if os.environ.get("VNETC_LONG") else "1+40"
    if "+" not in word:
        folder = tempfile.mkdtemp(prefix="vnetc-classic-")
        print("\n".join(seed(int(word), folder)[1].wrong), folder, sep="\n")
        return
    first, count = map(int, word.split("+"))
    bad = 0
    with multiprocessing.pool.ThreadPool(2) as pool:
        for number, trial in pool.imap(seed, range(first, first + count)):
            bad += bool(trial.wrong)
            if trial.wrong:
                print("FAILED seed %d (%s, %s):" % (number, trial.host.manager, trial.host.attach))
                print("\n".join("  " + line for finding in trial.wrong[:20] for line in finding.split("\n")), flush=True)
    print("%d classic hosts, %d are not what they were" % (count, bad))
    sys.exit(bad > 0)


main()
