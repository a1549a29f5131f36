# What every tool has: help in each form with its defaults, -q, -v.

PATH=$RADMILL_BIN:$PATH

tools() {
    make -s -C "$BATS_TEST_DIRNAME/../.." print-tools
}

@test "-v says what a call cost, -q and nothing do not" {
    cd "$BATS_TEST_TMPDIR"
    printf 'a,b\n1,2\n' > t.csv
    run featmerge t.csv -o out.csv
    [ -z "$output" ]
    run featmerge -v t.csv -o out.csv
    [[ $output == *"featmerge: info: status 0 after "*" s of processor time, "*" MB at most" ]]
    for tool in $(tools); do
        for switch in -q -v -vv; do
            run "$tool" $switch --version
            [ "$status" = 0 ]
        done
    done
}

@test "a default that is known to the parser is shown in every form of help" {
    cd "$BATS_TEST_TMPDIR"
    for tool in $(tools); do
        $tool --help=json | sed -n 's/.*"default": "\([^"\\]*\)".*/\1/p' > defaults
        while read -r default; do
            for form in text md man; do
                $tool --help=$form | sed 's/\\-/-/g' | grep -qF -- "[$default]"
            done
        done < defaults
    done
}
