# SPDX-License-Identifier: BSD-2-Clause
"""SARIF 2.1.0 as its object model has it: every object has the properties that its class must have and none that it has not; the words that
the standard lists; places that lie in the text."""
import json
import sys

from vnetc import SMALL, WRONG, Case, main

try:
    import sarif_om
except ImportError:
    sys.path.append("/usr/lib/python3/dist-packages")
    try:
        import sarif_om
    except ImportError:
        print("skipped: Python's sarif_om is needed (python3-sarif-python-om)")
        sys.exit(77)

# Which class the value of a property has, from the standard's text (sections 3.13 to 3.58).
CLASSES = {
    "SarifLog": {"runs": "Run"},
    "Run": {"tool": "Tool", "results": "Result", "artifacts": "Artifact", "invocations": "Invocation"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {"rules": "ReportingDescriptor"},
    "ReportingDescriptor": {"shortDescription": "MultiformatMessageString", "fullDescription": "MultiformatMessageString",
                            "help": "MultiformatMessageString", "defaultConfiguration": "ReportingConfiguration"},
    "Result": {"message": "Message", "locations": "Location", "relatedLocations": "Location", "fixes": "Fix"},
    "Location": {"physicalLocation": "PhysicalLocation", "message": "Message"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation", "region": "Region", "contextRegion": "Region"},
    "Region": {"snippet": "ArtifactContent", "message": "Message"},
    "Fix": {"description": "Message", "artifactChanges": "ArtifactChange"},
    "ArtifactChange": {"artifactLocation": "ArtifactLocation", "replacements": "Replacement"},
    "Replacement": {"deletedRegion": "Region", "insertedContent": "ArtifactContent"},
    "Artifact": {"location": "ArtifactLocation"},
}
LISTS = {"runs", "results", "rules", "locations", "relatedLocations", "fixes", "artifactChanges", "replacements", "artifacts", "invocations"}
WORDS = {"level": {"none", "note", "warning", "error"}, "columnKind": {"utf16CodeUnits", "unicodeCodePoints"}, "version": {"2.1.0"}}

FAULTY = SMALL.replace("192.168.0.11", "192.168.1.11") + \
    "  www2: {interfaces: [{bridge: bridge9}], start_after: [wwww], description: \"tab\\there ☃\"}\n"


class Sarif(Case):
    def hold(self, name, value):
        attributes = {a.metadata["schema_property_name"]: a for a in getattr(sarif_om, name).__attrs_attrs__}
        required = {key for key, a in attributes.items() if a.default.__class__.__name__ == "_Nothing" or repr(a.default) == "NOTHING"}
        self.assertIsInstance(value, dict, name)
        self.assertLessEqual(required, set(value), f"{name} lacks what it must have")
        for key, part in value.items():
            if key == "$schema" and name == "SarifLog":
                continue
            self.assertIn(key, attributes, f"{name} has no {key}")
            if key in WORDS and (key != "version" or name == "SarifLog"):
                self.assertIn(part, WORDS[key])
            below = CLASSES.get(name, {}).get(key)
            if below is None:
                continue
            self.assertEqual(isinstance(part, list), key in LISTS, f"{name}.{key}")
            for item in part if isinstance(part, list) else [part]:
                self.hold(below, item)

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

    def test_object_model(self):
        for text, status in ((SMALL, 0), (FAULTY, WRONG), ("a: [", WRONG), ("", WRONG)):
            log = self.sarif(text, status)
            self.hold("SarifLog", log)

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
