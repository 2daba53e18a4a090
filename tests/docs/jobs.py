# SPDX-License-Identifier: BSD-2-Clause
"""The jobs of docs/ci.md do what they say: their own lines are run in a repository that is right, wrong or not built. jobs.py VNETC ROOT"""
import json
import os
import re
import subprocess
import sys
import tempfile

try:
    import yaml
except ImportError:
    print("there is no yaml for Python here")
    sys.exit(77)

vnetc, root = os.path.abspath(sys.argv[1]), sys.argv[2]
faults = []


def lines_of(job):
    """What a runner runs, and whether it does so after a failure too."""
    if "steps" in job:
        return [(step["run"], step.get("if") == "always()") for step in job["steps"] if "run" in step]
    return [(line, False) for line in job["script"]] + [(line, True) for line in job.get("after_script", [])]


def run(job, folder):
    """The status of a job's first line that failed; 0: none."""
    status = 0
    for line, always in lines_of(job):
        if status == 0 or always:
            done = subprocess.run(["sh", "-ec", line], cwd=folder, env={"PATH": f"{folder}/../bin:/usr/local/bin:/usr/bin:/bin", "HOME": folder},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            status = status or done.returncode
    return status


def edit(folder, old, new):
    path = os.path.join(folder, "topology.yaml")
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    if old not in text:
        sys.exit(f"the starter has no {old}")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text.replace(old, new))


def report(folder):
    """The rules that the report for code scanning tells, which has to be there whatever came before."""
    path = os.path.join(folder, "vnetc.sarif")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as stream:
        told = [result["ruleId"] for result in json.load(stream)["runs"][0]["results"]]
    os.remove(path)
    return told


def hold(name, job):
    with tempfile.TemporaryDirectory() as top:
        folder = os.path.join(top, "net")
        os.mkdir(folder)
        os.mkdir(os.path.join(top, "bin"))
        os.symlink(vnetc, os.path.join(top, "bin", "vnetc"))
        for words in (["init", "-q"], ["build", "-q"]):
            subprocess.run([vnetc, *words], cwd=folder, check=True)
        for what, old, new, status, rules in (
                ("what is right", "", "", 0, []),
                ("what is not built", "gateway: 192.168.0.1 ", "gateway: 192.168.0.2 ", 3, []),
                ("what is wrong", "[192.168.0.11]", "[192.168.1.11]", 1, ["address-outside-subnet"])):
            edit(folder, old, new)
            found, told = run(job, folder), report(folder)
            if found != status:
                faults.append(f"{name}: {what} ends with {found}, not {status}")
            if told != rules:
                faults.append(f"{name}: {what}: the report tells {told}")


with open(os.path.join(root, "docs/ci.md"), encoding="utf-8") as stream:
    blocks = re.findall(r"^```yaml part\n(.*?)^```$", stream.read(), re.MULTILINE | re.DOTALL)
for block in blocks:
    name, described = block.split("\n", 1)[0].strip("# "), yaml.safe_load(block)
    hold(name, described.get("jobs", described)["network"])
if len(blocks) != 2:
    faults.append("docs/ci.md has not two jobs")
print("\n".join(faults) or "the jobs hold")
sys.exit(1 if faults else 0)
