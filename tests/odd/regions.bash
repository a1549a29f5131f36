# Structure sets and segmentations: make_dicom's options give the image series `in` and rs.dcm or
# seg.dcm with the region "other" and, behind it, what the row adds; rtstruct2masks draws them into
# `out`. The second region is the one that is looked at.
#   exact    a mask and no notes
#   used     a mask, and WORDS in its notes
#   empty    no mask, and WORDS as the reason: nothing is there to be drawn
#   refused  no mask, and WORDS as the reason, or on stderr where nothing was written at all
# EXPECTED: name=TEXT (no blanks in it): the name of the region, besides; voxels=N; mask=SHAPES (equal, voxel by voxel, to make_dicom's own mask of these shapes,
# which comes from their formulas); other=none (there is no mask of the other region either), other=any.

other="box:-30,0,0,12,20,18"
file=rs.dcm write=--structure-set
[ "$(basename "$table")" = structures.tsv ] || { file=seg.dcm write=--seg; }

prepare() {
    make_dicom -o in "$write" $file --size 40x40x12 --roi other "$other" "$@" &&
        dcm2nii-course in -o image.nii || return 1
    truth=(--size 40x40x12)
    while [ $# -gt 0 ]; do
        if [ "$1" = --roi ]; then shift 3; else truth+=("$1"); shift; fi
    done
}

convert() { rtstruct2masks $file --reference image.nii -o out "$@"; }

# Masks by formula on the image's grid: truth/other.nii.gz, truth/want.nii.gz.
draw_truth() { # SHAPES
    make_dicom "${truth[@]}" --masks truth --roi other "$other" --roi want "$1"
}

same() { voldiff "$1" "$2" mask || wrong "$1 is not $2"; }

# Entry N of masks.json, on one line.
entry() { tr -d '\n' < out/masks.json | sed 's/  */ /g; s/{ "file"/\n&/g' | sed -n "$(($1 + 1))p"; }

names_are_plain() {
    local bad
    bad=$(ls -A out | grep -vE '^[A-Za-z0-9][A-Za-z0-9._-]{0,70}$')
    [ -z "$bad" ] || { wrong "file names: $bad"; return 1; }
    [ "$(ls -A out | tr A-Z a-z | sort | uniq -d)" = "" ] || wrong "names that differ by case only"
}

has_mask() {
    [[ $found == *'"file": "'* ]] || { wrong "no mask: $found"; return 1; }
    mask=out/$(sed 's/.*"file": "\([^"]*\)".*/\1/' <<< "$found")
    [ -e "$mask" ] || { wrong "$mask is not there"; return 1; }
    if [[ $expected =~ name=([^ ]*) ]]; then
        [[ $found == *"\"name\": \"${BASH_REMATCH[1]}\","* ]] || { wrong "$found"; return 1; }
    fi
    case $expected in
        *voxels=*) [[ $found == *"\"voxels\": ${expected##*voxels=},"* ]] || wrong "$found" ;;
        *mask=*) draw_truth "${expected##*mask=}" && same "$mask" truth/want.nii.gz ;;
        *) wrong "nothing is expected" ;;
    esac
}

judge_other() {
    case $expected in
        *other=any*) ;;
        *other=none*) [[ $(entry 1) == *'"file": null'* ]] || wrong "other: $(entry 1)" ;;
        *) draw_truth "$other" && same out/other.nii.gz truth/other.nii.gz ;;
    esac
}

judge() {
    local found mask
    if [ ! -e out/masks.json ]; then
        [ "$want_outcome" = refused ] && [ ! -e out ] && [ "$(wc -l < said)" = 1 ] &&
            [[ $(cat said) == "rtstruct2masks: error: "*"$words"* ]] || wrong "$(cat said)"
        return
    fi
    found=$(entry 2)
    names_are_plain && judge_other || return 1
    case $want_outcome in
        exact) [[ $found == *'"notes": []'* ]] && has_mask || wrong "$found" ;;
        used) [[ $found == *'"notes": ['*"$words"* ]] && has_mask || wrong "$found" ;;
        empty | refused) [[ $found == *'"file": null'*'"reason": "'*"$words"* ]] || wrong "$found" ;;
        *) wrong "no such outcome: $want_outcome" ;;
    esac
}
