# TABLES=long: one line per value beside the wide table, of each course and of the cohort.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1
    patient P2 --roi D sphere:0,0,0,6 --roi A.long box:-4,-4,-4,4,4,4
}

long_run() { # OUTDIR [SETTING]...
    local out=$1
    shift
    pipeline DICOM_ROOT=dicom OUTDIR="$out" TABLES=csv,long "$@" > log
}

# agrees WIDE LONG: each cell of a feature is one line with the same value and the same identity, in the
# same order of regions, and there is no other line.
agrees() {
    awk '
        function split_csv(text, out,    n, field) { # fields of one line, as in the file
            n = 0
            while (match(text, /^("([^"]|"")*"|[^,]*)(,|$)/)) {
                field = substr(text, 1, RLENGTH)
                text = substr(text, RLENGTH + 1)
                out[++n] = field
                if (field !~ /,$/) return n
                sub(/,$/, "", out[n])
            }
            return n
        }
        NR == FNR && FNR == 1 { columns = split_csv($0, wide); next }
        NR == FNR {
            split_csv($0, f)
            key = ""
            for (i = 1; i <= 9; i++) key = key f[i] ","
            order[++regions] = key
            for (i = 10; i <= columns; i++)
                if (wide[i] !~ /^diagnostics/) { cell[key wide[i]] = f[i]; has[key wide[i]] = 1; cells++ }
            next
        }
        FNR == 1 { if ($0 !~ /,roi_id,image,class,feature,ibsi_code,aggregation,value,unit,reason$/) bad++; next }
        {
            split_csv($0, f)
            key = ""
            for (i = 1; i <= 9; i++) key = key f[i] ","
            if (key != order[at]) at++
            name = f[10] "_" f[11] "_" f[12]
            if (!((key name) in has)) name = name "_" f[14]
            if (key != order[at] || !((key name) in has) || cell[key name] != f[15] || (f[15] == "") != (f[17] != ""))
                if (bad++ < 3) print "differs: " $0
            delete has[key name]
            lines++
        }
        END { print lines " lines, " cells " cells"; exit bad || lines != cells || !lines || at != regions }' "$1" "$2"
}

check_tables() { # OUTDIR
    local course
    agrees "$1/_RESULTS/radiomics.csv" "$1/_RESULTS/radiomics_long.csv"
    for course in "$1"/P*/*/; do agrees "$course/radiomics.csv" "$course/radiomics_long.csv"; done
    { head -q -n 1 "$1"/P1/*/radiomics_long.csv; tail -q -n +2 "$1"/P*/*/radiomics_long.csv; } | cmp - "$1/_RESULTS/radiomics_long.csv"
}

@test "every cell is a line, of both profiles and both engines, and the bytes are the same" {
    local profile
    for profile in pyradiomics ibsi; do
        long_run "ninja-$profile" PROFILE=$profile -j2
        check_tables "ninja-$profile"
        long_run "make-$profile" PROFILE=$profile ENGINE=make
        cmp {ninja,make}-$profile/_RESULTS/radiomics_long.csv
    done
    [ "$(cut -d, -f13 ninja-ibsi/_RESULTS/radiomics_long.csv | sort -u | grep -cE '^[A-Z0-9]{4}$')" -gt 150 ]
    [ "$(cut -d, -f14 ninja-ibsi/_RESULTS/radiomics_long.csv | sort -u | tr '\n' ' ')" = "DHQ4 IAZD ITBB KOBO aggregation " ]
}

@test "one changed contour changes its lines alone" {
    long_run out -j2
    cp out/_RESULTS/radiomics_long.csv before.csv
    change_contour P1
    run pipeline OUTDIR=out
    [ "$(ran features)" = 1 ]
    check_tables out
    [ "$(diff before.csv out/_RESULTS/radiomics_long.csv | grep '^>' | cut -d, -f6,9 | sort -u)" = P1,B ]
    run pipeline OUTDIR=out
    [[ $output == *"no work to do"* ]]
}

asked_for_later() { # ENGINE
    pipeline DICOM_ROOT=dicom OUTDIR=out ENGINE="$1" > /dev/null
    [ ! -e out/_RESULTS/radiomics_long.csv ] && [ -z "$(find out -name '*.long')" ] || false
    cp out/_RESULTS/radiomics.csv before.csv
    run pipeline OUTDIR=out TABLES=long
    [ "$status" = 0 ] && [ "$(ran features)" = 8 ] && [ "$(ran image)" = 0 ] || false
    cmp before.csv out/_RESULTS/radiomics.csv
    check_tables out
    run pipeline OUTDIR=out
    [ "$(ran features) $(ran table)" = "0 0" ]
}

@test "asked for later, features are computed again, ninja" {
    asked_for_later ninja
}

@test "asked for later, features are computed again, make" {
    asked_for_later make
}

@test "identity columns that a setting adds, and regions without a row" {
    printf '%s\n' 'setting: {minimumROISize: 1000}' 'imageType: {Original: {}}' 'featureClass: {firstorder: [Mean], shape: }' > big.yaml
    long_run out PARAMS=big.yaml MISSING_SLICES=interpolate
    [ "$(head -n 1 out/_RESULTS/radiomics_long.csv | cut -d, -f9-11)" = roi_id,slices_interpolated,image ]
    [ "$(column out status state | grep -c skipped)" -gt 0 ]
    [ "$(column out radiomics_long roi_id | uniq)" = "$(column out radiomics roi_id)" ]
    [ "$(($(wc -l < out/_RESULTS/radiomics_long.csv) - 1))" = "$((15 * $(column out radiomics roi_id | wc -l)))" ]
}

@test "shards of a cluster make it, too, and --why knows where it comes from" {
    long_run whole
    pipeline -j2 slurm-files DICOM_ROOT=dicom OUTDIR=out TABLES=csv,long SHARDS=2 > /dev/null
    for graph in $(ls out/.radmill/slurm/shards); do out/.radmill/slurm/shard.sh "${graph%.ninja}"; done
    out/.radmill/slurm/merge.sh
    cmp whole/_RESULTS/radiomics_long.csv out/_RESULTS/radiomics_long.csv
    run radmill --why out/_RESULTS/radiomics_long.csv
    [ "$status" = 0 ] && [ "$(grep -c radiomics_long.csv <<< "$output")" = 3 ] && [[ $output == *radtable* ]] || false
    run radmill --why "$(ls out/P1/*/radiomics_long.csv)"
    [ "$status" = 0 ] && [[ $output == *features/Manual/A.csv* ]] || false
    run radmill --why "$(ls out/P1/*/features/Manual/A.long)"
    [ "$status" = 0 ] && [[ $output == *radfeat* ]] || false
}

@test "a table of another header is not put behind the first" {
    printf 'a,b\n' > header.csv
    printf 'a,b\n1,2\n' > one.csv
    printf 'a,c\n3,4\n' > other.csv
    printf '%s\n' header.csv one.csv one.csv > list.txt
    radtable --concatenate list.txt -o out.csv
    [ "$(cat out.csv)" = $'a,b\n1,2\n1,2' ]
    printf '%s\n' header.csv one.csv other.csv > list.txt
    run radtable --concatenate list.txt -o bad.csv
    [ "$status" = 3 ] && [[ $output == *"other.csv: it has another header"* ]] && [ ! -e bad.csv ] || false
    printf '%s\n' header.csv none.csv > list.txt
    run radtable --concatenate list.txt -o bad.csv
    [ "$status" = 1 ] && [[ $output == *none.csv* ]] && [ ! -e bad.csv ] || false
}
