# A region that crashes, hangs or grows takes nothing with it; the next run tries it, and only it.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
    mkdir fake
    # A radfeat that goes wrong for three masks while the file `wrong` is there, and counts its runs.
    cat > fake/radfeat <<END
#!/bin/sh
echo "\$2" >> "$PWD/ran"
[ -e "$PWD/wrong" ] && case \$2 in
*P1/*/A.nii.gz) kill -SEGV \$\$ ;;
*P1/*/B.nii.gz) sleep 60 ;;
*P2/*/C.nii.gz) exec awk 'BEGIN { s = "x"; while (1) s = s s }' ;;
esac
exec "$RADMILL_BIN/radfeat" "\$@"
END
    chmod +x fake/radfeat
}

goes_wrong() { # ENGINE
    touch wrong
    run pipeline -j2 DICOM_ROOT=dicom OUTDIR=out BINDIR=fake ROI_TIMEOUT=5 ROI_MEM_MB=300 ENGINE="$1"
    [ "$status" != 0 ]
    [ "$(column out radiomics roi_id | wc -l)" = 3 ]
    [ "$(states out | grep -c failed)" = 3 ]
    [ "$(states out | grep -c ok)" = 3 ]
    column out status reason | grep -q 'signal 11'
    column out status reason | grep -q 'time: more than 5 s'
    column out status reason | grep -q 'memory: more than 300 MB'
    [[ $output == *"3 failed"* ]]
}

recovers() { # [SETTING]...
    rm -f wrong
    : > ran
    run pipeline -j2 OUTDIR=out "$@"
    [ "$status" = 0 ]
    [ "$(column out radiomics roi_id | wc -l)" = 6 ]
    [ "$(ran features)" = 3 ]
    [ "$(ran image) $(ran masks)" = "0 0" ]
    run pipeline OUTDIR=out
    [ "$(ran features)" = 0 ]
    pipeline DICOM_ROOT=dicom OUTDIR=clean > /dev/null
    cmp out/_RESULTS/radiomics.csv clean/_RESULTS/radiomics.csv
}

@test "crash, hang and growth under ninja; the next run tries these three" {
    goes_wrong ninja
    recovers
    [ "$(wc -l < ran)" = 3 ]
}

@test "crash, hang and growth under make; the next run tries these three" {
    goes_wrong make
    recovers
}

@test "the next run may use other executables" {
    goes_wrong ninja
    recovers BINDIR=
}

@test "what goes on failing is tried each time, and the exit status says so" {
    touch wrong
    echo 'exit 1' > fake/radfeat
    sed -i '1i#!/bin/sh' fake/radfeat
    for i in 1 2; do
        run pipeline DICOM_ROOT=dicom OUTDIR=out BINDIR=fake
        [ "$status" != 0 ]
        [ "$(ran features)" = 6 ]
    done
    [ "$(wc -l < out/_RESULTS/radiomics.csv)" = 1 ]
    run radmill --outdir out
    [ "$status" = 1 ]
}

@test "a region that the parameters refuse is skipped, which is no failure, and not tried again" {
    echo 'setting: {minimumROISize: 800}' > params.yaml
    run pipeline DICOM_ROOT=dicom OUTDIR=out PARAMS=params.yaml
    [ "$status" = 0 ]
    [ "$(states out | grep -c skipped)" -gt 0 ]
    run pipeline OUTDIR=out
    [ "$(ran features)" = 0 ]
    [[ $output == *"no work to do"* ]]
}

@test "an image that cannot be read fails its course, and no other" {
    truncate -s 1500 "$(find dicom/P1/CT -type f | sort | sed -n 5p)"
    run pipeline DICOM_ROOT=dicom OUTDIR=out
    echo "$output"
    [ "$(column out radiomics patient_id | sort | uniq -c | tr -s ' \n' ' ')" = " 3 P2 " ]
    grep -q P1 out/_RESULTS/left_out.csv || grep -q '^P1.*\(failed\|skipped\)' out/_RESULTS/status.csv
}

# interrupted SIGNAL ENGINE: to radmill alone, while one region hangs.
interrupted() {
    touch wrong
    rm -f ran
    sed -i 's/sleep 60/exec sleep 600/' fake/radfeat
    radmill --dicom-root dicom --outdir out --bindir fake -j 2 --engine "$2" > log 2>&1 &
    run=$!
    for i in $(seq 300); do
        grep -q 'P1/.*B.nii.gz' ran 2> /dev/null && break
        sleep 0.05
    done
    kill -"$1" $run
    code=0
    wait $run || code=$?
    cat log
    [ "$code" = 130 ]
    [ "$(grep -c 'error:' log)" = 1 ]
    grep -q 'radmill: error: interrupted' log
    ! grep -q 'make: \*\*\*\|ninja:' log || false
    for i in $(seq 100); do pgrep -f "$PWD" > /dev/null || break; sleep 0.05; done
    ! pgrep -f "$PWD/out" > /dev/null || false
    [ -z "$(find out -name '*.tmp.*')" ]
    [ -z "$(find out -name B.json -path '*/P1/*' -path '*features*')" ]
    run radmill --outdir out --status
    [ "$status" = 0 ]
    [[ $output == *"was interrupted at"* ]]
    rm wrong
    pipeline OUTDIR=out BINDIR= > log2
    [ "$(column out radiomics roi_id | wc -l)" = 6 ]
    grep -q 'remembered' log2
}

@test "an interrupted run ends with 130, leaves nothing half done, and goes on where it stopped" {
    interrupted INT ninja
}

@test "so does one that is hung up, in the makefile form" {
    interrupted HUP make
}

@test "so does one that is terminated" {
    interrupted TERM ninja
}

@test "a run that is killed is told of, and so is one at work" {
    touch wrong
    sed -i 's/sleep 60/exec sleep 600/' fake/radfeat
    radmill --dicom-root dicom --outdir out --bindir fake > log 2>&1 &
    run=$!
    for i in $(seq 300); do
        grep -q 'P1/.*B.nii.gz' ran 2> /dev/null && break
        sleep 0.05
    done
    run radmill --outdir out --status
    [ "$status" = 0 ]
    [[ $output == *"a run is at work, since"*"no table of regions was made yet"* ]]
    kill -KILL $!
    wait || true
    for i in $(seq 100); do
        run make --no-print-directory -f "$door" PIPELINE_BIN="$RADMILL_BIN" OUTDIR=out status
        [[ $output != *"was killed before it ended"* ]] || break
        sleep 0.05
    done
    [[ $output == *"was killed before it ended"* ]]
    [ "$status" = 0 ]
}

@test "status tells of a run that failed, and of tables that other settings made" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    run radmill --outdir out --status
    [[ $output == *"ended well"*"6 regions: 6 ok"* ]]
    echo 'featureClass: {first: []}' > bad.yaml
    run radmill --outdir out --params bad.yaml
    [ "$status" = 3 ]
    [ "$(grep -c 'error:' <<< "$output")" = 1 ]
    [[ $output == *"radmill: error: $PWD/bad.yaml:1: unknown feature class"* ]]
    run radmill --outdir out --status
    [ "$status" = 0 ]
    [[ $output == *"failed: $PWD/bad.yaml:1"*"other settings: PARAMS changed"*"6 regions: 6 ok"* ]]
    run radmill --outdir nowhere --status
    [ "$status" = 3 ]
}

@test "the end names failures with reason and log, groups what is skipped, counts what was left out" {
    touch wrong
    printf 'custom_structures:\n' > recipe.yaml
    for i in 1 2 3; do
        printf '  - {name: no %d, operation: subtract, source_structures: [A, none %d]}\n' $i $i >> recipe.yaml
    done
    touch dicom/P1/readme.txt
    run radmill --dicom-root dicom --outdir out --bindir fake --custom-structures recipe.yaml --roi-timeout 5 --roi-mem-mb 300
    [ "$status" = 1 ]
    echo "$output"
    [[ $output == *"12 regions: 3 ok, 6 skipped, 3 failed ($PWD/out/_RESULTS/status.csv)"* ]]
    [[ $output == *"  failed: P1 "*" Manual A: signal 11"*"(_LOGS/P1/"*"A.log)"* ]]
    [[ $output == *"  skipped: Custom: 6 not applicable"* ]]
    [[ $output == *"  left out: 1 file ($PWD/out/_RESULTS/left_out.csv)"* ]]
    [[ $output == *"  slowest: P1 "*" Manual B: "*"  time: "* ]]
    [ "$(grep -c 'error:' <<< "$output")" = 1 ]
}

@test "one error, one message: make's door adds nothing but make's own line" {
    run make -f "$door" PIPELINE_BIN="$RADMILL_BIN" OUTDIR=out DICOM_ROOT=/not/there
    [ "$(wc -l <<< "$output")" = 2 ]
    [[ $output == *"radmill: error: DICOM_ROOT=/not/there: no such folder"*"make: ***"* ]]
}

@test "a table that cannot be written is told once, by both engines, as what it is" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    rm out/_RESULTS/radiomics.csv
    mkdir -p out/_RESULTS/radiomics.csv/x
    for engine in ninja make; do
        change_contour P1
        run radmill --outdir out --engine $engine
        echo "$output"
        [ "$status" = 1 ]
        [ "$(grep -c 'error:' <<< "$output")" = 1 ]
        [[ $output == *"radmill: error: featmerge: error: "*radiomics.csv* ]]
        [[ $output != *usage* && $output != *"make: "* && $output != *FAILED* ]]
    done
}

@test "-q says nothing but errors, -v every step, for make as -s and V=1" {
    run radmill --dicom-root dicom --outdir out -q
    [ -z "$output" ]
    change_contour P1
    run radmill --outdir out -v
    [ "$(ran features)" = 1 ]
    change_contour P2
    run make -s -f "$door" PIPELINE_BIN="$RADMILL_BIN" OUTDIR=out
    [ -z "$output" ]
    run radmill --outdir out
    [[ $output == *"no work to do"* ]]
}

@test "two runs at once in one OUTDIR: the second is refused" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    flock out/.radmill/lock sleep 5 &
    sleeper=$!
    sleep 0.2
    run pipeline OUTDIR=out
    kill $sleeper
    [ "$status" != 0 ]
    [[ $output == *"another run is at work"* ]]
}

@test "a segmentation that cannot be read takes only its own regions with it" {
    make_dicom --patient P1 --study P1 --series P1 --frame P1 --size 32x32x12 \
        --seg dicom/P1/SEG.dcm --set seg:SegmentationType=OTHER --roi S sphere:0,0,0,9
    run pipeline DICOM_ROOT=dicom OUTDIR=out
    [ "$status" = 0 ]
    [ "$(column out radiomics roi_id | wc -l)" = 6 ]
    states out | grep -qx 'S skipped'
    column out status reason | grep -qx 'Segmentation Type "OTHER" is not supported'
}

@test "what a killed writer left is removed by the next run, and nothing else is" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    course=$(ls -d out/P1/*/)
    left=(out/.radmill/x.json.tmp.host.12.0 "$course"image.nii.tmp.host.123.4)
    spared=(dicom/P1/a.tmp.host.1.2 out/a.tmp.host.1 out/tmp.host.1.2 out/a.tmp.host.1.2x)
    touch "${left[@]}" "${spared[@]}"
    pipeline OUTDIR=out > /dev/null # the last run ended by itself: nobody looks
    ls "${left[@]}"
    [ ! -e out/.radmill/running ]
    touch out/.radmill/running
    pipeline OUTDIR=out > /dev/null
    ls "${spared[@]}"
    for f in "${left[@]}"; do [ ! -e "$f" ]; done
    touch "${left[0]}" out/.radmill/failed/x # a region was killed
    pipeline OUTDIR=out > /dev/null
    [ ! -e "${left[0]}" ]
}

