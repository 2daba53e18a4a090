# SPDX-License-Identifier: BSD-2-Clause
"""Measures drawings as a browser renders them: rendered.py VNETC EXAMPLES PROGRAM FIRST-LAST

All examples and the random pictures FIRST to LAST, every view, in light and dark: no text over text, over a border or out of the
picture, no line through a text or a card, no card over a card, contrast of at least 4.5:1, and every name and address there."""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
from browser import Browser, needed

MEASURE = r"""
const svg = document.documentElement, faults = [];
const box = e => { const b = e.getBBox(); return {l: b.x, t: b.y, r: b.x + b.width, b: b.y + b.height, e}; };
const meet = (a, b, by) => a.l + by < b.r && b.l + by < a.r && a.t + by < b.b && b.t + by < a.b;
const inside = (a, b, by) => a.l >= b.l - by && a.r <= b.r + by && a.t >= b.t - by && a.b <= b.b + by;
const has = (e, ...names) => names.some(n => e.classList.contains(n));
/* The cards of a stack peep out below the one on top. */
const stacked = (a, b) => a.r - a.l === b.r - b.l && a.b - a.t === b.b - b.t && a.l - b.l === a.t - b.t && Math.abs(a.l - b.l) <= 8;
const say = (what, ...boxes) => { if (faults.length < 20) faults.push(what + ': ' + boxes.map(b => JSON.stringify((b.e.textContent ||
    b.e.getAttribute('class')).slice(0, 40)) + ' at ' + [b.l, b.t, b.r, b.b].map(Math.round)).join(' / ')); };
/* The ink of a line of text is less high than its box. */
const texts = [...svg.querySelectorAll('text')].map(box).filter(b => b.r > b.l).map(b => ({...b, t: b.t + (b.b - b.t) * .18, b: b.b - (b.b - b.t) * .2}));
const rects = [...svg.querySelectorAll('rect')].map(box);
const cards = rects.filter(b => has(b.e, 'card', 'dev', 'host') && b.r - b.l > 30);
const chips = rects.filter(b => has(b.e, 'nic', 'bar'));
const view = {l: 0, t: 0, r: svg.viewBox.baseVal.width, b: svg.viewBox.baseVal.height};
const cell = 64, grid = new Map();
const cells = (b, f) => { for (let x = Math.floor(b.l / cell); x <= b.r / cell; x++) for (let y = Math.floor(b.t / cell); y <= b.b / cell; y++) f(x + ',' + y); };
const put = (kind, b) => cells(b, k => { k = kind + k; if (!grid.has(k)) grid.set(k, []); grid.get(k).push(b); });
const near = (kind, b) => { const s = new Set(); cells(b, k => (grid.get(kind + k) || []).forEach(o => s.add(o))); return s; };
texts.forEach(b => put('t', b));
cards.forEach(b => put('c', b));
chips.forEach(b => put('h', b));
for (const a of texts) {
	if (!inside(a, view, 0)) say('text leaves the picture', a);
	for (const b of near('t', a)) if (a !== b && a.e.compareDocumentPosition(b.e) & 4 && meet(a, b, .5)) say('text over text', a, b);
	for (const c of [...near('c', a), ...near('h', a)]) if (meet(a, c, .5) && !inside(a, c, 0)) say('text over a border', a, c);
}
for (const a of cards) for (const b of near('c', a)) if (a !== b && a.e.compareDocumentPosition(b.e) & 4 && meet(a, b, .5) &&
    !stacked(a, b)) say('card over card', a, b);
for (const e of svg.querySelectorAll('path.e')) {
	const n = e.getTotalLength();
	let last = null;
	for (let d = 0; d <= n; d += 2) {
		const p = e.getPointAtLength(d), at = {l: p.x - .8, r: p.x + .8, t: p.y - .8, b: p.y + .8, e};
		for (const t of near('t', at)) if (meet(at, t, 0) && !has(t.e, 'nt', 'nn') && t !== last) { say('line through text', at, t); last = t; }
		for (const c of near('c', at)) if (p.x > c.l + 2 && p.x < c.r - 2 && p.y > c.t + 2 && p.y < c.b - 2 && c !== last) { say('line through a card', at, c); last = c; }
	}
}
/* Contrast of each text with what is painted below its middle. */
const channel = c => { c /= 255; return c <= .04045 ? c / 12.92 : Math.pow((c + .055) / 1.055, 2.4); };
const light = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
const colour = (text, opacity) => { const n = (text.match(/[\d.]+/g) || [255, 255, 255]).map(Number); return [n[0], n[1], n[2], (n.length > 3 ? n[3] : 1) * opacity]; };
const painted = rects.map(b => ({...b, c: (s => s.fill === 'none' ? null : colour(s.fill, +s.fillOpacity * +s.opacity))(getComputedStyle(b.e))})).filter(b => b.c);
painted.forEach(b => put('p', b));
const clouds = [...svg.querySelectorAll('path.cl')].map(e => ({...box(e), c: colour(getComputedStyle(e).fill, 1)}));
let least = 21;
for (const t of texts) {
	const x = (t.l + t.r) / 2, y = (t.t + t.b) / 2, over = [...near('p', {l: x, r: x, t: y, b: y})].concat(clouds)
	    .filter(b => b.l <= x && x <= b.r && b.t <= y && y <= b.b && b.e.compareDocumentPosition(t.e) & 4)
	    .sort((a, b) => a.e.compareDocumentPosition(b.e) & 4 ? -1 : 1);
	let under = [255, 255, 255];
	for (const b of over) under = under.map((u, i) => u * (1 - b.c[3]) + b.c[i] * b.c[3]);
	for (const part of [t.e, ...t.e.querySelectorAll('tspan')]) {
		const a = light(colour(getComputedStyle(part).fill, 1)), b = light(under), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		least = Math.min(least, ratio);
		if (ratio < 4.5) say('contrast ' + ratio.toFixed(2), t);
	}
}
return {faults, least, texts: texts.length, words: [...svg.querySelectorAll('text')].map(e => [e, ...e.querySelectorAll('tspan')].map(p => p.firstChild.data).join(' ')).join('\n')};
"""

