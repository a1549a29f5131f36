# Installed, the tools find each other, the rules and the door from any folder.

load common

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # the binaries under test, without building anything again
    make -s -C "$BATS_TEST_DIRNAME/../.." BUILD="$RADMILL_BUILD" BIN="$RADMILL_BIN" \
        PREFIX=/opt/radmill DESTDIR="$PWD/stage" install > install.log 2>&1
    patient P1
}

setup() {
    cd "$BATS_FILE_TMPDIR"
    prefix=$PWD/stage/opt/radmill
}

@test "every tool, the door and its rules are there" {
    for tool in dcm2nii-course rtstruct2masks boolstruct radfeat featmerge radguard radmill; do
        [ -x "$prefix/bin/$tool" ]
    done
    [ -e "$prefix/share/radmill/pipeline.mk" ]
    [ -e "$prefix/share/radmill/rules/pipeline.ninja" ]
}

@test "radmill runs from any folder, with nothing but the installation" {
    mkdir -p else/where && cd else/where
    env -i PATH=/usr/bin:/bin "$prefix/bin/radmill" --dicom-root ../../dicom --outdir o > log
    [ "$(wc -l < o/_RESULTS/radiomics.csv)" = 4 ]
}

@test "so does make with the installed door" {
    mkdir -p an/other && cd an/other
    env -i PATH=/usr/bin:/bin make -f "$prefix/share/radmill/pipeline.mk" -j2 \
        DICOM_ROOT=../../dicom OUTDIR=o > log
    [ "$(wc -l < o/_RESULTS/radiomics.csv)" = 4 ]
    env -i PATH=/usr/bin:/bin make -f "$prefix/share/radmill/pipeline.mk" OUTDIR=o > log
    grep -q 'no work to do' log
}

@test "the installation may be moved" {
    cp -r "$prefix" "mo ved"
    "mo ved/bin/radmill" --dicom-root dicom --outdir moved-out > log
    [ "$(wc -l < moved-out/_RESULTS/radiomics.csv)" = 4 ]
}

@test "a program that links the installed library makes the radiomics of a course folder" {
    example=$BATS_TEST_DIRNAME/../../examples/features.c
    cc "$example" -I"$prefix/include" -L"$prefix/lib" -lradmill -lm -o features
    "$prefix/bin/radmill" --dicom-root dicom --outdir plain > log
    mkdir -p course/masks/Manual
    cp plain/P1/*/image.nii course/
    cp plain/P1/*/masks/Manual/*.nii.gz course/masks/Manual/
    printf 'custom_structures:\n  - {name: A5, operation: union, source_structures: [A], margin: 5}\n' > recipe.yaml
    LD_LIBRARY_PATH=$prefix/lib ./features --course course . recipe.yaml > log
    grep -q ',A5,' course/radiomics.csv
    [ "$(wc -l < course/radiomics.csv)" = "$(($(wc -l < plain/_RESULTS/radiomics.csv) + 1))" ]
    run env LD_LIBRARY_PATH="$prefix/lib" ./features --course nowhere .
    [ "$status" = 3 ]
}

@test "man pages, completion and licence are there" {
    for tool in $(make -s -C "$BATS_TEST_DIRNAME/../.." print-tools); do
        grep -q "^.TH $tool 1" "$prefix/share/man/man1/$tool.1"
        grep -q " $tool$" "$prefix/share/bash-completion/completions/$tool"
    done
    cmp "$prefix/share/doc/radmill/LICENSE" "$BATS_TEST_DIRNAME/../../LICENSE"
    make -s -f "$prefix/share/radmill/pipeline.mk" help | grep -q "DICOM_ROOT=DIR"
}

@test "uninstall leaves no file" {
    make -s -C "$BATS_TEST_DIRNAME/../.." BUILD="$RADMILL_BUILD" BIN="$RADMILL_BIN" \
        PREFIX=/opt/radmill DESTDIR="$PWD/stage" uninstall
    [ -z "$(find stage -type f -o -type l)" ]
}
