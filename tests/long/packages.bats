# Packages in roots of their own: Debian's, the wheel on other releases of Debian, conda's. Skipped where there is neither root nor
# debootstrap, and where mirror or registry cannot be reached.

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return 1
    unset PYTHONPATH RADMILL_LIBRARY
}

# checked COMMAND...: shows what it says; status 77: what is missing is no fault of ours.
checked() {
    run "$@"
    echo "$output"
    [ "$status" != 77 ] || skip "${lines[-1]}"
    [ "$status" = 0 ]
}

@test "Debian 12: the package is built, installed by apt in a bare root, and works there" {
    checked rules/deb-check.sh build bookworm
}

@test "Debian 13: the same" {
    checked rules/deb-check.sh build trixie
}

wheel_in() { # SUITE
    make -s wheel-env > "$BATS_TEST_TMPDIR/said" 2>&1 || skip "not to be had: $(tail -n 1 "$BATS_TEST_TMPDIR/said")"
    make -s wheel DIST="$BATS_TEST_TMPDIR/dist" > /dev/null
    checked rules/wheel-debian.sh build "$BATS_TEST_TMPDIR/dist" "$1"
    [[ ${lines[-1]} = *" values, 0 differ" ]]
}

@test "Debian 11: the wheel's self test, with Debian's own Python and numpy" {
    wheel_in bullseye
}

@test "Debian 13: the wheel's self test, with Debian's own Python and numpy" {
    wheel_in trixie
}

@test "conda: the recipe is rendered for conda-forge, and a package built from an empty channel runs the demo" {
    make -s conda-env > "$BATS_TEST_TMPDIR/said" 2>&1 || skip "not to be had: $(tail -n 1 "$BATS_TEST_TMPDIR/said")"
    build/conda/env/bin/python rules/conda/build.py "$BATS_TEST_TMPDIR/conda"
    mkdir "$BATS_TEST_TMPDIR/prefix"
    tar -C "$BATS_TEST_TMPDIR/prefix" -xjf "$BATS_TEST_TMPDIR"/conda/out/*/radmill-*.tar.bz2
    build/tests/gen/make_dicom --demo "$BATS_TEST_TMPDIR/demo"
    cp -r rules "$BATS_TEST_TMPDIR"
    cd "$BATS_TEST_TMPDIR"
    rules/demo.sh "$PWD/prefix/bin"
    mv demo/out demo/conda
    rules/demo.sh "$RADMILL_BIN"
    cmp demo/conda/_RESULTS/radiomics.csv demo/out/_RESULTS/radiomics.csv
}
