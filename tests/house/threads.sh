#!/bin/sh
# The library in several threads, one call by several, and a volume's digest beside its making, under clang's thread sanitizer: no data race.
set -eu
build=build/tsan
tests="api/test_threads api/test_one_call pool/test_pool course/test_digest"
programs=$(printf "$build/tests/unit/%s " $tests)
make -s -j2 CC="${CLANG:-clang}" OPT=-O1 SANITIZE=-fsanitize=thread PLUGINS= BUILD=$build $programs
status=0
for program in $programs; do
    TSAN_OPTIONS=halt_on_error=1 $program > $build/log 2>&1 || { cat $build/log; status=1; }
done
exit $status
