# SPDX-License-Identifier: BSD-2-Clause
"""Installs builds on copies of hosts: install.py VNETC HOSTS

A second install changes nothing; --uninstall gives back every byte, mode and directory; what others wrote meanwhile stays; a run that is
killed, at any step, leaves each file old or new, and the next run finishes it or takes it back; what a jail's root may have put in the
way is not followed; lines lost to ezjail-admin config are recognised."""
import os
import re
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

VNETC, HOSTS = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
STRACE = shutil.which("strace")


def tree(root):
    """Every file with its bytes and mode, every directory, every link."""
    found = {}
    for top, folders, files in os.walk(root):
        for name in folders + files:
            path = os.path.join(top, name)
            shown = os.path.relpath(path, root)
            if os.path.islink(path):
                found[shown] = os.readlink(path)
            elif os.path.isdir(path):
                found[shown] = "directory"
            else:
                with open(path, "rb") as stream:
                    found[shown] = (os.stat(path).st_mode & 0o7777, stream.read())
    return found


def only_files(root):
    return {path: what[1] for path, what in tree(root).items() if isinstance(what, tuple) and not path.startswith("var/db/vnetc")}


class Install(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="vnetc-install-")
        self.addCleanup(self.folder.cleanup)
        self.work = self.folder.name
        self.root = os.path.join(self.work, "root")

    def vnetc(self, *words, status=0, before=()):
        done = subprocess.run([*before, VNETC, *words], cwd=self.work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=120, check=False)
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        if status is not None:
            self.assertEqual(done.returncode, status, out + err)
        return out, err

    def host(self, name):
        """A copy of a host, and the topology of it built."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(os.path.join(HOSTS, name, "root"), self.root, symlinks=True)
        shutil.copy(os.path.join(HOSTS, name, "topology.yaml"), self.work)
        shutil.rmtree(os.path.join(self.work, "generated"), ignore_errors=True)
        self.vnetc("build", "-q")
        return tree(self.root)

    def write_topology(self, change):
        with open(os.path.join(self.work, "topology.yaml"), encoding="utf-8") as stream:
            text = change(stream.read())
        with open(os.path.join(self.work, "topology.yaml"), "w", encoding="utf-8") as stream:
            stream.write(text)
        self.vnetc("build", "-q")

    def install(self, *words, **how):
        return self.vnetc("install", "--root", "root", "--yes", *words, **how)

    def path(self, name):
        return os.path.join(self.root, name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as stream:
            return stream.read()

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as stream:
            stream.write(text)

    def test_every_host(self):
        for name in sorted(os.listdir(HOSTS)):
            if os.path.exists(os.path.join(HOSTS, name, "status")):
                continue
            with self.subTest(name):
                before = self.host(name)
                self.install()
                installed = tree(self.root)
                self.assertEqual(self.install()[0], "")
                self.assertEqual(tree(self.root), installed)
                out, err = self.vnetc("diff", "--root", "root")
                self.assertEqual(out, "")
                self.install("--uninstall")
                self.assertEqual(tree(self.root), before)

    def test_asks(self):
        before = self.host("post-before")
        out, err = self.vnetc("install", "--root", "root", status=2)
        self.assertIn("+cloned_interfaces=", out)
        self.assertIn("--yes makes the changes", err)
        self.assertEqual(tree(self.root), before)

    def asked(self, words, meanwhile, answer):
        """On a terminal: what is done before the answer is done while it is awaited."""
        master, slave = pty.openpty()
        with subprocess.Popen([VNETC, "install", "--root", "root", *words], cwd=self.work, stdin=slave, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE) as process:
            seen = b""
            while b"[y/N]" not in seen:
                piece = process.stderr.read1(100)
                self.assertTrue(piece, seen)
                seen += piece
            meanwhile()
            os.write(master, answer)
            err = seen + process.stderr.read()
        os.close(master)
        os.close(slave)
        return process.returncode, err.decode()

    def test_answers(self):
        before = self.host("post-before")
        for answer in (b"n\n", b"\n", b"\x04"):
            status, err = self.asked([], lambda: None, answer)
            self.assertIn("nothing changed", err)
            self.assertEqual((status, tree(self.root)), (1, before))
        self.assertEqual(self.asked([], lambda: None, b"y\n")[0], 0)
        self.assertNotEqual(tree(self.root), before)
        self.assertEqual(self.asked(["--uninstall"], lambda: None, b"Y\n")[0], 0)
        self.assertEqual(tree(self.root), before)

    def test_changed_while_asking(self):
        """What others write, make or remove while the answer is awaited is not overwritten, and nothing else is changed."""
        name, other = "etc/rc.conf", "usr/local/etc/rc.conf.d/jail/vnetc.conf"

        def appended():
            self.write(name, self.read(name) + 'ntpd_enable="YES"\n')

        def gone():
            os.remove(self.path(name))

        def made():
            os.makedirs(os.path.dirname(self.path(other)), exist_ok=True)
            self.write(other, "mine\n")

        def installed():
            self.install("--jail-conf")

        for words, meanwhile, path in (([], appended, name), ([], gone, name), ([], made, other), (["--uninstall"], appended, name),
                                       (["--uninstall"], made, other), ([], installed, "var/db/vnetc/installed")):
            with self.subTest(words=words, meanwhile=meanwhile.__name__):
                self.host("post-before")
                if words:
                    self.install()
                after = {}

                def keep():
                    meanwhile()
                    after.update(tree(self.root))
                status, err = self.asked(words, keep, b"y\n")
                self.assertIn(f"/{path} was changed by another program meanwhile; nothing was changed", err)
                self.assertEqual(status, 4)
                self.assertEqual(tree(self.root), after)

    def test_only_what_was_built(self):
        before = self.host("post-before")
        shutil.rmtree(os.path.join(self.work, "generated"))
        self.assertIn("vnetc build first", self.install(status=3)[1])
        self.assertEqual(tree(self.root), before)

    def test_says_what_is_in_the_way(self):
        self.host("post-before")
        self.assertIn("/etc/rc.conf:5: ifconfig_re0_ipv6 is in the way", self.install()[1])

    def test_without_a_last_newline(self):
        self.host("post-before")
        self.write("etc/rc.conf", self.read("etc/rc.conf").rstrip("\n"))
        before = tree(self.root)
        self.install()
        self.assertIn("\n# vnetc begin", self.read("etc/rc.conf"))
        self.install()
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def test_what_others_write_stays(self):
        self.host("post-before")
        self.install()
        text = self.read("etc/rc.conf") + 'ntpd_enable="YES"\n'
        self.write("etc/rc.conf", 'zfs_enable="YES"\n' + text)
        self.assertEqual(self.install()[0], "")
        self.install("--uninstall")
        with open(os.path.join(HOSTS, "post-before/root/etc/rc.conf"), encoding="utf-8") as stream:
            self.assertEqual(self.read("etc/rc.conf"), 'zfs_enable="YES"\n' + stream.read() + 'ntpd_enable="YES"\n')

    def test_modes_and_a_file_in_the_place(self):
        self.host("post-before")
        os.makedirs(self.path("usr/local/etc/rc.conf.d/jail"))
        self.write("usr/local/etc/rc.conf.d/jail/vnetc.conf", "mine\n")
        os.chmod(self.path("usr/local/etc/ezjail/jailname"), 0o640)
        before = tree(self.root)
        self.install()
        self.assertEqual(os.stat(self.path("usr/local/etc/ezjail/jailname")).st_mode & 0o7777, 0o640)
        self.assertNotEqual(self.read("usr/local/etc/rc.conf.d/jail/vnetc.conf"), "mine\n")
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def test_the_order_stands_first(self):
        self.host("figure-3-by-hand")
        self.install()
        lines = self.read("usr/local/etc/ezjail/guest4").splitlines()
        self.assertEqual(lines[1:3], ["# PROVIDE: guest4", "# REQUIRE: guest3"])
        self.assertEqual(lines[-1], "# vnetc end")

    def test_a_jail_that_goes(self):
        self.host("figure-3-by-hand")
        with open(os.path.join(HOSTS, "figure-3-by-hand/root/usr/local/etc/ezjail/guest5"), "rb") as stream:
            was = stream.read()
        self.install()
        with open(os.path.join(self.work, "topology.yaml"), encoding="utf-8") as stream:
            lines = [line for line in stream if "guest5" not in line]
        with open(os.path.join(self.work, "topology.yaml"), "w", encoding="utf-8") as stream:
            stream.writelines(lines)
        self.vnetc("build", "-q")
        self.install()
        with open(self.path("usr/local/etc/ezjail/guest5"), "rb") as stream:
            self.assertEqual(stream.read(), was)

    def test_lost_lines(self):
        """ezjail-admin config keeps comments and its own variables, and nothing else."""
        self.host("post-before")
        self.install()
        name = "usr/local/etc/ezjail/jailname"
        with open(os.path.join(HOSTS, "post-before/root", name), encoding="utf-8") as stream:
            own = [line for line in stream if line.startswith("export")]
        comments = [line for line in self.read(name).splitlines(True) if line.startswith("#")]
        self.write(name, "".join(comments) + "\n" + "".join(own))
        out, err = self.vnetc("diff", "--root", "root", status=3)
        self.assertIn("/usr/local/etc/ezjail/jailname has lost the lines of vnetc: ezjail-admin", err)
        self.assertIn("+export jail_jailname_vnet_interface=", out)
        self.install()
        lines = self.read(name).splitlines()
        self.assertGreater(lines.index('export jail_jailname_ip=""'), lines.index(own[1].rstrip("\n")))
        self.assertEqual(self.vnetc("diff", "--root", "root")[0], "")

    def test_a_marker_is_missing(self):
        self.host("post-before")
        self.install()
        self.write("etc/rc.conf", self.read("etc/rc.conf").replace("# vnetc end\n", ""))
        before = tree(self.root)
        self.assertIn("do not come in pairs", self.install(status=4)[1])
        self.assertEqual(tree(self.root), before)

    def test_strange_files(self):
        """Lines that end by CR LF, bytes of no charset, lines that look like markers and are none: every byte comes back."""
        name = "etc/rc.conf"
        for text in (b'hostname="beastie.example.org"\r\nifconfig_re0="inet 192.168.0.2/24"\r\n', b"", b"\n", b"\n\n\n", b'x="\xff\xfe"\n# \xc3\n',
                     b'  # vnetc begin\n#vnetc end\necho "# vnetc end"', b"# a comment without an end"):
            with self.subTest(text=text):
                self.host("post-before")
                with open(self.path(name), "wb") as stream:
                    stream.write(text)
                before = tree(self.root)
                self.install()
                with open(self.path(name), "rb") as stream:
                    self.assertTrue(stream.read().startswith(text))
                self.assertEqual(self.install()[0], "")
                self.install("--uninstall")
                self.assertEqual(tree(self.root), before)

    def test_markers_that_do_not_pair(self):
        begin, end, mine = "# vnetc begin: edits in here are lost\n", "# vnetc end\n", 'x="y"\n'
        for name in ("etc/rc.conf", "usr/local/etc/ezjail/jailname", "usr/jails/jailname/etc/rc.conf"):
            for text in (begin + begin + mine + end, begin + mine, mine + end, end + begin, begin + mine + end + end, begin + mine + end + begin):
                with self.subTest(name=name, text=text):
                    self.host("post-before")
                    self.write(name, self.read(name) + text)
                    before = tree(self.root)
                    self.assertIn(f"/{name}: the lines \"# vnetc begin\" and \"# vnetc end\" do not come in pairs", self.install(status=4)[1])
                    self.assertEqual(tree(self.root), before)

    def test_edited_inside(self):
        """What somebody wrote into a block is shown as it goes, and is gone."""
        before = self.host("post-before")
        self.install()
        installed = tree(self.root)
        for name in ("etc/rc.conf", "usr/local/etc/ezjail/jailname", "usr/jails/jailname/etc/rc.conf"):
            self.write(name, self.read(name).replace("# vnetc end\n", 'mine="YES"\n# vnetc end\n', 1))
        out = self.install()[0]
        self.assertEqual(out.count('-mine="YES"'), 3)
        self.assertEqual(tree(self.root), installed)
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def test_around_the_blocks(self):
        """What stands before and after a block in ezjail's file stays, and in its order."""
        name = "usr/local/etc/ezjail/jailname"
        self.host("post-before")
        own = "# PROVIDE: mine\n" + self.read(name) + "# the last line is mine"
        self.write(name, own)
        before = tree(self.root)
        self.install()
        self.assertIn(own, self.read(name))
        self.write(name, self.read(name) + 'export jail_jailname_cpuset="1"\n')
        self.install()
        self.assertEqual(self.read(name).splitlines()[-1], "# vnetc end")
        self.install("--uninstall")
        self.assertEqual(self.read(name), own + 'export jail_jailname_cpuset="1"\n')
        self.write(name, own)
        self.assertEqual(tree(self.root), before)

    def test_builds_in_a_row(self):
        """Builds that put files at other places each time: the last one is there, and nothing after it is taken away."""
        before = self.host("figure-3-by-hand")
        self.install()
        first = only_files(self.root)
        self.install("--jail-conf")
        self.assertNotIn("vnetc", self.read("usr/local/etc/ezjail/guest4"))
        shutil.copy(os.path.join(self.work, "topology.yaml"), os.path.join(self.work, "kept.yaml"))
        with open(os.path.join(self.work, "topology.yaml"), "a", encoding="utf-8") as stream:
            stream.write("  further: {interfaces: [{bridge: bridge1, addresses: auto}]}\n")
        self.vnetc("build", "-q")
        self.install()
        shutil.copy(os.path.join(self.work, "kept.yaml"), os.path.join(self.work, "topology.yaml"))
        self.vnetc("build", "-q")
        self.install()
        self.assertEqual(only_files(self.root), first)
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def test_roots(self):
        """One root by several names."""
        before = self.host("post-before")
        self.vnetc("install", "--root", "root/", "--yes")
        self.assertEqual(self.vnetc("install", "--root", os.path.join(self.root, ""), "--yes")[0], "")
        self.assertEqual(self.vnetc("diff", "--root", "./root//")[0], "")
        self.vnetc("install", "--root", "root//.", "--uninstall", "--yes")
        self.assertEqual(tree(self.root), before)
        self.assertIn("cannot", self.vnetc("install", "--root", "nowhere", "--yes", status=4)[1])

    def test_gone_meanwhile(self):
        """Uninstalled after the host's own file went, or became a directory."""
        name = "usr/local/etc/ezjail/jailname"
        before = self.host("post-before")
        self.install()
        os.remove(self.path(name))
        self.install("--uninstall")
        del before[name]
        self.assertEqual(tree(self.root), before)
        self.host("post-before")
        self.install()
        os.remove(self.path(name))
        os.mkdir(self.path(name))
        before = tree(self.root)
        self.install("--uninstall", status=4)
        self.assertEqual(tree(self.root), before)

    def test_a_file_that_may_not_be_written(self):
        """What rename replaces need not be writable; its mode stays."""
        self.host("post-before")
        for name in ("etc/rc.conf", "usr/local/etc/ezjail/jailname"):
            os.chmod(self.path(name), 0o444)
        before = tree(self.root)
        self.install()
        self.assertEqual(os.stat(self.path("etc/rc.conf")).st_mode & 0o7777, 0o444)
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def test_a_file_that_may_not_be_replaced(self):
        """A flag of one file is told before any other is changed."""
        before = self.host("figure-3-by-hand")
        for flag, name in (("i", "usr/local/etc/ezjail/guest4"), ("a", "usr/jails/guest5/etc/rc.conf")):
            if not shutil.which("chattr") or subprocess.run(["chattr", "+" + flag, self.path(name)], capture_output=True, check=False).returncode:
                self.skipTest("no flags can be set here")
            try:
                self.assertIn(f"cannot change /{name}: a flag of the file forbids it (schg? chflags(1)); nothing was changed", self.install(status=4)[1])
                self.assertEqual(tree(self.root), before)
            finally:
                subprocess.run(["chattr", "-" + flag, self.path(name)], check=True)
        self.install()
        installed = tree(self.root)
        subprocess.run(["chattr", "+i", self.path("etc/rc.conf")], check=True)
        try:
            self.install("--uninstall", status=4)
            self.assertEqual(tree(self.root), installed)
        finally:
            subprocess.run(["chattr", "-i", self.path("etc/rc.conf")], check=True)
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def test_a_link_on_the_host(self):
        """A link in a file's place is told, and not replaced."""
        self.host("post-before")
        os.rename(self.path("etc/rc.conf"), self.path("etc/rc.conf.real"))
        os.symlink("rc.conf.real", self.path("etc/rc.conf"))
        before = tree(self.root)
        self.assertIn("/etc/rc.conf: a symbolic link stands in the way", self.install(status=4)[1])
        self.assertEqual(tree(self.root), before)

    def test_links_in_a_jail(self):
        """A jail's root may have made any link there."""
        for link in ("usr/jails/jailname/etc/rc.conf", "usr/jails/jailname/etc"):
            with self.subTest(link):
                self.host("post-before")
                os.makedirs(self.path("secret"))
                self.write("secret/rc.conf", "secret\n")
                if os.path.isdir(self.path(link)):
                    shutil.rmtree(self.path(link))
                    os.symlink("../../../secret", self.path(link))
                else:
                    os.remove(self.path(link))
                    os.symlink("../../../../secret/rc.conf", self.path(link))
                self.install(status=None)
                self.assertEqual(self.read("secret/rc.conf"), "secret\n")

    def test_a_jail_that_is_not_there(self):
        self.host("post-before")
        os.remove(self.path("usr/local/etc/ezjail/jailname"))
        shutil.rmtree(self.path("usr/jails"))
        err = self.install()[1]
        self.assertIn("jailname: neither ezjail nor jail.conf has such a jail yet", err)
        self.assertIn("jailname: /usr/jails/jailname/etc is not there", err)

    def test_roots_of_native_jails(self):
        before = self.host("handbook-vnet")
        jails = "usr/local/jails/containers"
        self.install("--jail-conf")
        self.assertIn("192.168.1.154/24", self.read(f"{jails}/news/etc/rc.conf"))
        self.assertIn('path = "/usr/local/jails/containers/news";', self.read("etc/jail.conf.d/news.conf"))
        self.assertEqual(self.install("--jail-conf")[0], "")
        self.assertEqual(self.vnetc("diff", "--jail-conf", "--root", "root")[0], "")
        self.install("--jail-conf", "--uninstall")
        self.assertEqual(tree(self.root), before)
        # What jail.conf says is where the jail is, whether or not its block is to be replaced.
        self.write_topology(lambda text: re.sub(r"\n +- path=.*", "", text))
        for words in ((), ("--jail-conf",)):
            _, err = self.install(*words)
            self.assertIn("news: jail.conf has it at /usr/local/jails/containers/news, what was built says /usr/jails/news", err)
            self.assertNotIn("Made by vnetc", self.read("etc/jail.conf.d/news.conf"))
            self.install("--uninstall")
            self.assertEqual(tree(self.root), before)

    def test_roots_that_lead_astray(self):
        self.host("handbook-vnet")
        outside = os.path.join(self.work, "outside")
        os.makedirs(os.path.join(outside, "etc"))
        self.write_topology(lambda text: re.sub(r"\n +- path=.*", "", text))
        for path in ("/../outside", "/usr/../../outside", "//outside", "/link", "outside"):
            with self.subTest(path):
                self.write("etc/jail.conf.d/news.conf", f'news {{ path = "{path}"; vnet; }}\n')
                if path == "/link":
                    os.symlink(outside, self.path("link"))
                _, err = self.install()
                self.assertIn("news: ", err)
                self.assertEqual(os.listdir(os.path.join(outside, "etc")), [])
                self.install("--uninstall")

    def test_each_jail_at_its_manager(self):
        """Two jails of ezjail become vnet jails, a third one is, and jail.conf has a fourth."""
        before = self.host("each-its-manager")
        _, err = self.install()
        self.assertIn("/etc/jail.conf:1: native { … } is in the way: the jail is to have /etc/jail.conf.d/native.conf alone; take it out", err)
        self.assertIn("native {", self.read("etc/jail.conf.d/native.conf"))
        self.assertIn("# vnetc begin", self.read("usr/local/etc/ezjail/vn1"))
        self.assertFalse(os.path.exists(self.path("usr/local/etc/ezjail/native")) or os.path.exists(self.path("etc/jail.conf.d/vn1.conf")))
        # With the block gone the file that vnetc put there tells where the jail lives.
        block = self.read("etc/jail.conf")
        self.write("etc/jail.conf", "")
        self.assertEqual(self.vnetc("diff", "--root", "root"), ("", ""))
        self.write("etc/rc.conf", self.read("etc/rc.conf").replace('jail_list="native"\n', ""))
        self.assertIn("/etc/jail.conf does not read the jails' files", self.vnetc("diff", "--root", "root")[1])
        self.write("etc/jail.conf", '.include "/etc/jail.conf.d/*.conf";\n')
        self.assertEqual(self.vnetc("diff", "--root", "root"), ("", ""))
        # jail(8) does not wait for what ezjail starts.
        self.write_topology(lambda text: text.replace("  native:\n", "  native:\n    start_after: [vn1]\n"))
        out, err = self.install()
        self.assertIn("native: it is to start after vn1, which jail.conf does not have: jail(8) would not start it: left out", err)
        self.assertFalse(os.path.exists(self.path("etc/jail.conf.d/native.conf")))
        self.install("--uninstall")
        self.write("etc/jail.conf", block)
        self.write("etc/rc.conf", self.read("etc/rc.conf") + 'jail_list="native"\n')
        self.assertEqual(tree(self.root), before)

    def test_native(self):
        before = self.host("figure-3-by-hand")
        self.install("--jail-conf")
        self.assertIn("guest4 {", self.read("etc/jail.conf.d/guest4.conf"))
        self.assertNotIn("vnetc", self.read("usr/local/etc/ezjail/guest4"))
        self.install("--uninstall")
        self.assertEqual(tree(self.root), before)

    def whole(self, old, new):
        for path, what in only_files(self.root).items():
            if ".vnetc.new." not in path:
                self.assertIn(what, (old.get(path), new.get(path)), path)

    def killed(self, words, old, new, kill):
        """Runs until killed; what is there then, and what the next run makes of it."""
        done = kill(words)
        self.whole(old, new)
        self.vnetc("install", "--root", "root", "--yes", "-q", *words[2:])
        self.assertEqual(only_files(self.root), new)
        return done

    def prepare(self):
        """The host as it was and with the build installed, each beside the root."""
        self.host("figure-3-by-hand")
        self.states = [os.path.join(self.work, "before"), os.path.join(self.work, "after")]
        shutil.copytree(self.root, self.states[0])
        old = only_files(self.root)
        self.install()
        shutil.copytree(self.root, self.states[1])
        return old, only_files(self.root)

    def every_step(self, kill, old, new):
        done = True
        for words, state, was, will in ((["--root", "root"], 0, old, new), (["--root", "root", "--uninstall"], 1, new, old)):
            shutil.rmtree(self.root)
            shutil.copytree(self.states[state], self.root)
            done &= self.killed(words, was, will, kill)
        return done

    @unittest.skipUnless(STRACE, "no strace to kill it at a step")
    def test_killed_at_each_rename(self):
        if "ASAN_OPTIONS" in os.environ:
            self.skipTest("strace and the leak checker do not go together")
        old, new = self.prepare()
        for call, by in (("renameat", 2), ("unlinkat", 5), ("fsync", 17)):
            for step in range(1, 80, by):
                def kill(words):
                    done = subprocess.run([STRACE, "-qq", "-o", "/dev/null", "-e", f"inject={call}:signal=KILL:when={step}", VNETC, "install",
                                           "--yes", "-q", *words], cwd=self.work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL, check=False)
                    return done.returncode == 0
                with self.subTest(call=call, step=step):
                    if self.every_step(kill, old, new):
                        break

    def test_killed_at_any_time(self):
        def kill(words):
            process = subprocess.Popen([VNETC, "install", "--yes", "-q", *words], cwd=self.work, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.delay)
            process.send_signal(signal.SIGKILL)
            return process.wait() == 0
        old, new = self.prepare()
        for step in range(6):
            self.delay = 0.01 * step
            with self.subTest(delay=self.delay):
                self.every_step(kill, old, new)


unittest.main(argv=[sys.argv[0]])
