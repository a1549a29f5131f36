# Stale is true: what changed runs again with what stands behind it, and nothing else.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
    pipeline DICOM_ROOT=dicom OUTDIR=out "${engine[@]}" > /dev/null
    sleep 0.02
}

engine=()

again() { # [SETTING]...
    run pipeline OUTDIR=out "$@"
    echo "$output"
    [ "$status" = 0 ]
}

# counts IMAGE MASKS FEATURES TABLE
counts() {
    [ "$(ran image) $(ran masks) $(ran features) $(ran table)" = "$*" ]
}

one_contour() {
    cp out/_RESULTS/radiomics.csv before.csv
    change_contour P1
    again
    [[ $output == *features/Manual/B.csv* ]]
    [ "$(diff before.csv out/_RESULTS/radiomics.csv | grep -c '^>')" = 1 ]
}

@test "one changed contour: its structure set, one region, three tables" {
    one_contour
    counts 0 1 1 3
    again
    counts 0 0 0 0
}

@test "the same in the makefile form" {
    pipeline OUTDIR=out ENGINE=make > /dev/null
    one_contour
    counts 0 1 1 3
    again
    counts 0 0 0 0
}

@test "a structure set that was only touched makes no region stale" {
    touch dicom/P1/RS.dcm
    again
    [ "$(ran features)" = 0 ]
    [ "$(ran masks)" = 1 ]
    again
    counts 0 0 0 0
}

@test "an image with other voxels" {
    make_dicom --patient P1 --study P1 --series P1 --frame P1 --size 32x32x12 -o dicom/P1/CT \
        --pattern index
    again
    [ "$(ran image) $(ran features)" = "1 3" ]
}

@test "a new patient, and one that is gone" {
    patient P3
    again
    [ "$(ran image) $(ran masks) $(ran features)" = "1 1 3" ]
    rm -r dicom/P2
    again
    [ "$(ran image) $(ran masks) $(ran features)" = "0 0 0" ]
    [ "$(column out radiomics patient_id | sort -u | tr '\n' ' ')" = "P1 P3 " ]
}

@test "other parameters: every region, no image" {
    echo 'setting: {binWidth: 10}' > params.yaml
    again PARAMS=params.yaml
    [ "$(ran image) $(ran masks) $(ran features)" = "0 0 6" ]
    touch params.yaml
    again
    counts 0 0 0 0
    again PARAMS=
    [ "$(ran image) $(ran masks) $(ran features)" = "0 0 6" ]
}

@test "parameters of one modality" {
    echo 'setting: {binWidth: 10}' > params.yaml
    again PARAMS_MR="$PWD/params.yaml"
    [ "$(ran features)" = 0 ]
    again PARAMS_CT=params.yaml
    [ "$(ran features)" = 6 ]
}

@test "a setting that ends up on a command line, in both forms" {
    again PRESET=auto
    [ "$(ran features)" = 6 ]
    again ENGINE=make
    again PRESET=pet-psma
    [ "$(ran image) $(ran masks) $(ran features)" = "0 0 6" ]
    again
    counts 0 0 0 0
}

@test "products that somebody removed come back" {
    rm out/P1/*/masks/Manual/A.nii.gz out/P2/*/image.nii
    again
    [ -e out/P1/*/masks/Manual/A.nii.gz ] && [ -e out/P2/*/image.nii ] || false
    again
    counts 0 0 0 0
}

@test "products that somebody removed come back in the makefile form" {
    pipeline OUTDIR=out ENGINE=make > /dev/null
    rm out/P1/*/masks/Manual/A.nii.gz out/P2/*/features/Manual/B.json
    again
    [ -e out/P1/*/masks/Manual/A.nii.gz ] && [ -e out/P2/*/features/Manual/B.json ] || false
    again
    counts 0 0 0 0
}

@test "another build of a tool is a cause, and so is one of its plugin" {
    mkdir -p moved/build moved/rules
    cp "$BATS_TEST_DIRNAME/../../rules/pipeline.ninja" moved/rules/
    cp -r "$RADMILL_BIN" moved/bin
    cp -r "$RADMILL_BUILD/plugins" moved/build/
    PATH=$PWD/moved/bin:$PATH
    moved() { # IMAGE MASKS FEATURES
        run moved/bin/radmill --outdir out -v
        echo "$output"
        [ "$status" = 0 ]
        [ "$(ran image) $(ran masks) $(ran features)" = "$*" ]
    }
    moved 0 0 0
    echo >> moved/build/plugins/radmill-dicom.so
    moved 2 2 0
    moved 0 0 0
    echo >> moved/bin/rtstruct2masks
    moved 0 2 0
}

