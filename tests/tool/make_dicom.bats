# The generator of DICOM fixtures: the same words give the same bytes, and what it writes is DICOM to
# others too (DCMTK's dcmdump; dcm2niix, where it is installed).

setup() {
    cd "$BATS_TEST_TMPDIR"
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
}

# What every series of these tests has: a body that no flip or turn maps onto itself.
body() {
    make_dicom --size 20x16x8 --spacing 2,2.5,4 --centre 12.5,-80,333 --pattern constant:0 --intercept 0 \
        --roi R "box:8,4,-6,16,10,16 box:-12,-9,10,8,6,8 hu=100" "$@"
}

every_kind() { # FOLDER
    body -o "$1/ct" --structure-set "$1/rs" --seg "$1/seg" --masks "$1/masks"
    body -o "$1/mr" --modality MR --enhanced --syntax deflated
    body -o "$1/pt" --modality PT --pixel float --slope-step 0.1 --series 2
    body -o "$1/rle" --syntax rle --shuffle --seg "$1/fractional" --seg-type FRACTIONAL
    body -o "$1/odd" --fault missing=2 --fault localizer --fault truncate=3,1000 --fault tilt=5
    body -o "$1/oblique" --orientation oblique:10,20,30 --syntax jpegls
    make_dicom --cohort "$1/cohort"
}

@test "the same words give the same bytes" {
    every_kind a
    sleep 1.1 # a clock would show
    TZ=Asia/Tokyo MALLOC_PERTURB_=85 every_kind b # nor memory that nobody set
    diff -r a b
    [ "$(find a -type f | wc -l)" -gt 100 ]
}

@test "other words give other identifiers" {
    body -o a --structure-set a.dcm
    body -o b --structure-set b.dcm --series 2
    uid() { dcmdump +P "$2" "$1" | sed 's/.*\[\(.*\)\].*/\1/'; }
    command -v dcmdump > /dev/null || skip "no dcmdump"
    [ "$(uid a/CT0000.dcm 0020,000d)" = "$(uid b/CT0000.dcm 0020,000d)" ]
    [ "$(uid a/CT0000.dcm 0020,000e)" != "$(uid b/CT0000.dcm 0020,000e)" ]
    [ "$(uid a/CT0000.dcm 0008,0018)" != "$(uid b/CT0000.dcm 0008,0018)" ]
    [ "$(cat a/* b/* | wc -c)" -gt 0 ]
    [ "$(for f in a/* b/* a.dcm b.dcm; do uid $f 0008,0018; done | sort -u | wc -l)" = 18 ]
}

@test "DCMTK's dcmdump reads every file, strictly" {
    command -v dcmdump > /dev/null || skip "no dcmdump"
    every_kind a
    rm -r a/odd a/masks a/cohort/auto a/cohort/custom_structures.yaml a/cohort/dicom/PROSTATE-01/readme.txt
    find a -type f | while read -r file; do
        dcmdump +Ep "$file" > said 2>&1 || { echo "$file"; head said; false; }
        ! grep -E '^[EW]:' said || { echo "$file"; false; }
    done
}

@test "an unknown word, a value that is none, an item that is not there: status 2" {
    for words in "--nonsense" "--size 3x3" "--roi R cube:1,2,3 -o x" "--fault surprise -o x" \
        "--set rs:NoSuchTag=1 --structure-set x" "--set rs:ROIContourSequence[x].ROINumber=1 --structure-set x"; do
        run make_dicom $words
        [ "$status" = 2 ] || { echo "$words: $status $output"; return 1; }
    done
}

# dcm2niix keeps axes in an order of its own: boolstruct puts the body's voxels into radmill's.
lands_alike() { # OPTION OF make_dicom...
    rm -rf in other truth image.* x.nii
    body -o in --masks truth "$@"
    dcm2nii-course in -o image.nii
    mkdir other
    dcm2niix -z n -b n -f out -o other in > said || { cat said; return 1; }
    boolstruct -e out --masks other/out.nii --reference image.nii -o x.nii
    voldiff x.nii truth/R.nii.gz mask
    voldiff image.nii x.nii mask
}

@test "dcm2niix and radmill put every orientation and position at the same place" {
    command -v dcm2niix > /dev/null || skip "no dcm2niix"
    for orientation in axial sagittal coronal oblique:10,20,30 oblique:-70,15,100; do
        lands_alike --orientation $orientation || { echo "$orientation"; return 1; }
    done
    for position in HFS HFP FFS FFP HFDR HFDL FFDR FFDL; do
        lands_alike --position $position || { echo "$position"; return 1; }
    done
}
