#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""vnetc build and install while the machine fails: calls that fail, kills, two at once, links, full and read-only places. fault.py VNETC SHIM PART

Whatever happens: the exit status and message are right, each file is the old or the new one and whole, nothing outside is touched, and the
next build finishes the work. VNETC_LONG in the environment: every call, every error, 1,000 builds killed at random; else a sample of each."""
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile

LONG = "VNETC_LONG" in os.environ
OLD = """\
host: {name: box, release: "15.1", interfaces: {re0: {}}}
subnets:
  lan: {prefixes: [192.168.0.0/24], gateway: 192.168.0.254}
bridges:
  bridge0: {subnet: lan, members: [re0], addresses: [192.168.0.10]}
jails:
  www: {interfaces: [{bridge: bridge0, addresses: [192.168.0.11]}]}
  old: {interfaces: [{bridge: bridge0, addresses: auto}]}
"""
NEW = OLD.replace("  old:", "  new:").replace("192.168.0.11", "192.168.0.12") + "  dns: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"
CODES = {"EIO": errno.EIO, "ENOSPC": -errno.ENOSPC, "EACCES": errno.EACCES, "EINTR": errno.EINTR}
CALLS = [(kind, name, code) for kind in ("open", "read", "write", "fsync", "rename", "mkdir", "unlink", "close") for name, code in CODES.items()
         if name != "EINTR" or kind not in ("rename", "mkdir", "unlink")]


def tree(root, folders_too=False):
    found = {}
    for folder, folders, names in os.walk(root):
        found.update({os.path.relpath(os.path.join(folder, f), root): "folder" for f in folders if folders_too})
        for name in names + [f for f in folders if os.path.islink(os.path.join(folder, f))]:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                found[os.path.relpath(path, root)] = "-> " + os.readlink(path)
            else:
                with open(path, "rb") as f:
                    found[os.path.relpath(path, root)] = f.read()
    return found


class Fault:
    def __init__(self, vnetc, shim):
        self.vnetc, self.shim = vnetc, shim
        self.root = tempfile.mkdtemp(prefix="vnetc-fault-")
        self.faults, self.injected, self.died, self.runs = 0, 0, 0, 0
        self.work = os.path.join(self.root, "work")
        self.log = os.path.join(self.root, "log")
        self.before, self.after = self.kept("before", OLD), self.kept("after", OLD, NEW)

    def say(self, where, what):
        self.faults += 1
        print("FAILED %s: %s" % (where, what), flush=True)

    def run(self, *words, fault=None, cwd=None, **more):
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "VNETC_FAULT_LOG": self.log}
        if fault:
            environment.update(LD_PRELOAD=self.shim, VNETC_FAULT=fault)
        self.runs += 1
        return subprocess.run([self.vnetc, *(words or ("build",))], cwd=cwd or self.work, env=environment, capture_output=True, check=False, timeout=120, **more)

    def put(self, text, folder=None):
        with open(os.path.join(folder or self.work, "topology.yaml"), "w", encoding="ascii") as f:
            f.write(text)

    def kept(self, name, *texts):
        """A folder in which these topologies were built one after the other."""
        folder = os.path.join(self.root, name)
        os.makedirs(folder)
        for text in texts:
            self.put(text, folder)
            done = self.run(cwd=folder)
            if done.returncode:
                raise SystemExit("cannot build: %s" % done.stderr.decode())
        return folder

    def ready(self):
        """The old build with the new topology beside it."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.before, self.work, symlinks=True)
        self.put(NEW)

    def whole(self, where, killed=False):
        old, new, now = tree(self.before), tree(self.after), tree(self.work)
        for path, text in now.items():
            name = os.path.basename(path)
            if text in (old.get(path), new.get(path)) or path == "topology.yaml" or (killed and name.startswith(".vnetc")):
                continue
            if name == ".vnetc" and text.startswith(b"vnetc 1 topology.yaml\n") and text.endswith(b"\n"):
                continue
            self.say(where, "%s is neither old nor new: %r" % (path, text[:80]))
        for path in set(old) & set(new):
            if path not in now:
                self.say(where, "%s is lost" % path)
        return now

    def repaired(self, where):
        done = self.run()
        if done.returncode:
            self.say(where, "the next build: status %d: %s" % (done.returncode, done.stderr.decode()))
        elif tree(self.work) != tree(self.after):
            was, now = tree(self.after), tree(self.work)
            self.say(where, "the next build leaves %s" % sorted(p for p in set(was) | set(now) if was.get(p) != now.get(p)))

    def counted(self, *words):
        self.ready()
        self.run(*words, fault="none:0")
        with open(self.log, encoding="ascii") as f:
            return {line.split()[0]: int(line.split()[1]) for line in f}

    def sample(self, n, most):
        return range(1, n + 1) if LONG or n <= most else sorted(random.sample(range(1, n + 1), most))

    # The parts.

    def calls(self):
        counts = self.counted()
        for kind, name, code in CALLS:
            for n in self.sample(counts[kind], 9):
                self.call(kind, n, name, code)
        print("calls of a build: %s" % " ".join("%s %d" % item for item in counts.items()))

    def call(self, kind, n, name, code):
        where = "%s %d %s" % (kind, n, name)
        self.ready()
        self.injected += 1
        done = self.run(fault="%s:%d:%d" % (kind, n, code))
        said = done.stderr.decode(errors="replace")
        if done.returncode not in (0, 1, 4):
            self.say(where, "status %d: %s" % (done.returncode, said))
        elif done.returncode == 4 and ("vnetc: " not in said or os.strerror(abs(code)) not in said):
            self.say(where, "the message does not say why: %s" % said)
        elif done.returncode == 1 and "error: " not in said:
            self.say(where, "status 1: %s" % said)
        elif name == "EINTR" and done.returncode:
            self.say(where, "not tried again: status %d: %s" % (done.returncode, said))
        # Where nothing can be removed, or nothing opened any more, temporaries stay; the next build sweeps them.
        stays = kind == "unlink" or (kind == "open" and code < 0)
        now = self.whole(where, killed=stays)
        for path in now:
            if ".vnetc.tmp." in path and not stays:
                self.say(where, "%s is left" % path)
        if done.returncode == 0 and kind not in ("unlink", "open", "read") and now != tree(self.after):
            self.say(where, "status 0, and the build is not there")
        self.repaired(where)

    def memory(self):
        """malloc, calloc and realloc of all libraries. Graphviz and the C library do not survive all of it; files do."""
        for words in (("check",), ("build",)):
            count = self.counted(*words)["alloc"]
            for n in self.sample(count, 120):
                for minus in ("", "-"):
                    where = "%s alloc %s%d" % (words[0], minus, n)
                    self.ready()
                    self.injected += 1
                    done = self.run(*words, fault="alloc:%d:%s12" % (n, minus))
                    if done.returncode < 0:
                        self.died += 1
                    elif done.returncode not in (0, 1, 4):
                        self.say(where, "status %d: %s" % (done.returncode, done.stderr))
                    elif done.returncode == 4 and b"memory" not in done.stderr:
                        self.say(where, "the message does not say why: %s" % done.stderr)
                    self.whole(where, killed=done.returncode < 0)
                    if words[0] == "build":
                        self.repaired(where)
            print("%s: %d allocations" % (words[0], count))

    def kills(self):
        """At every call in turn, then at any instant."""
        for n in self.sample(self.counted()["any"], 60):
            self.ready()
            self.run(fault="any:%d:kill" % n)
            self.injected += 1
            self.whole("killed at call %d" % n, killed=True)
            self.repaired("killed at call %d" % n)
        texts = (OLD, NEW)
        self.ready()
        longest, killed, n = 0.06, 0, 0
        while killed < (1000 if LONG else 60):
            n += 1
            self.put(texts[n % 2])
            process = subprocess.Popen([self.vnetc, "build"], cwd=self.work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(random.random() * longest)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            status = process.wait()
            killed += status == -signal.SIGKILL
            longest = max(0.005, longest * (0.97 if status == 0 else 1.01))
            self.whole("kill %d" % n, killed=True)
        self.injected += killed
        print("%d builds killed at random instants, %d were faster" % (killed, n - killed))
        self.ready()
        self.repaired("after all kills")

    def together(self):
        for n in range(60 if LONG else 12):
            self.ready()
            other = os.path.join(self.root, "other")
            shutil.rmtree(other, ignore_errors=True)
            os.makedirs(other)
            self.put(OLD, other)
            shutil.copyfile(os.path.join(self.before, "topology.lock"), os.path.join(other, "topology.lock"))
            both = [subprocess.Popen([self.vnetc, "build", "-o", os.path.join(self.work, "generated")], cwd=where, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                    for where in (self.work, other)]
            for process in both:
                said = process.communicate(timeout=120)[1]
                if process.returncode:
                    self.say("together %d" % n, "status %d: %s" % (process.returncode, said))
            self.injected += 1
            now = {p: t for p, t in tree(self.work).items() if p.startswith("generated/")}
            if now not in [{p: t for p, t in tree(kept).items() if p.startswith("generated/")} for kept in (self.before, self.after)]:
                self.say("together %d" % n, "the directory is neither of the two")
            self.repaired("together %d" % n)

    def links(self):
        outside = os.path.join(self.root, "outside")
        os.makedirs(os.path.join(outside, "www"))
        for name in ("rc.conf", "www/rc.conf", "topology.svg", "list"):
            with open(os.path.join(outside, name), "w", encoding="ascii") as f:
                f.write("not vnetc's\n")
        untouched = tree(outside)
        for path in ("rc.conf", "topology.svg", "jails", "jails/www", "jails/www/rc.conf", ".vnetc", ".vnetc.lock", ".vnetc.tmp.0", ".vnetc.tmp.list", "ezjail", "jails/new"):
            for target in (outside, os.path.join(outside, "rc.conf"), os.path.join(outside, "not-there"), "../../outside"):
                self.ready()
                full = os.path.join(self.work, "generated", path)
                if os.path.isdir(full):
                    shutil.rmtree(full)
                elif os.path.exists(full):
                    os.remove(full)
                os.symlink(target, full)
                self.injected += 1
                done = self.run()
                if done.returncode not in (0, 4):
                    self.say("link %s" % path, "status %d: %s" % (done.returncode, done.stderr))
                if tree(outside) != untouched:
                    self.say("link %s" % path, "it was followed: %s" % done.stderr)
        # A directory that becomes a link between any two calls.
        for name in ("jails", "ezjail", "jails/www", "jails/new"):
            for n in self.sample(self.counted()["any"], 25):
                self.ready()
                self.injected += 1
                self.run(fault="any:%d:swap=%s=%s" % (n, os.path.join(self.work, "generated", name), outside))
                now = tree(outside)
                if now != untouched:
                    self.say("%s swapped at call %d" % (name, n), "written outside: %s" % sorted(set(now) ^ set(untouched)))
        self.ready()
        os.remove(os.path.join(self.work, "topology.lock"))
        os.symlink(os.path.join(outside, "list"), os.path.join(self.work, "topology.lock"))
        done = self.run()
        if done.returncode not in (0, 1, 4):
            self.say("the lock is a link", "status %d: %s" % (done.returncode, done.stderr))
        # A link in the output directory's own place is the administrator's choice, and works.
        self.ready()
        shutil.move(os.path.join(self.work, "generated"), os.path.join(self.root, "elsewhere"))
        os.symlink(os.path.join(self.root, "elsewhere"), os.path.join(self.work, "generated"))
        if self.run().returncode:
            self.say("generated is a link", "it does not build")

    def install(self):
        """A host's files: from what it had to the build, and back."""
        host, generated = os.path.join(self.root, "host"), os.path.join(self.after, "generated")
        os.makedirs(os.path.join(host, "var", "db"))
        for name, text in (("etc/rc.conf", 'hostname="box"\n'), ("usr/jails/www/etc/rc.conf", 'sshd_enable="YES"\n'),
                           ("usr/jails/new/etc/rc.conf", ""), ("usr/jails/dns/etc/resolv.conf", "nameserver 192.0.2.1\n")):
            os.makedirs(os.path.dirname(os.path.join(host, name)), exist_ok=True)
            with open(os.path.join(host, name), "w", encoding="ascii") as f:
                f.write(text)
        installed = os.path.join(self.root, "installed")
        shutil.copytree(host, installed)
        done = self.run("install", "--root", installed, "--yes", cwd=self.after)
        if done.returncode or not os.path.exists(generated):
            return self.say("install", done.stderr.decode())
        for words, old, new in ((("install",), host, installed), (("install", "--uninstall"), installed, host)):
            words = (*words, "--yes", "-q", "--root", self.work)
            counts = self.site(words, old, new, "none:0", "nothing")[1]
            for kind, name, code in CALLS:
                # Of what makes a change durable each one, of the many others some.
                for n in self.sample(counts[kind], 40 if kind in ("fsync", "rename") else 5):
                    self.site_call(words, old, new, "%s:%d:%d" % (kind, n, code), name)
            for n in self.sample(counts["any"], 25):
                self.site(words, old, new, "any:%d:kill" % n, "killed")
            print("calls of %s: %s" % (" ".join(words[:2]), " ".join("%s %d" % item for item in counts.items())))
        return None

    def site_call(self, words, old, new, fault, name):
        done = self.site(words, old, new, fault, name)[0]
        where, said = "%s %s %s" % (words[0:2], fault, name), done.stderr.decode(errors="replace")
        if done.returncode not in ((0,) if name == "EINTR" else (0, 4)):
            self.say(where, "status %d: %s" % (done.returncode, said))
        elif done.returncode == 4 and ("vnetc: " not in said or os.strerror(CODES[name] if CODES[name] > 0 else -CODES[name]) not in said):
            self.say(where, "the message does not say why: %s" % said)

    def site(self, words, old, new, fault, name):
        """One run on a host with that fault, then one without."""
        where = "%s %s %s" % (words[0:2], fault, name)
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(old, self.work)
        was, will = tree(old), tree(new)
        self.injected += 1
        done = self.run(*words, fault=fault, cwd=self.after)
        with open(self.log, encoding="ascii") as f:
            counts = {line.split()[0]: int(line.split()[1]) for line in f} if done.returncode >= 0 else {}
        for path, text in tree(self.work).items():
            if not path.startswith("var/db/vnetc/") and ".vnetc.new." not in path and text not in (was.get(path), will.get(path)):
                self.say(where, "%s is neither old nor new: %r" % (path, text[:80]))
        self.again(where, words, new)
        if "--uninstall" not in words:
            self.again(where, (words[0], "--uninstall", *words[1:]), old)
        return done, counts

    def again(self, where, words, new):
        done, now, will = self.run(*words, cwd=self.after), tree(self.work, True), tree(new, True)
        # The record may leave out directories of vnetc's own, which go in any case.
        different = sorted(p for p in set(now) | set(will) if now.get(p) != will.get(p) and (p != "var/db/vnetc/installed" or p not in now or p not in will))
        if done.returncode or different:
            self.say(where, "%s after it: status %d, %s: %s" % (words[:2], done.returncode, different, done.stderr.decode()))

    def places(self):
        self.ready()
        more = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        os.chmod(self.root, 0o755)
        for folder, _, _ in os.walk(self.work):
            os.chmod(folder, 0o555)
        if more and subprocess.run([self.vnetc, "version"], capture_output=True, check=False, **more).returncode:
            print("read-only: skipped, an unprivileged user cannot run %s" % self.vnetc)
        else:
            self.injected += 1
            done = self.run(**more)
            if done.returncode != 4 or b"ermission denied" not in done.stderr:
                self.say("read-only", "status %d: %s" % (done.returncode, done.stderr))
            self.whole("read-only")
        for folder, _, _ in os.walk(self.work):
            os.chmod(folder, 0o755)
        self.repaired("read-only")
        for path, mode in ((p, os.stat(os.path.join(self.work, p)).st_mode & 0o7777) for p in tree(self.work) if p != "topology.yaml"):
            if mode & 0o133:
                self.say("modes", "%s has %o" % (path, mode))
        self.full()

    def full(self):
        disk = os.path.join(self.root, "disk")
        os.makedirs(disk)
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk], capture_output=True, check=False).returncode:
            return print("full tmpfs: skipped, no right to mount one")
        try:
            self.work = os.path.join(disk, "work")
            for room in range(0, 120, 4 if LONG else 12):
                self.ready()
                with open(os.path.join(disk, "ballast"), "wb") as f:
                    stat = os.statvfs(disk)
                    try:
                        f.write(b"x" * max(0, stat.f_bavail * stat.f_frsize - room * 1024))
                    except OSError:
                        pass
                self.injected += 1
                done = self.run()
                if done.returncode not in (0, 4) or (done.returncode == 4 and b"No space left" not in done.stderr):
                    self.say("full", "status %d: %s" % (done.returncode, done.stderr))
                self.whole("full, %d KiB" % room)
                os.remove(os.path.join(disk, "ballast"))
                self.repaired("full, %d KiB" % room)
        finally:
            subprocess.run(["umount", "-l", disk], capture_output=True, check=False)
        return None


def main():
    vnetc, shim, part = sys.argv[1:4]
    fault = Fault(os.path.abspath(vnetc), os.path.abspath(shim))
    random.seed(6)
    try:
        getattr(fault, part)()
    finally:
        shutil.rmtree(fault.root, ignore_errors=True)
    died = ", %d ended by a signal in a library" % fault.died if fault.died else ""
    print("%s: %d faults injected, %d runs%s; %d found" % (part, fault.injected, fault.runs, died, fault.faults))
    sys.exit(1 if fault.faults else 0)


main()