@test "limits and logs are no cause to run a region" {
    again ROI_MEM_MB=900 ROI_TIMEOUT=500 LOGS="$PWD/logs"
    [ "$(ran features)" = 0 ]
}

@test "automatic masks come and go" {
    make_dicom --patient P1 --size 32x32x12 --masks auto/P1 --roi liver sphere:0,0,0,8
    make_dicom --patient P1 --size 30x32x12 --masks auto/P2 --roi liver sphere:0,0,0,8
    mkdir auto/nobody && cp auto/P1/liver.nii.gz auto/nobody/
    again AUTOSEG=auto
    [ "$(ran features)" = 1 ]
    [ "$(column out radiomics segmentation_source | grep -c AutoRTS_total)" = 1 ]
    [ "$(grep -c '^mask,' out/_RESULTS/left_out.csv)" = 2 ]
    again AUTOSEG=
    [ "$(column out radiomics segmentation_source | grep -c AutoRTS_total)" = 0 ]
    [ "$(grep -c '^mask,' out/_RESULTS/left_out.csv)" = 0 ]
}

# A structure that is built from what a run no longer has is not what a fresh run builds.
a_source_that_is_gone() {
    printf 'custom_structures:\n  - {name: both, operation: union, source_structures: [liver, spleen]}\n' > recipe.yaml
    make_dicom --patient P1 --size 32x32x12 --masks auto/P1 --roi liver sphere:0,0,0,8 \
        --roi spleen sphere:4,0,0,8
    again AUTOSEG=auto CUSTOM_STRUCTURES=recipe.yaml
    column out radiomics roi_name | grep -qx both
    rm auto/P1/liver.nii.gz
    touch out/P1/mine.nii.gz "$(echo out/P1/*/masks/AutoRTS_total)/mine.nii.gz"
    again
    column out radiomics roi_name | grep -qx both__partial
    [ "$(ls out/P1/*/masks/AutoRTS_total)" = "$(printf 'masks.json\nmine.nii.gz\nspleen.nii.gz')" ]
    pipeline DICOM_ROOT=dicom OUTDIR=fresh AUTOSEG=auto CUSTOM_STRUCTURES=recipe.yaml > /dev/null
    cmp out/_RESULTS/radiomics.csv fresh/_RESULTS/radiomics.csv
    again
    counts 0 0 0 0
}

@test "an automatic mask that is gone is in no structure" {
    a_source_that_is_gone
}

@test "the same in the makefile form, and of regions that are no longer in use" {
    again ENGINE=make
    a_source_that_is_gone
    printf 'custom_structures:\n  - {name: both, operation: union, source_structures: [A, B]}\n' > recipe.yaml
    again AUTOSEG= CUSTOM_STRUCTURES=recipe.yaml
    make_dicom --patient P1 --study P1 --series P1 --frame P1 --size 32x32x12 \
        --structure-set dicom/P1/RS.dcm --roi A sphere:-10,0,0,9
    again
    column out radiomics roi_name | grep -qx both__partial
    [ "$(ls out/P1/*/masks/Manual)" = "$(printf 'A.nii.gz\nmasks.json')" ]
}

