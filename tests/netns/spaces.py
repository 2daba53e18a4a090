# SPDX-License-Identifier: BSD-2-Clause
"""Network namespaces without a name: they and all that is in them are gone with the process, however it ends. Between them
cables (veth pairs) and hubs; what a kernel may lack (vlan, bonding, filtering bridges) is a switch of this process."""

import ctypes
import os
import select
import shutil
import socket
import struct
import subprocess
import threading
import time

CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)
SOL_PACKET, PACKET_ADD_MEMBERSHIP, PACKET_MR_PROMISC, PACKET_AUXDATA, PACKET_IGNORE_OUTGOING = 263, 1, 1, 8, 23
TP_STATUS_VLAN_VALID = 0x10
ALL = range(1, 4095)


class Failure(Exception):
    """What FreeBSD would have refused, or what should never be."""


def call(function, *words):
    if function(*words) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def run(words, text=None):
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode != 0:
        raise Failure("%s: %s" % (" ".join(words), (done.stderr or done.stdout).strip()))
    return done.stdout


def write_sysctl(name, value):
    with open("/proc/sys/net/" + name, "w", encoding="ascii") as f:
        f.write(str(value))


def program(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


class Space:
    """A network namespace. `with space:` is inside it, for this thread and the processes that it starts."""

    home = None
    tool = program("ip")

    def __init__(self, name):
        self.name = name
        if Space.home is None:
            Space.home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        call(LIBC.unshare, CLONE_NEWNET)
        try:
            self.fd = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
            self.prepare()
        finally:
            call(LIBC.setns, Space.home, CLONE_NEWNET)

    @staticmethod
    def prepare():
        """What FreeBSD does by itself and Linux otherwise; and nobody waits for duplicate addresses."""
        for which in ("all", "default"):
            for name, value in (("rp_filter", 0), ("arp_ignore", 1), ("send_redirects", 0), ("accept_redirects", 0)):
                write_sysctl("ipv4/conf/%s/%s" % (which, name), value)
            for name, value in (("accept_dad", 0), ("dad_transmits", 0), ("accept_ra", 0), ("accept_redirects", 0), ("router_solicitations", 0)):
                write_sysctl("ipv6/conf/%s/%s" % (which, name), value)
        write_sysctl("ipv4/ip_forward", 0)
        write_sysctl("ipv6/conf/all/forwarding", 0)
        if os.path.exists("/proc/sys/net/bridge/bridge-nf-call-iptables"):
            write_sysctl("bridge/bridge-nf-call-iptables", 0)       # pf sees no frames inside a bridge (pfil_member=0)
        # IFDISABLED: an interface has no IPv6 until something gives it any.
        write_sysctl("ipv6/conf/default/disable_ipv6", 1)
        run([Space.tool, "-batch", "-"], "link set lo name lo0\nlink set lo0 up\n")

    def close(self):
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def __enter__(self):
        call(LIBC.setns, self.fd, CLONE_NEWNET)
        return self

    def __exit__(self, *_):
        call(LIBC.setns, Space.home, CLONE_NEWNET)

    def ip(self, *words):
        return self.run([Space.tool, *map(str, words)])

    def add_route(self, family, *words):
        """Linux knows an IPv6 net of a cable only when it has seen its carrier, which takes a loaded machine a while; FreeBSD at once."""
        end = time.monotonic() + 60
        while True:
            try:
                return self.ip(family, "route", "add", *words)
            except Failure as why:
                if family != "-6" or "No route to host" not in str(why) or time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def run(self, words, text=None):
        with self:
            return run(words, text)

    def sysctl(self, name, value):
        with self:
            write_sysctl(name, value)

    def socket(self, *words):
        with self:
            return socket.socket(*words)

    def path(self):
        """How ip finds it."""
        return "/proc/%d/fd/%d" % (os.getpid(), self.fd)


def cable(a, a_name, b, b_name, *a_words):
    """A veth pair, each end in a namespace of its own, down."""
    a.ip("link", "add", "name", a_name, *a_words, "type", "veth", "peer", "name", b_name, "netns", b.path())


class Port:
    """An interface as a port of a switch. untagged: the VLAN of frames without a tag, None: they are dropped; tagged: VLANs."""

    def __init__(self, space, interface, untagged=None, tagged=(), private=False):
        self.untagged, self.tagged, self.private = untagged, tagged, private
        self.switch = None
        self.socket = space.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        with space:
            index = socket.if_nametoindex(interface)
        self.socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        self.socket.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
        self.socket.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, struct.pack("iHH8s", index, PACKET_MR_PROMISC, 0, b""))
        self.socket.bind((interface, 0x0003))
        self.socket.setblocking(False)

    def receive(self):
        """(VLAN, frame without its tag), or None."""
        frame, ancillary, _, _ = self.socket.recvmsg(65536, 64)
        tag = None
        for level, kind, data in ancillary:
            if level == SOL_PACKET and kind == PACKET_AUXDATA:
                status, _, _, _, _, tci = struct.unpack("IIIHHH", data[:18])
                if status & TP_STATUS_VLAN_VALID:
                    tag = tci & 0xfff
        if tag is None:
            return (self.untagged, frame) if self.untagged is not None else None
        return (tag, frame) if tag in self.tagged else None

    def send(self, vlan, frame):
        if vlan == self.untagged:
            pass
        elif vlan in self.tagged:
            frame = frame[:12] + struct.pack("!HH", 0x8100, vlan) + frame[12:]
        else:
            return
        try:
            self.socket.send(frame)
        except OSError:
            pass                # it is down, or full: lost, as on any wire


