# radfeat --profile ibsi: its parameter file, its columns, and the images that it works on.
setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
    make_volume image.nii waves 24 20 16 1 1 2
    make_volume mask.nii ball 24 20 16 1 1 2
}

@test "without a file: all families, the aggregations in space, codes in the long format" {
    run radfeat image.nii mask.nii --profile ibsi --format long
    [ "$status" = 0 ]
    printf '%s\n' "${lines[@]}" | cut -d, -f2 | sort -u | paste -sd' ' > families
    [ "$(cat families)" = "class glcm gldzm glrlm glszm intensity_histogram intensity_volume_histogram local_intensity morphology ngldm ngtdm statistics" ]
    printf '%s\n' "${lines[@]}" | grep ',glcm,' | cut -d, -f5 | sort | uniq -c | tr -s ' ' > glcm
    [ "$(paste -sd, glcm)" = " 25 IAZD, 25 ITBB" ]
    # every feature that IBSI names has a code, every value is there
    ! printf '%s\n' "${lines[@]}" | tail -n +2 | cut -d, -f4 | grep -vE '^[A-Z0-9]{4}$' || false
    ! printf '%s\n' "${lines[@]}" | tail -n +2 | cut -d, -f6 | grep -x '' || false
}

@test "columns tell the aggregation where a family has several" {
    radfeat image.nii mask.nii --profile ibsi -o row.csv
    radfeat --header --profile ibsi > header.csv
    [ "$(head -n 1 row.csv)" = "$(cat header.csv)" ]
    tr , '\n' < header.csv > names
    grep -qx original_glcm_JointMaximum_ITBB names
    grep -qx original_glszm_ZonePercentage_KOBO names
    grep -qx original_statistics_Mean names
    [ "$(sort names | uniq -d | wc -l)" = 0 ]
}

@test "a file names its profile, and its mistakes are named with their line" {
    printf '%s\n' 'profile: ibsi' 'discretisation: {method: FBS, width: 40}' 'features: [statistics, intensity_histogram]' > good.yaml
    run radfeat image.nii mask.nii --params good.yaml --format long
    [ "$status" = 0 ] && [ "${#lines[@]}" = 42 ] || false
    refused() { # LINE OF THE FILE, MESSAGE
        printf 'profile: ibsi\n%s\n' "$1" > bad.yaml
        run radfeat image.nii mask.nii --params bad.yaml
        echo "$output"
        [ "$status" = 3 ] && [[ $output == *"bad.yaml:${3:-2}: "*"$2"* ]] || false
    }
    refused 'discretization: {method: FBN}' 'unknown section "discretization": did you mean "discretisation"?'
    refused 'discretisation: {method: FBX}' 'discretisation.method must be one of none, FBN, FBS'
    refused 'discretisation: {bin: 3}' 'did you mean "discretisation.bins"?'
    refused 'discretisation: {binWidth: 3}' 'binWidth is a setting of profile pyradiomics'
    refused 'resegmentation: {range: [3, 1]}' 'must have two ascending values'
    refused 'aggregation: [3D_mean]' 'unknown aggregation "3D_mean"'
    refused 'filters: [{laws: {kernels: L5X5}}]' 'laws.kernels must be two or three of'
    refused 'filters: [{mean: {support: 4}}]' 'mean.support must be odd'
    refused 'filters: {mean: 3}' 'filters must be a list'
    refused 'features: [glcm, gclm]' 'unknown feature family "gclm": did you mean "glcm"?'
    refused 'aggregation: [2D]
features: [glcm]' 'glcm has none of the aggregations' 3
    refused 'setting: {binWidth: 25}' 'setting is a section of profile pyradiomics'
}

@test "a file of the other profile says so" {
    printf '%s\n' 'resegmentation: {range: [0, 100]}' > ibsi.yaml
    run radfeat image.nii mask.nii --params ibsi.yaml
    [ "$status" = 3 ] && [[ $output == *"resegmentation is a section of profile ibsi"* ]] || false
    printf '%s\n' 'setting: {binWidth: 25}' > pyradiomics.yaml
    run radfeat image.nii mask.nii --profile ibsi --params pyradiomics.yaml
    [ "$status" = 3 ] && [[ $output == *"setting is a section of profile pyradiomics"* ]] || false
    run radfeat image.nii mask.nii --profile pyradiomics --preset ibsi1-a
    [ "$status" = 2 ] && [[ $output == *"preset ibsi1-a belongs to profile ibsi"* ]] || false
    run radfeat image.nii mask.nii --profile ibsi --mode voxel
    [ "$status" = 2 ]
}

