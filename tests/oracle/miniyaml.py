# SPDX-License-Identifier: BSD-2-Clause
"""As much YAML as topologies use, read without the compiler's own reader: block and flow collections, plain and quoted
scalars, comments, anchors, aliases and merges. Scalars stay text; null is None. Bad input raises ValueError somewhere."""

import re


class Reader:
    def __init__(self, text):
        self.anchors = {}
        self.lines = []                 # [indent, text]
        for raw in text.splitlines():
            line = strip_comment(raw)
            if line.strip() and line.strip() != "---":
                self.lines.append([len(line) - len(line.lstrip(" ")), line.strip()])
        self.at = 0

    def document(self):
        if not self.lines:
            return None
        value = self.block(self.lines[0][0])
        if self.at != len(self.lines):
            raise ValueError("text left over: %r" % self.lines[self.at][1])
        return value

    def block(self, indent):
        first = self.lines[self.at][1]
        if first == "-" or first.startswith("- "):
            return self.sequence(indent)
        if key_of(first) is not None:
            return self.mapping(indent)
        return self.inline(indent)

    def sequence(self, indent):
        items = []
        while self.at < len(self.lines) and self.lines[self.at][0] == indent and (self.lines[self.at][1] + " ").startswith("- "):
            line = self.lines[self.at]
            rest = line[1][1:].lstrip(" ")
            if rest == "":
                self.at += 1
                items.append(self.nested(indent))
                continue
            # What follows the dash is a block of its own, indented by the dash.
            line[0], line[1] = indent + len(line[1]) - len(rest), rest
            items.append(self.block(line[0]))
        return items

    def mapping(self, indent):
        result = {}
        while self.at < len(self.lines) and self.lines[self.at][0] == indent:
            line = self.lines[self.at]
            split = key_of(line[1])
            if split is None:
                raise ValueError("no key: %r" % line[1])
            key, rest = split
            anchor = None
            match = re.match(r"&(\S+)\s*(.*)", rest, re.S)
            if match and match.group(2) == "":
                anchor, rest = match.group(1), ""
            if rest == "":
                self.at += 1
                value = self.nested(indent, key != "<<")
            else:
                line[0], line[1] = indent + 1, rest
                value = self.inline(indent + 1)
            if anchor:
                self.anchors[anchor] = value
            if key == "<<":
                merges = value if isinstance(value, list) else [value]
                for merge in merges:
                    for k, v in merge.items():
                        result.setdefault(("<<", k), v)
            else:
                result[key] = value
        return merged(result)

    def nested(self, indent, same_allowed=False):
        if self.at >= len(self.lines):
            return None
        below, text = self.lines[self.at]
        if below > indent:
            return self.block(below)
        if same_allowed and below == indent and (text + " ").startswith("- "):
            return self.sequence(indent)
        return None

    def inline(self, indent):
        """A scalar or flow collection, over as many deeper lines as it takes."""
        text = self.lines[self.at][1]
        self.at += 1
        while self.at < len(self.lines) and (open_brackets(text) or self.lines[self.at][0] >= indent and text[:1] in "\"'" and not closed(text)):
            text += " " + self.lines[self.at][1]
            self.at += 1
        flow = Flow(text, self.anchors)
        value = flow.value(top=True)
        flow.skip()
        if flow.at != len(text):
            raise ValueError("text left over in %r" % text)
        return value


class Flow:
    def __init__(self, text, anchors):
        self.text, self.anchors, self.at = text, anchors, 0

    def skip(self):
        while self.at < len(self.text) and self.text[self.at] in " \t":
            self.at += 1

    def value(self, top=False):
        self.skip()
        text = self.text
        if self.at >= len(text):
            return None
        c = text[self.at]
        if c == "&":
            name = re.compile(r"&([^\s,\[\]{}]+)").match(text, self.at)
            self.at = name.end()
            value = self.value(top)
            self.anchors[name.group(1)] = value
            return value
        if c == "*":
            name = re.compile(r"\*([^\s,\[\]{}]+)").match(text, self.at)
            self.at = name.end()
            return self.anchors[name.group(1)]
        if c == "[":
            return self.items("]", lambda: self.value())
        if c == "{":
            return merged(dict(self.items("}", self.pair)))
        if c in "\"'":
            return self.quoted(c)
        plain = re.compile(r".*" if top else r"(?:[^,\[\]{}:]|:(?![\s,\[\]{}]|$))*").match(text, self.at)
        self.at = plain.end()
        scalar = plain.group().strip()
        return None if scalar in ("", "~", "null") else scalar

    def items(self, end, one):
        self.at += 1
        result = []
        while True:
            self.skip()
            if self.at >= len(self.text):
                raise ValueError("no %s in %r" % (end, self.text))
            if self.text[self.at] == end:
                self.at += 1
                return result
            if self.text[self.at] == ",":
                self.at += 1
                continue
            result.append(one())

    def pair(self):
        key = self.value()
        self.skip()
        value = None
        if self.text[self.at:self.at + 1] == ":":
            self.at += 1
            value = self.value()
        return (("<<", None), value) if key == "<<" else (key, value)

    def quoted(self, quote):
        pattern = r"'((?:[^']|'')*)'" if quote == "'" else r'"((?:[^"\\]|\\.)*)"'
        match = re.compile(pattern).match(self.text, self.at)
        if not match:
            raise ValueError("no end of quotes in %r" % self.text)
        self.at = match.end()
        if quote == "'":
            return match.group(1).replace("''", "'")
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), match.group(1))


def merged(mapping):
    result = {}
    for key, value in mapping.items():
        if not isinstance(key, tuple):
            result[key] = value
    for key, value in mapping.items():
        if isinstance(key, tuple) and key[1] is not None:
            result.setdefault(key[1], value)
        elif isinstance(key, tuple):
            for merge in value if isinstance(value, list) else [value]:
                for k, v in merge.items():
                    result.setdefault(k, v)
    return result


def strip_comment(line):
    quote = None
    for i, c in enumerate(line):
        if quote:
            if c == quote and not (quote == '"' and line[i - 1] == "\\"):
                quote = None
        elif c in "\"'" and (i == 0 or line[i - 1] in " [{,:"):
            quote = c
        elif c == "#" and (i == 0 or line[i - 1] in " \t"):
            return line[:i].rstrip()
    return line.rstrip()


def key_of(text):
    match = re.match(r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s\[\]{}"'&*#,-][^{}"]*?|-[^\s{}"][^{}"]*?)\s*:(?:\s+(.*)|$)""", text, re.S)
    if not match or text[0] in "[{":
        return None
    key = match.group(1)
    if key[0] in "\"'":
        key = key[1:-1]
    return key, (match.group(2) or "").strip()


def open_brackets(text):
    depth, quote = 0, None
    for i, c in enumerate(text):
        if quote:
            if c == quote and not (quote == '"' and text[i - 1] == "\\"):
                quote = None
        elif c in "\"'" and (i == 0 or text[i - 1] in " [{,:"):
            quote = c
        elif c in "[{":
            depth += 1
        elif c in "]}":
            depth -= 1
    return text[:1] in "[{&" and depth > 0


def closed(text):
    return len(text) > 1 and text[-1] == text[0]


def load(text):
    return Reader(text).document()
