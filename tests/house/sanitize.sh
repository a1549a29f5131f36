#!/bin/sh
# Unit tests and the corpus of broken inputs under the address and undefined-behaviour sanitizers.
set -eu
build=build/asan
make -s -j2 asan-build GOALS="tools test-programs replay-programs"
status=0
run() {
    "$@" > $build/log 2>&1 || { echo "FAILED $*"; cat $build/log; status=1; }
}
for unit in $build/tests/unit/*/test_*; do
    case $unit in *.o | *.d) ;; *) run "$unit" ;; esac
done
for folder in tests/fuzz/corpus/* tests/fuzz/heavy/*; do
    run "$build/tests/fuzz/replay/${folder##*/}" "$folder"/*
done
exit $status
