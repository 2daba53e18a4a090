#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# page.sh EXAMPLES MANDOC: the generated vnetc-rules(7) is clean mdoc.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# mandoc holds the file's name against its section.
"$1" mdoc > "$folder/vnetc-rules.7"
# Which other pages are installed is not this test's business.
if "$2" -T lint "$folder/vnetc-rules.7" 2>&1 | grep -v -e 'referenced manual not found' -e 'mandoc.db lacks'; then
	exit 1
fi
