# Whole rows against pyradiomics: tests/reference/README.md.

setup() {
    export PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    reference=$BATS_TEST_DIRNAME/../reference
    cd "$BATS_TEST_TMPDIR"
}

make_case() { # WORDS...: image, mask kind | image ; mask
    local image=("${@:1:$#-1}") mask=("${@: -1}" "${@:2:$#-2}")
    if [[ " $* " == *" ; "* ]]; then
        image=() mask=()
        while [ "$1" != ";" ]; do image+=("$1") && shift; done
        mask=("${@:2}")
    fi
    make_volume image.nii "${image[@]}"
    make_volume mask.nii "${mask[@]}"
}

equals_reference() { # NAME...
    local name
    for name; do
        make_case $(sed -n '1s/^# //p' "$reference/$name.yaml")
        radfeat image.nii mask.nii --params "$reference/$name.yaml" -o row.csv
        rowdiff "$reference/$name.csv" row.csv 1e-9
    done
}

family() { # PREFIX: all rows whose names begin so
    local path names=()
    for path in "$reference/$1"*.yaml; do names+=("$(basename "$path" .yaml)"); done
    [ "${#names[@]}" -ge 2 ]
    equals_reference "${names[@]}"
}

@test "default settings" { equals_reference default; }
@test "CT: resampled, LoG, wavelet, two distances" { equals_reference ct; }
@test "MR: normalised, outliers cut, fixed count, weighted" { equals_reference mr; }
@test "oblique float image, resampled linearly, force2D" { equals_reference oblique; }
@test "resegmentation, point filters, gradient, LBP" { equals_reference filters; }
@test "pre-cropped, level-two biorthogonal wavelet, asymmetric counts" { equals_reference wavelet; }
@test "two axes, deprecated features" { equals_reference flat; }
@test "every class on every image type" { family types; }
@test "every interpolator" { family interpolator-; }
@test "every weighting norm" { family weighting-; }
@test "force2D along every axis" { family force2D-; }
@test "distances, gldm_a, asymmetric counts, fixed count, shift" { equals_reference textures count-flat; }
@test "regions of every kind" { family shape-; }
@test "resegmentation of every mode" { family resegment-; }
@test "pixel types" { equals_reference normalised bytes; }
@test "what NumPy stores for NaN into uint32" { family sparse-; }
@test "more wavelets" { family wavelet-; }
@test "masks on a grid of their own: corrected, resampled" { equals_reference corrected two-grids; }
@test "one slice, shape2D" { equals_reference section; }
@test "settings for one image type" { equals_reference overrides; }

@test "no row is left out" {
    for path in "$reference"/*.yaml; do
        name=$(basename "$path" .yaml)
        [ -s "$reference/$name.csv" ]
        grep -qE "(equals_reference .*\<$name\>|family ${name%%-*})" "$BATS_TEST_FILENAME"
    done
}
