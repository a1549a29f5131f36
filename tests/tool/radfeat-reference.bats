# Whole rows against pyradiomics: tests/reference/README.md.

setup() {
    export PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    reference=$BATS_TEST_DIRNAME/../reference
    cd "$BATS_TEST_TMPDIR"
}

equals_reference() { # NAME
    local kind size mask
    read -r kind size < <(sed -n '1s/^# //p' "$reference/$1.yaml")
    mask=${size##* }
    size=${size% *}
    make_volume image.nii $kind $size
    make_volume mask.nii $mask $size
    radfeat image.nii mask.nii --params "$reference/$1.yaml" -o row.csv
    rowdiff "$reference/$1.csv" row.csv 1e-9
}

@test "default settings" { equals_reference default; }
@test "CT: resampled, LoG, wavelet, two distances" { equals_reference ct; }
@test "MR: normalised, outliers cut, fixed count, weighted" { equals_reference mr; }
@test "oblique float image, resampled linearly, force2D" { equals_reference oblique; }
@test "resegmentation, point filters, gradient, LBP" { equals_reference filters; }
@test "pre-cropped, level-two biorthogonal wavelet, asymmetric counts" { equals_reference wavelet; }
@test "two axes, deprecated features" { equals_reference flat; }
