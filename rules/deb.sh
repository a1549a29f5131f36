#!/bin/bash
# deb.sh BUILD VERSION MAINTAINER: a Debian package of what `make install` installs, for the Debian that
# it is built on: BUILD/deb/radmill_VERSION_ARCH.deb. Needs dpkg-dev.
set -eu
build=$1 version=$2 maintainer=$3
work=$build/deb
root=$work/root
arch=$(dpkg --print-architecture)
stamp=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date -r VERSION +%s)}

stage() {
    rm -rf "$work"
    mkdir -p "$root/DEBIAN" "$work/debian"
    make --no-print-directory -s install DEPS_SHARED=1 BUILD="$build" BIN="$build/deb-bin" DESTDIR="$(realpath "$root")" PREFIX=/usr
    find "$root/usr/bin" "$root/usr/libexec" "$root/usr/lib" -type f \( -perm -100 -o -name '*.so*' \) \
        -exec strip --strip-unneeded {} +
    find "$root" -name '*.so*' -type f -exec chmod 644 {} +
    gzip -9n "$root"/usr/share/man/man1/*.1
}

papers() {
    local doc=$root/usr/share/doc/radmill
    rm -f "$doc/LICENSE"
    {
        echo "radmill ($version) unstable; urgency=medium"
        echo
        echo "  * See CHANGELOG.md."
        echo
        echo " -- $maintainer  $(LC_ALL=C date -u -R -d "@$stamp")"
    } | gzip -9n > "$doc/changelog.gz"
    gzip -9n "$doc/CHANGELOG.md"
    cat > "$doc/copyright" <<END
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: radmill

Files: *
Copyright: the authors of radmill
License: Apache-2.0
 On Debian systems, the text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
END
}

depends() { # the packages of the libraries that are linked, as Debian names them
    printf 'Source: radmill\n\nPackage: radmill\nArchitecture: any\nDescription: x\n' > "$work/debian/control"
    (cd "$work" && find root -type f \( -path '*/bin/*' -o -name '*.so*' \) -print0 |
        xargs -0 dpkg-shlibdeps -O --ignore-missing-info -lroot/usr/lib | sed 's/^shlibs:Depends=//')
}

control() {
    printf 'libradmill 1 radmill (>= %s)\n' "$version" > "$root/DEBIAN/shlibs"
    printf 'activate-noawait ldconfig\n' > "$root/DEBIAN/triggers"
    cat > "$root/DEBIAN/control" <<END
Package: radmill
Version: $version
Architecture: $arch
Maintainer: $maintainer
Section: science
Priority: optional
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Depends: $(depends), make, ninja-build
Description: radiomics for radiotherapy cohorts
 A DICOM tree goes in; CT, MR and PET volumes, contour masks, Boolean structures
 and one isolated process for each region of interest later, one table of
 features comes out, with the columns and the numbers of pyradiomics.
END
    (cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum > DEBIAN/md5sums)
}

stage
papers
control
find "$root" -type d -exec chmod 755 {} +
find "$root" -newermt "@$stamp" -print0 | xargs -0 touch -h -d "@$stamp"
SOURCE_DATE_EPOCH=$stamp dpkg-deb --root-owner-group -Zxz --build "$root" "$work/radmill_${version}_$arch.deb"
