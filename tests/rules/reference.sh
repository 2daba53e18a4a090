#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# reference.sh EXAMPLES SOURCE-ROOT [--golden]: docs/rules.md and vnetc-rules(7) are what src/rules says; --golden writes them anew.
set -eu
examples=$1 root=$2
new=$(mktemp)
trap 'rm -f "$new"' EXIT
status=0

page() {
	"$examples" "$1" > "$new"
	if [ "$3" = --golden ]; then
		mkdir -p "$root/docs"
		cp "$new" "$root/docs/$2"
		chmod 644 "$root/docs/$2"
	elif ! cmp -s "$new" "$root/docs/$2"; then
		echo "docs/$2 is stale: ninja golden"
		status=1
	fi
}

page markdown rules.md "${3-}"
page mdoc vnetc-rules.7 "${3-}"
exit $status
