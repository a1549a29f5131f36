# The guard: whatever a command does, a record says how it ended, and nothing of it stays.

setup() {
    cd "$BATS_TEST_TMPDIR"
    PATH=$RADMILL_BIN:$PATH
}

field() { # NAME: of record.json
    sed -n "s/^  \"$1\": \(.*[^,]\),\{0,1\}$/\1/p" record.json
}

lines() { # TICKET: what it says of products
    sed '$d' "$1"
}

guard() {
    run radguard --record record.json --log log "$@"
    [ "$status" = 0 ]
}

@test "a command that ends well is ok, and its output is in the log" {
    guard --stage features -- echo done
    [ "$(field state)" = '"ok"' ]
    [ "$(field stage)" = '"features"' ]
    [ "$(field exit_status)" = 0 ]
    [ "$(cat log)" = done ]
}

@test "exit status 3 is skipped, with the reason that the command gave" {
    guard -- sh -c 'echo "radfeat: error: no voxels" >&2; exit 3'
    [ "$(field state)" = '"skipped"' ]
    [ "$(field reason)" = '"no voxels"' ]
}

@test "another exit status is failed and named" {
    guard -- sh -c 'echo first; echo last; exit 7'
    [ "$(field state)" = '"failed"' ]
    [ "$(field reason)" = '"exit status 7: last"' ]
    [ "$(field exit_status)" = 7 ]
}

@test "a crash is failed with its signal" {
    guard -- sh -c 'kill -SEGV $$'
    [ "$(field state)" = '"failed"' ]
    [ "$(field signal)" = 11 ]
    [[ "$(field reason)" == *"signal 11 (Segmentation fault)"* ]]
}

@test "a command that cannot be started is failed" {
    guard -- ./not-there
    [ "$(field state)" = '"failed"' ]
    [[ "$(field reason)" == *"exit status 127: cannot run ./not-there"* ]]
}

@test "a hanging command ends at its limit, and its children with it" {
    echo '{"timeout_s": 0.3}' > limits.json
    guard --limits limits.json -- sh -c 'sleep 61 & echo $! > child; sleep 62'
    [ "$(field state)" = '"failed"' ]
    [ "$(field reason)" = '"time: more than 0.3 s"' ]
    if kill -0 "$(cat child)" 2> /dev/null; then false; fi
}

@test "a command that ignores requests to stop is killed" {
    echo '{"timeout_s": 0.2}' > limits.json
    guard --limits limits.json -- sh -c 'trap "" TERM; while :; do sleep 0.1; done'
    [ "$(field reason)" = '"time: more than 0.2 s"' ]
}

@test "a growing command ends at its limit of memory" {
    echo '{"memory_mb": 100}' > limits.json
    guard --limits limits.json -- awk 'BEGIN { s = "x"; while (1) s = s s }'
    [ "$(field state)" = '"failed"' ]
    [[ "$(field reason)" == '"memory: more than 100 MB'* ]]
}

@test "libraries are told to use one thread" {
    guard -- sh -c 'echo $OMP_NUM_THREADS $ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS $MAKEFLAGS'
    [ "$(cat log)" = '1 1' ]
}

@test "a command without its product is failed" {
    guard --product out.csv -- true
    [ "$(field state)" = '"failed"' ]
    [[ "$(field reason)" == *"out.csv is not there"* ]]
}

@test "the product of an earlier run does not outlive a failure" {
    echo old > out.csv
    guard --product out.csv -- false
    [ ! -e out.csv ]
}

@test "a command behind one that did not end well inherits its outcome and does not run" {
    radguard --record first.json --log first.log --stage image -- sh -c 'echo "slice 7 is missing"; exit 1'
    guard --after first.json --product out.csv -- touch out.csv
    [ "$(field state)" = '"failed"' ]
    [ "$(field stage)" = '"image"' ]
    [ "$(field reason)" = '"exit status 1: slice 7 is missing"' ]
    [ ! -e out.csv ]
}

