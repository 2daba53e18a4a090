# SPDX-License-Identifier: BSD-2-Clause
"""Runs the corpus: run.py VNETC [--golden] [--every-rule] [PART-OF-A-NAME …].

A case is a folder with a file `topology.yaml` or `cmd`. `cmd` holds the words after vnetc (default: check), one run a line, and is
run in a copy of the folder. What is said stands beside it: `stdout`, `stderr` (absent: nothing), `status` (absent: 0); of several
runs each under its words, where it says anything on standard error. Where a folder `out` stands, the directory `out` that the runs wrote must equal it.

check/RULE/ holds bad*.yaml, each with exactly the fault RULE, what is said about it in bad*.expect, and good*.yaml, the nearest legal
neighbours, about which nothing is said, or what good*.expect holds. `flags` has further words for vnetc check, `beside` the names of
rules that cannot be kept out of the bad files. A rule that only a command meets has cases in check/RULE/bad/ and good/ instead.

--golden writes the expectations instead, and still tells what no expectation may excuse. --every-rule: each rule has a folder."""
import filecmp
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOLD = re.compile(r"^(?:\S.*?: )?(error|warning): .*\[([a-z0-9-]+)\]$", re.MULTILINE)


# No text brings Graphviz to fail; what import does not understand stands under a heading of its own in its reports.
NOWHERE = {"graphviz", "not-understood"}


def told_elsewhere(rule):
    """What only import says is expected in tests/import, what only build says in tests/cli."""
    if rule in NOWHERE:
        return True
    for folder in ("import", "cli"):
        for place, _, files in os.walk(os.path.join(HERE, os.pardir, folder)):
            for file in files:
                with open(os.path.join(place, file), encoding="utf-8", errors="replace") as stream:
                    if f"[{rule}]" in stream.read():
                        return True
    return False


