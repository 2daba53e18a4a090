# SPDX-License-Identifier: BSD-2-Clause
"""The words of a command line: commands, options, operands, help, suggestions, exit statuses."""
import os
import re
import subprocess

from vnetc import DONE, FAILED, ROOT, SMALL, USAGE, VNETC, WRONG, WRONG_ONE, Case, main

COMMANDS = ["init", "check", "build", "diff", "graph", "show", "explain", "schema", "dump", "completion", "version", "help"]


class Words(Case):
    def test_no_command_is_wrong_usage(self):
        out, err = self.vnetc(status=USAGE)
        self.assertEqual(out, "")
        self.assertIn("usage: vnetc COMMAND", err)

    def test_help_lists_every_command(self):
        for words in (["help"], ["--help"], ["-h"]):
            out, err = self.vnetc(*words)
            self.assertEqual(err, "")
            for command in COMMANDS:
                self.assertIn(f"\n  {command} ", out)

    def test_every_command_explains_itself(self):
        for command in COMMANDS:
            asked = self.vnetc(command, "--help")
            self.assertEqual(asked, self.vnetc("help", command))
            self.assertTrue(asked[0].startswith(f"usage: vnetc {command} [OPTIONS]"), asked[0])
            self.assertIn("--help", asked[0])

    def test_version(self):
        self.assertRegex(self.vnetc("version")[0], r"^vnetc [0-9]+\.[0-9]+\.[0-9]+\n$")
        self.assertEqual(self.vnetc("version"), self.vnetc("--version"))

    def test_unknown_command(self):
        self.assertEqual(self.vnetc("chek", status=USAGE)[1], "vnetc: there is no command chek\nhelp: did you mean check?\n")
        self.assertIn("vnetc help lists", self.vnetc("frobnicate", status=USAGE)[1])
        self.assertIn("did you mean explain?", self.vnetc("help", "explian", status=USAGE)[1])

    def test_part_of_a_rule(self):
        self.assertEqual(self.vnetc("explain", "expectation", status=USAGE)[1], "vnetc: there is no rule expectation\nhelp: expectation-failed, contradicting-expectations\n")
        self.assertIn("vnetc explain lists the rules", self.vnetc("explain", "e", status=USAGE)[1])

    def test_unknown_option(self):
        self.assertEqual(self.vnetc("check", "--formt", "json", status=USAGE)[1],
                         "vnetc: check has no option --formt\nhelp: did you mean --format?\n")
        self.assertIn("vnetc check --help lists", self.vnetc("check", "-z", status=USAGE)[1])
        self.assertIn("vnetc has no option -o", self.vnetc("-o", "x", "build", status=USAGE)[1])

    def test_unknown_word_of_an_option(self):
        self.assertEqual(self.vnetc("check", "--format=jsn", status=USAGE)[1],
                         "vnetc: --format takes text, json or sarif, not jsn\nhelp: did you mean json?\n")
        self.assertIn("not purple", self.vnetc("check", "--color", "purple", status=USAGE)[1])

    def test_values(self):
        self.assertIn("-o needs DIR", self.vnetc("build", "-o", status=USAGE)[1])
        self.assertIn("--all takes no value", self.vnetc("check", "--all=yes", status=USAGE)[1])

    def test_operands(self):
        self.assertIn("b.yaml is one word too many", self.vnetc("check", "a.yaml", "b.yaml", status=USAGE)[1])
        self.assertIn("dump needs tree, decl, model, links, routes or plan", self.vnetc("dump", status=USAGE)[1])
        self.assertIn("did you mean routes?", self.vnetc("show", "rotes", status=USAGE)[1])
        self.assertIn("did you mean model?", self.vnetc("dump", "modle", status=USAGE)[1])

    def test_options_before_and_after_the_file(self):
        self.write("a.yaml", SMALL)
        first = self.vnetc("dump", "--color", "never", "model", "a.yaml")
        self.assertEqual(first, self.vnetc("dump", "model", "a.yaml", "--color=never"))
        self.assertEqual(first, self.vnetc("--color=never", "dump", "model", "--", "a.yaml"))

    def test_short_options_together(self):
        self.write("topology.yaml", SMALL)
        self.assertEqual(self.vnetc("build", "-qn"), self.vnetc("build", "-q", "-n"))
        self.vnetc("build", "-qoout")
        self.assertTrue(os.path.isdir(self.path("out")))

    def test_switches(self):
        self.write("topology.yaml", SMALL)
        self.assertIn("did you mean unused-subnet?", self.vnetc("check", "-W", "no-unused-subnt", status=USAGE)[1])
        self.assertIn("cannot be switched off", self.vnetc("check", "-W", "no-unknown-key", status=USAGE)[1])
        self.vnetc("check", "-Wno-unused-subnet", "-W", "error")

    def test_directory(self):
        self.write("deep/er/topology.yaml", SMALL)
        self.vnetc("-C", "deep", "check", "-C", "er")
        self.assertIn("cannot go to nowhere", self.vnetc("check", "-C", "nowhere", status=FAILED)[1])


