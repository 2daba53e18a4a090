# SPDX-License-Identifier: BSD-2-Clause
"""ifconfig(8) as freebsd.md 1.2 to 1.5 and 2 say it works, done to interfaces of Linux. What FreeBSD refuses, and every word that
is not known here, is a Failure."""

import ipaddress
import random
import re

from spaces import ALL, Failure, Port, Switch, cable

CLONERS = {"epair", "bridge", "vlan", "lagg", "tap", "lo", "gif", "gre", "tun", "wg", "vxlan", "stf", "vmnet", "ngeth"}
MEMBERS = {"nic", "epair", "vlan", "lagg", "tap", "vmnet", "gif", "vxlan", "ngeth"}
POINT_TO_POINT = {"gif", "gre", "tun", "ng"}
FAMILIES = ("inet", "inet6", "ether", "link", "lladdr")
OPTIONS = re.compile(r"-?(lro|tso[46]?|txcsum6?|rxcsum6?|vlanhwtag|vlanhwfilter|vlanhwtso|vlanhwcsum|vlanmtu|toe[46]?|wol(_[a-z]+)?|"
                     r"polling|promisc|link[0-2]|debug|monitor)")
MEMBER_FLAGS = ("stp", "private", "edge", "autoedge", "ptp", "autoptp", "discover", "learn", "sticky")
INET6_FLAGS = ("auto_linklocal", "accept_rtadv", "no_radr", "ifdisabled", "prefer_source")
MAC = re.compile(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}")


class Interface:
    def __init__(self, name, kind):
        self.name, self.kind, self.stack = name, kind, None
        self.peer = self.parent = self.tag = None       # an epair's other end; a vlan's parent
        self.hidden = None                              # the far end of its cable among the wires
        self.up, self.mtu, self.ipv6 = False, 1500, False
        self.addresses, self.leased = [], False
        self.members, self.member_of, self.stp = [], None, False
        self.untagged, self.tagged, self.private = None, set(), False
        self.switch, self.port = None, None             # of a filtering bridge; as its member
        self.default_vlan = None
        self.ports, self.lagg = [], None
        self.tunnel = None

    def addressed(self):
        return bool(self.addresses or self.leased)


