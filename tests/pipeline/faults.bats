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
    [ "$(states out | tr '\n' ' ')" = "A ok B failed C ok D ok ring ok " ]
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 5 ]
    rm -r "$record"
    run radmill --outdir out
    [ "$status" = 0 ]
    cmp ok/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "a region of which something cannot be read when the table is made fails, and is made again" {
    local what regions
    contents ok > contents
    for what in features/Manual/D.csv:1 features/Manual/D.long:1 features/Manual/D.json:1 Manual/masks.json:5; do
        rm -f fired
        run faulty radtable:--course FAULT=open:1:24 FAULT_PATH="${what%:*}" FAULT_MARK="$PWD/fired"
        echo "$what: $output"
        [ -e fired ]
        [ "$status" = 1 ]
        [ "$(states out | grep -c ' failed$')" = "${what#*:}" ]
        anew out
        contents out | cmp - contents
    done
}

@test "what failed is tried again also when the note of it could not be read at first" {
    printf '#!/bin/sh\nexit 5\n' > radfeat
    chmod +x radfeat
    contents ok > contents
    run radmill --dicom-root dicom --outdir out --custom-structures recipe.yaml --tables csv,xlsx,sqlite,long --bindir .
    [ "$status" = 1 ]
    FAULT=open:1:24 FAULT_PATH=.radmill/failed/ FAULT_PROGRAM=radmill FAULT_MARK=$PWD/fired LD_PRELOAD=$shim \
        run radmill --outdir out --bindir ''
    echo "$output"
    [ -e fired ]
    [ "$status" = 1 ]
    radmill --outdir out --bindir ''
    contents out | cmp - contents
}

@test "what a tool of the run prints is read whole, or the run fails" {
    local n status
    contents ok > contents
    for n in 1 2 3 4 5 6 7 8; do
        rm -f fired
        status=0
        faulty radmill: FAULT=read:$n:5 FAULT_PATH=pipe: FAULT_MARK="$PWD/fired" > log 2>&1 || status=$?
        cat log
        [ -e fired ]
        [ $status = 1 ]
        grep -q 'error: reading what .* prints: Input/output error' log
    done
    anew out
    contents out | cmp - contents
}
