# Completion for bash: options, values of choices, folders; for every tool.

PATH=$RADMILL_BIN:$PATH

# completes TOOL WORD...: what bash would offer for the last word, sorted, on one line.
completes() {
    . <("$1" --help=bash)
    COMP_WORDS=("$@")
    COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    "_${1//-/_}"
    printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' '
}

@test "options of every tool" {
    for tool in "$RADMILL_BIN"/*; do
        tool=$(basename "$tool")
        [[ $tool != *.* ]] || continue
        offered=$(completes $tool --)
        for option in $($tool --help=json | sed -n 's/^  {"name": "\([^"]*\)".*/\1/p'); do
            [[ " $offered" == *" --$option "* ]]
        done
        [ "$(completes $tool --vers)" = "--version " ]
    done
}

@test "values of choices, behind a blank, an equals sign and a letter" {
    [ "$(completes radmill --engine '')" = "make ninja " ]
    [ "$(completes radmill --engine n)" = "ninja " ]
    [ "$(completes radmill --engine =)" = "make ninja " ]
    [ "$(completes radmill --engine = m)" = "make " ]
    [ "$(completes radmill --preset pet)" = "pet-fdg pet-psma " ]
    [ "$(completes dcm2nii-course --suv '')" = "bw none " ]
}

@test "folders where a folder is asked for, files elsewhere" {
    cd "$BATS_TEST_TMPDIR"
    mkdir folder
    touch file
    [ "$(completes radmill --outdir f)" = "folder " ]
    [ "$(completes radmill --params f)" = " " ]
}
