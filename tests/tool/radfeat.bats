# radfeat's command line: streams, formats, exit statuses, messages. Values are the matter of the
# unit tests and of the oracle.

bats_require_minimum_version 1.5.0

setup_file() {
    export dir=$BATS_FILE_TMPDIR
    export PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    cd "$dir"
    make_volume image.nii noise 20 18 12 1 1.5 2
    make_volume imagef.nii.gz noisef 20 18 12 1 1.5 2
    make_volume mask.nii ball 20 18 12 1 1.5 2
    make_volume mask.nii.gz ball 20 18 12 1 1.5 2
    make_volume two.nii ball2 20 18 12 1 1.5 2
    make_volume other.nii ball 19 18 12 1 1.5 2
    make_volume empty.nii empty 20 18 12 1 1.5 2
    make_volume flat.nii noise 20 18 0
    make_volume flatmask.nii ball 20 18 0
    tail -c 8640 image.nii > image.raw
    printf 'NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 20 18 12\nspace directions: (1,0,0) (0,1.5,0) (0,0,2)\nspace origin: (0,0,0)\nendian: little\nencoding: raw\n\n' > image.nrrd
    cat image.raw >> image.nrrd
    printf 'featureClass:\n  firstorder: [Mean, Energy]\n' > mean.yaml
    printf 'setting:\n  binwidth: 5\n' > slip.yaml
}

setup() { cd "$dir"; }

# Field NAME of a CSV on stdin whose cells hold no commas before it but in quotes.
field() { # NAME
    awk -v name="$1" '
    function cells(line, out,   n, c, quoted, i) {
        n = 1; out[1] = ""
        for (i = 1; i <= length(line); i++) {
            c = substr(line, i, 1)
            if (c == "\"") quoted = !quoted
            else if (c == "," && !quoted) out[++n] = ""
            else out[n] = out[n] c
        }
        return n
    }
    NR == 1 { n = cells($0, head); next }
    { cells($0, cell); for (i = 1; i <= n; i++) if (head[i] == name) print cell[i] }'
}

refused() { # STATUS PATTERN COMMAND...
    local expected=$1 pattern=$2
    shift 2
    run --separate-stderr "$@"
    [ "$status" = "$expected" ] || { echo "status $status: $stderr"; return 1; }
    [ -z "$output" ]
    grep -q -- "$pattern" <<< "$stderr" || { echo "no \"$pattern\" in: $stderr"; return 1; }
}

@test "one header and one row, on stdout by default" {
    radfeat image.nii mask.nii > a.csv 2> a.err
    [ "$(wc -l < a.csv)" = 2 ]
    [ ! -s a.err ]
    radfeat image.nii mask.nii -o b.csv
    cmp a.csv b.csv
    [ "$(field original_shape_VoxelVolume < a.csv)" = 840.0 ]
    [ "$(field diagnostics_Mask-original_VoxelNum < a.csv)" = 280 ]
}

@test "the same bytes from plain, compressed and piped inputs" {
    radfeat image.nii mask.nii > a.csv
    radfeat image.nii mask.nii.gz | cmp - a.csv
    radfeat image.nii - < mask.nii | cmp - a.csv
    radfeat - mask.nii < image.nii | cmp - a.csv
    radfeat image.nii mask.nii --params - <<< 'featureClass: {shape: }' | head -1 | grep -q original_shape
}

@test "--header is the header of every row that the parameters give" {
    radfeat --header > head.csv
    radfeat image.nii mask.nii | head -1 | cmp - head.csv
    for p in ct mr pet-fdg pet-psma; do
        radfeat --header --preset $p > head.csv
        radfeat imagef.nii.gz mask.nii --preset $p | head -1 | cmp - head.csv
    done
}

# preset NAME SETTINGS IMAGE_TYPES: the built-in file is one with these, diagnostics and all.
preset() {
    printf 'setting: {%s, interpolator: sitkBSpline}\nimageType: {Original: {}, %s}\n' "$2" "$3" > "$1.yaml"
    echo 'featureClass: {firstorder: , shape: , glcm: , glrlm: , glszm: , gldm: , ngtdm: }' >> "$1.yaml"
    radfeat imagef.nii.gz mask.nii --params "$1.yaml" > named.csv
    radfeat imagef.nii.gz mask.nii --preset "$1" | cmp - named.csv
}

