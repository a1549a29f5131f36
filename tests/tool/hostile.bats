# Broken and hostile files, given to every tool that reads their kind: one line on stderr that names
# file and cause, the documented exit status, nothing left behind. DICOM series: odd-dicom.bats.

bats_require_minimum_version 1.5.0

setup_file() {
    export dir=$BATS_FILE_TMPDIR PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    cd "$dir"
    make_volume image.nii noise 20 18 12 1 1.5 2
    make_volume mask.nii ball 20 18 12 1 1.5 2
    gzip -nc mask.nii > good.nii.gz
    tail -c 8640 image.nii > image.raw
}

setup() { cd "$dir"; }

# refused STATUS FILE WORDS COMMAND...
refused() {
    local expected=$1 file=$2 words=$3 before
    shift 3
    before=$(ls -A)
    run --separate-stderr timeout 30 "$@"
    [ "$status" = "$expected" ] || { echo "$*: status $status: $stderr"; return 1; }
    [ -z "$output" ] || { echo "$*: on stdout: $output"; return 1; }
    [ "${#stderr_lines[@]}" = 1 ] || { echo "$*: several lines: $stderr"; return 1; }
    [[ $stderr == "$1: error: "*"$file"*"$words"* ]] || { echo "$*: no \"$words\" in: $stderr"; return 1; }
    [ "$(ls -A)" = "$before" ] || { echo "$*: left behind:"; ls -A; return 1; }
}

# A file as image, as mask, and as label map.
volume() { # FILE WORDS
    refused 3 "$1" "$2" radfeat "$1" mask.nii
    refused 3 "$1" "$2" radfeat image.nii "$1"
    refused 3 "$1" "$2" rtstruct2masks "$1" --list
}

# NIfTI also as operand of a structure and as reference.
nifti() { # FILE WORDS
    volume "$@"
    refused 3 "$1" "$2" boolstruct -e "\"${1%%.*}\"+1mm" --masks "$1" -o out.nii
    refused 3 "$1" "$2" rtstruct2masks mask.nii --reference "$1" -o out
}

