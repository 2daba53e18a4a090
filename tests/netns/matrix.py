#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Real execution: networks are made from the generated files in namespaces, and who answers whose pings must be what vnetc claims.
matrix.py VNETC WHAT ...; each a topology, a directory of them, or random:FIRST+COUNT. Exit status 77: nothing of this can be done here."""

import ctypes
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import machine                  # noqa: E402,F401  (it finds the oracle's modules)
import random_topology          # noqa: E402
from spaces import Failure, why_not         # noqa: E402
from trial import Skip, Trial   # noqa: E402

AT_ONCE = 2
MANY = 12
PREFIX = "vnetc-netns-"
PR_SET_PDEATHSIG = 1


def topologies(words, scratch):
    """Paths, those of random topologies in a scratch directory."""
    for word in words:
        seeds = re.fullmatch(r"random:(\d+)\+(\d+)", word)
        if seeds:
            for seed in range(int(seeds.group(1)), int(seeds.group(1)) + int(seeds.group(2))):
                path = os.path.join(scratch, "random-%d" % seed, "topology.yaml")
                os.makedirs(os.path.dirname(path))
                with open(path, "w", encoding="utf-8") as f:
                    f.write(random_topology.make(seed))
                yield path
        elif os.path.isdir(word):
            yield from sorted(glob.glob(os.path.join(word, "*.yaml")) + glob.glob(os.path.join(word, "*", "topology.yaml")))
        else:
            yield word


def shown(path):
    parts = path.split(os.sep)
    return parts[-2] if parts[-1] == "topology.yaml" else parts[-1]


def tried(trial):
    """All that is done with a topology: what is wrong, and counts of the first round."""
    trial.build()
    trial.boot()
    claims = trial.claims()
    wrong, count = trial.compare(claims)
    wrong += trial.advertised()
    if not wrong:
        trial.restart()
        wrong = ["restarted: " + w for w in trial.compare(claims)[0]]
    other = trial.tell_all() if not wrong else None
    if other is not None:
        wrong = ["told: " + w for w in trial.compare(trial.claims(other))[0]]
    return wrong, count


def one(program, path):
    """Tries one topology; prints what came of it, and the counts as JSON."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="%s%d-" % (PREFIX, os.getpid())) as scratch:
        trial = Trial(program, path, scratch)
        try:
            wrong, count = tried(trial)
        except Skip as why:
            print("%-26s not tried: %s" % (shown(path), why))
            print(json.dumps({"not tried": 1}))
            return 0
        except Failure as why:
            wrong, count = [str(why)], {}
        except Exception:
            wrong, count = [traceback.format_exc()], {}
        finally:
            trial.close()
    print("%-26s %s%s (%.1f s)" % (shown(path), ", ".join("%d %s" % (n, k) for k, n in count.items()), ", WRONG" if wrong else "", time.monotonic() - begun))
    wrong = wrong[:MANY] + (["and %d more" % (len(wrong) - MANY)] if len(wrong) > MANY else [])
    print("".join("\t%s\n" % line for line in wrong), end="")
    print(json.dumps({**count, "topologies": 1, "wrong": int(bool(wrong))}))
    return 1 if wrong else 0


def stop(number, _):
    raise SystemExit(128 + number)


def clean():
    """Directories of trials that were killed; all else is gone with the process that made it."""
    for path in glob.glob(os.path.join(tempfile.gettempdir(), PREFIX + "[0-9]*-*")):
        if not os.path.exists("/proc/" + path[len(os.path.join(tempfile.gettempdir(), PREFIX)):].partition("-")[0]):
            shutil.rmtree(path, ignore_errors=True)


def refused(path):
    """Is it there to be refused? The corpus says so beside it."""
    try:
        with open(os.path.join(os.path.dirname(path), "stderr"), encoding="utf-8") as f:
            return ": error: " in f.read()
    except FileNotFoundError:
        return False


def different(program, paths):
    """Leaves out a network that was there before, under another name or with other expectations."""
    seen = set()
    for path in paths:
        done = subprocess.run([program, "graph", "--format", "json", path], capture_output=True, text=True, check=False, timeout=60)
        if done.returncode != 0 and (os.path.basename(os.path.dirname(path)).startswith("random-") or refused(path)):
            print("%-26s not legal: %s" % (shown(path), ", ".join(sorted(set(re.findall(r"error: .*\[([a-z0-9-]+)\]", done.stderr))))), flush=True)
        elif done.returncode != 0 or done.stdout not in seen:
            seen.add(done.stdout)
            yield path


def all_of(program, paths, scratch):
    """Each in a process of its own, a few at once; what they leave when they are stopped before they know of it lies in scratch."""
    waiting, running, total = list(paths), {}, {}
    environment = {**os.environ, "TMPDIR": scratch}
    try:
        while waiting or running:
            while waiting and len(running) < AT_ONCE:
                output = tempfile.TemporaryFile("w+")
                child = subprocess.Popen([sys.executable, os.path.abspath(__file__), program, "--one", waiting.pop(0)],
                                         stdout=output, stderr=output, env=environment)
                running[child.pid] = (child, output)
            pid, status = os.wait()
            child, output = running.pop(pid)
            child.returncode = status
            output.seek(0)
            text, _, counts = output.read().rstrip("\n").rpartition("\n")
            print(text if counts.startswith("{") else text + "\n" + counts, flush=True)
            counts = json.loads(counts) if counts.startswith("{") else {"topologies": 1, "wrong": 1}
            for key, n in counts.items():
                total[key] = total.get(key, 0) + n
    finally:
        for child, _ in running.values():
            child.terminate()
            child.wait()
    return total


def main(words):
    signal.signal(signal.SIGTERM, stop)
    if words[1] == "--one":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        return one(words[0], words[2])
    why = why_not()
    if why is not None:
        print("skipped: %s" % why)
        return 77
    clean()
    with tempfile.TemporaryDirectory(prefix="%s%d-" % (PREFIX, os.getpid())) as scratch:
        total = all_of(words[0], different(words[0], topologies(words[1:], scratch)), scratch)
    print(", ".join("%d %s" % (n, key) for key, n in total.items()))
    return 1 if total.get("wrong") or not total.get("topologies") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
