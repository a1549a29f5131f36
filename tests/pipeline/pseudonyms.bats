# PSEUDONYMIZE: nothing that a run writes for others names a patient; the key alone decides.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1 --description DOE_JANE
    patient DOE_JOHN
    printf 0123456789abcdef > key
    # HMAC-SHA-1 of "P1" with that key, by another program
    one=P10c159dea1d9d427
}

# Of what is not the run's own state: no identifier, path or description.
names_nobody() {
    [ -z "$(grep -rlaE 'DOE_|/P1/|"P1"|,P1,' "$1" --exclude-dir=.radmill)" ]
    [ -z "$(find "$1" -name '*DOE*' -o -name P1)" ]
}

@test "pseudonyms take the place of identifiers everywhere" {
    make_dicom --patient DOE_JOHN --study x --series x --frame x -o dicom/DOE_JOHN/more --fault missing=3
    run pipeline -j2 DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key TABLES=csv,sqlite
    [ "$status" = 0 ]
    [[ $output != *DOE* ]]
    names_nobody out
    [ -d "out/$one" ]
    [ "$(column out radiomics patient_id | sort -u | wc -l)" = 2 ]
    [ "$(column out radiomics course_dir | grep -c "^$one/")" = 3 ]
    [ "$(column out left_out path | grep -cE '^file-[0-9a-f]{16}$')" = 1 ]
    grep -q '"original_path": "DOE_JOHN/more/' out/.radmill/manifest.json
}

@test "the identifiers themselves are not kept: the cache has pseudonyms" {
    make_dicom --patient DOE_JOHN --study x --series x --frame x -o tree/a
    dicom() { dcm2nii-course --scan tree -o "$1" --cache cache --pseudonymize key; }
    dicom m.json
    [ "$(cat cache m.json | grep -ac DOE)" = 0 ]
    dicom again.json
    cmp m.json again.json
    dcm2nii-course --scan tree -o plain.json --cache cache
    grep -q '"patient_id": "DOE_JOHN"' plain.json
}

@test "the same key gives the same bytes anywhere, another key others" {
    pipeline DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key > /dev/null
    cp key same
    pipeline DICOM_ROOT=dicom OUTDIR=other ENGINE=make PSEUDONYMIZE=same > /dev/null
    cmp out/_RESULTS/radiomics.csv other/_RESULTS/radiomics.csv
    cmp out/_RESULTS/left_out.csv other/_RESULTS/left_out.csv
    printf fedcba9876543210 > same
    pipeline DICOM_ROOT=dicom OUTDIR=third PSEUDONYMIZE=same > /dev/null
    [ "$(column third radiomics patient_id | grep -cF -f <(column out radiomics patient_id))" = 0 ]
    run pipeline OUTDIR=out
    [[ $output == *"no work to do"* ]]
}

@test "automatic masks find their patient by its identifier, and left_out does not repeat it" {
    pipeline DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key > /dev/null
    mkdir -p auto/P1 auto/DOE_NOBODY
    cp out/"$one"/*/masks/Manual/A.nii.gz auto/P1/heart.nii.gz
    cp auto/P1/heart.nii.gz auto/DOE_NOBODY/
    head -c 40 auto/P1/heart.nii.gz > auto/P1/broken.nii.gz
    pipeline OUTDIR=out AUTOSEG=auto > /dev/null
    [ "$(column out radiomics segmentation_source | grep -c AutoRTS_total)" = 1 ]
    [ "$(column out left_out kind | grep -c mask)" = 2 ]
    names_nobody out
}

@test "an image that cannot be made is reported without its path" {
    make_dicom --patient DOE_JOHN --study DOE_JOHN --series DOE_JOHN --frame DOE_JOHN \
        --size 32x32x12 -o dicom/DOE_JOHN/CT --syntax rle --fault truncate=3,1300
    run pipeline DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key
    [[ $output != *DOE* ]]
    names_nobody out
    [ "$(column out status state | sort | uniq -c | tr -s ' \n' ' ')" = " 3 ok 3 skipped " ]
    column out status reason | grep -q 'file-[0-9a-f]*: '
}

@test "an OUTDIR keeps to its key" {
    pipeline DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key > /dev/null
    printf fedcba9876543210 > second
    run pipeline OUTDIR=out PSEUDONYMIZE=second
    [ "$status" != 0 ]
    [[ $output == *"begun with another key"* ]]
    run pipeline OUTDIR=out PSEUDONYMIZE=
    [[ $output == *"begun with a key"* ]]
    pipeline OUTDIR=out > /dev/null
    pipeline DICOM_ROOT=dicom OUTDIR=plain > /dev/null
    run pipeline OUTDIR=plain PSEUDONYMIZE=key
    [[ $output == *"begun without pseudonyms"* ]]
    printf short > second
    run radmill --dicom-root dicom --outdir fresh --pseudonymize second
    [ "$status" = 3 ]
    [[ $output == *"fewer than 16 bytes"* ]]
}
