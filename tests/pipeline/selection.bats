# Which regions and patients are measured, and what they are called.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
}

run_with() { # [SETTING]...
    run pipeline DICOM_ROOT=dicom OUTDIR=out "$@"
    echo "$output"
    [ "$status" = 0 ]
}

# rows: patient and original name of every row of the table.
rows() {
    sqlite3 :memory: -cmd '.mode csv' -cmd '.import out/_RESULTS/radiomics.csv t' -cmd '.mode list' \
        "SELECT patient_id || '/' || roi_original_name FROM t ORDER BY 1" | tr '\n' ' '
}

# left: name and reason of every region that was left out.
left() {
    sqlite3 :memory: -cmd '.mode csv' -cmd '.import out/_RESULTS/left_out.csv t' -cmd '.mode list' \
        "SELECT kind || ' ' || name || ': ' || reason FROM t ORDER BY 1"
}

@test "ROIS and SKIP_ROIS: patterns, case ignored, SKIP_ROIS last; the rest is left out and not drawn" {
    run_with ROIS='a, [bc]' SKIP_ROIS=B
    [ "$(rows)" = "P1/A P1/C P2/A P2/C " ]
    [ "$(column out status roi_id | sort -u | tr '\n' ' ')" = "A C " ]
    [ "$(left | sort -u)" = "roi B: not selected: SKIP_ROIS names it" ]
    [ "$(column out left_out path | sort | tr '\n' ' ')" = "P1/RS.dcm P2/RS.dcm " ]
    [ "$(ls out/P1/*/masks/Manual | tr '\n' ' ')" = "A.nii.gz C.nii.gz masks.json " ]
    run_with ROIS=a SKIP_ROIS=
    [ "$(rows)" = "P1/A P2/A " ]
    [ "$(ran features)" = 0 ]
    run_with ROIS=
    [ "$(rows)" = "P1/A P1/B P1/C P2/A P2/B P2/C " ]
    [ "$(ran features)" = 4 ]
    run_with
    [[ $output == *"no work to do"* ]]
}

@test "the same tables whatever was selected before, and in the makefile form" {
    run_with ROIS=B
    pipeline DICOM_ROOT=dicom OUTDIR=fresh ROIS='*' ENGINE=make > /dev/null
    run_with ROIS=
    cmp out/_RESULTS/radiomics.csv fresh/_RESULTS/radiomics.csv
    pipeline OUTDIR=fresh ROIS=B > /dev/null
    run_with ROIS=b
    cmp out/_RESULTS/radiomics.csv fresh/_RESULTS/radiomics.csv
}

@test "a comma in a name, a pattern that takes nothing, a course where nothing is selected" {
    patient P3 --roi "x, y" sphere:0,-10,0,6
    run_with ROIS='x\, y,none*'
    [ "$(rows)" = "P3/x, y " ]
    [[ $output == *"warning: ROIS: no region is called none*"* ]]
    [ "$(left | wc -l)" = 9 ]
    run pipeline OUTDIR=out ROIS='A,,B'
    [ "$status" != 0 ]
    [[ $output == *"ROIS=A,,B: an empty pattern"* ]]
}

@test "masks that a recipe needs are drawn all the same, and its structures are selected by name" {
    cat > recipe.yaml <<END
custom_structures:
  - {name: both, operation: union, source_structures: [A, B]}
  - {name: ring, operation: subtract, source_structures: [both, C]}
END
    run_with ROIS=ring CUSTOM_STRUCTURES=recipe.yaml
    [ "$(rows)" = "P1/ring P2/ring " ]
    [ "$(column out status roi_id | sort -u)" = ring ]
    [ "$(left | wc -l)" = 8 ]
    cp out/_RESULTS/radiomics.csv ring.csv
    pipeline DICOM_ROOT=dicom OUTDIR=all CUSTOM_STRUCTURES=recipe.yaml > /dev/null
    (head -n 1 all/_RESULTS/radiomics.csv; grep ',ring,' all/_RESULTS/radiomics.csv) | cmp - ring.csv
    run_with SKIP_ROIS='ring,both' ROIS=
    [ "$(rows)" = "P1/A P1/B P1/C P2/A P2/B P2/C " ]
    left | grep -qx 'roi ring: not selected: SKIP_ROIS names it'
    [ ! -e "$(echo out/P1/*/masks/Custom/ring.nii.gz)" ] || [ -z "$(column out status roi_id | grep ring)" ]
}

@test "automatic masks: one by one, and labels of one file" {
    pipeline DICOM_ROOT=dicom OUTDIR=made > /dev/null
    mkdir -p auto/P1
    cp made/P1/*/masks/Manual/A.nii.gz auto/P1/liver.nii.gz
    cp made/P1/*/masks/Manual/B.nii.gz auto/P1/spleen.nii.gz
    run_with AUTOSEG=auto ROIS='liver'
    [ "$(rows)" = "P1/liver " ]
    [ "$(ls out/P1/*/masks/AutoRTS_total | tr '\n' ' ')" = "liver.nii.gz masks.json " ]
    left | grep -qx 'mask spleen: not selected: ROIS does not name it'
    run_with ROIS=A
    [ "$(rows)" = "P1/A P2/A " ]
}

