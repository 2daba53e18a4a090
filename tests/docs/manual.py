# SPDX-License-Identifier: BSD-2-Clause
"""vnetc(1) and the command table say the same, and mandoc finds nothing: manual.py VNETC ROOT [MANDOC]"""
import os
import re
import subprocess
import sys

vnetc, root, mandoc = sys.argv[1], sys.argv[2], (sys.argv + [None])[3]
faults = []


def ask(*words):
    return subprocess.run([vnetc, *words], capture_output=True, text=True, check=True).stdout


def options_of(help_text):
    """What the table says: {"--output": ("-o", "DIR", its words)}"""
    found = {}
    options = help_text[help_text.index("\nOptions"):]
    for letter, name, arg, doc in re.findall(
            r"^  (?:(-\w), |    )(--[\w-]+)(?: ([A-Z=]+))?  +(.*(?:\n {26}.*)*)", options, re.MULTILINE):
        words = re.search(r": ((?:[\w-]+, )*[\w-]+ or [\w-]+)$", re.sub(r"\s+", " ", doc))
        found[name] = (letter, arg, re.split(r", | or ", words[1]) if words else [])
    return found


def plain(line):
    """An mdoc line without its macros and spacing."""
    line = re.sub(r"^\.(It|Op|Xo|Oo)\b ?", "", line)
    line = re.sub(r"\b(Oo|Oc|Op|Xo|Xc|Ar|Ic|Cm|Ns) ?", "", line)
    return re.sub(r"\bFl (-?)", r"-\1", line).strip()


def sections(text):
    parts = re.split(r"^\.Sh (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def options_in(text):
    """What the page says: {"--output": ("-o", "DIR", its text)}"""
    found = {}
    items = re.split(r"^\.It ", text, flags=re.MULTILINE)
    for item in items[1:]:
        head, _, body = item.partition("\n")
        letter = name = arg = ""
        for word in plain(head).split(" , "):
            match = re.fullmatch(r"(--?[\w-]+)(?: ([A-Z=]+))?", word)
            if match is None:
                break
            arg = match[2] or ""
            if match[1].startswith("--"):
                name = match[1]
            else:
                letter = match[1]
        if name:
            found[name] = (letter, arg, body)
    return found


def compare(where, told, written):
    for name in sorted(set(told) | set(written)):
        if name not in written:
            faults.append(f"{where}: {name} is not on the page")
        elif name not in told:
            faults.append(f"{where}: {name} is on the page, and there is no such option")
        elif told[name][:2] != written[name][:2]:
            faults.append(f"{where}: {name} is {told[name][:2]}, on the page {written[name][:2]}")
        else:
            for word in told[name][2]:
                if not re.search(rf"^\.(Cm|Li)( \S+)* {re.escape(word)}\b|^\.Cm {re.escape(word)}\b", written[name][2], re.MULTILINE):
                    faults.append(f"{where}: {name} also takes {word}")


page = os.path.join(root, "docs/vnetc.1")
with open(page, encoding="utf-8") as stream:
    parts = sections(stream.read())
for name in ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES", "SEE ALSO"):
    if name not in parts:
        faults.append(f"there is no section {name}")

general = ask("help")
table = re.findall(r"^  (\w+)  ", general[general.index("Commands:"):general.index("Options")], re.MULTILINE)
common = options_of(general)
groups = re.split(r"^\.Pp\n", parts["OPTIONS"], flags=re.MULTILINE)
compare("every command", common, options_in(groups[0]))
compiling = {**options_in(groups[1])}
formats = {**options_in(groups[2])}

# A command's item begins with ".It Ic NAME" or ".It Xo Ic NAME".
chunks = re.split(r"^\.It (?:Xo )?Ic (\w+)", parts["COMMANDS"], flags=re.MULTILINE)
written = dict(zip(chunks[1::2], chunks[2::2]))
for name in sorted(set(table) ^ set(written)):
    faults.append(f"command {name}: {'not on the page' if name in table else 'on the page only'}")
if [name for name in chunks[1::2] if name in table] != [name for name in table if name in written]:
    faults.append("the commands stand in another order than in the table")
for name in table:
    if name not in written:
        continue
    asked = ask("help", name)
    own = {k: v for k, v in options_of(asked).items() if k not in common}
    if "--warn" in own:
        compare(name, {k: own.pop(k) for k in ("--warn", "--all")}, compiling)
    if "sarif" in own.get("--format", ("", "", []))[2]:
        if not re.search(rf"^\.Ic {name}\b", groups[2], re.MULTILINE):
            faults.append(f"{name} takes --format too")
        compare(name, {"--format": own.pop("--format")}, formats)
    # The synopsis ends where the first sentence begins.
    synopsis, _, body = written[name].partition(".Xc\n") if ".Xc\n" in written[name] else written[name].partition("\n")
    words = [plain(line) for line in synopsis.split("\n")]
    operands = re.match(r"usage: vnetc \S+ \[OPTIONS\] ?(.*)", asked)[1].replace("[", "").replace("]", "")
    if not " ".join(words).strip().endswith(operands):
        faults.append(f"{name} takes {operands}, the page says {' '.join(words)}")
    if name == "init":
        own["--example"] = own["--example"][:2] + ([],)
    compare(name, own, options_in(body))

for status in re.findall(r"(\d) ", general[general.index("Exit status:"):]):
    if f".It {status}\n" not in parts["EXIT STATUS"]:
        faults.append(f"exit status {status} is not on the page")

if mandoc is not None:
    lint = subprocess.run([mandoc, "-T", "lint", page], capture_output=True, text=True, check=False)
    # Which other pages are installed is not this test's business.
    faults += [line for line in (lint.stdout + lint.stderr).splitlines()
               if "referenced manual not found" not in line and "mandoc.db lacks" not in line]

print("\n".join(faults) or "vnetc(1) and the command table agree")
sys.exit(1 if faults else 0)
