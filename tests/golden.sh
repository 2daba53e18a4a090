#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Writes all that is committed and comes from vnetc itself; the review is the diff: golden.sh SOURCE-ROOT VNETC PYTHON RULES-EXAMPLES
set -u
root=$1 vnetc=$2 python=$3 rules=$4
status=0
schema=$root/schema/vnetc.schema.json
mkdir -p "$root/schema"
if "$vnetc" schema >"$schema.new"; then
	mv "$schema.new" "$schema"
else
	rm -f "$schema.new"
	status=1
fi
sh "$root/tests/rules/reference.sh" "$rules" "$root" --golden || status=1
"$python" "$root/tests/examples.py" "$vnetc" "$root/examples" --golden || status=1
"$python" "$root/tests/corpus/run.py" "$vnetc" --golden || status=1
exit $status
