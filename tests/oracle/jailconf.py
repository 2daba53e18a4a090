# SPDX-License-Identifier: BSD-2-Clause
"""A reader of jail.conf(5), after jaillex.l and jailparse.y: what vnetc may write, no more. Anything else is a ValueError."""

import re

PLAIN = re.compile(r"[A-Za-z0-9_!%&()\-.:<>?@\[\]^`|~]+")


def tokens(text):
    at = 0
    while at < len(text):
        c = text[at]
        if c in " \t\r\n":
            at += 1
        elif c == "#" or text.startswith("//", at):
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif text.startswith("/*", at):
            end = text.index("*/", at + 2)
            at = end + 2
        elif text.startswith("+=", at):
            yield "+=", None
            at += 2
        elif c in ",;={}":
            yield c, None
            at += 1
        else:
            value, end = "", at
            while end < len(text):
                piece, end2 = string_piece(text, end)
                if piece is None:
                    break
                value, end = value + piece, end2
            if end == at:
                raise ValueError("unexpected %r" % text[at:at + 20])
            yield "string", value
            at = end


def string_piece(text, at):
    c = text[at]
    if c == '"' or c == "'":
        match = re.compile(r'"((?:[^"\\]|\\.)*)"' if c == '"' else r"'((?:[^'\\]|\\.)*)'", re.S).match(text, at)
        if not match:
            raise ValueError("unterminated string at %r" % text[at:at + 20])
        if c == '"' and re.search(r"(?<!\\)(?:\\\\)*\$", match.group(1)):
            raise ValueError("a variable is expanded in %s" % match.group())
        if "\n" in match.group(1):
            raise ValueError("a string over two lines: %s" % match.group())
        return unescape(match.group(1)), match.end()
    if c == "\\":
        raise ValueError("an escape outside quotes at %r" % text[at:at + 20])
    if c == "$":
        raise ValueError("a variable at %r" % text[at:at + 20])
    if text.startswith("+=", at) or text.startswith("//", at) or text.startswith("/*", at):
        return None, at
    if c in "*+/":
        return c, at + 1
    match = PLAIN.match(text, at)
    return (match.group(), match.end()) if match else (None, at)


def unescape(text):
    def one(match):
        what = match.group(1)
        if what[0] in "01234567":
            return chr(int(what, 8))
        return {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}.get(what, what)

    if re.search(r"(?<!\\)(?:\\\\)*\\x", text):
        raise ValueError("a hexadecimal escape in %r" % text)
    return re.sub(r"\\([0-7]{1,3}|.)", one, text, flags=re.S)


def parse(text):
    """name -> key -> list of values (None alone: the key stands without a value)."""
    jails, stream = {}, list(tokens(text))
    at = 0

    def expect(kind):
        nonlocal at
        if at >= len(stream) or stream[at][0] != kind:
            raise ValueError("%s expected, not %s" % (kind, stream[at] if at < len(stream) else "the end"))
        at += 1
        return stream[at - 1][1]

    while at < len(stream):
        name = expect("string")
        expect("{")
        if name in jails:
            raise ValueError("%s is defined twice" % name)
        jail = jails[name] = {}
        while stream[at:at + 1] and stream[at][0] != "}":
            key, values, op = expect("string"), [], None
            if stream[at][0] in ("=", "+="):
                op = stream[at][0]
                at += 1
                values.append(expect("string"))
                while stream[at:at + 1] and stream[at][0] == ",":
                    at += 1
                    values.append(expect("string"))
            expect(";")
            if op == "+=":
                jail.setdefault(key, []).extend(values)
            elif key in jail:
                raise ValueError("%s: %s is set twice" % (name, key))
            else:
                jail[key] = values if op else [None]
        expect("}")
    return jails
