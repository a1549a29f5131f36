# The report in a browser (Debian's chromium): nothing is asked of any other place, the console is quiet,
# search, filter and sorting work, nothing is wider than a telephone, and axe-core finds nothing serious.
# The cohort is that of `make demo` and a patient whose names are hostile. RADMILL_SHOTS=DIR keeps the
# screenshots.
# bats file_tags=ci

load ../pipeline/common

setup_file() {
    command -v chromium > /dev/null || return 0
    cd "$BATS_FILE_TMPDIR"
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    make_dicom --demo demo
    make_dicom --patient EVIL --study E --series E --frame E --size 32x32x12 -o demo/dicom/EVIL/CT \
        --structure-set demo/dicom/EVIL/RS.dcm --roi '<script>console.error("evil")</script>' sphere:0,8,0,4 \
        --roi '"><img src=x onerror=alert(1)>' sphere:0,-8,0,4 --roi '../../etc' box:8,0,0,6,6,6 \
        --roi $'ab\u202edc' box:-8,0,0,6,6,6
    radmill --dicom-root demo/dicom --autoseg demo/auto --custom-structures demo/custom_structures.yaml \
        --params demo/params.yaml --roi-mem-mb 36 --outdir out > /dev/null 2>&1 || [ $? = 1 ] # one region fails
}

setup() {
    command -v chromium > /dev/null || skip "needs chromium"
    cd "$BATS_TEST_TMPDIR"
    report=$BATS_FILE_TMPDIR/out/_RESULTS
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

# The door, the list of regions, the run, and the pages of three courses: an outlier, other sources, hostile.
pages() {
    printf '%s\n' "$report"/{report,run,report/regions}.html "$report"/report/{LUNG-06,LUNG-01,EVIL}/*.html
}

light=()
dark=(--blink-settings=preferredColorScheme=0)

# act PAGE [OPTION]...: opens a copy of a page with the script on stdin behind it; says what it leaves in
# document.title.
act() {
    local page=$1 copy
    shift
    copy=$(dirname "$page")/acted.$BASHPID.html
    { cat "$page" && echo '<script>' && cat && echo '</script>'; } > "$copy"
    browse --virtual-time-budget=60000 "$@" --dump-dom "file://$copy" > dom
    rm "$copy"
    sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' dom | head -n 1
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
        name=${page#"$report"/}
        for width in 1280 390; do
            for scheme in light dark; do
                local -n options=$scheme
                shot=${RADMILL_SHOTS:-$PWD}/$(tr / - <<< "${name%.html}")-$width-$scheme.png
                browse "${options[@]}" --window-size=$width,1600 --screenshot="$shot" "file://$page"
                [ "$(stat -c %s "$shot")" -gt 4000 ]
            done
        done
    done < <(pages)
}

@test "dark is dark and light is light" {
    js='document.title=getComputedStyle(document.body).backgroundColor.match(/\d+/g).every(x=>x>128)'
    [ "$(act "$report/report.html" <<< "$js")" = true ]
    [ "$(act "$report/report.html" "${dark[@]}" <<< "$js")" = false ]
}

# framed PAGE WIDTH: as act, in a frame of that width, since a window has a least one; the script says what it
# found by say(TEXT).
framed() {
    local copy frame
    copy=$(dirname "$1")/acted.$BASHPID.html frame=$(dirname "$1")/frame.$BASHPID.html
    { cat "$1" && echo '<script>const say=t=>parent.postMessage(t,"*");' && cat && echo '</script>'; } > "$copy"
    printf '<iframe src="%s" width="%s" height="900" style="border:0"></iframe><script>%s</script>' \
        "${copy##*/}" "$2" 'onmessage=m=>{document.title=m.data}' > "$frame"
    browse --virtual-time-budget=60000 --window-size=1600,1000 --dump-dom "file://$frame" > dom
    rm "$copy" "$frame"
    sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' dom | head -n 1
}

@test "nothing is wider than the window" {
    while read -r page; do
        for width in 390 1280; do
            run framed "$page" $width <<< \
                'addEventListener("load",()=>say(innerWidth+" "+Math.max(0,document.documentElement.scrollWidth-innerWidth)))'
            echo "$page: $output"
            [ "$output" = "$width 0" ]
        done
    done < <(pages)
}

@test "search, filter and sorting of regions" {
    found=$(act "$report/report/regions.html" << 'JS'
const rows=()=>[...document.querySelectorAll('#filtered tbody tr')].filter(r=>!r.hidden);
const found=[rows().length===document.querySelectorAll('#filtered tbody tr').length];
const field=document.getElementById('filter'),state=document.getElementById('state');
const search=t=>{field.value=t;field.oninput();return rows()};
found.push(search('lung-06 GTV').every(r=>/LUNG-06/.test(r.textContent)&&/gtv/i.test(r.textContent))&&rows().length>1);
found.push(search('<SCRIPT>').length,search('nothing has this name').length,search('').length>50);
state.value='failed';state.onchange();found.push(rows().length);
state.value='skipped';state.onchange();found.push(rows().every(r=>/skipped/.test(r.textContent))&&rows().length>1);
state.value='outlier';state.onchange();found.push(rows().some(r=>/LUNG-06.*GTV/.test(r.textContent)));
found.push(document.getElementById('shown').textContent.startsWith(rows().length+' of '));
state.value='';state.onchange();
const column=i=>rows().map(r=>r.cells[i].textContent);
const button=document.querySelectorAll("th button")[1];
button.click();const up=column(1);found.push(up.every((x,i)=>!i||up[i-1].localeCompare(x,'en',{numeric:true})<=0));
button.click();found.push(column(1)[0]===up[up.length-1]&&button.parentNode.getAttribute('aria-sort')==='descending');
document.title=found.join(' ');
JS
    )
    echo "$found"
    [ "$found" = "true true 1 0 true 1 true true true true true" ]
}

