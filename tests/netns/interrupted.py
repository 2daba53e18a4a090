#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""matrix.py stopped in the middle leaves nothing: no process, no interface, no namespace, no directory. interrupted.py VNETC EXAMPLES"""
import glob
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from spaces import Space, why_not       # noqa: E402

MARK = "VNETC_NETNS_INTERRUPTED=%d" % os.getpid()


def marked():
    """Processes of ours, which no interruption may leave."""
    found = []
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            with open(path, "rb") as f:
                if MARK.encode() in f.read().split(b"\0"):
                    found.append(int(path.split("/")[2]))
        except OSError:
            pass
    return found


def outside():
    """What a host has of such things: interfaces, and namespaces with a name."""
    links = subprocess.run([Space.tool, "-o", "link"], capture_output=True, text=True, check=True).stdout
    return sorted(line.split(":")[1].strip() for line in links.splitlines()), sorted(glob.glob("/run/netns/*") + glob.glob("/var/run/netns/*"))


def gone(what, seconds=20):
    end = time.monotonic() + seconds
    while what() and time.monotonic() < end:
        time.sleep(0.05)
    return what()


def interrupt(command, scratch, number, after):
    environment = {**os.environ, "TMPDIR": scratch, **dict([MARK.split("=")])}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # Something is under way: a trial has its directory.
    while process.poll() is None and not glob.glob(os.path.join(scratch, "vnetc-netns-*", "vnetc-netns-*")):
        time.sleep(0.02)
    time.sleep(after)
    running = process.poll() is None
    process.send_signal(number)
    process.wait(60)
    return running


def main(vnetc, examples):
    why = why_not()
    if why is not None:
        print("skipped: %s" % why)
        return 77
    random.seed(int(os.environ.get("VNETC_SEED", "5")))
    wrong, hit, before = [], 0, outside()
    matrix = [sys.executable, os.path.join(HERE, "matrix.py"), os.path.abspath(vnetc)]
    scratch = tempfile.mkdtemp(prefix="vnetc-interrupted-")
    try:
        for n, number in enumerate((signal.SIGINT, signal.SIGTERM, signal.SIGKILL) * 3):
            hit += interrupt(matrix + [examples], scratch, number, random.random() * 2)
            if gone(marked):
                wrong.append("%s %d: processes are left" % (number.name, n))
            # A killed one cannot clean up after itself; the next one does.
            if number == signal.SIGKILL:
                subprocess.run(matrix + [os.path.join(examples, "starter")], env={**os.environ, "TMPDIR": scratch}, capture_output=True, check=False, timeout=120)
            if os.listdir(scratch):
                wrong.append("%s %d: %s are left" % (number.name, n, os.listdir(scratch)))
            if outside() != before:
                wrong.append("%s %d: the host has %s, not %s" % (number.name, n, outside(), before))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print("%d of 9 interrupted while at work; %s" % (hit, "; ".join(wrong) or "nothing is left"))
    return 1 if wrong or hit < 5 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
