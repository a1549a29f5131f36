#!/bin/sh
# Every C and C++ file is as clang-format leaves it.
exec clang-format --dry-run --Werror $(git ls-files '*.c' '*.h' '*.cc')
