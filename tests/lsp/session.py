# SPDX-License-Identifier: BSD-2-Clause
"""The language server, asked as an editor asks it, and by Neovim itself: session.py VNETC"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

VNETC = os.path.abspath(sys.argv.pop(1))

TEXT = """\
version: 1
host: {name: box, interfaces: {re0: {}}}
subnets:
  lan: {prefixes: 192.168.0.0/24, gateway: 192.168.0.254}
bridges:
  bridge0:
    subnet: lan
    members: [re0]
    addresses: 192.168.0.10
jails:
  www:
    interfaces:
      - bridge: bridge0
        addresses: 192.168.0.11
"""


class Server:
    def __init__(self, folder):
        self.process = subprocess.Popen([VNETC, "lsp"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number = 0
        self.published = {}

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while True:
            line = self.process.stdout.readline().strip()
            if not line:
                break
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, **params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.number:
                return message["result"] if "result" in message else message["error"]
            self.note(message)

    def note(self, message):
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]

    def tell(self, method, **params):
        self.send({"method": method, "params": params})

    def end(self):
        self.ask("shutdown")
        self.tell("exit")
        self.process.stdin.close()
        status = self.process.wait(timeout=20)
        self.process.stdout.close()
        return status


class Session(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="vnetc-lsp-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.uri = Path(self.folder, "topology.yaml").as_uri()
        self.server = Server(self.folder)
        self.assertIn("completionProvider", self.server.ask("initialize", processId=None, rootUri=None, capabilities={})["capabilities"])
        self.server.tell("initialized")
        self.version = 0

    def tearDown(self):
        self.assertEqual(self.server.end(), 0)

    def open(self, text):
        self.text = text
        self.server.tell("textDocument/didOpen", textDocument={"uri": self.uri, "languageId": "yaml", "version": 1, "text": text})
        return self.diagnostics()

    def change(self, text):
        self.text = text
        self.version += 1
        self.server.tell("textDocument/didChange", textDocument={"uri": self.uri, "version": self.version}, contentChanges=[{"text": text}])
        return self.diagnostics()

    def diagnostics(self):
        self.server.ask("textDocument/documentSymbol", textDocument={"uri": self.uri})
        return self.server.published[self.uri]

    def position(self, mark, after=True):
        """Behind the first occurrence of a text, or before it; characters as UTF-16 counts them."""
        at = self.text.index(mark) + (len(mark) if after else 0)
        line = self.text[:at].count("\n")
        return {"line": line, "character": len(self.text[:at].rsplit("\n", 1)[-1].encode("utf-16-le")) // 2}

    def at(self, method, mark, after=True):
        return self.server.ask("textDocument/" + method, textDocument={"uri": self.uri}, position=self.position(mark, after))

    def labels(self, text, mark):
        self.change(text) if self.version or hasattr(self, "text") else self.open(text)
        return [item["label"] for item in self.at("completion", mark)]

    def test_diagnostics_as_one_types(self):
        self.assertEqual(self.open(TEXT), [])
        found = self.change(TEXT.replace("192.168.0.11", "192.168.1.11"))
        self.assertEqual([d["code"] for d in found], ["address-outside-subnet"])
        self.assertEqual(found[0]["range"], {"start": {"line": 13, "character": 19}, "end": {"line": 13, "character": 31}})
        self.assertEqual(found[0]["severity"], 1)
        self.assertIn("is free", found[0]["message"])
        self.assertEqual(found[0]["relatedInformation"][0]["location"]["range"]["start"]["line"], 3)
        self.assertEqual(self.change(TEXT), [])
        self.assertEqual([d["code"] for d in self.change(TEXT + "expect: [")][0], "yaml-syntax")

    def test_places_count_utf16(self):
        text = TEXT.replace("host: {name: box,", 'host: {description: "😀 ☃", nmae: box,')
        found = [d for d in self.open(text) if d["code"] == "unknown-key"]
        self.assertEqual(found[0]["range"]["start"], {"line": 1, "character": len('host: {description: "😀 ☃", '.encode("utf-16-le")) // 2})

    def test_quick_fix(self):
        self.open(TEXT.replace("subnet: lan", "subnet: lam"))
        where = self.position("lam", False)
        actions = self.server.ask("textDocument/codeAction", textDocument={"uri": self.uri}, range={"start": where, "end": where},
                                  context={"diagnostics": []})
        self.assertEqual([a["title"] for a in actions], ["did you mean lan?"])
        edit = actions[0]["edit"]["changes"][self.uri][0]
        self.assertEqual(edit["newText"], "lan")
        line, start, end = edit["range"]["start"]["line"], edit["range"]["start"]["character"], edit["range"]["end"]["character"]
        lines = self.text.split("\n")
        lines[line] = lines[line][:start] + edit["newText"] + lines[line][end:]
        self.assertEqual(self.change("\n".join(lines)), [])

    def test_completion_of_keys(self):
        for text, mark, wanted, unwanted in (
                (TEXT + "ma", "\nma", "machines", "bridge"),
                (TEXT.replace("    members:", "    st\n    members:"), "    st", "stp", "jails"),
                (TEXT.replace("        addresses: 192.168.0.11", "        ad"), "        ad", "addresses", "release"),
                (TEXT.replace("{name: box,", "{name: box, re"), "box, re", "release", "bridge"),
                (TEXT.replace("      - bridge: bridge0\n        addresses: 192.168.0.11\n", "      - {bridge: bridge0, ad"), "bridge0, ad", "addresses", "jails"),
                (TEXT + "  db:\n    ro", "    ro", "router", "prefixes")):
            labels = self.labels(text, mark)
            self.assertIn(wanted, labels, mark)
            self.assertNotIn(unwanted, labels, mark)

    def test_completion_of_values(self):
        for text, mark, wanted in (
                (TEXT.replace("subnet: lan", "subnet: "), "subnet: ", ["lan"]),
                (TEXT.replace("bridge: bridge0", "bridge: b"), "bridge: b", ["bridge0"]),
                (TEXT.replace("members: [re0]", "members: ["), "members: [", ["re0"]),
                (TEXT.replace("addresses: 192.168.0.11", "addresses: "), "bridge0\n        addresses: ", ["auto", "dhcp", "slaac"]),
                (TEXT + "  db: {attach: j", "attach: j", ["static", "jib", "prestart"]),
                (TEXT.replace("gateway: 192.168.0.254", "gateway: w"), "gateway: w", ["www", "host"]),
                (TEXT + "  db: {router: ", "router: ", ["ipv4", "ipv6"])):
            labels = self.labels(text, mark)
            for word in wanted:
                self.assertIn(word, labels, mark)

    def test_hover(self):
        self.open(TEXT)
        self.assertIn("**members** of a bridge", self.at("hover", "memb")["contents"]["value"])
        contents = self.at("hover", "- bridge: bri")["contents"]
        self.assertIn("bridge0", contents["value"])
        self.assertEqual(contents["kind"], "plaintext", "a file's own words are no Markdown")
        self.assertIn("**prefixes** of a subnet", self.at("hover", "prefi")["contents"]["value"])

    def test_definition(self):
        self.open(TEXT)
        self.assertEqual(self.at("definition", "- bridge: bridge0")["range"]["start"], {"line": 5, "character": 2})
        self.assertEqual(self.at("definition", "subnet: lan")["range"]["start"], {"line": 3, "character": 2})
        self.assertEqual(self.at("definition", "[re0")["range"]["start"], {"line": 1, "character": 31})

    def test_definition_in_an_included_file(self):
        Path(self.folder, "parts.yaml").write_text("subnets: {dmz: {prefixes: 10.0.0.0/24, gateway: none}}\n", encoding="utf-8")
        self.open("include: parts.yaml\n" + TEXT.replace("jails:", "  bridge1: {subnet: dmz}\njails:"))
        found = self.at("definition", "subnet: dmz")
        self.assertTrue(found["uri"].endswith("/parts.yaml"))
        self.assertEqual(found["range"]["start"], {"line": 0, "character": 10})

    def test_symbols(self):
        self.open(TEXT)
        symbols = self.server.ask("textDocument/documentSymbol", textDocument={"uri": self.uri})
        self.assertEqual([s["name"] for s in symbols], ["version", "host", "subnets", "bridges", "jails"])
        self.assertEqual([s["name"] for s in symbols[4]["children"]], ["www"])
        self.assertEqual(symbols[4]["range"]["end"]["line"], 13)

    def test_half_written_lines_end_nothing(self):
        """Each beginning of the text is a document somebody has on the screen for a moment."""
        self.open("")
        for n in range(0, len(TEXT), 3):
            self.change(TEXT[:n])
            self.server.ask("textDocument/completion", textDocument={"uri": self.uri}, position=self.position(TEXT[:n]) if n else {"line": 0, "character": 0})
        for odd in ("{", "[", "- - -", "a: &x *x", '"', "jails: {", ": :", "\t", "- {a: [b, {c: "):
            self.change(odd)
            self.at("completion", odd)
            self.at("hover", odd)

    def test_an_unknown_method_and_a_broken_message(self):
        self.assertEqual(self.server.ask("textDocument/rename", textDocument={"uri": self.uri})["code"], -32601)
        self.server.process.stdin.write(b"Content-Length: 3\r\n\r\n{x}")
        self.server.process.stdin.flush()
        self.assertEqual(self.server.receive()["error"]["code"], -32700)

    def test_closed(self):
        self.open(TEXT.replace("lan}", "lam}").replace("subnet: lan", "subnet: lam"))
        self.assertNotEqual(self.server.published[self.uri], [])
        self.server.tell("textDocument/didClose", textDocument={"uri": self.uri})
        self.server.ask("textDocument/documentSymbol", textDocument={"uri": self.uri})
        self.assertEqual(self.server.published[self.uri], [])


SCRIPT = """
local function say(...) io.stdout:write(table.concat({...}, ' ') .. '\\n') end
local function ask(method, row, column)
  local replies = vim.lsp.buf_request_sync(0, method, {textDocument = vim.lsp.util.make_text_document_params(),
    position = {line = row, character = column}, range = {start = {line = row, character = column}, ['end'] = {line = row, character = column}},
    context = {diagnostics = {}}}, 10000)
  for _, reply in pairs(replies) do return reply.result end
