#!/bin/bash
# oci.sh BUILD VERSION: an OCI image with the Debian package that make deb has built and what it depends on, and nothing to
# install more: BUILD/oci/radmill (a layout that podman, skopeo, umoci and Apptainer read) and BUILD/oci/radmill.tar. Entry point
# radmill, working folder /data, a user of its own. Needs mmdebstrap, umoci and root (or mmdebstrap's unshare mode); status 77: mmdebstrap did not get through.
set -eu
build=$(realpath "$1") version=$2
work=$build/oci
arch=$(dpkg --print-architecture)
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
package=$build/deb/radmill_${version}_$arch.deb
stamp=$(dpkg-deb -f "$package" Version > /dev/null && stat -c %Y "$package")
mirror=$(rules/debian-mirror.sh)

fail() {
    echo "oci.sh: $*" >&2
    exit 1
}

for tool in mmdebstrap umoci; do
    command -v $tool > /dev/null || fail "needs $tool"
done
[ -e "$package" ] || fail "no $package"

needs=$(dpkg-deb -f "$package" Depends | sed 's/([^)]*)//g; s/|[^,]*//g; s/ //g')
rm -rf "$work"
mkdir -p "$work"

# (perl-base, apt and their like stay out: variant essential has what Debian cannot be without)
SOURCE_DATE_EPOCH=$stamp mmdebstrap --quiet --variant=essential --include="$needs" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
    --customize-hook="copy-in $package /" \
    --customize-hook='chroot "$1" dpkg --install /'"$(basename "$package")" \
    --customize-hook='rm "$1"/'"$(basename "$package")" \
    --customize-hook='mkdir -p "$1"/data' \
    --customize-hook='rm -rf "$1"/var/lib/apt/lists/* "$1"/var/cache/* "$1"/var/log/* "$1"/usr/share/i18n' \
    "$suite" "$work/root.tar" "$mirror" || exit 77

umoci init --layout "$work/radmill"
umoci new --image "$work/radmill:latest"
umoci unpack --rootless --image "$work/radmill:latest" "$work/bundle" > /dev/null
tar -x -C "$work/bundle/rootfs" --no-same-owner --exclude='./dev/*' -f "$work/root.tar"
umoci repack --image "$work/radmill:latest" "$work/bundle" > /dev/null
umoci config --image "$work/radmill:latest" --config.entrypoint /usr/bin/radmill --config.workingdir /data \
    --config.user 1000:1000 --config.env LC_ALL=C.UTF-8 --config.label org.opencontainers.image.title=radmill \
    --config.label "org.opencontainers.image.version=$version" --config.label org.opencontainers.image.licenses=Apache-2.0 \
    --architecture "$arch"
umoci gc --layout "$work/radmill"
rm -rf "$work/bundle" "$work/root.tar"
tar -C "$work/radmill" -cf "$work/radmill.tar" .
bytes=$(stat -c %s "$work/radmill.tar")
echo "radmill: $work/radmill, $((bytes / 1000000)) MB"
[ "$bytes" -lt 100000000 ] || fail "more than 100 MB"
