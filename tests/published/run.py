# SPDX-License-Identifier: BSD-2-Clause
"""Networks that others published, written in the language: run.py VNETC [--golden]. Each compiles; its plan is the file beside it."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    vnetc, faults, names = os.path.abspath(sys.argv[1]), 0, sorted(n for n in os.listdir(HERE) if os.path.isfile(os.path.join(HERE, n, "topology.yaml")))
    for name in names:
        done = subprocess.run([vnetc, "dump", "plan", "topology.yaml"], cwd=os.path.join(HERE, name), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
        path = os.path.join(HERE, name, "plan")
        if done.returncode == 0 and "--golden" in sys.argv:
            with open(path, "wb") as file:
                file.write(done.stdout)
        with open(path, "rb") as file:
            wanted = file.read()
        if done.returncode != 0 or done.stdout != wanted:
            faults += 1
            print(f"FAILED {name}: exit status {done.returncode}" + (", another plan" if done.returncode == 0 else ""))
            print(done.stderr.decode(errors="replace"), end="")
    print(f"{len(names)} published networks, {faults} faults")
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main())
