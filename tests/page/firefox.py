# SPDX-License-Identifier: BSD-2-Clause
"""The HTML page in Firefox, from the file system: firefox.py VNETC EXAMPLES

Firefox is driven by its own Marionette protocol, so that no driver is needed: search, two ends picked, the path proved, zoom."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


class Marionette:
    """As much of the protocol as this needs: LENGTH:[0, number, command, parameters] is answered by LENGTH:[1, number, error, value]."""

    def __init__(self, folder):
        profile = os.path.join(folder, "profile")
        os.mkdir(profile)
        with open(os.path.join(profile, "user.js"), "w", encoding="utf-8") as prefs:
            prefs.write('user_pref("marionette.port", 0);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
                        'user_pref("toolkit.telemetry.enabled", false);\nuser_pref("app.update.enabled", false);\n')
        self.firefox = subprocess.Popen([FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", profile],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ, HOME=folder))
        port = os.path.join(profile, "MarionetteActivePort")
        for _ in range(600):
            if os.path.exists(port) and os.path.getsize(port) > 0:
                break
            if self.firefox.poll() is not None:
                raise OSError("Firefox ended")
            time.sleep(.1)
        with open(port, encoding="ascii") as number:
            self.wire = socket.create_connection(("127.0.0.1", int(number.read())), timeout=120)
        self.number = 0
        self.receive()
        self.ask("WebDriver:NewSession", {"strictFileInteractability": True})

    def receive(self):
        head = b""
        while not head.endswith(b":"):
            head += self.some(1)
        body, left = b"", int(head[:-1])
        while len(body) < left:
            body += self.some(left - len(body))
        return json.loads(body)

    def some(self, most):
        got = self.wire.recv(most)
        if not got:
            raise OSError("Firefox hung up")
        return got

    def ask(self, command, parameters=None):
        self.number += 1
        message = json.dumps([0, self.number, command, parameters or {}]).encode()
        self.wire.sendall(b"%d:%s" % (len(message), message))
        _, _, error, value = self.receive()
        if error:
            raise AssertionError(f"{command}: {error['error']}: {error['message']}")
        return value

    def run(self, script, *arguments):
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})["value"]

    def quit(self):
        try:
            self.ask("Marionette:Quit", {"flags": ["eForceQuit"]})
            self.firefox.wait(timeout=30)
        except (AssertionError, OSError, subprocess.TimeoutExpired):
            self.firefox.kill()
            self.firefox.wait()


PICK = """const search = document.getElementById('v-search');
search.value = arguments[0];
search.dispatchEvent(new Event('input'));
document.querySelector('#v-found button').click();
return document.getElementById('v-proof').innerText;"""


def look(browser, page):
    browser.ask("WebDriver:Navigate", {"url": "file://" + page})
    assert browser.run("return document.title") == "Network of beastie"
    assert browser.run("return document.querySelectorAll('#v-move svg text').length") > 20
    assert browser.run("return getComputedStyle(document.querySelector('#v-move .bar')).fill") == "rgb(29, 78, 216)"
    before = browser.run("return document.getElementById('v-move').style.transform")
    browser.run("document.getElementById('v-in').click()")
    assert browser.run("return document.getElementById('v-move').style.transform") != before, "the picture does not grow"
    browser.run("document.getElementById('v-fit').click()")
    assert browser.run("return document.getElementById('v-move').style.transform") == before, "the picture does not fit again"
    assert "10.0.2.2/24" in browser.run(PICK, "guest4")
    words = browser.run(PICK, "192.168.0.11")
    for word in ("guest4 to guest1", "reaches", "guest3"):
        assert word in words, f"{word} is not in {words}"
    assert browser.run("return document.querySelectorAll('.v-hit').length") >= 5
    browser.run("document.getElementById('v-clear').click()")
    element = browser.ask("WebDriver:FindElement", {"using": "css selector", "value": "#j-guest5 .nm"})["value"]
    browser.ask("WebDriver:ElementClick", {"id": next(iter(element.values()))})
    assert "10.0.2.3/24" in browser.run("return document.getElementById('v-proof').innerText"), "a click on a jail tells nothing"
    assert browser.run("return performance.getEntriesByType('resource').length") == 0, "something was fetched"


def main():
    vnetc, examples = (os.path.abspath(word) for word in sys.argv[1:])
    if FIREFOX is None:
        print("skipped: there is no firefox")
        return 77
    with tempfile.TemporaryDirectory(prefix="vnetc-firefox-", ignore_cleanup_errors=True) as folder:
        page = os.path.join(folder, "page.html")
        subprocess.run([vnetc, "graph", "-q", "--format", "html", "-o", page, os.path.join(examples, "figure-3", "topology.yaml")], check=True)
        try:
            browser = Marionette(folder)
        except OSError as error:
            print(f"skipped: Firefox does not start: {error}")
            return 77
        try:
            look(browser, page)
        finally:
            browser.quit()
    print("the page works in Firefox")
    return 0


sys.exit(main())
