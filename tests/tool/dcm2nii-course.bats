# Scan and conversion: which files make courses, which structure sets are used, what is said of the
# rest. Single odd inputs are tests/odd.

load dicom.bash

setup() {
    cd "$BATS_TEST_TMPDIR"
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    mkdir root
}

# A small series of a patient in root, and its structure set with options of its own.
series() { # FOLDER OPTIONS...
    local folder=$1
    shift
    make_dicom -o "root/$folder" --size 8x8x4 "$@"
}
structures() { # FILE OPTIONS...
    local file=$1
    shift
    make_dicom --structure-set "root/$file" --size 8x8x4 --roi GTV sphere:0,0,0,5 "$@"
}

scan() { dcm2nii-course --scan root -o m.json "$@"; }

courses() { grep -c '"course_dir"' m.json || true; }
rois() { grep -c '"segmentation_source"' m.json || true; }

# The left_out entries on one line each: kind|path|patient|name|reason.
left_out() {
    sed -n '/"left_out"/,$p' m.json | tr -d '\n' |
        sed 's/{ *"kind"/\n&/g' | sed -n 's/.*"kind": "\([^"]*\)", *"path": "\([^"]*\)", *"patient_id": "\([^"]*\)", *"course_id": "[^"]*", *"name": "\([^"]*\)", *"reason": "\([^"]*\)".*/\1|\2|\3|\4|\5/p'
}
says() { left_out | grep -q "$1" || { left_out; return 1; }; }

