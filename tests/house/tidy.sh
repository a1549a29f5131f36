#!/bin/sh
# clang-tidy's few checks (.clang-tidy) on the engine and what it stands on: no finding.
set -eu
command -v clang-tidy > /dev/null || { echo "clang-tidy is not installed"; exit 77; }
found=$(mktemp)
trap 'rm -f "$found"' EXIT
one='clang-tidy --quiet "$@" -- -std=c11 -D_GNU_SOURCE -Ilib -I"$RADMILL_BUILD/gen" 2> /dev/null'
find lib/base lib/vol lib/engine lib/api -name '*.c' | sort | xargs -P 2 -n 8 sh -c "$one" tidy > "$found" || :
! grep -E '(warning|error):' "$found"
