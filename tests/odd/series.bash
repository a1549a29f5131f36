# Image series: make_dicom's options give the folder `in`, dcm2nii-course makes out.nii of it.
#   exact      EXPECTED "type=T index": voxels 0, 1, 2, ... as the generator's formula says
#   used       EXPECTED KEY=VALUE of image.json; type=T; size=X,Y,Z
#   corrected  the same, and WORDS in the notes of image.json
#   refused    WORDS in the one line on stderr; nothing written

. "$(dirname "${BASH_SOURCE[0]}")/../tool/dicom.bash"
index=$(index_sha1 720)

prepare() { make_dicom -o in --size 12x10x6 --pattern index --intercept 0 "$@"; }
convert() { dcm2nii-course in -o out.nii "$@"; }

# KEY of image.json must be VALUE.
has() { # KEY VALUE
    local found
    case $1 in
        size) found=$(grep -A3 '"size"' out.json | tr -dc '0-9,') ;;
        type) found=$(json out.json pixel_type) ;;
        *) found=$(json out.json "$1") ;;
    esac
    [ "$found" = "$2" ] || wrong "$1 is $found, not $2"
}

is_index() { # TYPE
    [ "$1" != int16 ] || has sha1 "$index" || return 1
    has minimum 0.0 && has maximum 719.0 && has mean 359.5
}

judge() {
    local item type=
    if [ "$want_outcome" = refused ]; then
        [[ $(cat said) == "dcm2nii-course: error: "*"$words"* ]] || { wrong "$(cat said)"; return 1; }
        [ "$(wc -l < said)" = 1 ] && [ ! -e out.nii ] && [ ! -e out.json ] || wrong "more than one line, or a file"
        return
    fi
    [ -n "$expected" ] || { wrong "nothing is expected"; return 1; }
    for item in $expected; do
        case $item in
            index) is_index "$type" || return 1 ;;
            *=*) has "${item%%=*}" "${item#*=}" || return 1 ;;
            *) wrong "no such expectation: $item"; return 1 ;;
        esac
        [ "${item%%=*}" != type ] || type=${item#*=}
    done
    case $want_outcome in
        corrected) grep -qF -- "$words" out.json || wrong "notes: $(grep -A9 '"notes"' out.json)" ;;
        exact | used) grep -q '"notes": \[\]' out.json || wrong "notes: $(grep -A9 '"notes"' out.json)" ;;
        *) wrong "no such outcome: $want_outcome" ;;
    esac
}
