#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# page.sh MANDOC PAGE: vnetc.yaml(5) is clean mdoc. Which other pages are installed is not this test's business.
set -u
if "$1" -T lint "$2" 2>&1 | grep -v -e 'referenced manual not found' -e 'mandoc.db lacks'; then
	exit 1
fi
