#!/bin/sh
# The same values whatever compiled radfeat and whatever it runs on. The same bytes: gcc -O3, clang -O3,
# both with -O0 and sanitizers, on processors without AVX-512 and without AVX2, and with several threads on each. Within 1e-12: the mathematical
# functions that the C library has for processors without AVX2 and FMA, whose last digits are its own.
set -eu
export PATH="$RADMILL_BUILD/tests/gen:$PATH"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
status=0
rows() { # NAME COMMAND...
    name=$1
    shift
    tests/values/rows "$out/$name" "$@" 2> "$out/log" || { cat "$out/log"; echo "$name: ended"; exit 1; }
}
same_bytes() { # NAME COMMAND...
    rows "$@"
    diff -r "$out/native" "$out/$1" > "$out/log" && return
    status=1
    echo "$1 has other values:"
    tests/values/differences "$out/native" "$out/$1" 0 | head -n 20
}

rows native "$RADMILL_BIN/radfeat"
[ "$(cat "$out"/native/*.csv | wc -l)" -ge 50 ]
for threads in 2 3 8; do
    same_bytes "threads-$threads" "$RADMILL_BIN/radfeat" --threads $threads
done
for build in clang asan clang-asan; do
    make -s -j2 $build-build GOALS=build/$build/bin/radfeat
    same_bytes $build build/$build/bin/radfeat
done
if nm "$RADMILL_BIN/radfeat" | grep -q '\.resolver$'; then
    make -s lesser-processors
    for processor in $(make -s print-processors); do
        same_bytes "$processor" "build/tests/values/radfeat-$processor"
        same_bytes "$processor-threads" "build/tests/values/radfeat-$processor" --threads 3
    done
fi
rows libm env GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4 "$RADMILL_BIN/radfeat"
tests/values/differences "$out/native" "$out/libm" 1e-12 || status=1
exit $status
