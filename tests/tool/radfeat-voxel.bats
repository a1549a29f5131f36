# radfeat --mode voxel: maps, their names, their row. Values of pyradiomics: radfeat-reference.bats.

bats_require_minimum_version 1.5.0

setup_file() {
    export dir=$BATS_FILE_TMPDIR
    export PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    cd "$dir"
    make_volume image.nii noise 12 11 9 1 1.5 2
    make_volume mask.nii ball 12 11 9 1 1.5 2
    printf 'featureClass:\n  glcm: [Contrast, Dissimilarity]\n  shape:\n' > some.yaml
    printf '%s\n' 'featureClass:' '  firstorder: [Mean, Maximum]' '  glcm: [JointEntropy, MCC]' \
        '  glrlm: [RunEntropy]' '  glszm: [ZoneEntropy]' '  gldm: [DependenceEntropy]' \
        '  ngtdm: [Coarseness]' > wide.yaml
}

setup() { cd "$dir"; }

@test "each feature has one compressed map and its path in the row" {
    radfeat --mode voxel image.nii mask.nii -p some.yaml --out-dir maps -s additionalInfo=false > row.csv
    [ "$(head -n 1 row.csv)" = "original_glcm_Contrast,original_glcm_Dissimilarity" ]
    [ "$(tail -n 1 row.csv)" = "maps/Case-1_original_glcm_Contrast.nrrd,maps/Case-1_original_glcm_Dissimilarity.nrrd" ]
    [ "$(ls maps | wc -l)" -eq 2 ]
    head -n 3 maps/Case-1_original_glcm_Contrast.nrrd | grep -a '^type: double'
    grep -a '^encoding: gzip' maps/Case-1_original_glcm_Contrast.nrrd
}

@test "a kernel that covers the ROI gives every voxel the value of the ROI" {
    radfeat image.nii mask.nii -p wide.yaml -f long > segment.csv
    radfeat --mode voxel image.nii mask.nii -p wide.yaml -s kernelRadius=20 -f long \
        --map-format nii --out-dir covered > covered.csv
    printf 'featureClass:\n  firstorder: [Minimum, Maximum]\n' > extremes.yaml
    checked=0
    while IFS=, read -r image class feature code value rest; do
        [ "$image" = original ] || continue
        map=covered/Case-1_original_${class}_$feature.nii
        grep "^original_${class}_$feature,$map\$" covered.csv
        for extreme in $(radfeat "$map" mask.nii -p extremes.yaml -f long |
            awk -F, '$2 == "firstorder" { print $5 }'); do
            awk -v a="$extreme" -v b="$value" \
                'BEGIN { d = a - b; exit !(d * d <= 1e-24 * (1 + b * b)) }'
            checked=$((checked + 1))
        done
    done < segment.csv
    [ "$checked" -eq 16 ]
}

@test "voxels outside the ROI hold initValue" {
    radfeat --mode voxel image.nii mask.nii -p some.yaml -s initValue=-7 -f long --map-format nii \
        --out-dir initial > initial.csv
    map=initial/Case-1_original_glcm_Dissimilarity.nii # has no formula: untouched everywhere
    [ "$(od -v -A n -t f8 -j 352 "$map" | tr -s ' \n' '\n' | tail -n 1)" = "-7" ]
}

