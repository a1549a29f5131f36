# The report in a browser (Debian's chromium): nothing is asked of any other place, the console is
# quiet, and search, filter and sorting work. Screenshots stay in BATS_TEST_TMPDIR.
# bats file_tags=ci

load ../pipeline/common

setup() {
    command -v chromium > /dev/null || skip "needs chromium"
    cd "$BATS_TEST_TMPDIR"
    evil=$'<script>console.error("evil")</script>'
    patient P1 --roi "$evil" sphere:0,8,0,4
    patient P2
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    report=$PWD/out/_RESULTS
}

# browse [OPTION]...: headless, in a profile of its own, and without any name of the network. Its log of requests goes
# to net.json.
browse() {
    rm -rf profile net.json
    timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync --hide-scrollbars \
        --host-resolver-rules='MAP * ~NOTFOUND' --enable-logging=stderr --log-net-log=net.json --user-data-dir="$PWD/profile" "$@" 2> console
}

# asked: what the page asked of other places; the browser's own requests have no origin.
asked() {
    grep -F '"initiator":"' net.json | grep -vF '"initiator":"not an origin"' | grep -oE '"url":"(https?|wss?|ftp)://[^"]*' || true
}

pages() {
    find "$report" -name '*.html'
}

@test "no console message, and no request to another place" {
    # (a page that does both is noticed)
    echo '<img src="http://example.invalid/x"><script>console.error("x")</script>' > loud.html
    browse --dump-dom "file://$PWD/loud.html" > dom
    grep -q CONSOLE console
    [ -n "$(asked)" ]
    while read -r page; do
        browse --dump-dom "file://$page" > dom
        ! grep CONSOLE console || false
        [ -z "$(asked)" ]
        grep -q 'Made by radmill' dom
    done < <(pages)
}

@test "screenshots: light and dark, wide and narrow" {
    while read -r page; do
        for width in 1280 390; do
            for dark in "" --blink-settings=preferredColorScheme=0; do
                rm -f shot.png
                browse $dark --window-size=$width,900 --screenshot=shot.png "file://$page"
                [ "$(stat -c %s shot.png)" -gt 4000 ]
            done
        done
    done < <(pages)
}

# A copy of a page with a script behind it that acts and leaves its findings in the title.
@test "search, filter and sorting" {
    page=$report/report/regions.html
    { cat "$page"; cat << 'JS'
<script>
const rows=()=>[...document.querySelectorAll('#filtered tbody tr')].filter(r=>!r.hidden);
const found=[rows().length];
const field=document.getElementById('filter'),state=document.getElementById('state');
field.value='p2 b';field.oninput();found.push(rows().length);
field.value='<SCRIPT>';field.oninput();found.push(rows().length);
field.value='';state.value='failed';state.onchange();found.push(rows().length);
state.value='ok';state.onchange();found.push(rows().length);
document.querySelectorAll('th button')[2].click();found.push(rows()[1].cells[2].textContent);
document.title=found.join(' ');
</script>
JS
    } > "$report/report/acted.html"
    browse --dump-dom "file://$report/report/acted.html" > dom
    grep '<title>' dom
    grep -q '<title>7 1 1 0 7 A</title>' dom
}
