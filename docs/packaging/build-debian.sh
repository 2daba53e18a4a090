#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Builds the Debian packages of what is committed, source and binary: build-debian.sh DIR [OPTION OF dpkg-buildpackage]...
set -eu
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
out=$1
shift
version=$(sed -n "s/^ *version: '\(.*\)',$/\1/p" "$root/meson.build")
mkdir -p "$out"
git -C "$root" archive --prefix="vnetc-$version/" HEAD | xz >"$out/vnetc_$version.orig.tar.xz"
cd "$out"
tar -xf "vnetc_$version.orig.tar.xz"
cp -R "vnetc-$version/docs/packaging/debian" "vnetc-$version/debian"
cd "vnetc-$version"
dpkg-buildpackage --no-sign "$@"
