#!/bin/bash
# What rattler-build runs in the copied sources: PREFIX is the new package, and for libraries of a channel the place of those, too.
set -eu
deps=/usr
[ "$libraries" = system ] || deps=$PREFIX
# (BUILD is a name of conda's, too)
to_make() { make -s BUILD=build BIN=bin PREFIX="$PREFIX" DEPS_PREFIX="$deps" "$@"; }
to_make -j"${CPU_COUNT:-2}" tools library
to_make install
