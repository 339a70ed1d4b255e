#!/bin/sh
# Installs what uffdwp needs on a Debian system; elsewhere lists it.
# Safe to run again: what is there is left alone.
# --development installs what the project's own tests want as well.
set -eu
cd "$(dirname "$0")"

# Building kernels; booting guests; compiling the cases; what the sources come in.
PACKAGES="build-essential bc bison flex libelf-dev libssl-dev ccache cpio
qemu-system-x86 python3-requests python3-argcomplete python3-pkg-resources
b4 git kmod coccinelle binutils busybox-static xz-utils zstd lz4 util-linux"

# What only this project's own tests want: a browser to look at the pages with.
DEVELOPMENT_PACKAGES="chromium"

say() { echo "setup.sh: $*"; }

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		say "needs root for: $*; become root or install sudo" >&2
		exit 128
	fi
}

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_packages() {
	missing=""
	for package in $PACKAGES; do
		is_installed "$package" || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	say "installing:$missing"
	as_root apt-get update -q
	# shellcheck disable=SC2086 # one word per package
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends $missing
}

# A test that misses its tool is skipped and says so: no reason to fail here.
install_development_packages() {
	PACKAGES=$DEVELOPMENT_PACKAGES
	(install_packages) || say "left out: $DEVELOPMENT_PACKAGES" >&2
}

# The address of the Debian archive, as the system's apt configuration has it.
debian_mirror() {
	apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
		'Origin: Debian' 'Component: main' 'Label: Debian' | sort -u | head -n 1
}

# Debian packages virtme-ng from trixie on. Where the system's own suites lack
# it, this one package comes from a later suite of the same mirror, through an
# apt state of ours, signatures checked; the system's sources stay as they are.
install_virtme_ng() {
	command -v vng >/dev/null && return 0
	if apt-cache show virtme-ng >/dev/null 2>&1; then
		say "installing: virtme-ng"
		as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends virtme-ng
		return 0
	fi
	state=$(mktemp -d)
	trap 'rm -rf "$state"' EXIT
	mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
	mirror=$(debian_mirror)
	if [ -z "$mirror" ]; then
		# apt knows whose archive it is only after it has read its Release file.
		as_root apt-get update -q
		mirror=$(debian_mirror)
	fi
	if [ -z "$mirror" ]; then
		say "no Debian mirror in apt's configuration: virtme-ng is left out" >&2
		return 0
	fi
	cat >"$state/trixie.sources" <<-EOF
		Types: deb
		URIs: $mirror
		Suites: trixie
		Components: main
		Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
	EOF
	own="-o Dir::Etc::sourcelist=$state/trixie.sources
		-o Dir::Etc::SourceParts=/dev/null
		-o Dir::State::Lists=$state/lists -o Dir::Cache=$state/cache
		-o APT::Sandbox::User=$(id -un)"
	say "fetching virtme-ng from trixie"
	# shellcheck disable=SC2086 # one word per option
	(cd "$state" && apt-get $own -q update && apt-get $own -q download virtme-ng)
	say "installing: virtme-ng"
	chmod 755 "$state"
	as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -q --no-install-recommends "$state"/virtme-ng_*.deb
}

# What package-lock.json names, and only after that has changed.
install_node_modules() {
	[ node_modules/.package-lock.json -nt package-lock.json ] && return 0
	say "installing: node_modules"
	npm ci --no-audit --no-fund --loglevel=error
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
	install_packages
	install_virtme_ng
	[ "${1-}" != --development ] || install_development_packages
else
	say "this is no Debian system; it needs what these packages bring:"
	echo "$PACKAGES virtme-ng"
fi
install_node_modules
