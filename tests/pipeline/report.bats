# The report: pages as edges of the graph, the same bytes for the same results, only what is stale.

load common

evil=$'<script>alert("x")</script>'

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1 --roi "$evil" sphere:0,8,0,4
    patient P2
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    sleep 0.02
}

# What differs from run to run is not in the report.
pages() { # OUTDIR
    (cd "$1/_RESULTS" && find report report.html -type f -exec sha1sum {} + | sort)
}

again() { # [SETTING]...
    run pipeline OUTDIR=out "$@"
    echo "$output"
    [ "$status" = 0 ]
}

@test "a page for the cohort, for all regions, for each course, for the run; a picture for each region" {
    cd out/_RESULTS
    [ -s report.html ] && [ -s report/regions.html ] && [ -s run.html ] || false
    [ "$(ls report/*/*.html | wc -l)" = 2 ]
    [ "$(ls report/*/*/*.png | wc -l)" = 7 ]
    grep -q '<b>2</b>patients' report.html
    grep -q '<b>7</b>regions measured' report.html
}

@test "names are text; every address is a file of the report or its tables" {
    cd out/_RESULTS
    ! grep -rqF '<script>alert' --include='*.html' . || false
    grep -qF '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;' report/P1/*.html report/regions.html
    for page in report.html run.html report/regions.html report/*/*.html; do
        while read -r to; do
            [ -e "$(dirname "$page")/$to" ] || { echo "$page: $to"; false; }
        done < <(grep -oE '(src|href)="[^"#]+' "$page" | sed 's/^[a-z]*="//' | grep -v '^data:,$')
    done
}

@test "links to a region end at it" {
    cd out/_RESULTS
    while read -r link; do
        grep -qF "id=\"${link#*#}\"" "report/${link%#*}" || { echo "$link"; false; }
    done < <(grep -ohE 'href="\./[^"]*#[^"]*' report/regions.html report.html | sed 's|href="\./||; s|^report/||')
}

@test "courses lead to the ones beside them" {
    cd out/_RESULTS/report
    first=$(echo P1/*.html) second=$(echo P2/*.html)
    grep -qF "<a rel=\"next\" href=\"./../$second\">" "$first"
    grep -qF "<a rel=\"prev\" href=\"./../$first\">" "$second"
    [ "$(grep -c 'rel="prev"' "$first")" = 0 ]
    [ "$(grep -c 'rel="next"' "$second")" = 0 ]
}

@test "the features of IBSI's profile are shown, too" {
    again PROFILE=ibsi
    for feature in morphology_VolumeMesh morphology_Sphericity statistics_Mean intensity_histogram_Entropy; do
        grep -q "<b>original_$feature</b>" out/_RESULTS/report.html
    done
}

@test "the same results in another place, one at a time, by make: the same bytes" {
    pages out > before
    pipeline -j1 DICOM_ROOT=dicom OUTDIR=deep/other ENGINE=make > /dev/null
    pages deep/other | diff before -
}

@test "new parameters draw no picture, a changed contour those of its course" {
    pages out > before
    again
    [[ $output == *"no work to do"* ]]
    printf 'imageType: {Original: {}}\nfeatureClass: {firstorder: []}\n' > p.yaml
    again PARAMS=p.yaml
    [ "$(ran pictures)" = 0 ]
    again PARAMS=
    pages out | diff before -
    change_contour P2
    again
    [ "$(ran pictures)" = 1 ]
    [ "$(pages out | diff before - | grep '^>' | grep -c 'P2/.*-B.png')" = 1 ]
    [ "$(pages out | diff before - | grep '^>' | grep -c 'P1/')" = 0 ]
}

@test "a picture that somebody removed is drawn again" {
    pages out > before
    rm out/_RESULTS/report/P1/*/Manual-A.png
    again
    [ "$(ran pictures)" = 1 ]
    pages out | diff before -
}

@test "REPORT=0: none, and none of an earlier run that would pass for one; make report makes it" {
    again REPORT=0
    [ ! -e out/_RESULTS/report.html ] && [ ! -e out/_RESULTS/run.html ] || false
    pipeline DICOM_ROOT=dicom OUTDIR=bare REPORT=0 > /dev/null
    [ ! -e bare/_RESULTS/report ]
    cmp bare/_RESULTS/radiomics.csv out/_RESULTS/radiomics.csv
    run pipeline report OUTDIR=out
    [ "$status" = 0 ]
    [ "${lines[-1]}" = out/_RESULTS/report.html ]
    [ -s out/_RESULTS/report.html ] && [ -s out/_RESULTS/run.html ] || false
}

@test "with PSEUDONYMIZE no page names a patient or a path" {
    head -c 32 /dev/zero | tr '\0' k > key
    pipeline DICOM_ROOT=dicom OUTDIR=hidden PSEUDONYMIZE=key > /dev/null
    # in the pages: two letters turn up in compressed pixels, beside which a picture holds nothing (test_png.c)
    ! grep -rqwIE 'P1|P2' hidden/_RESULTS/report hidden/_RESULTS/*.html || false
    ! grep -rqF "$PWD/dicom" hidden/_RESULTS/report hidden/_RESULTS/*.html || false
    ! grep -rqF "$PWD/key" hidden/_RESULTS/report hidden/_RESULTS/*.html || false
}
