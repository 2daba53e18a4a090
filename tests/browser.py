# SPDX-License-Identifier: BSD-2-Clause
"""Headless Chromium driven over WebDriver, for the tests that look at what a reader sees."""
import json
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

BROWSER = shutil.which("chromium") or shutil.which("chrome")
DRIVER = shutil.which("chromedriver")
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser:
    """As much of WebDriver as this needs."""

    def __init__(self, scheme):
        self.profile = tempfile.mkdtemp(prefix="vnetc-page-")
        self.driver = subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            if "started successfully on port" in line:
                self.root = "http://127.0.0.1:%d" % int(line.rstrip(".\n").rsplit(" ", 1)[1])
                break
        options = {"binary": BROWSER, "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--window-size=1200,800", f"--user-data-dir={self.profile}"]
            + (["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else [])}
        session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})
        self.session = "/session/" + session["sessionId"]

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.root + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.load(answer)["value"]

    def open(self, path):
        self.ask("POST", self.session + "/url", {"url": "file://" + path})

    def run(self, script, *arguments):
        return self.ask("POST", self.session + "/execute/sync", {"script": script, "args": list(arguments)})

    def protocol(self, command, **parameters):
        """A command of the browser's own protocol for developers."""
        return self.ask("POST", self.session + "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def element(self, css):
        return self.ask("POST", self.session + "/element", {"using": "css selector", "value": css})[ELEMENT]

    def click(self, css):
        self.ask("POST", f"{self.session}/element/{self.element(css)}/click", {})

    def type(self, css, keys):
        self.ask("POST", f"{self.session}/element/{self.element(css)}/value", {"text": keys})

    def complaints(self):
        return [entry["message"] for entry in self.ask("POST", self.session + "/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]

    def quit(self):
        try:
            self.ask("DELETE", self.session)
        finally:
            self.driver.terminate()
            self.driver.communicate()
            shutil.rmtree(self.profile, ignore_errors=True)


class Pages(unittest.TestCase):
    """Tests with a browser and a folder of their own."""
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="vnetc-page-")
        cls.browser = Browser("light")

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        shutil.rmtree(cls.folder)


def needed():
    """Ends the test as skipped where there is no browser that starts."""
    if BROWSER is None or DRIVER is None:
        print("skipped: chromium and chromedriver are needed")
        sys.exit(77)
    for attempt in range(3):
        try:
            Browser("light").quit()
            return
        except (OSError, urllib.error.URLError) as error:
            if attempt == 2:
                print(f"skipped: the browser does not start: {error}")
                sys.exit(77)
            time.sleep(1)
