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

# shards OUTDIR: runs all of them, the last first, and gives the lines of Ninja or make.
shards() {
    local graph
    for graph in $(ls -r "$1/.radmill/slurm/shards"); do
        "$1/.radmill/slurm/shard.sh" "${graph%.*}"
    done
}

# graphs OUTDIR: the names of the shards' graphs.
graphs() {
    ls "$1/.radmill/slurm/shards" | tr '\n' ' '
}

scripts() { # ENGINE
    cohort
    out="$BATS_TEST_TMPDIR/it's a \$HOME \"place\"; % \`x\`"
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR="${out//\$/\$\$}" SHARDS=2 ENGINE=$1 \
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

@test "scripts that bash and shellcheck pass, wherever OUTDIR is: Ninja's" {
    scripts ninja
}

@test "scripts that bash and shellcheck pass, wherever OUTDIR is: make's" {
    scripts make
}

either_goes_on() { # ENGINE ENDING
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=3 ENGINE=$1
    [ "$(graphs out)" = "1.$2 2.$2 3.$2 " ]
    run -0 shards out
    [ "$(ran features)" = 12 ]
    run -0 out/.radmill/slurm/merge.sh
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
    run -0 pipeline -j2 OUTDIR=out
    [[ $output == *'no work to do'* ]]
    run -0 out/.radmill/slurm/merge.sh
    [[ $output == *'no work to do'* ]]
    # what stands there of a run on one machine is known, too
    pipeline -j2 OUTDIR=whole ENGINE=$1
    run -0 pipeline slurm-files OUTDIR=whole SHARDS=3
    [[ $output == *'no work to do'* ]]
    # one contour: one shard, in which one region is measured
    change_contour P3
    run -0 pipeline -j2 slurm-files OUTDIR=out
    [[ $output == *'1 shard of 2 cores'* ]]
    [ "$(graphs out)" = "1.$2 " ]
    run -0 shards out
    [ "$(ran features)" = 1 ]
    [ "$(ran image)" = 0 ]
    run -0 out/.radmill/slurm/merge.sh
    pipeline -j2 OUTDIR=whole
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "shards one after the other give the table of one run; either goes on with the other's work: Ninja" {
    either_goes_on ninja ninja
}

@test "shards one after the other give the table of one run; either goes on with the other's work: make" {
    either_goes_on make mk
}

the_rest() { # ENGINE
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    mv dicom/P3 dicom/P4 .
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out ENGINE=$1
    mv P3 P4 dicom
    run -0 pipeline -j1 slurm-files OUTDIR=out SHARDS=4
    [[ $output == *'2 shards of 1 core'* ]]
    run -0 out/.radmill/slurm/shard.sh 2
    [ "$(ran image)" = 1 ]
    run -1 out/.radmill/slurm/merge.sh
    [[ $output == *'1 of 4 courses are missing'* ]]
    [ "$(states out | wc -l)" = 9 ]
    # (the pages of courses link to each other: those of finished courses are for the merge)
    run -0 pipeline -j2 OUTDIR=out
    [ "$(ran image)" = 1 ]
    [ "$(ran page)" -le 2 ]
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
}

@test "the rest of a local run that was half done; a shard that did not run is told as missing: Ninja" {
    the_rest ninja
}

@test "the rest of a local run that was half done; a shard that did not run is told as missing: make" {
    the_rest make
}

out_of_date() { # ENGINE
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out ENGINE=$1
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

@test "what is out of date is missing, not what it was; a killed shard is gone on with: Ninja" {
    out_of_date ninja
}

@test "what is out of date is missing, not what it was; a killed shard is gone on with: make" {
    out_of_date make
}

# What was killed is made again, with nothing that was done before; a region that falls over is in the tables as such,
# and the next submission tries it alone.
killed_and_failed() { # ENGINE
    cohort
    mkdir bin
    cat > bin/radfeat << STAND_IN
#!/bin/bash
case \$1:\$2 in
P2/*/C.nii.gz) [ ! -e "$PWD/hold" ] || { touch "$PWD/begun"; sleep 60; } ;;
P3/*/B.nii.gz) [ ! -e "$PWD/fail" ] || kill -SEGV \$\$ ;;
esac
exec "$RADMILL_BIN/radfeat" "\$@"
STAND_IN
    chmod +x bin/radfeat
    touch hold fail
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=whole
    pipeline -j1 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=1 ENGINE=$1 BINDIR=bin
    out/.radmill/slurm/shard.sh 1 > log 2>&1 3>&- &
    for _ in {1..300}; do
        [ ! -e begun ] || break
        sleep 0.1
    done
    kill -KILL $! # the script has become the scheduler
    wait $! || true
    output=$(cat log)
    before=$(ran features)
    rm hold
    run -0 out/.radmill/slurm/shard.sh 1
    [ $((before + $(ran features))) = 12 ]
    run -1 out/.radmill/slurm/merge.sh
    [[ $output == *'1 region failed'* ]]
    [ "$(states out | grep -v ' ok')" = 'B failed' ]
    rm fail
    run -0 pipeline -j1 slurm-files OUTDIR=out
    [[ $output == *'1 shard of 1 core '* ]]
    run -0 shards out
    [ "$(ran features)" = 1 ]
    run -0 out/.radmill/slurm/merge.sh
    cmp whole/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
    [ -z "$(find out -name '*.tmp.*')" ]
}

@test "a shard that was killed at work, and a region that fails: Ninja" {
    killed_and_failed ninja
}

@test "a shard that was killed at work, and a region that fails: make" {
    killed_and_failed make
}

# A picture is no reason to leave rows out.
pictures_fail() { # ENGINE
    cohort
    mkdir bin
    cat > bin/radreport << STAND_IN
#!/bin/bash
[[ "\$*" != *--pictures*P2* ]] || [ ! -e "$PWD/fail" ] || exit 1
exec "$RADMILL_BIN/radreport" "\$@"
STAND_IN
    chmod +x bin/radreport
    touch fail
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=2 ENGINE=$1 BINDIR=bin
    shards out || true
    run -1 out/.radmill/slurm/merge.sh
    [[ $output == *'1 of 4 courses lack pictures'* ]]
    [ "$(states out | grep -c ' ok')" = 12 ]
    rm fail
    run -0 pipeline -j2 slurm-files OUTDIR=out
    [[ $output == *'1 shard of 2 cores'* ]]
    run -0 shards out
    [ "$(ran pictures)" = 1 ]
    run -0 out/.radmill/slurm/merge.sh
    run -0 pipeline -j2 OUTDIR=out
    [[ $output == *'no work to do'* ]]
}

@test "a course whose pictures fail stays in the tables, and is told: Ninja" {
    pictures_fail ninja
}

@test "a course whose pictures fail stays in the tables, and is told: make" {
    pictures_fail make
}

@test "shards are of one engine, and the merge is of the same" {
    cohort
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=2
    pipeline -j2 slurm-files OUTDIR=out ENGINE=make
    [ "$(graphs out)" = '1.mk 2.mk ' ]
    pipeline -j2 slurm-files OUTDIR=out ENGINE=ninja
    [ "$(graphs out)" = '1.ninja 2.ninja ' ]
    # a machine without Ninja plans; another one, which has it, merges
    mkdir path
    ln -s "$(type -P make)" path
    run -0 env PATH="$RADMILL_BIN:$PWD/path" radmill --slurm-files --outdir out -j2
    [[ $output == *'ninja is not installed'* ]]
    [ "$(graphs out)" = '1.mk 2.mk ' ]
    shards out
    run -0 out/.radmill/slurm/merge.sh
    [ "$(states out | wc -l)" = 12 ]
    # Ninja's shards, and the machine that merges has none: no table is emptied
    pipeline -j2 slurm-files OUTDIR=out
    [ "$(graphs out)" = '1.ninja 2.ninja ' ]
    shards out
    run -1 env PATH="$RADMILL_BIN:$PWD/path" radmill --slurm-merge --outdir out
    [[ $output == *'cannot run ninja'* ]]
    [ "$(states out | wc -l)" = 12 ]
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

@test "only tables of the cohort are left: no shard" {
    cohort
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out
    run -0 pipeline -j2 slurm-files OUTDIR=out TABLES=csv,sqlite
    [[ $output == *'every course is done'*'sbatch .radmill/slurm/merge.sh'* ]]
    [ -z "$(graphs out)" ]
    run -0 out/.radmill/slurm/merge.sh
    [ -s out/_RESULTS/radiomics.sqlite ]
}

@test "a shard that there is not, and what shards are not for" {
    cohort
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out SHARDS=2
    run -2 out/.radmill/slurm/shard.sh 3
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
