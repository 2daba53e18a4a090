# SPDX-License-Identifier: BSD-2-Clause
"""The HTML page in a real browser: what it finds, zooms, and proves between two ends, compared with vnetc path. page.py VNETC EXAMPLES"""
import json
import os
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from browser import Browser, Pages, needed

VNETC, EXAMPLES = os.path.abspath(sys.argv.pop(1)), os.path.abspath(sys.argv.pop(1))

class Page(Pages):
    def open(self, example):
        self.topology = os.path.join(EXAMPLES, example, "topology.yaml")
        page = os.path.join(self.folder, example + ".html")
        subprocess.run([VNETC, "graph", "-q", "--format", "html", "-o", page, self.topology], check=True)
        self.browser.open(page)
        with open(page, encoding="utf-8") as stream:
            return stream.read()

    def pick(self, name):
        self.browser.run("document.getElementById('v-search').value = ''")
        self.browser.type("#v-search", name)
        self.browser.run("""for (const b of document.querySelectorAll('#v-found button'))
            if (b.textContent === arguments[0] || b.textContent.startsWith(arguments[0] + ' – ')) { b.click(); return; }
            throw new Error('not found: ' + arguments[0]);""", name)

    def shown(self):
        """The verdicts of IPv4 and IPv6, and all words."""
        words = self.browser.run("return document.getElementById('v-proof').innerText")
        verdicts = self.browser.run("""return [...document.querySelectorAll('#v-proof h2')].slice(1).map(h =>
            (h.nextElementSibling.className || '').replace('v-', ''))""")
        return verdicts, words

    def proved(self, a, b):
        done = subprocess.run([VNETC, "path", "-q", "--format", "json", a, b, self.topology], capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        found = {pair["family"]: pair for pair in json.loads(done.stdout)}
        return [found[f]["verdict"] if f in found else "soft" for f in ("ipv4", "ipv6")], found

    def test_every_pair_as_path_proves(self):
        for example, host in (("figure-3", "beastie"), ("beside-bhyve", "hyper"), ("nic-passthrough", "gatehouse")):
            self.open(example)
            nodes = self.browser.run("return JSON.parse(document.getElementById('v-data').textContent).nodes.map(n => n.name)")
            for a in nodes:
                for b in nodes:
                    if a == b:
                        continue
                    self.browser.click("#v-clear")
                    self.pick(a)
                    self.pick(b)
                    names = ["host" if name == host else name for name in (a, b)]
                    verdicts, words = self.shown()
                    proved, pairs = self.proved(*names)
                    self.assertEqual(verdicts, proved, f"{example}: {a} to {b}\n{words}")
                    for pair in pairs.values():
                        for hop in pair["there"]:
                            if hop["to"]:
                                self.assertIn(host if hop["to"] == "host" else hop["to"], words, f"{example}: {a} to {b}")
            self.assertEqual(self.browser.complaints(), [], example)

    def test_a_click_on_each_end(self):
        self.open("figure-3")
        self.browser.click("#j-guest4 .nm")
        self.assertIn("10.0.2.2/24", self.browser.run("return document.getElementById('v-proof').innerText"))
        self.browser.click("#j-guest1 .nm")
        verdicts, words = self.shown()
        self.assertEqual(verdicts, ["reaches", "reaches"])
        self.assertIn("guest4 to guest1", words)
        self.assertIn("guest3", words)
        hits = self.browser.run("return [...document.querySelectorAll('.v-hit')].map(e => e.id)")
        for name in ("j-guest4", "j-guest1", "n-guest3", "br-bridge0", "br-bridge1"):
            self.assertIn(name, hits)
        self.browser.click("#v-clear")
        self.assertEqual(self.browser.run("return document.querySelectorAll('.v-hit').length"), 0)

    def test_a_row_that_was_picked_is_seen(self):
        self.open("hosting")
        colour = "return getComputedStyle(document.querySelector('#j-blue07 .ns')).fill"
        plain = self.browser.run(colour)
        self.pick("blue07")
        self.assertNotEqual(self.browser.run(colour), plain)

    def test_find_by_address_and_by_interface(self):
        self.open("hosting")
        for words, name in (("10.2.0.16", "green7"), ("2001:db8:7:1::100", "blue01"), ("epair3b", "gw-green")):
            self.browser.click("#v-clear")
            self.browser.type("#v-search", words)
            found = self.browser.run("return [...document.querySelectorAll('#v-found button')].map(b => b.textContent)")
            self.assertTrue(any(line.startswith(name) for line in found), f"{words}: {found}")
        self.browser.type("#v-search", "no such thing")
        self.assertIn("nothing has", self.browser.run("return document.getElementById('v-found').textContent"))

    def test_zoom_and_fit(self):
        self.open("hosting")
        where = "return document.getElementById('v-move').style.transform"
        fitted = self.browser.run(where)
        box = self.browser.run("""const s = document.querySelector('#v-move svg').getBoundingClientRect(), t =
            document.getElementById('v-stage').getBoundingClientRect();
            return [s.left >= t.left - 1, s.top >= t.top - 1, s.right <= t.right + 1, s.bottom <= t.bottom + 1]""")
        self.assertEqual(box, [True] * 4, "the whole diagram is to be seen at first")
        self.browser.click("#v-in")
        self.assertNotEqual(self.browser.run(where), fitted)
        self.browser.click("#v-fit")
        self.assertEqual(self.browser.run(where), fitted)

    def test_the_drawing_is_the_same(self):
        page = self.open("figure-3")
        svg = subprocess.run([VNETC, "graph", "-q", self.topology], capture_output=True, text=True, check=True).stdout
        self.assertIn(svg.strip(), page)

    def test_nothing_comes_from_elsewhere(self):
        page = self.open("figure-3")
        for word in ("http://", "https://", "//cdn", "@import", "url("):
            self.assertNotIn(word, page.replace("http://www.w3.org/2000/svg", ""))
        self.assertEqual(self.browser.run("return performance.getEntriesByType('resource').length"), 0)
        self.assertIn("default-src 'none'", page)

    def test_names_never_become_markup(self):
        hostile = os.path.join(self.folder, "hostile.yaml")
        with open(hostile, "w", encoding="utf-8") as stream:
            stream.write("host: {name: a, description: \"</script><script>document.title='gone'</script>\", interfaces: {re0: {addresses: 10.0.0.1/24,"
                         " description: \"<img src=x onerror=alert(1)>\"}}}\njails: {j: {description: \"</script><b>\"}}\n")
        page = os.path.join(self.folder, "hostile.html")
        subprocess.run([VNETC, "graph", "-q", "--format", "html", "-o", page, hostile], check=True)
        self.browser.open(page)
        self.assertEqual(self.browser.run("return document.title"), "Network of a")
        self.assertEqual(self.browser.run("return document.querySelectorAll('script').length"), 2)
        self.assertEqual(self.browser.run("return document.querySelectorAll('img, b').length"), 0)

    def test_dark(self):
        dark = Browser("dark")
        try:
            self.open("figure-3")
            colour = "return getComputedStyle(document.body).backgroundColor"
            bright = self.browser.run(colour)
            dark.open(os.path.join(self.folder, "figure-3.html"))
            self.assertNotEqual(dark.run(colour), bright)
        finally:
            dark.quit()


needed()
unittest.main(argv=sys.argv[:1])
