#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What is generated from the field table and committed is what the table says now: generated.sh GENERATE SOURCE-ROOT [--golden]
set -u
generate=$1 root=$2 golden=${3-}
status=0

check() {
	if [ "$golden" = --golden ]; then
		mkdir -p "$(dirname "$root/$2")"
		"$generate" "$1" >"$root/$2.new" && mv "$root/$2.new" "$root/$2" || status=1
	elif ! "$generate" "$1" | diff -u "$root/$2" - >&2; then
		echo "$2 is not what src/decl/tables.c says: ninja golden" >&2
		status=1
	fi
}

check schema schema/vnetc.schema.json
check reference docs/reference.md
check manual docs/vnetc.yaml.5
exit $status