@test "a series and its structure set are a course" {
    series ct
    structures rs.dcm
    scan
    [ "$(courses)" = 1 ]
    [ "$(json m.json course_dir)" = "$(json m.json patient_dir)/$(json m.json id)" ]
    [[ $(json m.json id) =~ ^2020-01_CT_[0-9a-f]{6}$ ]]
    [ "$(rois)" = 1 ]
    [ -z "$(left_out)" ]
    [ "$(grep -c '"path": "ct/' m.json)" = 4 ]
    [ "$(json m.json root)" = "$PWD/root" ]
}

@test "any layout and any names: a flat folder without extensions" {
    series . --shuffle
    structures "the structures of P1"
    scan
    [ "$(courses) $(rois)" = "1 1" ]
}

@test "slices are listed in the order of their positions" {
    series ct --shuffle
    scan
    dcm2nii-course --manifest m.json -o a
    dcm2nii-course root/ct -o b.nii
    cmp a/image.nii b.nii
    cmp a/image.json b.json
}

@test "the course id depends on the series alone" {
    series ct
    scan
    id=$(json m.json id)
    series other --series 2 --patient P2
    series more --series 3
    scan
    grep -q "\"id\": \"$id\"" m.json
    [ "$(courses)" = 3 ]
}

@test "a structure set whose series is not there is left out, and so are its ROIs" {
    series ct --series 2
    structures rs.dcm --series 1
    scan
    [ "$(rois)" = 0 ]
    says 'structure_set|rs.dcm|P1|made|the series that it refers to is not there'
    says 'roi|rs.dcm|P1|GTV|its structure set was left out: the series that it refers to is not there'
}

@test "a larger series does not attract the structure set of a smaller one" {
    series small --series 1
    make_dicom -o root/large --size 8x8x40 --series 2
    structures rs.dcm --series 1
    scan
    [ "$(courses) $(rois)" = "1 1" ]
    grep -q '"path": "small/' m.json
    says 'series|large/.*|no structure set refers to this series'
    [ "$(sed -n '/"left_out"/,$p' m.json | grep -c '^ *"large/')" = 40 ]
}

@test "without references: study and frame of reference, when they leave one series" {
    series ct
    structures rs.dcm --no-references
    scan
    [ "$(courses) $(rois)" = "1 1" ]
}

@test "without references: two series of one frame of reference are one too many" {
    series a --series 1
    series b --series 2
    structures rs.dcm --no-references
    scan
    [ "$(rois)" = 0 ]
    says 'structure_set|rs.dcm|.*2 series share its study and frame of reference'
}

@test "a structure set of another patient is not used" {
    series ct --patient P1
    structures rs.dcm --patient P1 --set rs:PatientID=P2
    scan
    [ "$(rois)" = 0 ]
    says "structure_set|rs.dcm|P2|made|it is of patient 'P2', the series that it refers to is of patient 'P1'"
}

@test "a structure set in another frame of reference is not used" {
    series ct --set '*:FrameOfReferenceUID=1.2.3'
    structures rs.dcm --absent 'rs:ROIContourSequence[*].ContourSequence[*].ContourImageSequence'
    scan
    [ "$(rois)" = 0 ]
    says 'its coordinates are in frame of reference .*, its series is in 1.2.3'
}

@test "patients with and without structure sets, each by itself" {
    series p1/a --patient P1 --series 1
    series p1/b --patient P1 --series 2
    structures p1/rs.dcm --patient P1 --series 1
    series p2/a --patient P2 --series 1
    series p2/b --patient P2 --series 2
    scan
    [ "$(courses) $(rois)" = "3 1" ]
    [ "$(left_out | grep -c '^series|')" = 1 ]
}

@test "the newest structure set is used, or all" {
    series ct
    structures old.dcm --structure-date 20200101 --structure-label old
    structures new.dcm --structure-date 20200102 --structure-label new
    scan
    [ "$(rois)" = 1 ]
    grep -q '"path": "new.dcm"' m.json
    says 'structure_set|old.dcm|P1|old|superseded: new.dcm (20200102 '
    left_out | grep -q '^structure_set|old.dcm|.* is newer than this (20200101 '
    says 'roi|old.dcm|P1|GTV|its structure set was left out'
    scan --structure-sets all
    [ "$(rois)" = 2 ]
    [ "$(sed -n '/^      "rois"/,/\]/ s/^ *"roi_id": "\(.*\)",/\1/p' m.json | sort -u | wc -l)" = 2 ]
}

@test "the time decides between two structure sets of one day" {
    series ct
    structures a.dcm --structure-time 115959 --structure-label earlier
    structures b.dcm --structure-time 120000.5 --structure-label later
    scan
    grep -q '"label": "later"' m.json
    [ "$(rois)" = 1 ]
}

# Neither file may be called newer: what decided is said.
@test "of two structure sets of one date and time the SOP Instance UID decides, and is said to" {
    series ct
    structures a.dcm --structure-date 20200101 --structure-time 120000 --structure-label a --set "rs:SOPInstanceUID=2.25.5"
    for time in 120000 120000.000 12:00:00 1200; do
        structures b.dcm --structure-date 2020.01.01 --structure-time "$time" --structure-label b \
            --set "rs:SOPInstanceUID=2.25.9"
        scan
        [ "$(rois)" = 1 ]
        grep -q '"label": "b"' m.json
        left_out | grep -q "^structure_set|a.dcm|.*superseded: b.dcm is of the same date and time as this (20200101 120000); the SOP Instance UIDs decide"
        [ "$(grep -c newer m.json)" = 0 ]
    done
    structures b.dcm --structure-date 2020.01.01 --structure-time 120000 --structure-label b \
        --set "rs:SOPInstanceUID=2.25.1"
    scan
    grep -q '"label": "a"' m.json
    left_out | grep -q "^structure_set|b.dcm|.*superseded: a.dcm is of the same date and time"
}

@test "of two structure sets one has no date, or no time" {
    local bare=(--absent rs:ContentDate --absent rs:ContentTime)
    series ct
    structures a.dcm --structure-date 20200101 --structure-time 000000 --set "rs:SOPInstanceUID=2.25.1"
    structures b.dcm --structure-date 20200101 --set "rs:SOPInstanceUID=2.25.9" --set rs:StructureSetTime= "${bare[@]}"
    scan
    left_out | grep -q "^structure_set|b.dcm|.*superseded: a.dcm (20200101 000000) has a time, this has none (20200101, no time)"
    structures b.dcm --set "rs:SOPInstanceUID=2.25.9" --set rs:StructureSetDate= --structure-time 120000 "${bare[@]}"
    scan
    left_out | grep -q "^structure_set|b.dcm|.*superseded: a.dcm (20200101 000000) has a date, this has none (no date 120000)"
    structures a.dcm --set rs:StructureSetDate= --structure-time 130000 "${bare[@]}"
    scan
    left_out | grep -q "^structure_set|b.dcm|.*superseded: a.dcm (no date 130000) has a later time than this (no date 120000)"
}

@test "dates of old writers are compared as dates" {
    series ct
    structures a.dcm --structure-date 2020.01.10 --structure-label later
    structures b.dcm --structure-date 20200109 --structure-label earlier
    scan
    grep -q '"label": "later"' m.json
    left_out | grep -q "^structure_set|b.dcm|.*a.dcm (2020.01.10 .* is newer than this (20200109 "
}

@test "a structure set and a segmentation of one series are both used" {
    series ct
    structures rs.dcm
    make_dicom --seg root/seg.dcm --size 8x8x4 --roi Organ sphere:0,0,0,6
    scan
    [ "$(rois)" = 2 ]
    grep -q '"kind": "SEG"' m.json
}

@test "a second copy of a structure set is said to be one" {
    series ct
    structures rs.dcm
    cp root/rs.dcm root/zz.dcm
    scan
    [ "$(rois)" = 1 ]
    says 'file|zz.dcm|P1|made|second copy of a SOP instance: rs.dcm'
}

@test "ROIs of one name, and names that differ by case, have ids of their own" {
    series ct
    make_dicom --structure-set root/rs.dcm --size 8x8x4 --roi GTV sphere:0,0,0,5 \
        --roi gtv sphere:0,0,0,4 --roi 'a/b' sphere:0,0,0,4 --roi GTV sphere:0,0,0,3
    scan
    [ "$(sed -n '/^      "rois"/,/\]/ s/^ *"roi_id": "\([A-Za-z0-9][A-Za-z0-9._-]*\)",/\1/p' m.json |
        tr A-Z a-z | sort -u | wc -l)" = 4 ]
}

@test "an ROI without contours is an ROI with none" {
    series ct
    structures rs.dcm --roi None 'sphere:0,0,0,4 empty'
    scan
    [ "$(rois)" = 2 ]
    grep -q '"contours": 0' m.json
}

@test "everything else is listed with its reason" {
    series ct
    structures rs.dcm
    series report --series 9 --set '*:SOPClassUID=1.2.840.10008.5.1.4.1.1.88.11' --set '*:Modality=SR'
    make_dicom -o root/plan --size 8x8x1 --series 8 --set '*:SOPClassUID=1.2.840.10008.5.1.4.1.1.481.5' \
        --set '*:Modality=RTPLAN'
    make_dicom -o root/dose --size 8x8x1 --series 7 --set '*:SOPClassUID=1.2.840.10008.5.1.4.1.1.481.2' \
        --set '*:Modality=RTDOSE'
    make_dicom -o root/index --size 8x8x1 --series 6 --set '*:SOPClassUID=1.2.840.10008.1.3.10' --set '*:Modality='
    echo hello > root/README
    : > root/empty
    printf 'PK\003\004zip' > root/a.zip
    scan
    [ "$(courses) $(rois)" = "1 1" ]
    says 'file|plan/.*|RT plan (modality RTPLAN): listed, not used'
    says 'file|dose/.*|RT dose (modality RTDOSE): listed, not used'
    says 'file|report/.*|structured report (modality SR)'
    says 'file|index/.*|DICOMDIR'
    says 'file|README||.*not a DICOM file'
    says 'file|empty||.*not a DICOM file'
    says 'file|a.zip||.*not a DICOM file'
}

@test "every file is in a course or left out" {
    series ct --fault duplicate=1 --fault localizer
    structures rs.dcm
    structures old.dcm --structure-date 20190101
    series bad --series 2 --fault missing=1 --size 8x8x6
    structures bad.dcm --series 2
    echo x > root/note.txt
    scan
    (cd root && find . -type f | sed 's|^\./||' | sort) > files
    grep -oE '"(path|ct/[^"]*|bad/[^"]*)": "[^"]*"|^ *"(ct|bad)/[^": ]*"' m.json |
        sed 's/.*"path": //; s/^ *//' | tr -d '"' | sort -u > listed
    diff files listed
}

@test "a series that makes no volume takes its structure set with it" {
    series ct --fault missing=1 --size 8x8x6
    structures rs.dcm
    scan
    [ "$(courses)" = 0 ]
    says 'series|ct/.*missing slices: about 1'
    says 'structure_set|rs.dcm|P1|made|its series was left out: missing slices'
    says 'roi|rs.dcm|P1|GTV|'
}

@test "symbolic links are not followed, and said not to be" {
    series ct
    make_dicom -o outside --size 8x8x4 --patient P9 --series 9
    ln -s "$PWD/outside" root/out
    ln -s "$PWD/outside/CT0000.dcm" root/file
    ln -s ct root/again
    ln -s nowhere root/broken
    ln -s . root/loop
    scan
    [ "$(courses)" = 1 ]
    says 'file|out||.*leaves the root and is not followed'
    says 'file|file||.*leaves the root and is not followed'
    says 'file|again||.*scanned under its own name'
    says 'file|broken||.*leads nowhere'
    says 'file|loop||'
}

@test "excluded folders are passed over in silence" {
    series ct
    series out --series 2
    scan --exclude root/../root/out
    [ "$(courses)" = 1 ]
    [ -z "$(left_out)" ]
}

@test "blanks, quotes and letters of other alphabets in paths and names" {
    series "a b/it's \"Übung\" 1" --patient "Müller, Jürgen"
    scan
    [ "$(courses)" = 1 ]
    grep -q 'it.s \\"Übung\\" 1/' m.json
    [[ $(json m.json patient_dir) =~ ^[A-Za-z0-9._-]+$ ]]
}

@test "a file name that is no UTF-8 is refused, or passed over" {
    series ct
    cp root/ct/CT0000.dcm root/$'M\374ller'
    run dcm2nii-course --scan root -o m.json
    [ "$status" = 3 ]
    [[ $output == *'the first is M\xfcller: rename'* ]]
    scan --skip-paths 'm*LLER'
    [ "$(courses)" = 1 ]
    [ -z "$(left_out)" ]
}

@test "text of every alphabet becomes UTF-8; what does not convert is read as Latin-1" {
    named() { # CHARACTER SET, BYTES, WANTED
        rm -rf root/ct
        series ct --set "*:PatientID=$2" --set "*:SpecificCharacterSet=$1"
        scan
        [ "$(sed -n 's/^ *"patient_id": "\(.*\)",$/\1/p' m.json)" = "$3" ] ||
            { echo "$1: $(grep patient_id m.json)"; return 1; }
    }
    named 'ISO_IR 100' $'M\374ller' Müller
    named 'ISO_IR 144' $'\300\316\301' РЮС
    named 'ISO_IR 192' Müller Müller
    named GB18030 $'\325\305' 张
    named '\ISO 2022 IR 87' $'\033$B;3ED\033(B' 山田
    named '\ISO 2022 IR 149' $'\033$)C\261\350' 김
    named '\ISO 2022 IR 58' $'\033$)A\325\305' 张
    named 'ISO_IR 192' $'\377a' ÿa
    named NONSENSE $'\351' é
}

@test "two scans give the same bytes" {
    series ct
    structures rs.dcm
    scan
    cp m.json first
    touch -r first m.json
    before=$(stat -c %y m.json)
    scan
    cmp m.json first
    [ "$(stat -c %y m.json)" = "$before" ]
}

@test "the cache changes nothing but the time" {
    series ct
    structures rs.dcm
    series bad --series 3 --patient P2 --fault truncate=1,400
    echo x > root/note.txt
    scan
    cp m.json first
    scan --cache c
    cmp m.json first
    cp c c1
    scan --cache c
    cmp m.json first
    cmp c c1
}

@test "a cached file is not opened, a changed one is" {
    series ct
    structures rs.dcm
    scan --cache c
    [ "$(rois)" = 1 ]
    stamp=$(stat -c %y root/rs.dcm)
    structures rs.dcm --roi Second sphere:0,0,0,4
    scan --cache c
    [ "$(rois)" = 2 ]
    head -c "$(stat -c %s root/rs.dcm)" /dev/zero > zeros
    stamp=$(stat -c %y root/rs.dcm)
    cat zeros > root/rs.dcm
    touch -d "$stamp" root/rs.dcm
    scan --cache c
    [ "$(rois)" = 2 ]
    touch root/rs.dcm
    scan --cache c
    [ "$(rois)" = 0 ]
}

@test "a broken cache counts as none" {
    series ct
    scan --cache c
    cp m.json first
    for size in 0 10 60 500 $(($(stat -c %s c) - 1)); do
        head -c "$size" c > broken
        scan --cache broken
        cmp m.json first
        cmp broken c
    done
}

@test "a course by its minted folder or by the patient's own id" {
    series ct --patient 'Doe^John'
    scan
    dcm2nii-course --manifest m.json --course "$(json m.json course_dir)" -o a
    dcm2nii-course --manifest m.json --course "Doe^John/$(json m.json id)" -o b
    cmp a/image.nii b/image.nii
}

@test "a course that is not there, a manifest that is none" {
    series ct
    scan
    run dcm2nii-course --manifest m.json --course P1/2020-01_CT_000000 -o a
    [ "$status" = 3 ]
    [[ $output == *"no course P1/2020-01_CT_000000"* ]]
    [ ! -e a ]
    for text in '' '{' '[]' '{"courses": 1}' '{"courses": [{}]}' '{"root": "/", "courses": [{"files": [1]}]}'; do
        printf '%s' "$text" > broken.json
        run dcm2nii-course --manifest broken.json -o a
        [ "$status" = 3 ]
        [[ $output == "dcm2nii-course: error: "*broken.json* ]]
    done
}

@test "a series that changed since the scan" {
    series ct
    scan
    rm root/ct/CT0001.dcm
    run dcm2nii-course --manifest m.json -o a
    [ "$status" = 1 ] # it may come back
    [[ $output == *"ct/CT0001.dcm"*"scan again"* ]]
    make_dicom -o root/ct --size 8x8x4 --series 5
    run dcm2nii-course --manifest m.json -o a
    [ "$status" = 3 ]
    [[ $output == *"is no longer of series"* ]]
    [ ! -e a/image.nii ]
}

@test "image.json says where the image is from and what it is" {
    make_dicom -o root/ct --size 8x8x4 --spacing 2,3,4 --origin 1,2,3 --pattern index --intercept 0
    scan
    dcm2nii-course --manifest m.json -o a
    [ "$(json a/image.json series_uid)" = "$(json m.json series_uid)" ]
    [ "$(json a/image.json sha1)" = "$(index_sha1 256)" ]
    [ "$(json a/image.json minimum)" = 0.0 ]
    [ "$(json a/image.json maximum)" = 255.0 ]
    [ "$(json a/image.json mean)" = 127.5 ]
    [ "$(grep -A3 '"size"' a/image.json | tr -dc '0-9,')" = 8,8,4 ]
    [ "$(grep -A3 '"spacing"' a/image.json | tr -dc '0-9.,')" = 2.0,3.0,4.0 ]
    [ "$(grep -A3 '"origin"' a/image.json | tr -dc '0-9.,')" = 1.0,2.0,3.0 ]
}

# The generator computes the grid of its masks from its own options; a mask of everything is an image
# of ones on the same grid.
lands() { # OPTIONS...
    rm -rf in truth
    make_dicom -o in --masks truth --size 14x11x7 --spacing 1.3,0.9,2.7 --centre 12.5,-33.25,101 \
        --pattern constant:1 --intercept 0 --shuffle --roi all box:0,0,0,999,999,999 "$@"
    dcm2nii-course in -o out.nii
    run voldiff out.nii truth/all.nii.gz
    [ "$status" = 0 ] || { echo "$*: $output"; return 1; }
    [[ $output == *"not zero: 1078 and 1078" ]]
}

@test "every orientation lands on its physical coordinates" {
    for orientation in axial sagittal coronal oblique:20,-15,30 oblique:95,10,200; do
        lands --orientation $orientation
        lands --orientation $orientation --enhanced --modality MR
    done
}

@test "every patient position lands on its physical coordinates" {
    for position in HFS HFP FFS FFP HFDR HFDL FFDR FFDL; do
        lands --position $position
    done
}

@test "JPEG 2000, through the plugin" {
    for z in 0 1 2; do for y in $(seq 0 23); do for x in $(seq 0 19); do
        echo $((7 * x + 31 * y - 1000 + 100 * z))
    done; done; done > values
    dcm2nii-course "$BATS_TEST_DIRNAME/data/jpeg2000" -o out.nii
    [ "$(json out.json sha1)" = "$(int16_bytes < values | sha1sum | cut -d' ' -f1)" ]
}

@test "files without preamble and meta header" {
    series ct --syntax implicit
    for file in root/ct/*; do
        length=$(od -An -tu4 -j140 -N4 "$file" | tr -d ' ')
        tail -c +$((144 + length + 1)) "$file" > raw
        mv raw "$file"
    done
    dcm2nii-course root/ct -o a.nii
    rm -r root/ct
    series ct
    dcm2nii-course root/ct -o b.nii
    cmp a.nii b.nii
}

@test "a pipe and a compressed file hold the same volume" {
    series ct
    dcm2nii-course root/ct -o a.nii
    dcm2nii-course root/ct -o - | cmp - a.nii
    dcm2nii-course root/ct -o a.nii.gz
    gzip -dc a.nii.gz | cmp - a.nii
}

# 5000 Bq/ml, 70 kg and 350 MBq are an SUV of 1 when nothing decayed. The fixture is injected at
# 09:15:00 and has a half-life of 6586.2 s: at 11:04:46.2 half of it is left.
suv() { # SUV OPTIONS...
    local value=$1
    shift
    make_dicom -o pet --size 4x4x2 --modality PT --pixel float --pattern constant:5000 --intercept 0 \
        --set '*:SeriesTime=110446.2' --set '*:AcquisitionTime=110446.2' \
        --absent '*:ActualFrameDuration' "$@"
    dcm2nii-course pet -o pet.nii --suv bw
    [ "$(json pet.json maximum)" = "$value" ] || { json pet.json maximum; return 1; }
    grep -q 'uptake values by body weight' pet.json
}

@test "SUV: decay corrected to the start of the scan" {
    suv 2.0 --decay START
    suv 2.0 --decay START --set '*:AcquisitionTime=150000'
}

@test "SUV: decay corrected to the injection" {
    suv 1.0 --decay ADMIN
}

@test "SUV: not decay corrected, with the mean of the frame" {
    suv 2.0 --decay NONE
    suv 2.7725887298583984 --decay NONE --set '*:ActualFrameDuration=6586200' # 2 ln 2 / (1 - 1/2)
    suv 4.0 --decay NONE --set '0:AcquisitionTime=110446.2' --set '1:AcquisitionTime=125432.4'
    [ "$(json pet.json minimum)" = 2.0 ]
}

@test "sequences nested a hundred thousand deep do not end the scan" {
    series ct
    nested='@\0000\247SQ\000\000\377\377\377\377\376\377\000\340\377\377\377\377' # (0040,a730), one item
    for i in 1 2 3 4 5; do nested=$nested$nested$nested$nested$nested$nested$nested$nested$nested$nested; done
    head -c $(($(stat -c %s root/ct/CT0000.dcm) - 140)) root/ct/CT0000.dcm > root/deep
    printf "$nested" >> root/deep
    scan
    says 'file|deep|P1||second copy of a SOP instance: ct/CT0000.dcm'
    rm root/ct/CT0000.dcm
    scan
    says 'series|ct/.*deep: the header cannot be read to its end'
}

@test "usage errors" {
    series ct
    scan
    for words in "" "--scan root" "root -o a.nii --course x" "root/ct -o a.nii --exclude b" \
        "--scan root --manifest m.json -o a" "root/ct -o a.nii --cache c" "root/ct -o a.nii --suv lbm" \
        "root/ct -o a.nrrd" "root/ct -o root"; do
        run dcm2nii-course $words
        [ "$status" = 2 ] || { echo "$words: $status $output"; return 1; }
    done
    run dcm2nii-course nowhere -o a.nii
    [ "$status" = 3 ]
}

@test "the shared cohort: 15 courses, 18 ROIs" {
    [ -d "$RADMILL_TEST_DATA/ibsi_validation" ] || skip "no test data ($RADMILL_TEST_DATA)"
    dcm2nii-course --scan "$RADMILL_TEST_DATA" -o m.json
    [ "$(courses) $(rois)" = "15 18" ]
}

@test "published volumes: the same voxels on the same grid" {
    [ -d "$RADMILL_TEST_DATA/ibsi_validation" ] || skip "no test data ($RADMILL_TEST_DATA)"
    for patient in STS_001 STS_002 STS_003 STS_004; do
        for modality in CT MR_T1 PET; do
            dcm2nii-course "$RADMILL_TEST_DATA/ibsi_validation/dicom/$patient/$modality/image" -o a.nii
            [ $modality = PET ] && tolerance=3e-6 || tolerance=0
            voldiff a.nii "$RADMILL_TEST_DATA/ibsi_validation/nifti/$patient/${modality}_image.nii.gz" $tolerance
        done
    done
    dcm2nii-course "$RADMILL_TEST_DATA/ibsi_1_ct_radiomics_phantom/dicom/image" -o a.nii
    voldiff a.nii "$RADMILL_TEST_DATA/ibsi_1_ct_radiomics_phantom/nifti/image/phantom.nii.gz" 0
}

@test "two volumes in the frames of one file: each course has its own frames" {
    make_dicom -o root/e --enhanced --modality MR --size 12x10x3 --pattern index --volumes 2
    dcm2nii-course --scan root -o m.json --volumes all
    [ "$(grep -c '"volume": "TemporalPositionIdentifier=' m.json)" = 2 ]
    for course in $(grep -o '"course_dir": "[^"]*"' m.json | cut -d'"' -f4); do
        dcm2nii-course --manifest m.json --course "$course" -o "out/$course"
        grep -h '"maximum"' "out/$course/image.json" >> found
        grep -q 'one of several volumes of its series' "out/$course/image.json"
    done
    [ "$(sort found | tr -dc '0-9.\n' | tr '\n' ' ')" = "1359.0 359.0 " ]
}

@test "the dictionary that was built in is the one that DCMTK would read; DCMDICTPATH still names another" {
    dictionary_same
    make_dicom -o root --size 8x8x4 --syntax implicit
    dcm2nii-course root -o image.nii
    DCMDICTPATH=$(ls /usr/share/libdcmtk*/dicom.dic | head -n 1) dcm2nii-course root -o other.nii
    cmp image.nii other.nii
}

@test "DCMTK and its decoders are plugins, which only files load that need them" {
    make_dicom -o plain --size 8x8x4
    make_dicom -o big --size 8x8x4 --syntax big
    make_dicom -o ls --size 8x8x4 --syntax jpegls
    mkdir -p alone/bin alone/plugins
    cp "$RADMILL_BIN/dcm2nii-course" alone/bin/
    run ldd "$RADMILL_BIN/dcm2nii-course"
    [[ $output != *libdcm* && $output != *libxml2* ]]
    alone/bin/dcm2nii-course plain -o plain.nii
    run alone/bin/dcm2nii-course big -o big.nii
    [ "$status" = 1 ]
    [ ! -e big.nii ]
    [[ $output == *"the DICOM plugin (radmill-dicom.so) is not installed beside"*alone* ]]
    for syntax in explicit implicit big; do
        make_dicom --structure-set $syntax.dcm --size 8x8x4 --roi GTV sphere:0,0,0,5 --syntax $syntax
        rtstruct2masks $syntax.dcm --reference plain.nii -o masks.$syntax
    done
    cp "$RADMILL_BIN/rtstruct2masks" alone/bin/
    for syntax in explicit implicit; do
        alone/bin/rtstruct2masks $syntax.dcm --reference plain.nii -o alone/masks
        diff -r masks.$syntax alone/masks
        rm -r alone/masks
    done
    run alone/bin/rtstruct2masks big.dcm --reference plain.nii -o alone/masks
    [ "$status" != 0 ]
    [[ $output == *"the DICOM plugin (radmill-dicom.so) is not installed beside"*alone* ]]
    cp "$RADMILL_BUILD/plugins/radmill-dicom.so" alone/plugins/
    alone/bin/dcm2nii-course big -o big.nii
    cmp plain.nii big.nii
    run alone/bin/dcm2nii-course ls -o ls.nii
    [ "$status" = 1 ]
    [ ! -e ls.nii ]
    [[ $output == *"the decoders' plugin (radmill-codecs.so) is not installed beside"*alone* ]]
    dcm2nii-course ls -o ls.nii
    cmp plain.nii ls.nii
}
