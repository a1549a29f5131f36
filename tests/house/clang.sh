#!/bin/sh
# clang compiles every room, tool and test without a warning. Not the ITK plugin: Debian's ITK headers
# refuse every compiler but the one that ITK was built with.
exec make -s -j2 CC="${RADMILL_CLANG:-clang}" CXX="${RADMILL_CLANGXX:-clang++}" \
    BUILD=build/clang BIN=build/clang/bin OPT=-O1 PLUGINS= tools test-programs
