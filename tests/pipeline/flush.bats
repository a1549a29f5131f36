# A run flushes once, at its end. A machine that stops before leaves files whose size and times are right and whose
# content is not: the next run believes none that it has not read.

load common
load damages

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
}

note=out/.radmill/unflushed

# loses PRODUCT: as a file system may leave it that kept size and times, but not the content.
loses() {
    local ticket
    ticket=$(grep -rlE " $1\$" out/.radmill/tickets)
    touch -r "$ticket" as-before
    head -c "$(stat -c %s "out/$1")" /dev/zero > out/zeros
    cat out/zeros > "out/$1"
    local times
    times="$(stat -c '%.9Y %.9Z' "out/$1" | tr -d .)"
    sed -i -E "s|^([0-9]+) [0-9]+ [0-9]+ (.* $1)\$|\1 $times \2|" "$ticket"
    reseal "$ticket"
    touch -r as-before "$ticket"
}

@test "a note stands while a run is at work, and the run flushes before it ends" {
    mkdir fake
    printf '#!/bin/sh\n[ -s .radmill/unflushed ] && echo "$RADMILL_FLUSH" >> "%s/seen"\nexec "%s" "$@"\n' \
        "$PWD" "$RADMILL_BIN/radfeat" > fake/radfeat
    chmod +x fake/radfeat
    run pipeline DICOM_ROOT=dicom OUTDIR=out BINDIR=fake
    [ "$status" = 0 ]
    [ "$(sort -u seen)" = later ]
    [ ! -e $note ]
    run pipeline OUTDIR=out
    [ "$status" = 0 ]
    [[ $output == *"no work to do"* ]]
    [ ! -e $note ]
}

believes_nothing() { # ENGINE
    pipeline DICOM_ROOT=dicom OUTDIR=out ENGINE="$1" > /dev/null
    cp out/_RESULTS/radiomics.csv whole.csv
    local course row
    course=$(cd out && echo P1/*)
    row=$(cd out && ls "$course"/features/Manual/*.csv | head -n 1)
    for lost in "$row" "$course/image.nii" "$course/radiomics.csv" _RESULTS/courses.csv; do
        loses "$lost"
        # this start of the machine: nothing can have been lost, and nothing is read
        cat /proc/sys/kernel/random/boot_id > $note
        run pipeline OUTDIR=out
        [ "$status" = 0 ]
        [[ $output == *"no work to do"* ]]
        [ ! -e $note ]
        # another one
        echo 00000000-0000-0000-0000-000000000000 > $note
        run pipeline OUTDIR=out
        [ "$status" = 0 ]
        [[ $output == *"reading every product"* ]]
        [[ $output == *"$lost"*"made again"* ]]
        cmp out/_RESULTS/radiomics.csv whole.csv
        [ ! -e $note ]
    done
}

@test "after the machine has stopped in a run, every product is read (ninja)" {
    believes_nothing ninja
}

@test "after the machine has stopped in a run, every product is read (make)" {
    believes_nothing make
}

@test "an interrupted run leaves the note, and the next one flushes" {
    mkdir fake
    printf '#!/bin/sh\ntouch "%s/at-work"\nexec sleep 60\n' "$PWD" > fake/radfeat
    chmod +x fake/radfeat
    radmill --dicom-root dicom --outdir out --bindir fake > log 2>&1 &
    while [ ! -e at-work ]; do sleep 0.05; done
    kill -INT $!
    wait $! || true
    cmp $note /proc/sys/kernel/random/boot_id
    run pipeline OUTDIR=out BINDIR=
    [ "$status" = 0 ]
    [[ $output != *"reading every product"* ]]
    [ ! -e $note ]
}

@test "a disk that reports a loss fails the run, and the next one reads everything" {
    FAULT=syncfs:1:5 FAULT_PROGRAM=radmill LD_PRELOAD=$RADMILL_BUILD/tests/faults/fault.so \
        run radmill --dicom-root dicom --outdir out
    [ "$status" = 1 ]
    [[ $output == *"not all on the disk"* ]]
    [ "$(cat $note)" = lost ]
    run radmill --outdir out
    [ "$status" = 0 ]
    [[ $output == *"reading every product"* ]]
    [ ! -e $note ]
}

@test "a mark of a failure is flushed in every case, a product of a run is not" {
    printf '#!/bin/sh\n[ ! "$1" ] || echo row > "$1"\nexit ${2-0}\n' > command
    chmod +x command
    sites() { # COMMAND...: calls of fsync
        rm -f sites
        RADMILL_FLUSH=later FAULT_LIST=$PWD/sites FAULT_PROGRAM=radguard \
            LD_PRELOAD=$RADMILL_BUILD/tests/faults/fault.so radguard --record r.json --failed marks -- "$@"
        grep -c ^fsync sites || true
    }
    [ "$(sites ./command row)" = 0 ]
    [ "$(sites ./command row 1)" = 1 ]
}
