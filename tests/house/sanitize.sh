#!/bin/sh
# Unit tests and the corpus of broken inputs under the address and undefined-behaviour sanitizers.
set -eu
make -s -j2 BUILD=build/asan BIN=build/asan/bin OPT=-O1 \
    SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all' tools test-programs
status=0
for unit in build/asan/tests/unit/*/test_*; do
    case $unit in *.o | *.d) continue ;; esac
    "$unit" > build/asan/log 2>&1 || { echo "FAILED $unit"; cat build/asan/log; status=1; }
done
exit $status
