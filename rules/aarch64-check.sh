#!/bin/bash
# aarch64-check.sh BUILD DIST: the wheel for aarch64, under qemu-user with Debian's Python for that machine (unpacked, not
# installed: no root needed): the libraries that it asks for, its self test, and the reference tables, whose values must be
# this machine's within 1e-12. Needs apt-get, dpkg-deb, qemu-aarch64-static, and numpy for python3; status 77: there is none.
set -eu
build=$(realpath "$1") dist=$(realpath "$2")
root=$build/aarch64
work=$(mktemp -d)
trap '[ $? = 0 ] || tail -n 3 "$work/said" 2> /dev/null; rm -rf "$work"' EXIT
wheel=$(echo "$dist"/*aarch64.whl)
unset PYTHONPATH RADMILL_LIBRARY

command -v qemu-aarch64-static > /dev/null || {
    echo "needs qemu-user-static"
    exit 77
}

apt() {
    apt-get -q -y -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::Etc::sourcelist="$root/sources.list" \
        -o Dir::Etc::sourceparts=/dev/null -o Dir::State="$root/state" -o Dir::State::status="$root/status" \
        -o Dir::Cache="$root/cache" -o APT::Sandbox::User= -o APT::Install-Recommends=no "$@"
}

unpack() { # Debian's Python and numpy for the other machine
    [ ! -e "$root/ready" ] || return 0
    rm -rf "$root"
    mkdir -p "$root/state/lists/partial" "$root/cache/archives/partial" "$root/root"
    : > "$root/status"
    sed -n 's/^deb-src /deb /p' "$build/libyaml/sources.list" > "$root/sources.list"
    { apt update && apt --download-only install python3-minimal libpython3.11-stdlib python3-numpy; } > "$work/apt" 2>&1 || {
        echo "Debian's mirror does not give it: $(tail -n 1 "$work/apt")"
        exit 77
    }
    local package
    for package in "$root"/cache/archives/*.deb; do
        dpkg-deb -x "$package" "$root/root"
    done
    touch "$root/ready"
}

python() { # ARG...: the other machine's
    local libraries=$root/root/usr/lib/aarch64-linux-gnu
    qemu-aarch64-static -L "$root/root" -E LD_LIBRARY_PATH="$libraries:$libraries/blas:$libraries/lapack" \
        -E PYTHONPATH="$work/wheel" -E PYTHONDONTWRITEBYTECODE=1 -E OPENBLAS_NUM_THREADS=1 \
        "$root/root/usr/bin/python3.11" -W ignore "$@" 2>> "$work/said"
}

with_numpy() { # a Python of this machine that has it
    local one
    for one in python3 /usr/bin/python3; do
        ! "$one" -c 'import numpy' 2> /dev/null || break
    done
    echo "$one"
}

references() { # both machines' values of tests/reference
    PATH=$build/tests/gen:$PATH tests/long/python/reference_images "$work/images"
    python tests/long/python/reference_values.py "$work/images" > "$work/theirs"
    PYTHONPATH=python RADMILL_LIBRARY=$build/python/libradmill-python.so PYTHONDONTWRITEBYTECODE=1 \
        "$(with_numpy)" -W ignore tests/long/python/reference_values.py "$work/images" > "$work/ours" 2>> "$work/said"
    python3 tests/long/python/close.py "$work/ours" "$work/theirs"
}

unpack
mkdir "$work/wheel"
(cd "$work/wheel" && python3 -m zipfile -e "$wheel" .)
rules/wheel-needs.sh "$work/wheel/radmill/libradmill-python.so"
echo "$(python -c 'import platform; print(platform.machine(), platform.python_version())'): $(python -m radmill.selftest | tail -n 1)"
references
