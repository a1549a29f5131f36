# A volume by two threads: the bytes and the messages of one, whether the system gives the second or not.

load dicom.bash

setup() {
    cd "$BATS_TEST_TMPDIR"
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    shim=$RADMILL_BUILD/tests/faults/fault.so
}

# From 8 MB on, a digest has a thread of its own.
large() { make_dicom -o in --size 512x512x18 "$@"; }

# image.nii and image.json of one thread in the folder one, of others in the folder others.
same() { # NAME COMMAND...
    rm -rf others
    mkdir others
    "${@:2}" -o others/image.nii
    cmp one/image.nii others/image.nii || { echo "$1: other voxels"; return 1; }
    cmp one/image.json others/image.json || { echo "$1: other facts"; return 1; }
}

by_one() {
    rm -rf one
    mkdir one
    dcm2nii-course in -o one/image.nii --threads 1
}

# How many threads a command starts.
threads() { # COMMAND...
    rm -f sites
    touch sites
    FAULT_LIST=$PWD/sites LD_PRELOAD=$shim "$@"
    grep -c ^thread sites || true
}

@test "the same image whatever the number of threads" {
    large
    by_one
    [ "$(json one/image.json sha1)" = "$(tail -c $((512 * 512 * 18 * 2)) one/image.nii | sha1sum | cut -d' ' -f1)" ]
    same default dcm2nii-course in
    for n in 2 3 8; do same "$n threads" dcm2nii-course in --threads $n; done
    dcm2nii-course in -o - | cmp - one/image.nii
    dcm2nii-course in -o others/image.nii.gz
    gzip -dc others/image.nii.gz | cmp - one/image.nii
    cmp others/image.json one/image.json
}

@test "the same of odd planes, of reals, of values that need a wider type, and of planes made up" {
    make_dicom -o in --size 401x333x40
    by_one
    same "odd planes" dcm2nii-course in
    rm -r in
    large --slope 0.5
    by_one
    same reals dcm2nii-course in
    rm -r in
    large --slope 400 # beyond 16 bits, which shows in the middle
    by_one
    same "wider type" dcm2nii-course in
    rm -r in
    make_dicom -o in --size 512x512x42
    rm in/CT0020.dcm in/CT0030.dcm
    rm -rf one
    mkdir one
    dcm2nii-course in -o one/image.nii --threads 1 --missing-slices interpolate
    same "planes made up" dcm2nii-course in --missing-slices interpolate
}

@test "threads only for processors that there are" {
    [ "$(nproc)" -gt 1 ] || skip "one processor"
    large
    [ "$(threads dcm2nii-course in -o out.nii --threads 1)" = 0 ]
    [ "$(threads dcm2nii-course in -o out.nii)" = 1 ]
    [ "$(threads dcm2nii-course in -o out.nii --threads 1000)" -lt "$(nproc)" ]
    [ "$(threads taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')" dcm2nii-course in -o out.nii)" = 0 ]
}

@test "a system that gives no thread" {
    large
    by_one
    FAULT=thread:1:11 FAULT_MARK=$PWD/fired LD_PRELOAD=$shim same "no thread" dcm2nii-course in
    [ "$(nproc)" = 1 ] || [ -e fired ]
}

# By one thread and by two: a command's status and message, and nothing that it leaves. FAULT may be set.
refuses() { # STATUS MESSAGE
    for n in 1 2; do
        LD_PRELOAD=${FAULT:+$shim} run dcm2nii-course in -o out.nii --threads $n
        [ "$status" = "$1" ]
        [[ $output == *"$2"* ]]
        [ ! -e out.nii ]
        [ ! -e out.json ]
        [ "$(ls | grep -c tmp)" = 0 ]
        echo "$output" > said.$n
    done
}

@test "a file that breaks off in the middle, and one that cannot be read: as with one thread" {
    large
    truncate -s 300000 in/CT0012.dcm
    refuses 3 ""
    cmp said.1 said.2
    rm -r in
    large
    FAULT=read:30:5 refuses 1 "Input/output error"
}

@test "a full disk while the digest goes on" {
    large
    FAULT=write:12:28 refuses 1 "No space left on device"
}
