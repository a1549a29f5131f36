# boolstruct: masks from masks. The masks are shapes of known size on a 64 x 64 x 24 grid.

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    "$RADMILL_BUILD/tests/gen/make_dicom" --masks Manual --roi PTV "sphere:0,0,0,18" \
        --roi Bladder "sphere:0,-20,9,14" --roi Rectum "tube:0,24,0,9,48" --roi "odd name" "box:0,0,0,8,8,9" \
        --roi Nothing empty
    "$RADMILL_BUILD/tests/gen/make_dicom" --masks AutoRTS_total --roi urinary_bladder "sphere:0,-20,9,13" \
        --roi total--colon "box:0,20,0,8,8,9" --roi PTV "box:0,0,0,8,8,9"
    "$RADMILL_BUILD/tests/gen/make_dicom" --masks other --size 32x32x24 --roi PTV "sphere:0,0,0,18"
}

setup() {
    cd "$BATS_FILE_TMPDIR"
    PATH=$RADMILL_BIN:$PATH
    out=$BATS_TEST_TMPDIR
}

# The voxels of an uncompressed mask; its header with radmill's extension comes first.
voxels() { # FILE
    tail -c $((64 * 64 * 24)) "$1" | tr -d '\0' | wc -c
}

make_one() { # EXPR
    boolstruct -e "$1" --masks Manual AutoRTS_total -o "$out/x.nii"
}

same() { # EXPR EXPR
    make_one "$1"
    mv "$out/x.nii" "$out/y.nii"
    make_one "$2"
    cmp "$out/x.nii" "$out/y.nii"
}

value() { # NAME KEY: of masks.json
    awk -v name="\"$1\"," -v key="\"$2\":" '$1 == "\"name\":" { on = $2 == name }
        on && $1 == key { sub(/,$/, ""); sub(/^[^:]*: /, ""); print; exit }' "$out/C/masks.json"
}

recipe() {
    printf 'custom_structures:\n' > "$out/r.yaml"
    printf '%s\n' "$@" >> "$out/r.yaml"
}

build() {
    run boolstruct --recipe "$out/r.yaml" --masks Manual AutoRTS_total -o "$out/C"
}

@test "A minus A is empty" {
    make_one 'PTV - PTV'
    [ "$(voxels "$out/x.nii")" = 0 ]
}

@test "identities of sets hold byte for byte" {
    same 'PTV ^ Bladder' '(PTV | Bladder) - (PTV & Bladder)'
    same 'PTV - Bladder - Rectum' 'PTV - (Bladder | Rectum)'
    same 'PTV & Bladder' 'PTV - (PTV - Bladder)'
}

@test "& binds before - and ^, those before |, a margin before all" {
    same 'PTV | Rectum - Bladder & PTV' 'PTV | (Rectum - (Bladder & PTV))'
    same 'PTV - Bladder +5mm' 'PTV - (Bladder +5mm)'
    same 'PTV-Bladder-Rectum' '(PTV - Bladder) - Rectum'
    same 'PTV - 5mm' 'PTV -{ant:5,post:5,left:5,right:5,sup:5,inf:5}mm'
}

@test "a margin of 0 changes nothing; a margin grows and shrinks" {
    same 'PTV + 0mm' 'PTV'
    make_one 'PTV'; own=$(voxels "$out/x.nii")
    make_one 'PTV + 4mm'; [ "$(voxels "$out/x.nii")" -gt "$own" ]
    make_one 'PTV - 4mm'; [ "$(voxels "$out/x.nii")" -lt "$own" ]
}

@test "the spacing of a NIfTI file is single precision: three voxels of 1.1 mm are within 3.3 mm" {
    mkdir -p "$BATS_TEST_TMPDIR/fine"
    "$RADMILL_BUILD/tests/gen/make_volume" "$BATS_TEST_TMPDIR/fine/B.nii" ball 24 24 24 1.1 1.1 1.1
    sizes() {
        for margin in "$@"; do
            boolstruct -e "B $margin" --masks "$BATS_TEST_TMPDIR/fine" -o "$BATS_TEST_TMPDIR/grown.nii"
            tail -c $((24 * 24 * 24)) "$BATS_TEST_TMPDIR/grown.nii" | tr -d '\0' | wc -c
        done
    }
    for sign in + -; do
        for side in '' left: ant: sup:; do
            reached=($(sizes "$sign {${side:-left:3.3,right:3.3,ant:3.3,post:3.3,inf:3.3,sup:}3.3}mm" \
                "$sign {${side:-left:3.301,right:3.301,ant:3.301,post:3.301,inf:3.301,sup:}3.301}mm" \
                "$sign {${side:-left:3.299,right:3.299,ant:3.299,post:3.299,inf:3.299,sup:}3.299}mm"))
            [ "${reached[0]}" = "${reached[1]}" ]
            [ "${reached[0]}" != "${reached[2]}" ]
        done
    done
}

