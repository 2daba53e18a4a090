# SPDX-License-Identifier: BSD-2-Clause
"""What vnetc finds around it: things in the place of its files, hard links, file systems in one another, masks and limits of the process, signals.
It never blocks, never writes to what is not its own, says which path it is, and goes on when that is out of the way."""
import os
import random
import resource
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time
import unittest

import vnetc
from vnetc import DONE, FAILED, SMALL, VNETC, WRONG

PRECIOUS = "not vnetc's\n"
OWN = ("generated/.vnetc", "generated/.vnetc.lock", "generated/.vnetc.tmp.list", "generated/.vnetc.tmp.0", "generated/ezjail/.vnetc.tmp.0",
       "generated/rc.conf", "generated/jails/www/rc.conf", "topology.lock", ".vnetc.tmp.topology.lock")
NEXT = SMALL.replace("192.168.0.11", "192.168.0.12") + "  new: {interfaces: [{bridge: bridge0, addresses: auto}]}\n"


class Surroundings(vnetc.Case):
    def setUp(self):
        super().setUp()
        self.precious = self.write("outside/precious", PRECIOUS)

    def fresh(self):
        """The old build with the next topology beside it."""
        for name in os.listdir(self.dir):
            if name != "outside":
                path = self.path(name)
                (shutil.rmtree if os.path.isdir(path) and not os.path.islink(path) else os.unlink)(path)
        self.write("topology.yaml", SMALL)
        self.vnetc("build", "-q")
        self.write("topology.yaml", NEXT)

    def untouched(self):
        self.assertEqual(self.read("outside/precious"), PRECIOUS)
        self.assertEqual(os.listdir(self.path("outside")), ["precious"])
        self.assertEqual(stat.S_IMODE(os.stat(self.precious).st_mode), 0o600)

    def builds(self):
        """The next build finishes the work, and leaves nothing beside it."""
        self.vnetc("build", "-q")
        self.vnetc("build", "--check", "-q")
        left = [p for p in self.tree() if ".vnetc.tmp." in p or p.endswith(".vnetc.lock")]
        self.assertEqual(left, [])

    def in_the_way(self, path, make):
        self.fresh()
        full = self.path(path)
        if os.path.exists(full):
            os.unlink(full)
        make(full)
        done = subprocess.run([VNETC, "build", "-q"], cwd=self.dir, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
        said = done.stderr.decode()
        if os.path.lexists(full) and not stat.S_ISREG(os.lstat(full).st_mode):
            self.assertIn(done.returncode, (DONE, WRONG, FAILED), said)
            if done.returncode == FAILED:
                self.assertRegex(said, r"\Avnetc: cannot (read|write) .*: (it is|a directory of that name is there|Is a directory|File exists|No such device)")
            (shutil.rmtree if os.path.isdir(full) and not os.path.islink(full) else os.unlink)(full)
        else:
            self.assertIn(done.returncode, (DONE, WRONG, FAILED), said)
        if path == "topology.lock":
            shutil.rmtree(self.path("generated"))
        if os.path.lexists(full) and done.returncode != DONE:
            os.unlink(full)
        if path == "generated/.vnetc":
            shutil.rmtree(self.path("generated"), ignore_errors=True)   # whose files they are is not known any more
        self.builds()
        self.untouched()

    def each(self, make):
        os.chmod(self.precious, 0o600)
        for path in OWN:
            with self.subTest(path):
                self.in_the_way(path, make)

    def test_pipes(self):
        self.each(os.mkfifo)

    def test_directories(self):
        self.each(os.mkdir)

    def test_directories_with_something_in_them(self):
        self.each(lambda path: os.makedirs(os.path.join(path, "inner")))

    def test_links(self):
        self.each(lambda path: os.symlink(self.precious, path))

    def test_hard_links(self):
        self.each(lambda path: os.link(self.precious, path))

    def test_sockets(self):
        def make(path):
            there = os.getcwd()
            os.chdir(os.path.dirname(path))             # a socket's path is short
            try:
                with socket.socket(socket.AF_UNIX) as s:
                    s.bind(os.path.basename(path))
            finally:
                os.chdir(there)
        self.each(make)

    def test_huge_files(self):
        def make(path):
            with open(path, "wb") as f:
                f.truncate(1 << 40)
        self.each_sparse(make)

    def each_sparse(self, make):
        os.chmod(self.precious, 0o600)
        for path in OWN:
            with self.subTest(path):
                self.fresh()
                full = self.path(path)
                if os.path.exists(full):
                    os.unlink(full)
                try:
                    make(full)
                except OSError as why:
                    self.skipTest("no such file here: %s" % why)
                done = subprocess.run([VNETC, "build", "-q"], cwd=self.dir, capture_output=True, check=False, timeout=60)
                self.assertIn(done.returncode, (DONE, WRONG, FAILED), done.stderr)
                if done.returncode != DONE:
                    os.unlink(full)

    def test_a_hard_link_of_the_lock(self):
        """Whoever else has it keeps what it was."""
        self.fresh()
        os.link(self.path("topology.lock"), self.path("copy"))
        was = self.read("copy")
        self.vnetc("build", "-q")
        self.assertEqual(self.read("copy"), was)
        self.assertNotEqual(self.read("topology.lock"), was)

    def test_output_directory_is_none(self):
        for make in (os.mkfifo, lambda path: open(path, "w", encoding="ascii").close(), lambda path: os.symlink("/dev/null", path)):
            self.write("topology.yaml", SMALL)
            make(self.path("generated"))
            self.assertIn("cannot read generated: Not a directory", self.vnetc("build", status=FAILED)[1])
            os.unlink(self.path("generated"))
        self.assertIn("cannot read /dev/null: Not a directory", self.vnetc("build", "-o", "/dev/null", status=FAILED)[1])

    def test_masks(self):
        """No more rights than the mask leaves, and never one to write for others."""
        for mask in (0, 0o022, 0o027, 0o077):
            with self.subTest("%03o" % mask):
                self.fresh()
                shutil.rmtree(self.path("generated"))
                os.unlink(self.path("topology.lock"))
                old = os.umask(mask)
                try:
                    self.vnetc("build", "-q")
                    self.vnetc("graph", "-o", "graph.svg")
                finally:
                    os.umask(old)
                for folder, folders, names in os.walk(self.dir):
                    for name in folders + names:
                        path = os.path.join(folder, name)
                        if "outside" not in path and name != "topology.yaml":
                            self.assertEqual(oct(stat.S_IMODE(os.stat(path).st_mode) & 0o777), oct((0o755 if name in folders else 0o644) & ~mask), path)

    def test_mode_of_the_lock_stays(self):
        self.fresh()
        os.chmod(self.path("topology.lock"), 0o640)
        self.vnetc("build", "-q")
        self.assertEqual(stat.S_IMODE(os.stat(self.path("topology.lock")).st_mode), 0o640)

    def test_a_directory_for_a_group(self):
        """Set-group-ID directories hand their group on."""
        self.fresh()
        os.chmod(self.path("generated"), 0o2755)
        shutil.rmtree(self.path("generated", "jails"))
        self.vnetc("build", "-q")
        self.assertEqual(os.stat(self.path("generated", "jails", "www", "rc.conf")).st_gid, os.stat(self.path("generated")).st_gid)

    def test_file_system_inside(self):
        """Below the output directory begins another file system: nothing is renamed across."""
        self.fresh()
        place = self.path("generated", "jails")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False)
        if done.returncode:
            self.skipTest("nothing can be mounted here")
        try:
            self.builds()
            self.write("topology.yaml", SMALL.replace("  db:", "  data:"))
            self.builds()
            self.assertEqual(sorted(os.listdir(place)), ["data", "www"])
        finally:
            subprocess.run(["umount", place], check=True)

    def test_immutable(self):
        self.fresh()
        path = self.path("generated", "rc.conf")
        self.write("topology.yaml", NEXT.replace("192.168.0.10]", "192.168.0.13]"))
        if not shutil.which("chattr") or subprocess.run(["chattr", "+i", path], capture_output=True, check=False).returncode:
            self.skipTest("nothing can be made immutable here")
        try:
            was = self.read("generated/rc.conf")
            self.assertIn("cannot write generated/rc.conf: Operation not permitted", self.vnetc("build", "-q", status=FAILED)[1])
            self.assertEqual(self.read("generated/rc.conf"), was)
        finally:
            subprocess.run(["chattr", "-i", path], check=True)
        self.builds()

    def limited(self, which, most, *words):
        def limit():
            resource.setrlimit(which, (most, most))
        return subprocess.run([VNETC, *words], cwd=self.dir, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60, preexec_fn=limit)

    def test_files_that_may_not_grow(self):
        """SIGXFSZ is held back: the message is that of a write that failed, and nothing is left."""
        self.fresh()
        was = {p: t for p, t in self.tree("generated").items()}
        done = self.limited(resource.RLIMIT_FSIZE, 512, "build")
        self.assertEqual(done.returncode, FAILED, done.stderr)
        self.assertIn(b"File too large", done.stderr)
        self.assertEqual(self.tree("generated"), was)
        self.builds()

    def test_few_descriptors(self):
        for most in range(4, 16):
            with self.subTest(most):
                self.fresh()
                done = self.limited(resource.RLIMIT_NOFILE, most, "build", "-q")
                self.assertIn(done.returncode, (DONE, FAILED, 127), done.stderr)        # 127: not even the program could be loaded
                if done.returncode == FAILED:
                    self.assertIn(b"Too many open files", done.stderr)
                self.builds()

    def test_small_stack(self):
        self.fresh()
        self.assertEqual(self.limited(resource.RLIMIT_STACK, 256 << 10, "build", "-q").returncode, DONE)

    def test_no_folder_any_more(self):
        self.write("topology.yaml", SMALL)
        os.mkdir(self.path("gone"))
        script = 'cd gone && rmdir ../gone && "$0" build -q; echo $?; "$0" build -q ../topology.yaml; echo $?'
        done = subprocess.run(["/bin/sh", "-c", script, VNETC], cwd=self.dir, capture_output=True, text=True, check=False, timeout=60)
        self.assertEqual(done.stdout, "4\n0\n", done.stderr)

    def test_long_paths(self):
        self.write("topology.yaml", SMALL)
        for path in ("x" * 300, "/".join(["d" * 200] * 40)):
            self.assertIn("File name too long", self.vnetc("build", "-o", path, status=FAILED)[1])

    def test_signals(self):
        """Stopped in the middle by what a terminal or an init sends: files are whole, and the next build finishes."""
        random.seed(11)
        self.fresh()
        old, stopped = self.tree("generated"), 0
        self.vnetc("build", "-q")
        new = self.tree("generated")
        for n in range(60):
            self.fresh()
            process = subprocess.Popen([VNETC, "build", "-q"], cwd=self.dir)
            time.sleep(random.random() * 0.03)
            process.send_signal((signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)[n % 4])
            status = process.wait(60)
            stopped += status < 0
            self.assertLessEqual(status, 0)
            for path, text in self.tree("generated").items():
                if not os.path.basename(path).startswith(".vnetc"):
                    self.assertIn(text, (old.get(path), new.get(path)), path)
            self.builds()
        self.assertGreater(stopped, 5)

    def test_reader_goes_away(self):
        """Before all is written, which may be more than a pipe holds: no message, for whoever closes it knows."""
        jails = "".join("  j%d: {interfaces: [{bridge: bridge0, addresses: auto}]}\n" % n for n in range(240))
        self.write("topology.yaml", SMALL + jails)
        for words in (["graph"], ["graph", "--format", "json"], ["dump", "plan"], ["dump", "model"], ["show", "interfaces"]):
            with self.subTest(words):
                process = subprocess.Popen([VNETC, *words], cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                process.stdout.close()
                said = process.stderr.read()
                process.stderr.close()
                self.assertEqual((process.wait(60), said), (FAILED, b""))

    def test_include_is_swapped(self):
        """A file, a pipe, a device, a link out of the folder, in turn and at any instant: vnetc reads the file or says why not."""
        self.write("topology.yaml", "include: more.yaml\n" + SMALL)
        self.write("outside/secret.yaml", "secret: 1\n")
        path, going = self.path("more.yaml"), True

        def swap():
            makers = [lambda p: self.write(os.path.basename(p), "version: 1\n"), os.mkfifo, lambda p: os.symlink("/dev/zero", p),
                      lambda p: os.symlink("outside/../../" + os.path.basename(self.dir) + "/outside/secret.yaml", p), os.mkdir]
            n = 0
            while going:
                makers[n % len(makers)](path + ".next")
                if os.path.isdir(path) and not os.path.islink(path):
                    os.rmdir(path)
                if os.path.isdir(path + ".next") and not os.path.islink(path + ".next") and os.path.lexists(path):
                    os.unlink(path)
                os.rename(path + ".next", path)
                n += 1
        thread = threading.Thread(target=swap)
        thread.start()
        try:
            for _ in range(100):
                done = subprocess.run([VNETC, "check"], cwd=self.dir, capture_output=True, check=False, timeout=30)
                self.assertIn(done.returncode, (DONE, WRONG), done.stderr)
                self.assertNotIn(b"secret", done.stderr.replace(b"outside/secret.yaml", b""))
        finally:
            going = False
            thread.join()


if __name__ == "__main__":
    unittest.main(verbosity=1)
