#!/bin/sh
# docs/cli is what the tools print, docs/odd.md what the tables of odd inputs say, docs/settings.* the
# table of settings, docs/lists what radfeat says that there is. What docs/troubleshooting.md quotes is said by the
# programs, links to headings find one, docs/from-pyradiomics.md names every setting, README.md every tool.
set -eu
for tool in $(make -s print-tools); do
    "$RADMILL_BIN/$tool" --help=md | diff -u "docs/cli/$tool.md" -
    for form in text man json bash; do
        "$RADMILL_BIN/$tool" --help=$form | grep "$tool" > /dev/null
    done
done
for list in $(make -s print-lists); do
    "$RADMILL_BIN/radfeat" --list "$list" | diff -u "docs/lists/$list.csv" -
done
tests/odd/page | diff -u docs/odd.md -
"$RADMILL_BIN/radrun" --settings md | diff -u docs/settings.md -
"$RADMILL_BIN/radrun" --settings text | diff -u docs/settings.txt -
for word in $("$RADMILL_BIN/radfeat" --list settings | sed -n 's/^pyradiomics,[^,]*,\([^,]*\),.*/\1/p') \
    $("$RADMILL_BIN/radfeat" --list filters | sed -n 's/^pyradiomics,\([^,]*\),.*/\1/p'); do
    grep -qF "\`$word\`" docs/from-pyradiomics.md || { echo "docs/from-pyradiomics.md: $word is missing"; exit 1; }
done
for tool in $(make -s print-tools); do
    grep -qF "(docs/cli/$tool.md)" README.md || { echo "README.md: $tool is not in its table"; exit 1; }
done
tests/docs/messages docs/troubleshooting.md
tests/docs/anchors
