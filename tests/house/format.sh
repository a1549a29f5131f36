#!/bin/sh
# Every C and C++ file is as clang-format leaves it.
# Releases of the formatter differ; the sources follow Debian 12's.
clang-format --version | grep -q 'version 14\.' || { clang-format --version && echo "needs clang-format 14" && exit 77; }
exec clang-format --dry-run --Werror $(git ls-files '*.c' '*.h' '*.cc')