@test "an automatic mask that cannot be read takes only itself with it" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    mkdir -p auto/P1
    cp out/P1/*/masks/Manual/A.nii.gz auto/P1/heart.nii.gz
    head -c -9 auto/P1/heart.nii.gz > auto/P1/broken.nii.gz
    run pipeline OUTDIR=out AUTOSEG=auto
    [ "$status" = 0 ]
    states out | grep -qx 'heart ok'
    states out | grep -qx 'broken skipped'
    column out status reason | grep -qx 'compressed data end too early'
}

@test "an automatic label map that names no labels is reported" {
    make_dicom --patient P3 --study P3 --series P3 --frame P3 --size 32x32x12 --origin 0,0,0 \
        -o dicom/P3
    mkdir -p auto/P3
    make_volume auto/P3/organs.nii ball2 32 32 12 2 2 3
    run pipeline DICOM_ROOT=dicom OUTDIR=out AUTOSEG=auto
    [ "$status" = 0 ]
    states out | grep -qx 'organs skipped'
    column out status reason | grep -q 'must name them in its header'
}

# Region F lies in another frame of reference and on no image of the series, X has contours but no name: nothing is built of them.
@test "a region that the scan left out has no mask, no row, and is no source of a structure" {
    patient P1 --roi F "sphere:0,-10,0,6" --roi X "sphere:0,0,0,5 orphan number=77" \
        --set 'rs:StructureSetROISequence[3].ReferencedFrameOfReferenceUID=1.2.3' \
        --set 'rs:ROIContourSequence[3].ContourSequence[0].ContourImageSequence[0].ReferencedSOPInstanceUID=1.2.9'
    cat > recipe.yaml <<END
custom_structures:
  - {name: of F, operation: union, source_structures: [F]}
END
    pipeline DICOM_ROOT=dicom OUTDIR=out CUSTOM_STRUCTURES=recipe.yaml > /dev/null
    cd out
    [ "$(ls P1/*/masks/Manual | tr '\n' ' ')" = "A.nii.gz B.nii.gz C.nii.gz masks.json " ]
    [ "$(ls P1/*/masks/Custom)" = masks.json ]
    grep -q '^P1,.*,Manual,F,F,[^,]*,skipped,"its coordinates are in frame of reference 1.2.3' _RESULTS/status.csv
    grep -q '^P1,.*,Manual,,,[^,]*,skipped,"[0-9]* contours of ROI number 77, which no ROI has"' _RESULTS/status.csv
    grep -q '^P1,.*,Custom,of F,of F,[^,]*,skipped,' _RESULTS/status.csv
}
