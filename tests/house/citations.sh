#!/bin/sh
# What comments and pages cite exists: sections of docs/pyradiomics.md ("specification 6.3"), files and
# folders of the project, targets of links in pages, and IBSI's codes and chapters
# (tests/house/ibsi_codes.tsv). And docs/architecture.md tells of every room, in their order.
set -eu
known=$(mktemp)
trap 'rm -f "$known"' EXIT
files=$(git ls-files -co --exclude-standard)
{
    sed -n 's/^###* \([0-9][0-9.]*\).*/section \1/p' docs/pyradiomics.md | sed 's/\.$//'
    sed '/^#/d; s/\t.*//; s/^/code /' tests/house/ibsi_codes.tsv
    printf 'file %s\n' $files
} > "$known"
printf '%s\n' $files |
    grep -E '(\.(c|h|cc|sh|bats|py|mk|awk|md|ninja)|Makefile)$' | grep -vE '^(CHANGELOG.md|docs/odd.md)$' |
    xargs awk -f tests/house/citations.awk "$known"

rooms=$(sed -n '/^## Rooms/,/^## What/s/^| `\([a-z/]*\)` |.*/\1/p' docs/architecture.md | tr '\n' ' ')
[ "$rooms" = "$(make --no-print-directory -s print-rooms) " ] ||
    { echo "docs/architecture.md: rooms are $(make --no-print-directory -s print-rooms), not $rooms"; exit 1; }
