# Two hundred kills of the run, its scheduler, guards and tools, at any moment; the table equals.

load ../pipeline/common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
    pipeline DICOM_ROOT=dicom OUTDIR=ok > /dev/null
}

# A process of the run in this folder, by chance.
victim() {
    local all
    mapfile -t all < <(pgrep -f "$PWD/out|\.radmill/(bin|build)" | while read -r p; do
        [ "$(readlink "/proc/$p/cwd")" = "$PWD/out" ] && echo "$p"
    done)
    [ ${#all[@]} -gt 0 ] && echo "${all[RANDOM % ${#all[@]}]}"
}

kills() { # ENGINE HOW_MANY
    local n=0 p
    RANDOM=1
    while [ $n -lt "$2" ]; do
        rm -rf out
        for i in 1 2 3 4 5; do
            radmill --dicom-root dicom --outdir out -j 3 --engine "$1" > log 2>&1 &
            sleep "0.$(printf %03d $((RANDOM % 400)))"
            p=$(victim) && kill -KILL "$p" 2> /dev/null && n=$((n + 1))
            wait $! || true
            for i in $(seq 100); do victim > /dev/null || break; sleep 0.05; done
        done
        # What a killed tool failed is tried again; then nothing is left to do.
        radmill --outdir out > log 2>&1 || radmill --outdir out > log 2>&1
        cmp out/_RESULTS/radiomics.csv ok/_RESULTS/radiomics.csv
        [ "$(states out | grep -vc ' ok$')" = 0 ]
        [ -z "$(find out -name '*.tmp.*')" ]
        pipeline verify OUTDIR=out > /dev/null
    done
}

@test "a hundred kills under ninja" {
    kills ninja 100
}

@test "a hundred kills under make" {
    kills make 100
}
