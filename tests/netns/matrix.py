#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Real execution: networks are made from the generated files in namespaces, and who answers whose pings must be what vnetc claims.
matrix.py VNETC TOPOLOGY-OR-DIRECTORY ...; exit status 77 when nothing of this can be done here."""

import glob
import os
import signal
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import machine                  # noqa: E402,F401  (it finds the oracle's modules)
from spaces import Failure, why_not         # noqa: E402
from trial import Skip, Trial   # noqa: E402


def topologies(words):
    for word in words:
        if os.path.isdir(word):
            yield from sorted(glob.glob(os.path.join(word, "*.yaml")) + glob.glob(os.path.join(word, "*", "topology.yaml")))
        else:
            yield word


def shown(path):
    parts = path.split(os.sep)
    return parts[-2] if parts[-1] == "topology.yaml" else parts[-1]


def one(program, path, total):
    """What is wrong with a topology, printed with what was done; None: it was not tried."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="vnetc-netns-%d-" % os.getpid()) as scratch:
        trial = Trial(program, path, scratch)
        try:
            trial.build()
            trial.boot()
            claims = trial.claims()
            wrong, count = trial.compare(claims)
            if not wrong:
                trial.restart()
                wrong = ["restarted: " + w for w in trial.compare(claims)[0]]
            told = trial.tell_all() if not wrong else None
            if told is not None:
                wrong = ["told: " + w for w in trial.compare(trial.claims(told))[0]]
        except Skip as why:
            print("%-24s not tried: %s" % (shown(path), why), flush=True)
            return None
        except Failure as why:
            wrong, count = [str(why)], {}
        except Exception:
            wrong, count = [traceback.format_exc()], {}
        finally:
            trial.close()
    for key, n in count.items():
        total[key] = total.get(key, 0) + n
    print("%-24s %s%s (%.1f s)" % (shown(path), ", ".join("%d %s" % (n, key) for key, n in count.items()), "" if not wrong else ", WRONG",
                                  time.monotonic() - begun), flush=True)
    for line in wrong:
        print("\t" + line, flush=True)
    return wrong


def stop(number, _):
    raise SystemExit(128 + number)


def main(words):
    why = why_not()
    if why is not None:
        print("skipped: %s" % why)
        return 77
    signal.signal(signal.SIGTERM, stop)
    total, results = {}, []
    for path in topologies(words[1:]):
        results.append(one(words[0], path, total))
    failed = sum(1 for r in results if r)
    print("%d topologies, %d not tried, %d wrong; %s" % (len(results), results.count(None), failed, ", ".join("%d %s" % (n, k) for k, n in total.items())))
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
