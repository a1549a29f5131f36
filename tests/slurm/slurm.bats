# A cohort by a Slurm of two nodes: elements that are killed, put back into the queue and fail, and what goes on with what.
# Skipped without root, without Slurm, and where Slurm does not start (its messages stand above the first test then).
# bats file_tags=ci

bats_require_minimum_version 1.5.0
load ../pipeline/common
load cluster

setup_file() {
    local program
    [ "$(id -u)" = 0 ] || export no_cluster="slurmd runs as root"
    for program in munged slurmctld slurmd; do
        [ -n "$(type -P $program)" ] || export no_cluster="$program is not installed"
    done
    [ -z "${no_cluster-}" ] || return 0
    export cluster
    cluster_start "$BATS_FILE_TMPDIR/cluster" > "$BATS_FILE_TMPDIR/start.log" 2>&1 || {
        sed 's/^/# /' "$BATS_FILE_TMPDIR/start.log" >&3
        cluster_stop || true
        cluster=
        export no_cluster="a Slurm does not start here"
    }
}

teardown_file() {
    [ -z "${cluster-}" ] || cluster_stop || true
}

setup() {
    [ -z "${no_cluster-}" ] || skip "$no_cluster"
    cd "$BATS_TEST_TMPDIR"
    mkdir hold fail begun bin
    local p
    for p in P1 P2 P3 P4; do patient $p; done
    # a radfeat that waits while hold/PATIENT is there, and falls over at B while fail/PATIENT is
    cat > bin/radfeat << STAND_IN
#!/bin/bash
patient=\${1%%/*}
touch "$PWD/begun/\$patient"
while [ -e "$PWD/hold/\$patient" ]; do sleep 0.05; done
case \$2 in */B.nii.gz) [ ! -e "$PWD/fail/\$patient" ] || kill -SEGV \$\$ ;; esac
exec "$RADMILL_BIN/radfeat" "\$@"
STAND_IN
    chmod +x bin/radfeat
}

teardown() {
    [ -z "${no_cluster-}" ] || return 0
    scancel --user=root
    queue_empties
}

# submit [MAKE'S ARGUMENT]...: make slurm; $array and $merge are the jobs' numbers.
submit() {
    run -0 pipeline -j1 slurm "$@"
    [[ $output =~ 'job '([0-9]+)' ('.*'job '([0-9]+)', which merges' ]]
    array=${BASH_REMATCH[1]} merge=${BASH_REMATCH[2]}
}

wait_for() { # FILE
    local i
    for i in {1..300}; do
        [ ! -e "$1" ] || return 0
        sleep 0.1
    done
    squeue
    return 1
}

# element PATIENT: the job of the array that has that patient.
element() {
    local graph
    graph=$(grep -l "/$1/" out/.radmill/slurm/shards/*)
    graph=${graph##*/}
    echo "${array}_${graph%.*}"
}

# ran_in_shards RULE: how often Ninja or make says so in the logs of shards.
ran_in_shards() {
    cat out/_LOGS/slurm/shard-*.log | grep -cE "^(\[[0-9]+/[0-9]+\] )?$1 " || true
}

