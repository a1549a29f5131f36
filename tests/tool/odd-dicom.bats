# The matrix of odd and faulty image series: every line is an input, and what becomes of it.
#
#   exact  TYPE OPTIONS...          read; voxels equal 0, 1, 2, ... as the generator's formula says
#   used   KEY VALUE OPTIONS...     read; image.json says so
#   refused WORDS OPTIONS...        exit status 3, nothing written, and these words
#
# OPTIONS are make_dicom's; "-- OPTIONS" after them are dcm2nii-course's.

load dicom.bash

setup_file() {
    index=$(index_sha1 720)
    export index PATH=$RADMILL_BIN:$RADMILL_BUILD/tests/gen:$PATH
}

setup() { cd "$BATS_TEST_TMPDIR"; }

# Makes `in` with make_dicom's options; those behind "--" stay in `own`.
made() {
    local make=()
    own=()
    while [ $# -gt 0 ] && [ "$1" != -- ]; do make+=("$1"); shift; done
    [ $# = 0 ] || { shift; own=("$@"); }
    make_dicom -o in --size 12x10x6 --pattern index --intercept 0 "${make[@]}"
}

exact() {
    local type=$1
    shift
    made "$@"
    convert "${own[@]}"
    [ "$status" = 0 ] || { echo "$output"; return 1; }
    [ "$(json out.json pixel_type)" = "$type" ]
    [ "$type" != int16 ] || [ "$(json out.json sha1)" = "$index" ]
    [ "$(json out.json minimum)" = 0.0 ]
    [ "$(json out.json maximum)" = 719.0 ]
    [ "$(json out.json mean)" = 359.5 ]
}

used() {
    local key=$1 value=$2
    shift 2
    made "$@"
    convert "${own[@]}"
    [ "$status" = 0 ] || { echo "$output"; return 1; }
    [ "$(json out.json "$key")" = "$value" ] || { echo "$key: $(json out.json "$key")"; return 1; }
}

refused() {
    local words=$1
    shift
    made "$@"
    convert "${own[@]}"
    [ "$status" = 3 ] || { echo "status $status: $output"; return 1; }
    [[ $output == "dcm2nii-course: error: "*"$words"* ]] || { echo "$output"; return 1; }
    [ "${#lines[@]}" = 1 ]
    [ ! -e out.nii ] && [ ! -e out.json ]
}

# --- read as they are: transfer syntaxes, types, layouts
@test "implicit VR" { exact int16 --syntax implicit; }
@test "explicit VR" { exact int16 --syntax explicit; }
@test "big endian" { exact int16 --syntax big; }
@test "deflated" { exact int16 --syntax deflated; }
@test "RLE" { exact int16 --syntax rle; }
@test "JPEG lossless, first-order" { exact int16 --syntax jpeg; }
@test "JPEG lossless" { exact int16 --syntax jpeg14; }
@test "JPEG-LS" { exact int16 --syntax jpegls; }
@test "unsigned 16 bits" { exact int16 --pixel uint16; }
@test "unsigned 16 bits, RLE" { exact int16 --pixel uint16 --syntax rle; }
@test "unsigned 16 bits, JPEG" { exact int16 --pixel uint16 --syntax jpeg; }
@test "unsigned 16 bits, JPEG-LS" { exact int16 --pixel uint16 --syntax jpegls; }
@test "12 bits stored of 16" { exact int16 --pixel uint16 --bits-stored 12; }
@test "12 bits stored, signed" { exact int16 --bits-stored 12; }
@test "12 bits stored, JPEG" { exact int16 --pixel uint16 --bits-stored 12 --syntax jpeg14; }
@test "signed 32 bits" { exact int16 --pixel int32; }
@test "unsigned 32 bits" { exact int16 --pixel uint32; }
@test "32 bits, big endian" { exact int16 --pixel int32 --syntax big; }
@test "float pixel data" { exact float32 --pixel float; }
@test "double float pixel data" { exact float64 --pixel double; }
@test "float pixel data, big endian" { exact float32 --pixel float --syntax big; }
@test "enhanced CT" { exact int16 --enhanced; }
@test "enhanced CT, frames in another order" { exact int16 --enhanced --shuffle; }
@test "enhanced CT, compressed" { exact int16 --enhanced --syntax rle; }
@test "enhanced MR" { exact int16 --enhanced --modality MR; }
@test "MR" { exact int16 --modality MR; }
@test "names without extension, in another order" { exact int16 --shuffle; }
@test "one slice in another transfer syntax" { exact int16 --fault syntax=2,rle; }
@test "an intercept that makes values negative" { used minimum -1024.0 --intercept -1024 --pattern constant:-1024; }
@test "signed 8 bits" { used maximum 100.0 --pixel int8 --pattern constant:100; }
@test "unsigned 8 bits" { used maximum 200.0 --pixel uint8 --pattern constant:200; }
@test "values beyond int16 stay integers" { used pixel_type int32 --pixel int32 --pattern constant:100000; }
@test "unsigned values beyond int16 stay integers" { used pixel_type int32 --pixel uint16 --pattern constant:60000; }
@test "whole values beyond int32 become doubles: every one is held" { used maximum 3000000000.0 --pixel uint32 --pattern constant:3000000000; [ "$(json out.json pixel_type)" = float64 ]; }
@test "a whole slope stays integer" { used pixel_type int16 --slope 2; }
@test "a fractional slope makes floats" { used pixel_type float32 --slope 0.5; }
@test "a slope per slice" { used pixel_type float32 --modality PT --slope-step 0.1; }
@test "a fractional intercept makes floats" { used minimum -0.5 --intercept -0.5 --pattern constant:-0.5; }
@test "one slice of another pixel type" { used pixel_type int16 --fault pixel=2,uint8; }
@test "uneven by less than the tolerance" { used pixel_type int16 --fault uneven=3,0.01; }
@test "one slice with a thickness" { used pixel_type int16 --size 12x10x1; }

# --- corrected, and said so
@test "pixels that were compressed with losses are noted" { exact int16 --set 2:LossyImageCompression=01; grep -q 'compressed with losses' out.json; }
@test "a second copy of a slice is dropped" { exact int16 --fault duplicate=2; grep -q 'second copy of a SOP instance' out.json; }
@test "a localizer among the slices is dropped" { exact int16 --fault localizer; grep -q 'localizer: no slice' out.json; }
@test "gantry tilt of whole pixels is cropped" {
    used pixel_type int16 --fault tilt=45 --spacing 2,2.1213203435596424,3
    grep -q 'gantry tilt of whole pixels' out.json
    [ "$(grep -A3 '"size"' out.json | tr -dc '0-9,')" = 12,5,6 ]
}

# --- refused: slices that make no volume
@test "a missing slice" { refused "missing slices: about 1, in 1 gap; the first is 6 mm wide" --fault missing=2; }
@test "a missing pair of slices" { refused "missing slices: about 2, in 1 gap" --size 12x10x9 --fault missing=4 --fault missing=5; }
@test "uneven spacing" { refused "uneven slice spacing: from 3 to 3.5 mm" --fault uneven=3,0.5; }
@test "two volumes in one series" { refused "1 of 7 slices share their position with another" --fault overlap=2; }
@test "gantry tilt" { refused "gantry tilt: the 6 slices are sheared by 0 mm along rows and 0.52" --fault tilt=10; }
@test "a slice of another size" { refused "mixed sizes: 12 x 10 and 14 x 10 pixels" --fault size=2,14x10; }
@test "a slice of another orientation" { refused "mixed orientations" --fault orientation=2,sagittal; }
@test "a slice of another pixel spacing" { refused "mixed pixel spacings: 2 x 2 mm and 2 x 2.5 mm" --set '3:PixelSpacing=2.5\2'; }
@test "one slice without a thickness" { refused "one slice only, and its thickness is not given" --size 12x10x1 --absent 0:SliceThickness --absent 0:SpacingBetweenSlices; }
@test "another frame of reference in one slice" { refused "mixed frames of reference" --set 2:FrameOfReferenceUID=1.2.3; }
@test "another study in one slice" { refused "mixed studies" --set 2:StudyInstanceUID=1.2.3; }
@test "another rescale type in one slice" { refused "mixed rescale types" --set 2:RescaleType=US; }
@test "other units in one slice" { refused "mixed units" --modality PT --set 2:Units=CNTS; }
@test "one instance UID at two places" { refused "have one SOP Instance UID and different places" --set '*:SOPInstanceUID=1.2.3'; }
@test "a mosaic" { refused "slices side by side in one picture" --set '2:ImageType=ORIGINAL\PRIMARY\M\MOSAIC'; }
@test "a second series" { refused "more than one series" --set 2:SeriesInstanceUID=1.2.3; }

# --- refused: attributes that are missing, or cannot be
@test "no position" { refused "no usable ImagePositionPatient" --absent 2:ImagePositionPatient; }
@test "a position that is no number" { refused "no usable ImagePositionPatient" --set '2:ImagePositionPatient=1\a\3'; }
@test "a position of two numbers" { refused "no usable ImagePositionPatient" --set '2:ImagePositionPatient=1\2'; }
@test "an infinite position" { refused "no usable ImagePositionPatient" --set '2:ImagePositionPatient=1\inf\3'; }
@test "a decimal comma" { refused "no usable PixelSpacing" --set '2:PixelSpacing=2,0\2,0'; }
@test "no orientation" { refused "no usable ImageOrientationPatient" --absent 2:ImageOrientationPatient; }
@test "an orientation of no unit vectors" { refused "no two perpendicular unit vectors (lengths 2 and 1" --set '*:ImageOrientationPatient=2\0\0\0\1\0'; }
@test "an orientation of parallel vectors" { refused "no two perpendicular unit vectors" --set '*:ImageOrientationPatient=1\0\0\1\0\0'; }
@test "no pixel spacing" { refused "no usable PixelSpacing" --absent 2:PixelSpacing; }
@test "a pixel spacing of zero" { refused "PixelSpacing 0 is not positive" --set '*:PixelSpacing=0\2'; }
@test "a negative pixel spacing" { refused "PixelSpacing -2 is not positive" --set '*:PixelSpacing=2\-2'; }
@test "a rescale slope of zero" { refused "the slope is 0" --set 2:RescaleSlope=0; }
@test "a rescale slope that is no number" { refused "rescale slope or intercept is no number" --set 2:RescaleSlope=x; }
@test "more bits stored than allocated" { refused "bits stored 17" --set 2:BitsStored=17; }
@test "a high bit beyond the sample" { refused "high bit 16" --set 2:HighBit=16; }
@test "12 bits allocated" { refused "12 bits allocated per pixel" --set 2:BitsAllocated=12; }
@test "no rows" { refused "12 x 0 pixels" --set '*:Rows=0'; }
@test "colour" { refused "colour image (RGB" --set 2:PhotometricInterpretation=RGB; }
@test "three samples per pixel" { refused "3 samples per pixel" --set 2:SamplesPerPixel=3; }
@test "more rows than pixels" { refused "truncated" --set '*:Rows=60000'; }
@test "frames without functional groups" { refused "NumberOfFrames is 3, but there are functional groups for 1" --set 2:NumberOfFrames=3; }
@test "a million frames" { refused "NumberOfFrames is 1000000" --enhanced --set '*:NumberOfFrames=1000000'; }
@test "more frames than anybody has" { refused "NumberOfFrames is 2147483647" --enhanced --set '*:NumberOfFrames=2147483647'; }
@test "no pixel data" { refused "no pixel data" --absent 2:PixelData; }

# --- refused: files that are broken
@test "a slice cut off in its pixels" { refused "truncated: " --fault truncate=2,1100; }
@test "a slice cut off in its header" { refused "the header cannot be read to its end" --fault truncate=2,400; }
@test "a compressed slice of noise" {
    made --syntax jpeg
    size=$(stat -c %s in/CT0003.dcm)
    head -c 150 in/CT0000.dcm > noise
    dd if=noise of=in/CT0003.dcm bs=1 seek=$((size - 160)) conv=notrunc status=none
    convert
    [ "$status" = 3 ]
    [[ $output == *CT0003.dcm* ]]
    [ ! -e out.nii ]
}
@test "a compressed slice cut off" { refused "CT0002.dcm" --syntax rle --fault truncate=2,1150; }
@test "a transfer syntax that nobody knows" {
    made --syntax rle
    sed -i 's/1\.2\.840\.10008\.1\.2\.5/1.2.840.10008.1.2.9/' in/CT0002.dcm
    convert
    [ "$status" = 3 ]
    [[ $output == *"CT0002.dcm: pixels of transfer syntax 1.2.840.10008.1.2.9 cannot be decoded"* ]]
    [ ! -e out.nii ]
}
@test "a slice of garbage" { refused "missing slices" --fault garbage=2; }
@test "no image at all" { refused "no CT, MR or PET image among" --modality US; }
@test "another class of object" { refused "no CT, MR or PET image among" --set '*:SOPClassUID=1.2.840.10008.5.1.4.1.1.7'; }

# --- SUV
suv="--modality PT --pixel float --pattern constant:5000 --set *:PatientWeight=70"
@test "SUV is asked of a CT: nothing changes" { exact int16 -- --suv bw; }
@test "SUV: no weight" { refused "PatientWeight is missing" $suv --absent '*:PatientWeight' -- --suv bw; }
@test "SUV: a weight of zero" { refused "PatientWeight is no positive number" $suv --set '*:PatientWeight=0' -- --suv bw; }
@test "SUV: counts" { refused "units are CNTS" $suv --units CNTS -- --suv bw; }
@test "SUV: lean body mass already" { refused "neither BQML nor body-weight GML" $suv --units GML --set '*:SUVType=LBM' -- --suv bw; }
@test "SUV: an unknown decay correction" { refused "DecayCorrection is 'LATER'" $suv --set '*:DecayCorrection=LATER' -- --suv bw; }
@test "SUV: grams per millilitre already" { used maximum 5000.0 $suv --units GML -- --suv bw; }