class Stack:
    """A network stack: the host's, or a vnet jail's."""

    def __init__(self, name, space, wires, release):
        self.name, self.space, self.wires, self.release = name, space, wires, release
        self.interfaces = {}            # by name, in the order of ifconfig -l
        self.add(Interface("lo0", "lo0")).up = True

    def add(self, iface):
        iface.stack = self
        self.interfaces[iface.name] = iface
        return iface

    def get(self, name):
        if name not in self.interfaces:
            raise Failure("ifconfig: interface %s does not exist (in %s)" % (name, self.name))
        return self.interfaces[name]

    def link(self, iface, *words):
        self.space.ip("link", "set", "dev", iface.name, *words)

    # Making and unmaking.

    def free(self, name):
        if len(name.encode()) > 15:
            raise Failure("ifconfig: %s: more than 15 bytes" % name)
        if not re.fullmatch(r"[A-Za-z0-9_.\-]+", name):
            raise Failure("ifconfig: %s is no name of an interface" % name)
        if name in self.interfaces:
            raise Failure("ifconfig: %s: File exists" % name)
        return name

    def unit(self, name):
        """(kind, name) of what `create` is to make; a cloner's name alone takes the lowest free unit."""
        match = re.fullmatch(r"([a-z]+)(0|[1-9]\d*)?", name)
        if not match or match.group(1) not in CLONERS or match.group(2) and int(match.group(2)) > 32767:
            raise Failure("ifconfig: create %s: Invalid argument" % name)
        kind, n = match.group(1), 0
        if match.group(2) is None:
            while any(kind + str(n) + end in self.interfaces for end in ("", "a", "b")):
                n += 1
            name = kind + str(n)
        return kind, name

    def create(self, name, words):
        """`ifconfig NAME create WORDS`; the name of what was made."""
        dotted = re.fullmatch(r"(.+)\.(\d+)", name)
        if dotted and dotted.group(1) in self.interfaces:
            return self.create_vlan(name, self.interfaces[dotted.group(1)], int(dotted.group(2)), words)
        kind, name = self.unit(name)
        if kind == "vlan" and words:
            return self.create_vlan(name, None, None, words)
        if kind == "epair":
            for end in "ab":
                self.free(name + end)
            cable(self.space, name + "a", self.space, name + "b")
            a, b = (self.add(Interface(name + end, kind)) for end in "ab")
            a.peer, b.peer = b, a
            made = a
        elif kind == "bridge":
            made = self.create_bridge(self.free(name))
        else:
            made = Interface(self.free(name), kind)
            made.hidden = self.wires.end_for(self.space, name)
            self.add(made)
        self.change(made, words, created=True)
        return made.name

    def create_bridge(self, name):
        # Given, or the kernel would take a member's; 58:9c:fc:10 is FreeBSD's own.
        mac = "58:9c:fc:10:%02x:%02x" % (random.randrange(256), random.randrange(256))
        self.space.ip("link", "add", "name", name, "address", mac, "type", "bridge", "forward_delay", "0", "mcast_snooping", "0")
        self.space.ip("link", "set", name, "addrgenmode", "none")
        return self.add(Interface(name, "bridge"))

    def create_vlan(self, name, parent, tag, words):
        words = list(words)
        for word in ("vlan", "vlandev"):
            if word in words:
                at = words.index(word)
                value = (words[at + 1:] or [""])[0]
                del words[at:at + 2]
                if word == "vlan":
                    tag = vlan(value)
                else:
                    parent = self.get(value)
        if parent is None or tag is None or not 1 <= tag <= 4094:
            raise Failure("ifconfig: create %s: no parent, or no tag" % name)
        if parent.kind == "bridge" and self.release < 15:
            raise Failure("ifconfig: %s: a vlan on a bridge before FreeBSD 15" % name)
        if parent.kind not in MEMBERS and parent.kind != "bridge":
            raise Failure("ifconfig: %s: %s carries no vlans" % (name, parent.name))
        if any(i.parent is parent and i.tag == tag for i in self.interfaces.values()):
            raise Failure("ifconfig: create %s: tag %d of %s: File exists" % (name, tag, parent.name))
        iface = Interface(self.free(name), "vlan")
        iface.parent, iface.tag, iface.mtu = parent, tag, parent.mtu
        iface.hidden = self.wires.end_for(self.space, name, "address", self.mac(parent))
        iface.switch = self.wires.connect(Port(self.wires.space, iface.hidden, untagged=tag), Port(self.space, parent.name, tagged=(tag,)))
        self.add(iface)
        self.change(iface, words, created=True)
        return name

    def mac(self, iface):
        return re.search(r"link/\S+ (\S+)", self.space.ip("-o", "link", "show", "dev", iface.name)).group(1)

    def destroy(self, iface):
        if iface.kind == "nic":
            raise Failure("ifconfig: destroy %s: Invalid argument" % iface.name)
        iface.stack.space.ip("link", "del", iface.name)
        for one in (iface, iface.peer):
            if one is None:
                continue
            if one.member_of is not None:
                self.forget_member(one)
            self.unplug(one)
            for member in one.members:
                member.member_of = None
            one.stack.interfaces.pop(one.name, None)

    def unplug(self, iface):
        """Its switch is gone with it."""
        for port in list(iface.switch.ports) if iface.switch is not None else []:
            self.wires.pump.remove(port)

    def forget_member(self, member):
        bridge = member.member_of
        if member.port is not None:
            self.wires.pump.remove(member.port)
        member.port = member.member_of = None
        bridge.members.remove(member)

    def rename(self, iface, name):
        self.free(name)
        if iface.up:                    # older kernels rename only what is down
            self.link(iface, "down")
        self.link(iface, "name", name)
        self.interfaces = {(name if i is iface else n): i for n, i in self.interfaces.items()}
        iface.name = name
        if iface.up:
            self.link(iface, "up")

    def move(self, iface, to):
        """To another stack, where it arrives without addresses, down, IPv6 disabled."""
        if iface.name in to.interfaces:
            raise Failure("ifconfig: %s: File exists (in %s)" % (iface.name, to.name))
        if iface.kind in ("bridge", "lo0") or iface.member_of is not None or iface.lagg is not None:
            raise Failure("ifconfig: %s cannot move to %s" % (iface.name, to.name))
        for child in [i for i in self.interfaces.values() if i.parent is iface]:
            if self.name == "host":
                raise Failure("ifconfig: %s has vlans on the host and moves to %s" % (iface.name, to.name))
            self.destroy(child)
        self.space.ip("link", "set", iface.name, "netns", to.space.path())
        del self.interfaces[iface.name]
        iface.addresses, iface.leased, iface.up, iface.ipv6 = [], False, False, False
        to.add(iface)

    # Words.

    def ifconfig(self, name, *words):
        """A whole command line; what it prints."""
        words = list(words)
        if words[:1] == ["create"]:
            return self.create(name, words[1:])
        iface = self.get(name)
        if words == ["destroy"]:
            self.destroy(iface)
        else:
            self.change(iface, words)
        return ""

    def change(self, iface, words, created=False):
        todo = Words(self, iface, list(words))
        todo.family(created)
        while todo.words:
            todo.one()
        todo.finish()

    def set_up(self, iface, up=True):
        if iface.up == up:
            return
        self.link(iface, "up" if up else "down")
        iface.up = up

    def set_mtu(self, iface, mtu):
        if iface.member_of is not None and mtu != iface.mtu and self.release >= 14:
            raise Failure("ifconfig: mtu of %s, a member of %s: Operation not supported" % (iface.name, iface.member_of.name))
        for member in iface.members:
            if member.mtu != mtu and self.release < 14:
                raise Failure("ifconfig: mtu %d of %s: %s has %d" % (mtu, iface.name, member.name, member.mtu))
            self.link(member, "mtu", mtu)
            member.mtu = mtu
        self.link(iface, "mtu", mtu)
        iface.mtu = mtu

    def enable_ipv6(self, iface):
        """netif clears IFDISABLED of an interface that has a line for IPv6."""
        self.space.sysctl("ipv6/conf/%s/disable_ipv6" % iface.name, 0)
        iface.ipv6 = True

    def add_address(self, iface, family, address, other):
        where = "%s on %s (%s)" % (address, iface.name, self.name)
        if address.version != (4 if family == "inet" else 6):
            raise Failure("ifconfig: %s: bad value" % where)
        if iface.member_of is not None and self.release >= 15 or iface.lagg is not None:
            raise Failure("ifconfig: %s: it is a member or a port" % where)
        if address.ip in [a.ip for a in iface.addresses]:
            raise Failure("ifconfig: %s: File exists" % where)
        if family == "inet6" and not iface.ipv6:
            raise Failure("ifconfig: %s: IPv6 is disabled there" % where)
        words = ["addr", "add", address] if other is None else ["addr", "add", address.ip, "peer", other]
        self.space.ip(*words, "dev", iface.name, *(["nodad"] if address.version == 6 else []))
        iface.addresses.append(address)

    def delete_address(self, iface, text):
        address = ipaddress.ip_interface(text)
        self.space.ip("addr", "del", address, "dev", iface.name)
        iface.addresses.remove(address)

    # Bridges and laggs.

    def add_member(self, bridge, name):
        if bridge.kind != "bridge":
            raise Failure("ifconfig: addm %s: %s is no bridge" % (name, bridge.name))
        if name not in self.interfaces:
            raise Failure("ifconfig: BRDGADD %s: No such file or directory (in %s)" % (name, bridge.name))
        member = self.interfaces[name]
        if member.member_of is bridge:
            raise Failure("ifconfig: BRDGADD %s: File exists" % name)
        if member.member_of is not None or member.lagg is not None:
            raise Failure("ifconfig: BRDGADD %s: Device busy" % name)
        if member.kind not in MEMBERS or member.parent is not None and member.parent.kind == "bridge":
            raise Failure("ifconfig: BRDGADD %s: Invalid argument" % name)
        if member.addressed() and self.release >= 15:
            raise Failure("ifconfig: BRDGADD %s: it has an address" % name)
        if not bridge.members:
            bridge.mtu = member.mtu
        elif member.mtu != bridge.mtu:
            if self.release < 14:
                raise Failure("ifconfig: BRDGADD %s: its MTU is %d, that of %s %d" % (name, member.mtu, bridge.name, bridge.mtu))
            self.link(member, "mtu", bridge.mtu)
            member.mtu = bridge.mtu
        member.untagged, member.tagged, member.private, member.stp = bridge.default_vlan, set(), False, False
        if bridge.switch is None:
            self.link(member, "master", bridge.name)
        else:
            member.port = Port(self.space, member.name, untagged=member.untagged)
            self.wires.pump.add(bridge.switch, member.port)
        bridge.members.append(member)
        member.member_of = bridge
        return member

    def delete_member(self, bridge, name):
        member = self.get(name)
        if member.member_of is not bridge:
            raise Failure("ifconfig: deletem %s: No such file or directory" % name)
        if bridge.switch is None:
            self.link(member, "nomaster")
        self.forget_member(member)

    def filter_vlans(self, bridge):
        """A bridge that keeps VLANs apart: a switch of this process; bridge0 itself is a port that carries all of them tagged."""
        if bridge.kind != "bridge" or self.release < 15:
            raise Failure("ifconfig: vlanfilter on %s with FreeBSD %d" % (bridge.name, self.release))
        if bridge.members:
            raise Failure("vlanfilter after addm is not modelled")
        mac = self.mac(bridge)
        self.space.ip("link", "del", bridge.name)
        bridge.hidden = self.wires.end_for(self.space, bridge.name, "address", mac)
        bridge.switch = Switch()
        self.wires.pump.add(bridge.switch, Port(self.wires.space, bridge.hidden, tagged=ALL))
        if bridge.up:
            self.link(bridge, "up")

    def member_vlans(self, member, word, text):
        if member is None or member.member_of.switch is None:
            raise Failure("ifconfig: %s %s: no member before it, or no vlanfilter" % (word, text))
        if word == "untagged":
            member.untagged = member.port.untagged = vlan(text)
            return
        tags = set()
        for item in text.split(","):
            first, _, last = item.partition("-")
            tags |= set(range(vlan(first), vlan(last or first) + 1))
        member.tagged = member.port.tagged = tags

    def member_flag(self, bridge, flag, name):
        off, flag = flag.startswith("-"), flag.lstrip("-")
        member = self.get(name)
        if member.member_of is not bridge:
            raise Failure("ifconfig: %s %s: No such file or directory" % (flag, name))
        if flag == "private":
            member.private = not off
            if member.port is not None:
                member.port.private = not off
            else:
                self.link(member, "type", "bridge_slave", "isolated", "off" if off else "on")
        elif flag == "stp":
            member.stp = not off
            if bridge.switch is None and not off:
                self.space.ip("link", "set", bridge.name, "type", "bridge", "stp_state", "1", "forward_delay", "200", "hello_time", "100")

    def lagg_port(self, lagg, name):
        port = self.get(name)
        if lagg.kind != "lagg":
            raise Failure("ifconfig: laggport: %s is no lagg" % lagg.name)
        if port.lagg is not None or port.member_of is not None or port.addressed() or port.kind not in ("nic", "epair", "tap"):
            raise Failure("ifconfig: laggport %s: Device busy" % name)
        port.lagg = lagg
        lagg.ports.append(port)
        # One port at a time carries what is sent, as failover does.
        if len(lagg.ports) == 1:
            self.wires.connect(Port(self.wires.space, lagg.hidden, 0, ALL), Port(self.space, port.name, 0, ALL))


