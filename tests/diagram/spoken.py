# SPDX-License-Identifier: BSD-2-Clause
"""What a screen reader is told of a drawing, from the browser's accessibility tree: spoken.py VNETC EXAMPLES

Each network, jail and interface is a group with its name, of a kind that is said; jails stand in their network, in written order, and
the links to where they are told of can be reached in the same order by keyboard."""
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from browser import Pages, needed

VNETC, EXAMPLES = os.path.abspath(sys.argv.pop(1)), os.path.abspath(sys.argv.pop(1))
SPOKEN = ("network", "jail", "jails", "host", "machine", "interface", "cable", "classic jail")


class Spoken(Pages):
    def open(self, example):
        self.topology = os.path.join(EXAMPLES, example, "topology.yaml")
        out = os.path.join(self.folder, example)
        subprocess.run([VNETC, "build", "-q", "-o", out, self.topology], check=True)
        self.browser.open(os.path.join(out, "topology.svg"))
        self.nodes = {node["nodeId"]: node for node in self.browser.protocol("Accessibility.getFullAXTree")["nodes"]}
        self.spoken = []
        self.walk(next(node for node in self.nodes.values() if "parentId" not in node), None)

    def walk(self, node, within):
        """What is said, in order: (kind, name, name of the group around it)."""
        said = {p["name"]: p["value"].get("value") for p in node.get("properties", ())}
        role, name = node.get("role", {}).get("value"), node.get("name", {}).get("value", "")
        kind = said.get("roledescription") or role
        if not node.get("ignored"):
            self.spoken.append((kind, name, within))
            if role == "group":
                within = name
        for child in node.get("childIds", ()):
            if child in self.nodes:
                self.walk(self.nodes[child], within)

    def first_words(self, *kinds):
        return [name.split()[0].rstrip(",:") for kind, name, _ in self.spoken if kind in kinds]

    def names(self):
        text = subprocess.run([VNETC, "graph", "-q", "--format", "json", self.topology], capture_output=True, text=True, check=True).stdout
        return json.loads(text)["nodes"]

    def test_the_drawing_says_what_it_is(self):
        self.open("figure-3")
        drawing = next(node for node in self.nodes.values() if node["role"]["value"] == "graphics-document")
        self.assertEqual(drawing["name"]["value"], "Network of beastie")
        self.assertIn("5 jails", drawing["description"]["value"])
        self.assertIn("network diagram", [kind for kind, _, _ in self.spoken])

    def test_every_node_of_every_example(self):
        for example in sorted(os.listdir(EXAMPLES)):
            if not os.path.exists(os.path.join(EXAMPLES, example, "topology.yaml")):
                continue
            self.open(example)
            groups = {name.split()[0].rstrip(",:"): name for kind, name, _ in self.spoken if kind in SPOKEN or kind == "group"}
            host = next((name for kind, name, _ in self.spoken if kind == "host"), None)
            for node in self.names():
                said = host if node["kind"] == "host" else groups.get(node["name"], "")
                for interface in node["interfaces"]:
                    for address in interface["addresses"]:
                        self.assertIn(address if address not in ("dhcp", "slaac") else address.upper(), said, f"{example}: {node['name']}")
                self.assertTrue(said or node["kind"] == "host", f"{example}: {node['name']}")

    def test_order(self):
        self.open("figure-3")
        self.assertEqual(self.first_words("network"), ["bridge0", "bridge1"])
        inside = [(kind, name.split()[0], within.split(":")[0]) for kind, name, within in self.spoken if kind in ("jail", "host") and within]
        self.assertEqual(inside, [("host", "beastie", "bridge0"), ("jail", "guest1", "bridge0"), ("jail", "guest2", "bridge0"),
                                  ("jail", "guest4", "bridge1"), ("jail", "guest5", "bridge1")])
        self.assertEqual(self.first_words("interface"), ["re0"])
        self.assertTrue(next(name for kind, name, within in self.spoken if kind == "jail" and not within).startswith("guest3, router jail"))

    def test_links_by_keyboard(self):
        self.open("hosting")
        links = [name for kind, name, _ in self.spoken if kind == "link"]
        jails = [node["name"] for node in self.names() if node["kind"] == "jail"]
        self.assertEqual(sorted(name.split(",")[0] for name in links), sorted(jails + ["farm"]))
        blue = [name for name in links if name.startswith("blue")]
        self.assertEqual(blue, sorted(blue), "a range is read in its order")
        reached = self.browser.run("""return [...document.querySelectorAll('a, [tabindex]')].filter(e => { e.focus(); return document.activeElement === e; })
            .filter(e => e.localName === 'a').map(e => e.getAttribute('aria-label') || e.textContent.trim())""")
        self.assertEqual(reached, links)
        stack = next(name for kind, name, _ in self.spoken if kind == "jails")
        self.assertEqual(stack, "blue01 – blue30, 30 jails")


needed()
unittest.main(argv=sys.argv[:1])
