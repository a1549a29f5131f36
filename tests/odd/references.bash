# Trees with structure sets: `in` holds the series in/img and in/rs.dcm; what a row adds comes by
# its shell commands. dcm2nii-course --scan makes m.json of it.
#   used      everything that EXPECTED counts, and nothing left out (or WORDS among the reasons)
#   forgiven  the same, and WORDS among the notes on its regions; nothing is left out, or that alone
#             which is no structure set, region or series
#   left out  WORDS among the reasons of left_out
# EXPECTED: courses=N sets=N rois=N, in use; volume=LABEL of one of the courses.

prepare() {
    make_dicom -o in/img --structure-set in/rs.dcm --size 12x10x6 --roi R box:0,0,0,8,8,9 "$@"
}
again() { make_dicom --size 12x10x6 --roi R box:0,0,0,8,8,9 "$@"; }
convert() { dcm2nii-course --scan in -o m.json "$@"; }

count() { # WHAT
    case $1 in
        courses) grep -c '"course_dir"' m.json ;;
        sets) grep -c '"kind": "\(RTSTRUCT\|SEG\)"' m.json ;;
        rois) grep -c '"segmentation_source"' m.json ;;
    esac
}

judge() {
    local item reasons
    reasons=$(sed -n '/"left_out"/,$ s/^ *"reason": "\(.*\)",\{0,1\}$/\1/p' m.json)
    [ -n "$expected" ] || { wrong "nothing is expected"; return 1; }
    for item in $expected; do
        case $item in
            volume=*)
                grep -qF "\"volume\": \"${item#volume=}" m.json || { wrong "$(cat m.json)"; return 1; }
                continue ;;
        esac
        [ "$(count "${item%=*}")" = "${item#*=}" ] || { wrong "$(cat m.json)"; return 1; }
    done
    [ "$want_outcome" = used ] || [ -n "$words" ] || { wrong "no words"; return 1; }
    if [ "$want_outcome" = forgiven ]; then
        sed '/"left_out"/,$ d' m.json | tr -d '\n' | grep -o '"notes": \[[^]]*\]' | grep -qF -- "$words" ||
            wrong "$(cat m.json)"
        return
    fi
    if [ -n "$words" ]; then
        [[ $reasons == *"$words"* ]] || wrong "$reasons"
    else
        [ -z "$reasons" ] || wrong "$reasons"
    fi
}
