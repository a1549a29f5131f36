# System calls that fail in a tool of the line (tests/faults): never a wrong table with exit 0, and the
# next run mends it. A few of all ways to such a call; every one is in tests/long/faults.bats.

load common
load faults

setup() {
    cd "$BATS_TEST_TMPDIR"
    begin
}

@test "some calls in each part of each tool" {
    sweep 40 $parts
}

@test "a record that cannot be written takes its own region only" {
    anew out > /dev/null
    record=$(ls out/P1/*/features/Manual/B.json)
    rm "$record"
    mkdir -p "$record/in the way"
    run radmill --outdir out
    echo "$output"
    [ "$status" = 1 ]
    [ "$(states out | tr '\n' ' ')" = "A ok B failed C ok ring ok " ]
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 4 ]
    rm -r "$record"
    run radmill --outdir out
    [ "$status" = 0 ]
    cmp ok/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}
