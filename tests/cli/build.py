# SPDX-License-Identifier: BSD-2-Clause
"""vnetc build and vnetc diff: what is written, left alone, refused, compared."""
import os
import shutil
import stat
import unittest
from xml.etree import ElementTree

from vnetc import DIFFERENT, FAILED, FIGURE_3, SMALL, USAGE, WRONG, WRONG_ONE, Case, main


class Build(Case):
    def setUp(self):
        super().setUp()
        self.write("topology.yaml", SMALL)

    def test_summary(self):
        out, err = self.vnetc("build")
        self.assertEqual(out, "")
        self.assertRegex(err, r"^\d+ files written in generated/; topology\.lock written\n$")
        self.assertRegex(self.vnetc("build")[1], r"^\d+ files unchanged in generated/\n$")
        self.assertEqual(self.vnetc("build", "-q"), ("", ""))

    def test_elsewhere(self):
        self.write("deep/dmz.yaml", SMALL)
        self.assertIn("in deep/generated/; deep/dmz.lock written", self.vnetc("build", "deep/dmz.yaml")[1])
        self.assertIn("in out/\n", self.vnetc("build", "-o", "out", "deep/dmz.yaml")[1])
        self.assertIn("in out/\n", self.vnetc("build", "-o", "out/", "deep/dmz.yaml")[1])
        self.assertEqual(self.tree("out"), self.tree("deep/generated"))

    def test_same_bytes_everywhere(self):
        shutil.copytree(os.path.dirname(FIGURE_3), self.path("a"))
        shutil.copytree(os.path.dirname(FIGURE_3), self.path("b/c"))
        self.vnetc("build", "-o", self.path("one"), "topology.yaml", cwd=self.path("a"), env={"LC_ALL": "C", "TZ": "UTC"})
        self.vnetc("build", "-o", "two", "b/c/topology.yaml", env={"LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "HOME": "/"})
        self.assertEqual(self.tree("one"), self.tree("two"))
        for name, text in self.tree("one").items():
            self.assertNotIn(self.dir.encode(), text, name)

    def test_again_writes_nothing(self):
        self.vnetc("build")
        was = self.times("."), self.tree(".")
        self.vnetc("build")
        self.assertEqual(was, (self.times("."), self.tree(".")))

    def test_only_what_changed_is_written(self):
        self.vnetc("build")
        was, times = self.tree("generated"), self.times("generated")
        self.write("topology.yaml", SMALL.replace("192.168.0.11", "192.168.0.12"))
        self.vnetc("build")
        now = self.tree("generated")
        self.assertNotEqual(was, now)
        for name, time in self.times("generated").items():
            self.assertEqual(time == times[name], was[name] == now[name], name)

    def test_leftovers_go_and_strays_stay(self):
        self.vnetc("build")
        self.assertTrue(os.path.exists(self.path("generated/ezjail/www")))
        self.write("generated/ezjail/mine", "stray")
        self.write("generated/notes.txt", "stray")
        self.write("topology.yaml", SMALL.replace("www", "web"))
        self.assertRegex(self.vnetc("build")[1], r"\d+ files written, \d+ unchanged, \d+ removed in generated/")
        self.assertFalse(os.path.exists(self.path("generated/ezjail/www")))
        self.assertFalse(os.path.exists(self.path("generated/jails/www")))
        self.assertEqual(self.read("generated/ezjail/mine"), "stray")
        self.assertEqual(self.read("generated/notes.txt"), "stray")
        self.vnetc("build", "--check")

    def test_a_stray_in_the_way_is_not_replaced(self):
        self.write("generated/rc.conf", "mine")
        self.assertIn("generated/rc.conf", self.vnetc("build", status=FAILED)[1])
        self.assertEqual(self.read("generated/rc.conf"), "mine")

    def test_directory_of_another_topology(self):
        self.vnetc("build")
        was = self.tree("generated")
        self.write("other.yaml", SMALL.replace("www", "web"))
        for words in (["build"], ["build", "-n"], ["build", "--check"], ["diff"]):
            err = self.vnetc(*words, "other.yaml", status=FAILED)[1]
            self.assertIn("generated was written from topology.yaml", err)
            self.assertIn("[output-of-another]", err)
            self.assertIn("help: -o ", err)
        self.assertEqual(was, self.tree("generated"))
        self.assertFalse(os.path.exists(self.path("other.lock")))

    def test_errors_write_nothing(self):
        self.vnetc("build")
        was = self.tree(".")
        self.write("topology.yaml", WRONG_ONE)
        err = self.vnetc("build", status=WRONG)[1]
        self.assertTrue(err.endswith("\n1 error; nothing written\n"), err)
        self.write("topology.yaml", SMALL)
        self.assertEqual(was, self.tree("."))

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root writes everywhere, and there is no setpriv to become another")
    def test_directory_that_cannot_be_written(self):
        prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        self.vnetc("build")
        was = self.tree("generated")
        self.write("topology.yaml", SMALL.replace("192.168.0.11", "192.168.0.12"))
        os.chmod(self.dir, 0o755)
        folders = [folder for folder, _, _ in os.walk(self.path("generated"))]
        for folder in folders:
            os.chmod(folder, 0o555)
        try:
            if self.can_run(prefix):
                err = self.vnetc("build", status=FAILED, prefix=prefix)[1]
                self.assertIn("cannot ", err)
        finally:
            for folder in folders:
                os.chmod(folder, 0o755)
        self.assertEqual(was, self.tree("generated"))

    def can_run(self, prefix):
        """Another user may not even reach the program."""
        import subprocess
        from vnetc import VNETC
        return subprocess.run([*prefix, VNETC, "version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0

    def test_modes(self):
        self.vnetc("build")
        for folder, folders, files in os.walk(self.path("generated")):
            for name, mode in [(f, 0o644) for f in files] + [(d, 0o755) for d in folders]:
                self.assertEqual(stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode), mode, name)


class Lock(Case):
    def test_numbers_stay(self):
        self.write("topology.yaml", SMALL)
        self.vnetc("build")
        was = self.tree("generated")
        lock = self.read("topology.lock")
        owned = lock[lock.index("version: 1\n"):].splitlines()[1:]
        self.assertEqual(owned, sorted(owned))
        # Turned round, nothing that was given out moves.
        lines = SMALL.splitlines(keepends=True)
        self.write("topology.yaml", "".join(lines[:-2] + [lines[-1], lines[-2]]))
        self.vnetc("build")
        self.assertEqual(lock, self.read("topology.lock"))
        for name in ("jails/www/rc.conf", "jails/db/rc.conf", "ezjail/www", "ezjail/db"):
            self.assertEqual(was[name], self.tree("generated")[name], name)

    def test_nothing_given_out_no_lock(self):
        self.write("topology.yaml", SMALL)
        self.vnetc("build")
        self.write("topology.yaml", SMALL[:SMALL.index("jails:")].replace("    ", "  "))
        self.vnetc("build")
        self.assertFalse(os.path.exists(self.path("topology.lock")))
        self.vnetc("build", "--check")

    def test_others_only_read_it(self):
        self.write("topology.yaml", SMALL)
        for words in (["check"], ["build", "-n"], ["show", "addresses"], ["dump", "plan"]):
            self.vnetc(*words)
        self.vnetc("diff", status=DIFFERENT)
        self.assertEqual(os.listdir(self.dir), ["topology.yaml"])


class Compare(Case):
    def setUp(self):
        super().setUp()
        self.write("topology.yaml", SMALL)

    def test_dry_run(self):
        out, err = self.vnetc("build", "-n")
        self.assertIn("missing  generated/rc.conf\n", out)
        self.assertIn("missing  topology.lock\n", out)
        self.assertIn("would be written", err)
        self.assertEqual(os.listdir(self.dir), ["topology.yaml"])
        self.vnetc("build")
        self.assertEqual(self.vnetc("build", "-n")[0], "")

    def test_check(self):
        self.vnetc("build", "--check", status=DIFFERENT)
        self.vnetc("build")
        self.assertEqual(self.vnetc("build", "--check")[0], "")
        self.write("generated/rc.conf", self.read("generated/rc.conf") + "# edited\n")
        os.remove(self.path("generated/jails/db/rc.conf"))
        self.write("topology.yaml", SMALL.replace("www", "web"))
        was = self.tree(".")
        out, err = self.vnetc("build", "--check", status=DIFFERENT)
        self.assertIn("changed  generated/rc.conf\n", out)
        self.assertIn("missing  generated/jails/db/rc.conf\n", out)
        self.assertIn("missing  generated/ezjail/web\n", out)
        self.assertIn("leftover generated/ezjail/www\n", out)
        self.assertIn("changed  topology.lock\n", out)
        self.assertIn("left over", err)
        self.assertEqual(was, self.tree("."))

    def test_diff_shows_the_edited_line(self):
        self.vnetc("build")
        self.assertEqual(self.vnetc("diff"), ("", ""))
        text = self.read("generated/rc.conf")
        self.write("generated/rc.conf", text + 'ifconfig_em9="up"\n')
        out, _ = self.vnetc("diff", status=DIFFERENT)
        self.assertIn("--- generated/rc.conf\n+++ generated/rc.conf\n@@ ", out)
        self.assertIn('\n-ifconfig_em9="up"\n', out)
        self.vnetc("build", "--check", status=DIFFERENT)
        self.vnetc("build")
        self.assertEqual(text, self.read("generated/rc.conf"))

    def test_diff_of_new_and_left_over_files(self):
        out, _ = self.vnetc("diff", status=DIFFERENT)
        self.assertIn("--- /dev/null\n+++ generated/rc.conf\n", out)
        self.vnetc("build")
        self.write("topology.yaml", SMALL.replace("www", "web"))
        out, _ = self.vnetc("diff", status=DIFFERENT)
        self.assertIn("--- generated/ezjail/www\n+++ /dev/null\n", out)
        self.assertIn("--- topology.lock\n+++ topology.lock\n", out)

    def test_diff_applied_is_a_build(self):
        if shutil.which("patch") is None:
            self.skipTest("there is no patch")
        self.vnetc("build")
        self.write("topology.yaml", SMALL.replace("192.168.0.11", "192.168.0.12").replace("box", "case"))
        out, _ = self.vnetc("diff", status=DIFFERENT)
        import subprocess
        subprocess.run(["patch", "-s", "-p0"], cwd=self.dir, input=out.encode(), check=True)
        self.vnetc("build", "--check")

    def test_diff_in_color(self):
        out, _ = self.vnetc("diff", "--color=always", status=DIFFERENT)
        self.assertIn("\x1b[", out)

    def test_lists_stand_aside_for_machines(self):
        out, err = self.vnetc("build", "-n", "--format", "json")
        self.assertEqual(out, "")
        self.assertIn("missing  generated/rc.conf\n", err)


class Graph(Case):
    def setUp(self):
        super().setUp()
        self.write("topology.yaml", SMALL)
        self.vnetc("build")

    def test_same_as_built(self):
        self.assertEqual(self.vnetc("graph", "--format", "dot")[0], self.read("generated/topology.dot"))

    def test_into_a_file(self):
        self.assertEqual(self.vnetc("graph", "--format", "dot", "-o", "x.dot"), ("", ""))
        self.assertEqual(self.read("x.dot"), self.read("generated/topology.dot"))
        self.assertIn("cannot write no/x.dot", self.vnetc("graph", "--format", "dot", "-o", "no/x.dot", status=FAILED)[1])

    def test_views(self):
        full = self.vnetc("graph")[0]
        self.assertEqual(full, self.vnetc("graph", "--format=svg", "--view=full")[0])
        self.assertEqual(ElementTree.fromstring(full).tag, "{http://www.w3.org/2000/svg}svg")
        for view in ("l2", "l3", "overview", "bridge:bridge0"):
            self.assertEqual(ElementTree.fromstring(self.vnetc("graph", "--view", view)[0]).tag, "{http://www.w3.org/2000/svg}svg")
        self.assertIn("192.168.0.11", full)
        self.assertNotIn("192.168.0.11", self.vnetc("graph", "--view", "l2")[0])
        self.assertIn("did you mean full?", self.vnetc("graph", "--view", "ful", status=USAGE)[1])
        self.assertIn("did you mean bridge0?", self.vnetc("graph", "--view", "bridge:brigde0", status=USAGE)[1])
        self.assertEqual(self.vnetc("graph", "--view", "bridge:x", "-o", "x.svg", status=USAGE)[0], "")
        self.assertFalse(os.path.exists(self.path("x.svg")))


main()
