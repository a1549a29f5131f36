# A cohort from DICOM to tables: what is there afterwards, whatever way it was run.

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

@test "every region has a status, and those that are ok a row" {
    [ "$(column out status state | sort | uniq -c | tr -s ' \n' ' ')" = " 28 ok 15 skipped " ]
    [ "$(column out radiomics roi_id | wc -l)" = 28 ]
    states out | grep -qx 'not drawn skipped'
    grep -q 'no contours' out/_RESULTS/status.csv
}

@test "columns: identity, diagnostics, features" {
    header=$(head -n 1 out/_RESULTS/radiomics.csv)
    [[ $header == modality,segmentation_source,roi_name,roi_original_name,course_dir,patient_id,course_id,structure_cropped,roi_id,diagnostics_* ]]
    [ "$(tr , '\n' <<< "$header" | grep -cE '^original_(firstorder|shape|glcm|glrlm|glszm|gldm|ngtdm)_')" = 107 ]
    [ "$(head -n 1 out/_RESULTS/status.csv)" = patient_id,course_id,modality,segmentation_source,roi_name,roi_original_name,roi_id,state,reason,seconds,peak_mb,log ]
}

@test "rows are sorted, courses have tables of their own, and the two agree" {
    column out radiomics patient_id > ids
    LC_ALL=C sort -c ids
    featmerge out/*/*/radiomics.csv -o merged.csv
    cmp merged.csv out/_RESULTS/radiomics.csv
}

@test "automatic masks are a source of their own, and touching the border is said" {
    [ "$(column out status segmentation_source | grep -c AutoRTS_total)" = 6 ]
    column out radiomics roi_name | grep -qx colon__partial
    [ "$(column out radiomics structure_cropped | grep -c True)" = 1 ]
}