@test "a box of 4 x 4 x 4 voxels moves its anterior border alone" {
    make_one '"odd name"'; [ "$(voxels "$out/x.nii")" = 64 ]
    make_one '"odd name" + {ant:4}mm'; [ "$(voxels "$out/x.nii")" = $((4 * 6 * 4)) ]
    make_one '"odd name" - {ant:4}mm'; [ "$(voxels "$out/x.nii")" = $((4 * 2 * 4)) ]
    make_one '"odd name" + {sup:3,inf:6}mm'; [ "$(voxels "$out/x.nii")" = $((4 * 4 * 7)) ]
}

@test "the same bytes go to a file and to a pipe" {
    make_one 'PTV - Bladder'
    boolstruct -e 'PTV - Bladder' --masks Manual --masks AutoRTS_total -o - | cmp - "$out/x.nii"
}

@test "one mask comes by a pipe, as often as the expression names it, and leaves by one" {
    make_one '(PTV +4mm) - PTV'
    gzip -dc Manual/PTV.nii.gz | boolstruct -e '(stdin +4mm) - stdin' --masks - -o - > "$out/y.nii"
    [ "$(voxels "$out/y.nii")" = "$(voxels "$out/x.nii")" ]
    "$RADMILL_BUILD/tests/gen/voldiff" "$out/x.nii" "$out/y.nii" mask
    boolstruct -e PTV --masks Manual -o - | boolstruct -e '(stdin +4mm) - Manual/PTV' --masks - Manual -o - |
        boolstruct -e 'stdin ^ ((Manual/PTV +4mm) - Manual/PTV)' --masks Manual - -o "$out/z.nii"
    [ "$(voxels "$out/z.nii")" = 0 ]
    run boolstruct -e stdin --masks - -o "$out/w.nii" < /dev/null
    [ "$status" = 3 ]
    [ ! -e "$out/w.nii" ]
}

@test "a mask on stdin is named stdin; where the - belongs is said" {
    gzip -dc Manual/PTV.nii.gz > "$out/ptv.nii"
    for wrong in "- -o $out/w.nii" "-o $out/w.nii -" "-o $out/w.nii --resample -"; do
        run boolstruct -e stdin $wrong < "$out/ptv.nii"
        [ "$status" = 2 ]
        [ "${lines[0]}" = "boolstruct: error: unexpected operand -: did you mean --masks -?" ]
    done
    run boolstruct -e stdin -o "$out/w.nii" < "$out/ptv.nii"
    [ "$status" = 2 ]
    [ "${lines[0]}" = "boolstruct: error: no masks: say --masks DIR, --masks FILE or --masks -" ]
    [[ $output == *"boolstruct -e EXPR --masks DIR|FILE|-... -o FILE|-"* ]]
    run boolstruct -e PTV --masks - -o "$out/w.nii" < "$out/ptv.nii"
    [ "$status" = 3 ]
    [[ $output == *'no structure is named "PTV"; the mask on standard input is named stdin'* ]]
    run boolstruct -e stdin --masks Manual -o "$out/w.nii" < "$out/ptv.nii"
    [ "$status" = 3 ]
    [[ $output != *"on standard input"* ]]
    [ ! -e "$out/w.nii" ]
    boolstruct -e stdin --masks - -o "$out/w.nii" < "$out/ptv.nii"
    "$RADMILL_BUILD/tests/gen/voldiff" "$out/w.nii" "$out/ptv.nii" mask
    [[ $(boolstruct --help | tr -s ' \n' ' ') == *"- is one mask on standard input, which expressions and recipes call stdin"* ]]
}

