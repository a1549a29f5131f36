# What stored values may be taken for: RESCALE and STORED_BITS reach the scan and the image.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    echo 'featureClass: {firstorder: [Maximum, Minimum]}' > params.yaml
}

runs() { # STATUS [SETTING]...
    local want=$1
    shift
    run pipeline OUTDIR=out "$@"
    echo "$output"
    [ "$status" = "$want" ]
}

@test "a CT without rescale is left out, taken on request, and left out again" {
    patient P0 # a cohort in which nothing can be used is refused as a whole
    patient P1 --absent '*:RescaleSlope' --absent '*:RescaleIntercept'
    runs 0 DICOM_ROOT=dicom PARAMS=params.yaml
    grep -q 'RESCALE=identity' out/_RESULTS/left_out.csv
    [ "$(column out radiomics patient_id | sort -u)" = P0 ]
    runs 0 RESCALE=identity
    [ "$(ran image)" = 2 ] # the setting is on the command line of every image
    [ "$(column out radiomics roi_name | wc -l)" = 6 ]
    grep -q 'RESCALE=identity' out/P1/*/image.json
    runs 0
    [ "$(ran image)" = 0 ]
    runs 0 RESCALE=
    [ "$(column out radiomics patient_id | sort -u)" = P0 ]
}

@test "bits beyond the stored ones: the image is refused, cut, taken whole; a new answer makes it anew" {
    patient P1 --pixel uint16 --intercept 0 --pattern constant:300 --set '*:BitsStored=8' --set '*:HighBit=7'
    runs 0 DICOM_ROOT=dicom PARAMS=params.yaml
    [[ $(cat out/_RESULTS/status.csv) == *"STORED_BITS=cut drops them"* ]]
    runs 0 STORED_BITS=cut
    [ "$(column out radiomics original_firstorder_Maximum | sort -u)" = 44.0 ]
    runs 0 STORED_BITS=all
    [ "$(ran image) $(ran features)" = "1 3" ]
    [ "$(column out radiomics original_firstorder_Maximum | sort -u)" = 300.0 ]
    grep -q 'STORED_BITS=all' out/P1/*/image.json
    runs 0
    [ "$(ran image)" = 0 ]
}
