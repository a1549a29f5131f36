# Many tables into one: columns united in order, rows sorted by key, three formats.

# part WORKBOOK NAME: a part of a workbook, unpacked.
part() {
    sqlite3 :memory: "SELECT data FROM zipfile('$1') WHERE name = '$2'"
}

setup() {
    cd "$BATS_TEST_TMPDIR"
    PATH=$RADMILL_BIN:$PATH
    key=patient_id,course_id,segmentation_source,roi_id
    printf '%s\n' "$key,A,B" 'p2,c,Manual,x,1,2' 'p1,c,Manual,x,3,4' > one.csv
    printf '%s\n' "$key,A,N,B" 'p1,a,Manual,x,5,6,7' > two.csv
}

@test "columns keep their order, rows are sorted by key, missing cells are empty" {
    featmerge one.csv two.csv -o out.csv
    printf '%s\n' "$key,A,N,B" p1,a,Manual,x,5,6,7 p1,c,Manual,x,3,,4 p2,c,Manual,x,1,,2 > expected
    cmp out.csv expected
}

@test "columns that have nothing in common stand side by side in the order of the inputs" {
    printf 'a,b\n' > ab
    printf 'c,d\n' > cd
    [ "$(featmerge ab cd)" = a,b,c,d ]
}

@test "the order of the inputs does not matter for the rows" {
    featmerge one.csv two.csv | sort > a
    featmerge two.csv one.csv | sort > b
    cmp a b
}

@test "names of files come from standard input, rows by -" {
    printf 'one.csv\ntwo.csv\n' | featmerge -o listed.csv
    featmerge one.csv two.csv -o direct.csv
    cmp listed.csv direct.csv
    featmerge - two.csv -o piped.csv < one.csv
    cmp piped.csv direct.csv
}

@test "commas, quotes, line ends and UTF-8 come back as they went in" {
    printf 'name,v\n"a ""b"", c",1\n"two\nlines",2\nTumor é,3\n' > odd.csv
    featmerge odd.csv -o again.csv
    cmp odd.csv again.csv
}

@test "carriage returns before line feeds are taken as line ends" {
    printf 'a,b\r\n1,2\r\n' | featmerge - > out
    printf 'a,b\n1,2\n' | cmp - out
}

@test "a header alone is a table without rows" {
    head -n 1 one.csv > none.csv
    featmerge none.csv -o out.csv
    cmp none.csv out.csv
}

@test "two rows with the same key are refused" {
    run featmerge one.csv one.csv -o out.csv
    [ "$status" = 3 ]
    [[ "$output" == *"two rows with the same key: p1 c Manual x"* ]]
    [ ! -e out.csv ]
}

@test "a record of another length, a doubled column, an empty file are refused" {
    printf 'a,b\n1\n' > short.csv
    run featmerge short.csv
    [ "$status" = 3 ]
    [[ "$output" == *"a record of 1 fields under a header of 2"* ]]
    printf 'a,a\n' | { run featmerge -; [ "$status" = 3 ]; [[ "$output" == *"column a twice"* ]]; }
    : > empty.csv
    run featmerge empty.csv
    [ "$status" = 3 ]
}

@test "an output that is an input is refused, another ending too" {
    run featmerge one.csv two.csv -o one.csv
    [ "$status" = 2 ]
    run featmerge one.csv -o out.parquet
    [ "$status" = 2 ]
}

@test "an equal output stays untouched" {
    featmerge one.csv -o out.csv
    touch -d 2001-01-01 out.csv
    featmerge one.csv -o out.csv
    [ "$(stat -c %Y out.csv)" = "$(date -d 2001-01-01 +%s)" ]
}

@test "SQLite holds the same cells, ids as text and values as numbers" {
    sed -i 's/p1/007/' one.csv
    featmerge one.csv two.csv -o out.sqlite
    [ "$(sqlite3 out.sqlite "SELECT typeof(patient_id) || A FROM radiomics WHERE patient_id = '007'")" = text3.0 ]
    [ "$(sqlite3 out.sqlite 'SELECT count(*) FROM radiomics WHERE N IS NULL')" = 2 ]
}

