# Every way to a system call in every tool of the line fails once (tests/faults/fault.c): the first and the
# last time that it is taken.

load ../pipeline/common
load ../pipeline/faults

setup() {
    cd "$BATS_TEST_TMPDIR"
    begin
}

# The parts of one tool.
of() { # TOOL
    local part
    for part in $parts; do [ "${part%:*}" != "$1" ] || echo "$part"; done
}

@test "no tool is missing here" {
    for part in $parts; do grep -q "$(printf '{ sweep 1 $(of %s); }$' "${part%:*}")" "$BATS_TEST_FILENAME"; done
}

@test "dcm2nii-course" { sweep 1 $(of dcm2nii-course); }
@test "rtstruct2masks" { sweep 1 $(of rtstruct2masks); }
@test "boolstruct" { sweep 1 $(of boolstruct); }
@test "radfeat" { sweep 1 $(of radfeat); }
@test "radguard" { sweep 1 $(of radguard); }
@test "radtable" { sweep 1 $(of radtable); }
@test "featmerge" { sweep 1 $(of featmerge); }
@test "radreport" { sweep 1 $(of radreport); }
@test "radmill" { sweep 1 $(of radmill); }
@test "radmill with make as the engine" { engine=make && sweep 1 $(of radmill); }
