# SPDX-License-Identifier: BSD-2-Clause
"""The git hook refuses what is not built, and only that: hook.py VNETC ROOT"""
import os
import shutil
import subprocess
import sys
import tempfile

vnetc, root = os.path.abspath(sys.argv[1]), sys.argv[2]
if shutil.which("git") is None:
    print("git is not here")
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(f"{folder}/bin")
    os.symlink(vnetc, f"{folder}/bin/vnetc")
    environment = {
        "PATH": f"{folder}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": folder, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}

    def run(command, status):
        done = subprocess.run(["sh", "-c", command], cwd=f"{folder}/net", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False)
        if done.returncode != status:
            sys.exit(f"{command}: exits {done.returncode}, not {status}\n{done.stdout}")
        return done.stdout

    os.mkdir(f"{folder}/net")
    run("git init -q", 0)
    shutil.copy(os.path.join(root, "docs/ci/pre-commit"), f"{folder}/net/.git/hooks/pre-commit")
    run("echo nothing > README && git add README && git commit -qm 'without a topology'", 0)
    run("vnetc init -q && git add . && git commit -qm 'not built'", 1)
    run("vnetc build -q && git add . && git commit -qm 'built'", 0)
    run("sed -i.old 's/gateway: 192.168.0.1 /gateway: 192.168.0.2 /' topology.yaml && rm *.old && vnetc build -q", 0)
    out = run("git add topology.yaml && git commit -qm 'built, but only the topology added'", 1)
    if "changed  " not in out or "run vnetc build" not in out:
        sys.exit(f"the hook does not say why:\n{out}")
    run("git commit -qam 'all of it'", 0)
    run("echo '  bridge9: {}' > more && sed -i.old '/^bridges:/r more' topology.yaml && rm *.old more && vnetc build -q", 0)
    out = run("git add . && git commit -qm 'with a warning'", 1)
    if "[lonely-bridge]" not in out:
        sys.exit(f"the hook does not tell the warning:\n{out}")
    run("git checkout -qf HEAD . && mkdir sub && git mv topology.yaml topology.lock generated sub && git config vnetc.topology sub/topology.yaml"
        " && git commit -qm 'elsewhere'", 0)
print("the hook holds")
