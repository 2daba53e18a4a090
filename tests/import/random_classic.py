# SPDX-License-Identifier: BSD-2-Clause
"""Random classic hosts, the same for the same seed: rc.conf, ezjail's files or jail.conf as administrators write them, and beside the text
what is true of the host. random_classic.py SEED DIR lays one out. Addresses of NICs, laggs and VLANs in all spellings that rc.d/netif reads,
jails that the host carries by aliases or not, cloned loopback interfaces, leases, gateways and routes."""
import ipaddress
import os
import random
import re
import sys

NAMES = ("web", "db", "db-1", "mail", "ns1", "www.example.org", "git", "build-15", "proxy_a", "shop.example.org", "cache", "ldap")
MAXLEN = {4: 32, 6: 128}


def safename(name):
    return re.sub(r"[^A-Za-z0-9]", "_", name)


class Carrier:
    """An interface of the host that carries jails."""

    def __init__(self, name, loopback=False):
        self.name, self.loopback = name, loopback
        self.nets = {4: [], 6: []}      # networks of the host there, the first one the main line's
        self.own = {4: [], 6: []}       # the host's own addresses with their lengths, in order
        self.lease = {4: None, 6: None}
        self.used = {4: 16, 6: 16}
        self.extra = []                 # words of its main line
        self.aliases = []               # jails' addresses that rc.conf gives the host


class Jail:
    def __init__(self, name):
        self.name, self.safe = name, safename(name)
        self.items = []                 # (carrier, address, length or None, is the interface written)
        self.loopback = []
        self.shared = False             # with the host, or with another jail: it has to stay classic
        self.after = []


