# The full table of damages: each product and each file that a run keeps for itself, each kind of
# damage, both engines, one worker and four. After one run the tables are the undisturbed ones.

load ../pipeline/common
load ../pipeline/damages

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# LIST ENGINE JOBS
full_table() {
    local file kind n=0
    undisturbed "$2"
    "$1" > list
    for kind in $damage_kinds; do
        while read -r file; do
            rm -rf saved && cp -a out saved
            damage "$kind" "out/$file"
            if [ "$kind" != folder ]; then
                mends "$kind $file" -j"$3"
            elif mends "$kind $file" -j"$3" > mended || grep -q 'run failed' mended; then
                rm -rf out && mv saved out # a folder in a file's place is for its owner to remove
            else
                cat mended
                false
            fi
            n=$((n + 1))
        done < list
    done
    [ "$n" -gt 200 ]
}

@test "products, ninja, one worker" { full_table products ninja 1; }
@test "products, ninja, four workers" { full_table products ninja 4; }
@test "products, make, one worker" { full_table products make 1; }
@test "products, make, four workers" { full_table products make 4; }
@test "state, ninja, one worker" { full_table state_files ninja 1; }
@test "state, ninja, four workers" { full_table state_files ninja 4; }
@test "state, make, one worker" { full_table state_files make 1; }
@test "state, make, four workers" { full_table state_files make 4; }
