# SPDX-License-Identifier: BSD-2-Clause
"""What SARIF says beyond its form: each result names a rule that is told about, and every place lies in the text."""
import json

from vnetc import FAULTY, SMALL, WRONG, Case, main


class Sarif(Case):
    def regions(self, value):
        if isinstance(value, dict):
            for key, part in value.items():
                if key in ("region", "deletedRegion"):
                    yield part
                yield from self.regions(part)
        elif isinstance(value, list):
            for part in value:
                yield from self.regions(part)

    def sarif(self, text, status):
        self.write("topology.yaml", text)
        out, _ = self.vnetc("check", "--format", "sarif", status=status)
        return json.loads(out)

    def test_what_it_says(self):
        log = self.sarif(FAULTY, WRONG)
        run = log["runs"][0]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        self.assertEqual(len(rules), len(set(rules)))
        self.assertGreaterEqual(len(run["results"]), 2)
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
            self.assertEqual(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "topology.yaml")
        lines = FAULTY.split("\n")
        found = list(self.regions(log))
        self.assertGreater(len(found), 2)
        for region in found:
            self.assertLessEqual(region["startLine"], len(lines))
            self.assertLessEqual(region.get("endColumn", 1), len(lines[region.get("endLine", region["startLine"]) - 1]) + 1)
            self.assertGreaterEqual(region["startColumn"], 1)

    def test_a_log_without_faults_has_no_results(self):
        self.assertEqual(self.sarif(SMALL, 0)["runs"][0]["results"], [])


main()
