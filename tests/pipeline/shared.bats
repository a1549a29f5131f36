# The public cohorts, where they are: $RADMILL_TEST_DATA.

load common

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    [ -d "$RADMILL_TEST_DATA/ibsi_validation/dicom" ] || return 0
    pipeline -j2 DICOM_ROOT="$RADMILL_TEST_DATA" OUTDIR=all > log
}

setup() {
    cd "$BATS_FILE_TMPDIR"
    [ -d "$RADMILL_TEST_DATA/ibsi_validation/dicom" ] || skip "no shared data in $RADMILL_TEST_DATA"
}

@test "all of it: 15 courses, 18 regions" {
    [ "$(column all status course_id | sort -u | wc -l)" = 15 ]
    [ "$(column all radiomics roi_id | wc -l)" = 18 ]
    [ "$(column all status state | sort -u)" = ok ]
    [ "$(wc -l < all/_RESULTS/left_out.csv)" -gt 50 ]
}

@test "the validation cohort: 12 courses, 12 rows, a null build" {
    pipeline -j2 DICOM_ROOT="$RADMILL_TEST_DATA/ibsi_validation/dicom" OUTDIR=twelve > log
    [ "$(column twelve radiomics course_id | sort -u | wc -l)" = 12 ]
    [ "$(column twelve radiomics roi_id | wc -l)" = 12 ]
    run pipeline OUTDIR=twelve
    [[ $output == *"no work to do"* ]]
    grep -F -f <(tail -n +2 twelve/_RESULTS/radiomics.csv) all/_RESULTS/radiomics.csv > both
    cmp both <(tail -n +2 twelve/_RESULTS/radiomics.csv)
}

# mask PATIENT MODALITY: the mask of that course.
mask() {
    ls all/"$1"/*_"$2"_*/masks/Manual/*.nii.gz
}

@test "their masks are the published ones, voxel for voxel" {
    published=$RADMILL_TEST_DATA/ibsi_validation/nifti
    for patient in 1 2 3 4; do
        voldiff "$(mask STS_00$patient CT)" "$published/STS_00$patient/CT_mask.nii.gz" mask
        voldiff "$(mask STS_00$patient MR)" "$published/STS_00$patient/MR_T1_mask.nii.gz" mask
        voldiff "$(mask STS_00$patient PT)" "$published/STS_00$patient/PET_mask.nii.gz" mask
    done
}

@test "the phantom's mask has its 125,256 voxels" {
    [ "$(grep -l '"voxels": 125256' all/*/*/masks/*/masks.json | wc -l)" = 1 ]
}
