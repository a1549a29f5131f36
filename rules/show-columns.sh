#!/bin/sh
# show-columns.sh TABLE.csv ROWS NAME...: these columns of the first rows, in columns. Quoted cells may hold
# commas, no line ends.
set -eu
table=$1 rows=$2
shift 2
head -n "$((rows + 1))" "$table" | awk -v names="$*" '
function split_record(line, cell,    n, text, quoted, c, i) {
    n = 0; text = ""; quoted = 0
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (c == "\"") quoted = !quoted
        else if (c == "," && !quoted) { cell[++n] = text; text = "" }
        else text = text c
    }
    cell[++n] = text
    return n
}
NR == 1 {
    wanted = split(names, name, " ")
    n = split_record($0, cell)
    for (i = 1; i <= wanted; i++)
        for (k = 1; k <= n; k++)
            if (cell[k] == name[i]) at[i] = k
}
{
    split_record($0, cell)
    for (i = 1; i <= wanted; i++) {
        text = cell[at[i]]
        # (0081 is a name)
        if (NR > 1 && text ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/) text = sprintf("%.7g", text)
        shown[NR, i] = text
        if (length(text) > width[i]) width[i] = length(text)
    }
}
END {
    for (r = 1; r <= NR; r++) {
        for (i = 1; i < wanted; i++) printf("%-" width[i] "s  ", shown[r, i])
        print shown[r, wanted]
    }
}'
