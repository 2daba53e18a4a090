#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Holds the layers: who includes whom, who may use a library, who may print; and style(9)'s parentheses: layers.sh SOURCE-ROOT
set -u
cd "$1/src" || exit 1
layers=$(sed -n "s/^layers = \[\(.*\)\]\$/\1/p" meson.build | tr -d "',")
[ -n "$layers" ] || { echo "src/meson.build has no list of layers"; exit 1; }
faults=0

fault() {
	echo "$*"
	faults=$((faults + 1))
}

rank() {
	n=0
	for layer in $layers; do
		n=$((n + 1))
		if [ "$layer" = "$1" ]; then
			echo $n
			return
		fi
	done
	echo 0
}

# Lines of the layers' files that hold a pattern, but for the files named after it.
only_in() {
	pattern=$1 allowed=$2 why=$3
	for layer in $layers; do
		[ -d "$layer" ] || continue
		found=$(grep -nE "$pattern" "$layer"/*.[ch] /dev/null | grep -vE "^($allowed):")
		[ -z "$found" ] || fault "$why:
$found"
	done
}

for layer in $layers; do
	[ -d "$layer" ] || continue
	own=$(rank "$layer")
	for file in "$layer"/*.[ch]; do
		[ -f "$file" ] || continue
		# shellcheck disable=SC2013 # names without blanks
		for included in $(sed -n 's/^#[[:space:]]*include[[:space:]]*"\(.*\)".*/\1/p' "$file"); do
			case $included in
			*/*)
				other=$(rank "${included%%/*}")
				if [ "$other" -eq 0 ]; then
					fault "$file includes $included, which is in no layer"
				elif [ "$other" -gt "$own" ]; then
					fault "$file includes $included, a layer above its own"
				fi
				;;
			compile.h) [ "$layer" = cmd ] || fault "$file includes $included, which stands above its layer" ;;
			*) fault "$file includes $included: include from src, with the folder" ;;
			esac
		done
	done
done

only_in '^#[[:space:]]*include[[:space:]]*<yaml\.h>' 'tree/[a-z]+\.[ch]' 'only tree/ reads YAML'
only_in '^#[[:space:]]*include[[:space:]]*<(graphviz/)?cgraph\.h>' '(graph|diagram)/[a-z]+\.[ch]' 'only graph/ and diagram/ use cgraph'
only_in '^#[[:space:]]*include[[:space:]]*<(graphviz/)?gvc\.h>' 'diagram/place\.c' 'only diagram/place.c lays out with Graphviz'
only_in '(^|[^a-z_])(printf|puts|putchar|perror|exit|abort)\(|(^|[^a-z_])(stdout|stderr)([^a-z_]|$)' \
    'base/arena\.[ch]|cmd/[a-z]+\.[ch]' 'nothing below cmd/ prints or exits'
found=$(grep -rnE '(^|[[:space:]])return [^(;]' --include='*.[ch]' . | grep -vE '^[^:]*:[0-9]+:[[:space:]]*(/?\*|//)|"[^"]*return ')
[ -z "$found" ] || fault "style(9) has what is returned in parentheses:
$found"
[ $faults -eq 0 ]
