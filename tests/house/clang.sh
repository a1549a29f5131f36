#!/bin/sh
# clang compiles every room, tool and test without a warning.
exec make -s -j2 clang-build GOALS="tools test-programs"
