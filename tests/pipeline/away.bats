# What the cohort is made from, and is not there, or not as it was: never "skipped", never in silence.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
}

# spoil PROGRAM PATH ERRNO MAKE'S ARGUMENT...: a run in which no file whose path holds PATH can be opened.
spoil() {
    local program=$1 path=$2 code=$3
    shift 3
    FAULT=open:1:$code FAULT_PROGRAM=$program FAULT_PATH=$path LD_PRELOAD=$RADMILL_BUILD/tests/faults/fault.so \
        run pipeline "$@"
    echo "$output"
}

recovers() { # the next run makes what is missing, and that is all there is to it
    run pipeline OUTDIR=out
    echo "$output"
    [ "$status" = 0 ]
    pipeline DICOM_ROOT=dicom OUTDIR=clean > /dev/null
    cmp out/_RESULTS/radiomics.csv clean/_RESULTS/radiomics.csv
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 7 ]
}

@test "images that go away behind the scan are failures, and come back" {
    mkdir fake
    printf '#!/bin/sh\n[ "$1" = --scan ] || mv "%s/dicom/P1/CT" "%s/away" 2> /dev/null\nexec "%s/dcm2nii-course" "$@"\n' \
        "$PWD" "$PWD" "$RADMILL_BIN" > fake/dcm2nii-course
    chmod +x fake/dcm2nii-course
    run radmill --dicom-root dicom --outdir out --bindir fake -j 1
    [ "$status" = 1 ]
    [ "$(states out | grep -c failed)" -ge 3 ]
    [ "$(states out | grep -c skipped)" = 0 ]
    mv away dicom/P1/CT
    run pipeline OUTDIR=out BINDIR=
    recovers
}

@test "a file that changed since the scan is a failure" {
    mkdir fake
    printf '#!/bin/sh\n[ "$1" = --scan ] || touch "%s"/dicom/P2/CT/CT0003.dcm\nexec "%s/dcm2nii-course" "$@"\n' \
        "$PWD" "$RADMILL_BIN" > fake/dcm2nii-course
    chmod +x fake/dcm2nii-course
    run radmill --dicom-root dicom --outdir out --bindir fake -j 1
    [ "$status" = 1 ]
    column out status reason | grep -q 'P2/CT/CT0003.dcm has changed since the scan'
    run pipeline OUTDIR=out BINDIR=
    recovers
}

@test "images, structure sets and masks that cannot be opened for a moment are failures" {
    local code
    for code in 13 5 24; do # EACCES EIO EMFILE
        for what in dcm2nii-course:P1/CT/CT0004.dcm rtstruct2masks:structures-0.dcm radfeat:masks/Manual/B.nii.gz; do
            rm -rf out clean
            pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
            rm -rf out/.radmill/{tickets,records,scan-cache} out/P1/*/features
            spoil ${what%:*} ${what#*:} $code OUTDIR=out
            [ "$status" != 0 ]
            [ "$(states out | grep -c skipped)" = 0 ]
            recovers
        done
    done
}

@test "a folder without its share, or without any image: status 3, and the tables stay" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    cp -a out/_RESULTS before
    mv dicom share
    mkdir dicom
    run radmill --outdir out
    echo "$output"
    [ "$status" = 3 ]
    [[ $output == *"no file in it (is it mounted?)"* ]]
    echo text > dicom/readme
    run radmill --outdir out
    [ "$status" = 3 ]
    [[ $output == *"no image that can be used, 1 entries left out"* ]]
    cmp before/radiomics.csv out/_RESULTS/radiomics.csv
    cmp before/status.csv out/_RESULTS/status.csv
    rm -r dicom
    mv share dicom
    run pipeline OUTDIR=out
    [[ $output == *"no work to do"* ]]
}

@test "automatic masks without their share: status 3, and the tables stay" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    mkdir -p auto/P1
    cp out/P1/*/masks/Manual/A.nii.gz auto/P1/heart.nii.gz
    pipeline OUTDIR=out AUTOSEG=auto > /dev/null
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 8 ]
    mv auto share
    mkdir auto
    run radmill --outdir out
    [ "$status" = 3 ]
    [[ $output == *"AUTOSEG: no file in it"* ]]
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 8 ]
}

