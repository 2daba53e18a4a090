# SPDX-License-Identifier: BSD-2-Clause
"""jib, jng and ngctl(8), as much as freebsd.md 4 says of them; nodes of netgraph are hubs among the wires."""

import re

from ifconfig import Interface
from spaces import Failure


def rotating_sum(name):
    """sum(1) of the BSDs."""
    c = 0
    for byte in name.encode():
        c = ((c >> 1) + ((c & 1) << 15) + byte) & 0xffff
    return c


def derived_mac(name, uplink_mac, times, end):
    """derive_mac of jib; end "a" or "b"."""
    own = uplink_mac[1]
    letters = {"2": "ae", "e": "26"}.get(own, "2e")
    c = rotating_sum(name)
    return "%x%s:%02x:%02x:%s" % (times, letters[end == "b"], c >> 8, c & 0xff, uplink_mac[9:])


def uplinks_of(words, marks):
    suffix, words = ("bridge", words) if words[:1] != ["-b"] else (words[1], words[2:])
    if len(words) < 2 or not re.fullmatch(r"[0-9A-Za-z_]+", words[0]):
        raise Failure("usage: %s" % " ".join(words))
    return suffix, words[0], [w.lstrip(marks) for w in words[1:]]


def jib(host, words):
    if words[0] == "destroy":
        for name in [n for n in host.interfaces if re.fullmatch(r"e\d+a_" + re.escape(words[1]), n)]:
            host.ifconfig(name, "destroy")
        return
    if words[0] != "addm":
        raise Failure("jib %s" % words[0])
    suffix, name, uplinks = uplinks_of(words[1:], "!")
    for i, uplink in enumerate(uplinks):
        if "e%da_%s" % (i, name) in host.interfaces:
            continue
        if "." in uplink:
            raise Failure("jib: Bad substitution: %s" % uplink)
        host.ifconfig(uplink, "up")
        bridge = uplink + suffix
        if bridge not in host.interfaces:
            made = host.ifconfig("bridge", "create")
            host.ifconfig(made, "addm", uplink)
            host.ifconfig(made, "name", bridge)
            host.ifconfig(bridge, "up")
        a = host.ifconfig("epair", "create")
        b = a[:-1] + "b"
        host.ifconfig(bridge, "addm", a)
        for end, old in (("a", a), ("b", b)):
            host.ifconfig(old, "name", "e%d%s_%s" % (i, end, name))
            host.ifconfig("e%d%s_%s" % (i, end, name), "up")
            host.ifconfig("e%d%s_%s" % (i, end, name), "ether", derived_mac(name, host.mac(host.get(uplink)), uplinks[:i].count(uplink), end))


class Netgraph:
    """Nodes: bridges (hubs) and ng_eiface(4), which are interfaces wherever they are now."""

    def __init__(self, host, loaded):
        self.host, self.loaded = host, loaded
        self.bridges = {}               # name of a node: its hub
        self.hooks = {}                 # (bridge, hook): the interface on it
        self.nodes = {}                 # name: interface

    def eiface(self, name, hub):
        iface = Interface(self.host.free(name), "ngeth")
        iface.hidden = self.host.wires.end_for(self.host.space, name)
        self.host.wires.plug(iface.hidden, hub)
        return self.host.add(iface)

    def jng(self, words):
        if words[0] == "shutdown":
            for name in [n for n in self.nodes if re.fullmatch(r"ng\d+_" + re.escape(words[1]), n)]:
                self.shutdown(name)
            return
        if words[0] != "bridge":
            raise Failure("jng %s" % words[0])
        suffix, name, uplinks = uplinks_of(words[1:], "!=")
        for i, uplink in enumerate(uplinks):
            nic = self.host.get(uplink)
            made = "ng%d_%s" % (i, name)
            if "ng_ether" not in self.loaded or nic.kind != "nic" or "." in uplink or len(made) > 15:
                raise Failure("jng: %s on %s" % (made, uplink))
            if made in self.nodes:
                continue
            self.host.ifconfig(uplink, "up")
            # On the NIC's hook "lower", so on the network beyond it; a further bridge, by -b, hangs on the same.
            self.nodes[made] = self.eiface(made, nic.hub)
            self.host.ifconfig(made, "ether", derived_mac(name, self.host.mac(nic), uplinks[:i].count(uplink), "a"))
            self.host.ifconfig(made, "up")

    def shutdown(self, name):
        if name not in self.nodes:
            raise Failure("ngctl: shutdown %s: No such file or directory" % name)
        iface = self.nodes.pop(name)
        self.hooks = {hook: i for hook, i in self.hooks.items() if i is not iface}
        iface.stack.destroy(iface)

    def ngctl(self, words, lines):
        if words[0] == "-f":
            made = None
            for line in filter(None, lines):
                made = self.script(line.split(), made)
            return ""
        if words[0] == "info":
            if words[1].rstrip(":") not in self.bridges and words[1].rstrip(":") not in self.nodes:
                raise Failure("ngctl: info %s: No such file or directory" % words[1])
        elif words[0] == "shutdown":
            self.shutdown(words[1].rstrip(":"))
        elif words[0] == "mkpeer":
            self.make_eiface(*words[1:])
        elif words[0] == "name":
            bridge, _, hook = words[1].partition(":")
            if (bridge, hook) not in self.hooks or words[2] in self.nodes or words[2] in self.bridges:
                raise Failure("ngctl: %s" % " ".join(words))
            self.nodes[words[2]] = self.hooks[bridge, hook]
        elif words[0] == "msg" and words[2:] == ["getifname"]:
            name = words[1].rstrip(":")
            if name not in self.nodes:
                raise Failure("ngctl: msg %s: No such file or directory" % name)
            return 'Rec\'d response "getifname" (1) from "%s:":\nArgs:\t"%s"' % (name, self.nodes[name].name)
        else:
            raise Failure("ngctl %s is not known here" % " ".join(words))
        return ""

    def script(self, words, made):
        """A bridge that stays: mkpeer bridge b link0, name .:b NAME, msg NAME: setpersistent."""
        if words[:3] == ["mkpeer", "bridge", "b"]:
            return self.host.wires.hub()
        if words[:2] == ["name", ".:b"] and made is not None and words[2] not in self.bridges:
            self.bridges[words[2]] = made
            return words[2]
        if words[0] == "msg" and words[1] == "%s:" % made and words[2] == "setpersistent":
            return None
        raise Failure("ngctl %s is not known here" % " ".join(words))

    def make_eiface(self, path, kind, hook, own):
        bridge = path.rstrip(":")
        if bridge not in self.bridges or kind != "eiface" or own != "ether" or (bridge, hook) in self.hooks or not re.fullmatch(r"link\d+", hook):
            raise Failure("ngctl: mkpeer %s %s %s %s" % (path, kind, hook, own))
        n = 0
        while "ngeth%d" % n in self.host.interfaces:
            n += 1
        self.hooks[bridge, hook] = self.eiface("ngeth%d" % n, self.bridges[bridge])
