# SPDX-License-Identifier: BSD-2-Clause
"""Reads back from the program what docs/security.md says of it: hardening.py VNETC READELF"""
import re
import subprocess
import sys

text = subprocess.run([sys.argv[2], "-W", "-h", "-l", "-d", "-s", sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout.decode()
wanted = {
    "position independent": r"Type:\s+DYN",
    "RELRO": r"GNU_RELRO",
    "bound at start": r"BIND_NOW|FLAGS_1.*NOW",
    "stack not executable": r"GNU_STACK\s+\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+RW\s",
    "stack protector": r"__stack_chk_fail",
}
if "GLIBC" in text and "sanitize" not in sys.argv[3:]:
    wanted["FORTIFY"] = r"__\w+_chk@"
missing = [name for name, pattern in wanted.items() if not re.search(pattern, text)]
# A segment that can be written and executed.
if re.search(r"LOAD\s.*\sRWE\s", text):
    missing.append("nothing both writable and executable")
print("missing: %s" % ", ".join(missing) if missing else ", ".join(wanted))
sys.exit(1 if missing else 0)