@test "presets are what docs/parameters.md says" {
    local wavelet='Wavelet: {wavelet: coif1}'
    preset ct 'binWidth: 25, resampledPixelSpacing: [1, 1, 1], distances: [1, 2], minimumROISize: 64' \
        "LoG: {sigma: [1.0, 2.0, 3.0, 5.0]}, $wavelet"
    preset mr 'binCount: 64, resampledPixelSpacing: [1, 1, 1], distances: [1]' 'LoG: {sigma: [2.0, 3.0, 4.0]}'
    preset pet-fdg 'binWidth: 0.25, resampledPixelSpacing: [3, 3, 3], distances: [1]' \
        "LoG: {sigma: [1.0, 2.0, 3.0]}, $wavelet"
    preset pet-psma 'binWidth: 0.5, resampledPixelSpacing: [3, 3, 3], distances: [1]' \
        "LoG: {sigma: [2.0, 3.0, 4.0]}, $wavelet"
}

@test "formats: wide CSV, JSON, long CSV" {
    radfeat image.nii mask.nii --params mean.yaml -f json > a.json
    grep -q '"original_firstorder_Mean": ' a.json
    [ "$(grep -c '"original_' a.json)" = 2 ]
    radfeat image.nii mask.nii --params mean.yaml --format long > a.long
    [ "$(head -1 a.long)" = "image,class,feature,ibsi_code,aggregation,value,unit,reason" ]
    grep -q '^original,firstorder,Mean,Q4LE,' a.long
    mean=$(radfeat image.nii mask.nii --params mean.yaml | field original_firstorder_Mean)
    grep -q "^original,firstorder,Mean,Q4LE,DHQ4,$mean,intensity,$" a.long
    grep -q "\"original_firstorder_Mean\": $mean" a.json
}

@test "lists of what there is" {
    [ "$(radfeat --list features | head -1)" = "profile,class,feature,ibsi_code,aggregations,unit,status" ]
    radfeat --list features | grep -q '^pyradiomics,glcm,Contrast,ACUI,BTW3 SUJT JJUI ZW7Z ITBB IAZD,1,current$'
    radfeat --list filters | grep -q '^pyradiomics,Wavelet,start_level level wavelet,'
    radfeat --list settings | grep -q '^pyradiomics,LoG,sigma,list of numbers > 0,\[\],'
    radfeat --list presets | grep -q '^pyradiomics,ct,'
    # every class, image type and setting of a list is one that a parameter file may have
    for filter in $(radfeat --list filters | grep '^pyradiomics,' | cut -d, -f2); do
        printf 'imageType: {%s: {sigma: [2]}}\n' "$filter" > list.yaml
        radfeat --header --params list.yaml > list.csv
    done
    refused 2 "there are features, filters, settings, presets" radfeat --list colours
    refused 2 "no image and no mask" radfeat image.nii mask.nii --list features
}

@test "label, settings and columns of one's own" {
    one=$(radfeat image.nii two.nii | field diagnostics_Mask-original_VoxelNum)
    two=$(radfeat image.nii two.nii --label 2 | field diagnostics_Mask-original_VoxelNum)
    [ $((one + two)) = 280 ]
    [ "$(radfeat image.nii two.nii -s label=2 | field diagnostics_Mask-original_VoxelNum)" = "$two" ]
    radfeat image.nii mask.nii --params mean.yaml -s additionalInfo=false --column 'roi=a, b' > a.csv
    head -1 a.csv | grep -qx 'roi,original_firstorder_Mean,original_firstorder_Energy'
    tail -1 a.csv | grep -q '^"a, b",[0-9]'
}

@test "flat images have shape2D and no shape" {
    radfeat flat.nii flatmask.nii --preset mr -s resampledPixelSpacing= > a.csv
    [ "$(head -1 a.csv | grep -c original_shape_)" = 0 ]
    printf 'setting: {}\n' > all.yaml
    radfeat flat.nii flatmask.nii --params all.yaml > a.csv
    [ "$(field original_shape2D_PixelSurface < a.csv)" = "$(field diagnostics_Mask-original_VoxelNum < a.csv).0" ]
}

@test "what the rules refuse ends with 3, one line and no output" {
    refused 3 "size along x: image 20, mask 19" radfeat image.nii other.nii
    refused 3 "empty.nii: no labels found: the mask holds one value only (0)" radfeat image.nii empty.nii
    refused 3 "two.nii: label 7 is not in the mask" radfeat image.nii two.nii --label 7
    refused 3 "minimumROISize asks for more than 280" radfeat image.nii mask.nii -s minimumROISize=280
    refused 3 "nonexistent.nii" radfeat nonexistent.nii mask.nii
    refused 3 "reading mean.yaml" radfeat mean.yaml mask.nii
    refused 3 "slip.yaml:2: unknown setting \"binwidth\": did you mean \"binWidth\"?" \
        radfeat image.nii mask.nii --params slip.yaml
    head -c 400 image.nii > cut.nii
    refused 3 "cut.nii" radfeat cut.nii mask.nii
    refused 3 "mask 19" radfeat image.nii other.nii -o kept.csv
    [ ! -e kept.csv ]
}

@test "what cannot be written ends with 1, what cannot be meant with 2" {
    refused 1 "no/such" radfeat image.nii mask.nii -o no/such/row.csv
    refused 2 "an image and a mask are needed" radfeat image.nii
    refused 2 "only one input" radfeat - -
    refused 2 "unknown preset" radfeat image.nii mask.nii --preset us
    refused 2 "exclude each other" radfeat image.nii mask.nii --preset ct --params mean.yaml
    refused 2 "not KEY=VALUE" radfeat image.nii mask.nii -s binWidth
    refused 2 "did you mean" radfeat image.nii mask.nii --parms x
    cp image.nii copy.nii
    refused 2 "copy.nii" radfeat copy.nii mask.nii -o copy.nii
    cmp image.nii copy.nii
}

@test "image.json saves the pass over the image and changes nothing" {
    radfeat image.nii mask.nii -f json > a.json
    value() { sed -n "s/.*\"diagnostics_Image-original_$1\": \(.*\),/\1/p" a.json; }
    printf '{"minimum": %s, "maximum": %s, "mean": %s, "digests": {"sha1": %s}}\n' \
        "$(value Minimum)" "$(value Maximum)" "$(value Mean)" "$(value Hash)" > image.json
    radfeat image.nii mask.nii -f json --image-info image.json | cmp - a.json
    refused 3 "none.json" radfeat image.nii mask.nii --image-info none.json
    echo '{"size": [20, 18, 13]}' > other.json
    refused 3 "other.json: describes another image: size along z: 13, that of the image 12" \
        radfeat image.nii mask.nii --image-info other.json
}

@test "an equal output is left untouched" {
    radfeat image.nii mask.nii -o row.csv
    touch -d 2001-01-01 row.csv
    radfeat image.nii mask.nii -o row.csv
    [ "$(date -r row.csv +%Y)" = 2001 ]
}

@test "NRRD and MetaImage give the row of the same NIfTI" {
    printf 'ObjectType = Image\nNDims = 3\nDimSize = 20 18 12\nElementSpacing = 1 1.5 2\nElementType = MET_SHORT\nElementDataFile = image.raw\n' > image.mhd
    radfeat image.nii mask.nii > a.csv
    radfeat image.mhd mask.nii | cmp - a.csv
    radfeat image.nrrd mask.nii | cmp - a.csv
    printf 'no image' > text.nrrd
    refused 3 "text.nrrd" radfeat text.nrrd mask.nii
}

# A MetaImage of image.raw, with lines of one's own: EXTRA DATA_FILE, to image.mha.
meta() {
    printf 'NDims = 3\n%bDimSize = 20 18 12\nElementType = MET_SHORT\nElementDataFile = %b\n' "$1" "$2" > image.mha
}

@test "MetaImage: blank lines, comments, slices by list and by pattern, compressed of any length" {
    radfeat image.nii mask.nii > a.csv
    spacing='ElementSpacing = 1 1.5 2\n'
    for k in $(seq 0 11); do
        tail -c +$((720 * k + 1)) image.raw | head -c 720 > "s$(printf %02d "$k").raw"
    done
    meta "\n\n$spacing" image.raw; radfeat image.mha mask.nii | cmp - a.csv
    meta "${spacing}# a note\nOffset = 0 0 0\n" image.raw; radfeat image.mha mask.nii | cmp - a.csv
    meta "$spacing" "LIST\n$(printf 's%02d.raw\\n' $(seq 0 11))"; radfeat image.mha mask.nii | cmp - a.csv
    meta "$spacing" 's%02d.raw 0 11 1'; radfeat image.mha mask.nii | cmp - a.csv
    gzip -n < image.raw > image.zraw
    meta "${spacing}CompressedData = True\n" image.zraw; radfeat image.mha mask.nii | cmp - a.csv
    meta "# what follows is hidden from other readers\n$spacing" image.raw
    refused 3 "image.mha: a line of the MetaImage header" radfeat image.mha mask.nii
}

# A file of the mirrored place: spacing negative along z, the first slice where the last one was.
@test "a negative spacing turns its axis, and zero is none" {
    values() { # IMAGE PARAMS: "name,value" of every feature
        radfeat "$1" mask.nii --params "$2" --format json | tr -d '{}"' | tr ',' '\n' |
            sed -n '/diagnostics/d;s/^ *\([A-Za-z][^ :]*\): *\(.*\)$/\1,\2/p'
    }
    for k in $(seq 11 -1 0); do tail -c +$((720 * k + 1)) image.raw | head -c 720; done > turned.raw
    vtk() { # SPACING ORIGIN: big-endian words
        printf '# vtk DataFile Version 3.0\nx\nBINARY\nDATASET STRUCTURED_POINTS\nDIMENSIONS 20 18 12\nSPACING %s\nORIGIN %s\nPOINT_DATA 4320\nSCALARS scalars short 1\nLOOKUP_TABLE default\n' "$1" "$2"
        dd if=turned.raw conv=swab status=none
    }
    meta 'ElementSpacing = 1 1.5 -2\nOffset = 0 0 22\n' turned.raw
    printf 'NRRD0004\ntype: short\ndimension: 3\nsizes: 20 18 12\nspacings: 1 1.5 -2\naxis mins: 0 0 22\ncenterings: node node node\nendian: little\nencoding: raw\ndata file: turned.raw\n' > image.nhdr
    vtk "1 1.5 -2" "0 0 22" > image.vtk
    echo 'imageType: {Original: {}, LoG: {sigma: [2]}, Gradient: {}}' > filters.yaml
    echo 'setting: {resampledPixelSpacing: [2, 2, 2]}' > resampled.yaml
    for params in filters resampled; do
        values image.nii $params.yaml > expected.csv
        for file in image.mha image.nhdr image.vtk; do
            radfeat "$file" mask.nii --params $params.yaml > got.csv
            rowdiff expected.csv got.csv 1e-6
        done
    done
    meta 'ElementSpacing = 1 0 2\n' image.raw
    refused 3 "image.mha: a voxel spacing of 0 mm along axis 2" radfeat image.mha mask.nii
    meta 'TransformMatrix = 1 0 0 1 0 0 0 0 1\n' image.raw
    refused 3 "image.mha: the direction matrix is singular" radfeat image.mha mask.nii
    vtk "1 1.5 0" "0 0 0" > image.vtk
    refused 3 "image.vtk: a voxel spacing of 0 mm along axis 3" radfeat image.vtk mask.nii
}

# left-anterior-superior: y alone is turned. (ITK before 5.4 turned x.)
@test "NRRD in every space" {
    radfeat image.nii mask.nii > a.csv
    place() { # SPACE X Y: signs that turn LPS into it
        printf 'NRRD0004\ntype: short\ndimension: 3\nspace: %s\nsizes: 20 18 12\nspace directions: (%s1,0,0) (0,%s1.5,0) (0,0,2)\nspace origin: (0,0,0)\nendian: little\nencoding: raw\n\n' "$@" > image.nrrd
        cat image.raw >> image.nrrd
        radfeat image.nrrd mask.nii | cmp - a.csv
    }
    place left-posterior-superior "" ""
    place right-anterior-superior - -
    place left-anterior-superior "" -
    place LAS "" -
    place scanner-xyz "" ""
}

# What the loader brings in for a run.
libraries() { # RADFEAT'S ARGUMENTS...
    LD_DEBUG=files radfeat "$@" -o /dev/null 2>&1 | grep -Eio '(libitk|libdcm)[a-z]*' | sort -u
}

@test "tools that read no DICOM files do not load DCMTK" {
    local tool
    for tool in boolstruct featmerge radfeat radguard radreport radtable; do
        [ -x "$RADMILL_BIN/$tool" ]
        [ "$(LD_TRACE_LOADED_OBJECTS=1 "$RADMILL_BIN/$tool" | grep -c libdcm)" = 0 ]
    done
}

@test "NIfTI and NRRD are read without loading ITK or DCMTK" {
    run libraries image.nii mask.nii
    [ -z "$output" ]
    run libraries image.nrrd mask.nii
    [ -z "$output" ]
}

@test "files that are cut off are refused, never read as zeros" {
    printf 'ObjectType = Image\nNDims = 3\nDimSize = 20 18 12\nElementType = MET_SHORT\nElementDataFile = short.raw\n' > short.mhd
    tail -c 8640 image.nii | head -c 8000 > short.raw
    refused 3 "short.mhd.*8640 bytes.*8000" radfeat short.mhd mask.nii
    rm short.raw
    refused 3 "short.mhd.*short.raw" radfeat short.mhd mask.nii
    { printf 'ObjectType = Image\nNDims = 3\nCompressedData = True\nCompressedDataSize = 5000\nDimSize = 20 18 12\nElementType = MET_SHORT\nElementDataFile = LOCAL\n'
      head -c 4999 image.nii; } > short.mha
    refused 3 "short.mha.*5000 bytes.*4999" radfeat short.mha mask.nii
    sed '/^CompressedDataSize/d' short.mha > unsaid.mha
    refused 3 "unsaid.mha.*compressed data" radfeat unsaid.mha mask.nii
    { printf '# vtk DataFile Version 3.0\nx\nBINARY\nDATASET STRUCTURED_POINTS\nDIMENSIONS 20 18 12\nSPACING 1 1 1\nORIGIN 0 0 0\nPOINT_DATA 4320\nSCALARS scalars short 1\nLOOKUP_TABLE default\n'
      tail -c 8640 image.nii | head -c 8638; } > short.vtk
    refused 3 "short.vtk.*ends before its voxels" radfeat short.vtk mask.nii
    head -c 8000 image.nii > short.nii
    refused 3 "short.nii.*more voxels" radfeat short.nii mask.nii
    [ "$(grep -c . <<< "$stderr")" = 1 ]
}

@test "a DICOM folder is the image that it holds, unless a slice is not in its place" {
    make_dicom -o whole --size 20x18x12 --spacing 1,1.5,2 --origin 0,0,0
    dcm2nii-course whole -o whole.nii
    radfeat whole.nii mask.nii > a.csv
    radfeat whole mask.nii | cmp - a.csv
    make_dicom -o gap --size 20x18x13 --spacing 1,1.5,2 --origin 0,0,0 --fault missing=5
    refused 3 "reading gap: slice .* of 12 lies .* mm off its place" radfeat gap mask.nii
    make_dicom -o tilted --size 20x18x12 --spacing 1,1.5,2 --origin 0,0,0 --fault tilt=10
    refused 3 "off its place" radfeat tilted mask.nii
    make_dicom -o bare --size 20x18x12 --spacing 1,1.5,2 --origin 0,0,0 --absent 4:RescaleSlope --absent 4:RescaleIntercept
    refused 3 "reading bare: RescaleSlope or RescaleIntercept is missing in slice 5, and 11 of 12 have both" radfeat bare mask.nii
    mkdir -p nothing
    refused 3 "reading nothing: the folder holds no DICOM series" radfeat nothing mask.nii
}

@test "a batch: cases in order, their own columns first, failures named and counted" {
    mkdir -p sub
    cp image.nii sub/
    printf 'ID,Image,Mask,Label\nfirst,sub/image.nii,mask.nii,\nsecond,image.nii,two.nii,2\nbad,image.nii,other.nii,1\n\nfourth,image.nii,mask.nii,1\n' > cases.csv
    radfeat --batch cases.csv --params mean.yaml -j2 -o b.csv 2> b.err
    [ "$(cut -d, -f1 b.csv | paste -sd' ')" = "ID first second bad fourth" ]
    grep -q "case 3: skipped: .*mask 19" b.err
    [ "$(field original_firstorder_Mean < b.csv | sed -n 1p)" = "$(radfeat image.nii mask.nii --params mean.yaml | field original_firstorder_Mean)" ]
    [ -z "$(field original_firstorder_Mean < b.csv | sed -n 3p)" ]
    radfeat --batch cases.csv --params mean.yaml -j1 2> /dev/null | cmp - b.csv
    radfeat --batch cases.csv --params mean.yaml -j2 --threads 2 2> /dev/null | cmp - b.csv
    two=$(radfeat image.nii two.nii --label 2 | field diagnostics_Mask-original_VoxelNum)
    printf 'Image,Mask,Label\nimage.nii,two.nii,\nimage.nii,two.nii,1\n' > labels.csv
    radfeat --batch labels.csv --label 2 | field diagnostics_Mask-original_VoxelNum | paste -sd' ' |
        grep -qx "$two $((280 - two))"
    radfeat --batch cases.csv --params mean.yaml -f json 2> /dev/null | grep -c '"ID"' | grep -qx 4
    printf '\357\273\277Image,Mask,Label\nimage.nii,two.nii,2.0\nimage.nii,two.nii,x\n,two.nii,1\n' > odd.csv
    radfeat --batch odd.csv 2> odd.err | field diagnostics_Mask-original_VoxelNum | sed -n 1p | grep -qx "$two"
    grep -q 'case 2: skipped: Label is "x", not a whole number from 1 on' odd.err
    grep -q 'case 3: skipped: no Image$' odd.err
    printf 'ID,Image\na,b\n' > cases.csv
    refused 3 'no columns Image and Mask in the first line, which has, separated by commas: "ID", "Image"' radfeat --batch cases.csv
    printf 'Image,Mask\n' > cases.csv
    refused 3 "no cases" radfeat --batch cases.csv
    refused 2 "take no image and no mask" radfeat --batch cases.csv image.nii
}

@test "a batch as spreadsheets write it: separators, encodings, line ends, blanks, quotes" {
    plain=$'ID,Image,Mask,Note\n1,image.nii,mask.nii,"a,b;c"\n2,image.nii,mask.nii,\xc3\xa9\n'
    printf '%s' "$plain" > plain.csv
    radfeat --batch plain.csv -p mean.yaml > want.csv
    [ "$(field Note < want.csv | sed -n 1p)" = 'a,b;c' ]
    printf '%s' "$plain" | sed 's/,/;/g; s/"a;b;c"/"a,b;c"/' > semicolons.csv
    sed 's/;/\t/g; s/"a,b\tc"/"a,b;c"/' semicolons.csv > tabs.csv
    { printf 'sep=|\r\n' && sed 's/;/|/g; s/"a,b|c"/"a,b;c"/' semicolons.csv; } > told.csv
    sed 's/,/, /g; s/"a, b;c"/"a,b;c" /' plain.csv > blanks.csv
    sed '2s/image.nii,/ image.nii ,/; 3s/,mask.nii,/,\tmask.nii ,/' plain.csv > some.csv
    sed 's/$/\r/' semicolons.csv > returns.csv
    tr '\n' '\r' < tabs.csv > mac.csv
    for file in semicolons tabs told blanks some returns mac; do
        radfeat --batch $file.csv -p mean.yaml | cmp - want.csv
        for encoding in UTF-16LE UTF-16BE UTF-32LE; do
            { printf '\357\273\277' && cat $file.csv; } | iconv -f UTF-8 -t $encoding > wide.csv
            radfeat --batch wide.csv -p mean.yaml | cmp - want.csv
        done
        { printf '\357\273\277' && cat $file.csv; } > marked.csv
        radfeat --batch marked.csv -p mean.yaml | cmp - want.csv
    done
}

@test "a batch that cannot be read says what was found" {
    printf 'ID;image;mask\n1;a;b\n' > cases.csv
    refused 3 'separated by semicolons: "ID", "image", "mask"' radfeat --batch cases.csv
    iconv -f UTF-8 -t UTF-16LE cases.csv > wide.csv
    refused 3 "wide.csv: holds bytes of zero: not text, or UTF-16 without its mark" radfeat --batch wide.csv
    printf '\377\376I\0\0\330I\0' > broken.csv
    refused 3 "broken.csv: begins as UTF-16LE, but is not valid" radfeat --batch broken.csv
    : > nothing.csv
    refused 3 "separated by commas: nothing" radfeat --batch nothing.csv
}

@test "a batch of which every case fails keeps its columns, and ends with 1" {
    printf 'ID,Image,Mask\n1,none.nii,mask.nii\n2,none.nii,mask.nii\n' > cases.csv
    for format in csv long; do
        run -1 --separate-stderr radfeat --batch cases.csv -p mean.yaml -f $format
        [ "${lines[0]}" = "$(radfeat --header -p mean.yaml -f $format --column ID= --column Image= --column Mask=)" ]
        [[ $stderr == *"none of 2 cases has values"* ]]
    done
    [ "${#lines[@]}" -eq 1 ]
    run -1 --separate-stderr radfeat --batch cases.csv -p mean.yaml -f json
    [ "$(grep -c '"ID"' <<< "$output")" -eq 2 ]
    printf 'featureClass: {firstorder: [Mean], shape: }\n' > some.yaml
    run -1 --separate-stderr radfeat --batch cases.csv -p some.yaml -s additionalInfo=false --mode voxel
    [ "${lines[0]}" = ID,Image,Mask,original_firstorder_Mean ]
    [ "${lines[2]}" = "2,$dir/none.nii,$dir/mask.nii," ]
    printf '3,image.nii,mask.nii\n' >> cases.csv
    run -0 --separate-stderr radfeat --batch cases.csv -p mean.yaml
}

@test "a parameter file of YAML 1.1 means what it says: yes, no, octal" {
    printf '%%YAML 1.1\n---\nsetting: {force2D: yes, normalize: no, binWidth: 010, additionalInfo: off}\n' > old.yaml
    printf 'setting: {force2D: true, normalize: false, binWidth: 8, additionalInfo: false}\n' > new.yaml
    radfeat image.nii mask.nii -p old.yaml | cmp - <(radfeat image.nii mask.nii -p new.yaml)
    sed 's/1\.1/1.2/' old.yaml > wrong.yaml
    refused 3 'force2D must be true or false, not text "yes"' radfeat image.nii mask.nii -p wrong.yaml
}

@test "more grey levels than two bytes hold: every class has its values" {
    printf 'setting: {binWidth: 0.0001, additionalInfo: false}\n' > many.yaml
    radfeat imagef.nii.gz mask.nii -p many.yaml > many.csv
    [ -z "$(tail -n 1 many.csv | grep -o ',,')" ]
    # nearly every voxel is on a level of its own, so that runs, zones and dependences are single
    for single in glrlm_ShortRunEmphasis glszm_SmallAreaEmphasis gldm_SmallDependenceEmphasis \
        glrlm_RunPercentage glszm_ZonePercentage; do
        [[ "$(field "original_$single" < many.csv | xargs printf '%.3f')" == 1.000 ]]
    done
    # levels a hundred times as coarse, which two bytes hold: averages nearly scale
    radfeat imagef.nii.gz mask.nii -p many.yaml -s binWidth=0.01 > fewer.csv
    for average in JointAverage DifferenceAverage; do
        awk -v many="$(field original_glcm_$average < many.csv)" \
            -v fewer="$(field original_glcm_$average < fewer.csv)" \
            'BEGIN { printf "%.1f\n", many / fewer }' | grep -x 100.0
    done
}

@test "a matrix that memory cannot hold fails the case, and names its class" {
    printf 'setting: {binWidth: 0.0001, additionalInfo: false}\n' > many.yaml
    starved() { ulimit -v 300000 && radfeat image.nii mask.nii -p many.yaml; }
    run -1 --separate-stderr starved
    [ -z "$output" ]
    [[ $stderr == *"glcm of original: "*"memory"* ]]
}

# The mask lies where the image should: another place is refused.
@test "one DICOM file lies where its header says: Secondary Capture, slices apart by a negative length" {
    make_volume one.nii ball 20 18 1
    tail -c 360 one.nii > one.raw
    one() { # SOP_CLASS SPACING_BETWEEN_SLICES
        rm -rf one
        make_dicom -o one --size 20x18x1 --spacing 1,1.5,2 --origin -10,-20,30 --modality OT \
            --set "0:0008,0016=1.2.840.10008.5.1.4.1.1.$1" --set "0:0018,0088=$2"
    }
    lies() { # SECOND_SPACING
        printf 'NDims = 3\nOffset = -10 -20 30\nElementSpacing = 1 %s -3\nDimSize = 20 18 1\nElementType = MET_UCHAR\nElementDataFile = one.raw\n' "$1" > one.mhd
        radfeat one/*.dcm one.mhd --params mean.yaml --format json > one.json
        grep -F "Image-original_Spacing\": [1.0, $1, 3.0]" one.json
    }
    one 7 -3; lies 1.5 # Secondary Capture
    one 2 -3; lies 1.5 # CT
    one 1.1 -3; lies 1.0 # DX, which has an Imager Pixel Spacing, not here
    one 481.1 -3; lies 1.0 # RT image, the same
    one 7 0
    refused 3 "a voxel spacing of 0 mm along axis 3" radfeat one/*.dcm one.mhd
}
