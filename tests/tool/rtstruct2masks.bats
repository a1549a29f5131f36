# Structure sets, segmentations and label maps to masks. Fixtures come from make_dicom, whose own masks
# are drawn from the shapes' formulas; the published masks of IBSI are the second judge.

setup_file() {
    export dir=$BATS_FILE_TMPDIR
    export PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    cd "$dir"
    make_dicom -o img --structure-set rs.dcm --seg seg.dcm --masks truth \
        --roi Ball sphere:0,0,0,20 --roi ring "ring:10,5,0,24,12,30 keyhole" \
        --roi Box box:-20,-20,3,20,30,21 --roi holes "sphere:0,0,0,20 sphere:0,0,0,10"
    dcm2nii-course img -o image.nii
}

setup() { cd "$dir"; }

# The entry of one region in DIR/masks.json, on one line.
entry() { # DIR NAME
    tr -d '\n' < "$1/masks.json" | sed 's/  */ /g; s/{ "file"/\n{ "file"/g' | grep -F "\"name\": \"$2\""
}

same() { # A B
    run voldiff "$1" "$2" mask
    [ "$status" = 0 ] || { echo "$1 $2: $output"; return 1; }
}

@test "--list prints the original names, wherever it stands" {
    run rtstruct2masks rs.dcm --list
    [ "$output" = "Ball
ring
Box
holes" ]
    [ "$(rtstruct2masks --list rs.dcm)" = "$output" ]
    [ "$(rtstruct2masks --list seg.dcm)" = "$output" ]
}

@test "--list warns of names that had to be guessed, once, and of nothing else" {
    make_dicom --structure-set odd.dcm --roi $'N\344he' empty --roi $'\317e' empty --roi Box empty \
        --absent rs:SpecificCharacterSet
    [ "$(rtstruct2masks odd.dcm --list 2> said)" = "Nähe
Ïe
Box" ]
    [ "$(wc -l < said)" = 1 ]
    grep -q 'warning: odd.dcm: 2 of 3 regions: the character set of the file does not explain' said
    rtstruct2masks rs.dcm --list 2>&1 > listed | { ! grep .; }
}

@test "no mask and status 0: the terminal says why" {
    make_dicom --size 60x50x12 --structure-set none.dcm --roi "A b" empty --roi C empty
    run rtstruct2masks none.dcm --reference image.nii -o none
    [ "$status" = 0 ]
    [ "$output" = "rtstruct2masks: warning: no mask was written: A b: no contours, and so on (none/masks.json)" ]
    make_dicom --size 60x50x12 --structure-set one.dcm --roi "A b" empty --roi C sphere:0,0,0,9
    run rtstruct2masks one.dcm --reference image.nii -o one
    [ "$status,$output" = 0, ]
}

@test "every region of a structure set is drawn as its formula says" {
    rtstruct2masks rs.dcm --reference image.nii -o a
    for roi in Ball ring Box holes; do same a/$roi.nii.gz truth/$roi.nii.gz; done
    entry a Ball | grep -q '"voxels": 2752, "volume_ml": 33.024'
    entry a Ball | grep -q '"touches_border": false'
    entry a Ball | grep -q '"notes": \[\]'
}

@test "every segment of a segmentation too, binary and fractional, in any transfer syntax" {
    rtstruct2masks seg.dcm --reference image.nii -o b
    make_dicom --seg frac.dcm --seg-type FRACTIONAL --roi Ball sphere:0,0,0,20
    make_dicom --seg defl.dcm --syntax deflated --roi Ball sphere:0,0,0,20
    make_dicom --seg big.dcm --syntax big --roi Ball sphere:0,0,0,20
    make_dicom --seg rle.dcm --seg-type FRACTIONAL --syntax rle --roi Ball sphere:0,0,0,20
    for roi in Ball ring Box holes; do same b/$roi.nii.gz truth/$roi.nii.gz; done
    for file in frac defl big rle; do
        rtstruct2masks $file.dcm --reference image.nii -o $file
        same $file/Ball.nii.gz truth/Ball.nii.gz
    done
}

# Edges through voxel centres at a spacing that single precision does not hold: by the header of the
# NIfTI file alone they would miss the centres by a millionth of a voxel.
@test "centres on an edge are inside whatever the spacing" {
    make_dicom -o exact --structure-set exact.dcm --spacing 0.977,0.977,3 --size 64x64x8 \
        --roi Box box:0,0,0,10.747,10.747,9
    dcm2nii-course exact -o exact.nii
    rtstruct2masks exact.dcm --reference exact.nii -o exact_out
    [ "$(count_of exact_out Box)" = $((12 * 12 * 4)) ]
}

@test "segments overlap, frames are not aligned to bytes" {
    make_dicom -o odd_img --seg odd.dcm --masks odd_truth --size 23x37x5 --roi a sphere:0,0,0,12 \
        --roi b sphere:3,3,0,14
    dcm2nii-course odd_img -o odd.nii
    rtstruct2masks odd.dcm --reference odd.nii -o odd
    same odd/a.nii.gz odd_truth/a.nii.gz
    same odd/b.nii.gz odd_truth/b.nii.gz
}

@test "any orientation and patient position gives the same masks" {
    for turn in sagittal coronal oblique:10,20,30 oblique:-70,15,100; do
        rm -rf turned turned.nii turned_truth turned_out
        make_dicom -o turned --structure-set turned.dcm --seg turned_seg.dcm --masks turned_truth \
            --orientation $turn --size 40x30x20 --centre 12.5,-80,333 \
            --roi Ball sphere:3,0,0,16 --roi ring "ring:0,0,0,24,12,30 keyhole"
        dcm2nii-course turned -o turned.nii
        for file in turned.dcm turned_seg.dcm; do
            rtstruct2masks $file --reference turned.nii -o turned_out
            same turned_out/Ball.nii.gz turned_truth/Ball.nii.gz
            same turned_out/ring.nii.gz turned_truth/ring.nii.gz
        done
    done
    for position in HFP FFS FFP HFDR FFDL; do
        make_dicom -o p$position --structure-set p.dcm --masks p_truth --position $position \
            --roi Ball sphere:7,3,0,16
        dcm2nii-course p$position -o p.nii
        rtstruct2masks p.dcm --reference p.nii -o p_out
        same p_out/Ball.nii.gz p_truth/Ball.nii.gz
    done
}

@test "one region to standard output, to a file, by its original or its minted name" {
    rtstruct2masks rs.dcm --reference image.nii --roi ring -o - > ring.nii
    rtstruct2masks rs.dcm --reference image.nii --roi ring -o ring.nii.gz
    same ring.nii truth/ring.nii.gz
    same ring.nii.gz truth/ring.nii.gz
    make_dicom --structure-set strange.dcm --roi "a/b" sphere:0,0,0,20 --roi "A b" sphere:0,0,0,10
    rtstruct2masks strange.dcm --reference image.nii -o strange
    id=$(entry strange a/b | sed 's/.*"roi_id": "\([^"]*\)".*/\1/')
    rtstruct2masks strange.dcm --reference image.nii --roi "$id" -o - | cmp - <(zcat "strange/$id.nii.gz")
}

@test "several regions do not fit one file, an unknown one is refused with a guess" {
    run rtstruct2masks rs.dcm --reference image.nii -o -
    [ "$status" = 2 ]
    run rtstruct2masks rs.dcm --reference image.nii --roi rong -o x
    [ "$status" = 3 ]
    [[ $output == *'did you mean "ring"'* ]]
    [ ! -e x ]
}

@test "names that clash or cannot be files get digests, originals stay in masks.json" {
    make_dicom --structure-set names.dcm --roi GTV sphere:0,0,0,20 --roi gtv sphere:0,0,0,16 \
        --roi GTV sphere:0,0,0,12 --roi "../x" sphere:0,0,0,20 --roi "Größe" sphere:0,0,0,20
    rtstruct2masks names.dcm --reference image.nii -o names
    [ "$(ls names/*.nii.gz | wc -l)" = 5 ]
    [ "$(ls names | tr A-Z a-z | sort -u | wc -l)" = 6 ]
    [ "$(grep -c '"name": "GTV"' names/masks.json)" = 2 ]
    grep -q '"name": "../x"' names/masks.json
    [ "$(ls names | grep -cv '^[A-Za-z0-9][A-Za-z0-9._-]*$')" = 0 ]
}

@test "equal masks stay untouched, a changed one is written, a vanished one goes" {
    make_dicom --structure-set one.dcm --roi a sphere:0,0,0,20 --roi b sphere:0,0,0,16
    rtstruct2masks one.dcm --reference image.nii -o keep
    touch -d 2001-01-01 keep/*
    rtstruct2masks one.dcm --reference image.nii -o keep
    [ "$(find keep -type f -newermt 2002-01-01 | wc -l)" = 0 ]
    make_dicom --structure-set one.dcm --roi a sphere:0,0,0,22 --roi b sphere:0,0,0,16
    rtstruct2masks one.dcm --reference image.nii -o keep
    [ "$(find keep -name '*.gz' -newermt 2002-01-01)" = keep/a.nii.gz ]
    make_dicom --structure-set one.dcm --roi a sphere:0,0,0,22 --roi b "sphere:0,0,0,16 empty"
    rtstruct2masks one.dcm --reference image.nii -o keep
    [ ! -e keep/b.nii.gz ]
}

@test "a mask at the border says so" {
    make_dicom --structure-set edge.dcm --roi in sphere:0,0,0,20 --roi out sphere:60,0,0,20 \
        --roi top sphere:0,0,34,20
    rtstruct2masks edge.dcm --reference image.nii -o edge
    entry edge in | grep -q '"touches_border": false'
    entry edge out | grep -q '"touches_border": true'
    entry edge top | grep -q '"touches_border": true'
}

@test "another grid is refused, or resampled on request" {
    make_dicom -o fine --masks fine_truth --size 128x128x24 --spacing 1,1,3 --roi Ball sphere:0,0,0,20
    dcm2nii-course fine -o fine.nii
    for file in seg.dcm truth/Ball.nii.gz; do
        rm -rf other
        run rtstruct2masks $file --reference fine.nii -o other
        [ "$status" = 3 ]
        [ ! -e other/Ball.nii.gz ]
        entry other Ball | grep -q "another grid than the reference"
        rtstruct2masks $file --reference fine.nii -o other --resample
        entry other Ball | grep -q "resampled"
        entry other Ball | grep -q '"volume_ml": 33.024'
    done
}

@test "a structure set serves any image of its frame" {
    make_dicom -o low --size 40x40x30 --spacing 3.2,3.2,2.4 --masks low_truth --roi Box box:0,0,0,22,22,22
    dcm2nii-course low -o low.nii
    make_dicom --structure-set box.dcm --size 64x64x24 --roi Box box:0,0,0,22,22,22
    rtstruct2masks box.dcm --reference low.nii -o low_out
    entry low_out Box | grep -q 'between slices'
}

@test "another frame of reference is refused where the image tells its own" {
    make_dicom --structure-set frame.dcm --seg frame_seg.dcm --frame other --roi Ball sphere:0,0,0,20
    dcm2nii-course --scan img -o frame.json
    dcm2nii-course --manifest frame.json -o framed
    for file in frame.dcm frame_seg.dcm; do
        rm -rf frame_out
        run rtstruct2masks $file --reference framed/image.nii -o frame_out
        [ "$status" = 3 ]
        entry frame_out Ball | grep -q "drawn in the frame of reference"
        rtstruct2masks $file --reference framed/image.nii -o frame_out --any-frame
        entry frame_out Ball | grep -q '"notes": . "drawn in another frame'
        same frame_out/Ball.nii.gz truth/Ball.nii.gz
    done
    rtstruct2masks rs.dcm --reference framed/image.nii -o frame_out
    entry frame_out Ball | grep -q '"notes": \[\]'
}

@test "a plain mask is called as its file and fitted to the reference" {
    cp truth/Ball.nii.gz liver.nii.gz
    rtstruct2masks liver.nii.gz --reference image.nii -o fit
    same fit/liver.nii.gz truth/Ball.nii.gz
    [ "$(rtstruct2masks --list liver.nii.gz)" = liver ]
    rtstruct2masks - --reference image.nii --roi mask -o - < ring.nii > again.nii
    same again.nii truth/ring.nii.gz
}

@test "masks never replace the files that they come from" {
    mkdir -p in_place && cp truth/Ball.nii.gz in_place/liver.nii.gz
    run rtstruct2masks in_place --reference image.nii -o in_place
    [ "$status" = 2 ]
    cmp in_place/liver.nii.gz truth/Ball.nii.gz
}

@test "a folder is one file per class" {
    mkdir -p classes && cp truth/*.nii.gz classes
    rtstruct2masks classes --reference image.nii -o from_folder
    [ "$(ls from_folder | tr '\n' ' ')" = "Ball.nii.gz Box.nii.gz holes.nii.gz masks.json ring.nii.gz " ]
    mkdir -p nothing
    run rtstruct2masks nothing --list
    [ "$status" = 3 ]
}

@test "several structure sets of a course are told apart as the manifest says" {
    mkdir -p tree
    make_dicom -o tree/img --structure-set tree/a.dcm --structure-label a --roi GTV sphere:0,0,0,20
    make_dicom --structure-set tree/b.dcm --structure-label b --structure-date 20200117 \
        --roi GTV sphere:0,0,0,16 --roi PTV sphere:0,0,0,30
    dcm2nii-course --scan tree --structure-sets all -o tree.json
    course=$(sed -n 's/.*"course_dir": "\(.*\)".*/\1/p' tree.json)
    [ "$(rtstruct2masks --manifest tree.json --course "$course" --list | sort | tr '\n' ' ')" = "GTV GTV PTV " ]
    rtstruct2masks --manifest tree.json --course "$course" --reference image.nii -o by_manifest
    for id in $(sed -n 's/.*"roi_id": "\(.*\)".*/\1/p' tree.json | sort -u); do
        [ -e "by_manifest/$id.nii.gz" ]
    done
    uid=$(sed -n 's/.*"sop_instance_uid": "\(.*\)".*/\1/p' tree.json | head -n 1)
    rtstruct2masks --manifest tree.json --course "$course" --structure-set "$uid" \
        --reference image.nii -o by_set
    for file in by_set/*.nii.gz; do cmp "$file" "by_manifest/${file#by_set/}"; done
    run rtstruct2masks --manifest tree.json --course nobody/none --list
    [ "$status" = 3 ]
    run rtstruct2masks --manifest tree.json --course "$course" --structure-set 1.2.3 --list
    [ "$status" = 3 ]
}

@test "what is no source of masks is refused" {
    echo hello > text.txt
    head -c 400 rs.dcm > short.dcm
    : > void
    for file in text.txt short.dcm void img/$(ls img | head -n 1); do
        run rtstruct2masks "$file" --list
        [ "$status" = 3 ] || { echo "$file: $status $output"; return 1; }
    done
    run rtstruct2masks absent.dcm --list
    [ "$status" = 3 ]
}

@test "usage errors end with 2" {
    for words in "rs.dcm" "rs.dcm -o x" "--list" "rs.dcm --reference image.nii" \
        "rs.dcm --course a/b --list" "rs.dcm --structure-set 1.2 --list" \
        "rs.dcm --reference image.nii -o image.nii"; do
        run rtstruct2masks $words
        [ "$status" = 2 ] || { echo "$words: $status $output"; return 1; }
    done
}

# The outermost voxels along x are half covered: 128 of 255.
@test "a fraction of exactly half is inside, less is not" {
    while read -r maximum voxels; do
        make_dicom --seg half.dcm --seg-type FRACTIONAL --roi Box box:0,0,0,18,20,12 \
            --set seg:MaximumFractionalValue=$maximum
        rtstruct2masks half.dcm --reference image.nii -o half
        [ "$(count_of half Box)" = "$voxels" ] || { entry half Box; return 1; }
    done <<TABLE
255 400
256 400
257 320
511 0
TABLE
}

# 4 x 3 x 2 voxels with the labels 3, 7 and 9.
voxels() {
    printf '\3\3\0\0\7\7\7\0\0\0\0\11\3\0\0\0\0\0\0\0\0\0\0\11'
}

small_image() {
    [ -e small.nii ] || {
        make_dicom -o small --size 4x3x2 --spacing 1,2,3 --origin -5,-6,-7 --modality CT
        dcm2nii-course small -o small.nii
    }
}

# The names that TotalSegmentator keeps in a header extension of code 0, 1024 bytes long.
total_map() { # NAMED.nii
    local xml='<?xml version="1.0" encoding="UTF-8"?><CaretExtension><VolumeInformation Index="0">
<LabelTable><Label Key="3" Red="0.1" Alpha="1"><![CDATA[lung_left]]></Label>
<Label Key="7" Red="0.1" Alpha="1"><![CDATA[heart & vessels]]></Label>
<Label Key="12" Red="0.1" Alpha="1"><![CDATA[spleen]]></Label></LabelTable></VolumeInformation></CaretExtension>'
    small_image
    rtstruct2masks small_mask.nii --reference small.nii --roi small_mask -o plain.nii
    {
        head -c 108 plain.nii
        printf '\0\0\254\104' # vox_offset 1376
        tail -c +113 plain.nii | head -c 236
        printf '\1\0\0\0\0\4\0\0\0\0\0\0'
        printf '%s' "$xml"
        head -c $((1016 - ${#xml})) /dev/zero
        voxels
    } > "$1"
}

nrrd() { # FILE DIMENSION SIZES KINDS EXTRA
    {
        printf 'NRRD0004\ntype: unsigned char\ndimension: %s\nspace: left-posterior-superior\n' "$2"
        printf 'sizes: %s\nspace directions: %s(1,0,0) (0,2,0) (0,0,3)\nkinds: %s\n' "$3" "$6" "$4"
        printf 'encoding: raw\nspace origin: (-5,-6,-7)\n%b\n' "$5"
        cat
    } > "$1"
}

count_of() { # DIR NAME
    entry "$1" "$2" | sed 's/.*"voxels": \([0-9]*\).*/\1/'
}

@test "names in the header of a TotalSegmentator file" {
    small_image
    voxels | tr '\3\7\11' '\1\1\1' | nrrd small_mask.nrrd 3 "4 3 2" "domain domain domain" ""
    rtstruct2masks small_mask.nrrd --reference small.nii --roi small_mask -o small_mask.nii
    total_map total.nii
    [ "$(rtstruct2masks total.nii --list | tr '\n' ,)" = "lung_left,heart & vessels,spleen," ]
    rtstruct2masks total.nii --reference small.nii -o total
    [ "$(count_of total lung_left)" = 3 ]
    [ "$(count_of total "heart & vessels")" = 3 ]
    entry total spleen | grep -q "no voxel carries the label 12"
}

@test "segments of a 3D Slicer file, in one layer and in several" {
    small_image
    voxels | nrrd flat.seg.nrrd 3 "4 3 2" "domain domain domain" \
        'Segment0_Name:=Tumour\nSegment0_LabelValue:=7\nSegment0_Layer:=0\nSegment1_Name:=Node\nSegment1_LabelValue:=9\nSegment1_Layer:=0\n'
    [ "$(rtstruct2masks flat.seg.nrrd --list | tr '\n' ,)" = "Tumour,Node," ]
    rtstruct2masks flat.seg.nrrd --reference small.nii -o flat
    [ "$(count_of flat Tumour)" = 3 ]
    [ "$(count_of flat Node)" = 2 ]
    # two layers, interleaved: the second one holds 1 everywhere
    voxels | sed 's/./&\x01/g' | head -c 48 > layered.raw
    [ "$(wc -c < layered.raw)" = 48 ] || skip "sed does not take zero bytes here"
    nrrd layered.seg.nrrd 4 "2 4 3 2" "list domain domain domain" \
        'Segment0_Name:=A\nSegment0_LabelValue:=3\nSegment0_Layer:=0\nSegment1_Name:=B\nSegment1_LabelValue:=1\nSegment1_Layer:=1\n' \
        "none " < layered.raw
    rtstruct2masks layered.seg.nrrd --reference small.nii -o layered
    [ "$(count_of layered A)" = 3 ]
    [ "$(count_of layered B)" = 24 ]
}

# Name, value and number are the same: only the place in the file tells them apart.
@test "segments of one name and one value in two layers keep a file each" {
    small_image
    { head -c 5 /dev/zero | tr '\0' '\1'; head -c 43 /dev/zero; } | nrrd twins.seg.nrrd 4 "2 4 3 2" "list domain domain domain" \
        'Segment0_Name:=A\nSegment0_LabelValue:=1\nSegment0_Layer:=0\nSegment1_Name:=A\nSegment1_LabelValue:=1\nSegment1_Layer:=1\n' "none "
    rtstruct2masks twins.seg.nrrd --reference small.nii -o twins
    [ "$(ls twins/*.nii.gz | wc -l)" = 2 ]
    [ "$(sed -n 's/^ *"voxels": \([0-9]*\),/\1/p' twins/masks.json | tr '\n' ' ')" = "3 2 " ]
    for file in $(sed -n 's/^ *"file": "\(.*\)",/\1/p' twins/masks.json); do
        gzip -dc "twins/$file" | tail -c 24 | tr -d '\0' | wc -c
    done > counted
    [ "$(tr '\n' ' ' < counted)" = "3 2 " ]
}

@test "labels without names are called by their value" {
    small_image
    voxels | nrrd three.nrrd 3 "4 3 2" "domain domain domain" ""
    [ "$(rtstruct2masks three.nrrd --list | tr '\n' ,)" = "three_3,three_7,three_9," ]
    head -c 24 /dev/zero | nrrd none.nrrd 3 "4 3 2" "domain domain domain" ""
    rtstruct2masks none.nrrd --reference small.nii -o none
    entry none none | grep -q '"reason": "the mask is empty"'
}

@test "a mask with its axes in another order is put right, exactly" {
    small_image
    voxels | nrrd straight.nrrd 3 "4 3 2" "domain domain domain" ""
    # the same voxels seen from the other end of x, and of z
    voxels | od -An -v -tx1 -w4 | tac | awk '{ print $4, $3, $2, $1 }' | paste -sd' ' > hex
    awk '{ for (k = 0; k < 2; k++) for (j = 2; j >= 0; j--) for (i = 1; i <= 4; i++)
           printf "%s ", $(k * 12 + j * 4 + i) }' hex | sed 's/\([0-9a-f][0-9a-f]\) */\\x\1/g' > escaped
    {
        printf 'NRRD0004\ntype: uchar\ndimension: 3\nspace: left-posterior-superior\nsizes: 4 3 2\n'
        printf 'space directions: (-1,0,0) (0,2,0) (0,0,-3)\nkinds: domain domain domain\n'
        printf 'encoding: raw\nspace origin: (-2,-6,-4)\n\n'
        printf "$(cat escaped)"
    } > turned.nrrd
    rtstruct2masks straight.nrrd --reference small.nii -o straight
    rtstruct2masks turned.nrrd --reference small.nii -o turned_order
    for value in 3 7 9; do
        same straight/straight_$value.nii.gz turned_order/turned_$value.nii.gz
    done
    entry turned_order turned_7 | grep -q "axes put into the order of the reference"
}

@test "the 12 masks of the IBSI validation cohort come out bit for bit" {
    data=$RADMILL_TEST_DATA/ibsi_validation
    [ -d "$data" ] || skip "no $data"
    for patient in STS_001 STS_002 STS_003 STS_004; do
        for image in CT PET MR_T1; do
            rtstruct2masks "$data"/dicom/$patient/$image/mask/* \
                --reference "$data/nifti/$patient/${image}_image.nii.gz" -o ibsi_$patient$image
            same ibsi_$patient$image/GTV_Mass_$image.nii.gz "$data/nifti/$patient/${image}_mask.nii.gz"
        done
    done
}

@test "so does the mask of the IBSI phantom: 125,256 voxels" {
    data=$RADMILL_TEST_DATA/ibsi_1_ct_radiomics_phantom
    [ -d "$data" ] || skip "no $data"
    rtstruct2masks "$data"/dicom/mask/*.dcm --reference "$data/nifti/image/phantom.nii.gz" -o phantom
    same phantom/GTV-1.nii.gz "$data/nifti/mask/mask.nii.gz"
    entry phantom GTV-1 | grep -q '"voxels": 125256,'
}

@test "a segmentation whose frames end inside a byte, made by other hands" {
    data=$RADMILL_TEST_DATA/seg/data_5
    [ -d "$data" ] || skip "no $data"
    dcm2nii-course "$data/image" -o phantom_seg.nii
    rtstruct2masks "$data/mask/mask.dcm" --reference phantom_seg.nii -o phantom_seg
    entry phantom_seg Liver | grep -q '"voxels": 322,'
    # The image shows the same region; the segmentation adds the corners of each of the 3 slices.
    run voldiff phantom_seg/Liver.nii.gz phantom_seg.nii mask
    [[ $output == "12 of 2622 voxels differ"* ]]
}

# Made by highdicom, since DCMTK writes no JPEG 2000: boxes of 6 x 5 x 3 and 4 x 4 x 2 voxels.
@test "segmentations in JPEG 2000: binary, fractional, label map" {
    make_dicom -o ct --size 40x40x6 --spacing 2,2,3 --origin -39,-39,-30 \
        --set '*:FrameOfReferenceUID=1.2.826.0.1.3680043.8.498.77.5' --roi Liver box:-26,-29,-1.5,11,9,8 --masks truth
    dcm2nii-course ct -o ct.nii
    for kind in binary fractional labelmap; do
        rtstruct2masks "$BATS_TEST_DIRNAME/data/jpeg2000-seg/$kind.dcm" --reference ct.nii -o $kind
        grep -q '"voxels": 32' $kind/masks.json
        cmp $kind/Liver.nii.gz binary/Liver.nii.gz
        cmp $kind/Spleen.nii.gz binary/Spleen.nii.gz
    done
    voldiff binary/Liver.nii.gz truth/Liver.nii.gz mask
}
