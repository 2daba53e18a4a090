# SPDX-License-Identifier: BSD-2-Clause
"""vnetc watch builds again when the topology or an included file is written, replaced, broken or mended."""
import os
import queue
import signal
import subprocess
import threading

from vnetc import SMALL, USAGE, VNETC, WRONG_ONE, Case, main


class Watching:
    def __init__(self, folder, *words):
        self.process = subprocess.Popen([VNETC, "watch", *words], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, words):
        seen = []
        while True:
            seen.append(self.lines.get(timeout=30))
            if words in seen[-1]:
                return "".join(seen)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Watch(Case):
    def watch(self, *words):
        watching = Watching(self.dir, *words)
        self.addCleanup(watching.end)
        watching.until("watching topology.yaml")
        return watching

    def test_written_replaced_broken_and_mended(self):
        self.write("topology.yaml", SMALL)
        w = self.watch()
        self.assertIn("192.168.0.11", self.read("generated/jails/www/rc.conf"))
        self.write("topology.yaml", SMALL.replace("192.168.0.11", "192.168.0.12"))
        w.until("written")
        self.assertIn("192.168.0.12", self.read("generated/jails/www/rc.conf"))
        self.write("other", SMALL.replace("192.168.0.11", "192.168.0.13"))
        os.rename(self.path("other"), self.path("topology.yaml"))
        w.until("written")
        self.assertIn("192.168.0.13", self.read("generated/jails/www/rc.conf"))
        self.write("topology.yaml", WRONG_ONE)
        self.assertIn("address-outside-subnet", w.until("nothing written"))
        self.assertIn("192.168.0.13", self.read("generated/jails/www/rc.conf"))
        self.write("topology.yaml", SMALL)
        w.until("written")
        self.assertIn("192.168.0.11", self.read("generated/jails/www/rc.conf"))

    def test_an_included_file_and_one_included_later(self):
        self.write("topology.yaml", "include: [parts/a.yaml]\n" + SMALL)
        self.write("parts/a.yaml", "jails: {extra: {interfaces: [{bridge: bridge0, addresses: 192.168.0.21}]}}\n")
        w = self.watch()
        self.write("parts/a.yaml", "include: [b.yaml]\njails: {extra: {interfaces: [{bridge: bridge0, addresses: 192.168.0.22}]}}\n")
        w.until("parts/a.yaml changed")
        self.assertIn("include-unreadable", w.until("nothing written"))
        self.write("parts/b.yaml", "jails: {more: {interfaces: [{bridge: bridge0, addresses: 192.168.0.23}]}}\n")
        w.until("parts/b.yaml changed")
        w.until("written")
        self.write("parts/b.yaml", "jails: {more: {interfaces: [{bridge: bridge0, addresses: 192.168.0.24}]}}\n")
        w.until("parts/b.yaml changed")
        w.until("written")
        self.assertIn("192.168.0.24", self.read("generated/jails/more/rc.conf"))

    def test_an_included_file_that_comes_with_its_folders(self):
        self.write("topology.yaml", "include: [parts/of/it.yaml, ../out.yaml]\n" + SMALL)
        w = self.watch()
        os.mkdir(self.path("parts"))
        w.until("parts changed")
        w.until("nothing written")
        self.write("parts/of/it.yaml", "jails: {more: {interfaces: [{bridge: bridge0, addresses: 192.168.0.23}]}}\n")
        w.until("nothing written")
        self.write("topology.yaml", "include: [parts/of/it.yaml]\n" + SMALL)
        w.until("written")
        self.assertIn("192.168.0.23", self.read("generated/jails/more/rc.conf"))

    def test_an_included_file_that_comes_among_the_outputs(self):
        os.mkdir(self.path("generated"))
        self.write("topology.yaml", "include: [generated/more.yaml]\n" + SMALL)
        w = self.watch()
        self.write("generated/more.yaml", "jails: {more: {interfaces: [{bridge: bridge0, addresses: 192.168.0.23}]}}\n")
        w.until("generated/more.yaml changed")
        w.until("files written")
        self.write("topology.yaml", self.read("topology.yaml") + "# end\n")
        self.assertNotIn("generated changed", w.until("topology.yaml changed"))

    def test_other_files_do_not_matter(self):
        self.write("topology.yaml", SMALL)
        w = self.watch()
        self.write("notes.txt", "nothing")
        self.write("topology.yaml", SMALL + "# end\n")
        self.assertNotIn("notes.txt", w.until("unchanged"))

    def test_removed_and_back(self):
        self.write("topology.yaml", SMALL)
        w = self.watch()
        os.remove(self.path("topology.yaml"))
        w.until("cannot read")
        self.write("topology.yaml", SMALL.replace("192.168.0.11", "192.168.0.14"))
        w.until("written")
        self.assertIn("192.168.0.14", self.read("generated/jails/www/rc.conf"))

    def test_standard_input(self):
        _, err = self.vnetc("watch", "-", status=USAGE)
        self.assertIn("name a file", err)


main()
