# SPDX-License-Identifier: BSD-2-Clause
"""What the documents show is what happens: run.py VNETC ROOT DOCUMENT… [--golden]

A fence says what is done with its block:
    yaml [FILE]         is written to FILE (topology.yaml)
    yaml part           an excerpt, for reading only
    diff FILE           is applied to FILE, which holds the lines without + once
    sh [exits N]        is run, and ends with 0 or N; a text or diff block after it is what it prints
    sh freebsd|part     is for a FreeBSD host, or for another place: only its syntax is checked
    text COMMAND        is what COMMAND prints
    LANGUAGE FILE       lines that stand in FILE below generated/, in this order
    json, toml          has the syntax that it says (toml: from Python 3.11 on)
A block below "<!-- not run -->" is not. A line "..." in output stands for any lines. "## " begins in an empty directory where the document says "<!-- each section by itself -->";
there a yaml block has to build without a warning, unless a text block that shows what is wrong follows it.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

try:
    import tomllib
except ImportError:
    tomllib = None

golden = "--golden" in sys.argv
vnetc, root, *documents = [word for word in sys.argv[1:] if word != "--golden"]
FENCE = re.compile(r"^```(\S*) ?(.*)\n((?:(?!```).*\n)*)```$", re.MULTILINE)
READERS = {"json": json.loads, "toml": tomllib.loads if tomllib else str}
faults = []


class Sandbox:
    """A directory in which vnetc and git are at hand, and nothing of the user's."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.top = os.path.join(self.folder.name, "work")
        tools = os.path.join(self.folder.name, "bin")
        os.mkdir(self.top)
        os.mkdir(tools)
        os.symlink(os.path.abspath(vnetc), os.path.join(tools, "vnetc"))
        self.environment = {
            "PATH": f"{tools}:/usr/local/bin:/usr/bin:/bin", "HOME": self.folder.name, "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat",
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in
               (("NAME", "admin"), ("EMAIL", "admin@example.org"), ("DATE", "2026-01-01T00:00:00Z"))}}

    def run(self, command):
        """Exit status, and standard output and error as one."""
        done = subprocess.run(["sh", "-c", command], cwd=self.top, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=120)
        return done.returncode, done.stdout.decode()

    def path(self, name):
        return os.path.join(self.top, name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as stream:
            return stream.read()

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as stream:
            stream.write(text)


def matches(shown, real):
    pattern = "".join(r"(?:.*\n)*?" if line == "...\n" else re.escape(line) for line in shown.splitlines(keepends=True))
    return re.fullmatch(pattern, real) is not None


def key_of(line):
    """What makes two versions of a line the same line: what stands before its value."""
    return re.split(r"(?<==)|(?<=\d )| (?:inet|from|proto)\b", line)[0]


class Document:
    def __init__(self, name):
        self.name = name
        with open(os.path.join(root, name), encoding="utf-8") as stream:
            self.text = stream.read()
        self.afresh = "<!-- each section by itself -->" in self.text
        self.replaced = []
        self.counted = 0

    def fault(self, block, text):
        line = self.text.count("\n", 0, block.start()) + 1
        faults.append(f"{self.name}:{line}: {text.rstrip()}")

    def compare(self, block, real):
        if not matches(block[3], real):
            if golden and "...\n" not in block[3]:
                self.replaced.append((block.start(3), block.end(3), real))
            else:
                self.fault(block, f"printed is\n{real}")

    def lines(self, block, text):
        held, new, at = text.split("\n"), [], 0
        for line in block[3].splitlines():
            found = next((i for i in range(at, len(held)) if held[i] == line), None)
            if found is None and golden:
                found = next((i for i in range(at, len(held)) if held[i].startswith(key_of(line))), None)
            if found is None:
                self.fault(block, f"{block[2]} does not hold: {line}")
                return
            new.append(held[found] + "\n")
            at = found + 1
        if "".join(new) != block[3]:
            self.replaced.append((block.start(3), block.end(3), "".join(new)))

    def apply(self, box, block):
        old = "".join(line[1:] for line in block[3].splitlines(keepends=True) if line[0] != "+")
        new = "".join(line[1:] for line in block[3].splitlines(keepends=True) if line[0] != "-")
        text = box.read(block[2])
        if text.count(old) != 1:
            self.fault(block, f"{block[2]} holds its old lines {text.count(old)} times")
        box.write(block[2], text.replace(old, new))

    def readable(self, block):
        try:
            READERS[block[1]](block[3])
        except ValueError as why:
            self.fault(block, str(why))

    def build(self, box, block):
        status, printed = box.run("vnetc build -W error")
        if status != 0:
            self.fault(block, printed)

    def run(self, begin, end):
        box, last = Sandbox(), None
        blocks = list(FENCE.finditer(self.text, begin, end))
        for i, block in enumerate(blocks):
            kind, info, body = block[1], block[2], block[3]
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            if self.text[:block.start()].endswith("<!-- not run -->\n"):
                continue
            self.counted += 1
            if kind == "yaml" and info != "part":
                box.write(info or "topology.yaml", body)
                wrong = following is not None and following[1] == "text" and following[2].startswith("vnetc ")
                if self.afresh and not wrong:
                    self.build(box, block)
            elif kind == "diff" and info:
                self.apply(box, block)
            elif kind == "sh" and info in ("freebsd", "part"):
                checked = subprocess.run(["sh", "-n"], input=body, text=True, capture_output=True, check=False)
                if checked.returncode != 0:
                    self.fault(block, checked.stderr)
            elif kind in READERS and not info:
                self.readable(block)
            elif kind == "sh" and (not info or info.startswith("exits ")):
                status, last = box.run(body)
                if status != int(info[len("exits "):] or 0):
                    self.fault(block, f"exits {status}\n{last}")
                continue
            elif kind == "text" and info and not info.startswith("generated/"):
                self.compare(block, box.run(info)[1])
            elif kind in ("text", "diff") and last is not None:
                self.compare(block, last)
            elif info.startswith("generated/"):
                if os.path.exists(box.path(info)):
                    self.lines(block, box.read(info))
                else:
                    self.fault(block, f"{info} is not made")
            else:
                self.counted -= 1
            last = None

    def check(self):
        parts = [m.start() for m in re.finditer(r"^## ", self.text, re.MULTILINE)] if self.afresh else []
        edges = [0, *parts, len(self.text)]
        for begin, end in zip(edges, edges[1:]):
            self.run(begin, end)
        for begin, end, new in sorted(self.replaced, reverse=True):
            self.text = self.text[:begin] + new + self.text[end:]
        if golden and self.replaced:
            with open(os.path.join(root, self.name), "w", encoding="utf-8") as stream:
                stream.write(self.text)
        if self.counted == 0:
            faults.append(f"{self.name}: no block to check")


for name in documents:
    document = Document(name)
    if re.search(r"^git ", document.text, re.MULTILINE) and shutil.which("git") is None:
        print(f"{name}: git is not here")
        sys.exit(77)
    document.check()
    print(f"{name}: {document.counted} blocks")
print("\n".join(faults))
sys.exit(1 if faults else 0)
