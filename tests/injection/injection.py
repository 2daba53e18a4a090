#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Fills every text of the language, as `vnetc schema` lists it, with what shells, YAML, XML, jail.conf, Graphviz and terminals interpret.
What is refused must be refused by a rule and a place; what is accepted must come out as text and as nothing else. injection.py VNETC"""

import collections
import copy
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "oracle")]

import everything                                       # noqa: E402
import jailconf                                         # noqa: E402
from shfiles import ShellFile, shell_files              # noqa: E402

TEXTS = {
    "substitution": "$(touch canary)", "backticks": "`touch canary`", "parameter": "${canary}${IFS}$1$@", "arithmetic": "$((1+1))",
    "semicolon": "; touch canary ;", "and": "a && touch canary", "or": "a || touch canary", "pipe": "a | tee canary", "redirect": "a > canary",
    "ampersand": "a & touch canary &", "newline": "a\ntouch canary\n", "assign": "a\nPATH=/tmp\nexport PATH", "crlf": "a\r\ntouch canary", "tab": "a\tb",
    "backslash": "a\\", "backslashes": "\\\\\\", "escapes": "\\n\\t\\x41\\101", "double": 'a" touch canary "', "single": "a' touch canary '",
    "quotes": "\"'\"'`\"", "glob": "*", "globs": "/*/* ?? [a-z]* ~root {a,b}", "comment": "a # b", "provide": "\n# PROVIDE: canary", "here": "<<EOF",
    "script": "</script><script>alert(1)</script>", "cdata": "]]><script>alert(1)</script><![CDATA[", "xmlcomment": "--><script>x</script><!--",
    "image": "<img src=x onerror=alert(1)>", "attribute": "\" onload=\"alert(1)\" x='", "entity": "&lt;&amp;&#60;&bogus;", "link": "javascript:alert(1)",
    "style": "</style></title></svg>", "template": "${alert(1)} {{x}} <%= x %>", "ansi": "\x1b[31mred\x1b[0m", "title": "\x1b]0;owned\x07",
    "csi": "\x9b31m", "backspace": "a\b\b\b", "delete": "a\x7fb", "nul": "a\0b", "rtl": "\u202etxt.exe", "isolate": "\u2066a\u2069", "zero": "a\u200bb",
    "bom": "\ufeffa", "separator": "a\u2028b\u2029c", "nonchar": "a\ufffeb\uffff", "format": "%s%n%d%99999d", "markdown": "|`a`|[x](javascript:1)*b*_c_<b>",
    "heading": "\n# heading\n", "dot": "\\G\\N\\E\\l }|{ <p> \" ]; evil [label=\"x", "dothtml": "<<b>x</b>>", "jailblock": "\"; } evil { exec.start = \"touch canary",
    "jailcomment": "a // b /* c", "yaml": "{a: [b, &c *c, !!d e]} | > - ? % @ `", "colon": ": - ? ", "dash": "-rf", "dots": "../../../etc/passwd",
    "absolute": "/etc/passwd", "space": "  ", "empty": "", "long": "A" * 70000, "wide": "\U0001f600\u0301\u00e9\u4e2d", "history": "!!:s/a/b/", "percent": "%%fib",
}
LONG = "VNETC_LONG" in os.environ           # all texts in all places; else each place a seventh of them, each text in a seventh of the places
# Zero width spaces and joiners belong to scripts and emoji; what moves or hides other text does not.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufffe\uffff]")
TOLD = re.compile(r"^.+:\d+:\d+: error: .*\[[a-z0-9-]+\]$", re.M)
RULE = re.compile(r"|table <\w+> (const )?\{ [0-9a-f:./, ]* \}|set skip on lo0|\[\w+=\d+\]|add (path|include) [\w$*'.\-]+( \w+)*|"
                  r"(no )?(nat|rdr|pass|binat)( (pass|in|out|on [\w.\-]+|inet6?|proto \w+|from|to|any|!|port [\d:]+|->|[0-9a-f:./]+|<\w+>|\([\w.:\-]+\)|\{ [\w:., ]+ \}))*")
INERT = re.compile(r"[A-Za-z0-9_.,:/@+=% \-]*")


def yaml_of(value):
    """JSON that YAML reads too: whatever is not plain is escaped."""
    if isinstance(value, dict):
        return "{%s}" % ", ".join("? %s : %s" % (yaml_of(str(k)), yaml_of(v)) for k, v in value.items())
    if isinstance(value, list):
        return "[%s]" % ", ".join(yaml_of(v) for v in value)
    if isinstance(value, str):
        return '"%s"' % "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else "\\U%08X" % ord(c) for c in value)
    return json.dumps(value)


class Slots:
    """Every place of a document where the schema takes a text: (name, function that puts a text there)."""

    def __init__(self, schema, document):
        self.schema, self.document = schema, document
        self.found, self.reached = {}, set()
        self.record("topology", schema, document, ())

    def add(self, name, path, make):
        """One place a key; a second where the key stands elsewhere in another company would find nothing new."""
        self.found.setdefault(name, (path, make))

    def record(self, name, node, value, path):
        self.reached.add(name)
        for key, field in node["properties"].items():
            self.field(name + "." + key, field, value.get(key) if isinstance(value, dict) else None, path + (key,))

    def field(self, name, node, value, path):
        for part in node.get("anyOf", []) + node.get("allOf", []):
            self.field(name, part, value, path)
        if "$ref" in node:
            ref = node["$ref"].rsplit("/", 1)[1]
            if isinstance(value, dict):
                self.record(ref, self.schema["definitions"][ref], value, path)
            elif value is None:
                self.add(name, path, lambda text: text)
        kinds = node.get("type", "string" if "enum" in node else [])
        kinds = [kinds] if isinstance(kinds, str) else kinds
        if any(kind in ("string", "number", "integer", "boolean") for kind in kinds):
            self.add(name, path, lambda text: text)
        if "array" in kinds:
            self.add(name + "[]", path, lambda text: [text])
            for i, item in enumerate(value if isinstance(value, list) else []):
                self.field(name, node["items"], item, path + (i,))
        if "object" in kinds and "properties" not in node:
            inner = node["additionalProperties"]
            first = next(iter(value.values())) if isinstance(value, dict) and value else "x"
            self.add(name + " name", path, lambda text: {text: first})
            if "$ref" not in inner:
                for variable in ("zz", "ifconfig_zz9", "autobridge_zz") if name.endswith("rc_conf") else ("meta",):
                    self.add("%s %s" % (name, variable), path, lambda text, variable=variable: {variable: text})
            for key, item in value.items() if isinstance(value, dict) else ():
                self.field(name, inner, item, path + (key,))

    def filled(self, texts):
        """The document with texts (slot -> text) in it; slots of one place go together."""
        document = copy.deepcopy(self.document)
        for slot, text in texts.items():
            path, make = self.found[slot]
            node = document
            for key in path[:-1]:
                node = node.setdefault(key, {}) if isinstance(node, dict) else node[key]
            value = make(text)
            if isinstance(value, dict) and isinstance(node, dict) and isinstance(node.get(path[-1]), dict) and next(iter(value)) != text:
                node[path[-1]].update(value)
            else:
                node[path[-1]] = value
        return document


class Page(html.parser.HTMLParser):
    """The shape of an HTML page, and what its scripts say."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.shape, self.scripts, self.inside, self.bad = set(), [], False, []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.shape.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.inside = tag == "script"
        if self.inside:
            self.scripts.append("")
        self.bad += ["%s %s=%s" % (tag, name, value) for name, value in attrs
                     if name.startswith("on") or re.match(r"\s*(javascript|data|vbscript):", value or "", re.I)]

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.scripts[-1] += data


