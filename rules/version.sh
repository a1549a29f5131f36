#!/bin/sh
# version.sh FILE: writes the version header, and leaves an equal one untouched.
set -eu
text="#define RADMILL_VERSION \"$(cat VERSION)\""
mkdir -p "$(dirname "$1")"
[ -f "$1" ] && [ "$(cat "$1")" = "$text" ] || printf '%s\n' "$text" > "$1"
