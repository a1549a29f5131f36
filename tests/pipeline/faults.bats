# System calls that fail in a tool of the line (tests/faults): never a wrong table with exit 0, and the
# next run mends it. A few of each; every one is in tests/long/faults.bats.

load common
load faults

setup() {
    cd "$BATS_TEST_TMPDIR"
    begin
}

@test "one call of each kind in each tool" {
    sweep 3 1
}

@test "a record that cannot be written takes its own region only" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    record=$(ls out/P1/*/features/Manual/B.json)
    rm "$record"
    mkdir -p "$record/in the way"
    run radmill --outdir out
    echo "$output"
    [ "$status" = 1 ]
    [ "$(states out | tr '\n' ' ')" = "A ok B failed C ok " ]
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 3 ]
    rm -r "$record"
    run radmill --outdir out
    [ "$status" = 0 ]
    cmp ok.csv out/_RESULTS/radiomics.csv
}