def svg_shape(text):
    root = xml.etree.ElementTree.fromstring(text)
    shape, bad = set(), []
    for element in root.iter():
        tag = element.tag.rsplit("}", 1)[-1]
        shape.add((tag, tuple(sorted(element.attrib))))
        bad += ["%s %s" % (tag, name) for name, value in element.attrib.items()
                if name.lower().startswith("on") or re.match(r"\s*(javascript|data|vbscript):", value, re.I)]
    if any(tag in ("script", "foreignObject", "image", "iframe") for tag, _ in shape):
        bad.append("a forbidden element")
    return shape, bad


def markdown_shape(text):
    """Each line as its unescaped structural characters outside of code."""
    lines = []
    for line in text.split("\n"):
        line = re.sub(r"\\[!-/:-@\[-`{-~]", "", line)
        line = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", line)
        lines.append((len(re.findall(r"\|", line)), len(re.findall(r"<(?=[A-Za-z/!?])", line)), line.count("]("), line.startswith("#")))
    return lines


class Injection:
    def __init__(self, vnetc):
        self.vnetc, self.faults, self.counts = vnetc, [], collections.Counter()
        self.root = tempfile.mkdtemp(prefix="vnetc-injection-")
        self.dot = shutil.which("dot")
        self.xmllint = shutil.which("xmllint")

    def fault(self, where, what):
        self.faults.append("%s: %s" % (where, what))
        print("FAILED %s: %s" % (where, ascii(what)[:600]), flush=True)

    def run(self, *words, cwd=None):
        done = subprocess.run([self.vnetc, *words], cwd=cwd or self.root, env={"PATH": "/nonexistent", "LC_ALL": "C.UTF-8"}, stdin=subprocess.DEVNULL,
                              capture_output=True, check=False, timeout=120)
        return done.returncode, done.stdout, done.stderr

    def clean_terminal(self, where, raw):
        try:
            text = raw.decode()
        except UnicodeDecodeError as why:
            return self.fault(where, "not UTF-8 on the terminal: %s" % why)
        found = FORBIDDEN.search(text)
        if found:
            self.fault(where, "%r reaches the terminal: %r" % (found.group(), text[max(0, found.start() - 40):found.end() + 10]))
        return text

    def checked(self, where, text, name="topology.yaml"):
        """True: accepted. What is refused has a rule and a place."""
        with open(os.path.join(self.root, name), "wb") as f:
            f.write(text if isinstance(text, bytes) else text.encode())
        status, out, err = self.run("check", "--all", name)
        self.counts["checks"] += 1
        told = self.clean_terminal(where, out + err)
        if status not in (0, 1):
            self.fault(where, "exit status %d: %s" % (status, told))
        elif status == 1 and not TOLD.search(told or ""):
            self.fault(where, "refused without a rule and a place: %s" % told)
        return status == 0

    def built(self, where, document):
        """The directory that a build of the document writes; None when it was refused. The lock is out of the way each time."""
        directory = tempfile.mkdtemp(dir=self.root)
        with open(os.path.join(directory, "topology.yaml"), "w", encoding="utf-8") as f:
            f.write(yaml_of(document))
        status, out, err = self.run("build", cwd=directory)
        self.clean_terminal(where, out + err)
        self.counts["builds"] += 1
        if status == 0:
            return directory
        if status != 1:
            self.fault(where, "check accepts what build ends with status %d: %s" % (status, err))
        return None

    def outcome(self, where, directory):
        """What all readers of the outputs see."""
        seen = {"variables": {}, "jails": {}, "shapes": {}, "markdown": [], "dot": None, "texts": []}
        generated = os.path.join(directory, "generated")

        def read(path):
            with open(path, encoding="utf-8", newline="") as f:
                return f.read()

        for path in shell_files(generated):
            rel, file = os.path.relpath(path, generated), ShellFile(path)
            self.counts["shell files sourced"] += 1
            for finding in file.findings:
                self.fault("%s: %s" % (where, rel), finding[len(path) + 2:])
            seen["variables"][rel] = file.variables
        for name in sorted(os.listdir(os.path.join(generated, "jail.conf.d"))):
            try:
                seen["jails"][name] = jailconf.parse(read(os.path.join(generated, "jail.conf.d", name)))
            except (ValueError, IndexError) as why:
                self.fault("%s: %s" % (where, name), why)
        for folder, _, names in os.walk(generated):
            for name in set(names) & {"pf.conf", "devfs.rules"}:
                for line in read(os.path.join(folder, name)).split("\n"):
                    if not line.startswith("#") and not RULE.fullmatch(line):
                        self.fault("%s: %s" % (where, name), "no rule that vnetc writes: %s" % line)
        pages = [("generated/" + f, read(os.path.join(generated, f))) for f in sorted(os.listdir(generated)) if f.endswith(".svg")]
        for words in (["graph"], ["graph", "--format", "html"], ["graph", "--format", "json"], ["graph", "--format", "dot"], ["dump", "plan"],
                      ["dump", "tree"], ["dump", "decl"], ["dump", "model"], ["show", "addresses"], ["show", "interfaces"], ["show", "routes"], ["show", "jails"],
                      ["show", "jails", "--format", "json"], ["show", "jails", "--format", "markdown"], ["path", "www", "outside"]):
            status, out, err = self.run(*words, cwd=directory)
            told = self.clean_terminal("%s: %s" % (where, " ".join(words)), out + err)
            if status not in (0, 1) or told is None:
                self.fault(where, "%s: exit status %d: %s" % (words, status, err))
            elif "json" in words:
                json.loads(out)
            elif words[0] == "graph":
                pages.append(("graph." + (words[2] if len(words) > 1 else "svg"), out.decode()))
        for name, text in pages:
            self.page(where, name, text, seen)
        seen["markdown"] = markdown_shape(read(os.path.join(generated, "topology.md")))
        for folder, _, names in os.walk(generated):
            for name in names:
                self.clean_terminal("%s: %s" % (where, name), read(os.path.join(folder, name)).encode())
        return seen

    def page(self, where, name, text, seen):
        self.counts["pages read"] += 1
        if name.endswith(".dot"):
            if self.dot:
                done = subprocess.run([self.dot, "-Tjson0"], input=text.encode(), capture_output=True, check=False, timeout=120)
                try:
                    graph = json.loads(done.stdout.decode())
                    seen["dot"] = (len(graph["objects"]), len(graph["edges"]), {k for o in graph["objects"] + graph["edges"] for k in o})
                except ValueError as why:
                    self.fault("%s: %s" % (where, name), "dot: %s %s" % (why, done.stderr))
        elif name.endswith(".html"):
            page = Page(text)
            seen["shapes"][name] = page.shape
            seen["scripts"] = page.scripts
            for bad in page.bad:
                self.fault("%s: %s" % (where, name), bad)
        else:
            try:
                seen["shapes"][name], bad = svg_shape(text)
            except xml.etree.ElementTree.ParseError as why:
                return self.fault("%s: %s" % (where, name), why)
            for what in bad:
                self.fault("%s: %s" % (where, name), what)
            if self.xmllint and subprocess.run([self.xmllint, "--noout", "--nonet", "-"], input=text.encode(), capture_output=True, check=False).returncode:
                self.fault("%s: %s" % (where, name), "xmllint refuses it")
        return None

    def compare(self, where, was, now, replace):
        """now is was, but for what replace makes of each text."""
        for rel, variables in was["variables"].items():
            have = now["variables"].get(rel, {})
            if set(have) != set(variables):
                self.fault("%s: %s" % (where, rel), "other variables: %s" % (set(have) ^ set(variables)))
            for name, value in variables.items():
                if name.startswith("ifconfig_"):
                    if not INERT.fullmatch(have.get(name, "")):
                        self.fault("%s: %s" % (where, rel), "%s=%r" % (name, have[name]))
                elif have.get(name) != replace(value, name) and name in have:
                    self.fault("%s: %s" % (where, rel), "%s is %r, not %r" % (name, have[name], replace(value, name)))
        wanted = json.loads(json.dumps(was["jails"]), object_hook=lambda o: {k: replace_all(v, replace) for k, v in o.items()})
        if now["jails"] != wanted:
            self.fault(where, "jail.conf says %r, not %r" % (now["jails"], wanted))
        for name, shape in now["shapes"].items():
            if not shape <= was["shapes"].get(name, shape):
                self.fault("%s: %s" % (where, name), "further elements: %s" % (shape - was["shapes"][name]))
        if len(now.get("scripts", [])) != len(was.get("scripts", [])):
            self.fault(where, "%d scripts, not %d" % (len(now["scripts"]), len(was["scripts"])))
        for old, new in zip(was.get("scripts", []), now.get("scripts", [])):
            if "Zq" not in old and old != new:
                self.fault(where, "a script has changed: %r" % new[:200])
        if now["markdown"] != was["markdown"]:
            self.fault(where, "the address plan has another shape: %s" % [(i, a, b) for i, (a, b) in enumerate(zip(was["markdown"], now["markdown"])) if a != b][:3])
        if now["dot"] != was["dot"]:
            self.fault(where, "the graph has another shape: %s, not %s" % (now["dot"], was["dot"]))


