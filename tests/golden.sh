#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Writes all that is committed and comes from vnetc itself; the review is the diff: golden.sh SOURCE-ROOT VNETC PYTHON RULES-EXAMPLES
# GENERATE
set -u
root=$1 vnetc=$2 python=$3 rules=$4 generate=$5
status=0
sh "$root/tests/schema/generated.sh" "$generate" "$root" --golden || status=1
sh "$root/tests/rules/reference.sh" "$rules" "$root" --golden || status=1
"$python" "$root/tests/examples.py" "$vnetc" "$root/examples" --golden || status=1
"$python" "$root/tests/corpus/run.py" "$vnetc" --golden || status=1
"$python" "$root/tests/language/releases.py" "$vnetc" "$root/tests/language/releases" --golden || status=1
"$python" "$root/tests/published/run.py" "$vnetc" "$root/docs/published.md" --golden || status=1
"$python" "$root/tests/import/run.py" "$vnetc" --golden || status=1
for document in README.md docs/ci.md docs/converting.md docs/cookbook.md docs/editors.md docs/first-try.md docs/messages.md docs/tutorial.md; do
	"$python" "$root/tests/docs/run.py" "$vnetc" "$root" "$document" --golden || status=1
done
exit $status