def vlan(text):
    if not text.isdigit() or not 1 <= int(text) <= 4094:
        raise Failure("ifconfig: %s is no VLAN" % text)
    return int(text)


class Words:
    """The words of one command, in order; the address is set last, as ifconfig does."""

    def __init__(self, stack, iface, words):
        self.stack, self.iface, self.words = stack, iface, words
        self.af, self.address, self.other, self.prefixlen = None, None, None, None
        self.last = None                # the member that untagged and tagged are about

    def fail(self, text):
        raise Failure("ifconfig %s (in %s): %s" % (self.iface.name, self.stack.name, text))

    def take(self, before):
        if not self.words:
            self.fail("nothing after %s" % before)
        return self.words.pop(0)

    def family(self, created):
        """One keyword of a family, and only as the first word; after create it may come later."""
        if self.words and self.words[0] in FAMILIES:
            self.af = self.words.pop(0)
        self.created = created

    def one(self):
        word = self.words.pop(0)
        stack, iface = self.stack, self.iface
        if word in ("up", "down"):
            stack.set_up(iface, word == "up")
        elif word == "mtu":
            mtu = self.take(word)
            if not re.fullmatch(r"[1-9]\d{1,4}", mtu):
                self.fail("mtu %s: bad value" % mtu)
            stack.set_mtu(iface, int(mtu))
        elif word == "name":
            stack.rename(iface, self.take(word))
        elif word in ("description", "descr"):
            self.take(word)
        elif word == "group":
            if re.search(r"\d$", self.take(word)):
                self.fail("a group's name cannot end in a digit")
        elif word == "addm":
            self.last = stack.add_member(iface, self.take(word))
        elif word == "deletem":
            stack.delete_member(iface, self.take(word))
        elif word == "vlanfilter":
            stack.filter_vlans(iface)
        elif word == "defuntagged" and iface.switch is not None:
            iface.default_vlan = vlan(self.take(word))
        elif word in ("ifuntagged", "iftagged") and iface.switch is not None:
            member = stack.get(self.take(word))
            stack.member_vlans(member if member.member_of is iface else None, word[2:], self.take(word))
        elif word in ("untagged", "tagged"):
            if stack.release < 15:
                self.fail("%s: bad value" % word)
            stack.member_vlans(self.last, word, self.take(word))
        elif word.lstrip("-") in MEMBER_FLAGS and iface.kind == "bridge":
            stack.member_flag(iface, word, self.take(word))
        elif word == "laggproto":
            if self.take(word) not in ("failover", "lacp", "loadbalance", "roundrobin", "broadcast", "none"):
                self.fail("no such protocol")
        elif word == "laggport":
            stack.lagg_port(iface, self.take(word))
        elif re.fullmatch("vxlan(id|local|remote|group|dev|localport|remoteport|ttl|maxaddr|timeout)", word) and iface.kind == "vxlan":
            self.take(word)
        elif word == "tunnel":
            try:
                iface.tunnel = tuple(ipaddress.ip_address(self.take(word)) for _ in range(2))
            except ValueError as why:
                self.fail(str(why))
            if iface.kind not in POINT_TO_POINT:
                self.fail("no tunnel")
        elif word.lstrip("-") in INET6_FLAGS:
            self.inet6_flag(word)
        elif word == "prefixlen" and self.af == "inet6":
            self.prefixlen = self.take(word)
        elif word == "netmask" and self.af == "inet":
            self.prefixlen = self.take(word)
        elif word == "alias" and self.af in ("inet", "inet6"):
            pass
        elif word in FAMILIES and self.created and self.address is None:
            self.af = word
        elif not OPTIONS.fullmatch(word):
            self.plain(word)

    def inet6_flag(self, word):
        if self.af != "inet6":
            self.fail("%s: bad value" % word)
        if word == "auto_linklocal":
            self.stack.space.sysctl("ipv6/conf/%s/addr_gen_mode" % self.iface.name, 0)
        elif word == "accept_rtadv":
            self.iface.leased = True
            self.stack.space.sysctl("ipv6/conf/%s/accept_ra" % self.iface.name, 1)
        elif word == "-ifdisabled":
            self.stack.enable_ipv6(self.iface)

    def plain(self, word):
        """No word that is known: an address, and after it the other end's."""
        if self.af in ("ether", "link", "lladdr"):
            if self.address is not None or not MAC.fullmatch(word) or int(word[:2], 16) & 1:
                self.fail("%s: bad value" % word)
            self.address = word
            self.stack.link(self.iface, "address", word)
        elif self.address is None:
            self.address = word
        elif self.other is None:
            self.other = word
        else:
            self.fail("%s: bad value" % word)

    def finish(self):
        if self.address is None and self.af in ("ether", "link", "lladdr"):
            self.fail("%s without an address" % self.af)
        if self.address is None or self.af in ("ether", "link", "lladdr"):
            return
        text = self.address
        if self.prefixlen is not None:
            text += "/" + self.prefixlen
        elif "/" not in text and (self.af or "inet") == "inet" and self.iface.kind not in POINT_TO_POINT | {"lo", "lo0"}:
            self.fail("%s: setting interface address without mask is no longer supported" % text)
        elif "/" not in text:
            self.fail("%s: no length" % text)
        try:
            address = ipaddress.ip_interface(text)
            other = ipaddress.ip_address(self.other) if self.other is not None else None
        except ValueError:
            self.fail("%s %s: bad value" % (text, self.other or ""))
        if other is not None and address.version == 4 and self.iface.kind not in POINT_TO_POINT:
            self.fail("%s: a second address is the broadcast address there" % self.other)
        self.stack.add_address(self.iface, self.af or "inet", address, other)
