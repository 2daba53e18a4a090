#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Runs clang's static analyzer, gcc -fanalyzer and cppcheck over src; what is not explained in `known` beside this file is a fault.
analyze.py ROOT BUILD [clang|gcc|cppcheck ...]; without names, those that are installed. BUILD was set up by meson."""
import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
WARNING = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+):\d+: (?:warning|error|style|performance|portability): (?P<text>.*)$", re.M)
TOOLS = {
    "clang": ["clang", "--analyze", "--analyzer-output", "text", "-o", os.devnull],
    "gcc": ["gcc", "-fanalyzer", "-O1", "-c", "-o", os.devnull],
}


def known():
    """(tool, file, text) -> why it is none. A line: TOOL | FILE | TEXT | WHY."""
    found = {}
    with open(os.path.join(HERE, "known"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                tool, file, text, why = (part.strip() for part in line.split(" | "))
                found[tool, file, text] = why
    return found


def sources(root, build):
    """Each file of src with the options that it is compiled with."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as f:
        for entry in json.load(f):
            path = os.path.relpath(os.path.join(entry["directory"], entry["file"]), root)
            if path.startswith("src" + os.sep) and "libvnetc" in entry.get("output", entry["command"]):
                words = [w for w in shlex.split(entry["command"]) if re.match(r"-[DI]|-std=", w) and "FORTIFY" not in w]
                words = ["-I" + os.path.join(entry["directory"], w[2:]) if w.startswith("-I") else w for w in words]
                yield path, words


def one(root, tool, path, words):
    done = subprocess.run([*TOOLS[tool], *words, path], cwd=root, capture_output=True, text=True, check=False, timeout=1800)
    return done.returncode, done.stdout + done.stderr


def compiled(root, build, tool):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(one, root, tool, path, words): path for path, words in sources(root, build)}
        for job in concurrent.futures.as_completed(jobs):
            status, said = job.result()
            if status != 0:
                raise SystemExit("%s cannot read %s:\n%s" % (tool, jobs[job], said))
            yield said


def checked(root, build):
    words = next(iter(sources(root, build)))[1]
    done = subprocess.run(["cppcheck", "--std=c11", "--quiet", "--enable=warning,performance,portability", "--suppress=missingIncludeSystem",
                           *(w for w in words if w.startswith("-D")), "-Isrc", "src"], cwd=root, capture_output=True, text=True, check=False)
    yield done.stdout + done.stderr


def main(root, build, *tools):
    explained, seen, new = known(), set(), []
    tools = tools or [tool for tool in ("clang", "gcc", "cppcheck") if shutil.which(tool)]
    for tool in tools:
        count = 0
        for said in checked(root, build) if tool == "cppcheck" else compiled(root, build, tool):
            for match in WARNING.finditer(said):
                if match["file"].startswith("/"):
                    continue
                key = (tool, match["file"], match["text"])
                count += 1
                seen.add(key)
                if key not in explained:
                    new.append("%s: %s" % (tool, match.group()))
        print("%s: %d lines" % (tool, count), flush=True)
    gone = [key for key in explained if key[0] in tools and key not in seen]
    print("".join("NEW %s\n" % line for line in sorted(set(new))) + "".join("GONE %s | %s | %s\n" % key for key in gone), end="")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
