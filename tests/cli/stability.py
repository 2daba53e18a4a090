# SPDX-License-Identifier: BSD-2-Clause
"""A jail added in the middle of figure 3 changes that jail's lines and the two lists that name it; removed, every byte is back."""
import re
import difflib

from vnetc import FIGURE_3, Case, main

LISTS = re.compile(r"(cloned_interfaces|ifconfig_bridge1)=")
NEW = '  added: {interfaces: [{bridge: bridge1, addresses: auto}]}\n'


class Stability(Case):
    def setUp(self):
        super().setUp()
        with open(FIGURE_3, encoding="utf-8") as stream:
            self.figure = stream.read()
        self.write("topology.yaml", self.figure)
        self.vnetc("build")
        self.was = self.tree(".")

    def settings(self, tree):
        """The files that configure something; pictures and tables may be laid out anew."""
        return {name: text.decode().splitlines() for name, text in tree.items()
                if name.startswith("generated/") and not name.startswith(("generated/topology.", "generated/.vnetc"))}

    def add(self, before):
        self.write("topology.yaml", self.figure.replace(f"  {before}:", NEW + f"  {before}:", 1))
        self.vnetc("build")
        lock = self.read("topology.lock")
        unit = re.search(r"^added/0/epair: (\d+)$", lock, re.MULTILINE).group(1)
        return self.tree("."), unit

    def test_only_its_lines_change(self):
        for before in ("guest1", "guest3", "guest5"):
            now, unit = self.add(before)
            mine = re.compile(rf"(?<![a-z0-9])added(?![a-z0-9])|epair{unit}[ab]\b")
            old, new = self.settings(self.was), self.settings(now)
            self.assertEqual({name for name in new if name not in old},
                             {name for name in new if re.search(r"(^|/)added(\.conf|/|$)", name)})
            self.assertEqual(set(old) - set(new), set())
            lists = set()
            for name, lines in old.items():
                for line in difflib.ndiff(lines, new[name]):
                    if line[0] == "-":
                        self.assertRegex(line[2:], LISTS, f"{name} lost a line")
                        lists.add(line[2:].split("=")[0])
                    elif line[0] == "+" and line[2:].strip() and not LISTS.match(line[2:]):
                        self.assertRegex(line, mine, f"{name} has a line that is not the new jail's")
            self.assertEqual(lists, {"cloned_interfaces", "ifconfig_bridge1"})
            self.assertEqual(set(self.read("topology.lock").splitlines()) - set(self.was["topology.lock"].decode().splitlines()),
                             {line for line in self.read("topology.lock").splitlines() if line.startswith("added/")})
            self.write("topology.yaml", self.figure)
            self.vnetc("build")
            self.assertEqual(self.was, self.tree("."))


main()
