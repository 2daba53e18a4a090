# SPDX-License-Identifier: BSD-2-Clause
"""SARIF 2.1.0 by its own JSON Schema: sarif_schema.py VNETC SCHEMA. setup.sh puts the schema into the build directory."""
import copy
import glob
import json
import os
import subprocess
import sys

from vnetc import FAULTY, ROOT, SMALL

try:
    import jsonschema
except ImportError:
    print("skipped: Python's jsonschema is needed (python3-jsonschema)")
    sys.exit(77)

vnetc, path = sys.argv[1:]
if not os.path.exists(path):
    print(f"skipped: there is no {path}; setup.sh brings it where npm is")
    sys.exit(77)
with open(path, encoding="utf-8") as stream:
    schema = json.load(stream)
jsonschema.Draft4Validator.check_schema(schema)
validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
tried = rules = 0


def sarif(words, text=""):
    done = subprocess.run([vnetc, "check", "--format", "sarif", *words], input=text.encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=60, check=False)
    return json.loads(done.stdout)


def hold(name, log):
    global tried
    tried += 1
    faults = [f"{name}: {'/'.join(map(str, fault.absolute_path))}: {fault.message}" for fault in validator.iter_errors(log)]
    if faults:
        sys.exit("\n".join(faults[:20]))


for name, text in (("small", SMALL), ("faulty", FAULTY), ("syntax", "a: ["), ("empty", ""), ("controls", "a\u202eb: \"\\e\"\n"),
                   ("not UTF-8", "a: \udcff".encode("utf-8", "surrogateescape").decode("latin-1"))):
    hold(name, sarif(["-"], text))
for file in sorted(glob.glob(os.path.join(ROOT, "tests", "corpus", "check", "*", "bad*.yaml"))):
    # The rules are the same in each; one log is held with them.
    log = sarif([file])
    rules = len(log["runs"][0]["tool"]["driver"]["rules"])
    if tried % 16:
        del log["runs"][0]["tool"]["driver"]["rules"]
    hold(os.path.relpath(file, ROOT), log)

# The schema refuses what is wrong.
log = sarif(["-"], FAULTY)
for break_it in (lambda run: run["results"][0].pop("message"), lambda run: run["results"][0].update(level="bad"),
                 lambda run: run["tool"]["driver"]["rules"][0].update(severity="error"),
                 lambda run: run["results"][0]["locations"][0]["physicalLocation"]["region"].update(startLine=0)):
    broken = copy.deepcopy(log)
    break_it(broken["runs"][0])
    if validator.is_valid(broken):
        sys.exit("the schema takes what it must not")
print(f"{tried} logs are valid, {rules} rules in each")
