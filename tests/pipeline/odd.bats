# DICOM that is not as it should be, through the whole pipeline: what is forgiven or asked for shows in
# the tables, and a setting that changes makes stale what depends on it.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# other_frame: the structure set of P1 in another frame of reference, its contours off their images.
other_frame() {
    make_dicom --patient P1 --study P1 --series P1 --frame other --size 32x32x12 --centre 0,0,0.5 \
        --structure-set dicom/P1/RS.dcm --roi A sphere:-10,0,0,9 --roi B sphere:10,0,0,9
}

@test "ANY_FRAME: taken when it is asked for, with a column, and left out again" {
    patient P1
    other_frame
    printf 'custom_structures:\n  - {name: AB, operation: union, source_structures: [A, B]}\n' > r.yaml
    pipeline DICOM_ROOT=dicom OUTDIR=out CUSTOM_STRUCTURES=r.yaml
    [ "$(column out radiomics roi_id)" = "" ]
    grep -q 'ANY_FRAME=1 takes it' out/_RESULTS/left_out.csv
    ! grep -q frame_overridden out/_RESULTS/radiomics.csv || false
    pipeline OUTDIR=out ANY_FRAME=1
    [ "$(column out radiomics "roi_id\" || ' ' || \"frame_overridden")" = $'AB True\nA True\nB True' ]
    grep -q 'taken as it was asked for' out/P1/*/masks/Manual/masks.json
    run pipeline OUTDIR=out
    [ "$(ran image) $(ran masks) $(ran features) $(ran table)" = "0 0 0 0" ]
    pipeline OUTDIR=out ANY_FRAME=0
    [ "$(column out radiomics frame_overridden)" = "" ]
    head -n 1 out/_RESULTS/radiomics.csv | grep -q frame_overridden
    patient P1
    pipeline OUTDIR=out
    [ "$(column out radiomics frame_overridden | sort | uniq -c | tr -s ' ')" = " 4 False" ]
}

@test "VOLUMES: the phase that is drawn on, then all, then that one again with its own id" {
    patient P1 --set '*:AcquisitionNumber=1'
    make_dicom --patient P1 --study P1 --series P1 --frame P1 --size 32x32x12 -o dicom/P1/phase2 \
        --instances b --pattern constant:7 --set '*:AcquisitionNumber=2'
    pipeline DICOM_ROOT=dicom OUTDIR=out
    [ "$(column out radiomics course_id | sort -u | wc -l)" = 1 ]
    cp out/_RESULTS/radiomics.csv one.csv
    grep -q 'AcquisitionNumber=1' out/P1/*/image.json
    pipeline OUTDIR=out VOLUMES=all
    [ "$(ls out/P1 | wc -l)" = 2 ]
    cmp out/_RESULTS/radiomics.csv one.csv
    grep -lq '"maximum": 7.0' out/P1/*/image.json
    pipeline OUTDIR=out VOLUMES=referenced
    cmp out/_RESULTS/radiomics.csv one.csv
}

@test "diffusion: the direction that is drawn on, whole although one slice writes -0" {
    patient P1 --modality MR --pattern constant:5 --set '*:DiffusionBValue=800' \
        --set '*:DiffusionGradientOrientation=0\1\0' --set '2:DiffusionGradientOrientation=-0\1\-0'
    for other in 'x 1\0\0' 'z 0\0\1'; do
        make_dicom --patient P1 --study P1 --series P1 --frame P1 --modality MR --size 32x32x12 \
            -o "dicom/P1/${other% *}" --instances "${other% *}" --pattern constant:7 \
            --set '*:DiffusionBValue=800' --set "*:DiffusionGradientOrientation=${other#* }"
    done
    pipeline DICOM_ROOT=dicom OUTDIR=out
    [ "$(column out radiomics course_id | sort -u | wc -l)" = 1 ]
    grep -q '"volume": "DiffusionGradientOrientation=0\\\\1\\\\0"' out/P1/*/image.json
    grep -q '"slices": 12' out/P1/*/image.json
    grep -q '"maximum": 5.0' out/P1/*/image.json
}

@test "MISSING_SLICES: refused, made up with a column, refused again" {
    patient P0 # a cohort in which nothing can be used is refused as a whole
    make_dicom --patient P1 --study P1 --series P1 --frame P1 --size 32x32x30 --fault missing=15 -o dicom/CT \
        --structure-set dicom/RS.dcm --roi A sphere:-10,0,0,9
    pipeline DICOM_ROOT=dicom OUTDIR=out
    [ "$(column out radiomics patient_id | sort -u)" = P0 ]
    grep -q 'MISSING_SLICES=interpolate makes them up' out/_RESULTS/left_out.csv
    pipeline OUTDIR=out MISSING_SLICES=interpolate
    [ "$(column out radiomics slices_interpolated | sort -u | paste -sd,)" = 0,1 ]
    pipeline OUTDIR=out | grep -q 'forgiven: 0 regions and 1 image (notes'
    grep -q '1 of 30 slices are missing and were made up' out/P1/*/image.json
    run pipeline OUTDIR=out
    [ "$(ran image) $(ran masks) $(ran features) $(ran table)" = "0 0 0 0" ]
    pipeline OUTDIR=out MISSING_SLICES=
    [ "$(column out radiomics patient_id | sort -u)" = P0 ]
    ! grep -q slices_interpolated out/_RESULTS/radiomics.csv || false
}
