#!/bin/sh
# layering.sh ROOM...: fails when a room includes a room that comes after it in the list, when lib/
# includes anything of tools/, when C++ stands outside lib/shim, or when engine or api would end the process without memory.
set -eu
awk -v rooms="$*" '
BEGIN {
    n = split(rooms, name, " ")
    for (i = 1; i <= n; i++) rank[name[i]] = i
    for (i = 1; i <= n; i++) {
        room = name[i]
        find = "find lib/" room " -maxdepth 1 -name \"*.[ch]\" -o -maxdepth 1 -path \"lib/" room "/*.cc\" 2>/dev/null"
        while ((find | getline file) > 0) {
            while ((getline line < file) > 0) {
                if (line !~ /^#include "/) continue
                split(line, part, "\"")
                target = part[2]
                if (target ~ /^(version.h|radmill.h|dicom_dictionary.inc|dicom_vrs.inc)$/) continue
                sub(/\/[^\/]*$/, "", target)
                if (!(target in rank)) { print file ": includes unknown room " part[2]; bad = 1 }
                else if (rank[target] > i) { print file ": room " room " must not include " part[2]; bad = 1 }
            }
            close(file)
        }
        close(find)
    }
    exit bad
}'
outside=$(find lib tools -name '*.cc' ! -path 'lib/shim/*')
[ -z "$outside" ] || { echo "C++ outside lib/shim: $outside"; exit 1; }
ending=$(grep -rnE '\b(mem_must|mem_strdup|mem_grow|exit|abort)\(' lib/engine lib/api || true)
[ -z "$ending" ] || { echo "must report an error instead of ending the process:"; echo "$ending"; exit 1; }
