# Every system call of every tool of the line fails once (tests/faults/fault.c).

load ../pipeline/common
load ../pipeline/faults

setup() {
    cd "$BATS_TEST_TMPDIR"
    begin
}

@test "each call of each kind in each tool, one at a time" {
    sweep 1 0
}