@test "search, filter and sorting of courses" {
    found=$(act "$report/report.html" << 'JS'
const rows=()=>[...document.querySelectorAll('#filtered tbody tr')].filter(r=>!r.hidden);
const field=document.getElementById('filter'),state=document.getElementById('state');
const found=[rows().length];
field.value='lung-06';field.oninput();found.push(rows().length);
field.value='';state.value='failed';state.onchange();found.push(rows().map(r=>r.cells[0].textContent).join());
state.value='';state.onchange();
document.querySelectorAll('#filtered th button')[6].click();document.querySelectorAll('#filtered th button')[6].click();
found.push(rows()[0].cells[0].textContent);
document.title=found.join(' ');
JS
    )
    echo "$found"
    [ "$found" = "9 1 LUNG-05 LUNG-06" ]
}

@test "without JavaScript everything is there to read" {
    sed 's/<script>.*//' "$report/report/regions.html" > "$report/report/bare.html"
    found=$(act "$report/report/bare.html" << 'JS'
const seen=e=>e.getClientRects().length>0;
document.title=[...document.querySelectorAll('#filtered tbody tr')].filter(seen).length+' '+
  seen(document.querySelector('.filter'))+' '+document.querySelectorAll('button').length;
JS
    )
    rm "$report/report/bare.html"
    echo "$found"
    [ "$found" = "$(($(wc -l < "$report/status.csv") - 1)) false 0" ]
}

@test "hostile names are text" {
    found=$(act "$report"/report/EVIL/*.html << 'JS'
document.title=[...document.querySelectorAll('h3')].map(h=>h.textContent).join(' | ');
JS
    )
    echo "$found"
    [[ $found == *'&lt;script&gt;console.error("evil")&lt;/script&gt;'* ]]
    [[ $found == *'"&gt;&lt;img src=x onerror=alert(1)&gt;'* ]]
    [[ $found == *'../../etc'* ]]
    [[ $found == *'ab[U+202E]dc'* ]]
    [ "$(act "$report"/report/EVIL/*.html <<< 'document.title=document.querySelectorAll("img[src=x]").length')" = 0 ]
}

@test "every picture is there, and every link leads to something" {
    while read -r page; do
        run act "$page" << 'JS'
document.querySelectorAll('img').forEach(i=>i.loading='eager');
addEventListener('load',()=>{const bad=[...document.images].filter(i=>!i.naturalWidth).length;
const lost=[...document.querySelectorAll('a[href^="#"]')].filter(a=>!document.getElementById(decodeURIComponent(a.hash.slice(1)))).length;
document.title='bad '+bad+' lost '+lost});
JS
        echo "$page: $output"
        [ "$output" = "bad 0 lost 0" ]
    done < <(pages)
}

@test "it prints" {
    browse --no-pdf-header-footer --print-to-pdf=report.pdf "file://$report/report.html"
    [ "$(head -c 5 report.pdf)" = %PDF- ]
    [ "$(grep -ac '/Type */Page\b' report.pdf)" -lt 30 ]
}

# axe-core of that release, by its digest.
axe_core() {
    local sum=5e6edba515e70d25f6604d9815f064d859c5d1ea7ab661bbc4f87c88779ef0c21cae0abbeb636471ef39e9d62d2582e4b88a1866f19f4ecfcf6d986275e4dc12
    [ ! -s "$BATS_FILE_TMPDIR/axe.min.js" ] || return 0
    command -v npm > /dev/null || skip "needs npm"
    timeout 120 npm pack axe-core@4.10.3 > npm.log 2>&1 || skip "npm's registry cannot be reached"
    sha512sum -c --quiet <<< "$sum  axe-core-4.10.3.tgz"
    tar xzf axe-core-4.10.3.tgz package/axe.min.js
    mv package/axe.min.js "$BATS_FILE_TMPDIR/axe.min.js"
}

# violations PAGE [OPTION]...: what axe-core calls serious or critical.
violations() {
    local page=$1
    shift
    act "$page" "$@" < <(cat "$BATS_FILE_TMPDIR/axe.min.js" - << 'JS'
;axe.run(document,{resultTypes:['violations']}).then(r=>{const bad=r.violations.filter(v=>/serious|critical/.test(v.impact));
document.title='found '+bad.length+' '+bad.map(v=>v.id+': '+v.nodes[0].html.slice(0,200)).join('; ')});
JS
    )
}

@test "axe-core: nothing serious, light and dark" {
    axe_core
    while read -r page; do
        for scheme in light dark; do
            local -n options=$scheme
            run violations "$page" "${options[@]}"
            echo "$page $scheme: $output"
            [[ $output == "found 0 " ]]
        done
    done < <(pages)
    # and it would find something
    sed 's/ alt="[^"]*"//' "$report"/report/EVIL/*.html > "$report/report/EVIL/mute.html"
    run violations "$report/report/EVIL/mute.html"
    rm "$report/report/EVIL/mute.html"
    [[ $output == *"image-alt"* ]]
}