names() {
    cat > names.yaml <<END
GTV: [a]
Lung: ["[bc]"]
END
}

@test "ROI_NAMES: the standard name in roi_name, __partial behind it, the rest stays; clashes fail" {
    names
    patient P2 --roi D sphere:-28,0,0,9
    sed -i 's/\[bc\]/b/; s/^GTV.*/GTV: [a]\nEdge: ["d*"]/' names.yaml
    run_with ROI_NAMES=names.yaml
    [ "$(sqlite3 :memory: -cmd '.mode csv' -cmd '.import out/_RESULTS/radiomics.csv t' -cmd '.mode list' \
        'SELECT roi_name, roi_original_name, roi_id FROM t ORDER BY patient_id, roi_id' | tr '\n' ' ')" = \
        "GTV|A|A Lung|B|B C|C|C GTV|A|A Lung|B|B C|C|C Edge__partial|D|D " ]
    [[ $output == *"ROI_NAMES: no pattern takes C (2)"* ]]
    [ -e out/P1/*/features/Manual/A.csv ]
    names
    run pipeline OUTDIR=out ROI_NAMES=names.yaml
    [ "$status" != 0 ]
    [ "$(rows)" = "P1/A P2/A P2/D " ]
    [ "$(states out | grep -c failed)" = 4 ]
    column out status reason | grep -qx 'ROI_NAMES: B and C are both called Lung'
    run_with ROI_NAMES=
    [ "$(column out radiomics roi_name | sort -u | tr '\n' ' ')" = "A B C D__partial " ]
}

@test "ROI_NAMES: a recipe sees both names; a changed name builds it again" {
    printf 'Left: [a]\nRight: [b]\n' > names.yaml
    cat > recipe.yaml <<END
custom_structures:
  - {name: sum, operation: union, source_structures: [Left, Right]}
  - {name: old, operation: union, source_structures: [A, B]}
END
    run_with ROI_NAMES=names.yaml CUSTOM_STRUCTURES=recipe.yaml
    cmp out/P1/*/masks/Custom/sum.nii.gz out/P1/*/masks/Custom/old.nii.gz
    printf 'Left: [a]\nRight: [c]\n' > names.yaml
    run_with
    run cmp -s out/P1/*/masks/Custom/sum.nii.gz out/P1/*/masks/Custom/old.nii.gz
    [ "$status" = 1 ]
}

@test "ROI_NAMES: a file that is not understood is refused with its line before anything runs" {
    printf 'GTV: [a]\ngtv: [b]\n' > names.yaml
    run radmill --dicom-root dicom --outdir out --roi-names names.yaml
    [ "$status" = 3 ]
    [[ $output == *"names.yaml:2: \"gtv\" is there twice"* ]]
    [ ! -e out/_RESULTS/radiomics.csv ]
}

@test "PATIENTS: the others are left out, series by series and set by set, and come back" {
    patient Q9
    run_with PATIENTS='p*'
    [ "$(rows)" = "P1/A P1/B P1/C P2/A P2/B P2/C " ]
    [ "$(left | cut -d' ' -f1 | tr '\n' ' ')" = "series structure_set " ]
    [ "$(left | sed 's/.*: //' | sort -u)" = "PATIENTS does not name its patient" ]
    [ ! -e out/Q9 ]
    run_with
    [[ $output == *"no work to do"* ]]
    run_with PATIENTS=
    [ "$(column out radiomics roi_id | wc -l)" = 9 ]
    [ "$(ran features)" = 3 ]
}

@test "PATIENTS with pseudonyms: original ids match; a digest is remembered, and enough while nothing is new" {
    head -c 32 /dev/urandom > key
    run_with PSEUDONYMIZE=key PATIENTS=P1
    [ "$(column out radiomics roi_id | wc -l)" = 3 ]
    ! grep -rqs 'PATIENTS.*P1\|"P1"' out || false
    grep -q '"PATIENTS": "keyed:[0-9a-f]*"' out/.radmill/settings.json
    run pipeline OUTDIR=out
    [ "$status" = 0 ]
    [[ $output == *"no work to do"* && $output == *"PATIENTS=(not shown)"* && $output != *P1* ]]
    mv dicom elsewhere
    run radmill --outdir out
    mv elsewhere dicom
    [ "$status" = 3 ]
    [[ $output == *"DICOM_ROOT=(not shown), which is remembered: no such folder"* && $output != *"$PWD/dicom"* ]]
    patient P3
    run radmill --outdir out
    [ "$status" = 3 ]
    [[ $output == *"PATIENTS: only a digest of it is remembered, and 13 files are new or changed: give it again"* ]]
    run radmill --outdir out --patients 'p[13]'
    [ "$status" = 0 ]
    [ "$(column out radiomics patient_id | sort -u | wc -l)" = 2 ]
    run radmill --outdir out
    [[ $output == *"no work to do"* ]]
}
