#!/bin/bash
# wheel-debian.sh BUILD DIST SUITE: the wheel for this machine in a bare root of SUITE (bullseye, trixie) with Debian's own Python
# and numpy: its self test. Needs root and debootstrap; status 77: there is none, or the mirror does not give the release.
set -eu
cd "$(dirname "$0")/.."
build=$(realpath "$1") dist=$(realpath "$2") suite=$3
[ "$(id -u)" = 0 ] || { echo "needs root" && exit 77; }
command -v debootstrap > /dev/null || { echo "needs debootstrap" && exit 77; }
mkdir -p "$build/roots"
work=$(mktemp -d "$build/roots/wheel.XXXXXX")
trap 'rm -rf "$work"' EXIT

rules/debian-root.sh make "$build" "$suite" "$work/root"
for command in update "install --no-install-recommends python3-numpy"; do
    # shellcheck disable=SC2086 # words of a command
    rules/debian-root.sh run "$work/root" apt-get -q -y $command > "$work/said" 2>&1 || { tail -n 3 "$work/said" && exit 77; }
done
wheel=$(echo "$dist"/*"$(uname -m)".whl)
mkdir "$work/root/wheel"
python3 -m zipfile -e "$wheel" "$work/root/wheel"
rules/debian-root.sh run "$work/root" env PYTHONPATH=/wheel python3 -W ignore -c '
import platform, sys, numpy
from radmill import selftest
print(f"Python {platform.python_version()}, numpy {numpy.__version__}, {platform.libc_ver()}", flush=True)
sys.exit(selftest.main())'
