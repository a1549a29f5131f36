# A word in every name, id, comment and path of a tree: of it nothing may come out again, whatever becomes of the files.

load common

word=CANARYBIRD
birth='1901-?02-?03'

# bird ID PLACE [OPTION]...: a series with its structure set in a folder of that place, the word everywhere.
bird() {
    local id=$1 place=$2
    shift 2
    make_dicom --canary $word --patient "$id" --study "$place" --series "$place" --frame "$place" --size 24x24x8 \
        --name "$word^JANE" --description "$word of JANE" --structure-label $word -o "tree/$place/image" \
        --structure-set "tree/$place/RS.dcm" --roi GTV sphere:0,0,0,9 --roi empty 'sphere:0,0,0,9 empty' "$@"
}

# Everything that a scan and a run have words for.
setup_file() {
    cd "$BATS_FILE_TMPDIR"
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    local p=$word-folder
    bird MRN1 $p/ct
    bird MRN1 $p/mr --modality MR
    bird MRN1 $p/pt --modality PT
    bird MRN2 $p/enhanced --enhanced
    bird MRN2 $p/seg --seg tree/$p/seg/seg.dcm
    bird MRN3 $p/missing --fault missing=3
    bird MRN3 $p/stray --fault size=2,20x20
    bird MRN3 $p/localizer --fault localizer --fault duplicate=2 --fault overlap=3
    bird MRN3 $p/cut --syntax rle --fault truncate=3,100
    bird MRN3 $p/pixels --syntax rle --fault truncate=3,9000
    bird MRN3 $p/garbage --fault garbage=1
    bird MRN3 $p/turned --fault orientation=3,coronal
    bird MRN4 $p/noimage && rm -r tree/$p/noimage/image
    bird MRN4 $p/other --set 'rs:PatientID=MRN5'
    bird MRN4 $p/frame --set 'rs:ReferencedFrameOfReferenceSequence[0].FrameOfReferenceUID=1.2.840.4711.3' \
        --set 'rs:StructureSetROISequence[*].ReferencedFrameOfReferenceUID=1.2.840.4711.3'
    bird MRN4 $p/older --structure-date 20100101
    bird MRN4 $p/older --structure-set tree/$p/older/newer.dcm
    bird MRN4 $p/broken --roi bad 'sphere:0,0,0,9 broken=number'
    bird MRN6 $p/capture --modality OT
    bird MRN6 $p/noset && rm tree/$p/noset/RS*
    bird MRN6 $p/suv --modality PT --absent '*:PatientWeight'
    echo $word > tree/$p/notes.txt
    mkdir -p auto/MRN1 auto/nobody
    mkdir work
}

setup() {
    cd "$BATS_FILE_TMPDIR"
    printf 0123456789abcdef > $word.key
    printf 'setting: {binWidth: 25}\n' > params.yaml
    printf 'custom_structures: [{name: ring, operation: union, source_structures: [GTV], margin: 2}, {name: no, operation: intersection, source_structures: [GTV, NOBODY]}]\n' > recipe.yaml
}

# cohort OUTDIR [SETTING]...: a run of the whole tree and a second one; what the terminal saw goes to OUTDIR.said.
cohort() {
    local out=$1
    shift
    pipeline -j2 DICOM_ROOT=tree OUTDIR="$out" SUV=bw CUSTOM_STRUCTURES=recipe.yaml TABLES=csv,xlsx,sqlite "$@" \
        > "$out.said" 2>&1 || true
    pipeline -j2 OUTDIR="$out" >> "$out.said" 2>&1 || true
    pipeline OUTDIR="$out" status >> "$out.said" 2>&1 || true
    sqlite3 "$out/_RESULTS/radiomics.sqlite" .dump > "$out.dump"
    mkdir -p "$out.sheets"
    sqlite3 :memory: "SELECT writefile('$out.sheets/' || replace(name, '/', '-'), data) FROM zipfile('$out/_RESULTS/radiomics.xlsx')" > /dev/null
}

# holds PATTERN FILE...: which files (and lines) hold it; fails when one does.
holds_no() {
    local pattern=$1
    shift
    ! grep -raEn "$pattern" "$@" || false
}

@test "every kind of refusal is in the tree" {
    cohort plain
    [ "$(column plain status state | sort -u | tr '\n' ' ')" = "ok skipped " ]
    [ "$(column plain left_out kind | sort -u | tr '\n' ' ')" = "file roi series structure_set " ]
    [ "$(column plain left_out reason | sort -u | wc -l)" -ge 12 ]
}

@test "the patient id alone comes out: no name, comment, birth date, and no path but as one" {
    [ -d plain ] || cohort plain
    # Paths are the user's own: they stand in messages, in left_out and in the run's state; nothing else is a path.
    holds_no "$word|JANE|$birth" plain/_RESULTS/{courses,status,radiomics}.csv
    find plain plain.dump plain.sheets plain.said -type f ! -name '*.sqlite' ! -name '*.xlsx' ! -name '*.nii*' \
        ! -path plain/.radmill/manifest.json ! -path '*/.radmill/scan-cache' ! -path '*/.radmill/inputs/*' > files
    [ "$(wc -l < files)" -gt 100 ]
    while read -r file; do
        sed -E "s#[^ ,'\"|<>]*$word-folder[^ ,'\"|<>]*##g" "$file" > stripped
        holds_no "$word|JANE|$birth" stripped
    done < files
    # The label alone of what people typed is in the manifest (label, and name of what was left out).
    sed -E "/\"(label|name)\": \"$word\"/d; s#[^ ,'\"]*$word-folder[^ ,'\"]*##g" plain/.radmill/manifest.json > stripped
    holds_no "$word|JANE|$birth" stripped
}

@test "UIDs are in courses.csv, in JSON and in DICOM objects, and nowhere else" {
    [ -d plain ] || cohort plain
    holds_no '(1\.2\.840|2\.25)\.' plain.said plain/_LOGS $(ls plain/_RESULTS/*.csv | grep -v courses)
}

@test "with a key not even the patient id, and no path" {
    cohort keyed PSEUDONYMIZE=$word.key PARAMS=params.yaml
    radmill --outdir keyed --scan >> keyed.said 2>&1
    radmill --why "$(find keyed -path '*/features/*' -name 'GTV*.csv' | sort | head -n 1)" >> keyed.said 2>&1
    grep -q 'made by radfeat' keyed.said
    holds_no "$word|JANE|$birth|MRN[1-6]" keyed.said keyed.dump keyed.sheets keyed/_RESULTS keyed/_LOGS
    holds_no "$word|JANE|$birth" $(find keyed -type f ! -path '*/.radmill/*')
    [ -z "$(find keyed -path '*/.radmill' -prune -o \( -name "*$word*" -o -name 'MRN[1-6]' \) -print)" ]
    [ "$(column keyed status state | sort | uniq -c)" = "$(column plain status state | sort | uniq -c)" ]
}
