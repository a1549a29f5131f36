# courses.csv: what every course's images are and how they were acquired, and nobody's name.

load common

setup() {
    cd "$BATS_TEST_TMPDIR"
}

# image ID MODALITY DATE [OPTION]...: a series with one region.
image() {
    local id=$1 modality=$2 date=$3
    shift 3
    make_dicom --patient "$id" --study "$id$date" --series "$id$date" --frame "$id$date" --size 32x32x6 \
        --modality "$modality" --date "$date" -o "dicom/$id/$date" \
        --structure-set "dicom/$id/$date/RS.dcm" --roi A sphere:0,0,0,9 "$@"
}

# cell DATE COLUMN: of the course whose images are of that day (by its folder).
cell() {
    sqlite3 :memory: -cmd '.mode csv' -cmd '.import out/_RESULTS/courses.csv c' -cmd '.mode list' \
        "SELECT \"$2\" FROM c WHERE course_id LIKE '$1%'"
}

@test "days count from the patient's first image, dates stay inside" {
    image A CT 20191230
    image A MR 20200301
    image A PT 20210101
    image B CT 20180101
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out > /dev/null
    [ "$(column out courses days_since_first_image)" = $'0\n62\n368\n0' ]
    [ "$(column out courses modality)" = $'CT\nMR\nPT\nCT' ]
    [ "$(column out courses study_uid | grep -c '^2\.25\.')" = 4 ]
    [ "$(cell 2019-12 size_z),$(cell 2019-12 spacing_z_mm)" = 6,3.0 ]
    [ "$(grep -cE '2019-?12-?30' out/_RESULTS/courses.csv)" = 0 ]
    image A CT 20191130 # an earlier one: the days of the others change
    run pipeline -j2 OUTDIR=out
    [ "$(ran features)" = 1 ]
    [ "$(column out courses days_since_first_image)" = $'0\n30\n92\n398\n0' ]
}

@test "acquisition: means of what differs, words of our own for what people typed" {
    image A CT 20200101 --set '*:ConvolutionKernel=B30f' --set '*:XRayTubeCurrent=100' \
        --set '2:XRayTubeCurrent=400' --set '*:ContrastBolusAgent=Ultravist for Jane Doe' \
        --set '*:ManufacturerModelName=Scanner 7' --set '3:ManufacturerModelName=Scanner 8' \
        --set '*:ExposureInuAs=5000' --set '*:KVP=broken'
    image A PT 20200202 --set '*:Units=DOE' --set '*:CorrectedImage=DECY\JANE\ATTN'
    image A MR 20200303 --set '*:MagneticFieldStrength=3' --set '*:ScanningSequence=SE\DOE'
    pipeline -j2 DICOM_ROOT=dicom OUTDIR=out > /dev/null
    [ "$(cell 2020-01 kernel),$(cell 2020-01 tube_current_ma),$(cell 2020-01 contrast)" = B30f,150.0,True ]
    [ "$(cell 2020-01 model),$(cell 2020-01 exposure_mas),$(cell 2020-01 kvp)" = mixed,5.0, ]
    [ "$(cell 2020-02 tracer),$(cell 2020-02 radionuclide),$(cell 2020-02 uptake_min)" = FDG,F-18,60.0 ]
    [ "$(cell 2020-02 injected_activity_mbq),$(cell 2020-02 units),$(cell 2020-02 corrected_image)" = '350.0,,DECY\ATTN' ]
    [ "$(cell 2020-03 field_strength_t),$(cell 2020-03 echo_time_ms),$(cell 2020-03 scanning_sequence)" = 3.0,3.0,SE ]
    [ "$(grep -ciE 'doe|jane' out/_RESULTS/courses.csv)" = 0 ]
    grep -q '"tube_current_ma": 150.0' out/A/2020-01*/image.json
}

@test "an enhanced image says the same in its functional groups" {
    image A MR 20200303 --enhanced --set '*:MagneticFieldStrength=1.5'
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    [ "$(cell 2020-03 slice_thickness_mm),$(cell 2020-03 field_strength_t)" = 3.0,1.5 ]
}

@test "injected activity: MBq in an enhanced image, and in a PET image where it can be nothing else" {
    local dose='*:RadiopharmaceuticalInformationSequence[0].RadionuclideTotalDose'
    image A PT 20200101 --enhanced --set "$dose=350"
    image A PT 20200202 --set "$dose=370000000"
    image A PT 20200303 --set "$dose=370"
    image A PT 20200404 --set "$dose=37"
    pipeline DICOM_ROOT=dicom OUTDIR=out > /dev/null
    [ "$(column out courses injected_activity_mbq | paste -sd,)" = 350.0,370.0,370.0,3.7e-05 ]
}

@test "with a key the UIDs are pseudonyms too, the same ones in every run" {
    image A CT 20200101
    printf 0123456789abcdef > key
    pipeline DICOM_ROOT=dicom OUTDIR=plain > /dev/null
    pipeline DICOM_ROOT=dicom OUTDIR=out PSEUDONYMIZE=key > /dev/null
    local uid
    uid=$(column plain courses series_uid)
    [[ "$(column out courses series_uid)" =~ ^2\.25\.[1-9][0-9]{30,38}$ ]]
    [ "$(grep -c "$uid" out/_RESULTS/courses.csv)" = 0 ]
    [ "$(column out courses days_since_first_image)" = 0 ]
    pipeline DICOM_ROOT=dicom OUTDIR=again PSEUDONYMIZE=key > /dev/null
    cmp out/_RESULTS/courses.csv again/_RESULTS/courses.csv
}

@test "workbook and data base hold status, left out and courses beside the features" {
    image A CT 20200101
    make_dicom --patient A --study x --series x --frame x -o dicom/more --fault missing=3
    pipeline DICOM_ROOT=dicom OUTDIR=out TABLES=csv,xlsx,sqlite > /dev/null
    local q='SELECT (SELECT count(*) FROM radiomics), (SELECT count(*) FROM status),
        (SELECT count(*) FROM left_out) > 0, (SELECT kvp + 1 FROM courses)'
    [ "$(sqlite3 out/_RESULTS/radiomics.sqlite "$q")" = '1|1|1|121.0' ]
    q="SELECT count(*) FROM zipfile('out/_RESULTS/radiomics.xlsx') WHERE name LIKE 'xl/worksheets/%'"
    [ "$(sqlite3 :memory: "$q")" = 4 ]
    run pipeline OUTDIR=out
    [ "$(ran table)" = 0 ]
}

@test "DATES=1 adds the day of the image, and DATES=0 takes it away" {
    image A CT 20191230
    image A MR 20200301 --set '*:AcquisitionDate=20200302'
    pipeline DICOM_ROOT=dicom OUTDIR=out DATES=1 > /dev/null
    [ "$(column out courses date)" = $'2019-12-30\n2020-03-02' ]
    [ "$(column out courses days_since_first_image)" = $'0\n63' ]
    run pipeline OUTDIR=out DATES=0
    [ "$(ran features)" = 0 ]
    [ "$(head -n 1 out/_RESULTS/courses.csv | grep -c ',date,')" = 0 ]
}
