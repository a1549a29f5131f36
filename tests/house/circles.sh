#!/bin/sh
# No two files of lib/ need each other: each can be read, and tested, with what lies below it.
set -eu
[ -d "$RADMILL_BUILD/lib" ] || exit 1
exec rules/circles.sh $(find "$RADMILL_BUILD/lib" -name '*.o')