class Explain(Case):
    def test_all_rules_a_line_each(self):
        out = self.vnetc("explain")[0]
        names = [line.split()[0] for line in out.splitlines()]
        self.assertEqual(len(names), len(set(names)))
        self.assertGreater(len(names), 100)
        with open(os.path.join(ROOT, "docs", "rules.md"), encoding="utf-8") as stream:
            self.assertEqual(re.findall("^### (.+)$", stream.read(), re.MULTILINE), names)
        for name in names:
            self.assertTrue(self.vnetc("explain", name)[0].startswith(name + ": "))

    def test_unknown_rule(self):
        self.assertIn("did you mean bridge-loop?", self.vnetc("explain", "brige-loop", status=USAGE)[1])


class Streams(Case):
    def test_closed_pipe(self):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([VNETC, "explain"], stdout=writer, stderr=subprocess.PIPE, check=False)
        os.close(writer)
        self.assertEqual(done.returncode, FAILED)

    def test_full_disk(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("there is no /dev/full")
        with open("/dev/full", "wb") as full:
            done = subprocess.run([VNETC, "explain"], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, FAILED)
        self.assertIn(b"cannot write to standard output", done.stderr)

    def test_closed_descriptors(self):
        self.write("topology.yaml", SMALL)
        self.vnetc("build")
        was = self.tree("generated")
        self.write("topology.yaml", SMALL.replace("www", "web"))
        script = '"$1" build >&- 2>&-'
        done = subprocess.run(["sh", "-c", script, "sh", VNETC], cwd=self.dir, check=False)
        self.assertEqual(done.returncode, DONE)
        self.assertNotEqual(was, self.tree("generated"))
        self.vnetc("build", "--check")
        done = subprocess.run(["sh", "-c", '"$1" explain >&-', "sh", VNETC], stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, FAILED)

    def test_product_and_diagnostics(self):
        self.write("topology.yaml", WRONG_ONE)
        out, err = self.vnetc("check", status=WRONG)
        self.assertEqual(out, "")
        self.assertIn("[address-outside-subnet]", err)
        self.assertTrue(err.endswith("\n1 error\n"), err)
        out, err = self.vnetc("check", "--format", "json", status=WRONG)
        self.assertIn("address-outside-subnet", out)
        self.assertEqual(err, "1 error\n")
        out, err = self.vnetc("check", "-q", "--format", "sarif", status=WRONG)
        self.assertIn("2.1.0", out)
        self.assertEqual(err, "")

    def test_right_is_silent(self):
        self.write("topology.yaml", SMALL)
        self.assertEqual(self.vnetc("check"), ("", ""))

    def test_color(self):
        self.write("topology.yaml", WRONG_ONE)
        self.assertNotIn("\x1b", self.vnetc("check", status=WRONG)[1])
        self.assertIn("\x1b", self.vnetc("check", "--color=always", status=WRONG)[1])
        self.assertIn("\x1b", self.vnetc("check", "--color=always", status=WRONG, env={"NO_COLOR": "1"})[1])

    def test_color_of_a_terminal(self):
        self.write("topology.yaml", WRONG_ONE)
        for env, colored in (({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False),
                             ({"TERM": "xterm", "NO_COLOR": ""}, True)):
            self.assertEqual(b"\x1b[" in self.on_terminal(env), colored, env)

    def test_progress_of_long_work(self):
        """On a terminal a line that is taken away again; in a pipe, when quiet and for short work none."""
        jails = "".join(f"  {block}[001-400]: {{interfaces: [{{bridge: bridge0, addresses: auto}}]}}\n" for block in ("a", "b", "c"))
        self.write("topology.yaml", "subnets: {lan: {prefixes: 10.0.0.0/16, gateway: none}}\nbridges: {bridge0: {subnet: lan}}\njails:\n" + jails)
        seen = self.on_terminal({"TERM": "xterm"}, "build", status=DONE).decode()
        for words in ("1200 jails: routes", "drawing: ", "comparing: ", "writing: "):
            self.assertIn("\r\x1b[K" + words, seen)
        self.assertRegex(seen.split("\r\x1b[K")[-1], r"^\d+ files written in generated/")
        for words, env in ((("build", "-q"), "xterm"), (("build",), "dumb")):
            self.assertNotIn("\x1b[K", self.on_terminal({"TERM": env}, *words, status=DONE).decode())
        self.assertNotIn("\x1b[K", "".join(self.vnetc("build", env={"TERM": "xterm"})))
        self.write("topology.yaml", SMALL)
        self.assertNotIn("\x1b[K", self.on_terminal({"TERM": "xterm"}, "build", status=DONE).decode())

    def on_terminal(self, env, *words, status=WRONG):
        import pty
        try:
            master, slave = pty.openpty()
        except OSError as why:
            self.skipTest(f"there is no terminal to be had: {why}")
        environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
        started = subprocess.Popen([VNETC, *(words or ("check",))], cwd=self.dir, env={**environment, **env}, stderr=slave)
        os.close(slave)
        text = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:
                piece = b""
            if not piece:
                break
            text += piece
        os.close(master)
        self.assertEqual(started.wait(), status)
        return text


class Input(Case):
    def test_missing_topology(self):
        err = self.vnetc("check", status=FAILED)[1]
        self.assertEqual(err, "vnetc: cannot read topology.yaml: No such file or directory\n"
                         "help: name the topology, or let vnetc init write one\n")
        self.assertEqual(self.vnetc("check", "x.yaml", status=FAILED)[1], "vnetc: cannot read x.yaml: No such file or directory\n")

    def test_directory_and_fifo(self):
        os.mkfifo(self.path("fifo.yaml"))
        for name in (".", "fifo.yaml"):
            self.assertIn("cannot read", self.vnetc("check", name, status=FAILED)[1])

    def test_standard_input(self):
        self.vnetc("check", "-", stdin=SMALL)
        err = self.vnetc("check", "-", stdin=WRONG_ONE, status=WRONG)[1]
        self.assertTrue(err.startswith("-:7:"), err)
        self.vnetc("build", "-", "-o", "out", stdin=SMALL)
        self.assertEqual(sorted(os.listdir(self.dir)), ["out"])

    def test_unreadable_lock(self):
        self.write("topology.yaml", SMALL)
        os.mkdir(self.path("topology.lock"))
        self.assertIn("topology.lock", self.vnetc("check", status=FAILED)[1])

    def test_broken_lock(self):
        self.write("topology.yaml", SMALL)
        self.write("topology.lock", "<<<<<<< ours\n")
        self.assertIn("[lock-syntax]", self.vnetc("check", status=WRONG)[1])


class Init(Case):
    def test_starter(self):
        err = self.vnetc("init")[1]
        self.assertTrue(err.startswith("topology.yaml written\n"), err)
        self.assertTrue(self.read("topology.yaml").startswith("# yaml-language-server: $schema=vnetc.schema.json\n# "))
        self.assertEqual(self.vnetc("check"), ("", ""))

    def test_never_overwrites(self):
        self.write("topology.yaml", "mine")
        self.assertIn("topology.yaml is there already", self.vnetc("init", status=FAILED)[1])
        self.assertEqual(self.read("topology.yaml"), "mine")
        os.remove(self.path("topology.yaml"))
        os.symlink("elsewhere", self.path("topology.yaml"))
        self.vnetc("init", status=FAILED)
        self.assertFalse(os.path.exists(self.path("elsewhere")))

    def test_directory_and_example(self):
        self.assertIn("vnetc check new/network/topology.yaml;", self.vnetc("init", "new/network", "--example", "figure-3")[1])
        self.assertIn("guest5", self.read("new/network/topology.yaml"))
        self.vnetc("check", "new/network/topology.yaml")
        self.assertIn("did you mean figure-3?", self.vnetc("init", "--example", "figure3", status=USAGE)[1])


main()
