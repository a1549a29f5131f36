# methods.md: what was done, from the parameters that were in force; an edge of the graph like any other.

load common

evil='<script>alert(1)</script>|x_y* [a](http://b) www.c.d'

setup() {
    cd "$BATS_TEST_TMPDIR"
    patient P1 --roi "$evil" sphere:0,8,0,4
    patient P2 --roi Empty 'sphere:0,0,0,5 empty'
    golden=$BATS_TEST_DIRNAME/methods
}

methods() { # OUTDIR: without what a release or a measurement changes
    local release
    release=$("$RADMILL_BIN/radreport" --version)
    sed "s/radmill ${release##*) }/radmill RELEASE/" "$1/_RESULTS/methods.md"
}

# The texts in tests/pipeline/methods are read before they are replaced: they are what people publish.
same_text() { # OUTDIR NAME
    methods "$1" > now.md
    diff "$golden/$2.txt" now.md
}

@test "pyradiomics' profile: the text, to the letter" {
    cat > p.yaml << 'YAML'
imageType: {Original: {}, LoG: {sigma: [2, 3.5], binWidth: 10}, Wavelet: {}}
featureClass: {shape: [MeshVolume], firstorder: [Mean, Kurtosis], glcm: [Contrast], glszm: [], gldm: [LargeDependenceEmphasis]}
setting: {resampledPixelSpacing: [2, 2, 0], interpolator: sitkLinear, resegmentRange: [-3, 3], resegmentMode: sigma, force2D: true, normalize: true, normalizeScale: 100, binWidth: 5}
YAML
    pipeline DICOM_ROOT=dicom OUTDIR=out PARAMS=p.yaml > /dev/null
    same_text out pyradiomics
}

@test "IBSI's profile: the text, to the letter" {
    cat > i.yaml << 'YAML'
profile: ibsi
interpolation: {spacing_mm: [2, 2, 2], image: cubic, rounding: true}
resegmentation: {range: [-1000, 400], sigma: 3}
discretisation: {method: FBS, width: 25}
intensity_volume_histogram: {method: FBN, bins: 100}
filters: [none, {log: {sigma_mm: 1.5}}, {mean: {support: 3, dimensions: 2D, discretisation.method: FBN, discretisation.bins: 16}}]
aggregation: [3D_avg, 2.5D_merge, 3D]
features: [morphology, statistics, intensity_volume_histogram, glcm, glszm]
YAML
    pipeline DICOM_ROOT=dicom OUTDIR=out PARAMS=i.yaml > /dev/null
    same_text out ibsi
}

@test "every modality with its own parameters; modalities that share them are told once" {
    make_dicom --patient P3 --study P3 --series P3 --frame P3 --size 32x32x12 --modality MR \
        -o dicom/P3/MR --structure-set dicom/P3/RS.dcm --roi A sphere:-10,0,0,9
    pipeline DICOM_ROOT=dicom OUTDIR=out PRESET=auto > /dev/null
    grep -q '^### CT$' out/_RESULTS/methods.md
    grep -q '^### MR$' out/_RESULTS/methods.md
    grep -q "^\*\*CT\.\*\* The parameters are those of radmill's preset ct;" out/_RESULTS/methods.md
    grep -q "^\*\*MR\.\*\* The parameters are those of radmill's preset mr;" out/_RESULTS/methods.md
    printf 'setting: {binCount: 7}\nimageType: {Original: {}}\n' > mr.yaml
    pipeline OUTDIR=out PRESET= PARAMS_MR=mr.yaml > /dev/null
    grep -q '^\*\*MR\.\*\* The parameters are those of the file mr.yaml .*discretised to 7 bins' out/_RESULTS/methods.md
    grep -q '^\*\*CT\.\*\* No parameters were given' out/_RESULTS/methods.md
    pipeline OUTDIR=out PARAMS=mr.yaml PARAMS_MR= > /dev/null
    grep -q '^### CT, MR$' out/_RESULTS/methods.md
}

@test "the number of features is that of the table's columns" {
    for profile in pyradiomics ibsi; do
        pipeline DICOM_ROOT=dicom OUTDIR=$profile PROFILE=$profile > /dev/null
        said=$(grep -oE '[0-9]+ features were computed for each region' $profile/_RESULTS/methods.md | head -n 1)
        columns=$(head -n 1 $profile/_RESULTS/radiomics.csv | tr ',' '\n' | grep -c '^original_')
        [ "${said%% *}" = "$columns" ]
    done
}

@test "made again when it is stale, and only then; the same bytes everywhere" {
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    cp out/_RESULTS/methods.md first
    sleep 0.02
    run pipeline OUTDIR=out
    [[ $output == *"no work to do"* ]]
    rm out/_RESULTS/methods.md
    pipeline OUTDIR=out > /dev/null
    cmp first out/_RESULTS/methods.md
    echo '- mine' >> out/_RESULTS/methods.md
    pipeline OUTDIR=out > /dev/null
    cmp first out/_RESULTS/methods.md
    printf 'setting: {binWidth: 7}\n' > p.yaml
    pipeline OUTDIR=out PARAMS=p.yaml > /dev/null
    grep -q 'fixed width of 7' out/_RESULTS/methods.md
    pipeline OUTDIR=out PARAMS= > /dev/null
    cmp first out/_RESULTS/methods.md
    pipeline -j1 DICOM_ROOT=dicom OUTDIR=deep/other ENGINE=make REPORT=0 > /dev/null
    cmp first deep/other/_RESULTS/methods.md
}

@test "with PSEUDONYMIZE it names no patient and no path" {
    head -c 32 /dev/zero | tr '\0' k > key
    pipeline DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key > /dev/null
    ! grep -qwE 'P1|P2' out/_RESULTS/methods.md || false
    ! grep -qF "$PWD" out/_RESULTS/methods.md || false
}

# Read by two programs that are not ours: tables are tables, and no name is markup.
rendered() { # HTML FILE
    [ "$(grep -c '<table>' "$1")" = "$(grep -c '^|[-:|]*|$' out/_RESULTS/methods.md)" ]
    sed 's/&#124;/|/g; s/&#58;/:/g; s/&#119;/w/g' "$1" > plain # some readers leave references as they are
    grep -qF '&lt;script&gt;alert(1)&lt;/script&gt;|x_y* [a](http://b) www.c.d' plain
    ! grep -qE '<(script|em|a|img|del|sub|sup)[ >]' "$1" || false
    # every row of a table has as many cells as its head
    awk '/<thead>/ {head = 1; want = 0} /<th[ >]/ && head {want += gsub(/<th[ >]/, "&")} /<\/thead>/ {head = 0}
        /<tr>/ {cells = 0} /<td[ >]/ {cells += gsub(/<td[ >]/, "&")}
        /<\/tr>/ && !head && cells && cells != want {print "line " NR; bad = 1} END {exit bad}' "$1"
}

@test "GitHub's Markdown reads it" {
    command -v cmark-gfm > /dev/null || skip "needs cmark-gfm"
    pipeline DICOM_ROOT=dicom OUTDIR=out PRESET=auto > /dev/null
    cmark-gfm -e table -e autolink -e strikethrough out/_RESULTS/methods.md > page.html
    rendered page.html
}

@test "Python's markdown reads it" {
    command -v markdown_py > /dev/null || skip "needs python3-markdown"
    pipeline DICOM_ROOT=dicom OUTDIR=out PRESET=auto > /dev/null
    markdown_py -x tables out/_RESULTS/methods.md > page.html
    rendered page.html
}