@test "a name of the other profile, of whatever kind and place, is said to be its" {
    of_other() { # PROFILE, TEXT OF THE FILE, MESSAGE
        printf '%s\n' "$2" > other.yaml
        run radfeat image.nii mask.nii --profile "$1" --params other.yaml
        echo "$output"
        [ "$status" = 3 ] && [ "$output" = "radfeat: error: other.yaml:1: $3" ] || false
    }
    of_other ibsi 'binWidth: 25' 'binWidth is a setting of profile pyradiomics, not of ibsi'
    of_other ibsi 'interpolation: {kernelRadius: 2}' 'kernelRadius is a setting of profile pyradiomics, not of ibsi'
    of_other ibsi 'filters: [LoG]' 'LoG is a filter of profile pyradiomics, not of ibsi: did you mean "log"?'
    of_other ibsi 'filters: [{log: {sigma: [1]}}]' 'sigma is a setting of profile pyradiomics, not of ibsi: did you mean "log.sigma_mm"?'
    of_other ibsi 'features: [firstorder]' 'firstorder is a feature family of profile pyradiomics, not of ibsi'
    of_other ibsi 'features: {glcm: [Imc1]}' 'Imc1 is a feature of profile pyradiomics, not of ibsi'
    of_other ibsi 'aggregation: glcm' 'unknown aggregation "glcm"'
    of_other pyradiomics 'resegmentation.sigma: 3' 'resegmentation.sigma is a setting of profile ibsi, not of pyradiomics'
    of_other pyradiomics 'setting: {mean.support: 3}' 'mean.support is a setting of profile ibsi, not of pyradiomics'
    of_other pyradiomics 'imageType: {gabor: {}}' 'gabor is a filter of profile ibsi, not of pyradiomics'
    of_other pyradiomics 'featureClass: {gldzm: }' 'gldzm is a feature family of profile ibsi, not of pyradiomics'
    of_other pyradiomics 'featureClass: {glcm: [JointMaximum]}' 'JointMaximum is a feature of profile ibsi, not of pyradiomics'
    run radfeat image.nii mask.nii --profile ibsi --setting binWidth=3
    [ "$status" = 2 ] && [[ $output == *"--setting binWidth=3: binWidth is a setting of profile pyradiomics, not of ibsi"* ]] || false
    run radfeat image.nii mask.nii --setting discretisation.bins=3
    [ "$status" = 2 ] && [[ $output == *"discretisation.bins is a setting of profile ibsi, not of pyradiomics"* ]] || false
}

@test "--long writes the long format beside the row" {
    radfeat image.nii mask.nii --profile ibsi --long values > row.csv
    radfeat image.nii mask.nii --profile ibsi --format long | cmp - values
    radfeat image.nii mask.nii --profile ibsi | cmp - row.csv
    run radfeat image.nii mask.nii --mode voxel --long values
    [ "$status" = 2 ]
    run radfeat image.nii mask.nii --long mask.nii
    [ "$status" = 2 ]
    run radfeat image.nii mask.nii -o same --long same
    [ "$status" = 2 ]
}

@test "a feature alone has the value that it has among all" {
    radfeat image.nii mask.nii --profile ibsi --format long > all
    for family in morphology statistics; do
        names=$(awk -F, -v f=$family '$2 == f { print $3 }' all)
        [ "$(wc -w <<< "$names")" -gt 17 ]
        for name in $names; do
            printf '%s\n' 'profile: ibsi' "features: {$family: [$name]}" > one.yaml
            radfeat image.nii mask.nii --params one.yaml --format long | tail -n +2 >> alone
        done
    done
    diff alone <(grep -E ',(morphology|statistics),' all)
}

