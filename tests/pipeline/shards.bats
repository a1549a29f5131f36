# A cohort in shards, without Slurm: what `make slurm-files` writes, run by hand.

bats_require_minimum_version 1.5.0
load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    unset "${!SLURM_@}"
}

cohort() {
    local p
    for p in P1 P2 P3 P4; do patient $p; done
}

# shards OUTDIR: runs all of them, the last first, and gives the lines of Ninja.
shards() {
    local graph
    for graph in $(ls -r "$1/.radmill/slurm/shards"); do
        "$1/.radmill/slurm/shard.sh" "${graph%.ninja}"
    done
}

@test "scripts that bash and shellcheck pass, wherever OUTDIR is" {
    cohort
    out="$BATS_TEST_TMPDIR/it's a \$HOME \"place\"; % \`x\`"
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR="${out//\$/\$\$}" SHARDS=2 \
        SLURM_OPTIONS='--partition=long --time=2:00:00'
    for script in "$out"/.radmill/slurm/{shard,merge}.sh; do
        bash -n "$script"
        shellcheck "$script"
        grep -qx '#SBATCH --partition=long --time=2:00:00' "$script"
    done
    grep -qx '#SBATCH --array=1-2' "$out/.radmill/slurm/shard.sh"
    shards "$out"
    run -0 "$out/.radmill/slurm/merge.sh"
    [ "$(grep -c ,ok, "$out/_RESULTS/status.csv")" = 12 ]
}

@test "shards one after the other give the table of one run; either goes on with the other's work" {
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=3
    shards out
    run -0 out/.radmill/slurm/merge.sh
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
    run -0 pipeline -j2 OUTDIR=out
    [[ $output == *'no work to do'* ]]
    run -0 out/.radmill/slurm/merge.sh
    [[ $output == *'no work to do'* ]]
    run -0 pipeline slurm-files OUTDIR=whole SHARDS=3
    [[ $output == *'no work to do'* ]]
    # one contour: one shard, in which one region is measured
    change_contour P3
    run -0 pipeline -j2 slurm-files OUTDIR=out
    [[ $output == *'1 shard of 2 cores'* ]]
    [ "$(echo out/.radmill/slurm/shards/*)" = out/.radmill/slurm/shards/1.ninja ]
    run -0 shards out
    [ "$(ran features)" = 1 ]
    [ "$(ran image)" = 0 ]
    run -0 out/.radmill/slurm/merge.sh
    pipeline -j2 OUTDIR=whole
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "the rest of a local run that was half done; a shard that did not run is told as missing" {
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    mv dicom/P3 dicom/P4 .
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out
    mv P3 P4 dicom
    run -0 pipeline -j1 slurm-files OUTDIR=out SHARDS=4
    [[ $output == *'2 shards of 1 core'* ]]
    run -0 out/.radmill/slurm/shard.sh 2
    [ "$(ran image)" = 1 ]
    run -1 out/.radmill/slurm/merge.sh
    [[ $output == *'1 of 4 courses are missing'* ]]
    [ "$(states out | wc -l)" = 9 ]
    run -0 pipeline -j2 OUTDIR=out
    [ "$(ran image)" = 1 ]
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "what is out of date is missing, not what it was; a killed shard is gone on with" {
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out
    change_contour P2
    pipeline -j2 slurm-files OUTDIR=out
    run -1 out/.radmill/slurm/merge.sh
    [[ $output == *'1 of 4 courses are missing'* ]]
    [ "$(states out | wc -l)" = 9 ]
    touch out/P1/left.tmp.host.1.0 # as a writer leaves it that was killed
    shards out
    touch out/.radmill/running
    run -0 out/.radmill/slurm/merge.sh
    [ "$(states out | wc -l)" = 12 ]
    [ ! -e out/P1/left.tmp.host.1.0 ]
}

@test "no two at once: shards wait for a run to end, a run is refused while a shard is at work" {
    cohort
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=2
    mkdir -p out/.radmill/slurm/state/1
    for task in pipeline slurm slurm-files; do
        status=0
        flock out/.radmill/slurm/state/1/lock "$RADMILL_BIN/radrun" --task ${task/pipeline/run} \
            --set OUTDIR=out 2> said || status=$?
        [ $status = 3 ]
        grep -q 'shard of this OUTDIR is at work' said
    done
}

@test "a shard that there is not, and what shards are not for" {
    cohort
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=2
    run -2 out/.radmill/slurm/shard.sh 3
    run -2 pipeline slurm-files OUTDIR=out ENGINE=make
    [[ $output == *"ENGINE=make has none"* ]]
    run -2 radmill --slurm --course-dir "$(echo out/P1/*)"
}

@test "without Slurm a submission fails, and says why" {
    patient P1
    mkdir path
    ln -s "$(type -P ninja)" path
    run -1 env PATH="$RADMILL_BIN:$PWD/path" radmill --slurm --dicom-root dicom --outdir out
    [[ $output == *'sbatch cannot be run: is Slurm installed here?'* ]]
    run -0 radmill --outdir out
    [ "$(states out | wc -l)" = 3 ]
}

@test "an allocation's cores and memory" {
    cohort
    run -0 env SLURM_JOB_ID=1 SLURM_CPUS_PER_TASK=1 SLURM_MEM_PER_NODE=600 radmill --dicom-root dicom --outdir out
    [[ $output == *'1 at a time (the allocation)'* ]]
    grep -qE '"memory_mb": ?540(\.0)?[,}]?' out/.radmill/limits.json
}