class Switch:
    """Hands frames on between its ports, each VLAN for itself; it learns where addresses are."""

    def __init__(self):
        self.ports, self.known = [], {}

    def add(self, port):
        port.switch = self
        self.ports.append(port)
        return port

    def take(self, port):
        try:
            got = port.receive()
        except OSError:
            return
        if got is None:
            return
        vlan, frame = got
        self.known[vlan, frame[6:12]] = port
        to = self.known.get((vlan, frame[0:6])) if not frame[0] & 1 else None
        for other in self.ports if to is None or to not in self.ports else (to,):
            if other is not port and not (other.private and port.private):
                other.send(vlan, frame)


class Pump(threading.Thread):
    """The thread that works all switches."""

    def __init__(self):
        super().__init__(daemon=True)
        self.poll = select.epoll()
        self.ports = {}
        self.end, self.wake = os.pipe()
        self.poll.register(self.end, select.EPOLLIN)

    def add(self, switch, port):
        switch.add(port)
        self.ports[port.socket.fileno()] = port
        self.poll.register(port.socket.fileno(), select.EPOLLIN)
        if not self.is_alive():
            self.start()

    def remove(self, port):
        self.poll.unregister(port.socket.fileno())
        del self.ports[port.socket.fileno()]
        port.switch.ports.remove(port)
        port.socket.close()

    def run(self):
        while True:
            for fd, _ in self.poll.poll():
                if fd == self.end:
                    return
                port = self.ports.get(fd)
                if port is not None:
                    port.switch.take(port)

    def stop(self):
        os.write(self.wake, b"x")
        if self.is_alive():
            self.join()
        for port in list(self.ports.values()):
            port.socket.close()
        self.poll.close()
        os.close(self.end)
        os.close(self.wake)


class Wires:
    """All that lies between interfaces and is no node's: hubs, and the far ends of cables."""

    def __init__(self):
        self.space = Space("wires")
        self.pump = Pump()
        self.count = 0

    def close(self):
        self.pump.stop()
        self.space.close()

    def name(self):
        self.count += 1
        return "w%d" % self.count

    def hub(self):
        name = self.name()
        self.space.ip("link", "add", "name", name, "type", "bridge", "forward_delay", "0", "mcast_snooping", "0")
        self.space.ip("link", "set", name, "up")
        return name

    def end_for(self, space, name, *words):
        """A new interface of that name in a space; the other end of its cable, which is up, here."""
        far = self.name()
        cable(space, name, self.space, far, *words)
        self.space.ip("link", "set", far, "up")
        return far

    def plug(self, far, hub):
        self.space.ip("link", "set", far, "master", hub)

    def join(self, hub, tag, space, name):
        """A new interface of a space on a hub, there with a tag or without."""
        far = self.end_for(space, name)
        if not tag:
            self.plug(far, hub)
            return
        inner = self.name()
        self.plug(self.end_for(self.space, inner), hub)
        self.space.ip("link", "set", inner, "up")
        self.connect(Port(self.space, far, untagged=tag), Port(self.space, inner, tagged=(tag,)))

    def connect(self, *ports):
        switch = Switch()
        for port in ports:
            self.pump.add(switch, port)
        return switch


def why_not():
    """Why nothing of this can be done here; None: it can."""
    if os.geteuid() != 0:
        return "it makes network namespaces, which only root can"
    if Space.tool is None:
        return "ip of iproute2 is not installed"
    if not os.path.exists("/proc/net/if_inet6"):
        return "the kernel has no IPv6"
    try:
        space = Space("trial")
    except (OSError, Failure) as why:
        return "no network namespaces here: %s" % why
    try:
        space.ip("link", "add", "name", "b", "type", "bridge")
        space.ip("link", "add", "name", "p", "type", "veth", "peer", "name", "q")
        space.ip("link", "set", "p", "master", "b")
        space.ip("link", "set", "p", "type", "bridge_slave", "isolated", "on")
    except Failure as why:
        return "no bridges or veth pairs here: %s" % why
    finally:
        space.close()
    return None
