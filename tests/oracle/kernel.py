# SPDX-License-Identifier: BSD-2-Clause
"""A model of network stacks, ifconfig(8), jib and jng: as much as freebsd.md says of them. Faults are reported, never raised."""

import ipaddress
import re

CLONERS = ("epair bridge lo gif gre tap tun vlan lagg wg vxlan stf ipsec pflog pfsync enc ppp disc vmnet ng wlan carp").split()
ETHERNET = {"nic", "epair", "vlan", "lagg", "tap", "vmnet", "gif", "vxlan", "ng", "wlan"}
FAMILIES = {"inet", "inet6", "ether", "link", "lladdr"}
OPTION = re.compile(r"-?(lro|tso[46]?|txcsum6?|rxcsum6?|vlanhwtag|vlanhwfilter|vlanhwtso|vlanhwcsum|vlanmtu|toe[46]?|wol(_[a-z]+)?|polling|"
                    r"arp|promisc|link[0-2]|debug|monitor|staticarp|mextpg|txtls|rxtls)")
ONE_WORD = {"vlandev", "laggproto", "netmask", "prefixlen", "broadcast", "maxaddr", "timeout", "hellotime", "fwddelay", "priority", "vlanpcp",
            "vxlanid", "vxlanlocal", "vxlanremote", "vxlangroup", "vxlandev", "fib", "tunnelfib", "media", "mediaopt"}
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*")


def kind_of(name):
    match = re.fullmatch(r"([a-z]+)(\d+)", name)
    return match.group(1) if match and match.group(1) in CLONERS else None


class Iface:
    count = 0

    def __init__(self, name, kind, stack):
        Iface.count += 1
        self.index = Iface.count
        self.name = self.created = name
        self.kind, self.stack = kind, stack
        self.up, self.mtu, self.mac = False, 1500, None
        self.addresses, self.link_local, self.accept_rtadv, self.dhcp = [], False, False, False
        self.has_ipv6_line = False
        self.members, self.member_of, self.peer, self.parent, self.tag = [], None, None, None, None
        self.vlanfilter, self.untagged, self.tagged, self.private, self.stp = False, None, set(), False, False
        self.lagg, self.ports = None, []
        self.jib = False

    def inet6(self):
        return [a for a in self.addresses if a.version == 6]

    def clear(self):
        self.addresses, self.link_local, self.accept_rtadv, self.dhcp, self.up = [], False, False, False, False


class Stack:
    def __init__(self, name):
        self.name = name
        self.ifaces = {}
        self.variables = {}
        self.used = set()
        self.add(Iface("lo0", "lo", self))

    def add(self, iface):
        iface.stack = self
        self.ifaces[iface.name] = iface

    def ordered(self):
        """lo0, then by ifindex; in a jail by arrival, which the dictionary keeps."""
        others = [i for i in self.ifaces.values() if i.name != "lo0"]
        if self.name == "host":
            others.sort(key=lambda i: i.index)
        return [self.ifaces["lo0"]] + others

    def owns(self, address):
        return any(a.ip == address for i in self.ifaces.values() for a in i.addresses)


