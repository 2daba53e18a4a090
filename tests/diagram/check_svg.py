#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Checks drawings: check_svg.py WIDTHS.C FILE.svg... A NAME-VIEW.svg that has a NAME.names beside it must show the texts in there."""
import os
import re
import sys
import xml.etree.ElementTree as ET

SVG = '{http://www.w3.org/2000/svg}'
CELL = 96
COORDINATES = ('x', 'y', 'dx', 'width', 'height', 'rx', 'd', 'viewBox')
ALLOWED = {'svg', 'title', 'desc', 'style', 'g', 'a', 'rect', 'path', 'text', 'tspan'}


def tables(path):
    """The width tables, as the renderer itself uses them."""
    source = open(path, encoding='utf-8').read()
    found = {name: [int(n) for n in re.findall(r'\d+', body)]
             for name, body in re.findall(r'static const short (\w+)\[\] = \{(.*?)\};', source, re.S)}
    for name in ('MONO_WIDTH', 'WIDE_WIDTH', 'PICTOGRAPH_WIDTH'):
        found[name] = int(re.search(r'#define %s (\d+)' % name, source).group(1))
    return found


def rules(style):
    """The rules of a style sheet that stand in no @media, and those of each @media, as lists of (selectors, declarations)."""
    plain, media, depth, start, i = '', {}, 0, 0, 0
    while i < len(style):
        if style.startswith('@media', i):
            name = style[i:style.index('{', i)].strip()
            j, depth = style.index('{', i) + 1, 1
            start = j
            while depth:
                depth += {'{': 1, '}': -1}.get(style[j], 0)
                j += 1
            media[name] = style[start:j - 1]
            i = j
        else:
            plain += style[i]
            i += 1

    def split(text):
        return [([s.strip() for s in sel.split(',')], dict(d.split(':', 1) for d in body.split(';') if ':' in d))
                for sel, body in re.findall(r'([^{}]+)\{([^{}]*)\}', text)]
    return split(plain), {name: split(text) for name, text in media.items()}


def value_of(sheet, tag, classes, key):
    """What a rule of one class, of two classes on one element, or of the tag says, the later and more particular first."""
    best = (-1, None)
    for selectors, declarations in sheet:
        if key not in declarations:
            continue
        for selector in selectors:
            parts = selector.split('.')
            if ' ' in selector or ':' in selector or '>' in selector:
                continue
            if (parts[0] in ('', tag)) and all(c in classes for c in parts[1:]) and len(parts) - 1 >= best[0]:
                best = (len(parts) - 1, declarations[key])
    return best[1]


class Box:
    def __init__(self, x0, y0, x1, y1, what='', classes=(), group=None):
        self.x0, self.y0, self.x1, self.y1 = x0, y0, x1, y1
        self.what, self.classes, self.group = what, classes, group

    def meets(self, other, by=0.0):
        return self.x0 + by < other.x1 and other.x0 + by < self.x1 and self.y0 + by < other.y1 and other.y0 + by < self.y1

    def holds(self, other, by=0.0):
        return self.x0 - by <= other.x0 and other.x1 <= self.x1 + by and self.y0 - by <= other.y0 and other.y1 <= self.y1 + by