# A file with two labels on the grid of the patients, with their names in a header extension.
two_labels() { # FILE
    local xml='<CaretExtension><VolumeInformation><LabelTable><Label Key="1"><![CDATA[heart & vessels]]></Label>
<Label Key="2"><![CDATA[lung_left]]></Label></LabelTable></VolumeInformation></CaretExtension>'
    make_dicom --size 32x32x12 --masks plain --roi x box:0,0,0,20,20,20
    gzip -dc plain/x.nii.gz > plain.nii
    {
        head -c 108 plain.nii
        printf '\0\0\254\104' # vox_offset 1376
        tail -c +113 plain.nii | head -c 236
        printf '\1\0\0\0\0\4\0\0\0\0\0\0'
        printf '%s' "$xml"
        head -c $((1016 - ${#xml})) /dev/zero
        tail -c 12288 plain.nii | head -c 6144
        tail -c 6144 plain.nii | tr '\1' '\2'
    } > "$1"
}

@test "a label map that names its labels is as many regions" {
    mkdir -p auto/P1 && two_labels auto/P1/total.nii
    again AUTOSEG=auto
    [ "$(ran features)" = 2 ]
    column out radiomics roi_original_name | grep -qxF 'heart & vessels'
    column out radiomics roi_original_name | grep -qx lung_left
    again
    counts 0 0 0 0
}

series_uid() { # FILE: its SeriesInstanceUID, from a scan of it alone
    mkdir -p alone && cp "$1" alone/
    dcm2nii-course --scan alone -o alone.json
    sed -n 's/.*"series_uid": "\(.*\)".*/\1/p' alone.json
}

# Layers of 32 x 32 x 12 voxels from masks, one byte of each by turns; segments by name and layer.
slicer() { # OUT.seg.nrrd MASK.nii.gz... : names on stdin, one a line, a segment of value 1 for each
    local out=$1 n=0 name
    shift
    {
        printf 'NRRD0004\ntype: unsigned char\ndimension: 4\nspace: left-posterior-superior\n'
        printf 'sizes: %d 32 32 12\nspace directions: none (2,0,0) (0,2,0) (0,0,3)\n' $#
        printf 'kinds: list domain domain domain\nencoding: raw\nspace origin: (-31,-31,-16.5)\n'
        while read -r name; do
            printf 'Segment%d_Name:=%s\nSegment%d_LabelValue:=1\nSegment%d_Layer:=%d\n' $n "$name" $n $n $n
            n=$((n + 1))
        done
        printf '\n'
        for f in "$@"; do
            gzip -dc "$f" | tail -c 12288 | od -An -v -tu1 -w1 | tr -d ' ' > "$f.txt"
        done
        printf "$(paste "${@/%/.txt}" | tr '\t' '\n' | sed 's/^/\\/' | tr -d '\n')"
    } > "$out"
}

@test "a file of 3D Slicer is as many regions as it has segments, in layers, under any names" {
    make_dicom --masks shapes --size 32x32x12 --roi a sphere:-6,0,0,10 --roi b sphere:4,0,0,12 --roi c box:0,4,0,12,12,18
    mkdir -p auto/P1
    printf '%s\n' 'lobe / "upper"' heart '$(touch x); ../y' |
        slicer auto/P1/s.seg.nrrd shapes/a.nii.gz shapes/b.nii.gz shapes/c.nii.gz
    cp shapes/a.nii.gz auto/P1/Heart.nii.gz # clashes with a segment
    again AUTOSEG=auto
    [ "$(ran features)" = 4 ]
    sqlite3 :memory: -cmd '.mode csv' -cmd '.import out/_RESULTS/status.csv s' -cmd '.mode list' \
        "SELECT roi_original_name, state, roi_id FROM s WHERE segmentation_source = 'AutoRTS_total' ORDER BY 1" > found
    [ "$(cut -d'|' -f1,2 found)" = '$(touch x); ../y|ok
Heart|ok
heart|ok
lobe / "upper"|ok' ]
    masks=$(ls -d out/P1/*/masks/AutoRTS_total)
    [ "$(ls "$masks" | wc -l)" = 5 ]
    id() { awk -F'|' -v name="$1" '$1 == name { print $3 }' found; }
    voldiff "$masks/$(id heart).nii.gz" shapes/b.nii.gz mask
    voldiff "$masks/$(id Heart).nii.gz" shapes/a.nii.gz mask
    voldiff "$masks/$(id 'lobe / "upper"').nii.gz" shapes/a.nii.gz mask
    voldiff "$masks/$(id '$(touch x); ../y').nii.gz" shapes/c.nii.gz mask
    again
    counts 0 0 0 0
    [ ! -e x ]
}

@test "segments of one name are two regions, and a name that is no UTF-8 is one" {
    make_dicom --masks shapes --size 32x32x12 --roi a sphere:-6,0,0,10 --roi b sphere:4,0,0,12 --roi c box:0,4,0,12,12,18
    mkdir -p auto/P1
    printf 'tumour\ntumour\nM\374ller/2\n' |
        slicer auto/P1/s.seg.nrrd shapes/a.nii.gz shapes/b.nii.gz shapes/c.nii.gz
    again AUTOSEG=auto
    [ "$(ran features)" = 3 ]
    masks=$(ls -d out/P1/*/masks/AutoRTS_total)
    ids=$(sqlite3 :memory: -cmd '.mode csv' -cmd '.import out/_RESULTS/status.csv s' -cmd '.mode list' \
        "SELECT roi_id FROM s WHERE roi_original_name = 'tumour' AND state = 'ok'")
    [ "$(wc -w <<< "$ids")" = 2 ]
    for id in $ids; do
        voldiff "$masks/$id.nii.gz" shapes/a.nii.gz mask || voldiff "$masks/$id.nii.gz" shapes/b.nii.gz mask
    done
    run cmp $(printf "$masks/%s.nii.gz " $ids)
    [ "$status" = 1 ]
    voldiff "$masks"/Mller2-*.nii.gz shapes/c.nii.gz mask
    again
    counts 0 0 0 0
}

# What is wrong with a header is said in left_out.csv, and nothing else is kept from its features.
@test "NRRD headers that lie are left out with the reason" {
    make_dicom --masks shapes --size 32x32x12 --roi a sphere:-6,0,0,10
    mkdir -p auto/P1
    gzip -dc shapes/a.nii.gz | tail -c 12288 > a.raw
    nrrd() { # NAME SIZES FIRST_DIRECTION MORE_LINES
        { printf 'NRRD0004\ntype: unsigned char\ndimension: 3\nspace: left-posterior-superior\nsizes: %s\n' "$2"
          printf "space directions: %s (0,2,0) (0,0,3)\nencoding: raw\nspace origin: (-31,-31,-16.5)\n$4\n" "$3"
          cat a.raw; } > "auto/P1/$1.nrrd"
    }
    local most=9223372036854775807
    nrrd good "32 32 12" "(2,0,0)" ''
    nrrd huge "$most $most $most" "(2,0,0)" ''
    nrrd nan "32 32 12" "(nan,0,0)" ''
    nrrd infinite "32 32 12" "(1e308,1e308,0)" ''
    nrrd zero "32 32 12" "(2,0,0)" 'key:=\000\n'
    nrrd detached "32 32 12" "(2,0,0)" "data file: $PWD/a.raw\n"
    echo text > auto/P1/text.nrrd
    { head -c 30 auto/P1/good.nrrd; head -c 5000000 /dev/zero | tr '\0' x; } > auto/P1/endless.nrrd
    again AUTOSEG=auto
    [ "$(ran features)" = 1 ]
    voldiff out/P1/*/masks/AutoRTS_total/good.nii.gz shapes/a.nii.gz mask
    left() { grep -q "^mask,.*/$1\.nrrd,P1,.*$2" out/_RESULTS/left_out.csv; }
    left huge "line 5 of the NRRD header: cannot be used: .*sizes"
    left nan "line 6 of the NRRD header: cannot be used: .*space directions"
    left infinite "a voxel spacing of inf mm along axis 1"
    left zero "a zero byte in its header"
    left detached "voxels lie in another file"
    left text "not an NRRD file"
    left endless "a header of more than 4 MB"
    [ "$(grep -c '^mask,' out/_RESULTS/left_out.csv)" = 7 ]
}

@test "masks for a series that no structure set refers to make it a course, when a folder bears its UID" {
    make_dicom --patient P1 --study P1 --series other --frame P1 --size 24x24x10 -o dicom/P1/other --masks shapes \
        --roi liver sphere:0,0,0,12
    again
    [ "$(ran image)" = 0 ]
    grep -q '^series,P1/other/.*no structure set refers to this series' out/_RESULTS/left_out.csv
    uid=$(series_uid dicom/P1/other/CT0000.dcm)
    mkdir -p auto/P1
    cp shapes/liver.nii.gz auto/P1 # by the patient: fits none of the courses
    again AUTOSEG=auto
    [ "$(ran image)" = 0 ]
    [ "$(grep -c '^mask,' out/_RESULTS/left_out.csv)" = 1 ]
    mv auto/P1 "auto/$uid"
    again
    [ "$(ran image) $(ran masks) $(ran features)" = "1 1 1" ]
    [ "$(column out radiomics segmentation_source | grep -c AutoRTS_total)" = 1 ]
    [ "$(grep -c '^mask,\|^series,' out/_RESULTS/left_out.csv)" = 0 ]
    again
    counts 0 0 0 0
}

recipe() { # MARGIN
    cat > recipe.yaml <<END
custom_structures:
  - {name: ring, operation: union, source_structures: [B], margin: $1}
  - {name: both, operation: union, source_structures: [A, C]}
END
}

@test "structures: a changed source, a changed recipe, a structure that went" {
    recipe 3
    again CUSTOM_STRUCTURES=recipe.yaml
    [ "$(ran masks) $(ran features)" = "2 4" ]
    again
    counts 0 0 0 0
    change_contour P1
    again
    [[ $output == *features/Custom/ring.csv* ]]
    [ "$(ran image) $(ran masks) $(ran features)" = "0 2 2" ]
    recipe 4
    again
    [ "$(ran image) $(ran masks) $(ran features)" = "0 2 2" ]
    sed -i /both/d recipe.yaml
    again
    [ "$(ran features)" = 0 ]
    [ "$(column out radiomics roi_id | grep -c both)" = 0 ]
    again ENGINE=make
    again
    counts 0 0 0 0
}
