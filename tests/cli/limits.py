# SPDX-License-Identifier: BSD-2-Clause
"""The limits that docs/security.md states: at the limit it works, one more is refused with a rule; nothing blocks and nothing explodes."""
import os

import vnetc
from vnetc import DONE, FAILED, SMALL, WRONG


class Limits(vnetc.Case):
    def told(self, text, rule, name="topology.yaml"):
        self.write(name, text)
        err = self.vnetc("check", name, status=WRONG)[1]
        self.assertIn(f"[{rule}]", err)
        return err

    def nested(self, depth):
        return "[" * depth + "]" * depth

    def test_depth(self):
        self.write("topology.yaml", "x: " + self.nested(31))
        self.assertNotIn("nesting", self.vnetc("check", status=WRONG)[1])
        self.told("x: " + self.nested(32), "nesting-too-deep")
        self.told("x: " + "[" * 100000, "nesting-too-deep")
        self.told("x:\n" + "".join("%*sa:\n" % (i, "") for i in range(1, 3000)), "nesting-too-deep")

    def test_aliases(self):
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += ["a%d: &a%d [%s]" % (i, i, ", ".join(["*a%d" % (i - 1)] * 10)) for i in range(1, 12)]
        self.told("\n".join(lines), "expansion-too-large")
        self.told("a: &a {b: *a}\n", "bad-alias")

    def test_file_size(self):
        comment = "#" + "x" * 1022 + "\n"
        room = (16 << 20) - len(SMALL)
        self.write("topology.yaml", SMALL + comment * (room // 1024) + "#" * (room % 1024))
        self.assertEqual(os.path.getsize(self.path("topology.yaml")), 16 << 20)
        self.vnetc("check", status=DONE)
        self.write("topology.yaml", SMALL + comment * (room // 1024) + "#" * (room % 1024 + 1))
        self.assertIn("larger than 16777216 bytes", self.vnetc("check", status=FAILED)[1])
        self.write("big.yaml", comment * (16 << 10) + "#")
        self.told("include: big.yaml\n", "expansion-too-large")

    def test_scalar(self):
        self.write("topology.yaml", SMALL.replace("name: box", "name: box, description: " + "x" * (64 << 10)))
        self.vnetc("check", status=DONE)
        self.told(SMALL.replace("name: box", "name: box, description: " + "x" * ((64 << 10) + 1)), "expansion-too-large")

    def test_ranges(self):
        for name in ("web[1-4000000000]", "web[1-1000001]", "web[1-99999999999999999999]"):
            self.write("topology.yaml", f"jails:\n  {name}: {{}}\n")
            self.vnetc("check", status=WRONG)

    def test_jails(self):
        self.write("topology.yaml", "jails:\n  web[1-1000]: {}\n")
        self.vnetc("check", status=DONE)
        self.told("jails:\n  web[1-1001]: {}\n", "bad-name-range")
        many = "jails:\n" + "".join(f"  j{i}x[1-1000]: {{}}\n" for i in range(131))
        self.write("topology.yaml", many + "  z[1-72]: {}\n")
        self.vnetc("check", status=DONE)
        self.told(many + "  z[1-73]: {}\n", "expansion-too-large")

    def test_names(self):
        self.write("topology.yaml", SMALL + "  %s: {interfaces: []}\n" % ("x" * 63))
        self.vnetc("check", status=DONE)
        self.write("topology.yaml", SMALL.replace("re0", "r" * 14 + "0"))
        self.vnetc("check", status=DONE)
        self.told(SMALL + "  %s: {interfaces: []}\n" % ("x" * 64), "bad-name")
        self.told(SMALL.replace("re0", "r" * 16), "interface-name-too-long")

    def test_diagnostics(self):
        self.write("topology.yaml", SMALL + "".join(f"  j{i}: {{mistake: 1}}\n" for i in range(300)))
        few, every = self.vnetc("check", status=WRONG)[1], self.vnetc("check", "--all", status=WRONG)[1]
        self.assertLess(few.count(": error:"), 21)
        self.assertEqual(every.count(": error:"), 300)

    def test_ten_thousand_diagnostics(self):
        self.write("topology.yaml", SMALL + "".join(f"  j{i}: {{mistake: 1}}\n" for i in range(10000)))
        few, every = self.vnetc("check", status=WRONG)[1], self.vnetc("check", "--all", status=WRONG)[1]
        self.assertIn("… and 9980 more (unknown-key)\n10000 errors\n", few)
        self.assertLess(len(few), 10000)
        self.assertEqual(every.count(": error:"), 10000)

    def test_places_of_one_diagnostic(self):
        jails = "".join(f"  j{i}: {{interfaces: [{{bridge: brigde0, addresses: auto}}]}}\n" for i in range(10000))
        self.write("topology.yaml", SMALL + jails)
        few, every = self.vnetc("check", status=WRONG)[1], self.vnetc("check", "--all", status=WRONG)[1]
        self.assertIn("… and 9991 more places\n", few)
        self.assertTrue(few.endswith("\n1 error\n"))
        self.assertLess(len(few), 10000)
        self.assertEqual(every.count(": note: and here"), 9999)

    def test_variables_of_a_host(self):
        """Sixteen times as much a line: a few lines of rc.conf or jail.conf would ask for all memory there is."""
        rows = range(1, 40)
        self.write("rc.conf", 'hostname="box"\na0=xxxxxxxxxxxxxxxx\n' + "".join('a%d="%s"\n' % (i, "${a%d}" % (i - 1) * 16) for i in rows) + 'ifconfig_re0="$a39"\n')
        self.write("jail.conf", "$a0 = x;\n" + "".join('$a%d = "%s";\n' % (i, "${a%d}" % (i - 1) * 16) for i in rows) + 'www { path = "/jails/$a39"; }\n')
        err = self.vnetc("import", "--rc-conf", "rc.conf", "-o", "/dev/null", status=None)[1]
        self.assertIn("variables put more into a5 than is read", err)
        self.write("rc.conf", 'hostname="box"\n')
        self.vnetc("import", "--rc-conf", "rc.conf", "--jail-conf", "jail.conf", "-o", "/dev/null", status=None)

    def test_includes(self):
        for i in range(17):
            self.write(f"{i}.yaml", f"include: {i + 1}.yaml\n")
        self.write("17.yaml", SMALL)
        self.vnetc("check", "1.yaml", status=DONE)
        self.vnetc("check", "0.yaml", status=WRONG)

    def test_include_stays_inside(self):
        self.write("out.yaml", "version: 1\n")
        for path in ("../out.yaml", self.path("out.yaml"), "/etc/passwd", "link.yaml", "sub/../../out.yaml"):
            self.write("in/topology.yaml", f"include: {path}\n")
            if not os.path.islink(self.path("in", "link.yaml")):
                os.symlink("../out.yaml", self.path("in", "link.yaml"))
            self.assertIn("[include-unreadable]", self.vnetc("-C", "in", "check", status=WRONG)[1])

    def test_nothing_blocks(self):
        os.mkfifo(self.path("fifo"))
        os.makedirs(self.path("folder"))
        for path in ("fifo", "folder"):
            self.told(f"include: {path}\n", "include-unreadable")
        for path in ("/dev/zero", "folder"):
            self.vnetc("check", path, status=FAILED)


if __name__ == "__main__":
    vnetc.main()
