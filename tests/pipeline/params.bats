# Parameters of a run: built-in ones by modality, files for all or for one, and what image.json saves.

load common

# modality_of CT|MR|PT: a patient of that name with one series of that modality.
modality_of() {
    make_dicom --patient "$1" --study "$1" --series "$1" --frame "$1" --modality "$1" --size 30x28x14 --spacing 3,3,3 \
        -o "dicom/$1/images" --structure-set "dicom/$1/RS.dcm" --roi A sphere:-10,0,0,14 --roi B sphere:14,0,0,9
}

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    for modality in CT MR PT; do modality_of $modality; done
    echo '{"setting": {"binWidth": 300}, "featureClass": {"glcm": ["Contrast"]}}' > pet.json
    echo 'featureClass: {firstorder: [Mean, Range]}' > ct.yaml
    # of the whole image: its mean and deviation, the largest value of a point filter
    printf 'setting: {normalize: true}\nimageType: {Square: {}, Exponential: {}}\n' > whole.yml
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out PRESET=auto > /dev/null
}

setup() {
    cd "$BATS_FILE_TMPDIR"
}

# measured_with OUTDIR MODALITY OPTION...: radfeat by hand, without image.json, gives the bytes of both regions.
measured_with() {
    local dir=$(echo "$1"/"$2"/*_"$2"_*) roi
    for roi in A B; do
        radfeat "$dir/image.nii" "$dir/masks/Manual/$roi.nii.gz" "${@:3}" | cmp - "$dir/features/Manual/$roi.csv"
    done
}

# features OUTDIR MODALITY: how many columns of the course's table are features.
features() {
    head -n 1 "$1"/"$2"/*/radiomics.csv | tr , '\n' | grep -cE '^(original|log|wavelet|square|exponential)'
}

@test "PRESET=auto: what is built in for the modality of each course" {
    [ "$(column out status state | sort | uniq -c | tr -s ' \n' ' ')" = " 6 ok " ]
    measured_with out CT --preset ct
    measured_with out MR --preset mr
    measured_with out PT --preset pet-fdg
    [ "$(features out CT) $(features out MR) $(features out PT)" = "1223 386 1130" ]
}

@test "a preset by name is for all; the makefile form measures the same" {
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=named PRESET=pet-psma ENGINE=make > /dev/null
    for modality in CT MR PT; do measured_with named $modality --preset pet-psma; done
}

@test "the table of all has every modality's columns, empty where they are another's" {
    local both=original_firstorder_Mean ct=log-sigma-5-0-mm-3D_glcm_Contrast pet=wavelet-LLH_glcm_Contrast
    [ "$(column out radiomics $both | grep -c .)" = 6 ]
    [ "$(column out radiomics $ct | grep -c .)" = 2 ]
    [ "$(column out radiomics $pet | grep -c .)" = 4 ]
}

@test "a file of one modality comes before that of all, that before the preset" {
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=files PARAMS_CT=ct.yaml PARAMS_PT=pet.json PARAMS=whole.yml PRESET=auto > /dev/null
    measured_with files CT --params ct.yaml
    measured_with files PT --params pet.json
    measured_with files MR --params whole.yml
    [ "$(features files CT) $(features files PT)" = "2 1" ]
    pipeline OUTDIR=files PARAMS= PARAMS_PT= PARAMS_MR=ct.yaml > /dev/null
    measured_with files CT --params ct.yaml
    measured_with files MR --params ct.yaml
    measured_with files PT --preset pet-fdg
}

@test "radmill has the same by options" {
    radmill --dicom-root dicom --outdir options --params-mr ct.yaml --params-ct whole.yml --params-pt pet.json > /dev/null
    measured_with options MR --params ct.yaml
    measured_with options CT --params whole.yml
    measured_with options PT --params pet.json
}

@test "a fault in a file names the user's file and line, and nothing is measured" {
    echo 'setting: {binwidth: 3}' > slip.yaml
    run radmill --dicom-root dicom --outdir fault --params-mr slip.yaml
    [ "$status" = 3 ]
    [[ $output == *"$PWD/slip.yaml:1: unknown setting \"binwidth\": did you mean \"binWidth\"?"* ]]
    [ ! -e fault/_RESULTS/radiomics.csv ] && [ ! -e fault/MR ] || false
    run radmill --dicom-root dicom --outdir fault --params-ct absent.yaml
    [ "$status" = 3 ]
    [[ $output == *"absent.yaml"* ]]
}

@test "digest and statistics are those of image.json, which are the image's" {
    measured_with out CT --preset ct --image-info out/CT/*/image.json
    mkdir told && cp -r out/PT/*/image.* out/PT/*/masks told/
    sha1=$(sed -n 's/.*"sha1": "\(.*\)".*/\1/p' told/image.json)
    [ "$(column out radiomics diagnostics_Image-original_Hash | grep -c "^$sha1$")" = 2 ]
    sed -i 's/"sha1": ".*"/"sha1": "told"/' told/image.json
    radmill --course-dir told > /dev/null
    cut -d, -f10- told/radiomics.csv | grep -c ',told,3D,' | grep -x 2
}

@test "PROFILE=ibsi: IBSI's names in the tables, PRESET=auto its cohort's parameters by modality" {
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=ibsi PROFILE=ibsi > /dev/null
    head -n 1 ibsi/_RESULTS/radiomics.csv | grep -q original_glcm_JointMaximum_ITBB
    [ "$(column ibsi status state | sort -u)" = ok ]
    measured_with ibsi MR --profile ibsi
    pipeline -j2 OUTDIR=ibsi PRESET=auto > /dev/null
    measured_with ibsi CT --preset ibsi1-cohort-ct
    measured_with ibsi PT --preset ibsi1-cohort-pt
    run pipeline -j2 OUTDIR=ibsi PRESET=ibsi1-zz
    [ "$status" != 0 ] && [[ $output == *"radfeat --list presets"* ]] || false
}

@test "a parameter file or recipe that is refused leaves the results as they are" {
    mkdir refusal && cd refusal
    echo 'setting: {binWidth: 20}' > good.yaml
    echo 'setting: {binwidth: 20}' > bad.yaml
    echo 'custom_structures: [{name: AB, operation: union, source_structures: [A, B]}]' > recipe.yaml
    echo 'custom_structures: [{name: AB, operation: unite, source_structures: [A, B]}]' > bad_recipe.yaml
    patient P1
    pipeline DICOM_ROOT=dicom OUTDIR=out PARAMS=good.yaml CUSTOM_STRUCTURES=recipe.yaml > /dev/null
    for wrong in PARAMS=bad.yaml PARAMS_CT=bad.yaml CUSTOM_STRUCTURES=bad_recipe.yaml; do
        run radmill --outdir out "--$(tr A-Z_ a-z- <<< "${wrong%=*}")" "${wrong#*=}"
        echo "$output"
        [ "$status" = 3 ]
        run pipeline OUTDIR=out PARAMS=good.yaml PARAMS_CT= CUSTOM_STRUCTURES=recipe.yaml
        echo "$output"
        [ "$(ran features) $(ran masks) $(ran image)" = "0 0 0" ]
        [[ $output == *"no work to do"* ]]
    done
}
