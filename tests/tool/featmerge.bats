# Many tables into one: columns united in order, rows sorted by key, three formats.

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

@test "two rows of one key are refused" {
    run featmerge one.csv one.csv -o out.csv
    [ "$status" = 3 ]
    [[ "$output" == *"two rows of one key: p1 c Manual x"* ]]
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
