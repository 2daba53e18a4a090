# SPDX-License-Identifier: BSD-2-Clause
"""A legal topology of N jails: networks of fifty behind a router jail each, dual stack, pools, automatic and written addresses, ranges where
ranges stay off. topology.py N [CHANGED]: CHANGED gives that jail another address."""
import sys


def topology(n, changed=None):
    nets = max(1, (n + 49) // 50)
    yield "host: {name: bench, release: \"15.1\", interfaces: {re0: {}}}"
    yield "subnets:"
    yield "  lan: {prefixes: [10.0.0.0/16, \"fd00:0:0:ffff::/64\"], gateway: 10.0.255.254}"
    for i in range(nets):
        yield f"  net{i}: {{prefixes: [10.{1 + i // 256}.{i % 256}.0/24, \"fd00:0:0:{i:x}::/64\"], gateway: gate{i}, pool: [10.{1 + i // 256}.{i % 256}.100-10.{1 + i // 256}.{i % 256}.199, \"fd00:0:0:{i:x}::/64\"]}}"
    yield "bridges:"
    yield "  bridge0: {subnet: lan, members: [re0], addresses: [10.0.255.1]}"
    for i in range(nets):
        yield f"  bridge{i + 1}: {{subnet: net{i}}}"
    yield "jails:"
    for j in range(n):
        i, k = divmod(j, 50)
        if k == 0:
            yield (f"  gate{i}: {{router: true, interfaces: [{{bridge: bridge0, addresses: [10.0.{i // 250}.{i % 250 + 1}, \"fd00:0:0:ffff::{i + 1:x}\"]}}, "
                   f"{{bridge: bridge{i + 1}, addresses: [10.{1 + i // 256}.{i % 256}.1, \"fd00:0:0:{i:x}::1\"]}}]}}")
        elif k % 2 or j == changed:
            last = 90 if j == changed else k + 1
            yield f"  jail{j}: {{interfaces: [{{bridge: bridge{i + 1}, addresses: [10.{1 + i // 256}.{i % 256}.{last}, \"fd00:0:0:{i:x}::{last:x}\"]}}], description: number {j}}}"
        else:
            yield f"  jail{j}: {{interfaces: [{{bridge: bridge{i + 1}, addresses: auto}}], rc_conf: {{sshd_enable: \"YES\"}}}}"


if __name__ == "__main__":
    print("\n".join(topology(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)))
