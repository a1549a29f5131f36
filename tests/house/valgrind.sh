#!/bin/sh
# Every tool under valgrind: no access outside memory, no decision on memory that nobody wrote, no leak.
# The cases of tests/values, then a small cohort whose every process is one under valgrind (BINDIR), then
# what a cohort has not.
set -eu
command -v valgrind > /dev/null || { echo "valgrind is not installed"; exit 77; }
home=$PWD
work=$(mktemp -d)
rows=
trap 'kill "$rows" 2> /dev/null || :; wait; rm -rf "$work"' EXIT
valgrind="valgrind -q --error-exitcode=9 --leak-check=full --suppressions=$home/tests/house/valgrind.supp"
PATH=$RADMILL_BUILD/tests/gen:$PATH

mkdir "$work/bin"
for tool in $(make -s print-tools); do
    printf '#!/bin/sh\nexec %s "%s/%s" "$@"\n' "$valgrind" "$RADMILL_BIN" "$tool" > "$work/bin/$tool"
done
chmod +x "$work"/bin/*
PATH=$work/bin:$PATH
checked() { # COMMAND...
    "$@" > "$work/log" 2>&1 || { echo "FAILED $*"; cat "$work/log"; exit 1; }
}

tests/values/rows "$work/rows" radfeat > "$work/rows.log" 2>&1 & # beside the rest: this takes as long
rows=$!
cd "$work"

roi="--roi PTV sphere:0,0,0,9 --roi Bladder box:4,0,0,9,9,6"
checked make_dicom --size 20x20x8 -o cohort --structure-set cohort/rs.dcm $roi
printf '%s\n' 'custom_structures:' '  - {name: margin, operation: union, source_structures: [PTV], margin: 4}' > recipe.yaml
printf 'imageType: {Original: {}, LoG: {sigma: [3]}}\n' > params.yaml
checked radrun --set OUTDIR=out --set DICOM_ROOT=cohort --set PARAMS=params.yaml \
    --set CUSTOM_STRUCTURES=recipe.yaml --set BINDIR="$work/bin" --set ROI_MEM_MB=4000 --set ROI_TIMEOUT=600
[ "$(wc -l < out/_RESULTS/radiomics.csv)" = 4 ]
checked radmill --outdir out
checked featmerge out/_RESULTS/radiomics.csv -o table.xlsx
checked featmerge out/_RESULTS/radiomics.csv -o table.sqlite

for syntax in implicit big deflated rle jpeg jpeg14 jpegls; do
    checked make_dicom --size 20x20x8 --pixel uint16 --syntax $syntax -o $syntax
    checked dcm2nii-course $syntax -o $syntax.nii
done
checked dcm2nii-course "$home/tests/tool/data/jpeg2000" -o jpeg2000.nii
checked make_dicom --size 20x20x8 --enhanced --modality MR -o enhanced --seg seg.dcm $roi
checked dcm2nii-course enhanced -o image.nii
checked rtstruct2masks seg.dcm --reference image.nii -o masks
checked rtstruct2masks cohort/rs.dcm --list
checked boolstruct -e 'PTV - Bladder + {ant:5,post:3,left:2,right:2,sup:10,inf:10}mm' --masks masks -o built.nii
make_volume waves.nii waves 16 14 12 1 1 2
make_volume ball.nii ball 16 14 12 1 1 2
printf '%s\n' 'profile: ibsi' 'interpolation: {spacing_mm: [1, 1, 1], image: cubic}' 'aggregation: all' \
    'filters: [none, {mean: {dimensions: 2D}}, {log: {riesz_order: [1, 1, 0], riesz_steered: true}}, laws, gabor, wavelet, nonseparable]' \
    > ibsi.yaml
checked radfeat waves.nii ball.nii --params ibsi.yaml --save-images saved
checked radguard --record record.json --log guard.log -- false

wait $rows || { echo "FAILED tests/values/rows"; cat rows.log; exit 1; }