@test "structures of the recipe are a source of their own; what cannot be built says why" {
    [ "$(column out radiomics segmentation_source | grep -c Custom)" = 6 ]
    grep '^BRAIN-03,.*,Custom,ptv_ring,' out/_RESULTS/status.csv | grep -q ',skipped,subtract without'
    ls out/PROSTATE-01/*/masks/Custom/ptv_ring.nii.gz
}

@test "what was not used is listed" {
    grep -q '^file,PROSTATE-01/readme.txt,' out/_RESULTS/left_out.csv
}

@test "names of patients and regions stay data" {
    [ ! -e pwned ] && [ ! -e out/pwned ] || false
    column out status roi_original_name | grep -qF '$(touch pwned); rm -rf *'
    [ -z "$(find out -name '*[^A-Za-z0-9._-]*')" ]
}

@test "logs are where the status says" {
    while read -r log; do
        [ -z "$log" ] || [ -e "out/$log" ]
    done < <(column out status log)
}

@test "a second run does nothing, says so, and needs no settings" {
    stat -c '%n %y' out/_RESULTS/*.csv > before
    run pipeline -j2 OUTDIR=out
    [ "$status" = 0 ]
    [[ $output == *"no work to do"* ]]
    stat -c '%n %y' out/_RESULTS/*.csv | cmp before -
}

@test "one at a time, in another place: the same bytes" {
    pipeline -j1 $given OUTDIR=deep/er/one > log1
    grep -q '1 at a time (-j)' log1
    cmp out/_RESULTS/radiomics.csv deep/er/one/_RESULTS/radiomics.csv
    cmp out/_RESULTS/left_out.csv deep/er/one/_RESULTS/left_out.csv
}

@test "the makefile form: the same bytes, and a null build" {
    pipeline -j2 ENGINE=make $given OUTDIR=made > log2
    cmp out/_RESULTS/radiomics.csv made/_RESULTS/radiomics.csv
    run pipeline OUTDIR=made
    [[ $output == *"no work to do"* ]]
    [ "$(ran features)" = 0 ]
}

@test "without ninja the makefile form runs, and says so" {
    mkdir -p few
    for program in make sh dirname mkdir touch echo; do ln -sf "$(type -P $program)" few/; done
    mkdir one && cp -r cohort/dicom/BRAIN-03 one/
    PATH=$PWD/few run pipeline DICOM_ROOT=one OUTDIR=without
    [ "$status" = 0 ]
    [[ $output == *"ninja is not installed"* ]]
    grep '^MR,Manual,.*,BRAIN-03,' out/_RESULTS/radiomics.csv | cmp - <(tail -n +2 without/_RESULTS/radiomics.csv)
}

@test "make -n runs nothing" {
    run pipeline -n DICOM_ROOT=cohort/dicom OUTDIR=dry
    [ "$status" = 0 ]
    [ ! -e dry ]
}

@test "variables of rtpipeline count where -j says nothing" {
    RTPIPELINE_USE_PARALLEL_RADIOMICS=no run pipeline OUTDIR=out
    [[ $output == *"1 at a time (RTPIPELINE_USE_PARALLEL_RADIOMICS)"* ]]
    RTPIPELINE_RADIOMICS_WORKERS=3 run pipeline OUTDIR=out
    [[ $output == *"3 at a time (RTPIPELINE_RADIOMICS_WORKERS)"* ]]
    RTPIPELINE_RADIOMICS_WORKERS=3 run pipeline -j2 OUTDIR=out
    [[ $output == *"2 at a time (-j)"* ]]
}

@test "settings of the environment are not settings" {
    DICOM_ROOT=$PWD/cohort/dicom run pipeline OUTDIR=never
    [ "$status" != 0 ]
    [[ $output == *"needs DICOM_ROOT"* ]]
    [ ! -e never ]
}

@test "folders with blanks, quotes and dollars" {
    mkdir -p "sp ace's"
    cp -r cohort/dicom/BRAIN-03 "sp ace's/in \$x #1"
    radmill --dicom-root "sp ace's/in \$x #1" --outdir "sp ace's/o'ut" > /dev/null
    grep '^MR,Manual,.*,BRAIN-03,' out/_RESULTS/radiomics.csv | cmp - <(tail -n +2 "sp ace's/o'ut/_RESULTS/radiomics.csv")
}

@test "an OUTDIR inside DICOM_ROOT is not scanned" {
    mkdir -p both && cp -r cohort/dicom/BRAIN-03 both/
    pipeline DICOM_ROOT=both OUTDIR=both/out > /dev/null
    run pipeline OUTDIR=both/out
    [[ $output == *"no work to do"* ]]
    [ "$(wc -l < both/out/_RESULTS/left_out.csv)" = 1 ]
}

@test "an OUTDIR that is DICOM_ROOT is refused before anything is written into it" {
    mkdir -p same && cp -r cohort/dicom/BRAIN-03 same/
    run pipeline DICOM_ROOT=same OUTDIR=./same/../same
    [ "$status" != 0 ]
    [[ $output == *"OUTDIR is DICOM_ROOT itself"* ]]
    [ "$(ls -A same)" = BRAIN-03 ]
}

@test "automatic masks and logs in the folder that is scanned do not keep it from being scanned" {
    mkdir -p among && cp -r cohort/dicom/BRAIN-03 among/
    pipeline DICOM_ROOT=among AUTOSEG=among LOGS=among OUTDIR=among-out > /dev/null
    [ "$(column among-out status segmentation_source | sort -u)" = Manual ]
}

@test "other formats of the table on request" {
    cp -r out formats
    pipeline OUTDIR=formats TABLES=xlsx,sqlite > /dev/null
    [ "$(sqlite3 formats/_RESULTS/radiomics.sqlite 'SELECT count(*) FROM radiomics')" = 28 ]
    [ -s formats/_RESULTS/radiomics.xlsx ]
}

@test "make status tells how the last run ended" {
    run make --no-print-directory -f "$door" PIPELINE_BIN="$RADMILL_BIN" OUTDIR=out status
    [ "$status" = 0 ]
    [[ $output == *"43 regions: 28 ok, 15 skipped, 0 failed"* ]]
}

@test "bin/radmill: rtpipeline's spellings, and its exit statuses" {
    cat > one.yaml <<< 'featureClass: {firstorder: [Mean]}'
    radmill --dicom-root cohort/dicom --outdir small --radiomics-params one.yaml --logs logs -j 2 > log3
    [ "$(head -n 1 small/_RESULTS/radiomics.csv | tr , '\n' | tail -n 1)" = original_firstorder_Mean ]
    [ -n "$(find logs -name '*.log')" ]
    run radmill --outdir fresh
    [ "$status" = 2 ]
    run radmill --outdir fresh --dicom-root /not/there
    [ "$status" = 3 ]
    echo 'featureClass: {first: []}' > bad.yaml
    run radmill --dicom-root cohort/dicom --outdir fresh --params bad.yaml
    [ "$status" = 3 ]
    RTPIPELINE_USE_PARALLEL_RADIOMICS=0 run radmill --outdir small --parallel-radiomics
    [ "$status" = 0 ]
    [[ $output == *"(automatic)"* ]]
}

@test "a folder of logs that is a file is refused before anything runs" {
    touch no-folder
    run pipeline DICOM_ROOT=cohort/dicom OUTDIR=no LOGS=no-folder
    [ "$status" != 0 ]
    [[ $output == *"making folder $PWD/no-folder: Not a directory"* ]]
    [[ $output != *"image "* ]]
}
