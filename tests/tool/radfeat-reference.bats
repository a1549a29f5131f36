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

floats() { # FILE OFFSET BYTES: single-precision numbers of a header, on one line
    od -v -A n -t f4 -w"$3" -j "$2" -N "$3" "$1"
}

corner() { # FILE: the x, y and z where a volume begins
    local offset
    for offset in 292 308 324; do floats "$1" $offset 4; done | tr '\n' ' '
}

# voxels MAP: a line NAME X Y Z,VALUE for each voxel that has a value; X Y Z is its place in image.nii.
voxels() {
    od -v -A n -t f8 -w8 -j "$(floats "$1" 108 4 | tr -d ' ')" "$1" |
        awk -v name="$(basename "${1#*Case-1_}" .nii)" -v size="$(od -A n -t d2 -j 42 -N 4 "$1")" \
            -v step="$(floats image.nii 80 12)" -v from="$(corner image.nii)" -v to="$(corner "$1")" '
        function place(axis, at,   moved) {
            moved = (t[axis] - f[axis]) / s[axis]
            return at + int((moved < 0 ? -moved : moved) + 0.5) # files count x and y the other way
        }
        BEGIN { split(size, n, " "); split(step, s, " "); split(from, f, " "); split(to, t, " ") }
        $1 !~ /nan/ {
            i = NR - 1
            print name, place(1, i % n[1]), place(2, int(i / n[1]) % n[2]), place(3, int(i / n[1] / n[2])) "," $1
        }'
}

maps_as_row() { # FILE...
    local file
    for file; do voxels "$file"; done |
        awk -F, '{ head = head comma $1; row = row comma $2; comma = "," } END { print head; print row }'
}

measure() { # PARAMS: row.csv of image.nii and mask.nii
    if grep -q '^voxelSetting:' "$1"; then
        radfeat --mode voxel image.nii mask.nii --params "$1" --map-format nii --out-dir maps -o maps.csv
        maps_as_row $(tail -n 1 maps.csv | tr , '\n' | grep '^maps/') > row.csv
    else
        radfeat image.nii mask.nii --params "$1" -o row.csv
    fi
}

equals_reference() { # NAME...
    local name
    for name; do
        make_case $(sed -n '1s/^# //p' "$reference/$name.yaml")
        measure "$reference/$name.yaml"
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
@test "sums in the order of NumPy's memory, where round-off decides" { family order-; }
@test "distances, gldm_a, asymmetric counts, fixed count, shift" { equals_reference textures count-flat; }
@test "regions of every kind" { family shape-; }
@test "resegmentation of every mode" { family resegment-; }
@test "pixel types" { equals_reference normalised bytes; }
@test "what NumPy stores for NaN into uint32" { family sparse-; }
@test "more wavelets" { family wavelet-; }
@test "masks on a grid of their own: corrected, resampled" { equals_reference corrected two-grids; }
@test "one slice, shape2D" { equals_reference section; }
@test "settings for one image type" { equals_reference overrides; }

@test "the kinds of pyradiomics' example files" { family documented-; }
@test "maps of every class, voxel for voxel" { family maps; }

@test "no row is left out" {
    for path in "$reference"/*.yaml; do
        name=$(basename "$path" .yaml)
        [ -s "$reference/$name.csv" ]
        grep -qE "(equals_reference .*\<$name\>|family ${name%%-*})" "$BATS_TEST_FILENAME"
    done
}
