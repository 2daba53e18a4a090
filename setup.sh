#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Installs what building and testing vnetc needs, builds it into build/ and compiles an example: sh setup.sh [--no-tests]
# With --no-tests nothing is installed that only tests use.
set -eu
cd "$(dirname "$0")"
tests=$*
case $tests in
'' | --no-tests) ;;
*)
	echo "usage: sh setup.sh [--no-tests]" >&2
	exit 2
	;;
esac

# What is needed: probe, Debian's package, FreeBSD's package. PY stands for the flavour of Python that is there (py311).
required='
cc           gcc              -
inc:stdlib.h libc6-dev        -
meson        meson            meson
ninja        ninja-build      ninja
pkg-config   pkg-config       pkgconf
python3      python3          python3
lib:yaml-0.1 libyaml-dev      libyaml
lib:jansson  libjansson-dev   jansson
lib:libgvc   libgraphviz-dev  graphviz
dot          graphviz         graphviz
inc:uthash.h uthash-dev       uthash
'
# Without these, tests are skipped.
wanted='
lib:cmocka   libcmocka-dev      cmocka
xmllint      libxml2-utils      libxml2
git          git                git
zsh          zsh                zsh
fish         fish               fish
tcsh         tcsh               -
py:yaml      python3-yaml       PY-yaml
py:jsonschema python3-jsonschema PY-jsonschema
shellcheck   shellcheck         hs-ShellCheck
mandoc       mandoc             -
bmake        bmake              -
valgrind     valgrind           valgrind
ip           iproute2           -
nft          nftables           -
ping         iputils-ping       -
rsvg-convert librsvg2-bin       librsvg2-rust
chromium     chromium           chromium
chromedriver chromium-driver    -
firefox      firefox-esr        firefox-esr
nvim         neovim             neovim
font:        fonts-dejavu-core  dejavu
npm          npm                npm
'

say() {
	printf '%s\n' "$*"
}

# The Python that meson runs under is the one that the tests get.
python() {
	line=$(sed -n '1s/^#! *//p' "$(command -v meson 2>/dev/null || echo /dev/null)" 2>/dev/null | tr -d '\000')
	case $line in
	*/env\ *) line=${line#*env } ;;
	*python*) ;;
	*) line=python3 ;;
	esac
	# shellcheck disable=SC2086 # a command with its words
	$line "$@"
}

there() {
	case $1 in
	lib:*) pkg-config --exists "${1#lib:}" ;;
	inc:*) printf '#include <%s>\n' "${1#inc:}" | cc -I/usr/local/include -E -o /dev/null - ;;
	py:*) python -c "import ${1#py:}" ;;
	font:*) fc-list | grep . ;;
	chromium) command -v chromium || command -v chrome ;;
	*) PATH=$PATH:/sbin:/usr/sbin command -v "$1" ;;
	esac >/dev/null 2>&1
}

# The packages of a list whose probes fail, one a line.
missing() {
	printf '%s\n' "$1" | while read -r probe debian freebsd; do
		[ -n "$probe" ] || continue
		case $manager in
		pkg) package=$freebsd ;;
		*) package=$debian ;;
		esac
		[ "$package" != - ] || continue
		there "$probe" || printf '%s\n' "$package"
	done | sed "s/^PY/$flavour/" | sort -u
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null 2>&1; then
		sudo "$@"
	elif command -v doas >/dev/null 2>&1; then
		doas "$@"
	else
		say "setup.sh: neither root nor sudo: cannot install $package_names" >&2
		return 1
	fi
}

install() {
	package_names=$*
	case $manager in
	apt-get) as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" ;;
	pkg) as_root env ASSUME_ALWAYS_YES=yes pkg install -y "$@" ;;
	*) return 1 ;;
	esac
}

# All at once; where that fails one by one, so that a single unknown package does not take the others with it.
install_each() {
	[ $# -gt 0 ] || return 0
	say "setup.sh: installing $*"
	if [ "$manager" = apt-get ] && [ -z "$updated" ]; then
		updated=yes
		package_names=$*
		as_root apt-get update -q || return 0
	fi
	install "$@" || for package; do
		install "$package" || true
	done
}

find_manager() {
	for manager in apt-get pkg; do
		! command -v $manager >/dev/null 2>&1 || return 0
	done
	manager=none
}

find_flavour() {
	flavour=$(python -c 'import sys; print("py%d%d" % sys.version_info[:2])' 2>/dev/null || echo py311)
}

find_manager
updated=
find_flavour
need=$(missing "$required")
# shellcheck disable=SC2086 # a list of packages
install_each $need
find_flavour
[ -z "$tests" ] || wanted=
want=$(missing "$wanted")
# shellcheck disable=SC2086
install_each $want

if [ -n "$need" ]; then
	need=$(missing "$required")
fi
if [ -n "$want" ]; then
	want=$(missing "$wanted")
fi
if [ -n "$want" ]; then
	say "setup.sh: not installed, tests that use them are skipped: $(printf "%s" "$want" | tr "\n" " ")"
fi
if [ -n "$need" ]; then
	say "setup.sh: cannot build without these packages, which could not be installed: $(printf "%s" "$need" | tr "\n" " ")" >&2
	exit 1
fi

if [ ! -f build/build.ninja ]; then
	if [ -n "${PREFIX:-}" ]; then
		meson setup --prefix "$PREFIX" build
	else
		meson setup build
	fi
elif [ -n "${PREFIX:-}" ]; then
	meson configure -Dprefix="$PREFIX" build
fi
meson compile -C build

# SARIF's JSON Schema is in no package of Debian's. This one of npm's, of this version and no other, has it; without it a test
# is skipped.
sarif_package=@microsoft/jest-sarif@1.0.0-beta.0
sarif_schema=package/lib/schemas/sarif-2.1.0-rtm.5.json

bring_sarif_schema() {
	if [ -s build/sarif-2.1.0.json ] || ! there npm; then
		return 0
	fi
	if archive=$(cd build && npm pack --silent --ignore-scripts "$sarif_package" 2>/dev/null) &&
	    tar -xzOf "build/$archive" "$sarif_schema" >build/sarif-2.1.0.tmp 2>/dev/null; then
		mv build/sarif-2.1.0.tmp build/sarif-2.1.0.json
	else
		rm -f build/sarif-2.1.0.tmp
		say "setup.sh: SARIF's schema could not be had, the test that uses it is skipped"
	fi
}

bring_sarif_schema

build/src/vnetc build -q -o build/figure-3 examples/figure-3/topology.yaml
say
say "vnetc is build/src/vnetc."
say "examples/figure-3/topology.yaml has been compiled: its files are in build/figure-3/, its picture is build/figure-3/topology.svg."
say "Next: vnetc init, after meson install -C build"
[ -n "$tests" ] || say "All tests: meson test -C build"