@test "without what it needs a command is skipped" {
    guard --need mask.nii.gz -- touch ran
    [ "$(field state)" = '"skipped"' ]
    [ "$(field reason)" = '"no mask"' ]
    [ ! -e ran ]
}

@test "a ticket changes only when its product does" {
    guard --tickets t --product a/x -- sh -c 'echo 1 > a/x'
    touch -d 2001-01-01 t/a/x
    guard --tickets t --product a/x -- true
    [ "$(stat -c %Y t/a/x)" = "$(date -d 2001-01-01 +%s)" ]
    guard --tickets t --product a/x -- sh -c 'echo 22 > a/x'
    [ "$(stat -c %Y t/a/x)" != "$(date -d 2001-01-01 +%s)" ]
}

@test "a ticket stands for the record and the products that have none of their own" {
    guard --ticket t/x.record --product a/x -- sh -c 'echo 1 > a/x'
    [ "$(lines t/x.record | sed 's/.* //' | tr '\n' ' ')" = "record.json a/x " ]
    guard --tickets t --ticket t/x.record --product a/x --witness a/w -- sh -c 'touch a/x a/w'
    [ "$(lines t/x.record | sed 's/.* //' | tr '\n' ' ')" = "record.json a/w " ]
    run radguard --record record.json --ticket t/x.record --product a/x -- sh -c 'ls t > seen; kill -TERM $PPID; sleep 9'
    [ "$status" = 130 ]
    [ "$(cat seen)" = a ]
    [ ! -e t/x.record ]
}

@test "a product that is written anew with the same content leaves the time of its ticket" {
    guard --tickets t --product a/x -- sh -c 'echo 1 > a/x'
    touch -d 2001-01-01 t/a/x
    before=$(cat t/a/x)
    guard --tickets t --product a/x -- sh -c 'rm a/x; echo 1 > a/x'
    [ "$(cat t/a/x)" != "$before" ]
    [ "$(stat -c %Y t/a/x)" = "$(date -d 2001-01-01 +%s)" ]
}

@test "with a witness a product may be absent, and its ticket says so" {
    printf 'a\nb\n' > list
    guard --tickets t --products list --witness w -- sh -c 'touch a w; exit 3'
    [ "$(field state)" = '"ok"' ]
    [ "$(lines t/b)" = "none b" ]
    [[ "$(lines t/a)" == "0 "*" da39a3ee5e6b4b0d3255bfef95601890afd80709 a" ]]
}

@test "a command that leaves no witness has made nothing" {
    touch a w
    guard --tickets t --product a --witness w -- sh -c 'echo "x: error: broken" >&2; exit 3'
    [ "$(field state)" = '"skipped"' ]
    [ "$(field reason)" = '"broken"' ]
    [ "$(lines t/a)" = "none a" ]
    [ ! -e a ]
}