def replace_all(value, replace):
    return [replace_all(v, replace) for v in value] if isinstance(value, list) else replace(value, "") if isinstance(value, str) else value


class Fields(Injection):
    def all(self, schema):
        slots = Slots(schema, everything.ONE)
        missing = set(schema["definitions"]) - slots.reached
        if missing:
            self.fault("everything.py", "no record %s in it" % ", ".join(sorted(missing)))
        if not self.checked("everything.py", yaml_of(everything.ONE)):
            self.fault("everything.py", "it is refused")
        accepted = collections.defaultdict(list)
        for number, slot in enumerate(slots.found):
            for at, (kind, text) in enumerate(TEXTS.items()):
                if not LONG and (number + at) % 7:
                    continue
                value = text if (number + at) // 7 % 2 else "Zq%dz" % number + text
                if self.checked("%s: %s" % (slot, kind), yaml_of(slots.filled({slot: value}))):
                    accepted[slot].append((kind, value))
        free = [slot for slot, kinds in accepted.items() if len(kinds) > len(TEXTS) / 2 / (1 if LONG else 7)]
        print("%d places, %d of free text, %d texts" % (len(slots.found), len(free), len(TEXTS)), flush=True)
        for slot, kinds in accepted.items():
            for kind, value in kinds if slot not in free else ():
                directory = self.built("%s: %s" % (slot, kind), slots.filled({slot: value}))
                if directory:
                    self.outcome("%s: %s" % (slot, kind), directory)
        self.together(slots, free)

    def together(self, slots, free):
        marks = {slot: "Zq%dz" % i for i, slot in enumerate(free)}
        directory = self.built("benign", slots.filled(marks))
        was = self.outcome("benign", directory)
        for kind, text in TEXTS.items():
            if any(c in text for c in "\n\t"):
                texts = {slot: mark + text for slot, mark in marks.items() if slot.endswith("description")}
            else:
                texts = {slot: mark + text for slot, mark in marks.items()}
            rest = {slot: mark for slot, mark in marks.items() if slot not in texts}
            while texts:
                # Refused here: those that are refused alone too; the others stay together.
                directory = self.built(kind, slots.filled({**texts, **rest}))
                if directory:
                    self.compare(kind, was, self.outcome(kind, directory), replacer(texts, marks, text))
                    break
                refused = [slot for slot in texts if not self.checked("%s: %s" % (slot, kind), yaml_of(slots.filled({slot: texts[slot]})))]
                if not refused:
                    self.fault(kind, "refused together only")
                    break
                for slot in refused:
                    rest[slot] = marks[slot]
                    del texts[slot]