class Kernel:
    def __init__(self, release, say):
        self.major = release
        self.say = say
        self.host = Stack("host")
        self.jails = {}
        self.ng_bridges, self.ng_hooks = set(), {}

    def stacks(self):
        return [self.host] + list(self.jails.values())

    # Making and unmaking.

    def check_name(self, name, where):
        if len(name) > 15:
            self.say(where, "the name %s has more than 15 bytes" % name)
        elif not NAME.fullmatch(name):
            self.say(where, "%s is no name of an interface" % name)

    def create(self, stack, name, where):
        kind = kind_of(name)
        if kind is None:
            self.say(where, "%s is no name that can be created" % name)
            return []
        unit = name[len(kind):]
        if unit != str(int(unit)) or int(unit) > 32767:
            self.say(where, "%s: no such unit" % name)
        if kind == "epair":
            if name + "a" in stack.ifaces or name + "b" in stack.ifaces:
                self.say(where, "%s exists already" % name)
                return []
            a, b = Iface(name + "a", kind, stack), Iface(name + "b", kind, stack)
            a.peer, b.peer = b, a
            stack.add(a)
            stack.add(b)
            return [a, b]
        if name in stack.ifaces:
            self.say(where, "%s exists already" % name)
            return []
        stack.add(Iface(name, kind, stack))
        return [stack.ifaces[name]]

    def destroy(self, iface):
        for one in [iface] + ([iface.peer] if iface.peer else []):
            if one.member_of:
                one.member_of.members.remove(one)
            for member in one.members:
                member.member_of = None
            one.stack.ifaces.pop(one.name, None)

    def rename(self, iface, name, where):
        self.check_name(name, where)
        stack = iface.stack
        if name in stack.ifaces:
            self.say(where, "%s cannot be called %s: that exists" % (iface.name, name))
            return
        stack.ifaces = {(name if i is iface else n): i for n, i in stack.ifaces.items()}
        iface.name = name

    def move(self, iface, to, where):
        if iface.name in to.ifaces:
            self.say(where, "%s has an interface called %s already" % (to.name, iface.name))
            return
        if iface.member_of:
            self.say(where, "%s leaves its bridge when it moves" % iface.name)
        del iface.stack.ifaces[iface.name]
        iface.clear()
        to.add(iface)

    # ifconfig IF words; true when it went through.

    def ifconfig(self, stack, name, words, where):
        iface = stack.ifaces.get(name)
        if iface is None:
            self.say(where, "interface %s does not exist" % name)
            return False
        words = list(words)
        family = words.pop(0) if words and words[0] in FAMILIES else None
        pending = []
        try:
            if family in ("ether", "link", "lladdr"):
                self.set_mac(iface, self.take(words, family), where)
            elif family == "inet" and words[:1] != ["tunnel"] or family == "inet6" and words and ":" in words[0]:
                pending.append(self.read_address(family, words))
            last = None
            while words:
                last = self.word(iface, family, words.pop(0), words, last, where)
        except ValueError as why:
            self.say(where, "ifconfig %s: %s" % (name, why))
            return False
        for address in pending:
            if iface.member_of:
                self.say(where, "an address on %s, a member of %s" % (iface.name, iface.member_of.name))
            iface.addresses.append(address)
        return True

    @staticmethod
    def take(words, before):
        if not words:
            raise ValueError("nothing after %s" % before)
        return words.pop(0)

    def read_address(self, family, words):
        text = self.take(words, family)
        if "/" not in text:
            if words[:1] == ["prefixlen"]:
                words.pop(0)
                text += "/" + self.take(words, "prefixlen")
            else:
                raise ValueError("%s has no prefix length" % text)
        address = ipaddress.ip_interface(text)
        if (address.version == 6) != (family == "inet6"):
            raise ValueError("%s is no %s address" % (text, family))
        if words and re.fullmatch(r"[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]*", words[0]):
            ipaddress.ip_address(words.pop(0))          # the other end of a point-to-point link
        if words[:1] == ["alias"]:
            words.pop(0)
        return address

    def set_mac(self, iface, text, where):
        if not re.fullmatch(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", text):
            raise ValueError("%s is no MAC address" % text)
        if int(text[:2], 16) & 1:
            self.say(where, "%s is a multicast address" % text)
        iface.mac = text

    def word(self, iface, family, word, words, last, where):
        if word in FAMILIES:
            raise ValueError("bad value: the family %s stands after the first word" % word)
        if re.match(r"[0-9a-fA-F:.]+/\d+$", word):
            raise ValueError("bad value: the address %s without its family before it" % word)
        if word in ("up", "down"):
            iface.up = word == "up"
        elif word == "addm":
            return self.addm(iface, self.take(words, word), where)
        elif word == "deletem":
            self.take(words, word)
        elif word in ("stp", "private", "-stp", "-private", "sticky", "edge", "autoedge", "ptp", "span"):
            member = next((m for m in iface.members if m.name == words[:1][0]), None) if words else None
            if member is None:
                raise ValueError("%s of what is no member: %s" % (word, words[:1]))
            words.pop(0)
            setattr(member, word, True)
        elif word in ("untagged", "tagged"):
            self.member_vlans(iface, word, self.take(words, word), last)
            return last
        elif word == "vlanfilter":
            self.needs_15("vlanfilter")
            iface.vlanfilter = True
        elif word == "mtu":
            self.set_mtu(iface, int(self.take(words, word)), where)
        elif word == "laggport":
            self.laggport(iface, self.take(words, word))
        elif word == "vlan":
            iface.tag = int(self.take(words, word))
        elif word == "tunnel":
            ipaddress.ip_address(self.take(words, word))
            ipaddress.ip_address(self.take(words, word))
        elif word in ("group", "description", "descr"):
            if word == "group" and re.search(r"\d$", words[:1][0]):
                raise ValueError("a group's name ends in a digit")
            self.take(words, word)
        elif word == "name":
            self.rename(iface, self.take(words, word), where)
        elif word in ("auto_linklocal", "accept_rtadv", "no_radr", "-accept_rtadv", "ifdisabled", "-ifdisabled", "prefer_source"):
            if family != "inet6":
                raise ValueError("%s needs inet6 before it" % word)
            iface.link_local |= word == "auto_linklocal"
            iface.accept_rtadv |= word == "accept_rtadv"
            iface.has_ipv6_line |= word == "-ifdisabled"
        elif word in ONE_WORD:
            self.take(words, word)
        elif not OPTION.fullmatch(word):
            raise ValueError("%s is no word of ifconfig" % word)
        return None

    def needs_15(self, what):
        if self.major < 15:
            raise ValueError("%s needs FreeBSD 15" % what)

    def addm(self, bridge, name, where):
        member = bridge.stack.ifaces.get(name)
        if bridge.kind != "bridge":
            raise ValueError("%s is no bridge" % bridge.name)
        if member is None:
            raise ValueError("addm %s: it does not exist" % name)
        if member.member_of is not None:
            raise ValueError("addm %s: it is a member of %s" % (name, member.member_of.name))
        if member.kind not in ETHERNET or member.lagg or member.parent is not None and member.parent.kind == "bridge":
            raise ValueError("addm %s: it cannot be in a bridge" % name)
        if member.addresses or member.dhcp or member.accept_rtadv or member.link_local:
            self.say(where, "addm %s: it has an address" % name)
        if not bridge.members:
            bridge.mtu = member.mtu
        elif member.mtu != bridge.mtu:
            if self.major < 14:
                raise ValueError("addm %s: MTU %d in a bridge of %d" % (name, member.mtu, bridge.mtu))
            member.mtu = bridge.mtu
        bridge.members.append(member)
        member.member_of = bridge
        return member

    def member_vlans(self, bridge, word, text, member):
        self.needs_15(word)
        if member is None:
            raise ValueError("%s after no addm" % word)
        if not bridge.vlanfilter:
            raise ValueError("%s without vlanfilter" % word)
        if word == "untagged":
            member.untagged = int(text)
            return
        for item in text.split(","):
            first, _, last = item.partition("-")
            member.tagged |= set(range(int(first), int(last or first) + 1))

    def set_mtu(self, iface, mtu, where):
        if iface.kind == "bridge":
            wrong = [m.name for m in iface.members if m.mtu != mtu]
            if wrong and self.major < 14:
                raise ValueError("mtu %d, but members have another: %s" % (mtu, " ".join(wrong)))
            for member in iface.members:
                member.mtu = mtu
        elif iface.member_of and self.major >= 14 and iface.mtu != mtu:
            raise ValueError("mtu of a member of %s" % iface.member_of.name)
        iface.mtu = mtu

    @staticmethod
    def laggport(lagg, name):
        port = lagg.stack.ifaces.get(name)
        if port is None:
            raise ValueError("laggport %s: it does not exist" % name)
        if port.lagg or port.member_of or port.addresses:
            raise ValueError("laggport %s: it is in use" % name)
        port.lagg = lagg
        lagg.ports.append(port)

    # The example scripts of share/examples/jails.

    def jib_addm(self, words, where):
        suffix = "bridge"
        if words[:1] == ["-b"]:
            suffix, words = words[1], words[2:]
        name, uplinks = words[0], [w.lstrip("!") for w in words[1:]]
        if not re.fullmatch(r"[0-9A-Za-z_]+", name) or not uplinks:
            self.say(where, "jib refuses %s" % " ".join(words))
            return
        for i, uplink in enumerate(uplinks):
            nic = self.host.ifaces.get(uplink)
            if nic is None:
                self.say(where, "jib: %s does not exist" % uplink)
                return
            if "." in uplink:
                self.say(where, "jib dies of the dot in %s" % uplink)
            a_name, b_name = "e%da_%s" % (i, name), "e%db_%s" % (i, name)
            if a_name in self.host.ifaces:
                continue
            nic.up = True
            bridge = self.host.ifaces.get(uplink + suffix)
            if bridge is None:
                self.check_name(uplink + suffix, where)
                bridge = Iface(uplink + suffix, "bridge", self.host)
                bridge.up = True
                self.host.add(bridge)
                self.ifconfig(self.host, bridge.name, ["addm", uplink], where)
            unit = 0
            while "epair%da" % unit in self.host.ifaces or "epair%db" % unit in self.host.ifaces:
                unit += 1
            pair = self.create(self.host, "epair%d" % unit, where)
            self.ifconfig(self.host, bridge.name, ["addm", pair[0].name], where)
            for iface, new in zip(pair, (a_name, b_name)):
                self.rename(iface, new, where)
                iface.up = iface.jib = True

    def jng_bridge(self, words, where):
        suffix = "bridge"
        if words[:1] == ["-b"]:
            suffix, words = words[1], words[2:]
        for i, uplink in enumerate(w.lstrip("!=") for w in words[1:]):
            nic = self.host.ifaces.get(uplink)
            name = "ng%d_%s" % (i, words[0])
            self.check_name(name, where)
            if nic is None or "." in uplink:
                self.say(where, "jng: %s does not exist or has a dot" % uplink)
            elif name not in self.host.ifaces:
                self.ng_eiface(name, uplink + suffix)

    def ngctl(self, command, where):
        """What a jail's hooks do with a netgraph bridge of their own: a node that stays, an ng_eiface on a hook of it."""
        words = re.sub(r" (2?>\S+|\|\| true)", "", command).split()[1:]
        if words[0] == "info":
            self.ng_bridges.add(words[1].rstrip(":"))
        elif words[0] == "shutdown":
            self.destroy_of(re.escape(words[1].rstrip(":")))
            self.ng_hooks = {h: n for h, n in self.ng_hooks.items() if n != words[1].rstrip(":")}
        elif words[0] == "mkpeer":
            hook = (words[1].rstrip(":"), words[3])
            if hook[0] not in self.ng_bridges or hook in self.ng_hooks:
                self.say(where, "no such bridge, or its hook is in use")
            self.ng_hooks[hook] = None
        elif words[0] == "name":
            bridge, _, hook = words[1].partition(":")
            if (bridge, hook) not in self.ng_hooks:
                self.say(where, "no node on that hook")
            self.ng_hooks[(bridge, hook)] = words[2]
        elif words[0] == "msg":
            name = words[1].rstrip(":")
            hook = next((h for h, n in self.ng_hooks.items() if n == name), None)
            if hook is None or words[-2:] != ["name", name] or "-I" not in words or words[words.index("-I") + 1] in name:
                self.say(where, "its interface does not get the name %s" % name)
            else:
                self.check_name(name, where)
                self.ng_eiface(name, hook[0])

    def ng_eiface(self, name, bridge):
        iface = Iface(name, "ng", self.host)
        iface.up = iface.jib = True
        iface.netgraph = bridge
        self.host.add(iface)

    def destroy_of(self, pattern):
        for stack in self.stacks():
            for iface in [i for i in stack.ifaces.values() if re.fullmatch(pattern, i.name)]:
                self.destroy(iface)
