# What the pages show beyond `make check`: the blocks in R, and the picture of README.md.

@test "the tutorial, its blocks in pandas and R too" {
    command -v Rscript > /dev/null || skip "needs r-base-core"
    "$BATS_TEST_DIRNAME/../docs/blocks" --every "$BATS_TEST_DIRNAME/../../docs/tutorial.md" > "$BATS_TEST_TMPDIR/said" ||
        { cat "$BATS_TEST_TMPDIR/said"; false; }
    cat "$BATS_TEST_TMPDIR/said"
    [ "$(grep -cE '^ok .* (r|python)$' "$BATS_TEST_TMPDIR/said")" -ge 2 ]
}

# bats test_tags=ci
@test "the demo's report marks its outlier, and the picture of README.md can be made from it" {
    command -v chromium > /dev/null && command -v pngquant > /dev/null || skip "needs chromium and pngquant"
    cd "$BATS_TEST_TMPDIR"
    "$RADMILL_BUILD/tests/gen/make_dicom" --demo demo
    "$RADMILL_BIN/radmill" --dicom-root demo/dicom --custom-structures demo/custom_structures.yaml --outdir demo/out > log
    grep '>LUNG-06<' demo/out/_RESULTS/report.html | grep -q outlier
    touch picture.png
    "$BATS_TEST_DIRNAME/../../rules/picture.sh" demo/out picture.png
    [ "$(stat -c %s picture.png)" -gt 20000 ]
}