@test "maps, row and errors do not depend on the number of threads" {
    for format in nii nii.gz; do
        for n in 1 2 3 8; do
            radfeat --mode voxel image.nii mask.nii -p wide.yaml --threads $n --map-format $format \
                --out-dir threads > threads-$n.csv
            cmp threads-1.csv threads-$n.csv
            rm -rf threads-$n
            mv threads threads-$n
            # once in some thousand maps ISA-L takes another of two equal matches
            [ $format = nii ] || gunzip threads-$n/*.gz
            diff -r threads-1 threads-$n
        done
    done
    for n in 1 3; do # where the third map should go there is a folder
        mkdir -p taken/Case-1_original_glcm_JointEntropy.nrrd
        run -1 --separate-stderr radfeat --mode voxel image.nii mask.nii -p wide.yaml --threads $n --out-dir taken
        [ -z "$output" ]
        [[ $stderr == *"writing taken/Case-1_original_glcm_JointEntropy.nrrd: Is a directory" ]]
        [ "$(find taken -name '*.tmp.*' | wc -l)" -eq 0 ]
        [ -f taken/Case-1_original_firstorder_Maximum.nrrd ]
        rm -r taken
    done
}

@test "a header has no maps" {
    run -2 --separate-stderr radfeat --mode voxel --header
    [[ $stderr == *"--header needs --mode segment"* ]]
}

@test "a batch has the maps of each case under its number" {
    printf 'ID,Image,Mask\na,image.nii,mask.nii\nb,absent.nii,mask.nii\nc,image.nii,mask.nii\n' > cases.csv
    radfeat --mode voxel --batch cases.csv -j2 -p some.yaml -s additionalInfo=false --out-dir many \
        --map-format nii > many.csv 2> many.err
    grep -q "case 2: skipped: .*absent.nii" many.err
    [ "$(head -n 1 many.csv)" = "ID,Image,Mask,original_glcm_Contrast,original_glcm_Dissimilarity" ]
    [ "$(ls many | paste -sd' ')" = "Case-1_original_glcm_Contrast.nii Case-1_original_glcm_Dissimilarity.nii Case-3_original_glcm_Contrast.nii Case-3_original_glcm_Dissimilarity.nii" ]
    grep -q "^c,.*,many/Case-3_original_glcm_Contrast.nii,many/Case-3_original_glcm_Dissimilarity.nii$" many.csv
    cmp many/Case-1_original_glcm_Contrast.nii many/Case-3_original_glcm_Contrast.nii
    radfeat --mode voxel image.nii mask.nii -p some.yaml --out-dir alone --map-format nii > /dev/null
    cmp many/Case-1_original_glcm_Contrast.nii alone/Case-1_original_glcm_Contrast.nii
}

@test "the diagnostics say that features are maps" {
    radfeat --mode voxel image.nii mask.nii -p some.yaml -s kernelRadius=2 -f json --out-dir said |
        grep -q "Configuration_Settings.*'kernelRadius': 2, 'voxelBased': True}\""
    ! radfeat image.nii mask.nii -p some.yaml -f json | grep -q voxelBased || false
    # the same diagnostics in the same form but for the settings
    radfeat image.nii mask.nii -p some.yaml -f json | grep diagnostics_ | grep -v Settings > segment.json
    radfeat --mode voxel image.nii mask.nii -p some.yaml -f json --out-dir said | grep diagnostics_ |
        grep -v Settings | cmp - segment.json
}

# Two voxels in two planes, neighbours in planes only: no direction has a pair in any kernel, and
# what is left of the correlation is no number (pyradiomics 3.0.1), not initValue.
@test "a batch without any pair has NaN, not initValue" {
    printf 'featureClass:\n  glcm: [MCC, Contrast]\nsetting:\n  force2D: true\n  minimumROIDimensions: 1\n' > apart.yaml
    { head -c 448 mask.nii; head -c 1 /dev/zero; printf '\001'; head -c 1000 /dev/zero; printf '\001'; head -c 185 /dev/zero; } > apart.nii
    radfeat --mode voxel image.nii apart.nii -p apart.yaml -f long --map-format nii --out-dir apart > /dev/null
    for f in MCC Contrast; do
        [ "$(od -v -A n -t f8 -j 448 apart/Case-1_original_glcm_$f.nii | tr -s ' \n' '\n' | grep -ci nan)" = 2 ]
    done
}

# Three voxels in a row and one apart, in one plane's directions: the lone one has no pair. With one
# level no pairs can differ: InverseVariance is a sum over nothing, 0 (pyradiomics 3.0.1).
@test "InverseVariance of one level is 0, without pairs too" {
    printf 'featureClass:\n  glcm: [InverseVariance, Contrast]\nsetting:\n  force2D: true\n  binWidth: 5000\n' > lone.yaml
    { head -c 448 mask.nii; head -c 1 /dev/zero; printf '\001\001\001'; head -c 1000 /dev/zero; printf '\001'; head -c 183 /dev/zero; } > lone.nii
    radfeat --mode voxel image.nii lone.nii -p lone.yaml -f long --map-format nii -s initValue=5 --out-dir lone > /dev/null
    values() { od -v -A n -t f8 -j 448 "lone/Case-1_original_glcm_$1.nii" | tr -s ' \n' '\n' | grep -v '^$' | sort | uniq -c | tr -s ' \n' ' '; }
    [[ "$(values InverseVariance) " == *" 4 0 "* ]]
    [[ "$(values Contrast) " == *" 1 nan "* || "$(values Contrast) " == *" 1 -nan "* ]]
}

# A column of voxels across the plane of force2D: pyradiomics finds no kernel offset and refuses.
@test "first order without any neighbour in the plane is refused" {
    make_volume line_m.nii border 2 1 6 1 1 1
    make_volume line.nii noise 2 1 6 1 1 1
    printf 'featureClass:\n  firstorder: [Mean]\nsetting: {force2D: true, minimumROIDimensions: 1}\n' > line.yaml
    run -3 --separate-stderr radfeat --mode voxel line.nii line_m.nii -p line.yaml --out-dir line
    [[ $stderr == *"no neighbour direction: the ROI's box of 1 x 1 x 6 voxels"* ]]
    [ ! -e line ] || [ -z "$(ls line)" ]
    radfeat --mode voxel line.nii line_m.nii -p line.yaml -s force2D=false --out-dir line > /dev/null
}
