#!/bin/sh
# Four threads on the library under clang's thread sanitizer: no data race.
set -eu
build=build/tsan
make -s -j2 CC="${CLANG:-clang}" OPT=-O1 SANITIZE=-fsanitize=thread PLUGINS= BUILD=$build \
    $build/tests/unit/api/test_threads
TSAN_OPTIONS=halt_on_error=1 $build/tests/unit/api/test_threads > $build/log 2>&1 || { cat $build/log; exit 1; }