@test "XLSX is the same bytes each time" {
    featmerge one.csv two.csv -o a.xlsx
    sleep 1.1
    featmerge one.csv two.csv -o b.xlsx
    cmp a.xlsx b.xlsx
    [ "$(head -c 2 a.xlsx)" = PK ]
}

@test "a byte order mark in front of a table is no part of its first column's name" {
    printf 'a,b\n1,2\n' > one.csv
    printf '\xef\xbb\xbfa,b\n3,4\n' > two.csv
    [ "$(featmerge one.csv two.csv)" = "$(printf 'a,b\n1,2\n3,4')" ]
}

@test "names that are written with digits are text in XLSX and SQLite, whatever their column" {
    printf 'mrn,code,long,v\n012,+5,12345678901234567890,1e-3\n13,6,7,\n' > ids.csv
    featmerge ids.csv -o out.sqlite
    [ "$(sqlite3 out.sqlite 'SELECT mrn, typeof(mrn), typeof(code), typeof(long), typeof(v) FROM radiomics LIMIT 1')" = '012|text|text|text|real' ]
    featmerge ids.csv -o out.xlsx
    part out.xlsx xl/worksheets/sheet1.xml | grep -q '<c r="D2"><v>0.001</v></c>'
    part out.xlsx xl/worksheets/sheet1.xml | grep -q '<c r="A2" t="inlineStr"><is><t>012</t></is></c>'
}

# --- join ---

clinical() {
    printf 'patient_id,age,sex\n007,61,F\np2,,M\nnobody,5,F\n' > clinical.csv
    sed -i 's/p1/007/' one.csv two.csv
}

@test "a join adds the columns of a record to every row of its key, ids as text" {
    clinical
    run featmerge one.csv two.csv --join clinical.csv -o out.csv
    [ "$status" = 0 ]
    [[ $output == *"1 of 3 records belong to no row"* ]]
    printf '%s\n' "$key,A,N,B,age,sex" 007,a,Manual,x,5,6,7,61,F 007,c,Manual,x,3,,4,61,F \
        p2,c,Manual,x,1,,2,,M | cmp - out.csv
    featmerge two.csv one.csv --join clinical.csv --on patient_id -o again.sqlite 2> /dev/null
    [ "$(sqlite3 again.sqlite 'SELECT age, typeof(age), sex FROM radiomics ORDER BY B LIMIT 1')" = '|null|M' ]
}

@test "a number is not an id: 7 is nobody's 007, and rows without a record are told of" {
    clinical
    printf 'patient_id,age\n7,61\n' > clinical.csv
    run featmerge one.csv --join clinical.csv
    [ "$status" = 0 ]
    [[ $output == *"no record for 2 of 2 rows"* ]]
    [[ $output == *"007,c,Manual,x,3,4,"$'\n'* ]]
}

@test "a join by several columns tells a,bc from ab,c" {
    printf 'p,q,v\na,bc,1\nab,c,2\n' > rows
    printf 'q,p,w\nbc,a,one\nc,ab,two\n' > more
    [ "$(featmerge rows --join more --on p,q)" = $'p,q,v,w\na,bc,1,one\nab,c,2,two' ]
    [ "$(featmerge rows --join more --on p --on q)" = $'p,q,v,w\na,bc,1,one\nab,c,2,two' ]
}

@test "two records with the same key, and a key that is not there, are refused" {
    clinical
    printf '007,62,F\n' >> clinical.csv
    run featmerge one.csv --join clinical.csv -o out.csv
    [ "$status" = 3 ]
    [[ $output == *"clinical.csv: two records with the same key: 007"* ]]
    run featmerge one.csv --join clinical.csv --on mrn
    [ "$status" = 2 ]
    [[ $output == *"no column mrn"* ]]
    run featmerge one.csv --on patient_id
    [ "$status" = 2 ]
    [ ! -e out.csv ]
}

