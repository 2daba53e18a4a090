# SPDX-License-Identifier: BSD-2-Clause
"""How long drawing takes, beside plain dot, as ratios of one run: benchmark.py VNETC PROGRAM"""
import os
import shutil
import subprocess
import sys
import tempfile

FORK = "import os, resource, subprocess, sys; d = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); " \
    "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss); sys.exit(d.returncode)"


def cost(*words):
    """Seconds of the processor and peak memory in KiB, the least of three runs."""
    runs = []
    for _ in range(3):
        out = subprocess.run([sys.executable, "-c", FORK, *words], capture_output=True, text=True, check=True).stdout.split()
        runs.append((float(out[0]), int(out[1])))
    return min(runs)


def main():
    vnetc, program = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        seconds = {}
        for size in ("1000x10", "10000x10", "40000x10"):
            seconds[size], memory = cost(program, "-v", "full", folder, size)
            print(f"{size}: {seconds[size] * 1000:.0f} ms, {memory / 1024:.1f} MiB at most")
        print(f"40,000 jails against 10,000: {seconds['40000x10'] / max(seconds['10000x10'], .001):.2f} times the time")
        if shutil.which("dot") is None:
            print("plain dot is not there to compare with")
            return
        topology, dot = os.path.join(folder, "topology.yaml"), os.path.join(folder, "topology.dot")
        with open(topology, "w", encoding="utf-8") as stream:
            stream.write("host: {name: h, interfaces: {re0: {}}}\nsubnets:\n")
            for b in range(10):
                stream.write(f"  n{b}: {{prefixes: [10.{b}.0.0/16, \"fd00:{b}::/64\"], gateway: none}}\n")
            stream.write("bridges:\n")
            for b in range(10):
                stream.write(f"  bridge{b}: {{subnet: n{b}}}\n")
            stream.write("jails:\n")
            for b in range(10):
                stream.write(f"  b{b}j[1-100]: {{interfaces: [{{bridge: bridge{b}, addresses: auto}}]}}\n")
        subprocess.run([vnetc, "graph", "-q", "--format", "dot", "-o", dot, topology], check=True)
        plain, memory = cost("dot", "-Tsvg", "-o", os.path.join(folder, "plain.svg"), dot)
        print(f"plain dot -Tsvg, 1,000 jails on 10 bridges: {plain * 1000:.0f} ms, {memory / 1024:.1f} MiB at most")
        print(f"that is {plain / max(seconds['1000x10'], .001):.0f} times vnetc's for as many, "
              f"{plain / max(seconds['10000x10'], .001):.1f} times vnetc's for 10,000")


main()
