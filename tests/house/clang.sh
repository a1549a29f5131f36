#!/bin/sh
# clang compiles every room, tool and test without a warning.
exec make -s -j2 CC="${RADMILL_CLANG:-clang}" CXX="${RADMILL_CLANGXX:-clang++}" \
    BUILD=build/clang BIN=build/clang/bin OPT=-O1 tools test-programs