@test "every preset has the columns that it promises, and runs" {
    radfeat --list presets | tail -n +2 | grep '^ibsi,' | cut -d, -f2 | grep -v -- '-p1-' > presets
    [ "$(wc -l < presets)" -ge 50 ]
    for preset in ibsi1-b ibsi1-cohort-mr ibsi2-4.b ibsi2-9.a ibsi2-p3-5-ct; do
        grep -qx "$preset" presets
        radfeat image.nii mask.nii --preset "$preset" -o row.csv
        radfeat --header --preset "$preset" | cmp - <(head -n 1 row.csv)
    done
    while read -r preset; do
        radfeat --header --preset "$preset" > header
    done < presets
}

@test "--save-images: image, responses and masks on one grid; without a mask the responses alone" {
    printf '%s\n' 'profile: ibsi' 'interpolation: {spacing_mm: [1, 1, 1]}' 'resegmentation: {range: [-100, 200]}' \
        'filters: [none, {mean: {support: 3}}, {log: {sigma_mm: 1.5}}]' > params.yaml
    radfeat image.nii mask.nii --params params.yaml --save-images saved -o row.csv
    [ "$(ls saved | paste -sd' ')" = "log-sigma-1-5-mm.nii.gz mask-morphological.nii.gz mask.nii.gz mean-3.nii.gz original.nii.gz" ]
    # features of a saved image under the saved mask are those of the row
    radfeat saved/mean-3.nii.gz saved/mask.nii.gz --profile ibsi --format long | grep ',statistics,' | cut -d, -f3,6 > again
    radfeat image.nii mask.nii --params params.yaml --format long | grep '^mean-3,statistics,' | cut -d, -f3,6 | cmp - again
    radfeat image.nii --params params.yaml --save-images whole
    [ "$(ls whole | paste -sd' ')" = "log-sigma-1-5-mm.nii.gz mean-3.nii.gz original.nii.gz" ]
    radfeat image.nii --preset ibsi2-p1-2.b --save-images one
    [ "$(ls one)" = response.nii.gz ]
    run radfeat image.nii --preset ibsi2-p1-2.b
    [ "$status" = 2 ]
}

@test "a ROI that re-segmentation empties, and values that are no grey levels, are refused" {
    run radfeat image.nii mask.nii --profile ibsi --setting 'resegmentation.range=[100000, 100001]'
    [ "$status" = 3 ] && [[ $output == *"leaves no voxel of the ROI"* ]] || false
    run radfeat image.nii mask.nii --profile ibsi --setting discretisation.method=none
    [ "$status" = 3 ] && [[ $output == *"is no grey level"* ]] || false
}

@test "every filter and setting of the lists is one that a parameter file may have" {
    for filter in $(radfeat --list filters | grep '^ibsi,' | cut -d, -f2); do
        printf 'profile: ibsi\nfilters: [%s]\nfeatures: [statistics]\n' "$filter" > list.yaml
        radfeat image.nii mask.nii --params list.yaml -o list.csv
    done
    radfeat --list settings | grep '^ibsi,' | cut -d, -f2-3 > settings
    grep -qx ',interpolation.spacing_mm' settings
    grep -qx 'gabor,gabor.sigma_mm' settings
}

@test "the range of the re-segmentation scales the intensity-volume histogram of the image, not of filtered ones" {
    local method
    for method in none FBS; do
        printf '%s\n' 'profile: ibsi' 'filters: [none, {mean: {support: 3}}]' "intensity_volume_histogram: {method: $method, width: 5}" \
            'features: [statistics, intensity_volume_histogram]' > bare.yaml
        # wider than every value: no voxel is cut off
        { cat bare.yaml; echo 'resegmentation: {range: [-5000, 5000]}'; } > wide.yaml
        radfeat image.nii mask.nii --params bare.yaml --format long > bare
        radfeat image.nii mask.nii --params wide.yaml --format long > wide
        cmp <(grep -v ^original bare) <(grep -v ^original wide)
        [ "$(grep -vc ^original wide)" -gt 20 ]
        cmp <(grep '^original,statistics' bare) <(grep '^original,statistics' wide)
        ! cmp -s <(grep ^original,intensity_volume bare) <(grep ^original,intensity_volume wide) || false
    done
}