class Grid:
    def __init__(self):
        self.cells = {}

    def cells_of(self, box):
        for cx in range(int(box.x0 // CELL), int(box.x1 // CELL) + 1):
            for cy in range(int(box.y0 // CELL), int(box.y1 // CELL) + 1):
                yield cx, cy

    def add(self, box):
        for cell in self.cells_of(box):
            self.cells.setdefault(cell, []).append(box)

    def near(self, box):
        seen = set()
        for cell in self.cells_of(box):
            for other in self.cells.get(cell, ()):
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other


def segments(d):
    """Straight pieces of a path; a curve counts as its chord."""
    x = y = sx = sy = 0
    out = []
    for op, args in re.findall(r'([MmLlHhVvQqAaZz])([^MmLlHhVvQqAaZz]*)', d):
        n = [int(v) for v in re.findall(r'-?\d+', args)]
        ox, oy = x, y
        if op == 'M':
            x, y = n[0], n[1]
            sx, sy = x, y
            continue
        if op == 'V':
            y = n[0]
        elif op == 'H':
            x = n[0]
        elif op == 'h':
            x += n[0]
        elif op == 'v':
            y += n[0]
        elif op == 'q':
            x, y = x + n[2], y + n[3]
        elif op == 'z':
            x, y = sx, sy
        else:
            raise ValueError('path command ' + op)
        out.append((ox, oy, x, y))
    return out


def number(text):
    return float(text) if '.' in text else int(text)


def luminance(colour):
    colour = colour.lstrip('#')
    if len(colour) == 3:
        colour = ''.join(c * 2 for c in colour)
    channels = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    channels = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def contrast(a, b):
    a, b = sorted((luminance(a), luminance(b)))
    return (b + 0.05) / (a + 0.05)


class Drawing:
    def __init__(self, path, widths):
        self.path, self.widths, self.faults = path, widths, []
        self.raw = open(path, encoding='utf-8').read()
        self.root = ET.fromstring(self.raw)
        self.style, self.media = rules(self.root.find(SVG + 'style').text)
        self.texts, self.lines, self.cards, self.bars, self.zones, self.chips, self.frames, self.ports = ([] for _ in range(8))
        self.shown = []
        self.order = 0
        self.walk(self.root, None, False)

    def fault(self, text):
        self.faults.append(text)

    def width(self, text, classes):
        size = float(value_of(self.style, 'text', classes, 'font-size').rstrip('px'))
        bold = value_of(self.style, 'text', classes, 'font-weight') == '700'
        table = self.widths['bold' if bold else 'sans']
        total = 0
        for c in text:
            if ord(c) >= 0x1f000:
                total += self.widths['PICTOGRAPH_WIDTH']
            elif not ' ' <= c <= '~':
                total += self.widths['WIDE_WIDTH']
            elif 'm' in classes:
                total += self.widths['MONO_WIDTH']
            else:
                total += table[ord(c) - 32]
        return total * size / 1000, size

    def add_text(self, e, group):
        classes = e.get('class').split()
        x, y = number(e.get('x')), number(e.get('y'))
        w, size = self.width(e.text or '', classes)
        whole = e.text or ''
        for t in e:
            more, other = self.width(t.text or '', t.get('class').split())
            w += number(t.get('dx')) + more
            size = max(size, other)
            whole += ' ' + (t.text or '')
        if 'mid' in classes:
            x -= w / 2
        elif 'end' in classes:
            x -= w
        self.texts.append(Box(x, y - 0.76 * size, x + w, y + 0.22 * size, whole, classes, group))
        self.shown.append(whole)
        if not whole.strip():
            self.fault('an empty text')

    def walk(self, e, group, clickable):
        tag = e.tag.replace(SVG, '')
        classes = (e.get('class') or '').split()
        if tag not in ALLOWED:
            self.fault('element ' + tag)
        for key in e.attrib:
            if key in ('style', 'fill', 'stroke') or key.startswith('on'):
                self.fault('attribute %s of %s' % (key, tag))
        for key in COORDINATES:
            if re.search(r'\d\.\d|e[+-]?\d|nan|inf', e.get(key) or ''):
                self.fault('%s="%s" is no integer' % (key, e.get(key)))
        if tag == 'g':
            if e.get('aria-label'):
                self.shown.append(e.get('aria-label'))
            elif len(e) == 0 or e[0].tag != SVG + 'title' or not (e[0].text or '').strip():
                self.fault('group %s has no title' % e.get('id'))
            elif e.get('role') != 'group':
                self.fault('group %s has no role' % e.get('id'))
            else:
                self.shown.append(e[0].text)
            group = e.get('id') or e.get('aria-label')
        elif tag == 'rect':
            x, y, w, h = (number(e.get(k)) for k in ('x', 'y', 'width', 'height'))
            box = Box(x, y, x + w, y + h, '', classes, group)
            box.order = self.order
            if w < 0 or h < 0:
                self.fault('a rectangle of size %dx%d' % (w, h))
            if {'card', 'dev', 'host'} & set(classes):
                self.cards.append(box)
            elif 'bar' in classes:
                self.bars.append(box)
            elif 'z' in classes:
                self.zones.append(box)
            elif 'nic' in classes:
                self.chips.append(box)
            elif 'frame' in classes:
                self.frames.append(box)
            elif w == 8 and h == 8:
                self.ports.append(box)
            elif w == 4:
                self.lines.append(Box(x + 2, y, x + 2, y + h, 'rail', classes, group))
        elif tag == 'path' and 'e' in classes:
            for n, (x0, y0, x1, y1) in enumerate(segments(e.get('d'))):
                self.lines.append(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), e.get('d'), classes, group))
        elif tag == 'text':
            self.add_text(e, group)
        self.order += 1
        for child in e:
            self.walk(child, group, clickable or tag == 'a')

    def check_form(self):
        for word in ('<script', 'foreignObject', 'var(', 'url(', '<image', 'xlink', '@import', 'javascript:'):
            if word in self.raw:
                self.fault('has ' + word)
        if re.search('[\x00-\x08\x0b-\x1f\x7f]', self.raw):
            self.fault('has a control character')
        ids = re.findall(r'\sid="([^"]*)"', self.raw)
        for name in {i for i in ids if ids.count(i) > 1} if len(ids) < 3000 else ():
            self.fault('id %s twice' % name)
        if len(ids) != len(set(ids)):
            self.fault('ids are not unique')
        for name in ids:
            if not re.fullmatch('[A-Za-z0-9_.-]+', name):
                self.fault('id %s' % name)
        root = self.root
        if root.get('role') != 'graphics-document document' or [ids for ids in ((root.get('aria-labelledby') or '') + ' ' + (root.get('aria-describedby') or '?')).split()
                                         if not any(child.get('id') == ids for child in root)]:
            self.fault('role and title')
        self.page = Box(*[int(n) for n in root.get('viewBox').split()])

    def check_texts(self):
        texts, cards, lines, frames = Grid(), Grid(), Grid(), self.frames
        for box in self.cards + self.bars + self.chips + self.zones:
            cards.add(box)
        for line in self.lines:
            lines.add(line)
        for text in self.texts:
            if not self.page.holds(text):
                self.fault('text "%s" leaves the page' % text.what)
            for other in texts.near(text):
                if text.meets(other, 0.2):
                    self.fault('text "%s" over "%s"' % (text.what, other.what))
            texts.add(text)
            for box in cards.near(text):
                if text.meets(box) and not box.holds(text, 0.5):
                    self.fault('text "%s" crosses a border (%s)' % (text.what, ' '.join(box.classes)))
            for frame in frames:
                if text.meets(frame) and not frame.holds(text) and 'nt' not in text.classes:
                    self.fault('text "%s" crosses the frame' % text.what)
            for line in lines.near(text):
                if text.meets(Box(line.x0 - 0.9, line.y0 - 0.9, line.x1 + 0.9, line.y1 + 0.9), 0.3):
                    self.fault('line %s through text "%s"' % (line.what, text.what))

    def check_shapes(self):
        grid = Grid()
        for box in self.cards + self.bars + self.chips:
            for other in grid.near(box):
                # The cards behind a summary stand behind it.
                if box.meets(other) and not (box.group == other.group and box.group and
                                             ('bar' in box.classes or abs(box.x0 - other.x0) == 4 or abs(box.x0 - other.x0) == 8)):
                    self.fault('%s over %s (%s, %s)' % (' '.join(box.classes), ' '.join(other.classes), box.group, other.group))
            grid.add(box)
        for line in self.lines:
            for box in grid.near(line):
                inner = Box(box.x0 + 2.5, box.y0 + 2.5, box.x1 - 2.5, box.y1 - 2.5)
                if line.x0 < inner.x1 and line.x1 > inner.x0 and line.y0 < inner.y1 and line.y1 > inner.y0:
                    self.fault('line %s through a %s of %s' % (line.what, ' '.join(box.classes), box.group))
        zones = Grid()
        for box in self.zones:
            for other in zones.near(box):
                if box.meets(other):
                    self.fault('zones %s and %s meet' % (box.group, other.group))
            for frame in self.frames:
                if not frame.holds(box):
                    self.fault('zone %s leaves the frame' % box.group)
            zones.add(box)
        for box in self.cards:
            for zone in zones.near(box):
                if box.meets(zone) and not zone.holds(box):
                    self.fault('a card of %s crosses zone %s' % (box.group, zone.group))

    def check_lines(self):
        """No two lines of different things share a stretch."""
        grid = Grid()
        for line in self.lines:
            wide = Box(line.x0 - 3, line.y0 - 3, line.x1 + 3, line.y1 + 3)
            vertical = line.x0 == line.x1
            for other in grid.near(wide):
                if other.what == line.what or other.group == line.group or (other.x0 == other.x1) != vertical:
                    continue
                if vertical and (other.y0 == other.y1 or abs(other.x0 - line.x0) >= 4):
                    continue
                if not vertical and (line.y0 != line.y1 or other.y0 != other.y1 or abs(other.y0 - line.y0) >= 4):
                    continue
                shared = min(line.y1, other.y1) - max(line.y0, other.y0) if vertical else min(line.x1, other.x1) - max(line.x0, other.x0)
                if shared > 4:
                    self.fault('lines %s and %s of %s and %s share %d px' % (line.what, other.what, line.group, other.group, shared))
            grid.add(line)

    def check_contrast(self):
        dark = next(r for name, r in self.media.items() if 'dark' in name)
        hues = sorted({c[1:] for line in self.raw.split('class="')[1:] for c in line.split('"')[0].split() if re.fullmatch(r't\d', c)})
        for name, sheet in (('light', self.style), ('dark', self.style + dark)):
            def colour(*classes):
                return value_of(sheet, 'text', classes, 'fill')
            pairs = [(colour(c), colour(g), c + ' on ' + g) for c in ('ht', 'nm', 'rl', 'if', 'nr')
                     for g in ('card', 'dev', 'host', 'frame')]
            pairs += [(colour(c), colour('bg'), c + ' on page') for c in ('lg', 'ho')] + [(colour('nt'), colour('nic'), 'nic')]
            for hue in hues:
                pairs += [(colour('t' + hue), colour(g), 't%s on %s' % (hue, g)) for g in ('card', 'dev', 'host', 'z' + hue)]
                pairs += [(colour('if'), colour('z' + hue), 'if on z' + hue), (colour('bl'), colour('bar', 'p' + hue), 'bar ' + hue)]
            for text, ground, what in pairs:
                if contrast(text, ground) < 4.5:
                    self.fault('%s: contrast of %s is %.1f' % (name, what, contrast(text, ground)))

    def check_names(self):
        match = re.fullmatch(r'(.*)-(full|l2|l3|overview|net)\.svg', self.path)
        if not match or not os.path.exists(match.group(1) + '.names'):
            return
        kinds = {'full': 'node net nic prefix iface address', 'l2': 'node net nic iface', 'l3': 'node nic prefix address',
                 'overview': 'net nic prefix', 'net': ''}[match.group(2)].split()
        everything = '\n'.join(self.shown)
        for line in open(match.group(1) + '.names', encoding='utf-8').read().split('\n'):
            if line and line.split('\t')[0] in kinds and line.split('\t', 1)[1] not in everything:
                self.fault('%s is not shown' % line.replace('\t', ' '))

    def check(self):
        self.check_form()
        self.check_texts()
        self.check_shapes()
        self.check_lines()
        self.check_contrast()
        self.check_names()
        return self.faults


# What a fault looks like: a pattern, what it becomes where it first stands, a word of the complaint.
MUTATIONS = (
    (r'<text x="(\d+)" y="(\d+)" class="nm', r'<text x="\1" y="280" class="nm', 'text'),
    (r'<text x="\d+"', '<text x="-40"', 'leaves the page'),
    (r'id="j-guest2"', 'id="j-guest1"', 'unique'),
    (r'<title>guest1', '<desc>guest1', None),
    (r'y="(\d+)" class="if m"', r'y="\1.5" class="if m"', 'no integer'),
    (r'<text x="(\d+)" y="(\d+)" class="if m">epair1a', r'<text x="\1" y="197" class="if m">epair1a', 'crosses'),
    (r'class="e e0" d="M(\d+) (\d+)V(\d+)"', r'class="e e0" d="M\1 \2V300"', 'through'),
    (r'<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)" rx="7"', r'<rect x="\1" y="\2" width="300" height="\4" rx="7"', 'over'),
    (r'class="g" role="group"', 'class="g"', 'role'),
    (r'192\.168\.0\.11/24', '', 'is not shown'),
    (r'<g id="br-bridge0"', '<g onclick="x" id="br-bridge0"', 'attribute'),
    (r'\.if,\.lg\{fill:#475569\}', '.if,.lg{fill:#bbbbbb}', 'contrast'),
    (r'role="graphics-document document"', '', 'role'),
    (r'id="d"', 'id="other"', 'role'),
)


def self_test(widths, path):
    """A good drawing made bad in each of these ways is told so."""
    good = open(path, encoding='utf-8').read()
    bad = path.replace('-full.svg', '-bad-full.svg')
    names = path.replace('-full.svg', '.names')
    open(bad.replace('-full.svg', '.names'), 'w', encoding='utf-8').write(open(names, encoding='utf-8').read())
    missed = 0
    for pattern, instead, complaint in MUTATIONS:
        text = re.sub(pattern, instead, good) if complaint == 'is not shown' else re.sub(pattern, instead, good, count=1)
        open(bad, 'w', encoding='utf-8').write(text)
        try:
            found = Drawing(bad, widths).check()
        except ET.ParseError:
            found = ['None']
        if text == good or not any(str(complaint) in fault for fault in found):
            print('%s: not noticed: %s (%s)' % (path, pattern, found[:3]))
            missed += 1
    os.remove(bad)
    os.remove(bad.replace('-full.svg', '.names'))
    print('%d mutations, %d not noticed' % (len(MUTATIONS), missed))
    return missed


def main():
    widths = tables(sys.argv[1])
    if sys.argv[2] == '--self-test':
        return 1 if self_test(widths, sys.argv[3]) else 0
    bad = faults = 0
    for path in sys.argv[2:]:
        found = Drawing(path, widths).check()
        bad += bool(found)
        faults += len(found)
        for text in found[:6]:
            print('%s: %s' % (path, text))
        if len(found) > 6:
            print('%s: … and %d more' % (path, len(found) - 6))
    print('%d drawings, %d with faults, %d faults' % (len(sys.argv) - 2, bad, faults))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