# A copy of the mask with bytes of its header replaced.
patch() { # FILE [OFFSET BYTES]...
    local file=$1
    shift
    cp mask.nii "$file"
    while [ $# -gt 0 ]; do
        printf "$2" | dd of="$file" bs=1 seek="$1" conv=notrunc status=none
        shift 2
    done
}

header() { # FILE WORDS [OFFSET BYTES]...
    local file=$1 words=$2
    shift 2
    patch "$file" "$@"
    nifti "$file" "$words"
}

nan='\0\0\300\177'

# --- NIfTI
@test "NIfTI: no bytes" { : > a.nii; nifti a.nii " no"; }
@test "NIfTI: text" { echo 'no image' > a.nii; nifti a.nii " no"; }
@test "NIfTI: half a header" { head -c 200 mask.nii > a.nii; nifti a.nii " no"; }
@test "NIfTI: half of the voxels" { head -c 2000 mask.nii > a.nii; nifti a.nii "more voxels than the file holds"; }
@test "NIfTI: nothing there" { rm -f a.nii; nifti a.nii "No such file"; }
@test "NIfTI: a header for two files" { header a.nii "(.img) are not beside it" 344 'ni1'; }
@test "NIfTI: sizes beyond every file" { header a.nii "more voxels than the file holds" 42 '\377\177\377\177\377\177'; }
@test "NIfTI: a size of zero" { header a.nii "size 0 along axis 1" 42 '\0\0'; }
@test "NIfTI: a negative size" { header a.nii "size -1 along axis 1" 42 '\377\377'; }
@test "NIfTI: eight axes" { header a.nii "8 dimensions" 40 '\010\0'; }
@test "NIfTI: four axes" { header a.nii "an image of 4 dimensions" 40 '\004\0' 48 '\003\0'; }
@test "NIfTI: no such type" { header a.nii "data type 1234 is not supported" 70 '\322\004'; }
@test "NIfTI: complex numbers" { header a.nii "data type 32 is not supported" 70 '\040\0'; }
@test "NIfTI: a spacing of zero" { header a.nii "voxel spacing 0 along axis 1" 80 '\0\0\0\0'; }
@test "NIfTI: a spacing that is no number" { header a.nii "voxel spacing nan along axis 1" 80 "$nan"; }
@test "NIfTI: an sform of no numbers" { header a.nii "not perpendicular (sform), or singular" 252 '\0\0' 254 '\002\0' 280 "$nan$nan$nan$nan"; }
@test "NIfTI: an sform of zeros" { header a.nii "not perpendicular (sform), or singular" 252 '\0\0' 254 '\001\0' 280 '\0\0\0\0\0\0\0\0\0\0\0\0'; }
@test "NIfTI: the qform holds a value that is not a number" { header a.nii "the qform holds a value that is not a number" 252 '\001\0' 268 "$nan"; }
@test "NIfTI: voxels beyond every file" { header a.nii "voxels at offset 1.7" 108 '\0\0\0\177'; }
@test "NIfTI: voxels in front of the file" { header a.nii "voxels at offset -1" 108 '\0\0\200\277'; }
@test "NIfTI: voxels nowhere" { header a.nii "voxels at offset nan" 108 "$nan"; }

@test "NIfTI: a slope of zero or of no number scales nothing" {
    rtstruct2masks mask.nii --reference mask.nii -o good
    for bytes in '112 \0\0\0\0' "112 $nan"; do
        patch a.nii ${bytes% *} "${bytes#* }"
        rtstruct2masks a.nii --reference mask.nii -o same
        cmp good/mask.nii.gz same/a.nii.gz
        rm -r same
    done
    rm -r good
}

@test "NIfTI: a broken header extension is refused where names are looked for" {
    patch a.nii 348 '\001' 352 '\377\377\377\177'
    refused 3 a.nii "broken header extension" rtstruct2masks a.nii --list
}

# --- gzip
@test "gzip: no bytes" { : > a.nii.gz; nifti a.nii.gz " no"; }
@test "gzip: no deflate" { printf '\037\213garbage, no deflate' > a.nii.gz; nifti a.nii.gz "compressed data"; }
@test "gzip: cut in its first bytes" { head -c 60 good.nii.gz > a.nii.gz; nifti a.nii.gz "compressed data end too early"; }
@test "gzip: cut in the middle" { head -c $(($(stat -c %s good.nii.gz) / 2)) good.nii.gz > a.nii.gz; volume a.nii.gz "compressed data end too early"; }
@test "gzip: cut in its check sum" { head -c -4 good.nii.gz > a.nii.gz; volume a.nii.gz "compressed data end too early"; }
@test "gzip: another check sum" {
    cp good.nii.gz a.nii.gz
    printf 'XXXX' | dd of=a.nii.gz bs=1 seek=$(($(stat -c %s a.nii.gz) - 8)) conv=notrunc status=none
    volume a.nii.gz "compressed data are broken"
}
@test "gzip: a bomb with sizes to match" {
    patch big.nii 42 '\377\177\377\177\377\177'
    { cat big.nii; head -c 200000000 /dev/zero; } | gzip -n > a.nii.gz
    volume a.nii.gz "more voxels than the file holds"
}
@test "gzip: padding, a second member and a surplus behind the voxels do no harm" {
    radfeat image.nii mask.nii > good.csv
    { cat good.nii.gz; head -c 100 /dev/zero; } > padded.nii.gz
    radfeat image.nii padded.nii.gz | cmp - good.csv
    { head -c 1000 mask.nii | gzip -n; tail -c +1001 mask.nii | gzip -n; } > two.nii.gz
    radfeat image.nii two.nii.gz | cmp - good.csv
    { cat mask.nii; head -c 200000000 /dev/zero; } | gzip -n > more.nii.gz
    radfeat image.nii more.nii.gz | cmp - good.csv
}

# --- NRRD
nrrd() { # SIZES ENCODING
    printf 'NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: %s\nspace directions: (1,0,0) (0,1.5,0) (0,0,2)\nspace origin: (0,0,0)\nendian: little\nencoding: %s\n\n' "$1" "$2" > a.nrrd
}
@test "NRRD: no bytes" { : > a.nrrd; refused 3 a.nrrd "" radfeat a.nrrd mask.nii; refused 3 a.nrrd "no structure set" rtstruct2masks a.nrrd --list; }
@test "NRRD: half a header" { printf 'NRRD0004\ntype: short\ndimension: 3\nsizes: 20 18\n' > a.nrrd; volume a.nrrd ""; }
@test "NRRD: a header with a zero byte, and one without end" {
    { printf 'NRRD0004\nSegment0_Name:=a\0b\n'; cat image.raw; } > a.nrrd
    refused 3 a.nrrd "a zero byte in its header" rtstruct2masks a.nrrd --list
    refused 3 a.nrrd "a zero byte in its header" rtstruct2masks a.nrrd --reference image.nii -o out
    { printf 'NRRD0004\nSegment0_Name:='; head -c 5000000 /dev/zero | tr '\0' x; } > a.nrrd
    refused 3 a.nrrd "a header of more than 4 MB" rtstruct2masks a.nrrd --list
    refused 3 a.nrrd "a header of more than 4 MB" rtstruct2masks a.nrrd --reference image.nii -o out
}
@test "NRRD: negative sizes" { nrrd "-1 18 12" raw; volume a.nrrd ""; }
@test "NRRD: too few voxels" { nrrd "20 18 12" raw; printf abc >> a.nrrd; volume a.nrrd ""; }
@test "NRRD: no gzip" { nrrd "20 18 12" gzip; printf '\037\213garbage' >> a.nrrd; volume a.nrrd ""; }

# --- MetaImage
meta() { # DIMSIZE DATAFILE [LINES]
    printf 'ObjectType = Image\nNDims = 3\n%bDimSize = %s\nElementSpacing = 1 1.5 2\nElementType = MET_SHORT\nElementDataFile = %s\n' "${3-}" "$1" "$2" > a.mha
}
@test "MetaImage: no bytes" { : > a.mha; volume a.mha "no ElementDataFile"; }
@test "MetaImage: text" { echo text > a.mha; volume a.mha "no ElementDataFile"; }
@test "MetaImage: too few sizes" { meta "20 18" LOCAL; volume a.mha "line 3 of the MetaImage header"; }
@test "MetaImage: a size of zero" { meta "20 0 12" LOCAL; volume a.mha "line 3 of the MetaImage header"; }
@test "MetaImage: sizes beyond every file" { meta "2000000000 2000000000 2" LOCAL; volume a.mha "more voxels than can be counted"; }
@test "MetaImage: a hundred axes" { meta "20 18 12" LOCAL; sed -i 's/NDims = 3/NDims = 100/' a.mha; volume a.mha "line 2 of the MetaImage header"; }
@test "MetaImage: a pattern as name of the data file" { meta "20 18 12" '%%s%%n.raw 1 2 0'; volume a.mha "line 6 of the MetaImage header"; }
@test "MetaImage: a list of data files" { meta "20 18 12" LIST; volume a.mha "0 data files for 12 slices"; }
@test "MetaImage: a data file that is not there" { meta "20 18 12" nowhere.raw; volume a.mha "nowhere.raw: No such file"; }
@test "MetaImage: no voxels" { meta "20 18 12" LOCAL; volume a.mha "its voxels take 8640 bytes, but it holds 0"; }
@test "MetaImage: no deflate" { meta "20 18 12" LOCAL 'CompressedData = True\nCompressedDataSize = 99\n'; head -c 99 image.raw >> a.mha; volume a.mha "compressed data are broken"; }
@test "MetaImage: compressed by an unknown number of bytes" { meta "20 18 12" LOCAL 'CompressedData = True\n'; head -c 99 image.raw >> a.mha; volume a.mha "compressed data are broken"; }

# --- DICOM objects
@test "structure sets and segmentations nested two million deep" {
    made=$BATS_TEST_TMPDIR/nested
    make_dicom -o "$made" --size 12x10x6 --structure-set "$made/rs.dcm" --seg "$made/seg.dcm" --roi Ball sphere:0,0,0,4
    printf '\010\0\100\021SQ\0\0\377\377\377\377\376\377\0\340\377\377\377\377' > "$made/level" # (0008,1140), one item
    for i in $(seq 21); do cat "$made/level" "$made/level" > "$made/more"; mv "$made/more" "$made/level"; done
    for kind in rs seg; do
        # behind (0008,0018) of the data set: the header up to it, then the levels
        end=$(LC_ALL=C grep -obUaP '\x08\x00\x18\x00UI' "$made/$kind.dcm" | head -n 1 | cut -d: -f1)
        length=$(od -An -tu2 -j $((end + 6)) -N 2 "$made/$kind.dcm")
        { head -c $((end + 8 + length)) "$made/$kind.dcm"; cat "$made/level"; } > a.dcm
        refused 3 a.dcm "sequences nested too deeply" rtstruct2masks a.dcm --list
        refused 3 a.dcm "sequences nested too deeply" rtstruct2masks a.dcm --reference image.nii -o out
    done
    rm -r "$made"
}

@test "no structure set at all: nothing, text, a cut one" {
    made=$BATS_TEST_TMPDIR
    make_dicom --size 12x10x6 --structure-set "$made/rs.dcm" --seg "$made/seg.dcm" --roi Ball sphere:0,0,0,4
    : > a.dcm
    refused 3 a.dcm "no structure set, segmentation or label map" rtstruct2masks a.dcm --list
    echo 'no structure set' > a.dcm
    refused 3 a.dcm "no structure set, segmentation or label map" rtstruct2masks a.dcm --list
    for kind in rs seg; do
        head -c 1000 "$made/$kind.dcm" > a.dcm
        refused 3 a.dcm "" rtstruct2masks a.dcm --list
        refused 3 a.dcm "" rtstruct2masks a.dcm --reference image.nii -o out
    done
}

@test "a JPEG 2000 stream of another size than its header's" {
    rm -rf slices
    mkdir slices
    for k in 0 1 2; do # SIZ: the image becomes 65556 columns wide
        cp "$BATS_TEST_DIRNAME/data/jpeg2000/$k.dcm" slices/
        at=$(LC_ALL=C grep -obUaP '\xff\x4f\xff\x51' slices/$k.dcm | head -n 1 | cut -d: -f1)
        printf '\001' | dd of=slices/$k.dcm bs=1 seek=$((at + 9)) conv=notrunc status=none
    done
    refused 3 .dcm "a JPEG 2000 code stream of 65556 x 24 pixels, its header says 20 x 24" dcm2nii-course slices -o out.nii
}

# --- text: parameters, recipes, manifests, batches, tables
bomb() { # FILE: nine levels of nine aliases each
    { echo 'a0: &a0 x'; for i in 1 2 3 4 5 6 7 8 9; do
        echo "a$i: &a$i [$(for k in 1 2 3 4 5 6 7 8 9; do printf '*a%d,' $((i - 1)); done)]"
    done; } > "$1"
}
deep() { head -c 100000 /dev/zero | tr '\0' '['; }

parameters() { refused 3 "$1" "$2" radfeat image.nii mask.nii --params "$1"; }
recipe() {
    refused 3 "$1" "$2" boolstruct --recipe "$1" --list
    refused 3 "$1" "$2" boolstruct --recipe "$1" --masks mask.nii -o out
}
manifest() {
    refused 3 "$1" "$2" dcm2nii-course --manifest "$1" -o out
    refused 3 "$1" "$2" rtstruct2masks --manifest "$1" --course P1/x --list
}

@test "YAML: aliases that multiply" { bomb a.yaml; parameters a.yaml "more than"; recipe a.yaml "more than"; }
@test "YAML: too deep" { deep > a.yaml; parameters a.yaml ":1: nested too deeply"; recipe a.yaml ":1: nested too deeply"; }
@test "YAML: not closed" {
    printf 'setting: {binWidth: 25' > a.yaml
    parameters a.yaml ":2: while parsing a flow mapping"
    recipe a.yaml ":2: while parsing a flow mapping"
}
@test "YAML: too long" { head -c 5000000 /dev/zero | tr '\0' '#' > a.yaml; parameters a.yaml "longer than"; recipe a.yaml "longer than"; }
@test "YAML: bytes of no text" { head -c 64 good.nii.gz > a.yaml; parameters a.yaml ""; recipe a.yaml ""; }
@test "YAML: nothing there" { rm -f a.yaml; parameters a.yaml "No such file"; recipe a.yaml "No such file"; }
@test "JSON: too deep" { deep > a.json; manifest a.json "maximum parsing depth"; }
@test "JSON: cut" { printf '{"root": "x", "courses": [{"id"' > a.json; manifest a.json ":1: "; }
@test "JSON: no bytes" { : > a.json; manifest a.json ":1: "; }
@test "JSON: a list instead of a manifest" { echo '[]' > a.json; manifest a.json "no list of courses"; }
@test "JSON: nothing there" { rm -f a.json; manifest a.json "No such file"; }
@test "masks.json: broken, and of files elsewhere" {
    mkdir -p Manual
    printf '{"masks": ' > Manual/masks.json
    refused 3 masks.json ":1: " boolstruct -e 'x+1mm' --masks Manual -o out.nii
    printf '{"masks": [{"file": "../mask.nii", "name": "x"}]}' > Manual/masks.json
    refused 3 masks.json "is not a file name" boolstruct -e 'x+1mm' --masks Manual -o out.nii
}
@test "a batch: no bytes, bytes of no text, nothing there" {
    : > a.csv
    refused 3 a.csv "no columns Image and Mask" radfeat --batch a.csv -o out.csv
    head -c 64 good.nii.gz > a.csv
    refused 3 a.csv "holds bytes of zero: not text" radfeat --batch a.csv -o out.csv
    rm a.csv
    refused 3 a.csv "No such file" radfeat --batch a.csv -o out.csv
}
@test "tables: no bytes, a cut record, nothing there" {
    : > a.csv
    refused 3 a.csv "no header" featmerge a.csv -o out.csv
    printf 'a,b\n1,"2' > a.csv
    printf 'a,b\n1\n' >> a.csv
    printf 'a,b\n1\n' > b.csv
    refused 3 b.csv "a record of 1 fields under a header of 2" featmerge b.csv -o out.csv
    rm a.csv
    refused 3 a.csv "No such file" featmerge a.csv -o out.csv
}
