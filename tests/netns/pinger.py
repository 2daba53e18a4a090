# SPDX-License-Identifier: BSD-2-Clause
"""Pings from many namespaces at once: a raw socket for each end and family, all worked by one loop."""

import select
import socket
import struct
import time

ROUNDS = (0.0, 0.25, 0.7, 1.5, 3.0, 5.0)        # when what has not answered is asked again
SETTLE = 0.15                                   # how much longer those that should not answer are waited for
ICMP_FILTER, ICMP6_FILTER = 1, 1


class End:
    """Who sends: a space, and the source addresses by version; None: as its routes choose."""

    def __init__(self, name, space, sources=None):
        self.name, self.space = name, space
        self.sockets = {}
        for version in (4, 6):
            s = open_socket(space, version)
            if sources is not None:
                if version not in sources:
                    s.close()
                    continue
                s.bind((str(sources[version]), 0))
            self.sockets[version] = s

    def close(self):
        for s in self.sockets.values():
            s.close()


def open_socket(space, version):
    if version == 4:
        s = space.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
        s.setsockopt(socket.SOL_RAW if hasattr(socket, "SOL_RAW") else 255, ICMP_FILTER, struct.pack("=I", 0xfffffffe))
    else:
        s = space.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        mask = [0xffffffff] * 8
        mask[129 // 32] &= ~(1 << 129 % 32)
        s.setsockopt(socket.IPPROTO_ICMPV6, ICMP6_FILTER, struct.pack("=8I", *mask))
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVHOPLIMIT, 1)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    s.setblocking(False)
    return s


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def echo(version, number):
    """An echo request that says which it is."""
    body = struct.pack("!QQ", number, 0x766e657463)
    if version == 6:
        return struct.pack("!BBHHH", 128, 0, 0, number & 0xffff, 1) + body      # the kernel sums these up
    head = struct.pack("!BBHHH", 8, 0, 0, number & 0xffff, 1)
    return struct.pack("!BBHHH", 8, 0, checksum(head + body), number & 0xffff, 1) + body


class Pings:
    """add() what is to be asked, run(), then `answered` holds the keys under which something was answered."""

    def __init__(self):
        self.asked = []                 # (end, version, address, key)
        self.expected = set()
        self.answered = {}              # key: how many routers its first answer passed

    def add(self, end, address, key, expected):
        """Of all that is asked under one key one answer is enough. expected: it should come, so it is worth waiting for."""
        self.asked.append((end, address.version, str(address), key))
        if expected:
            self.expected.add(key)

    def send(self, numbers):
        for n in numbers:
            end, version, address, _ = self.asked[n]
            try:
                end.sockets[version].sendto(echo(version, n), (address, 0))
            except OSError:
                pass            # no route, or a reject: that is an answer too

    def run(self, patience=ROUNDS):
        numbers = [n for n, (end, version, _, _) in enumerate(self.asked) if version in end.sockets]
        keys = {n: self.asked[n][3] for n in numbers}
        self.wanted = set(self.expected)
        owners = {end.sockets[version].fileno(): (end, version) for end, version, _, _ in (self.asked[n] for n in numbers)}
        self.poll = select.epoll()
        for fd in owners:
            self.poll.register(fd, select.EPOLLIN)
        begun = time.monotonic()
        for turn, when in enumerate(patience):
            self.listen(owners, begun + when - time.monotonic())
            # Those that should not answer are asked twice: the first may be lost while an address is looked up.
            if turn > 1 and not self.wanted:
                break
            again = [n for n in numbers if keys[n] not in self.answered and (turn < 2 or keys[n] in self.wanted)]
            for n in range(0, len(again), 100):
                self.send(again[n:n + 100])
                self.listen(owners, 0)
        # As long again as the others took, and a little more.
        self.listen(owners, min(SETTLE + time.monotonic() - begun, 1), until_all=False)
        self.poll.close()

    def listen(self, owners, seconds, until_all=True):
        """Takes answers until the time is over, or all that should come have come."""
        end = time.monotonic() + seconds
        while not until_all or self.wanted:
            left = end - time.monotonic()
            events = self.poll.poll(max(0.0, left))
            for fd, _ in events:
                self.take(*owners[fd])
            if left <= 0 and not events:
                return

    def take(self, end, version):
        while True:
            try:
                data, ancillary, _, where = end.sockets[version].recvmsg(2048, 64)
            except OSError:
                return
            if version == 4:
                left = data[8]
                data = data[(data[0] & 15) * 4:]
            else:
                left = next((struct.unpack("i", d)[0] for _, kind, d in ancillary if kind == socket.IPV6_HOPLIMIT), 64)
            if len(data) < 24 or data[0] != (0 if version == 4 else 129):
                continue
            n, magic = struct.unpack("!QQ", data[8:24])
            if magic == 0x766e657463 and n < len(self.asked) and self.asked[n][:3] == (end, version, where[0].partition("%")[0]):
                self.answered.setdefault(self.asked[n][3], 64 - left)
                self.wanted.discard(self.asked[n][3])