@test "a column of both tables must agree, unless it may disagree under a name of its own" {
    printf 'patient_id,A,B,x\np1,3,,9\n' > more.csv
    [ "$(featmerge one.csv --join more.csv 2> /dev/null | head -n 2)" = "$key,A,B,x"$'\n'p1,c,Manual,x,3,4,9 ]
    sed -i s/p1,3/p1,33/ more.csv
    run featmerge one.csv --join more.csv
    [ "$status" = 3 ]
    [[ $output == *"column A disagrees"* ]]
    [ "$(featmerge one.csv --join more.csv --allow columns 2> /dev/null | head -n 2)" = "$key,A,B,A_joined,x"$'\n'p1,c,Manual,x,3,4,33,9 ]
}

# --- what may be allowed ---

@test "two rows with the same key stand in the order of the inputs, when they are allowed" {
    sed s/3,4/8,9/ one.csv > again.csv
    featmerge one.csv again.csv --allow keys -o out.csv
    printf '%s\n' "$key,A,B" p1,c,Manual,x,3,4 p1,c,Manual,x,8,9 p2,c,Manual,x,1,2 \
        p2,c,Manual,x,1,2 | cmp - out.csv
    featmerge one.csv again.csv --allow keys -o out.sqlite
    [ "$(sqlite3 out.sqlite 'SELECT count(*) FROM radiomics')" = 4 ]
    run featmerge one.csv --allow everything
    [ "$status" = 2 ]
}

@test "rows of one modality that were made with different parameters are refused" {
    local settings=diagnostics_Configuration_Settings
    printf "modality,$settings,v\nCT,\"{'label': 1, 'binWidth': 25}\",1\nPT,\"{'binWidth': 0.5}\",2\n" > a
    printf "modality,$settings,v\nCT,\"{'label': 3, 'binWidth': 25}\",3\n" > b
    printf "modality,$settings,v\nCT,\"{'label': 1, 'binWidth': 10}\",4\n" > c
    printf 'modality,v\nCT,5\n' > d
    featmerge a b d -o out.csv
    run featmerge a c -o other.csv
    [ "$status" = 3 ]
    [[ $output == *"a and c were made with different parameters"* ]]
    featmerge a c --allow parameters,keys -o other.csv
    [ "$(wc -l < other.csv)" = 4 ]
}

# --- several tables in one file, many columns ---

@test "other tables become sheets, each with a frozen and filtered header" {
    printf 'kind,name\nfile,007\n' > left.csv
    featmerge one.csv --sheet left_out=left.csv --sheet 'again=one.csv' -o out.xlsx
    part out.xlsx xl/workbook.xml > book
    for name in radiomics left_out again; do grep -q "name=\"$name\"" book; done
    for i in 1 2 3; do
        part out.xlsx xl/worksheets/sheet$i.xml > sheet
        grep -q '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' sheet
        grep -q '<autoFilter ref="A1:' sheet
    done
    featmerge one.csv --sheet left_out=left.csv -o out.sqlite
    [ "$(sqlite3 out.sqlite 'SELECT kind, name FROM left_out')" = 'file|007' ]
    for bad in 'Radiomics=left.csv' 'a/b=left.csv' '=left.csv' left.csv; do
        run featmerge one.csv --sheet "$bad" -o bad.xlsx
        [ "$status" = 2 ]
    done
    run featmerge one.csv --sheet left_out=left.csv -o bad.csv
    [ "$status" = 2 ]
}

