#!/bin/sh
# demo.sh BIN: runs the pipeline on the cohort in demo/ and says what there is to see. Ends with 0 when
# the run ended as this cohort is made to end: one region over its limit of memory, all others done.
set -u
results=demo/out/_RESULTS
shown="patient_id segmentation_source roi_name original_shape_VoxelVolume original_firstorder_Mean original_glcm_Contrast"

"$1/radmill" --dicom-root demo/dicom --autoseg demo/auto --custom-structures demo/custom_structures.yaml \
    --params demo/params.yaml --roi-mem-mb 36 --outdir demo/out -j "$(nproc)"
status=$?
failed=$(grep -c ',failed,' "$results/status.csv")
if [ "$status" != 1 ] || [ "$failed" != 1 ] || ! grep -q ',BODY,.*,failed,memory' "$results/status.csv"; then
    echo "demo: radmill ended with $status and $failed failed regions: not what this cohort is made to show" >&2
    exit 1
fi

echo
echo "The head of radiomics.csv (6 of $(head -n 1 "$results/radiomics.csv" | tr , '\n' | wc -l) columns):"
# shellcheck disable=SC2086 # names of columns
rules/show-columns.sh "$results/radiomics.csv" 8 $shown
cat << END

What this cohort is made to show (docs/tutorial.md goes on from here):
  failed   LUNG-05 BODY: the demo allows a region 36 MB, and this one needs more. No other region was
           touched by it; radmill said so and ended with 1. With more memory for this time:
               make retry OUTDIR=demo/out ROI_MEM_MB=500
  skipped  LUNG-04 Heart: it is in the structure set, but has no contours. A rule refuses it, so trying
           again would change nothing, and it is no failure.
  outlier  LUNG-06 GTV: drawn much larger than in the others. The report marks it.
  again    make OUTDIR=demo/out: only what is out of date or failed runs.

Tables: $PWD/$results
Images, masks and features: $PWD/demo/out/PATIENT/COURSE
Look at it: $PWD/$results/report.html
END