# In recipes too.
@test "a recipe builds on the mask on stdin" {
    printf 'custom_structures:\n  - {name: ring, operation: subtract, source_structures: [stdin, Bladder]}\n' > "$out/r.yaml"
    gzip -dc Manual/PTV.nii.gz | boolstruct --recipe "$out/r.yaml" --masks - Manual -o "$out/y.nii"
    make_one 'PTV - Bladder'
    "$RADMILL_BUILD/tests/gen/voldiff" "$out/x.nii" "$out/y.nii" mask
}

# The same boxes on the voxels of a grid with two axes flipped, and with all three exchanged.
@test "masks with axes in another order are put right, exactly" {
    local make="$RADMILL_BUILD/tests/gen/make_dicom"
    cd "$out"
    "$make" -o img --masks straight --size 40x40x12 --roi A box:8,2,-3,20,12,18
    dcm2nii-course img -o image.nii
    "$make" --masks flipped --position HFP --size 40x40x12 --roi A box:-8,-2,-3,20,12,18
    "$make" --masks turned --orientation sagittal --size 40x12x40 --spacing 2,3,2 --roi A box:2,3,-8,12,18,20
    for other in flipped turned; do
        boolstruct -e "straight/A ^ $other/A" --masks straight $other -o x.nii
        [ "$(tail -c 19200 x.nii | tr -d '\0' | wc -c)" = 0 ]
        # margins are in patient directions, whatever the order of the axes
        boolstruct -e 'A +{ant:5,post:0,left:3,right:2,sup:4,inf:0}mm' --masks $other -o grown.nii
        boolstruct -e 'straight/A +{ant:5,post:0,left:3,right:2,sup:4,inf:0}mm ^ grown' \
            --masks straight grown.nii --reference image.nii -o x.nii
        [ "$(tail -c 19200 x.nii | tr -d '\0' | wc -c)" = 0 ]
        boolstruct -e 'A +{ant:5,post:0,left:3,right:2,sup:4,inf:0}mm' --masks straight -o x.nii
        [ "$(tail -c 19200 x.nii | tr -d '\0' | wc -c)" = 628 ]
        radfeat image.nii $other/A.nii.gz --format long | grep -v '^[^,]*,diagnostics' > $other.csv
        radfeat image.nii straight/A.nii.gz --format long | grep -v '^[^,]*,diagnostics' | cmp - $other.csv
    done
    boolstruct -e A --masks turned -o - | radfeat image.nii - --format long | grep -v '^[^,]*,diagnostics' | cmp - turned.csv
    run radfeat image.nii "$BATS_FILE_TMPDIR/Manual/PTV.nii.gz"
    [ "$status" = 3 ]
    [[ $output == *"mask"* ]]
}

@test "names: exact first, Manual first, normalised, by source" {
    make_one PTV; [ "$(voxels "$out/x.nii")" -gt 64 ]
    make_one AutoRTS_total/PTV; [ "$(voxels "$out/x.nii")" = 64 ]
    make_one colon; [ "$(voxels "$out/x.nii")" = 64 ]
    same 'ptv' 'Manual/PTV'
}

@test "an unknown name is refused with the nearest one and a reminder of quotes" {
    run make_one 'PTV - Blader'
    [ "$status" = 3 ]
    [[ $output == *'did you mean "Bladder"'*'double quotes'* ]]
}

@test "broken expressions say where" {
    for wrong in 'PTV -' '(PTV' 'PTV)' 'PTV Rectum' 'PTV + 5' 'PTV + {up:5}mm' '3x' '"PTV' '' 'odd name'; do
        run make_one "$wrong"
        [ "$status" = 2 ]
        [[ $output == *character* ]]
    done
}

@test "another grid is refused unless asked" {
    run boolstruct -e 'other/PTV | Manual/PTV' --masks Manual other -o "$out/x.nii"
    [ "$status" = 3 ]
    [[ $output == *grid* ]]
    boolstruct -e 'other/PTV | Manual/PTV' --masks Manual other --resample -o "$out/x.nii"
}

@test "an output that is an input is refused" {
    cp -r Manual "$out/M"
    run boolstruct -e PTV --masks "$out/M" -o "$out/M/PTV.nii.gz"
    [ "$status" = 2 ]
}

