#!/usr/bin/env bats
# libradmill as a stranger uses it: installed, found by pkg-config, linked by the programs of examples/.
bats_require_minimum_version 1.5.0

setup_file() {
    export PREFIX=$BATS_FILE_TMPDIR/prefix
    make -s install-library BUILD="$RADMILL_BUILD" PREFIX="$PREFIX"
    export PKG_CONFIG_PATH=$PREFIX/lib/pkgconfig LD_LIBRARY_PATH=$PREFIX/lib
    for example in examples/*.c; do
        cc -Wall -Werror "$example" $(pkg-config --cflags --libs radmill) -lm -o "$BATS_FILE_TMPDIR/$(basename "$example" .c)"
    done
}

@test "features: all default values, with diagnostics and progress" {
    run --separate-stderr "$BATS_FILE_TMPDIR/features"
    [ "$status" = 0 ]
    [[ ${lines[0]} = "radmill $(cat VERSION), 107 features" ]]
    # 4224 voxel centres lie within 10 mm of the ball's centre; 1 mm3 each
    [[ $output =~ original_shape_VoxelVolume\ +4224\ mm3\ YEKZ\ DHQ4 ]]
    [[ $output =~ "diagnostics_Mask-original_VoxelNum 4224" ]]
    [[ ${lines[-1]} = "107 values, 0 of them not defined, from original_shape_Elongation" ]]
    [[ $stderr =~ "of 107: glcm of original" ]]
}

@test "features: by a parameter file, whose faults are named" {
    cd "$BATS_TEST_TMPDIR"
    printf 'setting: {binWidth: 7}\nimageType: {Original: {}, LoG: {sigma: [2]}}\n' > p.yaml
    run --separate-stderr "$BATS_FILE_TMPDIR/features" p.yaml
    [ "$status" = 0 ]
    [[ ${lines[0]} =~ " 200 features" ]]
    printf 'setting: {binWith: 7}\n' > p.yaml
    run "$BATS_FILE_TMPDIR/features" p.yaml
    [ "$status" = 3 ]
    [[ $output = *'p.yaml:1: unknown setting "binWith": did you mean "binWidth"?' ]]
}

@test "images: filtered images, maps, one class as it is" {
    run "$BATS_FILE_TMPDIR/images"
    [ "$status" = 0 ]
    [ "$(grep -c '^image .*: 32 x 32 x 32 voxels' <<< "$output")" = 10 ]
    [ "$(grep -c '^map ' <<< "$output")" = 2 ]
    [[ $output =~ "glcm: 24 features" ]]
}

@test "lists: everything is there" {
    run "$BATS_FILE_TMPDIR/lists"
    [ "$status" = 0 ]
    [[ ${lines[0]} = "interface 2" ]]
    [[ $output =~ "class glcm: 28 features" ]]
    [[ $output =~ "filter LoG: " ]]
    [[ $output =~ "preset ct: " ]]
}

@test "the library exports radmill_* and nothing else, every entry of the header, each with a test" {
    run bash -c "nm -D --defined-only '$PREFIX/lib/libradmill.so' | awk '{print \$3}' | grep -v '^radmill_'"
    [ -z "$output" ]
    for entry in $(grep -v typedef lib/api/radmill.h | grep -oE '\bradmill_[a-z_]+\(' | tr -d '(' | sort -u); do
        nm -D --defined-only "$PREFIX/lib/libradmill.so" | grep " $entry\$"
        grep -rqw "$entry" tests/unit/api
        grep -rqw "$entry" examples
    done
}

@test "the engine needs libc, libm, threads and libyaml, and no file format" {
    run bash -c "readelf -d '$PREFIX/lib/libradmill.so' | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' |
        grep -vE '^(libc|libm|libpthread|ld-linux.*|libyaml-0)\.so'"
    [ -z "$output" ]
    run bash -c "nm -D --undefined-only '$PREFIX/lib/libradmill.so' |
        grep -iE 'json|nifti|znz|isal|dcm|itk|xlsx|sqlite|setlocale'"
    [ -z "$output" ]
}
