#!/bin/bash
# fuzz.sh BUILD RUNS SECONDS TARGET...: runs fuzz targets one after the other, from the committed
# corpus and from what earlier runs found (BUILD/found/TARGET), and ends with a line for each.
# What crashes, hangs, leaks or takes too much memory stays as BUILD/TARGET-*. Status 1: something did.
set -u
build=$1 runs=$2 seconds=$3
shift 3
export ASAN_OPTIONS=quarantine_size_mb=16:malloc_context_size=8:${ASAN_OPTIONS:-}
export UBSAN_OPTIONS=print_stacktrace=1:${UBSAN_OPTIONS:-}

# The largest single allocation in MB. DCMTK believes a length of 32 bits in a deflated file, allocates that
# much without touching it, and refuses the file when the bytes are missing.
most_mb() { # TARGET
    case $1 in
    dicom | pixels | jpeg2000 | rtstruct | seg | tiff) echo 5000 ;;
    *) echo 512 ;;
    esac
}

# Lengths that pay: a DICOM file with its header, text that fits a screen or two.
longest() { # TARGET
    case $1 in
    yaml | params | recipe | expression | label_names | roi_names) echo 2048 ;;
    *) echo 5120 ;;
    esac
}

# The words of parameter files, from the generated lists: settings with and without their section, what
# they can be set to, filters, families, features, aggregations, presets. Mutations seldom spell them.
parameter_words() {
    tail -q -n +2 docs/lists/settings.csv docs/lists/filters.csv docs/lists/features.csv docs/lists/presets.csv |
        cut -d, -f1-5 | tr -c 'A-Za-z0-9_.-' '\n' | sed 'p; s/^[a-z_]*\.//' | grep -x '[A-Za-z0-9].\{1,60\}' | LC_ALL=C sort -u |
        sed 's/.*/"&"/'
}

fuzz() { # TARGET
    local options=(-runs="$runs" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024)
    mkdir -p "$build/found/$1"
    if [ "$1" = params ]; then
        parameter_words > "$build/$1.dict"
        options+=(-dict="$build/$1.dict")
    fi
    "$build/tests/fuzz/run/$1" "${options[@]}" -malloc_limit_mb="$(most_mb "$1")" -max_len="$(longest "$1")" \
        -print_final_stats=1 -artifact_prefix="$build/$1-" "$build/found/$1" "tests/fuzz/corpus/$1" \
        > "$build/$1.log" 2>&1
}

summary=()
status=0
for target in "$@"; do
    echo "fuzzing $target"
    before=$SECONDS end=fine
    fuzz "$target" || { end="see $build/$target.log" status=1; }
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$build/$target.log")
    summary+=("$(printf '%-12s %9s executions %6d s  %s' "$target" "${executions:-?}" $((SECONDS - before)) "$end")")
done
printf '%s\n' "${summary[@]}"
exit $status
