# SPDX-License-Identifier: BSD-2-Clause
"""Counts where lines cross, in vnetc's drawings and in plain dot's of the same graphs: crossings.py VNETC EXAMPLES FIRST-LAST

All examples and random topologies FIRST to LAST. Fails when vnetc's lines cross more often than dot's in all."""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile


def points_of(path):
    """The corners of a path of M, V, H and q; a rounded corner counts as its end."""
    points, x, y = [], 0, 0
    for command, numbers in re.findall(r"([MVHqhv])([^MVHqhvz]*)", path):
        n = [float(word) for word in re.findall(r"-?[\d.]+", numbers)]
        if command == "M":
            x, y = n
        elif command == "V":
            y = n[0]
        elif command == "H":
            x = n[0]
        elif command == "v":
            y += n[0]
        elif command == "h":
            x += n[0]
        else:
            x, y = x + n[2], y + n[3]
        points.append((x, y))
    return points


def ours(svg):
    legend = svg.rfind('<g class="legend"') if 'class="legend"' in svg else len(svg)
    return [points_of(d) for d in re.findall(r'<path class="e [^"]*" d="([^"]+)"', svg[:legend])]


def dots(dot):
    lines = subprocess.run(["dot", "-Tplain"], input=dot, capture_output=True, text=True, check=True).stdout.replace("\\\n", "").splitlines()
    edges = []
    for line in lines:
        words = re.findall(r'"(?:[^"\\]|\\.)*"|\S+', line)
        if words[0] != "edge":
            continue
        n = int(words[3])
        control = [(float(words[4 + 2 * i]), float(words[5 + 2 * i])) for i in range(n)]
        curve = [control[0]]
        for i in range(0, n - 1, 3):
            p = control[i:i + 4]
            for step in range(1, 9):
                t = step / 8
                weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3)
                curve.append(tuple(sum(w * q[k] for w, q in zip(weights, p)) for k in (0, 1)))
        edges.append(curve)
    return edges


def side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a, b, c, d):
    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


def count(lines):
    boxes = [(min(p[0] for p in line), min(p[1] for p in line), max(p[0] for p in line), max(p[1] for p in line)) for line in lines]
    found = 0
    for i, one in enumerate(lines):
        for j in range(i):
            if boxes[i][0] > boxes[j][2] or boxes[j][0] > boxes[i][2] or boxes[i][1] > boxes[j][3] or boxes[j][1] > boxes[i][3]:
                continue
            other = lines[j]
            found += any(cross(one[k], one[k + 1], other[m], other[m + 1]) for k in range(len(one) - 1) for m in range(len(other) - 1))
    return found


def topology(seed):
    """One to six bridges, routers between them, jails on one or two."""
    dice = random.Random(seed)
    bridges = dice.randint(1, 6)
    text = "host: {name: h, interfaces: {re0: {}}}\nsubnets:\n"
    for b in range(bridges):
        text += f"  n{b}: {{prefixes: 10.0.{b}.0/24, gateway: none}}\n"
    text += "bridges:\n"
    for b in range(bridges):
        text += f"  bridge{b}: {{subnet: n{b}{', members: re0' if b == 0 else ''}}}\n"
    text += "jails:\n"
    for j in range(dice.randint(2, 24)):
        on = dice.sample(range(bridges), min(bridges, dice.choice([1, 1, 1, 1, 2, 3])))
        router = len(on) > 1 and dice.random() < .6
        text += f"  j{j}: {{{'router: true, ' if router else ''}interfaces: [{', '.join(f'{{bridge: bridge{b}, addresses: auto}}' for b in on)}]}}\n"
    return text


def compare(vnetc, path):
    svg = subprocess.run([vnetc, "graph", "-q", path], capture_output=True, text=True, check=True).stdout
    dot = subprocess.run([vnetc, "graph", "-q", "--format", "dot", path], capture_output=True, text=True, check=True).stdout
    return count(ours(svg)), count(dots(dot))


def main():
    vnetc, examples, span = sys.argv[1:]
    if shutil.which("dot") is None:
        print("skipped: dot is needed")
        return 77
    total = [0, 0]
    for name in sorted(os.listdir(examples)):
        path = os.path.join(examples, name, "topology.yaml")
        if os.path.exists(path):
            mine, theirs = compare(vnetc, path)
            print(f"{name}: {mine} crossings, plain dot {theirs}")
            total = [total[0] + mine, total[1] + theirs]
    first, last = map(int, span.split("-"))
    sums = [0, 0]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "topology.yaml")
        for seed in range(first, last + 1):
            with open(path, "w", encoding="utf-8") as stream:
                stream.write(topology(seed))
            mine, theirs = compare(vnetc, path)
            sums = [sums[0] + mine, sums[1] + theirs]
    print(f"{last - first + 1} random topologies: {sums[0]} crossings, plain dot {sums[1]}")
    return 1 if total[0] > total[1] or sums[0] >= sums[1] else 0


sys.exit(main())
