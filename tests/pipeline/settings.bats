# Settings: what is taken, what is refused, what is remembered and said.

load common

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    patient P1
    echo 'featureClass: {firstorder: [Mean]}' > mean.yaml
    pipeline DICOM_ROOT=dicom OUTDIR=out PARAMS=mean.yaml > log
}

setup() {
    cd "$BATS_FILE_TMPDIR"
}

last_column() { # OUTDIR
    head -n 1 "$1/_RESULTS/radiomics.csv" | tr , '\n' | tail -n 1
}

@test "a variable that is no setting is refused, and the nearest setting named" {
    run pipeline OUTDIR=none DICOM_ROOT=dicom PARAM=mean.yaml
    [ "$status" != 0 ]
    [[ $output == *"PARAM= is not a setting: did you mean PARAMS?"* ]]
    run pipeline OUTDIR=none DICOM_ROOT=dicom 'a b;touch c=1'
    [ "$status" != 0 ]
    run pipeline OUTDIR=none DICOM_ROOT=dicom 'a.b=1'
    [[ $output == *"a.b= is not a setting"* ]]
    [ ! -e none ] && [ ! -e c ] || false
    [[ $output != *usage:* ]]
}

@test "variables of make's own and of the build pass" {
    pipeline OUTDIR=out CC=cc CFLAGS=-O0 PREFIX=/x SHELL=/bin/sh BENCH_OUT=x RADMILL_TEST_DATA=x MAKEFLAGS= > log1
    grep -q 'no work to do' log1
}

@test "every variable that a makefile of the build takes is one that passes" {
    cd "$BATS_TEST_DIRNAME/../.."
    for name in $(sed -n 's/^\([A-Z_a-z]*\) *?=.*/\1/p' Makefile rules/*.mk) CC CXX BUILD BIN PREFIX DESTDIR; do
        run make -n --no-print-directory -f pipeline.mk PIPELINE_BIN=/x OUTDIR=o "$name=/x"
        [ "$status" = 0 ]
        [[ $output != *"--take '$name'"* ]]
    done
}

@test "what is remembered is said by a run that uses it, and what is given is not" {
    run pipeline OUTDIR=out
    [[ $output == *"remembered: DICOM_ROOT=$PWD/dicom PARAMS=$PWD/mean.yaml"* ]]
    run pipeline OUTDIR=out DICOM_ROOT=dicom PARAMS=mean.yaml
    [[ $output != *remembered* ]]
}

@test "an empty value forgets, for make and for radmill" {
    [ "$(last_column out)" = original_firstorder_Mean ]
    pipeline OUTDIR=out PARAMS= > /dev/null
    [ "$(last_column out)" != original_firstorder_Mean ]
    pipeline OUTDIR=out PARAMS=mean.yaml > /dev/null
    [ "$(last_column out)" = original_firstorder_Mean ]
    radmill --outdir out --params '' > /dev/null
    [ "$(last_column out)" != original_firstorder_Mean ]
    radmill --outdir out --params mean.yaml > /dev/null
}

@test "a file of settings that is broken does not block a run that is given everything" {
    echo '{' > out/.radmill/settings.json
    run radmill --outdir out
    [ "$status" = 3 ]
    [[ $output == *settings.json*"give all settings again"* ]]
    run radmill --outdir out --dicom-root dicom --params mean.yaml
    [ "$status" = 0 ]
    run radmill --outdir out
    [ "$status" = 0 ]
    [[ $output == *remembered:*mean.yaml* ]]
}

@test "a remembered file that went is refused with its setting, and may be replaced or forgotten" {
    cp mean.yaml gone.yaml
    pipeline OUTDIR=out PARAMS=gone.yaml > /dev/null
    rm gone.yaml
    run radmill --outdir out
    [ "$status" = 3 ]
    [[ $output == *"PARAMS=$PWD/gone.yaml, which is remembered: no such file"* ]]
    pipeline OUTDIR=out PARAMS=mean.yaml > /dev/null
}

@test "each setting is an option of radmill, with its default" {
    radmill --help > help
    make -s -f "$door" help > make-help
    while IFS='|' read -r _ name option _ default _; do
        name=$(tr -d ' `' <<< "$name") option=$(sed 's/[ `]*\(--[a-z-]*\).*/\1/' <<< "$option") default=$(tr -d '`' <<< "$default" | sed 's/^ *//; s/ *$//')
        grep -qe " $option " help
        grep -qe "^  $name=" make-help
        [ -z "$default" ] || grep -e " $option " -A1 help | grep -qF "[$default]"
    done < <(sed -n '/^| `/s/\\|/ or /gp; t; /^| `/p' "$BATS_TEST_DIRNAME/../../docs/settings.md")
    run radmill --outdir out --engine mke
    [ "$status" = 2 ]
    [[ $output == *"--engine=mke: not one of ninja, make"* ]]
}

@test "in the sources' folder a misspelt setting is refused too, where no other is given" {
    run make -s -C "$BATS_TEST_DIRNAME/../.." BUILD="$RADMILL_BUILD" BIN="$RADMILL_BIN" DICOMROOT=dicom
    [ "$status" != 0 ]
    [[ $output == *"DICOMROOT= is not a setting: did you mean DICOM_ROOT?"* ]]
    run make -n -C "$BATS_TEST_DIRNAME/../.." BUILD="$RADMILL_BUILD" BIN="$RADMILL_BIN" OPT=-O0
    [[ $output != *"exec "* ]]
}