made_good() { # ENGINE
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    touch hold/P1 hold/P2 fail/P3
    submit DICOM_ROOT=dicom OUTDIR=out SHARDS=4 BINDIR=bin ENGINE=$1
    [[ $output == *'4 shards of 1 core '* ]]
    # nobody else works there meanwhile
    run -3 radmill --slurm --outdir out
    run -3 radmill --outdir out -j1
    [[ $output == *'jobs of this OUTDIR'* ]]
    wait_for begun/P1
    wait_for begun/P2
    scontrol requeue "$(element P2)"
    scancel "$(element P1)"
    rm begun/P2
    sleep 1
    scontrol update job "$(element P2)" StartTime=now
    wait_for begun/P2
    rm hold/P2
    queue_empties
    [ "$(job_state "$(element P1)")" = CANCELLED ]
    [ "$(job_state "$(element P2)")" = COMPLETED ]
    [ "$(job_state "$merge")" = FAILED ]
    # both nodes were at work
    [ "$(sed -n 's/.* NodeList=\([^ ]*\).*/\1/p' "$cluster/jobs.log" | sort -u | xargs)" = 'testnode1 testnode2' ]
    grep -q '1 of 4 courses, whose shards did not end well' out/_LOGS/slurm/merge.log
    [ "$(states out | grep -c ' ok')" = 8 ]
    [ "$(states out | grep ' failed')" = 'B failed' ]
    # what is left: the course of P1, and one region of P3
    rm hold/P1 fail/P3 out/_LOGS/slurm/*
    submit OUTDIR=out
    [[ $output == *'2 shards of 1 core '* ]]
    queue_empties
    [ "$(job_state "$merge")" = COMPLETED ]
    [ "$(ran_in_shards features)" = 4 ]
    [ "$(ran_in_shards image)" = 0 ]
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
    [ -z "$(find out -name '*.tmp.*')" ]
    [ -e out/.radmill/slurm/jobs ]
    run -0 pipeline -j2 OUTDIR=out
    [[ $output == *'no work to do'* ]]
    [ ! -e out/.radmill/slurm/jobs ]
    run -0 pipeline slurm OUTDIR=out
    [[ $output == *'no work to do'* ]]
    # one contour
    change_contour P4
    rm out/_LOGS/slurm/*
    submit OUTDIR=out
    [[ $output == *'1 shard of 1 core '* ]]
    queue_empties
    [ "$(job_state "$merge")" = COMPLETED ]
    [ "$(ran_in_shards features)" = 1 ]
    pipeline -j2 OUTDIR=whole
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "killed, put back, failed: told by the merge, and made good by the next submission: Ninja" {
    made_good ninja
}

@test "killed, put back, failed: told by the merge, and made good by the next submission: make" {
    made_good make
}

interrupted_both_ways() { # ENGINE
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    touch hold/P3 hold/P4
    radmill --dicom-root dicom --outdir out --bindir bin --engine "$1" -j2 3>&- &
    wait_for begun/P3
    for _ in {1..100}; do
        [ ! -e out/.radmill/tickets/P1/*/radiomics.csv ] || break
        sleep 0.1
    done
    kill %1
    wait %1 || true
    rm -f hold/P3 begun/*
    submit OUTDIR=out SHARDS=4
    wait_for begun/P4
    queue_holds_one
    scancel "$array"
    queue_empties
    grep -q '1 of 4 courses are missing' out/_LOGS/slurm/merge.log
    rm hold/P4
    run -0 pipeline -j2 OUTDIR=out
    [ "$(ran image)" = 0 ]
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "the rest of a local run that was interrupted, and a local run behind a cluster's that was: Ninja" {
    interrupted_both_ways ninja
}

@test "the rest of a local run that was interrupted, and a local run behind a cluster's that was: make" {
    interrupted_both_ways make
}

# queue_holds_one: waits until one element, held back, and the merge behind it are left.
queue_holds_one() {
    for _ in {1..300}; do
        [ "$(squeue --noheader --array --states=all --format=%T --jobs "$array" | grep -cE 'RUNNING|PENDING')" != 1 ] || return 0
        sleep 0.1
    done
    squeue
    return 1
}

@test "the scan as a job" {
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    run -0 pipeline -j1 slurm DICOM_ROOT=dicom OUTDIR=out SHARDS=2 SLURM_SCAN=job
    [[ $output == *'which scans and then submits the others'* ]]
    queue_empties
    grep -q '2 shards of 1 core ' out/_LOGS/slurm/scan.log
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "an allocation's cores and memory are what a run has" {
    sbatch --cpus-per-task=1 --mem=600 --output=said --wrap "radmill --dicom-root dicom --outdir out"
    queue_empties
    cat said
    grep -q '1 at a time (the allocation)' said
    grep -qE '"memory_mb": ?540' out/.radmill/limits.json
}

@test "shards and merge inside other scripts, as in a container" {
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    pipeline -j1 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=2
    cd out
    array=$(sbatch --parsable --array=1-2 -c 1 --mem=600M --requeue --open-mode=append --output=_LOGS/slurm/shard-%a.log \
        --wrap 'exec env .radmill/slurm/shard.sh $SLURM_ARRAY_TASK_ID')
    sbatch --dependency=afterany:"$array" --output=_LOGS/slurm/merge.log --wrap 'exec env .radmill/slurm/merge.sh'
    queue_empties
    cmp ../whole/_RESULTS/radiomics.csv _RESULTS/radiomics.csv
    grep -q '12 ok' _LOGS/slurm/merge.log
}

@test "no more shards than the site takes" {
    run -0 pipeline -j1 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=5000
    [[ $output == *'SHARDS=5000: this site takes 100 at most'*'4 shards of 1 core '* ]]
}

@test "what Slurm refuses is submitted nowhere" {
    run -1 radmill --slurm --dicom-root dicom --outdir out -j1 --slurm-options=--partition=nowhere
    [[ $output == *partition* ]]
    [ -z "$(squeue --noheader)" ]
}

@test "a time limit: what ran out of time is missing in the merge, and goes on with the next submission" {
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    touch hold/P1
    submit DICOM_ROOT=dicom OUTDIR=out SHARDS=4 BINDIR=bin SLURM_OPTIONS=--time=1
    wait_for begun/P1
    queue_empties 1200 # Slurm looks at time limits twice a minute
    [ "$(job_state "$(element P1)")" = TIMEOUT ]
    run ! grep -q ',P1,' out/_RESULTS/radiomics.csv
    rm hold/P1
    submit OUTDIR=out
    queue_empties
    cmp {whole,out}/_RESULTS/radiomics.csv
}