@test "SQLite: keys are unique and looked up by an index; beyond 2,000 columns by values" {
    featmerge one.csv -o out.sqlite
    run sqlite3 out.sqlite "INSERT INTO radiomics SELECT * FROM radiomics"
    [[ $output == *"UNIQUE constraint"* ]]
    [[ "$(sqlite3 out.sqlite "EXPLAIN QUERY PLAN SELECT * FROM radiomics WHERE patient_id = 'p1'")" == *INDEX* ]]
    { printf %s "$key,n"; printf ',f%d' {1..2500}; echo
      printf %s 007,c,Manual,x,5; printf ',%d.5' {1..2499}; echo ,; } > wide.csv
    featmerge wide.csv -o wide.sqlite
    [ "$(sqlite3 wide.sqlite 'SELECT patient_id, roi_id FROM radiomics')" = '007|x' ]
    [ "$(sqlite3 wide.sqlite "SELECT count(*), sum(value) FROM radiomics_long WHERE \"column\" LIKE 'f%'")" = '2499|3124999.5' ]
    [ "$(sqlite3 wide.sqlite "SELECT typeof(value), value FROM radiomics_long WHERE \"column\" = 'f77' AND patient_id = '007'")" = 'real|77.5' ]
}

@test "a table of a spreadsheet: UTF-16 is read, other separators are refused by name" {
    { printf '\357\273\277' && cat one.csv; } | iconv -f UTF-8 -t UTF-16LE > wide.csv
    featmerge wide.csv | cmp - <(featmerge one.csv)
    tr , ';' < one.csv > semicolons.csv
    run featmerge semicolons.csv
    [ "$status" = 3 ]
    [[ "$output" == *"semicolons.csv: the columns are separated by semicolons, not by commas"* ]]
    iconv -f UTF-8 -t UTF-16LE one.csv > unmarked.csv
    run featmerge unmarked.csv
    [ "$status" = 3 ]
    [[ "$output" == *"bytes of zero"* ]]
}

@test "a disk that is full at any moment: the whole table or none, with one line that says so" {
    awk 'BEGIN { srand(1); printf "patient_id"; for (i = 0; i < 40; i++) printf ",f%d", i; print ""
                 for (r = 0; r < 150; r++) { printf "P%d", r; for (i = 0; i < 40; i++) printf ",%.12g", rand(); print "" } }' > big.csv
    local suffix kib status refused
    for suffix in csv xlsx sqlite; do
        featmerge big.csv -o "full.$suffix"
        refused=0
        for kib in 0 4 16 32 48 60 64 68 100 150 200 300; do
            status=0
            # No file may grow beyond this; the temporary ones are files, too.
            (trap '' XFSZ; ulimit -f "$kib"; exec featmerge big.csv -o "out.$suffix" 2> message) || status=$?
            if [ $status = 0 ]; then
                cmp "out.$suffix" "full.$suffix"
                rm "out.$suffix"
            else
                [ $status = 1 ]
                refused=$((refused + 1))
                [ "$kib" = 0 ] || [ "$(wc -l < message)" = 1 ]
            fi
            [ "$(ls -A | grep -c '^out')" = 0 ]
        done
        [ $refused -gt 2 ] && [ $refused -lt 12 ] || false
    done
}

@test "a folder of temporary files that is full or missing does not matter to a workbook" {
    featmerge one.csv two.csv -o expected.xlsx
    TMPDIR=/nonexistent featmerge one.csv two.csv -o out.xlsx
    cmp out.xlsx expected.xlsx
    [ "$(ls -A | grep -c tmp)" = 0 ]
}

@test "one write that fails, whichever it is: the whole table or none" {
    local suffix n
    for suffix in csv xlsx sqlite; do
        featmerge one.csv two.csv -o "whole.$suffix"
        for ((n = 1; ; n++)); do
            rm -f fired
            FAULT=write:$n:28 FAULT_MARK=$PWD/fired LD_PRELOAD=$RADMILL_BUILD/tests/faults/fault.so \
                run featmerge one.csv two.csv -o "out.$suffix"
            [ -e fired ] || break
            [ "$status" = 1 ] || cmp "out.$suffix" "whole.$suffix"
            rm -f "out.$suffix"
            [ "$(ls -A | grep -c '^out')" = 0 ]
        done
        rm "out.$suffix"
        [ $n -gt 2 ]
    done
}
