# Rows of empty cells, in every writer of tables: where a value stands never depends on what stands
# before it.

bats_require_minimum_version 1.5.0

setup_file() {
    export dir=$BATS_FILE_TMPDIR
    export PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    cd "$dir"
    make_volume image.nii noise 20 18 12 1 1.5 2
    make_volume mask.nii ball 20 18 12 1 1.5 2
    printf 'setting: {additionalInfo: false}\nfeatureClass: {firstorder: [Mean, Maximum]}\n' > p.yaml
    printf 'setting: {additionalInfo: false}\nimageType: {LoG: {sigma: [100.0]}, Original: {}}\nfeatureClass: {firstorder: [Mean, Maximum]}\n' > wide.yaml
    export values=$(radfeat image.nii mask.nii -p p.yaml | tail -n 1)
    export empty=$(printf -- '--column %s= ' A B C)
}

setup() { cd "$dir"; }

@test "one row: empty cells of one's own, and first features without a value" {
    printf 'A,B,C,original_firstorder_Mean,original_firstorder_Maximum\n,,,%s\n' "$values" > want
    radfeat image.nii mask.nii -p p.yaml $empty | cmp - want
    radfeat --header -p p.yaml $empty | cmp - <(head -n 1 want)
    radfeat image.nii mask.nii -p wide.yaml | tail -n 1 | grep -Fx ",,$values"
    radfeat --header -p p.yaml --column = |
        grep -Fx ',original_firstorder_Mean,original_firstorder_Maximum'
}

@test "the other formats: long, JSON, maps" {
    radfeat image.nii mask.nii -p p.yaml $empty -f long > long
    [ "$(cut -d, -f 1-6 long | paste -sd' ')" = \
        "A,B,C,image,class,feature ,,,original,firstorder,Mean ,,,original,firstorder,Maximum" ]
    radfeat image.nii mask.nii -p p.yaml --column = -f json | grep -Fx '  "": "",'
    radfeat image.nii mask.nii -p p.yaml --mode voxel --out-dir maps $empty | tail -n 1 |
        grep -Fx ',,,maps/Case-1_original_firstorder_Mean.nrrd,maps/Case-1_original_firstorder_Maximum.nrrd'
}

@test "a batch: cells, and names of columns, that are empty" {
    printf ',ID,Image,Mask\n,,%s,%s\n0,,%s,%s\n,b,none.nii,mask.nii\n' \
        "$dir"/{image,mask,image,mask}.nii > cases.csv
    run -0 --separate-stderr radfeat --batch cases.csv -p p.yaml
    {
        printf ',ID,Image,Mask,original_firstorder_Mean,original_firstorder_Maximum\n'
        printf ",,$dir/image.nii,$dir/mask.nii,$values\n0,,$dir/image.nii,$dir/mask.nii,$values\n"
        printf ",b,$dir/none.nii,$dir/mask.nii,,\n"
    } | cmp - <(printf '%s\n' "$output")
    run -0 --separate-stderr radfeat --batch cases.csv -p p.yaml -f long
    [ "$(cut -d, -f 1,2,5,7 <<< "$output" | paste -sd' ')" = \
        ",ID,image,feature ,,original,Mean ,,original,Maximum 0,,original,Mean 0,,original,Maximum" ]
}

@test "names of columns with equals signs and backslashes are kept" {
    printf 'a=b,c\\=d,e\\\\,Image,Mask\n1,2=3,4,image.nii,mask.nii\n' > cases.csv
    run -0 radfeat --batch cases.csv -p p.yaml
    [ "${lines[0]}" = 'a=b,c\=d,e\\,Image,Mask,original_firstorder_Mean,original_firstorder_Maximum' ]
    [ "${lines[1]}" = "1,2=3,4,$dir/image.nii,$dir/mask.nii,$values" ]
    run -2 radfeat image.nii mask.nii --column 'a\=b'
}

@test "a batch in long form: a name of two lines does not cut the header" {
    printf '"two\nlines",Image,Mask\n,image.nii,mask.nii\n1,image.nii,mask.nii\n' > cases.csv
    radfeat --batch cases.csv -p p.yaml -f long > long
    [ "$(grep -c 'Image,Mask' long)" -eq 1 ]
    [ "$(grep -c '^"two$' long)" -eq 1 ]
    [ "$(grep -c firstorder long)" -eq 4 ]
}

@test "tables merged: rows and headers of empty cells come back as they went in" {
    printf ',A,B\n,,\n,x,\n' > merged.csv
    featmerge merged.csv | cmp - merged.csv
    printf 'A\n""\nx\n""\n' > merged.csv
    featmerge merged.csv | cmp - merged.csv
    printf '""\nx\n' > merged.csv
    featmerge merged.csv | cmp - merged.csv
}

@test "tables of the graph: nothing is known of a region or a file" {
    printf '{"left_out": [{}, {"name": "n"}]}' > left.json
    radtable --left-out left.json -o left.csv
    printf 'kind,path,patient_id,course_id,name,reason\n,,,,,\n,,,,n,\n' | cmp - left.csv
    printf '{"courses": [{}, {}]}' > courses.json
    radtable --courses courses.json -o courses.csv
    [ "$(tail -n 2 courses.csv | sort -u)" = "$(head -n 1 courses.csv | tr -dc ,)" ]
    printf '"",A\n' > columns.csv
    printf '"",A\n,1\n' > row.csv
    printf '{"state": "ok", "stage": "features", "reason": "", "log": "", "seconds": 0, "peak_mb": 0}' > r.json
    printf '{"columns": "columns.csv", "rois": [{"record": "r.json", "row": "row.csv", "name": ""}]}' > job.json
    radtable --course job.json -o radiomics.csv --status status.csv
    [ "$(tail -n 1 radiomics.csv)" = ",,,,,,,False,,,1" ]
    [ "$(tail -n 1 status.csv)" = ",,,,,,,ok,,0.0,0.0," ]
}