@test "structures may come in any order" {
    recipe '  - {name: ring, operation: subtract, source_structures: [big, PTV]}' \
        '  - {name: big, operation: union, source_structures: [PTV], margin: {uniform_mm: 8}}'
    build
    [ "$status" = 0 ]
    boolstruct -e 'PTV + 8mm - PTV' --masks Manual -o "$out/x.nii.gz"
    cmp "$out/x.nii.gz" "$out/C/ring.nii.gz"
    [ "$(value ring partial)" = false ]
}

@test "a circle is an error that names its members" {
    recipe '  - {name: a, source_structures: [b]}' '  - {name: b, source_structures: [c]}' \
        '  - {name: c, source_structures: [a]}'
    build
    [ "$status" = 3 ]
    [[ $output == *'"a" -> "b" -> "c" -> "a"'* ]]
}

@test "a missing or empty source: a union is partial, the rest refuse, heirs inherit" {
    recipe '  - {name: u, operation: union, source_structures: [PTV, nowhere]}' \
        '  - {name: heir, operation: subtract, source_structures: [u, Rectum]}' \
        '  - {name: e, operation: union, source_structures: [PTV, Nothing]}' \
        '  - {name: i, operation: intersection, source_structures: [PTV, nowhere]}' \
        '  - {name: s, operation: subtract, source_structures: [PTV, Nothing]}' \
        '  - {name: x, operation: xor, source_structures: [nowhere, PTV]}'
    build
    [ "$status" = 0 ]
    for name in u heir e; do
        [ "$(value $name partial)" = true ]
        [ -e "$out/C/$name.nii.gz" ]
    done
    for name in i s x; do
        [[ $(value $name reason) == *"without one of its sources"* ]]
        [ "$(value $name voxels)" = 0 ]
        [ ! -e "$out/C/$name.nii.gz" ]
    done
}

@test "an ambiguous name is refused, and takes nothing else with it" {
    cp -r Manual "$out/Manual"
    cp "$out/Manual/Rectum.nii.gz" "$out/Manual/r_x.nii.gz"
    cp "$out/Manual/Rectum.nii.gz" "$out/Manual/R-X.nii.gz"
    recipe '  - {name: a, source_structures: [rx]}' '  - {name: b, source_structures: [PTV]}'
    run boolstruct --recipe "$out/r.yaml" --masks "$out/Manual" -o "$out/C"
    [ "$status" = 3 ]
    [[ $(value a reason) == *"Manual/R-X, Manual/r_x"* ]]
    [ -e "$out/C/b.nii.gz" ]
}

@test "--structure builds one of a recipe" {
    recipe '  - {name: a b, source_structures: [c]}' '  - {name: c, source_structures: [PTV]}'
    boolstruct --recipe "$out/r.yaml" --masks Manual -o "$out/x.nii" --structure 'a b'
    make_one PTV
    [ "$(voxels "$out/x.nii")" -gt 0 ]
    run boolstruct --recipe "$out/r.yaml" --masks Manual -o "$out/x.nii" --structure d
    [ "$status" = 3 ]
}

@test "--list prints names, minted names and sources" {
    recipe '  - {name: a b, source_structures: [c, d], operation: union}'
    run boolstruct --recipe "$out/r.yaml" --list
    [[ $output == "a b"$'\t'ab-????????$'\t'"c, d" ]]
}

@test "a broken recipe is refused with its line" {
    for wrong in '{name: a, source_structures: [b], margins: 5}' '{name: a}' '{source_structures: [b]}' \
        '{name: a, source_structures: [b], operation: minus}' '{name: a, source_structures: [b], margin: wide}' \
        '{name: a, source_structures: [b], margin: {left_mm: 3, right_mm: -3}}' \
        '{name: a, source_structures: [b], margin: {left_mm: 3, uniform_mm: 5}}' '{name: a, source_structures: [b, c]}'; do
        recipe "  - $wrong"
        build
        [ "$status" = 3 ]
        [[ $output == *r.yaml:2:* ]]
    done
}

@test "a second run leaves equal files untouched, and removes masks that are no more" {
    recipe '  - {name: a, source_structures: [PTV]}'
    build
    touch -d 2001-01-01 "$out/C/a.nii.gz"
    build
    [ "$(date -r "$out/C/a.nii.gz" +%Y)" = 2001 ]
    recipe '  - {name: a, source_structures: [nowhere]}'
    build
    [ ! -e "$out/C/a.nii.gz" ]
}