VIEWS = ["full", "l2", "l3", "overview"]


class Count:
    drawings = faults = texts = 0
    least = 21.0


def is_read(word, words):
    """Rows say both ends of an epair in one word: epair5a/b."""
    return word in words or re.sub("[ab]$", "a/b", word) in words


def measure(browser, path, wanted, count, quiet=False):
    browser.open(path)
    found = browser.run(MEASURE)
    faults = found["faults"] + ["missing: " + word for word in wanted if not is_read(word, found["words"])]
    count.drawings += 1
    count.texts += found["texts"]
    count.faults += len(faults)
    count.least = min(count.least, found["least"])
    for fault in () if quiet else faults[:6]:
        print(f"{os.path.basename(path)}: {fault}")
    return faults


def words_of(vnetc, topology):
    """Every name, interface and address, from the graph for other programs."""
    text = subprocess.run([vnetc, "graph", "-q", "--format", "json", topology], capture_output=True, text=True, check=True).stdout
    words = set()
    for node in json.loads(text)["nodes"]:
        if node["kind"] != "host":
            words.add(node["name"])
        for interface in node["interfaces"]:
            if node["kind"] != "machine":
                words.add(interface["name"])
            words.update(a for a in interface["addresses"] if a not in ("dhcp", "slaac"))
    return words


def breaks(svg):
    """Ways to spoil a drawing that a measurement has to notice."""
    name = re.search(r'<text x="(\d+)" y="(\d+)" class="nm">guest4', svg)
    card = re.search(r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="7" class="card"/>', svg)
    x, y, width, height = map(int, card.groups())
    yield "text over a border", svg.replace(name.group(), name.group().replace(f'x="{name.group(1)}"', f'x="{int(name.group(1)) - 30}"'))
    yield "text over text", svg.replace(name.group(), name.group().replace(f'y="{name.group(2)}"', f'y="{int(name.group(2)) + 12}"'))
    yield "contrast", svg.replace("fill:#475569", "fill:#94a3b8")
    yield "line through a card", svg.replace("</svg>", f'<path class="e e0" d="M{x + 3} {y - 9}V{y + height + 9}"/></svg>')
    yield "card over card", svg.replace("</svg>", f'<rect x="{x + 40}" y="{y}" width="{width}" height="{height}" class="card"/></svg>')
    yield "text leaves the picture", svg.replace(name.group(), name.group().replace(f'x="{name.group(1)}"', 'x="-9"'))
    yield "missing", svg.replace("10.0.2.3", "10.0.2.4")


def self_test(browser, vnetc, examples, folder):
    topology = os.path.join(examples, "figure-3", "topology.yaml")
    path = os.path.join(folder, "broken.svg")
    svg = subprocess.run([vnetc, "graph", "-q", topology], capture_output=True, text=True, check=True).stdout
    unseen = 0
    for fault, broken in breaks(svg):
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(broken)
        count = Count()
        if not any(fault in found for found in measure(browser, path, words_of(vnetc, topology), count, quiet=True)):
            print(f"not seen: {fault}")
            unseen += 1
    return unseen


def main():
    vnetc, examples, program, span = sys.argv[1:]
    count = {"light": Count(), "dark": Count()}
    with tempfile.TemporaryDirectory() as folder:
        drawings = []
        for name in sorted(os.listdir(examples)):
            topology = os.path.join(examples, name, "topology.yaml")
            if not os.path.exists(topology):
                continue
            for view in VIEWS:
                path = os.path.join(folder, f"{name}-{view}.svg")
                subprocess.run([vnetc, "graph", "-q", "--view", view, "-o", path, topology], check=True)
                drawings.append((path, words_of(vnetc, topology) if view == "full" else ()))
        random = os.path.join(folder, "random")
        os.mkdir(random)
        subprocess.run([program, random, span], check=True)
        drawings += [(os.path.join(random, name), ()) for name in sorted(os.listdir(random)) if name.endswith(".svg")]
        for scheme in ("light", "dark"):
            browser = Browser(scheme)
            try:
                if scheme == "light":
                    count[scheme].faults += self_test(browser, vnetc, examples, folder)
                for path, wanted in drawings:
                    measure(browser, path, wanted, count[scheme])
            finally:
                browser.quit()
    for scheme, c in count.items():
        print(f"{scheme}: {c.drawings} drawings, {c.texts} texts, least contrast {c.least:.2f}, {c.faults} faults")
    return 1 if any(c.faults for c in count.values()) else 0


needed()
sys.exit(main())
