# What was damaged since the last run is made again by the next one, whatever it is and however it
# was damaged; the full table is in tests/long/damages.bats.

load common
load damages

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# Each product with one kind of damage after the other, so that every kind meets several products.
each_with_some_kind() { # ENGINE JOBS FIRST_KIND
    local product n=$3 kinds
    read -ra kinds <<< "${damage_kinds% folder}"
    undisturbed "$1"
    [ "$(products | wc -l)" -ge 24 ]
    while read -r product; do
        kind=${kinds[n++ % ${#kinds[@]}]}
        damage "$kind" "out/$product"
        mends "$kind $product" -j"$2"
    done < <(products)
    run pipeline OUTDIR=out
    [ "$(ran image) $(ran masks) $(ran features) $(ran table)" = "0 0 0 0" ]
}

@test "every product, a kind of damage each, ninja" {
    each_with_some_kind ninja 4 0
}

@test "every product, a kind of damage each, make" {
    each_with_some_kind make 1 3
}

@test "everything at once" {
    local kind product
    undisturbed ninja
    for kind in ${damage_kinds% folder}; do
        while read -r product; do damage "$kind" "out/$product"; done < <(products)
        mends "all $kind" -j2
    done
}

@test "what was only touched is not made again" {
    undisturbed ninja
    while read -r product; do touch "out/$product"; done < <(products)
    run pipeline OUTDIR=out
    [ "$status" = 0 ]
    [[ $output == *"no work to do"* ]]
}

@test "what a run keeps for itself may be lost or broken" {
    local file
    undisturbed ninja
    for file in .ninja_log scan-cache manifest.json build.ninja tickets.txt; do
        for kind in removed emptied cut; do
            damage $kind out/.radmill/$file
            mends "$kind $file"
        done
    done
    for file in $(cd out && ls .radmill/tickets/{_RESULTS/radiomics.csv,P1/*/{image.nii,radiomics.csv,masks/Manual/A.nii.gz,masks-Custom.record,features/Manual/B.record}}); do
        damage edited_unseen "out/$file"
        mends "edited $file"
        grep -q "$file is not as the last run left it: made again" run.log
    done
    rm -r out/.radmill/tickets out/.radmill/records
    mends "no tickets"
}

@test "verify names what differs, also where size and times do not, and the next run mends it" {
    undisturbed ninja
    run pipeline verify OUTDIR=out
    echo "$output"
    [ "$status" = 0 ]
    row=$(cd out && ls P1/*/features/Manual/A.csv)
    ticket=out/.radmill/tickets/${row%.csv}.record
    flip "out/$row"
    # As a disk would do it: the ticket is given the size and the times of the damaged file.
    times=$(stat -c '%s %.9Y %.9Z' "out/$row" | tr -d .)
    cp -p "$ticket" before
    sed -i "s|^[0-9]* [0-9]* [0-9]* \(.* $row\)\$|$times \1|" "$ticket"
    reseal "$ticket"
    touch -r before "$ticket"
    run pipeline OUTDIR=out
    [[ $output == *"no work to do"* ]]
    run pipeline verify OUTDIR=out
    [ "$status" != 0 ]
    [[ $output == *"changed or removed: $row"* ]]
    [[ $output == *" 1 are not, 0 are still to be made"* ]]
    mends "bit rot"
}

@test "a table with fewer rows than regions that are ok fails the run" {
    mkdir fake
    patient P1
    printf '#!/bin/sh\n"%s/featmerge" "$@" && [ "$2" = _RESULTS/radiomics.csv ] && sed -i 2d "$2"; exit 0\n' \
        "$RADMILL_BIN" > fake/featmerge
    chmod +x fake/featmerge
    run pipeline DICOM_ROOT=dicom OUTDIR=out BINDIR=fake
    [ "$status" != 0 ]
    [[ $output == *"_RESULTS/radiomics.csv has 2 rows for 3 regions that are ok"* ]]
    run pipeline OUTDIR=out BINDIR=
    [ "$status" = 0 ]
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 4 ]
}

@test "where the outcome of an image cannot be recorded its regions fail, until it can" {
    local engine record
    for engine in ninja make; do
        rm -rf dicom out ok recipe.yaml
        undisturbed $engine
        for record in $(cd out && ls .radmill/records/P1/*/{image,masks-Manual}.json P1/*/image.nii); do
            damage folder "out/$record"
            run pipeline OUTDIR=out
            [ "$status" != 0 ]
            [[ $output == *"its outcome cannot be recorded: "*"$record"* ]]
            [[ $output == *"regions failed"* ]]
            rm -r "out/$record"
            mends "$engine $record"
        done
    done
}
