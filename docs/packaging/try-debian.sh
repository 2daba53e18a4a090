#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Installs a binary package in a chroot made by debootstrap, runs vnetc, removes it and looks for leftovers: try-debian.sh CHROOT PACKAGE.deb
set -eu
chroot=$1 package=$2

inside() {
	chroot "$chroot" env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

listing() {
	inside find / -xdev -path /proc -prune -o -path /var/lib/dpkg -prune -o -path /var/cache -prune -o -path /var/log -prune -o -print | grep -i vnetc || true
}

cp "$package" "$chroot/tmp/package.deb"
inside apt-get install -y -q --no-install-recommends /tmp/package.deb
# shellcheck disable=SC2016 # expanded inside
inside sh -euc 'folder=$(mktemp -d); cd "$folder"; vnetc init; vnetc check; vnetc build; test -s generated/topology.svg; vnetc build --check; vnetc version; rm -r "$folder"'
rm "$chroot/tmp/package.deb"
inside apt-get purge -y -q vnetc
left=$(listing)
if [ -n "$left" ]; then
	printf 'left behind:\n%s\n' "$left" >&2
	exit 1
fi
echo "installed, ran and removed"
