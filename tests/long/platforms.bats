# Other machines: the wheel for aarch64 under qemu, and what only compiles and links (docs/install.md). Each is skipped where
# its compiler, emulator or registry is not there.

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    unset PYTHONPATH RADMILL_LIBRARY
}

# given COMMAND...: skipped when what is to be downloaded cannot be had.
given() {
    "$@" > "$BATS_TEST_TMPDIR/said" 2>&1 || skip "not to be had: $(tail -n 1 "$BATS_TEST_TMPDIR/said")"
}

builds() { # PLATFORM COMPILER FORMAT: the library, in the format that readelf or file tells
    command -v "$2" > /dev/null || skip "needs $2"
    given make -s build/libyaml/ready
    make -s "platform-$1" > /dev/null
    od -A n -t x1 -N 4 "build/platform/$1/libradmill-python.so" | grep -q "$3"
}

@test "aarch64: the wheel's self test, and the reference tables within 1e-12, under qemu" {
    given make -s wheel-env
    given make -s build/libyaml/ready
    make -s wheels DIST="$BATS_TEST_TMPDIR/dist" > /dev/null
    run rules/aarch64-check.sh build "$BATS_TEST_TMPDIR/dist"
    echo "$output"
    [ "$status" != 77 ] || skip "${lines[-1]}"
    [ "$status" = 0 ]
}

@test "macOS: the engine compiles and links" {
    given make -s wheel-env
    builds aarch64-macos python3 'cf fa ed fe'
}

@test "Windows: the engine compiles and links" {
    builds x86_64-windows x86_64-w64-mingw32-gcc-posix '4d 5a'
}

@test "musl: the engine compiles and links, and an example gives what it gives with glibc" {
    builds x86_64-musl musl-gcc '7f 45 4c 46'
    local library=$PWD/build/platform/x86_64-musl
    musl-gcc -std=c11 -Ilib/api -o "$BATS_TEST_TMPDIR/images" examples/images.c "$library/libradmill-python.so" -lm
    LD_LIBRARY_PATH=$library "$BATS_TEST_TMPDIR/images" > "$BATS_TEST_TMPDIR/musl"
    gcc -std=c11 -Ilib/api -o "$BATS_TEST_TMPDIR/images" examples/images.c build/python/libradmill-python.so -lm
    LD_LIBRARY_PATH=$PWD/build/python "$BATS_TEST_TMPDIR/images" > "$BATS_TEST_TMPDIR/glibc"
    cmp "$BATS_TEST_TMPDIR/musl" "$BATS_TEST_TMPDIR/glibc"
}

@test "the OCI image is under 100 MB and runs a cohort as its own user" {
    command -v mmdebstrap > /dev/null && command -v umoci > /dev/null || skip "needs mmdebstrap and umoci"
    [ "$(id -u)" = 0 ] || skip "needs root to unpack and to chroot"
    make -s deb > /dev/null
    run rules/oci.sh build "$(cat VERSION)"
    echo "$output"
    [ "$status" != 77 ] || skip "Debian's mirror does not give it"
    [ "$status" = 0 ]
    make -s oci-check
}
