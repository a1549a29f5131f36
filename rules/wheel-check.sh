#!/bin/bash
# wheel-check.sh BUILD DIST: checks the wheel: platform by auditwheel, needed libraries, size, the
# same bytes twice, speed beside the native build, the self test in every Python that there is (3.9 and
# later, on PATH or of pyenv), and the sdist built and tested.
set -eu
build=$(realpath "$1") dist=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=$build/python/env/bin/python
library=$build/python/portable/libradmill-python.so
wheel=$(echo "$dist"/*.whl) sdist=$(echo "$dist"/*.tar.gz)
unset PYTHONPATH RADMILL_LIBRARY

fail() {
    echo "wheel-check: $*" >&2
    exit 1
}

platform() {
    PATH=$build/python/env/bin:$PATH "$python" -m auditwheel show "$wheel" > "$work/audit"
    tr '\n' ' ' < "$work/audit" | grep -q 'following platform tag: "manylinux_2_17_x86_64"' || {
        cat "$work/audit"
        fail "no manylinux_2_17 wheel"
    }
    echo "platform: manylinux_2_17_x86_64 (auditwheel)"
}

size() {
    local bytes
    bytes=$(stat -c %s "$wheel")
    [ "$bytes" -lt 1000000 ] || fail "the wheel has $bytes bytes"
    echo "size: $bytes bytes"
}

twice() {
    local file
    rm -f "$library"
    make --no-print-directory -s BUILD="$build" DIST="$work/again" wheel > /dev/null
    for file in "$wheel" "$sdist"; do
        cmp "$file" "$work/again/$(basename "$file")" || fail "not the same bytes twice"
    done
    echo "twice: the same bytes"
}

pythons() { # interpreters that can run the wheel, one a line
    local bin
    for bin in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3 /usr/bin/python3; do
        [ -x "$bin" ] && "$bin" -c 'import sys; sys.exit(sys.version_info < (3, 9))' && echo "$bin"
    done
    return 0
}

environment() { # FOLDER INTERPRETER FILE: a fresh environment with FILE installed
    "$2" -m venv "$1"
    "$1/bin/python" -m pip install --quiet --disable-pip-version-check "$3"
}

selftest() { # FOLDER: in an environment, away from the sources
    (cd "$work" && "$1/bin/python" -m radmill.selftest) | tail -n 1
}

everywhere() {
    local bin said
    for bin in $(pythons); do
        rm -rf "$work/env"
        environment "$work/env" "$bin" "$wheel"
        said=$(selftest "$work/env") || fail "$bin: $said"
        echo "$("$bin" -V): $said"
    done
    [ -d "$work/env" ] || fail "no Python of 3.9 or later"
}

# The shipped object takes at most 1.2 times as long as the native one.
speed() {
    RADMILL_NATIVE=$build/python/stripped/libradmill-python.so RADMILL_SHIPPED=$library \
        "$work/env/bin/python" rules/wheel-speed.py || fail "the shipped library is slow"
}

from_sdist() {
    rm -rf "$work/env"
    environment "$work/env" "$(pythons | head -n 1)" "$sdist"
    echo "sdist: $(selftest "$work/env")"
}

platform
rules/wheel-needs.sh "$library"
size
twice
everywhere
speed
from_sdist