end
local function settled(n) vim.wait(20000, function() return #vim.diagnostic.get(0) == n end, 50) end
vim.lsp.start_client({cmd = {%s, 'lsp'}, root_dir = '.', on_attach = function() end, on_init = function(client)
  vim.lsp.buf_attach_client(0, client.id)
end})
settled(1)
for _, d in ipairs(vim.diagnostic.get(0)) do say(d.lnum .. ':' .. d.col, d.code) end
local fix = ask('textDocument/codeAction', 6, 13)[1]
say('fix', fix.title)
vim.lsp.util.apply_workspace_edit(fix.edit, 'utf-16')
say('line', vim.api.nvim_buf_get_lines(0, 6, 7, true)[1])
settled(0)
say('left', #vim.diagnostic.get(0))
say('hover', (ask('textDocument/hover', 7, 6).contents.value:gsub('\\n.*', '')))
say('definition', ask('textDocument/definition', 6, 13).range.start.line)
local found = ask('textDocument/completion', 6, 12)
for _, item in ipairs(found.items or found) do say('complete', item.label) end
for _, symbol in ipairs(ask('textDocument/documentSymbol', 0, 0)) do say('symbol', symbol.name) end
vim.cmd('qa!')
"""


class Neovim(unittest.TestCase):
    @unittest.skipUnless(shutil.which("nvim"), "nvim is not there")
    def test_a_real_client(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "topology.yaml").write_text(TEXT.replace("subnet: lan", "subnet: lam"), encoding="utf-8")
            Path(folder, "script.lua").write_text(SCRIPT % json.dumps(VNETC), encoding="utf-8")
            done = subprocess.run(["nvim", "--clean", "--headless", "topology.yaml", "-c", "luafile script.lua"], cwd=folder, capture_output=True,
                                  text=True, timeout=60, check=False)
            self.assertEqual((done.stdout + done.stderr).replace("\r", "").strip().split("\n"), [
                "6:12 unknown-name", "fix did you mean lan?", "line     subnet: lan", "left 0", "hover **members** of a bridge", "definition 3",
                "complete lan", *(f"symbol {name}" for name in ("version", "host", "subnets", "bridges", "jails"))])


def has_eglot():
    return shutil.which("emacs") and subprocess.run(
        ["emacs", "--batch", "-l", "package", "--eval", "(package-initialize)", "--eval", "(require 'eglot)"], capture_output=True, check=False).returncode == 0


class Emacs(unittest.TestCase):
    @unittest.skipUnless(has_eglot(), "emacs with eglot is not there")
    def test_a_real_client(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "topology.yaml").write_text(TEXT.replace("subnet: lan", "subnet: lam"), encoding="utf-8")
            done = subprocess.run(["emacs", "--batch", "-l", "package", "--eval", "(package-initialize)", "-l", Path(__file__).parent.resolve() / "eglot.el",
                                   VNETC], cwd=folder, env={**os.environ, "HOME": folder}, capture_output=True, text=True, timeout=120, check=False)
            for words in ("diagnostic 7 vnetc [unknown-name]: no subnet called lam", "help: did you mean lan?", "fix (did you mean lan?)",
                          "hover **members** of a bridge", "complete (lan", "mended t", "definition 3"):
                self.assertIn(words, done.stderr)


unittest.main(argv=sys.argv[:1])