class Corpus:
    def __init__(self, vnetc, golden):
        self.vnetc = os.path.abspath(vnetc)
        self.golden = golden
        self.passed = 0
        self.failed = []

    def run(self, folder, words):
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TERM": "dumb"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH", "VALGRIND_OPTS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        done = subprocess.run([self.vnetc, *words], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=False)
        return done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="surrogateescape")

    def fail(self, name, why):
        self.failed.append(name)
        print(f"FAILED {name}: {why}")

    def expect(self, name, path, was, default=""):
        """Compares with the expectation, or writes it. An expectation that says the default has no file."""
        wanted = default
        if os.path.exists(path):
            with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
                wanted = stream.read()
        if was == wanted:
            return True
        if self.golden:
            if was == default:
                os.remove(path)
            else:
                with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as stream:
                    stream.write(was)
            print(f"written {os.path.relpath(path, HERE)}")
            return True
        self.fail(name, f"{os.path.basename(path)} differs")
        show_difference(wanted, was)
        return False

    def case(self, folder, name):
        with tempfile.TemporaryDirectory(prefix="vnetc-corpus-") as temporary:
            work = os.path.join(temporary, "case")
            shutil.copytree(folder, work, symlinks=True)
            lines = [line for line in read(os.path.join(folder, "cmd")).splitlines() if line and line[0] != "#"] or ["check"]
            kept = os.path.join(folder, "out")
            if os.path.isdir(os.path.join(work, "out")):
                shutil.rmtree(os.path.join(work, "out"))
            status, out, err = "", "", ""
            for line in lines:
                head = f"$ vnetc {line}\n" if len(lines) > 1 else ""
                was = self.run(work, shlex.split(line))
                status += f"{was[0]}\n"
                out += head + was[1]
                err += head + was[2] if was[2] else ""
            good = self.expect(name, os.path.join(folder, "status"), status, "0\n" * len(lines))
            good &= self.expect(name, os.path.join(folder, "stdout"), out)
            good &= self.expect(name, os.path.join(folder, "stderr"), err)
            if os.path.isdir(kept):
                good &= self.same_tree(name, kept, os.path.join(work, "out"))
            self.passed += good
        return err

    def same_tree(self, name, wanted, was):
        files = {root: {os.path.relpath(os.path.join(folder, file), root) for folder, _, names in os.walk(root) for file in names}
                 for root in (wanted, was)}
        differ = [f for f in sorted(files[wanted] | files[was])
                  if f not in files[wanted] or f not in files[was]
                  or not filecmp.cmp(os.path.join(wanted, f), os.path.join(was, f), shallow=False)]
        if not differ:
            return True
        if self.golden:
            shutil.rmtree(wanted)
            if os.path.isdir(was):
                shutil.copytree(was, wanted)
            print(f"written {os.path.relpath(wanted, HERE)}/")
            return True
        self.fail(name, "out/ differs: " + " ".join(differ))
        for file in differ:
            show_difference(read(os.path.join(wanted, file)), read(os.path.join(was, file)))
        return False

    def only(self, name, err, rule, beside):
        """A bad file has its fault and no other: not a matter of expectation."""
        told = {found for _, found in TOLD.findall(err)}
        if f"[{rule}]" not in err:
            self.fail(name, f"[{rule}] is not told")
        elif told - {rule} - beside:
            self.fail(name, "other rules are told too: " + " ".join(sorted(told - {rule} - beside)))

    def rule(self, folder, rule):
        flags = shlex.split(read(os.path.join(folder, "flags")), comments=True)
        beside = set(read(os.path.join(folder, "beside")).split())
        files = sorted(f for f in os.listdir(folder) if re.fullmatch(r"(bad|good)[^/]*\.yaml", f))
        seen = {f[:3] for f in files} | {sub[:3] for sub in ("bad", "good") if os.path.isdir(os.path.join(folder, sub))}
        for kind in ("bad", "good"):
            if kind[:3] not in seen:
                self.fail(f"check/{rule}", f"no {kind} file")
            elif os.path.isdir(os.path.join(folder, kind)):
                name = f"check/{rule}/{kind}"
                err = self.case(os.path.join(folder, kind), name)
                if kind == "bad":
                    self.only(name, err, rule, beside)
        for file in files:
            name = f"check/{rule}/{file}"
            status, out, err = self.run(folder, ["check", *flags, file])
            good = self.expect(name, os.path.join(folder, file[:-5] + ".expect"), err)
            if out:
                self.fail(name, "standard output is not empty")
            if status not in (0, 1) or (status == 1) != bool(re.search(r": error: ", err)):
                self.fail(name, f"exit status {status}")
            if file.startswith("bad"):
                self.only(name, err, rule, beside)
            elif f"[{rule}]" in err or status != 0:
                self.fail(name, "the good file is not good")
            self.passed += good


def read(path):
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="") as stream:
            return stream.read()
    except FileNotFoundError:
        return ""


def show_difference(wanted, was):
    import difflib
    for line in difflib.unified_diff(wanted.splitlines(), was.splitlines(), "expected", "was", lineterm=""):
        print("  " + line.encode("ascii", "backslashreplace").decode())


def main():
    words = sys.argv[1:]
    switches = {word for word in words if word.startswith("--")}
    vnetc, *parts = [word for word in words if not word.startswith("--")]
    corpus = Corpus(vnetc, "--golden" in switches)
    checks = os.path.join(HERE, "check")
    rules = sorted(os.listdir(checks)) if os.path.isdir(checks) else []
    for rule in rules:
        if not parts or any(part in f"check/{rule}" for part in parts):
            corpus.rule(os.path.join(checks, rule), rule)
    for folder, folders, files in os.walk(HERE):
        folders.sort()
        if folder == HERE and "check" in folders:
            folders.remove("check")
        name = os.path.relpath(folder, HERE)
        if "cmd" in files or "topology.yaml" in files:
            folders.clear()
            if not parts or any(part in name for part in parts):
                corpus.case(folder, name)
    known = [line.split()[0] for line in corpus.run(HERE, ["explain"])[1].splitlines()]
    for rule in rules:
        if rule not in known:
            corpus.fail(f"check/{rule}", "there is no such rule")
    if "--every-rule" in switches:
        for rule in known:
            if rule not in rules and not told_elsewhere(rule):
                corpus.fail(f"check/{rule}", "the rule has no folder")
    print(f"{corpus.passed} cases as expected, {len(corpus.failed)} faults")
    sys.exit(1 if corpus.failed else 0)


main()