@test "a failure leaves a mark, and a success takes it away" {
    mkdir marks
    guard --failed marks -- false
    [ "$(cat marks/*)" = record.json ]
    guard --failed marks --ticket t/x.record -- false
    [ "$(cat marks/*)" = "record.json
t/x.record" ]
    guard --failed marks -- true
    [ -z "$(ls marks)" ]
}

@test "a request to stop reaches the command; there is no record, and the exit status is 130" {
    radguard --record record.json -- sh -c 'echo $$ > pid; exec sleep 60' &
    guard=$!
    while [ ! -s pid ]; do sleep 0.01; done
    kill -TERM $guard
    status=0
    wait $guard || status=$?
    [ "$status" = 130 ]
    [ ! -e record.json ]
    if kill -0 "$(cat pid)" 2> /dev/null; then false; fi
}

@test "the command dies with the guard's parent" {
    sh -c 'radguard --record record.json -- sh -c "echo \$\$ > pid; exec sleep 60" & wait' &
    parent=$!
    while [ ! -s pid ]; do sleep 0.01; done
    kill -KILL $parent
    for i in $(seq 100); do
        kill -0 "$(cat pid)" 2> /dev/null || break
        sleep 0.02
    done
    if kill -0 "$(cat pid)" 2> /dev/null; then false; fi
}

@test "a lock lets one command run at a time" {
    radguard --record a.json --lock lock -- sh -c 'echo a+ >> order; sleep 0.2; echo a- >> order' &
    radguard --record b.json --lock lock -- sh -c 'echo b+ >> order; sleep 0.2; echo b- >> order' &
    wait
    [[ "$(tr '\n' ' ' < order)" =~ ^(a\+ a- b\+ b- |b\+ b- a\+ a- )$ ]]
}

# --- radfeat: the program that the guard is, too ---

# A radfeat that waits for its image, and its process: $guard, $child.
waiting_radfeat() { # COMMAND [OPTION]...
    local command=$1
    shift
    mkfifo image.nii
    radguard --record record.json --log log "$@" -- "$command" image.nii image.nii &
    guard=$! child=
    until [ "$child" ] && [ "$(cat "/proc/$child/comm")" = radfeat ]; do
        sleep 0.01
        read -r child < "/proc/$guard/task/$guard/children" || true
    done
}

is_guard() { # PID: does it run what the guard was started as?
    tr '\0' ' ' < "/proc/$1/cmdline" | grep -q '^radguard '
}

@test "radfeat runs in a child of the guard, without another start; a crash is its own" {
    ln -s "$RADMILL_BIN/radfeat" radfeat
    waiting_radfeat ./radfeat
    is_guard "$child"
    kill -SEGV "$child"
    wait $guard
    [ "$(field state)" = '"failed"' ]
    [[ "$(field reason)" == *"signal 11 (Segmentation fault)"* ]]
}

@test "a radfeat that hangs ends at its limit" {
    echo '{"timeout_s": 0.3}' > limits.json
    waiting_radfeat "$RADMILL_BIN/radfeat" --limits limits.json
    is_guard "$child"
    wait $guard
    [ "$(field reason)" = '"time: more than 0.3 s"' ]
}

@test "a request to stop reaches radfeat, which dies with the guard" {
    waiting_radfeat "$RADMILL_BIN/radfeat"
    kill -TERM $guard
    status=0
    wait $guard || status=$?
    [ "$status" = 130 ]
    [ ! -e record.json ]
    if kill -0 "$child" 2> /dev/null; then false; fi
    rm image.nii
    waiting_radfeat "$RADMILL_BIN/radfeat"
    kill -KILL $guard
    for i in $(seq 100); do
        kill -0 "$child" 2> /dev/null || break
        sleep 0.02
    done
    if kill -0 "$child" 2> /dev/null; then false; fi
}

@test "the ends of radfeat are those of the program" {
    guard --stage features -- "$RADMILL_BIN/radfeat" --version
    [ "$(cat log)" = "$(radfeat --version)" ]
    [ "$(field state) $(field stage)" = '"ok" "features"' ]
    guard -- "$RADMILL_BIN/radfeat" --no-such-option
    [[ "$(field reason)" == *"exit status 2: "* ]]
    guard -- "$RADMILL_BIN/radfeat" not-there.nii mask.nii
    [ "$(field state)" = '"skipped"' ]
    [[ "$(field reason)" == *"not-there.nii"* ]]
    [ "$(cat log)" = "$(radfeat not-there.nii mask.nii 2>&1)" ]
}

@test "what stands in the place of radfeat is started, whatever its name" {
    mkdir other copied
    printf '#!/bin/sh\necho "in its place: $*"\n' > other/radfeat
    chmod +x other/radfeat
    guard -- other/radfeat --version
    [ "$(cat log)" = "in its place: --version" ]
    cp -L "$RADMILL_BIN/radfeat" copied/
    waiting_radfeat copied/radfeat
    until ! is_guard "$child"; do sleep 0.01; done
    kill -KILL "$child"
    wait $guard
    [[ "$(field reason)" == *"signal 9"* ]]
}

@test "a wrong command line is refused" {
    run radguard -- true
    [ "$status" = 2 ]
    run radguard --record record.json
    [ "$status" = 2 ]
}
