#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Replays the seeds and what was found before, then fuzzes for a while. run.py TARGET FUZZER ROOT DICTIONARY [SECONDS [CORPUS]]

CORPUS: a folder in which what was learned is kept; without it everything is thrown away. VNETC_FUZZ_SECONDS overrides SECONDS."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile


def seeds(name, root):
    if name == "lock":
        return glob.glob(os.path.join(root, "**", "*.lock"), recursive=True) + glob.glob(os.path.join(root, "tests", "fuzz", "found", "lock-*"))
    if name in ("shell", "jailconf"):
        files = {"shell": ("rc.conf", "ezjail/*"), "jailconf": ("jail.conf", "jail.conf.d/*")}[name]
        hosts = [glob.glob(os.path.join(root, "tests", "import", "hosts", "*", "root", "**", file), recursive=True) for file in files]
        return sorted(sum(hosts, glob.glob(os.path.join(root, "tests", "fuzz", "*", name + "-*"))))     # seeds/, one for each way to write something
    found = glob.glob(os.path.join(root, "tests", "fuzz", "found", "topology-*"))
    for where in ("examples", "tests/corpus", "tests/oracle/topologies"):
        found += glob.glob(os.path.join(root, where, "**", "*.yaml"), recursive=True)
    return sorted(found)


def main():
    name, fuzzer, root, dictionary, *more = sys.argv[1:]
    seconds = int(os.environ.get("VNETC_FUZZ_SECONDS") or (more[0] if more else 60))
    temporary = tempfile.mkdtemp(prefix="vnetc-fuzz-")
    try:
        learned = more[1] if len(more) > 1 else os.path.join(temporary, "corpus")
        os.makedirs(learned, exist_ok=True)
        folder = os.path.join(temporary, "seeds")
        os.makedirs(folder)
        for number, seed in enumerate(seeds(name, root)):
            shutil.copyfile(seed, os.path.join(folder, "%05d" % number))
        findings = os.path.join(learned, "..", "findings-" + name + "-")
        command = [fuzzer, "-dict=" + dictionary, "-max_len=8192", "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1", "-verbosity=1",
                   "-max_total_time=%d" % seconds, "-artifact_prefix=" + findings, learned, folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
                              env=dict(os.environ, VNETC_FUZZ=name, ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1", UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1"))
        text = done.stdout.decode(errors="replace")
        executions = re.search(r"stat::number_of_executed_units: (\d+)", text)
        print("%s: %d seeds, %s executions" % (name, len(os.listdir(folder)), executions.group(1) if executions else "?"))
        if done.returncode:
            print("\n".join(text.split("\n")[-60:]))
            for path in glob.glob(findings + "*"):
                with open(path, "rb") as f:
                    print(path, repr(f.read())[:4000])
        sys.exit(1 if done.returncode else 0)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


main()
