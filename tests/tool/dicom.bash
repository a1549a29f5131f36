# Shared by the tests of dcm2nii-course: fixtures by make_dicom, digests by formula.

# Little-endian int16 values on stdin (one a line) as bytes.
int16_bytes() {
    local text
    text=$(awk '{ v = ($1 + 65536) % 65536; printf "\\0%03o\\0%03o", v % 256, int(v / 256) }')
    printf '%b' "$text"
}

# SHA-1 of the voxels 0, 1, 2, ... N-1 as int16.
index_sha1() { # N
    seq 0 $(($1 - 1)) | int16_bytes | sha1sum | cut -d' ' -f1
}

# A value of a JSON file that json_write made: the first line with this key.
json() { # FILE KEY
    sed -n "s/^ *\"$2\": \(.*[^,]\),\{0,1\}$/\1/p" "$1" | tr -d '"' | head -n 1
}

# Converts the folder `in`; status and message end up as run leaves them.
convert() {
    rm -f out.nii out.json
    run dcm2nii-course in -o out.nii "$@"
}

# The reason of the only left_out entry that matches.
reasons() { # MANIFEST
    sed -n '/"left_out"/,$ s/^ *"reason": "\(.*\)",\{0,1\}$/\1/p' "$1"
}
