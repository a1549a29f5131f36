# One folder that is a course already: with masks, and with structures of a recipe.

load common

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    patient P1
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    cat > recipe.yaml <<END
custom_structures:
  - {name: A and B, operation: union, source_structures: [A, B]}
  - {name: rest, operation: subtract, source_structures: [A, nowhere]}
END
    pipeline DICOM_ROOT=dicom OUTDIR=custom CUSTOM_STRUCTURES=recipe.yaml > /dev/null
}

setup() {
    cd "$BATS_FILE_TMPDIR"
}

features() { # TABLE: roi and its features, without where it lies
    sqlite3 :memory: -cmd '.mode csv' -cmd ".import $1 t" \
        "SELECT segmentation_source, roi_name, original_firstorder_Mean, original_glcm_Contrast, original_shape_MeshVolume FROM t ORDER BY 1, 2"
}

@test "a folder laid out alike gives the same features" {
    mkdir -p mine/masks/Manual
    cp out/P1/*/image.nii mine/
    cp out/P1/*/masks/Manual/*.nii.gz mine/masks/Manual/
    radmill --course-dir mine > log
    features mine/radiomics.csv | cmp - <(features out/_RESULTS/radiomics.csv)
    run radmill -v --course-dir mine
    [[ $output == *"no work to do"* ]]
    touch -d 2099-01-01 mine/masks/Manual/A.nii.gz # content counts, times do not
    run radmill -v --course-dir mine
    [[ $output == *"no work to do"* ]]
    cp mine/masks/Manual/B.nii.gz mine/masks/Manual/A.nii.gz
    touch -d 2001-01-01 mine/masks/Manual/A.nii.gz
    run radmill -v --course-dir mine
    [ "$(ran features)" = 1 ]
}

@test "with a recipe" {
    cp -r out/P1/*/ one
    rm -r one/features one/radiomics.csv one/status.csv
    radmill --course-dir one --custom-structures recipe.yaml > log
    features one/radiomics.csv | cmp - <(features custom/_RESULTS/radiomics.csv)
    [ "$(grep -c ',skipped,' one/status.csv)" = 1 ]
    [ -e one/masks/Custom/masks.json ]
}

@test "a folder without an image is refused" {
    mkdir -p empty/masks
    run radmill --course-dir empty
    [ "$status" = 3 ]
}