def replacer(texts, marks, text):
    in_parameters = {marks[slot] for slot in texts if slot.startswith("jail.parameters")}

    def replace(value, variable):
        for slot in texts:
            mark = marks[slot]
            new = text
            if variable.endswith("_parameters") and mark in in_parameters:
                new = octal(text)
                value = re.sub(r'=%s\b' % mark, lambda m, new=new: '="%s%s"' % (m.group()[1:], new) if "\\" in new or not new.isascii() else m.group() + new, value)
            else:
                if re.match(r"jail_.*_exec_", variable):
                    new = re.sub(r'(["\\$])', r"\\\1", text)
                value = value.replace(mark, mark + new)
        return value

    return replace


def octal(text):
    """A parameter's value in rc.conf, which rc.d/jail splits: what is not plain is jail.conf's octal escape."""
    return "".join(c if re.match(r"[A-Za-z0-9_.:/@%+,\-]", c) or not c.isascii() else "\\%03o" % ord(c) for c in text)


class Names(Injection):
    """Texts that are no values: names of files and folders, raw bytes, the lock."""

    def all(self):
        base = yaml_of(everything.ONE)
        for kind, text in TEXTS.items():
            name = (text.replace("/", "_").replace("\0", "_")[:60] or "_") + ".yaml"
            where = "file name: " + kind
            name = "./" + name
            self.checked(where, base.replace("192.168.0.13", "192.168.7.13"), name)
            self.checked(where, base, name)
            status, out, err = self.run("build", name, "-o", name + ".d")
            self.clean_terminal(where, out + err)
            if status == 0:
                for path in shell_files(os.path.join(self.root, name + ".d")):
                    for finding in ShellFile(path).findings:
                        self.fault(where, finding)
            elif status != 4 or b"cannot" not in err:
                self.fault(where, "exit status %d: %s" % (status, err))
            for words in (["check", name + "-not-there"], ["build", "-n", name, "-o", name + ".e"], ["diff", name, "-o", name + ".e"], ["init", name + ".f"],
                          ["check", "--format", "json", name], ["check", "--format", "sarif", name], ["explain", name], [name], ["check", "-W", name]):
                status, out, err = self.run(*words)
                self.clean_terminal(where, out + err)
            with open(os.path.join(self.root, "topology.lock"), "wb") as f:
                f.write(("gate/0/epair: 4\n" + text + "\n").encode(errors="replace"))
            self.checked("lock: " + kind, base)
            os.remove(os.path.join(self.root, "topology.lock"))
            for form in ("%s", "a: %s", "host: {description: '%s'}", "host:\n  description: |\n    %s\n", "? %s", "- %s", "host: {name: !%s x}", "a: &%s b", "a: *%s"):
                self.checked("raw: %s: %s" % (kind, form), form % text[:1000])
        for raw in (b"\xff\xfe\x00", b"a: \xc0\xaf", b"a: \xed\xa0\x80", b"a: \xf5\x80\x80\x80", b"\0", b"a: \x1b[31m", b"host: {description: \"\\xff\"}", b"a: \"\\ud800\""):
            self.checked("bytes %r" % raw, raw)


