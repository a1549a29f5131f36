# Runs in which one system call of one tool fails.

shim=$RADMILL_BUILD/tests/faults/fault.so
# Each tool of the line in each of its parts: its name and, behind a colon, the argument that tells which.
parts="dcm2nii-course:--scan dcm2nii-course:--course rtstruct2masks: boolstruct: radfeat:
    radguard:image radguard:masks radguard:custom radguard:features
    radtable:--course radtable:--courses radtable:--left-out radtable:--concatenate featmerge:
    radreport:--pictures radreport:--course radreport:--cohort radreport:--methods radmill:"
declare -gA errors=([open]=24 [read]=5 [write]=28 [fsync]=5 [syncfs]=5 [rename]=28 [mmap]=12 [fork]=11 [thread]=11)

# D lies at the border of the image, so its name in the tables depends on what masks.json says.
begin() {
    patient P1 --roi D box:28,0,0,12,12,12
    echo 'custom_structures: [{name: ring, operation: union, source_structures: [B]}]' > recipe.yaml
    anew ok > /dev/null
    printf '%s\n' 'A ok' 'B ok' 'C ok' 'D ok' 'ring ok' > states
}

# The run that all of this is about.
anew() { # OUTDIR
    radmill --dicom-root dicom --outdir "$1" --custom-structures recipe.yaml --tables csv,xlsx,sqlite,long \
        --engine "${engine:-ninja}" -j 2
}

# faulty PART [VARIABLE=VALUE]...: that run, from nothing, with the shim in one part.
faulty() {
    local part=$1 only=()
    shift
    [ -z "${part#*:}" ] || only=(FAULT_ARGUMENT="${part#*:}")
    rm -rf out
    (
        export FAULT_PROGRAM="${part%:*}" LD_PRELOAD=$shim ${only+"${only[@]}"} "$@"
        anew out
    )
}

# What a table of ours says that is the same in every run: measurements stand in the status.
contents() { # OUTDIR
    (
        cd "$1/_RESULTS"
        find . -type f ! -name status.csv ! -name 'run.*' ! -name '*.xlsx' ! -name '*.sqlite' | LC_ALL=C sort | xargs sha1sum
        for table in radiomics courses left_out; do sqlite3 radiomics.sqlite ".dump $table"; done
        unzip -p radiomics.xlsx xl/worksheets/sheet1.xml | sha1sum
    )
}

# sites PART: a line "CALL N" for each way through that part of the program to such a call, the first and
# the last time it is taken.
sites() {
    rm -f sites
    faulty "$1" FAULT_LIST="$PWD/sites" > /dev/null
    sort -k1,1 -k3,3 -k2,2n sites | awk '
        { way = $1 " " $3 }
        way != before { if (before) print last; print $1, $2 }
        { before = way; last = $1 " " $2 }
        END { print last }' | sort -u -k1,1 -k2,2n
}

# fails_once PART CALL N: a run from nothing in which the N-th CALL of the first such process fails.
# 0: it did, and all is well; 2: it was not reached.
fails_once() {
    local what="$1 $2 number $3" code=0
    rm -f fired
    faulty "$1" FAULT="$2:$3:${errors[$2]}" FAULT_MARK="$PWD/fired" > log 2>&1 || code=$?
    [ -e fired ] || return 2
    if [ $code = 0 ] && ! { contents out | cmp - contents && states out | cmp - states; }; then
        echo "$what: exit 0 with another table"
        cat log
        return 1
    fi
    if ! anew out > log2 2>&1 || ! contents out | cmp - contents || ! states out | cmp - states; then
        echo "$what: exit $code; the next run does not mend it"
        cat log log2
        return 1
    fi
}

# sweep STEP PART...: of each of these parts the first site and every STEP-th one after it.
sweep() {
    local step=$1 part call n at bad=0 tried=0 missed=0 result
    shift
    contents ok > contents
    for part; do
        sites "$part" > "sites-of"
        [ -s sites-of ] || { echo "$part: nothing runs there"; return 1; }
        at=0
        while read -r call n; do
            [ $((at++ % step)) = 0 ] || continue
            result=0
            fails_once "$part" "$call" "$n" || result=$?
            tried=$((tried + 1))
            case $result in 1) bad=$((bad + 1)) ;; 2) missed=$((missed + 1)) ;; esac
        done < sites-of
    done
    echo "$tried tried, $bad bad, $missed not reached"
    [ $tried -gt 1 ] && [ $bad = 0 ] && [ $((missed * 10)) -le $tried ] || false
}
