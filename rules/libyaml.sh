#!/bin/sh
# libyaml.sh DIR VERSION: libyaml's sources into DIR/src and DIR/include, from Debian's source package. Needs
# apt-get, but neither root nor a deb-src line in the system's lists.
set -eu
mkdir -p "$1"
dir=$(cd "$1" && pwd) version=$2
sum=fa240dbf262be053f3898006d502d514936c818e422afdcf33921c63bed9bf2e
mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
mirror=$(rules/debian-mirror.sh)
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bookworm main" \
    > "$dir/sources.list"
apt() {
    apt-get -q -o Dir::Etc::sourcelist="$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State="$dir/state" \
        -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache="$dir/cache" -o APT::Sandbox::User= "$@"
}
cd "$dir"
apt update
apt source --download-only --tar-only libyaml
tarball=libyaml_$version.orig.tar.gz
echo "$sum  $tarball" | sha256sum --check --quiet
tar xzf "$tarball" --strip-components=1
