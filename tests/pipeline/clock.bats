# A clock that is set back: what was made before must not look newer than what it must be made from.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    printf 'setting: {binWidth: 25}\n' > params.yaml
}

# As if all that a run made had been made a minute later than it was: the clock was set back since.
set_back() {
    find out -exec touch -h -d '+60 seconds' {} +
    [ ! -e out/.radmill/.ninja_log ] ||
        awk -F'\t' -v OFS='\t' 'NF == 5 { $3 = sprintf("%.0f", $3 + 6e10) } 1' out/.radmill/.ninja_log > log &&
        cp log out/.radmill/.ninja_log || true
}

old_tables_do_not_stay() { # ENGINE
    pipeline DICOM_ROOT=dicom OUTDIR=out PARAMS=params.yaml ENGINE="$1" > /dev/null
    set_back
    printf 'setting: {binWidth: 10}\n' > params.yaml
    pipeline OUTDIR=out
    pipeline DICOM_ROOT=dicom OUTDIR=fresh PARAMS=params.yaml > /dev/null
    cmp out/_RESULTS/radiomics.csv fresh/_RESULTS/radiomics.csv
}

@test "new parameters count, ninja" {
    old_tables_do_not_stay ninja
}

@test "new parameters count, make" {
    old_tables_do_not_stay make
}
