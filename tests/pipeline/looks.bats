# What is told without a run: what there is, where a product comes from; and a retry.

load common

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_dicom --cohort cohort
    export given="DICOM_ROOT=cohort/dicom AUTOSEG=cohort/auto CUSTOM_STRUCTURES=cohort/custom_structures.yaml"
    pipeline -j2 $given OUTDIR=out > log
}

setup() {
    cd "$BATS_FILE_TMPDIR"
}

@test "make scan lists patients, courses, regions by name, and what would be left out, and runs nothing" {
    run pipeline $given OUTDIR=new SKIP_ROIS='c*' scan
    echo "$output"
    [ "$status" = 0 ]
    [[ $output == *"patients and courses: 3 and 3"* ]]
    [[ $output == *"    2019-07_MR_205bad  MR  48 x 56 x 20  "* ]]
    [[ $output == *"       3  Custom  lungs"* ]]
    [[ $output == *"       1  roi  not selected: SKIP_ROIS names it (CTV)"* ]]
    [[ $output == *"       1  mask  not selected: SKIP_ROIS names it (colon)"* ]]
    [[ $output == *"       1  file  not a DICOM file (PROSTATE-01/readme.txt)"* ]]
    [[ $output == *"       1  Manual  Ösophagus"* ]]
    [ -z "$(find new -name image.nii -o -name '*.csv' -path '*_RESULTS*')" ]
    run radmill --outdir new --scan -q
    [[ $output == *"patients and courses: 3 and 3"* ]]
    pipeline OUTDIR=new SKIP_ROIS= > /dev/null
    cmp new/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "a scan of an OUTDIR that has results leaves them as they are" {
    stat -c '%n %y' out/_RESULTS/* out/*/*/features/*/* > before
    radmill --outdir out --scan > /dev/null
    stat -c '%n %y' out/_RESULTS/* out/*/*/features/*/* | cmp before -
    run pipeline OUTDIR=out
    [[ $output == *"no work to do"* ]]
    run radmill --outdir out --status
    [[ $output == *"ended well"* ]]
}

sha() { # FILE
    sha1sum "$1" | cut -d' ' -f1
}

@test "--why: from a row of a structure back to the DICOM files, with digests, from any folder" {
    course=$(echo out/PROSTATE-01/*_CT_*)
    run radmill --why $course/features/Custom/ptv_ring.csv
    [ "$status" = 0 ]
    for file in $course/features/Custom/ptv_ring.csv $course/masks/Custom/ptv_ring.nii.gz $course/masks/Custom/ptv_plus.nii.gz \
        $course/masks/Manual/PTV-*.nii.gz $course/image.nii; do
        grep -qF "${file#out/}  sha1 $(sha $file)" <<< "$output"
    done
    grep -qF "from recipe custom_structures.yaml  sha1 $(sha cohort/custom_structures.yaml)" <<< "$output"
    grep -qF "from structure set PROSTATE-01/RS.dcm  sha1 $(sha cohort/dicom/PROSTATE-01/RS.dcm)" <<< "$output"
    grep -qF "file PROSTATE-01/CT/CT0000.dcm  sha1 $(sha cohort/dicom/PROSTATE-01/CT/CT0000.dcm)" <<< "$output"
    [ "$(grep -c 'file PROSTATE-01/CT/CT' <<< "$output")" = 24 ]
    grep -q "from CT series UID-${course: -6}, 24 files" <<< "$output"
    ! grep -q '2\.25\.' <<< "$output" || false
    grep -q "made by radfeat $(cat "$BATS_TEST_DIRNAME/../../VERSION") [0-9a-f]\{40\}" <<< "$output"
    here=$output
    cd $course/features
    run radmill --why Custom/ptv_ring.csv
    [ "$output" = "$here" ]
}

@test "--why: the same for another OUTDIR, and nothing of clock, host or absolute paths" {
    pipeline $given OUTDIR=deep/er > /dev/null
    for rest in _RESULTS/radiomics.csv "$(cd out && ls PROSTATE-01/*/radiomics.csv)" "$(cd out && ls BRAIN-03/*/image.nii)" \
        "$(cd out && ls PROSTATE-01/*/masks/AutoRTS_total/colon.nii.gz)"; do
        radmill --why "out/$rest" > one
        radmill --why "deep/er/$rest" | cmp one -
        grep -qF "$rest  sha1 $(sha "out/$rest")" one
        ! grep -q "$PWD\|$(hostname)\|20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]" one || false
    done
    radmill --why "out/$rest" | grep -qF "from mask file PROSTATE-01/colon.nii.gz  sha1 $(sha cohort/auto/PROSTATE-01/colon.nii.gz)"
}

@test "--why: with pseudonyms neither paths nor UIDs of the originals" {
    head -c 32 /dev/urandom > key
    pipeline $given OUTDIR=hidden PSEUDONYMIZE=key > /dev/null
    for file in $(ls hidden/*/*/features/*/*.csv | head -n 4) $(ls hidden/*/*/masks/AutoRTS_total/colon.nii.gz); do
        radmill --why "$file" > chain
        ! grep -q 'PROSTATE\|BRAIN\|LUNG\|RS.dcm\|CT0000' chain || false
        grep -q 'file file-[0-9a-f]*  sha1' chain
        ! grep -qF "$(sed -n 's/.*"series_uid": "\(.*\)".*/\1/p' hidden/.radmill/manifest.json)" chain || false
    done
}

@test "--why: what is no product is refused" {
    run radmill --why out/_RESULTS/left_out.csv
    [[ $output == *"made by radtable "*"from the scan"*"made by dcm2nii-course "* ]]
    for file in out/_RESULTS/run.json out/.radmill/lock out/_LOGS cohort/dicom/PROSTATE-01/RS.dcm not/there; do
        run radmill --why $file
        [ "$status" = 3 ]
    done
}

@test "make retry: limits for this time only, and none of what tables depend on" {
    patient P1
    mkdir -p fake
    printf '#!/bin/sh\n[ -e %s/slow ] && sleep 3\nexec %s/radfeat "$@"\n' "$PWD" "$RADMILL_BIN" > fake/radfeat
    chmod +x fake/radfeat
    touch slow
    run pipeline DICOM_ROOT=dicom OUTDIR=few BINDIR=fake ROI_TIMEOUT=0.5 -j4
    [ "$status" != 0 ]
    [[ $output == *"3 failed"* ]]
    run pipeline OUTDIR=few PARAMS=x retry
    [ "$status" != 0 ]
    [[ $output == *"PARAMS: a retry takes ROI_MEM_MB and ROI_TIMEOUT only"* || $output == *"no such file"* ]]
    run pipeline OUTDIR=few ROI_TIMEOUT=60 -j4 retry
    echo "$output"
    [ "$status" = 0 ]
    [ "$(ran features) $(ran image)" = "3 0" ]
    run radmill --outdir few
    [[ $output == *"ROI_TIMEOUT=0.5"*"no work to do"* ]]
}

@test "make help needs no binaries, and names every target of the door and every setting" {
    run make -s -f "$door" PIPELINE_BIN=/nowhere help
    [ "$status" = 0 ]
    for target in $(sed -n 's/^\.PHONY: //p' "$door"); do
        [ $target = pipeline ] || [[ $output == *"make $target"* ]]
    done
    [[ $output == *"DICOM_ROOT=DIR"*"ROIS=PATTERNS"* ]]
}

@test "one task at a time" {
    run radmill --outdir out --scan --status
    [ "$status" = 2 ]
    [[ $output == *"at a time"* ]]
}