class Imports(Injection):
    """What a host has, read back: nothing of it runs, and the topology that is written is as inert as any other."""

    RC_CONF = ("hostname=%s", "ifconfig_re0_descr=%s", "ifconfig_re0_alias0=%s", "sshd_flags=%s", "kld_list=%s", "jail_www_hostname=%s", "jail_www_exec_poststop0=%s",
               "ifconfig_bridge0=%s", "static_routes=%s", "cloned_interfaces=%s")
    JAIL_CONF = ("path = %s;", "host.hostname = %s;", "exec.poststop = %s;", "exec.prestart += %s;", "vnet.interface += %s;", "mount.fstab = %s;")

    def host(self, rc_conf, jail_conf):
        root = tempfile.mkdtemp(dir=self.root)
        os.makedirs(os.path.join(root, "etc"))
        for name, text in (("rc.conf", 'hostname="box"\nifconfig_re0="inet 192.0.2.2/24"\ndefaultrouter="192.0.2.1"\ncloned_interfaces="bridge0"\n'
                            'ifconfig_bridge0="addm re0 up"\n' + rc_conf + "\n"),
                           ("jail.conf", 'www {\n vnet; vnet.interface = "epair0b"; exec.start = "/bin/sh /etc/rc";\n exec.prestart = "ifconfig epair0 create up";\n'
                            ' exec.prestart += "ifconfig bridge0 addm epair0a";\n' + jail_conf + "\n}\n")):
            with open(os.path.join(root, "etc", name), "w", encoding="utf-8", newline="") as f:
                f.write(text)
        return root

    def imported(self, where, rc_conf, jail_conf=""):
        root = self.host(rc_conf, jail_conf)
        status, out, err = self.run("import", "--root", root, cwd=root)
        self.clean_terminal(where, out + err)
        self.counts["hosts imported"] += 1
        if status not in (0, 1, 4):
            self.fault(where, "import: exit status %d: %s" % (status, err))
        if out:
            with open(os.path.join(root, "topology.yaml"), "wb") as f:
                f.write(out)
            status, out, err = self.run("build", cwd=root)
            self.clean_terminal(where, out + err)
            if status == 0:
                self.counts["built again"] += 1
                self.outcome(where, root)
            elif status != 1 or not TOLD.search(err.decode()):
                self.fault(where, "build: exit status %d: %s" % (status, err))
        for folder, _, names in os.walk(self.root):
            if "canary" in names:
                self.fault(where, "a command ran in %s" % folder)
        shutil.rmtree(root)

    def all(self):
        forms = {"double": lambda t: '"%s"' % re.sub(r'(["\\$`])', r"\\\1", t), "single": lambda t: "'%s'" % t.replace("'", "'\\''"), "bare": str,
                 "comment": lambda t: "x # " + t, "open": lambda t: '"' + t}
        for number, (kind, text) in enumerate(TEXTS.items()):
            text = text.replace("\0", "")[:2000]
            for at, (form, quoted) in enumerate(forms.items()):
                if not LONG and (number + at) % 3:
                    continue
                for lines, conf in ((self.RC_CONF, 0), (self.JAIL_CONF, 1)):
                    chosen = lines if LONG else lines[(number + at) % len(lines):][:1]
                    for line in chosen:
                        texts = [line % quoted(text), ""]
                        self.imported("import: %s: %s: %s" % (line, kind, form), *(reversed(texts) if conf else texts))


def main():
    vnetc = os.path.abspath(sys.argv[1])
    part = sys.argv[2]
    test = {"fields": Fields, "names": Names, "imports": Imports}[part](vnetc)
    try:
        if part == "fields":
            test.all(json.loads(subprocess.run([vnetc, "schema"], capture_output=True, check=True).stdout))
        else:
            test.all()
    finally:
        shutil.rmtree(test.root, ignore_errors=True)
    print("%s; %d faults" % (", ".join("%d %s" % (n, what) for what, n in test.counts.items()), len(test.faults)))
    sys.exit(1 if test.faults else 0)


main()
