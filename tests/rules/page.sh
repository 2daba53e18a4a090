#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# page.sh EXAMPLES MANDOC: the generated vnetc-rules(7) is clean mdoc.
set -eu
page=$(mktemp)
trap 'rm -f "$page"' EXIT
"$1" mdoc > "$page"
# Which other pages are installed is not this test's business.
if "$2" -T lint "$page" 2>&1 | grep -v -e 'referenced manual not found' -e 'mandoc.db lacks'; then
	exit 1
fi