class Host:
    def __init__(self, seed):
        self.r = random.Random("classic %d" % seed)
        self.seed = seed
        self.release = self.r.choice(("15.1", "15.1", "14.3", "13.2"))
        self.rc, self.nics, self.cloned, self.carriers, self.jails = [], [], [], [], []
        self.gateway, self.zone, self.routes = {4: None, 6: None}, None, []
        self.manager = self.r.choice(("ezjail", "ezjail", "ezjail", "jail.conf", "jail.conf.d"))
        self.attach = self.r.choice(("static", "static", "jib", "jng", "prestart"))
        self.keep = []
        self.count = 0
        for _ in range(self.r.choice((1, 1, 1, 2, 3))):
            self.wired()
        if self.chance(30):
            self.loopback()
        for name in self.r.sample(NAMES, self.r.randint(1, 6)):
            self.jail(name)
        self.share()
        self.ways_out()
        if self.chance(20):
            self.keep = [self.r.choice(self.jails).name]

    def chance(self, percent):
        return self.r.randrange(100) < percent

    def named(self, name):
        return next(jail for jail in self.jails if jail.name == name)

    def number(self):
        self.count += 1
        return self.count

    # Interfaces

    def nic(self):
        name = self.r.choice(("re", "em", "igb", "vtnet", "ix")) + str(len(self.nics))
        self.nics.append(name)
        return name

    def wired(self):
        kind = self.r.choice(("nic", "nic", "nic", "nic", "lagg", "vlans", "vlans", "vlan-named", "vlan-cloned", "renamed"))
        nic = self.nic()
        if kind == "nic":
            self.carrier(nic)
        elif kind == "lagg":
            other, lagg = self.nic(), "lagg%d" % len(self.cloned)
            self.cloned.append(lagg)
            self.rc += ['ifconfig_%s="up"' % nic, 'ifconfig_%s="up"' % other]
            self.carrier(lagg).extra = ["laggproto", self.r.choice(("lacp", "failover")), "laggport", nic, "laggport", other]
        elif kind == "renamed":
            self.rc.append('ifconfig_%s_name="lan%d"' % (nic, len(self.nics)))
            self.carrier("lan%d" % len(self.nics))
        elif kind == "vlans":
            tags = self.r.sample(range(2, 4000), self.r.choice((1, 1, 2)))
            self.rc += ['ifconfig_%s="up"' % nic, 'vlans_%s="%s"' % (nic, " ".join(map(str, tags)))]
            for tag in tags:
                self.carrier("%s.%d" % (nic, tag))
        else:
            tag = self.r.randrange(2, 4000)
            name = "vlan%d" % tag
            self.rc.append('ifconfig_%s="up"' % nic)
            carrier = self.carrier(name)
            if kind == "vlan-named":
                self.rc += ['vlans_%s="%s"' % (nic, name), 'create_args_%s="vlan %d"' % (name, tag)]
            elif self.chance(50):
                self.cloned.append(name)
                self.rc.append('create_args_%s="vlan %d vlandev %s"' % (name, tag, nic))
            else:
                self.cloned.append(name)
                carrier.extra = ["vlan", str(tag), "vlandev", nic]

    def carrier(self, name):
        carrier, n = Carrier(name), self.number()
        families = self.r.choice(((4,), (4, 6), (4, 6), (4, 6), (6,)))
        if 4 in families:
            if self.chance(12) and not self.leased(4):
                carrier.lease[4] = self.r.choice(("DHCP", "SYNCDHCP"))
            else:
                net = ipaddress.ip_network("10.%d.0.0/%d" % (n, self.r.choice((24, 24, 24, 22, 25, 16))))
                self.give(carrier, net, net[self.r.randrange(2, 10)], net.prefixlen)
                if self.chance(20):
                    self.give(carrier, net, net[12], 32)
                if self.chance(15):
                    self.give(carrier, *self.second(4, n))
        if 6 in families:
            if self.chance(12) and not self.leased(6):
                carrier.lease[6] = "accept_rtadv"
            else:
                net = ipaddress.ip_network("2001:db8:%x::/64" % n)
                self.give(carrier, net, net[self.r.randrange(2, 10)], 64)
                if self.chance(15):
                    self.give(carrier, net, net[12], 128)
                if self.chance(10):
                    self.give(carrier, *self.second(6, n))
        self.carriers.append(carrier)
        return carrier

    def leased(self, version):
        """A host that leases twice has two default routes: what it has is at fault."""
        return any(c.lease[version] for c in self.carriers)

    @staticmethod
    def second(version, n):
        net = ipaddress.ip_network("172.16.%d.0/24" % n if version == 4 else "fd00:%x::/64" % n)
        return net, net[2], net.prefixlen

    @staticmethod
    def give(carrier, net, address, length):
        version = net.version
        if net not in carrier.nets[version]:
            carrier.nets[version].append(net)
        carrier.own[version].append((address, length))

    def loopback(self):
        name = "lo%d" % self.r.randrange(1, 3)
        self.cloned.append(name)
        if self.chance(25):
            self.rc.append('ifconfig_%s_name="bastille0"' % name)
            name = "bastille0"
        carrier, n = Carrier(name, loopback=True), self.number()
        for version in self.r.choice(((4,), (4, 6), (6,))):
            net = ipaddress.ip_network("10.%d.0.0/24" % (200 + n) if version == 4 else "fd00:%x::/64" % (200 + n))
            carrier.nets[version].append(net)
            if self.chance(30):
                carrier.own[version].append((net[1], net.prefixlen))
        self.carriers.append(carrier)

    # Jails

    def jail(self, name):
        jail = Jail(name)
        count = self.r.choice((1, 1, 1, 2)) if len(self.carriers) > 1 else 1
        for carrier in self.r.sample(self.carriers, count):
            versions = [v for v in (4, 6) if carrier.nets[v] or carrier.lease[v]]
            for version in self.r.sample(versions, self.r.randint(1, len(versions))):
                for _ in range(self.r.choice((1, 1, 1, 2))):
                    self.address(jail, carrier, version)
        if self.chance(40):
            jail.loopback.append("127.0.0.%d" % (16 + len(self.jails)))
        if self.jails and self.chance(20):
            jail.after = [self.r.choice(self.jails)]
        self.jails.append(jail)

    def address(self, jail, carrier, version):
        nets = carrier.nets[version]
        carrier.used[version] += 1
        if nets:
            net = self.r.choice(nets) if self.chance(30) else nets[0]
            address, length = net[carrier.used[version]], net.prefixlen
        else:
            base = ipaddress.ip_address("192.168.%d.0" % self.carriers.index(carrier) if version == 4 else "2001:db8:ffff:%x::" % self.carriers.index(carrier))
            address, length = base + carrier.used[version], 24 if version == 4 else 64
        length = self.r.choice((None, None, MAXLEN[version], length))
        written = not nets or carrier.loopback or self.chance(75)
        jail.items.append((carrier, address, length, written))
        if carrier.loopback and self.chance(60) or not carrier.loopback and self.chance(15):
            carrier.aliases.append(address)

    def share(self):
        """What a conversion would take away from others."""
        if self.chance(8):
            carrier = self.r.choice([c for c in self.carriers if not c.loopback])
            for version in (4, 6):
                if carrier.own[version] and not self.jails[0].shared:
                    self.jails[0].items.append((carrier, carrier.own[version][0][0], None, True))
                    self.jails[0].shared = True
        if len(self.jails) > 1 and self.chance(8):
            one, other = self.r.sample(self.jails, 2)
            other.items.append(one.items[0])
            one.shared = other.shared = True

    # Routes

    def ways_out(self):
        wired = [c for c in self.carriers if not c.loopback]
        for version in (4, 6):
            able = [c for c in wired if c.nets[version]]
            if able and self.chance(85):
                carrier = self.r.choice(able)
                self.gateway[version] = carrier.nets[version][0][1]
                if version == 6 and self.chance(25):
                    self.gateway[6], self.zone = ipaddress.ip_address("fe80::1"), carrier
            if able and self.chance(25):
                carrier = self.r.choice(able)
                to = ipaddress.ip_network("172.24.0.0/%d" % self.r.choice((14, 16, 24)) if version == 4 else "2001:db8:8000::/%d" % self.r.choice((33, 48)))
                self.routes.append((to, carrier.nets[version][0][14]))

    # Text

    def variable(self, carrier):
        return re.sub(r"[.\-/+]", "_", carrier.name)

    def spelled(self, address, length, main):
        """An IPv4 address with its length."""
        net = ipaddress.ip_network("0.0.0.0/%d" % length)
        return self.r.choice((
            "inet %s/%d" % (address, length), "inet %s/%d" % (address, length), "inet %s netmask %s" % (address, net.netmask),
            "inet %s netmask 0x%08x" % (address, int(net.netmask)), *(["%s/%d" % (address, length)] if main else [])))

    def spelled6(self, address, length, main):
        return self.r.choice((
            "inet6 %s/%d" % (address, length), "inet6 %s prefixlen %d" % (address, length), *(["%s/%d" % (address, length)] if main else [])))

    def interface_lines(self, carrier):
        var, lines = self.variable(carrier), []
        main = carrier.lease[4] or ""
        rest = [(a, n) for a, n in carrier.own[4]]
        if rest:
            main = self.spelled(*rest.pop(0), main=not carrier.extra)
        extra = carrier.extra + (self.r.choice(([], [], ["up"], ["-lro", "-tso"])) if not carrier.loopback else [])
        main = " ".join([main, *extra]).strip()
        if main or not carrier.loopback:
            lines.append('ifconfig_%s="%s"' % (var, main or "up"))
        rest6 = list(carrier.own[6])
        if carrier.lease[6]:
            lines.append('ifconfig_%s_ipv6="inet6 accept_rtadv"' % var)
        elif rest6:
            lines.append('ifconfig_%s_ipv6="%s"' % (var, self.spelled6(*rest6.pop(0), main=True)))
        elif any(a.version == 6 for a in carrier.aliases):
            lines.append('ifconfig_%s_ipv6="inet6 -ifdisabled"' % var)
        return lines + self.alias_lines(var, rest, rest6, carrier.aliases)

    def alias_lines(self, var, rest, rest6, of_jails):
        words = [self.spelled(a, n, False) for a, n in rest] + self.ranges([a for a in of_jails if a.version == 4], 32)
        words6 = [self.spelled6(a, n, False) for a, n in rest6] + self.ranges([a for a in of_jails if a.version == 6], 128)
        numbered, together, old = [], [], []
        for word in words + words6:
            if word.startswith("inet ") and "netmask" not in word and self.chance(20):
                old.append(word[len("inet "):])
            elif self.chance(25):
                together.append(word)
            else:
                numbered.append(word)
        lines = ['ifconfig_%s_alias%d="%s"' % (var, n, word) for n, word in enumerate(numbered)]
        if together:
            lines.append('ifconfig_%s_aliases="%s"' % (var, " ".join(together)))
        if old:
            lines.append('ipv4_addrs_%s="%s"' % (var, " ".join(old)))
        return lines

    def ranges(self, addresses, length):
        """inet 192.168.0.17-20/32"""
        words, addresses = [], sorted(addresses)
        while addresses:
            first = last = addresses.pop(0)
            while addresses and addresses[0] == last + 1 and self.chance(60):
                last = addresses.pop(0)
            family = "inet" if first.version == 4 else "inet6"
            end = "" if last == first else "-%d" % (int(last) & 0xff) if first.version == 4 else "-%x" % (int(last) & 0xffff)
            words.append("%s %s%s/%d" % (family, first, end, length))
        return words

    def rc_conf(self):
        lines = ['hostname="h%d.example.org"' % self.seed, 'sshd_enable="YES"', *self.rc]
        if self.cloned:
            lines.append('cloned_interfaces="%s"' % " ".join(self.cloned))
        for carrier in self.carriers:
            lines += self.interface_lines(carrier)
        if self.gateway[4]:
            lines.append('defaultrouter="%s"' % self.gateway[4])
        if self.gateway[6]:
            lines.append('ipv6_defaultrouter="%s%s"' % (self.gateway[6], "%" + self.zone.name if self.zone else ""))
        for version, prefix in ((4, ""), (6, "ipv6_")):
            named = [("r%d" % n, to, via) for n, (to, via) in enumerate(self.routes) if to.version == version]
            if named:
                lines.append('%sstatic_routes="%s"' % (prefix, " ".join(name for name, _, _ in named)))
            for name, to, via in named:
                spelled = "%s -prefixlen %d %s" % (to.network_address, to.prefixlen, via) if version == 6 else self.r.choice((
                    "-net %s %s" % (to, via), "%s %s" % (to, via), "-net %s -netmask %s %s" % (to.network_address, to.netmask, via)
                    if self.chance(30) else "-net %s %s" % (to, via)))
                lines.append('%sroute_%s="%s"' % (prefix, name, spelled))
        for word, percent in (("gateway_enable", 20), ("ipv6_gateway_enable", 15), ("pf_enable", 20)):
            leased = word[0] == "i" and any(c.lease[6] for c in self.carriers)
            if self.chance(percent) and not leased:
                lines.append('%s="YES"' % word)
        if self.manager == "ezjail":
            lines.append('ezjail_enable="YES"')
        return lines

    def item_text(self, carrier, address, length, written):
        return "%s%s%s" % (carrier.name + "|" if written else "", address, "/%d" % length if length is not None else "")

    def ezjail(self, jail):
        items = [self.item_text(*item) for item in jail.items] + ["lo0|" + a for a in jail.loopback]
        values = {
            "hostname": jail.name, "ip": ",".join(items), "rootdir": "/usr/jails/" + jail.name, "exec_start": "/bin/sh /etc/rc", "exec_stop": "",
            "mount_enable": "YES", "devfs_enable": "YES", "devfs_ruleset": self.r.choice(("devfsrules_jail", "4", "5")), "procfs_enable": "YES",
            "fdescfs_enable": "YES", "image": "", "imagetype": "", "attachparams": "", "attachblocking": "", "forceblocking": "",
            "zfs_datasets": "", "cpuset": "", "fib": "", "parameters": self.r.choice(("", "", "allow.chflags=1 children.max=2")),
            "post_start_script": "", "retention_policy": ""}
        head = "# PROVIDE: %s\n# REQUIRE:%s\n# BEFORE:\n#\n\n" % (jail.safe, "".join(" " + j.safe for j in jail.after))
        return head + "".join('export jail_%s_%s="%s"\n' % (jail.safe, key, value) for key, value in values.items())

    def block(self, jail):
        lines, by = ["host.hostname = \"%s\";" % jail.name.replace("_", "-")], {4: [], 6: []}
        for item in jail.items:
            by[item[1].version].append(self.item_text(*item))
        by[4] += ["lo0|" + a for a in jail.loopback]
        for version, values in by.items():
            if values and self.chance(50):
                lines.append("ip%d.addr = %s;" % (version, ", ".join('"%s"' % v for v in values)))
            else:
                lines += ['ip%d.addr += "%s";' % (version, v) for v in values]
        if jail.after:
            lines.append("depend = %s;" % ", ".join(self.conf_name(j) for j in jail.after))
        if self.chance(20):
            lines.append("allow.chflags; children.max = 2;")
        return "%s {\n%s}\n" % (self.conf_name(jail), "".join("\t%s\n" % line for line in lines))

    @staticmethod
    def conf_name(jail):
        return jail.name.replace(".", "_")

    def files(self):
        """Path below the root to text."""
        texts = {"etc/rc.conf": "\n".join(self.rc_conf()) + "\n", "bin/freebsd-version": 'USERLAND_VERSION="%s-RELEASE"\n' % self.release}
        common = 'exec.start = "/bin/sh /etc/rc";\nexec.stop = "/bin/sh /etc/rc.shutdown jail";\nexec.clean;\nmount.devfs;\npath = "/usr/jails/$name";\n'
        if self.manager == "jail.conf":
            texts["etc/jail.conf"] = common + "".join(self.block(j) for j in self.jails)
        elif self.manager == "jail.conf.d":
            texts["etc/jail.conf"] = '* {\n%s}\n.include "/etc/jail.conf.d/*.conf";\n' % common
            for jail in self.jails:
                texts["etc/jail.conf.d/%s.conf" % self.conf_name(jail)] = self.block(jail)
        else:
            for jail in self.jails:
                texts["usr/local/etc/ezjail/" + jail.safe] = self.ezjail(jail)
        for jail in self.jails:
            texts[self.jail_rc_conf(jail)] = 'syslogd_flags="-ss"\n'
        return texts

    def jail_rc_conf(self, jail):
        return "usr/jails/%s/etc/rc.conf" % (jail.name if self.manager == "ezjail" else self.conf_name(jail))

    def lay_out(self, root):
        for path, text in self.files().items():
            path = os.path.join(root, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(text)


if __name__ == "__main__":
    Host(int(sys.argv[1])).lay_out(sys.argv[2])
