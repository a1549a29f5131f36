# Damage to what a run left behind, and what the next run must make of it (tests/pipeline/damages.bats,
# tests/long/damages.bats).

# Every kind: a word and what it does to a file.
damage_kinds="removed emptied cut grown edited edited_unseen older newer folder"
damage() { # KIND FILE
    local at=$2.before
    case $1 in
    removed) rm "$2" ;;
    emptied) : > "$2" ;;
    cut) truncate -s $(($(stat -c %s "$2") / 2)) "$2" ;;
    grown) echo >> "$2" ;;
    edited) flip "$2" ;;
    edited_unseen) # size and modification time as they were
        touch -r "$2" "$at"
        flip "$2"
        touch -r "$at" "$2"
        rm "$at"
        ;;
    older) touch -d '2001-01-01' "$2" ;;
    newer) touch -d '+3 days' "$2" ;;
    folder) rm "$2" && mkdir "$2" && touch "$2/x" ;;
    esac
}

# One byte in the middle of a file becomes another; a digit another digit, so that a table stays one.
flip() { # FILE
    local at=$(($(stat -c %s "$1") / 2)) digit
    digit=$(grep -abo '[1-8]' "$1" | awk -F: -v at=$at '$1 >= at { print $1; exit }')
    at=${digit:-$at}
    if [ "$(dd if="$1" bs=1 skip="$at" count=1 2> /dev/null)" = 7 ]; then
        printf 3
    else
        printf 7
    fi | dd of="$1" bs=1 seek="$at" conv=notrunc 2> /dev/null
}

# reseal TICKET: the last line of a ticket that was edited by a test becomes that of its other lines.
reseal() {
    sed -i '$d' "$1"
    echo "sealed $(sha1sum < "$1" | cut -d' ' -f1)" >> "$1"
}

# The cohort, its undisturbed results in ok/.
undisturbed() { # ENGINE
    patient P1
    patient P2 --roi D "sphere:0,0,0,6"
    echo 'custom_structures: [{name: ring, operation: subtract, source_structures: [B, A], margin: 1}]' > recipe.yaml
    pipeline DICOM_ROOT=dicom OUTDIR=out CUSTOM_STRUCTURES=recipe.yaml TABLES=csv,xlsx,sqlite,long ENGINE="$1" > /dev/null
    mkdir ok
    cp out/_RESULTS/{radiomics,radiomics_long,left_out,courses}.csv ok/
    states out > ok/states
}

# Every product of the course and the cohort, one a line: all that any ticket of P1 speaks of, and the tables'.
products() {
    (cd out && cat $(find .radmill/tickets/P1 .radmill/tickets/_RESULTS -type f) | grep -v '^sealed ' | sed 's/.* //' | sort -u)
}

# What a run keeps for itself, beside products. (What was asked of it is the user's to say again, and whether there is a key of pseudonyms is not guessed.)
state_files() {
    (cd out && find .radmill -type f ! -path '*/records/*' ! -path '*/P2/*' ! -name lock ! -name settings.json ! -name pseudonyms | sort)
}

# The next run mends it: the tables are the undisturbed ones, and all is as its witness says. Or it fails.
mends() { # WHAT [MAKE'S ARGUMENT]...
    local what=$1 f
    shift
    if ! pipeline OUTDIR=out "$@" > run.log 2>&1; then
        echo "$what: the run failed"
        tail -n 5 run.log
        return 1
    fi
    for f in ok/*.csv; do
        cmp "$f" "out/_RESULTS/${f#ok/}" || { echo "$what: $f"; cat run.log; return 1; }
    done
    states out | cmp - ok/states || { echo "$what: states"; return 1; }
    pipeline verify OUTDIR=out > verify.log 2>&1 || { echo "$what: verify"; cat run.log verify.log; return 1; }
}
