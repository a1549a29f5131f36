#!/usr/bin/env bats
# libradmill as a stranger uses it: installed, found by pkg-config, linked by a program of examples/.

setup_file() {
    export PREFIX=$BATS_FILE_TMPDIR/prefix
    make -s install-library BUILD="$RADMILL_BUILD" PREFIX="$PREFIX"
    export PKG_CONFIG_PATH=$PREFIX/lib/pkgconfig LD_LIBRARY_PATH=$PREFIX/lib
    cc -Wall -Werror examples/features.c $(pkg-config --cflags --libs radmill) -lm -o "$BATS_FILE_TMPDIR/features"
}

@test "the example computes all default features" {
    run "$BATS_FILE_TMPDIR/features"
    [ "$status" = 0 ]
    [[ ${lines[0]} = "radmill $(cat VERSION), 107 features" ]]
    # 4224 voxel centres lie within 10 mm of the ball's centre; 1 mm3 each
    [[ $output =~ original_shape_VoxelVolume\ +4224$'\n' ]]
}

@test "the library exports radmill_* and nothing else" {
    run bash -c "nm -D --defined-only '$PREFIX/lib/libradmill.so' | awk '{print \$3}' | grep -v '^radmill_'"
    [ -z "$output" ]
}
