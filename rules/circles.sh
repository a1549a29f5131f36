#!/bin/sh
# circles.sh OBJECT...: fails when two of the objects need each other, directly or through others;
# tsort names the members of the circle.
set -eu
edges=$(mktemp)
trap 'rm -f "$edges"' EXIT
nm --print-file-name "$@" 2>/dev/null | awk '
{ at = index($0, ":"); file = substr($0, 1, at - 1); n = split(substr($0, at + 1), word, " ") }
word[n - 1] ~ /^[TDBRCi]$/ { from[word[n]] = file }
word[n - 1] == "U" { need[++needs] = file " " word[n] }
END {
    for (i = 1; i <= needs; i++) {
        split(need[i], pair, " ")
        if (pair[2] in from && from[pair[2]] != pair[1] && !((pair[1], from[pair[2]]) in seen)) {
            seen[pair[1], from[pair[2]]] = 1
            print pair[1], from[pair[2]]
        }
    }
}' > "$edges"
tsort "$edges" > /dev/null