names_what_it_cannot_read() {
    echo "$output"
    [ "$status" != 0 ]
    [[ $output == *"could not be read"*P2*"Permission denied"* ]]
    grep -q 'P2.*Permission denied' out/_RESULTS/left_out.csv
    [ "$(column out radiomics patient_id | grep -c P1)" = 3 ]
}

@test "a file that cannot be read: the rest runs, it is named, exit 1; SKIP_PATHS passes over it" {
    spoil dcm2nii-course P2/CT/CT0002.dcm 13 DICOM_ROOT=dicom OUTDIR=out
    names_what_it_cannot_read
    spoil dcm2nii-course P2/CT/CT0002.dcm 13 OUTDIR=out SKIP_PATHS='nothing\,here, p2/ct/*2.dcm,P2'
    [ "$status" = 0 ]
    run pipeline OUTDIR=out SKIP_PATHS=
    recovers
}

@test "a folder that cannot be read: the same" {
    [ "$(id -u)" != 0 ] || skip "root reads everything"
    chmod 0 dicom/P2
    run pipeline DICOM_ROOT=dicom OUTDIR=out
    names_what_it_cannot_read
    chmod 755 dicom/P2
    recovers
}

@test "a path that is not UTF-8 is refused before anything runs, or passed over" {
    cp dicom/P1/RS.dcm "$(printf 'dicom/P1/M\374ller.dcm')"
    run radmill --dicom-root dicom --outdir out
    [ "$status" = 3 ]
    [[ $output == *'1 path is not UTF-8, the first is P1/M\xfcller.dcm'* ]]
    [ ! -e out/_RESULTS/radiomics.csv ]
    run radmill --outdir out --dicom-root dicom --skip-paths 'P1/M*ller.dcm'
    [ "$status" = 0 ]
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 7 ]
    run radmill --outdir "$(printf 'o\374t')" --dicom-root dicom
    [ "$status" = 3 ]
}

@test "links are followed when that is asked for, and said to be passed over when not" {
    mkdir tree
    mv dicom/P1 store
    ln -s "$PWD/store" tree/one          # leads outside
    mv dicom/P2 tree/.objects
    mkdir tree/named
    for f in tree/.objects/CT/*; do ln -s "../.objects/CT/${f##*/}" tree/named/; done
    ln -s ../.objects/RS.dcm tree/named/RS.dcm
    ln -s .. tree/named/circle
    run pipeline DICOM_ROOT=tree OUTDIR=out
    echo "$output"
    [ "$status" = 0 ]
    [[ $output == *"15 symbolic links were not followed"* ]]
    [ "$(column out radiomics patient_id | sort | uniq -c | tr -s ' \n' ' ')" = " 3 P2 " ]
    run pipeline OUTDIR=out FOLLOW_LINKS=inside
    [ "$(column out radiomics patient_id | sort | uniq -c | tr -s ' \n' ' ')" = " 3 P2 " ]
    run pipeline OUTDIR=out FOLLOW_LINKS=inside SKIP_PATHS=.objects
    [ "$(column out radiomics patient_id | sort | uniq -c | tr -s ' \n' ' ')" = " 3 P2 " ]
    ! grep -q '^file,named/CT' out/_RESULTS/left_out.csv || false
    run pipeline OUTDIR=out FOLLOW_LINKS=all SKIP_PATHS=
    echo "$output"
    [ "$(column out radiomics patient_id | sort | uniq -c | tr -s ' \n' ' ')" = " 3 P1 3 P2 " ]
    [ "$(wc -l < out/_RESULTS/left_out.csv)" = 1 ]
    [[ $output != *"not followed"* ]]
}
