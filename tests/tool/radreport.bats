# radreport IMAGE MASK... -o FILE: one image and its masks as a page.

setup() {
    cd "$BATS_TEST_TMPDIR"
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    mkdir -p masks/Manual
    make_volume image.nii noise 20 18 12 1 1.5 2
    make_volume masks/Manual/gtv.nii.gz ball 20 18 12 1 1.5 2
}

@test "a page with its pictures: three planes, letters, a scale, a histogram" {
    radreport image.nii masks/Manual/gtv.nii.gz -o page.html
    [ "$(grep -o 'src="data:image/png;base64,' page.html | wc -l)" = 3 ]
    grep -q 'alt="axial plane through gtv' page.html
    for place in '.p0 img{object-position:0 0}' '.p1 img{object-position:-288px 0}' '.p2 img{object-position:-576px 0}'; do
        grep -qF "$place" page.html # each plane shows its own third of the picture
    done
    [ "$(grep -oE 'figure class="plane p[012]"' page.html | sort -u | wc -l)" = 3 ]
    grep -q 'class="l">R<' page.html
    grep -q 'mm</text>' page.html
    grep -q 'Histogram of the values' page.html
    grep -q 'Manual' page.html
}

@test "the same bytes again; an equal page is not touched" {
    radreport image.nii masks/Manual/gtv.nii.gz -o page.html
    before=$(stat -c %y page.html)
    radreport image.nii masks/Manual/gtv.nii.gz -o page.html
    [ "$before" = "$(stat -c %y page.html)" ]
    radreport image.nii masks/Manual/gtv.nii.gz -o - > other.html
    cmp page.html other.html
}

@test "names are text, and the page asks nothing of another place" {
    evil=$'<img src=x onerror=alert(1)>"\'\u202e'
    cp masks/Manual/gtv.nii.gz "$evil.nii.gz"
    radreport image.nii "./$evil.nii.gz" -o page.html
    grep -q '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;\[U+202E\]' page.html
    ! grep -q '<img src=x' page.html || false
    ! grep -qE '(src|href)="(https?:)?//' page.html || false
    grep -q "default-src 'none'" page.html
}

@test "an oblique image" {
    make_volume oblique.nii noise 20 18 12 1 1.5 2 oblique
    make_volume mask.nii ball 20 18 12 1 1.5 2 oblique
    radreport oblique.nii mask.nii -o page.html
    grep -q 'data:image/png' page.html
}

@test "what cannot be shown is refused, and what is missing is named" {
    make_volume other.nii ball 10 18 12 1 1.5 2
    run radreport image.nii other.nii -o page.html
    [ "$status" = 3 ]
    [[ $output == *"other.nii: not on the grid of the image"* ]]
    [ ! -e page.html ]
    run radreport image.nii masks/Manual/gtv.nii.gz
    [ "$status" = 2 ]
    run radreport image.nii -o page.html
    [ "$status" = 2 ]
    run radreport image.nii masks/Manual/gtv.nii.gz -o image.nii
    [ "$status" = 2 ]
}

# cohort PATIENTS REGIONS: made-up tables, and the job of their pages.
cohort() {
    mkdir -p _RESULTS
    awk -v n="$1" -v m="$2" 'BEGIN {
        out = "_RESULTS/"
        print "patient_id,course_id,modality,segmentation_source,roi_name,roi_original_name,roi_id,state,reason" > (out "status.csv")
        print "segmentation_source,patient_id,course_id,roi_id,original_shape_MeshVolume,original_firstorder_Mean" > (out "radiomics.csv")
        print "kind,path,patient_id,course_id,name,reason" > (out "left_out.csv")
        printf "{\"settings\": [], \"courses\": [" > "job.json"
        for (p = 1; p <= n; p++) {
            id = sprintf("PATIENT-%05d", p); c = sprintf("2020-01_CT_%06x", p)
            comma = p > 1 ? ", " : ""
            printf "%s{\"course_dir\": \"%s/%s\", \"patient_id\": \"%s\", \"id\": \"%s\", \"modality\": \"CT\"}", comma, id, c, id, c > "job.json"
            for (r = 1; r <= m; r++) {
                if ((p + r) % 11 == 0) continue
                state = (p + r) % 13 ? "ok" : "skipped,no contours"
                print id "," c ",CT,Manual,Structure " r ",Structure " r ",Structure-" r "," state (state == "ok" ? "," : "") > (out "status.csv")
                if (state == "ok")
                    print "Manual," id "," c ",Structure-" r "," 1000 * r + p % 97 * (p % 101 ? 1 : 500) "," -p % 31 > (out "radiomics.csv")
            }
        }
        print "]}" > "job.json"
    }'
}

@test "pages stay below 2 MB for 10,000 regions; those of larger cohorts end before that and say so" {
    cohort 1250 8
    radreport --cohort job.json -o _RESULTS/report.html --regions _RESULTS/report/regions.html
    [ "$(wc -c < _RESULTS/report.html)" -lt 2000000 ]
    [ "$(wc -c < _RESULTS/report/regions.html)" -lt 2000000 ]
    [ "$(grep -c '^<tr data-state' _RESULTS/report/regions.html)" = "$(($(wc -l < _RESULTS/status.csv) - 1))" ]
    [ "$(grep -c '^<tr data-state' _RESULTS/report.html)" = 1250 ]
    grep -q 'class="out"' _RESULTS/report.html
    cohort 20000 1
    radreport --cohort job.json -o _RESULTS/report.html --regions _RESULTS/report/regions.html
    [ "$(wc -c < _RESULTS/report.html)" -lt 2000000 ]
    [ "$(wc -c < _RESULTS/report/regions.html)" -lt 2000000 ]
    grep -qE 'There are [0-9]+ more courses' _RESULTS/report.html
    grep -qE 'The table has [0-9]+ more regions' _RESULTS/report/regions.html
}
