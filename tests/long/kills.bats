# Two hundred kills of the run, its scheduler, guards and tools, at any moment; the table equals.

load ../pipeline/common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2
    local began=$(date +%s%3N)
    pipeline DICOM_ROOT=dicom OUTDIR=ok > /dev/null
    whole_ms=$(($(date +%s%3N) - began))
}

# The processes of the run in this folder: scheduler, scan, guards, tools. (What works there has it as its folder.)
at_work() {
    find /proc -maxdepth 2 -name cwd -lname "$PWD/out" 2> /dev/null | cut -d/ -f3
}

# Kills one of them, by chance, at any time of the run.
kill_one() { # PID OF THE RUN
    local all ms=$((RANDOM % whole_ms))
    sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
    while kill -0 "$1" 2> /dev/null; do
        mapfile -t all < <(at_work)
        [ ${#all[@]} = 0 ] || { kill -KILL "${all[RANDOM % ${#all[@]}]}" 2> /dev/null && return 0; }
    done
    return 1
}

kills() { # ENGINE HOW_MANY
    local n=0 i
    RANDOM=1
    while [ $n -lt "$2" ]; do
        rm -rf out
        for i in 1 2 3 4 5; do
            radmill --dicom-root dicom --outdir out -j 3 --engine "$1" > log 2>&1 &
            if kill_one $!; then
                n=$((n + 1))
                wait $! || true
                for i in $(seq 100); do [ "$(at_work)" ] || break; sleep 0.05; done
            else # it ended before its time came: there is no work left
                wait $! || true
                break
            fi
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
