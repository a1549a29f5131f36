# What the pipeline's tests share: a small cohort, runs, and counting what ran.

PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
unset MAKEFLAGS MFLAGS MAKELEVEL RTPIPELINE_USE_PARALLEL_RADIOMICS RTPIPELINE_RADIOMICS_WORKERS
door=$BATS_TEST_DIRNAME/../../pipeline.mk

# pipeline [MAKE'S ARGUMENT]...: a run by the door for data, with the tools under test, that names every step.
pipeline() {
    make --no-print-directory -f "$door" PIPELINE_BIN="$RADMILL_BIN" V=1 "$@"
}

# patient ID [OPTION OF make_dicom]...: a small CT with a structure set of three regions.
patient() {
    local id=$1
    shift
    make_dicom --patient "$id" --study "$id" --series "$id" --frame "$id" --size 32x32x12 \
        -o "dicom/$id/CT" --structure-set "dicom/$id/RS.dcm" \
        --roi A sphere:-10,0,0,9 --roi B sphere:10,0,0,9 --roi C box:0,12,0,12,8,12 "$@"
}

# change_contour ID: region B of that patient gets another shape; nothing else changes.
change_contour() {
    make_dicom --patient "$1" --study "$1" --series "$1" --frame "$1" --size 32x32x12 \
        --structure-set "dicom/$1/RS.dcm" \
        --roi A sphere:-10,0,0,9 --roi B sphere:10,0,0,7 --roi C box:0,12,0,12,8,12
}

# ran RULE: how often the last `run pipeline` ran that rule (image, masks, features, table).
ran() {
    grep -cE "^(\[[0-9]+/[0-9]+\] )?$1 " <<< "$output" || true
}

# states OUTDIR: region and state of every row of the status, sorted.
states() {
    sqlite3 :memory: -cmd '.mode csv' -cmd ".import $1/_RESULTS/status.csv s" -cmd '.mode list' \
        "SELECT roi_original_name || ' ' || state FROM s ORDER BY 1"
}

# column OUTDIR TABLE NAME: the cells of a column.
column() {
    sqlite3 :memory: -cmd '.mode csv' -cmd ".import $1/_RESULTS/$2.csv t" -cmd '.mode list' \
        "SELECT \"$3\" FROM t"
}
