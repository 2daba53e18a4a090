# SPDX-License-Identifier: BSD-2-Clause
"""A legal topology of N jails, dual stack: networks of fifty jails, the first of which routes, twenty networks to a site, the host between the
sites. topology.py N [ranges] [CHANGED]: ranges writes jails that are alike as one range; CHANGED gives that jail another address.

FreeBSD has 32,767 epairs and 65,536 ng_eiface(4) at most, so of ten networks three are joined by epairs and if_bridge(4), six by netgraph, and the
jails of the last have no network stack of their own."""
import sys

SIZE, SITE = 50, 20
EPAIR, NETGRAPH, CLASSIC = "epair", "netgraph", "classic"


def kind(net):
    return EPAIR if net % 10 < 3 else NETGRAPH if net % 10 < 9 else CLASSIC


def prefix(net):
    return f"10.{net // 256}.{net % 256}", f"fd00:0:0:{net:x}:"


def uplink(net):
    """The router's addresses in its site."""
    return f"10.128.{net // SITE}.{net % SITE + 2}", f"fd00:0:1:{net // SITE:x}::{net % SITE + 2:x}"


def head(nets):
    routed = [net for net in range(nets) if kind(net) != CLASSIC]
    yield 'host: {name: bench, release: "15.1", router: true, interfaces: {re0: {}}}'
    yield "subnets:"
    yield '  lan: {prefixes: [172.16.0.0/12, "fd00:0:2::/64"], gateway: [172.31.255.254, "fd00:0:2::ffff"]}'
    for site in sorted({net // SITE for net in routed}):
        yield f'  site{site}: {{prefixes: [10.128.{site}.0/24, "fd00:0:1:{site:x}::/64"], gateway: host, routed: true}}'
    for net in routed:
        four, six = prefix(net)
        yield (f'  net{net}: {{prefixes: [{four}.0/24, "{six}:/64"], gateway: gate{net}, routed: true, '
               f'pool: [{four}.100-{four}.199, "{six}:1000-{six}:1fff"]}}')
    yield "bridges:"
    yield '  bridge0: {subnet: lan, members: [re0], addresses: [172.16.0.1, "fd00:0:2::1"]}'
    for site in sorted({net // SITE for net in routed}):
        yield f'  site{site}: {{subnet: site{site}, addresses: [10.128.{site}.1, "fd00:0:1:{site:x}::1"]}}'
    for net in routed:
        yield f"  net{net}: {{subnet: net{net}{', netgraph: true' if kind(net) == NETGRAPH else ''}}}"


def router(net):
    four, six = prefix(net)
    near, near6 = uplink(net)
    return (f'  gate{net}: {{router: true, interfaces: [{{bridge: site{net // SITE}, addresses: [{near}, "{near6}"]}}, '
            f'{{bridge: net{net}, addresses: [{four}.1, "{six}:1"]}}]}}')


def jail(number, net, place, changed):
    four, six = prefix(net)
    if kind(net) == CLASSIC:
        return f'  jail{number}: {{vnet: false, ip: ["bridge0|172.{17 + number // 65536}.{number // 256 % 256}.{number % 256}"]}}'
    if place % 2 or changed:
        last = 90 if changed else place + 1
        return f'  jail{number}: {{interfaces: [{{bridge: net{net}, addresses: [{four}.{last}, "{six}:{last:x}"]}}], description: number {number}}}'
    return f'  jail{number}: {{interfaces: [{{bridge: net{net}, addresses: auto}}], rc_conf: {{sshd_enable: "YES"}}}}'


def topology(n, changed=None, ranges=False):
    nets = (n + SIZE - 1) // SIZE
    yield from head(nets)
    yield "jails:"
    for net in range(nets):
        numbers = range(net * SIZE, min(n, (net + 1) * SIZE))
        if kind(net) != CLASSIC:
            yield router(net)
            numbers = numbers[1:]
        if ranges and kind(net) != CLASSIC and changed not in numbers and len(numbers) > 0:
            yield f"  jail[{numbers[0]}-{numbers[-1]}]: {{interfaces: [{{bridge: net{net}, addresses: auto}}]}}"
            continue
        for number in numbers:
            yield jail(number, net, number - net * SIZE, number == changed)


if __name__ == "__main__":
    rest = [word for word in sys.argv[2:] if word != "ranges"]
    print("\n".join(topology(int(sys.argv[1]), int(rest[0]) if rest else None, "ranges" in sys.argv)))
