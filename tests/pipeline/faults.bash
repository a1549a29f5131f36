# Runs in which one system call of one tool fails.

shim=$RADMILL_BUILD/tests/faults/fault.so
line="dcm2nii-course rtstruct2masks boolstruct radfeat featmerge radtable radguard radmill"
calls="open:24 read:5 write:28 fsync:5 rename:28 mmap:12 fork:11"

begin() {
    patient P1
    echo 'custom_structures: [{name: ring, operation: union, source_structures: [B]}]' > recipe.yaml
    pipeline DICOM_ROOT=dicom OUTDIR=ok > /dev/null
    cp ok/_RESULTS/radiomics.csv ok.csv
    pipeline OUTDIR=ok CUSTOM_STRUCTURES=recipe.yaml > /dev/null
    cp ok/_RESULTS/radiomics.csv ok-custom.csv
    printf '%s\n' 'A ok' 'B ok' 'C ok' 'ring ok' > states
}

# fails_once TOOL CALL N ERRNO: a run from nothing in which the N-th CALL of the first such TOOL fails.
# 0: it did, and all is well; 2: the tool has not so many.
fails_once() {
    local what="$1: $2 number $3" code=0
    rm -rf out fired
    FAULT=$2:$3:$4 FAULT_PROGRAM=$1 FAULT_MARK=$PWD/fired LD_PRELOAD=$shim \
        radmill --dicom-root dicom --outdir out --custom-structures recipe.yaml -j 2 > log 2>&1 || code=$?
    [ -e fired ] || return 2
    if [ $code = 0 ] && ! cmp -s out/_RESULTS/radiomics.csv ok-custom.csv; then
        echo "$what: exit 0 with another table"
        cat log
        return 1
    fi
    if ! radmill --dicom-root dicom --outdir out --custom-structures recipe.yaml -j 2 > log2 2>&1 ||
        ! cmp out/_RESULTS/radiomics.csv ok-custom.csv || ! states out | cmp - states; then
        echo "$what: exit $code; the next run does not mend it"
        cat log log2
        return 1
    fi
}

# sweep STEP MOST: every STEP-th call, MOST of each kind at most (0: all there are).
sweep() {
    local tool call n bad=0 tried=0 result
    for tool in $line; do
        for call in $calls; do
            for ((n = 1; $2 == 0 || n <= $1 * $2; n += $1)); do
                result=0
                fails_once "$tool" "${call%:*}" $n "${call#*:}" || result=$?
                [ $result != 2 ] || break
                tried=$((tried + 1))
                bad=$((bad + result))
            done
        done
    done
    echo "$tried tried, $bad bad"
    [ "$tried" -gt 20 ] && [ $bad = 0 ] || false
}
